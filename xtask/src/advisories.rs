//! Advisories: which packages of the lock file have a known weakness, held against a copy of the RustSec database, without
//! network and without another tool.

use crate::{Result, shell};
use std::cmp::Ordering;
use std::path::Path;

/// The copy: one advisory a line, made by [`condense`].
const LIST: &str = "xtask/advisories.txt";

/// One advisory.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Advisory {
    id: String,
    package: String,
    /// `unmaintained`, `unsound`, `notice`; empty for a weakness.
    kind: String,
    /// What is not affected: the versions from which it was mended, and those before it began.
    fine: Vec<String>,
}

/// One sentence for each package of the lock file with a weakness that deny.toml does not accept, and for each one that
/// it accepts without need.
pub fn faults(lock: &str, deny: &str) -> Result<Vec<String>> {
    let list = shell::text(LIST)?;
    let known: Vec<Advisory> = list.lines().filter(|line| !line.starts_with('#')).filter_map(read).collect();
    let accepted = accepted(deny);
    let mut faults = Vec::new();
    let mut met: Vec<&str> = Vec::new();
    for (package, version) in packages(lock) {
        for one in known.iter().filter(|one| one.package == package && affects(one, version)) {
            met.push(&one.id);
            if one.kind == "unmaintained" || one.kind == "notice" {
                println!("{package} {version}: {} ({})", one.id, one.kind);
            } else if !accepted.contains(&one.id.as_str()) {
                let mended = one.fine.join(" or ");
                faults.push(format!(
                    "{package} {version} has {}: see https://rustsec.org/advisories/{}; not affected: {mended}",
                    one.id, one.id
                ));
            }
        }
    }
    let needless = accepted.iter().filter(|id| !met.contains(id));
    faults.extend(needless.map(|id| format!("deny.toml ignores {id}, which no package has any more")));
    Ok(faults)
}

/// The advisories that deny.toml accepts, each with its reason beside it.
fn accepted(deny: &str) -> Vec<&str> {
    let section = deny.split("\n[advisories]").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    section.lines().filter_map(|line| line.split("id = \"").nth(1)?.split('"').next()).collect()
}

/// Name and version of every package in a lock file.
fn packages(lock: &str) -> impl Iterator<Item = (&str, &str)> {
    lock.split("[[package]]").skip(1).filter_map(|package| {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
            line.map(|rest| rest.trim_end_matches('"'))
        };
        Some((value("name")?, value("version")?))
    })
}

fn read(line: &str) -> Option<Advisory> {
    let mut parts = line.split('|').map(str::trim);
    let mut next = || parts.next().map(str::to_owned);
    let (id, package, kind, fine) = (next()?, next()?, next()?, next()?);
    let fine = fine.split(';').map(str::trim).filter(|range| !range.is_empty()).map(str::to_owned).collect();
    Some(Advisory { id, package, kind, fine })
}

fn affects(advisory: &Advisory, version: &str) -> bool {
    !advisory.fine.iter().any(|range| within(version, range))
}

/// A version: its three numbers, and what stands before the release.
type Version<'v> = ([u64; 3], usize, &'v str);

/// A version as written, and how many of its numbers were.
fn version(text: &str) -> Version<'_> {
    let text = text.trim().split('+').next().unwrap_or_default();
    let (core, before) = text.split_once('-').unwrap_or((text, ""));
    let mut numbers = [0; 3];
    let written = core.split('.').zip(&mut numbers).map(|(part, number)| *number = part.parse().unwrap_or(0)).count();
    (numbers, written, before)
}

/// Which of two versions came first: a release comes after what stands before it.
fn order(a: &Version, b: &Version) -> Ordering {
    let before = |version: &Version| version.2.is_empty();
    a.0.cmp(&b.0).then(before(a).cmp(&before(b))).then(a.2.cmp(b.2))
}

/// Whether a version is in a range as Cargo writes it: `>= 1.2, < 2`, `^0.4.5`, `=0.2.0`.
fn within(text: &str, range: &str) -> bool {
    range.split(',').all(|part| {
        let part = part.trim();
        let bare = part.trim_start_matches(['<', '>', '=', '^', '~']);
        let (sign, is, wanted) = (part[..part.len() - bare.len()].trim(), version(text), version(bare));
        let from = order(&is, &wanted);
        let up = |at: usize| {
            let mut next = [0; 3];
            next[..=at].copy_from_slice(&wanted.0[..=at]);
            next[at] += 1;
            from != Ordering::Less && is.0 < next
        };
        match sign {
            ">=" => from != Ordering::Less,
            ">" => from == Ordering::Greater,
            "<=" => from != Ordering::Greater,
            "<" => from == Ordering::Less,
            "=" => is.0[..wanted.1] == wanted.0[..wanted.1] && is.2 == wanted.2,
            "~" => up(1.min(wanted.1.saturating_sub(1))),
            // What Cargo takes for the same: the first number that is not zero, or the last that is written.
            _ => up(wanted.0[..wanted.1].iter().position(|number| *number > 0).unwrap_or(wanted.1.saturating_sub(1))),
        }
    })
}

/// Makes the copy anew from a checkout of the RustSec database.
pub fn condense(folder: &str) -> Result {
    let mut lines = Vec::new();
    let read = |path: &Path| std::fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()));
    for package in read(&Path::new(folder).join("crates"))?.flatten() {
        for file in read(&package.path())?.flatten() {
            let path = file.path();
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            lines.extend(line(&text));
        }
    }
    lines.sort();
    let newest = lines.last().map_or("", String::as_str).split(' ').next().unwrap_or_default();
    let head = format!(
        "# Facts of the RustSec advisory database (rustsec.org, CC0 and CC BY 4.0), up to {newest}. Made by\n\
         # `cargo xtask deny --advisories FOLDER`. Id | package | kind | versions that are not affected.\n"
    );
    let path = shell::root()?.join(LIST);
    std::fs::write(&path, head + &lines.join("\n") + "\n").map_err(|error| format!("{}: {error}", path.display()))
}

/// The line of an advisory's file; nothing if it was withdrawn.
fn line(text: &str) -> Option<String> {
    let head = text.split("```toml\n").nth(1)?.split("\n```").next()?;
    if head.lines().any(|line| line.starts_with("withdrawn")) {
        return None;
    }
    let value = |key: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
        line.map(|rest| rest.split('#').next().unwrap_or_default().trim().trim_matches('"').to_owned())
    };
    let ranges = |key: &str| {
        let from = head.split(&format!("\n{key}")).nth(1).and_then(|rest| rest.trim_start().strip_prefix('='));
        let list = from.and_then(|rest| rest.split('[').nth(1)?.split(']').next()).unwrap_or_default();
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let fine = [ranges("patched"), ranges("unaffected")].concat().join("; ");
    let kind = value("informational").unwrap_or_default();
    Some(format!("{} | {} | {kind} | {fine}", value("id")?, value("package")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_cargo_reads_it() {
        for (version, range, is_in) in [
            ("0.38.4", ">= 0.41.0", false),
            ("0.42.0", ">= 0.41.0", true),
            ("1.8.5", ">= 1.8.4, < 1.9.0", true),
            ("1.9.0", ">= 1.8.4, < 1.9.0", false),
            ("0.4.9", "^0.4.5", true),
            ("0.5.0", "^0.4.5", false),
            ("0.4.4", "^0.4.5", false),
            ("2.7.1", "^2", true),
            ("3.0.0", "2.1", false),
            ("0.13.10", "0.13.10", true),
            ("0.2.1", "=0.2.1", true),
            ("0.2.10", "=0.2.1", false),
            ("1.2.9", "~1.2.3", true),
            ("1.3.0", "~1.2.3", false),
            ("1.0.0-alpha.1", "< 1.0.0", true),
            ("1.0.0", "< 1.0.0-0", false),
            ("1.0.0+build.7", ">= 1.0.0", true),
        ] {
            assert_eq!(within(version, range), is_in, "{version} in {range}");
        }
    }

    #[test]
    fn an_advisory_is_condensed_to_a_line_and_read_back() {
        let text = "```toml\n[advisory]\nid = \"RUSTSEC-2026-0001\"\npackage = \"frail\"\n\n[versions]\npatched = [\n  \">= 2.0.1\",\n\
                    ]\nunaffected = [\"< 1.5\"]\n```\n\n# Frail\n";
        let line = line(text).expect("a line");
        assert_eq!(line, "RUSTSEC-2026-0001 | frail |  | >= 2.0.1; < 1.5");
        let read = read(&line).expect("an advisory");
        let affected = ["1.4.9", "1.5.0", "2.0.0", "2.0.1"].map(|version| affects(&read, version));
        assert_eq!(affected, [false, true, true, false]);
        assert_eq!(super::line(&text.replace("[versions]", "withdrawn = \"2026-01-01\"\n[versions]")), None);
    }

    #[test]
    fn a_weakness_is_named_until_it_is_accepted_with_a_reason_and_no_longer_than_that() {
        let lock = "[[package]]\nname = \"quick-xml\"\nversion = \"0.38.4\"\n";
        let ids = ["RUSTSEC-2026-0194", "RUSTSEC-2026-0195"];
        let told = faults(lock, "").expect("the list");
        assert!(told.len() == 2 && told.iter().zip(ids).all(|(fault, id)| fault.contains(id)), "{told:?}");
        let one = format!("\n[advisories]\nignore = [\n    {{ id = \"{}\", reason = \"x\" }},\n]\n", ids[0]);
        assert_eq!(faults(lock, &one).expect("the list").len(), 1);
        let mended = faults(&lock.replace("0.38.4", "0.42.0"), &one).expect("the list");
        assert!(mended.len() == 1 && mended[0].contains("ignores"), "{mended:?}");
    }
}
