//! Who looked at whose private data, when and why: written into the audit log as it happens, and told from it alone.
//!
//! Source: 《未成年人网络保护条例》 article 36, 《个人信息保护法》 articles 54 and 57.

pub mod breach;
mod paper;
pub mod yearly;

use crate::app::ZONE_HOURS;
use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use crate::subjects::{Subject, is_private, minors, people_registers, subjects};
use jc_base::{Date, Instant, RecordId};
use jc_catalog::{Catalog, Operation, Scope};
use jc_store::access::{pack, unpack};
use jc_store::db::DbError;
use jc_store::evidence::Attached;
use jc_store::reach::Circle;
use jc_store::reader::{AuditLine, ListQuery};
use jc_store::store::Ending;
use jc_store::{Reach, Reader, Record, StoreError, Writer};
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::{Mutex, PoisonError};

/// Looks at a record by one person within this time are noted once, in milliseconds.
const ONE_LOOK_MS: i64 = 3_600_000;
/// Entries looked at in one request, if few fit.
const LOOKED_AT: usize = 20_000;
/// Entries read at a time.
const AT_A_TIME: usize = 500;
/// So many people are named of one entry.
const NAMED: usize = 5;
/// So many people are looked for by one text.
const SOUGHT: usize = 20;

/// How private data was had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// A record was looked at.
    Looked,
    /// A covered field was seen in full.
    Revealed,
    /// A list, a file or a copy was taken out.
    Taken,
}

impl Manner {
    /// What an action of the audit log comes to; nothing if no private data is had by it.
    pub fn of_action(action: &str) -> Option<Self> {
        Some(match action {
            "record.view" | "list.view" | "growth.view" => Self::Looked,
            "field.reveal" => Self::Revealed,
            "list.export" | "evidence.take" | "growth.dossier" | "person.copy" | "report.export" => Self::Taken,
            _ => return None,
        })
    }
}

/// An entry of the audit log by which private data was had.
#[derive(Debug, Clone)]
pub struct Access {
    /// The entry.
    pub line: AuditLine,
    /// How.
    pub manner: Manner,
    /// The records, by register.
    pub records: Vec<(usize, Vec<RecordId>)>,
    /// Its particulars.
    pub detail: Json,
}

impl Access {
    /// What an entry tells; nothing if no private data was had by it.
    pub fn of(catalog: &Catalog, line: AuditLine) -> Option<Self> {
        let manner = Manner::of_action(&line.action)?;
        let detail: Json = serde_json::from_str(&line.detail).unwrap_or_default();
        let mut records = Vec::new();
        if let Some(register) = catalog.find_register(&line.object) {
            let one = detail.get("record").and_then(Json::as_str).and_then(RecordId::parse);
            let many = detail.get("packed").and_then(Json::as_str).map(unpack).unwrap_or_default();
            records.push((register, one.into_iter().chain(many).collect::<Vec<_>>()));
        }
        for (id, packed) in detail.get("packed").and_then(Json::as_object).into_iter().flatten() {
            if let (Some(register), Some(packed)) = (catalog.find_register(id), packed.as_str()) {
                records.push((register, unpack(packed)));
            }
        }
        records.retain(|(_, ids)| !ids.is_empty());
        (!records.is_empty()).then_some(Self { line, manner, records, detail })
    }

    /// What for.
    pub fn reason(&self) -> &str {
        self.detail.get("reason").and_then(Json::as_str).unwrap_or_default()
    }

    /// Who gave leave: the login; nothing where none was needed.
    pub fn approved_by(&self) -> Option<&str> {
        self.detail.get("approved").and_then(Json::as_str)
    }

    /// How many minors' data it was, as counted then.
    pub fn minors(&self) -> i64 {
        self.detail.get("minors").and_then(Json::as_i64).unwrap_or(0)
    }
}

/// The parts of lists that were looked at lately, so that going back and forth is noted once.
#[derive(Default)]
pub(crate) struct ListsSeen(Mutex<HashMap<u64, i64>>);

/// More are not remembered at once.
const MOST_SEEN: usize = 20_000;

impl ListsSeen {
    fn is_new(&self, part: u64, now: i64) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST_SEEN {
            seen.retain(|_, at| now - *at < ONE_LOOK_MS);
            if seen.len() >= MOST_SEEN {
                seen.clear();
            }
        }
        let new = seen.get(&part).is_none_or(|at| now - at >= ONE_LOOK_MS);
        if new {
            seen.insert(part, now);
        }
        new
    }
}

/// Notes in a write's entry whose data a list or file holds.
pub(crate) fn note_taken(writer: &mut Writer, records: &[RecordId], minors: usize) {
    writer.note("packed", pack(records));
    writer.note("minors", minors);
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only those of these logins.
    pub actors: Option<Vec<String>>,
    /// Only those about one of these people.
    pub whose: Option<Vec<Subject>>,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub until: Option<Date>,
}

/// An entry as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The entry.
    pub access: Access,
    /// The first of the people it is about, as they are called.
    pub people: Vec<String>,
    /// How many people those are.
    pub count: usize,
}

/// Some entries, newest first.
#[derive(Debug, Default)]
pub struct Accesses {
    /// The entries.
    pub lines: Vec<Shown>,
    /// Where to go on; nothing at the end of the log.
    pub next: Option<i64>,
}

impl Viewer<'_> {
    /// Notes that a record with somebody's private data is looked at: another's, and once an hour.
    pub fn note_look(&self, register: usize, record: &Record) -> Result<(), AppError> {
        if !self.is_of_others(register, record) {
            return Ok(());
        }
        let (name, now) = (self.catalog.registers[register].id.as_str(), self.app.moment().now.0);
        let lately = self.read(|reader| Ok(reader.views(name, record.id, AT_A_TIME)?))?;
        if lately.iter().any(|view| view.actor == self.person.login && now - view.at < ONE_LOOK_MS) {
            return Ok(());
        }
        let minors = self.minors_of(register, record)?.len();
        self.note_access("record.view", register, |writer| {
            writer.note_view(name, record.id)?;
            writer.note("minors", minors);
            Ok(())
        })
    }

    /// Notes that a part of a list with other people's private data is looked at: the same part once an hour.
    pub fn note_list(&self, register: usize, records: &[Record]) -> Result<(), AppError> {
        let others: Vec<&Record> = records.iter().filter(|record| self.is_of_others(register, record)).collect();
        let ids: Vec<RecordId> = others.iter().map(|record| record.id).collect();
        let Some(account) = self.person.account.filter(|_| !ids.is_empty()) else { return Ok(()) };
        let part = BuildHasherDefault::<DefaultHasher>::default().hash_one((account.0, register, &ids));
        if !self.app.lists_seen.is_new(part, self.app.moment().now.0) {
            return Ok(());
        }
        let whose = others.iter().flat_map(|record| subjects(&self.catalog, register, record)).collect();
        let minors = self.read_within(&Reach::School, |reader| minors(reader, &whose, reader.today()))?.len();
        self.note_access("list.view", register, |writer| {
            note_taken(writer, &ids, minors);
            Ok(())
        })
    }

    /// Notes that parts of several lists are looked at, as a search finds them: in one entry, the same once an hour.
    pub fn note_found(&self, found: &[(usize, &[Record])]) -> Result<(), AppError> {
        let others = found.iter().map(|(register, records)| {
            let others: Vec<&Record> = records.iter().filter(|one| self.is_of_others(*register, one)).collect();
            (*register, others)
        });
        let others: Vec<(usize, Vec<&Record>)> = others.filter(|(_, records)| !records.is_empty()).collect();
        let ids: Vec<(usize, Vec<RecordId>)> =
            others.iter().map(|(register, records)| (*register, records.iter().map(|one| one.id).collect())).collect();
        let Some(account) = self.person.account.filter(|_| !ids.is_empty()) else { return Ok(()) };
        let part = BuildHasherDefault::<DefaultHasher>::default().hash_one((account.0, &ids));
        if !self.app.lists_seen.is_new(part, self.app.moment().now.0) {
            return Ok(());
        }
        let of = |(register, records): &(usize, Vec<&Record>)| {
            records.iter().flat_map(|one| subjects(&self.catalog, *register, one)).collect::<Vec<_>>()
        };
        let whose = others.iter().flat_map(of).collect();
        let minors = self.read_within(&Reach::School, |reader| minors(reader, &whose, reader.today()))?.len();
        self.note_access_of("list.view", "search", |writer| {
            let packed = ids.iter().map(|(at, ids)| (self.catalog.registers[*at].id.to_string(), pack(ids).into()));
            writer.note("packed", packed.collect::<serde_json::Map<_, _>>());
            writer.note("minors", minors);
            Ok(())
        })
    }

    /// A paper of a record, to be taken away: with other people's private data, that is noted.
    pub fn take_paper(&self, register: usize, id: RecordId, sha256: &str) -> Result<(Attached, Vec<u8>), AppError> {
        let paper = self.evidence_file(register, id, sha256)?;
        let record = self.record(register, id)?;
        if self.is_of_others(register, &record) {
            let minors = self.minors_of(register, &record)?.len();
            self.note_access("evidence.take", register, |writer| {
                writer.note("record", id.to_string());
                writer.note("sha256", sha256);
                writer.note("minors", minors);
                Ok(())
            })?;
        }
        Ok(paper)
    }

    /// Whether a record holds private data of somebody else than this person and their children.
    fn is_of_others(&self, register: usize, record: &Record) -> bool {
        let own = |(register, id): &Subject| {
            let scopes = [Scope::Own.code(), Scope::Child.code()];
            let register = &self.catalog.registers[*register].id;
            self.person
                .ties
                .iter()
                .any(|tie| scopes.contains(&tie.scope.as_str()) && tie.register == *register && tie.record == *id)
        };
        self.person.account.is_some()
            && is_private(&self.catalog, register)
            && !subjects(&self.catalog, register, record).iter().all(own)
    }

    fn note_access(
        &self,
        action: &str,
        register: usize,
        note: impl FnOnce(&mut Writer) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        self.note_access_of(action, self.catalog.registers[register].id.as_str(), note)
    }

    fn note_access_of(
        &self,
        action: &str,
        object: &str,
        note: impl FnOnce(&mut Writer) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let (store, actor) = (&self.app.store, self.person.actor());
        let noted = store.write(self.person.school, &actor, action, object, self.app.moment(), |writer| {
            note(writer)?;
            Ok::<_, AppError>(Ending::Keep(()))
        });
        match noted {
            // Where nothing can be written any more, reading goes on: what is covered stays covered.
            Err(AppError::Store(StoreError::Db { source: DbError::Disk(_), .. })) => Ok(()),
            other => other,
        }
    }

    /// The people whom a text names, by name or number.
    pub fn people_named(&self, text: &str) -> Result<Vec<Subject>, AppError> {
        self.needs(Operation::ReadAccess)?;
        let reach = self.person.reach(&self.catalog, Operation::ReadAccess);
        let query = ListQuery { search: text.to_owned(), limit: SOUGHT, ..ListQuery::default() };
        self.read_within(&reach, |reader| {
            let mut found = Vec::new();
            for register in people_registers(&self.catalog) {
                found.extend(reader.list(register, &query)?.iter().map(|record| (register, record.id)));
            }
            Ok(found)
        })
    }

    /// Who had whose private data: the entries wanted before a position (the end if none), newest first.
    pub fn accesses(&self, wanted: &Wanted, before: Option<i64>, limit: usize) -> Result<Accesses, AppError> {
        self.needs(Operation::ReadAccess)?;
        let reach = self.person.reach(&self.catalog, Operation::ReadAccess);
        self.read_within(&reach, |reader| {
            let (mut found, mut at, mut seen) = (Accesses::default(), before, 0);
            let mut belongs = Belongs::new(wanted.whose.as_deref());
            loop {
                let lines = reader.audit_lines(at, AT_A_TIME)?;
                let end = lines.len() < AT_A_TIME;
                seen += lines.len();
                for line in lines {
                    let day = Instant(line.at).local_date(ZONE_HOURS);
                    if wanted.from.is_some_and(|from| day < from) {
                        return Ok(found);
                    }
                    if found.lines.len() == limit {
                        found.next = at;
                        return Ok(found);
                    }
                    at = Some(line.seq);
                    let by = wanted.actors.as_ref().is_none_or(|actors| actors.contains(&line.actor));
                    if !by || wanted.until.is_some_and(|until| day > until) {
                        continue;
                    }
                    let Some(access) = Access::of(&self.catalog, line) else { continue };
                    if belongs.hold(reader, &access)? {
                        found.lines.push(self.shown_access(reader, access)?);
                    }
                }
                if end {
                    return Ok(found);
                }
                if seen >= LOOKED_AT {
                    found.next = at;
                    return Ok(found);
                }
            }
        })
    }

    fn shown_access(&self, reader: &mut Reader, access: Access) -> Result<Shown, AppError> {
        let mut people = BTreeSet::new();
        for (register, ids) in &access.records {
            for record in reader.find_many(*register, ids)? {
                people.extend(subjects(&self.catalog, *register, &record));
            }
        }
        let mut labels = Labels::default();
        for (register, id) in people.iter().take(NAMED) {
            labels.load_ids(reader, *register, &[*id])?;
        }
        let named = people.iter().take(NAMED).map(|(register, id)| labels.get(*register, *id)).collect();
        Ok(Shown { access, people: named, count: people.len() })
    }
}

/// The records that belong to some people, by register, looked up as they are asked for.
struct Belongs<'w> {
    whose: Option<&'w [Subject]>,
    known: HashMap<usize, HashSet<RecordId>>,
}

impl<'w> Belongs<'w> {
    fn new(whose: Option<&'w [Subject]>) -> Self {
        Self { whose, known: HashMap::new() }
    }

    /// Whether an entry is about one of them; always, if nobody was asked for.
    fn hold(&mut self, reader: &mut Reader, access: &Access) -> Result<bool, AppError> {
        let Some(whose) = self.whose else { return Ok(true) };
        for (register, ids) in &access.records {
            if !self.known.contains_key(register) {
                let catalog = reader.catalog();
                let circles = whose.iter().map(|(people, id)| Circle::Around {
                    anchor: catalog.registers[*people].id.clone(),
                    ids: vec![*id],
                });
                let around = Reach::Within(circles.collect());
                let mut own = HashSet::new();
                reader.narrowed(&around).each_record(*register, &mut |record| {
                    own.insert(record.id);
                })?;
                self.known.insert(*register, own);
            }
            if ids.iter().any(|id| self.known[register].contains(id)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The first moment of a day, in milliseconds since 1970 UTC.
pub(crate) fn begin_of(day: Date) -> i64 {
    let days = Date::new(1970, 1, 1).map_or(0, |epoch| day.days_since(epoch));
    (days * 24 - ZONE_HOURS) * 3_600_000
}
