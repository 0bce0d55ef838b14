//! What a figure or one slice of it is made of: the parts of its numerator, and its records by their role.

use crate::error::AppError;
use crate::figures::{IndicatorRef, Part, Traced, part};
use crate::labels::Labels;
use crate::person::Viewer;
use jc_base::RecordState;
use jc_catalog::expr::{Expr, Literal};
use jc_catalog::kinds::Kind;
use jc_catalog::{Column, Counting, Formula, Indicator, Measure, Operation, Register};
use jc_figures::contribution::{slice_key, value};
use jc_figures::trace::role;
use jc_figures::{Outcome, Page, outcome};
use jc_store::reader::WithRelated;

/// The records behind a figure.
pub struct Sources {
    /// How many records have each part: numerator, denominator only, left out.
    pub counts: [usize; 3],
    /// How many records of the page lie outside what this person sees.
    pub outside: usize,
    /// Where the numerator counts records by codes of one field: that column, and each code with its records.
    pub parts: Option<(Column, Vec<(String, i64)>)>,
    /// The records of the part asked for, from the place asked for.
    pub records: Vec<Traced>,
    /// The labels of what they refer to.
    pub labels: Labels,
}

/// The measure a figure's numerator, or the figure itself, is the total of.
pub fn numerator(indicator: &Indicator) -> usize {
    match indicator.formula {
        Formula::Total(position) | Formula::Growth(position) => position,
        Formula::Share { part, .. } => part,
        Formula::Quotient { over, .. } => over,
        Formula::Highest { reach, .. } => reach,
        Formula::Common { sum, .. } => sum,
    }
}

/// The code field and the codes that a measure of records picks out.
fn codes(register: &Register, measure: &Measure) -> Option<(Column, Vec<String>)> {
    if !matches!(measure.counting, Counting::Records) {
        return None;
    }
    let conditions: Vec<&Expr> = match &measure.filter {
        Expr::And(parts) => parts.iter().collect(),
        other => vec![other],
    };
    conditions.into_iter().find_map(|condition| {
        let Expr::In { item, list } = condition else { return None };
        let Expr::Column(column) = **item else { return None };
        let texts = list.iter().map(|literal| match literal {
            Literal::Text(text) => Some(text.clone()),
            _ => None,
        });
        let texts: Option<Vec<String>> = texts.collect();
        matches!(register.column_kind(column), Kind::Code(_)).then_some((column, texts?))
    })
}

impl Viewer<'_> {
    /// A figure, or one slice of it (its column and the value's text), down to the records of one part: those from
    /// position `from`, at most `limit`.
    pub fn sources(
        &self,
        of: IndicatorRef,
        page: Page,
        slice: Option<(Column, &str)>,
        wanted: Part,
        (from, limit): (usize, usize),
    ) -> Result<Sources, AppError> {
        self.records_only()?;
        self.needs(Operation::ReadFigures)?;
        let of = self.in_force(of, page);
        let register = &self.catalog.registers[of.register];
        let indicator = &register.indicators[of.indicator];
        let measure = &register.measures[numerator(indicator)];
        self.read(|reader| {
            let at = page.moments(register, reader.today());
            let related = reader.related(of.register)?;
            let with_evidence = reader.has_evidence(register.id.as_str())?;
            let (mut counts, mut records, mut seen) = ([0; 3], Vec::new(), 0);
            let mut parts = codes(register, measure)
                .map(|(column, codes)| (column, codes.into_iter().map(|code| (code, 0)).collect::<Vec<_>>()));
            reader.each_on_page(of.register, page, &mut |record| {
                seen += 1;
                let row = WithRelated { record, related: &related };
                if slice.is_some_and(|(column, text)| slice_key(value(&row, column)).unwrap_or_default() != text) {
                    return;
                }
                let role = role(register, indicator, &row, record.state, &at);
                if let Some((column, codes)) = &mut parts
                    && record.state == RecordState::Verified
                    && matches!(outcome(measure, &row, &at), Outcome::Counts(_))
                    && let Some(code) = value(&row, *column).as_text()
                    && let Some((_, n)) = codes.iter_mut().find(|(own, _)| own == code)
                {
                    *n += 1;
                }
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
            let outside = self.outside(reader, of.register, page, seen)?;
            if let Some((_, codes)) = &mut parts {
                codes.retain(|(_, n)| *n > 0);
            }
            // What is counted by codes is only told where all of it is seen.
            let parts = parts.filter(|_| outside == 0);
            Ok(Sources { counts, outside, parts, records, labels })
        })
    }
}
