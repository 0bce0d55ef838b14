//! The workbook people fill in: headings, drop-down lists, formats, help; and a sheet that says how.
//!
//! Reading it back gives the mapping without a question: headings are the fields' own names.

use jc_base::{Date, Lang};
use jc_catalog::kinds::Kind;
use jc_catalog::model::{Catalog, Code, Field, Register};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet,
    XlsxError,
};

/// Rows that have drop-down lists and formats.
const ROWS: u32 = 20_000;
/// A longer list of records is of no use as a drop-down.
const MOST_CHOICES: usize = 2_000;
/// The hidden sheet with the lists. Its name is never shown.
const LISTS: &str = "_lists";

/// What a template is made for.
pub struct Request<'a> {
    /// The language of headings, lists and help.
    pub lang: Lang,
    /// The day by which codes must be in use; all if missing.
    pub on: Option<Date>,
    /// Records to choose from, by register: their keys or labels as one would type them.
    pub references: &'a [(usize, Vec<String>)],
    /// The words of a message id, in `lang`.
    pub words: &'a dyn Fn(&str) -> String,
}

/// The template of a register as an `xlsx` file. Retired fields are left out.
///
/// Errors: what the writer could not write; a name in the catalog that no workbook can hold.
pub fn workbook(catalog: &Catalog, register: usize, request: &Request<'_>) -> Result<Vec<u8>, XlsxError> {
    let register = catalog.registers.get(register).expect("a register's position comes from its catalog");
    let fields: Vec<(u16, &Field)> =
        (0u16..).zip(register.fields.iter().filter(|field| field.retired.is_none())).collect();
    let needed = |field: &Field| {
        field.required || register.key.iter().any(|key| register.fields.get(*key).is_some_and(|f| f.id == field.id))
    };
    let mut lists = Worksheet::new();
    lists.set_name(LISTS)?.set_very_hidden(true);
    let mut next_list = 0u16;
    let mut sheet = Worksheet::new();
    sheet.set_name(sheet_name(register.name.get(request.lang)))?.set_freeze_panes(1, 0)?;
    for (column, field) in &fields {
        let choices = choices(catalog, field, request);
        heading(&mut sheet, *column, field, needed(field), request)?;
        sheet.set_column_format(*column, &number_format(&field.kind))?;
        if choices.is_empty() || choices.len() > MOST_CHOICES {
            continue;
        }
        for (row, choice) in (0u32..).zip(&choices) {
            lists.write_string(row, next_list, choice)?;
        }
        let letters = jc_base::finding::column_letters(u32::from(next_list) + 1);
        let list = Formula::new(format!("='{LISTS}'!${letters}$1:${letters}${}", choices.len()));
        next_list += 1;
        // Several names in a cell, or one not yet in the list, must remain possible: the import says what is wrong.
        let strict = matches!(field.kind, Kind::Code(_) | Kind::Boolean);
        let style = if strict { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Information };
        let validation = DataValidation::new().allow_list_formula(list).set_error_style(style);
        let validation = if strict { validation } else { validation.show_error_message(false) };
        sheet.add_data_validation(1, *column, ROWS, *column, &validation)?;
    }
    let help = help(catalog, &fields, &needed, request)?;
    let mut workbook = Workbook::new();
    workbook.push_worksheet(sheet);
    workbook.push_worksheet(help);
    if next_list > 0 {
        workbook.push_worksheet(lists);
    }
    workbook.save_to_buffer()
}

fn heading(
    sheet: &mut Worksheet,
    column: u16,
    field: &Field,
    needed: bool,
    request: &Request<'_>,
) -> Result<(), XlsxError> {
    let name = field.name.get(request.lang);
    let mut format = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_border_bottom(FormatBorder::Thin)
        .set_background_color("#E8EEF4")
        .set_num_format("@");
    if needed {
        format = format.set_font_color("#9C1C1C");
    }
    let text = if needed { format!("{name}*") } else { name.to_owned() };
    sheet.write_string_with_format(0, column, &text, &format)?;
    let width = jc_text_width(&text).clamp(8, 40) as f64 + 4.0;
    sheet.set_column_width(column, width)?;
    let note = how(field, needed, request);
    if !note.is_empty() {
        sheet.insert_note(0, column, &Note::new(note).add_author_prefix(false).set_width(260))?;
    }
    Ok(())
}

/// How wide a text is, in Latin letters: a Chinese character counts two.
fn jc_text_width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// What a person should know to fill in a field.
fn how(field: &Field, needed: bool, request: &Request<'_>) -> String {
    let mut parts = Vec::new();
    if needed {
        parts.push((request.words)("intake-template-required"));
    }
    parts.push((request.words)(&format!("intake-hint-{}", field.kind.word())));
    parts.push(field.help.get(request.lang).to_owned());
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// What may be chosen for a field; empty if there is no list.
fn choices(catalog: &Catalog, field: &Field, request: &Request<'_>) -> Vec<String> {
    match &field.kind {
        Kind::Code(list) => {
            let in_use = |code: &&Code| request.on.is_none_or(|day| code.valid_on(day));
            let codes = catalog.code_list(list.as_str()).map(|list| list.codes.as_slice()).unwrap_or_default();
            codes.iter().filter(in_use).map(|code| code.name.get(request.lang).to_owned()).collect()
        }
        Kind::Boolean => [1, 0].map(|n| field.kind.show(&jc_base::Value::Int(n), request.lang, &[])).to_vec(),
        Kind::Ref(register) | Kind::Refs(register) => {
            request.references.iter().find(|(r, _)| r == register).map(|(_, labels)| labels.clone()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The cell format that keeps what is typed: text for everything that is not counted with.
fn number_format(kind: &Kind) -> Format {
    match kind {
        Kind::Integer | Kind::Year => Format::new().set_num_format("0"),
        Kind::Decimal(0) => Format::new().set_num_format("0"),
        Kind::Decimal(digits) => Format::new().set_num_format(format!("0.{}", "0".repeat(usize::from(*digits)))),
        Kind::Money => Format::new().set_num_format("0.00"),
        Kind::Date => Format::new().set_num_format("yyyy-mm-dd"),
        Kind::Time => Format::new().set_num_format("hh:mm"),
        _ => Format::new().set_num_format("@"),
    }
}

/// The sheet that says how to fill in each field.
fn help(
    catalog: &Catalog,
    fields: &[(u16, &Field)],
    needed: &dyn Fn(&Field) -> bool,
    request: &Request<'_>,
) -> Result<Worksheet, XlsxError> {
    let words = request.words;
    let bold = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut sheet = Worksheet::new();
    sheet.set_name(sheet_name(&words("intake-template-fill")))?.set_freeze_panes(1, 0)?;
    for (column, id) in (0u16..).zip(["field", "required", "how", "choices"]) {
        sheet.write_string_with_format(0, column, words(&format!("intake-template-{id}")), &bold)?;
    }
    for (column, width) in (0u16..).zip([24.0, 8.0, 48.0, 60.0]) {
        sheet.set_column_width(column, width)?;
    }
    for (row, (_, field)) in (1u32..).zip(fields) {
        let mut cells = vec![field.name.get(request.lang).to_owned()];
        cells.push(if needed(field) { "√".to_owned() } else { String::new() });
        cells.push(how(field, false, request));
        let choices = choices(catalog, field, request);
        cells.push(if choices.len() <= 60 { choices.join("、") } else { String::new() });
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string_with_format(row, column, &cell, &wrap)?;
        }
    }
    Ok(sheet)
}

/// A name as spreadsheet programs allow it for a sheet: at most 31 characters, some of them forbidden.
pub(crate) fn sheet_name(name: &str) -> String {
    let clean: String =
        name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control()).collect();
    // Counted in UTF-16, as Excel does.
    let mut units = 0;
    let short: String = clean
        .trim_matches(['\'', ' '])
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= 31
        })
        .collect();
    if short.is_empty() { "1".to_owned() } else { short }
}

/// The file name people will see for it: the register's name.
pub fn file_name(register: &Register, lang: Lang) -> String {
    format!("{}.xlsx", sheet_name(register.name.get(lang)))
}
