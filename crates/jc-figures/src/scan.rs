//! The one scan that fills a page: every measure of the register in one statement, grouped by state and by the
//! finest combination of slices; the coarser totals are sums of it. Distinct counts need a statement each.

use crate::page::Page;
use crate::sql::{Dialect, Emitter, Sql, SqlValue, members_table};
use jc_base::{Date, SchoolId};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column, Counting, Measure, PeriodRule, Register};
use std::fmt::Write as _;

/// The statement that totals a page. Columns: state, each slice's value, the count of records, then for each
/// measure that is not a distinct count its value and its number of unknown records.
pub fn totals(
    catalog: &Catalog,
    register: &Register,
    school: SchoolId,
    page: Page,
    today: Date,
    dialect: Dialect,
) -> Sql {
    let emitter = Emitter { catalog, register, alias: "t", at: page.moments(register, today), dialect };
    let mut sql = Sql::default();
    sql.push("select t.state");
    slice_columns(register, &mut sql);
    sql.push(", count(*)");
    for measure in register.measures.iter().filter(|m| !matches!(m.counting, Counting::Distinct(_))) {
        let mut filter = Sql::default();
        emitter.condition(&measure.filter, &mut filter);
        let mut amount = Sql::default();
        match &measure.counting {
            Counting::Records => {
                amount.push("1");
            }
            Counting::Sum(expr) => emitter.value(expr, &mut amount),
            Counting::Members(field) => {
                amount.push("nullif(");
                emitter.member_count(*field, &mut amount);
                amount.push(", 0)");
            }
            Counting::Distinct(_) => unreachable!("filtered out above"),
        }
        sql.push(",\n  cast(coalesce(sum(case when ")
            .append(&filter)
            .push(" then ")
            .append(&amount)
            .push(" end), 0) as bigint)");
        sql.push(",\n  coalesce(sum(case when (").append(&filter).push(") is null then 1 when ").append(&filter);
        sql.push(" and ").append(&amount).push(" is null then 1 else 0 end), 0)");
    }
    from_page(register, school, page, &mut sql);
    sql.push("\ngroup by t.state");
    slice_columns(register, &mut sql);
    sql
}

/// The statement that lists the values of a distinct count. Columns: state, each slice's value, the value (null
/// where it is unknown whether or what the record brings), the number of records.
pub fn distinct(
    catalog: &Catalog,
    register: &Register,
    measure: &Measure,
    school: SchoolId,
    page: Page,
    today: Date,
    dialect: Dialect,
) -> Option<Sql> {
    let Counting::Distinct(column) = measure.counting else {
        return None;
    };
    let emitter = Emitter { catalog, register, alias: "t", at: page.moments(register, today), dialect };
    let mut filter = Sql::default();
    emitter.condition(&measure.filter, &mut filter);
    let (member, join) = match column {
        Column::Field(field) if matches!(register.fields[field].kind, Kind::Refs(_)) => (
            "m.member_id".to_owned(),
            format!(
                "\nleft join {} m on m.school_id = t.school_id and m.record_id = t.id",
                members_table(register, field)
            ),
        ),
        other => (format!("t.{}", register.column_name(other)), String::new()),
    };
    let mut sql = Sql::default();
    sql.push("select t.state");
    slice_columns(register, &mut sql);
    let _ = write!(sql.text, ", case when ");
    sql.append(&filter);
    let _ = write!(sql.text, " then {member} end, count(distinct t.id)");
    from_page_joined(register, school, page, &join, &mut sql);
    // A false condition brings nothing; an unknown one is kept, under no value.
    sql.push(" and (").append(&filter).push(") is not false");
    let _ = write!(sql.text, "\ngroup by t.state");
    slice_columns(register, &mut sql);
    // By position: the same expression with other bound values is another expression to PostgreSQL.
    let _ = write!(sql.text, ", {}", register.slices.len() + 2);
    Some(sql)
}

fn slice_columns(register: &Register, sql: &mut Sql) {
    for slice in &register.slices {
        let _ = write!(sql.text, ", t.{}", register.column_name(slice.column));
    }
}

/// Appends `from … where …` for the records of a page.
pub fn from_page(register: &Register, school: SchoolId, page: Page, sql: &mut Sql) {
    from_page_joined(register, school, page, "", sql);
}

fn from_page_joined(register: &Register, school: SchoolId, page: Page, join: &str, sql: &mut Sql) {
    let _ = write!(sql.text, "\nfrom {} t{join}\nwhere t.school_id = ", register.table);
    sql.bind(SqlValue::Int(school.0));
    on_page(register, page, sql);
}

/// Appends ` and …` that keeps the records of a page.
pub fn on_page(register: &Register, page: Page, sql: &mut Sql) {
    let Page::Of(period) = page else {
        return;
    };
    match register.period {
        PeriodRule::Always => {}
        PeriodRule::On { .. } => {
            sql.push(" and t.page = ").bind(SqlValue::Text(period.to_string()));
        }
        PeriodRule::During { from, until, .. } => {
            let _ = write!(sql.text, " and t.{} <= ", register.fields[from].column);
            sql.bind(SqlValue::Text(period.last_day().to_string()));
            if let Some(until) = until {
                let column = &register.fields[until].column;
                let _ = write!(sql.text, " and (t.{column} is null or t.{column} >= ");
                sql.bind(SqlValue::Text(period.first_day().to_string())).push(")");
            }
        }
    }
}
