//! Field kinds: each has its own file with four duties: column, parse, check, show.
//!
//! - **column**: what the database keeps for it ([`Kind::column`]);
//! - **parse**: what people really type, or a spreadsheet holds, becomes a value or a fault that says why not;
//! - **check**: what may stand in the database, for values that did not come through `parse`;
//! - **show** and **edit**: the text in a table, and the text in a form field. `parse(edit(v)) == v`, always.
//!
//! Parsing runs millions of times in an import: clean ASCII input takes a path without allocation but the value's.

mod boolean;
mod certificate_number;
mod code;
mod date;
mod fault;
pub mod id_number;
mod link;
mod month;
mod number;
mod org_code;
mod person_name;
mod phone;
mod reference;
mod text;
mod time;
mod year;

pub(crate) use code::{Lookup, find_list};
pub use fault::{CODES, KindFault};
pub(crate) use time::read as read_time;

use crate::model::CodeList;
use jc_base::{CodeListId, Date, Lang, Value};

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `text`: one line, at most 200 characters.
    Text,
    /// `long-text`: several lines, at most 10,000 characters.
    LongText,
    /// `integer`
    Integer,
    /// `decimal:2`: a number with that many digits, kept in steps of 10^-digits.
    Decimal(u8),
    /// `money`: yuan with two digits, kept in cents 分.
    Money,
    /// `date`
    Date,
    /// `month`: kept as `YYYY-MM`.
    Month,
    /// `year`
    Year,
    /// `time`: of day, kept as minutes since midnight.
    Time,
    /// `boolean`: kept as 0 or 1.
    Boolean,
    /// `code:LIST`
    Code(CodeListId),
    /// `ref:REGISTER`: the position of the register.
    Ref(usize),
    /// `refs:REGISTER`: several records of it, in order.
    Refs(usize),
    /// `person-name`
    PersonName,
    /// `id-number`: GB 11643.
    IdNumber,
    /// `org-code`: GB 32100.
    OrgCode,
    /// `phone`
    Phone,
    /// `certificate-number`: 22 characters of the skill-level certificate, or another scheme's own number.
    CertificateNumber,
    /// `link`: an address of a page or file.
    Link,
}

/// What the database keeps for a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// A whole number of 64 bits.
    Integer,
    /// Text, UTF-8. Dates stand as `YYYY-MM-DD`.
    Text,
    /// A record's id, 16 bytes.
    Id,
    /// No column: rows of a child table, one for each referenced record, in order.
    Many,
}

/// What parsing and showing needs to know beside the kind.
#[derive(Debug, Clone, Copy)]
pub struct ParseContext<'a> {
    /// All code lists, sorted by id as in [`crate::Catalog::codes`].
    pub codes: &'a [CodeList],
    /// The day on which a code must be in use: that of the record. Without it every code of the list is taken.
    pub on: Option<Date>,
}

/// A cell as a spreadsheet holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(&'a str),
    /// A number, as exact decimal text: `3`, `12.50`, `-0.5`.
    Number(&'a str),
    /// A cell formatted as a date.
    Date(Date),
    /// A cell formatted as a time of day, in minutes since midnight.
    Time(u16),
    /// A logical cell.
    Bool(bool),
}

impl Kind {
    /// The word in catalog files, without its parameter: `decimal`, `ref`. Also the message id, as `kind-…`.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::LongText => "long-text",
            Kind::Integer => "integer",
            Kind::Decimal(_) => "decimal",
            Kind::Money => "money",
            Kind::Date => "date",
            Kind::Month => "month",
            Kind::Year => "year",
            Kind::Time => "time",
            Kind::Boolean => "boolean",
            Kind::Code(_) => "code",
            Kind::Ref(_) => "ref",
            Kind::Refs(_) => "refs",
            Kind::PersonName => "person-name",
            Kind::IdNumber => "id-number",
            Kind::OrgCode => "org-code",
            Kind::Phone => "phone",
            Kind::CertificateNumber => "certificate-number",
            Kind::Link => "link",
        }
    }

    /// What the database keeps.
    pub fn column(&self) -> ColumnType {
        match self {
            Kind::Integer | Kind::Decimal(_) | Kind::Money | Kind::Year | Kind::Time | Kind::Boolean => {
                ColumnType::Integer
            }
            Kind::Ref(_) => ColumnType::Id,
            Kind::Refs(_) => ColumnType::Many,
            _ => ColumnType::Text,
        }
    }

    /// The number of decimals of its whole-number steps; nothing for a kind that is not counted with.
    pub fn digits(&self) -> Option<u8> {
        match self {
            Kind::Integer | Kind::Year => Some(0),
            Kind::Decimal(digits) => Some(*digits),
            Kind::Money => Some(2),
            _ => None,
        }
    }

    /// Reads what a person typed.
    ///
    /// Missing: an empty text, or a word such as 不详 that says that nothing is known, gives [`Value::Missing`].
    /// References are read as record ids only; names are looked up by whoever can see the records.
    /// Errors: one fault, the first that a person should mend; nothing is repaired by guessing.
    pub fn parse(&self, text: &str, context: &ParseContext<'_>) -> Result<Value, KindFault> {
        match self {
            Kind::Text => text::parse(text),
            Kind::LongText => text::parse_long(text),
            Kind::Integer => number::parse(text, 0, number::Wanted::Whole),
            Kind::Decimal(digits) => number::parse(text, *digits, number::Wanted::Decimal),
            Kind::Money => number::parse(text, 2, number::Wanted::Money),
            Kind::Date => date::parse(text),
            Kind::Month => month::parse(text),
            Kind::Year => year::parse(text),
            Kind::Time => time::parse(text),
            Kind::Boolean => boolean::parse(text),
            Kind::Code(list) => code::parse(text, list, context),
            Kind::Ref(_) => reference::parse(text),
            Kind::Refs(_) => reference::parse_many(text),
            Kind::PersonName => person_name::parse(text),
            Kind::IdNumber => id_number::parse(text),
            Kind::OrgCode => org_code::parse(text),
            Kind::Phone => phone::parse(text),
            Kind::CertificateNumber => certificate_number::parse(text),
            Kind::Link => link::parse(text),
        }
    }

    /// Reads a spreadsheet's cell.
    ///
    /// A long number (of a person, an organisation, a certificate) that stands in the cell as a number has lost
    /// digits and is refused, even if it happens to look right.
    pub fn from_cell(&self, cell: Cell<'_>, context: &ParseContext<'_>) -> Result<Value, KindFault> {
        match cell {
            Cell::Empty => Ok(Value::Missing),
            Cell::Text(text) => self.parse(text, context),
            Cell::Number(number) => match self {
                // A person's number is not repeated, not even a ruined one.
                Kind::IdNumber => Err(KindFault::new(fault::NUMBER_LOST_DIGITS).with("value", id_number::mask(number))),
                Kind::OrgCode | Kind::CertificateNumber => {
                    Err(KindFault::new(fault::NUMBER_LOST_DIGITS).with("value", fault::shorten(number)))
                }
                Kind::Text | Kind::LongText | Kind::PersonName | Kind::Phone | Kind::Link
                    if number.bytes().filter(u8::is_ascii_digit).count() > 15 =>
                {
                    Err(KindFault::new(fault::NUMBER_LOST_DIGITS).with("value", fault::shorten(number)))
                }
                // Only the cell's look told `2024.1` from `2024.10`.
                Kind::Month | Kind::Date if number.contains('.') => Err(KindFault::of(fault::AMBIGUOUS_MONTH, number)),
                _ => self.parse(number, context),
            },
            Cell::Date(day) => match self {
                Kind::Date => Ok(Value::Date(day)),
                Kind::Month => Ok(Value::Text(month::print(day))),
                Kind::Year => Ok(Value::Int(i64::from(day.year()))),
                Kind::Text | Kind::LongText => Ok(Value::Text(day.to_string())),
                _ => Err(KindFault::new(fault::CELL_IS_DATE).with("value", day)),
            },
            Cell::Time(minutes) => match self {
                Kind::Time if minutes < 1440 => Ok(Value::Int(i64::from(minutes))),
                Kind::Text | Kind::LongText => Ok(Value::Text(time::print(i64::from(minutes)))),
                _ => Err(KindFault::new(fault::CELL_IS_TIME).with("value", time::print(i64::from(minutes)))),
            },
            Cell::Bool(flag) => match self {
                Kind::Boolean => Ok(Value::Int(i64::from(flag))),
                _ => self.parse(if flag { "TRUE" } else { "FALSE" }, context),
            },
        }
    }

    /// Checks a value that did not come through [`parse`](Self::parse): from the API, or found in the database.
    ///
    /// Missing always passes: whether a field must be filled is the register's matter.
    pub fn check(&self, value: &Value, context: &ParseContext<'_>) -> Result<(), KindFault> {
        let wrong_type = || Err(KindFault::new(fault::WRONG_TYPE).with("kind", format!("@kind-{}", self.word())));
        match (self, value) {
            (_, Value::Missing) => Ok(()),
            (Kind::Text, Value::Text(text)) => text::check(text, text::LINE),
            (Kind::LongText, Value::Text(text)) => text::check(text, text::LONG),
            (Kind::Integer, Value::Int(n)) => number::check(*n, 0),
            (Kind::Decimal(digits), Value::Int(n)) => number::check(*n, *digits),
            (Kind::Money, Value::Int(n)) => number::check(*n, 2),
            (Kind::Date, Value::Date(day)) => date::check(*day),
            (Kind::Month, Value::Text(text)) => month::check(text),
            (Kind::Year, Value::Int(n)) => year::check(*n),
            (Kind::Time, Value::Int(n)) => time::check(*n),
            (Kind::Boolean, Value::Int(n)) => boolean::check(*n),
            (Kind::Code(list), Value::Text(text)) => code::check(text, list, context),
            (Kind::Ref(_), Value::Ref(_)) => Ok(()),
            (Kind::Refs(_), Value::Refs(ids)) => reference::check_many(ids),
            (Kind::PersonName, Value::Text(text)) => person_name::check(text),
            (Kind::IdNumber, Value::Text(text)) => id_number::check(text),
            (Kind::OrgCode, Value::Text(text)) => org_code::check(text),
            (Kind::Phone, Value::Text(text)) => phone::check(text),
            (Kind::CertificateNumber, Value::Text(text)) => certificate_number::check(text),
            (Kind::Link, Value::Text(text)) => link::check(text),
            _ => wrong_type(),
        }
    }

    /// The text in a table: `2024-06-30`, `1,234.50`, 是, a code's name; an ID number masked; empty if missing.
    ///
    /// References give their ids: the caller, who knows the records, shows their labels instead.
    pub fn show(&self, value: &Value, lang: Lang, codes: &[CodeList]) -> String {
        match (self, value) {
            (_, Value::Missing) => String::new(),
            (Kind::Integer | Kind::Decimal(_) | Kind::Money, Value::Int(n)) => {
                number::show(*n, self.digits().unwrap_or(0))
            }
            (Kind::Boolean, Value::Int(n)) => boolean::show(*n, lang),
            (Kind::Code(list), Value::Text(text)) => code::show(text, list, lang, codes),
            (Kind::IdNumber, Value::Text(text)) => id_number::mask(text),
            _ => self.edit(value),
        }
    }

    /// The text a form field holds; empty if missing. Reading it back gives the same value.
    pub fn edit(&self, value: &Value) -> String {
        match (self, value) {
            (_, Value::Missing) => String::new(),
            (Kind::Time, Value::Int(n)) => time::print(*n),
            (Kind::Boolean, Value::Int(n)) => boolean::edit(*n),
            (Kind::Decimal(_) | Kind::Money, Value::Int(n)) => number::edit(*n, self.digits().unwrap_or(0)),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::Int(n)) => n.to_string(),
            (_, Value::Date(day)) => day.to_string(),
            (_, Value::Ref(id)) => id.to_string(),
            (_, Value::Refs(ids)) => reference::edit_many(ids),
        }
    }
}

/// Whether a text says that nothing is known: empty, or a word such as 不详 that people write instead.
fn says_unknown(text: &str) -> bool {
    // Most texts begin with a letter, a digit or a character that begins none of the words: let go at a glance.
    match text.chars().next() {
        Some('0'..='9' | 'a'..='m' | 'o'..='z' | 'A'..='M' | 'O'..='Z') => return false,
        Some(c @ '\u{4E00}'..='\u{9FFF}') if !begins_unknown(c) => return false,
        _ => {}
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || jc_text::fold::is_invisible(c));
    let Some(first) = text.chars().next() else { return true };
    let may_be = begins_unknown(first) || !first.is_alphanumeric();
    may_be && text.len() <= 24 && jc_text::dates::is_unknown(text)
}

/// Whether one of the words for 'unknown', all of them short, begins with this character.
fn begins_unknown(c: char) -> bool {
    matches!(c, '不' | '未' | '无' | '暂' | '空' | '待' | '缺' | '一' | 'n' | 'N' | 'ｎ' | 'Ｎ')
}
