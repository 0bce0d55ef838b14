//! The records of an old workbook's stream (MS-XLS): a number, a length, and that many bytes.

use super::XlsError;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// Walks over the records of a stream; ends where the stream does.
pub(super) struct Records<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, XlsError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let record = split(self.rest);
        self.rest = match &record {
            Some((_, rest)) => rest,
            None => &[],
        };
        Some(record.map(|(record, _)| record).ok_or(XlsError::Damaged))
    }
}

fn split(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    let [k0, k1, l0, l1] = *head;
    let (data, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes([l0, l1])))?;
    Some((Record { kind: u16::from_le_bytes([k0, k1]), data }, rest))
}

/// Reads numbers and texts from the bytes of a record and those that continue it.
pub(super) struct Bytes<'a> {
    now: &'a [u8],
    later: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Bytes<'a> {
    /// One record.
    pub(super) fn of(data: &'a [u8]) -> Self {
        Self { now: data, later: Vec::new().into_iter() }
    }

    /// A record and its continuations.
    pub(super) fn continued(data: &'a [u8], later: Vec<&'a [u8]>) -> Self {
        Self { now: data, later: later.into_iter() }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], XlsError> {
        // A number is never split over two records; a text that ends with one leaves it empty.
        if self.now.is_empty() {
            self.now = self.later.next().ok_or(XlsError::Damaged)?;
        }
        let (bytes, rest) = self.now.split_first_chunk::<N>().ok_or(XlsError::Damaged)?;
        self.now = rest;
        Ok(*bytes)
    }

    pub(super) fn u8(&mut self) -> Result<u8, XlsError> {
        self.array::<1>().map(|[b]| b)
    }

    pub(super) fn u16(&mut self) -> Result<u16, XlsError> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, XlsError> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Result<f64, XlsError> {
        self.array().map(f64::from_le_bytes)
    }

    pub(super) fn raw8(&mut self) -> Result<[u8; 8], XlsError> {
        self.array()
    }

    /// How many bytes of the present record are left.
    pub(super) fn left(&self) -> usize {
        self.now.len()
    }

    fn skip(&mut self, mut count: usize) -> Result<(), XlsError> {
        while count > 0 {
            if self.now.is_empty() {
                self.now = self.later.next().ok_or(XlsError::Damaged)?;
            }
            let step = count.min(self.now.len());
            self.now = self.now.get(step..).unwrap_or_default();
            count -= step;
        }
        Ok(())
    }

    /// Appends a text of `count` characters, which begins with its flags. A text that runs over into the next
    /// record has its width told anew there.
    pub(super) fn text(&mut self, count: usize, out: &mut String) -> Result<(), XlsError> {
        let flags = self.u8()?;
        let runs = if flags & 0x08 != 0 { usize::from(self.u16()?) } else { 0 };
        let extra = if flags & 0x04 != 0 { self.u32()? as usize } else { 0 };
        let mut wide = flags & 0x01 != 0;
        let mut units: Vec<u16> = Vec::with_capacity(count.min(1 << 15));
        while units.len() < count {
            if self.now.is_empty() {
                self.now = self.later.next().ok_or(XlsError::Damaged)?;
                wide = self.u8()? & 0x01 != 0;
            }
            let wanted = count - units.len();
            if wide {
                let pairs = self.now.as_chunks::<2>().0;
                let pairs = pairs.get(..wanted.min(pairs.len())).unwrap_or_default();
                if pairs.is_empty() {
                    return Err(XlsError::Damaged);
                }
                units.extend(pairs.iter().map(|pair| u16::from_le_bytes(*pair)));
                self.now = self.now.get(pairs.len() * 2..).unwrap_or_default();
            } else {
                let (bytes, rest) = self.now.split_at(wanted.min(self.now.len()));
                units.extend(bytes.iter().map(|b| u16::from(*b)));
                self.now = rest;
            }
        }
        out.extend(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')));
        self.skip(runs * 4 + extra)
    }
}
