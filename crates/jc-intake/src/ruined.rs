//! Long numbers a spreadsheet program has kept as numbers: their last digits are gone, and no guess brings them back.

/// A number in scientific form, as such a program shows a long one: `3.30482E+17`.
pub(crate) fn is_scientific(text: &str) -> bool {
    if !text.bytes().any(|b| matches!(b, b'E' | b'e')) {
        return false;
    }
    let text = text.trim();
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    whole.len() == 1 && digits(whole) && digits(part) && exponent.len() == 2 && digits(exponent) && exponent >= "10"
}

/// An ID number in text whose last digits were lost before it became text: scientific, or closing with `000`.
///
/// Only asked of a text that is no ID number: one in a thousand genuine ones ends with `000` too.
pub(crate) fn is_ruined_id(text: &str) -> bool {
    let text = text.trim();
    is_scientific(text)
        || (matches!(text.len(), 17..=19) && text.bytes().all(|b| b.is_ascii_digit()) && text.ends_with("000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_digits_are_seen() {
        for yes in ["3.30482E+17", "3.30482E17", "1E+12", "3.3e+17"] {
            assert!(is_scientific(yes), "{yes}");
        }
        for no in ["330482199901011234", "E+17", "1E+05", "12E+17", "1.E+17", "3.3E-17", "MODEL1E20", "", "1E+170"] {
            assert!(!is_scientific(no), "{no}");
        }
        assert!(is_ruined_id("330482199901011000"));
        assert!(!is_ruined_id("33048219990101123X"));
    }
}
