//! What is full: 宿舍按每间8人安排，间间住满…新生住的117间宿舍; 座位620个，连演3场，场场爆满，送出门票1860张; and a whole year with what each of its
//! months had: 全年共支出42.6万元，月均3.55万元.
//!
//! Where all is taken, the rooms or the houses and what each holds make the total. What they do not make is told where one digit parts
//! them and nothing else could be meant.

use super::mean::words;
use super::only;
use super::products::more_to_it;
use super::quotients::quotient;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown};
use crate::relate::digits::slips::{is_slip, neighbours};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::any_in;

/// Words by which no bed is free.
const BEDS_TAKEN: &[&str] = &[
    "住满",
    "没有空床",
    "无空床",
    "无空余床",
    "没有空余床",
    "没有闲置床",
    "无一空床",
    "间间满员",
    "全部满员",
    "床位全满",
    "不留空床",
    "不空床",
];
/// Words by which no seat is free.
const SEATS_TAKEN: &[&str] = &[
    "场场爆满",
    "场场满座",
    "座无虚席",
    "场场坐满",
    "场场满员",
    "场场发完",
    "场场售罄",
    "场场客满",
    "场场无空座",
    "场场无虚席",
    "场场发放完",
    "场场领完",
    "场场售空",
];
/// Words by which a number is that of a whole year.
const WHOLE_YEAR: &[&str] = &["全年", "整年", "1月至12月", "1至12月", "1—12月", "1-12月", "一年共", "全年度"];
/// Words by which fewer months than twelve are meant.
const FEWER: &[&str] = &["个月", "寒暑假", "假期", "学期", "停业", "停用", "除"];

/// Looks for them.
pub(super) fn full(doc: &Document, all: &mut Vec<Relation>) {
    let of_one = |c: &Claim| rooms(doc, c).or_else(|| seats(doc, c)).or_else(|| months(doc, c));
    let mut found: Vec<Relation> = doc.claims.iter().filter(|c| plain(c)).filter_map(of_one).collect();
    let members = |it: &Relation| it.members.clone();
    found.retain(|it| !all.iter().any(|other| other.primary && members(other) == members(it)));
    all.extend(found);
}

fn plain(c: &Claim) -> bool {
    let kind = c.kind.counts() || matches!(c.kind, Kind::Quantity);
    kind && cues::exact(c) && c.site.cell.is_none() && c.value > Some(Exact::ZERO) && !cues::is_old(c)
}

/// 宿舍按每间8人安排，住校新生间间住满: the rooms and those who live in them, wherever they are told.
fn rooms(doc: &Document, each: &Claim) -> Option<Relation> {
    let room = any_in(&each.site.before, &["每间", "每个房间", "每室", "每寝", "每个寝室", "每个宿舍"]);
    if !room || !counts_people(&each.unit) || !any_in(&each.site.sentence_text, BEDS_TAKEN) || more_to_it(each) {
        return None;
    }
    let around = || doc.around(each).iter().filter(|c| plain(c) && c.kind == Kind::Count && c.id != each.id);
    let lived_in = |c: &&Claim| {
        let named = any_in(&format!("{}{}", cues::item(c), c.site.after), &["宿舍", "寝室", "房间", "公寓"]);
        matches!(c.unit.as_str(), "间" | "个") && named && !any_in(&c.site.before, &["每间", "每个", "平均"])
    };
    let living = |c: &&Claim| {
        let named = any_in(&words(c), &["住校", "住宿", "寄宿", "入住"]);
        counts_people(&c.unit) && named && c.value > each.value && !cues::per_head(c)
    };
    let holders: Vec<&Claim> = around().filter(lived_in).collect();
    let totals: Vec<&Claim> = around().filter(living).collect();
    let product = |c: &Claim| c.value?.times(each.value?);
    let held = totals.iter().flat_map(|t| holders.iter().map(move |h| (*t, *h))).find(|(t, h)| product(h) == t.value);
    if let Some((total, holders)) = held {
        return Some(quotient(total, holders, each, total.value?.over(holders.value?)?, true));
    }
    let (total, holders) = (only(totals.into_iter())?, only(holders.into_iter())?);
    let right = total.value?.over(each.value?)?;
    // The last room may have a bed free after all.
    let made = product(holders)?;
    let apart = made < total.value? || made.minus(total.value?)? >= each.value?;
    let whole = right.as_int().is_some() && is_slip(right, holders.value?) && right >= Exact::int(20)?;
    let slip = whole || apart && is_slip(made, total.value?);
    let gives = total.value?.over(holders.value?)?;
    slip.then(|| quotient(total, holders, each, gives, false))
}

/// 连演3场。礼堂共有座位620个，…，场场爆满，送出门票1860张: all the seats of all the houses.
fn seats(doc: &Document, total: &Claim) -> Option<Relation> {
    let came = any_in(&total.site.before, &["门票", "票", "观众", "入场", "到场", "观看", "观演", "听众", "到会"]);
    let counted = matches!(total.unit.as_str(), "张" | "人次" | "人" | "名");
    let said: &str = &total.site.sentence_text;
    let added = any_in(said, &["加座", "加座位", "站票", "站席", "增座"])
        && !any_in(said, &["不加座", "未加座", "没有加座", "不增座"]);
    if !came || !counted || !any_in(said, SEATS_TAKEN) || added || cues::per_head(total) || more_to_it(total) {
        return None;
    }
    let near = |c: &&Claim| {
        let close = c.site.chain <= total.site.chain && c.site.chain + 2 >= total.site.chain;
        close && c.site.paragraph == total.site.paragraph && c.id != total.id && c.site.start < total.site.start
    };
    let before: Vec<&Claim> =
        doc.around(total).iter().filter(|c| plain(c) && c.kind == Kind::Count).filter(near).collect();
    let seat = |c: &&Claim| any_in(&format!("{}{}", cues::item(c), c.site.after), &["座位", "坐席", "座席"]);
    let seats: Vec<&Claim> = before.iter().copied().filter(seat).collect();
    let shows: Vec<&Claim> = before.iter().copied().filter(|c| matches!(c.unit.as_str(), "场" | "场次")).collect();
    let ([seats], [shows]) = (&seats[..], &shows[..]) else { return None };
    let product = seats.value?.times(shows.value?)?;
    let holds = Some(product) == total.value;
    let told = holds || is_slip(product, total.value?) && product >= Exact::int(100)?;
    told.then_some(())?;
    Some(quotient(total, shows, seats, total.value?.over(shows.value?)?, holds))
}

/// 全年共支出42.6万元，月均3.55万元: twelve months, unless fewer give the mean.
fn months(doc: &Document, mean: &Claim) -> Option<Relation> {
    let lead = mean.site.before.trim_start_matches(['，', '；', '（', '、']);
    let monthly = ["月均", "平均每月", "每月平均", "月平均", "每个月平均", "平均每个月"]
        .iter()
        .any(|word| lead.starts_with(word));
    if !monthly || lead.chars().count() > 8 {
        return None;
    }
    let total = doc.around(mean).iter().rev().find(|c| c.site.start < mean.site.start)?;
    let said: &str = &total.site.sentence_text;
    let next = total.site.sentence == mean.site.sentence && total.site.clause + 1 >= mean.site.clause;
    let year = any_in(&total.site.clause_text, WHOLE_YEAR) && !any_in(said, FEWER);
    let like = total.unit == mean.unit && (total.kind == mean.kind || total.kind.counts());
    if !next || !year || !like || !plain(total) || cues::per_head(total) || more_to_it(total) {
        return None;
    }
    let (least, most) = interval(total)?;
    let half = mean.step.over(Exact::int(2)?)?;
    let (low, high) = (mean.value?.minus(half)?, mean.value?.plus(half)?);
    let of = |months: i32| {
        let many = Exact::whole(months);
        Some(most.over(many)? >= low && least.over(many)? <= high)
    };
    let gives = total.value?.over(Exact::whole(12))?;
    if of(12) == Some(true) {
        return Some(told(total, mean, gives, true));
    }
    if (6..12).any(|months| of(months) == Some(true)) {
        return None;
    }
    let steps = |value: Exact, step: Exact| Exact::from_decimal(value.over(step)?.round(0)?);
    let (right, stated) = (steps(gives, mean.step)?, steps(mean.value?, mean.step)?);
    let (given, whole) = (steps(mean.value?.times(Exact::whole(12))?, total.step)?, steps(total.value?, total.step)?);
    let slip = is_slip(right, stated) && stated >= Exact::int(100)? || neighbours(given, whole);
    slip.then(|| told(total, mean, gives, false))
}

fn told(total: &Claim, mean: &Claim, gives: Exact, holds: bool) -> Relation {
    let working = Working {
        code: if holds { "quotient-holds" } else { "quotient-fails" },
        with: vec![
            ("numerator", shown(total)),
            ("denominator", "12".to_string()),
            ("gives", gives.show(2)),
            ("stated", shown(mean)),
        ],
        zh: format!("{}÷12＝{}，文中为{}", shown(total), gives.show(2), shown(mean)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Numerator, total), (Role::Quotient, mean)];
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    (it.computed, it.stated) = (Some(gives), mean.value);
    it
}
