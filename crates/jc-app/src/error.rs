//! Why an operation was not done.

use jc_base::{Date, Finding, Place};
use jc_store::StoreError;
use thiserror::Error;

/// Why an operation was not done.
#[derive(Debug, Error)]
pub enum AppError {
    /// The person may not do this. Says nothing about what exists.
    #[error("not permitted")]
    Denied,
    /// There is no such thing, or the person may not see it, which answers alike.
    #[error("not found")]
    NotFound,
    /// The record was changed since the person looked at it.
    #[error("changed meanwhile")]
    Stale,
    /// The record's state does not allow this.
    #[error("the state does not allow this")]
    WrongState,
    /// Whoever kept a record cannot verify it.
    #[error("the keeper cannot verify")]
    OwnRecord,
    /// What was given is not in order; nothing was changed.
    #[error("findings: {}", .0.len())]
    Findings(Vec<Finding>),
    /// The data changed between preview and commit, so that another outcome would follow.
    #[error("the outcome would differ from the preview")]
    PreviewOutdated,
    /// Name or password are wrong, or the account cannot sign in: which, a stranger is not told.
    #[error("sign-in refused")]
    SignInRefused,
    /// Name, password and code are right, but the account's last day is over.
    #[error("the account's last day is over")]
    Over {
        /// Its last day.
        last: Date,
    },
    /// Too many failed sign-ins: wait.
    #[error("wait {seconds} seconds")]
    Wait {
        /// Seconds until the next attempt is looked at.
        seconds: i64,
    },
    /// The list of passwords that became known could not be searched, so that no password was set.
    #[error("leaked passwords")]
    Leaked(#[source] crate::leaked::LeakedError),
    /// A report's file could not be written.
    #[error("report")]
    Report(#[source] jc_report::write::WriteError),
    /// The store could not do it.
    #[error("store")]
    Store(#[source] StoreError),
}

impl From<StoreError> for AppError {
    /// That a closed page wants a reason is no failure: it is said as a finding.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Closed { register, page } => {
                let place = Place::Field { field: "reason".into() };
                Self::finding(Finding::error("APP-080", place).with("register", register.0).with("page", page))
            }
            other => Self::Store(other),
        }
    }
}

impl AppError {
    /// A single finding.
    pub fn finding(finding: Finding) -> Self {
        Self::Findings(vec![finding])
    }
}
