//! Growth: does a printed rise or decline follow from old and new value, and which whole base would allow it?

use super::then_and_now::{by_so_many, is_now, meant, old_and_new, said_behind, shares_beside, values_beside};
use super::{differences, grown, since};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, prints, shown, shown_as, whole_number};
use crate::relate::digits::solve::{Printed, bases, numerators};
use crate::relate::relations::{Finding, Near, Relation, RelationKind, Role, Slip, Working, relation};
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::{shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, is_old};
use crate::words::any_in;

/// 获国家级18项、省级126项，分别增长80%和75%，上年分别为10项、72项: each rise is of the pair in its place.
fn row_with_olds(doc: &Document, rate: &Claim) -> Option<Relation> {
    let here = || doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain);
    let rates: Vec<&Claim> =
        here().filter(|c| c.kind == Kind::ChangeRate && c.site.clause == rate.site.clause).collect();
    let place = rates.iter().position(|c| c.id == rate.id)?;
    let last = rates.last().filter(|_| rates.len() >= 2 && rate.site.clause_text.contains("分别"))?;
    let olds = here().filter(|c| c.site.clause == last.site.clause + 1 && c.kind.counts() && c.bound == Bound::Exact);
    let olds: Vec<&Claim> = olds.collect();
    let old = olds.get(place).filter(|_| olds.len() == rates.len())?;
    let earlier = rate.site.clause_text.contains(['较', '比']) || is_old(olds[0]);
    let news =
        here().filter(|c| c.site.start < rates[0].site.start && c.unit == old.unit && !is_old(c) && c.kind == old.kind);
    // Of several in that unit the one in the same place of its own row.
    let news: Vec<&Claim> = news.collect();
    let same = olds.iter().filter(|c| c.unit == old.unit).count();
    let nth = olds[..place].iter().filter(|c| c.unit == old.unit).count();
    let new =
        if same == 1 { news.first() } else { news.len().checked_sub(same).and_then(|from| news.get(from + nth)) }?;
    from_old(rate, old, new).filter(|_| earlier)
}

pub(super) fn growth(doc: &Document, all: &mut Vec<Relation>) {
    for rate in doc.claims.iter().filter(|claim| claim.kind == Kind::ChangeRate) {
        if any_in(&rate.site.before, &["年均", "年平均", "平均每年", "复合"]) {
            continue;
        }
        let of_row = || row_with_olds(doc, rate).or_else(|| of_share(doc, rate)).or_else(|| of_share_told(doc, rate));
        all.extend(match (of_row(), share_before(doc, rate)) {
            (Some(it), _) => Some(it),
            // “双师型”教师262人，占比79.9%，比年初提高3.5%: what stands right before is a share, and no count grew.
            (None, Some(share)) => old_share_behind(doc, rate).and_then(|old| of_two_shares(rate, old, share)),
            (None, None) => of_values(doc, rate),
        });
    }
    all.retain(|it| !of_another(doc, it));
}

/// The growth of a count, from the values beside it.
fn of_values(doc: &Document, rate: &Claim) -> Option<Relation> {
    let difference = doc.around(rate).iter().rev().find(|c| {
        (c.kind == Kind::Change || by_so_many(c))
            && !cues::with_others(c)
            && c.site.sentence == rate.site.sentence
            && c.site.clause.abs_diff(rate.site.clause) <= 2
    });
    let (old, new) = old_and_new(doc, rate);
    let new = match (old, difference) {
        (None, Some(difference)) => by_its_difference(doc, rate, difference),
        _ => new,
    };
    // 去年为20个，增加4个，增长20%: the new value need not be said.
    let by_difference = old.zip(difference).and_then(|(old, difference)| from_old_by(rate, old, difference));
    let Some(new) = new.or_else(|| said_behind(doc, rate)) else {
        return by_difference.or_else(|| of_same_name(doc, rate, old?)).or_else(|| of_compared(doc, rate, old?));
    };
    let old = old.or_else(|| old_behind_new(doc, new).filter(|_| new.site.start > rate.site.start));
    let reading = |new: &Claim| match (old.filter(|old| alike(old, new)), difference.filter(|d| alike(d, new))) {
        (Some(old), _) => from_old(rate, old, new),
        (None, Some(difference)) => from_difference(rate, new, difference),
        (None, None) => base_missing(rate, new),
    };
    let new = which_new(doc, rate, old, difference, new);
    let said = reading(new);
    // 重点专业14个…；近三年新增5个，增幅55.6%: what came newly grows nothing itself; with the whole it may.
    let refutes = |it: &Relation| it.finding == Finding::Inconsistent;
    let no_base = said.as_ref().is_some_and(|it| it.kind == RelationKind::GrowthBase && refutes(it));
    if no_base && new.site.before.contains("新增") {
        return of_added(doc, rate, new);
    }
    let refuted = said.as_ref().is_some_and(refutes);
    // 处分17人，其中警告9人、记过8人，比上年减少4人，下降19%: the whole may be meant, not its last part.
    let whole = refuted.then(|| before_parts(doc, rate, new)).flatten().and_then(reading);
    // 家电816件、农机具264件、其他200件，比上年的960件增长33.3%: all of the list is meant.
    if let Some(of_list) = old.filter(|_| refuted && whole.is_none()).and_then(|old| of_list(doc, rate, old, new)) {
        return of_list;
    }
    let by_difference = by_difference.filter(|it| said.is_none() || refuted && !refutes(it));
    whole.filter(|it| !refutes(it)).or(by_difference).or(said)
}

/// 增长25%，达到20项，上年15项: the earlier value right behind the later one.
fn old_behind_new<'a>(doc: &'a Document, new: &Claim) -> Option<&'a Claim> {
    const THEN: &[&str] = &[
        "上年",
        "去年",
        "上年同期",
        "去年同期",
        "上届",
        "上一年",
        "上一届",
        "上学年",
        "上学期",
        "前一年",
        "上期",
        "年初",
    ];
    let next = doc.next(new).filter(|c| c.site.sentence == new.site.sentence && is_old(c))?;
    let beside = next.site.clause == new.site.clause + 1 || cues::in_brackets(next) && !cues::in_brackets(new);
    let lead =
        next.site.before.trim_start_matches(['，', '（', '而']).trim_end_matches(['为', '是', '仅', '只', '有', '的']);
    let bare = THEN.contains(&lead) && next.site.after.is_empty();
    let like = alike(next, new) && next.unit == new.unit && cues::counted(next);
    (beside && bare && like).then_some(next)
}

/// What grew by the difference, where no earlier value is told.
fn by_its_difference<'a>(doc: &'a Document, rate: &Claim, difference: &Claim) -> Option<&'a Claim> {
    let values = values_beside(doc, rate);
    let mut news: Vec<&Claim> = values.into_iter().filter(|claim| !is_old(claim)).collect();
    // 覆盖36个村，村均40人次，比上年增加6个: the difference is of what is counted like it.
    if news.iter().any(|claim| alike(claim, difference)) {
        news.retain(|claim| alike(claim, difference));
    }
    // 一等奖数量较去年增加3项，增幅50%: the difference says of what.
    meant(difference, &news, false).or_else(|| meant(rate, &news, true))
}

/// The later value that is meant, where one is named with the earlier, or is what the difference leaves.
fn which_new<'a>(
    doc: &'a Document,
    rate: &Claim,
    old: Option<&Claim>,
    difference: Option<&Claim>,
    new: &'a Claim,
) -> &'a Claim {
    // 查出156件，其中…、其他18件，比去年的187件减少31件，下降16.6%: what the difference leaves is meant.
    let left = || {
        let (old, by) = old.zip(difference)?;
        let now = if by.falls { old.value?.minus(by.value?)? } else { old.value?.plus(by.value?)? };
        values_beside(doc, rate).into_iter().find(|c| c.value == Some(now) && !is_old(c) && alike(c, old))
    };
    // 支出77.45万元，其中…，支出比上年的71.30万元增长8.6%: what is compared has a name.
    left().or_else(|| differences::named_apart(doc, old?, new)).unwrap_or(new)
}

/// The growth of the whole told before by what was added, if it is the one that is printed.
fn of_added(doc: &Document, rate: &Claim, added: &Claim) -> Option<Relation> {
    let earlier = doc.around(rate).iter().rev().filter(|c| {
        c.site.chain == added.site.chain && c.site.start < added.site.start && alike(c, added) && c.value > added.value
    });
    let mut readings = earlier.filter_map(|whole| from_difference(rate, whole, added));
    readings.find(|it| it.finding == Finding::Consistent)
}

/// 借阅8.0万册次，人均借阅增长18.5%; 迟到84人次，早退下降25%: a growth that names something else than the value is not refuted by it.
fn of_another(doc: &Document, it: &Relation) -> bool {
    let growth = it.kind == RelationKind::Growth && it.finding == Finding::Inconsistent;
    let of = |wanted: Role| it.members.iter().find(|(role, _)| *role == wanted).and_then(|(_, id)| doc.claim(id));
    let (Some(rate), Some(new), Some(old), true) = (of(Role::Rate), of(Role::New), of(Role::Old), growth) else {
        return false;
    };
    let name = since::subject(rate);
    let said = format!("{}{}{}{}", new.site.clause_text, new.subject, old.site.clause_text, old.subject);
    let ratio = |text: &str| text.contains(['率', '均', '占']);
    let other = (2..=4).contains(&name.chars().count()) && shared(&name, &said) < 1;
    // 专任教师320人，兼职教师352人，兼职教师增长12%: of the later, whose earlier value is not told.
    let (own, theirs) = (grown::kernel(new), grown::kernel(old));
    let apart =
        own.contains(&name) && !theirs.contains(&name) && name.chars().count() >= 2 && theirs.chars().count() >= 2;
    if apart && !own.contains(&theirs) && !theirs.contains(&own) {
        return true;
    }
    rate.site.clause != new.site.clause && (other || ratio(&name) && !ratio(&said))
}

/// 实际下达108万元…。上年下达96万元，增长12.5%: the later value was said before, under the same name. One that gives the growth
/// is meant; else the only one there is.
fn of_same_name(doc: &Document, rate: &Claim, old: &Claim) -> Option<Relation> {
    let name = cues::name_of_old(old)?;
    let before = doc.around(rate).iter().filter(|c| c.site.start < old.site.start && !is_old(c));
    let called = |c: &&Claim| {
        let own = cues::item(c);
        let lead = own.trim_end_matches(['为', '了', '共', '有', '是']);
        c.kind.counts()
            && alike(c, old)
            && c.unit == old.unit
            && c.site.paragraph == old.site.paragraph
            && lead.ends_with(&name)
    };
    let readings: Vec<Relation> = before.filter(called).filter_map(|new| from_old(rate, old, new)).collect();
    let holds = readings.iter().rfind(|it| it.finding == Finding::Consistent);
    holds.or(if let [only] = &readings[..] { Some(only) } else { None }).cloned()
}

/// 本科上线86人，上线率20.9%；本科上线人数比上年的68人增长26.5%: what is compared is named, and was told right before.
fn of_compared(doc: &Document, rate: &Claim, old: &Claim) -> Option<Relation> {
    let name = differences::name_compared(old)?;
    let name = ["总人数", "人数", "人", "总数", "总量", "总额", "次"]
        .iter()
        .find_map(|word| name.strip_suffix(word))
        .unwrap_or(&name);
    let before = doc.around(rate).iter().rev().filter(|c| c.site.start < old.site.start && !is_old(c));
    let called = |c: &&Claim| {
        c.kind.counts()
            && alike(c, old)
            && c.unit == old.unit
            && c.bound == Bound::Exact
            && c.site.paragraph == old.site.paragraph
            && words_of(c).contains(name)
    };
    let named: Vec<&Claim> = before.filter(called).take(4).filter(|_| name.chars().count() >= 2).collect();
    let mut readings = named.iter().filter_map(|new| from_old(rate, old, new));
    let holds = readings.find(|it| it.finding == Finding::Consistent);
    let only = || from_old(rate, old, named.first().filter(|_| named.len() == 1)?);
    holds.or_else(only)
}

/// The last value before the 其中 behind which a value stands.
fn before_parts<'a>(doc: &'a Document, rate: &Claim, part: &Claim) -> Option<&'a Claim> {
    let at = rate.site.sentence_text.find("其中")?;
    let at = rate.site.sentence_start + rate.site.sentence_text[..at].chars().count();
    let values = values_beside(doc, rate);
    values.into_iter().rev().find(|claim| claim.site.start < at && part.site.start > at && alike(claim, part))
}

/// The growth that all of the list gives which ends with the later value, if it gives what is printed: with the count that is as
/// much, where one is told; else there is nothing to tell.
fn of_list(doc: &Document, rate: &Claim, old: &Claim, last: &Claim) -> Option<Option<Relation>> {
    let counts: Vec<&Claim> = doc.around(last).iter().filter(|c| c.kind == last.kind).collect();
    let list = cues::list_up_to(last, &counts);
    let sum = sum(&list)?;
    let mut whole = last.clone();
    (whole.value, whole.min, whole.max) = (Some(sum), Some(sum), Some(sum));
    let exact = list.len() >= 2 && list.iter().all(|c| c.bound == Bound::Exact && c.unit == last.unit);
    let gives = from_old(rate, old, &whole).is_some_and(|it| it.finding == Finding::Consistent);
    let told = || counts.iter().find(|c| c.value == Some(sum) && c.unit == last.unit && !is_old(c) && c.id != old.id);
    (exact && gives).then(|| told().and_then(|whole| from_old(rate, old, whole)))
}

/// The share, told as such, that stands right before a growth that names nothing of its own.
fn share_before<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let lead = rate.site.before.trim_start_matches('，');
    let bare = ["比", "较", "同比", "提高", "提升", "上升"].iter().any(|word| lead.starts_with(word));
    let before = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start && c.kind != Kind::Date);
    before.filter(|share| {
        let beside = share.site.sentence == rate.site.sentence && share.site.clause + 1 == rate.site.clause;
        let told = any_in(&share.site.before, &["占", "比例", "率"]);
        bare && beside && share.kind == Kind::Rate && !is_old(share) && told
    })
}

/// …比年初提高了3.5%，而年初为76.4%: the earlier share is told right behind.
fn old_share_behind<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const THEN: &[&str] = &["年初", "上年", "去年", "上学年", "上届", "同期"];
    let next = doc.around(rate).iter().find(|c| c.site.start > rate.site.start && c.kind != Kind::Date)?;
    let beside = next.site.sentence == rate.site.sentence && next.site.clause == rate.site.clause + 1;
    let then = THEN.iter().any(|word| next.site.before.contains(word) && rate.site.before.contains(word));
    (beside && then && next.kind == Kind::Rate && next.bound == Bound::Exact).then_some(next)
}

/// 合格率由80%提高到84%，提高5%: a growth of a share. Its difference is in percentage points.
fn of_share(doc: &Document, rate: &Claim) -> Option<Relation> {
    let (old, new) = shares_beside(doc, rate)?;
    of_two_shares(rate, old, new)
}

/// 五年一贯制1180人，占24.9%。…五年一贯制占比由上年的21.6%提高3.3%: the later share was told before, and lies just so many points above.
fn of_share_told(doc: &Document, rate: &Claim) -> Option<Relation> {
    let old = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start)?;
    let risen = ["提高", "提升", "上升", "下降", "降低", "增长"].contains(&rate.site.before.trim_end_matches('了'));
    let beside = old.kind == Kind::Rate && old.site.clause == rate.site.clause && is_old(old) && old.unit == rate.unit;
    if !(risen && beside) {
        return None;
    }
    let now = if rate.falls { old.value?.minus(rate.value?)? } else { old.value?.plus(rate.value?)? };
    let told = |c: &&Claim| {
        c.kind == Kind::Rate && c.value == Some(now) && c.step == old.step && c.site.paragraph == rate.site.paragraph
    };
    let new = doc.around(rate).iter().rev().filter(|c| c.site.start < old.site.start).find(told)?;
    of_two_shares(rate, old, new).filter(|it| it.explained_by == Some(Slip::PointsForPercent))
}

/// A growth of a share, from the earlier to the later.
fn of_two_shares(rate: &Claim, old: &Claim, new: &Claim) -> Option<Relation> {
    let rise = |new: Exact, old: Exact| new.minus(old)?.percent_of(old);
    let half = |claim: &Claim| claim.step.over(Exact::int(2)?);
    let (a, b) = (half(old)?, half(new)?);
    let (mut least, mut most) =
        (rise(new.value?.minus(b)?, old.value?.plus(a)?)?, rise(new.value?.plus(b)?, old.value?.minus(a)?)?);
    if rate.falls {
        (least, most) = (Exact::ZERO.minus(most)?, Exact::ZERO.minus(least)?);
    }
    let exact = rise(new.value?, old.value?)?;
    let gives = if rate.falls { Exact::ZERO.minus(exact)? } else { exact };
    let apart = new.value?.minus(old.value?)?;
    let apart = if apart < Exact::ZERO { Exact::ZERO.minus(apart)? } else { apart };
    // What is exactly the difference was subtracted, even where rounding would let it pass for a growth.
    let points = Some(apart) == rate.value && !prints(rate, gives, gives)?;
    let holds = prints(rate, least, most)? && !points;
    let formula = format!("({}-{})÷{}", shown(new), shown(old), shown(old));
    let members = vec![(Role::Old, old), (Role::New, new), (Role::Rate, rate)];
    let mut it = held(RelationKind::Growth, rate, formula, (gives, gives), holds, members);
    if points {
        it.explained_by = Some(Slip::PointsForPercent);
    }
    Some(it)
}

pub(in crate::relate) fn from_old(rate: &Claim, old: &Claim, new: &Claim) -> Option<Relation> {
    let ((old_low, old_high), (new_low, new_high)) = (interval(old)?, interval(new)?);
    if old_low <= Exact::ZERO {
        return None;
    }
    let rise = |new: Exact, old: Exact| new.minus(old)?.percent_of(old);
    let (mut least, mut most) = (rise(new_low, old_high)?, rise(new_high, old_low)?);
    if rate.falls {
        (least, most) = (Exact::ZERO.minus(most)?, Exact::ZERO.minus(least)?);
    }
    let holds = prints(rate, least, most)?;
    let formula = format!("({}-{})÷{}", shown(new), shown(old), shown(old));
    let mut it = held(
        RelationKind::Growth,
        rate,
        formula,
        (least, most),
        holds,
        vec![(Role::Old, old), (Role::New, new), (Role::Rate, rate)],
    );
    if let (Some(old), Some(new)) = (old.value, new.value) {
        // What the numbers give as they are written, and not at the edge of what they may stand for.
        let gives = rise(new, old).map(|gives| if rate.falls { Exact::ZERO.minus(gives) } else { Some(gives) });
        it.computed = gives.flatten().or(it.computed);
        it.explained_by = slip(rate, old, new).filter(|_| !holds);
    }
    Some(it)
}

/// The usual slips of growth: divided by the new value, or the multiple given for the rise.
fn slip(rate: &Claim, old: Exact, new: Exact) -> Option<Slip> {
    let change = if rate.falls { old.minus(new)? } else { new.minus(old)? };
    let by_new = change.percent_of(new)?;
    if prints(rate, by_new, by_new)? {
        return Some(Slip::DividedByNewValue);
    }
    let multiple = new.percent_of(old)?;
    prints(rate, multiple, multiple)?.then_some(Slip::RatioForGrowth)
}

pub(in crate::relate) fn from_difference(rate: &Claim, new: &Claim, difference: &Claim) -> Option<Relation> {
    let (value, change) = (new.value?, difference.value?);
    let base = if difference.falls { value.plus(change)? } else { value.minus(change)? };
    if base <= Exact::ZERO || new.bound != Bound::Exact || difference.bound != Bound::Exact {
        return None;
    }
    let gives = change.percent_of(base)?;
    let holds = prints(rate, gives, gives)?;
    let formula = format!("{}÷{}", shown(difference), shown_as(new, base, 2));
    let members = vec![(Role::New, new), (Role::Difference, difference), (Role::Rate, rate)];
    let mut it = held(RelationKind::GrowthDiff, rate, formula, (gives, gives), holds, members);
    if !holds {
        it.explained_by = slip(rate, base, value);
    }
    Some(it)
}

/// The rise against the old value, where the sentence gives both and the old one comes first.
pub(in crate::relate) fn from_old_by(rate: &Claim, old: &Claim, difference: &Claim) -> Option<Relation> {
    let exact = old.bound == Bound::Exact && difference.bound == Bound::Exact && rate.falls == difference.falls;
    let net = difference.site.before.contains("净增");
    if is_now(old, difference) {
        return None;
    }
    if !exact || !alike(old, difference) || old.site.start > difference.site.start && !net || old.value? <= Exact::ZERO
    {
        return None;
    }
    let gives = difference.value?.percent_of(old.value?)?;
    let holds = prints(rate, gives, gives)?;
    let formula = format!("{}÷{}", shown(difference), shown(old));
    let members = vec![(Role::Old, old), (Role::Difference, difference), (Role::Rate, rate)];
    Some(held(RelationKind::GrowthDiff, rate, formula, (gives, gives), holds, members))
}

fn held(
    kind: RelationKind,
    rate: &Claim,
    formula: String,
    gives: (Exact, Exact),
    holds: bool,
    members: Vec<(Role, &Claim)>,
) -> Relation {
    let decimals = rate.decimals.max(2);
    let (least, most) = (gives.0.show(decimals), gives.1.show(decimals));
    let range = if least == most { least } else { format!("{least}～{most}") };
    let working = Working {
        code: if holds { "growth-holds" } else { "growth-fails" },
        with: vec![("formula", formula.clone()), ("gives", range.clone()), ("stated", shown(rate))],
        zh: format!("{formula}＝{range}%，文中为{}{}", shown(rate), if holds { "，相符" } else { "，不符" }),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(kind, finding, members, working);
    it.computed = Some(gives.0);
    it.stated = rate.value;
    it
}

pub(super) fn base_missing(rate: &Claim, new: &Claim) -> Option<Relation> {
    let n = whole_number(new).filter(|&n| n > 0 && matches!(new.kind, Kind::Count | Kind::PersonTimes))?;
    let printed =
        Printed::new(rate.value.filter(|_| rate.bound == Bound::Exact)?, rate.decimals).filter(|p| p.digits > 0)?;
    let solutions = bases(n, printed, rate.falls);
    let members = vec![(Role::New, new), (Role::Rate, rate)];
    let stated = shown(rate);
    let sign = if rate.falls { "下降" } else { "增长" };
    let listed = solutions.iter().map(i128::to_string).collect::<Vec<_>>().join("、");
    if !solutions.is_empty() {
        let working = Working {
            code: if rate.falls { "decline-bases" } else { "growth-bases" },
            with: vec![("new", n.to_string()), ("stated", stated.clone()), ("solutions", listed.clone())],
            zh: format!("{n}为{sign}{stated}之后的数：可行的基数为{listed}"),
        };
        let mut it = relation(RelationKind::GrowthBase, Finding::Feasible, members, working);
        it.stated = rate.value;
        it.solutions = Some(solutions);
        return Some(it);
    }
    let hundred = Exact::int(100)?;
    let factor = if rate.falls { hundred.minus(rate.value?)? } else { hundred.plus(rate.value?)? };
    let real = if factor > Exact::ZERO { Exact::int(n * 100)?.over(factor) } else { None };
    let below = real.map_or(n, |real| real.num().div_euclid(real.den()));
    let change = |base: i128| if rate.falls { base - n } else { n - base };
    let nearest: Vec<Near> = [below, below + 1]
        .into_iter()
        .filter(|&base| base > 0 && change(base) >= 0)
        .filter_map(|base| Some(Near { number: base, gives: Exact::int(change(base))?.percent_of(Exact::int(base)?)? }))
        .collect();
    // (new - old) / new prints as the rate: the rise was divided by this year's value.
    let wrong: Vec<i128> =
        numerators(n, printed).into_iter().filter(|&d| d > 0).map(|d| if rate.falls { n + d } else { n - d }).collect();
    let near = nearest
        .iter()
        .map(|near| format!("{}→{n}为{}%", near.number, near.gives.show(2)))
        .collect::<Vec<_>>()
        .join("，");
    let mut zh = format!("没有整数基数使{n}为{sign}{stated}之后的数；{near}");
    if let Some(&old) = wrong.iter().find(|&&old| old > 0) {
        zh.push_str(&format!("；({n}-{old})÷{n}＝{stated}，疑把增量除以新值"));
    }
    let working = Working {
        code: if rate.falls { "decline-no-base" } else { "growth-no-base" },
        with: vec![
            ("new", n.to_string()),
            ("stated", stated),
            ("real-base", real.map_or_else(String::new, |r| r.show(4))),
            ("nearest", near),
            ("wrong-base", wrong.iter().map(i128::to_string).collect::<Vec<_>>().join("、")),
        ],
        zh,
    };
    let mut it = relation(RelationKind::GrowthBase, Finding::Inconsistent, members, working);
    it.stated = rate.value;
    it.solutions = Some(Vec::new());
    it.nearest = nearest;
    it.explained_by = wrong.iter().any(|&old| old > 0).then_some(Slip::DividedByNewValue);
    Some(it)
}
