//! What several make together that is told at a distance: 甲计2688课时；乙计2400课时；丙计1280课时。三个工种合计授课6368课时; 一级关注28人、
//! 二级关注96人、三级关注203人 and pages later 列入关注的327名学生.

use std::collections::HashSet;

use super::addition::held_within;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::neighbours;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::pairs;
use crate::relate::wording::comparable::like_units;
use crate::relate::wording::cues;

/// Looks for both.
pub(super) fn subtotals(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    let part = |it: &&Relation| it.primary && it.kind == RelationKind::Sum;
    let parts: HashSet<String> = (all.iter().filter(part))
        .flat_map(|it| it.members.iter().filter(|(role, _)| *role == Role::Part).map(|(_, id)| id.clone()))
        .collect();
    for total in doc.claims.iter().filter(|c| plain(c)) {
        found.extend(of_so_many(doc, total));
    }
    let rows = doc.claims.chunk_by(|a, b| a.site.clause == b.site.clause && a.unit == b.unit && a.kind == b.kind);
    for row in rows.filter(|row| (3..=12).contains(&row.len()) && row.iter().all(plain)) {
        if !row.iter().any(|c| parts.contains(&c.id)) {
            found.extend(exchanged(doc, row));
        }
    }
    let members = |it: &Relation| it.members.iter().map(|(_, id)| id.clone()).collect::<HashSet<_>>();
    found.retain(|it| !all.iter().any(|other| members(other) == members(it)));
    all.extend(found);
}

fn plain(claim: &Claim) -> bool {
    cues::for_itself(claim) && (claim.kind.counts() || claim.kind == Kind::Hours)
}

/// 三个工种合计授课6368课时: of as many as there are subtotals right before.
fn of_so_many(doc: &Document, total: &Claim) -> Option<Relation> {
    let lead = total.site.before.trim_start_matches('，');
    let before = doc.around(total).iter().rev().find(|c| c.site.start < total.site.start)?;
    let closes = ["合计", "共计", "总计", "共"].iter().any(|word| lead.contains(word));
    let many = (closes && before.site.clause == total.site.clause && before.kind == Kind::Count)
        .then(|| before.value.and_then(Exact::as_int))
        .flatten()
        .filter(|many| (2..=8).contains(many))?;
    let own = |c: &&Claim| {
        let lead = c.site.before.trim_start_matches(['，', '、']);
        let here = c.site.paragraph == total.site.paragraph && c.site.start < before.site.start;
        here && c.unit == total.unit && plain(c) && ["计", "共", "合计", "共计", "小计"].contains(&lead)
    };
    let row: Vec<&Claim> = doc.around(total).iter().filter(own).collect();
    if row.len() != usize::try_from(many).ok()? {
        return None;
    }
    held_within(RelationKind::Sum, total, &row)
}

/// What a list makes, told elsewhere with two digits in each other's place.
fn exchanged(doc: &Document, row: &[Claim]) -> Option<Relation> {
    let first = row.first()?;
    let sum = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?)).filter(|sum| *sum >= Exact::whole(100))?;
    let words: HashSet<(char, char)> = row.iter().flat_map(pairs).collect();
    let told = |c: &&Claim| {
        plain(c)
            && c.site.chain != first.site.chain
            && like_units(c, first)
            && c.value.is_some_and(|value| neighbours(value, sum))
            && pairs(c).intersection(&words).count() >= 2
    };
    let mut others = doc.claims.iter().filter(told);
    let total = others.next().filter(|_| others.next().is_none())?;
    // What makes as much is told somewhere: then it was no slip.
    if doc.claims.iter().any(|c| c.value == Some(sum) && like_units(c, first)) {
        return None;
    }
    let row: Vec<&Claim> = row.iter().collect();
    held_within(RelationKind::Sum, total, &row).filter(|it| it.finding == Finding::Inconsistent)
}
