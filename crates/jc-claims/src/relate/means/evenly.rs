//! What each of several has and what all of them have, in whatever words they are told near each other: 资助242名，统一为每人3500元，支出84.7万元;
//! 开馆306天，入馆61.2万人次，平均每个开馆日2000人次; 9个教研组…。组均活动17次，全年累计153次.

use std::collections::HashSet;

use super::products::{counts_each, every, more_to_it};
use super::quotients::{fits, quotient};
use super::tiers::of_one_tier;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::interval;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::cues;
use crate::words::any_in;

/// Words by which a number is what all have.
const OF_ALL: &[&str] = &[
    "共", "累计", "合计", "总", "支出", "付", "发放", "收", "到账", "投入", "可领", "可得", "需", "花", "耗资", "拨付",
];

/// So many numbers before and behind are looked at.
const NEAR: usize = 5;

/// Looks for numbers that each have, of which nothing is known yet.
pub(in crate::relate) fn evenly(doc: &Document, all: &mut Vec<Relation>) {
    let holds = |it: &&Relation| it.primary && it.finding != Finding::Feasible;
    let quotients: HashSet<String> = (all.iter().filter(holds))
        .filter(|it| it.kind == RelationKind::Quotient)
        .flat_map(|it| it.members.iter().map(|(_, id)| id.clone()))
        .collect();
    let mut found = Vec::new();
    for (at, each) in doc.claims.iter().enumerate().filter(|(_, c)| plain(c) && !quotients.contains(&c.id)) {
        let nouns = nouns(each);
        if nouns.is_empty() || cues::is_old(each) {
            continue;
        }
        let near = &doc.claims[at.saturating_sub(NEAR)..(at + NEAR).min(doc.claims.len())];
        let here = |c: &&Claim| {
            let close = c.site.chain <= each.site.chain + 1 && c.site.chain + 1 >= each.site.chain;
            c.id != each.id && plain(c) && c.site.paragraph == each.site.paragraph && close && !cues::is_old(c)
        };
        let near: Vec<&Claim> = near.iter().filter(here).collect();
        found.extend(of_all(each, &nouns, &near).filter(|it| !it.members.iter().any(|(_, id)| quotients.contains(id))));
    }
    let tiers = of_one_tier(doc);
    found.retain(|it| {
        it.finding == Finding::Consistent || !it.members.iter().any(|(_, id)| tiers.contains(id.as_str()))
    });
    let members = |it: &Relation| it.members.iter().map(|(_, id)| id.clone()).collect::<HashSet<_>>();
    found.retain(|it| !all.iter().any(|other| other.primary && members(other) == members(it)));
    all.extend(found);
}

fn plain(claim: &Claim) -> bool {
    let kind = claim.kind.counts() || matches!(claim.kind, Kind::Quantity | Kind::Duration | Kind::Hours);
    kind && cues::exact(claim) && claim.value > Some(Exact::ZERO)
}

/// What a number is of one of: 每名学徒, 组均, 周周, 单价.
fn nouns(each: &Claim) -> Vec<String> {
    let mut nouns: Vec<String> = every(each).into_iter().map(str::to_string).collect();
    let lead: Vec<char> = each.site.before.chars().collect();
    let twice = lead.windows(2).find(|pair| pair[0] == pair[1] && matches!(pair[0], '周' | '天' | '月' | '班' | '组'));
    let mean = lead
        .windows(2)
        .find(|pair| pair[1] == '均' && matches!(pair[0], '组' | '班' | '车' | '户' | '校' | '周' | '月' | '日'));
    nouns.extend(twice.or(mean).map(|pair| pair[0].to_string()));
    if nouns.is_empty() && each.site.before.contains("单价") && each.kind == Kind::Money {
        nouns.push("单价".to_string());
    }
    nouns
}

/// Is the count one of those a number is of?
fn holder(claim: &Claim, noun: &str, each: &Claim) -> bool {
    let day = |text: &str| text.contains(['日', '天']);
    let short = noun.chars().count() == 1;
    match noun {
        "单价" => {
            claim.kind == Kind::Count && claim.site.chain == each.site.chain && claim.site.start < each.site.start
        }
        _ if short => {
            let behind: String = claim.site.after.chars().take(4).collect();
            claim.unit.trim_start_matches('个') == noun || behind.contains(noun) || day(noun) && claim.unit == "天"
        }
        _ => {
            let head: String = noun.chars().take(5).collect();
            counts_each(claim, noun) || claim.unit == "天" && day(&head)
        }
    }
}

fn of_all(each: &Claim, nouns: &[String], near: &[&Claim]) -> Option<Relation> {
    let like = |c: &Claim| (c.kind == each.kind || each.kind == Kind::Quantity) && c.unit == each.unit;
    let begins = |noun: &str| noun.chars().take(2).collect::<String>();
    // What each of them gets over all months is still each one's.
    let left = |total: &Claim| -> Vec<&String> {
        let own: Vec<String> = every(total).into_iter().map(begins).collect();
        nouns.iter().filter(|noun| !own.contains(&begins(noun))).collect()
    };
    let total = |c: &&&Claim| {
        let told =
            any_in(&c.site.before, OF_ALL) || c.site.start < each.site.start && c.site.sentence == each.site.sentence;
        let per_one = every(c).len() >= nouns.len() || cues::per_head(c) && every(c).is_empty();
        like(c)
            && told
            && !per_one
            && c.value > each.value
            && (c.site.start > each.site.start || c.site.chain == each.site.chain)
    };
    let mut near_miss = None;
    for whole in near.iter().filter(total) {
        let left = left(whole);
        let [noun] = left[..] else { continue };
        let holders: Vec<&&Claim> =
            near.iter().filter(|c| c.id != whole.id && holder(c, noun, each) && c.value > Exact::int(1)).collect();
        if holders.is_empty() {
            continue;
        }
        let it = |holder: &Claim| {
            // Of a mean the last digit is rounded; what each has is multiplied as it is.
            let product = || {
                let ((low, high), many) = (interval(whole)?, holder.value?.times(each.value?)?);
                Some(many >= low && many <= high)
            };
            let holds = if each.site.before.contains('均') { fits(whole, holder, each)? } else { product()? };
            Some(quotient(whole, holder, each, whole.value?.over(holder.value?)?, holds))
        };
        let readings: Vec<Relation> = holders.iter().filter_map(|holder| it(holder)).collect();
        if let Some(it) = readings.iter().find(|it| it.finding == Finding::Consistent) {
            return Some(it.clone());
        }
        let [only] = &readings[..] else { continue };
        let close = || {
            let (gives, stated) = (only.computed?, only.stated?);
            let third = |value: Exact| value.times(Exact::int(3)?);
            Some(third(gives)? < stated.times(Exact::int(4)?)? && third(stated)? < gives.times(Exact::int(4)?)?)
        };
        if close() == Some(true) && !more_to_it(whole) && !more_to_it(each) && near_miss.is_none() {
            near_miss = Some(only.clone());
        }
    }
    near_miss
}
