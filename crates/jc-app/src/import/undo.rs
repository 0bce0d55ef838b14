//! An import taken back as a whole. Nothing is deleted: what it made are drafts again and wait for nobody, what it
//! changed is as it was before; both are versions like any other.

use crate::error::AppError;
use crate::labels::search_text;
use crate::person::Keeper;
use jc_base::{Lang, RecordState};

/// What taking an import back did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Undone {
    /// Records it had made and handed in: drafts again.
    pub withdrawn: u64,
    /// Records it had changed: as they were before.
    pub restored: u64,
}

impl Keeper<'_> {
    /// Takes back what an import wrote, as far as nobody wrote over it since. `seq` is its audit entry.
    ///
    /// A record that was verified before the import reopened it waits to be verified again: whoever keeps a record
    /// never verifies it.
    pub fn undo_import(&self, seq: i64, lang: Lang) -> Result<Undone, AppError> {
        self.write("record.import-undo", |keeper, writer| {
            let (catalog, register) = (&keeper.viewer.catalog, keeper.register);
            let mut undone = Undone::default();
            let written = writer.reader()?.within(&keeper.reach).written_by(register, seq)?;
            let own = written.into_iter().filter(|record| record.line.is_some() && keeper.names_them(&record.values));
            for record in own {
                // Rows that were joined to one record made several versions of it.
                let versions = match record.version {
                    1 => Vec::new(),
                    _ => writer.reader()?.history(register, record.id)?,
                };
                let before = versions.into_iter().map(|version| version.record).find(|before| before.seq != seq);
                let Some(before) = before else {
                    if record.state == RecordState::Submitted {
                        writer.set_state(register, &record, RecordState::Draft, None)?;
                        undone.withdrawn += 1;
                    }
                    continue;
                };
                let state = match before.state {
                    RecordState::Verified => RecordState::Submitted,
                    other => other,
                };
                let search = search_text(catalog, register, &before.values);
                let restored = writer.update(register, &record, before.values, before.copied, state, search);
                restored.map_err(|error| keeper.told_taken(error, lang))?;
                undone.restored += 1;
            }
            writer.note("import", seq);
            Ok(undone)
        })
    }
}
