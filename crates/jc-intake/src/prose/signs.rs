//! One character for one sign.
//!
//! Programs that print to PDF name some glyphs by the radical that looks like the character (⼈ for 人, ⽣ for 生), and
//! whoever copies from such a file pastes radicals. No reader sees it, and no search finds it.

use unicode_normalization::UnicodeNormalization;

/// The character that is meant: that of a radical or of a compatibility form; every other as it is.
fn unified(c: char) -> char {
    match c {
        '\u{2E80}'..='\u{2EF3}' => SIMPLE.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, meant)| *meant),
        '\u{2F00}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' => {
            let mut forms = std::iter::once(c).nfkc();
            forms.next().filter(|_| forms.next().is_none()).unwrap_or(c)
        }
        _ => c,
    }
}

/// A text with line breaks of one kind and one character for one sign. Places in characters stay what they are, but
/// for the line breaks.
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().map(unified).collect()
}

/// Simplified radicals, which Unicode ties to no character.
const SIMPLE: &[(char, char)] = &[
    ('⺁', '厂'),
    ('⺓', '幺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺫', '目'),
    ('⺼', '月'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn radicals_become_characters() {
        assert_eq!(clean("毕业⽣312⼈，对⼝率；⻓期、⺠营\r\n⻋工"), "毕业生312人，对口率；长期、民营\n车工");
        assert_eq!(clean("５金８銀㎡—“”"), "５金８銀㎡—“”");
    }
}
