//! Means, products and what each of some has: 班均32.6人, 人均3000元, 每班40人.
//!
//! `weighted` runs first: marks weighed together. [`means`] goes through the printed means: ratios (`ratios`), means that name
//! what they are over (`averages`), those of the counts beside them (`mean`), and what each was given (`given`). [`of_each`] follows
//! with what is given by tiers or days of a week (`tiers`), products in whatever order (`products`, `steps`) and quotas, what is told
//! roughly or the other way round (`sharing`), means of a row told in another sentence
//! (`in_row`), what is full, or had in each month of a whole year (`full`) or held by rooms of several kinds (`of_kinds`), and what comes to each of those one reckons by (`by_count`); people in parts who are no mean (`in_parts`). `evenly`, and later `each_of`,
//! find what several have in whatever words, and `by_base` what is reckoned by a base that was counted before. All of them reckon with `quotients`, which has the last word on digits that changed places.

pub(super) mod apiece;
mod averages;
pub(super) mod by_base;
mod by_count;
pub(super) mod each_of;
pub(super) mod evenly;
mod full;
mod given;
mod in_parts;
mod in_row;
pub(super) mod mean;
mod of_kinds;
pub(super) mod products;
pub(super) mod quotients;
mod ratios;
mod sharing;
mod steps;
mod tiers;
pub(super) mod weighted;

use self::given::{each, handed_out, priced, whole_payers};
use self::mean::{OVER_PEOPLE, is_mean, mean, over_time, raised_mean, roughly, second_mean};
use self::quotients::{fits, quotient};
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::Relation;
use crate::words::any_in;

/// The only one there is, however often it is told: the last of them.
fn only<'a>(mut found: impl Iterator<Item = &'a Claim>) -> Option<&'a Claim> {
    let first = found.next()?;
    found.try_fold(first, |_, c| (c.value == first.value).then_some(c))
}

pub(super) fn means(doc: &Document, all: &mut Vec<Relation>) {
    for claim in &doc.claims {
        // 累计9840天，人均24天: days are counted where they are shared out.
        let days = claim.kind == Kind::Duration
            && (any_in(&claim.site.before, OVER_PEOPLE) || claim.unit == "分钟" && is_mean(claim));
        let kind =
            days || matches!(claim.kind, Kind::Quantity | Kind::Money | Kind::Hours | Kind::Count | Kind::PersonTimes);
        if claim.kind == Kind::Ratio {
            all.extend(ratios::beside(doc, claim));
        } else if let Some(it) = averages::named(doc, claim).filter(|_| kind && claim.bound == Bound::Exact) {
            all.push(it);
        } else if let Some((top, bottom)) = over_time(doc, claim).filter(|_| kind && claim.bound == Bound::Exact) {
            let fits = fits(top, bottom, claim);
            let gives = top.value.zip(bottom.value).and_then(|(t, b)| t.over(b));
            all.extend(fits.zip(gives).map(|(holds, gives)| quotient(top, bottom, claim, gives, holds)));
        } else if kind && claim.bound == Bound::Exact && is_mean(claim) {
            mean(doc, claim, all);
        } else if let Some(it) = roughly(doc, claim).filter(|_| kind) {
            all.push(it);
        } else if let Some(it) = second_mean(doc, claim).filter(|_| kind && claim.bound == Bound::Exact) {
            all.push(it);
        } else if let Some(it) = raised_mean(doc, claim).filter(|_| kind && claim.bound == Bound::Exact) {
            all.push(it);
        } else if kind && claim.bound == Bound::Exact {
            all.extend(
                each(doc, claim)
                    .or_else(|| handed_out(doc, claim))
                    .or_else(|| priced(doc, claim))
                    .or_else(|| whole_payers(doc, claim)),
            );
        }
    }
}

/// Products, and what each of some has.
pub(super) fn of_each(doc: &Document, all: &mut Vec<Relation>) {
    tiers::tiers(doc, all);
    products::products(doc, all);
    apiece::apiece(doc, all);
    apiece::by_quota(doc, all);
    sharing::sharing(doc, all);
    in_row::in_row(doc, all);
    full::full(doc, all);
    by_count::by_count(doc, all);
    of_kinds::of_kinds(doc, all);
    in_parts::in_parts(doc, all);
}
