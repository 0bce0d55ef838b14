//! A crate's manifest, as far as the rules ask for it.
//!
//! Not a reader of all TOML: our manifests have one dependency a line, and `cargo` itself refuses what is not TOML.

use super::Tree;
use super::tree::File;

/// What a `Cargo.toml` under `crates/` says.
pub struct Manifest<'a> {
    pub file: &'a File,
    pub name: &'a str,
    pub description: String,
    pub dependencies: Vec<Dependency>,
}

/// One line of a table of dependencies.
pub struct Dependency {
    pub name: String,
    pub line: usize,
    /// Whether it stands in `[dependencies]`, not in `[dev-dependencies]` or `[build-dependencies]`.
    pub in_product: bool,
}

/// The manifests of all crates under `crates/`, by name.
pub fn manifests(tree: &Tree) -> Vec<Manifest<'_>> {
    let find = |name| Some((name, tree.find(&format!("crates/{name}/Cargo.toml"))?));
    tree.crates().into_iter().filter_map(find).map(|(name, file)| read(name, file)).collect()
}

impl Manifest<'_> {
    /// The crates of ours the product part of this one is built on, without their `jc-`, by name.
    pub fn ours(&self) -> Vec<&str> {
        let product = self.dependencies.iter().filter(|d| d.in_product);
        let mut ours: Vec<&str> = product.filter_map(|d| d.name.strip_prefix("jc-")).collect();
        ours.sort();
        ours
    }
}

fn read<'a>(name: &'a str, file: &'a File) -> Manifest<'a> {
    let mut manifest = Manifest { file, name, description: String::new(), dependencies: Vec::new() };
    let mut table = "";
    for (line, text) in file.lines() {
        if let Some(header) = text.strip_prefix('[') {
            table = header.trim_end_matches(']');
            // `[dependencies.name]` is a dependency written as a table of its own.
            if let Some((head, name)) = table.rsplit_once("dependencies.") {
                let in_product = head.is_empty() || head.ends_with('.');
                manifest.dependencies.push(Dependency { name: name.to_string(), line, in_product });
            }
            continue;
        }
        let Some((key, value)) = text.split_once('=').filter(|_| !text.starts_with('#')) else { continue };
        let key = key.trim();
        if table == "package" && key == "description" {
            manifest.description = value.trim().trim_matches('"').to_string();
        }
        if table.ends_with("dependencies") {
            let name = key.split('.').next().unwrap_or(key).trim_matches('"').to_string();
            let in_product = table == "dependencies" || table.ends_with(".dependencies");
            manifest.dependencies.push(Dependency { name, line, in_product });
        }
    }
    manifest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_description_and_dependencies() {
        let text = "[package]\nname = \"jc-x\"\ndescription = \"What: it is.\"\n\n[dependencies]\njc-text.workspace = true\n\
            # jc-no = 1\njc-base = { workspace = true }\nserde.workspace = true\n[dev-dependencies]\njc-words.workspace = true\n\
            [target.'cfg(unix)'.dependencies]\nlibc = \"1\"\n[dependencies.toml]\nversion = \"1\"\n";
        let tree = Tree::of(&[("crates/jc-x/Cargo.toml", text)]);
        let manifests = manifests(&tree);
        assert_eq!(manifests[0].description, "What: it is.");
        assert_eq!(manifests[0].ours(), ["base", "text"]);
        let all: Vec<(&str, bool)> =
            manifests[0].dependencies.iter().map(|d| (d.name.as_str(), d.in_product)).collect();
        let expected = [
            ("jc-text", true),
            ("jc-base", true),
            ("serde", true),
            ("jc-words", false),
            ("libc", true),
            ("toml", true),
        ];
        assert_eq!(all, expected);
    }
}
