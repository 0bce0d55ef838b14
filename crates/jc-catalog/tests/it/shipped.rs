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
