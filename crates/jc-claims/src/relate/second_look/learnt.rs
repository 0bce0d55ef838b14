//! Which numbers are likely meant together, as learnt from articles in which people noted it: a share with what it is of, a
//! rise with old and new, a difference, a mean, parts and their total, the same told again.
//!
//! The other modules know a wording or do not. Here every few exact numbers that stand near each other are weighed by the
//! same marks, whatever the wording: where they stand, what stands between them, which words they share, which words lead
//! to each. The weights are learnt by logistic regression (`examples/learn.rs`), from what agrees and from what does not
//! alike, so that of the values nothing is learnt. What is likely meant and does not come to what is printed, though
//! nearly, and has no other explanation, is shown to be looked at: it is likely, not proved, and so never an alarm.

mod groups;
mod marks;

pub use groups::{Group, MISSES, groups};
pub use marks::{marks_in_all, name_of};

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::document::Document;
use crate::relate::changes::differences::difference;
use crate::relate::changes::growth::from_old;
use crate::relate::changes::points::points_between;
use crate::relate::means::quotients::{fits, quotient};
use crate::relate::rates::readings::reading_of;
use crate::relate::said_again::twice::equal;
use crate::relate::sums::addition::held_within;
use crate::relate::{Finding, Relation, RelationKind};

/// What numbers may be to each other, in the order they are held: what it is made of first, the printed one last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Part, whole, per cent.
    Share,
    /// Later value, earlier value, per cent.
    Rise,
    /// Most, less, least: the first is the two others together.
    Apart,
    /// Two shares and the points between them.
    Points,
    /// All, how many, each.
    Each,
    /// Three parts or more, and all of them.
    Parts,
    /// The same told again.
    Again,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 7] =
        [Form::Share, Form::Rise, Form::Apart, Form::Points, Form::Each, Form::Parts, Form::Again];

    /// The word of the file of weights.
    pub fn word(self) -> &'static str {
        match self {
            Form::Share => "share",
            Form::Rise => "rise",
            Form::Apart => "apart",
            Form::Points => "points",
            Form::Each => "each",
            Form::Parts => "parts",
            Form::Again => "again",
        }
    }

    fn called(word: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.word() == word)
    }

    /// Whether the printed number says itself what it is: 占25%, 增长12%.
    fn says_so(self) -> bool {
        matches!(self, Form::Share | Form::Rise | Form::Points)
    }
}

/// What is learnt: by form, the weight of each mark in thousandths, and what every group begins with.
#[derive(Clone, Debug)]
pub struct Weights {
    forms: Vec<(i32, Vec<i32>)>,
    misses: [i32; MISSES],
}

impl Weights {
    /// Reads `form mark number weight` line by line; `form begins weight` is what every group begins with, and
    /// `misses number weight` how a way of missing counts. A line that is none of these is passed over.
    pub fn read(text: &str) -> Weights {
        let mut all = vec![(0, vec![0; marks_in_all()]); Form::ALL.len()];
        let mut misses = [0; MISSES];
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["misses", number, weight] => {
                    let place = number.parse().ok().and_then(|n: usize| misses.get_mut(n));
                    if let (Some(place), Ok(weight)) = (place, weight.parse()) {
                        *place = weight;
                    }
                }
                [form, "begins", weight] => {
                    if let (Some(form), Ok(weight)) = (Form::called(form), weight.parse()) {
                        all[form as usize].0 = weight;
                    }
                }
                [form, mark, number, weight] => {
                    let number = number.parse().ok().and_then(|n| marks::number_of(mark, n));
                    if let (Some(form), Some(mark), Ok(weight)) = (Form::called(form), number, weight.parse()) {
                        all[form as usize].1[mark] = weight;
                    }
                }
                _ => {}
            }
        }
        Weights { forms: all, misses }
    }

    /// For one form only.
    pub fn set(&mut self, form: Form, begins: i32, weights: Vec<i32>) {
        self.forms[form as usize] = (begins, weights);
    }

    /// How much likelier what misses so is a slip than chance.
    pub fn set_misses(&mut self, misses: [i32; MISSES]) {
        self.misses = misses;
    }

    /// How likely it is that a group with these marks is meant: the logarithm of the odds, in thousandths.
    fn odds(&self, group: &Group) -> i32 {
        let (begins, weights) = &self.forms[group.form as usize];
        let begins = begins + if group.holds { 0 } else { self.misses[group.miss()] };
        group.marks.iter().filter_map(|mark| weights.get(*mark)).fold(begins, |sum, weight| sum.saturating_add(*weight))
    }
}

pub(in crate::relate) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("learnt.txt")));

/// The logarithm of the odds from which numbers are shown to be looked at, in thousandths: five to three. From even odds on
/// as many again were shown in vain, and two in twenty-five more of what is wrong.
const LIKELY: i32 = 500;

/// Shows what is likely meant and does not agree, beside the relations that are known.
pub(in crate::relate) fn learnt(doc: &Document, weights: &Weights, all: &mut Vec<Relation>) {
    let found = likely(doc, weights, all);
    all.extend(found);
}

/// So much less likely than another may be what comes to the printed number, and still speaks against it.
const DEFENDS: i32 = 2300;

/// What is known of single numbers: what is told of them, and what they may be made of and comes to it.
struct Known<'a> {
    under_test: HashSet<&'a str>,
    told: HashMap<&'a str, Vec<usize>>,
    agreeing: HashMap<&'a str, Vec<(i32, &'a Group<'a>)>>,
}

impl<'a> Known<'a> {
    fn of(relations: &'a [Relation], weighed: &'a [(i32, Group<'a>)]) -> Known<'a> {
        let answers =
            |it: &&Relation| it.primary && it.finding != Finding::Feasible && it.kind != RelationKind::RateAlone;
        let mut known = Known { under_test: HashSet::new(), told: HashMap::new(), agreeing: HashMap::new() };
        for (n, it) in relations.iter().filter(answers).enumerate() {
            known.under_test.extend(it.under_test());
            it.members.iter().for_each(|(_, id)| known.told.entry(id).or_default().push(n));
        }
        for (odds, group) in weighed.iter().filter(|(_, group)| group.holds) {
            group.members.iter().for_each(|it| known.agreeing.entry(&it.id).or_default().push((*odds, group)));
        }
        known
    }

    /// Whether the printed number, or two of the numbers together, have another explanation.
    fn explains(&self, odds: i32, group: &Group) -> bool {
        let stated = group.printed().id.as_str();
        if group.form.says_so() && self.under_test.contains(stated) {
            return true;
        }
        let ids: Vec<&str> = group.members.iter().map(|claim| claim.id.as_str()).collect();
        let mut seen = HashSet::new();
        let mut of_members = ids.iter().filter_map(|id| self.told.get(id)).flatten();
        if of_members.any(|relation| !seen.insert(relation)) {
            return true;
        }
        let agreeing = ids.iter().filter_map(|id| self.agreeing.get(id)).flatten();
        agreeing.filter(|(other, _)| *other >= odds - DEFENDS).any(|(_, other)| {
            let shared = || other.members.iter().filter(|claim| ids.contains(&claim.id.as_str())).count();
            other.printed().id == stated || !group.form.says_so() && shared() >= 2
        })
    }
}

fn likely(doc: &Document, weights: &Weights, relations: &[Relation]) -> Vec<Relation> {
    let mut weighed: Vec<(i32, Group)> = groups(doc).into_iter().map(|it| (weights.odds(&it), it)).collect();
    weighed.retain(|(odds, _)| *odds >= LIKELY - DEFENDS);
    weighed.sort_by_key(|(odds, _)| -odds);
    let known = Known::of(relations, &weighed);
    let mut taken: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for (odds, group) in weighed.iter().take_while(|(odds, _)| *odds >= LIKELY).filter(|(_, group)| !group.holds) {
        let again = group.members.iter().filter(|claim| taken.contains(claim.id.as_str())).count() >= 2;
        if again || known.explains(*odds, group) {
            continue;
        }
        if let Some(mut it) = relation(group).filter(|it| it.finding == Finding::Inconsistent) {
            taken.extend(group.members.iter().map(|claim| claim.id.as_str()));
            (it.primary, it.look) = (false, true);
            found.push(it);
        }
    }
    found
}

/// The group as a relation, worked out exactly.
fn relation(group: &Group) -> Option<Relation> {
    let [parts @ .., c] = &group.members[..] else { return None };
    let (a, b) = (parts.first()?, parts.last()?);
    match group.form {
        Form::Share => reading_of(c, &[a], &[b], &[]),
        Form::Rise => from_old(c, b, a),
        Form::Apart => difference(c, b, a, false),
        Form::Points => points_between(c, b, a, false),
        Form::Each => Some(quotient(a, b, c, a.value?.over(b.value?)?, fits(a, b, c)?)),
        Form::Parts => held_within(RelationKind::Sum, c, parts),
        Form::Again => Some(equal(a, c, a.value == c.value)),
    }
}
