//! What a hand mistypes: one digit for another, two in each other's place, ten too many.

use crate::exact::Exact;

/// One digit is another, or two neighbours have changed places.
pub(in crate::relate) fn is_slip(a: Exact, b: Exact) -> bool {
    one_digit(a, b) || neighbours(a, b)
}

/// The same, or all digits in another order.
pub(in crate::relate) fn is_mistyped(a: Exact, b: Exact) -> bool {
    is_slip(a, b) || anagram(a, b)
}

/// 218 for 208: one digit is another.
pub(in crate::relate) fn one_digit(a: Exact, b: Exact) -> bool {
    let (Some(a), Some(b)) = (a.as_int(), b.as_int()) else { return false };
    let (a, b) = (a.to_string(), b.to_string());
    a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count() == 1
}

/// 9240 and 9420.
pub(in crate::relate) fn neighbours(a: Exact, b: Exact) -> bool {
    let (Some(a), Some(b)) = (a.as_int(), b.as_int()) else { return false };
    let (a, b) = (a.to_string().into_bytes(), b.to_string().into_bytes());
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|&n| a[n] != b[n]).collect();
    a.len() == b.len() && matches!(differing[..], [x, y] if y == x + 1 && a[x] == b[y] && a[y] == b[x])
}

/// 107 for 97: ten, or a hundred, too much.
pub(in crate::relate) fn carried(a: Exact, b: Exact) -> bool {
    let apart = a.apart(b);
    let apart = apart.and_then(Exact::as_int).map(|apart| apart.to_string()).unwrap_or_default();
    apart.len() >= 2 && apart.starts_with('1') && apart[1..].bytes().all(|digit| digit == b'0')
}

/// 36.18 and 31.86: four digits or more, all the same and in another order.
pub(in crate::relate) fn anagram(a: Exact, b: Exact) -> bool {
    let digits = |value: Exact| -> Option<Vec<u8>> {
        let mut digits = value.as_int()?.to_string().into_bytes();
        digits.sort_unstable();
        Some(digits)
    };
    let first = |value: Exact| value.as_int()?.to_string().into_bytes().first().copied();
    digits(a).zip(digits(b)).is_some_and(|(a, b)| a.len() >= 4 && a == b) && first(a) == first(b)
}

/// 42.72 for 427.2: one nought, or two, too few or too many, of three digits or more.
pub(in crate::relate) fn tenfold(a: Exact, b: Exact) -> bool {
    ten_or_hundred(a, b) && figures(a.min(b)) >= 100
}

/// Is one ten, or a hundred, times the other?
pub(in crate::relate) fn ten_or_hundred(a: Exact, b: Exact) -> bool {
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    matches!(more.over(less).and_then(Exact::as_int), Some(10 | 100))
}

/// The figures of a whole number, without the noughts it ends in; nought where it is none.
pub(in crate::relate) fn figures(value: Exact) -> i128 {
    let mut figures = value.as_int().unwrap_or(0);
    while figures != 0 && figures % 10 == 0 {
        figures /= 10;
    }
    figures
}
