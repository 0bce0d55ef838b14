//! Sentences of `pairs.txt` in a right and a wrong version: each is told for what it is, and near misses are not told as wrong.

use jc_claims::lexicon::Lexicon;
use jc_claims::read;
use jc_claims::relate::{Finding, relate};

const PAIRS: &str = include_str!("pairs.txt");

/// One of the two versions: `{right|wrong}` stands for either.
fn version(text: &str, wrong: bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (choice, behind) = behind.split_once('}').expect("a choice is closed");
        let (right, slip) = choice.split_once('|').expect("a choice has two versions");
        out += before;
        out += if wrong { slip } else { right };
        rest = behind;
    }
    (out + rest).replace("\\n", "\n")
}

/// The kinds of what is told of a text, and whether it holds.
fn told(text: &str) -> Vec<(&'static str, Finding)> {
    let doc = read::read(text, &Lexicon::default());
    relate(&doc).into_iter().filter(|it| it.primary).map(|it| (it.kind.word(), it.finding)).collect()
}

#[test]
fn right_and_wrong_versions_are_told_apart() {
    let mut failed = Vec::new();
    for line in PAIRS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (kind, text) = line.split_once('\t').expect("kind and text");
        let right = told(&version(text, false));
        if right.iter().any(|(_, finding)| *finding == Finding::Inconsistent) {
            failed.push(format!("told as wrong: {}", version(text, false)));
        }
        if kind == "-" {
            continue;
        }
        if !kind.starts_with('!') && !right.contains(&(kind, Finding::Consistent)) {
            failed.push(format!("not told: {}", version(text, false)));
        }
        let slip = told(&version(text, true));
        if text.contains('{') && !slip.contains(&(kind.trim_start_matches('!'), Finding::Inconsistent)) {
            failed.push(format!("not told as wrong: {}", version(text, true)));
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}
