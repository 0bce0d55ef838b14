//! Days that no calendar has: 6月31日, 2月30日, 13月5日; 2月29日 of a year that has none.

use jc_text::numerals;

use crate::document::{Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::words::any_in;

/// The calendar of the moon has months of its own, and a slip may be told as one.
const ELSEWHERE: &[&str] = &[
    "农历",
    "阴历",
    "旧历",
    "夏历",
    "腊月",
    "正月",
    "不存在",
    "误写",
    "错写",
    "写成",
    "写作",
    "笔误",
    "并无",
    "误为",
    "错误",
    "有误",
];

/// Looks for all of them.
pub(in crate::relate) fn no_such_day(doc: &Document, all: &mut Vec<Relation>) {
    let dates = doc.claims.iter().filter(|c| c.kind == Kind::Date && !any_in(&c.site.sentence_text, ELSEWHERE));
    all.extend(dates.filter_map(told));
}

fn told(claim: &Claim) -> Option<Relation> {
    let day = missing_day(claim)?;
    let working =
        Working { code: "no-such-day", with: vec![("day", day.clone())], zh: format!("没有{day}这一天") };
    Some(relation(RelationKind::Exclusive, Finding::Inconsistent, vec![(Role::Claims, claim)], working))
}

/// The first day a date names that there is not.
fn missing_day(claim: &Claim) -> Option<String> {
    let said = claim.period.as_ref().filter(|period| period.said && period.years.len() == 1);
    let mut year = said.map(|period| i128::from(period.years[0]));
    let mut month = None;
    let text: String = claim.text.chars().filter(|c| !c.is_whitespace()).collect();
    for part in text.split(['至', '到', '—', '-', '－', '–', '~', '～']) {
        let rest = match part.split_once('年') {
            Some((own, rest)) => {
                year = number(own).filter(|year| (1900..2100).contains(year));
                rest
            }
            None => part,
        };
        let rest = match rest.split_once('月') {
            Some((own, rest)) => {
                month = number(own);
                rest
            }
            None => rest,
        };
        let day = rest.strip_suffix(['日', '号']).and_then(number);
        if let (Some(month), Some(day)) = (month, day)
            && !exists(year, month, day)
        {
            let of = year.filter(|_| (month, day) == (2, 29)).map_or(String::new(), |year| format!("{year}年"));
            return Some(format!("{of}{month}月{day}日"));
        }
    }
    None
}

/// Has the month so many days? A February of an unknown year may have 29.
fn exists(year: Option<i128>, month: i128, day: i128) -> bool {
    let leap = year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn number(text: &str) -> Option<i128> {
    let chars: Vec<char> = text.chars().collect();
    let number = numerals::prefix(&chars).filter(|number| number.len == chars.len())?;
    number.value.as_int()
}
