//! `id-number`: the citizen's number of GB 11643, eighteen characters with birth date and check character.
//!
//! A full number is never repeated in a fault: the words get the masked form.

use super::fault::{ID_CHECK, ID_DATE, ID_FORM, KindFault};
use super::says_unknown;
use jc_base::{Date, Value};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if check(text).is_ok() {
        return Ok(Value::Text(text.to_owned()));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    // A leading apostrophe is what spreadsheets make people type to keep a number as text.
    let number: String = jc_text::fold::plain(text)
        .trim_start_matches(['\'', '’', '‘'])
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    check(&number)?;
    Ok(Value::Text(number))
}

pub(super) fn check(number: &str) -> Result<(), KindFault> {
    let bytes = number.as_bytes();
    let form = bytes.len() == 18
        && bytes[..17].iter().all(u8::is_ascii_digit)
        && (bytes[17].is_ascii_digit() || bytes[17] == b'X');
    if !form {
        return Err(KindFault::new(ID_FORM).with("count", number.chars().count()));
    }
    if birth_date(number).is_none() {
        return Err(KindFault::new(ID_DATE).with("value", mask(number)));
    }
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if CHECKS[(sum % 11) as usize] == bytes[17] {
        Ok(())
    } else {
        Err(KindFault::new(ID_CHECK).with("value", mask(number)))
    }
}

/// The birth date inside a number of eighteen characters, if that day exists and is not before 1850.
pub fn birth_date(number: &str) -> Option<Date> {
    let digits = |from: usize, to: usize| number.get(from..to)?.parse::<u32>().ok();
    let year = digits(6, 10).filter(|year| (1850..=2200).contains(year))?;
    Date::new(year as i32, digits(10, 12)?, digits(12, 14)?)
}

/// Whether the number is a man's; nothing if it has no seventeenth digit.
pub fn is_male(number: &str) -> Option<bool> {
    let digit = number.as_bytes().get(16).filter(|b| b.is_ascii_digit())?;
    Some((digit - b'0') % 2 == 1)
}

/// The number as it is shown: the first three and the last four characters, stars between.
pub fn mask(number: &str) -> String {
    let count = number.chars().count();
    if count < 8 {
        return "*".repeat(count);
    }
    number.chars().enumerate().map(|(i, c)| if i < 3 || i + 4 >= count { c } else { '*' }).collect()
}

/// A text that someone typed, without full numbers: each that holds is written as it is shown.
pub fn cover(text: &str) -> String {
    cover_each(text, |number| check(number).is_ok())
}

/// What stands in a cell, as a message may quote it: a number is covered also where its last digit does not fit, or where it is
/// written wide or with gaps.
pub fn quoted(text: &str) -> String {
    let like = |number: &str| {
        let form = number.len() == 18 && number.bytes().take(17).all(|b| b.is_ascii_digit());
        form && birth_date(number).is_some()
    };
    let closed: String = jc_text::fold::plain(text).chars().filter(|c| !c.is_whitespace()).collect();
    match (cover_each(text, like), cover_each(&closed, like)) {
        (own, _) if own != text => own,
        (_, covered) if covered != closed => covered,
        (own, _) => own,
    }
}

fn cover_each(text: &str, is_number: impl Fn(&str) -> bool) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let digits = from.bytes().take_while(u8::is_ascii_digit).count();
        let last = from.as_bytes().get(digits).is_some_and(|b| digits == 17 && b.eq_ignore_ascii_case(&b'x'));
        let (number, after) = from.split_at(digits + usize::from(last));
        covered.push_str(before);
        if is_number(&number.to_ascii_uppercase()) {
            covered.push_str(&mask(number));
        } else {
            covered.push_str(number);
        }
        rest = after;
    }
    covered + rest
}

/// Whether a full number that holds stands in a text, also written wide or with gaps.
pub fn is_in(text: &str) -> bool {
    let plain = jc_text::fold::plain(text);
    let closed: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    [plain.as_ref(), closed.as_str()].into_iter().any(|text| cover(text) != text)
}

#[cfg(test)]
mod cell_tests {
    use crate::kinds::{Cell, Kind, ParseContext};

    #[test]
    fn a_number_in_a_sentence_is_covered_and_other_digits_stay() {
        for (typed, kept) in [
            ("核对990101200803150019的学籍", "核对990***********0019的学籍"),
            ("99010120051231241x、99010120051231241X", "990***********241x、990***********241X"),
            ("G990101200803150019号", "G990***********0019号"),
            ("990101200803150010", "990101200803150010"),
            ("1990101200803150019", "1990101200803150019"),
            ("2024-09-01，3人", "2024-09-01，3人"),
            ("", ""),
        ] {
            assert_eq!(super::cover(typed), kept, "{typed}");
        }
    }

    #[test]
    fn a_message_quotes_no_number_not_even_one_with_a_slip() {
        for (typed, told) in [
            ("990101200803150019", "990***********0019"),
            ("990101200803150018", "990***********0018"),
            ("９９０１０１２００８０３１５００１９", "990***********0019"),
            ("990101 20080315 0019", "990***********0019"),
            ("去年 秋天", "去年 秋天"),
            ("990101201313150019", "990101201313150019"),
        ] {
            assert_eq!(super::quoted(typed), told, "{typed}");
        }
    }

    #[test]
    fn a_number_is_known_however_it_is_written() {
        for typed in [
            "990101200803150019",
            "查990101200803150019",
            "９９０１０１２００８０３１５００１９",
            "990101 20080315 0019",
        ] {
            assert!(super::is_in(typed), "{typed}");
        }
        for typed in ["990101200803150010", "99010120080315", "91330100123456789X", "张三", ""] {
            assert!(!super::is_in(typed), "{typed}");
        }
    }

    #[test]
    fn a_refused_number_cell_does_not_repeat_the_number() {
        let context = ParseContext { codes: &[], on: None };
        let fault =
            Kind::IdNumber.from_cell(Cell::Number("990101200803150010"), &context).expect_err("digits are lost");
        assert!(!format!("{fault:?}").contains("990101200803150010"), "{fault:?}");
    }
}
