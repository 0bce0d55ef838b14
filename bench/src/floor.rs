//! The hand-written equivalent: parse, check every row, store; no accounts, history, audit, pages or figures.

use rusqlite::{Connection, params};
use std::collections::HashSet;
use std::path::Path;

fn day(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else { return false };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    (1..=12).contains(&month) && (1..=days[month as usize - 1]).contains(&day)
}

fn id_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    bytes.len() == 18
        && bytes[..17].iter().all(u8::is_ascii_digit)
        && b"10X98765432"[bytes.iter().zip(weights).map(|(d, w)| usize::from(d - b'0') * w).sum::<usize>() % 11]
            == bytes[17]
}

/// Imports both files of a folder and prints how many rows are wrong.
pub fn run(folder: &Path) {
    let work = || -> Result<usize, Box<dyn std::error::Error>> {
        let db = Connection::open(folder.join("floor.db"))?;
        db.execute_batch(
            "pragma journal_mode=wal; pragma synchronous=normal; pragma cache_size=-200000;
             create table people(a text primary key, b, c, d, e, f, g, h) without rowid;
             create table services(a text primary key, b, c, d, e, f) without rowid; begin",
        )?;
        let (mut known, mut seen, mut wrong) = (HashSet::new(), HashSet::new(), 0);
        let mut insert = db.prepare("insert into people values (?,?,?,?,?,?,?,?)")?;
        for row in csv::Reader::from_path(folder.join("people.csv"))?.records() {
            let row = row?;
            if !id_number(&row[2]) || !day(&row[3]) || !day(&row[6]) || !known.insert(row[0].to_owned()) {
                wrong += 1;
                continue;
            }
            insert.execute(params![&row[0], &row[1], &row[2], &row[3], &row[4], &row[5], &row[6], &row[7]])?;
        }
        let mut insert = db.prepare("insert into services values (?,?,?,?,?,?)")?;
        for row in csv::Reader::from_path(folder.join("services.csv"))?.records() {
            let row = row?;
            if !known.contains(&row[1]) || !day(&row[3]) || !seen.insert(row[0].to_owned()) {
                wrong += 1;
                continue;
            }
            insert.execute(params![&row[0], &row[1], &row[2], &row[3], &row[4], &row[5]])?;
        }
        db.execute_batch("commit")?;
        Ok(wrong)
    };
    match work() {
        Ok(wrong) => println!("{wrong}"),
        Err(error) => eprintln!("floor: {error}"),
    }
}
