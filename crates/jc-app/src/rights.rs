//! What a role comes to for a person: how far it sees, and why something is visible.

use crate::error::AppError;
use crate::person::{Person, Viewer};
use jc_base::{RecordId, RegisterId, RoleId};
use jc_catalog::belonging::Way;
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Operation, Privacy, Role, Scope};
use jc_store::Reach;
use jc_store::reach::{Circle, Extent};

/// How far a role lets a person see for an operation it holds.
pub(crate) fn reach_of(catalog: &Catalog, person: &Person, role: &Role, operation: Operation) -> Reach {
    let mut circles = Vec::new();
    match role.scope {
        Scope::School => return Reach::School,
        Scope::Office => circles.push(Circle::Registers(of_office(catalog, person.office.as_deref()))),
        Scope::Department | Scope::Class | Scope::Own | Scope::Child => {
            for anchor in role.scope.anchors() {
                let own = person.ties.iter().filter(|t| t.scope == role.scope.code() && t.register.as_str() == *anchor);
                let ids: Vec<RecordId> = own.map(|tie| tie.record).collect();
                if !ids.is_empty() {
                    circles.push(Circle::Around { anchor: RegisterId::from(*anchor), ids });
                }
            }
        }
        Scope::None => {}
    }
    if operation == Operation::ReadRecords && !role.also.is_empty() {
        circles.push(Circle::Registers(role.also.clone()));
    }
    Reach::Within(circles)
}

/// The registers an office keeps or verifies, and those they refer to, directly or in turn.
fn of_office(catalog: &Catalog, office: Option<&str>) -> Vec<RegisterId> {
    let Some(office) = office.and_then(|id| catalog.offices.iter().position(|o| o.id == id)) else {
        return Vec::new();
    };
    let own = |register: &jc_catalog::Register| register.kept_by == office || register.verified_by == office;
    let mut seen: Vec<bool> = catalog.registers.iter().map(own).collect();
    // Registers stand behind those they refer to: one pass from the end reaches all.
    for (ix, register) in catalog.registers.iter().enumerate().rev() {
        if seen[ix] {
            for field in &register.fields {
                if let Kind::Ref(target) | Kind::Refs(target) = field.kind {
                    seen[target] = true;
                }
            }
        }
    }
    catalog.registers.iter().zip(seen).filter(|(_, seen)| *seen).map(|(register, _)| register.id.clone()).collect()
}

/// One reason why a record is visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The role that lets it be seen.
    pub role: RoleId,
    /// The role's scope.
    pub scope: Scope,
    /// The rule.
    pub rule: Rule,
}

/// The rule by which a role lets a record be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The role sees the whole school.
    WholeSchool,
    /// The account's office keeps the register.
    OfficeKeeps,
    /// The account's office verifies the register.
    OfficeVerifies,
    /// A register of the account's office refers to it.
    OfficeRefersTo,
    /// The role sees this register as a whole.
    WholeRegister,
    /// The record belongs to a record that the account is tied to: which, and by which way.
    BelongsTo(RegisterId, RecordId, Way),
}

/// Why a field is covered, or that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// It is shown.
    Open,
    /// It is sensitive: a reason uncovers it, and that is noted.
    ForAReason,
    /// It is sensitive, and none of the person's roles may uncover it here.
    Closed,
}

impl Viewer<'_> {
    /// Why this person sees a record: every role that lets them, with its rule.
    ///
    /// Errors: [`AppError::NotFound`] if they do not see it, which answers like one that is not there.
    pub fn why(&self, register: usize, id: RecordId) -> Result<Vec<Reason>, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| reader.find(register, id)?.map(drop).ok_or(AppError::NotFound))?;
        let mut reasons = Vec::new();
        for role in self.person.roles_for(&self.catalog, Operation::ReadRecords) {
            let mut tell = |rule| reasons.push(Reason { role: role.id.clone(), scope: role.scope, rule });
            let circles = match reach_of(&self.catalog, self.person, role, Operation::ReadRecords) {
                Reach::School => {
                    tell(Rule::WholeSchool);
                    continue;
                }
                Reach::Within(circles) => circles,
            };
            for circle in circles {
                match circle {
                    Circle::Registers(ids) if !ids.contains(&declared.id) => {}
                    Circle::Registers(_) if role.also.contains(&declared.id) => tell(Rule::WholeRegister),
                    Circle::Registers(_) => tell(self.by_office(declared)),
                    Circle::Around { anchor, ids } => {
                        for (tied, way) in self.ways_to(register, id, &anchor, &ids)? {
                            tell(Rule::BelongsTo(anchor.clone(), tied, way));
                        }
                    }
                }
            }
        }
        Ok(reasons)
    }

    fn by_office(&self, register: &jc_catalog::Register) -> Rule {
        let own =
            |office: usize| self.catalog.offices.get(office).map(|o| o.id.as_str()) == self.person.office.as_deref();
        match (own(register.kept_by), own(register.verified_by)) {
            (true, _) => Rule::OfficeKeeps,
            (false, true) => Rule::OfficeVerifies,
            (false, false) => Rule::OfficeRefersTo,
        }
    }

    /// Which of some records a record belongs to, and how.
    fn ways_to(
        &self,
        register: usize,
        id: RecordId,
        anchor: &RegisterId,
        tied: &[RecordId],
    ) -> Result<Vec<(RecordId, Way)>, AppError> {
        let Some(at) = self.catalog.find_register(anchor.as_str()) else { return Ok(Vec::new()) };
        let ways = self.catalog.belonging.ways(register, at);
        let mut found = Vec::new();
        for one in tied {
            let circle = Circle::Around { anchor: anchor.clone(), ids: vec![*one] };
            let alone = Reach::Within(vec![circle]);
            let seen = self.read_within(&alone, |reader| Ok(reader.find(register, id)?))?;
            let Some(record) = seen else { continue };
            let tells = |way: &&Way| match way {
                Way::Itself => record.id == *one,
                Way::Column(column) => jc_figures::contribution::value(&record, *column).as_ref_id() == Some(*one),
                Way::Members(field) => record.values[*field].ref_ids().contains(one),
                Way::Through { .. } => true,
            };
            found.extend(ways.iter().find(tells).map(|way| (*one, *way)));
        }
        Ok(found)
    }

    /// Whether a field of a register's records is covered for this person.
    pub fn cover(&self, register: usize, field: usize) -> Cover {
        let declared = self.catalog.registers.get(register).and_then(|register| register.fields.get(field));
        match declared {
            Some(field) if field.privacy < Privacy::Sensitive && field.kind != Kind::IdNumber => Cover::Open,
            _ if self.may_reveal(register) => Cover::ForAReason,
            _ => Cover::Closed,
        }
    }

    /// Whether some records of a register lie outside what this person sees.
    pub fn is_partial(&self, register: usize) -> bool {
        self.extent(register) != Extent::All
    }
}
