//! Parts of a paragraph that are built alike: 甲校计划1100人，报到1045人，完成95%；乙校计划600人，报到571人，完成92.5%. Where two of them are
//! held to by their numbers, so is the third.

use std::collections::{HashMap, HashSet};

use super::lone::give_way;
use super::readings::reading;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::comparable::alike;

/// The words that lead to whole, part and rate in one part.
#[derive(PartialEq, Eq, Hash, Clone)]
struct Shape {
    paragraph: usize,
    whole: String,
    part: String,
    rate: String,
}

/// Looks for all of them.
pub(super) fn rows_alike(doc: &Document, all: &mut Vec<Relation>) {
    let mut shapes: HashMap<Shape, usize> = HashMap::new();
    let mut told: HashSet<String> = HashSet::new();
    for it in all.iter().filter(|it| it.primary && it.kind == RelationKind::Rate) {
        let [(Role::Numerator, _), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..] else { continue };
        told.insert(rate.clone());
        let held = doc.claim(rate).and_then(|rate| of(doc, rate)).filter(|row| row.1.id == *whole);
        if let Some((shape, ..)) = held.filter(|_| it.finding == Finding::Consistent) {
            *shapes.entry(shape).or_default() += 1;
        }
    }
    let rates = doc.claims.iter().filter(|c| !told.contains(&c.id)).filter_map(|rate| Some((rate, of(doc, rate)?)));
    let alike_rows = rates.filter(|(_, (shape, ..))| shapes.get(shape).is_some_and(|n| *n >= 2));
    let found: Vec<Relation> =
        alike_rows.filter_map(|(rate, (_, whole, part))| reading(rate, &[part], whole, &[])).collect();
    give_way(all, found);
}

/// The row a rate closes: its shape, whole and part, each in the clause before.
fn of<'a>(doc: &'a Document, rate: &Claim) -> Option<(Shape, &'a Claim, &'a Claim)> {
    const LEAD: usize = 2;
    if rate.kind != Kind::Rate || rate.bound != Bound::Exact || rate.site.cell.is_some() {
        return None;
    }
    let mut before = doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start);
    let (part, whole) = (before.next()?, before.next()?);
    let beside = part.site.clause + 1 == rate.site.clause && whole.site.clause + 1 == part.site.clause;
    let one = part.site.sentence == rate.site.sentence && whole.site.sentence == rate.site.sentence;
    let counts =
        alike(part, whole) && part.value <= whole.value && part.bound == Bound::Exact && whole.bound == Bound::Exact;
    let words = |claim: &Claim| claim.site.before.trim_start_matches(['，', '；', '。']).to_string();
    let lead: Vec<char> = words(whole).chars().collect();
    let shape = Shape {
        paragraph: rate.site.paragraph,
        whole: lead[lead.len().saturating_sub(LEAD)..].iter().collect(),
        part: words(part),
        rate: words(rate),
    };
    let said = lead.len() >= LEAD && !shape.part.is_empty() && !shape.rate.is_empty();
    (beside && one && counts && said).then_some((shape, whole, part))
}
