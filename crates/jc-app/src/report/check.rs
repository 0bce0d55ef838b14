//! The words of a report held against the records, as any other text would be.

use super::made::Wanted;
use crate::error::AppError;
use crate::person::Viewer;
use jc_base::{Finding, Place};
use jc_claims::judge::Verdict;
use jc_report::model::Document;

impl Viewer<'_> {
    /// The numbers in a report's words that the records contradict: those a person typed, for slots cannot.
    pub(super) fn contradictions(&self, document: &Document, wanted: &Wanted) -> Result<Vec<Finding>, AppError> {
        let (prose, slots) = document.prose_with_slots();
        let checked = self.check_text(&prose, wanted.year, true)?;
        let mut findings = Vec::new();
        for judged in checked.judgements.iter().filter(|j| j.verdict == Verdict::Contradicted) {
            let Some(claim) = checked.document.claim(&judged.claim_id) else { continue };
            if slots.iter().any(|slot| slot.start < claim.span.end && claim.span.start < slot.end) {
                continue;
            }
            let records = judged.said().next().map(|reading| reading.printed.clone()).unwrap_or_default();
            let finding = Finding::error("RPT-032", Place::Whole).with("text", &claim.text);
            findings.push(finding.with("records", records));
        }
        Ok(findings)
    }
}
