//! Everybody on the pathway whom someone may look at.

use super::Growth;
use super::shelf::{Shelf, moments};
use crate::error::AppError;
use crate::labels::Labels;
use jc_base::{Date, Lang, RecordId};
use jc_catalog::expr::eval::{Truth, truth};
use jc_figures::page::register_span;
use jc_growth::college::Member;
use jc_growth::course::history;
use jc_growth::standing::Standing;
use std::collections::HashMap;

/// Everybody on the pathway, on a day.
pub struct Overview {
    /// The day.
    pub on: Date,
    /// Everybody who was there on some day up to it, by number.
    pub members: Vec<Member>,
    /// Who they are, in the same order.
    pub lines: Vec<Line>,
    /// What departments are called.
    pub departments: HashMap<RecordId, String>,
}

/// Who a member is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What they are called.
    pub label: String,
    /// Their number.
    pub number: String,
}

impl Growth<'_> {
    /// Everybody within reach, on a day.
    pub fn overview(&self, on: Date, lang: Lang) -> Result<Overview, AppError> {
        self.viewer.read(|reader| {
            let (pathway, catalog) = (self.pathway(), self.catalog());
            let declared = &catalog.registers[pathway.people];
            let number = |record: &jc_store::Record| {
                let field = declared.key.first().copied().unwrap_or(0);
                declared.fields[field].kind.edit(&record.values[field])
            };
            let mut people = self.people(reader, on, None)?;
            people.sort_by_cached_key(|record| (number(record), record.id));
            let ids: Vec<RecordId> = people.iter().map(|record| record.id).collect();
            let shelf = Shelf::fetch(reader, pathway, &ids)?;
            let mut labels = Labels::default();
            labels.load(reader, pathway.people, &people)?;
            let mut overview = Overview { on, members: Vec::new(), lines: Vec::new(), departments: HashMap::new() };
            for record in &people {
                let Some(span) = register_span(declared, &record.values) else { continue };
                let department = pathway.department.and_then(|field| record.values[field].as_ref_id());
                if let (Some(id), Some(field)) = (department, pathway.department) {
                    let shown = labels.show(catalog, &declared.fields[field].kind, &record.values[field], lang);
                    overview.departments.insert(id, shown);
                }
                let book = shelf.book(pathway, record);
                let there = span.until.is_none_or(|until| until >= on);
                let leaving = pathway.leaving.as_ref();
                overview.members.push(Member {
                    person: record.id,
                    department,
                    from: span.from,
                    until: span.until,
                    leaving: leaving.is_some_and(|when| truth(when, record, &moments(on)) == Truth::True),
                    standing: there.then(|| Standing::of(pathway, &book, on)),
                    turns: history(pathway, &book, on),
                });
                let label = labels.label(catalog, pathway.people, record, lang);
                overview.lines.push(Line { label, number: number(record) });
            }
            Ok(overview)
        })
    }
}
