//! Columns of a table: the row of totals against the rows above it, and columns that are calculated from others.

use std::collections::{BTreeMap, HashSet};

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::changes::differences::difference;
use crate::relate::changes::growth::from_old;
use crate::relate::rates::readings::reading;
use crate::relate::relations::{Finding, Relation, RelationKind, tested};
use crate::relate::sums::addition::{self, held_within};
use crate::relate::wording::around::{shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::words::any_in;

/// 64期3072人、98期5586人、42期1680人，合计204期10338人: what makes the first numbers' total makes the second ones' too.
pub(in crate::relate) fn second_column(doc: &Document, all: &mut Vec<Relation>) {
    let glued = |first: &Claim| doc.next(first).filter(|c| c.site.start == first.site.end && c.site.before.is_empty());
    let mut found = Vec::new();
    for it in all.iter().filter(|it| it.kind == RelationKind::Sum && it.primary && it.finding == Finding::Consistent) {
        let mut members = it.members.iter().filter_map(|(_, id)| doc.claim(id));
        let Some(whole) = members.next_back().and_then(glued) else { continue };
        let parts: Option<Vec<&Claim>> = members.map(|part| glued(part).filter(|c| alike(c, whole))).collect();
        let parts = parts.filter(|parts| parts.len() >= 2 && whole.kind.counts());
        found.extend(parts.and_then(|parts| held_within(RelationKind::Sum, whole, &parts)));
    }
    // 4人间388间、床位1552张，6人间16间、床位96张，合计404间、床位1648张: what is named alike beside each of them.
    for it in all.iter().filter(|it| it.kind == RelationKind::Sum && it.primary && it.finding == Finding::Consistent) {
        let mut members = it.members.iter().filter_map(|(_, id)| doc.claim(id)).map(|first| doc.next(first));
        let Some(whole) = members.next_back().flatten() else { continue };
        let name = |c: &Claim| c.site.before.trim_start_matches(['、', '，', '（']).to_string();
        let parts: Option<Vec<&Claim>> =
            members.map(|part| part.filter(|c| c.unit == whole.unit && c.kind == whole.kind)).collect();
        let Some(parts) = parts.filter(|parts| parts.len() >= 2 && whole.kind.counts()) else { continue };
        // 一等奖45人，发放6.75万元；…。三个等级合计360人、24.8万元: beside the total the name need not be said again.
        let called = name(parts[0]);
        let silent = name(whole).is_empty() && parts.len() >= 3;
        let named = parts.iter().all(|c| name(c) == called) && called.chars().count() >= 2;
        let row = parts.iter().all(|c| c.site.chain == parts[0].site.chain && c.value < whole.value);
        let near = whole.site.chain <= parts[0].site.chain + 1 && whole.site.paragraph == parts[0].site.paragraph;
        // 提供岗位3260个；…提供岗位4180个。…提供就业岗位7440个: the same thing, said more fully.
        let noun: String = called.chars().skip(called.chars().count().saturating_sub(2)).collect();
        let fully = name(whole).ends_with(&noun) && shared(&name(whole), &called) >= 2;
        if named && row && near && (silent || name(whole) == called || fully) {
            found.extend(held_within(RelationKind::Sum, whole, &parts));
        }
    }
    let told = |it: &Relation| {
        let whole = it.under_test();
        all.iter().any(|other| other.kind == RelationKind::Sum && other.under_test() == whole)
    };
    let found: Vec<Relation> = found.into_iter().filter(|it| !told(it)).collect();
    all.extend(found);
}

pub(in crate::relate) fn columns(doc: &Document, all: &mut Vec<Relation>) {
    second_column(doc, all);
    let mut columns: BTreeMap<(usize, usize), Vec<&Claim>> = BTreeMap::new();
    for claim in doc.claims.iter().filter(|claim| claim.kind.counts() && claim.value.is_some()) {
        if let Some(cell) = claim.site.cell {
            columns.entry((cell.table, cell.column)).or_default().push(claim);
        }
    }
    for column in columns.values() {
        let total = |claim: &Claim| claim.site.cell.is_some_and(|cell| cell.total);
        let mut from = 0;
        for (n, claim) in column.iter().copied().enumerate().filter(|(_, claim)| total(claim)) {
            let all_above: Vec<&Claim> = column[..n].iter().copied().filter(|c| !total(c) && alike(c, claim)).collect();
            let since: Vec<&Claim> = column[from..n].iter().copied().filter(|c| !total(c) && alike(c, claim)).collect();
            from = n + 1;
            // 小计 sums what stands since the last total, 合计 everything.
            let sums = [since, all_above].into_iter().filter(|parts| parts.len() >= 2);
            let mut sums: Vec<Relation> =
                sums.filter_map(|parts| held_within(RelationKind::Sum, claim, &parts)).collect();
            let at = sums.iter().position(|it| it.finding == Finding::Consistent).unwrap_or(0);
            if at < sums.len() {
                all.push(sums.swap_remove(at));
            }
        }
    }
    calculated(doc, all);
    of_said_before(doc, &columns, all);
}

/// 全年总支出6575万元，按经济分类： and a table without a total: its rows make what was said right before them.
fn of_said_before(doc: &Document, columns: &BTreeMap<(usize, usize), Vec<&Claim>>, all: &mut Vec<Relation>) {
    const OPENS: &[&str] = &["分类", "构成", "组成", "如下", "分别", "明细", "其中"];
    for column in columns.values().filter(|column| column.len() >= 3) {
        let first = column[0];
        let plain = column.iter().all(|c| {
            c.unit == first.unit
                && c.kind == first.kind
                && c.bound == Bound::Exact
                && !c.site.cell.is_some_and(|cell| cell.total)
        });
        let before =
            doc.around(first).iter().rev().filter(|c| c.site.start < first.site.start && c.site.cell.is_none());
        let said = |c: &&Claim| {
            let total = c.site.before.contains('总') || any_in(&c.site.before, &["合计", "共计", "共"]);
            total && c.unit == first.unit && c.bound == Bound::Exact && c.site.paragraph + 1 == first.site.paragraph
        };
        let Some(whole) = before.into_iter().find(said).filter(|_| plain) else { continue };
        let told = |it: &Relation| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == first.id);
        let opened = any_in(&whole.site.paragraph_text, OPENS);
        let it = held_within(RelationKind::Sum, whole, column).filter(|_| !all.iter().any(told));
        all.extend(it.filter(|it| it.finding == Finding::Consistent || opened && addition::near(whole, column, 12)));
    }
}

/// A table with a row for each year, and the text: 2020年评价量比上年减少2628人次，降幅14.4%. The column is that whose two rows
/// give the change, or the one called alike.
pub(in crate::relate) fn of_years(doc: &Document, all: &mut Vec<Relation>) {
    let year = |c: &Claim| c.period.as_ref().filter(|p| p.said && p.years.len() == 1).map(|p| p.years[0]);
    let mut columns: BTreeMap<(usize, usize), BTreeMap<i32, &Claim>> = BTreeMap::new();
    for claim in doc.claims.iter().filter(|claim| claim.kind.counts() && claim.bound == Bound::Exact) {
        if let (Some(cell), Some(year)) = (claim.site.cell, year(claim)) {
            columns.entry((cell.table, cell.column)).or_default().entry(year).or_insert(claim);
        }
    }
    columns.retain(|_, rows| rows.len() >= 3);
    if columns.is_empty() {
        return;
    }
    let known = tested(all);
    let mut found: Vec<Relation> = Vec::new();
    let mut last: Option<(&Claim, &Claim, &Claim)> = None;
    for change in doc.claims.iter().filter(|c| c.site.cell.is_none() && c.bound == Bound::Exact) {
        let before = &change.site.clause_text;
        let on_last_year = any_in(before, &["上年", "上一年", "同比", "前一年"]);
        let named = |year: i32| before.contains(&format!("{year}年"));
        match (change.kind, year(change)) {
            (Kind::Change, Some(year)) if on_last_year || named(year - 1) && named(year) => {
                let pairs: Vec<(&Claim, &Claim)> = columns
                    .values()
                    .filter_map(|rows| Some((*rows.get(&(year - 1))?, *rows.get(&year)?)))
                    .filter(|(old, new)| old.unit == change.unit && (new.value < old.value) == change.falls)
                    .collect();
                let read = |(old, new): &(&'_ Claim, &'_ Claim)| difference(change, old, new, change.falls);
                let holds = |it: &Relation| it.finding == Finding::Consistent;
                let agrees = pairs.iter().copied().find(|pair| read(pair).is_some_and(|it| holds(&it)));
                let called: Vec<_> =
                    pairs.iter().filter(|(_, new)| shared(words_of(change), &new.site.before) >= 2).collect();
                let only = if let [only] = called[..] { Some(*only) } else { None };
                let Some(pair) = agrees.or(only).filter(|_| !known.contains(&change.id)) else { continue };
                last = Some((change, pair.0, pair.1));
                found.extend(read(&pair));
            }
            (Kind::ChangeRate, _) => {
                let beside = last.filter(|(by, ..)| {
                    by.site.sentence == change.site.sentence && by.site.clause + 1 == change.site.clause
                });
                found.extend(
                    beside.filter(|_| !known.contains(&change.id)).and_then(|(_, old, new)| from_old(change, old, new)),
                );
            }
            _ => {}
        }
    }
    all.extend(found);
}

/// Tables of more columns are searched no further: a column is calculated from a few beside it.
const MOST_COLUMNS: usize = 12;

/// A table's rows: the claims of each by their column.
type Row<'a> = BTreeMap<usize, &'a Claim>;

/// 报到率 is 报到数 over 录取数 in most rows, 合计 is 男 and 女: then it is meant to be so in all of them. What a column is
/// calculated from is not said in words, the rows show it.
fn calculated(doc: &Document, all: &mut Vec<Relation>) {
    let mut tables: BTreeMap<usize, BTreeMap<usize, Row>> = BTreeMap::new();
    for claim in &doc.claims {
        if let Some(cell) = claim.site.cell.filter(|cell| cell.column <= MOST_COLUMNS) {
            tables.entry(cell.table).or_default().entry(claim.site.sentence).or_default().insert(cell.column, claim);
        }
    }
    for rows in tables.values() {
        let rows: Vec<&Row> = rows.values().collect();
        let last = rows.iter().filter_map(|row| row.keys().next_back()).max().copied().unwrap_or(0);
        for column in 1..=last {
            let Some(found) = formula(&rows, column, last) else { continue };
            // What the words of single rows suggested gives way to what the table shows.
            let decided: HashSet<&str> = found.iter().filter_map(|it| it.under_test()).collect();
            let sentence = |id: &str| doc.claim(id).map(|claim| claim.site.sentence);
            all.retain(|it| {
                it.under_test().is_none_or(|under_test| {
                    !decided.contains(under_test)
                        || it.members.iter().any(|(_, id)| sentence(id) != sentence(under_test))
                })
            });
            all.extend(found);
        }
    }
}

/// So many rows show what a column is calculated from; the formula then holds for all.
const ROWS_THAT_SHOW: usize = 40;

/// How a column is calculated from others of its row.
#[derive(Clone, Copy)]
enum Formula {
    /// One over another, or grown from it: what the column prints says which.
    Quotient(usize, usize),
    /// The sum of the columns from one to another.
    Sum(usize, usize),
    /// What lies between two columns, where the head says so: 增减.
    Apart(usize, usize),
}

impl Formula {
    fn of(self, row: &Row, under_test: &Claim) -> Option<Relation> {
        let counts = |claim: &Claim| claim.kind.counts();
        match self {
            Formula::Quotient(a, b) => {
                let (top, bottom) = (*row.get(&a)?, *row.get(&b)?);
                let shares = counts(top) && counts(bottom) && alike(top, bottom);
                match under_test.kind {
                    Kind::Rate if shares => reading(under_test, &[top], bottom, &[]),
                    Kind::ChangeRate if shares => from_old(under_test, bottom, top),
                    _ => None,
                }
            }
            Formula::Sum(a, b) => {
                let parts: Vec<&Claim> = (a..=b).map(|n| row.get(&n).copied()).collect::<Option<_>>()?;
                let sum = counts(under_test) && parts.iter().all(|part| alike(part, under_test));
                sum.then(|| held_within(RelationKind::Sum, under_test, &parts))?
            }
            Formula::Apart(old, new) => {
                const HEADS: &[&str] = &["增减", "增加", "减少", "增量", "变化", "增长量", "净增"];
                let (old, new) = (*row.get(&old)?, *row.get(&new)?);
                let head = any_in(&under_test.site.before, HEADS) && under_test.unit == new.unit;
                let values = counts(old) && counts(new) && alike(old, new) && head;
                values.then(|| difference(under_test, old, new, new.value < old.value))?
            }
        }
    }
}

/// What the formula that most rows of a column follow says of each row; nothing if there is none.
fn formula(rows: &[&Row], column: usize, last: usize) -> Option<Vec<Relation>> {
    let said = |rows: &[&Row], formula: Formula| -> Vec<Relation> {
        rows.iter().filter_map(|row| formula.of(row, row.get(&column)?)).collect()
    };
    let pairs = (1..=last).flat_map(|a| (1..=last).map(move |b| (a, b)));
    let pairs = pairs.filter(|(a, b)| *a != column && *b != column && a != b);
    // Parts stand side by side, before their sum or behind it.
    let formulas = pairs.flat_map(|(a, b)| {
        let beside = a < b && (b < column || a > column);
        let apart = (a < column && b < column).then_some(Formula::Apart(a, b));
        [Some(Formula::Quotient(a, b)), beside.then_some(Formula::Sum(a, b)), apart]
    });
    let mut best: Option<(usize, Formula)> = None;
    for formula in formulas.flatten() {
        let said = said(&rows[..rows.len().min(ROWS_THAT_SHOW)], formula);
        let holds = said.iter().filter(|it| it.finding == Finding::Consistent).count();
        if holds >= 2 && holds * 2 > said.len() && best.is_none_or(|(most, _)| holds > most) {
            best = Some((holds, formula));
        }
    }
    best.map(|(_, formula)| said(rows, formula))
}
