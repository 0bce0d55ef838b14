//! What a security officer does to accounts: roles, ties to people, states, sessions. Never to the own account, and
//! each time a line in the log.

use crate::api_tokens::Token;
use crate::error::AppError;
use crate::person::SecurityOfficer;
use jc_base::{Date, Finding, Lang, Place, RecordId, RoleId};
use jc_catalog::roles::Clash;
use jc_catalog::{Catalog, Scope};
use jc_store::links::Link;
use jc_store::people::{Account, AccountState, SessionLine, Tie};
use jc_store::store::Ending;
use jc_store::{Reach, Reader, Writer};

/// Roles in a line, as the log keeps them.
pub(crate) fn words(roles: &[RoleId]) -> String {
    roles.iter().map(RoleId::as_str).collect::<Vec<_>>().join(" ")
}

/// Refuses roles that do not exist, exclude each other, or lack the office they are held for.
pub(crate) fn fitting(catalog: &Catalog, roles: &[RoleId], office: Option<&str>) -> Result<(), AppError> {
    let place = || Place::Field { field: "roles".into() };
    let name = |id: &RoleId| catalog.roles.find(id.as_str()).map_or_else(|| id.to_string(), |r| r.name.zh.clone());
    if let Some(unknown) = roles.iter().find(|id| catalog.roles.find(id.as_str()).is_none()) {
        return Err(AppError::finding(Finding::error("APP-051", place()).with("role", unknown)));
    }
    match catalog.roles.clash(roles) {
        None => {}
        Some(Clash::Alone(role)) => {
            return Err(AppError::finding(Finding::error("APP-052", place()).with("role", role.name.get(Lang::Zh))));
        }
        Some(Clash::Excluded(exclusion)) => {
            return Err(AppError::finding(Finding::error("APP-053", place()).with("say", exclusion.say.get(Lang::Zh))));
        }
        Some(Clash::OneHand(one, other)) => {
            let finding = Finding::error("APP-054", place()).with("one", one.code()).with("other", other.code());
            return Err(AppError::finding(finding));
        }
    }
    let bound = roles.iter().find(|id| catalog.roles.find(id.as_str()).is_some_and(jc_catalog::Role::needs_office));
    let known = office.is_some_and(|office| catalog.offices.iter().any(|known| known.id == office));
    match bound {
        Some(role) if !known => {
            let place = Place::Field { field: "office".into() };
            Err(AppError::finding(Finding::error("APP-055", place).with("role", name(role))))
        }
        _ => Ok(()),
    }
}

/// An account with what it is tied to.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The account.
    pub account: Account,
    /// The records it is tied to, each with its label.
    pub ties: Vec<Tie>,
    /// Where it is signed in.
    pub sessions: Vec<SessionLine>,
    /// The tokens of its programs.
    pub tokens: Vec<Token>,
    /// What it is linked to elsewhere.
    pub links: Vec<Link>,
}

impl SecurityOfficer<'_> {
    /// All accounts, by login.
    pub fn accounts(&self) -> Result<Vec<Account>, AppError> {
        self.read(|reader| Ok(reader.accounts()?))
    }

    /// An account with its ties and sessions.
    pub fn account(&self, id: RecordId) -> Result<Whole, AppError> {
        self.read(|reader| {
            let account = reader.account(id)?.ok_or(AppError::NotFound)?;
            let tokens = reader.tokens(id)?.into_iter().map(Token::of).collect();
            Ok(Whole {
                account,
                ties: reader.ties(id)?,
                sessions: reader.sessions(id)?,
                tokens,
                links: reader.links(id)?,
            })
        })
    }

    /// Grants exactly these roles. All sessions of the account end.
    pub fn grant(&self, id: RecordId, roles: &[RoleId], office: Option<&str>) -> Result<(), AppError> {
        fitting(&self.catalog, roles, office)?;
        self.change(id, "account.roles", |writer, account| {
            writer.note("role", words(roles));
            writer.note("before", words(&account.roles));
            Ok(writer.set_roles(id, roles, office)?)
        })
    }

    /// Ties an account to exactly these records, found by the keys people know them by. All its sessions end.
    pub fn tie(&self, id: RecordId, ties: &[Tie]) -> Result<(), AppError> {
        self.change(id, "account.ties", |writer, _| {
            for tie in ties {
                let scope = Scope::from_code(&tie.scope).ok_or(AppError::NotFound)?;
                let register = self.catalog.find_register(tie.register.as_str()).ok_or(AppError::NotFound)?;
                if !scope.anchors().contains(&tie.register.as_str()) {
                    return Err(AppError::NotFound);
                }
                writer.reader()?.find(register, tie.record)?.ok_or(AppError::NotFound)?;
            }
            writer.note(
                "ties",
                ties.iter().map(|t| format!("{}:{}:{}", t.scope, t.register, t.record)).collect::<Vec<_>>(),
            );
            Ok(writer.set_ties(id, ties)?)
        })
    }

    /// The record that someone names by its key, such as a student number: what an account is tied to.
    pub fn find(&self, register: &str, key: &str) -> Result<Option<RecordId>, AppError> {
        let register = self.catalog.find_register(register).ok_or(AppError::NotFound)?;
        let declared = &self.catalog.registers[register];
        self.app.store.read(self.person.school, &Reach::School, self.app.moment(), |reader| {
            let [field] = declared.key.as_slice() else { return Ok(None) };
            let mut values = vec![jc_base::Value::Missing; declared.fields.len()];
            values[*field] = jc_base::Value::Text(key.trim().to_owned());
            Ok(reader.find_by_key(register, &values)?.map(|record| record.id))
        })
    }

    /// The key of a record that an account is tied to: how the officer wrote it down, and nothing else of it.
    pub fn key_of(&self, tie: &Tie) -> Result<String, AppError> {
        let register = self.catalog.find_register(tie.register.as_str()).ok_or(AppError::NotFound)?;
        let declared = &self.catalog.registers[register];
        self.app.store.read(self.person.school, &Reach::School, self.app.moment(), |reader| {
            let Some(record) = reader.find(register, tie.record)? else { return Ok(String::new()) };
            Ok(declared.key.first().map_or_else(String::new, |ix| declared.fields[*ix].kind.edit(&record.values[*ix])))
        })
    }

    /// Suspends an account, or says that whoever it was has left: no session lives, no sign-in works.
    pub fn close(&self, id: RecordId, state: AccountState) -> Result<(), AppError> {
        if !matches!(state, AccountState::Suspended | AccountState::Left) {
            return Err(AppError::WrongState);
        }
        self.change(id, "account.close", |writer, _| {
            writer.note("state", state.code());
            Ok(writer.set_account_state(id, state.code())?)
        })
    }

    /// Lets a suspended account sign in again; the password must be changed first.
    pub fn open(&self, id: RecordId) -> Result<(), AppError> {
        self.change(id, "account.open", |writer, account| {
            if account.account_state().may_be_here() || account.password.is_none() {
                return Err(AppError::WrongState);
            }
            Ok(writer.set_account_state(id, AccountState::MustChange.code())?)
        })
    }

    /// Sets the last day an account can be used, or that it has none. Over at once if the day is past.
    pub fn set_last_day(&self, id: RecordId, last: Option<Date>) -> Result<(), AppError> {
        self.change(id, "account.last-day", |writer, account| {
            let word = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
            writer.note("last_day", word(last));
            writer.note("before", word(account.last_day));
            Ok(writer.set_last_day(id, last)?)
        })
    }

    /// Lets someone who forgot their password set another: the old one works no more, and whoever makes accounts gives them a
    /// one-time link. Neither of the two can take an account over alone.
    pub fn let_set_password(&self, id: RecordId) -> Result<(), AppError> {
        self.change(id, "account.password.lost", |writer, account| {
            if !account.account_state().may_be_here() {
                return Err(AppError::WrongState);
            }
            // Invited, by a link that nobody has.
            Ok(writer.set_account_state(id, AccountState::Invited.code())?)
        })
    }

    /// Takes a lost second factor away.
    pub fn drop_second_factor(&self, id: RecordId) -> Result<(), AppError> {
        self.change(id, "account.factor.drop", |writer, _| Ok(writer.drop_second_factor(id)?))
    }

    /// Ends all sessions of an account.
    pub fn end_sessions(&self, id: RecordId) -> Result<(), AppError> {
        self.change(id, "session.end", |writer, _| Ok(writer.end_sessions(id)?))
    }

    fn read<T>(&self, work: impl FnOnce(&mut Reader) -> Result<T, AppError>) -> Result<T, AppError> {
        self.app.store.read(self.person.school, &Reach::NOTHING, self.app.moment(), work)
    }

    pub(crate) fn change(
        &self,
        id: RecordId,
        action: &str,
        work: impl FnOnce(&mut Writer, &Account) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        if self.person.account == Some(id) {
            return Err(AppError::finding(Finding::error("APP-056", Place::Whole)));
        }
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, action, "account", self.app.moment(), |writer| {
            let account = writer.reader()?.account(id)?.ok_or(AppError::NotFound)?;
            writer.note("login", account.login.clone());
            work(writer, &account)?;
            Ok(Ending::Keep(()))
        })
    }
}
