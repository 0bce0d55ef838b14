//! Totals and the parts that must make them exactly: 共39项, 总数, 39项：…, 由…组成, 其余.

use super::cues::{self, Closing, Division, division};
use super::growth::shared;
use super::parts::{held_within, offset};
use super::{Finding, MOST_TOGETHER, Relation, RelationKind, alike};
use crate::document::{Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::units::counts_people;
use crate::words::{COMING, LEAVING, STOCK, any_in};

/// The totals of one sentence; `here` are its countable claims in order.
pub(super) fn totals(here: &[&Claim], all: &mut Vec<Relation>) {
    let before = all.len();
    for (n, total) in here.iter().copied().enumerate() {
        if n > 0
            && let Some(closing) = cues::closing(total)
        {
            all.extend(closing_sum(total, &here[..n], closing));
        }
    }
    rest(here, all);
    if all.len() == before {
        opening(here, all);
    }
}

/// 毕业生876人，已就业853人，未就业23人: what is done and what is not make the whole. Counts that miss it by more than a
/// twentieth are of something else.
fn undone(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, left) in here.iter().enumerate() {
        let lead = left.site.before.trim_start_matches(['，', '、', '（', '；']);
        let Some(denied) = ["尚未", "未能", "没有", "未"].iter().find_map(|no| lead.strip_prefix(no)) else {
            continue;
        };
        let word: String = denied.chars().take(2).collect();
        let does = |claim: &Claim| {
            let own = format!("{}{}", claim.site.before, claim.subject);
            own.contains(&word) && !any_in(&own, &["未", "没有"]) && alike(claim, left)
        };
        let Some(at) = here[..n].iter().rposition(|claim| word.chars().count() == 2 && does(claim)) else { continue };
        let (before, done) = (&here[..at], here[at]);
        let larger = |claim: &&&Claim| {
            alike(claim, left) && claim.value > done.value && !cues::is_old(claim) && !cues::is_base(claim)
        };
        let Some(whole) = before.iter().rev().find(larger) else { continue };
        if near(whole, &[done, left], 20) {
            all.extend(held_within(RelationKind::Sum, whole, &[done, left]));
        }
    }
}

/// 一等奖12名、二等奖24名，共36名: the row right before the total. Which numbers the row begins with is not said; if
/// any row makes the total, that one is meant.
fn closing_sum(total: &Claim, earlier: &[&Claim], closing: Closing) -> Option<Relation> {
    // 一期投资3000万元，二期投资4500万元，两期共投资7500万元: the number of parts may be said before their total.
    // 企业26家，评聘特级技师18人、首席技师5人，两类共23人: then so many of them are meant.
    let earlier = match earlier {
        [parts @ .., many] if !alike(many, total) && many.site.clause == total.site.clause => {
            let row = parts.iter().rev().take_while(|part| alike(part, total)).count();
            let said = many.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok());
            match said.filter(|&n| n >= 2 && n <= row) {
                Some(n) => &parts[parts.len() - n..],
                None if many.value == Exact::int(parts.len() as i128) => parts,
                None => earlier,
            }
        }
        all => all,
    };
    let row: Vec<&Claim> = earlier
        .iter()
        .copied()
        .rev()
        // 一期1200万元，二期850万元: the phase is no count.
        .filter(|c| !glued(c, earlier))
        .take_while(|c| alike(c, total) && c.numeral != Numeral::None)
        // 转专业46人（其中转入机电28人），休学33人，合计79人: what stands in brackets is of the count before them.
        .filter(|c| !cues::is_old(c) && cues::in_brackets(c) == cues::in_brackets(total))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    // A count of another class right before the total (专著2部) belongs to it, and we cannot add it.
    if row.len() < 2 || earlier.last().is_none_or(|last| !alike(last, total)) {
        return None;
    }
    // 转入12人，转出9人: who leaves is not added.
    if row.iter().any(|part| any_in(&part.site.before, LEAVING)) {
        return None;
    }
    // A row begins with its clause, not in the middle of a list.
    let begins = |&from: &usize| from == 0 || row[from].site.clause != row[from - 1].site.clause;
    let sums: Vec<Relation> = (0..=row.len() - 2)
        .filter(begins)
        .filter_map(|from| held_within(RelationKind::Sum, total, &row[from..]))
        .collect();
    if let Some(holds) = sums.iter().find(|it| it.finding == Finding::Consistent) {
        return Some(holds.clone());
    }
    // None holds: the longest row of one clause, or of one list, was meant.
    let last = row[row.len() - 1].site.clause;
    let clause = row.iter().position(|c| c.site.clause == last).filter(|&from| row.len() - from >= 2);
    let from = clause.filter(|&from| near(total, &row[from..], 2)).unwrap_or(0);
    let parts = &row[from..];
    let largest = parts.iter().all(|part| part.value <= total.value);
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let meant = match closing {
        Closing::Bare => near(total, parts, 2),
        Closing::Named(word) => {
            let named = words(total).replace(word, "");
            let same = parts.iter().any(|part| shared(&named, &words(part)) >= 2)
                || shared(&named, &parts[0].site.clause_text) >= 2 && word != "累计";
            largest && (same && near(total, parts, 2) || near(total, parts, 10))
        }
    };
    let mut it = held_within(RelationKind::Sum, total, parts)?;
    it.primary = meant;
    Some(it)
}

/// Does another number begin right where this one ends?
fn glued(claim: &Claim, others: &[&Claim]) -> bool {
    claim.numeral == Numeral::Chinese && others.iter().any(|other| other.site.start == claim.site.end)
}

/// Is the sum of the parts within one `share`th of the total?
fn near(total: &Claim, parts: &[&Claim], share: i128) -> bool {
    let apart = || {
        let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(part.value?))?;
        let total = total.value?;
        let (low, high) = if sum < total { (sum, total) } else { (total, sum) };
        Some(high.minus(low)?.times(Exact::int(share)?)? <= total)
    };
    apart() == Some(true)
}

/// 39件：金奖4件、银奖10件、铜奖25件; 共39件，分别为…; 39件，由…组成.
fn opening(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, total) in here.iter().copied().enumerate() {
        let Some(opener) = opens_list(total) else { continue };
        let parts: Vec<&Claim> = here[n + 1..]
            .iter()
            .copied()
            .take_while(|c| alike(c, total) && c.numeral != Numeral::None)
            .take_while(|c| offset(c) < opener.end)
            .collect();
        if parts.len() < 2 {
            continue;
        }
        let Some(mut it) = held_within(RelationKind::Sum, total, &parts) else { continue };
        // A colon may open a choice of examples; what divides cleanly or all but makes the total was meant as all of it.
        let whole = opener.strict || division(&parts) == Division::Clean || near(total, &parts, 4);
        it.primary = it.finding == Finding::Consistent || whole;
        all.push(it);
        return;
    }
}

/// 采购87项，预算5420万元。公开招标41项、磋商29项、询价12项、单一来源5项: a sentence that is nothing but a list, and makes or all
/// but makes a count of the sentence before, was meant to make it.
pub(super) fn listed(before: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    let Some(first) = here.first() else { return };
    // …、其他12所学校3500人: another count within an item is of the item alone.
    let row: Vec<&Claim> = here.iter().copied().filter(|c| alike(c, first)).collect();
    let (here, all_here) = (&row[..], here.len());
    let [first, .., last] = here else { return };
    let leaves_nobody = cues::complete(here);
    if all_here > here.len() + usize::from(leaves_nobody) {
        return;
    }
    let text: Vec<char> = first.site.sentence_text.chars().collect();
    let behind = offset(last) + last.site.end - last.site.start;
    let only = |c: &&Claim| {
        let led = c.site.before.trim_start_matches('、').chars().count();
        alike(c, first) && c.numeral != Numeral::None && c.bound == first.bound && (1..=12).contains(&led)
    };
    let list = here.len() >= 3
        && first.site.cell.is_none()
        && first.site.clause == last.site.clause
        && offset(first) <= 12
        && (leaves_nobody || all_here == here.len())
        && text.len() <= behind + 2
        && here.iter().all(only)
        && division(here) != Division::Overlapping;
    if !list {
        return;
    }
    let totals = before
        .iter()
        .rev()
        .filter(|c| alike(c, first) && !cues::per_head(c) && near(c, here, if leaves_nobody { 20 } else { 33 }));
    let mut sums = totals.filter_map(|total| held_within(RelationKind::Sum, total, here));
    let Some(nearest) = sums.next() else { return };
    let holds =
        if nearest.finding == Finding::Consistent { None } else { sums.find(|it| it.finding == Finding::Consistent) };
    all.push(holds.unwrap_or(nearest));
}

/// 报到2941人。按层次分：五年制1480人，三年制702人，预备技师759人；按性别分：男生2034人，女生907人: classes make what was counted before.
pub(super) fn classed(countable: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    // 从地域看，省内1046人，其中本市783人，省外141人: what is among another part is none of its own.
    let own: Vec<&Claim> = here.iter().copied().filter(|c| !c.site.clause_text.starts_with("其中")).collect();
    let here = &own[..];
    let [first, _, ..] = here else { return };
    let head: String = first.site.sentence_text.chars().take(offset(first)).collect();
    let classes = head.split_once('按').and_then(|(_, class)| class.split_once('分')).is_some_and(|(class, rest)| {
        class.chars().count() <= 6 && rest.trim_start_matches(['，', '：', '类', '布']).chars().count() <= 10
    });
    let seen = head.strip_prefix('从').and_then(|rest| rest.split_once('看')).is_some_and(|(class, rest)| {
        class.chars().count() <= 8 && rest.trim_start_matches(['，', '：']).chars().count() <= 10
    });
    if !(classes || seen) || !here.iter().all(|c| alike(c, first) && c.numeral != Numeral::None) {
        return;
    }
    let at = countable.partition_point(|c| c.site.start < first.site.sentence_start);
    let like = |c: &&&Claim| alike(c, first) && near(c, here, 20) && c.bound == first.bound;
    let before = || countable[..at].iter().rev().take(24).filter(like);
    let here_counted: Vec<&Claim> =
        before().take(12).copied().filter(|c| c.site.paragraph == first.site.paragraph).collect();
    // 专任教师472人… in the paragraph before: then only what is counted as a whole.
    let stock = |c: &&Claim| any_in(&format!("{}{}", c.site.before, c.site.after), STOCK);
    let wholes = if here_counted.is_empty() { before().copied().filter(stock).collect() } else { here_counted };
    let mut sums = wholes.iter().filter_map(|whole| held_within(RelationKind::Sum, whole, here));
    let Some(nearest) = sums.next() else { return };
    let holds =
        if nearest.finding == Finding::Consistent { None } else { sums.find(|it| it.finding == Finding::Consistent) };
    all.push(holds.unwrap_or(nearest));
}

/// 升学924人…。升学中，境内891人，境外33人: the parts of what is named once more.
pub(super) fn named_again(countable: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    let [first, ..] = here else { return };
    let head: String = first.site.sentence_text.chars().take(offset(first)).collect();
    let Some((name, rest)) = head.trim_start_matches('在').split_once('中') else { return };
    let name = name.trim_end_matches(['人', '数', '的']);
    let led = rest.starts_with(['，', '：']) && rest.chars().count() <= 12;
    if !led || !(2..=6).contains(&name.chars().count()) || name.contains('其') {
        return;
    }
    let at = countable.partition_point(|c| c.site.start < first.site.sentence_start);
    let called = |c: &&&Claim| {
        let lead = c.site.before.trim_end_matches(['为', '达', '共', '有', '的']);
        alike(c, first) && lead.ends_with(name) && c.site.paragraph == first.site.paragraph && !cues::is_old(c)
    };
    let Some(whole) = countable[..at].iter().rev().take(24).find(called) else { return };
    let row: Vec<&Claim> = here.iter().copied().take_while(|c| alike(c, first) && c.numeral != Numeral::None).collect();
    if row.len() < 2 || row.iter().any(|part| cues::per_head(part)) {
        return;
    }
    let all_named = cues::complete(&row);
    let kind = if all_named { RelationKind::Sum } else { RelationKind::Subset };
    let it = held_within(kind, whole, &row);
    all.extend(it.filter(|it| all_named || it.finding == Finding::Consistent || division(&row) == Division::Clean));
}

struct Opener {
    /// The words say that the list is complete.
    strict: bool,
    /// Where in the sentence the list ends at the latest.
    end: usize,
}

/// The words right behind a total open the list of its parts.
fn opens_list(total: &Claim) -> Option<Opener> {
    let behind: Vec<char> =
        total.site.sentence_text.chars().skip(offset(total) + (total.site.end - total.site.start)).collect();
    let head: String = behind.iter().take(14).collect();
    let from = offset(total) + (total.site.end - total.site.start);
    let end = usize::MAX;
    if head.starts_with('（') {
        return None;
    }
    let composed = head.find("，由").or_else(|| head.find("由").filter(|&at| at == 0)).is_some_and(|_| {
        let all: String = behind.iter().collect();
        any_in(&all, &["组成", "构成"])
    });
    let near = |word: &str, within: usize| head.find(word).is_some_and(|at| head[..at].chars().count() <= within);
    if composed || near("分别为", 10) || near("分别是", 10) || near("，即", 8) {
        let close = behind.iter().collect::<String>();
        let stop = ["组成", "构成"].iter().filter_map(|word| close.find(word)).min();
        let end = stop.filter(|_| composed).map_or(end, |at| from + close[..at].chars().count());
        return Some(Opener { strict: true, end });
    }
    near("：", 6).then_some(Opener { strict: false, end })
}

/// What completes a whole across the parts of a sentence, or the sentences of a paragraph.
pub(super) fn across(doc: &Document, countable: &[&Claim], all: &mut Vec<Relation>) {
    net(doc, all);
    let sums = countable.windows(2).enumerate().filter_map(|(n, w)| {
        counted_over(&countable[..n], w[0], w[1]).or_else(|| of_kinds(&countable[..n], w[0], w[1]))
    });
    let sums: Vec<Relation> = sums.collect();
    all.extend(sums);
    for (n, rest) in countable.iter().enumerate().filter(|(_, claim)| cues::is_rest(claim) && claim.site.cell.is_none())
    {
        let told = all.iter().any(|it| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == rest.id));
        if !told {
            all.extend(left_over(&countable[..n], rest).or_else(|| left_undone(&countable[..n], rest)));
        }
    }
    for chain in countable.chunk_by(|a, b| a.site.chain == b.site.chain) {
        for chain in chain.chunks(MOST_TOGETHER) {
            both_sides(chain, all);
            in_items(countable, chain, all);
            of_two_named(chain, all);
            of_year(chain, all);
            undone(chain, all);
            overfull(chain, all);
            balances(chain, all);
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
    let whole = earlier.first().filter(|whole| whole.value > done.value)?;
    let said = done.site.chain == rest.site.chain && done.site.before.contains(['已', '完', '中', '了']);
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

/// 上半年完成600万元，下半年完成550万元，全年完成1200万元: the halves or quarters of a year make it.
fn of_year(chain: &[&Claim], all: &mut Vec<Relation>) {
    const TIMES: &[&[&str]] =
        &[&["上半年", "下半年"], &["一季度", "二季度", "三季度", "四季度"], &["春季", "秋季"], &["上学期", "下学期"]];
    let last = |names: &[&str]| {
        let named = |c: &&&Claim| {
            let item = cues::item(c);
            names.iter().any(|name| item.trim_start_matches(['第', '其', '中']).starts_with(name)) && !cues::is_old(c)
        };
        chain.iter().copied().find(|c| named(&c))
    };
    let Some(whole) = last(&["全年", "全学年", "两学期", "两季", "四个季度"]).filter(|c| !cues::per_head(c))
    else {
        return;
    };
    for times in TIMES {
        let parts: Vec<&Claim> = times.iter().filter_map(|time| last(&[time])).collect();
        let plain = parts.len() == times.len()
            && parts.iter().all(|part| alike(part, whole) && part.unit == whole.unit && !cues::per_head(part))
            && near(whole, &parts, 4);
        let told = |it: &Relation| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == whole.id);
        if plain && !all.iter().rev().take(MOST_TOGETHER).any(told) {
            all.extend(held_within(RelationKind::Sum, whole, &parts));
        }
    }
}

/// 新引进17人，退休9人，调出3人，净增6人: who came less who left. A chain that names the coming once.
fn net(doc: &Document, all: &mut Vec<Relation>) {
    for net in doc.claims.iter().filter(|c| c.kind == Kind::Change && c.site.before.contains("净增")) {
        let chain = doc.around(net).iter().filter(|c| c.site.chain == net.site.chain && c.site.start < net.site.start);
        let chain: Vec<&Claim> = chain.filter(|c| c.kind.counts() && alike(c, net)).collect();
        let called = |words: &[&str]| -> Vec<&Claim> {
            chain.iter().copied().filter(|c| any_in(&c.site.before, words)).collect()
        };
        let (came, left) = (called(COMING), called(LEAVING));
        let ([came], true) = (&came[..], !left.is_empty() && left.len() + came.len() == chain.len()) else { continue };
        let parts: Vec<&Claim> = left.into_iter().chain([net]).collect();
        all.extend(held_within(RelationKind::Sum, came, &parts));
    }
}

/// 参加2315人，合格2176人…。其中：三级1240人参评，1178人合格；二级325人参评，283人合格；…: items of one build, each of whose
/// columns makes a count said before. One column that holds shows that nobody is left out.
fn in_items(countable: &[&Claim], chain: &[&Claim], all: &mut Vec<Relation>) {
    // …通过84人，通过率95.5%；其中机电46人通过44人: what 其中 opens inside a chain.
    let among = chain.iter().position(|c| c.site.clause_text.starts_with("其中")).unwrap_or(0);
    let chain = &chain[among..];
    let opened = chain.first().is_some_and(|first| {
        let before: String = first.site.sentence_text.chars().take(offset(first)).collect();
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
        let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(part.value?));
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

/// What is one thing or the other.
const SIDES: &[(&str, &str)] = &[
    ("有效", "废"),
    ("有效", "无效"),
    ("实到", "请假"),
    ("实到", "缺席"),
    ("实考", "缺考"),
    ("参考", "缺考"),
    ("住校", "走读"),
    ("合格", "不合格"),
    ("及格", "不及格"),
    ("通过", "未通过"),
    ("就业", "未就业"),
    ("男", "女"),
    ("毕业", "在读"),
    ("省内", "省外"),
    ("市内", "市外"),
    ("校内", "校外"),
    ("本地", "外地"),
];

/// 收回选票122张，有效票120张，废票2张: the two sides right behind a count make it. Counts that miss it by more than a
/// twentieth are of something else.
fn both_sides(chain: &[&Claim], all: &mut Vec<Relation>) {
    for (n, pair) in chain.windows(2).enumerate().filter(|(n, _)| *n > 0) {
        let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
        let (one, other) = (words(pair[0]), words(pair[1]));
        let sides = |(yes, no): &(&str, &str)| {
            let says_yes = |text: &str| text.contains(yes) && !text.contains(no);
            says_yes(&one) && other.contains(no) || says_yes(&other) && one.contains(no)
        };
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
            next.site.before.trim_start_matches(['，', '；', '、']).starts_with('另') || cues::is_rest(next)
        });
        if third || !plain || !SIDES.iter().any(sides) || cues::is_old(whole) || !near(whole, pair, 20) {
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
            alike(part, whole) && part.unit == whole.unit && part.value < whole.value && part.numeral != Numeral::None
        };
        let list = clauses || cues::list_up_to(parts[len - 1], parts).len() == len;
        if len < 3 || !list || !parts.iter().all(plain) || parts.iter().any(|part| cues::is_old(part)) {
            continue;
        }
        let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(part.value?));
        let told =
            all.iter().any(|it| it.members.iter().filter(|(_, id)| parts.iter().any(|p| p.id == *id)).count() > 1);
        // 15人获奖，一等奖3人、二等奖5人、三等奖8人: prizes are of those who won one.
        let won = whole.site.after.starts_with('获') && parts.iter().all(|part| part.site.before.contains('奖'));
        let close = near(whole, parts, if won { 4 } else { 20 });
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
            all.extend(held_within(RelationKind::Sum, whole, &[less, left]));
        }
    }
}

/// 共39件，金奖4件、银奖10件，其余25件: what is left over completes the whole.
fn rest(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, rest) in here.iter().copied().enumerate().filter(|(_, claim)| cues::is_rest(claim)) {
        // 其他 above a column names one part of many, in no order.
        if rest.site.cell.is_some() {
            continue;
        }
        let row: Vec<&Claim> =
            here[..n].iter().copied().filter(|c| alike(c, rest) && c.numeral != Numeral::None).collect();
        let Some((whole, parts)) = row.split_first() else { continue };
        if parts.iter().any(|part| part.value > whole.value) || parts.is_empty() {
            continue;
        }
        let parts: Vec<&Claim> = parts.iter().copied().chain([rest]).collect();
        // 教学能力31人次，微课24人次，…，其他24人次: the first is one of them.
        if !near(whole, &parts, 3) {
            continue;
        }
        let Some(mut it) = held_within(RelationKind::Sum, whole, &parts) else { continue };
        it.primary = true;
        all.push(it);
    }
}
