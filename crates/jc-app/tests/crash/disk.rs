//! A disk that forgets: what a program did to its files, as the recorder wrote it down, and what would be left of it if the
//! power had gone at some moment.
//!
//! What was flushed is there. Of what was written since, any part may be there or not, down to single sectors; of the names
//! made or taken away in a folder since it was flushed, the first few or none.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Something a program did.
pub enum Deed {
    Made {
        inode: u64,
        path: String,
    },
    Wrote {
        inode: u64,
        at: usize,
        bytes: Vec<u8>,
    },
    Cut {
        inode: u64,
        length: usize,
    },
    Flushed {
        inode: u64,
    },
    MadeFolder {
        path: String,
    },
    FlushedNames {
        path: String,
    },
    Moved {
        from: String,
        to: String,
    },
    Linked {
        from: String,
        to: String,
    },
    Removed {
        path: String,
    },
    /// On its standard output: from then on somebody relies on it.
    Said(String),
}

/// Reads what the recorder wrote.
pub fn deeds(journal: &[u8]) -> Vec<Deed> {
    let (mut rest, mut all) = (journal, Vec::new());
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = std::str::from_utf8(&rest[..end]).expect("a line of the journal");
        rest = &rest[end + 1..];
        let (letter, with) = line.split_once(' ').expect("a deed");
        let numbers = || with.split(' ').map(|word| word.parse::<usize>().expect("a number")).collect::<Vec<_>>();
        let inode = || with.split(' ').next().and_then(|word| word.parse().ok()).expect("an inode");
        let pair = || {
            let (from, to) = with.split_once('\t').expect("two paths");
            (from.to_owned(), to.to_owned())
        };
        let mut bytes = |length: usize| {
            let (taken, left) = rest.split_at(length);
            rest = left;
            taken.to_vec()
        };
        all.push(match letter {
            "C" => Deed::Made { inode: inode(), path: with.split_once(' ').expect("a path").1.to_owned() },
            "W" => Deed::Wrote { inode: inode(), at: numbers()[1], bytes: bytes(numbers()[2]) },
            "T" => Deed::Cut { inode: inode(), length: numbers()[1] },
            "F" => Deed::Flushed { inode: inode() },
            "M" => Deed::MadeFolder { path: with.to_owned() },
            "D" => Deed::FlushedNames { path: with.to_owned() },
            "R" => Deed::Moved { from: pair().0, to: pair().1 },
            "L" => Deed::Linked { from: pair().0, to: pair().1 },
            "U" => Deed::Removed { path: with.to_owned() },
            "A" => Deed::Said(String::from_utf8_lossy(&bytes(numbers()[0])).into_owned()),
            other => panic!("{other} is no deed"),
        });
    }
    all
}

/// What a name stands for.
#[derive(Clone, Copy)]
enum Node {
    File(usize),
    Folder(usize),
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

#[derive(Default)]
struct File {
    lasting: Vec<u8>,
    since: Vec<Change>,
}

type Names = BTreeMap<String, Node>;

#[derive(Default)]
struct Folder {
    now: Names,
    lasting: Names,
    since: Vec<(String, Option<Node>)>,
}

/// The disk at a moment.
pub struct Disk {
    files: Vec<File>,
    folders: Vec<Folder>,
    inodes: HashMap<u64, usize>,
}

/// How much of what was not flushed is lost.
pub enum Lost {
    All,
    Some,
}

const SECTOR: usize = 512;

impl Disk {
    /// A disk with one empty folder in its root.
    pub fn with_folder(name: &str) -> Self {
        let mut root = Folder::default();
        root.now.insert(name.to_owned(), Node::Folder(1));
        root.lasting = root.now.clone();
        Self { files: Vec::new(), folders: vec![root, Folder::default()], inodes: HashMap::new() }
    }

    /// Does what the program did.
    pub fn take(&mut self, deed: &Deed) {
        match deed {
            Deed::Made { inode, path } => {
                self.files.push(File::default());
                self.inodes.insert(*inode, self.files.len() - 1);
                self.name(path, Some(Node::File(self.files.len() - 1)));
            }
            Deed::Wrote { inode, at, bytes } => self.change(*inode, Change::Write(*at, bytes.clone())),
            Deed::Cut { inode, length } => self.change(*inode, Change::Cut(*length)),
            Deed::Flushed { inode } => {
                let file = &mut self.files[self.inodes[inode]];
                for change in std::mem::take(&mut file.since) {
                    change.make(&mut file.lasting);
                }
            }
            Deed::MadeFolder { path } => {
                self.folders.push(Folder::default());
                self.name(path, Some(Node::Folder(self.folders.len() - 1)));
            }
            Deed::FlushedNames { path } => {
                let Some(Node::Folder(at)) = self.find(path) else { panic!("{path} is no folder") };
                let folder = &mut self.folders[at];
                folder.lasting = folder.now.clone();
                folder.since.clear();
            }
            Deed::Moved { from, to } => {
                let node = self.find(from);
                self.name(to, node);
                self.name(from, None);
            }
            Deed::Linked { from, to } => {
                let node = self.find(from);
                self.name(to, node);
            }
            Deed::Removed { path } => self.name(path, None),
            Deed::Said(_) => {}
        }
    }

    fn change(&mut self, inode: u64, change: Change) {
        self.files[self.inodes[&inode]].since.push(change);
    }

    fn find(&self, path: &str) -> Option<Node> {
        if path == "." {
            return Some(Node::Folder(0));
        }
        path.split('/').try_fold(Node::Folder(0), |at, part| match at {
            Node::Folder(folder) => self.folders[folder].now.get(part).copied(),
            Node::File(_) => None,
        })
    }

    fn name(&mut self, path: &str, node: Option<Node>) {
        let (above, name) = path.rsplit_once('/').unwrap_or((".", path));
        let Some(Node::Folder(at)) = self.find(above) else { panic!("{above} is no folder") };
        let folder = &mut self.folders[at];
        folder.since.push((name.to_owned(), node));
        match node {
            Some(node) => drop(folder.now.insert(name.to_owned(), node)),
            None => drop(folder.now.remove(name)),
        }
    }

    /// Writes into a folder what would be found when the power is back.
    pub fn write(&self, into: &Path, lost: &Lost, chance: &mut impl FnMut(usize) -> usize) {
        self.write_folder(0, into, lost, chance);
    }

    fn write_folder(&self, at: usize, into: &Path, lost: &Lost, chance: &mut impl FnMut(usize) -> usize) {
        std::fs::create_dir_all(into).expect("a folder");
        let folder = &self.folders[at];
        let mut names = folder.lasting.clone();
        let kept = if matches!(lost, Lost::All) { 0 } else { chance(folder.since.len() + 1) };
        for (name, node) in &folder.since[..kept] {
            match node {
                Some(node) => drop(names.insert(name.clone(), *node)),
                None => drop(names.remove(name)),
            }
        }
        for (name, node) in names {
            match node {
                Node::Folder(below) => self.write_folder(below, &into.join(name), lost, chance),
                Node::File(file) => {
                    let path = into.join(name);
                    std::fs::write(&path, self.files[file].found(lost, chance)).expect("a file");
                    let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
                    std::fs::set_permissions(&path, owner).expect("its mode");
                }
            }
        }
    }
}

impl File {
    fn found(&self, lost: &Lost, chance: &mut impl FnMut(usize) -> usize) -> Vec<u8> {
        let mut content = self.lasting.clone();
        if matches!(lost, Lost::All) {
            return content;
        }
        for change in &self.since {
            match (change, chance(4)) {
                (_, 0 | 1) => change.make(&mut content),
                // Torn: some sectors of it.
                (Change::Write(at, bytes), 2) => {
                    for (n, sector) in bytes.chunks(SECTOR).enumerate().filter(|_| chance(2) == 0).collect::<Vec<_>>() {
                        Change::Write(at + n * SECTOR, sector.to_vec()).make(&mut content);
                    }
                }
                _ => {}
            }
        }
        content
    }
}

impl Change {
    fn make(&self, content: &mut Vec<u8>) {
        match self {
            Change::Write(at, bytes) => {
                content.resize(content.len().max(at + bytes.len()), 0);
                content[*at..at + bytes.len()].copy_from_slice(bytes);
            }
            Change::Cut(length) => content.resize(*length, 0),
        }
    }
}
