use super::{Cause, Delta, Explained, Verified, explain, settle};
use crate::definition::Definition;
use crate::figure::{Amount, FigureValue, NoValue};
use jc_base::{IndicatorId, MeasureId, Names, Ratio, UnitId};
use jc_catalog::Formula;
use proptest::prelude::*;

fn definition(formula: Formula, terms: &[&str]) -> Definition {
    let names = Names { zh: "率".into(), en: "rate".into(), de: "Quote".into() };
    Definition {
        id: IndicatorId::from("rate"),
        name: names.clone(),
        about: names,
        formula,
        terms: terms.iter().map(|id| (MeasureId::from(*id), 0)).collect(),
        unit: UnitId::from("percent"),
        decimals: 2,
    }
}

fn share() -> Definition {
    definition(Formula::Share { part: 0, whole: 1 }, &["part", "whole"])
}

fn totals(part: i64, whole: i64) -> Verified {
    let amount = |value| Amount { value, unknown: 0 };
    [("part", part), ("whole", whole), ("", whole)].map(|(id, n)| (id.to_owned(), amount(n))).into_iter().collect()
}

fn walk(deltas: &[(Cause, i64, i64)]) -> Explained {
    let deltas: Vec<Delta> = (1..)
        .zip(deltas)
        .map(|(number, (cause, part, whole))| Delta { number, cause: *cause, totals: totals(*part, *whole) })
        .collect();
    let sum = |id: &str| deltas.iter().map(|d| d.totals[id].value).sum::<i64>();
    let now = settle(&share(), &totals(404 + sum("part"), 407 + sum("whole")), None).value;
    explain(&share(), &totals(404, 407), None, &deltas, now, false)
}

fn printed(explained: &Explained) -> Vec<(Cause, String)> {
    explained.by_cause.iter().map(|(cause, ratio)| (*cause, ratio.print(4))).collect()
}

/// 404 of 407 graduates placed; later one is found to have been counted twice, and two are placed late.
#[test]
fn a_rate_moves_by_cause() {
    let explained = walk(&[(Cause::Double, -1, -1), (Cause::Correction, 2, 0), (Cause::Late, 0, 1)]);
    // 404/408 − 404/407, 406/408 − 404/408, 405/407 − 406/408, worked by hand.
    let expect = [(Cause::Late, "-0.2433"), (Cause::Correction, "0.4902"), (Cause::Double, "-0.0012")];
    assert_eq!(printed(&explained), expect.map(|(cause, text)| (cause, text.to_owned())));
    assert_eq!(explained.difference.map(|d| d.print(4)), Some("0.2457".into()));
}

#[test]
fn a_step_through_nothing_is_told_by_the_next() {
    let explained = walk(&[(Cause::Correction, -404, -407), (Cause::Late, 1, 2)]);
    assert_eq!(explained.steps[0].value, FigureValue::Missing(NoValue::NoBase));
    assert_eq!(explained.steps[0].change, None);
    let expect = [(Cause::Late, "-0.2409"), (Cause::Correction, "-49.0220")];
    assert_eq!(printed(&explained), expect.map(|(cause, text)| (cause, text.to_owned())));
}

#[test]
fn what_no_write_explains_is_the_definition_or_the_year_before() {
    let present = FigureValue::Known(Ratio::whole(99));
    for (changed, cause) in [(true, Cause::Definition), (false, Cause::Base)] {
        let explained = explain(&share(), &totals(404, 407), None, &[], present, changed);
        assert_eq!(printed(&explained), [(cause, "-0.2629".to_owned())]);
    }
    let gone = explain(&share(), &totals(404, 407), None, &[], FigureValue::Missing(NoValue::NoBase), false);
    assert_eq!((gone.difference, gone.by_cause), (None, Vec::new()));
}

#[test]
fn words_are_read_back() {
    for cause in Cause::ALL {
        assert_eq!(Cause::from_code(cause.code()), Some(cause));
    }
    assert_eq!(Cause::from_code("other"), None);
}

proptest! {
    #[test]
    fn causes_add_up_to_the_difference(deltas in prop::collection::vec((0usize..4, -9i64..9, -9i64..9), 0..30)) {
        let deltas: Vec<_> = deltas.into_iter().map(|(cause, part, whole)| (Cause::ALL[cause], part, whole)).collect();
        let explained = walk(&deltas);
        let sum = explained.by_cause.iter().try_fold(Ratio::whole(0), |sum, (_, part)| sum.plus(*part));
        if let Some(difference) = explained.difference {
            prop_assert_eq!(sum, Some(difference));
        }
    }
}
