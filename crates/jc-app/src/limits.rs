//! How many lasting records share a value at one time: the students of one mentor.

use crate::error::AppError;
use jc_base::{Date, Finding, Lang, Place, RecordId, Value};
use jc_catalog::{PeriodRule, Register};
use jc_figures::page::{Span, register_span};
use jc_store::{Reader, StoreError};
use std::collections::HashMap;

/// What stands beside a record already, by each limit of its register.
#[derive(Default)]
pub struct Crowd {
    /// By limit: the records of each value, with their days.
    of: Vec<HashMap<RecordId, Vec<(RecordId, Span)>>>,
}

impl Crowd {
    /// Reads what the limits of a register need; nothing is read for a register that has none.
    pub fn load(reader: &mut Reader, position: usize, register: &Register) -> Result<Self, StoreError> {
        let PeriodRule::During { from, until, .. } = register.period else { return Ok(Self::default()) };
        let mut crowd = Self::default();
        for limit in &register.limits {
            let fields: Vec<usize> = [limit.field, from].into_iter().chain(until).collect();
            let mut of: HashMap<RecordId, Vec<(RecordId, Span)>> = HashMap::new();
            for (id, values) in reader.all_values(position, &fields)? {
                let (Some(named), Some(from)) = (values[0].as_ref_id(), values[1].as_date()) else { continue };
                let until = values.get(2).and_then(Value::as_date);
                of.entry(named).or_default().push((id, Span { from, until }));
            }
            crowd.of.push(of);
        }
        Ok(crowd)
    }

    /// Reads the same for the values of one record alone.
    pub fn of_one(
        reader: &mut Reader,
        position: usize,
        register: &Register,
        values: &[Value],
    ) -> Result<Self, AppError> {
        let mut crowd = Self::default();
        for limit in &register.limits {
            let mut of = HashMap::new();
            if let Some(named) = values.get(limit.field).and_then(Value::as_ref_id) {
                let ids = reader.ids_where(position, &register.fields[limit.field].column, named)?;
                let others = reader.find_many(position, &ids)?;
                let spans = others.iter().filter_map(|r| Some((r.id, register_span(register, &r.values)?)));
                of.insert(named, spans.collect());
            }
            crowd.of.push(of);
        }
        Ok(crowd)
    }

    /// Makes known a record that was just written, for those behind it.
    pub fn learn(&mut self, register: &Register, id: RecordId, values: &[Value]) {
        let Some(span) = register_span(register, values) else { return };
        for (limit, of) in register.limits.iter().zip(&mut self.of) {
            if let Some(named) = values.get(limit.field).and_then(Value::as_ref_id) {
                let beside = of.entry(named).or_default();
                beside.retain(|(other, _)| *other != id);
                beside.push((id, span));
            }
        }
    }

    /// A warning for each limit that the record, with those beside it, goes beyond on some day. `own` is the record
    /// itself, where it is one already.
    pub fn check(
        &self,
        register: &Register,
        values: &[Value],
        own: Option<RecordId>,
        lang: Lang,
        place: &dyn Fn(Option<usize>) -> Place,
        findings: &mut Vec<Finding>,
    ) {
        let Some(span) = register_span(register, values) else { return };
        for (limit, of) in register.limits.iter().zip(&self.of) {
            let Some(named) = values.get(limit.field).and_then(Value::as_ref_id) else { continue };
            let beside = of.get(&named).map_or(&[][..], Vec::as_slice);
            let others: Vec<Span> = beside.iter().filter(|(id, _)| Some(*id) != own).map(|(_, span)| *span).collect();
            let count = 1 + most_at_once(span, &others);
            if count > usize::from(limit.most) {
                let finding = Finding::warning("APP-031", place(Some(limit.field))).with("say", limit.say.get(lang));
                findings.push(finding.with("count", count).with("most", limit.most));
            }
        }
    }
}

/// The largest number of the others on one day of a span. It can only rise on a day on which something begins.
fn most_at_once(span: Span, others: &[Span]) -> usize {
    let holds = |span: &Span, day: Date| span.from <= day && span.until.is_none_or(|until| day <= until);
    let days = others.iter().map(|other| other.from).filter(|day| holds(&span, *day)).chain([span.from]);
    days.map(|day| others.iter().filter(|other| holds(other, day)).count()).max().unwrap_or(0)
}
