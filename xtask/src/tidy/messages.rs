//! The message files of the three languages hold the same messages with the same variables.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Tree};

const FILES: [&str; 3] = ["messages/zh.ftl", "messages/en.ftl", "messages/de.ftl"];

/// One message or one attribute of a message, as `id` or `id.attribute`.
struct Entry {
    line: usize,
    variables: BTreeSet<String>,
}

/// Finds what one language has and another lacks, and what cannot be read.
pub fn agreement(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut languages = Vec::new();
    for path in FILES {
        match tree.find(path) {
            Some(file) => languages.push((path, read(path, &file.text, &mut findings))),
            None => findings.push(Finding::new(path, 1, "this file is missing", "every language has its file")),
        }
    }
    // Each id is compared with the first language that has it, Chinese first.
    for (path, entries) in &languages {
        for (id, entry) in entries {
            let Some((first, model)) = languages.iter().find_map(|(p, e)| Some((p, e.get(id)?))) else { continue };
            if first == path {
                for (other, theirs) in &languages {
                    if !theirs.contains_key(id) {
                        let what = format!("“{id}” is missing in {other}");
                        findings.push(Finding::new(path, entry.line, what, format!("write it in {other}")));
                    }
                }
            } else if model.variables != entry.variables {
                let what = format!(
                    "“{id}” has the variables {}, but in {first} {}",
                    list(&entry.variables),
                    list(&model.variables)
                );
                findings.push(Finding::new(path, entry.line, what, "use the same variables in every language"));
            }
        }
    }
    findings
}

fn list(variables: &BTreeSet<String>) -> String {
    let names: Vec<String> = variables.iter().map(|v| format!("${v}")).collect();
    if names.is_empty() { "(none)".to_string() } else { names.join(", ") }
}

fn read(path: &str, text: &str, findings: &mut Vec<Finding>) -> BTreeMap<String, Entry> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let (mut message, mut current) = (String::new(), String::new());
    let mut depth = 0;
    for (line, content) in text.lines().enumerate().map(|(n, content)| (n + 1, content)) {
        let indented = content.starts_with(' ');
        let inside = depth > 0;
        if !inside && !indented && (content.is_empty() || content.starts_with('#')) {
            continue;
        }
        let head = content.split_once('=').map(|(name, _)| name.trim());
        if !indented && !inside {
            message = head.filter(|name| is_name(name.trim_start_matches('-'))).unwrap_or_default().to_string();
            current.clone_from(&message);
            if message.is_empty() {
                let mend = "a message begins with `id =`; its further lines are indented";
                findings.push(Finding::new(path, line, "this line is not Fluent", mend));
                continue;
            }
        } else if let Some(attribute) = head.and_then(|h| h.strip_prefix('.')).filter(|n| !inside && is_name(n)) {
            current = format!("{message}.{attribute}");
        }
        let begins = !inside && (!indented || head.is_some_and(|h| h.starts_with('.')));
        if begins && entries.contains_key(&current) {
            let what = format!("“{current}” stands here a second time");
            findings.push(Finding::new(path, line, what, "delete one, or give it another id"));
        }
        let entry = entries.entry(current.clone()).or_insert(Entry { line, variables: BTreeSet::new() });
        entry.variables.extend(variables(content, &mut depth));
    }
    entries
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The variables in the braces of a line; `depth` is how many braces are open before it and after.
fn variables(content: &str, depth: &mut usize) -> Vec<String> {
    let mut found = Vec::new();
    for (at, c) in content.char_indices() {
        match c {
            '{' => *depth += 1,
            '}' => *depth = depth.saturating_sub(1),
            '$' if *depth > 0 => {
                let rest = &content[at + 1..];
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
                found.push(rest[..end.unwrap_or(rest.len())].to_string());
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const ZH: &str = "# 导入\nINT-014 = 「{ $field }」不是日期：“{ $value }”\n    .mend = 写成 2003-01-13\n\
        rows = { $n ->\n    [one] 一行\n   *[other] { $n } 行\n}\nprice = $5\n-brand = 匠册\n";

    #[test]
    fn files_that_agree_are_left_alone() {
        check(agreement, &[(FILES[0], ZH), (FILES[1], ZH), (FILES[2], ZH)], &[]);
    }

    #[test]
    fn what_one_language_lacks_is_found() {
        let en = ZH.replace("    .mend = 写成 2003-01-13\n", "").replace("{ $value }", "{ $cell }");
        let de = format!("{ZH}nur-hier = ja\nprice = 5\nKein Fluent\n");
        check(
            agreement,
            &[(FILES[0], ZH), (FILES[1], &en), (FILES[2], &de)],
            &[
                "messages/de.ftl:11: “price” stands here a second time",
                "messages/de.ftl:12: this line is not Fluent",
                "messages/zh.ftl:3: “INT-014.mend” is missing in messages/en.ftl",
                "messages/en.ftl:2: “INT-014” has the variables $cell, $field, but in messages/zh.ftl $field, $value",
                "messages/de.ftl:10: “nur-hier” is missing in messages/zh.ftl",
                "messages/de.ftl:10: “nur-hier” is missing in messages/en.ftl",
            ],
        );
    }

    #[test]
    fn a_missing_language_is_found() {
        check(agreement, &[(FILES[0], ""), (FILES[1], "")], &["messages/de.ftl:1: this file is missing"]);
    }
}
