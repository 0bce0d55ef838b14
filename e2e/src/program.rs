//! The real program, on a free port, with a data folder of its own.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::leash::Leashed;
use crate::{Failure, Result, http};

/// How long the program may take from its start to its first answer; a debug build that fills a sample college is slow.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running `jiangce`; dropping it, or the end of the test's process, ends the program and removes its data.
///
/// A college that several journeys read may therefore be kept in a `static` with `OnceLock`.
pub struct Program {
    port: u16,
    data: PathBuf,
    process: Leashed,
}

impl Program {
    /// Starts `jiangce` with `args` and waits until it answers over HTTP.
    ///
    /// `{port}` in an argument becomes a free port, `{data}` the path of a new empty folder.
    pub fn start(args: &[&str]) -> Result<Program> {
        Program::start_with(args, &[])
    }

    /// As [`Program::start`], with environment variables.
    pub fn start_with(args: &[&str], variables: &[(&str, &str)]) -> Result<Program> {
        let data = new_folder("jiangce-e2e-")?;
        let port = free_port()?;
        let folder = data.display().to_string();
        let args: Vec<String> =
            args.iter().map(|a| a.replace("{port}", &port.to_string()).replace("{data}", &folder)).collect();
        let process = Leashed::start(&binary()?, &args, variables, Some(&data))?;
        let program = Program { port, data, process };
        program.wait_until_it_answers(&args)?;
        Ok(program)
    }

    /// The address of a screen: `path` begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// What it has printed so far, for instance the sign-in of a sample person.
    pub fn said(&self) -> Vec<String> {
        self.process.said()
    }

    /// Runs the program once beside the serving one, `{data}` as in [`Program::start`]: whether it succeeded, and what it
    /// printed.
    pub fn run(&self, args: &[&str]) -> Result<(bool, String)> {
        let folder = self.data.display().to_string();
        let run = Command::new(binary()?).args(args.iter().map(|arg| arg.replace("{data}", &folder))).output();
        let run = run.map_err(|e| Failure::new(format!("jiangce {}: {e}", args.join(" "))))?;
        let said = [run.stdout, run.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        Ok((run.status.success(), said))
    }

    fn wait_until_it_answers(&self, args: &[String]) -> Result {
        let start = Instant::now();
        loop {
            // Any answer will do: what it says is for the journey to judge.
            if http::send(self.port, "GET", "/", None, Duration::from_secs(10)).is_ok() {
                return Ok(());
            }
            let ended = self.process.has_ended();
            if ended || start.elapsed() > PATIENCE {
                let why = if ended { "ended before it answered" } else { "does not answer" };
                let said = self.said().join("\n  ");
                return Err(Failure::new(format!("jiangce {} {why}; it said:\n  {said}", args.join(" "))));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The program that was built with this test: both lie under the same profile's folder.
fn binary() -> Result<PathBuf> {
    let test = std::env::current_exe().map_err(|e| Failure::new(format!("where am I? {e}")))?;
    let profile = test.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let binary = profile.join("jiangce");
    if !binary.exists() {
        let words = format!("{} is not built yet; run `cargo xtask e2e`, which builds it first", binary.display());
        return Err(Failure::new(words));
    }
    Ok(binary)
}

/// A new empty folder for a leashed program, which removes it.
pub fn new_folder(prefix: &str) -> Result<PathBuf> {
    let folder = tempfile::Builder::new().prefix(prefix).tempdir();
    folder.map(tempfile::TempDir::keep).map_err(|e| Failure::new(format!("no folder to work in: {e}")))
}

/// A port nobody listens on. Another program may take it before ours does; that is rare, and then ours says so.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|l| l.local_addr());
    address.map(|a| a.port()).map_err(|e| Failure::new(format!("no free port: {e}")))
}
