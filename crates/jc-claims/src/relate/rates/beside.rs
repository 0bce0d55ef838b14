//! What stands beside a rate: the counts it may be of, and whether its words say that it is a share of them.

use super::readings::gives_rate;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::wording::around::{offset, said_after, said_before, says, words_of};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::units::counts_people;
use crate::words::{PEOPLE, STOCK, SUMMED, WHOLE, any_in};

/// Counts in the rate's sentence, those before it first; if there are none, what was counted before the semicolon, or
/// wholes in the sentence before it. A share (占比) looks back to the full stop: 教师268人，其中…；双师型233人，占86.9%.
pub(super) fn counts_beside<'a>(doc: &'a Document, rate: &Claim) -> Vec<&'a Claim> {
    // 支付进度, 利润率, 节约率 are shares of money.
    const OF_MONEY: &[&str] =
        &["支付", "拨付", "执行", "支出", "到账", "到位", "回款", "利润", "毛利", "节约", "节支", "使用"];
    let stem = rate.subject.trim_end_matches("进度").trim_end_matches('率');
    // 审计金额6420万元，审减257万元，审减率4%: the money is called so.
    let last_two = stem.char_indices().rev().nth(1).map(|(at, _)| &stem[at..]);
    let called = || {
        let here = doc.around(rate).iter().filter(|c| c.site.sentence == rate.site.sentence && c.kind == Kind::Money);
        last_two.is_some_and(|word| {
            let actual = format!("实{}", word.chars().next().unwrap_or_default());
            here.clone().any(|c| c.site.before.contains(word) || c.site.before.contains(&actual))
        })
    };
    let spends = stem.len() < rate.subject.len() && (OF_MONEY.iter().any(|word| stem.ends_with(word)) || called());
    let money = |claim: &Claim| {
        (says_share(rate) || spends) && claim.kind == Kind::Money || says_share(rate) && is_measure(claim)
    };
    // 已历时14个月，占总工期的66.7%.
    // 322名自报睡眠不足7小时，占28.0%: a bound is no time that was spent.
    let timed = |claim: &Claim| matches!(claim.kind, Kind::Duration | Kind::Hours) && claim.bound == Bound::Exact;
    let of_time = any_in(&rate.site.before, &["工期", "时间", "学时", "课时", "时长"])
        || doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start).is_some_and(timed);
    let lasting = |claim: &Claim| says_share(rate) && of_time && timed(claim);
    // 热线接听318次，夜间127次，占40%: what is said to be a share may be one of events.
    let events =
        |claim: &Claim| says_share(rate) && claim.kind == Kind::Count && claim.unit == "次" && claim.each.is_none();
    let counts: Vec<&Claim> = doc
        .around(rate)
        .iter()
        .filter(|claim| may_count(claim) || money(claim) || events(claim) || lasting(claim))
        .collect();
    let chain: Vec<&Claim> = counts
        .iter()
        .copied()
        .filter(|claim| claim.site.chain == rate.site.chain && claim.site.start < rate.site.start)
        .collect();
    // 毕业生407人。其中，就业391人，就业率96.07%: the sentence goes on from the one before. A share does so in all parts of
    // its sentence that semicolons part.
    let opening = doc.around(rate).iter().find(|claim| says_share(rate) && claim.site.chain == rate.site.chain);
    let opening = opening.unwrap_or(rate);
    let goes_on = opening.site.sentence_text.starts_with("其中");
    let last_sentence = |claim: &&Claim| {
        claim.site.sentence + 1 == opening.site.sentence && claim.site.paragraph == rate.site.paragraph
    };
    let with_last = |own: Vec<&'a Claim>| -> Vec<&'a Claim> {
        if goes_on { counts.iter().copied().filter(last_sentence).chain(own).collect() } else { own }
    };
    if says_share(rate) {
        return with_last(chain);
    }
    let own: Vec<&Claim> = counts.iter().copied().filter(|claim| claim.site.sentence == rate.site.sentence).collect();
    let earlier: Vec<&Claim> = own.iter().copied().filter(|claim| claim.site.start < rate.site.start).collect();
    // 比2023年（申报41人，通过24人，通过率58.5%）: what stands in brackets keeps to itself.
    let open = last_open_bracket(rate);
    let inside: Vec<&Claim> = earlier.iter().copied().filter(|c| open.is_some_and(|at| c.site.start > at)).collect();
    if inside.len() >= 2 {
        return inside;
    }
    // 其中高级工1264人参加，合格1035人，合格率81.9%: a whole and a part of its own need none of the sentence before.
    let complete = earlier.windows(2).any(|pair| alike(pair[0], pair[1]) && pair[0].value > pair[1].value);
    if !earlier.is_empty() {
        return if complete { earlier } else { with_last(earlier) };
    }
    if !own.is_empty() {
        // 合格率99.6%，体质测试参测4120人，达标3910人，达标率94.9%: what leads to a rate of its own is of that one.
        let later = doc
            .around(rate)
            .iter()
            .find(|c| c.kind == Kind::Rate && c.site.sentence == rate.site.sentence && c.site.start > rate.site.start);
        let led = |c: &&&Claim| later.is_some_and(|later| c.site.start < later.site.start);
        let leading: Vec<&Claim> = own.iter().filter(led).copied().collect();
        let theirs = leading.windows(2).any(|pair| {
            let (whole, part) = if pair[0].value > pair[1].value { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            later.is_some_and(|later| gives_rate(later, &[part], &[whole]) == Some(true))
        });
        // 合格率95.5%，84人通过: only counts in the next clauses belong to the rate.
        let near = own.into_iter().filter(|claim| claim.site.clause <= rate.site.clause + 2);
        return if theirs { Vec::new() } else { near.collect() };
    }
    let first = rate.site.sentence_text.starts_with(&*rate.site.clause_text);
    let whole = |claim: &&Claim| last_sentence(claim) && says(claim, WHOLE) && !of_others(claim, rate);
    counts.into_iter().filter(|claim| first && whole(claim)).collect()
}

/// 9600平方米, 1860吨: measures have shares too.
fn is_measure(claim: &Claim) -> bool {
    adds_up(claim) && claim.each.is_none()
}

/// Where the bracket opens in which the claim stands, if that is near.
fn last_open_bracket(claim: &Claim) -> Option<usize> {
    const MOST: usize = 200;
    let offset = offset(claim);
    let from = offset.saturating_sub(MOST);
    let before: Vec<char> = said_before(claim).chars().skip(from).collect();
    let at = before.iter().rposition(|c| matches!(c, '（' | '）')).filter(|&at| before[at] == '（')?;
    Some(claim.site.sentence_start + from + at)
}

/// Whether a rate is about other people than a count of the sentence before it: 专任教师120人。成人高考上线率91.1%.
fn of_others(count: &Claim, rate: &Claim) -> bool {
    const LEARNERS: &[&str] = &["学生", "毕业生", "学员"];
    let named = |text: &str| -> Vec<&str> {
        PEOPLE.iter().filter(|(_, words)| any_in(text, words)).map(|(name, _)| *name).collect()
    };
    let (theirs, own) = (named(words_of(count)), named(&rate.site.before));
    if own.is_empty() {
        // A rate that only says 合格率 is of whomever was counted; one with a longer name is of learners unless it says whose.
        let longer = rate.site.before.chars().count() > 4;
        return longer && !theirs.is_empty() && !theirs.iter().any(|name| LEARNERS.contains(name));
    }
    !theirs.is_empty() && !theirs.iter().any(|name| own.contains(name))
}

/// Events are held, not reached: 12次, 3场 are no base of a rate; nor is what each of several has.
pub(in crate::relate) fn may_count(claim: &Claim) -> bool {
    const EVENTS: &[&str] = &["次", "场", "期", "批", "届", "轮", "场次"];
    // 两项合计的优良率: how many were added is no count of what the rate is of.
    let added = claim.numeral == Numeral::Chinese && SUMMED.iter().any(|word| claim.site.after.starts_with(word));
    matches!(claim.kind, Kind::Count | Kind::PersonTimes)
        && claim.each.is_none()
        && claim.numeral != Numeral::None
        && !EVENTS.contains(&claim.unit.as_str())
        && !added
}

/// What leads to the base of a share that stands inside it: 是计划600人次的107.5%.
pub(super) const OF_BASE: &[&str] =
    &["占", "完成", "是计划", "为计划", "是目标", "为目标", "是任务", "为任务", "是年度", "为年度", "是全年"];

/// 占45%, 占比达45%: a share of what was said before.
pub(in crate::relate) fn says_share(rate: &Claim) -> bool {
    let lead = rate.site.before.as_str();
    // 占学生总数（1200人）的45%: the whole stands between.
    let behind_whole = matches!(lead, "）的" | "的") && {
        let said = said_before(rate);
        said.rsplit(['，', '：']).next().is_some_and(|clause| any_in(clause, OF_BASE))
    };
    // 升学156人（13.0%）: nothing but the share stands in the brackets.
    let bracketed = lead == "（" && rate.site.after.starts_with('）');
    // 分别占61%和39%: the later ones of a row.
    let row = matches!(lead, "" | "、" | "和" | "与" | "及" | "以及") && in_turn(&rate.site.clause_text);
    // 保费158950元，学校承担60%，即95370元: who bears it, and how much that is.
    let borne = ["承担", "负担", "分担", "补贴", "补助", "资助", "自筹"].iter().any(|word| lead.ends_with(word))
        && ["，即", "（即"].iter().any(|word| said_after(rate).starts_with(word));
    lead.contains('占') || behind_whole || bracketed || row || borne
}

/// 分别占, 占比依次为: shares told in the order of their parts.
pub(super) fn in_turn(text: &str) -> bool {
    const SAID: &[&str] = &["分别占", "依次占", "分别为占"];
    let after = |word: &str| {
        text.split_once(word).is_some_and(|(_, rest)| rest.starts_with("分别") || rest.starts_with("依次"))
    };
    any_in(text, SAID) || ["占比", "比例", "比重", "份额"].iter().any(|word| after(word))
}

/// The largest of the counts, if it is named as a whole or all others stand behind it.
pub(super) fn whole_of<'a>(counts: &[&'a Claim]) -> Option<&'a Claim> {
    let value = |claim: &Claim| claim.value.unwrap_or(Exact::ZERO);
    let largest =
        counts.iter().copied().max_by(|a, b| value(a).cmp(&value(b)).then(b.site.start.cmp(&a.site.start)))?;
    let first = counts.first()?.id == largest.id;
    let alone = counts.len() == 1;
    (says(largest, WHOLE) || says(largest, STOCK) || (first && !alone)).then_some(largest)
}

/// A rate of teachers is no share of the pupils: whom the rate names, the whole must name.
pub(in crate::relate) fn same_people(rate: &Claim, whole: &Claim) -> bool {
    let named = PEOPLE.iter().filter(|(word, _)| rate.subject.contains(word));
    let own = words_of(whole);
    // 93家 are no 学员, whatever words stand around them.
    let people = |word: &str| !matches!(word, "企业" | "用人单位");
    named.into_iter().all(|(word, names)| any_in(own, names) && (!people(word) || counts_people(&whole.unit)))
}
