//! A count spoken of as known: 全院406名教职工, 上述25处安全隐患, 全部64个班级. Somewhere it was told how many there are, and there are
//! as many.

use super::called::NARROWS_NOTHING;
use super::population::without;
use super::restated::slipped;
use super::twice::equal;
use super::{Finding, Relation, RelationKind, alike, cues, label};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::units::counts_people;

/// How a count is spoken of as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// 全院, 所有: all there are.
    All,
    /// 上述, 这: those named before.
    Back,
    /// 六千余名学子: nothing says so; then it can only agree.
    Bare,
}

/// What says that all are meant.
const ALL: &[&str] =
    &["全校", "全院", "全系", "全园", "全馆", "全所", "全处", "全组", "全中心", "全公司", "全体", "全部", "所有"];

/// What points back.
const BACK: &[&str] = &["上述", "以上", "这些", "上面的", "前述", "巩固"];

/// Small words between a determiner and what stands before it.
const LEADS: &[char] =
    &['，', '；', '：', '。', '由', '对', '将', '向', '为', '给', '把', '在', '从', '使', '让', '与', '和'];

/// One population in several words: who works there, who learns there, in what they sit.
const CALLED_ALSO: &[&[&str]] = &[
    &["教职工", "教职员工", "教工", "工作人员", "同志"],
    &["在校生", "在校学生", "在籍学生", "学生", "学子", "同学"],
    &["教学班", "班级", "班"],
    &["随堂课", "随堂听课"],
    &["毕业生", "毕业学生", "毕业同学"],
    &["新生", "录取新生", "报到新生"],
];

impl How {
    fn of(claim: &Claim) -> How {
        let lead = claim.site.before.trim_end_matches("现有").trim_end_matches('的');
        if ALL.iter().any(|word| lead.ends_with(word)) {
            return How::All;
        }
        let this = lead.strip_suffix('这').is_some_and(|rest| rest.is_empty() || rest.ends_with(LEADS));
        let back = this || BACK.iter().any(|word| lead.ends_with(word));
        if back { How::Back } else { How::Bare }
    }
}

/// Looks for counts that are spoken of as known, and what they were said to be.
pub(super) fn definite(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for second in doc.claims.iter().filter(|c| may_be_known(c)) {
        let how = How::of(second);
        if how == How::Bare && (second.value < Exact::int(50) || second.kind == Kind::Rate) {
            continue;
        }
        let noun = label::behind(second);
        if noun.chars().count() < 2 && noun != "班" {
            continue;
        }
        let agrees = |first: &Claim| match second.bound {
            Bound::Exact => first.value == second.value,
            _ => first.value >= second.min && first.value <= second.max,
        };
        // Where it can only agree, only what does is looked at.
        let known = known(doc, second, &noun, how, |first| how != How::Bare || agrees(first));
        if let Some(first) = known.iter().copied().find(|first| agrees(first)) {
            found.push(equal(first, second, true));
            continue;
        }
        // 全校六千七百多名学生, where 6240 were counted: what is said about must hold of them too.
        let about = how == How::All && matches!(second.bound, Bound::Over | Bound::Nearly | Bound::About);
        let told = how != How::Bare && (second.bound == Bound::Exact || about);
        let Some(first) = known.first().copied().filter(|_| told) else { continue };
        let one = known.iter().all(|c| c.value == first.value);
        // What is told of others in just these figures was not mistyped.
        let elsewhere =
            doc.around(second).iter().any(|c| c.id != second.id && c.value == second.value && alike(c, second));
        if one && !elsewhere && (slipped(first, second) || few(first, second) || about && close(first, second)) {
            found.push(equal(first, second, false));
        }
    }
    // Two that are known to differ from something else are not told twice.
    let told = |it: &Relation| all.iter().any(|other| other.kind == RelationKind::Equal && other.members == it.members);
    found.retain(|it| !told(it));
    let broken = |it: &Relation| it.finding == Finding::Inconsistent;
    found.sort_by_key(broken);
    all.extend(found);
}

fn may_be_known(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Count | Kind::PersonTimes | Kind::Money | Kind::Rate)
        && claim.numeral != Numeral::None
        && claim.each.is_none()
        && claim.site.cell.is_none()
        && claim.value >= Exact::int(2)
        && !cues::is_old(claim)
}

/// The counts called by that noun, the nearest before first. For all there are: those that nothing narrows.
fn known<'a>(
    doc: &'a Document,
    second: &Claim,
    noun: &str,
    how: How,
    may_be: impl Fn(&Claim) -> bool,
) -> Vec<&'a Claim> {
    let around = doc.around(second);
    let at = around.partition_point(|c| c.site.start < second.site.start);
    let behind = if how == How::Back { &[] } else { &around[at..] };
    let years = |c: &Claim| c.period.as_ref().filter(|period| period.said).map(|period| period.years.clone());
    let fits = |first: &&Claim| {
        let other_year = years(first).zip(years(second)).is_some_and(|(a, b)| a != b);
        may_be_known(first)
            && first.id != second.id
            && first.bound == Bound::Exact
            && first.site.chain != second.site.chain
            && !cues::is_base(first)
            && !cues::is_rest(first)
            && (first.level.is_none() || second.level.is_none() || first.level == second.level)
            && (alike(first, second) || first.unit == second.unit)
            && (first.kind == Kind::Rate) == (second.kind == Kind::Rate)
            && (!other_year || how == How::All && second.site.sentence_text.contains('将'))
    };
    around[..at]
        .iter()
        .rev()
        .chain(behind)
        .filter(|c| may_be(c))
        .filter(fits)
        .filter(|first| called(first, noun, how))
        .collect()
}

/// Is a count called by the noun, and by nothing that narrows it where all are meant?
fn called(first: &Claim, noun: &str, how: How) -> bool {
    let (lead, after) = (label::lead(first), label::behind(first));
    let same_word = |a: &str, b: &str| {
        let word = |row: &&&[&str]| row.iter().any(|word| a.ends_with(word));
        CALLED_ALSO.iter().filter(word).any(|row| row.iter().any(|word| begins(b, word)))
    };
    // 安全隐患27处: the longest end of what leads to the number that the noun begins with.
    let own = label::suffixes(lead).find(|end| noun.starts_with(end)).map(|end| &lead[..lead.len() - end.len()]);
    let own = own.or_else(|| {
        let end = CALLED_ALSO.iter().flat_map(|row| row.iter()).filter(|word| lead.ends_with(**word));
        let end = end.max_by_key(|word| word.len()).filter(|_| after.is_empty() && same_word(lead, noun))?;
        Some(&lead[..lead.len() - end.len()])
    });
    let narrowed = |rest: &str| !narrows_nothing(rest);
    match own {
        Some(rest) => how == How::Back || !narrowed(rest),
        // 68个教学班: by what stands behind it.
        None => {
            let shared = after.chars().zip(noun.chars()).take_while(|(a, b)| a == b).count();
            let said = shared >= 2 && shared >= after.chars().count().min(4)
                || CALLED_ALSO
                    .iter()
                    .any(|row| row.contains(&after.as_str()) && row.iter().any(|word| begins(noun, word)));
            said && (how == How::Back || !narrowed(lead))
        }
    }
}

/// Does the text begin with the word? 班 alone is no 班主任.
fn begins(text: &str, word: &str) -> bool {
    if word.chars().count() < 2 { text == word } else { text.starts_with(word) }
}

/// 学校现有, 中心共有: words that leave nobody out.
fn narrows_nothing(text: &str) -> bool {
    const PLACES: &[&str] = &["中心", "集团", "公司", "单位", "我们", "共开设", "设有", "开设", "配备", "拥有", "编制"];
    without(text, &[NARROWS_NOTHING, PLACES]).is_empty()
}

/// Not more than a fifth apart.
fn close(first: &Claim, second: &Claim) -> bool {
    let (low, high) = (first.value.min(second.value), first.value.max(second.value));
    low.zip(high).is_some_and(|(low, high)| high.times(Exact::whole(5)) <= low.times(Exact::whole(6)))
}

/// 9个检查组 and 全部8个检查组: small counts are never far apart.
fn few(first: &Claim, second: &Claim) -> bool {
    let apart = first.value.zip(second.value).and_then(|(a, b)| if a > b { a.minus(b) } else { b.minus(a) });
    if second.kind == Kind::Rate {
        return apart <= Exact::int(5);
    }
    !counts_people(&second.unit) && apart <= Exact::int(2) && first.value >= Exact::int(3)
}
