//! What a rate has told to be done of a whole, and how many are said later not to be: 收到报修2316件，…办结2287件，办结率98.75%。…尚未办结的29件….

use std::collections::HashSet;

use crate::document::{Claim, Document};
use crate::exact::Exact;
use crate::relate::changes::differences::difference;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{FINISHED, any_in};

/// So many paragraphs behind the rate those that are not done may be told.
const BEHIND: usize = 1;
/// What denies that something is done.
const NOT_YET: &[&str] = &["尚未", "未能", "没能", "没有", "暂未", "还未", "还没", "仍未", "未"];
/// What the rates are called that tell how much is done, or how many came or passed.
const DONE: &[&str] = &["通过", "合格", "达标", "及格", "报到", "就业", "到会", "出席", "参会", "签约", "返校", "接通"];
/// 合格率, and those that are 没有通过; 出席率, and those who are 没有到会的.
const SAME: &[&[&str]] = &[&["通过", "合格", "达标", "及格", "过关"], &["到会", "出席", "参会", "到场"]];
/// So many paragraphs behind the rate they may be told where nothing else is counted so.
const FAR: usize = 8;

/// A share that holds: what is done, of what, and by which rate.
struct Done<'a> {
    part: &'a Claim,
    whole: &'a Claim,
    rate: &'a Claim,
    verb: String,
}

/// Looks for them behind each rate that holds.
pub(super) fn undone(doc: &Document, all: &mut Vec<Relation>) {
    let tied = |it: &&Relation| {
        it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Subset | RelationKind::Difference)
    };
    let told: HashSet<&str> = (all.iter().filter(tied))
        .flat_map(|it| {
            let as_part = |role: Role| role != Role::Whole || it.kind == RelationKind::Difference;
            it.members.iter().filter(move |(role, _)| as_part(*role)).map(|(_, id)| id.as_str())
        })
        .collect();
    let mut done: Vec<Done> = all.iter().filter_map(|it| Done::of(doc, it)).collect();
    done.sort_by_key(|it| it.rate.site.start);
    let found: Vec<Relation> = doc
        .claims
        .iter()
        .filter(|c| cues::plain(c) && !told.contains(c.id.as_str()))
        .filter_map(|left| {
            // The nearest of its verb is meant; of two groups nobody knows which.
            let before = done.partition_point(|it| it.rate.site.start < left.site.start);
            let mut own = done[..before].iter().rev().take(8).filter(|it| denies(left, &it.verb));
            let nearest = own.next()?;
            let group =
                |it: &Done| it.rate.site.paragraph == nearest.rate.site.paragraph && it.whole.id != nearest.whole.id;
            // 应完成92个，完成90个，…累计完成97个, of 168个 in all: what should have been done by then is within the whole.
            let within = |it: &Done| it.whole.value < nearest.whole.value && it.part.value < nearest.part.value;
            let other = |it: &Done| it.whole.value.zip(it.part.value).and_then(|(a, b)| a.minus(b)) == left.value;
            let apart = |it: &Done| group(it) && (!within(it) || other(it));
            let far = left.site.paragraph > nearest.rate.site.paragraph + BEHIND;
            let other = |it: &&Done| it.whole.id != nearest.whole.id && same(&it.verb, &nearest.verb);
            let one = !far || of_kind(nearest, left) && !done.iter().any(|it| other(&it));
            of(nearest, left).filter(|_| one && !own.any(apart))
        })
        .collect();
    all.extend(found);
}

impl<'a> Done<'a> {
    fn of(doc: &'a Document, it: &Relation) -> Option<Done<'a>> {
        let holds = it.kind == RelationKind::Rate && it.primary && it.finding == Finding::Consistent;
        let [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..] else {
            return None;
        };
        let (part, whole, rate) = (doc.claim(part)?, doc.claim(whole)?, doc.claim(rate)?);
        let name = cues::item(rate);
        let name = name.trim_end_matches(['为', '达', '到', '是', '约', '的']).strip_suffix('率')?.to_string();
        let verb = FINISHED.iter().chain(DONE).find(|verb| name.ends_with(**verb))?;
        let plain = cues::plain(part) && cues::plain(whole) && part.value < whole.value && alike(part, whole);
        (holds && plain).then(|| Done { part, whole, rate, verb: (*verb).to_string() })
    }
}

/// Do both verbs tell that the same was done?
fn same(one: &str, other: &str) -> bool {
    one == other || SAME.iter().any(|set| set.contains(&one) && set.contains(&other))
}

/// 应到代表126名, and later 11名代表; 240批次, and 9批次: can nothing else be meant, wherever it is told?
fn of_kind(done: &Done, left: &Claim) -> bool {
    let common = counts_people(&left.unit) || matches!(left.unit.as_str(), "个" | "项" | "件" | "人次");
    let named = shared(&left.site.after, words_of(done.whole)) >= 2;
    let old = any_in(&left.site.sentence_text, &["去年", "上年", "往年", "上届", "上次"]);
    left.unit == done.part.unit && (named || !common) && !old
}

/// 尚未办结的39件, 其余54人暂未落实: is it told of those of whom the verb does not hold?
fn denies(left: &Claim, verb: &str) -> bool {
    // 没有完成的 are not 办结 either.
    let verbs = FINISHED.iter().copied().filter(|_| FINISHED.contains(&verb)).chain([verb]);
    let like = SAME.iter().filter(|set| set.contains(&verb)).flat_map(|set| set.iter().copied());
    let verbs = verbs.chain(like);
    let clause = left.site.clause_text.trim_start_matches('，');
    let number: String = left.text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((before, behind)) = clause.split_once(number.as_str()) else { return false };
    let said = |text: &str| {
        let short: String = text.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
        let denied = NOT_YET.iter().filter_map(|no| short.find(no).map(|at| at + no.len())).max();
        denied.is_some_and(|at| verbs.clone().any(|verb| short[at..].contains(verb)))
    };
    let head: String = behind.chars().take(12).collect();
    before.ends_with('的') && said(before) || left.site.after.contains(['未', '没']) && said(&head)
}

/// What is left of the whole, against what is said to be.
fn of(done: &Done, left: &Claim) -> Option<Relation> {
    // 尚未完成的71个验收要点: what is named in full may be told anywhere.
    let named = shared(&left.site.after, words_of(done.whole)) >= 3;
    let near = (named || left.site.paragraph <= done.rate.site.paragraph + FAR) && left.site.start > done.part.site.end;
    let people = |c: &Claim| counts_people(&c.unit) && c.unit != "人次";
    let unit = left.unit == done.part.unit || people(left) && people(done.part);
    let like = alike(left, done.part) && unit && left.id != done.whole.id;
    let some = any_in(&left.site.clause_text, &["其中", "新", "另", "上年", "去年", "往年", "历年"]);
    if !near || !like || some || cues::in_brackets(left) {
        return None;
    }
    let it = difference(left, done.part, done.whole, false)?;
    let gives = done.whole.value?.minus(done.part.value?)?;
    let more = left.value? > gives && left.value? <= gives.times(Exact::whole(3))?;
    let slip = is_mistyped(gives, left.value?) && gives >= Exact::whole(10);
    (it.finding == Finding::Consistent || more || slip).then_some(it)
}
