//! The audit log, for those who may read it.

pub mod moving;

use crate::app::App;
use crate::error::AppError;
use crate::person::{Person, Viewer};
use jc_base::{Date, Instant, SchoolId};
use jc_catalog::Operation;
use jc_store::reader::AuditLine;
use jc_store::verify::Touched;
use jc_store::verify::parts::Part;
use jc_trust::{KeyId, Purpose, Signature};
use std::fmt;

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

/// The end of a school's log: what is kept elsewhere, so that a log cut off or put back is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The school.
    pub school: i64,
    /// The newest entry's number; 0 for a log without entries.
    pub seq: i64,
    /// Its time, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Its hash.
    pub hash: String,
    /// The school's signature of all that and the name of its key, for whoever holds only the public key; what travels in a
    /// signed report has none.
    pub signed: Option<(KeyId, Signature)>,
}

/// The word that begins a kept line.
const KEPT: &str = "jiangce-head/1";

impl fmt::Display for Head {
    /// The line to be kept.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.unsigned())?;
        self.signed.as_ref().map_or(Ok(()), |(key, signature)| write!(f, " key={key} signed={signature}"))
    }
}

impl Head {
    /// What is signed.
    fn unsigned(&self) -> String {
        let Self { school, seq, at, hash, .. } = self;
        format!("{KEPT} school={school} seq={seq} at={at} hash={hash}")
    }

    /// Every head in a text: lines as they are printed, among whatever else stands there.
    pub fn list(text: &str) -> Vec<Self> {
        text.lines().filter_map(|line| Self::parse(line.split_once(KEPT)?.1)).collect()
    }

    fn parse(rest: &str) -> Option<Self> {
        let part = |name: &str| rest.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        let number = |name: &str| part(name)?.parse().ok();
        let digits = |text: &str| text.chars().take_while(char::is_ascii_hexdigit).collect::<String>();
        let signature = part("signed").and_then(|text| Signature::parse(&digits(text)));
        let signed = part("key").map(|key| KeyId(digits(key))).zip(signature);
        let hash = digits(part("hash")?);
        Some(Self { school: number("school")?, seq: number("seq")?, at: number("at")?, hash, signed })
    }
}

impl App {
    /// The heads of all schools' logs.
    pub fn heads(&self) -> Result<Vec<Head>, AppError> {
        self.schools()?.into_iter().map(|(school, _, _)| self.head(school)).collect()
    }

    /// The heads of all schools' logs, each signed by its school. A school that has no key yet gets one; where the data
    /// cannot be written, or its key not be read, the head is there all the same, unsigned.
    pub fn signed_heads(&self) -> Result<Vec<Head>, AppError> {
        let signature = |school: SchoolId, head: &Head| {
            let (public, _) = self.public_keys(&Person::command_line(school))?;
            let key = self.signing_key(school)?;
            Ok::<_, AppError>((public.id(), key.sign(Purpose::LogEnd, head.unsigned().as_bytes())))
        };
        let signed = |school: SchoolId| {
            let head = self.head(school)?;
            Ok(Head { signed: signature(school, &head).ok(), ..head })
        };
        self.schools()?.into_iter().map(|(school, _, _)| signed(school)).collect()
    }

    /// The head of a school's log.
    pub(crate) fn head(&self, school: SchoolId) -> Result<Head, AppError> {
        let machine = Person::command_line(school);
        let line = self.viewer(&machine).read(|reader| Ok(reader.audit_lines(None, 1)?))?.pop();
        let (seq, at, hash) = line.map_or((0, 0, String::new()), |line| (line.seq, line.at, line.hash));
        Ok(Head { school: school.0, seq, at, hash, signed: None })
    }

    /// Whether the log of a school, or the parts of it at hand, still hold a head that was kept; what is wrong if they do not.
    pub fn verify_kept(&self, head: &Head, parts: &[Part]) -> Result<Option<Touched>, AppError> {
        let school = SchoolId(head.school);
        // A key that this data does not know proves nothing: it may be older than the key.
        if let Some((id, signature)) = &head.signed
            && let Some((key, _)) = self.known_keys(school)?.into_iter().find(|(key, _)| key.id() == *id)
            && !key.verify(Purpose::LogEnd, head.unsigned().as_bytes(), signature)
        {
            return Ok(Some(Touched::Forged { kept: head.seq }));
        }
        if head.seq == 0 {
            return Ok(None);
        }
        let machine = Person::command_line(school);
        let in_parts = |seq| parts.iter().find_map(|part| part.hash_of(seq));
        self.viewer(&machine).read(|reader| Ok(reader.verify_kept((head.seq, &head.hash), &in_parts)?))
    }
}

impl Viewer<'_> {
    /// Whether this person may read the audit log.
    pub fn reads_audit(&self) -> bool {
        self.may(Operation::ReadAudit)
    }

    /// The entries wanted before a position (the end if none), newest first.
    pub fn audit_entries(&self, wanted: &Wanted, before: Option<i64>, limit: usize) -> Result<Entries, AppError> {
        self.needs(Operation::ReadAudit)?;
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
        self.needs(Operation::ReadAudit)?;
        let lines = self.read(|reader| Ok(reader.audit_lines(None, 1)?))?;
        Ok(lines.into_iter().next().map(|line| (line.seq, line.hash)))
    }
}
