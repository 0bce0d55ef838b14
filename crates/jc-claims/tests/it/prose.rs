//! `prose.txt`: one sentence a block, below it every claim (dates and grades left out) and every relation that
//! matters, as a person would note them. A case is added by writing its sentence; the failing test prints the rest.

use jc_claims::document::{Bound, Claim, Document, Kind};
use jc_claims::exact::Exact;
use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{RelationKind, relate};

const CASES: &str = include_str!("prose.txt");

/// The sentences of the file without what is noted below them.
pub fn sentences() -> impl Iterator<Item = &'static str> {
    CASES.lines().filter(|line| !line.is_empty() && !line.starts_with([' ', '#']))
}

#[test]
fn every_sentence_is_read_as_noted() {
    let wrong: Vec<String> =
        blocks().into_iter().filter(|block| render(block.lines().next().unwrap()) != *block).collect();
    let shown: Vec<String> = wrong
        .iter()
        .map(|block| format!("noted:\n{block}\nread:\n{}", render(block.lines().next().unwrap())))
        .collect();
    assert!(wrong.is_empty(), "{} sentences read otherwise\n\n{}", wrong.len(), shown.join("\n\n"));
    assert!(blocks().len() >= 60, "a table of {} sentences is too small to trust", blocks().len());
}

fn blocks() -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with(' ') {
            let block = blocks.last_mut().expect("the file begins with a sentence");
            block.push('\n');
            block.push_str(line);
        } else {
            blocks.push(line.to_string());
        }
    }
    blocks
}

fn render(text: &str) -> String {
    let doc = read(text, &Lexicon::default());
    let mut lines = vec![text.to_string()];
    let findings = doc.claims.iter().filter(|claim| !matches!(claim.kind, Kind::Date | Kind::Grade));
    lines.extend(findings.map(|claim| format!("  {}", claim_line(claim))));
    lines.extend(relation_lines(&doc));
    lines.join("\n")
}

pub fn claim_line(claim: &Claim) -> String {
    let value = claim.value.map_or_else(|| "?".to_string(), |value| value.show(2));
    let show = |value: Option<Exact>| value.map_or_else(String::new, |value| value.show(2));
    let bounds = match claim.bound {
        Bound::Exact | Bound::Ratio => String::new(),
        _ => format!(" [{}..{}]", show(claim.min), show(claim.max)),
    };
    let falls = if claim.falls { " falls" } else { "" };
    let each = claim.each.map_or_else(String::new, |n| format!(" each of {n}"));
    format!("{} = {value}{bounds} {} {}{falls}{each} · {}", claim.text, claim.unit, claim.kind.word(), claim.subject)
}

fn relation_lines(doc: &Document) -> Vec<String> {
    let matters = relate(doc).into_iter().filter(|r| r.primary && r.kind != RelationKind::RateAlone);
    matters
        .map(|relation| {
            let texts: Vec<&str> =
                relation.members.iter().filter_map(|(_, id)| Some(doc.claim(id)?.text.as_str())).collect();
            let mut line = format!("  > {} {}: {}", relation.kind.word(), relation.finding.word(), texts.join(" "));
            match relation.solutions.as_deref() {
                Some([]) => line.push_str(" | none"),
                Some(few) if few.len() <= 5 => {
                    line.push_str(&format!(" | {}", few.iter().map(i128::to_string).collect::<Vec<_>>().join(" ")))
                }
                Some(many) => line.push_str(&format!(" | {} of them", many.len())),
                None => {}
            }
            if let Some(slip) = relation.explained_by {
                line.push_str(&format!(" | {}", slip.word()));
            }
            line
        })
        .collect()
}
