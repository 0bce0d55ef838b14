//! Rates whose base the words beside them do not name: 1818人定了去处，落实率97.96%；剩下57人 tells it by what is left; 党员326名 and
//! pages later 党员301名，参学率93.32% by the name, and by a rate that is one slip away from what it should be.

use std::collections::HashSet;

use super::beside::{may_count, says_share};
use super::readings::reading;
use super::shares::name_of_whole;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::whole_number;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{led_from, shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::{cues, label};

/// Looks for rates of the number right before them, where nothing is known of them yet.
pub(in crate::relate) fn reached(doc: &Document, all: &mut Vec<Relation>) {
    let settles = |it: &&Relation| it.primary && it.kind == RelationKind::Rate;
    let settled: HashSet<String> =
        all.iter().filter(settles).filter_map(|it| it.under_test().map(str::to_string)).collect();
    let mut found = Vec::new();
    for pair in doc.claims.windows(2) {
        let [top, rate] = pair else { continue };
        let near = top.site.sentence == rate.site.sentence && rate.site.clause <= top.site.clause + 1;
        let named = rate.kind == Kind::Rate && rate.unit == "%" && rate.bound == Bound::Exact && !says_share(rate);
        if !near || !named || settled.contains(&rate.id) || cues::is_old(rate) || !counted(top) {
            continue;
        }
        found.extend(by_what_is_left(doc, top, rate, all).or_else(|| by_name(doc, top, rate)));
    }
    let share = |c: &&Claim| {
        let exact = c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && c.decimals >= 2;
        exact && says_share(c) && !settled.contains(&c.id) && !cues::is_old(c)
    };
    found.extend(doc.claims.iter().filter(share).filter_map(|rate| by_share(doc, rate)));
    // What single numbers might give the rate is of no interest any more.
    let known = |it: &Relation| found.iter().any(|own| own.members.last() == it.members.last());
    all.retain(|it| !(it.finding == Finding::Feasible && known(it)));
    all.extend(found);
}

fn counted(claim: &Claim) -> bool {
    may_count(claim) && whole_number(claim).is_some() && claim.site.cell.is_none() && !cues::is_old(claim)
}

/// 随迁子女2340人…。公办学校就读2106人，公办就读比例85%；其余234人: those left over show of whom the others are a share.
fn by_what_is_left(doc: &Document, top: &Claim, rate: &Claim, all: &[Relation]) -> Option<Relation> {
    let split = |it: &Relation| -> Option<Relation> {
        let three = it.members.iter().filter_map(|(_, id)| doc.claim(id)).collect::<Vec<_>>();
        let holds = it.primary && it.finding == Finding::Consistent && three.len() == 3;
        if !holds || !matches!(it.kind, RelationKind::Sum | RelationKind::Difference) {
            return None;
        }
        let whole = three.iter().copied().max_by_key(|c| c.value)?;
        let rest = three.iter().copied().find(|c| c.id != top.id && c.id != whole.id)?;
        if !is_left(rest, rate)
            || whole.id == top.id
            || three.iter().all(|c| c.id != top.id)
            || whole.site.start > top.site.start
        {
            return None;
        }
        reading(rate, &[top], whole, &[])
    };
    let it = all.iter().find_map(split)?;
    let called = shared(&rate.site.before, &top.site.clause_text) >= 2;
    (it.finding == Finding::Consistent || called || mistyped(&it, rate)).then_some(it)
}

/// Behind the rate, before the full stop: 其余进入民办学校，涉及234人; 剩下57人.
fn is_left(rest: &Claim, rate: &Claim) -> bool {
    let behind = rest.site.chain == rate.site.chain && rest.site.start > rate.site.end;
    let said = led_from(Some(rate), rest).trim_start_matches('，');
    behind && ["其余", "剩下", "余下", "剩余"].iter().any(|word| said.starts_with(word))
}

/// 完成学时的党员301名，参学率93.32% of the 党员326名 told before: what the rate should be is told, or one slip away.
fn by_name(doc: &Document, top: &Claim, rate: &Claim) -> Option<Relation> {
    let called = |c: &&Claim| {
        let before = c.site.start < top.site.start && c.site.sentence != top.site.sentence;
        before && counted(c) && alike(c, top) && c.value > top.value && label::shared(c, top) >= 2
    };
    let bases: Vec<&Claim> = doc.around(rate).iter().filter(called).collect();
    let readings = || bases.iter().rev().filter_map(|base| reading(rate, &[top], base, &[]));
    if let Some(it) = readings().find(|it| it.finding == Finding::Consistent) {
        return Some(it);
    }
    // Of four printed digits few are right by chance, or nearly.
    readings().find(|it| rate.decimals >= 2 && mistyped(it, rate))
}

/// 年末达到2967名…。注册者均为在校学生，占全校学生的76.04%: of the whole the share names, and one of the last two counts before it, one slip
/// away.
fn by_share(doc: &Document, rate: &Claim) -> Option<Relation> {
    let name: Vec<char> = name_of_whole(rate).chars().rev().take(2).collect();
    let name: String = name.into_iter().rev().collect();
    if name.chars().count() < 2 {
        return None;
    }
    let before = || doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start && counted(c));
    let near = |c: &&Claim| c.site.paragraph == rate.site.paragraph && c.site.chain + 1 >= rate.site.chain;
    let tops = before().filter(near).take(2);
    let whole = |c: &&Claim| words_of(c).contains(&name) && c.site.chain != rate.site.chain;
    let wholes: Vec<&Claim> = before().filter(whole).take(4).collect();
    let pairs = tops.flat_map(|top| wholes.iter().map(move |whole| (top, *whole)));
    let fit = |(top, whole): &(&Claim, &Claim)| alike(top, whole) && whole.value > top.value && whole.id != top.id;
    let readings: Vec<Relation> =
        pairs.filter(fit).filter_map(|(top, whole)| reading(rate, &[top], whole, &[])).collect();
    if readings.iter().any(|it| it.finding == Finding::Consistent) {
        return None;
    }
    readings.into_iter().find(|it| mistyped(it, rate))
}

/// Is the printed rate what is computed but for one digit, or the same digits in another order?
pub(super) fn mistyped(it: &Relation, rate: &Claim) -> bool {
    let digits = || -> Option<(Exact, Exact)> {
        let gives = it.computed?.over(rate.step)?.round(0)?;
        Some((Exact::from_decimal(gives)?, it.stated?.over(rate.step)?))
    };
    digits().is_some_and(|(a, b)| is_mistyped(a, b))
}
