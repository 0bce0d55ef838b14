//! Bringing a database to a changed catalog by an explicit plan: losses first, nothing dropped without leave.

use crate::db::{ColumnType, Db, Param};
use crate::error::{Doing, StoreError};
use crate::lasting;
use crate::schema::{self, Table};
use jc_catalog::Catalog;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

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

/// What brings the system's own tables from one version to the next, the first from [`schema::FIRST`]; new tables need none.
/// `{int}` stands for the database's own whole numbers of 64 bits.
pub(crate) const UPGRADES: [&str; (schema::VERSION - schema::FIRST) as usize] = [
    // 8: when a password was set, and the last day of an account. A password kept so far is at most as young as its account.
    "alter table account add column password_at {int}; alter table account add column last_day text; \
     update account set password_at = created_at where password is not null",
];

/// The version of the system's own tables: nothing where they are not made, for it is noted last. A database of before the
/// first release, or of a newer program, is refused before anything in it is touched.
pub(crate) fn version(db: &mut Db) -> Result<Option<i64>, StoreError> {
    if !db.tables().doing("list tables")?.iter().any(|table| table == "jc_setting") {
        return Ok(None);
    }
    match setting(db, "schema")?.map(|version| version.parse::<i64>()) {
        None => Ok(None),
        Some(Ok(version @ schema::FIRST..=schema::VERSION)) => Ok(Some(version)),
        Some(Ok(..schema::FIRST)) => Err(StoreError::Unreleased),
        Some(_) => Err(StoreError::Newer),
    }
}

/// Keeps a copy of a database as it was before its tables are changed; one that is there stays.
pub(crate) fn keep_copy(db: &mut Db, kept: &Path) -> Result<(), StoreError> {
    if kept.exists() {
        return Ok(());
    }
    let mut aside = kept.as_os_str().to_owned();
    aside.push(".part");
    let aside = Path::new(&aside);
    // What is left of a copy that was cut off.
    let _ = fs::remove_file(aside);
    db.copy_to(aside).doing("copy the database as it was")?;
    lasting::flush(aside).and_then(|()| fs::rename(aside, kept)).doing("keep the database as it was")?;
    lasting::flush_names(kept).doing("keep the database as it was")
}

/// Takes the steps that are left from a version on: all of them and the new version, or none.
pub(crate) fn upgrade(db: &mut Db, from: i64, steps: &[&str]) -> Result<(), StoreError> {
    db.begin_write().doing("begin to bring the tables up to date")?;
    // Another program may have been first.
    let mut climb = || {
        let at = setting(db, "schema")?.and_then(|version| version.parse().ok()).unwrap_or(from);
        let done = usize::try_from(at - schema::FIRST).unwrap_or(0);
        for step in steps.iter().skip(done) {
            let step = step.replace("{int}", db.type_name(ColumnType::Int));
            db.batch(&step).doing("bring the tables up to date")?;
        }
        set_setting(db, "schema", &(schema::FIRST + steps.len() as i64).to_string())
    };
    match climb() {
        Ok(()) => db.commit().doing("commit the new tables"),
        Err(error) => {
            db.rollback().doing("undo the new tables")?;
            Err(error)
        }
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
    let files = catalog.sources.iter().map(|(path, text)| (path.as_str(), text.as_ref()));
    let same = files.eq(applied.iter().map(|(path, text)| (path.as_str(), text.as_str())));
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
        if applied.get(path).is_some_and(|before| *before != **text) {
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

/// Does what a plan says, in one transaction. The caller has made sure that losses are wanted; where pages have to be totalled
/// again, it does so and then says so with [`applied_whole`]: until then the catalog counts as not applied.
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
    if plan.steps.iter().any(|step| matches!(step, Step::Retotal { .. })) { Ok(()) } else { keep_applied(db, catalog) }
}

/// Says that a catalog is applied, pages and all.
pub fn applied_whole(db: &mut Db, catalog: &Catalog) -> Result<(), StoreError> {
    db.begin_write().doing("begin to keep the catalog")?;
    match keep_applied(db, catalog) {
        Ok(()) => db.commit().doing("commit the catalog"),
        Err(error) => {
            db.rollback().doing("undo the catalog")?;
            Err(error)
        }
    }
}

fn keep_applied(db: &mut Db, catalog: &Catalog) -> Result<(), StoreError> {
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

#[cfg(test)]
mod tests {
    use super::{keep_copy, set_setting, setting, upgrade, version};
    use crate::db::Db;
    use crate::schema::{self, FIRST};

    #[test]
    fn all_steps_are_taken_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut db = Db::open(&folder.path().join("x.db").to_string_lossy()).expect("a database");
        db.begin_statistics().expect("statistics");
        let tables = schema::system();
        for statement in tables.iter().flat_map(|table| table.create(&db)).collect::<Vec<_>>() {
            db.batch(&statement).expect("a table");
        }
        assert_eq!(version(&mut db).expect("read"), None, "the version is noted last");
        set_setting(&mut db, "schema", &FIRST.to_string()).expect("noted");
        assert_eq!(version(&mut db).expect("read"), Some(FIRST));
        let kept = folder.path().join("x.db.v7");
        keep_copy(&mut db, &kept).expect("a copy");
        let mut copy = Db::open(&kept.to_string_lossy()).expect("the copy opens");
        assert_eq!(version(&mut copy).expect("read"), Some(FIRST));
        let steps =
            ["create table one (a integer)", "alter table one add column b integer", "create table one (a integer)"];
        assert!(upgrade(&mut db, FIRST, &steps).is_err(), "the third cannot be taken");
        assert_eq!(setting(&mut db, "schema").expect("read"), Some(FIRST.to_string()));
        assert!(!db.tables().expect("tables").contains(&"one".to_owned()), "nor are the first two");
        for known in [1, 2, 2] {
            upgrade(&mut db, FIRST, &steps[..known]).expect("taken");
            assert_eq!(setting(&mut db, "schema").expect("read"), Some((FIRST + known as i64).to_string()));
            assert_eq!(db.columns("one").expect("columns").len(), known, "each step once");
        }
        assert!(version(&mut db).is_err(), "to a program that knows no steps it is newer");
    }
}
