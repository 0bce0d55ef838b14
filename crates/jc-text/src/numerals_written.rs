//! A second pen: writes numbers in every style people use, sharing no code with the reader, and has them read back.

use proptest::prelude::*;

use crate::decimal::Decimal;
use crate::numerals::{Script, parse, prefix};

const SPOKEN: &[char] = &['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const CAPITAL: &[char] = &['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Four digits as spoken, without noughts in front: 1205 一千二百零五.
fn four(n: u64, digits: &[char], scales: [&str; 4]) -> String {
    let places = [n / 1000, n / 100 % 10, n / 10 % 10, n % 10];
    let mut out = String::new();
    for (at, &digit) in places.iter().enumerate() {
        let later = places[at..].iter().any(|&d| d > 0);
        if digit > 0 {
            out.push(digits[digit as usize]);
            out.push_str(scales[at]);
        } else if !out.is_empty() && later && !out.ends_with(digits[0]) {
            out.push(digits[0]);
        }
    }
    out
}

/// The whole number as spoken: groups of four, the group of 亿 itself spoken in 万 if it is large.
fn spoken(n: u64, digits: &[char], scales: [&str; 4]) -> String {
    if n == 0 {
        return digits[0].to_string();
    }
    if n >= 100_000_000 {
        let (front, tail) = (n / 100_000_000, n % 100_000_000);
        let gap = if tail > 0 && tail < 10_000_000 { digits[0].to_string() } else { String::new() };
        let tail = if tail > 0 { spoken(tail, digits, scales) } else { String::new() };
        return format!("{}亿{gap}{tail}", spoken(front, digits, scales));
    }
    if n >= 10_000 {
        let (front, tail) = (n / 10_000, n % 10_000);
        let gap = if tail > 0 && tail < 1000 { digits[0].to_string() } else { String::new() };
        return format!("{}万{gap}{}", four(front, digits, scales), four(tail, digits, scales));
    }
    four(n, digits, scales)
}

fn thousands(n: u64, sign: char) -> String {
    let plain = n.to_string();
    let mut out = String::new();
    for (at, c) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push(sign);
        }
        out.push(c);
    }
    out
}

fn full_width(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }).collect()
}

/// So many places before the point, the rest behind it, closing noughts dropped.
fn scaled(n: u64, places: usize, sign: &str) -> String {
    let by = 10u64.pow(places as u32);
    let tail = format!("{:0places$}", n % by);
    let tail = tail.trim_end_matches('0');
    if tail.is_empty() { format!("{}{sign}", n / by) } else { format!("{}.{tail}{sign}", n / by) }
}

/// Every way of writing one number.
fn styles(n: u64) -> Vec<String> {
    let plain = n.to_string();
    let colloquial = spoken(n, SPOKEN, ["千", "百", "十", ""]);
    let mut all = vec![
        plain.clone(),
        thousands(n, ','),
        thousands(n, '，'),
        full_width(&plain),
        full_width(&thousands(n, '，')),
        colloquial.clone(),
        spoken(n, CAPITAL, ["仟", "佰", "拾", ""]),
        scaled(n, 4, "万"),
        scaled(n, 8, "亿"),
    ];
    // 十二 for 一十二, at the very front only; 两 for 二 before 百, 千, 万 and 亿.
    if let Some(rest) = colloquial.strip_prefix("一十") {
        all.push(format!("十{rest}"));
    }
    if !colloquial.contains('十') {
        let pairs = [("二百", "两百"), ("二千", "两千"), ("二万", "两万"), ("二亿", "两亿")];
        all.push(pairs.iter().fold(colloquial, |text, (from, to)| text.replace(from, to)));
    }
    // Digits one by one, as years and numbers on doors are read; two alone would be a range.
    if plain.len() >= 4 {
        all.push(plain.chars().map(|c| SPOKEN[c.to_digit(10).unwrap() as usize]).collect());
        all.push(
            plain.chars().map(|c| if c == '0' { '〇' } else { SPOKEN[c.to_digit(10).unwrap() as usize] }).collect(),
        );
    }
    if n > 0 && (n % 100_000_000).is_multiple_of(10_000) && n > 100_000_000 && !n.is_multiple_of(100_000_000) {
        all.push(format!("{}亿{}万", n / 100_000_000, n % 100_000_000 / 10_000));
    }
    all
}

fn check(n: u64) {
    for text in styles(n) {
        let read = parse(&text).map(Decimal::shortest);
        assert_eq!(read, Some(Decimal::from_int(i128::from(n))), "{n} written {text}");
        // In running text the same, up to the unit; a full-width comma there parts full-width digits only.
        if !text.contains('，') {
            let chars: Vec<char> = format!("{text}人").chars().collect();
            let found = prefix(&chars).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.value.shortest(), found.len),
                (Decimal::from_int(i128::from(n)), chars.len() - 1),
                "{text}"
            );
        }
    }
}

#[test]
fn every_number_up_to_twelve_thousand_and_around_each_scale() {
    (0..12_000).for_each(check);
    for power in 4..=12u32 {
        let scale = 10u64.pow(power);
        for digit in 1..=9 {
            for near in [-101i64, -11, -1, 0, 1, 5, 10, 15, 101, 1010, 10_001] {
                check((digit * scale).saturating_add_signed(near).min(1_000_000_000_000));
            }
        }
    }
}

#[test]
fn a_script_is_told_from_another() {
    for (text, script) in [("1,200人", Script::Arabic), ("3.5万人", Script::Mixed), ("一百二十人", Script::Chinese)]
    {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(prefix(&chars).unwrap().script, script);
    }
}

proptest! {
    #[test]
    fn every_value_in_every_style_is_read(
        n in prop_oneof![
            0u64..=1_000_000_000_000,
            0u64..100_000_000,
            (0u32..=12, 0u64..1000).prop_map(|(power, n)| (n * 10u64.pow(power)).min(1_000_000_000_000)),
            (0u64..1000, 0u64..100, 0u64..10_000).prop_map(|(a, b, c)| a * 100_000_000 + b * 10_000 + c),
        ]
    ) {
        check(n);
    }
}
