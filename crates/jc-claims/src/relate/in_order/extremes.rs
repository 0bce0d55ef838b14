//! What is said to be the lowest or the highest of its kind, and is not: 合格率最低的是钳工，为61.3%…。焊工合格率只有58.7%.

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::said_again::twice::equal;
use crate::relate::wording::around::said_before;
use crate::relate::wording::cues;
use crate::words::any_in;

/// A rate that is said to be the least or the most of several.
struct Extreme<'a> {
    claim: &'a Claim,
    /// 合格率.
    measure: String,
    /// 工 of 钳工: what all of its kind end with.
    kind: char,
    lowest: bool,
}

/// Looks for rates of one name and kind that lie beyond.
pub(in crate::relate) fn extremes(doc: &Document, all: &mut Vec<Relation>) {
    for it in doc.claims.iter().filter_map(extreme) {
        let own = it.claim;
        let beyond = |c: &&Claim| {
            let plain = c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && c.site.cell.is_none();
            let value = if it.lowest { c.value < own.value } else { c.value > own.value };
            plain && value && c.site.chain != own.site.chain && !cues::is_old(c) && c.period == own.period
        };
        let called = |c: &&Claim| {
            let lead = c.site.before.trim_end_matches(['只', '仅', '有', '为', '达', '到', '是']);
            let name = lead.rsplit('，').next().and_then(|lead| lead.strip_suffix(&it.measure));
            // 全年焊工合格率: one of those, and neither all of them nor a part of one.
            name.is_some_and(|name| {
                name.ends_with(it.kind) && !any_in(name, &["各", "总", "平均", "其中", "部分", "所有"])
            })
        };
        if let Some(other) = doc.around(own).iter().filter(beyond).find(called) {
            let mut found = equal(own, other, false);
            found.kind = RelationKind::Exclusive;
            found.finding = Finding::Inconsistent;
            all.push(found);
        }
    }
}

/// 合格率最高的是养老护理员，为95.2%；最低的是钳工，为61.3%: the measure may be named with the other end.
fn extreme(claim: &Claim) -> Option<Extreme<'_>> {
    let plain =
        claim.kind == Kind::Rate && claim.unit == "%" && claim.bound == Bound::Exact && claim.site.cell.is_none();
    let said = said_before(claim).trim_end_matches(['为', '达', '只', '有', '仅', '，']);
    let (at, lowest) = [("最低的是", true), ("最高的是", false)]
        .iter()
        .filter_map(|(word, low)| Some((said.rfind(word)? + word.len(), *low)))
        .max()?;
    let name = said.get(at..)?;
    let paragraph = &claim.site.paragraph_text;
    let before = paragraph.find(&*claim.site.sentence_text).map_or("", |from| &paragraph[..from]);
    let whole = format!("{before}{said}");
    let ending = whole.rfind('率')? + '率'.len_utf8();
    let measure: Vec<char> = whole[..ending].chars().rev().take(3).collect();
    let fit = plain && (2..=8).contains(&name.chars().count()) && name.chars().all(jc_text::fold::is_han);
    fit.then(|| Extreme {
        claim,
        measure: measure.into_iter().rev().collect(),
        kind: name.chars().last().unwrap_or('是'),
        lowest,
    })
}
