//! Growth, differences and multiples whose earlier value stands in another sentence or paragraph: 上年到账经费1491.6万元。今年到账经费
//! 1864.5万元，增长25%; 去年毕业生去向落实率为92.4%。…落实率达到95.8%，比上年提高3.4个百分点.
//!
//! The later value is the one right before the change, of which the change says nothing else; the earlier one tells of an earlier time
//! under the same name. What speaks for it is added up.

use std::collections::HashSet;

use super::differences::difference;
use super::growth::from_old;
use super::points::points_between;
use super::{grown, multiples, then_and_now};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Slip};
use crate::relate::wording::around::{said_before, shared, words_of};
use crate::relate::wording::called::BEGINNINGS;
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::words::{CHANGE, any_in};

/// So many numbers before the later value are looked at.
const BEFORE: usize = 30;
/// So much must speak for what agrees, and for what does not.
const TOLD: i32 = 3;
const SURE: i32 = 6;

/// Looks for them.
pub(in crate::relate) fn since(doc: &Document, all: &mut Vec<Relation>) {
    use RelationKind::{Difference, Equal, Growth, GrowthDiff, Quotient};
    let settled = |it: &&Relation| it.primary && matches!(it.kind, Growth | GrowthDiff | Difference | Quotient);
    let told: HashSet<String> =
        all.iter().filter(settled).filter_map(|it| it.under_test().map(str::to_string)).collect();
    let mut found = Vec::new();
    for (at, change) in doc.claims.iter().enumerate().filter(|(_, c)| asks(c) && !told.contains(&c.id)) {
        found.extend(of(&doc.claims[at.saturating_sub(BEFORE)..at], change));
    }
    let own: HashSet<&str> = found.iter().filter_map(|it| it.under_test()).collect();
    // A base that is told need not be guessed, and what has changed since is not the same told twice.
    let pairs: Vec<HashSet<&str>> =
        found.iter().map(|it| it.members.iter().map(|(_, id)| id.as_str()).collect()).collect();
    for it in all.iter_mut().filter(|it| it.primary) {
        let guess = it.kind == RelationKind::GrowthBase && it.under_test().is_some_and(|id| own.contains(id));
        let same =
            it.kind == Equal && pairs.iter().any(|pair| it.members.iter().all(|(_, id)| pair.contains(id.as_str())));
        it.primary = !(guess || same);
    }
    all.extend(found);
}

/// Is it a growth, a difference or a multiple of something earlier?
fn asks(change: &Claim) -> bool {
    let lead = change.site.before.as_str();
    // 是上年19件的2倍: the earlier value leads to it.
    if change.kind == Kind::Multiple && lead == "的" {
        return change.bound == Bound::Exact && change.site.cell.is_none();
    }
    let earlier =
        any_in(lead, &["上年", "去年", "上届", "上学", "上期", "同期", "上月", "上季", "年初", "同比", "环比", "前"]);
    let kind = match change.kind {
        Kind::ChangeRate | Kind::Points | Kind::Change => true,
        Kind::Multiple => {
            earlier
                || change.text.contains('番')
                || any_in(lead, BEGINNINGS)
                || CHANGE.iter().any(|(verb, _)| lead.contains(verb))
        }
        // 比上学期多964册.
        _ => {
            let lead = lead.trim_end_matches(['了', '出']);
            earlier
                && lead.contains(['比', '较'])
                && (lead.ends_with(['多', '少']) || lead.ends_with("增加") || lead.ends_with("减少"))
        }
    };
    let over_years = any_in(lead, &["年均", "年平均", "平均每年", "复合", "累计", "分别"]);
    kind && !over_years && change.bound == Bound::Exact && change.site.cell.is_none() && !cues::with_others(change)
}

/// What the words say has changed, where they name it: 人均借阅 of 人均借阅增长18.5%.
pub(in crate::relate) fn subject(change: &Claim) -> String {
    let lead = change.site.before.trim_start_matches(['，', '；', '、', '（', '。', '：']);
    let verb = CHANGE.iter().filter_map(|(verb, _)| lead.find(verb)).min().unwrap_or(lead.len());
    let compared =
        ["比", "较", "同比", "环比", "是", "为", "实现", "相比", "翻", "再", "又", "仅", "约", "首", "由", "从"];
    let end = compared.iter().filter_map(|word| lead.find(word)).chain([verb]).min().unwrap_or(lead.len());
    // 四年增长25%: the time is no name.
    let begin =
        lead[..end].char_indices().nth(1).map(|(at, _)| at).filter(|at| lead[*at..end] == *"年").map_or(0, |_| end);
    let name = lead[begin..end].trim_end_matches(['则', '也', '均', '都', '的', '了', '已']);
    let name = ["总数", "总量", "总额", "数量", "人数", "总人数", "规模"]
        .iter()
        .find_map(|tail| name.strip_suffix(tail))
        .unwrap_or(name);
    name.to_string()
}

/// One change with the later value before it and the earlier one that most speaks for.
fn of(before: &[Claim], change: &Claim) -> Option<Relation> {
    let value = |c: &&Claim| {
        let plain = c.bound == Bound::Exact && c.numeral != Numeral::None && c.each.is_none() && c.site.cell.is_none();
        let kind = match change.kind {
            Kind::Points => c.kind == Kind::Rate && c.unit == "%",
            _ => c.kind.counts() || adds_up(c) || c.kind == Kind::Quantity && c.unit == change.unit,
        };
        let unit = match change.kind {
            Kind::ChangeRate | Kind::Points | Kind::Multiple => true,
            _ => c.unit == change.unit,
        };
        plain && kind && unit && c.value > Some(Exact::ZERO) && !cues::is_base(c)
    };
    let leads = before.last().filter(|c| change.site.before == "的" && c.site.end + 1 == change.site.start && old(c));
    let named = subject(leads.unwrap_or(change));
    let some = named.starts_with("其中");
    let says = |c: &Claim| format!("{}{}", words_of(c), c.site.clause_text);
    let ratio = |text: &str| text.contains('率') || text.contains('均') || text.contains('占');
    // The value right before the change, or the one of the name that the change has.
    // 今年5460人，而去年只有4200人，增长30%: the earlier one may stand between.
    let last_old = before.iter().rev().find(value).is_some_and(old);
    let both = |c: &Claim| c.site.clause_text.contains(['由', '从']) && c.site.clause_text.contains(['至', '到']);
    let new = before.iter().rev().filter(value).find(|c| {
        let near = c.site.chain == change.site.chain && c.site.clause + 3 >= change.site.clause;
        let right_before = c.site.clause + 1 >= change.site.clause;
        let called = named.chars().count() >= 2 && shared(&named, &says(c)) >= 2;
        let right_before = right_before || last_old && c.site.clause + 2 >= change.site.clause;
        near && !old(c) && (named.is_empty() && right_before || called || right_before && both(c) && !ratio(&named))
    })?;
    let other_subject =
        some || !named.is_empty() && (ratio(&named) && !ratio(&says(new)) && change.kind != Kind::Points);
    let part = new.site.clause_text.contains("其中") || any_in(&new.site.before, &["新增", "净增"]);
    if other_subject || part {
        return None;
    }
    let own_year =
        |c: &Claim| c.period.as_ref().filter(|p| p.said && p.years.len() <= 2).and_then(|p| p.years.last().copied());
    // 2024年床位增至5040张；满意度91.2%: the year opens the sentence.
    let year = |c: &Claim| {
        let mut row =
            before.iter().rev().filter(|other| other.site.start <= c.site.start && other.site.chain == c.site.chain);
        row.find_map(own_year)
    };
    // 四年增长25%: so many years before.
    let lead = change.site.before.trim_start_matches('，');
    let span =
        "一二三四五六七八九十".chars().position(|c| lead.starts_with(c) && lead[c.len_utf8()..].starts_with('年'));
    let so_long = || Some(year(new)? - i32::try_from(span?).ok()? - 1);
    let base = then_and_now::compared_years(change).map(|(_, base)| base).or_else(so_long);
    // 第一季度3.6万吨，第二季度2.7万吨，环比下降25%: the one before.
    let row = change
        .site
        .before
        .contains("环比")
        .then(|| before.iter().rev().filter(value).find(|c| c.site.start < new.site.start))
        .flatten();
    let kernel = |c: &Claim| grown::kernel(c);
    let points = |c: &Claim| {
        let dated = year(c).zip(year(new)).map(|(a, b)| b - a);
        let time = match (base, year(c)) {
            (Some(base), Some(year)) if base == year => 4,
            (Some(_), _) => return None,
            _ if old(c) || row.is_some_and(|row| row.id == c.id) => 3,
            _ if dated == Some(1) => 3,
            _ if dated > Some(0) && c.site.sentence == new.site.sentence => 2,
            _ => return None,
        };
        let (own, theirs) = (kernel(new), kernel(c));
        let name = match () {
            () if own.chars().count() < 2 || theirs.chars().count() < 2 => 0,
            () if theirs.contains(&own) => 2,
            // 技师班毕业生起薪 is narrower than 毕业生起薪.
            () if own.contains(&theirs) => i32::from(own.chars().count() <= theirs.chars().count() + 1),
            // 培训社会学员3600人次, 共培训4500人次.
            () if own.chars().take(2).eq(theirs.chars().take(2)) => 1,
            () => -1,
        };
        let place = match () {
            () if c.site.sentence == new.site.sentence => 3,
            () if c.site.chain + 1 >= new.site.chain && c.site.paragraph == new.site.paragraph => 2,
            () if c.site.paragraph == new.site.paragraph => 1,
            () if c.site.paragraph + 1 == new.site.paragraph => 0,
            () => -2,
        };
        Some(time + name + place)
    };
    let like = |c: &&Claim| c.id != new.id && c.kind == new.kind && c.unit == new.unit && alike(c, new);
    let mut olds: Vec<(i32, &Claim)> =
        before.iter().filter(value).filter(like).filter_map(|c| Some((points(c)?, c))).collect();
    olds.sort_by_key(|(points, c)| std::cmp::Reverse((*points, c.site.start)));
    let it = |c: &Claim| match change.kind {
        Kind::ChangeRate => from_old(change, c, new),
        Kind::Points => points_between(change, c, new, change.falls),
        Kind::Multiple => multiples::of_pair(change, c, new),
        _ => difference(change, c, new, change.falls || change.site.before.ends_with('少')),
    };
    let agrees = olds
        .iter()
        .filter(|(points, _)| *points >= TOLD)
        .find_map(|(_, c)| it(c).filter(|it| it.finding == Finding::Consistent));
    if agrees.is_some() {
        return agrees;
    }
    let (points, first) = olds.first()?;
    let rival = olds.get(1).is_some_and(|(next, c)| next == points && c.value != first.value);
    let told = it(first).filter(|it| it.finding == Finding::Inconsistent)?;
    // It moved the other way: of something else.
    let down = first.value > new.value;
    let other_way = down != (change.falls || change.site.before.ends_with('少')) && change.kind != Kind::Multiple;
    let usual = matches!(told.explained_by, Some(Slip::DividedByNewValue | Slip::RatioForGrowth));
    // 比2023年9月增长: not of December.
    let month = change.site.before.split_once('年').map_or("", |(_, rest)| rest.split('月').next().unwrap_or_default());
    let month = if change.site.before.contains(&format!("{month}月")) { format!("{month}月") } else { String::new() };
    if !month.is_empty() && !first.site.sentence_text.contains(&month) {
        return None;
    }
    let sure = *points + i32::from(usual) >= SURE && !rival && !other_way && near(&told) == Some(true);
    Some(told).filter(|_| sure)
}

/// Is what is computed within a half and twice what is printed?
fn near(it: &Relation) -> Option<bool> {
    let (gives, stated, two) = (it.computed?, it.stated?, Exact::int(2)?);
    Some(gives <= stated.times(two)? && stated <= gives.times(two)?)
}

/// 上年, 去年, 年初, 两年前: does the number tell of an earlier time?
fn old(claim: &Claim) -> bool {
    const THEN: &[&str] =
        &["年初", "上年末", "上年底", "去年底", "去年末", "年前", "上一年", "去年", "上年", "上届", "上学期"];
    let lead = said_before(claim);
    let clause = lead.rsplit('，').next().unwrap_or_default();
    // 两年前，学院在校生6200人: the time may be a clause of its own.
    let opens = lead
        .split('，')
        .next()
        .filter(|head| !head.contains(|c: char| c.is_ascii_digit()) && lead.matches('，').count() <= 1);
    let then = |text: &str| any_in(text, THEN) || any_in(text, BEGINNINGS);
    let own = !clause.contains(['比', '较']) && then(clause) || opens.is_some_and(then);
    cues::is_old(claim) || cues::tells_of_then(claim) || own
}
