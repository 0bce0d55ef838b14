//! Sums: wholes, the parts that make them, and the parts that stay within them.
//!
//! `parts` goes through the text sentence by sentence: with `totals` it finds what is said to make a whole, with `openers` what opens the list of its parts, with `classes` by what a
//! whole is divided, with `across` and
//! `chains` what makes one across the parts of a sentence, with `stock` what only the nouns make likely. Later, when rates
//! are known, [`afar`] looks for totals whose parts stand apart from them: too many behind 其中 (`beyond`), subtotals,
//! totals of what was told above, parts scattered over a paragraph, gathered from sentences, named together, or dividing a
//! whole so that nothing is left; for halves of a year (`halves`), wholes that shares have proved (`proved`), for what a
//! paragraph comes to in all (`in_all`), what a row is said to account for (`accounted`), more people named than there are (`named_among`), shares of a list that are summed by their names (`named_two`), and for what is more than all of it or than the most of it may be (`largest`, `peaks`), or lies all on one side of its mean (`one_side`). At the end [`each_within`] tells single parts of a whole that is known by its name. The
//! arithmetic all of them share is in `addition`.

mod above;
mod accounted;
mod across;
pub(super) mod addition;
pub(super) mod among;
mod beyond;
mod chains;
mod classes;
mod divided;
mod gathered;
mod halves;
mod in_all;
mod largest;
mod named_among;
pub(super) mod named_two;
mod one_side;
mod openers;
pub(super) mod parts;
mod peaks;
mod proved;
mod scattered;
mod stock;
mod subsets;
mod subtotals;
mod together;
mod totals;

use crate::document::Document;
use crate::relate::relations::Relation;

/// Totals that stand apart from their parts.
pub(super) fn afar(doc: &Document, all: &mut Vec<Relation>) {
    beyond::beyond(doc, all);
    subtotals::subtotals(doc, all);
    above::above(doc, all);
    scattered::scattered(doc, all);
    gathered::gathered(doc, all);
    together::together(doc, all);
    divided::divided(doc, all);
    halves::halves(doc, all);
    proved::proved(doc, all);
    in_all::in_all(doc, all);
    largest::largest(doc, all);
    named_among::named_among(doc, all);
    accounted::accounted(doc, all);
    peaks::peaks(doc, all);
    one_side::one_side(doc, all);
}

/// Parts told each by itself, of a population the words make plain.
pub(super) fn each_within(doc: &Document, all: &mut Vec<Relation>) {
    among::among(doc, all);
    subsets::subsets(doc, all);
}
