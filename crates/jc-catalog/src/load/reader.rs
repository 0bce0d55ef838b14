//! Reads TOML tables key by key: what is missing, unknown or of the wrong type becomes a finding with its place.

use super::source::{At, FileText, Text};
use crate::expr::ExprFault;
use crate::faults;
use jc_base::{Date, Finding, Lang, Names, Place};
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Everything found wrong so far, in all files.
pub(super) struct Faults<'a> {
    pub files: &'a [FileText<'a>],
    found: RefCell<Vec<Finding>>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(files: &'a [FileText<'a>]) -> Self {
        Self { files, found: RefCell::default() }
    }

    pub(super) fn place(&self, at: At) -> Place {
        self.files[at.file].place(at.start..at.end)
    }

    /// The line of the file, from 1.
    pub(super) fn line(&self, at: At) -> usize {
        self.files[at.file].line(at.start)
    }

    /// An error at a place; its values are added before it is told.
    pub(super) fn error(&self, code: &'static str, at: At) -> Report<'_, 'a> {
        Report { faults: self, finding: Some(Finding::error(code, self.place(at))) }
    }

    pub(super) fn warning(&self, code: &'static str, at: At) -> Report<'_, 'a> {
        Report { faults: self, finding: Some(Finding::warning(code, self.place(at))) }
    }

    /// A fault of an expression that stands in the string at `at`.
    pub(super) fn expr(&self, fault: ExprFault, at: At) {
        let place = self.files[at.file].place_inside(at.start..at.end, fault.at);
        let mut finding = Finding::error(fault.code, place);
        finding.with = fault.with;
        self.found.borrow_mut().push(finding);
    }

    /// Whether a file could not be read as TOML.
    pub(super) fn any_syntax(&self) -> bool {
        self.found.borrow().iter().any(|finding| [faults::SYNTAX, faults::UNCLOSED].contains(&finding.code))
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        let mut found = self.found.into_inner();
        let key = |finding: &Finding| match &finding.place {
            Place::Text { file, line, column, .. } => (file.clone(), *line, *column),
            Place::File { file } => (file.clone(), 0, 0),
            _ => (String::new(), 0, 0),
        };
        found.sort_by_cached_key(|finding| (key(finding), finding.code));
        found.dedup();
        found
    }
}

/// A finding under way: it is told when it goes out of scope.
pub(super) struct Report<'f, 'a> {
    faults: &'f Faults<'a>,
    finding: Option<Finding>,
}

impl Report<'_, '_> {
    pub(super) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.finding = self.finding.take().map(|finding| finding.with(name, value));
        self
    }

    pub(super) fn nearest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(nearest) => self.with("nearest", nearest),
            None => self,
        }
    }

    pub(super) fn also(mut self, at: At) -> Self {
        let place = self.faults.place(at);
        self.finding = self.finding.take().map(|finding| finding.also(place));
        self
    }
}

impl Drop for Report<'_, '_> {
    fn drop(&mut self) {
        if let Some(finding) = self.finding.take() {
            self.faults.found.borrow_mut().push(finding);
        }
    }
}

/// Reads a file as TOML. What could be read is given even if something could not. One finding a line: the others
/// follow from it.
pub(super) fn parse<'t>(file: usize, text: &'t str, faults: &Faults<'_>) -> Spanned<DeTable<'t>> {
    // A byte order mark is no fault of whoever saved the file with it.
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut lines: Vec<usize> = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let at = At { file, start: span.start, end: span.end };
        let line = faults.line(at);
        if lines.contains(&line) {
            continue;
        }
        lines.push(line);
        let message = error.message();
        let shown = line_at(text, span.start);
        if message.contains("duplicate") {
            faults.error(faults::KEY_TWICE, at).with("key", text.get(span).unwrap_or("").trim());
        } else if ["unclosed", "expected `\"`", "expected `'`", "expected `]`", "expected `}`", "expected `\"\"\"`"]
            .iter()
            .any(|sign| message.contains(sign))
        {
            faults.error(faults::UNCLOSED, at).with("text", shown);
        } else {
            faults.error(faults::SYNTAX, at).with("text", shown);
        }
    }
    table
}

fn line_at(text: &str, byte: usize) -> String {
    let before = text.get(..byte).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    line.trim().chars().take(60).collect()
}

/// A table of a file, and the keys it may have.
#[derive(Clone, Copy)]
pub(super) struct Table<'t> {
    map: &'t DeTable<'t>,
    /// Where its header or brace stands.
    pub at: At,
    /// Its name in findings: `[[field]]`.
    pub name: &'static str,
    faults: &'t Faults<'t>,
}

impl<'t> Table<'t> {
    /// Opens a table; keys it should not have are findings.
    pub(super) fn open(
        map: &'t DeTable<'t>,
        at: At,
        name: &'static str,
        keys: &[&str],
        faults: &'t Faults<'t>,
    ) -> Self {
        let table = Self { map, at, name, faults };
        if keys != ANY {
            for key in map.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
                let word = key.get_ref().as_ref();
                let nearest = jc_text::similar::nearest(word, keys.iter().copied());
                let report = faults.error(faults::UNKNOWN_KEY, table.at_span(key.span()));
                report.with("key", word).with("table", name).nearest(nearest);
            }
        }
        table
    }

    fn at_span(&self, span: Range<usize>) -> At {
        At { file: self.at.file, start: span.start, end: span.end }
    }

    /// Where a key stands, or the table if it does not.
    pub(super) fn key_at(&self, key: &str) -> At {
        self.map.get_key_value(key).map_or(self.at, |(found, _)| self.at_span(found.span()))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// The keys as they stand in the file.
    pub(super) fn keys(&self) -> Vec<Text> {
        let mut keys: Vec<Text> = self
            .map
            .keys()
            .map(|key| Text { value: key.get_ref().to_string(), at: self.at_span(key.span()) })
            .collect();
        keys.sort_by_key(|key| key.at.start);
        keys
    }

    fn value(&self, key: &str) -> Option<(&'t DeValue<'t>, At)> {
        self.map.get(key).map(|value| (value.get_ref(), self.at_span(value.span())))
    }

    pub(super) fn missing(&self, key: &str) {
        self.faults.error(faults::MISSING_KEY, self.at).with("key", key).with("table", self.name);
    }

    fn wrong(&self, key: &str, want: &'static str, found: &DeValue<'_>, at: At) {
        let report = self.faults.error(faults::WRONG_TYPE, at).with("key", key);
        report.with("want", want).with("found", toml_type(found));
    }

    /// A text, trimmed; an empty one is a finding.
    pub(super) fn text(&self, key: &str) -> Option<Text> {
        let (value, at) = self.value(key)?;
        match value {
            DeValue::String(text) if text.trim().is_empty() => {
                self.faults.error(faults::EMPTY_TEXT, at).with("key", key);
                None
            }
            DeValue::String(text) => Some(Text { value: text.to_string(), at }),
            other => {
                self.wrong(key, "@toml-string", other, at);
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn need_text(&self, key: &str) -> Option<Text> {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key)
    }

    /// A list of texts; none if it is not there.
    pub(super) fn texts(&self, key: &str) -> Vec<Text> {
        match self.value(key) {
            None => Vec::new(),
            Some((DeValue::Array(items), _)) => items
                .iter()
                .filter_map(|item| {
                    let at = self.at_span(item.span());
                    match item.get_ref() {
                        DeValue::String(text) if text.trim().is_empty() => {
                            self.faults.error(faults::EMPTY_TEXT, at).with("key", key);
                            None
                        }
                        DeValue::String(text) => Some(Text { value: text.to_string(), at }),
                        other => {
                            self.wrong(key, "@toml-string", other, at);
                            None
                        }
                    }
                })
                .collect(),
            Some((other, at)) => {
                self.wrong(key, "@toml-strings", other, at);
                Vec::new()
            }
        }
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        match self.value(key) {
            Some((DeValue::Boolean(flag), _)) => *flag,
            Some((other, at)) => {
                self.wrong(key, "@toml-boolean", other, at);
                false
            }
            None => false,
        }
    }

    /// A whole number from 0 to 255.
    pub(super) fn small_number(&self, key: &str) -> Option<(u8, At)> {
        let (value, at) = self.value(key)?;
        let number = match value {
            DeValue::Integer(number) => u8::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, "@toml-integer", value, at);
        }
        number.map(|number| (number, at))
    }

    /// A whole number, not negative.
    pub(super) fn number(&self, key: &str) -> Option<u32> {
        let (value, at) = self.value(key)?;
        let number = match value {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, "@toml-integer", value, at);
        }
        number
    }

    /// A day, written as a TOML date or as text `2026-09-01`.
    pub(super) fn date(&self, key: &str) -> Option<Date> {
        let (value, at) = self.value(key)?;
        let text = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            other => {
                self.wrong(key, "@toml-date", other, at);
                return None;
            }
        };
        let day = Date::parse_iso(&text);
        if day.is_none() {
            self.faults.error(faults::BAD_DATE, at).with("key", key).with("value", text);
        }
        day
    }

    /// Names in three languages. Without Chinese it is an error, without English or German a warning.
    pub(super) fn names(&self, key: &str) -> Option<Names> {
        let (value, at) = self.value(key)?;
        let names = match value {
            DeValue::Table(map) => {
                let table = Table::open(map, at, "{ zh, en, de }", &["zh", "en", "de"], self.faults);
                let text = |lang: Lang| table.text(lang.code()).map(|text| text.value).unwrap_or_default();
                Names { zh: text(Lang::Zh), en: text(Lang::En), de: text(Lang::De) }
            }
            other => {
                self.wrong(key, "@toml-names", other, at);
                return None;
            }
        };
        if names.zh.is_empty() {
            self.faults.error(faults::NAME_ZH, at).with("key", key);
        }
        for (lang, text) in [(Lang::En, &names.en), (Lang::De, &names.de)] {
            if text.is_empty() {
                self.faults.warning(faults::NAME_OTHER, at).with("key", key).with("language", lang.code());
            }
        }
        Some(names)
    }

    /// Names that must be there; empty ones stand in for them.
    pub(super) fn need_names(&self, key: &str) -> Names {
        if !self.has(key) {
            self.missing(key);
        }
        self.names(key).unwrap_or_default()
    }

    /// The table below a key.
    pub(super) fn table(&self, key: &str, name: &'static str, keys: &[&str]) -> Option<Table<'t>> {
        match self.value(key)? {
            (DeValue::Table(map), at) => Some(Table::open(map, at, name, keys, self.faults)),
            (other, at) => {
                self.wrong(key, "@toml-table", other, at);
                None
            }
        }
    }

    /// The tables of an array below a key; none if it is not there.
    pub(super) fn tables(&self, key: &str, name: &'static str, keys: &[&str]) -> Vec<Table<'t>> {
        match self.value(key) {
            None => Vec::new(),
            Some((DeValue::Array(items), _)) => items
                .iter()
                .filter_map(|item| {
                    let at = self.at_span(item.span());
                    match item.get_ref() {
                        DeValue::Table(map) => Some(Table::open(map, at, name, keys, self.faults)),
                        other => {
                            self.wrong(key, "@toml-table", other, at);
                            None
                        }
                    }
                })
                .collect(),
            Some((other, at)) => {
                self.wrong(key, "@toml-tables", other, at);
                Vec::new()
            }
        }
    }

    /// Whether the value of a key is a text.
    pub(super) fn is_text(&self, key: &str) -> bool {
        matches!(self.value(key), Some((DeValue::String(_), _)))
    }

    /// A value as a person would type it into a cell: text, number, date, 是/否, or a list of those.
    pub(super) fn cell(&self, key: &str) -> String {
        self.value(key).map_or_else(String::new, |(value, at)| match cell(value) {
            Some(text) => text,
            None => {
                self.wrong(key, "@toml-cell", value, at);
                String::new()
            }
        })
    }
}

/// For tables whose keys are the school's own: any key is taken.
pub(super) const ANY: &[&str] = &["*"];

fn cell(value: &DeValue<'_>) -> Option<String> {
    Some(match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => if *flag { "是" } else { "否" }.to_owned(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(items) => {
            let parts: Option<Vec<String>> = items.iter().map(|item| cell(item.get_ref())).collect();
            parts?.join("、")
        }
        DeValue::Table(_) => return None,
    })
}

fn toml_type(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "@toml-string",
        DeValue::Integer(_) => "@toml-integer",
        DeValue::Float(_) => "@toml-float",
        DeValue::Boolean(_) => "@toml-boolean",
        DeValue::Datetime(_) => "@toml-date",
        DeValue::Array(_) => "@toml-array",
        DeValue::Table(_) => "@toml-table",
    }
}
