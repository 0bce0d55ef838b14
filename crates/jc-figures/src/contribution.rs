//! What one record adds to the totals of a page: the in-memory half of the central promise that one edit's
//! difference and a full scan always agree.

use jc_base::Value;
use jc_catalog::expr::eval::{Moments, Row, Truth, number, truth};
use jc_catalog::{Column, Counting, Measure};

/// What a record does to a measure's total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It adds this much, in the measure's steps. For a distinct count: it brings this many values.
    Counts(i64),
    /// It cannot be judged: the condition or the amount is unknown.
    Unknown,
    /// It does not fulfil the condition.
    Out,
}

/// Judges a record for a measure.
pub fn outcome(measure: &Measure, row: &dyn Row, at: &Moments) -> Outcome {
    match truth(&measure.filter, row, at) {
        Truth::False => Outcome::Out,
        Truth::Unknown => Outcome::Unknown,
        Truth::True => match &measure.counting {
            Counting::Records => Outcome::Counts(1),
            Counting::Sum(amount) => number(amount, row, at).map_or(Outcome::Unknown, Outcome::Counts),
            Counting::Members(field) => members(row.field(*field)),
            Counting::Distinct { per: Some(per), .. } if value(row, *per).is_missing() => Outcome::Unknown,
            Counting::Distinct { of, .. } => members(value(row, *of)),
        },
    }
}

/// How many values stand there: the members of a team, or the one value.
fn members(value: &Value) -> Outcome {
    match value {
        Value::Missing => Outcome::Unknown,
        Value::Refs(ids) => Outcome::Counts(ids.len() as i64),
        _ => Outcome::Counts(1),
    }
}

/// The value of a column of a row.
pub fn value(row: &dyn Row, column: Column) -> &Value {
    match column {
        Column::Field(ix) => row.field(ix),
        Column::Copied(ix) => row.copied(ix),
    }
}

/// What a distinct count counts once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Member {
    /// The value.
    pub value: Value,
    /// For each of what it is counted once: the contest. Missing where it is once for the whole page.
    pub per: Value,
}

/// The values a record brings to a distinct count, each once; none for other measures.
pub fn distinct_members(measure: &Measure, row: &dyn Row) -> Vec<Member> {
    let Counting::Distinct { of, per } = measure.counting else {
        return Vec::new();
    };
    let per = per.map_or(Value::Missing, |per| value(row, per).clone());
    let members = values_of(value(row, of)).into_iter();
    members.map(|value| Member { value, per: per.clone() }).collect()
}

fn values_of(value: &Value) -> Vec<Value> {
    match value {
        Value::Missing => Vec::new(),
        Value::Refs(ids) => {
            let mut ids = ids.clone();
            ids.sort_unstable();
            ids.dedup();
            ids.into_iter().map(Value::Ref).collect()
        }
        other => vec![other.clone()],
    }
}

/// The text that names a value in totals: a code, a number, a day, a record's id. Nothing if unknown.
pub fn slice_key(value: &Value) -> Option<String> {
    match value {
        Value::Missing | Value::Refs(_) => None,
        Value::Text(text) => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Ref(id) => Some(id.to_string()),
    }
}
