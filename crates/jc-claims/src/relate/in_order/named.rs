//! Lists and the whole they make, where only a name or the figures themselves tell which whole that is: 参赛选手中，中职组946名、
//! 高职组338名, of the 1284名选手 of a paragraph before; 商务部分：业绩8分、资质4分, of 商务15分.

use std::collections::HashSet;

use jc_text::fold::is_han;

use crate::document::{Claim, Document};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::slips::is_slip;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::sums::addition::{held_within, near, sum};
use crate::relate::wording::around::{head_of, said_after, said_before, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division::{self, Division, division};
use crate::words::{STOCK, any_in};

/// So many numbers before and behind a list are looked at.
const NEAR: usize = 40;

/// Looks for the wholes of all lists that are parts of nothing yet.
pub(in crate::relate) fn named(doc: &Document, all: &mut Vec<Relation>) {
    let mut told: HashSet<String> = HashSet::new();
    let sums = all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum);
    sums.for_each(|it| told.extend(it.members.iter().map(|(_, id)| id.clone())));
    // What 其中 opens need not be all there is.
    let mut within: HashSet<String> = HashSet::new();
    let subsets = all.iter().filter(|it| it.primary && it.kind == RelationKind::Subset && it.members.len() > 2);
    subsets.for_each(|it| within.extend(it.members.iter().map(|(_, id)| id.clone())));
    let mut found: Vec<Relation> = Vec::new();
    for list in lists(doc) {
        let known = list.iter().filter(|c| told.contains(&c.id)).count();
        if known == list.len() {
            continue;
        }
        let it = of_named(doc, &list).or_else(|| of_label(doc, &list)).or_else(|| of_near(doc, &list));
        let some = list.iter().all(|c| within.contains(&c.id));
        found.extend(it.filter(|it| !some || it.finding == Finding::Consistent));
    }
    all.extend(found);
}

/// All lists of two or more counts of one kind that nothing but 、 or ， and a name parts.
fn lists(doc: &Document) -> Vec<Vec<&Claim>> {
    let mut lists: Vec<Vec<&Claim>> = Vec::new();
    for claim in doc.claims.iter().filter(|c| cues::for_itself(c) && (c.kind.counts() || c.unit == "分")) {
        match lists.last_mut() {
            Some(list)
                if list.len() < MOST_TOGETHER
                    && list.last().is_some_and(|last| {
                        last.site.sentence == claim.site.sentence
                            && last.unit == claim.unit
                            && (cues::listed_next(last, claim) || joined(last, claim))
                    }) =>
            {
                list.push(claim);
            }
            _ => lists.push(vec![claim]),
        }
    }
    lists.retain(|list| list.len() >= 2);
    lists
}

/// 873人和574人: the last of a list.
fn joined(last: &Claim, claim: &Claim) -> bool {
    claim.site.clause == last.site.clause && matches!(claim.site.before.as_str(), "和" | "与" | "及" | "以及")
}

/// What leads to a list in its sentence.
fn head<'a>(list: &[&'a Claim]) -> &'a str {
    said_before(list[0])
}

/// Does the list close with 等, or go on?
fn goes_on(list: &[&Claim]) -> bool {
    let Some(last) = list.last() else { return true };
    let behind = head_of(said_after(last), 10);
    behind.split(['，', '。', '；']).next().unwrap_or_default().contains('等') || behind.contains("其余")
}

/// 参赛选手中，中职组946名、高职组338名: of what has the name, wherever it was counted before.
fn of_named(doc: &Document, list: &[&Claim]) -> Option<Relation> {
    let mut head = head(list);
    // …；男选手803名、女选手481名: the opening is of all the chain.
    if list[0].site.sentence_text.trim_start().starts_with(is_han) && !head.contains('中') {
        let opens = doc.around(list[0]).iter().find(|c| c.site.chain == list[0].site.chain)?;
        head = said_before(opens);
    }
    let (named, _) = head.split_once("中，").or_else(|| head.split_once("里，"))?;
    let named = named.trim_start_matches(['在', '从', '，']);
    if named.chars().count() > 10 || !named.chars().all(is_han) {
        return None;
    }
    let called = |c: &&Claim| {
        let noun: Vec<char> = c.site.after.chars().take_while(|c| is_han(*c)).collect();
        let noun_ends = (2..=noun.len()).any(|n| named.ends_with(&noun[..n].iter().collect::<String>()));
        // 97人通过…。通过者中，机电61人、…: who did it.
        let did = named.strip_suffix('者').filter(|verb| verb.chars().count() == 2);
        let did = did.is_some_and(|verb| c.site.after.starts_with(verb) || c.site.before.ends_with(verb));
        noun_ends || did || c.site.before.trim_end_matches(['为', '有', '共', '达']).ends_with(named)
    };
    let before = doc.around(list[0]).iter().rev().filter(|c| c.site.start < list[0].site.start && cues::for_itself(c));
    let wholes: Vec<&Claim> =
        before.filter(|c| alike(c, list[0]) && list.iter().all(|p| p.value < c.value)).filter(called).collect();
    let total = sum(list)?;
    if let Some(whole) = wholes.iter().find(|c| c.value == Some(total)) {
        return held_within(RelationKind::Sum, whole, list);
    }
    let values: HashSet<Option<Exact>> = wholes.iter().map(|c| c.value).collect();
    let whole = wholes.first().filter(|_| values.len() == 1)?;
    let complete = division::complete(list) || division(list) == Division::Clean && list.len() >= 3;
    let it = held_within(RelationKind::Sum, whole, list)?;
    (complete && near(whole, list, 12) && !goes_on(list)).then_some(it)
}

/// 价格30分、技术45分、商务15分。商务部分：业绩8分、资质4分、团队5分: the list says of which item it is.
fn of_label(doc: &Document, list: &[&Claim]) -> Option<Relation> {
    let head = head(list);
    let (label, _) = head.rsplit_once('：')?;
    let label = label.rsplit(['；', '，', '。']).next()?;
    let label = ["部分", "方面", "类", "项"].iter().find_map(|word| label.strip_suffix(word)).unwrap_or(label);
    let label = label.trim_start_matches(|c: char| !is_han(c));
    let own = (2..=6).contains(&label.chars().count()) && list.len() >= 2;
    let called = |c: &&Claim| {
        let item = cues::item(c);
        cues::for_itself(c)
            && c.unit == list[0].unit
            && item.trim_end_matches(['为', '占', '计', '共', '分', '满']) == label
    };
    let before = doc.around(list[0]).iter().rev().filter(|c| c.site.start < list[0].site.start);
    let whole = before.filter(|c| c.site.sentence != list[0].site.sentence).find(called).filter(|_| own)?;
    let it = held_within(RelationKind::Sum, whole, list)?;
    (it.finding == Finding::Consistent || near(whole, list, 4) && !goes_on(list)).then_some(it)
}

/// …奖牌总数23枚…。机械系10枚、电气系8枚、信息系6枚: a list that makes a count near it, or makes it but for one digit.
fn of_near(doc: &Document, list: &[&Claim]) -> Option<Relation> {
    let total = sum(list)?;
    if list.len() < 3 || goes_on(list) || any_in(head(list), &["其中", "包括", "如", "比如", "主要"]) {
        return None;
    }
    let here = doc.around(list[0]);
    let at = here.iter().position(|c| c.id == list[0].id)?;
    let around = here[..at].iter().rev().take(NEAR).chain(here[at + list.len()..].iter().take(NEAR / 4));
    let far = |c: &Claim| c.site.before.contains('总') || any_in(words_of(c), STOCK) && total >= Exact::whole(100);
    let wholes = around.filter(|c| {
        cues::for_itself(c)
            && c.kind == list[0].kind
            && c.unit == list[0].unit
            && list.iter().all(|part| part.value < c.value && part.id != c.id)
            && c.site.paragraph + if far(c) { 4 } else { 1 } >= list[0].site.paragraph
            && c.site.paragraph <= list[0].site.paragraph
    });
    let wholes: Vec<&Claim> = wholes.collect();
    if let Some(whole) = wholes.iter().find(|c| c.value == Some(total)) {
        return (total >= Exact::int(10)?).then(|| held_within(RelationKind::Sum, whole, list)).flatten();
    }
    let slip = |c: &&&Claim| {
        let apart = c.value.is_some_and(|value| is_slip(value, total));
        apart && near(c, list, 12) && Some(total) >= Exact::int(20)
    };
    held_within(RelationKind::Sum, wholes.iter().find(slip)?, list)
}
