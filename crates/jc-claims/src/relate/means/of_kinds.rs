//! Rooms, tables and coaches of several kinds, and what all of them hold: 六人间286间，四人间94间，…床位共2092个; 双人桌20张、四人桌30张，一次可坐160人;
//! 49座大巴5辆、33座中巴3辆，共有座位344个; 每箱24瓶的30箱、每箱12瓶的20箱，共960瓶.
//!
//! Each kind as often as there are of it makes the total. What it does not make is told where a slip parts the two, or where the
//! text says itself how many there are of all kinds.

use jc_text::numerals;

use super::full::plain;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{shown, shown_as};
use crate::relate::digits::slips::{figures, is_mistyped};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::{head_of, said_after, said_before, text_between};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::any_in;

/// So many kinds are there at most.
const MOST: usize = 6;
/// What holds so many, and by which measure words it is counted.
const HOLDERS: &[(&str, &[&str])] = &[
    ("人间", &["间", "个", "套"]),
    ("人宿舍", &["间", "个"]),
    ("人寝室", &["间", "个"]),
    ("人房", &["间", "个"]),
    ("人餐桌", &["张", "个"]),
    ("人课桌", &["张", "个"]),
    ("人圆桌", &["张", "个"]),
    ("人桌", &["张", "个", "桌"]),
    ("人位", &["张", "个"]),
    ("座", &["辆", "台", "部"]),
];
/// What is told of beds and seats, wherever they are.
const BEDS: &[&str] = &["床位", "铺位", "床铺"];
const SEATS: &[&str] = &["座位", "座席", "餐位", "坐席"];
const ROOM_FOR: &[&str] = &[
    "可住",
    "能住",
    "可入住",
    "可安排",
    "可容纳",
    "能容纳",
    "容纳",
    "可坐",
    "能坐",
    "可载",
    "可乘",
    "能载",
    "载客",
    "可同时就餐",
    "可供",
    "核载",
];
/// What says that more, or less, is counted than these hold.
const OTHERWISE: &[&str] =
    &["加床", "加座", "除", "另有", "不含", "不包括", "空床", "预留", "约", "左右", "余个", "司机"];

/// What one of a kind holds, what it is called, and the number that says so where it is one of its own.
struct Size<'a> {
    of: &'a Claim,
    holds: i128,
    name: String,
}

/// Looks for them.
pub(super) fn of_kinds(doc: &Document, all: &mut Vec<Relation>) {
    let found: Vec<Relation> = doc.claims.iter().filter_map(|total| held(doc, total)).collect();
    let totals: Vec<&str> = found.iter().filter_map(|it| it.members.last()).map(|(_, id)| id.as_str()).collect();
    // 每箱24瓶的30箱、每箱12瓶的20箱，共960瓶: no 12 of each of 30.
    let of_one = |it: &Relation| {
        let numerator = it.members.iter().find(|(role, _)| *role == Role::Numerator);
        it.kind == RelationKind::Quotient
            && it.finding == Finding::Inconsistent
            && numerator.is_some_and(|(_, id)| totals.contains(&id.as_str()))
    };
    all.retain(|it| !of_one(it));
    all.extend(found);
}

/// What is all they hold, by what it is called.
fn is_total(total: &Claim, row: &[Size]) -> bool {
    let after = head_of(said_after(total), 4);
    let named = format!("{}{}", cues::item(total), after.split(['，', '。', '；']).next().unwrap_or_default());
    let (unit, name) = (total.unit.as_str(), row[0].name.as_str());
    let things = matches!(unit, "个" | "张" | "床" | "座" | "");
    let room = counts_people(unit) && any_in(&named, ROOM_FOR);
    if HOLDERS.iter().any(|(word, _)| *word == name) {
        let of = if name == "座" || name.ends_with('桌') || name == "人位" { SEATS } else { BEDS };
        return room || things && any_in(&named, of) || name == "座" && unit == "座" && cues::closing(total).is_some();
    }
    name == unit && cues::closing(total).is_some()
}

/// All they hold, where it is told behind them.
fn held(doc: &Document, total: &Claim) -> Option<Relation> {
    let many = total.kind.counts() || total.kind == Kind::Quantity;
    if !many || !plain(total) || cues::per_head(total) || total.value < Some(Exact::whole(20)) {
        return None;
    }
    let near = |c: &&Claim| {
        c.site.start < total.site.start
            && c.site.paragraph == total.site.paragraph
            && c.site.chain + 1 >= total.site.chain
    };
    let before: Vec<&Claim> = doc.around(total).iter().filter(near).collect();
    let row: Vec<Size> = before.iter().filter_map(|c| size(c)).collect();
    let first = row.first()?;
    let distinct = (1..row.len()).all(|n| row[..n].iter().all(|it| it.holds != row[n].holds));
    let like = row.iter().all(|it| it.name == first.name && it.of.unit == first.of.unit);
    if !(2..=MOST).contains(&row.len()) || !distinct || !like || !is_total(total, &row) {
        return None;
    }
    let holders: Vec<&Claim> = row.iter().map(|it| it.of).collect();
    let made = row.iter().try_fold(Exact::ZERO, |sum, it| sum.plus(it.of.value?.times(Exact::int(it.holds)?)?))?;
    let stated = total.value?;
    let holds = made == stated;
    // 六人间286间，四人间94间，一共380间: there are no others.
    let others: Vec<&&Claim> = before
        .iter()
        .filter(|c| c.unit == first.of.unit && c.kind == Kind::Count && !holders.iter().any(|own| own.id == c.id))
        .collect();
    let all_of_them = sum(&holders);
    let whole = !others.is_empty() && others.iter().all(|c| c.value == all_of_them);
    let close = made.apart(stated)?.times(Exact::whole(10))? <= made;
    // 可住1000人: no count of beds.
    let slip = figures(stated) >= 100 && is_mistyped(made, stated);
    let between = if first.of.site.sentence == total.site.sentence { text_between(first.of, total) } else { "" };
    let more = any_in(between, OTHERWISE) || any_in(&total.site.clause_text, OTHERWISE);
    // 4人间388间、床位1552张，6人间16间、床位96张，合计床位1648张: it is made of what is told beside each.
    let size = |c: &Claim| row.iter().any(|it| c.value == Exact::int(it.holds));
    let beside = before.iter().any(|c| c.unit == total.unit && c.site.start > first.of.site.start && !size(c));
    let otherwise = more || beside || !others.is_empty() && !whole;
    (holds || (slip || whole && close) && !otherwise).then(|| told(total, &row, made, holds))
}

fn told(total: &Claim, row: &[Size], made: Exact, holds: bool) -> Relation {
    let terms: Vec<String> = row.iter().map(|it| format!("{}×{}", shown(it.of), it.holds)).collect();
    let terms = terms.join("+");
    let working = Working {
        code: if holds { "sum-holds" } else { "sum-fails" },
        with: vec![("parts", format!("({terms})")), ("sum", shown_as(total, made, 0)), ("whole", shown(total))],
        zh: format!("({terms})＝{}，文中为{}", shown_as(total, made, 0), shown(total)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let holders = row.iter().map(|it| (Role::Denominator, it.of));
    let members = holders.chain([(Role::Numerator, total)]).collect();
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    (it.computed, it.stated) = (Some(made), total.value);
    it
}

/// 六人间有286间, 286间六人间, 49座大巴5辆, 每箱24瓶的30箱: what one of these holds.
fn size(claim: &Claim) -> Option<Size<'_>> {
    if claim.kind != Kind::Count || !plain(claim) || claim.value <= Some(Exact::ZERO) {
        return None;
    }
    let before = said_before(claim).rsplit(['，', '、', '；', '：', '（', '和', '与', '及']).next().unwrap_or_default();
    let behind = said_after(claim).split(['，', '、', '；', '。', '）', '和', '与', '及']).next().unwrap_or_default();
    let counted = |units: &[&str]| units.contains(&claim.unit.as_str());
    for (word, _) in HOLDERS.iter().filter(|(_, units)| counted(units)) {
        let name = (*word).to_string();
        if let Some((head, rest)) = before.rsplit_once(word) {
            let short =
                rest.chars().count() <= 6 && !rest.contains(|c: char| c.is_ascii_digit() || "共各每".contains(c));
            return number_at_end(head).filter(|_| short).map(|holds| Size { of: claim, holds, name });
        }
        let lead = behind.trim_start_matches(['的', '为', '是', '（']);
        if let Some((number, _)) = lead.split_once(word)
            && !before.contains(word)
        {
            let whole = number.chars().count() <= 3;
            return number_at_end(number).filter(|_| whole).map(|holds| Size { of: claim, holds, name });
        }
    }
    // 每箱24瓶的30箱, 每箱装24瓶的有30箱.
    let (_, each) = before.rsplit_once(&format!("每{}", claim.unit))?;
    let (inner, rest) = each.split_once('的').unwrap_or((each, ""));
    let digits: String = inner.chars().filter(char::is_ascii_digit).collect();
    let (_, name) = inner.split_once(digits.as_str()).filter(|_| !digits.is_empty())?;
    let bare = (1..=2).contains(&name.chars().count()) && matches!(rest, "" | "有" | "共" | "共有");
    let holds = digits.parse().ok().filter(|n| *n > 0 && bare)?;
    Some(Size { of: claim, holds, name: name.to_string() })
}

/// 宿舍楼有六, 双, 49: the number a text ends in.
fn number_at_end(text: &str) -> Option<i128> {
    let chars: Vec<char> = text.chars().collect();
    let holds = match chars.last()? {
        '双' => 2,
        '单' => 1,
        _ => {
            let own =
                chars.iter().rev().take_while(|c| c.is_ascii_digit() || "一二两三四五六七八九十".contains(**c)).count();
            numerals::prefix(&chars[chars.len() - own..])?.value.as_int()?
        }
    };
    (1..=80).contains(&holds).then_some(holds)
}
