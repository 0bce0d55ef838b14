//! Restatements 更正 of a closed page: from the figure that was sealed to the one that stands now, step by step.
//!
//! A page's sealed totals and the differences that later writes made add up to its totals of today. So a figure is
//! settled again after the differences of each cause: what it moved by is that cause's part, and the parts add up exactly
//! to the difference between the two figures, for sums, distinct counts and ratios alike.

use crate::definition::Definition;
use crate::figure::{Amount, FigureValue, Settled, TotalOf, Totals};
use jc_base::{Ratio, RecordState};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Why a closed page's totals changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// 补录: a record came, or was verified, after the closing.
    Late,
    /// 更正: a record that counted was corrected.
    Correction,
    /// 剔除重复: what had been counted twice no longer is.
    Double,
    /// 撤销佐证: the evidence a record rested on was revoked.
    Evidence,
    /// 口径变化: the definition was changed.
    Definition,
    /// 基期变化: a growth's year before is another.
    Base,
}

impl Cause {
    /// All causes, in the order they are shown.
    pub const ALL: [Cause; 6] =
        [Cause::Late, Cause::Correction, Cause::Double, Cause::Evidence, Cause::Definition, Cause::Base];

    /// Those a person may name; the others are found out.
    pub const NAMED: [Cause; 3] = [Cause::Correction, Cause::Double, Cause::Evidence];

    /// The word kept in the database, in forms and JSON; also the message id `cause-…`.
    pub fn code(self) -> &'static str {
        match self {
            Cause::Late => "late-entry",
            Cause::Correction => "correction",
            Cause::Double => "double-count",
            Cause::Evidence => "evidence-revoked",
            Cause::Definition => "definition",
            Cause::Base => "base",
        }
    }

    /// The cause of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// Verified totals by measure id, the number of records under the empty one.
pub type Verified = HashMap<String, Amount>;

/// The difference one restatement made to a page, or to one slice of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// The restatement's number on its page, from 1.
    pub number: i64,
    /// Why.
    pub cause: Cause,
    /// By measure.
    pub totals: Verified,
}

/// What a restatement did to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The restatement's number; nothing for a difference that no write on the page made.
    pub number: Option<i64>,
    /// Why.
    pub cause: Cause,
    /// The value after it.
    pub value: FigureValue,
    /// By how much the value moved since it was last known.
    pub change: Option<Ratio>,
}

/// How the sealed figure became the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The figure as sealed.
    pub sealed: Settled,
    /// The steps, in the order of time; those that did not move the figure are left out.
    pub steps: Vec<Step>,
    /// The present value less the sealed one, where both are known.
    pub difference: Option<Ratio>,
    /// The difference by cause. The parts add up to it exactly.
    pub by_cause: Vec<(Cause, Ratio)>,
}

/// Verified totals as the terms of a definition.
struct OfTerms<'a> {
    definition: &'a Definition,
    totals: &'a Verified,
}

impl OfTerms<'_> {
    fn of(&self, measure: &str) -> TotalOf {
        let mut total = TotalOf::default();
        total.by_state[RecordState::Verified as usize] = self.totals.get(measure).copied().unwrap_or_default();
        total
    }
}

impl Totals for OfTerms<'_> {
    fn records(&self) -> TotalOf {
        self.of("")
    }

    fn measure(&self, position: usize) -> TotalOf {
        self.definition.terms.get(position).map_or_else(TotalOf::default, |(id, _)| self.of(id.as_str()))
    }
}

/// Settles a definition from verified totals.
pub fn settle(definition: &Definition, now: &Verified, before: Option<&Verified>) -> Settled {
    let before = before.map(|totals| OfTerms { definition, totals });
    definition.settle(&OfTerms { definition, totals: now }, before.as_ref().map(|totals| totals as &dyn Totals))
}

/// Walks from the sealed totals of a page, and of the year before it, over its restatements to the present value.
///
/// `changed` tells whether the indicator is defined otherwise today: what the restatements leave over is then due to
/// that, else to the year before.
pub fn explain(
    definition: &Definition,
    sealed: &Verified,
    before: Option<&Verified>,
    deltas: &[Delta],
    present: FigureValue,
    changed: bool,
) -> Explained {
    let mut totals = sealed.clone();
    let first = settle(definition, &totals, before);
    let mut walk = Walk { known: number(first.value), last: first.value, steps: Vec::new() };
    for delta in deltas {
        add(&mut totals, delta);
        walk.to(Some(delta.number), delta.cause, settle(definition, &totals, before).value);
    }
    let rest = if changed { Cause::Definition } else { Cause::Base };
    walk.to(None, rest, present);
    let difference = number(present).zip(number(first.value)).and_then(|(now, then)| now.minus(then));
    let moved: BTreeSet<Cause> = walk.steps.iter().map(|step| step.cause).collect();
    let by_cause = if difference.is_some() {
        by_cause(definition, sealed, before, deltas, (present, rest), &moved)
    } else {
        Vec::new()
    };
    Explained { sealed: first, steps: walk.steps, difference, by_cause }
}

/// The difference by cause: all differences of one cause are added to the totals at once, one cause after the other in
/// their order, and what the figure moves by is that cause's part. A figure that is missing on the way is passed over:
/// the next cause that makes it known again has its part too.
fn by_cause(
    definition: &Definition,
    sealed: &Verified,
    before: Option<&Verified>,
    deltas: &[Delta],
    (present, rest): (FigureValue, Cause),
    moved: &BTreeSet<Cause>,
) -> Vec<(Cause, Ratio)> {
    let mut totals = sealed.clone();
    let mut known = number(settle(definition, &totals, before).value);
    let mut parts: BTreeMap<Cause, Ratio> = BTreeMap::new();
    let mut part = |cause: Cause, value: FigureValue| {
        let now = number(value);
        if let Some(change) = now.zip(known).and_then(|(now, then)| now.minus(then)) {
            let sum = parts.get(&cause).copied().unwrap_or(Ratio::whole(0));
            if let Some(sum) = sum.plus(change) {
                parts.insert(cause, sum);
            }
        }
        known = now.or(known);
    };
    for cause in Cause::ALL {
        let own: Vec<&Delta> = deltas.iter().filter(|delta| delta.cause == cause).collect();
        if !own.is_empty() {
            own.into_iter().for_each(|delta| add(&mut totals, delta));
            part(cause, settle(definition, &totals, before).value);
        }
    }
    part(rest, present);
    parts.into_iter().filter(|(cause, part)| part.num() != 0 || moved.contains(cause)).collect()
}

fn add(totals: &mut Verified, delta: &Delta) {
    for (measure, amount) in &delta.totals {
        let total = totals.entry(measure.clone()).or_default();
        total.value += amount.value;
        total.unknown += amount.unknown;
    }
}

struct Walk {
    /// The last value that was known.
    known: Option<Ratio>,
    last: FigureValue,
    steps: Vec<Step>,
}

impl Walk {
    fn to(&mut self, number_of: Option<i64>, cause: Cause, value: FigureValue) {
        if value == self.last {
            return;
        }
        let now = number(value);
        let change = now.zip(self.known).and_then(|(now, then)| now.minus(then));
        self.steps.push(Step { number: number_of, cause, value, change });
        self.known = now.or(self.known);
        self.last = value;
    }
}

fn number(value: FigureValue) -> Option<Ratio> {
    match value {
        FigureValue::Known(ratio) => Some(ratio),
        FigureValue::Missing(_) => None,
    }
}

#[cfg(test)]
mod tests;
