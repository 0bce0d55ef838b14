//! SQLite: one file, WAL, full durability.

use super::{DbError, Param, Row, start_of};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ToSql};
use std::path::Path;

/// A connection to a file.
pub struct Connection(rusqlite::Connection);

impl Connection {
    pub(super) fn open(path: &Path) -> Result<Self, DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(|e| wrap("open", e))?;
        connection.set_prepared_statement_cache_capacity(400);
        let mut own = Self(connection);
        own.batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
             pragma trusted_schema = off; pragma secure_delete = on; pragma busy_timeout = 10000; \
             pragma cache_size = -48000; pragma journal_size_limit = 67108864; pragma temp_store = memory;",
        )?;
        Ok(own)
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, DbError> {
        let mut statement = self.0.prepare_cached(sql).map_err(|e| wrap(sql, e))?;
        for (i, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(i + 1, param).map_err(|e| wrap(sql, e))?;
        }
        statement.raw_execute().map(|n| n as u64).map_err(|e| wrap(sql, e))
    }

    /// Runs a statement once for each `width` values.
    pub(super) fn execute_many(&mut self, sql: &str, width: usize, params: &[Param]) -> Result<(), DbError> {
        let mut statement = self.0.prepare_cached(sql).map_err(|e| wrap(sql, e))?;
        for row in params.chunks_exact(width) {
            for (i, param) in row.iter().enumerate() {
                statement.raw_bind_parameter(i + 1, param).map_err(|e| wrap(sql, e))?;
            }
            statement.raw_execute().map_err(|e| wrap(sql, e))?;
        }
        Ok(())
    }

    pub(super) fn query(&mut self, sql: &str, params: &[Param], each: &mut dyn FnMut(&dyn Row)) -> Result<(), DbError> {
        let mut statement = self.0.prepare_cached(sql).map_err(|e| wrap(sql, e))?;
        for (i, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(i + 1, param).map_err(|e| wrap(sql, e))?;
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| wrap(sql, e))? {
            each(row);
        }
        Ok(())
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.0.execute_batch(sql).map_err(|e| wrap(sql, e))
    }

    pub(super) fn copy_to(&mut self, target: &Path) -> Result<(), DbError> {
        let target = target.to_string_lossy();
        self.execute("vacuum into ?", &[Param::Text(&target)]).map(drop)
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Param::Null => ValueRef::Null,
            Param::Int(n) => ValueRef::Integer(*n),
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Bytes(bytes) => ValueRef::Blob(bytes),
            Param::Id(id) => ValueRef::Blob(&id.0),
        }))
    }
}

impl Row for rusqlite::Row<'_> {
    fn int(&self, column: usize) -> Option<i64> {
        match self.get_ref(column) {
            Ok(ValueRef::Integer(n)) => Some(n),
            _ => None,
        }
    }

    fn text(&self, column: usize) -> Option<&str> {
        match self.get_ref(column) {
            Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    fn bytes(&self, column: usize) -> Option<&[u8]> {
        match self.get_ref(column) {
            Ok(ValueRef::Blob(bytes)) => Some(bytes),
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
        // 2067 is SQLITE_CONSTRAINT_UNIQUE, 1555 SQLITE_CONSTRAINT_PRIMARYKEY.
        Some(ErrorCode::ConstraintViolation) if matches!(extended, 2067 | 1555) => DbError::Duplicate(Box::new(error)),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DbError::Retry(Box::new(error)),
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => DbError::Disk(Box::new(error)),
        _ => DbError::Other { statement: start_of(sql), source: Box::new(error) },
    }
}
