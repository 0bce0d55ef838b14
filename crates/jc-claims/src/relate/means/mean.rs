//! Printed means against the two counts they are of: 班均32.6人, 人均3000元.

use super::products::more_to_it;
use super::quotients::{fits, quotient};
use super::ratios;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{shown, whole_number};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::offset;
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{MEANS, MEANS_OVER_TIME, PEOPLE, REGIONS, STOCK, WHOLE, any_in};

/// Means over people; the others are over what their first character names.
pub(super) const OVER_PEOPLE: &[&str] = &["人均", "生均", "师均", "平均每人", "平均每名", "平均每位"];

/// 17个班554人，班均32.6人: a printed mean against the two counts of its sentence.
pub(super) fn mean(doc: &Document, mean: &Claim, all: &mut Vec<Relation>) {
    // 平均每8名学生拥有1个座位 is no mean over each one.
    if mean.site.before.rsplit('每').next().is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit())) {
        return;
    }
    let beside: Vec<&Claim> = countable_in(doc, mean).filter(|c| c.id != mean.id && !is_mean(c)).collect();
    // 学生5236人，住校4870人；班级128个，平均每班41人: what is parted by a semicolon may be meant, and shows it by holding.
    if let Some((top, bottom)) = of_chain(doc, mean) {
        let gives = top.value.zip(bottom.value).and_then(|(t, b)| t.over(b));
        all.extend(gives.map(|gives| quotient(top, bottom, mean, gives, true)));
        return;
    }
    if let [total] = beside[..] {
        all.extend(holders_missing(mean, total));
        return;
    }
    let over_people = any_in(&mean.site.before, OVER_PEOPLE);
    let top = |claim: &&&Claim| {
        // 起薪多在4000元以上: what each has at least is no total.
        if claim.text.ends_with("以上") {
            return false;
        }
        claim.kind == Kind::Money && mean.kind == Kind::Money
            || claim.unit == mean.unit
            || alike(claim, mean)
            || of_times(claim, mean)
    };
    // 培训1056人次，人均3次，其中市级312人次: people, not how often they came.
    let apart = |total: &Claim, holders: &Claim| {
        total.id != holders.id && !(over_people && total.unit == "人次" && holders.unit == "人次")
    };
    let bottom = |claim: &&&Claim| if over_people { counts_people(&claim.unit) } else { !alike(claim, mean) };
    let beside: Vec<&Claim> = beside.into_iter().filter(|c| !cues::is_old(c) && c.kind != Kind::Change).collect();
    // 已办两期，每期50人，结业97人: who came through is not who came.
    let through =
        |c: &Claim| c.site.start > mean.site.start && any_in(&c.site.before, &["结业", "毕业", "合格", "通过", "取证"]);
    let mut totals: Vec<&Claim> =
        beside.iter().filter(top).copied().filter(|c| c.value > mean.value && !through(c)).collect();
    let mut holders: Vec<&Claim> = beside.iter().filter(bottom).copied().collect();
    let (every_total, every_holder) = (totals.clone(), holders.clone());
    narrow(&mut totals, |c| c.site.clause + 1 >= mean.site.clause && c.site.start < mean.site.start);
    // 捐款867.5万元，其中个人312.8万元，人均…: the mean is of the whole.
    let among = mean.site.sentence_text.find("其中").map(|at| mean.site.sentence_text[..at].chars().count());
    if let Some(at) = among.filter(|_| totals.len() > 1) {
        narrow(&mut totals, |c| offset(c) < at);
    }
    // 班均: of what is counted, that which is called so.
    narrow(&mut holders, |c| named_by(mean, c));
    narrow(&mut holders, |c| c.site.clause + 1 >= mean.site.clause);
    let pairs = totals
        .iter()
        .flat_map(|total| holders.iter().map(move |holder| (*total, *holder)))
        .filter(|(a, b)| apart(a, b));
    let holds = |(total, holder): &(&Claim, &Claim)| apart(total, holder) && fits(total, holder, mean) == Some(true);
    // 教职工捐款97350元，学生捐款64570元，…，教职工人均165元: what stands nearest is not always meant.
    let far = || every_total.iter().flat_map(|a| every_holder.iter().map(move |b| (*a, *b))).find(holds);
    // 从2个班84名学生起步，发展到14个班588名学生，平均每班42人: of several that give it, the last before it.
    let found = pairs.clone().filter(holds).max_by_key(|(a, b)| {
        let last = |c: &Claim| if c.site.start < mean.site.start { c.site.start } else { 0 };
        last(a) + last(b)
    });
    let found = found.or_else(far);
    let only = if totals.len() == 1 && holders.len() == 1 { pairs.clone().next() } else { None };
    let Some((top, bottom)) = found.or(only).or_else(|| pairs.clone().next_back()) else { return };
    let Some(gives) = top.value.zip(bottom.value).and_then(|(t, b)| t.over(b)) else { return };
    let mut it = quotient(top, bottom, mean, gives, found.is_some());
    // The mean may be taken over something the sentence does not count.
    let named = over_people || any_in(&mean.site.before, WHOLE) || named_by(mean, bottom);
    // 全省高校平均为7.2册; 学生人均6册 of what teachers borrowed: of others.
    let whose = |text: &str| PEOPLE.iter().map(|(who, _)| *who).find(|who| text.contains(who));
    let whom = mean.site.before.split_once("人均").and_then(|(who, _)| whose(who));
    // 毕业班学生人均: of some of them, of whom nothing was counted.
    let some = mean.site.before.trim_start_matches(['，', '；']).split_once("人均").and_then(|(who, _)| {
        let of = whose(who).and_then(|of| who.strip_suffix(of)).filter(|of| (2..=6).contains(&of.chars().count()))?;
        let said = [top, bottom].iter().any(|c| format!("{}{}", cues::item(c), c.site.after).contains(of));
        Some(!said && !["全校", "全院", "本校", "我校", "全体", "在校"].contains(&of))
    });
    let others = any_in(&mean.site.before, REGIONS)
        || some == Some(true)
        || whom.zip(whose(cues::item(top))).is_some_and(|(whom, own)| whom != own && !cues::item(top).contains(whom));
    // 其中省级赛事场均1200人次; 另有社会志愿者…: of some of them, or of more.
    let lead = mean.site.before.trim_start_matches(['，', '；']);
    let some_of = lead.strip_prefix("其中").is_some_and(|rest| rest.chars().count() > 4);
    let others = others || some_of || more_to_it(mean) || of_a_class(mean);
    it.primary = found.is_some() || only.is_some() && named && !others && !beyond(gives, mean);
    all.push(it);
}

/// 津贴人均提高2400元，…，人员经费支出4260万元: many times as much is of another thing, unless it is the noughts that differ.
fn beyond(gives: Exact, mean: &Claim) -> bool {
    let far = || {
        let stated = mean.value?;
        let (less, more) = if gives < stated { (gives, stated) } else { (stated, gives) };
        let times = more.over(less)?;
        let nought = |ten: i32| {
            let times = times.over(Exact::whole(ten))?;
            Some(times >= Exact::new(97, 100)? && times <= Exact::new(103, 100)?)
        };
        let noughts = [10, 100, 1_000, 10_000].into_iter().any(|ten| nought(ten) == Some(true));
        Some(times > Exact::int(8)? && !noughts)
    };
    far() == Some(true)
}

/// 当地平均水平（3600元）is nobody's mean here.
pub(in crate::relate) fn is_mean(claim: &Claim) -> bool {
    any_in(&claim.site.before, MEANS) && !any_in(&claim.site.before, &["平均水平", "平均值", "平均线"])
}

/// 学生4326人，教学班96个，班平均45人左右: a mean that is only bounded, by two counts that come within its bounds. Only what
/// agrees is told.
pub(super) fn roughly(doc: &Document, mean: &Claim) -> Option<Relation> {
    if mean.bound == Bound::Exact || !is_mean(mean) {
        return None;
    }
    let over_people = any_in(&mean.site.before, OVER_PEOPLE);
    let here = || countable_in(doc, mean).filter(|c| c.site.start < mean.site.start && !is_mean(c) && !cues::is_old(c));
    let holders = |c: &&Claim| if over_people { counts_people(&c.unit) } else { !alike(c, mean) && named_by(mean, c) };
    let within = |gives: Exact| mean.min.is_some_and(|min| min <= gives) && mean.max.is_some_and(|max| gives <= max);
    let tops: Vec<&Claim> =
        here().filter(|c| (c.unit == mean.unit || alike(c, mean)) && c.value > mean.value).collect();
    here().filter(holders).find_map(|bottom| {
        tops.iter().filter(|top| top.id != bottom.id).find_map(|top| {
            let gives = top.value?.over(bottom.value.filter(|n| *n > Exact::whole(1))?)?;
            within(gives).then(|| quotient(top, bottom, mean, gives, true))
        })
    })
}

/// 开课180课时，学员540人，平均每门20课时、60人: two means of the same things. Only what agrees is told.
pub(super) fn second_mean(doc: &Document, claim: &Claim) -> Option<Relation> {
    let first = doc.around(claim).iter().rev().find(|c| c.site.start < claim.site.start)?;
    let listed = claim.site.before.is_empty() && first.site.clause == claim.site.clause && first.unit != claim.unit;
    if !listed || !is_mean(first) || claim.site.start != first.site.end + 1 {
        return None;
    }
    let here = || countable_in(doc, claim).filter(|c| c.site.start < first.site.start);
    let holders = || here().filter(|c| named_by(first, c));
    here().filter(|c| c.unit == claim.unit).find_map(|total| {
        let holders = holders().find(|holders| holders.id != total.id && fits(total, holders, claim) == Some(true))?;
        Some(quotient(total, holders, claim, total.value?.over(holders.value?)?, true))
    })
}

/// 志愿服务由1.2万小时增长到4.5万小时，志愿者由820人增长到2870人，人均由14.6小时提高到15.7小时: the later mean, of the later
/// values. Only what agrees is told.
pub(super) fn raised_mean(doc: &Document, claim: &Claim) -> Option<Relation> {
    let last = doc.around(claim).iter().rev().find(|c| c.site.start < claim.site.start)?;
    let mean = last.site.clause == claim.site.clause && last.unit == claim.unit && is_mean(last) && cues::is_old(last);
    let to = claim.site.before.ends_with(['到', '至', '为']);
    if !mean || !to {
        return None;
    }
    let news: Vec<&Claim> = countable_in(doc, claim).filter(|c| c.id != claim.id && !cues::is_old(c)).collect();
    let holders = || news.iter().filter(|c| !alike(c, claim) && c.value > Exact::int(1));
    news.iter().filter(|c| alike(c, claim)).find_map(|total| {
        let holders = holders().find(|holders| fits(total, holders, claim) == Some(true))?;
        Some(quotient(total, holders, claim, total.value?.over(holders.value?)?, true))
    })
}

/// 平均每个文艺类社团45人, 省级赛事场均1200人次: of one class of what was counted.
pub(in crate::relate) fn of_a_class(mean: &Claim) -> bool {
    let lead = mean.site.before.trim_start_matches(['，', '；', '（', '、']);
    let at = |class: &char| lead.find(*class).is_some_and(|at| at > 0 && lead[at..].chars().count() > 2);
    ['类', '级', '型'].iter().any(at) && !lead.contains("年级") && !lead.contains("班级")
}

/// 教职工427名…生师比为18.5:1; 党支部7个。…主题党日84场，平均每个支部12场: what the mean is of stands sentences before it. Only what
/// agrees is told.
pub(in crate::relate) fn far(doc: &Document, mean: &Claim) -> Option<Relation> {
    // A mean of three digits is seldom hit by chance.
    let sure = mean.kind == Kind::Ratio || mean.value >= Exact::int(100);
    let counted = |c: &&Claim| (c.kind.counts() || adds_up(c)) && c.value.is_some() && c.each.is_none();
    let here: Vec<&Claim> = doc.around(mean).iter().filter(counted).collect();
    if mean.kind == Kind::Ratio {
        return ratios::far(mean, &here);
    }
    // 授课11180课时…，课酬支出335.4万元，每课时300元.
    let every = mean.site.before.trim_start_matches(['，', '；', '（', '即', '按']);
    let every = every.starts_with('每') && every.chars().count() <= 6;
    if mean.bound != Bound::Exact || !(is_mean(mean) || every) {
        return None;
    }
    let over_people = any_in(&mean.site.before, OVER_PEOPLE) || any_in(&mean.site.before, &["每人", "每生", "每名"]);
    // 平均每个支部: a name of two characters is that of its holders wherever they stand.
    let noun: Option<String> = mean
        .site
        .before
        .rsplit_once('每')
        .map(|(_, noun)| noun.trim_start_matches(['个', '名', '位', '家', '所']).chars().take(2).collect());
    let noun = noun.filter(|noun| noun.chars().count() == 2);
    let called = |c: &Claim| {
        noun.as_deref().is_some_and(|noun| {
            c.site.after.starts_with(noun)
                || c.site.before.ends_with(noun)
                || c.subject.ends_with(noun)
                || c.subject.contains(noun) && c.subject.chars().count() <= 8
        })
    };
    let holder = |c: &&&Claim| named_by(mean, c) || called(c) || over_people && counts_people(&c.unit);
    let holders = here.iter().filter(|c| c.bound == Bound::Exact).filter(holder);
    let totals = |holders: &Claim| {
        let money = |t: &Claim| t.kind == Kind::Money && mean.kind == Kind::Money;
        let times = |t: &Claim| over_people && t.unit == "人次" && holders.unit == "人次";
        let like = |t: &&&Claim| !times(t) && (t.unit == mean.unit || money(t) || of_times(t, mean)) && t.id != mean.id;
        // 产值518.4万元，每件60元: a price of what is counted by that very word; 生均34.5平方米: of all there are.
        let unit = mean.site.before.ends_with(&format!("每{}", holders.unit));
        let stock = any_in(&words(holders), STOCK) && over_people && mean.value >= Exact::int(10);
        let near = |t: &Claim| {
            sure || !every || unit && t.site.sentence == mean.site.sentence || t.site.chain == mean.site.chain
        };
        let here_too = |c: &Claim| sure || stock || c.site.paragraph == mean.site.paragraph;
        // 到2026年底稳定在1.4万人左右: what is told roughly, or only later, is shared out where the mean stands beside it.
        let beside = |t: &Claim| {
            let before = t.site.start < mean.site.start;
            t.site.chain == mean.site.chain
                || t.bound == Bound::Exact && (before || t.site.paragraph == mean.site.paragraph)
        };
        let told = |t: &&&Claim| near(t) && here_too(t) && beside(t) && (here_too(holders) || called(holders));
        let found = here.iter().rev().filter(like).filter(told);
        found.copied().find(|t| t.id != holders.id && fits(t, holders, mean) == Some(true))
    };
    // What stands before the mean is meant before what follows.
    let (before, behind): (Vec<&Claim>, Vec<&Claim>) = holders.copied().partition(|c| c.site.start < mean.site.start);
    let mut holders = before.into_iter().rev().chain(behind);
    let (total, holders) = holders.find_map(|holders| Some((totals(holders)?, holders)))?;
    // 每项4万元: a single digit is hit by chance, unless it is hit exactly.
    let coarse = mean.step.times(Exact::int(12)?)? > mean.value?;
    if coarse && total.value?.over(holders.value?) != mean.value {
        return None;
    }
    Some(quotient(total, holders, mean, total.value?.over(holders.value?)?, true))
}

/// 巡查384人次，平均每名教师4次: how often, of how many times somebody came; 12人，人均28天，共336人天.
pub(in crate::relate) fn of_times(total: &Claim, mean: &Claim) -> bool {
    match mean.unit.as_str() {
        "次" => total.unit == "人次",
        "天" | "日" => matches!(total.unit.as_str(), "人天" | "人日"),
        "小时" | "学时" | "课时" => matches!(total.unit.as_str(), "人时" | "人学时" | "人课时"),
        _ => false,
    }
}

/// Is the mean over people?
pub(in crate::relate) fn over_people(mean: &Claim) -> bool {
    any_in(&mean.site.before, OVER_PEOPLE) || any_in(&mean.site.before, &["每人", "每生", "每名"])
}

/// Keeps what fits, if anything does.
fn narrow(claims: &mut Vec<&Claim>, fits: impl Fn(&Claim) -> bool) {
    if claims.iter().any(|claim| fits(claim)) {
        claims.retain(|claim| fits(claim));
    }
}

/// 班均 is over what is called 班, 平均每个支部 over 支部, 场均 over what is counted in 场.
pub(in crate::relate) fn named_by(mean: &Claim, holders: &Claim) -> bool {
    let lead = mean.site.before.as_str();
    let noun = match lead.rfind('每') {
        Some(at) => {
            let behind = &lead[at + '每'.len_utf8()..];
            // 平均每个支部 is over what is called 支部, 平均每所 over what is counted so.
            behind.trim_start_matches(['个', '名', '位', '家', '所']).chars().next().or_else(|| behind.chars().next())
        }
        // 平均班额 is over 班.
        None if any_in(lead, &["班额", "班级规模", "每班规模"]) => Some('班'),
        None => lead.rfind('均').and_then(|at| {
            let head = lead[..at].trim_start_matches(['，', '、', '（']);
            // 班平均45人左右.
            let only = head.strip_suffix('平').filter(|head| head.chars().count() == 1);
            only.unwrap_or(head).chars().next_back().filter(|c| *c != '平')
        }),
    };
    // 冠名班学生139人 are no classes, whatever stands beside them.
    // 人次均250元 is over 人次.
    let times = holders.unit == "人次" && lead.contains("次均");
    let people = |noun: char| counts_people(&holders.unit) && !"人名位生师员户".contains(noun) && !times;
    // 日均 and 平均每天 are over 天.
    let time = matches!(
        (noun, holders.unit.as_str()),
        (Some('日' | '天'), "天") | (Some('周'), "周") | (Some('月'), "个月") | (Some('年'), "年")
    );
    time && holders.kind == Kind::Duration || noun.is_some_and(|noun| words(holders).contains(noun) && !people(noun))
}

/// The total and the holders of a mean, if one stands in an earlier part of its sentence and together they give it.
fn of_chain<'a>(doc: &'a Document, mean: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let chain: Vec<&Claim> = doc
        .around(mean)
        .iter()
        .filter(|c| c.site.chain == mean.site.chain && c.site.start < mean.site.start)
        .filter(|c| c.kind.counts() || c.kind == Kind::Duration && c.unit == mean.unit)
        .filter(|c| c.bound == Bound::Exact && c.each.is_none() && !cues::per_head(c))
        .collect();
    let holder = |c: &&Claim| match mean.site.before.rsplit('每').next().filter(|_| mean.site.before.contains('每')) {
        Some(noun) => noun.chars().next().is_some_and(|n| words(c).contains(n)),
        None if any_in(&mean.site.before, OVER_PEOPLE) => counts_people(&c.unit),
        None => named_by(mean, c),
    };
    let holders = chain.iter().copied().filter(holder);
    let mut pairs = holders.flat_map(|b| chain.iter().map(move |t| (*t, b))).filter(|(t, b)| {
        t.id != b.id
            && (t.unit == mean.unit || alike(t, mean) || of_times(t, mean))
            && (t.site.sentence, b.site.sentence) != (mean.site.sentence, mean.site.sentence)
    });
    pairs.find(|(total, holders)| fits(total, holders, mean) == Some(true))
}

pub(super) fn words(claim: &Claim) -> String {
    format!("{}{}", claim.unit, claim.site.after) + &claim.site.before
}

/// 供餐22天，就餐182600人次，日均8300人次: means over time.
pub(super) fn over_time<'a>(doc: &'a Document, mean: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let (_, unit) = MEANS_OVER_TIME.iter().find(|(word, _)| mean.site.before.contains(word))?;
    let here = || doc.around(mean).iter().filter(|c| c.site.sentence == mean.site.sentence && c.value.is_some());
    // 启动三年来，累计投入960万元，年均320万元.
    let stretch =
        |c: &Claim| c.kind == Kind::Date && *unit == "年" && ["年来", "年间"].iter().any(|end| c.text.ends_with(end));
    let times = here().filter(|c| c.kind == Kind::Duration && c.unit == *unit || stretch(c));
    let totals = || here().filter(|c| c.kind.counts() && c.unit == mean.unit && c.value > mean.value);
    // 2020年320万元，…，五年合计2900万元，年均580万元: what the time itself is said of, or what gives the mean.
    let fitting = || times.clone().find_map(|time| Some((totals().find(|t| fits(t, time, mean) == Some(true))?, time)));
    let together = || {
        let time = times.clone().next_back()?;
        Some((totals().find(|t| t.site.clause == time.site.clause && t.site.start > time.site.start)?, time))
    };
    // 开馆302天，日均831人次，12月28日到馆2467人次: what one day had, told behind the mean, is not shared out.
    let before = || totals().find(|t| t.site.clause <= mean.site.clause);
    fitting().or_else(together).or_else(|| Some((before()?, times.clone().next()?)))
}

pub(super) fn countable_in<'a>(doc: &'a Document, claim: &Claim) -> impl Iterator<Item = &'a Claim> {
    let sentence = claim.site.sentence;
    doc.around(claim).iter().filter(move |c| {
        let days = claim.kind == Kind::Duration && c.kind == Kind::Duration && c.unit == claim.unit;
        c.site.sentence == sentence && (c.kind.counts() || adds_up(c) || days) && c.value.is_some() && c.each.is_none()
    })
}

/// 在校生1470人，班均42人: which numbers of classes print this mean?
fn holders_missing(mean: &Claim, total: &Claim) -> Option<Relation> {
    let (sum, stated) = (Exact::int(whole_number(total)?)?, mean.value?);
    let half = mean.step.over(Exact::int(2)?)?;
    let (low, high) = (stated.minus(half)?, stated.plus(half)?);
    if low <= Exact::ZERO || sum <= stated || total.unit != mean.unit {
        return None;
    }
    // mean - half ≤ total/n < mean + half, so that n lies above total/(mean + half) and up to total/(mean - half).
    let floor = |value: Exact| value.num().div_euclid(value.den());
    let (least, most) = (floor(sum.over(high)?) + 1, floor(sum.over(low)?));
    if most - least > 50 {
        return None;
    }
    let solutions: Vec<i128> = (least..=most).collect();
    let listed = solutions.iter().map(i128::to_string).collect::<Vec<_>>().join("、");
    let (found, finding) = match solutions.is_empty() {
        true => ("没有整数可得此数".to_string(), Finding::Inconsistent),
        false => (format!("可行的整数为{listed}"), Finding::Feasible),
    };
    let working = Working {
        code: if solutions.is_empty() { "mean-no-whole-number" } else { "mean-whole-numbers" },
        with: vec![("total", shown(total)), ("stated", shown(mean)), ("solutions", listed)],
        zh: format!("{}÷?＝{}：{found}", shown(total), shown(mean)),
    };
    let members = vec![(Role::Numerator, total), (Role::Quotient, mean)];
    let mut it = relation(RelationKind::QuotientDenominator, finding, members, working);
    it.stated = mean.value;
    it.primary = !solutions.is_empty();
    it.solutions = Some(solutions);
    Some(it)
}
