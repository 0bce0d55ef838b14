//! One register's page: what a closing leaves out, the seal, and what changed since.

use super::left_out;
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    guard::{fault::Fault, posted::Posted},
    parts::{FindingLine, page_label},
    screens::{list, record::lines, to_mend},
    show,
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jc_app::AppError;
use jc_app::closing::{Preview, Standing};
use jc_app::given::{Closed, Excluded, Page};
use jc_app::inbox::People;
use jc_app::restated::Made;
use jc_base::{Finding, Place, RecordState};
use jc_catalog::Register;
use serde::Deserialize;

/// What a closing sends: what the person was shown to be left out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    draft: String,
    submitted: String,
    returned: String,
    without_evidence: String,
    #[serde(default)]
    agreed: String,
}

fn place<'a>(desk: &'a Desk, register: &str) -> Result<(usize, &'a Register, Page), Fault> {
    let (position, declared) = desk.register(register)?;
    let page = match desk.asked.get("page") {
        "" => Page::reported_in(declared, desk.year),
        code => Page::parse(declared, code).ok_or(Fault::Unclear)?,
    };
    if page == Page::All { Err(Fault::NotFound) } else { Ok((position, declared, page)) }
}

pub(super) fn close(desk: &Desk, register: &str, posted: Posted) -> Result<Response, Fault> {
    let request: Request = posted.read()?;
    let (position, declared, page) = place(desk, register)?;
    let number = |text: &str| text.parse::<i64>().map_err(|_| Fault::Unclear);
    let seen = Excluded {
        draft: number(&request.draft)?,
        submitted: number(&request.submitted)?,
        returned: number(&request.returned)?,
        without_evidence: number(&request.without_evidence)?,
    };
    let closer = desk.app.closer(desk.person, position)?;
    let refused = if seen != Excluded::default() && request.agreed != "yes" {
        vec![Finding::error("APP-086", Place::Field { field: "agreed".into() })]
    } else {
        match closer.close(page, seen) {
            Ok(_) => {
                let (code, year) = (page.to_string(), desk.year.to_string());
                let to = format!("/registers/{}/closing", declared.id);
                let asked = [("page", code.as_str()), ("year", year.as_str()), ("done", "closed")];
                return Ok(Redirect::to(&show::address(&to, asked)).into_response());
            }
            Err(AppError::Findings(found)) => found,
            Err(AppError::PreviewOutdated) => vec![Finding::error("APP-087", Place::Whole)],
            Err(error) => return Err(error.into()),
        }
    };
    let view = view(desk, register, &refused)?;
    to_mend(&view)
}

pub(super) fn view(desk: &Desk, register: &str, refused: &[Finding]) -> Result<ClosingView, Fault> {
    let (position, declared, page) = place(desk, register)?;
    let preview = desk.viewer.closing(position, page, desk.lang())?;
    let name = declared.name.get(desk.lang());
    let period = page_label(page, desk.lang());
    let mut frame = desk.frame(desk.words.t2("closing-page-title", "register", name, "period", &period))?;
    frame.crumbs = list::crumbs(desk, declared);
    frame.crumbs.push(Link::new(desk.words.t1("closing-title", "year", desk.year), desk.to("/closing")));
    frame.crumbs.push(Link::new(name, desk.to(&format!("/registers/{}", declared.id))));
    let line = &preview.line;
    let (code, year) = (page.to_string(), desk.year.to_string());
    let closed = match &line.closed {
        Some(closed) => Some(closed_block(desk, position, page, closed)?),
        None => None,
    };
    let last = match page {
        Page::Of(period) => show::day(desk.lang(), period.last_day()),
        Page::All => String::new(),
    };
    Ok(ClosingView {
        standing: line.standing.code(),
        standing_text: desk.words.t(&format!("standing-{}", line.standing.code())),
        verified: desk.words.t1("closing-verified", "n", show::count(desk.lang(), line.verified)),
        left_out: left_out(desk, line.excluded),
        not_over: (line.standing == Standing::Open).then(|| desk.words.t1("closing-not-over", "day", last)),
        excluded: line.excluded,
        asks: line.excluded != Excluded::default(),
        items: items(desk, declared, &preview),
        faults: faults(desk, declared, &preview),
        faults_title: (preview.faults_in_all > 0).then(|| desk.words.t1("closing-faults", "n", preview.faults_in_all)),
        uncovered: preview
            .uncovered
            .iter()
            .filter_map(|(list, left)| {
                let list = declared.coverage.get(*list)?;
                let label = desk.words.t2("closing-uncovered", "list", list.name.get(desk.lang()), "n", left);
                Some(Link::new(label, desk.to(&format!("/registers/{}/coverage/{}", declared.id, list.id))))
            })
            .collect(),
        action: line.may_close.then(|| {
            let to = format!("/registers/{}/closing", declared.id);
            show::address(&to, [("page", code.as_str()), ("year", year.as_str())])
        }),
        office: desk.words.t1("closing-answers", "office", desk.office(declared.verified_by)),
        findings: lines::findings(desk, refused),
        closed,
        frame,
    })
}

fn items(desk: &Desk, declared: &Register, preview: &Preview) -> Vec<Item> {
    let item = |one: &jc_app::closing::LeftOut| Item {
        label: one.label.clone(),
        href: desk.to(&lines::address(declared, one.record)),
        what: match one.state {
            RecordState::Verified => desk.words.t("closing-no-evidence"),
            state => desk.words.t(&format!("state-{}", state.code())),
        },
    };
    preview.left_out.iter().map(item).collect()
}

fn faults(desk: &Desk, declared: &Register, preview: &Preview) -> Vec<Item> {
    let item = |fault: &jc_app::closing::Fault| {
        let said = lines::findings(desk, std::slice::from_ref(&fault.finding));
        Item {
            label: fault.label.clone(),
            href: fault.record.map_or_else(String::new, |id| desk.to(&lines::address(declared, id))),
            what: said.first().map_or_else(String::new, |line| line.text.clone()),
        }
    };
    preview.faults.iter().map(item).collect()
}

fn closed_block(desk: &Desk, register: usize, page: Page, closed: &Closed) -> Result<ClosedBlock, Fault> {
    let seal = &closed.signed.seal;
    let people = desk.viewer.people()?;
    let catalog = desk.viewer.catalog();
    let declared = catalog.registers.get(register).ok_or(Fault::NotFound)?;
    let count = |n: i64| show::count(desk.lang(), n);
    let lines = [
        ("seal-when", lines::when(seal.at.0)),
        ("seal-who", people.name(&seal.by).to_owned()),
        ("seal-records", count(seal.records)),
        ("seal-left-out", left_out(desk, seal.excluded)),
        ("seal-digest", seal.digest()),
        ("seal-records-digest", seal.digest.clone()),
        ("seal-catalog", seal.catalog.clone()),
        ("seal-key", closed.signed.key.0.clone()),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| (desk.words.t(id), text));
    let mut figures = Vec::new();
    for (indicator, own) in declared.indicators.iter().enumerate() {
        let of = jc_app::figures::IndicatorRef { register, indicator };
        let compared = desk.viewer.figure(of, page)?;
        let Some(sealed) = &compared.sealed else { continue };
        figures.push(FigureLine {
            label: own.name.get(desk.lang()).to_owned(),
            href: {
                let (code, year) = (page.to_string(), desk.year.to_string());
                show::address(&format!("/figures/{}", own.id), [("page", code.as_str()), ("year", year.as_str())])
            },
            sealed: shown(desk, sealed.printed(), sealed.definition.unit.as_str()),
            now: shown(desk, compared.figure.printed(), compared.figure.unit.as_str()),
            differs: sealed.differs(&compared.figure),
        });
    }
    let made = desk.viewer.restatements(Some((register, page)), desk.lang())?;
    Ok(ClosedBlock {
        lines: lines.collect(),
        figures,
        made: made.iter().map(|one| restatement(desk, &people, one)).collect(),
    })
}

/// A value with its unit; a dash if it is missing.
fn shown(desk: &Desk, printed: Option<String>, unit: &str) -> String {
    let unit = crate::parts::figure::unit(desk, unit);
    printed.map_or_else(|| "—".to_owned(), |text| show::with_unit(&show::number(desk.lang(), &text), &unit))
}

/// A restatement in words, with its records.
pub(crate) fn restatement(desk: &Desk, people: &People, made: &Made) -> RestatementLine {
    let one = &made.restatement;
    let record = |moved: &jc_app::restated::MovedRecord| {
        let declared = moved.register.and_then(|at| desk.viewer.catalog().registers.get(at));
        let seen = declared.zip(moved.label.clone());
        let label = seen.as_ref().map_or_else(|| desk.words.t("restated-hidden"), |(_, label)| label.clone());
        let href = seen.map_or_else(String::new, |(declared, _)| desk.to(&lines::address(declared, moved.record)));
        Link { label, href }
    };
    RestatementLine {
        number: one.number.to_string(),
        cause: desk.words.t(&format!("cause-{}", one.cause.code())),
        reason: one.reason.clone(),
        who: people.name(&one.actor).to_owned(),
        when: lines::when(one.at.0),
        records: made.records.iter().take(20).map(record).collect(),
        more: made.records.len().saturating_sub(20),
    }
}

/// A page before and after it is closed.
#[derive(Debug, Default, Template)]
#[template(path = "screens/closing_page.html")]
pub struct ClosingView {
    /// Around the screen.
    pub frame: Frame,
    /// How it stands: the class in the style sheet.
    pub standing: &'static str,
    /// The same in words.
    pub standing_text: String,
    /// Verified records, in words.
    pub verified: String,
    /// What is left out, in words; may be empty.
    pub left_out: String,
    /// That the period is not over, in words.
    pub not_over: Option<String>,
    /// What the form sends back as seen.
    pub excluded: Excluded,
    /// Whether agreement to leaving it out is asked for.
    pub asks: bool,
    /// The records left out.
    pub items: Vec<Item>,
    /// What the checks find.
    pub faults: Vec<Item>,
    /// How much that is, in words.
    pub faults_title: Option<String>,
    /// Coverage lists with members not reached.
    pub uncovered: Vec<Link>,
    /// Where the closing is posted, for whoever may.
    pub action: Option<String>,
    /// Who answers for it, in words.
    pub office: String,
    /// Why it was not closed.
    pub findings: Vec<FindingLine>,
    /// The seal and what came after it.
    pub closed: Option<ClosedBlock>,
}

/// A record and what is with it.
#[derive(Debug, Default)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// The record; may be empty.
    pub href: String,
    /// Its state, or what is wrong.
    pub what: String,
}

/// The seal, the figures then and now, the restatements.
#[derive(Debug, Default)]
pub struct ClosedBlock {
    /// What the seal says, line by line.
    pub lines: Vec<(String, String)>,
    /// The register's figures.
    pub figures: Vec<FigureLine>,
    /// The restatements.
    pub made: Vec<RestatementLine>,
}

/// A figure as sealed and now.
#[derive(Debug, Default)]
pub struct FigureLine {
    /// The indicator's name.
    pub label: String,
    /// Its trace.
    pub href: String,
    /// As sealed.
    pub sealed: String,
    /// As it stands.
    pub now: String,
    /// Whether the two differ.
    pub differs: bool,
}

/// A restatement.
#[derive(Debug, Default)]
pub struct RestatementLine {
    /// Its number on the page.
    pub number: String,
    /// Why, in words.
    pub cause: String,
    /// The reason given.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub when: String,
    /// The records, the first twenty.
    pub records: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}
