//! Parts a layout into paragraphs, sentences and clauses.

use crate::layout::Layout;

/// Which paragraph, sentence and clause each character belongs to; signs belong to what they close.
pub(crate) struct Clauses {
    ids: Vec<(usize, usize, usize)>,
    clauses: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
    /// For each sentence the number of full stops before it: parts between semicolons share it.
    chains: Vec<usize>,
    paragraphs: Vec<(usize, usize)>,
}

impl Clauses {
    pub fn new(layout: &Layout) -> Clauses {
        let chars = &layout.chars;
        let mut it = Clauses {
            ids: Vec::with_capacity(chars.len()),
            clauses: vec![],
            sentences: vec![],
            chains: vec![],
            paragraphs: vec![],
        };
        let mut starts = (0, 0, 0);
        let mut chain = 0;
        for (at, &c) in chars.iter().enumerate() {
            it.ids.push((it.paragraphs.len(), it.sentences.len(), it.clauses.len()));
            let paragraph = c == '\n' || at + 1 == chars.len();
            // A semicolon parts statements that have nothing to calculate with each other.
            let sentence = paragraph || matches!(c, '。' | '！' | '？' | '；');
            if sentence || matches!(c, '，' | '：') {
                it.clauses.push((starts.2, at));
                starts.2 = at + 1;
            }
            if sentence {
                it.sentences.push((starts.1, at));
                it.chains.push(chain);
                chain += usize::from(c != '；');
                starts.1 = at + 1;
            }
            if paragraph {
                it.paragraphs.push((starts.0, at));
                starts.0 = at + 1;
            }
        }
        it
    }

    /// Paragraph, sentence and clause of a character.
    pub fn ids(&self, at: usize) -> (usize, usize, usize) {
        self.ids[at]
    }

    /// Where a clause starts and where its closing sign stands.
    pub fn clause(&self, id: usize) -> (usize, usize) {
        self.clauses[id]
    }

    /// Where a sentence starts and where its closing sign stands.
    pub fn sentence(&self, id: usize) -> (usize, usize) {
        self.sentences[id]
    }

    /// Which sentence up to its full stop a part between semicolons belongs to.
    pub fn chain(&self, sentence: usize) -> usize {
        self.chains[sentence]
    }

    /// Where a paragraph starts and where it ends.
    pub fn paragraph(&self, id: usize) -> (usize, usize) {
        self.paragraphs[id]
    }
}
