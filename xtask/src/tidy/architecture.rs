//! ARCHITECTURE.md tells the truth: its paths exist, and its table of crates equals the manifests.

use std::collections::BTreeMap;

use super::manifest::{Manifest, manifests};
use super::{Finding, Tree};

pub const PATH: &str = "ARCHITECTURE.md";

/// The head of the table of crates; its rows end with the first line that is not one.
const HEAD: &str = "| crate | its one sentence | uses of ours |";

/// Compares the page with the tree.
pub fn truth(tree: &Tree) -> Vec<Finding> {
    let Some(page) = tree.find(PATH) else {
        return vec![Finding::new(PATH, 1, "this file is missing", "write it: style and table as in its test")];
    };
    let mut findings = Vec::new();
    for (number, line) in page.lines() {
        for path in paths(line) {
            if !tree.has(path) {
                let what = format!("{path} does not exist");
                findings.push(Finding::new(PATH, number, what, "mend the path, or take it out"));
            }
        }
    }
    let manifests = manifests(tree);
    let mut due: BTreeMap<&str, String> = manifests.iter().map(|m| (m.name, row(m))).collect();
    let mend = "`cargo xtask tidy --fix` writes the table anew from the manifests";
    let mut table_line = 1;
    for (number, line) in rows(&page.text) {
        table_line = number;
        match due.remove(name_in(line)) {
            Some(row) if row == line => {}
            Some(row) => {
                findings.push(Finding::new(PATH, number, format!("this row is old; it should be {row}"), mend));
            }
            None => findings.push(Finding::new(PATH, number, "there is no such crate, or it stands here twice", mend)),
        }
    }
    for name in due.keys() {
        findings.push(Finding::new(PATH, table_line, format!("the table of crates lacks `{name}`"), mend));
    }
    findings
}

/// The page with its table written anew, or `None` if that changes nothing. Rows keep their order; new ones go last.
pub fn renewed(tree: &Tree) -> Option<String> {
    let page = tree.find(PATH)?;
    let manifests = manifests(tree);
    let mut due: BTreeMap<&str, String> = manifests.iter().map(|m| (m.name, row(m))).collect();
    let old = rows(&page.text);
    let (first, last) = (old.first()?.0, old.last()?.0);
    let mut table: Vec<String> = old.iter().filter_map(|(_, line)| due.remove(name_in(line))).collect();
    table.extend(due.into_values());
    let before = page.text.lines().take(first - 1).map(String::from);
    let after = page.text.lines().skip(last).map(String::from);
    let text: Vec<String> = before.chain(table).chain(after).collect();
    let text = text.join("\n") + "\n";
    (text != page.text).then_some(text)
}

/// The rows of the table of crates, with their line numbers.
fn rows(text: &str) -> Vec<(usize, &str)> {
    let lines = text.lines().enumerate().map(|(n, line)| (n + 1, line));
    lines.skip_while(|(_, line)| *line != HEAD).skip(2).take_while(|(_, line)| line.starts_with('|')).collect()
}

fn row(manifest: &Manifest) -> String {
    let ours = manifest.ours();
    let ours = if ours.is_empty() { "nothing".to_string() } else { ours.join(", ") };
    format!("| `{}` | {} | {ours} |", manifest.name, manifest.description)
}

fn name_in(row: &str) -> &str {
    row.split('`').nth(1).unwrap_or_default()
}

/// What a line says between backticks that looks like a path from the workspace's folder.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split('`').skip(1).step_by(2);
    code.filter(|words| {
        let plain = words.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
        let looks = words.contains('/') || [".md", ".toml", ".rs", ".ftl"].iter().any(|end| words.ends_with(end));
        plain && looks && !words.starts_with('/')
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const BASE: (&str, &str) = ("crates/jc-base/Cargo.toml", "[package]\ndescription = \"Types.\"\n");
    const TEXT: (&str, &str) =
        ("crates/jc-text/Cargo.toml", "[package]\ndescription = \"Text.\"\n[dependencies]\njc-base.workspace = true\n");

    fn page(rows: &str) -> String {
        format!("# A\n\n{HEAD}\n| --- | --- | --- |\n{rows}\nSee `docs/x.md`, `cargo xtask` and `a::b`.\n")
    }

    #[test]
    fn a_true_page_is_left_alone() {
        let page = page("| `jc-text` | Text. | base |\n| `jc-base` | Types. | nothing |\n");
        let files = [(PATH, page.as_str()), BASE, TEXT, ("docs/x.md", "")];
        check(truth, &files, &[]);
        assert_eq!(renewed(&Tree::of(&files)), None);
    }

    #[test]
    fn old_rows_and_dead_paths_are_found_and_rows_renewed() {
        let old = page("| `jc-text` | Text. | nothing |\n| `jc-gone` | Gone. | base |\n");
        let files = [(PATH, old.as_str()), BASE, TEXT];
        check(
            truth,
            &files,
            &[
                "ARCHITECTURE.md:8: docs/x.md does not exist",
                "ARCHITECTURE.md:5: this row is old; it should be | `jc-text` | Text. | base |",
                "ARCHITECTURE.md:6: there is no such crate, or it stands here twice",
                "ARCHITECTURE.md:6: the table of crates lacks `jc-base`",
            ],
        );
        let new = page("| `jc-text` | Text. | base |\n| `jc-base` | Types. | nothing |\n");
        assert_eq!(renewed(&Tree::of(&files)), Some(new));
    }
}
