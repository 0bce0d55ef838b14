//! Evidence attached to records by their keeper, and given out to those who may see them.

use crate::error::AppError;
use crate::person::{Keeper, Viewer};
use jc_base::{Finding, Place, RecordId};
use jc_store::evidence::{self, Attached};

/// Larger files are refused.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

impl Keeper<'_> {
    /// Attaches a file to records of the register. Its type is told by its content.
    pub fn attach(&self, records: &[RecordId], kind: &str, name: &str, content: &[u8]) -> Result<String, AppError> {
        let place = || Place::File { file: name.to_owned() };
        if content.len() > MOST_BYTES {
            return Err(AppError::finding(Finding::error("APP-006", place()).with("most", MOST_BYTES / 1024 / 1024)));
        }
        let Some(media_type) = evidence::media_type(content) else {
            return Err(AppError::finding(Finding::error("APP-007", place())));
        };
        if self.viewer.catalog.code_list("evidence-kind").is_none_or(|list| list.find(kind).is_none()) {
            return Err(AppError::finding(Finding::error("APP-008", place()).with("kind", kind)));
        }
        let sha256 = evidence::keep(&self.viewer.app.store.settings().evidence, content)?;
        let file = Attached {
            sha256: sha256.clone(),
            kind: kind.to_owned(),
            name: clean_name(name),
            media_type: media_type.to_owned(),
            size_bytes: content.len() as i64,
        };
        self.write("evidence.attach", |keeper, writer| {
            for id in records {
                writer.reader()?.find(keeper.register, *id)?.ok_or(AppError::NotFound)?;
                writer.attach(keeper.declared().id.as_str(), *id, &file)?;
            }
            writer.note("sha256", file.sha256.clone());
            writer.note("kind", file.kind.clone());
            writer.note("records", records.len());
            Ok(())
        })?;
        Ok(sha256)
    }
}

impl Viewer<'_> {
    /// The files attached to a record.
    pub fn evidence(&self, register: usize, id: RecordId) -> Result<Vec<Attached>, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| {
            reader.find(register, id)?.ok_or(AppError::NotFound)?;
            Ok(reader.evidence(declared.id.as_str(), id)?)
        })
    }

    /// A file this school holds, with its type.
    pub fn evidence_file(&self, sha256: &str) -> Result<(String, Vec<u8>), AppError> {
        self.records_only()?;
        let wellformed = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
        if !wellformed {
            return Err(AppError::NotFound);
        }
        let media_type = self.read(|reader| reader.evidence_type(sha256)?.ok_or(AppError::NotFound))?;
        let path = evidence::path(&self.app.store.settings().evidence, sha256);
        let content = std::fs::read(path)
            .map_err(|source| AppError::Store(jc_store::StoreError::File { doing: "read evidence", source }))?;
        Ok((media_type, content))
    }
}

/// A name that can be shown and offered for saving: without folders and control characters.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(120)
        .collect()
}
