//! A second look at the printed shares, means, rises and differences that no rule of words has tied to what they are made
//! of: all numbers around are weighed as what they may be made of, the likeliest first.
//!
//! What is likely is told by place (the same clause, the sentence before, the paragraph) and by words both share; what is
//! certain, by arithmetic: a share printed with a decimal is hit by chance once in several hundred tries. So what agrees
//! is told where as few pairs are as likely as the one that agrees that a chance hit is not to be expected. Where none
//! agrees, and the words bind one pair to the printed value, a near miss is a contradiction: the nearer, the less could
//! it be that other numbers were meant.

use std::collections::HashSet;

use super::known::Known;
use super::likely::{Ask, Pair, amount, pairs};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::changes::growth::from_old;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::means::mean;
use crate::relate::means::products::more_to_it;
use crate::relate::rates::readings::reading_of;
use crate::relate::rates::shares::name_of_whole;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip};
use crate::relate::wording::around::words_of;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::is_old;
use crate::words::any_in;

/// In ten-thousandths: how often a chance hit may be expected at most among what is as likely as the pair that agrees.
const BY_CHANCE: i128 = 500;
/// The same for a pair that misses closely: how often another would lie as near.
const NEAR_MISS: i128 = 1500;
/// The same for a pair that agrees and so speaks against one that misses.
const DEFENDS: i128 = 2000;

/// Weighs what is not answered yet: first what agrees, then, knowing more of what is meant, what does not.
pub(in crate::relate) fn weigh(doc: &Document, all: &mut Vec<Relation>) {
    let mut known = Known::default();
    all.iter().for_each(|it| known.note(it));
    let asked: Vec<(&Claim, Ask)> = doc
        .claims
        .iter()
        .filter(|c| c.bound == Bound::Exact && c.site.cell.is_none() && !known.answered.contains(&c.id))
        .filter_map(|c| Some((c, Ask::of(c)?)))
        .collect();
    let mut found: Vec<Relation> = Vec::new();
    for (stated, ask) in &asked {
        let refuted = known.refuted.contains(&stated.id);
        // What the words have refuted by little is wrong; by much, they may have misled.
        if known.narrowly.contains(&stated.id) {
            continue;
        }
        let limit = if refuted { BY_CHANCE / 10 } else { BY_CHANCE };
        found.extend(agreeing(stated, *ask, &pairs(doc, &known, stated, *ask), limit));
    }
    found.iter().for_each(|it| known.note(it));
    let manifold = manifold(doc);
    for (stated, ask) in &asked {
        if *ask == Ask::Share && manifold.contains(&stated.site.paragraph) {
            continue;
        }
        let part =
            *ask == Ask::Mean && (known.summed.contains(&stated.id) || more_to_it(stated) || mean::of_a_class(stated));
        if !part && !known.answered.contains(&stated.id) && !known.refuted.contains(&stated.id) {
            found.extend(contradicted(stated, *ask, &pairs(doc, &known, stated, *ask)));
        }
    }
    found.extend(doc.claims.iter().filter_map(|stated| beyond_bounds(doc, &known, stated)));
    for it in all.iter().filter(|it| it.primary && it.finding == Finding::Inconsistent && it.kind == RelationKind::Rate)
    {
        found.extend(nearer(doc, &known, it));
    }
    for it in all.iter().filter(|it| it.primary && it.finding == Finding::Consistent && it.kind == RelationKind::Rate) {
        found.extend(of_another(doc, it));
    }
    let own: HashSet<&str> = found.iter().filter_map(Relation::under_test).collect();
    let guess = |kind| matches!(kind, RelationKind::RateAlone | RelationKind::RateDenominator);
    all.retain(|it| !guess(it.kind) || !it.under_test().is_some_and(|id| own.contains(id)));
    for it in
        all.iter_mut().filter(|it| it.primary && it.kind != RelationKind::Sum && it.kind != RelationKind::PercentSum)
    {
        it.primary = !it.under_test().is_some_and(|id| own.contains(id));
    }
    all.extend(found);
}

/// （可多选）, 多选题: what may be chosen together divides nothing, as far as the paragraph goes.
fn manifold(doc: &Document) -> HashSet<usize> {
    let paragraphs = doc.claims.chunk_by(|a, b| a.site.paragraph == b.site.paragraph).filter_map(<[Claim]>::first);
    let may_overlap = |c: &&Claim| any_in(&c.site.paragraph_text, &["可多选", "多选", "可重叠", "可重复", "有交叉"]);
    paragraphs.filter(may_overlap).map(|c| c.site.paragraph).collect()
}

/// 收回1920份…。正确的1248份，近八成: a share that is only bounded, and the count right before it, of the whole that other shares of the
/// sentence are of, lies outside its bounds by more than bounds are stretched.
fn beyond_bounds(doc: &Document, known: &Known, stated: &Claim) -> Option<Relation> {
    let bounded = matches!(stated.bound, Bound::Nearly | Bound::Over | Bound::About | Bound::AtLeast | Bound::AtMost);
    let open = !known.answered.contains(&stated.id) && !known.refuted.contains(&stated.id);
    if stated.kind != Kind::Rate || stated.unit != "%" || !bounded || !open || stated.site.cell.is_some() {
        return None;
    }
    let lead = stated.site.before.trim_start_matches(['，', '（', '占', '达', '比', '已']);
    let pairs = pairs(doc, known, stated, Ask::Share);
    let gives = |pair: &Pair| pair.gives(Ask::Share, false);
    let (low, high) = (stated.min.unwrap_or(Exact::ZERO), stated.max.unwrap_or(Exact::int(100)?));
    let slack = Exact::int(3)?;
    let inside =
        |value: Exact| value.plus(slack).is_some_and(|v| v >= low) && value.minus(slack).is_some_and(|v| v <= high);
    let next =
        |pair: &&Pair| pair.top.site.clause + 1 == stated.site.clause || pair.top.site.clause == stated.site.clause;
    let bare = lead.chars().count() <= 1;
    let meant = pairs.iter().filter(|pair| pair.bound).find(next).filter(|_| bare)?;
    let rival = pairs.iter().take(6).any(|pair| gives(pair).is_some_and(inside));
    let near = gives(meant).and_then(|v| v.apart(stated.value?)).is_some_and(|apart| apart <= Exact::whole(25));
    (near && !rival)
        .then(|| meant.relation(stated, Ask::Share))
        .flatten()
        .filter(|it| it.finding == Finding::Inconsistent)
}

/// 应考14210人，实考13926人。实考者中合格12830人，合格率94.1%: where none agrees, the whole that all but does is meant.
fn nearer(doc: &Document, known: &Known, it: &Relation) -> Option<Relation> {
    let [(Role::Numerator, top), (Role::Denominator, _), (Role::Rate, stated)] = &it.members[..] else { return None };
    let stated = doc.claim(stated)?;
    let apart = it.computed?.apart(it.stated?)?;
    let others = pairs(doc, known, stated, Ask::Share);
    let others =
        others.iter().filter(|pair| pair.top.id == *top && pair.bound && pair.bottom.site.start < stated.site.start);
    let missed = |pair: &&Pair| pair.gives(Ask::Share, false)?.apart(stated.value?);
    let nearest = others.min_by_key(|pair| missed(pair).unwrap_or(Exact::whole(100)))?;
    let nearer = missed(&nearest)?.times(Exact::int(3)?)? <= apart.times(Exact::int(2)?)?;
    nearest.relation(stated, Ask::Share).filter(|it| nearer && it.finding == Finding::Inconsistent)
}

/// 就业1083人，签约846人…。本市592人，占签约人数的54.7%: a share of the one count that is called so, though it agrees with another.
fn of_another(doc: &Document, it: &Relation) -> Option<Relation> {
    let [(Role::Numerator, top), (Role::Denominator, whole), (Role::Rate, stated)] = &it.members[..] else {
        return None;
    };
    let (top, whole, stated) = (doc.claim(top)?, doc.claim(whole)?, doc.claim(stated)?);
    // 计划90人，实际99人，超额110%: what goes beyond is told, not all of it.
    if stated.site.before.ends_with("超额") {
        return from_old(stated, whole, top).filter(|it| it.finding == Finding::Inconsistent);
    }
    let name = name_of_whole(stated);
    let called = |c: &Claim| {
        let lead = c.site.before.trim_end_matches(['了', '为', '达', '有', '共', '的']);
        // 占回收问卷的92.4%, of 回收1428份.
        let short = name.strip_suffix("问卷").filter(|short| short.chars().count() == 2);
        lead.trim_end_matches("人数").ends_with(name) || short.is_some_and(|short| lead.ends_with(short))
    };
    if name.is_empty() || called(whole) || words_of(whole).contains(name) || stated.decimals == 0 {
        return None;
    }
    let here =
        doc.around(top).iter().filter(|c| c.site.start < top.site.start && amount(c) && alike(c, top) && called(c));
    // 占合格人数的3.4%: who is called so by all the words may stand paragraphs before.
    let in_full = ["人数的", "总数的"].iter().any(|word| stated.site.before.ends_with(&format!("占{name}{word}")));
    let in_full = in_full && !stated.site.clause_text.contains("分别");
    let here = here.filter(|c| in_full || c.site.paragraph == top.site.paragraph);
    let named: Vec<&Claim> = here.collect();
    let [only] = named[..] else { return None };
    let plain = only.bound == Bound::Exact && only.value > top.value && !is_old(only) && only.id != whole.id;
    let mut other =
        reading_of(stated, &[top], &[only], &[]).filter(|it| plain && it.finding == Finding::Inconsistent)?;
    other.explained_by = Some(Slip::OtherBase);
    Some(other)
}

/// The pair that agrees, if it is so likely that chance hits are not to be expected before it.
fn agreeing(stated: &Claim, ask: Ask, pairs: &[Pair], limit: i128) -> Option<Relation> {
    let chance = chance(stated)?;
    // 九成 is hit by much: of what stands pages off nothing is told.
    let coarse = ask == Ask::Share && stated.step >= Exact::int(5)?;
    let near = |pair: &Pair| pair.bottom.site.paragraph == stated.site.paragraph;
    for (n, pair) in pairs.iter().enumerate().filter(|(_, pair)| !coarse || near(pair)) {
        let Some(gives) = pair.gives(ask, stated.falls) else { continue };
        if !about(gives, stated) {
            continue;
        }
        // What is hit to the last digit, and could have been missed, is hit by chance even less.
        let exact = Some(gives) == stated.value && pair.bottom.value >= Exact::int(20);
        let as_likely = pairs[n..].iter().take_while(|other| other.unlikely == pair.unlikely).count() + n;
        let expected = chance * i128::try_from(as_likely).ok()? / if exact { 4 } else { 1 };
        if expected > limit {
            // Those behind are less likely still; one of them may be hit exactly.
            if expected > 4 * limit {
                return None;
            }
            continue;
        }
        if let Some(it) = pair.relation(stated, ask).filter(|it| it.finding == Finding::Consistent) {
            return Some(it);
        }
    }
    None
}

/// How often a pair of numbers that has nothing to do with it gives the printed value, in ten-thousandths.
fn chance(stated: &Claim) -> Option<i128> {
    let share = stated.step.over(stated.value?)?.times(Exact::int(4000)?)?;
    Some(share.num().div_euclid(share.den()) + 1)
}

/// Is what is computed within a hundredth of what is printed, or one step?
fn about(gives: Exact, stated: &Claim) -> bool {
    let near = || {
        let value = stated.value?;
        let apart = gives.apart(value)?;
        Some(apart <= stated.step || apart.times(Exact::int(100)?)? <= value)
    };
    near() == Some(true)
}

/// The likeliest pair that misses the printed value closely, where none agrees that is nearly as likely. How closely it must
/// do so depends on how firmly words bind it to the value.
fn contradicted(stated: &Claim, ask: Ask, pairs: &[Pair]) -> Option<Relation> {
    let agrees = |pair: &Pair| {
        let near = pair.gives(ask, stated.falls).is_some_and(|gives| about(gives, stated));
        near && pair.relation(stated, ask).is_some_and(|it| it.finding == Finding::Consistent)
    };
    let close = |(n, pair): &(usize, &Pair)| {
        let as_likely = pairs[*n..].iter().take_while(|other| other.unlikely == pair.unlikely).count() + n;
        let firmly = pairs[..as_likely].iter().filter(|other| other.bound && other.top.id == pair.top.id).count();
        let partly = pairs[..as_likely].iter().filter(|other| other.partly).count();
        let miss = miss(stated, ask, pair.gives(ask, stated.falls)?)?;
        let expected = |rivals: usize| Some(miss * i128::try_from(rivals).ok()?);
        let (rivals, limit) = match (pair.bound, pair.partly) {
            (true, _) if pair.firm => (firmly, NEAR_MISS * 5 / 3),
            (true, _) => (firmly, NEAR_MISS),
            (_, true) => (partly, NEAR_MISS / 5),
            _ => (as_likely, NEAR_MISS / 20),
        };
        Some(expected(rivals)? <= limit)
    };
    let (_, meant) = pairs.iter().enumerate().find(|it| close(it) == Some(true))?;
    // What agrees somewhere agrees by chance, if enough was tried.
    let chance = chance(stated)?;
    let defends = |(n, pair): (usize, &Pair)| {
        let seldom = i128::try_from(n + 1).is_ok_and(|rank| chance * rank <= DEFENDS);
        (seldom && pair.unlikely <= meant.unlikely + 6 || pair.unlikely <= meant.unlikely + 1) && agrees(pair)
    };
    if pairs.iter().enumerate().any(defends) {
        return None;
    }
    meant.relation(stated, ask).filter(|it| it.finding == Finding::Inconsistent)
}

/// How often a value that has nothing to do with it would lie as near to the printed one, or differ from it as slips do, in
/// ten-thousandths. Rates lie close together near the hundred: thirty points are all there is.
fn miss(stated: &Claim, ask: Ask, gives: Exact) -> Option<i128> {
    let apart = gives.apart(stated.value?)?;
    let of_value = apart.over(stated.value?)?.times(Exact::int(5000)?)?;
    let of_points = apart.over(Exact::int(30)?)?.times(Exact::int(10_000)?)?;
    let share = if ask == Ask::Share { of_value.max(of_points) } else { of_value };
    let nearness = share.num().div_euclid(share.den());
    // What lies between two may have more taken off than is told.
    let slip = by_slip(stated, gives).filter(|_| matches!(ask, Ask::Share | Ask::Mean));
    Some(slip.map_or(nearness, |seldom| nearness.min(seldom)))
}

/// 97.96 for 96.96, 93.32 for 92.33: how often a number of so many digits is a slip of another; nothing where it is none.
fn by_slip(stated: &Claim, gives: Exact) -> Option<i128> {
    let (a, b) = (stated.value?.over(stated.step)?, Exact::from_decimal(gives.over(stated.step)?.round(0)?)?);
    // 12.0 for 21.0: noughts at the end are no digits of their own.
    let tenth = |value: Exact| value.over(Exact::int(10)?)?.as_int();
    let (a, b) = match (tenth(a), tenth(b)) {
        (Some(x), Some(y)) => (Exact::int(x)?, Exact::int(y)?),
        _ => (a, b),
    };
    let slip = is_mistyped(a, b);
    match a.as_int()? {
        100..1_000 => Some(350),
        1_000..10_000 => Some(50),
        10_000.. => Some(10),
        _ => None,
    }
    .filter(|_| slip)
}
