//! What is left of a whole whose rate has been told, what several paragraphs' sums make together, and large figures said
//! twice of which one has two digits in each other's place; and what is said to have fallen where it rose.

use std::collections::HashSet;

use jc_text::fold::is_han;

use super::complements;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::changes::differences::difference;
use crate::relate::digits::printed::{shown, shown_as};
use crate::relate::digits::slips::{neighbours, one_digit};
use crate::relate::rates::lone::give_way;
use crate::relate::rates::shares;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation, tested};
use crate::relate::said_again::twice::equal;
use crate::relate::sums::addition::{self, held_within};
use crate::relate::wording::around::{shared, words_of};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues::{self, closing};
use crate::words::{REMAINING, STILL_LEFT, any_in};

/// So many numbers before are looked at.
const NEAR: usize = 40;

/// Looks for all of them.
pub(in crate::relate) fn remain(doc: &Document, all: &mut Vec<Relation>) {
    left(doc, all);
    of_sections(doc, all);
    exchanged(doc, all);
    turned(doc, all);
    subtotalled(doc, all);
    passed(doc, all);
}

/// 1326人，扣除38人和417人，余下871人: what is said to be left is what the whole has more than the parts.
pub(in crate::relate) fn as_remainders(doc: &Document, all: &mut [Relation]) {
    let left = |c: &Claim| {
        let lead = c.site.before.trim_start_matches(['，', '、', '（', '；', '对', '仅']);
        let lead = lead.strip_prefix("目前").unwrap_or(lead);
        let words = REMAINING.iter().chain(STILL_LEFT).chain(&["余", "净增", "节约", "节省"]);
        let leads = words.into_iter().any(|word| lead.strip_prefix(word).is_some_and(|rest| rest.chars().count() <= 2));
        leads || lead.ends_with("净增")
    };
    for it in all.iter_mut().filter(|it| it.kind == RelationKind::Sum) {
        let of =
            |role: Role| it.members.iter().filter(move |(own, _)| *own == role).filter_map(|(_, id)| doc.claim(id));
        let (mut parts, wholes): (Vec<&Claim>, Vec<&Claim>) = (of(Role::Part).collect(), of(Role::Whole).collect());
        parts.sort_by_key(|c| c.site.start);
        let (Some((rest, parts)), [whole]) = (parts.split_last(), &wholes[..]) else { continue };
        let net = rest.site.before.ends_with("净增") && whole.site.start < rest.site.start;
        let said = matches!(parts, [done] if complements::leaves(done, rest));
        if !(said || left(rest)) || parts.is_empty() || whole.site.start > parts[0].site.start && !net {
            continue;
        }
        let gives = parts.iter().try_fold(whole.value, |left, part| Some(left?.minus(part.value?)));
        let Some(Some(gives)) = gives else { continue };
        let holds = it.finding == Finding::Consistent;
        // 办结26件，含去年结转4件，新收25件，尚余3件: of what is more than all of it nothing can be left.
        if gives < Exact::ZERO && parts.len() > 1 {
            it.primary = false;
        }
        let low = parts.iter().map(|c| shown(c)).collect::<Vec<_>>().join("-");
        let with =
            vec![("high", shown(whole)), ("low", low), ("gives", shown_as(rest, gives, 4)), ("stated", shown(rest))];
        let zh = format!(
            "{}-{}＝{}，文中为{}，{}",
            with[0].1,
            with[1].1,
            with[2].1,
            with[3].1,
            if holds { "相符" } else { "不符" }
        );
        it.working = Working { code: if holds { "difference-holds" } else { "difference-fails" }, with, zh };
        let members = parts.iter().map(|part| (Role::New, part.id.clone()));
        it.members = [(Role::Old, whole.id.clone())]
            .into_iter()
            .chain(members)
            .chain([(Role::Difference, rest.id.clone())])
            .collect();
        (it.kind, it.computed, it.stated) = (RelationKind::Difference, Some(gives), rest.value);
    }
}

/// 854人，占61.6%，超过三分之二: of what the share right before it is of.
fn passed(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let open = |rate: &&Claim| rate.kind == Kind::Rate && rate.unit == "%" && !known.contains(&rate.id);
    let found: Vec<Relation> =
        doc.claims.iter().filter(open).filter_map(|rate| shares::beyond_last(doc, rate, all)).collect();
    give_way(all, found);
}

/// 预算总额268.8万元：…小计141万元；…小计76.8万元；…: what is called a subtotal is part of the total before or behind them all.
fn subtotalled(doc: &Document, all: &mut Vec<Relation>) {
    let is_part = |c: &&Claim| plain_or_money(c) && cues::item(c).ends_with("小计");
    let parts: Vec<&Claim> = doc.claims.iter().filter(is_part).collect();
    for row in parts.chunk_by(|a, b| a.unit == b.unit && b.site.paragraph <= a.site.paragraph + 1) {
        let [first, _, .., last] = row else { continue };
        let named = |c: &&Claim| {
            let words = words_of(c);
            alike(c, first) && plain_or_money(c) && any_in(words, &["总额", "总计", "合计", "总价", "总投资", "总预算"])
        };
        let here = doc.around(first);
        let before = here.iter().rev().filter(|c| c.site.start < first.site.start).take(6).find(named);
        let behind = || doc.around(last).iter().filter(|c| c.site.start > last.site.start).take(3).find(named);
        let Some(whole) = before.or_else(behind) else { continue };
        let told = |it: &Relation| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == first.id);
        if addition::near(whole, row, 8) && !all.iter().any(told) {
            all.extend(held_within(RelationKind::Sum, whole, row));
        }
    }
}

fn plain_or_money(claim: &Claim) -> bool {
    claim.bound == Bound::Exact && claim.site.cell.is_none() && (claim.kind.counts() || claim.kind == Kind::Money)
}

/// 合格率由82.5%降至85.0%: the verb says one way, the figures the other.
fn turned(doc: &Document, all: &mut Vec<Relation>) {
    const FALL: &[&str] = &["降", "减", "缩", "回落", "下调", "下滑", "跌"];
    const RISE: &[&str] = &["升", "增", "提高", "扩", "涨", "上调"];
    for pair in doc.claims.windows(2) {
        let [old, new] = pair else { continue };
        let like = old.unit == new.unit && old.kind == new.kind && old.site.clause == new.site.clause;
        // 由第九名跃升至第四名: the better place has the smaller number.
        let measured = !matches!(old.kind, Kind::Date | Kind::Rank | Kind::Ordinal);
        let exact = old.bound == Bound::Exact && new.bound == Bound::Exact && measured && like;
        let verb = old.site.after.trim_end_matches("了");
        let to = ["至", "到", "为"].iter().find_map(|to| verb.strip_suffix(to));
        let from = ["由", "从"].iter().any(|word| old.site.clause_text.contains(word));
        let Some(verb) = to.filter(|verb| exact && from && (1..=4).contains(&verb.chars().count())) else { continue };
        let (falls, rises) = (any_in(verb, FALL), any_in(verb, RISE));
        if !cues::is_old(old) || falls == rises || old.value == new.value || (new.value < old.value) == falls {
            continue;
        }
        let working = Working {
            code: "turned-the-other-way",
            with: vec![("old", shown(old)), ("new", shown(new)), ("verb", verb.to_string())],
            zh: format!("由{}到{}，与“{verb}”相反", shown(old), shown(new)),
        };
        let members = vec![(Role::Claims, old), (Role::Claims, new)];
        all.push(relation(RelationKind::Exclusive, Finding::Inconsistent, members, working));
    }
}

fn plain(claim: &Claim) -> bool {
    cues::counted(claim) && !cues::per_head(claim)
}

/// 床位5520张，入住5134人，使用率93.0%，空床396张: what is not, where the rate of what is has been told.
fn left(doc: &Document, all: &mut Vec<Relation>) {
    let tied: HashSet<&str> = all
        .iter()
        .filter(|it| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Difference))
        .flat_map(|it| it.members.iter().map(|(_, id)| id.as_str()))
        .collect();
    let held: Vec<(&Claim, &Claim, &Claim)> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::Rate && it.finding == Finding::Consistent)
        .filter_map(|it| match &it.members[..] {
            [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, rate)] => {
                Some((doc.claim(part)?, doc.claim(whole)?, doc.claim(rate)?))
            }
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for rest in doc.claims.iter().filter(|c| plain(c) && !tied.contains(c.id.as_str())) {
        let lead = rest.site.before.trim_start_matches(['，', '；', '、', '（', '另', '还', '有', '仅', '只']);
        let starts = ["未", "不", "缺", "剩", "余", "尚", "没有", "空", "其余", "结余"]
            .iter()
            .any(|word| lead.starts_with(word));
        let Some((part, whole, rate)) = held.iter().rev().find(|(_, _, rate)| {
            rate.site.start < rest.site.start
                && rate.site.paragraph == rest.site.paragraph
                && rate.site.chain + 1 >= rest.site.chain
        }) else {
            continue;
        };
        let like = rest.unit == whole.unit || alike(rest, whole) || alike(rest, part);
        let short = starts && lead.chars().count() <= 6 && rate.site.sentence == rest.site.sentence;
        let Some(gives) = whole.value.zip(part.value).and_then(|(whole, part)| whole.minus(part)) else { continue };
        let holds = Some(gives) == rest.value;
        let seldom = gives >= Exact::whole(30) || starts;
        // 解除36人，解除率80%，尚未解除的19人: what is denied is what the part did.
        let denied = lead.trim_start_matches(['尚', '还', '仍', '有']);
        let denied =
            ["未", "没有"].iter().find_map(|no| denied.strip_prefix(no)).unwrap_or_default().trim_end_matches('的');
        let said = denied.chars().count() == 2 && words_of(part).contains(denied) && !words_of(part).contains('未');
        let misses = short
            && (said || rest.value.is_some_and(|value| one_digit(value, gives)))
            && rest.site.clause <= rate.site.clause + 2;
        // 共借40077册，占全馆45277册的88.5%，剩下的5020册由…: what is said to be left right behind, and all but is.
        let named = ["剩", "其余", "余下"].iter().any(|word| lead.starts_with(word)) && lead.chars().count() <= 4;
        let little = || {
            let apart = rest.value.and_then(|v| v.apart(gives));
            apart.and_then(|apart| apart.times(Exact::int(10)?)).is_some_and(|ten| ten <= gives)
        };
        let misses = misses || named && rest.site.clause == rate.site.clause + 1 && like && little();
        if like && gives > Exact::ZERO && (holds && seldom || misses) {
            found.extend(difference(rest, part, whole, false));
        }
    }
    all.extend(found);
}

/// 以上四项合计504.40万元: one sum of each of the four paragraphs before.
fn of_sections(doc: &Document, all: &mut Vec<Relation>) {
    let summed: HashSet<String> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::Sum)
        .filter_map(|it| it.under_test().map(str::to_string))
        .collect();
    let mut found = Vec::new();
    for total in doc.claims.iter().filter(|c| plain(c) && !summed.contains(&c.id) && closing(c).is_some()) {
        let here = doc.around(total);
        let many = here.iter().rev().find(|c| c.site.start < total.site.start);
        let many = many
            .filter(|c| c.site.clause == total.site.clause && matches!(c.unit.as_str(), "项" | "类" | "部分" | "方面"));
        let Some(many) =
            many.and_then(|c| c.value?.as_int()).and_then(|n| usize::try_from(n).ok()).filter(|n| (2..=6).contains(n))
        else {
            continue;
        };
        let before = here.iter().filter(|c| plain(c) && alike(c, total) && c.site.paragraph < total.site.paragraph);
        let before: Vec<&Claim> = before.filter(|c| c.value < total.value && !cues::is_old(c)).collect();
        let sections: Vec<&[&Claim]> = before.chunk_by(|a, b| a.site.paragraph == b.site.paragraph).collect();
        let Some(from) = sections.len().checked_sub(many) else { continue };
        let sections = &sections[from..];
        let meant: Option<Vec<&Claim>> = sections
            .iter()
            .map(|row| {
                let closes = row.iter().rev().find(|c| closing(c).is_some());
                closes.or_else(|| row.iter().max_by_key(|c| c.value)).copied()
            })
            .collect();
        let Some(meant) = meant else { continue };
        let Some(it) = held_within(RelationKind::Sum, total, &meant) else { continue };
        let near = it.computed.zip(total.value).is_some_and(|(sum, value)| one_digit(sum, value));
        if it.finding == Finding::Consistent || near || addition::near(total, &meant, 25) {
            found.push(it);
        }
    }
    all.extend(found);
}

/// 培训9240人次…。9420人次的培训量: the same digits, two neighbours in each other's place, of what is called alike.
fn exchanged(doc: &Document, all: &mut Vec<Relation>) {
    let tied: HashSet<&str> = all
        .iter()
        .filter(|it| it.primary && it.finding != Finding::Feasible)
        .flat_map(|it| it.members.iter().map(|(_, id)| id.as_str()))
        .collect();
    let large = |c: &&Claim| {
        c.bound == Bound::Exact
            && c.kind.counts()
            && c.each.is_none()
            && !cues::per_head(c)
            && c.numeral != Numeral::None
            && c.value >= Exact::int(1000)
            && c.step == Exact::whole(1)
    };
    // 18600平方米 and 1.68万平方米: three figures at least.
    let measure = |c: &&Claim| {
        let figures = c.step.times(Exact::whole(100)).is_some_and(|least| c.value >= Some(least));
        c.bound == Bound::Exact && adds_up(c) && c.each.is_none() && c.value >= Exact::int(1000) && figures
    };
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| large(c) || measure(c)).collect();
    let mut found = Vec::new();
    for (n, second) in counts.iter().enumerate() {
        let alone = |c: &Claim| !tied.contains(c.id.as_str());
        let same = |first: &&&Claim| {
            // A figure of a table is said once more in the text, where the words are those of its head.
            let cells = first.site.cell.is_some() != second.site.cell.is_some();
            let free = first.site.cell.is_none() && second.site.cell.is_none();
            let names = free && (shared(words_of(first), words_of(second)) >= 2 || of_one_noun(first, second));
            let now = |c: &Claim| !cues::is_old(c);
            let untied = alone(first) || alone(second);
            (names && now(first) && now(second) || cells)
                && first.unit == second.unit
                && first.kind == second.kind
                && first.site.chain != second.site.chain
                && untied
        };
        let from = n.saturating_sub(NEAR);
        let swapped = |first: &&&Claim| first.value.zip(second.value).is_some_and(|(a, b)| neighbours(a, b));
        if let Some(first) = counts[from..n].iter().filter(swapped).find(same) {
            found.push(equal(first, second, false));
        }
    }
    all.extend(found);
}

/// 新实训楼封顶了，建筑面积18600平方米…。1.68万平方米的新实训楼: what the one belongs to is what the other's sentence is about.
fn of_one_noun(one: &Claim, other: &Claim) -> bool {
    let noun = |c: &Claim| {
        let named: String = c.site.after.strip_prefix('的')?.chars().take_while(|c| is_han(*c)).take(4).collect();
        (named.chars().count() >= 3).then_some(named)
    };
    let about = |a: &Claim, b: &Claim| noun(a).is_some_and(|noun| b.site.sentence_text.contains(&noun));
    about(one, other) || about(other, one)
}
