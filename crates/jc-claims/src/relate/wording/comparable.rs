//! Which numbers may be added, shared out or held against each other, by what they count.

use crate::document::{Claim, Kind};
use crate::units::counts_people;

/// Measures that can be added up and shared out: floors, weights, power.
pub(in crate::relate) fn adds_up(claim: &Claim) -> bool {
    const UNITS: &[&str] =
        &["平方米", "㎡", "平米", "亩", "吨", "公斤", "千克", "立方米", "度", "千瓦时", "公里", "TB", "GB"];
    claim.kind == Kind::Quantity && UNITS.contains(&claim.unit.as_str())
}

/// What is counted, as far as it says what may be added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    People,
    Medals,
    Votes,
    Things,
    /// 台（套）: either of the two.
    EitherSet,
    /// 台, 套.
    Set,
    /// Only what has the same measure word.
    OwnUnit,
}

/// Counts that can be added or held against each other: people with people, things with things.
pub(in crate::relate) fn alike(a: &Claim, b: &Claim) -> bool {
    match (class(a), class(b)) {
        (Class::EitherSet, Class::Set) | (Class::Set, Class::EitherSet) | (Class::EitherSet, Class::EitherSet) => true,
        (Class::OwnUnit | Class::EitherSet | Class::Set, _) | (_, Class::OwnUnit | Class::EitherSet | Class::Set) => {
            a.unit == b.unit
        }
        (a, b) => a == b,
    }
}

fn class(claim: &Claim) -> Class {
    *claim.site.class.get_or_init(|| class_of(claim))
}

fn class_of(claim: &Claim) -> Class {
    // 问卷1584份: each is one person's.
    let filled_in = || {
        let beside = |word: &&str| claim.site.before.contains(*word) || claim.site.after.contains(*word);
        ["问卷", "答卷"].iter().any(beside)
            || ["回收", "收回", "有效"].iter().any(beside) && claim.site.sentence_text.contains("问卷")
    };
    match claim.unit.as_str() {
        unit if counts_people(unit) => Class::People,
        "份" if filled_in() => Class::People,
        "枚" | "块" | "面" => Class::Medals,
        "票" => Class::Votes,
        "张" | "份" if claim.site.before.contains('票') => Class::Votes,
        "个" | "项" | "件" | "篇" if claim.kind == Kind::Count => Class::Things,
        // 38台（套），其中进口11台.
        "台套" | "台（套）" => Class::EitherSet,
        "台" | "套" => Class::Set,
        _ => Class::OwnUnit,
    }
}

/// People with people, medals with medals, else by one measure word.
pub(in crate::relate) fn like_units(first: &Claim, second: &Claim) -> bool {
    let pupils =
        |c: &Claim| c.unit == "个" && ["孩子", "学生", "同学", "学子"].iter().any(|who| c.site.after.starts_with(who));
    let people = |c: &Claim| counts_people(&c.unit) && c.unit != "人次" || pupils(c);
    let medal = |c: &Claim| matches!(c.unit.as_str(), "枚" | "块") && c.site.after.starts_with("奖牌");
    first.unit == second.unit || people(first) && people(second) || medal(first) && medal(second)
}
