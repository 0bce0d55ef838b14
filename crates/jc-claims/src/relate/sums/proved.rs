//! Wholes that shares have proved, and shares of parts that are named together: 35岁及以下171人，占39.04%，36—45岁158人，占36.07%；46—55岁92人；56岁以上
//! 27人 of the 438 the shares are of; 优秀147节，良好216节，…，优秀和良好课的比重达到88.97%.

use std::collections::{HashMap, HashSet};

use super::addition::{held_within, near};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::rates::readings::reading;
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, Role};
use crate::relate::wording::around::said_before;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division;
use crate::words::any_in;

/// So many parts are read as one row.
const MOST: usize = 10;

/// Looks for both.
pub(super) fn proved(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && it.kind == RelationKind::Sum;
    let told: Vec<HashSet<String>> =
        all.iter().filter(sums).map(|it| it.members.iter().map(|(_, id)| id.clone()).collect()).collect();
    let mut wholes: HashMap<String, Vec<String>> = HashMap::new();
    for (part, whole) in Holding::of(all).0.into_values() {
        wholes.entry(part).or_default().push(whole);
    }
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| cues::plain(c)).collect();
    let mut found = Vec::new();
    for chain in counts.chunk_by(|a, b| a.site.chain == b.site.chain) {
        for here in
            chain.chunks(MOST_TOGETHER).filter(|here| here.iter().filter(|c| wholes.contains_key(&c.id)).count() >= 2)
        {
            found.extend(closed(here).and_then(|row| of_shares(doc, row, &wholes)));
        }
    }
    found.retain(|it: &Relation| {
        let part = |role: Role, id: &String, own: &HashSet<String>| role != Role::Part || own.contains(id);
        !told.iter().any(|own| it.members.iter().all(|(role, id)| part(*role, id, own)))
    });
    all.extend(found);
    named_together(doc, all);
}

/// The first row of a chain that leaves nobody out.
fn closed<'a, 'b>(here: &'b [&'a Claim]) -> Option<&'b [&'a Claim]> {
    let rows = |from: usize| (from + 3..=here.len().min(from + MOST)).rev().map(move |to| &here[from..to]);
    let fit = |row: &&[&Claim]| {
        row.iter().all(|c| alike(c, row[0]) && c.unit == row[0].unit)
            && (division::classes(row) || division::is_closed(row))
    };
    (0..here.len()).flat_map(rows).find(fit)
}

/// What the shares of two parts are taken of is what all of them make.
fn of_shares(doc: &Document, row: &[&Claim], wholes: &HashMap<String, Vec<String>>) -> Option<Relation> {
    let shares: Vec<&Vec<String>> = row.iter().filter_map(|part| wholes.get(&part.id)).collect();
    let whole = shares.first()?.iter().find(|id| shares.iter().all(|of| of.contains(id)))?;
    let whole = doc.claim(whole).filter(|whole| shares.len() >= 2 && row.iter().all(|part| part.id != whole.id))?;
    let like = alike(whole, row[0]) && whole.bound == Bound::Exact && near(whole, row, 5);
    held_within(RelationKind::Sum, whole, row).filter(|_| like)
}

/// 优秀和良好课的比重, 很满意、满意两项合计占, 优良率: shares of several parts of a sum, each of which the words name. What gave such a share by
/// chance, of other numbers far off, is no answer.
fn named_together(doc: &Document, all: &mut Vec<Relation>) {
    let mut known: HashMap<String, HashSet<String>> = HashMap::new();
    for it in all.iter().filter(|it| it.primary && it.finding != Finding::Feasible) {
        if let Some(((_, rate), others)) = it.members.split_last() {
            known.entry(rate.clone()).or_default().extend(others.iter().map(|(_, id)| id.clone()));
        }
    }
    let mut found: Vec<Relation> = Vec::new();
    for it in all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent) {
        let parts = it.members.iter().filter(|(role, _)| *role == Role::Part).filter_map(|(_, id)| doc.claim(id));
        let (parts, whole) = (parts.collect::<Vec<&Claim>>(), it.members.last().and_then(|(_, id)| doc.claim(id)));
        let (Some(last), Some(whole), true) = (parts.last(), whole, (3..=MOST).contains(&parts.len())) else {
            continue;
        };
        let open = |rate: &Claim| known.get(&rate.id).is_none_or(|of| parts.iter().all(|part| !of.contains(&part.id)));
        let rate = |c: &&Claim| {
            let near = c.site.paragraph == last.site.paragraph && c.site.start > last.site.start;
            let next = near && c.site.chain <= last.site.chain + 1 && open(c);
            next && c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && !cues::is_old(c)
        };
        let rates = doc.around(last).iter().filter(rate);
        let own: Vec<Relation> = rates.filter_map(|rate| share(rate, &parts, whole)).collect();
        found.extend(own);
    }
    let told: HashSet<&str> = found.iter().filter_map(|it| it.members.last().map(|(_, id)| id.as_str())).collect();
    let guess = |it: &Relation| it.kind == RelationKind::Rate || it.finding == Finding::Feasible;
    all.retain(|it| !(guess(it) && it.members.last().is_some_and(|(_, id)| told.contains(id.as_str()))));
    all.extend(found);
}

/// The share of the parts that its clause names, where it names two and more.
fn share(rate: &Claim, parts: &[&Claim], whole: &Claim) -> Option<Relation> {
    let said = said_before(rate);
    let clause = said.rsplit(['，', '；', '：', '（']).next()?.trim_start_matches(['其', '中']);
    let named = named(clause, parts)?;
    let it = reading(rate, &named, whole, &[])?;
    let apart = || {
        let (gives, stated) = (it.computed?, it.stated?);
        if gives > stated { gives.minus(stated) } else { stated.minus(gives) }
    };
    let close = it.finding == Finding::Consistent || apart().is_some_and(|apart| apart <= Exact::whole(10));
    close.then_some(it)
}

/// The parts a clause names, if all that it lists are parts and it says no more than that they are a share.
fn named<'a>(clause: &str, parts: &[&'a Claim]) -> Option<Vec<&'a Claim>> {
    const SHARE: &[&str] = &["占", "比重", "比例", "率", "合计", "共计", "之和", "相加", "达"];
    const SMALL: &[&str] =
        &["两项", "两类", "两者", "等次", "以上", "的", "课", "到", "为", "是", "比", "总", "数", "计"];
    let called = |name: &str| {
        let exact = parts.iter().find(|part| cues::label(part) == name);
        let mut ends = parts.iter().filter(|part| name.chars().count() >= 2 && cues::label(part).ends_with(name));
        exact.or_else(|| ends.next().filter(|_| ends.next().is_none())).copied()
    };
    if let Some(rest) = clause.strip_prefix("优良") {
        let row = vec![called("优秀")?, called("良好")?];
        return (rest.chars().count() <= 6 && any_in(rest, SHARE)).then_some(row);
    }
    // 前两档合计占.
    let first =
        [("前两", 2), ("前二", 2), ("前三", 3)].iter().find_map(|(word, n)| Some((clause.strip_prefix(word)?, *n)));
    if let Some((rest, n)) = first {
        let counted = rest.starts_with(['档', '项', '类', '者', '级', '等']) && rest.chars().count() <= 8;
        return (counted && n < parts.len() && any_in(rest, SHARE)).then(|| parts[..n].to_vec());
    }
    let names: Vec<&str> = clause.split(['和', '与', '、', '及']).collect();
    let (last, first) = names.split_last().filter(|(_, first)| !first.is_empty())?;
    let quoted = |name: &str| name.trim_matches(['“', '”']).to_string();
    let mut row: Vec<&Claim> = first.iter().map(|name| called(&quoted(name))).collect::<Option<_>>()?;
    // 良好课的比重达到: the longest beginning that is a name.
    let plain = last.replace(['“', '”'], "");
    let ends: Vec<usize> = plain.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let end =
        ends.into_iter().rev().find(|&end| plain[..end].chars().count() >= 2 && called(&plain[..end]).is_some())?;
    let rest = &plain[end..];
    row.push(called(&plain[..end])?);
    let ids: HashSet<&str> = row.iter().map(|part| part.id.as_str()).collect();
    // 优秀和良好课中青年教师占55%: of those, something else.
    let left = SHARE.iter().chain(SMALL).fold(rest.to_string(), |left, word| left.replace(word, ""));
    let plain = any_in(rest, SHARE) && left.chars().count() <= 2;
    (plain && ids.len() == row.len() && row.len() < parts.len()).then_some(row)
}
