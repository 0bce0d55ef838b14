//! Shares whose words name what they are of, wherever that was counted: 占全校教职工的16.7%; 在就业学生中，有798人…，对口率57.6%.
//!
//! A share that agrees with the count of that name is of it. One that agrees only with another population, where the named
//! one is counted once and by that very name, was reckoned on the wrong base. Where the name may mean more than one
//! count, it is enough that one of them agrees.

use std::collections::HashMap;

use super::population::{Called, Name, only};
use super::rates::{may_count, off, reading, says, says_share};
use super::shares::name_of_whole;
use super::{Finding, Relation, RelationKind, Role, Slip, alike, cues};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::words::{STOCK, WHOLE};

/// Holds the shares that name their base against it; what had been read otherwise gives way.
pub(super) fn bases(doc: &Document, all: &mut Vec<Relation>) {
    let mut told: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, it) in all.iter().enumerate().filter(|(_, it)| it.primary && of_rate(it)) {
        told.entry(under_test(it).to_string()).or_default().push(n);
    }
    let share = |c: &&Claim| c.kind == Kind::Rate && c.unit == "%" && c.site.cell.is_none() && !cues::is_old(c);
    let mut found = Vec::new();
    for rate in doc.claims.iter().filter(share) {
        let own = told.get(&rate.id).map_or(&[][..], Vec::as_slice);
        let own: Vec<&Relation> = own.iter().filter_map(|&n| all.get(n)).collect();
        found.extend(of_base(doc, rate, &own));
    }
    for it in &found {
        for &n in told.get(under_test(it)).into_iter().flatten() {
            if let Some(other) = all.get_mut(n) {
                other.primary = false;
            }
        }
    }
    all.extend(found);
}

fn of_rate(it: &Relation) -> bool {
    use RelationKind::{Rate, RateAlone, RateDenominator, RateNumerator};
    matches!(it.kind, Rate | RateAlone | RateDenominator | RateNumerator)
}

fn under_test(it: &Relation) -> &str {
    it.members.last().map_or("", |(_, id)| id)
}

/// One share and its base, where they say more than what is told of it already.
fn of_base(doc: &Document, rate: &Claim, told: &[&Relation]) -> Option<Relation> {
    let (name, opens) = base_of(rate)?;
    let called = name.counts(doc, rate);
    let part = part_of(doc, rate, opens, &called)?;
    let like = |(whole, _): &&(&Claim, Called)| {
        whole.id != part.id && alike(whole, part) && whole.value >= part.value && whole.bound == Bound::Exact
    };
    let wholes: Vec<(&Claim, Called)> = called.iter().filter(like).copied().collect();
    let role = |it: &Relation, role: Role| -> Vec<String> {
        it.members.iter().filter(|(own, _)| *own == role).map(|(_, id)| id.clone()).collect()
    };
    let one_of_them = |it: &&&Relation| {
        let bottom = role(it, Role::Denominator);
        it.finding == Finding::Consistent && bottom.iter().any(|id| wholes.iter().any(|(c, _)| c.id == *id))
    };
    if told.iter().any(|it| one_of_them(&it)) {
        return None;
    }
    let holds = |whole: &Claim| reading(rate, &[part], whole, &[]).filter(|it| it.finding == Finding::Consistent);
    let so = || wholes.iter().filter(|(_, called)| *called == Called::So).find_map(|(whole, _)| holds(whole));
    // What agrees already, and what is called exactly so, is left in peace by what only may be meant.
    let agrees = told.iter().any(|it| it.finding == Finding::Consistent) || only(&wholes).is_some();
    let perhaps = || {
        let near = |c: &Claim| c.site.paragraph == rate.site.paragraph;
        let mut others = wholes.iter().filter(|(c, called)| *called == Called::Perhaps && near(c));
        others.find_map(|(whole, _)| holds(whole)).filter(|_| !agrees)
    };
    let doubtful = || wholes.iter().any(|(c, called)| *called == Called::Perhaps && holds(c).is_some());
    let wrong = || wrong_base(doc, rate, part, &wholes, told).filter(|_| !doubtful());
    so().or_else(perhaps).or_else(wrong)
}

/// The share agrees with another population, and the named one is certain.
fn wrong_base(
    doc: &Document,
    rate: &Claim,
    part: &Claim,
    wholes: &[(&Claim, Called)],
    told: &[&Relation],
) -> Option<Relation> {
    let whole = only(wholes).filter(|_| rate.bound == Bound::Exact && rate.decimals > 0)?;
    let other = |c: &&Claim| {
        let plain = may_count(c) && c.bound == Bound::Exact && alike(c, part) && c.value > part.value;
        plain && c.value != whole.value && (says(c, STOCK) || says(c, WHOLE) || c.site.chain == part.site.chain)
    };
    let agrees = |c: &Claim| reading(rate, &[part], c, &[]).is_some_and(|it| it.finding == Finding::Consistent);
    let before = || doc.around(rate).iter().filter(|c| c.site.start < rate.site.start);
    let elsewhere = told.iter().any(|it| it.finding == Finding::Consistent && it.kind == RelationKind::Rate);
    let rival = elsewhere || before().filter(other).any(agrees);
    let mut it = reading(rate, &[part], whole, &[]).filter(|it| rival && it.finding == Finding::Inconsistent)?;
    // What is off by more than half of all was never of this one.
    off(&it).filter(|apart| *apart <= Exact::whole(50))?;
    it.explained_by = Some(Slip::OtherBase);
    Some(it)
}

/// The name of what the share is of, and where the words that name it open the sentence.
fn base_of(rate: &Claim) -> Option<(Name, bool)> {
    let own = name_of_whole(rate);
    if !own.is_empty() {
        return Name::of(own).map(|name| (name, false));
    }
    if says_share(rate) && !subject_of(rate).is_empty() {
        return None;
    }
    Some((Name::of(opening(&rate.site.sentence_text)?)?, true))
}

/// 在就业学生中，…; 走上工作岗位的同学里，…: of whom the sentence tells.
fn opening(sentence: &str) -> Option<&str> {
    let head = sentence.trim_start_matches(['，', '；', '。', ' ']).split('，').next()?;
    let head = head.strip_prefix('在').unwrap_or(head);
    let head = ["当中", "之中", "中", "里"].iter().find_map(|word| head.strip_suffix(word))?;
    (!head.ends_with('其')).then_some(head)
}

/// 本市生源占报到新生的62.4%: 本市生源.
fn subject_of(rate: &Claim) -> &str {
    let lead = rate.site.before.split('占').next().unwrap_or_default();
    lead.trim_matches(|c: char| !jc_text::fold::is_han(c)).trim_end_matches(['仅', '只', '约', '均', '也', '则', '共'])
}

/// What the share is the share of: the one count of the name that it gives, or the count right before it.
fn part_of<'a>(doc: &'a Document, rate: &Claim, opens: bool, called: &[(&Claim, Called)]) -> Option<&'a Claim> {
    let subject = if says_share(rate) { subject_of(rate) } else { "" };
    let base = |c: &Claim| called.iter().any(|(whole, called)| whole.id == c.id && *called == Called::So);
    let counted = |c: &&Claim| may_count(c) && c.bound == Bound::Exact && !cues::is_old(c) && !cues::per_head(c);
    let before = || doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start).filter(counted);
    if subject.chars().count() >= 2 {
        let name = Name::of(subject)?;
        let same = |c: &&Claim| c.site.paragraph == rate.site.paragraph && name.calls(c) == Some(Called::So);
        let mut same = before().filter(same);
        return same.next().filter(|first| same.all(|other| other.value == first.value));
    }
    let near = before().next().filter(|c| {
        let close = c.site.sentence == rate.site.sentence && c.site.clause + 2 >= rate.site.clause && !base(c);
        close && !cues::is_base(c)
    })?;
    // …，对口率为57.6%: what the rate is called is told of the count.
    let stem: String = rate.subject.trim_end_matches('率').chars().take(2).collect();
    let same = says_share(rate) || opens && stem.chars().count() == 2 && near.site.clause_text.contains(&stem);
    same.then_some(near)
}
