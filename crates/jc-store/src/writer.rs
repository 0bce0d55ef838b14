//! One write: records, their history, the pages they stand on and the audit entry, in one transaction.

mod copies;
mod pages;
mod sealed;

use self::copies::{Combined, needed_fields};
use self::pages::PageChange;
use self::sealed::Sealed;
use crate::db::{Db, Insert, Param, Row};
use crate::error::{Doing, StoreError};
use crate::keys::Nonces;
use crate::leaf::leaf_printed;
use crate::number::{IdMaker, Mark};
use crate::quick::Quick;
use crate::reach::Reach;
use crate::reader::Reader;
use crate::record::{self, Actor, Bound, Prints, Record, bind, columns};
use crate::schema;
use crate::store::Moment;
use jc_base::{RecordId, RecordState, SchoolId, Value};
use jc_catalog::kinds::{Kind, id_number};
use jc_catalog::{Catalog, Register};
use jc_figures::sql::members_table;
use jc_figures::{Page, scan};
use jc_trust::chain::{ChainHash, Entry, link};
use jc_trust::set::SetSum;
use jc_trust::vault::{Spot, Vault};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The particulars that people type themselves.
pub(crate) const TYPED: [&str; 3] = ["reason", "conditions", "file"];

/// What a write is about.
pub struct Occasion<'a> {
    /// Whose data.
    pub school: SchoolId,
    /// Who.
    pub actor: &'a Actor,
    /// What, such as `record.put`: the audit log's word.
    pub action: &'a str,
    /// To what: a register or an account.
    pub object: &'a str,
    /// When.
    pub moment: Moment,
    /// The hash of the audit entry.
    pub chain: ChainHash,
}

/// A write in progress.
pub struct Writer<'a> {
    db: &'a mut Db,
    catalog: &'a Catalog,
    occasion: Occasion<'a>,
    seq: i64,
    previous: String,
    ids: IdMaker,
    pages: BTreeMap<(usize, Page), PageChange>,
    /// Registers whose totals ask about other records, and of which too many are touched here to follow one by one:
    /// all their pages are totalled again.
    stale: BTreeSet<usize>,
    /// How many records of such registers were followed one by one.
    followed: HashMap<usize, usize>,
    /// By page, by how much more or fewer of its verified records lack the evidence asked for.
    lacking: BTreeMap<(usize, Page), i64>,
    /// By page, the version and digest written.
    written_pages: BTreeMap<(usize, Page), (i64, String)>,
    sealed: Sealed,
    written: SetSum,
    counts: Counts,
    detail: Map<String, Json>,
    inserts: HashMap<usize, Insert>,
    page_names: HashMap<Page, Arc<str>, Quick>,
    /// Registers whose indexes are made again at the end, because a great many records were about to be written.
    unindexed: BTreeSet<usize>,
    /// The row of the file being imported, kept with what is written.
    line: Option<i64>,
    buffer: Vec<Waiting>,
    buffered: usize,
    copied: Copied,
    /// Whether what is looked up serves the next write, and whether it came from the one before.
    remembers: bool,
    remembered: bool,
    needed: Vec<Vec<usize>>,
    scratch: Vec<u8>,
    vault: &'a Vault,
    nonces: Nonces,
}

/// What one write looked up, for the next one: good as long as nobody else has written in between.
#[derive(Default)]
pub struct Memory {
    /// The school, and its audit entry after which this held.
    as_of: Option<(SchoolId, i64)>,
    copied: Copied,
}

/// What other records copy, by register.
#[derive(Default)]
pub(crate) struct Copied {
    values: Vec<Combined>,
    /// The registers of which every record is here.
    complete: BTreeSet<usize>,
}

impl Memory {
    /// What is left of it for a write that follows an audit entry.
    fn after(self, school: SchoolId, seq: i64, registers: usize) -> Copied {
        let held = self.as_of == Some((school, seq)) && self.copied.values.len() == registers;
        if held { self.copied } else { Copied { values: vec![Combined::default(); registers], ..Copied::default() } }
    }
}

/// What a write did to records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Records made.
    pub new: i64,
    /// Versions made of records that were there.
    pub changed: i64,
}

/// A new record on its way into the database.
struct Waiting {
    record: Record,
    prints: Prints,
    digest: [u8; 16],
    page: Option<Arc<str>>,
    search: Option<String>,
}

/// How many inserts are sent to a server at once.
const BUFFERED: usize = 400;

impl<'a> Writer<'a> {
    pub(crate) fn begin(
        db: &'a mut Db,
        catalog: &'a Catalog,
        vault: &'a Vault,
        occasion: Occasion<'a>,
        memory: Option<Memory>,
    ) -> Result<Self, StoreError> {
        let sql = format!("select seq, hash, last_number from audit_head where school_id = ?{}", db.for_update());
        let school = [Param::Int(occasion.school.0)];
        let read = |row: &dyn Row| {
            (row.int(0).unwrap_or(0), row.text(1).unwrap_or_default().to_owned(), row.int(2).unwrap_or(0))
        };
        let mut head = db.first(&sql, &school, read).doing("read the audit head")?;
        if head.is_none() {
            // Two programs that write first at once meet here: the second waits, then reads what the first wrote.
            let empty = "insert into audit_head (school_id, seq, hash, last_number) values (?, 0, '', 0) \
                 on conflict (school_id) do nothing";
            db.execute(empty, &school).doing("begin the audit log")?;
            head = db.first(&sql, &school, read).doing("read the audit head")?;
        }
        let (seq, previous, own) = head.unwrap_or_default();
        let (last, mark) = match db.mark() {
            // Numbers are told apart in the whole file.
            Some(mark) => {
                let all = db.first("select max(last_number) from audit_head", &[], |row| row.int(0).unwrap_or(0));
                (all.doing("read the last number")?.unwrap_or(0), mark)
            }
            None => (own, Mark::random()?),
        };
        let ids = IdMaker::new(last, occasion.moment.now.0, mark);
        let remembers = memory.is_some();
        let copied = memory.unwrap_or_default().after(occasion.school, seq, catalog.registers.len());
        let remembered = !copied.complete.is_empty();
        let by = occasion.actor.by.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
        Ok(Self {
            db,
            catalog,
            occasion,
            seq: seq + 1,
            previous,
            ids,
            pages: BTreeMap::new(),
            stale: BTreeSet::new(),
            followed: HashMap::new(),
            lacking: BTreeMap::new(),
            written_pages: BTreeMap::new(),
            sealed: Sealed::default(),
            written: SetSum::default(),
            counts: Counts::default(),
            detail: by,
            inserts: HashMap::new(),
            page_names: HashMap::default(),
            unindexed: BTreeSet::new(),
            line: None,
            buffer: Vec::new(),
            buffered: 0,
            copied,
            remembers,
            remembered,
            needed: needed_fields(catalog),
            scratch: Vec::new(),
            vault,
            nonces: Nonces::default(),
        })
    }

    /// The audit entry this write will make.
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// What was done to records so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether what the write before looked up still holds.
    pub fn remembered(&self) -> bool {
        self.remembered
    }

    /// The connection, for statements on the system's own tables.
    pub(crate) fn db(&mut self) -> &mut Db {
        self.db
    }

    pub(crate) fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    pub(crate) fn school(&self) -> SchoolId {
        self.occasion.school
    }

    pub(crate) fn vault(&self) -> &'a Vault {
        self.vault
    }

    pub(crate) fn actor(&self) -> &'a Actor {
        self.occasion.actor
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.occasion.moment.now.0
    }

    /// Seals a value for its place.
    pub(crate) fn seal(&mut self, spot: &Spot, value: &str) -> Result<Vec<u8>, StoreError> {
        Ok(self.vault.seal(spot, value, self.nonces.next()?))
    }

    /// A new record id.
    pub fn new_id(&mut self) -> RecordId {
        self.ids.next()
    }

    /// Adds a particular to the audit entry. Never personal data: a full identity number in what people typed is covered.
    pub fn note(&mut self, name: &str, value: impl Into<Json>) {
        let value = match value.into() {
            Json::String(text) if TYPED.contains(&name) => Json::String(id_number::cover(&text)),
            other => other,
        };
        self.detail.insert(name.to_owned(), value);
    }

    /// Names the row of the imported file that the records written from now on come from.
    pub fn at_line(&mut self, line: Option<i64>) {
        self.line = line;
    }

    /// Remembers a heading mapping for the next file of that shape.
    pub fn remember_mapping(&mut self, register: &str, shape: &str, content: &str) -> Result<(), StoreError> {
        let school = Param::Int(self.occasion.school.0);
        self.db
            .execute(
                "insert into import_mapping (school_id, register, shape, content) values (?, ?, ?, ?) \
                 on conflict (school_id, register, shape) do update set content = excluded.content",
                &[school, Param::Text(register), Param::Text(shape), Param::Text(content)],
            )
            .doing("remember a mapping")
            .map(drop)
    }

    /// Reads within this write: sees what it has written.
    pub fn reader(&mut self) -> Result<Reader<'_>, StoreError> {
        self.send_buffer()?;
        Ok(Reader {
            db: self.db,
            catalog: self.catalog,
            school: self.occasion.school,
            reach: &Reach::School,
            today: self.occasion.moment.today,
            vault: self.vault,
        })
    }

    /// Makes a record. `copied` is what [`copies`](Self::copies) gave, `search` the text it can be found by.
    ///
    /// Errors: [`StoreError::Duplicate`] if its key or a unique field is taken; the whole write must then be given up.
    pub fn create(
        &mut self,
        register: usize,
        values: Vec<Value>,
        copied: Vec<Value>,
        state: RecordState,
        search: Option<String>,
    ) -> Result<RecordId, StoreError> {
        let record = Record {
            id: self.ids.next(),
            state,
            version: 1,
            seq: self.seq,
            keeper: self.occasion.actor.account,
            note: None,
            line: self.line,
            values,
            copied,
        };
        let id = record.id;
        let dependents = self.dependents(register, None, &record)?;
        let declared = &self.catalog.registers[register];
        let prints = record::prints(declared, &record, self.vault);
        let leaf = leaf_printed(declared, &record, &prints, self.vault, &mut self.scratch);
        let page = self.account_for(register, None, &record, leaf)?;
        self.remember_new(register, &record);
        self.counts.new += 1;
        self.insert(register, Waiting { record, prints, digest: leaf.prefix(), page, search })?;
        self.follow_dependents(dependents)?;
        Ok(id)
    }

    /// Replaces a record's content; the old version goes to the history. Without a difference nothing is written.
    pub fn update(
        &mut self,
        register: usize,
        old: &Record,
        values: Vec<Value>,
        copied: Vec<Value>,
        state: RecordState,
        search: Option<String>,
    ) -> Result<bool, StoreError> {
        if values == old.values && copied == old.copied && state == old.state {
            return Ok(false);
        }
        let record = Record {
            state,
            version: old.version + 1,
            seq: self.seq,
            keeper: self.occasion.actor.account,
            note: None,
            line: self.line,
            values,
            copied,
            id: old.id,
        };
        self.replace(register, old, record, Some(search))?;
        Ok(true)
    }

    /// Moves a record to another state, its content unchanged; the keeper stays who it was.
    pub fn set_state(
        &mut self,
        register: usize,
        old: &Record,
        state: RecordState,
        note: Option<String>,
    ) -> Result<(), StoreError> {
        let note = note.map(|note| id_number::cover(&note));
        let record = Record { state, version: old.version + 1, seq: self.seq, note, ..old.clone() };
        self.replace(register, old, record, None)
    }

    /// Writes a version over another: row, members, history, pages, and the records that copied what changed.
    /// `search` is left as it is if not given.
    fn replace(
        &mut self,
        register_ix: usize,
        old: &Record,
        new: Record,
        search: Option<Option<String>>,
    ) -> Result<(), StoreError> {
        self.send_buffer()?;
        let dependents = self.dependents(register_ix, Some(old), &new)?;
        let register = &self.catalog.registers[register_ix];
        let prints = record::prints(register, &new, self.vault);
        let leaf = leaf_printed(register, &new, &prints, self.vault, &mut self.scratch);
        let page = self.account_for(register_ix, Some(old), &new, leaf)?;
        let digest = leaf.prefix();
        let bound = Bound::new(register, &new, &prints, self.vault, &mut self.nonces)?;
        let mut assignments: Vec<String> = ["state", "version", "seq", "keeper", "note", "page", "digest", "line"]
            .iter()
            .map(|c| format!("{c} = ?"))
            .collect();
        let own = columns(register);
        let own = own[record::FIXED.len()..].iter().filter(|c| *c != "search");
        assignments.extend(own.map(|c| format!("{c} = ?")));
        let mut params = vec![
            Param::Int(new.state.number()),
            Param::Int(new.version),
            Param::Int(new.seq),
            new.keeper.map_or(Param::Null, Param::Id),
            new.note.as_deref().map_or(Param::Null, Param::Text),
            page.as_deref().map_or(Param::Null, Param::Text),
            Param::Bytes(&digest),
            new.line.map_or(Param::Null, Param::Int),
        ];
        bind(register, &new, &bound, &mut params);
        if let Some(search) = &search
            && record::searchable(register)
        {
            assignments.push("search = ?".to_owned());
            params.push(search.as_deref().map_or(Param::Null, Param::Text));
        }
        params.extend([Param::Int(self.occasion.school.0), Param::Id(new.id), Param::Int(old.version)]);
        let sql = format!(
            "update {} set {} where school_id = ? and id = ? and version = ?",
            register.table,
            assignments.join(", ")
        );
        if self.db.execute(&sql, &params).doing("write a record")? != 1 {
            return Err(StoreError::Stale { found: 0, expected: old.version });
        }
        for (ix, field) in register.fields.iter().enumerate() {
            if matches!(field.kind, Kind::Refs(_)) && old.values[ix] != new.values[ix] {
                let sql = format!("delete from {} where school_id = ? and record_id = ?", members_table(register, ix));
                self.db
                    .execute(&sql, &[Param::Int(self.occasion.school.0), Param::Id(new.id)])
                    .doing("write a record's members")?;
                self.insert_members(register_ix, &new, ix)?;
            }
        }
        self.keep_history(register, old, &new)?;
        self.remember(register_ix, &new);
        self.counts.changed += 1;
        self.follow_dependents(dependents)?;
        self.pass_on(register_ix, old, &new)
    }

    fn insert(&mut self, register: usize, waiting: Waiting) -> Result<(), StoreError> {
        if self.buffered != register {
            self.send_buffer()?;
            self.buffered = register;
        }
        self.buffer.push(waiting);
        let most = if matches!(self.db, Db::Sqlite(_)) { 16 } else { BUFFERED };
        if self.buffer.len() >= most { self.send_buffer() } else { Ok(()) }
    }

    fn send_buffer(&mut self) -> Result<(), StoreError> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let mut rows = std::mem::take(&mut self.buffer);
        let register_ix = self.buffered;
        let register = &self.catalog.registers[register_ix];
        let search = record::searchable(register);
        let bounds = rows.iter().map(|w| Bound::new(register, &w.record, &w.prints, self.vault, &mut self.nonces));
        let bounds = bounds.collect::<Result<Vec<_>, _>>()?;
        let mut params = Vec::with_capacity(rows.len() * 24);
        for (Waiting { record, digest, page, search: text, .. }, bound) in rows.iter().zip(&bounds) {
            params.extend([
                Param::Int(self.occasion.school.0),
                Param::Id(record.id),
                Param::Int(record.state.number()),
                Param::Int(record.version),
                Param::Int(record.seq),
                record.keeper.map_or(Param::Null, Param::Id),
                Param::Null,
                page.as_deref().map_or(Param::Null, Param::Text),
                Param::Bytes(digest),
                record.line.map_or(Param::Null, Param::Int),
            ]);
            bind(register, record, bound, &mut params);
            if search {
                params.push(text.as_deref().map_or(Param::Null, Param::Text));
            }
        }
        let insert =
            self.inserts.entry(register_ix).or_insert_with(|| Insert::new(&register.table, &columns(register)));
        self.db.insert_many(insert, &params).doing("write records")?;
        for (ix, field) in register.fields.iter().enumerate() {
            if matches!(field.kind, Kind::Refs(_)) {
                for waiting in &rows {
                    self.insert_members(register_ix, &waiting.record, ix)?;
                }
            }
        }
        // The rows to come take the same room.
        rows.clear();
        self.buffer = rows;
        Ok(())
    }

    fn insert_members(&mut self, register: usize, record: &Record, field: usize) -> Result<(), StoreError> {
        let table = members_table(&self.catalog.registers[register], field);
        let members = record.values[field].ref_ids();
        let mut params = Vec::with_capacity(members.len() * 4);
        for (position, member) in members.iter().enumerate() {
            params.extend([
                Param::Int(self.occasion.school.0),
                Param::Id(record.id),
                Param::Int(position as i64),
                Param::Id(*member),
            ]);
        }
        let insert = Insert::new(&table, &["school_id", "record_id", "position", "member_id"]);
        self.db.insert_many(&insert, &params).doing("write a record's members")
    }

    /// Keeps what was superseded: the old values of what changed, and nothing that stayed.
    fn keep_history(&mut self, register: &Register, old: &Record, new: &Record) -> Result<(), StoreError> {
        let body = crate::reader::history_body(register, old, new, self.vault, &mut self.nonces)?.to_string();
        self.db
            .execute(
                "insert into history (school_id, register, record_id, version, seq, body) values (?, ?, ?, ?, ?, ?)",
                &[
                    Param::Int(self.occasion.school.0),
                    Param::Text(register.id.as_str()),
                    Param::Id(old.id),
                    Param::Int(old.version),
                    Param::Int(old.seq),
                    Param::Text(&body),
                ],
            )
            .doing("keep a record's history")
            .map(drop)
    }

    /// Ends the write: pages, then the audit entry that covers them.
    ///
    /// What it looked up comes back.
    pub(crate) fn finish(mut self) -> Result<Memory, StoreError> {
        self.send_buffer()?;
        self.make_indexes()?;
        for register in self.stale.clone() {
            for page in self.reader()?.pages(register)? {
                self.page_change(register, page);
            }
        }
        self.write_pages()?;
        self.write_unproved()?;
        let pages: Vec<Json> = std::mem::take(&mut self.written_pages)
            .into_iter()
            .map(|((register, page), (version, digest))| {
                json!([self.catalog.registers[register].id.as_str(), page.to_string(), version, digest])
            })
            .collect();
        if self.counts != Counts::default() {
            let total = self.counts.new + self.counts.changed;
            self.note("new", self.counts.new);
            self.note("changed", self.counts.changed);
            self.note("set", self.written.digest(total));
        }
        if !pages.is_empty() {
            self.note("pages", pages);
        }
        self.note_sealed();
        self.append_audit()?;
        Ok(Memory { as_of: Some((self.occasion.school, self.seq)), copied: self.copied })
    }

    /// Makes the indexes that were put aside.
    fn make_indexes(&mut self) -> Result<(), StoreError> {
        let unindexed = std::mem::take(&mut self.unindexed);
        if unindexed.is_empty() {
            return Ok(());
        }
        let tables = unindexed.iter().flat_map(|register| schema::of_register(&self.catalog.registers[*register]));
        let statements: Vec<String> = tables.flat_map(|table| table.create(self.db)).collect();
        self.db.make_indexes(&statements, self.counts.new).doing("make an index again")?;
        self.db.begin_statistics().doing("read the statistics")
    }

    fn append_audit(&mut self) -> Result<(), StoreError> {
        let mut entry = Entry {
            seq: self.seq,
            at: self.occasion.moment.now.0,
            actor: self.occasion.actor.name.clone(),
            action: self.occasion.action.to_owned(),
            object: self.occasion.object.to_owned(),
            detail: Json::Object(std::mem::take(&mut self.detail)).to_string(),
            algorithm: self.occasion.chain,
            hash: String::new(),
        };
        entry.hash = link(&self.vault.chain_key(), self.occasion.school.0, &self.previous, &entry);
        let school = Param::Int(self.occasion.school.0);
        self.db
            .execute(
                "insert into audit (school_id, seq, at, actor, action, object, detail, algorithm, hash) \
                 values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &[
                    school,
                    Param::Int(entry.seq),
                    Param::Int(entry.at),
                    Param::Text(&entry.actor),
                    Param::Text(&entry.action),
                    Param::Text(&entry.object),
                    Param::Text(&entry.detail),
                    Param::Text(entry.algorithm.code()),
                    Param::Text(&entry.hash),
                ],
            )
            .doing("append to the audit log")?;
        self.db
            .execute(
                "insert into audit_head (school_id, seq, hash, last_number) values (?, ?, ?, ?) \
                 on conflict (school_id) do update \
                 set seq = excluded.seq, hash = excluded.hash, last_number = excluded.last_number",
                &[school, Param::Int(entry.seq), Param::Text(&entry.hash), Param::Int(self.ids.last())],
            )
            .doing("move the audit head")
            .map(drop)
    }

    /// Prepares for a great many new records of a register. In a file whose table is still empty, its indexes are
    /// made at the end by sorting, which costs a fraction of keeping them up row by row; all in this transaction.
    pub fn expect_many(&mut self, register: usize) -> Result<(), StoreError> {
        self.look_ahead(register)?;
        let declared = &self.catalog.registers[register];
        if matches!(self.db, Db::Postgres(_)) || self.unindexed.contains(&register) {
            return Ok(());
        }
        let any = format!("select 1 from {} limit 1", declared.table);
        if self.db.first(&any, &[], |_| ()).doing("look whether a table is empty")?.is_some() {
            return Ok(());
        }
        if self.remembers {
            self.copied.complete.insert(register);
        }
        for (name, _, _) in schema::of_register(declared).iter().flat_map(|table| &table.indexes) {
            self.db.batch(&format!("drop index if exists {name}")).doing("put an index aside")?;
        }
        self.unindexed.insert(register);
        Ok(())
    }
}

/// The part of `from … where …` that names the records of a page: for readers that list them.
pub(crate) fn page_clause(register: &Register, school: SchoolId, page: Page) -> jc_figures::Sql {
    let mut sql = jc_figures::Sql::default();
    scan::from_page(register, school, page, &mut sql);
    sql
}
