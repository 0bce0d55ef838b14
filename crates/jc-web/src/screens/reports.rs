//! Reports: which there are, one in the browser, its words to edit, its files to make.

mod edit;
mod make;

use crate::{
    desk::Desk,
    frame::{Choice, Frame, Link},
    gate::{Entry, Report, Routes},
    guard::fault::Fault,
    parts::{FindingLine, Pick},
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use jc_app::given::{FileKind, Profile, html};
use jc_app::report::{Listed, Wanted};
use jc_base::Finding;

/// The addresses of these screens.
pub fn routes() -> Routes {
    Routes::new().get("/reports", list).get("/reports/{report}", one).merge(make::routes()).merge(edit::routes())
}

async fn list(State(state): State<AppState>, entry: Entry<Report>) -> Result<Response, Fault> {
    state
        .show(entry, |desk| {
            let rows = desk.viewer.reports()?.iter().map(|listed| row(desk, listed)).collect();
            Ok(ReportsView { frame: desk.frame(desk.words.t("reports-title"))?, rows })
        })
        .await
}

fn row(desk: &Desk, listed: &Listed) -> ReportRow {
    let template = &listed.template;
    let state = match (listed.findings.is_empty(), listed.own, listed.edited) {
        (false, ..) => desk.words.t1("reports-faulty", "n", listed.findings.len()),
        (true, _, 1..) => desk.words.t1("reports-edited", "n", listed.edited),
        (true, true, 0) => desk.words.t("reports-own"),
        (true, false, 0) => desk.words.t("reports-shipped"),
    };
    ReportRow {
        name: template.name.get(desk.lang()).to_owned(),
        about: template.about.get(desk.lang()).to_owned(),
        href: desk.to(&format!("/reports/{}", template.id)),
        state,
        findings: listed.findings.iter().map(|finding| said(desk, finding, true)).collect(),
    }
}

async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<Report>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let address = address(&state, &headers);
    state.show(entry, move |desk| view(desk, &id, &address)).await
}

fn view(desk: &Desk, id: &str, address: &str) -> Result<ReportView, Fault> {
    let listed = desk.viewer.report_template(id)?;
    let wanted = wanted(desk, id, address);
    let document = desk.viewer.report(&wanted)?;
    let findings = desk.viewer.report_findings(&document, &wanted)?;
    let path = format!("/reports/{id}");
    let profiles = Profile::ALL.into_iter().map(|profile| Choice {
        label: desk.words.t(&format!("report-profile-{}", profile.code())),
        href: desk.address(&path, &["profile"], &[("profile", profile.code())]),
        count: None,
        current: profile == wanted.profile,
    });
    let chapters = listed.template.chapters.iter().zip(&document.chapters);
    let mut frame = desk.frame(listed.template.name.get(desk.lang()))?;
    frame.crumbs = vec![Link::new(desk.words.t("reports-title"), desk.to("/reports"))];
    Ok(ReportView {
        about: listed.template.about.get(desk.lang()).to_owned(),
        profiles: profiles.collect(),
        profile: wanted.profile.code(),
        formats: FileKind::ALL
            .iter()
            .map(|kind| Pick::new(kind.code(), desk.words.t(&format!("reports-{}", kind.code())), false))
            .collect(),
        make: desk.to(&format!("{path}/make")),
        chapters: chapters
            .map(|(chapter, filled)| Link::new(&filled.title, desk.to(&format!("{path}/chapters/{}", chapter.id))))
            .collect(),
        findings: listed
            .findings
            .iter()
            .map(|finding| said(desk, finding, true))
            .chain(findings.iter().map(|finding| said(desk, finding, false)))
            .collect(),
        counted: desk.words.t2(
            "reports-counted",
            "figures",
            show::count(desk.lang(), i64::try_from(document.shown.len()).unwrap_or(0)),
            "entries",
            show::count(desk.lang(), i64::try_from(document.entries.len()).unwrap_or(0)),
        ),
        lang: document.head.lang.code(),
        body: html::body(&document),
        frame,
    })
}

/// Which report the address asks for.
fn wanted(desk: &Desk, id: &str, address: &str) -> Wanted {
    Wanted {
        template: id.to_owned(),
        year: desk.year,
        profile: Profile::parse(desk.asked.get("profile")).unwrap_or_default(),
        address: address.to_owned(),
    }
}

/// Where codes are looked up.
pub(super) fn address(state: &AppState, headers: &HeaderMap) -> String {
    format!("{}/v/", state.address(headers))
}

/// A finding with its place: a line of a text, or of a file.
pub(super) fn said(desk: &Desk, finding: &Finding, with_file: bool) -> FindingLine {
    let text = jc_words::finding(desk.lang(), finding);
    let place = match &finding.place {
        jc_base::Place::Text { line, column, .. } if !with_file => {
            desk.words.t2("reports-place", "line", line, "column", column)
        }
        other => jc_words::place(desk.lang(), other),
    };
    let text_at = if place.is_empty() { text.what } else { format!("{place}　{}", text.what) };
    FindingLine { text: text_at, mend: text.mend, href: String::new() }
}

/// The reports there are.
#[derive(Debug, Default, Template)]
#[template(path = "screens/reports.html")]
pub struct ReportsView {
    /// Around the screen.
    pub frame: Frame,
    /// The reports.
    pub rows: Vec<ReportRow>,
}

/// A report in the list.
#[derive(Debug, Default)]
pub struct ReportRow {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Where it is.
    pub href: String,
    /// Whose words it has.
    pub state: String,
    /// What is wrong in the school's own file.
    pub findings: Vec<FindingLine>,
}

/// A report in the browser.
#[derive(Debug, Default, Template)]
#[template(path = "screens/report.html")]
pub struct ReportView {
    /// Around the screen.
    pub frame: Frame,
    /// What it is for.
    pub about: String,
    /// For whom it can be made.
    pub profiles: Vec<Choice>,
    /// For whom it is shown.
    pub profile: &'static str,
    /// The files it can become.
    pub formats: Vec<Pick>,
    /// Where a file is asked for.
    pub make: String,
    /// Its chapters, to edit.
    pub chapters: Vec<Link>,
    /// What must be known before it leaves the house.
    pub findings: Vec<FindingLine>,
    /// How many figures it shows, in words.
    pub counted: String,
    /// The language of its words.
    pub lang: &'static str,
    /// The report itself, as finished HTML.
    pub body: String,
}
