//! The sample college through the intake: every file is taken whole, and the figures come out by counting.

mod areas;
mod ledger;
mod life;

use jc_base::Level;
use jc_sample::{SampleFile, college, spoiled};
use ledger::{Ledger, catalog};
use std::collections::{BTreeMap, BTreeSet};

/// All files imported, in order; nothing rejected, no check broken.
fn imported(files: &[SampleFile]) -> Ledger {
    let mut ledger = Ledger::new(catalog());
    for file in files {
        let outcome = ledger.import(file);
        let errors: Vec<_> = outcome.findings.iter().filter(|finding| finding.level == Level::Error).collect();
        assert!(errors.is_empty() && outcome.rejected == 0, "{}: {errors:#?}", file.name);
        assert!(outcome.rows > 0 || file.register == "family-event", "{}", file.name);
        let register = ledger.find(file.register);
        for place in outcome.taken {
            let record = &ledger.records[register][place];
            let broken = ledger.broken(register, record);
            assert!(broken.is_empty(), "{}: {:?} breaks {broken:?}", file.name, record.values);
        }
    }
    ledger.relate();
    ledger
}

#[test]
fn figures_come_out_of_the_files() {
    let ledger = imported(&college(2024));
    let mut wrong = Vec::new();
    let of_2024 = || {
        FIGURES_2024.iter().chain(life::FIGURES_2024).chain(areas::FIGURES_2024).map(|(id, text)| (*id, *text, 2024))
    };
    let of_2023 = areas::FIGURES_2023.iter().map(|(id, text)| (*id, *text, 2023));
    for (indicator, expected, year) in of_2024().chain(of_2023) {
        let (value, _) = ledger.figure(indicator, year);
        if value != expected {
            wrong.push(format!("{indicator} of {year}: {value}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Every indicator of the catalog on the sample's registers stands in the table.
    let varying = VARYING.iter().chain(life::VARYING).chain(areas::VARYING).copied();
    let known: BTreeSet<&str> = of_2024().map(|(id, ..)| id).chain(varying).collect();
    let filled = ledger.catalog.registers.iter().enumerate().filter(|(ix, _)| !ledger.records[*ix].is_empty());
    for indicator in filled.flat_map(|(_, register)| &register.indicators) {
        assert!(known.contains(indicator.id.as_str()), "{}", indicator.id);
    }
    assert_eq!(ledger.figure("gold-medal-count", 2023).0, "3");
    assert_eq!(ledger.figure("graduate-count", 2023).0, "385");
    assert_eq!(ledger.figure("placement-rate", 2022).0, "97.24 = 352/362");
    // One graduate's destination is unknown: the rate says that it could not judge one record.
    assert_eq!(ledger.figure("placement-rate", 2024).1, 1);
    assert_eq!(ledger.figure("volunteer-hours", 2024).1, 3);
    // An award without a medal is no unknown medal.
    assert_eq!(ledger.figure("gold-medal-count", 2024).1, 0);
    assert_eq!(ledger.figure("awarded-student-count", 2024).1, 0);
}

/// What each indicator gives for 2024, whatever the seed.
const FIGURES_2024: &[(&str, &str)] = &[
    ("graduate-count", "407"),
    ("further-study-count", "143"),
    ("employed-count", "261"),
    ("placement-rate", "99.26 = 404/407"),
    ("direct-employment-rate", "64.13 = 261/407"),
    ("direct-employment-rate-of-others", "98.86 = 261/264"),
    ("further-study-rate", "35.14 = 143/407"),
    ("matched-rate", "95.58 = 389/407"),
    ("matched-rate-employed", "95.79 = 250/261"),
    ("own-business-rate", "1.47 = 6/407"),
    ("contests-entered-count", "28"),
    ("contest-count", "39"),
    ("award-person-times", "118"),
    ("award-person-times-city", "84"),
    ("gold-medal-count", "5"),
    ("silver-medal-count", "8"),
    ("bronze-medal-count", "7"),
    ("gold-medal-growth", "66.67"),
    ("class-teacher-first-city", "4"),
    ("class-teacher-second-city", "9"),
    ("class-teacher-first-county", "8"),
    ("class-teacher-second-county", "21"),
    ("arts-sports-champion-count", "2"),
    ("skill-pass-count", "777"),
    ("skill-pass-rate", "95.1 = 777/817"),
    ("skill-pass-rate-entered", "93.6 = 777/830"),
    ("certificate-exam-passed-count", "84"),
    ("certificate-exam-rate", "95.5 = 84/88"),
    ("certificate-exam-rate-all", "93.3 = 84/90"),
    ("sino-german-class-count", "17"),
    ("sino-german-student-count", "554"),
    ("class-count", "45"),
    ("staff-count", "190"),
    ("volunteer-person-times", "1046"),
    ("volunteer-hours", "7322.5"),
    ("volunteer-hours-per-participation", "7.0"),
    ("home-visit-teacher-times", "597"),
    ("home-visit-student-times", "2503"),
    ("parents-meeting-count", "7"),
    ("parents-lecture-count", "5"),
    ("family-event-participants", "4308"),
];

/// Indicators whose value depends on the seed.
const VARYING: &[&str] = &[
    "average-first-pay",
    "award-count",
    "awarded-student-count",
    "events-entered-count",
    "full-time-teacher-count",
    "full-time-teacher-share",
    "home-visit-reach-rate",
    "home-visit-student-count",
    "publication-consent-count",
    "registered-count",
    "student-count",
    "suspension-count",
    "volunteer-count",
    "withdrawal-count",
];

#[test]
fn every_seed_can_be_imported() {
    for seed in [1, 77] {
        let ledger = imported(&college(seed));
        assert_eq!(ledger.figure("sino-german-student-count", 2024).0, "554");
        assert_eq!(ledger.figure("award-person-times", 2024).0, "118");
    }
}

#[test]
fn evidence_is_there_where_it_is_needed() {
    let files = college(5);
    let ledger = imported(&files);
    let mut papers: BTreeMap<(usize, usize), BTreeSet<&str>> = BTreeMap::new();
    for evidence in files.iter().flat_map(|file| &file.evidence) {
        let register = ledger.find(evidence.register);
        for key in &evidence.keys {
            let place = ledger.by_key(register, key).unwrap_or_else(|| panic!("{}: no record {key:?}", evidence.name));
            papers.entry((register, place)).or_default().insert(evidence.kind);
        }
    }
    let kinds = ledger.catalog.code_list("evidence-kind").expect("the list of kinds");
    assert!(files.iter().flat_map(|file| &file.evidence).all(|evidence| kinds.find(evidence.kind).is_some()));
    let verified: BTreeSet<&str> = files.iter().filter(|file| file.verify).map(|file| file.register).collect();
    for id in verified {
        let register = ledger.find(id);
        for (place, record) in ledger.records[register].iter().enumerate().filter(|(_, record)| record.is_verified()) {
            let there = papers.get(&(register, place)).cloned().unwrap_or_default();
            let needed = ledger.evidence_needed(register, record);
            assert!(needed.is_subset(&there), "{id} {:?}: needs {needed:?}, has {there:?}", record.values);
        }
    }
}

#[test]
fn the_spoiled_file_has_eight_wrong_rows() {
    let mut ledger = imported(&college(2024));
    let file = spoiled(2024);
    let outcome = ledger.import(&file);
    let register = ledger.find(file.register);
    let broken = outcome.taken.iter().filter(|place| {
        let record = &ledger.records[register][**place];
        ledger.broken(register, record).iter().any(|(_, warning)| !warning)
    });
    // Seven are refused as they are read, one is only wrong in itself: it left before it came.
    assert_eq!((outcome.rows, outcome.rejected, broken.count()), (40, 7, 1), "{:#?}", outcome.findings);
}
