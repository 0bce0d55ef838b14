//! What ties people down in planning: days on which they cannot be spared, the languages they work in, whom they guide
//! already.

use super::{Round, Row};
use crate::error::AppError;
use crate::growth::Growth;
use jc_base::{Finding, Place, RecordId, RecordState};
use jc_growth::plan::input::{Mentor, Span};
use jc_store::{Reader, Record};
use std::collections::HashMap;

const ABSENCE: &str = "staff-absence";
const LANGUAGE: &str = "staff-language";
const GUIDANCE: &str = "teacher-guidance";

/// A mentor guides more people already than there is room for.
const OVERBOOKED: &str = "PLN-010";

/// By person. Whoever has no record is not tied.
#[derive(Default)]
pub(super) struct Limits {
    away: HashMap<RecordId, Vec<Span>>,
    languages: HashMap<RecordId, Vec<String>>,
    guided: HashMap<RecordId, u32>,
}

impl Limits {
    /// Reads verified records. A school whose catalog leaves these registers out ties nobody.
    pub(super) fn fetch(growth: &Growth<'_>, reader: &mut Reader, round: &Round) -> Result<Self, AppError> {
        let mut limits = Self::default();
        each(growth, reader, (ABSENCE, "staff"), &mut |staff, row| {
            if let (Some(from), Some(until)) = (row.date("from_on"), row.date("until_on")) {
                limits.away.entry(staff).or_default().push(Span { from, until });
            }
        })?;
        each(growth, reader, (GUIDANCE, "mentor"), &mut |mentor, row| {
            let begun = row.date("from_on").is_some_and(|from| from <= round.until);
            if begun && row.date("until_on").is_none_or(|until| until >= round.from) {
                *limits.guided.entry(mentor).or_default() += 1;
            }
        })?;
        each(growth, reader, (LANGUAGE, "staff"), &mut |staff, row| {
            limits.languages.entry(staff).or_default().push(row.text("language").to_owned());
        })?;
        Ok(limits)
    }

    /// When someone cannot be spared in the time of a round.
    pub(super) fn away(&self, person: RecordId, round: &Round) -> Vec<Span> {
        let mut away = self.away.get(&person).cloned().unwrap_or_default();
        away.retain(|span| span.from <= round.until && span.until >= round.from);
        away.sort_by_key(|span| (span.from, span.until));
        away
    }

    /// Whether a mentor guides more people than there is room for.
    pub(super) fn overbooked(&self, person: RecordId, mentor: &Mentor, called: &str) -> Option<Finding> {
        let count = self.guided.get(&person).copied().unwrap_or(0);
        let finding = || Finding::warning(OVERBOOKED, Place::Whole).with("mentor", called);
        (count > mentor.capacity).then(|| finding().with("count", count).with("capacity", mentor.capacity))
    }

    /// The languages someone works in; none if that is not recorded.
    pub(super) fn languages(&self, person: RecordId) -> Vec<String> {
        let mut languages = self.languages.get(&person).cloned().unwrap_or_default();
        languages.sort();
        languages
    }
}

fn each(
    growth: &Growth<'_>,
    reader: &mut Reader,
    (register, person): (&str, &str),
    take: &mut dyn FnMut(RecordId, &Row<'_>),
) -> Result<(), AppError> {
    let Some(at) = growth.catalog().find_register(register) else { return Ok(()) };
    let declared = &growth.catalog().registers[at];
    reader.each_record(at, &mut |record: &Record| {
        let row = Row { declared, record };
        if let (RecordState::Verified, Some(whose)) = (record.state, row.id(person)) {
            take(whose, &row);
        }
    })?;
    Ok(())
}
