//! `certificate-number`: the 22 characters of a skill-level certificate, or another scheme's own number.
//!
//! The 22 are: Y or S for the kind of body, four digits of it, two of the province, six of its serial, two of the
//! year, the level from 1 to 5, six of the certificate's serial.

use super::fault::{CERTIFICATE_FORM, CERTIFICATE_PARTS, KindFault};
use super::says_unknown;
use jc_base::Value;

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if check(text).is_ok() {
        return Ok(Value::Text(text.to_owned()));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
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
    let joins = |b: &u8| matches!(b, b'-' | b'/' | b'.' | b'_');
    let fits = (4..=40).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || joins(b))
        && bytes.iter().any(u8::is_ascii_digit);
    if !fits && !is_named(number) {
        return Err(KindFault::of(CERTIFICATE_FORM, number));
    }
    let skill_level = bytes.len() == 22 && matches!(bytes[0], b'Y' | b'S');
    if skill_level && !(bytes[1..].iter().all(u8::is_ascii_digit) && (b'1'..=b'5').contains(&bytes[15])) {
        return Err(KindFault::of(CERTIFICATE_PARTS, number));
    }
    Ok(())
}

/// Numbers with characters in them, such as `浙教师证2024第0012号`: letters and digits of any script.
fn is_named(number: &str) -> bool {
    let count = number.chars().count();
    let fits = |c: char| {
        (c.is_alphanumeric() && !c.is_lowercase())
            || matches!(c, '-' | '/' | '.' | '_' | '(' | ')' | '〔' | '〕' | '[' | ']')
    };
    (4..=40).contains(&count) && number.chars().all(fits) && number.chars().any(|c| c.is_ascii_digit())
}
