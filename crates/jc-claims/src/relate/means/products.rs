//! Products said factor by factor: 120名志愿者每人上岗9天，每天8小时，累计8640小时; 六个学期，每学期20周，每周30课时; 9场（三个年级各3场）.

use std::collections::{HashMap, HashSet};

use jc_text::fold::is_han;

use super::quotients::{fits, quotient};
use super::steps::steps;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, shown_as};
use crate::relate::digits::slips::is_mistyped;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::said_before;
use crate::relate::wording::called::ADDS_UP_TO;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{MEANS, SUMMED, any_in};

/// So many factors a product has at most.
const MOST: usize = 5;

/// Looks for all products.
pub(super) fn products(doc: &Document, all: &mut Vec<Relation>) {
    let mut found: Vec<Relation> = Vec::new();
    for (at, claim) in doc.claims.iter().enumerate().filter(|(_, claim)| claim.site.cell.is_none()) {
        let before = &doc.claims[at.saturating_sub(MOST)..at];
        let it = in_steps(claim, before).or_else(|| of_each_in_brackets(claim, before));
        let it = it.or_else(|| parted(claim, before)).or_else(|| paid_for_all(doc, claim, before));
        found.extend(
            it.or_else(|| paid_by_slip(doc, claim))
                .or_else(|| by_days(doc, claim))
                .or_else(|| day_by_day(claim, before))
                .or_else(|| steps(doc, at)),
        );
    }
    // 12名督导员…每学期每人听课16节: what one finder multiplies in full, another has told in part.
    let first = |it: &Relation| Some((it.members.first()?.1.clone(), it.members.last()?.1.clone()));
    let whole: HashMap<_, &Relation> = found.iter().filter_map(|it| Some((first(it)?, it))).collect();
    let part_of = |it: &Relation| {
        let whole = first(it).and_then(|ends| whole.get(&ends));
        let wrong = it.kind == RelationKind::Quotient && it.finding == Finding::Inconsistent;
        wrong && whole.is_some_and(|whole| it.members.iter().all(|member| whole.members.contains(member)))
    };
    all.retain(|it| !part_of(it) && !left_open(doc, it));
    let ids = |it: &Relation| -> Vec<String> { it.members.iter().map(|(_, id)| id.clone()).collect() };
    let told: HashSet<Vec<String>> =
        all.iter().filter(|it| it.kind == RelationKind::Quotient && it.primary).map(ids).collect();
    found.retain(|it| !told.contains(&ids(it)));
    all.extend(found);
}

/// 每人每月300元，17人共5.84万元: how many months there were is not said.
fn left_open(doc: &Document, it: &Relation) -> bool {
    let [(Role::Numerator, total), (Role::Denominator, _), (Role::Quotient, each)] = &it.members[..] else {
        return false;
    };
    let often =
        |noun: &&str| ["月", "周", "天", "日", "学期", "次", "课", "节"].iter().any(|time| noun.starts_with(time));
    let open = doc.claim(each).map(every).is_some_and(|nouns| nouns.len() >= 2 && nouns.iter().any(often));
    let plain = doc.claim(total).is_some_and(|total| every(total).is_empty());
    it.kind == RelationKind::Quotient && it.finding == Finding::Inconsistent && open && plain
}

/// What is said behind each 每 of the words before a number: 每名学徒每年 says 名学徒 and 年.
pub(super) fn every(claim: &Claim) -> Vec<&str> {
    let lead = claim.site.before.split_once('每').map_or("", |(_, rest)| rest);
    if lead.is_empty() { Vec::new() } else { lead.split('每').collect() }
}

/// Is the count one of what stands behind 每? 每人 are those of 120名, 每学期 those of 六个学期, 每队 those of 12支队.
pub(super) fn counts_each(claim: &Claim, noun: &str) -> bool {
    let people = ["人", "名", "位", "生"].iter().any(|word| noun.starts_with(word)) && counts_people(&claim.unit);
    let unit = claim.unit.trim_start_matches('个');
    let by_unit = !unit.is_empty() && noun.trim_start_matches('个').starts_with(unit);
    let own: String = noun.trim_start_matches(['个', '名', '位', '支', '家', '所', '间']).chars().take(2).collect();
    let by_noun = !own.is_empty() && (claim.site.after.starts_with(&own) || claim.unit.ends_with(&own));
    // 急救包58个，每包…14件: the name stands before its number.
    let last = || cues::item(claim).trim_end_matches(['有', '共', '的']).chars().last();
    let named = claim.unit == "个" && noun.chars().next().is_some_and(|first| is_han(first) && last() == Some(first));
    people && claim.unit != "人次" || by_unit || by_noun || named
}

/// 120名学生志愿者每人上岗9天，每天8小时，累计服务8640小时: each number is of one of what another counts.
fn in_steps(total: &Claim, before: &[Claim]) -> Option<Relation> {
    let each = before.last()?;
    let lead = total.site.before.trim_start_matches(['，', '（', '；']);
    let closes = cues::closing(total).is_some() || ADDS_UP_TO.iter().any(|word| lead.starts_with(word));
    let like = each.unit == total.unit || alike(each, total);
    if !closes || !like || total.site.sentence != each.site.sentence || total.each.is_some() || !counted(total) {
        return None;
    }
    let mut wanted: Vec<&str> = every(each);
    let mut factors: Vec<&Claim> = Vec::new();
    for factor in before[..before.len() - 1].iter().rev() {
        if wanted.is_empty() {
            break;
        }
        let at = wanted.iter().position(|noun| counts_each(factor, noun))?;
        if factor.site.sentence != total.site.sentence || !counted(factor) || factor.each.is_some() {
            return None;
        }
        wanted.remove(at);
        wanted.extend(every(factor));
        factors.insert(0, factor);
    }
    // 9天，每天8小时: a single count and what each has is told of elsewhere.
    let days = factors.len() == 1 && factors.iter().all(|factor| factor.kind == Kind::Duration);
    if !(factors.len() >= 2 || days) || !wanted.is_empty() {
        return None;
    }
    let exact = factors.iter().chain([&each, &total]).all(|c| c.bound == Bound::Exact);
    product(total, &factors, each, Exact::int(1)?)
        .filter(|it| it.finding == Finding::Consistent || exact && not_far(it) && !more_to_it(total))
}

/// 1870人的周记应交12周，每周1篇，合计22440篇: what is far off has a factor that is not said here.
fn not_far(it: &Relation) -> bool {
    let twice = |value: Exact| value.times(Exact::int(2)?);
    let near = || {
        let (gives, stated) = (it.computed?, it.stated?);
        Some(gives < twice(stated)? && stated < twice(gives)?)
    };
    near() == Some(true)
}

/// 每个方阵48人，另有旗手12人; 每天5小时，加上培训，累计: something is left out of what is multiplied.
pub(in crate::relate) fn more_to_it(claim: &Claim) -> bool {
    // 货款17100元，含运费实付17400元.
    claim.site.before.trim_start_matches('，').starts_with(['含', '连'])
        || any_in(
            &claim.site.sentence_text,
            &["，另", "另有", "另设", "另加", "另外", "其余", "加上", "外加", "此外", "机动", "剩余"],
        )
}

/// 心理讲座9场（三个年级各3场）: what each of them had, in brackets behind what all had.
fn of_each_in_brackets(each: &Claim, before: &[Claim]) -> Option<Relation> {
    let [.., total, holders] = before else { return None };
    let opens = holders.site.before.ends_with('（') && holders.site.clause == total.site.clause;
    let close = each.site.clause == holders.site.clause && each.site.after.starts_with('）');
    let own = each.site.before.ends_with('各') && each.site.before.chars().count() <= 6;
    let plain = [total, holders, each].iter().all(|c| c.bound == Bound::Exact && c.numeral != Numeral::None);
    let like = each.unit == total.unit && holders.unit != each.unit && holders.kind == Kind::Count;
    if !(opens && close && own && plain && like) {
        return None;
    }
    let holds = holders.value?.times(each.value?)? == total.value?;
    Some(quotient(total, holders, each, total.value?.over(holders.value?)?, holds))
}

/// 96名教职工组成12个招生工作组，每组8人: all of them parted, and how many each part has.
fn parted(each: &Claim, before: &[Claim]) -> Option<Relation> {
    let [.., total, holders] = before else { return None };
    let [noun] = every(each)[..] else { return None };
    let led = each.site.before.trim_start_matches(['，', '（', '平', '均']).starts_with('每');
    let verb = ["组成", "分成", "编成", "分为", "编为", "编入", "划分为", "划为"];
    let parts = verb.iter().any(|verb| holders.site.before.trim_end_matches(['了', '共']).ends_with(verb));
    let near = total.site.sentence == each.site.sentence
        && holders.site.clause == total.site.clause
        && each.site.clause <= holders.site.clause + 1;
    let name = holders.site.after.ends_with(noun) || counts_each(holders, noun);
    let plain = [total, holders].iter().all(|c| c.bound == Bound::Exact && c.kind == Kind::Count);
    let like = alike(total, each) && !alike(holders, each);
    if !(led && parts && near && name && plain && like) {
        return None;
    }
    let it = quotient(total, holders, each, total.value?.over(holders.value?)?, fits(total, holders, each)?);
    let told = it.finding == Finding::Consistent || each.bound == Bound::Exact && not_far(&it) && !more_to_it(each);
    told.then_some(it)
}

/// 为每位毕业生准备了一把卡尺，单价85元，总共花了129880元; 每名学徒每年2.85万元，全年共615.6万元: as many as the text counts somewhere
/// have paid so much. Only what agrees to the last digit is told.
fn paid_for_all(doc: &Document, total: &Claim, before: &[Claim]) -> Option<Relation> {
    let price = before.last()?;
    let lead = total.site.before.trim_start_matches(['，', '（', '；']);
    let closes = cues::closing(total).is_some() || any_in(lead, ADDS_UP_TO);
    let near = total.site.sentence == price.site.sentence && total.site.clause <= price.site.clause + 2;
    let money = [total, price].iter().all(|c| c.kind == Kind::Money && c.bound == Bound::Exact);
    let said = said_before(price);
    let single = ["单价", "均价"].iter().any(|word| price.site.before.contains(word));
    let each = if single { said.contains('每') } else { price.site.before.contains('每') };
    let of_people = ["每人", "每名", "每位", "每生", "人均", "生均"].iter().any(|word| said.contains(word));
    if !(closes && near && money && each && of_people) {
        return None;
    }
    let people = |c: &&Claim| {
        let plain = counts_people(&c.unit) && c.unit != "人次" && c.bound == Bound::Exact && c.kind == Kind::Count;
        plain && c.site.start < total.site.start && c.value >= Exact::int(20) && !cues::is_old(c)
    };
    let gives = total.value?.over(price.value?)?;
    let mut around = doc.around(total).iter().rev().filter(people);
    let holders = around.find(|c| c.value == Some(gives))?;
    Some(quotient(total, holders, price, total.value?.over(holders.value?)?, true))
}

/// 全年6722人次。补助每生每学期1100元，…，到账793.42万元: of those counted before, the one whose product is one slip away, where none
/// gives it.
fn paid_by_slip(doc: &Document, total: &Claim) -> Option<Relation> {
    const PAID: &[&str] = &["兑付", "到账", "发放", "支出", "拨付", "补助", "补贴", "收入", "共", "计", "总"];
    const MOST_HOLDERS: usize = 6;
    let money = |c: &Claim| c.kind == Kind::Money && c.bound == Bound::Exact && c.site.cell.is_none();
    if !money(total)
        || more_to_it(total)
        || !any_in(&total.site.before, PAID)
        || every(total) != Vec::<&str>::new()
        || cues::is_old(total)
    {
        return None;
    }
    let before = || doc.around(total).iter().rev().filter(|c| c.site.start < total.site.start);
    let each = before().take(4).find(|c| money(c) && c.site.sentence == total.site.sentence)?;
    // 户均增收4800元: of each 户.
    let mean = || MEANS.iter().find(|word| each.site.before.contains(**word)).and_then(|word| word.strip_suffix('均'));
    let noun = every(each).into_iter().next().or_else(mean)?;
    let holder = |c: &&Claim| {
        let plain = c.bound == Bound::Exact && c.each.is_none() && !cues::is_old(c) && c.value >= Exact::int(20);
        let people = counts_people(&c.unit) && ["人", "名", "位", "生"].iter().any(|word| noun.starts_with(word));
        plain && counted(c) && c.site.paragraph == total.site.paragraph && (people || counts_each(c, noun))
    };
    let holders: Vec<&Claim> =
        before().filter(|c| c.site.start < each.site.start).filter(holder).take(MOST_HOLDERS).collect();
    let steps = |value: Exact| Exact::from_decimal(value.over(total.step)?.round(0)?);
    let stated = steps(total.value?).filter(|value| *value >= Exact::whole(1_000))?;
    let gives = |holder: &Claim| steps(holder.value?.times(each.value?)?);
    if let Some(holder) = holders.iter().find(|holder| gives(holder) == Some(stated)) {
        return Some(quotient(total, holder, each, total.value?.over(holder.value?)?, true));
    }
    let slip = |holder: &&&Claim| gives(holder).is_some_and(|gives| is_mistyped(gives, stated));
    let mut slips = holders.iter().filter(slip);
    let holder = slips.next().filter(|_| slips.next().is_none())?;
    Some(quotient(total, holder, each, total.value?.over(holder.value?)?, false))
}

/// 每天训练12个小时…，训练了310天，累计3720个小时: what is told of each day, and on how many; also where a digit was mistyped.
fn by_days(doc: &Document, total: &Claim) -> Option<Relation> {
    const DAILY: &[&str] = &["每天", "每日", "日均"];
    let exact = |c: &&Claim| c.bound == Bound::Exact && c.site.cell.is_none() && c.value.is_some();
    let summed = total.kind == Kind::Hours && any_in(&total.site.before, SUMMED);
    let total = Some(total).filter(|_| summed).filter(exact)?;
    let mut before = doc.around(total).iter().rev().filter(|c| c.site.start < total.site.start).filter(exact);
    let days = before.next().filter(|c| c.unit == "天" && c.site.sentence == total.site.sentence)?;
    let daily =
        |c: &&Claim| c.kind == Kind::Hours && any_in(&c.site.before, DAILY) && c.site.paragraph == total.site.paragraph;
    let each = before.take(4).find(daily)?;
    let product = days.value?.times(each.value?)?;
    let (holds, stated) = (Some(product) == total.value, total.value?);
    let gives = stated.over(days.value?)?;
    (holds || is_mistyped(product, stated)).then(|| quotient(total, days, each, gives, holds))
}

/// 供餐108天，日均1.86万人次，累计约20.1万人次: as many a day, on so many days. Told where it is off by more than days could be missing.
fn day_by_day(total: &Claim, before: &[Claim]) -> Option<Relation> {
    const CLOSES: &[&str] = &["累计", "共计", "合计", "总计", "累计供应", "累计接待", "累计服务", "共"];
    let [.., days, each] = before else { return None };
    let plain = |c: &Claim| matches!(c.bound, Bound::Exact | Bound::About) && c.each.is_none();
    let closes = CLOSES.contains(&total.site.before.trim_start_matches('，').trim_end_matches(['约', '近', '达']));
    let daily =
        ["日均", "平均每天", "平均每日"].iter().any(|word| each.site.before.trim_start_matches('，').starts_with(word));
    let row = days.unit == "天"
        && days.site.sentence == total.site.sentence
        && days.site.clause + 1 == each.site.clause
        && each.site.clause + 1 == total.site.clause;
    let like = each.unit == total.unit && total.kind.counts() && [days, each, total].iter().all(|c| plain(c));
    if !(closes && daily && row && like) || more_to_it(total) {
        return None;
    }
    let product = days.value?.times(each.value?)?;
    let stated = total.value?;
    let slack = product.over(Exact::whole(20))?;
    let holds = product.apart(stated)? <= slack;
    let far = stated.times(Exact::whole(2))? < product || product.times(Exact::whole(2))? < stated;
    let gives = stated.over(days.value?)?;
    (holds || far).then(|| quotient(total, days, each, gives, holds))
}

/// Numbers that can be multiplied: counts, hours, days, money.
fn counted(claim: &Claim) -> bool {
    let kind = claim.kind.counts() || matches!(claim.kind, Kind::Duration | Kind::Quantity);
    kind && claim.value > Some(Exact::ZERO) && claim.numeral != Numeral::None && claim.site.cell.is_none()
}

/// total = the factors, each multiplied with the next, and so many times as the calendar says.
pub(super) fn product(total: &Claim, factors: &[&Claim], each: &Claim, times: Exact) -> Option<Relation> {
    let many = factors.iter().try_fold(times, |many, factor| many.times(factor.value?))?;
    let gives = many.times(each.value?)?;
    let (low, high) = interval(total)?;
    let holds = gives >= low && gives <= high;
    let calendar = Some(times).filter(|times| *times != Exact::whole(1)).map(|times| times.show(0));
    let listed: Vec<String> = factors.iter().map(|factor| shown(factor)).chain(calendar).collect();
    let holders = listed.join("×");
    let working = Working {
        code: if holds { "each-holds" } else { "each-fails" },
        with: vec![
            ("each", shown(each)),
            ("holders", holders.clone()),
            ("gives", shown_as(total, gives, 2)),
            ("stated", shown(total)),
        ],
        zh: format!("{}×{holders}＝{}，文中为{}", shown(each), shown_as(total, gives, 2), shown(total)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut members = vec![(Role::Numerator, total)];
    members.extend(factors.iter().map(|factor| (Role::Denominator, *factor)));
    members.push((Role::Quotient, each));
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    it.computed = Some(gives);
    it.stated = total.value;
    Some(it)
}
