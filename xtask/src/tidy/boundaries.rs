//! Who may be built on what: a crate that is not in the manifest cannot be named in the source.

use super::manifest::manifests;
use super::{Finding, Tree};

/// Heavy things and the crates that keep them in; why stands in ARCHITECTURE.md.
const KEPT_IN: [(&str, &[&str]); 14] = [
    ("rusqlite", &["jc-store"]),
    // The test kit starts a server and makes databases in it.
    ("postgres", &["jc-store", "jc-testkit"]),
    ("tokio-postgres", &["jc-store"]),
    ("axum", &["jc-web"]),
    ("hyper", &["jc-web"]),
    ("hyper-util", &["jc-web"]),
    // To the people's browsers, and to a database beyond this machine.
    ("tokio-rustls", &["jc-store", "jc-web"]),
    // The filter of system calls is for the process that reads strangers' files.
    ("seccompiler", &["jiangce"]),
    ("tower-http", &["jc-web"]),
    ("askama", &["jc-web"]),
    ("sqlparser", &["jc-catalog"]),
    ("typst", &["jc-report"]),
    ("hayro-syntax", &["jc-report"]),
    ("clap", &["jiangce"]),
];

/// Only one crate names the database's driver, only one the web server, and so on.
pub fn drivers(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for manifest in manifests(tree) {
        for dependency in &manifest.dependencies {
            let kept = KEPT_IN.iter().find(|(name, _)| *name == dependency.name);
            let Some((name, keepers)) = kept.filter(|(_, keepers)| !keepers.contains(&manifest.name)) else { continue };
            let keepers: Vec<String> = keepers.iter().map(|k| format!("`{k}`")).collect();
            let keepers = keepers.join(" and ");
            let what = format!("`{}` names {name}, which only {keepers} may", manifest.name);
            let mend = format!("move what needs it to {keepers}, or change the rule with its reason in a decision");
            findings.push(Finding::new(&manifest.file.path, dependency.line, what, mend));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_driver_outside_its_crate_is_found() {
        let text =
            "[dependencies]\nrusqlite.workspace = true\npostgres.workspace = true\n[dev-dependencies]\naxum = \"1\"\n";
        check(
            drivers,
            &[
                ("crates/jc-app/Cargo.toml", text),
                ("crates/jc-testkit/Cargo.toml", "[dependencies]\npostgres = \"1\"\n"),
            ],
            &[
                "crates/jc-app/Cargo.toml:2: `jc-app` names rusqlite, which only `jc-store` may",
                "crates/jc-app/Cargo.toml:3: `jc-app` names postgres, which only `jc-store` and `jc-testkit` may",
                "crates/jc-app/Cargo.toml:5: `jc-app` names axum, which only `jc-web` may",
            ],
        );
    }
}
