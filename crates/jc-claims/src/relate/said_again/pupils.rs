//! The pupils of a school told twice: 到今天在籍5216人 and, pages later, 全校5261名学生. What a school calls those who learn there differs from place to
//! place; where a figure is one slip from another and nothing narrows either, one of them is wrong.

use super::definite::{narrows_nothing, of_two_places, of_two_years};
use super::twice::equal;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::said_before;
use crate::relate::wording::{cues, label};
use crate::units::counts_people;
use crate::words::{AHEAD, any_in};

/// What those who learn there are called before their number, and behind it.
const ENROLLED: &[&str] =
    &["在籍", "在校", "在册", "在读", "在籍生", "在校生", "在籍学生", "在校学生", "在册学生", "在读学生", "学生"];
const PUPILS: &[&str] =
    &["在籍学生", "在校学生", "在册学生", "在读学生", "在校生", "在籍生", "学生", "学子", "同学", "孩子"];
/// Whose they are.
const OURS: &[&str] = &["全校", "全院", "我校", "我院", "本校", "学校", "学院", "校园里", "全校园"];
/// Words before it that leave nobody out.
const NOW: &[&str] = &[
    "到今天",
    "到目前",
    "到现在",
    "到期末",
    "截至目前",
    "今天",
    "如今",
    "眼下",
    "现在",
    "目前",
    "现",
    "共",
    "总",
    "有",
    "为",
    "达",
    "的",
];
/// Nouns that 学生 leads to, and that are others.
const OTHERS: &[&str] = &[
    "家长", "会", "党员", "社", "干部", "代表", "宿舍", "公寓", "志愿", "骨干", "团员", "家庭", "记者", "寝室", "助理",
    "工作",
];
/// What narrows them, or tells of another time.
const NARROWED: &[&str] = &[
    "新生",
    "毕业",
    "年级",
    "届",
    "级",
    "住校",
    "住宿",
    "寄宿",
    "走读",
    "男",
    "女",
    "职工",
    "师生",
    "困难",
    "资助",
    "期初",
    "年初",
    "开学时",
    "报到",
    "当时",
    "建校",
    "高峰",
    "最多",
    "计划",
    "规划",
    "去年",
    "上年",
    "上学期",
    "年前",
    "增至",
    "增加到",
    "降至",
    "其中",
    "中职",
    "高职",
    "成人",
    "函授",
    "兄弟",
];
/// Of whom they are but some, or among whom they are.
const HOUSES: &[&str] = &["系", "班", "校区", "分校", "专业", "学部", "全县", "全市", "全区", "全省"];

/// Looks for both.
pub(super) fn pupils(doc: &Document, all: &mut Vec<Relation>) {
    let told: Vec<&Claim> = doc.claims.iter().filter(|c| all_pupils(c)).collect();
    let mut found = Vec::new();
    for (n, second) in told.iter().enumerate().skip(1) {
        let Some(first) = told[..n].iter().rev().find(|first| first.site.chain != second.site.chain) else { continue };
        let same = first.value == second.value;
        let slip = first.value.zip(second.value).is_some_and(|(a, b)| is_mistyped(a, b));
        let apart = of_two_places(first, second) || of_two_years(doc, first, second) || of_two_times(first, second);
        // What stands in the text once more in these figures was not mistyped.
        let again = |one: &Claim| {
            let like = |c: &&Claim| c.value == one.value && counts_people(&c.unit) && c.id != one.id;
            doc.around(one).iter().filter(like).any(|c| c.site.chain != one.site.chain)
        };
        if !apart && !reckoned(all, first, second) && (same || slip && !(again(first) && again(second))) {
            found.push(equal(first, second, same));
        }
    }
    all.extend(found);
}

/// Is the count one of all who learn there, now?
fn all_pupils(claim: &Claim) -> bool {
    let counted = claim.kind == Kind::Count
        && claim.bound == Bound::Exact
        && claim.numeral != Numeral::None
        && counts_people(&claim.unit)
        && claim.unit != "人次"
        && claim.value >= Exact::int(100);
    let plain = cues::for_itself(claim) && !cues::is_rest(claim) && !cues::in_brackets(claim);
    if !counted || !plain || any_in(&claim.site.sentence_text, AHEAD) {
        return false;
    }
    let clause = said_before(claim).rsplit(['，', '；', '：']).next().unwrap_or_default();
    let behind = label::behind(claim);
    // 在籍5216人, 全校5261名学生, 现有在校学生5216名.
    let noun = PUPILS.iter().find_map(|noun| behind.strip_prefix(noun));
    let others = noun.is_some_and(|rest| OTHERS.iter().any(|word| rest.starts_with(word)));
    let lead = bare(clause);
    let enrolled = ENROLLED.iter().filter_map(|word| lead.strip_suffix(word)).min_by_key(|rest| rest.len());
    let before = enrolled
        .is_some_and(|rest| bare(rest).is_empty() || OURS.contains(&bare(rest)) || narrows_nothing(rest))
        && (behind.is_empty() || noun.is_some());
    let ours = noun.is_some() && OURS.contains(&lead);
    let narrowed = any_in(clause, NARROWED) || any_in(&behind, NARROWED);
    (before || ours) && !others && !narrowed && !of_a_house(said_before(claim)) && !of_a_house(&behind)
}

/// 机电系12个班，在籍516人: are those of one house told of? 开设专业25个，教学班120个 names none.
fn of_a_house(text: &str) -> bool {
    HOUSES.iter().any(|house| {
        text.match_indices(house).any(|(at, _)| {
            let counted = text[..at].ends_with(['个', '类', '设', '大', '关', '体']);
            let number = text[at + house.len()..].starts_with(|c: char| c.is_ascii_digit());
            !counted && !number
        })
    })
}

/// Without the small words that lead to a number, or to a name.
fn bare(text: &str) -> &str {
    let mut text = text;
    loop {
        let ends = NOW.iter().filter_map(|word| text.strip_suffix(word)).min_by_key(|rest| rest.len());
        let starts = || NOW.iter().filter_map(|word| text.strip_prefix(word)).min_by_key(|rest| rest.len());
        match ends.or_else(starts) {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// 学期初 and 学期末, 秋季 and 春季.
fn of_two_times(first: &Claim, second: &Claim) -> bool {
    let said = |c: &Claim| c.period.as_ref().filter(|period| period.said).map(|period| period.text.clone());
    said(first).zip(said(second)).is_some_and(|(a, b)| a != b)
}

/// Are both part of something that holds, so that they are known to differ?
fn reckoned(all: &[Relation], first: &Claim, second: &Claim) -> bool {
    all.iter().filter(|it| it.primary).any(|it| {
        let has = |c: &Claim| it.members.iter().any(|(_, id)| *id == c.id);
        let known = it.finding == Finding::Consistent || it.kind == RelationKind::Equal;
        known && has(first) && has(second)
    })
}
