//! Answers to one question, told in whatever order and on either side of their shares: 答“满意”的占61.5%，…，还有3.1%的学生选了“不满意”. Where
//! both what is so and what is not so are among them, no more than all can have given them.

use super::closed::{may_choose_several, of_several};
use super::hundred::percent_sum;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::sums::addition::sum;
use crate::relate::wording::cues;
use crate::words::any_in;

/// What one may be asked.
const STEMS: &[&str] = &[
    "满意", "同意", "认可", "赞成", "支持", "适应", "了解", "愿意", "喜欢", "认同", "知晓", "符合", "熟悉", "清楚",
    "理解", "习惯", "自信", "信任",
];
/// How much one is so; the longest first.
const DEGREES: &[&str] = &[
    "非常不",
    "十分不",
    "不怎么",
    "不太",
    "不大",
    "不够",
    "不很",
    "很不",
    "极不",
    "非常",
    "十分",
    "比较",
    "基本",
    "大体",
    "大致",
    "总体",
    "完全",
    "特别",
    "相当",
    "有点",
    "还算",
    "较",
    "很",
    "不",
    "未",
];
/// Answers that say neither.
const NEITHER: &[&str] = &[
    "一般",
    "说不清",
    "不好说",
    "不确定",
    "无所谓",
    "尚可",
    "中立",
    "没想好",
    "说不准",
    "还可以",
    "过得去",
    "没意见",
    "不表态",
    "未表态",
];
/// What is told of a share, and is no answer.
const OTHER: &[&str] =
    &["率", "度为", "比上", "较上", "同比", "提高", "下降", "增长", "其中", "和", "及", "与", "或", "以上", "两项"];
/// What lies farther from 100 % was never meant to be all.
const FARTHEST: i32 = 12;

/// An answer: of what scale, and how much.
type Answer = (&'static str, &'static str);

/// Looks for rows of answers that are more than all.
pub(super) fn answers(doc: &Document, all: &mut Vec<Relation>) {
    let share = |c: &&Claim| {
        let rate = c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact;
        rate && c.site.cell.is_none() && !cues::is_old(c)
    };
    let shares: Vec<(&Claim, Option<Answer>)> = doc.claims.iter().filter(share).map(|c| (c, answer(doc, c))).collect();
    let told = |c: &Claim| {
        let sums = all.iter().filter(|it| it.primary && it.kind == RelationKind::PercentSum);
        sums.into_iter().any(|it| it.members.iter().any(|(_, id)| *id == c.id))
    };
    let mut found = Vec::new();
    for chain in shares.chunk_by(|a, b| a.0.site.chain == b.0.site.chain) {
        // 饭菜：满意…；服务：满意…: each question in its own part of the sentence.
        let one = of_one_question(chain).map(|row| vec![row]);
        let parts = || chain.chunk_by(|a, b| a.0.site.sentence == b.0.site.sentence);
        let rows = one.unwrap_or_else(|| parts().filter_map(of_one_question).collect());
        for row in rows.iter().filter(|row| !row.iter().any(|c| told(c)) && !of_several(doc, row)) {
            found.extend(all_of_them(row));
        }
    }
    all.extend(found);
}

/// The shares that answer one question, each otherwise, if something and its opposite are among the answers.
fn of_one_question<'a>(shares: &[(&'a Claim, Option<Answer>)]) -> Option<Vec<&'a Claim>> {
    let answered: Vec<(&Claim, Answer)> = shares.iter().filter_map(|(c, answer)| Some((*c, (*answer)?))).collect();
    let stem = answered.iter().map(|(_, (stem, _))| *stem).find(|stem| !stem.is_empty())?;
    let mut seen: Vec<Answer> = Vec::new();
    for (_, own) in &answered {
        if seen.contains(own) || !own.0.is_empty() && own.0 != stem {
            return None;
        }
        seen.push(*own);
    }
    let of_stem = || seen.iter().filter(|own| own.0 == stem);
    let both = of_stem().any(|own| own.1.contains('不')) && of_stem().any(|own| !own.1.contains('不'));
    let row: Vec<&Claim> = answered.into_iter().map(|(c, _)| c).collect();
    (both && (3..=MOST_TOGETHER).contains(&row.len()) && row.iter().all(|c| c.step == row[0].step)).then_some(row)
}

/// The row as a sum: all of it, or more than all.
fn all_of_them(row: &[&Claim]) -> Option<Relation> {
    let total = sum(row)?;
    let slack = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.step.over(Exact::int(2)?)?))?;
    let over = total.minus(Exact::int(100)?)?;
    let asked = &row[0].site.sentence_text;
    let chosen = any_in(asked, &["复选", "不定项"]) || may_choose_several(asked);
    let finding = match () {
        () if chosen || over > Exact::whole(FARTHEST) => return None,
        () if over > slack => Finding::Inconsistent,
        () if over.plus(slack)? >= Exact::ZERO => Finding::Consistent,
        () => return None,
    };
    Some(percent_sum(row, total, finding))
}

/// 答“满意”的占61.5%, 3.1%的学生选了“不满意”, 认为一般的有7.6%, 满意738份，占61.5%: what the share's own words answer.
fn answer(doc: &Document, share: &Claim) -> Option<Answer> {
    const SAYS: &[&str] = &["的", "表示", "选", "认为", "觉得", "回答", "答", "填", "持", "评价", "不", "非常", "基本"];
    let before =
        cues::item(share).trim_start_matches(['还', '另', '也', '有', '仅', '只', '约', '其', '余', '的', '）']);
    let behind = share.site.after.as_str();
    let own = before.trim_end_matches(['比', '例', '为', '达']);
    if own == "占" {
        let count = doc.around(share).iter().rfind(|c| c.site.start < share.site.start)?;
        let beside = count.site.clause + 1 == share.site.clause && count.site.chain == share.site.chain;
        return called(cues::item(count).trim_end_matches(['有', '共'])).filter(|_| beside && count.kind.counts());
    }
    match (before.is_empty(), behind.is_empty()) {
        (false, true) => called(before),
        (true, false) if SAYS.iter().any(|word| behind.starts_with(word)) => called(behind),
        _ => None,
    }
}

/// The one answer in a text.
fn called(text: &str) -> Option<Answer> {
    let quoted = text.split_once('“').and_then(|(_, rest)| rest.split('”').next());
    let name = quoted.unwrap_or(text);
    if any_in(name, OTHER) || quoted.is_none() && name.chars().count() > 16 {
        return None;
    }
    let mut stems = STEMS.iter().flat_map(|stem| name.match_indices(stem).map(move |(at, _)| (*stem, at)));
    let (Some((stem, at)), more) = (stems.next(), stems.next()) else {
        return NEITHER.iter().find(|word| name.contains(**word)).map(|word| ("", *word));
    };
    let ends = name[at + stem.len()..].trim_start_matches(['）', '的', '者', '占', '有', '为', '达', '了', '比', '约']);
    let degree = DEGREES.iter().find(|degree| name[..at].ends_with(**degree)).copied().unwrap_or_default();
    let people = ["学生", "家长", "人", "教师", "员工", "师生", "受访", "企业", "单位", "毕业生"];
    let whole = ends.is_empty() || people.iter().any(|who| ends.starts_with(who));
    (more.is_none() && whole).then_some((stem, degree))
}
