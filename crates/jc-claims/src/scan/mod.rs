//! Finds the numbers in a layout: what each says and how far it reaches.
//!
//! Each form of number is tried at each place, the most particular first: dates, ordinals, grades, shares written
//! in words, ratios, medals, then plain amounts with a unit. What fits none of them is no claim.

mod amounts;
mod dates;
mod forms;
mod unmeasured;

use jc_text::numerals::is_chinese_numeral;

use crate::document::{Bound, Kind, Numeral};
use crate::exact::Exact;
use crate::layout::Layout;

/// A number as it stands, before anything is known of its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
    pub value: Option<Exact>,
    pub min: Option<Exact>,
    pub max: Option<Exact>,
    pub bound: Bound,
    pub step: Exact,
    pub decimals: u8,
    pub unit: String,
    pub kind: Kind,
    pub numeral: Numeral,
    /// The medal or mark counted: 金, 优.
    pub grade: String,
    pub terms: Vec<Exact>,
    /// Calendar years a date names.
    pub years: Vec<i32>,
}

impl Found {
    /// An exact number.
    pub fn exact(start: usize, end: usize, value: Exact, unit: &str, kind: Kind, numeral: Numeral) -> Found {
        Found {
            start,
            end,
            value: Some(value),
            min: Some(value),
            max: Some(value),
            bound: Bound::Exact,
            step: Exact::int(1).expect("one is small"),
            decimals: 0,
            unit: unit.to_string(),
            kind,
            numeral,
            grade: String::new(),
            terms: Vec::new(),
            years: Vec::new(),
        }
    }
}

/// What the scanners look at.
pub(crate) struct Scan<'a> {
    pub layout: &'a Layout,
    pub mask: &'a [bool],
    /// For each character where the paragraph ends, or the next masked one stands.
    stops: Vec<usize>,
}

impl Scan<'_> {
    /// The characters from `at` to the end of the paragraph or to the next masked one.
    fn rest(&self, at: usize) -> &[char] {
        self.stops.get(at).map_or(&[], |&stop| &self.layout.chars[at..stop.max(at)])
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).map(|n| self.layout.chars[n])
    }

    fn at(&self, at: usize) -> Option<char> {
        self.layout.chars.get(at).copied()
    }
}

/// All numbers of the layout that are not masked, in order, none overlapping.
pub(crate) fn scan(layout: &Layout, mask: &[bool]) -> Vec<Found> {
    let mut stops = vec![layout.chars.len(); layout.chars.len()];
    for at in (0..layout.chars.len()).rev() {
        let next = stops.get(at + 1).copied().unwrap_or(layout.chars.len());
        stops[at] = if layout.chars[at] == '\n' || mask[at] { at } else { next };
    }
    let scan = Scan { layout, mask, stops };
    let mut all: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < layout.chars.len() {
        if mask[at] {
            at += 1;
            continue;
        }
        let found = dates::date(&scan, at)
            .or_else(|| forms::ordinal(&scan, at))
            .or_else(|| forms::grade(&scan, at))
            .or_else(|| forms::share_in_words(&scan, at))
            .or_else(|| forms::doubling(&scan, at))
            .or_else(|| forms::ratio(&scan, at))
            .or_else(|| forms::medal(&scan, at))
            .or_else(|| forms::lasting(&scan, at))
            .or_else(|| amounts::amount(&scan, at));
        match found {
            Some(found) => {
                at = found.end.max(at + 1);
                if all.last().is_none_or(|last| last.end <= found.start) {
                    all.push(found);
                }
            }
            None => at = past_run(&layout.chars, at),
        }
    }
    unmeasured::take_over(layout, &mut all);
    let keep: Vec<bool> = all.iter().map(|found| !amounts::idle_one(&scan, found, &all)).collect();
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().expect("one flag a number"));
    all
}

/// Behind a run that is no number, so that its tail is not taken for one: `ISO9001`, `3vs3`, `十百千`.
fn past_run(chars: &[char], at: usize) -> usize {
    let c = chars[at];
    let run = |fits: fn(char) -> bool| chars[at..].iter().take_while(|&&c| fits(c)).count();
    // 无线AP3260个: the letters are a word of their own where so many things are counted.
    let letters = run(|c| c.is_ascii_uppercase());
    let digits = chars[at + letters..].iter().take_while(|c| c.is_ascii_digit()).count();
    let counted = chars.get(at + letters + digits).is_some_and(|c| "个台套".contains(*c));
    if letters >= 2 && digits >= 2 && counted {
        return at + letters;
    }
    if c.is_ascii_alphabetic() {
        at + run(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+'))
    } else if c.is_ascii_digit() {
        let end = at + run(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        if chars.get(end).is_some_and(|c| c.is_ascii_alphabetic()) { past_run(chars, end) } else { end }
    } else if is_chinese_numeral(c) {
        at + run(is_chinese_numeral)
    } else {
        at + 1
    }
}
