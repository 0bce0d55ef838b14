//! How people write one and the same value.

use super::{Cell, tenths_text};
use crate::rng::Rng;
use jc_base::Date;

/// The hand of whoever fills the sheet.
pub(crate) struct Hand {
    rng: Rng,
    /// How untidy, in per cent of the cells.
    untidy: usize,
}

impl Hand {
    /// A hand for one file.
    pub(crate) fn new(seed: u64, file: &str, untidy: usize) -> Self {
        Self { rng: Rng::new(seed, file), untidy }
    }

    fn slips(&mut self) -> bool {
        self.rng.chance(self.untidy)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.rng.chance(percent)
    }

    /// A person's name: short ones are often padded to the width of three characters.
    pub(crate) fn name(&mut self, name: &str) -> Cell {
        let mut chars = name.chars();
        let padded = match (chars.next(), chars.next(), chars.next()) {
            (Some(first), Some(second), None) if self.slips() || self.slips() => {
                let space = self.rng.word(&["  ", "\u{3000}", " ", "    "]);
                format!("{first}{space}{second}")
            }
            _ => name.to_owned(),
        };
        self.text(&padded)
    }

    /// A text, now and then with a space behind or before it.
    pub(crate) fn text(&mut self, text: &str) -> Cell {
        if text.is_empty() {
            return Cell::Blank;
        }
        if !self.slips() {
            return Cell::text(text);
        }
        match self.rng.below(4) {
            0 => Cell::Text(format!("{text} ")),
            1 => Cell::Text(format!(" {text}")),
            2 => Cell::Text(format!("{text}\u{3000}")),
            _ => Cell::text(text),
        }
    }

    /// One of the ways a word is written.
    pub(crate) fn word(&mut self, ways: &[&str]) -> Cell {
        let word = if self.slips() { *self.rng.pick(ways) } else { ways[0] };
        self.text(word)
    }

    /// A number of digits that is a name, not a quantity (a student number): as text, or as a number.
    pub(crate) fn digits(&mut self, digits: &str) -> Cell {
        match digits.parse() {
            Ok(number) if self.slips() && !digits.starts_with('0') && digits.len() < 12 => Cell::number(number),
            _ => Cell::text(digits),
        }
    }

    /// A long number: always text, sometimes with the apostrophe that keeps it so, or in full width.
    pub(crate) fn long_number(&mut self, number: &str) -> Cell {
        if !self.slips() {
            return Cell::text(number);
        }
        match self.rng.below(4) {
            0 => Cell::Text(format!("'{number}")),
            1 => Cell::Text(wide(number)),
            2 => Cell::Text(number.to_lowercase()),
            _ => Cell::Text(format!("{number} ")),
        }
    }

    /// A telephone number.
    pub(crate) fn phone(&mut self, phone: &str) -> Cell {
        if !self.slips() {
            return Cell::text(phone);
        }
        match self.rng.below(4) {
            0 => self.digits(phone),
            1 if phone.len() == 11 => Cell::Text(format!("{} {} {}", &phone[..3], &phone[3..7], &phone[7..])),
            2 if phone.len() == 11 => Cell::Text(format!("{}-{}-{}", &phone[..3], &phone[3..7], &phone[7..])),
            _ => Cell::text(phone),
        }
    }

    /// A day, in one of the forms in use.
    pub(crate) fn date(&mut self, date: Date) -> Cell {
        if !self.slips() {
            return Cell::Date(date);
        }
        let (year, month, day) = (date.year(), date.month(), date.day());
        Cell::Text(match self.rng.below(8) {
            0 => format!("{year}.{month}.{day}"),
            1 => format!("{year}/{month}/{day}"),
            2 => format!("{year}年{month}月{day}日"),
            3 => format!("{year}{month:02}{day:02}"),
            4 => wide(&date.to_string()),
            5 => format!("{date} 00:00:00"),
            6 => format!("{year}年{month}月{day}号"),
            _ => date.to_string(),
        })
    }

    /// Yes or no.
    pub(crate) fn yes_no(&mut self, yes: bool) -> Cell {
        let ways: &[&str] = if yes { &["是", "√", "是 ", "有", "Y"] } else { &["否", "×", "无", "N"] };
        // 无 says “unknown” rather than “no” to some readers: an office that means no writes no.
        let ways = if yes { ways } else { &ways[..2] };
        self.word(ways)
    }

    /// A quantity: as a number, as text, with a unit's sign, in full width.
    pub(crate) fn quantity(&mut self, tenths: i64) -> Cell {
        if !self.slips() {
            return Cell::Tenths(tenths);
        }
        let plain = tenths_text(tenths);
        match self.rng.below(4) {
            0 => Cell::Text(wide(&plain)),
            1 => Cell::Text(grouped(&plain)),
            2 => Cell::Text(format!(" {plain}")),
            _ => Cell::Text(plain),
        }
    }

    /// A whole number, or that nobody counted.
    pub(crate) fn count(&mut self, number: Option<i64>) -> Cell {
        match number {
            Some(number) => self.quantity(number * 10),
            None => self.unknown(),
        }
    }

    /// A quantity, or that nobody knows it.
    pub(crate) fn known(&mut self, tenths: Option<i64>) -> Cell {
        match tenths {
            Some(tenths) => self.quantity(tenths),
            None => self.unknown(),
        }
    }

    /// Something nobody knows: left open, or said so.
    pub(crate) fn unknown(&mut self) -> Cell {
        match self.rng.below(4) {
            0 => Cell::text("不详"),
            1 => Cell::text("—"),
            2 => Cell::text("/"),
            _ => Cell::Blank,
        }
    }

    /// Several names or numbers in one cell, set apart in one of the usual ways.
    pub(crate) fn list(&mut self, items: &[String]) -> Cell {
        if items.is_empty() {
            return Cell::Blank;
        }
        let between = if self.slips() { self.rng.word(&["，", ",", "；", "、 "]) } else { "、" };
        Cell::Text(items.join(between))
    }
}

/// The full-width form of ASCII.
pub(crate) fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// `3,000`
fn grouped(plain: &str) -> String {
    let (whole, part) = plain.split_once('.').map_or((plain, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::new();
    for (place, c) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    part.map_or(out.clone(), |part| format!("{out}.{part}"))
}

/// A heading with the spaces people put between two characters to make it look wider.
pub(crate) fn grey(heading: &str) -> String {
    let chars: Vec<char> = heading.chars().collect();
    match chars[..] {
        [first, second] => format!("{first}  {second}"),
        _ => heading.to_owned(),
    }
}
