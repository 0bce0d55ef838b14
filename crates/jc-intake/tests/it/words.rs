//! Every finding has its words in three languages, and the words use only what the finding gives.

use jc_base::Lang;
use jc_intake::codes::CODES;

#[test]
fn every_code_has_words() {
    let mut seen = std::collections::BTreeSet::new();
    for lang in Lang::ALL {
        let all = jc_words::variables(lang);
        for (code, given) in CODES {
            seen.insert(*code);
            for id in [code.to_ascii_lowercase(), format!("{}.mend", code.to_ascii_lowercase())] {
                let used = all.get(&id).unwrap_or_else(|| panic!("{lang}: no {id}"));
                assert!(used.iter().all(|name| given.contains(&name.as_str())), "{lang} {id}: {used:?}");
            }
        }
        let ours = all.keys().filter(|id| id.starts_with("int-0") && !id.contains('.'));
        for id in ours {
            assert!(seen.contains(id.to_ascii_uppercase().as_str()), "{lang}: {id} is no code");
        }
        for id in ["fill", "field", "required", "how", "choices"] {
            assert!(all.contains_key(&format!("intake-template-{id}")), "{lang}: {id}");
        }
        for kind in [
            "text",
            "long-text",
            "integer",
            "decimal",
            "money",
            "date",
            "month",
            "year",
            "time",
            "boolean",
            "code",
            "ref",
            "refs",
            "person-name",
            "id-number",
            "org-code",
            "phone",
            "certificate-number",
            "link",
        ] {
            assert!(all.contains_key(&format!("intake-hint-{kind}")), "{lang}: {kind}");
        }
    }
    assert_eq!(seen.len(), CODES.len(), "a code twice");
}
