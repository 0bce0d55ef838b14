//! The keys of secret values: a file beside the data, never in the database, readable by its owner alone.
//!
//! Another process may rotate the keys while this one runs, so the file is looked at again whenever it has changed.

use crate::db::Db;
use crate::error::{Doing, StoreError};
use crate::lasting::{self, For};
use crate::migrate;
pub use jc_trust::vault::Algorithm;
use jc_trust::vault::{KeyFileFault, Vault};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;
use thiserror::Error;
use zeroize::Zeroizing;

/// The setting that says which keys a database was sealed with.
const SETTING: &str = "field-keys";

/// Why the keys cannot be had.
#[derive(Debug, Error)]
pub enum KeysTrouble {
    /// The database was sealed with keys, and the file is not there.
    #[error("it is not there")]
    Missing,
    /// Others than its owner may read it.
    #[error("others than its owner may read it")]
    Loose,
    /// It holds other keys than those the database was sealed with.
    #[error("it holds the keys of another installation")]
    Others,
    /// It cannot be read as a key file.
    #[error(transparent)]
    Fault(#[from] KeyFileFault),
}

/// The keys in force, and the file they come from.
pub(crate) struct Keys {
    path: PathBuf,
    held: RwLock<(Stamp, Arc<Vault>)>,
}

/// When a file was changed and how long it is: enough to tell that it is another.
type Stamp = (Option<SystemTime>, u64);

impl Keys {
    /// Reads the key file; makes it for a database that was never sealed.
    pub(crate) fn open(path: PathBuf, db: &mut Db) -> Result<Self, StoreError> {
        let known = migrate::setting(db, SETTING)?;
        if !path.exists() {
            match known {
                Some(_) => return Err(trouble(&path, KeysTrouble::Missing)),
                None => make(&path)?,
            }
        }
        let held = read(&path)?;
        let check = held.1.check_value();
        match known {
            Some(known) if known != check => return Err(trouble(&path, KeysTrouble::Others)),
            Some(_) => {}
            None => migrate::set_setting(db, SETTING, &check)?,
        }
        Ok(Self { path, held: RwLock::new(held) })
    }

    /// The keys in force.
    pub(crate) fn current(&self) -> Result<Arc<Vault>, StoreError> {
        let stamp = stamp(&self.path)?;
        {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            if held.0 == stamp {
                return Ok(held.1.clone());
            }
        }
        let fresh = read(&self.path)?;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if fresh.1.check_value() != held.1.check_value() {
            return Err(trouble(&self.path, KeysTrouble::Others));
        }
        *held = fresh;
        Ok(held.1.clone())
    }

    /// Puts other keys into the file.
    pub(crate) fn replace(&self, vault: &Vault) -> Result<(), StoreError> {
        lasting::write(&self.path, vault.to_text().as_bytes(), For::Owner).doing("write the key file")
    }
}

fn trouble(path: &Path, why: KeysTrouble) -> StoreError {
    StoreError::Keys { path: path.to_owned(), why }
}

fn stamp(path: &Path) -> Result<Stamp, StoreError> {
    match fs::metadata(path) {
        Ok(about) => Ok((about.modified().ok(), about.len())),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Err(trouble(path, KeysTrouble::Missing)),
        Err(cause) => Err(cause).doing("look at the key file"),
    }
}

fn read(path: &Path) -> Result<(Stamp, Arc<Vault>), StoreError> {
    let stamp = stamp(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).doing("look at the key file")?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(trouble(path, KeysTrouble::Loose));
        }
    }
    let text = Zeroizing::new(fs::read_to_string(path).doing("read the key file")?);
    let vault = Vault::parse(&text).map_err(|fault| trouble(path, fault.into()))?;
    Ok((stamp, Arc::new(vault)))
}

/// Makes a key file, unless another process makes it at the same moment.
fn make(path: &Path) -> Result<(), StoreError> {
    let mut random = Zeroizing::new([0; 64]);
    getrandom::fill(random.as_mut_slice()).map_err(|_| StoreError::Randomness)?;
    let text = Vault::new(&random, Algorithm::Aes256Gcm).to_text();
    lasting::folder(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
        .and_then(|()| lasting::write_new(path, text.as_bytes(), For::Owner))
        .doing("make the key file")
}

/// Random numbers used once, drawn from the system many at a time.
#[derive(Default)]
pub struct Nonces {
    pool: Vec<[u8; 12]>,
}

impl Nonces {
    /// The next one.
    ///
    /// Errors: [`StoreError::Randomness`].
    #[expect(clippy::should_implement_trait, reason = "it can fail, and never ends")]
    pub fn next(&mut self) -> Result<[u8; 12], StoreError> {
        if self.pool.is_empty() {
            self.pool.resize(64, [0; 12]);
            getrandom::fill(self.pool.as_flattened_mut()).map_err(|_| StoreError::Randomness)?;
        }
        self.pool.pop().ok_or(StoreError::Randomness)
    }
}
