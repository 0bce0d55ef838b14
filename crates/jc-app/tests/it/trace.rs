//! The trace: every record of a page has exactly one part in a figure, the parts add up to it, and what leads from
//! a figure to its records leads from the records back to it.

use crate::people::{copy, records};
use crate::sample::college;
use jc_app::figures::{IndicatorRef, Part, Traced, indicators, part};
use jc_app::records::Edit;
use jc_app::{Person, Viewer};
use jc_base::{Lang, Ratio, RecordId, RecordState, Value};
use jc_catalog::{Column, Counting, Formula};
use jc_figures::Page;
use jc_figures::trace::Role;
use jc_store::Record;
use jc_store::seal::Correction;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const PARTS: [Part; 3] = [Part::Numerator, Part::DenominatorOnly, Part::LeftOut];

/// All records of a part, fetched a screenful at a time.
fn all_of(viewer: &Viewer, of: IndicatorRef, page: Page, wanted: Part, screenful: usize) -> Vec<Traced> {
    let mut all = Vec::new();
    loop {
        let trace = viewer.trace(of, page, wanted, all.len(), screenful).expect("a trace");
        let (more, counted) = (trace.records.len(), trace.counts[wanted as usize]);
        all.extend(trace.records);
        if more < screenful {
            assert_eq!(all.len(), counted);
            return all;
        }
    }
}

fn viewing<T>(work: impl FnOnce(&Viewer) -> T) -> T {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    work(&app.viewer(&person))
}

fn pages(viewer: &Viewer, of: IndicatorRef) -> [Page; 2] {
    [2024, 2023].map(|year| Page::reported_in(&viewer.catalog().registers[of.register], year))
}

#[test]
fn every_record_of_a_page_has_exactly_one_part() {
    viewing(|viewer| {
        for of in indicators(viewer.catalog()) {
            for page in pages(viewer, of) {
                let mut found: Vec<RecordId> = Vec::new();
                for wanted in PARTS {
                    let traced = all_of(viewer, of, page, wanted, 700);
                    assert!(traced.iter().all(|t| part(t.role) == wanted));
                    found.extend(traced.iter().map(|t| t.record.id));
                }
                let mut on_page: Vec<RecordId> =
                    records(viewer, of.register, Some(page)).iter().map(|r| r.id).collect();
                found.sort_unstable();
                on_page.sort_unstable();
                let id = &viewer.catalog().registers[of.register].indicators[of.indicator].id;
                assert_eq!(found, on_page, "{id} on {page}");
            }
        }
    });
}

/// The different values that records bring to a distinct count.
fn members(traced: &[Traced], of: Column, per: Option<Column>) -> usize {
    let mut seen = BTreeSet::new();
    for Traced { record, .. } in traced {
        let value = |column: Column| match column {
            Column::Field(field) => &record.values[field],
            Column::Copied(copy) => &record.copied[copy],
        };
        let per = per.map(|per| format!("{:?}", value(per)));
        match value(of) {
            Value::Refs(ids) => seen.extend(ids.iter().map(|id| (id.to_string(), per.clone()))),
            other => drop(seen.insert((format!("{other:?}"), per))),
        }
    }
    seen.len()
}

#[test]
fn the_parts_of_the_numerator_add_up_to_it() {
    viewing(|viewer| {
        for of in indicators(viewer.catalog()) {
            let register = &viewer.catalog().registers[of.register];
            let indicator = &register.indicators[of.indicator];
            let (Formula::Total(position)
            | Formula::Growth(position)
            | Formula::Share { part: position, .. }
            | Formula::Quotient { over: position, .. }
            | Formula::Highest { reach: position, .. }
            | Formula::Common { sum: position, .. }) = indicator.formula;
            let measure = &register.measures[position];
            for page in pages(viewer, of) {
                let traced = all_of(viewer, of, page, Part::Numerator, 100_000);
                let sum = match measure.counting {
                    Counting::Distinct { of, per } => members(&traced, of, per) as i64,
                    _ => traced.iter().map(|t| if let Role::Numerator(n) = t.role { n } else { 0 }).sum(),
                };
                let sum = Ratio::new(sum.into(), 10i128.pow(measure.digits.into()));
                let figure = viewer.figure(of, page).expect("a figure").figure;
                let told = format!("{} on {page}: {figure:?}", indicator.id);
                match indicator.formula {
                    // Of those a record brings, whoever has a higher one is not counted.
                    Formula::Highest { .. } => assert!(figure.numerator <= sum, "{told}"),
                    // What all share is no sum.
                    Formula::Common { .. } => assert_eq!(figure.numerator, None, "{told}"),
                    _ if figure.numerator.is_none() => assert_eq!(sum, Ratio::new(0, 1), "{told}"),
                    // The numerator of a growth is the change on what stood before.
                    Formula::Growth(_) => {
                        let (change, before) = (figure.numerator, figure.denominator);
                        assert_eq!(sum.zip(before).and_then(|(now, before)| now.minus(before)), change, "{told}");
                    }
                    _ => assert_eq!(sum, figure.numerator, "{told}"),
                }
            }
        }
    });
}

#[test]
fn a_share_of_records_has_numerator_and_rest_as_its_denominator() {
    viewing(|viewer| {
        for of in indicators(viewer.catalog()) {
            let register = &viewer.catalog().registers[of.register];
            let indicator = &register.indicators[of.indicator];
            let Formula::Share { whole, .. } = indicator.formula else { continue };
            if !matches!(register.measures[whole].counting, Counting::Records) {
                continue;
            }
            for page in pages(viewer, of) {
                let trace = viewer.trace(of, page, Part::Numerator, 0, 0).expect("a trace");
                let counted = trace.counts[0] + trace.counts[1];
                let wanted = trace.figure.denominator.map_or(0, Ratio::num);
                assert_eq!(counted as i128, wanted, "{} on {page}", indicator.id);
            }
        }
    });
}

#[test]
fn the_slices_of_a_total_add_up_to_it() {
    viewing(|viewer| {
        for of in indicators(viewer.catalog()) {
            let register = &viewer.catalog().registers[of.register];
            let indicator = &register.indicators[of.indicator];
            let Formula::Total(position) = indicator.formula else { continue };
            if matches!(register.measures[position].counting, Counting::Distinct { .. }) {
                continue;
            }
            for page in pages(viewer, of) {
                let whole = viewer.figure(of, page).expect("a figure").figure;
                for slice in &register.slices {
                    let parts = viewer.slices(of, page, &slice.id, Lang::Zh).expect("slices");
                    let told = format!("{} on {page} by {}", indicator.id, slice.id);
                    assert_eq!(parts.iter().map(|(_, _, f)| f.verified).sum::<i64>(), whole.verified, "{told}");
                    assert_eq!(parts.iter().map(|(_, _, f)| f.unknown).sum::<i64>(), whole.unknown, "{told}");
                    let steps = 10i128.pow(register.measures[position].digits.into());
                    let sum: i128 =
                        parts.iter().filter_map(|(_, _, f)| f.numerator).map(|n| n.num() * steps / n.den()).sum();
                    let whole = whole.numerator.map_or(0, |n| n.num() * steps / n.den());
                    assert_eq!(sum, whole, "{told}");
                }
            }
        }
    });
}

/// About so many records of a register, spread over it.
fn sample_of(viewer: &Viewer, register: usize, wanted: usize) -> Vec<Record> {
    let all = records(viewer, register, None);
    let step = (all.len() / wanted).max(1);
    all.into_iter().step_by(step).take(wanted).collect()
}

#[test]
fn from_figure_to_record_and_from_record_to_figure_are_one_relation() {
    type Line = (IndicatorRef, Page);
    viewing(|viewer| {
        let mut tried = 0;
        for register in 0..viewer.catalog().registers.len() {
            let sample = sample_of(viewer, register, 12);
            if sample.is_empty() || viewer.catalog().registers[register].indicators.is_empty() {
                continue;
            }
            // Forward: from every indicator and page of the register, the roles of the sampled records.
            let mut forward: HashMap<RecordId, BTreeMap<(usize, String), Role>> = HashMap::new();
            for of in indicators(viewer.catalog()).filter(|of| of.register == register) {
                for figure in viewer.over_time(of).expect("figures") {
                    for wanted in PARTS {
                        for traced in viewer.trace(of, figure.page, wanted, 0, usize::MAX).expect("a trace").records {
                            let roles = forward.entry(traced.record.id).or_default();
                            roles.insert((of.indicator, figure.page.to_string()), traced.role);
                        }
                    }
                }
            }
            for record in sample {
                tried += 1;
                let feeds = viewer.feeds(register, &record).expect("feeds");
                let back: BTreeMap<(usize, String), Role> =
                    feeds.iter().map(|f| ((f.of.indicator, f.page.to_string()), f.role)).collect();
                assert_eq!(back.len(), feeds.len(), "no figure is named twice");
                let there = forward.get(&record.id).cloned().unwrap_or_default();
                assert_eq!(back, there, "{} of {}", record.id, viewer.catalog().registers[register].id);
                for feed in &feeds {
                    let line: Line = (feed.of, feed.page);
                    assert_eq!(feed.figure, viewer.figure(line.0, line.1).expect("a figure").figure);
                }
            }
        }
        assert!(tried >= 140, "{tried} records");
    });
}

#[test]
fn a_figure_without_a_record_is_what_remains_when_it_is_returned() {
    let own = copy();
    let catalog = own.app.catalog();
    for (register, declared) in catalog.registers.iter().enumerate().filter(|(_, r)| !r.indicators.is_empty()) {
        let id = declared.id.as_str();
        let sample = own.viewing(|viewer| sample_of(viewer, register, 4));
        for record in sample.into_iter().filter(|r| r.state == RecordState::Verified) {
            let feeds = own.viewing(|viewer| viewer.feeds(register, &record)).expect("feeds");
            let edit = Edit { values: record.values.clone(), submit: true, seen_version: Some(record.version) };
            // Some stand on closed pages: who changes those says why.
            let who = own.keeper(id);
            let why = Correction { cause: None, reason: "复核".into() };
            let keeper = own.app.keeper(&who, register).expect("a keeper").because(Some(why));
            keeper.update(record.id, edit, Lang::Zh).expect("it is reopened");
            let again = own.record(id, record.id);
            own.verifying(id, |v| v.give_back(again.id, again.version, "请补正")).expect("it is returned");
            for feed in feeds {
                let now = own.viewing(|viewer| viewer.figure(feed.of, feed.page)).expect("a figure").figure;
                assert_eq!(feed.without, now, "{id} {}: {:?}", record.id, feed.role);
            }
        }
    }
}
