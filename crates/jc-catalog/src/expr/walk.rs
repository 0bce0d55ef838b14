//! The white list: sqlparser's tree becomes ours node by node, typed on the way; what is not named here is refused.

use super::names::{self, Copies};
use super::parse::{ExprFault, RESERVED, Scope};
use super::sql_text::Clean;
use super::typing::{Node, Type, What, quoted, scaled, unify};
use super::{ArithmeticOp, CompareOp, Expr, Literal, Moment};
use crate::faults;
use crate::kinds::Kind;
use crate::model::{Column, Register};
use jc_base::Date;
use sqlparser::ast::{BinaryOperator, DataType, Expr as Sql, InTarget, Spanned, UnaryOperator, Value as SqlValue};
use std::fmt;
use std::ops::Range;

/// A walk over sqlparser's tree that leaves our own behind, and everything found wrong on the way.
pub(super) struct Walk<'a> {
    pub(super) scope: Scope<'a>,
    copies: &'a mut Copies,
    clean: &'a Clean,
    faults: Vec<ExprFault>,
}

/// A part of a dotted name, with its place.
pub(super) type Name = (String, Range<usize>);

impl<'a> Walk<'a> {
    pub(super) fn new(scope: Scope<'a>, copies: &'a mut Copies, clean: &'a Clean) -> Self {
        Self { scope, copies, clean, faults: Vec::new() }
    }

    pub(super) fn into_faults(self) -> Vec<ExprFault> {
        self.faults
    }
}

impl Walk<'_> {
    pub(super) fn at(&self, sql: &impl Spanned) -> Range<usize> {
        let span = sql.span();
        self.clean.range(span.start, span.end)
    }

    pub(super) fn fault<T>(&mut self, fault: ExprFault) -> Option<T> {
        self.faults.push(fault);
        None
    }

    pub(super) fn own(&self) -> &Register {
        &self.scope.registers[self.scope.register]
    }

    /// The white list. Everything that is not named here is refused.
    pub(super) fn node(&mut self, sql: &Sql) -> Option<Node> {
        let at = self.at(sql);
        let what = match sql {
            Sql::Nested(inner) => return self.node(inner),
            Sql::Identifier(_) | Sql::CompoundIdentifier(_) => return self.name(sql, at),
            Sql::Value(value) => match &value.value {
                SqlValue::Number(digits, _) => match number(digits) {
                    Some((steps, digits)) => What::Number(steps, digits),
                    None => return self.forbidden(digits, at),
                },
                SqlValue::SingleQuotedString(text) => What::Quoted(text.clone()),
                SqlValue::Boolean(flag) => What::Typed(Expr::Literal(Literal::Bool(*flag)), Type::Truth),
                SqlValue::Null => What::Null,
                other => return self.forbidden(other, at),
            },
            Sql::TypedString(typed) => match (&typed.data_type, &typed.value.value) {
                (DataType::Date, SqlValue::SingleQuotedString(text)) => match Date::parse_iso(text) {
                    Some(day) => What::Typed(Expr::Literal(Literal::Date(day)), Type::Date),
                    None => {
                        let fault = ExprFault::at(faults::EXPR_VALUE, at).with("value", text);
                        return self.fault(fault.with("kind", "@type-date"));
                    }
                },
                _ => return self.forbidden(sql, at),
            },
            Sql::UnaryOp { op: UnaryOperator::Not, expr } => {
                let inner = self.truth(expr)?;
                What::Typed(Expr::Not(Box::new(inner)), Type::Truth)
            }
            Sql::UnaryOp { op: UnaryOperator::Minus, expr } => match self.node(expr)?.what {
                What::Number(steps, digits) => What::Number(-steps, digits),
                What::Typed(inner, Type::Number(digits)) => {
                    let zero = Box::new(Expr::Literal(Literal::Int(0)));
                    let negated = Expr::Arithmetic { op: ArithmeticOp::Subtract, left: zero, right: Box::new(inner) };
                    What::Typed(negated, Type::Number(digits))
                }
                _ => return self.forbidden("-", at),
            },
            Sql::BinaryOp { left, op, right } => return self.binary(left, op, right, at),
            Sql::Between { expr, negated, low, high } => {
                let (item, low, high) = (self.node(expr), self.node(low), self.node(high));
                let (item, low, high) = (item?, low?, high?);
                let above = self.compare(CompareOp::GreaterOrEqual, item.clone(), low, at.clone());
                let below = self.compare(CompareOp::LessOrEqual, item, high, at.clone());
                let both = Expr::And(vec![above?, below?]);
                What::Typed(if *negated { Expr::Not(Box::new(both)) } else { both }, Type::Truth)
            }
            Sql::In { expr, target: InTarget::List(list), negated, .. } => {
                let listed = self.in_list(expr, list, at.clone())?;
                What::Typed(if *negated { Expr::Not(Box::new(listed)) } else { listed }, Type::Truth)
            }
            Sql::IsNull(inner) => What::Typed(self.is_null(inner)?, Type::Truth),
            Sql::IsNotNull(inner) => What::Typed(Expr::Not(Box::new(self.is_null(inner)?)), Type::Truth),
            Sql::Function(function) => return self.function(function, at),
            _ => return self.forbidden(sql, at),
        };
        Some(Node { what, at })
    }

    pub(super) fn forbidden<T>(&mut self, what: impl fmt::Display, at: Range<usize>) -> Option<T> {
        let text: String = what.to_string().chars().take(40).collect();
        self.fault(ExprFault::at(faults::EXPR_FORBIDDEN, at).with("text", text))
    }

    pub(super) fn truth(&mut self, sql: &Sql) -> Option<Expr> {
        let node = self.node(sql)?;
        match node.what {
            What::Typed(expr, Type::Truth) => Some(expr),
            _ => {
                let fault = ExprFault::at(faults::EXPR_WANT_TRUTH, node.at.clone()).with("found", node.message());
                self.fault(fault)
            }
        }
    }

    /// A name: a moment of the page, a field, or a path through references.
    fn name(&mut self, sql: &Sql, at: Range<usize>) -> Option<Node> {
        let path = self.path(sql)?;
        if let [(word, _)] = path.as_slice() {
            let moment = match word.to_ascii_uppercase().as_str() {
                "PERIOD_START" => Some(Moment::Start),
                "PERIOD_END" => Some(Moment::End),
                "CENSUS" => Some(Moment::Census),
                _ => None,
            };
            if let Some(moment) = moment {
                return Some(Node { what: What::Typed(Expr::Moment(moment), Type::Date), at });
            }
            // `a >= AND b`: sqlparser takes the `AND` for a name.
            if RESERVED.contains(&word.to_ascii_lowercase().as_str()) && self.own().find_field(word).is_none() {
                return self.fault(ExprFault::at(faults::EXPR_SYNTAX, at).with("text", word));
            }
        }
        match names::column(&path, self.scope.register, self.scope.registers, self.copies) {
            Ok(column) => {
                let kind = Type::of(self.kind_of(column, &path));
                Some(Node { what: What::Typed(Expr::Column(column), kind), at })
            }
            Err(fault) => self.fault(fault),
        }
    }

    /// The kind at the end of a path that was found.
    fn kind_of(&self, column: Column, path: &[Name]) -> &Kind {
        let mut register = self.own();
        let mut kind = match column {
            Column::Field(ix) => return &register.fields[ix].kind,
            Column::Copied(_) => &register.fields[0].kind,
        };
        for (name, _) in path {
            let Some(ix) = register.find_field(name) else { break };
            kind = &register.fields[ix].kind;
            if let Kind::Ref(reached) = kind {
                register = &self.scope.registers[*reached];
            }
        }
        kind
    }

    /// The dotted parts of a name.
    pub(super) fn path(&mut self, sql: &Sql) -> Option<Vec<Name>> {
        let parts = match sql {
            Sql::Identifier(part) => std::slice::from_ref(part),
            Sql::CompoundIdentifier(parts) => parts.as_slice(),
            _ => {
                let at = self.at(sql);
                return self.forbidden(sql, at);
            }
        };
        let name =
            |part: &sqlparser::ast::Ident| (part.value.clone(), self.clean.range(part.span.start, part.span.end));
        Some(parts.iter().map(name).collect())
    }

    fn binary(&mut self, left: &Sql, op: &BinaryOperator, right: &Sql, at: Range<usize>) -> Option<Node> {
        let compare = match op {
            BinaryOperator::And | BinaryOperator::Or => {
                // Both sides are walked before either fault ends it: all faults at once.
                let (a, b) = (self.truth(left), self.truth(right));
                let joined = if *op == BinaryOperator::And { and(vec![a?, b?]) } else { or(vec![a?, b?]) };
                return Some(Node { what: What::Typed(joined, Type::Truth), at });
            }
            BinaryOperator::Plus => return self.arithmetic(ArithmeticOp::Add, left, right, at),
            BinaryOperator::Minus => return self.arithmetic(ArithmeticOp::Subtract, left, right, at),
            BinaryOperator::Multiply => return self.arithmetic(ArithmeticOp::Multiply, left, right, at),
            BinaryOperator::Eq => CompareOp::Equal,
            BinaryOperator::NotEq => CompareOp::Unequal,
            BinaryOperator::Lt => CompareOp::Less,
            BinaryOperator::LtEq => CompareOp::LessOrEqual,
            BinaryOperator::Gt => CompareOp::Greater,
            BinaryOperator::GtEq => CompareOp::GreaterOrEqual,
            other => return self.forbidden(other, at),
        };
        let (a, b) = (self.node(left), self.node(right));
        let expr = self.compare(compare, a?, b?, at.clone())?;
        Some(Node { what: What::Typed(expr, Type::Truth), at })
    }

    fn compare(&mut self, op: CompareOp, left: Node, right: Node, at: Range<usize>) -> Option<Expr> {
        let (left_at, right_at) = (left.at.clone(), right.at.clone());
        let (a, b, kind) = match unify(left, right, self.scope.codes) {
            Ok(unified) => unified,
            Err(fault) => return self.fault(fault),
        };
        let equality = matches!(op, CompareOp::Equal | CompareOp::Unequal);
        match kind {
            Type::Truth => return self.compare_truth(op, (a, left_at), (b, right_at), at),
            Type::Secret => {
                return self.fault(ExprFault::at(faults::EXPR_SECRET, at));
            }
            Type::Refs(_) => {
                return self.fault(ExprFault::at(faults::EXPR_REFERENCE, at.clone()).with("field", self.text(&at)));
            }
            Type::Text | Type::Code(_) | Type::Ref(_) if !equality => {
                return self.fault(ExprFault::at(faults::EXPR_ORDER, at).with("kind", kind.message()));
            }
            _ => {}
        }
        Some(Expr::Compare { op, left: Box::new(a), right: Box::new(b) })
    }

    /// `x = TRUE` is `x`; two 是否 fields may be compared; anything else between conditions is not a comparison.
    fn compare_truth(
        &mut self,
        op: CompareOp,
        left: (Expr, Range<usize>),
        right: (Expr, Range<usize>),
        at: Range<usize>,
    ) -> Option<Expr> {
        let negate = match op {
            CompareOp::Equal => false,
            CompareOp::Unequal => true,
            _ => return self.fault(ExprFault::at(faults::EXPR_ORDER, at).with("kind", Type::Truth.message())),
        };
        let as_is = |expr: Expr, flag: bool| if flag == negate { Expr::Not(Box::new(expr)) } else { expr };
        match (left.0, right.0) {
            (expr, Expr::Literal(Literal::Bool(flag))) | (Expr::Literal(Literal::Bool(flag)), expr) => {
                Some(as_is(expr, flag))
            }
            (a @ Expr::Column(_), b @ Expr::Column(_)) => {
                Some(Expr::Compare { op, left: Box::new(a), right: Box::new(b) })
            }
            _ => {
                let kind = Type::Truth.message();
                self.fault(ExprFault::at(faults::EXPR_TYPES, at).with("left", kind).with("right", kind))
            }
        }
    }

    fn arithmetic(&mut self, op: ArithmeticOp, left: &Sql, right: &Sql, at: Range<usize>) -> Option<Node> {
        let (a, b) = (self.node(left), self.node(right));
        let (a, b) = (a?, b?);
        let differ = ExprFault::at(faults::EXPR_TYPES, at.clone()).with("left", a.message()).with("right", b.message());
        let (expr, kind) = match (a.what.clone(), b.what.clone(), op) {
            // Two days, a constant among them perhaps: the days between.
            (What::Typed(_, Type::Date), _, ArithmeticOp::Subtract)
            | (_, What::Typed(_, Type::Date), ArithmeticOp::Subtract) => match unify(a, b, self.scope.codes) {
                Ok((a, b, Type::Date)) if is_day(&a) && is_day(&b) => {
                    (Expr::Arithmetic { op, left: Box::new(a), right: Box::new(b) }, Type::Number(0))
                }
                Ok(_) => return self.fault(differ),
                Err(fault) => return self.fault(fault),
            },
            _ => {
                let (Some((a, Type::Number(from))), Some((b, Type::Number(to)))) = (a.settle(), b.settle()) else {
                    return self.fault(differ);
                };
                let (a, b, digits) = match op {
                    ArithmeticOp::Multiply => (a, b, from + to),
                    _ => (scaled(a, from, from.max(to)), scaled(b, to, from.max(to)), from.max(to)),
                };
                if digits > 12 {
                    return self.fault(ExprFault::at(faults::DIGITS, at).with("digits", digits));
                }
                (Expr::Arithmetic { op, left: Box::new(a), right: Box::new(b) }, Type::Number(digits))
            }
        };
        Some(Node { what: What::Typed(expr, kind), at })
    }

    fn in_list(&mut self, item: &Sql, list: &[Sql], at: Range<usize>) -> Option<Expr> {
        let item = self.node(item);
        let parts: Vec<Option<Node>> = list.iter().map(|part| self.node(part)).collect();
        let item = item?;
        let What::Typed(expr, kind) = item.what else {
            return self.forbidden("IN", at);
        };
        if matches!(kind, Type::Truth | Type::Ref(_) | Type::Refs(_) | Type::Secret) {
            let shown = self.text(&item.at);
            return self.fault(ExprFault::at(faults::EXPR_REFERENCE, item.at).with("field", shown));
        }
        let mut literals = Vec::with_capacity(parts.len());
        let mut failed = false;
        for part in parts {
            let Some(part) = part else {
                failed = true;
                continue;
            };
            match self.constant(&part, &kind) {
                Ok(literal) => literals.push(literal),
                Err(fault) => {
                    self.faults.push(fault);
                    failed = true;
                }
            }
        }
        if failed {
            return None;
        }
        // Numbers: all in the steps of the finest.
        if let Type::Number(digits) = kind {
            let finest = literals.iter().map(|(_, digits)| *digits).max().unwrap_or(0).max(digits);
            let rescale = |(literal, from): (Literal, u8)| match scaled(Expr::Literal(literal), from, finest) {
                Expr::Literal(literal) => literal,
                _ => unreachable!("a constant scales to a constant"),
            };
            let list = literals.into_iter().map(rescale).collect();
            return Some(Expr::In { item: Box::new(scaled(expr, digits, finest)), list });
        }
        Some(Expr::In { item: Box::new(expr), list: literals.into_iter().map(|(literal, _)| literal).collect() })
    }

    /// A constant of a type, with its digits.
    fn constant(&self, part: &Node, kind: &Type) -> Result<(Literal, u8), ExprFault> {
        let differ = || {
            ExprFault::at(faults::EXPR_TYPES, part.at.clone())
                .with("left", kind.message())
                .with("right", part.message())
        };
        match (&part.what, kind) {
            (What::Null, _) => Err(ExprFault::at(faults::EXPR_NULL, part.at.clone())),
            (What::Quoted(text), _) => {
                quoted(text, kind, &part.at, self.scope.codes).map(|l| (l, 0)).map_err(|f| f.unwrap_or_else(differ))
            }
            (What::Number(steps, digits), Type::Number(_)) => Ok((Literal::Int(*steps), *digits)),
            (What::Typed(Expr::Literal(literal @ Literal::Date(_)), _), Type::Date) => Ok((literal.clone(), 0)),
            _ => Err(differ()),
        }
    }

    fn is_null(&mut self, inner: &Sql) -> Option<Expr> {
        let node = self.node(inner)?;
        match node.what {
            // A condition is asked by what it is made of; only a 是否 field itself can be missing.
            What::Typed(expr, kind) if kind != Type::Truth || matches!(expr, Expr::Column(_) | Expr::Latest { .. }) => {
                Some(Expr::IsNull(Box::new(expr)))
            }
            _ => self.forbidden("IS NULL", node.at),
        }
    }

    fn text(&self, at: &Range<usize>) -> String {
        let rest = self.clean.rest_of(at);
        rest.trim().to_owned()
    }
}

/// What `jc-figures` recognises as a day when it subtracts.
fn is_day(expr: &Expr) -> bool {
    matches!(expr, Expr::Column(_) | Expr::Moment(_) | Expr::Literal(Literal::Date(_)))
}

fn and(parts: Vec<Expr>) -> Expr {
    let flat = parts.into_iter().flat_map(|part| match part {
        Expr::And(inner) => inner,
        other => vec![other],
    });
    Expr::And(flat.collect())
}

fn or(parts: Vec<Expr>) -> Expr {
    let flat = parts.into_iter().flat_map(|part| match part {
        Expr::Or(inner) => inner,
        other => vec![other],
    });
    Expr::Or(flat.collect())
}

/// A plain decimal number as steps and digits; at most six decimals.
fn number(text: &str) -> Option<(i64, u8)> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = u8::try_from(part.len()).ok().filter(|digits| *digits <= 6)?;
    let joined = format!("{whole}{part}");
    let plain = !joined.is_empty() && joined.len() <= 15 && joined.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| joined.parse().ok()).flatten().map(|steps| (steps, digits))
}
