//! `integer`, `decimal:N` and `money`: exact numbers in steps of 10^-N.

use super::fault::{KindFault, NOT_A_NUMBER, NOT_WHOLE, OUT_OF_RANGE, TOO_MANY_DIGITS};
use super::says_unknown;
use jc_base::Value;

/// The largest number of steps kept: beyond it someone has typed a number into the wrong column, and products
/// of two would no longer fit.
pub(super) const MOST_STEPS: i64 = 1_000_000_000_000_000;

/// What the field wants, for the words of the fault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    Decimal,
    Money,
}

/// Reads a number exactly: plain digits, `3,000`, full-width digits, `1.2万`, `5元`, Chinese numerals.
pub(super) fn parse(text: &str, digits: u8, wanted: Wanted) -> Result<Value, KindFault> {
    if let Some(steps) = fast(text.as_bytes(), digits) {
        return Ok(Value::Int(steps));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    let fault = |code| Err(KindFault::of(code, text));
    let Some((number, scale)) = slow(text, wanted) else { return fault(NOT_A_NUMBER) };
    // Closing noughts behind the point promise nothing that would be lost.
    let (mut number, mut scale) = (number, scale);
    while scale > digits && number % 10 == 0 {
        number /= 10;
        scale -= 1;
    }
    if scale > digits {
        return if wanted == Wanted::Whole {
            fault(NOT_WHOLE)
        } else {
            Err(KindFault::of(TOO_MANY_DIGITS, text).with("digits", digits))
        };
    }
    let steps = number.checked_mul(10i128.pow(u32::from(digits - scale)));
    match steps.and_then(|n| i64::try_from(n).ok()).filter(|n| n.abs() <= MOST_STEPS) {
        Some(steps) => Ok(Value::Int(steps)),
        None => fault(OUT_OF_RANGE),
    }
}

/// Whether a stored number is in range.
pub(super) fn check(steps: i64, digits: u8) -> Result<(), KindFault> {
    if steps.unsigned_abs() <= MOST_STEPS.unsigned_abs() {
        Ok(())
    } else {
        Err(KindFault::of(OUT_OF_RANGE, &edit(steps, digits)))
    }
}

/// With thousands set apart: `1,234.50`.
pub(super) fn show(steps: i64, digits: u8) -> String {
    let plain = edit(steps, digits);
    let (whole, part) = plain.find('.').map_or((plain.as_str(), ""), |at| plain.split_at(at));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |w| ("-", w));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(part);
    out
}

/// Plain digits with all decimals: `1234.50`.
pub(super) fn edit(steps: i64, digits: u8) -> String {
    jc_text::decimal::Decimal { digits: i128::from(steps), scale: digits }.to_string()
}

/// Plain ASCII digits with an optional sign and point, few enough that nothing can overflow.
fn fast(bytes: &[u8], digits: u8) -> Option<i64> {
    let (negative, body) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if body.is_empty() || body.len() > 14 || !body[0].is_ascii_digit() || !body[body.len() - 1].is_ascii_digit() {
        return None;
    }
    let mut steps = 0i64;
    let mut decimals: Option<u8> = None;
    for &byte in body {
        match byte {
            b'0'..=b'9' => {
                steps = steps * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|n| n + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    let missing = digits.checked_sub(decimals.unwrap_or(0))?;
    let steps = steps.checked_mul(10i64.pow(u32::from(missing)))?;
    (steps <= MOST_STEPS).then_some(if negative { -steps } else { steps })
}

/// Everything else people write, as digits and scale.
fn slow(text: &str, wanted: Wanted) -> Option<(i128, u8)> {
    let found = if wanted == Wanted::Money {
        let plain = jc_text::fold::plain(text);
        let (sign, amount) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let amount = amount.trim_start_matches('¥').trim();
        let amount = amount.strip_suffix("元").unwrap_or(amount).trim();
        jc_text::numerals::parse(&format!("{sign}{amount}"))?
    } else {
        jc_text::numerals::parse(text)?
    };
    Some((found.digits, found.scale))
}
