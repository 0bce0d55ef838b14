//! What became of graduates, and the rates of it: 升学702人、就业448人、参军9人，尚有27人待落实。毕业去向落实率97.72%；升学率59.19%. The
//! counts stand before the rates, often in a sentence of their own.
//!
//! 毕业去向落实率 counts all who have gone somewhere, to work or to further study, over all graduates, as the ministry defines it
//! (教育部 毕业去向落实率).

use std::collections::HashSet;

use super::beside::says_share;
use super::lone::numerator_over;
use super::readings::{off, reading, reading_of};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, tested};
use crate::relate::sums::addition::sum;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::population::{Called, Name, only};
use crate::units::counts_people;
use crate::words::any_in;

/// Where graduates go.
const GOES: &[&str] = &[
    "升学",
    "升入",
    "深造",
    "考入",
    "就业",
    "签约",
    "入伍",
    "参军",
    "应征",
    "创业",
    "出国",
    "留学",
    "专升本",
    "基层项目",
];

/// Looks for both kinds; what had been read otherwise gives way.
pub(in crate::relate) fn outcomes(doc: &Document, all: &mut Vec<Relation>) {
    let rate_of = |it: &Relation| it.under_test().map(str::to_string);
    let of_rate = |it: &Relation| {
        matches!(it.kind, RelationKind::Rate | RelationKind::RateDenominator | RelationKind::RateNumerator)
    };
    let holds = |it: &&Relation| it.primary && it.kind == RelationKind::Rate && it.finding == Finding::Consistent;
    let held: HashSet<String> = all.iter().filter(holds).filter_map(rate_of).collect();
    let told = tested(all);
    let named = |c: &&Claim| {
        let name = c.site.before.trim_end_matches(['为', '达', '到', '是', '约']).ends_with('率');
        c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && name && !says_share(c) && !cues::is_old(c)
    };
    let mut found = Vec::new();
    for rate in doc.claims.iter().filter(named).filter(|c| !held.contains(&c.id) && c.site.cell.is_none()) {
        let open = !told.contains(&rate.id);
        found
            .extend(gone(doc, rate).or_else(|| gone_there(doc, rate)).or_else(|| of_named(doc, rate).filter(|_| open)));
    }
    for it in &found {
        let own = rate_of(it);
        all.iter_mut().filter(|it| of_rate(it) && rate_of(it) == own).for_each(|it| it.primary = false);
    }
    all.extend(found);
}

/// The graduates, and the counts told of them, in the sentence of a rate or the one before.
fn told_before<'a>(doc: &'a Document, rate: &Claim) -> Option<(&'a Claim, Vec<&'a Claim>)> {
    let near = |c: &&Claim| {
        c.site.start < rate.site.start
            && c.site.paragraph == rate.site.paragraph
            && c.site.chain + 1 >= rate.site.chain
            && c.kind == Kind::Count
            && counts_people(&c.unit)
            && c.bound == Bound::Exact
            && c.each.is_none()
    };
    let counts: Vec<&Claim> = doc.around(rate).iter().filter(near).collect();
    let graduates = |c: &Claim| any_in(&c.site.before, &["毕业生"]) || c.site.after.starts_with("毕业生");
    let at = counts.iter().position(|c| graduates(c) && !cues::is_old(c))?;
    let whole = counts.get(at)?;
    let less = counts.iter().skip(at + 1).copied().filter(|c| c.value < whole.value);
    Some((whole, less.collect()))
}

/// All who have gone somewhere, of all.
fn gone(doc: &Document, rate: &Claim) -> Option<Relation> {
    let stem = rate.subject.strip_suffix('率').filter(|stem| stem.ends_with("落实"))?;
    let (whole, counts) = told_before(doc, rate).filter(|_| !stem.contains("困难"))?;
    // 升学846人，其中本科117人: some of those who were counted already.
    let within = |c: &Claim| any_in(&c.site.before, &["其中", "含"]);
    let went: Vec<&Claim> =
        counts.iter().copied().filter(|c| any_in(&words(c), GOES) && !within(c) && !left(c)).collect();
    let it = reading_of(rate, &went, &[whole], &[]).filter(|_| went.len() >= 2)?;
    let rest = || {
        let here = doc.around(rate).iter().filter(|c| c.site.paragraph == rate.site.paragraph && alike(c, whole));
        let sum = sum(&went);
        here.filter(|c| left(c)).any(|c| sum.zip(c.value).and_then(|(sum, left)| sum.plus(left)) == whole.value)
    };
    (it.finding == Finding::Consistent || rest()).then_some(it)
}

/// Those who went where the rate says, of all: 升学率 is of 升学702人.
fn gone_there(doc: &Document, rate: &Claim) -> Option<Relation> {
    let stem = rate.subject.strip_suffix('率').filter(|stem| GOES.contains(stem))?;
    let (whole, counts) = told_before(doc, rate)?;
    let called = |c: &&&Claim| {
        let lead =
            c.site.before.trim_start_matches(['，', '、', '；', '有']).trim_end_matches(['的', '共', '有', '为']);
        lead == stem && c.site.after.is_empty()
    };
    let mut own = counts.iter().filter(called);
    let part = own.next().filter(|_| own.next().is_none())?;
    let it = reading(rate, &[part], whole, &[])?;
    // What lies far off is of others.
    let near = it.finding == Finding::Consistent || off(&it) <= Exact::int(10);
    (near && rate.decimals > 0).then_some(it)
}

/// 直接就业417人…；直接就业学生对口率86.8%: how many that are, where the rate says of whom it is. Only what can be is told.
fn of_named(doc: &Document, rate: &Claim) -> Option<Relation> {
    const WHO: &[&str] = &["毕业生", "学生", "教师", "学员", "选手", "人员", "教职工", "考生"];
    let lead = rate.site.before.rsplit(['，', '；', '、', '：']).next()?;
    let who = WHO.iter().filter_map(|who| lead.find(who).map(|at| at + who.len())).max()?;
    let (name, result) = lead.split_at(who);
    let plain = name.chars().count() >= 4 && result.trim_start_matches('的').chars().count() >= 3;
    let called = Name::of(name).filter(|_| plain)?.counts(doc, rate);
    let near = |c: &Claim| c.site.paragraph == rate.site.paragraph && c.site.start < rate.site.start;
    let perhaps = || match called[..] {
        [(one, Called::Perhaps)] => Some(one),
        _ => None,
    };
    let whole = only(&called).or_else(perhaps).filter(|c| near(c) && c.bound == Bound::Exact)?;
    numerator_over(rate, &[whole], &[]).filter(|it| it.finding == Finding::Feasible)
}

fn words(claim: &Claim) -> String {
    format!("{}{}", claim.site.before, claim.site.after)
}

/// 尚有27人待落实, 其余21人: who has gone nowhere yet.
fn left(claim: &Claim) -> bool {
    cues::is_rest(claim) || any_in(&words(claim), &["未", "待", "尚有", "仍有", "还有", "暂不"])
}
