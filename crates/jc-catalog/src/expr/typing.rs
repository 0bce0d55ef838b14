//! The types of expressions, and how two values are brought to one.

use super::parse::ExprFault;
use super::{ArithmeticOp, Expr, Literal};
use crate::faults;
use crate::kinds::{Kind, find_list};
use crate::model::CodeList;
use jc_base::{CodeListId, Date};
use std::ops::Range;

/// What an expression is a value of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// True or false.
    Truth,
    /// A number in steps of 10^-digits.
    Number(u8),
    /// Text that is not a code.
    Text,
    /// A code of a list.
    Code(CodeListId),
    /// A day.
    Date,
    /// A month, `YYYY-MM`.
    Month,
    /// A time of day, in minutes.
    Time,
    /// A record of a register.
    Ref(usize),
    /// Several records of a register.
    Refs(usize),
    /// An ID number: its content is not for expressions.
    Secret,
}

impl Type {
    /// The type of a field's values.
    pub(super) fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Integer | Kind::Year | Kind::Decimal(_) | Kind::Money => Type::Number(kind.digits().unwrap_or(0)),
            Kind::Date => Type::Date,
            Kind::Month => Type::Month,
            Kind::Time => Type::Time,
            Kind::Boolean => Type::Truth,
            Kind::Code(list) => Type::Code(list.clone()),
            Kind::Ref(register) => Type::Ref(*register),
            Kind::Refs(register) => Type::Refs(*register),
            Kind::IdNumber => Type::Secret,
            Kind::Text
            | Kind::LongText
            | Kind::PersonName
            | Kind::OrgCode
            | Kind::Phone
            | Kind::CertificateNumber
            | Kind::Link => Type::Text,
        }
    }

    /// The message that names it.
    pub(crate) fn message(&self) -> &'static str {
        match self {
            Type::Truth => "@type-truth",
            Type::Number(_) => "@type-number",
            Type::Text => "@type-text",
            Type::Code(_) => "@type-code",
            Type::Date => "@type-date",
            Type::Month => "@type-month",
            Type::Time => "@type-time",
            Type::Ref(_) => "@type-ref",
            Type::Refs(_) => "@type-refs",
            Type::Secret => "@type-secret",
        }
    }
}

/// A part of an expression on its way to a tree.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub what: What,
    pub at: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum What {
    /// Settled.
    Typed(Expr, Type),
    /// A number that takes the digits of what it stands beside.
    Number(i64, u8),
    /// A text in quotes that takes the type of what it stands beside.
    Quoted(String),
    /// `NULL`.
    Null,
}

impl Node {
    pub(super) fn message(&self) -> &'static str {
        match &self.what {
            What::Typed(_, kind) => kind.message(),
            What::Number(..) => "@type-number",
            What::Quoted(_) => "@type-quoted",
            What::Null => "@type-null",
        }
    }

    /// The tree and type, once nothing beside it can say more.
    pub(super) fn settle(self) -> Option<(Expr, Type)> {
        match self.what {
            What::Typed(expr, kind) => Some((expr, kind)),
            What::Number(steps, digits) => Some((Expr::Literal(Literal::Int(steps)), Type::Number(digits))),
            What::Quoted(text) => Some((Expr::Literal(Literal::Text(text)), Type::Text)),
            What::Null => None,
        }
    }
}

/// Brings two values to one type, and numbers to one scale.
pub(super) fn unify(left: Node, right: Node, codes: &[CodeList]) -> Result<(Expr, Expr, Type), ExprFault> {
    let at = left.at.start.min(right.at.start)..left.at.end.max(right.at.end);
    let differ =
        ExprFault::at(faults::EXPR_TYPES, at.clone()).with("left", left.message()).with("right", right.message());
    if matches!(left.what, What::Null) || matches!(right.what, What::Null) {
        return Err(ExprFault::at(faults::EXPR_NULL, at));
    }
    match (left.what, right.what) {
        (What::Typed(a, kind), What::Quoted(text)) => {
            let literal = quoted(&text, &kind, &right.at, codes).map_err(|fault| fault.unwrap_or(differ))?;
            Ok((a, Expr::Literal(literal), kind))
        }
        (What::Quoted(text), What::Typed(b, kind)) => {
            let literal = quoted(&text, &kind, &left.at, codes).map_err(|fault| fault.unwrap_or(differ))?;
            Ok((Expr::Literal(literal), b, kind))
        }
        (left, right) => {
            let settle = |what| Node { what, at: at.clone() }.settle().expect("NULL was refused above");
            let ((a, kind_a), (b, kind_b)) = (settle(left), settle(right));
            match (kind_a, kind_b) {
                (Type::Number(from), Type::Number(to)) => {
                    let digits = from.max(to);
                    Ok((scaled(a, from, digits), scaled(b, to, digits), Type::Number(digits)))
                }
                (kind_a, kind_b) if kind_a == kind_b => Ok((a, b, kind_a)),
                (Type::Code(one), Type::Code(other)) => {
                    Err(ExprFault::at(faults::EXPR_LISTS, at).with("left", one).with("right", other))
                }
                _ => Err(differ),
            }
        }
    }
}

/// A number in finer steps.
pub(super) fn scaled(expr: Expr, from: u8, to: u8) -> Expr {
    let factor = 10i64.pow(u32::from(to.saturating_sub(from).min(18)));
    match expr {
        expr if factor == 1 => expr,
        Expr::Literal(Literal::Int(steps)) => Expr::Literal(Literal::Int(steps.saturating_mul(factor))),
        expr => Expr::Arithmetic {
            op: ArithmeticOp::Multiply,
            left: Box::new(expr),
            right: Box::new(Expr::Literal(Literal::Int(factor))),
        },
    }
}

/// A text in quotes as a constant of a type; `Err(None)` if the type takes no texts at all.
pub(super) fn quoted(
    text: &str,
    kind: &Type,
    at: &Range<usize>,
    codes: &[CodeList],
) -> Result<Literal, Option<ExprFault>> {
    let no_value =
        |word: &str| Some(ExprFault::at(faults::EXPR_VALUE, at.clone()).with("value", text).with("kind", word));
    match kind {
        Type::Text => Ok(Literal::Text(text.to_owned())),
        Type::Date => Date::parse_iso(text).map(Literal::Date).ok_or_else(|| no_value("@type-date")),
        Type::Month => {
            let fits = text.len() == 7 && Date::parse_iso(&format!("{text}-01")).is_some();
            if fits { Ok(Literal::Text(text.to_owned())) } else { Err(no_value("@type-month")) }
        }
        Type::Time => crate::kinds::read_time(text).map(Literal::Int).ok_or_else(|| no_value("@type-time")),
        Type::Code(list) => {
            let Some(list) = find_list(codes, list) else { return Ok(Literal::Text(text.to_owned())) };
            if list.find(text).is_some() {
                return Ok(Literal::Text(text.to_owned()));
            }
            let fault = ExprFault::at(faults::EXPR_CODE, at.clone()).with("code", text).with("list", list.id.as_str());
            // Someone who wrote the name meant its code.
            let by_name = list
                .codes
                .iter()
                .find(|code| [&code.name.zh, &code.name.en, &code.name.de].contains(&&text.to_owned()));
            let nearest = by_name.map(|code| code.code.as_str());
            let nearest =
                nearest.or_else(|| jc_text::similar::nearest(text, list.codes.iter().map(|code| code.code.as_str())));
            Err(Some(fault.nearest(nearest)))
        }
        Type::Secret => Err(Some(ExprFault::at(faults::EXPR_SECRET, at.clone()))),
        _ => Err(None),
    }
}
