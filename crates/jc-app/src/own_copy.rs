//! A copy of all that is held about one person, for that person or a guardian.
//!
//! Source: 《个人信息保护法》 article 45, 《未成年人网络保护条例》 article 34.

use crate::access::note_taken;
use crate::error::AppError;
use crate::export::{Sheet, table_book};
use crate::labels::Labels;
use crate::made::Made;
use crate::person::Viewer;
use crate::records::MASK;
use crate::subjects::{is_minor, people_registers, subjects};
use jc_base::{Instant, Lang, RecordId};
use jc_catalog::kinds::Kind;
use jc_catalog::{Operation, Privacy, Scope};
use jc_store::reach::Circle;
use jc_store::store::Ending;
use jc_store::{Reach, Reader, Record};
use serde_json::{Value as Json, json};

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook, a sheet for each register.
    Xlsx,
    /// For programs.
    Json,
}

impl Format {
    /// The word in addresses, and the end of the file's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

/// The records of one register in a copy.
struct Part {
    register: usize,
    records: Vec<(Record, Vec<String>, Vec<String>)>,
}

impl Viewer<'_> {
    /// Whether a copy of all that is held about a record's person is this person's to take: one's own, one's child's.
    pub fn may_copy(&self, register: usize, id: RecordId) -> bool {
        if !people_registers(&self.catalog).contains(&register) {
            return false;
        }
        let name = &self.catalog.registers[register].id;
        let scopes = [Scope::Own.code(), Scope::Child.code()];
        let tied = self
            .person
            .ties
            .iter()
            .any(|tie| scopes.contains(&tie.scope.as_str()) && tie.register == *name && tie.record == id);
        self.person.account.is_none() || tied && self.may(Operation::ReadRecords)
    }

    /// A copy of all that is held about a person: their record and all that name them, in full; of others in these
    /// records nothing that is covered. That it was taken is noted.
    pub fn copy_of(&self, register: usize, id: RecordId, format: Format, lang: Lang) -> Result<Made, AppError> {
        if !self.may_copy(register, id) {
            return Err(AppError::NotFound);
        }
        let anchor = self.catalog.registers[register].id.clone();
        let around = Reach::Within(vec![Circle::Around { anchor: anchor.clone(), ids: vec![id] }]);
        let (parts, minor, held) = self.read_within(&around, |reader| {
            let person = reader.find(register, id)?.ok_or(AppError::NotFound)?;
            let minor = is_minor(&self.catalog.registers[register], &person, reader.today());
            let mut parts = Vec::new();
            for at in 0..self.catalog.registers.len() {
                if self.catalog.belonging.ways(at, register).is_empty() {
                    continue;
                }
                let part = self.part(reader, at, (register, id), lang)?;
                if !part.records.is_empty() {
                    parts.push(part);
                }
            }
            let held: Vec<RecordId> =
                parts.iter().flat_map(|part| &part.records).map(|(record, ..)| record.id).collect();
            Ok((parts, minor, held))
        })?;
        let bytes = match format {
            Format::Json => serde_json::to_vec_pretty(&self.as_json(&parts, lang)).unwrap_or_default(),
            Format::Xlsx => {
                let sheets: Vec<Sheet> = parts.iter().map(|part| self.as_sheet(part, lang)).collect();
                table_book(&sheets, &self.app.taken_by(self.person, lang))?
            }
        };
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "person.copy", anchor.as_str(), self.app.moment(), |writer| {
            note_taken(writer, &[id], usize::from(minor));
            writer.note("rows", held.len());
            writer.note("format", format.code());
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        let name = format!("{} {}.{}", jc_words::text(lang, "copy-file", &[]), self.app.moment().today, format.code());
        let media_type = match format {
            Format::Json => "application/json",
            Format::Xlsx => crate::export::Format::Xlsx.media_type(),
        };
        Ok(Made { bytes, media_type, name, holds: held.len(), ..Made::default() })
    }

    fn part(
        &self,
        reader: &mut Reader,
        register: usize,
        person: (usize, RecordId),
        lang: Lang,
    ) -> Result<Part, AppError> {
        let declared = &self.catalog.registers[register];
        let mut found: Vec<Record> = Vec::new();
        reader.each_record(register, &mut |record| found.push(record.clone()))?;
        let mut labels = Labels::default();
        labels.load(reader, register, &found)?;
        let mut records = Vec::new();
        for record in found {
            // What is sensitive in a record of several people is not one's alone.
            let alone = subjects(&self.catalog, register, &record).iter().all(|one| *one == person);
            let cells = declared.fields.iter().zip(&record.values).map(|(field, value)| match (&field.kind, value) {
                (_, value) if value.is_missing() => String::new(),
                (Kind::IdNumber, value) if alone => value.as_text().unwrap_or_default().to_owned(),
                (Kind::Ref(target) | Kind::Refs(target), value) if *target == person.0 => {
                    let one = |id: &RecordId| {
                        let name = labels.get(*target, *id);
                        if *id == person.1 { name } else { jc_report::profile::mask(&name) }
                    };
                    value.ref_ids().iter().map(one).collect::<Vec<_>>().join("、")
                }
                _ if field.privacy == Privacy::Sensitive && !alone => MASK.to_owned(),
                (kind, value) => labels.show(&self.catalog, kind, value, lang),
            });
            let cells = cells.collect();
            let papers = reader.evidence(register, record.id)?.into_iter().map(|file| file.name).collect();
            records.push((record, cells, papers));
        }
        Ok(Part { register, records })
    }

    fn as_sheet(&self, part: &Part, lang: Lang) -> Sheet {
        let declared = &self.catalog.registers[part.register];
        let say = |id: &str| jc_words::text(lang, id, &[]);
        let heads = declared.fields.iter().map(|field| field.name.get(lang).to_owned());
        let heads = heads.chain([say("table-state"), say("copy-papers")]).collect();
        let row = |(record, cells, papers): &(Record, Vec<String>, Vec<String>)| {
            let state = say(&format!("state-{}", record.state.code()));
            cells.iter().cloned().chain([state, papers.join("、")]).collect()
        };
        (declared.name.get(lang).to_owned(), heads, part.records.iter().map(row).collect())
    }

    fn as_json(&self, parts: &[Part], lang: Lang) -> Json {
        let registers = parts.iter().map(|part| {
            let declared = &self.catalog.registers[part.register];
            let one = |(record, cells, papers): &(Record, Vec<String>, Vec<String>)| {
                let fields = declared.fields.iter().zip(cells).filter(|(_, text)| !text.is_empty());
                let fields: serde_json::Map<String, Json> =
                    fields.map(|(field, text)| (field.id.to_string(), json!(text))).collect();
                json!({ "id": record.id.to_string(), "state": record.state.code(), "fields": fields, "papers": papers })
            };
            let records: Vec<Json> = part.records.iter().map(one).collect();
            json!({ "register": declared.id.as_str(), "name": declared.name.get(lang), "records": records })
        });
        let Instant(at) = self.app.moment().now;
        json!({ "taken_at": at, "taken_by": self.person.name, "registers": registers.collect::<Vec<_>>() })
    }
}
