//! A share beside which something is missing: which whole numbers would give it?

use super::beside::{may_count, same_people};
use crate::document::{Bound, Claim, Document};
use crate::exact::Exact;
use crate::relate::digits::printed::{shown, whole_number};
use crate::relate::digits::solve::{Printed, denominators, numerators, smallest_denominators};
use crate::relate::relations::{Finding, Near, Relation, RelationKind, Role, Working, relation, tested};
use crate::relate::wording::around::says;
use crate::relate::wording::cues::is_old;
use crate::units::counts_people;
use crate::words::STOCK;

pub(super) fn numerator_over(rate: &Claim, base: &[&Claim], minus: &[&Claim]) -> Option<Relation> {
    let total = |claims: &[&Claim]| claims.iter().try_fold(0i128, |sum, claim| Some(sum + whole_number(claim)?));
    let n = total(base)? - total(minus)?;
    let printed = Printed::new(rate.value.filter(|_| rate.bound == Bound::Exact)?, rate.decimals)?;
    if n <= 0 {
        return None;
    }
    let solutions = numerators(n, printed);
    let near = rate.value?.times(Exact::int(n)?)?.over(Exact::int(100)?)?;
    let below = near.num().div_euclid(near.den());
    let nearest = [below, below + 1]
        .into_iter()
        .filter(|k| (0..=n).contains(k))
        .filter_map(|k| Some(Near { number: k, gives: Exact::int(k)?.percent_of(Exact::int(n)?)? }));
    let members = base
        .iter()
        .map(|c| (Role::Denominator, *c))
        .chain(minus.iter().map(|c| (Role::Minus, *c)))
        .chain([(Role::Rate, rate)]);
    Some(missing(RelationKind::RateNumerator, rate, format!("?÷{n}"), solutions, nearest.collect(), members.collect()))
}

pub(super) fn denominator_missing(rate: &Claim, numerator: &Claim) -> Option<Relation> {
    let k = whole_number(numerator).filter(|&k| k > 0)?;
    let printed =
        Printed::new(rate.value.filter(|_| rate.bound == Bound::Exact)?, rate.decimals).filter(|p| p.digits > 0)?;
    let solutions = denominators(k, printed);
    let near = Exact::int(k * 100)?.over(rate.value?)?;
    let below = near.num().div_euclid(near.den());
    let nearest = [below, below + 1]
        .into_iter()
        .filter(|&n| n >= k)
        .filter_map(|n| Some(Near { number: n, gives: Exact::int(k)?.percent_of(Exact::int(n)?)? }));
    let members = vec![(Role::Numerator, numerator), (Role::Rate, rate)];
    Some(missing(RelationKind::RateDenominator, rate, format!("{k}÷?"), solutions, nearest.collect(), members))
}

/// A relation that asks for a whole number.
fn missing(
    kind: RelationKind,
    rate: &Claim,
    formula: String,
    solutions: Vec<i128>,
    nearest: Vec<Near>,
    members: Vec<(Role, &Claim)>,
) -> Relation {
    let listed = solutions.iter().map(i128::to_string).collect::<Vec<_>>().join("、");
    let near = nearest
        .iter()
        .map(|n| format!("{}→{}%", n.number, n.gives.show(rate.decimals.max(2))))
        .collect::<Vec<_>>()
        .join("，");
    let finding = if solutions.is_empty() { Finding::Inconsistent } else { Finding::Feasible };
    let zh = if solutions.is_empty() {
        format!("{formula}＝{}：没有整数可得此数；最接近的是{near}", shown(rate))
    } else {
        format!("{formula}＝{}：可行的整数为{listed}", shown(rate))
    };
    let code = match solutions[..] {
        [] => "rate-no-whole-number",
        // 84 passed at 95.5 %: 88 sat, and no other number.
        [_] => "rate-forces",
        _ => "rate-whole-numbers",
    };
    let with = vec![("formula", formula), ("stated", shown(rate)), ("solutions", listed), ("nearest", near)];
    let mut it = relation(kind, finding, members, Working { code, with, zh });
    it.stated = rate.value;
    if solutions.is_empty() {
        it.nearest = nearest;
    }
    it.solutions = Some(solutions);
    it
}

/// A lone rate: of which people the text counts it can be a share, and of how many of them; then the smallest wholes.
pub(super) fn alone(doc: &Document, rate: &Claim) -> Option<Relation> {
    let printed = Printed::new(rate.value?, rate.decimals).filter(|p| p.digits > 0 && p.digits <= p.unit)?;
    let smallest = smallest_denominators(printed, 10);
    let listed = smallest.iter().map(i128::to_string).collect::<Vec<_>>().join("、");
    let of = populations(doc, rate, printed).join("、");
    let (code, also) = if of.is_empty() {
        ("rate-alone", String::new())
    } else {
        ("rate-alone-of", format!("文中的人数里，{of}可得此数；"))
    };
    let working = Working {
        code,
        with: vec![("stated", shown(rate)), ("smallest", listed.clone()), ("populations", of)],
        zh: format!("{}单独给出；{also}可行的最小分母为{listed}", shown(rate)),
    };
    let mut it = relation(RelationKind::RateAlone, Finding::Feasible, vec![(Role::Rate, rate)], working);
    it.stated = rate.value;
    it.solutions = Some(smallest);
    Some(it)
}

/// The people around the rate that are counted as a whole and of which some whole number gives it: 372/407.
fn populations(doc: &Document, rate: &Claim, printed: Printed) -> Vec<String> {
    const MOST: usize = 6;
    const LARGEST: i128 = 100_000;
    let wholes = doc.around(rate).iter().filter(|claim| {
        may_count(claim)
            && counts_people(&claim.unit)
            && says(claim, STOCK)
            && same_people(rate, claim)
            && !is_old(claim)
    });
    let mut sizes: Vec<i128> = wholes.filter_map(whole_number).filter(|n| (2..=LARGEST).contains(n)).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let told = |n: i128| match numerators(n, printed)[..] {
        [] => None,
        [only] => Some(format!("{only}/{n}")),
        [least, .., most] => Some(format!("{least}～{most}/{n}")),
    };
    sizes.into_iter().filter_map(told).take(MOST).collect()
}

/// What could give a share alone gives way to what does.
pub(in crate::relate) fn give_way(all: &mut Vec<Relation>, found: Vec<Relation>) {
    let told = tested(&found);
    all.retain(|it| it.kind != RelationKind::RateAlone || !it.under_test().is_some_and(|id| told.contains(id)));
    all.extend(found);
}
