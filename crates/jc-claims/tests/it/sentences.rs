//! Single sentences of `sentences.txt`: what proves itself wrong is told, and nothing else is.

use jc_claims::lexicon::Lexicon;
use jc_claims::read;
use jc_claims::relate::{Finding, relate};

const SENTENCES: &str = include_str!("sentences.txt");

/// Is any contradiction told of the text?
fn told(text: &str) -> bool {
    let doc = read::read(text, &Lexicon::default());
    relate(&doc).iter().any(|it| it.primary && it.finding == Finding::Inconsistent)
}

#[test]
fn sentences_that_prove_themselves_wrong_are_told() {
    let mut failed = Vec::new();
    for line in SENTENCES.lines() {
        let Some((mark, text)) = line.split_once('\t') else { continue };
        match (mark, told(text)) {
            ("!", false) => failed.push(format!("not told: {text}")),
            ("-", true) => failed.push(format!("told as wrong: {text}")),
            ("#", true) => failed.push(format!("told by now, mark it so: {text}")),
            _ => {}
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}
