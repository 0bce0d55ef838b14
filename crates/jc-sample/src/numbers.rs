//! Numbers with check characters, all in ranges that belong to nobody.

use crate::rng::Rng;
use jc_base::Date;

/// An area code that no place has: numbers made with it are nobody's.
const NOWHERE: &str = "990101";

/// An ID number (GB 11643) with a valid check character: sequence numbers are odd for men.
pub(crate) fn id_number(birth: Date, male: bool, serial: usize) -> String {
    let sequence = serial * 2 % 998 + usize::from(male);
    let body = format!("{NOWHERE}{:04}{:02}{:02}{sequence:03}", birth.year(), birth.month(), birth.day());
    let check = id_check(&body);
    format!("{body}{check}")
}

/// The check character of the first seventeen digits of an ID number.
pub(crate) fn id_check(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[(sum % 11) as usize])
}

/// A unified credit code (GB 32100) with a valid check character, registered nowhere.
pub(crate) fn org_code(rng: &mut Rng) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let mut code = format!("91{NOWHERE}");
    while code.len() < 17 {
        code.push(char::from(*rng.pick(ALPHABET)));
    }
    let place = |byte: u8| ALPHABET.iter().position(|a| *a == byte).unwrap_or(0);
    let sum: usize = code.bytes().zip(WEIGHTS).map(|(byte, weight)| place(byte) * weight).sum();
    code.push(char::from(ALPHABET[(31 - sum % 31) % 31]));
    code
}

/// A mobile number of the invented range 1990000xxxx.
pub(crate) fn phone(serial: usize) -> String {
    // Times an odd number that shares no factor with 10,000: neighbours get distant numbers, none twice.
    format!("1990000{:04}", serial * 7919 % 10_000)
}

/// The 22 characters of a skill-level certificate: an assessing body that exists nowhere (province 99).
pub(crate) fn certificate_number(year: i32, level: char, serial: usize) -> String {
    format!("S000099990001{:02}{level}{serial:06}", year % 100)
}
