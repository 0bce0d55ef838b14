//! Reads of one school at one moment of the database.

mod lists;
mod related;

pub use lists::ListQuery;
pub use related::{Related, WithRelated};

use crate::db::{Db, Param};
use crate::error::{Doing, StoreError};
use crate::keys::Nonces;
use crate::leaf::leaf;
use crate::reach::{Extent, Reach};
use crate::record::{self, Record, select_list};
use crate::schema;
use crate::totals::{self, DistinctKey, Loaded, PageKey, Tally};
use crate::writer::page_clause;
use jc_base::{Date, RecordId, RecordState, SchoolId, Value};
use jc_catalog::expr::eval::Moments;
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column, PeriodRule, Register};
use jc_figures::contribution::Member;
use jc_figures::scan::PageScan;
use jc_figures::sql::members_table;
use jc_figures::{Page, Sql, SqlValue};
use jc_trust::digest::{hex, unhex};
use jc_trust::set::SetSum;
use jc_trust::vault::{Spot, Vault};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// A reader of one school, as far as someone sees. Pages and their totals are the school's; records, and all that
/// hangs on them, are only there within the reach.
pub struct Reader<'a> {
    pub(crate) db: &'a mut Db,
    pub(crate) catalog: &'a Catalog,
    pub(crate) school: SchoolId,
    pub(crate) reach: &'a Reach,
    pub(crate) today: Date,
    pub(crate) vault: &'a Vault,
}

/// What is kept about a page beside its totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageInfo {
    /// Which page.
    pub page: Page,
    /// Counts its writes.
    pub version: i64,
    /// Records on it, in every state.
    pub records: i64,
    /// The digest over its records.
    pub digest: String,
    /// When it was last written, in milliseconds since 1970 UTC.
    pub changed_at: i64,
}

/// One version in a record's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The record as it was.
    pub record: Record,
    /// When this version was made, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who made it.
    pub actor: String,
    /// By doing what.
    pub action: String,
    /// Whether the entry was moved out of the log: when, who and by what stand in the part it was moved into.
    pub moved: bool,
}

/// An audit entry as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its position.
    pub seq: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub object: String,
    /// Particulars, as JSON.
    pub detail: String,
    /// Its hash.
    pub hash: String,
}

impl<'a> Reader<'a> {
    /// The catalog in force.
    pub fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// The school's civil date of this request.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The same reader for someone who sees only so far.
    #[must_use]
    pub fn within(mut self, reach: &'a Reach) -> Self {
        self.reach = reach;
        self
    }

    /// For a moment, this reader for someone who sees only so far.
    pub fn narrowed<'s>(&'s mut self, reach: &'s Reach) -> Reader<'s> {
        Reader { db: self.db, catalog: self.catalog, school: self.school, reach, today: self.today, vault: self.vault }
    }

    /// How much of a register is seen.
    pub fn extent(&self, register: usize) -> Extent {
        self.reach.extent(self.catalog, register)
    }

    /// Appends what keeps the records that are seen.
    fn narrow(&self, register: usize, clause: &mut Sql) {
        self.reach.narrow(self.catalog, register, clause);
    }

    fn register(&self, register: usize) -> &'a Register {
        &self.catalog.registers[register]
    }

    /// The pages a register has, in the order of time.
    pub fn pages(&mut self, register: usize) -> Result<Vec<Page>, StoreError> {
        Ok(self.page_infos(register)?.into_iter().map(|info| info.page).collect())
    }

    /// The pages a register has, with version and digest, in the order of time.
    pub fn page_infos(&mut self, register: usize) -> Result<Vec<PageInfo>, StoreError> {
        let declared = self.register(register);
        let rows = self
            .db
            .collect(
                "select page, version, records, digest, changed_at from page \
                 where school_id = ? and register = ? order by page",
                &[Param::Int(self.school.0), Param::Text(declared.id.as_str())],
                |row| {
                    Page::parse(declared, row.text(0).unwrap_or_default()).map(|page| PageInfo {
                        page,
                        version: row.int(1).unwrap_or(0),
                        records: row.int(2).unwrap_or(0),
                        digest: row.text(3).unwrap_or_default().to_owned(),
                        changed_at: row.int(4).unwrap_or(0),
                    })
                },
            )
            .doing("list pages")?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// A page's version and digest, if anything was ever written on it.
    pub fn page_info(&mut self, register: usize, page: Page) -> Result<Option<PageInfo>, StoreError> {
        Ok(self.page_infos(register)?.into_iter().find(|info| info.page == page))
    }

    /// How many records stand on each page of the school, by register, in the order of time.
    pub fn page_sizes(&mut self) -> Result<Vec<(usize, Page, i64)>, StoreError> {
        let catalog = self.catalog;
        let sql = "select register, page, records from page where school_id = ? order by register, page";
        let sizes = self.db.collect(sql, &[Param::Int(self.school.0)], |row| {
            let register = catalog.find_register(row.text(0)?)?;
            let page = Page::parse(&catalog.registers[register], row.text(1)?)?;
            Some((register, page, row.int(2)?))
        });
        Ok(sizes.doing("list pages")?.into_iter().flatten().collect())
    }

    /// The totals of a page: of the whole (`slice` empty) or of every value of a slice.
    ///
    /// A page of lasting records that was not written since its period began is totalled now, and not kept.
    pub fn totals(&mut self, register: usize, page: Page, slice: &str) -> Result<Vec<(String, Loaded)>, StoreError> {
        let declared = self.register(register);
        let key = PageKey { school: self.school, register: declared, page };
        let lasting = matches!(declared.period, PeriodRule::During { .. });
        if lasting && self.page_info(register, page)?.is_none() {
            let tally = totals::scan_page(self.db, self.catalog, declared, self.school, page, self.today)?;
            return Ok(totals::loaded_from(declared, &tally, slice));
        }
        totals::load(self.db, key, slice)
    }

    /// The totals of what lasts as it stood on one day, with the page that day lies on: by the records themselves.
    /// Nothing for a register whose records do not last.
    pub fn totals_on(&mut self, register: usize, day: Date) -> Result<Option<(Page, Loaded)>, StoreError> {
        let declared = self.register(register);
        let PeriodRule::During { kind, .. } = declared.period else { return Ok(None) };
        let page = Page::Of(kind.containing(day));
        let at = Moments { census: day, ..page.moments(declared, self.today) };
        let related = self.related(register)?;
        let mut tally = Tally::new(declared);
        let all = page_clause(declared, self.school, page);
        self.each(register, &all, &mut |record| {
            tally.add(declared, record.state, &WithRelated { record, related: &related }, &at, 1);
        })?;
        tally.count_distinct(declared);
        let whole = totals::loaded_from(declared, &tally, "").pop().map(|(_, whole)| whole);
        Ok(Some((page, whole.unwrap_or_default())))
    }

    /// The digest sum and number of a page's records, from the records themselves.
    pub fn sum_of_page(&mut self, register: usize, page: Page) -> Result<(SetSum, i64), StoreError> {
        let declared = self.register(register);
        let vault = self.vault;
        let (mut sum, mut records, mut scratch) = (SetSum::default(), 0, Vec::new());
        self.each_on_page(register, page, &mut |record| {
            sum.add(&leaf(declared, record, vault, &mut scratch));
            records += 1;
        })?;
        Ok((sum, records))
    }

    /// Hands over every record of a page, in the order of entry.
    pub fn each_on_page(
        &mut self,
        register: usize,
        page: Page,
        each: &mut dyn FnMut(&Record),
    ) -> Result<(), StoreError> {
        let mut clause = page_clause(self.register(register), self.school, page);
        self.narrow(register, &mut clause);
        self.each(register, &clause, each)
    }

    /// Hands over every record of a register, in the order of entry.
    pub fn each_record(&mut self, register: usize, each: &mut dyn FnMut(&Record)) -> Result<(), StoreError> {
        self.each_on_page(register, Page::All, each)
    }

    pub(crate) fn each(
        &mut self,
        register: usize,
        clause: &Sql,
        each: &mut dyn FnMut(&Record),
    ) -> Result<(), StoreError> {
        self.each_owned(register, clause, &mut |record| each(&record))
    }

    fn each_owned(&mut self, register: usize, clause: &Sql, each: &mut dyn FnMut(Record)) -> Result<(), StoreError> {
        let declared = self.register(register);
        let params: Vec<Param> = clause.values.iter().map(Param::from).collect();
        let mut members: Vec<(usize, HashMap<RecordId, Vec<RecordId>>)> = Vec::new();
        for (field, _) in declared.fields.iter().enumerate().filter(|(_, f)| matches!(f.kind, Kind::Refs(_))) {
            let mut by_record: HashMap<RecordId, Vec<RecordId>> = HashMap::new();
            let from = clause.text.replacen(
                " t\n",
                &format!(
                    " t join {} m on m.school_id = t.school_id and m.record_id = t.id\n",
                    members_table(declared, field)
                ),
                1,
            );
            let sql = format!("select m.record_id, m.member_id {from} order by m.record_id, m.position");
            self.db
                .query(&sql, &params, &mut |row| {
                    if let (Some(record), Some(member)) = (row.id(0), row.id(1)) {
                        by_record.entry(record).or_default().push(member);
                    }
                })
                .doing("read members")?;
            members.push((field, by_record));
        }
        let sql = format!("select {} {} order by t.id", select_list(declared, "t"), clause.text);
        let mut damaged = Vec::new();
        let vault = self.vault;
        self.db
            .query(&sql, &params, &mut |row| match record::read(declared, row, vault) {
                Some(mut record) => {
                    for (field, by_record) in &mut members {
                        if let Some(ids) = by_record.remove(&record.id) {
                            record.values[*field] = Value::Refs(ids);
                        }
                    }
                    each(record);
                }
                None => damaged.extend(row.id(1)),
            })
            .doing("read records")?;
        if damaged.is_empty() {
            return Ok(());
        }
        Err(StoreError::Illegible { register: declared.id.to_string(), records: damaged })
    }

    /// A record, if it is there and of this school.
    pub fn find(&mut self, register: usize, id: RecordId) -> Result<Option<Record>, StoreError> {
        let mut clause = self.of_school(register);
        clause.push(" and t.id = ").bind(SqlValue::Id(id));
        self.first(register, &clause)
    }

    /// A record that must be there.
    pub fn get(&mut self, register: usize, id: RecordId) -> Result<Record, StoreError> {
        self.find(register, id)?.ok_or(StoreError::NoRecord)
    }

    /// The record with a key; `values` are those of the register's fields.
    pub fn find_by_key(&mut self, register: usize, values: &[Value]) -> Result<Option<Record>, StoreError> {
        let declared = self.register(register);
        let mut clause = self.of_school(register);
        for field in &declared.key {
            let Some(value) = self.comparable(register, Column::Field(*field), &values[*field]) else {
                return Ok(None);
            };
            clause.push(&format!(" and {} = ", compared(declared, Column::Field(*field)))).bind(value);
        }
        self.first(register, &clause)
    }

    fn of_school(&self, register: usize) -> Sql {
        let mut clause = page_clause(self.register(register), self.school, Page::All);
        self.narrow(register, &mut clause);
        clause
    }

    fn first(&mut self, register: usize, clause: &Sql) -> Result<Option<Record>, StoreError> {
        let mut found = None;
        self.each_owned(register, clause, &mut |record| found = Some(record))?;
        Ok(found)
    }

    /// The records whose newest version was made by a write, in the order of entry.
    pub fn written_by(&mut self, register: usize, seq: i64) -> Result<Vec<Record>, StoreError> {
        let mut clause = self.of_school(register);
        clause.push(" and t.seq = ").bind(SqlValue::Int(seq));
        let mut records = Vec::new();
        self.each_owned(register, &clause, &mut |record| records.push(record))?;
        Ok(records)
    }

    /// Some fields of a record, in the order asked for; all missing if it is not there.
    pub(crate) fn field_values(
        &mut self,
        register: usize,
        id: RecordId,
        fields: &[usize],
    ) -> Result<Vec<Value>, StoreError> {
        let declared = self.register(register);
        let names: Vec<&str> = fields.iter().map(|f| declared.fields[*f].column.as_str()).collect();
        let sql = format!("select {} from {} where school_id = ? and id = ?", names.join(", "), declared.table);
        let read = |row: &dyn crate::db::Row| {
            fields.iter().enumerate().map(|(n, f)| totals::read_value(row, n, &declared.fields[*f].kind)).collect()
        };
        let found = self.db.first(&sql, &[Param::Int(self.school.0), Param::Id(id)], read).doing("look up a value")?;
        Ok(found.unwrap_or_else(|| vec![Value::Missing; fields.len()]))
    }

    /// The school's last audit entry: while it is the same, nothing is another.
    pub fn last_entry(&mut self) -> Result<i64, StoreError> {
        let sql = "select seq from audit_head where school_id = ?";
        let seq = self.db.first(sql, &[Param::Int(self.school.0)], |row| row.int(0).unwrap_or(0));
        Ok(seq.doing("read the last audit entry")?.unwrap_or(0))
    }

    /// A value as it is bound to be compared with a column; nothing if missing.
    fn comparable(&self, register: usize, column: Column, value: &Value) -> Option<SqlValue> {
        let declared = self.register(register);
        match (declared.column_kind(column), column, value) {
            (Kind::IdNumber, Column::Field(field), Value::Text(text)) => {
                let print = self.vault.print(declared.id.as_str(), declared.fields[field].id.as_str(), text);
                Some(SqlValue::Bytes(print.to_vec()))
            }
            _ => sql_value(value),
        }
    }

    /// Records by their ids, in the order asked for; those not there, or not seen, are left out.
    pub fn find_many(&mut self, register: usize, ids: &[RecordId]) -> Result<Vec<Record>, StoreError> {
        self.find_among(register, &self.of_school(register), ids)
    }

    /// Records that a record at hand names, seen by themselves or not: what they are called is a part of it.
    pub fn find_named(&mut self, register: usize, ids: &[RecordId]) -> Result<Vec<Record>, StoreError> {
        self.find_among(register, &page_clause(self.register(register), self.school, Page::All), ids)
    }

    fn find_among(&mut self, register: usize, within: &Sql, ids: &[RecordId]) -> Result<Vec<Record>, StoreError> {
        let mut found: HashMap<RecordId, Record> = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(500) {
            let mut clause = within.clone();
            clause.push(" and t.id in (");
            for (n, id) in chunk.iter().enumerate() {
                if n > 0 {
                    clause.push(", ");
                }
                clause.bind(SqlValue::Id(*id));
            }
            clause.push(")");
            self.each_owned(register, &clause, &mut |record| {
                found.insert(record.id, record);
            })?;
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// The versions of a record, newest first, each as it was.
    pub fn history(&mut self, register: usize, id: RecordId) -> Result<Vec<Version>, StoreError> {
        let declared = self.register(register);
        let mut record = self.get(register, id)?;
        let bodies = self
            .db
            .collect(
                "select version, seq, body from history where school_id = ? and register = ? and record_id = ? \
                 order by version desc",
                &[Param::Int(self.school.0), Param::Text(declared.id.as_str()), Param::Id(id)],
                |row| (row.int(0).unwrap_or(0), row.int(1).unwrap_or(0), row.text(2).unwrap_or_default().to_owned()),
            )
            .doing("read a record's history")?;
        let mut records = vec![record.clone()];
        for (version, seq, body) in bodies {
            record = step_back(declared, &record, version, seq, &body, self.vault)
                .ok_or_else(|| StoreError::Damaged(format!("history of record {id} of {}", declared.id)))?;
            records.push(record.clone());
        }
        let mut out = Vec::with_capacity(records.len());
        for record in records {
            let line = self.audit_lines(Some(record.seq + 1), 1)?.into_iter().next();
            let known = line.filter(|l| l.seq == record.seq).map(|l| (l.at, l.actor, l.action));
            let moved = known.is_none();
            let (at, actor, action) = known.unwrap_or_default();
            out.push(Version { record, at, actor, action, moved });
        }
        Ok(out)
    }

    /// Audit entries before a position (the end if none), newest first.
    pub fn audit_lines(&mut self, before: Option<i64>, limit: usize) -> Result<Vec<AuditLine>, StoreError> {
        let sql = format!(
            "select seq, at, actor, action, object, detail, hash from audit \
             where school_id = ? and seq < ? order by seq desc limit {limit}"
        );
        self.db
            .collect(&sql, &[Param::Int(self.school.0), Param::Int(before.unwrap_or(i64::MAX))], |row| AuditLine {
                seq: row.int(0).unwrap_or(0),
                at: row.int(1).unwrap_or(0),
                actor: row.text(2).unwrap_or_default().to_owned(),
                action: row.text(3).unwrap_or_default().to_owned(),
                object: row.text(4).unwrap_or_default().to_owned(),
                detail: row.text(5).unwrap_or_default().to_owned(),
                hash: row.text(6).unwrap_or_default().to_owned(),
            })
            .doing("read the audit log")
    }
}

/// What a column is compared by: itself, or the print that a sealed value begins with.
fn compared(register: &Register, column: Column) -> String {
    let name = register.column_name(column);
    match register.column_kind(column) {
        Kind::IdNumber => schema::print_of_column(&format!("t.{name}")),
        _ => format!("t.{name}"),
    }
}

/// A value as it is bound in a comparison; nothing if missing.
pub(crate) fn sql_value(value: &Value) -> Option<SqlValue> {
    match value {
        Value::Missing | Value::Refs(_) => None,
        Value::Text(text) => Some(SqlValue::Text(text.clone())),
        Value::Int(number) => Some(SqlValue::Int(*number)),
        Value::Date(date) => Some(SqlValue::Text(date.to_string())),
        Value::Ref(id) => Some(SqlValue::Id(*id)),
    }
}

/// What a version differs in from the one after it, as JSON: enough to step back.
pub(crate) fn history_body(
    register: &Register,
    old: &Record,
    new: &Record,
    vault: &Vault,
    nonces: &mut Nonces,
) -> Result<Json, StoreError> {
    let mut body = Map::new();
    if old.state != new.state {
        body.insert("state".into(), json!(old.state.number()));
    }
    if old.keeper != new.keeper {
        body.insert("keeper".into(), old.keeper.map_or(Json::Null, |id| json!(id.to_string())));
    }
    if old.note != new.note {
        body.insert("note".into(), json!(old.note));
    }
    let fields = register.fields.iter().map(|f| (f.id.as_str(), &f.kind));
    let columns = fields.chain(register.copies.iter().map(|c| (c.path.as_str(), &c.kind)));
    let before = old.values.iter().chain(&old.copied);
    let after = new.values.iter().chain(&new.copied);
    let mut values = Map::new();
    for (((name, kind), before), after) in columns.zip(before).zip(after) {
        if before == after {
            continue;
        }
        let kept = match before {
            Value::Text(text) if *kind == Kind::IdNumber => {
                let (table, row) = version_spot(register, old.id, old.version);
                let spot = Spot { table: &table, column: name, row: &row };
                json!({ "sealed": hex(&vault.seal_blind(&spot, text.as_bytes(), nonces.next()?)) })
            }
            value => to_json(value),
        };
        values.insert(name.to_owned(), kept);
    }
    if !values.is_empty() {
        body.insert("values".into(), Json::Object(values));
    }
    Ok(Json::Object(body))
}

/// Where the secret values of a superseded version are sealed: they do not open in another version's place.
pub(crate) fn version_spot(register: &Register, id: RecordId, version: i64) -> (String, Vec<u8>) {
    let row = id.0.iter().copied().chain(version.to_le_bytes()).collect();
    (format!("history of {}", register.id), row)
}

/// The version before a record, from what history kept of it. Nothing if that is not legible.
pub(crate) fn step_back(
    register: &Register,
    newer: &Record,
    version: i64,
    seq: i64,
    body: &str,
    vault: &Vault,
) -> Option<Record> {
    let body: Json = serde_json::from_str(body).ok()?;
    let mut record = Record { version, seq, ..newer.clone() };
    if let Some(state) = body.get("state") {
        record.state = RecordState::from_number(state.as_i64()?)?;
    }
    if let Some(keeper) = body.get("keeper") {
        record.keeper = match keeper.as_str() {
            Some(text) => Some(RecordId::parse(text)?),
            None => None,
        };
    }
    if let Some(note) = body.get("note") {
        record.note = note.as_str().map(str::to_owned);
    }
    for (name, value) in body.get("values").and_then(Json::as_object).into_iter().flatten() {
        if let Some(ix) = register.find_field(name) {
            record.values[ix] = match value.get("sealed").and_then(Json::as_str) {
                Some(sealed) => {
                    let (table, row) = version_spot(register, newer.id, version);
                    let spot = Spot { table: &table, column: name, row: &row };
                    let opened = vault.open_blind(&spot, &unhex(sealed)?).ok()?;
                    Value::Text(String::from_utf8(opened).ok()?)
                }
                None => from_json(&register.fields[ix].kind, value)?,
            };
        } else if let Some(ix) = register.copies.iter().position(|c| c.path == *name) {
            record.copied[ix] = from_json(&register.copies[ix].kind, value)?;
        }
        // A field the catalog no longer has is passed over: it counts in nothing that is declared now.
    }
    Some(record)
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Missing => Json::Null,
        Value::Text(text) => json!(text),
        Value::Int(number) => json!(number),
        Value::Date(date) => json!(date.to_string()),
        Value::Ref(id) => json!(id.to_string()),
        Value::Refs(ids) => json!(ids.iter().map(ToString::to_string).collect::<Vec<_>>()),
    }
}

fn from_json(kind: &Kind, json: &Json) -> Option<Value> {
    Some(match (kind, json) {
        (_, Json::Null) => Value::Missing,
        (Kind::Refs(_), Json::Array(ids)) => {
            Value::Refs(ids.iter().map(|id| id.as_str().and_then(RecordId::parse)).collect::<Option<_>>()?)
        }
        (Kind::Ref(_), Json::String(id)) => Value::Ref(RecordId::parse(id)?),
        (Kind::Date, Json::String(date)) => Value::Date(Date::parse_iso(date)?),
        (_, Json::String(text)) => Value::Text(text.clone()),
        (_, Json::Number(number)) => Value::Int(number.as_i64()?),
        _ => return None,
    })
}

impl Reader<'_> {
    /// The heading mappings confirmed for a register: shape and content.
    pub fn mappings(&mut self, register: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.db
            .collect(
                "select shape, content from import_mapping where school_id = ? and register = ? order by shape",
                &[Param::Int(self.school.0), Param::Text(register)],
                |row| (row.text(0).unwrap_or_default().to_owned(), row.text(1).unwrap_or_default().to_owned()),
            )
            .doing("read mappings")
    }
}

impl Reader<'_> {
    /// How many of these values of a distinct count are brought to a page's verified total by one record alone.
    pub fn brought_by_one(
        &mut self,
        register: usize,
        page: Page,
        measure: usize,
        members: &[Member],
    ) -> Result<i64, StoreError> {
        let (catalog, school, today, dialect) = (self.catalog, self.school, self.today, self.db.dialect());
        let scan = PageScan { catalog, register: &catalog.registers[register], school, page, today, dialect };
        let state = RecordState::Verified as usize;
        let mut alone = 0;
        for member in members {
            let key = DistinctKey { slice: 0, slice_value: Value::Missing, measure, state, member: member.clone() };
            alone += i64::from(totals::count_bringing(self.db, &scan, &key, 2)? == 1);
        }
        Ok(alone)
    }
}
