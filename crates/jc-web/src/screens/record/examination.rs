//! The result of an examination by its regulation, with the working shown.

use super::lines;
use crate::{desk::Desk, frame::Link, guard::fault::Fault};
use jc_app::examination::Worked;
use jc_app::given::Record;
use jc_base::Ratio;

/// The result of a record of part 2, if its regulation is named.
pub fn result(desk: &Desk, register: usize, record: &Record) -> Result<Option<ExamResult>, Fault> {
    Ok(desk.viewer.examination(register, record)?.map(|worked| shown(desk, register, &worked)))
}

fn shown(desk: &Desk, register: usize, worked: &Worked) -> ExamResult {
    let (regulation, outcome, lang) = (&worked.regulation, &worked.outcome, desk.lang());
    let open = || desk.words.t("exam-open");
    let points = |points: Option<Ratio>| points.map_or_else(open, |points| points.print(2));
    let verdict = |holds: Option<bool>, yes: &str, no: &str| match holds {
        Some(true) => desk.words.t(yes),
        Some(false) => desk.words.t(no),
        None => open(),
    };
    let areas = regulation.areas.iter().enumerate().map(|(ix, area)| {
        let recorded = worked.recorded.get(ix).copied().flatten();
        let counted = outcome.points.get(ix).copied().flatten();
        ExamLine {
            name: area.name.get(lang).to_owned(),
            weight: format!("{} %", area.weight),
            recorded: points(recorded),
            counted: if counted == recorded { String::new() } else { points(counted) },
        }
    });
    let conditions = regulation.conditions.iter().zip(&outcome.conditions);
    let saved = worked.saved_by_oral.iter().filter_map(|(area, least)| {
        let area = regulation.areas.get(*area)?.name.get(lang);
        Some(desk.words.t2("exam-oral-saves", "area", area, "points", least))
    });
    let declared = desk.viewer.catalog().registers.get(register);
    let list = desk.viewer.catalog().code_list("exam-regulation").and_then(|list| list.find(&regulation.id));
    ExamResult {
        regulation: list.map_or_else(|| regulation.id.clone(), |code| code.name.get(lang).to_owned()),
        source: [regulation.source.document.as_str(), regulation.source.clause.as_str()].join(" "),
        total: points(outcome.total),
        grade: outcome.grade.and_then(|ix| regulation.grades.get(ix)).map(|g| g.name.get(lang).to_owned()),
        verdict: verdict(outcome.passed, "exam-passed", "exam-failed"),
        areas: areas.collect(),
        conditions: conditions
            .map(|(condition, holds)| {
                (condition.say.get(lang).to_owned(), verdict(*holds, "exam-holds", "exam-holds-not"))
            })
            .collect(),
        saved: saved.collect(),
        part_1: worked
            .part_1
            .zip(declared)
            .map(|(id, declared)| Link::new(desk.words.t("exam-part-1"), desk.to(&lines::address(declared, id)))),
    }
}

/// A result with its working.
#[derive(Debug, Default)]
pub struct ExamResult {
    /// The regulation.
    pub regulation: String,
    /// The law.
    pub source: String,
    /// The total, or that it is open.
    pub total: String,
    /// The grade, where there is a total.
    pub grade: Option<String>,
    /// Passed, failed or open, in words.
    pub verdict: String,
    /// The areas.
    pub areas: Vec<ExamLine>,
    /// The conditions, each with whether it holds.
    pub conditions: Vec<(String, String)>,
    /// Where an oral supplement would help.
    pub saved: Vec<String>,
    /// The record of part 1.
    pub part_1: Option<Link>,
}

/// An area in a line.
#[derive(Debug, Default)]
pub struct ExamLine {
    /// Its name.
    pub name: String,
    /// Its share of the total.
    pub weight: String,
    /// Its points as recorded.
    pub recorded: String,
    /// With the oral supplement, if that changed them.
    pub counted: String,
}
