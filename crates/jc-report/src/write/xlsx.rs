//! A report as a workbook: a sheet for each chapter with every figure it shows, and the rows behind them, as far as the
//! release profile gives them along. A figure over rows is a live formula. Every figure is a defined name (`jc_12`); the
//! signed text stands on a sheet of its own.

use super::WriteError;
use super::texts::full_name;
use crate::model::{Document, Sheet, Sum};
use jc_base::Ratio;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use std::collections::HashMap;

/// The sheet that carries the signed text.
pub(crate) const TRACE_SHEET: &str = "jiangce";
/// A cell holds no more than 32,767 characters.
const PIECE: usize = 30_000;
/// The columns of a chapter's sheet in which the value and the text as written stand, from 0.
pub(crate) const VALUE_COLUMN: u16 = 3;
/// See [`VALUE_COLUMN`].
pub(crate) const TEXT_COLUMN: u16 = 5;

/// The whole file.
pub(super) fn write(document: &Document, proof: &str) -> Result<Vec<u8>, WriteError> {
    book(document, proof).map_err(WriteError::Workbook)
}

fn book(document: &Document, proof: &str) -> Result<Vec<u8>, XlsxError> {
    let head = &document.head;
    let mut book = Workbook::new();
    let on = head.made_on;
    let day = ExcelDateTime::from_ymd(
        u16::try_from(on.year()).unwrap_or(2000),
        u8::try_from(on.month()).unwrap_or(1),
        u8::try_from(on.day()).unwrap_or(1),
    )?;
    let properties = DocProperties::new().set_title(&head.title).set_author(&head.school).set_comment(&head.code);
    book.set_properties(&properties.set_creation_datetime(&day));
    let looks = Looks::new();
    about(document, book.add_worksheet(), &looks)?;
    let sums = sums(document);
    let rows_names: Vec<String> =
        (1..=document.sheets.len()).map(|n| format!("{} {n}", document.labels.rows)).collect();
    let mut names = Vec::new();
    for at in 0..document.chapters.len() {
        chapter(document, at, book.add_worksheet(), &looks, &sums, &rows_names, &mut names)?;
    }
    for (sheet, name) in document.sheets.iter().zip(&rows_names) {
        rows(sheet, name, book.add_worksheet(), &looks)?;
    }
    for (name, cell) in names {
        book.define_name(name, &cell)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name(TRACE_SHEET)?.set_hidden(true);
    let chars: Vec<char> = proof.chars().collect();
    for (row, piece) in chars.chunks(PIECE).enumerate() {
        sheet.write_string(u32::try_from(row).unwrap_or(u32::MAX), 0, piece.iter().collect::<String>())?;
    }
    book.save_to_buffer()
}

struct Looks {
    title: Format,
    head: Format,
    text: Format,
    soft: Format,
}

impl Looks {
    fn new() -> Self {
        let base = || Format::new().set_font_name("Noto Sans SC").set_font_size(10);
        Self {
            title: base().set_font_size(16).set_bold(),
            head: base().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap(),
            text: base().set_text_wrap().set_align(FormatAlign::Top),
            soft: base().set_font_color("#5D5850").set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    fn number(decimals: u8) -> Format {
        let places = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(decimals))) };
        let format = format!("#,##0{places}");
        Format::new().set_font_name("Noto Sans SC").set_font_size(10).set_num_format(format).set_align(FormatAlign::Top)
    }
}

fn about(document: &Document, sheet: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
    let head = &document.head;
    sheet.set_name(&document.labels.contents)?.set_column_width(0, 90)?;
    sheet.write_string_with_format(0, 0, &head.title, &looks.title)?;
    let mut lines = vec![head.school.clone(), format!("{} · {}", head.profile_name, head.made_on)];
    lines.push(format!("{} {}", document.labels.code, head.code));
    if head.synthetic {
        lines.push(document.labels.synthetic.clone());
    }
    if !head.taken.is_empty() {
        lines.push(head.taken.clone());
    }
    lines.push(document.labels.check.clone());
    lines.extend(document.log_line());
    for chapter in &document.chapters {
        lines.push(format!("{}　{}", chapter.title, chapter.code));
    }
    for (row, line) in (1u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &looks.text)?;
    }
    Ok(())
}

/// Which sheet and sum gives an entry.
fn sums(document: &Document) -> HashMap<usize, (usize, &Sum)> {
    let all = document.sheets.iter().enumerate();
    all.flat_map(|(at, sheet)| sheet.sums.iter().map(move |sum| (sum.entry, (at, sum)))).collect()
}

/// What a sheet can be called: no more than 31 characters, none that formulas use.
fn sheet_name(number: usize, title: &str) -> String {
    let plain = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c });
    format!("{number} {}", plain.collect::<String>()).chars().take(31).collect::<String>().trim_end().to_owned()
}

fn chapter(
    document: &Document,
    at: usize,
    sheet: &mut Worksheet,
    looks: &Looks,
    sums: &HashMap<usize, (usize, &Sum)>,
    rows_names: &[String],
    names: &mut Vec<(String, String)>,
) -> Result<(), XlsxError> {
    let name = sheet_name(at + 1, &document.chapters[at].title);
    sheet.set_name(&name)?.set_freeze_panes(1, 0)?;
    for (column, width) in [(0u16, 6), (1, 34), (2, 18), (3, 14), (4, 10), (5, 14), (6, 60), (7, 18)] {
        sheet.set_column_width(column, width)?;
    }
    for (column, heading) in (0u16..).zip(&document.labels.columns) {
        sheet.write_string_with_format(0, column, heading, &looks.head)?;
    }
    let mut row = 0;
    for (number, shown) in document.shown.iter().enumerate().filter(|(_, shown)| shown.chapter == at) {
        row += 1;
        let entry = &document.entries[shown.entry];
        sheet.write_number_with_format(row, 0, number as f64 + 1.0, &looks.soft)?;
        sheet.write_string_with_format(row, 1, full_name(entry), &looks.text)?;
        sheet.write_string_with_format(row, 2, &entry.period, &looks.soft)?;
        let look = Looks::number(entry.decimals);
        match (sums.get(&shown.entry), &entry.printed) {
            (Some((of, sum)), Some(printed)) => {
                let formula = formula(sum, &document.sheets[*of], &rows_names[*of], entry.decimals);
                sheet.write_formula_with_format(row, VALUE_COLUMN, Formula::new(formula).set_result(printed), &look)?;
            }
            (None, Some(printed)) => {
                sheet.write_number_with_format(row, VALUE_COLUMN, printed.parse::<f64>().unwrap_or(0.0), &look)?;
            }
            (_, None) => {
                sheet.write_string_with_format(row, VALUE_COLUMN, &document.labels.missing, &looks.soft)?;
            }
        }
        sheet.write_string_with_format(row, 4, &entry.unit, &looks.soft)?;
        sheet.write_string_with_format(row, TEXT_COLUMN, &shown.text, &looks.text)?;
        sheet.write_string_with_format(row, 6, &entry.definition, &looks.soft)?;
        let proof: String = entry.seal.as_ref().unwrap_or(&entry.digest).chars().take(16).collect();
        sheet.write_string_with_format(row, 7, proof, &looks.soft)?;
        names.push((format!("jc_{number}"), format!("='{name}'!$F${}", row + 1)));
    }
    Ok(())
}

/// A figure as a sum over a sheet's rows, rounded as it is printed.
fn formula(sum: &Sum, sheet: &Sheet, name: &str, decimals: u8) -> String {
    let range = |measure: usize| {
        let column = jc_base::finding::column_letters(u32::try_from(sheet.head.len() + measure + 1).unwrap_or(1));
        format!("SUM('{name}'!{column}2:{column}{})", sheet.rows.len() + 1)
    };
    match sum.under {
        None => format!("=ROUND({},{decimals})", range(sum.over)),
        Some(under) => format!("=ROUND({}/{}*{},{decimals})", range(sum.over), range(under), sum.factor),
    }
}

fn rows(sheet: &Sheet, name: &str, page: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
    page.set_name(name)?.set_freeze_panes(1, 0)?;
    let headings = sheet.head.iter().chain(&sheet.measures);
    for (column, heading) in (0u16..).zip(headings) {
        let heading = if column == 0 { format!("{heading}（{}）", sheet.name) } else { heading.clone() };
        page.write_string_with_format(0, column, heading, &looks.head)?;
        page.set_column_width(column, 16)?;
    }
    for (row, line) in (1u32..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(&line.cells) {
            page.write_string(row, column, cell)?;
        }
        for (column, adds) in (u16::try_from(sheet.head.len()).unwrap_or(0)..).zip(&line.adds) {
            if let Some(adds) = adds {
                page.write_number(row, column, number(*adds))?;
            }
        }
    }
    Ok(())
}

/// A spreadsheet keeps numbers in binary: exact for all that registers hold.
fn number(ratio: Ratio) -> f64 {
    ratio.num() as f64 / ratio.den() as f64
}
