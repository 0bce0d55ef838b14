//! The records of a register by pages.

use super::{known, number};
use crate::{
    desk::Desk,
    gate::{About, ByToken, Entry, ExportRecords, Routes, Shape},
    guard::fault::Fault,
    screens::list::Wanted,
    state::AppState,
};
use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use jc_app::AppError;
use jc_app::given::ListQuery;
use jc_base::RecordId;

/// Records in one answer, at most.
pub const MOST: usize = 500;

pub(super) fn routes() -> Routes {
    Routes::new().tells("/api/registers/{register}/records", records, &RECORDS)
}

const RECORDS: About = About {
    says: "api-records",
    asked: &["year", "page", "state", "q", "after", "limit", "reason"],
    sent: None,
    answer: Shape::Records,
};

async fn records(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<ByToken<ExportRecords>>,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let (register, declared) = desk.register(&id)?;
        if !desk.viewer.sees_register(register) {
            return Err(Fault::NotFound);
        }
        let narrowings = Wanted::narrowings(desk, register, declared);
        known(desk, RECORDS.asked, &narrowings.iter().map(String::as_str).collect::<Vec<_>>())?;
        let after = match desk.asked.get("after") {
            "" => None,
            id => Some(RecordId::parse(id).ok_or(Fault::Unclear)?),
        };
        let query = Wanted::read(desk, register, declared, desk.asked)?.query;
        let query = ListQuery { after, limit: number(desk, "limit", 100, 1, MOST)?, ..query };
        // A token was made for something: that is the reason unless another is given.
        let own = desk.person.by.iter().find(|(name, _)| *name == "token").map(|(_, name)| name.as_str());
        let given = desk.asked.get("reason");
        let reason = if given.is_empty() { own.unwrap_or_default() } else { given };
        match desk.viewer.hand_over(register, &query, reason, desk.lang()) {
            Err(AppError::Findings(found)) => super::texts::refused(desk, &found),
            done => Ok(Json(done?).into_response()),
        }
    };
    state.at_desk(entry, work).await
}
