//! What the program answers the shell.

use std::process::ExitCode;

/// How a command ended. The numbers are documented in the help and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, and nothing is wrong.
    Fine = 0,
    /// Done, and something is wrong in what was looked at: findings, contradictions, touched data.
    Found = 1,
    /// The command was not written as it must be.
    Usage = 2,
    /// It could not be done.
    Failed = 3,
}

impl Exit {
    /// All of them, for the reference.
    pub const ALL: [Exit; 4] = [Exit::Fine, Exit::Found, Exit::Usage, Exit::Failed];

    /// `Found` if something was found.
    pub fn found(anything: bool) -> Self {
        if anything { Exit::Found } else { Exit::Fine }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
