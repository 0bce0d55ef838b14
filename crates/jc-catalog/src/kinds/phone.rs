//! `phone`: a mobile number of eleven digits, or a landline with its area code, `0573-85123456`.

use super::fault::{KindFault, NOT_A_PHONE};
use super::says_unknown;
use jc_base::Value;

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if check(text).is_ok() {
        return Ok(Value::Text(text.to_owned()));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    let plain: String = jc_text::fold::plain(text)
        .chars()
        .filter(|c| !matches!(c, ' ' | '\'' | '’'))
        .map(|c| if matches!(c, '—' | '–' | '－') { '-' } else { c })
        .collect();
    let plain = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086")).unwrap_or(&plain);
    let plain = plain.trim_start_matches('-').replace(['(', ')'], "-");
    let plain = plain.trim_matches('-');
    let digits: String = plain.chars().filter(|c| *c != '-').collect();
    let candidates = [digits.clone(), plain.replace("--", "-"), with_area_code(&digits)];
    match candidates.into_iter().find(|candidate| check(candidate).is_ok()) {
        Some(number) => Ok(Value::Text(number)),
        None => Err(KindFault::of(NOT_A_PHONE, text)),
    }
}

pub(super) fn check(number: &str) -> Result<(), KindFault> {
    if is_mobile(number) || is_landline(number) { Ok(()) } else { Err(KindFault::of(NOT_A_PHONE, number)) }
}

fn is_mobile(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && bytes.iter().all(u8::is_ascii_digit)
}

/// Area code of three or four digits, number of seven or eight, extension of up to six.
fn is_landline(number: &str) -> bool {
    let mut parts = number.split('-');
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let (Some(area), Some(local)) = (parts.next(), parts.next()) else { return false };
    let extension = parts.next();
    matches!(area.len(), 3 | 4)
        && area.starts_with('0')
        && digits(area)
        && matches!(local.len(), 7 | 8)
        && !local.starts_with(['0', '1'])
        && digits(local)
        && extension.is_none_or(|ext| (1..=6).contains(&ext.len()) && digits(ext))
        && parts.next().is_none()
}

/// Sets the area code of a landline apart: three digits for 010 and 02x, four elsewhere.
fn with_area_code(digits: &str) -> String {
    let area = if digits.starts_with("010") || digits.starts_with("02") { 3 } else { 4 };
    match (digits.get(..area), digits.get(area..)) {
        (Some(area), Some(local)) => format!("{area}-{local}"),
        _ => String::new(),
    }
}
