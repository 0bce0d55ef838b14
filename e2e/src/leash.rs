//! Child programs that never outlive the test, even one that is killed.
//!
//! A shell starts the program in a process group of its own and then reads its standard input, which the test holds
//! open. When the test ends, however it ends, that input closes and the shell ends the whole group: it asks, and after
//! two seconds insists. Then it removes the folder the program worked in.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::{Failure, Result};

const LEASH: &str = r#"folder=$1
shift
exec 3<&0
setsid "$@" </dev/null 3<&- &
exec >/dev/null 2>&1
cat <&3
kill -s TERM -- -$!
for tenth in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  kill -s 0 $! || break
  sleep 0.1
done
kill -s KILL -- -$!
test -z "$folder" || rm -rf -- "$folder""#;

/// A running program; dropping it ends the program and all it started.
pub struct Leashed {
    shell: Child,
    said: Arc<Mutex<Said>>,
}

#[derive(Default)]
struct Said {
    lines: Vec<String>,
    open: usize,
}

impl Leashed {
    /// Starts `program` and keeps what it says on both outputs. At the end `folder` is removed, if one is given.
    pub fn start(
        program: &Path,
        args: &[String],
        variables: &[(&str, &str)],
        folder: Option<&Path>,
    ) -> Result<Leashed> {
        let mut shell = Command::new("/bin/sh")
            .args(["-c", LEASH, "leash"])
            .arg(folder.unwrap_or(Path::new("")))
            .arg(program)
            .args(args)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| Failure::new(format!("cannot start {}: {e}", program.display())))?;
        let said = Arc::new(Mutex::new(Said::default()));
        listen(shell.stdout.take(), &said);
        listen(shell.stderr.take(), &said);
        Ok(Leashed { shell, said })
    }

    /// Everything said so far, one line each.
    pub fn said(&self) -> Vec<String> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).lines.clone()
    }

    /// Whether the program has closed both outputs, as it does when it ends.
    pub fn has_ended(&self) -> bool {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).open == 0
    }
}

impl Drop for Leashed {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // The shell ends by itself now; a failure to wait leaves nothing to mend.
        let _ = self.shell.wait();
    }
}

fn listen(output: Option<impl Read + Send + 'static>, said: &Arc<Mutex<Said>>) {
    let Some(output) = output else { return };
    said.lock().unwrap_or_else(PoisonError::into_inner).open += 1;
    let said = Arc::clone(said);
    thread::spawn(move || {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_string();
            said.lock().unwrap_or_else(PoisonError::into_inner).lines.push(text);
            line.clear();
        }
        said.lock().unwrap_or_else(PoisonError::into_inner).open -= 1;
    });
}
