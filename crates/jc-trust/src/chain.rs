//! The audit chain of a school: each entry's hash covers all of it and the entry before.

use crate::digest::hex;
use sha2::{Digest, Sha256};
use sm3::Sm3;

/// The hash that links a chain's entries; chosen by a setting, named in each entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChainHash {
    /// SHA-256.
    #[default]
    Sha256,
    /// SM3 (GB/T 32905).
    Sm3,
}

impl ChainHash {
    /// The word stored in entries and settings.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        }
    }

    /// The hash of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Sha256, Self::Sm3].into_iter().find(|hash| hash.code() == code)
    }
}

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position, from 1, without gaps.
    pub seq: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the account's login, or `system`.
    pub actor: String,
    /// What was done, such as `record.put`.
    pub action: String,
    /// To what: a register, an account.
    pub object: String,
    /// Particulars as JSON. Never personal data.
    pub detail: String,
    /// The hash in use.
    pub algorithm: ChainHash,
    /// The entry's hash, in hexadecimal digits.
    pub hash: String,
}

/// The hash of an entry that follows the one with hash `previous` (empty for the first of a school).
pub fn link(school: i64, previous: &str, entry: &Entry) -> String {
    let mut bytes = Vec::with_capacity(256 + entry.detail.len());
    for number in [school, entry.seq, entry.at] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    for text in [previous, &entry.actor, &entry.action, &entry.object, &entry.detail, entry.algorithm.code()] {
        bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    match entry.algorithm {
        ChainHash::Sha256 => hex(&Sha256::digest(&bytes)),
        ChainHash::Sm3 => hex(&Sm3::digest(&bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::{ChainHash, Entry, link};
    use crate::digest::hex;
    use sm3::{Digest, Sm3};

    #[test]
    fn sm3_gives_the_standards_example() {
        let digest = hex(&Sm3::digest(b"abc"));
        assert_eq!(digest, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    #[test]
    fn every_part_of_an_entry_is_covered() {
        let entry = Entry {
            seq: 7,
            at: 1_700_000_000_000,
            actor: "keeper".into(),
            action: "record.put".into(),
            object: "graduate".into(),
            detail: "{}".into(),
            algorithm: ChainHash::Sha256,
            hash: String::new(),
        };
        let changes: [fn(&mut Entry); 7] = [
            |e| e.seq += 1,
            |e| e.at += 1,
            |e| e.actor = "Keeper".into(),
            |e| e.action.push('s'),
            |e| e.object.clear(),
            |e| e.detail = "{ }".into(),
            |e| e.algorithm = ChainHash::Sm3,
        ];
        let whole = link(1, "", &entry);
        for change in changes {
            let mut other = entry.clone();
            change(&mut other);
            assert_ne!(link(1, "", &other), whole);
        }
        assert_ne!(link(2, "", &entry), whole);
        assert_ne!(link(1, "00", &entry), whole);
        let moved = Entry { actor: "keeperr".into(), action: "ecord.put".into(), ..entry.clone() };
        assert_ne!(link(1, "", &moved), whole);
    }
}
