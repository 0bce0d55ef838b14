//! PDF: the characters its glyphs stand for, in the lines they stand in.
//!
//! The file is interpreted as for drawing (fonts, their character maps, the maps of Chinese that readers are expected
//! to bring), but nothing is drawn: each glyph gives its character and its place, and [`lines`] puts them together.

mod lines;

use super::Prose;
use crate::codes;
use crate::site::Site;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};
use jc_base::Finding;
use lines::Glyph;
use std::panic::AssertUnwindSafe;

/// More glyphs than this are no page people read.
const MOST_GLYPHS: usize = 100_000;

/// Units of a glyph's own space in its font size.
const UNITS: f64 = 1000.0;

pub(super) fn read(bytes: Vec<u8>, site: &Site) -> Result<Prose, Box<Finding>> {
    // Over fonts that nobody made in earnest the library panics (it adds with overflow): that is the file's fault.
    let done = std::panic::catch_unwind(AssertUnwindSafe(|| interpret(bytes, site)));
    done.unwrap_or_else(|_| Err(damaged(site)))
}

fn damaged(site: &Site) -> Box<Finding> {
    Box::new(site.whole_error(codes::TEXT_DAMAGED).with("part", "PDF"))
}

fn interpret(bytes: Vec<u8>, site: &Site) -> Result<Prose, Box<Finding>> {
    // Cut off, the pages that are left would look like the whole.
    let tail = bytes.get(bytes.len().saturating_sub(4096)..).unwrap_or_default();
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        return Err(damaged(site));
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Box::new(site.whole_error(codes::TEXT_ENCRYPTED)),
        LoadPdfError::Invalid => damaged(site),
    })?;
    let cache = InterpreterCache::new();
    let (mut pages, mut pictures, mut unmapped) = (Vec::new(), Vec::new(), Vec::new());
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        let seen = look(page, &pdf, &cache);
        let said = seen.glyphs.iter().filter(|glyph| !glyph.is_blank()).count();
        // A shape without a character is a hole in the text; a few are ornaments.
        if seen.nameless > 5 && seen.nameless * 5 > said {
            unmapped.push(number);
        } else if said == 0 && seen.pictures > 0 {
            pictures.push(number);
        }
        pages.push(lines::of_page(seen.glyphs, seen.width));
    }
    if pages.is_empty() {
        return Err(damaged(site));
    }
    let all = pages.len();
    let whole = |code, pages: &[usize]| Box::new(site.whole_error(code).with("pages", numbers(pages)));
    if !unmapped.is_empty() {
        return Err(whole(codes::TEXT_UNMAPPED, &unmapped));
    }
    if !pictures.is_empty() && pages.iter().all(Vec::is_empty) {
        return Err(whole(codes::TEXT_PICTURES, &pictures));
    }
    let warning = || {
        Finding::warning(codes::TEXT_PARTLY_PICTURES, site.whole()).with("pages", numbers(&pictures)).with("all", all)
    };
    let warnings = if pictures.is_empty() { Vec::new() } else { vec![warning()] };
    Ok(Prose { kind: "pdf", text: lines::text(pages), warnings })
}

/// Page numbers for a message: the first few of many.
fn numbers(pages: &[usize]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = pages.iter().take(MOST).map(usize::to_string).collect();
    let more = if pages.len() > MOST { "…" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// What is on a page.
#[derive(Default)]
struct Seen {
    glyphs: Vec<Glyph>,
    /// Glyphs whose character the file does not tell.
    nameless: usize,
    pictures: usize,
    width: f64,
}

fn look<'a>(page: &'a Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> Seen {
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, cache, pdf.xref(), settings);
    let mut seen = Seen { width: width.into(), ..Seen::default() };
    interpret_page(page, &mut context, &mut seen);
    seen
}

impl Device<'_> for Seen {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.glyphs.len() >= MOST_GLYPHS {
                return;
            }
            let place: Affine = props.transform * glyph.transform();
            let (at, above) = (place * Point::ZERO, place * Point::new(0.0, UNITS));
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => String::new(),
            };
            // Characters of fonts' own (ornaments, list signs) say nothing to a reader of text.
            let text: String =
                text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{E000}'..='\u{F8FF}')).collect();
            let size = (above - at).hypot();
            if text.is_empty() {
                self.nameless += 1;
            } else if size.is_finite() && size > 0.0 && at.is_finite() {
                self.glyphs.push(Glyph { text, x: at.x, y: at.y, size });
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
