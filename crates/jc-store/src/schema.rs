//! The tables: the system's own, and one (or a few) for each register of the catalog.

use crate::db::{ColumnType, Db};
use crate::record::{FIXED, column_type, searchable};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Counting, PeriodRule, Register};
use jc_figures::sql::members_table;

/// What kind of table it is (the first three scale rules).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Has `school_id` first in every key; distributed by it.
    School,
    /// Small, written rarely, copied to every node.
    Reference,
}

/// A table as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub class: Class,
    /// Columns: name, type, whether a value is required.
    pub columns: Vec<(String, ColumnType, bool)>,
    /// The primary key's columns.
    pub key: Vec<String>,
    /// Indexes: name, columns, whether unique.
    pub indexes: Vec<(String, Vec<String>, bool)>,
}

impl Table {
    fn new(name: &str, class: Class, columns: &[(&str, ColumnType, bool)], key: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            class,
            columns: columns.iter().map(|(n, t, r)| ((*n).to_owned(), *t, *r)).collect(),
            key: key.iter().map(|k| (*k).to_owned()).collect(),
            indexes: Vec::new(),
        }
    }

    fn index(mut self, columns: &[&str], unique: bool) -> Self {
        let number = self.indexes.len() + 1;
        let name = format!("i{number}_{}", self.name);
        self.indexes.push((name, columns.iter().map(|c| (*c).to_owned()).collect(), unique));
        self
    }

    /// The statements that make it, each safe to run again.
    pub fn create(&self, db: &Db) -> Vec<String> {
        // A file finds rows with an id by their number.
        let numbered = db.mark().is_some() && self.key == ["school_id", "id"];
        let mut lines: Vec<String> = self
            .columns
            .iter()
            .map(|(name, kind, required)| match (name.as_str(), required) {
                ("id", _) if numbered => "  id integer primary key".to_owned(),
                (_, true) => format!("  {name} {} not null", db.type_name(*kind)),
                (_, false) => format!("  {name} {}", db.type_name(*kind)),
            })
            .collect();
        if !numbered {
            lines.push(format!("  primary key ({})", self.key.join(", ")));
        }
        let suffix = db.table_suffix(numbered);
        let mut statements =
            vec![format!("create table if not exists {} (\n{}\n){suffix}", self.name, lines.join(",\n"))];
        for (name, columns, unique) in &self.indexes {
            // The number stands at the end of every index anyway.
            let columns = columns.iter().filter(|c| !numbered || *c != "id").map(String::as_str);
            let columns: Vec<&str> = columns.collect();
            let kind = if *unique { "unique index" } else { "index" };
            statements.push(format!("create {kind} if not exists {name} on {} ({})", self.name, columns.join(", ")));
            if numbered {
                statements.extend(expect_rows(&self.name, name, columns.len(), *unique));
            }
        }
        statements
    }
}

/// Tells SQLite how many rows of a large table share the first columns of an index: all are of one school, some
/// stand on one page or name one person. Left to guess, it takes the school for a telling column.
fn expect_rows(table: &str, index: &str, columns: usize, unique: bool) -> [String; 2] {
    const ROWS: u64 = 1_000_000;
    let mut stat = format!("{ROWS} {ROWS}");
    for left in (0..columns - 1).rev() {
        let rows = match left {
            0 if unique => 1,
            0 => 1_000,
            _ => 10_000,
        };
        stat.push_str(&format!(" {rows}"));
    }
    [
        format!("delete from sqlite_stat1 where tbl = '{table}' and idx = '{index}'"),
        format!("insert into sqlite_stat1 (tbl, idx, stat) values ('{table}', '{index}', '{stat}')"),
    ]
}

/// The version of the system's own tables and of what is written into them. A database with a higher one is refused, and so
/// is one of before [`FIRST`], which was never released.
pub const VERSION: i64 = 8;

/// The first version that is kept: each from this one on is brought to the present one.
pub const FIRST: i64 = 7;

/// The system's own tables, parents before children.
pub fn system() -> Vec<Table> {
    use Class::{Reference, School};
    use ColumnType::{Bytes, Id, Int, Text};
    vec![
        Table::new("jc_setting", Reference, &[("name", Text, true), ("content", Text, true)], &["name"]),
        Table::new("jc_catalog_file", Reference, &[("path", Text, true), ("content", Text, true)], &["path"]),
        Table::new(
            "school",
            Reference,
            &[("school_id", Int, true), ("name", Text, true), ("synthetic", Int, true), ("created_at", Int, true)],
            &["school_id"],
        ),
        Table::new(
            "account",
            School,
            &[
                ("school_id", Int, true),
                ("id", Id, true),
                ("login", Text, true),
                ("name", Text, true),
                ("role", Text, true),
                ("office", Text, false),
                ("password", Text, false),
                ("state", Text, true),
                ("created_at", Int, true),
                ("password_at", Int, false),
                ("last_day", Text, false),
            ],
            &["school_id", "id"],
        )
        .index(&["school_id", "login"], true),
        Table::new(
            "session",
            School,
            &[
                ("school_id", Int, true),
                ("token", Bytes, true),
                ("account_id", Id, true),
                ("created_at", Int, true),
                ("seen_at", Int, true),
            ],
            &["school_id", "token"],
        ),
        Table::new(
            "visit",
            School,
            &[
                ("school_id", Int, true),
                ("account_id", Id, true),
                ("at", Int, true),
                ("figures", Text, true),
                ("before_at", Int, false),
                ("before_figures", Text, false),
            ],
            &["school_id", "account_id"],
        ),
        Table::new(
            "api_token",
            School,
            &[
                ("school_id", Int, true),
                ("token", Bytes, true),
                ("id", Id, true),
                ("account_id", Id, true),
                ("name", Text, true),
                ("may", Text, true),
                ("created_at", Int, true),
                ("until", Int, true),
                ("seen_at", Int, true),
            ],
            &["school_id", "token"],
        )
        .index(&["school_id", "account_id"], false),
        Table::new(
            "account_link",
            School,
            &[
                ("school_id", Int, true),
                ("mark", Bytes, true),
                ("account_id", Id, true),
                ("provider", Text, true),
                ("linked_at", Int, true),
            ],
            &["school_id", "mark"],
        )
        .index(&["school_id", "account_id"], false),
        Table::new(
            "account_tie",
            School,
            &[
                ("school_id", Int, true),
                ("account_id", Id, true),
                ("scope", Text, true),
                ("register", Text, true),
                ("record_id", Id, true),
            ],
            &["school_id", "account_id", "scope", "register", "record_id"],
        ),
        Table::new(
            "second_factor",
            School,
            &[
                ("school_id", Int, true),
                ("account_id", Id, true),
                ("secret", Bytes, true),
                ("confirmed", Int, true),
                ("last_step", Int, true),
                ("recovery", Text, true),
            ],
            &["school_id", "account_id"],
        ),
        Table::new(
            "sign_in_failure",
            School,
            &[("school_id", Int, true), ("name", Text, true), ("failures", Int, true), ("last_at", Int, true)],
            &["school_id", "name"],
        ),
        Table::new(
            "audit",
            School,
            &[
                ("school_id", Int, true),
                ("seq", Int, true),
                ("at", Int, true),
                ("actor", Text, true),
                ("action", Text, true),
                ("object", Text, true),
                ("detail", Text, true),
                ("algorithm", Text, true),
                ("hash", Text, true),
            ],
            &["school_id", "seq"],
        ),
        Table::new(
            "audit_head",
            School,
            &[("school_id", Int, true), ("seq", Int, true), ("hash", Text, true), ("last_number", Int, true)],
            &["school_id"],
        ),
        Table::new(
            "record_view",
            School,
            &[("school_id", Int, true), ("register", Text, true), ("record_id", Id, true), ("seq", Int, true)],
            &["school_id", "register", "record_id", "seq"],
        ),
        Table::new(
            "history",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("record_id", Id, true),
                ("version", Int, true),
                ("seq", Int, true),
                ("body", Text, true),
            ],
            &["school_id", "register", "record_id", "version"],
        ),
        Table::new(
            "erased_version",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("record_id", Id, true),
                ("version", Int, true),
                ("seq", Int, true),
                ("was", Bytes, true),
                ("remains", Bytes, true),
            ],
            &["school_id", "register", "record_id", "version", "seq"],
        ),
        Table::new(
            "approval",
            School,
            &[
                ("school_id", Int, true),
                ("id", Id, true),
                ("account_id", Id, true),
                ("asked_by", Text, true),
                ("register", Text, true),
                ("record_id", Id, true),
                ("field", Text, true),
                ("reason", Text, true),
                ("asked_at", Int, true),
                ("decided_at", Int, false),
                ("decided_by", Text, false),
                ("until_at", Int, false),
            ],
            &["school_id", "id"],
        )
        .index(&["school_id", "account_id", "record_id"], false),
        Table::new(
            "page",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("page", Text, true),
                ("version", Int, true),
                ("records", Int, true),
                ("unproved", Int, true),
                ("sum", Bytes, true),
                ("digest", Text, true),
                ("changed_at", Int, true),
            ],
            &["school_id", "register", "page"],
        ),
        Table::new(
            "page_total",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("page", Text, true),
                ("slice", Text, true),
                ("slice_value", Text, true),
                ("measure", Text, true),
                ("state", Int, true),
                ("value", Int, true),
                ("unknown", Int, true),
            ],
            &["school_id", "register", "page", "slice", "slice_value", "measure", "state"],
        ),
        Table::new(
            "signing_key",
            School,
            &[("school_id", Int, true), ("key_id", Text, true), ("content", Text, true), ("created_at", Int, true)],
            &["school_id", "key_id"],
        ),
        Table::new(
            "seal",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("page", Text, true),
                ("seq", Int, true),
                ("page_version", Int, true),
                ("catalog", Text, true),
                ("definitions", Text, true),
                ("records", Int, true),
                ("digest", Text, true),
                ("totals", Text, true),
                ("draft", Int, true),
                ("submitted", Int, true),
                ("returned", Int, true),
                ("without_evidence", Int, true),
                ("closed_at", Int, true),
                ("closed_by", Text, true),
                ("key_id", Text, true),
                ("signature", Text, true),
            ],
            &["school_id", "register", "page"],
        ),
        Table::new(
            "sealed_text",
            School,
            &[("school_id", Int, true), ("digest", Text, true), ("body", Text, true)],
            &["school_id", "digest"],
        ),
        Table::new(
            "sealed_total",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("page", Text, true),
                ("era", Text, true),
                ("slice", Text, true),
                ("slice_value", Text, true),
                ("measure", Text, true),
                ("state", Int, true),
                ("value", Int, true),
                ("unknown", Int, true),
            ],
            &["school_id", "register", "page", "era", "slice", "slice_value", "measure", "state"],
        ),
        Table::new(
            "restatement",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("page", Text, true),
                ("number", Int, true),
                ("seq", Int, true),
                ("cause", Text, true),
                ("reason", Text, true),
                ("page_version", Int, true),
                ("digest", Text, true),
                ("at", Int, true),
                ("actor", Text, true),
            ],
            &["school_id", "register", "page", "number"],
        ),
        Table::new(
            "restated_total",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("page", Text, true),
                ("number", Int, true),
                ("slice", Text, true),
                ("slice_value", Text, true),
                ("measure", Text, true),
                ("value", Int, true),
                ("unknown", Int, true),
            ],
            &["school_id", "register", "page", "number", "slice", "slice_value", "measure"],
        ),
        Table::new(
            "restated_record",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("page", Text, true),
                ("number", Int, true),
                ("of_register", Text, true),
                ("record_id", Id, true),
                ("was", Int, false),
                ("became", Int, true),
            ],
            &["school_id", "register", "page", "number", "of_register", "record_id", "became"],
        )
        .index(&["school_id", "of_register", "record_id"], false),
        Table::new(
            "evidence",
            School,
            &[
                ("school_id", Int, true),
                ("sha256", Text, true),
                ("media_type", Text, true),
                ("size_bytes", Int, true),
                ("seq", Int, true),
            ],
            &["school_id", "sha256"],
        ),
        Table::new(
            "record_evidence",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("record_id", Id, true),
                ("sha256", Text, true),
                ("kind", Text, true),
                ("name", Text, true),
                ("seq", Int, true),
            ],
            &["school_id", "register", "record_id", "sha256", "kind"],
        ),
        Table::new(
            "detached_evidence",
            School,
            &[
                ("school_id", Int, true),
                ("register", Text, true),
                ("record_id", Id, true),
                ("sha256", Text, true),
                ("kind", Text, true),
                ("seq", Int, true),
                ("name", Text, true),
                ("until_seq", Int, true),
            ],
            &["school_id", "register", "record_id", "sha256", "kind", "seq"],
        ),
        Table::new(
            "done_once",
            School,
            &[
                ("school_id", Int, true),
                ("actor", Text, true),
                ("once", Text, true),
                ("at", Int, true),
                ("result", Text, true),
            ],
            &["school_id", "actor", "once"],
        ),
        Table::new(
            "report_text",
            School,
            &[
                ("school_id", Int, true),
                ("report", Text, true),
                ("chapter", Text, true),
                ("version", Int, true),
                ("seq", Int, true),
                ("content", Text, true),
            ],
            &["school_id", "report", "chapter", "version"],
        ),
        Table::new(
            "report_code",
            School,
            &[("school_id", Int, true), ("code", Text, true), ("seq", Int, true), ("content", Text, true)],
            &["school_id", "code"],
        ),
        Table::new(
            "import_mapping",
            School,
            &[("school_id", Int, true), ("register", Text, true), ("shape", Text, true), ("content", Text, true)],
            &["school_id", "register", "shape"],
        ),
        Table::new(
            "checked_text",
            School,
            &[
                ("school_id", Int, true),
                ("id", Id, true),
                ("account_id", Id, false),
                ("made_by", Text, true),
                ("title", Text, true),
                ("kind", Text, true),
                ("year", Int, true),
                ("changed_at", Int, true),
                ("content", Text, true),
                ("verdicts", Text, true),
            ],
            &["school_id", "id"],
        )
        .index(&["school_id", "changed_at", "id"], false),
    ]
}

/// The print that a sealed value in a column begins with.
pub fn print_of_column(column: &str) -> String {
    format!("substr({column}, 1, {})", jc_trust::vault::PRINT_BYTES)
}

/// The id of the key that sealed a value in a column.
pub fn key_of_column(column: &str) -> String {
    format!("substr({column}, {}, 1)", jc_trust::vault::PRINT_BYTES + 1)
}

/// What an index holds of a field: its value, or the print of a sealed one.
fn indexed(register: &Register, field: usize) -> String {
    let field = &register.fields[field];
    match field.kind {
        Kind::IdNumber => print_of_column(&field.column),
        _ => field.column.clone(),
    }
}

/// The tables of a register: its own, and one for the members of each field of several references.
pub fn of_register(register: &Register) -> Vec<Table> {
    let mut columns: Vec<(String, ColumnType, bool)> = FIXED
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind, !matches!(*name, "keeper" | "note" | "page" | "line")))
        .collect();
    columns.extend(
        register.fields.iter().filter_map(|f| column_type(&f.kind).map(|kind| (f.column.clone(), kind, false))),
    );
    columns.extend(
        register.copies.iter().filter_map(|c| column_type(&c.kind).map(|kind| (c.column.clone(), kind, false))),
    );
    if searchable(register) {
        columns.push(("search".to_owned(), ColumnType::Text, false));
    }
    let mut table = Table {
        name: register.table.clone(),
        class: Class::School,
        columns,
        key: vec!["school_id".to_owned(), "id".to_owned()],
        indexes: Vec::new(),
    };
    let mut index = |suffix: &str, columns: Vec<&str>, unique: bool| {
        let columns = std::iter::once("school_id").chain(columns).map(str::to_owned).collect();
        table.indexes.push((format!("{}_{suffix}", register.table), columns, unique));
    };
    let key: Vec<String> = register.key.iter().map(|ix| indexed(register, *ix)).collect();
    index("key", key.iter().map(String::as_str).collect(), true);
    match register.period {
        PeriodRule::On { .. } => index("page", vec!["page", "id"], false),
        PeriodRule::During { from, .. } => index("page", vec![&register.fields[from].column, "id"], false),
        PeriodRule::Always => {}
    }
    for (ix, field) in register.fields.iter().enumerate() {
        // The key's first column is found by the key's own index.
        let leads_key = register.key.first() == Some(&ix);
        if field.unique && register.key != [ix] {
            index(&format!("u{ix}"), vec![&indexed(register, ix)], true);
        } else if matches!(field.kind, Kind::Ref(_)) && !leads_key {
            index(&format!("r{ix}"), vec![&field.column], false);
        }
    }
    for (ix, measure) in register.measures.iter().enumerate() {
        // What is counted once is looked for by its value; references have their index already.
        let Counting::Distinct { of: column, .. } = measure.counting else { continue };
        let name = register.column_name(column);
        let leads = |(_, columns, _): &(String, Vec<String>, bool)| columns.get(1).is_some_and(|c| c == name);
        if !matches!(register.column_kind(column), Kind::Refs(_)) && !table.indexes.iter().any(leads) {
            let columns = vec!["school_id".to_owned(), name.to_owned()];
            table.indexes.push((format!("{}_d{ix}", register.table), columns, false));
        }
    }
    let mut tables = vec![table];
    for (ix, field) in register.fields.iter().enumerate() {
        if matches!(field.kind, Kind::Refs(_)) {
            tables.push(
                Table::new(
                    &members_table(register, ix),
                    Class::School,
                    &[
                        ("school_id", ColumnType::Int, true),
                        ("record_id", ColumnType::Id, true),
                        ("position", ColumnType::Int, true),
                        ("member_id", ColumnType::Id, true),
                    ],
                    &["school_id", "record_id", "position"],
                )
                .index(&["school_id", "member_id"], false),
            );
        }
    }
    tables
}

/// Every table the catalog wants, the system's own first.
pub fn all(catalog: &Catalog) -> Vec<Table> {
    let mut tables = system();
    tables.extend(catalog.registers.iter().flat_map(of_register));
    tables
}

#[cfg(test)]
mod tests {
    use super::{Class, system};

    #[test]
    fn school_tables_lead_every_key_with_the_school() {
        for table in system() {
            if table.class == Class::School {
                assert_eq!(table.columns[0].0, "school_id", "{}", table.name);
                assert_eq!(table.key[0], "school_id", "{}", table.name);
                for (name, columns, _) in &table.indexes {
                    assert_eq!(columns[0], "school_id", "{name}");
                }
            }
        }
    }
}
