//! A text held against the records, number by number.

mod explain;
mod lexicon;
mod whose;

use crate::error::AppError;
use crate::figures::IndicatorRef;
use crate::person::Viewer;
pub use explain::{Explained, Part};
use jc_base::Lang;
use jc_catalog::{Operation, Register};
use jc_claims::candidates::{Candidate, candidates, kind_agrees};
use jc_claims::document::{Claim, Document, Kind, Period};
use jc_claims::exact::Exact;
use jc_claims::is_clean;
use jc_claims::judge::{Answer, Definition, Given, Judgement, Reason, Verdict, judge};
use jc_claims::lexicon::{EntryKind, Lexicon};
use jc_claims::out::to_claims_out;
use jc_claims::propose::propose;
use jc_claims::read::read;
use jc_claims::relate::{Finding, Relation, RelationKind, relate};
use jc_claims::scope::Sense;
use jc_figures::{Figure, FigureValue, NoValue, Page};
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};
pub use whose::WHOSE;

/// The most contradictions for which it is looked what explains them.
const MOST_EXPLAINED: usize = 60;

/// What is asked of a text.
pub struct Wanted<'t> {
    /// The text.
    pub text: &'t str,
    /// The year meant where the text names none.
    pub year: i32,
    /// Whether the records are asked; else only the text's own arithmetic is tested.
    pub with_records: bool,
    /// What a person has said of single numbers.
    pub corrections: &'t [Correction],
}

/// What a person says of one number of a text, because it was read otherwise than it is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// Where the number stands, in characters of the text, end exclusive.
    pub start: usize,
    /// One after its last character.
    pub end: usize,
    /// The indicator that is meant; nothing to leave it to the words.
    pub indicator: Option<String>,
    /// The year that is meant.
    pub year: Option<i32>,
    /// The unit that is meant, as printed.
    pub unit: Option<String>,
    /// The part that is meant, by the name the school gives it (a department, a level); empty for all there is, nothing
    /// to leave it to the words.
    pub part: Option<String>,
    /// Whether it is no number to check at all: neither records nor the text's own arithmetic take it up.
    pub dropped: bool,
}

/// A checked text.
pub struct Checked {
    /// The numbers found.
    pub document: Document,
    /// The text's own arithmetic.
    pub relations: Vec<Relation>,
    /// A verdict for each number; empty if the records were not asked.
    pub judgements: Vec<Judgement>,
    /// What the parts are called to which an indicator may be narrowed: departments, levels.
    pub parts: BTreeSet<String>,
    /// By claim: what simple set of records explains a contradiction.
    pub explained: HashMap<String, Explained>,
    /// By claim: where its verdict stands.
    judged: HashMap<String, usize>,
    /// The claims that the text's own arithmetic takes up where it cannot hold.
    taken_up: HashSet<String>,
    /// Those among them that it refutes.
    refuted: HashSet<String>,
    /// Those that likely should come to something else.
    doubtful: HashSet<String>,
    /// Those of which a person said that they are no numbers to check.
    dropped: HashSet<String>,
    /// The form of the text that offsets are of, as `claims-out/1` calls it.
    form: &'static str,
}

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The records give it.
    Right,
    /// They will, once what is pending is verified.
    Pending,
    /// They give it under another definition.
    Otherwise,
    /// The records, or the text itself, give something else.
    Wrong,
    /// Nothing says so or otherwise, but other numbers of the text likely come to something else.
    Look,
    /// Nothing says so or otherwise.
    Open,
    /// A person said that it is no number to check: it is counted nowhere.
    Aside,
}

/// How many numbers came to what: the one count that screen, list, command line and JSON tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Numbers seen that state something and are to be checked.
    pub seen: usize,
    /// The records give them.
    pub right: usize,
    /// Under another definition, or once what is pending is verified.
    pub nearly: usize,
    /// The records, or the text itself, give something else.
    pub wrong: usize,
    /// Nothing says so or otherwise.
    pub open: usize,
}

impl Tally {
    /// Numbers of which something can be said.
    pub fn judged(&self) -> usize {
        self.right + self.nearly + self.wrong
    }
}

impl Checked {
    fn of(document: Document, relations: Vec<Relation>, dropped: HashSet<String>, form: &'static str) -> Self {
        let (mut taken_up, mut refuted) = (HashSet::new(), HashSet::new());
        for relation in impossible(&relations) {
            taken_up.extend(relation.members.iter().map(|(_, id)| id.clone()));
            // The one under test stands last.
            refuted.extend(relation.members.last().map(|(_, id)| id.clone()));
        }
        let looks = relations.iter().filter(|it| it.look);
        let doubtful = looks.filter_map(|it| it.members.last()).map(|(_, id)| id.clone()).collect();
        let (judgements, parts) = (Vec::new(), BTreeSet::new());
        let (explained, judged) = (HashMap::new(), HashMap::new());
        Self { document, relations, judgements, parts, explained, judged, taken_up, refuted, doubtful, dropped, form }
    }

    /// As `claims-out/1`, with offsets in characters of the given text, and with the counts people are told.
    pub fn to_json(&self) -> serde_json::Value {
        let mut out = to_claims_out(&self.document, self.form, &self.relations, &self.judgements);
        let tally = self.tally();
        let Tally { seen, right, nearly, wrong, open } = tally;
        out["counts"] = json!({
            "seen": seen, "judged": tally.judged(), "left": open, "right": right, "nearly": nearly, "wrong": wrong,
        });
        out["contradicted"] = self.contradicted().into();
        out["inconsistent"] = self.impossible().count().into();
        out
    }

    /// How many numbers the records contradict.
    pub fn contradicted(&self) -> usize {
        self.judgements.iter().filter(|it| it.verdict == Verdict::Contradicted).count()
    }

    /// The verdict on a claim, if the records were asked.
    pub fn judgement(&self, claim: &str) -> Option<&Judgement> {
        self.judgements.get(*self.judged.get(claim)?)
    }

    /// The pieces of arithmetic that cannot hold.
    pub fn impossible(&self) -> impl Iterator<Item = &Relation> {
        impossible(&self.relations)
    }

    /// The numbers that likely belong together and do not agree: for a person to look at, proved is nothing.
    pub fn looks(&self) -> impl Iterator<Item = &Relation> {
        self.relations.iter().filter(|it| it.look)
    }

    /// Shares that leave one whole number of people: 84 passed at 95.5 %, so 88 sat.
    pub fn forcing(&self) -> impl Iterator<Item = &Relation> {
        let one = |it: &&Relation| it.solutions.as_ref().is_some_and(|all| all.len() == 1);
        self.relations.iter().filter(|it| it.primary && it.finding == Finding::Feasible).filter(one)
    }

    /// How many pieces of arithmetic hold: rates, sums and the like, not that a part stays within its whole.
    pub fn holding(&self) -> usize {
        let told = |it: &&Relation| it.primary && it.finding == Finding::Consistent && it.kind != RelationKind::Subset;
        self.relations.iter().filter(told).count()
    }

    /// The claims that state something: dates, grades and conditions only if the arithmetic takes them up.
    pub fn stating(&self) -> Vec<&Claim> {
        let states = |claim: &&Claim| {
            !matches!(claim.kind, Kind::Date | Kind::Grade | Kind::Threshold)
                || self.taken_up.contains(&claim.id)
                || self.dropped.contains(&claim.id)
        };
        self.document.claims.iter().filter(states).collect()
    }

    /// What became of a number.
    pub fn standing(&self, claim: &Claim) -> Standing {
        match self.judgement(&claim.id).map(|judgement| judgement.verdict) {
            _ if self.dropped.contains(&claim.id) => Standing::Aside,
            _ if self.refuted.contains(&claim.id) => Standing::Wrong,
            Some(Verdict::Supported) => Standing::Right,
            Some(Verdict::SupportedIfVerified) => Standing::Pending,
            Some(Verdict::SupportedOtherwise) => Standing::Otherwise,
            Some(Verdict::Contradicted) => Standing::Wrong,
            Some(Verdict::NotDerivable(_)) | None if self.doubtful.contains(&claim.id) => Standing::Look,
            Some(Verdict::NotDerivable(_)) | None => Standing::Open,
        }
    }

    /// How many numbers came to what.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for claim in self.stating() {
            let count = match self.standing(claim) {
                Standing::Right => &mut tally.right,
                Standing::Pending | Standing::Otherwise => &mut tally.nearly,
                Standing::Wrong => &mut tally.wrong,
                Standing::Look | Standing::Open => &mut tally.open,
                Standing::Aside => continue,
            };
            *count += 1;
            tally.seen += 1;
        }
        tally
    }

    /// How a wrong number would have to read to be true: by the records, else by the text's own arithmetic.
    pub fn proposal(&self, claim: &Claim) -> Option<String> {
        let contradicted = self.judgement(&claim.id).filter(|it| it.verdict == Verdict::Contradicted);
        if let Some(value) = contradicted.and_then(|judgement| judgement.reading()?.value) {
            return propose(claim, if claim.falls { Exact::ZERO.minus(value)? } else { value });
        }
        // What the records give is not to be changed; some other number of the text is.
        if self.judgement(&claim.id).is_some_and(|it| it.verdict == Verdict::Supported) {
            return None;
        }
        // The number under test, or another if a slip of the pen in that one explains it.
        let tested = |it: &Relation| it.members.last().is_some_and(|(_, id)| *id == claim.id);
        let mends = self.impossible().flat_map(|it| it.mends.iter().map(move |mend| (tested(it), mend)));
        let mend =
            mends.filter(|(tested, mend)| mend.claim == claim.id && (*tested || mend.slip)).map(|(_, mend)| mend);
        propose(claim, mend.into_iter().next()?.value)
    }
}

fn impossible(relations: &[Relation]) -> impl Iterator<Item = &Relation> {
    relations.iter().filter(|it| it.primary && it.finding == Finding::Inconsistent)
}

impl Viewer<'_> {
    /// Reads a text and judges its numbers: by its own arithmetic and, if wanted, by the records. Where the text
    /// names no year, `year` is meant.
    pub fn check_text(&self, text: &str, year: i32, with_records: bool) -> Result<Checked, AppError> {
        self.check(&Wanted { text, year, with_records, corrections: &[] })
    }

    /// The same with what a person has said of single numbers.
    pub fn check(&self, wanted: &Wanted) -> Result<Checked, AppError> {
        self.needs(Operation::CheckTexts)?;
        let lexicon = self.lexicon(wanted.with_records)?;
        let mut document = read(wanted.text, &lexicon);
        let said = correct(&mut document, wanted.corrections);
        let dropped: HashSet<String> =
            said.iter().filter(|(_, it)| it.dropped).map(|(claim, _)| claim.clone()).collect();
        let mut relations = relate(&document);
        relations.retain(|relation| relation.members.iter().all(|(_, claim)| !dropped.contains(claim)));
        let form = if is_clean(wanted.text) { "clean" } else { "raw" };
        let mut checked = Checked::of(document, relations, dropped, form);
        if !wanted.with_records {
            return Ok(checked);
        }
        let parts = lexicon.entries.iter().flat_map(|entry| &entry.filters).map(|filter| filter.word.clone());
        checked.parts = parts.collect();
        mean(&mut checked.document, wanted.year);
        let answers = self.answers(&checked.document, &lexicon, &said, wanted.year)?;
        checked.judgements = judge(&checked.document, &checked.relations, &answers);
        checked.judged = checked.judgements.iter().enumerate().map(|(at, it)| (it.claim_id.clone(), at)).collect();
        for judgement in checked.judgements.iter_mut().filter(|it| checked.dropped.contains(&it.claim_id)) {
            judgement.verdict = Verdict::NotDerivable(Reason::NotAFinding);
            judgement.readings.clear();
        }
        let wrong = checked.judgements.iter().filter(|it| it.verdict == Verdict::Contradicted).take(MOST_EXPLAINED);
        for judgement in wrong {
            if let Some(explained) = self.explain(&checked.document, judgement, wanted.year)? {
                checked.explained.insert(judgement.claim_id.clone(), explained);
            }
        }
        Ok(checked)
    }

    /// The words texts are read with; without records only those of the catalog.
    fn lexicon(&self, with_records: bool) -> Result<Lexicon, AppError> {
        /// More are no words people know by heart.
        const MOST: usize = 500;
        let mut called = lexicon::Called::new();
        let mut own = String::new();
        if with_records {
            self.read(|reader| {
                for register in lexicon::wanted(&self.catalog) {
                    let Some(field) = lexicon::named_by(&self.catalog.registers[register]) else { continue };
                    let names = reader.all_values(register, &[field])?;
                    if names.len() <= MOST {
                        let text = |value: &jc_base::Value| value.as_text().unwrap_or_default().to_owned();
                        let names =
                            names.into_iter().map(|(id, values)| (id, values.first().map_or_else(String::new, text)));
                        called.insert(register, names.collect());
                    }
                }
                Ok(())
            })?;
            let school = self.person.school;
            own = self.app.schools()?.into_iter().find(|(id, _, _)| *id == school).map_or(own, |(_, name, _)| name);
        }
        Ok(lexicon::lexicon(&self.catalog, &called, &own))
    }

    /// What the records say of every reading of every number.
    fn answers(
        &self,
        document: &Document,
        lexicon: &Lexicon,
        said: &[(String, Correction)],
        year: i32,
    ) -> Result<Vec<Answer>, AppError> {
        let mut wanted = candidates(document, lexicon);
        for (claim, correction) in said {
            if let Some(indicator) = &correction.indicator {
                let narrowed = wanted.iter().find(|it| it.claim_id == *claim && it.indicator == *indicator);
                let filters = narrowed.map_or_else(Vec::new, |it| it.filters.clone());
                wanted.retain(|it| it.claim_id != *claim);
                // The unit that was read need not be right; one that was given besides is meant.
                let entry = lexicon.entries.iter().find(|it| it.indicator == *indicator);
                let read = correction.unit.is_none();
                let fits = read || entry.is_none_or(|it| document.claim(claim).is_some_and(|own| kind_agrees(own, it)));
                wanted.push(Candidate {
                    claim_id: claim.clone(),
                    indicator: indicator.clone(),
                    word: String::new(),
                    filters,
                    level: None,
                    sense: if fits { Sense::Whole } else { Sense::Other(Reason::OtherUnit) },
                });
            }
            let Some(part) = &correction.part else { continue };
            for candidate in wanted.iter_mut().filter(|it| it.claim_id == *claim) {
                let found = self.part_called(lexicon, &candidate.indicator, part)?;
                candidate.sense = match candidate.sense {
                    _ if found.is_none() && !part.is_empty() => Sense::Other(Reason::NoSlice),
                    Sense::Other(Reason::OtherUnit) => candidate.sense,
                    _ => Sense::Whole,
                };
                candidate.filters = found.into_iter().collect();
            }
        }
        let mut answers = Vec::new();
        let ranks = lexicon.entries.iter().filter(|it| it.kind == EntryKind::Rank).map(|it| it.indicator.clone());
        let mut known = Known { ranks: ranks.collect(), ..Known::default() };
        for candidate in wanted {
            let Some(claim) = document.claim(&candidate.claim_id) else { continue };
            answers.push(self.answer(claim, &candidate, Definition::Said, year, &mut known)?);
            if candidate.sense != Sense::Whole {
                continue;
            }
            for other in self.other_definitions(&candidate.indicator)? {
                let candidate = Candidate { indicator: other, ..candidate.clone() };
                answers.push(self.answer(claim, &candidate, Definition::Other, year, &mut known)?);
            }
        }
        Ok(answers)
    }

    /// The part of an indicator's records that is called so: its slice and value.
    fn part_called(
        &self,
        lexicon: &Lexicon,
        indicator: &str,
        name: &str,
    ) -> Result<Option<(String, String)>, AppError> {
        let register = &self.catalog.registers[self.indicator(indicator)?.register];
        let entries =
            lexicon.entries.iter().filter(|it| register.indicators.iter().any(|own| own.id.as_str() == it.indicator));
        let found = entries.flat_map(|entry| &entry.filters).find(|filter| filter.word == name);
        Ok(found.map(|filter| (filter.field.clone(), filter.value.clone())))
    }

    /// The other definitions of what an indicator tells.
    fn other_definitions(&self, id: &str) -> Result<Vec<String>, AppError> {
        let of = self.indicator(id)?;
        let others = self.side_by_side(of).into_iter().filter(|other| *other != of);
        Ok(others.map(|it| self.catalog.registers[it.register].indicators[it.indicator].id.to_string()).collect())
    }

    /// What the records say of one reading of a number.
    fn answer(
        &self,
        claim: &Claim,
        candidate: &Candidate,
        definition: Definition,
        year: i32,
        known: &mut Known,
    ) -> Result<Answer, AppError> {
        let of = self.indicator(&candidate.indicator)?;
        let register = &self.catalog.registers[of.register];
        let mut answer = Answer {
            claim_id: candidate.claim_id.clone(),
            indicator: candidate.indicator.clone(),
            definition,
            sense: candidate.sense,
            period: String::new(),
            slices: candidate.filters.clone(),
            value: Given::Missing(Reason::NoPeriod),
            with_pending: None,
            pending: 0,
            printed: String::new(),
        };
        let Some(page) = page_of(claim, register, year) else {
            return Ok(answer);
        };
        // Of a year to come nothing is recorded; what is kept as it stands is of today.
        let today = self.app.moment().today;
        if claim.period.as_ref().is_some_and(|it| it.said && it.years.iter().all(|year| *year > today.year())) {
            answer.value = Given::Missing(Reason::OutsidePeriod);
            return Ok(answer);
        }
        answer.period = match page {
            Page::Of(period) => period.label(Lang::Zh),
            Page::All => String::new(),
        };
        let asked = (of, page, candidate.filters.clone(), claim.whose.clone());
        let figure = match known.figures.get(&asked) {
            Some(figure) => figure.clone(),
            None => {
                let figure = self.figure_of(of, page, &candidate.filters, claim.whose.as_deref())?;
                known.figures.entry(asked).or_insert(figure).clone()
            }
        };
        let figure = match figure {
            Ok(figure) => figure,
            Err(reason) => {
                answer.value = Given::Missing(reason);
                return Ok(answer);
            }
        };
        if let Some((whose, name)) = figure.slice.as_ref().filter(|(slice, _)| slice == whose::WHOSE) {
            answer.slices.push((whose.clone(), name.clone()));
        }
        answer.printed = self.print_with_unit(&figure);
        if known.ranks.contains(&candidate.indicator) && !answer.printed.is_empty() {
            answer.printed = format!("第{}", answer.printed.replace(' ', ""));
        }
        let outside = register.indicators[of.indicator].outside;
        answer.value = match figure.value {
            // No proof is no contradiction: others may hold it, or know better.
            FigureValue::Known(ratio) if outside && ratio.num() == 0 => Given::Missing(Reason::OutsideProof),
            FigureValue::Missing(_) if outside => Given::Missing(Reason::OutsideProof),
            FigureValue::Known(_) => exact(&figure, figure.value).map_or(Given::Missing(Reason::Unknown), Given::Value),
            FigureValue::Missing(why) => Given::Missing(match why {
                NoValue::NoRecords if !self.read(|reader| Ok(reader.pages(of.register)?.contains(&page)))? => {
                    Reason::OutsidePeriod
                }
                NoValue::NoRecords => Reason::NoRecords,
                NoValue::NoBase | NoValue::NothingBefore => Reason::NoBase,
                NoValue::Differs => Reason::SeveralValues,
                NoValue::Unknown | NoValue::Overflow => Reason::Unknown,
            }),
        };
        if figure.pending > 0 {
            answer.pending = figure.pending;
            answer.with_pending = exact(&figure, figure.with_pending);
        }
        Ok(answer)
    }

    /// The figure of the whole, or of the one slice or person that the words name. None if they name more than one, or
    /// one that is not there.
    fn figure_of(
        &self,
        of: IndicatorRef,
        page: Page,
        filters: &[(String, String)],
        whose: Option<&str>,
    ) -> Result<Result<Figure, Reason>, AppError> {
        match (filters, whose) {
            ([], Some(name)) => self.figure_of_person(of, page, name),
            ([], None) => Ok(Ok(self.figure(of, page)?.figure)),
            ([(slice, value)], None) => {
                let slices = self.slices(of, page, slice, Lang::Zh)?;
                let found = slices.into_iter().find(|(text, _, _)| text == value);
                Ok(found.map(|(_, _, figure)| figure).ok_or(Reason::NoSlice))
            }
            _ => Ok(Err(Reason::NoSlice)),
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

/// What is known beforehand of what a text is held against.
#[derive(Default)]
struct Known {
    /// The figures it was held against already: a long one asks for the same again and again.
    figures: HashMap<Asked, Result<Figure, Reason>>,
    /// The indicators that are places in an order: 第3名.
    ranks: HashSet<String>,
}

/// An indicator, the page it is asked of, and the slices and the person that narrow it.
type Asked = (IndicatorRef, Page, Vec<(String, String)>, Option<String>);

/// The page a claim speaks of: that of the one year it names, else of the text's, else of the year that is meant.
fn page_of(claim: &Claim, register: &Register, year: i32) -> Option<Page> {
    let years: &[i32] = claim.period.as_ref().map_or(&[], |period| &period.years);
    let said = claim.period.as_ref().is_some_and(|period| period.said);
    match years {
        [one] => Some(Page::reported_in(register, *one)),
        // A text that names several years somewhere says of this number none.
        [_, ..] if said => None,
        _ => Some(Page::reported_in(register, year)),
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

/// A text that names the year it is held against means it wherever it names none, whatever other year it mentions too:
/// a report of 2024 that ends with the plans for 2025. Where none is named at all, 上年 is the year before.
fn mean(document: &mut Document, year: i32) {
    let names = |claim: &Claim| claim.period.as_ref().is_some_and(|period| period.said && period.years == [year]);
    if document.claims.iter().any(names) {
        for claim in &mut document.claims {
            claim.period = claim.period.take().filter(|period| period.said);
        }
    }
    for claim in document.claims.iter_mut().filter(|claim| claim.period.is_none() && claim.is_of_last_year()) {
        claim.period = Some(Period { text: format!("{}年", year - 1), years: vec![year - 1], said: true });
    }
}

/// Puts what a person said into what was read; gives it back by claim.
fn correct(document: &mut Document, corrections: &[Correction]) -> Vec<(String, Correction)> {
    let mut said = Vec::new();
    for correction in corrections {
        let at = |claim: &&mut Claim| claim.span.start == correction.start && claim.span.end == correction.end;
        let Some(claim) = document.claims.iter_mut().find(at) else { continue };
        if let Some(year) = correction.year {
            claim.period = Some(Period { text: format!("{year}年"), years: vec![year], said: true });
        }
        let mut correction = correction.clone();
        // A form sends the unit that was read as well.
        correction.unit = correction.unit.filter(|unit| *unit != claim.unit);
        if let Some(unit) = &correction.unit {
            claim.mean_in(unit);
        }
        said.push((claim.id.clone(), correction));
    }
    said
}
