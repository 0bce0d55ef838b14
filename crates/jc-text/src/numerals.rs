//! Numbers as printed in Chinese text: `3,000`, `１．２万`, `一百零八`, `壹拾贰`, `3万5千`.
//!
//! [`parse`] reads a whole cell; [`prefix`] reads what stands at the start of running text and says how far it
//! reached. Both are exact. Words that bound a number (余, 约, 以上) and approximate pairs (三五, 几十) are the
//! business of whoever reads prose.

use crate::decimal::{Decimal, power_of_ten};
use crate::fold::{fold_char, is_invisible};

/// With which signs a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Digits 0–9 only.
    Arabic,
    /// Chinese characters only.
    Chinese,
    /// Digits with a Chinese scale: `3万`, `1.2亿`, `5千`.
    Mixed,
}

/// A number found at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The amount, scales multiplied out.
    pub value: Decimal,
    /// What one step of the last printed digit is worth: `1.2万` moves in thousands.
    pub step: Decimal,
    /// How many characters it takes.
    pub len: usize,
    /// How it was written.
    pub script: Script,
}

/// Reads a whole cell or word as one number; nothing if anything else stands there.
///
/// White space is dropped, full-width signs are folded, thousands may be parted by `,` or `，`.
/// A single closing dot of a malformed number, two points, or `12，3` give nothing.
pub fn parse(text: &str) -> Option<Decimal> {
    let chars: Vec<char> = text.chars().filter(|&c| !c.is_whitespace() && !is_invisible(c)).map(fold_char).collect();
    let (sign, rest) = match chars.split_first()? {
        ('-' | '−' | '负', rest) => (-1, rest),
        ('+', rest) => (1, rest),
        _ => (1, &chars[..]),
    };
    let found = prefix(rest)?;
    (found.len == rest.len()).then(|| Decimal { digits: sign * found.value.digits, ..found.value })
}

/// Reads the number at the very start of `chars`; nothing if none stands there, or if what stands there is a run
/// of numeral characters that is no number (`十百千`, `五一`, `十四五`).
pub fn prefix(chars: &[char]) -> Option<Prefix> {
    let first = fold_char(*chars.first()?);
    if first.is_ascii_digit() { arabic(chars) } else { chinese(chars) }
}

/// The digit a single Chinese numeral character stands for, capital forms included.
pub fn chinese_digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten a Chinese scale character stands for (`万` → 4).
pub fn chinese_scale(c: char) -> Option<u8> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// True if the character can be part of a Chinese numeral.
pub fn is_chinese_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || chinese_scale(c).is_some() || matches!(c, '廿' | '卅')
}

/// A scale followed by one of these is the start of a unit (千米, 百分点), not part of the number.
fn scale_belongs_to_unit(scale: char, next: Option<char>) -> bool {
    matches!(
        (scale, next),
        ('千', Some('米' | '克' | '瓦' | '卡' | '帕' | '伏' | '赫' | '焦'))
            | ('百', Some('分' | '帕'))
            | ('十', Some('字'))
    )
}

/// What follows a place; nothing at the end.
fn rest(chars: &[char], at: usize) -> &[char] {
    chars.get(at..).unwrap_or_default()
}

fn arabic(chars: &[char]) -> Option<Prefix> {
    let (value, mut at) = digits(chars)?;
    let Some((power, taken)) = scale_after(rest(chars, at)) else {
        return Some(Prefix {
            value,
            step: Decimal { digits: 1, scale: value.scale },
            len: at,
            script: Script::Arabic,
        });
    };
    at += taken;
    let step = Decimal { digits: 1, scale: value.scale }.times_power_of_ten(power)?;
    let mut total = value.times_power_of_ten(power)?;
    let mut least = (power, step);
    // `3万5千`, `1亿2000万`: further groups with ever smaller scales.
    while let Some((more, used)) = chars.get(at..).and_then(digits) {
        let Some((power, taken)) = scale_after(rest(chars, at + used)) else { break };
        if power >= least.0 {
            break;
        }
        total = total.checked_add(more.times_power_of_ten(power)?)?;
        least = (power, Decimal { digits: 1, scale: more.scale }.times_power_of_ten(power)?);
        at += used + taken;
    }
    Some(Prefix { value: total, step: least.1, len: at, script: Script::Mixed })
}

/// Digits with thousands marks and a point. Full-width `，` parts thousands only between full-width digits or in a
/// cell (which [`parse`] has folded): between half-width digits it is the comma of the sentence.
fn digits(chars: &[char]) -> Option<(Decimal, usize)> {
    let digit = |at: usize| chars.get(at).map(|&c| fold_char(c)).and_then(|c| c.to_digit(10));
    let mut value = i128::from(digit(0)?);
    let mut at = 1;
    while let Some(d) = digit(at) {
        value = value.checked_mul(10)?.checked_add(i128::from(d))?;
        at += 1;
    }
    if at <= 3 && value > 0 {
        while let Some(group) = thousands_group(chars, at) {
            value = value.checked_mul(1000)?.checked_add(i128::from(group))?;
            at += 4;
        }
    }
    let mut scale = 0u8;
    if matches!(chars.get(at), Some('.' | '．')) && digit(at + 1).is_some() {
        at += 1;
        while let Some(d) = digit(at) {
            value = value.checked_mul(10)?.checked_add(i128::from(d))?;
            scale = scale.checked_add(1).filter(|&s| s <= 12)?;
            at += 1;
        }
    }
    Some((Decimal { digits: value, scale }, at))
}

fn thousands_group(chars: &[char], at: usize) -> Option<u32> {
    let mark = *chars.get(at)?;
    let group = chars.get(at + 1..at + 4)?;
    let wide = group.iter().all(|c| ('０'..='９').contains(c));
    if !(mark == ',' || (mark == '，' && wide)) {
        return None;
    }
    if chars.get(at + 4).is_some_and(|&c| fold_char(c).is_ascii_digit()) {
        return None;
    }
    group.iter().try_fold(0, |sum, &c| Some(sum * 10 + fold_char(c).to_digit(10)?))
}

/// One or more scale characters after digits: `万`, `百万`, `万亿`.
fn scale_after(chars: &[char]) -> Option<(u8, usize)> {
    let mut power = 0;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let Some(p) = chinese_scale(c) else { break };
        if scale_belongs_to_unit(c, chars.get(at + 1).copied()) || (at > 0 && p < 4) || power + p > 16 {
            break;
        }
        power += p;
        at += 1;
    }
    (at > 0).then_some((power, at))
}

fn chinese(chars: &[char]) -> Option<Prefix> {
    let mut len = 0;
    while let Some(&c) = chars.get(len) {
        if !is_chinese_numeral(c) || scale_belongs_to_unit(c, chars.get(len + 1).copied()) {
            break;
        }
        len += 1;
    }
    let run = chars.get(..len)?;
    let whole = positional(run).or_else(|| by_scales(run))?;
    // `三点五`: a point read aloud, only with digits behind it.
    let mut behind = 0;
    if chars.get(len) == Some(&'点') && !run.is_empty() {
        behind = rest(chars, len + 1).iter().take_while(|&&c| chinese_digit(c).is_some()).count();
    }
    let mut value = Decimal::from_int(whole.0);
    let mut step = Decimal::from_int(whole.1);
    if behind > 0 {
        for &c in rest(chars, len + 1).iter().take(behind) {
            let digit = i128::from(chinese_digit(c)?);
            let scale = value.scale.checked_add(1).filter(|&s| s <= 12)?;
            value = Decimal { digits: value.digits.checked_mul(10)?.checked_add(digit)?, scale };
        }
        step = Decimal { digits: 1, scale: value.scale };
        len += 1 + behind;
        if let Some((power, taken)) = scale_after(rest(chars, len)) {
            value = value.times_power_of_ten(power)?;
            step = step.times_power_of_ten(power)?;
            len += taken;
        }
    }
    Some(Prefix { value, step, len, script: Script::Chinese })
}

/// Digits read one by one: `二〇二四`. Two digits alone are refused unless one is a nought: `五一` is a holiday,
/// `三五` three to five, `二三` two or three.
fn positional(run: &[char]) -> Option<(i128, i128)> {
    if run.len() > 18 || run.contains(&'两') {
        return None;
    }
    let digits: Option<Vec<u8>> = run.iter().map(|&c| chinese_digit(c)).collect();
    let digits = digits?;
    let clear = match digits.as_slice() {
        [_] | [_, _, _, _, ..] => true,
        [first, others @ ..] => *first > 0 && others.contains(&0),
        [] => false,
    };
    clear.then(|| (digits.iter().fold(0, |sum, &d| sum * 10 + i128::from(d)), 1))
}

/// Digits with scales: `一百零八`, `两千三`, `三万五`, `一万亿`. Gives the amount and the worth of its last step.
fn by_scales(run: &[char]) -> Option<(i128, i128)> {
    if run.is_empty() {
        return None;
    }
    let mut total: i128 = 0; // groups closed by 万 or 亿
    let mut section: i128 = 0; // below 万
    let mut digit: Option<i128> = None;
    let mut gap = false; // a 零 stands before the digit
    let mut last = 16u8; // the power of the scale last read, within the section
    let mut closed = 16u8; // the power that closed the last group
    let mut step: i128 = 1;
    for &c in run {
        if let Some(d) = chinese_digit(c) {
            if d == 0 {
                if digit.is_some() {
                    return None;
                }
                gap = true;
            } else if digit.replace(i128::from(d)).is_some() {
                return None;
            }
            step = 1;
            continue;
        }
        if matches!(c, '廿' | '卅') {
            if digit.is_some() || last <= 1 {
                return None;
            }
            section += if c == '廿' { 20 } else { 30 };
            (last, step, gap) = (1, 10, false);
            continue;
        }
        let power = chinese_scale(c)?;
        step = power_of_ten(power)?;
        if power < 4 {
            if power >= last {
                return None;
            }
            // 十 may stand without a digit (十二, 一百十二); 百 and 千 only at the very start (百余, 千名).
            let many = match digit.take() {
                Some(d) => d,
                None if power == 1 || (section == 0 && total == 0) => 1,
                None => return None,
            };
            section += many * power_of_ten(power)?;
            (last, gap) = (power, false);
        } else {
            let below = section + digit.take().unwrap_or(0);
            let below = if below == 0 && total == 0 { 1 } else { below };
            if power == 8 {
                // 一万亿: 亿 also lifts what 万 has closed.
                if closed >= 8 && total > 0 {
                    return None;
                }
                total = total.checked_add(below)?.checked_mul(100_000_000)?;
            } else {
                if closed <= 4 {
                    return None;
                }
                total = total.checked_add(below.checked_mul(10_000)?)?;
            }
            closed = power;
            (section, last, gap) = (0, 16, false);
        }
    }
    if let Some(d) = digit {
        // 一百八 is 180 and 三万五 35000, but 一百零八 is 108.
        let scale = if last < 16 { last } else { closed };
        let worth = if gap || scale >= 16 { 1 } else { power_of_ten(scale.saturating_sub(1))? };
        section += d * worth;
        step = worth;
    } else if gap {
        return None;
    }
    Some((total.checked_add(section)?, step))
}

/// A whole number in Chinese numerals as one says it (`10` 十, `108` 一百零八, `20000` 二万). Below 10^16.
pub fn format_chinese(value: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if value == 0 {
        return "零".to_string();
    }
    let mut out = String::new();
    let mut owes_nought = false;
    for power in (0..16).rev() {
        let digit = (value / 10u64.pow(power)) % 10;
        let place = power % 4;
        if digit == 0 {
            owes_nought = !out.is_empty();
        } else {
            if std::mem::take(&mut owes_nought) {
                out.push('零');
            }
            if !(digit == 1 && place == 1 && out.is_empty()) {
                out.extend(DIGITS.get(digit as usize));
            }
            out.extend(match place {
                1 => Some('十'),
                2 => Some('百'),
                3 => Some('千'),
                _ => None,
            });
        }
        let group = (value / 10u64.pow(power)) % 10_000;
        if matches!(power, 4 | 12) && group > 0 {
            out.push('万');
        } else if power == 8 && !out.is_empty() {
            out.push('亿');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), expect, "{text:?}");
    }

    #[test]
    fn whole_cells() {
        for (text, value) in [
            ("3,000", "3000"),
            ("3，000", "3000"),
            ("1,234,567.50", "1234567.50"),
            ("３，０００", "3000"),
            ("１．５", "1.5"),
            (" 1 200 ", "1200"),
            ("3万", "30000"),
            ("1.2万", "12000"),
            ("1.25万亿", "1250000000000"),
            ("3万5千", "35000"),
            ("1亿2000万", "120000000"),
            ("3百万", "3000000"),
            ("-5", "-5"),
            ("负三", "-3"),
            ("+7", "7"),
            ("十", "10"),
            ("十二", "12"),
            ("廿五", "25"),
            ("一百零八", "108"),
            ("一百八", "180"),
            ("一百一十", "110"),
            ("两千", "2000"),
            ("两千三", "2300"),
            ("三万五", "35000"),
            ("两万零三十", "20030"),
            ("一万亿", "1000000000000"),
            ("一亿零五百万", "105000000"),
            ("三千五百万", "35000000"),
            ("壹佰贰拾叁", "123"),
            ("壹万元", "-"),
            ("二〇二四", "2024"),
            ("二○二四", "2024"),
            ("二零", "20"),
            ("三点一四", "3.14"),
            ("一点二万", "12000"),
            ("〇", "0"),
            ("零", "0"),
        ] {
            check(text, Some(value).filter(|&v| v != "-"));
        }
    }

    #[test]
    fn no_numbers() {
        for text in [
            "",
            "十百千",
            "五一",
            "十四五",
            "三五",
            "二三十",
            "1.2.3",
            "12，3",
            "12,3456",
            "十十",
            "abc",
            "3个",
            "一百百",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn in_running_text() {
        for (text, value, len, step) in [
            ("5千米", "5", 1, "1"),
            ("2万千瓦时", "20000", 2, "10000"),
            ("1.2万元", "12000", 4, "1000"),
            ("95，120人", "95", 2, "1"),
            ("1,200人", "1200", 5, "1"),
            ("2.30%", "2.30", 4, "0.01"),
            ("3百分点", "3", 1, "1"),
            ("十九届", "19", 2, "1"),
            ("三十名", "30", 2, "10"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found = prefix(&chars).unwrap();
            assert_eq!(
                (found.value.to_string().as_str(), found.len, found.step.to_string().as_str()),
                (value, len, step),
                "{text}"
            );
        }
    }

    #[test]
    fn speaks_numbers() {
        for (value, said) in [
            (10, "十"),
            (15, "十五"),
            (108, "一百零八"),
            (110, "一百一十"),
            (10_010, "一万零一十"),
            (100_000_000, "一亿"),
            (1_000_000_000_000, "一万亿"),
            (100_010_000, "一亿零一万"),
        ] {
            assert_eq!(format_chinese(value), said);
        }
    }

    proptest! {
        #[test]
        fn what_is_said_is_read(value in prop_oneof![0u64..100_000, 0u64..1_000_000_000_000, (0u64..13, 1u64..10).prop_map(|(p, d)| d * 10u64.pow(p as u32))]) {
            prop_assert_eq!(parse(&format_chinese(value)), Some(Decimal::from_int(i128::from(value))), "{}", format_chinese(value));
        }

        #[test]
        fn printed_decimals_are_kept(digits in 0i128..10_000_000, scale in 0u8..5) {
            let it = Decimal { digits, scale };
            prop_assert_eq!(parse(&it.to_string()), Some(it));
        }

        #[test]
        fn never_panics(text in "[0-9，,.〇一二两三十百千万亿零廿点 ]{0,24}") {
            let _ = parse(&text);
        }
    }
}
