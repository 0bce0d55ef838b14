//! Yes and no, as people tick them.

use crate::fold::plain;

/// True for yes, false for no, nothing for anything else.
///
/// An empty cell is nothing, not no: whoever left it open has not answered.
pub fn yes_no(text: &str) -> Option<bool> {
    match plain(text).to_lowercase().as_str() {
        "是" | "√" | "✓" | "✔" | "☑" | "有" | "对" | "y" | "yes" | "1" | "true" | "t" | "已" | "on" => {
            Some(true)
        }
        "否" | "×" | "✗" | "✘" | "x" | "无" | "没有" | "不是" | "错" | "n" | "no" | "0" | "false" | "f" | "未"
        | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks() {
        for text in ["是", "√", " ✓ ", "有", "Ｙ", "yes", "1", "TRUE"] {
            assert_eq!(yes_no(text), Some(true), "{text:?}");
        }
        for text in ["否", "×", "X", "无", "n", "０", "False"] {
            assert_eq!(yes_no(text), Some(false), "{text:?}");
        }
        for text in ["", " ", "不详", "2", "是否"] {
            assert_eq!(yes_no(text), None, "{text:?}");
        }
    }
}
