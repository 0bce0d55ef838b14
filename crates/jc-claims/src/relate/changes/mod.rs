//! What has changed: growth, multiples, differences and what was before.
//!
//! [`told_beside`] runs first: `growth`, `multiples`, `targets` and `upon` read changes whose earlier value, target or beginning is
//! told beside them (`then_and_now`), `differences` and `points` what lies between two counts and between two shares, `as_before`
//! what is said to be as before, or more, or less. [`told_before`]
//! follows when the sums are known: the earlier value was told sentences before (`grown`), or the change lies between values
//! known by now, or between the only two of its sentence (`of_two`). `since` at last finds the earlier value wherever it stands, by its name, and `story` the
//! two values of the sentences before a growth that names nothing; `other_way` then sees which of them go the other way than their verb.

mod as_before;
pub(super) mod differences;
mod grown;
pub(super) mod growth;
mod multiples;
mod of_two;
pub(super) mod other_way;
pub(super) mod points;
pub(super) mod since;
pub(super) mod story;
pub(super) mod targets;
pub(super) mod then_and_now;
mod upon;

use crate::document::Document;
use crate::relate::relations::Relation;

/// Changes beside which the earlier value is told, or what was aimed at.
pub(super) fn told_beside(doc: &Document, all: &mut Vec<Relation>) {
    growth::growth(doc, all);
    differences::between(doc, all);
    points::points(doc, all);
    differences::of_two_names(doc, all);
    multiples::multiples(doc, all);
    targets::targets(doc, all);
    upon::upon(doc, all);
    as_before::as_before(doc, all);
}

/// Changes of what was told sentences before, and what lies between values that are known by now.
pub(super) fn told_before(doc: &Document, all: &mut Vec<Relation>) {
    grown::grown(doc, all);
    differences::within_growth(doc, all);
    differences::in_a_row(doc, all);
    grown::over_all(doc, all);
    differences::balances(doc, all);
    of_two::of_two(doc, all);
}
