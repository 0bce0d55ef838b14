//! What is said to hold of each of them, and of one it does not: 各班出勤率均在95%以上，最低的汽修三班为93.6%; 各班人数都没有超过45人，最多的48人; 六个分项都
//! 低于90分，平均91.5分.

use super::twice::bound_broken;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::Relation;
use crate::relate::wording::cues;
use crate::words::{HIGHEST, LOWEST, any_in};

/// So many numbers behind the bound are looked at.
const BEHIND: usize = 4;

/// Looks for them in the sentence of the bound.
pub(super) fn of_all_of_them(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for (at, bound) in doc.claims.iter().enumerate().filter(|(_, c)| holds_of_each(c)) {
        let here = doc.claims[at + 1..].iter().take(BEHIND).take_while(|c| c.site.sentence == bound.site.sentence);
        let one = |c: &&Claim| {
            let like = c.unit == bound.unit && c.bound == Bound::Exact && !cues::is_old(c) && c.kind != Kind::Change;
            let outside =
                bound.min.is_some_and(|min| c.max < Some(min)) || bound.max.is_some_and(|max| c.min > Some(max));
            like && outside && is_one_of_them(c)
        };
        found.extend(here.into_iter().find(one).map(|one| bound_broken(bound, one)));
    }
    all.extend(found);
}

/// 均在95%以上, 都没有超过45人, 年龄都在18至35岁之间.
fn holds_of_each(claim: &Claim) -> bool {
    let bounded = matches!(claim.bound, Bound::AtLeast | Bound::AtMost | Bound::Range);
    let lead = claim.site.before.trim_start_matches(['，', '；']);
    let each = lead.contains(['均', '都']) || lead.contains("全部") || lead.contains("一律");
    let mean = any_in(lead, &["平均", "人均", "均价", "均衡", "大都", "多数", "基本", "大多", "首都", "几乎"]);
    let meant =
        any_in(&claim.site.clause_text, &["要求", "应", "须", "力争", "目标", "原则上", "不得", "计划", "规定"]);
    bounded && each && !mean && !meant && claim.site.cell.is_none()
}

/// 最低的汽修三班为, 其中一件用了, 平均: one of them, or what all of them come to.
fn is_one_of_them(claim: &Claim) -> bool {
    let item = cues::item(claim);
    let one = HIGHEST.iter().chain(LOWEST).any(|word| item.contains(word));
    let some = item.starts_with("其中") && item.contains(['一', '有']);
    (one || some || item.contains("平均")) && !any_in(item, &["除", "去年", "上年", "全市", "全省", "目标", "比", "较"])
}
