//! A mean lies among the classes it is the mean of, not above all of them, nor below: 平均月起薪5126元…。分学院看月起薪，甲学院5087元，乙学院5113元，
//! 丙学院4926元. The words must say that these are all the classes there are.

use std::collections::HashSet;

use super::peaks::beyond;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation};
use crate::relate::wording::around::{led_from, said_after, said_before, shared};
use crate::relate::wording::cues;
use crate::relate::wording::division::complete;
use crate::words::{HIGHEST, LOWEST, MEANS, REGIONS, any_in};

/// So many numbers behind a mean are looked at, and so many sentences.
const BEHIND: usize = 24;
const SENTENCES: usize = 4;

/// What one divides by.
const CLASSES: &[&str] = &[
    "学院", "专业", "系", "年级", "校区", "班", "类别", "性别", "学段", "层次", "地区", "区县", "县区", "部门", "岗位",
    "工种", "学科", "性质", "行业", "产业", "年龄", "学历", "职称", "车间", "食堂", "窗口", "季度", "宿舍", "楼",
    "小组", "学校", "园", "镇", "街道", "村", "站点", "中心", "基地", "科室", "批次", "赛项", "群体", "对象", "分院",
    "分校", "校",
];
/// How the division is closed: 分学院看, 按专业统计.
const SEEN: &[&str] = &["看", "分", "统计", "计", "算", "划分", "来说", "而言", "来看", "比较"];
/// What tells of more than the classes, or of fewer than all.
const OTHER: &[&str] = &[
    "其中",
    "部分",
    "例如",
    "比如",
    "前三",
    "前两",
    "比",
    "较",
    "增",
    "降",
    "提高",
    "提升",
    "超",
    "达到",
    "升",
    "去年",
    "上年",
    "上届",
    "近三年",
    "近五年",
    "历年",
    "目标",
    "计划",
    "标准",
    "全国",
    "全省",
    "全市",
    "同类",
    "以外",
    "除",
    "每",
];
const MORE: &[&str] = &["其余", "另外", "其他", "其它", "另有", "还有", "此外", "等"];

/// Looks for means outside their classes.
pub(super) fn one_side(doc: &Document, all: &mut Vec<Relation>) {
    let broken = all.iter().filter(|it| it.primary && it.finding == Finding::Inconsistent);
    let broken: HashSet<&str> = broken.flat_map(|it| it.members.iter().map(|(_, id)| id.as_str())).collect();
    let mut found = Vec::new();
    for (at, mean) in doc.claims.iter().enumerate() {
        if broken.contains(mean.id.as_str()) || !plain(mean) || cues::is_old(mean) {
            continue;
        }
        let Some(name) = name_of_mean(mean) else { continue };
        let row = classes_behind(&doc.claims[at + 1..], mean, &name).or_else(|| classes_before(doc, mean, &name));
        found.extend(row.and_then(|row| outside(mean, &row)));
    }
    all.extend(found);
}

fn plain(claim: &Claim) -> bool {
    let measured = claim.kind.counts()
        || matches!(claim.kind, Kind::Quantity | Kind::Duration)
        || claim.kind == Kind::Rate && claim.unit == "%";
    measured && claim.bound == Bound::Exact && claim.site.cell.is_none() && claim.each.is_none()
}

/// 毕业生平均月起薪: 月起薪, 总体就业率: 就业率; nothing where it is no mean of all there are.
fn name_of_mean(mean: &Claim) -> Option<String> {
    const OF_ALL: &[&str] = &["总体", "综合", "全校", "全院"];
    let item = cues::item(mean).trim_end_matches(['为', '是', '达', '到', '有', '约', '的', '共']);
    if any_in(item, REGIONS) || any_in(item, OTHER) || any_in(item, HIGHEST) || any_in(item, LOWEST) {
        return None;
    }
    let words = || MEANS.iter().chain(OF_ALL.iter().filter(|_| mean.kind == Kind::Rate));
    let (at, word) = words().filter_map(|word| Some((item.find(word)?, *word))).min_by_key(|it| it.0)?;
    let behind = &item[at + word.len()..];
    let name = if behind.is_empty() { &item[..at] } else { behind };
    let name = if name.chars().count() < 2 { format!("{word}{name}") } else { name.to_string() };
    (2..=12).contains(&name.chars().count()).then_some(name)
}

/// The classes told behind a mean, in one of the next sentences.
fn classes_behind<'a>(behind: &'a [Claim], mean: &Claim, name: &str) -> Option<Vec<&'a Claim>> {
    let near = |c: &&Claim| c.site.chain <= mean.site.chain + SENTENCES && c.site.paragraph <= mean.site.paragraph + 1;
    let near: Vec<&Claim> = behind.iter().take(BEHIND).take_while(near).collect();
    let mut like = near.iter().copied().filter(|c| c.unit == mean.unit && !cues::is_old(c));
    let next = like.next()?;
    let opens = |first: &Claim| {
        let head =
            if first.site.sentence == mean.site.sentence { led_from(Some(mean), first) } else { said_before(first) };
        let beside = first.id == next.id && first.site.chain <= mean.site.chain + 1;
        divides(head, name, beside)
    };
    // 月薪平均5126元，男生4980元，女生4730元: classes that leave nothing out need no word.
    let here = behind.iter().take_while(|c| c.site.chain == mean.site.chain);
    let here: Vec<&Claim> = here.filter(|c| c.unit == mean.unit).collect();
    let led = |first: &Claim| matches!(led_from(Some(mean), first).chars().count(), 1..=8);
    if here.len() >= 2 && complete(&here) && led(here[0]) {
        return closed_row(&here, mean);
    }
    let first = Some(next).filter(|c| opens(c)).or_else(|| like.find(|c| opens(c)))?;
    let row: Vec<&Claim> = behind
        .iter()
        .filter(|c| c.site.start >= first.site.start)
        .take_while(|c| c.site.chain == first.site.chain)
        .collect();
    closed_row(&row, mean)
}

/// The classes told before a mean that closes their sentence.
fn classes_before<'a>(doc: &'a Document, mean: &Claim, name: &str) -> Option<Vec<&'a Claim>> {
    let here = doc.around(mean).iter().filter(|c| c.site.chain == mean.site.chain && c.site.start < mean.site.start);
    let row: Vec<&Claim> = here.skip_while(|c| c.unit != mean.unit).collect();
    let first = row.first()?;
    divides(said_before(first), name, true).then(|| closed_row(&row, mean))?
}

/// Do the words before the first class say by what all are divided, and of what the numbers are?
fn divides(head: &str, name: &str, beside: bool) -> bool {
    const LONGEST: usize = 16;
    let head = head.trim_start_matches(['，', '；', '。', '：']).replace("其中各", "各");
    let extremes = any_in(&head, HIGHEST) || any_in(&head, LOWEST);
    if any_in(&head, OTHER) || extremes || head.chars().count() > 3 * LONGEST {
        return false;
    }
    let by = |clause: &str| -> bool {
        let asked = clause
            .strip_prefix(['分', '按', '从', '就'])
            .filter(|rest| rest.chars().count() <= LONGEST && CLASSES.iter().any(|class| rest.contains(class)));
        let each = || CLASSES.iter().any(|class| clause.contains(&format!("各{class}")));
        asked.is_some() || each() && any_in(clause, &["分别", "依次", "："]) || each() && shared(clause, name) >= 2
    };
    let seen = |clause: &str| SEEN.iter().any(|end| clause.ends_with(end)) || any_in(clause, &["分别", "依次"]);
    let mut clauses = head.split(['，', '；']).filter(|clause| by(clause));
    clauses.next().is_some_and(|clause| shared(&head, name) >= 2 || beside && seen(clause))
}

/// All numbers of the mean's kind in a row, where nothing else is told of the classes, and there are no more of them.
fn closed_row<'a>(row: &[&'a Claim], mean: &Claim) -> Option<Vec<&'a Claim>> {
    let of_all = |c: &Claim| any_in(cues::item(c), &["全校", "全院", "总体", "总平均"]);
    let row: Vec<&Claim> = row.iter().copied().filter(|c| c.unit == mean.unit).collect();
    let row: Vec<&Claim> = row.into_iter().filter(|c| !of_all(c)).collect();
    let (first, last) = (row.first()?, row.last()?);
    let single = |c: &&&Claim| plain(c) && !cues::is_old(c) && (c.id == first.id || !any_in(&c.site.before, OTHER));
    let years = |c: &Claim| c.period.as_ref().filter(|period| period.said).map(|period| period.years.clone());
    let one_time = row.iter().all(|c| years(c) == years(first));
    let behind = said_after(last);
    let open = any_in(behind, MORE) || row.iter().any(|c| any_in(&c.site.before, MORE));
    let all = row.len() >= 3 || complete(&row);
    (all && one_time && !open && row.iter().all(|c| single(&c))).then_some(row)
}

/// All below the mean, or all above it, and none so far from it that another thing is counted.
fn outside(mean: &Claim, row: &[&Claim]) -> Option<Relation> {
    let half = |c: &Claim| c.step.over(Exact::int(2)?);
    let low = |c: &Claim| c.value?.minus(half(c)?);
    let high = |c: &Claim| c.value?.plus(half(c)?);
    let (two, three) = (Exact::int(2)?, Exact::int(3)?);
    let near = |c: &&Claim| {
        let (a, b) = (c.value.min(mean.value)?, c.value.max(mean.value)?);
        Some(b.times(two)? <= a.times(three)?)
    };
    if !row.iter().all(|c| near(c) == Some(true)) {
        return None;
    }
    let below = row.iter().all(|c| high(c).zip(low(mean)).is_some_and(|(a, b)| a <= b));
    let above = row.iter().all(|c| low(c).zip(high(mean)).is_some_and(|(a, b)| a >= b));
    match (below, above) {
        (true, _) => Some(beyond(mean, row.iter().max_by_key(|c| c.value)?, true)),
        (_, true) => Some(beyond(mean, row.iter().min_by_key(|c| c.value)?, false)),
        _ => None,
    }
}
