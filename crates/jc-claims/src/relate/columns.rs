//! Columns of a table: the row of totals against the rows above it.

use std::collections::BTreeMap;

use super::parts::held_within;
use super::{Finding, Relation, RelationKind, alike};
use crate::document::{Claim, Document};

pub(super) fn columns(doc: &Document, all: &mut Vec<Relation>) {
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
}
