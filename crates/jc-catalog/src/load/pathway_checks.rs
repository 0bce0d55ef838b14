//! What a pathway as a whole must keep: stages in one line, each within reach, none reached by waiting alone.

use super::reader::Faults;
use super::source::{At, Text};
use crate::faults;
use crate::pathway::{Amount, Competency, Criterion, Quantity, Stage, Threshold};

/// The most years anybody works.
const MOST_YEARS: i64 = 60;

/// A stage as declared: what it follows and its criteria with their places.
pub(super) struct Declared {
    pub id: Text,
    pub after: Option<Text>,
    pub stage: Stage,
    pub criteria: Vec<(Text, Criterion)>,
}

impl Declared {
    pub(super) fn into_stage(self) -> Stage {
        Stage { criteria: self.criteria.into_iter().map(|(_, criterion)| criterion).collect(), ..self.stage }
    }
}

/// Puts the stages in their order: each after the one it names. Circles, forks and strangers are findings.
pub(super) fn in_order(stages: Vec<Declared>, head: At, faults: &Faults<'_>) -> Option<Vec<Declared>> {
    let position = |id: &str| stages.iter().position(|stage| stage.id.value == id);
    let mut sound = true;
    let mut follower: Vec<Option<usize>> = vec![None; stages.len()];
    let mut first: Option<usize> = None;
    for (ix, stage) in stages.iter().enumerate() {
        let Some(after) = &stage.after else {
            if let Some(other) = first {
                let report = faults.error(faults::PATHWAY_FORK, stage.id.at).with("stage", &stage.id.value);
                report.with("other", &stages[other].id.value).also(stages[other].id.at);
                sound = false;
            }
            first.get_or_insert(ix);
            continue;
        };
        let Some(before) = position(&after.value) else {
            let nearest = jc_text::similar::nearest(&after.value, stages.iter().map(|s| s.id.value.as_str()));
            let report = faults.error(faults::PATHWAY_NAME, after.at).with("what", "@pathway-stage");
            report.with("id", &after.value).nearest(nearest);
            sound = false;
            continue;
        };
        if let Some(other) = follower[before] {
            let report = faults.error(faults::PATHWAY_FORK, after.at).with("stage", &stage.id.value);
            report.with("other", &stages[other].id.value).also(stages[other].id.at);
            sound = false;
        }
        follower[before].get_or_insert(ix);
    }
    for circle in circles(&stages, &position) {
        let names: Vec<&str> = circle.iter().map(|ix| stages[*ix].id.value.as_str()).collect();
        let at = stages[circle[0]].after.as_ref().map_or(head, |after| after.at);
        faults.error(faults::PATHWAY_CYCLE, at).with("path", format!("{} → {}", names.join(" → "), names[0]));
        sound = false;
    }
    if stages.is_empty() {
        faults.error(faults::MISSING_KEY, head).with("key", "stage").with("table", "[pathway]");
    }
    let mut order = Vec::new();
    let mut next = first.filter(|_| sound);
    while let Some(ix) = next {
        order.push(ix);
        next = follower[ix];
    }
    let mut stages: Vec<Option<Declared>> = stages.into_iter().map(Some).collect();
    (!order.is_empty()).then(|| order.into_iter().filter_map(|ix| stages[ix].take()).collect())
}

/// The circles among prerequisites, each once, from the last stage towards the first.
fn circles(stages: &[Declared], position: &dyn Fn(&str) -> Option<usize>) -> Vec<Vec<usize>> {
    let before = |ix: usize| stages[ix].after.as_ref().and_then(|after| position(&after.value));
    let mut found: Vec<Vec<usize>> = Vec::new();
    for start in 0..stages.len() {
        let mut walked = vec![start];
        let mut at = start;
        while let Some(next) = before(at).filter(|_| walked.len() <= stages.len()) {
            if next == start {
                let lowest = walked.iter().min() == Some(&start);
                if lowest {
                    found.push(walked);
                }
                break;
            }
            walked.push(next);
            at = next;
        }
    }
    found
}

/// Tells the criteria nobody can fulfil, the thresholds beyond a scale, and the stages that waiting alone would reach.
pub(super) fn reachable(
    stages: &[Declared],
    quantities: &[Quantity],
    competencies: &[Competency],
    faults: &Faults<'_>,
) {
    let scale =
        |fact: usize| competencies.get(fact.wrapping_sub(quantities.len())).filter(|_| fact >= quantities.len());
    let years = |fact: usize| quantities.get(fact).is_some_and(|quantity| matches!(quantity.amount, Amount::Since(_)));
    // The greatest a fact can come to; nothing if it has no bound.
    let top = |fact: usize| match scale(fact) {
        Some(competency) => i64::try_from(competency.levels.len()).ok(),
        None => years(fact).then_some(MOST_YEARS),
    };
    for (ix, stage) in stages.iter().enumerate() {
        for (text, criterion) in &stage.criteria {
            let Some(ways) = &criterion.ways else { continue };
            let beyond = ways.iter().flatten().find_map(|threshold| match threshold.terms.as_slice() {
                [(fact, times)] => {
                    let (top, competency) = (top(*fact)?, scale(*fact)?);
                    (top * times < threshold.least || threshold.least < 1).then_some((competency, threshold.least))
                }
                _ => None,
            });
            if let Some((competency, least)) = beyond {
                let report = faults.error(faults::PATHWAY_SCALE, text.at).with("competency", &competency.name.zh);
                report.with("least", least).with("most", competency.levels.len());
            } else if !ways.iter().any(|way| way.iter().all(|t| reaches(t, &top))) {
                let report = faults.error(faults::PATHWAY_UNREACHABLE, text.at).with("stage", &stage.id.value);
                report.with("criterion", &criterion.say.zh);
            }
        }
        let waiting = |fact: usize| if years(fact) { Some(MOST_YEARS) } else { Some(0) };
        let asked = || stage.criteria.iter().filter(|(_, criterion)| !criterion.decision);
        let waits = |criterion: &Criterion| match &criterion.ways {
            Some(ways) => ways.iter().any(|way| way.iter().all(|threshold| reaches(threshold, &waiting))),
            None => false,
        };
        if ix > 0 && asked().all(|(_, criterion)| waits(criterion)) {
            faults.error(faults::PATHWAY_WAITING, stage.id.at).with("stage", &stage.id.value);
        }
    }
}

/// Whether a threshold can be reached if facts come to at most `top`.
fn reaches(threshold: &Threshold, top: &dyn Fn(usize) -> Option<i64>) -> bool {
    let sum: Option<i64> =
        threshold.terms.iter().map(|(fact, times)| top(*fact).map(|most| most.saturating_mul(*times))).sum();
    sum.is_none_or(|sum| sum >= threshold.least)
}
