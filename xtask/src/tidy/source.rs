//! Rust source with everything blanked that is not code of the product: comments, strings and tests.
//!
//! What is blanked becomes spaces, so that every position and line number stays what it was.

use std::collections::BTreeSet;

use super::Tree;
use super::tree::File;

/// The Rust files of `crates/*/src` that are not only for tests.
pub fn product_files(tree: &Tree) -> Vec<&File> {
    let only_tests = test_modules(tree);
    let is_product = |file: &&File| {
        let Some(inner) = file.crate_name().and_then(|name| file.path.strip_prefix(&format!("crates/{name}/src/")))
        else {
            return false;
        };
        let is_test = inner.split('/').any(|part| part == "tests" || part == "tests.rs");
        inner.ends_with(".rs") && !is_test && !only_tests.iter().any(|module| file.path.starts_with(module.as_str()))
    };
    tree.files().filter(is_product).collect()
}

/// Source without comments, strings and tests.
pub fn product_code(text: &str) -> String {
    let mut code = without_words(text).into_bytes();
    for (start, end) in test_items(&without_words(text)) {
        blank(&mut code[start..end]);
    }
    String::from_utf8_lossy(&code).into_owned()
}

/// Source without comments and without what stands in strings and characters.
pub fn without_words(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => line_end(&bytes, at),
            b'/' if bytes[at..].starts_with(b"/*") => comment_end(&bytes, at),
            b'"' => string_end(&bytes, at),
            b'r' if raw_hashes(&bytes, at).is_some() => raw_end(&bytes, at),
            b'\'' => character_end(&bytes, at),
            _ => at,
        };
        if end > at {
            blank(&mut bytes[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The number of the line that holds a position, from 1.
pub fn line_of(text: &str, position: usize) -> usize {
    text.as_bytes()[..position].iter().filter(|b| **b == b'\n').count() + 1
}

/// Where `word` stands in `code` as a word of its own, not as a part of a longer name.
pub fn places(code: &str, word: &str) -> Vec<usize> {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let bounded = |at: &usize| {
        let before = code[..*at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let starts = !word.starts_with(part_of_name) || before.is_none_or(|c| !part_of_name(c));
        let ends = !word.ends_with(part_of_name) || after.is_none_or(|c| !part_of_name(c));
        starts && ends
    };
    code.match_indices(word).map(|(at, _)| at).filter(bounded).collect()
}

/// Where `code` names a module of the standard library: `std::fs`, or `fs` in `use std::{fs, io}`.
pub fn standard_module(code: &str, module: &str) -> Vec<usize> {
    let mut found = places(code, &format!("std::{module}"));
    for (at, open) in code.match_indices("std::{") {
        let group = &code[at + open.len()..];
        let group = &group[..group.find(';').unwrap_or(group.len())];
        found.extend(places(group, module).into_iter().filter(|place| first_in_group(group, *place)).map(|_| at));
    }
    found
}

/// Whether a name in a group of imports is one of the group's own, and not inside another or after `::`.
fn first_in_group(group: &str, place: usize) -> bool {
    let before = &group[..place];
    let depth = before.matches('{').count() == before.matches('}').count();
    depth && !before.trim_end().ends_with("::")
}

/// Start and end of every item under `#[test]` or `#[cfg(test)]`.
fn test_items(code: &str) -> Vec<(usize, usize)> {
    let mut items: Vec<(usize, usize)> = Vec::new();
    for (start, _) in code.match_indices("#[") {
        let attribute = &code[start..start + code[start..].find(']').unwrap_or(0)];
        let is_test = attribute == "#[test"
            || attribute.starts_with("#[cfg(") && !places(attribute, "test").is_empty() && !attribute.contains("not(");
        let inside = items.last().is_some_and(|(_, end)| start < *end);
        if is_test && !inside {
            items.push((start, item_end(code, start + attribute.len() + 1)));
        }
    }
    items
}

/// The end of the item that begins at `start`: its closing brace, or the semicolon of one without a body.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0usize;
    for (at, c) in code[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, '}' | ';') {
            return start + at + 1;
        }
    }
    code.len()
}

/// The beginnings of the paths of modules declared as `#[cfg(test)] mod name;`.
fn test_modules(tree: &Tree) -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    for file in tree.files().filter(|file| file.path.starts_with("crates/") && file.path.ends_with(".rs")) {
        let code = without_words(&file.text);
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let folder = match name {
            "lib.rs" | "main.rs" | "mod.rs" => folder.to_string(),
            _ => file.path.trim_end_matches(".rs").to_string(),
        };
        for (start, end) in test_items(&code) {
            let item = code[start..end].trim_end_matches(';');
            if let Some(module) = item.rsplit_once("mod ").map(|(_, name)| name.trim()).filter(|n| !n.contains('{')) {
                modules.insert(format!("{folder}/{module}.rs"));
                modules.insert(format!("{folder}/{module}/"));
            }
        }
    }
    modules
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|b| **b != b'\n') {
        *byte = b' ';
    }
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| start + n)
}

/// Comments nest.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    at
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The number of `#` before the quote if a raw string begins at `at`, and not a name that begins with r.
fn raw_hashes(bytes: &[u8], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|i| bytes[i]);
    let in_name = before.is_some_and(|b| (b.is_ascii_alphanumeric() || b == b'_') && b != b'b' && b != b'c');
    let hashes = bytes[at + 1..].iter().take_while(|b| **b == b'#').count();
    (!in_name && bytes.get(at + 1 + hashes) == Some(&b'"')).then_some(hashes)
}

fn raw_end(bytes: &[u8], start: usize) -> usize {
    let hashes = raw_hashes(bytes, start).unwrap_or(0);
    let closing = format!("\"{}", "#".repeat(hashes));
    let body = start + hashes + 2;
    let rest = bytes.get(body..).unwrap_or_default();
    rest.windows(closing.len()).position(|w| w == closing.as_bytes()).map_or(bytes.len(), |n| body + n + closing.len())
}

/// The end of a character; a lifetime is left as it is.
fn character_end(bytes: &[u8], start: usize) -> usize {
    if bytes.get(start + 1) == Some(&b'\\') {
        let closing = bytes.get(start + 3..).and_then(|rest| rest.iter().position(|b| *b == b'\''));
        return closing.map_or(bytes.len(), |n| start + 4 + n);
    }
    let character = std::str::from_utf8(&bytes[start + 1..]).ok().and_then(|rest| rest.chars().next());
    let end = start + 1 + character.map_or(0, char::len_utf8);
    if bytes.get(end) == Some(&b'\'') { end + 1 } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_blanked_and_code_stays() {
        let text = r##"let a = "x // y"; // "comment"
/* a /* b */ c */ let b: &'static str = r#"raw " string"#; let c = '"'; let d = '\''; let e = 'é'; let f = b"x";
fn g<'a>(over: &'a str) {}"##;
        let code = without_words(text);
        assert_eq!(code.len(), text.len());
        for gone in ["comment", "x", "raw", "string", "c */", "é", "\""] {
            assert!(!code.contains(gone), "{gone} is left in {code}");
        }
        for kept in ["let a =", "let b: &'static str =", "let c =", "let d =", "let e =", "fn g<'a>(over: &'a str) {}"]
        {
            assert!(code.contains(kept), "{kept} is gone from {code}");
        }
    }

    #[test]
    fn tests_are_blanked() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { {} }\n}\nfn c() {}\n#[cfg(not(test))]\nfn d() {}\n\
            #[test]\nfn e() {}\n#[cfg(all(test, unix))]\nuse f;\nfn g() {}\n";
        let code = product_code(text);
        assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), {
            "fn a() {} fn c() {} #[cfg(not(test))] fn d() {} fn g() {}"
        });
        assert_eq!(line_of(&code, code.find("fn g").unwrap()), 13);
    }

    #[test]
    fn files_that_are_only_for_tests_are_left_out() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", "mod b;\n#[cfg(test)]\nmod helper;\n"),
            ("crates/a/src/b.rs", ""),
            ("crates/a/src/b/tests.rs", ""),
            ("crates/a/src/helper.rs", ""),
            ("crates/a/tests/it/main.rs", ""),
            ("xtask/src/main.rs", ""),
        ]);
        let paths: Vec<&str> = product_files(&tree).iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["crates/a/src/lib.rs", "crates/a/src/b.rs"]);
    }

    #[test]
    fn a_module_is_found_however_it_is_imported() {
        for (code, times) in [
            ("use std::fs;", 1),
            ("std::fs::read(x)", 1),
            ("use std::{fmt, fs};", 1),
            ("use std::{fs::File, io};", 1),
            ("use std::{path::{Path}, io::{self}}; let fs = 1;", 0),
            ("use std::{a::fs};", 0),
            ("std::fsx", 0),
        ] {
            assert_eq!(standard_module(code, "fs").len(), times, "{code}");
        }
    }
}
