//! The folder of the sample college: ours to remove, whole or half-built, in use or not.
//!
//! Two marks stand in it. The first is written before anything else and says that what we put here may be removed by
//! us; it is also the lock. The second is written last: without it the folder is half-built.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

const BEGUN: &str = "demo.begun";
const DONE: &str = "demo.done";

/// What the program puts into the folder; what else is there (a catalog of one's own) stays.
const OURS: [&str; 5] = ["jiangce.db", "jiangce.db-wal", "jiangce.db-shm", "jiangce.db-journal", "evidence"];

/// What the folder is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Not there, or empty.
    Nothing,
    /// Begun and not finished.
    Half,
    /// Complete.
    Whole,
}

/// The folder, held as long as this lives.
pub struct DemoFolder {
    path: PathBuf,
    lock: File,
}

impl DemoFolder {
    /// Takes hold of the folder: an existing one only if it is a sample college's or empty.
    pub fn take(desk: &Desk, path: &Path) -> anyhow::Result<(Self, Found)> {
        let begun = path.join(BEGUN);
        let strange = !begun.is_file()
            && path.is_dir()
            && fs::read_dir(path).map_err(|e| file(desk, "cli-cannot-read", path, &e))?.flatten().any(|entry| {
                // A school's own catalog files may be there before the college.
                entry.file_name() != "catalog"
            });
        if strange {
            return Err(refuse(desk, Exit::Failed, "cli-demo-strange-folder", &[("folder", shown(path).into())]));
        }
        let found = match (begun.is_file(), path.join(DONE).is_file()) {
            (true, true) => Found::Whole,
            (true, false) => Found::Half,
            (false, _) => Found::Nothing,
        };
        fs::create_dir_all(path).map_err(|e| file(desk, "cli-cannot-make-folder", path, &e))?;
        let lock = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&begun)
            .map_err(|e| file(desk, "cli-cannot-write", &begun, &e))?;
        Ok((Self { path: path.to_owned(), lock }, found))
    }

    /// Whether nobody else serves or builds it; from then on nobody else may.
    pub fn alone(&self) -> bool {
        // A file system without locks must not keep anybody from the demo.
        !matches!(self.lock.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Lets others serve it too, and nobody build.
    pub fn share(&self) {
        let _ = self.lock.unlock();
        let _ = self.lock.try_lock_shared();
    }

    /// Removes what the program put here.
    pub fn clear(&self, desk: &Desk) -> anyhow::Result<()> {
        for name in [DONE].iter().chain(&OURS) {
            let path = self.path.join(name);
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            match removed {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                    return Err(file(desk, "cli-cannot-remove", &path, &cause));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Marks it complete.
    pub fn finish(&self, desk: &Desk) -> anyhow::Result<()> {
        let done = self.path.join(DONE);
        let written = File::create(&done).and_then(|mut f| {
            f.write_all(concat!(env!("CARGO_PKG_VERSION"), "\n").as_bytes()).and_then(|()| f.sync_all())
        });
        written.map_err(|e| file(desk, "cli-cannot-write", &done, &e))
    }
}
