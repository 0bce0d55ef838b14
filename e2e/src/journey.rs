//! Runs a journey: opens the browser, and tells what went wrong with a picture of where it went wrong.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::session::{Look, find_browser};
use crate::{Browser, Failure, Result};

/// One browser at a time: a machine with two cores is slower, not faster, with several.
static TURN: Mutex<()> = Mutex::new(());

/// Runs a journey at a desk; see [`journey_with`].
pub fn journey(name: &str, walk: impl FnOnce(&Browser) -> Result) {
    journey_with(name, &Look::default(), walk);
}

/// Runs a journey in a browser of its own that looks at screens as `look` says.
///
/// It fails when a step fails, when an assertion fails, when a page asks anything of others than this machine, or when
/// the browser's console holds an error at the end; the
/// output then holds the address, the console and the path of a picture. A journey that expects errors takes them
/// with `console_errors()` before it ends.
///
/// Without a browser on the machine the journey is skipped aloud, or fails if `JIANGCE_REQUIRE_ALL` is set, as it is
/// under `cargo xtask test`.
pub fn journey_with(name: &str, look: &Look, walk: impl FnOnce(&Browser) -> Result) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(missing) = find_browser() {
        skip(name, &missing);
        return;
    }
    let browser = match Browser::start(look) {
        Ok(browser) => browser,
        Err(failure) => panic!("journey {name}: the browser does not start: {failure}"),
    };
    match catch_unwind(AssertUnwindSafe(|| walk(&browser).and_then(|()| quiet(&browser)))) {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => panic!("journey {name}: {failure}\n{}", scene(name, &browser)),
        Err(panic) => {
            say(&scene(name, &browser));
            resume_unwind(panic);
        }
    }
}

fn skip(name: &str, missing: &str) {
    let required = std::env::var_os("JIANGCE_REQUIRE_ALL").is_some_and(|v| !v.is_empty() && v != "0");
    assert!(!required, "journey {name} cannot run: {missing}");
    say(&format!("\n!!! SKIPPED, NOT TESTED: journey {name}: {missing}\n"));
}

/// Past the capturing of `cargo test`, which would hide the words of a test that passes.
fn say(words: &str) {
    // Nobody is left to be told that standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{words}");
}

fn quiet(browser: &Browser) -> Result {
    let beyond = browser.asked_beyond()?;
    if !beyond.is_empty() {
        return Err(Failure::new(format!(
            "something was asked of others than this machine:\n  {}",
            beyond.join("\n  ")
        )));
    }
    let errors = browser.console_errors()?;
    if errors.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("the browser's console holds errors:\n  {}", errors.join("\n  "))))
}

fn scene(name: &str, browser: &Browser) -> String {
    let mut words = String::new();
    if let Ok(url) = browser.url() {
        words.push_str(&format!("  at       {url}\n"));
    }
    for error in browser.console_errors().unwrap_or_default() {
        words.push_str(&format!("  console  {error}\n"));
    }
    let picture = pictures().join(format!("{name}.png"));
    if browser.screenshot(&picture).is_ok() {
        words.push_str(&format!("  picture  {}\n", picture.display()));
    }
    words
}

/// `target/e2e`: beside the profile's folder in which this test was built.
fn pictures() -> PathBuf {
    let test = std::env::current_exe().unwrap_or_default();
    test.ancestors().nth(3).map_or_else(std::env::temp_dir, |target| target.join("e2e"))
}
