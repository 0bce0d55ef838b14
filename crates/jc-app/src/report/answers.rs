//! What a template asks for, answered from one state of the records.

use super::naming::Naming;
use crate::error::AppError;
use crate::figures::{Cache, IndicatorRef};
use crate::labels::Labels;
use crate::person::Viewer;
use jc_base::{Lang, RecordState};
use jc_catalog::kinds::Kind;
use jc_catalog::model::Field;
use jc_catalog::{Catalog, Column, Privacy};
use jc_figures::{Figure, Page};
use jc_report::profile::{Profile, Showing, mask};
use jc_report::template::{Answers, Ask, Given, Part, Records};
use jc_store::reader::PageInfo;
use jc_store::{Reader, Record};
use std::collections::{BTreeSet, HashMap};

/// A list in a report shows no more records than this.
const MOST_RECORDS: usize = 400;

impl Viewer<'_> {
    /// Answers all questions in one reading, so that no figure is newer than another.
    pub(super) fn report_answers(
        &self,
        asks: &BTreeSet<Ask>,
        year: i32,
        lang: Lang,
        profile: Profile,
    ) -> Result<Answers, AppError> {
        self.read(|reader| {
            let (mut answers, mut cache) = (Answers::default(), Cache::default());
            let naming = Naming::of(reader, profile)?;
            let mut pages: HashMap<usize, Vec<PageInfo>> = HashMap::new();
            for ask in asks {
                match ask {
                    Ask::Whole { indicator, back } => {
                        let Some((of, page)) = self.reported(indicator, year, *back) else { continue };
                        let figure = self.settle_as(reader, &mut cache, of, page)?;
                        let given = proved(reader, &mut pages, of, figure)?;
                        answers.whole.insert((indicator.clone(), *back), given);
                    }
                    Ask::Parts { indicator, slice, back } => {
                        let Some((of, page)) = self.reported(indicator, year, *back) else { continue };
                        let personal = self.names_people(of, slice);
                        let mut parts = Vec::new();
                        for (value, label, figure) in self.slices_on(reader, of, page, slice, lang)? {
                            // Nothing verified is of no known part: what waits is not yet anything to tell.
                            if value.is_empty() && figure.verified == 0 {
                                continue;
                            }
                            let label = if personal && profile != Profile::Internal { mask(&label) } else { label };
                            parts.push(Part { value, label, personal, given: proved(reader, &mut pages, of, figure)? });
                        }
                        answers.parts.insert((indicator.clone(), slice.clone(), *back), parts);
                    }
                    Ask::Records(records) => {
                        let rows = self.listed(reader, records, year, lang, profile, &naming)?;
                        answers.records.insert(records.clone(), rows);
                    }
                }
            }
            Ok(answers)
        })
    }

    /// Whether the parts that a slice makes are people. A choice from a list names nobody.
    fn names_people(&self, of: IndicatorRef, slice: &str) -> bool {
        let register = &self.catalog.registers[of.register];
        let Some(slice) = register.slices.iter().find(|s| s.id == slice) else { return false };
        let named = match (register.column_kind(slice.column), slice.column) {
            (Kind::Code(_), _) => return false,
            (Kind::Ref(target) | Kind::Refs(target), _) => {
                let target = &self.catalog.registers[*target];
                target.label.iter().map(|at| &target.fields[*at]).collect()
            }
            (_, Column::Field(at)) => vec![&register.fields[at]],
            (kind, Column::Copied(_)) => return *kind == Kind::PersonName,
        };
        named.iter().any(|field| field.kind == Kind::PersonName || field.privacy >= Privacy::Personal)
    }

    fn reported(&self, indicator: &str, year: i32, back: u8) -> Option<(IndicatorRef, Page)> {
        let (register, indicator) = self.catalog.find_indicator(indicator)?;
        let declared = &self.catalog.registers[register];
        let page = Page::reported_in(declared, year - i32::from(back));
        // All years by the definition of the report's: a change of definition is no growth.
        let of = self.in_force(IndicatorRef { register, indicator }, Page::reported_in(declared, year));
        // A register without periods answers for today only.
        (back == 0 || page != Page::All).then_some((of, page))
    }

    /// Verified records of the year as the profile lets them be shown.
    fn listed(
        &self,
        reader: &mut Reader,
        asked: &Records,
        year: i32,
        lang: Lang,
        profile: Profile,
        naming: &Naming,
    ) -> Result<Vec<Vec<String>>, AppError> {
        let register = self.catalog.find_register(&asked.register).ok_or(AppError::NotFound)?;
        let declared = &self.catalog.registers[register];
        let page = Page::reported_in(declared, year);
        let mut found: Vec<Record> = Vec::new();
        reader.each_on_page(register, page, &mut |record| {
            if record.state == RecordState::Verified {
                found.push(record.clone());
            }
        })?;
        let mut labels = Labels::default();
        labels.load(reader, register, &found)?;
        if let Some((field, wanted)) = &asked.only
            && let Some(at) = declared.find_field(field)
        {
            let kind = &declared.fields[at].kind;
            found.retain(|record| {
                let value = &record.values[at];
                kind.edit(value) == *wanted || labels.show(&self.catalog, kind, value, lang) == *wanted
            });
        }
        found.truncate(MOST_RECORDS);
        let fields: Vec<usize> = asked.fields.iter().filter_map(|id| declared.find_field(id)).collect();
        let cell = |record: &Record, at: usize| {
            let field = &declared.fields[at];
            let as_profile = showing(&self.catalog, field, profile);
            if let Some(named) = naming.shown(&self.catalog, (register, at), record, as_profile, &labels) {
                return named;
            }
            let mut text = labels.show(&self.catalog, &field.kind, &record.values[at], lang);
            if matches!(field.kind, Kind::Decimal(_)) && text.contains('.') {
                text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
            }
            shown(as_profile, &field.kind, text)
        };
        Ok(found.iter().map(|record| fields.iter().map(|at| cell(record, *at)).collect()).collect())
    }
}

/// How a field is shown in a release: whoever is referred to as their own name is.
pub(super) fn showing(catalog: &Catalog, field: &Field, profile: Profile) -> Showing {
    let named = match field.kind {
        Kind::Ref(target) | Kind::Refs(target) => {
            let target = &catalog.registers[target];
            target.label.iter().map(|at| &target.fields[*at]).collect()
        }
        _ => vec![field],
    };
    let privacy = named.iter().map(|named| named.privacy).fold(field.privacy, Privacy::max);
    profile.shows(privacy, named.iter().any(|named| named.kind == Kind::PersonName))
}

/// A field's text as a release profile lets it be shown.
pub(super) fn shown(showing: Showing, kind: &Kind, text: String) -> String {
    match showing {
        Showing::Full if *kind != Kind::IdNumber => text,
        Showing::Nothing => "—".to_owned(),
        Showing::Full | Showing::Masked => mask(&text),
    }
}

/// A figure with the version and digest of its page.
fn proved(
    reader: &mut Reader,
    pages: &mut HashMap<usize, Vec<PageInfo>>,
    of: IndicatorRef,
    figure: Figure,
) -> Result<Given, AppError> {
    let infos = match pages.entry(of.register) {
        std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
        std::collections::hash_map::Entry::Vacant(new) => new.insert(reader.page_infos(of.register)?),
    };
    let info = infos.iter().find(|info| info.page == figure.page);
    // A page that was written since it was closed is no longer the one its seal is of.
    let closed = reader.seal(figure.register.as_str(), figure.page)?;
    let seal =
        closed.map(|closed| closed.signed.seal).filter(|seal| info.is_some_and(|i| i.version == seal.page_version));
    Ok(Given {
        version: info.map_or(0, |info| info.version),
        digest: info.map_or_else(String::new, |info| info.digest.clone()),
        figure,
        seal: seal.map(|seal| seal.digest()),
    })
}
