//! What is done and what is still to do, what was taken and what was put aside, what came new to what there was before; and
//! the share of all those that are not left over.

use std::collections::{HashMap, HashSet};

use super::cues::{self, in_brackets, is_old};
use super::differences::{difference, named_again};
use super::growth::shared;
use super::lists::one_digit;
use super::parts::held_within;
use super::rates::reading;
use super::remain::neighbours;
use super::rests::slipped;
use super::{Finding, Relation, RelationKind, Role, alike};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::units::counts_people;
use crate::words::{
    COMING, FINISHED, LACKING, LEAVING, OPPOSITES, PENDING, REMAINING, STILL_LEFT, STOCK, TASKS, WITHOUT, any_in,
};

/// So many counts before what was done may be the whole.
const WHOLES: usize = 8;
/// And so many where the name of what was counted is the same.
const FAR: usize = 40;

/// Looks for all of them.
pub(super) fn leftover(doc: &Document, all: &mut Vec<Relation>) {
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| counted(c)).collect();
    let known = Known::of(all);
    let mut found = Vec::new();
    for (n, rest) in counts.iter().copied().enumerate() {
        let Some(done) = n.checked_sub(1).and_then(|n| counts.get(n).copied()) else { continue };
        if known.tied.contains(&rest.id) || !in_row(done, rest) {
            continue;
        }
        let Some(how) = how(done, rest) else { continue };
        let before = &counts[(n - 1).saturating_sub(WHOLES)..n - 1];
        let far = || of_far(&counts[n.saturating_sub(FAR)..n - 1], done, rest, how);
        found.extend(of_whole(before, done, rest, how, &known).or_else(far));
    }
    all.extend(found);
    rate_of_placed(doc, all);
    came_new(&counts, all);
    bracketed(doc, all);
}

fn counted(claim: &Claim) -> bool {
    // 三个方面, 四大类: what things are told apart by is none of them.
    let classes = ["方面", "类", "大类", "层面", "环节", "领域", "步骤", "维度"];
    let classes = classes.iter().any(|word| claim.site.after.starts_with(word));
    !classes && cues::counted(claim) && claim.value > Some(Exact::ZERO) && !cues::per_head(claim)
}

/// What has been told of: what is tied into a sum or difference, and what is a part of something.
struct Known {
    tied: HashSet<String>,
    parts: HashSet<String>,
}

impl Known {
    fn of(all: &[Relation]) -> Known {
        let mut known = Known { tied: HashSet::new(), parts: HashSet::new() };
        for it in all.iter().filter(|it| it.primary) {
            if matches!(it.kind, RelationKind::Sum | RelationKind::Difference) {
                known.tied.extend(it.members.iter().map(|(_, id)| id.clone()));
            }
            if matches!(it.kind, RelationKind::Sum | RelationKind::Subset) && it.finding == Finding::Consistent {
                let parts = it.members.iter().filter(|(role, _)| *role == Role::Part);
                known.parts.extend(parts.map(|(_, id)| id.clone()));
            }
        }
        known
    }
}

/// Does the one follow right on the other, both counted alike?
fn in_row(done: &Claim, rest: &Claim) -> bool {
    done.unit == rest.unit
        && done.kind == rest.kind
        && done.site.paragraph == rest.site.paragraph
        && done.site.chain + 1 >= rest.site.chain
        && (1..=3).contains(&(rest.site.clause - done.site.clause))
        && !in_brackets(done)
        && !in_brackets(rest)
}

/// How surely the two make a whole.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// The words of both say so.
    Said,
    /// They do, if the whole is one of things to do.
    OfTasks,
    /// What is done and what is still going on: what was not begun may be left out.
    Going,
    /// They do, if the whole is the first that is counted and stands right before them.
    InRow,
    /// They exclude each other, but may leave something out: together they are no more than the whole.
    Apart,
    /// Only what agrees is told.
    Perhaps,
}

fn how(done: &Claim, rest: &Claim) -> Option<How> {
    let (own, other) = (around(done), around(rest));
    if OPPOSITES.iter().any(|(one, two)| any_in(&own, one) && any_in(&other, two)) {
        return Some(How::Said);
    }
    let finished = any_in(&own, FINISHED) && !any_in(&own, &["未完成", "未整改", "未办结", "需", "应"]);
    let lead = lead(rest);
    let still = REMAINING.iter().chain(STILL_LEFT).chain(&["尚余", "还余", "尚在", "仍在", "还在"]);
    let still = still
        .into_iter()
        .any(|word| lead.strip_prefix(word).is_some_and(|rest| rest.chars().count() <= 8 && !rest.contains("其他")));
    let pending = any_in(&rest.site.after, PENDING) || any_in(lead, PENDING);
    if finished && still && (pending || rest.site.after.is_empty() && lead.chars().count() <= 3) {
        return Some(How::OfTasks);
    }
    if finished && ["正在", "待", "在办", "在建", "在研", "尚待", "仍待"].iter().any(|word| lead.starts_with(word))
    {
        return Some(How::Going);
    }
    if LACKING.contains(&lead.trim_end_matches(['了', '为', '有'])) && rest.site.clause == done.site.clause + 1 {
        return Some(How::InRow);
    }
    // 已缴清68张，未缴7张; 获批立项37项，未获立项45项: what is denied is what was done.
    if denies(lead, &own) {
        return Some(How::Said);
    }
    // 13所学校有奖牌入账，仅1所空手而归.
    let only = ["仅", "只有", "仅有", "只剩"].contains(&rest.site.before.trim_start_matches(['，', '；', '。']));
    if only && !own.contains(['未', '没', '不']) {
        return Some(if any_in(&rest.site.after, WITHOUT) { How::Apart } else { How::Perhaps });
    }
    (finished && (lead.is_empty() || still || pending)).then_some(How::Perhaps)
}

/// 未缴, 不予录用, 没有通过: is what the other did denied?
fn denies(lead: &str, own: &str) -> bool {
    let denied = ["尚未", "暂未", "未能", "未获", "没有", "不予", "未"].iter().find_map(|no| lead.strip_prefix(no));
    denied.is_some_and(|verb| {
        let verb: Vec<char> = verb.trim_end_matches(['的', '有']).chars().collect();
        (1..=4).contains(&verb.len())
            && own.contains(&verb[verb.len().saturating_sub(2)..].iter().collect::<String>())
            && !own.contains(['未', '不'])
    })
}

/// The words that lead to a number, without what only binds.
fn lead(claim: &Claim) -> &str {
    let mut lead = claim.site.before.trim_start_matches(['，', '；', '、', '（', '。', '仅']);
    for word in ["截至目前", "到目前", "目前", "至今", "现", "另"] {
        lead = lead.strip_prefix(word).unwrap_or(lead);
    }
    lead
}

fn around(claim: &Claim) -> String {
    format!("{}{}", cues::item(claim), claim.site.after)
}

/// Is the second what the first leaves of a whole, by the words of both?
pub(super) fn leaves(done: &Claim, rest: &Claim) -> bool {
    in_row(done, rest) && matches!(how(done, rest), Some(How::Said | How::OfTasks))
}

/// The nearest count before that what was done and what was not make; or the nearest of all, where they all but do.
fn of_whole(before: &[&Claim], done: &Claim, rest: &Claim, how: How, known: &Known) -> Option<Relation> {
    let sum = done.value?.plus(rest.value?)?;
    let like = |c: &&Claim| {
        c.unit == rest.unit
            && c.kind == rest.kind
            && !is_old(c)
            && !in_brackets(c)
            && c.value > done.value
            && c.value > rest.value
            && c.site.paragraph == done.site.paragraph
            && c.site.chain + 2 >= done.site.chain
            && c.site.clause < done.site.clause
    };
    let wholes: Vec<&Claim> = before.iter().rev().copied().filter(like).collect();
    let meant = wholes.iter().copied().find(|c| c.value == Some(sum));
    let told = |whole: &Claim| match how {
        How::Going => held_within(RelationKind::Sum, whole, &[done, rest]),
        _ => difference(rest, done, whole, false),
    };
    if let Some(whole) = meant.filter(|_| how != How::Perhaps || sum >= Exact::whole(10)) {
        return told(whole);
    }
    // Between it and what was done stands nothing counted alike but what it is made of.
    let whole = wholes.iter().copied().find(|c| !known.parts.contains(&c.id))?;
    let between = before.iter().filter(|c| c.site.start > whole.site.start && alike(c, rest));
    let clear = between.into_iter().all(|c| known.parts.contains(&c.id));
    let gives = whole.value?.minus(done.value?)?;
    let of_tasks = || any_in(&around(whole), TASKS) || any_in(&around(done), TASKS) && !any_in(&around(whole), STOCK);
    let said = how == How::Said || how == How::OfTasks && of_tasks();
    let first = || {
        let before = before.iter().any(|c| c.site.start < whole.site.start && c.site.sentence == whole.site.sentence);
        !before && whole.site.clause + 1 == done.site.clause && whole.site.sentence == rest.site.sentence
    };
    // 发放奖金48600元，救助12600元，余35000元: what was spent leaves nothing over.
    let spent = || any_in(&around(whole), &["发放", "支出", "花费", "投入", "奖励", "支付"]);
    let said = said || how == How::InRow && first() && !spent();
    // 项目9个，已竣工5个，在建3个: one was not begun; but there are no more than all.
    let said = said || matches!(how, How::Apart | How::Going) && done.value?.plus(rest.value?)? > whole.value?;
    (said && clear && slipped(rest, gives)).then(|| told(whole)).flatten()
}

/// 14所中职学校的选手…。13所学校有奖牌入账，仅1所空手而归: a whole of the same name, paragraphs before. Only what agrees is told.
fn of_far(before: &[&Claim], done: &Claim, rest: &Claim, how: How) -> Option<Relation> {
    let sum = done.value?.plus(rest.value?).filter(|sum| how == How::Apart && *sum >= Exact::whole(10))?;
    let noun = |c: &Claim| c.site.after.chars().take(6).collect::<String>();
    let called = |c: &&Claim| c.value == Some(sum) && c.unit == rest.unit && c.kind == rest.kind && !is_old(c);
    let whole = before.iter().rev().copied().filter(called).find(|c| shared(&noun(c), &noun(done)) >= 2)?;
    held_within(RelationKind::Sum, whole, &[done, rest])
}

/// 毕业生1986名…；1127人就业，794人升学，其余65人: the first of a part of a sentence is no whole, where all of them make one told before;
/// or where a larger one was told, and they miss it by far.
pub(super) fn of_another_whole(doc: &Document, all: &mut [Relation]) {
    for it in
        all.iter_mut().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent)
    {
        let mut members: Vec<&Claim> = it.members.iter().filter_map(|(_, id)| doc.claim(id)).collect();
        members.sort_by_key(|c| c.site.start);
        let ([first, .., rest], Some((_, whole))) = (&members[..], it.members.last()) else { continue };
        if !cues::is_rest(rest) || first.id != *whole {
            continue;
        }
        let Some(sum) = members.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?)) else { continue };
        let earlier = doc.around(first).iter().rev().filter(|c| {
            c.site.start < first.site.start
                && c.site.paragraph == first.site.paragraph
                && c.site.chain + 1 >= first.site.chain
                && counted(c)
                && !is_old(c)
                && alike(c, first)
                && c.value > first.value
        });
        let earlier: Vec<&Claim> = earlier.take(WHOLES).collect();
        if let Some(holds) = earlier.iter().find(|c| c.value == Some(sum)) {
            *it = held_within(RelationKind::Sum, holds, &members).unwrap_or_else(|| it.clone());
            continue;
        }
        let gives = members[1..members.len() - 1].iter().try_fold(first.value, |left, c| Some(left?.minus(c.value?)));
        let close = gives.flatten().is_some_and(|gives| slipped(rest, gives));
        it.primary = close || earlier.is_empty();
    }
}

/// 毕业生1318名，升学846人，就业451人，落实率98.41%，其余21人: the rate is of all that are not left over.
fn rate_of_placed(doc: &Document, all: &mut Vec<Relation>) {
    const PLACED: &[&str] = &["落实率", "就业率", "去向率", "安置率", "办结率", "完成率", "整改率", "化解率"];
    let tested = all.iter().filter(|it| it.primary && it.finding != Finding::Feasible);
    let tested: HashSet<&str> = tested.filter_map(|it| Some(it.members.last()?.1.as_str())).collect();
    let mut found = Vec::new();
    for it in all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent) {
        let of =
            |role: Role| it.members.iter().filter(move |(own, _)| *own == role).filter_map(|(_, id)| doc.claim(id));
        let (mut parts, Some(whole)) = (of(Role::Part).collect::<Vec<&Claim>>(), of(Role::Whole).next()) else {
            continue;
        };
        parts.sort_by_key(|c| c.site.start);
        let Some((rest, parts)) = parts.split_last() else { continue };
        let still = REMAINING.iter().chain(STILL_LEFT).any(|word| lead(rest).starts_with(word));
        if !still || parts.len() < 2 || whole.site.start > parts[0].site.start {
            continue;
        }
        let called = |c: &&Claim| {
            let before = c.site.start > parts[0].site.start;
            let near = c.site.paragraph == rest.site.paragraph && c.site.chain <= rest.site.chain + 1;
            let name = cues::item(c);
            let name = name.trim_end_matches(['为', '达', '到', '是', '约']);
            let placed = PLACED.iter().any(|word| name.ends_with(word));
            before
                && near
                && placed
                && c.kind == Kind::Rate
                && c.unit == "%"
                && !is_old(c)
                && !tested.contains(c.id.as_str())
        };
        let Some(rate) = doc.around(rest).iter().find(called) else { continue };
        found.extend(reading(rate, parts, whole, &[]).filter(|it| it.finding == Finding::Consistent));
    }
    let told: HashSet<&str> = found.iter().filter_map(|it: &Relation| Some(it.members.last()?.1.as_str())).collect();
    all.retain(|it| {
        it.finding != Finding::Feasible || !it.members.last().is_some_and(|(_, id)| told.contains(id.as_str()))
    });
    all.extend(found);
}

/// 新增640个，总数达3120个，较年初的2480个…: what came new, what there is then, and what there was.
fn came_new(counts: &[&Claim], all: &mut Vec<Relation>) {
    const NOW: &[&str] = &[
        "总数",
        "总量",
        "增至",
        "增加到",
        "达到",
        "达",
        "共有",
        "现有",
        "扩至",
        "扩大到",
        "总人数",
        "增加至",
        "上升到",
    ];
    const THEN: &[&str] = &[
        "年初",
        "去年",
        "上年",
        "上学年",
        "上学期",
        "上届",
        "改造前",
        "建设前",
        "年前",
        "原来",
        "此前",
        "上年末",
        "去年底",
    ];
    let known: HashMap<&str, ()> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::Difference)
        .filter_map(|it| Some((it.members.last()?.1.as_str(), ())))
        .collect();
    let mut found = Vec::new();
    for row in counts.windows(3) {
        let [new, now, then] = row else { continue };
        let near = new.site.chain == then.site.chain
            && now.site.clause - new.site.clause <= 1
            && then.site.clause - now.site.clause == 1;
        let like = new.unit == now.unit && now.unit == then.unit && new.value < now.value;
        let comes = COMING
            .iter()
            .chain(&["新购", "净增", "增加", "添置", "购置", "新招收", "补充"])
            .any(|word| new.site.before.contains(word));
        let total = NOW.iter().any(|word| now.site.before.contains(word)) && !is_old(now);
        let lead = then.site.before.trim_start_matches('，');
        let earlier = lead.starts_with(['比', '较']) && any_in(lead, THEN);
        if !near || !like || !comes || !total || !earlier || known.contains_key(new.id.as_str()) {
            continue;
        }
        let Some(it) = difference(new, then, now, false) else { continue };
        // What left meanwhile need not be told; but nothing can have come that did not come new.
        let more = it.computed > new.value && !counts_people(&new.unit);
        let left_over = now.value.zip(new.value).and_then(|(now, new)| now.minus(new));
        let digit = left_over.zip(then.value).is_some_and(|(a, b)| one_digit(a, b) || neighbours(a, b));
        let slip = (digit || it.computed.is_some_and(|gives| slipped(new, gives))) && more;
        let left = any_in(&new.site.sentence_text, LEAVING);
        if it.finding == Finding::Consistent || slip && !left {
            found.push(it);
        }
    }
    all.extend(found);
}

/// 用时170秒，比春季缩短35秒（春季为205秒）: what it was compared with stands in brackets behind the difference.
fn bracketed(doc: &Document, all: &mut Vec<Relation>) {
    let told: HashSet<&str> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::Difference)
        .filter_map(|it| it.members.last().map(|(_, id)| id.as_str()))
        .collect();
    let mut found = Vec::new();
    let changes = doc.claims.iter().filter(|c| c.kind == Kind::Change && c.bound == Bound::Exact);
    for change in changes.filter(|c| !told.contains(c.id.as_str())) {
        let like = |c: &&Claim| c.unit == change.unit && c.bound == Bound::Exact && c.kind != Kind::Change;
        // 首次为51分钟: when it was is no number to compare.
        let mut behind = doc.around(change).iter().filter(|c| c.site.start > change.site.start);
        let old = behind.find(|c| c.kind != Kind::Ordinal).filter(like).filter(|c| {
            in_brackets(c) && c.site.sentence == change.site.sentence && (is_old(c) || named_again(c, change))
        });
        let before = doc.around(change).iter().rev().filter(|c| c.site.start < change.site.start);
        let new = before
            .filter(|c| c.site.sentence == change.site.sentence && like(c))
            .find(|c| !is_old(c) && !in_brackets(c) && c.site.clause + 2 >= change.site.clause);
        let Some((old, new)) = old.zip(new) else { continue };
        found.extend(difference(change, old, new, change.falls));
    }
    all.extend(found);
}
