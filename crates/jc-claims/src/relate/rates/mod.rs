//! Shares: do the counts beside a printed rate give it, and if one of them is missing, which whole numbers would?
//!
//! Which count stands above and which below the line is decided by words. Where words allow several readings, the
//! one that holds is taken as meant and the others are kept as readings; where none holds, the most literal one is.

pub(super) mod bases;
mod closed;
mod framed;
mod lone;
pub(super) mod outcomes;
pub(super) mod reached;
pub(super) mod results;
pub(super) mod rows;
mod rows_alike;
pub(super) mod shares;
pub(super) mod told_of;

use std::collections::HashSet;

use self::lone::{alone, denominator_missing, numerator_over};
use self::results::{PASSED, ResultWord, result_of};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::printed::{interval, joined, shown};
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, Role, Slip, Working, relation};
use crate::relate::sums::addition::held_within;
use crate::relate::wording::around::{says, words_of};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues::{closing, is_old};
use crate::units::counts_people;
use crate::words::{ACHIEVED, AHEAD, PEOPLE, STOCK, SUMMED, WHOLE, any_in};

pub(super) fn rates(doc: &Document, all: &mut Vec<Relation>) {
    for rate in doc.claims.iter().filter(|claim| claim.kind == Kind::Rate && claim.unit == "%") {
        // 占比由68.5%提高到74.2%: what is counted now has nothing to do with the earlier share.
        if is_old(rate) {
            all.extend(old_share(doc, rate));
            continue;
        }
        let before = all.len();
        let counts = counts_beside(doc, rate);
        if says_share(rate) && shares::of_region(doc, rate, all) {
            continue;
        }
        let inner = || shares::of_inner_base(doc, rate);
        if let Some(it) = shares::beyond(doc, rate).or_else(|| shares::settled(doc, rate)).or_else(inner) {
            all.push(it);
        } else if shares::of_each_place(rate, &counts) {
            continue;
        } else if says_share(rate) {
            shares::share(doc, rate, &counts, all);
            shares::of_all_listed(doc, rate, &mut all[before..]);
        } else if let Some(it) = rows::of_grades(doc, rate) {
            all.push(it);
        } else if let Some(row) = rows::respectively(doc, rate) {
            all.extend(row);
        } else {
            named_rate(doc, rate, &counts, all);
            second_look(doc, rate, &counts, before, all);
        }
        if all.len() == before && rate.bound == Bound::Exact {
            all.extend(alone(doc, rate));
        }
    }
    shares::all_shares(doc, all);
    not_reached(doc, all);
}

/// Rates that what stands around them leaves only one reading.
pub(super) fn by_surroundings(doc: &Document, all: &mut Vec<Relation>) {
    closed::closed(doc, all);
    framed::framed(doc, all);
    rows_alike::rows_alike(doc, all);
}

/// 教师由58人增加到286人，其中高级讲师由6人增加到74人，所占比例由10.3%提高到25.9%: the earlier share, of the earlier counts.
/// Only what agrees is told.
fn old_share(doc: &Document, rate: &Claim) -> Option<Relation> {
    let here = doc.around(rate).iter().rev();
    let olds = here.filter(|c| c.site.sentence == rate.site.sentence && c.site.start < rate.site.start);
    let olds: Vec<&Claim> = olds.filter(|c| may_count(c) && is_old(c) && c.bound == Bound::Exact).collect();
    let (part, wholes) = olds.split_first()?;
    let larger = wholes.iter().filter(|whole| alike(whole, part) && whole.value > part.value);
    larger.filter_map(|whole| reading(rate, &[part], whole, &[])).find(|it| it.finding == Finding::Consistent)
}

/// 报到2056人，报到率96.1%，未报到84人: who did and who did not make the whole that their rate is of.
fn not_reached(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    let held = Holding::of(all);
    let sums = all.iter().filter(|it| it.kind == RelationKind::Sum);
    let summed: HashSet<String> = sums.flat_map(|it| it.members.iter().map(|(_, id)| id.clone())).collect();
    for left in doc.claims.iter().filter(|c| (may_count(c) || c.kind == Kind::Money) && c.bound == Bound::Exact) {
        let lead = left.site.before.trim_start_matches(['，', '；', '、', '（', '仅', '有', '只', '尚', '还']);
        let denied = |text: &str| {
            let word = ["没有", "未能", "未"].iter().find_map(|no| text.strip_prefix(no))?;
            Some(word.chars().take(2).collect::<String>()).filter(|word| word.chars().count() == 2)
        };
        let behind = left.site.after.trim_start_matches(['尚', '还']);
        // 已使用141万元，使用率94%，结余9万元: what is spared was not used.
        let spare = ["结余", "余额", "剩余", "结转", "尚余", "其余"].iter().any(|word| lead.starts_with(word))
            && lead.chars().count() <= 4;
        let spared = || spare.then(String::new);
        let denied = denied(lead).or_else(|| denied(behind).filter(|_| lead.is_empty())).or_else(spared);
        let Some(word) = denied else { continue };
        let passed = PASSED.contains(&word.as_str());
        let last = doc.around(left).iter().rev().find(|c| c.kind == Kind::Rate && c.site.start < left.site.start);
        let Some(rate) = last.filter(|rate| rate.site.chain == left.site.chain && !says_share(rate)) else { continue };
        let Some((done, whole)) = held.part_and_whole(doc, rate).filter(|(done, _)| alike(done, left)) else {
            continue;
        };
        let said = words_of(done);
        let used = spare
            && (any_in(&rate.subject, &["使用率", "执行率", "支出率", "支付率"])
                || left.kind != Kind::Money && any_in(&rate.subject, &["整改率", "完成率", "办结率", "修复率"]));
        let same = used || !spare && (said.contains(&word) || passed && any_in(&said, PASSED));
        if same && !summed.contains(&left.id) {
            found.extend(held_within(RelationKind::Sum, whole, &[done, left]));
        }
    }
    all.extend(found);
}

/// Counts in the rate's sentence, those before it first; if there are none, what was counted before the semicolon, or
/// wholes in the sentence before it. A share (占比) looks back to the full stop: 教师268人，其中…；双师型233人，占86.9%.
fn counts_beside<'a>(doc: &'a Document, rate: &Claim) -> Vec<&'a Claim> {
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
    let offset = claim.site.start - claim.site.sentence_start;
    let from = offset.saturating_sub(MOST);
    let before: Vec<char> = claim.site.sentence_text.chars().skip(from).take(offset - from).collect();
    let at = before.iter().rposition(|c| matches!(c, '（' | '）')).filter(|&at| before[at] == '（')?;
    Some(claim.site.sentence_start + from + at)
}

/// Whether a rate is about other people than a count of the sentence before it: 专任教师120人。成人高考上线率91.1%.
fn of_others(count: &Claim, rate: &Claim) -> bool {
    const LEARNERS: &[&str] = &["学生", "毕业生", "学员"];
    let named = |text: &str| -> Vec<&str> {
        PEOPLE.iter().filter(|(_, words)| any_in(text, words)).map(|(name, _)| *name).collect()
    };
    let (theirs, own) = (named(&words_of(count)), named(&rate.site.before));
    if own.is_empty() {
        // A rate that only says 合格率 is of whomever was counted; one with a longer name is of learners unless it says whose.
        let longer = rate.site.before.chars().count() > 4;
        return longer && !theirs.is_empty() && !theirs.iter().any(|name| LEARNERS.contains(name));
    }
    !theirs.is_empty() && !theirs.iter().any(|name| own.contains(name))
}

/// Events are held, not reached: 12次, 3场 are no base of a rate; nor is what each of several has.
pub(super) fn may_count(claim: &Claim) -> bool {
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
pub(super) fn says_share(rate: &Claim) -> bool {
    let lead = rate.site.before.as_str();
    // 占学生总数（1200人）的45%: the whole stands between.
    let behind_whole = matches!(lead, "）的" | "的") && {
        let said: String = rate.site.sentence_text.chars().take(rate.site.start - rate.site.sentence_start).collect();
        said.rsplit(['，', '：']).next().is_some_and(|clause| any_in(clause, OF_BASE))
    };
    // 升学156人（13.0%）: nothing but the share stands in the brackets.
    let bracketed = lead == "（" && rate.site.after.starts_with('）');
    // 分别占61%和39%: the later ones of a row.
    let row = matches!(lead, "" | "、" | "和" | "与" | "及" | "以及") && in_turn(&rate.site.clause_text);
    // 保费158950元，学校承担60%，即95370元: who bears it, and how much that is.
    let borne = ["承担", "负担", "分担", "补贴", "补助", "资助", "自筹"].iter().any(|word| lead.ends_with(word)) && {
        let behind = rate.site.end - rate.site.sentence_start;
        let behind: String = rate.site.sentence_text.chars().skip(behind).take(2).collect();
        behind == "，即" || behind == "（即"
    };
    lead.contains('占') || behind_whole || bracketed || row || borne
}

/// 分别占, 占比依次为: shares told in the order of their parts.
pub(super) fn in_turn(text: &str) -> bool {
    const SAID: &[&str] = &["分别占", "依次占", "分别为占"];
    let after = |word: &str| {
        text.split_once(word).is_some_and(|(_, rest)| rest.starts_with("分别") || rest.starts_with("依次"))
    };
    any_in(text, SAID) || ["占比", "比例", "比重"].iter().any(|word| after(word))
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

/// A rate with a name of its own: 就业率, 获证率, 合格率.
fn named_rate(doc: &Document, rate: &Claim, counts: &[&Claim], all: &mut Vec<Relation>) {
    // More than all is no share: 完成率160%.
    let Some(result) = result_of(rate).filter(|_| rate.value <= Exact::int(100)) else { return };
    let mut matched: Vec<&Claim> = counts.iter().copied().filter(|claim| result.counted_by(claim, rate)).collect();
    // 满意802份、基本满意287份…，满意和基本满意合计1089份，满意度95%: who is counted together is meant, not once more by parts.
    if let [parts @ .., total] = &matched[..]
        && parts.len() >= 2
        && closing(total).is_some()
        && total.site.clause + 1 == rate.site.clause
        && parts.iter().all(|part| part.value < total.value)
    {
        matched = vec![total];
    }
    // 委员21名，候选人25名，差额4名，差额比例19%: of those elected, who are not the most.
    if rate.subject.contains("差额") {
        let more = |whole: &&&Claim| matched.first().is_some_and(|part| whole.value > part.value && alike(whole, part));
        let mut readings = counts.iter().filter(more).filter_map(|whole| reading(rate, &matched, whole, &[]));
        all.extend(readings.find(|it| it.finding == Finding::Consistent));
        return;
    }
    if let ([only], []) = (counts, &matched[..])
        && result.reached_by(only)
    {
        matched = vec![only];
    }
    if let Some(it) = with_later(doc, rate, &matched, all) {
        all.push(it);
        return;
    }
    // 参加考核1284人，合格率76%，共合格976人: the result follows its rate.
    let behind = || {
        let here = doc.around(rate).iter().filter(|claim| may_count(claim) && claim.site.start > rate.site.start);
        let mut near = here.filter(|c| c.site.sentence == rate.site.sentence && c.site.clause <= rate.site.clause + 1);
        near.find(|claim| {
            result.bare_before(claim) && result.counted_by(claim, rate) && counts.iter().all(|c| alike(c, claim))
        })
    };
    // 满意度, 支付进度: shares only where those satisfied, what is paid, is said.
    if matched.is_empty() && rate.subject.ends_with('度') {
        return;
    }
    let mut counts = counts.to_vec();
    if matched.is_empty()
        && let Some(claim) = behind()
    {
        matched.push(claim);
        counts.push(claim);
    }
    if matched.is_empty()
        && let [only] = counts[..]
        && let Some(whole) = of_row(doc, rate, only, all)
    {
        all.extend(reading(rate, &[only], whole, &[]));
        return;
    }
    // 走访初中126所，覆盖率90%，全市初中140所: the whole right behind shows that what was counted last is its part.
    if matched.is_empty()
        && let Some(only) = counts.last()
        && let Some(whole) = due_behind(doc, rate, only)
        && let Some(it) = reading(rate, &[only], whole, &[]).filter(|it| it.finding == Finding::Consistent)
    {
        all.push(it);
        return;
    }
    let class = matched.first().or(counts.first());
    let Some(class) = class.copied() else { return };
    let counts: Vec<&Claim> = counts.iter().copied().filter(|claim| alike(claim, class)).collect();
    let whole = if counts.len() == 1 && !matched.is_empty() && !whole_by_words(counts[0], &result) {
        None
    } else {
        whole_of(&counts)
    };
    // 录取1248人，其中实际报到1263人，报到率98.8%: more came than were admitted, and they are still who came.
    if let [came] = &matched[..]
        && came.site.before.trim_start_matches(['，', '、', '（']).starts_with("其中")
        && let Some(of) = counts.iter().copied().rev().find(|c| c.site.start < came.site.start)
        && of.value < came.value
    {
        all.extend(reading(rate, &[came], of, &[]));
        return;
    }
    match whole {
        Some(whole) if exceeds(rate, &matched, whole, &counts).is_some() => {
            let base = exceeds(rate, &matched, whole, &counts);
            all.extend(base.and_then(|base| reading(rate, &matched, base, &[])));
        }
        Some(whole) => {
            let parts: Vec<&Claim> = counts.iter().copied().filter(|claim| claim.id != whole.id).collect();
            let matched: Vec<&Claim> = matched.into_iter().filter(|claim| claim.id != whole.id).collect();
            if matched.is_empty() {
                numerator_missing(rate, whole, &parts, all);
            } else {
                let whole = nearest_whole(rate, &matched, &counts, whole);
                let parts: Vec<&Claim> =
                    parts.into_iter().filter(|claim| claim.id != whole.id && claim.value <= whole.value).collect();
                let matched: Vec<&Claim> = matched.into_iter().filter(|claim| claim.id != whole.id).collect();
                all_given(rate, whole, &matched, &parts, all);
            }
        }
        None => {
            // 四个分院完成率分别为102%、98%、…: what has several rates is no part of one.
            let row = doc.around(rate).iter().filter(|c| c.kind == Kind::Rate && c.site.clause == rate.site.clause);
            if rate.site.clause_text.contains("分别") && row.count() >= 2 {
                return;
            }
            // 一批次上线132人、二批次268人，共400人上线，上线率80%: the count right beside the rate is meant.
            let beside = |claim: &&&Claim| claim.site.clause.abs_diff(rate.site.clause) <= 1;
            let numerator = if matched.len() == 1 { matched.first() } else { matched.iter().rev().find(beside) };
            let Some(numerator) = numerator else { return };
            let near = led_from(rate, numerator, &counts).or_else(|| between(rate, numerator, &counts));
            let near = near.or_else(|| bracketed(doc, rate, numerator)).or_else(|| due_behind(doc, rate, numerator));
            let row = || of_row(doc, rate, numerator, all).or_else(|| of_leavers(doc, rate, numerator, all));
            match near.or_else(|| of_chain(doc, rate, numerator)).or_else(row) {
                Some(base) => all.extend(reading(rate, &[numerator], base, &[])),
                None => all.extend(denominator_missing(rate, numerator)),
            }
        }
    }
}

/// 42人参加，39人一次通过，通过率92.9%；补考后再有2人通过，累计通过率97.6%: who came later is added to who was first.
fn with_later(doc: &Document, rate: &Claim, matched: &[&Claim], all: &[Relation]) -> Option<Relation> {
    const MORE: &[&str] = &["再有", "又有", "另有", "又", "再"];
    let [later] = matched else { return None };
    let lead = later.site.before.as_str();
    let more = MORE.iter().any(|word| lead.ends_with(word)) || any_in(&later.site.clause_text, &["再有", "又有"]);
    let together = any_in(&rate.site.before, &["累计", "最终", "总", "合计", "提高到", "提升到", "达到"]);
    if !more || !together {
        return None;
    }
    let told = all.iter().rev().take(MOST_TOGETHER).filter(|it| it.kind == RelationKind::Rate && it.primary);
    told.filter(|it| it.finding == Finding::Consistent).find_map(|it| {
        let [(Role::Numerator, first), (Role::Denominator, whole), (Role::Rate, own)] = &it.members[..] else {
            return None;
        };
        let (first, whole, own) = (doc.claim(first)?, doc.claim(whole)?, doc.claim(own)?);
        let row = own.site.chain == rate.site.chain && own.id != rate.id && alike(first, later);
        row.then(|| reading(rate, &[first, later], whole, &[]))?
    })
}

/// Wholes that must show by giving the rate that they are meant, where the nearest does not give it: said only in two
/// parts (实考702人，缺考262人，缺考率27.2%), or in a sentence before (共有46名学生参加。…44名合格，其中优秀12名，优秀率26.1%).
fn second_look(doc: &Document, rate: &Claim, counts: &[&Claim], from: usize, all: &mut [Relation]) {
    let failing = |it: &Relation| it.primary && it.finding == Finding::Inconsistent && it.kind == RelationKind::Rate;
    let Some(at) = all[from..].iter().position(failing).map(|n| from + n) else { return };
    let pairs =
        counts.windows(2).filter(|pair| alike(pair[0], pair[1]) && pair[0].site.sentence == pair[1].site.sentence);
    let around: Vec<&Claim> = doc.around(rate).iter().filter(|c| may_count(c)).collect();
    let readings = pairs.flat_map(|pair| match together_said(&around, pair) {
        Some(whole) => [pair[1], pair[0]].map(|part| reading(rate, &[part], whole, &[])),
        None => [pair[1], pair[0]].map(|part| reading_of(rate, &[part], pair, &[])),
    });
    let part = all[at].members.iter().find(|(role, _)| *role == Role::Numerator).and_then(|(_, id)| doc.claim(id));
    let earlier = doc.around(rate).iter().rev().filter(|c| {
        part.is_some_and(|part| alike(c, part) && c.value > part.value && !is_old(c))
            && c.site.paragraph == rate.site.paragraph
            && c.site.sentence < rate.site.sentence
            && c.site.sentence + 2 >= rate.site.sentence
            && may_count(c)
            && says(c, &["共", "参加", "应", "全", "总"])
    });
    let before = earlier.filter_map(|whole| reading(rate, &[part?], whole, &[]));
    if let Some(it) = readings.flatten().chain(before).find(|it| it.finding == Finding::Consistent && rate.decimals > 0)
    {
        all[at] = it;
    }
}

/// 实考1183人，合格1427人，合格率84.8%: the count before the result that is smaller than it, but not by far.
fn exceeds<'a>(rate: &Claim, matched: &[&Claim], largest: &Claim, counts: &[&'a Claim]) -> Option<&'a Claim> {
    let [result] = matched else { return None };
    let before = counts.iter().rev().find(|c| c.site.start < result.site.start && c.id != result.id)?;
    let close = before.site.clause + 1 >= result.site.clause && result.site.clause + 1 >= rate.site.clause;
    let led = close && result.site.start < rate.site.start && result.id == largest.id && before.value < result.value;
    (led && before.value?.times(Exact::new(3, 2)?)? >= result.value?).then_some(*before)
}

/// 执行86.4万元，执行率90%，年初预算96万元: the whole right behind the rate, by its name.
fn due_behind<'a>(doc: &'a Document, rate: &Claim, result: &Claim) -> Option<&'a Claim> {
    let next = doc.next(rate)?;
    let near = next.site.sentence == rate.site.sentence && next.site.clause <= rate.site.clause + 1;
    let due = any_in(
        &next.site.before,
        &["预算", "应", "计划", "总数", "总额", "总人数", "全市", "全县", "全区", "全省", "全校", "全院"],
    );
    (near && due && alike(next, result) && next.value > result.value && next.bound == Bound::Exact).then_some(next)
}

/// 报到2987人，录取3120人，报到率95.7%: the whole between the result and its rate.
fn between<'a>(rate: &Claim, result: &Claim, counts: &[&'a Claim]) -> Option<&'a Claim> {
    let at = counts.iter().position(|c| c.id == result.id)?;
    let base = counts.get(at + 1).filter(|c| c.value > result.value && c.bound == Bound::Exact)?;
    let close = result.site.clause + 1 == base.site.clause && base.site.clause + 1 == rate.site.clause;
    (close && counts.len() == at + 2).then_some(*base)
}

/// 录取4386人，报到3971人，报到率94.86%: the larger count in the clause before the result, and the result right before its
/// rate: each is taken from the one before it.
fn led_from<'a>(rate: &Claim, result: &Claim, counts: &[&'a Claim]) -> Option<&'a Claim> {
    let at = counts.iter().position(|c| c.id == result.id)?;
    let base = counts[..at].last().filter(|c| c.value > result.value && c.bound == Bound::Exact)?;
    let close = base.site.clause + 1 == result.site.clause && result.site.clause + 1 == rate.site.clause;
    close.then_some(*base)
}

/// 体检586人；检出高血压87人，检出率14.8%；脂肪肝142人，检出率24.2%: the whole of the rate of the same name before.
fn of_row<'a>(doc: &'a Document, rate: &Claim, result: &Claim, all: &[Relation]) -> Option<&'a Claim> {
    whole_before(doc, rate, result, all, |c| c.subject == rate.subject)
}

/// 毕业生1846人，就业率94.0%；升学428人，升学率23.2%: results of those who left are of all who left.
fn of_leavers<'a>(doc: &'a Document, rate: &Claim, result: &Claim, all: &[Relation]) -> Option<&'a Claim> {
    const RESULTS: &[&str] = &["升学率", "就业率", "创业率", "参军率", "入伍率", "签约率", "落实率"];
    let of_all = |c: &Claim| RESULTS.iter().any(|name| c.subject.ends_with(name));
    let whole = whole_before(doc, rate, result, all, of_all).filter(|_| of_all(rate));
    whole.filter(|whole| says(whole, &["毕业生"]))
}

/// The whole of an earlier rate of the chain that its counts give.
fn whole_before<'a>(
    doc: &'a Document,
    rate: &Claim,
    result: &Claim,
    all: &[Relation],
    like: impl Fn(&Claim) -> bool,
) -> Option<&'a Claim> {
    let told = all.iter().rev().take(MOST_TOGETHER).find(|it| {
        let last = it.members.last().and_then(|(_, id)| doc.claim(id));
        let row = |c: &Claim| c.site.chain == rate.site.chain && c.id != rate.id && like(c);
        it.kind == RelationKind::Rate && it.primary && it.finding == Finding::Consistent && last.is_some_and(row)
    })?;
    let whole = told.members.iter().find(|(role, _)| *role == Role::Denominator).and_then(|(_, id)| doc.claim(id));
    whole.filter(|whole| alike(whole, result) && whole.value > result.value)
}

/// 完成鉴定4215人次，其中…；合格3878人次，合格率92.0%: the whole stands in another part of the sentence. One that gives the
/// rate is meant; else one that is divided before (其中), or says who should have come (应参评5200人).
fn of_chain<'a>(doc: &'a Document, rate: &Claim, result: &Claim) -> Option<&'a Claim> {
    let here = doc.around(rate).iter().filter(|c| {
        may_count(c)
            && c.site.chain == rate.site.chain
            && c.site.sentence != rate.site.sentence
            && c.bound == Bound::Exact
            && alike(c, result)
            && c.value > result.value
            && !is_old(c)
    });
    let wholes: Vec<&Claim> = here.collect();
    let gives =
        |whole: &&&Claim| reading(rate, &[result], whole, &[]).is_some_and(|it| it.finding == Finding::Consistent);
    let divided = |whole: &&&Claim| {
        let behind = whole.site.end - whole.site.sentence_start;
        let text: String = whole.site.sentence_text.chars().skip(behind).take(8).collect();
        whole.site.start < rate.site.start && text.contains("其中") && whole.site.sentence + 1 == rate.site.sentence
    };
    let due = |whole: &&&Claim| whole.site.before.trim_start_matches(['，', '；']).starts_with('应');
    // 这286名同学共获奖94项；取得证书271人，取证率96.8%: the chain speaks of them.
    let due = |whole: &&&Claim| {
        let first = wholes.first().is_some_and(|first| first.id == whole.id);
        let these = ["这", "上述", "以上", "全部"].iter().any(|word| whole.site.before.ends_with(word));
        first && these || due(whole)
    };
    // 收回1146份；满意802份、基本满意287份、不满意57份，…合计1089份，满意度95%: what all that is listed beside the result makes.
    let listed = || {
        let here = doc.around(rate).iter().filter(|c| c.site.sentence == rate.site.sentence && may_count(c));
        let row: Vec<&Claim> = here.filter(|c| c.site.start < result.site.start && alike(c, result)).collect();
        let sum = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?));
        wholes.iter().find(|whole| row.len() >= 2 && whole.value == sum)
    };
    let found = wholes.iter().find(gives).or_else(listed);
    let found = found.or_else(|| wholes.iter().find(due)).or_else(|| wholes.iter().find(divided));
    // 应测1750人…，检出172人；已约谈163人，约谈率96.8%: where another would nearly do, one that is far off is not meant.
    let far = |whole: &&&Claim| {
        let apart = reading(rate, &[result], whole, &[]).as_ref().and_then(off);
        apart.zip(Exact::int(20)).is_some_and(|(apart, most)| apart > most)
    };
    let near = || {
        let mut before =
            wholes.iter().filter(|c| c.site.start < result.site.start && c.site.sentence + 1 == rate.site.sentence);
        before.rfind(|c| !far(c))
    };
    match found {
        Some(whole) if far(&whole) => near().copied(),
        found => found.copied(),
    }
}

/// 采纳58条，采纳率64.4%（共提出90条）: the whole in brackets right behind its rate.
fn bracketed<'a>(doc: &'a Document, rate: &Claim, result: &Claim) -> Option<&'a Claim> {
    let whole = doc.next(rate).filter(|c| c.site.sentence == rate.site.sentence && may_count(c))?;
    let opens = whole.site.before.starts_with('（') && whole.site.clause == rate.site.clause;
    let whole = Some(whole).filter(|c| opens && alike(c, result) && c.value > result.value)?;
    (whole.site.before.contains('共') || says(whole, WHOLE) || says(whole, &["报", "提出", "应"])).then_some(whole)
}

/// Among several larger counts the one the rate holds for is meant, else the nearest before the numerator: 培训6820人次，
/// 参加认定3150人，合格2914人 speaks of the 3150.
fn nearest_whole<'a>(rate: &Claim, matched: &[&'a Claim], counts: &[&'a Claim], largest: &'a Claim) -> &'a Claim {
    let Some(first) = matched.first() else { return largest };
    let total = matched.iter().try_fold(Exact::ZERO, |sum, claim| sum.plus(claim.value?));
    let wholes: Vec<&Claim> = counts
        .iter()
        .copied()
        .filter(|c| matched.iter().all(|m| m.id != c.id) && total.is_some_and(|total| c.value >= Some(total)))
        .collect();
    let holds = |whole: &&&Claim| reading(rate, matched, whole, &[]).is_some_and(|r| r.finding == Finding::Consistent);
    let before = || {
        wholes.iter().rev().find(|claim| {
            claim.site.start < first.site.start && (says(claim, WHOLE) || claim.site.clause + 1 >= first.site.clause)
        })
    };
    let reads = |whole: &&&Claim| reading(rate, matched, whole, &[]).as_ref().and_then(off);
    let holding = wholes.iter().filter(holds).min_by_key(reads);
    holding.or_else(before).copied().unwrap_or(largest)
}

/// 参加考试88人 is a whole even where the clause also speaks of the result.
fn whole_by_words(claim: &Claim, result: &ResultWord) -> bool {
    let own = format!("{}{}", claim.site.before, claim.site.after);
    any_in(&own, WHOLE) && !result.said_in(&own)
}

fn all_given(rate: &Claim, whole: &Claim, matched: &[&Claim], parts: &[&Claim], all: &mut Vec<Relation>) {
    let others: Vec<&Claim> = parts.iter().copied().filter(|claim| matched.iter().all(|m| m.id != claim.id)).collect();
    let mut readings = vec![reading(rate, matched, whole, &[])];
    if !others.is_empty() {
        readings.push(reading(rate, parts, whole, &[]));
        readings.push(reading(rate, matched, whole, &others));
    }
    settle(readings, all);
}

/// Puts the reading that holds first; the others stay as readings only.
fn settle(readings: Vec<Option<Relation>>, all: &mut Vec<Relation>) {
    let mut readings: Vec<Relation> = readings.into_iter().flatten().collect();
    let holds = readings.iter().position(|r| r.finding != Finding::Inconsistent);
    let meant = holds.unwrap_or(0);
    for (n, reading) in readings.iter_mut().enumerate() {
        reading.primary = n == meant;
        if holds.is_some() && n != meant && reading.finding == Finding::Inconsistent {
            reading.explained_by = Some(Slip::OtherBase);
        }
    }
    all.extend(readings);
}

/// numerator / (whole - minus) against the printed rate.
pub(super) fn reading(rate: &Claim, numerator: &[&Claim], whole: &Claim, minus: &[&Claim]) -> Option<Relation> {
    reading_of(rate, numerator, &[whole], minus)
}

/// 现场整改68处，限期整改28处 of 96处: the count that several make together, where it is said near them.
pub(super) fn together_said<'a>(around: &[&'a Claim], row: &[&Claim]) -> Option<&'a Claim> {
    let sum = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?))?;
    let same = |c: &&&Claim| {
        let beside = c.site.paragraph == row[0].site.paragraph && c.bound == Bound::Exact;
        beside && c.value == Some(sum) && alike(c, row[0]) && !is_old(c)
    };
    around.iter().find(same).filter(|_| row.len() >= 2).copied()
}

/// Do the counts give the printed rate?
pub(super) fn gives_rate(rate: &Claim, numerator: &[&Claim], whole: &[&Claim]) -> Option<bool> {
    let (low, high) = together(numerator)?;
    let (den_low, den_high) = together(whole)?;
    fits(rate, low.percent_of(den_high)?, high.percent_of(den_low).filter(|_| den_low > Exact::ZERO)?)
}

/// The least and the most some counts may make together.
fn together(claims: &[&Claim]) -> Option<(Exact, Exact)> {
    claims.iter().try_fold((Exact::ZERO, Exact::ZERO), |(low, high), claim| {
        let (a, b) = interval(claim)?;
        Some((low.plus(a)?, high.plus(b)?))
    })
}

/// The same where the whole is said in several parts.
pub(super) fn reading_of(rate: &Claim, numerator: &[&Claim], whole: &[&Claim], minus: &[&Claim]) -> Option<Relation> {
    let (low, high) = together(numerator)?;
    let (mut den_low, mut den_high) = together(whole)?;
    let (minus_low, minus_high) = together(minus)?;
    (den_low, den_high) = (den_low.minus(minus_high)?, den_high.minus(minus_low)?);
    if den_low <= Exact::ZERO {
        return None;
    }
    let (least, most) = (low.percent_of(den_high)?, high.percent_of(den_low)?);
    let fits = fits(rate, least, most)?;
    let finding = if fits { Finding::Consistent } else { Finding::Inconsistent };
    let decimals = rate.decimals;
    let top = joined(numerator);
    let bottom = if minus.is_empty() { joined(whole) } else { format!("({}-{})", joined(whole), joined(minus)) };
    let gives = if least == most {
        least.show(decimals)
    } else {
        format!("{}～{}", least.show(decimals), most.show(decimals))
    };
    let sign = if fits { "，相符" } else { "，不符" };
    let working = Working {
        code: if fits { "rate-holds" } else { "rate-fails" },
        with: vec![
            ("numerator", top.clone()),
            ("denominator", bottom.clone()),
            ("gives", gives.clone()),
            ("stated", shown(rate)),
        ],
        zh: format!("{top}÷{bottom}＝{gives}%，文中为{}{sign}", shown(rate)),
    };
    let mut members: Vec<(Role, &Claim)> = numerator.iter().map(|claim| (Role::Numerator, *claim)).collect();
    members.extend(whole.iter().map(|claim| (Role::Denominator, *claim)));
    members.extend(minus.iter().map(|claim| (Role::Minus, *claim)));
    members.push((Role::Rate, rate));
    let mut it = relation(RelationKind::Rate, finding, members, working);
    it.computed = Some(least);
    it.stated = rate.value;
    if !fits && least == most && cut(rate, least) {
        it.explained_by = Some(Slip::CutNotRounded);
    }
    Some(it)
}

/// How far what is computed lies from what is printed.
pub(super) fn off(it: &Relation) -> Option<Exact> {
    let (a, b) = (it.computed?, it.stated?);
    if a < b { b.minus(a) } else { a.minus(b) }
}

/// Does any share between `least` and `most` print as the rate, or lie within what the rate allows?
fn fits(rate: &Claim, least: Exact, most: Exact) -> Option<bool> {
    if rate.bound != Bound::Exact {
        return Some(rate.min.is_none_or(|min| most >= min) && rate.max.is_none_or(|max| least <= max));
    }
    let half = rate.step.times(Exact::new(1, 2)?)?;
    let value = rate.value?;
    Some(most >= value.minus(half)? && least < value.plus(half)?)
}

/// The share cut off at the printed decimals is the printed rate.
fn cut(rate: &Claim, share: Exact) -> bool {
    let next = rate.value.and_then(|value| value.plus(rate.step));
    rate.value.is_some_and(|value| share >= value) && next.is_some_and(|next| share < next)
}

/// A rate of teachers is no share of the pupils: whom the rate names, the whole must name.
pub(super) fn same_people(rate: &Claim, whole: &Claim) -> bool {
    let named = PEOPLE.iter().filter(|(word, _)| rate.subject.contains(word));
    let own = words_of(whole);
    // 93家 are no 学员, whatever words stand around them.
    let people = |word: &str| !matches!(word, "企业" | "用人单位");
    named.into_iter().all(|(word, names)| any_in(&own, names) && (!people(word) || counts_people(&whole.unit)))
}

fn numerator_missing(rate: &Claim, whole: &Claim, parts: &[&Claim], all: &mut Vec<Relation>) {
    // 升学208人、就业391人，落实率97.88%: the name is new, but together they are what it counts.
    if !parts.is_empty()
        && let Some(together) = reading(rate, parts, whole, &[]).filter(|r| r.finding == Finding::Consistent)
    {
        all.push(together);
        return;
    }
    // 明年选派六名骨干教师…，力争双师型比例达到82%: what is to be is a share of nobody who is counted.
    if any_in(&rate.site.clause_text, AHEAD) {
        return;
    }
    // What is neither named as a whole nor of the same people is the whole of something else.
    if !(says(whole, WHOLE) || says(whole, STOCK)) || !same_people(rate, whole) || whole.site.start > rate.site.start {
        return;
    }
    // 直接就业391人…；就业学生的专业对口率为92.33%: the rate itself names whose it is.
    let people = ["学生", "毕业生", "者", "人员", "的学生", "的毕业生"];
    let whose = |part: &&&Claim| {
        let own = words_of(part);
        let named = ACHIEVED.iter().filter(|word| own.contains(**word));
        named.into_iter().any(|word| people.iter().any(|who| rate.site.before.contains(&format!("{word}{who}的"))))
    };
    if let Some(part) = parts.iter().find(whose) {
        all.extend(numerator_over(rate, &[part], &[]).filter(|it| it.finding != Finding::Inconsistent));
        return;
    }
    let mut readings = vec![numerator_over(rate, &[whole], &[])];
    if parts.len() > 1 {
        readings.push(numerator_over(rate, parts, &[]));
    }
    for part in parts {
        readings.push(numerator_over(rate, &[part], &[]));
        readings.push(numerator_over(rate, &[whole], &[part]));
    }
    // Shares of fewer than the whole are readings at best: they are kept only to show that the whole was meant.
    let literal = readings.first().and_then(|r| r.as_ref()).is_some_and(|r| r.finding != Finding::Inconsistent);
    if literal || !parts.is_empty() {
        settle(readings, all);
    } else if let Some(Some(mut only)) = readings.into_iter().next() {
        // With nothing but a whole beside it the rate may be a share of something else: no alarm without the same clause.
        // Things counted in the sentence before (论文78篇。上线率91.1%) are another matter.
        let near = rate.site.sentence == whole.site.sentence || counts_people(&whole.unit);
        only.primary = near && rate.site.clause <= whole.site.clause + 1;
        all.push(only);
    }
}
