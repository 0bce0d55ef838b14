//! Stages and minimal sets equal those found by trying everything, on ten thousand small models.

use crate::model::{Dice, FACTS, LEVELS, Tree, amounts, facts, pathway};
use jc_catalog::pathway::Pathway;
use jc_growth::gap::{Bound, Gap, Move};
use jc_growth::standing::Standing;
use std::collections::BTreeSet;

const MODELS: u64 = 10_000;
/// The most moves in a set, years not counted, and the most years.
const MOVES: u32 = 4;
const YEARS: u32 = 3;

/// A move, the facts it raises, and how often it can be taken.
type Choice = (Move, Vec<(usize, i64)>, u32);

/// Every move with the facts it raises and how often it can be taken.
fn moves(pathway: &Pathway, amounts: &[i64]) -> Vec<Choice> {
    let achieve = |ix: usize| {
        let declared = &pathway.achievements[ix];
        (Move::Achieve(ix), declared.gives.clone(), declared.most)
    };
    let rise = |ix: usize| (Move::Rise(ix), vec![(4 + ix, 1)], (LEVELS - amounts[4 + ix]).max(0) as u32);
    let mut all: Vec<_> = (0..pathway.achievements.len()).map(achieve).collect();
    all.extend((0..2).map(rise));
    all.push((Move::Wait(0), vec![(0, 1)], YEARS));
    all
}

fn holds(trees: &[Vec<Tree>], stage: usize, amounts: &[i64]) -> bool {
    trees[..=stage].iter().flatten().all(|tree| tree.holds(amounts))
}

/// Every multiset of moves within the bounds that fulfils the stage, and that nothing can be left out of.
fn by_trying(trees: &[Vec<Tree>], stage: usize, amounts: &[i64], moves: &[Choice]) -> BTreeSet<Vec<(Move, u32)>> {
    let after = |times: &[u32]| {
        let mut now = amounts.to_vec();
        for ((_, gives, _), times) in moves.iter().zip(times) {
            gives.iter().for_each(|(fact, by)| now[*fact] += by * i64::from(*times));
        }
        now
    };
    let mut found = BTreeSet::new();
    let mut times = vec![0u32; moves.len()];
    loop {
        let work: u32 = moves.iter().zip(&times).filter(|(m, _)| !matches!(m.0, Move::Wait(_))).map(|(_, n)| n).sum();
        if work <= MOVES && holds(trees, stage, &after(&times)) {
            let smaller_does = (0..times.len()).filter(|ix| times[*ix] > 0).any(|ix| {
                let mut fewer = times.clone();
                fewer[ix] -= 1;
                holds(trees, stage, &after(&fewer))
            });
            if !smaller_does && times.iter().any(|n| *n > 0) {
                let taken = moves.iter().zip(&times).filter(|(_, n)| **n > 0);
                found.insert(taken.map(|((step, ..), n)| (*step, *n)).collect());
            }
        }
        let Some(next) = (0..times.len()).find(|ix| times[*ix] < moves[*ix].2) else { return found };
        times[..next].iter_mut().for_each(|n| *n = 0);
        times[next] += 1;
    }
}

#[test]
fn stages_and_minimal_sets_equal_those_found_by_trying_everything() {
    let mut sets = 0;
    for seed in 1..=MODELS {
        let mut dice = Dice::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (pathway, trees) = pathway(&mut dice);
        let amounts = amounts(&mut dice);
        let standing = Standing::from_facts(&pathway, Vec::new(), facts(&amounts));
        let stage = (0..trees.len()).take_while(|stage| holds(&trees, *stage, &amounts)).last();
        assert_eq!(standing.stage, stage, "model {seed}: {trees:?} {amounts:?}");

        let Some(next) = standing.next() else { continue };
        let moves = moves(&pathway, &amounts);
        let expected = by_trying(&trees, next, &amounts, &moves);
        let gap = Gap::to(&pathway, &standing, next, Bound { moves: MOVES, sets: usize::MAX });
        let years = |set: &&jc_growth::gap::Set| set.years <= YEARS;
        let found: BTreeSet<Vec<(Move, u32)>> = gap.sets.iter().filter(years).map(|set| set.moves.clone()).collect();
        assert_eq!(found, expected, "model {seed}: {trees:?} {amounts:?} {:?}", pathway.achievements);
        assert!(gap.sets.is_sorted_by_key(|set| (set.hours, set.years)), "model {seed}");
        sets += found.len();
    }
    assert!(sets > 10_000, "the models ask for something: {sets}");
}

#[test]
fn more_of_anything_never_lowers_a_stage() {
    for seed in 1..=MODELS {
        let mut dice = Dice::new(seed.wrapping_mul(0xD134_2543_DE82_EF95));
        let (pathway, _) = pathway(&mut dice);
        let amounts = amounts(&mut dice);
        let before = Standing::from_facts(&pathway, Vec::new(), facts(&amounts)).stage;
        for fact in 0..FACTS {
            let mut more = amounts.clone();
            more[fact] += 1;
            assert!(
                Standing::from_facts(&pathway, Vec::new(), facts(&more)).stage >= before,
                "model {seed}, fact {fact}"
            );
        }
    }
}
