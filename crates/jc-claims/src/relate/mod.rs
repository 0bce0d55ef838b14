//! The arithmetic inside a text: what its numbers say about each other, without any record.
//!
//! What is found has eight rooms: `rates`, `changes`, `means`, `sums`, what stands `in_order`, what is `said_again`,
//! `remainders`, and `second_look` at what the words have left open. All of them ask `wording` and `digits`, and tell
//! `relations`. [`relate_with`] is the order in which they run: what is known by then decides what a finder may say.

mod changes;
mod digits;
mod in_order;
mod means;
mod rates;
mod relations;
mod remainders;
mod said_again;
mod second_look;
mod sums;
mod wording;

pub use relations::{Finding, Near, Relation, RelationKind, Role, Slip, Working};
pub use second_look::learnt;
pub use second_look::mends::Mend;
pub(crate) use wording::comparable::Class;
pub(crate) use wording::cues::compared_with;

use std::collections::HashSet;

use crate::document::{Claim, Document};

/// So many numbers are held against each other at most: those around a number in its sentence, or one part of a
/// sentence that has more. A text of thousands of numbers in one breath is no report; see [`left_out`].
pub(crate) const MOST_TOGETHER: usize = 80;

/// How many numbers stand in sentences too long to be tested as a whole: they were tested only with those near them.
pub fn left_out(doc: &Document) -> usize {
    let sentences = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    let long = sentences.filter(|row| row.len() > MOST_TOGETHER || row[0].site.cut);
    long.map(<[Claim]>::len).sum()
}

/// Tests all arithmetic the text contains.
///
/// Shape: relations in the order of the claims under test. Nothing is known here but the text: a relation holds or
/// fails within it. Weak evidence (no 其中, no 合计) never gives an inconsistency that counts as an alarm.
pub fn relate(doc: &Document) -> Vec<Relation> {
    relate_with(doc, &learnt::WEIGHTS)
}

/// The same with other weights than those the program comes with: to learn them.
pub fn relate_with(doc: &Document, weights: &learnt::Weights) -> Vec<Relation> {
    let mut all = Vec::new();
    // What words say outright, sentence by sentence.
    rates::rates(doc, &mut all);
    changes::told_beside(doc, &mut all);
    means::weighted::weighted(doc, &mut all);
    remainders::flows::flows(doc, &mut all);
    rates::rows::one_by_one(doc, &mut all);
    sums::parts::parts(doc, &mut all);
    means::means(doc, &mut all);
    means::of_each(doc, &mut all);
    in_order::columns::columns(doc, &mut all);
    said_again::twice::twice(doc, &mut all);
    in_order::listing::listing(doc, &mut all);
    in_order::spans::spans(doc, &mut all);
    in_order::calendar::calendar(doc, &mut all);
    in_order::no_such_day::no_such_day(doc, &mut all);
    in_order::ends::ends(doc, &mut all);
    in_order::follows::follows(doc, &mut all);
    in_order::editions::editions(doc, &mut all);
    in_order::clock::clock(doc, &mut all);
    in_order::moved::moved(doc, &mut all);
    // What the numbers around agree with.
    second_look::elsewhere::elsewhere(doc, &mut all);
    in_order::lists::lists(doc, &mut all);
    rates::by_surroundings(doc, &mut all);
    second_look::weigh::weigh(doc, &mut all);
    // What was told before, under its name.
    rates::bases::bases(doc, &mut all);
    changes::targets::of_named_targets(doc, &mut all);
    rates::outcomes::outcomes(doc, &mut all);
    remainders::remain::remain(doc, &mut all);
    in_order::grades::grades(doc, &mut all);
    remainders::left_over(doc, &mut all);
    changes::told_before(doc, &mut all);
    in_order::ranked::ranked(doc, &mut all);
    in_order::extremes::extremes(doc, &mut all);
    in_order::superlatives::superlatives(doc, &mut all);
    in_order::two_years::two_years(doc, &mut all);
    in_order::of_table::of_table(doc, &mut all);
    in_order::verdicts::verdicts(doc, &mut all);
    in_order::bands::bands(doc, &mut all);
    in_order::trends::trends(doc, &mut all);
    in_order::compared::compared(doc, &mut all);
    means::evenly::evenly(doc, &mut all);
    remainders::accounts::accounts(doc, &mut all);
    // What stands at any distance.
    sums::afar(doc, &mut all);
    means::each_of::each_of(doc, &mut all);
    means::by_base::by_base(doc, &mut all);
    rates::told_of::told_of(doc, &mut all);
    said_again::counts(doc, &mut all);
    changes::since::since(doc, &mut all);
    changes::story::story(doc, &mut all);
    said_again::places(doc, &mut all);
    in_order::named::named(doc, &mut all);
    rates::reached::reached(doc, &mut all);
    rates::apart::apart(doc, &mut all);
    remainders::remain::as_remainders(doc, &mut all);
    in_order::columns::second_column(doc, &mut all);
    in_order::columns::of_years(doc, &mut all);
    second_look::learnt::learnt(doc, weights, &mut all);
    // What was found is looked at once more.
    changes::other_way::other_way(doc, &mut all);
    rates::named_whole::named_whole(doc, &mut all);
    rates::saved::saved(doc, &mut all);
    sums::named_two::named_two(doc, &mut all);
    second_look::struck::strike_out(doc, &mut all);
    sums::each_within(doc, &mut all);
    means::quotients::exchanged(doc, &mut all);
    second_look::another::of_another(doc, &mut all);
    second_look::struck::looks_again(doc, &mut all);
    arrange(doc, &mut all);
    second_look::mends::mend(doc, &mut all);
    all
}

/// Puts relations in the order of the claims under test, each once, and numbers them.
fn arrange(doc: &Document, all: &mut Vec<Relation>) {
    let place = |relation: &Relation| {
        let under_test = relation.under_test().and_then(|id| doc.claim(id));
        under_test.map_or(0, |claim| claim.span.start)
    };
    all.sort_by_cached_key(|relation| (place(relation), !relation.primary));
    // What two ways of looking found is told once.
    let mut told = HashSet::new();
    all.retain(|it| {
        let mut ids: Vec<String> = it.members.iter().map(|(_, id)| id.clone()).collect();
        ids.sort_unstable();
        told.insert((it.kind.word(), it.finding == Finding::Consistent, ids))
    });
    for (n, relation) in all.iter_mut().enumerate() {
        relation.id = format!("r{}", n + 1);
    }
}
