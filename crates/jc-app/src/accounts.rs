//! Making accounts, and their passwords.

use crate::app::App;
use crate::error::AppError;
use crate::passwords::{self, Weak};
use crate::person::{Administrator, Person};
use crate::safety::has_three_kinds;
use jc_base::{Date, Finding, Instant, Place, RecordId, RoleId, SchoolId};
use jc_catalog::kinds::Kind;
use jc_catalog::{Operation, Scope};
use jc_store::Reach;
use jc_store::people::{Account, AccountState, SessionLine, Tie};
use jc_store::store::Ending;
use std::sync::PoisonError;

/// How long the one-time link of a first start or an invitation works, in milliseconds.
const LINK_MS: i64 = 72 * 3_600_000;

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What is typed to sign in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Its roles. Only the machine's own person gives some along; else the security officer grants them.
    pub roles: Vec<RoleId>,
    /// The office its roles are held for, where one needs it.
    pub office: Option<String>,
    /// The records it is tied to.
    pub ties: Vec<Tie>,
}

/// A sign-in is just now for so long, in milliseconds.
const JUST_NOW_MS: i64 = 5 * 60_000;

impl App {
    /// Replaces a person's own password. All their sessions end; gives the token of a new one.
    ///
    /// Errors: [`AppError::SignInRefused`] if the old password is wrong, [`AppError::Wait`] after several such.
    pub fn change_password(&self, person: &Person, old: &str, new: &str) -> Result<String, AppError> {
        let moment = self.moment();
        let id = person.account.ok_or(AppError::Denied)?;
        self.confirm_password(person, old)?;
        if new == old {
            let place = Place::Field { field: "password".into() };
            return Err(AppError::finding(Finding::error("APP-122", place)));
        }
        self.check_password(person, new)?;
        let (hash, token) = (passwords::hash(new)?, passwords::token()?);
        self.store.write(person.school, &person.actor(), "account.password", "account", moment, |writer| {
            writer.set_password(id, &hash, "active")?;
            writer.open_session(&passwords::token_hash(&token), id)?;
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        self.store.clear_failures(person.school, &person.login)?;
        Ok(token)
    }

    /// Asks for a person's password again, before something that whoever finds an open screen must not do.
    ///
    /// Errors: [`AppError::SignInRefused`] if it is wrong, [`AppError::Wait`] after several such.
    pub fn confirm_password(&self, person: &Person, password: &str) -> Result<(), AppError> {
        let (moment, id) = (self.moment(), person.account.ok_or(AppError::Denied)?);
        {
            // Counted before it is looked at, so that many at once count as many.
            let _one_at_a_time = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
            self.pause(person.school, &person.login, 5)?;
            self.store.note_failure(person.school, &person.login, moment.now)?;
        }
        let account = self.store.read(person.school, &Reach::NOTHING, moment, |reader| reader.account(id))?;
        let account = account.ok_or(AppError::NotFound)?;
        if !passwords::verify(password, account.password.as_deref()) {
            return Err(AppError::SignInRefused);
        }
        Ok(self.store.forgive_failure(person.school, &person.login)?)
    }

    /// Asks whether it is still the same person, before something that whoever finds an open screen must not do: by the
    /// password, or of an account without one (whoever comes by the campus's sign-in alone) by having signed in just now.
    ///
    /// Errors: as [`confirm_password`](Self::confirm_password), or a finding if the sign-in is older than five minutes.
    pub fn confirm_again(&self, person: &Person, password: &str) -> Result<(), AppError> {
        if self.has_password(person)? {
            return self.confirm_password(person, password);
        }
        let (moment, id) = (self.moment(), person.account.ok_or(AppError::Denied)?);
        let lines = self.store.read(person.school, &Reach::NOTHING, moment, |reader| reader.sessions(id))?;
        let recent = |line: &&SessionLine| (0..=JUST_NOW_MS).contains(&(moment.now.0 - line.opened_at));
        match lines.iter().filter(recent).any(|line| person.comes_in(&line.token)) {
            true => Ok(()),
            false => Err(AppError::finding(Finding::error("APP-134", Place::Whole))),
        }
    }

    /// Whether a person's account has a password here.
    pub fn has_password(&self, person: &Person) -> Result<bool, AppError> {
        let id = person.account.ok_or(AppError::Denied)?;
        let account = self.store.read(person.school, &Reach::NOTHING, self.moment(), |reader| reader.account(id))?;
        Ok(account.ok_or(AppError::NotFound)?.password.is_some())
    }

    /// Refuses passwords that are too short, too long, or easily guessed.
    fn check_password(&self, person: &Person, password: &str) -> Result<(), AppError> {
        let schools = self.schools()?;
        let school = schools.iter().find(|(id, _, _)| *id == person.school).map_or("", |(_, name, _)| name.as_str());
        let refused = |code| Err(AppError::finding(Finding::error(code, Place::Field { field: "password".into() })));
        match passwords::weakness(password, &[&person.login, &person.name, school]) {
            None => {}
            Some(Weak::Length(length)) => {
                let place = Place::Field { field: "password".into() };
                return Err(AppError::finding(Finding::error("APP-009", place).with("length", length)));
            }
            Some(Weak::Common) => return refused("APP-057"),
            Some(Weak::Context) => return refused("APP-058"),
        }
        if self.safety.strict_passwords() && !has_three_kinds(password) {
            return refused("APP-120");
        }
        match self.safety.leaked.as_ref().map(|leaked| leaked.holds(password)) {
            None | Some(Ok(false)) => Ok(()),
            Some(Ok(true)) => refused("APP-121"),
            // Nobody gets past a list that cannot be asked.
            Some(Err(error)) => Err(AppError::Leaked(error)),
        }
    }

    /// The last day a person's password is good for, where passwords are changed every so many days.
    pub fn password_lasts(&self, person: &Person) -> Result<Option<Date>, AppError> {
        let Some(id) = person.account.filter(|_| self.safety.strict_passwords()) else { return Ok(None) };
        let account = self.store.read(person.school, &Reach::NOTHING, self.moment(), |reader| reader.account(id))?;
        let ends = account.and_then(|account| self.safety.password_ends(&account));
        Ok(ends.map(|ends| Instant(ends).local_date(crate::app::ZONE_HOURS)))
    }

    /// Whom the one-time link of an invitation is for.
    pub fn invited(&self, school: SchoolId, token: &str) -> Result<Person, AppError> {
        Ok(Person::of_account(school, &self.invitation(school, token)?, Vec::new()))
    }

    fn invitation(&self, school: SchoolId, token: &str) -> Result<Account, AppError> {
        let moment = self.moment();
        let accounts = self.store.read(school, &Reach::NOTHING, moment, |reader| reader.accounts())?;
        let wanted = jc_trust::hex(&passwords::token_hash(token));
        let invited = accounts.into_iter().find(|a| {
            let (until, hash) = a.state.strip_prefix("invited:").and_then(|s| s.split_once(':')).unwrap_or_default();
            let lives = until.parse::<i64>().is_ok_and(|until| until > moment.now.0) && !a.is_over(moment.today);
            hash == wanted && lives
        });
        invited.ok_or(AppError::NotFound)
    }

    /// The person of an account, tied to what it is tied to, and to the classes whose teacher they are.
    pub fn person_of(&self, school: SchoolId, account: &Account) -> Result<Person, AppError> {
        let catalog = self.catalog();
        let ties = self.store.read(school, &Reach::School, self.moment(), |reader| {
            let mut ties = reader.ties(account.id)?;
            let staff: Vec<RecordId> = ties
                .iter()
                .filter(|t| t.scope == Scope::Own.code() && t.register.as_str() == "staff")
                .map(|t| t.record)
                .collect();
            let class = catalog.find_register("class").zip(catalog.find_register("staff"));
            if let Some((class, of_staff)) = class {
                let declared = &catalog.registers[class];
                for field in declared.fields.iter().filter(|field| field.kind == Kind::Ref(of_staff)) {
                    for person in &staff {
                        let led = reader.ids_where(class, &field.column, *person)?;
                        let scope = Scope::Class.code().to_owned();
                        ties.extend(led.into_iter().map(|record| Tie {
                            scope: scope.clone(),
                            register: declared.id.clone(),
                            record,
                        }));
                    }
                }
            }
            Ok::<_, AppError>(ties)
        })?;
        let mut person = Person::of_account(school, account, ties);
        if !self.safety.lets_hold(&catalog, &person.roles) {
            person.roles.clear();
        }
        let ends = self.safety.password_ends(account);
        person.must_change |= ends.is_some_and(|ends| ends <= self.moment().now.0);
        let needs_factor = person.held(&catalog).any(|role| self.safety.wants_factor(role));
        person.must_enrol = needs_factor && !self.has_second_factor(&person)?;
        Ok(person)
    }

    /// Sets the password of an invited account by its one-time token.
    pub fn set_first_password(&self, school: SchoolId, token: &str, password: &str) -> Result<(), AppError> {
        let moment = self.moment();
        let account = self.invitation(school, token)?;
        let person = Person::of_account(school, &account, Vec::new());
        self.check_password(&person, password)?;
        let hash = passwords::hash(password)?;
        self.store.write(school, &person.actor(), "account.password", "account", moment, |writer| {
            writer.set_password(account.id, &hash, "active")?;
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}

impl Administrator<'_> {
    /// All accounts.
    pub fn accounts(&self) -> Result<Vec<Account>, AppError> {
        Ok(self.app.store.read(self.person.school, &Reach::NOTHING, self.app.moment(), |reader| reader.accounts())?)
    }

    /// Makes an account that is invited to set its password; gives the token of the one-time link.
    pub fn invite(&self, new: &NewAccount) -> Result<String, AppError> {
        self.invite_until(new, None)
    }

    /// The same for an account that can be used until a day: of someone here for a time.
    pub fn invite_until(&self, new: &NewAccount, last: Option<Date>) -> Result<String, AppError> {
        if last.is_some_and(|last| last < self.app.moment().today) {
            let place = Place::Field { field: "last_day".into() };
            return Err(AppError::finding(Finding::error("APP-123", place)));
        }
        let token = passwords::token()?;
        let Instant(now) = self.app.moment().now;
        let hash = jc_trust::hex(&passwords::token_hash(&token));
        self.make(new, None, &format!("invited:{}:{hash}", now + LINK_MS), last)?;
        Ok(token)
    }

    /// Gives an invited person another one-time link; the one before works no more.
    pub fn invite_again(&self, id: RecordId) -> Result<String, AppError> {
        let token = passwords::token()?;
        let Instant(now) = self.app.moment().now;
        let hash = jc_trust::hex(&passwords::token_hash(&token));
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "account.invite", "account", self.app.moment(), |writer| {
            let account = writer.reader()?.account(id)?.ok_or(AppError::NotFound)?;
            if account.account_state() != AccountState::Invited {
                return Err(AppError::WrongState);
            }
            writer.note("login", account.login.clone());
            writer.set_account_state(id, &format!("invited:{}:{hash}", now + LINK_MS))?;
            Ok(Ending::Keep(()))
        })?;
        Ok(token)
    }

    /// Makes an account with a password: for the sample college.
    pub fn create(&self, new: &NewAccount, password: &str) -> Result<RecordId, AppError> {
        let hash = passwords::hash(password)?;
        self.make(new, Some(hash), "active", None)
    }

    fn make(
        &self,
        new: &NewAccount,
        password: Option<String>,
        state: &str,
        last: Option<Date>,
    ) -> Result<RecordId, AppError> {
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | '/' | '\\');
        if new.login.is_empty() || new.login.chars().count() > 60 || new.login.contains(odd) {
            let place = Place::Field { field: "login".into() };
            return Err(AppError::finding(Finding::error("APP-060", place)));
        }
        if !new.roles.is_empty() || !new.ties.is_empty() {
            // Whoever makes accounts does not grant rights.
            self.app.permit(self.person, Operation::ManageRoles)?;
            crate::officers::fitting(&self.app.catalog(), &new.roles, new.office.as_deref())?;
        }
        let (store, school) = (&self.app.store, self.person.school);
        let made =
            store.write(school, &self.person.actor(), "account.create", "account", self.app.moment(), |writer| {
                let account = Account {
                    id: writer.new_id(),
                    login: new.login.clone(),
                    name: new.name.clone(),
                    roles: new.roles.clone(),
                    office: new.office.clone(),
                    password: password.clone(),
                    state: state.to_owned(),
                    password_at: None,
                    last_day: last,
                };
                writer.create_account(&account)?;
                writer.note("login", new.login.clone());
                writer.note("role", crate::officers::words(&new.roles));
                if let Some(last) = last {
                    writer.note("last_day", last.to_string());
                }
                if !new.ties.is_empty() {
                    writer.set_ties(account.id, &new.ties)?;
                }
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
