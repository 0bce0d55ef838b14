//! `catalog docs`: the documentation pages of the registers.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, shown};
use crate::parts::{Catalog, document};
use anyhow::Result;
use std::path::Path;

/// Writes one page a register and an index into a folder, or prints all of them.
pub fn write(desk: &Desk, catalog: &Catalog, output: Option<&Path>) -> Result<Exit> {
    let say = |id: &str, with: &[(&str, &str)]| {
        let with: Vec<_> = with.iter().map(|(name, value)| (*name, (*value).into())).collect();
        desk.words(id, &with)
    };
    let pages = document(catalog, desk.lang, &say);
    let Some(folder) = output else {
        for (_, page) in &pages {
            desk.say(page);
        }
        return Ok(Exit::Fine);
    };
    for (name, page) in &pages {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|cause| file(desk, "cli-cannot-make-folder", parent, &cause))?;
        }
        std::fs::write(&path, page).map_err(|cause| file(desk, "cli-cannot-write", &path, &cause))?;
    }
    desk.tell("cli-catalog-pages", &[("count", pages.len().into()), ("folder", shown(folder).into())]);
    Ok(Exit::Fine)
}
