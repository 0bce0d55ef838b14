//! The import of a spreadsheet: five steps on one screen, at one address.

mod steps;
mod take;

use super::record::{lines, papers::given_out};
use crate::{
    desk::Desk,
    frame::Choice,
    frame::{Frame, Link},
    gate::{Entry, KeepRecords, Routes, SignedIn},
    guard::{fault::Fault, posted::Uploaded},
    parts::{Change, Paging, Pick},
    screens::to_mend,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jc_app::import::Report;
use jc_app::stage::Stage;
use jc_app::workbooks::XLSX;
use jc_app::{AppError, Keeper, given::Limits};
use jc_base::Finding;
use jc_catalog::Register;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/registers/{register}/import", begin)
        .post("/registers/{register}/import", upload)
        .get("/registers/{register}/import/{stage}", go_on)
        .post("/registers/{register}/import/{stage}", take::step)
        .post("/registers/{register}/import/{stage}/undo", take::undo)
        .get("/registers/{register}/import/{stage}/comments.xlsx", comments)
        .get("/registers/{register}/template.xlsx", template)
}

/// An import at someone's desk.
struct Work<'d, 'k> {
    desk: &'d Desk<'d>,
    keeper: Keeper<'k>,
    declared: &'d Register,
    stage: Stage,
}

/// What the screen shows besides what the stage says.
#[derive(Default)]
struct Shown {
    /// What keeps the step in hand from going on.
    faults: Vec<String>,
    /// The choices just sent for the columns: letter and use.
    columns: Option<Vec<(String, String)>>,
    /// The step asked for again.
    again: String,
}

impl<'d> Work<'d, 'd> {
    /// The import of an address, for whoever keeps the register and uploaded the file.
    fn find(desk: &'d Desk<'d>, register: &str, stage: &str) -> Result<Self, Fault> {
        let (position, declared) = desk.register(register)?;
        let keeper = desk.app.keeper(desk.person, position)?;
        let stage = desk.app.stage(desk.person, register, stage)?;
        Ok(Self { desk, keeper, declared, stage })
    }

    /// The address of this import.
    fn here(&self) -> String {
        format!("/registers/{}/import/{}", self.declared.id, self.stage.id)
    }
}

/// The words of findings, each with how to mend it.
fn words(desk: &Desk, findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| lines::said(desk, finding)).collect()
}

async fn begin(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<KeepRecords>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let (position, declared) = desk.register(&register)?;
        desk.app.keeper(desk.person, position)?;
        steps::first(desk, declared, Vec::new())
    };
    state.show(entry, build).await
}

async fn upload(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<KeepRecords>,
    sent: Uploaded,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (position, declared) = desk.register(&register)?;
        let keeper = desk.app.keeper(desk.person, position)?;
        let refused = |faults: Vec<String>| {
            let view = steps::first(desk, declared, faults)?;
            to_mend(&view)
        };
        let Some((_, name, content)) = sent.files.first() else {
            return refused(vec![desk.words.t("import-no-file")]);
        };
        match keeper.look(name, content.to_vec(), desk.lang(), &Limits::default()) {
            Ok(_) => {}
            Err(AppError::Findings(found)) => return refused(words(desk, &found)),
            Err(error) => return Err(error.into()),
        }
        match desk.app.keep_upload(desk.person, &register, name, content) {
            Ok(stage) => Ok(Redirect::to(&format!("/registers/{register}/import/{}", stage.id)).into_response()),
            Err(AppError::Findings(found)) => refused(words(desk, &found)),
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

async fn go_on(
    State(state): State<AppState>,
    Path((register, stage)): Path<(String, String)>,
    entry: Entry<KeepRecords>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let work = Work::find(desk, &register, &stage)?;
        steps::view(&work, Shown { again: desk.asked.get("step").to_owned(), ..Shown::default() })
    };
    state.show(entry, build).await
}

async fn comments(
    State(state): State<AppState>,
    Path((register, stage)): Path<(String, String)>,
    entry: Entry<KeepRecords>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let work = Work::find(desk, &register, &stage)?;
        let request = work.request(jc_app::import::Choice::GoodRows, false)?.ok_or(Fault::NotFound)?;
        let report: Report = work.keeper.preview(&request)?;
        let (file, bytes) = (&work.stage.file, request.bytes);
        let made = work.keeper.annotated(file, bytes, request.sheet, &report.findings, desk.lang())?;
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        let name = format!("{stem} ({}).xlsx", desk.words.t("import-findings"));
        Ok(given_out(&name, XLSX, made))
    };
    state.at_desk(entry, build).await
}

async fn template(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<SignedIn>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let (register, _) = desk.register(&register)?;
        let (name, made) = desk.viewer.template(register, desk.lang())?;
        Ok(given_out(&name, XLSX, made))
    };
    state.at_desk(entry, build).await
}

/// An import and how far it is. A step that is reached has its part filled in.
#[derive(Debug, Default, Template)]
#[template(path = "screens/import.html")]
pub struct ImportView {
    /// Around the screen.
    pub frame: Frame,
    /// The step in hand, 1 to 5; 6 when all is done.
    pub step: u8,
    /// Where steps are posted.
    pub action: String,
    /// Step 1: the file.
    pub file: FileStep,
    /// Step 2: sheet and header.
    pub sheet: Option<SheetStep>,
    /// Step 3: columns.
    pub columns: Option<ColumnsStep>,
    /// Step 4: findings and differences.
    pub check: Option<CheckStep>,
    /// Step 5: what would be done, and how.
    pub commit: Option<CommitStep>,
    /// What was done.
    pub result: Option<ImportResult>,
    /// What forbids going on with the step in hand, in words; may be empty.
    pub faults: Vec<String>,
}

/// Step 1.
#[derive(Debug, Default)]
pub struct FileStep {
    /// The file, once there: name, size, kind; in words.
    pub chosen: Option<String>,
    /// File types for the `accept` attribute.
    pub accept: String,
    /// What may be given and how large, in words.
    pub limit: String,
    /// The template to fill in.
    pub template: String,
    /// Begins again with another file.
    pub restart: String,
}

/// Step 2.
#[derive(Debug, Default)]
pub struct SheetStep {
    /// The sheets with their number of rows.
    pub sheets: Vec<Pick>,
    /// The row the headings stand in, from 1.
    pub header_row: String,
    /// The first rows as they are: number in the sheet, whether it is the header, cells.
    pub sample: Vec<SampleRow>,
    /// Letters of the columns shown.
    pub letters: Vec<String>,
    /// The step in one line, once done.
    pub summary: String,
    /// Back to this step, while that is possible.
    pub again: Option<String>,
}

/// A row of the sheet as it is.
#[derive(Debug, Default)]
pub struct SampleRow {
    /// Its number in the sheet.
    pub number: u32,
    /// Whether the headings are taken from it.
    pub header: bool,
    /// The cells as text.
    pub cells: Vec<String>,
}

/// Step 3.
#[derive(Debug, Default)]
pub struct ColumnsStep {
    /// The columns of the sheet.
    pub columns: Vec<ImportColumn>,
    /// Required fields that no column is for.
    pub lacking: Vec<String>,
    /// The step in one line, once done.
    pub summary: String,
    /// Back to this step, while that is possible.
    pub again: Option<String>,
}

/// A column of the sheet and the field it is for.
#[derive(Debug, Default)]
pub struct ImportColumn {
    /// Its letter.
    pub letter: String,
    /// Its heading.
    pub heading: String,
    /// Three values of it.
    pub samples: Vec<String>,
    /// The fields to choose from; the first, empty one leaves the column out.
    pub fields: Vec<Pick>,
    /// How sure the match is.
    pub fit: Fit,
}

/// How sure a match of heading and field is.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// The heading is the field's name or one of its aliases.
    Exact,
    /// Nearly so: the person confirms.
    Near,
    /// Chosen by hand.
    Chosen,
    /// No field; left out.
    #[default]
    None,
}

impl Fit {
    /// The class and the message id's end.
    pub fn code(&self) -> &'static str {
        match self {
            Fit::Exact => "exact",
            Fit::Near => "near",
            Fit::Chosen => "chosen",
            Fit::None => "none",
        }
    }
}

/// Step 4.
#[derive(Debug, Default)]
pub struct CheckStep {
    /// How many rows are new, changed, the same, rejected: each a tab.
    pub tabs: Vec<Choice>,
    /// The findings: first errors, then warnings.
    pub findings: Vec<ImportFinding>,
    /// Said when more were found than are shown.
    pub more_findings: String,
    /// The rows of the chosen tab.
    pub rows: Vec<ImportRow>,
    /// Where one is in the rows.
    pub paging: Paging,
    /// The workbook with a comment at each cell.
    pub commented: Option<String>,
    /// The step in one line, once done.
    pub summary: String,
}

/// Something wrong in the sheet.
#[derive(Debug, Default)]
pub struct ImportFinding {
    /// The row in the sheet.
    pub row: String,
    /// The cell, such as `D17`; may be empty.
    pub cell: String,
    /// The column's heading; may be empty.
    pub heading: String,
    /// What stands there, never a full ID number; may be empty.
    pub value: String,
    /// What is wrong.
    pub text: String,
    /// How to mend it.
    pub mend: String,
    /// Whether the row can still be taken.
    pub warning: bool,
}

/// What would become of a row.
#[derive(Debug, Default)]
pub struct ImportRow {
    /// The row in the sheet.
    pub row: String,
    /// The record's label.
    pub title: String,
    /// The record it changes, if there is one.
    pub href: Option<String>,
    /// What would become of it, in words.
    pub outcome: String,
    /// Whether it would be a new record, so that there is nothing before.
    pub fresh: bool,
    /// What would change, field by field; for a new record every field with a value.
    pub changes: Vec<Change>,
}

/// Step 5.
#[derive(Debug, Default)]
pub struct CommitStep {
    /// How many rows would be taken.
    pub good: String,
    /// How many would be left out; zero lets "all" and "the good ones" be the same.
    pub bad: usize,
    /// Whether everything can be taken.
    pub all_good: bool,
    /// What would be done, in a sentence.
    pub sentence: String,
    /// Whether the register has closed pages, so that a reason may be wanted.
    pub closed: bool,
    /// Names the outcome shown: another one is not committed.
    pub digest: String,
}

/// What was done.
#[derive(Debug, Default)]
pub struct ImportResult {
    /// In a sentence.
    pub sentence: String,
    /// The records, the undo, the left-out rows as a workbook.
    pub links: Vec<Link>,
    /// Where to post to take it all back, while that is possible.
    pub undo: Option<String>,
}

impl ImportView {
    /// `past`, `now` or `ahead`.
    pub fn stage(&self, step: u8) -> &'static str {
        match step.cmp(&self.step) {
            std::cmp::Ordering::Less => "past",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        }
    }
}
