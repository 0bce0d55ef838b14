//! Evidence 佐证: files kept once, under the SHA-256 of their content, typed by looking at their bytes.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::lasting::{self, For};
use crate::reader::Reader;
use crate::writer::Writer;
use jc_base::RecordId;
use jc_trust::{hex, sha256};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A file attached to a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attached {
    /// The content's SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// A code of the list `evidence-kind`.
    pub kind: String,
    /// The name the person gave; only shown, never used as a path.
    pub name: String,
    /// Such as `application/pdf`.
    pub media_type: String,
    /// Its size.
    pub size_bytes: i64,
}

/// The media type of a file's content, of those that are taken as evidence. Names and headers are not believed.
pub fn media_type(content: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| content.starts_with(magic);
    if starts(b"%PDF-") {
        Some("application/pdf")
    } else if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if starts(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}

/// Where a content's file is: folders from its digest.
pub fn path(folder: &Path, sha256: &str) -> PathBuf {
    let (first, rest) = sha256.split_at(sha256.len().min(2));
    folder.join(first).join(rest)
}

/// Keeps a content: when this returns, it is on the disk under its name. The same content is kept once. Gives its SHA-256.
pub fn keep(folder: &Path, content: &[u8]) -> Result<String, StoreError> {
    let sha256 = sha256(content);
    let target = path(folder, &sha256);
    lasting::folder(target.parent().unwrap_or(folder)).doing("make an evidence folder")?;
    if target.exists() {
        // Whoever wrote it may not have come to flush its name.
        lasting::flush_names(&target).doing("put evidence in place")?;
    } else {
        lasting::write(&target, content, For::Anyone).doing("write evidence")?;
    }
    Ok(sha256)
}

impl Writer<'_> {
    /// Attaches a kept content to a record; tells whether it was not attached before. Attaching it again under the
    /// same kind changes nothing.
    pub fn attach(&mut self, register: usize, record: RecordId, file: &Attached) -> Result<bool, StoreError> {
        let first = self.is_bare(register, record)?;
        let name = self.catalog().registers[register].id.as_str();
        let (school, seq) = (Param::Int(self.school().0), Param::Int(self.seq()));
        self.db()
            .execute(
                "insert into evidence (school_id, sha256, media_type, size_bytes, seq) values (?, ?, ?, ?, ?) \
                 on conflict (school_id, sha256) do nothing",
                &[school, Param::Text(&file.sha256), Param::Text(&file.media_type), Param::Int(file.size_bytes), seq],
            )
            .doing("note evidence")?;
        let attached = self
            .db()
            .execute(
                "insert into record_evidence (school_id, register, record_id, sha256, kind, name, seq) \
                 values (?, ?, ?, ?, ?, ?, ?) on conflict (school_id, register, record_id, sha256, kind) do nothing",
                &[
                    school,
                    Param::Text(name),
                    Param::Id(record),
                    Param::Text(&file.sha256),
                    Param::Text(&file.kind),
                    Param::Text(&file.name),
                    seq,
                ],
            )
            .doing("attach evidence")?;
        if first {
            self.account_for_papers(register, record, -1)?;
        }
        Ok(attached > 0)
    }

    /// Takes a file off a record: it is kept, and so is that it was attached. Gives what was taken off; nothing if it
    /// was not attached.
    pub fn detach(
        &mut self,
        register: usize,
        record: RecordId,
        sha256: &str,
        kind: &str,
    ) -> Result<Option<Attached>, StoreError> {
        let name_of_register = self.catalog().registers[register].id.as_str();
        let (school, until) = (Param::Int(self.school().0), Param::Int(self.seq()));
        let which = [school, Param::Text(name_of_register), Param::Id(record), Param::Text(sha256), Param::Text(kind)];
        let same = "school_id = ? and register = ? and record_id = ? and sha256 = ? and kind = ?";
        let read = |row: &dyn Row| (row.text(0).unwrap_or_default().to_owned(), row.int(1).unwrap_or(0));
        let found = self.db().first(&format!("select name, seq from record_evidence where {same}"), &which, read);
        let Some((name, seq)) = found.doing("look for evidence")? else { return Ok(None) };
        self.db().execute(&format!("delete from record_evidence where {same}"), &which).doing("take evidence off")?;
        let gone = [&which[..], &[Param::Int(seq), Param::Text(&name), until]].concat();
        self.db()
            .execute(
                "insert into detached_evidence (school_id, register, record_id, sha256, kind, seq, name, until_seq) \
                 values (?, ?, ?, ?, ?, ?, ?, ?)",
                &gone,
            )
            .doing("keep what was taken off")?;
        if self.is_bare(register, record)? {
            self.account_for_papers(register, record, 1)?;
        }
        Ok(Some(Attached { sha256: sha256.to_owned(), kind: kind.to_owned(), name, ..Attached::default() }))
    }
}

/// That a file was attached to a record, or taken off it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papered {
    /// The audit entry.
    pub seq: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// The name it was attached under.
    pub name: String,
    /// A code of the list `evidence-kind`.
    pub kind: String,
    /// Whether it was taken off.
    pub off: bool,
    /// Whether the entry was moved out of the log: when and who stand in the part it was moved into.
    pub moved: bool,
}

/// What proves later to which records a write attached a file, or off which it took one, and under what name.
pub fn proof(register: &str, file: &Attached, records: &[RecordId]) -> String {
    let mut records = records.to_vec();
    records.sort_unstable();
    let mut sum = Sha256::new();
    for text in [register, &file.sha256, &file.kind, &file.name] {
        sum.update((text.len() as u64).to_be_bytes());
        sum.update(text);
    }
    records.iter().for_each(|id| sum.update(id.0));
    hex(&sum.finalize())
}

fn attached(row: &dyn Row) -> Attached {
    Attached {
        sha256: row.text(0).unwrap_or_default().to_owned(),
        kind: row.text(1).unwrap_or_default().to_owned(),
        name: row.text(2).unwrap_or_default().to_owned(),
        media_type: row.text(3).unwrap_or_default().to_owned(),
        size_bytes: row.int(4).unwrap_or(0),
    }
}

impl Reader<'_> {
    /// The files attached to a record, in the order they were attached; none if it is not seen.
    pub fn evidence(&mut self, register: usize, record: RecordId) -> Result<Vec<Attached>, StoreError> {
        if self.find(register, record)?.is_none() {
            return Ok(Vec::new());
        }
        let register = self.catalog.registers[register].id.as_str();
        self.db
            .collect(
                "select r.sha256, r.kind, r.name, e.media_type, e.size_bytes from record_evidence r \
                 join evidence e on e.school_id = r.school_id and e.sha256 = r.sha256 \
                 where r.school_id = ? and r.register = ? and r.record_id = ? order by r.seq, r.sha256",
                &[Param::Int(self.school.0), Param::Text(register), Param::Id(record)],
                attached,
            )
            .doing("list evidence")
    }

    /// What was attached to a record and taken off it, newest first; nothing if it is not seen.
    pub fn papered(&mut self, register: usize, record: RecordId) -> Result<Vec<Papered>, StoreError> {
        if self.find(register, record)?.is_none() {
            return Ok(Vec::new());
        }
        let register = self.catalog.registers[register].id.as_str();
        let one = |table: &str, seq: &str, off: i64| {
            format!(
                "select p.{seq}, coalesce(a.at, 0), coalesce(a.actor, ''), p.name, p.kind, {off}, a.seq from {table} p \
                 left join audit a on a.school_id = p.school_id and a.seq = p.{seq} \
                 where p.school_id = ? and p.register = ? and p.record_id = ?"
            )
        };
        let parts = [
            one("record_evidence", "seq", 0),
            one("detached_evidence", "seq", 0),
            one("detached_evidence", "until_seq", 1),
        ];
        let sql = format!("{} order by 1 desc, 6 desc, 4", parts.join(" union all "));
        let which = [Param::Int(self.school.0), Param::Text(register), Param::Id(record)];
        let text = |row: &dyn Row, column: usize| row.text(column).unwrap_or_default().to_owned();
        self.db
            .collect(&sql, &[which, which, which].concat(), |row| Papered {
                seq: row.int(0).unwrap_or(0),
                at: row.int(1).unwrap_or(0),
                actor: text(row, 2),
                name: text(row, 3),
                kind: text(row, 4),
                off: row.int(5) == Some(1),
                moved: row.int(6).is_none(),
            })
            .doing("read what was attached and taken off")
    }

    /// The records of a register that carry evidence.
    pub fn has_evidence(&mut self, register: &str) -> Result<std::collections::HashSet<RecordId>, StoreError> {
        let ids = self
            .db
            .collect(
                "select distinct record_id from record_evidence where school_id = ? and register = ?",
                &[Param::Int(self.school.0), Param::Text(register)],
                |row| row.id(0),
            )
            .doing("list records with evidence")?;
        Ok(ids.into_iter().flatten().collect())
    }

    /// Every content this school holds.
    pub fn all_evidence(&mut self) -> Result<Vec<String>, StoreError> {
        self.db
            .collect(
                "select sha256 from evidence where school_id = ? order by sha256",
                &[Param::Int(self.school.0)],
                |row| row.text(0).unwrap_or_default().to_owned(),
            )
            .doing("list evidence")
    }
}
