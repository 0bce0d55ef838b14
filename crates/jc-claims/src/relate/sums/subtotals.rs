//! What several make together that is told at a distance: 甲计2688课时；乙计2400课时；丙计1280课时。三个工种合计授课6368课时; 一级关注28人、
//! 二级关注96人、三级关注203人 and pages later 列入关注的327名学生.

use std::collections::HashSet;

use super::addition::{held_within, sum};
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::{is_slip, neighbours};
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{head_of, pairs, words_of};
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
        found.extend(of_so_many(doc, total).or_else(|| of_neighbours(doc, total)).or_else(|| item_by_item(doc, total)));
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

/// 本市就业1358人，占55.0%；省内其他地市721人，…；省外388人。省内就业合计2079人: neighbours of the sentence before, where two digits of what they make
/// have changed places and nothing else makes as much.
fn of_neighbours(doc: &Document, total: &Claim) -> Option<Relation> {
    let lead = total.site.before.trim_start_matches(['，', '；']);
    let name = ["合计", "共计", "总计"].iter().find_map(|word| lead.strip_suffix(word))?;
    let own = |c: &&Claim| {
        let before = c.site.chain + 1 == total.site.chain && c.site.paragraph == total.site.paragraph;
        before && plain(c) && like_units(c, total) && c.unit == total.unit
    };
    let row: Vec<&Claim> = doc.around(total).iter().filter(own).collect();
    // 省内就业, of those 省内其他地市 and not of those 省外.
    let within = head_of(name, 2);
    let named = |pair: &[&Claim]| pair.iter().any(|c| words_of(c).contains(within)) && within.chars().count() == 2;
    let slipped = |pair: &&[&Claim]| {
        let sum = sum(pair).filter(|sum| *sum >= Exact::whole(100));
        sum.zip(total.value).is_some_and(|(sum, total)| neighbours(sum, total)) && named(pair)
    };
    let mut pairs = row.windows(2).filter(slipped);
    let (pair, None) = (pairs.next()?, pairs.next()) else { return None };
    let made = sum(pair);
    let known = doc.claims.iter().any(|c| c.id != total.id && (c.value == made || c.value == total.value));
    held_within(RelationKind::Sum, total, pair).filter(|_| name.chars().count() >= 2 && row.len() >= 3 && !known)
}

/// 七种方式，…，金额合计1583.46万元, and then 1．…，金额1361.36万元 up to 7．…: the amount of each numbered paragraph. Told where they agree, or one
/// digit does not.
fn item_by_item(doc: &Document, total: &Claim) -> Option<Relation> {
    let closes =
        total.kind == Kind::Money && ["合计", "共计", "总计"].iter().any(|word| total.site.before.ends_with(word));
    let many = doc.around(total).iter().rev().filter(|c| closes && c.site.start < total.site.start);
    let many = many.filter(|c| c.site.sentence == total.site.sentence && c.kind == Kind::Count);
    let many: Vec<i128> = many.filter_map(|c| c.value?.as_int()).filter(|n| (3..=12).contains(n)).collect();
    if many.is_empty() {
        return None;
    }
    let number = |c: &Claim| -> Option<i128> {
        let text = c.site.paragraph_text.trim_start_matches('（');
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let mark = text[digits.len()..].starts_with(['．', '.', '、', '）']);
        digits.parse().ok().filter(|_| mark)
    };
    let mut row: Vec<&Claim> = Vec::new();
    let behind = doc.claims.iter().filter(|c| c.site.paragraph > total.site.paragraph && plain(c));
    for c in behind.filter(|c| c.kind == Kind::Money && c.unit == total.unit && c.text.contains('万')) {
        let next = row.len() as i128 + 1;
        match number(c) {
            Some(n) if n == next => row.push(c),
            Some(n) if n + 1 == next => {}
            _ => break,
        }
    }
    let steps = |value: Exact| value.over(total.step);
    let (made, stated) = (steps(sum(&row)?)?, steps(total.value?)?);
    let slip = made >= Exact::whole(1000) && is_slip(made, stated);
    let all = many.contains(&(row.len() as i128)) && row.iter().all(|c| c.step <= total.step);
    held_within(RelationKind::Sum, total, &row).filter(|it| all && (it.finding == Finding::Consistent || slip))
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
