//! Printed numbers: which values one may stand for, and how it is printed again.

use crate::document::{Bound, Claim, Kind};
use crate::exact::Exact;

/// The values a printed figure may stand for: its interval, and for figures in 万 or with decimals those that round
/// to it. The upper end counts as reachable.
pub(in crate::relate) fn interval(claim: &Claim) -> Option<(Exact, Exact)> {
    let one = Exact::int(1)?;
    match claim.bound {
        Bound::Exact if claim.step == one => claim.value.map(|v| (v, v)),
        Bound::Exact => {
            let half = claim.step.times(Exact::new(1, 2)?)?;
            Some((claim.value?.minus(half)?, claim.value?.plus(half)?))
        }
        _ => Some((claim.min?, claim.max?)),
    }
}

/// The value, if the claim prints one whole number and means exactly that.
pub(in crate::relate) fn whole_number(claim: &Claim) -> Option<i128> {
    let exact = claim.bound == Bound::Exact && claim.step == Exact::int(1)?;
    claim.value.filter(|_| exact)?.as_int()
}

/// Does any value between `least` and `most` print as the number, or lie within what its bounds allow?
pub(in crate::relate) fn prints(claim: &Claim, least: Exact, most: Exact) -> Option<bool> {
    if claim.bound != Bound::Exact {
        return Some(claim.min.is_none_or(|min| most >= min) && claim.max.is_none_or(|max| least <= max));
    }
    let half = claim.step.times(Exact::new(1, 2)?)?;
    let value = claim.value?;
    Some(most >= value.minus(half)? && least < value.plus(half)?)
}

/// A claim's number as one prints it.
pub(in crate::relate) fn shown(claim: &Claim) -> String {
    // 4分31秒, 1小时25分钟: as it is said.
    let larger = if claim.unit == "秒" { '分' } else { '时' };
    if claim.kind == Kind::Duration && matches!(claim.unit.as_str(), "秒" | "分钟") && claim.text.contains(larger) {
        return claim.text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    let percent = if claim.unit == "%" { "%" } else { "" };
    match claim.value.filter(|_| claim.bound != Bound::Ratio) {
        Some(value) => {
            format!("{}{percent}", value.round(claim.decimals).map_or_else(|| value.to_string(), |d| d.to_string()))
        }
        None => claim.text.chars().filter(|c| !c.is_whitespace()).collect(),
    }
}

/// Several claims as a sum.
pub(in crate::relate) fn joined(claims: &[&Claim]) -> String {
    let sum = claims.iter().map(|claim| shown(claim)).collect::<Vec<_>>().join("+");
    if claims.len() > 1 { format!("({sum})") } else { sum }
}
