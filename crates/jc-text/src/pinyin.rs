//! Pinyin without tones, for searching and sorting names.

use ::pinyin::ToPinyin;

use crate::fold::{fold_char, is_han};

/// Surnames read otherwise than the character elsewhere.
const SURNAMES: &[(&str, &[&str])] = &[
    ("万俟", &["mo", "qi"]),
    ("尉迟", &["yu", "chi"]),
    ("单于", &["chan", "yu"]),
    ("澹台", &["tan", "tai"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("区", &["ou"]),
    ("朴", &["piao"]),
    ("盖", &["ge"]),
    ("缪", &["miao"]),
    ("乐", &["yue"]),
    ("种", &["chong"]),
    ("秘", &["bi"]),
    ("折", &["she"]),
    ("黑", &["he"]),
    ("员", &["yun"]),
    ("翟", &["zhai"]),
    ("洗", &["xian"]),
    ("召", &["shao"]),
    ("重", &["chong"]),
    ("佴", &["nai"]),
    ("郇", &["xun"]),
    ("覃", &["qin"]),
    ("祭", &["zhai"]),
    ("都", &["du"]),
    ("隗", &["wei"]),
    ("卜", &["bu"]),
    ("术", &["zhu"]),
];

/// Words whose characters are read otherwise than alone: places and words of school life.
const WORDS: &[(&str, &[&str])] = &[
    ("重庆", &["chong", "qing"]),
    ("重阳", &["chong", "yang"]),
    ("重新", &["chong", "xin"]),
    ("重修", &["chong", "xiu"]),
    ("长沙", &["chang", "sha"]),
    ("长春", &["chang", "chun"]),
    ("长治", &["chang", "zhi"]),
    ("长兴", &["chang", "xing"]),
    ("长江", &["chang", "jiang"]),
    ("长城", &["chang", "cheng"]),
    ("长期", &["chang", "qi"]),
    ("厦门", &["xia", "men"]),
    ("六安", &["lu", "an"]),
    ("六合", &["lu", "he"]),
    ("乐清", &["yue", "qing"]),
    ("乐亭", &["lao", "ting"]),
    ("蚌埠", &["beng", "bu"]),
    ("成都", &["cheng", "du"]),
    ("都匀", &["du", "yun"]),
    ("番禺", &["pan", "yu"]),
    ("单县", &["shan", "xian"]),
    ("铅山", &["yan", "shan"]),
    ("会稽", &["kuai", "ji"]),
    ("会计", &["kuai", "ji"]),
    ("音乐", &["yin", "yue"]),
    ("器乐", &["qi", "yue"]),
    ("银行", &["yin", "hang"]),
    ("行业", &["hang", "ye"]),
    ("同行", &["tong", "hang"]),
    ("参差", &["cen", "ci"]),
    ("调试", &["tiao", "shi"]),
    ("模具", &["mu", "ju"]),
    ("传记", &["zhuan", "ji"]),
    ("省亲", &["xing", "qin"]),
    ("覃塘", &["qin", "tang"]),
];

/// All syllables run together: `张家豪` → `zhangjiahao`.
///
/// A text of two to four Han characters is taken for a name, so that its surname is read as one (单 shan);
/// in longer texts surnames are not guessed. ü is written `v`. Other characters pass, lower case and half-width.
pub fn pinyin_full(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    each_syllable(text, |part| part.push_to(&mut out));
    out
}

/// The first letter of each syllable: `张家豪` → `zjh`. Other characters pass as in [`pinyin_full`].
pub fn pinyin_initials(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each_syllable(text, |part| match part {
        Part::Syllable(syllable) => out.extend(syllable.chars().next()),
        other => other.push_to(&mut out),
    });
    out
}

/// Both at once, for the many names of an import: appends all syllables, and gives their first letters.
pub fn pinyin_into(text: &str, full: &mut String) -> String {
    let mut initials = String::with_capacity(text.len());
    each_syllable(text, |part| {
        part.push_to(full);
        match part {
            Part::Syllable(syllable) => initials.extend(syllable.chars().next()),
            other => other.push_to(&mut initials),
        }
    });
    initials
}

/// A key that sorts as a Chinese directory does: by syllable, then by character.
///
/// The syllables stand apart (`xi an` before `xian`), and the text follows, so that 张 and 章 do not mix.
pub fn sort_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    each_syllable(text, |part| {
        part.push_to(&mut out);
        if matches!(part, Part::Syllable(_)) {
            out.push(' ');
        }
    });
    out.push('\u{1}');
    out.push_str(text);
    out
}

#[derive(Clone, Copy)]
enum Part {
    Syllable(&'static str),
    Other(char),
}

impl Part {
    fn push_to(self, out: &mut String) {
        match self {
            // The data write lü as `lü` or `lv`; keyboards have no ü.
            Part::Syllable(syllable) if syllable.is_ascii() => out.push_str(syllable),
            Part::Syllable(syllable) => out.extend(syllable.chars().map(|c| if c == 'ü' { 'v' } else { c })),
            Part::Other(c) if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            Part::Other(c) => out.extend(fold_char(c).to_lowercase()),
        }
    }
}

/// The characters that words and surnames with a reading of their own begin with, sorted: most texts have none.
fn beginnings() -> &'static [char] {
    static BEGINNINGS: std::sync::OnceLock<Vec<char>> = std::sync::OnceLock::new();
    BEGINNINGS.get_or_init(|| {
        let mut chars: Vec<char> = WORDS.iter().chain(SURNAMES).filter_map(|(word, _)| word.chars().next()).collect();
        chars.sort_unstable();
        chars.dedup();
        chars
    })
}

fn each_syllable(text: &str, mut give: impl FnMut(Part)) {
    let beginnings = beginnings();
    let special = |c: char| beginnings.binary_search(&c).is_ok();
    let mut rest = text;
    if text.chars().next().is_some_and(special)
        && looks_like_a_name(text)
        && let Some(read) = SURNAMES.iter().find(|(surname, _)| text.starts_with(surname))
        && !WORDS.iter().any(|(word, _)| text.starts_with(word))
    {
        read.1.iter().for_each(|syllable| give(Part::Syllable(syllable)));
        rest = &text[read.0.len()..];
    }
    while let Some(c) = rest.chars().next() {
        if special(c)
            && let Some(read) = WORDS.iter().find(|(word, _)| rest.starts_with(word))
        {
            read.1.iter().for_each(|syllable| give(Part::Syllable(syllable)));
            rest = &rest[read.0.len()..];
            continue;
        }
        match c.to_pinyin() {
            Some(found) => give(Part::Syllable(found.plain())),
            None => give(Part::Other(c)),
        }
        rest = &rest[c.len_utf8()..];
    }
}

fn looks_like_a_name(text: &str) -> bool {
    let mut count = 0;
    for c in text.chars() {
        count += 1;
        if count > 4 || !is_han(c) {
            return false;
        }
    }
    count >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names() {
        for (name, full, initials) in [
            ("张家豪", "zhangjiahao", "zjh"),
            ("单雄信", "shanxiongxin", "sxx"),
            ("曾国", "zengguo", "zg"),
            ("仇英", "qiuying", "qy"),
            ("解缙", "xiejin", "xj"),
            ("查良镛", "zhaliangyong", "zly"),
            ("区楚良", "ouchuliang", "ocl"),
            ("尉迟恭", "yuchigong", "ycg"),
            ("万俟卨", "moqixie", "mqx"),
            ("万里", "wanli", "wl"),
            ("吕布", "lvbu", "lb"),
            ("张三丰A班", "zhangsanfengaban", "zsfab"),
            ("重庆", "chongqing", "cq"),
            ("重庆市", "chongqingshi", "cqs"),
            ("会计", "kuaiji", "kj"),
            ("检查单据", "jianchadanju", "jcdj"),
            ("ＡＢｃ１", "abc1", "abc1"),
            ("", "", ""),
        ] {
            assert_eq!((pinyin_full(name).as_str(), pinyin_initials(name).as_str()), (full, initials), "{name}");
        }
    }

    #[test]
    fn every_override_says_something_new() {
        let alone = |word: &str| word.chars().filter_map(|c| c.to_pinyin()).map(|p| p.plain()).collect::<Vec<_>>();
        let idle: Vec<_> =
            SURNAMES.iter().chain(WORDS).filter(|(word, read)| alone(word) == *read).map(|it| it.0).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }

    #[test]
    fn sorts_like_a_directory() {
        let mut names = ["章三", "张三", "西安", "先", "阿宝", "张爱玲", "单田"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["阿宝", "单田", "西安", "先", "张爱玲", "张三", "章三"]);
    }

    proptest! {
        #[test]
        fn ascii_passes(text in "[ -~]{0,20}") {
            prop_assert_eq!(pinyin_full(&text), text.to_lowercase());
        }

        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            prop_assert!(sort_key(&text).ends_with(&text));
            prop_assert!(pinyin_initials(&text).len() <= pinyin_full(&text).len().max(text.len() * 2));
        }
    }
}
