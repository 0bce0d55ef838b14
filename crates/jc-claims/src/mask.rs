//! Numerals that count nothing: in coined names, set phrases, personal names, formats of play.
//!
//! The rules are general. Which phrases are set comes from the lexicon and from a list of the language's own.

use std::collections::HashMap;

use jc_text::numerals::is_chinese_numeral;

use crate::layout::{Layout, starts_with};
use crate::lexicon::{Lexicon, common_set_phrases};
use crate::names::People;

/// The longest quotation taken for a name rather than for something somebody said.
const LONGEST_COINAGE: usize = 14;

/// True for each character whose numerals are no claims.
pub(crate) fn mask(layout: &Layout, lexicon: &Lexicon, people: &[People]) -> Vec<bool> {
    let mut mask = vec![false; layout.chars.len()];
    quotations(layout, &mut mask);
    set_phrases(layout, lexicon, &mut mask);
    alternating(layout, &mut mask);
    classes(layout, &mut mask);
    one_by_one(layout, &mut mask);
    clock(layout, &mut mask);
    places(layout, &mut mask);
    around_the_clock(layout, &mut mask);
    for &(start, end) in people.iter().flat_map(|list| &list.places) {
        mask[start..end].fill(true);
    }
    mask
}

/// 24小时畅通, 7×24小时值守; 学生公寓1—9栋: around the clock, and houses by their numbers.
fn around_the_clock(layout: &Layout, mask: &mut [bool]) {
    const SERVICE: &[&str] =
        &["畅通", "值守", "值班", "在线", "服务", "开放", "热线", "不间断", "监控", "响应", "待命", "全天候", "轮值"];
    const HOUSES: &[&str] = &["栋", "号楼", "幢", "号教学楼", "号公寓"];
    let chars = &layout.chars;
    for at in 0..chars.len() {
        let digits = chars[at..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let begins = digits > 0 && at.checked_sub(1).is_none_or(|n| !chars[n].is_ascii_digit() && chars[n] != '.');
        if !begins {
            continue;
        }
        let behind = at + digits;
        if layout.text(at, behind) == "24" && layout.starts_with(behind, "小时") {
            let service = SERVICE.iter().any(|word| layout.starts_with(behind + 2, word));
            if service {
                mask[at..behind + 2].fill(true);
            }
        }
        let joined = chars.get(behind).is_some_and(|c| "—-–~～至".contains(*c));
        let second = chars[(behind + 1).min(chars.len())..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let end = behind + 1 + second;
        let noun = at.checked_sub(1).is_some_and(|n| jc_text::fold::is_han(chars[n]) && !"有共建设".contains(chars[n]));
        if joined && second > 0 && noun && HOUSES.iter().any(|word| layout.starts_with(end, word)) {
            mask[at..end].fill(true);
        }
    }
}

/// Titles in 《》 entirely, short quotations unless they state a figure themselves.
fn quotations(layout: &Layout, mask: &mut [bool]) {
    let chars = &layout.chars;
    for (open, close) in [('“', '”'), ('‘', '’'), ('「', '」'), ('《', '》'), ('"', '"')] {
        let mut at = 0;
        while let Some(start) = chars[at..].iter().position(|&c| c == open).map(|n| at + n) {
            let rest = &chars[start + 1..];
            let len = rest.iter().position(|&c| c == close || c == '\n');
            at = start + 1;
            let Some(len) = len.filter(|&len| rest[len] == close) else { continue };
            at += len + 1;
            let inner = &rest[..len];
            let says = inner.iter().any(|c| matches!(c, '，' | '。' | '！' | '？' | '%')) || ends_in_grade(inner);
            if open == '《' || (len <= LONGEST_COINAGE && !says) {
                mask[start + 1..start + 1 + len].fill(true);
            }
        }
    }
}

/// 荣获“一等奖”: the quotation marks only honour the award.
fn ends_in_grade(inner: &[char]) -> bool {
    inner.len() >= 3 && starts_with(&inner[inner.len() - 2..], "等奖")
}

fn set_phrases(layout: &Layout, lexicon: &Lexicon, mask: &mut [bool]) {
    let common = common_set_phrases().map(|phrase| phrase.chars().collect());
    let own = lexicon.set_phrases.iter().map(|phrase| phrase.chars().collect());
    let mut phrases: HashMap<char, Vec<Vec<char>>> = HashMap::new();
    for phrase in common.chain(own).filter(|phrase: &Vec<char>| !phrase.is_empty()) {
        phrases.entry(phrase[0]).or_default().push(phrase);
    }
    for (at, first) in layout.chars.iter().enumerate() {
        let rest = &layout.chars[at..];
        for phrase in phrases.get(first).into_iter().flatten().filter(|phrase| rest.starts_with(phrase)) {
            // 一百一十 or 十五五名 would be cut in two: a phrase of bare numerals must not touch further numerals.
            let touches =
                |n: Option<usize>| n.and_then(|n| layout.chars.get(n)).is_some_and(|&c| is_chinese_numeral(c));
            let last = phrase[phrase.len() - 1];
            let first = is_chinese_numeral(phrase[0]) && touches(at.checked_sub(1));
            // 近百企业: not the 百企 of a slogan.
            let bounded = phrase.len() == 2
                && matches!(phrase[0], '百' | '千' | '万')
                && at.checked_sub(1).is_some_and(|n| "近上约超逾数过".contains(layout.chars[n]));
            if first || bounded || (is_chinese_numeral(last) && touches(Some(at + phrase.len()))) {
                continue;
            }
            mask[at..at + phrase.len()].fill(true);
        }
    }
}

/// 三典四活动, 一训三风: numeral and noun twice in a row, the first noun a single character that measures nothing.
fn alternating(layout: &Layout, mask: &mut [bool]) {
    const MEASURES: &str = "个名位人项次场门节家所件篇部套台份支批种类条座届期轮枚块天年元倍成金银铜优良等月日分十百千万亿多余几至到和与及点是有在为共、";
    let chars = &layout.chars;
    for at in 0..chars.len().saturating_sub(3) {
        let numeral = |n: usize| chars.get(at + n).is_some_and(|&c| is_chinese_numeral(c));
        let plain = |n: usize| chars.get(at + n).is_some_and(|&c| jc_text::fold::is_han(c) && !is_chinese_numeral(c));
        let before = at.checked_sub(1).is_some_and(|n| is_chinese_numeral(chars[n]) || chars[n] == '第');
        if !mask[at] && numeral(0) && plain(1) && numeral(2) && plain(3) && !MEASURES.contains(chars[at + 1]) && !before
        {
            mask[at..at + 3].fill(true);
        }
    }
}

/// 2023级3班, 2022级机电2班: which class it is counts nothing, nor when it began.
fn classes(layout: &Layout, mask: &mut [bool]) {
    const LONGEST: usize = 5;
    let chars = &layout.chars;
    let starts: Vec<usize> = chars.iter().enumerate().filter(|(_, c)| **c == '级').map(|(at, _)| at).collect();
    for at in starts {
        let year = at >= 4 && chars[at - 4..at].iter().all(char::is_ascii_digit) && chars[at - 4] == '2';
        let whole = at.checked_sub(5).is_none_or(|n| !chars[n].is_ascii_digit());
        let name = chars[at + 1..]
            .iter()
            .take_while(|c| jc_text::fold::is_han(**c) && !"班生共有个设开各分编现在".contains(**c));
        let name = name.take(LONGEST).count();
        let number = chars[at + 1 + name..].iter().take(2).take_while(|c| c.is_ascii_digit()).count();
        let end = at + 1 + name + number;
        if year && whole && name + number > 0 && chars.get(end) == Some(&'班') {
            mask[at - 4..end].fill(true);
        }
    }
}

/// 一块比一块滚烫, 日复一日: no number of anything.
fn one_by_one(layout: &Layout, mask: &mut [bool]) {
    let chars = &layout.chars;
    for at in 0..chars.len().saturating_sub(3) {
        let is = |n: usize, c: char| chars.get(at + n) == Some(&c);
        let twice = is(0, '一') && is(2, '比') && is(3, '一') && chars.get(at + 1) == chars.get(at + 4);
        let again = is(1, '复') && is(2, '一') && chars.get(at) == chars.get(at + 3);
        if twice || again {
            mask[at..(at + 5).min(chars.len())].fill(true);
        }
    }
}

/// 早上7点30分, 晚上十点半, 下午2:30, 8:00—11:30: the time of day is no number of anything.
fn clock(layout: &Layout, mask: &mut [bool]) {
    const PARTS: &[&str] =
        &["早上", "上午", "中午", "下午", "晚上", "凌晨", "清晨", "傍晚", "夜里", "深夜", "当晚", "早晨"];
    let chars = &layout.chars;
    let numeral = |at: usize| chars.get(at).is_some_and(|&c| c.is_ascii_digit() || is_chinese_numeral(c));
    let run = |at: usize| (at..at + 3).take_while(|&n| numeral(n)).count();
    let is = |at: usize, any: &str| chars.get(at).is_some_and(|&c| any.contains(c));
    for at in 0..chars.len() {
        let hour = run(at);
        if !(1..=2).contains(&hour) || at.checked_sub(1).is_some_and(|n| numeral(n) || chars[n] == '.') {
            continue;
        }
        let sign = at + hour;
        let minutes = run(sign + 1);
        let part = PARTS.iter().any(|part| layout.text(at.saturating_sub(2), at) == **part);
        let ranged =
            |from: usize| is(from, "—-–~～至到") && run(from + 1) > 0 && is(from + 1 + run(from + 1), ":：点时");
        let spoken =
            is(sign, "点时") && (is(sign + 1 + minutes, "分") && minutes > 0 || is(sign + 1, "半钟许整") || part);
        let told = part || is(sign + 3, "分") || ranged(sign + 3) || ends_range(chars, at);
        let written = is(sign, ":：") && minutes == 2 && told;
        if spoken || written {
            let end = sign + 1 + minutes + usize::from(is(sign + 1 + minutes, "分半钟许整"));
            mask[at..end].fill(true);
        }
    }
}

/// 第4-10名, 第三至五名: who is meant, and not how many.
fn places(layout: &Layout, mask: &mut [bool]) {
    let chars = &layout.chars;
    let run = |from: usize| {
        chars[from.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit() || is_chinese_numeral(**c)).count()
    };
    for at in (0..chars.len()).filter(|&at| chars[at] == '第') {
        let join = at + 1 + run(at + 1);
        let second = run(join + 1);
        let joined = join > at + 1 && chars.get(join).is_some_and(|c| "—-–~～至到".contains(*c)) && second > 0;
        if joined && chars.get(join + 1 + second).is_some_and(|c| "名位届期".contains(*c)) {
            mask[at + 1..join + 1 + second].fill(true);
        }
    }
}

/// Is the time behind a time and a dash: 8:00—11:30?
fn ends_range(chars: &[char], at: usize) -> bool {
    let Some(dash) = at.checked_sub(1).filter(|&n| "—-–~～至到".contains(chars[n])) else { return false };
    let from = dash.saturating_sub(5);
    let before = &chars[from..dash];
    before.iter().any(|c| matches!(c, ':' | '：')) && before.last().is_some_and(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::find_people;

    fn masked(text: &str) -> String {
        let layout = Layout::new(text);
        let mask = mask(&layout, &Lexicon::default(), &find_people(&layout));
        layout
            .chars
            .iter()
            .zip(&mask)
            .map(|(&c, &m)| if m { '_' } else { c })
            .collect::<String>()
            .trim_end()
            .to_string()
    }

    #[test]
    fn what_counts_nothing() {
        for (text, expect) in [
            ("落实“三清四核”制度", "落实“____”制度"),
            ("《百日练兵》3门", "《____》3门"),
            ("推行三包四联机制", "推行___联机制"),
            ("荣获“一等奖”", "荣获“一等奖”"),
            ("他说“今年新增三百人，比去年多。”", "他说“今年新增三百人，比去年多。”"),
            ("一百一十人", "一百一十人"),
            ("三个一等奖", "三个一等奖"),
            ("三金两银", "三金两银"),
            ("清晨7点30分，42名", "清晨_____，42名"),
            ("晚上十点半有8节课", "晚上___有8节课"),
            ("下午2:30开始，师生比1:15", "下午____开始，师生比1:15"),
            ("开放时间8:00—21:30", "开放时间____—_____"),
            ("晚12:58分发布，第4-10名获鼓励奖", "晚______发布，第____名获鼓励奖"),
            ("三点要求，两点建议", "三点要求，两点建议"),
            ("一是八处站点偏远", "一是八处站点偏远"),
        ] {
            assert_eq!(masked(text), expect, "{text}");
        }
    }
}
