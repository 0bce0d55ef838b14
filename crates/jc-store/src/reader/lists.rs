//! Lists of records: filtered, sorted, counted, and the values their filters offer.

use super::{Reader, compared};
use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::order;
use crate::reach::Extent;
use crate::record::{self, Record};
use crate::totals::{self, PageKey};
use crate::writer::page_clause;
use jc_base::{RecordId, RecordState, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::model::Field;
use jc_catalog::{Column, PeriodRule};
use jc_figures::contribution::slice_key;
use jc_figures::figure::Totals as _;
use jc_figures::sql::members_table;
use jc_figures::{Page, Sql, SqlValue};

/// What to list, in which order, from where.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Only the records of a page.
    pub page: Option<Page>,
    /// Only those in a state.
    pub state: Option<RecordState>,
    /// Only those whose column has a value ([`Value::Missing`]: has none).
    pub equal: Vec<(Column, Value)>,
    /// Only those found by a text: name, pinyin, initials or number.
    pub search: String,
    /// The column to sort by; by the order of entry if none.
    pub sort: Option<Column>,
    /// Whether to sort from the end.
    pub descending: bool,
    /// The last record of the screen before.
    pub after: Option<RecordId>,
    /// At most this many, 1 to 1,000.
    pub limit: usize,
    /// Not the records this account wrote (it may not verify them).
    pub not_kept_by: Option<RecordId>,
}

impl Reader<'_> {
    /// Lists records; their number in all comes from [`count`](Self::count).
    pub fn list(&mut self, register: usize, query: &ListQuery) -> Result<Vec<Record>, StoreError> {
        let mut clause = self.list_clause(register, query);
        let sort = query.sort.and_then(|column| order::expression(self.catalog, register, column));
        let (than, back) = if query.descending { ("<", " desc") } else { (">", "") };
        if let Some(id) = query.after {
            if let Some(by) = &sort {
                let value = self.sort_value(register, by, id)?;
                clause.push(&format!(" and ({by} {than} ")).bind(value.clone());
                clause.push(&format!(" or ({by} = ")).bind(value);
                clause.push(&format!(" and t.id {than} ")).bind(SqlValue::Id(id)).push("))");
            } else {
                clause.push(&format!(" and t.id {than} ")).bind(SqlValue::Id(id));
            }
        }
        let by = sort.map(|by| format!("{by}{back}, ")).unwrap_or_default();
        let sql = format!(
            "select t.id {} order by {by}t.school_id{back}, t.id{back} limit {}",
            clause.text,
            query.limit.clamp(1, 1000)
        );
        let params: Vec<Param> = clause.values.iter().map(Param::from).collect();
        let ids = self.db.collect(&sql, &params, |row| row.id(0)).doing("list records")?;
        let ids: Vec<RecordId> = ids.into_iter().flatten().collect();
        self.find_many(register, &ids)
    }

    /// What a record is sorted by; as if it had nothing there if it is not there any more.
    fn sort_value(&mut self, register: usize, by: &str, id: RecordId) -> Result<SqlValue, StoreError> {
        let sql = format!("select {by} from {} t where t.school_id = ? and t.id = ?", self.register(register).table);
        let read = |row: &dyn crate::db::Row| match row.int(0) {
            Some(number) => SqlValue::Int(number),
            None => SqlValue::Text(row.text(0).unwrap_or_default().to_owned()),
        };
        let found = self.db.first(&sql, &[Param::Int(self.school.0), Param::Id(id)], read);
        Ok(found.doing("look where a list goes on")?.unwrap_or_else(|| SqlValue::Text(String::new())))
    }

    /// The whole order of a list, first to last as if not descending, with the state of each: for lists that are
    /// looked through many times.
    pub fn order(&mut self, register: usize, query: &ListQuery) -> Result<Vec<(RecordId, RecordState)>, StoreError> {
        let clause = self.list_clause(register, query);
        let by = query.sort.and_then(|column| order::expression(self.catalog, register, column));
        let by = by.map(|by| format!("{by}, ")).unwrap_or_default();
        let sql = format!("select t.id, t.state {} order by {by}t.school_id, t.id", clause.text);
        let params: Vec<Param> = clause.values.iter().map(Param::from).collect();
        let read = |row: &dyn crate::db::Row| Some((row.id(0)?, RecordState::from_number(row.int(1)?)?));
        Ok(self.db.collect(&sql, &params, read).doing("order a list")?.into_iter().flatten().collect())
    }

    /// How many records a list has in all, by state.
    ///
    /// What a page's totals tell is taken from them; anything narrower is counted.
    pub fn count(&mut self, register: usize, query: &ListQuery) -> Result<[i64; 4], StoreError> {
        if self.extent(register) == Extent::All
            && let Some(counts) = self.count_from_totals(register, query)?
        {
            return Ok(counts);
        }
        let clause = self.list_clause(register, query);
        let params: Vec<Param> = clause.values.iter().map(Param::from).collect();
        let mut counts = [0; 4];
        self.db
            .query(&format!("select t.state, count(*) {} group by t.state", clause.text), &params, &mut |row| {
                let slot = row.int(0).and_then(|s| usize::try_from(s).ok()).and_then(|s| counts.get_mut(s));
                if let Some(slot) = slot {
                    *slot = row.int(1).unwrap_or(0);
                }
            })
            .doing("count records")?;
        Ok(counts)
    }

    fn count_from_totals(&mut self, register: usize, query: &ListQuery) -> Result<Option<[i64; 4]>, StoreError> {
        let declared = self.register(register);
        let always = declared.period == PeriodRule::Always;
        let narrowed = !query.search.trim().is_empty() || query.not_kept_by.is_some();
        let Some(page) = query.page.or(always.then_some(Page::All)).filter(|_| !narrowed) else {
            return Ok(None);
        };
        let (slice, value) = match query.equal.as_slice() {
            [] => ("", String::new()),
            [(column, value)] => match declared.slices.iter().find(|s| s.column == *column) {
                Some(slice) => (slice.id.as_str(), slice_key(value).unwrap_or_default()),
                None => return Ok(None),
            },
            [_, ..] => return Ok(None),
        };
        if self.page_info(register, page)?.is_none() {
            return Ok(None);
        }
        let key = PageKey { school: self.school, register: declared, page };
        let totals = totals::load(self.db, key, slice)?;
        let records = totals.iter().find(|(v, _)| *v == value).map(|(_, loaded)| loaded.records()).unwrap_or_default();
        Ok(Some(RecordState::ALL.map(|state| match query.state {
            Some(wanted) if wanted != state => 0,
            _ => records.state(state).value,
        })))
    }

    fn list_clause(&self, register: usize, query: &ListQuery) -> Sql {
        let declared = self.register(register);
        let mut clause = page_clause(declared, self.school, query.page.unwrap_or(Page::All));
        self.narrow(register, &mut clause);
        if let Some(state) = query.state {
            clause.push(" and t.state = ").bind(SqlValue::Int(state.number()));
        }
        if let Some(account) = query.not_kept_by {
            clause.push(" and (t.keeper is null or t.keeper <> ").bind(SqlValue::Id(account)).push(")");
        }
        for (column, value) in &query.equal {
            match self.comparable(register, *column, value) {
                Some(value) => clause.push(&format!(" and {} = ", compared(declared, *column))).bind(value),
                None => clause.push(&format!(" and t.{} is null", declared.column_name(*column))),
            };
        }
        let search = query.search.trim().to_lowercase();
        if !search.is_empty() {
            let like = format!("%{}%", search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
            clause.push(" and (1 = 0");
            if record::searchable(declared) {
                clause.push(" or t.search like ").bind(SqlValue::Text(like.clone())).push(" escape '\\'");
            }
            for (ix, field) in declared.fields.iter().enumerate() {
                match field.kind {
                    Kind::Ref(target) if record::searchable(self.register(target)) => {
                        let (table, column) = (&self.register(target).table, &field.column);
                        clause.push(&format!(
                            " or exists (select 1 from {table} s where s.school_id = t.school_id and s.id = t.{column} and s.search like "
                        ));
                        clause.bind(SqlValue::Text(like.clone())).push(" escape '\\')");
                    }
                    Kind::Refs(target) if record::searchable(self.register(target)) => {
                        let (table, members) = (&self.register(target).table, members_table(declared, ix));
                        clause.push(&format!(
                            " or exists (select 1 from {members} m join {table} s on s.school_id = m.school_id and s.id = m.member_id \
                             where m.school_id = t.school_id and m.record_id = t.id and s.search like "
                        ));
                        clause.bind(SqlValue::Text(like.clone())).push(" escape '\\')");
                    }
                    _ => {}
                }
            }
            clause.push(")");
        }
        clause
    }

    /// The different values of a column among the records of a page, or of all; the missing one included. Secret
    /// values are not listed.
    pub fn values(&mut self, register: usize, page: Option<Page>, column: Column) -> Result<Vec<Value>, StoreError> {
        let declared = self.register(register);
        let clause = self.list_clause(register, &ListQuery { page, ..ListQuery::default() });
        let (name, kind) = (declared.column_name(column), declared.column_kind(column));
        if *kind == Kind::IdNumber {
            return Ok(Vec::new());
        }
        let sql = format!("select distinct t.{name} {} order by t.{name}", clause.text);
        let params: Vec<Param> = clause.values.iter().map(Param::from).collect();
        self.db.collect(&sql, &params, |row| totals::read_value(row, 0, kind)).doing("list values")
    }

    /// Every record's id with the values of some fields: for finding references by number or name in bulk.
    pub fn all_values(&mut self, register: usize, fields: &[usize]) -> Result<Vec<(RecordId, Vec<Value>)>, StoreError> {
        let declared = self.register(register);
        let of: Vec<&Field> = fields.iter().map(|f| &declared.fields[*f]).collect();
        let vault = self.vault;
        let names: Vec<&str> = fields.iter().map(|f| declared.fields[*f].column.as_str()).collect();
        let clause = self.of_school(register);
        let names: String = names.iter().map(|name| format!(", t.{name}")).collect();
        let sql = format!("select t.id{names} {}", clause.text);
        let params: Vec<Param> = clause.values.iter().map(Param::from).collect();
        let (mut out, mut damaged) = (Vec::new(), Vec::new());
        self.db
            .query(&sql, &params, &mut |row| {
                let Some(id) = row.id(0) else {
                    return;
                };
                let value = |(n, field): (usize, &&Field)| match (&field.kind, row.bytes(n + 1)) {
                    (Kind::IdNumber, Some(sealed)) => {
                        let spot = record::spot(declared, field.id.as_str(), &id);
                        vault.open(&spot, sealed).ok().map(Value::Text)
                    }
                    (Kind::IdNumber, None) => Some(Value::Missing),
                    (kind, _) => Some(totals::read_value(row, n + 1, kind)),
                };
                match of.iter().enumerate().map(value).collect::<Option<Vec<_>>>() {
                    Some(values) => out.push((id, values)),
                    None => damaged.push(id),
                }
            })
            .doing("read references")?;
        if damaged.is_empty() {
            return Ok(out);
        }
        Err(StoreError::Illegible { register: declared.id.to_string(), records: damaged })
    }
}
