//! Sentences by hands that did not know the checker, against the sample college: what a figure says in many wordings, the
//! same with another number, and what no figure says though it sounds like one.
//!
//! The numbers of the first two come from the figures when the test runs; those of the third stand as they were written.

use crate::people::printed;
use crate::sample::college;
use jc_app::check_text::Wanted;
use jc_app::given::Verdict;
use jc_app::{Person, Viewer};

/// What a sentence comes to: the verdict on its marked number, and the indicator it was held against.
fn judged(viewer: &Viewer, text: &str) -> (Verdict, String) {
    let (start, end) = (place(text, '【'), place(text, '】') - 1);
    let text: String = text.chars().filter(|c| !"【】".contains(*c)).collect();
    let wanted = Wanted { text: &text, year: 2024, with_records: true, corrections: &[] };
    let checked = viewer.check(&wanted).expect("a checked text");
    let claim = checked.document.claims.iter().find(|it| it.span.start < end && it.span.end > start);
    let claim = claim.unwrap_or_else(|| panic!("{text}: the number is not read"));
    let judgement = checked.judgement(&claim.id).expect("a judgement");
    (judgement.verdict, judgement.reading().map_or_else(String::new, |it| it.indicator.clone()))
}

fn place(text: &str, mark: char) -> usize {
    text.chars().position(|c| c == mark).unwrap_or_else(|| panic!("{text}: no {mark}"))
}

/// A number as printed, seven steps of its last place on.
fn another(printed: &str) -> String {
    let places = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let steps: i64 = printed.replace('.', "").parse().expect("a number");
    let digits = format!("{:0width$}", steps + 7, width = places + 1);
    let (whole, decimals) = digits.split_at(digits.len() - places);
    if places == 0 { digits } else { format!("{whole}.{decimals}") }
}

#[test]
fn sentences_by_other_hands_come_to_what_they_say() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let mut faults = Vec::new();
    let mut lines = 0;
    for line in include_str!("worded.txt").lines().filter(|line| !line.starts_with('%')) {
        lines += 1;
        let parts: Vec<&str> = line.split('\t').collect();
        let (text, wanted): (String, fn(Verdict) -> bool) = match parts[..] {
            ["right", id, text] => (text.replace('#', &printed(&viewer, id, 2024)), |it| {
                matches!(it, Verdict::Supported | Verdict::SupportedIfVerified)
            }),
            ["wrong", id, text] => {
                (text.replace('#', &another(&printed(&viewer, id, 2024))), |it| it == Verdict::Contradicted)
            }
            ["none", text] => (text.to_owned(), |it| matches!(it, Verdict::NotDerivable(_))),
            _ => panic!("{line}"),
        };
        let (verdict, indicator) = judged(&viewer, &text);
        if !wanted(verdict) || (parts.len() == 3 && parts[1] != indicator) {
            faults.push(format!("{} → {verdict:?} {indicator}: {text}", parts[0]));
        }
    }
    assert!(faults.is_empty(), "{} of {lines}\n{}", faults.len(), faults.join("\n"));
}
