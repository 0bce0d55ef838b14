//! Changes of a student's status: the dated events from which the status on a day follows.

use jc_base::Date;

/// One event.
pub(crate) struct Change {
    /// Position in the list of students.
    pub(crate) student: usize,
    /// Code of the list of kinds.
    pub(crate) kind: Kind,
    pub(crate) on: Date,
    pub(crate) reason: Option<&'static str>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Suspension,
    Resumption,
    TransferOut,
    ClassChange,
    Withdrawal,
    Graduation,
}

impl Kind {
    /// As the student office writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Suspension => "休学",
            Kind::Resumption => "复学",
            Kind::TransferOut => "转学（转出）",
            Kind::ClassChange => "转班级",
            Kind::Withdrawal => "退学",
            Kind::Graduation => "毕业",
        }
    }

    /// Whether the student is then no longer in school (suspended, or gone).
    #[cfg(test)]
    pub(crate) fn leaves(self) -> bool {
        !matches!(self, Kind::Resumption | Kind::ClassChange)
    }
}
