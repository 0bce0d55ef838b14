//! A certificate as it is printed, and the answer to whoever scans its code.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Anyone, Entry, ReadRecords, Routes},
    guard::fault::Fault,
    parts::{FindingLine, Picture},
    screens::{
        export::download,
        record::{Path2, find, hidden, lines},
    },
    state::AppState,
    words::Words,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use jc_app::given::{Certificate, CertificateSheet, FileKind, certificate_pdf};
use jc_app::{
    AppError, Viewer,
    certificates::{Certified, masked},
};
use jc_base::Lang;

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/registers/{register}/records/{id}/certificate", printed)
        .get("/registers/{register}/records/{id}/certificate.pdf", pdf)
        .get("/certificates/{code}", genuine)
}

async fn printed(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<ReadRecords>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let site = state.address(&headers);
    state.show(entry, move |desk| view(desk, &path, &site)).await
}

fn view(desk: &Desk, path: &Path2, site: &str) -> Result<CertificateView, Fault> {
    let (register, id) = find(desk, path)?;
    let declared = desk.viewer.catalog().at(register);
    let mut frame = desk.frame(declared.name.get(desk.lang()))?;
    frame.crumbs = vec![
        Link::new(declared.name.get(desk.lang()), desk.to(&format!("/registers/{}", declared.id))),
        Link::new(desk.words.t("certificate-record"), desk.to(&lines::address(declared, id))),
    ];
    match desk.viewer.certificate(register, id) {
        Ok(certified) => {
            let address = format!("{site}/certificates/{}", certified.code);
            let shown = certified.declared(&desk.viewer);
            frame.title = format!("{} · {}", shown.title.get(desk.lang()), certified.holder(&desk.viewer, desk.lang()));
            let sheets = shown.languages.iter().map(|lang| sheet(&desk.viewer, &certified, *lang)).collect();
            let file = desk.to(&format!("{}/certificate.pdf", lines::address(declared, id)));
            Ok(CertificateView { sheets, picture: Picture::of(&address), address, file, findings: Vec::new(), frame })
        }
        Err(AppError::Findings(found)) => {
            Ok(CertificateView { findings: lines::findings(desk, &found), frame, ..CertificateView::default() })
        }
        Err(error) => Err(hidden(error)),
    }
}

/// The same as a file.
async fn pdf(
    State(state): State<AppState>,
    Path(path): Path<Path2>,
    entry: Entry<ReadRecords>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let site = state.address(&headers);
    let work = move |desk: &Desk| {
        let (register, id) = find(desk, &path)?;
        let certified = desk.viewer.certificate(register, id).map_err(hidden)?;
        let declared = certified.declared(&desk.viewer);
        let frame = desk.frame(declared.title.get(desk.lang()))?;
        let paper = Certificate {
            school: frame.school,
            note: if frame.synthetic { desk.words.t("report-synthetic") } else { String::new() },
            sheets: declared.languages.iter().map(|lang| on_paper(&desk.viewer, &certified, *lang)).collect(),
            address: format!("{site}/certificates/{}", certified.code),
            scan: desk.words.t("certificate-code"),
            day: desk.app.moment().today,
        };
        let bytes = certificate_pdf(&paper).map_err(|error| Fault::Ours(error.to_string()))?;
        let lang = declared.languages.first().copied().unwrap_or(desk.lang());
        let file = format!("{} {}.pdf", declared.title.get(lang), certified.holder(&desk.viewer, lang));
        Ok(download(&file, FileKind::Pdf.media_type(), bytes))
    };
    state.at_desk(entry, work).await
}

fn on_paper(viewer: &Viewer, certified: &Certified, lang: Lang) -> CertificateSheet {
    let Sheet { title, holder, text, lines, exam, .. } = sheet(viewer, certified, lang);
    CertificateSheet { lang, title, holder, text, lines, exam }
}

/// What stands on the paper in one language.
fn sheet(viewer: &Viewer, certified: &Certified, lang: Lang) -> Sheet {
    let declared = certified.declared(viewer);
    let words = Words(lang);
    Sheet {
        html_lang: words.html_lang(),
        title: declared.title.get(lang).to_owned(),
        holder: certified.holder(viewer, lang),
        text: declared.text.get(lang).to_owned(),
        lines: certified.lines(viewer, lang),
        exam: exam(certified, words),
    }
}

/// The areas of an examination with their points, then total and grade.
fn exam(certified: &Certified, words: Words) -> Vec<(String, String)> {
    let Some(worked) = &certified.examination else { return Vec::new() };
    let points = worked.regulation.areas.iter().zip(&worked.outcome.points);
    let mut out: Vec<(String, String)> =
        points.filter_map(|(area, points)| Some((area.name.get(words.0).to_owned(), (*points)?.print(2)))).collect();
    out.extend(worked.outcome.total.map(|total| (words.t("exam-total"), total.print(2))));
    let grade = worked.outcome.grade.and_then(|ix| worked.regulation.grades.get(ix));
    out.extend(grade.map(|grade| (words.t("certificate-grade"), grade.name.get(words.0).to_owned())));
    out
}

async fn genuine(
    State(state): State<AppState>,
    Path(code): Path<String>,
    entry: Entry<Anyone>,
) -> Result<Response, Fault> {
    let visit = entry.visit;
    let words = visit.words;
    let (found, school) = state
        .run(move |app| {
            let said = |viewer: &Viewer, certified: &Certified| {
                let lines = certified.open_lines(viewer, words.0);
                let holder = masked(&certified.holder(viewer, words.0));
                let open = Sheet { holder, lines, exam: Vec::new(), ..sheet(viewer, certified, words.0) };
                (viewer.person().school, open)
            };
            let found = app.certified(&code, said)?;
            let schools = app.schools()?;
            let own = found.as_ref().map(|(school, _)| *school);
            let school = schools.into_iter().find(|(id, _, _)| own.is_none_or(|own| own == *id));
            Ok((found, school))
        })
        .await?;
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let (school, synthetic) = school.map(|(_, name, synthetic)| (name, synthetic)).unwrap_or_default();
    let frame = Frame {
        words,
        title: words.t(if found.is_some() { "certificate-genuine" } else { "certificate-unknown" }),
        school,
        synthetic,
        token: visit.token,
        here: "/sign-in".into(),
        ..Frame::default()
    };
    let view = GenuineView { frame, sheet: found.map(|(_, sheet)| sheet) };
    Ok((status, Html(view.render()?)).into_response())
}

/// A certificate.
#[derive(Debug, Default, Template)]
#[template(path = "screens/certificate.html")]
pub struct CertificateView {
    /// Around the screen.
    pub frame: Frame,
    /// Why there is none.
    pub findings: Vec<FindingLine>,
    /// The same in each of its languages.
    pub sheets: Vec<Sheet>,
    /// The code to scan.
    pub picture: Option<Picture>,
    /// What it says.
    pub address: String,
    /// The certificate as a file.
    pub file: String,
}

/// A certificate in one language.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its `lang` attribute.
    pub html_lang: &'static str,
    /// What it is.
    pub title: String,
    /// Whom it is for.
    pub holder: String,
    /// A sentence.
    pub text: String,
    /// What it attests.
    pub lines: Vec<(String, String)>,
    /// The result of an examination.
    pub exam: Vec<(String, String)>,
}

/// Whether a printed certificate is genuine.
#[derive(Debug, Default, Template)]
#[template(path = "screens/genuine.html")]
pub struct GenuineView {
    /// Around the screen.
    pub frame: Frame,
    /// What it attests; nothing if the code is not one of ours.
    pub sheet: Option<Sheet>,
}
