//! What a step of the import sends, and what comes of it.

use super::{Shown, Work, steps, words};
use crate::{
    desk::Desk,
    gate::{Entry, KeepRecords},
    guard::{fault::Fault, posted::Posted},
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jc_app::AppError;
use jc_app::given::{ColumnRole, Correction, Limits, Mapping};
use jc_app::import::{Choice, Request};
use jc_app::stage::{Done, Stage, role};
use std::collections::HashSet;

/// Takes a step: its fields are `step` and those of the step.
pub async fn step(
    State(state): State<AppState>,
    Path((register, stage)): Path<(String, String)>,
    entry: Entry<KeepRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let mut work = Work::find(desk, &register, &stage)?;
        if work.stage.done.is_some() {
            return Ok(Redirect::to(&work.here()).into_response());
        }
        let mut fields = posted.0;
        let at = fields.iter().position(|(name, _)| name == "step").ok_or(Fault::Unclear)?;
        let (_, step) = fields.swap_remove(at);
        match step.as_str() {
            "sheet" => sheet(&mut work, &fields),
            "columns" => columns(&mut work, &fields),
            "commit" => commit(&mut work, &fields),
            _ => Err(Fault::Unclear),
        }
    };
    state.at_desk(entry, work).await
}

/// Takes the import back.
pub async fn undo(
    State(state): State<AppState>,
    Path((register, stage)): Path<(String, String)>,
    entry: Entry<KeepRecords>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        posted.nothing()?;
        let mut work = Work::find(desk, &register, &stage)?;
        let Some(done) = work.stage.done.as_mut().filter(|done| done.can_be_undone()) else {
            return Ok(Redirect::to(&work.here()).into_response());
        };
        match work.keeper.undo_import(done.seq, desk.lang()) {
            Ok(undone) => {
                done.undone = Some((undone.withdrawn, undone.restored));
                desk.app.keep_stage(&work.stage)?;
                Ok(onward(&work))
            }
            Err(AppError::Findings(found)) => {
                let faults = words(desk, &found);
                refused(&work, StatusCode::UNPROCESSABLE_ENTITY, Shown { faults, ..Shown::default() })
            }
            Err(error) => Err(error.into()),
        }
    };
    state.at_desk(entry, work).await
}

/// Back to the screen, which shows the next step.
fn onward(work: &Work) -> Response {
    Redirect::to(&work.here()).into_response()
}

fn refused(work: &Work, status: StatusCode, shown: Shown) -> Result<Response, Fault> {
    Ok((status, Html(steps::view(work, shown)?.render()?)).into_response())
}

/// A field by its name; one of another name is refused.
fn only<'f>(fields: &'f [(String, String)], names: &[&str]) -> Result<impl Fn(&str) -> &'f str, Fault> {
    if fields.iter().any(|(name, _)| !names.contains(&name.as_str())) {
        return Err(Fault::Unclear);
    }
    Ok(move |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str()))
}

fn sheet(work: &mut Work, fields: &[(String, String)]) -> Result<Response, Fault> {
    let field = only(fields, &["sheet", "header"])?;
    let sheet: usize = field("sheet").parse().map_err(|_| Fault::Unclear)?;
    let header = field("header").trim().parse::<u32>().ok().filter(|row| *row > 0);
    let looks = work.looks()?;
    let look = looks.get(sheet).ok_or(Fault::Unclear)?;
    let fault = match header {
        None => Some("import-header-none"),
        Some(row) if look.first_rows.iter().all(|r| r.number != row) => Some("import-header-none"),
        Some(_) => None,
    };
    let guessed = look.guess.mapping.as_ref().map(Mapping::last_header_row);
    work.stage.sheet = Some(sheet);
    work.stage.header = header.filter(|row| Some(*row) != guessed);
    work.stage.map(None, work.declared);
    if let Some(fault) = fault {
        let faults = vec![work.desk.words.t(fault)];
        return refused(
            work,
            StatusCode::UNPROCESSABLE_ENTITY,
            Shown { faults, again: "sheet".into(), ..Shown::default() },
        );
    }
    work.desk.app.keep_stage(&work.stage)?;
    Ok(onward(work))
}

fn columns(work: &mut Work, fields: &[(String, String)]) -> Result<Response, Fault> {
    let looks = work.looks()?;
    let mut mapping = work.guessed(&looks).ok_or(Fault::Unclear)?;
    let desk = work.desk;
    let sent = |letter: &str| fields.iter().find(|(name, _)| name.strip_prefix("column-") == Some(letter));
    let mut faults = Vec::new();
    for column in &mut mapping.columns {
        let letter = steps::letter(column.column);
        let (_, word) = sent(&letter).ok_or(Fault::Unclear)?;
        column.role = role(work.declared, word).ok_or(Fault::Unclear)?;
        column.sure = true;
    }
    let name = |ix: usize| work.declared.fields.get(ix).map_or("", |field| field.name.get(desk.lang()));
    let mut taken = HashSet::new();
    for column in &mapping.columns {
        if let ColumnRole::Field(ix) = column.role
            && !taken.insert(ix)
        {
            faults.push(desk.words.t1("import-field-twice", "field", name(ix)));
        }
    }
    let lacking: Vec<&str> = work.lacking(&mapping).into_iter().map(name).collect();
    if !lacking.is_empty() {
        faults.push(desk.words.t1("import-field-lacking", "fields", lacking.join(&desk.words.t("value-and"))));
    }
    if !faults.is_empty() {
        let columns = fields.iter().map(|(n, v)| (n.trim_start_matches("column-").to_owned(), v.clone())).collect();
        let shown = Shown { faults, columns: Some(columns), again: "columns".into() };
        return refused(work, StatusCode::UNPROCESSABLE_ENTITY, shown);
    }
    work.stage.map(Some(&mapping), work.declared);
    desk.app.keep_stage(&work.stage)?;
    Ok(onward(work))
}

fn commit(work: &mut Work, fields: &[(String, String)]) -> Result<Response, Fault> {
    let field = only(fields, &["take", "digest", "submit", "reason"])?;
    let choice = match field("take") {
        "all" => Choice::AllOrNothing,
        "good" => Choice::GoodRows,
        _ => return Err(Fault::Unclear),
    };
    let submitted = field("submit") == "yes";
    let request = work.request(choice, submitted)?.ok_or(Fault::Unclear)?;
    let desk = work.desk;
    let reason = field("reason").trim();
    let why = (!reason.is_empty()).then(|| Correction { cause: None, reason: reason.to_owned() });
    let (register, _) = desk.register(work.declared.id.as_str())?;
    match desk.app.keeper(desk.person, register)?.because(why).import(&request, Some(field("digest")), &mut |_| {}) {
        Ok(report) if report.committed => {
            let (new, changed, joined, rejected) = (report.new, report.changed, report.joined, report.rejected);
            let (joined_to, seq) = (report.joined_to, report.seq.unwrap_or_default());
            work.stage.done = Some(Done { new, changed, joined, joined_to, rejected, submitted, seq, undone: None });
            desk.app.keep_stage(&work.stage)?;
            Ok(onward(work))
        }
        Ok(report) => {
            let faults = vec![desk.words.t1("import-all-hindered", "n", report.rejected)];
            refused(work, StatusCode::UNPROCESSABLE_ENTITY, Shown { faults, ..Shown::default() })
        }
        Err(AppError::PreviewOutdated) => {
            let faults = vec![desk.words.t("import-outdated")];
            refused(work, StatusCode::CONFLICT, Shown { faults, ..Shown::default() })
        }
        Err(AppError::Findings(found)) => {
            let faults = words(desk, &found);
            refused(work, StatusCode::UNPROCESSABLE_ENTITY, Shown { faults, ..Shown::default() })
        }
        Err(error) => Err(error.into()),
    }
}

impl Work<'_, '_> {
    /// The import as it would be done with what was chosen so far; nothing before the columns are.
    pub fn request(&self, choice: Choice, submit: bool) -> Result<Option<Request>, Fault> {
        let (Some(sheet), Some(mapping)) = (self.stage.sheet, self.stage.mapping(self.declared)) else {
            return Ok(None);
        };
        Ok(Some(Request {
            file: self.stage.file.clone(),
            bytes: self.desk.app.upload(&self.stage)?,
            sheet,
            mapping: Some(mapping),
            choice,
            state: Stage::state(submit),
            lang: self.desk.lang(),
            limits: Limits::default(),
        }))
    }

    /// The required fields that no column is for.
    pub fn lacking(&self, mapping: &Mapping) -> Vec<usize> {
        let fields = self.declared.fields.iter().enumerate();
        let needed =
            fields.filter(|(ix, field)| field.retired.is_none() && (field.required || self.declared.key.contains(ix)));
        needed.map(|(ix, _)| ix).filter(|ix| mapping.column_of(*ix).is_none()).collect()
    }
}
