//! Shares whose words name what they are of, wherever that was counted: 占全校教职工的16.7%; 在就业学生中，有798人…，对口率57.6%.
//!
//! A share that agrees with the count of that name is of it. One that agrees only with another population, where the named
//! one is counted once and by that very name, was reckoned on the wrong base. Where the name may mean more than one
//! count, it is enough that one of them agrees.

use std::collections::HashMap;

use super::beside::{may_count, says_share};
use super::lone::numerator_over;
use super::readings::{off, reading};
use super::results::{PASSED, result_of};
use super::shares::name_of_whole;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::is_slip;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip};
use crate::relate::wording::around::{says, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::population::{Called, Name, only};
use crate::relate::wording::{cues, label};
use crate::units::counts_people;
use crate::words::{STOCK, WHOLE};

/// Holds the shares that name their base against it; what had been read otherwise gives way.
pub(in crate::relate) fn bases(doc: &Document, all: &mut Vec<Relation>) {
    let mut told: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, it) in all.iter().enumerate().filter(|(_, it)| it.primary && of_rate(it)) {
        told.entry(it.under_test().unwrap_or_default().to_string()).or_default().push(n);
    }
    let share = |c: &&Claim| c.kind == Kind::Rate && c.unit == "%" && c.site.cell.is_none() && !cues::is_old(c);
    let mut found = Vec::new();
    for rate in doc.claims.iter().filter(share) {
        let own = told.get(&rate.id).map_or(&[][..], Vec::as_slice);
        let own: Vec<&Relation> = own.iter().filter_map(|&n| all.get(n)).collect();
        let it = of_base(doc, rate, &own).or_else(|| other_part(doc, rate, &own)).or_else(|| of_group(doc, rate, &own));
        let open = own.iter().all(|it| it.finding == Finding::Feasible);
        let found_elsewhere = || {
            all_of_them(doc, rate)
                .or_else(|| papers(doc, rate))
                .or_else(|| of_the_same(doc, rate))
                .or_else(|| some_of(doc, rate))
                .or_else(|| some_of_last(doc, rate))
        };
        found.extend(it.or_else(|| if open { found_elsewhere() } else { None }));
    }
    for it in &found {
        for &n in told.get(it.under_test().unwrap_or_default()).into_iter().flatten() {
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
        it.finding == Finding::Consistent && bottom.iter().all(|id| wholes.iter().any(|(c, _)| c.id == *id))
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
    let wrong = || wrong_base(doc, rate, part, (&wholes, name.qualified), told).filter(|_| !doubtful());
    so().or_else(perhaps).or_else(wrong)
}

/// The share agrees with another population, and the named one is certain.
fn wrong_base(
    doc: &Document,
    rate: &Claim,
    part: &Claim,
    (wholes, qualified): (&[(&Claim, Called)], bool),
    told: &[&Relation],
) -> Option<Relation> {
    // 协议和合同就业2618人 are the 就业毕业生, where no others are called so.
    let single = || {
        let (first, _) = wholes.first().filter(|_| qualified)?;
        wholes.iter().all(|(c, _)| c.value == first.value).then_some(*first)
    };
    let whole = only(wholes).or_else(single).filter(|_| rate.bound == Bound::Exact && rate.decimals > 0)?;
    let other = |c: &&Claim| {
        let plain = may_count(c) && c.bound == Bound::Exact && alike(c, part) && c.value > part.value;
        plain && c.value != whole.value && (says(c, STOCK) || says(c, WHOLE) || c.site.chain == part.site.chain)
    };
    let agrees = |c: &Claim| reading(rate, &[part], c, &[]).is_some_and(|it| it.finding == Finding::Consistent);
    let before = || doc.around(rate).iter().filter(|c| c.site.start < rate.site.start);
    let elsewhere = told.iter().any(|it| it.finding == Finding::Consistent && it.kind == RelationKind::Rate);
    // 已就业毕业生中，612人对口，占已就业毕业生的55.6%: named twice.
    let named = || opening(&rate.site.sentence_text).and_then(Name::of).is_some_and(|name| name.calls(whole).is_some());
    let rival = elsewhere || before().filter(other).any(agrees) || named();
    let mut it = reading(rate, &[part], whole, &[]).filter(|it| it.finding == Finding::Inconsistent)?;
    if !rival {
        // 病假占请假总人次的33.0%, not 30.0%: called so in so many words, and a little off.
        let slip = || Some(slip_of(it.computed?, rate.value?, rate)? && off(&it)? <= Exact::whole(12));
        return (only(wholes).is_some() && slip() == Some(true)).then_some(it);
    }
    // What is off by more than half of all was never of this one, unless it agrees with another.
    off(&it).filter(|apart| elsewhere || *apart <= Exact::whole(50))?;
    it.explained_by = Some(Slip::OtherBase);
    Some(it)
}

/// Is one digit of the printed share another, or have two changed places?
fn slip_of(gives: Exact, stated: Exact, rate: &Claim) -> Option<bool> {
    let steps = gives.over(rate.step)?.round(0)?.to_string().parse().ok().and_then(Exact::int)?;
    let stated = stated.over(rate.step)?;
    Some(is_slip(steps, stated))
}

/// 党员286名，其中在职教工党员198名…。在职教工共372人，在职教工党员占76.9%: what the share says it is of was counted, and the share
/// agrees only with those of whom they are some.
fn other_part(doc: &Document, rate: &Claim, told: &[&Relation]) -> Option<Relation> {
    let plain = says_share(rate) && name_of_whole(rate).is_empty() && rate.bound == Bound::Exact && rate.decimals > 0;
    let it = told.iter().find(|it| it.primary && it.finding != Finding::Inconsistent)?;
    let of = |role: Role| -> Vec<&Claim> {
        it.members.iter().filter(|(own, _)| *own == role).filter_map(|(_, id)| doc.claim(id)).collect()
    };
    let (used, wholes) = (of(Role::Numerator), of(Role::Denominator));
    let [whole] = wholes[..] else { return None };
    let subject = subject_of(rate);
    let called = Name::of(subject).filter(|_| plain)?.counts(doc, rate);
    let near = |c: &&Claim| {
        c.site.paragraph == rate.site.paragraph && alike(c, whole) && c.id != whole.id && c.value <= whole.value
    };
    let part = only(&called).filter(near)?;
    let reckoned = reading(rate, &[part], whole, &[])?;
    let (some, near) = match used[..] {
        // Nothing was counted but the whole.
        [] => (it.kind == RelationKind::RateNumerator, off(&reckoned) <= Exact::int(30)),
        // 党员 is the end of 在职教工党员; what is called by the whole subject is meant.
        [one] => {
            let mut ends = label::suffixes(label::lead(one));
            (part.value < one.value && ends.any(|short| subject.ends_with(short) && subject != short), true)
        }
        _ => (used.iter().any(|c| c.id == part.id), true),
    };
    let wrong = reckoned.finding == Finding::Inconsistent;
    let mut it = Some(reckoned).filter(|_| some && (near || !wrong) && (wrong || used.is_empty()))?;
    if !wrong {
        return Some(it);
    }
    it.explained_by = Some(Slip::OtherBase);
    Some(it)
}

/// The count right before a rate that its name speaks of: 签订承诺书218份，签订率100%.
fn reached<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let stem = rate
        .subject
        .strip_suffix('率')
        .filter(|_| rate.site.before.trim_end_matches(['为', '达', '到']).ends_with('率'))?;
    let last_two: String = stem.chars().skip(stem.chars().count().saturating_sub(2)).collect();
    let before = doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start && c.kind != Kind::Date);
    let part = before.into_iter().next().filter(|c| may_count(c) && c.bound == Bound::Exact && !cues::is_old(c))?;
    let said =
        result_of(rate).is_some_and(|result| result.reached_by(part)) || part.site.clause_text.contains(&last_two);
    (said && part.site.sentence == rate.site.sentence && part.site.clause + 1 >= rate.site.clause).then_some(part)
}

/// 专任教师218人…。签订师德承诺书218份，签订率100%: all of a population of the same size that was told of before.
fn all_of_them(doc: &Document, rate: &Claim) -> Option<Relation> {
    let all = rate.value == Exact::int(100) && rate.bound == Bound::Exact && !says_share(rate);
    let part = reached(doc, rate).filter(|part| all && part.value >= Exact::int(10))?;
    let one_each = counts_people(&part.unit) || ["份", "本", "册", "张", "户"].contains(&part.unit.as_str());
    let whole = |c: &&Claim| {
        let before = c.site.start < part.site.start && c.site.cell.is_none() && !cues::is_old(c);
        before && counts_people(&c.unit) && c.value == part.value && c.bound == Bound::Exact && says(c, STOCK)
    };
    let whole = doc.around(rate).iter().rev().filter(|_| one_each).find(whole)?;
    reading(rate, &[part], whole, &[]).filter(|it| it.finding == Finding::Consistent)
}

/// 3320人次参加考核…。核发证书2988本，合格率90%: one certificate for each who passed, of those who sat. Only what agrees is told.
fn papers(doc: &Document, rate: &Claim) -> Option<Relation> {
    let passed = result_of(rate).is_some_and(|result| PASSED.iter().any(|word| result.said_in(word)));
    let lead = rate.site.before.trim_end_matches(['为', '达', '到']);
    let before = doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start);
    let part = before.into_iter().next().filter(|c| {
        let paper = ["本", "份", "张", "个"].contains(&c.unit.as_str()) && c.site.clause_text.contains('证');
        paper && c.bound == Bound::Exact && c.site.sentence == rate.site.sentence && !cues::is_old(c)
    })?;
    let sat = Name::of("参加考核").filter(|_| passed && lead.ends_with('率'))?;
    let sat = sat.counts(doc, rate);
    let wholes = sat.iter().filter(|(c, _)| {
        let near = c.site.start < part.site.start && c.site.paragraph + 2 >= rate.site.paragraph;
        near && counts_people(&c.unit) && c.bound == Bound::Exact && c.value >= part.value
    });
    let mut wholes = wholes.filter_map(|(whole, _)| reading(rate, &[part], whole, &[]));
    wholes.find(|it| it.finding == Finding::Consistent)
}

/// 高级职称教师占专任教师的26.8%；双师型教师占比达88.9%: a share without its count, of the teachers the one before it names.
fn of_the_same(doc: &Document, rate: &Claim) -> Option<Relation> {
    let subject = subject_of(rate);
    let silent = says_share(rate) && name_of_whole(rate).is_empty() && rate.bound == Bound::Exact && rate.decimals > 0;
    let who = ["教师", "学生", "毕业生", "职工"].iter().find(|who| silent && subject.ends_with(**who))?;
    let before = || doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start);
    let counted = before().any(|c| c.site.sentence == rate.site.sentence && c.kind.counts());
    let sibling = before().find(|c| c.kind == Kind::Rate && says_share(c)).filter(|_| !counted)?;
    let named = name_of_whole(sibling);
    let next = sibling.site.chain == rate.site.chain && named.ends_with(*who) && sibling.id != rate.id;
    let called = Name::of(named).filter(|_| next)?.counts(doc, rate);
    let whole = only(&called)?;
    numerator_over(rate, &[whole], &[]).filter(|it| it.finding == Finding::Feasible)
}

/// 专任教师336人…。双师型教师占专任教师的87.5%: a share whose part is not counted, of the one count that its base names.
fn some_of(doc: &Document, rate: &Claim) -> Option<Relation> {
    let name = Name::of(name_of_whole(rate))
        .filter(|_| says_share(rate) && rate.bound == Bound::Exact && rate.decimals > 0)?;
    let subject = subject_of(rate);
    let counted = doc
        .around(rate)
        .iter()
        .any(|c| c.site.sentence == rate.site.sentence && c.site.start < rate.site.start && may_count(c));
    let called = name.counts(doc, rate);
    let whole = only(&called).filter(|c| c.site.start < rate.site.start && !counted && subject.chars().count() >= 2)?;
    numerator_over(rate, &[whole], &[]).filter(|it| it.finding == Finding::Feasible)
}

/// 专职科研人员85人，博士占60%: those of the clause before who have another name; a share without its count.
fn some_of_last(doc: &Document, rate: &Claim) -> Option<Relation> {
    let bare = says_share(rate) && name_of_whole(rate).is_empty() && rate.bound == Bound::Exact;
    let subject = subject_of(rate).trim_matches(['“', '”']);
    let last = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start).filter(|_| bare)?;
    let people = counts_people(&last.unit) && last.unit != "人次" && may_count(last) && last.bound == Bound::Exact;
    let next = last.site.sentence == rate.site.sentence && last.site.clause + 1 == rate.site.clause;
    let named = (2..=6).contains(&subject.chars().count()) && !words_of(last).contains(subject);
    let plain = !cues::is_old(last) && !cues::per_head(last) && last.value >= Exact::int(20);
    numerator_over(rate, &[last], &[]).filter(|it| people && next && named && plain && it.finding == Finding::Feasible)
}

/// 高级工860人，合格731人；技师240人，合格168人。技师合格率70.0%: of the group the rate names, where one pair is called so.
fn of_group(doc: &Document, rate: &Claim, told: &[&Relation]) -> Option<Relation> {
    const ALL: &[&str] = &["总体", "平均", "一次", "综合", "整体", "首次", "最终", "累计", "总", "性"];
    let lead =
        rate.site.before.trim_start_matches(['，', '；', '、', '（', '其', '中']).trim_end_matches(['为', '达', '到']);
    let body: Vec<char> = lead.strip_suffix('率').filter(|_| !says_share(rate))?.chars().collect();
    let (group, stem) = body.split_at_checked(body.len().checked_sub(2)?)?;
    let (group, stem): (String, String) = (group.iter().collect(), stem.iter().collect());
    let short = (2..=4).contains(&group.chars().count()) && group.chars().all(jc_text::fold::is_han);
    let exact = rate.bound == Bound::Exact && rate.decimals > 0;
    if !short || !exact || ALL.iter().any(|word| group.contains(word)) {
        return None;
    }
    let counted = |c: &&Claim| {
        may_count(c) && c.bound == Bound::Exact && !cues::is_old(c) && c.site.paragraph == rate.site.paragraph
    };
    let before: Vec<&Claim> =
        doc.around(rate).iter().filter(|c| c.site.start < rate.site.start).filter(counted).collect();
    let pair = |two: &&[&Claim]| {
        let [whole, part] = two else { return false };
        let own = cues::item(whole).contains(&group)
            && part.site.before.contains(&stem)
            && !cues::item(whole).contains(&stem);
        own && alike(whole, part) && part.value <= whole.value && whole.site.sentence == part.site.sentence
    };
    let mut pairs = before.windows(2).filter(pair);
    let ([whole, part], None) = (pairs.next()?, pairs.next()) else { return None };
    let same = |it: &Relation| it.members.iter().any(|(_, id)| *id == whole.id);
    let it = reading(rate, &[part], whole, &[])?;
    (!told.iter().any(|it| same(it) && it.finding == Finding::Consistent)).then_some(it)
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
pub(in crate::relate) fn opening(sentence: &str) -> Option<&str> {
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
