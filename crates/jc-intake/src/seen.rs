//! Remembers which keys a file has had, cheaply: 100,000 of them are a few megabytes and no allocation each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

/// Byte strings, each with the row it stood in first.
#[derive(Default)]
pub(crate) struct Seen {
    bytes: Vec<u8>,
    /// End of each string in `bytes`, and its row.
    entries: Vec<(usize, u32)>,
    by_hash: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// Strings whose hash was taken by another one.
    clashes: Vec<u32>,
}

impl Seen {
    /// Remembers a string. If it was there before, the row it stood in.
    pub(crate) fn insert(&mut self, key: &[u8], row: u32) -> Option<u32> {
        let mut hasher = DefaultHasher::new();
        hasher.write(key);
        let hash = hasher.finish();
        let next = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        match self.by_hash.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(next);
            }
            Entry::Occupied(place) => {
                let ix = *place.get();
                let mut before = std::iter::once(&ix).chain(&self.clashes).filter_map(|ix| self.entry(*ix));
                if let Some((_, row)) = before.find(|(bytes, _)| *bytes == key) {
                    return Some(row);
                }
                self.clashes.push(next);
            }
        }
        self.bytes.extend_from_slice(key);
        self.entries.push((self.bytes.len(), row));
        None
    }

    fn entry(&self, ix: u32) -> Option<(&[u8], u32)> {
        let ix = ix as usize;
        let (end, row) = *self.entries.get(ix)?;
        let start = ix.checked_sub(1).and_then(|before| self.entries.get(before)).map_or(0, |(end, _)| *end);
        Some((self.bytes.get(start..end)?, row))
    }
}

/// What is hashed already need not be hashed again.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_is_remembered() {
        let mut seen = Seen::default();
        assert_eq!(seen.insert(b"a", 2), None);
        assert_eq!(seen.insert(b"", 3), None);
        assert_eq!(seen.insert(b"ab", 4), None);
        assert_eq!(seen.insert(b"a", 5), Some(2));
        assert_eq!(seen.insert(b"", 6), Some(3));
        // A hash taken by another string.
        seen.by_hash.values_mut().for_each(|ix| *ix = 0);
        assert_eq!(seen.insert(b"ab", 7), None);
        assert_eq!(seen.insert(b"ab", 8), Some(7));
    }
}
