//! Many people on one pathway: how they are spread over its stages, how they moved, what they lack, who follows whom.
//!
//! Nothing here puts people in an order.

use crate::course::Turn;
use crate::standing::Standing;
use jc_base::{Date, RecordId};
use jc_catalog::expr::eval::Truth;
use jc_catalog::pathway::Pathway;
use std::collections::BTreeMap;

/// Someone on the pathway.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub person: RecordId,
    /// Where they belong.
    pub department: Option<RecordId>,
    /// The first day they were there.
    pub from: Date,
    /// The last day, if they left.
    pub until: Option<Date>,
    /// Whether they are about to leave, as the pathway declares.
    pub leaving: bool,
    /// Where they stand on the day looked at; nothing if they are not there then.
    pub standing: Option<Standing>,
    /// How they came there.
    pub turns: Vec<Turn>,
}

impl Member {
    /// Whether they are there on a day.
    pub fn is_there(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| until >= on)
    }

    /// The stage they had on a day.
    pub fn stage_on(&self, on: Date) -> Option<usize> {
        self.turns.iter().rfind(|turn| turn.on <= on).and_then(|turn| turn.stage)
    }
}

/// How many people stand on which stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// By stage.
    pub on: Vec<usize>,
    /// Those on none.
    pub on_none: usize,
}

impl Spread {
    /// The spread of stages.
    pub fn of(stages: usize, held: impl Iterator<Item = Option<usize>>) -> Self {
        let mut spread = Self { on: vec![0; stages], on_none: 0 };
        for stage in held {
            match stage.and_then(|stage| spread.on.get_mut(stage)) {
                Some(count) => *count += 1,
                None => spread.on_none += 1,
            }
        }
        spread
    }

    /// Everybody.
    pub fn all(&self) -> usize {
        self.on.iter().sum::<usize>() + self.on_none
    }
}

/// How many came to a stage in a year, from below and from above.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    /// By stage: those who rose to it.
    pub risen: Vec<usize>,
    /// Those who fell, to whatever stage.
    pub fallen: usize,
}

/// The moves of a year, of people who were there that day. Beginning on the path is no move.
pub fn moves(pathway: &Pathway, members: &[Member], year: i32) -> Moves {
    let mut moves = Moves { risen: vec![0; pathway.stages.len()], fallen: 0 };
    for member in members {
        for two in member.turns.windows(2) {
            let [before, after] = two else { continue };
            if after.on.year() != year || !member.is_there(after.on) {
                continue;
            }
            match after.stage {
                Some(stage) if after.stage > before.stage => moves.risen[stage] += 1,
                _ => moves.fallen += 1,
            }
        }
    }
    moves
}

/// The median of the days from reaching a stage to rising above it, over all who did by a day; nothing if nobody did.
/// Those still on it are not in it, and are told apart by [`waiting`].
pub fn median_days(members: &[Member], stage: usize, by: Date) -> Option<i64> {
    let mut days: Vec<i64> = Vec::new();
    for member in members {
        let first = |least: usize| member.turns.iter().find(|turn| turn.stage >= Some(least)).map(|turn| turn.on);
        if let (Some(reached), Some(left)) = (first(stage), first(stage + 1).filter(|left| *left <= by))
            && left > reached
        {
            days.push(left.days_since(reached));
        }
    }
    days.sort_unstable();
    let middle = days.len() / 2;
    match days.len() {
        0 => None,
        n if n % 2 == 1 => Some(days[middle]),
        _ => Some((days[middle - 1] + days[middle]) / 2),
    }
}

/// Who stands on a stage on the day looked at, with the days since they last reached it: longest first.
pub fn waiting(members: &[Member], stage: usize) -> Vec<(&Member, i64)> {
    let since = |member: &Member| member.turns.last().map(|turn| turn.on);
    let mut on: Vec<(&Member, i64)> = members
        .iter()
        .filter_map(|member| {
            let standing = member.standing.as_ref().filter(|standing| standing.stage == Some(stage))?;
            Some((member, standing.facts.on.days_since(since(member)?)))
        })
        .collect();
    on.sort_by_key(|(member, days)| (std::cmp::Reverse(*days), member.person));
    on
}

/// What people lack in a competency for their next stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lack {
    /// Those whose next stage has a criterion about it that does not hold.
    pub short: usize,
    /// Those of them without a valid rating.
    pub unrated: usize,
}

/// By competency, what people lack for their next stage.
pub fn lacking(pathway: &Pathway, members: &[Member]) -> Vec<Lack> {
    let mut lacks = vec![Lack::default(); pathway.competencies.len()];
    for standing in members.iter().filter_map(|member| member.standing.as_ref()) {
        let Some(next) = standing.next() else { continue };
        for (competency, lack) in lacks.iter_mut().enumerate() {
            let fact = pathway.competency_fact(competency);
            let asked = |criterion: usize| wanted(pathway, next, criterion, fact);
            let wanted = standing.lacking(next).filter_map(asked).max();
            let level = standing.facts.amount(fact);
            if wanted.is_some_and(|wanted| level.unwrap_or(0) < wanted) {
                lack.short += 1;
                lack.unrated += usize::from(level.is_none());
            }
        }
    }
    lacks
}

/// The level a criterion asks of a fact, in the way that asks most; nothing if it does not ask for it.
pub fn wanted(pathway: &Pathway, stage: usize, criterion: usize, fact: usize) -> Option<i64> {
    let ways = pathway.stages.get(stage)?.criteria.get(criterion)?.ways.as_ref()?;
    let alone = ways.iter().flatten().filter(|threshold| threshold.terms.as_slice() == [(fact, 1)]);
    alone.map(|threshold| threshold.least).max()
}

/// How a department stands if those about to leave do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Succession {
    /// Those on a leading stage.
    pub leading: usize,
    /// Those of them about to leave.
    pub leaving: usize,
    /// Those on the stage below, not about to leave.
    pub following: usize,
}

impl Succession {
    /// Whether nobody would lead, or more go than could follow.
    pub fn is_at_risk(&self) -> bool {
        self.leading == self.leaving || self.leaving > self.following
    }
}

/// By department, how the stages from `leading` on are passed on.
pub fn succession(members: &[Member], leading: usize) -> BTreeMap<Option<RecordId>, Succession> {
    let mut by: BTreeMap<Option<RecordId>, Succession> = BTreeMap::new();
    for member in members {
        let Some(standing) = &member.standing else { continue };
        let of = by.entry(member.department).or_default();
        if standing.stage >= Some(leading) {
            of.leading += 1;
            of.leaving += usize::from(member.leaving);
        } else if standing.stage.map(|stage| stage + 1) == Some(leading) && !member.leaving {
            of.following += 1;
        }
    }
    by
}

/// How often each criterion of the next stage keeps people of a stage from rising, by criterion.
pub fn hindered(pathway: &Pathway, members: &[Member], next: usize) -> Vec<usize> {
    let mut hindered = vec![0; pathway.stages.get(next).map_or(0, |stage| stage.criteria.len())];
    for standing in members.iter().filter_map(|member| member.standing.as_ref()) {
        if standing.next() == Some(next) {
            let not_held = standing.criteria[next].iter().filter(|judged| judged.truth != Truth::True);
            not_held.for_each(|judged| hindered[judged.criterion] += 1);
        }
    }
    hindered
}
