//! Spreadsheets, documents and pictures of strangers are read by a process of their own, which can be lost: this program again, started under
//! a word of its own, without rights ([`confine`]), talked to by two pipes ([`channel`]).
//!
//! Files beyond the limits of uploads are read in this process: only the command line takes them, and there the person
//! owns the machine (`--limits generous`).

#[cfg(unix)]
mod channel;
#[cfg(unix)]
mod confine;

use crate::parts::Limits;
use crate::parts::book::{Book, Here, Opener, Unopened};
use crate::parts::{Picture, Prose};
use std::ffi::OsString;
use std::process::ExitCode;

/// The word that makes this program the reader. Not a command: nobody types it.
const WORD: &str = "internal-read-sheet";

/// The reader's answer when it cannot give up its rights.
#[cfg(unix)]
const UNCONFINED: u8 = 77;

/// Whether the program was started as the reader.
pub fn is_reader(arguments: &[OsString]) -> bool {
    arguments.get(1).is_some_and(|word| word == WORD)
}

/// The reader's whole life: gives up its rights, then reads what it is handed until nobody asks any more.
#[cfg(unix)]
pub fn read() -> ExitCode {
    use std::fs::File;
    use std::io::{BufWriter, stdin, stdout};
    use std::os::fd::AsFd;

    let pipes =
        stdin().as_fd().try_clone_to_owned().and_then(|input| Ok((input, stdout().as_fd().try_clone_to_owned()?)));
    let Ok((input, output)) = pipes else { return ExitCode::FAILURE };
    if confine::give_up_rights().is_err() {
        return UNCONFINED.into();
    }
    let mut output = BufWriter::with_capacity(1 << 16, File::from(output));
    match crate::parts::apart::serve(&mut File::from(input), &mut output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// On a system without such processes nobody starts one.
#[cfg(not(unix))]
pub fn read() -> ExitCode {
    ExitCode::FAILURE
}

/// Opens spreadsheets, documents and pictures in a process of their own.
pub struct OpensApart {
    #[cfg(unix)]
    start: channel::Start,
}

impl OpensApart {
    /// With this program as the reader.
    pub fn new() -> Self {
        Self {
            #[cfg(unix)]
            start: channel::Start::own(WORD),
        }
    }
}

impl Opener for OpensApart {
    #[cfg(unix)]
    fn open(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, Unopened> {
        if !limits.within(&Limits::default()) {
            return Here.open(file_name, bytes, limits);
        }
        let channel = self.start.reader().map_err(Unopened::Process)?;
        crate::parts::apart::open(file_name, bytes, limits, Box::new(channel)).map_err(Unopened::Findings)
    }

    #[cfg(unix)]
    fn prose(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Prose, Unopened> {
        let channel = self.start.reader().map_err(Unopened::Process)?;
        crate::parts::apart::prose(file_name, bytes, limits, Box::new(channel)).map_err(Unopened::Findings)
    }

    #[cfg(unix)]
    fn picture(&self, file_name: &str, bytes: &[u8]) -> Result<Picture, Unopened> {
        let channel = self.start.reader().map_err(Unopened::Process)?;
        crate::parts::apart::picture(file_name, bytes, Box::new(channel)).map_err(Unopened::Findings)
    }

    #[cfg(not(unix))]
    fn picture(&self, file_name: &str, bytes: &[u8]) -> Result<Picture, Unopened> {
        Here.picture(file_name, bytes)
    }

    #[cfg(not(unix))]
    fn prose(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Prose, Unopened> {
        Here.prose(file_name, bytes, limits)
    }

    #[cfg(not(unix))]
    fn open(&self, file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, Unopened> {
        Here.open(file_name, bytes, limits)
    }
}
