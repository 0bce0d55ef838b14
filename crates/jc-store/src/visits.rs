//! What people saw when they came: the figures of their last two days here, so that they can be told what moved since.

use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::writer::Writer;
use jc_base::{Instant, RecordId};

/// Someone's day here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// When they came.
    pub at: Instant,
    /// The figures then: an opaque body.
    pub figures: String,
}

impl Reader<'_> {
    /// Someone's last day here and the one before it, as far as they are known.
    pub fn visits(&mut self, account: RecordId) -> Result<Vec<Visit>, StoreError> {
        let found = self
            .db
            .first(
                "select at, figures, before_at, before_figures from visit where school_id = ? and account_id = ?",
                &[Param::Int(self.school.0), Param::Id(account)],
                |row| {
                    let of =
                        |at, figures| Some(Visit { at: Instant(row.int(at)?), figures: row.text(figures)?.to_owned() });
                    [of(0, 1), of(2, 3)].into_iter().flatten().collect()
                },
            )
            .doing("look for someone's last visits")?;
        Ok(found.unwrap_or_default())
    }
}

impl Writer<'_> {
    /// Keeps what someone sees who comes now; what they saw the time before stays beside it.
    pub fn keep_visit(&mut self, account: RecordId, figures: &str) -> Result<(), StoreError> {
        let (school, now) = (Param::Int(self.school().0), self.now_ms());
        self.db()
            .execute(
                "insert into visit (school_id, account_id, at, figures) values (?, ?, ?, ?) \
                 on conflict (school_id, account_id) do update set before_at = visit.at, \
                 before_figures = visit.figures, at = excluded.at, figures = excluded.figures",
                &[school, Param::Id(account), Param::Int(now), Param::Text(figures)],
            )
            .doing("keep what someone sees")
            .map(drop)
    }
}
