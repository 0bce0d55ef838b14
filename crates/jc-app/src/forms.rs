//! What people type into a form: read as values, with findings at the fields, and the texts that fields begin with.

use crate::error::AppError;
use crate::person::Viewer;
use crate::references::{KnownKeys, References};
use jc_base::{Finding, Lang, Place, RecordId, Value};
use jc_catalog::kinds::{Kind, ParseContext, id_number};
use jc_catalog::model::Field;
use jc_catalog::{Catalog, PeriodRule, Privacy};
use jc_intake::resolve::{Resolution, Resolver};
use jc_store::reader::ListQuery;
use jc_store::{Reader, Record, StoreError};

// The words of these are those of the import: the same slip is said in the same way.
const REFERENCE_UNKNOWN: &str = "INT-046";
const REFERENCE_SEVERAL: &str = "INT-048";
const MEMBER_TWICE: &str = "INT-049";

/// So many records are suggested for a reference.
const SUGGESTED: usize = 20;
/// Longer texts are not repeated in findings.
const QUOTED: usize = 40;

/// A record that a reference may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is typed for it: its key, its label, or its id if neither names it alone.
    pub typed: String,
    /// What it is called.
    pub label: String,
}

impl Viewer<'_> {
    /// Reads what was typed into the fields of a register, by their ids.
    ///
    /// Fields that were not sent keep what `old` holds, as does a sensitive field left empty. A text that cannot be
    /// read gives a finding at its field, and the value is missing.
    pub fn parse_form(
        &self,
        register: usize,
        typed: &[(String, String)],
        old: Option<&Record>,
        lang: Lang,
    ) -> Result<(Vec<Value>, Vec<Finding>), AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| {
            let text = |field: &Field| typed.iter().find(|(id, _)| id == field.id.as_str()).map(|(_, t)| t.as_str());
            let named = declared.fields.iter().any(|field| {
                matches!(field.kind, Kind::Ref(_) | Kind::Refs(_)) && text(field).is_some_and(|t| !t.trim().is_empty())
            });
            let mut references =
                if named { Some(References::load(self, reader, register, KnownKeys::default())?) } else { None };
            let mut values = match old {
                Some(old) => old.values.clone(),
                None => vec![Value::Missing; declared.fields.len()],
            };
            let mut findings = Vec::new();
            let mut on = None;
            for position in in_order(declared) {
                let (Some(field), Some(value)) = (declared.fields.get(position), values.get_mut(position)) else {
                    continue;
                };
                let Some(text) = text(field).filter(|_| field.retired.is_none()) else { continue };
                let covered = field.privacy == Privacy::Sensitive && old.is_some();
                if covered && text.trim().is_empty() {
                    continue;
                }
                let context = ParseContext { codes: &self.catalog.codes, on };
                let mut named = Names { catalog: &self.catalog, references: references.as_mut(), reader, lang };
                match named.read(&field.kind, text, &context) {
                    Ok(read) => *value = read,
                    Err(faults) => {
                        *value = Value::Missing;
                        let place = Place::Field { field: field.id.to_string() };
                        findings.extend(faults.into_iter().map(|mut fault| {
                            fault.with.0.insert(0, ("field", field.name.get(lang).to_owned()));
                            Finding { place: place.clone(), ..fault }
                        }));
                    }
                }
                if dated(declared) == Some(position) {
                    on = values.get(position).and_then(Value::as_date);
                }
            }
            Ok((values, findings))
        })
    }

    /// The texts that the fields of a form begin with. Reading them gives the same values; sensitive fields are
    /// empty.
    pub fn form_texts(&self, register: usize, record: &Record) -> Result<Vec<String>, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        self.read(|reader| {
            let mut texts = Vec::with_capacity(declared.fields.len());
            for (field, value) in declared.fields.iter().zip(&record.values) {
                texts.push(match field.kind {
                    _ if field.privacy == Privacy::Sensitive => String::new(),
                    Kind::Ref(target) | Kind::Refs(target) => {
                        let mut records = reader.find_named(target, value.ref_ids())?;
                        records.sort_by_key(|r| value.ref_ids().iter().position(|id| *id == r.id));
                        names(self, &self.catalog, reader, register, target, &records)?.join("\n")
                    }
                    _ => field.kind.edit(value),
                });
            }
            Ok(texts)
        })
    }

    /// The records that a reference field may name, by what was typed so far: at most 20.
    pub fn suggestions(&self, register: usize, field: usize, text: &str) -> Result<Vec<Suggestion>, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let Some(Kind::Ref(target) | Kind::Refs(target)) = declared.fields.get(field).map(|f| &f.kind) else {
            return Err(AppError::NotFound);
        };
        let found = self.suggest(*target, text)?;
        let ids: Vec<RecordId> = found.iter().take(SUGGESTED).map(|(id, _)| *id).collect();
        let records = self.read(|reader| Ok::<_, AppError>(reader.find_many(*target, &ids)?))?;
        // Whoever is suggested was seen, as on a list.
        self.note_list(*target, &records)?;
        self.read(|reader| {
            let typed = names(self, &self.catalog, reader, register, *target, &records)?;
            let label = |record: &Record| found.iter().find(|(id, _)| *id == record.id).map(|(_, label)| label.clone());
            let suggestion = |(record, typed)| Some(Suggestion { typed, label: label(record)? });
            Ok(records.iter().zip(typed).filter_map(suggestion).collect())
        })
    }

    /// How many records a register has: whether its references are worth a list of all.
    pub fn how_many(&self, register: usize) -> Result<i64, AppError> {
        self.read(|reader| Ok(reader.count(register, &ListQuery::default())?.iter().sum()))
    }
}

/// The field whose day tells which codes were in use.
fn dated(register: &jc_catalog::Register) -> Option<usize> {
    match register.period {
        PeriodRule::On { field, .. } | PeriodRule::During { from: field, .. } => Some(field),
        PeriodRule::Always => None,
    }
}

/// The positions of the fields, that of the record's day first: codes are judged by it.
fn in_order(register: &jc_catalog::Register) -> Vec<usize> {
    let mut order: Vec<usize> = (0..register.fields.len()).collect();
    order.sort_by_key(|position| Some(*position) != dated(register));
    order
}

/// What people type to name a record, told from the record itself: a key of one text, which is unique.
fn own_key(catalog: &Catalog, register: usize, record: &Record) -> Option<String> {
    let declared = catalog.registers.get(register)?;
    let [key] = declared.key.as_slice() else { return None };
    let open = declared.fields.get(*key).is_some_and(|field| field.privacy != Privacy::Sensitive);
    let text = record.values.get(*key).and_then(Value::as_text)?;
    open.then(|| text.to_owned())
}

/// What one would type to name a record that has no such key: key or label, if that names it alone, or its id.
fn typed(catalog: &Catalog, register: usize, record: &Record, references: &mut References) -> String {
    let Some(declared) = catalog.registers.get(register) else { return record.id.to_string() };
    let text = |ix: &usize| record.values.get(*ix).and_then(Value::as_text).unwrap_or_default();
    let open = |ix: &usize| declared.fields.get(*ix).is_some_and(|field| field.privacy != Privacy::Sensitive);
    for fields in [&declared.key, &declared.label] {
        let text = fields.iter().map(text).collect::<Vec<_>>().join(" ");
        if fields.iter().all(open) && references.resolve(register, &text, None) == Resolution::Found(record.id) {
            return text;
        }
    }
    record.id.to_string()
}

/// The texts that name some records of a register. The references of `of` are read only if they are needed.
fn names(
    viewer: &Viewer,
    catalog: &Catalog,
    reader: &mut Reader,
    of: usize,
    register: usize,
    records: &[Record],
) -> Result<Vec<String>, StoreError> {
    if records.iter().all(|record| own_key(catalog, register, record).is_some()) {
        return Ok(records.iter().filter_map(|record| own_key(catalog, register, record)).collect());
    }
    let mut references = References::load(viewer, reader, of, KnownKeys::default())?;
    Ok(records.iter().map(|record| typed(catalog, register, record, &mut references)).collect())
}

/// Who reads the texts of one form.
struct Names<'r, 'v, 'c, 'd> {
    catalog: &'c Catalog,
    references: Option<&'r mut References<'v>>,
    reader: &'r mut Reader<'d>,
    lang: Lang,
}

impl Names<'_, '_, '_, '_> {
    fn read(&mut self, kind: &Kind, text: &str, context: &ParseContext<'_>) -> Result<Value, Vec<Finding>> {
        let (target, several) = match kind {
            Kind::Ref(target) => (*target, false),
            Kind::Refs(target) => (*target, true),
            kind => {
                return kind.parse(text, context).map_err(|fault| {
                    let mut finding = Finding::error(fault.code, Place::Whole);
                    finding.with.0.extend(fault.with.0);
                    vec![finding]
                });
            }
        };
        let separators: &[char] = if several { &['\n', '、', '，', ',', ';', '；'] } else { &['\n'] };
        let (mut ids, mut findings) = (Vec::new(), Vec::new());
        for name in text.split(separators).map(str::trim).filter(|name| !name.is_empty()) {
            match self.one(target, name) {
                Ok(id) if ids.contains(&id) => {
                    findings.push(Finding::error(MEMBER_TWICE, Place::Whole).with("value", quote(name)));
                }
                Ok(id) => ids.push(id),
                Err(finding) => findings.push(*finding),
            }
        }
        match (findings.is_empty(), several, ids.as_slice()) {
            (false, _, _) => Err(findings),
            (true, _, []) => Ok(Value::Missing),
            (true, false, [id, ..]) => Ok(Value::Ref(*id)),
            (true, true, _) => Ok(Value::Refs(ids)),
        }
    }

    fn one(&mut self, target: usize, name: &str) -> Result<RecordId, Box<Finding>> {
        if let Some(id) = RecordId::parse(name)
            && self.reader.find(target, id).is_ok_and(|found| found.is_some())
        {
            return Ok(id);
        }
        let asked = jc_text::fold::plain(name);
        let answer = match &mut self.references {
            Some(references) => references.resolve(target, &asked, None),
            None => Resolution::Unknown { near: None },
        };
        let declared = self.catalog.registers.get(target);
        let secret = declared.is_some_and(|d| {
            d.key.iter().any(|ix| d.fields.get(*ix).is_some_and(|field| field.kind == Kind::IdNumber))
        });
        let fault = |code| {
            let value = if secret { id_number::mask(&asked) } else { quote(name) };
            let register = declared.map_or("", |d| d.name.get(self.lang));
            Finding::error(code, Place::Whole).with("value", value).with("register", register)
        };
        match answer {
            Resolution::Found(id) => Ok(id),
            Resolution::Unknown { near: Some(near) } if !secret => {
                Err(Box::new(fault(REFERENCE_UNKNOWN).with("nearest", quote(&near))))
            }
            Resolution::Unknown { .. } => Err(Box::new(fault(REFERENCE_UNKNOWN))),
            Resolution::Several(count) => Err(Box::new(fault(REFERENCE_SEVERAL).with("count", count))),
        }
    }
}

/// A typed text as a finding repeats it.
fn quote(text: &str) -> String {
    let text = id_number::quoted(text);
    if text.chars().count() <= QUOTED {
        return text;
    }
    text.chars().take(QUOTED).chain(std::iter::once('…')).collect()
}
