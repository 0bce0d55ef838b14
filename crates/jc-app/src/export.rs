//! Lists as files: every cell a text, what is masked stays masked, and who took what for which purpose is written
//! into the audit log and into the file.

use crate::access::note_taken;
use crate::error::AppError;
use crate::labels::Labels;
use crate::made::Made;
use crate::person::Viewer;
use crate::subjects::{Subject, minors, subjects};
use jc_base::{Finding, Lang, Place, RecordId};
use jc_catalog::kinds::Kind;
use jc_catalog::{Column, Operation, Privacy, Register};
use jc_figures::contribution::value;
use jc_store::Reach;
use jc_store::reader::ListQuery;
use jc_store::store::Ending;
use jc_words::Arg;
use rust_xlsxwriter::{Format as Look, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Lists with more rows are not exported.
pub const MOST_ROWS: i64 = 20_000;
/// Nobody takes more rows about persons out of the house in a day.
pub const MOST_A_DAY: i64 = 50_000;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An Excel workbook.
    Xlsx,
    /// Text with commas, in UTF-8 with a mark at its start.
    Csv,
}

impl Format {
    /// All formats, the usual one first.
    pub const ALL: [Format; 2] = [Format::Xlsx, Format::Csv];

    /// The word in addresses, and the end of the file's name.
    pub fn code(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
        }
    }

    /// The format of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// As a browser is told.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// What is asked for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The list.
    pub query: &'a ListQuery,
    /// Its conditions in words.
    pub conditions: &'a str,
    /// The kind of file.
    pub format: Format,
    /// What for; needed where personal data goes out.
    pub reason: &'a str,
    /// In which language.
    pub lang: Lang,
}

impl Viewer<'_> {
    /// Whether a register's list tells of persons.
    pub fn personal(&self, register: usize) -> bool {
        let registers = &self.catalog.registers;
        let own = |r: &Register| r.fields.iter().any(|f| f.privacy >= Privacy::Personal || f.kind == Kind::PersonName);
        let Some(declared) = registers.get(register) else { return true };
        let named = |field: &jc_catalog::model::Field| match field.kind {
            Kind::Ref(target) | Kind::Refs(target) => registers.get(target).is_some_and(own),
            _ => false,
        };
        own(declared) || declared.fields.iter().any(named)
    }

    /// Whether this person may take a list out of the house. Where it tells of persons, those whose role is bound to an
    /// office may take what that office keeps or verifies.
    pub fn may_export(&self, register: usize) -> bool {
        let plain = || self.may(Operation::ExportRecords) && self.sees_register(register) && !self.personal(register);
        self.works_with(register, Operation::ExportRecords) || plain()
    }

    /// Whether this person may take a register's list with this reason, which is given back as it will be noted.
    ///
    /// Errors: a finding if a reason is lacking.
    pub fn export_reason(&self, register: usize, reason: &str) -> Result<String, AppError> {
        if !self.may_export(register) {
            return Err(AppError::Denied);
        }
        let reason: String = reason.trim().chars().take(200).collect();
        if reason.is_empty() && self.personal(register) {
            return Err(AppError::finding(Finding::error("APP-004", Place::Field { field: "reason".into() })));
        }
        Ok(reason)
    }

    /// Makes a file of all that a list shows; `told` hears how many of how many records are read. Who asks for the same
    /// twice at once gets one file, noted once.
    ///
    /// Errors: findings if a reason is lacking or the list is too long. If the audit log cannot be written, there is
    /// no file.
    pub fn export(
        &self,
        register: usize,
        wanted: &Wanted,
        told: &mut dyn FnMut(usize, usize),
    ) -> Result<Arc<Made>, AppError> {
        // Whoever takes it stands in the file.
        let what = format!("list {} {register} {wanted:?}", self.person.login);
        Ok(self.once(&what, || self.make_list(register, wanted, told))?.0)
    }

    fn make_list(
        &self,
        register: usize,
        wanted: &Wanted,
        told: &mut dyn FnMut(usize, usize),
    ) -> Result<Made, AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        let reason = self.export_reason(register, wanted.reason)?;
        let columns = columns(declared);
        let Rows { rows, records, subjects } = self.rows(register, &columns, wanted, told)?;
        let heads = self.heads(declared, &columns, wanted.lang);
        let about = self.about(declared, rows.len(), &reason, wanted)?;
        // Where it tells of persons, the table itself says who took it and when, on paper too.
        let stamp = if self.personal(register) { about.join(" · ") } else { String::new() };
        let bytes = match wanted.format {
            Format::Csv => csv(&heads, &rows, &about),
            Format::Xlsx => {
                let name = |id: &str| jc_words::text(wanted.lang, id, &[]);
                xlsx(&[name("export-sheet"), name("export-note")], &heads, &rows, &about, &stamp).map_err(not_made)?
            }
        };
        self.note_taken(declared, (&records, &subjects), wanted.format.code(), wanted.conditions, &reason)?;
        // No person's name or number is in the file's name.
        let name = format!("{} {}.{}", declared.name.get(wanted.lang), self.app.moment().today, wanted.format.code());
        let media_type = wanted.format.media_type();
        Ok(Made { bytes, media_type, name, holds: rows.len(), ..Made::default() })
    }

    /// Notes that rows leave the house, unless they are more than a day's.
    pub(crate) fn note_taken(
        &self,
        declared: &Register,
        (records, whose): (&[RecordId], &BTreeSet<Subject>),
        format: &str,
        conditions: &str,
        reason: &str,
    ) -> Result<(), AppError> {
        let rows = records.len();
        if self.catalog.find_register(declared.id.as_str()).is_none_or(|register| self.personal(register)) {
            self.within_the_day(declared, rows)?;
        }
        let minors = self.read_within(&Reach::School, |reader| minors(reader, whose, reader.today()))?.len();
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "list.export", declared.id.as_str(), self.app.moment(), |writer| {
            writer.note("rows", rows);
            writer.note("format", format);
            if !conditions.is_empty() {
                writer.note("conditions", conditions);
            }
            if !reason.is_empty() {
                writer.note("reason", reason);
            }
            if !whose.is_empty() {
                note_taken(writer, records, minors);
            }
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }

    /// Refuses, and notes, what goes beyond a day's rows about persons.
    fn within_the_day(&self, declared: &Register, rows: usize) -> Result<(), AppError> {
        let taken = self.taken_today()?;
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        if taken.saturating_add(rows) <= MOST_A_DAY {
            return Ok(());
        }
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "list.refuse", declared.id.as_str(), self.app.moment(), |writer| {
            writer.note("rows", rows);
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        let finding = Finding::error("APP-062", Place::Whole);
        Err(AppError::finding(finding.with("most", MOST_A_DAY).with("taken", taken)))
    }

    /// The rows about persons this person has taken today, by the log.
    fn taken_today(&self) -> Result<i64, AppError> {
        let today = self.app.moment().today;
        let (mut taken, mut before) = (0, None);
        loop {
            let lines = self.read(|reader| Ok(reader.audit_lines(before, 500)?))?;
            for line in &lines {
                if jc_base::Instant(line.at).local_date(crate::app::ZONE_HOURS) < today {
                    return Ok(taken);
                }
                let personal = || self.catalog.find_register(&line.object).is_some_and(|ix| self.personal(ix));
                if line.action == "list.export" && line.actor == self.person.login && personal() {
                    let detail = serde_json::from_str::<serde_json::Value>(&line.detail).unwrap_or_default();
                    taken += detail.get("rows").and_then(serde_json::Value::as_i64).unwrap_or(0);
                }
            }
            match lines.last() {
                Some(last) if lines.len() == 500 => before = Some(last.seq),
                _ => return Ok(taken),
            }
        }
    }

    fn rows(
        &self,
        register: usize,
        columns: &[Column],
        wanted: &Wanted,
        told: &mut dyn FnMut(usize, usize),
    ) -> Result<Rows, AppError> {
        let (mut rows, mut ids, mut whose) = (Vec::new(), Vec::new(), BTreeSet::new());
        let reach = self.person.reach(&self.catalog, Operation::ExportRecords);
        let personal = self.personal(register);
        self.read_within(&reach, |reader| {
            let all = reader.count(register, wanted.query)?.iter().sum::<i64>();
            if all > MOST_ROWS {
                return Err(AppError::finding(Finding::error("APP-016", Place::Whole).with("most", MOST_ROWS)));
            }
            self.each_listed(reader, register, wanted.query, &mut |reader, records| {
                let mut labels = Labels::default();
                labels.load(reader, register, records)?;
                for record in records {
                    let cells = columns
                        .iter()
                        .map(|column| self.cell(register, *column, value(record, *column), &labels, wanted.lang));
                    let state = jc_words::text(wanted.lang, &format!("state-{}", record.state.code()), &[]);
                    rows.push(cells.chain([state]).collect());
                    ids.push(record.id);
                    if personal {
                        whose.extend(subjects(&self.catalog, register, record));
                    }
                }
                told(rows.len(), usize::try_from(all).unwrap_or(rows.len()));
                Ok(())
            })
        })?;
        Ok(Rows { rows, records: ids, subjects: whose })
    }

    /// Numbers plainly, everything else as a table shows it.
    fn cell(&self, register: usize, column: Column, value: &jc_base::Value, labels: &Labels, lang: Lang) -> String {
        let kind = self.catalog.registers[register].column_kind(column);
        match kind {
            Kind::Integer | Kind::Decimal(_) | Kind::Money if self.open(register, column) => kind.edit(value),
            _ => self.shown_column(register, column, value, labels, lang),
        }
    }

    fn heads(&self, declared: &Register, columns: &[Column], lang: Lang) -> Vec<String> {
        let heads = columns.iter().map(|column| match column {
            Column::Field(ix) => declared.fields[*ix].name.get(lang).to_owned(),
            Column::Copied(ix) => {
                let slice = declared.slices.iter().find(|s| s.column == *column);
                slice.map_or_else(|| declared.copies[*ix].path.clone(), |s| s.name.get(lang).to_owned())
            }
        });
        heads.chain([jc_words::text(lang, "table-state", &[])]).collect()
    }

    /// What the file is, who took it, when and what for.
    fn about(&self, declared: &Register, rows: usize, reason: &str, wanted: &Wanted) -> Result<Vec<String>, AppError> {
        let schools = self.app.schools()?;
        let school = schools.into_iter().find(|(id, _, _)| *id == self.person.school);
        let (school, synthetic) = school.map(|(_, name, synthetic)| (name, synthetic)).unwrap_or_default();
        let say = |id: &str, args: &[(&'static str, Arg)]| jc_words::text(wanted.lang, id, args);
        let mut lines = vec![format!("{school} · {}", declared.name.get(wanted.lang))];
        if synthetic {
            lines.push(say("frame-synthetic", &[]));
        }
        if !wanted.conditions.is_empty() {
            lines.push(wanted.conditions.to_owned());
        }
        let (n, day) = (rows.to_string(), self.app.moment().today.to_string());
        let who = ("who", Arg::from(&self.person.name));
        lines.push(say("export-note-line", &[("n", Arg::from(&n)), ("day", Arg::from(&day)), who]));
        if !reason.is_empty() {
            lines.push(say("export-note-reason", &[("reason", Arg::from(reason))]));
        }
        Ok(lines)
    }
}

/// What goes into a file, and whose it is.
struct Rows {
    rows: Vec<Vec<String>>,
    records: Vec<RecordId>,
    subjects: BTreeSet<Subject>,
}

/// The fields in the order of the paper form, then what else the register is sliced by.
fn columns(register: &Register) -> Vec<Column> {
    let fields = register.fields.iter().enumerate().filter(|(_, f)| f.retired.is_none());
    let mut columns: Vec<Column> = fields.map(|(ix, _)| Column::Field(ix)).collect();
    for slice in &register.slices {
        if !columns.contains(&slice.column) {
            columns.push(slice.column);
        }
    }
    columns
}

fn not_made(error: XlsxError) -> AppError {
    let source = std::io::Error::other(error.to_string());
    AppError::Store(jc_store::StoreError::File { doing: "make a spreadsheet", source })
}

fn xlsx(
    names: &[String; 2],
    heads: &[String],
    rows: &[Vec<String>],
    about: &[String],
    stamp: &str,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(&names[0])?;
    table(sheet, heads, rows)?;
    stamped(sheet, rows.len(), stamp)?;
    let notes = workbook.add_worksheet();
    notes.set_name(&names[1])?;
    notes.set_column_width(0, 80.0)?;
    for (row, line) in (0u32..).zip(about) {
        notes.write_string(row, 0, line)?;
    }
    workbook.save_to_buffer()
}

/// A table of a workbook: name, headings, rows.
pub(crate) type Sheet = (String, Vec<String>, Vec<Vec<String>>);

/// A workbook of tables. `stamp` stands on each sheet.
pub(crate) fn table_book(tables: &[Sheet], stamp: &str) -> Result<Vec<u8>, AppError> {
    let make = || {
        let mut workbook = Workbook::new();
        for (name, heads, rows) in tables {
            let sheet = workbook.add_worksheet();
            // Names of registers are short and without the characters that sheets may not be called by.
            sheet.set_name(name.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect::<String>())?;
            table(sheet, heads, rows)?;
            stamped(sheet, rows.len(), stamp)?;
        }
        workbook.save_to_buffer()
    };
    make().map_err(not_made)
}

/// Headings and rows.
fn table(sheet: &mut Worksheet, heads: &[String], rows: &[Vec<String>]) -> Result<(), XlsxError> {
    let bold = Look::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (column, head) in (0u16..).zip(heads) {
        sheet.set_column_width(column, (head.chars().count() * 2 + 4).clamp(10, 40) as f64)?;
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (column, text) in (0u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

/// Says below the rows, and at the foot of each printed page, who took them and when; nothing for an empty stamp.
fn stamped(sheet: &mut Worksheet, rows: usize, stamp: &str) -> Result<(), XlsxError> {
    if stamp.is_empty() {
        return Ok(());
    }
    // An empty row between: whoever reads the file again takes it for a note.
    let below = u32::try_from(rows).unwrap_or(u32::MAX - 2) + 2;
    sheet.write_string_with_format(below, 0, stamp, &Look::new().set_italic())?;
    // In a footer `&` begins an instruction, and there is room for 255 characters.
    let footer: String = stamp.chars().take(200).collect::<String>().replace('&', "&&");
    sheet.set_footer(format!("&L&8 {footer}&R&8 &P / &N"));
    Ok(())
}

fn csv(heads: &[String], rows: &[Vec<String>], about: &[String]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let mut line = |cells: &mut dyn Iterator<Item = &String>| {
        let cells: Vec<String> = cells.map(|cell| quoted(&harmless(cell))).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    line(&mut heads.iter());
    rows.iter().for_each(|row| line(&mut row.iter()));
    line(&mut std::iter::empty());
    about.iter().for_each(|text| line(&mut std::iter::once(text)));
    out.into_bytes()
}

/// A text that no spreadsheet takes for a formula, nor a long number for a rounded one.
fn harmless(text: &str) -> String {
    let blank = |c: char| c == ' ' || c == '\u{3000}' || c == '\u{a0}' || jc_text::fold::is_invisible(c);
    let first = text.trim_start_matches(blank).chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'));
    let long = text.len() > 11 && text.bytes().all(|b| b.is_ascii_digit());
    if formula || long { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{csv, harmless};

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1",
            "+86",
            "-1",
            "@x",
            "\t=1",
            "\r=1",
            " =1",
            "\u{feff}=1",
            "\u{200b}＝1",
            "＋1",
            "－1",
            "＠x",
            "123456789012345678",
        ] {
            assert!(harmless(text).starts_with('\''), "{text:?}");
        }
        for text in ["林雨辰", "2024-06-30", "119***********001X", "20210316", "a=b", ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_file_of_commas_begins_with_its_mark_and_quotes() {
        let row = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        let bytes = csv(&row(&["姓名", "备注"]), &[row(&["甲", "一,\"二\"\n三"])], &row(&["共 1 条"]));
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text, "\u{feff}姓名,备注\r\n甲,\"一,\"\"二\"\"\n三\"\r\n\r\n共 1 条\r\n");
    }
}
