//! What a sentence gathers up once more: 把这一年收拢起来，1860名志愿者、41850小时、1254件修好的家电，以及分布在城乡的26个服务站, after 现在共有23个服务站. Where most of
//! its numbers were told elsewhere as they are, the one that was not is held against what is called alike.

use std::collections::{HashMap, HashSet};

use jc_text::fold::is_han;

use super::twice::equal;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::is_slip;
use crate::relate::relations::{Finding, Relation};
use crate::relate::wording::around::words_of;
use crate::relate::wording::called::NARROWS_NOTHING;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::population::without;
use crate::relate::wording::{cues, label};
use crate::units::is_common;
use crate::words::{AHEAD, any_in};

/// So many numbers of other paragraphs a sentence tells again before it is one that gathers up.
const LEAST: usize = 3;

/// Verbs before what is counted that do not narrow it.
const DOES: &[&str] = &["开展", "组织", "举办", "完成", "实施", "全年", "年内", "累计", "共"];

/// What the text tells for itself, by its unit; and in which paragraphs first and last each number in a unit stands.
struct Known<'a> {
    by_unit: HashMap<&'a str, Vec<&'a Claim>>,
    places: HashMap<(&'a str, Option<Exact>), (usize, usize)>,
}

impl<'a> Known<'a> {
    fn of(doc: &'a Document) -> Known<'a> {
        let mut known = Known { by_unit: HashMap::new(), places: HashMap::new() };
        for c in doc.claims.iter().filter(|c| told(c) || c.kind == Kind::Rate && cues::for_itself(c)) {
            if c.kind != Kind::Rate {
                known.by_unit.entry(&c.unit).or_default().push(c);
            }
            let own = c.site.paragraph;
            known.places.entry((&c.unit, c.value)).or_insert((own, own)).1 = own;
        }
        known
    }

    /// Does another paragraph tell the same number?
    fn elsewhere(&self, c: &Claim) -> bool {
        let places = self.places.get(&(c.unit.as_str(), c.value));
        places.is_some_and(|(first, last)| *first != c.site.paragraph || *last != c.site.paragraph)
    }

    /// What other paragraphs tell in its unit.
    fn others(&self, c: &'a Claim) -> impl Iterator<Item = &'a Claim> {
        let row = self.by_unit.get(c.unit.as_str()).into_iter().flatten().copied();
        row.filter(move |other| other.site.paragraph != c.site.paragraph)
    }
}

/// Looks for them.
pub(super) fn recap(doc: &Document, all: &mut Vec<Relation>) {
    let held: HashSet<&str> = all
        .iter()
        .filter(|it| it.primary && it.finding != Finding::Feasible)
        .flat_map(|it| it.members.iter().map(|(_, id)| id.as_str()))
        .collect();
    let known = Known::of(doc);
    let mut found = Vec::new();
    for chain in doc.claims.chunk_by(|a, b| a.site.chain == b.site.chain).filter(|chain| chain.len() > LEAST) {
        // A share that is told again shows as well that the sentence looks back.
        let share = |c: &Claim| c.kind == Kind::Rate && cues::for_itself(c) && known.elsewhere(c);
        let numbers: Vec<&Claim> = chain.iter().filter(|c| told(c) || share(c)).collect();
        let again = numbers.iter().filter(|c| known.elsewhere(c)).count();
        let units: HashSet<&str> = numbers.iter().map(|c| c.unit.as_str()).collect();
        // Of one kind a row of numbers is no look back.
        if again < LEAST || again * 5 < numbers.len() * 3 || units.len() < LEAST {
            continue;
        }
        let open = numbers.iter().filter(|c| !known.elsewhere(c) && !held.contains(c.id.as_str()));
        found.extend(open.filter_map(|c| otherwise(&known, c)));
    }
    all.extend(found);
}

/// A number told for itself.
fn told(c: &Claim) -> bool {
    let measured = c.kind.counts() || matches!(c.kind, Kind::Hours | Kind::Quantity | Kind::Money);
    measured && cues::for_itself(c) && c.value >= Exact::int(5)
}

/// The one number of another paragraph that is called alike and is little else.
fn otherwise<'a>(known: &Known<'a>, c: &'a Claim) -> Option<Relation> {
    let noun: Vec<char> = c.site.after.chars().take_while(|c| is_han(*c)).take(6).collect();
    let common = is_common(&c.unit);
    let called = |other: &Claim| {
        let words = words_of(other);
        let shared = noun.windows(2).filter(|two| words.contains(&two.iter().collect::<String>())).count();
        // 开展各类培训12680人次…，培训12160人次: called by what leads to both, and neither by more.
        let name = label::lead(c);
        let narrower = label::lead(other).strip_suffix(name).map(|rest| without(rest, &[NARROWS_NOTHING, DOES]));
        let planned = any_in(&c.site.sentence_text, AHEAD) || any_in(&c.site.sentence_text, &["计划", "目标", "拟"]);
        let led = c.site.after.is_empty() && name.chars().count() >= 2 && narrower == Some("") && !planned;
        shared >= if common { 2 } else { 1 } || noun.len() == 2 && shared == 1 || led
    };
    let near = |other: &Claim| {
        let (own, other) = (c.value?, other.value?);
        Some(is_slip(own, other) || own.apart(other)?.times(Exact::whole(7))? <= own.max(other))
    };
    let like = |other: &&Claim| alike(other, c) && near(other) == Some(true);
    let lone = known.others(c).filter(|other| other.value >= Exact::int(100)).count() == 1;
    let mut candidates = known.others(c).filter(like).filter(|other| called(other) || !common && lone);
    let first = candidates.next()?;
    let (one, other) = if first.site.start < c.site.start { (first, c) } else { (c, first) };
    candidates.all(|next| next.value == first.value).then(|| equal(one, other, false))
}
