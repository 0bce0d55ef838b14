//! The same fact said again: what must then be the same, and what cannot both be.
//!
//! `twice` runs early: what says itself that it is the same. [`counts`] comes when the sums are known: counts spoken of as
//! known (`definite`) or pointed back at (`these`), told again with a digit wrong (`restated`, which asks `same_thing` whether
//! both are of one thing), again in a form of their own (`again`) or at the end of their list (`by_its_list`), gathered up at the end (`recap`), as the pupils of the
//! school (`pupils`), or class by class (`classes_again`), in another unit (`converted`), or as the total of a table (`of_table_total`). [`places`] ends it: places and runs of years (`exclusive`), ranks
//! and firsts (`standing`) of which only one can be, what befell nobody and yet befell some (`none_and_some`, and `denied`
//! within a sentence), what holds of each and not of one (`of_all_of_them`), of what there are only so many (`only_so_many`), and what was done of
//! all and is more than all (`more_than_all`).

mod again;
mod by_its_list;
mod classes_again;
mod converted;
pub(super) mod definite;
mod denied;
mod exclusive;
mod more_than_all;
mod none_and_some;
mod of_all_of_them;
mod of_table_total;
mod only_so_many;
mod pupils;
mod recap;
mod restated;
pub(super) mod same_thing;
mod standing;
mod these;
pub(super) mod twice;

use crate::document::Document;
use crate::relate::relations::Relation;

/// Counts told again, wherever the text told them first.
pub(super) fn counts(doc: &Document, all: &mut Vec<Relation>) {
    converted::converted(doc, all);
    definite::definite(doc, all);
    these::these(doc, all);
    restated::restated(doc, all);
    again::again(doc, all);
    by_its_list::by_its_list(doc, all);
    recap::recap(doc, all);
    pupils::pupils(doc, all);
    classes_again::classes_again(doc, all);
    of_table_total::of_table_total(doc, all);
}

/// Places, runs of years and firsts that cannot both be.
pub(super) fn places(doc: &Document, all: &mut Vec<Relation>) {
    exclusive::exclusive(doc, all);
    none_and_some::none_and_some(doc, all);
    of_all_of_them::of_all_of_them(doc, all);
    only_so_many::only_so_many(doc, all);
    more_than_all::more_than_all(doc, all);
    denied::denied(doc, all);
    standing::standing(doc, all);
}
