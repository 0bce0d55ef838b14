//! Rates told in a row: 机电18人参考，16人通过；切削14人参考，11人通过，通过率分别为88.9%和78.6%.

use super::beside::{may_count, says_share};
use super::readings::{gives_rate, reading, reading_of};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Relation, RelationKind};
use crate::relate::sums::addition::{held_within, near, sum};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::item;
use crate::relate::wording::division::is_closed;

/// Each rate of the row is of the pair in its place; nothing if the rate stands in no such row. Where no rate is given by
/// its pair other counts are meant, and nothing is told of them.
pub(super) fn respectively(doc: &Document, rate: &Claim) -> Option<Vec<Relation>> {
    let clause = |c: &&Claim| c.kind == Kind::Rate && c.unit == "%" && c.site.clause == rate.site.clause;
    let rates: Vec<&Claim> =
        doc.around(rate).iter().filter(clause).skip_while(|c| !c.site.before.contains("分别")).collect();
    let place = rates.iter().position(|c| c.id == rate.id).filter(|_| rates.len() >= 2)?;
    if rates.iter().any(|c| says_share(c)) {
        return None;
    }
    let before =
        doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain && c.site.start < rates[0].site.start);
    let counts: Vec<&Claim> = before.filter(|c| may_count(c) && c.bound == Bound::Exact).collect();
    let from = counts.len().checked_sub(2 * rates.len())?;
    let row = &counts[from..];
    if !row.iter().all(|c| alike(c, row[0])) {
        return None;
    }
    // 参考18人、14人，通过16人、11人, or item by item.
    let (first, second) = row.split_at(rates.len());
    let by_column: Vec<(&Claim, &Claim)> = first.iter().copied().zip(second.iter().copied()).collect();
    let by_item: Vec<(&Claim, &Claim)> = row.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let holding = |pairs: &[(&Claim, &Claim)]| {
        let given = |(pair, rate): &(&(&Claim, &Claim), &&Claim)| gives_rate(rate, &[pair.1], &[pair.0]) == Some(true);
        pairs.iter().zip(&rates).filter(given).count()
    };
    let larger = |pairs: &[(&Claim, &Claim)]| pairs.iter().all(|(whole, part)| whole.value >= part.value);
    let orders = [by_item, by_column].into_iter().filter(|pairs| larger(pairs));
    let meant = orders.max_by_key(|pairs| holding(pairs)).filter(|pairs| holding(pairs) > 0)?;
    let (whole, part) = meant[place];
    Some(reading(rate, &[part], whole, &[]).into_iter().collect())
}

/// 优秀227人、良好908人、及格2308人、不及格340人，优良率30%: the share of two grades of a list that leaves nobody out. The list
/// is told once with all its grades, so that nothing else can be meant.
pub(super) fn of_grades(doc: &Document, rate: &Claim) -> Option<Relation> {
    const SHARES: &[(&str, &[&str])] = &[("优良率", &["优秀", "良好"]), ("优良比例", &["优秀", "良好"])];
    let (_, grades) = SHARES.iter().find(|(name, _)| rate.subject.ends_with(name))?;
    let here =
        doc.around(rate).iter().filter(|c| c.site.sentence == rate.site.sentence && c.site.start < rate.site.start);
    let counts: Vec<&Claim> = here.filter(|c| may_count(c) && c.bound == Bound::Exact).collect();
    let row = counts
        .chunk_by(|a, b| alike(a, b))
        .find_map(|row| (3..=5).find_map(|len| row.windows(len).find(|list| is_closed(list))))?;
    let called = |grade: &&str| row.iter().copied().find(|c| item(c).contains(*grade));
    let parts: Vec<&Claim> = grades.iter().filter_map(called).collect();
    if parts.len() != grades.len() || rate.bound != Bound::Exact {
        return None;
    }
    // The count they make together, where it is said before them.
    let sum = sum(row)?;
    let said = doc.around(rate).iter().rev().filter(|c| c.site.start < row[0].site.start && alike(c, row[0]));
    match said.into_iter().find(|c| c.value == Some(sum) && c.bound == Bound::Exact) {
        Some(whole) => reading(rate, &parts, whole, &[]),
        None => reading_of(rate, &parts, row, &[]),
    }
}

/// 核心课7门，学时依次为180学时、…: as many numbers as there are things, whose total was said before under their name.
pub(in crate::relate) fn one_by_one(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for (n, many) in doc.claims.iter().enumerate().filter(|(_, c)| may_count(c) && c.bound == Bound::Exact) {
        let Some(len) = many.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok()) else { continue };
        let Some(row) = doc.claims.get(n + 1..n + 1 + len).filter(|_| (3..=12).contains(&len)) else { continue };
        let first = &row[0];
        let opens = first.site.clause == many.site.clause + 1
            && ["依次为", "分别为", "依次是", "分别是"].iter().any(|w| first.site.before.ends_with(w));
        let one = |c: &Claim| c.site.clause == first.site.clause && c.unit == first.unit && c.bound == Bound::Exact;
        let longer =
            doc.claims.get(n + 1 + len).is_some_and(|c| c.site.clause == first.site.clause && c.unit == first.unit);
        let name = item(many);
        if !opens || longer || !row.iter().all(one) || name.chars().count() < 3 || first.unit == many.unit {
            continue;
        }
        let parts: Vec<&Claim> = row.iter().collect();
        let named = |c: &&Claim| {
            c.unit == first.unit && item(c).contains(name) && near(c, &parts, 20) && c.bound == Bound::Exact
        };
        let mut wholes = doc.around(many).iter().rev().filter(|c| c.site.start < many.site.start).filter(named);
        found.extend(wholes.next().and_then(|whole| held_within(RelationKind::Sum, whole, &parts)));
    }
    all.extend(found);
}
