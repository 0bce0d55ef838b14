//! Cookies, read and written by hand: there are three, and none carries anything but a token or a language.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session's token.
pub const SESSION: &str = "jc-session";
/// A random number for whoever has not signed in, so that the forms before it have a token too.
pub const VISIT: &str = "jc-visit";
/// The language chosen.
pub const LANG: &str = "jc-lang";

/// The name as the browser has it: over TLS bound to this host and path.
fn name(plain: &str, https: bool) -> String {
    if https { format!("__Host-{plain}") } else { plain.to_owned() }
}

/// The value of a cookie. One that came twice is not believed.
pub fn find(headers: &HeaderMap, plain: &str, https: bool) -> Option<String> {
    let name = name(plain, https);
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(n, _)| *n == name)
        .map(|(_, v)| v);
    match (found.next(), found.next()) {
        (Some(value), None) if !value.is_empty() && value.len() <= 128 => Some(value.to_owned()),
        _ => None,
    }
}

/// The header that sets a cookie. `max_age` in seconds; nothing ends it with the browser's window, 0 at once.
pub fn set(plain: &str, value: &str, https: bool, max_age: Option<u32>) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let age = max_age.map_or_else(String::new, |s| format!("; Max-Age={s}"));
    HeaderValue::from_str(&format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", name(plain, https))).ok()
}

#[cfg(test)]
mod tests {
    use super::{SESSION, find, set};
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn a_cookie_is_found_once_or_not_at_all() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; jc-session=abc"));
        assert_eq!(find(&headers, SESSION, false).as_deref(), Some("abc"));
        assert_eq!(find(&headers, SESSION, true), None);
        headers.append(header::COOKIE, HeaderValue::from_static("jc-session=def"));
        assert_eq!(find(&headers, SESSION, false), None);
    }

    #[test]
    fn over_tls_a_cookie_is_bound_to_the_host() {
        let header = set(SESSION, "abc", true, None).expect("a header");
        assert_eq!(header.to_str().ok(), Some("__Host-jc-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure"));
    }
}
