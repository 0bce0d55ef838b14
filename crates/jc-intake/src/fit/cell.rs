//! One cell of a field that is no reference.

use crate::codes;
use crate::number::{Moment, moment};
use crate::row::Cell;
use crate::ruined::{is_ruined_id, is_scientific};
use crate::site::quote;
use jc_base::{Args, Value};
use jc_catalog::kinds::{self, Kind, ParseContext};

/// What is wrong with a cell; the caller knows where it stands and what its field is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) with: Args,
}

impl Fault {
    pub(super) fn new(code: &'static str) -> Self {
        Self { code, with: Args::default() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.with.0.push((name, value.to_string()));
        self
    }
}

/// Reads a cell as a kind.
pub(super) fn read(kind: &Kind, cell: Cell<'_>, context: &ParseContext<'_>) -> Result<Value, Vec<Fault>> {
    let outcome = match cell {
        Cell::Empty => return Ok(Value::Missing),
        // A csv file has only the text of an error.
        Cell::Text(text) if text.starts_with('#') && is_error(text) => return Err(vec![error_fault(text)]),
        Cell::Text(text) => {
            if let Some(value) = quick(kind, text) {
                return Ok(value);
            }
            if lost(kind, text) {
                return Err(vec![lost_fault(kind)]);
            }
            match kind.parse(text, context) {
                Err(_) if *kind == Kind::IdNumber && is_ruined_id(text) => return Err(vec![lost_fault(kind)]),
                // A csv file has only the text of the number; one that begins as a year does may be a month.
                Err(fault) => {
                    let serial =
                        serial_fault(kind, text).filter(|_| !text.starts_with("19") && !text.starts_with("20"));
                    return Err(vec![serial.unwrap_or(Fault { code: fault.code, with: fault.with })]);
                }
                outcome => outcome,
            }
        }
        // Seen to here, before a message could repeat the number.
        Cell::Number(_) if *kind == Kind::IdNumber => return Err(vec![lost_fault(kind)]),
        Cell::Number(text) => match serial_fault(kind, text) {
            Some(fault) => return Err(vec![fault]),
            None => kind.from_cell(kinds::Cell::Number(text), context),
        },
        Cell::Date(day) => kind.from_cell(kinds::Cell::Date(day), context),
        Cell::DateTime(day, minutes) => match kind {
            Kind::Time => kind.from_cell(kinds::Cell::Time(minutes), context),
            Kind::Text | Kind::LongText => return Ok(Value::Text(cell.to_string())),
            // The time of day is no part of what these fields ask for.
            _ => kind.from_cell(kinds::Cell::Date(day), context),
        },
        Cell::Time(minutes) => kind.from_cell(kinds::Cell::Time(minutes), context),
        Cell::Bool(yes) => kind.from_cell(kinds::Cell::Bool(yes), context),
        Cell::Error(text) => return Err(vec![error_fault(text)]),
    };
    outcome.map_err(|fault| vec![Fault { code: fault.code, with: fault.with }])
}

/// What is said of a number that is a day (1927 to 2119) whose cell lost its format. It is not repaired: in a file of the
/// 1904 system the same number is another day.
fn serial_fault(kind: &Kind, text: &str) -> Option<Fault> {
    let serial = text.trim().parse::<u32>().ok().filter(|serial| (10_000..80_000).contains(serial))?;
    match moment(f64::from(serial), false) {
        Some(Moment::Day(day)) if matches!(kind, Kind::Date | Kind::Month) => {
            Some(Fault::new(codes::SERIAL_DATE).with("value", text.trim()).with("day", day))
        }
        _ => None,
    }
}

/// Whether a text is what a spreadsheet program shows in place of a value.
pub(super) fn is_error(text: &str) -> bool {
    matches!(
        text.trim_end(),
        "#N/A" | "#REF!" | "#NAME?" | "#VALUE!" | "#DIV/0!" | "#NUM!" | "#NULL!" | "#SPILL!" | "#CALC!"
    )
}

/// The fault of a cell in which the spreadsheet program shows an error.
pub(super) fn error_fault(text: &str) -> Fault {
    Fault::new(codes::CELL_ERROR).with("value", quote(text))
}

pub(super) fn lost_fault(kind: &Kind) -> Fault {
    Fault::new(if *kind == Kind::IdNumber { codes::ID_LOST_DIGITS } else { codes::LOST_DIGITS })
}

/// Whether a text is what is left of a long number.
fn lost(kind: &Kind, text: &str) -> bool {
    let long = matches!(
        kind,
        Kind::IdNumber | Kind::OrgCode | Kind::CertificateNumber | Kind::Phone | Kind::Text | Kind::PersonName
    );
    long && text.len() <= 32 && is_scientific(text)
}

/// What needs no cleaning, read without the steps that clean. Always what [`Kind::parse`] would give.
fn quick(kind: &Kind, text: &str) -> Option<Value> {
    match kind {
        Kind::Boolean => match text {
            "是" => Some(Value::Int(1)),
            "否" => Some(Value::Int(0)),
            _ => None,
        },
        Kind::Text if is_clean(text) => Some(Value::Text(text.to_owned())),
        _ => None,
    }
}

/// A short line of Chinese characters, their punctuation and ASCII that begins with no word for 'unknown'.
fn is_clean(text: &str) -> bool {
    // At most 200 characters, even if each were ASCII.
    if text.len() > 200 || text.is_empty() {
        return false;
    }
    // What may be a word for 'unknown' goes the long way.
    if may_say_unknown(text) {
        return false;
    }
    let mut han = false;
    for c in text.chars() {
        match c {
            '\u{4E00}'..='\u{9FFF}'
            | '、'
            | '。'
            | '《'
            | '》'
            | '“'
            | '”'
            | '（'
            | '）'
            | '，'
            | '：'
            | '；'
            | '·' => han = true,
            // Plain ASCII has its own quick way; spaces may need squeezing, and `E` a look at what it is.
            '!'..='~' => {}
            _ => return false,
        }
    }
    han
}

/// Whether a text begins as the words for 'unknown' do, or with a sign; most texts are told at a glance.
pub(super) fn may_say_unknown(text: &str) -> bool {
    match text.chars().next() {
        Some('不' | '未' | '无' | '暂' | '空' | '待' | '缺' | '一' | 'n' | 'N') | None => true,
        Some('0'..='9' | 'a'..='z' | 'A'..='Z' | '\u{4E00}'..='\u{9FFF}') => false,
        Some(c) => !c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_way_leads_to_the_same_place(
            text in "(不详|未知|不明|待查|暂缺|暂无|无|空|缺|一|未填|[-—－/／、。]{0,2}|N/A|n/a|[一-龥]{0,4})[一-龥、。（）“”a-zA-Z0-9 +./]{0,6}",
            yes in "[是否有无 ]{0,2}",
        ) {
            let context = ParseContext { codes: &[], on: None };
            if let Some(value) = quick(&Kind::Text, &text) {
                prop_assert_eq!(Ok(value), Kind::Text.parse(&text, &context));
            }
            if let Some(value) = quick(&Kind::Boolean, &yes) {
                prop_assert_eq!(Ok(value), Kind::Boolean.parse(&yes, &context));
            }
        }
    }
}
