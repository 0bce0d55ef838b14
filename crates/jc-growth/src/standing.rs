//! Where a person stands on a pathway: the stage earned, and what holds of every criterion.

use crate::facts::{Book, Facts, moments};
use crate::gap::lacks;
use jc_base::Date;
use jc_catalog::expr::Expr;
use jc_catalog::expr::eval::{Moments, Truth, truth};
use jc_catalog::pathway::{Criterion, Pathway, Variant};

/// Where a person stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The facts it follows from.
    pub facts: Facts,
    /// The person's role variants.
    pub variants: Vec<usize>,
    /// The stage earned; nothing if not even the first is.
    pub stage: Option<usize>,
    /// By stage: its criteria and what holds of them.
    pub criteria: Vec<Vec<Judged>>,
    /// Whether of the next stage only decisions of others are left.
    pub ready: bool,
}

/// A criterion and what holds of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Its position in the stage.
    pub criterion: usize,
    /// Whether it holds. Unknown does not fulfil it.
    pub truth: Truth,
}

impl Standing {
    /// Where a person stands: a stage is earned if all its criteria hold and all those of the stages before.
    pub fn of(pathway: &Pathway, book: &Book<'_>, on: Date) -> Self {
        let at = moments(on);
        let facts = book.facts(pathway, on);
        let fits = |(_, variant): &(usize, &Variant)| {
            let holds = |asked: &Expr| truth(asked, &facts, &at) == Truth::True;
            truth(&variant.when, book.person, &at) == Truth::True && variant.facts.as_ref().is_none_or(holds)
        };
        let variants = pathway.variants.iter().enumerate().filter(fits).map(|(ix, _)| ix).collect();
        Self::from_facts(pathway, variants, facts)
    }

    /// As [`of`](Self::of), from facts already settled.
    pub fn from_facts(pathway: &Pathway, variants: Vec<usize>, facts: Facts) -> Self {
        let at = moments(facts.on);
        let judged = |stage: usize| {
            let asked = pathway.stages[stage].criteria.iter().enumerate();
            let asked = asked.filter(|(_, criterion)| criterion.is_asked_of(&variants));
            asked.map(|(ix, criterion)| Judged { criterion: ix, truth: judge(criterion, &facts, &at) })
        };
        let criteria: Vec<Vec<Judged>> = (0..pathway.stages.len()).map(|stage| judged(stage).collect()).collect();
        let held = criteria.iter().take_while(|of| of.iter().all(|judged| judged.truth == Truth::True)).count();
        let decided_by_others =
            |judged: &Judged| judged.truth == Truth::True || pathway.stages[held].criteria[judged.criterion].decision;
        let ready = criteria.get(held).is_some_and(|next| next.iter().all(decided_by_others));
        Self { facts, variants, stage: held.checked_sub(1), criteria, ready }
    }

    /// The stage that comes next; nothing on the last.
    pub fn next(&self) -> Option<usize> {
        let next = self.stage.map_or(0, |stage| stage + 1);
        (next < self.criteria.len()).then_some(next)
    }

    /// The criteria of a stage that do not hold.
    pub fn lacking(&self, stage: usize) -> impl Iterator<Item = usize> {
        let of = self.criteria.get(stage).map_or(&[][..], Vec::as_slice);
        of.iter().filter(|judged| judged.truth != Truth::True).map(|judged| judged.criterion)
    }
}

/// Whether a criterion holds. What is missing leaves it unknown, unless it holds however little that is.
fn judge(criterion: &Criterion, facts: &Facts, at: &Moments) -> Truth {
    let found = truth(&criterion.require, facts, at);
    if found != Truth::Unknown {
        return found;
    }
    let least = |fact: usize| facts.amount(fact).unwrap_or(0);
    let mut ways = criterion.ways.iter().flatten();
    if ways.any(|way| way.iter().all(|threshold| lacks(threshold, least) <= 0)) { Truth::True } else { found }
}
