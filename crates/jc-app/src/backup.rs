//! Backups: a consistent copy of the database while it runs, the evidence, the school's catalog files, and a
//! manifest with the digest of each file, the head of each audit chain and a digest of each year's figures.

mod drill;
mod sealed;

pub use drill::{Drill, Proof, drill};
pub use sealed::{Passphrase, create_sealed, is_sealed, restore_sealed};
pub(crate) use sealed::{opening, sealing};

use crate::app::{App, Clock, Setup};
use crate::audit::Head;
use crate::error::AppError;
use crate::person::Person;
use jc_base::{Finding, Instant, Place};
use jc_store::{StoreError, lasting};
use jc_trust::hex;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the manifest in a backup.
const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Files in it, the database included.
    pub files: usize,
    /// Bytes in all.
    pub bytes: u64,
    /// Each school's audit head.
    pub heads: Vec<Head>,
}

impl App {
    /// Recomputes everything and names what was touched. `progress` is told what is being looked at.
    pub fn verify(
        &self,
        person: &Person,
        progress: &mut dyn FnMut(&str),
    ) -> Result<jc_store::verify::Report, AppError> {
        self.verify_with(person, jc_store::verify::parts::Ask::default(), progress)
    }
}

/// Writes a backup into a new folder. Only for the embedded database: a server is backed up with its own means.
pub fn create(app: &App, target: &Path) -> Result<Report, AppError> {
    if jc_store::db::is_postgres(&app.store.settings().url) {
        return Err(AppError::finding(Finding::error("APP-012", Place::Whole)));
    }
    if target.exists() {
        let place = Place::File { file: target.display().to_string() };
        return Err(AppError::finding(Finding::error("APP-013", place)));
    }
    let aside = target.with_extension("part");
    let _ = fs::remove_dir_all(&aside);
    lasting::folder(&aside).map_err(file("make the backup's folder"))?;
    let heads = app.heads()?;
    app.store
        .connect()?
        .copy_to(&aside.join("jiangce.db"))
        .map_err(|source| AppError::Store(StoreError::Db { doing: "copy the database", source }))?;
    let data = &app.setup().data;
    for folder in ["evidence", "catalog"] {
        copy_tree(&data.join(folder), &aside.join(folder)).map_err(file("copy files"))?;
    }
    let made_at = app.moment().now;
    let figures = figures_of(&aside, app.keys_file(), made_at)?;
    let mut files = Vec::new();
    list(&aside, &aside, &mut files).map_err(file("read the backup"))?;
    files.sort();
    let (mut entries, mut bytes) = (Vec::new(), 0);
    for name in &files {
        let content = fs::read(aside.join(name)).map_err(file("read the backup"))?;
        bytes += content.len() as u64;
        entries.push(json!({ "name": name, "size": content.len(), "sha256": hex(&Sha256::digest(&content)) }));
    }
    let manifest = json!({
        "format": "jiangce-backup/1",
        "made_at": made_at.0,
        "heads": heads.iter().map(Head::to_string).collect::<Vec<_>>(),
        "figures": figures,
        "files": entries,
    });
    fs::write(aside.join(MANIFEST), format!("{manifest:#}")).map_err(file("write the manifest"))?;
    sync_tree(&aside).map_err(file("flush the backup"))?;
    fs::rename(&aside, target).map_err(file("put the backup in place"))?;
    lasting::flush_names(target).map_err(file("flush the backup"))?;
    Ok(Report { files: files.len(), bytes, heads })
}

/// The figures of a copy, settled in the copy itself: what people enter meanwhile is not in it.
fn figures_of(copy: &Path, keys: &Path, now: Instant) -> Result<Vec<Json>, AppError> {
    let setup = Setup { data: copy.to_owned(), database: None, clock: Clock::Fixed(now) };
    let app = App::open_with_keys(setup, keys.to_owned())?;
    Ok(drill::figures(&app)?.iter().map(|figures| figures.json()).collect())
}

fn refuse(code: &'static str, name: &str) -> AppError {
    AppError::finding(Finding::error(code, Place::File { file: name.to_owned() }))
}

/// Restores a backup into a folder that is not there yet, after every file was compared with the manifest.
pub fn restore(source: &Path, data: &Path) -> Result<Report, AppError> {
    if data.exists() && fs::read_dir(data).is_ok_and(|mut d| d.next().is_some()) {
        return Err(refuse("APP-013", &data.display().to_string()));
    }
    let text = fs::read_to_string(source.join(MANIFEST)).map_err(|_| refuse("APP-014", MANIFEST))?;
    let manifest: Json = serde_json::from_str(&text).map_err(|_| refuse("APP-014", MANIFEST))?;
    if manifest.get("format").and_then(Json::as_str) != Some("jiangce-backup/1") {
        return Err(refuse("APP-014", MANIFEST));
    }
    let aside = data.with_extension("part");
    let _ = fs::remove_dir_all(&aside);
    let mut bytes = 0;
    let files = manifest.get("files").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    for entry in files {
        let name = entry.get("name").and_then(Json::as_str).unwrap_or_default();
        if name.is_empty() || name.split('/').any(|part| part.is_empty() || part == "..") || name.contains('\\') {
            return Err(refuse("APP-014", name));
        }
        let content = fs::read(source.join(name)).map_err(|_| refuse("APP-015", name))?;
        if entry.get("sha256").and_then(Json::as_str) != Some(hex(&Sha256::digest(&content)).as_str()) {
            return Err(refuse("APP-015", name));
        }
        bytes += content.len() as u64;
        let target = aside.join(name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(file("make a folder"))?;
        }
        fs::write(target, content).map_err(file("write a restored file"))?;
    }
    fs::create_dir_all(&aside).map_err(file("make the data folder"))?;
    // Kept beside the data: it says what the data was, and `verify --head` reads it.
    fs::write(aside.join(MANIFEST), &text).map_err(file("write the manifest"))?;
    sync_tree(&aside).map_err(file("flush the restored files"))?;
    let _ = fs::remove_dir(data);
    fs::rename(&aside, data).map_err(file("put the data in place"))?;
    lasting::flush_names(data).map_err(file("put the data in place"))?;
    Ok(Report { files: files.len(), bytes, heads: Head::list(&text) })
}

pub(crate) fn file(doing: &'static str) -> impl Fn(io::Error) -> AppError {
    move |source| AppError::Store(StoreError::File { doing, source })
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_tree(&path, &target)?;
        } else if path.extension().is_none_or(|e| !e.to_string_lossy().starts_with("part-")) {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

fn list(root: &Path, folder: &Path, out: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        if path.is_dir() {
            list(root, &path, out)?;
        } else {
            out.push(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        } else {
            fs::File::open(&path)?.sync_all()?;
        }
    }
    fs::File::open(folder)?.sync_all()
}
