//! Rules for every file, whatever it holds.

use super::{Finding, Tree};

const LARGEST_BYTES: u64 = 3_000_000;
/// The typesetter's fonts with all the characters that names are written with; they never change.
const FONTS: &str = "assets/fonts/";

/// No file over 3 MB: a clone has to stay small, and git keeps every version for ever.
pub fn size(tree: &Tree) -> Vec<Finding> {
    let large = tree.files().filter(|file| file.size_bytes > LARGEST_BYTES && !file.path.starts_with(FONTS));
    large
        .map(|file| {
            let what = format!("this file has {:.1} MB", file.size_bytes as f64 / 1e6);
            Finding::new(&file.path, 1, what, "make it smaller, generate it, or leave it out (/target is ignored)")
        })
        .collect()
}

/// No path of the machine something was written on.
pub fn machine_paths(tree: &Tree) -> Vec<Finding> {
    // Put together here so that this file does not hold it.
    let path = ["/wo", "rk/"].concat();
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| !file.is_foreign()) {
        for (number, line) in file.lines() {
            let starts_a_path = |at: usize| {
                let before = line[..at].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && !"-_./".contains(c))
            };
            if line.match_indices(&path).any(|(at, _)| starts_a_path(at)) {
                let what = format!("{path} is a path of one machine");
                findings.push(Finding::new(&file.path, number, what, "write a path from the workspace's folder"));
            }
        }
    }
    findings
}

/// No tabs and no spaces at the end of a line; one line end at the end of the file.
pub fn white_space(tree: &Tree) -> Vec<Finding> {
    const KINDS: [&str; 6] = [".rs", ".toml", ".html", ".css", ".ftl", ".md"];
    let mut findings = Vec::new();
    for file in tree.files().filter(|f| KINDS.iter().any(|kind| f.path.ends_with(kind)) && !f.is_foreign()) {
        for (number, line) in file.text.split('\n').enumerate().map(|(n, line)| (n + 1, line)) {
            if line.contains('\t') {
                let mend = "use spaces, or \\t inside a string";
                findings.push(Finding::new(&file.path, number, "there is a tab in this line", mend));
            }
            if line.ends_with([' ', '\t', '\r']) {
                let mend = "delete it";
                findings.push(Finding::new(&file.path, number, "this line ends in white space", mend));
            }
        }
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            let mend = "end it with a line end";
            findings.push(Finding::new(&file.path, file.text.lines().count(), "the last line does not end", mend));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_large_file_is_found() {
        check(size, &[("a.bin", &"x".repeat(3_000_001)), ("b.bin", "x")], &["a.bin:1: this file has 3.0 MB"]);
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let path = ["/wo", "rk/"].concat();
        let text = format!("fine: docs{path}x, https://example.org{path}\n\"{path}main\"\n");
        check(machine_paths, &[("a.md", &text)], &[&format!("a.md:2: {path} is a path of one machine")]);
    }

    #[test]
    fn tabs_and_white_space_at_line_ends_are_found() {
        check(
            white_space,
            &[("a.rs", "fn a() {\n\t1\n} \n"), ("b.md", "b"), ("c.txt", "\t"), ("e2e/vendor/x.css", "\t")],
            &[
                "a.rs:2: there is a tab in this line",
                "a.rs:3: this line ends in white space",
                "b.md:1: the last line does not end",
            ],
        );
    }
}
