//! The trace 溯源 of a figure, record by record: which side of the sum each record of the page stands on, and why
//! those left out are. Every record of a page has exactly one role for an indicator.

use crate::contribution::{Outcome, outcome};
use jc_base::RecordState;
use jc_catalog::expr::eval::{Moments, Row};
use jc_catalog::{Formula, Indicator, Register};

/// What a record is to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It counts in the numerator (and, for a share, in the denominator too), with this amount in the measure's steps.
    Numerator(i64),
    /// It counts in the denominator only.
    DenominatorOnly,
    /// It counts nowhere.
    LeftOut(LeftOut),
}

/// Why a record is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeftOut {
    /// It is not verified (yet).
    NotVerified(RecordState),
    /// It does not fulfil the condition.
    Condition,
    /// It counts at something higher, and so do those it names.
    Higher,
    /// It cannot be judged, because something is unknown.
    Unknown,
}

/// The role of a record in the figure of an indicator on a page.
pub fn role(register: &Register, indicator: &Indicator, row: &dyn Row, state: RecordState, at: &Moments) -> Role {
    if state != RecordState::Verified {
        return Role::LeftOut(LeftOut::NotVerified(state));
    }
    let judge = |position: usize| outcome(&register.measures[position], row, at);
    if let Formula::Highest { above, .. } = indicator.formula
        && let Outcome::Counts(_) = judge(above)
    {
        return Role::LeftOut(LeftOut::Higher);
    }
    let (part, whole) = match indicator.formula {
        Formula::Total(position) | Formula::Growth(position) | Formula::Highest { reach: position, .. } => {
            (judge(position), None)
        }
        Formula::Share { part, whole } => (judge(part), Some(judge(whole))),
        Formula::Quotient { over, under } => (judge(over), Some(judge(under))),
        Formula::Common { sum, .. } => (judge(sum), None),
    };
    match (part, whole) {
        (Outcome::Counts(amount), _) => Role::Numerator(amount),
        (_, Some(Outcome::Counts(_))) => Role::DenominatorOnly,
        (Outcome::Unknown, _) | (_, Some(Outcome::Unknown)) => Role::LeftOut(LeftOut::Unknown),
        (Outcome::Out, _) => Role::LeftOut(LeftOut::Condition),
    }
}
