//! What the reader of strangers' files may still do: compute, read the pipe it was handed, write to the other one.
//!
//! Limits bound what it takes: memory, time, no new file, no core. On Linux a filter of system calls besides refuses
//! everything that is not named here: no file is opened, no socket made, no program started, no signal sent. The
//! environment, the folder and every other open file are kept from it by whoever starts it.

use rustix::process::{Resource, Rlimit, setrlimit};
use std::io;

/// The most memory it may have in view: what a file within the limits can need, and the program itself.
pub const MEMORY_BYTES: u64 = 512 << 20;

/// The most seconds it may compute; then it is ended.
pub const SECONDS: u64 = 10;

/// Gives up all rights but those named above, for good.
///
/// Errors: [`io::ErrorKind::Unsupported`] if a filter cannot be set, or if more memory than half the limit is in view
/// already, since what is taken before is not given back.
pub fn give_up_rights() -> io::Result<()> {
    if taken_bytes() > MEMORY_BYTES / 2 {
        return Err(io::ErrorKind::Unsupported.into());
    }
    for (resource, most, beyond) in [
        (Resource::As, MEMORY_BYTES, 0),
        // The limit ends it by a signal that tells why, one second before the one that does not.
        (Resource::Cpu, SECONDS, 1),
        (Resource::Fsize, 0, 0),
        (Resource::Core, 0, 0),
        // What is open stays open; nothing more can be.
        (Resource::Nofile, 0, 0),
    ] {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most + beyond) })?;
    }
    filter_calls()
}

/// The memory in view, in bytes; nothing where the system does not tell.
fn taken_bytes() -> u64 {
    let sizes = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = sizes.split(' ').next().and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * rustix::param::page_size() as u64
}

#[cfg(target_os = "linux")]
fn filter_calls() -> io::Result<()> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};

    const NEEDED: [libc::c_long; 24] = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_mmap,
        libc::SYS_mprotect,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let refused = |cause: &dyn std::fmt::Display| io::Error::new(io::ErrorKind::Unsupported, cause.to_string());
    let here = TargetArch::try_from(std::env::consts::ARCH).map_err(|cause| refused(&cause))?;
    let rules = NEEDED.into_iter().map(|call| (call, Vec::new())).collect();
    let refuse = SeccompAction::Errno(libc::EPERM as u32);
    let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, here).map_err(|cause| refused(&cause))?;
    let program: BpfProgram = filter.try_into().map_err(|cause| refused(&cause))?;
    seccompiler::apply_filter(&program).map_err(|cause| refused(&cause))
}

/// Elsewhere the limits stand alone.
#[cfg(not(target_os = "linux"))]
fn filter_calls() -> io::Result<()> {
    Ok(())
}
