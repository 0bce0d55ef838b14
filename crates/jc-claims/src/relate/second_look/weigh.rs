//! A second look at the printed shares, means, rises and differences that no rule of words has tied to what they are made
//! of: all numbers around are weighed as what they may be made of, the likeliest first.
//!
//! What is likely is told by place (the same clause, the sentence before, the paragraph) and by words both share; what is
//! certain, by arithmetic: a share printed with a decimal is hit by chance once in several hundred tries. So what agrees
//! is told where as few pairs are as likely as the one that agrees that a chance hit is not to be expected. Where none
//! agrees, and the words bind one pair to the printed value, a near miss is a contradiction: the nearer, the less could
//! it be that other numbers were meant.

use std::collections::{HashMap, HashSet};

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::changes::differences;
use crate::relate::changes::growth::{from_difference, from_old, from_old_by, is_now};
use crate::relate::digits::slips::is_mistyped;
use crate::relate::means;
use crate::relate::means::products::more_to_it;
use crate::relate::rates::results::result_of;
use crate::relate::rates::shares::name_of_whole;
use crate::relate::rates::{may_count, reading_of, same_people, says_share};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip};
use crate::relate::wording::around::{self, says};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues::{self, closing, is_base, is_old, per_head};
use crate::words::{ACHIEVED, MEANS_OVER_TIME, REGIONS, STOCK, WHOLE, any_in};

/// So many numbers are weighed before a printed value, and behind it.
const BEFORE: usize = 64;
const BEHIND: usize = 6;
/// So many of them, the likeliest, are tried as what stands above the line, and below it.
const TOPS: usize = 14;
const BOTTOMS: usize = 24;

/// What the words name is not farther off than this, wherever it stands.
const NAMED_FAR: i32 = 7;

/// In ten-thousandths: how often a chance hit may be expected at most among what is as likely as the pair that agrees.
const BY_CHANCE: i128 = 500;
/// The same for a pair that misses closely: how often another would lie as near.
const NEAR_MISS: i128 = 1500;
/// The same for a pair that agrees and so speaks against one that misses.
const DEFENDS: i128 = 2000;

/// Weighs what is not answered yet: first what agrees, then, knowing more of what is meant, what does not.
pub(in crate::relate) fn weigh(doc: &Document, all: &mut Vec<Relation>) {
    let mut known = Known::default();
    all.iter().for_each(|it| known.note(it));
    let asked: Vec<(&Claim, Ask)> = doc
        .claims
        .iter()
        .filter(|c| c.bound == Bound::Exact && c.site.cell.is_none() && !known.answered.contains(&c.id))
        .filter_map(|c| Some((c, Ask::of(c)?)))
        .collect();
    let mut found: Vec<Relation> = Vec::new();
    for (stated, ask) in &asked {
        let refuted = known.refuted.contains(&stated.id);
        // What the words have refuted by little is wrong; by much, they may have misled.
        if known.narrowly.contains(&stated.id) {
            continue;
        }
        let limit = if refuted { BY_CHANCE / 10 } else { BY_CHANCE };
        found.extend(agreeing(stated, *ask, &pairs(doc, &known, stated, *ask), limit));
    }
    found.iter().for_each(|it| known.note(it));
    let manifold = manifold(doc);
    for (stated, ask) in &asked {
        if *ask == Ask::Share && manifold.contains(&stated.site.paragraph) {
            continue;
        }
        let part =
            *ask == Ask::Mean && (known.summed.contains(&stated.id) || more_to_it(stated) || means::of_a_class(stated));
        if !part && !known.answered.contains(&stated.id) && !known.refuted.contains(&stated.id) {
            found.extend(contradicted(stated, *ask, &pairs(doc, &known, stated, *ask)));
        }
    }
    found.extend(doc.claims.iter().filter_map(|stated| beyond_bounds(doc, &known, stated)));
    for it in all.iter().filter(|it| it.primary && it.finding == Finding::Inconsistent && it.kind == RelationKind::Rate)
    {
        found.extend(nearer(doc, &known, it));
    }
    for it in all.iter().filter(|it| it.primary && it.finding == Finding::Consistent && it.kind == RelationKind::Rate) {
        found.extend(of_another(doc, it));
    }
    let own: HashSet<&str> = found.iter().filter_map(under_test).collect();
    let guess = |kind| matches!(kind, RelationKind::RateAlone | RelationKind::RateDenominator);
    all.retain(|it| !guess(it.kind) || !under_test(it).is_some_and(|id| own.contains(id)));
    for it in
        all.iter_mut().filter(|it| it.primary && it.kind != RelationKind::Sum && it.kind != RelationKind::PercentSum)
    {
        it.primary = !under_test(it).is_some_and(|id| own.contains(id));
    }
    all.extend(found);
}

/// （可多选）, 多选题: what may be chosen together divides nothing, as far as the paragraph goes.
fn manifold(doc: &Document) -> HashSet<usize> {
    let paragraphs = doc.claims.chunk_by(|a, b| a.site.paragraph == b.site.paragraph).filter_map(<[Claim]>::first);
    let may_overlap = |c: &&Claim| any_in(&c.site.paragraph_text, &["可多选", "多选", "可重叠", "可重复", "有交叉"]);
    paragraphs.filter(may_overlap).map(|c| c.site.paragraph).collect()
}

/// 收回1920份…。正确的1248份，近八成: a share that is only bounded, and the count right before it, of the whole that other shares of the
/// sentence are of, lies outside its bounds by more than bounds are stretched.
fn beyond_bounds(doc: &Document, known: &Known, stated: &Claim) -> Option<Relation> {
    let bounded = matches!(stated.bound, Bound::Nearly | Bound::Over | Bound::About | Bound::AtLeast | Bound::AtMost);
    let open = !known.answered.contains(&stated.id) && !known.refuted.contains(&stated.id);
    if stated.kind != Kind::Rate || stated.unit != "%" || !bounded || !open || stated.site.cell.is_some() {
        return None;
    }
    let lead = stated.site.before.trim_start_matches(['，', '（', '占', '达', '比', '已']);
    let pairs = pairs(doc, known, stated, Ask::Share);
    let gives = |pair: &Pair| pair.gives(Ask::Share, false);
    let (low, high) = (stated.min.unwrap_or(Exact::ZERO), stated.max.unwrap_or(Exact::int(100)?));
    let slack = Exact::int(3)?;
    let inside =
        |value: Exact| value.plus(slack).is_some_and(|v| v >= low) && value.minus(slack).is_some_and(|v| v <= high);
    let next =
        |pair: &&Pair| pair.top.site.clause + 1 == stated.site.clause || pair.top.site.clause == stated.site.clause;
    let bare = lead.chars().count() <= 1;
    let meant = pairs.iter().filter(|pair| pair.bound).find(next).filter(|_| bare)?;
    let rival = pairs.iter().take(6).any(|pair| gives(pair).is_some_and(inside));
    let near = gives(meant).and_then(|v| distance(v, stated.value?)).is_some_and(|apart| apart <= Exact::whole(25));
    (near && !rival)
        .then(|| meant.relation(stated, Ask::Share))
        .flatten()
        .filter(|it| it.finding == Finding::Inconsistent)
}

/// 应考14210人，实考13926人。实考者中合格12830人，合格率94.1%: where none agrees, the whole that all but does is meant.
fn nearer(doc: &Document, known: &Known, it: &Relation) -> Option<Relation> {
    let [(Role::Numerator, top), (Role::Denominator, _), (Role::Rate, stated)] = &it.members[..] else { return None };
    let stated = doc.claim(stated)?;
    let apart = distance(it.computed?, it.stated?)?;
    let others = pairs(doc, known, stated, Ask::Share);
    let others =
        others.iter().filter(|pair| pair.top.id == *top && pair.bound && pair.bottom.site.start < stated.site.start);
    let missed = |pair: &&Pair| distance(pair.gives(Ask::Share, false)?, stated.value?);
    let nearest = others.min_by_key(|pair| missed(pair).unwrap_or(Exact::whole(100)))?;
    let nearer = missed(&nearest)?.times(Exact::int(3)?)? <= apart.times(Exact::int(2)?)?;
    nearest.relation(stated, Ask::Share).filter(|it| nearer && it.finding == Finding::Inconsistent)
}

/// 就业1083人，签约846人…。本市592人，占签约人数的54.7%: a share of the one count that is called so, though it agrees with another.
fn of_another(doc: &Document, it: &Relation) -> Option<Relation> {
    let [(Role::Numerator, top), (Role::Denominator, whole), (Role::Rate, stated)] = &it.members[..] else {
        return None;
    };
    let (top, whole, stated) = (doc.claim(top)?, doc.claim(whole)?, doc.claim(stated)?);
    // 计划90人，实际99人，超额110%: what goes beyond is told, not all of it.
    if stated.site.before.ends_with("超额") {
        return from_old(stated, whole, top).filter(|it| it.finding == Finding::Inconsistent);
    }
    let name = name_of_whole(stated);
    let called = |c: &Claim| {
        let lead = c.site.before.trim_end_matches(['了', '为', '达', '有', '共', '的']);
        // 占回收问卷的92.4%, of 回收1428份.
        let short = name.strip_suffix("问卷").filter(|short| short.chars().count() == 2);
        lead.trim_end_matches("人数").ends_with(name) || short.is_some_and(|short| lead.ends_with(short))
    };
    if name.is_empty() || called(whole) || around::words_of(whole).contains(name) || stated.decimals == 0 {
        return None;
    }
    let here =
        doc.around(top).iter().filter(|c| c.site.start < top.site.start && amount(c) && alike(c, top) && called(c));
    // 占合格人数的3.4%: who is called so by all the words may stand paragraphs before.
    let in_full = ["人数的", "总数的"].iter().any(|word| stated.site.before.ends_with(&format!("占{name}{word}")));
    let in_full = in_full && !stated.site.clause_text.contains("分别");
    let here = here.filter(|c| in_full || c.site.paragraph == top.site.paragraph);
    let named: Vec<&Claim> = here.collect();
    let [only] = named[..] else { return None };
    let plain = only.bound == Bound::Exact && only.value > top.value && !is_old(only) && only.id != whole.id;
    let mut other =
        reading_of(stated, &[top], &[only], &[]).filter(|it| plain && it.finding == Finding::Inconsistent)?;
    other.explained_by = Some(Slip::OtherBase);
    Some(other)
}

fn under_test(it: &Relation) -> Option<&str> {
    it.members.last().map(|(_, id)| id.as_str())
}

/// What is told already.
#[derive(Default)]
struct Known {
    answered: HashSet<String>,
    refuted: HashSet<String>,
    narrowly: HashSet<String>,
    /// What has a share of its own, and what shares are of, with them.
    parts: HashSet<String>,
    wholes: HashMap<String, Vec<String>>,
    /// What is added up, and what means are told of.
    summed: HashSet<String>,
    shared_out: HashSet<String>,
}

impl Known {
    fn note(&mut self, it: &Relation) {
        let other = matches!(it.kind, RelationKind::RateAlone | RelationKind::Subset | RelationKind::PercentSum);
        if !it.primary || other {
            return;
        }
        let Some(own) = under_test(it).map(str::to_string) else { return };
        let of = |wanted: Role| it.members.iter().filter(move |(role, _)| *role == wanted).map(|(_, id)| id.clone());
        if matches!(it.kind, RelationKind::Rate | RelationKind::RateDenominator) {
            self.parts.extend(of(Role::Numerator));
        }
        match it.finding {
            Finding::Consistent if it.kind == RelationKind::Rate => {
                let wholes: Vec<String> = of(Role::Denominator).collect();
                if let [whole] = &wholes[..] {
                    self.wholes.entry(whole.clone()).or_default().push(own.clone());
                }
                self.answered.insert(own);
            }
            Finding::Consistent => {
                if it.kind == RelationKind::Quotient {
                    self.shared_out.extend(of(Role::Numerator));
                }
                if it.kind == RelationKind::Sum {
                    self.summed.extend(of(Role::Part));
                }
                self.answered.insert(own);
            }
            Finding::Inconsistent => {
                let near = || Some(distance(it.computed?, it.stated?)?.times(Exact::int(4)?)? <= it.stated?);
                if near() != Some(false) || it.explained_by.is_some() {
                    self.narrowly.insert(own.clone());
                }
                self.refuted.insert(own);
            }
            Finding::Feasible => {}
        }
    }

    /// Is the number what another share of the same sentence is of, or one of the paragraph?
    fn whole_of_sibling(&self, doc: &Document, whole: &Claim, stated: &Claim) -> i32 {
        let shares = self.wholes.get(&whole.id).into_iter().flatten().filter_map(|id| doc.claim(id));
        let near = shares.filter(|share| says_share(share) == says_share(stated) && share.id != stated.id).map(
            |share| match () {
                () if share.site.chain == stated.site.chain => 2,
                () if share.site.paragraph == stated.site.paragraph => 1,
                () => 0,
            },
        );
        near.max().unwrap_or(0)
    }
}

/// What a printed value says of two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    /// 占25%, 合格率95.5%: so much of the other.
    Share,
    /// 班均32.6人, 每件60元.
    Mean,
    /// 增长12%.
    Rise,
    /// 净增46人, 结余12万元, 提高3.5分: what lies between two.
    Apart,
}

impl Ask {
    fn of(stated: &Claim) -> Option<Ask> {
        let positive = stated.value > Some(Exact::ZERO);
        match stated.kind {
            _ if !positive => None,
            _ if is_old(stated) => None,
            Kind::Rate if stated.unit == "%" => Some(Ask::Share),
            Kind::ChangeRate if !any_in(&stated.site.before, &["年均", "年平均", "平均每年", "复合"]) => {
                Some(Ask::Rise)
            }
            _ if stated.kind == Kind::Change || lies_between(stated) => Some(Ask::Apart),
            Kind::Quantity | Kind::Money | Kind::Hours | Kind::Count | Kind::PersonTimes | Kind::Duration
                if per_one(stated) =>
            {
                Some(Ask::Mean)
            }
            _ => None,
        }
    }
}

/// 人均, 平均每个, 每件: what one of many has.
fn per_one(claim: &Claim) -> bool {
    // 单位造价每平方米2500元.
    let each = claim.site.before.rsplit_once('每').is_some_and(|(lead, unit)| {
        let priced = ["单价", "造价", "成本", "单位造价", "均价"].iter().any(|word| lead.ends_with(word));
        priced && (1..=4).contains(&unit.chars().count())
    });
    let over_time = MEANS_OVER_TIME.iter().any(|(word, _)| claim.site.before.ends_with(word));
    // 全省高校生均95册: of others.
    if any_in(&claim.site.before, REGIONS) {
        return false;
    }
    each || over_time
        || means::is_mean(claim)
        || claim.site.before.trim_start_matches(['，', '；', '（', '即', '按']).starts_with('每')
}

/// 结余12万元, 相差20分, 高了3.5分: words of a difference lead to it, and nothing else.
fn lies_between(claim: &Claim) -> bool {
    const LEFT: &[&str] = &[
        "结余",
        "盈余",
        "相差",
        "差距",
        "差额",
        "净增",
        "净减",
        "未收",
        "缺口",
        "毛利",
        "缺额",
        "空床",
        "空缺",
        "缺勤的",
        "缺席",
    ];
    let measured = matches!(claim.kind, Kind::Quantity | Kind::Money | Kind::Hours | Kind::Count | Kind::PersonTimes);
    let lead =
        claim.site.before.trim_start_matches(['，', '；', '（', '）']).trim_end_matches(['为', '达', '了', '约']);
    let moved = ["高", "低", "快", "慢", "多", "少", "高出", "多出", "提高", "降低", "缩短", "提前", "增加", "减少"]
        .contains(&lead);
    // 领先第四名（371.0分）14.5分, 与第一名的412.0分相差25.5分.
    let ahead = claim.site.before.is_empty() || claim.site.before == "）";
    let said = claim
        .site
        .clause_text
        .find(claim.site.before.as_str())
        .is_some_and(|_| any_in(&claim.site.clause_text, &["领先", "落后", "高出", "低于", "高于"]));
    measured && (moved || ahead && said || LEFT.iter().any(|word| lead.ends_with(word)))
}

/// Two numbers a printed value may be made of.
struct Pair<'a> {
    top: &'a Claim,
    bottom: &'a Claim,
    /// How unlikely it is that they are meant, by place and words; the likeliest first.
    unlikely: i32,
    /// Words bind both to the printed value.
    bound: bool,
    /// They bind the first.
    partly: bool,
    /// They leave hardly a doubt: 生均, of all pupils; 完成率, of what was planned.
    firm: bool,
}

impl Pair<'_> {
    fn relation(&self, stated: &Claim, ask: Ask) -> Option<Relation> {
        let (top, bottom) = (self.top, self.bottom);
        match ask {
            Ask::Share => reading_of(stated, &[top], &[bottom], &[]),
            Ask::Mean => {
                let holds = means::fits(top, bottom, stated)?;
                // 较上年的13250人次增长28%；…，人均36学时: over those of last year nobody takes a mean.
                if !holds && is_old(bottom) {
                    return None;
                }
                Some(means::quotient(top, bottom, stated, top.value?.over(bottom.value?)?, holds))
            }
            Ask::Apart => differences::difference(stated, bottom, top, false),
            // The top is the later value, or the difference itself.
            Ask::Rise => match (top.kind == Kind::Change, bottom.kind == Kind::Change) {
                (true, false) if is_now(bottom, top) => from_difference(stated, bottom, top),
                (true, false) => from_old_by(stated, bottom, top),
                (false, true) => from_difference(stated, top, bottom),
                _ => from_old(stated, bottom, top),
            },
        }
    }

    /// What the two give, as the printed value is given.
    fn gives(&self, ask: Ask, falls: bool) -> Option<Exact> {
        let (top, bottom) = (self.top.value?, self.bottom.value?);
        match ask {
            Ask::Share => top.percent_of(bottom),
            Ask::Mean => top.over(bottom),
            Ask::Apart => top.minus(bottom),
            Ask::Rise if self.top.kind == Kind::Change && is_now(self.bottom, self.top) => {
                let old = if self.top.falls { bottom.plus(top)? } else { bottom.minus(top)? };
                top.percent_of(old).filter(|_| old > Exact::ZERO)
            }
            Ask::Rise if self.top.kind == Kind::Change => top.percent_of(bottom),
            Ask::Rise if self.bottom.kind == Kind::Change => {
                let old = if self.bottom.falls { top.plus(bottom)? } else { top.minus(bottom)? };
                bottom.percent_of(old).filter(|_| old > Exact::ZERO)
            }
            Ask::Rise => if falls { bottom.minus(top)? } else { top.minus(bottom)? }.percent_of(bottom),
        }
    }
}

/// The pair that agrees, if it is so likely that chance hits are not to be expected before it.
fn agreeing(stated: &Claim, ask: Ask, pairs: &[Pair], limit: i128) -> Option<Relation> {
    let chance = chance(stated)?;
    // 九成 is hit by much: of what stands pages off nothing is told.
    let coarse = ask == Ask::Share && stated.step >= Exact::int(5)?;
    let near = |pair: &Pair| pair.bottom.site.paragraph == stated.site.paragraph;
    for (n, pair) in pairs.iter().enumerate().filter(|(_, pair)| !coarse || near(pair)) {
        let Some(gives) = pair.gives(ask, stated.falls) else { continue };
        if !about(gives, stated) {
            continue;
        }
        // What is hit to the last digit, and could have been missed, is hit by chance even less.
        let exact = Some(gives) == stated.value && pair.bottom.value >= Exact::int(20);
        let as_likely = pairs[n..].iter().take_while(|other| other.unlikely == pair.unlikely).count() + n;
        let expected = chance * i128::try_from(as_likely).ok()? / if exact { 4 } else { 1 };
        if expected > limit {
            // Those behind are less likely still; one of them may be hit exactly.
            if expected > 4 * limit {
                return None;
            }
            continue;
        }
        if let Some(it) = pair.relation(stated, ask).filter(|it| it.finding == Finding::Consistent) {
            return Some(it);
        }
    }
    None
}

/// How often a pair of numbers that has nothing to do with it gives the printed value, in ten-thousandths.
fn chance(stated: &Claim) -> Option<i128> {
    let share = stated.step.over(stated.value?)?.times(Exact::int(4000)?)?;
    Some(share.num().div_euclid(share.den()) + 1)
}

/// Is what is computed within a hundredth of what is printed, or one step?
fn about(gives: Exact, stated: &Claim) -> bool {
    let near = || {
        let value = stated.value?;
        let apart = distance(gives, value)?;
        Some(apart <= stated.step || apart.times(Exact::int(100)?)? <= value)
    };
    near() == Some(true)
}

fn distance(a: Exact, b: Exact) -> Option<Exact> {
    if a < b { b.minus(a) } else { a.minus(b) }
}

/// The likeliest pair that misses the printed value closely, where none agrees that is nearly as likely. How closely it must
/// do so depends on how firmly words bind it to the value.
fn contradicted(stated: &Claim, ask: Ask, pairs: &[Pair]) -> Option<Relation> {
    let agrees = |pair: &Pair| {
        let near = pair.gives(ask, stated.falls).is_some_and(|gives| about(gives, stated));
        near && pair.relation(stated, ask).is_some_and(|it| it.finding == Finding::Consistent)
    };
    let close = |(n, pair): &(usize, &Pair)| {
        let as_likely = pairs[*n..].iter().take_while(|other| other.unlikely == pair.unlikely).count() + n;
        let firmly = pairs[..as_likely].iter().filter(|other| other.bound && other.top.id == pair.top.id).count();
        let partly = pairs[..as_likely].iter().filter(|other| other.partly).count();
        let miss = miss(stated, ask, pair.gives(ask, stated.falls)?)?;
        let expected = |rivals: usize| Some(miss * i128::try_from(rivals).ok()?);
        let (rivals, limit) = match (pair.bound, pair.partly) {
            (true, _) if pair.firm => (firmly, NEAR_MISS * 5 / 3),
            (true, _) => (firmly, NEAR_MISS),
            (_, true) => (partly, NEAR_MISS / 5),
            _ => (as_likely, NEAR_MISS / 20),
        };
        Some(expected(rivals)? <= limit)
    };
    let (_, meant) = pairs.iter().enumerate().find(|it| close(it) == Some(true))?;
    // What agrees somewhere agrees by chance, if enough was tried.
    let chance = chance(stated)?;
    let defends = |(n, pair): (usize, &Pair)| {
        let seldom = i128::try_from(n + 1).is_ok_and(|rank| chance * rank <= DEFENDS);
        (seldom && pair.unlikely <= meant.unlikely + 6 || pair.unlikely <= meant.unlikely + 1) && agrees(pair)
    };
    if pairs.iter().enumerate().any(defends) {
        return None;
    }
    meant.relation(stated, ask).filter(|it| it.finding == Finding::Inconsistent)
}

/// How often a value that has nothing to do with it would lie as near to the printed one, or differ from it as slips do, in
/// ten-thousandths. Rates lie close together near the hundred: thirty points are all there is.
fn miss(stated: &Claim, ask: Ask, gives: Exact) -> Option<i128> {
    let apart = distance(gives, stated.value?)?;
    let of_value = apart.over(stated.value?)?.times(Exact::int(5000)?)?;
    let of_points = apart.over(Exact::int(30)?)?.times(Exact::int(10_000)?)?;
    let share = if ask == Ask::Share { of_value.max(of_points) } else { of_value };
    let nearness = share.num().div_euclid(share.den());
    // What lies between two may have more taken off than is told.
    let slip = by_slip(stated, gives).filter(|_| matches!(ask, Ask::Share | Ask::Mean));
    Some(slip.map_or(nearness, |seldom| nearness.min(seldom)))
}

/// 97.96 for 96.96, 93.32 for 92.33: how often a number of so many digits is a slip of another; nothing where it is none.
fn by_slip(stated: &Claim, gives: Exact) -> Option<i128> {
    let (a, b) = (stated.value?.over(stated.step)?, Exact::from_decimal(gives.over(stated.step)?.round(0)?)?);
    // 12.0 for 21.0: noughts at the end are no digits of their own.
    let tenth = |value: Exact| value.over(Exact::int(10)?)?.as_int();
    let (a, b) = match (tenth(a), tenth(b)) {
        (Some(x), Some(y)) => (Exact::int(x)?, Exact::int(y)?),
        _ => (a, b),
    };
    let slip = is_mistyped(a, b);
    match a.as_int()? {
        100..1_000 => Some(350),
        1_000..10_000 => Some(50),
        10_000.. => Some(10),
        _ => None,
    }
    .filter(|_| slip)
}

/// All pairs the printed value may be made of, the likeliest first.
fn pairs<'a>(doc: &'a Document, known: &Known, stated: &Claim, ask: Ask) -> Vec<Pair<'a>> {
    let at = doc.claims.partition_point(|c| c.span.start < stated.span.start);
    let around = &doc.claims[at.saturating_sub(BEFORE)..(at + 1 + BEHIND).min(doc.claims.len())];
    let plain = |c: &&Claim| {
        c.id != stated.id
            && c.bound == Bound::Exact
            && c.numeral != Numeral::None
            && c.each.is_none()
            && c.value > Some(Exact::ZERO)
    };
    let here: Vec<&Claim> = around.iter().filter(plain).collect();
    let name = Name::of(stated);
    // What stands in a table may be meant where it agrees.
    let cell = |it: (i32, bool, &'a Claim)| match it.2.site.cell {
        Some(_) => (it.0 + 2 - name.shared(it.2), false, it.2),
        None => it,
    };
    let mut tops: Vec<(i32, bool, &Claim)> =
        here.iter().filter_map(|c| weigh_top(stated, ask, &name, c, &here, known)).map(cell).collect();
    let mut bottoms: Vec<(i32, bool, &Claim)> =
        here.iter().filter_map(|c| weigh_bottom(doc, stated, ask, &name, c, known)).map(cell).collect();
    tops.sort_by_key(|it| it.0);
    bottoms.sort_by_key(|it| it.0);
    let mut pairs = Vec::new();
    for (a, a_bound, top) in tops.into_iter().take(TOPS) {
        for (b, b_bound, bottom) in bottoms.iter().take(BOTTOMS) {
            if let Some(own) = together(stated, ask, top, bottom) {
                pairs.push(Pair {
                    top,
                    bottom,
                    unlikely: a + b + own,
                    bound: a_bound && *b_bound && own <= 2,
                    partly: a_bound && bottom.site.cell.is_none() && own <= 2,
                    firm: firm(stated, ask, top, bottom),
                });
            }
        }
    }
    pairs.sort_by_key(|pair| pair.unlikely);
    pairs
}

/// 生均38册, of all pupils; 应开展12次，实际开展11次，完成率: words that leave hardly a doubt.
fn firm(stated: &Claim, ask: Ask, top: &Claim, bottom: &Claim) -> bool {
    let same = top.site.sentence == stated.site.sentence;
    match ask {
        Ask::Mean => {
            same && ["生均", "师均"].iter().any(|word| stated.site.before.contains(word)) && says(bottom, STOCK)
        }
        Ask::Share => {
            let due = bottom.site.before.contains('应') || bottom.site.before.contains("计划");
            let done = ["实际", "实", "完成"].iter().any(|word| top.site.before.contains(word));
            same && bottom.site.sentence == stated.site.sentence && due && done && !says_share(stated)
        }
        _ => false,
    }
}

/// What the printed value is called: the words that lead to it, in pairs of characters.
struct Name {
    pairs: HashSet<[char; 2]>,
    whole: String,
}

impl Name {
    fn of(stated: &Claim) -> Name {
        let mut lead: Vec<char> = stated.site.before.chars().collect();
        // 一是指导教师中校外专家偏少，仅占20.3%: what has the share is named in the clause before.
        let own = stated.site.before.trim_start_matches(['，', '仅', '只', '占', '比', '约', '达', '不', '足', '近']);
        if own.chars().count() < 2 && stated.site.before.contains('占') {
            let at = stated.site.start - stated.site.sentence_start;
            lead = stated.site.sentence_text.chars().take(at).collect();
            let number = lead.iter().rposition(|c| c.is_ascii_digit()).map_or(0, |at| at + 1);
            lead.drain(..number);
        }
        let from = lead.len().saturating_sub(14);
        let subject: Vec<char> = stated.subject.chars().collect();
        let pairs = lead[from..].windows(2).chain(subject.windows(2)).map(|w| [w[0], w[1]]).collect();
        let mut whole = name_of_whole(stated).to_string();
        // 实考者中一次合格12830人，一次合格率92.1%: of whom is spoken.
        if whole.is_empty()
            && let Some((head, _)) = stated.site.sentence_text.split_once('中')
        {
            let head = ["一是", "二是", "三是", "四是"].iter().find_map(|word| head.strip_prefix(word)).unwrap_or(head);
            let head = head.trim_start_matches(['在', '，']).trim_end_matches(['者', '的', '当', '人', '其']);
            let plain = (2..=5).contains(&head.chars().count()) && !head.contains(|c: char| !c.is_alphabetic());
            whole = if plain { head.to_string() } else { whole };
        }
        Name { pairs, whole }
    }

    /// How many pairs of characters the words of a number share with it.
    fn shared(&self, claim: &Claim) -> i32 {
        let words: Vec<char> = around::words_of(claim).chars().collect();
        let common: HashSet<[char; 2]> =
            words.windows(2).map(|w| [w[0], w[1]]).filter(|w| self.pairs.contains(w)).collect();
        i32::try_from(common.len()).unwrap_or(9).min(3)
    }
}

/// How far off a number stands, in steps one reads over.
fn place(claim: &Claim, stated: &Claim) -> i32 {
    let (own, site) = (&claim.site, &stated.site);
    let steps = |a: usize, b: usize, most: usize| i32::try_from(a.abs_diff(b).min(most)).unwrap_or(0);
    let behind = own.start > site.start;
    let far = if own.sentence == site.sentence {
        steps(own.clause, site.clause, 4)
    } else if own.chain == site.chain {
        3 + steps(own.sentence, site.sentence, 3)
    } else if own.paragraph == site.paragraph {
        3 + steps(own.chain, site.chain, 4)
    } else {
        6 + 2 * steps(own.paragraph, site.paragraph, 4)
    };
    if behind && own.sentence != site.sentence { far + 8 } else { far + 3 * i32::from(behind) }
}

/// 占25%, 女生占25%: a share without a name is of the number before it; one with a name is of what is called so.
fn of_last(stated: &Claim, name: &Name, top: &Claim) -> bool {
    let lead = stated.site.before.trim_start_matches(['，', '、', '；', '（', '）', '约', '的']);
    let own = lead.find('占').is_none_or(|at| lead[..at].chars().count() < 2);
    own || name.shared(top) >= 2
}

/// 应开展12次，实际开展11次: events are counted where they were planned.
fn planned(claim: &Claim) -> bool {
    claim.kind.counts() && any_in(&claim.site.before, &["应", "计划", "实际", "完成", "已"])
}

fn amount(claim: &Claim) -> bool {
    claim.kind.counts() || adds_up(claim)
}

fn weigh_top<'a>(
    stated: &Claim,
    ask: Ask,
    name: &Name,
    top: &'a Claim,
    here: &[&Claim],
    known: &Known,
) -> Option<(i32, bool, &'a Claim)> {
    // What is called by the very words is looked for farther off.
    let called = name.shared(top) >= 3;
    let far = place(top, stated);
    let mut unlikely = if called { far.min(NAMED_FAR) } else { far } - 2 * name.shared(top);
    if is_old(top) || is_base(top) {
        unlikely += 6;
    }
    let same_sentence = top.site.sentence == stated.site.sentence;
    let before = top.site.start < stated.site.start;
    let close = same_sentence && top.site.clause.abs_diff(stated.site.clause) <= 1;
    match ask {
        Ask::Share => {
            if !(may_count(top) || planned(top) || top.kind == Kind::Money || adds_up(top) || top.kind == Kind::Hours)
                || per_head(top)
            {
                return None;
            }
            let nearest = here.iter().rev().find(|c| c.site.start < stated.site.start && amount(c) && !is_base(c));
            let next = nearest.is_some_and(|c| c.id == top.id);
            let reached = result_of(stated).is_some_and(|result| result.reached_by(top));
            let reached = reached
                || next && planned(top) && ["完成率", "执行率", "开展率", "到位率"].contains(&stated.subject.as_str());
            let bound = if says_share(stated) {
                next && close && before && of_last(stated, name, top)
            } else {
                reached && same_sentence
            };
            unlikely -= 2 * i32::from(next) + 3 * i32::from(reached);
            Some((unlikely, bound, top))
        }
        Ask::Mean => {
            let like = top.unit == stated.unit || alike(top, stated) || means::of_times(top, stated);
            // 已办两期，每期50人，结业97人: who came through is not who came.
            let through = !before && (any_in(&top.site.before, ACHIEVED) || top.site.before.contains("结业"));
            // 每周28课时，其中实训600课时: nor is a part of it all.
            let through = through || !before && top.site.before.contains("其中");
            let fits = like && top.value > stated.value && !per_one(top) && top.kind != Kind::Change && !through;
            // 1284名选手…。平均每个赛项35.7名选手: what is shared out has its noun behind it.
            let noun: String = stated.site.after.chars().take(2).collect();
            if noun.chars().count() == 2 && top.site.after.starts_with(&noun) {
                unlikely = unlikely.min(NAMED_FAR) - 2;
            }
            // 国家级23人次、校本1460人次，共1600人次，人均…: of the total, not of its last part.
            let part = here.iter().any(|c| {
                c.site.start > top.site.start
                    && c.site.start < stated.site.start
                    && alike(c, top)
                    && closing(c).is_some()
            });
            // 实际支出72000元…。12个班，每班6000元；学员480人，人均160元: what was shared out before is shared out once more.
            let out = before && known.shared_out.contains(&top.id) && top.site.paragraph == stated.site.paragraph;
            unlikely += 4 * i32::from(part) - 3 * i32::from(out);
            fits.then_some((
                unlikely,
                !part && (out || same_sentence && top.site.clause + 2 >= stated.site.clause),
                top,
            ))
        }
        Ask::Apart => {
            let bound = same_sentence && before && top.site.clause + 3 >= stated.site.clause;
            (amount(top) || top.kind == Kind::Quantity).then_some((unlikely, bound, top))
        }
        Ask::Rise => (amount(top) || top.kind == Kind::Change || top.kind == Kind::Quantity).then_some((
            unlikely,
            close && before,
            top,
        )),
    }
}

fn weigh_bottom<'a>(
    doc: &Document,
    stated: &Claim,
    ask: Ask,
    name: &Name,
    bottom: &'a Claim,
    known: &Known,
) -> Option<(i32, bool, &'a Claim)> {
    let mut unlikely = place(bottom, stated);
    let same_sentence = bottom.site.sentence == stated.site.sentence;
    let whole = says(bottom, WHOLE) || says(bottom, STOCK);
    match ask {
        Ask::Share => {
            if !(amount(bottom)) || per_head(bottom) {
                return None;
            }
            let named = !name.whole.is_empty() && around::words_of(bottom).contains(&name.whole);
            if named {
                unlikely = unlikely.min(NAMED_FAR);
            }
            if !name.whole.is_empty() {
                unlikely += if named { -4 } else { 3 };
            }
            unlikely -= 2 * i32::from(whole);
            unlikely += 6 * i32::from(is_old(bottom)) + 6 * i32::from(!same_people(stated, bottom));
            unlikely -= 4 * i32::from(is_base(bottom));
            let near = same_sentence || bottom.site.paragraph == stated.site.paragraph && whole;
            let shared = doc
                .next(bottom)
                .is_some_and(|c| c.kind == Kind::Rate && says_share(c) && c.site.sentence == bottom.site.sentence);
            let sibling = known.whole_of_sibling(doc, bottom, stated);
            let part = (shared || known.parts.contains(&bottom.id)) && sibling == 0;
            unlikely += 3 * i32::from(part && !named) - 3 * sibling;
            // 毕业生500人，就业率96%，本地就业380人，占79.2%: of those, perhaps, whom the rate has just told of without their number.
            let of_rate = says_share(stated)
                && doc.around(stated).iter().any(|c| {
                    c.kind == Kind::Rate
                        && c.site.chain == stated.site.chain
                        && c.site.start > bottom.site.start
                        && c.site.start < stated.site.start
                        && !says_share(c)
                        && !known.answered.contains(&c.id)
                });
            let near = near && name.whole.is_empty() && !part && !of_rate;
            Some((unlikely, named || sibling == 2 || near, bottom))
        }
        Ask::Mean => {
            let named = means::named_by(stated, bottom)
                || means::over_people(stated) && crate::units::counts_people(&bottom.unit);
            let whose: &[&str] = match () {
                () if stated.site.before.contains("生均") => &["学生", "在校生", "在籍生", "学员"],
                () if stated.site.before.contains("师均") => &["教师", "老师"],
                () => &[],
            };
            let named = named && (whose.is_empty() || any_in(&around::words_of(bottom), whose));
            let every = stated.site.before.rsplit_once('每').map_or("", |(_, every)| every);
            let close = place(bottom, stated) <= 4;
            // 全年开馆286天…。日均入馆471人次: the days are counted once.
            let days = || {
                let days = doc.around(stated).iter().filter(|c| c.kind == Kind::Duration && c.unit == bottom.unit);
                days.filter(|c| c.value >= Exact::int(20)).count() == 1 && bottom.unit == "天"
            };
            let once = named && bottom.kind == Kind::Duration && days();
            if once {
                unlikely = unlikely.min(NAMED_FAR);
            }
            // 专业课教师320人…。专业课教师下企业合计9600天，人均30天: the sentence names whose mean it is.
            let label = cues::item(bottom);
            let own = named && means::over_people(stated) && label.chars().count() >= 4;
            let own = own && stated.site.sentence_text.starts_with(&label) && !is_old(bottom);
            if own {
                unlikely = unlikely.min(NAMED_FAR) - 4;
            }
            let named = named && (close || !whose.is_empty() || whole || once || own);
            let unit = !bottom.unit.is_empty() && every.starts_with(&bottom.unit);
            let named = named || unit && close;
            if !matches!(bottom.kind, Kind::Count | Kind::PersonTimes | Kind::Quantity | Kind::Duration) {
                return None;
            }
            // 平均每名选手: the measure word and the noun are both said.
            let noun: String = every.trim_start_matches(bottom.unit.as_str()).chars().take(2).collect();
            let both = noun.chars().count() == 2 && around::words_of(bottom).contains(&noun);
            if both && unit {
                unlikely = unlikely.min(NAMED_FAR);
            }
            unlikely += if named { -3 } else { 5 - 4 * i32::from(unit) } - 3 * i32::from(both);
            unlikely -= i32::from(whole) + name.shared(bottom);
            Some((unlikely, named, bottom))
        }
        Ask::Apart => {
            let bound = same_sentence && bottom.site.clause + 3 >= stated.site.clause;
            (amount(bottom) || bottom.kind == Kind::Quantity).then_some((
                unlikely - 2 * i32::from(is_old(bottom)),
                bound,
                bottom,
            ))
        }
        Ask::Rise => {
            let old = is_old(bottom) || bottom.kind == Kind::Change;
            unlikely -= 3 * i32::from(old);
            (amount(bottom) || bottom.kind == Kind::Change || bottom.kind == Kind::Quantity).then_some((
                unlikely,
                old && same_sentence,
                bottom,
            ))
        }
    }
}

/// Whether two numbers can be what a printed value is made of, and how unlikely they are as a pair.
fn together(stated: &Claim, ask: Ask, top: &Claim, bottom: &Claim) -> Option<i32> {
    if top.id == bottom.id {
        return None;
    }
    match ask {
        Ask::Share => {
            let like = alike(top, bottom) && (top.kind == Kind::Money) == (bottom.kind == Kind::Money);
            let over = stated.value > Exact::int(100);
            let order = if over { top.value >= bottom.value } else { top.value <= bottom.value };
            // 完成率106%: more than all there is only of a plan.
            let planned = !over
                || ["计划", "目标", "任务", "完成", "预算"].iter().any(|word| stated.site.clause_text.contains(word));
            // 床位5520张，入住5134人，使用率93.0%: who uses and what is used, where the rate has a name.
            let used = !says_share(stated)
                && ["使用率", "入住率", "利用率", "上座率", "回收率"]
                    .contains(&stated.subject.trim_start_matches("床位"));
            let like = like || used && may_count(top) && may_count(bottom);
            (like && order && planned)
                .then(|| 2 * i32::from(top.unit != bottom.unit) + i32::from(bottom.site.start > top.site.start))
        }
        Ask::Mean => (!alike(top, bottom) || means::over_people(stated)).then_some(0),
        Ask::Apart => {
            let like = alike(top, bottom) && top.unit == bottom.unit && alike(top, stated) && top.unit == stated.unit;
            let order = top.value > bottom.value && top.value > stated.value && per_head(top) == per_head(bottom);
            // An earlier and a later value, or two that nothing but the words of a difference follow.
            let turned = is_old(top) != is_old(bottom);
            let inside = bottom.site.clause == stated.site.clause;
            (like && order).then_some(if turned || inside { 0 } else { 3 })
        }
        Ask::Rise => {
            let like = top.unit == bottom.unit && alike(top, bottom);
            let both = top.kind == Kind::Change && bottom.kind == Kind::Change;
            let changes = top.kind == Kind::Change || bottom.kind == Kind::Change;
            let order = changes || (top.value > bottom.value) != stated.falls;
            (like && order && !both).then(|| 4 * i32::from(is_old(top)))
        }
    }
}
