//! `docs`: reference pages written from code, and links that lead somewhere.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::tidy::Tree;
use crate::{COMMANDS, Result, only, shell};

pub const HELP: &str = "\
When: after changing a command, a setting, a finding, a key of the catalog or a field type; their reference pages are
written from code and must not be edited by hand.

cargo xtask docs           builds the program and writes the pages
cargo xtask docs --check   fails when a page is old, or when a link in any page leads nowhere";

/// A page of the reference and where its text comes from.
struct Page {
    /// Path in the workspace.
    path: &'static str,
    from: Source,
}

/// Who writes a page.
enum Source {
    /// We do.
    Here(fn() -> String),
    /// The program does, called with these arguments; the page is what it prints.
    Program(&'static [&'static str]),
}

/// Every page that is written from code. A new one is a line here, for instance
/// `Page { path: "docs/reference/findings.md", from: Source::Program(&["docs", "findings"]) }`.
const PAGES: &[Page] = &[
    Page { path: "docs/reference/xtask.md", from: Source::Here(xtask_page) },
    Page { path: "docs/reference/commands.zh.md", from: Source::Program(&["--lang", "zh", "docs", "commands"]) },
    Page { path: "docs/reference/findings.zh.md", from: Source::Program(&["--lang", "zh", "docs", "findings"]) },
    Page { path: "docs/reference/settings.zh.md", from: Source::Program(&["--lang", "zh", "docs", "settings"]) },
    Page { path: "docs/security/personal-data.zh.md", from: Source::Program(&["--lang", "zh", "docs", "personal"]) },
];

/// Writes the pages, or with `--check` compares them.
pub fn run(args: &[String]) -> Result {
    only(args, &["--check"])?;
    if PAGES.iter().any(|page| matches!(page.from, Source::Program(_))) {
        shell::build_all()?;
    }
    if !args.is_empty() {
        return check_built();
    }
    let root = shell::root()?;
    for page in PAGES {
        let path = root.join(page.path);
        let folder = path.parent().unwrap_or(&root);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text(&page.from)?));
        written.map_err(|e| format!("cannot write {}: {e}", page.path))?;
        println!("wrote {}", page.path);
    }
    Ok(())
}

/// Compares the pages with what a program that is already built would write, and follows every link.
pub fn check_built() -> Result {
    let mut faults = Vec::new();
    for page in PAGES {
        let now = text(&page.from).map_err(|e| format!("{}: {e}", page.path))?;
        match shell::text(page.path) {
            Ok(kept) if kept == now => {}
            Ok(_) => faults.push(format!("{} is old; `cargo xtask docs` writes it anew", page.path)),
            Err(_) => faults.push(format!("{} is missing; `cargo xtask docs` writes it", page.path)),
        }
    }
    faults.extend(dead_links(&Tree::read(&shell::root()?)?));
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn text(from: &Source) -> std::io::Result<String> {
    match from {
        Source::Here(write) => Ok(write()),
        Source::Program(args) => {
            let wrong = |words: String| std::io::Error::other(words);
            let program = shell::root().map_err(wrong)?.join(target()).join("debug/jiangce");
            shell::read(Command::new(program).args(*args)).map_err(wrong)
        }
    }
}

/// The folder Cargo builds into.
fn target() -> String {
    std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_string())
}

/// The page about our own commands.
fn xtask_page() -> String {
    let mut page = String::from("# `cargo xtask`\n\nWritten by `cargo xtask docs`; do not edit.\n");
    for command in &COMMANDS {
        page.push_str(&format!("\n## {}\n\n{}.\n\n", command.name, sentence(command.does)));
        page.push_str(&format!("```text\n{}\n```\n", command.help));
    }
    page
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One sentence for each link of a Markdown page to a file that does not exist.
fn dead_links(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for file in tree.files().filter(|f| f.path.ends_with(".md") && !f.is_foreign()) {
        let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
        let mut in_example = false;
        for (number, line) in file.lines() {
            in_example ^= line.trim_start().starts_with("```");
            let links = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            for link in links.filter(|_| !in_example) {
                let target = link.split(['#', ' ']).next().unwrap_or_default();
                if !target.is_empty() && !target.contains("://") && !tree.has(&join(folder, target)) {
                    faults.push(format!("{}:{number}: the link to {target} leads nowhere; mend its path", file.path));
                }
            }
        }
    }
    faults
}

/// `folder/link` with its `.` and `..` taken away.
fn join(folder: &Path, link: &str) -> String {
    let mut parts: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_named_with_its_line() {
        let page = "See [this](guide.md#top), [that](../README.md) and [web](https://example.org).\n[gone](gone.md)\n";
        let tree = Tree::of(&[("docs/index.md", page), ("docs/guide.md", ""), ("README.md", "")]);
        assert_eq!(dead_links(&tree), ["docs/index.md:2: the link to gone.md leads nowhere; mend its path"]);
    }

    #[test]
    fn the_page_holds_every_command() {
        let page = xtask_page();
        assert!(COMMANDS.iter().all(|c| page.contains(&format!("\n## {}\n", c.name))));
    }
}
