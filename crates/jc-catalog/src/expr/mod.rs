//! Expressions of the catalog: boolean SQL of a white-listed kind, parsed and type-checked when the catalog is
//! read, turned into this tree at once. Two evaluators read the tree: [`eval`] in memory, `jc-figures` as SQL.

pub mod eval;
mod functions;
mod names;
mod parse;
mod print;
mod sql_text;
mod typing;
mod walk;

pub use names::Copies;
pub(crate) use names::near_field;
pub(crate) use parse::RESERVED;
pub use parse::{ExprFault, Parsed, Scope, parse};
pub use print::print;
pub use typing::Type;

use crate::model::Column;
use jc_base::Date;

/// A typed expression over one record.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A constant.
    Literal(Literal),
    /// A value on the record.
    Column(Column),
    /// A day given by the page the record is looked at on.
    Moment(Moment),
    /// The calendar year of a date, as a number.
    YearOf(Box<Expr>),
    /// The number of records a field of several references names; zero when it is missing.
    MemberCount(usize),
    /// `NOT`, three-valued.
    Not(Box<Expr>),
    /// All hold, three-valued. Never empty.
    And(Vec<Expr>),
    /// At least one holds, three-valued. Never empty.
    Or(Vec<Expr>),
    /// A comparison of two values of one type and, for numbers, one scale.
    Compare {
        /// How.
        op: CompareOp,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// Whether the value is one of the constants.
    In {
        /// The value.
        item: Box<Expr>,
        /// The constants, of its type.
        list: Vec<Literal>,
    },
    /// Whether nothing is known.
    IsNull(Box<Expr>),
    /// Whole-number arithmetic in one scale.
    Arithmetic {
        /// How.
        op: ArithmeticOp,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// Whether a verified record of another register refers to this one and fulfils a condition:
    /// `EXISTS(register, condition)` or, the same, `HAS(register, condition)`; `EXISTS(register.field, condition)`
    /// where several of its fields refer here. Never unknown: a record that cannot be judged does not fulfil it.
    Exists {
        /// The other register.
        register: usize,
        /// Its reference field that points here.
        via: usize,
        /// The condition on its record.
        condition: Box<Expr>,
    },
    /// The value of the latest verified related record dated on or before the page's census date:
    /// `LATEST(register.field)`. Its date is the one its register's period rule names.
    Latest {
        /// The other register.
        register: usize,
        /// Its reference field that points here.
        via: usize,
        /// The field whose value is taken.
        value: usize,
        /// The date field that orders them.
        by: usize,
    },
}

/// A constant. Numbers are in the steps of the value they are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `NULL`.
    Null,
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// A number in steps.
    Int(i64),
    /// A text or code.
    Text(String),
    /// A day.
    Date(Date),
}

impl Literal {
    /// A text or code.
    fn as_text(&self) -> Option<&str> {
        if let Literal::Text(text) = self { Some(text) } else { None }
    }
}

/// A day given by the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// `PERIOD_START`: the period's first day.
    Start,
    /// `PERIOD_END`: its last day.
    End,
    /// `CENSUS`: the day stocks are counted.
    Census,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `<>`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`: of two days, the number of days between them.
    Subtract,
    /// `*`
    Multiply,
}

impl Expr {
    /// The values on the record it looks at, each once, in the order they are written.
    pub fn columns(&self) -> Vec<Column> {
        let mut found = Vec::new();
        self.walk(&mut |expr| {
            let column = match expr {
                Expr::Column(column) => *column,
                Expr::MemberCount(field) => Column::Field(*field),
                _ => return,
            };
            if !found.contains(&column) {
                found.push(column);
            }
        });
        found
    }

    /// The equations `value = 'text'` that must hold for it to be true, as far as they stand side by side.
    pub fn equations(&self) -> Vec<(Column, &str)> {
        let choices = self.choices().into_iter();
        choices.filter_map(|(column, texts)| if let [one] = texts[..] { Some((column, one)) } else { None }).collect()
    }

    /// The columns whose text must be one of a few for it to be true, as far as the conditions stand side by side.
    pub fn choices(&self) -> Vec<(Column, Vec<&str>)> {
        match self {
            Expr::And(parts) => parts.iter().flat_map(Expr::choices).collect(),
            Expr::Compare { op: CompareOp::Equal, left, right } => match (&**left, &**right) {
                (Expr::Column(column), Expr::Literal(Literal::Text(text))) => vec![(*column, vec![text.as_str()])],
                _ => Vec::new(),
            },
            Expr::In { item, list } => match (&**item, list.iter().map(Literal::as_text).collect()) {
                (Expr::Column(column), Some(texts)) => vec![(*column, texts)],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The registers whose records it asks about, each once; conditions inside them included.
    pub fn asks(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.walk_asked(&mut |register| {
            if !found.contains(&register) {
                found.push(register);
            }
        });
        found
    }

    /// The fields of other registers it looks at: register and field, once for each time.
    pub fn asked_fields(&self) -> Vec<(usize, usize)> {
        match self {
            Expr::Exists { register, via, condition } => {
                let own = condition.columns().into_iter().filter_map(|column| match column {
                    Column::Field(field) => Some((*register, field)),
                    Column::Copied(_) => None,
                });
                own.chain([(*register, *via)]).chain(condition.asked_fields()).collect()
            }
            Expr::Latest { register, via, value, by } => vec![(*register, *via), (*register, *value), (*register, *by)],
            _ => self.parts().into_iter().flat_map(Expr::asked_fields).collect(),
        }
    }

    /// Visits this expression and its parts on the same record, not the conditions on other records.
    fn walk(&self, visit: &mut dyn FnMut(&Expr)) {
        visit(self);
        self.parts().into_iter().for_each(|part| part.walk(visit));
    }

    fn walk_asked(&self, visit: &mut dyn FnMut(usize)) {
        match self {
            Expr::Exists { register, condition, .. } => {
                visit(*register);
                condition.walk_asked(visit);
            }
            Expr::Latest { register, .. } => visit(*register),
            _ => self.parts().into_iter().for_each(|part| part.walk_asked(visit)),
        }
    }

    fn parts(&self) -> Vec<&Expr> {
        match self {
            Expr::YearOf(inner) | Expr::Not(inner) | Expr::IsNull(inner) | Expr::In { item: inner, .. } => vec![inner],
            Expr::And(parts) | Expr::Or(parts) => parts.iter().collect(),
            Expr::Compare { left, right, .. } | Expr::Arithmetic { left, right, .. } => vec![left, right],
            _ => Vec::new(),
        }
    }
}
