//! The arithmetic of a mean: does the total over the holders print as it?

use std::collections::HashMap;

use super::mean::is_mean;
use super::products::more_to_it;
use super::tiers::of_one_tier;
use crate::document::{Bound, Claim, Document};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, shown_as, whole_number};
use crate::relate::digits::slips::{anagram, neighbours, one_digit};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::words::any_in;

/// Does total over holders print as the mean? A mean in round hundreds may be off by a hundredth.
pub(in crate::relate) fn fits(total: &Claim, holders: &Claim, mean: &Claim) -> Option<bool> {
    let (few, many) = interval(holders)?;
    if few <= Exact::ZERO {
        return None;
    }
    // 245人，每人完成24学时，累计5880人学时: hours of people are reckoned, and each had just so many.
    let reckoned = total.unit.strip_prefix('人').is_some_and(|unit| unit == mean.unit && !unit.is_empty());
    if reckoned && mean.site.before.contains('每') && !is_mean(mean) && [total, holders, mean].iter().all(|c| exact(c))
    {
        return Some(holders.value?.times(mean.value?)? == total.value?);
    }
    // 突破60万次: no more is known than that there are as many.
    let open = total.bound == Bound::AtLeast && total.max.is_none();
    let (low, high) = if open { (total.min?, total.min?.times(Exact::new(11, 10)?)?) } else { interval(total)? };
    let stated = mean.value?;
    let half = mean.step.over(Exact::int(2)?)?;
    let round = stated.over(Exact::int(100)?)?.as_int().is_some() && mean.step == Exact::int(1)?;
    let slack = if round { stated.over(Exact::int(100)?)?.max(half) } else { half };
    Some(high.over(few)? >= stated.minus(slack)? && low.over(many)? <= stated.plus(slack)?)
}

pub(in crate::relate) fn quotient(top: &Claim, bottom: &Claim, mean: &Claim, gives: Exact, holds: bool) -> Relation {
    let working = Working {
        code: if holds { "quotient-holds" } else { "quotient-fails" },
        with: vec![
            ("numerator", shown(top)),
            ("denominator", shown(bottom)),
            ("gives", shown_as(mean, gives, 2)),
            ("stated", shown(mean)),
        ],
        zh: format!("{}÷{}＝{}，文中为{}", shown(top), shown(bottom), shown_as(mean, gives, 2), shown(mean)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Numerator, top), (Role::Denominator, bottom), (Role::Quotient, mean)];
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    it.computed = Some(gives);
    it.stated = mean.value;
    it
}

/// 128个班，每班配备2名，共265名: 2 would print as the mean, but two digits of 256 changed places, or one is another.
pub(in crate::relate) fn exchanged(doc: &Document, all: &mut Vec<Relation>) {
    settled(doc, all);
    for it in
        all.iter_mut().filter(|it| it.kind == RelationKind::Quotient && it.finding == Finding::Consistent && it.primary)
    {
        let [(_, top), (_, bottom), (_, each)] = &it.members[..] else { continue };
        let (Some(top), Some(bottom), Some(each)) = (doc.claim(top), doc.claim(bottom), doc.claim(each)) else {
            continue;
        };
        let given = each.site.before.contains('每') && !any_in(&each.site.before, &["均", "约", "近"]);
        let whole = [top, bottom, each].iter().all(|c| whole_number(c).is_some());
        let product = bottom.value.zip(each.value).and_then(|(a, b)| a.times(b));
        let swapped = product.zip(top.value).is_some_and(|(a, b)| a != b && (neighbours(a, b) || anagram(a, b)));
        // 46个班，每班推选两名，在册94名: so few are given one by one.
        let few = each.value < Exact::int(10) && [top, bottom].iter().all(|c| c.site.sentence == each.site.sentence);
        let few = few && !more_to_it(top);
        let one = few && product.zip(top.value).is_some_and(|(a, b)| one_digit(a, b) && b >= Exact::whole(20));
        if given
            && whole
            && (swapped || one)
            && let Some(gives) = top.value.zip(bottom.value).and_then(|(a, b)| a.over(b))
        {
            *it = quotient(top, bottom, each, gives, false);
        }
    }
}

/// 一档86人、每人3300元，二档140人、每人2300元，发放二档资助32.2万元: what one tier has got in full is not shared out among another.
fn settled(doc: &Document, all: &mut Vec<Relation>) {
    let tiers = of_one_tier(doc);
    let of_tier = |id: Option<String>| id.is_some_and(|id| tiers.contains(id.as_str()));
    let quotient = |it: &Relation| it.kind == RelationKind::Quotient && it.members.len() == 3;
    let total = |it: &Relation| it.members.first().map(|(_, id)| id.clone());
    let each = |it: &Relation| it.members.last().map(|(_, id)| id.clone());
    let held = all.iter().filter(|it| quotient(it) && it.primary && it.finding == Finding::Consistent);
    let held: HashMap<Option<String>, Option<String>> = held.map(|it| (total(it), each(it))).collect();
    all.retain(|it| {
        let other = held.get(&total(it)).is_some_and(|own| *own != each(it));
        !quotient(it) || it.finding != Finding::Inconsistent || !other || !of_tier(each(it))
    });
}

pub(super) fn exact(claim: &Claim) -> bool {
    claim.bound == Bound::Exact && !claim.text.contains('万')
}
