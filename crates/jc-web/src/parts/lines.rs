//! The fields of a record, for reading.

use crate::frame::Link;

/// One field.
#[derive(Debug, Clone, Default)]
pub struct FieldLine {
    /// The field's id.
    pub id: String,
    /// The field's name.
    pub label: String,
    /// What it holds.
    pub value: FieldValue,
    /// What to know about the value, such as what held on the record's day; may be empty.
    pub note: String,
}

/// How it stands with the leave to see a covered field, in words where it is asked for.
#[derive(Debug, Clone, Default)]
pub enum Leave {
    /// None is needed.
    #[default]
    Free,
    /// It was given: by whom and until when.
    Given(String),
    /// It is needed; what became of the last request, which may be empty.
    Needed(String),
    /// It is waited for, since when.
    Waiting(String),
}

/// What a field holds, as shown.
#[derive(Debug, Clone, Default)]
pub enum FieldValue {
    /// Unknown.
    #[default]
    Missing,
    /// Words, a code's name, a day.
    Text(String),
    /// A number and its unit.
    Number {
        /// As printed.
        text: String,
        /// The unit; may be empty.
        unit: String,
    },
    /// Other records.
    Links(Vec<Link>),
    /// An address elsewhere; only `http` and `https` may be put in.
    Outside(String),
    /// Sensitive: covered.
    Masked {
        /// The covered form.
        text: String,
        /// Where to post the reason to uncover it, for those who may.
        reveal: Option<String>,
        /// How it stands with the leave that a minor's needs.
        leave: Leave,
    },
    /// Sensitive: uncovered for a while.
    Revealed {
        /// In full.
        text: String,
        /// Who is told and for how long, in words.
        until: String,
    },
}
