//! Texts that were checked and are kept, each with the verdicts it had when it was looked at last.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::writer::Writer;
use jc_base::RecordId;

/// A kept text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptText {
    /// Its id.
    pub id: RecordId,
    /// The account that keeps it; nothing for the command line.
    pub account: Option<RecordId>,
    /// The login of that account.
    pub made_by: String,
    /// What it is called.
    pub title: String,
    /// What kind of text it is: a word of the layer above.
    pub kind: String,
    /// The year meant where it names none.
    pub year: i32,
    /// When it was last changed, in milliseconds since 1970 UTC.
    pub changed_at: i64,
    /// The text and what was said of its numbers: an opaque body.
    pub content: String,
    /// What its numbers came to: an opaque body.
    pub verdicts: String,
}

/// Whose texts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// All of the school.
    Everyones,
    /// Those one account keeps.
    Of(RecordId),
}

impl Whose {
    /// The end of a condition, and what is bound in it.
    fn clause(&self) -> (&'static str, Vec<Param<'_>>) {
        match self {
            Whose::Everyones => ("", Vec::new()),
            Whose::Of(account) => (" and account_id = ?", vec![Param::Id(*account)]),
        }
    }
}

const COLUMNS: &str = "id, account_id, made_by, title, kind, year, changed_at, content, verdicts";

fn text(row: &dyn Row) -> Option<KeptText> {
    let words = |column: usize| row.text(column).unwrap_or_default().to_owned();
    Some(KeptText {
        id: row.id(0)?,
        account: row.id(1),
        made_by: words(2),
        title: words(3),
        kind: words(4),
        year: i32::try_from(row.int(5)?).ok()?,
        changed_at: row.int(6)?,
        content: words(7),
        verdicts: words(8),
    })
}

impl Reader<'_> {
    /// The kept texts changed last, the latest first.
    pub fn texts(&mut self, whose: Whose, most: usize) -> Result<Vec<KeptText>, StoreError> {
        let (clause, bound) = whose.clause();
        let sql = format!(
            "select {COLUMNS} from checked_text where school_id = ?{clause} \
             order by changed_at desc, school_id desc, id desc limit {most}"
        );
        let params: Vec<Param> = [Param::Int(self.school.0)].into_iter().chain(bound).collect();
        let found = self.db.collect(&sql, &params, text).doing("list kept texts")?;
        Ok(found.into_iter().flatten().collect())
    }

    /// A kept text.
    pub fn text(&mut self, whose: Whose, id: RecordId) -> Result<Option<KeptText>, StoreError> {
        let (clause, bound) = whose.clause();
        let sql = format!("select {COLUMNS} from checked_text where school_id = ? and id = ?{clause}");
        let params: Vec<Param> = [Param::Int(self.school.0), Param::Id(id)].into_iter().chain(bound).collect();
        Ok(self.db.first(&sql, &params, text).doing("find a kept text")?.flatten())
    }
}

impl Writer<'_> {
    /// Keeps a text; its time is that of this write.
    pub fn keep_text(&mut self, it: &KeptText) -> Result<(), StoreError> {
        let params = [
            Param::Int(self.school().0),
            Param::Id(it.id),
            it.account.map_or(Param::Null, Param::Id),
            Param::Text(&it.made_by),
            Param::Text(&it.title),
            Param::Text(&it.kind),
            Param::Int(it.year.into()),
            Param::Int(self.now_ms()),
            Param::Text(&it.content),
            Param::Text(&it.verdicts),
        ];
        self.db()
            .execute(
                "insert into checked_text (school_id, id, account_id, made_by, title, kind, year, changed_at, content, \
                 verdicts) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &params,
            )
            .doing("keep a text")
            .map(drop)
    }

    /// Changes a kept text; whose it is stays.
    pub fn change_text(&mut self, it: &KeptText) -> Result<(), StoreError> {
        let params = [
            Param::Text(&it.title),
            Param::Text(&it.kind),
            Param::Int(it.year.into()),
            Param::Int(self.now_ms()),
            Param::Text(&it.content),
            Param::Text(&it.verdicts),
            Param::Int(self.school().0),
            Param::Id(it.id),
        ];
        self.db()
            .execute(
                "update checked_text set title = ?, kind = ?, year = ?, changed_at = ?, content = ?, verdicts = ? \
                 where school_id = ? and id = ?",
                &params,
            )
            .doing("change a kept text")
            .map(drop)
    }

    /// Lets go of a kept text.
    pub fn drop_text(&mut self, id: RecordId) -> Result<(), StoreError> {
        let params = [Param::Int(self.school().0), Param::Id(id)];
        self.db()
            .execute("delete from checked_text where school_id = ? and id = ?", &params)
            .doing("let go of a text")
            .map(drop)
    }
}
