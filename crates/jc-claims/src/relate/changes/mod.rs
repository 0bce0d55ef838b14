//! What has changed: growth, multiples, differences and what was before.
//!
//! `growth`, `multiples`, `targets` and `upon` read changes whose earlier value, target or beginning is told beside them;
//! `differences` says of counts, and of shares in points, what lies between two values. They run first, as [`told_beside`].
//! Where the earlier value was told sentences before, `grown` and more of `differences` look for it ([`told_before`]), and
//! `since` at last wherever it stands, by its name.

pub(super) mod differences;
mod grown;
pub(super) mod growth;
mod multiples;
pub(super) mod since;
pub(super) mod targets;
mod upon;

use crate::document::Document;
use crate::relate::relations::Relation;

/// Changes beside which the earlier value is told, or what was aimed at.
pub(super) fn told_beside(doc: &Document, all: &mut Vec<Relation>) {
    growth::growth(doc, all);
    multiples::multiples(doc, all);
    targets::targets(doc, all);
    upon::upon(doc, all);
}

/// Changes of what was told sentences before, and what lies between values that are known by now.
pub(super) fn told_before(doc: &Document, all: &mut Vec<Relation>) {
    grown::grown(doc, all);
    differences::within_growth(doc, all);
    differences::in_a_row(doc, all);
    grown::over_all(doc, all);
    differences::balances(doc, all);
}
