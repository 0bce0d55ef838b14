//! SQLite: one file, WAL, full durability.

use super::{DbError, Param, Row, start_of};
use crate::number::Mark;
use jc_base::RecordId;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ToSql};
use std::path::{Path, PathBuf};

/// A connection to a file.
pub struct Connection {
    inner: rusqlite::Connection,
    mark: Mark,
    log: PathBuf,
    longest_log: u64,
}

/// How long is waited for another connection.
const PATIENCE: &str = "pragma busy_timeout = 10000";
/// A log of writes that has become longer is cut down.
const LONGEST_LOG: u64 = 64 << 20;
/// Where sorted rows and the like are kept as long as no statement needs more.
const IN_MEMORY: &str = "pragma temp_store = memory";
/// So many keys of an index fit into the memory of pages, as long as they have fewer than 240 bytes each.
const SORTED_AT_ONCE: i64 = 200_000;

/// A file that SQLite keeps beside a database.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Gives the files beside a database its own rights where it can be written and they cannot: they took them over when it was
/// read while it was read-only, and nothing could be written to the end of their days.
fn writable_again(path: &Path) {
    let Ok(own) = std::fs::metadata(path) else { return };
    let locked = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|it| it.permissions().readonly());
    if !own.permissions().readonly() {
        for file in [beside(path, "-shm"), beside(path, "-wal")].iter().filter(|path| locked(path)) {
            // Who may not do so is told that nothing can be written.
            let _ = std::fs::set_permissions(file, own.permissions());
        }
    }
}

impl Connection {
    pub(super) fn open(path: &Path) -> Result<Self, DbError> {
        writable_again(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(|e| wrap("open", e))?;
        connection.set_prepared_statement_cache_capacity(400);
        // Else each bound value that a plan might depend on has its statement prepared anew.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|e| wrap("set up", e))?;
        let (log, longest_log) = (beside(path, "-wal"), LONGEST_LOG);
        let mut own = Self { inner: connection, mark: Mark::of_file(0), log, longest_log };
        own.batch(&format!(
            "pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
             pragma trusted_schema = off; pragma secure_delete = on; {PATIENCE}; pragma cache_size = -48000; \
             pragma journal_size_limit = {LONGEST_LOG}; {IN_MEMORY};",
        ))?;
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

    /// Runs a statement once for each `width` values. What the row before had as well stays bound.
    pub(super) fn execute_many(&mut self, sql: &str, width: usize, params: &[Param]) -> Result<(), DbError> {
        let mut statement = self.inner.prepare_cached(sql).map_err(|e| wrap(sql, e))?;
        let mut before: &[Param] = &[];
        for row in params.chunks_exact(width) {
            for (i, param) in row.iter().enumerate() {
                if !before.get(i).is_some_and(|bound| bound.is_evidently(param)) {
                    statement.raw_bind_parameter(i + 1, Bound(param, self.mark)).map_err(|e| wrap(sql, e))?;
                }
            }
            statement.raw_execute().map_err(|e| wrap(sql, e))?;
            before = row;
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

    /// Commits, and empties the log where a large write has made it long, unless someone still reads there: else the
    /// next write, which may be of one record, would wait until the file is cut down.
    pub(super) fn commit(&mut self) -> Result<(), DbError> {
        self.execute("commit", &[])?;
        if std::fs::metadata(&self.log).is_ok_and(|log| log.len() > self.longest_log) {
            // What was committed lasts, whatever becomes of the log; if need be it is cut down later.
            let _ = self.batch("pragma busy_timeout = 0; pragma wal_checkpoint(truncate)");
            let _ = self.batch(PATIENCE);
        }
        Ok(())
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.inner.execute_batch(sql).map_err(|e| wrap(sql, e))
    }

    /// Makes indexes of so many rows. What SQLite sorts has a piece of memory for each row, unless it may be moved to a file
    /// when it outgrows the pages: then one piece for all, which is sorted a fifth faster. Where it will not outgrow them, it
    /// may.
    pub(super) fn make_indexes(&mut self, statements: &[String], rows: i64) -> Result<(), DbError> {
        if rows <= SORTED_AT_ONCE {
            self.batch("pragma temp_store = file")?;
        }
        let made = statements.iter().try_for_each(|statement| self.batch(statement));
        self.batch(IN_MEMORY).and(made)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path) -> Connection {
        Connection::open(path).expect("a file")
    }

    fn write(to: &mut Connection) {
        to.execute("begin immediate", &[]).expect("begun");
        to.execute("insert into t values (zeroblob(200000))", &[]).expect("written");
        to.commit().expect("committed");
    }

    fn rows(of: &mut Connection) -> i64 {
        of.number("select count(*) from t").expect("counted")
    }

    /// Earlier ones can damage a file when two write back their logs at once.
    #[test]
    fn the_library_and_its_settings_are_those_that_lose_nothing() {
        let version: Vec<u32> = rusqlite::version().split('.').filter_map(|part| part.parse().ok()).collect();
        assert!(version >= vec![3, 51, 3], "{version:?}");
        let folder = tempfile::tempdir().expect("a folder");
        let mut file = open(&folder.path().join("a.db"));
        for (what, number) in [("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0), ("secure_delete", 1)] {
            assert_eq!(file.number(&format!("pragma {what}")).expect("a number"), number, "{what}");
        }
        let mut journal = String::new();
        let mut read = |row: &dyn Row| row.text(0).unwrap_or_default().clone_into(&mut journal);
        file.query("pragma journal_mode", &[], &mut read).expect("a word");
        assert_eq!(journal, "wal");
    }

    #[test]
    fn what_is_sorted_stays_in_memory_once_indexes_are_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut file = open(&folder.path().join("a.db"));
        file.batch("create table t (x)").expect("made");
        for (name, rows, made) in [("i", 1, true), ("j", SORTED_AT_ONCE + 1, true), ("i", 1, false)] {
            file.execute("begin immediate", &[]).expect("begun");
            let statement = format!("create index {name} on t (x)");
            assert_eq!(file.make_indexes(&[statement], rows).is_ok(), made, "{name} {rows}");
            assert_eq!(file.number("pragma temp_store").expect("a number"), 2);
            file.commit().expect("committed");
        }
    }

    #[test]
    fn a_large_write_cuts_its_own_log_down_and_waits_for_no_reader() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let (mut writer, mut reader) = (open(&path), open(&path));
        let log = writer.log.clone();
        let length = || std::fs::metadata(&log).map_or(0, |log| log.len());
        writer.batch("create table t (x)").expect("made");
        write(&mut writer);
        assert!(length() > 200_000, "a log of usual length stays");
        writer.longest_log = 100_000;
        reader.execute("begin", &[]).expect("begun");
        assert_eq!(rows(&mut reader), 1);
        write(&mut writer);
        assert!(length() > 200_000, "someone reads in it");
        assert_eq!(rows(&mut reader), 1);
        reader.execute("rollback", &[]).expect("ended");
        write(&mut writer);
        assert_eq!((length(), rows(&mut reader), rows(&mut writer)), (0, 3, 3));
        assert_eq!(writer.number("pragma busy_timeout").expect("a number"), 10_000);
    }
}
