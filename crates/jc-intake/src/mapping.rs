//! Which column of a sheet is which field, and how a confirmed answer is remembered.

use crate::row::OwnedRow;
use jc_catalog::Register;
use jc_text::fold::plain;

/// The columns of a sheet and what each is used for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    /// The row of the headings as the spreadsheet shows it; the upper one of two.
    pub header_row: u32,
    /// How many rows the headings take: 1, or 2 where groups of columns have a heading of their own.
    pub header_height: u32,
    /// One entry for each column with a heading, in their order.
    pub columns: Vec<ColumnUse>,
}

/// What a column is used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnUse {
    /// The column, counted from 0.
    pub column: usize,
    /// Its heading as typed.
    pub heading: String,
    /// Its use.
    pub role: Role,
    /// Whether a person need not be asked.
    pub sure: bool,
}

/// The use of a column. Positions are of the register's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It holds the field.
    Field(usize),
    /// It narrows the search for the record a reference field names: the class beside a student's name.
    Narrows(usize),
    /// It says again what another column says of the same reference: the name beside the student number.
    Describes(usize),
    /// It is left out on purpose: a running number, or a person said so.
    Ignored,
    /// It belongs to nothing we know; left out.
    Unknown,
}

/// A mapping as it is kept between imports: texts only, so that it outlives changes of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// The headings it was confirmed for, as [`Mapping::fingerprint`] gives them.
    pub fingerprint: String,
    /// Heading and use of each column: `field:destination`, `narrows:student`, `describes:student`, `ignored`.
    pub columns: Vec<(String, String)>,
}

impl Mapping {
    /// The shape of the headings: equal for files made from the same form. Readable text, not a hash.
    pub fn fingerprint(&self) -> String {
        fingerprint(self.columns.iter().map(|column| column.heading.as_str()))
    }

    /// The column that holds a field.
    pub fn column_of(&self, field: usize) -> Option<usize> {
        self.columns.iter().find(|c| c.role == Role::Field(field)).map(|c| c.column)
    }

    /// Whether a person should look before it is used.
    pub fn needs_confirmation(&self) -> bool {
        self.columns.iter().any(|column| !column.sure)
    }

    /// The row after which the records begin.
    pub fn last_header_row(&self) -> u32 {
        self.header_row.saturating_add(self.header_height.saturating_sub(1))
    }

    /// To be kept once a person has confirmed it.
    pub fn remember(&self, register: &Register) -> Remembered {
        let field = |ix: usize| register.fields.get(ix).map_or("", |field| field.id.as_str());
        let columns = self.columns.iter().map(|column| {
            let role = match column.role {
                Role::Field(ix) => format!("field:{}", field(ix)),
                Role::Narrows(ix) => format!("narrows:{}", field(ix)),
                Role::Describes(ix) => format!("describes:{}", field(ix)),
                Role::Ignored | Role::Unknown => "ignored".to_owned(),
            };
            (column.heading.clone(), role)
        });
        Remembered { fingerprint: self.fingerprint(), columns: columns.collect() }
    }

    /// The remembered use of the columns of these headings (heading and column); nothing if a field it names is gone.
    pub(crate) fn recall(
        remembered: &Remembered,
        headings: &[(usize, String)],
        register: &Register,
    ) -> Option<Vec<ColumnUse>> {
        if remembered.columns.len() != headings.len()
            || remembered.fingerprint != fingerprint(headings.iter().map(|(_, heading)| heading.as_str()))
        {
            return None;
        }
        let role = |text: &str| {
            let Some((word, field)) = text.split_once(':') else { return Some(Role::Ignored) };
            let field = register.find_field(field)?;
            match word {
                "field" => Some(Role::Field(field)),
                "narrows" => Some(Role::Narrows(field)),
                "describes" => Some(Role::Describes(field)),
                _ => None,
            }
        };
        headings
            .iter()
            .zip(&remembered.columns)
            .map(|((column, heading), (_, text))| {
                Some(ColumnUse { column: *column, heading: heading.clone(), role: role(text)?, sure: true })
            })
            .collect()
    }
}

fn fingerprint<'a>(headings: impl Iterator<Item = &'a str>) -> String {
    headings.map(fold_heading).collect::<Vec<_>>().join("|")
}

/// A heading as it is compared: width, case, spaces, marks of required columns and colons do not count.
pub fn fold_heading(text: &str) -> String {
    plain(text)
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '*' | '★' | '☆' | ':' | '"' | '“' | '”' | '\'' | '、' | '_' | '-')
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A folded heading without what stands in brackets: `出生日期(如2003-01-13)` is `出生日期`.
pub(crate) fn without_brackets(folded: &str) -> String {
    let mut depth = 0u32;
    folded
        .chars()
        .filter(|c| match c {
            '(' | '[' | '【' | '〔' | '{' => {
                depth += 1;
                false
            }
            ')' | ']' | '】' | '〕' | '}' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// The headings of a row: column and text, empty ones left out.
pub(crate) fn headings_of(row: &OwnedRow) -> Vec<(usize, String)> {
    row.cells
        .iter()
        .enumerate()
        .map(|(column, text)| (column, jc_text::fold::squeeze(text)))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
