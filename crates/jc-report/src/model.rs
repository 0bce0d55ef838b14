//! One document, whatever file it becomes: chapters of words, slots filled with figures, tables, charts and gaps.

use crate::chart::Chart;
use jc_base::{Date, Lang, Ratio};
use std::ops::Range;

/// A report, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is.
    pub head: Head,
    /// The words writers need of their own.
    pub labels: Labels,
    /// The chapters.
    pub chapters: Vec<Chapter>,
    /// Every figure it rests on, once.
    pub entries: Vec<Entry>,
    /// Every place a figure is shown, in reading order: slot `n` of the text is `shown[n]`.
    pub shown: Vec<Shown>,
    /// Rows behind the figures, for a workbook; none where the release profile keeps them in the house.
    pub sheets: Vec<Sheet>,
}

/// What a report is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Names this report: follows from all its figures, so that the same figures give the same code.
    pub code: String,
    /// The template it follows.
    pub template: String,
    /// Its title.
    pub title: String,
    /// What stands below the title; may be empty.
    pub subtitle: String,
    /// Whose it is.
    pub school: String,
    /// Whether everything in it is invented.
    pub synthetic: bool,
    /// The language of its words.
    pub lang: Lang,
    /// The calendar year it reports.
    pub year: i32,
    /// The day as of which it was made.
    pub made_on: Date,
    /// The release profile.
    pub profile: String,
    /// The profile in words.
    pub profile_name: String,
    /// Digest of the catalog's files that defined the figures.
    pub catalog: String,
    /// Where a code can be looked up: `https://…/v/`; empty if that is not known.
    pub address: String,
    /// Who took it and when, where it tells of persons: stands on every page, and no code follows from it. May be
    /// empty.
    pub taken: String,
    /// The end of the audit log when it was made, as `audit head` prints it: whoever has the file can tell later whether
    /// the log was cut off. No code follows from it. May be empty.
    pub log: String,
}

/// The words that stand in every report, in its language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// `目录`
    pub contents: String,
    /// `表`
    pub table: String,
    /// `图`
    pub figure: String,
    /// `无数据`
    pub missing: String,
    /// `合计`
    pub total: String,
    /// `核验码`
    pub code: String,
    /// `印`: stands before the digits of a seal.
    pub seal: String,
    /// How a figure can be checked, in a sentence.
    pub check: String,
    /// `审计日志末端`: stands before the end of the log.
    pub log: String,
    /// `示例数据`: stands on every page of an invented report.
    pub synthetic: String,
    /// `数字溯源`: the list of all figures.
    pub trace: String,
    /// Headings of the list of figures: number, indicator, period, value, unit, as written, definition, records.
    pub columns: [String; 8],
    /// `明细`: the sheet of rows.
    pub rows: String,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Its id in the template.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The code under which its figures can be looked up.
    pub code: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// One thing below another.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading below the chapter's.
    Heading(Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// An item of a list.
    Item(Vec<Inline>),
    /// A table.
    Table(Table),
    /// A chart.
    Chart {
        /// Its number in the report, from 1.
        number: usize,
        /// What it shows.
        chart: Chart,
    },
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// A figure: its position in [`Document::shown`].
    Figure(usize),
    /// A figure there is no value for: which, and why, in words.
    Gap(String),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its number in the report, from 1.
    pub number: usize,
    /// What it shows.
    pub caption: String,
    /// The columns.
    pub head: Vec<Column>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Whether the last row is the sum of the others.
    pub total: bool,
}

impl Table {
    /// Whether it is kept on one page: a short list, and what has a sum as long as that fits on a page in good order,
    /// for a sum alone on the next page says nothing.
    pub fn stays_whole(&self) -> bool {
        self.rows.len() <= if self.total { 28 } else { 16 }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Whether numbers stand in it.
    pub number: bool,
    /// How wide it is beside the others.
    pub share: u8,
}

/// A figure as the report knows it: the value, what it means, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Indicator, page and slice: `placement-rate@2024`, `graduate-count@2024/department=…`.
    pub id: String,
    /// The indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// What part it is of, in words: a department's name; empty for the whole.
    pub part: String,
    /// The period in words.
    pub period: String,
    /// The exact value; nothing if missing.
    pub value: Option<Ratio>,
    /// The value as printed; nothing if missing.
    pub printed: Option<String>,
    /// The numerator, or the total.
    pub numerator: Option<Ratio>,
    /// The denominator.
    pub denominator: Option<Ratio>,
    /// The unit in words.
    pub unit: String,
    /// Places printed.
    pub decimals: u8,
    /// The definition in words.
    pub definition: String,
    /// Where the definition comes from.
    pub source: String,
    /// Records verified and still waiting on its page.
    pub records: [i64; 2],
    /// The version of its page.
    pub version: i64,
    /// The digest of the page's records, in hexadecimal digits.
    pub digest: String,
    /// The seal of the closed page; nothing while it is open.
    pub seal: Option<String>,
    /// Whether the public is not told of it, whoever the report is for: a part of too few people, or a person.
    pub withheld: bool,
}

/// A place where a figure is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The entry it shows.
    pub entry: usize,
    /// The entry it is compared with, for a change.
    pub against: Option<usize>,
    /// How it is shown: `value`, `over`, `change` …
    pub form: String,
    /// What stands there.
    pub text: String,
    /// The chapter it stands in.
    pub chapter: usize,
}

/// The rows behind the figures of one page of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The register's name and period.
    pub name: String,
    /// Headings of the fields shown.
    pub head: Vec<String>,
    /// What each row adds to a measure: the measure's heading.
    pub measures: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Figures that are sums over it: entry, numerator's and denominator's position in `measures`, factor.
    pub sums: Vec<Sum>,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The fields, as the release profile lets them be shown.
    pub cells: Vec<String>,
    /// What it adds to each measure, in units; nothing where it does not count.
    pub adds: Vec<Option<Ratio>>,
}

/// A figure as a sum over a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The entry.
    pub entry: usize,
    /// The measure added up.
    pub over: usize,
    /// The measure it is divided by.
    pub under: Option<usize>,
    /// 100 for a share, else 1.
    pub factor: u8,
}

impl Document {
    /// The end of the audit log in a line, if it is told.
    pub(crate) fn log_line(&self) -> Option<String> {
        (!self.head.log.is_empty()).then(|| format!("{} {}", self.labels.log, self.head.log))
    }

    /// The document with the codes that follow from what it says.
    pub fn named(mut self) -> Self {
        crate::trace::name(&mut self);
        self
    }

    /// The text of a line, slots filled.
    pub fn line(&self, inlines: &[Inline]) -> String {
        let piece = |inline: &Inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Figure(at) => self.shown[*at].text.clone(),
            Inline::Gap(what) => format!("【{what}】"),
        };
        inlines.iter().map(piece).collect()
    }

    /// All prose, one line for each paragraph: what the claim checker reads.
    pub fn prose(&self) -> String {
        self.prose_with_slots().0
    }

    /// The prose, and the characters of it that figures filled: what a person did not type.
    pub fn prose_with_slots(&self) -> (String, Vec<Range<usize>>) {
        let (mut out, mut slots) = (String::new(), Vec::new());
        let mut long = 0;
        let mut add = |piece: &str, slot: bool| {
            let from = long;
            long += piece.chars().count();
            out.push_str(piece);
            if slot {
                slots.push(from..long);
            }
        };
        for chapter in &self.chapters {
            add(&chapter.title, false);
            add("\n", false);
            for block in &chapter.blocks {
                let (Block::Heading(line) | Block::Paragraph(line) | Block::Item(line)) = block else { continue };
                for inline in line {
                    add(&self.line(std::slice::from_ref(inline)), matches!(inline, Inline::Figure(_)));
                }
                add("\n", false);
            }
            add("\n", false);
        }
        (out, slots)
    }

    /// Every text that is set, for whoever must know whether a font has its characters.
    pub fn texts(&self) -> Vec<String> {
        let mut texts =
            vec![self.head.title.clone(), self.head.subtitle.clone(), self.head.school.clone(), self.prose()];
        for block in self.chapters.iter().flat_map(|c| &c.blocks) {
            match block {
                Block::Table(table) => {
                    texts.push(table.caption.clone());
                    texts.extend(table.head.iter().map(|c| c.name.clone()));
                    texts.extend(table.rows.iter().flatten().map(|cell| self.line(cell)));
                }
                Block::Chart { chart, .. } => {
                    texts.push(chart.title.clone());
                    texts.push(chart.description());
                }
                _ => {}
            }
        }
        texts.extend(self.entries.iter().flat_map(|e| [e.name.clone(), e.part.clone(), e.definition.clone()]));
        texts
    }
}
