//! PostgreSQL 15 and later.

use super::way::{GREETING, Way, WayFault, trouble};
use super::{DbError, Param, Row, start_of};
use jc_base::RecordId;
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;
use std::error::Error;

/// A connection to a server.
pub struct Connection {
    client: Client,
    /// Prepared statements by their text as we write it, with `?`.
    prepared: HashMap<String, Statement>,
}

/// More are not kept: the texts of scans and filters vary.
const MOST_PREPARED: usize = 500;

/// What is acknowledged is on the server's disk. Where more is asked for than that, it stays. That something was there already
/// and is left as it is (a notice) is told to nobody; warnings are.
const OUR_WAY: &str = "select set_config('synchronous_commit', 'on', false) \
                       where current_setting('synchronous_commit') = 'off'; set client_min_messages = 'warning'";

impl Connection {
    pub(super) fn open(url: &str) -> Result<Self, DbError> {
        let way = Way::of(url).map_err(|fault| match fault {
            WayFault::Address(error) => wrap("connect", error),
            WayFault::Tls(trouble) => DbError::Tls(trouble),
        })?;
        let client = match &way.authorities {
            None => way.config.connect(NoTls),
            Some(authorities) => way.config.connect(Way::encrypting(authorities, GREETING).map_err(DbError::Tls)?),
        };
        let client = client.map_err(|error| match trouble(&error) {
            Some(trouble) => DbError::Tls(trouble),
            None => wrap("connect", error),
        })?;
        let mut own = Self { client, prepared: HashMap::new() };
        own.batch(OUR_WAY)?;
        Ok(own)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, DbError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&numbered(sql)).map_err(|e| wrap(sql, e))?;
        if self.prepared.len() >= MOST_PREPARED {
            self.prepared.clear();
        }
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, DbError> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        self.client.execute(&statement, &values).map_err(|e| wrap(sql, e))
    }

    pub(super) fn query(&mut self, sql: &str, params: &[Param], each: &mut dyn FnMut(&dyn Row)) -> Result<(), DbError> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        for row in self.client.query(&statement, &values).map_err(|e| wrap(sql, e))? {
            each(&row);
        }
        Ok(())
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.client.batch_execute(sql).map_err(|e| wrap(sql, e))
    }
}

/// Replaces each `?` outside quotes by `$1`, `$2` …
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut quoted = false;
    let mut count = 0;
    for c in sql.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                out.push(c);
            }
            '?' if !quoted => {
                count += 1;
                out.push('$');
                out.push_str(&count.to_string());
            }
            _ => out.push(c),
        }
    }
    out
}

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Param::Null => return Ok(IsNull::Yes),
            Param::Int(n) if *ty == Type::INT4 => return i32::try_from(*n)?.to_sql(ty, out),
            Param::Int(n) => out.extend_from_slice(&n.to_be_bytes()),
            Param::Text(text) => out.extend_from_slice(text.as_bytes()),
            Param::Day(text) => out.extend_from_slice(text),
            Param::Bytes(bytes) => out.extend_from_slice(bytes),
            Param::Id(id) => out.extend_from_slice(&id.0),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A whole number of any width.
struct Int(i64);

impl<'a> FromSql<'a> for Int {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Int(match raw.len() {
            2 => i64::from(i16::from_be_bytes(raw.try_into()?)),
            4 => i64::from(i32::from_be_bytes(raw.try_into()?)),
            _ => i64::from_be_bytes(raw.try_into()?),
        }))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT2 | Type::INT4 | Type::INT8)
    }
}

/// Bytes as sent: of `bytea` and `uuid` alike.
struct Raw<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Raw(raw))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::BYTEA | Type::UUID)
    }
}

impl Row for postgres::Row {
    fn int(&self, column: usize) -> Option<i64> {
        self.try_get::<_, Option<Int>>(column).ok().flatten().map(|i| i.0)
    }

    fn text(&self, column: usize) -> Option<&str> {
        self.try_get(column).ok().flatten()
    }

    fn bytes(&self, column: usize) -> Option<&[u8]> {
        self.try_get::<_, Option<Raw>>(column).ok().flatten().map(|raw| raw.0)
    }

    fn id(&self, column: usize) -> Option<RecordId> {
        self.bytes(column).and_then(|bytes| bytes.try_into().ok()).map(RecordId)
    }
}

fn wrap(sql: &str, error: postgres::Error) -> DbError {
    match error.code().map(|code| code.code().to_owned()).as_deref() {
        Some("23505") => DbError::Duplicate(Box::new(error)),
        Some("40001" | "40P01" | "55P03") => DbError::Retry(Box::new(error)),
        Some("53100" | "25006") => DbError::Disk(Box::new(error)),
        _ => DbError::Other { statement: start_of(sql), source: Box::new(error) },
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn question_marks_become_numbers_outside_quotes() {
        assert_eq!(numbered("select ? where a = '?' and b = ?"), "select $1 where a = '?' and b = $2");
    }
}
