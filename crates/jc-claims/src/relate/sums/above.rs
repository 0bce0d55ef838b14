//! Totals of what was told sentences before, and that say so: 上述慰问金和医疗互助两项支出合计7.06万元; and shares added up: 前两项合计79.9%.

use std::collections::HashSet;

use super::addition::{held_within, near, sum};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips::is_slip;
use crate::relate::rates::lone::give_way;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{said_before, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, in_brackets, is_base, is_old, per_head};
use crate::words::{REFERRED, SUMMED};

/// So many amounts before a total are looked at, and so many of them tried in every choice.
const NEAR: usize = 24;
const TRIED: usize = 8;

/// Looks for all of them.
pub(super) fn above(doc: &Document, all: &mut Vec<Relation>) {
    let sums = all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum);
    let told: HashSet<&str> = sums.clone().filter_map(|it| it.under_test()).collect();
    let parts: HashSet<&str> = sums
        .filter(|it| it.finding == Finding::Consistent)
        .chain(all.iter().filter(|it| it.primary && it.kind == RelationKind::Subset))
        .flat_map(|it| it.members.iter().filter(|(role, _)| *role == Role::Part).map(|(_, id)| id.as_str()))
        .collect();
    let mut found = Vec::new();
    for total in doc.claims.iter().filter(|c| c.bound == Bound::Exact && !told.contains(c.id.as_str())) {
        match total.kind {
            Kind::Rate if total.unit == "%" => found.extend(of_shares(doc, total)),
            kind if kind.counts() && total.site.cell.is_none() => found.extend(of_amounts(doc, total, &parts)),
            _ => {}
        }
    }
    give_way(all, found);
}

/// What a clause says before a number, with what other numbers say in it.
fn head(claim: &Claim) -> String {
    let text = said_before(claim);
    text.rsplit(['，', '；', '：']).next().unwrap_or_default().to_string()
}

/// 两项, 三类: how many were summed up, and where it is said.
fn many(text: &str) -> Option<(usize, usize)> {
    const KINDS: &[char] = &['项', '者', '笔', '类', '块', '部', '处', '批', '次', '期', '校', '家'];
    let digits = [('两', 2), ('二', 2), ('三', 3), ('四', 4), ('五', 5), ('六', 6)];
    let at = |(digit, n): &(char, usize)| {
        let at = text.find(*digit)?;
        text[at + digit.len_utf8()..].starts_with(KINDS).then_some((at, *n))
    };
    digits.iter().find_map(at).or_else(|| {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        let n: usize = text[at..].chars().next()?.to_digit(10)?.try_into().ok()?;
        (text[at + 1..].starts_with(KINDS) && (2..=6).contains(&n)).then_some((at, n))
    })
}

/// 以上三项帮扶投入合计161.6万元: as many amounts as it says, or those of the names it gives.
fn of_amounts(doc: &Document, total: &Claim, parts: &HashSet<&str>) -> Option<Relation> {
    let head = head(total);
    let closes = SUMMED.iter().any(|word| head.contains(word)) || cues::closing(total).is_some();
    let many = many(&head);
    let referred = REFERRED.iter().find_map(|word| head.find(word).map(|at| at + word.len()));
    if !closes || referred.is_none() && many.is_none() || is_old(total) || per_head(total) {
        return None;
    }
    let may = |c: &&Claim| {
        c.bound == Bound::Exact
            && c.kind == total.kind
            && alike(c, total)
            && c.value < total.value
            && c.value > Some(Exact::ZERO)
            && c.numeral != Numeral::None
            && c.each.is_none()
            && c.site.cell.is_none()
            && !per_head(c)
            && !cues::item(c).contains('每')
            && !is_old(c)
            && !is_base(c)
            && !in_brackets(c)
            && !parts.contains(c.id.as_str())
            && c.site.sentence < total.site.sentence
            && c.site.paragraph == total.site.paragraph
    };
    let before = doc.around(total).iter().rev().filter(|c| c.site.start < total.site.start).take(NEAR);
    let mut row: Vec<&Claim> = before.filter(may).collect();
    row.reverse();
    if row.len() < 2 {
        return None;
    }
    let named = referred.map(|at| names(&head[at..many.map_or(head.len(), |(at, _)| at).max(at)])).unwrap_or_default();
    let called: Vec<&Claim> = named
        .iter()
        .filter_map(|name| {
            let mut own = row
                .iter()
                .copied()
                .filter(|c| words_of(c).contains(name.as_str()) || said_before(c).contains(name.as_str()));
            own.next().filter(|_| own.next().is_none())
        })
        .collect();
    let holds =
        |parts: &[&Claim]| held_within(RelationKind::Sum, total, parts).filter(|it| it.finding == Finding::Consistent);
    if called.len() >= 2
        && called.len() == named.len()
        && called.windows(2).all(|two| two[0].site.start < two[1].site.start)
    {
        return holds(&called).or_else(|| meant(total, &called));
    }
    match many {
        Some((_, n)) if row.len() == n => holds(&row).or_else(|| meant(total, &row)),
        Some((_, n)) if row.len() > n => {
            let last = &row[row.len() - n..];
            let tried = &row[row.len().saturating_sub(TRIED)..];
            holds(last)
                .or_else(|| choice(total, tried, n))
                .or_else(|| meant(total, last).filter(|_| referred.is_some()))
        }
        Some(_) => None,
        None => {
            let chain = row.last()?.site.chain;
            let row: Vec<&Claim> = row.iter().copied().filter(|c| c.site.chain == chain).collect();
            let near_by = chain + 1 >= total.site.chain && (2..=TRIED).contains(&row.len());
            near_by.then(|| holds(&row).or_else(|| meant(total, &row))).flatten()
        }
    }
}

/// 慰问金和医疗互助: the names that are added.
fn names(text: &str) -> Vec<String> {
    let names: Vec<String> = text.split(['和', '与', '、', '及']).map(str::to_string).collect();
    let all = names.len() >= 2 && names.iter().all(|name| (2..=8).contains(&name.chars().count()));
    if all { names } else { Vec::new() }
}

/// Those that all but make the total were meant to make it.
fn meant(total: &Claim, parts: &[&Claim]) -> Option<Relation> {
    let sum = sum(parts)?;
    let slip = total.value.is_some_and(|value| is_slip(value, sum));
    (slip || near(total, parts, 12)).then(|| held_within(RelationKind::Sum, total, parts)).flatten()
}

/// The only choice of so many that makes the total.
fn choice(total: &Claim, row: &[&Claim], n: usize) -> Option<Relation> {
    let mut found = None;
    for bits in 0u32..1 << row.len().min(TRIED) {
        if bits.count_ones() as usize != n {
            continue;
        }
        let parts: Vec<&Claim> =
            row.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, part)| *part).collect();
        let it = held_within(RelationKind::Sum, total, &parts).filter(|it| it.finding == Finding::Consistent);
        if it.is_some() && found.is_some() {
            return None;
        }
        found = it.or(found);
    }
    found
}

/// 前两项合计，总体满意度为79.9%: the first of the list of shares right before it; 很满意和较满意合计: those of these names.
fn of_shares(doc: &Document, total: &Claim) -> Option<Relation> {
    // The words may stand in the clause before.
    let said = said_before(total);
    let mut clauses = said.rsplit(['，', '；', '：']);
    let (own, before) = (clauses.next()?, clauses.next().unwrap_or_default());
    let sums = |text: &str| SUMMED.iter().any(|word| text.contains(word)) && !text.contains('%');
    let text = if sums(own) {
        own
    } else if sums(before) && !own.contains(['比', '较', '其', '高', '低']) {
        before
    } else {
        return None;
    };
    let share = |c: &&Claim| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && !is_old(c);
    let here = doc.around(total).iter().rev().filter(|c| c.site.start < total.site.start);
    let last = here.clone().find(|c| c.kind != Kind::Date && many(&c.text).is_none())?;
    let row = here.skip_while(|c| c.id != last.id).take_while(|c| share(c) && c.site.chain + 1 >= total.site.chain);
    let mut row: Vec<&Claim> = row.filter(|c| c.site.chain == last.site.chain).collect();
    row.reverse();
    let from = text.find('前');
    let parts: Vec<&Claim> = match (from, many(text)) {
        (Some(at), Some((of, n))) if of == at + '前'.len_utf8() && n < row.len() => row[..n].to_vec(),
        (None, _) => {
            let end = SUMMED.iter().filter_map(|word| text.find(word)).min()?;
            let names = names(text[..end].trim_end_matches(['的', '两', '项', '者', '三']));
            let called = |name: &String| row.iter().copied().find(|c| label(c) == *name);
            let called: Vec<&Claim> = names.iter().filter_map(called).collect();
            if called.len() == names.len() { called } else { Vec::new() }
        }
        _ => Vec::new(),
    };
    let even = parts.iter().all(|c| c.step == total.step) && parts.len() >= 2;
    let sum = sum(&parts)?;
    let apart = if Some(sum) > total.value { sum.minus(total.value?)? } else { total.value?.minus(sum)? };
    let rounds = Exact::int(parts.len() as i128 + 1).and_then(|n| total.step.times(n)?.over(Exact::int(2)?))?;
    if !even || sum > Exact::int(101)? || apart != Exact::ZERO && (apart < rounds || !near(total, &parts, 8)) {
        return None;
    }
    held_within(RelationKind::Sum, total, &parts)
}

/// “非常满意”的占: what a share is of.
fn label(share: &Claim) -> String {
    let item = cues::item(share);
    let quoted = item.split_once('“').and_then(|(_, rest)| rest.split('”').next());
    let name = quoted.unwrap_or(item).trim_end_matches(['为', '是', '达']);
    let name = name.trim_end_matches(['占', '比']).trim_end_matches(['的', '者']);
    name.trim_start_matches(['选', '择', '认', '评', '为']).to_string()
}
