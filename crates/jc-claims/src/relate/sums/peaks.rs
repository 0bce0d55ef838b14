//! The most of several is no less than their mean, and the least no more: 水电费月均17.9万元…7月用量居全年之冠，当月账单为16.3万元.

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{led_from, shared};
use crate::relate::wording::cues;
use crate::words::{HIGHEST, LOWEST, REGIONS, any_in};

/// What a mean is over, and how one of those is told of.
const OVER: &[(&str, &[&str])] = &[
    ("月均", &["月"]),
    ("日均", &["日", "天"]),
    ("周均", &["周"]),
    ("年均", &["年"]),
    ("班均", &["班"]),
    ("场均", &["场"]),
    ("户均", &["户"]),
    ("校均", &["校"]),
    ("期均", &["期"]),
    ("村均", &["村"]),
    ("节均", &["节"]),
    ("平均每月", &["月"]),
    ("平均每天", &["日", "天"]),
    ("平均每周", &["周"]),
    ("平均每班", &["班"]),
    ("平均每场", &["场"]),
    ("每月平均", &["月"]),
    ("每天平均", &["日", "天"]),
    ("每场平均", &["场"]),
    ("每班平均", &["班"]),
];
/// What else says so of a month or a day.
const PEAK: &[&str] = &["之首", "之冠", "居首", "首位", "峰值", "最忙", "最旺"];
const TROUGH: &[&str] = &["垫底", "末位", "谷底", "低谷", "最淡"];
/// What most things are measured by, so that the superlative is of the mean's own.
const MEASURES: &[&str] =
    &["用量", "人数", "数量", "总量", "次数", "金额", "费用", "全年", "其中", "单月", "单日", "人次", "规模"];
/// So many numbers behind a mean are looked at.
const BEHIND: usize = 6;

/// Looks for them right behind the means.
pub(super) fn peaks(doc: &Document, all: &mut Vec<Relation>) {
    for (at, mean) in doc.claims.iter().enumerate().filter(|(_, c)| plain(c) && !cues::is_old(c)) {
        let item = cues::item(mean);
        let Some((word, ones)) = OVER.iter().filter(|(word, _)| item.contains(word)).max_by_key(|it| it.0.len()) else {
            continue;
        };
        let behind = &doc.claims[at + 1..];
        let near = |c: &&Claim| c.site.paragraph == mean.site.paragraph && c.site.chain <= mean.site.chain + 1;
        let mut last = mean;
        for claim in behind.iter().take(BEHIND).take_while(near) {
            if matches!(claim.kind, Kind::Date | Kind::Ordinal) {
                continue;
            }
            let said = led_from(Some(last), claim);
            last = claim;
            // Another mean begins.
            if OVER.iter().any(|(other, _)| said.contains(other)) {
                break;
            }
            if let Some(most) = superlative(said, ones, &format!("{}{word}", mean.site.clause_text))
                && plain(claim)
                && claim.unit == mean.unit
                && !cues::is_old(claim)
                && if most { claim.max < mean.min } else { claim.min > mean.max }
            {
                all.push(beyond(mean, claim, most));
            }
        }
    }
    between_extremes(doc, all);
}

/// 年龄最大的52岁，最小的34岁，平均年龄38.5岁; 平均分82.6分，最高的机电班91.4分: a mean lies between the least and the most told beside it.
fn between_extremes(doc: &Document, all: &mut Vec<Relation>) {
    const NEAR: usize = 4;
    for (at, mean) in doc.claims.iter().enumerate().filter(|(_, c)| is_mean(c)) {
        let around = &doc.claims[at.saturating_sub(NEAR)..(at + 1 + NEAR).min(doc.claims.len())];
        // 最低气温-40.3℃: below nought.
        let beside = |c: &&Claim| {
            c.site.sentence == mean.site.sentence
                && c.unit == mean.unit
                && measured(c)
                && c.unit != "℃"
                && c.id != mean.id
        };
        let called = |words: &[&str]| {
            let mut found = around.iter().filter(beside).filter(|c| extreme_of(c, mean, words));
            found.next().filter(|_| found.next().is_none())
        };
        let (most, least) = (called(HIGHEST), called(LOWEST));
        // 最大58岁，最小60岁: they contradict each other.
        if most.zip(least).is_some_and(|(most, least)| least.min > most.max) {
            continue;
        }
        let told = all.iter().any(|it| it.kind == RelationKind::Exclusive && it.under_test() == Some(&mean.id));
        let low = most.filter(|most| most.max < mean.min).map(|most| beyond(mean, most, true));
        let high = || least.filter(|least| least.min > mean.max).map(|least| beyond(mean, least, false));
        all.extend(low.or_else(high).filter(|_| !told));
    }
}

/// 平均年龄38.5岁, 人均48.5小时, 平均出勤率97.8%; that of a region is of others.
fn is_mean(claim: &Claim) -> bool {
    let named = any_in(&claim.site.before, &["平均", "人均", "班均", "户均", "场均", "校均"]);
    named && measured(claim) && !cues::is_old(claim) && !any_in(&claim.site.clause_text, REGIONS)
}

fn measured(claim: &Claim) -> bool {
    let rate = claim.kind == Kind::Rate && claim.bound == Bound::Exact && claim.site.cell.is_none();
    plain(claim) || rate
}

/// 最小的34岁, 最高的机电班91.4分, 产量最高的一车间310件: the one at the end, by the measure of the mean.
fn extreme_of(claim: &Claim, mean: &Claim, words: &[&str]) -> bool {
    let item = cues::item(claim);
    let Some((at, word)) = words.iter().filter_map(|word| Some((item.rfind(word)?, word))).max() else { return false };
    let (head, rest) = (item[..at].trim_start_matches(['其', '中', '而']), &item[at + word.len()..]);
    let bare = rest.trim_matches(['的', '为', '是', '者', '达', '有', '仅', '只']).is_empty() || rest == claim.unit;
    // 场均186人，最多的系部120人: of other things than the mean is over.
    let lead = mean.site.before.as_str();
    let over = lead.rfind('每').and_then(|at| lead[at + '每'.len_utf8()..].chars().find(|c| *c != '个'));
    let over = over.or_else(|| lead.rfind('均').and_then(|at| lead[..at].chars().next_back()));
    let of_it = over.is_none_or(|over| matches!(over, '人' | '平') || rest.contains(over));
    let named = rest.starts_with('的') && rest.chars().count() <= 9 && of_it;
    // 钳工考核最高92分，最低61分，…平均成绩: both ends told bare are of all.
    let text = &mean.site.sentence_text;
    let both = bare && any_in(text, HIGHEST) && any_in(text, LOWEST);
    let measure = head.is_empty() || shared(head, &mean.site.clause_text) >= 2 || both;
    measure && (bare || named)
}

/// The most below the mean, or the least above it.
pub(super) fn beyond(mean: &Claim, extreme: &Claim, most: bool) -> Relation {
    let (first, second) = (extreme.text.clone(), mean.text.clone());
    let working = Working {
        code: if most { "most-below-mean" } else { "least-above-mean" },
        zh: format!("{}{first}，平均却为{second}", if most { "最高的是" } else { "最低的是" }),
        with: vec![("first", first), ("second", second)],
    };
    let members = vec![(Role::Claims, mean), (Role::Claims, extreme)];
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}

fn plain(claim: &Claim) -> bool {
    let measured = claim.kind.counts() || claim.kind == Kind::Quantity;
    measured && claim.bound == Bound::Exact && claim.site.cell.is_none() && claim.each.is_none()
}

/// Is the most (true) or the least (false) of those the mean is over told of, by the mean's own measure?
fn superlative(said: &str, ones: &[&str], of_mean: &str) -> Option<bool> {
    let find = |words: &[&[&str]]| words.iter().copied().flatten().filter_map(|word| said.find(word)).min();
    let (at, most) = match (find(&[HIGHEST, PEAK]), find(&[LOWEST, TROUGH])) {
        (Some(at), None) => (at, true),
        (None, Some(at)) => (at, false),
        _ => return None,
    };
    let others = [
        "比", "较", "相差", "去年", "上年", "往年", "同期", "历年", "计划", "增长", "增加", "减少", "除", "不含",
        "其余", "占",
    ];
    if !any_in(said, ones) || any_in(said, &others) {
        return None;
    }
    // 读者最多的5月: by how many readers there were, whatever the mean is of.
    let clause = said[..at].rsplit(['，', '；', '：']).next().unwrap_or_default();
    let tail: String = clause.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    let own = tail.is_empty()
        || any_in(clause, MEASURES)
        || ones.iter().any(|one| tail.ends_with(one))
        || shared(&tail, of_mean) >= 1;
    own.then_some(most)
}
