//! `person-name`: kept without padding and with one form of the middle dot; characters are left alone.

use super::fault::{KindFault, NOT_A_NAME};
use super::{says_unknown, text};
use jc_base::Value;
use jc_text::fold;

const MOST: usize = 50;

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    // The common case: a few Han characters and nothing else.
    if text.len() <= 12 && text.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
        return Ok(Value::Text(text.to_owned()));
    }
    let name = fold::normal_name(text);
    check(&name)?;
    Ok(Value::Text(name))
}

pub(super) fn check(name: &str) -> Result<(), KindFault> {
    text::check(name, (MOST, false))?;
    // Letters of any script; what joins them; no digits: those are numbers in the wrong column.
    let fits = |c: char| c.is_alphabetic() || fold::is_han(c) || matches!(c, '·' | ' ' | '.' | '-' | '\'' | '’' | ',');
    if name.chars().any(char::is_alphabetic) && name.chars().all(fits) && fold::normal_name(name) == name {
        Ok(())
    } else {
        Err(KindFault::of(NOT_A_NAME, name))
    }
}
