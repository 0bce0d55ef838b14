//! Totals and the parts that must make them exactly: 共39项, 总数, 39项：…, 由…组成, 其余.

use super::addition::{held_within, near, sum};
use super::openers;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips::{carried, is_slip};
use crate::relate::means::apiece;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{said_after, said_before, shared, text_between};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, Closing};
use crate::relate::wording::division::crosses;
use crate::words::{LEAVING, MEANS_OVER_TIME, any_in};

/// The totals of one sentence; `here` are its countable claims in order.
pub(super) fn totals(here: &[&Claim], all: &mut Vec<Relation>) {
    let before = all.len();
    for (n, total) in here.iter().copied().enumerate() {
        if n > 0
            && let Some(closing) = cues::closing(total)
        {
            let it = closing_sum(total, &here[..n], closing);
            all.extend(it.filter(|it| !has_more_before(it, here)));
        }
    }
    rest(here, all);
    if all.len() == before {
        openers::opening(here, all);
    }
}

/// 拿下省级金奖，另有3个项目获银奖、2个获铜奖，获奖项目合计6个: what the list goes on from is not told in numbers.
fn has_more_before(it: &Relation, here: &[&Claim]) -> bool {
    let first = it
        .members
        .iter()
        .filter(|(role, _)| *role == Role::Part)
        .filter_map(|(_, id)| here.iter().find(|c| c.id == *id));
    let led = |c: &&Claim| ["另有", "另获", "还有", "此外", "另外"].iter().any(|word| cues::item(c).starts_with(word));
    it.finding == Finding::Inconsistent
        && it.computed < it.stated
        && first.min_by_key(|c| c.site.start).is_some_and(led)
}

/// What may become of those who leave.
const RESULTS: &[&str] = &["升学", "就业", "创业", "参军", "入伍", "出国", "留学", "签约", "深造"];

/// 毕业生876人，已就业853人，未就业23人: what is done and what is not make the whole. Counts that miss it by more than a
/// twentieth are of something else.
pub(super) fn undone(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, left) in here.iter().enumerate() {
        let lead = left.site.before.trim_start_matches(['，', '、', '（', '；']);
        // 抽查60个班级，手机入袋51个，仍有9个未落实: of the two right before it.
        let still = ["仍有", "尚有", "还有", "仍剩"].contains(&lead);
        if let ([.., whole, done], true) = (&here[..n], still && left.site.after.contains(['未', '没'])) {
            let row = whole.site.clause + 1 == done.site.clause && done.site.clause + 1 == left.site.clause;
            let plain = [whole, done].iter().all(|c| alike(c, left) && c.unit == left.unit && !cues::is_old(c));
            if row && plain && done.value < whole.value && near(whole, &[done, left], 4) {
                all.extend(held_within(RelationKind::Sum, whole, &[done, left]));
            }
            continue;
        }
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
            continue;
        }
        // 600名结业学员，就业522名；创业48名；未就业32名: what was reached in other ways stands between.
        let between: Vec<&Claim> =
            here[at..=n].iter().copied().filter(|c| alike(c, left) && !cues::is_old(c) && !cues::per_head(c)).collect();
        let results = between.iter().all(|c| {
            let own = format!("{}{}", c.site.before, c.subject);
            c.id == left.id || RESULTS.iter().any(|word| own.contains(word))
        });
        if between.len() >= 3 && results && near(whole, &between, 20) {
            all.extend(held_within(RelationKind::Sum, whole, &between));
        }
    }
}

/// 一等奖12名、二等奖24名，共36名: the row right before the total. Which numbers the row begins with is not said; if
/// any row makes the total, that one is meant.
fn closing_sum(total: &Claim, earlier: &[&Claim], closing: Closing) -> Option<Relation> {
    // …，全校去年毕业生总数747人: of another time than the list.
    if cues::is_old(total) && !cues::tells_of_then(total) && earlier.last().is_none_or(|last| !cues::is_old(last)) {
        return None;
    }
    // 非常满意1368份、满意864份、一般144份…，满意以上合计2232份: all of the list down to what is named.
    if let Some(name) = cues::down_to(total) {
        let at = earlier.iter().rposition(|c| alike(c, total) && cues::label(c) == name)?;
        let list = cues::list_up_to(earlier[at], &earlier[..=at]);
        let list: Vec<&Claim> = list.into_iter().rev().collect();
        return held_within(RelationKind::Sum, total, &list).filter(|_| list.len() >= 2 && near(total, &list, 2));
    }
    let names = cues::named_parts(total);
    let called: Vec<&Claim> = names
        .iter()
        .filter_map(|name| earlier.iter().rev().copied().find(|c| alike(c, total) && cues::label(c) == *name))
        .collect();
    if called.len() >= 2 && called.len() == names.len() {
        return held_within(RelationKind::Sum, total, &called).filter(|_| near(total, &called, 2));
    }
    if let Some(many) = cues::first_parts(total) {
        let last = earlier.last()?;
        let list: Vec<&Claim> =
            earlier.iter().copied().filter(|c| alike(c, total) && c.site.sentence == last.site.sentence).collect();
        let mut sums = list.windows(many).filter_map(|row| held_within(RelationKind::Sum, total, row)).take(2);
        return sums.find(|it| it.finding == Finding::Consistent).filter(|_| many >= 2);
    }
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
    // 机电系（128人）、汽修系（96人）、商贸系（145人）…，共计369人: each in brackets of its own.
    let like = || earlier.iter().filter(|c| alike(c, total));
    let bracketed = like().count() >= 3 && like().all(|c| cues::in_brackets(c) && c.site.before.ends_with('（'));
    let row: Vec<&Claim> = earlier
        .iter()
        .copied()
        .rev()
        // 一期1200万元，二期850万元: the phase is no count.
        .filter(|c| !glued(c, earlier))
        .take_while(|c| alike(c, total) && c.numeral != Numeral::None)
        // 转专业46人（其中转入机电28人），休学33人，合计79人: what stands in brackets is of the count before them.
        .filter(|c| !cues::is_old(c) || cues::tells_of_then(total))
        .filter(|c| bracketed || cues::in_brackets(c) == cues::in_brackets(total))
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
    // 在3个社区各设服务站2个，共6个: what each has is multiplied, not added.
    // 每班配1名班主任，共118名: so is what there is for each.
    if row.iter().any(|part| {
        apiece::each_given(part) || cues::item(part).starts_with('每') && cues::item(part).ends_with(['配', '设', '派'])
    }) {
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
    // 从2021年的1.8万小时、2022年的2.4万小时，增加到2024年的4.1万小时，累计…: earlier values may be parts too.
    let with_old: Vec<&Claim> = earlier.iter().copied().filter(|c| alike(c, total) && c.unit == total.unit).collect();
    let holds = held_within(RelationKind::Sum, total, &with_old).filter(|_| with_old.len() > row.len());
    if let Some(holds) = holds.filter(|it| it.finding == Finding::Consistent) {
        return Some(holds);
    }
    // 院校14所、企业63家、科研院所5家，共计82家: a list that begins in another word for its kind.
    let mut list: Vec<&Claim> = Vec::new();
    for claim in earlier.iter().rev().copied() {
        if list.last().is_some_and(|next| !cues::listed_next(claim, next)) || claim.kind != total.kind {
            break;
        }
        list.push(claim);
    }
    list.reverse();
    if list.len() > row.len() && list.iter().any(|c| c.unit != total.unit) && claim_bound(&list) {
        let whole_list = held_within(RelationKind::Sum, total, &list)?;
        return Some(whole_list).filter(|it| it.finding == Finding::Consistent);
    }
    // 高中培训3250人、技术培训6.4万人次、…，合计31.3万人次: those in the unit of the total.
    let in_unit: Vec<&Claim> = row.iter().copied().filter(|c| c.unit == total.unit).collect();
    let holds = held_within(RelationKind::Sum, total, &in_unit).filter(|_| (2..row.len()).contains(&in_unit.len()));
    if let Some(holds) = holds.filter(|it| it.finding == Finding::Consistent) {
        return Some(holds);
    }
    // 合格214份，其余尚在评阅，共提交751份: something is left out of the list.
    let last = row.last()?;
    if any_in(text_between(last, total), &["其余", "另有", "此外", "另外", "还有", "其他"]) {
        return None;
    }
    // None holds: the longest row of one clause, or of one list, was meant.
    let last = row[row.len() - 1].site.clause;
    let clause = row.iter().position(|c| c.site.clause == last).filter(|&from| row.len() - from >= 2);
    let from = clause.filter(|&from| near(total, &row[from..], 2)).unwrap_or(0);
    let parts = &row[from..];
    let largest = parts.iter().all(|part| part.value <= total.value);
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    // 财政拨款6240万元，事业收入1865万元，总收入8432万元: what is not told may be missing, where it is no slip.
    let sum = sum(parts)?;
    let steps = |value: Exact| value.over(total.step);
    let slip = total.value.and_then(|value| {
        let (a, b) = (steps(sum)?, steps(value)?);
        Some(is_slip(a, b) || carried(a, b))
    });
    let less = total.value > Some(sum) && slip != Some(true) && parts.len() < 3;
    if less && closing == Closing::Named("总") {
        return None;
    }
    let meant = match closing {
        Closing::Bare => near(total, parts, 2),
        Closing::Named(word) => {
            let named = words(total).replace(word, "");
            let same = parts.iter().any(|part| shared(&named, &words(part)) >= 2)
                || shared(&named, &parts[0].site.clause_text) >= 2 && word != "累计";
            largest && (same && near(total, parts, 2) || near(total, parts, 10))
        }
    };
    // 2022年4720万元，2023年5210万元，2024年再增12.5%，三年累计1.58亿元: not all of the years are told here.
    let meant = meant && cues::years_told(total).is_none_or(|years| years == parts.len());
    let mut it = held_within(RelationKind::Sum, total, parts)?;
    it.primary = meant && !crosses(parts);
    Some(it)
}

/// Are all of them printed as they are?
pub(super) fn claim_bound(claims: &[&Claim]) -> bool {
    claims.iter().all(|c| c.bound == Bound::Exact && c.each.is_none())
}

/// Does another number begin right where this one ends?
fn glued(claim: &Claim, others: &[&Claim]) -> bool {
    claim.numeral == Numeral::Chinese && others.iter().any(|other| other.site.start == claim.site.end)
}

/// 日均就餐8600人（一食堂3200人、二食堂2600人、…）: what a bracket right behind a daily or yearly mean lists makes the mean.
pub(super) fn parts_of_means(doc: &Document, all: &mut Vec<Relation>) {
    let over_time = |c: &&Claim| {
        c.kind == Kind::Quantity
            && c.bound == Bound::Exact
            && MEANS_OVER_TIME.iter().any(|(word, _)| c.site.before.contains(word))
    };
    for mean in doc.claims.iter().filter(over_time) {
        let behind = said_after(mean);
        if !behind.starts_with('（') {
            continue;
        }
        let end = behind.find('）').unwrap_or_default();
        let here = |c: &&Claim| c.site.sentence == mean.site.sentence && c.site.start > mean.site.start;
        let inside = doc.around(mean).iter().filter(here).filter(|c| text_between(mean, c).len() < end);
        let parts: Vec<&Claim> = inside.collect();
        let like = parts.len() >= 3 && parts.iter().all(|c| c.unit == mean.unit && c.numeral != Numeral::None);
        if like && near(mean, &parts, 4) {
            all.extend(held_within(RelationKind::Sum, mean, &parts));
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
        // 其中7名各带2人，其余24名各带1人: what each of them has is no part.
        let row: Vec<&Claim> = row.into_iter().filter(|c| !apiece::each_has(c)).collect();
        // 收2400元，人均50元，花1680元，剩720元: a mean is no part.
        let row: Vec<&Claim> =
            row.iter().enumerate().filter(|(n, c)| *n == 0 || !cues::per_head(c)).map(|it| *it.1).collect();
        let Some((whole, parts)) = row.split_first() else { continue };
        if parts.iter().any(|part| part.value > whole.value) || parts.is_empty() {
            continue;
        }
        // 从对象看，企业职工2145人次，退役军人386人次，…，其他519人次: all of them divide another whole.
        let head = said_before(whole);
        if ["看，", "看：", "分，", "分：", "分布", "构成"].iter().any(|word| head.contains(word)) {
            continue;
        }
        // 财物丢失17起、纠纷9起、交通7起、其他5起: one of the list is no whole of the others.
        if [parts[0], rest].iter().all(|part| part.site.clause == whole.site.clause) {
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
