//! A report as one HTML file: nothing is loaded from anywhere. Every figure is a `<data>` element with its number; the
//! signed text stands in a script element that no browser runs.

use super::texts::{hint, numbered, trace_rows};
use crate::chart::{Chart, Paint, escape, svg};
use crate::model::{Block, Chapter, Document, Inline, Table};
use crate::qr;
use std::fmt::Write as _;

const STYLE: &str = include_str!("report.css");

/// The whole file.
pub fn write(document: &Document, proof: &str) -> String {
    let head = &document.head;
    let lang = match head.lang {
        jc_base::Lang::Zh => "zh-CN",
        other => other.code(),
    };
    let mut out = String::with_capacity(200_000);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"generator\" content=\"Jiangce\">\
         <title>{}</title><style>{STYLE}</style></head>\n<body>\n",
        escape(&head.title)
    );
    out.push_str(&body(document));
    // A text inside a script ends at the first `</`: no text of ours holds one as it stands here.
    let _ = write!(
        out,
        "<script type=\"application/vnd.jiangce.report+json\" id=\"jiangce-trace\">{}</script>\n</body></html>\n",
        proof.replace("</", "<\\/")
    );
    out
}

/// What stands between the body's tags, without the signed text: a preview.
pub fn body(document: &Document) -> String {
    let head = &document.head;
    let mut out = String::new();
    let _ = write!(
        out,
        "<header class=\"cover\"><p class=\"school\">{}</p><h1>{}</h1>",
        escape(&head.school),
        escape(&head.title)
    );
    if !head.subtitle.is_empty() {
        let _ = write!(out, "<p class=\"subtitle\">{}</p>", escape(&head.subtitle));
    }
    let _ = write!(
        out,
        "<p class=\"about\">{} · {} · {}</p>",
        escape(&head.profile_name),
        head.made_on,
        escape(&head.code)
    );
    if head.synthetic {
        let _ = write!(out, "<p class=\"synthetic\">{}</p>", escape(&document.labels.synthetic));
    }
    if !head.taken.is_empty() {
        let _ = write!(out, "<p class=\"about\">{}</p>", escape(&head.taken));
    }
    out.push_str("</header>\n");
    if document.chapters.len() > 1 {
        let _ = write!(
            out,
            "<nav class=\"contents\" aria-labelledby=\"contents\"><h2 id=\"contents\">{}</h2><ol>",
            escape(&document.labels.contents)
        );
        for (at, chapter) in document.chapters.iter().enumerate() {
            let _ = write!(out, "<li><a href=\"#chapter-{}\">{}</a></li>", at + 1, escape(&chapter.title));
        }
        out.push_str("</ol></nav>\n");
    }
    out.push_str("<main>\n");
    for (at, chapter) in document.chapters.iter().enumerate() {
        write_chapter(document, at, chapter, &mut out);
    }
    out.push_str("</main>\n");
    write_trace(document, &mut out);
    out
}

/// The chapters alone: the preview of one that is being edited.
pub fn chapter(document: &Document) -> String {
    let mut out = String::from("<main>");
    for (at, chapter) in document.chapters.iter().enumerate() {
        write_chapter(document, at, chapter, &mut out);
    }
    out.push_str("</main>");
    out
}

fn write_chapter(document: &Document, at: usize, chapter: &Chapter, out: &mut String) {
    let number = at + 1;
    let _ = writeln!(
        out,
        "<section class=\"chapter\" id=\"chapter-{number}\" aria-labelledby=\"title-{number}\"><h2 id=\"title-{number}\">{}</h2>",
        escape(&chapter.title)
    );
    let mut in_list = false;
    for block in &chapter.blocks {
        let item = matches!(block, Block::Item(_));
        if item != in_list {
            out.push_str(if item { "<ul>" } else { "</ul>\n" });
            in_list = item;
        }
        match block {
            Block::Heading(line) => {
                let _ = writeln!(out, "<h3>{}</h3>", inline(document, line));
            }
            Block::Paragraph(line) => {
                let _ = writeln!(out, "<p>{}</p>", inline(document, line));
            }
            Block::Item(line) => {
                let _ = write!(out, "<li>{}</li>", inline(document, line));
            }
            Block::Table(table) => write_table(document, table, out),
            Block::Chart { number, chart } => {
                let label = numbered(&document.labels.figure, *number);
                write_chart(chart, *number, &format!("{label}　{}", chart.title), out);
            }
        }
    }
    if in_list {
        out.push_str("</ul>\n");
    }
    if !chapter.code.is_empty() {
        let address = qr::address(&document.head.address, &chapter.code);
        let says = format!("{} {}", document.labels.code, chapter.code);
        let square = qr::svg(&address, &says).unwrap_or_default();
        let _ = write!(
            out,
            "<aside class=\"code\">{square}<p>{}<br><b>{}</b><br>{}</p></aside>",
            escape(&document.labels.code),
            chapter.code,
            escape(&document.labels.check)
        );
    }
    out.push_str("</section>\n");
}

fn write_chart(chart: &Chart, number: usize, caption: &str, out: &mut String) {
    let drawing = svg(&chart.draw(640.0), Paint::Screen, &format!("chart-{number}"));
    let _ = writeln!(out, "<figure>{drawing}<figcaption>{}</figcaption></figure>", escape(caption));
}

/// The charts alone, without numbers: for a screen that shows nothing else of the document.
pub fn charts(document: &Document) -> String {
    let mut out = String::new();
    for block in document.chapters.iter().flat_map(|chapter| &chapter.blocks) {
        if let Block::Chart { number, chart } = block {
            write_chart(chart, *number, &chart.title, &mut out);
        }
    }
    out
}

fn write_table(document: &Document, table: &Table, out: &mut String) {
    let _ = write!(
        out,
        "<div class=\"wide\"><table><caption>{}　{}</caption><thead><tr>",
        escape(&numbered(&document.labels.table, table.number)),
        escape(&table.caption)
    );
    for column in &table.head {
        let class = if column.number { " class=\"n\"" } else { "" };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", escape(&column.name));
    }
    out.push_str("</tr></thead><tbody>\n");
    for (n, row) in table.rows.iter().enumerate() {
        let total = table.total && n + 1 == table.rows.len();
        out.push_str(if total { "<tr class=\"total\">" } else { "<tr>" });
        for (cell, column) in row.iter().zip(&table.head) {
            let class = if column.number { " class=\"n\"" } else { "" };
            let _ = write!(out, "<td{class}>{}</td>", inline(document, cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn inline(document: &Document, line: &[Inline]) -> String {
    let mut out = String::new();
    for piece in line {
        let _ = match piece {
            Inline::Text(text) => write!(out, "{}", escape(text)),
            Inline::Gap(what) => write!(out, "<mark class=\"gap\">{}</mark>", escape(what)),
            Inline::Figure(at) => {
                let shown = &document.shown[*at];
                let entry = &document.entries[shown.entry];
                write!(
                    out,
                    "<data class=\"shown\" data-figure=\"{at}\" data-id=\"{}\" data-records=\"{}\" value=\"{}\" title=\"{}\">{}</data>",
                    escape(&entry.id),
                    escape(&entry.digest),
                    entry.value.map_or_else(String::new, |v| v.to_string()),
                    escape(&hint(document, *at)),
                    escape(&shown.text)
                )
            }
        };
    }
    out
}

fn write_trace(document: &Document, out: &mut String) {
    let [number, name, period, value, _, _, definition, records] = &document.labels.columns;
    let _ = write!(
        out,
        "<section class=\"trace\" aria-labelledby=\"trace\"><details><summary><h2 id=\"trace\">{}</h2></summary><p>{}</p>{}<div class=\"wide\"><table><thead><tr>",
        escape(&document.labels.trace),
        escape(&document.labels.check),
        document.log_line().map_or_else(String::new, |line| format!("<p>{}</p>", escape(&line)))
    );
    for heading in [number, name, period, value, definition, records] {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(heading));
    }
    out.push_str("</tr></thead><tbody>\n");
    for row in trace_rows(document) {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{}</td>", escape(&cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></details></section>\n");
}
