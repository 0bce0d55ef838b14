//! Exhibits: tables and charts, each in one line of the template.
//!
//! ```text
//! @table  主要指标: graduate-count, placement-rate
//! @split  各院系去向: graduate-count, employed-count by department
//! @bar    获奖人次: award-person-times, award-person-times-city with last-year
//! @line   近四年就业率: placement-rate over 4 years
//! @records 校级荣誉: honour: name, level, granted_on where holder = school
//! ```

use super::answers::{Ask, Records};
use super::line::{self, Context, Node, check_slice, indicator};
use super::scan::{Fault, Piece};
use crate::chart::Look;
use std::collections::BTreeSet;

/// A table or chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub caption: Vec<Node>,
    /// The indicators, in order.
    pub indicators: Vec<String>,
    /// The slice whose values are shown side by side.
    pub by: Option<String>,
    /// How many years, the report's last.
    pub years: u8,
    /// Whether the year before stands beside.
    pub before: bool,
    /// The records listed, for [`Kind::Records`].
    pub records: Option<Records>,
}

/// What an exhibit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A row for each indicator, with the year before and the change.
    Table,
    /// A row for each part, a column for each indicator.
    Split,
    /// Records of the year.
    Records,
    /// A chart.
    Chart(Look),
}

impl Kind {
    const WORDS: [&'static str; 9] = ["table", "split", "records", "bar", "line", "stacked", "funnel", "radar", "heat"];

    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "table" => Kind::Table,
            "split" => Kind::Split,
            "records" => Kind::Records,
            other => Kind::Chart(Look::ALL.into_iter().find(|look| look.code() == other)?),
        })
    }
}

/// Reads a line that begins with `@`.
pub(super) fn read(context: &Context, piece: Piece, faults: &mut Vec<Fault>) -> Option<Exhibit> {
    let text = piece.text;
    let end = text.iter().position(|c| c.is_whitespace()).unwrap_or(text.len());
    let word = piece.sub(1..end);
    let Some(kind) = Kind::parse(&word.string()) else {
        let typed = word.string();
        faults.push(
            Fault::new("RPT-010", word.range()).with("word", typed.clone()).nearest(&typed, Kind::WORDS.into_iter()),
        );
        return None;
    };
    let rest = piece.sub(end..text.len());
    let Some(colon) = rest.find(&[':', '：']) else {
        faults.push(Fault::new("RPT-011", piece.range()).with("word", word.string()));
        return None;
    };
    let caption = line::read(context, rest.sub(0..colon).trim(), faults);
    let what = rest.sub(colon + 1..rest.text.len()).trim();
    let mut exhibit =
        Exhibit { kind, caption, indicators: Vec::new(), by: None, years: 1, before: false, records: None };
    if kind == Kind::Records {
        exhibit.records = Some(records(context, what, faults)?);
        return Some(exhibit);
    }
    let (what, before) = match what.string().strip_suffix(" with last-year") {
        Some(less) => (what.sub(0..less.chars().count()), true),
        None => (what, false),
    };
    exhibit.before = before;
    let mut listed = what;
    if let Some((left, right)) = what.split_word("over") {
        let years = right.string().trim_end_matches("years").trim().parse::<u8>().ok().filter(|n| (2..=10).contains(n));
        let Some(years) = years else {
            faults.push(Fault::new("RPT-012", right.range()).with("value", right.string()));
            return None;
        };
        (exhibit.years, listed) = (years, left);
    }
    let mut by = None;
    if let Some((left, right)) = listed.split_word("by") {
        (by, listed) = (Some(right.trim()), left);
    }
    for one in listed.split(&[',', '，', '、']) {
        exhibit.indicators.extend(indicator(context, one.trim(), faults));
    }
    if exhibit.indicators.is_empty() {
        return None;
    }
    if let Some(slice) = by {
        for one in &exhibit.indicators {
            check_slice(context, one, slice, faults)?;
        }
        exhibit.by = Some(slice.string());
    } else if matches!(kind, Kind::Split | Kind::Chart(Look::Heat | Look::Stacked)) {
        faults.push(Fault::new("RPT-013", piece.range()).with("word", word.string()));
        return None;
    }
    Some(exhibit)
}

/// `register: field, field where field = value`
fn records(context: &Context, what: Piece, faults: &mut Vec<Fault>) -> Option<Records> {
    let Some(colon) = what.find(&[':', '：']) else {
        faults.push(Fault::new("RPT-011", what.range()).with("word", "records"));
        return None;
    };
    let named = what.sub(0..colon).trim();
    let id = named.string();
    let Some(register) = context.catalog.register(&id) else {
        let known = context.catalog.registers.iter().map(|r| r.id.as_str());
        faults.push(Fault::new("RPT-014", named.range()).with("register", id.clone()).nearest(&id, known));
        return None;
    };
    let field = |piece: Piece, faults: &mut Vec<Fault>| {
        let id = piece.string();
        if register.find_field(&id).is_some() {
            return Some(id);
        }
        let fault = Fault::new("RPT-015", piece.range()).with("field", id.clone());
        let known = register.fields.iter().map(|f| f.id.as_str());
        faults.push(fault.with("register", register.id.as_str()).nearest(&id, known));
        None
    };
    let listed = what.sub(colon + 1..what.text.len());
    let (listed, only) = match listed.split_word("where") {
        None => (listed, None),
        Some((left, right)) => {
            let Some(equals) = right.find(&['=', '＝']) else {
                faults.push(Fault::new("RPT-011", right.range()).with("word", "records"));
                return None;
            };
            let name = field(right.sub(0..equals).trim(), faults)?;
            (left, Some((name, right.sub(equals + 1..right.text.len()).trim().string())))
        }
    };
    let fields: Vec<String> =
        listed.split(&[',', '，', '、']).into_iter().filter_map(|one| field(one.trim(), faults)).collect();
    Some(Records { register: register.id.to_string(), fields, only })
}

impl Exhibit {
    pub(super) fn asks(&self, asks: &mut BTreeSet<Ask>) {
        line::asks(&self.caption, asks);
        if let Some(records) = &self.records {
            asks.insert(Ask::Records(records.clone()));
        }
        let back = if self.before || self.kind == Kind::Table { self.years.max(2) } else { self.years };
        for indicator in &self.indicators {
            for back in 0..back {
                let indicator = indicator.clone();
                match &self.by {
                    Some(slice) => {
                        asks.insert(Ask::Whole { indicator: indicator.clone(), back });
                        asks.insert(Ask::Parts { indicator, slice: slice.clone(), back });
                    }
                    None => {
                        asks.insert(Ask::Whole { indicator, back });
                    }
                }
            }
        }
    }
}
