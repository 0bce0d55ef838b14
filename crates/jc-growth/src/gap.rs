//! What would lift a person to a stage: the minimal sets of further achievements, all of them up to a bound.
//!
//! A set is a number of moves: achievements that leave records, levels of competencies to be shown and rated, years
//! to wait. It is minimal if no smaller part of it would do. Criteria fall apart into ways of thresholds; for each
//! combination of ways the search covers the first threshold that is short by every move that raises it, and so
//! meets every minimal set, because each of its moves is needed for some threshold.

use crate::standing::Standing;
use jc_base::Date;
use jc_catalog::pathway::{Amount, Pathway, Threshold};
use std::collections::{BTreeSet, HashSet};

/// How far the search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The most moves in a set, years to wait not counted.
    pub moves: u32,
    /// The most sets that are given, those of least effort first.
    pub sets: usize,
}

impl Default for Bound {
    fn default() -> Self {
        Self { moves: 12, sets: 12 }
    }
}

/// The most steps a search takes before it says that it stopped.
const MOST_STEPS: usize = 200_000;

/// What a person could do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// An achievement, by position.
    Achieve(usize),
    /// One level more in a competency, by position.
    Rise(usize),
    /// One year more since the date of a quantity, by position.
    Wait(usize),
}

/// A set of moves that would lift a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Each move and how often, in order.
    pub moves: Vec<(Move, u32)>,
    /// About how many hours it takes; waiting takes none.
    pub hours: u64,
    /// How many years it takes at least.
    pub years: u32,
}

/// What would lift a person to a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The stage.
    pub stage: usize,
    /// The minimal sets, by hours, then years, then number of moves.
    pub sets: Vec<Set>,
    /// Whether there are more than are given, or the search stopped at its bound.
    pub more: bool,
    /// Criteria that no move can mend: decisions of others, and those declared not monotone. By position.
    pub beyond: Vec<usize>,
    /// Criteria left out of `beyond` that could not be met within the bound.
    pub out_of_reach: bool,
}

impl Gap {
    /// Searches what would lift a person who stands so to a stage.
    ///
    /// Missing levels count as nought: they must be rated up to the threshold. Decisions of others come afterwards and
    /// are named in [`Gap::beyond`].
    pub fn to(pathway: &Pathway, standing: &Standing, stage: usize, bound: Bound) -> Self {
        let mut gap = Self { stage, sets: Vec::new(), more: false, beyond: Vec::new(), out_of_reach: false };
        let mut ways: Vec<Vec<Threshold>> = vec![Vec::new()];
        let short = |threshold: &&Threshold| lacks(threshold, |fact| standing.facts.amount(fact).unwrap_or(0)) > 0;
        for below in 0..=stage {
            for criterion in standing.lacking(below) {
                let declared = &pathway.stages[below].criteria[criterion];
                let Some(own) = declared.ways.as_ref().filter(|_| !declared.decision) else {
                    if below == stage {
                        gap.beyond.push(criterion);
                    }
                    continue;
                };
                let joined = ways.iter().flat_map(|one| {
                    own.iter().map(move |way| one.iter().chain(way.iter().filter(short)).cloned().collect::<Vec<_>>())
                });
                ways = joined.take(4096).collect();
            }
        }
        let mut search = Search { pathway, standing, bound, seen: HashSet::new(), found: BTreeSet::new(), steps: 0 };
        for way in &ways {
            search.seen.clear();
            search.cover(way, &mut Vec::new(), 0);
        }
        gap.more = search.steps >= MOST_STEPS;
        let mut found: Vec<Vec<(Move, u32)>> = search.found.into_iter().collect();
        found.sort_by_key(|moves| moves.iter().map(|(_, times)| *times).sum::<u32>());
        let mut minimal: Vec<Vec<(Move, u32)>> = Vec::new();
        for moves in found {
            if !minimal.iter().any(|smaller| is_part(smaller, &moves)) {
                minimal.push(moves);
            }
        }
        gap.out_of_reach = minimal.is_empty();
        gap.sets = minimal.into_iter().map(|moves| set(pathway, moves)).collect();
        gap.sets.retain(|set| !set.moves.is_empty());
        let count = |set: &Set| set.moves.iter().map(|(_, times)| *times).sum::<u32>();
        gap.sets.sort_by(|a, b| (a.hours, a.years, count(a), &a.moves).cmp(&(b.hours, b.years, count(b), &b.moves)));
        gap.more |= gap.sets.len() > bound.sets;
        gap.sets.truncate(bound.sets);
        gap
    }
}

struct Search<'a> {
    pathway: &'a Pathway,
    standing: &'a Standing,
    bound: Bound,
    /// What was tried for this way: the same moves in another order come to the same.
    seen: HashSet<Vec<(Move, u32)>>,
    found: BTreeSet<Vec<(Move, u32)>>,
    steps: usize,
}

impl Search<'_> {
    /// Covers the thresholds that are short with what was taken so far, in every way.
    fn cover(&mut self, way: &[Threshold], taken: &mut Vec<(Move, u32)>, count: u32) {
        self.steps += 1;
        if self.steps >= MOST_STEPS || !self.seen.insert(taken.clone()) {
            return;
        }
        let Some(short) = way.iter().find(|threshold| self.lacks(threshold, taken) > 0) else {
            if !self.has_idle(way, taken) {
                self.found.insert(taken.clone());
            }
            return;
        };
        for next in moves_for(self.pathway, short) {
            let waits = matches!(next, Move::Wait(_));
            if !waits && count >= self.bound.moves {
                continue;
            }
            let at = taken.binary_search_by(|(known, _)| known.cmp(&next));
            match at {
                Ok(at) if taken[at].1 < self.most(next) => taken[at].1 += 1,
                Ok(_) => continue,
                Err(_) if self.most(next) == 0 => continue,
                Err(at) => taken.insert(at, (next, 1)),
            }
            self.cover(way, taken, count + u32::from(!waits));
            let at = taken.binary_search_by(|(known, _)| known.cmp(&next)).expect("it was put there");
            taken[at].1 -= 1;
            if taken[at].1 == 0 {
                taken.remove(at);
            }
        }
    }

    /// By how much a threshold is short after some moves.
    fn lacks(&self, threshold: &Threshold, taken: &[(Move, u32)]) -> i64 {
        lacks(threshold, |fact| {
            let now = self.standing.facts.amount(fact).unwrap_or(0);
            taken.iter().fold(now, |sum, (step, times)| {
                sum.saturating_add(gives(self.pathway, *step, fact).saturating_mul(i64::from(*times)))
            })
        })
    }

    /// Whether one of the moves could be left out.
    fn has_idle(&self, way: &[Threshold], taken: &[(Move, u32)]) -> bool {
        (0..taken.len()).any(|ix| {
            let mut fewer = taken.to_vec();
            fewer[ix].1 -= 1;
            way.iter().all(|threshold| self.lacks(threshold, &fewer) <= 0)
        })
    }

    /// How often a move can be taken.
    fn most(&self, step: Move) -> u32 {
        match step {
            Move::Achieve(ix) => self.pathway.achievements[ix].most,
            Move::Rise(ix) => {
                let now = self.standing.facts.rated.get(ix).and_then(|rated| rated.level).unwrap_or(0);
                u32::try_from(self.pathway.competencies[ix].levels.len()).unwrap_or(0).saturating_sub(now.into())
            }
            // Without the date nobody can tell how long to wait.
            Move::Wait(ix) if self.standing.facts.amount(ix).is_none() => 0,
            Move::Wait(_) => u32::MAX,
        }
    }
}

/// By how much a threshold is short.
pub(crate) fn lacks(threshold: &Threshold, amount: impl Fn(usize) -> i64) -> i64 {
    let sum = threshold
        .terms
        .iter()
        .fold(0i64, |sum, (fact, times)| sum.saturating_add(amount(*fact).saturating_mul(*times)));
    threshold.least.saturating_sub(sum)
}

/// How much one move raises a fact.
fn gives(pathway: &Pathway, step: Move, fact: usize) -> i64 {
    match step {
        Move::Achieve(ix) => {
            let given = pathway.achievements[ix].gives.iter();
            given.filter(|(raised, _)| *raised == fact).map(|(_, amount)| *amount).sum()
        }
        Move::Rise(ix) => i64::from(pathway.competency_fact(ix) == fact),
        Move::Wait(ix) => i64::from(ix == fact),
    }
}

/// The moves that raise a fact of a threshold.
fn moves_for(pathway: &Pathway, threshold: &Threshold) -> Vec<Move> {
    let mut moves = Vec::new();
    for (fact, _) in &threshold.terms {
        match pathway.competency_of(*fact) {
            Some(competency) => moves.push(Move::Rise(competency)),
            None if matches!(pathway.quantities[*fact].amount, Amount::Since(_)) => moves.push(Move::Wait(*fact)),
            None => moves.extend((0..pathway.achievements.len()).map(Move::Achieve)),
        }
    }
    let raises = |step: &Move| threshold.terms.iter().any(|(fact, _)| gives(pathway, *step, *fact) > 0);
    moves.retain(raises);
    moves.sort_unstable();
    moves.dedup();
    moves
}

/// Whether a set is a part of another, or the same.
fn is_part(smaller: &[(Move, u32)], larger: &[(Move, u32)]) -> bool {
    let times = |step: Move| larger.iter().find(|(known, _)| *known == step).map_or(0, |(_, times)| *times);
    smaller.iter().all(|(step, needed)| times(*step) >= *needed)
}

fn set(pathway: &Pathway, moves: Vec<(Move, u32)>) -> Set {
    let hours = moves.iter().map(|(step, times)| {
        let each = match step {
            Move::Achieve(ix) => pathway.achievements[*ix].hours,
            Move::Rise(ix) => pathway.competencies[*ix].hours,
            Move::Wait(_) => 0,
        };
        u64::from(each) * u64::from(*times)
    });
    let waits = moves.iter().filter(|(step, _)| matches!(step, Move::Wait(_))).map(|(_, times)| *times);
    Set { hours: hours.sum(), years: waits.max().unwrap_or(0), moves }
}

/// The day on which a person whose date was `since` has so many whole years.
pub fn anniversary(since: Date, years: i64) -> Date {
    crate::facts::months_later(since, u32::try_from(years.max(0)).unwrap_or(0).saturating_mul(12))
}
