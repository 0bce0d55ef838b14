//! The nearest true sentence: which one number, changed, would make a contradiction hold; and the slips that the
//! digits themselves betray.

use std::collections::{BTreeSet, HashMap};

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::propose::propose;
use crate::relate::digits::printed::interval;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip};

/// One number that would mend a contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The claim to change.
    pub claim: String,
    /// What it would have to be, in its own unit (per cent as printed), before rounding to its decimals.
    pub value: Exact,
    /// True if one slip of the pen explains it, in a number that nothing else in the text confirms.
    pub slip: bool,
}

impl Relation {
    /// What is to be said beside the working: the likely slip, and the number that would mend it. Ids of messages, with
    /// their values.
    pub fn remarks(&self, doc: &Document) -> Vec<(String, Vec<(&'static str, String)>)> {
        let slip = self.explained_by.map(|slip| (format!("claims-slip-{}", slip.word()), Vec::new()));
        let mend = |mend: &Mend| {
            let claim = doc.claim(&mend.claim)?;
            let from: String = claim.text.split_whitespace().collect();
            // 由80%提高到86%，提高6%: the number is right, and what it is of is not.
            let points = self.explained_by == Some(Slip::PointsForPercent) && claim.kind == Kind::ChangeRate;
            let points = points.then(|| from.strip_suffix('%').map(|number| format!("{number}个百分点"))).flatten();
            let to = points.or_else(|| propose(claim, mend.value)).filter(|to| *to != from)?;
            Some(("claims-mend".to_string(), vec![("from", from), ("to", to)]))
        };
        // Where a slip in one number explains it as well as one in another, both are told.
        let told = if self.mends.iter().take(2).all(|mend| mend.slip) { 2 } else { 1 };
        slip.into_iter().chain(self.mends.iter().take(told).filter_map(mend)).collect()
    }
}

/// So many contradictions are looked at digit by digit, of so many numbers each.
const MOST_LOOKED_AT: usize = 60;
const MOST_MEMBERS: usize = 10;
/// So many numbers may be the one that is mended, where each would be by one digit.
const MOST_ALIKE: usize = 2;

/// Fills in the mends of all contradictions, the likeliest first, and the slip where the digits betray one.
pub(in crate::relate) fn mend(doc: &Document, all: &mut [Relation]) {
    let retests = Retests::new(doc, all);
    let wrong = (0..all.len()).filter(|&at| all[at].finding == Finding::Inconsistent);
    let mended: Vec<(usize, Vec<Mend>)> =
        wrong.enumerate().map(|(nth, at)| (at, retests.likeliest(at, nth < MOST_LOOKED_AT))).collect();
    for (at, mends) in mended {
        let relation = &mut all[at];
        relation.mends = mends;
        if relation.explained_by.is_none() && relation.mends.first().is_some_and(|mend| swapped(doc, mend)) {
            relation.explained_by = Some(Slip::SwappedDigits);
        }
    }
}

/// What a text's relations say once one of its numbers is another.
struct Retests<'d> {
    doc: &'d Document,
    all: &'d [Relation],
    /// By claim: the relations it takes part in that can be worked out anew.
    of: HashMap<&'d str, Vec<usize>>,
}

impl<'d> Retests<'d> {
    fn new(doc: &'d Document, all: &'d [Relation]) -> Self {
        let mut it = Self { doc, all, of: HashMap::new() };
        for (at, relation) in all.iter().enumerate() {
            // What comes to another end here than it did there is worked out otherwise: nothing is known of it.
            if relation.primary && it.holds(relation, None) == Some(relation.finding == Finding::Consistent) {
                let claims: BTreeSet<&str> = relation.members.iter().map(|(_, claim)| claim.as_str()).collect();
                claims.into_iter().for_each(|claim| it.of.entry(claim).or_default().push(at));
            }
        }
        it
    }

    /// Does a relation hold, with another value for one of its claims? Nothing if that cannot be said.
    fn holds(&self, relation: &Relation, other: Option<(&str, Exact)>) -> Option<bool> {
        let between = |claim: &str| -> Option<(Exact, Exact)> {
            let claim = self.doc.claim(claim)?;
            let (least, most) = interval(claim)?;
            match other.filter(|(id, _)| *id == claim.id) {
                Some((_, value)) => {
                    let by = value.minus(claim.value?)?;
                    Some((least.plus(by)?, most.plus(by)?))
                }
                None => Some((least, most)),
            }
        };
        let total = |wanted: Role| -> Option<(Exact, Exact)> {
            let mut of = relation.members.iter().filter(|(role, _)| *role == wanted).peekable();
            of.peek()?;
            of.try_fold((Exact::ZERO, Exact::ZERO), |(low, high), (_, claim)| {
                let (least, most) = between(claim)?;
                Some((low.plus(least)?, high.plus(most)?))
            })
        };
        let meet = |a: (Exact, Exact), b: (Exact, Exact)| a.0 <= b.1 && b.0 <= a.1;
        let hundred = Exact::int(100)?;
        match relation.kind {
            RelationKind::Sum => Some(meet(total(Role::Part)?, total(Role::Whole)?)),
            RelationKind::Difference => {
                let (new, old) = (total(Role::New)?, total(Role::Old)?);
                let (up, down) =
                    ((new.0.minus(old.1)?, new.1.minus(old.0)?), (old.0.minus(new.1)?, old.1.minus(new.0)?));
                let stated = total(Role::Difference)?;
                Some(meet(up, stated) || meet(down, stated))
            }
            RelationKind::Rate if total(Role::Minus).is_none() => {
                let (part, whole) = (total(Role::Numerator)?, total(Role::Denominator)?);
                Some(meet((part.0.percent_of(whole.1)?, part.1.percent_of(whole.0)?), total(Role::Rate)?))
            }
            RelationKind::Growth => {
                let (new, old) = (total(Role::New)?, total(Role::Old)?);
                let change = |new: Exact, old: Exact| new.percent_of(old)?.minus(hundred);
                let (low, high) = (change(new.0, old.1)?, change(new.1, old.0)?);
                let stated = total(Role::Rate)?;
                Some(meet((low, high), stated) || meet((Exact::ZERO.minus(high)?, Exact::ZERO.minus(low)?), stated))
            }
            RelationKind::Quotient => {
                // 120名每人9天，每天8小时: several are multiplied with each other.
                let mut of = relation.members.iter().filter(|(role, _)| *role == Role::Denominator).peekable();
                of.peek()?;
                let one = (Exact::int(1)?, Exact::int(1)?);
                let holders = of.try_fold(one, |(low, high), (_, claim)| {
                    let (least, most) = between(claim)?;
                    Some((low.times(least)?, high.times(most)?))
                })?;
                let all = total(Role::Numerator)?;
                Some(meet((all.0.over(holders.1)?, all.1.over(holders.0)?), total(Role::Quotient)?))
            }
            _ => None,
        }
    }

    /// How many other relations a mend would break, and how many it would set right.
    fn elsewhere(&self, at: usize, mend: &Mend) -> (usize, usize) {
        let others = self.of.get(mend.claim.as_str()).into_iter().flatten().filter(|&&other| other != at);
        let (mut broken, mut healed) = (0, 0);
        for relation in others.filter_map(|&other| self.all.get(other)) {
            let held = relation.finding == Finding::Consistent;
            match self.holds(relation, Some((&mend.claim, mend.value))) {
                Some(false) if held => broken += 1,
                Some(true) if !held => healed += 1,
                _ => {}
            }
        }
        (broken, healed)
    }

    /// The numbers that would mend a contradiction. What other arithmetic of the text confirms is not to be changed: then
    /// it is another of its numbers, if one slip of the pen in that explains it.
    fn likeliest(&self, at: usize, closely: bool) -> Vec<Mend> {
        let relation = &self.all[at];
        let plain = mends(self.doc, relation);
        if !closely || relation.members.len() > MOST_MEMBERS {
            return plain;
        }
        let confirmed = plain.first().map_or(0, |mend| self.elsewhere(at, mend).0);
        // 升学143人、就业251人、未就业3人，共407人: one digit of a part is nearer than two of the whole.
        let far = plain.first().is_some_and(|mend| digits_changed(self.doc, mend) > 1 && !swapped(self.doc, mend));
        let exact = matches!(relation.kind, RelationKind::Sum | RelationKind::Difference);
        let mut slips: Vec<((usize, bool), Mend)> = Vec::new();
        for (_, claim) in &relation.members {
            for mend in self.doc.claim(claim).into_iter().flat_map(slips_of) {
                if self.holds(relation, Some((&mend.claim, mend.value))) != Some(true) {
                    continue;
                }
                let (broken, healed) = self.elsewhere(at, &mend);
                if broken == 0 && (healed > 0 || exact && (confirmed > 0 || far)) {
                    slips.push(((usize::MAX - healed, !swapped(self.doc, &mend)), mend));
                }
            }
        }
        slips.sort_by_key(|(rank, _)| *rank);
        let best = slips.first().map(|(rank, _)| *rank);
        let slips = slips.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, mend)| mend);
        let mut found: Vec<Mend> = slips.collect();
        // What nothing but the digits speaks for must leave a choice of two at most.
        let by_digits = best.is_some_and(|(healed, _)| healed == usize::MAX) && confirmed == 0;
        if by_digits && found.len() > MOST_ALIKE {
            found.clear();
        }
        let kept = plain.into_iter().filter(|mend| self.elsewhere(at, mend).0 < 2 && found.iter().all(|it| it != mend));
        found.extend(kept.collect::<Vec<_>>());
        found
    }
}

/// What a claim would say with one digit another, or with two neighbours in each other's place. Of short numbers anything
/// comes of that.
fn slips_of(claim: &Claim) -> Vec<Mend> {
    let steps = claim.value.and_then(|value| value.over(claim.step)?.as_int());
    let Some(digits) = steps.filter(|n| *n >= 100 && claim.bound == Bound::Exact).map(|n| n.to_string()) else {
        return Vec::new();
    };
    let digits = digits.into_bytes();
    let mut found: Vec<Vec<u8>> = Vec::new();
    for at in 0..digits.len() {
        for digit in b'0'..=b'9' {
            let mut other = digits.clone();
            other[at] = digit;
            found.push(other);
        }
        if at > 0 {
            let mut other = digits.clone();
            other.swap(at - 1, at);
            found.push(other);
        }
    }
    found.retain(|other| *other != digits && other[0] != b'0');
    let value = |other: Vec<u8>| {
        let steps: i128 = std::str::from_utf8(&other).ok()?.parse().ok()?;
        Some(Mend { claim: claim.id.clone(), value: Exact::int(steps)?.times(claim.step)?, slip: true })
    };
    found.into_iter().filter_map(value).collect()
}

fn mends(doc: &Document, relation: &Relation) -> Vec<Mend> {
    let of = |wanted: Role| relation.members.iter().filter(move |(role, _)| *role == wanted).map(|(_, id)| id.clone());
    let one = |role: Role, value: Option<Exact>| -> Vec<Mend> {
        of(role).zip(value).map(|(claim, value)| Mend { claim, value, slip: false }).collect()
    };
    match relation.kind {
        RelationKind::Growth | RelationKind::Quotient if in_words(doc, relation).is_some() => {
            let new = if relation.kind == RelationKind::Growth { Role::New } else { Role::Numerator };
            one(new, in_words(doc, relation))
        }
        RelationKind::Rate if of_worded_share(doc, relation).is_some() => {
            one(Role::Numerator, of_worded_share(doc, relation))
        }
        // 入选5人，其中 six of them by name.
        RelationKind::Subset if of(Role::Part).filter_map(|id| doc.claim(&id)).all(|c| c.numeral == Numeral::None) => {
            one(Role::Whole, relation.computed)
        }
        RelationKind::Rate | RelationKind::Growth | RelationKind::GrowthDiff => one(Role::Rate, relation.computed),
        RelationKind::Sum => one(Role::Whole, relation.computed),
        RelationKind::Difference => one(Role::Difference, relation.computed),
        RelationKind::Enumeration => one(Role::Count, relation.computed),
        RelationKind::Quotient if of(Role::Denominator).count() == 1 => one(Role::Quotient, relation.computed),
        RelationKind::Quotient => one(Role::Numerator, relation.computed),
        RelationKind::RateNumerator | RelationKind::RateDenominator | RelationKind::GrowthBase => {
            let stated = relation.stated;
            let apart = |gives: Exact| {
                stated
                    .and_then(|stated| gives.minus(stated))
                    .map(|d| if d < Exact::ZERO { Exact::ZERO.minus(d) } else { Some(d) })
            };
            // Divided by the new value 3→5 is 40 %: what it should have come to is what 3 gives.
            let slipped = |gives: Exact| {
                let hundred = Exact::whole(100);
                let stands = relation.explained_by == Some(Slip::DividedByNewValue);
                stands && hundred.plus(gives).and_then(|new| gives.percent_of(new)) == stated
            };
            let mut near: Vec<Exact> = relation.nearest.iter().map(|near| near.gives).collect();
            near.sort_by_key(|&gives| (!slipped(gives), apart(gives).flatten()));
            let is_share = of(Role::Rate).filter_map(|id| doc.claim(&id)).any(|c| c.kind != Kind::Multiple);
            near.into_iter().filter(|_| is_share).flat_map(|gives| one(Role::Rate, Some(gives))).collect()
        }
        RelationKind::Equal => {
            let claims: Vec<&Claim> = of(Role::Claims).filter_map(|id| doc.claim(&id)).collect();
            let [first, second] = claims[..] else { return Vec::new() };
            let to = |claim: &Claim, other: &Claim| {
                other.value.map(|value| Mend { claim: claim.id.clone(), value, slip: false })
            };
            to(second, first).into_iter().chain(to(first, second)).collect()
        }
        RelationKind::PercentSum => {
            let Some((_, last)) = relation.members.last() else { return Vec::new() };
            let over = relation.computed.zip(relation.stated).and_then(|(sum, all)| sum.minus(all));
            let value = doc.claim(last).and_then(|claim| claim.value).zip(over).and_then(|(own, over)| own.minus(over));
            let value = value.filter(|&value| value >= Exact::ZERO);
            value.map(|value| Mend { claim: last.clone(), value, slip: false }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// 翻了一番, 增长2倍 of what has fallen: a multiple that no number mends. What the later value would have to be, or what there is
/// in all where each has so many: 18排，每排20座.
fn in_words(doc: &Document, relation: &Relation) -> Option<Exact> {
    let of = |wanted: Role| relation.members.iter().find(|(role, _)| *role == wanted).and_then(|(_, id)| doc.claim(id));
    let (_, last) = relation.members.last()?;
    let (told, old) = (doc.claim(last)?, of(Role::Old).or(of(Role::Denominator))?);
    let one_base = relation.members.len() == 3;
    let gives = relation.computed?;
    let each = told.site.before.contains('每') && !told.site.before.contains('均') && gives.as_int().is_none();
    let digits = told.text.contains(|c: char| c.is_numeric() && !"一二三四五六七八九十".contains(c));
    let multiple = told.kind == Kind::Multiple && (!digits || gives <= Exact::ZERO);
    let whole = each && matches!(told.kind, Kind::Count | Kind::Money) && told.decimals == 0;
    let times = if relation.kind == RelationKind::Growth { told.value?.plus(Exact::whole(1))? } else { told.value? };
    (one_base && (multiple || whole)).then(|| old.value?.times(times)).flatten()
}

/// 教师300人，党员占十分之一: a share told in words is left as it is; so many would have it.
fn of_worded_share(doc: &Document, relation: &Relation) -> Option<Exact> {
    let [(Role::Numerator, _), (Role::Denominator, whole), (Role::Rate, rate)] = &relation.members[..] else {
        return None;
    };
    let (whole, share) = (doc.claim(whole)?, doc.claim(rate)?);
    let worded = !share.text.contains(|c: char| c.is_ascii_digit()) && share.bound == Bound::Exact;
    let part = whole.value?.times(share.value?)?.over(Exact::whole(100))?;
    (worded && part.as_int().is_some()).then_some(part)
}

/// How many digits a mend changes; all of them where their number is another.
fn digits_changed(doc: &Document, mend: &Mend) -> usize {
    let Some(claim) = doc.claim(&mend.claim) else { return 0 };
    let digits = |value: Exact| value.over(claim.step).and_then(|steps| steps.round(0)).map(|d| d.digits.to_string());
    match (claim.value.and_then(digits), digits(mend.value)) {
        (Some(a), Some(b)) if a.len() == b.len() => a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count(),
        (Some(a), Some(b)) => a.len().max(b.len()),
        _ => 0,
    }
}

/// 89.2 for 98.2: the same digits, two neighbours in each other's place.
fn swapped(doc: &Document, mend: &Mend) -> bool {
    let Some(claim) = doc.claim(&mend.claim) else { return false };
    let digits = |value: Exact| value.over(claim.step).and_then(|steps| steps.round(0)).map(|d| d.digits.to_string());
    let (Some(printed), Some(right)) = (claim.value.and_then(digits), digits(mend.value)) else { return false };
    let (a, b) = (printed.as_bytes(), right.as_bytes());
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let differing: Vec<usize> = (0..a.len()).filter(|&n| a[n] != b[n]).collect();
    matches!(differing[..], [x, y] if y == x + 1 && a[x] == b[y] && a[y] == b[x])
}
