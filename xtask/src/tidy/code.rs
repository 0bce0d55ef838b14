//! Rules for Rust source.

use super::source::{line_of, places, product_code, product_files, standard_module, without_words};
use super::{Finding, Tree};

/// No bare `unwrap` on a user's path.
pub fn unwrap(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in product_files(tree) {
        let code = product_code(&file.text);
        for (at, _) in code.match_indices(".unwrap()") {
            let mend = "return an error, or expect(\"why it cannot be\")";
            findings.push(Finding::new(&file.path, line_of(&code, at), "a bare unwrap", mend));
        }
    }
    findings
}

/// Nothing half-finished, in tests neither.
pub fn unfinished(tree: &Tree) -> Vec<Finding> {
    const WORDS: [(&str, &str); 4] = [
        ("todo!", "write it, or leave the function out"),
        ("unimplemented!", "write it, or leave the function out"),
        ("dbg!", "delete it; tests and logs say more"),
        ("#[ignore", "assert today's wrong answer, with a note that says what is wrong with it"),
    ];
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| file.path.ends_with(".rs") && !file.is_foreign()) {
        let code = without_words(&file.text);
        for (word, mend) in WORDS {
            for at in places(&code, word) {
                let what = format!("{word}{} is left", if word.starts_with('#') { "]" } else { "" });
                findings.push(Finding::new(&file.path, line_of(&code, at), what, mend));
            }
        }
    }
    findings
}

/// Each crate begins with a sentence about itself.
pub fn module_doc(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in tree.crates() {
        let paths = [format!("crates/{name}/src/lib.rs"), format!("crates/{name}/src/main.rs")];
        match paths.iter().find_map(|path| tree.find(path)) {
            Some(file) if file.text.starts_with("//! ") => {}
            Some(file) => {
                let mend = "begin the file with `//! ` and the crate's one sentence";
                findings.push(Finding::new(&file.path, 1, "this crate does not say what it is for", mend));
            }
            None => {
                let mend = "every crate has a src/lib.rs or a src/main.rs";
                findings.push(Finding::new(&format!("crates/{name}/Cargo.toml"), 1, "this crate has no source", mend));
            }
        }
    }
    findings
}

/// Only the program reads the environment; all else is handed its settings.
pub fn environment(tree: &Tree) -> Vec<Finding> {
    // jc-testkit looks for a database server and for JIANGCE_REQUIRE_ALL; it is part of no product.
    const MAY: [&str; 2] = ["jiangce", "jc-testkit"];
    let mend = "let `jiangce` read it and hand it in as a setting";
    named(tree, |name| !MAY.contains(&name), &["env"], &[], "only the program `jiangce` reads the environment", mend)
}

/// From the types to the reports nothing opens a file, a socket or a clock.
pub fn purity(tree: &Tree) -> Vec<Finding> {
    const PURE: [&str; 11] = [
        "jc-base",
        "jc-words",
        "jc-text",
        "jc-catalog",
        "jc-intake",
        "jc-figures",
        "jc-growth",
        "jc-claims",
        "jc-report",
        "jc-sample",
        "jc-trust",
    ];
    let modules = ["fs", "net", "process"];
    let words = ["SystemTime", "Instant::now", "Utc::now", "Local::now"];
    let what = "this crate opens no file, socket or clock";
    let mend = "have bytes, text, time or randomness handed in; `jc-app` or `jiangce` fetches them";
    named(tree, |name| PURE.contains(&name), &modules, &words, what, mend)
}

fn named(
    tree: &Tree,
    concerned: impl Fn(&str) -> bool,
    modules: &[&str],
    words: &[&str],
    what: &str,
    mend: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in product_files(tree).into_iter().filter(|file| file.crate_name().is_some_and(&concerned)) {
        let code = product_code(&file.text);
        let found = modules.iter().flat_map(|m| standard_module(&code, m).into_iter().map(move |at| (at, *m)));
        let found = found.chain(words.iter().flat_map(|w| places(&code, w).into_iter().map(move |at| (at, *w))));
        for (at, name) in found {
            let what = format!("{what}, but `{name}` is named");
            findings.push(Finding::new(&file.path, line_of(&code, at), what, mend));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_bare_unwrap_is_found_outside_tests() {
        let text =
            "//! x.unwrap()\nfn a() { \"x.unwrap()\"; b.unwrap() }\n#[cfg(test)]\nmod tests { fn c() { d.unwrap() } }";
        check(unwrap, &[("crates/a/src/lib.rs", text)], &["crates/a/src/lib.rs:2: a bare unwrap"]);
        check(unwrap, &[("crates/a/tests/it/main.rs", "fn a() { b.unwrap() }")], &[]);
    }

    #[test]
    fn half_finished_code_is_found_everywhere() {
        let text = "fn a() { todo!() }\nfn b() { dbg!(1); unimplemented!(\"x\") }\n#[ignore]\n#[ignore = \"slow\"]\n";
        check(
            unfinished,
            &[("crates/a/tests/it/main.rs", text), ("xtask/src/x.rs", "// todo!\nlet my_todo = \"dbg!\";")],
            &[
                "crates/a/tests/it/main.rs:1: todo! is left",
                "crates/a/tests/it/main.rs:2: unimplemented! is left",
                "crates/a/tests/it/main.rs:2: dbg! is left",
                "crates/a/tests/it/main.rs:3: #[ignore] is left",
                "crates/a/tests/it/main.rs:4: #[ignore] is left",
            ],
        );
    }

    #[test]
    fn a_crate_without_a_sentence_is_found() {
        let good = [("crates/a/Cargo.toml", ""), ("crates/a/src/lib.rs", "//! What it is.\n")];
        check(module_doc, &good, &[]);
        let bad =
            [("crates/a/Cargo.toml", ""), ("crates/a/src/main.rs", "fn main() {}\n"), ("crates/b/Cargo.toml", "")];
        check(
            module_doc,
            &bad,
            &[
                "crates/a/src/main.rs:1: this crate does not say what it is for",
                "crates/b/Cargo.toml:1: this crate has no source",
            ],
        );
    }

    #[test]
    fn reading_the_environment_is_found() {
        let text = "use std::env;\nlet built = env!(\"CARGO_PKG_VERSION\");\n";
        check(
            environment,
            &[("crates/jc-store/src/lib.rs", text), ("crates/jiangce/src/main.rs", text)],
            &["crates/jc-store/src/lib.rs:1: only the program `jiangce` reads the environment, but `env` is named"],
        );
    }

    #[test]
    fn a_file_or_a_clock_in_a_pure_crate_is_found() {
        let text = "use std::{fmt, fs};\nfn now() { chrono::Utc::now() }\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        check(
            purity,
            &[("crates/jc-base/src/lib.rs", text), ("crates/jc-store/src/lib.rs", text)],
            &[
                "crates/jc-base/src/lib.rs:1: this crate opens no file, socket or clock, but `fs` is named",
                "crates/jc-base/src/lib.rs:2: this crate opens no file, socket or clock, but `Utc::now` is named",
            ],
        );
    }
}
