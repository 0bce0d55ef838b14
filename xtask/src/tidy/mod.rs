//! `tidy`: rules of the house that no compiler knows.
//!
//! A rule is a function from the tree of files to findings, and a line in [`RULES`]; each has a test that shows it
//! failing. Rules see text only, so they need nothing built and are quick enough to run at every change.

mod architecture;
mod boundaries;
mod code;
mod manifest;
mod messages;
mod source;
mod texts;
mod tree;

use std::fmt;
use std::fs;

#[cfg(test)]
use tests::check;
pub use tree::Tree;

use crate::{Result, only, shell};

pub const HELP: &str = "\
When: something here was found, or to see what the house asks for beyond what the compiler does. Each finding says
where it is, what it is and how to mend it.

cargo xtask tidy        looks for findings
cargo xtask tidy --fix  first writes the table of crates in ARCHITECTURE.md anew from the manifests";

/// Every rule there is.
const RULES: [fn(&Tree) -> Vec<Finding>; 11] = [
    texts::size,
    texts::machine_paths,
    texts::white_space,
    code::unwrap,
    code::unfinished,
    code::module_doc,
    code::environment,
    code::purity,
    boundaries::drivers,
    messages::agreement,
    architecture::truth,
];

/// One thing that is not as the house wants it.
#[derive(Debug, PartialEq)]
struct Finding {
    path: String,
    line: usize,
    /// What is wrong.
    what: String,
    /// What to do.
    mend: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Finding {
        Finding { path: path.to_string(), line, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    mend: {}", self.path, self.line, self.what, self.mend)
    }
}

/// Looks for findings; with `--fix` mends first what can be mended by rule.
pub fn run(args: &[String]) -> Result {
    only(args, &["--fix"])?;
    let root = shell::root()?;
    let mut tree = Tree::read(&root)?;
    if !args.is_empty() {
        if let Some(text) = architecture::renewed(&tree) {
            fs::write(root.join(architecture::PATH), text).map_err(|e| format!("{}: {e}", architecture::PATH))?;
            println!("wrote the table of crates in {}", architecture::PATH);
        }
        tree = Tree::read(&root)?;
    }
    let findings = findings(&tree);
    if findings.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    Err(format!("tidy finds {} to mend:\n{}", lines.len(), lines.join("\n")))
}

fn findings(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        if let Err(why) = run(&[]) {
            panic!("{why}");
        }
    }

    /// What a rule finds, one line each: path, line and the finding.
    #[track_caller]
    pub(super) fn check(rule: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)], expected: &[&str]) {
        let findings = rule(&Tree::of(files));
        let found: Vec<String> = findings.iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect();
        assert_eq!(found, expected);
        assert!(findings.iter().all(|f| !f.mend.is_empty()), "every finding says how to mend it");
    }
}
