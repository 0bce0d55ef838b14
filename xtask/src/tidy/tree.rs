//! All files of the workspace, read once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::Result;

/// The files that are or would be kept in git.
pub struct Tree {
    files: Vec<File>,
    folders: BTreeSet<String>,
}

/// One file.
pub struct File {
    /// Its path from the workspace's folder, with `/`.
    pub path: String,
    pub size_bytes: u64,
    /// Its text; empty if it is not UTF-8, as pictures are not.
    pub text: String,
}

impl File {
    /// Its lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| (n + 1, line))
    }

    /// Whether it was written by others and is kept as they wrote it.
    pub fn is_foreign(&self) -> bool {
        let foreign = |part| part == "vendor" || part == "fonts";
        self.path.split('/').any(foreign) || self.path == "LICENSE"
    }

    /// The name of the crate under `crates/` it belongs to.
    pub fn crate_name(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

impl Tree {
    /// Reads all files but git's own and what `.gitignore` names at the top.
    pub fn read(root: &Path) -> Result<Tree> {
        let ignored = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
        let mut left_out: BTreeSet<String> = ignored
            .lines()
            .filter_map(|line| Some(line.strip_prefix('/')?.trim_end_matches('/').to_string()))
            .collect();
        left_out.insert(".git".to_string());
        let mut files = Vec::new();
        walk(root, "", &left_out, &mut files).map_err(|e| format!("cannot read the workspace: {e}"))?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Tree::from_files(files))
    }

    /// A made-up tree, for the tests of rules.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File {
            path: path.to_string(),
            size_bytes: text.len() as u64,
            text: text.to_string(),
        };
        Tree::from_files(files.iter().map(file).collect())
    }

    fn from_files(files: Vec<File>) -> Tree {
        let mut folders = BTreeSet::new();
        for file in &files {
            folders.extend(file.path.match_indices('/').map(|(i, _)| file.path[..i].to_string()));
        }
        Tree { files, folders }
    }

    /// All files, by path.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// The file at `path`.
    pub fn find(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether there is a file or a folder at `path`.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty() || self.folders.contains(path) || self.find(path).is_some()
    }

    /// The names of the crates under `crates/`.
    pub fn crates(&self) -> BTreeSet<&str> {
        self.files.iter().filter(|file| file.path.ends_with("/Cargo.toml")).filter_map(File::crate_name).collect()
    }
}

fn walk(folder: &Path, prefix: &str, left_out: &BTreeSet<String>, files: &mut Vec<File>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if left_out.contains(&path) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), left_out, files)?;
        } else if kind.is_file() {
            let bytes = fs::read(entry.path())?;
            let size_bytes = bytes.len() as u64;
            files.push(File { path, size_bytes, text: String::from_utf8(bytes).unwrap_or_default() });
        }
    }
    Ok(())
}
