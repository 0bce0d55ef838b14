//! Means that are told roughly, of lists, or the other way round: 人均约60册; 五项平均4.3分; 平均每2.5名学生拥有一个工位.

use super::mean::{is_mean, named_by, over_people, over_time};
use super::quotients::{fits, quotient};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::printed::{joined, shown, shown_as};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::words_of;
use crate::relate::wording::comparable::adds_up;
use crate::relate::wording::cues::{self, listed_next};
use crate::units::counts_people;
use crate::words::{MEANS_OVER_TIME, PEOPLE, STOCK, any_in};

/// Looks for what such means are made of.
pub(super) fn sharing(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for mean in doc.claims.iter().filter(|claim| claim.site.cell.is_none()) {
        let roughly = matches!(mean.bound, Bound::About) && may_be_mean(mean);
        let it = match mean.bound {
            Bound::Exact => of_list(doc, mean).or_else(|| each_has(doc, mean)),
            _ if roughly && over_some_time(mean) => each_year(doc, mean),
            _ if roughly && (is_mean(mean) || over_people(mean)) => about(doc, mean),
            _ => None,
        };
        found.extend(it);
    }
    all.extend(found);
}

fn may_be_mean(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Quantity | Kind::Money | Kind::Hours | Kind::Count | Kind::PersonTimes | Kind::Duration)
}

fn over_some_time(claim: &Claim) -> bool {
    MEANS_OVER_TIME.iter().any(|(word, _)| claim.site.before.contains(word))
}

/// Do the two lie within a hundredth of one another?
fn close(a: Exact, b: Exact) -> Option<bool> {
    let apart = a.apart(b)?;
    Some(apart.times(Exact::int(100)?)? <= b)
}

/// 三年共投入2386万元，…，年均约795万元: the whole that is told with its time.
fn each_year(doc: &Document, mean: &Claim) -> Option<Relation> {
    let (total, time) = over_time(doc, mean)?;
    let plain = total.bound == Bound::Exact && time.bound == Bound::Exact && !cues::per_head(total);
    let gives = total.value?.over(time.value?).filter(|_| plain)?;
    let within = mean.min.is_none_or(|min| gives >= min) && mean.max.is_none_or(|max| gives <= max);
    let holds = within || close(gives, mean.value?)?;
    // What is far off is of another time.
    let twice = Exact::int(2)?;
    let near = gives < mean.value?.times(twice)? && mean.value? < gives.times(twice)?;
    let bound = total.site.clause == time.site.clause && near;
    (holds || bound).then(|| quotient(total, time, mean, gives, holds))
}

/// 借走图书9.2万册，人均约60册: over whom the text counts before. Only what agrees is told.
fn about(doc: &Document, mean: &Claim) -> Option<Relation> {
    let around = doc.around(mean);
    let before = || around.iter().rev().filter(|c| c.site.start < mean.site.start && c.bound == Bound::Exact);
    let people = over_people(mean);
    let holder = |c: &&Claim| {
        let who = c.kind.counts() && c.each.is_none() && !cues::per_head(c) && !cues::is_old(c);
        who && c.value > Exact::int(1) && if people { counts_people(&c.unit) } else { named_by(mean, c) }
    };
    let total = |c: &&Claim| {
        let like = c.unit == mean.unit && c.value > mean.value && !is_mean(c) && !cues::per_head(c);
        // 206000毫升, as a heading: the whole may stand alone.
        like && (c.site.sentence == mean.site.sentence
            || c.site.clause_text.chars().count() <= c.text.chars().count() + 4)
    };
    let gives = |total: &Claim, holders: &Claim| {
        let gives = total.value?.over(holders.value?)?;
        let within = mean.min.is_none_or(|min| gives >= min) && mean.max.is_none_or(|max| gives <= max);
        (within && close(gives, mean.value?)?).then_some(gives)
    };
    before().filter(total).take(4).find_map(|total| {
        let holders = before().filter(holder).find(|c| c.id != total.id && gives(total, c).is_some())?;
        Some(quotient(total, holders, mean, gives(total, holders)?, true))
    })
}

/// 敬业精神4.6分、操作技能4.4分、…，五项平均4.3分: the mean of a list right before it. Where the text does not say how many there
/// are, only what agrees is told.
fn of_list(doc: &Document, mean: &Claim) -> Option<Relation> {
    let lead = mean.site.before.trim_start_matches(['，', '；', '（']).trim_end_matches(['为', '达', '是', '得', '分']);
    // 三方平均95.0%: of all three.
    let lead = ["三方", "两方", "四方", "三者", "三项", "各项", "各方", "三类"]
        .iter()
        .find_map(|all| lead.strip_prefix(all))
        .unwrap_or(lead);
    let said = ["平均", "平均得", "均", "平均值", "平均满意度", "平均成绩"].contains(&lead);
    let measured = mean.unit == "分" || mean.kind == Kind::Rate && mean.unit == "%";
    if !said || !measured {
        return None;
    }
    let around = doc.around(mean);
    let at = around.partition_point(|c| c.site.start < mean.site.start);
    let many = around[..at].last().filter(|c| c.site.clause == mean.site.clause && c.kind == Kind::Count);
    let list = &around[..at - usize::from(many.is_some())];
    let last = list.last().filter(|c| c.unit == mean.unit && c.site.sentence == mean.site.sentence)?;
    let mut row: Vec<&Claim> = vec![last];
    for score in list.iter().rev().skip(1).take(MOST_TOGETHER) {
        let next = row.last()?;
        if score.unit != mean.unit || score.site.sentence != mean.site.sentence || !listed_next(score, next) {
            break;
        }
        row.push(score);
    }
    row.reverse();
    let number = Exact::int(i128::try_from(row.len()).ok()?)?;
    let sum = sum(&row)?;
    let exact = row.iter().all(|c| c.bound == Bound::Exact);
    let gives = sum.over(number).filter(|_| exact && row.len() >= 3)?;
    let half = mean.step.over(Exact::int(2)?)?;
    let holds = gives >= mean.value?.minus(half)? && gives <= mean.value?.plus(half)?;
    let weighted = any_in(&mean.site.sentence_text, &["加权", "权重", "去掉", "折算", "占比", "剔除", "最高", "最低"]);
    let counted = many.is_some_and(|many| many.value == Some(number));
    // 得分依次为88.2分、90.6分、93.8分，平均92.4分: the list is told one by one, and nothing stands between.
    let first = row.first()?;
    let in_turn = any_in(&first.site.before, &["依次为", "依次是", "分别为", "分别是"])
        && last.site.clause + 1 == mean.site.clause
        && mean.value >= row.iter().filter_map(|c| c.value).min()
        && mean.value <= row.iter().filter_map(|c| c.value).max();
    let times = || {
        let before = list.iter().rev().find(|c| c.site.start < first.site.start)?;
        let same = before.site.sentence == first.site.sentence && before.value == Some(number);
        (same && before.kind.counts() && before.bound == Bound::Exact).then_some(before)
    };
    let told_before = if many.is_none() && in_turn { times() } else { None };
    let sure = (counted || in_turn) && !weighted && mean.unit == "分";
    if !(holds || sure) || many.is_some() && !counted {
        return None;
    }
    let top = joined(&row);
    let working = Working {
        code: if holds { "quotient-holds" } else { "quotient-fails" },
        with: vec![
            ("numerator", top.clone()),
            ("denominator", number.show(0)),
            ("gives", shown_as(mean, gives, 2)),
            ("stated", shown(mean)),
        ],
        zh: format!("{top}÷{}＝{}，文中为{}", number.show(0), shown_as(mean, gives, 2), shown(mean)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut members: Vec<(Role, &Claim)> = row.iter().map(|c| (Role::Numerator, *c)).collect();
    members.extend(many.or(told_before).map(|many| (Role::Denominator, many)));
    members.push((Role::Quotient, mean));
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    it.computed = Some(gives);
    it.stated = mean.value;
    Some(it)
}

/// 平均每2.5名学生拥有一个工位: people over things. Only what agrees is told.
fn each_has(doc: &Document, few: &Claim) -> Option<Relation> {
    let one = doc.next(few).filter(|one| one.site.clause == few.site.clause && one.value == Exact::int(1))?;
    let has = ["拥有", "有", "配备", "共用", "使用", "配有", "占有"]
        .iter()
        .find_map(|verb| few.site.after.strip_suffix(verb));
    let who = has.filter(|who| (1..=6).contains(&who.chars().count()) && few.site.before.ends_with('每'))?;
    let thing: String = one.site.after.chars().take(6).collect();
    let names = PEOPLE.iter().find(|(word, _)| who.ends_with(word)).map_or(&[][..], |(_, names)| names);
    let around = || doc.around(few).iter().rev().filter(|c| c.site.start < few.site.start && c.each.is_none());
    let counted = |c: &&Claim| (c.kind.counts() || adds_up(c)) && !cues::is_old(c) && !cues::per_head(c);
    let people = |c: &&Claim| counts_people(&c.unit) && (any_in(words_of(c), names) || any_in(words_of(c), STOCK));
    let things = |c: &&Claim| thing.chars().count() >= 2 && words_of(c).contains(&thing);
    around().filter(counted).filter(things).find_map(|things| {
        let holds = |people: &&Claim| fits(people, things, few) == Some(true);
        let people = around().filter(counted).filter(people).find(holds)?;
        Some(quotient(people, things, few, people.value?.over(things.value?)?, true))
    })
}
