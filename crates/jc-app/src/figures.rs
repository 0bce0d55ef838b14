//! Figures 数字 and their trace 溯源, both ways.

use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use crate::restated::{SealedFigure, Seals};
use jc_base::{Date, Lang, PeriodKind, RecordId, RecordState, Value};
use jc_catalog::expr::eval::Moments;
use jc_catalog::{Catalog, Column, Counting, Formula, Operation, PeriodRule};
use jc_figures::contribution::{distinct_members, slice_key, value};
use jc_figures::figure::Totals;
use jc_figures::trace::{Role, role};
use jc_figures::{Amount, Figure, Outcome, Page, TotalOf, outcome, settle};
use jc_store::reach::Extent;
use jc_store::reader::{ListQuery, PageInfo, Related, WithRelated};
use jc_store::totals::Loaded;
use jc_store::{Reach, Reader, Record};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// A trend goes back no further than so many years.
const TREND_YEARS: usize = 6;

/// An indicator by its place in the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IndicatorRef {
    /// The register's position.
    pub register: usize,
    /// The indicator's position in it.
    pub indicator: usize,
}

/// A figure beside the one a year before.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Which indicator.
    pub of: IndicatorRef,
    /// The figure.
    pub figure: Figure,
    /// The same a year before, where there are periods.
    pub before: Option<Figure>,
    /// As it was sealed, if its page is closed.
    pub sealed: Option<SealedFigure>,
    /// As the year before was sealed, if that is closed.
    pub sealed_before: Option<SealedFigure>,
}

/// A part of a page's records in a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Those of the numerator.
    Numerator,
    /// Those of the denominator only.
    DenominatorOnly,
    /// Those left out.
    LeftOut,
}

/// A record in a trace.
#[derive(Debug, Clone)]
pub struct Traced {
    /// The record.
    pub record: Record,
    /// What it is to the figure.
    pub role: Role,
    /// Whether it carries evidence.
    pub evidence: bool,
}

/// A figure down to its records.
pub struct Trace {
    /// The figure.
    pub figure: Figure,
    /// Its page, with version and digest.
    pub page: Option<PageInfo>,
    /// How many records have each part: numerator, denominator only, left out.
    pub counts: [usize; 3],
    /// How many records of the page lie outside what this person sees.
    pub outside: usize,
    /// The records of the part asked for.
    pub records: Vec<Traced>,
    /// The labels of what they refer to.
    pub labels: Labels,
}

/// What a record is to one figure, and what the figure would be without it.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Which indicator.
    pub of: IndicatorRef,
    /// The page.
    pub page: Page,
    /// What the record is to it.
    pub role: Role,
    /// The figure.
    pub figure: Figure,
    /// The figure if the record were withdrawn.
    pub without: Figure,
}

/// All indicators of a catalog, in its order.
pub fn indicators(catalog: &Catalog) -> impl Iterator<Item = IndicatorRef> {
    catalog
        .registers
        .iter()
        .enumerate()
        .flat_map(|(register, r)| (0..r.indicators.len()).map(move |indicator| IndicatorRef { register, indicator }))
}

/// The part of a role.
pub fn part(role: Role) -> Part {
    match role {
        Role::Numerator(_) => Part::Numerator,
        Role::DenominatorOnly => Part::DenominatorOnly,
        Role::LeftOut(_) => Part::LeftOut,
    }
}

/// Totals that were not there: a page nobody has written on.
struct Nothing;

impl Totals for Nothing {
    fn records(&self) -> TotalOf {
        TotalOf::default()
    }

    fn measure(&self, _position: usize) -> TotalOf {
        TotalOf::default()
    }
}

impl Viewer<'_> {
    /// The indicator of an id.
    pub fn indicator(&self, id: &str) -> Result<IndicatorRef, AppError> {
        let found = self.catalog.find_indicator(id).ok_or(AppError::NotFound)?;
        Ok(IndicatorRef { register: found.0, indicator: found.1 })
    }

    /// The calendar years that answer sheets can be shown for, those with records of something that happened in
    /// them; the latest last. Never empty: without any it is the present year.
    pub fn years(&self) -> Result<Vec<i32>, AppError> {
        Ok(self.read(|reader| self.filled_years(reader))?.into_keys().collect())
    }

    /// The year whose answer sheet is shown unless another is asked for: the latest in which at least as much
    /// happened as in half of the others, so that the first stray record of a new year does not empty the sheet.
    pub fn year(&self) -> Result<i32, AppError> {
        let years = self.read(|reader| self.filled_years(reader))?;
        let mut sums: Vec<i64> = years.values().copied().collect();
        sums.sort_unstable();
        let median = sums[sums.len() / 2];
        let full = years.iter().rev().find(|(_, sum)| **sum * 2 >= median);
        Ok(full.or(years.last_key_value()).map_or(self.app.moment().today.year(), |(year, _)| *year))
    }

    /// How many records of something that happened each year's answer sheet looks at; the present year without any.
    fn filled_years(&self, reader: &mut Reader) -> Result<BTreeMap<i32, i64>, AppError> {
        let mut years = BTreeMap::new();
        for (register, page, records) in reader.page_sizes()? {
            let (PeriodRule::On { kind, .. }, Page::Of(period)) = (&self.catalog.registers[register].period, page)
            else {
                continue;
            };
            // A school year is reported in the year it ends in, a term with the second one.
            let year = period.year + i32::from(matches!(kind, PeriodKind::SchoolYear | PeriodKind::Term));
            if records > 0 {
                let counted = kind.reported_in(year) == period;
                *years.entry(year).or_default() += if counted { records } else { 0 };
            }
        }
        if years.is_empty() {
            years.insert(reader.today().year(), 0);
        }
        Ok(years)
    }

    /// The figures of what lasts (who is on the roll, which classes run) as they stood on one day, by the definitions in
    /// force for its page; of one indicator, or of all.
    ///
    /// Errors: [`AppError::NotFound`] for an indicator of what happens: that has no state on a day.
    pub fn figures_on(&self, day: Date, only: Option<IndicatorRef>) -> Result<Vec<(IndicatorRef, Figure)>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let wanted: Vec<IndicatorRef> = match only {
            Some(of) => vec![of],
            None => {
                let lasts = |of: &IndicatorRef| {
                    let register = &self.catalog.registers[of.register];
                    matches!(register.period, PeriodRule::During { .. }) && !register.is_beside(of.indicator)
                };
                indicators(&self.catalog).filter(lasts).collect()
            }
        };
        self.read(|reader| {
            let (mut figures, mut totals) = (Vec::new(), HashMap::new());
            for of in wanted {
                if let Entry::Vacant(place) = totals.entry(of.register) {
                    place.insert(reader.totals_on(of.register, day)?);
                }
                let Some(Some((page, now))) = totals.get(&of.register) else { return Err(AppError::NotFound) };
                let settled = self.in_force(of, *page);
                let register = &self.catalog.registers[settled.register];
                let indicator = &register.indicators[settled.indicator];
                // What grew is told by two censuses; between them there is none.
                if !matches!(indicator.formula, Formula::Growth(_)) {
                    figures.push((of, settle(register, indicator, *page, None, now, None)));
                }
            }
            Ok(figures)
        })
    }

    /// The figures of the catalog as an answer sheet of `year` shows them, beside those a year before: each by the
    /// definition in force.
    pub fn answer_sheet(&self, year: i32) -> Result<Vec<Compared>, AppError> {
        self.sheet(year, false)
    }

    /// As [`answer_sheet`](Self::answer_sheet), with the definitions that stand beside those in force.
    pub fn sheet(&self, year: i32, all_definitions: bool) -> Result<Vec<Compared>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let beside = |of: &IndicatorRef| self.catalog.registers[of.register].is_beside(of.indicator);
        self.read(|reader| {
            let (mut cache, mut seals) = (Cache::default(), Seals::default());
            indicators(&self.catalog)
                .filter(|of| all_definitions || !beside(of))
                .map(|of| {
                    let page = Page::reported_in(&self.catalog.registers[of.register], year);
                    self.compare(reader, &mut cache, &mut seals, of, page)
                })
                .collect()
        })
    }

    /// The headline figures in the years up to one, oldest first, all by the definition in force in the last: a change
    /// of definition is no growth.
    pub fn trends(&self, year: i32) -> Result<HashMap<IndicatorRef, Vec<(i32, Figure)>>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let mut years: Vec<i32> = self.years()?.into_iter().filter(|one| *one <= year).collect();
        years.drain(..years.len().saturating_sub(TREND_YEARS));
        self.read(|reader| {
            let (mut cache, mut trends) = (Cache::default(), HashMap::new());
            for of in indicators(&self.catalog) {
                let register = &self.catalog.registers[of.register];
                if !register.indicators[of.indicator].headline || register.is_beside(of.indicator) {
                    continue;
                }
                let settled = self.in_force(of, Page::reported_in(register, year));
                let mut figures = Vec::new();
                for one in &years {
                    let page = Page::reported_in(register, *one);
                    if page != Page::All {
                        figures.push((*one, self.settle_as(reader, &mut cache, settled, page)?));
                    }
                }
                trends.insert(of, figures);
            }
            Ok(trends)
        })
    }

    /// One figure beside that a year before.
    pub fn figure(&self, of: IndicatorRef, page: Page) -> Result<Compared, AppError> {
        self.needs(Operation::ReadFigures)?;
        self.read(|reader| self.compare(reader, &mut Cache::default(), &mut Seals::default(), of, page))
    }

    fn compare(
        &self,
        reader: &mut Reader,
        cache: &mut Cache,
        seals: &mut Seals,
        of: IndicatorRef,
        page: Page,
    ) -> Result<Compared, AppError> {
        // Both by the definition of the later one: a change of definition is no growth.
        let settled = self.in_force(of, page);
        let (before, sealed_before) = match page.a_year_before() {
            Some(before) => {
                let sealed = self.sealed(reader, seals, of, before)?;
                (Some(self.settle_as(reader, cache, settled, before)?), sealed)
            }
            None => (None, None),
        };
        let sealed = self.sealed(reader, seals, of, page)?;
        Ok(Compared { of, figure: self.settle_as(reader, cache, settled, page)?, before, sealed, sealed_before })
    }

    pub(crate) fn settle_on(
        &self,
        reader: &mut Reader,
        cache: &mut Cache,
        of: IndicatorRef,
        page: Page,
    ) -> Result<Figure, AppError> {
        self.settle_as(reader, cache, self.in_force(of, page), page)
    }

    /// A figure as it was sealed: by the definition that is in force for its page, or, if that came later, its own.
    fn sealed(
        &self,
        reader: &mut Reader,
        seals: &mut Seals,
        of: IndicatorRef,
        page: Page,
    ) -> Result<Option<SealedFigure>, AppError> {
        match seals.figure(reader, &self.catalog, self.in_force(of, page), page)? {
            None => seals.figure(reader, &self.catalog, of, page),
            sealed => Ok(sealed),
        }
    }

    /// Settles an indicator by its own formula, whichever definition is in force.
    pub(crate) fn settle_as(
        &self,
        reader: &mut Reader,
        cache: &mut Cache,
        of: IndicatorRef,
        page: Page,
    ) -> Result<Figure, AppError> {
        let register = &self.catalog.registers[of.register];
        let indicator = &register.indicators[of.indicator];
        let now = cache.whole(reader, of.register, page)?;
        let before = match (indicator.formula, page.a_year_before()) {
            (Formula::Growth(_), Some(before)) => cache.whole(reader, of.register, before)?,
            _ => None,
        };
        let now: &dyn Totals = now.as_ref().map_or(&Nothing, |t| t);
        let before = before.as_ref().map(|t| t as &dyn Totals);
        Ok(settle(register, indicator, page, None, now, before))
    }

    /// The figures of every value of a slice: the value's text, its label, the figure.
    pub fn slices(
        &self,
        of: IndicatorRef,
        page: Page,
        slice: &str,
        lang: Lang,
    ) -> Result<Vec<(String, String, Figure)>, AppError> {
        self.needs(Operation::ReadFigures)?;
        self.read(|reader| self.slices_on(reader, of, page, slice, lang))
    }

    pub(crate) fn slices_on(
        &self,
        reader: &mut Reader,
        of: IndicatorRef,
        page: Page,
        slice: &str,
        lang: Lang,
    ) -> Result<Vec<(String, String, Figure)>, AppError> {
        let of = self.in_force(of, page);
        let register = &self.catalog.registers[of.register];
        let declared = register.slices.iter().find(|s| s.id == slice).ok_or(AppError::NotFound)?;
        let kind = register.column_kind(declared.column);
        let now = reader.totals(of.register, page, slice)?;
        let before = match page.a_year_before() {
            Some(before) => reader.totals(of.register, before, slice)?,
            None => Vec::new(),
        };
        let before: HashMap<String, Loaded> = before.into_iter().collect();
        let ids: Vec<RecordId> = now.iter().filter_map(|(value, _)| RecordId::parse(value)).collect();
        let mut labels = Labels::default();
        if let jc_catalog::kinds::Kind::Ref(target) = kind {
            labels.load_ids(reader, *target, &ids)?;
        }
        let one = |(text, totals): (String, Loaded)| {
            let value = match RecordId::parse(&text) {
                Some(id) => Value::Ref(id),
                None if text.is_empty() => Value::Missing,
                None => text.parse().map_or_else(|_| Value::Text(text.clone()), Value::Int),
            };
            let value =
                if matches!(kind, jc_catalog::kinds::Kind::Code(_)) { Value::Text(text.clone()) } else { value };
            let label = if text.is_empty() { String::new() } else { labels.show(&self.catalog, kind, &value, lang) };
            let old = before.get(&text).map(|t| t as &dyn Totals);
            let indicator = &register.indicators[of.indicator];
            let figure = settle(register, indicator, page, Some((slice.to_owned(), text.clone())), &totals, old);
            (text, label, figure)
        };
        let mut parts: Vec<_> = now.into_iter().map(one).collect();
        if let jc_catalog::kinds::Kind::Code(list) = kind
            && let Some(list) = self.catalog.code_list(list.as_str())
        {
            // As the list has its codes, the unknown last.
            let place = |code: &str| list.codes.iter().position(|one| one.code == code).unwrap_or(list.codes.len());
            parts.sort_by_key(|(code, _, _)| place(code));
        }
        Ok(parts)
    }

    /// The figure on every page of its register, in the order of time.
    pub fn over_time(&self, of: IndicatorRef) -> Result<Vec<Figure>, AppError> {
        self.needs(Operation::ReadFigures)?;
        self.read(|reader| {
            let mut cache = Cache::default();
            let pages = reader.pages(of.register)?;
            pages.into_iter().map(|page| self.settle_on(reader, &mut cache, of, page)).collect()
        })
    }

    /// A figure down to the records of one part of it: those from position `from`, at most `limit`.
    pub fn trace(
        &self,
        of: IndicatorRef,
        page: Page,
        wanted: Part,
        from: usize,
        limit: usize,
    ) -> Result<Trace, AppError> {
        self.records_only()?;
        self.needs(Operation::ReadFigures)?;
        let of = self.in_force(of, page);
        let register = &self.catalog.registers[of.register];
        let indicator = &register.indicators[of.indicator];
        self.read(|reader| {
            let figure = self.settle_on(reader, &mut Cache::default(), of, page)?;
            let at = page.moments(register, reader.today());
            let related = reader.related(of.register)?;
            let with_evidence = reader.has_evidence(register.id.as_str())?;
            let (mut counts, mut records, mut seen) = ([0; 3], Vec::new(), 0);
            reader.each_on_page(of.register, page, &mut |record| {
                seen += 1;
                let row = WithRelated { record, related: &related };
                let role = role(register, indicator, &row, record.state, &at);
                let part = part(role);
                let count = &mut counts[part as usize];
                if part == wanted && *count >= from && records.len() < limit {
                    let evidence = with_evidence.contains(&record.id);
                    records.push(Traced { record: record.clone(), role, evidence });
                }
                *count += 1;
            })?;
            let mut labels = Labels::default();
            labels.load(reader, of.register, records.iter().map(|t| &t.record))?;
            let info = reader.page_info(of.register, page)?;
            let outside = self.outside(reader, of.register, page, seen)?;
            Ok(Trace { figure, page: info, counts, outside, records, labels })
        })
    }

    /// How many records of a page there are beside those that were seen.
    pub(crate) fn outside(
        &self,
        reader: &mut Reader,
        register: usize,
        page: Page,
        seen: usize,
    ) -> Result<usize, AppError> {
        if reader.extent(register) == Extent::All {
            return Ok(0);
        }
        let whole = Reach::School;
        let all = reader.narrowed(&whole).count(register, &ListQuery { page: Some(page), ..ListQuery::default() })?;
        Ok(usize::try_from(all.iter().sum::<i64>()).unwrap_or(0).saturating_sub(seen))
    }

    /// Every figure a record stands behind or beside, and what each would be without it.
    pub fn feeds(&self, register: usize, record: &Record) -> Result<Vec<Feed>, AppError> {
        self.records_only()?;
        self.needs(Operation::ReadFigures)?;
        let declared = &self.catalog.registers[register];
        self.read(|reader| {
            let related = reader.related(register)?;
            let mut feeds = Vec::new();
            let mut cache = Cache::default();
            for page in reader.pages(register)?.into_iter().filter(|p| p.holds(declared, &record.values)) {
                let at = page.moments(declared, reader.today());
                let row = WithRelated { record, related: &related };
                for (position, indicator) in declared.indicators.iter().enumerate() {
                    let of = IndicatorRef { register, indicator: position };
                    // One that gives way to another definition on this page is told by that one.
                    if self.in_force(of, page) != of {
                        continue;
                    }
                    let figure = self.settle_on(reader, &mut cache, of, page)?;
                    let role = role(declared, indicator, &row, record.state, &at);
                    // Also one that is left out matters: it may be all that keeps the page from being empty.
                    let without = if record.state == RecordState::Verified {
                        self.without(reader, &mut cache, of, page, record, &related, &at)?
                    } else {
                        figure.clone()
                    };
                    feeds.push(Feed { of, page, role, figure, without });
                }
            }
            Ok(feeds)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "one figure, one record, and what both are looked at with")]
    fn without(
        &self,
        reader: &mut Reader,
        cache: &mut Cache,
        of: IndicatorRef,
        page: Page,
        record: &Record,
        related: &Related,
        at: &Moments,
    ) -> Result<Figure, AppError> {
        let register = &self.catalog.registers[of.register];
        let indicator = &register.indicators[of.indicator];
        let whole = cache.whole(reader, of.register, page)?.unwrap_or_default();
        let before = match (indicator.formula, page.a_year_before()) {
            (Formula::Growth(_), Some(before)) => cache.whole(reader, of.register, before)?,
            _ => None,
        };
        let row = WithRelated { record, related };
        let mut taken = vec![Amount::default(); register.measures.len()];
        for (position, measure) in register.measures.iter().enumerate() {
            taken[position] = match outcome(measure, &row, at) {
                Outcome::Out => Amount::default(),
                Outcome::Unknown => Amount { value: 0, unknown: 1 },
                Outcome::Counts(_) if matches!(measure.counting, Counting::Distinct { .. }) => {
                    let members = distinct_members(measure, &row);
                    let alone = reader.brought_by_one(of.register, page, position, &members)?;
                    Amount { value: alone, unknown: 0 }
                }
                Outcome::Counts(n) => Amount { value: n, unknown: 0 },
            };
        }
        let less = Less { whole: &whole, taken };
        let before = before.as_ref().map(|t| t as &dyn Totals);
        Ok(settle(register, indicator, page, None, &less, before))
    }

    /// The text that names the slice value of a record, for filtering a list by it.
    pub fn slice_value(&self, record: &Record, column: Column) -> Option<String> {
        slice_key(value(record, column))
    }
}

/// Totals less one verified record.
struct Less<'a> {
    whole: &'a Loaded,
    taken: Vec<Amount>,
}

impl Totals for Less<'_> {
    fn records(&self) -> TotalOf {
        let mut total = self.whole.records();
        total.by_state[RecordState::Verified as usize].value -= 1;
        total
    }

    fn measure(&self, position: usize) -> TotalOf {
        let mut total = self.whole.measure(position);
        let amount = &mut total.by_state[RecordState::Verified as usize];
        amount.value -= self.taken[position].value;
        amount.unknown -= self.taken[position].unknown;
        total
    }
}

/// The totals of whole pages, read once in a request.
#[derive(Default)]
pub(crate) struct Cache(HashMap<(usize, Page), Option<Loaded>>);

impl Cache {
    fn whole(&mut self, reader: &mut Reader, register: usize, page: Page) -> Result<Option<Loaded>, AppError> {
        if let Some(known) = self.0.get(&(register, page)) {
            return Ok(known.clone());
        }
        let totals = reader.totals(register, page, "")?.into_iter().next().map(|(_, totals)| totals);
        self.0.insert((register, page), totals.clone());
        Ok(totals)
    }
}
