//! Digests of sets: the sum of their members' leaves.
//!
//! A leaf is BLAKE3, keyed, over an unambiguous encoding of the member, drawn out to 256 bytes: without the key, which lies
//! outside the database, nobody can try out what a member was. The digest of a set is the sum
//! of its leaves as 2048-bit numbers (AdHash; at this width finding another set with the same sum costs about 2^90
//! steps): it does not depend on order, and adding or taking away one member is one addition.

use crate::digest::hex;
use sha2::{Digest, Sha256};

const WORDS: usize = 32;

/// The sum of the leaves of a set of records.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SetSum([u64; WORDS]);

impl Default for SetSum {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

/// The key of leaves.
pub type LeafKey = [u8; 32];

/// What one record version adds to a [`SetSum`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Leaf([u64; WORDS]);

impl SetSum {
    /// Adds a record version.
    pub fn add(&mut self, leaf: &Leaf) {
        self.merge(&leaf.0);
    }

    /// Takes another sum away.
    pub fn subtract(&mut self, other: &SetSum) {
        let mut borrow = false;
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            (*own, borrow) = own.borrowing_sub(*other, borrow);
        }
    }

    /// Adds another sum.
    pub fn join(&mut self, other: &SetSum) {
        self.merge(&other.0);
    }

    fn merge(&mut self, words: &[u64; WORDS]) {
        let mut carry = false;
        for (own, other) in self.0.iter_mut().zip(words) {
            (*own, carry) = own.carrying_add(*other, carry);
        }
    }

    /// The 256 bytes kept with a page.
    pub fn to_bytes(self) -> Vec<u8> {
        self.0.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Reads the 256 bytes kept with a page.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == WORDS * 8).then(|| {
            let mut words = [0; WORDS];
            for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
                *word = chunk.iter().rev().fold(0, |n, byte| n << 8 | u64::from(*byte));
            }
            Self(words)
        })
    }

    /// The digest people see and the audit chain covers: SHA-256 over the number of records and the sum.
    pub fn digest(&self, count: i64) -> String {
        let mut hash = Sha256::new();
        hash.update(count.to_le_bytes());
        hash.update(self.to_bytes());
        hex(&hash.finalize())
    }
}

impl Leaf {
    /// The leaf of what the bytes encode.
    pub fn of(key: &LeafKey, encoding: &[u8]) -> Self {
        let mut bytes = [0u8; WORDS * 8];
        blake3::Hasher::new_keyed(key).update(encoding).finalize_xof().fill(&mut bytes);
        let mut words = [0; WORDS];
        for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
            *word = u64::from_le_bytes(chunk.try_into().expect("eight bytes"));
        }
        Self(words)
    }

    /// All 256 bytes, kept where what they stand for is erased.
    pub fn to_bytes(self) -> Vec<u8> {
        SetSum(self.0).to_bytes()
    }

    /// Reads all 256 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        SetSum::from_bytes(bytes).map(|SetSum(words)| Self(words))
    }

    /// The first 16 bytes, kept with the record, so that a touched record can be named.
    pub fn prefix(&self) -> [u8; 16] {
        let mut out = [0; 16];
        out[..8].copy_from_slice(&self.0[0].to_le_bytes());
        out[8..].copy_from_slice(&self.0[1].to_le_bytes());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Leaf, SetSum};

    /// Leaves with every word set, so that carries run through.
    fn leaves() -> Vec<Leaf> {
        (1..=20u64).map(|n| Leaf([u64::MAX / n; 32])).collect()
    }

    #[test]
    fn a_set_does_not_depend_on_order_and_forgets_what_is_taken() {
        let (mut forward, mut backward) = (SetSum::default(), SetSum::default());
        leaves().iter().for_each(|l| forward.add(l));
        leaves().iter().rev().for_each(|l| backward.add(l));
        assert!(forward == backward);
        assert!(SetSum::from_bytes(&forward.to_bytes()).is_some_and(|read| read == forward));
        assert_ne!(forward.digest(20), SetSum::default().digest(20));
        assert_ne!(forward.digest(20), forward.digest(21));
        forward.subtract(&backward);
        assert!(forward == SetSum::default());
    }

    #[test]
    fn without_the_key_there_is_no_leaf() {
        let of = |key: u8, text: &str| Leaf::of(&[key; 32], text.as_bytes());
        assert!(of(1, "a") == of(1, "a") && of(1, "a") != of(2, "a") && of(1, "a") != of(1, "b"));
    }

    #[test]
    fn other_lengths_are_no_sum() {
        assert!(SetSum::from_bytes(&[0; 255]).is_none());
    }
}
