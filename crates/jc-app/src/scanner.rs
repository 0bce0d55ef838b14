//! What people hand in is looked over by the school's own virus scanner before it is kept, where one is set.
//!
//! The scanner is ClamAV's service, asked over its socket in its own words (`INSTREAM`): the content goes over in pieces, an
//! answer of one line comes back. It is on this machine: papers of minors are sent nowhere.

use crate::app::App;
use crate::error::AppError;
use crate::person::Person;
use jc_base::{Finding, Place};
use jc_store::store::Ending;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The scanner has found something.
const FOUND: &str = "APP-064";
/// The scanner cannot be asked.
const LATER: &str = "APP-065";

/// So long a file may take, the wait for a place and the scanner's answer together.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// So many files are looked over at once; the others wait.
pub const AT_ONCE: usize = 4;
/// So many wait at most: whoever comes then is asked to come again.
pub const MOST_WAITING: usize = 16;
/// The content goes over in pieces of this size.
const PIECE: usize = 64 * 1024;
/// Its answer is no longer.
const MOST_ANSWER: u64 = 1024;

/// Where the scanner listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// A socket in the file system.
    Socket(PathBuf),
    /// A port of this machine.
    Port(SocketAddr),
}

impl At {
    /// Reads `/run/clamav/clamd.ctl` or `127.0.0.1:3310`; nothing for what is not on this machine.
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with('/') {
            return Some(At::Socket(text.into()));
        }
        text.parse().ok().filter(|address: &SocketAddr| address.ip().is_loopback()).map(At::Port)
    }
}

/// The scanner, and what holds if it does not answer.
#[derive(Debug, Clone)]
pub struct Scanner {
    /// Where it listens.
    pub at: At,
    /// Whether files are kept though it does not answer; the log then says so.
    pub may_be_away: bool,
    /// So long a file may take.
    pub patience: Duration,
    /// How many files it looks over at once.
    pub places: Places,
}

/// The places for files that are looked over at once. Clones are the same places.
#[derive(Debug, Clone)]
pub struct Places(Arc<(Mutex<Queue>, Condvar)>);

/// Who has a place, and who waits for one.
#[derive(Debug)]
struct Queue {
    free: usize,
    waiting: usize,
}

impl Places {
    /// So many places, all of them free.
    pub fn new(free: usize) -> Self {
        Self(Arc::new((Mutex::new(Queue { free, waiting: 0 }), Condvar::new())))
    }

    /// Takes a place as soon as there is one; nothing if there is none in time, or if too many wait already.
    fn take(&self, until: Instant) -> Option<Taken<'_>> {
        let (queue, given_back) = &*self.0;
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = queue.free == 0;
        if waited && queue.waiting >= MOST_WAITING {
            return None;
        }
        queue.waiting += usize::from(waited);
        let mut late = false;
        while queue.free == 0 && !late {
            let left = until.saturating_duration_since(Instant::now());
            late = left.is_zero();
            queue = given_back.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        queue.waiting -= usize::from(waited);
        queue.free = queue.free.checked_sub(1)?;
        Some(Taken { places: self, waited })
    }
}

/// A place that is given back when it is dropped.
struct Taken<'a> {
    places: &'a Places,
    /// Whether others had to go first.
    waited: bool,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let (queue, given_back) = &*self.places.0;
        queue.lock().unwrap_or_else(PoisonError::into_inner).free += 1;
        given_back.notify_one();
    }
}

impl Scanner {
    /// A scanner without which nothing is kept.
    pub fn new(at: At) -> Self {
        Self { at, may_be_away: false, patience: PATIENCE, places: Places::new(AT_ONCE) }
    }

    /// What it says of a content: the name of what it found, or nothing.
    ///
    /// Errors: it cannot be reached, takes too long, or answers that it could not look; [`io::ErrorKind::ResourceBusy`] if
    /// others took the time.
    pub fn look(&self, content: &[u8]) -> io::Result<Option<String>> {
        let until = Instant::now() + self.patience;
        let busy = || io::Error::from(io::ErrorKind::ResourceBusy);
        let place = self.places.take(until).ok_or_else(busy)?;
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(busy());
        }
        let said = match &self.at {
            At::Socket(path) => UnixStream::connect(path).and_then(|scanner| ask(scanner, content, until)),
            At::Port(address) => {
                TcpStream::connect_timeout(address, left).and_then(|scanner| ask(scanner, content, until))
            }
        };
        // Whoever had to wait had less time than the scanner may take: that it is away is not known.
        said.map_err(|error| if place.waited && Instant::now() >= until { busy() } else { error })
    }

    /// What becomes of a file by what was said of it: the action for the log, what was found, and the code it is refused
    /// with; nothing if it is clean.
    fn judge(&self, said: io::Result<Option<String>>) -> Option<(&'static str, String, Option<&'static str>)> {
        Some(match said {
            Ok(None) => return None,
            Ok(Some(found)) => ("upload.refuse", found, Some(FOUND)),
            // That many files come at once is no way past the scanner.
            Err(error) if self.may_be_away && error.kind() != io::ErrorKind::ResourceBusy => {
                ("upload.unscanned", String::new(), None)
            }
            Err(_) => ("upload.refuse", String::new(), Some(LATER)),
        })
    }
}

/// A connection that waits no longer than it is told to.
trait Waits: Read + Write {
    fn wait(&self, most: Duration) -> io::Result<()>;
}

impl Waits for UnixStream {
    fn wait(&self, most: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(most)).and_then(|()| self.set_write_timeout(Some(most)))
    }
}

impl Waits for TcpStream {
    fn wait(&self, most: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(most)).and_then(|()| self.set_write_timeout(Some(most)))
    }
}

fn ask(mut scanner: impl Waits, content: &[u8], until: Instant) -> io::Result<Option<String>> {
    // A scanner that has read enough answers and hangs up: its answer counts, not that the rest could not be sent.
    let sent = send(&mut scanner, content, until);
    let mut answer = Vec::new();
    let mut piece = [0; 256];
    while !answer.ends_with(&[0]) && (answer.len() as u64) < MOST_ANSWER {
        remain(&scanner, until)?;
        match scanner.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(piece.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(sent.err().unwrap_or(error)),
        }
    }
    let answer = String::from_utf8_lossy(&answer);
    let answer = answer.trim_end_matches('\0').trim();
    if answer == "stream: OK" && sent.is_ok() {
        return Ok(None);
    }
    match answer.strip_prefix("stream: ").and_then(|said| said.strip_suffix(" FOUND")) {
        Some(name) => Ok(Some(plain(name))),
        None => Err(sent.err().unwrap_or_else(|| io::Error::other(format!("the scanner answered {}", plain(answer))))),
    }
}

fn send(scanner: &mut impl Waits, content: &[u8], until: Instant) -> io::Result<()> {
    remain(scanner, until)?;
    scanner.write_all(b"zINSTREAM\0")?;
    for piece in content.chunks(PIECE) {
        remain(scanner, until)?;
        scanner.write_all(&u32::try_from(piece.len()).map_err(io::Error::other)?.to_be_bytes())?;
        scanner.write_all(piece)?;
    }
    scanner.write_all(&0_u32.to_be_bytes())?;
    scanner.flush()
}

/// Lets the connection wait as long as is left.
fn remain(scanner: &impl Waits, until: Instant) -> io::Result<()> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { scanner.wait(left) }
}

/// What the scanner says, as it may stand in a log and on a screen.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(80).collect()
}

impl App {
    /// Looks a file over that someone hands in for a register. What is found is noted in the log.
    ///
    /// Errors: findings, if something is found or if the scanner does not answer and must.
    pub(crate) fn look_over(
        &self,
        person: &Person,
        register: &str,
        file: &str,
        content: &[u8],
    ) -> Result<(), AppError> {
        let Some(scanner) = &self.scanner else { return Ok(()) };
        let Some((action, found, refused)) = scanner.judge(scanner.look(content)) else { return Ok(()) };
        self.store.write(person.school, &person.actor(), action, register, self.moment(), |writer| {
            if !found.is_empty() {
                writer.note("found", found.as_str());
            }
            writer.note("bytes", content.len());
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        match refused {
            None => Ok(()),
            Some(code) => {
                let place = Place::File { file: file.to_owned() };
                Err(AppError::finding(Finding::error(code, place).with("found", found)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::SeqCst;
    use std::thread;

    /// Looks at a content with a scanner that reads at most so many bytes and then answers.
    fn asked(content: &[u8], reads: usize, answer: &'static [u8]) -> (io::Result<Option<String>>, Vec<u8>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let at = At::Port(listener.local_addr().expect("an address"));
        let stand_in = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let (mut heard, mut piece) = (Vec::new(), [0; 4096]);
            while heard.len() < reads && !heard.ends_with(&[0, 0, 0, 0]) {
                let read = stream.read(&mut piece).expect("more");
                heard.extend_from_slice(&piece[..read]);
            }
            stream.write_all(answer).expect("an answer");
            heard
        });
        let said = Scanner { patience: Duration::from_secs(5), ..Scanner::new(at) }.look(content);
        (said, stand_in.join().expect("it heard"))
    }

    #[test]
    fn the_content_goes_over_in_pieces() {
        let content = vec![7; PIECE + 3];
        let (said, heard) = asked(&content, usize::MAX, b"stream: OK\0");
        assert!(matches!(said, Ok(None)), "{said:?}");
        let expect = [
            b"zINSTREAM\0".as_slice(),
            &(PIECE as u32).to_be_bytes(),
            &content[..PIECE],
            &3_u32.to_be_bytes(),
            &[7; 3],
            &[0; 4],
        ];
        assert!(heard == expect.concat());
    }

    #[test]
    fn only_a_clear_answer_is_clean() {
        let found = asked(b"x", usize::MAX, b"stream: Win.Test.EICAR_HDB-1 FOUND\0").0;
        assert_eq!(found.expect("an answer").as_deref(), Some("Win.Test.EICAR_HDB-1"));
        for answer in [b"INSTREAM size limit exceeded. ERROR\0".as_slice(), b"", b"stream: ", b"OK", &[b'x'; 5000]] {
            assert!(asked(b"x", usize::MAX, answer).0.is_err(), "{answer:?}");
        }
        // It hangs up in the middle: that it says so is no word about what it has not read.
        assert!(asked(&vec![7; 8 << 20], 64, b"INSTREAM size limit exceeded. ERROR\0").0.is_err());
    }

    #[test]
    fn one_that_is_silent_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let at = At::Port(listener.local_addr().expect("an address"));
        let scanner = Scanner { patience: Duration::from_millis(200), ..Scanner::new(at) };
        let begun = Instant::now();
        assert!(scanner.look(&vec![0; 16 << 20]).is_err());
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert!(Scanner::new(At::Socket("/nowhere/clamd.ctl".into())).look(b"x").is_err());
    }

    #[test]
    fn four_are_looked_over_at_once_and_the_others_wait() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let scanner = Scanner::new(At::Port(listener.local_addr().expect("an address")));
        let (open, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (open, most) = (&open, &most);
        thread::scope(|scope| {
            let looking: Vec<_> = (0..10).map(|_| scope.spawn(|| scanner.look(b"x"))).collect();
            let answers = (0..10).map(|_| {
                let (mut stream, _) = listener.accept().expect("a connection");
                scope.spawn(move || {
                    most.fetch_max(open.fetch_add(1, SeqCst) + 1, SeqCst);
                    let until = Instant::now() + Duration::from_secs(2);
                    while most.load(SeqCst) < AT_ONCE && Instant::now() < until {
                        thread::sleep(Duration::from_millis(1));
                    }
                    // Time for one too many.
                    thread::sleep(Duration::from_millis(20));
                    open.fetch_sub(1, SeqCst);
                    stream.write_all(b"stream: OK\0").expect("an answer");
                    // What it was sent is taken, so that it is not told that nobody reads.
                    let _ = stream.read_to_end(&mut Vec::new());
                })
            });
            answers.collect::<Vec<_>>().into_iter().for_each(|answer| answer.join().expect("answered"));
            let said: Vec<_> = looking.into_iter().map(|looking| looking.join().expect("said")).collect();
            assert!(said.iter().all(|said| matches!(said, Ok(None))), "{said:?}");
        });
        assert_eq!(most.load(SeqCst), AT_ONCE);
    }

    #[test]
    fn who_finds_no_place_in_time_is_refused_even_where_the_scanner_may_be_away() {
        let nowhere = At::Socket("/nowhere/clamd.ctl".into());
        let scanner = Scanner { may_be_away: true, patience: Duration::from_millis(50), ..Scanner::new(nowhere) };
        let verdict = || scanner.judge(scanner.look(b"x")).map(|(action, _, refused)| (action, refused));
        let until = Instant::now() + Duration::from_secs(1);
        let taken: Vec<_> = (0..AT_ONCE).map(|_| scanner.clone().places.take(until).map(std::mem::forget)).collect();
        assert!(taken.iter().all(Option::is_some));
        assert_eq!(verdict(), Some(("upload.refuse", Some(LATER))));
        drop(Taken { places: &scanner.places, waited: false });
        assert_eq!(verdict(), Some(("upload.unscanned", None)));
    }

    #[test]
    fn whoever_finds_sixteen_waiting_is_asked_to_come_again() {
        let scanner = Scanner { may_be_away: true, ..Scanner::new(At::Socket("/nowhere/clamd.ctl".into())) };
        let soon = || Instant::now() + Duration::from_secs(60);
        let taken: Vec<_> = (0..AT_ONCE).filter_map(|_| scanner.places.take(soon())).collect();
        assert_eq!(taken.len(), AT_ONCE);
        thread::scope(|scope| {
            let waiting: Vec<_> =
                (0..MOST_WAITING).map(|_| scope.spawn(|| scanner.places.take(soon()).is_some())).collect();
            let begun = Instant::now();
            while scanner.places.0.0.lock().expect("a queue").waiting < MOST_WAITING {
                assert!(begun.elapsed() < Duration::from_secs(20), "all wait");
                thread::sleep(Duration::from_millis(1));
            }
            let refused = scanner.judge(scanner.look(b"x")).map(|(action, _, refused)| (action, refused));
            assert_eq!(refused, Some(("upload.refuse", Some(LATER))), "at once, and flooding is no way past it");
            assert!(begun.elapsed() < Duration::from_secs(25), "nobody waits for that");
            drop(taken);
            assert!(waiting.into_iter().all(|one| one.join().expect("it ends")), "the others get their place");
        });
        assert_eq!(scanner.places.0.0.lock().expect("a queue").waiting, 0);
    }

    #[test]
    fn it_is_on_this_machine() {
        assert_eq!(At::parse("/run/clamav/clamd.ctl"), Some(At::Socket("/run/clamav/clamd.ctl".into())));
        assert!(matches!(At::parse("[::1]:3310"), Some(At::Port(_))));
        for beyond in ["10.0.0.9:3310", "clamd.example:3310", "run/clamd.ctl", "127.0.0.1", ""] {
            assert_eq!(At::parse(beyond), None, "{beyond}");
        }
    }
}
