//! Moving the oldest entries of the audit log into a part of their own; and what keeps all others where they are.

use crate::db::{Db, DbError, Param};
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::store::Store;
use crate::verify::parts::{MOVE, Moved};
use crate::writer::Writer;
use jc_trust::chain::{ChainHash, Entry};
use jc_trust::part::{self, PartFault, Span};
use serde_json::Value as Json;
use std::io::BufRead;

/// The setting under which the database lets go of a school's entries up to one, within a transaction.
const LETS_GO: &str = "audit-moving-";

/// Has the database itself refuse to change or delete entries of the audit log. Made where it is missing: an older program
/// made none.
pub(crate) fn guard(db: &mut Db) -> Result<(), StoreError> {
    if db.guards_log().doing("look what guards the audit log")? {
        return Ok(());
    }
    match db.guard_log(LETS_GO) {
        // What cannot be written at all needs no guard, and can still be read.
        Err(DbError::Disk(_)) => Ok(()),
        made => made.doing("guard the audit log"),
    }
}

impl Store {
    /// Proves a part of a log by itself, see [`part::prove`], with the key that links the chain.
    pub fn prove_log_part(
        &self,
        input: &mut dyn BufRead,
        each: &mut dyn FnMut(Entry),
    ) -> Result<Result<Span, PartFault>, StoreError> {
        Ok(part::prove(input, &self.vault()?.chain_key(), each))
    }
}

impl Reader<'_> {
    /// The first entry of the log: number and time in milliseconds since 1970 UTC. Before it stand the parts that were moved.
    pub fn log_begin(&mut self) -> Result<Option<(i64, i64)>, StoreError> {
        let sql = "select seq, at from audit where school_id = ? order by seq limit 1";
        self.db
            .first(sql, &[Param::Int(self.school.0)], |row| (row.int(0).unwrap_or(0), row.int(1).unwrap_or(0)))
            .doing("read where the audit log begins")
    }

    /// The moves that the log tells of, oldest first.
    pub fn moves(&mut self) -> Result<Vec<Moved>, StoreError> {
        let sql = "select detail from audit where school_id = ? and action = ? order by seq";
        let params = [Param::Int(self.school.0), Param::Text(MOVE)];
        let told = self.db.collect(sql, &params, |row| row.text(0).and_then(Moved::of));
        Ok(told.doing("read what was moved out of the audit log")?.into_iter().flatten().collect())
    }

    /// The oldest entries, all of before a moment (milliseconds since 1970 UTC), up to the first that is not; nothing if there
    /// is none.
    pub fn log_before(&mut self, moment: i64) -> Result<Option<Span>, StoreError> {
        let Some((from, first_at)) = self.log_begin()? else { return Ok(None) };
        let school = Param::Int(self.school.0);
        let sql = "select min(seq) from audit where school_id = ? and at >= ?";
        let stays = self.db.first(sql, &[school, Param::Int(moment)], |row| row.int(0)).doing("read the audit log")?;
        let before = stays.flatten().unwrap_or(i64::MAX);
        let Some(last) = self.audit_lines(Some(before), 1)?.pop() else { return Ok(None) };
        let previous = match from {
            1 => Some(String::new()),
            _ => self.moves()?.into_iter().find(|moved| moved.span.to == from - 1).map(|moved| moved.span.closing),
        };
        let previous = previous.ok_or_else(|| StoreError::Damaged("the beginning of the audit log".into()))?;
        let (school, to, last_at, closing) = (self.school.0, last.seq, last.at, last.hash);
        Ok(Some(Span { school, from, to, first_at, last_at, previous, closing }))
    }

    /// Hands over entries whole, from one number to another, in order.
    pub fn each_whole_entry(&mut self, (from, to): (i64, i64), each: &mut dyn FnMut(Entry)) -> Result<(), StoreError> {
        let sql = "select seq, at, actor, action, object, detail, algorithm, hash from audit \
                   where school_id = ? and seq >= ? and seq <= ? order by seq";
        self.db
            .query(sql, &[Param::Int(self.school.0), Param::Int(from), Param::Int(to)], &mut |row| {
                let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                each(Entry {
                    seq: row.int(0).unwrap_or(0),
                    at: row.int(1).unwrap_or(0),
                    actor: text(2),
                    action: text(3),
                    object: text(4),
                    detail: text(5),
                    algorithm: ChainHash::from_code(&text(6)).unwrap_or_default(),
                    hash: text(7),
                });
            })
            .doing("read the audit log")
    }
}

impl Writer<'_> {
    /// Takes the oldest entries out of the log, which a file holds from now on, and says so in this write's entry. The database
    /// lets go of exactly these, and of no other from the end of this write on, whatever comes of it.
    ///
    /// Errors: [`StoreError::Stale`] if the log begins or ends them otherwise than was read.
    pub fn move_log(&mut self, span: &Span, sha256: &str, as_of: i64, covers: Json) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        let sql = "select min(seq), count(*), max(case when seq = ? then hash end) from audit where school_id = ? and seq <= ?";
        let params = [Param::Int(span.to), school, Param::Int(span.to)];
        let read = |row: &dyn crate::db::Row| (row.int(0), row.int(1), row.text(2).map(str::to_owned));
        let found = self.db().first(sql, &params, read).doing("read the audit log")?.unwrap_or_default();
        if found != (Some(span.from), Some(span.to - span.from + 1), Some(span.closing.clone())) {
            return Err(StoreError::Stale { found: found.0.unwrap_or(0), expected: span.from });
        }
        let name = format!("{LETS_GO}{}", self.school().0);
        crate::migrate::set_setting(self.db(), &name, &span.to.to_string())?;
        for table in ["record_view", "audit"] {
            let sql = format!("delete from {table} where school_id = ? and seq <= ?");
            self.db().execute(&sql, &[school, Param::Int(span.to)]).doing("move the audit log")?;
        }
        let closed = "delete from jc_setting where name = ?";
        self.db().execute(closed, &[Param::Text(&name)]).doing("guard the audit log")?;
        self.note("moved", Moved::json(span, sha256, as_of, covers));
        Ok(())
    }
}
