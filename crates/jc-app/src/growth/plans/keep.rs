//! A plan becomes records: one plan for each teacher, one item for each thing planned, with the reason.

use super::{ITEM, PLAN, Planned, Row};
use crate::App;
use crate::error::AppError;
use crate::growth::Growth;
use crate::person::{Keeper, Person};
use crate::records::Edit;
use jc_base::{Lang, RecordId, RecordState, Value};
use jc_growth::plan::outcome::{Item, ItemKind};
use jc_store::Record;
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
    /// is; what is no longer planned is marked as taken out; wishes get their answer.
    ///
    /// Errors: [`AppError::Denied`] for whoever does not keep plans.
    pub fn keep(&self, app: &App, person: &Person, planned: &Planned, lang: Lang) -> Result<Kept, AppError> {
        let plans = app.keeper(person, self.register(PLAN)?)?;
        let items = app.keeper(person, self.register(ITEM)?)?;
        let Some(plan) = &planned.plan else { return Ok(Kept::default()) };
        let (old_plans, old_items) = (self.all(&plans)?, self.all(&items)?);
        let everybody: Vec<usize> = (0..planned.people.len()).collect();
        let reasons = planned.explained(&everybody);
        let mut kept = Kept::default();
        for (at, (whose, one)) in planned.people.iter().zip(&plan.teachers).enumerate() {
            let declared = plans.declared();
            let own = old_plans.iter().find(|record| {
                let row = Row { declared, record };
                row.id("round") == Some(planned.round.id) && row.id("teacher") == Some(whose.person)
            });
            let id = match own {
                Some(record) => record.id,
                None if one.items.is_empty() => continue,
                None => {
                    kept.plans += 1;
                    let with = HashMap::from([
                        ("round", Value::Ref(planned.round.id)),
                        ("teacher", Value::Ref(whose.person)),
                        ("state", Value::Text("draft".into())),
                        ("starts_on", Value::Date(planned.round.from)),
                    ]);
                    plans.create(draft(&plans, with), lang)?
                }
            };
            let declared = items.declared();
            let mine: Vec<&Record> =
                old_items.iter().filter(|record| Row { declared, record }.id("plan") == Some(id)).collect();
            let find = |item: &str| {
                let thing = planned.things.get(item)?.id;
                let names = |record: &&&Record| {
                    let row = Row { declared, record };
                    row.id("offer").or(row.id("mentor")) == Some(thing)
                };
                mine.iter().find(names).copied()
            };
            for (item, why) in one.items.iter().zip(&reasons[at].included) {
                let why = planned.why_in(self.catalog(), why, lang);
                match find(&item.id) {
                    None => {
                        kept.added += 1;
                        items.create(draft(&items, values(planned, (id, whose.person), item, why)), lang)?;
                    }
                    Some(record) if matches!(Row { declared, record }.text("decision"), "planned" | "pinned") => {}
                    Some(record) => {
                        kept.added += 1;
                        change(&items, record, &[("decision", "planned"), ("why", &why)], lang)?;
                    }
                }
            }
            for not in reasons[at].left_out.iter().filter(|not| not.wished) {
                if let Some(record) = find(&not.item) {
                    let why = planned.why_not(not, lang);
                    if (Row { declared, record }).text("why") != why {
                        change(&items, record, &[("why", &why)], lang)?;
                    }
                }
            }
            for record in mine {
                let row = Row { declared, record };
                let thing = row.id("offer").or(row.id("mentor"));
                let stays = one.items.iter().any(|item| planned.things.get(&item.id).map(|t| t.id) == thing);
                if row.text("decision") == "planned" && row.date("done_on").is_none() && !stays {
                    kept.dropped += 1;
                    change(&items, record, &[("decision", "dropped")], lang)?;
                }
            }
        }
        Ok(kept)
    }

    /// All records of a register that are not returned.
    fn all(&self, keeper: &Keeper<'_>) -> Result<Vec<Record>, AppError> {
        self.viewer.read(|reader| {
            let mut all = Vec::new();
            reader.each_record(keeper.register, &mut |record| {
                if record.state != RecordState::Returned {
                    all.push(record.clone());
                }
            })?;
            Ok(all)
        })
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

fn change(keeper: &Keeper<'_>, record: &Record, with: &[(&str, &str)], lang: Lang) -> Result<(), AppError> {
    let mut values = record.values.clone();
    for (field, text) in with {
        if let Some(at) = keeper.declared().fields.iter().position(|f| f.id.as_str() == *field) {
            values[at] = Value::Text((*text).to_owned());
        }
    }
    let edit = Edit { values, submit: false, seen_version: Some(record.version) };
    keeper.update(record.id, edit, lang)
}
