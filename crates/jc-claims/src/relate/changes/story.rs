//! Growth told after both of its values, each in a sentence of its own: 转机出现在去年：…，当年招到386人。今年9月，463名新生走进校门。教务主任把增长19.9%的消息
//! 写在黑板上.
//!
//! The two counts right before the growth are meant, if the sentence of one tells of an earlier time than that of the other. What they do
//! not give is told where it was divided by the new value, or is a digit away.

use std::collections::HashSet;

use super::growth::from_old;
use super::since::subject;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::relations::{Finding, Relation, RelationKind, Slip};
use crate::relate::wording::around::{said_before, shared, words_of};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::words::any_in;

/// So many numbers before a growth are looked at, and so many full stops back.
const BEFORE: usize = 12;
const BACK: usize = 4;

/// Further words that tell of an earlier time, and those of now.
const THEN: &[&str] =
    &["前年", "那一年", "那年", "当年", "一年前", "上一期", "头一年", "第一年", "首年", "去冬", "去夏", "去春", "去秋"];
const NOW: &[&str] = &[
    "今年",
    "本年",
    "本届",
    "如今",
    "眼下",
    "这一年",
    "今春",
    "今秋",
    "今夏",
    "今冬",
    "本学年",
    "这一届",
    "这届",
    "目前",
    "本学期",
    "这次",
    "此次",
    "到了今",
    "第二年",
    "次年",
    "到现在",
    "本期",
];
/// Words by which the growth is of something else, or over more than a year.
const OTHER: &[&str] =
    &["年均", "年平均", "平均", "复合", "累计", "分别", "目标", "计划", "力争", "预计", "全省", "全市", "全国", "其中"];

/// Looks for them.
pub(in crate::relate) fn story(doc: &Document, all: &mut Vec<Relation>) {
    let settled = |it: &&Relation| {
        it.primary && matches!(it.kind, RelationKind::Growth | RelationKind::GrowthDiff | RelationKind::Difference)
    };
    let told: HashSet<String> =
        all.iter().filter(settled).filter_map(|it| it.under_test().map(str::to_string)).collect();
    let open = |c: &&Claim| {
        let plain = c.kind == Kind::ChangeRate && c.bound == Bound::Exact && c.site.cell.is_none();
        plain && !told.contains(&c.id) && !any_in(&c.site.clause_text, OTHER) && !cues::with_others(c)
    };
    let found: Vec<Relation> = (doc.claims.iter().enumerate().filter(|(_, c)| open(c)))
        .filter_map(|(at, change)| of(&doc.claims[at.saturating_sub(BEFORE)..at], change))
        .collect();
    let own: HashSet<String> = found.iter().filter_map(|it| it.under_test().map(str::to_string)).collect();
    let guess =
        |it: &Relation| it.kind == RelationKind::GrowthBase && it.under_test().is_some_and(|id| own.contains(id));
    all.retain(|it| !guess(it));
    all.extend(found);
}

/// One growth, of the last two counts before it.
fn of(before: &[Claim], change: &Claim) -> Option<Relation> {
    let near = |c: &&Claim| {
        let beside = c.site.paragraph == change.site.paragraph && c.site.chain + BACK >= change.site.chain;
        let counts = (c.kind.counts() || adds_up(c)) && c.kind != Kind::Change;
        beside && counts && cues::exact(c) && !cues::per_head(c) && !cues::is_base(c) && c.value > Some(Exact::ZERO)
    };
    let row: Vec<&Claim> = before.iter().filter(near).collect();
    let new = *row.last().filter(|c| c.site.chain < change.site.chain && c.site.chain + 2 >= change.site.chain)?;
    let old = *row.iter().rev().find(|c| c.id != new.id && like(c, new))?;
    // The earlier one is told right before, among what is counted so.
    let years = year(old).zip(year(new)).map(|(then, now)| now - then);
    let later = match years {
        Some(years) => years == 1,
        None => is_then(old) && !is_then(new) && is_now(new),
    };
    if old.site.sentence == new.site.sentence || !later || !names(change, old, new) {
        return None;
    }
    let it = from_old(change, old, new)?;
    if it.finding == Finding::Consistent {
        return Some(it);
    }
    let values: Vec<&Claim> = row.iter().copied().filter(|c| like(c, new) || c.id == new.id).collect();
    let gives = |a: &Claim, b: &Claim| from_old(change, a, b).is_some_and(|it| it.finding == Finding::Consistent);
    let otherwise = values.iter().any(|a| values.iter().any(|b| a.id != b.id && gives(a, b)));
    let usual = matches!(it.explained_by, Some(Slip::DividedByNewValue | Slip::RatioForGrowth));
    let same_way = (new.value < old.value) == change.falls;
    (same_way && !otherwise && (usual || mistyped(&it, change) == Some(true))).then_some(it)
}

/// 教务主任把增长16.6%的消息写在黑板上, 招生增长: does the growth name nothing but what was counted?
fn names(change: &Claim, old: &Claim, new: &Claim) -> bool {
    let name = subject(change);
    let name = name.trim_end_matches(['却', '则', '也', '就', '便', '里', '上']);
    let told = ['把', '将', '说', '算', '道', '出', '笑', '到', '写', '着'];
    let own = |c: &Claim| shared(name, &format!("{}{}", words_of(c), c.site.clause_text)) >= 2;
    name.is_empty() || name.ends_with(told) || own(new) || own(old)
}

fn like(c: &Claim, new: &Claim) -> bool {
    c.kind == new.kind && alike(c, new)
}

fn year(claim: &Claim) -> Option<i32> {
    claim
        .period
        .as_ref()
        .filter(|period| period.said && period.years.len() == 1)
        .and_then(|period| period.years.first().copied())
}

/// Does the sentence tell of an earlier time before the number, and of none that is now?
fn is_then(claim: &Claim) -> bool {
    let said = said_before(claim);
    // 比去年多招了: what one compares with.
    let compared = any_in(said, &["比去年", "比上年", "较上年", "较去年", "比上届", "比上一年"]);
    (cues::names_last(said) || any_in(said, THEN) || cues::is_old(claim) || year(claim).is_some())
        && !any_in(said, NOW)
        && !compared
}

/// Does the sentence tell of now before the number?
fn is_now(claim: &Claim) -> bool {
    any_in(said_before(claim), NOW)
}

/// Is the printed growth, of three digits or more, what is computed but for one digit?
fn mistyped(it: &Relation, change: &Claim) -> Option<bool> {
    let gives = it.computed?.over(change.step)?.round(0)?;
    let stated = it.stated?.over(change.step)?;
    Some(change.decimals > 0 && stated >= Exact::int(100)? && is_mistyped(Exact::from_decimal(gives)?, stated))
}
