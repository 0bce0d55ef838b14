//! Writes that are asked for twice and done once: a button pressed again, an answer lost on its way.

use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::writer::Writer;

/// So long a number is kept, in milliseconds: a form left open over the weekend.
const KEPT_MS: i64 = 4 * 24 * 3_600_000;

impl Reader<'_> {
    /// What someone's write under a number came to; nothing if there was none.
    pub fn done_once(&mut self, actor: &str, once: &str) -> Result<Option<String>, StoreError> {
        let params = [Param::Int(self.school.0), Param::Text(actor), Param::Text(once)];
        self.db
            .first("select result from done_once where school_id = ? and actor = ? and once = ?", &params, |row| {
                row.text(0).unwrap_or_default().to_owned()
            })
            .doing("look whether it was done")
    }
}

impl Writer<'_> {
    /// Notes what this write came to, so that the same number does not do it again.
    pub fn note_once(&mut self, once: &str, result: &str) -> Result<(), StoreError> {
        let (school, now) = (Param::Int(self.school().0), self.now_ms());
        let actor = self.actor().name.clone();
        let db = self.db();
        db.execute("delete from done_once where school_id = ? and at < ?", &[school, Param::Int(now - KEPT_MS)])
            .doing("forget what was done long ago")?;
        db.execute(
            "insert into done_once (school_id, actor, once, at, result) values (?, ?, ?, ?, ?)",
            &[school, Param::Text(&actor), Param::Text(once), Param::Int(now), Param::Text(result)],
        )
        .doing("note what was done")
        .map(drop)
    }
}
