//! Dates and stretches of time: 2024年度, 2024届, 2023—2024学年, 9月1日, 近三年, 一年来; and years told otherwise: 1897年, 光绪三十年,
//! 公元476年.

use jc_text::numerals;

use super::{Found, Scan};
use crate::document::{Kind, Numeral};
use crate::exact::Exact;
use crate::layout::starts_with;

/// What makes a year out of four digits.
const YEAR_WORDS: &[&str] = &["学年度", "学年", "年度", "年底", "年末", "年初", "年春", "年秋", "年", "届", "级"];

pub(super) fn date(scan: &Scan, at: usize) -> Option<Found> {
    let before = scan.before(at);
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.') {
        return None;
    }
    years(scan, at)
        .or_else(|| decade(scan, at))
        .or_else(|| old_year(scan, at))
        .or_else(|| month_or_day(scan, at))
        .or_else(|| stretch(scan, at))
}

/// 20世纪80年代, 九十年代初: a stretch of time, and no length.
fn decade(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    let number = numerals::prefix(rest)?;
    let tens = number.value.as_int().is_some_and(|value| value % 10 == 0 && (10..2100).contains(&value));
    let len = number.len + 2;
    // 30年代表作品: no decade.
    let word = rest.get(len).is_some_and(|c| "表理码言办替课价数购售".contains(*c));
    (tens && !word && starts_with(&rest[number.len..], "年代")).then(|| {
        let mut found = Found::exact(at, at + len, Exact::ZERO, "日期", Kind::Date, Numeral::Arabic);
        (found.value, found.min, found.max) = (Exact::from_decimal(number.value), None, None);
        found
    })
}

/// Behind these a number of years is a year: eras of the last two dynasties, of the republic and of Japan, and 公元.
const ERAS: &[&str] = &[
    "洪武",
    "建文",
    "永乐",
    "洪熙",
    "宣德",
    "正统",
    "景泰",
    "天顺",
    "成化",
    "弘治",
    "正德",
    "嘉靖",
    "隆庆",
    "万历",
    "泰昌",
    "天启",
    "崇祯",
    "顺治",
    "康熙",
    "雍正",
    "乾隆",
    "嘉庆",
    "道光",
    "咸丰",
    "同治",
    "光绪",
    "宣统",
    "民国",
    "民國",
    "明治",
    "大正",
    "昭和",
    "平成",
    "令和",
    "公元",
    "公元前",
    "西元",
    "西元前",
];

/// A year before 1900 (创办于1897年), or of an era (民国二十六年): neither how long something was nor how many years.
fn old_year(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    let number = numerals::prefix(rest)?;
    let value = number.value.as_int().filter(|value| number.value.scale == 0 && (1..10_000).contains(value))?;
    let behind = rest.get(number.len..)?;
    let of_era = ERAS.iter().any(|era| scan.layout.ends_with(at, era));
    let four = number.len == 4 && rest[..4].iter().all(char::is_ascii_digit) && (1000..2100).contains(&value);
    // 1200年的历史, 1400年前: how long ago; but 1227年前后.
    let around = starts_with(behind, "年前后");
    let long = ["年前", "年以上", "年来", "年历史", "年的历史", "年的时", "年之久", "年左右", "年余", "年多"];
    let told = four && (around || !long.iter().any(|word| starts_with(behind, word)));
    if !starts_with(behind, "年") || !(of_era || told) {
        return None;
    }
    let len = number.len + 1 + month_and_day(&behind[1..]);
    let numeral = if number.script == numerals::Script::Chinese { Numeral::Chinese } else { Numeral::Arabic };
    let mut found = Found::exact(at, at + len, Exact::from_decimal(number.value)?, "日期", Kind::Date, numeral);
    (found.min, found.max) = (None, None);
    let first = i32::try_from(value).ok()?;
    match () {
        () if scan.layout.ends_with(at, "民国") || scan.layout.ends_with(at, "民國") => {
            found.years = vec![1911 + first]
        }
        () if of_era && !four => {}
        () => found.years = vec![first],
    }
    Some(found)
}

/// A calendar year in four digits or four Chinese digits.
fn year(rest: &[char]) -> Option<i32> {
    let mut value = 0;
    for n in 0..4 {
        let c = *rest.get(n)?;
        let digit = c.to_digit(10).or_else(|| numerals::chinese_digit(c).map(u32::from))?;
        value = value * 10 + i32::try_from(digit).ok()?;
    }
    let more = rest.get(4).is_some_and(|c| c.is_ascii_digit());
    ((1900..2100).contains(&value) && !more).then_some(value)
}

fn years(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    let first = year(rest)?;
    let numeral = if rest[0].is_ascii_digit() { Numeral::Arabic } else { Numeral::Chinese };
    let mut len = 4;
    let mut years = vec![first];
    // 2023—2024学年, 2023年至2024年, 2023、2024年.
    for join in ["年至", "年到", "年—", "年-", "——", "—", "-", "–", "~", "～", "至", "/", "、", "和"]
    {
        let width = join.chars().count();
        if starts_with(&rest[len..], join)
            && let Some(second) = year(&rest[len + width..]).filter(|&y| y > first && y <= first + 10)
            && YEAR_WORDS.iter().any(|word| starts_with(&rest[len + width + 4..], word))
        {
            years.push(second);
            len += width + 4;
            break;
        }
    }
    let word = YEAR_WORDS.iter().find(|word| starts_with(&rest[len..], word))?;
    len += word.chars().count();
    if *word == "年" {
        len += month_and_day(&rest[len..]);
    }
    let mut found = Found::exact(at, at + len, Exact::int(i128::from(first))?, "日期", Kind::Date, numeral);
    (found.min, found.max) = (None, None);
    found.years = years;
    Some(found)
}

/// How many characters of `9月1日`, `9月`, `9月至12月` stand here.
fn month_and_day(rest: &[char]) -> usize {
    // 13月5日, 6月32日: no such day, and yet a date. 6月60日均值 and 6月40日内 are none.
    let beyond = |len: &usize| !rest.get(*len).is_some_and(|c| "均内龄游夜常后前以".contains(*c));
    let day_at = |from: usize| {
        let day = small(&rest[from..], 31, "日").or_else(|| small(&rest[from..], 31, "号"));
        day.or_else(|| small(&rest[from..], 99, "日").filter(|len| beyond(&(from + len))))
    };
    let month = small(rest, 12, "月").or_else(|| small(rest, 99, "月").filter(|month| day_at(*month).is_some()));
    let Some(month) = month else { return 0 };
    let day = day_at(month).unwrap_or(0);
    let mut len = month + day;
    for join in ["至", "—", "-", "–", "~", "～", "到"] {
        if starts_with(&rest[len..], join) {
            let behind = &rest[len + 1..];
            let more = match month_and_day(behind) {
                0 => small(behind, 31, "日").unwrap_or(0),
                n => n,
            };
            if more > 0 {
                len += 1 + more;
            }
            break;
        }
    }
    if day == 0 && len == month && rest.get(len) == Some(&'份') { len + 1 } else { len }
}

/// The length of a number from 1 to `most` with the sign behind it.
fn small(rest: &[char], most: i128, sign: &str) -> Option<usize> {
    let number = numerals::prefix(rest)?;
    let value = number.value.as_int().filter(|v| (1..=most).contains(v) && number.value.scale == 0)?;
    let len = number.len;
    (value > 0 && starts_with(&rest[len..], sign)).then(|| len + 1)
}

fn month_or_day(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    let len = match month_and_day(rest) {
        // 30日内答复: how long, and no day.
        0 => small(rest, 31, "日").filter(|len| rest.get(*len) != Some(&'内'))?,
        n => n,
    };
    if rest.get(len) == Some(&'制') || scan.before(at) == Some('第') {
        return None;
    }
    let number = numerals::prefix(rest)?;
    let numeral = if number.script == numerals::Script::Chinese { Numeral::Chinese } else { Numeral::Arabic };
    let mut found = Found::exact(at, at + len, Exact::from_decimal(number.value)?, "日期", Kind::Date, numeral);
    (found.min, found.max) = (None, None);
    Some(found)
}

/// 近三年, 三年来, 过去5年, 五年间: a stretch of time that other claims are about.
fn stretch(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    let lead =
        ["最近", "过去", "近", "连续"].iter().find(|word| starts_with(rest, word)).map_or(0, |w| w.chars().count());
    let number = numerals::prefix(&rest[lead..])?;
    let mut len = lead + number.len;
    let more = starts_with(&rest[len..], "余") || starts_with(&rest[len..], "多");
    len += usize::from(more);
    let unit =
        ["个学年", "个学期", "学年", "学期", "个月", "年"].iter().find(|word| starts_with(&rest[len..], word))?;
    len += unit.chars().count();
    let tail =
        ["以来", "来", "间"].iter().find(|word| starts_with(&rest[len..], word)).map_or(0, |w| w.chars().count());
    let tail = if starts_with(&rest[len..], "间隔") { 0 } else { tail };
    let value = Exact::from_decimal(number.value)?;
    // 三年来 is a stretch, 四十余年来 a length.
    if more && value > Exact::int(10)? && lead == 0 {
        return None;
    }
    // 近三年 is a stretch, 近30年的办学历史 a length: only small numbers are counted back from today.
    let back = lead > 0 && value <= Exact::int(10)? && !starts_with(&rest[len..], "的");
    if tail == 0 && !back {
        return None;
    }
    // 建校46年来: how long it lasts already.
    let since = || {
        ["建校", "建院", "办学", "创办", "开办", "成立", "建站", "入职", "从教", "执教"]
            .iter()
            .any(|word| scan.layout.ends_with(at, word))
    };
    if starts_with(rest, "连续") || lead == 0 && since() {
        return None;
    }
    let numeral = if number.script == numerals::Script::Chinese { Numeral::Chinese } else { Numeral::Arabic };
    let mut found = Found::exact(at, at + len + tail, value, "日期", Kind::Date, numeral);
    (found.min, found.max) = (None, None);
    Some(found)
}
