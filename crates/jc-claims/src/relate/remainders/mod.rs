//! What is left: what came and went, and what remains of a whole.
//!
//! `flows` runs early: what there was, what came, what left and what there is. `remain` begins what is left of a whole whose
//! rate is known, and says at the end which counts are remainders; [`left_over`] goes through the rest between: what came new
//! to what was there (`leftover`), 其余 across lists (`rests`), what is done and what is not (`complements`, `excepted` where they stand in one clause, and `undone` where a rate
//! has told what is done). `accounts` holds
//! what a year leaves against what came in and went out.

pub(super) mod accounts;
mod complements;
mod excepted;
pub(super) mod flows;
mod leftover;
pub(super) mod remain;
mod rests;
mod undone;

use crate::document::Document;
use crate::relate::relations::Relation;

/// What is left of wholes told before, and of two counts that make one.
pub(super) fn left_over(doc: &Document, all: &mut Vec<Relation>) {
    leftover::of_another_whole(doc, all);
    rests::rests(doc, all);
    complements::complements(doc, all);
    leftover::leftover(doc, all);
    excepted::excepted(doc, all);
    undone::undone(doc, all);
}
