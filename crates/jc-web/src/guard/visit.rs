//! Who comes: cookies and language of a request, read once before any screen.

use super::{cookies, forgery};
use crate::{ops::Peer, state::AppState, words::Words};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use jc_base::Lang;
use std::{convert::Infallible, net::IpAddr};

/// What is known of a request before anything is looked up.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The session's token, as the browser holds it.
    pub session: Option<String>,
    /// The token forms must carry.
    pub token: String,
    /// The language.
    pub words: Words,
    /// The address asked for, with its query: where a change of language comes back to.
    pub here: String,
    /// Whether htmx asks for a part of the screen.
    pub partial: bool,
    /// The address it comes from; empty if it is not known.
    pub address: String,
    /// Whether it is for what answers programs.
    pub program: bool,
    /// The token a program shows; looked at only where programs are answered.
    pub bearer: Option<String>,
}

/// What is below this answers programs.
pub const PROGRAMS: &str = "/api/";

/// Reads the visit, and gives a stranger the cookie that the forms before signing in need.
pub async fn guard(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let https = state.settings().https;
    let headers = request.headers();
    let session = cookies::find(headers, cookies::SESSION, https);
    let known = cookies::find(headers, cookies::VISIT, https);
    let program = request.uri().path().starts_with(PROGRAMS);
    let fresh = (session.is_none() && known.is_none() && !program).then(forgery::random);
    let secret = session.as_deref().or(known.as_deref()).or(fresh.as_deref()).unwrap_or_default();
    let visit = Visit {
        token: forgery::token(secret),
        words: Words(language(headers, https)),
        here: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        partial: headers.contains_key("hx-request"),
        address: address(&request),
        program,
        bearer: bearer(headers).filter(|_| program),
        session,
    };
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    if let Some(cookie) = fresh.as_deref().and_then(|value| cookies::set(cookies::VISIT, value, https, None)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The token in the header, without the word before it.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let fits = scheme.eq_ignore_ascii_case("bearer") && token.len() <= 128;
    fits.then(|| token.trim().to_owned())
}

/// Where a request comes from. A proxy on this machine is believed in what it adds; anyone else's word is not.
fn address(request: &Request) -> String {
    let Some(Peer(peer)) = request.extensions().get::<Peer>() else { return String::new() };
    if !peer.is_loopback() {
        return peer.to_string();
    }
    let said = request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let last = said.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse::<IpAddr>().ok());
    last.map_or_else(String::new, |ip| ip.to_string())
}

/// The language chosen, or the first of the browser's that we have, or Chinese.
fn language(headers: &HeaderMap, https: bool) -> Lang {
    let chosen = cookies::find(headers, cookies::LANG, https).and_then(|code| Lang::from_code(&code));
    let accepted = || {
        let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        list.split(',').find_map(|entry| Lang::from_code(entry.split(';').next()?.trim()))
    };
    chosen.or_else(accepted).unwrap_or_default()
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Visit>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::language;
    use axum::http::{HeaderMap, HeaderValue, header};
    use jc_base::Lang;

    #[test]
    fn the_language_is_chosen_accepted_or_chinese() {
        let mut headers = HeaderMap::new();
        assert_eq!(language(&headers, false), Lang::Zh);
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("fr-FR, de-DE;q=0.8, en;q=0.5"));
        assert_eq!(language(&headers, false), Lang::De);
        headers.insert(header::COOKIE, HeaderValue::from_static("jc-lang=en"));
        assert_eq!(language(&headers, false), Lang::En);
    }
}
