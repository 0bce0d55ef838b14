//! Every code of a finding has words in three languages, with the values it is given and no others.

use jc_base::Lang;
use std::collections::BTreeSet;

#[test]
fn every_code_has_words_with_its_values() {
    let catalog = jc_catalog::faults::CODES.iter().map(|(code, args)| (*code, args.to_vec()));
    let kinds = jc_catalog::kinds::CODES.iter().map(|(code, args)| (*code, [&["field"], *args].concat()));
    for (code, given) in catalog.chain(kinds) {
        let id = code.to_ascii_lowercase();
        for lang in Lang::ALL {
            let variables = jc_words::variables(lang);
            let what = variables.get(&id).unwrap_or_else(|| panic!("{lang}: no words for {code}"));
            let mend = variables.get(&format!("{id}.mend")).unwrap_or_else(|| panic!("{lang}: no mending for {code}"));
            let used: BTreeSet<&str> = what.union(mend).map(String::as_str).collect();
            let given: BTreeSet<&str> = given.iter().copied().collect();
            assert_eq!(used, given, "{lang}: {code}");
        }
    }
}

#[test]
fn no_words_are_left_over() {
    let known: BTreeSet<String> = jc_catalog::faults::CODES
        .iter()
        .chain(jc_catalog::kinds::CODES)
        .map(|(code, _)| code.to_ascii_lowercase())
        .collect();
    let left_over: Vec<String> = jc_words::ids(Lang::Zh)
        .into_iter()
        .filter(|id| !id.contains('.') && (id.starts_with("cat-0") || id.starts_with("int-1")))
        .filter(|id| !known.contains(id))
        .collect();
    assert!(left_over.is_empty(), "{left_over:?}");
}

#[test]
fn codes_are_given_once_and_in_order() {
    for codes in [jc_catalog::faults::CODES, jc_catalog::kinds::CODES] {
        assert!(codes.windows(2).all(|pair| pair[0].0 < pair[1].0), "a code is used twice, or out of order");
    }
}
