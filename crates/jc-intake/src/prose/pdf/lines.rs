//! From glyphs with places to lines, and from lines to paragraphs.
//!
//! A file says where glyphs stand and not what belongs together. The order in which they are drawn is that of writing
//! nearly always; what it does not tell is where a line is only broken because the paper ends. What is drawn twice
//! (shadows, bold made by a second stroke) is one.

use std::collections::HashSet;

/// A glyph: its characters, its place (y downwards), its size in the same measure.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

impl Glyph {
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// Where it ends, by the width such characters have.
    fn end(&self) -> f64 {
        let width =
            |c: char| if (c as u32) < 0x2E80 && !matches!(c, '—' | '…' | '“' | '”') { 0.5 } else { 1.0 };
        self.x + self.size * self.text.chars().map(width).sum::<f64>()
    }
}

/// A line of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// The lines of a page in the order of writing.
pub(super) fn of_page(glyphs: Vec<Glyph>, width: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut drawn = HashSet::new();
    for glyph in glyphs {
        let cell = |shift: f64, at: f64| ((at / glyph.size + shift) * 2.0).floor() as i64;
        let places = [(0.0, 0.0), (0.25, 0.0), (0.0, 0.25), (0.25, 0.25)];
        let twice = places.map(|(x, y)| (glyph.text.clone(), cell(x, glyph.x), cell(y, glyph.y), (x > 0.0, y > 0.0)));
        if !glyph.is_blank() && twice.iter().any(|it| drawn.contains(it)) {
            continue;
        }
        drawn.extend(twice);
        match lines.last_mut() {
            Some(line) if line.takes(&glyph, width) => line.push(&glyph),
            _ => lines.push(Line::of(&glyph)),
        }
    }
    for line in &mut lines {
        line.text = line.text.trim_end().to_owned();
    }
    lines.retain(|line| !line.text.trim().is_empty());
    in_rows(lines)
}

impl Line {
    fn of(glyph: &Glyph) -> Self {
        let (left, right) = (glyph.x, glyph.end());
        Self { text: glyph.text.clone(), left, right, y: glyph.y, size: glyph.size }
    }

    /// Whether a glyph goes on with the line: on it or a little above or below (a small raised figure), to the right.
    fn takes(&self, glyph: &Glyph, width: f64) -> bool {
        let size = self.size.max(glyph.size);
        (glyph.y - self.y).abs() < size * 0.55 && glyph.x > self.right - size * 1.2 && glyph.x - self.right < width
    }

    fn push(&mut self, glyph: &Glyph) {
        let gap = (glyph.x - self.right) / self.size.max(glyph.size);
        if gap > 1.2 && !glyph.is_blank() {
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\t');
        }
        self.text.push_str(&glyph.text);
        self.right = self.right.max(glyph.end());
        self.size = self.size.max(glyph.size);
    }
}

/// Puts pieces of one row (cells of a table, drawn one after the other) into one line, from left to right.
fn in_rows(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(last) if (last.y - line.y).abs() < last.size * 0.3 && line.left > last.right => {
                last.text.push('\t');
                last.text.push_str(line.text.trim_start());
                last.right = line.right;
            }
            _ => out.push(line),
        }
    }
    out
}

/// The pages as one text: lines that only the paper broke are joined, running heads and page numbers left out.
pub(super) fn text(pages: Vec<Vec<Line>>) -> String {
    let running = running(&pages);
    let mut paragraphs: Vec<String> = Vec::new();
    // The line before, and the right edge of the column it stands in.
    let mut before: Option<(Line, f64)> = None;
    for page in pages {
        let last = page.len().saturating_sub(1);
        let edges: Vec<f64> = page.iter().map(|line| edge(&page, line)).collect();
        for ((at, line), edge) in page.into_iter().enumerate().zip(edges) {
            let outer = at < 2 || at + 1 >= last;
            if outer && (is_page_number(&line.text) || running.contains(&bare(&line.text))) {
                continue;
            }
            match (&before, paragraphs.last_mut()) {
                (Some((above, edge)), Some(paragraph)) if goes_on(above, *edge, &line) => {
                    let both_latin = paragraph.ends_with(|c: char| c.is_ascii_alphabetic())
                        && line.text.starts_with(|c: char| c.is_ascii_alphanumeric());
                    if both_latin {
                        paragraph.push(' ');
                    }
                    paragraph.push_str(line.text.trim_start());
                }
                _ => paragraphs.push(line.text.clone()),
            }
            before = Some((line, edge));
        }
    }
    paragraphs.join("\n")
}

/// The right edge of the column a line stands in: where the longest line ends that begins about where it does.
fn edge(page: &[Line], line: &Line) -> f64 {
    let beside = |other: &&Line| (other.left - line.left).abs() < line.size * 2.6 && alike(other.size, line.size);
    page.iter().filter(beside).map(|other| other.right).fold(line.right, f64::max)
}

fn alike(a: f64, b: f64) -> bool {
    (a - b).abs() < a.max(b) * 0.12
}

/// Whether a paragraph goes on: the line above is full, of the same size, and the next is not set in.
fn goes_on(above: &Line, edge: f64, line: &Line) -> bool {
    let full = above.right > edge - above.size * 1.6 && edge - above.left > above.size * 12.0;
    let set_in = line.left > above.left + line.size * 1.2;
    let tabular = above.text.contains('\t') || line.text.contains('\t');
    let item = line.text.trim_start().starts_with(['●', '■', '◆', '•', '·', '★']);
    full && alike(above.size, line.size) && !set_in && !tabular && !item
}

fn is_page_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let around = text.chars().all(|c| c.is_ascii_digit() || "-—–－·/第页共，,".contains(c));
    (1..=8).contains(&digits) && around
}

/// A line without its numbers, so that 第3页 and 第4页 are the same.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
}

/// What stands at the top or bottom of more than half of at least four pages.
fn running(pages: &[Vec<Line>]) -> HashSet<String> {
    let mut seen: Vec<(String, usize)> = Vec::new();
    for page in pages.iter().filter(|_| pages.len() >= 4) {
        let outer: HashSet<String> =
            page.iter().take(2).chain(page.iter().rev().take(2)).map(|l| bare(&l.text)).collect();
        for text in outer {
            match seen.iter_mut().find(|(known, _)| *known == text) {
                Some((_, times)) => *times += 1,
                None => seen.push((text, 1)),
            }
        }
    }
    seen.into_iter().filter(|(_, times)| times * 2 > pages.len()).map(|(text, _)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines set from a place, each glyph one size wide (half for figures).
    fn set(x: f64, y: f64, size: f64, text: &str) -> Vec<Glyph> {
        let mut at = x;
        let mut out = Vec::new();
        for c in text.chars() {
            let glyph = Glyph { text: c.to_string(), x: at, y, size };
            at = glyph.end();
            out.push(glyph);
        }
        out
    }

    fn check(glyphs: &[Vec<Glyph>], expected: &str) {
        assert_eq!(text(vec![of_page(glyphs.concat(), 600.0)]), expected);
    }

    #[test]
    fn what_the_paper_broke_is_joined() {
        check(
            &[
                set(70.0, 100.0, 10.0, "　　全年开展志愿服务1000余人次，累计服务时长达7"),
                set(70.0, 116.0, 10.0, "000余小时，用实践之火点燃信仰之灯，精心摄制微视"),
                set(70.0, 132.0, 10.0, "频。"),
                set(70.0, 148.0, 10.0, "　　教学改革。"),
            ],
            "　　全年开展志愿服务1000余人次，累计服务时长达7000余小时，用实践之火点燃信仰之灯，精心摄制微视频。\n　　教学改革。",
        );
    }

    #[test]
    fn what_is_drawn_twice_is_one() {
        let heading = set(70.0, 100.0, 20.0, "教学改革：31个");
        let shadow = set(70.6, 100.4, 20.0, "教学改革：31个");
        check(&[heading.clone(), shadow], "教学改革：31个");
        // Bold by a second stroke, glyph by glyph.
        let both: Vec<Glyph> = heading.iter().flat_map(|g| [g.clone(), Glyph { x: g.x + 0.3, ..g.clone() }]).collect();
        check(&[both], "教学改革：31个");
        // The same figure again beside it is another.
        check(&[set(70.0, 100.0, 10.0, "11月55人")], "11月55人");
    }

    #[test]
    fn cells_of_a_row_stand_in_one_line() {
        check(
            &[
                set(70.0, 100.0, 10.0, "专业"),
                set(200.0, 100.0, 10.0, "毕业生"),
                set(70.0, 116.0, 10.0, "数控"),
                set(200.0, 116.0, 10.0, "120人"),
                set(290.0, 800.0, 10.0, "— 3 —"),
            ],
            "专业\t毕业生\n数控\t120人",
        );
    }
}
