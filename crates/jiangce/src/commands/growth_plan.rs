//! `growth plan` and `growth forecast`: the best plan of a round, and where it would take people.

use crate::cli::GrowthPlan;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use anyhow::Result;
use jc_app::AppError;
use jc_app::growth::Growth;
use jc_app::growth::plans::{Manner, Planned};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Prints the plan of a round, whole or of one teacher.
pub fn plan(desk: &Desk, growth: &Growth<'_>, given: &GrowthPlan) -> Result<Exit> {
    let planned = planned(desk, growth, given)?;
    let Some(plan) = &planned.plan else { return Ok(Exit::Found) };
    let shown = shown(desk, &planned, given)?;
    let reasons = planned.explained(&shown);
    if desk.global.json {
        let people = shown.iter().zip(&reasons).map(|(&at, reasons)| {
            let (whose, one) = (&planned.people[at], &plan.teachers[at]);
            let items = one.items.iter().zip(&reasons.included).map(|(item, why)| {
                json!({
                    "item": item.id,
                    "name": planned.called(&item.id),
                    "from": item.from.to_string(),
                    "until": item.until.to_string(),
                    "hours": item.hours,
                    "cents": item.money_cents,
                    "why": planned.why_in(growth.catalog(), why, desk.lang),
                })
            });
            let left = reasons.left_out.iter().map(|not| {
                json!({
                    "item": not.item,
                    "name": planned.called(&not.item),
                    "wished": not.wished,
                    "why": planned.why_not(not, desk.lang),
                })
            });
            json!({
                "number": whose.number,
                "name": whose.label,
                "department": whose.department,
                "closed": one.closed,
                "gap": one.gap,
                "items": items.collect::<Vec<_>>(),
                "left_out": left.collect::<Vec<_>>(),
            })
        });
        desk.answer(&json!({
            "round": planned.round.number,
            "closed": plan.closed,
            "gap": plan.gap,
            "bound": plan.bound,
            "cents": plan.money_cents,
            "budget_cents": planned.round.budget_cents,
            "people": people.collect::<Vec<Json>>(),
        }));
        return Ok(Exit::Fine);
    }
    let short = plan.short_of_best();
    let with = [
        ("closed", Planned::levels(plan.closed).into()),
        ("gap", Planned::levels(plan.gap).into()),
        ("short", format!("{}.{:02}", short / 100, short % 100).into()),
    ];
    desk.say(&desk.words("cli-growth-plan-sum", &with));
    for (&at, reasons) in shown.iter().zip(&reasons) {
        let (whose, one) = (&planned.people[at], &plan.teachers[at]);
        let levels = format!("{} / {}", Planned::levels(one.closed), Planned::levels(one.gap));
        desk.say(&format!("{}  {}  {}  {levels}", whose.number, whose.label, whose.department));
        let row = |item: &jc_app::given::plan::outcome::Item, why: String| {
            vec![format!("  {}", item.from), planned.called(&item.id).to_owned(), why]
        };
        let rows = one.items.iter().zip(&reasons.included);
        let rows = rows.map(|(item, why)| row(item, planned.why_in(growth.catalog(), why, desk.lang)));
        desk.table(&rows.collect::<Vec<_>>());
        if given.teacher.is_some() {
            for not in &reasons.left_out {
                desk.say(&format!("  – {}: {}", planned.called(&not.item), planned.why_not(not, desk.lang)));
            }
        }
    }
    Ok(Exit::Fine)
}

/// Prints, by stage, how many people lack competencies for the next one, and how many would no longer once their plans
/// are done.
pub fn forecast(desk: &Desk, growth: &Growth<'_>, given: &GrowthPlan) -> Result<Exit> {
    let planned = planned(desk, growth, given)?;
    let Some(plan) = &planned.plan else { return Ok(Exit::Found) };
    if given.teacher.is_some() {
        let shown = shown(desk, &planned, given)?;
        shown.iter().for_each(|at| forecast_of(desk, growth, &planned, *at));
        return Ok(Exit::Fine);
    }
    let mut by: BTreeMap<Option<usize>, [usize; 3]> = BTreeMap::new();
    for (whose, one) in planned.people.iter().zip(&plan.teachers) {
        let counts = by.entry(whose.stage).or_default();
        counts[0] += 1;
        counts[1] += usize::from(one.closed > 0);
        counts[2] += usize::from(one.closed == one.gap);
    }
    let stage = |stage: Option<usize>| stage.and_then(|stage| growth.pathway().stages.get(stage));
    if desk.global.json {
        let rows = by.iter().map(|(at, [lack, nearer, whole])| {
            json!({ "stage": stage(*at).map(|s| s.id.clone()), "lacking": lack, "nearer": nearer, "closed": whole })
        });
        desk.answer(&json!({ "round": planned.round.number, "stages": rows.collect::<Vec<Json>>() }));
        return Ok(Exit::Fine);
    }
    let head = [
        "cli-growth-forecast-stage",
        "cli-growth-forecast-lacking",
        "cli-growth-forecast-nearer",
        "cli-growth-forecast-closed",
    ];
    let mut rows = vec![head.map(|id| desk.words(id, &[])).to_vec()];
    for (at, counts) in &by {
        let name = stage(*at).map_or_else(|| desk.words("growth-no-stage", &[]), |s| s.name.get(desk.lang).to_owned());
        rows.push([name].into_iter().chain(counts.iter().map(usize::to_string)).collect());
    }
    desk.table(&rows);
    Ok(Exit::Fine)
}

/// What one teacher would still lack, by competency.
fn forecast_of(desk: &Desk, growth: &Growth<'_>, planned: &Planned, at: usize) {
    let (whose, lacks) = (&planned.people[at], planned.forecast(at));
    let pathway = growth.pathway();
    let id = |stage: Option<usize>| stage.and_then(|stage| pathway.stages.get(stage)).map(|stage| stage.id.clone());
    if desk.global.json {
        let rows = lacks
            .iter()
            .map(|lack| json!({ "competency": lack.competency, "lacking": lack.points, "closed": lack.closed }));
        desk.answer(&json!({
            "round": planned.round.number,
            "number": whose.number,
            "name": whose.label,
            "stage": id(whose.stage),
            "competencies": rows.collect::<Vec<Json>>(),
        }));
        return;
    }
    desk.say(&format!("{}  {}  {}", whose.number, whose.label, whose.department));
    let head = ["competency", "now", "by-plan", "left"];
    let mut rows = vec![head.map(|id| desk.words(&format!("cli-growth-forecast-{id}"), &[])).to_vec()];
    for lack in &lacks {
        let named = pathway.competencies.iter().find(|it| it.id == lack.competency);
        let name = named.map_or_else(|| lack.competency.clone(), |it| it.name.get(desk.lang).to_owned());
        let levels = |points: u32| Planned::levels(i64::from(points));
        rows.push(vec![name, levels(lack.points), levels(lack.closed), levels(lack.points - lack.closed)]);
    }
    desk.table(&rows);
}

/// The positions of those asked for: one teacher, or all.
fn shown(desk: &Desk, planned: &Planned, given: &GrowthPlan) -> Result<Vec<usize>> {
    let wanted = |at: &usize| {
        let whose = &planned.people[*at];
        given.teacher.as_ref().is_none_or(|typed| *typed == whose.number || *typed == whose.label)
    };
    let shown: Vec<usize> = (0..planned.people.len()).filter(wanted).collect();
    match (&given.teacher, shown.is_empty()) {
        (Some(typed), true) => {
            Err(refuse(desk, Exit::Usage, "cli-growth-nobody", &[("teacher", typed.as_str().into())]))
        }
        _ => Ok(shown),
    }
}

/// The round worked out; what is wrong in it is told.
fn planned(desk: &Desk, growth: &Growth<'_>, given: &GrowthPlan) -> Result<Planned> {
    let rounds = growth.rounds()?;
    let round = match &given.round {
        Some(typed) => rounds.iter().find(|round| round.number == *typed || round.title == *typed),
        None => rounds.first(),
    };
    let Some(round) = round else {
        let typed = given.round.clone().unwrap_or_default();
        return Err(refuse(desk, Exit::Usage, "cli-growth-no-round", &[("round", typed.as_str().into())]));
    };
    let manner = if given.anew { Manner::Anew } else { Manner::Around };
    let on = super::growth::day(desk, given.as_of.as_deref())?;
    let planned =
        growth.plan_as_of(round.id, manner, on, desk.lang).map_err(|error: AppError| anyhow::Error::from(error))?;
    for finding in &planned.findings {
        desk.complain(&jc_words::terminal(desk.lang, finding, None));
    }
    Ok(planned)
}
