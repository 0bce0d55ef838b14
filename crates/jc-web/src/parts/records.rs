//! The records of a register as rows of a table: which columns it shows, and what stands in them.

use super::{Cell, Column as Head, Row, StateMark};
use crate::{desk::Desk, show};
use jc_app::{
    given::{Page, Record},
    labels::Labels,
};
use jc_base::{Lang, Value};
use jc_catalog::{Column, PeriodRule, Privacy, Register, kinds::Kind};

/// Columns besides the one that names the record.
const MOST: usize = 8;

/// The columns a register's records are shown in.
pub struct RecordTable<'a> {
    register: usize,
    declared: &'a Register,
    columns: Vec<Column>,
}

/// The name of a page: `2024届`; empty for a register without periods.
pub fn page_label(page: Page, lang: Lang) -> String {
    match page {
        Page::All => String::new(),
        Page::Of(period) => period.label(lang),
    }
}

/// The content of a column.
pub fn content(record: &Record, column: Column) -> &Value {
    let value = match column {
        Column::Field(ix) => record.values.get(ix),
        Column::Copied(ix) => record.copied.get(ix),
    };
    value.unwrap_or(&Value::Missing)
}

impl<'a> RecordTable<'a> {
    /// The columns of a register: its key, the nearest thing looked up, what it is dated, sliced and asked by, then
    /// the rest of the paper form, as far as there is room.
    pub fn new(register: usize, declared: &'a Register) -> Self {
        let shown = |ix: usize| {
            declared.fields.get(ix).is_some_and(|f| {
                let readable = f.privacy < Privacy::Sensitive || f.kind == Kind::IdNumber;
                f.retired.is_none() && readable && !matches!(f.kind, Kind::LongText | Kind::Link)
            })
        };
        let near = declared.slices.iter().filter_map(|slice| match slice.column {
            Column::Copied(ix) => declared.copies.get(ix).map(|c| (c.path.matches('.').count(), ix)),
            Column::Field(_) => None,
        });
        let near = near.min_by_key(|(steps, ix)| (*steps, *ix)).map(|(_, ix)| Column::Copied(ix));
        let (from, until) = match declared.period {
            PeriodRule::On { field, .. } => (Some(field), None),
            PeriodRule::During { from, until, .. } => (Some(from), until),
            PeriodRule::Always => (None, None),
        };
        let first = |ix: &usize| {
            let field = declared.fields.get(*ix);
            let sliced = declared.slices.iter().any(|s| s.column == Column::Field(*ix));
            let dated = Some(*ix) == from || Some(*ix) == until;
            dated || sliced || declared.key.contains(ix) || field.is_some_and(|f| f.required)
        };
        let mut all: Vec<usize> =
            (0..declared.fields.len()).filter(|ix| shown(*ix) && !declared.label.contains(ix)).collect();
        let mut kept: Vec<usize> = all.iter().copied().filter(first).collect();
        kept.extend(all.iter().copied().filter(|ix| !first(ix)));
        kept.truncate(MOST - usize::from(near.is_some()));
        all.retain(|ix| kept.contains(ix));
        all.sort_by_key(|ix| !declared.key.contains(ix));
        let keys = all.iter().filter(|ix| declared.key.contains(ix)).count();
        let mut columns: Vec<Column> = all.into_iter().map(Column::Field).collect();
        if let Some(near) = near {
            columns.insert(keys, near);
        }
        Self { register, declared, columns }
    }

    /// The name of a column in addresses.
    pub fn name(declared: &Register, column: Column) -> &str {
        match column {
            Column::Field(ix) => declared.fields.get(ix).map_or("", |f| f.id.as_str()),
            Column::Copied(ix) => declared.copies.get(ix).map_or("", |c| c.path.as_str()),
        }
    }

    /// The heading of a column.
    pub fn heading(declared: &Register, column: Column, lang: Lang) -> String {
        match column {
            Column::Field(ix) => declared.fields.get(ix).map_or("", |f| f.name.get(lang)).to_owned(),
            Column::Copied(_) => {
                let slice = declared.slices.iter().find(|s| s.column == column);
                slice.map_or("", |s| s.name.get(lang)).to_owned()
            }
        }
    }

    /// The column of a name in an address, if a list may be sorted by it.
    pub fn sortable(desk: &Desk, register: usize, declared: &Register, name: &str) -> Option<Column> {
        let field = declared.fields.iter().position(|f| f.id.as_str() == name).map(Column::Field);
        let column = field.or_else(|| declared.copies.iter().position(|c| c.path == name).map(Column::Copied))?;
        (desk.viewer.sortable(register, column) && desk.viewer.open(register, column)).then_some(column)
    }

    /// The headings; `sort` gives the address and direction of a list sorted by a column, if it can be.
    pub fn heads(&self, desk: &Desk, sort: impl Fn(Column) -> (Option<String>, Option<&'static str>)) -> Vec<Head> {
        let own = self.declared.label.first().copied().map(Column::Field);
        let names = self.declared.label.iter().filter_map(|ix| self.declared.fields.get(*ix));
        let label = names.map(|f| f.name.get(desk.lang())).collect::<Vec<_>>().join(" · ");
        let (href, direction) = own.map_or((None, None), &sort);
        let mut heads = vec![Head { label, sort: href, direction, number: false }];
        heads.extend(self.columns.iter().map(|column| {
            let (href, direction) = sort(*column);
            let number = counted(self.declared.column_kind(*column));
            Head { label: Self::heading(self.declared, *column, desk.lang()), sort: href, direction, number }
        }));
        heads
    }

    /// What tells a record from others of its name: its key, what it belongs to, its day. Nothing personal.
    pub fn about(&self, desk: &Desk, record: &Record, labels: &Labels) -> String {
        let rank = |column: &Column| match (column, self.declared.column_kind(*column)) {
            (Column::Field(ix), _) if self.declared.key.contains(ix) => 0,
            (_, Kind::Ref(_)) => 1,
            (_, Kind::Date | Kind::Month | Kind::Code(_)) => 2,
            _ => 3,
        };
        let personal = |column: &Column| match column {
            Column::Field(ix) => self.declared.fields.get(*ix).is_none_or(|f| f.privacy >= Privacy::Personal),
            Column::Copied(_) => false,
        };
        let mut columns: Vec<Column> = self.columns.iter().copied().filter(|c| rank(c) < 3 && !personal(c)).collect();
        columns.sort_by_key(rank);
        let shown = columns.into_iter().map(|column| {
            desk.viewer.shown_column(self.register, column, content(record, column), labels, desk.lang())
        });
        shown.filter(|text| !text.is_empty()).take(3).collect::<Vec<_>>().join(" · ")
    }

    /// A record's row; `state` stands at its end, with a note beside it.
    pub fn row(&self, desk: &Desk, record: &Record, labels: &Labels, note: String) -> Row {
        let (viewer, lang) = (&desk.viewer, desk.lang());
        let name = labels.label(viewer.catalog(), self.register, record, lang);
        let name = if name.is_empty() { desk.words.t("value-empty") } else { name };
        let mut cells = vec![Cell { text: name, ..Cell::default() }];
        cells.extend(self.columns.iter().map(|column| {
            let (kind, value) = (self.declared.column_kind(*column), content(record, *column));
            let number = counted(kind);
            let text = match value {
                Value::Int(_) if number && viewer.open(self.register, *column) => show::number(lang, &kind.edit(value)),
                _ => viewer.shown_column(self.register, *column, value, labels, lang),
            };
            let masked = !text.is_empty() && !viewer.open(self.register, *column);
            Cell {
                label: Self::heading(self.declared, *column, lang),
                text,
                unit: String::new(),
                number,
                whole: whole(kind),
                masked,
            }
        }));
        Row {
            id: record.id.to_string(),
            href: Some(desk.to(&format!("/registers/{}/records/{}", self.declared.id, record.id))),
            cells,
            state: Some(StateMark::new(desk.words, record.state)),
            note,
        }
    }
}

fn counted(kind: &Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Decimal(_) | Kind::Money)
}

fn whole(kind: &Kind) -> bool {
    let short = matches!(kind, Kind::Date | Kind::Month | Kind::Year | Kind::Time | Kind::Phone | Kind::IdNumber);
    short || matches!(kind, Kind::OrgCode | Kind::CertificateNumber | Kind::Code(_) | Kind::PersonName)
}
