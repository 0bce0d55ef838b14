//! The files of the college: which office sends what, and in which shape.

mod abroad;
mod base;
mod contests;
mod culture;
mod exams;
mod life;
mod party;
mod people;
mod proof;

use crate::SampleFile;
use crate::paper::Cell;
use crate::world::World;

/// All files, referenced ones first.
pub(crate) fn college(seed: u64) -> Vec<SampleFile> {
    let world = World::build(seed);
    let mut files = base::files(seed, &world);
    files.extend(people::files(seed, &world));
    files.extend(contests::files(seed, &world));
    files.extend(exams::files(seed, &world));
    files.extend(party::files(seed, &world));
    files.extend(life::files(seed, &world));
    files.extend(culture::files(seed, &world));
    files.extend(abroad::files(seed, &world));
    files
}

/// A file whose records are verified and need no evidence.
fn plain(name: &str, register: &'static str, bytes: Vec<u8>) -> SampleFile {
    SampleFile { name: name.to_owned(), bytes, register, verify: true, evidence: Vec::new() }
}

/// The running number 序号 in front of a row.
fn running(serial: usize) -> Cell {
    Cell::number(serial as i64)
}
