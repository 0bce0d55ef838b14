//! Numbers that a page has broken and that were pasted so: over lines (毕业生⏎40⏎7人), with blanks between the digits
//! (1 2 3 人), or printed twice glyph by glyph (荣荣获获4455项项).
//!
//! Two numbers that stand side by side are two: a number is joined only where what stands around leaves no other reading.

use jc_text::fold::is_han;

use crate::document::Kind;
use crate::units::unit_at;
use crate::words::{HAPPENING, STANDING, STOCK, WHOLE};

/// A character and its place in the given text.
type Placed = (char, usize);

/// What has a number of its own.
const NUMBERED: &[char] = &['班', '级', '组', '表', '图', '第', '附', '题', '队', '号'];

/// For each line whether the break behind it stands inside a number, or right before the line of bare digits that begins one.
pub(crate) fn inside_numbers(lines: &[&[Placed]]) -> Vec<bool> {
    let mut inside = vec![false; lines.len()];
    for n in 0..lines.len().saturating_sub(1) {
        if in_decimal(lines[n], lines[n + 1])
            || in_thousands(lines[n], lines[n + 1])
            || in_line_of_words(lines[n], lines[n + 1])
        {
            inside[n] = true;
        } else if n > 0 && in_line_of_digits(lines, n) {
            (inside[n - 1], inside[n]) = (true, true);
        }
    }
    inside
}

/// 就业率99.⏎26%, 就业率99⏎.26%: the point stands at the break, and a unit behind.
fn in_decimal(line: &[Placed], next: &[Placed]) -> bool {
    let pointed = line.last().is_some_and(|it| it.0 == '.');
    let (line, digits) =
        if pointed { (&line[..line.len() - 1], next) } else { (line, next.strip_prefix_point().unwrap_or_default()) };
    let decimals = leading(digits);
    words_before_digits(line).is_some() && decimals > 0 && measured(&digits[decimals..])
}

/// 在校生5,62⏎0人: behind the comma of thousands there are three digits.
fn in_thousands(line: &[Placed], next: &[Placed]) -> bool {
    let trailing = |line: &[Placed]| line.iter().rev().take_while(|it| it.0.is_ascii_digit()).count();
    let behind = trailing(line);
    let Some((comma, head)) = line[..line.len() - behind].split_last() else { return false };
    let more = leading(next);
    let parted = matches!(comma.0, ',' | '，') && (1..=3).contains(&trailing(head)) && behind > 0;
    parted && more > 0 && behind + more == 3 && measured(&next[more..])
}

/// 2024年毕业生40⏎7人，…: words, two or three bare digits, and on the next line the rest of a number that the sentence counts.
fn in_line_of_words(line: &[Placed], next: &[Placed]) -> bool {
    /// Shorter lines are no beginnings of sentences.
    const SHORTEST: usize = 6;
    let Some(words) = words_before_digits(line).filter(|words| words.len() >= SHORTEST) else { return false };
    let digits = line.len() - words.len();
    let numbered = words.iter().any(|it| NUMBERED.contains(&it.0));
    !numbered && may_go_on(digits, next)
}

/// 毕业生⏎40⏎7人，…: a line of nothing but two or three digits between words and the rest of the number. Lines numbered one
/// by one are none.
fn in_line_of_digits(lines: &[&[Placed]], n: usize) -> bool {
    let bare = |line: &[Placed]| -> Option<u32> {
        let text: String = line.iter().map(|it| it.0).collect();
        text.parse().ok().filter(|_| line.iter().all(|it| it.0.is_ascii_digit()))
    };
    let Some(own) = bare(lines[n]) else { return false };
    let mut others = lines.iter().enumerate().filter(|(at, _)| *at != n).filter_map(|(_, line)| bare(line));
    counted_behind(lines[n - 1])
        && may_go_on(lines[n].len(), lines[n + 1])
        && !others.any(|other| other.abs_diff(own) <= 1)
}

/// Is a line the beginning of a sentence that goes on with a count, and no heading above a number of its own?
fn counted_behind(line: &[Placed]) -> bool {
    const LEADING: &[&str] = &["共", "有", "为", "达", "计", "达到"];
    let text: String = line.iter().map(|it| it.0).collect();
    let named =
        WHOLE.iter().chain(STOCK).chain(STANDING).chain(HAPPENING).chain(LEADING).any(|word| text.ends_with(word));
    named && line.last().is_some_and(|it| is_han(it.0))
}

/// May so many digits go on in the next line: with digits, a unit, and a sentence behind it?
fn may_go_on(digits: usize, next: &[Placed]) -> bool {
    let more = leading(next);
    let sentence = next.iter().any(|it| matches!(it.0, '，' | '。' | '；' | '、'));
    let many = (2..=3).contains(&digits) || digits == 1 && next.first().is_some_and(|it| it.0 == '0');
    many && (1..=3).contains(&more) && measured(&next[more..]) && sentence
}

/// What stands before the digits a line ends with, if that is words.
fn words_before_digits(line: &[Placed]) -> Option<&[Placed]> {
    let digits = line.iter().rev().take_while(|it| it.0.is_ascii_digit()).count();
    let words = &line[..line.len() - digits];
    words.last().filter(|it| digits > 0 && is_han(it.0) && !matches!(it.0, '表' | '图' | '第' | '附')).map(|_| words)
}

fn leading(line: &[Placed]) -> usize {
    line.iter().take_while(|it| it.0.is_ascii_digit()).count()
}

/// Does a unit stand here, or what may stand before one?
fn measured(rest: &[Placed]) -> bool {
    let rest: Vec<char> = rest.iter().map(|it| it.0).filter(|c| !c.is_whitespace()).take(6).collect();
    unit_at(&rest, true).is_some() || rest.first().is_some_and(|c| "%‰万亿余多".contains(*c))
}

trait Pointed {
    fn strip_prefix_point(&self) -> Option<&[Placed]>;
}

impl Pointed for [Placed] {
    fn strip_prefix_point(&self) -> Option<&[Placed]> {
        self.split_first().filter(|(first, _)| first.0 == '.').map(|(_, rest)| rest)
    }
}

/// The blanks between the digits of numbers whose digits stand each for itself, three or more, before a unit: 1 2 3 人, 9 9 . 2 6 %.
pub(crate) fn blanks_inside(flat: &[Placed]) -> Vec<bool> {
    let mut inside = vec![false; flat.len()];
    let mut at = 0;
    while at < flat.len() {
        let before = flat[..at].iter().rev().find(|it| !blank(**it));
        let begins = flat[at].0.is_ascii_digit()
            && before.is_none_or(|it| !it.0.is_ascii() && !NUMBERED.contains(&it.0) || it.0 == '\n');
        let end = if begins { spaced_out(flat, at) } else { at };
        (at..end).filter(|&n| blank(flat[n])).for_each(|n| inside[n] = true);
        at = end.max(at + 1);
    }
    inside
}

fn blank(it: Placed) -> bool {
    it.0.is_whitespace() && it.0 != '\n'
}

/// Where a number whose digits stand apart ends; where it begins if it is none.
fn spaced_out(flat: &[Placed], start: usize) -> usize {
    const FEWEST: usize = 3;
    let (mut end, mut digits, mut points) = (start, 0, 0);
    loop {
        digits += usize::from(flat[end].0.is_ascii_digit());
        points += usize::from(flat[end].0 == '.');
        end += 1;
        let blanks = flat[end..].iter().take_while(|it| blank(**it)).count();
        let next = flat.get(end + blanks).map(|it| it.0);
        if blanks == 0 || !next.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            break;
        }
        end += blanks;
    }
    let whole = digits >= FEWEST && points <= 1 && (flat[start].0 != '0' || points == 1);
    let rest: Vec<char> = flat[end..].iter().map(|it| it.0).filter(|c| !c.is_whitespace()).take(6).collect();
    // 成绩 9 8 7 分, 1 2 3 班: marks, and which of several.
    let which = rest.first().is_some_and(|c| "组班题级".contains(*c));
    let counted = unit_at(&rest, true)
        .is_some_and(|unit| matches!(unit.kind, Kind::Count | Kind::PersonTimes | Kind::Money | Kind::Rate) && !which);
    if whole && (counted || rest.first().is_some_and(|c| "%‰万亿余".contains(*c))) { end } else { start }
}

/// What was printed twice glyph by glyph within a line, read once: 荣荣获获4455项项 is 荣获45项. Only where words and a number
/// between them are doubled alike: 高高兴兴 and 1122 are what they are.
pub(crate) fn printed_once(part: &[Placed]) -> Vec<Placed> {
    let mut out = Vec::with_capacity(part.len());
    let mut at = 0;
    while at < part.len() {
        let pairs = part[at..].chunks_exact(2).take_while(|pair| pair[0].0 == pair[1].0).count();
        match doubled(&part[at..at + 2 * pairs]) {
            Some(len) => {
                out.extend(part[at..at + len].iter().step_by(2));
                at += len;
            }
            None => {
                out.push(part[at]);
                at += 1;
            }
        }
    }
    out
}

/// How much of a run of doubled glyphs is a number between doubled words, or behind one and before %.
fn doubled(run: &[Placed]) -> Option<usize> {
    let closes = |it: &Placed| is_han(it.0) || it.0 == '%';
    let last = run.iter().rposition(closes)?;
    let number = run[..last].iter().any(|it| it.0.is_ascii_digit());
    (is_han(run[0].0) && number).then_some(last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(text: &str) -> Vec<Placed> {
        text.chars().enumerate().map(|(at, c)| (c, at)).collect()
    }

    fn joined(text: &str) -> String {
        let lines: Vec<Vec<Placed>> = text.split('|').map(placed).collect();
        let views: Vec<&[Placed]> = lines.iter().map(Vec::as_slice).collect();
        let inside = inside_numbers(&views);
        let mark = |n: usize| if n + 1 == lines.len() || inside[n] { "" } else { "|" };
        let text = |line: &[Placed]| line.iter().map(|it| it.0).collect::<String>();
        lines.iter().enumerate().map(|(n, line)| text(line) + mark(n)).collect()
    }

    #[test]
    fn a_number_over_lines_is_one() {
        assert_eq!(joined("2024年毕业生|40|7人，就业率99.|26%，好。"), "2024年毕业生407人，就业率99.26%，好。");
        assert_eq!(joined("就业率99|.26%"), "就业率99.26%");
        assert_eq!(joined("在校生5,62|0人"), "在校生5,620人");
        assert_eq!(joined("学校今年毕业生40|7人，其中"), "学校今年毕业生407人，其中");
        assert_eq!(joined("学校今年毕业生4|07人，其中"), "学校今年毕业生407人，其中");
    }

    #[test]
    fn numbers_one_below_the_other_are_several() {
        for text in [
            "年份|2023|407人|2024|512人",
            "在校生|1200|98人",
            "获奖情况|12|36人获校级奖，其中6人",
            "一|20|30人，合格25人。",
            "序号|1|42人，合格40人。|2|38人，合格35人。",
            "获奖情况|11|30人获省级奖，|12|7人获市级奖，",
            "2023级机电24|42人参加考试，合格40人。",
            "1.|26%的学生走读，其余住校。",
            "在校生5,620|12人",
            "编号为3,12|12人参加，",
            "见表1.|26人参加，其中",
            "毕业生407人|26%升学，",
        ] {
            assert_eq!(joined(text), text);
        }
    }

    #[test]
    fn digits_that_stand_apart_are_one_number_before_a_unit() {
        let clean = |text: &str| -> String {
            let flat = placed(text);
            flat.iter().zip(blanks_inside(&flat)).filter(|(_, inside)| !inside).map(|(it, _)| it.0).collect()
        };
        assert_eq!(clean("培训 1 2 3 人，率9 9 . 2 6 %"), "培训 123 人，率99.26 %");
        for text in
            ["表 1 2 3", "1 2 人", "12 3 4 人", "成绩 9 8 7 分", "第 1 2 3 组", "序号 1 2 3 合计", "2024 4 0 7 人"]
        {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn what_is_printed_twice_within_a_line_is_read_once() {
        let once = |text: &str| printed_once(&placed(text)).iter().map(|it| it.0).collect::<String>();
        assert_eq!(once("全年荣荣获获4455项项奖励"), "全年荣获45项奖励");
        assert_eq!(once("达达9999..2266%%，"), "达99.26%，");
        for text in ["高高兴兴11人参加", "平平安安开开心心", "获奖1122项", "人人获55项", "天天88小时"]
        {
            assert_eq!(once(text), text);
        }
    }
}
