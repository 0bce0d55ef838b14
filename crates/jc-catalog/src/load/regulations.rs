//! Examination regulations: their areas, conditions and grades, and the cases that hold them to their words.

use super::raw::read_source;
use super::reader::{ANY, Faults, Table};
use super::source::{At, Text};
use crate::faults;
use crate::kinds::{Kind, ParseContext, find_list};
use crate::model::{CodeList, Source};
use crate::regulation::{By, Condition, ExamArea, Grade, Oral, Regulation, RegulationCase};
use jc_base::{CodeListId, FieldId, Ratio, Value};

/// The code list that names the regulations.
const LIST: &str = "exam-regulation";
const FULL: u32 = 100;

/// Reads a file of `regulations/`. Faults are told; what depends on them is left out.
pub(super) fn read(root: Table<'_>, path: &str, faults: &Faults<'_>) -> Option<(Text, Regulation)> {
    if !root.has("regulation") {
        root.missing("regulation");
    }
    let head = root.table("regulation", "[regulation]", &["id", "source", "rounds"])?;
    let id = head.need_text("id");
    if !head.has("source") {
        head.missing("source");
    }
    let source = read_source(head);
    let areas: Vec<ExamArea> = root
        .tables("area", "[[area]]", &["id", "part", "name", "field", "weight"])
        .into_iter()
        .filter_map(area)
        .collect();
    let sum: u32 = areas.iter().map(|area| u32::from(area.weight)).sum();
    if sum != FULL {
        faults.error(faults::REGULATION_WEIGHTS, head.at).with("sum", sum);
    }
    let find = |text: &Text| find_area(&areas, text, faults);
    let oral = root.table("oral", "[oral]", &["areas", "below", "written", "oral"]).and_then(|table| {
        let areas = table.texts("areas").iter().filter_map(find).collect();
        let below = table.small_number("below").map(|it| it.0);
        Some(Oral { areas, below, written: number(table, "written")?, oral: number(table, "oral")? })
    });
    let conditions = root
        .tables("pass", "[[pass]]", &["mean", "each", "least", "count", "say"])
        .into_iter()
        .filter_map(|table| condition(table, &find))
        .collect();
    let grade = |table: Table<'_>| Some(Grade { from: number(table, "from")?, name: table.need_names("name") });
    let grades = root.tables("grade", "[[grade]]", &["from", "name"]).into_iter().filter_map(grade).collect();
    let id = id?;
    let mut regulation = Regulation {
        id: id.value.clone(),
        source: Source { document: source.document, clause: source.clause, checked: source.checked },
        rounds: head.flag("rounds"),
        areas,
        oral,
        conditions,
        grades,
        cases: Vec::new(),
        path: path.to_owned(),
    };
    for table in root.tables("case", "[[case]]", &["why", "points", "oral", "gives"]) {
        let Some(case) = case(table, &regulation.areas, faults) else { continue };
        let found = regulation.written(&regulation.settle(&case.points, case.oral));
        if found != case.gives {
            let report = faults.error(faults::REGULATION_CASE, table.at).with("why", &case.why);
            report.with("wanted", &case.gives).with("found", found);
        }
        regulation.cases.push(case);
    }
    Some((id, regulation))
}

/// Holds what was read against the code list that names the regulations.
pub(super) fn check(read: &[(Text, Regulation)], codes: &[CodeList], faults: &Faults<'_>) {
    let list = find_list(codes, &CodeListId::from(LIST));
    for (id, regulation) in read {
        let known = list.is_some_and(|list| list.find(&regulation.id).is_some());
        if !known {
            let ids = list.into_iter().flat_map(|list| list.codes.iter().map(|code| code.code.as_str()));
            let nearest = jc_text::similar::nearest(&regulation.id, ids);
            faults.error(faults::REGULATION_CODE, id.at).with("id", &regulation.id).nearest(nearest);
        }
    }
}

fn area(table: Table<'_>) -> Option<ExamArea> {
    let (id, part, field) = (table.need_text("id"), table.need_text("part"), table.need_text("field"));
    let (name, weight) = (table.need_names("name"), number(table, "weight"));
    Some(ExamArea {
        id: id?.value,
        part: part?.value,
        name,
        field: FieldId::from(field?.value.as_str()),
        weight: weight?,
    })
}

fn number(table: Table<'_>, key: &str) -> Option<u8> {
    if !table.has(key) {
        table.missing(key);
    }
    table.small_number(key).map(|it| it.0)
}

fn find_area(areas: &[ExamArea], text: &Text, faults: &Faults<'_>) -> Option<usize> {
    let found = areas.iter().position(|area| area.id == text.value);
    if found.is_none() {
        let nearest = jc_text::similar::nearest(&text.value, areas.iter().map(|area| area.id.as_str()));
        faults.error(faults::REGULATION_AREA, text.at).with("area", &text.value).nearest(nearest);
    }
    found
}

/// `mean` or `each`: what must reach the points.
fn condition(table: Table<'_>, find: &dyn Fn(&Text) -> Option<usize>) -> Option<Condition> {
    let mean = table.has("mean");
    let areas: Vec<usize> = table.texts(if mean { "mean" } else { "each" }).iter().filter_map(find).collect();
    if !mean && !table.has("each") {
        table.missing("mean");
    }
    let count = table.small_number("count").map_or(areas.len(), |it| usize::from(it.0));
    let by = if mean { By::Mean } else { By::Each(count) };
    Some(Condition { areas, least: number(table, "least")?, by, say: table.need_names("say") })
}

fn case(table: Table<'_>, areas: &[ExamArea], faults: &Faults<'_>) -> Option<RegulationCase> {
    let (why, gives) = (table.need_text("why"), table.need_text("gives"));
    let mut points = vec![None; areas.len()];
    if let Some(given) = table.table("points", "points", ANY) {
        for key in given.keys() {
            if let (Some(area), found) = (find_area(areas, &key, faults), given.cell(&key.value)) {
                points[area] = read_points(&found, key.at, faults);
            }
        }
    }
    let oral = table.table("oral", "oral", &["area", "points"]).and_then(|oral| {
        let at = oral.key_at("points");
        Some((find_area(areas, &oral.need_text("area")?, faults)?, read_points(&oral.cell("points"), at, faults)?))
    });
    Some(RegulationCase { why: why?.value, points, oral, gives: gives?.value })
}

/// Points with one decimal, from 0 to 100.
fn read_points(text: &str, at: At, faults: &Faults<'_>) -> Option<Ratio> {
    let read = Kind::Decimal(1).parse(text, &ParseContext { codes: &[], on: None });
    match read {
        Ok(Value::Int(tenths @ 0..=1000)) => Ratio::new(tenths.into(), 10),
        Ok(Value::Missing) => None,
        _ => {
            faults.error(faults::REGULATION_POINTS, at).with("value", text);
            None
        }
    }
}
