//! Rates and shares: do the counts beside a printed rate give it, and if one of them is missing, which whole numbers would?
//!
//! [`rates`] asks of each rate which counts stand beside it (`beside`), reads those that are said to be shares (`shares`), those
//! told in a row (`rows`) and those with a name of their own (`by_name`, by the word of its result, `results`), and what would
//! give the rest (`lone`); then `hundred` asks what makes 100 %. All of them reckon with `readings`. Which count stands above and
//! which below the line is decided by words: where these allow several readings, the one that holds is taken as meant and the
//! others are kept as readings; where none holds, the most literal one is. Later [`by_surroundings`] reads what the sentence
//! leaves no choice about (`closed`, `answers`, `framed`, `few`, `in_words` of shares told in words, and `beyond_all` of more than all), and when more is known `bases`, `outcomes`, `told_of`, `reached` and `apart` (with `by_parts`), in this order,
//! find the whole wherever it was told; `named_whole` turns a share to the whole that it names, `saved` what was saved to what was planned.

mod answers;
pub(super) mod apart;
pub(super) mod bases;
pub(super) mod beside;
mod beyond_all;
mod by_name;
mod by_parts;
mod closed;
mod few;
mod framed;
pub(super) mod hundred;
mod in_words;
pub(super) mod lone;
pub(super) mod named_whole;
pub(super) mod outcomes;
pub(super) mod reached;
pub(super) mod readings;
pub(super) mod results;
pub(super) mod rows;
mod rows_alike;
pub(super) mod saved;
pub(super) mod shares;
pub(super) mod told_of;

use std::collections::HashSet;

use self::beside::{counts_beside, may_count, says_share};
use self::by_name::{named_rate, second_look};
use self::lone::alone;
use self::readings::reading;
use self::results::PASSED;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Holding, Relation, RelationKind};
use crate::relate::sums::addition::held_within;
use crate::relate::wording::around::words_of;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::is_old;
use crate::words::any_in;

pub(super) fn rates(doc: &Document, all: &mut Vec<Relation>) {
    for rate in doc.claims.iter().filter(|claim| claim.kind == Kind::Rate && claim.unit == "%") {
        // 占比由68.5%提高到74.2%: what is counted now has nothing to do with the earlier share.
        if is_old(rate) {
            all.extend(old_share(doc, rate));
            continue;
        }
        let before = all.len();
        let counts = counts_beside(doc, rate);
        if says_share(rate) && shares::of_region(doc, rate, all) {
            continue;
        }
        let inner = || shares::of_inner_base(doc, rate).or_else(|| shares::passed_by_last(doc, rate));
        let inner = || inner().or_else(|| shares::passed_among(doc, rate));
        if let Some(it) = shares::beyond(doc, rate).or_else(|| shares::settled(doc, rate)).or_else(inner) {
            all.push(it);
        } else if shares::of_each_place(rate, &counts) {
            continue;
        } else if says_share(rate) {
            shares::share(doc, rate, &counts, all);
            shares::of_all_listed(doc, rate, &mut all[before..]);
        } else if let Some(it) = rows::of_grades(doc, rate) {
            all.push(it);
        } else if let Some(row) = rows::respectively(doc, rate) {
            all.extend(row);
        } else {
            named_rate(doc, rate, &counts, all);
            second_look(doc, rate, &counts, before, all);
        }
        if all.len() == before && rate.bound == Bound::Exact {
            all.extend(alone(doc, rate));
        }
    }
    hundred::all_shares(doc, all);
    not_reached(doc, all);
}

/// Rates that what stands around them leaves only one reading.
pub(super) fn by_surroundings(doc: &Document, all: &mut Vec<Relation>) {
    closed::closed(doc, all);
    answers::answers(doc, all);
    framed::framed(doc, all);
    rows_alike::rows_alike(doc, all);
    few::few(doc, all);
    in_words::in_words(doc, all);
    beyond_all::beyond_all(doc, all);
}

/// 教师由58人增加到286人，其中高级讲师由6人增加到74人，所占比例由10.3%提高到25.9%: the earlier share, of the earlier counts.
/// Only what agrees is told.
fn old_share(doc: &Document, rate: &Claim) -> Option<Relation> {
    let here = doc.around(rate).iter().rev();
    let olds = here.filter(|c| c.site.sentence == rate.site.sentence && c.site.start < rate.site.start);
    let olds: Vec<&Claim> = olds.filter(|c| may_count(c) && is_old(c) && c.bound == Bound::Exact).collect();
    let (part, wholes) = olds.split_first()?;
    let larger = wholes.iter().filter(|whole| alike(whole, part) && whole.value > part.value);
    larger.filter_map(|whole| reading(rate, &[part], whole, &[])).find(|it| it.finding == Finding::Consistent)
}

/// 报到2056人，报到率96.1%，未报到84人: who did and who did not make the whole that their rate is of.
fn not_reached(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    let held = Holding::of(all);
    let sums = all.iter().filter(|it| it.kind == RelationKind::Sum);
    let summed: HashSet<String> = sums.flat_map(|it| it.members.iter().map(|(_, id)| id.clone())).collect();
    for left in doc.claims.iter().filter(|c| (may_count(c) || c.kind == Kind::Money) && c.bound == Bound::Exact) {
        let lead = left.site.before.trim_start_matches(['，', '；', '、', '（', '仅', '有', '只', '尚', '还']);
        let denied = |text: &str| {
            let word = ["没有", "未能", "未"].iter().find_map(|no| text.strip_prefix(no))?;
            Some(word.chars().take(2).collect::<String>()).filter(|word| word.chars().count() == 2)
        };
        let behind = left.site.after.trim_start_matches(['尚', '还']);
        // 已使用141万元，使用率94%，结余9万元: what is spared was not used.
        let spare = ["结余", "余额", "剩余", "结转", "尚余", "其余"].iter().any(|word| lead.starts_with(word))
            && lead.chars().count() <= 4;
        let spared = || spare.then(String::new);
        let denied = denied(lead).or_else(|| denied(behind).filter(|_| lead.is_empty())).or_else(spared);
        let Some(word) = denied else { continue };
        let passed = PASSED.contains(&word.as_str());
        let last = doc.around(left).iter().rev().find(|c| c.kind == Kind::Rate && c.site.start < left.site.start);
        let Some(rate) = last.filter(|rate| rate.site.chain == left.site.chain && !says_share(rate)) else { continue };
        let Some((done, whole)) = held.part_and_whole(doc, rate).filter(|(done, _)| alike(done, left)) else {
            continue;
        };
        let said = words_of(done);
        let used = spare
            && (any_in(&rate.subject, &["使用率", "执行率", "支出率", "支付率"])
                || left.kind != Kind::Money && any_in(&rate.subject, &["整改率", "完成率", "办结率", "修复率"]));
        let same = used || !spare && (said.contains(&word) || passed && any_in(said, PASSED));
        if same && !summed.contains(&left.id) {
            found.extend(held_within(RelationKind::Sum, whole, &[done, left]));
        }
    }
    all.extend(found);
}
