//! Small models made at random, with criteria in a form of their own that the oracle reads.

use jc_base::{Date, Names, Value};
use jc_catalog::Column;
use jc_catalog::expr::{ArithmeticOp, CompareOp, Expr, Literal};
use jc_catalog::pathway::{
    Achievement, Amount, Assessment, Competency, Criterion, Domain, Pathway, Quantity, RatingKind, Stage, Tally, ways,
};
use jc_growth::facts::{Counted, Facts, Rated};

/// Xorshift: the same seed gives the same model.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number from 0 to below `below`.
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % below
    }
}

/// A condition as the oracle knows it.
#[derive(Debug, Clone)]
pub enum Tree {
    /// Facts, each so often, come to at least so much.
    Least(Vec<(usize, i64)>, i64),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    pub fn holds(&self, amounts: &[i64]) -> bool {
        match self {
            Tree::Least(terms, least) => {
                terms.iter().map(|(fact, times)| amounts[*fact] * times).sum::<i64>() >= *least
            }
            Tree::All(parts) => parts.iter().all(|part| part.holds(amounts)),
            Tree::Any(parts) => parts.iter().any(|part| part.holds(amounts)),
        }
    }

    fn expr(&self) -> Expr {
        match self {
            Tree::Least(terms, least) => {
                let term = |(fact, times): &(usize, i64)| Expr::Arithmetic {
                    op: ArithmeticOp::Multiply,
                    left: Box::new(Expr::Column(Column::Field(*fact))),
                    right: Box::new(Expr::Literal(Literal::Int(*times))),
                };
                let sum = terms.iter().map(term).reduce(|left, right| Expr::Arithmetic {
                    op: ArithmeticOp::Add,
                    left: Box::new(left),
                    right: Box::new(right),
                });
                let right = Box::new(Expr::Literal(Literal::Int(*least)));
                let left = Box::new(sum.expect("a sum has terms"));
                Expr::Compare { op: CompareOp::GreaterOrEqual, left, right }
            }
            Tree::All(parts) => Expr::And(parts.iter().map(Tree::expr).collect()),
            Tree::Any(parts) => Expr::Or(parts.iter().map(Tree::expr).collect()),
        }
    }
}

/// Facts of the models: years, three counts, two levels.
pub const FACTS: usize = 6;
/// Levels of a competency.
pub const LEVELS: i64 = 2;

fn tree(dice: &mut Dice, depth: u32) -> Tree {
    match dice.roll(if depth == 0 { 2 } else { 4 }) {
        2 => Tree::All((0..2).map(|_| tree(dice, depth - 1)).collect()),
        3 => Tree::Any((0..2).map(|_| tree(dice, depth - 1)).collect()),
        _ => {
            let first = dice.roll(FACTS as u64) as usize;
            let second = dice.roll(FACTS as u64) as usize;
            let mut terms = vec![(first, 1 + dice.roll(2) as i64)];
            if dice.roll(4) == 0 && second != first {
                terms.push((second, 1));
            }
            Tree::Least(terms, 1 + dice.roll(3) as i64)
        }
    }
}

/// A pathway of three stages, and its criteria as the oracle knows them, by stage.
pub fn pathway(dice: &mut Dice) -> (Pathway, Vec<Vec<Tree>>) {
    let trees: Vec<Vec<Tree>> = (0..3).map(|_| (0..1 + dice.roll(2)).map(|_| tree(dice, 2)).collect()).collect();
    let stage = |(ix, of): (usize, &Vec<Tree>)| Stage {
        id: format!("stage-{ix}"),
        name: Names::default(),
        about: Names::default(),
        criteria: of.iter().map(criterion).collect(),
    };
    let stages = trees.iter().enumerate().map(stage).collect();
    let mut achievements = Vec::new();
    for ix in 0..3 {
        let mut gives: Vec<(usize, i64)> = (1..4).filter(|_| dice.roll(2) == 0).map(|fact| (fact, 1)).collect();
        if gives.is_empty() {
            gives.push((1 + ix, 1 + dice.roll(2) as i64));
        }
        achievements.push(Achievement {
            id: format!("do-{ix}"),
            name: Names::default(),
            register: 0,
            values: Vec::new(),
            hours: 1 + dice.roll(9) as u32,
            most: 1 + dice.roll(2) as u32,
            gives,
        });
    }
    (bare(achievements, stages), trees)
}

fn criterion(tree: &Tree) -> Criterion {
    let require = tree.expr();
    let ways = ways(&require);
    Criterion { say: Names::default(), require, variants: Vec::new(), decision: false, ways }
}

fn bare(achievements: Vec<Achievement>, stages: Vec<Stage>) -> Pathway {
    let yes = || Expr::Literal(Literal::Bool(true));
    let tally = || Tally {
        remind: None,
        register: 0,
        person: Column::Field(0),
        filter: yes(),
        sum: Some(Expr::Column(Column::Field(3))),
        on: 1,
        months: Some(24),
        until: Some(2),
    };
    let quantity = |ix: usize, amount| Quantity { id: format!("q{ix}"), name: Names::default(), amount, digits: 0 };
    let competency = |ix: usize| Competency {
        id: format!("c{ix}"),
        name: Names::default(),
        domain: 0,
        levels: vec![Names::default(); LEVELS as usize],
        hours: 5,
    };
    Pathway {
        id: "model".into(),
        name: Names::default(),
        about: Names::default(),
        source: Default::default(),
        people: 0,
        among: yes(),
        department: None,
        leaving: None,
        leading: None,
        variants: Vec::new(),
        domains: vec![Domain { id: "d".into(), name: Names::default() }],
        competencies: (0..2).map(competency).collect(),
        quantities: std::iter::once(quantity(0, Amount::Since(0)))
            .chain((1..4).map(|ix| quantity(ix, Amount::Records(tally()))))
            .collect(),
        achievements,
        assessment: Assessment {
            register: 1,
            person: 0,
            competency: 1,
            level: 2,
            kind: 3,
            by: 4,
            on: 5,
            cites: Vec::new(),
            spread: 2,
            kinds: vec![RatingKind { id: "panel".into(), weight: 1, months: 36, stale: 24 }],
            contest: None,
        },
        stages,
        path: String::new(),
    }
}

/// Amounts at random; a level may be missing, which counts as nought.
pub fn amounts(dice: &mut Dice) -> Vec<i64> {
    (0..FACTS).map(|fact| dice.roll(if fact < 4 { 4 } else { 3 }) as i64).collect()
}

/// Facts of these amounts: levels of nought are missing.
pub fn facts(amounts: &[i64]) -> Facts {
    let level = |fact: usize| u8::try_from(amounts[fact]).ok().filter(|level| *level > 0);
    let value = |fact: usize| match fact {
        4.. if amounts[fact] == 0 => Value::Missing,
        _ => Value::Int(amounts[fact]),
    };
    Facts {
        on: Date::new(2025, 6, 30).expect("a day"),
        values: (0..FACTS).map(value).collect(),
        counted: vec![Counted::default(); 4],
        rated: (4..FACTS).map(|fact| Rated { level: level(fact), ..Rated::default() }).collect(),
    }
}
