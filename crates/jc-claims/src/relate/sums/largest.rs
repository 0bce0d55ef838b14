//! The largest of several are together no more than all of them: 7家企业捐赠设备，总值1285万元。手笔最大的三家：甲折价560万元；乙折价430万元；
//! 丙折价318万元.

use super::addition::held_within;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::any_in;

/// So many numbers before the largest are told of all of them.
const BEFORE: usize = 8;
/// So many of them may be told one by one.
const MOST: usize = 6;
/// How a total of all of them is led to.
const TOTALS: &[&str] = &["总值", "总额", "总价", "总计", "合计", "共计", "总", "共", "累计", "价值", "折价", "折合"];

/// Looks for them.
pub(super) fn largest(doc: &Document, all: &mut Vec<Relation>) {
    let found: Vec<Relation> =
        doc.claims.iter().enumerate().filter(|(_, c)| some(c)).filter_map(|(at, c)| of(doc, at, c)).collect();
    for it in found {
        let ids = |of: &Relation| of.members.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>();
        let told = |other: &Relation| {
            other.primary
                && other.finding == Finding::Inconsistent
                && other.members.iter().any(|(role, id)| *role == Role::Part && ids(&it).contains(id))
        };
        if !all.iter().any(told) {
            all.push(it);
        }
    }
}

/// 手笔最大的三家, 排名前三的3家, 用量最多的两个月: which of several are told one by one.
fn some(claim: &Claim) -> bool {
    let lead = claim.site.before.trim_start_matches('，');
    let chosen = any_in(lead, &["最大", "最多", "最高", "居前", "排前", "名列前", "位居前", "较大", "较多", "靠前"])
        || lead.ends_with('前');
    chosen
        && claim.kind == Kind::Count
        && cues::exact(claim)
        && claim.value >= Exact::int(2)
        && claim.value <= Exact::int(MOST as i128)
}

/// What those chosen have, against what all of them have.
fn of(doc: &Document, at: usize, some: &Claim) -> Option<Relation> {
    let many = usize::try_from(some.value?.as_int()?).ok()?;
    let behind = doc.claims[at + 1..].iter().filter(|c| c.kind != Kind::Date).take(many + 1);
    let behind: Vec<&Claim> = behind.take_while(|c| c.site.chain == some.site.chain).collect();
    let first = behind.first().filter(|c| c.unit != some.unit && cues::for_itself(c) && c.kind.counts())?;
    let like = |c: &Claim| alike(c, first) && c.unit == first.unit;
    let row: Vec<&Claim> = behind.iter().copied().take_while(|c| like(c) && cues::for_itself(c)).collect();
    if row.len() != many {
        return None;
    }
    let before = &doc.claims[at.saturating_sub(BEFORE)..at];
    let near = |c: &&Claim| c.site.paragraph + 1 >= some.site.paragraph && c.site.chain + 2 >= some.site.chain;
    // Of all of them, of whom there are more: 7家.
    let all_at =
        before.iter().rposition(|c| near(&c) && cues::plain(c) && c.unit == some.unit && c.value > some.value)?;
    let counted = &before[all_at];
    let total = before[all_at + 1..].iter().find(|c| like(c))?;
    let led = any_in(cues::item(total), TOTALS);
    let told = led && cues::for_itself(total) && total.site.chain == counted.site.chain;
    let it = held_within(RelationKind::Subset, total, &row).filter(|_| told)?;
    // Far more than all of them is of something else.
    let close = || Some(it.computed? <= total.value?.times(Exact::whole(2))?);
    (it.finding == Finding::Inconsistent && close() == Some(true)).then_some(it)
}
