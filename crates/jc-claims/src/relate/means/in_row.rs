//! The mean of a row that is told in another sentence: 四门课参考人数相等，平均分依次为84.2分、79.6分、86.0分、83.4分。总平均83.3分; 四个学部人均积分
//! 86.2分、84.7分、88.9分、87.5分, and 全校人均89.4分, which none of them reaches.

use std::collections::HashSet;

use super::quotients::exact;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, joined, shown, shown_as};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::cues;
use crate::words::{REGIONS, any_in};

/// A row has so many numbers at most, and so many others may stand between it and its mean.
const MOST: usize = 20;
const BETWEEN: usize = 2;

/// Words by which a mean is that of all.
const OF_ALL: &[&str] =
    &["全校", "全院", "全体", "总平均", "总均", "总体平均", "整体平均", "全部", "综合平均", "合起来平均", "总的平均"];
/// Parts into which a school falls as a whole.
const DIVISIONS: &[&str] =
    &["学部", "系", "系部", "教学系", "教学部", "二级学院", "学院", "年级", "校区", "专业部", "分院", "部门", "支部"];
/// Words by which all of the row weigh the same.
const EVEN: &[&str] = &[
    "人数相等",
    "人数相同",
    "人数一样",
    "人数一致",
    "人数均等",
    "人数均为",
    "人数都是",
    "人数持平",
    "人数完全相同",
    "人数也相同",
];
/// Words by which some of the row weigh more than others, or are left out.
const WEIGHED: &[&str] = &["加权", "权重", "去掉", "折算", "占比", "剔除", "最高分", "最低分", "折合"];

/// Looks for them.
pub(super) fn in_row(doc: &Document, all: &mut Vec<Relation>) {
    let quotients = all.iter().filter(|it| it.primary && it.kind == RelationKind::Quotient);
    let told: HashSet<&str> = quotients.filter_map(|it| Some(it.members.last()?.1.as_str())).collect();
    let of_all = |c: &Claim| measured(c) && any_in(&c.site.before, OF_ALL) && !told.contains(c.id.as_str());
    let means = doc.claims.iter().enumerate().filter(|(_, c)| of_all(c));
    let found: Vec<Relation> = means.filter_map(|(at, mean)| of_row(doc, at, mean)).collect();
    all.extend(found);
    let years: Vec<Relation> = (0..doc.claims.len()).filter_map(|at| of_years(doc, at)).collect();
    all.extend(years);
}

/// 2021年960万元，2022年1380万元，2023年1860万元，三年平均1400万元: as many years as are named, each with its number.
fn of_years(doc: &Document, at: usize) -> Option<Relation> {
    let [.., before, many, mean] = doc.claims.get(at.saturating_sub(MOST)..=at)? else { return None };
    let counts = many.kind == Kind::Duration && many.unit == "年" && many.bound == Bound::Exact;
    let next = many.site.clause == mean.site.clause && before.site.sentence == mean.site.sentence;
    let plain = |c: &Claim| (measured(c) || c.kind.counts()) && cues::exact(c);
    let between = mean.site.start.checked_sub(many.site.end).filter(|between| (2..=8).contains(between))?;
    let from = many.site.end.checked_sub(many.site.sentence_start)?;
    let lead: String = many.site.sentence_text.chars().skip(from).take(between).collect();
    let averaged = lead.starts_with("平均") || lead.starts_with("年均") || lead.starts_with("的平均");
    let number = usize::try_from(many.value?.as_int()?).ok().filter(|number| (2..=6).contains(number))?;
    if !counts || !next || !plain(mean) || !averaged {
        return None;
    }
    // Dates and numbers in turn, up to the mean.
    let row = &doc.claims[at.checked_sub(1 + 2 * number)?..at - 1];
    let dated = |pair: &[Claim]| match pair {
        [year, value] => {
            let one = year.kind == Kind::Date && year.text.ends_with('年') && value.site.start == year.site.end;
            let like = value.unit == mean.unit && plain(value);
            one && like && value.site.sentence == mean.site.sentence
        }
        _ => false,
    };
    let longer = at.checked_sub(3 + 2 * number).and_then(|from| doc.claims.get(from..from + 2));
    if !row.chunks(2).all(dated) || longer.is_some_and(dated) || any_in(&mean.site.sentence_text, WEIGHED) {
        return None;
    }
    let values: Vec<&Claim> = row.iter().skip(1).step_by(2).collect();
    let gives = values.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?))?.over(many.value?)?;
    let (low, high) = interval(mean)?;
    let holds = gives >= low && gives <= high;
    let near = gives.apart(mean.value?)?.times(Exact::int(4)?)? <= gives;
    (holds || near).then(|| told(&values, many, mean, gives, holds))
}

/// Marks, money, hours: what a mean is told in.
fn measured(c: &Claim) -> bool {
    matches!(c.kind, Kind::Quantity | Kind::Money | Kind::Hours)
        && cues::exact(c)
        && !cues::is_old(c)
        && !any_in(&c.site.before, REGIONS)
}

fn of_row(doc: &Document, at: usize, mean: &Claim) -> Option<Relation> {
    let (row, many) = row_before(&doc.claims[at.saturating_sub(MOST)..at], mean)?;
    let said = format!("{}{}", row.first()?.site.sentence_text, mean.site.sentence_text);
    let (least, most) = (row.iter().filter_map(|c| c.value).min()?, row.iter().filter_map(|c| c.value).max()?);
    let half = mean.step.over(Exact::int(2)?)?;
    let (low, high) = (mean.value?.minus(half)?, mean.value?.plus(half)?);
    let number = Exact::int(i128::try_from(row.len()).ok()?)?;
    let sum = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?))?;
    let gives = sum.over(number)?;
    let holds = gives >= low && gives <= high;
    let total = any_in(&mean.site.before, &["总平均", "总均", "总体平均", "整体平均", "综合平均"]);
    let even = any_in(&said, EVEN);
    if holds {
        return (total || even).then(|| told(&row, many, mean, gives, true));
    }
    // None of the parts reaches it.
    let outside = (low > most || high < least) && (total || divides(many));
    // 三个系受到表扬: not all there are.
    let some = any_in(
        &said,
        &["表扬", "入围", "获奖", "获评", "先进", "前三", "前五", "名列", "位列", "排名", "另外", "其余", "抽取"],
    );
    let weighed = some && !even || any_in(&said, WEIGHED) || cues::item(mean).contains("其中");
    (!weighed && (even || outside)).then(|| told(&row, many, mean, gives, false))
}

/// 四个学部: the whole falls into these, and all of them are told.
fn divides(many: &Claim) -> bool {
    let narrowed =
        any_in(&many.site.before, &["其中", "前", "重点", "试点", "优秀", "排名", "后", "抽", "部分", "其他", "参"]);
    let after = many.site.after.trim_start_matches(['教', '学']);
    !narrowed && DIVISIONS.iter().any(|name| many.site.after.starts_with(name) || after.starts_with(name))
}

/// The row right before a mean, and the number that counts it.
fn row_before<'a>(before: &'a [Claim], mean: &Claim) -> Option<(Vec<&'a Claim>, &'a Claim)> {
    let near = |c: &&Claim| c.site.paragraph == mean.site.paragraph && c.site.chain + 2 >= mean.site.chain;
    let like = |c: &Claim| c.unit == mean.unit && c.kind == mean.kind && cues::exact(c) && !cues::is_old(c);
    let here: Vec<&Claim> = before.iter().rev().filter(near).collect();
    let skipped = here.iter().take(BETWEEN + 1).position(|c| like(c))?;
    let mut row: Vec<&Claim> = Vec::new();
    for c in &here[skipped..] {
        let own = !any_in(&c.site.before, OF_ALL) && !any_in(&c.site.before, &["高出", "高于", "低于", "相差", "差距"]);
        if !like(c) || !own || row.last().is_some_and(|next| next.site.chain > c.site.chain + 1) {
            break;
        }
        row.push(c);
    }
    row.reverse();
    let number = Exact::int(i128::try_from(row.len()).ok()?)?;
    let counts = |c: &&&Claim| c.kind == Kind::Count && c.value == Some(number) && exact(c) && c.bound == Bound::Exact;
    // The count stands between the two, or leads to the row.
    let behind = here[..skipped].iter().find(counts);
    let many = behind.or_else(|| here.get(skipped + row.len()).filter(|c| counts(c)))?;
    let decimals = row.iter().all(|c| c.decimals <= mean.decimals.max(2));
    (row.len() >= 3 && decimals).then_some((row, *many))
}

fn told(row: &[&Claim], many: &Claim, mean: &Claim, gives: Exact, holds: bool) -> Relation {
    let top = joined(row);
    let working = Working {
        code: if holds { "quotient-holds" } else { "quotient-fails" },
        with: vec![
            ("numerator", top.clone()),
            ("denominator", shown(many)),
            ("gives", shown_as(mean, gives, 2)),
            ("stated", shown(mean)),
        ],
        zh: format!("{top}÷{}＝{}，文中为{}", shown(many), shown_as(mean, gives, 2), shown(mean)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut members: Vec<(Role, &Claim)> = row.iter().map(|c| (Role::Numerator, *c)).collect();
    members.extend([(Role::Denominator, many), (Role::Quotient, mean)]);
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    (it.computed, it.stated) = (Some(gives), mean.value);
    it
}
