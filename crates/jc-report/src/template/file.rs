//! A template's file: TOML around the prose of its chapters. Everything wrong is told, each with its place.

use super::line::{self, Context};
use super::parse;
use super::scan::{Fault, Piece};
use super::{Block, Chapter, Template};
use jc_base::finding::has_errors;
use jc_base::{Finding, Lang, Names, Place};
use jc_catalog::{Catalog, FileText, SourceFile};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a template of `reports/`. Nothing if there is an error in it.
pub fn read(source: &SourceFile, catalog: &Catalog) -> (Option<Template>, Vec<Finding>) {
    let file = FileText::new(&source.path, &source.text);
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    if let Some(error) = errors.first() {
        let place = file.place(error.span().unwrap_or(0..0));
        return (None, vec![Finding::error("RPT-020", place)]);
    }
    let mut reader = Reader { file, catalog, lang: Lang::Zh, found: Vec::new() };
    let template = reader.template(root.get_ref());
    let found = reader.found;
    (template.filter(|_| !has_errors(&found)), found)
}

/// Reads the text of one chapter as a person edits it; places are lines and columns of the text.
pub fn read_chapter(name: &str, text: &str, lang: Lang, catalog: &Catalog) -> (Vec<Block>, Vec<Finding>) {
    let (blocks, faults) = parse::read(&Context { catalog, lang }, text);
    let file = FileText::new(name, text);
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |at: usize| bytes.get(at).or(bytes.last()).copied().unwrap_or(0);
    let place = |at: &Range<usize>| file.place(byte(at.start)..byte(at.end));
    (blocks, faults.into_iter().map(|fault| finding(&fault, place(&fault.at))).collect())
}

fn finding(fault: &Fault, place: Place) -> Finding {
    fault.with.iter().fold(Finding::error(fault.code, place), |finding, (name, value)| finding.with(name, value))
}

struct Reader<'a> {
    file: FileText<'a>,
    catalog: &'a Catalog,
    lang: Lang,
    found: Vec<Finding>,
}

type Entry<'t, 'i> = &'t Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn template(&mut self, root: &DeTable<'_>) -> Option<Template> {
        self.known(root, "", &["report", "chapter"]);
        let head = self.table(root, "report")?;
        let stem = self.file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml").to_owned();
        self.known(head, "report", &["id", "name", "about", "lang", "title", "subtitle", "bound"]);
        let id = self.text(head, "report", "id")?.0;
        if id != stem {
            let at = head.get("id").map_or(0..0, Spanned::span);
            self.found.push(Finding::error("RPT-023", self.file.place(at)).with("id", &id).with("file", &stem));
        }
        if let Some(lang) = head.get("lang") {
            match lang.get_ref().as_str().and_then(Lang::from_code) {
                Some(known) => self.lang = known,
                None => self.wrong(lang, "lang", "zh / en / de"),
            }
        }
        let name = self.names(head, "name")?;
        let about = if head.contains_key("about") { self.names(head, "about")? } else { Names::default() };
        let title = self.line(head, "report", "title")?;
        let subtitle = if head.contains_key("subtitle") { self.line(head, "report", "subtitle")? } else { Vec::new() };
        let bound = match head.get("bound").map(|v| (v, v.get_ref().as_bool())) {
            None => true,
            Some((_, Some(bound))) => bound,
            Some((value, None)) => {
                self.wrong(value, "bound", "true / false");
                true
            }
        };
        let mut chapters: Vec<Chapter> = Vec::new();
        match root.get("chapter").map(|c| (c, c.get_ref().as_array())) {
            Some((_, Some(tables))) => {
                for entry in tables.iter() {
                    let Some(table) = entry.get_ref().as_table() else {
                        self.wrong(entry, "chapter", "[[chapter]]");
                        continue;
                    };
                    let Some(chapter) = self.chapter(table, entry.span()) else { continue };
                    if chapters.iter().any(|other| other.id == chapter.id) {
                        let place = self.file.place(table.get("id").map_or(entry.span(), Spanned::span));
                        self.found.push(Finding::error("RPT-024", place).with("id", &chapter.id));
                    }
                    chapters.push(chapter);
                }
            }
            Some((value, None)) => self.wrong(value, "chapter", "[[chapter]]"),
            None => self.missing("", "chapter", 0..0),
        }
        Some(Template { id, name, about, lang: self.lang, title, subtitle, bound, chapters })
    }

    fn chapter(&mut self, table: &DeTable<'_>, span: Range<usize>) -> Option<Chapter> {
        self.known(table, "chapter", &["id", "title", "text"]);
        for key in ["id", "title", "text"] {
            if !table.contains_key(key) {
                self.missing("chapter", key, span.clone());
            }
        }
        let id = self.text(table, "chapter", "id")?.0;
        let title = self.line(table, "chapter", "title")?;
        let (text, at) = self.text(table, "chapter", "text")?;
        let (blocks, faults) = parse::read(&Context { catalog: self.catalog, lang: self.lang }, &text);
        self.told(faults, at);
        Some(Chapter { id, title, blocks, text })
    }

    fn line(&mut self, table: &DeTable<'_>, of: &str, key: &str) -> Option<Vec<line::Node>> {
        let (text, at) = self.text(table, of, key)?;
        let chars: Vec<char> = text.chars().collect();
        let mut faults = Vec::new();
        let context = Context { catalog: self.catalog, lang: self.lang };
        let nodes = line::read(&context, Piece { text: &chars, start: 0 }, &mut faults);
        self.told(faults, at);
        Some(nodes)
    }

    fn told(&mut self, faults: Vec<Fault>, at: Range<usize>) {
        for fault in faults {
            let place = self.file.place_inside(at.clone(), fault.at.clone());
            self.found.push(finding(&fault, place));
        }
    }

    fn text(&mut self, table: &DeTable<'_>, of: &str, key: &str) -> Option<(String, Range<usize>)> {
        let Some(entry) = table.get(key) else {
            if of == "report" {
                self.missing(of, key, 0..0);
            }
            return None;
        };
        let text = entry.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(entry, key, "\"…\"");
        }
        text.map(|text| (text, entry.span()))
    }

    fn names(&mut self, table: &DeTable<'_>, key: &str) -> Option<Names> {
        let Some(entry) = table.get(key) else {
            self.missing("report", key, 0..0);
            return None;
        };
        let Some(names) = entry.get_ref().as_table() else {
            self.wrong(entry, key, "{ zh = \"…\", en = \"…\", de = \"…\" }");
            return None;
        };
        self.known(names, key, &["zh", "en", "de"]);
        let of = |code: &str| names.get(code).and_then(|v| v.get_ref().as_str()).unwrap_or_default().to_owned();
        let read = Names { zh: of("zh"), en: of("en"), de: of("de") };
        if read.zh.is_empty() || read.en.is_empty() || read.de.is_empty() {
            self.wrong(entry, key, "{ zh = \"…\", en = \"…\", de = \"…\" }");
        }
        Some(read)
    }

    fn table<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
        let found = table.get(key).and_then(|entry| entry.get_ref().as_table());
        if found.is_none() {
            self.missing("", key, 0..0);
        }
        found
    }

    fn known(&mut self, table: &DeTable<'_>, name: &str, keys: &[&str]) {
        for (key, _) in table.iter().filter(|(key, _)| !keys.contains(&key.get_ref().as_ref())) {
            let typed = key.get_ref().as_ref();
            let finding = Finding::error("RPT-021", self.file.place(key.span())).with("key", typed).with("table", name);
            self.found.push(match jc_text::similar::nearest(typed, keys.iter().copied()) {
                Some(near) => finding.with("nearest", near),
                None => finding,
            });
        }
    }

    fn missing(&mut self, table: &str, key: &str, at: Range<usize>) {
        let finding = Finding::error("RPT-022", self.file.place(at));
        self.found.push(finding.with("key", key).with("table", table));
    }

    fn wrong(&mut self, entry: Entry<'_, '_>, key: &str, want: &str) {
        let finding = Finding::error("RPT-025", self.file.place(entry.span()));
        self.found.push(finding.with("key", key).with("want", want));
    }
}
