//! Who may do what: roles, the operations they hold, and how far they see. What a role is stands in `roles.toml`;
//! which operations there are is decided here, for each must have a place in the program that asks for it.

use jc_base::{Names, RegisterId, RoleId};

/// Something a role can permit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// See the school's figures.
    ReadFigures,
    /// See records, within the role's scope.
    ReadRecords,
    /// Have a text held against the figures.
    CheckTexts,
    /// Make reports, edit their words and release them.
    Report,
    /// Write and import the registers of the account's office, within the role's scope.
    KeepRecords,
    /// Write the records that name oneself, in the registers that are open to the role.
    KeepOwn,
    /// Accept and return what others kept, in the registers the account's office verifies.
    VerifyRecords,
    /// Close the pages of registers: all of them for a role of the whole school, else those the account's office
    /// verifies.
    CloseRegisters,
    /// Have a covered field shown in full, for a reason.
    RevealFields,
    /// See how people grow, within the role's scope: stages, ratings, what is lacking.
    ReadGrowth,
    /// Plan how people grow: work a round out, decide on it, keep it.
    PlanGrowth,
    /// Take a list out of the house.
    ExportRecords,
    /// Check in where something takes place, as oneself.
    CheckIn,
    /// Give and take back what may be agreed to or not, for oneself or for a child.
    GiveConsent,
    /// Show the code at an event one leads, and give one's word for who came.
    LeadEvents,
    /// Let others see covered fields of minors, for a time.
    ApproveAccess,
    /// See who looked at whose private data.
    ReadAccess,
    /// Read the audit log.
    ReadAudit,
    /// Make accounts and invite people.
    ManageAccounts,
    /// Grant roles, tie accounts to people, suspend accounts and end their sessions.
    ManageRoles,
}

impl Operation {
    /// All operations.
    pub const ALL: [Operation; 20] = [
        Operation::ReadFigures,
        Operation::ReadRecords,
        Operation::CheckTexts,
        Operation::Report,
        Operation::KeepRecords,
        Operation::KeepOwn,
        Operation::VerifyRecords,
        Operation::CloseRegisters,
        Operation::RevealFields,
        Operation::ReadGrowth,
        Operation::PlanGrowth,
        Operation::ExportRecords,
        Operation::CheckIn,
        Operation::GiveConsent,
        Operation::LeadEvents,
        Operation::ApproveAccess,
        Operation::ReadAccess,
        Operation::ReadAudit,
        Operation::ManageAccounts,
        Operation::ManageRoles,
    ];

    /// The word in `roles.toml`; also the message id `operation-…`.
    pub fn code(self) -> &'static str {
        match self {
            Operation::ReadFigures => "read-figures",
            Operation::ReadRecords => "read-records",
            Operation::CheckTexts => "check-texts",
            Operation::Report => "report",
            Operation::KeepRecords => "keep-records",
            Operation::KeepOwn => "keep-own",
            Operation::VerifyRecords => "verify-records",
            Operation::CloseRegisters => "close-registers",
            Operation::RevealFields => "reveal-fields",
            Operation::ReadGrowth => "read-growth",
            Operation::PlanGrowth => "plan-growth",
            Operation::ExportRecords => "export-records",
            Operation::CheckIn => "check-in",
            Operation::GiveConsent => "give-consent",
            Operation::LeadEvents => "lead-events",
            Operation::ApproveAccess => "approve-access",
            Operation::ReadAccess => "read-access",
            Operation::ReadAudit => "read-audit",
            Operation::ManageAccounts => "manage-accounts",
            Operation::ManageRoles => "manage-roles",
        }
    }

    /// Whether it is done to records, so that it needs a scope to be done in.
    pub fn is_about_records(self) -> bool {
        matches!(
            self,
            Operation::ReadRecords
                | Operation::Report
                | Operation::KeepRecords
                | Operation::KeepOwn
                | Operation::VerifyRecords
                | Operation::CloseRegisters
                | Operation::RevealFields
                | Operation::ReadGrowth
                | Operation::PlanGrowth
                | Operation::ExportRecords
                | Operation::CheckIn
                | Operation::GiveConsent
                | Operation::LeadEvents
                | Operation::ApproveAccess
                | Operation::ReadAccess
        )
    }

    /// Whether it is bound to the registers of the account's office.
    pub fn needs_office(self) -> bool {
        matches!(self, Operation::KeepRecords | Operation::VerifyRecords)
    }

    /// Whether one hand may hold both (三员分立): who makes accounts, who grants rights and who reads the log are
    /// three, and the first two never work with records.
    pub fn goes_with(self, other: Operation) -> bool {
        let of_three = |op: Operation| match op {
            Operation::ManageAccounts => Some(0),
            Operation::ManageRoles => Some(1),
            Operation::ReadAudit => Some(2),
            _ => None,
        };
        match (of_three(self), of_three(other)) {
            (Some(one), Some(two)) => one == two,
            (Some(0 | 1), None) => !other.is_about_records(),
            (None, Some(0 | 1)) => !self.is_about_records(),
            (Some(_), None) => !other.needs_office(),
            (None, Some(_)) => !self.needs_office(),
            (None, None) => true,
        }
    }
}

/// How far a role sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// 全校
    School,
    /// The registers that the account's office keeps or verifies, and those they refer to.
    Office,
    /// What belongs to the account's departments.
    Department,
    /// What belongs to the account's classes.
    Class,
    /// What belongs to the person the account is tied to.
    Own,
    /// What belongs to the children the account is tied to.
    Child,
    /// No records at all.
    None,
}

impl Scope {
    /// The words of `roles.toml`, each with its meaning; also the message ids `scope-…`.
    pub const WORDS: [(&'static str, Scope); 7] = [
        ("school", Scope::School),
        ("office", Scope::Office),
        ("department", Scope::Department),
        ("class", Scope::Class),
        ("self", Scope::Own),
        ("child", Scope::Child),
        ("none", Scope::None),
    ];

    /// The word.
    pub fn code(self) -> &'static str {
        Self::WORDS.iter().find(|(_, scope)| *scope == self).map_or("none", |(word, _)| word)
    }

    /// The scope of a word.
    pub fn from_code(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, scope)| *scope)
    }

    /// The registers whose records an account of this scope is tied to.
    pub fn anchors(self) -> &'static [&'static str] {
        match self {
            Scope::Department => &["department"],
            Scope::Class => &["class"],
            Scope::Own => &["student", "staff"],
            Scope::Child => &["student"],
            Scope::School | Scope::Office | Scope::None => &[],
        }
    }
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Such as `class-teacher`.
    pub id: RoleId,
    /// Its name.
    pub name: Names,
    /// What it is for.
    pub about: Names,
    /// How far it sees.
    pub scope: Scope,
    /// The operations it holds.
    pub may: Vec<Operation>,
    /// Registers it sees as a whole beside its scope.
    pub also: Vec<RegisterId>,
    /// Whether it is held with no other.
    pub alone: bool,
    /// Whether signing in needs a second factor.
    pub second_factor: bool,
}

impl Role {
    /// Whether it holds an operation.
    pub fn holds(&self, operation: Operation) -> bool {
        self.may.contains(&operation)
    }

    /// Whether it sees other people's data, or has power over accounts or over what is noted: at the third level of protection such a
    /// one wants a second factor. Who sees only figures, themselves or their child does not.
    pub fn has_weight(&self) -> bool {
        let weighty = |operation: &Operation| {
            matches!(
                operation,
                Operation::ManageAccounts
                    | Operation::ManageRoles
                    | Operation::ReadAudit
                    | Operation::ApproveAccess
                    | Operation::ReadAccess
                    | Operation::LeadEvents
            )
        };
        let wide = matches!(self.scope, Scope::School | Scope::Office | Scope::Department | Scope::Class);
        wide || self.may.iter().any(weighty)
    }

    /// Whether an account with it must name an office.
    pub fn needs_office(&self) -> bool {
        self.scope == Scope::Office || self.may.iter().any(|operation| operation.needs_office())
    }
}

/// Roles that exclude each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// The roles.
    pub roles: Vec<RoleId>,
    /// Why.
    pub say: Names,
}

/// All roles, and which exclude each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    /// The roles in the order of the file.
    pub roles: Vec<Role>,
    /// What excludes what.
    pub exclusions: Vec<Exclusion>,
}

/// Why two roles are not held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash<'r> {
    /// One of them is held alone.
    Alone(&'r Role),
    /// The catalog excludes them.
    Excluded(&'r Exclusion),
    /// Together they would hold two operations that are never in one hand.
    OneHand(Operation, Operation),
}

impl Roles {
    /// The role of an id.
    pub fn find(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id.as_str() == id)
    }

    /// What forbids holding some roles together; nothing if they may be.
    pub fn clash(&self, held: &[RoleId]) -> Option<Clash<'_>> {
        let roles: Vec<&Role> = held.iter().filter_map(|id| self.find(id.as_str())).collect();
        if roles.len() > 1
            && let Some(alone) = roles.iter().find(|role| role.alone)
        {
            return Some(Clash::Alone(alone));
        }
        let several = |exclusion: &&Exclusion| exclusion.roles.iter().filter(|id| held.contains(id)).count() > 1;
        if let Some(exclusion) = self.exclusions.iter().find(several) {
            return Some(Clash::Excluded(exclusion));
        }
        let all: Vec<Operation> = roles.iter().flat_map(|role| role.may.iter().copied()).collect();
        let pair = all.iter().flat_map(|one| all.iter().map(move |other| (*one, *other)));
        pair.into_iter().find(|(one, other)| !one.goes_with(*other)).map(|(one, other)| Clash::OneHand(one, other))
    }
}

#[cfg(test)]
mod tests {
    use super::Operation;

    #[test]
    fn what_never_is_in_one_hand_is_so_both_ways() {
        for one in Operation::ALL {
            assert!(one.goes_with(one));
            for other in Operation::ALL {
                assert_eq!(one.goes_with(other), other.goes_with(one), "{one:?} {other:?}");
            }
        }
        assert!(!Operation::ManageAccounts.goes_with(Operation::ManageRoles));
        assert!(!Operation::ManageAccounts.goes_with(Operation::ReadRecords));
        assert!(!Operation::ManageRoles.goes_with(Operation::ReadAudit));
        assert!(!Operation::ReadAudit.goes_with(Operation::KeepRecords));
    }
}
