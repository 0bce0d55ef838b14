//! Undoes the page: joins broken lines, drops what was printed twice and the blanks inside numbers.
//!
//! A text taken out of a PDF has hard line breaks inside words and numbers, headings printed twice for a shadow,
//! and blanks around figures. Claims are looked for in a cleaned copy that remembers where each character stood.

use jc_text::fold::{fold_char, is_han, is_invisible};

use crate::broken::{blanks_inside, inside_numbers, printed_once};
use crate::tables::{self, Cell};

/// The cleaned text: paragraphs end with `\n`, and every character knows its place in the given text.
pub(crate) struct Layout {
    pub chars: Vec<char>,
    /// For each character its index in the given text.
    pub at: Vec<usize>,
    /// The cells of tables that hold numbers: where they stand in the given text.
    cells: Vec<(usize, usize, Cell)>,
}

/// One printed line without its margins.
struct Line {
    chars: Vec<(char, usize)>,
    /// Where the break behind it stands.
    break_at: usize,
    /// A row of a table, which neither goes on nor is gone on from.
    row: bool,
}

impl Line {
    /// The printed width: a Han character is two letters wide; blanks are stretched and say nothing.
    fn width(&self) -> usize {
        self.chars.iter().map(|it| if it.0.is_whitespace() { 0 } else { 1 + usize::from(!it.0.is_ascii()) }).sum()
    }
}

/// Lines wider than this are paragraphs: no column of print is as wide.
const WIDEST_COLUMN: usize = 160;
/// Narrower lines are headings or table rows, never full lines of a column.
const NARROWEST_COLUMN: usize = 24;

impl Layout {
    pub fn new(text: &str) -> Layout {
        let mut lines = lines(text);
        let widths: Vec<usize> = lines.iter().map(Line::width).collect();
        let given: Vec<char> = text.chars().collect();
        let rows = tables::rows(&given);
        for line in &mut lines {
            let Some(&(_, first)) = line.chars.first() else { continue };
            let row = rows.partition_point(|row| row.end < first);
            if let Some(row) = rows.get(row).filter(|row| row.start <= first) {
                line.chars = row.chars.iter().map(|&(c, at)| (fold(c), at)).collect();
                line.row = true;
            }
        }
        let cells = rows.iter().flat_map(|row| row.cells.iter().copied()).collect();
        let wrapped = widths.iter().all(|&n| n <= WIDEST_COLUMN);
        let views: Vec<&[(char, usize)]> =
            lines.iter().map(|line| if line.row { &[] } else { &line.chars[..] }).collect();
        let inside = inside_numbers(&views);
        let mut flat: Vec<(char, usize)> = Vec::with_capacity(text.len() / 3);
        for (n, line) in lines.iter().enumerate() {
            flat.extend(&line.chars);
            match lines.get(n + 1) {
                Some(_) if inside[n] => {}
                Some(next) if wrapped && !line.row && !next.row && runs_on(line, next, &widths, n) => {
                    // Two Latin words or a word and a number are still two words.
                    let latin = |c: Option<&(char, usize)>| c.is_some_and(|c| c.0.is_ascii_alphabetic());
                    if latin(line.chars.last()) && latin(next.chars.first()) {
                        flat.push((' ', line.break_at));
                    }
                }
                _ => flat.push(('\n', line.break_at)),
            }
        }
        let flat = without_blanks(&flat);
        let flat = with_points(with_full_punctuation(flat));
        Layout { chars: flat.iter().map(|it| it.0).collect(), at: flat.iter().map(|it| it.1).collect(), cells }
    }

    /// The cell of a table that the character of the given text stands in.
    pub fn cell(&self, given: usize) -> Option<Cell> {
        let at = self.cells.partition_point(|(_, end, _)| *end <= given);
        self.cells.get(at).filter(|(start, ..)| *start <= given).map(|(.., cell)| *cell)
    }

    pub fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    pub fn starts_with(&self, at: usize, word: &str) -> bool {
        starts_with(&self.chars[at.min(self.chars.len())..], word)
    }

    /// What stands before `at` in its clause, forty characters at most.
    pub fn clause_before(&self, at: usize) -> String {
        let from = at.saturating_sub(40);
        let open =
            self.chars[from..at].iter().rposition(|c| "，。；！？：\n".contains(*c)).map_or(from, |n| from + n + 1);
        self.text(open, at)
    }

    /// True if `word` stands directly before `at`.
    pub fn ends_with(&self, at: usize, word: &str) -> bool {
        let len = word.chars().count();
        at >= len && self.starts_with(at - len, word)
    }
}

pub(crate) fn starts_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// The first line of a text with anything in it, as a person reads it: what was printed twice is read once.
pub fn first_line(text: &str) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let chars: Vec<(char, usize)> = first.trim().chars().enumerate().map(|(at, c)| (c, at)).collect();
    undouble(&chars).into_iter().map(|(c, _)| c).collect()
}

/// Whether a text stands as it is read: no line broken, nothing printed twice, no blank inside a number.
pub fn is_clean(text: &str) -> bool {
    let given = text.trim_end().chars().count();
    let at = Layout::new(text).at;
    at.len() >= given && at.iter().take(given).enumerate().all(|(n, at)| n == *at)
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line: Vec<(char, usize)> = Vec::new();
    let mut end = 0;
    let mut close = |line: &mut Vec<(char, usize)>, break_at: usize| {
        let blank = |c: &(char, usize)| c.0.is_whitespace();
        let first = line.iter().position(|c| !blank(c)).unwrap_or(line.len());
        let last = line.iter().rposition(|c| !blank(c)).map_or(first, |at| at + 1);
        if first < last {
            lines.push(Line { chars: undouble(&line[first..last]), break_at, row: false });
        }
        line.clear();
    };
    for (at, c) in text.chars().enumerate() {
        end = at + 1;
        match c {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' => close(&mut line, at),
            '\r' => {}
            c if is_invisible(c) => {}
            c => line.push((fold(c), at)),
        }
    }
    close(&mut line, end.saturating_sub(1));
    lines
}

/// Letters, digits and signs of arithmetic become half-width; Chinese punctuation stays what it is.
fn fold(c: char) -> char {
    let folded = fold_char(c);
    if folded.is_ascii_alphanumeric() || matches!(folded, '%' | ' ' | '~' | '+') || c == '∶' || c == '．' {
        folded
    } else {
        c
    }
}

/// Drops the second print of a line (or of a part between blanks) that was printed twice, run by run:
/// `技能技能之之““师师””` is `技能之“师”`.
fn undouble(line: &[(char, usize)]) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let blanks = rest.iter().take_while(|c| c.0.is_whitespace()).count();
        out.extend(&rest[..blanks]);
        rest = &rest[blanks..];
        let len = rest.iter().take_while(|c| !c.0.is_whitespace()).count();
        let part = &rest[..len];
        match first_prints(part) {
            Some(kept) if len >= 6 => out.extend(kept),
            _ => out.extend(printed_once(part)),
        }
        rest = &rest[len..];
    }
    out
}

/// The first print of each run, if the part is nothing but runs printed twice.
fn first_prints(part: &[(char, usize)]) -> Option<Vec<(char, usize)>> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < part.len() {
        let longest = (part.len() - at) / 2;
        let run = (1..=longest).rev().find(|&n| (0..n).all(|k| part[at + k].0 == part[at + n + k].0))?;
        kept.extend(&part[at..at + run]);
        at += 2 * run;
    }
    Some(kept)
}

/// Does the sentence run on from this line into the next?
fn runs_on(line: &Line, next: &Line, widths: &[usize], n: usize) -> bool {
    let (Some(&(last, _)), Some(&(first, _))) = (line.chars.last(), next.chars.first()) else { return false };
    // 1·02万人: the dot of a number is none of a list.
    let second = next.chars.iter().skip(1).find(|it| !it.0.is_whitespace());
    let inside = first == '·' && last.is_ascii_digit() && second.is_some_and(|it| it.0.is_ascii_digit());
    if !inside && matches!(first, '●' | '•' | '◆' | '■' | '▲' | '★' | '◎' | '※' | '·' | '-' | '—' | '*')
    {
        return false;
    }
    // No line of print begins with a closing sign.
    if matches!(first, '，' | '。' | '、' | '；' | '！' | '？' | '）' | '”' | '》' | '%' | '：') {
        return true;
    }
    // The column's width is that of the wider lines around; columns may differ above and below.
    let before = widths[n.saturating_sub(3)..=n].iter().max().copied().unwrap_or(0);
    let after = widths[n + 1..(n + 4).min(widths.len())].iter().max().copied().unwrap_or(0);
    let width = widths[n];
    let column = before.min(after.max(width));
    if width < NARROWEST_COLUMN {
        return false;
    }
    if matches!(last, '。' | '！' | '？') {
        width + 2 >= column && widths[n + 1] >= width / 2
    } else {
        width * 5 >= column * 4
    }
}

/// Takes out blanks, except where they part two numbers or two Latin words.
fn without_blanks(flat: &[(char, usize)]) -> Vec<(char, usize)> {
    let inside = blanks_inside(flat);
    let mut out: Vec<(char, usize)> = Vec::with_capacity(flat.len());
    let mut at = 0;
    while at < flat.len() {
        let (c, place) = flat[at];
        if !(c.is_whitespace() && c != '\n') {
            out.push((c, place));
            at += 1;
            continue;
        }
        let run = flat[at..].iter().take_while(|it| it.0.is_whitespace() && it.0 != '\n').count();
        // 7<tab>“双师型”教师…比例<tab>≥50%<tab>58人: a cell that holds a number ends there.
        if flat[at..at + run].iter().any(|it| it.0 == '\t') && ends_a_cell(&out) {
            out.push(('，', place));
            at += run;
            continue;
        }
        let before = out.last().map(|it| it.0);
        let behind = flat.get(at + run).map(|it| it.0);
        let keep = match (before, behind) {
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                !inside[at] && !grouped(&out, &flat[at + run..])
            }
            (Some(a), Some(b)) => a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric(),
            _ => false,
        };
        if keep {
            out.push((' ', place));
        }
        at += run;
    }
    out
}

/// Does what stands before a tab, back to the cell's own beginning, hold a number?
fn ends_a_cell(before: &[(char, usize)]) -> bool {
    let cell = before.iter().rev().map(|it| it.0).take_while(|c| !matches!(c, '\n' | '，' | '。' | '；'));
    cell.into_iter().any(|c| c.is_ascii_digit())
}

/// `1 200`: one to three digits, a blank, exactly three digits.
fn grouped(before: &[(char, usize)], behind: &[(char, usize)]) -> bool {
    let head = before.iter().rev().take_while(|it| it.0.is_ascii_digit()).count();
    let tail = behind.iter().take_while(|it| it.0.is_ascii_digit()).count();
    (1..=3).contains(&head) && tail == 3
}

/// Half-width punctuation of careless typing becomes Chinese, except inside numbers, so that one set of signs
/// parts clauses. A colon between digits becomes half-width: `1：15` is a ratio.
fn with_full_punctuation(mut flat: Vec<(char, usize)>) -> Vec<(char, usize)> {
    for at in 0..flat.len() {
        let digit = |n: Option<usize>| n.and_then(|n| flat.get(n)).is_some_and(|it| it.0.is_ascii_digit());
        let inside = digit(at.checked_sub(1)) && digit(Some(at + 1));
        // 2，380台: a comma parts thousands if three digits and then a unit follow; a clause rarely ends in a bare number.
        let thousands = flat[at].0 == '，' && inside && {
            let head = flat[..at].iter().rev().take_while(|it| it.0.is_ascii_digit()).count();
            let tail = |from: usize| flat[from..].iter().take_while(|it| it.0.is_ascii_digit()).count();
            // 17，838，042股: the unit stands behind the last three.
            let mut end = at;
            while flat.get(end).is_some_and(|it| it.0 == '，') && tail(end + 1) == 3 {
                end += 4;
            }
            let unit = end > at && flat.get(end).is_some_and(|it| is_han(it.0) && !matches!(it.0, '年' | '月'));
            let goes_on = head == 3 && at > 3 && flat[at - 4].0 == ',';
            (1..=3).contains(&head) && unit && (goes_on || flat[at - head].0 != '0')
        };
        if thousands {
            flat[at].0 = ',';
            continue;
        }
        let han_before = at.checked_sub(1).and_then(|n| flat.get(n)).is_some_and(|it| is_han(it.0));
        flat[at].0 = match flat[at].0 {
            ',' if !inside => '，',
            ';' => '；',
            ':' if !inside => '：',
            '：' if inside => ':',
            '(' => '（',
            ')' => '）',
            '?' => '？',
            '!' => '！',
            '.' if han_before && !inside => '。',
            c => c,
        };
    }
    flat
}

/// 41·4％, 1·02万人: a dot in the middle of a line is a point where a share or a scale follows; 6·22 is a day.
fn with_points(mut flat: Vec<(char, usize)>) -> Vec<(char, usize)> {
    for at in 1..flat.len() {
        let digits = flat[at + 1..].iter().take_while(|it| it.0.is_ascii_digit()).count();
        let measured = flat.get(at + 1 + digits).is_some_and(|it| matches!(it.0, '%' | '‰' | '万' | '亿'));
        if flat[at].0 == '·' && flat[at - 1].0.is_ascii_digit() && digits > 0 && measured {
            flat[at].0 = '.';
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> String {
        Layout::new(text).chars.iter().collect::<String>().trim_end().replace('\n', "|")
    }

    #[test]
    fn a_first_line_printed_twice_is_read_once() {
        assert_eq!(
            first_line("\n  以国际视野打造某校之以国际视野打造某校之““师师””\n——副题"),
            "以国际视野打造某校之“师”"
        );
        assert_eq!(first_line("2024年家长会7场。\n其余略。"), "2024年家长会7场。");
        assert_eq!(first_line(" \n"), "");
    }

    #[test]
    fn a_clean_text_stands_as_it_is_read() {
        let clean = "全校在册学生1200人。\n其中女生500人。\n";
        assert!(is_clean(clean) && is_clean("") && is_clean("3人"));
        for raw in ["\n3人。", "共 3 人。", "技能技能之之““师师””", "全校在册学生1200人，\n\n其中女生500人。"]
        {
            assert!(!is_clean(raw), "{raw}");
        }
    }

    #[test]
    fn joins_what_the_column_broke() {
        let text = "学校全年组织各类讲座与培训，参加人员达 1\n\n200 余人次，其中校外人员三百余人，\n\n比上年明显增加，成效显著。\n\n下一段从这里开始，也有若干文字，\n\n到此为止。";
        assert_eq!(clean(text).matches('|').count(), 1, "{}", clean(text));
        assert!(clean(text).contains("达1200余人次"));
        assert_eq!(clean("共 99. 26%，合格"), "共99.26%，合格");
    }

    #[test]
    fn keeps_lines_of_a_list() {
        assert_eq!(clean("● 获奖 10 项\n● 获奖 12 项"), "●获奖10项|●获奖12项");
        assert_eq!(clean("在校生 1200\n教师 98"), "在校生1200|教师98");
    }

    #[test]
    fn prints_headings_once() {
        assert_eq!(clean("产教融合产教融合结硕果结硕果！！"), "产教融合结硕果！");
        assert_eq!(clean("天天向上"), "天天向上");
        let layout = Layout::new("技能技能大师大师");
        assert_eq!(layout.at, [0, 1, 4, 5, 7]);
    }

    #[test]
    fn numbers_side_by_side_stay_apart() {
        assert_eq!(clean("2024 407名"), "2024 407名");
        assert_eq!(clean("比例为 1：15,合格"), "比例为1:15，合格");
        assert_eq!(clean("共17，838，042股，其中2，000人"), "共17,838,042股，其中2,000人");
        assert_eq!(clean("由91·57％升至９３·３％，6·26事件"), "由91.57%升至93.3%，6·26事件");
    }
}
