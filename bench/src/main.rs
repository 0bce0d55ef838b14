//! Speed beside a hand-written equivalent, in the same run. Figures are CPU seconds of whole processes, run in turn;
//! the median of the ratios is what holds on a busy machine.
//!
//! `cargo run --release -p bench -- import [RUNS]` imports 300,000 rows of which one in a hundred is wrong;
//! `cargo run --release -p bench -- w1 FOLDER FLOOR [RUNS]` imports the standard workload beside its floor;
//! `cargo run --release -p bench -- edit [RECORDS]` edits single records among a million;
//! `cargo run --release -p bench -- check` checks a report of a hundred pages and a text of 5,000 numbers;
//! `cargo run --release -p bench -- growth` plans the growth of 200 and of 5,000 teachers;
//! `cargo run --release -p bench -- breach` tells whose data an account had that took away 100,000 students;
//! `cargo run --release -p bench -- sign-in` times refused sign-ins under names that are there and names that are not;
//! `cargo run --release -p bench -- report [RUNS [PYTHON W5.PY]]` makes the annual report as PDF and Word file;
//! `cargo run --release -p bench -- fuzz [TARGET] SECONDS` looks for what no reader stands.
//!
//! `cargo run --release -p bench --bin people [SECONDS]` is a program of its own: 64 people at once.

mod breach;
mod check;
mod data;
mod edit;
mod floor;
mod fuzz;
mod growth;
mod import;
mod report;
mod sign_in;
mod w1;

use std::process::ExitCode;

/// The program's: what is measured is what people run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Fault = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["import"] => import::paired(5),
        ["import", runs] => import::paired(runs.parse().unwrap_or(5)),
        ["w1", folder, floor] => w1::paired(folder.as_ref(), floor.as_ref(), 5),
        ["w1", folder, floor, runs] => w1::paired(folder.as_ref(), floor.as_ref(), runs.parse().unwrap_or(5)),
        ["edit"] => edit::run(1_000_000),
        ["edit", records] => edit::run(records.parse().unwrap_or(1_000_000)),
        ["check"] => check::run(),
        ["growth"] => growth::run(),
        ["breach"] => {
            if let Err(error) = breach::run() {
                eprintln!("{error:?}");
                return ExitCode::FAILURE;
            }
        }
        ["sign-in"] => {
            if let Err(error) = sign_in::run() {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
        ["report"] => report::run(5, None),
        ["report", runs] => report::run(runs.parse().unwrap_or(5), None),
        ["report", runs, python, w5] => report::run(runs.parse().unwrap_or(5), Some((*python, *w5))),
        ["fuzz", seconds] if seconds.parse::<u64>().is_ok() => return fuzz::run(None, seconds.parse().unwrap_or(3)),
        ["fuzz", target, seconds] => return fuzz::run(Some(target), seconds.parse().unwrap_or(3)),
        ["child", "ours", folder] => import::ours(folder.as_ref()),
        ["child", "w1-csv", folder] => w1::ours("csv", folder.as_ref()),
        ["child", "w1-xlsx", folder] => w1::ours("xlsx", folder.as_ref()),
        ["child", "report-pdf", folder] => report::ours("pdf", folder.as_ref()),
        ["child", "report-docx", folder] => report::ours("docx", folder.as_ref()),
        ["child", "floor", folder] => floor::run(folder.as_ref()),
        _ => {
            eprintln!(
                "bench import [RUNS] | bench w1 FOLDER FLOOR [RUNS] | bench edit [RECORDS] | bench check | bench growth | bench breach | bench report [RUNS [PYTHON W5.PY]] | bench fuzz [TARGET] SECONDS"
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
