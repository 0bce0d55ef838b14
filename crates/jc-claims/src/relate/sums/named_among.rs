//! 入选5人，其中王建国、…、赵磊获一等奖: of five no six can be named.

use super::addition::held_within;
use crate::document::{Claim, Document, Kind, Numeral};
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::text_between;
use crate::relate::wording::cues;
use crate::units::counts_people;

/// Looks for all of them.
pub(super) fn named_among(doc: &Document, all: &mut Vec<Relation>) {
    all.extend(doc.claims.windows(2).filter_map(|pair| more_named(&pair[0], &pair[1])));
}

fn more_named(whole: &Claim, named: &Claim) -> Option<Relation> {
    let people = |c: &Claim| c.kind == Kind::Count && counts_people(&c.unit);
    let among = named.site.sentence == whole.site.sentence && named.site.clause == whole.site.clause + 1;
    let opens = text_between(whole, named).rsplit('，').next().is_some_and(|lead| lead.trim() == "其中");
    let by_name = named.numeral == Numeral::None && people(named) && named.site.grade.is_empty();
    if !(by_name && among && opens && people(whole) && cues::plain(whole)) {
        return None;
    }
    held_within(RelationKind::Subset, whole, &[named]).filter(|it| it.finding == Finding::Inconsistent)
}
