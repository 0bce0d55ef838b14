//! What explains a difference: the year before, or one part of the records.

use super::{exact, page_of};
use crate::error::AppError;
use crate::person::Viewer;
use jc_base::Lang;
use jc_catalog::Formula;
use jc_claims::document::Document;
use jc_claims::exact::Exact;
use jc_claims::judge::{Judgement, agrees};
use jc_figures::Page;

/// A simple set of records that explains a difference. Each is the only one of its kind that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explained {
    /// It is the figure of the year before.
    YearBefore {
        /// That period, as printed.
        period: String,
        /// The year to look at.
        year: i32,
    },
    /// It is the figure of one part alone.
    Only(Part),
    /// It is the figure without one part.
    Without(Part),
}

/// A part of the records behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The slice.
    pub slice: String,
    /// The slice's value, as addresses name it.
    pub value: String,
    /// Its label.
    pub label: String,
    /// Its figure, as printed.
    pub printed: String,
}

impl Viewer<'_> {
    /// Looks for what explains a contradiction; nothing if nothing simple does, or several things could.
    pub(super) fn explain(
        &self,
        document: &Document,
        judgement: &Judgement,
        year: i32,
    ) -> Result<Option<Explained>, AppError> {
        let (Some(claim), Some(reading)) = (document.claim(&judgement.claim_id), judgement.reading()) else {
            return Ok(None);
        };
        let of = self.indicator(&reading.indicator)?;
        let register = &self.catalog.registers[of.register];
        let Some(page) = page_of(claim, register, year).filter(|_| reading.slices.is_empty()) else { return Ok(None) };
        let says = |value: Option<Exact>| value.and_then(|value| agrees(claim, value)) == Some(true);
        let compared = self.figure(of, page)?;
        if let (Some(before), Some(Page::Of(period))) = (compared.before, page.a_year_before())
            && says(exact(&before, before.value))
        {
            let years: &[i32] = claim.period.as_ref().map_or(&[], |period| &period.years);
            let year = years.first().copied().unwrap_or(year) - 1;
            return Ok(Some(Explained::YearBefore { period: period.label(Lang::Zh), year }));
        }
        // Parts add up only where records are counted.
        let (Formula::Total(_), Some(whole)) =
            (register.indicators[of.indicator].formula, exact(&compared.figure, compared.figure.value))
        else {
            return Ok(None);
        };
        let mut found = Vec::new();
        for slice in &register.slices {
            for (value, label, figure) in self.slices(of, page, &slice.id, Lang::Zh)? {
                let Some(own) = exact(&figure, figure.value).filter(|own| *own != Exact::ZERO) else { continue };
                let part = || Part {
                    slice: slice.id.clone(),
                    value: value.clone(),
                    label: label.clone(),
                    printed: self.print_with_unit(&figure),
                };
                if says(Some(own)) {
                    found.push(Explained::Only(part()));
                }
                if says(whole.minus(own)) {
                    found.push(Explained::Without(part()));
                }
            }
        }
        let one = found.pop();
        Ok(one.filter(|_| found.is_empty()))
    }
}
