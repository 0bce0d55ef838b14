//! Who is asking, and what they may do. A guard is handed out once, for a person and a register; what it can do
//! cannot be done without it.

use crate::app::App;
use crate::error::AppError;
use jc_base::{RecordId, SchoolId};
use jc_catalog::{Catalog, Register};
use jc_store::people::Account;
use jc_store::{Actor, Reader};
use std::sync::Arc;

/// A role in the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Makes accounts; keeps and verifies nothing.
    Administrator,
    /// 校领导: sees everything.
    Leadership,
    /// 办公室: sees everything, writes reports, checks texts.
    Office,
    /// 填报员: keeps the registers of an office.
    Keeper,
    /// 审核人: verifies the registers that an office verifies.
    Verifier,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 5] = [Role::Administrator, Role::Leadership, Role::Office, Role::Keeper, Role::Verifier];

    /// The word stored with accounts; also the message id `role-…`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Leadership => "leadership",
            Role::Office => "office",
            Role::Keeper => "keeper",
            Role::Verifier => "verifier",
        }
    }

    /// The role of a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Someone who is signed in, or who sits at the machine's command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their school.
    pub school: SchoolId,
    /// Their account; nothing at the command line.
    pub account: Option<RecordId>,
    /// Their login, or `system`.
    pub login: String,
    /// Their name as shown.
    pub name: String,
    /// Their role; nothing at the command line, which may keep every register and verify none.
    pub role: Option<Role>,
    /// The office of a keeper or verifier.
    pub office: Option<String>,
}

impl Person {
    /// Whoever sits at the command line of the machine the data is on.
    pub fn command_line(school: SchoolId) -> Self {
        Self { school, account: None, login: "system".into(), name: "system".into(), role: None, office: None }
    }

    /// The person of an account; nothing if its role is not one we know.
    pub fn of_account(school: SchoolId, account: &Account) -> Option<Self> {
        Some(Self {
            school,
            account: Some(account.id),
            login: account.login.clone(),
            name: account.name.clone(),
            role: Some(Role::from_code(&account.role)?),
            office: account.office.clone(),
        })
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor { account: self.account, name: self.login.clone() }
    }

    fn holds(&self, role: Role, catalog: &Catalog, office: usize) -> bool {
        self.role == Some(role)
            && self.office.as_deref().is_some_and(|own| catalog.offices.get(office).is_some_and(|o| o.id == own))
    }

    /// Whether this person keeps a register.
    pub fn keeps(&self, catalog: &Catalog, register: &Register) -> bool {
        self.role.is_none() || self.holds(Role::Keeper, catalog, register.kept_by)
    }

    /// Whether this person verifies a register.
    pub fn verifies(&self, catalog: &Catalog, register: &Register) -> bool {
        self.holds(Role::Verifier, catalog, register.verified_by)
    }
}

/// May read the records and figures of the school.
pub struct Viewer<'a> {
    pub(crate) app: &'a App,
    pub(crate) person: &'a Person,
    pub(crate) catalog: Arc<Catalog>,
}

/// May write the records of one register.
pub struct Keeper<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) register: usize,
}

/// May accept and return the records of one register that others kept.
pub struct Verifier<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) register: usize,
}

/// May make accounts.
pub struct Administrator<'a> {
    pub(crate) app: &'a App,
    pub(crate) person: &'a Person,
}

impl App {
    /// The right to read.
    pub fn viewer<'a>(&'a self, person: &'a Person) -> Viewer<'a> {
        Viewer { app: self, person, catalog: self.catalog() }
    }

    /// The right to write a register.
    pub fn keeper<'a>(&'a self, person: &'a Person, register: usize) -> Result<Keeper<'a>, AppError> {
        let viewer = self.viewer(person);
        let declared = viewer.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if !person.keeps(&viewer.catalog, declared) {
            return Err(AppError::Denied);
        }
        Ok(Keeper { viewer, register })
    }

    /// The right to verify a register.
    pub fn verifier<'a>(&'a self, person: &'a Person, register: usize) -> Result<Verifier<'a>, AppError> {
        let viewer = self.viewer(person);
        let declared = viewer.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if !person.verifies(&viewer.catalog, declared) {
            return Err(AppError::Denied);
        }
        Ok(Verifier { viewer, register })
    }

    /// The right to make accounts.
    pub fn administrator<'a>(&'a self, person: &'a Person) -> Result<Administrator<'a>, AppError> {
        match person.role {
            None | Some(Role::Administrator) => Ok(Administrator { app: self, person }),
            _ => Err(AppError::Denied),
        }
    }
}

impl Viewer<'_> {
    /// The catalog in force when the guard was handed out.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Who looks.
    pub fn person(&self) -> &Person {
        self.person
    }

    /// Whether records may be looked at. An administrator makes accounts and sees figures, but nobody's data.
    pub fn sees_records(&self) -> bool {
        self.person.role != Some(Role::Administrator)
    }

    /// Refuses whoever may not look at records.
    pub(crate) fn records_only(&self) -> Result<(), AppError> {
        if self.sees_records() { Ok(()) } else { Err(AppError::Denied) }
    }

    /// Whether this person may have a masked field of a register shown in full: who works with it.
    pub fn may_reveal(&self, register: usize) -> bool {
        let declared = &self.catalog.registers[register];
        self.person.keeps(&self.catalog, declared) || self.person.verifies(&self.catalog, declared)
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Reader) -> Result<T, AppError>) -> Result<T, AppError> {
        self.app.store.read(self.person.school, self.app.moment(), work)
    }
}

impl<'a> Keeper<'a> {
    /// What the keeper may also do: read.
    pub fn viewer(&self) -> &Viewer<'a> {
        &self.viewer
    }

    pub(crate) fn declared(&self) -> &Register {
        &self.viewer.catalog.registers[self.register]
    }
}

impl<'a> Verifier<'a> {
    /// What the verifier may also do: read.
    pub fn viewer(&self) -> &Viewer<'a> {
        &self.viewer
    }

    pub(crate) fn declared(&self) -> &Register {
        &self.viewer.catalog.registers[self.register]
    }
}
