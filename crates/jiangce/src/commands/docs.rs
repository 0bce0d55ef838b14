//! `docs`: pages of the reference, printed for `cargo xtask docs`.

use crate::cli::{Docs, DocsPage};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::reference;
use anyhow::Result;

/// Prints a page as Markdown, or the document for programs as JSON.
pub fn run(desk: &Desk, given: &Docs) -> Result<Exit> {
    let page = match given.page {
        DocsPage::Commands => reference::commands(desk.lang),
        DocsPage::Findings => reference::findings(desk.lang),
        DocsPage::Settings => reference::settings(desk.lang),
        DocsPage::Openapi => {
            let catalog = jc_app::app::read_catalog(&desk.data())?;
            format!("{:#}", jc_web::api::document::document(&catalog, desk.lang, "/"))
        }
        DocsPage::Personal => jc_app::personal_page::shipped(desk.lang),
    };
    desk.say(page.trim_end());
    Ok(Exit::Fine)
}
