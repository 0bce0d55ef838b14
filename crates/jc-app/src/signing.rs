//! The key a school signs with: made at first need, kept in a file of its own that nobody else may read.
//!
//! It is in no database, log or backup. Its public half is in the database, so that what was signed can be proved when
//! the file is gone and another key signs.

use crate::app::App;
use crate::error::AppError;
use crate::person::Person;
use jc_base::{Finding, Instant, Place, SchoolId};
use jc_store::StoreError;
use jc_store::lasting::{self, For};
use jc_store::store::Ending;
use jc_trust::{PublicKey, SigningKey};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

impl App {
    /// The school's signing key; a new one if there is none yet.
    ///
    /// Errors: a finding if the file is illegible, or may be read by others than its owner.
    pub(crate) fn signing_key(&self, school: SchoolId) -> Result<SigningKey, AppError> {
        let path = self.key_file(school);
        if let Some(key) = read(&path)? {
            return Ok(key);
        }
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| AppError::Store(StoreError::Randomness))?;
        write(&path, &SigningKey::from_seed(&seed))
            .map_err(|source| AppError::Store(StoreError::File { doing: "keep the signing key", source }))?;
        // Another process may have made one meanwhile.
        read(&path)?.ok_or(AppError::NotFound)
    }

    /// The school's public key, made at first need and kept, and those that signed before, the newest last.
    pub fn public_keys(&self, person: &Person) -> Result<(PublicKey, Vec<(PublicKey, Instant)>), AppError> {
        let own = self.signing_key(person.school)?.public();
        let mut known = self.known_keys(person.school)?;
        if known.iter().all(|(key, _)| *key != own) {
            self.store.write(person.school, &person.actor(), "key.create", "key", self.moment(), |writer| {
                writer.keep_public_key(&own)?;
                writer.note("key", own.id().0);
                Ok::<_, AppError>(Ending::Keep(()))
            })?;
            known = self.known_keys(person.school)?;
        }
        known.retain(|(key, _)| *key != own);
        Ok((own, known))
    }

    /// Every public key the school has signed with: what proves its seals.
    pub fn known_keys(&self, school: SchoolId) -> Result<Vec<(PublicKey, Instant)>, AppError> {
        let keys = self.store.read(school, &jc_store::Reach::NOTHING, self.moment(), |reader| reader.public_keys());
        Ok(keys?)
    }

    fn key_file(&self, school: SchoolId) -> PathBuf {
        self.setup().data.join("keys").join(format!("school-{school}.key"))
    }
}

fn read(path: &Path) -> Result<Option<SigningKey>, AppError> {
    let refuse =
        |code: &'static str| AppError::finding(Finding::error(code, Place::File { file: path.display().to_string() }));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(AppError::Store(StoreError::File { doing: "read the signing key", source })),
    };
    if open_to_others(path) {
        return Err(refuse("APP-084"));
    }
    SigningKey::parse(&text).map(Some).ok_or_else(|| refuse("APP-085"))
}

#[cfg(unix)]
fn open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_path: &Path) -> bool {
    false
}

/// Writes the file whole and for its owner alone, unless another program was first.
fn write(path: &Path, key: &SigningKey) -> io::Result<()> {
    lasting::folder(path.parent().unwrap_or(Path::new(".")))?;
    lasting::write_new(path, format!("{}\n", key.secret_text()).as_bytes(), For::Owner)
}
