//! Registers looked through: lists by key in both directions, their totals, what they can be narrowed by.

mod found;
pub(crate) mod orders;
mod sources;

pub use found::{Hits, matches};
pub use sources::Sources;

use self::orders::Order;
use crate::error::AppError;
use crate::figures::IndicatorRef;
use crate::labels::Labels;
use crate::person::{Keeper, Viewer};
use crate::records::MASK;
use jc_base::{Lang, Ratio, RecordId, RecordState, Value};
use jc_catalog::expr::eval::Moments;
use jc_catalog::kinds::Kind;
use jc_catalog::{Column, Counting, Operation, Privacy, Register};
use jc_figures::contribution::{distinct_members, slice_key};
use jc_figures::figure::Totals;
use jc_figures::{Outcome, Page, outcome};
use jc_store::reach::Extent;
use jc_store::reader::{ListQuery, PageInfo, Related, WithRelated};
use jc_store::{Reader, Record};
use std::collections::{BTreeMap, HashSet};

/// More records than this are not totalled one by one.
const MOST_TOTALLED: i64 = 5_000;

/// What is done with each portion of a list.
type Each<'e> = dyn FnMut(&mut Reader, &[Record]) -> Result<(), AppError> + 'e;

/// From where a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// From its beginning.
    Start,
    /// Behind a record.
    After(RecordId),
    /// Up to the one before a record.
    Before(RecordId),
}

/// A screen of a list.
pub struct Screen {
    /// The records, in the order of the list.
    pub records: Vec<Record>,
    /// The labels of what they refer to.
    pub labels: Labels,
    /// How many there are in all, by state.
    pub counts: [i64; 4],
    /// Whether there are records before these.
    pub before: bool,
    /// Whether there are records behind these.
    pub after: bool,
}

/// The field a column's content comes from: its own, or the one at the end of the references.
fn origin(registers: &[Register], register: usize, column: Column) -> Option<(usize, usize)> {
    match column {
        Column::Field(field) => Some((register, field)),
        Column::Copied(copied) => registers.get(register)?.copies.get(copied)?.steps.last().copied(),
    }
}

impl Viewer<'_> {
    /// A screen of a list: `query.limit` records from a place on. A record that is no longer there means the start.
    pub fn screen(&self, register: usize, query: &ListQuery, from: From) -> Result<Screen, AppError> {
        self.records_only()?;
        self.read(|reader| {
            if let Some(order) = self.order(reader, register, query)? {
                return self.screen_of(reader, register, query, from, &order);
            }
            let mut wanted = ListQuery { limit: query.limit + 1, after: None, ..query.clone() };
            let anchor = match from {
                From::Start => None,
                From::After(id) | From::Before(id) => reader.find(register, id)?,
            };
            let backward = matches!(from, From::Before(_)) && anchor.is_some();
            wanted.descending ^= backward;
            wanted.after = anchor.as_ref().map(|record| record.id);
            let mut records = reader.list(register, &wanted)?;
            let more = records.len() > query.limit;
            records.truncate(query.limit);
            if backward {
                records.reverse();
            }
            let mut labels = Labels::default();
            labels.load(reader, register, &records)?;
            let counts = reader.count(register, query)?;
            let (before, after) = if backward { (more, true) } else { (anchor.is_some(), more) };
            Ok(Screen { records, labels, counts, before, after })
        })
    }

    /// A screen of a list whose order is at hand.
    fn screen_of(
        &self,
        reader: &mut Reader,
        register: usize,
        query: &ListQuery,
        from: From,
        order: &Order,
    ) -> Result<Screen, AppError> {
        let all = order.ids.len();
        // Where a record stands, first to last as the list is shown.
        let place = |id: RecordId| {
            let at = order.ids.iter().position(|own| *own == id)?;
            Some(if query.descending { all - 1 - at } else { at })
        };
        let (first, end) = match from {
            From::Before(id) if place(id).is_some() => {
                let end = place(id).unwrap_or(0);
                (end.saturating_sub(query.limit), end)
            }
            From::After(id) => {
                let first = place(id).map_or(0, |at| at + 1);
                (first, (first + query.limit).min(all))
            }
            From::Start | From::Before(_) => (0, query.limit.min(all)),
        };
        let shown = |at: usize| order.ids[if query.descending { all - 1 - at } else { at }];
        let ids: Vec<RecordId> = (first..end).map(shown).collect();
        let records = reader.find_many(register, &ids)?;
        let mut labels = Labels::default();
        labels.load(reader, register, &records)?;
        Ok(Screen { records, labels, counts: order.counts, before: first > 0, after: end < all })
    }

    /// Whether a list may be sorted or narrowed by a column: by what is masked it may not, for that would tell it.
    pub fn open(&self, register: usize, column: Column) -> bool {
        let field = origin(&self.catalog.registers, register, column);
        let declared = field.and_then(|(register, field)| self.catalog.registers.get(register)?.fields.get(field));
        declared.is_some_and(|field| field.privacy < Privacy::Sensitive && field.kind != Kind::IdNumber)
    }

    /// Whether there is an order by a column.
    pub fn sortable(&self, register: usize, column: Column) -> bool {
        jc_store::order::sortable(&self.catalog, register, column)
    }

    /// A column's value as a table shows it: what is sensitive masked, references by their labels.
    pub fn shown_column(&self, register: usize, column: Column, value: &Value, labels: &Labels, lang: Lang) -> String {
        if let Column::Field(field) = column {
            return self.shown(register, field, value, labels, lang);
        }
        let kind = self.catalog.registers[register].column_kind(column);
        let text = labels.show(&self.catalog, kind, value, lang);
        if text.is_empty() || *kind == Kind::IdNumber || self.open(register, column) { text } else { MASK.to_owned() }
    }

    /// The pages of a register, in the order of time.
    pub fn pages(&self, register: usize) -> Result<Vec<PageInfo>, AppError> {
        // A page as such tells of nobody: whoever sees the figures sees what they stand on.
        if !self.sees_register(register) && !self.may(Operation::ReadFigures) {
            return Ok(Vec::new());
        }
        self.read(|reader| Ok(reader.page_infos(register)?))
    }

    /// How many records stand on the pages that an answer sheet of `year` looks at, by register and state.
    pub fn page_counts(&self, year: i32) -> Result<Vec<[i64; 4]>, AppError> {
        self.read(|reader| {
            let counts = self.catalog.registers.iter().enumerate().map(|(ix, register)| {
                if reader.extent(ix) != Extent::All {
                    let page = Some(Page::reported_in(register, year));
                    return Ok(reader.count(ix, &ListQuery { page, ..ListQuery::default() })?);
                }
                let totals = reader.totals(ix, Page::reported_in(register, year), "")?;
                let records = totals.first().map(|(_, totals)| totals.records()).unwrap_or_default();
                Ok(RecordState::ALL.map(|state| records.state(state).value))
            });
            counts.collect()
        })
    }

    /// How many verified records lack all evidence though some is asked for, by register, on the pages of `year`.
    pub fn unproved(&self, year: i32) -> Result<Vec<i64>, AppError> {
        let registers = self.catalog.registers.iter().enumerate();
        self.read(|reader| registers.map(|(ix, r)| Ok(reader.unproved(ix, Page::reported_in(r, year))?)).collect())
    }

    /// The same for the page one figure is of.
    pub fn unproved_on(&self, of: IndicatorRef, page: Page) -> Result<i64, AppError> {
        self.read(|reader| Ok(reader.unproved(of.register, page)?))
    }

    /// The values of a slice with their labels, of one page or of all; the unknown value is the empty text.
    pub fn slice_values(
        &self,
        register: usize,
        page: Option<Page>,
        slice: &str,
        lang: Lang,
    ) -> Result<Vec<(String, String)>, AppError> {
        let declared = &self.catalog.registers[register];
        let column = declared.slices.iter().find(|s| s.id == slice).map(|s| s.column).ok_or(AppError::NotFound)?;
        let kind = declared.column_kind(column);
        self.read(|reader| {
            let partial = reader.extent(register) != Extent::All;
            let pages = match page {
                _ if partial => Vec::new(),
                Some(page) => vec![page],
                None => reader.pages(register)?,
            };
            let mut texts: BTreeMap<String, Value> = BTreeMap::new();
            if partial {
                let seen = reader.values(register, page, column)?;
                texts.extend(seen.into_iter().map(|value| (slice_key(&value).unwrap_or_default(), value)));
            }
            for page in pages {
                for (text, totals) in reader.totals(register, page, slice)? {
                    let records = totals.records();
                    if RecordState::ALL.iter().any(|state| records.state(*state).value > 0) {
                        let value = slice_value(kind, &text);
                        texts.insert(text, value);
                    }
                }
            }
            let mut labels = Labels::default();
            if let Kind::Ref(target) = kind {
                let ids: Vec<RecordId> = texts.values().filter_map(Value::as_ref_id).collect();
                labels.load_ids(reader, *target, &ids)?;
            }
            let mut values: Vec<(String, String)> =
                texts.into_iter().map(|(text, value)| (text, labels.show(&self.catalog, kind, &value, lang))).collect();
            values.sort_by(|a, b| (a.1.is_empty(), &a.1).cmp(&(b.1.is_empty(), &b.1)));
            Ok(values)
        })
    }

    /// The totals of the named measures over what a list shows: of the state asked for, else of what is verified,
    /// so that they agree with the figures. Nothing for very long lists narrowed in several ways.
    pub fn list_totals(&self, register: usize, query: &ListQuery) -> Result<Option<Vec<(usize, Ratio)>>, AppError> {
        self.records_only()?;
        let declared = &self.catalog.registers[register];
        let named: Vec<usize> =
            (0..declared.measures.len()).filter(|m| !declared.measures[*m].name.zh.is_empty()).collect();
        if named.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let state = query.state.unwrap_or(RecordState::Verified);
        let steps = |measure: usize| 10i128.pow(u32::from(declared.measures[measure].digits));
        let ratio = |measure: usize, value: i64| Ratio::new(i128::from(value), steps(measure)).map(|r| (measure, r));
        self.read(|reader| {
            let whole = reader.extent(register) == Extent::All;
            if let Some((page, slice, value)) = kept(declared, query).filter(|_| whole) {
                let totals = reader.totals(register, page, &slice)?;
                let own = totals.into_iter().find(|(text, _)| *text == value).map(|(_, totals)| totals);
                let own = own.unwrap_or_default();
                return Ok(Some(named.iter().filter_map(|m| ratio(*m, own.measure(*m).state(state).value)).collect()));
            }
            // What asks about other records may change while the page of these does not.
            let order = if declared.asks.is_empty() { self.order(reader, register, query)? } else { None };
            let sums = match order.as_ref().and_then(|order| order.sums.get()) {
                Some(sums) => sums.clone(),
                None => {
                    let query = ListQuery { state: Some(state), ..query.clone() };
                    let many = reader.count(register, &query)?.iter().sum::<i64>() > MOST_TOTALLED;
                    let sums = if many { None } else { Some(self.add_up(reader, register, &query, &named)?) };
                    if let Some(order) = &order {
                        // Whoever was quicker came to the same.
                        let _ = order.sums.set(sums.clone());
                    }
                    sums
                }
            };
            Ok(sums.map(|sums| sums.into_iter().filter_map(|(measure, sum)| ratio(measure, sum)).collect()))
        })
    }

    fn add_up(
        &self,
        reader: &mut Reader,
        register: usize,
        query: &ListQuery,
        measures: &[usize],
    ) -> Result<Vec<(usize, i64)>, AppError> {
        let declared = &self.catalog.registers[register];
        let at: Moments = query.page.unwrap_or(Page::All).moments(declared, reader.today());
        let related: Related = reader.related(register)?;
        let mut sums: Vec<(usize, i64)> = measures.iter().map(|m| (*m, 0)).collect();
        let mut members: Vec<HashSet<_>> = measures.iter().map(|_| HashSet::new()).collect();
        self.each_listed(reader, register, query, &mut |_, records| {
            for record in records {
                let row = WithRelated { record, related: &related };
                for ((measure, sum), seen) in sums.iter_mut().zip(&mut members) {
                    let measure = &declared.measures[*measure];
                    match outcome(measure, &row, &at) {
                        Outcome::Counts(_) if matches!(measure.counting, Counting::Distinct { .. }) => {
                            let new = distinct_members(measure, &row).into_iter().filter(|m| seen.insert(m.clone()));
                            *sum += new.count() as i64;
                        }
                        Outcome::Counts(n) => *sum += n,
                        Outcome::Unknown | Outcome::Out => {}
                    }
                }
            }
            Ok(())
        })?;
        Ok(sums)
    }

    /// Hands over everything a list shows, in its order, in portions.
    pub(crate) fn each_listed(
        &self,
        reader: &mut Reader,
        register: usize,
        query: &ListQuery,
        each: &mut Each,
    ) -> Result<(), AppError> {
        const PORTION: usize = 1_000;
        let mut query = ListQuery { limit: PORTION, after: None, ..query.clone() };
        loop {
            let records = reader.list(register, &query)?;
            each(reader, &records)?;
            match records.last() {
                Some(last) if records.len() == PORTION => {
                    query.after = Some(last.id);
                }
                _ => return Ok(()),
            }
        }
    }
}

/// The page, slice and its value whose kept totals are those of a list, if it is narrowed by nothing else.
fn kept(register: &Register, query: &ListQuery) -> Option<(Page, String, String)> {
    let page = query.page?;
    if !query.search.trim().is_empty() || query.not_kept_by.is_some() {
        return None;
    }
    match query.equal.as_slice() {
        [] => Some((page, String::new(), String::new())),
        [(column, value)] => {
            let slice = register.slices.iter().find(|s| s.column == *column)?;
            Some((page, slice.id.clone(), slice_key(value).unwrap_or_default()))
        }
        _ => None,
    }
}

/// The value that a slice's text names.
pub fn slice_value(kind: &Kind, text: &str) -> Value {
    if text.is_empty() {
        return Value::Missing;
    }
    match kind {
        Kind::Ref(_) | Kind::Refs(_) => RecordId::parse(text).map_or(Value::Missing, Value::Ref),
        Kind::Integer | Kind::Decimal(_) | Kind::Money | Kind::Year | Kind::Time | Kind::Boolean => {
            text.parse().map_or(Value::Missing, Value::Int)
        }
        _ => Value::Text(text.to_owned()),
    }
}

impl Keeper<'_> {
    /// Hands in several drafts, each in a write of its own: how many were, and those that still lack something.
    pub fn submit_each(&self, records: &[RecordId], lang: Lang) -> Result<(usize, Vec<RecordId>), AppError> {
        let (mut done, mut hindered) = (0, Vec::new());
        for id in records {
            let record = self.viewer.record(self.register, *id)?;
            match self.submit(*id, record.version, lang) {
                Ok(()) => done += 1,
                Err(AppError::Findings(_) | AppError::Stale) => hindered.push(*id),
                Err(AppError::WrongState) => {}
                Err(other) => return Err(other),
            }
        }
        Ok((done, hindered))
    }
}
