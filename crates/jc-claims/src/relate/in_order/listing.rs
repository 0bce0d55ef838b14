//! Lists: as many things named as counted? 张三等4人 names at most four, 甲、乙两位 exactly two.

use crate::document::Document;
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};

pub(in crate::relate) fn listing(doc: &Document, all: &mut Vec<Relation>) {
    for claim in &doc.claims {
        let Some(stated) = claim.value.and_then(Exact::as_int) else { continue };
        let items = &claim.site.items;
        let Ok(listed) = i128::try_from(items.len()) else { continue };
        if items.is_empty() {
            continue;
        }
        let holds = if claim.site.partial { listed <= stated } else { listed == stated };
        let sign = match (claim.site.partial, holds) {
            (true, true) => "≤",
            (true, false) => ">",
            (false, true) => "＝",
            (false, false) => "≠",
        };
        let names = items.join("、");
        let working = Working {
            code: if holds { "list-holds" } else { "list-fails" },
            with: vec![("listed", listed.to_string()), ("stated", stated.to_string()), ("items", names.clone())],
            zh: format!("列举{listed}项（{names}）{sign}{stated}"),
        };
        let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
        let mut it = relation(RelationKind::Enumeration, finding, vec![(Role::Count, claim)], working);
        it.computed = Exact::int(listed);
        it.stated = claim.value;
        all.push(it);
    }
}
