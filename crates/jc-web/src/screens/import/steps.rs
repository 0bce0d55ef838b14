//! The screen of an import, as far as it is.

use super::{
    CheckStep, ColumnsStep, CommitStep, FileStep, Fit, ImportColumn, ImportFinding, ImportResult, ImportRow,
    ImportView, SampleRow, SheetStep, Shown, Work, words,
};
use crate::{
    desk::Desk,
    frame::{Choice as Tab, Frame, Link},
    guard::fault::Fault,
    parts::{Change, Paging, Pick},
    screens::record::lines,
    show,
};
use jc_app::AppError;
use jc_app::given::{ColumnRole, Limits, Mapping};
use jc_app::import::{Choice, Report, RowOutcome, SheetLook};
use jc_app::stage::{self, Done};
use jc_base::finding::column_letters;
use jc_base::{Finding, Level, Place};
use jc_catalog::kinds::{Kind, id_number};
use jc_catalog::{Privacy, Register};

/// Rows of a sheet shown as they are.
const SAMPLE: usize = 8;
/// Columns of a sheet shown as they are.
const SAMPLE_COLUMNS: usize = 26;
/// Findings listed; the workbook with comments has them all.
const FINDINGS: usize = 200;
/// The file types that can be read.
const ACCEPT: &str = ".xlsx,.xls,.ods,.csv";

/// The letters of a column counted from 0.
pub fn letter(column: usize) -> String {
    column_letters(u32::try_from(column + 1).unwrap_or(u32::MAX))
}

/// The first step: nothing is uploaded yet.
pub fn first(desk: &Desk, declared: &Register, faults: Vec<String>) -> Result<ImportView, Fault> {
    let here = format!("/registers/{}/import", declared.id);
    let mut frame = frame(desk, declared)?;
    frame.here.clone_from(&here);
    Ok(ImportView { frame, step: 1, action: here, file: file(desk, declared, None), faults, ..ImportView::default() })
}

fn frame(desk: &Desk, declared: &Register) -> Result<Frame, Fault> {
    let name = declared.name.get(desk.lang());
    let mut frame = desk.frame(desk.words.t1("import-title", "register", name))?;
    frame.crumbs = vec![
        Link::new(desk.area(declared.area), desk.to(&format!("/areas/{}", declared.area.code()))),
        Link::new(name, desk.to(&format!("/registers/{}", declared.id))),
    ];
    Ok(frame)
}

fn file(desk: &Desk, declared: &Register, chosen: Option<String>) -> FileStep {
    let most = u64::try_from(Limits::default().bytes).unwrap_or(u64::MAX);
    FileStep {
        chosen,
        accept: ACCEPT.into(),
        limit: desk.words.t1("import-limit", "size", show::size(desk.lang(), most)),
        template: format!("/registers/{}/template.xlsx", declared.id),
        restart: format!("/registers/{}/import", declared.id),
    }
}

/// The screen of an import.
pub fn view(work: &Work, shown: Shown) -> Result<ImportView, Fault> {
    let (desk, stage) = (work.desk, &work.stage);
    let mapping = stage.mapping(work.declared);
    let step = match (&stage.done, shown.again.as_str()) {
        (Some(_), _) => 6,
        (None, "sheet") => 2,
        (None, _) if stage.sheet.is_none() => 2,
        (None, "columns") => 3,
        (None, _) if mapping.is_none() => 3,
        (None, _) => 4,
    };
    let looks = if step == 6 { Vec::new() } else { work.looks()? };
    let mut frame = frame(desk, work.declared)?;
    frame.here = work.here();
    let chosen = format!("{} · {}", stage.file, show::size(desk.lang(), stage.bytes));
    let mut view = ImportView {
        frame,
        step,
        action: work.here(),
        file: file(desk, work.declared, Some(chosen)),
        sheet: (step < 6).then(|| sheet_step(work, &looks)),
        faults: shown.faults,
        ..ImportView::default()
    };
    if (3..6).contains(&step) {
        view.columns = columns_step(work, &looks, mapping.as_ref(), shown.columns.as_deref());
    }
    if step == 4 {
        match work.request(Choice::GoodRows, false)?.map(|request| work.keeper.preview(&request)) {
            Some(Ok(report)) => {
                view.check = Some(check_step(work, mapping.as_ref(), &report));
                view.commit = (report.new + report.changed + report.joined > 0)
                    .then(|| commit_step(work, &report))
                    .transpose()?;
            }
            Some(Err(AppError::Findings(found))) => view.faults.extend(words(desk, &found)),
            Some(Err(error)) => return Err(error.into()),
            None => {}
        }
    }
    view.result = stage.done.as_ref().map(|done| {
        let id = if done.submitted { "import-result-submitted" } else { "import-result-sentence" };
        let list = desk.to(&format!("/registers/{}", work.declared.id));
        let mut links = vec![Link::new(desk.words.t("import-result-records"), list)];
        if done.rejected > 0 {
            let comments = format!("{}/comments.xlsx", work.here());
            links.push(Link::new(desk.words.t1("import-result-comments", "n", done.rejected), comments));
        }
        links.push(Link::new(desk.words.t("import-restart"), format!("/registers/{}/import", work.declared.id)));
        let sentence = match done.undone {
            None => {
                let mut sentence = desk.words.t2(id, "new", done.new, "changed", done.changed);
                if done.joined > 0 {
                    sentence.push_str(&desk.words.t1("import-result-joined", "n", done.joined));
                }
                sentence
            }
            Some((withdrawn, restored)) => undone(desk, done, withdrawn, restored),
        };
        let undo = done.can_be_undone().then(|| format!("{}/undo", work.here()));
        ImportResult { sentence, links, undo }
    });
    Ok(view)
}

/// What taking the import back did, and how much was left alone because it was written again since.
fn undone(desk: &Desk, done: &Done, withdrawn: u64, restored: u64) -> String {
    let meant = done.changed + done.joined_to + if done.submitted { done.new } else { 0 };
    let left = meant.saturating_sub(withdrawn + restored);
    let counts =
        [("withdrawn", withdrawn), ("restored", restored), ("left", left)].map(|(name, n)| (name, n.to_string()));
    desk.words.with("import-result-undone", &counts)
}

impl Work<'_, '_> {
    /// The sheets of the file with what their headings mean.
    pub fn looks(&self) -> Result<Vec<SheetLook>, Fault> {
        let bytes = self.desk.app.upload(&self.stage)?;
        Ok(self.keeper.look(&self.stage.file, bytes, self.desk.lang(), &Limits::default())?)
    }

    /// What the headings of the chosen sheet were taken to mean.
    pub fn guessed(&self, looks: &[SheetLook]) -> Option<Mapping> {
        let look = looks.get(self.stage.sheet?)?;
        match self.stage.header {
            Some(row) => self.keeper.headings_at(look, row, self.desk.lang()),
            None => look.guess.mapping.clone(),
        }
    }
}

fn sheet_step(work: &Work, looks: &[SheetLook]) -> SheetStep {
    let desk = work.desk;
    // The sheet whose headings fit best is offered first.
    let likeliest = looks.iter().position(|look| look.guess.mapping.is_some()).unwrap_or(0);
    let chosen = work.stage.sheet.unwrap_or(likeliest);
    let name = |look: &SheetLook| if look.name.is_empty() { work.stage.file.clone() } else { look.name.clone() };
    let picks = looks.iter().enumerate().map(|(ix, look)| Pick::new(ix.to_string(), name(look), ix == chosen));
    let look = looks.get(chosen);
    // Of headings in two rows the lower one is named: the records begin below it.
    let guess = look.and_then(|look| look.guess.mapping.as_ref());
    let header = work.stage.header.or_else(|| guess.map(Mapping::last_header_row));
    let upper = guess.filter(|guess| Some(guess.last_header_row()) == header).map(|guess| guess.header_row);
    let rows = look.map_or(&[][..], |look| &look.first_rows);
    let rows: Vec<_> = rows.iter().take(SAMPLE.max(header.map_or(0, |h| h as usize + 2)).min(12)).collect();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).min(SAMPLE_COLUMNS);
    let cells =
        |cells: &[String]| (0..width).map(|at| cells.get(at).map_or_else(String::new, |c| covered(c))).collect();
    let sample = rows.iter().map(|row| SampleRow {
        number: row.number,
        header: Some(row.number) == header || Some(row.number) == upper,
        cells: cells(&row.cells),
    });
    SheetStep {
        sheets: picks.collect(),
        header_row: header.map_or_else(String::new, |row| row.to_string()),
        sample: sample.collect(),
        letters: (0..width).map(letter).collect(),
        summary: desk.words.t2(
            "import-sheet-summary",
            "sheet",
            look.map_or_else(String::new, name),
            "row",
            header.map_or_else(String::new, |row| row.to_string()),
        ),
        again: Some(format!("{}?step=sheet", work.here())),
    }
}

fn columns_step(
    work: &Work,
    looks: &[SheetLook],
    confirmed: Option<&Mapping>,
    sent: Option<&[(String, String)]>,
) -> Option<ColumnsStep> {
    let (desk, declared) = (work.desk, work.declared);
    let look = looks.get(work.stage.sheet?)?;
    let guess = work.guessed(looks)?;
    let name = |ix: usize| declared.fields.get(ix).map_or("", |field| field.name.get(desk.lang()));
    let mut columns = Vec::new();
    let mut named = Vec::new();
    for column in &guess.columns {
        let letter = letter(column.column);
        let guessed = stage::word(declared, column.role);
        let kept = confirmed.and_then(|m| m.columns.iter().find(|c| c.column == column.column));
        let word = sent
            .and_then(|sent| sent.iter().find(|(l, _)| *l == letter).map(|(_, word)| word.clone()))
            .or_else(|| kept.map(|kept| stage::word(declared, kept.role)))
            .unwrap_or_else(|| guessed.clone());
        let role = stage::role(declared, &word).unwrap_or(ColumnRole::Ignored);
        let fit = match role {
            ColumnRole::Ignored | ColumnRole::Unknown => Fit::None,
            _ if word != guessed => Fit::Chosen,
            _ if column.sure => Fit::Exact,
            _ => Fit::Near,
        };
        if let ColumnRole::Field(ix) = role {
            named.push(ix);
        }
        let mut fields = vec![Pick::new("", desk.words.t("import-field-none"), word.is_empty())];
        if let ColumnRole::Narrows(ix) | ColumnRole::Describes(ix) = column.role {
            let id = match column.role {
                ColumnRole::Narrows(_) => "import-field-narrows",
                _ => "import-field-describes",
            };
            fields.push(Pick::new(&guessed, desk.words.t1(id, "field", name(ix)), word == guessed));
        }
        let open = declared.fields.iter().enumerate().filter(|(_, field)| field.retired.is_none());
        fields.extend(open.map(|(ix, field)| {
            let value = format!("field:{}", field.id);
            let chosen = value == word;
            Pick::new(value, name(ix), chosen)
        }));
        let rows = look.first_rows.iter().filter(|row| row.number > guess.last_header_row());
        let values = rows.filter_map(|row| row.cells.get(column.column)).filter(|cell| !cell.trim().is_empty());
        let sensitive = match role {
            ColumnRole::Field(ix) => {
                declared.fields.get(ix).is_some_and(|f| f.privacy == Privacy::Sensitive || f.kind == Kind::IdNumber)
            }
            _ => false,
        };
        let sample = |cell: &String| if sensitive { id_number::mask(cell) } else { covered(cell) };
        let samples = values.take(3).map(sample).collect();
        columns.push(ImportColumn { letter, heading: column.heading.clone(), samples, fields, fit });
    }
    let lacking = work.lacking(&guess).into_iter().filter(|ix| !named.contains(ix)).map(|ix| name(ix).to_owned());
    let summary = desk.words.t2("import-columns-summary", "used", named.len(), "all", columns.len());
    Some(ColumnsStep {
        lacking: lacking.collect(),
        summary,
        again: Some(format!("{}?step=columns", work.here())),
        columns,
    })
}

/// A cell as it is shown: what looks like an ID number only with its ends.
fn covered(cell: &str) -> String {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let text = cell.trim();
    if (15..=24).contains(&digits) && text.chars().count() <= 26 { id_number::mask(text) } else { cell.to_owned() }
}

fn check_step(work: &Work, mapping: Option<&Mapping>, report: &Report) -> CheckStep {
    let desk = work.desk;
    let mut counts = vec![("new", report.new), ("changed", report.changed), ("same", report.same)];
    counts.extend((report.joined > 0).then_some(("joined", report.joined)));
    counts.push(("rejected", report.rejected));
    let asked = desk.asked.get("rows");
    let wanted = counts.iter().find(|(word, _)| *word == asked);
    let wanted = wanted.or_else(|| counts.iter().find(|(_, n)| *n > 0)).map_or("new", |(word, _)| *word);
    let tab = |(word, n): &(&str, u64)| Tab {
        label: desk.words.t(&format!("import-{word}")),
        href: format!("{}?rows={word}", work.here()),
        count: Some(show::count(desk.lang(), i64::try_from(*n).unwrap_or(i64::MAX))),
        current: *word == wanted,
    };
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| finding.level);
    let unlisted = findings.len().saturating_sub(FINDINGS);
    let outcomes = report.outcomes.iter().filter(|(_, outcome)| word_of(outcome) == wanted);
    let rows: Vec<ImportRow> = outcomes.map(|(number, _)| row(work, report, *number, wanted)).collect();
    let all = counts.iter().find(|(word, _)| *word == wanted).map_or(0, |(_, n)| *n);
    let all_shown = show::count(desk.lang(), i64::try_from(all).unwrap_or(i64::MAX));
    let shown = if rows.len() as u64 == all {
        desk.words.t1("table-shown-all", "all", all_shown)
    } else {
        let to = rows.len().to_string();
        desk.words.with("table-shown", &[("from", "1".into()), ("to", to), ("all", all_shown)])
    };
    CheckStep {
        tabs: counts.iter().map(tab).collect(),
        commented: (!findings.is_empty()).then(|| format!("{}/comments.xlsx", work.here())),
        findings: findings.into_iter().take(FINDINGS).map(|finding| listed(desk, mapping, finding)).collect(),
        more_findings: match unlisted {
            0 => String::new(),
            n => desk.words.t1("import-more-findings", "n", n),
        },
        rows,
        paging: Paging { shown, ..Paging::default() },
        summary: sentence(desk, report),
    }
}

fn word_of(outcome: &RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New => "new",
        RowOutcome::Changed(_) => "changed",
        RowOutcome::Same => "same",
        RowOutcome::Joined(_) => "joined",
        RowOutcome::Rejected => "rejected",
    }
}

fn listed(desk: &Desk, mapping: Option<&Mapping>, finding: &Finding) -> ImportFinding {
    let text = jc_words::finding(desk.lang(), finding);
    let (row, cell, heading) = match &finding.place {
        Place::Cell { row, column, .. } => {
            let at = column.and_then(|column| usize::try_from(column).ok()?.checked_sub(1));
            let heading = mapping.and_then(|m| m.columns.iter().find(|c| Some(c.column) == at));
            let cell = at.map_or_else(String::new, |at| format!("{}{row}", letter(at)));
            (row.to_string(), cell, heading.map_or_else(String::new, |column| column.heading.clone()))
        }
        _ => (String::new(), String::new(), String::new()),
    };
    ImportFinding {
        row,
        cell,
        heading,
        value: finding.with.get("value").unwrap_or_default().to_owned(),
        text: text.what,
        mend: text.mend,
        warning: finding.level == Level::Warning,
    }
}

fn row(work: &Work, report: &Report, number: u32, outcome: &str) -> ImportRow {
    let desk = work.desk;
    let seen = report.seen.get(&number);
    let name = |field: &usize| work.declared.fields.get(*field).map_or("", |f| f.name.get(desk.lang()));
    let changes = seen.map_or(&[][..], |seen| &seen.changes);
    let wrong = || {
        let own = report.findings.iter().filter(|finding| {
            finding.level == Level::Error && matches!(&finding.place, Place::Cell { row, .. } if *row == number)
        });
        words(desk, &own.cloned().collect::<Vec<_>>()).join(" ")
    };
    ImportRow {
        row: number.to_string(),
        title: seen.map_or_else(wrong, |seen| seen.label.clone()),
        href: seen.and_then(|seen| seen.id).map(|id| lines::address(work.declared, id)),
        outcome: desk.words.t(&format!("import-{outcome}")),
        fresh: outcome == "new",
        changes: changes
            .iter()
            .map(|(field, before, after)| Change {
                field: name(field).to_owned(),
                before: before.clone(),
                after: after.clone(),
            })
            .collect(),
    }
}

fn sentence(desk: &Desk, report: &Report) -> String {
    let of = |n: u64| show::count(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX));
    let counts = [
        ("new", of(report.new)),
        ("changed", of(report.changed)),
        ("same", of(report.same)),
        ("joined", of(report.joined)),
        ("rejected", of(report.rejected)),
    ];
    let id = if report.joined > 0 { "import-commit-sentence-joined" } else { "import-commit-sentence" };
    desk.words.with(id, &counts)
}

fn commit_step(work: &Work, report: &Report) -> Result<CommitStep, Fault> {
    let desk = work.desk;
    let (register, _) = desk.register(work.declared.id.as_str())?;
    Ok(CommitStep {
        closed: desk.viewer.has_closed_pages(register)?,
        good: show::count(desk.lang(), i64::try_from(report.new + report.changed + report.joined).unwrap_or(i64::MAX)),
        bad: usize::try_from(report.rejected).unwrap_or(usize::MAX),
        all_good: report.rejected == 0,
        sentence: sentence(desk, report),
        digest: report.digest.clone(),
    })
}
