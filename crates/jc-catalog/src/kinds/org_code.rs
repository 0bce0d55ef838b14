//! `org-code`: the unified social credit code of GB 32100, eighteen characters of 31 with a check character.

use super::fault::{KindFault, ORG_CHECK, ORG_FORM};
use super::says_unknown;
use jc_base::Value;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if check(text).is_ok() {
        return Ok(Value::Text(text.to_owned()));
    }
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    let code: String = jc_text::fold::plain(text)
        .trim_start_matches(['\'', '’', '‘'])
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    check(&code)?;
    Ok(Value::Text(code))
}

pub(super) fn check(code: &str) -> Result<(), KindFault> {
    let places: Option<Vec<usize>> = code.bytes().map(|b| ALPHABET.iter().position(|a| *a == b)).collect();
    let Some(places) = places.filter(|places| places.len() == 18) else {
        return Err(KindFault::of(ORG_FORM, code));
    };
    let sum: usize = places.iter().zip(WEIGHTS).map(|(place, weight)| place * weight).sum();
    if (31 - sum % 31) % 31 == places[17] { Ok(()) } else { Err(KindFault::of(ORG_CHECK, code)) }
}
