//! What numbers agree with that stand farther off: a share of people counted a sentence before, a total of what two
//! paragraphs' ends have said, a rise between values no word of comparison binds together.
//!
//! Words tell first what a number is to be held against; that is the work of the other files. What they leave without an
//! answer is looked for here among the numbers around it, and only what agrees is told: a share printed with decimals,
//! or a sum of large numbers, is seldom hit by chance. So nothing here is ever an alarm; it takes one back where the
//! words had misled, and otherwise shows where a number comes from.

use super::cues::{self, is_base, is_old};
use super::growth::{from_difference, from_old};
use super::means;
use super::parts::held_within;
use super::rates::{gives_rate, may_count, reading_of, says, says_share};
use super::{Finding, Relation, RelationKind, Role, alike, interval};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::words::{STOCK, WHOLE};

/// So many numbers are tried before and behind the one in question.
const NEAR: usize = 24;

/// Looks for what the unanswered numbers agree with.
pub(super) fn elsewhere(doc: &Document, all: &mut Vec<Relation>) {
    for claim in &doc.claims {
        let found = match claim.kind {
            _ if claim.site.cell.is_some() || claim.bound != Bound::Exact && claim.kind != Kind::Ratio => None,
            Kind::Rate if claim.unit == "%" => unanswered(all, claim).then(|| share(doc, claim)).flatten(),
            Kind::ChangeRate => unanswered(all, claim).then(|| rise(doc, claim)).flatten(),
            _ => None,
        };
        let found = found.or_else(|| unanswered(all, claim).then(|| means::far(doc, claim)).flatten());
        if let Some(found) = found {
            instead(all, found);
        }
        if claim.kind.counts() && claim.site.cell.is_none() && claim.bound == Bound::Exact {
            let found = total(doc, claim, all);
            found.into_iter().for_each(|found| instead(all, found));
        }
    }
}

/// Has nothing been found that holds for the number?
fn unanswered(all: &[Relation], claim: &Claim) -> bool {
    !all.iter().any(|it| it.primary && it.finding == Finding::Consistent && under_test(it) == Some(claim.id.as_str()))
}

fn under_test(it: &Relation) -> Option<&str> {
    it.members.last().map(|(_, id)| id.as_str())
}

/// Puts what agrees in the place of what did not.
fn instead(all: &mut Vec<Relation>, found: Relation) {
    let own = under_test(&found).unwrap_or_default().to_string();
    for it in all.iter_mut().filter(|it| it.primary && under_test(it) == Some(&own)) {
        it.primary = it.finding == Finding::Feasible && it.kind != RelationKind::RateAlone;
    }
    all.retain(|it| it.kind != RelationKind::RateAlone || under_test(it) != Some(&own));
    all.push(found);
}

/// The counts before and behind a number, the nearest first, those before it before those behind it.
fn counts_around<'a>(doc: &'a Document, claim: &Claim) -> impl Iterator<Item = &'a Claim> {
    let at = doc.claims.partition_point(|other| other.span.start < claim.span.start);
    let before = doc.claims[..at].iter().rev().take(NEAR);
    let behind = doc.claims[at..].iter().skip(1).take(NEAR / 2);
    before.chain(behind).filter(|c| c.numeral != Numeral::None && c.value.is_some() && c.each.is_none())
}

/// 就业1206人，留市率65.1%, of 毕业生1853人 said long before; 高级工班3967人、预备技师班1140人，高级工以上占78.8%.
fn share(doc: &Document, rate: &Claim) -> Option<Relation> {
    let of_kind = |c: &&Claim| may_count(c) || c.kind == Kind::Money;
    let counts: Vec<&Claim> =
        counts_around(doc, rate).filter(of_kind).filter(|c| c.bound == Bound::Exact && !is_old(c)).collect();
    let near = |c: &&&Claim| c.site.sentence == rate.site.sentence && c.site.clause.abs_diff(rate.site.clause) <= 2;
    // A share says of what it is one: of the count right before it.
    let many = if says_share(rate) { 1 } else { 6 };
    let parts: Vec<&Claim> = counts.iter().filter(near).copied().take(many).collect();
    let over = rate.value? > Exact::int(100)?;
    let whole_of = |part: &Claim, whole: &Claim| {
        let larger = if over { whole.value < part.value } else { whole.value > part.value };
        let known = rate.decimals > 0 || says(whole, WHOLE) || says(whole, STOCK);
        let here = whole.site.paragraph == rate.site.paragraph || rate.decimals > 0 && says(whole, STOCK);
        larger && known && here && alike(part, whole) && whole.id != part.id
    };
    let holds = |top: &[&Claim], bottom: &[&Claim]| {
        gives_rate(rate, top, bottom).filter(|fits| *fits)?;
        reading_of(rate, top, bottom, &[]).filter(|it| it.finding == Finding::Consistent)
    };
    let single = parts.iter().find_map(|part| {
        counts.iter().filter(|whole| whole_of(part, whole)).find_map(|whole| holds(&[*part], &[*whole]))
    });
    if single.is_some() || rate.decimals == 0 {
        return single;
    }
    // Two kinds together, or what two have planned.
    let together = parts.windows(2).filter(|pair| alike(pair[0], pair[1])).find_map(|pair| {
        let both = [pair[1], pair[0]];
        counts.iter().filter(|whole| both.iter().all(|part| whole_of(part, whole))).find_map(|w| holds(&both, &[*w]))
    });
    together.or_else(|| {
        let part = parts.first()?;
        let same = |a: &Claim, b: &Claim| a.subject == b.subject && a.unit == b.unit && alike(a, part);
        let pairs = counts.iter().enumerate().filter_map(|(n, a)| {
            let b = counts[n + 1..].iter().find(|b| same(a, b))?;
            (a.id != part.id && b.id != part.id).then_some([*b, *a])
        });
        pairs.into_iter().find_map(|both| holds(&[*part], &both))
    })
}

/// 新增9门，累计达32门，较上年增长39.1%; 奖牌总数29枚，比上届多7枚，增长31.8%.
fn rise(doc: &Document, rate: &Claim) -> Option<Relation> {
    let values: Vec<&Claim> = counts_around(doc, rate)
        .filter(|c| (c.kind.counts() || c.kind == Kind::Change) && c.bound == Bound::Exact)
        .filter(|c| c.site.paragraph == rate.site.paragraph && c.site.sentence + 1 >= rate.site.sentence)
        .filter(|c| c.site.sentence <= rate.site.sentence && c.site.clause <= rate.site.clause + 1)
        .filter(|c| rate.decimals > 0 || c.site.sentence == rate.site.sentence)
        .take(8)
        .collect();
    let holds = |it: &Relation| it.finding == Finding::Consistent;
    let pairs = || values.iter().flat_map(|a| values.iter().map(move |b| (*a, *b))).filter(|(a, b)| a.id != b.id);
    let like = |a: &Claim, b: &Claim| alike(a, b) && a.unit == b.unit;
    let added = |c: &Claim| c.kind == Kind::Change || c.site.before.contains('新') && !rate.falls;
    let by_difference = pairs()
        .filter(|(new, change)| like(new, change) && added(change) && new.kind != Kind::Change)
        .filter(|(new, change)| !is_old(new) && (new.value > change.value || change.falls))
        .find_map(|(new, change)| from_difference(rate, new, change).filter(holds));
    by_difference.or_else(|| {
        let between = pairs().filter(|(old, new)| like(old, new) && old.kind.counts() && new.kind.counts());
        let told = |old: &Claim| rate.decimals > 0 || is_old(old) || is_base(old);
        between.filter(|(old, _)| told(old)).find_map(|(old, new)| from_old(rate, old, new).filter(holds))
    })
}

/// A total and the parts that make it: said before it in other sentences (…获奖187人次。教师获奖59人次，师生获奖总数246人次), or
/// behind it without a word that says so (26个，新建8个，改造18个).
fn total(doc: &Document, whole: &Claim, all: &[Relation]) -> Option<Relation> {
    let member = |id: &str, role: Role| {
        let sums = all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum);
        sums.flat_map(|it| &it.members).any(|(own, member)| *own == role && member == id)
    };
    let large = whole.value? >= Exact::int(10)?;
    if member(&whole.id, Role::Whole) || !large || cues::per_head(whole) || is_base(whole) {
        return None;
    }
    let part = |c: &&Claim| {
        c.kind == whole.kind && alike(c, whole) && c.value < whole.value && c.bound == Bound::Exact && !is_old(c)
    };
    let at = doc.claims.partition_point(|other| other.span.start < whole.span.start);
    let behind = doc.claims[at + 1..].iter().take(NEAR).filter(|c| c.each.is_none() && c.numeral != Numeral::None);
    let behind: Vec<&Claim> = behind.filter(|c| c.site.paragraph == whole.site.paragraph).filter(part).collect();
    let makes = |parts: &[&Claim]| {
        let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(part.value?))?;
        let (low, high) = interval(whole)?;
        (low <= sum && sum <= high).then(|| held_within(RelationKind::Sum, whole, parts)).flatten()
    };
    // The row begins right behind the total, or is all of a later sentence.
    let row: Vec<&Claim> = behind.iter().copied().filter(|c| c.site.chain == whole.site.chain).collect();
    let follows = row.first().is_some_and(|first| first.site.clause <= whole.site.clause + 2);
    let directly = (2..=row.len()).filter(|_| follows).find_map(|many| makes(&row[..many]));
    let sentences = || {
        let rows = behind.chunk_by(|a, b| a.site.chain == b.site.chain).filter(|row| row.len() >= 2);
        let rows = rows.filter(|row| row[0].site.chain != whole.site.chain);
        rows.into_iter().filter(|row| !row.iter().any(|part| member(&part.id, Role::Part))).find_map(makes)
    };
    let closes = || {
        cues::closing(whole)?;
        let before = doc.claims[..at].iter().rev().take(NEAR).filter(|c| c.site.paragraph == whole.site.paragraph);
        let before: Vec<&Claim> = before.filter(part).filter(|c| !member(&c.id, Role::Part)).take(8).collect();
        let pair = |n: usize| before[n + 1..].iter().find_map(|first| makes(&[*first, before[n]]));
        let threes = before.windows(3).find_map(|row| makes(&[row[2], row[1], row[0]]));
        (0..before.len()).find_map(pair).or(threes)
    };
    directly.or_else(closes).or_else(|| (whole.value? >= Exact::int(100)?).then(sentences).flatten())
}
