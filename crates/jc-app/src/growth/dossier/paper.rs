//! A dossier as a file: one chapter of the same document model that reports are written from.

use super::{Chapter, Dossier, Item};
use crate::error::AppError;
use crate::growth::Growth;
use crate::made::Made;
use crate::report::{Step, labels};
use jc_base::{Date, Lang, Ratio, RecordId, Value};
use jc_catalog::kinds::Kind;
use jc_report::model::{self, Block, Column, Document, Head, Inline, Labels, Row, Sheet, Table};
use jc_report::profile::Profile;
use jc_report::trace;
use jc_report::write::FileKind;
use jc_store::store::Ending;
use std::sync::Arc;

impl Growth<'_> {
    /// Someone's dossier on a day as a file. That it left the house is noted; `address` is where the printed code is
    /// looked up: it tells whoever has the paper in hand that this school made it, and nothing of the person. `step` hears
    /// how far it is. Who asks for the same twice at once gets one file, noted once.
    pub fn dossier_file(
        &self,
        person: RecordId,
        on: Date,
        lang: Lang,
        kind: FileKind,
        address: &str,
        step: &mut dyn FnMut(Step),
    ) -> Result<Arc<Made>, AppError> {
        // Whoever takes it stands in the file.
        let taker = &self.viewer.person.login;
        let what = format!("dossier {person} {on} {} {} {address} {taker}", lang.code(), kind.code());
        Ok(self.viewer.once(&what, || self.make_dossier(person, on, lang, kind, address, step))?.0)
    }

    fn make_dossier(
        &self,
        person: RecordId,
        on: Date,
        lang: Lang,
        kind: FileKind,
        address: &str,
        step: &mut dyn FnMut(Step),
    ) -> Result<Made, AppError> {
        step(Step::Reading);
        let dossier = self.dossier_of(person, on, lang)?;
        let (app, who) = (self.viewer.app, self.viewer.person);
        let schools = app.schools()?;
        let (_, school, synthetic) =
            schools.into_iter().find(|(id, ..)| *id == who.school).ok_or(AppError::NotFound)?;
        let sources = self.catalog().sources.iter().flat_map(|(path, text)| [path.as_str(), text.as_ref()]);
        let head = Head {
            code: String::new(),
            template: "growth-dossier".into(),
            title: say(lang, "growth-dossier-paper"),
            subtitle: format!("{} · {}", dossier.label, said(lang, "growth-dossier-until", "date", on)),
            school,
            synthetic,
            lang,
            year: on.year(),
            made_on: app.moment().today,
            profile: Profile::Internal.code().into(),
            profile_name: said(lang, "growth-dossier-until", "date", on),
            catalog: trace::digest(sources),
            address: address.to_owned(),
            taken: app.taken_by(who, lang),
            log: String::new(),
        };
        let mut document = Setter { growth: self, dossier: &dossier, lang, tables: 0, sheets: Vec::new() }.set(head);
        step(Step::Writing);
        let bytes = self.viewer.signed_file(&mut document, kind)?;
        // Noted last: until then the records are those that whoever asks at once would have it made of.
        step(Step::Noting);
        self.looked_at(person)?;
        let register = self.catalog().registers[self.pathway().people].id.as_str();
        app.store.write(who.school, &who.actor(), "growth.dossier", register, app.moment(), |writer| {
            writer.note("record", person.to_string());
            writer.note("format", kind.code());
            for (code, content) in trace::codes(&document) {
                writer.keep_report_code(&code, &content.to_string())?;
            }
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        let name =
            format!("{} {} {on}.{}", document.head.title, dossier.label.replace(['/', '\\', ':'], " "), kind.code());
        Ok(Made { bytes, name, media_type: kind.media_type(), ..Made::default() })
    }
}

fn say(lang: Lang, id: &str) -> String {
    jc_words::text(lang, id, &[])
}

fn said(lang: Lang, id: &str, name: &str, value: impl ToString) -> String {
    jc_words::text(lang, id, &[(name, value.to_string().as_str().into())])
}

/// Sets a dossier. What stands in its tables also becomes sheets: the code follows from their rows.
struct Setter<'s> {
    growth: &'s Growth<'s>,
    dossier: &'s Dossier,
    lang: Lang,
    tables: usize,
    sheets: Vec<Sheet>,
}

impl Setter<'_> {
    fn set(mut self, head: Head) -> Document {
        let dossier = self.dossier;
        let (pathway, lang) = (self.growth.pathway(), self.lang);
        let mut blocks = vec![Block::Paragraph(line(say(lang, "growth-dossier-note")))];
        let stage = |stage: Option<usize>| {
            let stage = stage.and_then(|stage| pathway.stages.get(stage));
            stage.map_or_else(|| say(lang, "growth-no-stage"), |stage| stage.name.get(lang).to_owned())
        };
        let mut person: Vec<Vec<String>> =
            dossier.person.iter().map(|(name, text)| vec![name.clone(), text.clone()]).collect();
        person.push(vec![say(lang, "growth-has"), stage(dossier.stage)]);
        let columns = [("growth-item", 2, false), ("growth-content", 5, false)];
        self.table(&mut blocks, say(lang, "growth-dossier-person"), &columns, person);
        if !dossier.turns.is_empty() {
            blocks.push(Block::Heading(line(say(lang, "growth-history"))));
            let item =
                |turn: &jc_growth::course::Turn| Block::Item(line(format!("{}　{}", turn.on, stage(turn.stage))));
            blocks.extend(dossier.turns.iter().map(item));
        }
        for chapter in &dossier.chapters {
            let register = self.growth.catalog().registers.get(chapter.register);
            let name = register.map_or_else(String::new, |register| register.name.get(lang).to_owned());
            let columns = [
                ("growth-number", 1, true),
                ("growth-date", 2, false),
                ("growth-content", 8, false),
                ("growth-evidence", 2, false),
            ];
            self.table(&mut blocks, name, &columns, rows(chapter));
        }
        let evidence_kind = Kind::Code("evidence-kind".into());
        let codes = &self.growth.catalog().codes;
        let evidence = dossier.evidence.iter().enumerate().map(|(at, file)| {
            let kind = evidence_kind.show(&Value::Text(file.kind.clone()), lang, codes);
            vec![(at + 1).to_string(), kind, file.name.clone(), file.sha256.chars().take(16).collect()]
        });
        let columns = [
            ("growth-number", 1, true),
            ("growth-evidence-kind", 2, false),
            ("growth-evidence-name", 6, false),
            ("figure-digest", 4, false),
        ];
        let evidence: Vec<Vec<String>> = evidence.collect();
        let title = say(lang, "growth-evidence-index");
        if evidence.is_empty() {
            blocks.push(Block::Heading(line(title)));
            blocks.push(Block::Paragraph(line(say(lang, "growth-evidence-none"))));
        } else {
            self.table(&mut blocks, title, &columns, evidence);
        }
        let chapter = model::Chapter { id: "dossier".into(), title: head.title.clone(), code: String::new(), blocks };
        let labels = Labels { check: say(lang, "growth-dossier-check"), ..labels(lang) };
        let (entries, shown) = (Vec::new(), Vec::new());
        Document { head, labels, chapters: vec![chapter], entries, shown, sheets: self.sheets }.named()
    }

    /// A heading with a table below it: columns by message id, share of the width, and whether numbers stand in them.
    fn table(&mut self, blocks: &mut Vec<Block>, name: String, columns: &[(&str, u8, bool)], rows: Vec<Vec<String>>) {
        self.tables += 1;
        let head = columns.iter().map(|(id, share, number)| {
            let name = say(self.lang, id);
            Column { name, number: *number, share: *share }
        });
        let cell = |text: &String| line(text.clone());
        blocks.push(Block::Heading(line(name.clone())));
        blocks.push(Block::Table(Table {
            number: self.tables,
            caption: name.clone(),
            head: head.collect(),
            rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            total: false,
        }));
        let row = |cells| Row { cells, adds: vec![Some(Ratio::whole(1))] };
        self.sheets.push(Sheet {
            head: columns.iter().map(|(id, ..)| say(self.lang, id)).collect(),
            measures: vec![name.clone()],
            name,
            rows: rows.into_iter().map(row).collect(),
            sums: Vec::new(),
        });
    }
}

fn rows(chapter: &Chapter) -> Vec<Vec<String>> {
    let row = |(at, item): (usize, &Item)| {
        let lines = item.lines.iter().map(|(name, text)| format!("{name}：{text}")).collect::<Vec<_>>();
        let evidence = item.evidence.iter().map(usize::to_string).collect::<Vec<_>>();
        let on = item.on.map(|on| on.to_string()).unwrap_or_default();
        vec![(at + 1).to_string(), on, lines.join("；"), evidence.join("、")]
    };
    chapter.items.iter().enumerate().map(row).collect()
}

fn line(text: String) -> Vec<Inline> {
    vec![Inline::Text(text)]
}
