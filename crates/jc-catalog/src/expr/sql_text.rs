//! From the text in the catalog file to tokens: full-width signs are folded first, and what no expression may hold
//! is refused here, where its place is still exact.

use super::parse::ExprFault;
use crate::faults;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer, Whitespace};
use std::ops::Range;

/// The longest expression read, in characters.
pub(super) const LONGEST: usize = 4_000;

/// A text with only half-width signs outside its quotes, and where each character came from.
pub(super) struct Clean {
    text: String,
    origin: Vec<usize>,
}

impl Clean {
    /// Folds signs people type with a Chinese keyboard: `（）＝＞，` and `≥≤≠`, and quotes ‘’“” to `'`.
    pub(super) fn of(text: &str) -> Self {
        let mut clean = Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
        let mut open: Option<char> = None;
        for (at, c) in text.chars().enumerate() {
            match open {
                Some(close) if c == close => {
                    open = None;
                    clean.push('\'', at);
                }
                Some(_) if c == '\'' => clean.push_all("''", at),
                Some(_) => clean.push(c, at),
                None => match c {
                    '\'' | '＇' => {
                        open = Some(c);
                        clean.push('\'', at);
                    }
                    '‘' => {
                        open = Some('’');
                        clean.push('\'', at);
                    }
                    '“' => {
                        open = Some('”');
                        clean.push('\'', at);
                    }
                    '≥' => clean.push_all(">=", at),
                    '≤' => clean.push_all("<=", at),
                    '≠' => clean.push_all("<>", at),
                    '×' => clean.push('*', at),
                    '−' | '–' => clean.push('-', at),
                    c if c.is_whitespace() => clean.push(' ', at),
                    c => clean.push(jc_text::fold::fold_char(c), at),
                },
            }
        }
        clean.origin.push(text.chars().count());
        clean
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.origin.push(at);
    }

    fn push_all(&mut self, text: &str, at: usize) {
        text.chars().for_each(|c| self.push(c, at));
    }

    /// The character of the original text at a column of the folded one.
    pub(super) fn back(&self, column: u64) -> usize {
        let ix = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1);
        *self.origin.get(ix).or(self.origin.last()).unwrap_or(&0)
    }

    /// The range of the original text between two locations; the whole if they are unknown.
    pub(super) fn range(&self, start: Location, end: Location) -> Range<usize> {
        if start.line == 0 {
            return 0..self.origin.last().copied().unwrap_or(0);
        }
        let from = self.back(start.column);
        from..self.back(end.column).max(from + 1)
    }

    /// The tokens, or the first thing that cannot be one.
    pub(super) fn tokens(&self) -> Result<Vec<TokenWithSpan>, ExprFault> {
        let dialect = PostgreSqlDialect {};
        let mut tokens = Tokenizer::new(&dialect, &self.text).tokenize_with_location().map_err(|error| {
            let at = self.back(error.location.column);
            if error.message.contains("Unterminated") {
                ExprFault::at(faults::EXPR_QUOTE, at..at + 1)
            } else {
                ExprFault::at(faults::EXPR_SYNTAX, at..at + 1).with("text", self.rest(error.location.column))
            }
        })?;
        let mut before: Option<Token> = None;
        for token in &mut tokens {
            // `a >= AND b`: the grammar would take the `AND` for a name and stumble later.
            if wants_value(before.as_ref(), &token.token) && joins(&token.token) {
                let at = self.range(token.span.start, token.span.end);
                return Err(ExprFault::at(faults::EXPR_SYNTAX, at).with("text", &token.token));
            }
            if !matches!(token.token, Token::Whitespace(_)) {
                before = Some(token.token.clone());
            }
            if !allowed(&token.token) {
                let at = self.range(token.span.start, token.span.end);
                return Err(ExprFault::at(faults::EXPR_FORBIDDEN, at).with("text", token.token.to_string().trim()));
            }
            // `EXISTS(` would be read as the head of a subquery: here it is a function like any other.
            if let Token::Word(word) = &mut token.token
                && word.keyword == Keyword::EXISTS
            {
                word.value = "HAS".into();
                word.keyword = Keyword::NoKeyword;
            }
        }
        Ok(tokens)
    }

    /// The last character that is not white space.
    pub(super) fn end(&self) -> Range<usize> {
        let last = self.text.trim_end().chars().count().saturating_sub(1);
        let at = self.origin.get(last).copied().unwrap_or(0);
        at..at + 1
    }

    /// What stands in a range of the original text, as folded.
    pub(super) fn rest_of(&self, at: &Range<usize>) -> String {
        let within = |(c, from): (char, &usize)| at.contains(from).then_some(c);
        self.text.chars().zip(&self.origin).filter_map(within).collect()
    }

    /// What stands from a column on, short enough for a message.
    pub(super) fn rest(&self, column: u64) -> String {
        let from = usize::try_from(column).unwrap_or(1).saturating_sub(1);
        self.text.chars().skip(from).take(20).collect()
    }
}

fn allowed(token: &Token) -> bool {
    match token {
        Token::Word(word) => word.quote_style.is_none(),
        Token::Whitespace(space) => matches!(space, Whitespace::Space | Whitespace::Newline | Whitespace::Tab),
        Token::EOF
        | Token::Number(_, false)
        | Token::SingleQuotedString(_)
        | Token::Comma
        | Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::Gt
        | Token::LtEq
        | Token::GtEq
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::LParen
        | Token::RParen
        | Token::Period => true,
        _ => false,
    }
}

/// Whether a value must follow a token.
fn wants_value(token: Option<&Token>, next: &Token) -> bool {
    match token {
        None | Some(Token::Eq | Token::Neq | Token::Lt | Token::Gt | Token::LtEq | Token::GtEq) => true,
        Some(Token::Plus | Token::Minus | Token::Mul | Token::LParen | Token::Comma) => true,
        Some(Token::Word(word)) => match (word.keyword, next) {
            (Keyword::AND | Keyword::OR, _) => true,
            (Keyword::NOT, Token::Word(next)) => !matches!(next.keyword, Keyword::IN | Keyword::BETWEEN),
            (Keyword::NOT, _) => true,
            _ => false,
        },
        _ => false,
    }
}

/// Whether a token joins what stands before it with what follows.
fn joins(token: &Token) -> bool {
    match token {
        Token::Word(word) => {
            matches!(word.keyword, Keyword::AND | Keyword::OR | Keyword::IN | Keyword::IS | Keyword::BETWEEN)
        }
        Token::Eq | Token::Neq | Token::Lt | Token::Gt | Token::LtEq | Token::GtEq | Token::Comma => true,
        _ => false,
    }
}
