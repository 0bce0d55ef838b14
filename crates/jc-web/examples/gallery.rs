//! Shows every screen with invented data, as the product serves it (same files, same policy):
//! `cargo run -p jc-web --features gallery --example gallery -- 8099`, then `http://127.0.0.1:8099/gallery/zh`.

use axum::{Router, extract::Path, http::StatusCode, response::Html, routing::get};
use jc_base::Lang;
use jc_web::{assets, gallery, guard::headers};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port: u16 = std::env::args().nth(1).and_then(|p| p.parse().ok()).unwrap_or(8099);
    let app = Router::new()
        .route("/gallery/{lang}", get(index))
        .route("/gallery/{lang}/{screen}", get(show))
        .merge(assets::routes())
        .layer(axum::middleware::from_fn(headers::guard));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, app).await
}

async fn index(Path(lang): Path<String>) -> Html<String> {
    let lang = Lang::from_code(&lang).unwrap_or_default();
    let items: String = gallery::screens(lang)
        .into_iter()
        .map(|(name, _)| format!("<li><a href=\"/gallery/{lang}/{name}\">{name}</a></li>"))
        .collect();
    Html(format!("<!doctype html><title>gallery</title><ul>{items}</ul>"))
}

async fn show(Path((lang, screen)): Path<(String, String)>) -> Result<Html<String>, StatusCode> {
    let lang = Lang::from_code(&lang).unwrap_or_default();
    let found = gallery::screens(lang).into_iter().find(|(name, _)| *name == screen);
    found.map(|(_, html)| Html(html)).ok_or(StatusCode::NOT_FOUND)
}
