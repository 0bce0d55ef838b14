//! Plans for growth 研修方案: the school's records as the planner asks for them, its answer in words, and the records it
//! becomes.
//!
//! What may be planned stands in registers of their own: rounds with budget and hours, offers, mentors; what was
//! decided stands on plan items. Only verified offers, mentors and achievements count, as everywhere.

mod gather;
mod keep;
mod limits;
mod own;
mod solved;
mod tell;

pub use keep::Kept;
pub use own::{OwnItem, OwnPlan, OwnPlans};
pub(crate) use solved::Solved;

use super::Growth;
use crate::error::AppError;
use jc_base::finding::has_errors;
use jc_base::{Date, Finding, Lang, RecordId, RecordState, Value};
use jc_catalog::{Operation, Register};
use jc_growth::plan::check;
use jc_growth::plan::explain::{Explanation, explain};
use jc_growth::plan::input::{College, Gap};
use jc_growth::plan::outcome::Plan;
use jc_growth::plan::revise::Change;
use jc_store::Record;
use std::collections::BTreeMap;

/// A round of planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its record.
    pub id: RecordId,
    /// Its number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// The first day planned for.
    pub from: Date,
    /// The last day planned for.
    pub until: Date,
    /// What all plans may cost together, in cents.
    pub budget_cents: i64,
    /// Hours for each teacher.
    pub hours: u32,
    /// Money for each teacher, in cents, if that is limited.
    pub money_cents: Option<i64>,
    /// How much of its fair share each department is guaranteed, in percent.
    pub fair_percent: u32,
    /// Whether its record is verified.
    pub verified: bool,
}

/// A teacher who is planned for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// Who.
    pub person: RecordId,
    /// Their number: what the planner calls them.
    pub number: String,
    /// What they are called.
    pub label: String,
    /// Where they belong.
    pub department: String,
    /// The stage they have.
    pub stage: Option<usize>,
}

/// An offer or mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Its register.
    pub register: usize,
    /// Its record.
    pub id: RecordId,
    /// What it is called.
    pub label: String,
}

/// A round worked out.
pub struct Planned {
    /// The round.
    pub round: Round,
    /// The day people's standing is of.
    pub on: Date,
    /// What was asked of the planner.
    pub college: College,
    /// Who is planned for, in the order of `college.teachers`.
    pub people: Vec<Whose>,
    /// Offers and mentors by what the planner calls them.
    pub things: BTreeMap<String, Thing>,
    /// What is wrong in what was asked; with an error there is no plan.
    pub findings: Vec<Finding>,
    /// The plan.
    pub plan: Option<Plan>,
    /// What became different from the plan kept in records, if there was one and it was not to be planned anew.
    pub changes: Vec<Change>,
    /// Whether plan items of this round are kept already.
    pub is_kept: bool,
}

/// What someone lacks of a competency, in hundredths of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The competency.
    pub competency: String,
    /// How much is lacking now.
    pub points: u32,
    /// How much of it the plan closes.
    pub closed: u32,
}

/// How a round is to be planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As little as possible is changed of what is kept.
    Around,
    /// As if nothing were kept; pins, bans and wishes hold.
    Anew,
}

/// The registers and what they are called.
pub(super) const ROUND: &str = "growth-round";
pub(super) const OFFER: &str = "growth-offer";
pub(super) const MENTOR: &str = "growth-mentor";
pub(super) const PLAN: &str = "growth-plan";
pub(super) const ITEM: &str = "growth-plan-item";

impl Growth<'_> {
    /// Whether rounds can be planned.
    pub fn plans(&self) -> bool {
        self.viewer.may(Operation::PlanGrowth)
    }

    /// The rounds there are, the newest first.
    ///
    /// Errors: [`AppError::Denied`] for whoever does not plan.
    pub fn rounds(&self) -> Result<Vec<Round>, AppError> {
        self.viewer.needs(Operation::PlanGrowth)?;
        let at = self.register(ROUND)?;
        let mut rounds = self.viewer.read(|reader| {
            let mut rounds = Vec::new();
            let declared = &self.viewer.catalog.registers[at];
            reader.each_record(at, &mut |record| rounds.extend(round(declared, record)))?;
            Ok(rounds)
        })?;
        rounds.sort_by(|a, b| b.from.cmp(&a.from).then(a.number.cmp(&b.number)));
        Ok(rounds)
    }

    /// Plans a round for everybody within reach.
    ///
    /// Errors: [`AppError::Denied`] for whoever does not plan, [`AppError::NotFound`] for a round that is not there.
    pub fn plan(&self, round: RecordId, manner: Manner, lang: Lang) -> Result<Planned, AppError> {
        self.plan_as_of(round, manner, None, lang)
    }

    /// As [`plan`](Self::plan), from where people stood on a day. Without one it is today, or for a round that is over
    /// its first day.
    pub fn plan_as_of(
        &self,
        round: RecordId,
        manner: Manner,
        on: Option<Date>,
        lang: Lang,
    ) -> Result<Planned, AppError> {
        self.viewer.needs(Operation::PlanGrowth)?;
        let mut planned = self.gathered(round, on, lang)?;
        let kept = planned.plan.take();
        let wrong = check::check(&planned.college, &|id| planned.named(id));
        planned.findings.extend(wrong);
        if has_errors(&planned.findings) {
            return Ok(planned);
        }
        let before = kept.filter(|_| planned.is_kept && manner == Manner::Around);
        match self.viewer.app.solved.answer(&planned.college, before).as_ref() {
            Ok((plan, changes)) => {
                planned.plan = Some(plan.clone());
                planned.changes.clone_from(changes);
            }
            Err(teacher) => {
                let finding = Finding::error(check::CONFLICT, jc_base::Place::Whole);
                planned.findings.push(finding.with("about", "requires").with("wishes", planned.named(teacher)));
            }
        }
        Ok(planned)
    }

    fn register(&self, id: &str) -> Result<usize, AppError> {
        self.viewer.catalog.find_register(id).ok_or(AppError::NotFound)
    }
}

impl Planned {
    /// Why the plans of some people, by position, are as they are.
    pub fn explained(&self, people: &[usize]) -> Vec<Explanation> {
        self.plan.as_ref().map_or_else(Vec::new, |plan| explain(&self.college, plan, people))
    }

    /// What someone, by position, lacks of each competency for the next stage, and how much of it the plan closes.
    pub fn forecast(&self, person: usize) -> Vec<Lack> {
        let (college, plan) = (&self.college, self.plan.as_ref().and_then(|plan| plan.teachers.get(person)));
        let raised = |competency: &str| {
            let items = plan.into_iter().flat_map(|one| &one.items);
            let raises = items.flat_map(|item| {
                let offers = college.offers.iter().filter(|it| it.id == item.id).flat_map(|it| &it.raises);
                offers.chain(college.mentors.iter().filter(|it| it.id == item.id).flat_map(|it| &it.strengths))
            });
            raises.filter(|raise| raise.competency == competency).map(|raise| raise.points).sum::<u32>()
        };
        let lack = |gap: &Gap| Lack {
            competency: gap.competency.clone(),
            points: gap.points,
            closed: raised(&gap.competency).min(gap.points),
        };
        college.teachers.get(person).into_iter().flat_map(|teacher| &teacher.gaps).map(lack).collect()
    }

    /// What a teacher, offer or mentor is called, with the number it is looked up by.
    fn named(&self, id: &str) -> String {
        let people = self.people.iter().find(|whose| whose.number == id).map(|whose| whose.label.as_str());
        // A mentor's number is a teacher's: as a mentor they are called the same.
        let label = people.or_else(|| self.things.get(id).map(|thing| thing.label.as_str()));
        label.map_or_else(|| id.to_owned(), |label| format!("{label} {id}"))
    }

    /// What an offer or mentor is called.
    pub fn called<'s>(&'s self, item: &'s str) -> &'s str {
        self.things.get(item).map_or(item, |thing| &thing.label)
    }
}

/// A record read by the ids of its fields. What a school's own file leaves out reads as missing.
pub(super) struct Row<'r> {
    pub(super) declared: &'r Register,
    pub(super) record: &'r Record,
}

impl Row<'_> {
    pub(super) fn value(&self, field: &str) -> &Value {
        let at = self.declared.fields.iter().position(|f| f.id.as_str() == field);
        at.and_then(|at| self.record.values.get(at)).unwrap_or(&Value::Missing)
    }

    pub(super) fn text(&self, field: &str) -> &str {
        self.value(field).as_text().unwrap_or_default()
    }

    pub(super) fn date(&self, field: &str) -> Option<Date> {
        self.value(field).as_date()
    }

    fn int(&self, field: &str) -> Option<i64> {
        self.value(field).as_int()
    }

    /// A count; what is missing or beyond all measure is none.
    fn count(&self, field: &str) -> u32 {
        self.int(field).and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
    }

    pub(super) fn id(&self, field: &str) -> Option<RecordId> {
        self.value(field).as_ref_id()
    }

    fn yes(&self, field: &str) -> bool {
        self.int(field) == Some(1)
    }
}

fn round(declared: &Register, record: &Record) -> Option<Round> {
    if record.state == RecordState::Returned {
        return None;
    }
    let row = Row { declared, record };
    Some(Round {
        id: record.id,
        number: row.text("number").to_owned(),
        title: row.text("title").to_owned(),
        from: row.date("starts_on")?,
        until: row.date("ends_on")?,
        budget_cents: row.int("budget")?,
        hours: row.count("hours_each"),
        money_cents: row.int("money_each"),
        fair_percent: row.count("fair_share").min(100),
        verified: record.state == RecordState::Verified,
    })
}
