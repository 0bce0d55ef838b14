//! Shares of a list that are summed by their names: 非常满意：563份，39.9%；满意：684份，48.4%, and 总体满意率（非常满意和满意）为88.3%;
//! 动画与虚拟仿真两类合计占比不足一成.

use super::addition::held_within;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::said_before;
use crate::words::any_in;

/// So many numbers before the sum its parts are looked for.
const NEAR: usize = 24;
/// What says that names in a row are taken together, right behind them.
const TOGETHER: &[&str] = &["合计", "共占", "之和", "合占", "总计", "共计"];

/// Looks for all of them.
pub(in crate::relate) fn named_two(doc: &Document, all: &mut Vec<Relation>) {
    let found: Vec<Relation> = doc.claims.iter().filter_map(|total| of_named(doc, total)).collect();
    for it in &found {
        let own = it.under_test();
        all.retain(|other| other.under_test() != own || other.finding == Finding::Feasible);
    }
    all.extend(found);
}

fn of_named(doc: &Document, total: &Claim) -> Option<Relation> {
    let share = total.kind == Kind::Rate && total.unit == "%" && total.site.cell.is_none() && total.value.is_some();
    let lead = said_before(total);
    let lead = lead.rsplit(['。', '；', '，']).next()?;
    let lead = lead.trim_end_matches(['为', '达', '到', '占', '是', '约', '有', '近']);
    // （非常满意和满意）为…, 动画与虚拟仿真两类合计占比….
    let names = match lead.strip_suffix('）').and_then(|lead| lead.rsplit_once('（')) {
        Some((name, names)) if name.ends_with(['率', '度']) || name.ends_with("占比") => names,
        _ => {
            let at = TOGETHER.iter().filter_map(|word| lead.find(word)).min()?;
            let rest = &lead[at..];
            let bare = rest.chars().count() <= 8 && !rest.contains(['的', '、', '和', '中']);
            lead[..at]
                .trim_end_matches(['两', '三', '者', '项', '类', '种', '档', '二', '人', '群'])
                .trim_end_matches('，')
                .trim_start_matches("其中")
                .get(..)
                .filter(|_| bare)?
        }
    };
    let names: Vec<&str> = names.split(['、', '和', '与', '及']).map(|it| it.trim_matches(['“', '”'])).collect();
    let until = doc.claims.partition_point(|c| c.site.start < total.site.start);
    let before = &doc.claims[until.saturating_sub(NEAR)..until];
    let told = |name: &&str| {
        let mut row = before.iter().filter(|c| c.kind == Kind::Rate && called(c) == *name);
        let one = row.next().filter(|c| c.bound == Bound::Exact && c.unit == "%")?;
        row.next().is_none().then_some(one)
    };
    let parts: Vec<&Claim> = names.iter().map(told).collect::<Option<_>>()?;
    let apart = parts.iter().all(|c| c.site.sentence != total.site.sentence);
    let else_where = any_in(&total.site.sentence_text, &["上年", "去年", "目标", "力争", "全省", "全国", "同期"]);
    let few = (2..=4).contains(&parts.len()) && share && apart && !else_where;
    few.then(|| held_within(RelationKind::Sum, total, &parts)).flatten()
}

/// What a share of a list is called: what its row begins with, or what leads to it.
fn called(share: &Claim) -> &str {
    let before = said_before(share);
    match before.split_once('：') {
        Some((name, rest)) if name.chars().count() <= 8 && rest.matches(['，', '、']).count() <= 1 => name,
        _ => share.site.before.trim_start_matches(['，', '、', '；', '：']).trim_end_matches(['占', '的', '为']),
    }
}
