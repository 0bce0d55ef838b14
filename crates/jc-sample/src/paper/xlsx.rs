//! Workbooks.

use super::{Cell, Sheet};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// The sheets as one workbook.
pub(crate) fn xlsx(sheets: &[&Sheet]) -> Vec<u8> {
    workbook(sheets).expect("sheets of the sample are far within a workbook's limits")
}

fn workbook(sheets: &[&Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without this, the writer looks at the clock and no two files are alike.
    let made = ExcelDateTime::from_ymd(2025, 1, 3)?;
    book.set_properties(&DocProperties::new().set_author("示例技师学院（合成数据）").set_creation_datetime(&made));
    let style = Style::new();
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        fill(page, sheet, &style)?;
    }
    book.save_to_buffer()
}

struct Style {
    title: Format,
    note: Format,
    heading: Format,
    body: Format,
    date: Format,
}

impl Style {
    fn new() -> Self {
        let body = Format::new().set_border(FormatBorder::Thin).set_font_name("宋体");
        Self {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center).set_font_name("黑体"),
            note: Format::new().set_align(FormatAlign::Left).set_font_name("宋体").set_text_wrap(),
            heading: body.clone().set_bold().set_align(FormatAlign::Center),
            date: body.clone().set_num_format("yyyy/m/d"),
            body,
        }
    }
}

fn fill(page: &mut Worksheet, sheet: &Sheet, style: &Style) -> Result<(), XlsxError> {
    let last = (sheet.headings.len().max(2) - 1) as u16;
    for column in 0..=last {
        page.set_column_width(column, 14)?;
    }
    let mut row = 0;
    for (place, words) in sheet.above.iter().enumerate() {
        page.merge_range(row, 0, row, last, words, if place == 0 { &style.title } else { &style.note })?;
        row += 1;
    }
    row = headings(page, sheet, style, row)?;
    for cells in &sheet.rows {
        for (column, cell) in cells.iter().enumerate() {
            let column = column as u16;
            match cell {
                Cell::Blank => page.write_blank(row, column, &style.body)?,
                Cell::Text(text) => page.write_string_with_format(row, column, text, &style.body)?,
                Cell::Tenths(tenths) => {
                    page.write_number_with_format(row, column, *tenths as f64 / 10.0, &style.body)?
                }
                Cell::Date(date) => {
                    let moment = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8)?;
                    page.write_datetime_with_format(row, column, &moment, &style.date)?
                }
            };
        }
        row += 1;
    }
    for words in &sheet.below {
        page.merge_range(row, 0, row, last, words, &style.note)?;
        row += 1;
    }
    Ok(())
}

/// Headings in one row, or in two where some columns have a heading in common; gives the row below.
fn headings(page: &mut Worksheet, sheet: &Sheet, style: &Style, row: u32) -> Result<u32, XlsxError> {
    let two = !sheet.groups.is_empty();
    let grouped = |column: usize| sheet.groups.iter().any(|(first, last, _)| (*first..=*last).contains(&column));
    for (first, last, words) in &sheet.groups {
        page.merge_range(row, *first as u16, row, *last as u16, words, &style.heading)?;
    }
    for (column, heading) in sheet.headings.iter().enumerate() {
        let at = column as u16;
        if two && !grouped(column) {
            page.merge_range(row, at, row + 1, at, heading, &style.heading)?;
        } else {
            page.write_string_with_format(row + u32::from(two), at, heading, &style.heading)?;
        }
    }
    Ok(row + 1 + u32::from(two))
}
