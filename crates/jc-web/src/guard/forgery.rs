//! Against forged requests: a change must come from a screen of this site and carry the token of the session.

use super::fault::Fault;
use crate::state::AppState;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// 128 random bits as 32 digits; empty (and then good for nothing) if the machine has no randomness.
pub fn random() -> String {
    let mut bytes = [0u8; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes.iter().map(|b| format!("{b:02x}")).collect(),
        Err(_) => String::new(),
    }
}

/// The token that forms carry, made from the cookie that the browser holds and no page can read.
pub fn token(secret: &str) -> String {
    blake3::Hash::from(blake3::derive_key("jiangce 2026-11 form token", secret.as_bytes())).to_hex().to_string()
}

/// Whether a token is the one expected, compared in constant time; an empty one never is.
pub fn fits(expected: &str, given: &str) -> bool {
    match (blake3::Hash::from_hex(expected), blake3::Hash::from_hex(given)) {
        (Ok(a), Ok(b)) => a == b && expected != token(""),
        _ => false,
    }
}

/// Refuses changes that another site asks for. Who carries no word about where they come from (a program, an old
/// browser) still needs the token.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || comes_from_here(request.headers(), state.settings().origin.as_deref()) {
        return next.run(request).await;
    }
    Fault::Foreign.into_response()
}

fn comes_from_here(headers: &HeaderMap, own: Option<&str>) -> bool {
    let text = |name| headers.get(name).map(|v: &axum::http::HeaderValue| v.to_str().unwrap_or("?"));
    if let Some(origin) = text(header::ORIGIN.as_str()) {
        return match own {
            Some(own) => origin == own,
            None => text(header::HOST.as_str()).is_some_and(|host| origin.strip_prefix("http://") == Some(host)),
        };
    }
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{comes_from_here, fits, random, token};
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    fn check(headers: &[(&'static str, &'static str)], own: Option<&str>, expect: bool) {
        let map: HeaderMap =
            headers.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        assert_eq!(comes_from_here(&map, own), expect, "{headers:?} {own:?}");
    }

    #[test]
    fn another_site_is_refused() {
        let own = Some("https://jc.example");
        check(&[("origin", "https://jc.example")], own, true);
        check(&[("origin", "https://evil.example")], own, false);
        check(&[("origin", "null")], own, false);
        check(&[("origin", "https://jc.example"), ("sec-fetch-site", "cross-site")], own, true);
        check(&[("sec-fetch-site", "cross-site")], own, false);
        check(&[("sec-fetch-site", "same-site")], own, false);
        check(&[("sec-fetch-site", "same-origin")], own, true);
        check(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], None, true);
        check(&[("origin", "http://127.0.0.1:9"), ("host", "127.0.0.1:8080")], None, false);
        check(&[], own, true);
    }

    #[test]
    fn a_token_belongs_to_its_cookie() {
        let (a, b) = (random(), random());
        assert!(fits(&token(&a), &token(&a)));
        assert!(!fits(&token(&a), &token(&b)));
        assert!(!fits(&token(""), &token("")));
        assert!(!fits("", ""));
    }
}
