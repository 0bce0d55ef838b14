//! Templates: prose with slots, as data. People edit the words; numbers come from figures alone.
//!
//! ```text
//! ## 一、主题党日                                    a heading
//! 全年开展主题党日{theme-day-count}次。               a paragraph with a slot
//! - 结对帮扶{mentored-student-count.over:10}名学生    an item of a list
//! @bar 各院系毕业生: graduate-count by department     an exhibit, on a line of its own
//! ```
//!
//! A slot is an indicator with perhaps a part (`graduate-count[department=数控系]`) and a form (`.before`, `.change`).
//! `{placement-rate ? 上升 | 下降 | 持平 | 无上年}` chooses by its change, `{x > 0 ? 有 | 无}` by whether there is any,
//! `{each department of graduate-count: {name}{.value}人 | 、}` repeats for every part.

mod answers;
mod exhibit;
mod file;
mod fill;
mod form;
mod line;
mod parse;
mod scan;
mod small;
#[cfg(test)]
pub(crate) mod tests;

pub use answers::{Answers, Ask, Given, Part, Records};
pub use exhibit::{Exhibit, Kind};
pub use file::{read, read_chapter};
pub use fill::{Setting, fill};
pub use form::Form;
pub use line::{Node, Slot, Test, Word};

use jc_base::{Lang, Names};

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its id: the file's name.
    pub id: String,
    /// Its name in a list.
    pub name: Names,
    /// What it is for.
    pub about: Names,
    /// The language of its prose.
    pub lang: Lang,
    /// The title of the report.
    pub title: Vec<Node>,
    /// What stands below the title.
    pub subtitle: Vec<Node>,
    /// Whether a cover, a list of contents and the list of figures belong to it.
    pub bound: bool,
    /// The chapters.
    pub chapters: Vec<Chapter>,
}

/// A chapter of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Vec<Node>,
    /// What it says, as it was read.
    pub blocks: Vec<Block>,
    /// The same as people edit it.
    pub text: String,
}

/// One thing below another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `## …`
    Heading(Vec<Node>),
    /// Any other line.
    Paragraph(Vec<Node>),
    /// `- …`
    Item(Vec<Node>),
    /// `@…`
    Exhibit(Exhibit),
}

impl Template {
    /// No more of it than the charts of one chapter.
    pub fn charts_of(mut self, chapter: &str) -> Self {
        let is_chart = |block: &Block| matches!(block, Block::Exhibit(e) if matches!(e.kind, exhibit::Kind::Chart(_)));
        self.chapters.retain(|one| one.id == chapter);
        self.chapters.iter_mut().for_each(|one| one.blocks.retain(is_chart));
        self
    }

    /// All that must be known to fill it.
    pub fn asks(&self) -> std::collections::BTreeSet<Ask> {
        let mut asks = std::collections::BTreeSet::new();
        line::asks(&self.title, &mut asks);
        line::asks(&self.subtitle, &mut asks);
        for chapter in &self.chapters {
            line::asks(&chapter.title, &mut asks);
            for block in &chapter.blocks {
                match block {
                    Block::Heading(line) | Block::Paragraph(line) | Block::Item(line) => line::asks(line, &mut asks),
                    Block::Exhibit(exhibit) => exhibit.asks(&mut asks),
                }
            }
        }
        asks
    }
}
