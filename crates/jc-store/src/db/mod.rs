//! The one place that knows which database it is: connections, bound values, rows, and the few words that differ.

mod postgres;
mod sqlite;
mod way;

use crate::number::Mark;
use jc_base::RecordId;
use jc_figures::{Dialect, SqlValue};
use std::cell::Cell;
use std::path::Path;
use thiserror::Error;

pub use way::TlsTrouble;

/// What went wrong in the database, told apart by code and never by message.
#[derive(Debug, Error)]
pub enum DbError {
    /// A unique key is taken (SQLSTATE 23505).
    #[error("duplicate key")]
    Duplicate(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Another transaction is in the way; the whole of this one may be tried again (40001, 40P01, 55P03, BUSY).
    #[error("transaction must be retried")]
    Retry(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The disk is full, or the file or its folder cannot be opened or written.
    #[error("disk is full or read-only")]
    Disk(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file holds pages that are none, or is no database.
    #[error("the database file is damaged")]
    Damaged(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server is not reached by the encrypted way that its address asks for.
    #[error("no encrypted connection to the server")]
    Tls(#[source] TlsTrouble),
    /// Anything else.
    #[error("statement failed: {statement}")]
    Other {
        /// The start of the statement.
        statement: String,
        /// The driver's error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A bound value.
#[derive(Debug, Clone, Copy)]
pub enum Param<'a> {
    /// NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A day, as its text.
    Day([u8; 10]),
    /// A record's id.
    Id(RecordId),
}

impl Param<'_> {
    /// Whether it is the same as another, as far as that is seen at a glance.
    fn is_evidently(&self, other: &Param) -> bool {
        match (self, other) {
            (Param::Null, Param::Null) => true,
            (Param::Int(a), Param::Int(b)) => a == b,
            (Param::Day(a), Param::Day(b)) => a == b,
            (Param::Text(a), Param::Text(b)) => a == b,
            _ => false,
        }
    }
}

impl<'a> From<&'a SqlValue> for Param<'a> {
    fn from(value: &'a SqlValue) -> Self {
        match value {
            SqlValue::Int(n) => Param::Int(*n),
            SqlValue::Text(text) => Param::Text(text),
            SqlValue::Id(id) => Param::Id(*id),
            SqlValue::Bytes(bytes) => Param::Bytes(bytes),
        }
    }
}

/// One row of an answer, while it is being read. A column of another type than asked for reads as nothing.
pub trait Row {
    /// A number, or nothing if NULL.
    fn int(&self, column: usize) -> Option<i64>;
    /// A text, or nothing if NULL.
    fn text(&self, column: usize) -> Option<&str>;
    /// Bytes, or nothing if NULL.
    fn bytes(&self, column: usize) -> Option<&[u8]>;
    /// An id, or nothing if NULL. Only for a column known to hold ids.
    fn id(&self, column: usize) -> Option<RecordId>;
}

/// Column types; the database has its own word for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// 64-bit whole number.
    Int,
    /// UTF-8 text, compared byte by byte.
    Text,
    /// Bytes.
    Bytes,
    /// A record's id.
    Id,
    /// The id of an account that did something: it may have been made in another file, and nothing is looked up by it.
    Account,
}

/// What was asked of databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Statements run.
    pub statements: u64,
    /// Rows that queries handed over.
    pub rows: u64,
}

thread_local! {
    static WORK: Cell<Work> = const { Cell::new(Work { statements: 0, rows: 0 }) };
}

/// What this thread has asked of databases so far: two ways that must not be told apart by time ask for the same.
pub fn work() -> Work {
    WORK.get()
}

fn count(statements: u64, rows: u64) {
    let so_far = WORK.get();
    WORK.set(Work { statements: so_far.statements.wrapping_add(statements), rows: so_far.rows.wrapping_add(rows) });
}

/// A connection. Few exist, each for long.
pub enum Db {
    /// A file of one school or a few.
    Sqlite(sqlite::Connection),
    /// A server.
    Postgres(postgres::Connection),
}

impl Db {
    /// Opens a SQLite file, made if it is not there, or connects to a server (`postgres://…`): beyond this
    /// machine encrypted, unless the address says `sslmode=disable`.
    pub fn open(url: &str) -> Result<Self, DbError> {
        if is_postgres(url) {
            postgres::Connection::open(url).map(Db::Postgres)
        } else {
            sqlite::Connection::open(Path::new(url)).map(Db::Sqlite)
        }
    }

    /// Runs a statement; gives the number of rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, DbError> {
        count(1, 0);
        match self {
            Db::Sqlite(c) => c.execute(sql, params),
            Db::Postgres(c) => c.execute(sql, params),
        }
    }

    /// Runs a query and hands over each row; stops at the first error of either side.
    pub fn query(&mut self, sql: &str, params: &[Param], each: &mut dyn FnMut(&dyn Row)) -> Result<(), DbError> {
        let mut rows = 0;
        let mut each = |row: &dyn Row| {
            rows += 1;
            each(row);
        };
        let ended = match self {
            Db::Sqlite(c) => c.query(sql, params, &mut each),
            Db::Postgres(c) => c.query(sql, params, &mut each),
        };
        count(1, rows);
        ended
    }

    /// Runs a query and collects what `read` makes of each row.
    pub fn collect<T>(&mut self, sql: &str, params: &[Param], read: impl Fn(&dyn Row) -> T) -> Result<Vec<T>, DbError> {
        let mut out = Vec::new();
        self.query(sql, params, &mut |row| out.push(read(row)))?;
        Ok(out)
    }

    /// Runs a query for its first row.
    pub fn first<T>(
        &mut self,
        sql: &str,
        params: &[Param],
        read: impl Fn(&dyn Row) -> T,
    ) -> Result<Option<T>, DbError> {
        Ok(self.collect(sql, params, read)?.into_iter().next())
    }

    /// Runs statements without values, separated by semicolons.
    pub fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.batch(sql),
            Db::Postgres(c) => c.batch(sql),
        }
    }

    /// Runs the statements that make the indexes of tables with so many rows.
    pub fn make_indexes(&mut self, statements: &[String], rows: i64) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.make_indexes(statements, rows),
            Db::Postgres(c) => statements.iter().try_for_each(|statement| c.batch(statement)),
        }
    }

    /// Inserts rows: `params` holds them one after another.
    pub fn insert_many(&mut self, insert: &Insert, params: &[Param]) -> Result<(), DbError> {
        let width = insert.width;
        match self {
            Db::Sqlite(c) => c.execute_many(&insert.one, width, params),
            // At most 65,535 bound values in one statement.
            Db::Postgres(c) => params.chunks(width * (16_000 / width).clamp(1, 500)).try_for_each(|rows| {
                let one = format!("({})", placeholders(width));
                let all = vec![one; rows.len() / width].join(", ");
                c.execute(&format!("insert into {} values {all}", insert.into), rows).map(drop)
            }),
        }
    }

    /// Begins a transaction that will write.
    pub fn begin_write(&mut self) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.execute("begin immediate", &[]).map(drop),
            Db::Postgres(c) => c.batch("begin"),
        }
    }

    /// Begins a transaction that only reads and sees one moment.
    pub fn begin_read(&mut self) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.execute("begin", &[]).map(drop),
            Db::Postgres(c) => c.batch("begin isolation level repeatable read read only"),
        }
    }

    /// Makes the transaction's changes last. When this returns, they are on disk.
    pub fn commit(&mut self) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.commit(),
            Db::Postgres(c) => c.batch("commit"),
        }
    }

    /// Undoes the transaction.
    pub fn rollback(&mut self) -> Result<(), DbError> {
        match self {
            // Kept prepared, as many small reads do nothing longer.
            Db::Sqlite(c) => c.execute("rollback", &[]).map(drop),
            Db::Postgres(c) => c.batch("rollback"),
        }
    }

    /// Whether a server was found to have ended the connection.
    pub fn is_closed(&self) -> bool {
        match self {
            Db::Sqlite(_) => false,
            Db::Postgres(c) => c.is_closed(),
        }
    }

    /// What locks the rows a query reads until the transaction ends.
    pub fn for_update(&self) -> &'static str {
        match self {
            Db::Sqlite(_) => "",
            Db::Postgres(_) => " for update",
        }
    }

    /// Keeps few pages of the file in memory: for the several connections that read, which lie idle most of the time.
    pub fn read_sparingly(&mut self) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.keep_little(),
            Db::Postgres(_) => Ok(()),
        }
    }

    /// The settings of a server that are off and by which what was acknowledged can be lost, or the data damaged, when its
    /// machine fails; none for a file, which waits for the disk itself.
    pub fn risky_settings(&mut self) -> Result<Vec<String>, DbError> {
        if let Db::Sqlite(_) = self {
            return Ok(Vec::new());
        }
        let sql = "select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off' order by name";
        self.collect(sql, &[], |row| row.text(0).unwrap_or_default().to_owned())
    }

    /// Makes the table in which the database keeps what it knows about its indexes, where it is one's own to fill.
    pub fn begin_statistics(&mut self) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.batch("analyze sqlite_schema"),
            Db::Postgres(_) => Ok(()),
        }
    }

    /// The mark of the ids made in this file, which keeps their numbers alone; nothing for a server.
    pub fn mark(&self) -> Option<Mark> {
        match self {
            Db::Sqlite(c) => Some(c.mark()),
            Db::Postgres(_) => None,
        }
    }

    /// The word for a column type.
    pub fn type_name(&self, column: ColumnType) -> &'static str {
        match (self, column) {
            (Db::Sqlite(_), ColumnType::Int) => "integer",
            (Db::Postgres(_), ColumnType::Int) => "bigint",
            (_, ColumnType::Text) => "text",
            (Db::Sqlite(_), ColumnType::Bytes) => "blob",
            (Db::Sqlite(_), ColumnType::Id) => "integer",
            (Db::Sqlite(_), ColumnType::Account) => "any",
            (Db::Postgres(_), ColumnType::Bytes) => "bytea",
            (Db::Postgres(_), ColumnType::Id | ColumnType::Account) => "uuid",
        }
    }

    /// What stands behind `create table … ( … )`; `numbered` if its rows are found by the number of their id.
    pub fn table_suffix(&self, numbered: bool) -> &'static str {
        match self {
            Db::Sqlite(_) if numbered => " strict",
            Db::Sqlite(_) => " strict, without rowid",
            Db::Postgres(_) => "",
        }
    }

    /// The names of the tables that exist.
    pub fn tables(&mut self) -> Result<Vec<String>, DbError> {
        let sql = match self {
            Db::Sqlite(_) => {
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name"
            }
            Db::Postgres(_) => {
                "select cast(table_name as text) from information_schema.tables \
                 where table_schema = current_schema() order by 1"
            }
        };
        self.collect(sql, &[], |row| row.text(0).unwrap_or_default().to_owned())
    }

    /// The names of the tables with damaged pages. A server looks after its own.
    pub fn damaged(&mut self) -> Result<Vec<String>, DbError> {
        let mut damaged = Vec::new();
        if matches!(self, Db::Postgres(_)) {
            return Ok(damaged);
        }
        for table in self.tables()? {
            let sql = format!("pragma quick_check({table})");
            match self.first(&sql, &[], |row| row.text(0) == Some("ok")) {
                Ok(Some(true)) => {}
                Ok(_) | Err(DbError::Damaged(_)) => damaged.push(table),
                Err(other) => return Err(other),
            }
        }
        Ok(damaged)
    }

    /// Whether the database refuses to change and delete entries of the audit log.
    pub fn guards_log(&mut self) -> Result<bool, DbError> {
        let sql = match self {
            Db::Sqlite(_) => "select count(*) from sqlite_schema where type = 'trigger' and name like 'audit_stays%'",
            Db::Postgres(_) => {
                "select count(*) from pg_trigger where tgrelid = cast('audit' as regclass) \
                 and tgname like 'audit_stays%' and tgenabled <> 'D'"
            }
        };
        Ok(self.first(sql, &[], |row| row.int(0).unwrap_or(0))? == Some(2))
    }

    /// Has the database refuse to change and delete entries of the audit log, but for those of a school up to the number that
    /// a setting holds, whose name is this word and the school's number.
    pub fn guard_log(&mut self, lets_go: &str) -> Result<(), DbError> {
        const SAYS: &str = "entries of the audit log stay as they are";
        let let_go = format!(
            "exists (select 1 from jc_setting where name = '{lets_go}' || old.school_id \
             and cast(content as bigint) >= old.seq)"
        );
        self.begin_write()?;
        let made = match self {
            Db::Sqlite(c) => c.batch(&format!(
                "drop trigger if exists audit_stays_1; drop trigger if exists audit_stays_2; \
                 create trigger audit_stays_1 before update on audit begin select raise(abort, '{SAYS}'); end; \
                 create trigger audit_stays_2 before delete on audit when not {let_go} \
                 begin select raise(abort, '{SAYS}'); end"
            )),
            // Two programs that begin at once meet at the table.
            Db::Postgres(c) => c.batch(&format!(
                "lock table audit in share row exclusive mode; \
                 create or replace function audit_stays() returns trigger language plpgsql as $body$ begin \
                 if tg_op = 'DELETE' then if {let_go} then return old; end if; end if; \
                 raise exception '{SAYS}'; end $body$; \
                 drop trigger if exists audit_stays_1 on audit; drop trigger if exists audit_stays_2 on audit; \
                 create trigger audit_stays_1 before update or delete on audit for each row execute function audit_stays(); \
                 create trigger audit_stays_2 before truncate on audit for each statement execute function audit_stays()"
            )),
        };
        match made {
            Ok(()) => self.commit(),
            Err(error) => {
                self.rollback()?;
                Err(error)
            }
        }
    }

    /// The names of a table's columns.
    pub fn columns(&mut self, table: &str) -> Result<Vec<String>, DbError> {
        let sql = match self {
            Db::Sqlite(_) => "select name from pragma_table_info(?) order by cid",
            Db::Postgres(_) => {
                "select cast(column_name as text) from information_schema.columns \
                 where table_schema = current_schema() and table_name = ? order by ordinal_position"
            }
        };
        self.collect(sql, &[Param::Text(table)], |row| row.text(0).unwrap_or_default().to_owned())
    }

    /// What differs inside an expression.
    pub fn dialect(&self) -> Dialect {
        match self {
            Db::Sqlite(_) => {
                Dialect { days_between: |a, b| format!("cast(julianday({a}) - julianday({b}) as integer)") }
            }
            // Through text: else a bound day would be taken for a date in binary.
            Db::Postgres(_) => Dialect {
                days_between: |a, b| format!("(cast(cast({a} as text) as date) - cast(cast({b} as text) as date))"),
            },
        }
    }

    /// Writes tables anew without what was deleted or superseded in them, so that nothing of it is left in their
    /// files. A file is written anew as a whole, and its log emptied. A server's own log of writes passes on by its
    /// settings.
    pub fn compact(&mut self, tables: &[&str]) -> Result<(), DbError> {
        match self {
            Db::Sqlite(c) => c.batch("vacuum; pragma wal_checkpoint(truncate)"),
            Db::Postgres(c) => tables.iter().try_for_each(|table| c.batch(&format!("vacuum full {table}"))),
        }
    }

    /// Writes a consistent, compact copy of the database to a new file. Only for a database that is a file.
    pub fn copy_to(&mut self, target: &Path) -> Result<bool, DbError> {
        match self {
            Db::Sqlite(c) => c.copy_to(target).map(|()| true),
            Db::Postgres(_) => Ok(false),
        }
    }
}

/// A statement that inserts rows, its text made once.
#[derive(Debug, Clone)]
pub struct Insert {
    into: String,
    one: String,
    width: usize,
}

impl Insert {
    /// Into a table's columns.
    pub fn new(table: &str, columns: &[impl AsRef<str>]) -> Self {
        let names: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
        let into = format!("{table} ({})", names.join(", "));
        let one = format!("insert into {into} values ({})", placeholders(names.len()));
        Self { into, one, width: names.len() }
    }
}

/// Whether a database URL names a server.
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

fn placeholders(count: usize) -> String {
    let mut text = "?, ".repeat(count);
    text.truncate(text.len().saturating_sub(2));
    text
}

fn start_of(sql: &str) -> String {
    sql.chars().take(200).collect()
}
