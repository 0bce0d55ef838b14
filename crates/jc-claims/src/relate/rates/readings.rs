//! The arithmetic of a rate: numerator over denominator, as finely as all of them are printed.

use crate::document::{Bound, Claim};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, joined, prints, shown};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip, Working, relation};
use crate::relate::sums::addition::sum;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::is_old;

/// numerator / (whole - minus) against the printed rate.
pub(in crate::relate) fn reading(
    rate: &Claim,
    numerator: &[&Claim],
    whole: &Claim,
    minus: &[&Claim],
) -> Option<Relation> {
    reading_of(rate, numerator, &[whole], minus)
}

/// 现场整改68处，限期整改28处 of 96处: the count that several make together, where it is said near them.
pub(in crate::relate) fn together_said<'a>(around: &[&'a Claim], row: &[&Claim]) -> Option<&'a Claim> {
    let sum = sum(row)?;
    let same = |c: &&&Claim| {
        let beside = c.site.paragraph == row[0].site.paragraph && c.bound == Bound::Exact;
        beside && c.value == Some(sum) && alike(c, row[0]) && !is_old(c)
    };
    around.iter().find(same).filter(|_| row.len() >= 2).copied()
}

/// Do the counts give the printed rate?
pub(in crate::relate) fn gives_rate(rate: &Claim, numerator: &[&Claim], whole: &[&Claim]) -> Option<bool> {
    let (low, high) = together(numerator)?;
    let (den_low, den_high) = together(whole)?;
    prints(rate, low.percent_of(den_high)?, high.percent_of(den_low).filter(|_| den_low > Exact::ZERO)?)
}

/// The least and the most some counts may make together.
fn together(claims: &[&Claim]) -> Option<(Exact, Exact)> {
    claims.iter().try_fold((Exact::ZERO, Exact::ZERO), |(low, high), claim| {
        let (a, b) = interval(claim)?;
        Some((low.plus(a)?, high.plus(b)?))
    })
}

/// The same where the whole is said in several parts.
pub(in crate::relate) fn reading_of(
    rate: &Claim,
    numerator: &[&Claim],
    whole: &[&Claim],
    minus: &[&Claim],
) -> Option<Relation> {
    let (low, high) = together(numerator)?;
    let (mut den_low, mut den_high) = together(whole)?;
    let (minus_low, minus_high) = together(minus)?;
    (den_low, den_high) = (den_low.minus(minus_high)?, den_high.minus(minus_low)?);
    if den_low <= Exact::ZERO {
        return None;
    }
    let (least, most) = (low.percent_of(den_high)?, high.percent_of(den_low)?);
    let fits = prints(rate, least, most)?;
    let finding = if fits { Finding::Consistent } else { Finding::Inconsistent };
    let decimals = rate.decimals;
    let top = joined(numerator);
    let bottom = if minus.is_empty() { joined(whole) } else { format!("({}-{})", joined(whole), joined(minus)) };
    let (from, to) = (least.show(decimals), most.show(decimals));
    let gives = if from == to { from } else { format!("{from}～{to}") };
    let sign = if fits { "，相符" } else { "，不符" };
    let working = Working {
        code: if fits { "rate-holds" } else { "rate-fails" },
        with: vec![
            ("numerator", top.clone()),
            ("denominator", bottom.clone()),
            ("gives", gives.clone()),
            ("stated", shown(rate)),
        ],
        zh: format!("{top}÷{bottom}＝{gives}%，文中为{}{sign}", shown(rate)),
    };
    let mut members: Vec<(Role, &Claim)> = numerator.iter().map(|claim| (Role::Numerator, *claim)).collect();
    members.extend(whole.iter().map(|claim| (Role::Denominator, *claim)));
    members.extend(minus.iter().map(|claim| (Role::Minus, *claim)));
    members.push((Role::Rate, rate));
    let mut it = relation(RelationKind::Rate, finding, members, working);
    // What the numbers give as they are written, and not at the edge of what they may stand for.
    let written = || sum(numerator)?.percent_of(sum(whole)?.minus(sum(minus)?)?);
    it.computed = written().or(Some(least));
    it.stated = rate.value;
    if !fits && least == most && cut(rate, least) {
        it.explained_by = Some(Slip::CutNotRounded);
    }
    Some(it)
}

/// How far what is computed lies from what is printed.
pub(super) fn off(it: &Relation) -> Option<Exact> {
    let (a, b) = (it.computed?, it.stated?);
    a.apart(b)
}

/// The share cut off at the printed decimals is the printed rate.
fn cut(rate: &Claim, share: Exact) -> bool {
    let next = rate.value.and_then(|value| value.plus(rate.step));
    rate.value.is_some_and(|value| share >= value) && next.is_some_and(|next| share < next)
}
