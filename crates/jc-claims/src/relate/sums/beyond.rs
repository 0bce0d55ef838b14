//! Parts of a 其中 that are, by a slip, more than what they are parts of: 现有账号9820个，其中教职工612个、学生9218个.

use std::collections::HashSet;

use super::addition::{held_within, sum};
use crate::document::{Bound, Claim, Document, Numeral};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;

/// Looks for them, where nothing is known of the parts yet.
pub(super) fn beyond(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Difference);
    let told: HashSet<String> =
        all.iter().filter(sums).flat_map(|it| it.members.iter().map(|(_, id)| id.clone())).collect();
    let plain = |c: &Claim| {
        c.bound == Bound::Exact
            && c.numeral != Numeral::None
            && c.kind.counts()
            && c.each.is_none()
            && c.site.cell.is_none()
            && !cues::per_head(c)
            && !told.contains(&c.id)
    };
    let mut found = Vec::new();
    for (at, whole) in doc.claims.iter().enumerate().filter(|(_, c)| plain(c) && c.value >= Exact::int(50)) {
        let behind = &doc.claims[at + 1..];
        let first = behind.first().filter(|c| c.site.before.trim_start_matches(['，', '（', '；']).starts_with("其中"));
        let Some(first) = first.filter(|c| c.site.clause <= whole.site.clause + 1) else { continue };
        // Only what its own clause lists.
        let listed = |c: &&Claim| c.site.clause == first.site.clause;
        let row: Vec<&Claim> = behind.iter().take_while(listed).collect();
        let fit = row.len() >= 2 && row.iter().all(|c| plain(c) && c.unit == whole.unit && alike(c, whole));
        if !fit {
            continue;
        }
        let sum = sum(&row);
        let over = sum.zip(whole.value).and_then(|(sum, value)| sum.minus(value));
        let slip = over
            .zip(whole.value)
            .and_then(|(over, value)| Some(over > Exact::ZERO && over.times(Exact::int(50)?)? <= value))
            .unwrap_or(false);
        if slip && let Some(it) = held_within(RelationKind::Sum, whole, &row) {
            found.extend(Some(it).filter(|it| it.finding == Finding::Inconsistent));
        }
    }
    let ids = |it: &Relation| -> HashSet<String> {
        it.members.iter().filter(|(role, _)| *role == Role::Part).map(|(_, id)| id.clone()).collect()
    };
    all.retain(|it| {
        it.primary
            || it.finding != Finding::Inconsistent
            || !found.iter().any(|own| it.kind == RelationKind::Subset && !ids(own).is_disjoint(&ids(it)))
    });
    all.extend(found);
}
