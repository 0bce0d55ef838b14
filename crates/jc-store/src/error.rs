//! What can keep the store from doing what was asked.

use crate::db::DbError;
use crate::keys::KeysTrouble;
use jc_base::{RecordId, RegisterId};
use std::path::PathBuf;
use thiserror::Error;

/// Why the store could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("could not {doing}")]
    Db {
        /// What we were doing.
        doing: &'static str,
        /// The cause.
        #[source]
        source: DbError,
    },
    /// A file could not be read or written.
    #[error("could not {doing}")]
    File {
        /// What we were doing.
        doing: &'static str,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The record is not there (or belongs to another school, which is the same to who asks).
    #[error("no such record")]
    NoRecord,
    /// The record was changed since it was read.
    #[error("record changed meanwhile: version {found}, expected {expected}")]
    Stale {
        /// The version it has now.
        found: i64,
        /// The version it was read at.
        expected: i64,
    },
    /// Another record has the same key or unique value.
    #[error("a record with this key exists")]
    Duplicate,
    /// The write would change what a closed page counts, and no reason is given.
    #[error("page {page} of {register} is closed")]
    Closed {
        /// Its register.
        register: RegisterId,
        /// The page's code.
        page: String,
    },
    /// The page is closed already.
    #[error("the page is closed already")]
    AlreadyClosed,
    /// The database holds something this program cannot have written.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Records hold what this program cannot have written, or secret values that the keys do not open.
    #[error("records of {register} cannot be read")]
    Illegible {
        /// Their register.
        register: String,
        /// Which.
        records: Vec<RecordId>,
    },
    /// The keys of secret values cannot be had.
    #[error("the key file {path} cannot be used")]
    Keys {
        /// The key file.
        path: PathBuf,
        /// Why not.
        #[source]
        why: KeysTrouble,
    },
    /// The database was written by a newer version of the program.
    #[error("written by a newer version of the program")]
    Newer,
    /// The database was written by a build before the first release.
    #[error("written by a build before the first release")]
    Unreleased,
    /// The database holds another catalog than was handed in: `catalog plan`, then `catalog apply`.
    #[error("the catalog has changed since it was applied")]
    CatalogChanged,
    /// No randomness could be had from the system.
    #[error("no randomness from the system")]
    Randomness,
}

impl StoreError {
    /// Whether nothing could be written because the disk is full, or file or folder cannot be written.
    pub fn is_no_room(&self) -> bool {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match self {
            StoreError::Db { source: DbError::Disk(_), .. } => true,
            StoreError::File { source, .. } => {
                matches!(source.kind(), StorageFull | ReadOnlyFilesystem | QuotaExceeded | FileTooLarge)
            }
            _ => false,
        }
    }
}

/// Names what was being done when the database failed.
pub trait Doing<T> {
    /// Turns a database error into a [`StoreError::Db`] (a taken key into [`StoreError::Duplicate`]).
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, DbError> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| match source {
            DbError::Duplicate(_) => StoreError::Duplicate,
            source => StoreError::Db { doing, source },
        })
    }
}

impl<T> Doing<T> for Result<T, std::io::Error> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::File { doing, source })
    }
}
