//! Base 64, as web tokens are written in it: the two last letters as in addresses, nothing filled up at the end; and as
//! headers are.

const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const PLAIN: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn write(letters: &[u8; 64], bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let three = chunk.iter().chain([&0, &0]).take(3).fold(0u32, |held, byte| (held << 8) | u32::from(*byte));
        for place in 0..=chunk.len() {
            out.push(char::from(letters[(three >> (18 - 6 * place)) as usize & 63]));
        }
    }
    out
}

/// For addresses and tokens.
pub fn for_url(bytes: &[u8]) -> String {
    write(URL, bytes)
}

/// For headers, filled up at the end.
pub fn plain(bytes: &[u8]) -> String {
    let mut out = write(PLAIN, bytes);
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

/// Reads what [`for_url`] writes, and nothing else.
pub fn from_url(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::with_capacity(text.len() * 3 / 4), 0u32, 0u32);
    for letter in text.bytes() {
        held = (held << 6) | u32::try_from(URL.iter().position(|own| *own == letter)?).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    // What is left over carries nothing: one text for each sequence of bytes.
    (bits < 6 && held == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::{for_url, from_url, plain};
    use proptest::prelude::*;

    #[test]
    fn it_is_written_as_the_standard_says() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(plain(bytes.as_bytes()), text);
        }
        assert_eq!(for_url(&[0xfb, 0xff]), "-_8");
        for bad in ["A", "Zg==", "Zh", "Z g", "+/8"] {
            assert_eq!(from_url(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes: Vec<u8>) {
            prop_assert_eq!(from_url(&for_url(&bytes)), Some(bytes));
        }
    }
}
