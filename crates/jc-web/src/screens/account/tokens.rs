//! Tokens of one's own programs: made for some of what one may do, shown once, ended at any time.

use super::{said, view};
use crate::{
    desk::Desk,
    gate::{Entry, OwnAccount, SignedIn},
    guard::{fault::Fault, posted::Posted},
    parts::Pick,
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
use jc_app::api_tokens::{FOR_PROGRAMS, MOST_DAYS, NewToken, Token};
use jc_app::app::ZONE_HOURS;
use jc_app::given::Operation;
use jc_base::{Date, Instant, RecordId};

/// So many days a token lives unless another day is chosen.
const USUAL_DAYS: i64 = 90;

pub(super) async fn make(
    State(state): State<AppState>,
    entry: Entry<SignedIn>,
    posted: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        let field = |name: &str| posted.get(name).unwrap_or_default().trim().to_owned();
        let wanted: Vec<&str> = posted.all("may").collect();
        let new = NewToken {
            name: field("name"),
            may: FOR_PROGRAMS.into_iter().filter(|operation| wanted.contains(&operation.code())).collect(),
            until: Date::parse_iso(&field("until")).ok_or(Fault::Unclear)?,
        };
        let made = desk.app.make_token(desk.person, posted.get("password").unwrap_or_default(), &new);
        let (status, made, faults) = match made {
            Ok(token) => (StatusCode::OK, Some((new.name.clone(), token)), Vec::new()),
            Err(AppError::Findings(found)) => (StatusCode::UNPROCESSABLE_ENTITY, None, said(desk.words, &found)),
            Err(AppError::SignInRefused) => {
                (StatusCode::UNPROCESSABLE_ENTITY, None, vec![desk.words.t("password-old-wrong")])
            }
            Err(AppError::Wait { seconds }) => {
                let wait = desk.words.t1("sign-in-wait", "seconds", seconds);
                (StatusCode::UNPROCESSABLE_ENTITY, None, vec![wait])
            }
            Err(error) => return Err(error.into()),
        };
        let mut shown = view(desk, Vec::new())?;
        if let Some(tokens) = &mut shown.tokens {
            if !faults.is_empty() {
                tokens.name.clone_from(&new.name);
                tokens.until = new.until.to_string();
                tokens.may = picks(desk, &new.may);
            }
            (tokens.made, tokens.faults) = (made, faults);
        }
        Ok((status, Html(shown.render()?)).into_response())
    };
    state.at_desk(entry, work).await
}

pub(super) async fn end(
    State(state): State<AppState>,
    Path(token): Path<String>,
    entry: Entry<OwnAccount>,
    _: Posted,
) -> Result<Response, Fault> {
    let work = move |desk: &Desk| {
        desk.app.end_own_token(desk.person, RecordId::parse(&token).ok_or(Fault::NotFound)?)?;
        Ok(Redirect::to("/account#tokens").into_response())
    };
    state.at_desk(entry, work).await
}

/// What a person can give a program, some of it chosen.
fn picks(desk: &Desk, chosen: &[Operation]) -> Vec<Pick> {
    let can = desk.person.can_give(desk.viewer.catalog());
    let pick = |operation: Operation| {
        let label = desk.words.t(&format!("operation-{}", operation.code()));
        Pick::new(operation.code(), label, chosen.contains(&operation))
    };
    can.into_iter().map(pick).collect()
}

impl Tokens {
    pub(super) fn of(desk: &Desk) -> Result<Option<Self>, Fault> {
        let tokens = desk.app.own_tokens(desk.person)?;
        let may = picks(desk, &[]);
        if may.is_empty() && tokens.is_empty() {
            return Ok(None);
        }
        let today = desk.app.moment().today;
        Ok(Some(Self {
            rows: tokens.iter().map(|token| TokenRow::of(desk, token, "/account/tokens")).collect(),
            may,
            until: today.plus_days(USUAL_DAYS).to_string(),
            latest: today.plus_days(MOST_DAYS).to_string(),
            today: today.to_string(),
            ..Self::default()
        }))
    }
}

impl TokenRow {
    /// A token in a line, ended below an address.
    pub fn of(desk: &Desk, token: &Token, below: &str) -> Self {
        let words = desk.words;
        let day = |at: Instant| show::day(desk.lang(), at.local_date(ZONE_HOURS));
        let may = token.may.iter().map(|operation| words.t(&format!("operation-{}", operation.code())));
        let may = may.collect::<Vec<_>>().join(&words.t("value-and"));
        let over = token.until <= desk.app.moment().now;
        let until = if over { "account-token-over" } else { "account-token-until" };
        let seen = match token.seen_at {
            Some(at) => words.t1("account-token-seen", "at", super::super::record::lines::when(at.0)),
            None => words.t("account-token-unseen"),
        };
        let until = words.t1(until, "day", day(Instant(token.until.0 - 1)));
        Self { name: token.name.clone(), about: [may, until, seen].join(" · "), end: format!("{below}/{}", token.id) }
    }
}

/// One's tokens, and the form for another.
#[derive(Debug, Default)]
pub struct Tokens {
    /// Those there are.
    pub rows: Vec<TokenRow>,
    /// The one just made: its name, and the token, which is shown once.
    pub made: Option<(String, String)>,
    /// Why none was made.
    pub faults: Vec<String>,
    /// The name typed.
    pub name: String,
    /// What can be given; without any there is no form.
    pub may: Vec<Pick>,
    /// The last day chosen.
    pub until: String,
    /// The first day that can be.
    pub today: String,
    /// The last day that can be.
    pub latest: String,
}

/// A token in a line.
#[derive(Debug, Default)]
pub struct TokenRow {
    /// Which program, what for.
    pub name: String,
    /// What it may, until when, and when it was used, in words.
    pub about: String,
    /// Where to post to end it.
    pub end: String,
}
