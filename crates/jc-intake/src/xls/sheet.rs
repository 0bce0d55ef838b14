//! The cells of a sheet of an old workbook.

use super::XlsError;
use super::globals::Globals;
use super::records::{Bytes, Record, Records};
use crate::row::{Row, RowBuf, Slot, Strings};
use crate::tally::Tally;
use crate::xlsx::{MOST_MERGES, Merge};
use jc_base::Finding;

/// Why a sheet cannot be read on.
pub(super) enum Stop {
    Xls(XlsError),
    Found(Box<Finding>),
}

impl From<XlsError> for Stop {
    fn from(error: XlsError) -> Self {
        Self::Xls(error)
    }
}

impl From<Box<Finding>> for Stop {
    fn from(finding: Box<Finding>) -> Self {
        Self::Found(finding)
    }
}

/// All cells of a sheet that hold something, in order. Old sheets have at most 65,536 rows.
pub(super) struct Cells {
    cells: Vec<(u16, u16, Slot)>,
    own: String,
    merges: Vec<Merge>,
}

/// Reads the cells from where the sheet begins.
pub(super) fn read(stream: &[u8], globals: &Globals, tally: &mut Tally) -> Result<Cells, Stop> {
    let mut buf = RowBuf::default();
    let mut cells: Vec<(u16, u16, Slot)> = Vec::new();
    let mut merges = Vec::new();
    // Charts inside the sheet are streams of their own within it.
    let mut depth = 0u32;
    // The cell whose formula gives a text, which stands in the next record of its kind.
    let mut awaiting = None;
    for record in (Records { rest: stream }) {
        let Record { kind, data } = record?;
        match kind {
            0x0809 => depth += 1,
            0x000A => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ if depth != 1 => {}
            _ => {
                let mut bytes = Bytes::of(data);
                let before = cells.len();
                match kind {
                    0x00FD => {
                        let (row, column, _) = position(&mut bytes)?;
                        let ix = bytes.u32()?;
                        if ix as usize >= globals.strings.len() {
                            return Err(XlsError::Damaged.into());
                        }
                        if !globals.strings.get(ix).is_empty() {
                            cells.push((row, column, Slot::Shared(ix)));
                        }
                    }
                    0x0204 | 0x00D6 => {
                        let (row, column, _) = position(&mut bytes)?;
                        cells.push((row, column, text(&mut bytes, &mut buf)?));
                    }
                    0x0203 => {
                        let (row, column, style) = position(&mut bytes)?;
                        let number = bytes.f64()?;
                        cells.push((row, column, show(&mut buf, globals, style, number)));
                    }
                    0x027E => {
                        let (row, column, style) = position(&mut bytes)?;
                        let number = rk(bytes.u32()?);
                        cells.push((row, column, show(&mut buf, globals, style, number)));
                    }
                    0x00BD => {
                        let (row, mut column) = (bytes.u16()?, bytes.u16()?);
                        while bytes.left() >= 6 {
                            let (style, number) = (bytes.u16()?, rk(bytes.u32()?));
                            cells.push((row, column, show(&mut buf, globals, style, number)));
                            column = column.saturating_add(1);
                        }
                    }
                    0x0205 => {
                        let (row, column, _) = position(&mut bytes)?;
                        let (value, is_error) = (bytes.u8()?, bytes.u8()? == 1);
                        let slot = if is_error { buf.error(error_text(value)) } else { Slot::Bool(value != 0) };
                        cells.push((row, column, slot));
                    }
                    0x0006 => {
                        let (row, column, style) = position(&mut bytes)?;
                        let result = bytes.raw8()?;
                        let [kind, _, value, _, _, _, 0xFF, 0xFF] = result else {
                            let number = f64::from_le_bytes(result);
                            cells.push((row, column, show(&mut buf, globals, style, number)));
                            continue;
                        };
                        match kind {
                            0 => {
                                if let Some((row, column)) = awaiting.replace((row, column)) {
                                    cells.push((row, column, buf.error(UNSAID)));
                                }
                            }
                            1 => cells.push((row, column, Slot::Bool(value != 0))),
                            2 => cells.push((row, column, buf.error(error_text(value)))),
                            _ => {}
                        }
                    }
                    0x0207 => {
                        if let Some((row, column)) = awaiting.take() {
                            cells.push((row, column, text(&mut bytes, &mut buf)?));
                        }
                    }
                    0x00E5 => {
                        for _ in 0..bytes.u16()? {
                            let rows = (u32::from(bytes.u16()?) + 1, u32::from(bytes.u16()?) + 1);
                            let columns = (usize::from(bytes.u16()?), usize::from(bytes.u16()?));
                            if merges.len() < MOST_MERGES {
                                merges.push(Merge { rows, columns });
                            }
                        }
                    }
                    _ => {}
                }
                for (row, column, _) in cells.get(before..).unwrap_or_default() {
                    tally.column(u32::from(*row) + 1, usize::from(*column))?;
                }
                if cells.len() as u64 > tally.limits.cells {
                    tally.row(1, cells.len())?;
                }
            }
        }
    }
    if let Some((row, column)) = awaiting {
        cells.push((row, column, buf.error(UNSAID)));
    }
    cells.retain(|(_, _, slot)| !matches!(slot, Slot::Empty));
    if !cells.is_sorted_by_key(|(row, column, _)| (*row, *column)) {
        cells.sort_by_key(|(row, column, _)| (*row, *column));
    }
    Ok(Cells { cells, own: buf.own, merges })
}

/// What stands in place of a formula's text that is not there.
const UNSAID: &str = "=?";

fn position(bytes: &mut Bytes<'_>) -> Result<(u16, u16, u16), XlsError> {
    Ok((bytes.u16()?, bytes.u16()?, bytes.u16()?))
}

fn text(bytes: &mut Bytes<'_>, buf: &mut RowBuf) -> Result<Slot, XlsError> {
    let start = buf.mark();
    let count = usize::from(bytes.u16()?);
    bytes.text(count, &mut buf.own)?;
    Ok(buf.text_since(start))
}

fn show(buf: &mut RowBuf, globals: &Globals, style: u16, number: f64) -> Slot {
    let style = globals.styles.get(usize::from(style)).copied().unwrap_or_default();
    buf.number(number, style, globals.epoch_1904)
}

/// A number in four bytes: either a whole one or the upper half of a binary one, perhaps in hundredths.
fn rk(bits: u32) -> f64 {
    let number = if bits & 2 != 0 { f64::from((bits as i32) >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// Hands out the rows.
pub(crate) struct XlsReader<'b> {
    cells: std::iter::Peekable<std::vec::IntoIter<(u16, u16, Slot)>>,
    merges: Vec<Merge>,
    strings: &'b Strings,
    tally: Tally,
    buf: RowBuf,
}

impl<'b> XlsReader<'b> {
    pub(super) fn new(cells: Cells, strings: &'b Strings, tally: Tally) -> Self {
        // The texts of all rows stay in one buffer; only the slots change from row to row.
        let buf = RowBuf { own: cells.own, ..RowBuf::default() };
        Self { cells: cells.cells.into_iter().peekable(), merges: cells.merges, strings, tally, buf }
    }

    /// The next row with something in it.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Box<Finding>> {
        let Some((row, _, _)) = self.cells.peek().copied() else { return Ok(None) };
        self.buf.slots.clear();
        self.buf.number = u32::from(row) + 1;
        while let Some((_, column, slot)) = self.cells.next_if(|(r, _, _)| *r == row) {
            self.buf.put(usize::from(column), slot);
        }
        self.tally.row(self.buf.number, self.buf.slots.len())?;
        Ok(Some(self.buf.row("", self.strings)))
    }

    /// The merged cells.
    pub(crate) fn merges(&self) -> &[Merge] {
        &self.merges
    }
}

#[cfg(test)]
mod tests {
    use super::rk;

    #[test]
    fn short_numbers_are_read() {
        assert_eq!(rk((123 << 2) | 2), 123.0);
        assert_eq!(rk((9926 << 2) | 3), 99.26);
        assert_eq!(rk((-5i32 as u32) << 2 | 2), -5.0);
        assert_eq!(rk((1.5f64.to_bits() >> 32) as u32), 1.5);
    }
}
