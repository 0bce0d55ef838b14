//! What a form sends. The only ways to read a body: both look at the token first, so that none can be forgotten.

use super::{fault::Fault, forgery, visit::Visit};
use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Multipart, Request},
    http::header,
};
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error as ShapeError, value::MapDeserializer};

/// The largest form without files.
pub const FORM_BYTES: usize = 512 * 1024;

/// The fields of a form, its token seen and taken off.
#[derive(Debug)]
pub struct Posted(pub Vec<(String, String)>);

impl Posted {
    /// The value of a field, or nothing.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// That there was nothing but the token.
    pub fn nothing(&self) -> Result<(), Fault> {
        if self.0.is_empty() { Ok(()) } else { Err(Fault::Unclear) }
    }

    /// The fields as the request of one action: a struct of strings that denies unknown fields.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Fault> {
        let map = MapDeserializer::<_, ShapeError>::new(self.0.into_iter().map(|(n, v)| (n, v.into_deserializer())));
        T::deserialize(map).map_err(|_| Fault::Unclear)
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        let (expected, kind) = (expected(&request), content_type(&request));
        if !kind.starts_with("application/x-www-form-urlencoded") || is_packed(&request) {
            return Err(Fault::WrongKind);
        }
        let by_header = header_token(&request);
        let bytes = to_bytes(request.into_body(), FORM_BYTES).await.map_err(|_| Fault::TooLarge)?;
        let mut fields = decode(&bytes).ok_or(Fault::Unclear)?;
        let given = fields.iter().find(|(n, _)| n == "token").map(|(_, v)| v.clone()).or(by_header);
        if !given.is_some_and(|given| forgery::fits(&expected, &given)) {
            return Err(Fault::Foreign);
        }
        fields.retain(|(name, _)| name != "token");
        Ok(Self(fields))
    }
}

/// A form with files; its first part was the token.
#[derive(Debug, Default)]
pub struct Uploaded {
    /// The fields without files.
    pub fields: Vec<(String, String)>,
    /// The files: field, name as given, content. A file input left empty sends none.
    pub files: Vec<(String, String, Bytes)>,
}

impl Uploaded {
    /// The value of a field, or nothing.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

impl<S: Send + Sync> FromRequest<S> for Uploaded {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        if is_packed(&request) {
            return Err(Fault::WrongKind);
        }
        let (expected, by_header) = (expected(&request), header_token(&request));
        // No browser shows a program's token by itself: where only that is taken, no request can be forged.
        let program = request.extensions().get::<Visit>().is_some_and(|visit| visit.program);
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| Fault::WrongKind)?;
        let mut trusted = program || by_header.is_some_and(|given| forgery::fits(&expected, &given));
        let mut out = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|e| Fault::body(e.status()))? {
            if out.fields.len() + out.files.len() >= 50 {
                return Err(Fault::TooLarge);
            }
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            if !trusted && name != "token" {
                return Err(Fault::Foreign);
            }
            let content = part.bytes().await.map_err(|e| Fault::body(e.status()))?;
            match file {
                Some(file) if !file.is_empty() || !content.is_empty() => out.files.push((name, file, content)),
                Some(_) => {}
                None => {
                    let text = String::from_utf8(content.to_vec()).map_err(|_| Fault::Unclear)?;
                    if name != "token" {
                        out.fields.push((name, text));
                    } else if forgery::fits(&expected, &text) {
                        trusted = true;
                    } else {
                        return Err(Fault::Foreign);
                    }
                }
            }
        }
        if trusted { Ok(out) } else { Err(Fault::Foreign) }
    }
}

fn expected(request: &Request) -> String {
    request.extensions().get::<Visit>().map(|visit| visit.token.clone()).unwrap_or_default()
}

fn content_type(request: &Request) -> String {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    value.unwrap_or_default().to_ascii_lowercase()
}

/// Whether a body is compressed: its length would say nothing.
fn is_packed(request: &Request) -> bool {
    let plain = |value: &axum::http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    request.headers().get_all(header::CONTENT_ENCODING).iter().any(|value| !plain(value))
}

fn header_token(request: &Request) -> Option<String> {
    request.headers().get("x-csrf-token").and_then(|v| v.to_str().ok()).map(str::to_owned)
}

/// The pairs of a form; nothing if it is no UTF-8.
pub fn decode(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for pair in bytes.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
        let mut halves = pair.splitn(2, |b| *b == b'=');
        let (name, value) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
        pairs.push((percent(name)?, percent(value)?));
    }
    Some(pairs)
}

fn percent(text: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(bytes.next()?).to_digit(16)?;
                let low = char::from(bytes.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

/// The query of an address, read like a form.
#[derive(Debug, Clone, Default)]
pub struct Asked(pub Vec<(String, String)>);

impl Asked {
    /// The value of a name, or the empty text.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// The address `path` with these names except `without`, and `with` added.
    pub fn address(&self, path: &str, without: &[&str], with: &[(&str, &str)]) -> String {
        let kept = self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let kept = kept.filter(|(n, v)| !v.is_empty() && !without.contains(n) && with.iter().all(|(w, _)| w != n));
        crate::show::address(path, kept.chain(with.iter().copied()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, Fault> {
        decode(parts.uri.query().unwrap_or_default().as_bytes()).map(Self).ok_or(Fault::Unclear)
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Posted, decode};

    #[derive(Debug, serde::Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Return {
        version: String,
        #[serde(default)]
        reason: String,
    }

    #[test]
    fn forms_are_decoded_or_refused() {
        let pairs = decode("version=3&reason=%E4%BD%90%E8%AF%81+%2B".as_bytes()).expect("pairs");
        let read: Return = Posted(pairs).read().expect("a request");
        assert_eq!(read, Return { version: "3".into(), reason: "佐证 +".into() });
        for bad in ["a=%E4", "a=%zz", "a=%4"] {
            assert!(decode(bad.as_bytes()).is_none(), "{bad}");
        }
        let unknown = Posted(vec![("version".into(), "3".into()), ("state".into(), "verified".into())]);
        assert!(unknown.read::<Return>().is_err());
    }

    #[test]
    fn addresses_keep_what_is_asked() {
        let asked = Asked(decode("year=2024&q=a%26b&state=".as_bytes()).expect("pairs"));
        assert_eq!(asked.address("/x", &[], &[("state", "draft")]), "/x?year=2024&q=a%26b&state=draft");
        assert_eq!(asked.address("/x", &["year", "q"], &[]), "/x");
    }
}
