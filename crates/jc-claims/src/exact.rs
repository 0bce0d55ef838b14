//! Exact fractions: every amount, share and growth in this crate is one.

use std::cmp::Ordering;
use std::fmt;

use jc_text::decimal::{Decimal, power_of_ten};

/// Larger numerators or denominators are refused, so that a product of two always fits an `i128`.
const LIMIT: i128 = 1_000_000_000_000_000_000;

/// A reduced fraction with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exact {
    num: i128,
    den: i128,
}

impl Exact {
    /// Nought.
    pub const ZERO: Exact = Exact { num: 0, den: 1 };

    /// `num / den`, reduced; nothing for a denominator of nought or beyond 10^18.
    pub fn new(num: i128, den: i128) -> Option<Exact> {
        if den == 0 {
            return None;
        }
        let by = gcd(num.unsigned_abs(), den.unsigned_abs());
        let by = i128::try_from(by).ok()?.max(1) * den.signum();
        let (num, den) = (num / by, den / by);
        (num.abs() <= LIMIT && den <= LIMIT).then_some(Exact { num, den })
    }

    /// A whole number; nothing beyond 10^18.
    pub fn int(value: i128) -> Option<Exact> {
        Exact::new(value, 1)
    }

    /// A small whole number.
    pub const fn whole(value: i32) -> Exact {
        Exact { num: value as i128, den: 1 }
    }

    /// The amount of a printed decimal.
    pub fn from_decimal(value: Decimal) -> Option<Exact> {
        let (num, den) = value.ratio();
        Exact::new(num, den)
    }

    /// The numerator of the reduced fraction.
    pub fn num(self) -> i128 {
        self.num
    }

    /// The denominator of the reduced fraction, always positive.
    pub fn den(self) -> i128 {
        self.den
    }

    /// The value as a whole number, if it is one.
    pub fn as_int(self) -> Option<i128> {
        (self.den == 1).then_some(self.num)
    }

    /// The sum; nothing if it grows beyond what we keep.
    pub fn plus(self, other: Exact) -> Option<Exact> {
        Exact::new(self.num * other.den + other.num * self.den, self.den.checked_mul(other.den)?)
    }

    /// The difference; nothing if it grows beyond what we keep.
    pub fn minus(self, other: Exact) -> Option<Exact> {
        self.plus(Exact { num: -other.num, den: other.den })
    }

    /// How far apart the two are; nothing if that grows beyond what we keep.
    pub fn apart(self, other: Exact) -> Option<Exact> {
        if self < other { other.minus(self) } else { self.minus(other) }
    }

    /// The product; nothing if it grows beyond what we keep.
    pub fn times(self, other: Exact) -> Option<Exact> {
        Exact::new(self.num * other.num, self.den * other.den)
    }

    /// The quotient; nothing for a divisor of nought.
    pub fn over(self, other: Exact) -> Option<Exact> {
        Exact::new(self.num * other.den, self.den * other.num)
    }

    /// `self` as a percentage of `whole`.
    pub fn percent_of(self, whole: Exact) -> Option<Exact> {
        self.times(Exact { num: 100, den: 1 })?.over(whole)
    }

    /// Rounded half up (away from zero for negative values) to so many decimals.
    pub fn round(self, decimals: u8) -> Option<Decimal> {
        let scaled = self.num.abs().checked_mul(power_of_ten(decimals)?)?;
        let digits = (scaled.checked_mul(2)? + self.den) / (2 * self.den);
        Some(Decimal { digits: digits * self.num.signum(), scale: decimals })
    }

    /// Rounded to at most so many decimals, closing noughts dropped: for words people read.
    pub fn show(self, decimals: u8) -> String {
        self.round(decimals).map_or_else(|| self.to_string(), |d| d.shortest().to_string())
    }

    /// The nearest floating-point number: for JSON only, never to calculate with.
    pub fn to_json(self) -> serde_json::Value {
        match self.as_int().and_then(|v| i64::try_from(v).ok()) {
            Some(whole) => whole.into(),
            // The printed decimal parses to the nearest double; dividing two doubles could miss it by one step.
            None => self.show(10).parse::<f64>().map_or(serde_json::Value::Null, Into::into),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        (self.num * other.den).cmp(&(other.num * self.den))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { write!(f, "{}", self.num) } else { write!(f, "{}/{}", self.num, self.den) }
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rounds_half_up() {
        let show = |num, den, decimals| Exact::new(num, den).unwrap().round(decimals).unwrap().to_string();
        assert_eq!(show(40400, 407, 2), "99.26");
        assert_eq!(show(1, 8, 2), "0.13");
        assert_eq!(show(-1, 8, 2), "-0.13");
        assert_eq!(show(5, 2, 0), "3");
        assert_eq!(Exact::new(200, 3).unwrap().to_json().to_string(), "66.6666666667");
        assert_eq!(Exact::new(9926, 100).unwrap().to_json().to_string(), "99.26");
    }

    proptest! {
        #[test]
        fn adds_and_takes_away(a in -10_000i128..10_000, b in 1i128..1000, c in -10_000i128..10_000, d in 1i128..1000) {
            let (x, y) = (Exact::new(a, b).unwrap(), Exact::new(c, d).unwrap());
            prop_assert_eq!(x.plus(y).unwrap().minus(y), Some(x));
            prop_assert_eq!(x < y, a * d < c * b);
        }
    }
}
