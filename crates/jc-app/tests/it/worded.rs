//! Sentences by hands that did not know the checker, against the sample college: what a figure says in many wordings, the
//! same with another number, and what no figure says though it sounds like one; and whole paragraphs of all three.
//!
//! The numbers of the first two come from the figures when the test runs; those of the third stand as they were written.

use crate::people::printed;
use crate::sample::college;
use jc_app::check_text::Wanted;
use jc_app::given::{Reason, Verdict};
use jc_app::{Person, Viewer};
use jc_base::Lang;
use jc_figures::Page;

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

/// A mark of a paragraph, with its number worked out: what is to come of it, where it stands, and the indicator if told.
struct Mark {
    kind: String,
    start: usize,
    end: usize,
    indicator: String,
}

/// What a mark's number is: `=7300` as it stands, else an indicator, perhaps with its year (`@2023`) or the part of a slice
/// (`:department=机电工程学院`).
fn number(viewer: &Viewer, told: &str) -> (String, String) {
    if let Some(number) = told.strip_prefix('=') {
        return (number.to_owned(), String::new());
    }
    let (told, year) = told.split_once('@').map_or((told, 2024), |(it, year)| (it, year.parse().expect("a year")));
    let (id, part) = told.split_once(':').map_or((told, None), |(id, part)| (id, Some(part)));
    let number = match part.and_then(|part| part.split_once('=')) {
        None => printed(viewer, id, year),
        Some((slice, name)) => {
            let of = viewer.indicator(id).expect("an indicator");
            let page = Page::reported_in(&viewer.catalog().registers[of.register], year);
            let slices = viewer.slices(of, page, slice, Lang::Zh).expect("slices");
            let found = slices.iter().find(|(_, label, _)| label == name).unwrap_or_else(|| panic!("no {name}"));
            found.2.printed().expect("a figure")
        }
    };
    (number, id.to_owned())
}

/// A paragraph without its marks, and what they mark.
fn marked(viewer: &Viewer, line: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut parts = line.split(['⟦', '⟧']);
    text.push_str(parts.next().unwrap_or_default());
    while let (Some(mark), Some(rest)) = (parts.next(), parts.next()) {
        let (kind, told) = mark.split_once(' ').unwrap_or_else(|| panic!("{mark}: no mark"));
        let (number, indicator) = number(viewer, told);
        let number = if kind == "wrong" && !told.starts_with('=') { another(&number) } else { number };
        let start = text.chars().count();
        marks.push(Mark { kind: kind.to_owned(), start, end: start + number.chars().count(), indicator });
        text.push_str(&number);
        text.push_str(rest);
    }
    (text, marks)
}

#[test]
fn paragraphs_by_other_hands_come_to_what_they_say() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let mut faults = Vec::new();
    for line in include_str!("paragraphs.txt").lines().filter(|line| !line.starts_with('%')) {
        let (text, marks) = marked(&viewer, &line.replace('⏎', "\n"));
        let wanted = Wanted { text: &text, year: 2024, with_records: true, corrections: &[] };
        let checked = viewer.check(&wanted).expect("a checked text");
        for mark in marks {
            let claim = checked.document.claims.iter().find(|it| it.span.start < mark.end && it.span.end > mark.start);
            let judgement = claim.and_then(|claim| checked.judgement(&claim.id));
            let verdict = judgement.map_or(Verdict::NotDerivable(Reason::NoIndicator), |it| it.verdict);
            let indicator = judgement.and_then(|it| it.reading()).map_or("", |it| it.indicator.as_str());
            let came = match mark.kind.as_str() {
                "right" => matches!(verdict, Verdict::Supported | Verdict::SupportedIfVerified),
                "wrong" => verdict == Verdict::Contradicted,
                "none" => matches!(verdict, Verdict::NotDerivable(_)),
                other => panic!("{other}: no such mark"),
            };
            if !came || !mark.indicator.is_empty() && mark.indicator != indicator {
                let said: String = text.chars().skip(mark.start.saturating_sub(20)).take(40).collect();
                faults.push(format!("{} → {verdict:?} {indicator}: {said}", mark.kind));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
