//! Shares of a whole said as such: 占45%, 占比达45%.

use super::beside::{OF_BASE, in_turn, may_count, says_share, whole_of};
use super::lone::numerator_over;
use super::readings::{off, reading, reading_of};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::changes::growth::from_old;
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, Role};
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::{head_of, led_from, offset, said_after, said_before, says, shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, Closing, closing, is_old, list_up_to};
use crate::relate::wording::label;
use crate::words::{REGIONS, STOCK, any_in};

/// 共1488名，男生816名，女生672名，占在校生3720名的40%: where the base stands inside, any count of the sentence may be the part that gives it.
pub(super) fn of_inner_base(doc: &Document, rate: &Claim) -> Option<Relation> {
    let mut before = doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start);
    let base = before.next().filter(|c| c.site.after == "的" && c.site.end + 1 == rate.site.start)?;
    let said = base.site.before.contains('占') && may_count(base) && base.bound == Bound::Exact;
    let parts = before.filter(|c| said && c.site.chain == rate.site.chain && may_count(c) && alike(c, base));
    let mut readings = parts.filter_map(|part| reading(rate, &[part], base, &[]));
    readings.find(|it| it.finding == Finding::Consistent)
}

/// 我校在校生8660人，占全市的12.7%: the whole is a region's. A count said of that region that gives the share is its whole;
/// without one the share is left open. Whether it is such a share.
pub(super) fn of_region(doc: &Document, rate: &Claim, all: &mut Vec<Relation>) -> bool {
    let named = |region: &&&str| rate.site.before.contains(&format!("占{region}"));
    let Some(region) = REGIONS.iter().find(named) else { return false };
    let before = doc.claims.iter().rev().filter(|c| c.site.start < rate.site.start && c.kind.counts());
    let before: Vec<&Claim> = before.take(MOST_TOGETHER).collect();
    let of_it = before.iter().filter(|claim| claim.site.paragraph_text.contains(region));
    all.extend(of_it.into_iter().find_map(|whole| {
        let parts = before.iter().filter(|part| part.site.start > whole.site.start && alike(part, whole));
        parts.filter_map(|part| reading(rate, &[part], whole, &[])).find(|it| it.finding == Finding::Consistent)
    }));
    true
}

/// 女生540人，占45%; 其中女生占45%; 女生占45%，为540人; 女生540人，占学生总数（1200人）的45%.
pub(super) fn share(doc: &Document, rate: &Claim, counts: &[&Claim], all: &mut Vec<Relation>) {
    let lead = rate.site.before.trim_start_matches(['、', '，', '（', '约', '）', '的']);
    let of_previous = lead.is_empty() || ["占", "所占", "比例", "比重"].iter().any(|word| lead.starts_with(word));
    // 较上年的1780万元增加535万元，占总收入的12.4%: the earlier value has no share.
    let counts: Vec<&Claim> = counts.iter().copied().filter(|claim| !is_old(claim)).collect();
    // 危废处置费1.74万元，每公斤200元，占11.3%: a price has no share.
    // 每周30节课，其中文化课14节、实训课10节: what is divided is a whole, as often as it may be had.
    let divided = |claim: &Claim| head_of(said_after(claim), 8).contains("其中");
    let amounts: Vec<&Claim> = counts.iter().copied().filter(|c| !cues::per_head(c) || divided(c)).collect();
    let counts = if amounts.is_empty() { counts } else { amounts };
    let counts = &counts[..];
    let Some(last) = counts.last().copied() else {
        all.extend(of_two_named(doc, rate));
        return;
    };
    if let Some(whole) = pointed_at(doc, last).filter(|_| of_previous) {
        all.extend(reading(rate, &[last], whole, &[]));
        return;
    }
    if let Some((whole, part)) = whole_inside(rate, counts) {
        // 超额完成任务（1.8万个）的16.7%: what goes beyond the base is told.
        let beyond = any_in(&whole.site.before, &["超额", "超出", "超过", "超计划"]);
        let more = if beyond { from_old(rate, whole, part) } else { None };
        let said = || of_last_or_list(rate, counts, part, whole);
        all.extend(more.filter(|it| it.finding == Finding::Consistent).or_else(said));
        return;
    }
    if let Some(row) = respectively(doc, rate, counts) {
        all.extend(row);
        return;
    }
    let fits =
        |c: &Claim| alike(c, last) && of_times(c) == of_times(last) && (c.id == last.id || !of_sibling(doc, c, rate));
    let counts: Vec<&Claim> = counts.iter().copied().filter(|c| fits(c)).collect();
    // 女生340人，占42.5%，全校共有学生800人: the whole may follow.
    let behind = doc.around(rate).iter().find(|c| {
        c.site.sentence == rate.site.sentence
            && c.site.start > rate.site.end
            && c.kind.counts()
            && alike(c, last)
            && (says(c, STOCK) || any_in(words_of(c), &["共有", "全校", "总数", "人数", "合计", "总计"]))
    });
    // 初级工214人，占22%；…高级工273人，占28%；合计974人: the total may close the whole chain.
    let closed = || {
        let later = doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain && c.site.start > rate.site.end);
        let closes = |c: &Claim| closing(c) == Some(Closing::Bare) || says(c, STOCK) && c.site.before.ends_with('共');
        let total = |c: &&Claim| alike(c, last) && c.value > last.value && closes(c);
        later.filter(|c| c.kind.counts()).find(total).filter(|_| of_previous && counts.len() == 1)
    };
    // 非常满意1128份，占50%；…；不满意45份，占2%: what gives the shares before it in the row gives this one.
    if of_previous && let Some(it) = of_row(doc, rate, last, all) {
        all.push(it);
        return;
    }
    // 保费158950元，学校承担60%，即95370元: what is said at once is the part.
    let at_once = |part: &&Claim| part.site.before.trim_start_matches('，') == "即" && part.value < last.value;
    if let ([whole], Some(part)) = (&counts[..], said_behind(doc, rate, last).filter(at_once)) {
        all.extend(reading(rate, &[part], whole, &[]));
        return;
    }
    let named = named_whole(doc, rate, last, &counts).or_else(|| before_bracket(last, &counts)).or_else(closed);
    // 在编386人、编外94人、派遣28人，合计508人；在编占76%: the total that closes the list.
    let total = || counts.iter().copied().rev().find(|c| closing(c) == Some(Closing::Bare));
    let total = || total().filter(|total| named_part(rate, &counts, total).is_some());
    let largest = || named.or_else(|| whole_of(&counts)).or_else(total);
    let whole = if of_previous && counts.len() == 1 { behind.or_else(largest) } else { largest() };
    let Some(whole) = whole.filter(|whole| !of_previous || whole.id != last.id) else {
        if of_previous {
            all.extend(of_paragraph(doc, rate, last));
        }
        return;
    };
    if of_previous {
        let Some(mut it) = of_last_or_list(rate, &counts, last, whole) else { return };
        // 毕业生500人，就业率96%，本地就业380人，占79.2%: the share may be of those the rate has just named.
        let other_base = doc.around(rate).iter().any(|c| {
            c.kind == Kind::Rate
                && c.site.chain == rate.site.chain
                && c.site.start > whole.site.start
                && c.site.start < last.site.start
                && !says_share(c)
        });
        // 应测3860人，实测3783人，其中优秀227人（6%）: of several that would do, the one that gives it most closely.
        if it.finding == Finding::Consistent && named.is_none() {
            let others = counts.iter().filter(|c| c.value > last.value && c.site.start < last.site.start);
            let readings = others.filter_map(|other| reading(rate, &[last], other, &[]));
            let holding = readings.filter(|r| r.finding == Finding::Consistent && r.members.len() == it.members.len());
            it = holding.min_by_key(|r| off(r).unwrap_or(Exact::ZERO)).unwrap_or(it);
        }
        if it.finding == Finding::Inconsistent && named.is_none() {
            // Nothing says of which of several wholes; one that gives the share is meant.
            let others = counts.iter().filter(|c| c.id != whole.id && c.value > last.value);
            let readings = others.filter_map(|other| reading(rate, &[last], other, &[]));
            let holds = readings.into_iter().find(|r| r.finding == Finding::Consistent);
            it = holds.or_else(|| of_paragraph(doc, rate, last)).unwrap_or(it);
        }
        // 期刊4.5万元，占年度经费的0.37%: money of another name is not meant.
        let other_name = rate_names_other_money(rate, whole) && named.is_none();
        it.primary = it.finding == Finding::Consistent || (!other_base || named.is_some()) && !other_name;
        all.push(it);
    } else if let Some(part) = said_behind(doc, rate, whole).or_else(|| named_part(rate, &counts, whole)) {
        let it = reading(rate, &[part], whole, &[]);
        // 理论课14节、实训课10节，实训占三分之一: one of a list is not the whole of the next.
        let beside = beside_in_list(part, whole, &counts);
        all.extend(it.filter(|it| it.finding == Finding::Consistent || !beside));
    } else if whole.site.clause + 2 >= rate.site.clause && (named.is_some() || name_of_whole(rate).is_empty()) {
        let mut it = numerator_over(rate, &[whole], &[]);
        if let Some(it) = &mut it {
            it.primary = it.finding != Finding::Inconsistent || rate.site.sentence_text.contains("其中");
        }
        all.extend(it);
    }
}

/// 落实去向的2131人…；在这些有了着落的年轻人中，1586人选择留下，占…: of those just counted, and of no others.
fn pointed_at<'a>(doc: &'a Document, part: &Claim) -> Option<&'a Claim> {
    const FAR: usize = 16;
    let said = said_before(part);
    let (lead, those) = said.rsplit_once("这些").or_else(|| said.rsplit_once("这批"))?;
    let (those, behind) = those.split_once('中')?;
    let plain =
        those.chars().count() <= FAR && !those.contains(['，', '。', '、']) && behind.trim_matches('，').is_empty();
    let at = part.site.sentence_start + lead.chars().count();
    let near = |c: &&Claim| {
        c.site.start < at && c.site.paragraph == part.site.paragraph && c.site.chain + 1 >= part.site.chain
    };
    let mut before = doc.around(part).iter().rev().filter(near);
    // 对一座急需技工的港城来说: of other things.
    let nearest = before.find(|c| may_count(c) && alike(c, part) && c.bound == Bound::Exact && !is_old(c));
    nearest.filter(|whole| plain && whole.value > part.value)
}

/// Of whom the words before the share say that it is, so that no other whole can be meant.
pub(in crate::relate) fn of_those<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let part = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start)?;
    pointed_at(doc, part)
}

/// The whole of the share before in the chain, if it is the whole of this one too.
fn of_row(doc: &Document, rate: &Claim, part: &Claim, all: &[Relation]) -> Option<Relation> {
    if !name_of_whole(rate).is_empty() {
        return None;
    }
    let told = all.iter().rev().take(8).find(|it| {
        let own = it.under_test().and_then(|id| doc.claim(id));
        it.kind == RelationKind::Rate
            && it.primary
            && own.is_some_and(|own| own.site.chain == rate.site.chain && says_share(own))
    })?;
    let (_, whole) = told.members.iter().find(|(role, _)| *role == Role::Denominator)?;
    let whole = doc
        .claim(whole)
        .filter(|whole| alike(whole, part) && whole.value > part.value && whole.site.start < part.site.start)?;
    reading(rate, &[part], whole, &[])
        .filter(|it| it.finding == Finding::Consistent && told.finding == Finding::Consistent)
}

/// Does the share name a whole of money with which this one has no two characters in common, or that of the whole
/// school where this one is not?
fn rate_names_other_money(rate: &Claim, whole: &Claim) -> bool {
    const OF_ALL: &[&str] = &["学校", "全校", "学院", "全院", "年度", "总"];
    let (name, words) = (name_of_whole(rate), words_of(whole));
    let of_all = any_in(name, OF_ALL) && !any_in(words, OF_ALL);
    whole.kind == Kind::Money && !name.is_empty() && (of_all || shared(name, words) < 2)
}

/// 国家级3个、省级7个、市级12个，占专业总数28个的78.6%: of the last count, or of all that is listed with it.
fn of_last_or_list(rate: &Claim, counts: &[&Claim], last: &Claim, whole: &Claim) -> Option<Relation> {
    let alone = reading(rate, &[last], whole, &[])?;
    let list = list_up_to(last, counts);
    let together = || reading(rate, &list, whole, &[]).filter(|it| it.finding == Finding::Consistent);
    if alone.finding == Finding::Inconsistent && list.len() >= 2 { together().or(Some(alone)) } else { Some(alone) }
}

/// 自主创业37人、自由职业123人，分别占1.29%和4.28%: each share is of the count in its place, all are of one whole.
fn respectively(doc: &Document, rate: &Claim, counts: &[&Claim]) -> Option<Vec<Relation>> {
    let said = |claim: &Claim| in_turn(&claim.site.before);
    let here = doc.around(rate).iter().filter(|c| c.kind == Kind::Rate && c.site.clause == rate.site.clause);
    let shares: Vec<&Claim> = here.skip_while(|c| !said(c)).collect();
    let place = shares.iter().position(|share| share.id == rate.id).filter(|_| shares.len() >= 2)?;
    let before: Vec<&Claim> = counts.iter().copied().filter(|c| c.site.start < shares[0].site.start).collect();
    let (wholes, parts) = before.split_at(before.len().checked_sub(shares.len())?);
    let part = parts[place];
    let row = parts.iter().all(|c| alike(c, part) && c.site.sentence == rate.site.sentence && !is_old(c));
    let wholes: Vec<&Claim> =
        wholes.iter().copied().filter(|c| alike(c, part) && c.value > part.value && !has_share(doc, c)).collect();
    let whole = named_whole(doc, rate, part, &wholes).or_else(|| whole_of(&wholes)).or(wholes.last().copied());
    let readings = || wholes.iter().rev().filter_map(|whole| reading(rate, &[part], whole, &[]));
    let holds = readings().find(|it| it.finding == Finding::Consistent);
    let it = holds.or_else(|| of_paragraph(doc, rate, part)).or_else(|| reading(rate, &[part], whole?, &[]));
    row.then(|| it.into_iter().collect())
}

/// 升学782人，占21.41%；创业65人，占1.78%: what has a share of its own stands beside the next part, not above it, unless
/// 其中 says so.
fn of_sibling(doc: &Document, count: &Claim, rate: &Claim) -> bool {
    !led_from(Some(count), rate).contains("其中") && has_share(doc, count)
}

/// 人次: 48人 are no share of 1.6万人次.
fn of_times(claim: &Claim) -> bool {
    claim.unit == "人次"
}

/// Is the next number behind a count its share?
pub(super) fn has_share(doc: &Document, count: &Claim) -> bool {
    doc.next(count).is_some_and(|c| {
        c.kind == Kind::Rate
            && c.site.sentence == count.site.sentence
            && c.site.clause <= count.site.clause + 1
            && (c.site.before.trim_start_matches(['，', '（', '约']).starts_with('占')
                || c.site.before == "（" && c.site.after.starts_with('）'))
    })
}

/// What a share without a whole of its own is of, if a count said before in the paragraph gives it: a share printed
/// with decimals is seldom hit by chance, and what is not found is left open.
fn of_paragraph(doc: &Document, rate: &Claim, part: &Claim) -> Option<Relation> {
    let before = doc.around(rate).iter().rev().filter(|c| {
        c.site.paragraph == rate.site.paragraph
            && c.site.start < part.site.start
            && c.bound == Bound::Exact
            && c.kind == part.kind
            && alike(c, part)
            && c.value > part.value
            && !has_share(doc, c)
    });
    let mut readings = before.filter_map(|whole| reading(rate, &[part], whole, &[]));
    (rate.decimals > 0).then(|| readings.find(|it| it.finding == Finding::Consistent))?
}

/// 占学生总数（1200人）的45%: the whole stands between 占 and the share, the part before it.
fn whole_inside<'a>(rate: &Claim, counts: &[&'a Claim]) -> Option<(&'a Claim, &'a Claim)> {
    let (whole, before) = counts.split_last()?;
    let inside = whole.site.clause == rate.site.clause && any_in(&whole.site.before, OF_BASE);
    // 普通高中招生22782人，中职招生占招生总数41422人的45.0%: what has another name is not the part.
    let subject: String = whole.site.before.split('占').next().unwrap_or_default().trim_start_matches('，').to_string();
    let other = |part: &Claim| {
        let (own, lead) = (subject.chars().count(), label::lead(part));
        let shared = subject.chars().rev().zip(lead.chars().rev()).take_while(|(a, b)| a == b).count();
        shared >= 2 && shared < own && shared < lead.chars().count()
    };
    let part = before.iter().rev().find(|part| alike(part, whole) && !other(part))?;
    inside.then_some((*whole, *part))
}

/// 占…总数的45%: the first count of the chain that has the name the share gives its whole, else the nearest one before
/// in the paragraph. What follows in a row (民营企业1102人，占57.55%) is of the same whole.
fn named_whole<'a>(doc: &'a Document, rate: &Claim, part: &Claim, counts: &[&'a Claim]) -> Option<&'a Claim> {
    let row = doc.around(rate).iter().filter(|c| {
        c.site.chain == rate.site.chain && c.site.start <= rate.site.start && c.kind == Kind::Rate && says_share(c)
    });
    let name = row.rev().map(name_of_whole).find(|name| !name.is_empty())?;
    let called = |claim: &&Claim| {
        let words = words_of(claim);
        let denied = ["未", "待", "不", "非"].iter().any(|no| words.contains(&format!("{no}{name}")));
        words.contains(name) && !denied && claim.id != part.id && of_times(claim) == of_times(part)
    };
    // 专任教师248人，占79.49%；双师型201人，占专任教师的81.05%: a share names its own whole even if that has a share. What only
    // follows in its row (中级96人，占41.6%) is not of one of the row.
    let own = !name_of_whole(rate).is_empty();
    let of_another = |c: &Claim| doc.next(c).is_some_and(|share| !["", name].contains(&name_of_whole(share)));
    let here = counts.iter().copied().filter(|c| c.value >= part.value).find(called);
    let before = doc.around(rate).iter().rev().filter(|c| {
        c.site.paragraph == rate.site.paragraph
            && c.site.start < part.site.start
            && c.kind == part.kind
            && alike(c, part)
            && c.value >= part.value
            && (own || !has_share(doc, c) || of_another(c))
    });
    // 女教师268人，占教师总数的62.6%。…教师总数428人: the whole is said at last.
    let behind = || {
        let total = |c: &&Claim| {
            (c.site.before.ends_with('共') || any_in(words_of(c), &["总数", "总人数", "总量", "共有", "总额"]))
                && !c.site.before.contains('占')
        };
        let later =
            doc.around(rate).iter().filter(|c| c.site.paragraph == rate.site.paragraph && c.site.start > rate.site.end);
        later.filter(|c| c.kind == part.kind && alike(c, part) && c.value >= part.value).filter(total).find(called)
    };
    // 本地就业241人，…占就业人数的49.9%: what is called exactly so is meant before what is only part of it.
    let exactly =
        |claim: &&Claim| called(claim) && claim.site.before.trim_matches(['，', '；', '、', '共', '已']) == name;
    let here = here.filter(exactly).or_else(|| before.clone().find(exactly)).or(here);
    here.or_else(|| before.into_iter().find(called)).or_else(behind)
}

/// 机械系14名，电气系11名，信息系9名；女选手8名，占23.5%: one of a list is not the whole of what else is counted; all of it may be.
pub(super) fn of_all_listed(doc: &Document, rate: &Claim, told: &mut [Relation]) {
    for it in told.iter_mut().filter(|it| it.primary && it.finding == Finding::Inconsistent) {
        let [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, _)] = &it.members[..] else { continue };
        let (Some(part), Some(whole)) = (doc.claim(part), doc.claim(whole)) else { continue };
        let listed = |c: &&Claim| {
            let like = alike(c, whole) && c.unit == whole.unit && c.bound == Bound::Exact && closing(c).is_none();
            c.site.sentence == whole.site.sentence && like && c.kind == whole.kind && !is_old(c)
        };
        let row: Vec<&Claim> = doc.around(whole).iter().filter(listed).collect();
        let next = |pair: &[&Claim]| pair[1].site.clause <= pair[0].site.clause + 1;
        let plain = row.len() >= 3 && row[0].id == whole.id && row.windows(2).all(next);
        let all_of_it = sum(&row);
        // 毕业生407人，升学143人，就业264人: the first may be the others' whole after all.
        if !plain || all_of_it == whole.value.and_then(|whole| whole.times(Exact::int(2)?)) {
            continue;
        }
        if let Some(of_all) = reading_of(rate, &[part], &row, &[]).filter(|it| it.finding == Finding::Consistent) {
            *it = of_all;
        }
    }
}

/// Do both stand in one list of three or more, parted by nothing but its signs?
fn beside_in_list(one: &Claim, other: &Claim, counts: &[&Claim]) -> bool {
    let last = if one.site.start > other.site.start { one } else { other };
    let list = list_up_to(last, counts);
    let more = counts.iter().any(|c| c.site.start > last.site.start && list_up_to(c, counts).len() > list.len());
    let both = [one, other].iter().all(|c| list.iter().any(|it| it.id == c.id));
    both && (list.len() >= 3 || more)
}

/// 教材码洋286万元，按码洋的78%结算，应付223.08万元: what is to be paid is a share of what is called so.
pub(super) fn settled(doc: &Document, rate: &Claim) -> Option<Relation> {
    let lead = rate.site.before.rsplit('按').next().filter(|lead| lead.len() < rate.site.before.len())?;
    let name = lead.strip_suffix('的').filter(|name| (2..=6).contains(&name.chars().count()))?;
    let part = doc
        .next(rate)
        .filter(|c| c.kind == Kind::Money && c.bound == Bound::Exact && c.site.clause == rate.site.clause + 1)?;
    let before =
        doc.around(rate).iter().rev().filter(|c| c.site.chain == rate.site.chain && c.site.start < rate.site.start);
    let whole =
        before.filter(|c| c.kind == Kind::Money && c.bound == Bound::Exact).find(|c| words_of(c).contains(name))?;
    let it = reading(rate, &[part], whole, &[])?;
    // What misses by far is of something else.
    let apart = it.computed?.minus(rate.value?)?;
    let apart = if apart < Exact::ZERO { Exact::ZERO.minus(apart)? } else { apart };
    (apart.times(Exact::int(8)?)? <= rate.value?).then_some(it)
}

/// 7所院校有5所一体化教师占比达到60%: a share that each of the places has, not that of the places.
pub(super) fn of_each_place(rate: &Claim, counts: &[&Claim]) -> bool {
    const OF: &[&str] = &["教师", "教职工", "学生", "毕业生", "人员", "学员", "职工"];
    let head = rate.site.before.split_once("占比").or_else(|| rate.site.before.split_once("比例")).map(|it| it.0);
    let people = head.is_some_and(|head| OF.iter().any(|word| head.ends_with(word)));
    let places = counts.last().is_some_and(|c| {
        let place = ["所", "家", "个", "院", "校"].contains(&c.unit.as_str());
        place && c.site.clause == rate.site.clause
    });
    people && places
}

/// 超过专任教师总数的三分之二: the words between, and the rate as a limit.
fn limit_of(rate: &Claim) -> Option<(&str, Claim)> {
    let lead = rate.site.before.trim_start_matches(['，', '已', '也', '均', '经', '仍']);
    let over = ["超过", "超", "突破"].iter().find_map(|word| Some((lead.strip_prefix(word)?, true)));
    let under = || ["不足", "不到", "未达到", "低于"].iter().find_map(|word| Some((lead.strip_prefix(word)?, false)));
    let (name, over) = over.or_else(under)?;
    let stated = rate.value?;
    let (min, max) = if over { (stated, Exact::whole(100)) } else { (Exact::ZERO, stated) };
    let bound = if over { Bound::AtLeast } else { Bound::AtMost };
    let limit = Claim { bound, min: Some(min), max: Some(max), ..rate.clone() };
    Some((name, limit))
}

/// 854人，占61.6%，超过三分之二: of what the share right before it is of.
pub(in crate::relate) fn beyond_last(doc: &Document, rate: &Claim, all: &[Relation]) -> Option<Relation> {
    // 超过三分之二 may have been read with its word.
    let read = matches!(rate.bound, Bound::AtLeast | Bound::AtMost) && rate.site.before.trim_matches('，').is_empty();
    // 外伤占29.33%，半数以上发生在篮球场: of those who have the share, where more is told of them.
    let read = read && rate.site.after.is_empty();
    let limit = match limit_of(rate) {
        _ if read => rate.clone(),
        Some((name, limit)) if name.is_empty() && rate.bound == Bound::Exact => limit,
        _ => return None,
    };
    let share = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start)?;
    let beside = share.kind == Kind::Rate && share.site.clause + 1 == rate.site.clause;
    let (part, whole) = Holding::of(all).part_and_whole(doc, share).filter(|_| beside)?;
    reading(&limit, &[part], whole, &[])
}

/// 一体化教师1019人，…已超过专任教师总数的三分之二: a share that is passed, or not, of what is called so.
pub(super) fn beyond(doc: &Document, rate: &Claim) -> Option<Relation> {
    let (name, limit) = limit_of(rate)?;
    let name = name.strip_suffix('的')?;
    let ends = ["总数", "总人数", "人数", "总量", "总额", "总"];
    let name = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let near = |c: &&Claim| c.site.paragraph == rate.site.paragraph && c.site.start < rate.site.start;
    let plain = |c: &&Claim| c.bound == Bound::Exact && may_count(c) && !is_old(c) && c.site.cell.is_none();
    let before = || doc.around(rate).iter().rev().filter(near).filter(plain);
    let called = |c: &&Claim| {
        let own = c.site.before.trim_matches(['，', '；', '、', '共', '有', '的', '为', '（']);
        own == name
    };
    let whole = before().filter(|_| name.chars().count() >= 2).find(called)?;
    let part = before().find(|c| c.site.sentence == rate.site.sentence && alike(c, whole) && c.value < whole.value)?;
    reading(&limit, &[part], whole, &[])
}

/// 收回1187份…。给出满分的有671份，已经过半数: of the nearest count before that it is a share of.
pub(super) fn passed_by_last(doc: &Document, rate: &Claim) -> Option<Relation> {
    let lead = rate.site.before.trim_start_matches('，');
    let read = rate.bound == Bound::AtLeast && ["", "已", "已经", "均已", "都", "都已", "占"].contains(&lead);
    let ends = rate.site.after.is_empty();
    let mut before = doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start);
    let plain = |c: &&Claim| c.bound == Bound::Exact && may_count(c) && !is_old(c) && c.site.cell.is_none();
    let part = before.next().filter(plain).filter(|part| part.site.clause + 1 == rate.site.clause)?;
    let larger = |c: &&Claim| c.unit == part.unit && c.value > part.value && c.site.paragraph == part.site.paragraph;
    let mut readings = before.filter(plain).filter(larger).filter_map(|whole| reading(rate, &[part], whole, &[]));
    let nearest = readings.next().filter(|_| read && ends && part.site.sentence == rate.site.sentence)?;
    if nearest.finding == Finding::Consistent {
        return Some(nearest);
    }
    Some(readings.find(|it| it.finding == Finding::Consistent).unwrap_or(nearest))
}

/// 结业学员1840人…。女性612人，在结业学员中超过四成: of the count that is called so.
pub(super) fn passed_among(doc: &Document, rate: &Claim) -> Option<Relation> {
    let lead = rate.site.before.trim_start_matches('，').trim_end_matches(['占', '已', '也', '比']);
    let name = lead.strip_prefix('在')?.strip_suffix('中').filter(|name| name.chars().count() >= 2)?;
    let mut before = doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start);
    let plain = |c: &&Claim| c.bound == Bound::Exact && may_count(c) && !is_old(c) && c.site.cell.is_none();
    let part = before.next().filter(plain).filter(|part| part.site.clause + 1 == rate.site.clause)?;
    let called = |c: &&Claim| {
        let own = c.site.before.trim_matches(['，', '；', '、', '共', '有', '的', '为', '（']);
        own.ends_with(name) && alike(c, part) && c.value > part.value && c.site.paragraph == part.site.paragraph
    };
    reading(rate, &[part], before.filter(plain).find(called)?, &[])
}

/// 已落实去向2271人，…到企业就业的有1803人…。到企业就业是主渠道，占已落实去向人数的79.4%: a sentence without counts that names both.
fn of_two_named(doc: &Document, rate: &Claim) -> Option<Relation> {
    let name = name_of_whole(rate);
    let trimmed = |c: &Claim| {
        let own = c.site.before.trim_matches(['，', '；', '、', '共', '有', '的', '为', '（']);
        own.to_string()
    };
    let before = || {
        let near = |c: &&Claim| c.site.paragraph == rate.site.paragraph && c.site.start < rate.site.start;
        let plain = |c: &&Claim| c.bound == Bound::Exact && may_count(c) && !is_old(c) && c.site.cell.is_none();
        doc.around(rate).iter().rev().filter(near).filter(plain)
    };
    let said = rate.site.sentence_text.split('占').next().unwrap_or_default();
    let mut wholes = before().filter(|c| !name.is_empty() && trimmed(c) == name);
    let whole = wholes.next().filter(|_| wholes.next().is_none())?;
    let called = |c: &&Claim| {
        let own = trimmed(c);
        alike(c, whole) && c.id != whole.id && own.chars().count() >= 3 && said.contains(&own)
    };
    let mut parts = before().filter(called);
    let part = parts.next().filter(|part| parts.next().is_none() && part.value < whole.value)?;
    reading(rate, &[part], whole, &[])
}

/// 教职员工538人（其中专任教师421人，占78.3%）: what stands in brackets is of the count right before them.
fn before_bracket<'a>(part: &Claim, counts: &[&'a Claim]) -> Option<&'a Claim> {
    let place = |claim: &Claim| offset(claim);
    let said: Vec<char> = said_before(part).chars().collect();
    let open = said.iter().rposition(|c| matches!(c, '（' | '）')).filter(|&at| said[at] == '（')?;
    let here = counts.iter().rev().filter(|c| c.site.sentence == part.site.sentence && c.id != part.id);
    here.copied().find(|c| place(c) < open && c.value >= part.value)
}

/// 占就业人数的14.93%: 就业.
pub(in crate::relate) fn name_of_whole(rate: &Claim) -> &str {
    const CAME_TO: &[&str] = &[
        "升到",
        "升至",
        "提升到",
        "提升至",
        "提高到",
        "提高至",
        "上升到",
        "上升至",
        "增加到",
        "增至",
        "达到",
        "已达",
        "降到",
        "降至",
        "下降到",
        "下降至",
        "扩大到",
        "增长到",
        "涨到",
        "接近",
        "超过",
        "只有",
        "仅为",
        "已经达到",
        "已升到",
        "已提高到",
        "回升到",
    ];
    let Some(at) = rate.site.before.find('占') else { return "" };
    let name = rate.site.before[at + '占'.len_utf8()..].trim_start_matches('比');
    // 满意率（占有效问卷）为86.7%.
    let name = name.split('）').next().unwrap_or(name);
    let name = ["全部", "全体", "全校", "全院", "全"].iter().find_map(|all| name.strip_prefix(all)).unwrap_or(name);
    let name = name.trim_end_matches(['的', '约', '近', '为', '达']);
    let ends = ["总数", "总量", "总人数", "人数", "总额", "总"];
    let name = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    // 占比升到58.4%: how it came to be so names nothing.
    let name = if CAME_TO.contains(&name) { "" } else { name };
    // 占领用量的95%: of what was 领用.
    let name = name.strip_suffix(['量', '数', '额']).filter(|short| short.chars().count() >= 2).unwrap_or(name);
    if name.chars().count() >= 2 { name } else { "" }
}

/// 男生2790人，女生930人，共3720人，女生占25%: the count the share names, said before the whole.
fn named_part<'a>(rate: &Claim, counts: &[&'a Claim], whole: &Claim) -> Option<&'a Claim> {
    let name = rate
        .site
        .before
        .trim_start_matches(['，', '、', '（'])
        .trim_end_matches(['占', '约', '比', '例', '为', '达', '了', '到']);
    // 在编教职工386人、编外聘用94人，合计480人；在编占80%.
    let short = name.chars().count() + 4;
    let called = |claim: &Claim| claim.subject.starts_with(name) && claim.subject.chars().count() <= short;
    let named = |claim: &&&Claim| called(claim) && claim.id != whole.id && claim.value <= whole.value;
    (name.chars().count() >= 2).then(|| counts.iter().rev().find(named).copied())?
}

/// 女生占45%，为540人; 占45%（540人）: the part follows its share.
fn said_behind<'a>(doc: &'a Document, rate: &Claim, whole: &Claim) -> Option<&'a Claim> {
    doc.around(rate).iter().find(|c| {
        let lead = c.site.before.trim_start_matches(['，', '（']);
        c.site.sentence == rate.site.sentence
            && c.kind.counts()
            && c.site.start > rate.site.start
            && c.site.clause <= rate.site.clause + 1
            && alike(c, whole)
            && ["", "为", "共", "有", "达", "共有", "即", "共计", "计", "人数为"].contains(&lead)
    })
}
