//! The text around a number, and what two texts have in common.

use std::collections::HashSet;

use jc_text::fold::is_han;

use crate::document::Claim;
use crate::words::any_in;

/// What is said on both sides of a number, and of what it says it.
pub(in crate::relate) fn words_of(claim: &Claim) -> &str {
    &claim.site.words
}

/// Is one of the words among those of a number?
pub(in crate::relate) fn says(claim: &Claim, words: &[&str]) -> bool {
    any_in(words_of(claim), words)
}

/// The length of the longest run of characters both texts hold.
pub(in crate::relate) fn shared(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row = vec![0usize; b.len() + 1];
    let mut best = 0;
    for &x in &a {
        let mut corner = 0;
        for (j, &y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { corner + 1 } else { 0 };
            corner = above;
            best = best.max(row[j + 1]);
        }
    }
    best
}

/// Where a claim stands in its sentence, in characters.
pub(in crate::relate) fn offset(claim: &Claim) -> usize {
    claim.site.start - claim.site.sentence_start
}

/// What its sentence says before a number.
pub(in crate::relate) fn said_before(claim: &Claim) -> &str {
    &claim.site.sentence_text[..claim.site.in_sentence.0]
}

/// What its sentence says behind a number.
pub(in crate::relate) fn said_after(claim: &Claim) -> &str {
    &claim.site.sentence_text[claim.site.in_sentence.1..]
}

/// What leads to a number from the one before it on, in its own sentence.
pub(in crate::relate) fn led_from<'a>(before: Option<&Claim>, claim: &'a Claim) -> &'a str {
    let from = before.filter(|c| c.site.sentence == claim.site.sentence).map_or(0, |c| c.site.in_sentence.1);
    claim.site.sentence_text.get(from..claim.site.in_sentence.0).unwrap_or_default()
}

/// So many characters from the beginning of a text.
pub(in crate::relate) fn head_of(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}

/// What is said between two numbers of one sentence, the first before the second; nothing if they touch.
pub(in crate::relate) fn text_between<'a>(first: &'a Claim, second: &Claim) -> &'a str {
    let (from, to) = (first.site.in_sentence.1, second.site.in_sentence.0);
    first.site.sentence_text.get(from..to).unwrap_or_default()
}

/// 97项：国家级14项（一等奖2项、…），省级83项: stands the second number in a bracket that opens behind the first?
pub(in crate::relate) fn bracketed(first: &Claim, second: &Claim) -> bool {
    let between = text_between(first, second);
    between.rfind('（').is_some_and(|at| !between[at..].contains('）'))
}

/// The words around a number in its clause: so many characters on either side.
const AROUND: usize = 24;

pub(in crate::relate) fn around(claim: &Claim) -> (Vec<char>, Vec<char>) {
    let stops = |c: &char| !matches!(c, '；' | '。' | '：');
    let before = said_before(claim).chars().rev().take_while(stops).take(AROUND);
    let behind = said_after(claim).chars().take_while(|c| stops(c) && *c != '，').take(AROUND);
    let before: Vec<char> = before.collect();
    (before.into_iter().rev().collect(), behind.collect())
}

/// The pairs of characters around a number, but those that say nothing.
pub(in crate::relate) fn pairs(claim: &Claim) -> HashSet<(char, char)> {
    const PLAIN: &[&str] = &[
        "全年", "今年", "年度", "学年", "共有", "共计", "其中", "学校", "学院", "我校", "我院", "全校", "全院", "达到",
        "完成", "开展", "组织", "累计", "合计", "总数", "本年", "参加", "人数", "学生", "教师", "工作", "比上", "上年",
        "较上", "增加", "减少", "现有", "目前", "截至", "获得", "有限", "平均", "以上", "各类",
    ];
    let (before, behind) = around(claim);
    let of = |text: &[char]| -> Vec<(char, char)> { text.windows(2).map(|pair| (pair[0], pair[1])).collect() };
    let all = of(&before).into_iter().chain(of(&behind));
    let token = |c: char| is_han(c) || c.is_ascii_alphabetic();
    // 5个专业: what counts is no part of a word.
    all.filter(|&(a, _)| !matches!(a, '个' | '名' | '家' | '项' | '门' | '次'))
        .filter(|&(a, b)| token(a) && token(b) && !PLAIN.iter().any(|word| word.chars().eq([a, b])))
        .collect()
}
