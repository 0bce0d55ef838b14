//! Changes an input at random, but always the same way.

/// Random numbers that are the same in every run (splitmix64).
pub struct Chance(u64);

/// Bytes and numbers at which readers often stumble.
const EDGES: [&[u8]; 14] = [
    b"\0",
    b"\xFF",
    b"\xFF\xFF",
    b"\x7F\xFF",
    b"\xFF\xFF\xFF\xFF",
    b"\xFF\xFF\xFF\x7F",
    b"\0\0\0\0",
    b"\xED\xA0\x80",
    b"\xEF\xBB\xBF",
    b"\xF0\xA0\xAE\xB7",
    b"-1",
    b"99999999999999999999",
    b"\"",
    b"\r\n",
];

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below a bound; 0 if there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() % bound as u64) as usize }
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(all.len());
        all.get(at)
    }

    /// A seed with a few changes.
    pub fn change(&mut self, seeds: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
        let mut input = self.of(seeds).cloned().unwrap_or_default();
        for _ in 0..=self.below(6) {
            self.change_once(&mut input, seeds, words);
        }
        input
    }

    fn change_once(&mut self, input: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&str]) {
        let (from, length) = (self.below(input.len() + 1), self.below(32));
        let to = (from + length).min(input.len());
        match self.below(9) {
            0 => drop(input.drain(from..to)),
            1 => {
                let piece = input[from..to].to_vec();
                let at = self.below(input.len() + 1);
                input.splice(at..at, piece);
            }
            2 => {
                if let Some(byte) = input.get_mut(from) {
                    *byte ^= 1 << self.below(8);
                }
            }
            3 => {
                if let Some(edge) = self.of(&EDGES) {
                    input.splice(from..to.min(from + edge.len()), edge.iter().copied());
                }
            }
            4 => {
                if let Some(edge) = self.of(&EDGES) {
                    input.splice(from..from, edge.iter().copied());
                }
            }
            5 => {
                let other = self.of(seeds).cloned().unwrap_or_default();
                let start = self.below(other.len());
                let end = (start + self.below(200)).min(other.len());
                input.splice(from..to, other[start..end].iter().copied());
            }
            6 => input.truncate(from),
            7 if !input.is_empty() => {
                let piece = input[from..to].to_vec();
                let times = self.below(200);
                input.splice(from..from, piece.repeat(times));
            }
            _ => {
                if let Some(word) = self.of(words) {
                    input.splice(from..to, word.bytes());
                }
            }
        }
    }
}
