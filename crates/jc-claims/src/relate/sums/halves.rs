//! Halves of a year and the quarters that make them: 一季度862人次，二季度…1547人次，时间过半时已累计2409人次; 三季度910人次，四季度775人次….
//! 7月以后送训职工达1685人次; 前三季度共2375人次.

use std::collections::HashSet;

use super::addition::{held_within, near};
use crate::document::{Claim, Document};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::slips::{carried, is_mistyped};
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{led_from, said_before};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::words::any_in;

/// Words for several quarters, with the first and the last of them.
const STRETCHES: &[(&str, (usize, usize))] = &[
    ("前三季度", (0, 2)),
    ("前三个季度", (0, 2)),
    ("前9个月", (0, 2)),
    ("前九个月", (0, 2)),
    ("上半年", (0, 1)),
    ("前半年", (0, 1)),
    ("时间过半", (0, 1)),
    ("前两季度", (0, 1)),
    ("前两个季度", (0, 1)),
    ("前6个月", (0, 1)),
    ("前六个月", (0, 1)),
    ("下半年", (2, 3)),
    ("后半年", (2, 3)),
    ("后两季度", (2, 3)),
    ("后两个季度", (2, 3)),
    ("7月以后", (2, 3)),
    ("七月以后", (2, 3)),
    ("7月以来", (2, 3)),
];

/// What a count is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Quarter(usize),
    Stretch(usize, usize),
}

/// Looks for them, paragraph by paragraph.
pub(super) fn halves(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && it.kind == RelationKind::Sum;
    let told: Vec<HashSet<&str>> =
        all.iter().filter(sums).map(|it| it.members.iter().map(|(_, id)| id.as_str()).collect()).collect();
    let plain = |c: &&Claim| cues::for_itself(c) && (c.kind.counts() || adds_up(c));
    let counts: Vec<&Claim> = doc.claims.iter().filter(plain).collect();
    let mut found = Vec::new();
    for paragraph in counts.chunk_by(|a, b| a.site.paragraph == b.site.paragraph) {
        for here in paragraph.chunks(MOST_TOGETHER).filter(|here| here[0].site.paragraph_text.contains("季度")) {
            found.extend(of_paragraph(here));
        }
    }
    found.retain(|it| !told.iter().any(|own| it.members.iter().all(|(_, id)| own.contains(id.as_str()))));
    // What is so made is no difference of them besides.
    let ids = |it: &Relation| it.members.iter().map(|(_, id)| id.clone()).collect::<HashSet<_>>();
    all.retain(|it| it.kind != RelationKind::Difference || !found.iter().any(|own| ids(own) == ids(it)));
    all.extend(found);
}

/// The stretches of one paragraph, each against the quarters told nearest to it.
fn of_paragraph(here: &[&Claim]) -> Vec<Relation> {
    let times: Vec<Option<Time>> = (0..here.len()).map(|n| time(here, n)).collect();
    let quarter = |n: &usize, of: usize, whole: &Claim| {
        times[*n] == Some(Time::Quarter(of)) && alike(here[*n], whole) && here[*n].unit == whole.unit
    };
    let mut found = Vec::new();
    for (n, whole) in here.iter().enumerate() {
        let Some(Time::Stretch(first, last)) = times[n] else { continue };
        let one = |of: usize| {
            let before = (0..n).rev().find(|m| quarter(m, of, whole));
            before.or_else(|| (n + 1..here.len()).find(|m| quarter(m, of, whole)))
        };
        let Some(row) = (first..=last).map(one).collect::<Option<Vec<usize>>>() else { continue };
        // All of them in one row: a quarter told of something else stands apart.
        if !row.windows(2).all(|two| two[0] < two[1]) {
            continue;
        }
        let row: Vec<&Claim> = row.into_iter().map(|m| here[m]).collect();
        let Some(it) = held_within(RelationKind::Sum, whole, &row) else { continue };
        if it.finding == Finding::Consistent || meant(&it, whole, &row) {
            found.push(it);
        }
    }
    found
}

/// Is what fails a slip of the total or of one quarter, or said of nothing else right behind them?
fn meant(it: &Relation, whole: &Claim, row: &[&Claim]) -> bool {
    let steps = |value: Option<Exact>| value?.over(whole.step);
    let slips = |a: Option<Exact>, b: Option<Exact>| {
        steps(a).zip(steps(b)).is_some_and(|(a, b)| is_mistyped(a, b) || carried(a, b))
    };
    let of_part = |part: &&Claim| {
        let left = || whole.value?.minus(it.computed?)?.plus(part.value?);
        steps(part.value) >= Exact::int(100) && slips(left(), part.value)
    };
    let large = steps(whole.value) >= Exact::int(100);
    let slip = slips(it.computed, whole.value) && (large || near(whole, row, 4)) || large && row.iter().any(of_part);
    let bare = whole.site.before.trim_start_matches('，').chars().count() <= 8;
    let next = whole.site.chain == row[row.len() - 1].site.chain;
    whole.value >= Some(Exact::whole(20)) && (slip || bare && next && near(whole, row, 8))
}

/// What leads to a count since the one before it says of when it is told: one quarter, or several.
fn time(here: &[&Claim], n: usize) -> Option<Time> {
    let claim = here[n];
    let before = n.checked_sub(1).map(|m| here[m]).filter(|c| c.site.sentence == claim.site.sentence);
    let said = led_from(before, claim);
    if any_in(said, &["占", "计划", "目标", "预算", "比", "较", "新增", "增加", "减少"]) {
        return None;
    }
    let quarters: Vec<usize> = quarters(said);
    match quarters[..] {
        // 三、四季度分别完成1386人次和1623人次.
        [first, second] if said.contains("分别") => {
            let next = here.get(n + 1).is_some_and(|c| c.site.clause == claim.site.clause && alike(c, claim));
            (next && first < second).then_some(Time::Quarter(first))
        }
        [one] => Some(Time::Quarter(one)),
        [] => {
            let of_row = before
                .filter(|c| c.site.clause == claim.site.clause)
                .is_some_and(|_| matches!(said, "和" | "、" | "与") && claim.site.clause_text.contains("分别"));
            if of_row {
                let whole = said_before(claim).strip_suffix(said).unwrap_or_default();
                let clause = whole.rsplit('，').next().unwrap_or_default();
                return self::quarters(clause).get(1).copied().map(Time::Quarter);
            }
            let named = STRETCHES.iter().filter(|(word, _)| said.contains(word));
            let named = named.filter(|_| !said.contains("其中"));
            let spans: HashSet<(usize, usize)> = named.map(|(_, span)| *span).collect();
            let mut spans = spans.into_iter();
            spans.next().filter(|_| spans.next().is_none()).map(|(first, last)| Time::Stretch(first, last))
        }
        _ => None,
    }
}

/// 第三季度, 三、四季度, 2季度: the quarters a text names, in order.
fn quarters(text: &str) -> Vec<usize> {
    const DIGITS: &[[char; 2]] = &[['一', '1'], ['二', '2'], ['三', '3'], ['四', '4']];
    let digit = |c: char| DIGITS.iter().position(|names| names.contains(&c));
    let mut found = Vec::new();
    for (at, _) in text.match_indices("季度") {
        // 前三季度, 两个季度: so many of them.
        let lead = &text[..at];
        let Some(last) = lead.chars().next_back().and_then(digit) else { continue };
        let rest = lead.trim_end_matches(|c| digit(c).is_some());
        if rest.ends_with('前') || rest.ends_with('后') {
            continue;
        }
        let earlier = rest.strip_suffix(['、', '和']).and_then(|rest| rest.chars().next_back()).and_then(digit);
        found.extend(earlier.filter(|earlier| *earlier < last));
        found.push(last);
    }
    found.dedup();
    found
}
