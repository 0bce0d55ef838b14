//! Products told in any order: 每周6课时，每学期18周，连续开设四个学期，总计432课时; 人均提高3600元，教职工412名人人有份，多拿出148.3万元;
//! 自3月起17人每人每月280元，到12月末共发放4.76万元.
//!
//! Each number says of one of what it is (每人每月), and another tells how many of those there are; months may be told by the calendar, and
//! people long before. Where anything of this is open, a total is told as wrong only where it is a slip away.

use super::products::{counts_each, every, more_to_it, product};
use super::quotients::{fits, quotient};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::{carried, is_mistyped, tenfold};
use crate::relate::relations::{Finding, Relation};
use crate::relate::wording::around::{offset, said_before};
use crate::relate::wording::called::ADDS_UP_TO;
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{REQUIRED, any_in};

/// So many numbers before a total are looked at, and so many numbers are multiplied at most.
const NEAR: usize = 8;
const MOST: usize = 4;
/// So many ways to read one product are tried.
const WAYS: usize = 24;

/// Words that lead to what was given to all, without a word of a sum.
const GIVEN: &[&str] = &[
    "拿出", "到位", "实收", "收取", "收缴", "实缴", "上缴", "应收", "实发", "发放", "发出", "支出", "支付", "兑付",
    "兑现", "到账", "拨付", "拨款", "下达", "投入", "补助", "补贴", "花费", "花去", "需", "增支", "多支", "追加",
    "列支", "落实", "安排", "筹集", "募集", "收入", "减免", "节约", "节省", "采集", "收集", "撰写", "上交", "提交",
    "完成", "开展", "全年", "达", "应交", "应缴", "需交", "需缴", "缴纳", "交纳",
];
/// Words by which each of them has one of what is told.
const ONE_EACH: &[&str] =
    &["人人有份", "人人都有", "人手一", "每人一", "一人一", "人人享有", "人人享受", "人人可领", "一个不落"];
/// Meals of which there is one a day.
const MEALS: &[&str] = &["早餐", "午餐", "中餐", "晚餐", "早点", "夜宵"];

/// The ways of one chain: what is multiplied, and how often by the calendar.
#[derive(Clone)]
struct Way<'a> {
    factors: Vec<&'a Claim>,
    times: Exact,
    /// The months between two that are named.
    by_months: bool,
    /// By the word of a year or of a term only, or of people told elsewhere.
    open: bool,
}

/// The total at a place, as the product of what stands before it.
pub(super) fn steps(doc: &Document, at: usize) -> Option<Relation> {
    let total = doc.claims.get(at).filter(|c| multiplied(c) && !cues::is_old(c))?;
    if cues::per_head(total) && !one_pays(total) {
        return None;
    }
    let closes = cues::closing(total).is_some() || any_in(&total.site.before, ADDS_UP_TO);
    if !closes && !any_in(&total.site.before, GIVEN) {
        return None;
    }
    let before = &doc.claims[at.saturating_sub(NEAR)..at];
    let here = |c: &&Claim| c.site.paragraph == total.site.paragraph && c.site.chain + 1 >= total.site.chain;
    let pool: Vec<&Claim> = before.iter().filter(here).filter(|c| multiplied(c)).collect();
    let like = |c: &&&Claim| c.unit == total.unit || alike(c, total) || happens(c) && happens(total);
    // 每位同学应交252元 of 每餐12元: neither is of several people.
    let shared = |c: &Claim| !cues::per_head(total) || !of_one(c).into_iter().any(of_people);
    let here = |c: &&&Claim| c.site.sentence == total.site.sentence && !of_one(c).is_empty() && shared(c);
    let each = pool.iter().rev().filter(like).find(here)?;
    let told = Told { doc, total, each, pool: &pool, closes };
    told.relation()
}

/// Numbers that can be multiplied.
fn multiplied(c: &Claim) -> bool {
    let kind = c.kind.counts() || adds_up(c) || matches!(c.kind, Kind::Duration);
    kind && cues::exact(c) && c.value > Some(Exact::ZERO)
}

/// 每位同学应交252元: what one of them pays for all of it.
fn one_pays(c: &Claim) -> bool {
    let one = any_in(&c.site.before, &["每位", "每名", "每人", "每生", "每个学生"]);
    one && any_in(&c.site.before, &["交", "缴", "共", "计", "总"])
}

/// 每人主讲2次，全年共讲34场: what happened, in whatever measure.
fn happens(c: &Claim) -> bool {
    matches!(c.unit.as_str(), "次" | "场" | "讲" | "回" | "场次") && c.kind == Kind::Count
}

/// Of one of what a number is: 每人每月, 人均, 月均, 按月.
fn of_one(c: &Claim) -> Vec<&str> {
    let mut nouns = every(c);
    let lead = c.site.before.split('每').next().unwrap_or_default();
    if any_in(lead, &["人均", "生均", "师均"]) {
        nouns.push("人");
    }
    if any_in(lead, &["月均", "月人均", "按月"]) {
        nouns.push("月");
    }
    // 发放面值200元的电子券，人人有份.
    let behind: String = c.site.sentence_text.chars().skip(offset(c)).take(18).collect();
    if nouns.is_empty() && c.kind == Kind::Money && any_in(&behind, ONE_EACH) {
        nouns.push("人");
    }
    nouns
}

/// 每人, 每名学徒, 每生: of people, and not of how often they came.
fn of_people(noun: &str) -> bool {
    noun.starts_with(['人', '名', '位', '生']) && !noun.starts_with("人次")
}

/// A total, what one has, and the numbers around them.
struct Told<'a> {
    doc: &'a Document,
    total: &'a Claim,
    each: &'a Claim,
    pool: &'a [&'a Claim],
    closes: bool,
}

impl<'a> Told<'a> {
    fn relation(&self) -> Option<Relation> {
        let wanted = of_one(self.each);
        let first = Way { factors: Vec::new(), times: Exact::int(1)?, by_months: false, open: false };
        let mut ways = Vec::new();
        self.follow(first, wanted, &mut ways);
        let reading = |way: &Way| self.reading(way);
        let holds = ways.iter().filter_map(reading).find(|it| it.finding == Finding::Consistent);
        if holds.is_some() {
            return holds;
        }
        // A mean is rounded: what it is of is told elsewhere.
        let mean = self.each.site.before.contains('均');
        let rounded = |way: &Way| way.factors.iter().any(|c| fits(self.total, c, self.each) == Some(true));
        if mean && ways.iter().any(rounded) || more_to_it(self.total) || more_to_it(self.each) {
            return None;
        }
        // 春秋两学期均为428人，…按两学期发放; 增加到215名。…，全年215名学徒: what is told twice is one.
        let many = |way: &Way| way.factors.iter().try_fold(way.times, |many, c| many.times(c.value?));
        let only = ways.iter().all(|way| many(way) == many(&ways[0]));
        let wrong: Vec<&Way> = ways.iter().filter(|way| self.is_wrong(way, only) == Some(true)).collect();
        let way = wrong.last().filter(|last| wrong.iter().all(|way| many(way) == many(last)))?;
        reading(way)
    }

    /// A single count and what each has is told as the other finders tell it.
    fn reading(&self, way: &Way) -> Option<Relation> {
        let it = product(self.total, &way.factors, self.each, way.times)?;
        let [holders] = way.factors[..] else { return Some(it) };
        let many = holders.value?.times(way.times)?;
        let gives = self.total.value?.over(many)?;
        let mut one = quotient(self.total, holders, self.each, gives, it.finding == Finding::Consistent);
        if way.times != Exact::whole(1) {
            one.working = it.working;
        }
        Some(one)
    }

    /// All ways to tell how many there are of each that is wanted.
    fn follow(&self, way: Way<'a>, mut wanted: Vec<&'a str>, ways: &mut Vec<Way<'a>>) {
        if ways.len() >= WAYS || way.factors.len() > MOST {
            return;
        }
        let Some(noun) = wanted.pop() else {
            if !way.factors.is_empty() || way.by_months {
                ways.push(way);
            }
            return;
        };
        let free = |c: &&&Claim| c.id != self.each.id && !way.factors.iter().any(|used| used.id == c.id);
        let counting: Vec<&Claim> = self.pool.iter().filter(free).filter(|c| self.counts(c, noun)).copied().collect();
        if counting.is_empty() {
            for (times, by_months) in self.by_calendar(noun) {
                let open = way.open || !by_months && noun.starts_with(['月', '学']);
                let Some(times) = way.times.times(times) else { continue };
                let by_months = way.by_months || by_months;
                self.follow(Way { times, by_months, open, ..way.clone() }, wanted.clone(), ways);
            }
            for people in self.long_before(noun) {
                let factors = way.factors.iter().copied().chain([people]).collect();
                self.follow(Way { factors, open: true, ..way.clone() }, wanted.clone(), ways);
            }
        }
        for factor in counting {
            let mut next = way.clone();
            next.factors.push(factor);
            let mut wanted = wanted.clone();
            // 每名学徒每月1800元，每人均为10个月: they are the same people.
            let again = |noun: &str| of_people(noun) && wanted.iter().any(|other| of_people(other));
            let more: Vec<&str> = of_one(factor).into_iter().filter(|noun| !again(noun)).collect();
            wanted.extend(more);
            self.follow(next, wanted, ways);
        }
    }

    /// Does the number count what stands behind 每? 每餐 of 午餐 are as many as the days.
    fn counts(&self, c: &Claim, noun: &str) -> bool {
        let meals = || MEALS.iter().filter(|meal| self.each.site.clause_text.contains(**meal)).count();
        counts_one(c, noun) || noun.starts_with(['餐', '顿']) && c.unit == "天" && meals() == 1
    }

    /// What the calendar says of 每月, 每年, 每学期; whether it names the months.
    fn by_calendar(&self, noun: &str) -> Vec<(Exact, bool)> {
        let said = said_before(self.total);
        let year = any_in(said, &["全年", "当年", "本年", "今年", "年内", "一年", "年度", "学年", "去年"]);
        let own = self.total.site.before.trim_start_matches(['，', '；', '（']);
        let whole = |many: i32| (Exact::whole(many), false);
        match noun {
            _ if noun.starts_with("年级") => Vec::new(),
            _ if noun.starts_with('年') || noun.starts_with("学年") => vec![whole(1)],
            _ if noun.starts_with("学期") && year => vec![whole(2)],
            _ if noun.starts_with("学期") && said.contains("学期") => vec![whole(1)],
            // 每人每月3800元，月支出5.7万元: the total is of a month itself.
            _ if noun.starts_with('月') && own.starts_with('月') => vec![whole(1)],
            _ if noun.starts_with('月') => match months_between(said) {
                Some(months) => vec![(Exact::whole(months), true)],
                None if year => vec![whole(12), whole(10)],
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// 按年初在册团员数，每人每月2元: people of that name, told long before.
    fn long_before(&self, noun: &str) -> Vec<&'a Claim> {
        let people = noun.starts_with(['人', '名', '位', '生']) && !noun.starts_with("人次");
        let said = said_before(self.total);
        let called = |c: &&Claim| {
            let lead = cues::item(c);
            let lead = lead.trim_end_matches(['有', '共', '为', '达', '现', '约', '计']);
            let named: String = lead.chars().skip(lead.chars().count().saturating_sub(2)).collect();
            let behind: String = c.site.after.chars().take(2).collect();
            [named, behind].iter().any(|name| name.chars().count() == 2 && said.contains(name.as_str()))
        };
        let told =
            |c: &&Claim| counts_people(&c.unit) && c.kind == Kind::Count && cues::plain(c) && c.value >= Exact::int(20);
        let until = self.total.site.start;
        let before = self.doc.around(self.total).iter().rev().filter(|c| people && c.site.start < until);
        before.filter(told).filter(called).take(3).collect()
    }

    /// Is the total no product of this way, beyond doubt?
    fn is_wrong(&self, way: &Way, only: bool) -> Option<bool> {
        let (total, each) = (self.total, self.each);
        let one = way.factors.iter().try_fold(each.value?, |gives, factor| gives.times(factor.value?))?;
        let gives = one.times(way.times)?;
        let steps = |value: Exact| Exact::from_decimal(value.over(total.step)?.round(0)?);
        let (given, stated) = (steps(gives)?, steps(total.value?)?);
        let mistyped = is_mistyped(given, stated) || !way.open && carried(given, stated);
        let slip = mistyped || tenfold(gives, total.value?);
        let least = if way.open { 1_000 } else { 100 };
        if slip && stated >= Exact::whole(least) {
            return Some(true);
        }
        if way.open || !self.surely_of_all(way) || !only {
            return Some(false);
        }
        // 到12月末发出4.76万元 are ten months, not twelve.
        if way.by_months {
            let said = any_in(&total.site.sentence_text, &["未作调整", "没有变", "未变", "无变", "无增减", "固定"]);
            let months = total.value?.over(one)?.as_int();
            return Some(said || months.is_some_and(|months| (1..=24).contains(&months)));
        }
        let twice = |value: Exact| value.times(Exact::int(2)?);
        Some(way.factors.len() >= 2 && gives < twice(total.value?)? && total.value? < twice(gives)?)
    }

    /// Everything between the first number and the total is multiplied, in one sentence that says nothing of some.
    fn surely_of_all(&self, way: &Way) -> bool {
        let total = self.total;
        let first = way.factors.iter().map(|c| c.site.start).min().unwrap_or(self.each.site.start);
        let used = |c: &Claim| c.id == self.each.id || way.factors.iter().any(|factor| factor.id == c.id);
        let told_again = |c: &Claim| way.factors.iter().any(|factor| factor.unit == c.unit && factor.value == c.value);
        let between = |c: &&Claim| c.site.start > first && c.site.start < total.site.start;
        let all =
            self.doc.around(total).iter().filter(between).all(|c| used(c) || told_again(c) || c.kind == Kind::Date);
        let one = way.factors.iter().all(|c| c.site.sentence == total.site.sentence && c.bound == Bound::Exact);
        let some = ["其中", "不等", "部分", "陆续", "至少", "最多", "标准", "左右"];
        // 标准为每生每学期1000元 is one for all; 按标准发放 may be several.
        let one_standard = |text: &str| {
            ["标准为每", "标准是每", "标准均为每", "标准统一为每"]
                .iter()
                .fold(text.to_string(), |text, w| text.replace(w, "每"))
        };
        self.closes
            && all
            && one
            && !any_in(&one_standard(&total.site.sentence_text), &some)
            && !any_in(&one_standard(&self.each.site.clause_text), REQUIRED)
    }
}

/// Does the number count what stands behind 每?
fn counts_one(c: &Claim, noun: &str) -> bool {
    let times = noun.starts_with("人次");
    !noun.starts_with("年级") && if times { c.unit == "人次" } else { counts_each(c, noun) }
}

/// 自3月起…到12月末: how many months these are, from the first month named with 自, 从 or 起 to the last with 至 or 到.
fn months_between(text: &str) -> Option<i32> {
    let text = text.replace("元月", "1月");
    let chars: Vec<char> = text.chars().collect();
    let mut months: Vec<(i32, bool, bool)> = Vec::new();
    for at in chars.iter().enumerate().filter(|(_, c)| **c == '月').map(|(at, _)| at) {
        let from = chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let month: Option<i32> = chars[at - from..at].iter().collect::<String>().parse().ok();
        let Some(month) = month.filter(|month| (1..=12).contains(month)) else { continue };
        let lead: String = chars[(at - from).saturating_sub(6)..at - from].iter().collect();
        let behind: String = chars[at + 1..].iter().take(2).collect();
        // 1月至12月.
        let opens = lead.contains(['自', '从']) || behind.contains('起') || behind.starts_with(['至', '到', '—']);
        let ends = lead.ends_with(['到', '至']) || behind.starts_with(['底', '末']);
        months.push((month, opens, ends));
    }
    let [(from, true, _), (to, _, true)] = months[..] else { return None };
    (from < to).then_some(to - from + 1)
}
