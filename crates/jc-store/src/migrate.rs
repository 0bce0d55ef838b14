//! Bringing a database to a changed catalog by an explicit plan: losses first, nothing dropped without leave.

use crate::db::{Db, Param};
use crate::error::{Doing, StoreError};
use crate::schema::{self, Table};
use jc_catalog::Catalog;
use std::collections::BTreeMap;

/// One change of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A table goes, with the rows it holds.
    DropTable {
        /// Its name.
        table: String,
        /// How many rows are lost.
        rows: i64,
    },
    /// A column goes, with the values it holds.
    DropColumn {
        /// Its table.
        table: String,
        /// Its name.
        column: String,
        /// How many values are lost.
        values: i64,
    },
    /// A table is made.
    CreateTable {
        /// Its name.
        table: String,
    },
    /// A column is added; records have no value in it yet.
    AddColumn {
        /// Its table.
        table: String,
        /// Its name.
        column: String,
    },
    /// A register's declaration changed otherwise: its pages are totalled again.
    Retotal {
        /// The file.
        path: String,
    },
}

impl Step {
    /// Whether something people entered would be gone.
    pub fn loses(&self) -> bool {
        match self {
            Step::DropTable { rows, .. } => *rows > 0,
            Step::DropColumn { values, .. } => *values > 0,
            _ => false,
        }
    }
}

/// What `apply` would do, losses first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The steps.
    pub steps: Vec<Step>,
    /// Whether the database holds no catalog yet.
    pub fresh: bool,
    /// Whether texts changed that change nothing in the database (names, help, words).
    pub wording: bool,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && !self.wording
    }

    /// Whether it would lose what people entered.
    pub fn loses(&self) -> bool {
        self.steps.iter().any(Step::loses)
    }
}

/// Refuses a database of another version of the program, before anything in it is touched. Gives whether the system's
/// own tables are made: their version is noted last.
pub(crate) fn check_version(db: &mut Db) -> Result<bool, StoreError> {
    if !db.tables().doing("list tables")?.iter().any(|table| table == "jc_setting") {
        return Ok(false);
    }
    match setting(db, "schema")?.map(|version| version.parse::<i64>()) {
        None => Ok(false),
        Some(Ok(schema::VERSION)) => Ok(true),
        Some(Ok(version)) if version < schema::VERSION => Err(StoreError::Unreleased),
        Some(_) => Err(StoreError::Newer),
    }
}

/// A setting of the installation.
pub fn setting(db: &mut Db, name: &str) -> Result<Option<String>, StoreError> {
    db.first("select content from jc_setting where name = ?", &[Param::Text(name)], |row| {
        row.text(0).unwrap_or_default().to_owned()
    })
    .doing("read a setting")
}

/// Sets a setting of the installation.
pub fn set_setting(db: &mut Db, name: &str, content: &str) -> Result<(), StoreError> {
    db.execute(
        "insert into jc_setting (name, content) values (?, ?) on conflict (name) do update set content = excluded.content",
        &[Param::Text(name), Param::Text(content)],
    )
    .doing("write a setting")
    .map(drop)
}

/// The catalog files last applied, by path.
pub fn applied(db: &mut Db) -> Result<BTreeMap<String, String>, StoreError> {
    let rows = db
        .collect("select path, content from jc_catalog_file order by path", &[], |row| {
            (row.text(0).unwrap_or_default().to_owned(), row.text(1).unwrap_or_default().to_owned())
        })
        .doing("read the applied catalog")?;
    Ok(rows.into_iter().collect())
}

/// Compares a database with a catalog.
pub fn plan(db: &mut Db, catalog: &Catalog) -> Result<Plan, StoreError> {
    let applied = applied(db)?;
    let wanted: BTreeMap<String, Table> = schema::all(catalog).into_iter().map(|t| (t.name.clone(), t)).collect();
    let present = db.tables().doing("list tables")?;
    let (mut losses, mut steps) = (Vec::new(), Vec::new());
    for table in present.iter().filter(|t| t.starts_with("r_") && !wanted.contains_key(*t)) {
        let rows = count(db, &format!("select count(*) from {table}"))?;
        losses.push(Step::DropTable { table: table.clone(), rows });
    }
    // Tables made of the very same files by this version of the program have the columns these files want.
    let same = catalog.sources == applied;
    for (name, table) in &wanted {
        if !present.contains(name) {
            steps.push(Step::CreateTable { table: name.clone() });
            continue;
        }
        if same {
            continue;
        }
        let columns = db.columns(name).doing("list columns")?;
        for column in columns.iter().filter(|c| !table.columns.iter().any(|(n, _, _)| n == *c)) {
            let values = count(db, &format!("select count({column}) from {name}"))?;
            losses.push(Step::DropColumn { table: name.clone(), column: column.clone(), values });
        }
        for (column, _, _) in table.columns.iter().filter(|(n, _, _)| !columns.contains(n)) {
            steps.push(Step::AddColumn { table: name.clone(), column: column.clone() });
        }
    }
    let mut wording = false;
    for (path, text) in &catalog.sources {
        if applied.get(path).is_some_and(|before| before != text) {
            let register = catalog.registers.iter().find(|r| r.path == *path);
            if register.is_some() {
                steps.push(Step::Retotal { path: path.clone() });
            } else {
                wording = true;
            }
        }
    }
    wording |= catalog.sources.keys().ne(applied.keys());
    losses.sort_by_key(|step| !step.loses());
    losses.extend(steps);
    Ok(Plan { steps: losses, fresh: applied.is_empty(), wording: wording && !applied.is_empty() })
}

fn count(db: &mut Db, sql: &str) -> Result<i64, StoreError> {
    Ok(db.first(sql, &[], |row| row.int(0).unwrap_or(0)).doing("count what would be lost")?.unwrap_or(0))
}

/// Does what a plan says, in one transaction. The caller has made sure that losses are wanted, and totals the
/// pages of changed registers again afterwards.
pub fn apply(db: &mut Db, catalog: &Catalog, plan: &Plan) -> Result<(), StoreError> {
    db.begin_write().doing("begin to apply the catalog")?;
    let result = apply_within(db, catalog, plan);
    match &result {
        Ok(()) => db.commit().doing("commit the catalog")?,
        Err(_) => db.rollback().doing("undo the catalog")?,
    }
    result
}

fn apply_within(db: &mut Db, catalog: &Catalog, plan: &Plan) -> Result<(), StoreError> {
    let tables = schema::all(catalog);
    let find = |name: &str| tables.iter().find(|t| t.name == name);
    for step in &plan.steps {
        match step {
            Step::DropTable { table, .. } => db.batch(&format!("drop table {table}")).doing("drop a table")?,
            Step::DropColumn { table, column, .. } => {
                db.batch(&format!("alter table {table} drop column {column}")).doing("drop a column")?;
            }
            Step::AddColumn { table, column } => {
                let kind = find(table).and_then(|t| t.columns.iter().find(|(n, _, _)| n == column));
                if let Some((_, kind, _)) = kind {
                    let sql = format!("alter table {table} add column {column} {}", db.type_name(*kind));
                    db.batch(&sql).doing("add a column")?;
                }
            }
            Step::CreateTable { .. } | Step::Retotal { .. } => {}
        }
    }
    // Makes the missing tables, and the indexes that columns added above need.
    for table in &tables {
        for statement in table.create(db) {
            db.batch(&statement).doing("make a table")?;
        }
    }
    db.execute("delete from jc_catalog_file", &[]).doing("keep the applied catalog")?;
    for (path, content) in &catalog.sources {
        db.execute(
            "insert into jc_catalog_file (path, content) values (?, ?)",
            &[Param::Text(path), Param::Text(content)],
        )
        .doing("keep the applied catalog")?;
    }
    Ok(())
}
