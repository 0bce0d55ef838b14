//! A text of somebody else with marks on what was checked in it, and below it what is said of each mark.

use jc_base::{Date, Lang};

/// A checked text, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedText {
    /// Its title.
    pub title: String,
    /// What stands below the title: what was found, in words.
    pub about: String,
    /// Who checked it: the program's name and the day, in words.
    pub by: String,
    /// The language of the words around the text; the text itself is Chinese.
    pub lang: Lang,
    /// The day it was written.
    pub day: Date,
    /// The text, cut at the marks.
    pub blocks: Vec<Block<Piece>>,
    /// What is told of the text's own arithmetic, such as where it contradicts itself: headings, each with its workings.
    pub told: Vec<(String, Vec<String>)>,
    /// The heading of the notes.
    pub notes_title: String,
    /// Headings of the notes' columns: the number, the verdict, what is behind it.
    pub columns: [String; 3],
    /// The notes.
    pub notes: Vec<Note>,
}

/// What stands under one another in a text: its paragraphs and its tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<P> {
    /// A paragraph, cut into pieces.
    Paragraph(Vec<P>),
    /// Rows of cells, each cell cut into pieces.
    Table(Vec<Vec<Vec<P>>>),
}

impl<P> Block<P> {
    /// The same block of other pieces.
    pub fn map<Q>(&self, piece: impl Fn(&P) -> Q) -> Block<Q> {
        let line = |line: &Vec<P>| line.iter().map(&piece).collect::<Vec<Q>>();
        match self {
            Block::Paragraph(pieces) => Block::Paragraph(line(pieces)),
            Block::Table(rows) => Block::Table(rows.iter().map(|row| row.iter().map(line).collect()).collect()),
        }
    }
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As written.
    pub text: String,
    /// How it is marked and the number of its note; nothing for words between marks.
    pub mark: Option<(Mark, usize)>,
}

/// How a piece is marked; never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A thin line: right.
    Right,
    /// A double red line and a sign: wrong.
    Wrong,
    /// A dotted line and a sign: open.
    Open,
    /// A dashed line and a sign: right under a condition.
    Nearly,
}

impl Mark {
    /// The word the pages know it by.
    #[cfg(feature = "pdf")]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Mark::Right => "right",
            Mark::Wrong => "wrong",
            Mark::Open => "open",
            Mark::Nearly => "nearly",
        }
    }
}

/// What is said of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number, from 1.
    pub number: usize,
    /// The number of the text with what it counts.
    pub quote: String,
    /// How it is marked.
    pub mark: Mark,
    /// The verdict in words.
    pub verdict: String,
    /// What is behind it, line by line.
    pub lines: Vec<String>,
}
