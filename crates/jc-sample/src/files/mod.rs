//! The files of the college: which office sends what, and in which shape.

mod abroad;
mod base;
mod bookings;
mod careers;
mod consents;
mod contests;
mod courses;
mod culture;
mod exams;
mod firm_work;
mod follow_ups;
mod goals;
mod growth;
mod life;
mod limits;
mod offers;
mod party;
mod people;
mod proof;
mod quality;
mod research;
mod teaching;

use crate::SampleFile;
use crate::paper::{Cell, Hand};
use crate::world::{Rank, World};

/// All files, referenced ones first.
pub(crate) fn college(seed: u64) -> Vec<SampleFile> {
    let world = World::build(seed);
    let mut files = base::files(seed, &world);
    files.extend(people::files(seed, &world));
    files.extend(consents::files(seed, &world));
    files.extend(follow_ups::files(seed, &world));
    files.extend(contests::files(seed, &world));
    files.extend(exams::files(seed, &world));
    files.extend(party::files(seed, &world));
    files.extend(life::files(seed, &world));
    files.extend(culture::files(seed, &world));
    files.extend(abroad::files(seed, &world));
    files.extend(teaching::files(seed, &world));
    files.extend(bookings::files(seed, &world));
    files.extend(courses::files(seed, &world));
    files.extend(firm_work::files(seed, &world));
    files.extend(research::files(seed, &world));
    files.extend(careers::files(seed, &world));
    files.extend(goals::files());
    files.extend(quality::files());
    files.extend(growth::files(seed, &world));
    files.extend(offers::files(seed, &world));
    files.extend(limits::files(seed, &world));
    // Earlier years that were handed in late come with their register; what is to wait comes last.
    let order: Vec<&str> = files.iter().map(|file| file.register).collect();
    files.sort_by_key(|file| (order.iter().position(|register| *register == file.register), !file.verify));
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

/// A level, in full or without its last character.
fn level_of(hand: &mut Hand, level: Rank) -> Cell {
    let word = level.word();
    hand.word(&[word, word.trim_end_matches('级')])
}

/// The names of staff in one cell.
fn staff_names(hand: &mut Hand, world: &World, staff: &[usize]) -> Cell {
    let names: Vec<String> = staff.iter().map(|&s| world.staff[s].name.clone()).collect();
    hand.list(&names)
}
