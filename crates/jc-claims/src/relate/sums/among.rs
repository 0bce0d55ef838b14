//! Parts of a population the sentence opens with: 在已就业的毕业生中，由单位缴纳社保的有412人 cannot be more than have found work.

use super::addition::held_within;
use crate::document::{Bound, Claim, Document};
use crate::exact::Exact;
use crate::relate::rates::bases::opening;
use crate::relate::rates::beside::may_count;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::words_of;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::population::{Name, only};

/// Looks for parts that are more than their whole.
pub(super) fn among(doc: &Document, all: &mut Vec<Relation>) {
    let sentences = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    let found: Vec<Relation> = sentences.filter_map(|row| more_than_all(doc, row.first()?)).collect();
    all.extend(found);
}

/// Does the sentence of one open with the people the other counts?
pub(in crate::relate) fn is_among(part: &Claim, whole: &Claim) -> bool {
    opening(&part.site.sentence_text).and_then(Name::of).is_some_and(|name| name.calls(whole).is_some())
}

fn more_than_all(doc: &Document, part: &Claim) -> Option<Relation> {
    let plain = may_count(part) && part.bound == Bound::Exact && !cues::is_old(part) && part.site.cell.is_none();
    let name = Name::of(opening(&part.site.sentence_text).filter(|_| plain)?)?;
    let called = name.counts(doc, part);
    // Who came more than once is counted more than once.
    let times = |c: &Claim| c.unit == "人次";
    let plain = |whole: &&Claim| alike(whole, part) && !times(whole) && !times(part) && whole.value < part.value;
    let whole = only(&called).filter(plain)?;
    // 机电系就业398人…。在已就业的毕业生中，参保的有412人, of the 2380 who have found work in all.
    let said = opening(&part.site.sentence_text)?.trim_start_matches(['已', '经']);
    let verb = ["的毕业生", "的学生", "的人员", "毕业生", "学生"].iter().find_map(|noun| said.strip_suffix(noun));
    let before = doc.around(part).iter().filter(|c| c.site.start < part.site.start && c.unit == part.unit && !times(c));
    if verb.is_some_and(|verb| before.into_iter().any(|c| c.value >= part.value && words_of(c).contains(verb))) {
        return None;
    }
    // What is many times as much is of others.
    let near = part.value? < whole.value?.times(Exact::int(2)?)?;
    held_within(RelationKind::Subset, whole, &[part]).filter(|it| near && it.finding == Finding::Inconsistent)
}
