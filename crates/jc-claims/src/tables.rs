//! Tables as text: rows of cells parted by tabs, bars or wide blanks. Each row is read as the sentence it stands for:
//! under 学生数（人） and behind 机电系 the cell 320 says 机电系学生数320人.

use jc_text::fold::{fold_char, is_han};

use crate::units::unit_at;

/// Which cell of which table a number stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub table: usize,
    pub column: usize,
    /// The row is a total of the rows above.
    pub total: bool,
}

/// A row of a table: where its line stands in the given text, its sentence, and its cells with numbers.
pub(crate) struct Row {
    pub start: usize,
    pub end: usize,
    /// The sentence; each character with its place in the given text, words of the head at the cell they explain.
    pub chars: Vec<(char, usize)>,
    pub cells: Vec<(usize, usize, Cell)>,
}

/// A cell of a line: its characters with their places, blanks around it dropped.
type Text = Vec<(char, usize)>;

/// All rows of all tables, in order. A table has a head without numbers and at least one row with one.
pub(crate) fn rows(given: &[char]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut table = 0;
    let lines = lines(given);
    let mut at = 0;
    while at < lines.len() {
        let width = lines[at].cells.len();
        let len = lines[at..].iter().take_while(|line| line.cells.len() == width && width >= 2).count();
        let block = &lines[at..at + len];
        let enough = if block.iter().any(|line| line.loose) { 3 } else { 2 };
        let head = block.first().filter(|head| {
            len >= enough && head.cells[1..].iter().all(|cell| amount(cell).is_none() || names_year(cell))
        });
        let digits = |cell: &Text| cell.iter().any(|(c, _)| fold_char(*c).is_ascii_digit());
        let holds =
            |line: &Line| line.cells[1..].iter().any(|cell| amount(cell).is_some() || !line.loose && digits(cell));
        let numbers = block.iter().skip(1).any(holds);
        if let Some(head) = head.filter(|_| numbers) {
            let common = unit_above(given, head.start);
            let mut columns: Vec<(String, String)> = head.cells.iter().map(|cell| heading(cell, &common)).collect();
            for (n, column) in columns.iter_mut().enumerate().skip(1) {
                if column.1.is_empty() && counts_bare(&column.0, &block[1..], n) {
                    column.1 = "个".to_string();
                }
            }
            // 合计 counts what the column beside it counts.
            for n in 1..columns.len() {
                if columns[n].1.is_empty() && is_total(&columns[n].0) {
                    let beside = columns.get(n + 1).filter(|_| n == 1).unwrap_or(&columns[n - 1]);
                    columns[n].1 = beside.1.clone();
                }
            }
            let name = usize::from(numbers_rows(&head.cells[0]) && width >= 3);
            rows.push(Row { start: head.start, end: head.end, chars: sentence_of_head(head), cells: Vec::new() });
            rows.extend(block[1..].iter().filter(|line| !line.rule).map(|line| row(line, &columns, name, table)));
            table += 1;
        }
        at += len.max(1);
    }
    rows
}

/// 床位, 实住 above whole numbers: a count, though nothing says of what. Numbers that name and marks are none.
fn counts_bare(name: &str, lines: &[Line], column: usize) -> bool {
    const NAMES: &[&str] = &[
        "序号", "编号", "年份", "年度", "名次", "排名", "位次", "年级", "学号", "工号", "代码", "电话", "时间", "分",
        "成绩", "金额", "价", "费", "面积", "人均", "生均", "平均", "指标", "合计", "总计", "小计", "增减", "年",
    ];
    let cells = || lines.iter().filter(|line| !line.rule).filter_map(|line| line.cells.get(column));
    let whole = |cell: &Text| {
        let plain = cell.iter().all(|(c, _)| fold_char(*c).is_ascii_digit() || matches!(fold_char(*c), ','));
        plain && !cell.is_empty()
    };
    let of_row = |line: &Line| unit_of_row(&line.cells[0]).is_empty();
    !NAMES.iter().any(|word| name.contains(word))
        && name.chars().any(is_han)
        && name.chars().count() >= 2
        && cells().count() >= 3
        && cells().all(whole)
        && lines.iter().filter(|line| !line.rule).all(of_row)
}

struct Line {
    start: usize,
    end: usize,
    cells: Vec<Text>,
    /// Parted by blanks only, which prose has too.
    loose: bool,
    /// |---|---|
    rule: bool,
}

fn lines(given: &[char]) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for end in (0..=given.len()).filter(|&n| given.get(n).is_none_or(|&c| c == '\n')) {
        let line: Text = (start..end).map(|n| (given[n], n)).filter(|(c, _)| *c != '\r').collect();
        let has = |sign: char| line.iter().any(|(c, _)| *c == sign);
        let (cells, loose) = if has('\t') {
            (line.split(|(c, _)| *c == '\t').map(trimmed).collect(), false)
        } else if has('|') || has('｜') || has('│') {
            let bar = ['|', '｜', '│'].into_iter().find(|bar| has(*bar)).unwrap_or('|');
            let inner = trimmed(&line);
            let inner = inner.strip_prefix_suffix(bar);
            (inner.split(|(c, _)| *c == bar).map(trimmed).collect(), false)
        } else {
            (wide_parts(&line), true)
        };
        let rule =
            cells.iter().all(|cell: &Text| cell.iter().all(|(c, _)| matches!(c, '-' | ':' | '—'))) && !line.is_empty();
        // A rule between head and rows has the head's cells.
        lines.push(Line { start, end, cells, loose, rule });
        start = end + 1;
    }
    lines
}

/// Drops one sign at each end.
trait Ends {
    fn strip_prefix_suffix(&self, sign: char) -> &[(char, usize)];
}

impl Ends for Text {
    fn strip_prefix_suffix(&self, sign: char) -> &[(char, usize)] {
        let mut it = &self[..];
        if it.first().is_some_and(|(c, _)| *c == sign) {
            it = &it[1..];
        }
        if it.last().is_some_and(|(c, _)| *c == sign) {
            it = &it[..it.len() - 1];
        }
        it
    }
}

fn trimmed(cell: &[(char, usize)]) -> Text {
    let blank = |c: &(char, usize)| c.0.is_whitespace();
    let first = cell.iter().position(|c| !blank(c)).unwrap_or(cell.len());
    let last = cell.iter().rposition(|c| !blank(c)).map_or(first, |at| at + 1);
    cell[first..last].to_vec()
}

/// Parts between two or more blanks, or full-width ones.
fn wide_parts(line: &Text) -> Vec<Text> {
    let mut parts: Vec<Text> = vec![Vec::new()];
    let mut blanks = 0;
    for &(c, at) in trimmed(line).iter() {
        if c.is_whitespace() {
            blanks += if c == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        match parts.last_mut() {
            Some(part) if blanks < 2 => part.push((c, at)),
            _ => parts.push(vec![(c, at)]),
        }
        blanks = 0;
    }
    parts
}

/// A cell that is a number: its length without a unit of its own, and whether it has one.
fn amount(cell: &[(char, usize)]) -> Option<(usize, bool)> {
    let chars: Vec<char> = cell.iter().map(|(c, _)| fold_char(*c)).collect();
    let chars = &chars[usize::from(sign(cell).is_some())..];
    let digits = chars.iter().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).count();
    if digits == 0 || !chars[0].is_ascii_digit() {
        return None;
    }
    let behind = &chars[digits..];
    let behind = &behind[behind.iter().take_while(|c| matches!(c, '万' | '亿')).count()..];
    if behind.is_empty() {
        return Some((cell.len(), false));
    }
    unit_at(behind, true).filter(|unit| unit.len == behind.len()).map(|_| (cell.len(), true))
}

/// What the sign before a number says in words: -3,635, +36,458.
fn sign(cell: &[(char, usize)]) -> Option<&'static str> {
    match cell.first().map(|(c, _)| fold_char(*c))? {
        '-' | '−' | '↓' | '▼' => Some("减少"),
        '+' | '↑' | '▲' => Some("增加"),
        _ => None,
    }
    .filter(|_| cell.get(1).is_some_and(|(c, _)| fold_char(*c).is_ascii_digit()))
}

/// The unit that a row's name brings where the columns are years: 到馆人次, 经费（万元）.
fn unit_of_row(name: &[(char, usize)]) -> String {
    let (name, unit) = heading(name, "");
    let counted: String = name.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let times = || if counted.ends_with('次') && is_unit(&counted) { counted.clone() } else { String::new() };
    if unit.is_empty() { times() } else { unit }
}

/// 2024年, 2024届: a year above a column is its name.
fn names_year(cell: &Text) -> bool {
    let text: String = cell.iter().map(|(c, _)| fold_char(*c)).collect();
    let year = ["学年", "年度", "年", "届", "级"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or_default();
    year.len() == 4 && year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit())
}

/// 2019, 2019年: the year a row is of, as its sentence says it.
fn year_of_row(cell: &[(char, usize)]) -> Option<String> {
    let text: String = cell.iter().map(|(c, _)| fold_char(*c)).collect();
    let year = text.trim_end_matches("年度").trim_end_matches('年');
    let year = year.len() == 4 && year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit());
    year.then(|| format!("{}年：", &text[..4]))
}

/// A column's name and the unit it gives its numbers: 学生数（人）, 就业率, 经费（万元）.
fn heading(cell: &[(char, usize)], common: &str) -> (String, String) {
    let text: String = cell
        .iter()
        .map(|(c, _)| match fold_char(*c) {
            '(' => '（',
            ')' => '）',
            c => c,
        })
        .filter(|c| !c.is_whitespace())
        .collect();
    let (name, bracket) = match text.split_once('（') {
        Some((name, tail)) => (name.to_string(), tail.trim_end_matches('）').to_string()),
        None => match text.split_once('/') {
            Some((name, unit)) => (name.to_string(), unit.to_string()),
            None => (text, String::new()),
        },
    };
    if is_unit(&bracket) {
        return (name, bracket);
    }
    let by_name = [
        ("人次", "人次"),
        ("人数", "人"),
        ("率", "%"),
        ("占比", "%"),
        ("比例", "%"),
        ("项数", "项"),
        ("门数", "门"),
        ("篇数", "篇"),
        ("家数", "家"),
        ("场次", "场次"),
        ("班级数", "个"),
        ("班数", "个"),
        ("学生", "人"),
        ("教师", "人"),
        ("学生数", "人"),
        ("教师数", "人"),
        ("男生", "人"),
        ("女生", "人"),
        ("男", "人"),
        ("女", "人"),
    ];
    let unit = by_name.iter().find(|(end, _)| name.ends_with(end)).map(|(_, unit)| *unit);
    // 毕业生数, 党员数, 获奖数: a count says what it counts by its last word but one.
    let of_count = || name.strip_suffix('数').filter(|_| common.is_empty());
    let counted =
        || of_count().map(|of| if of.ends_with(['生', '员', '师', '者', '工', '人']) { "人" } else { "个" });
    let unit = unit.or_else(counted).unwrap_or(common).to_string();
    (name, unit)
}

/// 单位：万元 in the line above the table.
fn unit_above(given: &[char], start: usize) -> String {
    let above: String = given[..start].iter().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let unit = above.rsplit_once("单位：").or_else(|| above.rsplit_once("单位:")).map_or("", |(_, unit)| unit.trim());
    let unit = unit.trim_end_matches(['）', ')', '：', ':', '。']);
    // 表3 经费收入情况（万元）: the caption may bring the unit.
    let caption = above.trim_end().lines().next_back().unwrap_or_default().trim_end();
    let caption = caption.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '('])).map(|it| it.1);
    let unit = caption.filter(|_| unit.is_empty()).unwrap_or(unit);
    if is_unit(unit) { unit.to_string() } else { String::new() }
}

fn is_unit(text: &str) -> bool {
    let chars: Vec<char> = text.chars().skip_while(|c| matches!(c, '万' | '亿')).collect();
    unit_at(&chars, true).is_some_and(|unit| unit.len == chars.len())
}

/// The head itself says nothing with numbers.
fn sentence_of_head(head: &Line) -> Text {
    let mut out = Text::new();
    for cell in &head.cells {
        out.extend(cell);
        let at = cell.last().map_or(head.start, |(_, at)| *at);
        out.push(('，', at));
    }
    out.push(('。', head.end.saturating_sub(1)));
    out
}

/// Words that head a row or a column of totals.
fn is_total(name: &str) -> bool {
    // 合计/平均: some columns of such a row are means.
    ["合计", "总计", "共计", "总和", "小计"].iter().any(|word| name.contains(word)) && !name.contains("均")
}

/// 序号: a column that only counts the rows; the one beside it names them.
fn numbers_rows(cell: &Text) -> bool {
    let text: String = cell.iter().map(|(c, _)| *c).filter(|c| !c.is_whitespace()).collect();
    ["序号", "编号", "No", "No.", "NO", "项次", "序"].contains(&text.as_str())
}

/// 其中：合同就业: that a row is of those above it is no part of its name.
fn without_among(name: &[(char, usize)]) -> &[(char, usize)] {
    match name {
        [('其', _), ('中', _), ('：' | ':' | '，', _), rest @ ..] if !rest.is_empty() => rest,
        [('其', _), ('中', _), rest @ ..] if !rest.is_empty() => rest,
        _ => name,
    }
}

/// A row as a sentence: 机电系学生数320人，机电系教师数18人。 Its name stands in the column `named`, what stands before that numbers it.
fn row(line: &Line, columns: &[(String, String)], named: usize, table: usize) -> Row {
    let own = without_among(&line.cells[named]);
    let name: String = own.iter().map(|(c, _)| *c).filter(|c| !c.is_whitespace()).collect();
    let total = is_total(&name);
    let said = if total { "全部" } else { &name };
    let mut chars = Text::new();
    let mut cells = Vec::new();
    let of_row = unit_of_row(own);
    if own.iter().any(|(c, _)| is_han(*c)) && columns.len() > 1 && amount(own).is_none() {
        chars.extend(own);
        chars.push(('：', own.last().map_or(line.start, |(_, at)| *at)));
    }
    // 2019 at the head of a row is its year.
    if let Some(year) = year_of_row(own) {
        let at = own.first().map_or(line.start, |(_, at)| *at);
        chars.extend(year.chars().map(|c| (c, at)));
    }
    for (column, cell) in line.cells.iter().enumerate().skip(named + 1) {
        let (Some(&(_, first)), Some(&(_, last))) = (cell.first(), cell.last()) else { continue };
        let (heading, unit) = &columns[column];
        match amount(cell) {
            Some((_, own)) => {
                let sign = sign(cell);
                let words = said.chars().chain(heading.chars()).chain(sign.unwrap_or_default().chars());
                chars.extend(words.filter(|c| !c.is_ascii_digit()).map(|c| (c, first)));
                chars.extend(cell[usize::from(sign.is_some())..].iter().filter(|(c, _)| !c.is_whitespace()));
                if !own {
                    let unit = if unit.is_empty() { &of_row } else { unit };
                    chars.extend(unit.chars().map(|c| (c, last)));
                }
                // 人均时长 of 合计 is the mean of all, and no sum.
                cells.push((first, last + 1, Cell { table, column, total: total && !heading.contains('均') }));
            }
            None => chars.extend(cell),
        }
        chars.push(('，', last));
    }
    chars.push(('。', line.end.saturating_sub(1).max(line.start)));
    Row { start: line.start, end: line.end, chars, cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let given: Vec<char> = text.chars().collect();
        let rows = rows(&given);
        rows.iter().map(|row| row.chars.iter().map(|(c, _)| *c).collect::<String>()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn rows_become_sentences() {
        let table = "系部\t学生数（人）\t就业率\n机电系\t320\t98.5%\n合计\t650\t97.1";
        assert_eq!(
            said(table),
            "系部，学生数（人），就业率，。|机电系：机电系学生数320人，机电系就业率98.5%，。|合计：全部学生数650人，全部就业率97.1%，。"
        );
        assert_eq!(
            said("| 项目 | 金额（万元） |\n|---|---|\n| 培训 | 12.5 |"),
            "项目，金额（万元），。|培训：培训金额12.5万元，。"
        );
        assert_eq!(
            said("序号\t项目\t数量\n1\t学生\t320人\n2\t教师\t30人"),
            "序号，项目，数量，。|学生：学生数量320人，。|教师：教师数量30人，。"
        );
        assert_eq!(said("学校共有学生120人\t教师8人"), "");
        assert_eq!(said("一段普通的文字，没有表格。\n又一段文字，共12人。"), "");
    }
}
