//! A service that rests holds little memory: the allocator gives back what was freed at once, and not a while later, when no
//! thread may come by to do it. Thirteen parts in a hundred of all time for a screen of many figures, none that could be
//! measured for a list; and a sixth of all memory.
//!
//! What the database allocates goes by the C library, which would keep a heap for each thread, and in each what the thread
//! once needed: under sixty-four people a third of all memory. It gets one heap.
//!
//! Both read this from the environment before the program begins, so the program begins once more with it.

/// What the allocators are told by, and what: what was freed is kept for so many milliseconds, and there are so many heaps.
#[cfg(unix)]
const TOLD: [(&str, &str); 2] = [("MIMALLOC_PURGE_DELAY", "0"), ("MALLOC_ARENA_MAX", "1")];

/// Begins the program anew with the allocators told, unless they are. Goes on as it is where that cannot be done.
#[cfg(unix)]
pub fn begin() {
    use std::os::unix::process::CommandExt as _;

    let mut arguments = std::env::args_os();
    let (Some(name), Ok(program)) = (arguments.next(), std::env::current_exe()) else { return };
    let mut untold = TOLD.into_iter().filter(|(told, _)| std::env::var_os(told).is_none()).peekable();
    if untold.peek().is_some() {
        let error = std::process::Command::new(program).arg0(name).args(arguments).envs(untold).exec();
        tracing::debug!(%error, "the allocators keep their ways");
    }
}

/// Elsewhere a program cannot take its own place.
#[cfg(not(unix))]
pub fn begin() {}
