//! Pathways of growth 成长路径: stages with their criteria, competencies with their levels, and what counts.
//!
//! A criterion is an expression over *facts*: the quantities a pathway declares (years taught, open lessons by level,
//! days in firms) followed by the levels of its competencies. What a fact is worth for a person on a day is not told
//! here; `jc-growth` settles it from records.

use crate::expr::{ArithmeticOp, CompareOp, Expr, Literal};
use crate::kinds::Kind;
use crate::model::{Column, Source};
use jc_base::{Names, Value};

/// The most alternatives a criterion is taken apart into.
const MOST_ALTERNATIVES: usize = 256;

/// A pathway, found sound: stages in their order, every name resolved.
#[derive(Debug, Clone)]
pub struct Pathway {
    /// Its id; also the file's name.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// What it is for.
    pub about: Names,
    /// Where the model comes from.
    pub source: Source,
    /// The register of the people who grow.
    pub people: usize,
    /// Who of them is on the path: over that register.
    pub among: Expr,
    /// The field that says where they belong: what leadership looks along.
    pub department: Option<usize>,
    /// Who of them is about to leave: over that register.
    pub leaving: Option<Expr>,
    /// The stage from which on people lead others; nothing if it is not declared.
    pub leading: Option<usize>,
    /// Role variants: all that fit a person are theirs.
    pub variants: Vec<Variant>,
    /// Groups of competencies.
    pub domains: Vec<Domain>,
    /// The competencies.
    pub competencies: Vec<Competency>,
    /// What is counted.
    pub quantities: Vec<Quantity>,
    /// What a person can do to raise quantities.
    pub achievements: Vec<Achievement>,
    /// Where ratings of competencies come from.
    pub assessment: Assessment,
    /// The stages, lowest first.
    pub stages: Vec<Stage>,
    /// The file it was read from.
    pub path: String,
}

/// A role variant: a kind of person with criteria of their own.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Such as `practice`.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// Whose it is: over the register of people.
    pub when: Expr,
    /// What must hold of their facts besides: who leads a class is a class teacher.
    pub facts: Option<Expr>,
}

/// A group of competencies.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Such as `integrated-teaching`.
    pub id: String,
    /// Its name.
    pub name: Names,
}

/// A competency with what can be observed at each of its levels.
#[derive(Debug, Clone)]
pub struct Competency {
    /// A code, such as `task-analysis`; written `task_analysis` in criteria.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// Position of its domain.
    pub domain: usize,
    /// What can be observed, from level 1 upwards.
    pub levels: Vec<Names>,
    /// About how many hours of work one level takes: orders what could be done next.
    pub hours: u32,
}

/// Something counted for a person.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Such as `lessons_city`: its name in criteria.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// How it comes about.
    pub amount: Amount,
    /// The amount is in steps of 10^-digits.
    pub digits: u8,
}

/// How a quantity comes about.
#[derive(Debug, Clone)]
pub enum Amount {
    /// Whole years since a date of the person's own record.
    Since(usize),
    /// What verified records come to.
    Records(Tally),
}

/// What records of a register come to for a person.
#[derive(Debug, Clone)]
pub struct Tally {
    /// The register.
    pub register: usize,
    /// Where the person stands on its records.
    pub person: Column,
    /// Which of them count. Unknown does not, and is told.
    pub filter: Expr,
    /// The number added up; one for each record if missing.
    pub sum: Option<Expr>,
    /// The day a record counts from.
    pub on: usize,
    /// How many months it counts; for ever if missing.
    pub months: Option<u32>,
    /// The field with the last day it counts, if the record tells one.
    pub until: Option<usize>,
    /// How many days before a record lapses its person is reminded to renew it; never if missing.
    pub remind: Option<u32>,
}

/// Something a person can do, told by the record it would leave.
#[derive(Debug, Clone)]
pub struct Achievement {
    /// Such as `city-lesson`.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// The register its record would stand in.
    pub register: usize,
    /// What the record would say.
    pub values: Vec<(Column, Value)>,
    /// About how many hours it takes: orders what could be done next.
    pub hours: u32,
    /// How many of it can be thought of at once.
    pub most: u32,
    /// What it raises: positions of quantities and by how much. Derived from their filters, never empty.
    pub gives: Vec<(usize, i64)>,
}

/// Where ratings of competencies stand.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The register of ratings.
    pub register: usize,
    /// Who is rated.
    pub person: usize,
    /// The competency, a code.
    pub competency: usize,
    /// The level, a whole number.
    pub level: usize,
    /// Who rates: a code, one of [`Assessment::kinds`].
    pub kind: usize,
    /// Who rated.
    pub by: usize,
    /// When.
    pub on: usize,
    /// The fields that name the records it rests on.
    pub cites: Vec<usize>,
    /// From how many levels between the lowest and the highest rating on disagreement is pointed out.
    pub spread: u8,
    /// The kinds of ratings.
    pub kinds: Vec<RatingKind>,
    /// Where ratings are contested.
    pub contest: Option<Contest>,
}

/// A kind of rating: self, mentor, panel, survey.
#[derive(Debug, Clone)]
pub struct RatingKind {
    /// A code.
    pub id: String,
    /// How much one weighs; nought is shown and does not count.
    pub weight: u32,
    /// How many months it is valid.
    pub months: u32,
    /// After how many months it is called stale.
    pub stale: u32,
}

/// The register in which ratings are contested.
#[derive(Debug, Clone)]
pub struct Contest {
    /// The register.
    pub register: usize,
    /// Who objects to a rating of theirs.
    pub person: usize,
    /// Of which competency the rating is.
    pub competency: usize,
    /// Of which kind it is.
    pub kind: usize,
    /// Of which day it is.
    pub on: usize,
    /// The day of the objection.
    pub raised: usize,
    /// Within how many days it is to be answered.
    pub days: u32,
    /// Whether it waits for an answer: over that register.
    pub open: Expr,
    /// Whether the rating no longer counts.
    pub upheld: Expr,
}

/// A stage of a pathway.
#[derive(Debug, Clone)]
pub struct Stage {
    /// A code, such as `skilled`.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// What marks it.
    pub about: Names,
    /// All of what a person must fulfil, beside the criteria of the stages before.
    pub criteria: Vec<Criterion>,
}

/// One condition of a stage.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// What it asks, as a person reads it.
    pub say: Names,
    /// Over facts.
    pub require: Expr,
    /// The variants it is asked of; empty means all.
    pub variants: Vec<usize>,
    /// Whether it is a decision others take once all else is there: a panel's.
    pub decision: bool,
    /// The ways to fulfil it, each of thresholds that must all be reached; nothing if it is declared not monotone.
    pub ways: Option<Vec<Vec<Threshold>>>,
}

/// A sum of facts that must reach a number: `2·papers + projects >= 3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// Positions of facts and how often each is taken; never negative.
    pub terms: Vec<(usize, i64)>,
    /// What the sum must reach.
    pub least: i64,
}

impl Pathway {
    /// The stage at a position that this pathway gave. Panics: at any other.
    pub fn stage(&self, stage: usize) -> &Stage {
        &self.stages[stage]
    }

    /// How many facts there are: quantities first, then competencies.
    pub fn fact_count(&self) -> usize {
        self.quantities.len() + self.competencies.len()
    }

    /// The position of a competency's level among the facts.
    pub fn competency_fact(&self, competency: usize) -> usize {
        self.quantities.len() + competency
    }

    /// The competency whose level a fact is; nothing if it is a quantity.
    pub fn competency_of(&self, fact: usize) -> Option<usize> {
        fact.checked_sub(self.quantities.len()).filter(|ix| *ix < self.competencies.len())
    }

    /// The name of a fact.
    pub fn fact_name(&self, fact: usize) -> &Names {
        match self.competency_of(fact) {
            Some(competency) => &self.competencies[competency].name,
            None => &self.quantities[fact].name,
        }
    }

    /// A fact's amount as a number is written.
    pub fn fact_text(&self, fact: usize, amount: i64) -> String {
        let digits = self.quantities.get(fact).map_or(0, |quantity| quantity.digits);
        Kind::Decimal(digits).edit(&Value::Int(amount))
    }

    /// The position of a stage.
    pub fn find_stage(&self, id: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.id == id)
    }
}

impl Criterion {
    /// Whether it is asked of people of some variants.
    pub fn is_asked_of(&self, own: &[usize]) -> bool {
        self.variants.is_empty() || own.iter().any(|variant| self.variants.contains(variant))
    }

    /// The facts it looks at, each once.
    pub fn facts(&self) -> Vec<usize> {
        let fact = |column| if let Column::Field(ix) = column { Some(ix) } else { None };
        self.require.columns().into_iter().filter_map(fact).collect()
    }
}

/// Takes a criterion apart into the ways to fulfil it: any of them, all thresholds of it.
///
/// Nothing if it is not monotone (more of a fact could make it fail), or falls apart into too many ways.
pub fn ways(expr: &Expr) -> Option<Vec<Vec<Threshold>>> {
    apart(expr, false)
}

fn apart(expr: &Expr, denied: bool) -> Option<Vec<Vec<Threshold>>> {
    match expr {
        Expr::Literal(Literal::Bool(flag)) => Some(if *flag == denied { Vec::new() } else { vec![Vec::new()] }),
        Expr::Not(inner) => apart(inner, !denied),
        Expr::And(parts) if !denied => all_of(parts, denied),
        Expr::Or(parts) if denied => all_of(parts, denied),
        Expr::And(parts) | Expr::Or(parts) => {
            let mut any = Vec::new();
            for part in parts {
                any.extend(apart(part, denied)?);
            }
            (any.len() <= MOST_ALTERNATIVES).then_some(any)
        }
        Expr::Compare { op, left, right } => {
            let (more, less, by) = match (op, denied) {
                (CompareOp::GreaterOrEqual, false) | (CompareOp::Less, true) => (left, right, 0),
                (CompareOp::Greater, false) | (CompareOp::LessOrEqual, true) => (left, right, 1),
                (CompareOp::LessOrEqual, false) | (CompareOp::Greater, true) => (right, left, 0),
                (CompareOp::Less, false) | (CompareOp::GreaterOrEqual, true) => (right, left, 1),
                _ => return None,
            };
            let mut sum = Linear::default();
            sum.add(more, 1)?;
            sum.add(less, -1)?;
            sum.terms.retain(|(_, times)| *times != 0);
            let least = by - sum.constant;
            match sum.terms.as_slice() {
                [] if least <= 0 => Some(vec![Vec::new()]),
                [] => Some(Vec::new()),
                terms if terms.iter().all(|(_, times)| *times > 0) => {
                    Some(vec![vec![Threshold { terms: sum.terms, least }]])
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Every way of the first with every way of the others.
fn all_of(parts: &[Expr], denied: bool) -> Option<Vec<Vec<Threshold>>> {
    let mut all = vec![Vec::new()];
    for part in parts {
        let ways = apart(part, denied)?;
        let joined = all.iter().flat_map(|one: &Vec<Threshold>| {
            ways.iter().map(move |way| one.iter().chain(way).cloned().collect::<Vec<_>>())
        });
        all = joined.collect();
        if all.len() > MOST_ALTERNATIVES {
            return None;
        }
    }
    Some(all)
}

/// A sum of facts and a constant.
#[derive(Default)]
struct Linear {
    terms: Vec<(usize, i64)>,
    constant: i64,
}

impl Linear {
    fn add(&mut self, expr: &Expr, times: i64) -> Option<()> {
        match expr {
            Expr::Literal(Literal::Int(number)) => {
                self.constant = self.constant.checked_add(number.checked_mul(times)?)?;
            }
            Expr::Column(Column::Field(fact)) => match self.terms.iter_mut().find(|(known, _)| known == fact) {
                Some((_, so_far)) => *so_far = so_far.checked_add(times)?,
                None => self.terms.push((*fact, times)),
            },
            Expr::Arithmetic { op, left, right } => match op {
                ArithmeticOp::Add => {
                    self.add(left, times)?;
                    self.add(right, times)?;
                }
                ArithmeticOp::Subtract => {
                    self.add(left, times)?;
                    self.add(right, times.checked_neg()?)?;
                }
                ArithmeticOp::Multiply => match (&**left, &**right) {
                    (Expr::Literal(Literal::Int(by)), other) | (other, Expr::Literal(Literal::Int(by))) => {
                        self.add(other, times.checked_mul(*by)?)?;
                    }
                    _ => return None,
                },
            },
            _ => return None,
        }
        Some(())
    }
}
