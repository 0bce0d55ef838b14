//! Examinations by the shipped regulations: the worked examples, and what an oral supplement must bring.

use jc_base::Ratio;
use jc_catalog::regulation::Regulation;
use jc_catalog::{load, shipped};

fn regulation(id: &str) -> Regulation {
    let (catalog, _) = load(&shipped());
    catalog.expect("a sound catalog").regulation(id).expect("a shipped regulation").clone()
}

/// Points in halves, by area: part 1, task, written 1 and 2, economics and social studies.
fn points(tenths: [i64; 5]) -> Vec<Option<Ratio>> {
    tenths.into_iter().map(|tenths| Ratio::new(tenths.into(), 10)).collect()
}

fn check(id: &str, tenths: [i64; 5], oral: Option<(usize, i64)>, expect: &str) {
    let regulation = regulation(id);
    let oral = oral.and_then(|(area, points)| Some((area, Ratio::new(points.into(), 10)?)));
    assert_eq!(regulation.written(&regulation.settle(&points(tenths), oral)), expect);
}

const WORKED: [i64; 5] = [720, 680, 450, 610, 550];

#[test]
fn the_worked_examples_come_out() {
    check("mechatronics", WORKED, None, "65.22 ausreichend (4) passed");
    check("industrial-metal", WORKED, None, "65.22 ausreichend (4) passed");
    // The oral supplement of 62 on the 45: (2·45 + 62) / 3.
    let regulation = regulation("mechatronics");
    let outcome = regulation.settle(&points(WORKED), Some((2, Ratio::whole(62))));
    assert_eq!(outcome.points[2].map(|points| points.print(2)).as_deref(), Some("50.67"));
}

#[test]
fn the_two_regulations_part_where_the_law_does() {
    // 29 points in the work task and 90 elsewhere: neither lets it pass.
    check("mechatronics", [900, 290, 900, 900, 900], None, "71.70 befriedigend (3) failed");
    // Two written areas at 50 and one at 31: the metal trades ask for the mean of the three as well.
    let one_low = [720, 680, 310, 500, 500];
    check("mechatronics", one_low, None, "61.92 ausreichend (4) passed");
    check("industrial-metal", one_low, None, "61.92 ausreichend (4) failed");
}

#[test]
fn grades_are_half_open_and_not_rounded_first() {
    for (tenths, expect) in [
        (919, "91.90 gut (2) passed"),
        (920, "92.00 sehr gut (1) passed"),
        (669, "66.90 ausreichend (4) passed"),
        (500, "50.00 ausreichend (4) passed"),
        (499, "49.90 mangelhaft (5) failed"),
    ] {
        check("mechatronics", [tenths; 5], None, expect);
    }
}

#[test]
fn an_oral_supplement_is_offered_where_it_decides() {
    let mechatronics = regulation("mechatronics");
    // Two written areas below 50: one of them at 50 is enough.
    let failed = points([800, 700, 450, 480, 600]);
    assert_eq!(mechatronics.saved_by_oral(&failed), [(2, 60), (3, 54)]);
    for (area, least) in mechatronics.saved_by_oral(&failed) {
        let with = |spoken: u8| mechatronics.settle(&failed, Some((area, Ratio::whole(spoken.into())))).passed;
        assert_eq!((with(least - 1), with(least)), (Some(false), Some(true)));
    }
    // Passed, or failed in the task: nothing to offer.
    assert_eq!(mechatronics.saved_by_oral(&points(WORKED)), []);
    assert_eq!(mechatronics.saved_by_oral(&points([800, 490, 450, 480, 600])), []);
    // A supplement in an area of 50 or more is not allowed and changes nothing.
    check("mechatronics", [800, 700, 450, 480, 600], Some((4, 1000)), "67.76 befriedigend (3) failed");
}

#[test]
fn what_is_missing_leaves_open_only_what_depends_on_it() {
    let mechatronics = regulation("mechatronics");
    let mut some = points(WORKED);
    some[0] = None;
    let outcome = mechatronics.settle(&some, None);
    assert_eq!((outcome.total, outcome.grade, outcome.passed), (None, None, None));
    assert_eq!(outcome.conditions, [None, Some(true), Some(true), Some(true)]);
    some[1] = Some(Ratio::whole(49));
    assert_eq!(mechatronics.settle(&some, None).passed, Some(false));
}
