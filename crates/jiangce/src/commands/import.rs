//! `import`: spreadsheets into registers, one file after the other, each whole or not at all.

use super::import_files::{self, BadRows};
use crate::cli::{FileLimits, Import};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown};
use crate::parts::book::Book;
use crate::parts::{Correction, Limits, headings};
use anyhow::Result;
use jc_app::import::{Choice, Memory, Report, Request};
use jc_app::{App, AppError, Person};
use jc_base::finding::has_errors;
use jc_base::{Finding, RecordState};
use serde_json::{Value as Json, json};
use std::path::Path;

/// So many findings are printed; `--json` and `--annotated` give all.
const SHOWN: usize = 200;

/// One file as it is to be imported.
struct Job {
    request: Request,
    register: usize,
    guessed: bool,
    sheet: String,
}

/// Imports the files in their order. After a file that was refused the rest is left alone, since it may refer to it;
/// a dry run and `--good-rows` go on.
pub fn run(desk: &Desk, given: &Import) -> Result<Exit> {
    let sheets: Vec<Option<&str>> = match given.sheet.as_slice() {
        [] => vec![None],
        several => several.iter().map(|sheet| Some(sheet.as_str())).collect(),
    };
    let all: Vec<(&Path, Option<&str>)> =
        given.files.iter().flat_map(|path| sheets.iter().map(|sheet| (path.as_path(), *sheet))).collect();
    if given.annotated.is_some() && all.len() > 1 {
        return Err(refuse(desk, Exit::Usage, "cli-import-annotated-one", &[]));
    }
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let register = match &given.register {
        Some(id) => Some(app.catalog().find_register(id).ok_or_else(|| no_register(desk, &app, id))?),
        None => None,
    };
    let (mut bad, mut memory) = (BadRows::new(), Memory::default());
    let (mut exit, mut answers) = (Exit::Fine, Vec::new());
    for (position, (path, sheet)) in all.iter().enumerate() {
        let (job, book) = prepare(desk, given, &app, &person, register, (path, *sheet))?;
        let keeper = app.keeper(&person, job.register)?.because(why(given));
        let bar = desk.progress();
        let read = |rows: u64| {
            desk.words("cli-import-reading", &[("file", path.display().to_string().into()), ("rows", rows.into())])
        };
        bar.set_message(read(0));
        let progress = &mut |rows| bar.set_message(read(rows));
        let done = keeper.import_next(&job.request, given.dry_run, book, &mut memory, progress);
        bar.finish_and_clear();
        let report = match done {
            // What is wrong with the file as a whole is a report of its own: nothing was read.
            Err(AppError::Findings(findings)) => Report { findings, ..Report::default() },
            done => done?,
        };
        let wrong = report.rejected > 0 || has_errors(&report.findings);
        exit = exit.max(Exit::found(wrong));
        let id = app.catalog().registers[job.register].id.to_string();
        bad.add(&id, &report.findings);
        if let Some(target) = &given.annotated {
            import_files::annotate(desk, &app, &job.request, &report.findings, target)?;
        }
        if desk.global.json {
            answers.push(answer(desk, &job, &id, &report, given.dry_run));
        } else {
            tell(desk, given, &app, &job, &report);
        }
        let rest = all.len() - position - 1;
        if wrong && !report.committed && !given.dry_run && rest > 0 {
            desk.note("cli-import-rest", &[("count", rest.into())]);
            break;
        }
    }
    if desk.global.json {
        desk.answer(&json!({ "dry_run": given.dry_run, "files": answers }));
    }
    if let Some(target) = &given.bad_rows {
        bad.write(desk, target)?;
    }
    Ok(exit)
}

/// Reads the file, and finds its register and sheet.
fn prepare(
    desk: &Desk,
    given: &Import,
    app: &App,
    person: &Person,
    register: Option<usize>,
    (path, wanted): (&Path, Option<&str>),
) -> Result<(Job, Book)> {
    let bytes = std::fs::read(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    let name = path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned());
    let limits = match given.limits {
        Some(FileLimits::Generous) => Limits::generous(),
        Some(FileLimits::Usual) | None => Limits::default(),
    };
    let mut book = app.open_book(&name, bytes.clone(), &limits)?;
    let sheets = book.sheets();
    let sheet = match wanted {
        None => 0,
        Some(wanted) => {
            let by_name = sheets.iter().position(|sheet| sheet.name == wanted);
            let by_number = wanted.parse::<usize>().ok().filter(|n| (1..=sheets.len()).contains(n)).map(|n| n - 1);
            by_name.or(by_number).ok_or_else(|| {
                let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
                let with = [("file", (&name).into()), ("sheet", wanted.into()), ("sheets", names.join(", ").into())];
                refuse(desk, Exit::Usage, "cli-import-no-sheet", &with)
            })?
        }
    };
    let found = match register {
        Some(register) => register,
        None => {
            let rows = book.first_rows(sheet, headings::LOOKED_AT).map_err(|finding| AppError::finding(*finding))?;
            let guesses = headings::guess_register(&rows, app.viewer(person).catalog());
            let Some((register, _)) = guesses.first() else {
                let with = [("file", (&name).into()), ("registers", registers(app).into())];
                return Err(refuse(desk, Exit::Usage, "cli-import-no-guess", &with));
            };
            *register
        }
    };
    let request = Request {
        file: name,
        bytes,
        sheet,
        mapping: None,
        choice: if given.good_rows { Choice::GoodRows } else { Choice::AllOrNothing },
        state: if given.draft { RecordState::Draft } else { RecordState::Submitted },
        lang: desk.lang,
        limits,
    };
    let sheet = sheets.get(sheet).map_or(String::new(), |sheet| sheet.name.clone());
    Ok((Job { request, register: found, guessed: register.is_none(), sheet }, book))
}

/// Why what a closed page counts may be changed.
fn why(given: &Import) -> Option<Correction> {
    given.reason.clone().map(|reason| Correction { cause: None, reason })
}

fn tell(desk: &Desk, given: &Import, app: &App, job: &Job, report: &Report) {
    let catalog = app.catalog();
    let register = &catalog.registers[job.register];
    let (name, id) = (register.name.get(desk.lang), register.id.as_str());
    let place =
        if job.sheet.is_empty() { job.request.file.clone() } else { format!("{} · {}", job.request.file, job.sheet) };
    let head = if job.guessed { "cli-import-guessed" } else { "cli-import-into" };
    desk.tell(head, &[("file", place.into()), ("name", name.into()), ("register", id.into())]);
    let counts = [
        ("rows", report.rows.into()),
        ("new", report.new.into()),
        ("changed", report.changed.into()),
        ("same", report.same.into()),
        ("joined", report.joined.into()),
        ("rejected", report.rejected.into()),
    ];
    desk.say(&format!("  {}", desk.words("cli-import-counts", &counts)));
    let verdict = match (given.dry_run, report.committed) {
        (true, _) => "cli-import-dry",
        (false, true) if report.rejected > 0 => "cli-import-good-rows-done",
        (false, true) => "cli-import-done",
        (false, false) => "cli-import-nothing",
    };
    desk.say(&format!("  {}", desk.words(verdict, &[])));
    for finding in report.findings.iter().take(SHOWN) {
        desk.say(&finding_line(desk, finding));
    }
    let hidden = report.findings.len().saturating_sub(SHOWN);
    if hidden > 0 {
        desk.tell("cli-import-more-findings", &[("count", hidden.into())]);
    }
}

/// `INT-014 what … place … mend`, on one line.
fn finding_line(desk: &Desk, finding: &Finding) -> String {
    let words = jc_words::finding(desk.lang, finding);
    let place = jc_words::place(desk.lang, &finding.place);
    let parts = [words.what, place, words.mend];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("  {} {}", finding.code, parts.join(" — "))
}

fn answer(desk: &Desk, job: &Job, register: &str, report: &Report, dry: bool) -> Json {
    json!({
        "file": job.request.file,
        "sheet": job.sheet,
        "register": register,
        "guessed": job.guessed,
        "committed": report.committed && !dry,
        "rows": report.rows,
        "new": report.new,
        "changed": report.changed,
        "same": report.same,
        "joined": report.joined,
        "rejected": report.rejected,
        "digest": report.digest,
        "findings": report.findings.iter().map(|f| desk.finding_json(f)).collect::<Vec<_>>(),
    })
}

fn registers(app: &App) -> String {
    let catalog = app.catalog();
    catalog.registers.iter().map(|r| r.id.to_string()).collect::<Vec<_>>().join(", ")
}

/// A register that the catalog does not have.
pub fn no_register(desk: &Desk, app: &App, id: &str) -> anyhow::Error {
    refuse(desk, Exit::Usage, "cli-no-register", &[("register", id.into()), ("registers", registers(app).into())])
}
