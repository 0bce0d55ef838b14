//! What a sentence says of all and then denies of some, by the same verb: 全体学员均已通过考核，未通过考核的3人将补考; 未发现任何问题，对发现的4个问题已责令
//! 整改.

use std::collections::HashSet;

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_after, said_before};
use crate::relate::wording::cues;
use crate::words::any_in;

/// Words by which it is said of all.
const ALL: &[&str] =
    &["全体", "全部", "均", "都", "悉数", "一律", "无一例外", "一份不少", "一个不漏", "一人不漏", "全员", "全数"];
/// Words that deny a verb.
const DENIES: &[&str] = &["未能", "没有", "尚未", "还未", "未", "没"];
/// Words by which another time or other people are spoken of.
const OTHERWISE: &[&str] = &[
    "此前",
    "原",
    "去年",
    "上年",
    "上届",
    "首次",
    "初次",
    "初检",
    "第一次",
    "起初",
    "另",
    "其他",
    "其余",
    "外聘",
    "兼职",
    "往年",
    "除",
    "基本",
    "大都",
    "多数",
    "几乎",
    "如",
    "若",
    "凡",
    "应",
    "须",
    "要求",
    "力争",
    "确保",
    "目标",
    "计划",
];

/// Looks for them sentence by sentence.
pub(super) fn denied(doc: &Document, all: &mut Vec<Relation>) {
    let some = |c: &&Claim| {
        let counts = matches!(c.kind, Kind::Count | Kind::PersonTimes) && c.bound == Bound::Exact;
        counts && c.value > Some(Exact::ZERO) && c.site.cell.is_none() && !cues::is_old(c)
    };
    let told = all.iter().filter(|it| it.primary && it.finding == Finding::Inconsistent);
    let broken: HashSet<&str> = told.flat_map(|it| it.members.iter().map(|(_, id)| id.as_str())).collect();
    let found: Vec<Relation> = (doc.claims.iter().filter(some).filter(|c| !broken.contains(c.id.as_str())))
        .filter_map(|some| of_all(some).or_else(|| of_none(some)))
        .collect();
    all.extend(found);
}

/// The sentence up to the clause of the number, and that clause up to it.
fn split(some: &Claim) -> Option<(&str, &str)> {
    let said = said_before(some);
    let at = said.rfind('，')?;
    let (before, own) = (&said[..at], &said[at + '，'.len_utf8()..]);
    (!any_in(said, OTHERWISE)).then_some((before, own))
}

/// 均已通过, 未通过的3人: all did, and some did not.
fn of_all(some: &Claim) -> Option<Relation> {
    let (before, own) = split(some)?;
    let verb = denied_verb(own).or_else(|| denied_verb(said_after(some).split('，').next()?))?;
    let clause = before.split('，').find(|clause| {
        let at = clause.find(verb).filter(|at| !DENIES.iter().any(|no| clause[..*at].ends_with(no)));
        at.is_some() && any_in(clause, ALL)
    })?;
    Some(tell(clause, some))
}

/// The two characters behind what denies them.
fn denied_verb(text: &str) -> Option<&str> {
    let at = DENIES.iter().filter_map(|no| Some(text.rfind(no)? + no.len())).max()?;
    let end = text[at..].char_indices().nth(2).map_or(text.len(), |(end, _)| at + end);
    let verb = &text[at..end];
    (verb.chars().count() == 2 && verb.chars().all(jc_text::fold::is_han)).then_some(verb)
}

/// 未发现任何问题, 发现的4个问题: none was, and some were.
fn of_none(some: &Claim) -> Option<Relation> {
    let (before, own) = split(some)?;
    let none = |clause: &&str| {
        let (head, rest) = clause.split_once("任何")?;
        let verb = denied_verb(head)?;
        let noun: String = rest.chars().filter(|c| !matches!(c, '一' | '起' | '例' | '个' | '项')).take(2).collect();
        let same = own.contains(verb) && (some.site.after.contains(&noun) || own.contains(&noun));
        (noun.chars().count() == 2 && same && denied_verb(own).is_none()).then_some(())
    };
    let clause = before.split('，').find(|clause| none(clause).is_some())?;
    Some(tell(clause, some))
}

fn tell(clause: &str, some: &Claim) -> Relation {
    let working = Working {
        code: "not-of-all",
        with: vec![("subject", clause.to_string()), ("some", some.text.clone())],
        zh: format!("文中说“{clause}”，另一处却有{}并非如此", some.text),
    };
    relation(RelationKind::Exclusive, Finding::Inconsistent, vec![(Role::Claims, some)], working)
}
