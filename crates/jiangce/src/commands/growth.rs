//! `growth`: stages and what would lift people, for one teacher or all.

use crate::cli::{GrowthAction, GrowthOf};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use anyhow::Result;
use jc_app::AppError;
use jc_app::given::Truth;
use jc_app::given::facts::Facts;
use jc_app::given::gap::{Bound, Gap, Move, Set};
use jc_app::given::standing::Standing;
use jc_app::growth::{Cited, Growth};
use jc_base::{Date, RecordId};

use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// Prints stages or gaps.
pub fn run(desk: &Desk, action: &GrowthAction) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let growth = app.growth(&person).map_err(|error| match error {
        AppError::NotFound => refuse(desk, Exit::Failed, "cli-growth-none", &[]),
        other => other.into(),
    })?;
    let of = match action {
        GrowthAction::Framework { action } => return super::framework::run(desk, &growth, action),
        GrowthAction::Plan(given) => return super::growth_plan::plan(desk, &growth, given),
        GrowthAction::Forecast(given) => return super::growth_plan::forecast(desk, &growth, given),
        GrowthAction::Stage(of) | GrowthAction::Gap(of) => of,
    };
    let on = day(desk, of.as_of.as_deref())?.unwrap_or_else(|| app.moment().today);
    let teller = Teller { desk, growth: &growth, gaps: matches!(action, GrowthAction::Gap(_)) };
    let people = teller.people(of, on)?;
    if desk.global.json {
        let people: Vec<Json> = people.iter().map(|one| teller.json(one)).collect();
        let pathway = growth.pathway().id.as_str();
        desk.answer(&json!({ "pathway": pathway, "as_of": on.to_string(), "people": people }));
    } else if teller.gaps || of.teacher.is_some() {
        people.iter().for_each(|one| teller.tell(one));
    } else {
        desk.table(&people.iter().map(|one| teller.row(one)).collect::<Vec<_>>());
    }
    Ok(Exit::Fine)
}

/// A day as typed.
pub(super) fn day(desk: &Desk, typed: Option<&str>) -> Result<Option<Date>> {
    let Some(text) = typed else { return Ok(None) };
    let day = Date::parse_iso(text);
    Ok(Some(day.ok_or_else(|| refuse(desk, Exit::Usage, "cli-growth-not-a-day", &[("value", text.into())]))?))
}

/// Somebody's standing.
struct One {
    label: String,
    number: String,
    department: String,
    standing: Standing,
    since: Option<Date>,
    cited: HashMap<RecordId, Cited>,
}

struct Teller<'t> {
    desk: &'t Desk,
    growth: &'t Growth<'t>,
    gaps: bool,
}

impl Teller<'_> {
    fn people(&self, of: &GrowthOf, on: Date) -> Result<Vec<One>> {
        if let Some(typed) = &of.teacher {
            let nobody = |error: AppError| match error {
                AppError::NotFound => {
                    refuse(self.desk, Exit::Usage, "cli-growth-nobody", &[("teacher", typed.as_str().into())])
                }
                other => other.into(),
            };
            let id = self.growth.find(typed).map_err(nobody)?;
            let profile = self.growth.profile(id, on, self.desk.lang).map_err(nobody)?;
            return Ok(vec![One {
                label: profile.label,
                number: profile.number,
                department: profile.department,
                standing: profile.standing,
                since: profile.since,
                cited: profile.cited,
            }]);
        }
        let overview = self.growth.overview(on, self.desk.lang)?;
        let departments = overview.departments;
        let there = overview.members.into_iter().zip(overview.lines);
        let one = |(member, line): (jc_app::given::college::Member, jc_app::growth::Line)| {
            Some(One {
                label: line.label,
                number: line.number,
                department: member.department.and_then(|id| departments.get(&id).cloned()).unwrap_or_default(),
                since: member.turns.last().map(|turn| turn.on),
                standing: member.standing?,
                cited: HashMap::new(),
            })
        };
        Ok(there.filter_map(one).collect())
    }

    fn stage(&self, stage: Option<usize>) -> String {
        let stage = stage.and_then(|stage| self.growth.pathway().stages.get(stage));
        stage.map_or_else(|| self.desk.words("growth-no-stage", &[]), |s| s.name.get(self.desk.lang).to_owned())
    }

    fn lacking(&self, standing: &Standing) -> Vec<String> {
        let Some(next) = standing.next() else { return Vec::new() };
        let criteria = &self.growth.pathway().stages[next].criteria;
        standing.lacking(next).map(|ix| criteria[ix].say.get(self.desk.lang).to_owned()).collect()
    }

    fn row(&self, one: &One) -> Vec<String> {
        vec![
            one.number.clone(),
            one.label.clone(),
            one.department.clone(),
            self.stage(one.standing.stage),
            one.since.map(|since| since.to_string()).unwrap_or_default(),
            if one.standing.ready { self.desk.words("growth-ready-stamp", &[]) } else { String::new() },
        ]
    }

    fn tell(&self, one: &One) {
        self.desk.say(&self.row(one).join("  "));
        if self.gaps {
            for (ix, set) in self.gap(one).iter().flat_map(|gap| &gap.sets).enumerate() {
                let with = [("n", (ix + 1).to_string().into()), ("hours", set.hours.to_string().into())];
                self.desk.say(&format!("  {}", self.desk.words("cli-growth-set", &with)));
                set.moves.iter().for_each(|step| self.desk.say(&format!("    {}", self.step(one, step))));
            }
            return;
        }
        let Some(next) = one.standing.next() else { return };
        let criteria = &self.growth.pathway().stages[next].criteria;
        self.desk.say(&format!("  → {}", self.stage(Some(next))));
        let rows = one.standing.criteria[next].iter().map(|judged| {
            let word = match judged.truth {
                Truth::True => "growth-held",
                Truth::False => "growth-not-held",
                Truth::Unknown => "growth-not-known",
            };
            vec![
                self.desk.words(word, &[]),
                criteria[judged.criterion].say.get(self.desk.lang).to_owned(),
                self.amounts(&criteria[judged.criterion].facts(), &one.standing.facts),
            ]
        });
        self.desk.table(&rows.collect::<Vec<_>>());
    }

    fn amounts(&self, of: &[usize], facts: &Facts) -> String {
        let pathway = self.growth.pathway();
        let amount = |fact: &usize| {
            let amount = facts.amount(*fact).map_or_else(|| "–".to_owned(), |n| pathway.fact_text(*fact, n));
            format!("{} {amount}", pathway.fact_name(*fact).get(self.desk.lang))
        };
        of.iter().map(amount).collect::<Vec<_>>().join(" · ")
    }

    fn gap(&self, one: &One) -> Option<Gap> {
        one.standing.next().map(|next| Gap::to(self.growth.pathway(), &one.standing, next, Bound::default()))
    }

    fn step(&self, one: &One, (step, times): &(Move, u32)) -> String {
        let (pathway, lang) = (self.growth.pathway(), self.desk.lang);
        let now = |fact: usize| one.standing.facts.amount(fact).unwrap_or(0);
        match step {
            Move::Achieve(ix) => format!("{} × {times}", pathway.achievements[*ix].name.get(lang)),
            Move::Rise(ix) => {
                let from = now(pathway.competency_fact(*ix));
                format!("{}: {from} → {}", pathway.competencies[*ix].name.get(lang), from + i64::from(*times))
            }
            Move::Wait(ix) => {
                format!("{}: {} → {}", pathway.quantities[*ix].name.get(lang), now(*ix), now(*ix) + i64::from(*times))
            }
        }
    }

    fn json(&self, one: &One) -> Json {
        let pathway = self.growth.pathway();
        let id = |stage: Option<usize>| stage.and_then(|s| pathway.stages.get(s)).map(|s| s.id.clone());
        let mut out = json!({
            "number": one.number,
            "name": one.label,
            "department": one.department,
            "stage": id(one.standing.stage),
            "stage_name": self.stage(one.standing.stage),
            "since": one.since.map(|since| since.to_string()),
            "next": id(one.standing.next()),
            "ready": one.standing.ready,
            "lacking": self.lacking(&one.standing),
        });
        let Some(object) = out.as_object_mut() else { return out };
        if self.gaps {
            let gap = self.gap(one);
            let sets = gap.iter().flat_map(|gap| &gap.sets).map(|set| self.set_json(one, set));
            object.insert("sets".into(), sets.collect());
            object.insert("more".into(), json!(gap.as_ref().is_some_and(|gap| gap.more)));
            let criteria = gap.as_ref().and_then(|gap| pathway.stages.get(gap.stage)).map(|stage| &stage.criteria);
            let beyond = gap.iter().flat_map(|gap| &gap.beyond);
            let beyond = beyond.filter_map(|ix| criteria?.get(*ix)).map(|c| c.say.get(self.desk.lang));
            object.insert("decided_by_others".into(), beyond.collect());
        } else if !one.cited.is_empty() {
            object.insert("facts".into(), self.facts_json(one));
        }
        out
    }

    fn set_json(&self, one: &One, set: &Set) -> Json {
        let pathway = self.growth.pathway();
        let step = |step: &(Move, u32)| {
            let (kind, id) = match step.0 {
                Move::Achieve(ix) => ("achievement", &pathway.achievements[ix].id),
                Move::Rise(ix) => ("competency", &pathway.competencies[ix].id),
                Move::Wait(ix) => ("years", &pathway.quantities[ix].id),
            };
            json!({ "kind": kind, "id": id, "times": step.1, "text": self.step(one, step) })
        };
        let steps: Vec<Json> = set.moves.iter().map(step).collect();
        json!({ "hours": set.hours, "years": set.years, "steps": steps })
    }

    /// Every fact with the records that prove it.
    fn facts_json(&self, one: &One) -> Json {
        let (pathway, facts) = (self.growth.pathway(), &one.standing.facts);
        let cited = |id: RecordId| {
            let cited = one.cited.get(&id)?;
            let register = self.growth.catalog().registers.get(cited.register)?;
            Some(json!({ "register": register.id.as_str(), "id": id.to_string(), "label": cited.label }))
        };
        let fact = |fact: usize| {
            let id = match pathway.competency_of(fact) {
                Some(competency) => &pathway.competencies[competency].id,
                None => &pathway.quantities[fact].id,
            };
            let records: Vec<Json> = facts.proof(pathway, fact).into_iter().filter_map(cited).collect();
            let amount = facts.amount(fact).map(|amount| pathway.fact_text(fact, amount));
            json!({ "id": id, "amount": amount, "records": records })
        };
        (0..pathway.fact_count()).map(fact).collect()
    }
}
