//! What completes a whole across the parts of a sentence, or the sentences of a paragraph: both sides of one thing, accounts
//! that balance, items of one build.

use super::addition::{held_within, near, sum};
use super::chains;
use super::totals::undone;
use crate::document::{Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{said_before, shared, words_of};
use crate::relate::wording::categories::{SETS, SIDES, Set};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division::{Division, division};
use crate::units::counts_people;
use crate::words::{ACHIEVED, COMING, LEAVING, TAKEN_OUT, any_in};

/// What completes a whole across the parts of a sentence, or the sentences of a paragraph.
pub(super) fn across(doc: &Document, countable: &[&Claim], all: &mut Vec<Relation>) {
    net(doc, all);
    let sums = countable.windows(2).enumerate().filter_map(|(n, w)| {
        counted_over(&countable[..n], w[0], w[1]).or_else(|| of_kinds(&countable[..n], w[0], w[1]))
    });
    let named = countable.iter().enumerate().filter_map(|(n, total)| of_units(&countable[..n], total));
    let sums: Vec<Relation> = sums.chain(named).collect();
    all.extend(sums);
    for (n, rest) in countable.iter().enumerate().filter(|(_, claim)| cues::is_rest(claim) && claim.site.cell.is_none())
    {
        let told = all.iter().any(|it| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == rest.id));
        if !told {
            all.extend(left_over(&countable[..n], rest).or_else(|| left_undone(&countable[..n], rest)));
        }
    }
    for (n, left) in countable.iter().enumerate().filter(|(_, c)| c.site.before.contains('未')) {
        let told = all.iter().any(|it| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == left.id));
        if !told {
            all.extend(undone_of_far(&countable[..n], left));
        }
    }
    for chain in countable.chunk_by(|a, b| a.site.chain == b.site.chain) {
        for chain in chain.chunks(MOST_TOGETHER) {
            in_items(countable, chain, all);
            of_two_named(chain, all);
            both_sides(chain, all);
            undone(chain, all);
            overfull(chain, all);
            balances(chain, all);
            chains::chains(doc, countable, chain, all);
        }
    }
}

/// 发现问题17份。已整改15份，整改率88.2%；尚余2份: what is done and what is left make the whole before them.
fn left_over(before: &[&Claim], rest: &Claim) -> Option<Relation> {
    let near = |claim: &&Claim| claim.site.paragraph == rest.site.paragraph && claim.site.chain + 1 >= rest.site.chain;
    let plain = |claim: &&Claim| {
        alike(claim, rest) && claim.unit == rest.unit && claim.numeral != Numeral::None && !cues::is_old(claim)
    };
    let row: Vec<&Claim> = before.iter().rev().copied().take(MOST_TOGETHER).take_while(near).filter(plain).collect();
    let (done, earlier) = row.split_first()?;
    // 发现风险27项，其中高风险0项、中风险9项、低风险18项，已整改25项，剩余3项: what is among the whole is not it.
    let larger = || earlier.iter().filter(|whole| whole.value > done.value);
    // 39人转入候补，录取378人。候补人员中21人已调剂，其余18人: of those the words name.
    let among = done.site.before.split_once('中').map_or("", |(name, _)| name.trim_start_matches('，'));
    let named = || larger().find(|whole| shared(among, words_of(whole)) >= 2);
    let whole = named().or_else(|| larger().next())?;
    // 高中毕业生1764人 are not in the middle of anything.
    let midway = done.site.before.contains('中')
        && !any_in(&done.site.before, &["高中", "初中", "中职", "中专", "中级", "中等", "中层", "中心"]);
    let said = done.site.chain == rest.site.chain && (done.site.before.contains(['已', '完', '了']) || midway);
    if said || done.site.after.contains(['完', '已', '了']) {
        held_within(RelationKind::Sum, whole, &[done, rest])
    } else {
        None
    }
}

/// 19个问题已整改17个…对剩余3个未整改问题限期办结: paragraphs later, what was not done is named as what was done.
fn left_undone(before: &[&Claim], rest: &Claim) -> Option<Relation> {
    let undone = rest.site.after.trim_start_matches(['尚', '还']).strip_prefix('未')?;
    let word: String = undone.chars().take(2).collect();
    let said = format!("已{word}");
    let near = before.iter().rev().take(MOST_TOGETHER);
    let at = before.len() - 1 - near.clone().position(|c| alike(c, rest) && c.site.before.contains(&said))?;
    let whole = before[..at].iter().rev().find(|c| alike(c, rest) && c.value > before[at].value)?;
    let close = whole.site.chain == before[at].site.chain && whole.bound == rest.bound;
    close.then(|| held_within(RelationKind::Sum, whole, &[before[at], rest]))?
}

/// 录取2058人…。报到1996人，报到率97%，未报到62人: who did and who did not make what was counted somewhere before. Only what
/// agrees is told.
fn undone_of_far(before: &[&Claim], left: &Claim) -> Option<Relation> {
    let lead = left.site.before.trim_start_matches(['，', '；', '、', '（']);
    let word: String = lead.strip_prefix('未')?.chars().take(2).collect();
    let done = before.iter().rev().take(4).find(|c| {
        alike(c, left)
            && c.site.sentence == left.site.sentence
            && c.site.before.contains(&word)
            && c.site.start < left.site.start
    })?;
    let sum = done.value?.plus(left.value?)?;
    let wholes = before.iter().rev().take(MOST_TOGETHER).filter(|c| alike(c, left) && c.value == Some(sum));
    held_within(RelationKind::Sum, wholes.into_iter().next()?, &[done, left])
}

/// 慰问26人次，5.2万元；探望41人次，4.1万元；…。四项合计12.4万元: as many of one kind as the words before the total say, all of
/// them of the chain before it.
fn counted_over(before: &[&Claim], many: &Claim, total: &Claim) -> Option<Relation> {
    let lead = ["合计", "共计", "总计", "共"].iter().any(|word| total.site.before.starts_with(word));
    let said = many.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok())?;
    let counted = lead && matches!(many.unit.as_str(), "项" | "类") && many.site.clause == total.site.clause;
    if !counted || !(3..=9).contains(&said) {
        return None;
    }
    let chain = before.last()?.site.chain;
    let row = before.iter().rev().copied().take(MOST_TOGETHER).take_while(|c| c.site.chain == chain);
    let row = row.filter(|c| alike(c, total) && c.unit == total.unit && !cues::per_head(c) && !cues::is_old(c));
    let parts: Vec<&Claim> = row.collect::<Vec<_>>().into_iter().rev().collect();
    (chain + 1 >= total.site.chain && parts.len() == said)
        .then(|| held_within(RelationKind::Sum, total, &parts))
        .flatten()
}

/// 课程27门、教材14本、标准9项，三类成果共49项: a list of unlike things, as many as the words before their total say.
fn of_kinds(before: &[&Claim], many: &Claim, total: &Claim) -> Option<Relation> {
    let lead = ["合计", "共计", "总计", "共"].iter().any(|word| total.site.before.contains(word));
    let said = many.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok())?;
    let counted = lead && matches!(many.unit.as_str(), "类" | "种") && many.site.clause == total.site.clause;
    if !counted || !(2..=9).contains(&said) || before.len() < said {
        return None;
    }
    let parts = &before[before.len() - said..];
    let clause = parts[0].site.clause;
    let list = parts.iter().all(|part| {
        part.site.clause == clause
            && part.kind == total.kind
            && part.value < total.value
            && part.site.sentence == total.site.sentence
    });
    let whole_list = before.len() == said || before[before.len() - said - 1].site.clause != clause;
    (list && whole_list && clause + 1 == total.site.clause).then(|| held_within(RelationKind::Sum, total, parts))?
}

/// 资源96项、标准12套、教材8本，总计116项（套、本）: the bracket names the measure words of what was added.
fn of_units(before: &[&Claim], total: &Claim) -> Option<Relation> {
    cues::closing(total)?;
    let units = total.site.after.strip_prefix('（')?.split('）').next()?;
    let named = |c: &&&Claim| units.split(['、', '/', '，']).chain([total.unit.as_str()]).any(|unit| unit == c.unit);
    let row = before.iter().rev().take_while(|c| c.site.sentence == total.site.sentence).take_while(named);
    let parts: Vec<&Claim> = row.copied().collect::<Vec<_>>().into_iter().rev().collect();
    let several = parts.len() >= 2 && parts.iter().any(|part| part.unit != total.unit);
    (several && near(total, &parts, 4)).then(|| held_within(RelationKind::Sum, total, &parts)).flatten()
}

/// 专职68人…；兼职22人，专兼合计90人: the total names its two parts by a character each.
fn of_two_named(chain: &[&Claim], all: &mut Vec<Relation>) {
    for (n, total) in chain.iter().copied().enumerate().skip(2) {
        let lead = total.site.before.trim_start_matches(['，', '；', '（']);
        let names = ["合计", "共计", "共有", "总计", "共"].iter().find_map(|word| lead.strip_suffix(word));
        let names: Vec<char> = names.unwrap_or_default().chars().collect();
        let [one, other] = names[..] else { continue };
        let called = |name: char| {
            let named = |c: &&&Claim| alike(c, total) && c.value < total.value && c.site.before.contains(name);
            chain[..n].iter().filter(named).find(|c| !cues::is_old(c)).copied()
        };
        if let (Some(a), Some(b)) = (called(one), called(other))
            && a.id != b.id
            && near(total, &[a, b], 4)
        {
            all.extend(held_within(RelationKind::Sum, total, &[a, b]));
        }
    }
}

/// 新引进17人，退休9人，调出3人，净增6人: who came less who left. A chain that names the coming once.
fn net(doc: &Document, all: &mut Vec<Relation>) {
    for net in doc.claims.iter().filter(|c| c.kind == Kind::Change && c.site.before.contains("净增")) {
        let chain = doc.around(net).iter().filter(|c| c.site.chain == net.site.chain && c.site.start < net.site.start);
        let chain: Vec<&Claim> = chain
            .filter(|c| (c.kind.counts() || c.kind == Kind::Change) && alike(c, net))
            .filter(|c| !c.site.clause_text.starts_with("其中"))
            // 引进26人，其中博士3人、硕士15人，其余8人…；: the rest of those who came.
            .filter(|c| !(c.site.clause_text.starts_with("其余") && c.site.sentence_text.contains("其中")))
            .collect();
        let called = |words: &[&str]| -> Vec<&Claim> {
            chain.iter().copied().filter(|c| any_in(&c.site.before, words)).collect()
        };
        // 增加投资412万元，减少投资226万元，净增186万元.
        let (mut came, left) = (called(COMING), called(LEAVING));
        if came.is_empty() {
            came = called(&["增加", "调增", "购入", "购置", "新购", "增补"]);
        }
        let ([came], true) = (&came[..], !left.is_empty() && left.len() + came.len() == chain.len()) else {
            all.extend(net_of_bracket(doc, net));
            continue;
        };
        let parts: Vec<&Claim> = left.into_iter().chain([net]).collect();
        all.extend(held_within(RelationKind::Sum, came, &parts));
    }
}

/// 净增1.4万册（购入1.56万册，剔除0.16万册）: what came and what left right behind the net. Only what agrees is told.
fn net_of_bracket(doc: &Document, net: &Claim) -> Option<Relation> {
    let at = doc.claims.partition_point(|c| c.span.start <= net.span.start);
    let [came, left] = doc.claims.get(at..at + 2)? else { return None };
    let here = came.site.before.starts_with('（') && left.site.sentence == net.site.sentence;
    let like = came.kind.counts() && left.kind.counts() && came.unit == net.unit && left.unit == net.unit;
    let it = held_within(RelationKind::Sum, came, &[left, net]).filter(|_| here && like)?;
    (it.finding == Finding::Consistent).then_some(it)
}

/// 参加2315人，合格2176人…。其中：三级1240人参评，1178人合格；二级325人参评，283人合格；…: items of one build, each of whose
/// columns makes a count said before. One column that holds shows that nobody is left out.
fn in_items(countable: &[&Claim], chain: &[&Claim], all: &mut Vec<Relation>) {
    // …通过84人，通过率95.5%；其中机电46人通过44人: what 其中 opens inside a chain.
    let among = chain.iter().position(|c| c.site.clause_text.starts_with("其中")).unwrap_or(0);
    let chain = &chain[among..];
    let opened = chain.first().is_some_and(|first| {
        let before = said_before(first);
        before.contains("其中") || before.contains('：')
    });
    // 其中机电46人通过44人，汽车42人通过40人: items of one sentence are its clauses.
    let one = chain.iter().all(|c| c.site.sentence == chain[0].site.sentence);
    let items: Vec<&[&Claim]> = match one {
        true => chain.chunk_by(|a, b| a.site.clause == b.site.clause).collect(),
        false => chain.chunk_by(|a, b| a.site.sentence == b.site.sentence).collect(),
    };
    let width = items.first().map_or(0, |item| item.len());
    let alike_built = |item: &&[&Claim]| item.len() == width && item.iter().zip(items[0]).all(|(a, b)| alike(a, b));
    if !opened || items.len() < 2 || !(2..=4).contains(&width) || !items.iter().all(alike_built) {
        return;
    }
    let at = countable.partition_point(|c| c.site.start < chain[0].site.start);
    let plain = |c: &&Claim| c.numeral != Numeral::None && !cues::is_old(c) && !cues::per_head(c);
    let before = || countable[..at].iter().rev().copied().take(MOST_TOGETHER).filter(plain);
    let beside = |c: &&Claim| c.site.paragraph == chain[0].site.paragraph && c.site.chain + 1 >= chain[0].site.chain;
    // 机械系计划420人，录取446人，报到431人；…: totals of hundreds may stand paragraphs before, and show it by holding.
    let far = |c: &Claim, parts: &[&Claim]| c.value >= Exact::int(100) && parts.len() >= 3;
    let columns = (0..width).map(|n| items.iter().map(|item| item[n]).collect::<Vec<_>>());
    let makes = |parts: &[&Claim]| {
        let sum = sum(parts);
        let near = |c: &Claim| beside(&c) || far(c, parts);
        before().find(|whole| alike(whole, parts[0]) && whole.value == sum && near(whole))
    };
    let columns: Vec<(Vec<&Claim>, Option<&Claim>)> = columns.map(|parts| (parts.clone(), makes(&parts))).collect();
    if columns.iter().all(|(_, whole)| whole.is_none()) {
        return;
    }
    for (parts, whole) in &columns {
        // The other columns make what is called like them.
        let called = |whole: &&&Claim| {
            let words = |c: &Claim| format!("{}{}", c.site.before, c.site.after);
            parts.iter().all(|part| alike(whole, part) && shared(&words(whole), &words(part)) >= 2)
        };
        // 成交6293万元…。公开招标48项、4310万元；询价52项、563万元；…: or the only one it all but makes.
        let nearly = || {
            let mut like = before().filter(beside).filter(|whole| alike(whole, parts[0]) && near(whole, parts, 20));
            like.next().filter(|_| like.next().is_none())
        };
        let named = || before().filter(beside).find(|whole| called(&whole));
        if let Some(whole) = whole.or_else(named).or_else(nearly) {
            all.extend(held_within(RelationKind::Sum, whole, parts));
        }
    }
}

/// 收回选票122张，有效票120张，废票2张: the two sides right behind a count make it. Counts that miss it by more than a
/// twentieth are of something else.
fn both_sides(chain: &[&Claim], all: &mut Vec<Relation>) {
    for (n, pair) in chain.windows(2).enumerate().filter(|(n, _)| *n > 0) {
        let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
        let (one, other) = (words(pair[0]), words(pair[1]));
        // 合格 stands also in 不合格.
        let sides = |set: &Set| match set.members {
            [yes, no] if set.firm => {
                let says_yes = |text: &str| any_in(text, yes) && !any_in(text, no);
                says_yes(&one) && any_in(&other, no) || says_yes(&other) && any_in(&one, no)
            }
            _ => false,
        };
        // 良好1126人、及格2287人、不及格327人: the last two of a list of more.
        if pair.iter().all(|part| cues::goes_on_a_list(part)) {
            continue;
        }
        // 128家企业，其中规模以上74家；省内103家，省外25家: one that they make exactly, else the one right before.
        let sum = pair[0].value.zip(pair[1].value).and_then(|(a, b)| a.plus(b));
        let made =
            || chain[..n].iter().rev().find(|c| alike(c, pair[0]) && c.value == sum && !cues::is_old(c)).copied();
        let whole = made().unwrap_or(chain[n - 1]);
        // 良好413名、及格352名、不及格81名: one of a list is no whole of the others.
        if whole.site.clause == pair[0].site.clause {
            continue;
        }
        let plain = pair.iter().all(|part| alike(part, whole) && part.value <= whole.value && !cues::is_old(part));
        // 已毕业276名，在读147名，另有5名转学: there is a third side.
        let third = chain.get(n + 2).is_some_and(|next| {
            next.site.clause == pair[1].site.clause && alike(next, pair[1])
                || next.site.before.trim_start_matches(['，', '；', '、']).starts_with('另')
                || cues::is_rest(next)
        });
        // 队员38名，男生27名，女生13名: right behind their whole they are of it, also where they miss it by more.
        let beside = pair[0].site.clause == whole.site.clause + 1 && pair[1].site.clause <= pair[0].site.clause + 1;
        let sexes = one.contains('男') && other.contains('女') || one.contains('女') && other.contains('男');
        let most = if beside && sexes { 5 } else { 20 };
        let plain = plain || beside && sexes && pair.iter().all(|part| alike(part, whole) && part.value <= whole.value);
        if third || !plain || !SETS.iter().chain(SIDES).any(sides) || cues::is_old(whole) || !near(whole, pair, most) {
            continue;
        }
        let told = all.iter().any(|it| {
            it.kind == RelationKind::Sum && pair.iter().all(|part| it.members.iter().any(|(_, id)| *id == part.id))
        });
        if !told {
            all.extend(held_within(RelationKind::Sum, whole, pair));
        }
    }
}

/// 问题23个，立行立改15个、限期整改6个、长期坚持3个: a list right behind a count that is a little more than it was meant to make
/// it. Less may leave somebody out.
fn overfull(chain: &[&Claim], all: &mut Vec<Relation>) {
    for (n, whole) in chain.iter().copied().enumerate() {
        let behind = &chain[n + 1..];
        let Some(first) = behind.first().filter(|first| first.site.clause == whole.site.clause + 1) else { continue };
        let in_list = behind.iter().take_while(|c| c.site.clause == first.site.clause).count();
        // Things may also be listed clause by clause, to the end of the sentence; people are often counted twice so.
        let in_clauses =
            behind.iter().zip(first.site.clause..).take_while(|(c, clause)| c.site.clause == *clause).count();
        let to_end = |len: usize| behind.get(len).is_none_or(|next| next.site.sentence != whole.site.sentence);
        let clauses = in_list == 1 && !counts_people(&whole.unit) && to_end(in_clauses);
        let len = if clauses { in_clauses } else { in_list };
        let parts = &behind[..len];
        let plain = |part: &&Claim| {
            let counted = part.numeral != Numeral::None && !cues::per_head(part);
            alike(part, whole) && part.unit == whole.unit && part.value < whole.value && counted
        };
        let list = clauses || cues::list_up_to(parts[len - 1], parts).len() == len;
        if len < 3 || !list || !parts.iter().all(plain) || parts.iter().any(|part| cues::is_old(part)) {
            continue;
        }
        let sum = sum(parts);
        let told =
            all.iter().any(|it| it.members.iter().filter(|(_, id)| parts.iter().any(|p| p.id == *id)).count() > 1);
        // 15人获奖，一等奖3人、二等奖5人、三等奖8人: prizes are of those who won one.
        let won = whole.site.after.starts_with('获') && parts.iter().all(|part| part.site.before.contains('奖'));
        let close = near(whole, parts, if won { 4 } else { 20 });
        // 作品307件，书法类86件，绘画类124件，获奖98件: what some of them reached is told beside.
        let reached = parts.iter().filter(|part| any_in(cues::item(part), ACHIEVED)).count();
        let close = close && (reached == 0 || reached == len);
        if !told && sum > whole.value && close && division(parts) != Division::Overlapping {
            all.extend(held_within(RelationKind::Sum, whole, parts));
        }
    }
}

/// Accounts that balance by what their names mean: the first is the second less the third.
const BALANCES: &[(&[&str], &[&str], &[&str])] = &[
    (&["净资产"], &["资产总额", "总资产", "资产总计", "资产"], &["负债总额", "总负债", "负债"]),
    (&["结余", "盈余", "节余"], &["收入", "收入合计", "收入总额"], &["支出", "支出合计", "支出总额"]),
    (&["净收益", "净利润", "利润", "毛利"], &["收入", "总收入"], &["成本", "支出", "总成本"]),
];

/// 总资产7.05亿元，负债1.02亿元，净资产6.03亿元: a chain that names each once.
fn balances(chain: &[&Claim], all: &mut Vec<Relation>) {
    // What was carried over from before is in one of them.
    if any_in(&chain[0].site.paragraph_text, &["结转", "上年结余", "滚存", "年初结余"]) {
        return;
    }
    for (result, plus, minus) in BALANCES {
        let named = |names: &[&str]| -> Option<&Claim> {
            let called = |claim: &&&Claim| {
                let lead = claim.site.before.trim_end_matches(['为', '达', '共', '约', '到', '计', '合', '是', '：']);
                // 净资产 ends like 资产.
                let longest = result.iter().chain(*plus).chain(*minus).filter(|name| lead.ends_with(**name));
                longest.max_by_key(|name| name.len()).is_some_and(|name| names.contains(name))
            };
            let mut found = chain.iter().filter(called).filter(|claim| !cues::is_old(claim));
            found.next().copied().filter(|_| found.next().is_none())
        };
        let Some((whole, (less, left))) = named(plus).zip(named(minus).zip(named(result))) else { continue };
        let of_part = |claim: &Claim| any_in(&claim.site.before, &["其中", "专项", "项目"]);
        if alike(whole, less) && alike(whole, left) && ![whole, less, left].into_iter().any(of_part) {
            // 会费收入41.2万元，行政拨缴86.8万元，两项合计128万元；支出…，结余…: not of one income where both make it together.
            let sum = less.value.zip(left.value).and_then(|(a, b)| a.plus(b));
            let together = chain.iter().find(|c| alike(c, whole) && c.value == sum && c.bound == whole.bound);
            // 提取基金2万元后结余12.4万元: what was taken out is neither spent nor left.
            let taken = any_in(&chain[0].site.paragraph_text, TAKEN_OUT);
            let it = held_within(RelationKind::Sum, together.unwrap_or(&whole), &[less, left]);
            all.extend(it.filter(|it| !taken || it.finding == Finding::Consistent));
        }
    }
}
