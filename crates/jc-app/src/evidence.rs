//! Evidence attached to records by their keeper, and given out to those who may see them.

use crate::checks;
use crate::error::AppError;
use crate::person::{Keeper, Viewer};
use jc_base::{Finding, Place, RecordId, RecordState};
use jc_catalog::expr::eval::{Truth, truth};
use jc_catalog::model::EvidenceRule;
use jc_intake::photo;
use jc_store::evidence::{self, Attached};
use jc_store::{Reader, Record};

/// Larger files are refused.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// Pictures of more pixels are refused: whoever looks at one needs four bytes of memory for each. Telephones take up to
/// 108 million where they are told to.
pub const MOST_PIXELS: u64 = 120_000_000;

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
        let register = self.declared().id.as_str();
        self.viewer.app.look_over(self.viewer.person, register, &clean_name(name), content)?;
        // Where and with what a photo was taken is nobody's business here.
        let picture =
            photo::is_one(content).then(|| self.viewer.app.look_at_picture(&clean_name(name), content)).transpose()?;
        let pixels = picture.as_ref().and_then(|picture| picture.pixels);
        if let Some(pixels) = pixels.filter(|pixels| *pixels > MOST_PIXELS) {
            let found = Finding::error("APP-135", place()).with("pixels", pixels / 1_000_000);
            return Err(AppError::finding(found.with("most", MOST_PIXELS / 1_000_000)));
        }
        let content = picture.as_ref().map_or(content, |picture| picture.content.as_slice());
        let sha256 = evidence::keep(&self.viewer.app.store.settings().evidence, content)?;
        let file = Attached {
            sha256: sha256.clone(),
            kind: kind.to_owned(),
            name: clean_name(name),
            media_type: media_type.to_owned(),
            size_bytes: content.len() as i64,
        };
        self.write("evidence.attach", |keeper, writer| {
            let register = keeper.declared().id.as_str();
            let mut attached = Vec::new();
            for id in records {
                let found = writer.reader()?.within(&keeper.reach).find(keeper.register, *id)?;
                found.filter(|record| keeper.names_them(&record.values)).ok_or(AppError::NotFound)?;
                if writer.attach(keeper.register, *id, &file)? {
                    attached.push(*id);
                }
            }
            if !attached.is_empty() {
                writer.note("proof", evidence::proof(register, &file, &attached));
            }
            writer.note("sha256", file.sha256.clone());
            writer.note("kind", file.kind.clone());
            writer.note("records", records.len());
            Ok(())
        })?;
        Ok(sha256)
    }

    /// Takes a file off a record that is not verified: what counts stands on its papers. The file itself, and that it
    /// was attached, are kept.
    pub fn detach(&self, id: RecordId, sha256: &str, kind: &str) -> Result<(), AppError> {
        self.write("evidence.detach", |keeper, writer| {
            let found = writer.reader()?.within(&keeper.reach).find(keeper.register, id)?;
            let record = found.filter(|record| keeper.names_them(&record.values)).ok_or(AppError::NotFound)?;
            if record.state == RecordState::Verified {
                return Err(AppError::WrongState);
            }
            let register = keeper.declared().id.as_str();
            let file = writer.detach(keeper.register, id, sha256, kind)?.ok_or(AppError::NotFound)?;
            writer.note("proof", evidence::proof(register, &file, &[id]));
            writer.note("sha256", sha256);
            writer.note("kind", kind);
            Ok(())
        })
    }
}

impl Viewer<'_> {
    /// What evidence a record is asked for, in the catalog's order.
    pub fn evidence_asked(&self, register: usize, record: &Record) -> Result<Vec<Asked>, AppError> {
        self.read(|reader| asked(self, reader, register, record))
    }

    /// The files attached to a record.
    pub fn evidence(&self, register: usize, id: RecordId) -> Result<Vec<Attached>, AppError> {
        self.records_only()?;
        self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| {
            reader.find(register, id)?.ok_or(AppError::NotFound)?;
            Ok(reader.evidence(register, id)?)
        })
    }

    /// A file attached to a record, with its content: whoever sees the record, sees its papers.
    pub fn evidence_file(&self, register: usize, id: RecordId, sha256: &str) -> Result<(Attached, Vec<u8>), AppError> {
        let attached = self.evidence(register, id)?;
        let file = attached.into_iter().find(|file| file.sha256 == sha256).ok_or(AppError::NotFound)?;
        let path = evidence::path(&self.app.store.settings().evidence, &file.sha256);
        let content = std::fs::read(path)
            .map_err(|source| AppError::Store(jc_store::StoreError::File { doing: "read evidence", source }))?;
        Ok((file, content))
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

/// Evidence the catalog names for a register, as one record stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// A code of the list `evidence-kind`.
    pub kind: String,
    /// Whether this record needs it.
    pub required: bool,
    /// Whether it is needed and not there.
    pub lacking: bool,
}

/// What evidence a record of a register is asked for.
fn asked(viewer: &Viewer, reader: &mut Reader, register: usize, record: &Record) -> Result<Vec<Asked>, AppError> {
    let declared = &viewer.catalog.registers[register];
    if declared.evidence.is_empty() {
        return Ok(Vec::new());
    }
    let at = checks::moments(declared, &record.values, reader.today());
    let attached = reader.evidence(register, record.id)?;
    let one = |rule: &EvidenceRule| {
        let required = rule.required.as_ref().is_some_and(|when| truth(when, record, &at) == Truth::True);
        let lacking = required && attached.iter().all(|file| file.kind != rule.kind);
        Asked { kind: rule.kind.clone(), required, lacking }
    };
    Ok(declared.evidence.iter().map(one).collect())
}

/// The kinds of evidence a record must still get before it can be verified, by their Chinese names.
pub fn missing(
    viewer: &Viewer,
    reader: &mut Reader,
    register: usize,
    record: &Record,
) -> Result<Vec<String>, AppError> {
    let kinds = viewer.catalog.code_list("evidence-kind");
    let name = |kind: String| match kinds.and_then(|list| list.find(&kind)) {
        Some(code) => code.name.zh.clone(),
        None => kind,
    };
    let asked = asked(viewer, reader, register, record)?;
    Ok(asked.into_iter().filter(|asked| asked.lacking).map(|asked| name(asked.kind)).collect())
}
