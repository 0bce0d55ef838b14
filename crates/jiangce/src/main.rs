//! The program: commands, settings, start.
//!
//! Each command is a file of [`commands`]; it calls one operation of `jc_app` and prints what came of it. What a
//! person reads comes from the message files; [`help`] puts it into clap's own help.

#![cfg_attr(not(test), warn(clippy::panic))]

mod cli;
mod commands;
mod desk;
mod exit;
mod failure;
mod figure_text;
mod heads;
mod help;
mod language;
mod lean;
mod logging;
mod parts;
mod reference;
mod serving;
mod settings;
mod sheets;
mod usage;

use desk::Desk;
use exit::Exit;
use std::process::ExitCode;

/// Fewer instructions for each of the many short texts of an import than the allocator of the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    if sheets::is_reader(&arguments) {
        return sheets::read();
    }
    let lang = language::chosen(&arguments, |name| std::env::var(name).ok());
    let exit = match help::parse(&arguments, lang) {
        Ok(cli) => start(cli, lang),
        Err(error) => usage::tell(lang, &error),
    };
    exit.into()
}

/// Runs the command and tells what kept it from being done.
fn start(cli: cli::Cli, lang: jc_base::Lang) -> Exit {
    if matches!(cli.command, cli::Command::Serve(_)) {
        lean::begin();
    }
    if cli.global.verbose {
        logging::begin("debug", false);
    }
    let mut desk = Desk::new(cli.global, lang);
    // Looking a file over is how its faults are mended: it must not fail of them.
    if !matches!(cli.command, cli::Command::Config(_)) {
        match commands::config::in_force(&desk, false) {
            Ok(settings) => {
                desk.global.data = desk.global.data.take().or(settings.data);
                desk.global.database = desk.global.database.take().or(settings.database);
                desk.global.keys = desk.global.keys.take().or(settings.keys);
            }
            Err(error) => return failure::tell(&desk, &error),
        }
    }
    commands::run(&desk, cli.command).unwrap_or_else(|error| failure::tell(&desk, &error))
}
