//! A report as PDF, set by Typst. Everything that knows Typst's library is in this file; what the pages look like is in
//! `report.typ`, which reads the document as data and never as markup. [`marked`](super::marked) sets its pages with it.

use super::WriteError;
use super::texts::{numbered, trace_rows};
use crate::chart::{Paint, svg};
use crate::model::{Block, Document, Inline};
use crate::qr;
use jc_base::Date;
use serde_json::{Value as Json, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;
use typst::LibraryExt;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

const PAGES: &str = include_str!("report.typ");

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 2] = [
        include_bytes!("../../../../assets/fonts/NotoSansSC-Regular.ttf"),
        include_bytes!("../../../../assets/fonts/NotoSansSC-Bold.ttf"),
    ];
    files.into_iter().filter_map(|file| Font::new(Bytes::new(file), 0)).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The characters of a document that the fonts cannot show. In the file a 〓 stands for each.
pub fn lacking(document: &Document) -> BTreeSet<char> {
    let used: BTreeSet<char> = document.texts().iter().flat_map(|text| text.chars()).collect();
    used.into_iter().filter(|c| !has(*c)).collect()
}

fn has(c: char) -> bool {
    c.is_control() || FONTS.iter().all(|font| font.info().coverage.contains(u32::from(c)))
}

/// A text with a 〓 for each character that cannot be shown: an archive refuses a file that hides one. To ask a font is
/// slow, so each character is asked for once.
pub(super) fn showable(text: &str) -> String {
    let used: BTreeSet<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    let lacking: BTreeSet<char> = used.into_iter().filter(|c| !has(*c)).collect();
    if lacking.is_empty() {
        return text.to_owned();
    }
    text.chars().map(|c| if lacking.contains(&c) { '〓' } else { c }).collect()
}

/// The whole file: PDF/A-3 with tags, contents, bookmarks, and the signed text attached.
pub(super) fn write(document: &Document, proof: &str) -> Result<Vec<u8>, WriteError> {
    typeset(&Paper::new(document, proof), &document.head.code)
}

/// Sets pages; `ident` names the file, so that the same pages give the same bytes.
pub(super) fn typeset(paper: &Paper, ident: &str) -> Result<Vec<u8>, WriteError> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(paper);
    // What was set stays known to the typesetter for the next of the kind, but not for ever.
    typst::comemo::evict(4);
    let pages = output.map_err(|errors| told(&errors))?;
    if let Some(warning) = warnings.first() {
        return Err(told(std::slice::from_ref(warning)));
    }
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| WriteError::Typeset(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("Jiangce".to_owned())),
        timestamp: paper.today.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| told(&errors))
}

fn told(errors: &[SourceDiagnostic]) -> WriteError {
    WriteError::Typeset(errors.iter().map(|e| e.message.to_string()).collect::<Vec<_>>().join("; "))
}

fn day(on: Date) -> Option<Datetime> {
    Datetime::from_ymd_hms(on.year(), u8::try_from(on.month()).ok()?, u8::try_from(on.day()).ok()?, 0, 0, 0)
}

/// What Typst may see: its main file and what that reads, all in memory.
pub(super) struct Paper {
    main: Source,
    files: HashMap<FileId, Bytes>,
    today: Option<Datetime>,
}

impl Paper {
    fn new(document: &Document, proof: &str) -> Self {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for block in document.chapters.iter().flat_map(|chapter| &chapter.blocks) {
            if let Block::Chart { number, chart } = block {
                let drawing = svg(&chart.draw(640.0), Paint::Paper, "chart");
                files.push((format!("chart-{number}.svg"), showable(&drawing).into_bytes()));
            }
        }
        for (at, chapter) in document.chapters.iter().enumerate() {
            let address = qr::address(&document.head.address, &chapter.code);
            files.push((format!("code-{at}.svg"), qr::svg(&address, &chapter.code).unwrap_or_default().into_bytes()));
        }
        files.push(("trace.json".to_owned(), proof.as_bytes().to_vec()));
        files.push(("data.json".to_owned(), showable(&data(document).to_string()).into_bytes()));
        Self::of(PAGES, files, document.head.made_on)
    }

    /// Pages that read these files, written on a day.
    pub(super) fn of<N: AsRef<str>>(pages: &str, files: impl IntoIterator<Item = (N, Vec<u8>)>, on: Date) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (id(name.as_ref()), Bytes::new(bytes))).collect();
        Self { main: Source::new(id("main.typ"), pages.to_owned()), files, today: day(on) }
    }
}

fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our names are plain");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

/// The document as `report.typ` reads it.
fn data(document: &Document) -> Json {
    let head = &document.head;
    let labels = &document.labels;
    let columns = [0, 1, 2, 3, 6, 7].map(|n: usize| labels.columns[n].clone());
    let chapter = |(at, chapter): (usize, &crate::model::Chapter)| {
        json!({
            "title": chapter.title,
            "code": chapter.code,
            "square": format!("code-{at}.svg"),
            "blocks": chapter.blocks.iter().map(|b| block(document, at, b)).collect::<Vec<_>>(),
        })
    };
    json!({
        "title": head.title,
        "subtitle": head.subtitle,
        "school": head.school,
        "synthetic": if head.synthetic { labels.synthetic.as_str() } else { "" },
        "lang": head.lang.code(),
        "date": [head.made_on.year(), head.made_on.month(), head.made_on.day()],
        "on": head.made_on.to_string(),
        "profile": head.profile_name,
        "code": head.code,
        "taken": head.taken,
        "log": document.log_line(),
        "bound": document.chapters.len() > 1,
        "labels": {
            "contents": labels.contents, "table": labels.table, "figure": labels.figure, "code": labels.code,
            "check": labels.check, "trace": labels.trace,
            "columns": columns,
        },
        "chapters": document.chapters.iter().enumerate().map(chapter).collect::<Vec<_>>(),
        "trace": trace_rows(document),
    })
}

fn block(document: &Document, chapter: usize, block: &Block) -> Json {
    let line = |line: &[Inline]| inlines(document, chapter, line);
    match block {
        Block::Heading(words) => json!({ "kind": "heading", "line": line(words) }),
        Block::Paragraph(words) => json!({ "kind": "paragraph", "line": line(words) }),
        Block::Item(words) => json!({ "kind": "item", "line": line(words) }),
        Block::Chart { number, chart } => json!({
            "kind": "chart",
            "file": format!("chart-{number}.svg"),
            "alt": chart.description(),
            "caption": chart.title,
            "label": numbered(&document.labels.figure, *number),
        }),
        Block::Table(table) => json!({
            "kind": "table",
            "caption": table.caption,
            "label": numbered(&document.labels.table, table.number),
            "columns": table.head.iter().map(|c| json!({ "name": c.name, "number": c.number, "share": c.share })).collect::<Vec<_>>(),
            "rows": table.rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect::<Vec<_>>()).collect::<Vec<_>>(),
            "total": table.total,
            "whole": table.stays_whole(),
        }),
    }
}

fn inlines(document: &Document, chapter: usize, line: &[Inline]) -> Json {
    let code = &document.chapters[chapter].code;
    let piece = |inline: &Inline| match inline {
        Inline::Text(text) => json!(["t", text]),
        Inline::Gap(what) => json!(["g", what]),
        Inline::Figure(at) => {
            let base = if document.head.address.is_empty() { "urn:jiangce:" } else { document.head.address.as_str() };
            json!(["f", document.shown[*at].text, format!("{base}{code}#f{at}")])
        }
    };
    Json::Array(line.iter().map(piece).collect())
}
