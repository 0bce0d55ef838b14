//! The three languages say the same things with the same values.

use jc_base::Lang;
use jc_words::{Arg, ids, text, variables};
use std::collections::BTreeSet;

#[test]
fn the_languages_have_the_same_messages_and_variables() {
    let zh = variables(Lang::Zh);
    for lang in [Lang::En, Lang::De] {
        let other = variables(lang);
        let missing: Vec<&String> = zh.keys().filter(|id| !other.contains_key(*id)).collect();
        let surplus: Vec<&String> = other.keys().filter(|id| !zh.contains_key(*id)).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "{lang}: lacks {missing:?}, alone has {surplus:?}");
        let differing: Vec<&String> = zh.iter().filter(|(id, names)| other[*id] != **names).map(|(id, _)| id).collect();
        assert!(differing.is_empty(), "{lang}: other variables in {differing:?}");
    }
}

#[test]
fn every_line_is_read_and_no_id_stands_twice() {
    for lang in Lang::ALL {
        let source = std::fs::read_to_string(format!("{}/../../messages/{lang}.ftl", env!("CARGO_MANIFEST_DIR")))
            .expect("the file is there");
        let known = ids(lang);
        let mut seen = BTreeSet::new();
        for (number, line) in source.lines().enumerate() {
            let id = line.split_once(" =").map(|(id, _)| id).filter(|id| !id.starts_with(['#', ' ', '\t', '}']));
            if let Some(id) = id {
                assert!(seen.insert(id.to_owned()), "{lang}.ftl line {}: {id} stands twice", number + 1);
                assert!(known.contains(id), "{lang}.ftl line {}: {id} is not read", number + 1);
                // A message that fluent could not read would come back as its id.
                assert_ne!(text(lang, id, &[]), id, "{lang}.ftl line {}: {id} cannot be read", number + 1);
            }
        }
    }
}

#[test]
fn no_message_names_another() {
    for lang in Lang::ALL {
        let source = std::fs::read_to_string(format!("{}/../../messages/{lang}.ftl", env!("CARGO_MANIFEST_DIR")))
            .expect("the file is there");
        for (number, line) in source.lines().enumerate() {
            let named = line
                .split('{')
                .skip(1)
                .find(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_lowercase() || c == '-'));
            assert_eq!(named, None, "{lang}.ftl line {}: what it names may be in another group", number + 1);
        }
    }
}

#[test]
fn values_are_put_in_without_marks() {
    let args = [("nearest", Arg::from("班级"))];
    assert_eq!(text(Lang::Zh, "near-miss", &args), "是否为“班级”？");
    assert_eq!(text(Lang::De, "place-row", &[("row", 1234.into())]), "Zeile 1234");
    assert_eq!(text(Lang::Zh, "no-such-message", &[]), "no-such-message");
    // A value that names a message is that message.
    let args = [("function", Arg::from("YEAR")), ("want", Arg::from("@type-date"))];
    assert_eq!(text(Lang::En, "cat-071", &args), "YEAR wants a date");
}
