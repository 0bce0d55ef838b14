//! SQLite: one file, WAL, full durability.

use super::{DbError, Param, Row, start_of};
use crate::number::Mark;
use jc_base::RecordId;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ToSql};
use std::path::Path;

/// A connection to a file.
pub struct Connection {
    inner: rusqlite::Connection,
    mark: Mark,
}

impl Connection {
    pub(super) fn open(path: &Path) -> Result<Self, DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(|e| wrap("open", e))?;
        connection.set_prepared_statement_cache_capacity(400);
        // Else each bound value that a plan might depend on has its statement prepared anew.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|e| wrap("set up", e))?;
        let mut own = Self { inner: connection, mark: Mark::of_file(0) };
        own.batch(
            "pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
             pragma trusted_schema = off; pragma secure_delete = on; pragma busy_timeout = 10000; \
             pragma cache_size = -48000; pragma journal_size_limit = 67108864; pragma temp_store = memory;",
        )?;
        own.mark = own.read_mark()?;
        Ok(own)
    }

    /// The mark in the file's head; a new file gets one.
    fn read_mark(&mut self) -> Result<Mark, DbError> {
        let found = self.number("pragma application_id")?;
        if found != 0 {
            return Ok(Mark::of_file(found));
        }
        // Another program may open the new file at the same moment: the first one gives the mark.
        self.batch("begin immediate")?;
        let result = self.number("pragma application_id").and_then(|found| match found {
            0 => {
                let mut bytes = [0; 4];
                getrandom::fill(&mut bytes).map_err(|source| DbError::Other {
                    statement: "mark a new file".into(),
                    source: Box::new(source),
                })?;
                let mark = i32::from_le_bytes(bytes) | 1;
                self.batch(&format!("pragma application_id = {mark}")).map(|()| i64::from(mark))
            }
            found => Ok(found),
        });
        self.batch("commit")?;
        result.map(Mark::of_file)
    }

    fn number(&mut self, sql: &str) -> Result<i64, DbError> {
        let mut number = 0;
        self.query(sql, &[], &mut |row| number = row.int(0).unwrap_or(0))?;
        Ok(number)
    }

    /// Keeps fewer pages and statements in memory than a connection that is alone.
    pub(super) fn keep_little(&mut self) -> Result<(), DbError> {
        self.inner.set_prepared_statement_cache_capacity(48);
        self.batch("pragma cache_size = -3000")
    }

    /// The mark of the ids made in this file.
    pub(super) fn mark(&self) -> Mark {
        self.mark
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, DbError> {
        let mut statement = self.inner.prepare_cached(sql).map_err(|e| wrap(sql, e))?;
        for (i, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(i + 1, Bound(param, self.mark)).map_err(|e| wrap(sql, e))?;
        }
        statement.raw_execute().map(|n| n as u64).map_err(|e| wrap(sql, e))
    }

    /// Runs a statement once for each `width` values.
    pub(super) fn execute_many(&mut self, sql: &str, width: usize, params: &[Param]) -> Result<(), DbError> {
        let mut statement = self.inner.prepare_cached(sql).map_err(|e| wrap(sql, e))?;
        for row in params.chunks_exact(width) {
            for (i, param) in row.iter().enumerate() {
                statement.raw_bind_parameter(i + 1, Bound(param, self.mark)).map_err(|e| wrap(sql, e))?;
            }
            statement.raw_execute().map_err(|e| wrap(sql, e))?;
        }
        Ok(())
    }

    pub(super) fn query(&mut self, sql: &str, params: &[Param], each: &mut dyn FnMut(&dyn Row)) -> Result<(), DbError> {
        let mut statement = self.inner.prepare_cached(sql).map_err(|e| wrap(sql, e))?;
        for (i, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(i + 1, Bound(param, self.mark)).map_err(|e| wrap(sql, e))?;
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| wrap(sql, e))? {
            each(&MarkedRow(row, self.mark));
        }
        Ok(())
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.inner.execute_batch(sql).map_err(|e| wrap(sql, e))
    }

    pub(super) fn copy_to(&mut self, target: &Path) -> Result<(), DbError> {
        let target = target.to_string_lossy();
        self.execute("vacuum into ?", &[Param::Text(&target)]).map(drop)
    }
}

/// A value on its way into a statement.
struct Bound<'a>(&'a Param<'a>, Mark);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Param::Null => ValueRef::Null,
            Param::Int(n) => ValueRef::Integer(*n),
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Day(text) => ValueRef::Text(text),
            Param::Bytes(bytes) => ValueRef::Blob(bytes),
            Param::Id(id) => match self.1.number(*id) {
                Some(number) => ValueRef::Integer(number),
                None => ValueRef::Blob(&id.0),
            },
        }))
    }
}

/// A row, and the mark of the ids in it.
struct MarkedRow<'a>(&'a rusqlite::Row<'a>, Mark);

impl Row for MarkedRow<'_> {
    fn int(&self, column: usize) -> Option<i64> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Integer(n)) => Some(n),
            _ => None,
        }
    }

    fn text(&self, column: usize) -> Option<&str> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    fn bytes(&self, column: usize) -> Option<&[u8]> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Blob(bytes)) => Some(bytes),
            _ => None,
        }
    }

    fn id(&self, column: usize) -> Option<RecordId> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Integer(number)) => Some(self.1.id(number)),
            Ok(ValueRef::Blob(bytes)) => bytes.try_into().ok().map(RecordId),
            _ => None,
        }
    }
}

fn wrap(sql: &str, error: rusqlite::Error) -> DbError {
    let (code, extended) = match &error {
        rusqlite::Error::SqliteFailure(failure, _) => (Some(failure.code), failure.extended_code),
        _ => (None, 0),
    };
    match code {
        // 2067 is SQLITE_CONSTRAINT_UNIQUE, 1555 SQLITE_CONSTRAINT_PRIMARYKEY, 2579 SQLITE_CONSTRAINT_ROWID.
        Some(ErrorCode::ConstraintViolation) if matches!(extended, 2067 | 1555 | 2579) => {
            DbError::Duplicate(Box::new(error))
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DbError::Retry(Box::new(error)),
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            DbError::Disk(Box::new(error))
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => DbError::Damaged(Box::new(error)),
        _ => DbError::Other { statement: start_of(sql), source: Box::new(error) },
    }
}
