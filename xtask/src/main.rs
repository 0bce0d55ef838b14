//! Our own commands: test, check, tidy, deny, docs, e2e, machine.
//!
//! `cargo xtask` lists them; `cargo xtask COMMAND --help` says when one wants it. They are written without any
//! dependency, so that the first command on a new machine starts within seconds.

mod advisories;
mod bill;
mod check;
mod deny;
mod docs;
mod journeys;
mod machine;
mod shell;
mod spdx;
mod steps;
mod tidy;

use std::process::ExitCode;

/// What a command gives back: nothing, or the sentence that says why it stopped.
type Result<T = ()> = std::result::Result<T, String>;

/// One of our commands.
struct Command {
    name: &'static str,
    /// What it does, in half a line.
    does: &'static str,
    /// When one wants it, and what its options mean.
    help: &'static str,
    run: fn(&[String]) -> Result,
}

const COMMANDS: [Command; 7] = [
    Command {
        name: "test",
        does: "everything, on any machine; what CI runs",
        help: check::TEST_HELP,
        run: check::test,
    },
    Command {
        name: "check",
        does: "the same without installing and without a browser",
        help: check::CHECK_HELP,
        run: check::check,
    },
    Command { name: "tidy", does: "rules of the house that no compiler knows", help: tidy::HELP, run: tidy::run },
    Command {
        name: "deny",
        does: "licences, sources and known weaknesses of what we build on",
        help: deny::HELP,
        run: deny::run,
    },
    Command { name: "docs", does: "reference pages from code, and every link", help: docs::HELP, run: docs::run },
    Command { name: "e2e", does: "journeys in a real browser", help: journeys::HELP, run: journeys::run },
    Command { name: "machine", does: "installs what the tests need", help: machine::HELP, run: machine::run },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result {
    let Some((name, rest)) = args.split_first() else {
        print!("{}", overview());
        return Ok(());
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", overview());
        return Ok(());
    }
    let Some(command) = COMMANDS.iter().find(|c| c.name == name) else {
        return Err(format!("there is no command “{name}”\n\n{}", overview()));
    };
    if rest.iter().any(|a| a == "--help" || a == "-h") {
        println!("cargo xtask {}: {}\n\n{}", command.name, command.does, command.help);
        return Ok(());
    }
    (command.run)(rest)
}

/// The list that `cargo xtask` prints.
fn overview() -> String {
    let mut text = String::from("cargo xtask COMMAND\n\n");
    for command in &COMMANDS {
        text.push_str(&format!("  {:8} {}\n", command.name, command.does));
    }
    text.push_str("\n--help after a command says when one wants it.\n");
    text
}

/// Refuses every argument but the named ones, so that a misspelt option is not taken for granted.
fn only(args: &[String], known: &[&str]) -> Result {
    match args.iter().find(|a| !known.contains(&a.as_str())) {
        Some(stranger) => Err(format!("what is “{stranger}”? --help lists the options")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_says_when_one_wants_it() {
        for command in &COMMANDS {
            assert!(command.help.contains("When:"), "{}", command.name);
            assert!(dispatch(&[command.name.to_string(), "--help".to_string()]).is_ok());
        }
    }

    #[test]
    fn a_misspelt_command_is_answered_with_the_list() {
        let why = dispatch(&["tests".to_string()]).unwrap_err();
        assert!(why.starts_with("there is no command “tests”"));
        assert!(why.contains("machine"));
    }
}
