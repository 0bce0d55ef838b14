//! Rates whose name says nothing of their counts, where the sentence leaves no other: 2015人中，从事相关工作的1683人，专业对口率78.6%;
//! 升学1876人，占55%；就业1404人，两项合计3280人，就业升学率98.6%.

use std::collections::HashMap;

use super::beside::{may_count, says_share};
use super::lone::give_way;
use super::readings::reading;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, tested};
use crate::relate::wording::around::{shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::is_old;

/// Looks for all of them.
pub(super) fn framed(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let open = |c: &&Claim| {
        let plain = c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && c.site.cell.is_none();
        plain && !known.contains(&c.id) && !is_old(c) && !says_share(c)
    };
    let held = Holding::of(all);
    let makes = |it: &&Relation| it.kind == RelationKind::Sum && it.finding == Finding::Consistent && it.primary;
    let sums = all.iter().filter(makes).filter_map(|it| Some((it.under_test()?, it)));
    let sums: HashMap<&str, &Relation> = sums.collect();
    let found: Vec<Relation> = doc
        .claims
        .iter()
        .filter(open)
        .filter_map(|rate| of_these(doc, rate).or_else(|| of_total(doc, rate, &sums, &held)))
        .collect();
    give_way(all, found);
}

/// The count right before the rate, told in the clause before it.
fn right_before<'a>(doc: &'a Document, claim: &Claim) -> Option<&'a Claim> {
    let before = doc.around(claim).iter().rfind(|c| c.site.start < claim.site.start)?;
    let beside = before.site.sentence == claim.site.sentence && before.site.clause + 1 == claim.site.clause;
    (beside && may_count(before) && before.bound == Bound::Exact).then_some(before)
}

/// 2015人中，从事与专业相关工作的1683人，专业对口率78.6%: of those among whom the part was counted, if the name shares a word with it.
fn of_these(doc: &Document, rate: &Claim) -> Option<Relation> {
    let part = right_before(doc, rate)?;
    let whole = right_before(doc, part).filter(|whole| whole.site.after.ends_with('中'))?;
    let name = rate.subject.strip_suffix(['率', '度'])?;
    let larger = alike(part, whole) && part.value < whole.value;
    (larger && shared(name, words_of(part)) >= 2).then(|| reading(rate, &[part], whole, &[]))?
}

/// 升学1876人，占55%；就业1404人，两项合计3280人，就业升学率98.6%: what the parts make is of the whole that one of them is told to be a
/// share of.
fn of_total(doc: &Document, rate: &Claim, sums: &HashMap<&str, &Relation>, held: &Holding) -> Option<Relation> {
    let total = right_before(doc, rate)?;
    let sum = sums.get(total.id.as_str())?;
    let parts: Vec<&Claim> =
        sum.members.iter().filter_map(|(_, id)| doc.claim(id)).filter(|c| c.id != total.id).collect();
    let own = |part: &&Claim| {
        let behind = doc.next(part).filter(|c| c.kind == Kind::Rate && c.site.sentence == part.site.sentence)?;
        let (top, whole) = held.part_and_whole(doc, behind)?;
        (top.id == part.id).then_some(whole)
    };
    let whole = parts.iter().find_map(own).filter(|whole| alike(whole, total) && whole.value > total.value)?;
    let said: String = parts.iter().map(|part| words_of(part)).collect();
    let name = rate.subject.strip_suffix('率')?;
    (shared(name, &said) >= 2).then(|| reading(rate, &[total], whole, &[]))?
}
