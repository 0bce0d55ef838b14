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
use std::time::{Duration, Instant};

/// The scanner has found something.
const FOUND: &str = "APP-064";
/// The scanner cannot be asked.
const LATER: &str = "APP-065";

/// So long the scanner may take over a file, from the first byte to its answer.
const PATIENCE: Duration = Duration::from_secs(30);
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
    /// So long it may take over a file.
    pub patience: Duration,
}

impl Scanner {
    /// A scanner without which nothing is kept.
    pub fn new(at: At) -> Self {
        Self { at, may_be_away: false, patience: PATIENCE }
    }

    /// What it says of a content: the name of what it found, or nothing.
    ///
    /// Errors: it cannot be reached, takes too long, or answers that it could not look.
    pub fn look(&self, content: &[u8]) -> io::Result<Option<String>> {
        let until = Instant::now() + self.patience;
        match &self.at {
            At::Socket(path) => ask(UnixStream::connect(path)?, content, until),
            At::Port(address) => ask(TcpStream::connect_timeout(address, self.patience)?, content, until),
        }
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
        let (action, found, refused) = match scanner.look(content) {
            Ok(None) => return Ok(()),
            Ok(Some(found)) => ("upload.refuse", found, Some(FOUND)),
            Err(_) if scanner.may_be_away => ("upload.unscanned", String::new(), None),
            Err(_) => ("upload.refuse", String::new(), Some(LATER)),
        };
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
    fn it_is_on_this_machine() {
        assert_eq!(At::parse("/run/clamav/clamd.ctl"), Some(At::Socket("/run/clamav/clamd.ctl".into())));
        assert!(matches!(At::parse("[::1]:3310"), Some(At::Port(_))));
        for beyond in ["10.0.0.9:3310", "clamd.example:3310", "run/clamd.ctl", "127.0.0.1", ""] {
            assert_eq!(At::parse(beyond), None, "{beyond}");
        }
    }
}
