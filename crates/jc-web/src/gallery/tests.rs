//! Every sample screen, in every language: nothing inline, no message missing, no id twice, forms with a token.

use super::screens;
use jc_base::Lang;
use std::collections::BTreeSet;

#[test]
fn screens_hold_the_house_rules() {
    for lang in Lang::ALL {
        for (name, html) in screens(lang) {
            let here = format!("{name} in {lang}");
            for inline in [" style=", "<style", " onclick=", " onload=", "javascript:", " hx-on"] {
                assert!(!html.contains(inline), "{here} has `{inline}`, which the policy forbids");
            }
            assert!(html.contains("<h1"), "{here} has no heading");
            assert!(html.contains(&format!("lang=\"{}", lang.code())), "{here} does not say its language");
            let forms = html.matches("method=\"post\"").count();
            assert_eq!(html.matches("name=\"token\"").count(), forms, "{here} has a form without a token");
            let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let different: BTreeSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), different.len(), "{here} has an id twice: {ids:?}");
        }
    }
}

#[test]
fn every_word_a_template_asks_for_is_there() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let mut asked = BTreeSet::new();
    for part in ["", "screens", "parts"] {
        for file in std::fs::read_dir(format!("{folder}/{part}")).expect("the templates") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|e| e == "html") {
                let text = std::fs::read_to_string(&path).expect("a template");
                for call in ["frame.t(\"", "frame.t1(\"", "frame.t2(\""] {
                    asked.extend(text.split(call).skip(1).filter_map(|r| r.split('"').next().map(str::to_owned)));
                }
            }
        }
    }
    for lang in Lang::ALL {
        let known = jc_words::ids(lang);
        let missing: Vec<_> = asked.iter().filter(|id| !known.contains(*id)).collect();
        assert!(missing.is_empty(), "{lang} lacks {missing:?}");
    }
}

#[test]
fn no_form_that_becomes_an_address_takes_an_identity_number() {
    let mut seen = 0;
    for (name, html) in screens(Lang::Zh) {
        for form in html.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            if form.split('>').next().is_some_and(|tag| tag.contains("method=\"post\"")) {
                continue;
            }
            for field in form.split("<input").skip(1).filter_map(|rest| rest.split('>').next()) {
                let other = ["hidden", "date", "month", "number", "checkbox", "radio"];
                if other.iter().any(|kind| field.contains(&format!("type=\"{kind}\""))) {
                    continue;
                }
                seen += 1;
                assert!(field.contains(" pattern=\"(?!"), "{name} would put what is typed into an address:{field}");
            }
        }
    }
    assert!(seen > 10, "{seen} fields");
}
