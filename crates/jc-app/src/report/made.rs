//! A report made: document, findings, file. Who asks for one that is just being made waits for it instead of making it
//! again.

use super::words::labels;
use crate::app::App;
use crate::error::AppError;
use crate::person::Viewer;
use jc_base::finding::has_errors;
use jc_base::{Finding, Place};
use jc_catalog::Operation;
use jc_report::model::{Block, Document};
use jc_report::profile::{Profile, tells_further_study};
use jc_report::template::{self, Setting, Template};
use jc_report::trace;
use jc_report::write::{FileKind, write};
use jc_store::store::Ending;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Which report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The template.
    pub template: String,
    /// The year.
    pub year: i32,
    /// For whom.
    pub profile: Profile,
    /// Where codes are looked up, such as `https://school.example/v/`; may be empty.
    pub address: String,
}

/// A file made.
#[derive(Debug)]
pub struct Made {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its kind.
    pub kind: FileKind,
    /// What it should be called.
    pub name: String,
    /// What should be known about it; no errors.
    pub findings: Vec<Finding>,
    /// How many figures it shows.
    pub figures: usize,
}

/// How far the making of a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The figures are being read.
    Reading,
    /// The text is being held against the records.
    Checking,
    /// The file is being written.
    Writing,
    /// What left the house is being noted.
    Noting,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Step; 4] = [Step::Reading, Step::Checking, Step::Writing, Step::Noting];
}

/// Files that are just being made.
#[derive(Debug, Default)]
pub(crate) struct Exports(Mutex<HashMap<String, Arc<Flight>>>);

#[derive(Debug, Default)]
struct Flight {
    /// What came of it, once it is over; nothing if it failed.
    over: Mutex<Option<Option<Arc<Made>>>>,
    signal: Condvar,
}

impl Exports {
    /// Makes a file, or waits for the one who is making the same.
    fn once(&self, key: &str, make: impl FnOnce() -> Result<Made, AppError>) -> Result<Arc<Made>, AppError> {
        let (flight, first) = {
            let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match flights.get(key) {
                Some(flight) => (flight.clone(), false),
                None => (flights.entry(key.to_owned()).or_default().clone(), true),
            }
        };
        if !first {
            let mut over = flight.over.lock().unwrap_or_else(PoisonError::into_inner);
            while over.is_none() {
                over = flight.signal.wait(over).unwrap_or_else(PoisonError::into_inner);
            }
            if let Some(Some(made)) = &*over {
                return Ok(made.clone());
            }
            drop(over);
            // The other failed for a reason that may be its own: this one finds out for itself.
            return make().map(Arc::new);
        }
        let landing = Landing { exports: self, key, flight: &flight, made: None };
        let made = Arc::new(make()?);
        let mut landing = landing;
        landing.made = Some(made.clone());
        drop(landing);
        Ok(made)
    }
}

/// Tells those who wait, however the making ended.
struct Landing<'e> {
    exports: &'e Exports,
    key: &'e str,
    flight: &'e Flight,
    made: Option<Arc<Made>>,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        self.exports.0.lock().unwrap_or_else(PoisonError::into_inner).remove(self.key);
        *self.flight.over.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.made.take());
        self.flight.signal.notify_all();
    }
}

impl App {
    pub(crate) fn exports(&self) -> &Exports {
        &self.exports
    }
}

impl Viewer<'_> {
    /// The report as it is now.
    pub fn report(&self, wanted: &Wanted) -> Result<Document, AppError> {
        let template = self.report_template(&wanted.template)?.template;
        self.filled(&template, wanted)
    }

    /// The report as it would be with another text in a chapter, and what is wrong in that text.
    pub fn report_draft(
        &self,
        wanted: &Wanted,
        chapter: &str,
        text: &str,
    ) -> Result<(Document, Vec<Finding>), AppError> {
        let mut template = self.report_template(&wanted.template)?.template;
        let lang = template.lang;
        template.chapters.retain(|c| c.id == chapter);
        let only = template.chapters.first_mut().ok_or(AppError::NotFound)?;
        let (blocks, findings) = template::read_chapter(chapter, text, lang, &self.catalog);
        only.blocks = blocks;
        Ok((self.filled(&template, wanted)?, findings))
    }

    fn filled(&self, template: &Template, wanted: &Wanted) -> Result<Document, AppError> {
        self.needs(Operation::Report)?;
        let schools = self.app.schools()?;
        let (_, school, synthetic) =
            schools.into_iter().find(|(id, _, _)| *id == self.person.school).ok_or(AppError::NotFound)?;
        let answers = self.report_answers(&template.asks(), wanted.year, template.lang, wanted.profile)?;
        let say = |id: &str| jc_words::text(template.lang, id, &[]);
        let sources = self.catalog.sources.iter().flat_map(|(path, text)| [path.as_str(), text.as_str()]);
        let setting = Setting {
            school,
            synthetic,
            year: wanted.year,
            made_on: self.app.moment().today,
            profile: wanted.profile,
            profile_name: say(&format!("report-profile-{}", wanted.profile.code())),
            catalog_digest: trace::digest(sources),
            address: wanted.address.clone(),
            labels: labels(template.lang),
            change: say("report-change"),
            nameless: say("report-nameless"),
        };
        Ok(template::fill(template, &self.catalog, &answers, &setting))
    }

    /// What must be known before a report leaves the house: numbers typed into its words that the records contradict,
    /// what may not be advertised, and gaps.
    pub fn report_findings(&self, document: &Document, wanted: &Wanted) -> Result<Vec<Finding>, AppError> {
        let mut findings = self.contradictions(document, wanted)?;
        if wanted.profile == Profile::Public {
            let told: BTreeSet<&str> = document.entries.iter().map(|e| e.indicator.as_str()).collect();
            for id in told {
                let Some((r, i)) = self.catalog.find_indicator(id) else { continue };
                let (register, indicator) = (&self.catalog.registers[r], &self.catalog.registers[r].indicators[i]);
                if tells_further_study(register, indicator) {
                    let name = indicator.name.get(document.head.lang);
                    findings.push(Finding::warning("RPT-033", Place::Whole).with("indicator", name));
                }
            }
        }
        let lines = document.chapters.iter().flat_map(|c| &c.blocks).filter_map(|block| match block {
            Block::Heading(line) | Block::Paragraph(line) | Block::Item(line) => Some(line),
            _ => None,
        });
        let gaps = lines.flatten().filter(|inline| matches!(inline, jc_report::model::Inline::Gap(_))).count();
        if gaps > 0 {
            findings.push(Finding::warning("RPT-034", Place::Whole).with("count", gaps));
        }
        Ok(findings)
    }

    /// Makes the file of a report; what left the house is noted in the audit log, with the codes of its chapters.
    ///
    /// Errors: findings if the words of a report for others contradict the records: it is not released.
    pub fn write_report(
        &self,
        wanted: &Wanted,
        kind: FileKind,
        step: &mut dyn FnMut(Step),
    ) -> Result<Arc<Made>, AppError> {
        self.needs(Operation::Report)?;
        let person = self.person;
        let roles: Vec<&str> = person.roles.iter().map(jc_base::RoleId::as_str).collect();
        let key = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{:?}",
            person.school,
            wanted.template,
            wanted.year,
            wanted.profile.code(),
            kind.code(),
            wanted.address,
            roles
        );
        self.app.exports().once(&key, || self.make_report(wanted, kind, step))
    }

    fn make_report(&self, wanted: &Wanted, kind: FileKind, step: &mut dyn FnMut(Step)) -> Result<Made, AppError> {
        step(Step::Reading);
        let mut document = self.report(wanted)?;
        if kind == FileKind::Xlsx && wanted.profile.gives_rows() {
            document.sheets = self.report_rows(&document, wanted)?;
        }
        step(Step::Checking);
        let mut findings = self.report_findings(&document, wanted)?;
        if wanted.profile != Profile::Internal && has_errors(&findings) {
            return Err(AppError::Findings(findings));
        }
        findings.iter_mut().for_each(|finding| finding.level = jc_base::Level::Warning);
        #[cfg(feature = "pdf")]
        if kind == FileKind::Pdf {
            let lacking = jc_report::write::pdf::lacking(&document);
            if !lacking.is_empty() {
                let characters: String = lacking.into_iter().collect();
                findings.push(Finding::warning("RPT-030", Place::Whole).with("characters", characters));
            }
        }
        step(Step::Writing);
        let manifest = trace::manifest(&document);
        // The public half is kept first: what was signed must be provable when the key is gone.
        self.app.public_keys(self.person)?;
        let proof = trace::envelope(&manifest, Some(&self.app.signing_key(self.person.school)?));
        let bytes = write(&document, &proof, kind).map_err(AppError::Report)?;
        step(Step::Noting);
        self.note_report(&document, wanted, kind)?;
        let name = format!("{}.{}", document.head.title.replace(['/', '\\', ':'], " "), kind.code());
        Ok(Made { bytes, kind, name, findings, figures: document.shown.len() })
    }

    fn note_report(&self, document: &Document, wanted: &Wanted, kind: FileKind) -> Result<(), AppError> {
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "report.export", &wanted.template, self.app.moment(), |writer| {
            writer.note("year", wanted.year);
            writer.note("profile", wanted.profile.code());
            writer.note("format", kind.code());
            writer.note("code", document.head.code.as_str());
            for (at, chapter) in document.chapters.iter().enumerate() {
                writer.keep_report_code(&chapter.code, &trace::chapter(document, at).to_string())?;
            }
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}
