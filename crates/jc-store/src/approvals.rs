//! Approvals: who asked to see a covered field of a minor's, why, and until when they may.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::writer::Writer;
use jc_base::RecordId;

/// A request to see a covered field, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Its id.
    pub id: RecordId,
    /// The account that asked.
    pub account: RecordId,
    /// Its login.
    pub asked_by: String,
    /// The register.
    pub register: String,
    /// The record.
    pub record: RecordId,
    /// The field.
    pub field: String,
    /// What for.
    pub reason: String,
    /// When, in milliseconds since 1970 UTC.
    pub asked_at: i64,
    /// What was decided; nothing while it waits.
    pub decided: Option<Decided>,
}

/// What was decided of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// By whom: the login.
    pub by: String,
    /// Until when the field may be seen; nothing if that was refused.
    pub until: Option<i64>,
}

const COLUMNS: &str = "id, account_id, asked_by, register, record_id, field, reason, asked_at, decided_at, decided_by, \
                       until_at";

fn read(row: &dyn Row) -> Option<Approval> {
    let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
    let decided = |at| Decided { at, by: text(9), until: row.int(10) };
    Some(Approval {
        id: row.id(0)?,
        account: row.id(1)?,
        asked_by: text(2),
        register: text(3),
        record: row.id(4)?,
        field: text(5),
        reason: text(6),
        asked_at: row.int(7)?,
        decided: row.int(8).map(decided),
    })
}

impl Reader<'_> {
    /// What an account asked of a record, newest first.
    pub fn approvals_of(&mut self, account: RecordId, record: RecordId) -> Result<Vec<Approval>, StoreError> {
        let params = [Param::Int(self.school.0), Param::Id(account), Param::Id(record)];
        self.approvals("account_id = ? and record_id = ?", &params)
    }

    /// What waits for a decision, newest first.
    pub fn approvals_waiting(&mut self) -> Result<Vec<Approval>, StoreError> {
        let params = [Param::Int(self.school.0)];
        self.approvals("decided_at is null", &params)
    }

    /// What was asked from one moment until before another, newest first.
    pub fn approvals_between(&mut self, from: i64, until: i64) -> Result<Vec<Approval>, StoreError> {
        let params = [Param::Int(self.school.0), Param::Int(from), Param::Int(until)];
        self.approvals("asked_at >= ? and asked_at < ?", &params)
    }

    fn approvals(&mut self, which: &str, params: &[Param]) -> Result<Vec<Approval>, StoreError> {
        let sql =
            format!("select {COLUMNS} from approval where school_id = ? and {which} order by asked_at desc, id desc");
        let found = self.db.collect(&sql, params, read).doing("read approvals")?;
        Ok(found.into_iter().flatten().collect())
    }
}

impl Writer<'_> {
    /// Keeps a request. Gives its id.
    pub fn ask_approval(
        &mut self,
        account: RecordId,
        register: &str,
        record: RecordId,
        field: &str,
        reason: &str,
    ) -> Result<RecordId, StoreError> {
        let (id, school, at) = (self.new_id(), Param::Int(self.school().0), self.now_ms());
        let (login, reason) = (self.actor().name.clone(), jc_catalog::kinds::id_number::cover(reason));
        let values = [
            school,
            Param::Id(id),
            Param::Id(account),
            Param::Text(&login),
            Param::Text(register),
            Param::Id(record),
            Param::Text(field),
            Param::Text(&reason),
            Param::Int(at),
        ];
        let sql = "insert into approval (school_id, id, account_id, asked_by, register, record_id, field, reason, \
                   asked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.db().execute(sql, &values).doing("keep a request")?;
        Ok(id)
    }

    /// Decides a request that waits: seen until a moment, or refused. Whether there was one that waited.
    pub fn decide_approval(&mut self, id: RecordId, until: Option<i64>) -> Result<bool, StoreError> {
        let (school, at) = (Param::Int(self.school().0), Param::Int(self.now_ms()));
        let login = self.actor().name.clone();
        let until = until.map_or(Param::Null, Param::Int);
        let sql = "update approval set decided_at = ?, decided_by = ?, until_at = ? \
                   where school_id = ? and id = ? and decided_at is null";
        let values = [at, Param::Text(&login), until, school, Param::Id(id)];
        Ok(self.db().execute(sql, &values).doing("decide a request")? == 1)
    }
}
