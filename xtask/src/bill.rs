//! The bill of materials: what the program is built of, as CycloneDX 1.5 that other tools read. The same lock file gives
//! the same bytes.

use crate::{Result, shell};
use std::collections::BTreeMap;

/// Writes the list of all packages that the program is built of.
pub fn write(path: &str) -> Result {
    let tree = ["tree", "-p", "jiangce", "--locked", "--target", "all", "--edges", "normal,build"];
    let packages = shell::read(shell::cargo(&tree)?.args(["--prefix", "none", "--format", "{p}\t{l}"]))?;
    let bill = bill(&packages, &shell::text("Cargo.lock")?);
    std::fs::write(path, bill).map_err(|error| format!("{path}: {error}"))
}

/// The list; `packages` has lines of name, version and licence.
fn bill(packages: &str, lock: &str) -> String {
    let sums = checksums(lock);
    let mut parts = BTreeMap::new();
    for (package, licence) in packages.lines().filter_map(|line| line.trim_end_matches(" (*)").split_once('\t')) {
        let mut words = package.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next().and_then(|word| word.strip_prefix('v'))) else {
            continue;
        };
        // A package without a sum is a folder of this workspace: the program itself.
        if let Some(sum) = sums.get(&(name, version)) {
            parts.insert((name, version), part(name, version, licence, sum));
        }
    }
    let parts: Vec<String> = parts.into_values().collect();
    format!(
        "{{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1,\n  \"metadata\": {{\n    \
         \"component\": {{ \"type\": \"application\", \"name\": \"jiangce\" }}\n  }},\n  \"components\": [\n{}\n  ]\n}}\n",
        parts.join(",\n")
    )
}

fn part(name: &str, version: &str, licence: &str, sum: &str) -> String {
    let licence = licence.replace('/', " OR ");
    format!(
        "    {{ \"type\": \"library\", \"name\": \"{name}\", \"version\": \"{version}\", \
         \"purl\": \"pkg:cargo/{name}@{}\", \"hashes\": [{{ \"alg\": \"SHA-256\", \"content\": \"{sum}\" }}], \
         \"licenses\": [{{ \"expression\": \"{licence}\" }}] }}",
        version.replace('+', "%2B")
    )
}

/// The sums of packages from outside, by name and version.
fn checksums(lock: &str) -> BTreeMap<(&str, &str), &str> {
    let packages = lock.split("[[package]]").skip(1).filter_map(|package| {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
            line.map(|rest| rest.trim_end_matches('"'))
        };
        Some(((value("name")?, value("version")?), value("checksum")?))
    });
    packages.collect()
}

#[cfg(test)]
mod tests {
    use super::bill;

    #[test]
    fn each_package_from_outside_stands_in_it_once_with_its_sum_and_licence() {
        let lock = "[[package]]\nname = \"jiangce\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0+x\"\n\
                    checksum = \"22\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"11\"\n";
        let packages = "jiangce v0.1.0 (/x)\tApache-2.0\nb v2.0.0+x (proc-macro)\tMIT/Apache-2.0\na v1.0.0\tMIT\n\
                        a v1.0.0\tMIT (*)\n";
        let bill = bill(packages, lock);
        let names: Vec<&str> = bill.split("\"purl\": \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names, ["pkg:cargo/a@1.0.0", "pkg:cargo/b@2.0.0%2Bx"]);
        assert!(bill.contains("\"content\": \"11\"") && bill.contains("\"expression\": \"MIT OR Apache-2.0\""));
        assert_eq!(bill.matches(['{', '[']).count(), bill.matches(['}', ']']).count());
    }
}
