//! What people on the pathway should not forget 提醒: what begins and what is due on their plans, what lapses unless it
//! is renewed, objections that wait for their answer.

use super::Growth;
use super::plans::{ITEM, Row};
use super::shelf::{Shelf, moments};
use crate::error::AppError;
use crate::labels::Labels;
use jc_base::{Date, Lang, RecordId, RecordState};
use jc_catalog::expr::eval::{Truth, truth};
use jc_growth::course::to_renew;
use jc_growth::standing::Standing;
use std::collections::HashMap;

/// So many days before it begins, whoever takes part is reminded.
const BEFORE: i64 = 14;

/// Something not to forget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// What is to be done.
    pub what: ToDo,
    /// Whom it is about.
    pub person: RecordId,
    /// What they are called.
    pub label: String,
    /// The record's register.
    pub register: usize,
    /// The record.
    pub record: RecordId,
    /// What it is called.
    pub record_label: String,
    /// Whether whoever is reminded can open it.
    pub opens: bool,
    /// By when.
    pub by: Date,
    /// The days until then; below zero it is overdue.
    pub days: i64,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ToDo {
    /// An objection is to be answered.
    Answer,
    /// A plan's item is over: that it is done is to be put down.
    Conclude,
    /// A record lapses and is to be renewed; with the stage that would be left, if that is a lower one.
    Renew(Option<Option<usize>>),
    /// A plan's item begins.
    Attend,
}

impl Growth<'_> {
    /// What is to be done about people within reach today, the most urgent first. What begins is told only to whoever
    /// takes part in it.
    pub fn reminders(&self, lang: Lang) -> Result<Vec<Reminder>, AppError> {
        let today = self.viewer.app.moment().today;
        let only = if self.sees_others() { None } else { Some(self.own().ok_or(AppError::NotFound)?) };
        self.viewer.read(|reader| {
            let (pathway, catalog) = (self.pathway(), self.catalog());
            let people = self.people(reader, today, only)?;
            let ids: Vec<RecordId> = people.iter().map(|record| record.id).collect();
            let shelf = Shelf::fetch(reader, pathway, &ids)?;
            let mut found: Vec<Reminder> = Vec::new();
            let mut remind = |what, person, register, record, by: Date| {
                let (label, record_label) = (String::new(), String::new());
                let (opens, days) = (false, by.days_since(today));
                found.push(Reminder { what, person, label, register, record, record_label, opens, by, days });
            };
            let registers: HashMap<RecordId, usize> =
                shelf.all().map(|(register, record)| (record.id, register)).collect();
            for person in &people {
                let book = shelf.book(pathway, person);
                let now = Standing::of(pathway, &book, today);
                for lapse in to_renew(pathway, &book, &now) {
                    let Some(register) = registers.get(&lapse.record) else { continue };
                    remind(ToDo::Renew(lapse.falls_to), person.id, *register, lapse.record, lapse.until);
                }
                if let Some(contest) = &pathway.assessment.contest {
                    for entry in book.contests.iter() {
                        let raised = entry.row.field(contest.raised).as_date();
                        if let (Some(raised), Truth::True) = (raised, truth(&contest.open, entry.row, &moments(today)))
                        {
                            let by = raised.plus_days(i64::from(contest.days));
                            remind(ToDo::Answer, person.id, contest.register, entry.id, by);
                        }
                    }
                }
            }
            if let Some(at) = catalog.find_register(ITEM) {
                let declared = &catalog.registers[at];
                reader.each_record(at, &mut |record| {
                    let row = Row { declared, record };
                    let planned = matches!(row.text("decision"), "planned" | "pinned");
                    let done = row.date("done_on").is_some();
                    let Some(person) = row.id("teacher").filter(|id| ids.contains(id)) else { return };
                    let (from, until) = (row.date("starts_on"), row.date("ends_on").or(row.date("starts_on")));
                    let (Some(from), Some(until)) = (from, until) else { return };
                    if record.state == RecordState::Returned || !planned || done {
                    } else if until < today {
                        remind(ToDo::Conclude, person, at, record.id, until);
                    } else if self.own() == Some(person) && (0..=BEFORE).contains(&from.days_since(today)) {
                        remind(ToDo::Attend, person, at, record.id, from);
                    }
                })?;
            }
            let mut labels = Labels::default();
            labels.load(reader, pathway.people, &people)?;
            let by_id: HashMap<RecordId, &jc_store::Record> = people.iter().map(|record| (record.id, record)).collect();
            let mut named: HashMap<usize, Vec<RecordId>> = HashMap::new();
            found.iter().for_each(|one| named.entry(one.register).or_default().push(one.record));
            for (register, ids) in &named {
                labels.load_ids(reader, *register, ids)?;
            }
            for one in &mut found {
                let person = by_id.get(&one.person);
                one.label = person.map_or_else(String::new, |it| labels.label(catalog, pathway.people, it, lang));
                one.record_label = labels.get(one.register, one.record);
                one.opens = labels.opens(one.register, one.record);
            }
            found.sort_by(|a, b| (a.by, a.what, &a.label, a.record).cmp(&(b.by, b.what, &b.label, b.record)));
            Ok(found)
        })
    }
}
