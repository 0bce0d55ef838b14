//! The shipped catalog is sound.

use jc_catalog::{load, shipped};

#[test]
fn the_shipped_catalog_has_no_errors() {
    let (catalog, findings) = load(&shipped());
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.level == jc_base::Level::Error)
        .map(|finding| format!("{} {} {:?}", finding.code, finding.place, finding.with))
        .collect();
    assert!(catalog.is_some(), "{}", errors.join("\n"));
}

/// A definition nobody can check is none: what it is, whose, of what, what with the unknown, and twice worked by hand.
#[test]
fn every_indicator_is_finished() {
    let (catalog, _) = jc_catalog::load(&jc_catalog::shipped());
    let catalog = catalog.expect("the shipped catalog is sound");
    let mut open = Vec::new();
    for register in &catalog.registers {
        for indicator in &register.indicators {
            let names = |names: &jc_base::Names| !(names.zh.is_empty() || names.en.is_empty() || names.de.is_empty());
            let holds = [
                ("name", names(&indicator.name)),
                ("definition", names(&indicator.about)),
                ("source", !indicator.source.document.is_empty() && indicator.source.checked.is_some()),
                ("unit", catalog.units.units.iter().any(|unit| unit.id == indicator.unit)),
                ("missing", !indicator.missing.is_empty()),
                ("two cases", indicator.cases.len() >= 2),
            ];
            let lacks = holds.into_iter().filter(|(_, there)| !there);
            open.extend(lacks.map(|(what, _)| format!("{}: {what}", indicator.id)));
        }
    }
    assert_eq!(open, [""; 0]);
}

/// Every code list says where its codes come from, and when someone last looked.
#[test]
fn every_code_list_says_where_it_comes_from() {
    let (catalog, _) = jc_catalog::load(&jc_catalog::shipped());
    let catalog = catalog.expect("the shipped catalog is sound");
    let from_nowhere =
        |list: &&jc_catalog::model::CodeList| list.source.document.is_empty() || list.source.checked.is_none();
    let open: Vec<&str> = catalog.codes.iter().filter(from_nowhere).map(|list| list.id.as_str()).collect();
    assert_eq!(open, [""; 0]);
}
