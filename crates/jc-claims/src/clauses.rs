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
    /// Which sentences were cut because they would not end.
    cut: Vec<bool>,
}

/// No sentence is as long: what goes on is cut at its next comma, so that a text without full stops costs no more than
/// another.
const LONGEST_SENTENCE: usize = 1000;
/// Without a comma it is cut here.
const LONGEST_CLAUSE: usize = 1200;
/// A paragraph is cut at the first full stop behind so many characters.
const LONGEST_PARAGRAPH: usize = 6000;

impl Clauses {
    pub fn new(layout: &Layout) -> Clauses {
        let chars = &layout.chars;
        let mut it = Clauses {
            ids: Vec::with_capacity(chars.len()),
            clauses: vec![],
            sentences: vec![],
            chains: vec![],
            paragraphs: vec![],
            cut: vec![],
        };
        let mut starts = (0, 0, 0);
        let mut chain = 0;
        for (at, &c) in chars.iter().enumerate() {
            it.ids.push((it.paragraphs.len(), it.sentences.len(), it.clauses.len()));
            // A semicolon parts statements that have nothing to calculate with each other.
            let stop = matches!(c, '。' | '！' | '？' | '；');
            let length = at - starts.1;
            let cut = length >= LONGEST_SENTENCE && matches!(c, '，' | '、' | '：')
                || length >= LONGEST_CLAUSE && !c.is_ascii();
            let paragraph = c == '\n' || at + 1 == chars.len() || ((stop || cut) && at - starts.0 >= LONGEST_PARAGRAPH);
            let sentence = paragraph || stop || cut;
            if sentence || matches!(c, '，' | '：') {
                it.clauses.push((starts.2, at));
                starts.2 = at + 1;
            }
            if sentence {
                it.sentences.push((starts.1, at));
                it.cut.push(cut);
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

    /// How many sentences there are.
    pub fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// Which sentence up to its full stop a part between semicolons belongs to.
    pub fn chain(&self, sentence: usize) -> usize {
        self.chains[sentence]
    }

    /// Was the sentence, or the one it goes on from, cut?
    pub fn cut(&self, sentence: usize) -> bool {
        self.cut[sentence] || sentence.checked_sub(1).is_some_and(|before| self.cut[before])
    }

    /// Where a paragraph starts and where it ends.
    pub fn paragraph(&self, id: usize) -> (usize, usize) {
        self.paragraphs[id]
    }
}
