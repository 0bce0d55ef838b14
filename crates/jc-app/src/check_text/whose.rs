//! What one person achieved 按人问: where a text names who (某老师获三个一等奖), the records that name them are counted.

use crate::checks::Draft;
use crate::error::AppError;
use crate::figures::IndicatorRef;
use crate::person::Viewer;
use jc_base::{Ratio, RecordState, Value};
use jc_catalog::expr::eval::{Truth, truth};
use jc_catalog::kinds::Kind;
use jc_catalog::{Column, Counting, Formula, Register};
use jc_claims::judge::Reason;
use jc_figures::{Figure, FigureValue, Page};
use jc_store::Record;
use jc_store::reader::ListQuery;

/// More people of one name are not looked at.
const NAMESAKES: usize = 20;

/// Under what a reading names the person it is narrowed to.
pub const WHOSE: &str = "whose";

impl Viewer<'_> {
    /// The figure of one person, by the name they are called; else why there is none.
    pub(super) fn figure_of_person(
        &self,
        of: IndicatorRef,
        page: Page,
        name: &str,
    ) -> Result<Result<Figure, Reason>, AppError> {
        let register = &self.catalog.registers[of.register];
        let Formula::Total(measure) = register.indicators[of.indicator].formula else {
            return Ok(Err(Reason::NoSlice));
        };
        let measure = &register.measures[measure];
        let Some((field, people)) = counted(register, &measure.counting) else { return Ok(Err(Reason::NoSlice)) };
        let Some(called) = name_of(&self.catalog.registers[people]) else { return Ok(Err(Reason::NoSlice)) };
        if !measure.filter.asks().is_empty() {
            return Ok(Err(Reason::NoSlice));
        }
        let mut figure = self.figure(of, page)?.figure;
        if matches!(figure.value, FigureValue::Missing(_)) {
            return Ok(Ok(figure));
        }
        let equal = vec![(Column::Field(called), Value::Text(name.to_owned()))];
        let query = ListQuery { equal, limit: NAMESAKES, ..ListQuery::default() };
        let at = page.moments(register, self.app.moment().today);
        let judged = |record: &Record| {
            let row = Draft { values: &record.values, copied: &record.copied };
            page.holds(register, &record.values).then(|| (record.state, truth(&measure.filter, &row, &at)))
        };
        let found = self.read(|reader| {
            let mut found: Vec<Vec<(RecordState, Truth)>> = Vec::new();
            for person in reader.list(people, &query)? {
                let naming = match register.fields[field].kind {
                    Kind::Refs(_) => reader.ids_with_member(of.register, field, person.id)?,
                    _ => reader.ids_where(of.register, &register.fields[field].column, person.id)?,
                };
                let records = reader.find_many(of.register, &naming)?;
                found.push(records.iter().filter_map(judged).filter(|(_, truth)| *truth != Truth::False).collect());
            }
            Ok(found)
        })?;
        // Of namesakes the one is meant who has such a record, if it is one alone.
        let known = !found.is_empty();
        let mut with = found.into_iter().filter(|records| !records.is_empty());
        let records = match (with.next(), with.next()) {
            (Some(_), Some(_)) => return Ok(Err(Reason::Ambiguous)),
            (None, _) if !known => return Ok(Err(Reason::NoSlice)),
            (records, _) => records.unwrap_or_default(),
        };
        let count = |state: RecordState, wanted: Truth| {
            records.iter().filter(|record| **record == (state, wanted)).count() as i64
        };
        let verified = count(RecordState::Verified, Truth::True);
        figure.pending = count(RecordState::Submitted, Truth::True);
        figure.unknown = count(RecordState::Verified, Truth::Unknown);
        let known = |count: i64| FigureValue::Known(Ratio::whole(count.into()));
        (figure.value, figure.with_pending) = (known(verified), known(verified + figure.pending));
        figure.numerator = Some(Ratio::whole(verified.into()));
        figure.slice = Some((WHOSE.to_owned(), name.to_owned()));
        Ok(Ok(figure))
    }
}

/// The field of the people a count is of, and their register.
fn counted(register: &Register, counting: &Counting) -> Option<(usize, usize)> {
    let field = match counting {
        Counting::Members(field) => *field,
        Counting::Distinct { of: Column::Field(field), per: None } => *field,
        _ => return None,
    };
    match register.fields[field].kind {
        Kind::Ref(people) | Kind::Refs(people) => Some((field, people)),
        _ => None,
    }
}

/// The field of a person's name; nothing in a register of things.
fn name_of(register: &Register) -> Option<usize> {
    register.label.iter().copied().find(|field| register.fields[*field].kind == Kind::PersonName)
}
