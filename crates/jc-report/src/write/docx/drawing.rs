//! A chart's shapes as a drawing of Word's own: rectangles, lines and text boxes in one group.

use crate::chart::{Anchor, Drawing, Shape, escape, text_width};
use std::fmt::Write as _;

/// Units of Word's drawings in one of ours: 640 of ours are as wide as the text of a page, 15.6 cm.
const SCALE: f64 = 8775.0;

fn emu(length: f64) -> i64 {
    (length * SCALE).round() as i64
}

/// Writes the drawing as a run. Ids from `id` on are used, one for each shape.
pub(super) fn write(drawing: &Drawing, id: usize, out: &mut String) {
    let (width, height) = (emu(drawing.width), emu(drawing.height));
    let _ = write!(
        out,
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wpg\"><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"{width}\" cy=\"{height}\"/></a:xfrm></wpg:grpSpPr>",
        escape(&drawing.title),
        escape(&drawing.description)
    );
    for (n, shape) in drawing.shapes.iter().enumerate() {
        write_shape(shape, id + 1 + n, out);
    }
    // A reader that knows no drawings shows the values in words.
    let _ = write!(
        out,
        "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
        super::text(&drawing.description)
    );
}

/// Writes a code to scan as a run: one shape, 18 mm wide.
pub(super) fn square(squares: &[Vec<bool>], id: usize, says: &str, out: &mut String) {
    const WIDE: usize = 648_000;
    let side = squares.len();
    let mut way = String::new();
    for (y, row) in squares.iter().enumerate() {
        let mut x = 0;
        // Dark squares beside each other are one rectangle.
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] {
                let (left, right) = (x, x + run.len());
                let point =
                    |step: &str, x: usize, y: usize| format!("<a:{step}><a:pt x=\"{x}\" y=\"{y}\"/></a:{step}>");
                way.push_str(&point("moveTo", left, y));
                way.push_str(&point("lnTo", right, y));
                way.push_str(&point("lnTo", right, y + 1));
                way.push_str(&point("lnTo", left, y + 1));
                way.push_str("<a:close/>");
            }
            x += run.len();
        }
    }
    let name = escape(says);
    let _ = write!(
        out,
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{WIDE}\" cy=\"{WIDE}\"/><wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{name}\"/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{WIDE}\" cy=\"{WIDE}\"/></a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst><a:path w=\"{side}\" h=\"{side}\">{way}</a:path></a:pathLst></a:custGeom>{}<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
        fill("#000000"),
        super::text(says)
    );
}

fn write_shape(shape: &Shape, id: usize, out: &mut String) {
    let _ = write!(out, "<wps:wsp><wps:cNvPr id=\"{id}\" name=\"s{id}\"/>");
    match shape {
        Shape::Rect { x, y, width, height, ink } => {
            let _ = write!(
                out,
                "<wps:cNvSpPr/><wps:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{}<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/>",
                place(*x, *y, *width, *height),
                fill(&ink.on_paper())
            );
        }
        Shape::Path { points, closed, line, fill: area } => {
            let least = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).fold(f64::INFINITY, f64::min);
            let most = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
            let (left, top) = (least(|p| p.0), least(|p| p.1));
            let (width, height) = (most(|p| p.0) - left, most(|p| p.1) - top);
            let mut way = String::new();
            for (n, (x, y)) in points.iter().enumerate() {
                let step = if n == 0 { "moveTo" } else { "lnTo" };
                let _ = write!(way, "<a:{step}><a:pt x=\"{}\" y=\"{}\"/></a:{step}>", emu(x - left), emu(y - top));
            }
            if *closed {
                way.push_str("<a:close/>");
            }
            let line = line.map_or_else(
                || "<a:ln><a:noFill/></a:ln>".to_owned(),
                |(ink, thick)| format!("<a:ln w=\"{}\">{}</a:ln>", emu(thick), fill(&ink.on_paper())),
            );
            let area = area.map_or_else(|| "<a:noFill/>".to_owned(), |ink| fill(&ink.on_paper()));
            let _ = write!(
                out,
                "<wps:cNvSpPr/><wps:spPr>{}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst><a:path w=\"{}\" h=\"{}\">{way}</a:path></a:pathLst></a:custGeom>{area}{line}</wps:spPr><wps:bodyPr/>",
                place(left, top, width, height),
                emu(width),
                emu(height)
            );
        }
        Shape::Text { x, y, size, anchor, ink, text } => {
            // A little wider than the text, so that other fonts fit too.
            let width = text_width(text, *size) * 1.2 + 8.0;
            let (left, side) = match anchor {
                Anchor::Start => (*x, "left"),
                Anchor::Middle => (x - width / 2.0, "center"),
                Anchor::End => (x - width, "right"),
            };
            let points = (size * SCALE / 12700.0 * 2.0).round();
            let colour = ink.on_paper();
            let _ = write!(
                out,
                "<wps:cNvSpPr txBox=\"1\"/><wps:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent><w:p><w:pPr><w:pStyle w:val=\"ChartText\"/><w:jc w:val=\"{side}\"/></w:pPr><w:r><w:rPr><w:color w:val=\"{}\"/><w:sz w:val=\"{points}\"/><w:szCs w:val=\"{points}\"/></w:rPr>{}</w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"><a:noAutofit/></wps:bodyPr>",
                place(left, y - size * 1.1, width, size * 1.5),
                &colour[1..],
                super::text(text)
            );
        }
    }
    out.push_str("</wps:wsp>");
}

fn place(x: f64, y: f64, width: f64, height: f64) -> String {
    format!(
        "<a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>",
        emu(x),
        emu(y),
        emu(width.max(0.0)),
        emu(height.max(0.0))
    )
}

fn fill(colour: &str) -> String {
    format!("<a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>", &colour[1..])
}
