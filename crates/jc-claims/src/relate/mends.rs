//! The nearest true sentence: which one number, changed, would make a contradiction hold; and the slips that the
//! digits themselves betray.

use super::{Finding, Relation, RelationKind, Role, Slip};
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::propose::propose;

/// One number that would mend a contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The claim to change.
    pub claim: String,
    /// What it would have to be, in its own unit (per cent as printed), before rounding to its decimals.
    pub value: Exact,
}

impl Relation {
    /// What is to be said beside the working: the likely slip, and the number that would mend it. Ids of messages, with
    /// their values.
    pub fn remarks(&self, doc: &Document) -> Vec<(String, Vec<(&'static str, String)>)> {
        let slip = self.explained_by.map(|slip| (format!("claims-slip-{}", slip.word()), Vec::new()));
        let mend = self.mends.first().and_then(|mend| {
            let claim = doc.claim(&mend.claim)?;
            let from: String = claim.text.split_whitespace().collect();
            let to = propose(claim, mend.value).filter(|to| *to != from)?;
            Some(("claims-mend".to_string(), vec![("from", from), ("to", to)]))
        });
        slip.into_iter().chain(mend).collect()
    }
}

/// Fills in the mends of a contradiction, the likeliest first, and the slip where the digits betray one.
pub(super) fn mend(doc: &Document, relation: &mut Relation) {
    if relation.finding != Finding::Inconsistent {
        return;
    }
    relation.mends = mends(doc, relation);
    if relation.explained_by.is_none() && relation.mends.iter().any(|mend| swapped(doc, mend)) {
        relation.explained_by = Some(Slip::SwappedDigits);
    }
}

fn mends(doc: &Document, relation: &Relation) -> Vec<Mend> {
    let of = |wanted: Role| relation.members.iter().filter(move |(role, _)| *role == wanted).map(|(_, id)| id.clone());
    let one = |role: Role, value: Option<Exact>| -> Vec<Mend> {
        of(role).zip(value).map(|(claim, value)| Mend { claim, value }).collect()
    };
    match relation.kind {
        RelationKind::Rate | RelationKind::Growth | RelationKind::GrowthDiff => one(Role::Rate, relation.computed),
        RelationKind::Sum => one(Role::Whole, relation.computed),
        RelationKind::Difference => one(Role::Difference, relation.computed),
        RelationKind::Enumeration => one(Role::Count, relation.computed),
        RelationKind::Quotient if of(Role::Denominator).next().is_some() => one(Role::Quotient, relation.computed),
        RelationKind::Quotient => one(Role::Numerator, relation.computed),
        RelationKind::RateNumerator | RelationKind::RateDenominator | RelationKind::GrowthBase => {
            let stated = relation.stated;
            let apart = |gives: Exact| {
                stated
                    .and_then(|stated| gives.minus(stated))
                    .map(|d| if d < Exact::ZERO { Exact::ZERO.minus(d) } else { Some(d) })
            };
            let mut near: Vec<Exact> = relation.nearest.iter().map(|near| near.gives).collect();
            near.sort_by_key(|&gives| apart(gives).flatten());
            let is_share = of(Role::Rate).filter_map(|id| doc.claim(&id)).any(|c| c.kind != Kind::Multiple);
            near.into_iter().filter(|_| is_share).flat_map(|gives| one(Role::Rate, Some(gives))).collect()
        }
        RelationKind::Equal => {
            let claims: Vec<&Claim> = of(Role::Claims).filter_map(|id| doc.claim(&id)).collect();
            let [first, second] = claims[..] else { return Vec::new() };
            let to = |claim: &Claim, other: &Claim| other.value.map(|value| Mend { claim: claim.id.clone(), value });
            to(second, first).into_iter().chain(to(first, second)).collect()
        }
        RelationKind::PercentSum => {
            let Some((_, last)) = relation.members.last() else { return Vec::new() };
            let over = relation.computed.zip(relation.stated).and_then(|(sum, all)| sum.minus(all));
            let value = doc.claim(last).and_then(|claim| claim.value).zip(over).and_then(|(own, over)| own.minus(over));
            let value = value.filter(|&value| value >= Exact::ZERO);
            value.map(|value| Mend { claim: last.clone(), value }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// 89.2 for 98.2: the same digits, two neighbours in each other's place.
fn swapped(doc: &Document, mend: &Mend) -> bool {
    let Some(claim) = doc.claim(&mend.claim) else { return false };
    let digits = |value: Exact| value.over(claim.step).and_then(|steps| steps.round(0)).map(|d| d.digits.to_string());
    let (Some(printed), Some(right)) = (claim.value.and_then(digits), digits(mend.value)) else { return false };
    let (a, b) = (printed.as_bytes(), right.as_bytes());
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let differing: Vec<usize> = (0..a.len()).filter(|&n| a[n] != b[n]).collect();
    matches!(differing[..], [x, y] if y == x + 1 && a[x] == b[y] && a[y] == b[x])
}
