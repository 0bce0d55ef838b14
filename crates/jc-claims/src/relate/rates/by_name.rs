//! Rates with a name of their own (就业率, 获证率, 合格率): the counts that reached what the name says, and all of whom they are.

use super::beside::{may_count, same_people, whole_of};
use super::lone::{denominator_missing, numerator_over};
use super::readings::{off, reading, reading_of, together_said};
use super::results::{ResultWord, of_people, result_of};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip};
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::{head_of, said_after, says, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{closing, is_old};
use crate::units::counts_people;
use crate::words::{ACHIEVED, AHEAD, REGIONS, STOCK, WHOLE, any_in};

/// A rate with a name of its own: 就业率, 获证率, 合格率.
pub(super) fn named_rate(doc: &Document, rate: &Claim, counts: &[&Claim], all: &mut Vec<Relation>) {
    // More than all is no share: 完成率160%.
    let Some(result) = result_of(rate).filter(|_| rate.value <= Exact::int(100)) else { return };
    let mut matched: Vec<&Claim> = counts.iter().copied().filter(|claim| result.counted_by(claim, rate)).collect();
    // 落实去向1239人，初次就业率…: where nobody else is said to be employed.
    if matched.is_empty() && result.is("就业") {
        let gone = |c: &&Claim| any_in(words_of(c), &["落实去向", "落实毕业去向", "去向落实", "落实了去向"]);
        matched = counts.iter().copied().filter(gone).filter(|c| !any_in(words_of(c), &["未落实", "待落实"])).collect();
    }
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
pub(super) fn second_look(doc: &Document, rate: &Claim, counts: &[&Claim], from: usize, all: &mut [Relation]) {
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
    whole.filter(|whole| says(whole, &["毕业生"])).or_else(|| only_leavers(doc, rate, result).filter(|_| of_all(rate)))
}

/// 毕业生1284人。截至8月31日，已就业1239人，初次就业率为96.50%: the only ones their paragraph counts, where nothing narrows the rate.
fn only_leavers<'a>(doc: &'a Document, rate: &Claim, result: &Claim) -> Option<&'a Claim> {
    const ALL: &[&str] =
        &["初次", "毕业", "去向", "总体", "年终", "应届", "最终", "升学", "就业", "签约", "落实", "生"];
    let leavers = |c: &&Claim| {
        let called = c.site.before.ends_with("毕业生") || c.site.after.starts_with("毕业生");
        called && may_count(c) && c.bound == Bound::Exact && c.site.paragraph == rate.site.paragraph
    };
    let mut all = doc.around(rate).iter().filter(leavers);
    let (whole, None) = (all.next()?, all.next()) else { return None };
    let plain = ALL.iter().fold(rate.subject.clone(), |rest, word| rest.replace(word, "")) == "率";
    let fit = alike(whole, result) && whole.value > result.value && whole.site.start < result.site.start;
    (plain && fit && !is_old(whole) && whole.site.chain + 3 >= rate.site.chain).then_some(whole)
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
        let last = it.under_test().and_then(|id| doc.claim(id));
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
        let text = head_of(said_after(whole), 8);
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
        let sum = sum(&row);
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
    let total = sum(matched);
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
    // 48人参加测试，全市同类院校平均优秀率36.8%: of a region.
    if any_in(&rate.site.before, REGIONS) {
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
        // 现有24个专业，专业对口率: nor are people a share of things.
        let heads = of_people(rate) && !counts_people(&whole.unit) && only.finding == Finding::Inconsistent;
        only.primary = near && rate.site.clause <= whole.site.clause + 1 && !heads;
        all.push(only);
    }
}
