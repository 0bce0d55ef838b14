//! One person's plans as they are kept in records.

use super::{ITEM, PLAN, Row};
use crate::error::AppError;
use crate::growth::Growth;
use crate::labels::Labels;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_catalog::kinds::Kind;

/// A person's plans.
pub struct OwnPlans {
    /// Who.
    pub person: RecordId,
    /// What they are called.
    pub label: String,
    /// Whether it is the person who looks.
    pub own: bool,
    /// The plans, the newest first.
    pub plans: Vec<OwnPlan>,
}

/// One plan.
pub struct OwnPlan {
    /// Its record.
    pub id: RecordId,
    /// The round, in words.
    pub round: String,
    /// Its state: a code and in words.
    pub state: (String, String),
    /// The day it begins.
    pub from: Option<Date>,
    /// What stands on it, in order of time.
    pub items: Vec<OwnItem>,
}

/// Something on a plan.
pub struct OwnItem {
    /// Its record.
    pub id: RecordId,
    /// What it is.
    pub label: String,
    /// Whether it is planned, pinned, wished, forbidden or taken out: a code and in words.
    pub decision: (String, String),
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The reason kept with it.
    pub why: String,
    /// Whether it is done: its day is verified.
    pub done: bool,
}

impl OwnItem {
    /// Whether it is to be taken part in.
    pub fn is_planned(&self) -> bool {
        matches!(self.decision.0.as_str(), "planned" | "pinned")
    }
}

impl Growth<'_> {
    /// The plans kept for a person. Another's is noted in the log, where they find it.
    ///
    /// Errors: [`AppError::NotFound`] for whoever is out of reach or not on the path.
    pub fn own_plans(&self, person: RecordId, lang: Lang) -> Result<OwnPlans, AppError> {
        let today = self.viewer.app.moment().today;
        let (plan_at, item_at) = (self.register(PLAN)?, self.register(ITEM)?);
        let own = self.own() == Some(person);
        let plans = self.viewer.read(|reader| {
            let catalog = self.catalog();
            let people = self.pathway().people;
            let record = self.people(reader, today, Some(person))?.pop().ok_or(AppError::NotFound)?;
            let (plan_of, item_of) = (&catalog.registers[plan_at], &catalog.registers[item_at]);
            let mut found = Vec::new();
            reader.each_record(plan_at, &mut |record| {
                let row = Row { declared: plan_of, record };
                if row.id("teacher") == Some(person) && record.state != RecordState::Returned {
                    found.push(record.clone());
                }
            })?;
            let mut items = Vec::new();
            reader.each_record(item_at, &mut |record| {
                let row = Row { declared: item_of, record };
                if row.id("teacher") == Some(person) && record.state != RecordState::Returned {
                    items.push(record.clone());
                }
            })?;
            let mut labels = Labels::default();
            labels.load(reader, people, [&record])?;
            labels.load(reader, plan_at, &found)?;
            labels.load(reader, item_at, &items)?;
            let shown = |row: &Row<'_>, field: &str| {
                let kind = row.declared.fields.iter().find(|f| f.id.as_str() == field).map(|f| &f.kind);
                kind.map_or_else(String::new, |kind: &Kind| labels.show(catalog, kind, row.value(field), lang))
            };
            let mut plans: Vec<OwnPlan> = Vec::new();
            for record in &found {
                let row = Row { declared: plan_of, record };
                let of = items.iter().map(|record| Row { declared: item_of, record });
                let mut own_items: Vec<OwnItem> = of
                    .filter(|item| item.id("plan") == Some(row.record.id))
                    .map(|item| OwnItem {
                        id: item.record.id,
                        label: shown(&item, if item.value("offer") == &Value::Missing { "mentor" } else { "offer" }),
                        decision: (item.text("decision").to_owned(), shown(&item, "decision")),
                        from: item.date("starts_on"),
                        until: item.date("ends_on").or(item.date("starts_on")),
                        why: item.text("why").to_owned(),
                        done: item.date("done_on").is_some() && item.record.state == RecordState::Verified,
                    })
                    .collect();
                own_items.sort_by_key(|item| (item.from, item.until, item.id));
                plans.push(OwnPlan {
                    id: record.id,
                    round: shown(&row, "round"),
                    state: (row.text("state").to_owned(), shown(&row, "state")),
                    from: row.date("starts_on"),
                    items: own_items,
                });
            }
            plans.sort_by_key(|plan| std::cmp::Reverse((plan.from, plan.id)));
            let label = labels.label(catalog, people, &record, lang);
            Ok(OwnPlans { person, label, own, plans })
        })?;
        if !own {
            self.note(person)?;
        }
        Ok(plans)
    }
}
