//! The name a request was sent to: only the public address's, or this machine's own. A page elsewhere whose name has been
//! pointed at us (DNS rebinding) asks under its own name and gets nothing; and no name that a stranger made up can come
//! back in a link.

use super::fault::Fault;
use crate::state::AppState;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::net::{Ipv4Addr, Ipv6Addr};

/// Refuses what was sent to another name. Ports are not compared: proxies change them.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_ours(request.uri(), request.headers(), state.settings().origin.as_deref()) {
        return next.run(request).await;
    }
    Fault::Misdirected.into_response()
}

/// Whether every name that a request gives for its receiver is ours; who gives none (HTTP/1.0) may pass.
fn is_ours(uri: &Uri, headers: &HeaderMap, public: Option<&str>) -> bool {
    let public = public.and_then(|origin| origin.split_once("://")).and_then(|(_, host)| host.parse().ok());
    let fits = |given: &Authority| {
        let own = public.as_ref().is_some_and(|own: &Authority| own.host().eq_ignore_ascii_case(given.host()));
        !given.as_str().contains('@') && (own || is_this_machine(given.host()))
    };
    let told = [header::HOST.as_str(), "x-forwarded-host"].into_iter().flat_map(|name| headers.get_all(name));
    uri.authority().is_none_or(fits)
        && told
            .into_iter()
            .all(|value| value.to_str().ok().and_then(|host| host.parse().ok()).is_some_and(|a| fits(&a)))
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        || bare.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_ours;
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

    fn check(uri: &'static str, headers: &[(&'static str, &'static str)], public: Option<&str>, expect: bool) {
        let map: HeaderMap =
            headers.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        assert_eq!(is_ours(&Uri::from_static(uri), &map, public), expect, "{uri} {headers:?} {public:?}");
    }

    #[test]
    fn only_our_own_names_are_answered() {
        let public = Some("https://jc.example.edu.cn:8443");
        for host in
            ["jc.example.edu.cn:8443", "JC.example.edu.cn", "127.0.0.1:8321", "localhost", "[::1]:8321", "127.9.9.9"]
        {
            check("/", &[("host", host)], public, true);
            check("/", &[("host", "127.0.0.1"), ("x-forwarded-host", host)], public, true);
        }
        for host in [
            "evil.example",
            "jc.example.edu.cn.evil.example",
            "xjc.example.edu.cn",
            "192.0.2.7",
            "0.0.0.0",
            "",
            "a b",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "user@jc.example.edu.cn",
            "[::2]",
        ] {
            check("/", &[("host", host)], public, false);
            check("/", &[("host", host)], None, false);
            check("/", &[("host", "jc.example.edu.cn"), ("x-forwarded-host", host)], public, false);
        }
        check("/", &[("host", "jc.example.edu.cn")], None, false);
        check("https://evil.example/", &[], public, false);
        check("https://jc.example.edu.cn/", &[("host", "evil.example")], public, false);
        check("https://jc.example.edu.cn/", &[], public, true);
        check("/", &[], None, true);
    }
}
