//! From text to tree: `sql_text` makes tokens, sqlparser reads them, `walk` decides what may stand in an expression
//! and types it. Nothing of sqlparser leaves these modules.

use super::Expr;
use super::names::Copies;
use super::sql_text::{Clean, LONGEST};
use super::typing::Type;
use super::walk::Walk;
use crate::faults;
use crate::model::{CodeList, Register};
use jc_base::Args;
use sqlparser::ast::Expr as Sql;
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
    let mut walk = Walk::new(scope, copies, &clean);
    let node = walk.node(&sql);
    let mut faults = walk.into_faults();
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

/// A tree is at most as deep as it has joints, and walked by recursion: `a + a + a + …` too would be a stair of
/// thousands of steps, which no thread's stack holds.
const MOST_JOINTS: usize = 120;

/// Whether a token makes the tree deeper: all but names, values and what parts a list.
fn joins(token: &Token) -> bool {
    match token {
        Token::Word(word) => {
            let word = word.value.as_str();
            ["and", "or", "not", "is", "in", "between", "like"].iter().any(|own| word.eq_ignore_ascii_case(own))
        }
        Token::Number(..) | Token::SingleQuotedString(_) | Token::Comma | Token::Period | Token::RParen => false,
        Token::Whitespace(_) | Token::EOF => false,
        _ => true,
    }
}

/// Tokens to sqlparser's tree, up to the very end of the text.
fn read(clean: &Clean) -> Result<Sql, ExprFault> {
    let tokens = clean.tokens()?;
    if tokens.iter().filter(|token| joins(&token.token)).count() > MOST_JOINTS {
        return Err(ExprFault::at(faults::EXPR_TOO_LONG, 0..1).with("most", LONGEST));
    }
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
