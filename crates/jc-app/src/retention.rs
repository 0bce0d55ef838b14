//! Retention 保存期限: what the catalog keeps no longer is erased, and what it proved stays proved.

use crate::app::App;
use crate::audit::moving::LogBegin;
use crate::error::AppError;
use crate::labels::search_text;
use crate::person::Person;
use crate::subjects::people_registers;
use jc_base::{Date, RecordId};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Register};
use jc_figures::page::register_span;
use jc_store::Reader;
use jc_store::store::Ending;
use std::collections::{BTreeMap, BTreeSet};

/// So many records are erased in one write.
const AT_ONCE: usize = 1_000;
/// Texts that are shorter, other than names, are in too many others.
const LEAST_TOLD: usize = 6;
/// Names that are shorter may be words.
const LEAST_SURE: usize = 3;

/// What is kept no longer: a class of personal data in a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The register.
    pub register: usize,
    /// The class, of the catalog's.
    pub class: usize,
    /// Of how many records.
    pub records: usize,
    /// The last day of the record that ended first, and of the one that ended last.
    pub between: (Date, Date),
}

/// What of which records is kept no longer.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// By register and class, in the catalog's order.
    pub due: Vec<Due>,
    /// Of how many records the papers go too: nothing that ends is left of them.
    pub papers: usize,
    fields: BTreeMap<usize, BTreeMap<RecordId, BTreeSet<usize>>>,
    bare: BTreeMap<usize, Vec<RecordId>>,
}

/// What was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Records of which something was erased.
    pub records: i64,
    /// Earlier versions of which something was.
    pub versions: i64,
    /// Files of evidence deleted.
    pub files: usize,
    /// Reports, checked texts and requests in which a name or number that went was covered.
    pub texts: i64,
    /// Entries of the audit log whose reason still names one that went: the law has the log kept as it is.
    pub log: Vec<i64>,
    /// Where the log begins that was looked through: not those of its entries that were moved.
    pub begins: Option<LogBegin>,
    /// Texts in which a name stands that went and that others bear or that may be a word: somebody must look.
    pub unclear: Vec<String>,
}

impl App {
    /// What is kept no longer on a day.
    pub fn retention_plan(&self, person: &Person, on: Date) -> Result<Plan, AppError> {
        let viewer = self.viewer(person);
        viewer.machine_only()?;
        viewer.read(|reader| {
            let catalog = reader.catalog();
            let mut plan = Plan::default();
            for register in 0..catalog.registers.len() {
                plan.look_at(reader, catalog, register, on)?;
            }
            Ok(plan)
        })
    }

    /// Erases what a plan made on this day names, and leaves nothing of it in the files of the database.
    pub fn retention_apply(&self, person: &Person, on: Date) -> Result<Erased, AppError> {
        let plan = self.retention_plan(person, on)?;
        let catalog = self.catalog();
        let mut erased = Erased::default();
        // What an earlier run let go of and could not delete any more.
        let mut files = self.viewer(person).read(|reader| Ok(reader.files_let_go()?))?;
        let going = self.viewer(person).read(|reader| Going::of(reader, &plan))?;
        let none = Vec::new();
        for (register, records) in &plan.fields {
            let bare: BTreeSet<&RecordId> = plan.bare.get(register).unwrap_or(&none).iter().collect();
            let all: Vec<(RecordId, Vec<usize>)> =
                records.iter().map(|(id, fields)| (*id, fields.iter().copied().collect())).collect();
            let name = catalog.registers[*register].id.as_str();
            for part in all.chunks(AT_ONCE) {
                let bare: Vec<RecordId> = part.iter().map(|(id, _)| *id).filter(|id| bare.contains(id)).collect();
                let search = |values: &[jc_base::Value]| search_text(&catalog, *register, values);
                let (moment, actor) = (self.moment(), person.actor());
                let done = self.store.write(person.school, &actor, "data.erase", name, moment, |writer| {
                    Ok::<_, AppError>(Ending::Keep(writer.erase(*register, part, &bare, &search)?))
                })?;
                erased.records += done.records;
                erased.versions += done.versions;
                files.extend(done.files);
            }
        }
        self.forget(person, &going, &mut erased)?;
        erased.files = self.store.delete_files(&files)?;
        self.store.compact()?;
        Ok(erased)
    }
}

impl App {
    /// Covers what goes in what people wrote freely, and looks where it still stands.
    fn forget(&self, person: &Person, going: &Going, erased: &mut Erased) -> Result<(), AppError> {
        if going.sure.is_empty() && going.unclear.is_empty() {
            return Ok(());
        }
        let (moment, actor) = (self.moment(), person.actor());
        erased.texts = self.store.write(person.school, &actor, "data.erase", "text", moment, |writer| {
            let texts = writer.rewrite_texts(&|text| going.covered(text))?;
            writer.note("texts", texts);
            Ok::<_, AppError>(if texts > 0 { Ending::Keep(texts) } else { Ending::Undo(0) })
        })?;
        let (mut log, mut unclear) = (BTreeSet::new(), BTreeSet::new());
        self.viewer(person).read(|reader| {
            erased.begins = LogBegin::of(reader.log_begin()?);
            reader.typed_in_log(&mut |seq, text| {
                if going.covered(text).is_some() || going.may_be_in(text) {
                    log.insert(seq);
                }
            })?;
            reader.free_texts(&mut |_, name, text| {
                if going.may_be_in(text) {
                    unclear.insert(name.to_owned());
                }
            })?;
            Ok::<_, AppError>(())
        })?;
        (erased.log, erased.unclear) = (log.into_iter().collect(), unclear.into_iter().collect());
        Ok(())
    }
}

/// The names and numbers that go, as they may stand in what people wrote.
#[derive(Debug, Default)]
struct Going {
    /// Numbers, and names that are nobody else's and no word.
    sure: BTreeSet<String>,
    /// Names that others bear, or so short that they may be a word: `高峰` is both.
    unclear: BTreeSet<String>,
}

impl Going {
    /// What a plan erases, as it is and as it was in earlier versions.
    fn of(reader: &mut Reader, plan: &Plan) -> Result<Self, AppError> {
        let catalog = reader.catalog();
        let (mut going, mut names) = (Self::default(), BTreeSet::new());
        for (register, records) in &plan.fields {
            let declared = &catalog.registers[*register];
            let told = |field: &&usize| {
                matches!(declared.fields[**field].kind, Kind::PersonName | Kind::Phone | Kind::IdNumber | Kind::Text)
            };
            for (id, fields) in records {
                let fields: Vec<usize> = fields.iter().filter(told).copied().collect();
                if fields.is_empty() {
                    continue;
                }
                for version in reader.history(*register, *id)? {
                    for field in &fields {
                        let Some(text) = version.record.values[*field].as_text() else { continue };
                        let long = text.chars().count();
                        match declared.fields[*field].kind {
                            Kind::PersonName if long > 1 => names.insert(text.to_owned()),
                            Kind::PersonName => false,
                            _ => long >= LEAST_TOLD && going.sure.insert(text.to_owned()),
                        };
                    }
                }
            }
        }
        if names.is_empty() {
            return Ok(going);
        }
        // Whoever else bears a name keeps it.
        let mut others = BTreeSet::new();
        for people in people_registers(catalog) {
            let named = |field: &usize| catalog.registers[people].fields[*field].kind == Kind::PersonName;
            let label: Vec<usize> = catalog.registers[people].label.iter().copied().filter(named).collect();
            let gone = plan.fields.get(&people);
            reader.each_record(people, &mut |person| {
                let goes = |field| gone.and_then(|all| all.get(&person.id)).is_some_and(|own| own.contains(field));
                let kept = label.iter().filter(|field| !goes(*field));
                others.extend(kept.filter_map(|field| person.values[*field].as_text()).map(str::to_owned));
            })?;
        }
        for name in names {
            let unclear = name.chars().count() < LEAST_SURE || others.contains(&name);
            if unclear {
                going.unclear.insert(name)
            } else {
                going.sure.insert(name)
            };
        }
        Ok(going)
    }

    /// A text without what goes for sure; nothing if none of it is in there. As long as it was, in characters and bytes,
    /// so that what points into it still does.
    fn covered(&self, text: &str) -> Option<String> {
        let found: Vec<&String> = self.sure.iter().filter(|one| text.contains(one.as_str())).collect();
        let covered = |text: String, one: &&String| text.replace(one.as_str(), &stars(one));
        (!found.is_empty()).then(|| found.iter().fold(text.to_owned(), covered))
    }

    fn may_be_in(&self, text: &str) -> bool {
        self.unclear.iter().any(|name| text.contains(name.as_str()))
    }
}

/// Stars for all of a text but its first character, each as many bytes wide as what it stands for, if it can be.
fn stars(text: &str) -> String {
    let star = |(at, c): (usize, char)| match (at, c.len_utf8()) {
        (0, _) => c,
        (_, 1) => '*',
        (_, 3) => '＊',
        _ => c,
    };
    text.chars().enumerate().map(star).collect()
}

impl Plan {
    /// Whether nothing is due.
    pub fn is_empty(&self) -> bool {
        self.due.is_empty()
    }

    fn look_at(&mut self, reader: &mut Reader, catalog: &Catalog, register: usize, on: Date) -> Result<(), AppError> {
        let declared = &catalog.registers[register];
        let ending: Vec<(usize, u8, Vec<usize>)> = catalog
            .data_classes
            .iter()
            .enumerate()
            .filter_map(|(class, told)| {
                let fields = declared.fields.iter().enumerate().filter(|(_, field)| field.data_class == Some(class));
                let fields: Vec<usize> = fields.map(|(at, _)| at).collect();
                (!fields.is_empty()).then_some((class, told.years?, fields))
            })
            .collect();
        if ending.is_empty() {
            return Ok(());
        }
        // A field may be empty now and have been filled once.
        let mut once: BTreeMap<usize, BTreeSet<RecordId>> = BTreeMap::new();
        for field in ending.iter().flat_map(|(.., fields)| fields) {
            once.insert(*field, reader.history_names(register, declared.fields[*field].id.as_str())?);
        }
        let papered = reader.papered_records(declared.id.as_str())?;
        let mut due: BTreeMap<usize, Due> = BTreeMap::new();
        let (fields, bare) = (self.fields.entry(register).or_default(), self.bare.entry(register).or_default());
        reader.each_record(register, &mut |record| {
            let Some(last) = last_day(declared, record) else { return };
            let mut all = true;
            for (class, years, of_class) in &ending {
                if !is_over(last, *years, on) {
                    all = false;
                    continue;
                }
                let holds = |field: &&usize| !record.values[**field].is_missing() || once[*field].contains(&record.id);
                let held: Vec<usize> = of_class.iter().filter(holds).copied().collect();
                if held.is_empty() {
                    continue;
                }
                let entry =
                    due.entry(*class).or_insert(Due { register, class: *class, records: 0, between: (last, last) });
                entry.records += 1;
                entry.between = (entry.between.0.min(last), entry.between.1.max(last));
                fields.entry(record.id).or_default().extend(held);
            }
            if all && papered.contains(&record.id) {
                fields.entry(record.id).or_default();
                bare.push(record.id);
            }
        })?;
        self.papers += bare.len();
        self.due.extend(due.into_values());
        if fields.is_empty() {
            self.fields.remove(&register);
        }
        Ok(())
    }
}

/// The day a record was over: a person left, something happened. Nothing while it lasts or where that is unknown.
fn last_day(register: &Register, record: &jc_store::Record) -> Option<Date> {
    register_span(register, &record.values)?.until
}

/// Whether the years are over that something is kept after a day: from the same day of a later year on.
fn is_over(last: Date, years: u8, on: Date) -> bool {
    let parts = |day: Date, more: i32| (day.year() + more, day.month(), day.day());
    parts(last, i32::from(years)) < parts(on, 0)
}

#[cfg(test)]
mod tests {
    use super::is_over;
    use jc_base::Date;

    #[test]
    fn years_are_over_on_the_day_after() {
        let day = |text: &str| Date::parse_iso(text).expect("a day");
        assert!(!is_over(day("2014-06-30"), 10, day("2024-06-30")));
        assert!(is_over(day("2014-06-30"), 10, day("2024-07-01")));
        assert!(is_over(day("2020-02-29"), 1, day("2021-03-01")));
        assert!(!is_over(day("2024-06-30"), 0, day("2024-06-30")));
    }
}
