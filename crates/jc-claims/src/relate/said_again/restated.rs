//! A count told once more with one digit wrong: 开办培训班62期… and pages later 64期培训班全部结班. The words need not be the
//! same; that both speak of the same is told by the words they share and no other number has, by what narrows them, and by
//! the figures themselves, which differ as slips differ.

use std::collections::HashSet;

use jc_text::fold::is_han;

use super::twice::equal;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips::{anagram, neighbours, one_digit};
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::sums::among::is_among;
use crate::relate::wording::around::{around, pairs};
use crate::relate::wording::comparable::like_units;
use crate::relate::wording::{cues, label};
use crate::words::{AHEAD, FILLERS, VERBS, any_in};

/// So many numbers before are looked at.
const NEAR: usize = 60;

/// A count and the pairs of characters around it.
struct Counted<'a> {
    claim: &'a Claim,
    pairs: HashSet<(char, char)>,
    /// It is what is planned.
    planned: bool,
    /// It is what is to be come to: it tells of no other number.
    ahead: bool,
}

impl<'a> Counted<'a> {
    fn of(claim: &'a Claim) -> Counted<'a> {
        let planned = any_in(&claim.site.clause_text, PLANNED);
        // 明年力争…，工种由21个增至25个: what is to be is not what is.
        let ahead = any_in(&claim.site.sentence_text, AHEAD) && !cues::is_old(claim) && reached(claim);
        Counted { claim, pairs: pairs(claim), planned, ahead }
    }
}

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
            let other = own_name(c.claim);
            let same = c.claim.kind == second.kind && like_units(c.claim, second) && same_years(c, &own);
            same && c.claim.site.sentence != second.site.sentence && covers(&name, &other) && !c.planned
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
    claim.bound == Bound::Exact
        && claim.numeral != Numeral::None
        && claim.each.is_none()
        && claim.site.cell.is_none()
        && !cues::is_old(claim)
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

fn like(one: &Counted, other: &Counted) -> bool {
    let (first, second) = (one.claim, other.claim);
    let units = like_units(first, second);
    let steps = first.step == second.step || first.kind == Kind::Money && in_steps(first, second).is_some();
    if !units || first.kind != second.kind || !steps || one.ahead || other.ahead {
        return false;
    }
    same_years(one, other)
}

/// Are both of one year, as far as years are said?
fn same_years(one: &Counted, other: &Counted) -> bool {
    let (first, second) = (one.claim, other.claim);
    // 今年招生计划1500人 and 2026年计划招生1600人: what is planned for a year that is named is planned for no other.
    let said = |c: &Claim| c.period.as_ref().is_some_and(|period| period.said);
    let years = |c: &Claim| c.period.as_ref().map(|period| period.years.clone()).unwrap_or_default();
    match (said(first), said(second)) {
        (true, true) => years(first) == years(second),
        (false, false) => true,
        _ => !(one.planned || other.planned) || years(first).iter().any(|year| years(second).contains(year)),
    }
}

/// Words of what is planned.
const PLANNED: &[&str] = &["计划", "拟", "力争", "预计"];

/// 增至25个, 达到12万元, 扩大到30间: what is come to.
fn reached(claim: &Claim) -> bool {
    let lead = claim.site.before.trim_end_matches(['了', '近', '约', '超', '过']);
    lead.ends_with(['至', '到', '成', '达']) || any_in(lead, &["突破", "新增", "增加"])
}

/// A name of so many characters is that of one thing, however small its count.
const LONG_NAME: usize = 5;

/// 62 and 64, 9240 and 9420, 45 and 46: what a hand mistypes, or an edit leaves, is near. Shares of one kind lie near each
/// other anyway; of them only 99.26 and 99.62 are told.
pub(super) fn slipped(first: &Claim, second: &Claim) -> bool {
    let Some((a, b)) = in_steps(first, second) else { return false };
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    let near = || {
        let apart = high.minus(low)?;
        let few = apart <= Exact::int(2)? && low >= Exact::int(15)?;
        // Sums of money with decimals lie near each other, and are no slips.
        Some(few || !first.text.contains(['.', '．']) && apart.times(Exact::int(12)?)? <= high)
    };
    // 3万元 and 1万元 differ in one digit, as all of them do: only a long name makes them one.
    let longest = if Exact::int(5).is_some_and(|five| low < five) { LONG_NAME } else { LONG_NAME - 1 };
    // 500万 and 100万 have one digit each, too.
    let bare = |mut number: Exact| {
        while let Some(less) = number.over(Exact::whole(10)).filter(|less| less.as_int().is_some_and(|n| n > 0)) {
            number = less;
        }
        number
    };
    let few =
        low < Exact::whole(10) || low >= Exact::whole(100) && bare(a) < Exact::whole(10) && bare(b) < Exact::whole(10);
    let few_digits = few && label::shared(first, second) < longest;
    a != b
        && (neighbours(a, b)
            || anagram(a, b)
            || first.kind != Kind::Rate && !few_digits && (one_digit(a, b) || near() == Some(true)))
}

/// Both in whole steps of the coarser one: 6210000元 and 612万元 are 621 and 612.
fn in_steps(first: &Claim, second: &Claim) -> Option<(Exact, Exact)> {
    let step = first.step.max(second.step);
    let (a, b) = (first.value?.over(step)?, second.value?.over(step)?);
    let whole = first.step == second.step || a.as_int().is_some() && b.as_int().is_some();
    whole.then_some((a, b))
}

/// Do both share words that no other number of the kind has, and does nothing narrow one that does not narrow the other?
fn same_thing(one: &Counted, other: &Counted, rivals: &[Counted]) -> bool {
    let (first, second) = (one.claim, other.claim);
    let shared: HashSet<(char, char)> = one.pairs.intersection(&other.pairs).copied().collect();
    let others = || rivals.iter().filter(|c| c.claim.id != first.id && c.claim.id != second.id && like(c, one));
    // …接受捐赠1580万元，其中校友捐赠986万元: what stands before the number before it is not its own.
    let own = |c: &Claim| {
        let text: Vec<char> = format!("{}，{}", c.site.before, c.site.after).chars().collect();
        text.windows(2)
            .filter(|pair| shared.contains(&(pair[0], pair[1])))
            .map(|pair| (pair[0], pair[1]))
            .collect::<HashSet<_>>()
            .len()
    };
    // …so of what stands right behind one of the two only its own words count.
    let behind = |c: &Claim| {
        [first, second].iter().any(|one| c.site.sentence == one.site.sentence && c.site.start > one.site.start)
    };
    let held = |c: &Counted| if behind(c.claim) { own(c.claim) } else { c.pairs.intersection(&shared).count() };
    let best = others().map(held).max().unwrap_or(0);
    // Two digits that changed places in a large number tell enough: one word will do, and of four digits none is needed.
    let changed_places = first.value.zip(second.value).is_some_and(|(a, b)| neighbours(a, b));
    let swapped = changed_places && first.value >= Exact::int(1000);
    let ten = Exact::whole(10);
    let odd = |number: Exact| Exact::int(1000) <= Some(number) && number.over(ten).and_then(Exact::as_int).is_none();
    let uneven = |number: Exact| Exact::int(100) <= Some(number) && number.over(ten).and_then(Exact::as_int).is_none();
    // 与164家企业…, 签约的企业有146家: two of three are told by the noun that stands beside both.
    let beside = || changed_places && first.value >= Exact::int(100) && beside(first, second);
    let least = match () {
        () if swapped && in_steps(first, second).is_some_and(|(a, b)| odd(a) && odd(b)) => 0,
        () if swapped => 1,
        () if first.value < Exact::int(10) => 7,
        () if first.value < Exact::int(20) => 3,
        () => 2,
    };
    // 安全隐患27处 and 25处安全隐患: called the same, and nothing else is.
    let called = label::shared(first, second);
    let alone_called =
        || called >= 4 && others().all(|c| label::shared(c.claim, first).max(label::shared(c.claim, second)) < called);
    if alone_called() && of_one(one, other) && parted_by(one, other, true).is_none() {
        return true;
    }
    let alone_so = || swapped && shared.len() >= 3 && others().all(|c| own(c.claim) < shared.len());
    // 助学金236.8万元 and 补助263.8万元: what is called otherwise is another thing.
    let otherwise = || {
        let (one, two) = (label::lead(first), label::lead(second));
        let named = one.chars().count() >= 2 && two.chars().count() >= 2;
        named && shared.is_empty()
    };
    let told = shared.len() >= least && (best < shared.len() || least == 0 && !otherwise());
    // 校外268个…。校外实训基地数量虽已达286个: whatever else is told in these words, it is no such slip of it.
    let exchanged = || {
        let uneven = in_steps(first, second).is_some_and(|(a, b)| uneven(a) && uneven(b));
        let names = |one: &Claim, other: &Claim| {
            let (before, behind) = around(other);
            let text: String = before.into_iter().chain(behind).collect();
            let own = label::lead(one);
            own.chars().count() >= 2 && text.contains(own)
        };
        changed_places && uneven && shared.len() >= 2 && (names(first, second) || names(second, first))
    };
    (told || alone_so() || beside() || exchanged()) && unparted(one, other) && of_one(one, other)
}

/// Is the word behind one number also that behind the other, or leads to it?
fn beside(first: &Claim, second: &Claim) -> bool {
    let noun = |c: &Claim| -> Option<String> {
        let noun: String = c.site.after.chars().take_while(|c| is_han(*c)).take(2).collect();
        (noun.chars().count() == 2).then_some(noun)
    };
    let lead = |c: &Claim| c.site.before.trim_end_matches(['已', '有', '达', '为', '共']).to_string();
    let leads = |one: &Claim, other: &Claim| noun(one).is_some_and(|noun| lead(other).ends_with(&noun));
    leads(first, second) || leads(second, first) || noun(first).is_some() && noun(first) == noun(second)
}

/// Does nothing narrow one that does not narrow the other?
fn unparted(one: &Counted, other: &Counted) -> bool {
    parted_by(one, other, false).is_none()
}

/// What narrows one and not the other. Where both are called by one long name, it does not matter of what each is a part.
fn parted_by(one: &Counted, other: &Counted, one_name: bool) -> Option<&'static str> {
    let adds = |c: &Claim| any_in(&c.site.before, ADDED);
    if adds(one.claim) != adds(other.claim) {
        return Some("新增");
    }
    // 计划培训1200名, 实际培训1020名: what was planned is not what was done.
    let done = |c: &Claim| any_in(&c.site.before, &["实际", "实有", "实招", "实到", "已"]);
    if one.planned != other.planned && (done(one.claim) || done(other.claim)) {
        return Some("计划");
    }
    let alone = |one: &Claim, other: &Claim| {
        let (before, behind) = around(other);
        let words: String = before.into_iter().chain(behind).collect();
        narrowing(one, one_name).into_iter().find(|(_, said)| !words.contains(said)).map(|(word, _)| word)
    };
    alone(one.claim, other.claim).or_else(|| alone(other.claim, one.claim))
}

/// Words of what came to be, beside what is there.
pub(in crate::relate) const ADDED: &[&str] =
    &["新增", "新建", "新聘", "新添", "新购", "新设", "新签", "新立", "净增", "引进", "减少", "退出"];

/// 330名专任教师… and 390名教职工…: where people are named behind both numbers, they have a word in common.
fn of_one(one: &Counted, other: &Counted) -> bool {
    const NOUN: usize = 5;
    const PEOPLE: &[char] = &['师', '生', '工', '员', '手', '者', '长'];
    let noun = |c: &Claim| -> Vec<char> { c.site.after.chars().take_while(|c| is_han(*c)).take(NOUN).collect() };
    let (a, b) = (noun(one.claim), noun(other.claim));
    let people = [&a, &b].iter().all(|noun| noun.iter().take(4).any(|c| PEOPLE.contains(c)));
    !people || a.windows(2).any(|pair| b.windows(2).any(|other| pair == other))
}

/// What narrows a count (机电系, 男生, 上半年, 省级), and how it is said there, with the name before it: 机电系 is not 信息系.
fn narrowing(claim: &Claim, one_name: bool) -> Vec<(&'static str, String)> {
    const PARTS: &[&str] = &[
        "系",
        "班",
        "专业",
        "届",
        "轮",
        "批",
        "组",
        "年级",
        "校区",
        "分院",
        "中心",
        "季",
        "学期",
        "半年",
        "月",
        "村",
        "镇",
        "县",
        "公司",
        "企业",
        "男",
        "女",
        "支部",
        "其中",
        "一等",
        "二等",
        "三等",
        "国家级",
        "省级",
        "市级",
        "校级",
        "第一",
        "第二",
        "第三",
        "第四",
        "一期",
        "二期",
        "楼",
        "馆",
        "食堂",
    ];
    // Words that stand behind the name of one of several.
    const OF_SEVERAL: &[&str] = &["系", "班", "校区", "分院", "支部", "村", "镇", "县", "楼", "馆", "月"];
    let (before, _) = around(claim);
    let lead: String = before.into_iter().collect();
    let lead = lead.rsplit(['，', '、']).next().unwrap_or_default();
    // 专业课教师中企业兼职教师62人: the teachers of whom some are counted narrow them to nothing else.
    let lead = if one_name { lead.rsplit('中').next().unwrap_or_default() } else { lead };
    let said = |word: &'static str| -> Option<(&'static str, String)> {
        let at = lead.rfind(word)?;
        let part = |c: &char| is_han(*c) || word == "月" && c.is_ascii_digit();
        let name: Vec<char> = lead[..at].chars().rev().take_while(part).take(2).collect();
        let name: String = name.into_iter().rev().collect();
        let named = OF_SEVERAL.contains(&word);
        // 从村里采购: no village of a name.
        if named && (name.is_empty() || name.ends_with(['从', '在', '到', '对', '向', '入', '驻'])) {
            return None;
        }
        Some((word, if named { format!("{name}{word}") } else { word.to_string() }))
    };
    PARTS
        .iter()
        .copied()
        .filter(|word| any_in(lead, &[word]))
        .filter(|word| !(one_name && *word == "其中"))
        .filter_map(said)
        .collect()
}
