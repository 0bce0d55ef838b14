//! What people wrote into reports, every version of it; and the codes of chapters that left the house, so that what is
//! printed can be looked up.

use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::writer::Writer;

/// A chapter's text as a school wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportText {
    /// The chapter.
    pub chapter: String,
    /// Counts its changes, from 1.
    pub version: i64,
    /// The entry of the audit log that wrote it.
    pub seq: i64,
    /// The text.
    pub content: String,
}

impl Writer<'_> {
    /// Keeps a new version of a chapter's text. Gives its number.
    pub fn keep_report_text(&mut self, report: &str, chapter: &str, content: &str) -> Result<i64, StoreError> {
        let (school, seq) = (self.school().0, self.seq());
        let key = [Param::Int(school), Param::Text(report), Param::Text(chapter)];
        let select =
            "select coalesce(max(version), 0) from report_text where school_id = ? and report = ? and chapter = ?";
        let last = self.db().first(select, &key, |row| row.int(0)).doing("read a report's text")?;
        let version = last.flatten().unwrap_or(0) + 1;
        let insert =
            "insert into report_text (school_id, report, chapter, version, seq, content) values (?, ?, ?, ?, ?, ?)";
        let [school, report, chapter] = key;
        let values = [school, report, chapter, Param::Int(version), Param::Int(seq), Param::Text(content)];
        self.db().execute(insert, &values).doing("keep a report's text")?;
        Ok(version)
    }

    /// Keeps what a chapter's code stands for. The same code always stands for the same.
    pub fn keep_report_code(&mut self, code: &str, content: &str) -> Result<(), StoreError> {
        let values = [Param::Int(self.school().0), Param::Text(code), Param::Int(self.seq()), Param::Text(content)];
        let insert = "insert into report_code (school_id, code, seq, content) values (?, ?, ?, ?) \
                      on conflict (school_id, code) do nothing";
        self.db().execute(insert, &values).doing("keep a report's code").map(drop)
    }
}

impl Reader<'_> {
    /// The newest text of each chapter of a report that the school wrote, by chapter.
    pub fn report_texts(&mut self, report: &str) -> Result<Vec<ReportText>, StoreError> {
        let select = "select chapter, version, seq, content from report_text \
                      where school_id = ? and report = ? order by chapter, version";
        let values = [Param::Int(self.school.0), Param::Text(report)];
        let all = self
            .db
            .collect(select, &values, |row| ReportText {
                chapter: row.text(0).unwrap_or_default().to_owned(),
                version: row.int(1).unwrap_or_default(),
                seq: row.int(2).unwrap_or_default(),
                content: row.text(3).unwrap_or_default().to_owned(),
            })
            .doing("read a report's texts")?;
        let mut newest: Vec<ReportText> = Vec::new();
        for text in all {
            match newest.last_mut() {
                Some(last) if last.chapter == text.chapter => *last = text,
                _ => newest.push(text),
            }
        }
        Ok(newest)
    }

    /// What the code of a chapter stands for, and the entry of the audit log that first gave it out; nothing if no
    /// report with it left the house.
    pub fn report_code(&mut self, code: &str) -> Result<Option<(String, i64)>, StoreError> {
        let values = [Param::Int(self.school.0), Param::Text(code)];
        self.db
            .first("select content, seq from report_code where school_id = ? and code = ?", &values, |row| {
                (row.text(0).unwrap_or_default().to_owned(), row.int(1).unwrap_or_default())
            })
            .doing("look up a report's code")
    }
}
