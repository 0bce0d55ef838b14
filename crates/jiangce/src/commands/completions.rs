//! `completions`: what a shell needs to complete commands and options.

use crate::cli::Completions;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::help;
use anyhow::Result;
use std::io::Write;

/// Prints the completions of a shell, described in the person's language.
pub fn run(desk: &Desk, given: &Completions) -> Result<Exit> {
    let mut command = help::command(desk.lang);
    let mut made = Vec::new();
    clap_complete::generate(given.shell, &mut command, "jiangce", &mut made);
    let _ = std::io::stdout().write_all(&made);
    Ok(Exit::Fine)
}
