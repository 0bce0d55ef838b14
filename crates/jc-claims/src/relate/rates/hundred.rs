//! What makes 100 %: shares of one whole that must make all of it, or no more than all.

use std::collections::BTreeMap;

use super::beside::says_share;
use super::closed;
use super::lone::give_way;
use super::readings::{reading, reading_of};
use super::shares::{has_share, name_of_whole};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, Role, Working, relation, tested};
use crate::relate::sums::addition::{held_within, sum};
use crate::relate::wording::around::words_of;
use crate::relate::wording::categories;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::division::{Division, division};
use crate::words::any_in;

/// Shares of one whole in one sentence: more than 100 % cannot be; less cannot be where nobody is left.
pub(super) fn all_shares(doc: &Document, all: &mut Vec<Relation>) {
    complements(doc, all);
    of_same_whole(doc, all);
    of_both(doc, all);
    divided(doc, all);
    of_their_sum(doc, all);
    let mut shares: Vec<&Claim> = Vec::new();
    for claim in doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.unit == "%") {
        // 分别占62%、31%和7%: the later ones of a row are shares too.
        let row = claim.site.before.trim_matches(['、', '和', '与', '及', ' ']).is_empty();
        let goes_on = shares.last().is_some_and(|last| row && last.site.clause == claim.site.clause);
        // 最高学历构成：研究生35%、本科58%、专科及以下12%: what something is made up of.
        let made_up =
            || claim.site.sentence_text.split_once("构成：").is_some_and(|(head, _)| head.chars().count() <= 16);
        if says_share(claim) || goes_on || made_up() {
            shares.push(claim);
        }
    }
    // 占40%，其中412名…，占这部分学生的65%: a share that names its whole begins a row of its own.
    let one_whole = |a: &Claim, b: &Claim| {
        let own = name_of_whole(b);
        a.site.sentence == b.site.sentence && (own.is_empty() || own == name_of_whole(a))
    };
    for row in shares.chunk_by(|a, b| one_whole(a, b)) {
        // Amounts that are too many show it already.
        let shown = |share: &Claim| {
            let part = all.iter().rev().take(MOST_TOGETHER).find_map(|it| match &it.members[..] {
                [(Role::Numerator, part), _, (Role::Rate, own)] if *own == share.id => Some(part),
                _ => None,
            });
            let fails = |it: &Relation| {
                it.kind == RelationKind::Sum
                    && it.finding == Finding::Inconsistent
                    && it.members.iter().any(|(_, id)| Some(id) == part)
            };
            part.is_some() && all.iter().any(fails)
        };
        if (2..=MOST_TOGETHER).contains(&row.len())
            && row.iter().all(|c| c.bound == Bound::Exact)
            && !row.iter().all(|share| shown(share))
            && !closed::of_several(doc, row)
        {
            let sum = row_of_shares(row);
            all.extend(sum);
        }
    }
}

/// 财政拨款…，占73.78%；事业收入…，占22.82%；其他收入…，占3.40%: parts whose shares of one whole are all of it make the whole.
fn divided(doc: &Document, all: &mut Vec<Relation>) {
    let mut rows: BTreeMap<(usize, &str), Vec<(&Claim, &Claim)>> = BTreeMap::new();
    for it in all.iter().filter(|it| it.kind == RelationKind::Rate && it.primary) {
        let [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, share)] = &it.members[..] else {
            continue;
        };
        let (Some(part), Some(share)) = (doc.claim(part), doc.claim(share)) else { continue };
        if says_share(share) && share.bound == Bound::Exact {
            rows.entry((share.site.chain, whole)).or_default().push((part, share));
        }
    }
    let mut sums = Vec::new();
    for ((_, whole), row) in rows.iter().filter(|(_, row)| (2..=MOST_TOGETHER).contains(&row.len())) {
        let shares: Vec<&Claim> = row.iter().map(|(_, share)| *share).collect();
        let parts: Vec<&Claim> = row.iter().map(|(part, _)| *part).collect();
        // Shares of kinds that exclude each other (本市, 省外) cannot be more than all of it either; nor can what is listed
        // together (其中学历教育412万元（32.6%）、政府培训338万元（26.7%）…).
        let listed = parts.iter().all(|part| part.site.clause == parts[0].site.clause) && parts.len() >= 3;
        let all_of_it =
            |it: Relation| it.finding == Finding::Consistent || listed || division(&parts) == Division::Clean;
        if row_of_shares(&shares).is_some_and(all_of_it) {
            sums.extend(doc.claim(whole).and_then(|whole| held_within(RelationKind::Sum, whole, &parts)));
        }
    }
    all.extend(sums);
}

/// 男教师45人，女教师68人，女教师占60.2%: of both together, where no whole is said.
fn of_both(doc: &Document, all: &mut Vec<Relation>) {
    let (mut found, told) = (Vec::new(), tested(all));
    for share in doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.bound == Bound::Exact && says_share(c)) {
        let here = doc.around(share).iter().filter(|c| c.site.sentence == share.site.sentence && c.kind.counts());
        let here: Vec<&Claim> = here.filter(|c| c.site.start < share.site.start).collect();
        let [a, b] = here[..] else { continue };
        let sex = |claim: &Claim| {
            ["男", "女"].into_iter().find(|sex| claim.site.before.trim_start_matches('，').starts_with(sex))
        };
        let own = ["男", "女"].into_iter().find(|sex| share.site.before.trim_start_matches('，').starts_with(sex));
        let (Some(x), Some(y), Some(own)) = (sex(a), sex(b), own) else { continue };
        if x != y && alike(a, b) && !told.contains(&share.id) {
            let part = if x == own { a } else { b };
            found.extend(reading_of(share, &[part], &[a, b], &[]));
        }
    }
    give_way(all, found);
}

/// 男生1208人，占64.9%；女生654人，占36.1%: what follows a share of a whole in its chain is of the same whole, whether it gives
/// its own share or not.
fn of_same_whole(doc: &Document, all: &mut Vec<Relation>) {
    let (mut found, mut held, told): (Vec<Relation>, _, _) = (Vec::new(), Holding::of(all), tested(all));
    for pair in doc.claims.windows(2) {
        let [part, share] = pair else { continue };
        let shares =
            share.kind == Kind::Rate && share.unit == "%" && share.bound == Bound::Exact && has_share(doc, part);
        if !shares || !part.kind.counts() || told.contains(&share.id) || !name_of_whole(share).is_empty() {
            continue;
        }
        let here = doc.around(share).iter().rev().filter(|c| {
            c.site.chain == share.site.chain && c.site.start < part.site.start && c.kind == Kind::Rate && says_share(c)
        });
        let Some(sibling) =
            here.into_iter().next().filter(|c| !part.site.clause_text.starts_with("其中") && c.unit == "%")
        else {
            continue;
        };
        let whole = held.part_and_whole(doc, sibling).filter(|(top, _)| alike(top, part)).map(|(_, whole)| whole);
        // Parts that exclude each other and both fit into the whole.
        let top = doc.around(share).iter().rev().find(|c| c.site.start < sibling.site.start && c.kind == part.kind);
        let whole = whole.filter(|whole| whole.value > part.value && alike(whole, part));
        if let (Some(whole), Some(top)) = (whole, top)
            && let Some(mut it) = reading(share, &[part], whole, &[])
        {
            it.primary = it.finding == Finding::Consistent || division(&[top, part]) == Division::Clean;
            held.note(&it);
            found.push(it);
        }
    }
    give_way(all, found);
}

/// 非常满意355人，占61.0%，满意189人，占32.5%，一般38人，占6.5%: shares of a whole that is not said but in its parts.
fn of_their_sum(doc: &Document, all: &mut Vec<Relation>) {
    let told = |share: &Claim| {
        all.iter().any(|it| it.kind == RelationKind::Rate && it.under_test().is_some_and(|id| id == share.id))
    };
    let pairs = doc.claims.windows(2).filter_map(|pair| {
        let [part, share] = pair else { return None };
        let exact = part.bound == Bound::Exact && share.bound == Bound::Exact;
        (exact && part.kind.counts() && share.unit == "%" && has_share(doc, part)).then_some((part, share))
    });
    let pairs: Vec<(&Claim, &Claim)> = pairs.collect();
    let mut found = Vec::new();
    for row in pairs.chunk_by(|a, b| a.0.site.chain == b.0.site.chain && alike(a.0, b.0)) {
        let (parts, shares): (Vec<&Claim>, Vec<&Claim>) = row.iter().copied().unzip();
        let apart = (3..=MOST_TOGETHER).contains(&row.len()) && shares.iter().all(|share| !told(share));
        if apart && row_of_shares(&shares).is_some_and(|it| it.finding == Finding::Consistent) {
            // 共有毕业生1742人…从结构看，升学412人，占23.7%；…: the whole they make may be said before.
            let sum = sum(&parts);
            let before = doc.around(parts[0]).iter().filter(|c| c.site.start < parts[0].site.start);
            let whole = before.rev().find(|c| c.value == sum && alike(c, parts[0]) && c.bound == Bound::Exact);
            // …or nearly: one of the parts may be wrong.
            let nearly = || {
                let before = doc.around(parts[0]).iter().rev().filter(|c| c.site.start < parts[0].site.start);
                let like = before.filter(|c| alike(c, parts[0]) && c.site.paragraph == parts[0].site.paragraph);
                let holds = |whole: &Claim| {
                    let fits = |(part, share): &&(&Claim, &Claim)| {
                        reading(share, &[part], whole, &[]).is_some_and(|it| it.finding == Finding::Consistent)
                    };
                    row.iter().filter(fits).count()
                };
                like.filter(|c| c.bound == Bound::Exact).find(|whole| holds(whole) + 1 >= row.len())
            };
            let wholes = whole.or_else(nearly).map_or(parts.clone(), |whole| vec![whole]);
            found.extend(row.iter().filter_map(|(part, share)| reading_of(share, &[part], &wholes, &[])));
        }
    }
    give_way(all, found);
}

fn row_of_shares(row: &[&Claim]) -> Option<Relation> {
    let total = sum(row)?;
    // Each printed share may be off by half a step.
    let slack = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.step.over(Exact::int(2)?)?))?;
    let hundred = Exact::int(100)?;
    let over = total.minus(hundred)?;
    let said: String = row.iter().map(|c| c.site.before.as_str()).collect();
    let sexes = row.len() == 2 && said.contains('男') && said.contains('女');
    // …服务业占18.6%，其他行业占8.4%: who is none of them closes the list.
    let others = |c: &Claim| {
        let lead = c.site.before.trim_start_matches(['，', '、', '；', '和', '及']);
        lead.ends_with('占')
            && lead.chars().count() <= 7
            && ["其他", "其余", "其它"].iter().any(|w| lead.starts_with(w))
    };
    let chosen = row.iter().any(|c| any_in(&c.site.sentence_text, &["多选", "复选", "不定项", "任选"]));
    let closed = row.len() >= 3 && !chosen && row.last().is_some_and(|c| others(c));
    let all_of_it = !chosen && (sexes || closed || any_in(&said, &["其他占", "其余占", "其它占"]));
    // Far more than 100 % were never meant to divide one whole: 高级职称占三成，双师型占九成.
    let finding = if (chosen || over > Exact::int(10)?) && !all_of_it {
        return None;
    } else if over > slack {
        Finding::Inconsistent
    } else if over.plus(slack)? >= Exact::ZERO {
        Finding::Consistent
    } else if all_of_it {
        Finding::Inconsistent
    } else {
        return None;
    };
    Some(percent_sum(row, total, finding))
}

pub(in crate::relate) fn percent_sum(row: &[&Claim], total: Exact, finding: Finding) -> Relation {
    let sum = row.iter().map(|c| shown(c)).collect::<Vec<_>>().join("＋");
    let working = Working {
        code: if finding == Finding::Inconsistent { "percent-sum-fails" } else { "percent-sum" },
        with: vec![("sum", sum.clone()), ("total", total.show(4))],
        zh: format!("{sum}＝{}%", total.show(4)),
    };
    let members = row.iter().map(|c| (Role::Part, *c)).collect();
    let mut it = relation(RelationKind::PercentSum, finding, members, working);
    it.computed = Some(total);
    it.stated = Exact::int(100);
    it
}

/// 合格率95%，不合格率6%: what is and what is not make all of it.
fn complements(doc: &Document, all: &mut Vec<Relation>) {
    let rates: Vec<&Claim> =
        doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact).collect();
    for row in rates.chunk_by(|a, b| a.site.sentence == b.site.sentence).filter(|row| row.len() <= MOST_TOGETHER) {
        // 优秀20%、良好45%、合格30%、不合格5%: a list of kinds, of which the last denies another, makes all of it.
        let one_clause = row.len() >= 3 && row.iter().all(|c| c.site.clause == row[0].site.clause);
        if one_clause && row.iter().any(|c| c.subject.starts_with(['不', '未'])) {
            all.extend(row_of_shares(row));
            continue;
        }
        // 优秀25%、合格70%、不合格5%，前两项合计95%: the list of a clause, whatever is said of it behind.
        let groups: Vec<&[&Claim]> = row
            .chunk_by(|a, b| a.site.clause == b.site.clause)
            .filter(|group| group.len() >= 3 && group.iter().any(|c| c.subject.starts_with(['不', '未'])))
            .collect();
        all.extend(groups.iter().filter_map(|group| row_of_shares(group)));
        let grouped = |pair: &[&Claim]| {
            groups.iter().any(|group| group[0].site.clause == pair[0].site.clause)
                && pair[0].site.clause == pair[1].site.clause
        };
        // 优秀（6%）、良好（24%）、及格（61%）、不及格（9%）: what is left beside other kinds is no complement.
        let bracketed = |c: &&&Claim| c.site.before == "（" && c.site.after.starts_with('）');
        let many = row.iter().filter(bracketed).count() >= 3;
        for pair in row.windows(2).filter(|pair| !(many && pair.iter().all(|c| bracketed(&c)) || grouped(pair))) {
            let denies = |no: &str, yes: &str| {
                ["不", "未"]
                    .iter()
                    .any(|word| no.strip_prefix(word).is_some_and(|rest| !rest.is_empty() && yes.ends_with(rest)))
                    && !yes.ends_with(no)
            };
            let (a, b) = (pair[0].subject.as_str(), pair[1].subject.as_str());
            // 满意占71.3%，基本满意占21.5%，不满意占7.2%: there are more kinds of yes than one.
            let other_yes = |no: &str| {
                let mut others = row.iter().filter(|c| c.id != pair[0].id && c.id != pair[1].id);
                let yes = no.trim_start_matches(['不', '未']);
                others.any(|c| words_of(c).contains(yes) && !words_of(c).contains(no))
            };
            // 优秀…占22.0%，良好…占42.0%，及格…占31.2%，不及格…占4.8%: two of more kinds that make all of it.
            let of_more = || {
                let mut others = row.iter().filter(|c| c.id != pair[0].id && c.id != pair[1].id);
                others.any(|c| categories::of_one_set([a, b, &c.subject]))
            };
            let apart = |no: &str, yes: &str| denies(no, yes) && !other_yes(no) && !of_more();
            if !apart(a, b) && !apart(b, a) {
                continue;
            }
            let sum = || {
                let total = pair[0].value?.plus(pair[1].value?)?;
                let slack = pair[0].step.plus(pair[1].step)?.over(Exact::int(2)?)?;
                let over = total.minus(Exact::int(100)?)?;
                let holds = over <= slack && over.plus(slack)? >= Exact::ZERO;
                Some((total, if holds { Finding::Consistent } else { Finding::Inconsistent }))
            };
            all.extend(sum().map(|(total, finding)| percent_sum(pair, total, finding)));
        }
    }
}
