//! 5个专业群，涵盖甲、乙、丙、丁四个专业群: what is counted, and counted again at the end of the list of all of it.

use super::twice::equal;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::Relation;
use crate::relate::wording::cues;

/// Words behind which all of it is listed, and not only some.
const ALL_OF_IT: &[&str] = &["涵盖", "即", "分别为", "分别是", "分为", "由"];

/// Looks for all of them.
pub(super) fn by_its_list(doc: &Document, all: &mut Vec<Relation>) {
    all.extend(doc.claims.windows(2).filter_map(|pair| otherwise(&pair[0], &pair[1])));
}

fn otherwise(first: &Claim, again: &Claim) -> Option<Relation> {
    let noun = |c: &Claim| c.site.after.trim_end_matches("组成").trim_end_matches("构成").to_string();
    let next = again.site.sentence == first.site.sentence && again.site.clause == first.site.clause + 1;
    let counts = |c: &Claim| c.kind == Kind::Count && cues::plain(c);
    let all_of_it = ALL_OF_IT.iter().any(|word| again.site.clause_text.trim_start_matches('，').starts_with(word));
    let listed = i128::try_from(again.site.items.len()).ok().and_then(Exact::int);
    let whole = !again.site.partial && again.site.items.len() > 1 && listed == again.value;
    let same = first.unit == again.unit && !noun(first).is_empty() && noun(first) == noun(again);
    let fit = next && counts(first) && counts(again) && all_of_it && whole && same;
    (fit && first.value != again.value).then(|| equal(first, again, false))
}
