//! Folds away what only looks different: full-width forms, stray spaces, invisible characters.

/// The half-width form of a full-width letter, digit or sign; every other character as it is.
///
/// Chinese punctuation that has no half-width twin of the same meaning (`、。《》“”`) stays.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).expect("the full-width block mirrors ASCII"),
        '\u{3000}' | '\u{00A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' => ' ',
        '\u{FFE5}' => '¥',
        '\u{2236}' => ':',
        _ => c,
    }
}

/// Folds a whole text with [`fold_char`].
pub fn fold_width(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// True for characters that take no room and carry no meaning in a cell: zero-width marks, BOM, soft hyphen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}')
}

/// The text without invisible characters.
pub fn strip_invisible(text: &str) -> String {
    text.chars().filter(|&c| !is_invisible(c)).collect()
}

/// Runs of white space become one space; none is left at the ends.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What a cell becomes before it is compared: folded, without invisible characters, squeezed.
pub fn plain(text: &str) -> String {
    squeeze(&fold_width(&strip_invisible(text)))
}

/// A character that should not be in anything people type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// Which character from the start of the text, counted from 0.
    pub at: usize,
    /// The character itself.
    pub character: char,
    /// What is odd about it.
    pub kind: OddityKind,
}

/// Why a character is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OddityKind {
    /// Turns the reading direction, so that what is shown differs from what is stored.
    BidiControl,
    /// A control character other than tab and line break.
    Control,
    /// A character for private use: it shows as a box, or as something else on each machine.
    PrivateUse,
    /// The mark left by a lost conversion.
    Replacement,
    /// A code point that is no character, or one that carries text nobody sees.
    Hidden,
}

/// Finds bidirectional overrides, control characters, private-use and hidden characters and conversion losses, in order.
pub fn oddities(text: &str) -> Vec<Oddity> {
    text.chars()
        .enumerate()
        .filter_map(|(at, character)| odd_kind(character).map(|kind| Oddity { at, character, kind }))
        .collect()
}

fn odd_kind(c: char) -> Option<OddityKind> {
    match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' => Some(OddityKind::BidiControl),
        '\t' | '\n' | '\r' => None,
        c if c.is_control() => Some(OddityKind::Control),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' => {
            Some(OddityKind::PrivateUse)
        }
        '\u{FFFD}' => Some(OddityKind::Replacement),
        '\u{E0000}'..='\u{E007F}' | '\u{FDD0}'..='\u{FDEF}' => Some(OddityKind::Hidden),
        c if u32::from(c) & 0xFFFE == 0xFFFE => Some(OddityKind::Hidden),
        _ => None,
    }
}

/// True for Han characters, those outside the basic plane included (names need them).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// A person's name as it is kept: one form of the middle dot, no padding.
///
/// People pad two-character names to three (`王　明`); the padding goes. Spaces between Latin words stay, single.
/// A traditional or rare character is left alone: it is somebody's name.
pub fn normal_name(text: &str) -> String {
    let text = plain(text);
    let mut out = String::with_capacity(text.len());
    let mut spaced = false;
    for c in text.chars() {
        let c = match c {
            '•' | '・' | '‧' | '∙' | '●' | '．' | '.' if out.chars().last().is_some_and(is_han) => '·',
            c => c,
        };
        if c == ' ' {
            spaced = true;
            continue;
        }
        let last = out.chars().last();
        let han_or_dot = |c: char| is_han(c) || c == '·';
        if spaced && !(last.is_some_and(han_or_dot) && han_or_dot(c)) && !out.is_empty() {
            out.push(' ');
        }
        spaced = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_width() {
        assert_eq!(fold_width("２０２４－ＡＢＣ（％）　x"), "2024-ABC(%) x");
        assert_eq!(fold_width("“三会一课”、《技能》。"), "“三会一课”、《技能》。");
        assert_eq!(plain("\u{FEFF} 张\u{200B}三\u{3000}\u{3000}丰 "), "张三 丰");
    }

    #[test]
    fn names_lose_their_padding() {
        for (typed, kept) in [
            ("王　明", "王明"),
            ("王  明", "王明"),
            (" 欧阳 娜娜 ", "欧阳娜娜"),
            ("买买提•艾力", "买买提·艾力"),
            ("买买提・艾力", "买买提·艾力"),
            ("古丽 · 巴哈尔", "古丽·巴哈尔"),
            ("阿不都．热合曼", "阿不都·热合曼"),
            ("Anna  Schmidt", "Anna Schmidt"),
            ("J. Smith", "J. Smith"),
            ("𠮷田", "𠮷田"),
        ] {
            assert_eq!(normal_name(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn oddities_are_placed() {
        assert_eq!(
            oddities("甲\u{202E}乙\u{0}\u{FFFD}"),
            [
                Oddity { at: 1, character: '\u{202E}', kind: OddityKind::BidiControl },
                Oddity { at: 3, character: '\u{0}', kind: OddityKind::Control },
                Oddity { at: 4, character: '\u{FFFD}', kind: OddityKind::Replacement },
            ]
        );
        assert!(oddities("一行\n二行\t").is_empty());
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            prop_assert_eq!(plain(&plain(&text)), plain(&text));
            prop_assert_eq!(normal_name(&normal_name(&text)), normal_name(&text));
        }
    }
}
