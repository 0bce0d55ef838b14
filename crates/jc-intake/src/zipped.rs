//! Zip containers of strangers: looked over before anything is unpacked, and metered while it is.

use crate::codes;
use crate::limits::Limits;
use crate::site::Site;
use jc_base::Finding;
use std::io::{Cursor, ErrorKind, Read};
use zip::ZipArchive;
use zip::read::ZipFile;

/// A container that has passed the outer checks.
pub(crate) type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// Opens a container: number, names and encryption of its parts are checked; sizes are not, since they may lie.
pub(crate) fn open(bytes: Vec<u8>, limits: &Limits, site: &Site) -> Result<Archive, Box<Finding>> {
    // The directory is counted in the bytes first: reading it takes memory for each entry.
    let entries = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
    if entries > limits.zip_entries {
        return Err(Box::new(site.whole_error(codes::TOO_MANY_PARTS).with("most", limits.zip_entries)));
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| site.damaged("zip"))?;
    let odd = |part: &str| Err(Box::new(site.whole_error(codes::ODD_CONTAINER).with("part", crate::site::quote(part))));
    if archive.has_duplicate_names() {
        return odd("zip");
    }
    for at in 0..archive.len() {
        let entry = archive.by_index_data(at).map_err(|_| site.damaged("zip"))?;
        let Ok(name) = entry.name() else { return odd("zip") };
        if entry.encrypted() {
            return Err(Box::new(site.whole_error(codes::ENCRYPTED)));
        }
        let climbs = name.split(['/', '\\']).any(|step| step == "..");
        if climbs || name.starts_with(['/', '\\']) || name.contains(':') || entry.is_symlink() {
            return odd(&name);
        }
    }
    Ok(archive)
}

/// The name of a part as it stands in the container; names are the same whatever their case.
pub(crate) fn find(archive: &Archive, name: &str) -> Option<usize> {
    let name = name.trim_start_matches('/');
    archive.index_for_name(name).or_else(|| {
        (0..archive.len()).find(|at| {
            archive.name_for_index(*at).is_some_and(|found| found.is_ok_and(|found| found.eq_ignore_ascii_case(name)))
        })
    })
}

/// Reads a part while counting what really comes out of it.
pub(crate) struct Metered<'z> {
    part: ZipFile<'z, Cursor<Vec<u8>>>,
    left: u64,
}

impl<'z> Metered<'z> {
    /// Begins to read a part; at most `left` bytes may come out.
    pub(crate) fn new(archive: &'z mut Archive, at: usize, left: u64) -> Option<Self> {
        archive.by_index(at).ok().map(|part| Self { part, left })
    }

    /// How many more bytes may come out.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let read = self.part.read(buf)?;
        self.left = self.left.checked_sub(read as u64).ok_or(ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}
