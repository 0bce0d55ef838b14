//! The evaluator in memory: what an expression says of one record. `jc-figures` writes the same tree as SQL; both
//! must agree on every record.
//!
//! Truth is three-valued, as in SQL: a comparison with something unknown is unknown, `AND` is false as soon as one
//! part is, `OR` true as soon as one is. `EXISTS` is never unknown: a related record that cannot be judged does not
//! fulfil the condition.

use super::{ArithmeticOp, CompareOp, Expr, Literal, Moment};
use crate::model::Column;
use jc_base::{Date, RecordId, Value};
use std::cmp::Ordering;

/// A record as the evaluator sees it.
pub trait Row {
    /// The value of the field at a position of the register.
    fn field(&self, ix: usize) -> &Value;
    /// The value copied through a reference, by position in the register's copies.
    fn copied(&self, ix: usize) -> &Value;
    /// The verified records of another register whose field `via` refers to this record, by id.
    fn related(&self, register: usize, via: usize) -> Vec<&dyn Row>;
}

/// The days of the page a record is looked at on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moments {
    /// The period's first day.
    pub start: Date,
    /// The period's last day.
    pub end: Date,
    /// The day stocks are counted.
    pub census: Date,
}

/// Three-valued truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// Something that would decide it is unknown.
    Unknown,
}

impl Truth {
    fn of(flag: bool) -> Self {
        if flag { Truth::True } else { Truth::False }
    }

    fn not(self) -> Self {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

/// Whether an expression of truth holds for a record.
pub fn truth(expr: &Expr, row: &dyn Row, at: &Moments) -> Truth {
    match expr {
        Expr::Not(inner) => truth(inner, row, at).not(),
        Expr::And(parts) => joined(parts, Truth::False, Truth::True, row, at),
        Expr::Or(parts) => joined(parts, Truth::True, Truth::False, row, at),
        Expr::Compare { op, left, right } => compare(*op, &look(left, row, at), &look(right, row, at)),
        Expr::In { item, list } => is_in(&look(item, row, at), list),
        Expr::IsNull(inner) => Truth::of(matches!(look(inner, row, at), Seen::Missing)),
        Expr::Exists { register, via, condition } => {
            let related = row.related(*register, *via);
            Truth::of(related.into_iter().any(|other| truth(condition, other, at) == Truth::True))
        }
        other => match look(other, row, at) {
            Seen::Int(number) => Truth::of(number == 1),
            _ => Truth::Unknown,
        },
    }
}

/// The whole number of an expression of number, in its steps. Nothing if it is unknown, or too large to be exact.
pub fn number(expr: &Expr, row: &dyn Row, at: &Moments) -> Option<i64> {
    match look(expr, row, at) {
        Seen::Int(number) => Some(number),
        _ => None,
    }
}

/// The value of any expression; truth is 1, 0 or missing.
pub fn value(expr: &Expr, row: &dyn Row, at: &Moments) -> Value {
    match look(expr, row, at) {
        Seen::Missing => Value::Missing,
        Seen::Int(number) => Value::Int(number),
        Seen::Text(text) => Value::Text(text.to_owned()),
        Seen::Date(day) => Value::Date(day),
        Seen::Ref(id) => Value::Ref(id),
        Seen::Refs(ids) => Value::Refs(ids.to_vec()),
    }
}

/// Why an expression does not hold for a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Why<'a> {
    /// Whether something contradicts it, or is missing that would decide it.
    pub truth: Truth,
    /// The part that decided: the first conjunct that is false, or the first that is unknown.
    pub part: &'a Expr,
    /// The values that part looks at; if it is unknown, those of them that are missing.
    pub columns: Vec<Column>,
}

/// Which conjunct made an expression false, or what is missing that left it unknown. Nothing if it holds.
pub fn why<'a>(expr: &'a Expr, row: &dyn Row, at: &Moments) -> Option<Why<'a>> {
    let outcome = truth(expr, row, at);
    if outcome == Truth::True {
        return None;
    }
    if let Expr::And(parts) = expr {
        let part = parts.iter().find(|part| truth(part, row, at) == outcome)?;
        return why(part, row, at);
    }
    let mut columns = expr.columns();
    if outcome == Truth::Unknown {
        columns.retain(|column| value_of(row, *column).is_missing());
    }
    Some(Why { truth: outcome, part: expr, columns })
}

/// A value looked at in its place.
enum Seen<'a> {
    Missing,
    Int(i64),
    Text(&'a str),
    Date(Date),
    Ref(RecordId),
    Refs(&'a [RecordId]),
}

impl<'a> From<&'a Value> for Seen<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Missing => Seen::Missing,
            Value::Text(text) => Seen::Text(text),
            Value::Int(number) => Seen::Int(*number),
            Value::Date(day) => Seen::Date(*day),
            Value::Ref(id) => Seen::Ref(*id),
            Value::Refs(ids) => Seen::Refs(ids),
        }
    }
}

impl<'a> From<&'a Literal> for Seen<'a> {
    fn from(literal: &'a Literal) -> Self {
        match literal {
            Literal::Null => Seen::Missing,
            Literal::Bool(flag) => Seen::Int(i64::from(*flag)),
            Literal::Int(number) => Seen::Int(*number),
            Literal::Text(text) => Seen::Text(text),
            Literal::Date(day) => Seen::Date(*day),
        }
    }
}

fn value_of(row: &dyn Row, column: Column) -> &Value {
    match column {
        Column::Field(ix) => row.field(ix),
        Column::Copied(ix) => row.copied(ix),
    }
}

fn look<'a>(expr: &'a Expr, row: &'a dyn Row, at: &Moments) -> Seen<'a> {
    match expr {
        Expr::Literal(literal) => literal.into(),
        Expr::Column(column) => value_of(row, *column).into(),
        Expr::Moment(Moment::Start) => Seen::Date(at.start),
        Expr::Moment(Moment::End) => Seen::Date(at.end),
        Expr::Moment(Moment::Census) => Seen::Date(at.census),
        Expr::YearOf(inner) => match look(inner, row, at) {
            Seen::Date(day) => Seen::Int(i64::from(day.year())),
            _ => Seen::Missing,
        },
        Expr::MemberCount(ix) => Seen::Int(row.field(*ix).ref_ids().len() as i64),
        Expr::Arithmetic { op, left, right } => arithmetic(*op, &look(left, row, at), &look(right, row, at)),
        Expr::Latest { register, via, value, by } => {
            let dated = row.related(*register, *via).into_iter().filter_map(|other| {
                let day = other.field(*by).as_date().filter(|day| *day <= at.census)?;
                Some((day, other))
            });
            // The last of several on one day: the caller gives them by id.
            dated.max_by_key(|(day, _)| *day).map_or(Seen::Missing, |(_, other)| other.field(*value).into())
        }
        condition => match truth(condition, row, at) {
            Truth::True => Seen::Int(1),
            Truth::False => Seen::Int(0),
            Truth::Unknown => Seen::Missing,
        },
    }
}

fn joined(parts: &[Expr], decides: Truth, otherwise: Truth, row: &dyn Row, at: &Moments) -> Truth {
    let mut outcome = otherwise;
    for part in parts {
        match truth(part, row, at) {
            found if found == decides => return decides,
            Truth::Unknown => outcome = Truth::Unknown,
            _ => {}
        }
    }
    outcome
}

fn order(left: &Seen<'_>, right: &Seen<'_>) -> Option<Ordering> {
    match (left, right) {
        (Seen::Int(a), Seen::Int(b)) => Some(a.cmp(b)),
        (Seen::Text(a), Seen::Text(b)) => Some(a.cmp(b)),
        (Seen::Date(a), Seen::Date(b)) => Some(a.cmp(b)),
        (Seen::Ref(a), Seen::Ref(b)) => Some(a.cmp(b)),
        // The loader has seen to it that the types agree: what is left is missing.
        _ => None,
    }
}

fn compare(op: CompareOp, left: &Seen<'_>, right: &Seen<'_>) -> Truth {
    let Some(order) = order(left, right) else { return Truth::Unknown };
    Truth::of(match op {
        CompareOp::Equal => order.is_eq(),
        CompareOp::Unequal => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::LessOrEqual => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::GreaterOrEqual => order.is_ge(),
    })
}

fn is_in(item: &Seen<'_>, list: &[Literal]) -> Truth {
    if matches!(item, Seen::Missing) {
        return Truth::Unknown;
    }
    let mut outcome = Truth::False;
    for literal in list {
        match compare(CompareOp::Equal, item, &literal.into()) {
            Truth::True => return Truth::True,
            Truth::Unknown => outcome = Truth::Unknown,
            Truth::False => {}
        }
    }
    outcome
}

fn arithmetic<'a>(op: ArithmeticOp, left: &Seen<'_>, right: &Seen<'_>) -> Seen<'a> {
    let result = match (left, right) {
        (Seen::Int(a), Seen::Int(b)) => match op {
            ArithmeticOp::Add => a.checked_add(*b),
            ArithmeticOp::Subtract => a.checked_sub(*b),
            ArithmeticOp::Multiply => a.checked_mul(*b),
        },
        (Seen::Date(a), Seen::Date(b)) if op == ArithmeticOp::Subtract => Some(a.days_since(*b)),
        _ => None,
    };
    result.map_or(Seen::Missing, Seen::Int)
}
