//! The reader's process as this side sees it: started, talked to, waited for so long and no longer, ended.

use super::UNCONFINED;
use super::confine::SECONDS;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_setfl};
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// This side waits at most so long, in all, for the answer to one ask. What it does with the rows is not counted.
const PATIENCE: Duration = Duration::from_secs(SECONDS);

/// How readers are started.
pub struct Start {
    program: PathBuf,
    argument: String,
    patience: Duration,
    places: Arc<Places>,
}

impl Start {
    /// This program again. By the system's own name for it, which still is this one after an upgrade put another in
    /// its place.
    pub fn own(argument: &str) -> Self {
        let own = PathBuf::from("/proc/self/exe");
        let program = if own.exists() { own } else { std::env::current_exe().unwrap_or_default() };
        let most = std::thread::available_parallelism().map_or(2, |n| n.get().max(2));
        Self {
            program,
            argument: argument.to_owned(),
            patience: PATIENCE,
            places: Arc::new(Places { free: Mutex::new(most), freed: Condvar::new() }),
        }
    }

    /// Starts a reader; waits for its turn if many are at work.
    pub fn reader(&self) -> io::Result<Reader> {
        let place = Places::take(&self.places, self.patience)?;
        let mut command = Command::new(&self.program);
        // Else the allocator takes a gigabyte into view at once, and the limit on memory would come too late.
        command.arg(&self.argument).env_clear().env("MIMALLOC_ARENA_RESERVE", "0").current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(ErrorKind::BrokenPipe.into());
        };
        fcntl_setfl(&input, OFlags::NONBLOCK)?;
        Ok(Reader { child, input, output, patience: self.patience, waited: Duration::ZERO, _place: place })
    }
}

/// A reader at work. Dropped, it is ended.
pub struct Reader {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    patience: Duration,
    waited: Duration,
    _place: Place,
}

impl Reader {
    /// Waits until a pipe is ready; when patience is at its end, so is the reader.
    fn wait(&mut self, reading: bool) -> io::Result<()> {
        let left = self.patience.saturating_sub(self.waited);
        let begun = Instant::now();
        let timeout = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: i64::from(left.subsec_nanos()) };
        let (pipe, ready) =
            if reading { (self.output.as_fd(), PollFlags::IN) } else { (self.input.as_fd(), PollFlags::OUT) };
        let found = match poll(&mut [PollFd::from_borrowed_fd(pipe, ready)], Some(&timeout)) {
            Err(rustix::io::Errno::INTR) => return Ok(()),
            found => found?,
        };
        self.waited += begun.elapsed();
        if found == 0 {
            // It may have ended by itself meanwhile.
            let _ = self.child.kill();
            return Err(ErrorKind::TimedOut.into());
        }
        Ok(())
    }

    /// How it ended, as the kind of an error: out of time, or otherwise.
    fn end(&mut self) -> io::Error {
        let Ok(status) = self.child.wait() else { return ErrorKind::BrokenPipe.into() };
        tracing::warn!(%status, "the reader of a spreadsheet ended");
        match (status.signal(), status.code()) {
            (Some(SIGXCPU), _) => ErrorKind::TimedOut.into(),
            (_, Some(code)) if code == i32::from(UNCONFINED) => ErrorKind::Unsupported.into(),
            _ => ErrorKind::BrokenPipe.into(),
        }
    }
}

const SIGXCPU: i32 = rustix::process::Signal::XCPU.as_raw();

impl Read for Reader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.wait(true)?;
        match self.output.read(buf)? {
            0 => Err(self.end()),
            read => Ok(read),
        }
    }
}

impl Write for Reader {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        loop {
            match self.input.write(buf) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.wait(false)?,
                written => return written,
            }
        }
    }

    /// Ends an ask: patience begins anew.
    fn flush(&mut self) -> io::Result<()> {
        self.waited = Duration::ZERO;
        Ok(())
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// So many readers may be at work at once, so that their memory is bounded together.
struct Places {
    free: Mutex<usize>,
    freed: Condvar,
}

/// One of the places; given back when dropped.
struct Place(Arc<Places>);

impl Places {
    fn take(places: &Arc<Places>, patience: Duration) -> io::Result<Place> {
        let free = places.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = places.freed.wait_timeout_while(free, patience * 6, |free| *free == 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1).ok_or(ErrorKind::TimedOut)?;
        Ok(Place(places.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Start};
    use crate::parts::{Limits, apart};
    use std::path::PathBuf;
    use std::sync::{Arc, Condvar, Mutex};
    use std::time::Duration;

    fn start(program: &str, argument: &str, patience: u64) -> Start {
        let places = Arc::new(Places { free: Mutex::new(1), freed: Condvar::new() });
        let (program, argument) = (PathBuf::from(program), argument.to_owned());
        Start { program, argument, patience: Duration::from_millis(patience), places }
    }

    #[test]
    fn the_end_of_a_reader_is_a_finding() {
        for (program, argument, patience, code) in [
            ("/bin/true", "", 20_000, "INT-024"),
            ("/bin/echo", "nonsense", 20_000, "INT-024"),
            ("/bin/sleep", "60", 100, "INT-023"),
        ] {
            let reader = start(program, argument, patience).reader().expect("a process");
            let opened = apart::open("x", vec![b'a'; 1 << 20], &Limits::default(), Box::new(reader));
            assert_eq!(opened.err().expect("a finding")[0].code, code, "{program}");
        }
    }

    #[test]
    fn readers_wait_for_a_place_and_give_it_back() {
        let start = start("/bin/sleep", "60", 10);
        let first = start.reader().expect("a process");
        assert!(start.reader().is_err());
        drop(first);
        start.reader().expect("the place is free again");
    }
}
