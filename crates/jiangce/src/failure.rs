//! Why a command was not done, in the person's language. Causes go to the log (`--verbose`) and nowhere else.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::parts::{DbError, KeysTrouble, StoreError, TlsTrouble};
use jc_app::AppError;
use jc_base::Place;
use jc_words::Arg;
use std::fmt;
use std::path::Path;

/// A command that cannot be done as asked, said in finished words.
#[derive(Debug)]
pub struct Refusal {
    /// What the shell is answered.
    pub exit: Exit,
    /// What is wrong and how to mend it.
    pub words: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Refusal {}

/// Refuses with a message.
pub fn refuse(desk: &Desk, exit: Exit, id: &str, with: &[(&str, Arg<'_>)]) -> anyhow::Error {
    Refusal { exit, words: desk.words(id, with) }.into()
}

/// A file that could not be read or written.
pub fn file(desk: &Desk, id: &str, path: &Path, cause: &std::io::Error) -> anyhow::Error {
    tracing::error!(%cause, "{id}");
    refuse(desk, Exit::Failed, id, &[("file", shown(path).into())])
}

/// A path as people read it.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Tells why, and gives what the shell is answered.
pub fn tell(desk: &Desk, error: &anyhow::Error) -> Exit {
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        desk.complain(&refusal.words);
        return refusal.exit;
    }
    match error.downcast_ref::<AppError>() {
        Some(AppError::Findings(findings)) => {
            // Faults of the catalog are shown with the line they are in.
            let sources = jc_app::app::catalog_sources(&desk.data()).unwrap_or_default();
            for finding in findings {
                let source = match &finding.place {
                    Place::Text { file, .. } => sources.iter().find(|s| s.path == *file).map(|s| &*s.text),
                    _ => None,
                };
                desk.complain(jc_words::terminal(desk.lang, finding, source).trim_end());
            }
            Exit::Found
        }
        Some(AppError::Store(cause)) => {
            log(error);
            let named = match cause {
                StoreError::Keys { path, .. } => shown(path),
                StoreError::Db { source: DbError::Tls(TlsTrouble::Word(named)), .. }
                | StoreError::Db { source: DbError::Tls(TlsTrouble::Authorities(named)), .. } => named.clone(),
                _ => String::new(),
            };
            let with = [("file", named.as_str().into()), ("word", named.as_str().into())];
            desk.complain(&desk.words(store(cause), &with));
            Exit::Failed
        }
        Some(cause) => {
            if matches!(cause, AppError::Report(_)) {
                log(error);
            }
            desk.complain(&desk.words(operation(cause), &[]));
            Exit::Failed
        }
        None => {
            log(error);
            desk.complain(&desk.words("cli-failed", &[]));
            Exit::Failed
        }
    }
}

/// The same, for commands in which findings mean that nothing was done.
pub fn undone(desk: &Desk, error: AppError) -> anyhow::Error {
    match error {
        AppError::Findings(findings) => {
            let words: Vec<String> = findings.iter().map(|f| jc_words::terminal(desk.lang, f, None)).collect();
            Refusal { exit: Exit::Failed, words: words.concat().trim_end().to_owned() }.into()
        }
        other => other.into(),
    }
}

fn log(error: &anyhow::Error) {
    tracing::error!("{error:#}");
}

fn store(cause: &StoreError) -> &'static str {
    match cause {
        StoreError::File { .. } => "cli-failed-files",
        StoreError::Newer => "cli-failed-newer",
        StoreError::Unreleased => "cli-failed-unreleased",
        StoreError::CatalogChanged => "cli-failed-catalog",
        StoreError::Damaged(_) | StoreError::Illegible { .. } => "cli-failed-damaged",
        StoreError::Keys { why: KeysTrouble::Missing, .. } => "cli-failed-keys-missing",
        StoreError::Keys { why: KeysTrouble::Loose, .. } => "cli-failed-keys-loose",
        StoreError::Keys { why: KeysTrouble::Others, .. } => "cli-failed-keys-others",
        StoreError::Keys { why: KeysTrouble::Fault(_), .. } => "cli-failed-keys-fault",
        StoreError::Duplicate => "cli-failed-duplicate",
        StoreError::NoRecord => "cli-failed-not-found",
        StoreError::Stale { .. } | StoreError::Closed { .. } | StoreError::AlreadyClosed => "cli-failed-meanwhile",
        StoreError::Db { source: DbError::Disk(_), .. } => "cli-failed-disk",
        StoreError::Db { source: DbError::Retry(_), .. } => "cli-failed-busy",
        StoreError::Db { source: DbError::Damaged(_), .. } => "cli-failed-pages",
        StoreError::Db { source: DbError::Tls(trouble), .. } => tls(trouble),
        StoreError::Db { .. } | StoreError::Randomness => "cli-failed-database",
    }
}

/// The encrypted way to the server.
fn tls(trouble: &TlsTrouble) -> &'static str {
    match trouble {
        TlsTrouble::Word(_) => "cli-failed-tls-word",
        TlsTrouble::Authorities(_) => "cli-failed-tls-authorities",
        TlsTrouble::NotOffered => "cli-failed-tls-not-offered",
        TlsTrouble::UnknownAuthority => "cli-failed-tls-unknown-authority",
        TlsTrouble::OtherName => "cli-failed-tls-other-name",
        TlsTrouble::OutOfDate => "cli-failed-tls-out-of-date",
        TlsTrouble::Stalled => "cli-failed-tls-stalled",
        TlsTrouble::Greeting(_) => "cli-failed-tls-greeting",
    }
}

fn operation(error: &AppError) -> &'static str {
    match error {
        AppError::NotFound => "cli-failed-not-found",
        AppError::Denied | AppError::WrongState | AppError::OwnRecord => "cli-failed-denied",
        AppError::Stale | AppError::PreviewOutdated => "cli-failed-meanwhile",
        _ => "cli-failed",
    }
}
