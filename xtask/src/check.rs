//! `test` and `check`: all steps, in the order that finds a fault soonest.

use crate::steps::Steps;
use crate::{Result, deny, docs, journeys, machine, only, shell, tidy};

pub const TEST_HELP: &str = "\
When: before handing in, on a fresh machine, and in CI. It needs Rust and nothing else.

It says what it will install and, as root on Debian, installs it (`cargo xtask machine`); otherwise it names the
packages and stops. Then it runs, and stops at the first failure:
  format, tidy, licences and sources, clippy and build, docs, then side by side tests of whole crates, and those
  once more on PostgreSQL, journeys in a browser, tests of single parts

Nothing is skipped: a test that lacks its database or browser fails (JIANGCE_REQUIRE_ALL=1).";

pub const CHECK_HELP: &str = "\
When: while working. The same steps as `cargo xtask test`, but nothing is installed and no browser is started;
tests that lack a database server say so and are skipped.";

/// Everything, on any machine.
pub fn test(args: &[String]) -> Result {
    only(args, &[])?;
    let mut steps = Steps::begin();
    steps.take("machine", machine::prepare)?;
    common(&mut steps, true)?;
    steps.finish();
    Ok(())
}

/// What needs neither installing nor a browser.
pub fn check(args: &[String]) -> Result {
    only(args, &[])?;
    let mut steps = Steps::begin();
    steps.take("toolchain", machine::toolchain)?;
    common(&mut steps, false)?;
    steps.finish();
    Ok(())
}

fn common(steps: &mut Steps, require_all: bool) -> Result {
    steps.take("format", || {
        let help = "`cargo fmt --all` mends it.";
        shell::run(&mut shell::cargo(&["fmt", "--all", "--check"])?).map_err(|why| format!("{why}. {help}"))
    })?;
    steps.take("tidy", || tidy::run(&[]))?;
    steps.take("licences and sources", || deny::run(&[]))?;
    steps.take("clippy and build", || shell::run(&mut shell::cargo_with_clippy(&shell::BUILD_ALL)?))?;
    steps.take("docs", docs::check_built)?;
    let tests = |which: &[&str]| {
        let all = ["test", "--workspace", "--exclude", "e2e", "--locked"];
        shell::cargo_with_clippy(&[&all[..], which].concat())
    };
    if !require_all {
        return steps.take("tests", || shell::run(&mut tests(&[])?));
    }
    // Tests wait for each other, for servers and for browsers: side by side the second row takes what the first leaves idle.
    let first = || shell::run(tests(&["--test", "*"])?.env("JIANGCE_REQUIRE_ALL", "1"));
    let second = |heard: &shell::Heard| {
        let mut on_postgresql = tests(&[&["--test", "it", "--"][..], &ON_BOTH].concat())?;
        heard.run(on_postgresql.env("JIANGCE_REQUIRE_ALL", "1").env("JIANGCE_TEST_ON", "postgresql"))?;
        heard.run(&mut journeys::whole_run()?)?;
        heard.run(tests(&["--lib", "--bins"])?.env("JIANGCE_REQUIRE_ALL", "1"))
    };
    steps.take_two(("tests of whole crates", first), ("tests on PostgreSQL, journeys, tests of single parts", second))
}

/// The modules of `jc-app`'s tests that take a college, empty or the sample's, where `JIANGCE_TEST_ON` says: run on SQLite among
/// all others, and once more on PostgreSQL. The rest either run on both by themselves or look into a file.
const ON_BOTH: [&str; 22] = [
    "alike::",
    "bookings::",
    "check_ins::",
    "clocks::",
    "closing::",
    "definitions::",
    "enter_once::",
    "gold::",
    "growth::",
    "growth_plans::",
    "imports::",
    "lists::",
    "log_parts::",
    "reports::",
    "sample::",
    "sample_life::",
    "states::",
    "status::",
    "thirds::",
    "trace::",
    "weighed::",
    "wrong::",
];
