//! `deny`: licences, sources and known weaknesses of what we build on.

use crate::{Result, advisories, bill, only, shell, spdx};

pub const HELP: &str = "\
When: after adding or renewing a dependency.

Every package in Cargo.lock has to come from crates.io and be offered under licences that deny.toml allows; that is
checked here, without network and without another tool. Where `cargo deny` is installed (`cargo install cargo-deny`)
it runs too, and then also says which packages come in two versions.

Each is also held against a copy of the RustSec advisories (xtask/advisories.txt). A weakness stops the run, unless
[advisories] of deny.toml accepts it with a reason; that a package is no longer maintained is only said.

cargo xtask deny                      checks
cargo xtask deny --advisories FOLDER  first makes that copy anew from a checkout of the RustSec database
cargo xtask deny --sbom FILE          also writes what the program is built of, as CycloneDX, to go with a release";

/// The only source: crates.io, by the name Cargo gives it in Cargo.lock.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks sources and licences.
pub fn run(args: &[String]) -> Result {
    match args {
        [flag, folder] if flag == "--advisories" => advisories::condense(folder)?,
        [flag, file] if flag == "--sbom" => bill::write(file)?,
        other => only(other, &[])?,
    }
    let (lock, deny) = (shell::text("Cargo.lock")?, shell::text("deny.toml")?);
    let mut faults = sources(&lock);
    faults.extend(advisories::faults(&lock, &deny)?);
    let allowed = allowed(&deny)?;
    let tree = ["tree", "--workspace", "--locked", "--target", "all", "--edges", "normal,build,dev"];
    let mut tree = shell::cargo(&tree)?;
    let packages = shell::read(tree.args(["--prefix", "none", "--format", "{p}\t{l}"]))?;
    faults.extend(licences(&packages, &allowed));
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    if !shell::has("cargo-deny") {
        println!("`cargo deny` is not installed; sources, licences and advisories were checked without it.");
        return Ok(());
    }
    // Its own advisories would have to be fetched; ours are in the repository.
    shell::run(&mut shell::cargo(&[
        "deny",
        "--offline",
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    ])?)
}

/// The licences deny.toml allows.
fn allowed(deny: &str) -> Result<Vec<String>> {
    let licences = deny.split("\n[licenses]").nth(1).and_then(|rest| rest.split("\nallow = [").nth(1));
    let list = licences.and_then(|rest| rest.split(']').next()).ok_or("deny.toml lacks [licenses] allow = [...]")?;
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
    Ok(lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(String::from).collect())
}

/// One sentence for each package of the lock file that does not come from crates.io.
fn sources(lock: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
            line.map(|rest| rest.trim_end_matches('"'))
        };
        let name = value("name").unwrap_or("?");
        match value("source") {
            Some(SOURCE) if value("checksum").is_some() => {}
            Some(SOURCE) => faults.push(format!("{name}: Cargo.lock has no checksum; run `cargo update -p {name}`")),
            Some(other) => faults.push(format!("{name} comes from {other}; only crates.io is a source")),
            // A package without a source is a folder of this workspace.
            None => {}
        }
    }
    faults
}

/// One sentence for each package whose licence is not allowed; `packages` has lines of name and licence.
fn licences(packages: &str, allowed: &[String]) -> Vec<String> {
    let mut lines: Vec<&str> = packages.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    lines.sort();
    lines.dedup();
    let mut faults = Vec::new();
    for (package, licence) in lines.iter().filter_map(|line| line.split_once('\t')) {
        let package = package.split(" (").next().unwrap_or(package);
        if licence.is_empty() {
            faults.push(format!("{package} names no licence; read what it ships and choose another if in doubt"));
        } else if !spdx::is_allowed(licence, allowed) {
            faults.push(format!("{package} is offered under {licence}, which deny.toml does not allow"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_source_and_a_missing_checksum_are_named() {
        let ours = "[[package]]\nname = \"ours\"\nversion = \"1.0.0\"\n";
        let good = format!("[[package]]\nname = \"good\"\nsource = \"{SOURCE}\"\nchecksum = \"12\"\n");
        let bare = format!("[[package]]\nname = \"bare\"\nsource = \"{SOURCE}\"\n");
        let git = "[[package]]\nname = \"git\"\nsource = \"git+https://example.org/x\"\n";
        let faults = sources(&format!("version = 4\n{ours}{good}{bare}{git}"));
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].starts_with("bare: Cargo.lock has no checksum"));
        assert!(faults[1].starts_with("git comes from git+https://example.org/x"));
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_named_once() {
        let packages =
            "a v1.0.0\tMIT\nb v2.0.0 (proc-macro)\tGPL-3.0-only\nb v2.0.0 (proc-macro)\tGPL-3.0-only (*)\nc v1\t";
        let faults = licences(packages, &["MIT".to_string()]);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(faults[0], "b v2.0.0 is offered under GPL-3.0-only, which deny.toml does not allow");
        assert!(faults[1].starts_with("c v1 names no licence"));
    }

    #[test]
    fn reads_the_list_of_the_real_file() {
        let allowed = allowed(&shell::text("deny.toml").unwrap()).unwrap();
        assert!(allowed.contains(&"Apache-2.0 WITH LLVM-exception".to_string()));
        assert!(allowed.iter().all(|licence| !licence.contains("GPL")));
    }
}
