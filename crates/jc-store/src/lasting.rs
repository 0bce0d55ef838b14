//! Files and folders that last: what was written is on the disk under its name before anybody is told so.
//!
//! A file's content lasts once the file is flushed, its name once the folder is flushed in which it stands; for a folder's own
//! name that is the folder above.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Whoever the machine's settings let.
    Anyone,
    /// Its owner alone.
    Owner,
}

/// Makes a folder, and those above it that are not there.
pub fn folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    folder(above(path))?;
    match fs::create_dir(path) {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(cause),
        _ => flush_names(path),
    }
}

/// Writes a file: whole under its name, or not at all. What stood there before is replaced.
pub fn write(path: &Path, content: &[u8], whose: For) -> io::Result<()> {
    let aside = write_aside(path, content, whose)?;
    fs::rename(&aside, path).inspect_err(|_| drop(fs::remove_file(&aside)))?;
    flush_names(path)
}

/// Writes a file unless one is there: then that one stays, and whoever made it meanwhile was first.
pub fn write_new(path: &Path, content: &[u8], whose: For) -> io::Result<()> {
    let aside = write_aside(path, content, whose)?;
    let made = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match made {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(cause),
        _ => flush_names(path),
    }
}

/// Flushes a file that something else wrote, and its name.
pub fn flush(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()?;
    flush_names(path)
}

/// Flushes the names in the folder where a path stands.
pub fn flush_names(path: &Path) -> io::Result<()> {
    File::open(above(path))?.sync_all()
}

fn above(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The content in a file of its own beside the path, flushed. The name is nobody else's, in this process or another.
fn write_aside(path: &Path, content: &[u8], whose: For) -> io::Result<PathBuf> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(format!(".part-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
    let aside = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if whose == For::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let written = options.open(&aside).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.inspect_err(|_| drop(fs::remove_file(&aside)))?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::{For, folder, write, write_new};
    use std::fs;

    #[test]
    fn many_write_one_file_at_once_and_it_is_whole() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("a/b/c.bin");
        folder(path.parent().expect("a parent")).expect("folders");
        std::thread::scope(|scope| {
            for n in 0..8u8 {
                let path = &path;
                scope.spawn(move || {
                    for _ in 0..20 {
                        write(path, &vec![n; 10_000], For::Anyone).expect("written");
                        let read = fs::read(path).expect("it is there");
                        assert!(read.len() == 10_000 && read.iter().all(|byte| *byte == read[0]));
                    }
                });
            }
        });
        write_new(&path, b"late", For::Owner).expect("nothing to do");
        assert_eq!(fs::read(&path).expect("it is there").len(), 10_000, "what is there stays");
        let key = place.path().join("new.key");
        write_new(&key, b"first", For::Owner).expect("written");
        assert_eq!(fs::read(&key).expect("it is there"), b"first");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&key).expect("it is there").permissions().mode() & 0o777, 0o600);
        }
        let names = fs::read_dir(path.parent().expect("a parent")).expect("a folder").count();
        assert_eq!(names, 1, "nothing is left aside");
    }
}
