//! What the sheets of an old workbook share: names, formats, strings.

use super::XlsError;
use super::records::{Bytes, Record, Records};
use crate::limits::Limits;
use crate::number::NumberStyle;
use crate::row::Strings;
use std::collections::HashMap;

/// Names, formats and strings.
#[derive(Default)]
pub(crate) struct Globals {
    pub(crate) sheets: Vec<XlsSheet>,
    pub(super) styles: Vec<NumberStyle>,
    pub(super) strings: Strings,
    pub(super) epoch_1904: bool,
}

/// A sheet and where it begins in the stream.
pub(crate) struct XlsSheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    pub(super) position: usize,
}

pub(super) fn read(stream: &[u8], limits: &Limits) -> Result<Globals, XlsError> {
    let mut out = Globals::default();
    let mut formats = HashMap::new();
    let mut style_formats = Vec::new();
    let mut records = Records { rest: stream }.peekable();
    let mut begun = false;
    while let Some(record) = records.next() {
        let Record { kind, data } = record?;
        let mut bytes = Bytes::of(data);
        match kind {
            0x0809 if !begun => {
                if bytes.u16()? != 0x0600 {
                    return Err(XlsError::TooOld);
                }
                begun = true;
            }
            _ if !begun => return Err(XlsError::TooOld),
            0x002F => return Err(XlsError::Encrypted),
            0x0022 => out.epoch_1904 = bytes.u16()? == 1,
            0x041E => {
                let id = bytes.u16()?;
                let count = usize::from(bytes.u16()?);
                let mut code = String::new();
                bytes.text(count, &mut code)?;
                formats.insert(id, NumberStyle::of(&code));
            }
            0x00E0 => {
                bytes.u16()?;
                style_formats.push(bytes.u16()?);
            }
            0x0085 => {
                let position = bytes.u32()? as usize;
                let hidden = bytes.u8()? & 0x3 != 0;
                let is_sheet = bytes.u8()? == 0;
                let count = usize::from(bytes.u8()?);
                let mut name = String::new();
                bytes.text(count, &mut name)?;
                name.retain(|c| c != '\0');
                if is_sheet {
                    out.sheets.push(XlsSheet { name, hidden, position });
                }
            }
            0x00FC => {
                let mut later = Vec::new();
                while let Some(Ok(next)) = records.next_if(|next| next.is_ok_and(|next| next.kind == 0x003C)) {
                    later.push(next.data);
                }
                out.strings = strings(Bytes::continued(data, later), limits.cell_chars)?;
            }
            0x000A => break,
            _ => {}
        }
    }
    if !begun {
        return Err(XlsError::Damaged);
    }
    out.styles = style_formats
        .into_iter()
        .map(|id| formats.get(&id).copied().unwrap_or_else(|| NumberStyle::builtin(u32::from(id))))
        .collect();
    Ok(out)
}

/// The strings kept once. Their number is as declared, but each takes bytes that must be there.
fn strings(mut bytes: Bytes<'_>, most: usize) -> Result<Strings, XlsError> {
    let mut out = Strings::default();
    bytes.u32()?;
    let count = bytes.u32()?;
    for _ in 0..count {
        let length = usize::from(bytes.u16()?);
        if length > most {
            return Err(XlsError::TooLong);
        }
        bytes.text(length, out.text_mut())?;
        if !out.close() {
            return Err(XlsError::Damaged);
        }
    }
    Ok(out)
}
