//! Signing in and out: what is asked, how often one may try, and where one is signed in.

use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::person::Person;
use crate::refused::{self, Refusal};
use crate::second_factor;
use jc_base::{Instant, SchoolId};
use jc_store::Reach;
use jc_store::people::{SecondFactor, SessionLimits};
use jc_store::store::Ending;
use jc_trust::hex;
use std::sync::PoisonError;

/// Half an hour of rest, twelve hours in all.
pub const SESSION: SessionLimits = SessionLimits { idle_ms: 30 * 60_000, whole_ms: 12 * 3_600_000 };

/// So many failures under a name are free, and so many from an address, where a whole house may sit behind one.
const FREE: (i64, i64) = (5, 30);
/// The pauses after them, in seconds; the last one stays. Never for ever: strangers could lock people out.
const PAUSES: [i64; 7] = [1, 3, 5, 10, 20, 40, 60];
/// After so long without a failure an address begins anew.
const FORGOTTEN_MS: i64 = 15 * 60_000;

/// What someone gives to sign in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Attempt<'a> {
    /// The login.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// The code of the second factor, or a recovery code; empty if none was given.
    pub code: &'a str,
    /// The address it comes from; empty if it is not known.
    pub address: &'a str,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Names it in addresses: the hash of its token's hash is of no use to anyone else.
    pub id: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was last used.
    pub seen_at: Instant,
    /// Whether it is the one that asks.
    pub here: bool,
}

impl App {
    /// Signs a person in; gives the token their browser is to hold. That name, password or code are wrong, or that the
    /// account is closed, is answered alike, in the same time; that its last day is over is told to whoever gives them right.
    pub fn sign_in(&self, school: SchoolId, attempt: &Attempt) -> Result<(Person, String), AppError> {
        let outcome = self.try_to_sign_in(school, attempt);
        let why = match &outcome {
            Err(AppError::SignInRefused) => "wrong",
            Err(AppError::Wait { .. }) => "too-soon",
            Err(AppError::Over { .. }) => "over",
            _ => return outcome,
        };
        self.note_failed(school, attempt, why)?;
        outcome
    }

    /// Notes a sign-in that failed. A name that nobody has is not: people type passwords there.
    fn note_failed(&self, school: SchoolId, attempt: &Attempt, why: &'static str) -> Result<(), AppError> {
        let account = self.store.read(school, &Reach::NOTHING, self.moment(), |r| r.account_by_login(attempt.login))?;
        self.note_refusal(Refusal {
            school,
            action: refused::SIGN_IN,
            object: "account".to_owned(),
            login: account.map(|account| account.login),
            why,
            address: attempt.address.to_owned(),
        })
    }

    fn try_to_sign_in(&self, school: SchoolId, attempt: &Attempt) -> Result<(Person, String), AppError> {
        let moment = self.moment();
        self.count_attempt(school, attempt)?;
        let account = self.store.read(school, &Reach::NOTHING, moment, |r| r.account_by_login(attempt.login))?;
        let usable = account.filter(|account| account.account_state().may_be_here());
        let stored = usable.as_ref().and_then(|a| a.password.as_deref());
        if !passwords::verify(attempt.password, stored) {
            return Err(AppError::SignInRefused);
        }
        let account = usable.ok_or(AppError::SignInRefused)?;
        let factor = second_factor::of(self, school, account.id)?.filter(|factor| factor.confirmed);
        let taken = factor.map(|factor| second_factor::take(&factor, attempt.code, moment.now));
        let taken: Option<SecondFactor> = match taken {
            Some(None) => return Err(AppError::SignInRefused),
            Some(taken) => taken,
            None => None,
        };
        // Said to whoever has shown that it is theirs, and to nobody else.
        if let Some(last) = account.last_day.filter(|_| account.is_over(moment.today)) {
            return Err(AppError::Over { last });
        }
        let mut person = self.person_of(school, &account)?;
        self.store.clear_failures(school, attempt.login)?;
        self.store.forgive_failure(school, &by_address(attempt))?;
        let token = passwords::token()?;
        person.comes_with(&token, attempt.address);
        let seen = self.seen_on_coming(&person)?;
        self.store.write(school, &person.actor(), "session.open", "account", moment, |writer| {
            if let Some(factor) = &taken {
                // Two who come with one code at once: the second finds it taken.
                let now = writer.reader()?.second_factor(account.id)?;
                if now.is_none_or(|now| second_factor::take(&now, attempt.code, moment.now).is_none()) {
                    return Err(AppError::SignInRefused);
                }
                writer.set_second_factor(account.id, factor)?;
            }
            writer.open_session(&passwords::token_hash(&token), account.id)?;
            if let Some(seen) = &seen {
                writer.keep_visit(account.id, seen)?;
            }
            Ok(Ending::Keep(()))
        })?;
        Ok((person, token))
    }

    /// Counts an attempt before it is looked at, so that many at once count as many; refuses one that comes too soon
    /// after failed ones, under its name or from its address.
    fn count_attempt(&self, school: SchoolId, attempt: &Attempt) -> Result<(), AppError> {
        let _one_at_a_time = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.moment().now;
        let address = by_address(attempt);
        self.pause(school, attempt.login, FREE.0)?;
        if !attempt.address.is_empty() {
            let (_, last) = self.store.sign_in_failures(school, &address)?;
            if now.0 - last > FORGOTTEN_MS {
                self.store.clear_failures(school, &address)?;
            }
            self.pause(school, &address, FREE.1)?;
            self.store.note_failure(school, &address, now)?;
        }
        Ok(self.store.note_failure(school, attempt.login, now)?)
    }

    /// Refuses an attempt that comes too soon after failed ones.
    pub(crate) fn pause(&self, school: SchoolId, name: &str, free: i64) -> Result<(), AppError> {
        let (failures, last) = self.store.sign_in_failures(school, name)?;
        let pause = match usize::try_from(failures - free) {
            Ok(more) => PAUSES.get(more).or(PAUSES.last()).copied().unwrap_or(0) * 1000,
            Err(_) => 0,
        };
        // A failure in the future was noted before the clock was set back: waiting for it could take years.
        let now = self.moment().now.0;
        let left = last + pause - now;
        if pause > 0 && left > 0 && last <= now { Err(AppError::Wait { seconds: (left + 999) / 1000 }) } else { Ok(()) }
    }

    /// The person of a token, if their session lives.
    pub fn person(&self, token: &str) -> Result<Option<Person>, AppError> {
        let found = self.store.session(&passwords::token_hash(token), self.moment(), SESSION)?;
        found.map(|(school, account)| self.person_of(school, &account)).transpose()
    }

    /// Ends a session.
    pub fn sign_out(&self, token: &str) -> Result<(), AppError> {
        Ok(self.store.end_session(&passwords::token_hash(token))?)
    }

    /// Where a person is signed in; `token` is that of the session that asks.
    pub fn own_sessions(&self, person: &Person, token: &str) -> Result<Vec<OwnSession>, AppError> {
        let Some(id) = person.account else { return Ok(Vec::new()) };
        let own = passwords::token_hash(token);
        let lines = self.store.read(person.school, &Reach::NOTHING, self.moment(), |r| r.sessions(id))?;
        let lines = lines.into_iter().map(|line| OwnSession {
            id: session_id(&line.token),
            opened_at: Instant(line.opened_at),
            seen_at: Instant(line.seen_at),
            here: line.token == own,
        });
        Ok(lines.collect())
    }

    /// Ends one of a person's own sessions.
    ///
    /// Errors: [`AppError::SignInRefused`] if the password is wrong, [`AppError::Wait`] after several such.
    pub fn end_own_session(&self, person: &Person, password: &str, session: &str) -> Result<(), AppError> {
        let id = person.account.ok_or(AppError::Denied)?;
        self.confirm_again(person, password)?;
        self.store.write(person.school, &person.actor(), "session.end", "account", self.moment(), |writer| {
            let lines = writer.reader()?.sessions(id)?;
            let line = lines.into_iter().find(|line| session_id(&line.token) == session).ok_or(AppError::NotFound)?;
            writer.end_session_of(id, &line.token)?;
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}

impl Person {
    /// Whether they come in a session, by the hash of its token.
    pub(crate) fn comes_in(&self, token: &[u8]) -> bool {
        let word = session_word(token);
        self.by.iter().any(|(name, value)| *name == SESSION_WORD && *value == word)
    }

    /// Has the log say in which session and from which address they come.
    pub fn comes_with(&mut self, token: &str, address: &str) {
        self.by = vec![(SESSION_WORD, session_word(&passwords::token_hash(token)))];
        if !address.is_empty() {
            self.by.push(("address", address.to_owned()));
        }
    }
}

/// The name that attempts from an address are counted under.
fn by_address(attempt: &Attempt) -> String {
    format!("@{}", attempt.address)
}

/// The name under which the log says in which session someone comes.
const SESSION_WORD: &str = "session";

/// A session as the log names it.
fn session_word(hash: &[u8]) -> String {
    session_id(hash)[..12].to_owned()
}

fn session_id(hash: &[u8]) -> String {
    hex(&passwords::token_hash(&hex(hash)))[..32].to_owned()
}
