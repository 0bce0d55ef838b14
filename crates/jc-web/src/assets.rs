//! Style, script and pictures, served from the program under names that carry a digest of their content.

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::LazyLock;

/// A file a browser asks for.
#[derive(Debug)]
pub struct Asset {
    /// Its address, with the digest in the name.
    pub href: String,
    kind: &'static str,
    content: &'static str,
}

/// The files screens refer to.
#[derive(Debug)]
pub struct Assets {
    /// All styles, in one file.
    pub style: Asset,
    /// The keyboard and other comforts.
    pub script: Asset,
    /// htmx 2.
    pub htmx: Asset,
    /// The icons, one symbol each.
    pub icons: Asset,
    /// The seal, as the tab's picture.
    pub seal: Asset,
}

const STYLE: &str = concat!(
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/frame.css"),
    include_str!("../assets/css/parts.css"),
    include_str!("../assets/css/tables.css"),
    include_str!("../assets/css/forms.css"),
    include_str!("../assets/css/screens.css"),
    include_str!("../assets/css/print.css"),
);

/// The files of this build.
pub static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    style: asset("style", "css", "text/css; charset=utf-8", STYLE),
    script: asset("jiangce", "js", "text/javascript; charset=utf-8", include_str!("../assets/js/jiangce.js")),
    htmx: asset("htmx", "js", "text/javascript; charset=utf-8", include_str!("../assets/vendor/htmx-2.0.11.min.js")),
    icons: asset("icons", "svg", "image/svg+xml", include_str!("../assets/icons.svg")),
    seal: asset("seal", "svg", "image/svg+xml", include_str!("../assets/seal.svg")),
});

fn asset(name: &str, extension: &str, kind: &'static str, content: &'static str) -> Asset {
    let digest = blake3::hash(content.as_bytes()).to_hex();
    Asset { href: format!("/assets/{name}.{}.{extension}", digest.get(..12).unwrap_or(&digest)), kind, content }
}

impl Assets {
    /// Every file.
    pub fn all(&self) -> [&Asset; 5] {
        [&self.style, &self.script, &self.htmx, &self.icons, &self.seal]
    }
}

impl Asset {
    /// What is in it.
    pub fn content(&self) -> &'static str {
        self.content
    }
}

/// The addresses of the files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve)).layer(tower_http::compression::CompressionLayer::new())
}

async fn serve(Path(file): Path<String>) -> Response {
    let found = ASSETS.all().into_iter().find(|a| a.href.strip_prefix("/assets/") == Some(&file));
    let Some(asset) = found else { return StatusCode::NOT_FOUND.into_response() };
    // The name changes with the content, so a copy is good for ever.
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, asset.content).into_response()
}
