//! Examination regulations of the dual system. Areas, weights, oral supplement, pass conditions and grades are data of
//! the catalog; here is only their arithmetic, in exact fractions.

use crate::model::Source;
use jc_base::{FieldId, Names, Ratio};

/// An examination regulation 考试条例.
#[derive(Debug, Clone)]
pub struct Regulation {
    /// Its id: a code of the list `exam-regulation`, also the file's name.
    pub id: String,
    /// The law it comes from.
    pub source: Source,
    /// Whether the total is rounded to whole points before it is graded.
    pub rounds: bool,
    /// Its areas; their weights add up to 100.
    pub areas: Vec<ExamArea>,
    /// The oral supplement, where there is one.
    pub oral: Option<Oral>,
    /// What must hold to pass: all of them.
    pub conditions: Vec<Condition>,
    /// Grades, the best first.
    pub grades: Vec<Grade>,
    /// Cases worked by hand.
    pub cases: Vec<RegulationCase>,
    /// The file it was read from.
    pub path: String,
}

/// An area 科目 that is marked on 100 points.
#[derive(Debug, Clone)]
pub struct ExamArea {
    /// Such as `written-1`.
    pub id: String,
    /// The part of the examination it belongs to: a code of the list `exam-part`.
    pub part: String,
    /// Its name in this occupation.
    pub name: Names,
    /// The field of the examination record that holds its points.
    pub field: FieldId,
    /// Its share of the total, in per cent.
    pub weight: u8,
}

/// An oral examination that supplements a written area.
#[derive(Debug, Clone)]
pub struct Oral {
    /// The areas it may supplement.
    pub areas: Vec<usize>,
    /// It is allowed where the written points lie below; anywhere if not declared.
    pub below: Option<u8>,
    /// How often the written points count.
    pub written: u8,
    /// How often the oral ones count.
    pub oral: u8,
}

/// A condition for passing.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The areas it looks at.
    pub areas: Vec<usize>,
    /// The points that must be reached.
    pub least: u8,
    /// By what.
    pub by: By,
    /// In words.
    pub say: Names,
}

/// What must reach the points of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The mean of the areas, by their weights.
    Mean,
    /// At least so many of the areas, each by itself.
    Each(usize),
}

/// A grade.
#[derive(Debug, Clone)]
pub struct Grade {
    /// The least points.
    pub from: u8,
    /// Its name.
    pub name: Names,
}

/// A case worked by hand.
#[derive(Debug, Clone)]
pub struct RegulationCase {
    /// What it shows.
    pub why: String,
    /// The points, by area.
    pub points: Vec<Option<Ratio>>,
    /// The oral supplement: area and points.
    pub oral: Option<(usize, Ratio)>,
    /// What must come out: total, German grade, and `passed`, `failed` or `open`.
    pub gives: String,
}

/// What points come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The points by area, the oral supplement worked in.
    pub points: Vec<Option<Ratio>>,
    /// The weighted total. Missing: while an area has no points.
    pub total: Option<Ratio>,
    /// Position in [`Regulation::grades`].
    pub grade: Option<usize>,
    /// Whether each condition holds; nothing while it cannot be told.
    pub conditions: Vec<Option<bool>>,
    /// Whether it is passed: false as soon as one condition fails, nothing while it cannot be told.
    pub passed: Option<bool>,
}

impl Regulation {
    /// Works out the result of points.
    ///
    /// Shape: `points` by area, on 100. An oral supplement that is not allowed there is passed over.
    /// Missing: an area without points leaves open what depends on it, and only that.
    pub fn settle(&self, points: &[Option<Ratio>], oral: Option<(usize, Ratio)>) -> Outcome {
        let mut points: Vec<Option<Ratio>> =
            (0..self.areas.len()).map(|area| points.get(area).copied().flatten()).collect();
        if let (Some(rule), Some((area, spoken))) = (&self.oral, oral)
            && let Some(written) = points.get(area).copied().flatten()
            && rule.allows(area, written)
        {
            points[area] = rule.supplement(written, spoken);
        }
        let all: Vec<usize> = (0..self.areas.len()).collect();
        let total = self.mean(&all, &points);
        let conditions: Vec<Option<bool>> = self.conditions.iter().map(|it| self.holds(it, &points)).collect();
        let passed = match () {
            () if conditions.contains(&Some(false)) => Some(false),
            () if conditions.contains(&None) => None,
            () => Some(true),
        };
        let graded = total.map(|total| if self.rounds { Ratio::whole(total.rounded(0)) } else { total });
        let grade = graded.and_then(|total| self.grades.iter().position(|g| total >= Ratio::whole(g.from.into())));
        Outcome { points, total, grade, conditions, passed }
    }

    /// The areas in which an oral supplement would turn a failure into a pass, each with the least whole points that
    /// do. Nothing if it is passed already or no supplement can help.
    pub fn saved_by_oral(&self, points: &[Option<Ratio>]) -> Vec<(usize, u8)> {
        let Some(rule) = &self.oral else { return Vec::new() };
        if self.settle(points, None).passed != Some(false) {
            return Vec::new();
        }
        let saves = |area: usize, spoken: u8| {
            self.settle(points, Some((area, Ratio::whole(spoken.into())))).passed == Some(true)
        };
        let least = |&area: &usize| (0..=100).find(|spoken| saves(area, *spoken)).map(|spoken| (area, spoken));
        rule.areas.iter().filter_map(least).collect()
    }

    /// An outcome as cases write it: `65.22 ausreichend (4) passed`.
    pub fn written(&self, outcome: &Outcome) -> String {
        let verdict = match outcome.passed {
            Some(true) => "passed",
            Some(false) => "failed",
            None => "open",
        };
        match (outcome.total, outcome.grade.and_then(|grade| self.grades.get(grade))) {
            (Some(total), Some(grade)) => format!("{} {} {verdict}", total.print(2), grade.name.de),
            (Some(total), None) => format!("{} {verdict}", total.print(2)),
            (None, _) => format!("missing {verdict}"),
        }
    }

    fn mean(&self, areas: &[usize], points: &[Option<Ratio>]) -> Option<Ratio> {
        let (mut sum, mut weights) = (Ratio::whole(0), 0i128);
        for &area in areas {
            let weight = i128::from(self.areas.get(area)?.weight);
            sum = plus(sum, points.get(area).copied().flatten()?.times(Ratio::whole(weight))?)?;
            weights += weight;
        }
        sum.over(Ratio::whole(weights))
    }

    fn holds(&self, condition: &Condition, points: &[Option<Ratio>]) -> Option<bool> {
        let least = Ratio::whole(condition.least.into());
        match condition.by {
            By::Mean => self.mean(&condition.areas, points).map(|mean| mean >= least),
            By::Each(count) => {
                let of = |area: &usize| points.get(*area).copied().flatten().map(|points| points >= least);
                let reached: Vec<Option<bool>> = condition.areas.iter().map(of).collect();
                let sure = reached.iter().filter(|it| **it == Some(true)).count();
                let possible = sure + reached.iter().filter(|it| it.is_none()).count();
                if sure >= count {
                    Some(true)
                } else if possible < count {
                    Some(false)
                } else {
                    None
                }
            }
        }
    }
}

impl Oral {
    fn allows(&self, area: usize, written: Ratio) -> bool {
        self.areas.contains(&area) && self.below.is_none_or(|below| written < Ratio::whole(below.into()))
    }

    /// The written and the oral points by their weights: `(2·45 + 62) / 3`.
    fn supplement(&self, written: Ratio, spoken: Ratio) -> Option<Ratio> {
        let (twice, once) = (i128::from(self.written), i128::from(self.oral));
        let sum = plus(written.times(Ratio::whole(twice))?, spoken.times(Ratio::whole(once))?)?;
        sum.over(Ratio::whole(twice + once))
    }
}

fn plus(one: Ratio, other: Ratio) -> Option<Ratio> {
    one.minus(Ratio::whole(0).minus(other)?)
}
