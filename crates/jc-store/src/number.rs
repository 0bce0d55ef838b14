//! Record ids and the numbers behind them.
//!
//! An id is a UUIDv7: its moment and counter together are a number that rises with every record, and its last 52
//! bits are a mark. In a SQLite file all ids made there have the file's own mark, so the file keeps the number
//! alone, as its row number: rows are found and told apart by one whole number instead of sixteen bytes.

use crate::error::StoreError;
use jc_base::RecordId;

/// 2020-01-01T00:00Z in milliseconds: the moment of number 0.
const EPOCH_MS: i64 = 1_577_836_800_000;
/// The counter's bits: about four million ids in one millisecond, and those beyond count as of the next one.
const COUNTER_BITS: u32 = 22;
/// The last bits of an id.
const MARK_BITS: u32 = 52;
const MARK: u64 = (1 << MARK_BITS) - 1;
const COUNTER: u64 = (1 << COUNTER_BITS) - 1;

/// The last 52 bits of the ids that one file, or one write to a server, makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(u64);

impl Mark {
    /// The mark of a file from the number in its head.
    pub fn of_file(application_id: i64) -> Self {
        Self(application_id as u64 & MARK)
    }

    /// A mark of its own.
    ///
    /// Errors: [`StoreError::Randomness`] if the system gives none.
    pub fn random() -> Result<Self, StoreError> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
        Ok(Self(u64::from_le_bytes(bytes) & MARK))
    }

    /// The id of a number.
    pub fn id(self, number: i64) -> RecordId {
        let millis = ((number >> COUNTER_BITS) + EPOCH_MS) as u64;
        let counter = number as u64 & COUNTER;
        let high = (millis << 16) | 0x7000 | (counter >> 10);
        let low = (0b10 << 62) | ((counter & 0x3ff) << MARK_BITS) | self.0;
        let mut id = [0; 16];
        id[..8].copy_from_slice(&high.to_be_bytes());
        id[8..].copy_from_slice(&low.to_be_bytes());
        RecordId(id)
    }

    /// The number of an id; nothing for an id with another mark.
    pub fn number(self, id: RecordId) -> Option<i64> {
        let (high, low) = id.0.split_at(8);
        let high = u64::from_be_bytes(high.try_into().ok()?);
        let low = u64::from_be_bytes(low.try_into().ok()?);
        let millis = i64::try_from(high >> 16).ok()?.checked_sub(EPOCH_MS)?;
        let counter = ((high & 0xfff) << 10) | ((low >> MARK_BITS) & 0x3ff);
        let number = millis.checked_mul(1 << COUNTER_BITS)? | counter as i64;
        (number >= 0 && self.id(number) == id).then_some(number)
    }
}

/// So many ids that were made one after another are neighbours.
pub(crate) const NEIGHBOURS: usize = 16;

/// The first of an id's neighbours, and its place among them: what is kept for many records stands side by side where one
/// import made them, instead of all over the memory.
pub(crate) fn neighbour(id: RecordId) -> (RecordId, usize) {
    let mut first = id;
    // The counter's last four bits.
    first.0[9] &= 0x0f;
    (first, usize::from(id.0[9] >> 4))
}

/// Makes the ids of one write: each greater than all before it, whatever the clock says.
pub(crate) struct IdMaker {
    last: i64,
    mark: Mark,
}

impl IdMaker {
    /// Goes on after the last number there is.
    pub(crate) fn new(last: i64, now_ms: i64, mark: Mark) -> Self {
        let now = now_ms.saturating_sub(EPOCH_MS).clamp(0, i64::MAX >> COUNTER_BITS) << COUNTER_BITS;
        Self { last: last.max(now), mark }
    }

    pub(crate) fn next(&mut self) -> RecordId {
        self.last += 1;
        self.mark.id(self.last)
    }

    /// The number of the last id made.
    pub(crate) fn last(&self) -> i64 {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::{EPOCH_MS, IdMaker, Mark, NEIGHBOURS, neighbour};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_and_its_id_are_two_names_of_one_thing(number in 0..=i64::MAX, mark: u32, other: u32) {
            let own = Mark::of_file(i64::from(mark));
            let id = own.id(number);
            prop_assert_eq!(own.number(id), Some(number));
            prop_assert_eq!((id.0[6] >> 4, id.0[8] >> 6), (7, 2), "version and variant of a UUIDv7");
            if other != mark {
                prop_assert_eq!(Mark::of_file(i64::from(other)).number(id), None);
            }
        }

        #[test]
        fn ids_are_ordered_as_their_numbers(a in 0..=i64::MAX, b in 0..=i64::MAX) {
            let mark = Mark::of_file(7);
            prop_assert_eq!(a.cmp(&b), mark.id(a).cmp(&mark.id(b)));
        }

        #[test]
        fn sixteen_numbers_in_a_row_are_neighbours(number in 0..i64::MAX - 16, mark: u32) {
            let mark = Mark::of_file(i64::from(mark));
            let first = number & !15;
            for place in 0..NEIGHBOURS {
                prop_assert_eq!(neighbour(mark.id(first + place as i64)), (mark.id(first), place));
            }
        }

        #[test]
        fn bytes_that_are_no_id_have_no_number(bytes: [u8; 16]) {
            let mark = Mark::of_file(7);
            if let Some(number) = mark.number(jc_base::RecordId(bytes)) {
                prop_assert_eq!(mark.id(number).0, bytes);
            }
        }
    }

    #[test]
    fn ids_rise_even_if_the_clock_goes_back() {
        let mark = Mark::of_file(1);
        let mut first = IdMaker::new(0, EPOCH_MS + 5_000, mark);
        let (a, b) = (first.next(), first.next());
        let mut second = IdMaker::new(first.last(), EPOCH_MS - 1, mark);
        let c = second.next();
        assert!(a < b && b < c);
    }
}
