//! What 这 points back at: 占地210亩，绿化率较高，在这260亩的校园内; 现有班主任62人，平均年龄38岁，这65人; 收回问卷1430份，据收回的全部1340份.
//!
//! Of one number that is counted so in its sentence and the one before, nothing else can be meant.

use std::collections::HashSet;

use jc_text::fold::is_han;

use super::twice::equal_of;
use crate::document::{Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation};
use crate::relate::wording::around::{shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::any_in;

/// Words by which more, or others, are spoken of.
const MORE: &[&str] = &["加上", "连同", "另", "其中", "以及", "除", "其余", "新增", "又"];

/// Looks for them.
pub(super) fn these(doc: &Document, all: &mut Vec<Relation>) {
    let known: HashSet<(&str, &str)> = (all.iter().filter(|it| it.primary && it.finding != Finding::Feasible))
        .filter_map(|it| match &it.members[..] {
            [(_, a), (_, b)] => Some((a.as_str(), b.as_str())),
            _ => None,
        })
        .collect();
    let plain = |c: &&Claim| {
        let counts = c.kind.counts() || matches!(c.kind, Kind::Quantity | Kind::Duration | Kind::Rate);
        counts && cues::exact(c) && c.value > Some(Exact::ZERO)
    };
    let mut found = Vec::new();
    for second in doc.claims.iter().filter(plain) {
        let Some(first) = pointed_at(doc, second).or_else(|| named_again(doc, second)) else { continue };
        if !known.contains(&(first.id.as_str(), second.id.as_str())) {
            // 这65人均已签订承诺书: they are what the first counts.
            found.push(equal_of(&first.subject, first, second, first.value == second.value));
        }
    }
    all.extend(found);
}

/// 旷课率为1.8%，…，但本学期2.3%的旷课率: what is named behind a number by the name that led to the one before.
fn named_again<'a>(doc: &'a Document, second: &Claim) -> Option<&'a Claim> {
    let noun: String = second.site.after.strip_prefix('的')?.chars().take_while(|c| is_han(*c)).collect();
    let name = |c: &Claim| c.site.before.trim_end_matches(['为', '达', '是', '有', '共', '到']).to_string();
    let called = |c: &&Claim| {
        let name = name(c);
        let tail = name.rsplit(['，', '；', '、']).next().unwrap_or_default();
        let at = (3..=6).rev().find_map(|n| {
            let (from, _) = tail.char_indices().rev().nth(n - 1)?;
            noun.starts_with(&tail[from..]).then_some(n)
        });
        at.is_some()
            && c.unit == second.unit
            && c.site.sentence == second.site.sentence
            && c.site.start < second.site.start
    };
    let mut like = doc.around(second).iter().filter(called);
    let first = like.next().filter(|_| like.next().is_none())?;
    let other =
        ["去年", "上年", "上届", "同期", "其中", "比", "较", "各", "部分", "有的", "另", "如今", "现在", "年前"];
    let plain =
        cues::exact(first) && !any_in(&second.site.clause_text, &other) && !any_in(&first.site.clause_text, &other);
    (plain && cues::exact(second) && !cues::is_old(first)).then_some(first)
}

/// The only number before it that is counted so.
fn pointed_at<'a>(doc: &'a Document, second: &Claim) -> Option<&'a Claim> {
    let lead = second.site.before.as_str();
    // 这批新书1200册: the noun may stand between.
    let with_noun = || {
        let (head, noun) = ["这批", "这些"].iter().find_map(|word| lead.rsplit_once(word))?;
        (noun.chars().count() <= 4 && !noun.contains(['，', '的', '中', '里'])).then_some(head)
    };
    let head =
        ["这", "这批", "这些", "的全部", "的这"].iter().find_map(|word| lead.strip_suffix(word)).or_else(with_noun)?;
    let head = head.trim_start_matches(['，', '；', '。']).trim_end_matches('的');
    let near = |c: &&Claim| {
        let beside = c.site.sentence == second.site.sentence
            || c.site.chain + 1 == second.site.chain && c.site.paragraph == second.site.paragraph;
        beside && c.site.start < second.site.start && c.kind != Kind::Date
    };
    let mut like = doc.around(second).iter().filter(near).filter(|c| alike(c, second) && c.kind == second.kind);
    let first = like.next().filter(|_| like.next().is_none())?;
    // 15名…，周明、李想等…，这四位: in words and in another unit others may be meant.
    let arabic = first.numeral == Numeral::Arabic && second.numeral == Numeral::Arabic;
    let like_told = first.unit == second.unit || first.kind == Kind::Count && arabic;
    // 三家企业和金桥，这四家.
    let more = first.site.after.contains(['和', '与', '及']);
    let plain = cues::exact(first) && !cues::is_old(first) && !cues::per_head(first) && like_told && !more;
    // 报到的这836名: what stands before must have been said of the first.
    let tail: String = head.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    let own = head.chars().count() < 2
        || matches!(head, "对" | "在" | "把" | "将" | "给" | "为" | "从" | "向" | "就")
        || shared(&tail, words_of(first)) >= 2;
    let said = format!("{}{}", second.site.clause_text, first.site.after);
    (plain && own && !any_in(&said, MORE) && !first.site.partial).then_some(first)
}
