//! Made-up sentences with what a careful reader would note beside them: the measuring stick of this crate.
//!
//! Nothing here calls the checker or what it is built on: numbers are written out, rounded and bounded by code of
//! their own ([`numbers`]), sentences are filled from frames ([`reading`], [`arithmetic`]), and the tests only then
//! hold the checker's answer against what was written.

mod arithmetic;
mod decoys;
mod numbers;
pub mod reading;

pub use numbers::{Micro, Written};

/// A small generator of numbers that gives the same row on every machine (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from `least` to `most`, both included.
    pub fn from(&mut self, least: i128, most: i128) -> i128 {
        least + i128::from(self.next()) % (most - least + 1)
    }

    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[usize::try_from(self.from(0, all.len() as i128 - 1)).unwrap()]
    }

    pub fn one_in(&mut self, n: i128) -> bool {
        self.from(1, n) == 1
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, usize::try_from(self.from(0, at as i128)).unwrap());
        }
    }
}

/// A number in a text: where it stands, in characters, and what it says.
#[derive(Clone, Debug)]
pub struct Gold {
    pub start: usize,
    pub end: usize,
    pub written: Written,
}

/// A text with its numbers and with the places where none may be seen.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub text: String,
    pub golds: Vec<Gold>,
    /// Numerals that count nothing.
    pub decoys: Vec<(usize, usize)>,
    /// Dates, grades, conditions: found or not, both are right.
    pub aux: Vec<(usize, usize)>,
}

impl Sentence {
    fn chars(&self) -> usize {
        self.text.chars().count()
    }

    pub fn say(&mut self, words: &str) {
        self.text.push_str(words);
    }

    pub fn number(&mut self, written: Written) {
        let start = self.chars();
        self.text.push_str(&written.text);
        self.golds.push(Gold { start, end: self.chars(), written });
    }

    pub fn decoy(&mut self, words: &str) {
        let start = self.chars();
        self.text.push_str(words);
        self.decoys.push((start, self.chars()));
    }

    pub fn aside(&mut self, words: &str) {
        let start = self.chars();
        self.text.push_str(words);
        self.aux.push((start, self.chars()));
    }

    /// Both texts, one behind the other.
    pub fn then(mut self, other: &Sentence) -> Sentence {
        let by = self.chars();
        self.text.push_str(&other.text);
        let moved = |&(a, b): &(usize, usize)| (a + by, b + by);
        self.golds.extend(other.golds.iter().map(|g| Gold { start: g.start + by, end: g.end + by, ..g.clone() }));
        self.decoys.extend(other.decoys.iter().map(moved));
        self.aux.extend(other.aux.iter().map(moved));
        self
    }

    /// The frame's parts: words and `{slots}`, in order.
    pub fn fill(frame: &str, mut slot: impl FnMut(&mut Sentence, &str)) -> Sentence {
        let mut it = Sentence::default();
        for part in frame.split('{') {
            match part.split_once('}') {
                Some((name, words)) => {
                    slot(&mut it, name);
                    it.say(words);
                }
                None => it.say(part),
            }
        }
        it
    }
}
