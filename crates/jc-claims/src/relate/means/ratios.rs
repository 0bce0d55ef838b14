//! Ratios and the two counts they are of: 师生比1:15, 男女比例3:2, 教练与选手之比为1:7.5.

use super::mean::{countable_in, words};
use super::quotients::quotient;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation};
use crate::relate::wording::around::{said_before, shared};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::any_in;

/// 教师120人，学生2000人，师生比1:16.7. Where numbers are weighted (折合) nothing is an alarm.
pub(super) fn beside(doc: &Document, ratio: &Claim) -> Option<Relation> {
    let here: Vec<&Claim> = countable_in(doc, ratio).collect();
    // 专职教师4名；以在校生9264人计，专职师生比1:2316: a semicolon parts whom the ratio holds together.
    let chain = || -> Vec<&Claim> {
        let here = doc.around(ratio).iter().filter(|c| c.site.chain == ratio.site.chain);
        here.filter(|c| c.kind.counts() && c.value.is_some() && c.each.is_none() && !cues::is_old(c)).collect()
    };
    let here_first = pupils_per_teacher(ratio, &here).or_else(|| of_sexes(ratio, &here));
    let characters = || {
        let before: Vec<&Claim> = here.iter().copied().filter(|c| c.site.start < ratio.site.start).collect();
        ratio_of_characters(ratio, &before, true)
    };
    here_first.or_else(|| pupils_per_teacher(ratio, &chain())).or_else(characters).or_else(|| of_only_two(ratio, &here))
}

/// 党员40人，非党员120人，党员与非党员的人数比为1∶4: of the only two its sentence counts, whichever of them is told first.
fn of_only_two(ratio: &Claim, here: &[&Claim]) -> Option<Relation> {
    let [a, b] = ratio.terms[..] else { return None };
    let [first, second] = here[..] else { return None };
    let lead = ratio.site.before.as_str();
    let named = lead.contains(['与', '和', '之', '师', '配']) && lead.contains('比');
    let meant =
        any_in(&ratio.site.clause_text, &["要求", "标准", "规定", "应", "不低于", "目标", "全省", "全市", "全国"]);
    let plain = |c: &Claim| c.bound == Bound::Exact && matches!(c.kind, Kind::Count) && c.site.start < ratio.site.start;
    if !named || meant || ![first, second].into_iter().all(plain) || a <= Exact::ZERO || b <= Exact::ZERO {
        return None;
    }
    let (stated, turned) = (a.over(b)?, b.over(a)?);
    let gives = first.value?.over(second.value?)?;
    // Ratios of small numbers are rounded freely: a tenth is allowed.
    let near = |stated: Exact| Some(gives.apart(stated)? <= stated.over(Exact::whole(10))?);
    let (top, bottom, gives) = if gives.apart(stated)? <= gives.apart(turned)? {
        (first, second, gives)
    } else {
        (second, first, second.value?.over(first.value?)?)
    };
    let weighed = any_in(&ratio.site.paragraph_text, &["折合", "折算", "外聘", "兼职"]);
    let off = near(stated) == Some(false) && near(turned) == Some(false);
    (off && !weighed).then(|| quotient(top, bottom, ratio, gives, false))
}

/// What a ratio is of, wherever it stands among these counts. Only what agrees is told.
pub(super) fn far(ratio: &Claim, here: &[&Claim]) -> Option<Relation> {
    let held = pupils_per_teacher(ratio, here).filter(|it| it.finding == Finding::Consistent);
    // What stands before the ratio is meant before what follows.
    let before: Vec<&Claim> = here.iter().copied().filter(|c| c.site.start < ratio.site.start).collect();
    let by_characters = |here: &[&Claim]| ratio_of_characters(ratio, here, false);
    let named = held.or_else(|| named_ratio(ratio, here)).or_else(|| by_characters(&before));
    named.or_else(|| by_characters(here))
}

/// 学生总数5000人，男女比例为3:2，男生3000人: two of the three counts show the third.
fn of_sexes(ratio: &Claim, here: &[&Claim]) -> Option<Relation> {
    let [a, b] = ratio.terms[..] else { return None };
    let said = ["男女比", "男女生比", "男女人数比"].iter().any(|word| ratio.site.before.contains(word));
    let called =
        |sex: &str| here.iter().copied().find(|c| c.site.before.contains(sex) && !c.site.before.contains("男女"));
    let (men, women) = (called("男"), called("女"));
    let whole = here.iter().copied().find(|c| {
        counts_people(&c.unit)
            && c.bound == Bound::Exact
            && [men, women].iter().flatten().all(|part| part.value < c.value)
    });
    let rest = |part: &Claim, all: &Claim| format!("({}-{})", shown(all), shown(part));
    let (top, bottom, counts, over) = match (men, women, whole) {
        (Some(m), Some(w), _) => (m.value?, w.value?, [m, w], [shown(m), shown(w)]),
        (Some(m), None, Some(all)) => (m.value?, all.value?.minus(m.value?)?, [m, all], [shown(m), rest(m, all)]),
        (None, Some(w), Some(all)) => (all.value?.minus(w.value?)?, w.value?, [all, w], [rest(w, all), shown(w)]),
        _ => return None,
    };
    let (gives, stated) = (top.over(bottom)?, a.over(b)?);
    // Ratios of small numbers are rounded freely: a twentieth is allowed.
    let slack = stated.over(Exact::int(20)?)?;
    let holds = gives >= stated.minus(slack)? && gives <= stated.plus(slack)?;
    if !said || counts.iter().any(|c| c.bound != Bound::Exact) {
        return None;
    }
    let mut it = quotient(counts[0], counts[1], ratio, gives, holds);
    let [above, below] = over;
    it.working.zh = format!("{above}÷{below}＝{}，文中为{}", gives.show(2), shown(ratio));
    it.working.with[..2].clone_from_slice(&[("numerator", above), ("denominator", below)]);
    Some(it)
}

/// Half a step of the last printed digit of a ratio's longer term: 18.5:1.
pub(super) fn half_step(ratio: &Claim) -> Option<Exact> {
    let behind_point = ratio.text.split_once(['.', '．']).map_or("", |(_, tail)| tail);
    let decimals = behind_point.chars().take_while(|c| c.is_numeric()).count();
    Exact::new(1, 2 * 10i128.checked_pow(u32::try_from(decimals).ok()?)?)
}

fn pupils_per_teacher(ratio: &Claim, here: &[&Claim]) -> Option<Relation> {
    let [a, b] = ratio.terms[..] else { return None };
    if !any_in(&ratio.site.before, &["师生比", "生师比"]) || a <= Exact::ZERO || b <= Exact::ZERO {
        return None;
    }
    let (few, many) = if a < b { (a, b) } else { (b, a) };
    let stated = many.over(few)?;
    let half = half_step(ratio)?;
    // 约为1:500: a twentieth is allowed.
    let half = if ratio.text.contains('约') { half.max(stated.over(Exact::int(20)?)?) } else { half };
    let people: Vec<&Claim> = here
        .iter()
        .copied()
        .filter(|c| counts_people(&c.unit) && c.unit != "人次" && c.numeral != Numeral::None)
        .collect();
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let teachers = people.iter().copied().filter(|c| any_in(&words(c), &["教师", "师资", "教职工", "老师"]));
    let pupils: Vec<&Claim> =
        people.iter().copied().filter(|c| any_in(&words(c), &["学生", "在校生", "在籍生", "学员", "生数"])).collect();
    let pairs =
        teachers.flat_map(|t| pupils.iter().map(move |p| (*p, t))).filter(|(p, t)| p.id != t.id && p.value > t.value);
    let gives = |(p, t): &(&Claim, &Claim)| p.value?.over(t.value?);
    let holds = |pair: &(&Claim, &Claim)| {
        gives(pair).and_then(|g| Some(g >= stated.minus(half)? && g < stated.plus(half)?)) == Some(true)
    };
    let found = pairs.clone().find(holds);
    let (pupils, teachers) = found.or_else(|| pairs.clone().next())?;
    let mut it = quotient(pupils, teachers, ratio, gives(&(pupils, teachers))?, found.is_some());
    // 专职教师4名，兼职2名；专职师生比1:2316: the ratio names whose it is.
    let named = ["专职", "专任"].iter().any(|w| ratio.site.before.contains(w) && words(teachers).contains(w));
    let mixed = any_in(&ratio.site.paragraph_text, &["折合", "折算", "外聘", "兼职"]);
    it.primary = found.is_some() || pairs.count() == 1 && (named || !mixed);
    Some(it)
}

/// 提供岗位1.62万个…岗位数与毕业生人数之比达9.3:1: the two counts the ratio names. 按参赛学生人次测算，教练与选手之比为1:7.5: one of the
/// names may stand for what the clause before says.
fn named_ratio(ratio: &Claim, here: &[&Claim]) -> Option<Relation> {
    let [top, bottom] = ratio.terms[..] else { return None };
    let (first, second) = ratio.site.before.split_once(['与', '和'])?;
    let second = &second[..second.find('比')?];
    let upside_down = top < bottom;
    let (stated, half) = (if upside_down { bottom.over(top)? } else { top.over(bottom)? }, half_step(ratio)?);
    // 3:2 leaves less room than 3:1.
    let half = half.over(top.min(bottom))?;
    let reckoned = said_before(ratio).rsplit_once('按').and_then(|(_, rest)| {
        let (name, _) = rest.split_once('，')?;
        ["测算", "计算", "折算", "统计", "计"].iter().find_map(|word| name.strip_suffix(word)).map(str::to_string)
    });
    let named = |name: &str| {
        let name = name.to_string();
        here.iter().rev().filter(move |c| shared(&name, &words(c)) >= 2 && c.site.start < ratio.site.start)
    };
    let gives = |a: &Claim, b: &Claim| if upside_down { b.value?.over(a.value?) } else { a.value?.over(b.value?) };
    let fits = |gives: Exact| {
        stated.minus(half).is_some_and(|low| gives >= low) && stated.plus(half).is_some_and(|high| gives < high)
    };
    let pair = |first: &str, second: &str| {
        named(first).find_map(|a| {
            named(second).find_map(|b| {
                let gives = gives(a, b).filter(|gives| a.id != b.id && fits(*gives))?;
                Some(quotient(a, b, ratio, gives, true))
            })
        })
    };
    let of_reckoned = || {
        let name = reckoned.as_deref()?;
        pair(first, name).or_else(|| pair(name, second))
    };
    pair(first, second).or_else(of_reckoned)
}

/// 生职比15:1, 生机比6:1: each of the two is named by one character. Only what agrees is told.
/// Where each is counted but once in the sentence, what does not agree is told too.
fn ratio_of_characters(ratio: &Claim, here: &[&Claim], once: bool) -> Option<Relation> {
    const NAMES: &[(char, &[&str])] = &[
        ('生', &["在校生", "学生", "学员"]),
        ('师', &["教师", "老师", "导师", "培训师", "师傅"]),
        ('徒', &["学徒", "徒弟"]),
        ('导', &["导师"]),
        ('学', &["学生", "学员"]),
        ('职', &["教职工", "职工"]),
        ('机', &["计算机", "电脑"]),
        ('班', &["班级", "教学班"]),
    ];
    let [a, b] = ratio.terms[..] else { return None };
    let lead: Vec<char> = ratio.site.before.trim_end_matches(['为', '达', '是', '约']).chars().collect();
    let [.., first, second, '比'] = lead[..] else { return None };
    let called = |name: char| {
        let words = NAMES.iter().find(|(own, _)| *own == name)?.1;
        here.iter()
            .rev()
            .copied()
            .find(|c| any_in(&self::words(c), words) && c.bound == Bound::Exact && c.kind == Kind::Count)
    };
    let (top, bottom) = (called(first)?, called(second)?);
    let others = here.iter().filter(|c| c.id != top.id && c.id != bottom.id && counts_people(&c.unit)).count();
    let sure = once && others == 0 && counts_people(&top.unit) && counts_people(&bottom.unit);
    // 1:16.7 is as much as 16.7:1 the other way round.
    let one = Exact::int(1)?;
    let (gives, stated) = (top.value?.over(bottom.value?)?, a.over(b)?);
    let (gives, stated) = if stated < one { (one.over(gives)?, b.over(a)?) } else { (gives, stated) };
    let half = half_step(ratio)?;
    let fits = top.id != bottom.id && gives >= stated.minus(half)? && gives < stated.plus(half)?;
    (fits || sure && top.id != bottom.id).then(|| quotient(top, bottom, ratio, gives, fits))
}
