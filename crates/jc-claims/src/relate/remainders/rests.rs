//! What is left of a whole where lists within the parts, rates or whole paragraphs stand between: 毕业生1362人，升学1035人，其中本科
//! 128人、高职907人；就业301人；其余26人….

use std::collections::{HashMap, HashSet};

use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::changes::differences::difference;
use crate::relate::digits::slips::is_slip;
use crate::relate::means::apiece::each_has;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::sums::addition::{held_within, near, sum};
use crate::relate::wording::around::words_of;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::{REMAINING, STILL_LEFT};

/// So many counts before a remainder may be its whole.
const WHOLES: usize = 12;

/// Looks for all of them.
pub(super) fn rests(doc: &Document, all: &mut Vec<Relation>) {
    let rates = rates(doc, all);
    let mut wholes: HashMap<&str, Vec<&str>> = HashMap::new();
    for (part, whole, _) in &rates {
        wholes.entry(part.id.as_str()).or_default().push(whole.id.as_str());
    }
    let nested = nested(all);
    let sums = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Difference);
    let told: HashSet<String> =
        all.iter().filter(sums).flat_map(|it| it.members.iter().map(|(_, id)| id.clone())).collect();
    for rest in doc.claims.iter().filter(|c| plain(c) && !told.contains(&c.id)) {
        let other = rest.site.before.trim_start_matches(['，', '；']).starts_with('另');
        if !other && lead_of(rest).is_none() && denied(rest).is_none() && undone(rest).is_none() {
            continue;
        }
        let found = after_rate(doc, &rates, rest).or_else(|| not_done(&rates, rest)).or_else(|| {
            let named = lead_of(rest)?;
            let row = row(doc, &wholes, rest);
            let it = of_row(&row, rest, named).filter(|it| it.finding == Finding::Consistent);
            // 846人升学，其中本科117人；451人就业: what is among another part is no part beside it.
            let outer = || of_row(&without(&row, &nested), rest, named);
            let here = || of_own_sentence(&without(&row, &nested), rest, named, &wholes);
            it.or_else(outer).or_else(here).or_else(|| of_row(&row, rest, named)).or_else(|| of_far(doc, &row, rest))
        });
        all.extend(found.or_else(|| not_yet(doc, all, rest)));
    }
}

/// Which of the words of a remainder leads to the number.
fn lead_of(claim: &Claim) -> Option<&'static str> {
    let lead = claim.site.before.trim_start_matches(['，', '、', '（', '；', '对', '仅', '。']);
    let lead = ["目前", "至今", "现"].iter().find_map(|word| lead.strip_prefix(word)).unwrap_or(lead);
    let word = REMAINING.iter().chain(STILL_LEFT).find(|word| lead.starts_with(**word))?;
    (lead[word.len()..].chars().count() <= 3).then_some(*word)
}

/// 未报到的66人: what was not done, in two characters.
fn denied(claim: &Claim) -> Option<String> {
    let lead = claim.site.before.trim_end_matches(['的', '有', '共', '为']);
    let (_, verb) = lead.rsplit_once("没有").or_else(|| lead.rsplit_once('未'))?;
    (verb.chars().count() == 2).then(|| verb.to_string())
}

/// 3个支部尚未达标: of what, and what was not done, where nothing but this follows the number.
fn undone(claim: &Claim) -> Option<(String, String)> {
    let (noun, verb) = ["尚未", "还未", "没有", "未"].iter().find_map(|no| claim.site.after.split_once(no))?;
    let short = (2..=4).contains(&noun.chars().count()) && verb.chars().count() == 2;
    short.then(|| (noun.to_string(), verb.to_string()))
}

fn plain(claim: &Claim) -> bool {
    let own = cues::counted(claim) && !cues::per_head(claim) && !each_has(claim);
    own && claim.value > Some(Exact::ZERO) && !cues::is_old(claim)
}

/// Rates that hold: part, whole, rate.
type Held<'a> = (&'a Claim, &'a Claim, &'a Claim);

fn rates<'a>(doc: &'a Document, all: &[Relation]) -> Vec<Held<'a>> {
    let holds = |it: &&Relation| it.primary && it.kind == RelationKind::Rate && it.finding == Finding::Consistent;
    let three = |it: &Relation| match &it.members[..] {
        [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, rate)] => {
            Some((doc.claim(part)?, doc.claim(whole)?, doc.claim(rate)?))
        }
        _ => None,
    };
    all.iter().filter(holds).filter_map(three).collect()
}

/// Is what is stated what they give but for one digit, or for two in each other's place, or by a tenth at most?
pub(super) fn nearly(stated: &Claim, gives: Exact) -> bool {
    let Some(value) = stated.value else { return false };
    let apart = value.apart(gives);
    let little = || apart.and_then(|apart| apart.times(Exact::int(10)?)).is_some_and(|ten| ten <= gives);
    is_slip(value, gives) || little()
}

/// 对口的279人，对口率70.1%，较上届的66.8%提高3.3个百分点；其余119人: nothing is counted between the part that has a rate and the rest.
fn after_rate(doc: &Document, rates: &[Held], rest: &Claim) -> Option<Relation> {
    const BARE: &[&str] = &["其余", "其余的", "余下", "余下的", "剩下", "剩下的", "剩余", "剩余的", "另有", "另"];
    let lead = rest.site.before.trim_start_matches(['，', '；', '。']);
    let before = doc.around(rest).iter().rev().filter(|c| c.site.start < rest.site.start);
    let shares = |c: &&Claim| matches!(c.kind, Kind::Rate | Kind::Points | Kind::ChangeRate);
    let part = before.take(6).find(|c| !shares(c)).filter(|c| BARE.contains(&lead) && alike(c, rest))?;
    let (part, whole, _) = rates.iter().find(|(own, _, rate)| {
        own.id == part.id && rate.site.start > own.site.start && rate.site.start < rest.site.start
    })?;
    let near = part.site.paragraph == rest.site.paragraph && part.site.chain + 1 >= rest.site.chain;
    let it = difference(rest, part, whole, false).filter(|_| near && alike(whole, rest))?;
    let gives = it.computed?;
    let other = lead.starts_with('另');
    (it.finding == Finding::Consistent || !other && nearly(rest, gives) && gives > Exact::ZERO).then_some(it)
}

/// 录取1658人…报到1592人，报到率96.0%…。录取后未报到的66人: paragraphs later, who did not what the part of a rate did.
fn not_done(rates: &[Held], rest: &Claim) -> Option<Relation> {
    let (noun, verb) = denied(rest).map(|verb| (String::new(), verb)).or_else(|| undone(rest))?;
    let did = |c: &Claim| words_of(c).contains(&verb) && !words_of(c).contains(&format!("未{verb}"));
    let called =
        |rate: &Claim| rate.site.before.contains(&format!("{verb}率")) || rate.subject.contains(&format!("{verb}率"));
    let like = |c: &Claim| alike(c, rest);
    let mut told = rates.iter().filter(|(part, whole, rate)| like(part) && like(whole) && did(part) && called(rate));
    let (part, whole, _) = told.next().filter(|(_, whole, _)| !did(whole))?;
    let only = told.all(|(other, of, _)| other.value == part.value && of.value == whole.value);
    let it = difference(rest, part, whole, false).filter(|_| only)?;
    // A small number is hit by chance, where the whole is not named.
    let named = !noun.is_empty() && words_of(whole).contains(&noun);
    (it.finding == Finding::Consistent && (named || it.computed >= Exact::int(10))).then_some(it)
}

/// 现有专业18个，其中15个开设一体化课程…。仍有3个专业尚未开设一体化课程: what is denied of the rest was told of the part.
fn not_yet(doc: &Document, all: &[Relation], rest: &Claim) -> Option<Relation> {
    STILL_LEFT.contains(&lead_of(rest)?).then_some(())?;
    let (noun, phrase) = ["尚未", "还未", "没有", "未"].iter().find_map(|no| rest.site.after.split_once(no))?;
    if phrase.chars().count() < 4 || noun.chars().count() > 6 {
        return None;
    }
    let within = |it: &&Relation| {
        let kind = matches!(it.kind, RelationKind::Subset | RelationKind::Rate);
        kind && it.primary && it.finding == Finding::Consistent
    };
    all.iter().filter(within).find_map(|it| {
        let of = |wanted: &[Role]| -> Vec<&Claim> {
            let own = it.members.iter().filter(|(role, _)| wanted.contains(role));
            own.filter_map(|(_, id)| doc.claim(id)).collect()
        };
        let (parts, wholes) = (of(&[Role::Part, Role::Numerator]), of(&[Role::Whole, Role::Denominator]));
        let ([part], [whole]) = (&parts[..], &wholes[..]) else { return None };
        let said = part.site.after.ends_with(phrase) || part.site.after.starts_with(phrase);
        let like = part.unit == rest.unit && whole.unit == rest.unit && whole.id != rest.id && part.id != rest.id;
        let it = difference(rest, part, whole, false).filter(|_| said && like)?;
        (it.finding == Finding::Consistent).then_some(it)
    })
}

/// The counts before a remainder that it may be left of, the first first: of its chain and the one before it, without what lists
/// within them hold.
fn row<'a>(doc: &'a Document, wholes: &HashMap<&str, Vec<&str>>, rest: &Claim) -> Vec<&'a Claim> {
    let here = doc.around(rest).iter().filter(|c| {
        c.site.start < rest.site.start
            && c.site.paragraph == rest.site.paragraph
            && c.site.chain + 1 >= rest.site.chain
            && alike(c, rest)
            && plain(c)
            && !cues::is_base(c)
            && !cues::in_brackets(c)
    });
    let mut row: Vec<&Claim> = Vec::new();
    let mut list: Vec<&Claim> = Vec::new();
    for claim in here {
        let opens = claim.site.clause_text.starts_with("其中") && cues::item(claim).starts_with("其中");
        let inside = list.first().is_some_and(|first| first.site.sentence == claim.site.sentence);
        if opens || inside {
            if opens {
                row.append(&mut list);
            }
            list.push(claim);
            // 升学1035人，其中本科128人、高职907人: what makes the one before it is no part beside it.
            let sum = sum(&list);
            if row.len() >= 2 && row.last().is_some_and(|of| of.value == sum) {
                list.clear();
            }
            continue;
        }
        row.append(&mut list);
        row.push(claim);
    }
    row.append(&mut list);
    // 803人就业；留在本市的561人，占就业人数的69.86%: what is a share of another part is no part beside it.
    let first = row.first().map(|c| c.id.clone()).unwrap_or_default();
    let ids: HashSet<String> = row.iter().map(|c| c.id.clone()).collect();
    let of_part = |c: &Claim| {
        let own = wholes.get(c.id.as_str()).into_iter().flatten();
        own.into_iter().any(|whole| *whole != first && ids.contains(*whole))
    };
    row.retain(|c| !of_part(c));
    row
}

/// By each part what it is a part of.
fn nested(all: &[Relation]) -> HashMap<String, Vec<String>> {
    let within = |it: &&Relation| {
        let kind = matches!(it.kind, RelationKind::Subset | RelationKind::Sum);
        kind && it.primary && it.finding == Finding::Consistent
    };
    let mut nested: HashMap<String, Vec<String>> = HashMap::new();
    for it in all.iter().filter(within) {
        let Some((_, whole)) = it.members.iter().find(|(role, _)| *role == Role::Whole) else { continue };
        for (_, part) in it.members.iter().filter(|(role, _)| *role == Role::Part) {
            nested.entry(part.clone()).or_default().push(whole.clone());
        }
    }
    nested
}

/// The row without those that are parts of another part of it.
fn without<'a>(row: &[&'a Claim], nested: &HashMap<String, Vec<String>>) -> Vec<&'a Claim> {
    let ids: HashSet<&str> = row.iter().map(|c| c.id.as_str()).collect();
    // Of the first of all every one may be a part.
    let is_part = |whole: &String| {
        let first = row.first().is_some_and(|c| c.id == *whole);
        let of = nested.get(whole).is_some_and(|of| of.iter().any(|outer| ids.contains(outer.as_str())));
        ids.contains(whole.as_str()) && !first && of
    };
    let inner = |c: &Claim| nested.get(&c.id).is_some_and(|of| of.iter().any(is_part));
    row.iter().copied().filter(|c| !inner(c)).collect()
}

/// The nearest of the row that the others behind it and the rest make; or the first of it, where they all but do.
fn of_row(row: &[&Claim], rest: &Claim, named: &str) -> Option<Relation> {
    let with_rest = |from: usize| -> Vec<&Claim> { row[from + 1..].iter().copied().chain([rest]).collect() };
    let from = row.len().saturating_sub(WHOLES);
    let holds = (from..row.len().saturating_sub(1)).rev().find_map(|n| {
        let it = held_within(RelationKind::Sum, row[n], &with_rest(n))?;
        (it.finding == Finding::Consistent).then_some(it)
    });
    if holds.is_some() {
        return holds;
    }
    // 毕业生1362人，…: the first of the sentence is the whole of all others, which each have a clause of their own.
    let (whole, parts) = row.split_first()?;
    let first = whole.site.chain == rest.site.chain && parts.len() >= 2;
    let clear = parts.iter().all(|c| c.value < whole.value && !c.site.clause_text.starts_with("其中"));
    let apart = parts.windows(2).all(|two| two[0].site.clause < two[1].site.clause);
    let strict = REMAINING.contains(&named) && first && clear && apart && alike(rest, whole);
    let all_parts = with_rest(0);
    let gives = parts.iter().try_fold(whole.value?, |left, part| left.minus(part.value?))?;
    let meant = strict && near(whole, &all_parts, 20) && nearly(rest, gives);
    held_within(RelationKind::Sum, whole, &all_parts).filter(|_| meant)
}

/// 毕业生1986名：获证1902人，获证率95.8%；就业1127人，升学794人，其余65人: those of its own part of the sentence make, with it, what was
/// counted before the last part; or all but make the first of all, of which those between are shares.
fn of_own_sentence(row: &[&Claim], rest: &Claim, named: &str, shares: &HashMap<&str, Vec<&str>>) -> Option<Relation> {
    let at = row.iter().position(|c| c.site.sentence == rest.site.sentence)?;
    let (before, own) = row.split_at(at);
    let parts: Vec<&Claim> = own.iter().copied().chain([rest]).collect();
    let sum = sum(&parts)?;
    if own.len() < 2 || own.windows(2).any(|two| two[0].site.clause == two[1].site.clause) {
        return None;
    }
    let near_by = before.iter().rev().take(WHOLES).copied();
    if let Some(whole) = near_by.clone().find(|c| c.value == Some(sum) && !cues::is_base(c)) {
        return held_within(RelationKind::Sum, whole, &parts);
    }
    let (whole, between) = before.split_first()?;
    let share = |c: &&Claim| shares.get(c.id.as_str()).is_some_and(|of| of.contains(&whole.id.as_str()));
    let gives = own.iter().try_fold(whole.value?, |left, part| left.minus(part.value?))?;
    let meant = REMAINING.contains(&named) && whole.site.chain == rest.site.chain && between.iter().all(share);
    (meant && alike(rest, whole) && near(whole, &parts, 20) && nearly(rest, gives))
        .then(|| held_within(RelationKind::Sum, whole, &parts))
        .flatten()
}

/// 一千五百二十八名同学…。升学548人，就业942人，参军26人，其余12人: a whole told paragraphs before, which all of them make exactly.
fn of_far(doc: &Document, row: &[&Claim], rest: &Claim) -> Option<Relation> {
    let parts: Vec<&Claim> = row.iter().copied().filter(|c| c.site.chain == rest.site.chain).chain([rest]).collect();
    let sum = sum(&parts)?;
    if parts.len() < 3 || parts.len() > MOST_TOGETHER || sum < Exact::int(100)? {
        return None;
    }
    let before = doc.around(rest).iter().rev().filter(|c| c.site.start < parts[0].site.start);
    let whole = before.filter(|c| plain(c) && alike(c, rest)).find(|c| c.value == Some(sum))?;
    held_within(RelationKind::Sum, whole, &parts)
}
