//! Text files with one row per line: comma, tab or semicolon between the cells.

mod decode;

pub(crate) use decode::decode;

use crate::codes;
use crate::row::{Row, RowBuf, Slot, Strings};
use crate::site::Site;
use crate::tally::Tally;
use jc_base::Finding;

/// A decoded text file.
pub(crate) struct Csv {
    text: String,
    separator: u8,
    /// Rows before the first one of content: Excel's `sep=;` line.
    skipped: u32,
    start: usize,
}

impl Csv {
    /// Takes the text and sees what separates its cells.
    pub(crate) fn new(text: String, site: &Site) -> Result<Self, Box<Finding>> {
        if u32::try_from(text.len()).is_err() {
            let size = text.len() >> 20;
            return Err(Box::new(site.whole_error(codes::TOO_BIG).with("size", size).with("most", 4095)));
        }
        let first = text.lines().next().unwrap_or("");
        if let Some(&[separator]) = first.strip_prefix("sep=").map(str::as_bytes) {
            let start = text.find('\n').map_or(text.len(), |at| at + 1);
            return Ok(Self { separator, skipped: 1, start, text });
        }
        Ok(Self { separator: guess_separator(&text), skipped: 0, start: 0, text })
    }

    pub(crate) fn rows(&self, tally: Tally) -> CsvReader<'_> {
        let buf = RowBuf { number: self.skipped, ..RowBuf::default() };
        CsvReader {
            text: &self.text,
            at: self.start,
            separator: self.separator,
            tally,
            buf,
            strings: Strings::default(),
        }
    }
}

/// The separator that stands equally often, and most often, in the first lines.
fn guess_separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| unquoted(line, separator)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        // How many lines have as many as the fullest one; then how many that is.
        (most > 0).then(|| (counts.iter().filter(|n| **n == most).count(), most))
    };
    // Of two equally good ones the first wins.
    let (mut best, mut best_score) = (b',', None);
    for separator in [b',', b'\t', b';'] {
        let score = score(separator);
        if score > best_score {
            (best, best_score) = (separator, score);
        }
    }
    best
}

fn unquoted(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for b in line.bytes() {
        if b == b'"' {
            quoted = !quoted;
        } else if b == separator && !quoted {
            count += 1;
        }
    }
    count
}

/// Reads the rows. Cells borrow from the text; only one with doubled quotation marks is copied.
pub(crate) struct CsvReader<'b> {
    text: &'b str,
    at: usize,
    separator: u8,
    tally: Tally,
    buf: RowBuf,
    strings: Strings,
}

impl CsvReader<'_> {
    /// The next row with something in it.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Box<Finding>> {
        while self.at < self.text.len() {
            self.buf.clear();
            self.buf.number = self.buf.number.saturating_add(1);
            let cells = self.row().inspect_err(|_| self.at = self.text.len())?;
            if cells > 0 {
                self.tally.row(self.buf.number, cells)?;
                return Ok(Some(self.buf.row(self.text, &self.strings)));
            }
        }
        Ok(None)
    }

    /// Reads one row up to and over its line end; gives how many cells have something in them.
    fn row(&mut self) -> Result<usize, Box<Finding>> {
        let bytes = self.text.as_bytes();
        let number = self.buf.number;
        let (mut column, mut cells) = (0usize, 0usize);
        loop {
            let start = self.at;
            let slot = if bytes.get(start) == Some(&b'"') {
                self.quoted(column)?
            } else {
                let rest = bytes.get(start..).unwrap_or_default();
                let separator = self.separator;
                let length = rest.iter().position(|b| *b == separator || matches!(b, b'\n' | b'\r'));
                self.at = start + length.unwrap_or(rest.len());
                self.source(start, self.at)
            };
            if !matches!(slot, Slot::Empty) {
                self.tally.column(number, column)?;
                if let Slot::Source(from, to) | Slot::Own(from, to) = slot
                    && (to - from) as usize > self.tally.limits.cell_chars
                {
                    let text = if matches!(slot, Slot::Own(..)) { &self.buf.own } else { self.text };
                    self.tally.text(number, column, text.get(from as usize..to as usize).unwrap_or(""))?;
                }
                self.buf.put(column, slot);
                cells += 1;
            }
            column += 1;
            match bytes.get(self.at) {
                Some(b) if *b == self.separator => self.at += 1,
                Some(b'\r') => {
                    self.at += if bytes.get(self.at + 1) == Some(&b'\n') { 2 } else { 1 };
                    return Ok(cells);
                }
                Some(_) => {
                    self.at += 1;
                    return Ok(cells);
                }
                None => return Ok(cells),
            }
        }
    }

    /// Text of the file as a cell. The file is smaller than 4 GiB: seen to when it was decoded.
    fn source(&self, from: usize, to: usize) -> Slot {
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        if from == to { Slot::Empty } else { Slot::Source(position(from), position(to)) }
    }

    /// A cell that begins with a quotation mark, up to the separator or line end after the closing one.
    fn quoted(&mut self, column: usize) -> Result<Slot, Box<Finding>> {
        let bytes = self.text.as_bytes();
        let open = self.at;
        let next_quote = |from: usize| {
            bytes.get(from..).and_then(|rest| rest.iter().position(|b| *b == b'"')).map(|length| from + length)
        };
        let unclosed = || Box::new(Finding::error(codes::OPEN_QUOTE, self.tally.site.cell(self.buf.number, column)));
        let ends = |at: usize| bytes.get(at).is_none_or(|b| *b == self.separator || matches!(b, b'\n' | b'\r'));
        let mut close = next_quote(open + 1).ok_or_else(unclosed)?;
        if ends(close + 1) {
            self.at = close + 1;
            return Ok(self.source(open + 1, close));
        }
        // Doubled quotation marks, or something typed behind the closing one: the cell is put together anew.
        let start = self.buf.mark();
        let mut from = open + 1;
        loop {
            self.buf.own.push_str(self.text.get(from..close).unwrap_or(""));
            if bytes.get(close + 1) == Some(&b'"') {
                self.buf.own.push('"');
                from = close + 2;
                close = next_quote(from).ok_or_else(unclosed)?;
                continue;
            }
            let rest = bytes.get(close + 1..).unwrap_or_default();
            let length = rest.iter().position(|b| *b == self.separator || matches!(b, b'\n' | b'\r'));
            self.at = close + 1 + length.unwrap_or(rest.len());
            self.buf.own.push_str(self.text.get(close + 1..self.at).unwrap_or(""));
            return Ok(self.buf.text_since(start));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn read(text: &str) -> String {
        let site = Site::file("表.csv");
        let csv = Csv::new(text.to_owned(), &site).expect("small");
        let mut reader =
            csv.rows(Tally::new(site, &Limits { cell_chars: 8, columns: 5, rows: 4, ..Limits::default() }));
        let mut out = Vec::new();
        loop {
            match reader.next() {
                Ok(Some(row)) => {
                    let cells: Vec<String> = row.cells().map(|cell| cell.to_string()).collect();
                    out.push(format!("{}:{}", row.number(), cells.join("|")));
                }
                Ok(None) => return out.join(" "),
                Err(finding) => {
                    out.push(format!("{}@{}", finding.code, finding.place));
                    return out.join(" ");
                }
            }
        }
    }

    #[test]
    fn rows_keep_the_numbers_a_spreadsheet_shows() {
        for (text, expected) in [
            ("学号,姓名\n1,甲\n", "1:学号|姓名 2:1|甲"),
            ("a,b\r\n\r\n,\r\n1,2", "1:a|b 4:1|2"),
            ("a;b\n1,5;2", "1:a|b 2:1,5|2"),
            ("a\tb\n1\t2", "1:a|b 2:1|2"),
            ("sep=;\na;b", "2:a|b"),
            ("\"甲,乙\",\"多\n行\"\n=1+1,x", "1:甲,乙|多\n行 2:=1+1|x"),
            ("\"a\"\"b\",\"a\"c,d\"e", "1:a\"b|ac|d\"e"),
            ("a,,\nb,,c", "1:a 2:b||c"),
            ("a,\"b", "INT-021@表.csv·B1"),
            ("\"\"", ""),
            ("a,b,c,d,e,f", "INT-016@表.csv·F1"),
            ("甲,123456789", "INT-018@表.csv·B1"),
            ("甲,一二三四五六七八", "1:甲|一二三四五六七八"),
            ("1\n2\n3\n4\n5", "1:1 2:2 3:3 4:4 INT-015@表.csv·5"),
            ("", ""),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }
}
