//! The one scan that fills a page: every measure of the register in one statement, grouped by state and by the
//! finest combination of slices; the coarser totals are sums of it. Distinct counts need a statement each.

use crate::contribution::Member;
use crate::page::Page;
use crate::sql::{Dialect, Emitter, Sql, SqlValue, members_table};
use jc_base::{Date, SchoolId, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column, Counting, Measure, PeriodRule, Register};
use std::fmt::Write as _;

/// A page, and all that a statement about its records needs to know.
#[derive(Clone, Copy)]
pub struct PageScan<'a> {
    /// The catalog in force.
    pub catalog: &'a Catalog,
    /// The register of the page.
    pub register: &'a Register,
    /// Whose page.
    pub school: SchoolId,
    /// Which page.
    pub page: Page,
    /// The day the page is looked at.
    pub today: Date,
    /// What differs between databases.
    pub dialect: Dialect,
}

/// One value of a distinct count: where it counts, and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Brought<'a> {
    /// The state the records must have, as a number.
    pub state: i64,
    /// The column of the slice and its value (missing: unknown); nothing for the whole page.
    pub slice: Option<(Column, &'a Value)>,
    /// What is counted once.
    pub member: &'a Member,
}

impl PageScan<'_> {
    fn emitter(&self) -> Emitter<'_> {
        let at = self.page.moments(self.register, self.today);
        Emitter { catalog: self.catalog, register: self.register, alias: "t", at, dialect: self.dialect }
    }

    /// The statement that totals a page. Columns: state, each slice's value, the count of records, then for each
    /// measure that is not a distinct count its value and its number of unknown records.
    pub fn totals(&self) -> Sql {
        let (register, emitter) = (self.register, self.emitter());
        let mut sql = Sql::default();
        sql.push("select t.state");
        slice_columns(register, &mut sql);
        sql.push(", count(*)");
        for measure in &register.measures {
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
                Counting::Distinct { .. } => continue,
            }
            let mut filter = Sql::default();
            emitter.condition(&measure.filter, &mut filter);
            sql.push(",\n  cast(coalesce(sum(case when ")
                .append(&filter)
                .push(" then ")
                .append(&amount)
                .push(" end), 0) as bigint)");
            sql.push(",\n  coalesce(sum(case when (").append(&filter).push(") is null then 1 when ").append(&filter);
            sql.push(" and ").append(&amount).push(" is null then 1 else 0 end), 0)");
        }
        from_page(register, self.school, self.page, &mut sql);
        sql.push("\ngroup by t.state");
        slice_columns(register, &mut sql);
        sql
    }

    /// The statement that lists the values of a distinct count; nothing for another measure. Columns: state, each
    /// slice's value, the value (null where it is unknown whether or what the record brings), the number of records,
    /// and for what it is counted once, where a rule says so.
    pub fn distinct(&self, measure: &Measure) -> Option<Sql> {
        let Counting::Distinct { of: column, per } = measure.counting else {
            return None;
        };
        let register = self.register;
        let mut filter = Sql::default();
        self.emitter().condition(&measure.filter, &mut filter);
        let (member, join) = match members_of(register, column) {
            Some(table) => (
                "m.member_id".to_owned(),
                format!("\nleft join {table} m on m.school_id = t.school_id and m.record_id = t.id"),
            ),
            None => (format!("t.{}", register.column_name(column)), String::new()),
        };
        let mut sql = Sql::default();
        sql.push("select t.state");
        slice_columns(register, &mut sql);
        let _ = write!(sql.text, ", case when ");
        sql.append(&filter);
        let per = per.map(|per| register.column_name(per));
        let known = per.map_or_else(String::new, |per| format!(" and t.{per} is not null"));
        let _ = write!(sql.text, "{known} then {member} end, count(distinct t.id)");
        if let Some(per) = per {
            let _ = write!(sql.text, ", t.{per}");
        }
        from_page_joined(register, self.school, &join, &mut sql);
        on_page(register, self.page, &mut sql);
        // A false condition brings nothing; an unknown one is kept, under no value.
        sql.push(" and (").append(&filter).push(") is not false");
        let _ = write!(sql.text, "\ngroup by t.state");
        slice_columns(register, &mut sql);
        // By position: the same expression with other bound values is another expression to PostgreSQL.
        let _ = write!(sql.text, ", {}", register.slices.len() + 2);
        if let Some(per) = per {
            let _ = write!(sql.text, ", t.{per}");
        }
        Some(sql)
    }

    /// The statement that finds records which bring one value to a distinct count: a row for each, at most `most`.
    /// Nothing for another measure. It goes by the value, which has an index.
    pub fn bringing(&self, measure: &Measure, brought: &Brought, most: i64) -> Option<Sql> {
        let Counting::Distinct { of: column, per } = measure.counting else {
            return None;
        };
        let register = self.register;
        let mut sql = Sql::default();
        sql.push("select 1");
        from_page_joined(register, self.school, "", &mut sql);
        match members_of(register, column) {
            Some(table) => {
                let _ = write!(sql.text, " and t.id in (select m.record_id from {table} m where m.school_id = ");
                sql.bind(SqlValue::Int(self.school.0)).push(" and m.member_id = ");
                bind_value(&brought.member.value, &mut sql);
                sql.push(")");
            }
            None => equals(register.column_name(column), &brought.member.value, &mut sql),
        }
        if let Some(per) = per {
            equals(register.column_name(per), &brought.member.per, &mut sql);
        }
        match (self.page, &register.period) {
            (Page::Of(period), PeriodRule::On { .. }) => {
                // Put together with nothing, so that SQLite does not go by the page, which has very many records.
                sql.push(" and t.page || '' = ").bind(SqlValue::Text(period.to_string()));
            }
            _ => on_page(register, self.page, &mut sql),
        }
        sql.push(" and t.state = ").bind(SqlValue::Int(brought.state));
        if let Some((slice, value)) = brought.slice {
            equals(register.column_name(slice), value, &mut sql);
        }
        sql.push(" and (");
        self.emitter().condition(&measure.filter, &mut sql);
        sql.push(") limit ").bind(SqlValue::Int(most));
        Some(sql)
    }
}

/// The table that holds the values of a column of several references.
fn members_of(register: &Register, column: Column) -> Option<String> {
    match column {
        Column::Field(field) if matches!(register.fields[field].kind, Kind::Refs(_)) => {
            Some(members_table(register, field))
        }
        _ => None,
    }
}

/// Appends ` and t.column = value`, or ` is null` where the value is unknown.
fn equals(column: &str, value: &Value, sql: &mut Sql) {
    let _ = write!(sql.text, " and t.{column}");
    if value.is_missing() {
        sql.push(" is null");
    } else {
        sql.push(" = ");
        bind_value(value, sql);
    }
}

fn bind_value(value: &Value, sql: &mut Sql) {
    match value {
        Value::Int(number) => sql.bind(SqlValue::Int(*number)),
        Value::Text(text) => sql.bind(SqlValue::Text(text.clone())),
        Value::Date(date) => sql.bind(SqlValue::Text(date.to_string())),
        Value::Ref(id) => sql.bind(SqlValue::Id(*id)),
        Value::Missing | Value::Refs(_) => sql.push("null"),
    };
}

fn slice_columns(register: &Register, sql: &mut Sql) {
    for slice in &register.slices {
        let _ = write!(sql.text, ", t.{}", register.column_name(slice.column));
    }
}

/// Appends `from … where …` for the records of a page.
pub fn from_page(register: &Register, school: SchoolId, page: Page, sql: &mut Sql) {
    from_page_joined(register, school, "", sql);
    on_page(register, page, sql);
}

fn from_page_joined(register: &Register, school: SchoolId, join: &str, sql: &mut Sql) {
    let _ = write!(sql.text, "\nfrom {} t{join}\nwhere t.school_id = ", register.table);
    sql.bind(SqlValue::Int(school.0));
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
