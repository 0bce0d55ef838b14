//! Encrypted backups: the folder of a backup as one tar archive, encrypted with a passphrase in the format of age, so
//! that it can be opened without this program too (`age -d backup.age | tar x`).

use super::{create, file, refuse, restore};
use crate::app::App;
use crate::error::AppError;
use age::secrecy::SecretString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Component, Path};

/// Cost of trying a passphrase that we are ready to pay when opening: what a much faster machine chose.
const MOST_WORK: u8 = 22;

/// A passphrase; never printed.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// The first line of a text; nothing if it is shorter than 12 characters.
    pub fn of(text: &str) -> Option<Self> {
        let line = text.lines().next().unwrap_or_default().trim();
        (line.chars().count() >= 12).then(|| Self(SecretString::from(line.to_owned())))
    }
}

/// Writes an encrypted backup into a new file. The clear copy it is made from lies in the data folder meanwhile,
/// beside the data it is a copy of, and nowhere else.
pub fn create_sealed(app: &App, target: &Path, passphrase: &Passphrase) -> Result<super::Report, AppError> {
    if target.exists() {
        return Err(refuse("APP-013", &target.display().to_string()));
    }
    let clear = app.setup().data.join("backup-in-work");
    let _ = fs::remove_dir_all(&clear);
    let made = create(app, &clear).and_then(|report| {
        let aside = target.with_extension("part");
        seal(&clear, &aside, passphrase).map_err(file("encrypt the backup"))?;
        fs::rename(&aside, target).map_err(file("put the backup in place"))?;
        jc_store::lasting::flush_names(target).map_err(file("flush the backup"))?;
        Ok(report)
    });
    // Removed whatever came of it; what cannot be removed now is removed by the next backup.
    let _ = fs::remove_dir_all(&clear);
    made
}

fn seal(folder: &Path, target: &Path, passphrase: &Passphrase) -> io::Result<()> {
    let file = BufWriter::with_capacity(1 << 16, File::create(target)?);
    let mut archive = tar::Builder::new(sealing(passphrase, file)?);
    archive.follow_symlinks(false);
    archive.append_dir_all("", folder)?;
    let mut file = archive.into_inner()?.finish()?;
    file.flush()?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Encrypts what is written.
pub(crate) fn sealing<W: Write>(passphrase: &Passphrase, out: W) -> io::Result<age::stream::StreamWriter<W>> {
    age::Encryptor::with_user_passphrase(passphrase.0.clone()).wrap_output(out)
}

/// Opens an encrypted file.
///
/// Errors: [`ErrorKind::InvalidData`] if it is none, or of another passphrase.
pub(crate) fn opening(
    source: &Path,
    passphrase: &Passphrase,
) -> io::Result<age::stream::StreamReader<BufReader<File>>> {
    let mut identity = age::scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    let input = BufReader::with_capacity(1 << 16, File::open(source)?);
    age::Decryptor::new_buffered(input)
        .and_then(|sealed| sealed.decrypt(std::iter::once(&identity as &dyn age::Identity)))
        .map_err(|_| io::Error::from(ErrorKind::InvalidData))
}

/// Restores an encrypted backup into a folder that is not there yet.
pub fn restore_sealed(source: &Path, data: &Path, passphrase: &Passphrase) -> Result<super::Report, AppError> {
    let clear = data.with_extension("opened");
    let _ = fs::remove_dir_all(&clear);
    let opened = open(source, &clear, passphrase).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => refuse("APP-018", &source.display().to_string()),
        ErrorKind::UnexpectedEof => refuse("APP-015", &source.display().to_string()),
        _ => file("open the encrypted backup")(error),
    });
    let restored = opened.and_then(|()| restore(&clear, data));
    let _ = fs::remove_dir_all(&clear);
    restored
}

/// Whether a file is an encrypted backup.
pub fn is_sealed(source: &Path) -> bool {
    let mut head = [0; 21];
    File::open(source).and_then(|mut file| file.read_exact(&mut head)).is_ok() && &head == b"age-encryption.org/v1"
}

/// Unpacks an archive of files and folders; anything else in it, and any name that leads elsewhere, is refused.
fn open(source: &Path, folder: &Path, passphrase: &Passphrase) -> io::Result<()> {
    let wrong = || io::Error::from(ErrorKind::InvalidData);
    let clear = opening(source, passphrase)?;
    fs::create_dir_all(folder)?;
    let mut archive = tar::Archive::new(clear);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.into_owned();
        if !name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(wrong());
        }
        let target = folder.join(&name);
        match entry.header().entry_type() {
            tar::EntryType::Directory => fs::create_dir_all(target)?,
            tar::EntryType::Regular => {
                if let Some(parent) = target.parent() {
                    fs::create_dir_all(parent)?;
                }
                io::copy(&mut entry, &mut File::create(target)?)?;
            }
            _ => return Err(wrong()),
        }
    }
    Ok(())
}
