//! The keys of secret values: told, changed, taken out; each noted in every school's log.

use crate::app::App;
use crate::error::AppError;
use crate::person::Person;
use jc_base::{Finding, Place};
use jc_store::keys::Algorithm;
use jc_store::reseal::Resealed;
use jc_store::store::Ending;
use std::path::Path;
use std::time::Duration;

/// How long others that have the old keys in hand are waited for, before anything is sealed by a new one.
const OTHERS_NOTICE: Duration = Duration::from_secs(1);

impl App {
    /// The file with the keys.
    pub fn keys_file(&self) -> &Path {
        &self.store.settings().keys
    }

    /// Each key's id with its algorithm, the one that seals first.
    pub fn keys(&self) -> Result<Vec<(u8, Algorithm)>, AppError> {
        Ok(self.store.keys()?)
    }

    /// Makes a new key and seals everything anew with it, while people work. Killed in the middle, everything still
    /// opens, and [`reseal`](Self::reseal) goes on. Gives the new key's id.
    pub fn rotate_keys(&self, algorithm: Algorithm, progress: &mut dyn FnMut(u64)) -> Result<(u8, Resealed), AppError> {
        let id = self.store.add_key(algorithm)?;
        std::thread::sleep(OTHERS_NOTICE);
        let done = self.reseal(progress)?;
        Ok((id, done))
    }

    /// Seals anew what older keys sealed.
    pub fn reseal(&self, progress: &mut dyn FnMut(u64)) -> Result<Resealed, AppError> {
        let done = self.store.reseal(progress)?;
        self.note_keys("setting.keys-rotate", |writer| {
            writer.note("values", done.records);
            writer.note("versions", done.versions);
        })?;
        Ok(done)
    }

    /// Takes an old key out of the file, after what it sealed was sealed anew.
    ///
    /// Errors: a finding if it is the key that seals, or none of these.
    pub fn remove_key(&self, id: u8, progress: &mut dyn FnMut(u64)) -> Result<(), AppError> {
        let keys = self.store.keys()?;
        if keys.first().is_none_or(|(sealing, _)| *sealing == id) || keys.iter().all(|(known, _)| *known != id) {
            return Err(AppError::finding(Finding::error("APP-063", Place::Whole).with("key", id.to_string())));
        }
        self.store.reseal(progress)?;
        self.store.remove_key(id)?;
        self.note_keys("setting.keys-remove", |writer| writer.note("key", i64::from(id)))
    }

    fn note_keys(&self, action: &str, note: impl Fn(&mut jc_store::Writer)) -> Result<(), AppError> {
        for (school, _, _) in self.schools()? {
            let person = Person::command_line(school);
            self.store.write(school, &person.actor(), action, "keys", self.moment(), |writer| {
                note(writer);
                Ok::<_, AppError>(Ending::Keep(()))
            })?;
        }
        Ok(())
    }
}
