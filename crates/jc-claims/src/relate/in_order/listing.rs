//! Lists: as many things named as counted? 张三等4人 names at most four, 甲、乙两位 exactly two.

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::words::any_in;

pub(in crate::relate) fn listing(doc: &Document, all: &mut Vec<Relation>) {
    for claim in &doc.claims {
        if claim.value.and_then(Exact::as_int).is_none() {
            continue;
        }
        let items = &claim.site.items;
        let Ok(listed) = i128::try_from(items.len()) else { continue };
        if items.is_empty() {
            continue;
        }
        all.push(as_many(claim, listed, &items.join("、"), claim.site.partial));
    }
    for (at, count) in doc.claims.iter().enumerate() {
        all.extend(told_in_turn(count, &doc.claims[at + 1..]));
    }
}

/// So many listed against so many counted; a partial list may have fewer.
fn as_many(claim: &Claim, listed: i128, names: &str, partial: bool) -> Relation {
    let stated = claim.value.and_then(Exact::as_int).unwrap_or_default();
    let holds = if partial { listed <= stated } else { listed == stated };
    let sign = match (partial, holds) {
        (true, true) => "≤",
        (true, false) => ">",
        (false, true) => "＝",
        (false, false) => "≠",
    };
    let working = Working {
        code: if holds { "list-holds" } else { "list-fails" },
        with: vec![("listed", listed.to_string()), ("stated", stated.to_string()), ("items", names.to_owned())],
        zh: format!("列举{listed}项（{names}）{sign}{stated}"),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Enumeration, finding, vec![(Role::Count, claim)], working);
    it.computed = Exact::int(listed);
    it.stated = claim.value;
    it
}

/// 停机全年有四次，时长依次为45分钟、120分钟和75分钟: one number for each, and as many as were counted.
fn told_in_turn(count: &Claim, behind: &[Claim]) -> Option<Relation> {
    const FAR: usize = 8;
    const TIMES: &[&str] = &["次", "场", "期", "批", "轮", "回", "届", "趟"];
    let stated = count.value.and_then(Exact::as_int).filter(|n| (2..=12).contains(n))?;
    // 新三板2期投资计划, 五次调整目标: of a name, or of what goes on.
    let closes = count.site.after.is_empty() && TIMES.contains(&count.unit.as_str());
    let plain = count.kind == Kind::Count && count.bound == Bound::Exact && closes;
    let near = |c: &&Claim| c.site.sentence == count.site.sentence;
    let behind: Vec<&Claim> = behind.iter().take(FAR + 12).take_while(near).collect();
    let opens = |c: &&Claim| any_in(&c.site.before, &["依次为", "依次是", "分别为", "分别是"]);
    let first = behind.iter().position(opens).filter(|at| plain && *at <= FAR)?;
    let goes_on = |c: &&&Claim| {
        let sign = c.site.before.trim_matches(['、', '和', '与', '及', '以']).is_empty();
        sign && c.unit == behind[first].unit && c.kind == behind[first].kind
    };
    // What stands between is told of the same, or is no count of its own.
    let own = behind[..first].iter().all(|c| c.kind == Kind::Date);
    let row: Vec<&Claim> =
        behind[first..=first].iter().chain(behind[first + 1..].iter().take_while(goes_on)).copied().collect();
    let listed = i128::try_from(row.len()).ok()?;
    let joined = row.last().is_some_and(|last| last.site.before.ends_with(['和', '与', '及']));
    let whole = own && joined && row.len() >= 2 && row.last().is_some_and(|last| !last.site.after.starts_with('等'));
    if !whole || !count.site.items.is_empty() || listed.abs_diff(stated) > 1 {
        return None;
    }
    let names = row.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("、");
    Some(as_many(count, listed, &names, false))
}
