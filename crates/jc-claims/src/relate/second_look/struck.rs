//! What is struck out: contradictions of two numbers that may both hold, and rates that are no share of what stands beside them.

use std::collections::{HashMap, HashSet};

use super::explained;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::Holding;
use crate::relate::said_again::definite;
use crate::relate::wording::around::{pairs, text_between};
use crate::relate::wording::cues;
use crate::relate::{Finding, Relation, RelationKind, Role};
use crate::words::any_in;

/// Strikes them out.
pub(in crate::relate) fn strike_out(doc: &Document, all: &mut Vec<Relation>) {
    let made = made(all);
    all.retain(|it| !made_by_fewer(it, &made) && !overlap(doc, it) && !of_each_of_them(doc, it));
    all.retain(|it| !of_some_of_them(doc, it) && !counted_once(doc, it));
    let same = of_one_thing(all);
    all.retain(|it| !says_another_again(doc, it, &same));
    explained::explained(doc, all);
    let held = Holding::of(all);
    let shares_of: HashSet<(String, String)> = held.0.into_values().collect();
    // What is of two may well differ, and what each has is no share of them.
    all.retain(|it| {
        let said_otherwise = it.kind == RelationKind::Equal && it.finding == Finding::Inconsistent;
        let excluded = it.kind == RelationKind::Exclusive && it.finding == Finding::Inconsistent;
        match &it.members[..] {
            [(_, a), (_, b)] if said_otherwise => !doc.claim(a).zip(doc.claim(b)).is_some_and(|(a, b)| {
                definite::told_apart(a, b)
                    || definite::of_parallel_sentences(doc, a, b)
                    || definite::of_two_years(doc, a, b)
                    || definite::of_two_topics(a, b)
            }),
            [(_, a), (_, b)] if excluded => !doc.claim(a).zip(doc.claim(b)).is_some_and(|(a, b)| {
                // 第一次调整…，第二次调整: one behind the other.
                let in_turn = |c: &Claim| c.unit == "次" && c.text.starts_with('第');
                let placed = |c: &Claim| matches!(c.kind, Kind::Ordinal | Kind::Rank);
                placed(a) && placed(b) && (definite::of_two_years(doc, a, b) || in_turn(a) && in_turn(b))
            }),
            [(Role::Numerator, top), .., (Role::Rate, stated)] => {
                let each = |(top, stated)| each_has(top, stated);
                let chosen = |(whole, stated)| it.finding == Finding::Inconsistent && all_are_so(whole, stated);
                let whole = it.members.iter().find(|(role, _)| *role == Role::Denominator);
                let whole = whole.and_then(|(_, id)| doc.claim(id));
                // 前三项依次是…，前两项提及比例为71%: which ones, not how many of them.
                let first = |top: &Claim| it.finding == Finding::Inconsistent && top.site.before.ends_with('前');
                !doc.claim(top).is_some_and(first)
                    && !doc.claim(top).zip(doc.claim(stated)).is_some_and(each)
                    && !whole.zip(doc.claim(stated)).is_some_and(chosen)
            }
            // 派出260名志愿者，…，服务跑者约1.2万人: so many, told about, are others.
            [(Role::Part, part), (Role::Whole, whole)] => {
                let others = |(part, whole): (&Claim, &Claim)| {
                    part.bound != Bound::Exact && part.value > whole.value.and_then(|v| v.times(Exact::whole(3)))
                        // 收到意见336条，…，管理方面68条；其中谈网速的84条，占全部意见的25%: it is a share of another.
                        || shares_of.iter().any(|(of, other)| *of == part.id && *other != whole.id)
                };
                it.finding != Finding::Inconsistent || !doc.claim(part).zip(doc.claim(whole)).is_some_and(others)
            }
            _ => true,
        }
    });
}

/// 后两年每年4600元，两年共9200元。…每年4200元: what another number agrees with is not looked at for a third, wherever the two years are told.
pub(in crate::relate) fn looks_again(doc: &Document, all: &mut Vec<Relation>) {
    let told = |it: &Relation| -> Vec<(Option<Exact>, String)> {
        let claims = it.members.iter().filter_map(|(_, id)| doc.claim(id));
        claims.map(|claim| (claim.value, claim.unit.clone())).collect()
    };
    let agrees = |it: &&Relation| it.primary && it.finding == Finding::Consistent && it.members.len() >= 3;
    let agreed: Vec<_> = all.iter().filter(agrees).map(|it| (it.kind, told(it))).collect();
    let explained = |it: &Relation| {
        let own = told(it);
        let shares = |other: &[(Option<Exact>, String)]| own.iter().filter(|claim| other.contains(claim)).count() >= 2;
        agreed.iter().any(|(kind, other)| *kind == it.kind && shares(other))
    };
    all.retain(|it| !it.look || !explained(it));
}

/// The pairs of numbers that were taken to tell of one thing.
fn of_one_thing(all: &[Relation]) -> HashSet<(String, String)> {
    let told = all.iter().filter(|it| it.kind == RelationKind::Equal);
    told.filter_map(|it| match &it.members[..] {
        [(_, a), (_, b)] => Some((a.clone(), b.clone())),
        _ => None,
    })
    .collect()
}

/// 事项办结率99.2%。24小时内办结1735件，占94.0%。…报修24小时办结率94.0%: the last says the second again, and not the first.
fn says_another_again(doc: &Document, it: &Relation, same: &HashSet<(String, String)>) -> bool {
    const LONG: i128 = 100;
    let fails = it.kind == RelationKind::Equal && it.finding == Finding::Inconsistent;
    let [(_, first), (_, last)] = &it.members[..] else { return false };
    let last = doc.claim(last).filter(|last| fails && last.value.and_then(|v| v.over(last.step)) >= Exact::int(LONG));
    last.is_some_and(|last| {
        let again = |c: &&Claim| {
            let like = c.value == last.value && c.unit == last.unit && c.decimals == last.decimals;
            // 由上年的120家增至150家。…目前120家: what was so before is no other thing.
            like && c.site.sentence < last.site.sentence && c.id != *first && !cues::is_old(c)
        };
        let apart = |c: &Claim| {
            !same.contains(&(first.clone(), c.id.clone())) && !same.contains(&(c.id.clone(), first.clone()))
        };
        doc.claims.iter().filter(again).any(|c| apart(c) && pairs(c).intersection(&pairs(last)).count() >= 2)
    })
}

/// 住校的410人，家住乡镇的385人，二者多有重合: parts that share their members may be more than their whole.
fn overlap(doc: &Document, it: &Relation) -> bool {
    const SHARED: &[&str] =
        &["重合", "重叠", "交叉", "兼有", "兼报", "兼任", "多选", "双重", "不止一", "分层", "混住", "合住", "混合"];
    let sum = matches!(it.kind, RelationKind::Subset | RelationKind::Sum) && it.finding == Finding::Inconsistent;
    let said = |(_, id): &(Role, String)| doc.claim(id).is_some_and(|c| any_in(&c.site.sentence_text, SHARED));
    sum && it.members.len() > 2 && it.members.iter().any(said)
}

/// 给6间教室各配摄像机2台，每台4800元，合计5.76万元: there are twelve, and not two.
fn of_each_of_them(doc: &Document, it: &Relation) -> bool {
    const EACH: &[&str] = &[
        "各配", "各设", "各派", "各发", "各有", "各带", "各选", "各购", "各买", "各添", "各赠", "各建", "各装", "各放",
    ];
    let fails = it.kind == RelationKind::Quotient && it.finding == Finding::Inconsistent && it.members.len() == 3;
    let each = |id: &String| doc.claim(id).is_some_and(|c| any_in(cues::item(c), EACH));
    fails && it.members.iter().any(|(role, id)| *role == Role::Denominator && each(id))
}

/// 编为8个小组，其中6个组每组7人、2个组每组6人: it is of those that lead to it.
fn of_some_of_them(doc: &Document, it: &Relation) -> bool {
    let mean = it.kind == RelationKind::Quotient && it.members.len() == 3;
    let each = it.under_test().and_then(|id| doc.claim(id)).filter(|_| mean);
    each.is_some_and(|each| {
        let before = doc.around(each).iter().rev().find(|c| c.site.start < each.site.start);
        before.is_some_and(|holders| {
            let between = text_between(holders, each);
            let led = between.contains('每') && !between.contains(['，', '、', '；']);
            let own = holders.site.sentence == each.site.sentence && holders.kind == Kind::Count;
            led && own && !it.members.iter().any(|(_, id)| *id == holders.id)
        })
    })
}

/// 东校区46人，西校区31人，其中5人两校区兼课，实有72人: who was counted twice is taken off once.
fn counted_once(doc: &Document, it: &Relation) -> bool {
    const TWICE: &[&str] = &["兼", "同时", "重复", "两边", "都参加", "均参加", "交叉", "两种", "两项", "两证"];
    let sum = matches!(it.kind, RelationKind::Subset | RelationKind::Sum) && it.finding == Finding::Inconsistent;
    let made = |(_, id): &(Role, String)| {
        doc.claim(id).filter(|c| any_in(&c.site.sentence_text, TWICE)).is_some_and(|whole| {
            let like = |c: &&Claim| c.site.sentence == whole.site.sentence && c.unit == whole.unit;
            let row: Vec<&Claim> = doc.around(whole).iter().filter(like).filter(|c| c.id != whole.id).collect();
            row.windows(3).any(|row| {
                let both = row[0].value.zip(row[1].value).and_then(|(a, b)| a.plus(b));
                both.zip(row[2].value).and_then(|(both, twice)| both.minus(twice)) == whole.value
            })
        })
    };
    sum && it.members.iter().any(made)
}

/// The parts of a sum that agrees, by what they make.
type Made = HashMap<String, Vec<HashSet<String>>>;

fn parts_of(it: &Relation) -> HashSet<String> {
    it.members.iter().filter(|(role, _)| *role == Role::Part).map(|(_, id)| id.clone()).collect()
}

fn made(all: &[Relation]) -> Made {
    let mut made = Made::new();
    for it in all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent) {
        if let Some(whole) = it.under_test() {
            made.entry(whole.to_owned()).or_default().push(parts_of(it));
        }
    }
    made
}

/// 一等奖18个，每项一个，二等奖36个，三等奖54个，共108个: what two and more of the parts make exactly is not refuted by more of them.
fn made_by_fewer(it: &Relation, made: &Made) -> bool {
    let wrong = it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent;
    let same = it.under_test().filter(|_| wrong).and_then(|whole| made.get(whole));
    let parts = parts_of(it);
    same.is_some_and(|rows| rows.iter().any(|row| row.len() >= 2 && row.is_subset(&parts)))
}

/// 八个学院中有5个落实率在95%以上; 28个教研组备课率达到100%: a rate that each of those counted has, not their share.
fn each_has(top: &Claim, stated: &Claim) -> bool {
    let bounded =
        matches!(stated.bound, Bound::AtLeast | Bound::Over | Bound::AtMost) || stated.value == Exact::int(100);
    let lead =
        stated.site.before.trim_end_matches(['在', '为', '到', '达', '均', '都', '超', '过', '于', '高', '低', '的']);
    bounded
        && top.site.clause == stated.site.clause
        && top.site.end <= stated.site.start
        && lead.ends_with(['率', '度'])
}

/// 立项课题74项，其中…省部级15项（立项率18.5%）: all of the whole are what the rate is of; it is of those who wished to be.
fn all_are_so(whole: &Claim, stated: &Claim) -> bool {
    let name = stated.site.before.strip_prefix('（').and_then(|name| name.strip_suffix('率'));
    name.is_some_and(|name| name.chars().count() == 2 && whole.site.clause_text.contains(name))
}
