//! Speed beside a hand-written equivalent, in the same run. Figures are CPU seconds of whole processes, run in turn;
//! the median of the ratios is what holds on a busy machine.
//!
//! `cargo run --release -p bench -- import [RUNS]` imports 300,000 rows of which one in a hundred is wrong;
//! `cargo run --release -p bench -- edit [RECORDS]` edits single records among a million.

mod data;
mod edit;
mod floor;
mod import;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["import"] => import::paired(5),
        ["import", runs] => import::paired(runs.parse().unwrap_or(5)),
        ["edit"] => edit::run(1_000_000),
        ["edit", records] => edit::run(records.parse().unwrap_or(1_000_000)),
        ["child", "ours", folder] => import::ours(folder.as_ref()),
        ["child", "floor", folder] => floor::run(folder.as_ref()),
        _ => {
            eprintln!("bench import [RUNS] | bench edit [RECORDS]");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
