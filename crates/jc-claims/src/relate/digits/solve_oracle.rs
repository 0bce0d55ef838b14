//! A second opinion on the solver that shares no code with it: it tries every whole number up to 500 and prints
//! each share by long division on paper, digit by digit.

use proptest::prelude::*;

use super::solve::{self, Printed, bases, denominators, numerators};
use crate::exact::Exact;

const MOST: i128 = 500;

/// `part/whole` in per cent, rounded half up on the printed digits, as text.
fn on_paper(part: i128, whole: i128, decimals: usize) -> String {
    let mut digits: Vec<u8> = Vec::new();
    let mut rest = part * 100;
    let mut front = rest / whole;
    rest %= whole;
    for _ in 0..=decimals {
        rest *= 10;
        digits.push((rest / whole) as u8);
        rest %= whole;
    }
    let mut carry = digits.pop().unwrap() >= 5;
    for digit in digits.iter_mut().rev() {
        if carry {
            *digit += 1;
            carry = *digit == 10;
            *digit %= 10;
        }
    }
    front += i128::from(carry);
    let tail: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
    if tail.is_empty() { front.to_string() } else { format!("{front}.{tail}") }
}

fn printed(text: &str) -> Printed {
    let (front, tail) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{front}{tail}").parse().unwrap();
    let decimals = tail.len() as u8;
    Printed::new(Exact::new(digits, 10i128.pow(decimals.into())).unwrap(), decimals).unwrap()
}

fn up_to_most(mut all: Vec<i128>) -> Vec<i128> {
    all.retain(|&n| n <= MOST);
    all
}

#[test]
fn every_share_up_to_sixty_by_hand() {
    for decimals in 0..=2 {
        for n in 1..=60 {
            for k in 0..=n {
                let text = on_paper(k, n, decimals);
                let rate = printed(&text);
                let same: Vec<i128> = (0..=n).filter(|&j| on_paper(j, n, decimals) == text).collect();
                assert_eq!(numerators(n, rate), same, "? / {n} = {text}");
                if k > 0 && printed(&text).digits > 0 {
                    assert!(denominators(k, rate).contains(&n), "{k} / ? = {text}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn denominators_are_all_and_only(k in 1i128..=MOST, part in 0i128..=MOST, whole in 1i128..=MOST, decimals in 0usize..=2) {
        let text = on_paper(part.min(whole), whole, decimals);
        prop_assume!(printed(&text).digits * 20 > printed(&text).unit); // below 5 % the list is cut before 500
        let tried: Vec<i128> = (k..=MOST).filter(|&n| on_paper(k, n, decimals) == text).collect();
        prop_assert_eq!(up_to_most(denominators(k, printed(&text))), tried);
    }

    #[test]
    fn numerators_are_all_and_only(n in 1i128..=MOST, part in 0i128..=MOST, whole in 1i128..=MOST, decimals in 0usize..=2) {
        let text = on_paper(part.min(whole), whole, decimals);
        let tried: Vec<i128> = (0..=n).filter(|&k| on_paper(k, n, decimals) == text).collect();
        prop_assert_eq!(numerators(n, printed(&text)), tried);
    }

    #[test]
    fn bases_are_all_and_only(new in 1i128..=MOST, part in 0i128..=MOST, whole in 1i128..=MOST, decimals in 0usize..=2, falls: bool) {
        let text = on_paper(if falls { part.min(whole) } else { part }, whole, decimals);
        let change = |b: i128| if falls { b - new } else { new - b };
        let tried: Vec<i128> = (1..=MOST).filter(|&b| change(b) >= 0 && on_paper(change(b), b, decimals) == text).collect();
        let found = bases(new, printed(&text), falls);
        if found.len() < solve::MOST {
            prop_assert_eq!(up_to_most(found), tried);
        }
    }
}
