//! What lists are sorted by: names by their pinyin, references by what they are called.

use crate::db::ColumnType;
use crate::record::{column_type, searchable};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column};

/// A label that is a reference is followed so far.
const DEEPEST: usize = 3;

/// Whether a list can be sorted by a column.
pub fn sortable(catalog: &Catalog, register: usize, column: Column) -> bool {
    !matches!(catalog.registers[register].column_kind(column), Kind::LongText | Kind::Link)
        && expression(catalog, register, column).is_some()
}

/// The SQL to sort the records `t` of a register by a column; a missing value comes first. Nothing for columns that
/// have no order: several references, and what is sealed.
pub(crate) fn expression(catalog: &Catalog, register: usize, column: Column) -> Option<String> {
    let declared = &catalog.registers[register];
    let name = format!("t.{}", declared.column_name(column));
    let kind = declared.column_kind(column);
    match (kind, column_type(kind)?) {
        (Kind::Ref(target), _) => called(catalog, *target, &name, 0),
        (Kind::PersonName, _) if searchable(declared) => Some("coalesce(t.search, '')".to_owned()),
        (_, ColumnType::Int) => Some(format!("coalesce({name}, {})", i64::MIN + 1)),
        (_, ColumnType::Text) => Some(format!("coalesce({name}, '')")),
        (_, ColumnType::Bytes | ColumnType::Id | ColumnType::Account) => None,
    }
}

/// What the record of a register is called whose id `at` holds.
fn called(catalog: &Catalog, register: usize, at: &str, depth: usize) -> Option<String> {
    let declared = &catalog.registers[register];
    let alias = format!("s{depth}");
    let label = &declared.fields[*declared.label.first().or(declared.key.first())?];
    let own = match (&label.kind, column_type(&label.kind)?) {
        (Kind::Ref(next), _) if depth < DEEPEST => {
            called(catalog, *next, &format!("{alias}.{}", label.column), depth + 1)?
        }
        (Kind::PersonName | Kind::Text, _) if searchable(declared) => format!("{alias}.search"),
        (_, ColumnType::Text) => format!("{alias}.{}", label.column),
        _ => return None,
    };
    let table = &declared.table;
    let from = format!("from {table} {alias} where {alias}.school_id = t.school_id and {alias}.id = {at}");
    Some(format!("coalesce((select {own} {from}), '')"))
}
