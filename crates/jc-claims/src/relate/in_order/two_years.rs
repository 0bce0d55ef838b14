//! Rows of a table that tell two years and what changed: 用电量, 2023年 872.3, 2024年 806.4, 比上年 下降7.6%; and what the text below
//! says was saved between the two.

use std::collections::{BTreeMap, HashSet};

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::changes::differences::difference;
use crate::relate::changes::growth::from_old;
use crate::relate::changes::points::points_between;
use crate::relate::relations::{Finding, Relation};
use crate::relate::wording::comparable::alike;
use crate::words::any_in;

/// What heads a column of changes.
const CHANGES: &[&str] =
    &["比上年", "较上年", "变化", "增减", "增幅", "同比", "增长", "变动", "升降", "比2", "较2", "增速", "降幅"];
/// Heads that leave the way open.
const EITHER: &[&str] = &["增减", "变化", "变动", "升降"];
/// What is saved, or used more.
const SAVED: &[&str] = &["节约", "节省", "少用", "节", "减少", "增加", "多用", "下降", "少", "多"];

/// A row: the earlier value, the later one, and what stands behind them.
struct Row<'a> {
    old: &'a Claim,
    new: &'a Claim,
    change: Option<&'a Claim>,
}

/// Looks for all of them.
pub(in crate::relate) fn two_years(doc: &Document, all: &mut Vec<Relation>) {
    let rows = rows(doc);
    // Which whole base would allow a growth is asked no more where the table has it.
    let open = |it: &Relation| it.finding == Finding::Feasible;
    let known: HashSet<String> = (all.iter().filter(|it| it.primary && !open(it)))
        .filter_map(|it| it.under_test().map(str::to_string))
        .collect();
    let mut found: Vec<Relation> = Vec::new();
    for row in &rows {
        let change = row.change.filter(|c| c.bound == Bound::Exact && !known.contains(&c.id));
        found.extend(change.and_then(|change| {
            // 增减 1.9: by so much, whichever way it went.
            let either = change.site.before.ends_with(['减', '化', '动', '降']) && any_in(&change.site.before, EITHER);
            let falls = if either { row.new.value < row.old.value } else { change.falls };
            match change.kind {
                Kind::ChangeRate => from_old(&Claim { falls, ..change.clone() }, row.old, row.new),
                Kind::Points => points_between(change, row.old, row.new, falls),
                Kind::Change if alike(change, row.new) => difference(change, row.old, row.new, falls),
                _ => None,
            }
        }));
    }
    let told: HashSet<&str> = found.iter().filter_map(Relation::under_test).collect();
    all.retain(|it| !open(it) || !it.under_test().is_some_and(|id| told.contains(id)));
    all.extend(found);
    all.extend(doc.claims.iter().filter_map(|saved| without_scale(saved, &rows)));
}

/// The rows of all tables whose head names two years, one behind the other.
fn rows(doc: &Document) -> Vec<Row<'_>> {
    let mut tables: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
    for claim in &doc.claims {
        if let Some(cell) = claim.site.cell {
            tables.entry(cell.table).or_default().push(claim);
        }
    }
    let mut rows = Vec::new();
    for table in tables.values() {
        let Some((at, falls_back, told)) = head(doc, table) else { continue };
        for row in table.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
            let cell =
                |column: usize| row.iter().copied().find(|c| c.site.cell.is_some_and(|cell| cell.column == column));
            let (Some(first), Some(second)) = (cell(at), cell(at + 1)) else { continue };
            let (old, new) = if falls_back { (second, first) } else { (first, second) };
            let like =
                old.unit == new.unit && old.kind == new.kind && old.bound == Bound::Exact && new.bound == Bound::Exact;
            let change = doc.next(second).filter(|c| told && c.site.sentence == second.site.sentence);
            if like {
                rows.push(Row { old, new, change });
            }
        }
    }
    rows
}

/// The first of the two columns of years, whether the later year stands first, and whether a column of changes follows.
fn head(doc: &Document, table: &[&Claim]) -> Option<(usize, bool, bool)> {
    let first = table.first()?;
    let head = doc.around(first).iter().rev().find(|c| c.site.start < first.site.start && c.kind == Kind::Date)?;
    if head.site.paragraph + 1 != first.site.paragraph || head.site.cell.is_some() {
        return None;
    }
    let cells: Vec<&str> = head.site.sentence_text.split('，').collect();
    let year = |cell: &&str| -> Option<i32> {
        let year = cell.strip_suffix('年')?;
        year.parse().ok().filter(|year| (1900..2100).contains(year))
    };
    let years: Vec<(usize, i32)> = cells.iter().enumerate().filter_map(|(n, cell)| Some((n, year(cell)?))).collect();
    let [(one, early), (two, late)] = years[..] else { return None };
    let told = cells.get(two + 1).is_some_and(|cell| any_in(cell, CHANGES));
    (two == one + 1 && early != late).then_some((one, early > late, told))
}

/// 43.89万吨, 41.26万吨: 节约2.63吨 has lost its 万.
fn without_scale(saved: &Claim, rows: &[Row]) -> Option<Relation> {
    let lead = saved.site.before.as_str();
    let said = SAVED.iter().any(|word| lead.ends_with(word)) || any_in(lead, &["节约", "节省", "少用"]);
    let plain = saved.site.cell.is_none() && saved.bound == Bound::Exact && !saved.text.contains(['万', '亿']);
    if !said || !plain || saved.decimals == 0 {
        return None;
    }
    let scaled = saved.value?.times(Exact::whole(10_000))?;
    let mut apart = rows.iter().filter(|row| {
        let unit = row.old.unit == saved.unit && row.old.site.start < saved.site.start;
        unit && row.old.value.zip(row.new.value).and_then(|(a, b)| a.apart(b)) == Some(scaled)
    });
    let row = apart.next()?;
    let near = row.old.site.paragraph + 12 > saved.site.paragraph;
    let it = difference(saved, row.old, row.new, row.old.value > row.new.value)?;
    (near && it.finding == Finding::Inconsistent).then_some(it)
}
