//! The total of a table told otherwise in the text: 自评得分 … 合计 94.5, and 自评总分92.5分.

use crate::document::{Bound, Claim, Document};
use crate::relate::relations::Relation;
use crate::relate::wording::around::shared;
use crate::relate::wording::{cues, label};
use crate::words::any_in;

use super::twice::equal;

/// Looks for all of them.
pub(super) fn of_table_total(doc: &Document, all: &mut Vec<Relation>) {
    let total = |c: &&Claim| c.site.cell.is_some_and(|cell| cell.total) && c.bound == Bound::Exact && c.unit == "分";
    let totals: Vec<&Claim> = doc.claims.iter().filter(total).collect();
    if totals.is_empty() {
        return;
    }
    let said = |c: &&Claim| {
        let elsewhere =
            any_in(&c.site.sentence_text, &["满分", "上年", "去年", "上次", "复评", "目标", "力争", "平均"]);
        cues::for_itself(c) && c.unit == "分" && c.site.before.ends_with("总分") && !elsewhere
    };
    let told = doc.claims.iter().filter(said).filter_map(|c| {
        let name = c.site.before.strip_suffix("总分")?;
        let heading = |total: &&&Claim| {
            let heading = total.site.before.strip_prefix("全部").unwrap_or(&total.site.before);
            shared(name, heading) >= 2
        };
        let mut called = totals.iter().filter(heading);
        let total = called.next().filter(|_| called.next().is_none())?;
        let other = totals.iter().any(|other| other.value == c.value);
        let (one, two) = if total.site.start < c.site.start { (*total, c) } else { (c, *total) };
        (!other && total.unit == c.unit && !label::lead(c).is_empty()).then(|| equal(one, two, false))
    });
    all.extend(told.collect::<Vec<_>>());
}
