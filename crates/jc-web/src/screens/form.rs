//! The form of a record: new or edited. Nothing typed is lost.

mod fields;

use super::record::{find, hidden, lines};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Routes, WriteRecords},
    guard::{fault::Fault, posted::Posted},
    parts::{Change, FindingLine, Pick},
    screens::to_mend,
    show,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::given::{Cause, Correction, Record};
use jc_app::records::Edit;
use jc_base::{Finding, Place, RecordId, RecordState, finding::has_errors};
use jc_catalog::model::Field;
use jc_catalog::{Privacy, Register};

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new()
        .get("/registers/{register}/new", new)
        .post("/registers/{register}/new", create)
        .get("/registers/{register}/records/{id}/edit", edit)
        .post("/registers/{register}/records/{id}/edit", update)
        .get("/registers/{register}/suggest", fields::suggest)
}

/// What was typed: fields by their ids, and what the form says besides.
struct Typed {
    fields: Vec<(String, String)>,
    version: String,
    reason: String,
    cause: String,
    once: String,
    submit: bool,
    join: bool,
}

impl Typed {
    /// Reads what was sent; a name that no field of the register has is refused.
    fn read(desk: &Desk, register: &str, posted: Posted) -> Result<Self, Fault> {
        let (_, declared) = desk.register(register)?;
        let mut typed = Self {
            fields: Vec::new(),
            version: String::new(),
            reason: String::new(),
            cause: String::new(),
            once: String::new(),
            submit: false,
            join: false,
        };
        for (name, value) in posted.0 {
            match name.as_str() {
                "version" => typed.version = value,
                "reason" if declared.find_field("reason").is_none() => typed.reason = value,
                "cause" if declared.find_field("cause").is_none() => typed.cause = value,
                "once" => typed.once = value,
                "then" => (typed.submit, typed.join) = (value == "submit", value == "join"),
                name if declared.find_field(name).is_some() => typed.fields.push((name.to_owned(), value)),
                _ => return Err(Fault::Unclear),
            }
        }
        Ok(typed)
    }
}

async fn new(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<WriteRecords>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let (register, declared) = desk.register(&register)?;
        desk.app.keeper(desk.person, register)?;
        view(desk, register, None, prefilled(desk, declared))
    };
    state.show(entry, build).await
}

/// What the address gives the fields to begin with: a coverage list names whom the record is to reach. What is
/// sensitive never stands in an address.
fn prefilled(desk: &Desk, declared: &Register) -> Vec<String> {
    let text = |field: &Field| match field.privacy {
        Privacy::Sensitive => String::new(),
        _ if field.id.as_str() == "year" => String::new(),
        _ => desk.asked.get(field.id.as_str()).chars().take(200).collect(),
    };
    declared.fields.iter().map(text).collect()
}

async fn create(
    State(state): State<AppState>,
    Path(register): Path<String>,
    entry: Entry<WriteRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let typed = Typed::read(desk, &register, posted)?;
        let (register, declared) = desk.register(&register)?;
        let keeper = desk.app.keeper(desk.person, register)?.once(&typed.once);
        if let Some(id) = keeper.done()? {
            return Ok(saved(&lines::address(declared, id), typed.submit || typed.join));
        }
        let (values, mut found) = desk.viewer.parse_form(register, &typed.fields, None, desk.lang())?;
        if has_errors(&found) {
            add(&mut found, keeper.findings(&values, typed.submit, desk.lang()));
            return again(desk, register, None, &typed, &found);
        }
        if typed.join
            && let Some((_, id, true)) = keeper.same_already(&values)?
        {
            let joined = keeper.join(id, &values, &desk.words.t("form-join-reason"), desk.lang())?;
            let word = if joined { "joined" } else { "known" };
            return Ok(Redirect::to(&show::address(&lines::address(declared, id), [("done", word)])).into_response());
        }
        // Who joins what was there when the form was sent back hands it in, should it be gone.
        let edit = Edit { values: values.clone(), submit: typed.submit || typed.join, seen_version: None };
        match keeper.create(edit, desk.lang()) {
            Ok(id) => Ok(saved(&lines::address(declared, id), typed.submit || typed.join)),
            Err(AppError::Findings(found)) => {
                let mut view = refused(desk, register, None, &typed, &found)?;
                if found.iter().any(|finding| finding.code == "APP-042") {
                    let same = keeper.same_already(&values)?;
                    view.same = same.and_then(|(of, id, may_join)| same_line(desk, of, id, may_join));
                }
                to_mend(&view)
            }
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

async fn edit(
    State(state): State<AppState>,
    Path(path): Path<(String, String)>,
    entry: Entry<WriteRecords>,
) -> Result<Response, Fault> {
    let build = move |desk: &Desk| {
        let (register, id) = find(desk, &path)?;
        desk.app.keeper(desk.person, register)?;
        let record = desk.viewer.record(register, id).map_err(hidden)?;
        let texts = desk.viewer.form_texts(register, &record)?;
        view(desk, register, Some(&record), texts)
    };
    state.show(entry, build).await
}

async fn update(
    State(state): State<AppState>,
    Path(path): Path<(String, String)>,
    entry: Entry<WriteRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let typed = Typed::read(desk, &path.0, posted)?;
        let (register, id) = find(desk, &path)?;
        let why = Correction { cause: Cause::from_code(&typed.cause), reason: typed.reason.clone() };
        let keeper = desk.app.keeper(desk.person, register)?.because(Some(why)).once(&typed.once);
        if keeper.done()? == Some(id) {
            return Ok(saved(&lines::address(desk.register(&path.0)?.1, id), typed.submit));
        }
        let seen: i64 = typed.version.parse().map_err(|_| Fault::Unclear)?;
        let record = desk.viewer.record(register, id)?;
        let (values, mut found) = desk.viewer.parse_form(register, &typed.fields, Some(&record), desk.lang())?;
        if record.version != seen {
            return conflict(desk, register, id, seen, &typed);
        }
        if record.state == RecordState::Verified && typed.reason.trim().is_empty() {
            found.push(Finding::error("APP-004", Place::Field { field: "reason".into() }));
        }
        if has_errors(&found) {
            add(&mut found, keeper.findings(&values, typed.submit, desk.lang()));
            return again(desk, register, Some(&record), &typed, &found);
        }
        let edit = Edit { values, submit: typed.submit, seen_version: Some(seen) };
        match keeper.correct(id, edit, &typed.reason, desk.lang()) {
            Ok(()) => Ok(saved(&lines::address(desk.register(&path.0)?.1, id), typed.submit)),
            Err(AppError::Findings(found)) => again(desk, register, Some(&record), &typed, &found),
            Err(AppError::Stale) => conflict(desk, register, id, seen, &typed),
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

/// Adds what the rules say, but not of fields whose text could not even be read.
fn add(found: &mut Vec<Finding>, more: Vec<Finding>) {
    let more: Vec<Finding> = more.into_iter().filter(|new| found.iter().all(|old| old.place != new.place)).collect();
    found.extend(more);
}

fn saved(record: &str, submitted: bool) -> Response {
    let word = if submitted { "submitted" } else { "saved" };
    Redirect::to(&show::address(record, [("done", word)])).into_response()
}

/// The record that is the same already, if the person may look at it.
fn same_line(desk: &Desk, of: usize, id: RecordId, may_join: bool) -> Option<Same> {
    let label = desk.viewer.whole(of, id, desk.lang()).ok()?.label;
    let declared = desk.viewer.catalog().registers.get(of)?;
    let link = Link::new(label, desk.to(&lines::address(declared, id)));
    Some(Same { link, register: declared.name.get(desk.lang()).to_owned(), may_join })
}

/// The form again, with what was typed and what is wrong.
fn again(
    desk: &Desk,
    register: usize,
    record: Option<&Record>,
    typed: &Typed,
    found: &[Finding],
) -> Result<Response, Fault> {
    let view = refused(desk, register, record, typed, found)?;
    to_mend(&view)
}

fn refused(
    desk: &Desk,
    register: usize,
    record: Option<&Record>,
    typed: &Typed,
    found: &[Finding],
) -> Result<FormView, Fault> {
    let mut view = view(desk, register, record, texts(desk, register, typed))?;
    view.reason.clone_from(&typed.reason);
    view.once.clone_from(&typed.once);
    view.findings = lines::findings(desk, found);
    for (finding, line) in found.iter().zip(&view.findings) {
        let Place::Field { field: id } = &finding.place else { continue };
        let Some(field) = view.fields.iter_mut().find(|field| field.id == *id) else { continue };
        field.error.get_or_insert(lines::joined(desk, &line.text, &line.mend));
    }
    Ok(view)
}

/// The form again, with what someone else changed meanwhile. Saving once more replaces that.
fn conflict(desk: &Desk, register: usize, id: RecordId, seen: i64, typed: &Typed) -> Result<Response, Fault> {
    let whole = desk.viewer.whole(register, id, desk.lang()).map_err(hidden)?;
    let mut view = view(desk, register, Some(&whole.record), texts(desk, register, typed))?;
    view.reason.clone_from(&typed.reason);
    let people = desk.viewer.people()?;
    let who = match whole.history.first() {
        None => String::new(),
        Some(latest) if latest.moved => lines::moved_before(desk, desk.viewer.log_begin()?),
        Some(latest) => {
            let day = lines::when(latest.at);
            desk.words.t2("record-state-note", "who", people.name(&latest.actor), "day", day)
        }
    };
    let opened = whole.history.iter().find(|version| version.record.version == seen);
    let changes = opened.map(|opened| lines::changes(desk, register, &opened.record, &whole.record, &whole.labels));
    view.conflict = Some(Conflict { who, changes: changes.unwrap_or_default() });
    Ok((StatusCode::CONFLICT, Html(view.render()?)).into_response())
}

/// What was typed, by the register's fields.
fn texts(desk: &Desk, register: usize, typed: &Typed) -> Vec<String> {
    let fields = desk.viewer.catalog().registers.get(register).map_or(&[][..], |declared| &declared.fields);
    let text = |id: &str| typed.fields.iter().find(|(name, _)| name == id).map(|(_, text)| text.clone());
    fields.iter().map(|field| text(field.id.as_str()).unwrap_or_default()).collect()
}

fn view(desk: &Desk, register: usize, record: Option<&Record>, texts: Vec<String>) -> Result<FormView, Fault> {
    let declared = desk.viewer.catalog().registers.get(register).ok_or(Fault::NotFound)?;
    let (name, list) = (declared.name.get(desk.lang()), format!("/registers/{}", declared.id));
    let here = record.map(|record| lines::address(declared, record.id));
    let label = match record {
        Some(record) => desk.viewer.whole(register, record.id, desk.lang()).map_err(hidden)?.label,
        None => String::new(),
    };
    let title = match record {
        Some(_) => desk.words.t1("form-title-edit", "title", &label),
        None => desk.words.t1("form-title-new", "register", name),
    };
    let mut frame = desk.frame(title)?;
    let action = here.as_ref().map_or_else(|| format!("{list}/new"), |here| format!("{here}/edit"));
    frame.here.clone_from(&action);
    frame.crumbs = vec![
        Link::new(desk.area(declared.area), desk.to(&format!("/areas/{}", declared.area.code()))),
        Link::new(name, desk.to(&list)),
    ];
    if let Some(here) = &here {
        frame.crumbs.push(Link::new(label, desk.to(here)));
    }
    let correction = record.is_some_and(|record| record.state == RecordState::Verified);
    let about = match (record, correction) {
        (None, _) => "form-about-new",
        (_, true) => "form-about-correct",
        (_, false) => "form-about-edit",
    };
    Ok(FormView {
        frame,
        about: desk.words.t(about),
        cancel: desk.to(here.as_deref().unwrap_or(&list)),
        action,
        version: record.map_or_else(String::new, |record| record.version.to_string()),
        once: jc_app::passwords::token().map_err(AppError::from)?.chars().take(32).collect(),
        fields: fields::fields(desk, register, record, &texts)?,
        correction,
        causes: causes(desk, register, record.filter(|_| correction))?,
        may_submit: true,
        ..FormView::default()
    })
}

/// What a correction of a closed figure can be due to; nothing where the record's pages are open.
fn causes(desk: &Desk, register: usize, record: Option<&Record>) -> Result<Vec<Pick>, Fault> {
    let Some(record) = record else { return Ok(Vec::new()) };
    if !desk.viewer.on_closed_page(register, record)? {
        return Ok(Vec::new());
    }
    let named = Cause::NAMED.into_iter().map(|cause| (cause.code(), format!("cause-{}", cause.code())));
    let picks = [("", "form-cause-usual".to_owned())].into_iter().chain(named);
    Ok(picks.map(|(code, id)| Pick::new(code, desk.words.t(&id), code.is_empty())).collect())
}

/// The form of a record.
#[derive(Debug, Default, Template)]
#[template(path = "screens/form.html")]
pub struct FormView {
    /// Around the screen.
    pub frame: Frame,
    /// A sentence below the title.
    pub about: String,
    /// Where it is posted.
    pub action: String,
    /// The version that was opened; empty for a new record.
    pub version: String,
    /// A number made with the form, so that a second press of the button does not make a second record.
    pub once: String,
    /// What must be mended.
    pub findings: Vec<FindingLine>,
    /// What someone else changed meanwhile.
    pub conflict: Option<Conflict>,
    /// The record that is this achievement already.
    pub same: Option<Same>,
    /// The fields, in the order of the paper form.
    pub fields: Vec<FormField>,
    /// Whether the reason for a correction is asked: the record was verified.
    pub correction: bool,
    /// What the correction of a closed figure can be due to; empty where nothing is closed.
    pub causes: Vec<Pick>,
    /// The reason typed.
    pub reason: String,
    /// Whether the record can be handed in from here.
    pub may_submit: bool,
    /// The way back without saving.
    pub cancel: String,
}

/// A record that is the same achievement already.
#[derive(Debug, Default)]
pub struct Same {
    /// What it is called, and where it is.
    pub link: Link,
    /// What its register is called.
    pub register: String,
    /// Whether what was typed can be joined to it.
    pub may_join: bool,
}

/// What someone else changed while the form was open.
#[derive(Debug, Default)]
pub struct Conflict {
    /// Who and when, in words.
    pub who: String,
    /// The differences between the version opened and the newest.
    pub changes: Vec<Change>,
}

/// One field of the form.
#[derive(Debug, Default)]
pub struct FormField {
    /// The field's id: name of the input, and `field-<id>` is its place.
    pub id: String,
    /// The label above.
    pub label: String,
    /// Whether a record without it is refused.
    pub required: bool,
    /// The sentence below; may be empty.
    pub help: String,
    /// The unit inside; may be empty.
    pub unit: String,
    /// What is typed into.
    pub input: Input,
    /// What was typed or is stored.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// What is typed into.
#[derive(Debug, Default)]
pub enum Input {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Lines,
    /// A number; the browser offers digits.
    Number,
    /// A day.
    Date,
    /// A month.
    Month,
    /// A time of day.
    Time,
    /// A telephone number.
    Phone,
    /// An address of a page.
    Address,
    /// One of a few: shown at once.
    Radio(Vec<Pick>),
    /// One of many.
    Select(Vec<Pick>),
    /// Another record: typed by name or key, with suggestions.
    Reference {
        /// Where suggestions come from.
        suggest: String,
        /// The first suggestions.
        picks: Vec<Pick>,
    },
    /// Several other records: one a line.
    References {
        /// The register's list, to look the keys up.
        list: String,
    },
    /// Sensitive and not shown: empty keeps what is stored.
    Covered {
        /// The covered form of what is stored; empty if nothing.
        stored: String,
    },
}

impl FormField {
    /// The ids of what describes the field, for the `aria-describedby` attribute.
    pub fn described(&self) -> String {
        let mut ids = Vec::new();
        if !self.help.is_empty() {
            ids.push(format!("help-{}", self.id));
        }
        if self.error.is_some() {
            ids.push(format!("error-{}", self.id));
        }
        ids.join(" ")
    }

    /// Whether the label stands over a group of inputs rather than one.
    pub fn is_group(&self) -> bool {
        matches!(self.input, Input::Radio(_))
    }

    /// The `type` of the input. Days and numbers are typed as text, so that what someone typed wrongly comes
    /// back as they typed it; only what every browser keeps as typed has a type of its own.
    pub fn html_type(&self) -> &'static str {
        match self.input {
            Input::Phone => "tel",
            Input::Address => "url",
            _ => "text",
        }
    }

    /// The keyboard a phone offers.
    pub fn keyboard(&self) -> &'static str {
        match self.input {
            Input::Number => "decimal",
            Input::Date | Input::Month | Input::Time => "numeric",
            Input::Phone => "tel",
            Input::Address => "url",
            _ => "text",
        }
    }

    /// Whether what goes in is short.
    pub fn is_short(&self) -> bool {
        matches!(self.input, Input::Number | Input::Date | Input::Month | Input::Time | Input::Phone)
    }
}
