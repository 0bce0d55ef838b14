//! A chapter's code as a square that phones read.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// The dark squares of a text's code, row by row; nothing if it is too long for one.
pub(crate) fn squares(text: &str) -> Option<Vec<Vec<bool>>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    Some((0..side).map(|y| (0..side).map(|x| code.get_module(x, y)).collect()).collect())
}

/// The code as one SVG element, four quiet squares around it.
pub(crate) fn svg(text: &str, says: &str) -> Option<String> {
    let squares = squares(text)?;
    let side = squares.len() + 8;
    let mut way = String::new();
    for (y, row) in squares.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            let _ = write!(way, "M{} {}h1v1h-1z", x + 4, y + 4);
        }
    }
    let says = crate::chart::escape(says);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\" role=\"img\" aria-label=\"{says}\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{way}\" fill=\"#000\"/></svg>"
    ))
}

/// The address a chapter's code leads to; the code alone where no address is known.
pub(crate) fn address(base: &str, code: &str) -> String {
    format!("{base}{code}")
}
