//! Each kind of fault has a case of its own: `tests/faults/<number>-<what>.toml`, laid over the small sound catalog
//! in `tests/base`. A line `#@ path` begins a file that replaces or adds, `#+ path` one that is appended.
//!
//! The number is the code that must be found; a first line `# also CAT-…` names others that belong to it.

use jc_base::Lang;
use jc_catalog::{SourceFile, load};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// All files below a folder, by path with slashes.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("it lies below").to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read_to_string(&path).expect("the file is text"));
            }
        }
    }
    found
}

/// The sound catalog the cases are laid over.
pub fn base() -> BTreeMap<String, String> {
    files(&folder("base"))
}

fn lay_over(case: &str) -> Vec<SourceFile> {
    let mut sources = base();
    let mut path = String::new();
    for line in case.lines() {
        if let Some(replaced) = line.strip_prefix("#@ ") {
            path = replaced.to_owned();
            sources.insert(path.clone(), String::new());
        } else if let Some(appended) = line.strip_prefix("#+ ") {
            path = appended.to_owned();
            sources.get_mut(&path).expect("there is a file to append to").push('\n');
        } else if !path.is_empty() {
            let text = sources.get_mut(&path).expect("the file was begun");
            text.push_str(line);
            text.push('\n');
        }
    }
    sources.into_iter().map(|(path, text)| SourceFile { path, text: text.into() }).collect()
}

#[test]
fn the_base_is_sound() {
    let (catalog, findings) = load(&lay_over(""));
    assert_eq!(findings, []);
    assert!(catalog.is_some());
}

#[test]
fn every_fault_is_found_and_told() {
    let mut told = String::new();
    let mut wrong = String::new();
    let mut codes_seen: Vec<&'static str> = Vec::new();
    for (name, case) in files(&folder("faults")) {
        let sources = lay_over(&case);
        let (catalog, findings) = load(&sources);
        let wanted = format!("CAT-{}", &name[..3]);
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        if !codes.contains(&wanted.as_str()) {
            let _ = writeln!(wrong, "{name}: found {codes:?}");
        }
        let also = case.lines().next().and_then(|line| line.strip_prefix("# also ")).unwrap_or("");
        let others: Vec<&&str> = codes.iter().filter(|code| **code != wanted && !also.contains(**code)).collect();
        if !others.is_empty() {
            let _ = writeln!(wrong, "{name}: also found {others:?}");
        }
        assert_eq!(catalog.is_none(), jc_base::finding::has_errors(&findings), "{name}");
        codes_seen.extend(findings.iter().map(|finding| finding.code));

        let _ = writeln!(told, "== {name}");
        for finding in &findings {
            let file = match &finding.place {
                jc_base::Place::Text { file, .. } | jc_base::Place::File { file } => file.as_str(),
                _ => "",
            };
            let source = sources.iter().find(|source| source.path == file).map(|source| &*source.text);
            told.push_str(&shortened(&jc_words::terminal(Lang::Zh, finding, source)));
            for lang in Lang::ALL {
                let words = jc_words::finding(lang, finding);
                let whole = format!("{} {}", words.what, words.mend);
                assert!(!whole.contains("{$") && !whole.contains('@'), "{name}: a value is missing: {whole}");
            }
        }
        told.push('\n');
    }
    let without: Vec<&str> = jc_catalog::faults::CODES
        .iter()
        .map(|(code, _)| *code)
        .filter(|code| !codes_seen.contains(code) && !NO_CASE.contains(code))
        .collect();
    insta::assert_snapshot!(told);
    assert!(wrong.is_empty(), "{wrong}");
    assert!(without.is_empty(), "no case for {without:?}");
}

/// Only an expression typed outside a catalog file can have them; `expr` has their tests.
const NO_CASE: &[&str] = &["CAT-050", "CAT-070"];

/// Cuts what a long line would make unreadable here.
fn shortened(text: &str) -> String {
    let cut = |line: &str| {
        if line.chars().count() > 160 { line.chars().take(159).chain(['…']).collect() } else { line.to_owned() }
    };
    text.lines().map(cut).fold(String::new(), |all, line| all + &line + "\n")
}
