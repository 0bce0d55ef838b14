//! A plan becomes records: one plan for each teacher, one item for each thing planned, with the reason.

use super::{ITEM, PLAN, Planned, Row};
use crate::App;
use crate::error::AppError;
use crate::growth::Growth;
use crate::person::{Keeper, Person};
use crate::records::Edit;
use jc_base::{Lang, RecordId, RecordState, Value};
use jc_catalog::{Catalog, Operation};
use jc_growth::plan::explain::Explanation;
use jc_growth::plan::outcome::{Item, ItemKind, TeacherPlan};
use jc_store::{Reader, Record, Writer};
use std::collections::HashMap;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Plans that were begun.
    pub plans: usize,
    /// Items that were added.
    pub added: usize,
    /// Items that were taken out.
    pub dropped: usize,
}

impl Growth<'_> {
    /// Keeps a plan in records, as drafts: people agree on them. What is kept already and still planned stays as it
    /// is; what is no longer planned is marked as taken out; wishes get their answer. All of it is one entry of the
    /// log, and is there whole or not at all.
    ///
    /// Errors: [`AppError::Denied`] for whoever does not plan, or does not keep plans.
    pub fn keep(&self, app: &App, person: &Person, planned: &Planned, lang: Lang) -> Result<Kept, AppError> {
        self.viewer.needs(Operation::PlanGrowth)?;
        let plans = app.keeper(person, self.register(PLAN)?)?;
        let items = app.keeper(person, self.register(ITEM)?)?;
        let Some(plan) = &planned.plan else { return Ok(Kept::default()) };
        let everybody: Vec<usize> = (0..planned.people.len()).collect();
        let reasons = planned.explained(&everybody);
        plans.write("growth.keep", |plans, writer| {
            let old = Old { plans: there(&mut writer.reader()?, plans)?, items: there(&mut writer.reader()?, &items)? };
            let mut keeping = Keeping { catalog: self.catalog(), planned, plans, items: &items, old, writer, lang };
            let mut kept = Kept::default();
            for (at, one) in plan.teachers.iter().enumerate() {
                keeping.keep(planned.people[at].person, one, &reasons[at], &mut kept)?;
            }
            writer.note("round", planned.round.number.as_str());
            Ok(kept)
        })
    }
}

/// Records that are not returned.
fn there(reader: &mut Reader, keeper: &Keeper<'_>) -> Result<Vec<Record>, AppError> {
    let mut all = Vec::new();
    reader.each_record(keeper.register, &mut |record| {
        if record.state != RecordState::Returned {
            all.push(record.clone());
        }
    })?;
    Ok(all)
}

/// A record of a keeper's register.
fn of<'r>(keeper: &'r Keeper<'_>, record: &'r Record) -> Row<'r> {
    Row { declared: keeper.declared(), record }
}

/// What is kept already.
struct Old {
    plans: Vec<Record>,
    items: Vec<Record>,
}

/// One plan after the other becoming records, in one write.
struct Keeping<'k, 'w> {
    catalog: &'k Catalog,
    planned: &'k Planned,
    plans: &'k Keeper<'k>,
    items: &'k Keeper<'k>,
    old: Old,
    writer: &'k mut Writer<'w>,
    lang: Lang,
}

impl Keeping<'_, '_> {
    fn keep(
        &mut self,
        teacher: RecordId,
        one: &TeacherPlan,
        reasons: &Explanation,
        kept: &mut Kept,
    ) -> Result<(), AppError> {
        let Some(plan) = self.plan(teacher, one, kept)? else { return Ok(()) };
        let items = self.items;
        let mine: Vec<Record> =
            self.old.items.iter().filter(|record| of(items, record).id("plan") == Some(plan)).cloned().collect();
        let planned = self.planned;
        let thing = |item: &str| planned.things.get(item).map(|thing| thing.id);
        let names = |record: &Record| of(items, record).id("offer").or(of(items, record).id("mentor"));
        let find = |item: &str| mine.iter().find(|record| thing(item).is_some() && names(record) == thing(item));
        for (item, why) in one.items.iter().zip(&reasons.included) {
            let why = planned.why_in(self.catalog, why, self.lang);
            match find(&item.id) {
                None => {
                    kept.added += 1;
                    let draft = draft(self.items, values(planned, (plan, teacher), item, why));
                    self.items.create_in(self.writer, draft, self.lang)?;
                }
                Some(record) if matches!(of(items, record).text("decision"), "planned" | "pinned") => {}
                Some(record) => {
                    kept.added += 1;
                    self.change(record, &[("decision", "planned"), ("why", &why)])?;
                }
            }
        }
        for not in reasons.left_out.iter().filter(|not| not.wished) {
            let why = planned.why_not(not, self.lang);
            match find(&not.item) {
                Some(record) if of(items, record).text("why") != why => self.change(record, &[("why", &why)])?,
                _ => {}
            }
        }
        for record in &mine {
            let stays = one.items.iter().any(|item| thing(&item.id) == names(record));
            if of(items, record).text("decision") == "planned" && of(items, record).date("done_on").is_none() && !stays
            {
                kept.dropped += 1;
                self.change(record, &[("decision", "dropped")])?;
            }
        }
        Ok(())
    }

    /// The teacher's plan of the round; begun if there is something to put on it.
    fn plan(&mut self, teacher: RecordId, one: &TeacherPlan, kept: &mut Kept) -> Result<Option<RecordId>, AppError> {
        let (round, plans) = (&self.planned.round, self.plans);
        let own = self.old.plans.iter().find(|record| {
            let row = of(plans, record);
            row.id("round") == Some(round.id) && row.id("teacher") == Some(teacher)
        });
        if own.is_some() || one.items.is_empty() {
            return Ok(own.map(|record| record.id));
        }
        kept.plans += 1;
        let with = HashMap::from([
            ("round", Value::Ref(round.id)),
            ("teacher", Value::Ref(teacher)),
            ("state", Value::Text("draft".into())),
            ("starts_on", Value::Date(round.from)),
        ]);
        self.plans.create_in(self.writer, draft(self.plans, with), self.lang).map(Some)
    }

    /// Changes an item. What was handed in already is handed in anew.
    fn change(&mut self, record: &Record, with: &[(&str, &str)]) -> Result<(), AppError> {
        let mut values = record.values.clone();
        for (field, text) in with {
            if let Some(at) = self.items.declared().fields.iter().position(|f| f.id.as_str() == *field) {
                values[at] = Value::Text((*text).to_owned());
            }
        }
        let edit = Edit { values, submit: record.state != RecordState::Draft, seen_version: Some(record.version) };
        self.items.change_in(self.writer, record.id, edit, None, self.lang)
    }
}

fn values(
    planned: &Planned,
    (plan, teacher): (RecordId, RecordId),
    item: &Item,
    why: String,
) -> HashMap<&'static str, Value> {
    let field = if item.kind == ItemKind::Offer { "offer" } else { "mentor" };
    let thing = planned.things.get(&item.id).map_or(Value::Missing, |thing| Value::Ref(thing.id));
    HashMap::from([
        ("plan", Value::Ref(plan)),
        ("teacher", Value::Ref(teacher)),
        ("item", Value::Text(item.id.clone())),
        (field, thing),
        ("decision", Value::Text("planned".into())),
        ("starts_on", Value::Date(item.from)),
        ("ends_on", Value::Date(item.until)),
        ("why", if why.is_empty() { Value::Missing } else { Value::Text(why) }),
    ])
}

fn draft(keeper: &Keeper<'_>, mut with: HashMap<&'static str, Value>) -> Edit {
    let fields = keeper.declared().fields.iter();
    let values = fields.map(|field| with.remove(field.id.as_str()).unwrap_or_default()).collect();
    Edit { values, submit: false, seen_version: None }
}
