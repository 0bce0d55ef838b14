//! A drawing as SVG: text stays text, and the whole has a name and a description.

use super::drawing::{Anchor, Drawing, Ink, Shape};
use std::fmt::Write as _;

/// Whether shades are fixed or follow the colour of the text around the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// For paper: colours as they are.
    Paper,
    /// For a screen, light or dark: shades of `currentColor`.
    Screen,
}

/// The drawing as one `<svg>` element. `id` makes the ids in it unique on a page.
pub fn svg(drawing: &Drawing, paint: Paint, id: &str) -> String {
    let (width, height) = (round(drawing.width), round(drawing.height));
    let mut out = String::new();
    let fixed = if paint == Paint::Paper { format!(" width=\"{width}\" height=\"{height}\"") } else { String::new() };
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\"{fixed} viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-t {id}-d\" font-family=\"Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif\">\
         <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
        escape(&drawing.title),
        escape(&drawing.description),
    );
    for shape in &drawing.shapes {
        write_shape(&mut out, shape, paint);
    }
    out.push_str("</svg>");
    out
}

fn write_shape(out: &mut String, shape: &Shape, paint: Paint) {
    let _ = match shape {
        Shape::Rect { x, y, width, height, ink } => write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>",
            round(*x),
            round(*y),
            round(*width),
            round(*height),
            colour("fill", *ink, paint)
        ),
        Shape::Path { points, closed, line, fill } => {
            let mut way = String::new();
            for (n, (x, y)) in points.iter().enumerate() {
                let _ = write!(way, "{}{} {}", if n == 0 { 'M' } else { 'L' }, round(*x), round(*y));
            }
            let stroke = line.map_or_else(String::new, |(ink, width)| {
                format!("{} stroke-width=\"{}\"", colour("stroke", ink, paint), round(width))
            });
            let fill = fill.map_or_else(|| " fill=\"none\"".to_owned(), |ink| colour("fill", ink, paint));
            write!(out, "<path d=\"{way}{}\"{fill}{stroke}/>", if *closed { "Z" } else { "" })
        }
        Shape::Text { x, y, size, anchor, ink, text } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{}>{}</text>",
                round(*x),
                round(*y),
                round(*size),
                colour("fill", *ink, paint),
                escape(text)
            )
        }
    };
}

fn colour(what: &str, ink: Ink, paint: Paint) -> String {
    match (paint, ink) {
        (Paint::Paper, ink) => format!(" {what}=\"{}\"", ink.on_paper()),
        (Paint::Screen, Ink::Paper) => format!(" {what}=\"var(--paper, #fff)\""),
        (Paint::Screen, ink) if ink.darkness() == 100 => format!(" {what}=\"currentColor\""),
        (Paint::Screen, ink) => {
            format!(" {what}=\"currentColor\" {what}-opacity=\"{}\"", round(f64::from(ink.darkness()) / 100.0))
        }
    }
}

/// A length with at most two places, as short as it can be written.
fn round(length: f64) -> String {
    let text = format!("{length:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text inside an element or an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What XML cannot hold, however it came here.
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
