//! The same achievement entered a second time 一次录入: known by what its register declares, so that it is joined to
//! the record that is there and not counted twice.

use crate::error::AppError;
use crate::person::Keeper;
use crate::records::Edit;
use jc_base::{Finding, Lang, Names, Place, RecordId, RecordState, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::model::Same;
use jc_catalog::{Catalog, Column, Register};
use jc_store::reader::ListQuery;
use jc_store::{Reach, Reader, Record};
use std::collections::HashMap;

/// More records that agree in one value are not looked at.
const MOST: usize = 1_000;

/// What is known already, by each identity its register declares.
#[derive(Default)]
pub struct Known {
    /// By identity.
    of: Vec<Index>,
}

/// The records that one identity speaks of.
struct Index {
    /// What their register is called.
    name: Names,
    /// By what agrees in all single values.
    records: HashMap<Vec<String>, Vec<Other>>,
}

/// A record that is known.
#[derive(Debug, Clone)]
struct Other {
    id: RecordId,
    /// The values of several references, in the order of the pairs: one member in common is enough.
    several: Vec<Vec<RecordId>>,
    label: String,
}

impl Known {
    fn empty(catalog: &Catalog, register: &Register) -> Self {
        let index = |same: &Same| Index { name: catalog.registers[same.of].name.clone(), records: HashMap::new() };
        Self { of: register.same.iter().map(index).collect() }
    }

    /// Reads all that the identities of a register speak of; nothing is read for a register that has none.
    pub fn load(reader: &mut Reader, catalog: &Catalog, register: &Register) -> Result<Self, AppError> {
        let mut known = Self::empty(catalog, register);
        for (same, of) in register.same.iter().zip(&mut known.of) {
            let other = &catalog.registers[same.of];
            reader.each_record(same.of, &mut |record| add(same, &mut of.records, other, record))?;
        }
        Ok(known)
    }

    /// Reads the same for the values of one record alone.
    pub fn of_one(
        reader: &mut Reader,
        catalog: &Catalog,
        register: &Register,
        values: &[Value],
    ) -> Result<Self, AppError> {
        let mut known = Self::empty(catalog, register);
        for (same, of) in register.same.iter().zip(&mut known.of) {
            let other = &catalog.registers[same.of];
            // What is stored in one way only narrows the search; texts are written in several.
            let exact = same.pairs.iter().find(|(own, _)| {
                let kind = &register.fields[*own].kind;
                matches!(kind, Kind::Ref(_) | Kind::Date | Kind::Year) && !values[*own].is_missing()
            });
            match exact {
                Some((own, theirs)) => {
                    let equal = vec![(Column::Field(*theirs), values[*own].clone())];
                    let query = ListQuery { equal, limit: MOST, ..ListQuery::default() };
                    reader.list(same.of, &query)?.iter().for_each(|record| add(same, &mut of.records, other, record));
                }
                None => reader.each_record(same.of, &mut |record| add(same, &mut of.records, other, record))?,
            }
        }
        Ok(known)
    }

    /// Makes known a record that was just written, for those behind it.
    pub fn learn(&mut self, position: usize, register: &Register, id: RecordId, values: &[Value]) {
        for (same, of) in register.same.iter().zip(&mut self.of).filter(|(same, _)| same.of == position) {
            let theirs: Vec<usize> = same.pairs.iter().map(|(_, theirs)| *theirs).collect();
            put(&mut of.records, register, &theirs, id, values);
        }
    }

    /// The records that these values are already: by which identity, what their register is called, and which.
    fn met<'a>(
        &'a self,
        register: &'a Register,
        values: &'a [Value],
        own: Option<RecordId>,
    ) -> impl Iterator<Item = (&'a Same, &'a Names, &'a Other)> {
        register.same.iter().zip(&self.of).filter_map(move |(same, of)| {
            let mine: Vec<usize> = same.pairs.iter().map(|(mine, _)| *mine).collect();
            let (single, several) = identity(register, &mine, values)?;
            let meets = |other: &&Other| {
                let all = several.iter().zip(&other.several);
                Some(other.id) != own && all.clone().all(|(a, b)| a.iter().any(|id| b.contains(id)))
            };
            let other = of.records.get(&single).into_iter().flatten().find(meets)?;
            Some((same, &of.name, other))
        })
    }

    /// The record of the same register that these values are a second claim of, where such claims are joined.
    pub fn to_join(&self, register: &Register, values: &[Value], own: Option<RecordId>) -> Option<RecordId> {
        self.met(register, values, own).find(|(same, ..)| same.joins).map(|(.., other)| other.id)
    }

    /// A finding for each identity by which the record is another one already. `own` is the record itself, where it is
    /// one.
    pub fn check(
        &self,
        register: &Register,
        values: &[Value],
        own: Option<RecordId>,
        lang: Lang,
        place: &dyn Fn(Option<usize>) -> Place,
        findings: &mut Vec<Finding>,
    ) {
        for (same, name, other) in self.met(register, values, own) {
            let at = place(same.pairs.first().map(|(mine, _)| *mine));
            let finding = if same.warning { Finding::warning("APP-042", at) } else { Finding::error("APP-042", at) };
            let finding = finding.with("say", same.say.get(lang)).with("label", &other.label);
            findings.push(finding.with("register", name.get(lang)));
        }
    }
}

impl Keeper<'_> {
    /// The record that these values are already, of this register or another, by what this register declares, and
    /// whether they can be joined to it.
    pub fn same_already(&self, values: &[Value]) -> Result<Option<(usize, RecordId, bool)>, AppError> {
        let register = self.declared();
        if register.same.is_empty() {
            return Ok(None);
        }
        // Whoever enters it first may be someone whose records this person does not see.
        self.viewer.read_within(&Reach::School, |reader| {
            let known = Known::of_one(reader, &self.viewer.catalog, register, values)?;
            Ok(known.met(register, values, None).next().map(|(same, _, other)| (same.of, other.id, same.joins)))
        })
    }

    /// Joins what a second person knows of an achievement to the record that is there: what was open is filled, members
    /// are added, and nothing that stands is replaced. Whether there was anything to add; a verified record is then
    /// reopened, with the reason in the audit log.
    ///
    /// Errors: [`AppError::NotFound`] if the record is not this person's to keep; findings as of any change.
    pub fn join(&self, id: RecordId, values: &[Value], reason: &str, lang: Lang) -> Result<bool, AppError> {
        let record = self.viewer.record(self.register, id)?;
        let joined = joined(&record.values, values);
        if joined == record.values {
            return Ok(false);
        }
        let edit = Edit { values: joined, submit: true, seen_version: Some(record.version) };
        self.correct(id, edit, reason, lang)?;
        Ok(true)
    }
}

/// What stands with what a second claim adds: what was open is filled, members are added, nothing is replaced.
pub fn joined(old: &[Value], new: &[Value]) -> Vec<Value> {
    let both = |(old, new): (&Value, &Value)| match (old, new) {
        (Value::Missing, new) => new.clone(),
        (Value::Refs(here), Value::Refs(more)) => {
            let added = more.iter().filter(|id| !here.contains(id));
            Value::Refs(here.iter().chain(added).copied().collect())
        }
        (old, _) => old.clone(),
    };
    old.iter().zip(new).map(both).collect()
}

/// The fields of which a second claim says something else than stands there and stays.
pub fn kept_against(old: &[Value], new: &[Value]) -> Vec<usize> {
    let differs = |(old, new): (&Value, &Value)| {
        !old.is_missing() && !new.is_missing() && !matches!(old, Value::Refs(_)) && old != new
    };
    old.iter().zip(new).enumerate().filter(|(_, both)| differs(*both)).map(|(field, _)| field).collect()
}

/// Makes a record known if it was handed in: a draft claims nothing yet.
fn add(same: &Same, of: &mut HashMap<Vec<String>, Vec<Other>>, register: &Register, record: &Record) {
    if matches!(record.state, RecordState::Submitted | RecordState::Verified) {
        let theirs: Vec<usize> = same.pairs.iter().map(|(_, theirs)| *theirs).collect();
        put(of, register, &theirs, record.id, &record.values);
    }
}

fn put(
    of: &mut HashMap<Vec<String>, Vec<Other>>,
    register: &Register,
    fields: &[usize],
    id: RecordId,
    values: &[Value],
) {
    if let Some((single, several)) = identity(register, fields, values) {
        let label = called(register, values);
        of.entry(single).or_default().push(Other { id, several, label });
    }
}

/// Whatever is compared: single values as people would read them alike, several references as they are. Nothing if one
/// is missing: who cannot be told apart is not the same.
fn identity(register: &Register, fields: &[usize], values: &[Value]) -> Option<(Vec<String>, Vec<Vec<RecordId>>)> {
    let (mut single, mut several) = (Vec::new(), Vec::new());
    for field in fields {
        let value = values.get(*field).filter(|value| !value.is_missing())?;
        match register.fields[*field].kind {
            Kind::Refs(_) => several.push(value.ref_ids().to_vec()),
            Kind::Ref(_) => single.push(value.as_ref_id()?.to_string()),
            _ => single.push(plain(&register.fields[*field].kind.edit(value))),
        }
    }
    Some((single, several))
}

/// A text without what people write differently: width, case, spaces, quotation marks and brackets around titles.
fn plain(text: &str) -> String {
    let folded = jc_text::fold::plain(text).to_lowercase();
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a record is called by its own texts.
pub fn called(register: &Register, values: &[Value]) -> String {
    let texts = register.label.iter().filter(|field| !matches!(register.fields[**field].kind, Kind::Ref(_)));
    let texts: Vec<String> = texts.map(|field| register.fields[*field].kind.edit(&values[*field])).collect();
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn titles_are_compared_as_people_read_them() {
        assert_eq!(plain("“红领 工匠” 品牌（2024）"), plain("「红领工匠」品牌(２０２４)"));
        assert_ne!(plain("红领工匠"), plain("红领工匠二期"));
    }
}
