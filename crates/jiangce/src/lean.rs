//! A service that rests holds little memory: the allocator gives back what was freed soon, while the start still goes on,
//! and not a second later, when much of it lies among what stays.
//!
//! The allocator reads this from the environment before the program begins, so the program begins once more with it.

/// What the allocator is told by.
#[cfg(unix)]
const TOLD: &str = "MIMALLOC_PURGE_DELAY";

/// So soon: what a request frees serves the next one.
#[cfg(unix)]
const MILLISECONDS: &str = "100";

/// Begins the program anew with the allocator told, unless it is. Goes on as it is where that cannot be done.
#[cfg(unix)]
pub fn begin() {
    use std::os::unix::process::CommandExt as _;

    let mut arguments = std::env::args_os();
    let (Some(name), Ok(program)) = (arguments.next(), std::env::current_exe()) else { return };
    if std::env::var_os(TOLD).is_none() {
        let error = std::process::Command::new(program).arg0(name).args(arguments).env(TOLD, MILLISECONDS).exec();
        tracing::debug!(%error, "the allocator keeps its ways");
    }
}

/// Elsewhere a program cannot take its own place.
#[cfg(not(unix))]
pub fn begin() {}
