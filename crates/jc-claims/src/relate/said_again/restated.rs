//! A count told once more with one digit wrong: 开办培训班62期… and pages later 64期培训班全部结班. The words need not be the
//! same; that both speak of the same is told by the words they share and no other number has, by what narrows them, and by
//! the figures themselves, which differ as slips differ.

use std::collections::HashSet;

use jc_text::fold::is_han;

use super::same_thing::{Counted, LONG_NAME, like, of_one, parted_by, same_thing, same_years, slipped, unparted};
use super::twice::equal;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::sums::among::is_among;
use crate::relate::wording::around::around;
use crate::relate::wording::comparable::like_units;
use crate::relate::wording::{cues, label};
use crate::words::{AHEAD, FILLERS, VERBS, any_in};

/// So many numbers before are looked at.
const NEAR: usize = 60;

/// Looks for counts of which one is a slip of the other.
pub(super) fn restated(doc: &Document, all: &mut Vec<Relation>) {
    let told = Told::of(all);
    let counts = doc.claims.iter().filter(|c| may_be_restated(c));
    let counts: Vec<Counted> = counts.map(Counted::of).collect();
    let mut found = Vec::new();
    for (n, second) in counts.iter().enumerate() {
        let from = n.saturating_sub(NEAR);
        let apart = |first: &Counted| first.claim.site.chain != second.claim.site.chain;
        let before = || counts[from..n].iter().rev().filter(|first| apart(first) && like(first, second));
        let rivals = &counts[from.saturating_sub(NEAR)..(n + NEAR).min(counts.len())];
        // What stands in the text just so somewhere else was not mistyped.
        let same = |first: &Counted| first.claim.value == second.claim.value;
        // 消防隐患61处 and 61处消防隐患: called alike.
        let called = |first: &&Counted| {
            let least = match second.claim.value {
                value if value >= Exact::int(20) => 3,
                value if value >= Exact::int(10) => 4,
                _ => LONG_NAME,
            };
            same(first) && label::shared(first.claim, second.claim) >= least && parted_by(first, second, true).is_none()
        };
        if let Some(first) = before().find(called) {
            found.push(equal(first.claim, second.claim, true));
            continue;
        }
        if let Some(first) =
            before().find(|first| same(first) && first.pairs.intersection(&second.pairs).nth(1).is_some())
        {
            let large = second.claim.value >= Exact::int(20);
            let said = large && unparted(first, second) && of_one(first, second);
            found.extend(said.then(|| equal(first.claim, second.claim, true)));
            continue;
        }
        // 189 twice, both 获奖: three figures that end in no nought are seldom the same by chance.
        let odd = second.claim.value.is_some_and(|value| {
            value >= Exact::whole(100) && value.over(Exact::whole(10)).and_then(Exact::as_int).is_none()
        });
        let again =
            |first: &&Counted| same(first) && unparted(first, second) && !first.pairs.is_disjoint(&second.pairs);
        if odd && let Some(first) = before().find(again) {
            found.push(equal(first.claim, second.claim, true));
            continue;
        }
        // 走访28家单位…。28家单位中，27家表示满意: where one stands in the sentence of the other, they are two things.
        let beside = |one: &Claim, other: &Claim| {
            let same = |c: &&Claim| c.value == other.value && c.site.sentence == one.site.sentence && c.id != one.id;
            doc.around(one).iter().filter(same).any(|c| c.unit == other.unit && !cues::is_old(c))
        };
        let slip = |first: &&Counted| {
            let open = !(told.holds(first.claim) && told.holds(second.claim));
            let two = || beside(second.claim, first.claim) || beside(first.claim, second.claim);
            // 就业640人。在就业的毕业生中，签订合同的有610人: some of them.
            let some = || is_among(second.claim, first.claim);
            open && slipped(first.claim, second.claim) && !two() && same_thing(first, second, rivals) && !some()
        };
        if let Some(first) = before().find(slip) {
            found.push(equal(first.claim, second.claim, false));
        }
    }
    found.extend(about_otherwise(doc, &counts));
    found.extend(passed(doc, &counts));
    found.retain(|it| !told.pairs(it));
    found.extend(called_so(doc, &told));
    found.extend(come_to(doc, all));
    all.extend(found);
}

/// 收到投诉，全年73件…。师生的投诉由104件降至78件: what something has come to is how many of it are counted elsewhere.
fn come_to(doc: &Document, all: &[Relation]) -> Vec<Relation> {
    let mut found = Vec::new();
    let grown = |it: &&Relation| {
        it.primary && it.kind == RelationKind::Growth && it.finding == Finding::Consistent && it.members.len() == 3
    };
    for it in all.iter().filter(grown) {
        let of = |role: Role| it.members.iter().find(|(own, _)| *own == role).and_then(|(_, id)| doc.claim(id));
        let (Some(old), Some(new)) = (of(Role::Old), of(Role::New)) else { continue };
        let Some((lead, _)) = old.site.before.rsplit_once(['由', '从']) else { continue };
        let name: Vec<char> = lead.chars().rev().take_while(|c| is_han(*c)).take(2).collect();
        let name: String = name.into_iter().rev().collect();
        if name.chars().count() < 2 || name.ends_with(['数', '量', '的', '人']) || new.site.clause > old.site.clause
        {
            continue;
        }
        let same = |c: &&Claim| c.unit == new.unit && c.kind == new.kind && c.id != new.id && c.id != old.id;
        let called = |c: &&Claim| {
            let (before, behind) = around(c);
            let words: String = before.into_iter().chain(behind).collect();
            words.contains(&name) && c.site.chain != new.site.chain
        };
        let others: Vec<&Claim> =
            doc.claims.iter().filter(same).filter(|c| may_be_restated(c)).filter(called).collect();
        if let [first] = others[..]
            && (first.value == new.value || slipped(first, new))
            && any_in(&first.site.clause_text, &["全年", "今年", "本年", "年内", "共", "累计"])
        {
            found.push(equal(first, new, first.value == new.value));
        }
    }
    found
}

/// 在册学徒286人…。三百二十余名在册学徒: what is said once more only about, and could not be said so of what was counted.
fn about_otherwise(doc: &Document, counts: &[Counted]) -> Vec<Relation> {
    let about = |c: &&Claim| {
        matches!(c.bound, Bound::Over | Bound::Nearly | Bound::About)
            && matches!(c.kind, Kind::Count | Kind::PersonTimes | Kind::Money | Kind::Hours)
            && c.value >= Exact::int(20)
            && c.each.is_none()
            && c.site.cell.is_none()
            && !cues::is_old(c)
            && !cues::is_base(c)
            && !cues::is_rest(c)
    };
    let mut found = Vec::new();
    for second in doc.claims.iter().filter(about) {
        let own = Counted::of(second);
        let at = counts.partition_point(|c| c.claim.site.start < second.site.start);
        let near = &counts[at.saturating_sub(NEAR)..(at + NEAR).min(counts.len())];
        let alike = |c: &&Counted| {
            let steps = c.claim.kind == second.kind && c.claim.site.chain != second.site.chain;
            steps && like_units(c.claim, second) && !c.ahead && !own.ahead && same_years(c, &own)
        };
        let called: Vec<&Counted> = near.iter().filter(alike).filter(|c| label::shared(c.claim, second) >= 4).collect();
        let [first] = called[..] else { continue };
        let outside = first.claim.value < second.min || second.max.is_some_and(|max| first.claim.value > Some(max));
        // Half as much again is another thing.
        let (low, high) = (first.claim.value.min(second.value), first.claim.value.max(second.value));
        let close = low.zip(high).is_some_and(|(low, high)| high.times(Exact::whole(2)) <= low.times(Exact::whole(3)));
        let parted = parted_by(first, &own, true).is_some() || !of_one(first, &own);
        if outside && close && !parted {
            found.push(equal(first.claim, second, false));
        }
    }
    found
}

/// 省外636人…。省外录取突破700人: what is said to have been passed, and was not.
fn passed(doc: &Document, counts: &[Counted]) -> Vec<Relation> {
    let bounded = |c: &&Claim| {
        matches!(c.bound, Bound::AtLeast | Bound::AtMost)
            && c.kind.counts()
            && c.value >= Exact::int(20)
            && c.each.is_none()
            && c.site.cell.is_none()
            && !cues::is_old(c)
            && !cues::per_head(c)
            // 200人以上的培训: of what kind, not how many.
            && !c.site.after.starts_with('的')
    };
    let mut found = Vec::new();
    for second in doc.claims.iter().filter(bounded) {
        let own = Counted::of(second);
        let name = own_name(second);
        let will = any_in(&second.site.sentence_text, AHEAD) || any_in(&second.site.clause_text, INTENDED);
        if name.chars().count() < 2 || will || !any_in(&second.text, &["突破", "超", "逾", "破", "不足", "不到"])
        {
            continue;
        }
        let at = counts.partition_point(|c| c.claim.site.start < second.site.start);
        let near = &counts[at.saturating_sub(NEAR)..(at + NEAR).min(counts.len())];
        let called = |c: &&Counted| {
            let same = c.claim.kind == second.kind && like_units(c.claim, second) && same_years(c, &own);
            let apart = c.claim.site.sentence != second.site.sentence && !c.planned;
            same && apart && covers(&name, &own_name(c.claim))
        };
        let known: Vec<&Counted> = near.iter().filter(called).collect();
        let keeps = |c: &Claim| c.value >= second.min && second.max.is_none_or(|max| c.value <= Some(max));
        let far = |c: &Claim| {
            let (low, high) = (c.value.min(second.value), c.value.max(second.value));
            low.zip(high).is_none_or(|(low, high)| high.times(Exact::whole(4)) > low.times(Exact::whole(5)))
        };
        // 省外录取: whoever is called 省外 is meant, and not all that is called 录取.
        let opens: Vec<&Counted> = known.iter().copied().filter(|c| name.starts_with(&own_name(c.claim))).collect();
        let (([first], _) | (_, [first])) = (&opens[..], &known[..]) else { continue };
        let parted = parted_by(first, &own, true).is_some() || !of_one(first, &own);
        if !far(first.claim) && !parted {
            found.push(equal(first.claim, second, keeps(first.claim)));
        }
    }
    found
}

/// What is meant to be, and not told.
const INTENDED: &[&str] = &["争取", "预计", "将", "计划", "目标", "有望", "要求", "标准", "规定", "应"];

/// What a number is called, on either side, without verbs and small words.
fn own_name(claim: &Claim) -> String {
    let behind: String = label::behind(claim).chars().take(4).collect();
    let lead = label::lead(claim);
    let name = if lead.chars().count() >= 2 { lead.to_string() } else { behind };
    let mut words: Vec<&str> =
        VERBS.iter().chain(FILLERS).chain(&["招生", "全校", "全院", "总量", "队伍", "实际"]).copied().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let name = words.into_iter().fold(name, |name, word| name.replace(word, ""));
    name.trim_end_matches(['量', '数', '额', '已', '达']).to_string()
}

/// 省外录取 covers 省外: all that the shorter says, the longer says, in one piece.
fn covers(bounded: &str, counted: &str) -> bool {
    counted.chars().count() >= 2 && bounded.contains(counted)
}

/// 已竣工4个…。已竣工的3个项目中有1个超期: those that are called so are as many as were said to be.
fn called_so(doc: &Document, told: &Told) -> Vec<Relation> {
    let counted = |c: &&Claim| may_count_again(c) && c.kind == Kind::Count;
    let counts: Vec<&Claim> = doc.claims.iter().filter(counted).collect();
    let mut found = Vec::new();
    for (n, second) in counts.iter().enumerate() {
        let lead = second.site.before.trim_start_matches(['，', '；', '对', '将']);
        let Some(name) = lead.strip_suffix('的').filter(|_| !second.site.after.is_empty()) else { continue };
        let done = ["已", "未", "尚未", "被"].iter().any(|word| name.starts_with(word));
        if !done || !(3..=6).contains(&name.chars().count()) {
            continue;
        }
        let same = |c: &&&Claim| {
            let own = c.site.before.trim_start_matches(['，', '；', '目', '前']).trim_end_matches(['了', '共']);
            own == name && c.unit == second.unit && c.site.chain != second.site.chain
        };
        let before: Vec<&&Claim> = counts[..n].iter().filter(same).collect();
        if let [first] = before[..] {
            found.push(equal(first, second, first.value == second.value));
        }
    }
    found.retain(|it| !told.pairs(it));
    found
}

fn may_count_again(claim: &Claim) -> bool {
    cues::exact(claim) && !cues::is_old(claim)
}

/// What is known of the numbers.
struct Told {
    holding: HashSet<String>,
    together: HashSet<(String, String)>,
}

impl Told {
    fn of(all: &[Relation]) -> Told {
        let mut told = Told { holding: HashSet::new(), together: HashSet::new() };
        for it in all.iter().filter(|it| it.primary) {
            let ids = || it.members.iter().map(|(_, id)| id.clone());
            if it.finding == Finding::Consistent && it.members.len() > 2 && it.kind != RelationKind::Subset {
                told.holding.extend(ids());
            }
            if let [(_, a), (_, b)] = &it.members[..] {
                told.together.extend([(a.clone(), b.clone()), (b.clone(), a.clone())]);
            }
        }
        told
    }

    /// Is the number part of something that holds?
    fn holds(&self, claim: &Claim) -> bool {
        self.holding.contains(&claim.id)
    }

    fn pairs(&self, it: &Relation) -> bool {
        matches!(&it.members[..], [(_, a), (_, b)] if self.together.contains(&(a.clone(), b.clone())))
    }
}

fn may_be_restated(claim: &Claim) -> bool {
    // 476年: a year of long ago, or how long ago.
    if claim.kind == Kind::Duration && claim.unit == "年" && claim.value >= Exact::int(100) {
        return false;
    }
    // 19岁时…，21岁时…: how old somebody was, once and later.
    if claim.unit == "岁" && claim.site.after.starts_with(['时', '那']) {
        return false;
    }
    let counts = matches!(
        claim.kind,
        Kind::Count | Kind::PersonTimes | Kind::Money | Kind::Hours | Kind::Rate | Kind::Quantity | Kind::Duration
    );
    counts
        && claim.bound == Bound::Exact
        && claim.value >= Exact::int(2)
        && claim.numeral != Numeral::None
        && claim.each.is_none()
        && claim.site.cell.is_none()
        && claim.site.grade.is_empty()
        && (!cues::is_old(claim) || opens(claim) || claim.site.before.ends_with("现有") || is_now(claim))
        && !cues::is_base(claim)
        && !cues::is_rest(claim)
        // 另有14名预备党员按期转正 are others than those told of.
        && !any_in(&claim.site.before, &["另有"])
        // 每生每学期1000元, 每生每学期1100元: what one is paid for one thing is no slip of what one is paid for another.
        && !(claim.kind == Kind::Money && claim.site.before.contains('每'))
        // 实训室（含3D打印工坊）共14间 are more than 实训室12间.
        && !any_in(&claim.site.before, &["（含", "包含", "包括"])
}

/// 从78项竞赛奖项到一笔笔技术服务: nothing grew from there.
fn opens(claim: &Claim) -> bool {
    let bare = matches!(claim.site.before.trim_start_matches('，'), "从" | "由");
    bare && claim.site.after.chars().count() >= 3 && !any_in(&claim.site.after, &["增", "升", "降", "减", "扩", "提高"])
}

/// 明年，工种由21个增至25个: what it is to rise from is what it is now.
fn is_now(claim: &Claim) -> bool {
    any_in(&claim.site.sentence_text, AHEAD) && claim.site.before.ends_with(['由', '从'])
}
