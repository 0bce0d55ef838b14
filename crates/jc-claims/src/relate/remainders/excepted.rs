//! 全班128人，除5人请假外121人到场: those who are excepted and those who came are all of them, told in one clause.

use crate::document::{Claim, Document};
use crate::relate::changes::differences::difference;
use crate::relate::relations::{Relation, tested};
use crate::relate::wording::around::text_between;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::{OPPOSITES, any_in};

/// Looks for all of them.
pub(super) fn excepted(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| cues::plain(c)).collect();
    let rows = counts.windows(3).filter(|row| row.iter().all(|c| !known.contains(&c.id)));
    let found: Vec<Relation> = rows.filter_map(|row| among(row[0], row[1], row[2])).collect();
    all.extend(found);
}

fn among(whole: &Claim, not: &Claim, came: &Claim) -> Option<Relation> {
    const LONGEST: usize = 10;
    let lead = not.site.before.trim_start_matches(['，', '；', '。']).trim_end_matches("了");
    let between = text_between(not, came);
    let (why, rest) = between.split_once("之外").or_else(|| between.split_once("以外")).or(between.split_once('外'))?;
    let rest = rest.trim_start_matches('，');
    let bare = ["", "其余", "其他", "共", "有", "共有", "实际", "实到", "另"].contains(&rest);
    let excepted = ["除", "除了", "除去", "除有"].contains(&lead) && why.chars().count() <= LONGEST && bare;
    let like = alike(whole, not) && alike(not, came) && whole.unit == came.unit && not.unit == came.unit;
    let near = whole.site.sentence == came.site.sentence && whole.site.clause + 1 == not.site.clause;
    let fit = near && like && whole.value > came.value && not.site.clause + 1 >= came.site.clause;
    let opposed = OPPOSITES.iter().any(|(yes, no)| any_in(&came.site.after, yes) && any_in(why, no));
    (excepted && fit && opposed).then(|| difference(came, not, whole, false)).flatten()
}
