//! The value of one field of one record.

use crate::{Date, RecordId};

/// What a field holds. Numbers are whole: a decimal with two digits is kept in hundredths, money in
/// cents 分, a boolean as 0 or 1, a time as minutes since midnight, a year as its number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Value {
    /// Unknown. Missing is not zero, and not the empty text.
    #[default]
    Missing,
    /// Text of every kind: names, codes, numbers that are not counted with, months as `YYYY-MM`.
    Text(String),
    /// A whole number in the field's smallest step.
    Int(i64),
    /// A day.
    Date(Date),
    /// Another record, of the register the field names.
    Ref(RecordId),
    /// Several records in the order they were given (the members of a team). Never empty: that is missing.
    Refs(Vec<RecordId>),
}

impl Value {
    /// Whether nothing is known.
    pub fn is_missing(&self) -> bool {
        matches!(self, Value::Missing)
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }

    /// The day, if it is one.
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The referenced record, if it is one.
    pub fn as_ref_id(&self) -> Option<RecordId> {
        match self {
            Value::Ref(id) => Some(*id),
            _ => None,
        }
    }

    /// The referenced records: none, one or several.
    pub fn ref_ids(&self) -> &[RecordId] {
        match self {
            Value::Ref(id) => std::slice::from_ref(id),
            Value::Refs(ids) => ids,
            _ => &[],
        }
    }
}
