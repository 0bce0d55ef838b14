//! A report made: document, findings, file.

use super::rows::Rows;
use super::words::labels;
use crate::error::AppError;
use crate::made::Made;
use crate::person::Viewer;
use jc_base::finding::has_errors;
use jc_base::{Finding, Place};
use jc_catalog::{Area, Operation};
use jc_report::model::{Block, Document};
use jc_report::profile::{Profile, tells_further_study};
use jc_report::template::{self, Setting, Template};
use jc_report::trace;
use jc_report::write::{FileKind, write};
use jc_store::access::pack;
use jc_store::store::Ending;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The template of the annual report, whose chapters are named as the areas are.
const ANNUAL: &str = "annual";

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

impl Viewer<'_> {
    /// The charts of an area in the annual report as it is in force, of a year: the same drawings, for the screen. Parts
    /// that are people have no names.
    pub fn area_charts(&self, area: Area, year: i32) -> Result<Document, AppError> {
        self.needs(Operation::ReadFigures)?;
        let annual = self.templates()?.into_iter().find(|listed| listed.template.id == ANNUAL);
        let template = annual.ok_or(AppError::NotFound)?.template.charts_of(area.code());
        let profile = Profile::Bureau;
        self.filled(&template, &Wanted { template: ANNUAL.to_owned(), year, profile, address: String::new() })
    }

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
        let schools = self.app.schools()?;
        let (_, school, synthetic) =
            schools.into_iter().find(|(id, _, _)| *id == self.person.school).ok_or(AppError::NotFound)?;
        let answers = self.report_answers(&template.asks(), wanted.year, template.lang, wanted.profile)?;
        let say = |id: &str| jc_words::text(template.lang, id, &[]);
        let sources = self.catalog.sources.iter().flat_map(|(path, text)| [path.as_str(), text.as_ref()]);
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
        // Whoever takes what is not for everyone stands in the file.
        let taker = if wanted.profile == Profile::Public { "" } else { self.person.login.as_str() };
        let what = format!("report {wanted:?} {} {taker}", kind.code());
        let (made, here) = self.once(&what, || self.make_report(wanted, kind, step))?;
        if !here {
            // Whoever waited takes it out of the house as well: by the same person, whose rows are noted already.
            self.note_report(wanted, kind, &made.code, &[], &Rows::default())?;
        }
        Ok(made)
    }

    fn make_report(&self, wanted: &Wanted, kind: FileKind, step: &mut dyn FnMut(Step)) -> Result<Made, AppError> {
        step(Step::Reading);
        let mut document = self.report(wanted)?;
        let mut given = Rows::default();
        if kind == FileKind::Xlsx && wanted.profile.gives_rows() {
            (document.sheets, given) = self.report_rows(&document, wanted)?;
        }
        if wanted.profile != Profile::Public {
            document.head.taken = self.app.taken_by(self.person, document.head.lang);
        }
        step(Step::Checking);
        let mut findings = self.report_findings(&document, wanted)?;
        if wanted.profile != Profile::Internal && has_errors(&findings) {
            return Err(AppError::Findings(findings));
        }
        // A file of the school's own that is not in force would be missed in what is made without it.
        findings.extend(self.report_template(&wanted.template)?.findings);
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
        let bytes = self.signed_file(&mut document, kind)?;
        step(Step::Noting);
        self.note_report(wanted, kind, &document.head.code, &trace::codes(&document), &given)?;
        let name = format!("{}.{}", document.head.title.replace(['/', '\\', ':'], " "), kind.code());
        let (media_type, holds, code) = (kind.media_type(), document.shown.len(), document.head.code);
        Ok(Made { bytes, media_type, name, findings, holds, code })
    }

    /// A document as a file, with the end of the log told and all of it signed.
    pub(crate) fn signed_file(&self, document: &mut Document, kind: FileKind) -> Result<Vec<u8>, AppError> {
        let (app, school) = (self.app, self.person.school);
        document.head.log = app.head(school)?.to_string();
        // The public half is kept first: what was signed must be provable when the key is gone.
        app.public_keys(self.person)?;
        let proof = trace::envelope(&trace::manifest(document), Some(&app.signing_key(school)?));
        write(document, &proof, kind).map_err(AppError::Report)
    }

    /// Notes that a report leaves the house, and keeps what its codes stand for.
    fn note_report(
        &self,
        wanted: &Wanted,
        kind: FileKind,
        code: &str,
        codes: &[(String, serde_json::Value)],
        given: &Rows,
    ) -> Result<(), AppError> {
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "report.export", &wanted.template, self.app.moment(), |writer| {
            writer.note("year", wanted.year);
            writer.note("profile", wanted.profile.code());
            writer.note("format", kind.code());
            writer.note("code", code);
            if !given.records.is_empty() {
                let packed = given.records.iter().map(|(register, ids)| (register.clone(), pack(ids).into()));
                writer.note("packed", packed.collect::<serde_json::Map<_, _>>());
                writer.note("minors", given.minors);
            }
            for (code, content) in codes {
                writer.keep_report_code(code, &content.to_string())?;
            }
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}
