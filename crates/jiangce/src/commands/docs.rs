//! `docs`: pages of the reference, printed for `cargo xtask docs`.

use crate::cli::{Docs, DocsPage};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::reference;
use anyhow::Result;

/// Prints a page as Markdown.
pub fn run(desk: &Desk, given: &Docs) -> Result<Exit> {
    let page = match given.page {
        DocsPage::Commands => reference::commands(desk.lang),
        DocsPage::Findings => reference::findings(desk.lang),
        DocsPage::Settings => reference::settings(desk.lang),
    };
    desk.say(page.trim_end());
    Ok(Exit::Fine)
}
