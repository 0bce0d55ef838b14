//! `report`: a report of a year as a file.

use crate::cli::{Report, ReportFormat, ReportProfile};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{refuse, shown};
use crate::parts::{FileKind, Profile};
use anyhow::Result;
use jc_app::report::{Step, Wanted};
use jc_app::{AppError, Viewer};
use serde_json::json;
use std::path::Path;

/// Makes the file and says what should be known about it; or lists what can be made.
pub fn run(desk: &Desk, given: &Report) -> Result<Exit> {
    let app = desk.open()?;
    let person = desk.person(&app)?;
    let viewer = app.viewer(&person);
    if given.list {
        return list(desk, &viewer);
    }
    let Some(output) = given.output.as_deref() else { return Ok(Exit::Usage) };
    let Some(kind) = kind(given, output) else {
        let known: Vec<&str> = FileKind::ALL.iter().map(|kind| kind.code()).collect();
        let with = [("file", shown(output).into()), ("known", known.join(" / ").into())];
        return Err(refuse(desk, Exit::Usage, "cli-report-no-format", &with));
    };
    let year = match given.year {
        Some(year) => year,
        None => viewer.year()?,
    };
    let wanted = Wanted {
        template: given.template.clone(),
        year,
        profile: match given.profile {
            None | Some(ReportProfile::Internal) => Profile::Internal,
            Some(ReportProfile::Bureau) => Profile::Bureau,
            Some(ReportProfile::Public) => Profile::Public,
        },
        address: given
            .origin
            .as_ref()
            .map_or_else(String::new, |origin| format!("{}/v/", origin.trim_end_matches('/'))),
    };
    let bar = desk.progress();
    let made = viewer.write_report(&wanted, kind, &mut |step| bar.set_message(desk.words(message(step), &[])));
    bar.finish_and_clear();
    let made = made.map_err(|error| match error {
        AppError::NotFound => {
            let known = viewer.reports().unwrap_or_default();
            let known: Vec<String> = known.into_iter().map(|listed| listed.template.id).collect();
            let with = [("template", (&given.template).into()), ("known", known.join(", ").into())];
            refuse(desk, Exit::Usage, "cli-report-no-template", &with)
        }
        other => other.into(),
    })?;
    desk.write(output, &made.bytes)?;
    if desk.global.json {
        desk.answer(&json!({
            "file": shown(output),
            "template": wanted.template,
            "year": year,
            "profile": wanted.profile.code(),
            "format": kind.code(),
            "bytes": made.bytes.len(),
            "figures": made.holds,
            "findings": made.findings.iter().map(|f| desk.finding_json(f)).collect::<Vec<_>>(),
        }));
    } else {
        for finding in &made.findings {
            desk.complain(jc_words::terminal(desk.lang, finding, None).trim_end());
        }
        let with = [("file", shown(output).into()), ("figures", made.holds.into())];
        desk.tell("cli-report-written", &with);
    }
    Ok(Exit::Fine)
}

/// The format asked for, or that of the file's name.
fn kind(given: &Report, output: &Path) -> Option<FileKind> {
    match given.format {
        #[cfg(feature = "pdf")]
        Some(ReportFormat::Pdf) => FileKind::parse("pdf"),
        Some(ReportFormat::Docx) => Some(FileKind::Docx),
        Some(ReportFormat::Xlsx) => Some(FileKind::Xlsx),
        Some(ReportFormat::Html) => Some(FileKind::Html),
        None => output.extension().and_then(|e| e.to_str()).and_then(FileKind::parse),
    }
}

fn message(step: Step) -> &'static str {
    match step {
        Step::Reading => "report-step-reading",
        Step::Checking => "report-step-checking",
        Step::Writing => "report-step-writing",
        Step::Noting => "report-step-noting",
    }
}

fn list(desk: &Desk, viewer: &Viewer) -> Result<Exit> {
    let reports = viewer.reports()?;
    let findings: usize = reports.iter().map(|listed| listed.findings.len()).sum();
    if desk.global.json {
        let one = |listed: &jc_app::report::Listed| {
            json!({
                "id": listed.template.id,
                "name": listed.template.name.get(desk.lang),
                "own": listed.own,
                "edited": listed.edited,
                "findings": listed.findings.iter().map(|f| desk.finding_json(f)).collect::<Vec<_>>(),
            })
        };
        desk.answer(&json!({ "reports": reports.iter().map(one).collect::<Vec<_>>() }));
        return Ok(Exit::found(findings > 0));
    }
    let row = |listed: &jc_app::report::Listed| {
        [&listed.template.id, listed.template.name.get(desk.lang), listed.template.about.get(desk.lang)]
            .map(str::to_owned)
            .to_vec()
    };
    desk.table(&reports.iter().map(row).collect::<Vec<_>>());
    for finding in reports.iter().flat_map(|listed| &listed.findings) {
        desk.complain(jc_words::terminal(desk.lang, finding, None).trim_end());
    }
    Ok(Exit::found(findings > 0))
}
