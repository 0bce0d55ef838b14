//! The parts of a Word or Excel file, with bounds: the file may be a stranger's.

use super::Unreadable;
use std::io::{Cursor, Read};

/// No part is larger than this once unpacked.
const MOST: u64 = 64 << 20;

pub(super) struct Parts<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        Ok(Self { archive })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(|name| name.into_owned()).collect()
    }

    /// A part's text; nothing if it is not there, too large or no text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let file = self.archive.by_name(name).ok()?;
        let mut text = String::new();
        file.take(MOST).read_to_string(&mut text).ok()?;
        Some(text)
    }
}
