//! The classes of one whole told once more, in whatever order of words: 职业学校7所，其中公办5所、民办2所 and, pages later, 区内5所公办校、3所民办校. Where the
//! others are told the same, the one that is not was mistyped.

use std::collections::HashSet;

use super::definite::{narrows_nothing, told_apart};
use super::same_thing::ADDED;
use super::twice::equal;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{head_of, said_after, said_before};
use crate::relate::wording::categories::{SETS, named_in};
use crate::relate::wording::comparable::like_units;
use crate::relate::wording::cues;
use crate::words::{AHEAD, any_in};

/// So many rows before one are looked at.
const NEAR: usize = 12;
/// Of so many it is not by chance that one class has as many as before.
const MANY: i32 = 20;

/// What says that all of them are spoken of.
const ALL_OF: &[&str] =
    &["全部", "都", "均", "悉数", "全数", "无一", "一同", "共同", "全面", "现有", "合计", "共有", "统一"];
const HERE: &[&str] = &[
    "区内", "市内", "县内", "省内", "校内", "院内", "辖区", "我区", "我市", "我县", "本区", "本市", "全区", "全市",
    "全县",
];
/// What tells of some of them, or of another time.
const SOME: &[&str] =
    &["其中", "参加", "参与", "参赛", "报名", "获", "入选", "去年", "上年", "计划", "拟", "新", "随机", "抽", "另"];

/// All classes of a set that leaves nothing out, each with its count.
struct Row<'a> {
    set: usize,
    counts: Vec<(usize, &'a Claim)>,
}

/// Looks for rows that are told twice.
pub(super) fn classes_again(doc: &Document, all: &mut Vec<Relation>) {
    let sums = all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent);
    let parts = sums.flat_map(|it| it.members.iter().filter(|(role, _)| *role == Role::Part));
    let summed: HashSet<&str> = parts.map(|(_, id)| id.as_str()).collect();
    let adds_up = |row: &Row| row.counts.iter().all(|(_, c)| summed.contains(c.id.as_str()));
    let rows: Vec<Row> =
        doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence && a.unit == b.unit).flat_map(rows_of).collect();
    let mut found = Vec::new();
    for (n, second) in rows.iter().enumerate() {
        let before = rows[n.saturating_sub(NEAR)..n].iter().rev();
        let same = |first: &&Row| first.set == second.set && alike(first, second);
        let Some(first) = before.into_iter().find(same).filter(|first| adds_up(first)) else { continue };
        let pairs: Vec<(&Claim, &Claim)> = paired(first, second);
        let (holds, fails): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(a, b)| a.value == b.value);
        let large = holds.iter().any(|(a, _)| a.value >= Some(Exact::whole(MANY)));
        let large = large && !of_some(second);
        let meant = large || holds.len() >= 2 && !of_some(second) || of_all(second);
        match fails[..] {
            [] if meant => found.extend(holds.iter().map(|(a, b)| equal(a, b, true))),
            [(a, b)] if meant && !adds_up(second) && close(a, b) => {
                found.extend(holds.iter().map(|(a, b)| equal(a, b, true)));
                found.push(equal(a, b, false));
            }
            _ => {}
        }
    }
    let told = |it: &Relation| {
        all.iter().any(|other| other.primary && other.kind == RelationKind::Equal && other.members == it.members)
    };
    found.retain(|it| !told(it));
    all.extend(found);
}

/// Runs of counts of one sentence that are all the classes of a set, each once.
fn rows_of(claims: &[Claim]) -> Vec<Row<'_>> {
    let named: Vec<(&Claim, Vec<(usize, usize)>)> =
        claims.iter().filter(|c| plain(c)).map(|c| (c, classes_of(c))).collect();
    let firm = |set: usize| SETS.get(set).is_some_and(|set| set.firm);
    let mut sets: Vec<usize> = named.iter().flat_map(|(_, classes)| classes.iter().map(|(set, _)| *set)).collect();
    sets.sort_unstable();
    sets.dedup();
    let row = |set: usize| -> Option<Row> {
        let class = |classes: &[(usize, usize)]| classes.iter().find(|(own, _)| *own == set).map(|(_, class)| *class);
        let counts: Vec<(usize, &Claim)> = named.iter().filter_map(|(c, own)| Some((class(own)?, *c))).collect();
        let all: HashSet<usize> = counts.iter().map(|(class, _)| *class).collect();
        let whole = all.len() == SETS.get(set)?.members.len() && counts.len() == all.len();
        whole.then_some(Row { set, counts })
    };
    sets.into_iter().filter(|set| firm(*set)).filter_map(row).collect()
}

fn plain(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Count | Kind::PersonTimes)
        && cues::plain(claim)
        && claim.site.grade.is_empty()
        && !any_in(&claim.site.before, ADDED)
        && !any_in(&claim.site.sentence_text, AHEAD)
}

/// 公办5所, 5所公办校: the class that stands right before a number, else that right behind it.
fn classes_of(claim: &Claim) -> Vec<(usize, usize)> {
    let lead = cues::item(claim).trim_end_matches(['有', '为', '共', '校', '生', '的', '者', '师', '教']);
    let before = named_in(lead).into_iter().last().filter(|(name, _)| lead.ends_with(name));
    let behind = || named_in(head_of(&claim.site.after, 4)).into_iter().next();
    let behind = behind().filter(|(name, _)| claim.site.after.starts_with(name));
    before.or(behind).map(|(_, places)| places.to_vec()).unwrap_or_default()
}

/// Do both rows count one kind of thing in one place at one time?
fn alike(first: &Row, second: &Row) -> bool {
    let years = |c: &Claim| c.period.as_ref().filter(|period| period.said).map(|period| period.years.clone());
    let pairs = paired(first, second);
    let one = |(a, b): &(&Claim, &Claim)| {
        let time = years(a).zip(years(b)).is_none_or(|(x, y)| x == y);
        like_units(a, b) && a.kind == b.kind && a.site.chain != b.site.chain && time && !told_apart(a, b)
    };
    pairs.len() == first.counts.len() && pairs.iter().all(one)
}

fn paired<'a>(first: &Row<'a>, second: &Row<'a>) -> Vec<(&'a Claim, &'a Claim)> {
    let of = |class: usize| second.counts.iter().find(|(own, _)| *own == class).map(|(_, c)| *c);
    first.counts.iter().filter_map(|(class, c)| Some((*c, of(*class)?))).collect()
}

/// 区内5所公办校、3所民办校全部接入: all there are.
fn of_all(row: &Row) -> bool {
    let numbers = || row.counts.iter().map(|(_, c)| *c);
    let (Some(first), Some(last)) = (numbers().min_by_key(|c| c.site.start), numbers().max_by_key(|c| c.site.start))
    else {
        return false;
    };
    let lead = said_before(first).trim_start_matches(['，', '；', '。']);
    let clause = lead.rsplit(['，', '；']).next().unwrap_or_default();
    let behind = head_of(said_after(last), 12);
    // 区内公办5所: without the class.
    let name = named_in(clause).into_iter().last().map(|(name, _)| name).unwrap_or_default();
    let head = clause.trim_end_matches(['有', '共']).strip_suffix(name).unwrap_or(clause);
    let place = HERE.iter().find_map(|word| head.strip_prefix(word)).unwrap_or(head);
    let plain = place.is_empty() || narrows_nothing(place);
    plain && (any_in(behind, ALL_OF) || any_in(clause, ALL_OF)) && !any_in(lead, SOME)
}

/// 38名专职教师、47名兼职教师参加了研修: so many of them did it, perhaps.
fn of_some(row: &Row) -> bool {
    let last = row.counts.iter().map(|(_, c)| *c).max_by_key(|c| c.site.start);
    last.is_some_and(|last| {
        let behind = head_of(said_after(last), 12);
        any_in(behind, SOME) && !any_in(behind, ALL_OF)
    })
}

/// One slip, or a few, apart.
fn close(first: &Claim, second: &Claim) -> bool {
    let apart = first.value.zip(second.value).and_then(|(a, b)| a.apart(b));
    let few = apart <= Exact::int(2);
    let slip = first.value.zip(second.value).is_some_and(|(a, b)| is_mistyped(a, b));
    few || slip
}
