//! Exact decimal numbers as people print them: digits and a number of decimals.

use std::cmp::Ordering;
use std::fmt;

/// Powers of ten that fit, so that scaling never loops.
const MAX_SCALE: u8 = 30;

/// A number exactly as printed: `digits / 10^scale`.
///
/// `95.50` is `{ digits: 9550, scale: 2 }`: the printed decimals are kept, since a rate printed with two
/// decimals promises more than one printed with none. Two decimals are *equal* when their digits and their
/// scale are; use [`Decimal::compare`] to compare the amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits without the point, with their sign.
    pub digits: i128,
    /// How many of them stand behind the point.
    pub scale: u8,
}

impl Decimal {
    /// Nought without decimals.
    pub const ZERO: Decimal = Decimal { digits: 0, scale: 0 };

    /// A whole number.
    pub const fn from_int(value: i128) -> Decimal {
        Decimal { digits: value, scale: 0 }
    }

    /// The same amount times `10^power`; nothing if it does not fit.
    ///
    /// Decimals are used up first: `1.25` times `10^4` is `12500` without decimals.
    pub fn times_power_of_ten(self, power: u8) -> Option<Decimal> {
        let taken = power.min(self.scale);
        let digits = self.digits.checked_mul(power_of_ten(power - taken)?)?;
        Some(Decimal { digits, scale: self.scale - taken })
    }

    /// The sum, with the larger number of decimals; nothing if it does not fit.
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let digits = self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?;
        Some(Decimal { digits, scale })
    }

    /// Numerator and denominator, not reduced.
    pub fn ratio(self) -> (i128, i128) {
        (self.digits, power_of_ten(self.scale).expect("a scale is at most MAX_SCALE"))
    }

    /// The value as a whole number, if it is one (`3.00` is).
    pub fn as_int(self) -> Option<i128> {
        let (num, den) = self.ratio();
        (num % den == 0).then(|| num / den)
    }

    /// The same amount without closing noughts behind the point.
    pub fn shortest(self) -> Decimal {
        let mut it = self;
        while it.scale > 0 && it.digits % 10 == 0 {
            it = Decimal { digits: it.digits / 10, scale: it.scale - 1 };
        }
        it
    }

    /// Which amount is larger, whatever the decimals printed.
    pub fn compare(self, other: Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at_scale(scale), other.at_scale(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // One of the two is so large that it only overflows because of the other's decimals: its whole part decides.
            _ => self.whole().cmp(&other.whole()),
        }
    }

    fn whole(self) -> i128 {
        let (num, den) = self.ratio();
        num / den
    }

    fn at_scale(self, scale: u8) -> Option<i128> {
        self.digits.checked_mul(power_of_ten(scale.checked_sub(self.scale)?)?)
    }
}

/// `10^power`, if it fits the width we calculate in.
pub fn power_of_ten(power: u8) -> Option<i128> {
    (power <= MAX_SCALE).then(|| 10i128.pow(u32::from(power)))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (num, den) = self.ratio();
        let sign = if num < 0 { "-" } else { "" };
        let (whole, rest) = (num.unsigned_abs() / den.unsigned_abs(), num.unsigned_abs() % den.unsigned_abs());
        if self.scale == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{rest:0width$}", width = usize::from(self.scale))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_printed_decimals() {
        let it = Decimal { digits: 9550, scale: 2 };
        assert_eq!(it.to_string(), "95.50");
        assert_eq!(it.shortest().to_string(), "95.5");
        assert_eq!(it.compare(Decimal { digits: 955, scale: 1 }), Ordering::Equal);
        assert_eq!(Decimal { digits: -5, scale: 2 }.to_string(), "-0.05");
    }

    #[test]
    fn scales_by_ten() {
        let it = Decimal { digits: 125, scale: 2 };
        assert_eq!(it.times_power_of_ten(4), Some(Decimal::from_int(12_500)));
        assert_eq!(it.times_power_of_ten(1), Some(Decimal { digits: 125, scale: 1 }));
        assert_eq!(it.times_power_of_ten(200), None);
        assert_eq!(Decimal { digits: 300, scale: 2 }.as_int(), Some(3));
    }
}
