//! The audit log, for those who may read it.

use crate::error::AppError;
use crate::person::{Role, Viewer};
use jc_base::{Date, Instant};
use jc_store::reader::AuditLine;

/// Entries looked at in one request, if few fit.
const LOOKED_AT: usize = 20_000;
/// Entries read at a time.
const AT_A_TIME: usize = 500;

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only this action, such as `record.verify`; all if empty.
    pub action: String,
    /// Only those whose login contains this; or one of these logins.
    pub actors: Option<Vec<String>>,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub until: Option<Date>,
}

impl Wanted {
    fn is(&self, line: &AuditLine, day: Date) -> bool {
        (self.action.is_empty() || line.action == self.action)
            && self.actors.as_ref().is_none_or(|actors| actors.contains(&line.actor))
            && self.from.is_none_or(|from| day >= from)
            && self.until.is_none_or(|until| day <= until)
    }
}

/// Some entries, newest first.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    /// The entries.
    pub lines: Vec<AuditLine>,
    /// Where to go on; nothing at the end of the log.
    pub next: Option<i64>,
}

impl Viewer<'_> {
    /// Whether this person may read the audit log.
    pub fn reads_audit(&self) -> bool {
        matches!(self.person.role, None | Some(Role::Administrator | Role::Leadership | Role::Office))
    }

    /// The entries wanted before a position (the end if none), newest first.
    pub fn audit_entries(&self, wanted: &Wanted, before: Option<i64>, limit: usize) -> Result<Entries, AppError> {
        if !self.reads_audit() {
            return Err(AppError::NotFound);
        }
        self.read(|reader| {
            let mut entries = Entries::default();
            let (mut at, mut seen) = (before, 0);
            loop {
                let lines = reader.audit_lines(at, AT_A_TIME)?;
                let end = lines.len() < AT_A_TIME;
                seen += lines.len();
                for line in lines {
                    let day = Instant(line.at).local_date(crate::app::ZONE_HOURS);
                    if wanted.from.is_some_and(|from| day < from) {
                        return Ok(entries);
                    }
                    if entries.lines.len() == limit {
                        entries.next = at;
                        return Ok(entries);
                    }
                    at = Some(line.seq);
                    if wanted.is(&line, day) {
                        entries.lines.push(line);
                    }
                }
                if end {
                    return Ok(entries);
                }
                if seen >= LOOKED_AT {
                    entries.next = at;
                    return Ok(entries);
                }
            }
        })
    }

    /// The reason that was given for a write; empty if none was.
    pub fn reason_of(&self, seq: i64) -> Result<String, AppError> {
        self.records_only()?;
        let line = self.read(|reader| Ok(reader.audit_lines(Some(seq + 1), 1)?))?.into_iter().next();
        let detail =
            line.filter(|l| l.seq == seq).and_then(|l| serde_json::from_str::<serde_json::Value>(&l.detail).ok());
        Ok(detail.and_then(|d| d.get("reason")?.as_str().map(str::to_owned)).unwrap_or_default())
    }

    /// The newest entry: number and hash.
    pub fn audit_head(&self) -> Result<Option<(i64, String)>, AppError> {
        let lines = self.read(|reader| Ok(reader.audit_lines(None, 1)?))?;
        Ok(lines.into_iter().next().map(|line| (line.seq, line.hash)))
    }
}
