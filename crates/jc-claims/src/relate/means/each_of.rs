//! What each of some has, how many they are and what all of them have, in any order and at any distance: 每位会员发放福利1800元，全年支出
//! 96.84万元 of 工会会员538人 told before; 每间住6人…，共安排1308人，启用218间; 生均图书80册 of 38.4万册 and 4800人.
//!
//! Who they are the words say (每位会员, 场均); what speaks for a count and for a total is added up. What the three agree in is told
//! where it is not to be expected by chance; what they do not agree in where all speaks for them and the figures differ by an
//! everyday slip.

use std::collections::HashSet;

use super::mean::{is_mean, of_times, words};
use super::only;
use super::products::more_to_it;
use super::quotients::{fits, quotient};
use super::tiers::of_one_tier;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips::{carried, figures, is_slip, ten_or_hundred};
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{head_of, said_after, shared};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{MEANS, REGIONS, STOCK, any_in};

/// So many numbers before a share are looked at, and behind it.
const BEFORE: usize = 80;
const BEHIND: usize = 4;
/// So much must speak for what agrees, and for what does not.
const TOLD: i32 = 4;
const SURE: i32 = 8;

/// Looks for them.
pub(in crate::relate) fn each_of(doc: &Document, all: &mut Vec<Relation>) {
    let told = |it: &&Relation| it.primary && it.kind == RelationKind::Quotient;
    let quotients = || all.iter().filter(told).flat_map(|it| it.members.iter());
    let answered: HashSet<&str> =
        quotients().filter(|(role, _)| *role == Role::Quotient).map(|(_, id)| id.as_str()).collect();
    let tiers = of_one_tier(doc);
    let mut found = Vec::new();
    for (at, each) in doc.claims.iter().enumerate().filter(|(_, c)| !answered.contains(c.id.as_str())) {
        let Some(holder) = Holder::of(each) else { continue };
        let from = at.saturating_sub(BEFORE);
        let around = &doc.claims[from..(at + 1 + BEHIND).min(doc.claims.len())];
        let told = of(each, &holder, around);
        found.extend(told.filter(|it| it.finding == Finding::Consistent || !tiers.contains(each.id.as_str())));
    }
    all.extend(found);
}

/// Of whom each has something.
struct Holder {
    /// 间, 场, 位.
    measure: char,
    /// 会员, 教室: nothing where only the measure is said.
    noun: String,
    /// What is named before 每: 会员生日卡每张.
    before: String,
}

impl Holder {
    fn of(each: &Claim) -> Option<Holder> {
        const TIMES: &[&str] =
            &["年", "月", "天", "日", "周", "学期", "学年", "季", "小时", "时", "个月", "逢", "当", "一", "期工", "晚"];
        const MEASURES: &[char] = &[
            '个', '名', '位', '家', '所', '间', '支', '场', '期', '台', '套', '件', '张', '栋', '户', '座', '辆', '亩',
        ];
        let measured = matches!(
            each.kind,
            Kind::Quantity | Kind::Money | Kind::Hours | Kind::Count | Kind::PersonTimes | Kind::Duration
        );
        let bound = matches!(each.bound, Bound::Exact | Bound::About) && each.numeral != Numeral::None;
        let lead = each.site.before.as_str();
        if !measured
            || !bound
            || each.each.is_some()
            || each.site.cell.is_some()
            || any_in(lead, REGIONS)
            || cues::is_old(each)
        {
            return None;
        }
        if let Some((before, noun)) = lead.rsplit_once('每') {
            let over_time = TIMES.iter().any(|word| noun.starts_with(word));
            let measure = noun.chars().next()?;
            if over_time || before.contains('每') || noun.chars().count() > 10 || measure.is_ascii_digit() {
                return None;
            }
            let noun: String = noun.trim_start_matches(MEASURES).chars().take(2).collect();
            let noun =
                if noun.chars().count() == 2 && !matches!(measure, '人' | '生') { noun } else { String::new() };
            let before = before.trim_start_matches(['，', '；', '（', '、']).trim_end_matches(['平', '均', '按', '为']);
            return Some(Holder { measure, noun, before: before.to_string() });
        }
        let mean = MEANS.iter().find(|word| lead.contains(**word) && **word != "平均");
        // 企业平均提供30个岗位.
        if mean.is_none()
            && let Some((before, verb)) = lead.split_once("平均")
        {
            let name: Vec<char> = before.trim_start_matches(['，', '；', '（', '、']).chars().collect();
            let plain = (2..=4).contains(&name.len()) && (1..=4).contains(&verb.chars().count()) && is_mean(each);
            let noun: String = name[name.len().saturating_sub(2)..].iter().collect();
            return plain.then_some(Holder { measure: '均', noun, before: String::new() });
        }
        let word = mean?;
        let (before, _) = lead.split_once(word)?;
        let before = before.trim_start_matches(['，', '；', '（', '、']).to_string();
        is_mean(each).then_some(())?;
        Some(Holder { measure: word.chars().next()?, noun: String::new(), before })
    }

    fn people(&self) -> bool {
        matches!(self.measure, '人' | '名' | '位' | '生' | '师')
    }

    /// What speaks for a count of holders.
    fn calls(&self, c: &Claim) -> Option<i32> {
        let own = words(c);
        let people = counts_people(&c.unit) && c.unit != "人次";
        let named = !self.noun.is_empty() && own.contains(&self.noun);
        // 会员生日卡每张: those of whom the words before speak.
        let own_name: String = self.before.chars().take(2).collect();
        let before = own_name.chars().count() == 2 && people && own.contains(&own_name);
        let measure = if self.people() {
            people
        } else {
            let noun: String = c.site.after.chars().take(4).collect();
            c.unit.contains(self.measure) || matches!(c.unit.as_str(), "" | "个") && noun.contains(self.measure)
        };
        let pupils = self.measure != '生' || !any_in(&own, &["教师", "教职工", "老师"]);
        let points = match () {
            () if named => 4,
            () if measure && !self.people() => 3,
            () if measure && pupils => 2,
            () if before => 1,
            () => return None,
        };
        Some(
            points
                + i32::from(before && points > 1)
                + 2 * i32::from(
                    self.measure == '生'
                        && (any_in(&own, STOCK) || own.contains("学生") && any_in(&own, &["现有", "共有"])),
                ),
        )
    }
}

fn plain(c: &Claim) -> bool {
    cues::exact(c) && c.value > Some(Exact::ZERO) && !cues::is_old(c) && !cues::per_head(c) && c.kind != Kind::Change
}

/// One share with the count and the total that most speaks for.
fn of(each: &Claim, holder: &Holder, around: &[Claim]) -> Option<Relation> {
    let distance = |c: &Claim| match () {
        () if c.site.sentence == each.site.sentence => 2,
        () if c.site.chain == each.site.chain => 1,
        () if c.site.paragraph == each.site.paragraph && c.site.chain.abs_diff(each.site.chain) <= 1 => 0,
        () if c.site.paragraph == each.site.paragraph => -1,
        () => -2,
    };
    let before = |c: &Claim| c.site.start < each.site.start;
    let near = |c: &Claim| before(c) || c.site.chain == each.site.chain;
    let holders: Vec<(i32, &Claim)> = around
        .iter()
        .filter(|c| c.id != each.id && plain(c) && c.kind == Kind::Count && near(c) && c.value > Exact::int(1))
        .filter_map(|c| Some((holder.calls(c)? + distance(c), c)))
        .collect();
    let like = |c: &Claim| c.unit == each.unit || alike(c, each) || of_times(c, each) || product_of(c, each);
    let amount = |c: &Claim| c.kind.counts() || adds_up(c) || c.kind == Kind::Duration || product_of(c, each);
    let totals: Vec<(i32, &Claim)> = around
        .iter()
        .filter(|c| c.id != each.id && plain(c) && amount(c) && like(c) && near(c) && c.value > each.value)
        .map(|c| {
            let closes = cues::closing(c).is_some() || any_in(&c.site.before, &["累计", "合计", "共", "总", "全年"]);
            let named = shared(&format!("{}{}", each.site.before, each.site.after), &words(c)) >= 2;
            let next = c.site.clause == each.site.clause + 1 && c.site.sentence == each.site.sentence;
            let told = i32::from(closes && next && each.kind == Kind::Money);
            (2 * i32::from(closes) + 2 * i32::from(named) + i32::from(next) + told + distance(c), c)
        })
        .collect();
    let mut pairs: Vec<(i32, &Claim, &Claim)> = Vec::new();
    for (a, total) in &totals {
        for (b, holders) in holders.iter().filter(|(_, c)| c.id != total.id) {
            // 培训1056人次，人均3次: people, not how often they came; 84人 are no total of 每间6人 and its own holders.
            if total.unit == holders.unit && alike(total, holders) && holder.people() {
                continue;
            }
            pairs.push((a + b, total, holders));
        }
    }
    pairs.sort_by_key(|it| std::cmp::Reverse(it.0));
    let told = |total: &Claim, holders: &Claim, holds: bool| {
        Some(quotient(total, holders, each, total.value?.over(holders.value?)?, holds))
    };
    let agrees = |total: &Claim, holders: &Claim| match each.bound {
        Bound::Exact => fits(total, holders, each) == Some(true),
        // 约1.93万元, 49人左右: within a fiftieth.
        _ => total.value.zip(holders.value).and_then(|(t, h)| t.over(h)).is_some_and(|gives| close(gives, each, 50)),
    };
    if let Some((_, total, holders)) =
        pairs.iter().find(|(points, t, h)| *points >= TOLD + chance(each, t) && agrees(t, h))
    {
        return told(total, holders, true);
    }
    // 其中省级赛事场均1200人次; 另有…: of some, or of more.
    let some = each.site.clause_text.contains("其中") || holder.before.chars().count() > 4 && !holder.people();
    if some || more_to_it(each) || each.bound != Bound::Exact {
        return None;
    }
    if let Some((_, total, holders)) = pairs.iter().find(|(points, t, h)| *points >= TOLD && nought(each, t, h, around))
    {
        return told(total, holders, false);
    }
    let outright = || outright(each, holder, around, &holders);
    if let Some((total, holders)) = alone(each, holder, &totals, &holders).or_else(outright) {
        return told(total, holders, false);
    }
    let (points, total, holders) = pairs.first()?;
    let other =
        pairs.get(1).is_some_and(|(next, t, h)| next == points && (t.value, h.value) != (total.value, holders.value));
    let slip = slip(each, total, holders) == Some(true);
    // 首批36户，合计15万元，含第二批14户: of more than are counted here.
    let behind = head_of(said_after(total), 12);
    let batch = any_in(&holders.site.before, &["首批", "一批", "二批", "首期", "新增", "其中"]);
    if batch || any_in(behind, &["含", "包括", "加上"]) {
        return None;
    }
    // 每辆核载45人，接送学生450人: what is no total, nor called alike, need not be full.
    let of_all = cues::closing(total).is_some()
        || any_in(&total.site.before, &["累计", "合计", "共", "总", "全年"])
        || shared(&format!("{}{}", each.site.before, each.site.after), &words(total)) >= 2
        || is_mean(each);
    let sure =
        *points >= SURE && slip && of_all && !other && !total.site.clause_text.contains("其中") && !more_to_it(total);
    sure.then(|| told(total, holders, false)).flatten().filter(|it| it.finding == Finding::Inconsistent)
}

/// 168名…。安排经费50.4万元，…，折合人均300元: a nought too few or too many, where the digits are those of the mean.
fn nought(each: &Claim, total: &Claim, holders: &Claim, around: &[Claim]) -> bool {
    let near = |c: &Claim| c.site.paragraph == each.site.paragraph && c.site.chain + 1 >= each.site.chain;
    let lead = each.site.before.as_str();
    let mean =
        is_mean(each) && !any_in(lead, &["月", "周", "天", "日", "学期", "次"]) && !each.site.after.starts_with('/');
    let gives = total.value.zip(holders.value).and_then(|(t, h)| t.over(h));
    // 10个月，人均每月: so often, perhaps.
    let times = |c: &Claim| near(c) && (c.value == Exact::int(10) || c.value == Exact::int(100));
    let ten = gives.zip(each.value).is_some_and(|(gives, each)| ten_or_hundred(gives, each));
    let long = total.value.is_some_and(|total| figures(total) >= 100);
    let told = near(total) && near(holders) && holders.value >= Exact::int(20) && long;
    mean && told && ten && !around.iter().any(times)
}

/// 举办四场开放日…。累计5320人次…。平均每场1380人次: the only ones the paragraph counts so, and the only total, one digit away.
fn alone<'a>(
    each: &Claim,
    holder: &Holder,
    totals: &[(i32, &'a Claim)],
    holders: &[(i32, &'a Claim)],
) -> Option<(&'a Claim, &'a Claim)> {
    let near = |c: &Claim| c.site.paragraph == each.site.paragraph && c.site.start < each.site.start;
    let closes = |c: &Claim| cues::closing(c).is_some() || any_in(&c.site.before, &["累计", "合计", "共", "总"]);
    let counting = |c: &&Claim| near(c) && holder.calls(c).is_some_and(|points| points >= 3);
    let held = only(holders.iter().map(|(_, c)| *c).filter(counting))?;
    let summed = |c: &&Claim| near(c) && c.unit == each.unit && closes(c) && c.id != held.id;
    let total = only(totals.iter().map(|(_, c)| *c).filter(summed))?;
    let long = |c: &Claim| c.value.and_then(|value| value.over(c.step)) >= Exact::int(100);
    let one_digit = slip(each, total, held) == Some(true) && long(each) && long(total) && is_mean(each);
    let part = |c: &Claim| any_in(&c.site.clause_text, &["其中", "首批", "新增", "另"]);
    (one_digit && !part(held) && !part(total)).then_some((total, held))
}

/// 28座教学大棚…。平均每座棚卖出1.35万元。…，大棚一共进账42.3万元: the only ones so counted and the only amount they have together, told in the next
/// sentence by their name.
fn outright<'a>(
    each: &Claim,
    holder: &Holder,
    around: &'a [Claim],
    holders: &[(i32, &'a Claim)],
) -> Option<(&'a Claim, &'a Claim)> {
    let near = |c: &Claim| c.site.paragraph == each.site.paragraph;
    let counting = |c: &&Claim| near(c) && c.site.start < each.site.start && c.unit.contains(holder.measure);
    let held = only(holders.iter().map(|(_, c)| *c).filter(counting))?;
    let next = |c: &&Claim| near(c) && c.site.chain.abs_diff(each.site.chain) <= 1 && c.unit == each.unit;
    let mut amounts = around.iter().filter(next).filter(|c| c.id != each.id && plain(c));
    let (total, None) = (amounts.next()?, amounts.next()) else { return None };
    let noun = holder.noun.chars().next().filter(|_| !holder.people())?;
    let named = total.site.before.contains(noun) && words(held).contains(noun);
    let closes = cues::closing(total).is_some() || any_in(&total.site.before, &["一共", "总共", "合计", "共计"]);
    let mean = is_mean(each) && each.site.before.contains("平均") && held.value >= Exact::int(10);
    let time = any_in(&total.site.clause_text, &["去年", "上年", "累计", "以来", "其中", "首批", "新增", "上半年"]);
    let gives = total.value?.over(held.value?)?;
    (named && closes && mean && !time && !more_to_it(total) && close(gives, each, 4)).then_some((total, held))
}

/// 96人×120学时 against 11520人学时.
fn product_of(total: &Claim, each: &Claim) -> bool {
    total.unit.strip_prefix('人').is_some_and(|unit| unit == each.unit)
}

/// A short number is hit by chance.
fn chance(each: &Claim, total: &Claim) -> i32 {
    let digits = |c: &Claim| c.value.and_then(|v| v.over(c.step)?.as_int()).map_or(0, |n| n.to_string().len());
    i32::from(digits(each).max(digits(total)) < 3) + i32::from(each.bound != Bound::Exact)
}

fn close(gives: Exact, each: &Claim, share: i128) -> bool {
    let near = || {
        let value = each.value?;
        let apart = gives.apart(value)?;
        Some(apart.times(Exact::int(share)?)? <= value)
    };
    near() == Some(true)
}

/// Would one of the three be right with one digit changed?
fn slip(each: &Claim, total: &Claim, holders: &Claim) -> Option<bool> {
    let (e, t, h) = (each.value?, total.value?, holders.value?);
    let looks = |right: Exact, said: &Claim| {
        let steps = right.over(said.step)?.round(0)?;
        let own = said.value?.over(said.step)?;
        let right = Exact::int(steps.to_string().parse().ok()?)?;
        let plain = own >= Exact::int(10)?;
        Some(plain && right != own && (is_slip(right, own) || carried(right, own)))
    };
    let whole = |value: Exact, step: Exact| value.over(step).and_then(Exact::as_int).is_some();
    let of_total = looks(e.times(h)?, total)?;
    let of_each = whole(t.over(h)?, each.step) && looks(t.over(h)?, each)?;
    let of_holders = whole(t.over(e)?, holders.step) && looks(t.over(e)?, holders)?;
    let product = e.times(h)?;
    let near = |share: i128| -> Option<bool> {
        let apart = product.apart(t)?;
        Some(apart.times(Exact::int(share)?)? <= t)
    };
    Some((of_total || of_each || of_holders) && near(2)?)
}
