//! The same fact said twice, and statements that exclude each other.

use super::growth::shared;
use super::rates::shown;
use super::{Finding, Relation, RelationKind, Role, Working, interval, relation};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;

/// So many characters in a row make it likely that two ordinals speak of the same thing.
const SAME_THING: usize = 6;

pub(super) fn twice(doc: &Document, all: &mut Vec<Relation>) {
    for (n, second) in doc.claims.iter().enumerate() {
        let alike = |first: &&Claim| {
            first.site.sentence != second.site.sentence && first.kind == second.kind && first.unit == second.unit
        };
        // Each claim is held against the nearest one before it that says the same: a chain, not every pair.
        let found = doc.claims[..n].iter().rev().filter(alike).find_map(|first| match second.kind {
            Kind::Ordinal => same_ordinal(first, second),
            Kind::Count if !second.site.grade.is_empty() => same_mark(first, second),
            Kind::Count | Kind::PersonTimes | Kind::Rate | Kind::Money | Kind::Hours => same_words(first, second),
            _ => None,
        });
        all.extend(found);
    }
    nobody_left(doc, all);
}

fn equal(first: &Claim, second: &Claim, holds: bool) -> Relation {
    let working = Working {
        code: if holds { "said-twice" } else { "said-differently" },
        with: vec![("first", shown(first)), ("second", shown(second)), ("subject", second.subject.clone())],
        zh: format!("“{}”两处：{}{}{}", second.subject, shown(first), if holds { "＝" } else { "≠" }, shown(second)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Equal, finding, vec![(Role::Claims, first), (Role::Claims, second)], working);
    it.computed = first.value;
    it.stated = second.value;
    it
}

/// 第二批… here and 第二批… there. Two different batches of the same honour may both be true.
fn same_ordinal(first: &Claim, second: &Claim) -> Option<Relation> {
    let same_thing = shared(&first.subject, &second.subject) >= SAME_THING;
    let first_ever = |claim: &Claim| claim.text.starts_with('首');
    if same_thing
        && first.value != second.value
        && first.unit == "届"
        && (first_ever(first) || first_ever(second))
        && first.subject == second.subject
    {
        // 首届 and 第三届 of the same event cannot both be this year's.
        let mut it = equal(first, second, false);
        it.kind = RelationKind::Exclusive;
        return Some(it);
    }
    (same_thing && first.value == second.value).then(|| equal(first, second, true))
}

/// 1优 in a list and 某专业群获评“优秀” in the text.
fn same_mark(first: &Claim, second: &Claim) -> Option<Relation> {
    let named = |claim: &Claim| claim.numeral == Numeral::None;
    let same = first.site.grade == second.site.grade && named(first) != named(second) && first.value == second.value;
    let context = || shared(&first.site.sentence_text, &second.site.sentence_text) >= SAME_THING;
    (same && context()).then(|| equal(first, second, true))
}

/// Counts and rates with the same words: what differs is an error only if the words are all the same.
fn same_words(first: &Claim, second: &Claim) -> Option<Relation> {
    let least = if first.kind == Kind::Rate { 3 } else { 5 };
    let years = |claim: &Claim| claim.period.as_ref().map(|p| p.years.clone());
    let same = first.subject == second.subject
        && first.subject.chars().count() >= least
        && first.level == second.level
        && years(first) == years(second)
        && first.area == second.area
        && first.numeral != Numeral::None
        && second.numeral != Numeral::None;
    if !same {
        return None;
    }
    let ((low, high), (least, most)) = (interval(first)?, interval(second)?);
    let rate = first.kind == Kind::Rate;
    // 99.26% and 99.3% are one figure printed twice; 99.26% and 99.62% are not.
    let half = |claim: &Claim| if rate { claim.step.over(Exact::int(2)?) } else { Some(Exact::ZERO) };
    let (a, b) = (half(first)?, half(second)?);
    let holds = low.minus(a)? <= most.plus(b)? && least.minus(b)? <= high.plus(a)?;
    let exact = first.bound == Bound::Exact && second.bound == Bound::Exact;
    let mut it = equal(first, second, holds);
    it.primary = holds || exact;
    Some(it)
}

/// 就业率100% and 3人未就业 cannot both hold.
fn nobody_left(doc: &Document, all: &mut Vec<Relation>) {
    let hundred = Exact::int(100);
    for rate in doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.value == hundred && c.bound == Bound::Exact) {
        let Some(stem) = rate.subject.strip_suffix('率') else { continue };
        let result: String = stem.chars().skip(stem.chars().count().saturating_sub(2)).collect();
        let denies = |claim: &&Claim| {
            let own = format!("{}{}", claim.site.before, claim.site.after);
            claim.site.paragraph == rate.site.paragraph
                && claim.kind == Kind::Count
                && claim.min.is_some_and(|min| min > Exact::ZERO)
                && ["未", "尚未", "没有", "待", "不"].iter().any(|no| own.contains(&format!("{no}{result}")))
        };
        for left in doc.claims.iter().filter(denies) {
            let working = Working {
                code: "exclusive",
                with: vec![("first", shown(left)), ("second", shown(rate)), ("subject", rate.subject.clone())],
                zh: format!("{}{}与{}人未{result}不能同时成立", rate.subject, shown(rate), shown(left)),
            };
            all.push(relation(
                RelationKind::Exclusive,
                Finding::Inconsistent,
                vec![(Role::Claims, left), (Role::Claims, rate)],
                working,
            ));
        }
    }
}
