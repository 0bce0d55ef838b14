//! Signing in, and making accounts.

use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::person::{Administrator, Person, Role};
use jc_base::{Finding, Instant, Place, RecordId, SchoolId};
use jc_store::people::{Account, SessionLimits};
use jc_store::store::Ending;

/// Half an hour of rest, twelve hours in all.
pub const SESSION: SessionLimits = SessionLimits { idle_ms: 30 * 60_000, whole_ms: 12 * 3_600_000 };

/// How long the one-time link of a first start or an invitation works, in milliseconds.
const LINK_MS: i64 = 72 * 3_600_000;

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What is typed to sign in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// The office of a keeper or verifier.
    pub office: Option<String>,
}

impl App {
    /// Signs a person in; gives the token their browser is to hold.
    ///
    /// After five failures under a name each attempt waits, longer each time, up to a minute; never for ever.
    pub fn sign_in(&self, school: SchoolId, login: &str, password: &str) -> Result<(Person, String), AppError> {
        let moment = self.moment();
        self.pause(school, login)?;
        let account = self.store.read(school, moment, |reader| reader.account_by_login(login))?;
        let usable = account.filter(|a| a.state == "active");
        let stored = usable.as_ref().and_then(|a| a.password.as_deref());
        if !passwords::verify(password, stored) {
            self.store.note_failure(school, login, moment.now)?;
            return Err(AppError::SignInRefused);
        }
        let account = usable.ok_or(AppError::SignInRefused)?;
        let person = Person::of_account(school, &account).ok_or(AppError::SignInRefused)?;
        self.store.clear_failures(school, login)?;
        let token = passwords::token()?;
        self.store.write(school, &person.actor(), "session.open", "account", moment, |writer| {
            writer.open_session(&passwords::token_hash(&token), account.id)?;
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        Ok((person, token))
    }

    /// Refuses an attempt that comes too soon after failed ones.
    fn pause(&self, school: SchoolId, login: &str) -> Result<(), AppError> {
        let (failures, last) = self.store.sign_in_failures(school, login)?;
        let pause = match failures {
            0..5 => 0,
            n => (1_000 << (n - 5).min(6)).min(60_000),
        };
        let left = last + pause - self.moment().now.0;
        if left > 0 { Err(AppError::Wait { seconds: (left + 999) / 1000 }) } else { Ok(()) }
    }

    /// Replaces a person's own password. All their sessions end; gives the token of a new one.
    ///
    /// Errors: [`AppError::SignInRefused`] if the old password is wrong, [`AppError::Wait`] after several such.
    pub fn change_password(&self, person: &Person, old: &str, new: &str) -> Result<String, AppError> {
        let moment = self.moment();
        let id = person.account.ok_or(AppError::Denied)?;
        self.pause(person.school, &person.login)?;
        let account = self.store.read(person.school, moment, |reader| reader.account(id))?;
        let account = account.ok_or(AppError::NotFound)?;
        if !passwords::verify(old, account.password.as_deref()) {
            self.store.note_failure(person.school, &person.login, moment.now)?;
            return Err(AppError::SignInRefused);
        }
        check_password(new)?;
        let (hash, token) = (passwords::hash(new)?, passwords::token()?);
        self.store.write(person.school, &person.actor(), "account.password", "account", moment, |writer| {
            writer.set_password(id, &hash, "active")?;
            writer.open_session(&passwords::token_hash(&token), id)?;
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        self.store.clear_failures(person.school, &person.login)?;
        Ok(token)
    }

    /// Whom the one-time link of an invitation is for.
    pub fn invited(&self, school: SchoolId, token: &str) -> Result<Person, AppError> {
        Person::of_account(school, &self.invitation(school, token)?).ok_or(AppError::NotFound)
    }

    fn invitation(&self, school: SchoolId, token: &str) -> Result<Account, AppError> {
        let moment = self.moment();
        let accounts = self.store.read(school, moment, |reader| reader.accounts())?;
        let wanted = jc_store::leaf::hex(&passwords::token_hash(token));
        let invited = accounts.into_iter().find(|a| {
            let (until, hash) = a.state.strip_prefix("invited:").and_then(|s| s.split_once(':')).unwrap_or_default();
            hash == wanted && until.parse::<i64>().is_ok_and(|until| until > moment.now.0)
        });
        invited.ok_or(AppError::NotFound)
    }

    /// The person of a token, if their session lives.
    pub fn person(&self, token: &str) -> Result<Option<Person>, AppError> {
        let found = self.store.session(&passwords::token_hash(token), self.moment().now, SESSION)?;
        Ok(found.and_then(|(school, account)| Person::of_account(school, &account)))
    }

    /// Ends a session.
    pub fn sign_out(&self, token: &str) -> Result<(), AppError> {
        Ok(self.store.end_session(&passwords::token_hash(token))?)
    }

    /// Sets the password of an invited account by its one-time token.
    pub fn set_first_password(&self, school: SchoolId, token: &str, password: &str) -> Result<(), AppError> {
        check_password(password)?;
        let moment = self.moment();
        let account = self.invitation(school, token)?;
        let person = Person::of_account(school, &account).ok_or(AppError::NotFound)?;
        let hash = passwords::hash(password)?;
        self.store.write(school, &person.actor(), "account.password", "account", moment, |writer| {
            writer.set_password(account.id, &hash, "active")?;
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}

/// Refuses passwords that are too short or too long.
fn check_password(password: &str) -> Result<(), AppError> {
    let length = password.chars().count();
    if (12..=128).contains(&length) {
        return Ok(());
    }
    let place = Place::Field { field: "password".into() };
    Err(AppError::finding(Finding::error("APP-009", place).with("length", length)))
}

impl Administrator<'_> {
    /// All accounts.
    pub fn accounts(&self) -> Result<Vec<Account>, AppError> {
        Ok(self.app.store.read(self.person.school, self.app.moment(), |reader| reader.accounts())?)
    }

    /// Makes an account that is invited to set its password; gives the token of the one-time link.
    pub fn invite(&self, new: &NewAccount) -> Result<String, AppError> {
        let token = passwords::token()?;
        let Instant(now) = self.app.moment().now;
        let hash = jc_store::leaf::hex(&passwords::token_hash(&token));
        self.make(new, None, &format!("invited:{}:{hash}", now + LINK_MS))?;
        Ok(token)
    }

    /// Makes an account with a password: for the sample college.
    pub fn create(&self, new: &NewAccount, password: &str) -> Result<RecordId, AppError> {
        let hash = passwords::hash(password)?;
        self.make(new, Some(hash), "active")
    }

    fn make(&self, new: &NewAccount, password: Option<String>, state: &str) -> Result<RecordId, AppError> {
        let (store, school) = (&self.app.store, self.person.school);
        let made =
            store.write(school, &self.person.actor(), "account.create", "account", self.app.moment(), |writer| {
                let account = Account {
                    id: writer.new_id(),
                    login: new.login.clone(),
                    name: new.name.clone(),
                    role: new.role.code().to_owned(),
                    office: new.office.clone(),
                    password: password.clone(),
                    state: state.to_owned(),
                };
                writer.create_account(&account)?;
                writer.note("login", new.login.clone());
                writer.note("role", new.role.code());
                Ok::<_, AppError>(Ending::Keep(account.id))
            });
        made.map_err(|error| match error {
            AppError::Store(jc_store::StoreError::Duplicate) => {
                let place = Place::Field { field: "login".into() };
                AppError::finding(Finding::error("APP-010", place).with("login", &new.login))
            }
            other => other,
        })
    }
}
