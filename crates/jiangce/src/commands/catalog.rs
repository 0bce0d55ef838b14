//! `catalog`: the declarations checked, described, compared with the database and applied.

use super::catalog_pages;
use crate::cli::CatalogAction;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::parts::{Plan, Step};
use anyhow::Result;
use jc_app::{AppError, catalogs};
use jc_base::finding::has_errors;
use jc_base::{Finding, Place};
use serde_json::{Value as Json, json};

/// Runs one of the four.
pub fn run(desk: &Desk, action: &CatalogAction) -> Result<Exit> {
    match action {
        CatalogAction::Check => check(desk),
        CatalogAction::Docs { output } => {
            let checked = catalogs::check(&desk.data())?;
            match &checked.catalog {
                Some(catalog) => catalog_pages::write(desk, catalog, output.as_deref()),
                None => told(desk, &checked),
            }
        }
        CatalogAction::Plan => {
            desk.present()?;
            match catalogs::plan(&desk.setup(), &desk.keys_of(&desk.data())) {
                Ok(plan) => Ok(tell_plan(desk, &plan, false)),
                Err(error) => faulty(desk, error),
            }
        }
        CatalogAction::Apply { allow_loss } => {
            desk.present()?;
            match catalogs::apply(&desk.setup(), &desk.keys_of(&desk.data()), *allow_loss) {
                Ok(plan) => Ok(tell_plan(desk, &plan, true)),
                Err(error) => faulty(desk, error),
            }
        }
    }
}

fn check(desk: &Desk) -> Result<Exit> {
    let checked = catalogs::check(&desk.data())?;
    told(desk, &checked)
}

/// A catalog with faults is told as `check` tells it, with the lines in question; a plan that would lose something
/// is a finding of its own.
fn faulty(desk: &Desk, error: AppError) -> Result<Exit> {
    match error {
        AppError::Findings(findings) if findings.iter().all(|f| matches!(f.place, Place::Text { .. })) => {
            told(desk, &catalogs::check(&desk.data())?)
        }
        other => Err(other.into()),
    }
}

fn told(desk: &Desk, checked: &catalogs::Checked) -> Result<Exit> {
    let registers = checked.catalog.as_ref().map(|c| c.registers.len());
    let indicators = checked.catalog.as_ref().map(|c| c.registers.iter().map(|r| r.indicators.len()).sum::<usize>());
    let wrong = has_errors(&checked.findings);
    if desk.global.json {
        desk.answer(&json!({
            "sound": !wrong,
            "files": checked.sources.len(),
            "registers": registers,
            "indicators": indicators,
            "cases": checked.cases,
            "findings": checked.findings.iter().map(|f| desk.finding_json(f)).collect::<Vec<Json>>(),
        }));
        return Ok(Exit::found(wrong));
    }
    for finding in &checked.findings {
        desk.say(&jc_words::terminal(desk.lang, finding, source(checked, finding)));
    }
    match (registers, indicators) {
        (Some(registers), Some(indicators)) if !wrong => {
            let with = [
                ("files", checked.sources.len().into()),
                ("registers", registers.into()),
                ("indicators", indicators.into()),
                ("cases", checked.cases.into()),
            ];
            desk.tell("cli-catalog-sound", &with);
        }
        _ => desk.tell("cli-catalog-faulty", &[("count", checked.findings.len().into())]),
    }
    Ok(Exit::found(wrong))
}

/// The text of the file a finding is in.
fn source<'a>(checked: &'a catalogs::Checked, finding: &Finding) -> Option<&'a str> {
    let Place::Text { file, .. } = &finding.place else { return None };
    checked.sources.iter().find(|s| s.path == *file).map(|s| &*s.text)
}

fn tell_plan(desk: &Desk, plan: &Plan, applied: bool) -> Exit {
    if desk.global.json {
        desk.answer(&json!({
            "applied": applied,
            "fresh": plan.fresh,
            "wording": plan.wording,
            "loses": plan.loses(),
            "steps": plan.steps.iter().map(step_json).collect::<Vec<_>>(),
        }));
    } else {
        for step in &plan.steps {
            desk.say(&format!("  {}", step_words(desk, step)));
        }
        if plan.wording {
            desk.say(&format!("  {}", desk.words("cli-plan-wording", &[])));
        }
        let id = match (plan.is_empty(), applied) {
            (true, _) => "cli-plan-nothing",
            (false, true) => "cli-plan-applied",
            (false, false) if plan.loses() => "cli-plan-loses",
            (false, false) => "cli-plan-ready",
        };
        desk.tell(id, &[("count", (plan.steps.len() + usize::from(plan.wording)).into())]);
    }
    Exit::found(plan.loses() && !applied)
}

fn step_words(desk: &Desk, step: &Step) -> String {
    match step {
        Step::DropTable { table, rows } => {
            desk.words("cli-plan-drop-table", &[("table", table.into()), ("rows", (*rows).into())])
        }
        Step::DropColumn { table, column, values } => {
            let with = [("table", table.into()), ("column", column.into()), ("values", (*values).into())];
            desk.words("cli-plan-drop-column", &with)
        }
        Step::CreateTable { table } => desk.words("cli-plan-create-table", &[("table", table.into())]),
        Step::AddColumn { table, column } => {
            desk.words("cli-plan-add-column", &[("table", table.into()), ("column", column.into())])
        }
        Step::Retotal { path } => desk.words("cli-plan-retotal", &[("file", path.into())]),
    }
}

fn step_json(step: &Step) -> Json {
    match step {
        Step::DropTable { table, rows } => json!({ "step": "drop-table", "table": table, "rows": rows }),
        Step::DropColumn { table, column, values } => {
            json!({ "step": "drop-column", "table": table, "column": column, "values": values })
        }
        Step::CreateTable { table } => json!({ "step": "create-table", "table": table }),
        Step::AddColumn { table, column } => json!({ "step": "add-column", "table": table, "column": column }),
        Step::Retotal { path } => json!({ "step": "retotal", "file": path }),
    }
}
