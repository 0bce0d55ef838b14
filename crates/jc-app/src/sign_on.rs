//! Coming by an identity elsewhere: the campus's sign-in (OpenID Connect or CAS). Whoever it is there is nobody here until an
//! account is linked to them, by whoever is signed in to it or by the security officer. Names and addresses link nobody.

use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::person::{Person, SecurityOfficer};
use crate::refused::{self, Refusal};
use crate::second_factor;
use jc_base::{Finding, Place, RecordId, SchoolId};
use jc_store::links::Link;
use jc_store::people::AccountState;
use jc_store::store::Ending;
use jc_store::{Reach, StoreError, Writer};
use jc_trust::canonical::Canonical;

/// Who someone is elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Which sign-in: the word of its kind.
    pub provider: &'static str,
    /// Whose word it is: the issuer's address.
    pub issuer: String,
    /// The issuer's word for the person, the same for ever.
    pub subject: String,
}

impl Identity {
    /// What is kept of it.
    fn mark(&self) -> Vec<u8> {
        let written = Canonical::of("identity/1").text(self.provider).text(&self.issuer).text(&self.subject);
        written.sha256().into_bytes()
    }
}

/// What came of signing in by an identity.
#[derive(Debug)]
pub enum Came {
    /// Here they are, and the token their browser is to hold.
    In(Box<Person>, String),
    /// No account that may be used is linked to it.
    Nobody,
    /// The account has a second factor, and its code is asked for.
    CodeNeeded,
}

impl App {
    /// Signs in whoever is linked to an identity; `code` is that of the second factor, empty if none was given yet.
    ///
    /// Errors: [`AppError::SignInRefused`] if the code is wrong, [`AppError::Wait`] after several such, [`AppError::Over`] if the
    /// account's last day is over.
    pub fn sign_on(&self, school: SchoolId, is: &Identity, code: &str, address: &str) -> Result<Came, AppError> {
        let moment = self.moment();
        let found = self.store.read(school, &Reach::NOTHING, moment, |reader| reader.account_by_link(&is.mark()))?;
        let refuse = |login: Option<String>, why| {
            let (object, address) = ("account".to_owned(), address.to_owned());
            self.note_refusal(Refusal { school, action: refused::SIGN_IN, object, login, why, address })
        };
        let Some(account) = found.filter(|account| account.account_state() == AccountState::Active) else {
            refuse(None, "not-linked")?;
            return Ok(Came::Nobody);
        };
        if let Some(last) = account.last_day.filter(|_| account.is_over(moment.today)) {
            refuse(Some(account.login), "over")?;
            return Err(AppError::Over { last });
        }
        let factor = second_factor::of(self, school, account.id)?.filter(|factor| factor.confirmed);
        if factor.is_some() {
            if code.is_empty() {
                return Ok(Came::CodeNeeded);
            }
            self.pause(school, &account.login, 5)?;
            // Counted before it is looked at, so that many at once count as many.
            self.store.note_failure(school, &account.login, moment.now)?;
        }
        let mut person = self.person_of(school, &account)?;
        let token = passwords::token()?;
        person.comes_with(&token, address);
        let seen = self.seen_on_coming(&person)?;
        let opened = self.store.write(school, &person.actor(), "session.open", "account", moment, |writer| {
            if factor.is_some() {
                let now = writer.reader()?.second_factor(account.id)?.ok_or(AppError::SignInRefused)?;
                let taken = second_factor::take(&now, code, moment.now).ok_or(AppError::SignInRefused)?;
                writer.set_second_factor(account.id, &taken)?;
            }
            writer.note("provider", is.provider);
            writer.open_session(&passwords::token_hash(&token), account.id)?;
            if let Some(seen) = &seen {
                writer.keep_visit(account.id, seen)?;
            }
            Ok(Ending::Keep(()))
        });
        if matches!(opened, Err(AppError::SignInRefused)) {
            refuse(Some(account.login.clone()), "wrong")?;
        }
        opened?;
        self.store.clear_failures(school, &account.login)?;
        Ok(Came::In(Box::new(person), token))
    }

    /// Links one's own account to an identity.
    ///
    /// Errors: a finding if it is linked to an account already.
    pub fn link(&self, person: &Person, is: &Identity) -> Result<(), AppError> {
        let account = person.account.filter(|_| person.given.is_none()).ok_or(AppError::Denied)?;
        let done =
            self.store.write(person.school, &person.actor(), "account.link", "account", self.moment(), |writer| {
                put(writer, account, is).map(Ending::Keep)
            });
        done.map_err(taken)
    }

    /// What one's own account is linked to.
    pub fn own_links(&self, person: &Person) -> Result<Vec<Link>, AppError> {
        let Some(account) = person.account else { return Ok(Vec::new()) };
        Ok(self.store.read(person.school, &Reach::NOTHING, self.moment(), |reader| reader.links(account))?)
    }

    /// Takes one's own link to a sign-in away.
    ///
    /// Errors: [`AppError::SignInRefused`] if the password is wrong, [`AppError::Wait`] after several such.
    pub fn unlink(&self, person: &Person, password: &str, provider: &str) -> Result<(), AppError> {
        let account = person.account.filter(|_| person.given.is_none()).ok_or(AppError::Denied)?;
        self.confirm_password(person, password)?;
        self.store.write(person.school, &person.actor(), "account.unlink", "account", self.moment(), |writer| {
            take_away(writer, account, provider).map(Ending::Keep)
        })
    }
}

impl SecurityOfficer<'_> {
    /// Links another's account to an identity that the issuer is known to call them by.
    pub fn link(&self, account: RecordId, is: &Identity) -> Result<(), AppError> {
        self.change(account, "account.link", |writer, _| put(writer, account, is)).map_err(taken)
    }

    /// Takes another's link to a sign-in away.
    pub fn unlink(&self, account: RecordId, provider: &str) -> Result<(), AppError> {
        self.change(account, "account.unlink", |writer, _| take_away(writer, account, provider))
    }
}

fn put(writer: &mut Writer, account: RecordId, is: &Identity) -> Result<(), AppError> {
    writer.note("provider", is.provider);
    Ok(writer.link(account, is.provider, &is.mark())?)
}

fn take_away(writer: &mut Writer, account: RecordId, provider: &str) -> Result<(), AppError> {
    writer.note("provider", provider);
    // Whoever came by it is not to stay by it.
    writer.end_sessions(account)?;
    if writer.unlink(account, provider)? { Ok(()) } else { Err(AppError::NotFound) }
}

fn taken(error: AppError) -> AppError {
    match error {
        AppError::Store(StoreError::Duplicate) => AppError::finding(Finding::error("APP-104", Place::Whole)),
        other => other,
    }
}
