//! A text held against the records, number by number.

use crate::error::AppError;
use crate::figures::IndicatorRef;
use crate::person::Viewer;
use jc_base::Lang;
use jc_catalog::kinds::Kind;
use jc_catalog::model::CodeList;
use jc_catalog::{Area, Catalog, Column, Counting, Formula, Indicator, Operation, Register};
use jc_claims::candidates::{Candidate, candidates};
use jc_claims::document::{Claim, Document, Level};
use jc_claims::exact::Exact;
use jc_claims::judge::{Answer, Given, Judgement, Reason, judge};
use jc_claims::lexicon::{EntryKind, Filter, LexEntry, Lexicon};
use jc_claims::out::to_claims_out;
use jc_claims::read::read;
use jc_claims::relate::{Relation, relate};
use jc_figures::{Figure, FigureValue, NoValue, Page};

/// A checked text.
pub struct Checked {
    /// The numbers found.
    pub document: Document,
    /// The text's own arithmetic.
    pub relations: Vec<Relation>,
    /// A verdict for each number; empty if the records were not asked.
    pub judgements: Vec<Judgement>,
}

impl Checked {
    /// As `claims-out/1`, with offsets in characters of the given text.
    pub fn to_json(&self) -> serde_json::Value {
        to_claims_out(&self.document, "raw", &self.relations, &self.judgements)
    }
}

/// The words of a catalog, as the claim reader wants them.
pub fn lexicon(catalog: &Catalog) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for register in &catalog.registers {
        let filters: Vec<(Column, Filter)> = register
            .slices
            .iter()
            .filter_map(|slice| match register.column_kind(slice.column) {
                Kind::Code(list) => catalog.code_list(list.as_str()).map(|list| (slice, list)),
                _ => None,
            })
            .flat_map(|(slice, list)| {
                list.codes.iter().map(|code| {
                    let (field, word, value) = (slice.id.clone(), code.name.zh.clone(), code.code.clone());
                    (slice.column, Filter { field, word, value })
                })
            })
            .collect();
        for indicator in register.indicators.iter().filter(|i| !i.words.is_empty()) {
            let unit = catalog.units.units.iter().find(|u| u.id == indicator.unit);
            let kind = match (indicator.formula, indicator.unit.as_str()) {
                (Formula::Growth(_), _) => EntryKind::Growth,
                (Formula::Share { .. }, _) => EntryKind::Rate,
                (_, "person-times") => EntryKind::PersonTimes,
                (_, "yuan") => EntryKind::Money,
                (_, "hour" | "day") => EntryKind::Time,
                (_, "place" | "house") => EntryKind::Rank,
                (Formula::Quotient { .. }, _) => EntryKind::Amount,
                _ => EntryKind::Count,
            };
            lexicon.entries.push(LexEntry {
                indicator: indicator.id.to_string(),
                words: indicator.words.clone(),
                unit: unit.map_or_else(String::new, |u| u.name.zh.clone()),
                kind,
                context: indicator.context.clone(),
                level: level(register, indicator),
                // What the indicator itself is about, or is called by (就业 in 就业率), narrows it no further.
                filters: {
                    let about = columns(register, indicator);
                    let own = |filter: &Filter| indicator.words.iter().any(|word| word.contains(&filter.word));
                    let free = filters.iter().filter(|(column, filter)| !about.contains(column) && !own(filter));
                    free.map(|(_, filter)| filter.clone()).collect()
                },
            });
        }
    }
    lexicon.places = catalog.code_list(REGIONS).map(places).unwrap_or_default();
    lexicon.areas =
        Area::ALL.iter().map(|area| jc_words::text(Lang::Zh, &format!("area-{}", area.code()), &[])).collect();
    lexicon
}

/// The code list of regions (GB/T 2260), and that of levels.
const REGIONS: &str = "region";
const LEVELS: &str = "contest-level";

/// Places with their rank, which their codes tell: 33 00 00 is a province, 33 04 00 a city, 33 04 82 a county.
fn places(regions: &CodeList) -> Vec<(String, Level)> {
    let rank = |code: &str| match code {
        code if code.ends_with("0000") => Level::Province,
        code if code.ends_with("00") => Level::City,
        _ => Level::County,
    };
    regions.codes.iter().map(|region| (region.name.zh.clone(), rank(&region.code))).collect()
}

/// The one level an indicator counts, if its measure demands one.
fn level(register: &Register, indicator: &Indicator) -> Option<Level> {
    let of_level = |column: Column| matches!(register.column_kind(column), Kind::Code(list) if list.as_str() == LEVELS);
    let equations = measures(indicator).into_iter().flat_map(|ix| register.measures[ix].filter.equations());
    let code = equations.filter(|(column, _)| of_level(*column)).map(|(_, code)| code).next()?;
    Some(match code {
        "school" => Level::School,
        "county" => Level::County,
        "city" => Level::City,
        "province" => Level::Province,
        "nation" => Level::Nation,
        "international" => Level::International,
        _ => return None,
    })
}

/// The measures of an indicator, by position.
fn measures(indicator: &Indicator) -> Vec<usize> {
    match indicator.formula {
        Formula::Total(one) | Formula::Growth(one) => vec![one],
        Formula::Share { part, whole } => vec![part, whole],
        Formula::Quotient { over, under } => vec![over, under],
    }
}

/// The columns that the measures of an indicator look at.
fn columns(register: &Register, indicator: &Indicator) -> Vec<Column> {
    let looked_at = |ix: usize| {
        let measure = &register.measures[ix];
        let apart = if let Counting::Distinct(column) = measure.counting { Some(column) } else { None };
        measure.filter.columns().into_iter().chain(apart)
    };
    measures(indicator).into_iter().flat_map(looked_at).collect()
}

impl Viewer<'_> {
    /// Reads a text and judges its numbers: by its own arithmetic and, if wanted, by the records. Where the text
    /// names no year, `year` is meant.
    pub fn check_text(&self, text: &str, year: i32, with_records: bool) -> Result<Checked, AppError> {
        self.needs(Operation::CheckTexts)?;
        let lexicon = lexicon(&self.catalog);
        let document = read(text, &lexicon);
        let relations = relate(&document);
        let judgements = if with_records {
            let mut answers = Vec::new();
            for candidate in candidates(&document, &lexicon) {
                if let Some(claim) = document.claim(&candidate.claim_id) {
                    answers.push(self.answer(claim, &candidate, year)?);
                }
            }
            judge(&document, &answers)
        } else {
            Vec::new()
        };
        Ok(Checked { document, relations, judgements })
    }

    /// What the records say of one reading of a number.
    fn answer(&self, claim: &Claim, candidate: &Candidate, year: i32) -> Result<Answer, AppError> {
        let of = self.indicator(&candidate.indicator)?;
        let register = &self.catalog.registers[of.register];
        let years: &[i32] = claim.period.as_ref().map_or(&[], |period| &period.years);
        let wanted = match years {
            [] => Some(year),
            [one] => Some(*one),
            [_, ..] => None,
        };
        let mut answer = Answer {
            claim_id: candidate.claim_id.clone(),
            indicator: candidate.indicator.clone(),
            period: String::new(),
            value: Given::Missing(Reason::NoPeriod),
            with_pending: None,
            printed: String::new(),
        };
        let Some(wanted) = wanted else {
            return Ok(answer);
        };
        let page = Page::reported_in(register, wanted);
        answer.period = match page {
            Page::Of(period) => period.label(Lang::Zh),
            Page::All => String::new(),
        };
        let Some(figure) = self.figure_of(of, page, &candidate.filters)? else {
            answer.value = Given::Missing(Reason::NoSlice);
            return Ok(answer);
        };
        answer.printed = self.print_with_unit(&figure);
        let outside = register.indicators[of.indicator].outside;
        answer.value = match figure.value {
            // No proof is no contradiction: others may hold it, or know better.
            FigureValue::Known(ratio) if outside && ratio.num() == 0 => Given::Missing(Reason::OutsideProof),
            FigureValue::Missing(_) if outside => Given::Missing(Reason::OutsideProof),
            FigureValue::Known(_) => exact(&figure, figure.value).map_or(Given::Missing(Reason::Unknown), Given::Value),
            FigureValue::Missing(why) => Given::Missing(match why {
                NoValue::NoRecords => Reason::NoRecords,
                NoValue::NoBase | NoValue::NothingBefore => Reason::NoBase,
                NoValue::Unknown | NoValue::Overflow => Reason::Unknown,
            }),
        };
        if figure.pending > 0 {
            answer.with_pending = exact(&figure, figure.with_pending);
        }
        Ok(answer)
    }

    /// The figure of the whole, or of the one slice that the words name. Nothing if they name more than one.
    fn figure_of(
        &self,
        of: IndicatorRef,
        page: Page,
        filters: &[(String, String)],
    ) -> Result<Option<Figure>, AppError> {
        match filters {
            [] => Ok(Some(self.figure(of, page)?.figure)),
            [(slice, value)] => {
                let slices = self.slices(of, page, slice, Lang::Zh)?;
                Ok(slices.into_iter().find(|(text, _, _)| text == value).map(|(_, _, figure)| figure))
            }
            [_, ..] => Ok(None),
        }
    }

    /// A figure with its unit, as prose would print it: `99.26%`, `118 人次`.
    pub fn print_with_unit(&self, figure: &Figure) -> String {
        let Some(printed) = figure.printed() else {
            return String::new();
        };
        let unit = self.catalog.units.units.iter().find(|u| u.id == figure.unit).map_or("", |u| u.name.zh.as_str());
        if unit == "%" { format!("{printed}%") } else { format!("{printed} {unit}") }
    }
}

/// The value as claims want it: shares as fractions of one.
fn exact(figure: &Figure, value: FigureValue) -> Option<Exact> {
    let FigureValue::Known(ratio) = value else {
        return None;
    };
    let scale = if figure.unit.as_str() == "percent" { 100 } else { 1 };
    Exact::new(ratio.num(), ratio.den().checked_mul(scale)?)
}
