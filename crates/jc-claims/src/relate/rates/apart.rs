//! Rates that stand apart from their counts: 152人走进考场，…领到证书的137人，其余可补考。总结中写道，92.1%的取证率是近三届最好的; 公办园收托6912人，
//! 民办园收托4928人。…，公办园在园幼儿占比升到54.8%.
//!
//! The word of the rate says what became of those it counts (取证: 领到证书), and for what all of them had come (走进考场). A rate is told
//! as wrong where a digit of it, or of one of its counts, is another than it should be, and nothing counted nearby gives it.

use std::collections::HashSet;

use jc_text::fold::is_han;

use super::beside::{may_count, says_share};
use super::by_parts::Sums;
use super::reached::mistyped;
use super::readings::{off, reading};
use super::results::{OUTCOMES, Outcome};
use super::shares::name_of_whole;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::whole_number;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::digits::solve::{Printed, denominators, numerators};
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::words_of;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{REGIONS, any_in};

/// So many numbers before a rate are looked at, and so many full stops back.
const BEFORE: usize = 16;
pub(super) const BACK: usize = 5;
/// What lies farther from the rate was never meant.
const FARTHEST: i32 = 12;

/// Words that narrow the rate to nobody.
const NARROWS_NOTHING: &[&str] = &[
    "首考",
    "首次",
    "一次",
    "一次性",
    "最终",
    "总",
    "总体",
    "整体",
    "考试",
    "考核",
    "鉴定",
    "认定",
    "证书",
    "综合",
    "总的",
    "实际",
    "学员",
    "考生",
    "全部",
    "参考",
    "全员",
    "技能",
    "考证",
];
/// Words by which the clause of a rate speaks of another time or of others.
const OTHERS: &[&str] = &[
    "去年",
    "上年",
    "上届",
    "往年",
    "往届",
    "前一",
    "上一",
    "平均",
    "目标",
    "明年",
    "力争",
    "预计",
    "计划",
    "同类",
    "不低于",
];

/// Looks for them.
pub(in crate::relate) fn apart(doc: &Document, all: &mut Vec<Relation>) {
    let holds = |it: &&Relation| it.primary && it.kind == RelationKind::Rate;
    let settled: HashSet<String> =
        all.iter().filter(holds).filter_map(|it| it.under_test().map(str::to_string)).collect();
    let open = |c: &&Claim| {
        let plain = c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && c.site.cell.is_none();
        plain && !settled.contains(&c.id) && !cues::is_old(c) && !of_others(c)
    };
    let consistent = |it: &&Relation| holds(it) && it.finding == Finding::Consistent;
    let used: HashSet<&str> =
        all.iter().filter(consistent).flat_map(|it| it.members.iter().map(|(_, id)| id.as_str())).collect();
    let sums = Sums::of(doc, all);
    let found: Vec<Relation> = (doc.claims.iter().enumerate().filter(|(_, c)| open(c)))
        .filter_map(|(at, rate)| {
            let before = &doc.claims[at.saturating_sub(BEFORE)..at];
            by_outcome(rate, before, &used).or_else(|| sums.of_part(rate)).or_else(|| of_two(rate, before))
        })
        .collect();
    let own: HashSet<String> = found.iter().filter_map(|it| it.under_test().map(str::to_string)).collect();
    // What single numbers might give the rate is of no interest any more.
    let guess = |it: &Relation| {
        matches!(it.kind, RelationKind::RateAlone | RelationKind::RateNumerator | RelationKind::RateDenominator)
    };
    all.retain(|it| !(guess(it) && it.under_test().is_some_and(|id| own.contains(id))));
    all.extend(found);
}

/// 去年的取证率, 全省平均合格率: of another time, or of others.
fn of_others(rate: &Claim) -> bool {
    // 由上年的80.6%提高到86.2%: from there it came.
    let from = ["由上年", "由去年", "从上年", "从去年", "由上届", "从上届"];
    let told = from.iter().fold(rate.site.clause_text.to_string(), |text, word| text.replace(word, ""));
    any_in(&told, OTHERS) || any_in(&rate.site.before, REGIONS)
}

/// 取证率为92.1%, 92.1%的取证率: what the rate is called.
fn name_of(rate: &Claim) -> Option<String> {
    let lead =
        rate.site.before.trim_end_matches(['为', '达', '到', '了', '是', '有', '至', '升', '仅', '只', '：', '在']);
    let behind = || {
        let after = rate.site.after.strip_prefix('的')?;
        let (name, _) = after.split_once('率')?;
        (2..=8).contains(&name.chars().count()).then(|| name.to_string())
    };
    let before = lead.strip_suffix('率').map(|stem| stem.rsplit(['，', '；', '、', '：', '“']).next().unwrap_or(stem));
    // 一次通过率由上年的80.6%提高到86.2%: the name stands before the earlier one.
    let turned = || {
        let (name, rest) =
            rate.site.clause_text.split_once("率由").or_else(|| rate.site.clause_text.split_once("率从"))?;
        let name = name.trim_start_matches(['，', '；', '。']);
        let comes =
            ["提高", "提升", "上升", "增", "升", "降", "回落"].iter().any(|word| rate.site.before.contains(word));
        (comes && rest.contains('%') && name.chars().count() <= 10).then(|| name.to_string())
    };
    before.map(str::to_string).or_else(turned).or_else(behind)
}

/// A number of people or things that is told for itself.
pub(super) fn counted(claim: &Claim) -> bool {
    claim.unit != "人次" && told_for_itself(claim)
}

/// The same, also of how often people came: 适任考试412人次，一次通过347人次.
fn told_for_itself(claim: &Claim) -> bool {
    // 两科均合格并领到证书的137人: all of them, and no mean.
    let mean =
        claim.site.before.contains('每') || any_in(&claim.site.before, &["平均", "人均", "班均", "校均", "均有"]);
    let own = whole_number(claim).is_some() && !cues::is_old(claim) && !cues::is_base(claim) && !mean;
    own && may_count(claim) && cues::exact(claim)
}

/// 152人走进考场，…领到证书的137人。…，92.1%的取证率: by what became of them.
fn by_outcome(rate: &Claim, before: &[Claim], used: &HashSet<&str>) -> Option<Relation> {
    let name = name_of(rate).filter(|_| !says_share(rate))?;
    let (outcome, narrowed) = OUTCOMES.iter().find_map(|outcome| {
        let stem = outcome.names.iter().find_map(|word| name.strip_suffix(word))?;
        Some((outcome, stem))
    })?;
    let near = |c: &&Claim| {
        let beside = c.site.paragraph == rate.site.paragraph || c.site.paragraph + 1 == rate.site.paragraph;
        beside && c.site.chain + BACK >= rate.site.chain && told_for_itself(c) && !used.contains(c.id.as_str())
    };
    let row: Vec<&Claim> = before.iter().filter(near).collect();
    let done = |c: &&&Claim| is_done(c, outcome);
    let part = *row.iter().rev().find(done)?;
    // Those who came were told before, or right behind.
    let larger = |c: &&&Claim| alike(c, part) && c.value > part.value && c.id != part.id;
    let came = |c: &&&Claim| any_in(words_of(c), outcome.came) && !is_left(c);
    let wholes: Vec<&Claim> = row.iter().filter(larger).filter(came).copied().collect();
    let said = |whole: &Claim| {
        let told = format!("{}{}", part.site.clause_text, whole.site.clause_text);
        narrows_nothing(narrowed, &told)
    };
    if let Some(later) = later_than(part, &row) {
        let whole = wholes.last().filter(|whole| said(whole))?;
        let it = reading(rate, &[part, later], whole, &[])?;
        let told = it.finding == Finding::Consistent || mistyped(&it, rate) && close(&it);
        return Some(it).filter(|_| told && rate.decimals > 0);
    }
    let readings = || wholes.iter().rev().filter(|whole| said(whole)).filter_map(|c| reading(rate, &[part], c, &[]));
    if let Some(it) = readings().find(|it| it.finding == Finding::Consistent) {
        return Some(it).filter(|_| rate.decimals > 0);
    }
    let whole = *wholes.last().filter(|whole| said(whole))?;
    let one_part = row.iter().filter(done).all(|c| !alike(c, part) || c.value >= part.value);
    // 上午场152人，下午场148人: which of them is meant?
    let certain = whole.site.sentence == part.site.sentence || wholes.iter().all(|c| c.value == whole.value);
    let it = reading(rate, &[part], whole, &[]).filter(|_| certain)?;
    let told = one_part && is_slip(rate, part, whole, &it) && !given_otherwise(rate, &row);
    (told && close(&it)).then_some(it)
}

/// 补考之后又有6人通过: they are counted by the rate as well.
fn later_than<'a>(part: &Claim, row: &[&'a Claim]) -> Option<&'a Claim> {
    // 其余65人已安排补考: they are those who are left.
    let later =
        |c: &&&Claim| c.site.start > part.site.start && alike(c, part) && c.value < part.value && !cues::is_rest(c);
    let more = |c: &&&Claim| any_in(&c.site.clause_text, &["又有", "再有", "另有", "也", "补"]);
    row.iter().filter(later).find(more).copied()
}

/// 首考通过率, 实操合格率: is it of all that were told, or what narrows it said of them?
fn narrows_nothing(narrowed: &str, told: &str) -> bool {
    let mut plain = narrowed.trim_matches(['的', '其']);
    while let Some(rest) = NARROWS_NOTHING.iter().find_map(|word| plain.strip_suffix(word)) {
        plain = rest.trim_end_matches('的');
    }
    let first: String = plain.chars().take(2).collect();
    first.is_empty() || first.chars().count() == 2 && told.contains(&first)
}

/// Did they do what the rate counts?
fn is_done(claim: &Claim, outcome: &Outcome) -> bool {
    any_in(words_of(claim), outcome.done) && !is_left(claim)
}

/// 没通过的15人, 其余可补考: those who did not.
fn is_left(claim: &Claim) -> bool {
    let own = format!("{}{}", claim.site.before, claim.site.after);
    cues::is_rest(claim) || any_in(&own, &["未", "没", "不", "尚", "待", "缺", "补考", "落榜", "新增", "又有", "再有"])
}

/// Do any two of the counts give the rate?
fn given_otherwise(rate: &Claim, row: &[&Claim]) -> bool {
    let gives = |part: &Claim, whole: &Claim| {
        let fit = alike(part, whole) && part.value < whole.value;
        fit && reading(rate, &[part], whole, &[]).is_some_and(|it| it.finding == Finding::Consistent)
    };
    row.iter().any(|part| row.iter().any(|whole| gives(part, whole)))
}

/// Is it not far from the rate?
pub(super) fn close(it: &Relation) -> bool {
    off(it).is_some_and(|apart| apart <= Exact::whole(FARTHEST))
}

/// Is the rate, or one of its counts, a digit away from what it should be?
fn is_slip(rate: &Claim, part: &Claim, whole: &Claim, it: &Relation) -> bool {
    if mistyped(it, rate) {
        // Of two digits one is easily another: only what stands beside is meant.
        return rate.decimals > 0 || part.site.sentence == rate.site.sentence;
    }
    let of_counts = || -> Option<bool> {
        let printed = Printed::new(rate.value?, rate.decimals)?;
        let (top, bottom) = (whole_number(part)?, whole_number(whole)?);
        let near = |solutions: Vec<i128>, own: i128| {
            let own = Exact::int(own);
            solutions.into_iter().filter_map(Exact::int).any(|n| own.is_some_and(|own| is_mistyped(n, own)))
        };
        // Of so many each rate is given by some number.
        let few = bottom * 10 <= 100 * 10i128.pow(u32::from(rate.decimals.min(4)));
        let fit = few && top >= 20;
        Some(fit && (near(numerators(bottom, printed), top) || near(denominators(top, printed), bottom)))
    };
    rate.decimals > 0 && of_counts() == Some(true)
}

/// 全院教职工412名。…，380名到检。校医说，到检率92.2%; 学生2650人，住校生1908人。…，住校生占比达到72.0%: of the only two that are counted so, where the
/// name of the rate speaks of the second.
fn of_two(rate: &Claim, before: &[Claim]) -> Option<Relation> {
    let near = |c: &&Claim| c.site.paragraph == rate.site.paragraph && c.site.chain + BACK >= rate.site.chain;
    let row: Vec<&Claim> = before.iter().filter(near).filter(|c| may_count(c)).collect();
    let share = says_share(rate) && name_of_whole(rate).is_empty();
    let (name, last) = match rate.site.before.split_once('占') {
        Some((name, _)) if share => (name.trim_matches(|c: char| !is_han(c)).to_string(), String::new()),
        Some(_) => return None,
        None => {
            let name = name_of(rate)?;
            let at = name.char_indices().rev().nth(1).map(|(at, _)| at)?;
            (name[..at].to_string(), name[at..].to_string())
        }
    };
    let own = |c: &Claim| format!("{}{}", c.site.before, c.site.after);
    let called = |c: &Claim| match share {
        true => name.chars().count() >= 2 && own(c).contains(&name),
        // 到检率 of 380名到检; 改灶率 of 1332户用上了新灶.
        false => own(c).contains(&last),
    };
    let part = *row.iter().rev().find(|c| counted(c) && called(c) && !is_left(c))?;
    let mut others = row.iter().filter(|c| alike(c, part) && c.id != part.id);
    let (whole, None) = (others.next()?, others.next()) else { return None };
    let fit = counted(whole) && whole.site.start < part.site.start && whole.value > part.value && !called(whole);
    let plain = share || narrows_nothing(&name, &part.site.sentence_text);
    let it = reading(rate, &[part], whole, &[]).filter(|_| fit && plain && rate.decimals > 0)?;
    let told = it.finding == Finding::Consistent || mistyped(&it, rate) && close(&it);
    told.then_some(it)
}

/// 40人进入实操环节，…。最终公布的实操合格率为93.2%: all who were examined, where the sentences count no one else.
pub(super) fn of_examined<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let name = name_of(rate).filter(|_| !says_share(rate) && !of_others(rate))?;
    let examined = OUTCOMES.first()?;
    let narrowed = examined.names.iter().find_map(|word| name.strip_suffix(word))?;
    let near = |c: &&Claim| {
        let before = c.site.start < rate.site.start && c.site.chain + BACK >= rate.site.chain;
        before && c.site.paragraph == rate.site.paragraph && c.kind.counts()
    };
    let mut row = doc.around(rate).iter().rev().filter(near);
    let whole = row.next().filter(|c| counted(c) && counts_people(&c.unit) && !is_left(c))?;
    let came = any_in(words_of(whole), examined.came) && !any_in(words_of(whole), &["其中", "首批", "第一"]);
    let narrowed: Vec<char> = narrowed.chars().rev().take(2).collect();
    let narrowed: String = narrowed.into_iter().rev().collect();
    let named = narrowed.chars().count() == 2 && whole.site.clause_text.contains(&narrowed);
    // Whoever came later, or came to something else, would be counted too.
    let alone = row.next().is_none();
    (came && (named || alone && narrowed.is_empty())).then_some(whole)
}
