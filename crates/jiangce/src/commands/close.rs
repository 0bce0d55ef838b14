//! `close`: a period is closed, register by register, after showing what is left out.

use super::import::no_register;
use crate::cli::Close;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::figure_text::page as page_words;
use crate::parts::{Excluded, Page, Register, seal_json};
use anyhow::Result;
use jc_app::closing::{Line, MOST, Preview, Standing};
use jc_app::{App, AppError, Person, Viewer};
use serde_json::{Value as Json, json};

/// Shows how the pages of a period stand, and closes those that are over unless `--dry-run` is given.
pub fn run(desk: &Desk, given: &Close) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let viewer = app.viewer(&person);
    let pages = wanted(desk, &app, &viewer, given)?;
    let single = pages.len() == 1;
    let (mut lines, mut waits) = (Vec::new(), false);
    for (register, page) in pages {
        let preview = viewer.closing(register, page, desk.lang)?;
        let over = matches!(preview.line.standing, Standing::Ready | Standing::Unfinished);
        // What is asked for by name is tried, so that the reason is said; of all, those that are not over are passed.
        let seal = if given.dry_run || !(over || single) { None } else { Some(close(&app, &person, &preview)?) };
        waits |= preview.line.standing == Standing::Open;
        if !desk.global.json {
            tell(desk, &viewer, &preview, seal.as_ref(), single);
        }
        lines.push(answer(desk, &viewer, &preview, seal));
    }
    if desk.global.json {
        desk.answer(&json!({ "dry_run": given.dry_run, "pages": lines }));
    } else if given.dry_run {
        desk.tell("cli-close-dry", &[]);
    }
    Ok(Exit::found(waits && given.all))
}

fn close(app: &App, person: &Person, preview: &Preview) -> Result<Json, AppError> {
    let Line { register, page, excluded, .. } = preview.line;
    let closed = app.closer(person, register)?.close(page, excluded)?;
    Ok(seal_json(&closed.signed))
}

/// The pages that are meant: of one register, or all that are reported in a year.
fn wanted(desk: &Desk, app: &App, viewer: &Viewer, given: &Close) -> Result<Vec<(usize, Page)>> {
    let catalog = viewer.catalog();
    match &given.register {
        Some(id) => {
            let register = catalog.find_register(id).ok_or_else(|| no_register(desk, app, id))?;
            Ok(vec![(register, page(desk, &catalog.registers[register], &given.period)?)])
        }
        None => {
            let Ok(year) = given.period.parse::<i32>() else {
                return Err(refuse(desk, Exit::Usage, "cli-close-year", &[("period", (&given.period).into())]));
            };
            let all = catalog.registers.iter().enumerate();
            let pages = all.map(|(register, declared)| (register, Page::reported_in(declared, year)));
            Ok(pages.filter(|(_, page)| *page != Page::All).collect())
        }
    }
}

/// The page of a code; a calendar year stands for the page that is reported in it.
pub fn page(desk: &Desk, register: &Register, code: &str) -> Result<Page> {
    let reported = code.parse::<i32>().ok().filter(|year| (1..=9998).contains(year));
    let found = Page::parse(register, code).or_else(|| reported.map(|year| Page::reported_in(register, year)));
    found.ok_or_else(|| {
        let form = match register.period_kind() {
            Some(kind) => Page::Of(kind.reported_in(2024)).to_string(),
            None => Page::All.to_string(),
        };
        let with = [("page", code.into()), ("register", register.name.get(desk.lang).into()), ("form", form.into())];
        refuse(desk, Exit::Usage, "cli-no-page", &with)
    })
}

fn tell(desk: &Desk, viewer: &Viewer, preview: &Preview, seal: Option<&Json>, whole: bool) {
    let line = &preview.line;
    let declared = &viewer.catalog().registers[line.register];
    let standing = if seal.is_some() { Standing::Closed } else { line.standing };
    let Excluded { draft, submitted, returned, without_evidence } = line.excluded;
    let with = [
        ("register", declared.name.get(desk.lang).into()),
        ("id", declared.id.as_str().into()),
        ("page", page_words(desk, line.page).into()),
        ("standing", desk.words(&format!("standing-{}", standing.code()), &[]).into()),
        ("verified", line.verified.into()),
    ];
    desk.tell("cli-close-line", &with);
    if line.excluded != Excluded::default() {
        let with = [
            ("draft", draft.into()),
            ("submitted", submitted.into()),
            ("returned", returned.into()),
            ("evidence", without_evidence.into()),
        ];
        desk.say(&format!("  {}", desk.words("cli-close-left", &with)));
    }
    if preview.faults_in_all > 0 {
        desk.say(&format!("  {}", desk.words("cli-close-faults", &[("count", preview.faults_in_all.into())])));
    }
    for (list, left) in &preview.uncovered {
        let name = declared.coverage.get(*list).map_or("", |list| list.name.get(desk.lang));
        desk.say(&format!(
            "  {}",
            desk.words("cli-close-uncovered", &[("list", name.into()), ("count", (*left).into())])
        ));
    }
    if whole {
        let state = |state: jc_base::RecordState| match state {
            jc_base::RecordState::Verified => desk.words("cli-close-no-evidence", &[]),
            other => desk.words(&format!("state-{}", other.code()), &[]),
        };
        let rows = preview.left_out.iter().map(|one| vec![one.record.to_string(), one.label.clone(), state(one.state)]);
        desk.table(&rows.collect::<Vec<_>>());
        let faults = preview.faults.iter().map(|fault| {
            vec![
                fault.record.map(|id| id.to_string()).unwrap_or_default(),
                fault.label.clone(),
                jc_words::line(desk.lang, &fault.finding),
            ]
        });
        desk.table(&faults.collect::<Vec<_>>());
        if preview.left_out.len() == MOST || preview.faults_in_all > MOST {
            desk.tell("cli-close-more", &[("most", MOST.into())]);
        }
    }
    if let Some(digest) = seal.and_then(|seal| seal.get("digest")).and_then(Json::as_str) {
        desk.say(&format!("  {}", desk.words("cli-close-sealed", &[("digest", digest.into())])));
    }
}

fn answer(desk: &Desk, viewer: &Viewer, preview: &Preview, seal: Option<Json>) -> Json {
    let line = &preview.line;
    let declared = &viewer.catalog().registers[line.register];
    let standing = if seal.is_some() { Standing::Closed } else { line.standing };
    let left_out = preview
        .left_out
        .iter()
        .map(|one| json!({ "id": one.record.to_string(), "label": one.label, "state": one.state.code() }));
    let faults = preview.faults.iter().map(|fault| {
        let record = fault.record.map(|id| id.to_string());
        json!({ "id": record, "label": fault.label, "finding": desk.finding_json(&fault.finding) })
    });
    let uncovered = preview
        .uncovered
        .iter()
        .map(|(list, left)| json!({ "list": declared.coverage.get(*list).map(|list| list.id.as_str()), "left": left }));
    let there = line.closed.as_ref().map(|closed| seal_json(&closed.signed));
    json!({
        "register": declared.id.as_str(),
        "page": line.page.to_string(),
        "standing": standing.code(),
        "verified": line.verified,
        "excluded": {
            "draft": line.excluded.draft,
            "submitted": line.excluded.submitted,
            "returned": line.excluded.returned,
            "without_evidence": line.excluded.without_evidence,
        },
        "left_out": left_out.collect::<Vec<_>>(),
        "faults": preview.faults_in_all,
        "fault_list": faults.collect::<Vec<_>>(),
        "uncovered": uncovered.collect::<Vec<_>>(),
        "restatements": line.restatements,
        "seal": seal.or(there),
    })
}
