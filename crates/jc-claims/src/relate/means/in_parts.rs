//! 合格人数为95.5人: people are counted whole; only a mean, and what was converted, has parts of them.

use crate::document::{Claim, Document, Kind};
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{ACHIEVED, WHOLE, any_in};

/// What has parts of people: means, ratios, posts shared and people reckoned by their hours.
const PARTED: &[&str] =
    &["均", "每", "折", "当量", "半", "比", "编制", "标准", "相当", "换算", "加权", "预测", "预计", "估", "期望"];

/// Looks for all of them.
pub(super) fn in_parts(doc: &Document, all: &mut Vec<Relation>) {
    all.extend(doc.claims.iter().filter(|c| parted(c)).map(told));
}

fn parted(claim: &Claim) -> bool {
    let people = claim.kind == Kind::Count && counts_people(&claim.unit) && cues::exact(claim);
    let fraction = claim.decimals > 0 && claim.value.is_some_and(|value| value.as_int().is_none());
    let scaled = claim.text.contains(['万', '亿', '千', '百']);
    // 一名教师要带27.3名学生 is a mean in other words: only who came, or came to a result, is surely counted.
    let lead = claim.site.before.trim_end_matches(|c| "共计达到为是有了仅：".contains(c));
    let named = lead.ends_with('数') || ACHIEVED.iter().chain(WHOLE).any(|word| lead.ends_with(word));
    people && fraction && !scaled && named && !any_in(&claim.site.sentence_text, PARTED)
}

fn told(claim: &Claim) -> Relation {
    let stated = shown(claim);
    let zh = format!("人数应为整数，文中为{stated}");
    let working = Working { code: "people-in-parts", with: vec![("stated", stated)], zh };
    let mut it = relation(RelationKind::Exclusive, Finding::Inconsistent, vec![(Role::Claims, claim)], working);
    it.stated = claim.value;
    it
}
