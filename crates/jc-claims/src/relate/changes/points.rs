//! Differences of shares, in percentage points: 由76%提高到82%，提升6个百分点.

use super::differences::difference;
use super::then_and_now::{shares_beside, values_beside};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::said_before;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::is_old;
use crate::words::{CHANGE, SAVED, any_in};

/// All differences in points a text states.
pub(super) fn points(doc: &Document, all: &mut Vec<Relation>) {
    in_percent(doc, all);
    of_counts(doc, all);
    ahead(doc, all);
}

/// Words for whose share another is compared with.
const OTHERS: &[&str] = &["平均水平", "平均值", "均值", "全市平均", "全省平均", "全国平均", "全县平均", "同类"];

/// 录取率从76%提高到82%，提升6个百分点. Each printed share may be off by half a step, and so may the points.
fn in_percent(doc: &Document, all: &mut Vec<Relation>) {
    for points in doc.claims.iter().filter(|claim| claim.kind == Kind::Points && claim.bound == Bound::Exact) {
        let pair = in_row(doc, points)
            .or_else(|| over_years(doc, points))
            .or_else(|| shares_beside(doc, points))
            .or_else(|| share_behind(doc, points));
        let pair =
            pair.or_else(|| glued(doc, points)).or_else(|| apart_from(doc, points)).or_else(|| in_years(doc, points));
        let Some((old, new)) = pair else { continue };
        // 比上届的95.2%提高1.3个百分点，较全市平均水平高1.8个百分点: others' share is another.
        let others = |c: &Claim| any_in(&c.site.before, OTHERS);
        if others(points) && !others(old) && !others(new) {
            continue;
        }
        let it = points_between(points, old, new, points.falls);
        // 合格率由80%升到88%，优秀率升了12个百分点: of what has another name nothing is said.
        let other = points.site.before.trim_start_matches('，').split_once('率').is_some_and(|(name, _)| {
            let name: String = name.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
            let named = |c: &Claim| format!("{}{}", c.site.before, c.subject).contains(&format!("{name}率"));
            name.chars().count() == 2 && !compared_name(points) && !named(old) && !named(new)
        });
        all.extend(it.filter(|it| !other || it.finding == Finding::Consistent));
    }
}

/// 比女生达标率高: the name is of what it is compared with.
fn compared_name(points: &Claim) -> bool {
    points.site.before.contains(['比', '较'])
}

/// Do the points lie between the two shares?
pub(in crate::relate) fn points_between(points: &Claim, old: &Claim, new: &Claim, falls: bool) -> Option<Relation> {
    let gives = if falls { old.value?.minus(new.value?)? } else { new.value?.minus(old.value?)? };
    let slack = old.step.plus(new.step)?.plus(points.step)?.over(Exact::int(2)?)?;
    let off = gives.minus(points.value?)?;
    // Decimals that agree in number leave no room: 76 and 82 are 6 apart.
    let even = old.step == new.step && new.step == points.step;
    let holds = if even { off == Exact::ZERO } else { off < slack && Exact::ZERO.minus(off)? < slack };
    let working = Working {
        code: if holds { "points-hold" } else { "points-fail" },
        with: vec![("old", shown(old)), ("new", shown(new)), ("gives", gives.show(4)), ("stated", shown(points))],
        zh: format!("{}与{}相差{}个百分点，文中为{}", shown(new), shown(old), gives.show(4), shown(points)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Old, old), (Role::New, new), (Role::Difference, points)];
    let mut it = relation(RelationKind::Difference, finding, members, working);
    it.computed = Some(gives);
    it.stated = points.value;
    Some(it)
}

/// 到课率由96.2%升至97.8%，完成率由91.5%升至94.1%，分别提高1.6和2.6个百分点: each difference is of the pair in its place.
fn in_row<'a>(doc: &'a Document, points: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let here = || doc.around(points).iter().filter(|c| c.site.sentence == points.site.sentence);
    let row: Vec<&Claim> = here()
        .filter(|c| c.kind == Kind::Points && c.site.clause == points.site.clause)
        .skip_while(|c| !c.site.before.contains("分别"))
        .collect();
    let place = row.iter().position(|c| c.id == points.id).filter(|_| row.len() >= 2)?;
    let shares: Vec<&Claim> = here().filter(|c| c.kind == Kind::Rate && c.site.start < row[0].site.start).collect();
    let pairs: Vec<&[&Claim]> = shares.chunks(2).collect();
    let paired =
        pairs.len() == row.len() && pairs.iter().all(|pair| matches!(pair, [old, new] if is_old(old) && !is_old(new)));
    pairs.get(place).filter(|_| paired).map(|pair| (pair[0], pair[1]))
}

/// 占83.1%，高于全院平均的76.4%6.7个百分点: the share it is compared with stands right before the points.
fn glued<'a>(doc: &'a Document, points: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let share = |c: &&Claim| c.kind == Kind::Rate && c.bound == Bound::Exact && c.site.sentence == points.site.sentence;
    let mut before = doc.around(points).iter().rev().filter(|c| c.site.start < points.site.start).filter(share);
    let (other, own) = (before.next()?, before.next()?);
    let compared = ["高于", "低于", "高出", "超出", "超过"].iter().any(|word| other.site.before.contains(word));
    (other.site.end == points.site.start && compared).then_some((other, own))
}

/// 旷课率0.12%，比10月下降0.05个百分点，10月为0.17%: the time compared with is named once more.
pub(in crate::relate) fn named_again(old: &Claim, points: &Claim) -> bool {
    let said = said_before(points);
    let behind = |word: &str| said.rfind(word).map(|at| &said[at + word.len()..]);
    let compared = ["比", "较", "高出", "高于", "低于"].into_iter().filter_map(behind).min_by_key(|rest| rest.len());
    let Some(compared) = compared else { return false };
    let before = said_before(old);
    let name = before.rsplit(['，', '（']).next().unwrap_or_default().trim_end_matches(['为', '是', '的']);
    let (name, compared) = (name.replace('的', ""), compared.replace('的', ""));
    // 比女生低4.9个百分点（女生达标率为87.3%）: what it is of may be said behind who it is of.
    let verb = CHANGE.iter().chain(SAVED).filter_map(|(verb, _)| compared.find(verb)).min();
    let whose = verb.map_or("", |at| &compared[..at]);
    let longer = whose.chars().count() >= 2 && name.starts_with(whose) && name.chars().count() <= 14;
    (2..=12).contains(&name.chars().count()) && compared.starts_with(&name) || longer
}

/// 最高99.1%，最低91.7%，相差7.4个百分点: the two shares right before, the larger one as the later.
fn apart_from<'a>(doc: &'a Document, points: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let share = |c: &&Claim| {
        c.kind == Kind::Rate && c.bound == Bound::Exact && c.site.sentence == points.site.sentence && !c.falls
    };
    let mut before = doc.around(points).iter().rev().filter(|c| c.site.start < points.site.start).filter(share);
    let (b, a) = (before.next()?, before.next()?);
    // 9月98.3%、10月97.9%、11月97.2%，最高与最低相差1.1个百分点.
    if points.site.before.contains("最高") && points.site.before.contains("最低") {
        let row = || doc.around(points).iter().filter(|c| c.site.start < points.site.start).filter(share);
        let listed = |c: &&Claim| c.site.clause == b.site.clause || c.site.clause + 1 == b.site.clause;
        let high = row().filter(listed).max_by_key(|c| c.value)?;
        let low = row().filter(listed).min_by_key(|c| c.value)?;
        return (high.id != low.id).then_some((low, high));
    }
    let said = ["相差", "差距", "极差", "相差了"].iter().any(|word| points.site.before.ends_with(word));
    let near = b.site.clause + 1 == points.site.clause && a.site.clause + 4 >= points.site.clause;
    (said && near).then_some(if a.value > b.value { (b, a) } else { (a, b) })
}

/// 前年62%，去年71%，今年78%，两年提高16个百分点: as many years, or as many steps, as there are shares.
fn over_years<'a>(doc: &'a Document, points: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let lasting = |c: &&Claim| c.kind == Kind::Duration && c.site.clause == points.site.clause;
    let years = doc.around(points).iter().find(lasting)?.value?.as_int()?;
    let share = |c: &&Claim| c.kind == Kind::Rate && c.bound == Bound::Exact && c.site.sentence == points.site.sentence;
    let before = doc.around(points).iter().filter(|c| c.site.start < points.site.start).filter(share);
    let row: Vec<&Claim> = before.collect();
    let [first, _, .., last] = row[..] else { return None };
    let many = i128::try_from(row.len()).ok()?;
    let close = last.site.clause + 1 == points.site.clause;
    (close && (years == many || years + 1 == many)).then_some((first, last))
}

/// 与去年25名考生20名通过相比，今年通过率提高4.4个百分点: the earlier share is only said by its counts.
fn of_counts(doc: &Document, all: &mut Vec<Relation>) {
    let told = |points: &Claim| all.iter().any(|it| it.under_test().is_some_and(|id| id == points.id));
    let held = Holding::of(all);
    let mut found = Vec::new();
    for points in doc.claims.iter().filter(|c| c.kind == Kind::Points && c.bound == Bound::Exact && !told(c)) {
        let lead = points.site.before.trim_start_matches('，');
        let Some((name, _)) = lead.split_once('率') else { continue };
        let name: String = name.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        let counts: Vec<&Claim> = values_beside(doc, points).into_iter().filter(|c| c.kind.counts()).collect();
        let compared = counts.iter().position(|c| c.site.after.contains("相比") || c.site.after.contains("相较"));
        let Some((whole, part)) = compared.and_then(|at| Some((*counts.get(at.checked_sub(1)?)?, counts[at]))) else {
            continue;
        };
        let plain =
            [whole, part].iter().all(|c| c.bound == Bound::Exact) && alike(whole, part) && part.value < whole.value;
        // Of several rates of that name the one of most people is meant.
        let named = |c: &&Claim| c.kind == Kind::Rate && c.subject.ends_with(&format!("{name}率"));
        let rates = doc.around(points).iter().filter(|c| c.site.start < points.site.start).filter(named);
        let rates: Vec<(&Claim, &Claim)> =
            rates.filter_map(|rate| Some((rate, held.part_and_whole(doc, rate)?.1))).collect();
        let Some((new, _)) = rates.iter().max_by_key(|(_, whole)| whole.value).filter(|_| plain) else { continue };
        found.extend(points_of_counts(points, whole, part, new));
    }
    all.extend(found);
}

/// Do the points lie between the share two counts make and the printed one? Each printed share may be off by half a step.
fn points_of_counts(points: &Claim, whole: &Claim, part: &Claim, new: &Claim) -> Option<Relation> {
    let old = part.value?.percent_of(whole.value?)?;
    let gives = if points.falls { old.minus(new.value?)? } else { new.value?.minus(old)? };
    let slack = new.step.plus(new.step)?.plus(points.step)?.over(Exact::int(2)?)?;
    let off = gives.minus(points.value?)?;
    let holds = off <= slack && Exact::ZERO.minus(off)? <= slack;
    let said = format!("{}÷{}＝{}%", shown(part), shown(whole), old.show(new.decimals.max(1)));
    let working = Working {
        code: if holds { "points-hold" } else { "points-fail" },
        with: vec![("old", said.clone()), ("new", shown(new)), ("gives", gives.show(2)), ("stated", shown(points))],
        zh: format!("{}与{said}相差{}个百分点，文中为{}", shown(new), gives.show(2), shown(points)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members =
        vec![(Role::Denominator, whole), (Role::Numerator, part), (Role::New, new), (Role::Difference, points)];
    let mut it = relation(RelationKind::Difference, finding, members, working);
    it.computed = Some(gives);
    it.stated = points.value;
    Some(it)
}

/// 机电系286分居首，汽车系251分…，机电系领先第二名35分: the largest less the next of what the chain lists.
fn ahead(doc: &Document, all: &mut Vec<Relation>) {
    for pair in doc.claims.windows(2) {
        let [rank, lead] = pair else { continue };
        let by =
            ["领先", "超出", "高出", "超过", "比", "多于", "高于"].iter().any(|word| rank.site.before.ends_with(word));
        let second = rank.kind == Kind::Rank && rank.value == Exact::int(2) && by;
        let words = ["", "多", "高", "多出", "高出", "了"].contains(&lead.site.before.as_str());
        if !second || !words || lead.site.clause != rank.site.clause || lead.bound != Bound::Exact {
            continue;
        }
        let row = doc.around(lead).iter().filter(|c| c.site.chain == lead.site.chain && c.site.start < rank.site.start);
        let mut row: Vec<&Claim> =
            row.filter(|c| c.unit == lead.unit && c.bound == Bound::Exact && c.kind != Kind::Change).collect();
        let first = row.first().map(|c| c.id.clone());
        row.sort_by_key(|c| std::cmp::Reverse(c.value));
        // The first that is told of is the first of all.
        if let [high, low, ..] = row[..]
            && first.as_ref() == Some(&high.id)
        {
            all.extend(difference(lead, low, high, false));
        }
    }
}

/// 三年分别为81.2%、83.5%、86.0%，三年提高4.8个百分点: from the first of the row to its last.
fn in_years<'a>(doc: &'a Document, points: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let here = doc.around(points).iter().filter(|c| {
        c.site.sentence == points.site.sentence && c.site.clause + 1 == points.site.clause && c.bound == Bound::Exact
    });
    let row: Vec<&Claim> = here.filter(|c| c.kind == Kind::Rate).collect();
    let [first, _, .., last] = row[..] else { return None };
    let lasting = doc.around(points).iter().any(|c| c.kind == Kind::Duration && c.site.clause == points.site.clause);
    let said = lasting || any_in(&points.site.before, &["累计", "期间", "共"]);
    (first.site.before.contains("分别为") && said).then_some((first, last))
}

/// 初次就业率98.4%，较上年提高0.7个百分点（上年97.7%）: the earlier share right behind the points.
fn share_behind<'a>(doc: &'a Document, points: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let share = |c: &&Claim| c.kind == Kind::Rate && c.bound == Bound::Exact && c.unit == "%";
    let behind = doc.around(points).iter().find(|c| c.site.start > points.site.start && c.kind != Kind::Date);
    let old = behind
        .filter(share)
        .filter(|c| c.site.sentence == points.site.sentence && c.site.clause <= points.site.clause + 1)
        .filter(|c| is_old(c) || named_again(c, points))?;
    let here = doc.around(points).iter().rev();
    let mut before = here.filter(|c| c.site.sentence == points.site.sentence && c.site.start < points.site.start);
    let new = before.find(|c| share(c) && !is_old(c) && c.site.clause + 1 >= points.site.clause);
    // 比对照班高7.5个百分点（对照班为84.0%），达到91.5%: what it is now is told behind.
    let reached = || {
        let next = doc.next(old).filter(share).filter(|c| c.site.sentence == old.site.sentence)?;
        let lead = next.site.before.trim_start_matches(['）', '，']);
        (next.site.clause == old.site.clause + 1 && ["达到", "达", "为", "升至", "降至"].contains(&lead))
            .then_some(next)
    };
    Some((old, new.or_else(reached)?))
}
