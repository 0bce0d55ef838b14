//! What came new to what there was before, what was compared with in brackets, and the share of all those that are not left
//! over.

use std::collections::{HashMap, HashSet};

use super::complements::{counted, lead};
use super::rests::nearly;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::changes::differences::difference;
use crate::relate::changes::points::named_again;
use crate::relate::digits::slips::is_slip;
use crate::relate::rates::readings::reading;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::sums::addition::{held_within, sum};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, in_brackets, is_old};
use crate::units::counts_people;
use crate::words::{COMING, LEAVING, REMAINING, STILL_LEFT, any_in};

/// So many counts before may be the whole.
const WHOLES: usize = 8;

/// Looks for all of them.
pub(super) fn leftover(doc: &Document, all: &mut Vec<Relation>) {
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| counted(c)).collect();
    rate_of_placed(doc, all);
    came_new(&counts, all);
    bracketed(doc, all);
}

/// 毕业生1986名…；1127人就业，794人升学，其余65人: the first of a part of a sentence is no whole, where all of them make one told before;
/// or where a larger one was told, and they miss it by far.
pub(super) fn of_another_whole(doc: &Document, all: &mut [Relation]) {
    for it in
        all.iter_mut().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent)
    {
        let mut members: Vec<&Claim> = it.members.iter().filter_map(|(_, id)| doc.claim(id)).collect();
        members.sort_by_key(|c| c.site.start);
        let ([first, .., rest], Some((_, whole))) = (&members[..], it.members.last()) else { continue };
        if !cues::is_rest(rest) || first.id != *whole {
            continue;
        }
        let Some(sum) = sum(&members) else { continue };
        let earlier = doc.around(first).iter().rev().filter(|c| {
            c.site.start < first.site.start
                && c.site.paragraph == first.site.paragraph
                && c.site.chain + 1 >= first.site.chain
                && counted(c)
                && !is_old(c)
                && alike(c, first)
                && c.value > first.value
        });
        let earlier: Vec<&Claim> = earlier.take(WHOLES).collect();
        if let Some(holds) = earlier.iter().find(|c| c.value == Some(sum)) {
            *it = held_within(RelationKind::Sum, holds, &members).unwrap_or_else(|| it.clone());
            continue;
        }
        let gives = members[1..members.len() - 1].iter().try_fold(first.value, |left, c| Some(left?.minus(c.value?)));
        let close = gives.flatten().is_some_and(|gives| nearly(rest, gives));
        it.primary = close || earlier.is_empty();
    }
}

/// 毕业生1318名，升学846人，就业451人，落实率98.41%，其余21人: the rate is of all that are not left over.
fn rate_of_placed(doc: &Document, all: &mut Vec<Relation>) {
    const PLACED: &[&str] = &["落实率", "就业率", "去向率", "安置率", "办结率", "完成率", "整改率", "化解率"];
    let tested = all.iter().filter(|it| it.primary && it.finding != Finding::Feasible);
    let tested: HashSet<&str> = tested.filter_map(|it| it.under_test()).collect();
    let mut found = Vec::new();
    for it in all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent) {
        let of =
            |role: Role| it.members.iter().filter(move |(own, _)| *own == role).filter_map(|(_, id)| doc.claim(id));
        let (mut parts, Some(whole)) = (of(Role::Part).collect::<Vec<&Claim>>(), of(Role::Whole).next()) else {
            continue;
        };
        parts.sort_by_key(|c| c.site.start);
        let Some((rest, parts)) = parts.split_last() else { continue };
        let still = REMAINING.iter().chain(STILL_LEFT).any(|word| lead(rest).starts_with(word));
        if !still || parts.len() < 2 || whole.site.start > parts[0].site.start {
            continue;
        }
        let called = |c: &&Claim| {
            let before = c.site.start > parts[0].site.start;
            let near = c.site.paragraph == rest.site.paragraph && c.site.chain <= rest.site.chain + 1;
            let name = cues::item(c);
            let name = name.trim_end_matches(['为', '达', '到', '是', '约']);
            let placed = PLACED.iter().any(|word| name.ends_with(word));
            before
                && near
                && placed
                && c.kind == Kind::Rate
                && c.unit == "%"
                && !is_old(c)
                && !tested.contains(c.id.as_str())
        };
        let Some(rate) = doc.around(rest).iter().find(called) else { continue };
        found.extend(reading(rate, parts, whole, &[]).filter(|it| it.finding == Finding::Consistent));
    }
    let told: HashSet<&str> = found.iter().filter_map(|it: &Relation| it.under_test()).collect();
    all.retain(|it| it.finding != Finding::Feasible || !it.under_test().is_some_and(|id| told.contains(id)));
    all.extend(found);
}

/// 新增640个，总数达3120个，较年初的2480个…: what came new, what there is then, and what there was.
fn came_new(counts: &[&Claim], all: &mut Vec<Relation>) {
    const NOW: &[&str] = &[
        "总数",
        "总量",
        "增至",
        "增加到",
        "达到",
        "达",
        "共有",
        "现有",
        "扩至",
        "扩大到",
        "总人数",
        "增加至",
        "上升到",
    ];
    const THEN: &[&str] = &[
        "年初",
        "去年",
        "上年",
        "上学年",
        "上学期",
        "上届",
        "改造前",
        "建设前",
        "年前",
        "原来",
        "此前",
        "上年末",
        "去年底",
    ];
    let known: HashMap<&str, ()> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::Difference)
        .filter_map(|it| Some((it.members.last()?.1.as_str(), ())))
        .collect();
    let mut found = Vec::new();
    for row in counts.windows(3) {
        let [new, now, then] = row else { continue };
        let near = new.site.chain == then.site.chain
            && now.site.clause - new.site.clause <= 1
            && then.site.clause - now.site.clause == 1;
        let like = new.unit == now.unit && now.unit == then.unit && new.value < now.value;
        let comes = COMING
            .iter()
            .chain(&["新购", "净增", "增加", "添置", "购置", "新招收", "补充"])
            .any(|word| new.site.before.contains(word));
        let total = NOW.iter().any(|word| now.site.before.contains(word)) && !is_old(now);
        let lead = then.site.before.trim_start_matches('，');
        let earlier = lead.starts_with(['比', '较']) && any_in(lead, THEN);
        if !near || !like || !comes || !total || !earlier || known.contains_key(new.id.as_str()) {
            continue;
        }
        let Some(it) = difference(new, then, now, false) else { continue };
        // What left meanwhile need not be told; but nothing can have come that did not come new.
        let more = it.computed > new.value && !counts_people(&new.unit);
        let left_over = now.value.zip(new.value).and_then(|(now, new)| now.minus(new));
        let digit = left_over.zip(then.value).is_some_and(|(a, b)| is_slip(a, b));
        let slip = (digit || it.computed.is_some_and(|gives| nearly(new, gives))) && more;
        let left = any_in(&new.site.sentence_text, LEAVING);
        if it.finding == Finding::Consistent || slip && !left {
            found.push(it);
        }
    }
    all.extend(found);
}

/// 用时170秒，比春季缩短35秒（春季为205秒）: what it was compared with stands in brackets behind the difference.
fn bracketed(doc: &Document, all: &mut Vec<Relation>) {
    let told: HashSet<&str> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::Difference)
        .filter_map(|it| it.under_test())
        .collect();
    let mut found = Vec::new();
    let changes = doc.claims.iter().filter(|c| c.kind == Kind::Change && c.bound == Bound::Exact);
    for change in changes.filter(|c| !told.contains(c.id.as_str())) {
        let like = |c: &&Claim| c.unit == change.unit && c.bound == Bound::Exact && c.kind != Kind::Change;
        // 首次为51分钟: when it was is no number to compare.
        let mut behind = doc.around(change).iter().filter(|c| c.site.start > change.site.start);
        let old = behind.find(|c| c.kind != Kind::Ordinal).filter(like).filter(|c| {
            in_brackets(c) && c.site.sentence == change.site.sentence && (is_old(c) || named_again(c, change))
        });
        let before = doc.around(change).iter().rev().filter(|c| c.site.start < change.site.start);
        let new = before
            .filter(|c| c.site.sentence == change.site.sentence && like(c))
            .find(|c| !is_old(c) && !in_brackets(c) && c.site.clause + 2 >= change.site.clause);
        let Some((old, new)) = old.zip(new) else { continue };
        found.extend(difference(change, old, new, change.falls));
    }
    all.extend(found);
}
