//! What the calendar says of dates told side by side: where the 3rd is a Tuesday the 5th is no Friday, 2021 to 2023 are no four years, and
//! who was born in 1985 was not 42 in 2024.

use jc_text::fold::fold_width;

use super::spans::{day_of_year, month_and_day};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_after, text_between};
use crate::words::any_in;

/// Looks for all of them.
pub(in crate::relate) fn calendar(doc: &Document, all: &mut Vec<Relation>) {
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        all.extend(row.windows(2).filter_map(|pair| by_the_week(&pair[0], &pair[1])));
        all.extend(row.windows(2).filter_map(|pair| years_named(&pair[0], &pair[1])));
        all.extend(row.windows(3).filter_map(|three| aged(&three[0], &three[1], &three[2])));
    }
}

/// 6月3日（星期二）至6月5日（星期五）: the days of the week are as far apart as the dates are.
fn by_the_week(first: &Claim, second: &Claim) -> Option<Relation> {
    if first.kind != Kind::Date || second.kind != Kind::Date {
        return None;
    }
    let (one, other) = (day_of_week(text_between(first, second))?, day_of_week(said_after(second))?);
    let ((from_year, from), (to_year, to)) = (day(&first.text)?, day(&second.text)?);
    let same_year = match (from_year, to_year) {
        (from, Some(to)) => from == Some(to),
        (_, None) => true,
    };
    // Of a February that is run through nothing is known without its year.
    let leap = from.0 <= 2 && to.0 > 2;
    if !same_year || leap || to < from {
        return None;
    }
    let days = day_of_year(to, 0) - day_of_year(from, 0);
    let gives = usize::try_from((i64::try_from(one).ok()? + days).rem_euclid(7)).ok()?;
    let holds = (i64::try_from(one).ok()? + days - i64::try_from(other).ok()?).rem_euclid(7) == 0;
    let words = [first.text.as_str(), second.text.as_str()];
    let working = Working {
        code: if holds { "weekday-holds" } else { "weekday-fails" },
        with: vec![
            ("low", words[0].to_owned()),
            ("day", DAYS[one].to_owned()),
            ("high", words[1].to_owned()),
            ("gives", DAYS[gives].to_owned()),
            ("stated", DAYS[other].to_owned()),
        ],
        zh: format!("{}是星期{}，{}便是星期{}，文中为星期{}", words[0], WEEK[one], words[1], WEEK[gives], WEEK[other]),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Claims, first), (Role::Claims, second)];
    Some(relation(RelationKind::Exclusive, finding, members, working))
}

const WEEK: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];
/// The same days as messages know them, which name them in their language.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The day of the week right behind a date, in parentheses or not, from Monday = 0.
fn day_of_week(behind: &str) -> Option<usize> {
    let behind = behind.trim_start_matches(['（', '(', ' ', '，']);
    let name = ["星期", "周", "礼拜"].iter().find_map(|word| behind.strip_prefix(word))?.chars().next()?;
    let name = if name == '天' { '日' } else { name };
    WEEK.iter().position(|day| *day == name)
}

/// 连续四年（2021年至2023年）: so many years as are named, both ends counted or not.
fn years_named(lasting: &Claim, named: &Claim) -> Option<Relation> {
    let opens = text_between(lasting, named);
    let lasts = lasting.kind == Kind::Duration && lasting.unit == "年" && lasting.bound == Bound::Exact;
    if !lasts || named.kind != Kind::Date || !matches!(opens, "（" | "（即" | "(" | "（分别为") {
        return None;
    }
    let (from, to) = named.text.split_once(['至', '到', '—', '-', '－', '–', '~', '～'])?;
    let (from, to) = (year_alone(from)?, year_alone(to.trim_start_matches(['—', '-', '－', '–']))?);
    let apart = to.checked_sub(from).filter(|years| (1..100).contains(years))?;
    let said = i64::try_from(lasting.value?.as_int()?).ok()?;
    let holds = said == apart || said == apart + 1;
    let mut it = apart_by(&format!("{to}年"), &format!("{from}年"), format!("{}年", apart + 1), lasting, holds);
    it.members = vec![(Role::Old, named.id.clone()), (Role::Difference, lasting.id.clone())];
    it.computed = Exact::int((apart + 1).into());
    Some(it)
}

/// 1985年7月出生，2024年9月到任时年满42周岁; 1998年8月入校，2023年7月退休，整整工作30个年头; 成立于2018年9月，2024年9月举办成立五周年座谈会.
fn aged(from: &Claim, to: &Claim, lasting: &Claim) -> Option<Relation> {
    if from.kind != Kind::Date || to.kind != Kind::Date || !begins(from, to, &lasting.unit) || !ends_with(to, lasting) {
        return None;
    }
    let (full, apart) = full_years(&from.text, &to.text)?;
    let stated = i64::try_from(lasting.value?.as_int()?).ok()?;
    // 岁 may be counted from birth on, years of work by the calendar.
    let holds = match lasting.unit.as_str() {
        "周岁" => (full - 1..=apart).contains(&stated),
        "岁" => (full - 1..=apart + 2).contains(&stated),
        _ => (full - 1..=apart + 1).contains(&stated),
    };
    let gives = format!("{full}{}", lasting.unit);
    let mut it = apart_by(&to.text, &from.text, gives, lasting, holds);
    it.members = vec![(Role::Old, from.id.clone()), (Role::New, to.id.clone()), (Role::Difference, lasting.id.clone())];
    it.computed = Exact::int(full.into());
    Some(it)
}

/// Is the first date the one of a birth, a founding or an entry, as the unit asks for?
fn begins(from: &Claim, to: &Claim, unit: &str) -> bool {
    let beginnings: &[&str] = match unit {
        "岁" | "周岁" => &["出生", "生于"],
        "周年" => &["成立", "创办", "建校", "建成", "创建", "开馆"],
        _ => &["入校", "入职", "参加工作", "到校", "来校", "从教", "任教", "成立", "创办"],
    };
    beginnings.iter().any(|word| from.site.before.contains(word) || text_between(from, to).contains(word))
}

/// Are these the years until the second date? 从教20年 and 现年35岁 last until today, whatever was in between.
fn ends_with(to: &Claim, lasting: &Claim) -> bool {
    let lead = lasting.site.before.trim_end_matches(['了', '达', '整']);
    let beside = lasting.site.clause == to.site.clause;
    let said = match lasting.unit.as_str() {
        "周岁" | "周年" => beside,
        "岁" => beside && (lead.ends_with("年满") || lead.ends_with('年') || lead.is_empty()),
        "年" | "个年头" => {
            let worked =
                ["工作", "从教", "任教", "服务", "奋斗", "耕耘", "历时"].iter().any(|word| lead.ends_with(word));
            worked && any_in(&to.site.after, &["退休", "离休", "离任", "卸任", "调离", "离职", "去世", "届满"])
        }
        _ => false,
    };
    let near = lasting.site.clause <= to.site.clause + 3;
    said && near && lasting.bound == Bound::Exact && !any_in(text_between(to, lasting), &["平均", "其中", "第"])
}

/// The full years from one date to another, and those by the number of the year.
fn full_years(from: &str, to: &str) -> Option<(i64, i64)> {
    let ((low, low_month), (high, high_month)) = (month(from)?, month(to)?);
    let apart = high.checked_sub(low).filter(|years| (0..150).contains(years))?;
    let before = low_month.zip(high_month).is_some_and(|(low, high)| high < low);
    Some((apart - i64::from(before), apart))
}

/// From one time to another it is so long, and not so long.
fn apart_by(high: &str, low: &str, gives: String, lasting: &Claim, holds: bool) -> Relation {
    let working = Working {
        code: if holds { "difference-holds" } else { "difference-fails" },
        with: vec![
            ("high", high.to_owned()),
            ("low", low.to_owned()),
            ("gives", gives.clone()),
            ("stated", lasting.text.clone()),
        ],
        zh: format!("{low}至{high}为{gives}，文中为{}", lasting.text),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Difference, finding, vec![(Role::Difference, lasting)], working);
    it.stated = lasting.value;
    it
}

/// 2021年, 2021: the year.
fn year_alone(text: &str) -> Option<i64> {
    let year = fold_width(text);
    let year = year.trim().trim_end_matches('年');
    year.parse().ok().filter(|year| (1800..2200).contains(year))
}

/// 1985年7月, 2024年: the year, and the month where it is told.
fn month(text: &str) -> Option<(i64, Option<i64>)> {
    let (year, rest) = text.trim().split_once('年')?;
    let month = rest.split_once('月').and_then(|(month, _)| fold_width(month).parse::<i64>().ok());
    Some((year_alone(year)?, month.filter(|month| (1..=12).contains(month))))
}

/// 2024年3月15日: the year where it is told, month and day.
fn day(text: &str) -> Option<(Option<i64>, (i64, i64))> {
    let year = match text.split_once('年') {
        Some((year, _)) => Some(year_alone(year)?),
        None => None,
    };
    Some((year, month_and_day(text)?))
}
