//! Whose data an account had in a stretch of days: what must be told when an account was misused.
//!
//! Source: 《个人信息保护法》 article 57.

use super::{Access, Manner, begin_of};
use crate::audit::moving::LogBegin;
use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use crate::subjects::{Subject, minors, subjects};
use jc_base::{Date, Lang, RecordId, Value};
use jc_catalog::Operation;
use std::collections::{BTreeMap, BTreeSet};

/// One whose data was had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// The register of people.
    pub register: usize,
    /// Their record.
    pub person: RecordId,
    /// Their number.
    pub number: String,
    /// What they are called.
    pub label: String,
    /// Whether they are a minor today: their guardians are told.
    pub minor: bool,
    /// How often by each manner: looked at, seen in full, taken out.
    pub times: [i64; 3],
    /// The covered fields seen in full, by register and field.
    pub fields: BTreeSet<(String, String)>,
    /// First and last, in milliseconds since 1970 UTC.
    pub between: (i64, i64),
}

/// Whose data an account had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breach {
    /// The entries of the log that tell it.
    pub entries: i64,
    /// Those concerned, by register and number.
    pub affected: Vec<Affected>,
    /// Where the log begins, if later than what was asked for: what was before stands in the parts that were moved.
    pub begins: Option<LogBegin>,
}

#[derive(Default)]
struct Had {
    times: [i64; 3],
    fields: BTreeSet<(String, String)>,
    between: Option<(i64, i64)>,
}

impl Viewer<'_> {
    /// Whose private data a login had from one day to another, both included, by the audit log alone.
    pub fn breach(&self, login: &str, from: Date, until: Date) -> Result<Breach, AppError> {
        self.needs(Operation::ReadAccess)?;
        let reach = self.person.reach(&self.catalog, Operation::ReadAccess);
        self.read_within(&reach, |reader| {
            let mut accesses = Vec::new();
            let span = (begin_of(from), begin_of(until.plus_days(1)));
            let begins = LogBegin::of(reader.log_begin()?).filter(|begins| from <= begins.day);
            reader.each_entry(span, Some(login), &mut |line| accesses.extend(Access::of(&self.catalog, line)))?;
            // Who is concerned by a record is told by it as it is now; each is read once.
            let mut wanted: BTreeMap<usize, BTreeSet<RecordId>> = BTreeMap::new();
            for (register, ids) in accesses.iter().flat_map(|access| &access.records) {
                wanted.entry(*register).or_default().extend(ids);
            }
            let mut whose: BTreeMap<(usize, RecordId), BTreeSet<Subject>> = BTreeMap::new();
            for (register, ids) in wanted {
                let ids: Vec<RecordId> = ids.into_iter().collect();
                for record in reader.find_many(register, &ids)? {
                    whose.insert((register, record.id), subjects(&self.catalog, register, &record));
                }
            }
            let mut had: BTreeMap<Subject, Had> = BTreeMap::new();
            for access in &accesses {
                let of: BTreeSet<Subject> = access
                    .records
                    .iter()
                    .flat_map(|(register, ids)| ids.iter().map(move |id| (*register, *id)))
                    .filter_map(|at| whose.get(&at))
                    .flatten()
                    .copied()
                    .collect();
                for subject in of {
                    had.entry(subject).or_default().add(access);
                }
            }
            let people: BTreeSet<Subject> = had.keys().copied().collect();
            let young = minors(reader, &people, reader.today())?;
            let mut labels = Labels::default();
            let mut affected = Vec::new();
            for (register, declared) in self.catalog.registers.iter().enumerate() {
                let ids: Vec<RecordId> = people.iter().filter(|(of, _)| *of == register).map(|(_, id)| *id).collect();
                for record in reader.find_many(register, &ids)? {
                    labels.load(reader, register, [&record])?;
                    let had = had.remove(&(register, record.id)).unwrap_or_default();
                    let number = declared.key.first().map(|key| &record.values[*key]);
                    affected.push(Affected {
                        register,
                        person: record.id,
                        number: number.and_then(Value::as_text).unwrap_or_default().to_owned(),
                        label: labels.label(&self.catalog, register, &record, Lang::Zh),
                        minor: young.contains(&(register, record.id)),
                        times: had.times,
                        fields: had.fields,
                        between: had.between.unwrap_or_default(),
                    });
                }
            }
            affected.sort_by(|a, b| (a.register, &a.number).cmp(&(b.register, &b.number)));
            Ok(Breach { entries: accesses.len() as i64, affected, begins })
        })
    }
}

impl Had {
    fn add(&mut self, access: &Access) {
        let (slot, at) = (access.manner as usize, access.line.at);
        self.times[slot] += 1;
        let (first, last) = self.between.unwrap_or((at, at));
        self.between = Some((first.min(at), last.max(at)));
        if let (Manner::Revealed, Some(field)) = (access.manner, access.detail.get("field").and_then(|f| f.as_str())) {
            self.fields.insert((access.line.object.clone(), field.to_owned()));
        }
    }
}
