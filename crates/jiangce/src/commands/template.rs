//! `template`: the workbook people fill in.

use super::import::no_register;
use crate::cli::Template;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{refuse, shown};
use crate::parts::template;
use anyhow::Result;
use jc_app::App;

/// Writes the template of a register.
pub fn run(desk: &Desk, given: &Template) -> Result<Exit> {
    let app: App = desk.open()?;
    let catalog = app.catalog();
    let Some(register) = catalog.find_register(&given.register) else {
        return Err(no_register(desk, &app, &given.register));
    };
    let request = template::Request {
        lang: desk.lang,
        on: Some(app.moment().today),
        references: &[],
        words: &|id| desk.words(id, &[]),
    };
    let made = template::workbook(&catalog, register, &request).map_err(|cause| {
        tracing::error!(%cause, "template");
        refuse(desk, Exit::Failed, "cli-cannot-write", &[("file", shown(&given.output).into())])
    })?;
    desk.write(&given.output, &made)?;
    let name = catalog.registers[register].name.get(desk.lang);
    desk.tell("cli-template-written", &[("name", name.into()), ("file", shown(&given.output).into())]);
    Ok(Exit::Fine)
}
