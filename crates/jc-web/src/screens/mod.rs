//! The screens, one file each: its addresses, what it is asked, what it shows.
//!
//! A file has `routes()`, the request (a struct of strings that denies unknown fields, read by
//! [`Posted::read`](crate::guard::posted::Posted::read)), short handlers, and the view. A handler that shows something
//! of the school goes through [`AppState::show`](crate::state::AppState::show), which hands it a
//! [`Desk`](crate::desk::Desk): without a person there is none. After a change it answers `303` to the screen that
//! shows it, with `?done=WORD` (a message `done-WORD`). `home` and `sign_in` are the pattern for the others.
//!
//! | screen | addresses |
//! | --- | --- |
//! | [`sign_in`] | `GET POST /sign-in`, `POST /sign-out`, `POST /language` |
//! | [`sign_on`] | `GET /sign-on/{provider}?back=`, `GET …/back`, `POST /sign-on/code`, `POST /account/links/{provider}` |
//! | [`start`] | `GET POST /start/{code}` |
//! | [`account`] | `GET /account`, `POST /account/password`, `POST /account/sessions/{id}`, `POST /account/tokens` |
//! | [`home`] | `GET /?year=` |
//! | [`wall`] | `GET /wall?year=` |
//! | [`areas`] | `GET /registers`, `GET /areas/{area}` |
//! | [`list`] | `GET /registers/{register}?year=&q=&state=&<slice>=&sort=&desc=&after=&dense=`, `POST …/submit` |
//! | [`coverage`] | `GET /registers/{register}/coverage/{list}?year=` |
//! | [`closing`] | `GET /closing?year=&standing=`, `GET POST /registers/{register}/closing?page=` |
//! | [`week`] | `GET /registers/{register}/week?week=&by=` |
//! | [`sign_up`] | `GET POST /sign-up` |
//! | [`consents`] | `GET POST /consents` |
//! | [`check_in`] | `GET POST /check-in/{code}`, `GET POST /registers/{register}/records/{id}/check-in` |
//! | [`certificate`] | `GET /registers/{register}/records/{id}/certificate`, `GET /certificates/{code}` |
//! | [`export`] | `GET POST /registers/{register}/export` with the list's query, `GET …/export/made/{job}`, `…/file` |
//! | [`form`] | `GET POST /registers/{register}/new`, `GET POST …/records/{id}/edit`, `GET …/suggest?field=&<field>=` |
//! | [`record`] | `GET /registers/{register}/records/{id}`, `POST …/{submit,withdraw,verify,return,reveal,copy}` |
//! | [`record`] | `POST …/evidence`, `GET …/evidence/{sha256}`, `POST …/evidence/{sha256}/remove` |
//! | [`import`] | `GET POST /registers/{register}/import`, `GET POST …/import/{stage}?step=&rows=`, `GET …/template.xlsx` |
//! | [`import`] | `GET …/import/{stage}/comments.xlsx`, `…/rejected.xlsx`, `POST …/undo` |
//! | [`inbox`] | `GET /inbox?register=&at=`; decisions are posted to the record with `from=inbox` |
//! | [`figures`] | `GET /figures?year=&area=&q=&state=&definitions=all` |
//! | [`figure`] | `GET /figures/{indicator}?year=&records=numerator|denominator|left-out&from=&slice=` |
//! | [`which`] | `GET /figures/which?number=&unit=&indicator=&years=all` |
//! | [`check`] | `GET POST /check?year=`, `GET /check/compare` |
//! | [`check`] | `GET POST /check/{text}?only=`, `GET …/verdicts.json`, `POST …/make`, `GET …/made/{job}`, `…/file` |
//! | [`reports`] | `GET /reports`, `GET /reports/{report}?year=&profile=`, `GET POST …/chapters/{chapter}` |
//! | [`reports`] | `POST /reports/{report}/make`, `GET /reports/made/{job}`, `GET …/file`, as [`made`] shows them |
//! | [`printed`] | `GET /v/{code}` |
//! | [`catalog`] | `GET /catalog`, `GET /catalog/{register}` |
//! | [`audit`] | `GET /audit?kind=&who=&from=&until=&before=` |
//! | [`approvals`] | `GET /approvals`, `POST /approvals/{request}` |
//! | [`access`] | `GET /access?who=&whose=&from=&until=&before=`, `GET /access/yearly.pdf?year=` |
//! | [`growth`] | `GET /growth?on=&stage=`, `GET /growth/people/{id}?on=`, `GET …/dossier?on=` |
//! | [`search`] | `GET /search?q=` |
//! | [`fault`] | every error |

pub mod access;
pub mod account;
pub mod accounts;
pub mod approvals;
pub mod areas;
pub mod audit;
pub mod catalog;
pub mod certificate;
pub mod check;
pub mod check_in;
pub mod closing;
pub mod consents;
pub mod coverage;
pub mod export;
pub mod fault;
pub mod figure;
pub mod figures;
pub mod form;
pub mod growth;
pub mod home;
pub mod import;
pub mod inbox;
pub mod list;
pub mod made;
pub mod printed;
pub mod record;
pub mod reports;
pub mod rights;
pub mod search;
pub mod sign_in;
pub mod sign_on;
pub mod sign_up;
pub mod start;
pub mod wall;
pub mod week;
pub mod which;

use crate::guard::fault::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};

/// What was sent cannot be taken as it is: the screen once more, which says what is to be mended.
fn to_mend(view: &impl Template) -> Result<Response, Fault> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(view.render()?)).into_response())
}
