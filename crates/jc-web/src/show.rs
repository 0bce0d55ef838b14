//! How values are written on screens: numbers, days, sizes, the short form of a digest.

use jc_base::{Date, Lang};

/// A whole or decimal number as text (`-1234567.5`) with its thousands parted and the language's decimal sign.
pub fn number(lang: Lang, plain: &str) -> String {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("", plain),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (thousands, decimal) = if lang == Lang::De { ('.', ',') } else { (',', '.') };
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push(decimal);
        out.push_str(part);
    }
    out
}

/// A count of things.
pub fn count(lang: Lang, n: i64) -> String {
    number(lang, &n.to_string())
}

/// A day in prose: `2024年6月30日`, `30 June 2024`, `30. Juni 2024`.
pub fn day(lang: Lang, date: Date) -> String {
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DE: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let (y, m, d) = (date.year(), date.month(), date.day());
    let month = |names: [&'static str; 12]| names.get((m as usize).wrapping_sub(1)).copied().unwrap_or("");
    match lang {
        Lang::Zh => format!("{y}年{m}月{d}日"),
        Lang::En => format!("{d} {} {y}", month(EN)),
        Lang::De => format!("{d}. {} {y}", month(DE)),
    }
}

/// A file's size: `812 KB`, `3.4 MB`.
pub fn size(lang: Lang, bytes: u64) -> String {
    const KB: u64 = 1024;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..1_048_576 => format!("{} KB", bytes.div_ceil(KB)),
        _ => {
            let tenths = bytes * 10 / 1_048_576;
            format!("{} MB", number(lang, &format!("{}.{}", tenths / 10, tenths % 10)))
        }
    }
}

/// The first and last four digits of a digest: `3f9a…c21d`.
pub fn short_digest(hex: &str) -> String {
    match (hex.get(..4), hex.len().checked_sub(4).and_then(|n| hex.get(n..))) {
        (Some(head), Some(tail)) if hex.len() > 9 => format!("{head}…{tail}"),
        _ => hex.to_owned(),
    }
}

/// A value and its unit, never parted by a line break.
pub fn with_unit(value: &str, unit: &str) -> String {
    if unit.is_empty() { value.to_owned() } else { format!("{value}\u{a0}{unit}") }
}

/// An address with a query, its values encoded.
pub fn address<'a>(path: &str, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = path.to_owned();
    for (i, (name, value)) in query.into_iter().enumerate() {
        out.push(if i == 0 { '?' } else { '&' });
        encode(name, &mut out);
        out.push('=');
        encode(value, &mut out);
    }
    out
}

/// An address elsewhere with more asked of it.
pub fn joined<'a>(address_there: &str, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let asked = address("", query);
    match asked.strip_prefix('?').filter(|_| address_there.contains('?')) {
        Some(more) => format!("{address_there}&{more}"),
        None => format!("{address_there}{asked}"),
    }
}

/// A text as it stands in an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    encode(text, &mut out);
    out
}

fn encode(text: &str, out: &mut String) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b':');
    if text.bytes().all(plain) {
        return out.push_str(text);
    }
    for byte in text.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{number, short_digest, size};
    use jc_base::Lang;

    #[test]
    fn numbers_are_written_the_way_of_the_language() {
        for (lang, plain, shown) in [
            (Lang::Zh, "407", "407"),
            (Lang::Zh, "4986000", "4,986,000"),
            (Lang::De, "1234.5", "1.234,5"),
            (Lang::En, "-1234", "−1,234"),
        ] {
            assert_eq!(number(lang, plain), shown);
        }
    }

    #[test]
    fn sizes_and_digests_are_short() {
        assert_eq!(size(Lang::Zh, 300), "300 B");
        assert_eq!(size(Lang::De, 3_600_000), "3,4 MB");
        assert_eq!(short_digest("3f9a0000c21d"), "3f9a…c21d");
        assert_eq!(short_digest("短"), "短");
    }
}
