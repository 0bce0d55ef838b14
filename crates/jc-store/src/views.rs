//! Who looked at what is a person's own: each look is an entry of the audit log, and found by the record looked at.

use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::writer::Writer;
use jc_base::RecordId;

/// A look at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the login.
    pub actor: String,
}

impl Writer<'_> {
    /// Notes in this write's audit entry that a record was looked at.
    pub fn note_view(&mut self, register: &str, record: RecordId) -> Result<(), StoreError> {
        self.note("record", record.to_string());
        let params = [Param::Int(self.school().0), Param::Text(register), Param::Id(record), Param::Int(self.seq())];
        self.db()
            .execute("insert into record_view (school_id, register, record_id, seq) values (?, ?, ?, ?)", &params)
            .doing("note a look at a record")
            .map(drop)
    }
}

impl Reader<'_> {
    /// The latest looks at a record, newest first.
    pub fn views(&mut self, register: &str, record: RecordId, limit: usize) -> Result<Vec<View>, StoreError> {
        let sql = format!(
            "select a.at, a.actor from record_view v join audit a on a.school_id = v.school_id and a.seq = v.seq \
             where v.school_id = ? and v.register = ? and v.record_id = ? order by v.seq desc limit {limit}"
        );
        self.db
            .collect(&sql, &[Param::Int(self.school.0), Param::Text(register), Param::Id(record)], |row| View {
                at: row.int(0).unwrap_or(0),
                actor: row.text(1).unwrap_or_default().to_owned(),
            })
            .doing("list looks at a record")
    }
}
