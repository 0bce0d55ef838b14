//! From text to tree: sqlparser reads, a white list decides what may stand in an expression, types are checked on
//! the way. Nothing of sqlparser leaves this module.

use super::names::{self, Copies};
use super::sql_text::{Clean, LONGEST};
use super::typing::{Node, Type, What, quoted, scaled, unify};
use super::{ArithmeticOp, CompareOp, Expr, Literal, Moment};
use crate::faults;
use crate::kinds::{Kind, find_list};
use crate::model::{CodeList, Column, PeriodRule, Register};
use jc_base::{Args, Date};
use sqlparser::ast::{
    BinaryOperator, DataType, Expr as Sql, Function, FunctionArg, FunctionArgExpr, FunctionArguments, InTarget,
    Spanned, UnaryOperator, Value as SqlValue,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;
use std::fmt;
use std::ops::Range;

/// Words of the expression language: no field may be called like one.
pub(crate) const RESERVED: &[&str] = &[
    "all",
    "and",
    "any",
    "array",
    "as",
    "at_least",
    "at_most",
    "between",
    "case",
    "cast",
    "census",
    "date",
    "distinct",
    "else",
    "end",
    "escape",
    "exists",
    "false",
    "from",
    "has",
    "ilike",
    "in",
    "interval",
    "is",
    "latest",
    "like",
    "members",
    "not",
    "null",
    "or",
    "period_end",
    "period_start",
    "select",
    "similar",
    "then",
    "true",
    "unknown",
    "when",
    "where",
    "year",
];

const FUNCTIONS: &[&str] = &["YEAR", "MEMBERS", "HAS", "EXISTS", "LATEST", "AT_LEAST", "AT_MOST"];

/// What names in an expression mean.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// All registers; their fields must be there.
    pub registers: &'a [Register],
    /// All code lists, sorted by id.
    pub codes: &'a [CodeList],
    /// The register whose records are looked at.
    pub register: usize,
}

/// An expression read and found sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree.
    pub expr: Expr,
    /// What it is a value of.
    pub kind: Type,
}

impl Parsed {
    /// The tree, if it is true or false.
    pub fn truth(self, at: Range<usize>) -> Result<Expr, ExprFault> {
        match self.kind {
            Type::Truth => Ok(self.expr),
            other => Err(ExprFault::at(faults::EXPR_WANT_TRUTH, at).with("found", other.message())),
        }
    }

    /// The tree and its decimals, if it is a number.
    pub fn number(self, at: Range<usize>) -> Result<(Expr, u8), ExprFault> {
        match self.kind {
            Type::Number(digits) => Ok((self.expr, digits)),
            other => Err(ExprFault::at(faults::EXPR_WANT_NUMBER, at).with("found", other.message())),
        }
    }
}

/// One thing wrong in an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprFault {
    /// The stable code, such as `CAT-056`.
    pub code: &'static str,
    /// What its words need.
    pub with: Args,
    /// Where in the text, in characters from 0.
    pub at: Range<usize>,
}

impl ExprFault {
    pub(crate) fn at(code: &'static str, at: Range<usize>) -> Self {
        Self { code, with: Args::default(), at }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with.0.push((name, value.to_string()));
        self
    }

    pub(crate) fn nearest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(nearest) => self.with("nearest", nearest),
            None => self,
        }
    }
}

/// Reads an expression.
///
/// Errors: everything found wrong in it, in the order of the text; a text that cannot be read at all gives one.
pub fn parse(text: &str, scope: Scope<'_>, copies: &mut Copies) -> Result<Parsed, Vec<ExprFault>> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(vec![ExprFault::at(faults::EXPR_EMPTY, 0..length.max(1))]);
    }
    if length > LONGEST {
        return Err(vec![ExprFault::at(faults::EXPR_TOO_LONG, 0..1).with("most", LONGEST)]);
    }
    let clean = Clean::of(text);
    let sql = read(&clean).map_err(|fault| vec![fault])?;
    let mut walk = Walk { scope, copies, clean: &clean, faults: Vec::new() };
    let node = walk.node(&sql);
    let Walk { mut faults, .. } = walk;
    let settled = node.and_then(|node| {
        let at = node.at.clone();
        let settled = node.settle();
        if settled.is_none() {
            faults.push(ExprFault::at(faults::EXPR_NULL, at));
        }
        settled
    });
    match settled {
        Some((expr, kind)) if faults.is_empty() => Ok(Parsed { expr, kind }),
        _ => Err(faults),
    }
}

/// Tokens to sqlparser's tree, up to the very end of the text.
fn read(clean: &Clean) -> Result<Sql, ExprFault> {
    let tokens = clean.tokens()?;
    let dialect = PostgreSqlDialect {};
    let mut parser = Parser::new(&dialect).with_tokens_with_locations(tokens);
    let stopped = |parser: &Parser<'_>| {
        let token = parser.peek_token();
        if token.token == Token::EOF {
            return ExprFault::at(faults::EXPR_UNFINISHED, clean.end());
        }
        let at = clean.range(token.span.start, token.span.end);
        ExprFault::at(faults::EXPR_SYNTAX, at).with("text", token.token)
    };
    match parser.parse_expr() {
        Ok(sql) if parser.peek_token().token == Token::EOF => Ok(sql),
        Ok(_) => Err(stopped(&parser)),
        Err(ParserError::RecursionLimitExceeded) => {
            Err(ExprFault::at(faults::EXPR_TOO_LONG, 0..1).with("most", LONGEST))
        }
        Err(ParserError::ParserError(message) | ParserError::TokenizerError(message)) => {
            Err(place_of(&message, clean).unwrap_or_else(|| stopped(&parser)))
        }
    }
}

/// sqlparser says where only in its text: `Expected: …, found: X at Line: 1, Column: 9`.
fn place_of(message: &str, clean: &Clean) -> Option<ExprFault> {
    let (before, column) = message.rsplit_once(", Column: ")?;
    let column: u64 = column.trim().parse().ok()?;
    let found = before.rsplit_once("found: ").map(|(_, rest)| rest.split(" at Line").next().unwrap_or(rest))?;
    if found == "EOF" {
        return Some(ExprFault::at(faults::EXPR_UNFINISHED, clean.end()));
    }
    let at = clean.back(column);
    Some(ExprFault::at(faults::EXPR_SYNTAX, at..at + found.chars().count().max(1)).with("text", found))
}

struct Walk<'a> {
    scope: Scope<'a>,
    copies: &'a mut Copies,
    clean: &'a Clean,
    faults: Vec<ExprFault>,
}

type Name = (String, Range<usize>);

impl Walk<'_> {
    fn at(&self, sql: &impl Spanned) -> Range<usize> {
        let span = sql.span();
        self.clean.range(span.start, span.end)
    }

    fn fault<T>(&mut self, fault: ExprFault) -> Option<T> {
        self.faults.push(fault);
        None
    }

    fn own(&self) -> &Register {
        &self.scope.registers[self.scope.register]
    }

    /// The white list. Everything that is not named here is refused.
    fn node(&mut self, sql: &Sql) -> Option<Node> {
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

    fn forbidden<T>(&mut self, what: impl fmt::Display, at: Range<usize>) -> Option<T> {
        let text: String = what.to_string().chars().take(40).collect();
        self.fault(ExprFault::at(faults::EXPR_FORBIDDEN, at).with("text", text))
    }

    fn truth(&mut self, sql: &Sql) -> Option<Expr> {
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
    fn path(&mut self, sql: &Sql) -> Option<Vec<Name>> {
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

    fn function(&mut self, function: &Function, at: Range<usize>) -> Option<Node> {
        let name = function.name.to_string().to_ascii_uppercase();
        let Some(known) = FUNCTIONS.iter().find(|known| **known == name) else {
            let nearest = jc_text::similar::nearest(&name, FUNCTIONS.iter().copied());
            return self.fault(ExprFault::at(faults::EXPR_FUNCTION, at).with("function", name).nearest(nearest));
        };
        let plain = function.filter.is_none()
            && function.over.is_none()
            && function.null_treatment.is_none()
            && function.within_group.is_empty()
            && matches!(function.parameters, FunctionArguments::None);
        let args: Option<Vec<&Sql>> = match &function.args {
            FunctionArguments::List(list) if plain && list.duplicate_treatment.is_none() && list.clauses.is_empty() => {
                list.args
                    .iter()
                    .map(|arg| match arg {
                        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
                        _ => None,
                    })
                    .collect()
            }
            _ => None,
        };
        let Some(args) = args else { return self.forbidden(function, at) };
        let (want, fits) = match *known {
            "YEAR" | "MEMBERS" | "LATEST" => ("1", args.len() == 1),
            "HAS" | "EXISTS" => ("1–2", matches!(args.len(), 1 | 2)),
            _ => ("2", args.len() == 2),
        };
        if !fits {
            let fault = ExprFault::at(faults::EXPR_ARGUMENTS, at).with("function", known);
            return self.fault(fault.with("want", want).with("found", args.len()));
        }
        let (expr, kind) = match *known {
            "YEAR" => self.year(args[0])?,
            "MEMBERS" => self.members(args[0])?,
            "LATEST" => self.latest(args[0], at.clone())?,
            "HAS" | "EXISTS" => self.has(args[0], args.get(1).copied())?,
            _ => self.at_least(args[0], args[1], *known == "AT_LEAST")?,
        };
        Some(Node { what: What::Typed(expr, kind), at })
    }

    fn argument<T>(&mut self, function: &str, want: &str, at: Range<usize>) -> Option<T> {
        self.fault(ExprFault::at(faults::EXPR_ARGUMENT_KIND, at).with("function", function).with("want", want))
    }

    fn year(&mut self, arg: &Sql) -> Option<(Expr, Type)> {
        let node = self.node(arg)?;
        match node.what {
            What::Typed(expr, Type::Date) => Some((Expr::YearOf(Box::new(expr)), Type::Number(0))),
            _ => self.argument("YEAR", "@type-date", node.at),
        }
    }

    fn members(&mut self, arg: &Sql) -> Option<(Expr, Type)> {
        let node = self.node(arg)?;
        match node.what {
            What::Typed(Expr::Column(Column::Field(ix)), Type::Refs(_)) => {
                Some((Expr::MemberCount(ix), Type::Number(0)))
            }
            _ => self.argument("MEMBERS", "@type-refs", node.at),
        }
    }

    /// `AT_LEAST(level, 'city')`: the code and those after it in the list, whose first is the lowest.
    fn at_least(&mut self, item: &Sql, code: &Sql, upwards: bool) -> Option<(Expr, Type)> {
        let function = if upwards { "AT_LEAST" } else { "AT_MOST" };
        let (item, code) = (self.node(item), self.node(code));
        let (item, code) = (item?, code?);
        let What::Typed(expr, Type::Code(list)) = item.what else {
            return self.argument(function, "@type-code", item.at);
        };
        let What::Quoted(text) = &code.what else {
            return self.argument(function, "@type-quoted", code.at);
        };
        let list = find_list(self.scope.codes, &list)?;
        if !list.ordered {
            return self.fault(ExprFault::at(faults::EXPR_UNORDERED, item.at).with("list", list.id.as_str()));
        }
        let Some(place) = list.codes.iter().position(|c| c.code == *text) else {
            return match quoted(text, &Type::Code(list.id.clone()), &code.at, self.scope.codes) {
                Err(Some(fault)) => self.fault(fault),
                _ => None,
            };
        };
        let codes = if upwards { &list.codes[place..] } else { &list.codes[..=place] };
        let list = codes.iter().map(|code| Literal::Text(code.code.clone())).collect();
        Some((Expr::In { item: Box::new(expr), list }, Type::Truth))
    }

    /// `EXISTS(award, level = 'city')`, `EXISTS(award.winner, …)`.
    fn has(&mut self, register: &Sql, condition: Option<&Sql>) -> Option<(Expr, Type)> {
        let names = self.kebab(register)?;
        let (other, at) = self.other_register(&names[0])?;
        let via = match names.as_slice() {
            [_] => self.way_back(other, at)?,
            [_, field] => self.named_way_back(other, field)?,
            _ => return self.argument("EXISTS", "@type-register", at),
        };
        let condition = match condition {
            None => Expr::Literal(Literal::Bool(true)),
            Some(sql) => {
                let here = std::mem::replace(&mut self.scope.register, other);
                let condition = self.truth(sql);
                self.scope.register = here;
                condition?
            }
        };
        Some((Expr::Exists { register: other, via, condition: Box::new(condition) }, Type::Truth))
    }

    /// `LATEST(appraisal.grade)`, `LATEST(appraisal.teacher.grade)` where several fields refer here.
    fn latest(&mut self, arg: &Sql, at: Range<usize>) -> Option<(Expr, Type)> {
        let names = self.kebab(arg)?;
        let (other, other_at) = self.other_register(&names[0])?;
        let (via, value) = match names.as_slice() {
            [_, value] => (self.way_back(other, other_at.clone())?, value),
            [_, via, value] => (self.named_way_back(other, via)?, value),
            _ => return self.argument("LATEST", "@type-register-field", at),
        };
        let register = &self.scope.registers[other];
        let value_ix = match names::find_field(register, value) {
            Ok(ix) => ix,
            Err(fault) => return self.fault(fault),
        };
        let by = match register.period {
            PeriodRule::On { field, .. } if register.fields[field].kind == Kind::Date => field,
            PeriodRule::During { from, .. } => from,
            _ => {
                let id = register.id.as_str();
                return self.fault(ExprFault::at(faults::EXPR_NO_DAY, other_at).with("register", id));
            }
        };
        let kind = Type::of(&register.fields[value_ix].kind);
        if matches!(kind, Type::Refs(_) | Type::Secret) {
            return self.fault(ExprFault::at(faults::EXPR_REFERENCE, value.1.clone()).with("field", &value.0));
        }
        Some((Expr::Latest { register: other, via, value: value_ix, by }, kind))
    }

    fn other_register(&mut self, (name, at): &Name) -> Option<(usize, Range<usize>)> {
        let id = name.replace('_', "-");
        let registers = self.scope.registers;
        if let Some(ix) = registers.iter().position(|r| r.id.as_str() == id) {
            return Some((ix, at.clone()));
        }
        let nearest = jc_text::similar::nearest(&id, registers.iter().map(|r| r.id.as_str()));
        self.fault(ExprFault::at(faults::UNKNOWN_REGISTER, at.clone()).with("register", id).nearest(nearest))
    }

    fn way_back(&mut self, other: usize, at: Range<usize>) -> Option<usize> {
        let register = &self.scope.registers[other];
        match names::ways_back(register, self.scope.register).as_slice() {
            [via] => Some(*via),
            [] => {
                let here = self.own().id.as_str().to_owned();
                let fault = ExprFault::at(faults::EXPR_NO_WAY, at).with("register", register.id.as_str());
                self.fault(fault.with("here", here))
            }
            many => {
                let fields: Vec<&str> = many.iter().map(|ix| register.fields[*ix].id.as_str()).collect();
                let fault = ExprFault::at(faults::EXPR_MANY_WAYS, at).with("register", register.id.as_str());
                self.fault(fault.with("fields", fields.join(", ")))
            }
        }
    }

    fn named_way_back(&mut self, other: usize, field: &Name) -> Option<usize> {
        let register = &self.scope.registers[other];
        let ix = match names::find_field(register, field) {
            Ok(ix) => ix,
            Err(fault) => return self.fault(fault),
        };
        if names::ways_back(register, self.scope.register).contains(&ix) {
            return Some(ix);
        }
        let here = self.own().id.as_str().to_owned();
        let fault = ExprFault::at(faults::EXPR_NO_WAY, field.1.clone());
        self.fault(fault.with("register", format!("{}.{}", register.id, field.0)).with("here", here))
    }

    /// The dotted parts of a name with hyphens, which SQL takes for minus signs: `skill-certificate.holder`.
    fn kebab(&mut self, sql: &Sql) -> Option<Vec<Name>> {
        match sql {
            Sql::BinaryOp { left, op: BinaryOperator::Minus, right } => {
                let (mut head, tail) = (self.kebab(left)?, self.kebab(right)?);
                let [register] = head.as_mut_slice() else {
                    let at = self.at(sql);
                    return self.forbidden(sql, at);
                };
                register.0 = format!("{}-{}", register.0, tail[0].0);
                register.1.end = tail[0].1.end;
                head.extend(tail.into_iter().skip(1));
                Some(head)
            }
            other => self.path(other),
        }
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
