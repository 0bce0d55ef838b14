//! What was saved is a share of what was planned, not of what was spent: 预算486万元, 成交448万元，比预算节约38万元，节约率7.8%.

use super::readings::reading;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Relation, RelationKind};
use crate::relate::wording::around::led_from;

/// What is saved, and its rate.
const SAVES: &[&str] = &["节约", "节省", "压减", "核减", "审减"];
/// What it is saved of.
const PLANNED: &[&str] = &["预算", "控制价", "概算", "最高限价", "预算价", "送审金额", "送审价"];

/// Looks for all of them; what was told of such a rate and another base gives way.
pub(in crate::relate) fn saved(doc: &Document, all: &mut Vec<Relation>) {
    let found: Vec<Relation> = doc.claims.windows(3).filter_map(|row| of_plan(doc, row)).collect();
    for it in &found {
        let own = it.under_test();
        all.retain(|other| other.kind != RelationKind::Rate || other.under_test() != own);
    }
    all.extend(found);
}

fn of_plan(doc: &Document, row: &[Claim]) -> Option<Relation> {
    let [spent, less, rate] = row else { return None };
    let exact = row.iter().all(|c| c.bound == Bound::Exact && c.site.cell.is_none());
    let money = spent.kind == Kind::Money && spent.unit == less.unit;
    let beside = spent.site.sentence == rate.site.sentence
        && less.site.clause + 1 == rate.site.clause
        && less.site.clause <= spent.site.clause + 1;
    let lead = led_from(Some(spent), less).trim_start_matches(['，', '（']).trim_end_matches('了');
    let lead = lead.strip_prefix(['比', '较'])?;
    let verb = SAVES.iter().find(|verb| lead.strip_suffix(**verb).is_some_and(|plan| PLANNED.contains(&plan)))?;
    let named = rate.site.before.trim_start_matches('，').trim_end_matches(['为', '达', '约']);
    let named = named.strip_suffix('率').is_some_and(|name| name == *verb) && rate.unit == "%";
    let planned = spent.value?.plus(less.value?)?;
    let before = doc.around(spent).iter().rev().filter(|c| c.site.start < spent.site.start);
    let plan = before.clone().find(|c| c.value == Some(planned) && c.unit == spent.unit && c.bound == Bound::Exact)?;
    (exact && money && beside && named).then(|| reading(rate, &[less], plan, &[])).flatten()
}
