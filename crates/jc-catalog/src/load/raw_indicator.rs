//! An indicator and its cases, as written.

use super::raw::{RawCounting, RawSource, read_counting, read_source};
use super::reader::{ANY, Table};
use super::source::{At, Text};
use jc_base::{Date, Names};

pub(super) const KEYS: &[&str] = &[
    "id",
    "name",
    "about",
    "measure",
    "count",
    "of",
    "sum",
    "members",
    "distinct",
    "where",
    "rule",
    "highest",
    "over",
    "under",
    "common",
    "growth",
    "unit",
    "counted_in",
    "decimals",
    "headline",
    "outside",
    "missing",
    "words",
    "context",
    "source",
    "definition",
    "case",
];

/// An indicator.
pub(super) struct RawIndicator {
    pub at: At,
    pub id: Text,
    pub name: Names,
    pub about: Names,
    pub measure: Option<Text>,
    pub counting: RawCounting,
    pub of: Option<Text>,
    /// At which code a rule by the highest counts.
    pub highest: Option<Text>,
    pub over: Option<Text>,
    pub under: Option<Text>,
    /// The field whose one value all records share.
    pub common: Option<Text>,
    pub growth: Option<Text>,
    pub unit: Option<Text>,
    /// The unit of the two counts of a share: what its numerator and denominator are numbers of.
    pub counted_in: Option<Text>,
    pub decimals: Option<(u8, At)>,
    pub headline: bool,
    pub outside: bool,
    pub missing: Option<Text>,
    pub words: Vec<Text>,
    pub context: Vec<Text>,
    pub source: RawSource,
    pub definition: Option<RawDefinition>,
    pub cases: Vec<RawCase>,
}

/// That it is one of several definitions.
pub(super) struct RawDefinition {
    pub at: At,
    pub of: Option<Text>,
    pub authority: Names,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// A record of a case: each value as typed into a cell, with the place of its key.
pub(super) type RawRow = Vec<(Text, String)>;

/// A case worked by hand.
pub(super) struct RawCase {
    pub at: At,
    pub why: String,
    pub period: Option<Text>,
    pub rows: Vec<RawRow>,
    pub related: Vec<(Text, Vec<RawRow>)>,
    pub gives: Option<Text>,
}

pub(super) fn read_indicator(table: Table<'_>) -> Option<RawIndicator> {
    let id = table.need_text("id");
    let indicator = RawIndicator {
        at: table.at,
        name: table.need_names("name"),
        about: table.names("about").unwrap_or_default(),
        measure: table.text("measure"),
        counting: read_counting(table),
        of: table.text("of"),
        highest: table.text("highest"),
        over: table.text("over"),
        under: table.text("under"),
        common: table.text("common"),
        growth: table.text("growth"),
        unit: table.text("unit"),
        counted_in: table.text("counted_in"),
        decimals: table.small_number("decimals"),
        headline: table.flag("headline"),
        outside: table.flag("outside"),
        missing: table.text("missing"),
        words: table.texts("words"),
        context: table.texts("context"),
        source: read_source(table),
        definition: table.table("definition", "definition", &["of", "authority", "from", "until"]).map(read_definition),
        cases: table
            .tables("case", "[[indicator.case]]", &["why", "period", "rows", "related", "gives"])
            .into_iter()
            .map(read_case)
            .collect(),
        id: id?,
    };
    Some(indicator)
}

fn read_definition(table: Table<'_>) -> RawDefinition {
    RawDefinition {
        at: table.at,
        of: table.text("of"),
        authority: table.need_names("authority"),
        from: table.date("from"),
        until: table.date("until"),
    }
}

fn read_case(table: Table<'_>) -> RawCase {
    let related = table.table("related", "related", ANY).map_or_else(Vec::new, |related| {
        related.keys().into_iter().map(|id| (id.clone(), read_rows(related, &id.value))).collect()
    });
    if !table.has("rows") {
        table.missing("rows");
    }
    RawCase {
        at: table.at,
        why: table.need_text("why").map(|text| text.value).unwrap_or_default(),
        period: table.text("period"),
        rows: read_rows(table, "rows"),
        related,
        gives: table.need_text("gives"),
    }
}

fn read_rows(table: Table<'_>, key: &str) -> Vec<RawRow> {
    let row = |row: Table<'_>| row.keys().into_iter().map(|name| (name.clone(), row.cell(&name.value))).collect();
    table.tables(key, "rows", ANY).into_iter().map(row).collect()
}
