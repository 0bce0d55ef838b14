//! Ids of new records.

use crate::error::StoreError;
use jc_base::RecordId;

/// Makes UUIDv7 ids that rise within one write: the moment, a 42-bit counter, 32 random bits.
pub(super) struct IdMaker {
    millis: u64,
    counter: u64,
    random: u32,
}

impl IdMaker {
    pub(super) fn new(millis: i64) -> Result<Self, StoreError> {
        let mut bytes = [0; 12];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
        let [a, b, c, d, rest @ ..] = bytes;
        // The counter begins in the lower half of its range, so that it cannot run over in one write.
        let counter = u64::from_be_bytes(rest) >> 23;
        Ok(Self { millis: millis.max(0) as u64, counter, random: u32::from_be_bytes([a, b, c, d]) })
    }

    pub(super) fn next(&mut self) -> RecordId {
        self.counter += 1;
        let mut id = [0u8; 16];
        id[..6].copy_from_slice(&self.millis.to_be_bytes()[2..]);
        let high = (self.counter >> 30) as u16 & 0x0fff;
        id[6..8].copy_from_slice(&(0x7000 | high).to_be_bytes());
        let low = (self.counter & 0x3fff_ffff) as u32;
        id[8..12].copy_from_slice(&(0x8000_0000 | low).to_be_bytes());
        id[12..].copy_from_slice(&self.random.to_be_bytes());
        RecordId(id)
    }
}
