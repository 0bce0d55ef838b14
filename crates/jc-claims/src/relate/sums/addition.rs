//! The arithmetic of sums: do parts make their whole, or stay within it, as finely as all of them are printed?

use crate::document::{Bound, Claim};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, joined, shown, shown_as};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};

/// 13.9万元: 8万元、2.9万元、2万元: beside a total with decimals 8万 means 8.0万, for noughts behind the point are seldom written.
fn as_finely(part: &Claim, whole: &Claim) -> Option<(Exact, Exact)> {
    let scale = |claim: &Claim| ["万亿", "亿", "万"].into_iter().find(|scale| claim.text.contains(scale));
    let finer = whole.step < part.step && whole.bound == Bound::Exact && part.bound == Bound::Exact;
    let half = whole.step.over(Exact::int(2)?)?;
    let value = part.value.filter(|_| finer && scale(part).is_some() && scale(part) == scale(whole))?;
    Some((value.minus(half)?, value.plus(half)?))
}

/// The sum of parts against a whole; figures that are approximate or printed in 万 stand for intervals.
/// Of parts that exceed the whole only so many are named as are needed to exceed it.
pub(in crate::relate) fn held_within(kind: RelationKind, whole: &Claim, parts: &[&Claim]) -> Option<Relation> {
    let as_printed = |part: &Claim| as_finely(part, whole).or_else(|| interval(part));
    let sums = |parts: &[&Claim]| {
        let low =
            parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(as_printed(part).map_or(part.min?, |i| i.0)))?;
        let high = parts.iter().try_fold(Some(Exact::ZERO), |sum, part| {
            Some(sum.zip(as_printed(part).map(|i| i.1)).and_then(|(a, b)| a.plus(b)))
        })?;
        Some((low, high))
    };
    let (mut low, high) = sums(parts)?;
    let least = interval(whole).map(|i| i.0).or(whole.min)?;
    let most = interval(whole).map(|i| i.1);
    let holds = match kind {
        RelationKind::Sum => most.is_none_or(|most| low <= most) && high.is_none_or(|high| high >= least),
        _ => most.is_none_or(|most| low <= most),
    };
    // 19项：工业学校8项，两个县职教中心各1项: what some have each is a part as often as there are of them.
    let each = |two: &[&Claim]| two[1].site.before.ends_with('各') && two[0].site.clause == two[1].site.clause;
    // …，规模最大与最小的学校相差3261人: no part.
    let apart = |part: &&Claim| part.site.before.ends_with("相差");
    if !holds && kind == RelationKind::Sum && (parts.windows(2).any(each) || parts.iter().any(apart)) {
        return None;
    }
    let mut parts = parts.to_vec();
    if !holds && kind == RelationKind::Subset {
        let mut by_size = parts.clone();
        by_size.sort_by_key(|part| std::cmp::Reverse(part.value));
        let enough =
            (1..=by_size.len()).find(|&n| sums(&by_size[..n]).zip(most).is_some_and(|((low, _), most)| low > most))?;
        parts.retain(|part| by_size[..enough].iter().any(|kept| kept.id == part.id));
        low = sums(&parts)?.0;
    }
    let sign = match (kind, holds) {
        (RelationKind::Sum, true) => "＝",
        (RelationKind::Sum, false) => "≠",
        (_, true) => "≤",
        (_, false) => ">",
    };
    let printed = sum(&parts).unwrap_or(low);
    let sum = joined(&parts);
    let working = Working {
        code: match (kind, holds) {
            (RelationKind::Sum, true) => "sum-holds",
            (RelationKind::Sum, false) => "sum-fails",
            (_, true) if parts.len() == 1 => "part-holds",
            (_, false) if parts.len() == 1 => "part-fails",
            (_, true) => "subset-holds",
            (_, false) => "subset-fails",
        },
        with: vec![("parts", sum.clone()), ("sum", shown_as(whole, printed, 4)), ("whole", shown(whole))],
        zh: format!("{sum}{sign}{}", shown(whole)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = parts.iter().map(|part| (Role::Part, *part)).chain([(Role::Whole, whole)]).collect();
    let mut it = relation(kind, finding, members, working);
    it.computed = Some(printed);
    it.stated = whole.value;
    Some(it)
}

/// What some numbers make together; nothing if one of them has no value, or the sum grows beyond what we keep.
pub(in crate::relate) fn sum(claims: &[&Claim]) -> Option<Exact> {
    claims.iter().try_fold(Exact::ZERO, |sum, claim| sum.plus(claim.value?))
}

/// Is the sum of the parts within one `share`th of the total?
pub(in crate::relate) fn near(total: &Claim, parts: &[&Claim], share: i128) -> bool {
    let apart = || {
        let sum = sum(parts)?;
        let total = total.value?;
        let (low, high) = if sum < total { (sum, total) } else { (total, sum) };
        Some(high.minus(low)?.times(Exact::int(share)?)? <= total)
    };
    apart() == Some(true)
}
