//! What can be wrong with a field's value, as data. The words stand in `messages/` under the code.

use jc_base::Args;
use std::fmt;

/// Why a text or value is not one of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindFault {
    /// The stable code, such as `INT-105`.
    pub code: &'static str,
    /// What its words need, without `field`, which the caller knows.
    pub with: Args,
}

impl KindFault {
    pub(super) fn new(code: &'static str) -> Self {
        Self { code, with: Args::default() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with.0.push((name, value.to_string()));
        self
    }

    /// The fault with the value that was typed, shortened for showing.
    pub(super) fn of(code: &'static str, value: &str) -> Self {
        Self::new(code).with("value", shorten(value))
    }
}

/// A text short enough to be quoted in a message, without a full identity number that was typed into the wrong place.
pub(super) fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let text = super::id_number::quoted(text.trim());
    let mut chars = text.chars().map(clean);
    let mut out: String = chars.by_ref().take(MOST).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

macro_rules! codes {
    ($($name:ident = $code:literal, [$($arg:literal),*], $doc:literal;)*) => {
        $(#[doc = $doc] pub(super) const $name: &str = $code;)*
        /// All codes of field findings and the values their words are given, beside `field` (and `nearest`, if any).
        pub const CODES: &[(&str, &[&str])] = &[$(($code, &[$($arg),*])),*];
    };
}

codes! {
    NOT_A_NUMBER = "INT-101", ["value"], "Not a number.";
    NOT_WHOLE = "INT-102", ["value"], "A number with decimals where a whole one is wanted.";
    TOO_MANY_DIGITS = "INT-103", ["value", "digits"], "More decimals than the field keeps.";
    OUT_OF_RANGE = "INT-104", ["value"], "A number too large to be meant.";
    NOT_A_DATE = "INT-105", ["value"], "Not a date.";
    NO_SUCH_DAY = "INT-106", ["value"], "A date that does not exist.";
    NOT_A_MONTH = "INT-107", ["value"], "Not a month.";
    NOT_A_YEAR = "INT-108", ["value"], "Not a year.";
    NOT_A_TIME = "INT-109", ["value"], "Not a time of day.";
    NOT_YES_NO = "INT-110", ["value"], "Neither yes nor no.";
    UNKNOWN_CODE = "INT-111", ["value", "list"], "Not a code of the list; `nearest` names one that is near.";
    CODE_NOT_IN_USE = "INT-113", ["value", "from", "until"], "A code that was not in use on the record's day.";
    AMBIGUOUS_CODE = "INT-114", ["value", "first", "second"], "A word that two codes are written with.";
    TOO_LONG = "INT-115", ["most", "count"], "A text longer than the field holds.";
    LINE_BREAK = "INT-116", ["value"], "A line break in a text of one line.";
    ODD_CHARACTER = "INT-117", ["character", "position"], "A control or direction character, or a lost one.";
    NOT_A_NAME = "INT-118", ["value"], "Not a person's name.";
    ID_FORM = "INT-119", ["count"], "An ID number of the wrong length or with wrong characters.";
    ID_DATE = "INT-120", ["value"], "An ID number whose birth date does not exist.";
    ID_CHECK = "INT-121", ["value"], "An ID number whose check digit is wrong.";
    ORG_FORM = "INT-122", ["value"], "An organisation code of the wrong length or with wrong characters.";
    ORG_CHECK = "INT-123", ["value"], "An organisation code whose check character is wrong.";
    NOT_A_PHONE = "INT-124", ["value"], "Not a telephone number.";
    CERTIFICATE_FORM = "INT-125", ["value"], "Not a certificate number.";
    CERTIFICATE_PARTS = "INT-126", ["value"], "Twenty-two characters that are no skill-level certificate's number.";
    NOT_A_LINK = "INT-127", ["value"], "Not an address of a page.";
    NOT_A_RECORD = "INT-128", ["value"], "Not the id of a record.";
    RECORD_TWICE = "INT-129", ["value"], "A record named twice in one list.";
    NUMBER_LOST_DIGITS = "INT-130", ["value"], "A long number typed as a number: digits are lost.";
    CELL_IS_DATE = "INT-131", ["value"], "A date cell in a field of another kind.";
    CELL_IS_TIME = "INT-132", ["value"], "A time cell in a field of another kind.";
    WRONG_TYPE = "INT-133", ["kind"], "A stored value of another type than its field.";
    AMBIGUOUS_MONTH = "INT-135", ["value"], "A month typed as a number: `2024.1` may have been October.";
    INCOMPLETE_DATE = "INT-136", ["value"], "A month or a year where a day is wanted.";
    SHORT_YEAR = "INT-137", ["value"], "A year of two digits.";
    YEAR_OUT_OF_RANGE = "INT-138", ["value"], "A date before 1900 or after 2199.";
}
