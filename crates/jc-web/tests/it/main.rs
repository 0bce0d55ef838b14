//! The site through its router and on real sockets: rights, headers, signing in, every screen's work. One program: each
//! more would link all of the product once more.

mod rights;
mod serving;
mod site;
mod site_browse;
mod site_work;

use jc_app::import::{Choice, Request};
use jc_app::{App, Person, given::Limits};
use jc_base::{Lang, RecordState, SchoolId};

/// Imports a spreadsheet's rows, all of them good, as the command line does.
fn import(app: &App, school: SchoolId, register: &str, text: &str) {
    let machine = Person::command_line(school);
    let position = app.catalog().find_register(register).expect("a register");
    let import = Request {
        file: format!("{register}.csv"),
        bytes: text.as_bytes().to_vec(),
        sheet: 0,
        mapping: None,
        choice: Choice::AllOrNothing,
        state: RecordState::Submitted,
        lang: Lang::Zh,
        limits: Limits::default(),
    };
    let report = app.keeper(&machine, position).and_then(|k| k.import(&import, None, &mut |_| {})).expect("an import");
    assert!(report.committed, "{register}: {:?}", report.findings);
}
