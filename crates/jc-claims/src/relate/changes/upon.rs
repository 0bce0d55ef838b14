//! What was there, what came on top of it, and what it is now: 在上年22个工种的基础上新增4个，达到26个; 在原定150万元基础上压减30万元，降至120万元.

use super::differences::difference;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::relate::relations::Relation;
use crate::relate::wording::comparable::{adds_up, alike};

/// What came, and what went.
const MORE: &[&str] = &["新增", "增加", "追加", "增设", "新设", "新建", "扩充", "增配", "增添", "增投", "再增", "多"];
const LESS: &[&str] = &["减少", "压减", "压缩", "缩减", "核减", "调减", "削减", "下降", "精简", "再减", "少"];
/// What leads to the number there is now.
const NOW: &[&str] = &["达到", "达", "增至", "增加到", "增加至", "升至", "降至", "减至", "减少到", "为", "共有", "共"];

/// Looks for them.
pub(super) fn upon(doc: &Document, all: &mut Vec<Relation>) {
    let plain = |c: &Claim| {
        let counted = (c.kind.counts() || adds_up(c) || c.kind == Kind::Change)
            && c.bound == Bound::Exact
            && c.numeral != Numeral::None;
        counted && c.each.is_none() && c.site.cell.is_none()
    };
    for row in doc.claims.windows(3).filter(|row| row.iter().all(plain)) {
        let [old, change, new] = row else { continue };
        let here = old.site.sentence == new.site.sentence && new.site.clause <= change.site.clause + 1;
        if !here || !alike(old, new) || old.unit != change.unit || !old.site.after.contains("基础上") {
            continue;
        }
        let lead = change.site.before.trim_end_matches(['了', '又', '再']);
        let said = |words: &[&str]| words.iter().any(|word| lead.ends_with(word));
        let falls = said(LESS);
        let now = new.site.before.trim_end_matches('了');
        if (falls || said(MORE)) && NOW.iter().any(|word| now.ends_with(word)) {
            all.extend(difference(change, old, new, falls));
        }
    }
}
