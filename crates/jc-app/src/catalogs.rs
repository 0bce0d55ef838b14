//! The catalog checked, planned and applied.

use crate::app::{App, Setup, catalog_sources, settings};
use crate::error::AppError;
use jc_base::Finding;
use jc_base::finding::has_errors;
use jc_catalog::{Catalog, SourceFile};
use jc_figures::cases;
use jc_store::Store;
use jc_store::migrate::{self, Plan, Step};
use jc_store::seal::{Correction, catalog_digest};
use jc_store::store::Ending;
use std::path::Path;
use std::sync::Arc;

/// A catalog as checked: its files, what it declares if it is sound, and everything found.
pub struct Checked {
    /// The files.
    pub sources: Vec<SourceFile>,
    /// The catalog, if there is no error.
    pub catalog: Option<Arc<Catalog>>,
    /// What was found, the hand-worked cases included.
    pub findings: Vec<Finding>,
    /// How many cases were worked.
    pub cases: usize,
}

/// Checks the catalog of a data folder and works its cases.
pub fn check(data: &Path) -> Result<Checked, AppError> {
    let sources = catalog_sources(data)?;
    let (catalog, mut findings) = jc_catalog::load(&sources);
    let mut worked = 0;
    if let Some(catalog) = &catalog {
        worked = catalog.registers.iter().flat_map(|r| &r.indicators).map(|i| i.cases.len()).sum();
        findings.extend(cases::work(catalog));
    }
    let catalog = catalog.filter(|_| !has_errors(&findings)).map(Arc::new);
    Ok(Checked { sources, catalog, findings, cases: worked })
}

/// What applying the catalog of a data folder would do to its database.
pub fn plan(setup: &Setup, keys: &Path) -> Result<Plan, AppError> {
    let catalog = sound(setup)?;
    let store = Store::open_unapplied(settings(setup, keys), catalog.clone())?;
    let mut db = store.connect()?;
    Ok(migrate::plan(&mut db, &catalog)?)
}

/// Applies the catalog of a data folder to its database: exactly what [`plan`] says.
///
/// Errors: a finding if something would be lost and that was not allowed.
pub fn apply(setup: &Setup, keys: &Path, allow_loss: bool) -> Result<Plan, AppError> {
    let catalog = sound(setup)?;
    let store = Store::open_unapplied(settings(setup, keys), catalog.clone())?;
    let mut db = store.connect()?;
    let plan = migrate::plan(&mut db, &catalog)?;
    if plan.loses() && !allow_loss {
        let lost = plan.steps.iter().filter(|s| s.loses()).count();
        return Err(AppError::finding(Finding::error("APP-011", jc_base::Place::Whole).with("count", lost)));
    }
    migrate::apply(&mut db, &catalog, &plan)?;
    for (school, _, _) in store.schools()? {
        let person = crate::Person::command_line(school);
        store.write(school, &person.actor(), "catalog.apply", "catalog", setup.clock.moment(), |writer| {
            writer.note("steps", plan.steps.len());
            let lost = lost_registers(&plan);
            if !lost.is_empty() {
                for id in &lost {
                    if let Some(register) = catalog.find_register(id) {
                        writer.restamp(register)?;
                    }
                }
                writer.note("lost", lost);
            }
            writer.restating(Correction { cause: None, reason: catalog_digest(&catalog)[..16].to_owned() });
            for step in &plan.steps {
                if let Step::Retotal { path } = step
                    && let Some(register) = catalog.registers.iter().position(|r| r.path == *path)
                {
                    writer.retotal(register)?;
                }
            }
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
    }
    migrate::applied_whole(&mut db, &catalog)?;
    Ok(plan)
}

impl App {
    /// Puts the catalog in force that was applied from elsewhere, such as with `catalog apply` beside a running
    /// service. Gives whether there was one; files that are changed and not applied yet are left alone.
    pub fn follow_catalog(&self) -> Result<bool, AppError> {
        let files = catalog_sources(&self.setup().data)?;
        let present = self.catalog();
        if files.len() == present.sources.len() && files.iter().all(|f| present.sources.get(&f.path) == Some(&f.text)) {
            return Ok(false);
        }
        let (Some(catalog), _) = jc_catalog::load(&files) else { return Ok(false) };
        let mut db = self.store.connect()?;
        if !migrate::plan(&mut db, &catalog)?.is_empty() {
            return Ok(false);
        }
        self.store.replace_catalog(Arc::new(catalog));
        Ok(true)
    }
}

/// The ids of the registers from which something goes.
fn lost_registers(plan: &Plan) -> Vec<String> {
    let tables = plan.steps.iter().filter_map(|step| match step {
        Step::DropTable { table, .. } | Step::DropColumn { table, .. } => Some(table),
        _ => None,
    });
    // `r_home_visit__f_students` holds members of `home-visit`.
    let id = |table: &String| table.trim_start_matches("r_").split("__").next().unwrap_or_default().replace('_', "-");
    let mut ids: Vec<String> = tables.map(id).collect();
    ids.dedup();
    ids
}

fn sound(setup: &Setup) -> Result<Arc<Catalog>, AppError> {
    let checked = check(&setup.data)?;
    checked.catalog.ok_or(AppError::Findings(checked.findings))
}
