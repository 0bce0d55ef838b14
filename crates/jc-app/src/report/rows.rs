//! The rows behind a report's figures, for its workbook: every record that counts, its fields as the release profile
//! shows them, and what it adds to each measure.

use super::answers::{showing, shown};
use super::made::Wanted;
use super::naming::Naming;
use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use crate::subjects::{is_private, minors, subjects};
use jc_base::{Lang, Ratio, RecordId, RecordState};
use jc_catalog::{Catalog, Counting, Formula, Operation, Register};
use jc_figures::contribution::{Member, distinct_members};
use jc_figures::{Outcome, Page, outcome};
use jc_report::model::{Document, Row, Sheet, Sum};
use jc_report::profile::Showing;
use jc_store::reader::WithRelated;
use jc_store::{Reader, Record};
use std::collections::{BTreeMap, BTreeSet, HashSet};

impl Viewer<'_> {
    /// A sheet for each register whose figures of the year the report shows, and whose rows those are.
    pub(super) fn report_rows(&self, document: &Document, wanted: &Wanted) -> Result<(Vec<Sheet>, Rows), AppError> {
        self.needs(Operation::ReadRecords)?;
        let lang = document.head.lang;
        let mut by_register: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, entry) in document.entries.iter().enumerate() {
            let Some((r, i)) = self.catalog.find_indicator(&entry.indicator) else { continue };
            let page = Page::reported_in(&self.catalog.registers[r], wanted.year);
            // Sums are of the whole page of the year; other years and parts stand as numbers.
            if entry.id == format!("{}@{page}", entry.indicator) && entry.printed.is_some() {
                by_register.entry(r).or_default().push((at, i));
            }
        }
        self.read(|reader| {
            let (mut sheets, mut rows) = (Vec::new(), Rows::default());
            let naming = Naming::of(reader, wanted.profile)?;
            let mut whose = BTreeSet::new();
            for (register, entries) in by_register {
                let Some((sheet, records)) = self.rows_of(reader, register, &entries, wanted, lang, &naming)? else {
                    continue;
                };
                sheets.push(sheet);
                if is_private(&self.catalog, register) {
                    whose.extend(records.iter().flat_map(|record| subjects(&self.catalog, register, record)));
                    let id = self.catalog.registers[register].id.to_string();
                    rows.records.push((id, records.iter().map(|record| record.id).collect()));
                }
            }
            rows.minors = minors(reader, &whose, reader.today())?.len();
            Ok((sheets, rows))
        })
    }

    fn rows_of(
        &self,
        reader: &mut Reader,
        register: usize,
        entries: &[(usize, usize)],
        wanted: &Wanted,
        lang: Lang,
        naming: &Naming,
    ) -> Result<Option<(Sheet, Vec<Record>)>, AppError> {
        let declared = &self.catalog.registers[register];
        let page = Page::reported_in(declared, wanted.year);
        let sums: Vec<(usize, usize, Option<usize>, u8)> = entries
            .iter()
            .filter_map(|(entry, indicator)| match declared.indicators[*indicator].formula {
                Formula::Total(over) => Some((*entry, over, None, 1)),
                Formula::Share { part, whole } => Some((*entry, part, Some(whole), 100)),
                Formula::Quotient { over, under } => Some((*entry, over, Some(under), 1)),
                // What one row of a sheet adds is not told by that row alone.
                Formula::Growth(_) | Formula::Highest { .. } | Formula::Common { .. } => None,
            })
            .collect();
        let measures: Vec<usize> = sums
            .iter()
            .flat_map(|(_, over, under, _)| std::iter::once(*over).chain(*under))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let mut records: Vec<Record> = Vec::new();
        reader.each_on_page(register, page, &mut |record| {
            if record.state == RecordState::Verified {
                records.push(record.clone());
            }
        })?;
        if measures.is_empty() || records.is_empty() {
            return Ok(None);
        }
        let mut labels = Labels::default();
        labels.load(reader, register, &records)?;
        let related = reader.related(register)?;
        let at = page.moments(declared, reader.today());
        let fields = fields(&self.catalog, declared, wanted);
        let mut seen: Vec<HashSet<Member>> = vec![HashSet::new(); measures.len()];
        let mut rows = Vec::with_capacity(records.len());
        for record in &records {
            let row = WithRelated { record, related: &related };
            let adds: Vec<Option<Ratio>> = measures
                .iter()
                .zip(&mut seen)
                .map(|(position, seen)| {
                    let measure = &declared.measures[*position];
                    let Outcome::Counts(amount) = outcome(measure, &row, &at) else { return None };
                    if let Counting::Distinct { .. } = measure.counting {
                        // Counted once: with the first record that names it.
                        let members = distinct_members(measure, &row);
                        let new = members.into_iter().filter(|member| seen.insert(member.clone())).count();
                        return i128::try_from(new).ok().map(Ratio::whole);
                    }
                    Ratio::new(i128::from(amount), 10i128.pow(u32::from(measure.digits)))
                })
                .collect();
            let cell = |(field, showing): &(usize, Showing)| {
                let kind = &declared.fields[*field].kind;
                let named = naming.shown(&self.catalog, (register, *field), record, *showing, &labels);
                named.unwrap_or_else(|| {
                    shown(*showing, kind, labels.show(&self.catalog, kind, &record.values[*field], lang))
                })
            };
            rows.push(Row { cells: fields.iter().map(cell).collect(), adds });
        }
        let heading = |position: &usize| {
            let measure = &declared.measures[*position];
            let of = sums.iter().find(|(_, over, _, _)| over == position).and_then(|(entry, ..)| {
                let (_, indicator) = entries.iter().find(|(at, _)| at == entry)?;
                Some(declared.indicators[*indicator].name.get(lang).to_owned())
            });
            let own = measure.name.get(lang);
            of.unwrap_or_else(|| if own.is_empty() { measure.id.to_string() } else { own.to_owned() })
        };
        let position = |measure: usize| measures.iter().position(|m| *m == measure).unwrap_or(0);
        let period = match page {
            Page::Of(period) => period.label(lang),
            Page::All => String::new(),
        };
        let sheet = Sheet {
            name: format!("{} {period}", declared.name.get(lang)).trim_end().to_owned(),
            head: fields.iter().map(|(field, _)| declared.fields[*field].name.get(lang).to_owned()).collect(),
            measures: measures.iter().map(heading).collect(),
            sums: sums
                .iter()
                .map(|(entry, over, under, factor)| Sum {
                    entry: *entry,
                    over: position(*over),
                    under: under.map(position),
                    factor: *factor,
                })
                .collect(),
            rows,
        };
        Ok(Some((sheet, records)))
    }
}

/// The records whose rows a report gives along.
#[derive(Default)]
pub(super) struct Rows {
    /// Those with private data, by register.
    pub records: Vec<(String, Vec<RecordId>)>,
    /// How many minors' data that is.
    pub minors: usize,
}

/// The fields a profile shows, each with how.
fn fields(catalog: &Catalog, register: &Register, wanted: &Wanted) -> Vec<(usize, Showing)> {
    let all = register.fields.iter().enumerate().filter(|(_, field)| field.retired.is_none());
    let each = all.map(|(at, field)| (at, showing(catalog, field, wanted.profile)));
    each.filter(|(_, showing)| *showing != Showing::Nothing).collect()
}
