//! Parts whose whole the words make plain, each told by itself where no list has told it: 专任教师286人，其中双师型231人，占80.77%;
//! 具有高级职称的94人，占32.87%; 在就业学生中，有798人专业对口, of the 912 who have found work.

use std::collections::HashSet;

use super::addition::held_within;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::is_slip;
use crate::relate::rates::bases::opening;
use crate::relate::rates::beside::may_count;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::said_again::definite;
use crate::relate::said_again::same_thing::ADDED;
use crate::relate::wording::around::{led_from, said_after, said_before};
use crate::relate::wording::called::{ALL_OF, NARROWS_NOTHING};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::population::{Name, only, without};
use crate::relate::wording::{cues, label};
use crate::words::{ACHIEVED, BROADER, CAME_FOR, CAME_OF, COMING, HAVING, OF_BEFORE, STAGES, TAKEN, VERBS, any_in};

/// So many sentences before a part its whole may be told.
const NEAR: usize = 3;

/// Looks for all of them.
pub(super) fn subsets(doc: &Document, all: &mut Vec<Relation>) {
    let mut told: HashSet<(String, String)> = HashSet::new();
    let wholes = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Subset);
    for it in all.iter().filter(wholes) {
        if let Some(((_, whole), parts)) = it.members.split_last() {
            told.extend(parts.iter().map(|(_, part)| (part.clone(), whole.clone())));
        }
    }
    let mut found: Vec<(&Claim, &Claim)> = Vec::new();
    for it in all.iter().filter(|it| it.kind == RelationKind::Rate && it.primary && it.finding == Finding::Consistent) {
        if let [(Role::Numerator, part), (Role::Denominator, whole), _] = &it.members[..]
            && let (Some(part), Some(whole)) = (doc.claim(part), doc.claim(whole))
            && opened(whole, part)
        {
            found.push((part, whole));
        }
    }
    let sentences = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    found.extend(sentences.filter_map(|row| among_named(doc, row.first()?)));
    for (part, whole) in found {
        if alike(part, whole) && part.value < whole.value && told.insert((part.id.clone(), whole.id.clone())) {
            let it = held_within(RelationKind::Subset, whole, &[part]);
            all.extend(it.filter(|it| it.finding == Finding::Consistent));
        }
    }
    // What is part of a sum or difference with the other is no part of it besides.
    let pairs = |it: &Relation| -> Vec<(String, String)> {
        let ids: Vec<&String> = it.members.iter().map(|(_, id)| id).take(6).collect();
        let two = |a: &String| ids.iter().map(|b| (a.clone(), (*b).clone())).collect::<Vec<_>>();
        ids.iter().flat_map(|a| two(a)).collect()
    };
    let tied = |it: &&Relation| it.primary && it.kind != RelationKind::RateAlone;
    told.extend(all.iter().filter(tied).flat_map(pairs));
    for (part, whole) in narrowed_again(doc) {
        if told.insert((part.id.clone(), whole.id.clone())) {
            let it = held_within(RelationKind::Subset, whole, &[part]);
            all.extend(it.filter(|it| it.finding == Finding::Consistent || too_many(part, whole)));
        }
    }
}

/// So many counts before a part may be its whole.
const BEFORE: usize = 4;

/// 选手76人，获奖选手38人; 提案立案29件，立案提案中，已办结27件; 应收68万元，实收63万元: the same things, narrowed, or as far as they came.
fn narrowed_again(doc: &Document) -> Vec<(&Claim, &Claim)> {
    let plain = |c: &&Claim| {
        c.bound == Bound::Exact && (c.kind.counts() || adds_up(c)) && c.site.cell.is_none() && c.each.is_none()
    };
    let counts: Vec<&Claim> = doc.claims.iter().filter(plain).filter(|c| !cues::per_head(c)).collect();
    let mut found = Vec::new();
    for (n, part) in counts.iter().copied().enumerate() {
        let near = |whole: &&Claim| {
            let clauses = part.site.clause - whole.site.clause;
            whole.unit == part.unit
                && whole.kind == part.kind
                && whole.site.paragraph == part.site.paragraph
                && whole.site.chain + 1 >= part.site.chain
                && clauses <= 3
        };
        let now = |c: &Claim| {
            !cues::is_old(c)
                && !cues::is_rest(c)
                && !any_in(&c.site.before, BROADER)
                && !cues::is_base(c)
                && !c.site.before.contains('占')
        };
        if !now(part) || any_in(&part.site.sentence_text, OF_BEFORE) {
            continue;
        }
        let mut before = counts[n.saturating_sub(BEFORE)..n].iter().rev().copied().filter(near);
        let whole = before.find(|whole| {
            narrows(whole, part) || among(whole, part) || came_so_far(whole, part) || has_besides(whole, part)
        });
        found.extend(whole.filter(|whole| now_or_all(whole)).map(|whole| (part, whole)));
    }
    found
}

/// 专业课教师124人，其中“双师型”教师98人，占79.0%；具有企业实践经历的91人: still of those before 其中.
fn has_besides(whole: &Claim, part: &Claim) -> bool {
    let lead = part.site.before.trim_start_matches(['，', '；', '、']);
    let has =
        ["具有", "具备", "拥有", "持有", "取得"].iter().any(|word| lead.starts_with(word)) && lead.ends_with('的');
    let text = &whole.site.sentence_text;
    let opened = text.find("其中").map(|at| whole.site.sentence_start + text[..at].chars().count());
    let next = whole.site.chain == part.site.chain && part.site.sentence <= whole.site.sentence + 1;
    has && next && opened.is_some_and(|at| whole.site.start < at && at < part.site.start)
}

/// It is told of this time.
fn now_or_all(whole: &Claim) -> bool {
    // 新建专业3个，撤并专业5个: what came is no whole of what left.
    !any_in(&whole.site.before, ADDED)
        && !any_in(&whole.site.before, COMING)
        && !cues::is_old(whole)
        && !cues::is_rest(whole)
        && !cues::in_brackets(whole)
}

/// 选手76人 and 获奖选手38人, 岗位520个 and 面向毕业生的岗位310个, 会员企业118家 and 有96家会员企业参加了年会.
fn narrows(whole: &Claim, part: &Claim) -> bool {
    if matches!(part.kind, Kind::Money | Kind::Hours) || definite::of_two_places(whole, part) {
        return false;
    }
    let (wide, narrow) = (label::lead(whole), label::lead(part));
    let noun = label::behind(part);
    let heads = || label::suffixes(wide).filter(|head| head.chars().count() >= 2);
    // 专任教师336人，兼职教师412人: what is narrowed itself is no whole of what is narrowed otherwise. 学校现有教师 are all.
    let whole_of = |head: &str| {
        let lead = &wide[..wide.len() - head.len()];
        lead.is_empty() || without(lead, &[NARROWS_NOTHING, ALL_OF, TAKEN]).is_empty() || definite::of_house(lead)
    };
    // 参赛选手76人，获奖选手38人: what they came for, and what came of it.
    let came = |head: &str| {
        let lead = &wide[..wide.len() - head.len()];
        CAME_FOR.iter().any(|word| lead.ends_with(word)) || lead.starts_with("参加") && lead.ends_with('的')
    };
    let by_lead =
        heads().find(|head| narrow.ends_with(*head) && narrow.len() > head.len() && (whole_of(head) || came(head)));
    if let Some(head) = by_lead {
        let modifier = narrow[..narrow.len() - head.len()].trim_end_matches('的');
        // 结题94项，…；到期应结题101项: what there was to do is no part of what was done.
        if modifier.ends_with(['应', '需', '拟', '须', '待', '将', '可']) {
            return false;
        }
        // 参赛选手76人，获奖选手38人: the longest head they share is the noun of both.
        let bare = without(modifier, &[NARROWS_NOTHING, VERBS, HAVING]).is_empty();
        let some = whole_of(head) || any_in(modifier, ACHIEVED) || any_in(modifier, CAME_OF);
        let long = modifier.chars().count() >= 2 || matches!(modifier, "女" | "男");
        return some && long && !any_in(modifier, BROADER) && !bare;
    }
    // 选修课48门，属于实践类的有21门.
    if part.site.before.trim_start_matches(['，', '；', '其', '中']).starts_with("属于") {
        return true;
    }
    let by_noun = heads().find(|head| noun.starts_with(*head) && whole_of(head));
    by_noun.is_some_and(|head| {
        let said = &noun[head.len()..];
        let led = part.site.before.trim_start_matches(['，', '；', '。', '其', '中', '已']);
        let here = led == "有" || led.is_empty() && part.site.sentence == whole.site.sentence;
        here && said.chars().count() >= 2 && part.site.clause > whole.site.clause
    })
}

/// 立案29件；立案提案中，已办结27件: named by what was done to them, or by what they are.
fn among(whole: &Claim, part: &Claim) -> bool {
    let Some(name) = opening(&part.site.sentence_text).or_else(|| opening(&part.site.clause_text)) else {
        return false;
    };
    let chars: Vec<char> = name.trim_start_matches(['这', '批']).chars().collect();
    if chars.len() < 4 || part.site.sentence == whole.site.sentence && whole.site.clause == part.site.clause {
        return false;
    }
    let (does, thing): (String, String) = (chars[..2].iter().collect(), chars[chars.len() - 2..].iter().collect());
    let words = format!("{}，{}", whole.site.before, whole.site.after);
    label::lead(whole).ends_with(&does) || words.contains(&does) && words.contains(&thing)
}

/// 应收68万元，实收63万元; 收回936份，有效918份: what came of what there was to come.
fn came_so_far(whole: &Claim, part: &Claim) -> bool {
    // 收回3186份，回收率98.33%；剔除规律作答的卷子之后，有效问卷为3104份.
    let next = part.site.chain == whole.site.chain && part.site.clause <= whole.site.clause + 3;
    let (all, some) = (cues::item(whole), cues::item(part));
    next && STAGES.iter().any(|(first, second)| {
        any_in(all, first) && any_in(some, second) && !any_in(some, first) && !any_in(all, second)
    })
}

/// Is the part so little more than its whole that it was mistyped, rather than of another?
fn too_many(part: &Claim, whole: &Claim) -> bool {
    let steps = |c: &Claim| c.value?.over(part.step.min(whole.step));
    steps(part).zip(steps(whole)).is_some_and(|(a, b)| {
        let half = a.times(Exact::whole(2)).zip(b.times(Exact::whole(3))).is_some_and(|(a, b)| a <= b);
        half || is_slip(a, b)
    })
}

/// Does 其中 stand between whole and part, or 中 at the head of the part's sentence?
fn opened(whole: &Claim, part: &Claim) -> bool {
    if whole.site.start >= part.site.start || whole.site.paragraph != part.site.paragraph {
        return false;
    }
    let head = said_before(part);
    let clause = head.split(['，', '：']).next().unwrap_or_default();
    let named = clause.chars().count() < head.chars().count() && clause.ends_with(['中', '里', '内']);
    let behind = if whole.site.sentence == part.site.sentence {
        led_from(Some(whole), part).to_string()
    } else {
        // …，其中双师型231人；高级职称94人: the chain goes on with what 其中 has opened.
        let rest = said_after(whole);
        let near = part.site.sentence - whole.site.sentence <= NEAR;
        let chain = whole.site.chain == part.site.chain;
        if near && chain { format!("{rest}{head}") } else { head.to_string() }
    };
    named || behind.contains("其中") || behind.contains("中，")
}

/// 在就业学生中，有798人…: of those who were counted just before by that name.
fn among_named<'a>(doc: &'a Document, part: &'a Claim) -> Option<(&'a Claim, &'a Claim)> {
    let plain = may_count(part) && part.bound == Bound::Exact && !cues::is_old(part) && part.site.cell.is_none();
    let name = Name::of(opening(&part.site.sentence_text).filter(|_| plain)?)?;
    let called = name.counts(doc, part);
    let whole = only(&called)?;
    let near = whole.site.sentence < part.site.sentence && whole.site.sentence + NEAR >= part.site.sentence;
    near.then_some((part, whole))
}
