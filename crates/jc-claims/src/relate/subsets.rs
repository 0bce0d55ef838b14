//! Parts whose whole the words make plain, each told by itself where no list has told it: 专任教师286人，其中双师型231人，占80.77%;
//! 具有高级职称的94人，占32.87%; 在就业学生中，有798人专业对口, of the 912 who have found work.

use std::collections::HashSet;

use super::bases::opening;
use super::parts::held_within;
use super::population::{Name, only};
use super::rates::may_count;
use super::{Finding, Relation, RelationKind, Role, alike, cues};
use crate::document::{Bound, Claim, Document};

/// So many sentences before a part its whole may be told.
const NEAR: usize = 3;

/// Looks for all of them.
pub(super) fn subsets(doc: &Document, all: &mut Vec<Relation>) {
    let mut told: HashSet<(String, String)> = HashSet::new();
    let wholes = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Subset);
    for it in all.iter().filter(wholes) {
        if let Some(((_, whole), parts)) = it.members.split_last() {
            told.extend(parts.iter().map(|(_, part)| (part.clone(), whole.clone())));
        }
    }
    let mut found: Vec<(&Claim, &Claim)> = Vec::new();
    for it in all.iter().filter(|it| it.kind == RelationKind::Rate && it.primary && it.finding == Finding::Consistent) {
        if let [(Role::Numerator, part), (Role::Denominator, whole), _] = &it.members[..]
            && let (Some(part), Some(whole)) = (doc.claim(part), doc.claim(whole))
            && opened(whole, part)
        {
            found.push((part, whole));
        }
    }
    let sentences = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    found.extend(sentences.filter_map(|row| among_named(doc, row.first()?)));
    for (part, whole) in found {
        if alike(part, whole) && part.value < whole.value && told.insert((part.id.clone(), whole.id.clone())) {
            let it = held_within(RelationKind::Subset, whole, &[part]);
            all.extend(it.filter(|it| it.finding == Finding::Consistent));
        }
    }
}

/// Does 其中 stand between whole and part, or 中 at the head of the part's sentence?
fn opened(whole: &Claim, part: &Claim) -> bool {
    if whole.site.start >= part.site.start || whole.site.paragraph != part.site.paragraph {
        return false;
    }
    let head: String = part.site.sentence_text.chars().take(part.site.start - part.site.sentence_start).collect();
    let clause = head.split(['，', '：']).next().unwrap_or_default();
    let named = clause.chars().count() < head.chars().count() && clause.ends_with(['中', '里', '内']);
    let behind = if whole.site.sentence == part.site.sentence {
        head.chars().skip(whole.site.end - whole.site.sentence_start).collect()
    } else {
        // …，其中双师型231人；高级职称94人: the chain goes on with what 其中 has opened.
        let rest = whole.site.sentence_text.chars().skip(whole.site.end - whole.site.sentence_start);
        let near = part.site.sentence - whole.site.sentence <= NEAR;
        let chain = whole.site.chain == part.site.chain;
        if near && chain { rest.chain(head.chars()).collect() } else { head.clone() }
    };
    named || behind.contains("其中") || behind.contains("中，")
}

/// 在就业学生中，有798人…: of those who were counted just before by that name.
fn among_named<'a>(doc: &'a Document, part: &'a Claim) -> Option<(&'a Claim, &'a Claim)> {
    let plain = may_count(part) && part.bound == Bound::Exact && !cues::is_old(part) && part.site.cell.is_none();
    let name = Name::of(opening(&part.site.sentence_text).filter(|_| plain)?)?;
    let called = name.counts(doc, part);
    let whole = only(&called)?;
    let near = whole.site.sentence < part.site.sentence && whole.site.sentence + NEAR >= part.site.sentence;
    near.then_some((part, whole))
}
