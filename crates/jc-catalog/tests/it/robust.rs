//! Nothing people put into a file brings the reader down, and a catalog is withheld exactly if there is an error.

use jc_base::finding::has_errors;
use jc_catalog::expr::{Copies, Scope, parse};
use jc_catalog::{SourceFile, load};
use proptest::prelude::*;

fn sources_with(path: &str, text: String) -> Vec<SourceFile> {
    let mut sources = crate::faults::base();
    sources.insert(path.to_owned(), text);
    sources.into_iter().map(|(path, text)| SourceFile { path, text: text.into() }).collect()
}

fn holds(sources: &[SourceFile]) {
    let (catalog, findings) = load(sources);
    assert_eq!(catalog.is_none(), has_errors(&findings));
    for finding in &findings {
        let source = sources.iter().find(|s| finding.place.to_string().starts_with(&s.path)).map(|s| &*s.text);
        let _ = jc_words::terminal(jc_base::Lang::Zh, finding, source);
    }
}

/// Pieces an expression may be made of, so that random ones get past the first token.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("hours"),
        Just("level"),
        Just("paid"),
        Just("won_on"),
        Just("winner"),
        Just("team"),
        Just("title"),
        Just("winner.sex"),
        Just("winner.department.name"),
        Just("'city'"),
        Just("'2024-01-01'"),
        Just("3"),
        Just("2.50"),
        Just("="),
        Just("<>"),
        Just(">="),
        Just("AND"),
        Just("OR"),
        Just("NOT"),
        Just("IN"),
        Just("("),
        Just(")"),
        Just(","),
        Just("IS NULL"),
        Just("IS NOT NULL"),
        Just("BETWEEN"),
        Just("+"),
        Just("-"),
        Just("*"),
        Just("YEAR("),
        Just("MEMBERS("),
        Just("EXISTS("),
        Just("LATEST("),
        Just("AT_LEAST("),
        Just("NULL"),
        Just("TRUE"),
        Just("CENSUS"),
        Just("DATE"),
        Just("（"),
        Just("＝"),
        Just("；"),
        Just("--"),
        Just("SELECT"),
        Just("CASE"),
        Just("."),
        Just("$1"),
        Just("“"),
        Just("'"),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "))
}

#[test]
fn a_stair_of_operators_is_too_deep() {
    let catalog = crate::base_catalog();
    let register = catalog.find_register("award").expect("it is there");
    let scope = Scope { registers: &catalog.registers, codes: &catalog.codes, register };
    for (step, end) in [("1+", "1"), ("NOT ", "paid"), ("(", "1"), ("paid or ", "paid"), ("1*", "1")] {
        for steps in [500, 990] {
            let text = step.repeat(steps.min(3_900 / step.len())) + end;
            let faults = parse(&text, scope, &mut Copies::kept(&catalog.registers)).expect_err("too deep");
            assert_eq!(faults[0].code, "CAT-068", "{step}");
        }
    }
    let long = "paid or ".repeat(100) + "paid";
    parse(&long, scope, &mut Copies::kept(&catalog.registers)).expect("a hundred alternatives are read");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_as_a_file(text in "\\PC{0,200}", which in 0usize..3) {
        let path = ["training/award.toml", "units.toml", "codes/level.toml"][which];
        holds(&sources_with(path, text));
    }

    #[test]
    fn a_file_with_something_cut_out_and_put_in(from in any::<prop::sample::Index>(), length in 0usize..30, put in "[\\[\\]={}\"'a-z0-9\n#.,甲 ]{0,6}") {
        let mut text: Vec<char> = crate::faults::base()["training/award.toml"].chars().collect();
        let from = from.index(text.len());
        let to = (from + length).min(text.len());
        text.splice(from..to, put.chars());
        holds(&sources_with("training/award.toml", text.into_iter().collect()));
    }

    #[test]
    fn any_text_as_an_expression(text in prop_oneof![any::<String>(), "\\PC{0,60}", pieces()]) {
        let catalog = crate::base_catalog();
        let register = catalog.find_register("award").expect("it is there");
        let scope = Scope { registers: &catalog.registers, codes: &catalog.codes, register };
        let length = text.chars().count();
        match parse(&text, scope, &mut Copies::kept(&catalog.registers)) {
            Ok(_) => {}
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(fault.at.start <= length && fault.at.start <= fault.at.end, "{:?} of {:?}", fault, text);
                }
            }
        }
    }
}
