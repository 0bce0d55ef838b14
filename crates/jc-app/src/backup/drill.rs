//! The restore drill: a backup restored elsewhere, proved, and compared with what it said of itself when it was made.

use super::sealed::{Passphrase, is_sealed, restore_sealed};
use super::{MANIFEST, Report, file, refuse, restore};
use crate::app::{App, Clock, Setup};
use crate::audit::Head;
use crate::error::AppError;
use crate::person::Person;
use jc_base::Instant;
use jc_store::verify::Touched;
use jc_trust::hex;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::path::Path;

/// What a drill came to.
#[derive(Debug, Clone)]
pub struct Drill {
    /// What was restored.
    pub report: Report,
    /// When the backup was made, in milliseconds since 1970 UTC.
    pub made_at: i64,
    /// Each school's proof.
    pub schools: Vec<Proof>,
}

/// What was proved of a school.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The school.
    pub school: i64,
    /// Its name.
    pub name: String,
    /// What `verify` looked at.
    pub looked: jc_store::verify::Report,
    /// Figures compared.
    pub figures: usize,
    /// Years whose figures are not those of the manifest.
    pub differing: Vec<i32>,
}

impl Drill {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.schools.iter().all(|it| it.looked.touched.is_empty() && it.differing.is_empty())
    }
}

/// Restores a backup into a folder that is gone afterwards, and proves it. `keys` is the file with the keys of secret
/// values: no backup holds it.
pub fn drill(source: &Path, elsewhere: &Path, keys: &Path, passphrase: Option<&Passphrase>) -> Result<Drill, AppError> {
    let report = match passphrase {
        Some(passphrase) if is_sealed(source) => restore_sealed(source, elsewhere, passphrase)?,
        _ => restore(source, elsewhere)?,
    };
    let text = std::fs::read(elsewhere.join(MANIFEST)).map_err(file("read the manifest"))?;
    let manifest: Json = serde_json::from_slice(&text).map_err(|_| refuse("APP-014", MANIFEST))?;
    let made_at = manifest.get("made_at").and_then(Json::as_i64).unwrap_or(0);
    let clock = Clock::Fixed(Instant(made_at));
    let setup = Setup { data: elsewhere.to_owned(), database: None, clock };
    let app = App::open_with_keys(setup, keys.to_owned())?;
    let kept: Vec<Figures> = figures_in(&manifest);
    let mut schools = Vec::new();
    for (school, name, _) in app.schools()? {
        let mut looked = app.verify(&Person::command_line(school), &mut |_| {})?;
        for head in report.heads.iter().filter(|head| head.school == school.0) {
            looked.touched.extend(kept_head(&app, head)?);
        }
        let now = figures(&app)?;
        let of_school = |all: &[Figures]| all.iter().filter(|f| f.school == school.0).cloned().collect::<Vec<_>>();
        let (kept, now) = (of_school(&kept), of_school(&now));
        let differing = kept.iter().filter(|it| !now.contains(it)).map(|it| it.year).collect();
        let figures = kept.iter().map(|it| it.count).sum();
        schools.push(Proof { school: school.0, name, looked, figures, differing });
    }
    Ok(Drill { report, made_at, schools })
}

fn kept_head(app: &App, head: &Head) -> Result<Option<Touched>, AppError> {
    app.verify_kept(head, &[])
}

/// The figures of a school and year, as one digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figures {
    school: i64,
    year: i32,
    count: usize,
    sha256: String,
}

impl Figures {
    pub(super) fn json(&self) -> Json {
        json!({ "school": self.school, "year": self.year, "count": self.count, "sha256": self.sha256 })
    }
}

fn figures_in(manifest: &Json) -> Vec<Figures> {
    let all = manifest.get("figures").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = |it: &Json| {
        Some(Figures {
            school: it.get("school")?.as_i64()?,
            year: it.get("year")?.as_i64()?.try_into().ok()?,
            count: it.get("count")?.as_u64()?.try_into().ok()?,
            sha256: it.get("sha256")?.as_str()?.to_owned(),
        })
    };
    all.iter().filter_map(read).collect()
}

/// Every figure of every year there is.
pub(super) fn figures(app: &App) -> Result<Vec<Figures>, AppError> {
    let mut all = Vec::new();
    for (school, _, _) in app.schools()? {
        let machine = Person::command_line(school);
        let viewer = app.viewer(&machine);
        for year in viewer.years()? {
            let sheet = viewer.sheet(year, true)?;
            let mut sum = Sha256::new();
            for it in &sheet {
                let figure = &it.figure;
                let parts = (figure.indicator.as_str(), figure.numerator, figure.denominator, figure.verified);
                sum.update(format!("{parts:?}\n"));
            }
            all.push(Figures { school: school.0, year, count: sheet.len(), sha256: hex(&sum.finalize()) });
        }
    }
    Ok(all)
}
