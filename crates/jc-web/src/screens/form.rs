//! The form of a record: new or edited. Nothing typed is lost.

use crate::{
    frame::Frame,
    parts::{Change, FindingLine, Pick},
};
use askama::Template;

/// The form of a record.
#[derive(Debug, Default, Template)]
#[template(path = "screens/form.html")]
pub struct FormView {
    /// Around the screen.
    pub frame: Frame,
    /// A sentence below the title.
    pub about: String,
    /// Where it is posted.
    pub action: String,
    /// The version that was opened; empty for a new record.
    pub version: String,
    /// A number made with the form, so that a second press of the button does not make a second record.
    pub once: String,
    /// What must be mended.
    pub findings: Vec<FindingLine>,
    /// What someone else changed meanwhile.
    pub conflict: Option<Conflict>,
    /// The fields, in the order of the paper form.
    pub fields: Vec<FormField>,
    /// Whether the reason for a correction is asked: the record was verified.
    pub correction: bool,
    /// The reason typed.
    pub reason: String,
    /// Whether the record can be handed in from here.
    pub may_submit: bool,
    /// The way back without saving.
    pub cancel: String,
}

/// What someone else changed while the form was open.
#[derive(Debug, Default)]
pub struct Conflict {
    /// Who and when, in words.
    pub who: String,
    /// The differences between the version opened and the newest.
    pub changes: Vec<Change>,
}

/// One field of the form.
#[derive(Debug, Default)]
pub struct FormField {
    /// The field's id: name of the input, and `field-<id>` is its place.
    pub id: String,
    /// The label above.
    pub label: String,
    /// Whether a record without it is refused.
    pub required: bool,
    /// The sentence below; may be empty.
    pub help: String,
    /// The unit inside; may be empty.
    pub unit: String,
    /// What is typed into.
    pub input: Input,
    /// What was typed or is stored.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// What is typed into.
#[derive(Debug, Default)]
pub enum Input {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Lines,
    /// A number; the browser offers digits.
    Number,
    /// A day.
    Date,
    /// A month.
    Month,
    /// A time of day.
    Time,
    /// A telephone number.
    Phone,
    /// An address of a page.
    Address,
    /// One of a few: shown at once.
    Radio(Vec<Pick>),
    /// One of many.
    Select(Vec<Pick>),
    /// Another record: typed by name or key, with suggestions.
    Reference {
        /// Where suggestions come from.
        suggest: String,
        /// The first suggestions.
        picks: Vec<Pick>,
    },
    /// Several other records: one a line.
    References {
        /// The register's list, to look the keys up.
        list: String,
    },
    /// Sensitive and not shown: empty keeps what is stored.
    Covered {
        /// The covered form of what is stored; empty if nothing.
        stored: String,
    },
}

impl FormField {
    /// The ids of what describes the field, for the `aria-describedby` attribute.
    pub fn described(&self) -> String {
        let mut ids = Vec::new();
        if !self.help.is_empty() {
            ids.push(format!("help-{}", self.id));
        }
        if self.error.is_some() {
            ids.push(format!("error-{}", self.id));
        }
        ids.join(" ")
    }

    /// Whether the label stands over a group of inputs rather than one.
    pub fn is_group(&self) -> bool {
        matches!(self.input, Input::Radio(_))
    }

    /// The `type` of the input. Days and numbers are typed as text, so that what someone typed wrongly comes
    /// back as they typed it; only what every browser keeps as typed has a type of its own.
    pub fn html_type(&self) -> &'static str {
        match self.input {
            Input::Phone => "tel",
            Input::Address => "url",
            _ => "text",
        }
    }

    /// The keyboard a phone offers.
    pub fn keyboard(&self) -> &'static str {
        match self.input {
            Input::Number => "decimal",
            Input::Date | Input::Month | Input::Time => "numeric",
            Input::Phone => "tel",
            Input::Address => "url",
            _ => "text",
        }
    }

    /// Whether what goes in is short.
    pub fn is_short(&self) -> bool {
        matches!(self.input, Input::Number | Input::Date | Input::Month | Input::Time | Input::Phone)
    }
}
