//! What stands between right and wrong, against the sample college: what waits, another definition, what explains a
//! difference, and what a person says of a number.

use crate::people::printed;
use crate::sample::college;
use jc_app::check_text::{Correction, Explained, Wanted};
use jc_app::given::{Page, Verdict};
use jc_app::{Person, Viewer};
use jc_base::Lang;

fn viewing(work: impl FnOnce(&Viewer)) {
    let (app, report) = college();
    work(&app.viewer(&Person::command_line(report.school)));
}

/// The verdict on the number of a sentence, its figure and what explains it.
fn weighed(viewer: &Viewer, text: &str, number: &str, said: Correction) -> (Verdict, String, i64, Option<Explained>) {
    let start = text.find(number).map(|at| text[..at].chars().count()).expect("it is there");
    let end = start + number.chars().count();
    let corrections = [Correction { start, end, ..said }];
    let corrections =
        if corrections[0] == (Correction { start, end, ..Correction::default() }) { &[][..] } else { &corrections[..] };
    let checked = viewer.check(&Wanted { text, year: 2024, with_records: true, corrections }).expect("a checked text");
    let claim = checked.document.claims.iter().find(|claim| claim.span.start == start).expect("a claim");
    let judgement = checked.judgement(&claim.id).expect("a judgement");
    let (printed, pending) =
        judgement.reading().map_or((String::new(), 0), |reading| (reading.printed.clone(), reading.pending));
    (judgement.verdict, printed, pending, checked.explained.get(&claim.id).cloned())
}

fn plain(viewer: &Viewer, text: &str, number: &str) -> (Verdict, String, i64, Option<Explained>) {
    weighed(viewer, text, number, Correction::default())
}

#[test]
fn what_waits_would_make_it_right() {
    viewing(|viewer| {
        // 76 papers are verified, two wait.
        for (text, number, verdict) in [
            ("2024年，教师发表、获奖论文76篇。", "76篇", Verdict::Supported),
            ("2024年，教师发表、获奖论文78篇。", "78篇", Verdict::SupportedIfVerified),
            ("2024年，教师发表、获奖论文79篇。", "79篇", Verdict::Contradicted),
        ] {
            let (came, printed, pending, _) = plain(viewer, text, number);
            assert_eq!((came, printed.as_str(), pending), (verdict, "76 篇", 2), "{text}");
        }
    });
}

#[test]
fn another_definition_is_named() {
    viewing(|viewer| {
        // Of those who sat 96.0 % reached the line, of those who entered 91.1 %.
        let (verdict, printed, ..) = plain(viewer, "2024年成人高考上线率96.0%。", "96.0%");
        assert_eq!((verdict, printed.as_str()), (Verdict::Supported, "96.0%"));
        let (verdict, printed, ..) = plain(viewer, "2024年成人高考上线率91.1%。", "91.1%");
        assert_eq!((verdict, printed.as_str()), (Verdict::SupportedOtherwise, "91.1%"));
        assert_eq!(plain(viewer, "2024年成人高考上线率93.3%。", "93.3%").0, Verdict::Contradicted);
    });
}

#[test]
fn a_simple_set_of_records_explains_a_difference() {
    viewing(|viewer| {
        // Seven meetings in 2024; the year before there were others.
        let before = meetings(viewer, 2023);
        let text = format!("2024年，学校召开家长会{before}场。");
        let (verdict, printed, _, explained) = plain(viewer, &text, &format!("{before}场"));
        assert_eq!((verdict, printed.as_str()), (Verdict::Contradicted, "7 场"));
        assert!(matches!(explained, Some(Explained::YearBefore { year: 2023, .. })), "{explained:?}");
        // The figure of one part alone, or without it, where only one part gives it.
        let of = viewer.indicator("graduate-count").expect("an indicator");
        let page = Page::reported_in(&viewer.catalog().registers[of.register], 2024);
        let whole = whole_number(&viewer.figure(of, page).expect("a figure").figure.printed());
        let mut parts = Vec::new();
        for slice in &viewer.catalog().registers[of.register].slices {
            for (value, _, figure) in viewer.slices(of, page, &slice.id, Lang::Zh).expect("slices") {
                parts.push((slice.id.clone(), value, whole_number(&figure.printed())));
            }
        }
        let told = |number: i64| {
            let text = format!("2024年共有毕业生{number}人。");
            plain(viewer, &text, &format!("{number}人")).3
        };
        let gives = |number: i64| parts.iter().filter(|it| it.2 == number || whole - it.2 == number).count();
        let (mut alone, mut without) = (0, 0);
        for (slice, value, number) in parts.iter().filter(|it| it.2 > 0 && it.2 != whole && gives(it.2) == 1) {
            if let Some(Explained::Only(part)) = told(*number) {
                assert_eq!((&part.slice, &part.value), (slice, value));
                alone += 1;
            }
        }
        for (slice, value, number) in parts.iter().filter(|it| it.2 > 0 && it.2 != whole && gives(whole - it.2) == 1) {
            if let Some(Explained::Without(part)) = told(whole - number) {
                assert_eq!((&part.slice, &part.value), (slice, value));
                without += 1;
            }
        }
        assert!(alone >= 3 && without >= 3, "{alone} alone, {without} without");
    });
}

fn meetings(viewer: &Viewer, year: i32) -> i64 {
    whole_number(&Some(printed(viewer, "parents-meeting-count", year)))
}

fn whole_number(printed: &Option<String>) -> i64 {
    printed.as_deref().and_then(|text| text.parse().ok()).unwrap_or(0)
}

#[test]
fn what_a_person_says_of_a_number_is_judged_anew() {
    viewing(|viewer| {
        let text = "2024年，学校召开家长会5场。";
        assert_eq!(plain(viewer, text, "5场").0, Verdict::Contradicted);
        let indicator = Some("parents-lecture-count".to_owned());
        let (verdict, printed, ..) = weighed(viewer, text, "5场", Correction { indicator, ..Correction::default() });
        assert_eq!((verdict, printed.as_str()), (Verdict::Supported, "5 场"));
        let before = meetings(viewer, 2023);
        let (text, number) = (format!("2024年，学校召开家长会{before}场。"), format!("{before}场"));
        let said = |said| weighed(viewer, &text, &number, said).0;
        assert_eq!(said(Correction::default()), Verdict::Contradicted);
        assert_eq!(said(Correction { year: Some(2023), ..Correction::default() }), Verdict::Supported);
        assert!(matches!(said(Correction { dropped: true, ..Correction::default() }), Verdict::NotDerivable(_)));
        // Said to be people attending, the meetings' number is none of them.
        let unit = Some("人次".to_owned());
        assert_ne!(said(Correction { unit, ..Correction::default() }), Verdict::Contradicted);
    });
}
