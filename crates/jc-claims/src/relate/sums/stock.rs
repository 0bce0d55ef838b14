//! Wholes that only the words beside them make likely: people placed are people who left, medals are awards.

use super::addition::held_within;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::said_again::twice::equal;
use crate::relate::wording::around::{head_of, said_after, shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{ACHIEVED, STOCK, any_in};

/// 毕业生407人：143人升学，261人就业: people placed are people who left, without 其中.
pub(super) fn placed(here: &[&Claim], all: &mut Vec<Relation>) {
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let Some(whole) = here.first().copied().filter(|claim| counts_people(&claim.unit) && any_in(&words(claim), STOCK))
    else {
        return;
    };
    let reached = |claim: &&Claim| {
        let own = words(claim);
        alike(claim, whole) && claim.numeral != Numeral::None && any_in(&own, ACHIEVED) && !any_in(&own, STOCK)
    };
    let parts: Vec<&Claim> = here[1..].iter().copied().filter(reached).collect();
    let largest = parts.iter().all(|part| part.value <= whole.value) || opens_division(whole);
    if parts.is_empty()
        || !largest
        || all
            .iter()
            .rev()
            .take(MOST_TOGETHER)
            .any(|r| r.kind == RelationKind::Sum && r.members.iter().any(|m| m.1 == whole.id))
    {
        return;
    }
    let Some(mut it) = held_within(RelationKind::Subset, whole, &parts) else { return };
    // Results need not exclude each other (持证 and 就业): only a colon promises a division.
    it.primary = it.finding == Finding::Consistent || opens_division(whole);
    all.push(it);
}

fn opens_division(whole: &Claim) -> bool {
    head_of(said_after(whole), 20).contains('：')
}

/// 参加培训2人次，某老师获评指导师: who is named took part, if the words are the same.
pub(super) fn people_of_an_event(here: &[&Claim], all: &mut Vec<Relation>) {
    for named in here.iter().copied().filter(|claim| claim.numeral == Numeral::None && claim.unit == "人") {
        let whole = here.iter().copied().rev().find(|claim| {
            claim.site.start < named.site.start
                && counts_people(&claim.unit)
                && claim.numeral != Numeral::None
                && shared(&claim.site.clause_text, &named.site.clause_text) >= 3
        });
        weak(whole.and_then(|whole| held_within(RelationKind::Subset, whole, &[named])), all);
    }
}

/// Medals of one event stay within the awards the paragraph has counted before.
pub(super) fn medals(doc: &Document, all: &mut Vec<Relation>) {
    let medal = |claim: &&Claim| matches!(claim.site.grade.as_str(), "金" | "银" | "铜") && claim.kind == Kind::Count;
    let medals: Vec<&Claim> = doc.claims.iter().filter(medal).collect();
    for run in medals.chunk_by(|a, b| a.site.clause == b.site.clause) {
        let first = run[0];
        let whole = doc.around(first).iter().rev().find(|claim| {
            claim.site.paragraph == first.site.paragraph
                && claim.site.start < first.site.start
                && claim.site.grade.is_empty()
                && matches!(claim.kind, Kind::PersonTimes | Kind::Count)
                && format!("{}{}", claim.site.before, claim.site.after).contains('奖')
        });
        if all.iter().any(|r| {
            matches!(r.kind, RelationKind::Sum | RelationKind::Subset) && r.members.iter().any(|m| m.1 == first.id)
        }) {
            continue;
        }
        weak(whole.and_then(|whole| held_within(RelationKind::Subset, whole, run)), all);
    }
}

/// 省赛2金5银7铜，市赛3金2银4铜，全年共收获金牌5枚、银牌7枚、铜牌11枚: of each metal, what all events before have brought.
pub(super) fn metals(doc: &Document, all: &mut Vec<Relation>) {
    const METALS: &[(&str, &str)] = &[("金", "金牌"), ("银", "银牌"), ("铜", "铜牌")];
    let graded = |c: &&Claim| METALS.iter().any(|(metal, _)| c.site.grade == *metal) && c.bound == Bound::Exact;
    let medals: Vec<&Claim> = doc.claims.iter().filter(graded).collect();
    for run in medals.chunk_by(|a, b| a.site.paragraph == b.site.paragraph) {
        let last = run[run.len() - 1];
        let total = |metal: &str, name: &str| {
            let behind = doc
                .around(last)
                .iter()
                .filter(|c| c.site.start > last.site.start && c.site.paragraph == last.site.paragraph);
            behind.take(4).find(|c| (words_of(c).contains(name) || c.site.grade == metal) && c.bound == Bound::Exact)
        };
        let closes = |c: &Claim| {
            any_in(&c.site.clause_text, &["共收获", "共获", "共夺得", "合计", "累计", "总计", "共斩获", "共摘得"])
        };
        for (metal, name) in METALS {
            let parts: Vec<&Claim> = run.iter().copied().filter(|c| c.site.grade == *metal).collect();
            let Some(whole) = total(metal, name).filter(|c| parts.len() >= 2 && closes(c)) else { continue };
            all.extend(held_within(RelationKind::Sum, whole, &parts));
        }
    }
}

/// 4金8银6铜 in the headline and 4金7银6铜 in the text: two runs of which all metals but one agree.
pub(super) fn medals_again(doc: &Document, all: &mut Vec<Relation>) {
    const METALS: &[(&str, &str)] = &[("金", "金牌"), ("银", "银牌"), ("铜", "铜牌")];
    let metal = |c: &Claim| {
        let named = |(metal, name): &&(&str, &str)| {
            c.site.grade == *metal || c.site.grade.is_empty() && c.unit == "枚" && c.site.before.ends_with(name)
        };
        METALS.iter().position(|it| named(&it))
    };
    let medals: Vec<(usize, &Claim)> = doc
        .claims
        .iter()
        .filter(|c| c.kind == Kind::Count && c.bound == Bound::Exact && c.site.cell.is_none() && !cues::is_old(c))
        .filter_map(|c| Some((metal(c)?, c)))
        .collect();
    let runs: Vec<&[(usize, &Claim)]> = medals
        .chunk_by(|a, b| a.1.site.clause == b.1.site.clause && a.0 < b.0)
        .filter(|run| run.len() == METALS.len())
        .collect();
    for (n, second) in runs.iter().enumerate() {
        for first in runs[..n].iter().rev().filter(|first| first[0].1.site.chain != second[0].1.site.chain).take(4) {
            let pairs: Vec<(&Claim, &Claim)> = first.iter().zip(second.iter()).map(|(a, b)| (a.1, b.1)).collect();
            let same = pairs.iter().filter(|(a, b)| a.value == b.value).count();
            if same + 1 >= METALS.len() {
                all.extend(pairs.iter().map(|(a, b)| equal(a, b, a.value == b.value)));
                break;
            }
        }
    }
}

/// Those who passed are some of those enrolled, where both sentences name the same programme.
pub(super) fn members_of_a_stock(countable: &[&Claim], all: &mut Vec<Relation>) {
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let people = |claim: &&Claim| counts_people(&claim.unit) && claim.unit != "人次" && claim.numeral != Numeral::None;
    for paragraph in countable.chunk_by(|a, b| a.site.paragraph == b.site.paragraph) {
        let here: Vec<&Claim> = paragraph.iter().copied().filter(people).take(MOST_TOGETHER).collect();
        let stocks: Vec<&Claim> = here.iter().copied().filter(|c| any_in(&words(c), STOCK)).collect();
        for part in here {
            let own = words(part);
            if !any_in(&own, ACHIEVED) || any_in(&own, STOCK) || any_in(&own, &["累计", "历年", "校外", "社会"])
            {
                continue;
            }
            let whole = stocks.iter().copied().find(|whole| {
                whole.site.sentence != part.site.sentence
                    && shared(&part.site.clause_text, &whole.site.sentence_text) >= 4
            });
            weak(whole.and_then(|whole| held_within(RelationKind::Subset, whole, &[part])), all);
        }
    }
}

/// What only the surroundings make likely is shown when it holds; when it does not, it was probably not meant.
fn weak(relation: Option<Relation>, all: &mut Vec<Relation>) {
    all.extend(relation.filter(|it| it.finding == Finding::Consistent));
}

/// 选派85名科技特派员…。科技特派员中有95名获评优秀: who is among those named are not more than there are.
pub(super) fn among_named(doc: &Document, all: &mut Vec<Relation>) {
    let counted = |c: &&Claim| {
        c.kind == Kind::Count && c.bound == Bound::Exact && c.numeral != Numeral::None && c.site.cell.is_none()
    };
    let mut found = Vec::new();
    for part in doc.claims.iter().filter(counted).filter(|c| c.each.is_none() && !cues::is_old(c)) {
        let lead = part.site.before.trim_end_matches(['，', '共', '有', '仅', '只', '已']);
        let Some(named) = lead.strip_suffix('中').or_else(|| lead.strip_suffix('里')) else { continue };
        let named: Vec<char> = named.chars().rev().take_while(|c| jc_text::fold::is_han(*c)).collect();
        let named: String = named.into_iter().rev().collect();
        // …名科技特派员: three characters of the name at least stand right behind the number.
        let called = |c: &&Claim| {
            let noun: Vec<char> = c.site.after.chars().take_while(|c| jc_text::fold::is_han(*c)).collect();
            (3..=noun.len()).any(|n| named.ends_with(&noun[..n].iter().collect::<String>()))
        };
        let others = doc.around(part).iter().filter(counted).filter(|c| c.id != part.id && alike(c, part));
        let wholes: Vec<&Claim> = others.filter(called).filter(|c| !cues::is_old(c) && c.each.is_none()).collect();
        let told = |it: &Relation| {
            it.primary
                && it.members.iter().any(|(_, id)| *id == part.id)
                && it.members.iter().any(|(_, id)| wholes.iter().any(|w| w.id == *id))
        };
        if let [whole] = wholes[..]
            && !all.iter().any(told)
        {
            found.extend(held_within(RelationKind::Subset, whole, &[part]));
        }
    }
    all.extend(found);
}
