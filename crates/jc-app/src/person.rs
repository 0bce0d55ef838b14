//! Who is asking, and what they may do. A guard is handed out once, for a person and a register; what it can do
//! cannot be done without it.

use crate::app::App;
use crate::error::AppError;
use jc_base::{RecordId, RoleId, SchoolId, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Operation, Register, Role, Scope};
use jc_store::people::{Account, AccountState, Tie};
use jc_store::reach::Extent;
use jc_store::seal::Correction;
use jc_store::{Actor, Reach, Reader};
use std::sync::Arc;

/// Someone who is signed in, or who sits at the machine's command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their school.
    pub school: SchoolId,
    /// Their account; nothing at the command line, which may do everything but verify.
    pub account: Option<RecordId>,
    /// Their login, or `system`.
    pub login: String,
    /// Their name as shown.
    pub name: String,
    /// Their roles.
    pub roles: Vec<RoleId>,
    /// The office their roles are held for, where one needs it.
    pub office: Option<String>,
    /// The records their account is tied to.
    pub ties: Vec<Tie>,
    /// Whether they must change their password before anything else.
    pub must_change: bool,
    /// Whether they must begin with a second factor before anything else.
    pub must_enrol: bool,
    /// For a program that comes in their name: what of theirs it is given.
    pub given: Option<Vec<Operation>>,
    /// What the log says of how they come: from which address, in which session, by which token.
    pub by: Vec<(&'static str, String)>,
}

impl Person {
    /// Whoever sits at the command line of the machine the data is on.
    pub fn command_line(school: SchoolId) -> Self {
        Self {
            school,
            account: None,
            login: "system".into(),
            name: "system".into(),
            roles: Vec::new(),
            office: None,
            ties: Vec::new(),
            must_change: false,
            must_enrol: false,
            given: None,
            by: Vec::new(),
        }
    }

    /// The person of an account, tied to these records.
    pub fn of_account(school: SchoolId, account: &Account, ties: Vec<Tie>) -> Self {
        Self {
            school,
            account: Some(account.id),
            login: account.login.clone(),
            name: account.name.clone(),
            roles: account.roles.clone(),
            office: account.office.clone(),
            ties,
            must_change: account.account_state() == AccountState::MustChange,
            must_enrol: false,
            given: None,
            by: Vec::new(),
        }
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor { account: self.account, name: self.login.clone(), by: self.by.clone() }
    }

    fn is_machine(&self) -> bool {
        self.account.is_none()
    }

    /// The roles held that the catalog knows.
    pub fn held<'c>(&'c self, catalog: &'c Catalog) -> impl Iterator<Item = &'c Role> {
        self.roles.iter().filter_map(|id| catalog.roles.find(id.as_str()))
    }

    /// The roles held that give this person an operation, if whoever comes in their name is given it too.
    pub fn roles_for<'c>(&'c self, catalog: &'c Catalog, operation: Operation) -> impl Iterator<Item = &'c Role> {
        let given = self.given.as_ref().is_none_or(|given| given.contains(&operation));
        self.held(catalog).filter(move |role| given && role.holds(operation))
    }

    /// Whether a role of this person holds an operation.
    pub fn may(&self, catalog: &Catalog, operation: Operation) -> bool {
        if self.is_machine() {
            return operation != Operation::VerifyRecords;
        }
        self.roles_for(catalog, operation).next().is_some()
    }

    fn is_of(&self, catalog: &Catalog, office: usize) -> bool {
        self.office.as_deref().is_some_and(|own| catalog.offices.get(office).is_some_and(|o| o.id == own))
    }

    /// Whether this person keeps a register, or a part of it.
    pub fn keeps(&self, catalog: &Catalog, register: &Register) -> bool {
        self.keeps_for_office(catalog, register) || !self.writes_as(catalog, register).is_empty()
    }

    fn keeps_for_office(&self, catalog: &Catalog, register: &Register) -> bool {
        let own = self.is_machine() || self.is_of(catalog, register.kept_by);
        own && self.may(catalog, Operation::KeepRecords) && self.sees(catalog, register, Operation::KeepRecords)
    }

    /// The people this person is in a register that is open to their role: they write the records that name them.
    pub fn writes_as(&self, catalog: &Catalog, register: &Register) -> Vec<RecordId> {
        let Some(own) = &register.own else { return Vec::new() };
        let Kind::Ref(people) = register.fields[own.field].kind else { return Vec::new() };
        if !self.roles_for(catalog, Operation::KeepOwn).any(|role| own.roles.contains(&role.id)) {
            return Vec::new();
        }
        let people = &catalog.registers[people].id;
        let ties = self.ties.iter().filter(|tie| tie.scope == Scope::Own.code() && tie.register == *people);
        ties.map(|tie| tie.record).collect()
    }

    /// Whether this person verifies a register, or a part of it.
    pub fn verifies(&self, catalog: &Catalog, register: &Register) -> bool {
        self.is_of(catalog, register.verified_by)
            && self.may(catalog, Operation::VerifyRecords)
            && self.sees(catalog, register, Operation::VerifyRecords)
    }

    fn sees(&self, catalog: &Catalog, register: &Register, operation: Operation) -> bool {
        let position = catalog.find_register(register.id.as_str());
        position.is_some_and(|at| self.reach(catalog, operation).extent(catalog, at) != Extent::None)
    }

    /// How far this person sees for an operation: as far as the widest of the roles that hold it.
    pub fn reach(&self, catalog: &Catalog, operation: Operation) -> Reach {
        if self.is_machine() {
            return if self.may(catalog, operation) { Reach::School } else { Reach::NOTHING };
        }
        let mut circles = Vec::new();
        for role in self.roles_for(catalog, operation) {
            match crate::rights::reach_of(catalog, self, role, operation) {
                Reach::School => return Reach::School,
                Reach::Within(own) => circles.extend(own),
            }
        }
        Reach::Within(circles)
    }
}

/// May read what the person's roles let them: figures, records within their reach.
pub struct Viewer<'a> {
    pub(crate) app: &'a App,
    pub(crate) person: &'a Person,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) reach: Reach,
}

/// May write the records of one register.
pub struct Keeper<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) register: usize,
    pub(crate) reach: Reach,
    /// For whoever writes only what names themself: who they are in it.
    pub(crate) written_as: Option<Vec<RecordId>>,
    pub(crate) why: Option<Correction>,
    /// The number under which a write is done once.
    pub(crate) once: Option<String>,
}

/// May accept and return the records of one register that others kept.
pub struct Verifier<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) register: usize,
    pub(crate) reach: Reach,
    pub(crate) why: Option<Correction>,
}

/// May make accounts.
pub struct Administrator<'a> {
    pub(crate) app: &'a App,
    pub(crate) person: &'a Person,
}

/// May grant roles, tie accounts to people, suspend accounts and end their sessions.
pub struct SecurityOfficer<'a> {
    pub(crate) app: &'a App,
    pub(crate) person: &'a Person,
    pub(crate) catalog: Arc<Catalog>,
}

impl App {
    /// The right to read: as much as the person's roles give.
    pub fn viewer<'a>(&'a self, person: &'a Person) -> Viewer<'a> {
        let catalog = self.catalog();
        let reach = person.reach(&catalog, Operation::ReadRecords);
        Viewer { app: self, person, catalog, reach }
    }

    /// The right to write a register.
    pub fn keeper<'a>(&'a self, person: &'a Person, register: usize) -> Result<Keeper<'a>, AppError> {
        let viewer = self.viewer(person);
        let declared = viewer.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if !person.keeps(&viewer.catalog, declared) {
            return Err(AppError::Denied);
        }
        if person.keeps_for_office(&viewer.catalog, declared) {
            let reach = person.reach(&viewer.catalog, Operation::KeepRecords);
            return Ok(Keeper { viewer, register, reach, written_as: None, why: None, once: None });
        }
        let written_as = Some(person.writes_as(&viewer.catalog, declared));
        let reach = person.reach(&viewer.catalog, Operation::KeepOwn);
        Ok(Keeper { viewer, register, reach, written_as, why: None, once: None })
    }

    /// The right to verify a register.
    pub fn verifier<'a>(&'a self, person: &'a Person, register: usize) -> Result<Verifier<'a>, AppError> {
        let viewer = self.viewer(person);
        let declared = viewer.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if !person.verifies(&viewer.catalog, declared) {
            return Err(AppError::Denied);
        }
        let reach = person.reach(&viewer.catalog, Operation::VerifyRecords);
        Ok(Verifier { viewer, register, reach, why: None })
    }

    /// The right to make accounts.
    pub fn administrator<'a>(&'a self, person: &'a Person) -> Result<Administrator<'a>, AppError> {
        self.permit(person, Operation::ManageAccounts)?;
        Ok(Administrator { app: self, person })
    }

    /// The right to grant roles.
    pub fn security_officer<'a>(&'a self, person: &'a Person) -> Result<SecurityOfficer<'a>, AppError> {
        self.permit(person, Operation::ManageRoles)?;
        Ok(SecurityOfficer { app: self, person, catalog: self.catalog() })
    }

    /// Refuses whoever holds no role with an operation. Says nothing about what exists.
    pub fn permit(&self, person: &Person, operation: Operation) -> Result<(), AppError> {
        if person.may(&self.catalog(), operation) { Ok(()) } else { Err(AppError::Denied) }
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

    /// Whether a role of this person holds an operation.
    pub fn may(&self, operation: Operation) -> bool {
        self.person.may(&self.catalog, operation)
    }

    /// Refuses whoever does not sit at the machine.
    pub(crate) fn machine_only(&self) -> Result<(), AppError> {
        if self.person.is_machine() { Ok(()) } else { Err(AppError::Denied) }
    }

    /// Refuses whoever holds no role with an operation.
    pub(crate) fn needs(&self, operation: Operation) -> Result<(), AppError> {
        if self.may(operation) { Ok(()) } else { Err(AppError::Denied) }
    }

    /// How much of a register this person may look at.
    pub fn extent(&self, register: usize) -> Extent {
        self.reach.extent(&self.catalog, register)
    }

    /// Whether any record of a register may be looked at.
    pub fn sees_register(&self, register: usize) -> bool {
        self.extent(register) != Extent::None
    }

    /// Refuses whoever may not look at records; a register none of which is in reach answers with nothing.
    pub(crate) fn records_only(&self) -> Result<(), AppError> {
        self.needs(Operation::ReadRecords)
    }

    /// Whether this person may have a masked field of a register shown in full: who works with it.
    pub fn may_reveal(&self, register: usize) -> bool {
        self.works_with(register, Operation::RevealFields)
    }

    /// Whether a role holds an operation on a register: one bound to an office for what that keeps or verifies.
    pub(crate) fn works_with(&self, register: usize, operation: Operation) -> bool {
        if self.person.is_machine() {
            return self.may(operation);
        }
        let Some(declared) = self.catalog.registers.get(register) else { return false };
        let own = self.person.is_of(&self.catalog, declared.kept_by)
            || self.person.is_of(&self.catalog, declared.verified_by);
        let extent = |role: &Role| {
            crate::rights::reach_of(&self.catalog, self.person, role, operation).extent(&self.catalog, register)
        };
        let fits = |role: &Role| (role.scope != Scope::Office || own) && extent(role) != Extent::None;
        self.person.roles_for(&self.catalog, operation).any(fits)
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Reader) -> Result<T, AppError>) -> Result<T, AppError> {
        self.read_within(&self.reach, work)
    }

    pub(crate) fn read_within<T>(
        &self,
        reach: &Reach,
        work: impl FnOnce(&mut Reader) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        self.app.store.read(self.person.school, reach, self.app.moment(), work)
    }
}

impl<'a> Keeper<'a> {
    /// The same right, with the reason for which what a closed page counts may be changed.
    #[must_use]
    pub fn because(self, why: Option<Correction>) -> Self {
        Self { why, ..self }
    }

    /// The same right, with the number of a form: what is asked for twice under it is done once.
    #[must_use]
    pub fn once(self, number: &str) -> Self {
        let number = number.trim();
        Self { once: (!number.is_empty() && number.len() <= 64).then(|| number.to_owned()), ..self }
    }

    /// What the keeper may also do: read.
    pub fn viewer(&self) -> &Viewer<'a> {
        &self.viewer
    }

    pub(crate) fn declared(&self) -> &Register {
        &self.viewer.catalog.registers[self.register]
    }

    /// Whether values name the person who writes, where they write only such.
    pub(crate) fn names_them(&self, values: &[Value]) -> bool {
        let (Some(them), Some(own)) = (&self.written_as, &self.declared().own) else { return true };
        values.get(own.field).and_then(Value::as_ref_id).is_some_and(|named| them.contains(&named))
    }

    /// Whether only a part of the register is this person's to keep.
    pub(crate) fn is_narrow(&self) -> bool {
        self.reach.extent(&self.viewer.catalog, self.register) != Extent::All
    }
}

impl<'a> Verifier<'a> {
    /// The same right, with the reason for which what a closed page counts may be changed.
    #[must_use]
    pub fn because(self, why: Option<Correction>) -> Self {
        Self { why, ..self }
    }

    /// What the verifier may also do: read.
    pub fn viewer(&self) -> &Viewer<'a> {
        &self.viewer
    }

    pub(crate) fn declared(&self) -> &Register {
        &self.viewer.catalog.registers[self.register]
    }
}
