//! Whole numbers behind a printed percentage: which denominators, numerators and bases it allows.
//!
//! A share printed as `P` with `d` decimals stands for every share that rounds half up to it. Multiplied by
//! `S = 100·10^d` that is `2P-1 ≤ 2·S·k/n < 2P+1` in whole numbers, which is solved directly, without trying.

use jc_text::decimal::{Decimal, power_of_ten};

use crate::exact::Exact;

/// A list of solutions longer than this says nothing to a reader; it is cut there.
pub(super) const MOST: usize = 200;

/// A printed percentage in steps of its last digit.
#[derive(Clone, Copy, Debug)]
pub(in crate::relate) struct Printed {
    /// The digits without the point: 95.5 → 955.
    pub digits: i128,
    /// `100 · 10^decimals`.
    pub unit: i128,
}

impl Printed {
    pub fn new(value: Exact, decimals: u8) -> Option<Printed> {
        let decimals = decimals.min(6);
        let Decimal { digits, .. } = value.round(decimals)?;
        let exact = Exact::new(digits, power_of_ten(decimals)?)? == value;
        (exact && digits >= 0).then_some(Printed { digits, unit: 100 * power_of_ten(decimals)? })
    }
}

/// All `n ≥ k` for which `k/n` prints as the rate; at most [`MOST`] of them.
pub(in crate::relate) fn denominators(k: i128, rate: Printed) -> Vec<i128> {
    if k <= 0 || rate.digits <= 0 {
        return Vec::new();
    }
    // 2·S·k/n ≥ 2P-1 and < 2P+1.
    let least = (2 * rate.unit * k).div_euclid(2 * rate.digits + 1) + 1;
    let most = (2 * rate.unit * k).div_euclid(2 * rate.digits - 1);
    (least.max(k)..=most).take(MOST).collect()
}

/// All `0 ≤ k ≤ n` for which `k/n` prints as the rate; at most [`MOST`] of them.
pub(in crate::relate) fn numerators(n: i128, rate: Printed) -> Vec<i128> {
    if n <= 0 {
        return Vec::new();
    }
    let least = ceil(n * (2 * rate.digits - 1), 2 * rate.unit);
    let most = ceil(n * (2 * rate.digits + 1), 2 * rate.unit) - 1;
    (least.max(0)..=most.min(n)).take(MOST).collect()
}

/// All bases from which `new` is a rise (or, if `falls`, a decline) printed as the rate; at most [`MOST`].
pub(in crate::relate) fn bases(new: i128, rate: Printed, falls: bool) -> Vec<i128> {
    if new <= 0 && !(falls && new == 0) {
        return Vec::new();
    }
    let (s, p) = (2 * rate.unit, 2 * rate.digits);
    if falls {
        if new == 0 {
            return if rate.digits == rate.unit { (1..).take(MOST).collect() } else { Vec::new() };
        }
        // p-1 ≤ s·(b-new)/b < p+1 gives b·(s-p+1) ≥ s·new and b·(s-p-1) < s·new.
        let least = if s - p + 1 > 0 { ceil(s * new, s - p + 1) } else { return Vec::new() };
        let most = if s - p - 1 > 0 { ceil(s * new, s - p - 1) - 1 } else { i128::MAX };
        (least.max(new)..=most).take(MOST).collect()
    } else {
        // p-1 ≤ s·(new-b)/b < p+1 gives b·(s+p-1) ≤ s·new and b·(s+p+1) > s·new.
        let most = (s * new).div_euclid(s + p - 1);
        let least = (s * new).div_euclid(s + p + 1) + 1;
        (least.max(1)..=most.min(new)).take(MOST).collect()
    }
}

/// The smallest denominators that allow the rate at all.
pub(in crate::relate) fn smallest_denominators(rate: Printed, many: usize) -> Vec<i128> {
    (1..=20_000).filter(|&n| !numerators(n, rate).is_empty()).take(many).collect()
}

fn ceil(a: i128, b: i128) -> i128 {
    -(-a).div_euclid(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Printed {
        let it = jc_text::numerals::parse(text).unwrap();
        Printed::new(Exact::from_decimal(it).unwrap(), it.scale).unwrap()
    }

    #[test]
    fn worked_by_hand() {
        assert_eq!(denominators(19, printed("95")), [20]);
        assert_eq!(numerators(40, printed("97.5")), [39]);
        assert_eq!(numerators(40, printed("97.4")), [] as [i128; 0]);
        assert_eq!(bases(6, printed("50"), false), [4]);
        assert_eq!(bases(7, printed("30"), false), [] as [i128; 0]);
        assert_eq!(bases(6, printed("25"), true), [8]);
        assert_eq!(bases(9, printed("0"), false), [9]);
        assert_eq!(denominators(3, printed("100")), [3]);
    }
}
