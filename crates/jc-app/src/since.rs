//! What changed since someone was here last.

use crate::error::AppError;
use crate::person::Viewer;
use jc_base::Instant;
use jc_catalog::Operation;

/// Registers whose pages were written on since a person's sign-in before the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// When they had signed in before.
    pub last: Instant,
    /// The registers' positions, those with figures alone.
    pub registers: Vec<usize>,
}

impl Viewer<'_> {
    /// What changed since this person's last visit; nothing if this is the first.
    pub fn since_last_visit(&self) -> Result<Option<Since>, AppError> {
        self.needs(Operation::ReadFigures)?;
        self.read(|reader| {
            let visits = reader.latest_entries(&self.person.login, "session.open", 2)?;
            let Some(last) = visits.get(1).copied() else { return Ok(None) };
            let changed = reader.changed_since(last)?;
            let with_figures = self.catalog.registers.iter().enumerate().filter(|(_, r)| !r.indicators.is_empty());
            let registers = with_figures.filter(|(_, r)| changed.contains(r.id.as_str())).map(|(at, _)| at).collect();
            Ok(Some(Since { last, registers }))
        })
    }
}
