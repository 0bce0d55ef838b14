//! Do two counts speak of the same thing? What they are called, what narrows them, and whether their figures differ as slips do.

use std::collections::HashSet;

use jc_text::fold::is_han;

use crate::document::{Claim, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::{anagram, neighbours, one_digit};
use crate::relate::wording::around::{around, pairs};
use crate::relate::wording::comparable::like_units;
use crate::relate::wording::{cues, label};
use crate::words::{AHEAD, any_in};

/// A count and the pairs of characters around it.
pub(super) struct Counted<'a> {
    pub(super) claim: &'a Claim,
    pub(super) pairs: HashSet<(char, char)>,
    /// It is what is planned.
    pub(super) planned: bool,
    /// It is what is to be come to: it tells of no other number.
    pub(super) ahead: bool,
}

impl<'a> Counted<'a> {
    pub(super) fn of(claim: &'a Claim) -> Counted<'a> {
        let planned = any_in(&claim.site.clause_text, PLANNED);
        // 明年力争…，工种由21个增至25个: what is to be is not what is.
        let ahead = any_in(&claim.site.sentence_text, AHEAD) && !cues::is_old(claim) && reached(claim);
        Counted { claim, pairs: pairs(claim), planned, ahead }
    }
}

pub(super) fn like(one: &Counted, other: &Counted) -> bool {
    let (first, second) = (one.claim, other.claim);
    let units = like_units(first, second);
    let steps = first.step == second.step || first.kind == Kind::Money && in_steps(first, second).is_some();
    if !units || first.kind != second.kind || !steps || one.ahead || other.ahead {
        return false;
    }
    same_years(one, other)
}

/// Are both of one year, as far as years are said?
pub(super) fn same_years(one: &Counted, other: &Counted) -> bool {
    let (first, second) = (one.claim, other.claim);
    // 今年招生计划1500人 and 2026年计划招生1600人: what is planned for a year that is named is planned for no other.
    let said = |c: &Claim| c.period.as_ref().is_some_and(|period| period.said);
    let years = |c: &Claim| c.period.as_ref().map(|period| period.years.clone()).unwrap_or_default();
    match (said(first), said(second)) {
        (true, true) => years(first) == years(second),
        (false, false) => true,
        _ => !(one.planned || other.planned) || years(first).iter().any(|year| years(second).contains(year)),
    }
}

/// Words of what is planned.
const PLANNED: &[&str] = &["计划", "拟", "力争", "预计"];

/// 增至25个, 达到12万元, 扩大到30间: what is come to.
fn reached(claim: &Claim) -> bool {
    let lead = claim.site.before.trim_end_matches(['了', '近', '约', '超', '过']);
    lead.ends_with(['至', '到', '成', '达']) || any_in(lead, &["突破", "新增", "增加"])
}

/// A name of so many characters is that of one thing, however small its count.
pub(super) const LONG_NAME: usize = 5;

/// 62 and 64, 9240 and 9420, 45 and 46: what a hand mistypes, or an edit leaves, is near. Shares of one kind lie near each
/// other anyway; of them only 99.26 and 99.62 are told.
pub(super) fn slipped(first: &Claim, second: &Claim) -> bool {
    let Some((a, b)) = in_steps(first, second) else { return false };
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    let near = || {
        let apart = high.minus(low)?;
        let few = apart <= Exact::int(2)? && low >= Exact::int(15)?;
        // Sums of money with decimals lie near each other, and are no slips.
        Some(few || !first.text.contains(['.', '．']) && apart.times(Exact::int(12)?)? <= high)
    };
    // 3万元 and 1万元 differ in one digit, as all of them do: only a long name makes them one.
    let longest = if Exact::int(5).is_some_and(|five| low < five) { LONG_NAME } else { LONG_NAME - 1 };
    // 500万 and 100万 have one digit each, too.
    let bare = |mut number: Exact| {
        while let Some(less) = number.over(Exact::whole(10)).filter(|less| less.as_int().is_some_and(|n| n > 0)) {
            number = less;
        }
        number
    };
    let few =
        low < Exact::whole(10) || low >= Exact::whole(100) && bare(a) < Exact::whole(10) && bare(b) < Exact::whole(10);
    let few_digits = few && label::shared(first, second) < longest;
    a != b
        && (neighbours(a, b)
            || anagram(a, b)
            || first.kind != Kind::Rate && !few_digits && (one_digit(a, b) || near() == Some(true)))
}

/// Both in whole steps of the coarser one: 6210000元 and 612万元 are 621 and 612.
fn in_steps(first: &Claim, second: &Claim) -> Option<(Exact, Exact)> {
    let step = first.step.max(second.step);
    let (a, b) = (first.value?.over(step)?, second.value?.over(step)?);
    let whole = first.step == second.step || a.as_int().is_some() && b.as_int().is_some();
    whole.then_some((a, b))
}

/// Do both share words that no other number of the kind has, and does nothing narrow one that does not narrow the other?
pub(super) fn same_thing(one: &Counted, other: &Counted, rivals: &[Counted]) -> bool {
    let (first, second) = (one.claim, other.claim);
    let shared: HashSet<(char, char)> = one.pairs.intersection(&other.pairs).copied().collect();
    let others = || rivals.iter().filter(|c| c.claim.id != first.id && c.claim.id != second.id && like(c, one));
    // …接受捐赠1580万元，其中校友捐赠986万元: what stands before the number before it is not its own.
    let own = |c: &Claim| {
        let text: Vec<char> = format!("{}，{}", c.site.before, c.site.after).chars().collect();
        text.windows(2)
            .filter(|pair| shared.contains(&(pair[0], pair[1])))
            .map(|pair| (pair[0], pair[1]))
            .collect::<HashSet<_>>()
            .len()
    };
    // …so of what stands right behind one of the two only its own words count.
    let behind = |c: &Claim| {
        [first, second].iter().any(|one| c.site.sentence == one.site.sentence && c.site.start > one.site.start)
    };
    let held = |c: &Counted| if behind(c.claim) { own(c.claim) } else { c.pairs.intersection(&shared).count() };
    let best = others().map(held).max().unwrap_or(0);
    // Two digits that changed places in a large number tell enough: one word will do, and of four digits none is needed.
    let changed_places = first.value.zip(second.value).is_some_and(|(a, b)| neighbours(a, b));
    let swapped = changed_places && first.value >= Exact::int(1000);
    let ten = Exact::whole(10);
    let odd = |number: Exact| Exact::int(1000) <= Some(number) && number.over(ten).and_then(Exact::as_int).is_none();
    let uneven = |number: Exact| Exact::int(100) <= Some(number) && number.over(ten).and_then(Exact::as_int).is_none();
    // 与164家企业…, 签约的企业有146家: two of three are told by the noun that stands beside both.
    let beside = || changed_places && first.value >= Exact::int(100) && beside(first, second);
    let least = match () {
        () if swapped && in_steps(first, second).is_some_and(|(a, b)| odd(a) && odd(b)) => 0,
        () if swapped => 1,
        () if first.value < Exact::int(10) => 7,
        () if first.value < Exact::int(20) => 3,
        () => 2,
    };
    // 安全隐患27处 and 25处安全隐患: called the same, and nothing else is.
    let called = label::shared(first, second);
    let alone_called =
        || called >= 4 && others().all(|c| label::shared(c.claim, first).max(label::shared(c.claim, second)) < called);
    if alone_called() && of_one(one, other) && parted_by(one, other, true).is_none() {
        return true;
    }
    let alone_so = || swapped && shared.len() >= 3 && others().all(|c| own(c.claim) < shared.len());
    // 助学金236.8万元 and 补助263.8万元: what is called otherwise is another thing.
    let otherwise = || {
        let (one, two) = (label::lead(first), label::lead(second));
        let named = one.chars().count() >= 2 && two.chars().count() >= 2;
        named && shared.is_empty()
    };
    let told = shared.len() >= least && (best < shared.len() || least == 0 && !otherwise());
    // 校外268个…。校外实训基地数量虽已达286个: whatever else is told in these words, it is no such slip of it.
    let exchanged = || {
        let uneven = in_steps(first, second).is_some_and(|(a, b)| uneven(a) && uneven(b));
        let names = |one: &Claim, other: &Claim| {
            let (before, behind) = around(other);
            let text: String = before.into_iter().chain(behind).collect();
            let own = label::lead(one);
            own.chars().count() >= 2 && text.contains(own)
        };
        changed_places && uneven && shared.len() >= 2 && (names(first, second) || names(second, first))
    };
    (told || alone_so() || beside() || exchanged()) && unparted(one, other) && of_one(one, other)
}

/// Is the word behind one number also that behind the other, or leads to it?
fn beside(first: &Claim, second: &Claim) -> bool {
    let noun = |c: &Claim| -> Option<String> {
        let noun: String = c.site.after.chars().take_while(|c| is_han(*c)).take(2).collect();
        (noun.chars().count() == 2).then_some(noun)
    };
    let lead = |c: &Claim| c.site.before.trim_end_matches(['已', '有', '达', '为', '共']).to_string();
    let leads = |one: &Claim, other: &Claim| noun(one).is_some_and(|noun| lead(other).ends_with(&noun));
    leads(first, second) || leads(second, first) || noun(first).is_some() && noun(first) == noun(second)
}

/// Does nothing narrow one that does not narrow the other?
pub(super) fn unparted(one: &Counted, other: &Counted) -> bool {
    parted_by(one, other, false).is_none()
}

/// What narrows one and not the other. Where both are called by one long name, it does not matter of what each is a part.
pub(super) fn parted_by(one: &Counted, other: &Counted, one_name: bool) -> Option<&'static str> {
    let adds = |c: &Claim| any_in(&c.site.before, ADDED);
    if adds(one.claim) != adds(other.claim) {
        return Some("新增");
    }
    // 计划培训1200名, 实际培训1020名: what was planned is not what was done.
    let done = |c: &Claim| any_in(&c.site.before, &["实际", "实有", "实招", "实到", "已"]);
    if one.planned != other.planned && (done(one.claim) || done(other.claim)) {
        return Some("计划");
    }
    let alone = |one: &Claim, other: &Claim| {
        let (before, behind) = around(other);
        let words: String = before.into_iter().chain(behind).collect();
        narrowing(one, one_name).into_iter().find(|(_, said)| !words.contains(said)).map(|(word, _)| word)
    };
    alone(one.claim, other.claim).or_else(|| alone(other.claim, one.claim))
}

/// Words of what came to be, beside what is there.
pub(in crate::relate) const ADDED: &[&str] =
    &["新增", "新建", "新聘", "新添", "新购", "新设", "新签", "新立", "净增", "引进", "减少", "退出"];

/// 330名专任教师… and 390名教职工…: where people are named behind both numbers, they have a word in common.
pub(super) fn of_one(one: &Counted, other: &Counted) -> bool {
    const NOUN: usize = 5;
    const PEOPLE: &[char] = &['师', '生', '工', '员', '手', '者', '长'];
    let noun = |c: &Claim| -> Vec<char> { c.site.after.chars().take_while(|c| is_han(*c)).take(NOUN).collect() };
    let (a, b) = (noun(one.claim), noun(other.claim));
    let people = [&a, &b].iter().all(|noun| noun.iter().take(4).any(|c| PEOPLE.contains(c)));
    !people || a.windows(2).any(|pair| b.windows(2).any(|other| pair == other))
}

/// What narrows a count (机电系, 男生, 上半年, 省级), and how it is said there, with the name before it: 机电系 is not 信息系.
fn narrowing(claim: &Claim, one_name: bool) -> Vec<(&'static str, String)> {
    const PARTS: &[&str] = &[
        "系",
        "班",
        "专业",
        "届",
        "轮",
        "批",
        "组",
        "年级",
        "校区",
        "分院",
        "中心",
        "季",
        "学期",
        "半年",
        "月",
        "村",
        "镇",
        "县",
        "公司",
        "企业",
        "男",
        "女",
        "支部",
        "其中",
        "一等",
        "二等",
        "三等",
        "国家级",
        "省级",
        "市级",
        "校级",
        "第一",
        "第二",
        "第三",
        "第四",
        "一期",
        "二期",
        "楼",
        "馆",
        "食堂",
    ];
    // Words that stand behind the name of one of several.
    const OF_SEVERAL: &[&str] = &["系", "班", "校区", "分院", "支部", "村", "镇", "县", "楼", "馆", "月"];
    let (before, _) = around(claim);
    let lead: String = before.into_iter().collect();
    let lead = lead.rsplit(['，', '、']).next().unwrap_or_default();
    // 专业课教师中企业兼职教师62人: the teachers of whom some are counted narrow them to nothing else.
    let lead = if one_name { lead.rsplit('中').next().unwrap_or_default() } else { lead };
    let said = |word: &'static str| -> Option<(&'static str, String)> {
        let at = lead.rfind(word)?;
        let part = |c: &char| is_han(*c) || word == "月" && c.is_ascii_digit();
        let name: Vec<char> = lead[..at].chars().rev().take_while(part).take(2).collect();
        let name: String = name.into_iter().rev().collect();
        let named = OF_SEVERAL.contains(&word);
        // 从村里采购: no village of a name.
        if named && (name.is_empty() || name.ends_with(['从', '在', '到', '对', '向', '入', '驻'])) {
            return None;
        }
        Some((word, if named { format!("{name}{word}") } else { word.to_string() }))
    };
    PARTS
        .iter()
        .copied()
        .filter(|word| any_in(lead, &[word]))
        .filter(|word| !(one_name && *word == "其中"))
        .filter_map(said)
        .collect()
}
