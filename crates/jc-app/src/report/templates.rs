//! The templates in force: those that come with the program, a school's files over them, and what people of the school
//! wrote into their chapters over that. One with a mistake never takes force; the one before it stays.

use crate::app::own_reports;
use crate::error::AppError;
use crate::person::Viewer;
use jc_base::finding::has_errors;
use jc_base::{Finding, Place};
use jc_catalog::{Operation, SourceFile};
use jc_report::template::{self, Template};
use jc_store::store::Ending;
use std::collections::BTreeMap;

/// A report that can be made.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The template in force.
    pub template: Template,
    /// Whether it is the school's own file.
    pub own: bool,
    /// What is wrong in the school's file, which therefore is not in force.
    pub findings: Vec<Finding>,
    /// How many chapters people of the school have rewritten.
    pub edited: usize,
}

/// A chapter's text for whoever edits it.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text.
    pub content: String,
    /// Its version; 0 while it is as it came.
    pub version: i64,
}

impl Viewer<'_> {
    /// The reports that can be made, by id.
    pub fn reports(&self) -> Result<Vec<Listed>, AppError> {
        self.needs(Operation::Report)?;
        self.templates()
    }

    /// The same for what is shown of them to whoever sees figures.
    pub(super) fn templates(&self) -> Result<Vec<Listed>, AppError> {
        let shipped: BTreeMap<String, SourceFile> =
            jc_catalog::shipped_reports().into_iter().map(|s| (s.path.clone(), s)).collect();
        let own: BTreeMap<String, SourceFile> =
            own_reports(&self.app.setup().data)?.into_iter().map(|s| (s.path.clone(), s)).collect();
        let paths: std::collections::BTreeSet<&String> = shipped.keys().chain(own.keys()).collect();
        let mut listed = Vec::new();
        for path in paths {
            let mine = own.get(path).map(|source| template::read(source, &self.catalog));
            let (template, is_own, findings) = match mine {
                Some((Some(template), findings)) => (Some(template), true, findings),
                other => {
                    let mut findings = other.map(|(_, findings)| findings).unwrap_or_default();
                    let (base, faults) =
                        shipped.get(path).map(|source| template::read(source, &self.catalog)).unwrap_or_default();
                    // One that is shipped no longer fits where a school's catalog took away what it asks for.
                    findings.extend(faults);
                    (base, false, findings)
                }
            };
            match template {
                Some(template) => {
                    let (template, edited) = self.with_texts(template)?;
                    listed.push(Listed { template, own: is_own, findings, edited });
                }
                // A mistake and nothing before it: what is wrong must be seen all the same.
                None => return Err(AppError::Findings(findings)),
            }
        }
        Ok(listed)
    }

    /// The template of an id, in force.
    pub fn report_template(&self, id: &str) -> Result<Listed, AppError> {
        self.reports()?.into_iter().find(|listed| listed.template.id == id).ok_or(AppError::NotFound)
    }

    /// A template with the chapters that people of the school wrote. A text that no longer fits the catalog is left out.
    fn with_texts(&self, mut template: Template) -> Result<(Template, usize), AppError> {
        let texts = self.read(|reader| Ok(reader.report_texts(&template.id)?))?;
        let mut edited = 0;
        for text in texts {
            let Some(chapter) = template.chapters.iter_mut().find(|c| c.id == text.chapter) else { continue };
            let (blocks, findings) = template::read_chapter("", &text.content, template.lang, &self.catalog);
            if !has_errors(&findings) {
                (chapter.blocks, chapter.text) = (blocks, text.content);
                edited += 1;
            }
        }
        Ok((template, edited))
    }

    /// A chapter's text as it is in force.
    pub fn report_text(&self, id: &str, chapter: &str) -> Result<Text, AppError> {
        let listed = self.report_template(id)?;
        let found = listed.template.chapters.into_iter().find(|c| c.id == chapter).ok_or(AppError::NotFound)?;
        let texts = self.read(|reader| Ok(reader.report_texts(id)?))?;
        let version = texts.iter().find(|text| text.chapter == chapter).map_or(0, |text| text.version);
        Ok(Text { content: found.text, version })
    }

    /// Takes a chapter's new text. `seen` is the version it was made from.
    ///
    /// Errors: findings with line and column if the text has a mistake; the one in force stays. [`AppError::Stale`] if
    /// someone else wrote meanwhile.
    pub fn keep_report_text(&self, id: &str, chapter: &str, seen: i64, text: &str) -> Result<i64, AppError> {
        self.needs(Operation::Report)?;
        let now = self.report_text(id, chapter)?;
        if now.version != seen {
            return Err(AppError::Stale);
        }
        let text = text.replace("\r\n", "\n");
        if text.len() > LONGEST {
            return Err(AppError::finding(Finding::error("RPT-031", Place::Whole).with("most", LONGEST)));
        }
        let lang = self.report_template(id)?.template.lang;
        let (_, findings) = template::read_chapter(chapter, &text, lang, &self.catalog);
        if has_errors(&findings) {
            return Err(AppError::Findings(findings));
        }
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "report.text", id, self.app.moment(), |writer| {
            writer.note("chapter", chapter);
            let version = writer.keep_report_text(id, chapter, &text)?;
            writer.note("version", version);
            // Two who wrote at once: the second is told, for the write holds the school's head.
            if version == seen + 1 { Ok(Ending::Keep(version)) } else { Err(AppError::Stale) }
        })
    }
}

/// A chapter's text is no longer than this, in bytes.
const LONGEST: usize = 100_000;
