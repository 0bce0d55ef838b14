//! The audit chain of a school: each entry's hash covers all of it and the entry before.
//!
//! A plain hash shows that an entry was changed; whoever may write the whole log could make all of it anew. So entries are
//! linked by a keyed hash, whose key lies with the keys of secret values, outside the database. Older entries keep theirs.

use crate::digest::hex;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};
use sm3::Sm3;

/// The key of keyed hashes.
pub type ChainKey = [u8; 32];

/// The hash that links a chain's entries; chosen by a setting, named in each entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChainHash {
    /// SHA-256, without a key: of entries before there was one.
    Sha256,
    /// SM3 (GB/T 32905), without a key.
    Sm3,
    /// HMAC with SHA-256.
    #[default]
    HmacSha256,
    /// HMAC with SM3.
    HmacSm3,
}

impl ChainHash {
    const ALL: [ChainHash; 4] = [Self::Sha256, Self::Sm3, Self::HmacSha256, Self::HmacSm3];

    /// The word stored in entries.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
            Self::HmacSha256 => "hmac-sha256",
            Self::HmacSm3 => "hmac-sm3",
        }
    }

    /// The hash of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hash| hash.code() == code)
    }

    /// Whether it takes the key.
    pub fn is_keyed(self) -> bool {
        matches!(self, Self::HmacSha256 | Self::HmacSm3)
    }

    /// The keyed hash of the same family: what new entries are linked by.
    pub fn keyed(self) -> Self {
        match self {
            Self::Sha256 | Self::HmacSha256 => Self::HmacSha256,
            Self::Sm3 | Self::HmacSm3 => Self::HmacSm3,
        }
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
pub fn link(key: &ChainKey, school: i64, previous: &str, entry: &Entry) -> String {
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
        ChainHash::HmacSha256 => {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length is a key");
            mac.update(&bytes);
            hex(&mac.finalize().into_bytes())
        }
        ChainHash::HmacSm3 => {
            let mut mac = Hmac::<Sm3>::new_from_slice(key).expect("any length is a key");
            mac.update(&bytes);
            hex(&mac.finalize().into_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ChainHash, ChainKey, Entry};
    use crate::digest::hex;
    use sm3::{Digest, Sm3};

    #[test]
    fn sm3_gives_the_standards_example() {
        let digest = hex(&Sm3::digest(b"abc"));
        assert_eq!(digest, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    fn link(school: i64, previous: &str, entry: &Entry) -> String {
        super::link(&[7; 32], school, previous, entry)
    }

    #[test]
    fn without_the_key_there_is_no_keyed_link() {
        let of = |algorithm, key: &ChainKey| {
            let entry = Entry {
                seq: 1,
                at: 0,
                actor: "a".into(),
                action: "b".into(),
                object: String::new(),
                detail: "{}".into(),
                algorithm,
                hash: String::new(),
            };
            super::link(key, 1, "", &entry)
        };
        for algorithm in ChainHash::ALL {
            assert_eq!(of(algorithm, &[1; 32]) != of(algorithm, &[2; 32]), algorithm.is_keyed(), "{algorithm:?}");
            assert_eq!(ChainHash::from_code(algorithm.code()), Some(algorithm));
        }
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
            algorithm: ChainHash::HmacSha256,
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
