//! Printed numbers: which values one may stand for, and how it is printed again.

use crate::document::{Bound, Claim, Kind, Numeral};
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

/// The sign of scale a number was written with, and what it stands for: 1.2万. 3万5千 is written out.
fn scale(claim: &Claim) -> Option<(char, Exact)> {
    let digits = claim.text.rfind(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))?;
    let mut behind = claim.text[digits..].chars().skip(1).filter(|c| !c.is_whitespace() && !matches!(c, '余' | '多'));
    let (sign, next) = (behind.next()?, behind.next());
    let scale = match sign {
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    };
    let plain = claim.numeral == Numeral::Mixed && !next.is_some_and(|c| "万亿千百十".contains(c));
    let written_out = claim.text[..digits].contains(['万', '亿', '千', '百']);
    Some((sign, Exact::whole(scale))).filter(|_| plain && !written_out)
}

/// A value as one prints it beside a claim: in 万 where that is written so.
pub(in crate::relate) fn shown_as(like: &Claim, value: Exact, decimals: u8) -> String {
    let scaled =
        scale(like).and_then(|(sign, scale)| Some(format!("{}{sign}", value.over(scale)?.show(decimals.max(4)))));
    scaled.unwrap_or_else(|| value.show(decimals))
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
        Some(value) if scale(claim).is_some() => shown_as(claim, value, 8),
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
