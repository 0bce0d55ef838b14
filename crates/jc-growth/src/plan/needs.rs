//! What a person's standing leaves to close, as the planner asks for it.

use std::collections::BTreeMap;

use jc_catalog::pathway::Pathway;

use super::input::Gap;
use crate::gap::lacks;
use crate::standing::Standing;

/// The levels missing towards the next stage, by competency, each level counting the same.
///
/// Of a criterion with several ways the one that asks fewest levels is taken. What is not rated counts as nought.
/// Empty on the last stage, and for whoever lacks no level.
pub fn needs(pathway: &Pathway, standing: &Standing) -> Vec<Gap> {
    let Some(next) = standing.next() else { return Vec::new() };
    let mut levels: BTreeMap<usize, i64> = BTreeMap::new();
    for criterion in standing.lacking(next) {
        let ways = pathway.stages[next].criteria[criterion].ways.iter().flatten();
        let asked = ways.map(|way| {
            let missing = way.iter().filter_map(|threshold| {
                let competency = threshold.terms.iter().find_map(|(fact, _)| pathway.competency_of(*fact))?;
                let lack = lacks(threshold, |fact| standing.facts.amount(fact).unwrap_or(0));
                (lack > 0).then_some((competency, lack))
            });
            missing.collect::<Vec<_>>()
        });
        let fewest = asked.min_by_key(|way| way.iter().map(|(_, lack)| *lack).sum::<i64>());
        for (competency, lack) in fewest.unwrap_or_default() {
            let level = levels.entry(competency).or_default();
            *level = (*level).max(lack);
        }
    }
    let gap = |(competency, levels): (usize, i64)| Gap {
        competency: pathway.competencies[competency].id.clone(),
        points: u32::try_from(levels.saturating_mul(100)).unwrap_or(0),
        weight: 1,
    };
    levels.into_iter().map(gap).collect()
}
