//! A text as squares to be scanned (QR code).

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// A text as squares, ready to draw.
#[derive(Debug)]
pub struct Picture {
    /// Its view box.
    pub view: String,
    /// The path of its dark squares.
    pub path: String,
}

impl Picture {
    /// The squares of a text, with the margin that readers need; nothing if it is too long.
    pub fn of(text: &str) -> Option<Self> {
        const MARGIN: i32 = 4;
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                let _ = write!(path, "M{} {}h1v1h-1z", x + MARGIN, y + MARGIN);
            }
        }
        let side = code.size() + 2 * MARGIN;
        Some(Self { view: format!("0 0 {side} {side}"), path })
    }
}
