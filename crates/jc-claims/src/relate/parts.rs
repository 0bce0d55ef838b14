//! Parts and wholes: 其中, 共, 包括; and wholes that only the words beside them make likely.

use super::growth::shared;
use super::rates::{joined, shown};
use super::{Finding, Relation, RelationKind, Role, Working, alike, interval, relation, whole_number};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::units::counts_people;
use crate::words::{ACHIEVED, STOCK, WHOLE, any_in};

pub(super) fn parts(doc: &Document, all: &mut Vec<Relation>) {
    let countable: Vec<&Claim> = countable(doc).collect();
    for here in countable.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        if here[0].site.sentence_text.contains("其中") {
            among(doc, here, all);
        } else {
            totals(here, all);
            placed(here, all);
        }
        people_of_an_event(here, all);
    }
    medals(doc, all);
    members_of_a_stock(doc, all);
    means(doc, all);
}

fn countable(doc: &Document) -> impl Iterator<Item = &Claim> {
    let area =
        |claim: &Claim| claim.kind == Kind::Quantity && matches!(claim.unit.as_str(), "平方米" | "㎡" | "平米" | "亩");
    doc.claims
        .iter()
        .filter(move |claim| (claim.kind.counts() || area(claim)) && claim.value.is_some() && claim.each.is_none())
}

/// Where a claim stands in its sentence, in characters.
fn offset(claim: &Claim) -> usize {
    claim.site.start - claim.site.sentence_start
}

/// 118人次，其中市级以上84人次; 论文76篇。其中，一等奖12项.
fn among(doc: &Document, here: &[&Claim], all: &mut Vec<Relation>) {
    let text = &here[0].site.sentence_text;
    let Some(at) = text.find("其中").map(|at| text[..at].chars().count()) else { return };
    let mut wholes: Vec<&Claim> = here.iter().copied().filter(|claim| offset(claim) < at).collect();
    if wholes.is_empty() && at <= 1 {
        let (sentence, paragraph) = (here[0].site.sentence, here[0].site.paragraph);
        let before = |claim: &&Claim| claim.site.sentence + 1 == sentence && claim.site.paragraph == paragraph;
        wholes = countable(doc).filter(before).collect();
    }
    wholes.retain(|claim| claim.numeral != Numeral::None);
    let parts: Vec<&Claim> =
        here.iter().copied().filter(|claim| offset(claim) > at && claim.numeral != Numeral::None).collect();
    let mut groups: Vec<(&Claim, Vec<&Claim>)> = Vec::new();
    let mut strayed = false;
    for part in parts {
        // Behind 此外 or 另有 the list of parts has ended.
        strayed |= any_in(&part.site.before, &["此外", "另有", "另外", "同时"])
            || any_in(&part.site.clause_text, &["此外", "另有", "另外"]);
        if strayed {
            break;
        }
        let Some(whole) = whole_for(part, &wholes) else { continue };
        // 82人，占30.6%，双师型233人，占86.9%: shares in between make it a list of views, not a division.
        let share_between =
            groups.last().and_then(|(_, row)| row.last()).is_some_and(|last| share_between(doc, last, part));
        let inclusive = share_between || part.site.before.contains("以上") || part.site.before.contains("以下");
        match groups.last_mut() {
            Some((same, row)) if same.id == whole.id && !inclusive && alike(row[0], part) && disjoint(row, part) => {
                row.push(part)
            }
            _ => groups.push((whole, vec![part])),
        }
    }
    for (whole, parts) in groups {
        // 其余34人: what is left over completes the whole.
        let rest = parts.len() > 1 && parts.iter().any(|part| any_in(&part.site.before, &["其余", "剩余", "余下"]));
        let kind = if rest { RelationKind::Sum } else { RelationKind::Subset };
        let mut it = held_within(kind, whole, &parts);
        if let Some(it) = &mut it {
            let one = parts.len() == 1 && alike(parts[0], whole);
            it.primary = it.finding == Finding::Consistent || one || rest || divides(whole, &parts);
        }
        all.extend(it);
    }
}

fn share_between(doc: &Document, first: &Claim, second: &Claim) -> bool {
    doc.claims
        .iter()
        .any(|c| c.kind == Kind::Rate && c.site.start > first.site.start && c.site.start < second.site.start)
}

/// Were the parts meant to divide the whole? Grades, medals, levels and the sexes do; of other parts those whose sum
/// misses the whole by little. Far more than the whole means overlapping views (高级职称, 双师型).
fn divides(whole: &Claim, parts: &[&Claim]) -> bool {
    let exclusive = ["等奖", "金", "银", "铜", "级", "男", "女", "升学", "就业"];
    let named = parts.iter().all(|part| any_in(&part.site.before, &exclusive));
    let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(part.value?));
    let limit = whole.value.and_then(|value| value.times(Exact::new(5, 4)?));
    named || sum.zip(limit).is_some_and(|(sum, limit)| sum <= limit)
}

/// Parts that name different things (一等奖, 二等奖) exclude each other; the same words twice may overlap.
fn disjoint(row: &[&Claim], part: &Claim) -> bool {
    !part.site.before.contains("以上")
        && row.iter().all(|other| !other.site.before.contains("以上") && other.subject != part.subject)
}

/// The whole a part belongs to: the one that shares most words with it, the nearest of equals. A unit of another
/// class (3个 of 4人次) is allowed only where words are shared.
fn whole_for<'a>(part: &Claim, wholes: &[&'a Claim]) -> Option<&'a Claim> {
    let words = |claim: &Claim| format!("{}{}{}", claim.site.before, claim.subject, claim.site.after);
    let own = words(part) + &part.site.clause_text;
    let score = |claim: &Claim| {
        let text = words(claim);
        let pairs: Vec<char> = text.chars().collect();
        let common = pairs.windows(2).filter(|pair| own.contains(&pair.iter().collect::<String>())).count();
        (common * 2 + usize::from(alike(claim, part)), claim.site.start)
    };
    let like = wholes.iter().copied().filter(|claim| claim.unit == part.unit).max_by_key(|claim| score(claim));
    let like =
        like.or_else(|| wholes.iter().copied().filter(|claim| alike(claim, part)).max_by_key(|claim| score(claim)));
    // 12项论文奖 of 76篇论文: another measure word, but the same noun, and the like unit shares none.
    let best = wholes.iter().copied().max_by_key(|claim| score(claim))?;
    match like {
        Some(like) if score(like).0 >= 2 || score(best).0 < 4 || !alike(best, part) => Some(like),
        Some(_) => Some(best),
        // 3个一等奖 of 4人次: counts of another class may be parts where the words are shared, money never.
        None => {
            let counted = |claim: &Claim| matches!(claim.kind, Kind::Count | Kind::PersonTimes);
            (score(best).0 >= 2 && counted(best) && counted(part)).then_some(best)
        }
    }
}

/// The sum of parts against a whole; figures that are approximate or printed in 万 stand for intervals.
fn held_within(kind: RelationKind, whole: &Claim, parts: &[&Claim]) -> Option<Relation> {
    let low = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(part.min?))?;
    let high = parts.iter().try_fold(Some(Exact::ZERO), |sum, part| {
        Some(sum.zip(interval(part).map(|i| i.1)).and_then(|(a, b)| a.plus(b)))
    })?;
    let least = interval(whole).map(|i| i.0).or(whole.min)?;
    let most = interval(whole).map(|i| i.1);
    let holds = match kind {
        RelationKind::Sum => most.is_none_or(|most| low <= most) && high.is_none_or(|high| high >= least),
        _ => most.is_none_or(|most| low <= most),
    };
    let sign = match (kind, holds) {
        (RelationKind::Sum, true) => "＝",
        (RelationKind::Sum, false) => "≠",
        (_, true) => "≤",
        (_, false) => ">",
    };
    let sum = joined(parts);
    let working = Working {
        code: match (kind, holds) {
            (RelationKind::Sum, true) => "sum-holds",
            (RelationKind::Sum, false) => "sum-fails",
            (_, true) => "subset-holds",
            (_, false) => "subset-fails",
        },
        with: vec![("parts", sum.clone()), ("sum", low.show(4)), ("whole", shown(whole))],
        zh: format!("{sum}{sign}{}", shown(whole)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = parts.iter().map(|part| (Role::Part, *part)).chain([(Role::Whole, whole)]).collect();
    let mut it = relation(kind, finding, members, working);
    it.computed = Some(low);
    it.stated = whole.value;
    Some(it)
}

/// 金牌5枚、银牌8枚，共13枚; 获奖13项：一等奖5项、二等奖8项.
fn totals(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, total) in here.iter().copied().enumerate() {
        let lead = total.site.before.trim_start_matches(['，', '、', '（', '—']);
        let closes = ["合计", "共计", "总计", "一共", "共", "总共"].iter().any(|word| lead.starts_with(word))
            && lead.chars().count() <= 8
            || ["总数", "总计", "合计", "总量", "总和"]
                .iter()
                .any(|word| lead.trim_end_matches(['为', '达', '共']).ends_with(word));
        let earlier: Vec<&Claim> =
            here[..n].iter().copied().filter(|c| alike(c, total) && c.numeral != Numeral::None).collect();
        // A count of another class right before the total (专著2部) belongs to it, and we cannot add it.
        let whole_row = n > 0 && earlier.last().is_some_and(|last| last.id == here[n - 1].id);
        if closes
            && whole_row
            && let Some(sum) = closing_sum(total, &earlier, earlier.len() == n)
        {
            all.push(sum);
            return;
        }
        let later: Vec<&Claim> =
            here[n + 1..].iter().copied().take_while(|c| alike(c, total) && c.numeral != Numeral::None).collect();
        let all_of_it = later.len() >= 2 && opens_list(total);
        if n == 0 && all_of_it {
            all.extend(held_within(RelationKind::Sum, total, &later));
            return;
        }
    }
}

/// 一等奖12名、二等奖24名，共36名: the row in the clause before the total, or everything before it.
fn closing_sum(total: &Claim, earlier: &[&Claim], everything: bool) -> Option<Relation> {
    let last = earlier.last()?.site.clause;
    let row: Vec<&Claim> = earlier.iter().copied().filter(|claim| claim.site.clause == last).collect();
    let sum = |parts: &[&Claim]| if parts.len() >= 2 { held_within(RelationKind::Sum, total, parts) } else { None };
    let holds = |it: &Option<Relation>| it.as_ref().is_some_and(|it| it.finding == Finding::Consistent);
    let (of_row, of_all) = (sum(&row), if everything { sum(earlier) } else { None });
    if holds(&of_all) || !holds(&of_row) { of_all.or(of_row) } else { of_row }
}

/// The words right behind a total open the list of its parts: a colon, 分别为, 包括.
fn opens_list(total: &Claim) -> bool {
    let text: String =
        total.site.sentence_text.chars().skip(offset(total) + (total.site.end - total.site.start)).take(8).collect();
    let colon = text.find('：').is_some_and(|at| text[..at].chars().count() <= 3);
    colon || any_in(&text, &["包括", "分别为", "分别是", "即"])
}

/// 毕业生407人：143人升学，261人就业: people placed are people who left, without 其中.
fn placed(here: &[&Claim], all: &mut Vec<Relation>) {
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let Some(whole) = here.first().copied().filter(|claim| counts_people(&claim.unit) && any_in(&words(claim), STOCK))
    else {
        return;
    };
    let reached = |claim: &&Claim| {
        let own = words(claim);
        alike(claim, whole) && claim.numeral != Numeral::None && any_in(&own, ACHIEVED) && !any_in(&own, STOCK)
    };
    let parts: Vec<&Claim> = here[1..].iter().copied().filter(reached).collect();
    let largest = parts.iter().all(|part| part.value <= whole.value) || opens_division(whole);
    if parts.is_empty()
        || !largest
        || all.iter().any(|r| r.kind == RelationKind::Sum && r.members.iter().any(|m| m.1 == whole.id))
    {
        return;
    }
    let Some(mut it) = held_within(RelationKind::Subset, whole, &parts) else { return };
    // Results need not exclude each other (持证 and 就业): only a colon promises a division.
    it.primary = it.finding == Finding::Consistent || opens_division(whole);
    all.push(it);
}

fn opens_division(whole: &Claim) -> bool {
    let text: String = whole.site.sentence_text.chars().skip(offset(whole)).take(24).collect();
    text.contains('：')
}

/// 参加培训2人次，某老师获评指导师: who is named took part, if the words are the same.
fn people_of_an_event(here: &[&Claim], all: &mut Vec<Relation>) {
    for named in here.iter().copied().filter(|claim| claim.numeral == Numeral::None && claim.unit == "人") {
        let whole = here.iter().copied().rev().find(|claim| {
            claim.site.start < named.site.start
                && counts_people(&claim.unit)
                && claim.numeral != Numeral::None
                && shared(&claim.site.clause_text, &named.site.clause_text) >= 3
        });
        weak(whole.and_then(|whole| held_within(RelationKind::Subset, whole, &[named])), all);
    }
}

/// Medals of one event stay within the awards the paragraph has counted before.
fn medals(doc: &Document, all: &mut Vec<Relation>) {
    let medal = |claim: &&Claim| matches!(claim.site.grade.as_str(), "金" | "银" | "铜") && claim.kind == Kind::Count;
    let medals: Vec<&Claim> = doc.claims.iter().filter(medal).collect();
    for run in medals.chunk_by(|a, b| a.site.clause == b.site.clause) {
        let first = run[0];
        let whole = doc.claims.iter().rev().find(|claim| {
            claim.site.paragraph == first.site.paragraph
                && claim.site.start < first.site.start
                && claim.site.grade.is_empty()
                && matches!(claim.kind, Kind::PersonTimes | Kind::Count)
                && format!("{}{}", claim.site.before, claim.site.after).contains('奖')
        });
        if all.iter().any(|r| {
            matches!(r.kind, RelationKind::Sum | RelationKind::Subset) && r.members.iter().any(|m| m.1 == first.id)
        }) {
            continue;
        }
        weak(whole.and_then(|whole| held_within(RelationKind::Subset, whole, run)), all);
    }
}

/// Those who passed are some of those enrolled, where both sentences name the same programme.
fn members_of_a_stock(doc: &Document, all: &mut Vec<Relation>) {
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let stocks: Vec<&Claim> =
        countable(doc).filter(|c| counts_people(&c.unit) && c.unit != "人次" && any_in(&words(c), STOCK)).collect();
    for part in countable(doc).filter(|c| counts_people(&c.unit) && c.unit != "人次" && c.numeral != Numeral::None) {
        let own = words(part);
        if !any_in(&own, ACHIEVED) || any_in(&own, STOCK) || any_in(&own, &["累计", "历年", "校外", "社会"]) {
            continue;
        }
        let whole = stocks.iter().copied().find(|whole| {
            whole.site.paragraph == part.site.paragraph
                && whole.site.sentence != part.site.sentence
                && shared(&part.site.clause_text, &whole.site.sentence_text) >= 4
        });
        weak(whole.and_then(|whole| held_within(RelationKind::Subset, whole, &[part])), all);
    }
}

/// What only the surroundings make likely is shown when it holds; when it does not, it was probably not meant.
fn weak(relation: Option<Relation>, all: &mut Vec<Relation>) {
    all.extend(relation.filter(|it| it.finding == Finding::Consistent));
}

/// 17个班554人，班均32.6人: a printed mean against the two counts of its sentence.
fn means(doc: &Document, all: &mut Vec<Relation>) {
    const MEANS: &[&str] = &["人均", "班均", "师均", "生均", "户均", "场均", "平均每"];
    for mean in doc
        .claims
        .iter()
        .filter(|c| c.kind == Kind::Quantity && any_in(&c.site.before, MEANS) && c.bound == Bound::Exact)
    {
        let beside: Vec<&Claim> =
            countable(doc).filter(|c| c.site.sentence == mean.site.sentence && c.id != mean.id).collect();
        if let [total] = beside[..] {
            all.extend(holders_missing(mean, total));
            continue;
        }
        let [a, b] = beside[..] else { continue };
        let fits = |top: &Claim, bottom: &Claim| -> Option<bool> {
            let quotient = top.value?.over(bottom.value?)?;
            Some(Exact::from_decimal(quotient.round(mean.decimals)?)? == mean.value?)
        };
        let found = [(a, b), (b, a)].into_iter().find(|(top, bottom)| fits(top, bottom) == Some(true));
        let (top, bottom) = found.unwrap_or(if a.value >= b.value { (a, b) } else { (b, a) });
        let Some(gives) = top.value.and_then(|t| t.over(bottom.value?)) else { continue };
        let holds = found.is_some();
        let working = Working {
            code: if holds { "quotient-holds" } else { "quotient-fails" },
            with: vec![
                ("numerator", shown(top)),
                ("denominator", shown(bottom)),
                ("gives", gives.show(2)),
                ("stated", shown(mean)),
            ],
            zh: format!("{}÷{}＝{}，文中为{}", shown(top), shown(bottom), gives.show(2), shown(mean)),
        };
        let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
        let mut it = relation(
            RelationKind::Quotient,
            finding,
            vec![(Role::Numerator, top), (Role::Denominator, bottom), (Role::Quotient, mean)],
            working,
        );
        it.computed = Some(gives);
        it.stated = mean.value;
        // The mean may be taken over something the sentence does not count.
        it.primary = holds || any_in(&mean.site.before, WHOLE) || mean.site.before.contains("班均");
        all.push(it);
    }
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
