//! Places and runs of years told twice that cannot both be: 居全省第三位 and 居全省第五位, 连续五年获评 and 连续四年获评; and votes
//! that are more or fewer than those who voted.

use std::collections::HashSet;

use super::standing::{meant, of_one_name, of_two};
use super::twice::equal;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Relation, RelationKind};
use crate::relate::sums::addition::held_within;
use crate::relate::wording::around::{around, pairs, shared};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::any_in;

/// So many places before are looked at.
const NEAR: usize = 20;
/// So many pairs of characters both must share.
const SHARED: usize = 4;

/// Looks for all of them.
pub(super) fn exclusive(doc: &Document, all: &mut Vec<Relation>) {
    ranks(doc, all);
    runs(doc, all);
    votes(doc, all);
    more_votes_than_ballots(doc, all);
}

/// 上线率居全省第三位…; pages later 上线率居全省第五位: of one thing, told in words no other place has, there is one place.
fn ranks(doc: &Document, all: &mut Vec<Relation>) {
    // 第一次调整…，第二次调整: one behind the other; 继…之后第二位: so many so far.
    let in_turn = |c: &Claim| {
        matches!(c.unit.as_str(), "次" | "届" | "期" | "轮" | "批" | "阶段" | "步") || c.site.before.ends_with('后')
    };
    let place =
        |c: &&Claim| c.kind == Kind::Rank && c.bound == Bound::Exact && !cues::is_old(c) && !meant(c) && !in_turn(c);
    let ranks: Vec<(&Claim, HashSet<(char, char)>)> =
        doc.claims.iter().filter(place).map(|claim| (claim, pairs(claim))).collect();
    let mut found = Vec::new();
    for (n, (second, words)) in ranks.iter().enumerate() {
        let from = n.saturating_sub(NEAR);
        let rivals = &ranks[from..(n + NEAR).min(ranks.len())];
        let same = |(first, own): &&(&Claim, HashSet<(char, char)>)| {
            let shared: HashSet<(char, char)> = own.intersection(words).copied().collect();
            let others = rivals.iter().filter(|(c, _)| c.id != first.id && c.id != second.id);
            let best = others.map(|(_, pairs)| pairs.intersection(&shared).count()).max().unwrap_or(0);
            // 石油消费居第七位; 人均石油消费…，居第五位.
            let each = |c: &Claim| c.site.sentence_text.contains("人均");
            let apart =
                first.site.chain != second.site.chain && first.level == second.level && each(first) == each(second);
            apart
                && shared.len() >= SHARED
                && best < shared.len()
                && !of_two(first, second)
                && of_one_name(first, second)
        };
        if let Some((first, _)) = ranks[from..n].iter().rev().find(same) {
            let mut it = equal(first, second, first.value == second.value);
            if first.value != second.value {
                it.kind = RelationKind::Exclusive;
            }
            found.push(it);
        }
    }
    all.extend(found);
}

/// 连续五年获评“先进单位”… and 在连续四年获评“先进单位”的基础上.
fn runs(doc: &Document, all: &mut Vec<Relation>) {
    const SAME: usize = 6;
    let run =
        |c: &&Claim| c.site.before.ends_with("连续") && matches!(c.kind, Kind::Duration | Kind::Count | Kind::Date);
    let runs: Vec<&Claim> = doc.claims.iter().filter(run).collect();
    let behind = |c: &Claim| around(c).1.into_iter().collect::<String>();
    for (n, second) in runs.iter().enumerate() {
        let same =
            |first: &&&Claim| first.site.chain != second.site.chain && shared(&behind(first), &behind(second)) >= SAME;
        if let Some(first) = runs[..n].iter().rev().find(same) {
            all.push(equal(first, second, first.value == second.value));
        }
    }
}

/// 实到9人…。赞成7票，反对1票，弃权2票: all who are there vote once.
fn votes(doc: &Document, all: &mut Vec<Relation>) {
    const YES: &[&str] = &["赞成", "同意"];
    const NO: &[&str] = &["反对", "不同意"];
    const NONE: &[&str] = &["弃权"];
    const THERE: &[&str] = &["实到", "到会", "出席", "参加表决", "参与表决", "投票", "有效票", "收回", "有表决权"];
    let said = |c: &Claim, words: &[&str]| any_in(&c.site.before, words) || any_in(&c.site.after, words);
    for row in doc.claims.windows(3) {
        let [yes, no, none] = row else { continue };
        let like = row.iter().all(|c| c.unit == yes.unit && c.bound == Bound::Exact && c.site.chain == yes.site.chain);
        let named = said(yes, YES) && said(no, NO) && said(none, NONE) && !yes.site.before.contains('不');
        if !like || !named {
            continue;
        }
        let there = |c: &&Claim| {
            let people = counts_people(&c.unit) || c.unit == "票" || c.unit == "张";
            people && c.bound == Bound::Exact && any_in(&c.site.before, THERE)
        };
        let Some(whole) = doc.around(yes).iter().rev().filter(|c| c.site.start < yes.site.start).find(there) else {
            continue;
        };
        all.extend(held_within(RelationKind::Sum, whole, &[yes, no, none]));
    }
}

/// 发出选票209张，均为有效票…。得票最多的获赞成票212票: nobody has more votes than there are ballots.
fn more_votes_than_ballots(doc: &Document, all: &mut Vec<Relation>) {
    const BALLOTS: &[&str] = &["选票", "有效票", "表决票", "票箱"];
    const COUNTED: &[&str] = &["发出", "发放", "收回", "收到", "有效", "共投"];
    let vote = |c: &&Claim| {
        let own = c.unit == "票" && any_in(&c.site.before, &["获", "得", "赞成", "同意", "当选"]);
        own && c.bound == Bound::Exact && !any_in(&c.site.before, &["共", "合计", "总", "累计", "线上", "网络"])
    };
    for vote in doc.claims.iter().filter(vote) {
        let ballots = |c: &&Claim| {
            let said = any_in(&c.site.clause_text, BALLOTS) && any_in(&c.site.clause_text, COUNTED);
            said && matches!(c.unit.as_str(), "张" | "份" | "票") && c.bound == Bound::Exact
        };
        let here = doc.around(vote).iter().rev().filter(|c| c.site.paragraph == vote.site.paragraph);
        let cast = here.filter(|c| c.site.start < vote.site.start && c.id != vote.id).find(ballots);
        all.extend(
            cast.filter(|cast| vote.value > cast.value)
                .and_then(|cast| held_within(RelationKind::Subset, cast, &[vote])),
        );
    }
}
