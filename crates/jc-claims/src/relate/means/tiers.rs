//! What is given by tiers, each with its number and its share: 一档16名、每人3000元，二档70名、每人1500元，支出15.3万元; 周一至周五每天14小时，
//! 周六、周日每天10小时，每周开放90小时.

use std::collections::HashSet;

use super::products::{counts_each, every, more_to_it};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, shown_as};
use crate::relate::digits::slips::{is_mistyped, tenfold};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::any_in;

/// So many numbers behind a row may stand before its total.
const BEHIND: usize = 3;

/// Words that lead to what was given to all tiers together.
const GIVEN: &[&str] = &[
    "共", "总", "合计", "累计", "支出", "支付", "发放", "发出", "拨付", "投入", "拿出", "使用", "需", "花费", "花去",
    "兑现", "兑付", "资金", "奖金",
];

/// One tier: how many there are, and what each has.
type Tier<'a> = (&'a Claim, &'a Claim);

/// Looks for them. What each of one tier has is no share of what all have.
pub(super) fn tiers(doc: &Document, all: &mut Vec<Relation>) {
    let rows = rows(&doc.claims);
    let of_tiers: HashSet<&str> = rows.iter().flatten().map(|(_, each)| each.id.as_str()).collect();
    all.retain(|it| {
        let each = |(role, id): &(Role, String)| *role == Role::Quotient && of_tiers.contains(id.as_str());
        it.kind != RelationKind::Quotient || it.finding == Finding::Consistent || !it.members.iter().any(each)
    });
    let mut found: Vec<Relation> = rows.iter().filter_map(|row| together(doc, row)).collect();
    found.extend(doc.claims.iter().filter_map(|total| of_week(doc, total)));
    all.extend(found);
}

/// What each of one of several tiers has.
pub(super) fn of_one_tier(doc: &Document) -> HashSet<&str> {
    rows(&doc.claims).iter().flatten().map(|(_, each)| each.id.as_str()).collect()
}

/// All rows of two tiers or more.
fn rows(claims: &[Claim]) -> Vec<Vec<Tier<'_>>> {
    let claims: Vec<&Claim> = claims.iter().filter(|c| !names_a_tier(c)).collect();
    let mut rows: Vec<Vec<Tier>> = Vec::new();
    let mut at = 0;
    while at + 3 < claims.len() {
        let row = row(&claims[at..]);
        at += if row.len() >= 2 { row.len() * 2 } else { 1 };
        rows.extend(Some(row).filter(|row| row.len() >= 2));
    }
    rows
}

/// 一等奖, 第二批: the name of a tier and no number of it.
fn names_a_tier(c: &Claim) -> bool {
    matches!(c.kind, Kind::Grade | Kind::Ordinal | Kind::Rank)
}

/// The tiers told one behind the other from the first number on.
fn row<'a>(claims: &[&'a Claim]) -> Vec<Tier<'a>> {
    let mut row: Vec<Tier> = Vec::new();
    for two in claims.chunks_exact(2) {
        let (count, each) = (two[0], two[1]);
        let next = row.last().is_none_or(|(before, share)| {
            let beside = count.site.chain == share.site.chain && count.site.clause <= share.site.clause + 1;
            let said = given(each).chars().take(1).eq(given(share).chars().take(1));
            beside && said && alike(count, before) && each.unit == share.unit && each.kind == share.kind
        });
        if !next || !is_tier(count, each) {
            break;
        }
        row.push((count, each));
    }
    row
}

/// 每人, 各奖: the words by which each of a tier is given something.
fn given(each: &Claim) -> &str {
    each.site.before.trim_start_matches(['，', '、', '（', '按', '的'])
}

/// 一档16名、每人3000元; 一等奖5项，各奖1000元.
fn is_tier(count: &Claim, each: &Claim) -> bool {
    let lead = given(each);
    let given = match lead.chars().next() {
        Some('每') => every(each).len() == 1 && every(each).iter().all(|noun| counts_each(count, noun) || short(noun)),
        Some('各' | '均') => lead.chars().count() <= 6,
        _ => lead.starts_with("人均") && lead.chars().count() <= 6 && counts_people(&count.unit),
    };
    let near = count.site.sentence == each.site.sentence && each.site.clause <= count.site.clause + 1;
    let plain = |c: &Claim| cues::exact(c) && c.value > Some(Exact::ZERO) && !cues::is_old(c);
    given && near && plain(count) && plain(each) && count.kind == Kind::Count && each.unit != count.unit && share(each)
}

/// 每项奖励, 每班: no more than who each is and the verb.
fn short(noun: &str) -> bool {
    noun.chars().count() <= 5
}

fn share(each: &Claim) -> bool {
    matches!(each.kind, Kind::Money | Kind::Count | Kind::Hours | Kind::PersonTimes)
}

/// All tiers together, where a total is told behind them or right before.
fn together(doc: &Document, row: &[Tier]) -> Option<Relation> {
    let ((first, one), (_, last)) = (row.first()?, row.last()?);
    let place = |claim: &Claim| doc.claims.partition_point(|c| c.span.start < claim.span.start);
    let (begins, at) = (place(first), place(last));
    let like = |c: &&Claim| c.unit == one.unit && c.kind == one.kind && cues::for_itself(c);
    let led = |c: &&Claim| any_in(&c.site.before, GIVEN) || cues::closing(c).is_some();
    let near = |c: &&Claim| c.site.chain == last.site.chain && !c.site.before.contains('另');
    let behind = doc.claims[at + 1..].iter().take(BEHIND).filter(near).find(like).filter(led);
    let before = doc.claims[begins.saturating_sub(BEHIND)..begins].iter().rev().filter(near).find(like).filter(led);
    let total = behind.or(before)?;
    let gives = row.iter().try_fold(Exact::ZERO, |sum, (count, each)| sum.plus(count.value?.times(each.value?)?))?;
    let (low, high) = interval(total)?;
    let holds = gives >= low && gives <= high;
    let steps = |value: Exact| Exact::from_decimal(value.over(total.step)?.round(0)?);
    let slip = is_mistyped(steps(gives)?, steps(total.value?)?) || tenfold(gives, total.value?);
    // 共奖励86名，其中一档16名、…，二档70名: no tier is left out.
    let many = row.iter().try_fold(Exact::ZERO, |sum, (count, _)| sum.plus(count.value?))?;
    let around = &doc.claims[begins.saturating_sub(BEHIND)..(at + 1 + BEHIND).min(doc.claims.len())];
    let whole = |c: &&Claim| alike(c, first) && c.value == Some(many) && near(c);
    let complete = around.iter().any(|c| whole(&c));
    let close = gives < total.value?.times(Exact::int(2)?)? && total.value? < gives.times(Exact::int(2)?)?;
    let more = more_to_it(total) || row.iter().any(|(_, each)| more_to_it(each));
    let told = holds || !more && (slip || complete && close);
    let terms: Vec<String> = row.iter().map(|(count, each)| format!("{}×{}", shown(count), shown(each))).collect();
    let members = row.iter().flat_map(|(count, each)| [(Role::Part, *count), (Role::Part, *each)]).collect();
    told.then(|| summed(members, &terms, total, gives, holds))
}

/// Several products that make a whole.
fn summed(parts: Vec<(Role, &Claim)>, terms: &[String], total: &Claim, gives: Exact, holds: bool) -> Relation {
    let terms = format!("({})", terms.join("+"));
    let working = Working {
        code: if holds { "sum-holds" } else { "sum-fails" },
        with: vec![("parts", terms.clone()), ("sum", shown_as(total, gives, 2)), ("whole", shown(total))],
        zh: format!("{terms}＝{}，文中为{}", shown_as(total, gives, 2), shown(total)),
    };
    let members = parts.into_iter().chain([(Role::Whole, total)]).collect();
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Sum, finding, members, working);
    (it.computed, it.stated) = (Some(gives), total.value);
    it
}

/// 周一至周五每天14小时，周六、周日每天10小时，每周开放90小时: as many days as are named.
fn of_week(doc: &Document, total: &Claim) -> Option<Relation> {
    let lead = total.site.before.trim_start_matches(['，', '；', '（', '。']);
    let weekly = any_in(lead, &["每周", "一周", "周开放", "周课时", "周总", "全周"]) && named_days(lead).is_empty();
    let lasts = |c: &Claim| {
        matches!(c.kind, Kind::Hours) || c.kind == Kind::Count && matches!(c.unit.as_str(), "节" | "场" | "次" | "班")
    };
    if !weekly || !lasts(total) || !cues::exact(total) || cues::is_old(total) {
        return None;
    }
    let near = |c: &&Claim| c.site.paragraph == total.site.paragraph && c.site.chain + 1 >= total.site.chain;
    let before = doc.around(total).iter().rev().filter(|c| c.site.start < total.site.start).filter(near);
    let mut row: Vec<(&Claim, usize)> = Vec::new();
    let mut told: HashSet<usize> = HashSet::new();
    for each in before.take_while(|c| c.unit == total.unit && cues::exact(c)) {
        let days = named_days(&each.site.before);
        let daily = any_in(&each.site.before, &["每天", "每日", "各", "日均", "天天"]) || days.len() == 1;
        if !daily || days.is_empty() || days.iter().any(|day| !told.insert(*day)) {
            break;
        }
        row.push((each, days.len()));
    }
    row.reverse();
    let gives = row.iter().try_fold(Exact::ZERO, |sum, (each, days)| {
        sum.plus(each.value?.times(Exact::int(i128::try_from(*days).ok()?)?)?)
    })?;
    let holds = Some(gives) == total.value;
    let lessons = matches!(total.unit.as_str(), "节" | "课时" | "学时") && told.len() == 5;
    let near = gives < total.value?.times(Exact::int(2)?)? && total.value? < gives.times(Exact::int(2)?)?;
    let whole = (told.len() == 7 || lessons) && near && !more_to_it(total) && total.bound == Bound::Exact;
    let terms: Vec<String> = row.iter().map(|(each, days)| format!("{}×{days}", shown(each))).collect();
    let members = row.iter().map(|(each, _)| (Role::Part, *each)).collect();
    (!row.is_empty() && (holds || whole)).then(|| summed(members, &terms, total, gives, holds))
}

/// 周一至周五, 周六、周日, 工作日, 双休日: which days of the week a text names.
fn named_days(text: &str) -> Vec<usize> {
    if any_in(text, &["工作日", "平日"]) {
        return (1..=5).collect();
    }
    if any_in(text, &["双休日", "周末", "休息日"]) {
        return vec![6, 7];
    }
    let day =
        |c: &char| "一二三四五六日".chars().position(|known| known == *c || known == '日' && *c == '天').map(|n| n + 1);
    let chars: Vec<char> = text.replace("星期", "周").replace("礼拜", "周").chars().collect();
    let mut days: Vec<usize> = Vec::new();
    for at in 1..chars.len() {
        let named = matches!(chars[at - 1], '周' | '、' | '至' | '到' | '—' | '-' | '和' | '及');
        let Some(next) = day(&chars[at]).filter(|_| named && (chars[at - 1] == '周' || !days.is_empty())) else {
            continue;
        };
        let lead: String = chars[..at].iter().collect();
        let lead = lead.trim_end_matches('周');
        let until = lead.ends_with(['至', '到', '—', '-', '～', '~']);
        let from = days.last().copied().filter(|_| until).map_or(next, |last| last + 1);
        days.extend(from..=next);
    }
    days
}
