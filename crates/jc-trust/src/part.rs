//! A part of a school's audit log in a file of its own: moved out of the database when the time it must be at hand is over.
//!
//! The file is lines of JSON: first what it holds, then one line for each entry with every byte that its hash covers. So the
//! part is proved by itself, from the hash it follows to its closing hash, with the key that links the chain.

use crate::chain::{ChainHash, ChainKey, Entry, link};
use serde_json::{Value as Json, json};
use std::io::{self, BufRead, Read as _};

/// The word a part begins with.
const FORMAT: &str = "jiangce-log-part/1";

/// A line that is longer is none of ours.
const LONGEST_LINE: u64 = 256 << 20;

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The school.
    pub school: i64,
    /// The first entry's number.
    pub from: i64,
    /// The last entry's number.
    pub to: i64,
    /// The first entry's time, in milliseconds since 1970 UTC.
    pub first_at: i64,
    /// The last entry's time, in milliseconds since 1970 UTC.
    pub last_at: i64,
    /// The hash that the first entry follows; empty for the first of a school.
    pub previous: String,
    /// The last entry's hash.
    pub closing: String,
}

/// Why a file does not prove the part it says it is.
#[derive(Debug, thiserror::Error)]
pub enum PartFault {
    /// It is no part of a log.
    #[error("no part of an audit log")]
    Unknown,
    /// It ends before its last entry.
    #[error("cut off after entry {0}")]
    CutOff(i64),
    /// An entry is not as it was written, or not in its place.
    #[error("entry {0} was changed")]
    Changed(i64),
    /// It cannot be read.
    #[error("cannot be read")]
    Unread(#[source] io::Error),
}

impl Span {
    /// The first line of the file.
    pub fn line(&self) -> String {
        let Self { school, from, to, first_at, last_at, previous, closing } = self;
        let head = json!({
            "format": FORMAT, "school": school, "from": from, "to": to,
            "first_at": first_at, "last_at": last_at, "previous": previous, "closing": closing,
        });
        format!("{head}\n")
    }

    /// The span that an object tells of by the names of its fields; nothing if one is missing.
    pub fn of(told: &Json) -> Option<Self> {
        let number = |name: &str| told.get(name).and_then(Json::as_i64);
        let text = |name: &str| told.get(name).and_then(Json::as_str).map(str::to_owned);
        Some(Self {
            school: number("school")?,
            from: number("from")?,
            to: number("to")?,
            first_at: number("first_at")?,
            last_at: number("last_at")?,
            previous: text("previous")?,
            closing: text("closing")?,
        })
    }

    fn parse(line: &str) -> Option<Self> {
        let head: Json = serde_json::from_str(line).ok()?;
        let span = Self::of(&head)?;
        (head.get("format")? == FORMAT && 0 < span.from && span.from <= span.to).then_some(span)
    }
}

/// The line of an entry.
pub fn line(entry: &Entry) -> String {
    let Entry { seq, at, actor, action, object, detail, algorithm, hash } = entry;
    format!("{}\n", json!([seq, at, actor, action, object, detail, algorithm.code(), hash]))
}

fn entry(line: &str) -> Option<Entry> {
    let line: Json = serde_json::from_str(line).ok()?;
    let number = |at: usize| line.get(at).and_then(Json::as_i64);
    let text = |at: usize| line.get(at).and_then(Json::as_str).map(str::to_owned);
    let entry = Entry {
        seq: number(0)?,
        at: number(1)?,
        actor: text(2)?,
        action: text(3)?,
        object: text(4)?,
        detail: text(5)?,
        algorithm: ChainHash::from_code(line.get(6)?.as_str()?)?,
        hash: text(7)?,
    };
    (line.as_array()?.len() == 8).then_some(entry)
}

/// Reads a part to its end and proves it by itself: every link, from the hash it follows to its closing hash. `each` is
/// handed the entries, those before the fault included.
///
/// That it is the part which was moved is for the chain to say: see the closing hash in the entry that tells of it.
pub fn prove(input: &mut dyn BufRead, key: &ChainKey, each: &mut dyn FnMut(Entry)) -> Result<Span, PartFault> {
    let mut text = String::new();
    read_line(input, &mut text)?;
    // Written in one way only, so that no byte of the file is anybody's to choose.
    let span = Span::parse(&text).filter(|span| span.line() == text).ok_or(PartFault::Unknown)?;
    let mut previous = span.previous.clone();
    for seq in span.from..=span.to {
        if !read_line(input, &mut text)? {
            return Err(PartFault::CutOff(seq - 1));
        }
        let entry = entry(&text).ok_or(PartFault::Changed(seq))?;
        let ends = seq != span.to || (entry.at == span.last_at && entry.hash == span.closing);
        let begins = seq != span.from || entry.at == span.first_at;
        let linked = entry.algorithm.is_keyed() && link(key, span.school, &previous, &entry) == entry.hash;
        if entry.seq != seq || !linked || !begins || !ends || line(&entry) != text {
            return Err(PartFault::Changed(seq));
        }
        previous.clone_from(&entry.hash);
        each(entry);
    }
    if read_line(input, &mut text)? { Err(PartFault::Changed(span.to + 1)) } else { Ok(span) }
}

/// Whether there was a line.
fn read_line(input: &mut dyn BufRead, text: &mut String) -> Result<bool, PartFault> {
    text.clear();
    match input.take(LONGEST_LINE).read_line(text) {
        Ok(count) => Ok(count > 0),
        Err(cause) if cause.kind() == io::ErrorKind::InvalidData => {
            text.clear();
            Ok(true)
        }
        Err(cause) => Err(PartFault::Unread(cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::{PartFault, Span, line, prove};
    use crate::chain::{ChainHash, Entry, link};

    const KEY: [u8; 32] = [7; 32];

    fn part() -> (Span, String) {
        let (mut previous, mut lines) = ("00".to_owned(), String::new());
        for seq in 4..=6 {
            let mut entry = Entry {
                seq,
                at: seq * 1_000,
                actor: "王老师".into(),
                action: "record.put".into(),
                object: "graduate".into(),
                detail: format!("{{\"reason\":\"第{seq}\\n行\"}}"),
                algorithm: ChainHash::HmacSm3,
                hash: String::new(),
            };
            entry.hash = link(&KEY, 1, &previous, &entry);
            previous.clone_from(&entry.hash);
            lines.push_str(&line(&entry));
        }
        let span = Span {
            school: 1,
            from: 4,
            to: 6,
            first_at: 4_000,
            last_at: 6_000,
            previous: "00".into(),
            closing: previous,
        };
        let text = span.line() + &lines;
        (span, text)
    }

    fn proved(bytes: &[u8]) -> Result<(Span, Vec<i64>), PartFault> {
        let mut seen = Vec::new();
        prove(&mut &bytes[..], &KEY, &mut |entry| seen.push(entry.seq)).map(|span| (span, seen))
    }

    #[test]
    fn a_part_proves_itself() {
        let (span, text) = part();
        assert_eq!(proved(text.as_bytes()).expect("it is whole"), (span, vec![4, 5, 6]));
        assert!(prove(&mut text.as_bytes(), &[8; 32], &mut |_| {}).is_err(), "with its own key");
    }

    #[test]
    fn no_byte_of_its_entries_can_be_changed() {
        let (_, text) = part();
        for at in 0..text.len() {
            for other in [0x01, 0x20] {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= other;
                assert!(proved(&bytes).is_err(), "byte {at}");
            }
            assert!(proved(&text.as_bytes()[..at]).is_err(), "cut at {at}");
        }
        assert!(matches!(proved(format!("{text}\n").as_bytes()), Err(PartFault::Changed(7))));
        assert!(matches!(proved(b"{}"), Err(PartFault::Unknown)));
        assert!(matches!(proved(b""), Err(PartFault::Unknown)));
    }
}
