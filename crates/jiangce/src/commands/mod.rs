//! The commands, one file each.

mod audit;
mod backup;
mod catalog;
mod catalog_pages;
mod check;
mod close;
mod completions;
pub mod config;
mod demo;
mod demo_folder;
mod docs;
mod figures;
mod framework;
mod growth;
mod growth_plan;
mod import;
mod import_files;
mod keys;
mod privacy;
mod report;
mod restate;
mod retention;
mod school;
mod serve;
mod sign_on;
mod template;
mod trace;
mod user;
mod verify;
mod verify_file;

use crate::cli::Command;
use crate::desk::Desk;
use crate::exit::Exit;

/// Runs a command.
pub fn run(desk: &Desk, command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Demo(it) => demo::run(desk, &it),
        Command::Serve(it) => serve::run(desk, &it),
        Command::School(it) => school::run(desk, &it.action),
        Command::User(it) => user::run(desk, &it.action),
        Command::Template(it) => template::run(desk, &it),
        Command::Import(it) => import::run(desk, &it),
        Command::Figures(it) => figures::run(desk, &it),
        Command::Trace(it) => trace::run(desk, &it),
        Command::Growth(it) => growth::run(desk, &it.action),
        Command::Close(it) => close::run(desk, &it),
        Command::Restate(it) => restate::run(desk, &it),
        Command::Check(it) => check::run(desk, &it),
        Command::Report(it) => report::run(desk, &it),
        Command::Verify(it) => verify::run(desk, &it),
        Command::Audit(it) => audit::run(desk, &it.action),
        Command::Privacy(it) => privacy::run(desk, &it.action),
        Command::Retention(it) => retention::run(desk, &it.action),
        Command::Keys(it) => keys::run(desk, &it.action),
        Command::Backup(it) => backup::create(desk, &it),
        Command::Restore(it) => backup::restore(desk, &it),
        Command::Catalog(it) => catalog::run(desk, &it.action),
        Command::Config(it) => config::run(desk, &it.action),
        Command::Completions(it) => completions::run(desk, &it),
        Command::Docs(it) => docs::run(desk, &it),
    }
}
