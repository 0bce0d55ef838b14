//! Totals whose parts stand at a distance, before or behind, without a word that ties them: 反馈问题23个…已整改到位18个，整改率78.3%；
//! 基本完成3个，正在推进2个; 女生382人…；男生1146人, of 1528 paragraphs before.

use std::collections::{BTreeMap, HashSet};

use super::addition::{held_within, near, sum};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::changes::differences::difference;
use crate::relate::digits::printed::shown;
use crate::relate::rates::beside::says_share;
use crate::relate::rates::hundred::percent_sum;
use crate::relate::rates::readings::reading;
use crate::relate::rates::shares::name_of_whole;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_before, shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{LEAVING, any_in};

/// Looks for all of them.
pub(super) fn scattered(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Difference);
    let told: HashSet<String> =
        all.iter().filter(sums).flat_map(|it| it.members.iter().map(|(_, id)| id.clone())).collect();
    let open = |c: &Claim| !told.contains(&c.id);
    let (mut found, mut left): (Vec<Relation>, HashSet<String>) = (Vec::new(), HashSet::new());
    found.extend(doc.claims.iter().filter(|c| open(c)).filter_map(|c| states(doc, c)));
    found.extend(doc.claims.iter().filter(|c| open(c)).filter_map(|c| of_years(doc, c).or_else(|| unmeasured(c))));
    found.extend(doc.claims.windows(3).filter(|row| row.iter().any(open)).filter_map(|row| times(doc, row)).flatten());
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| cues::plain(c)).collect();
    for (n, pair) in counts.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        // 女生382人，占四分之一；男生1146人: what the other half leaves is no remainder.
        if let Some(it) = sexes(&counts[..n], one, other).filter(|_| open(one)) {
            left.insert(three(it.members.iter().map(|(_, id)| id.as_str())));
            found.push(it);
        }
    }
    for row in counts.windows(3) {
        let [one, other, last] = row else { continue };
        if row.iter().all(|c| open(c)) {
            found.extend(bare_total(one, other, last));
        }
        if let Some(it) = gone(one, other, last) {
            left.insert(three(it.members.iter().map(|(_, id)| id.as_str())));
            found.push(it);
        }
    }
    // Who has gone is no part of who was there.
    let same = |it: &Relation| {
        matches!(it.kind, RelationKind::Sum | RelationKind::Difference)
            && it.members.len() == 3
            && left.contains(&three(it.members.iter().map(|(_, id)| id.as_str())))
    };
    all.retain(|it| left.is_empty() || !same(it));
    all.extend(found);
    shares_of_sums(doc, all);
}

/// The same for the same members, in whichever order.
fn three<'a>(members: impl Iterator<Item = &'a str>) -> String {
    let mut ids: Vec<&str> = members.collect();
    ids.sort_unstable();
    ids.join(" ")
}

/// How far a matter has come: done, more or less done, still going on. The last leaves nothing out.
const DONE: &[&str] = &[
    "整改到位",
    "完成整改",
    "已完成",
    "已整改",
    "已办结",
    "全部完成",
    "已解决",
    "已落实",
    "已销号",
    "已竣工",
    "已完工",
];
const NEARLY: &[&str] = &["基本完成", "基本整改", "基本解决", "基本到位", "部分完成", "阶段性完成"];
const GOING_ON: &[&str] = &[
    "正在推进",
    "正在整改",
    "正在办理",
    "推进中",
    "整改中",
    "持续推进",
    "正在落实",
    "限期整改",
    "正在实施",
    "在建",
    "未开工",
];

/// 问题23个…已整改到位18个，整改率78.3%；基本完成3个，正在推进2个: all states of what was counted before them.
fn states(doc: &Document, last: &Claim) -> Option<Relation> {
    let says = |c: &Claim, words: &[&str]| any_in(cues::item(c), words);
    if !cues::plain(last) || !says(last, GOING_ON) || counts_people(&last.unit) {
        return None;
    }
    let before = doc.around(last).iter().rev().filter(|c| c.site.start < last.site.start && cues::plain(c));
    let row: Vec<&Claim> = before.take_while(|c| c.site.paragraph == last.site.paragraph).collect();
    // 项目7个…。已竣工4个，在建3个: only what agrees is told of two.
    if let [done, rest @ ..] = &row[..]
        && says(done, DONE)
        && done.site.clause + 1 == last.site.clause
    {
        let whole = rest.iter().find(|c| alike(c, last) && c.unit == last.unit && c.value > done.value)?;
        let sum = rest.iter().take(6).find(|c| c.value == done.value.and_then(|v| v.plus(last.value?)))?;
        return (sum.id == whole.id || sum.value > Exact::int(5))
            .then(|| held_within(RelationKind::Sum, sum, &[done, last]))
            .flatten();
    }
    let [nearly, done, rest @ ..] = &row[..] else { return None };
    let chain = done.site.chain == last.site.chain && says(nearly, NEARLY) && says(done, DONE);
    let like = [nearly, done].iter().all(|c| alike(c, last) && c.unit == last.unit);
    let whole = rest.iter().find(|c| alike(c, last) && c.unit == last.unit && c.value > done.value)?;
    let parts = [*done, *nearly, last];
    let of_them = chain && like && whole.site.chain + 1 >= last.site.chain;
    of_them.then(|| held_within(RelationKind::Sum, whole, &parts)).flatten().filter(|_| near(whole, &parts, 8))
}

/// 合格人次分别为3602、4089、4763，三年累计12454人次: numbers whose unit is said before them are no claims, and have one total.
fn unmeasured(total: &Claim) -> Option<Relation> {
    if !any_in(&total.site.before, &["累计", "合计", "共计", "总计"]) {
        return None;
    }
    let years = cues::years_told(total).or_else(|| {
        let (lead, _) = said_before(total).rsplit_once("年累计")?;
        "一二三四五六".chars().position(|c| lead.ends_with(c)).map(|n| n + 1)
    })?;
    let (lead, list) = said_before(total).split_once("分别为")?;
    // 三年累计获证9340人次: of others.
    let closes = |behind: &str| ["年累计", "年合计", "年共计", "年总计"].iter().any(|word| behind.ends_with(word));
    let (list, _) = list.split_once('，').filter(|(_, behind)| behind.chars().count() <= 5 && closes(behind))?;
    let list: Vec<Exact> = list.split('、').map(|it| Some(Exact::whole(it.parse().ok()?))).collect::<Option<_>>()?;
    let unit = lead.trim_end_matches('数').ends_with(&total.unit) && cues::exact(total);
    let sum = list.iter().try_fold(Exact::ZERO, |sum, it| sum.plus(*it))?;
    if !unit || list.len() != years || list.len() < 2 || total.text.contains(['万', '亿']) {
        return None;
    }
    let holds = Some(sum) == total.value;
    let parts = list.iter().map(|it| it.show(0)).collect::<Vec<_>>().join("+");
    let working = Working {
        code: if holds { "sum-holds" } else { "sum-fails" },
        with: vec![("parts", parts.clone()), ("sum", sum.show(0)), ("whole", shown(total))],
        zh: format!("{parts}{}{}", if holds { "＝" } else { "≠" }, shown(total)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Sum, finding, vec![(Role::Whole, total)], working);
    it.computed = Some(sum);
    it.stated = total.value;
    Some(it)
}

/// 2024年总投入5860万元…。2022年4720万元，2023年5210万元…，三年累计1.58亿元: the largest amount of each of so many years in the
/// paragraph. Only what agrees is told.
fn of_years(doc: &Document, total: &Claim) -> Option<Relation> {
    let years = cues::years_told(total).filter(|years| (2..=6).contains(years) && total.kind.counts())?;
    let dated = |c: &&Claim| {
        let period = c.period.as_ref().filter(|period| period.said && period.years.len() == 1);
        period.is_some_and(|_| c.site.paragraph == total.site.paragraph && alike(c, total))
    };
    let before = doc.around(total).iter().filter(|c| c.site.start < total.site.start && c.bound == Bound::Exact);
    let mut largest: BTreeMap<i32, &Claim> = BTreeMap::new();
    for claim in before.filter(|c| c.kind == total.kind && !cues::per_head(c)).filter(dated) {
        let year = claim.period.as_ref()?.years.first().copied()?;
        let kept = largest.entry(year).or_insert(claim);
        if claim.value > kept.value {
            *kept = claim;
        }
    }
    let parts: Vec<&Claim> = largest.values().rev().take(years).copied().collect();
    let (last, first) = (largest.keys().next_back()?, largest.keys().rev().nth(years - 1)?);
    let row = i32::try_from(years).is_ok_and(|years| last - first + 1 == years);
    held_within(RelationKind::Sum, total, &parts).filter(|it| row && it.finding == Finding::Consistent)
}

/// 每学年40周，学徒在校16周、在企业24周，企业培训占60%: stretches of time that make the one before them, and the share of one of them.
fn times(doc: &Document, row: &[Claim]) -> Option<Vec<Relation>> {
    let [whole, one, other] = row else { return None };
    let time = |c: &Claim| {
        c.kind == Kind::Duration && c.bound == Bound::Exact && c.numeral != Numeral::None && c.each.is_none()
    };
    let like =
        row.iter().all(time) && row.iter().all(|c| c.unit == whole.unit && c.site.sentence == whole.site.sentence);
    let list = one.site.clause == other.site.clause && one.site.clause == whole.site.clause + 1;
    if !like || !list || whole.value < Exact::int(10) || !cues::listed_next(one, other) {
        return None;
    }
    let mut found = vec![held_within(RelationKind::Sum, whole, &[one, other])?];
    if found[0].finding != Finding::Consistent {
        return None;
    }
    let share = doc.next(other).filter(|c| c.kind == Kind::Rate && c.site.clause == other.site.clause + 1);
    let share = share.filter(|c| says_share(c) && c.bound == Bound::Exact && name_of_whole(c).is_empty());
    let named = |c: &Claim| share.is_some_and(|share| shared(cues::item(c), &share.site.before) >= 2);
    let part = match (named(one), named(other)) {
        (true, false) => Some(one),
        (false, true) => Some(other),
        _ => None,
    };
    found.extend(share.zip(part).and_then(|(share, part)| reading(share, &[part], whole, &[])));
    Some(found)
}

/// 女生382人，恰好占四分之一；男生1146人: both sexes make a number of people told somewhere before. Only what agrees is told.
fn sexes(before: &[&Claim], one: &Claim, other: &Claim) -> Option<Relation> {
    let sex = |c: &Claim| {
        let item = cues::item(c);
        ["男", "女"].into_iter().find(|sex| item.trim_start_matches(['其', '中']).starts_with(sex))
    };
    let both = sex(one).zip(sex(other)).is_some_and(|(a, b)| a != b) && one.site.chain == other.site.chain;
    let sum = one.value?.plus(other.value?).filter(|sum| both && *sum >= Exact::whole(100))?;
    let whole = before.iter().rev().take(MOST_TOGETHER).find(|c| c.value == Some(sum) && alike(c, one))?;
    held_within(RelationKind::Sum, whole, &[one, other])
}

/// 本科上线81人，上线率25%。专科录取236人，317人圆了大学梦: both right before it together. Only what agrees is told.
fn bare_total(one: &Claim, other: &Claim, total: &Claim) -> Option<Relation> {
    let lead = total.site.before.trim_start_matches(['，', '。', '；', '—']);
    let bare = matches!(lead, "" | "这" | "共有" | "总共" | "一共有") && total.site.clause == other.site.clause + 1;
    let like = [one, other].iter().all(|c| alike(c, total) && c.unit == total.unit && c.value < total.value);
    let near = one.site.paragraph == total.site.paragraph && one.site.chain + 1 >= total.site.chain;
    if !bare || !like || !near || total.value < Exact::int(50) || one.site.clause == other.site.clause {
        return None;
    }
    held_within(RelationKind::Sum, total, &[one, other]).filter(|it| it.finding == Finding::Consistent)
}

/// 三年前1562名新同学走进校门；34位同学或入伍或转学；今天1528名同学穿上毕业服: who has gone since. Only what agrees is told.
fn gone(first: &Claim, gone: &Claim, last: &Claim) -> Option<Relation> {
    let people = [first, gone, last].iter().all(|c| counts_people(&c.unit) && c.unit != "人次");
    let near = first.site.paragraph == last.site.paragraph && first.site.chain + 1 >= last.site.chain;
    let left = any_in(words_of(gone), LEAVING) || any_in(words_of(gone), &["转学", "休学", "离开", "离校", "入伍"]);
    if !people || !near || !left || last.value < Exact::int(100) {
        return None;
    }
    difference(last, gone, first, false).filter(|it| it.finding == Finding::Consistent)
}

/// 财政拨款6220.8万元，占72.0%；事业收入1296.0万元，占15.0%；…: parts that make their whole have shares that make all of it.
fn shares_of_sums(doc: &Document, all: &mut Vec<Relation>) {
    let told: HashSet<&str> = all
        .iter()
        .filter(|it| it.kind == RelationKind::PercentSum)
        .flat_map(|it| it.members.iter().map(|(_, id)| id.as_str()))
        .collect();
    let mut found = Vec::new();
    for it in all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent) {
        let parts = it.members.iter().filter(|(role, _)| *role == Role::Part).filter_map(|(_, id)| doc.claim(id));
        let pairs: Vec<(&Claim, &Claim)> = parts.filter_map(|part| Some((part, share_of(doc, part)?))).collect();
        let Some(whole) = it.under_test().and_then(|id| doc.claim(id)) else { continue };
        // 3652人，落实3548人。其中升学782人，占21.41%…: the shares are of another whole than the parts make.
        let of_it = |(part, share): &&(&Claim, &Claim)| {
            reading(share, &[*part], whole, &[]).is_some_and(|it| it.finding == Finding::Consistent)
        };
        if pairs.iter().filter(of_it).count() + 1 < pairs.len() {
            continue;
        }
        let shares: Vec<&Claim> = pairs.iter().map(|it| it.1).collect();
        let parts = it.members.len() - 1;
        if shares.len() != parts
            || !(3..=MOST_TOGETHER).contains(&parts)
            || shares.iter().any(|c| told.contains(&*c.id))
        {
            continue;
        }
        let one_step = shares.iter().all(|c| c.step == shares[0].step && c.site.chain == shares[0].site.chain);
        let sum = sum(&shares);
        let apart = sum.and_then(|sum| {
            let hundred = Exact::int(100)?;
            sum.apart(hundred)
        });
        let many = i128::try_from(parts).ok().and_then(Exact::int);
        let slack = many.and_then(|many| shares[0].step.times(many)?.over(Exact::int(2)?));
        let (Some(sum), Some(apart), Some(slack)) = (sum, apart, slack) else { continue };
        if !one_step || apart > Exact::whole(10) {
            continue;
        }
        let finding = if apart <= slack { Finding::Consistent } else { Finding::Inconsistent };
        found.push(percent_sum(&shares, sum, finding));
    }
    all.extend(found);
}

/// 1296.0万元，占15.0%: the share right behind a part, of nothing but the whole.
fn share_of<'a>(doc: &'a Document, part: &Claim) -> Option<&'a Claim> {
    let share = doc.next(part).filter(|c| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact)?;
    let lead = share.site.before.trim_start_matches(['，', '（']).trim_end_matches(['比', '为', '总', '额', '的']);
    let here = share.site.sentence == part.site.sentence && share.site.clause <= part.site.clause + 1;
    (here && lead == "占").then_some(share)
}
