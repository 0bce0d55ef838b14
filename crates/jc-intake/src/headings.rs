//! Finds the row of headings and which field each column holds.

use crate::codes;
use crate::mapping::{ColumnUse, Mapping, Remembered, Role, fold_heading, headings_of};
use crate::row::OwnedRow;
use crate::site::{Site, quote};
use crate::vocabulary::{Folded, Meaning, Understood, Vocabulary, field_of};
use jc_base::{Finding, Lang};
use jc_catalog::model::{Catalog, Register};

/// How many rows of a sheet are looked at.
pub const LOOKED_AT: usize = 30;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderGuess {
    /// The mapping; nothing if no row looks like headings.
    pub mapping: Option<Mapping>,
    /// What is wrong or to be confirmed.
    pub findings: Vec<Finding>,
}

/// Matches the headings of a sheet to a register's fields.
///
/// `first_rows` are the first rows with something in them ([`LOOKED_AT`] are enough). A mapping remembered for the
/// same headings is taken as it was confirmed. Findings name cells; fields are named in `lang`.
pub fn find(
    first_rows: &[OwnedRow],
    catalog: &Catalog,
    register: usize,
    remembered: &[Remembered],
    site: &Site,
    lang: Lang,
) -> HeaderGuess {
    let Some(register) = catalog.registers.get(register) else {
        return HeaderGuess { mapping: None, findings: Vec::new() };
    };
    let vocabulary = Vocabulary::new(catalog, register);
    let rows = first_rows.get(..LOOKED_AT.min(first_rows.len())).unwrap_or_default();
    if !remembered.is_empty() {
        let mut all = every_candidate(rows);
        // A title above the headings would pass for group headings: single rows first.
        all.sort_by_key(|candidate| candidate.height);
        for candidate in all {
            let recall = |known| Mapping::recall(known, &candidate.plain(), register);
            if let Some(columns) = remembered.iter().find_map(recall) {
                let mapping = Mapping { header_row: candidate.row, header_height: candidate.height, columns };
                let mut findings = Vec::new();
                missing_columns(&mapping, register, site, lang, &mut findings);
                return HeaderGuess { mapping: Some(mapping), findings };
            }
        }
    }
    let candidates = every_candidate(rows);
    let Some(best) = best(&candidates, &vocabulary) else {
        let expected: Vec<&str> = register
            .fields
            .iter()
            .enumerate()
            .filter(|(ix, field)| field.retired.is_none() && (field.required || register.key.contains(ix)))
            .map(|(_, field)| field.name.get(lang))
            .collect();
        let finding = Finding::error(codes::NO_HEADINGS, site.row(rows.first().map_or(1, |row| row.number)))
            .with("expected", expected.join(list_mark(lang)));
        return HeaderGuess { mapping: None, findings: vec![finding] };
    };
    let mut findings = Vec::new();
    let columns = settle(best, &vocabulary, register, site, lang, &mut findings);
    let mapping = Mapping { header_row: best.row, header_height: best.height, columns };
    missing_columns(&mapping, register, site, lang, &mut findings);
    HeaderGuess { mapping: Some(mapping), findings }
}

/// The registers whose headings a sheet has, the likeliest first: position, and how many columns fit.
pub fn guess_register(first_rows: &[OwnedRow], catalog: &Catalog) -> Vec<(usize, usize)> {
    let rows = first_rows.get(..LOOKED_AT.min(first_rows.len())).unwrap_or_default();
    let candidates = every_candidate(rows);
    let mut found: Vec<(usize, usize, usize)> = catalog
        .registers
        .iter()
        .enumerate()
        .filter_map(|(ix, register)| {
            let vocabulary = Vocabulary::new(catalog, register);
            let best = best(&candidates, &vocabulary)?;
            let fields: Vec<usize> = best.fields(&vocabulary).collect();
            let needed = register.fields.iter().enumerate().filter(|(ix, f)| f.required || register.key.contains(ix));
            let lacking = needed.filter(|(ix, _)| !fields.contains(ix)).count();
            Some((ix, fields.len(), lacking))
        })
        .collect();
    // Headings that fit count for a register, required ones that are missing twice against it.
    found.sort_by_key(|(ix, fits, lacking)| (std::cmp::Reverse(*fits as i64 - 2 * *lacking as i64), *ix));
    found.into_iter().map(|(ix, fits, _)| (ix, fits)).collect()
}

/// Headings that could be those of the sheet.
struct Candidate {
    row: u32,
    height: u32,
    headings: Vec<Heading>,
}

struct Heading {
    column: usize,
    text: String,
    /// As it is looked up: by itself, and below the heading of its group of columns, if there is one.
    folded: Folded,
    grouped: Option<Folded>,
}

impl Candidate {
    fn plain(&self) -> Vec<(usize, String)> {
        self.headings.iter().map(|h| (h.column, h.text.clone())).collect()
    }

    /// The different fields its headings name without doubt.
    fn fields(&self, vocabulary: &Vocabulary) -> impl Iterator<Item = usize> {
        let mut fields: Vec<usize> = self
            .headings
            .iter()
            .filter_map(|heading| match heading.exactly(vocabulary)? {
                Understood::As(Meaning { role: Role::Field(ix), .. }) => Some(ix),
                _ => None,
            })
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields.into_iter()
    }
}

impl Heading {
    fn new(column: usize, text: String, group: Option<&str>) -> Self {
        let grouped = group.map(|group| Folded::new(&format!("{group}{text}")));
        Self { column, folded: Folded::new(&text), text, grouped }
    }

    fn exactly(&self, vocabulary: &Vocabulary) -> Option<Understood> {
        // 「父亲」 over 「姓名」 is 父亲姓名, if there is such a field; else the lower heading speaks for itself.
        let grouped = self.grouped.as_ref().and_then(|grouped| vocabulary.exactly(grouped));
        grouped.or_else(|| vocabulary.exactly(&self.folded))
    }

    fn understand(&self, vocabulary: &Vocabulary) -> Understood {
        self.exactly(vocabulary).unwrap_or_else(|| vocabulary.understand(&self.folded))
    }
}

/// A row as headings, and together with the next one as headings below group headings.
fn candidates(rows: &[OwnedRow], at: usize) -> Vec<Candidate> {
    let Some(upper) = rows.get(at) else { return Vec::new() };
    let single = headings_of(upper).into_iter().map(|(column, text)| Heading::new(column, text, None)).collect();
    let mut out = vec![Candidate { row: upper.number, height: 1, headings: single }];
    if let Some(lower) = rows.get(at + 1).filter(|lower| lower.number == upper.number + 1) {
        let text =
            |row: &OwnedRow, column: usize| row.cells.get(column).map_or(String::new(), |t| jc_text::fold::squeeze(t));
        let mut group: Option<String> = None;
        let mut headings = Vec::new();
        for column in 0..upper.cells.len().max(lower.cells.len()) {
            let (above, below) = (text(upper, column), text(lower, column));
            if !above.is_empty() {
                // A heading with nothing below is merged downwards and no group.
                group = (!below.is_empty()).then(|| above.clone());
            }
            if below.is_empty() && above.is_empty() {
                continue;
            }
            let (text, group) = if below.is_empty() { (above, None) } else { (below, group.as_deref()) };
            headings.push(Heading::new(column, text, group));
        }
        out.push(Candidate { row: upper.number, height: 2, headings });
    }
    out
}

/// All that could be the headings of a sheet, in the order of its rows.
fn every_candidate(rows: &[OwnedRow]) -> Vec<Candidate> {
    (0..rows.len()).flat_map(|at| candidates(rows, at)).collect()
}

/// The row, or pair of rows, that names most fields; of equals the first, and one row rather than two: what stands
/// above and names no column is a note.
fn best<'c>(candidates: &'c [Candidate], vocabulary: &Vocabulary) -> Option<&'c Candidate> {
    let mut best: Option<(usize, &Candidate)> = None;
    for candidate in candidates {
        let fits = candidate.fields(vocabulary).count();
        let alone = |pair: &Candidate| {
            (pair.row + 1, pair.height, 1) == (candidate.row, 2, candidate.height)
                && pair.headings.len() == candidate.headings.len()
        };
        if best.is_some_and(|(most, before)| fits < most || fits == most && !alone(before)) {
            continue;
        }
        // One word alone is a title more often than a heading, unless there is nothing else.
        let near = || candidate.headings.iter().any(|h| matches!(h.understand(vocabulary), Understood::Near(..)));
        if fits >= 2 || (fits == 1 && (candidate.headings.len() <= 2 || near())) {
            best = Some((fits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Gives each heading its use and says what is doubtful.
fn settle(
    candidate: &Candidate,
    vocabulary: &Vocabulary,
    register: &Register,
    site: &Site,
    lang: Lang,
    findings: &mut Vec<Finding>,
) -> Vec<ColumnUse> {
    let name = |ix: usize| register.fields.get(ix).map_or("", |field| field.name.get(lang));
    let row = candidate.row + candidate.height - 1;
    let mut uses: Vec<(ColumnUse, u8)> = Vec::new();
    for heading in &candidate.headings {
        let place = site.cell(row, heading.column);
        let quoted = quote(&heading.text);
        let (role, sure, rank) = match heading.understand(vocabulary) {
            Understood::As(Meaning { role, rank }) => (role, true, rank),
            Understood::Running => (Role::Ignored, true, 0),
            Understood::Near(Meaning { role, rank }, nearest) => {
                let finding = Finding::warning(codes::HEADING_NEAR, place);
                findings.push(finding.with("heading", quoted).with("nearest", nearest));
                (role, false, rank.saturating_add(10))
            }
            Understood::Several(fields) => {
                let names: Vec<&str> = fields.iter().map(|ix| name(*ix)).collect();
                let finding = Finding::warning(codes::HEADING_OF_TWO, place);
                findings.push(finding.with("heading", quoted).with("fields", names.join(list_mark(lang))));
                (Role::Unknown, false, 0)
            }
            Understood::Not => {
                findings.push(Finding::warning(codes::HEADING_UNKNOWN, place).with("heading", quoted));
                (Role::Unknown, true, 0)
            }
        };
        if let Role::Field(ix) = role
            && register.fields.get(ix).is_some_and(|field| field.retired.is_some())
        {
            let finding = Finding::warning(codes::FIELD_RETIRED, site.cell(row, heading.column));
            findings.push(finding.with("heading", quote(&heading.text)));
        }
        uses.push((ColumnUse { column: heading.column, heading: heading.text.clone(), role, sure }, rank));
    }
    let mut taken: Vec<Option<usize>> = vec![None; register.fields.len()];
    for at in 0..uses.len() {
        let Some((Role::Field(ix), rank)) = uses.get(at).map(|(column, rank)| (column.role, *rank)) else { continue };
        let Some(slot) = taken.get_mut(ix) else { continue };
        let Some(first) = *slot else {
            *slot = Some(at);
            continue;
        };
        // Two columns for one field: the more direct heading holds it.
        let first_rank = uses.get(first).map_or(0, |(_, rank)| *rank);
        let (winner, loser) = if rank < first_rank { (at, first) } else { (first, at) };
        *slot = Some(winner);
        let is_reference = register.fields.get(ix).is_some_and(|field| {
            matches!(field.kind, jc_catalog::kinds::Kind::Ref(_) | jc_catalog::kinds::Kind::Refs(_))
        });
        if is_reference && rank != first_rank {
            // A number and a name of the same person: the number is it, the name describes it.
            if let Some((column, _)) = uses.get_mut(loser) {
                column.role = Role::Describes(ix);
            }
            continue;
        }
        let equal = match (uses.get(winner), uses.get(loser)) {
            (Some((a, _)), Some((b, _))) => fold_heading(&a.heading) == fold_heading(&b.heading),
            _ => false,
        };
        let mut places = (site.row(row), site.row(row));
        for (which, at) in [winner, loser].into_iter().enumerate() {
            if let Some((column, _)) = uses.get_mut(at) {
                column.sure = false;
                let place = site.cell(row, column.column);
                if which == 0 {
                    places.0 = place;
                } else {
                    places.1 = place;
                    column.role = Role::Ignored;
                }
            }
        }
        let heading = uses.get(loser).map_or(String::new(), |(column, _)| quote(&column.heading));
        findings.push(
            if equal {
                Finding::error(codes::HEADING_TWICE, places.1).with("heading", heading)
            } else {
                Finding::warning(codes::FIELD_TWICE, places.1).with("heading", heading).with("field", name(ix))
            }
            .also(places.0),
        );
    }
    // What narrows or describes a reference is of use only if there is that reference.
    for (column, _) in &mut uses {
        if let Role::Narrows(ix) = column.role
            && taken.get(ix).is_none_or(Option::is_none)
        {
            column.role = Role::Unknown;
        }
    }
    uses.into_iter().map(|(column, _)| column).collect()
}

fn missing_columns(mapping: &Mapping, register: &Register, site: &Site, lang: Lang, findings: &mut Vec<Finding>) {
    for (ix, field) in register.fields.iter().enumerate() {
        let needed = field.retired.is_none() && (field.required || register.key.contains(&ix));
        if needed && !mapping.columns.iter().any(|column| column.role == Role::Field(ix)) {
            let finding = Finding::error(codes::COLUMN_MISSING, site.row(mapping.last_header_row()));
            findings.push(finding.with("field", field.name.get(lang)));
        }
    }
    debug_assert!(mapping.columns.iter().all(|c| field_of(c.role).is_none_or(|ix| ix < register.fields.len())));
}

/// What stands between the members of a list in a sentence.
fn list_mark(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En | Lang::De => ", ",
    }
}
