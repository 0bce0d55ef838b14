//! Moving the oldest entries of the audit log into a file, when the time is over that they must be at hand.
//!
//! Source: 《网络安全法》 article 21 (at least six months). The file is written, flushed, read back and proved before anything
//! is taken out of the log; then the entries go in one write, whose own entry says which they were and what they covered.

use crate::access::begin_of;
use crate::app::App;
use crate::backup::{Passphrase, file, is_sealed, opening, sealing};
use crate::error::AppError;
use crate::person::{Person, Viewer};
use jc_base::{Date, Finding, Instant, Place};
use jc_store::store::Ending;
use jc_store::verify::parts::{Ask, MOVE, Part};
use jc_store::verify::{Report, Touched};
use jc_store::{Reach, lasting};
use jc_trust::hex;
use jc_trust::part::{PartFault, Span, line};
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Entries are at hand for so many days at least.
pub const LEAST_DAYS: u64 = 180;
/// Entries are at hand for so many days unless the school says otherwise: three years.
pub const USUAL_DAYS: u64 = 1_096;

/// Which entries are to be moved.
#[derive(Debug, Clone, Copy)]
pub struct Until {
    /// Those of before this day, up to the first that is not.
    pub before: Date,
    /// For so many days entries stay at hand.
    pub kept_days: u64,
}

/// What was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedLog {
    /// Which entries.
    pub span: Span,
    /// The digest of what the file holds, decrypted if it is encrypted.
    pub sha256: String,
    /// Whether the files of the database hold nothing of them any more.
    pub compacted: bool,
}

/// Where the log begins whose first entries were moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogBegin {
    /// The last entry that was moved.
    pub moved: i64,
    /// The day of the first that is at hand: what was before it stands in the parts that were moved.
    pub day: Date,
}

impl LogBegin {
    pub(crate) fn of(first: Option<(i64, i64)>) -> Option<Self> {
        let (seq, at) = first.filter(|(seq, _)| *seq > 1)?;
        Some(Self { moved: seq - 1, day: day_of(at) })
    }
}

/// The day of a moment, in milliseconds since 1970 UTC.
pub fn day_of(at: i64) -> Date {
    Instant(at).local_date(crate::app::ZONE_HOURS)
}

impl Viewer<'_> {
    /// Where the log begins; nothing if it begins with its first entry.
    pub fn log_begin(&self) -> Result<Option<LogBegin>, AppError> {
        self.read(|reader| Ok(LogBegin::of(reader.log_begin()?)))
    }
}

impl App {
    /// The entries that would be moved; nothing if there are none of before that day.
    ///
    /// Errors: a finding if the day is within the time that entries are kept at hand.
    pub fn log_due(&self, person: &Person, until: Until) -> Result<Option<Span>, AppError> {
        let viewer = self.viewer(person);
        viewer.machine_only()?;
        let days = i64::try_from(until.kept_days.max(LEAST_DAYS)).unwrap_or(i64::MAX);
        let latest = self.moment().today.plus_days(-days.min(1_000_000));
        if until.before > latest {
            let finding = Finding::error("APP-130", Place::Whole).with("day", until.before).with("latest", latest);
            return Err(AppError::finding(finding.with("days", days)));
        }
        viewer.read(|reader| Ok(reader.log_before(begin_of(until.before))?))
    }

    /// Moves entries into a file, encrypted with a passphrase if one is given. One that was written before, and is whole, is
    /// taken as it is. Nothing if there are no entries of before that day.
    ///
    /// Errors: findings if something was touched: then all stays as it is, for whoever looks into it.
    pub fn move_log(
        &self,
        person: &Person,
        until: Until,
        target: &Path,
        passphrase: Option<&Passphrase>,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Option<MovedLog>, AppError> {
        let Some(span) = self.log_due(person, until)? else { return Ok(None) };
        let ask = Ask { commits_to: Some(span.to), ..Ask::default() };
        let proof = self.verify_with(person, ask, progress)?;
        let Some(covers) = proof.commits.filter(|_| proof.touched.is_empty()) else {
            let finding = Finding::error("APP-131", Place::Whole).with("count", proof.touched.len());
            return Err(AppError::finding(finding));
        };
        progress("audit");
        let was_there = target.exists();
        self.write_log_part(person, &span, target, passphrase)?;
        // What counts is what can be read again.
        let mut there = 0;
        let (found, sha256) = self.prove_log_part(target, passphrase, &mut |_| there += 1)?;
        if found != Ok(span.clone()) || there != span.to - span.from + 1 {
            let code = if was_there { "APP-013" } else { "APP-133" };
            return Err(AppError::finding(Finding::error(code, place(target))));
        }
        let (moment, actor) = (self.moment(), person.actor());
        self.store.write(person.school, &actor, MOVE, "audit", moment, |writer| {
            writer.note("count", there);
            writer.note("file", target.file_name().unwrap_or_default().to_string_lossy().into_owned());
            writer.move_log(&span, &sha256, proof.head.0, covers)?;
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        let compacted = self.store.compact().is_ok();
        Ok(Some(MovedLog { span, sha256, compacted }))
    }

    /// Writes a part whole under its name, or not at all; one that is there stays.
    fn write_log_part(
        &self,
        person: &Person,
        span: &Span,
        target: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<(), AppError> {
        if target.exists() {
            return Ok(());
        }
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let aside = target.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let write = || -> Result<File, AppError> {
            let whole = file("write the part of the log");
            let out = BufWriter::with_capacity(1 << 16, options.open(&aside).map_err(&whole)?);
            let out = match passphrase {
                None => self.pour_log(person, span, out)?,
                Some(passphrase) => {
                    let sealed = sealing(passphrase, out).map_err(&whole)?;
                    self.pour_log(person, span, sealed)?.finish().map_err(&whole)?
                }
            };
            out.into_inner().map_err(|error| whole(error.into_error()))
        };
        let written = write().and_then(|out| {
            out.sync_all().map_err(file("flush the part of the log"))?;
            fs::rename(&aside, target).map_err(file("put the part of the log in place"))?;
            lasting::flush_names(target).map_err(file("flush the part of the log"))
        });
        written.inspect_err(|_| drop(fs::remove_file(&aside)))
    }

    fn pour_log<W: Write>(&self, person: &Person, span: &Span, mut out: W) -> Result<W, AppError> {
        let mut written = out.write_all(span.line().as_bytes());
        self.store.read(person.school, &Reach::School, self.moment(), |reader| {
            reader.each_whole_entry((span.from, span.to), &mut |entry| {
                if written.is_ok() {
                    written = out.write_all(line(&entry).as_bytes());
                }
            })?;
            Ok::<_, AppError>(())
        })?;
        written.and_then(|()| out.flush()).map_err(file("write the part of the log"))?;
        Ok(out)
    }

    /// Reads a part to its end and proves it by itself; gives what it holds, or what is wrong with it, and the digest of what
    /// was read.
    fn prove_log_part(
        &self,
        source: &Path,
        passphrase: Option<&Passphrase>,
        each: &mut dyn FnMut(jc_trust::chain::Entry),
    ) -> Result<(Result<Span, Wrong>, String), AppError> {
        let unread = file("read the part of the log");
        let clear: Box<dyn Read> = match passphrase {
            _ if !is_sealed(source) => Box::new(File::open(source).map_err(unread)?),
            None => return Err(AppError::finding(Finding::error("APP-132", place(source)))),
            Some(passphrase) => match opening(source, passphrase) {
                Ok(clear) => Box::new(clear),
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    return Err(AppError::finding(Finding::error("APP-018", place(source))));
                }
                Err(error) => return Err(unread(error)),
            },
        };
        let mut input = BufReader::with_capacity(1 << 16, Summed { input: clear, sum: Sha256::new() });
        let proved = match self.store.prove_log_part(&mut input, each)? {
            Ok(span) => Ok(span),
            Err(PartFault::Changed(seq)) => Err(Wrong::Changed(seq)),
            Err(PartFault::CutOff(seq)) => Err(Wrong::CutOff(seq)),
            Err(PartFault::Unknown) => Err(Wrong::Unknown),
            // A sealed file that was cut off or changed cannot be opened any further.
            Err(PartFault::Unread(_)) if is_sealed(source) => Err(Wrong::Unknown),
            Err(PartFault::Unread(error)) => return Err(file("read the part of the log")(error)),
        };
        Ok((proved, hex(&input.into_inner().sum.finalize())))
    }

    /// Reads parts of a school's log; gives those that prove themselves, and what is wrong with the others. The hashes of the
    /// entries that are wanted are kept.
    pub fn log_parts(
        &self,
        person: &Person,
        sources: &[PathBuf],
        passphrase: Option<&Passphrase>,
        wanted: &[i64],
    ) -> Result<(Vec<Part>, Vec<Touched>), AppError> {
        let (mut parts, mut faults) = (Vec::new(), Vec::new());
        for source in sources {
            let name = source.display().to_string();
            let mut part = Part::of(&name, wanted.iter().copied());
            match self.prove_log_part(source, passphrase, &mut |entry| part.see(&entry))? {
                (Ok(span), sha256) if span.school == person.school.0 => parts.push(part.whole(span, sha256)),
                (Ok(_) | Err(Wrong::Unknown), _) => faults.push(Touched::PartUnknown { file: name }),
                (Err(Wrong::Changed(seq)), _) => faults.push(Touched::PartChanged { file: name, seq }),
                (Err(Wrong::CutOff(seq)), _) => faults.push(Touched::PartCutOff { file: name, seq }),
            }
        }
        Ok((parts, faults))
    }

    /// As [`verify`](Self::verify), with parts of the log, or for moving one.
    pub fn verify_with(&self, person: &Person, ask: Ask, progress: &mut dyn FnMut(&str)) -> Result<Report, AppError> {
        let folder = &self.store.settings().evidence;
        self.store
            .read(person.school, &Reach::School, self.moment(), |reader| Ok(reader.verify_with(folder, ask, progress)?))
    }
}

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    Unknown,
    Changed(i64),
    CutOff(i64),
}

fn place(path: &Path) -> Place {
    Place::File { file: path.display().to_string() }
}

/// What is read, with its digest.
struct Summed {
    input: Box<dyn Read>,
    sum: Sha256,
}

impl Read for Summed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        self.sum.update(&into[..count]);
        Ok(count)
    }
}
