//! Exact numbers: figures never pass through binary floating point.

use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i128,
    den: i128,
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ratio {
    /// `num / den`; nothing if `den` is zero.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs()).max(1) as i128;
        let sign = if den < 0 { -1 } else { 1 };
        Some(Self { num: sign * (num / divisor), den: sign * (den / divisor) })
    }

    /// A whole number.
    pub fn whole(number: i128) -> Self {
        Self { num: number, den: 1 }
    }

    /// The numerator, in lowest terms, carrying the sign.
    pub fn num(self) -> i128 {
        self.num
    }

    /// The denominator, in lowest terms, positive.
    pub fn den(self) -> i128 {
        self.den
    }

    /// The sum; nothing on overflow.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.minus(Self { num: other.num.checked_neg()?, den: other.den })
    }

    /// The difference; nothing on overflow.
    pub fn minus(self, other: Self) -> Option<Self> {
        let left = self.num.checked_mul(other.den)?;
        let right = other.num.checked_mul(self.den)?;
        Self::new(left.checked_sub(right)?, self.den.checked_mul(other.den)?)
    }

    /// The product; nothing on overflow.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(self.num.checked_mul(other.num)?, self.den.checked_mul(other.den)?)
    }

    /// The quotient; nothing if `other` is zero or on overflow.
    pub fn over(self, other: Self) -> Option<Self> {
        Self::new(self.num.checked_mul(other.den)?, self.den.checked_mul(other.num)?)
    }

    /// The value in steps of 10^-`decimals`, rounded half away from zero 四舍五入.
    pub fn rounded(self, decimals: u8) -> i128 {
        let scaled = self.num.saturating_mul(10i128.pow(u32::from(decimals)));
        let whole = scaled / self.den;
        let rest = (scaled % self.den).unsigned_abs();
        if rest * 2 >= self.den.unsigned_abs() { whole + scaled.signum() } else { whole }
    }

    /// The value printed with `decimals` places, rounded half away from zero: `99.26`.
    pub fn print(self, decimals: u8) -> String {
        let steps = self.rounded(decimals);
        let sign = if steps < 0 { "-" } else { "" };
        let digits = steps.unsigned_abs().to_string();
        let places = usize::from(decimals);
        if places == 0 {
            return format!("{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, part) = padded.split_at(padded.len() - places);
        format!("{sign}{whole}.{part}")
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { write!(f, "{}", self.num) } else { write!(f, "{}/{}", self.num, self.den) }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.num.saturating_mul(other.den)).cmp(&other.num.saturating_mul(self.den))
    }
}

#[cfg(test)]
mod tests {
    use super::Ratio;
    use proptest::prelude::*;

    fn percent(num: i128, den: i128, decimals: u8) -> String {
        Ratio::new(num * 100, den).expect("a base").print(decimals)
    }

    #[test]
    fn rates_print_as_the_school_prints_them() {
        assert_eq!(percent(404, 407, 2), "99.26");
        assert_eq!(percent(389, 407, 2), "95.58");
        assert_eq!(percent(84, 88, 1), "95.5");
        assert_eq!(percent(1, 8, 2), "12.50");
        assert_eq!(percent(1, 200, 0), "1");
        assert_eq!(percent(-1, 200, 0), "-1");
        assert_eq!(percent(1, 2000, 1), "0.1");
        assert_eq!(Ratio::new(1, 0), None);
    }

    proptest! {
        #[test]
        fn printing_is_the_nearest_step(num in -1_000_000i128..1_000_000, den in 1i128..10_000, decimals in 0u8..4) {
            let ratio = Ratio::new(num, den).expect("a base");
            let steps = ratio.rounded(decimals);
            let scale = 10i128.pow(u32::from(decimals));
            // |steps/scale - num/den| <= 1/(2 scale), without dividing.
            prop_assert!((2 * (steps * den - num * scale)).abs() <= den);
        }
    }
}
