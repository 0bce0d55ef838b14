//! What is full: 宿舍按每间8人安排，间间住满…新生住的117间宿舍; 座位620个，连演3场，场场爆满，送出门票1860张; and a whole year with what each of its
//! months had: 全年共支出42.6万元，月均3.55万元; 实训用车45辆，全年耗油10.8万升，平均每辆车每月200升; 客房612间一律为6人间，床位3672张.
//!
//! Where all is taken, the rooms or the houses and what each holds make the total. What they do not make is told where one digit parts
//! them and nothing else could be meant.

use super::mean::words;
use super::only;
use super::products::{counts_each, every, more_to_it};
use super::quotients::quotient;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, shown_as};
use crate::relate::digits::slips::{is_mistyped, is_slip, neighbours};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::said_before;
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
    let full = |c: &Claim| rooms(doc, c).or_else(|| seats(doc, c)).or_else(|| beds(doc, c));
    let of_one = |c: &Claim| full(c).or_else(|| months(doc, c)).or_else(|| months_of_each(doc, c));
    let mut found: Vec<Relation> = doc.claims.iter().filter(|c| plain(c)).filter_map(of_one).collect();
    let members = |it: &Relation| it.members.clone();
    found.retain(|it| !all.iter().any(|other| other.primary && members(other) == members(it)));
    all.extend(found);
}

pub(super) fn plain(c: &Claim) -> bool {
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

/// 全年, 上半年, 三季度: how many months these are.
fn span_of(text: &str) -> Option<i32> {
    const QUARTERS: &[&str] = &["一季度", "二季度", "三季度", "四季度", "1季度", "2季度", "3季度", "4季度"];
    let year = any_in(text, WHOLE_YEAR).then_some(12);
    let half = (text.matches("半年").count() == 1 && any_in(text, &["上半年", "下半年"])).then_some(6);
    let quarter = (text.matches("季度").count() == 1 && any_in(text, QUARTERS)).then_some(3);
    match (year, half, quarter) {
        (Some(months), None, None) | (None, Some(months), None) | (None, None, Some(months)) => Some(months),
        _ => None,
    }
}

/// 全年共支出42.6万元，月均3.55万元: twelve months, unless fewer give the mean; 上半年用电48.6万度，月均8.1万度: six.
fn months(doc: &Document, mean: &Claim) -> Option<Relation> {
    let lead = mean.site.before.trim_start_matches(['，', '；', '（', '、']);
    let monthly = [
        "月均",
        "平均每月",
        "每月平均",
        "月平均",
        "每个月平均",
        "平均每个月",
        "平均到每个月",
        "平均到每月",
        "平均一个月",
    ]
    .iter()
    .any(|word| lead.starts_with(word));
    if !monthly || lead.chars().count() > 8 {
        return None;
    }
    let total = doc.around(mean).iter().rev().find(|c| c.site.start < mean.site.start)?;
    let said: &str = &total.site.sentence_text;
    let next = total.site.sentence == mean.site.sentence && total.site.clause + 1 >= mean.site.clause;
    // 今年1至12月，食堂采购大米62.4吨: the time may be a clause of its own.
    let span = || span_of(&total.site.clause_text).or_else(|| span_of(said_before(total)));
    let many = span().filter(|_| !any_in(said, FEWER))?;
    let like = total.unit == mean.unit && (total.kind == mean.kind || total.kind.counts());
    if !next || !like || !plain(total) || cues::per_head(total) || more_to_it(total) {
        return None;
    }
    let gives = total.value?.over(Exact::whole(many))?;
    if of_months(total, mean, 1, many) == Some(true) {
        return Some(told(total, mean, many, gives, true));
    }
    if (many / 2..many).any(|months| of_months(total, mean, 1, months) == Some(true)) {
        return None;
    }
    let steps = |value: Exact, step: Exact| Exact::from_decimal(value.over(step)?.round(0)?);
    let (right, stated) = (steps(gives, mean.step)?, steps(mean.value?, mean.step)?);
    let (given, whole) = (steps(mean.value?.times(Exact::whole(many))?, total.step)?, steps(total.value?, total.step)?);
    let slip = is_slip(right, stated) && stated >= Exact::int(100)? || neighbours(given, whole);
    // 96.6万千瓦时 is no twelve times 8.5万千瓦时, nor eleven: what stands right behind the year is of its months.
    let near = gives.apart(mean.value?)?.times(Exact::whole(8))? <= gives && stated >= Exact::int(20)?;
    (slip || near && beside(total, mean)).then(|| told(total, mean, many, gives, false))
}

/// Does the total of so many, each in so many months, print as the mean?
fn of_months(total: &Claim, mean: &Claim, holders: i128, months: i32) -> Option<bool> {
    let (least, most) = interval(total)?;
    let half = mean.step.over(Exact::int(2)?)?;
    let (low, high) = (mean.value?.minus(half)?, mean.value?.plus(half)?);
    let many = Exact::int(holders)?.times(Exact::whole(months))?;
    Some(most.over(many)? >= low && least.over(many)? <= high)
}

/// Do both stand in clauses of their own, with no word of an estimate or of a part?
fn beside(total: &Claim, mean: &Claim) -> bool {
    const LOOSE: &[&str] =
        &["预计", "约", "左右", "其中", "不含", "扣除", "上年", "去年", "累计", "停", "部分", "开学"];
    total.site.clause + 1 == mean.site.clause && !any_in(&mean.site.sentence_text, LOOSE)
}

/// 实训用车45辆，全年耗用柴油10.8万升，…，平均每辆车每月200升: what each of them had in each of twelve months.
fn months_of_each(doc: &Document, mean: &Claim) -> Option<Relation> {
    const AVERAGED: &[&str] = &["平均", "人均", "车均", "户均", "生均", "均"];
    let nouns = every(mean);
    let noun = match nouns[..] {
        [one, month] if month.starts_with('月') && mean.site.before.contains("平均") => one,
        [month, one] if month.starts_with('月') && mean.site.before.contains("平均") => one,
        _ => return None,
    };
    let alone = any_in(&mean.site.before, AVERAGED) && !more_to_it(mean);
    let before = || doc.around(mean).iter().rev().filter(|c| c.site.start < mean.site.start && plain(c));
    let near = |c: &&Claim| c.site.sentence == mean.site.sentence;
    let like = |c: &&Claim| c.unit == mean.unit && any_in(&c.site.clause_text, WHOLE_YEAR) && !cues::per_head(c);
    let total = only(before().filter(near).filter(like)).filter(|_| alone)?;
    // 灶台18个, 18个灶台: each of them, on whichever side they are named.
    let own: String = noun.trim_start_matches(['个', '台', '间', '座', '家', '所', '支']).chars().take(2).collect();
    let named = |c: &Claim| own.chars().count() == 2 && cues::item(c).contains(&own);
    let counts = |c: &Claim| counts_each(c, noun) || named(c);
    let counting = |c: &&Claim| c.kind == Kind::Count && counts(c) && c.id != total.id && !cues::per_head(c);
    let holders = only(before().filter(near).filter(counting))?;
    let number = holders.value?.as_int().filter(|number| *number > 0)?;
    let gives = total.value?.over(holders.value?.times(Exact::whole(12))?)?;
    let holds = of_months(total, mean, number, 12)?;
    let fewer = (6..12).any(|months| of_months(total, mean, number, months) == Some(true));
    let near =
        gives.apart(mean.value?)?.times(Exact::whole(5))? <= gives && mean.value?.over(mean.step)? >= Exact::int(20)?;
    let loose =
        any_in(&mean.site.sentence_text, FEWER) || any_in(&mean.site.sentence_text, &["约", "左右", "其中", "不等"]);
    if !holds && (fewer || !near || loose) {
        return None;
    }
    let mut it = quotient(total, holders, mean, gives, holds);
    let denominator = format!("({}×12)", shown(holders));
    it.working.zh = format!("{}÷{denominator}＝{}，文中为{}", shown(total), shown_as(mean, gives, 2), shown(mean));
    it.working.with.retain(|(name, _)| *name != "denominator");
    it.working.with.push(("denominator", denominator));
    Some(it)
}

/// 房间总数612间，改造后一律为6人间，可供床位3672张: rooms of one kind, and the beds in them.
fn beds(doc: &Document, total: &Claim) -> Option<Relation> {
    const ALL: &[&str] =
        &["一律", "均为", "全部", "都是", "统一", "全是", "没有例外", "清一色", "皆为", "全为", "均是", "全都", "都为"];
    let named = format!("{}{}", cues::item(total), total.site.after);
    let beds = any_in(&named, &["床位", "铺位", "床铺"]) && matches!(total.unit.as_str(), "张" | "个" | "" | "床");
    let held = counts_people(&total.unit) && any_in(&named, &["可住", "可容纳", "能住", "可入住", "可安排", "容纳"]);
    if !beds && !held || cues::per_head(total) || total.site.before.contains('每') || more_to_it(total) {
        return None;
    }
    let said = &total.site.paragraph_text;
    let size = room_size(said).filter(|_| any_in(said, ALL))?;
    let called = |c: &Claim| {
        c.unit == "间" || c.unit == "个" && ["房间", "寝室", "宿舍"].iter().any(|room| c.site.after.starts_with(room))
    };
    let room = |c: &&Claim| called(c) && c.kind == Kind::Count && c.site.paragraph == total.site.paragraph;
    let before = doc.around(total).iter().filter(|c| plain(c) && c.site.start < total.site.start);
    let rooms = only(before.filter(room).filter(|c| !cues::per_head(c)))?;
    let made = rooms.value?.times(Exact::int(size)?)?;
    let stated = total.value?;
    let holds = made == stated;
    let slip = is_mistyped(made, stated) && stated >= Exact::int(100)?;
    if !holds && !slip {
        return None;
    }
    let gives = stated.over(rooms.value?)?;
    let working = Working {
        code: if holds { "quotient-holds" } else { "quotient-fails" },
        with: vec![
            ("numerator", shown(total)),
            ("denominator", shown(rooms)),
            ("gives", gives.show(2)),
            ("stated", size.to_string()),
        ],
        zh: format!("{}×{size}＝{}，文中为{}", shown(rooms), shown_as(total, made, 0), shown(total)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Denominator, rooms), (Role::Numerator, total)];
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    (it.computed, it.stated) = (Some(made), Some(stated));
    Some(it)
}

/// 6人间, 四人间: how many a room is for, where the text tells of one kind only.
fn room_size(text: &str) -> Option<i128> {
    const DIGITS: &str = "一二三四五六七八九十";
    let size = |head: &str| {
        let last = head.chars().next_back()?;
        let digits: Vec<char> = head.chars().rev().take_while(char::is_ascii_digit).collect();
        match (last, digits.len()) {
            ('双' | '两', _) => Some(2),
            ('单', _) => Some(1),
            (_, 0) => DIGITS.chars().position(|c| c == last).and_then(|n| i128::try_from(n + 1).ok()),
            _ => digits.into_iter().rev().collect::<String>().parse().ok(),
        }
    };
    let mut sizes = text.match_indices("人间").filter_map(|(at, _)| size(&text[..at]));
    let first = sizes.next().filter(|size| (1..=20).contains(size))?;
    sizes.all(|other| other == first).then_some(first)
}

fn told(total: &Claim, mean: &Claim, months: i32, gives: Exact, holds: bool) -> Relation {
    let working = Working {
        code: if holds { "quotient-holds" } else { "quotient-fails" },
        with: vec![
            ("numerator", shown(total)),
            ("denominator", months.to_string()),
            ("gives", shown_as(mean, gives, 2)),
            ("stated", shown(mean)),
        ],
        zh: format!("{}÷{months}＝{}，文中为{}", shown(total), shown_as(mean, gives, 2), shown(mean)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Numerator, total), (Role::Quotient, mean)];
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    (it.computed, it.stated) = (Some(gives), mean.value);
    it
}
