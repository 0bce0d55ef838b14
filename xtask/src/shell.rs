//! Other programs, and the folder they run in.

use std::fs::File;
use std::io::Seek;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use crate::Result;

/// The workspace's folder: the nearest one upwards that holds `xtask/Cargo.toml`.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir().map_err(|e| format!("where am I? {e}"))?;
    let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").exists());
    root.map(Path::to_path_buf).ok_or_else(|| "run this inside the project's folder".to_string())
}

/// Cargo, the one that runs us if there is one, in the workspace's folder.
pub fn cargo(args: &[&str]) -> Result<Command> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(args).current_dir(root()?);
    Ok(command)
}

/// Cargo with clippy in the compiler's place for our own crates: one pass lints them and builds what the tests run, and
/// what we depend on is compiled once. (`cargo clippy` would read all of it a second time, a fifth of the whole run.)
/// Warnings are errors.
pub fn cargo_with_clippy(args: &[&str]) -> Result<Command> {
    let mut command = cargo(args)?;
    // Beside cargo in its toolchain; where there is none, whatever the search path holds.
    let beside = env::var_os("CARGO").map(|cargo| Path::new(&cargo).with_file_name("clippy-driver"));
    let driver = beside.filter(|path| path.exists()).unwrap_or("clippy-driver".into());
    command.env("RUSTC_WORKSPACE_WRAPPER", driver).env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
    Ok(command)
}

/// Runs a program with our own input and outputs; fails unless it succeeds.
pub fn run(command: &mut Command) -> Result {
    let words = words(command);
    let status = command.status().map_err(|e| format!("`{words}` cannot be started: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{words}` failed ({status})")) }
}

/// What programs that run beside others say, kept in a file until it may be shown.
pub struct Heard(File);

impl Heard {
    /// A file that has no name and goes with the program.
    pub fn new() -> Result<Heard> {
        let path = env::temp_dir().join(format!("xtask-heard-{}", std::process::id()));
        let made = File::options().read(true).write(true).create_new(true).open(&path);
        let file = made.map_err(|e| format!("cannot make {}: {e}", path.display()))?;
        fs::remove_file(&path).map_err(|e| format!("cannot remove {}: {e}", path.display()))?;
        Ok(Heard(file))
    }

    /// Runs a program whose words go here; fails unless it succeeds.
    pub fn run(&self, command: &mut Command) -> Result {
        let handle = || self.0.try_clone().map_err(|e| format!("cannot share a file: {e}"));
        run(command.stdin(Stdio::null()).stdout(handle()?).stderr(handle()?))
    }

    /// Shows all that was said.
    pub fn show(mut self) -> Result {
        let said = self.0.rewind().and_then(|()| io::copy(&mut self.0, &mut io::stdout()));
        said.map(drop).map_err(|e| format!("cannot show what was said: {e}"))
    }
}

/// Runs a program and returns what it prints on standard output; fails unless it succeeds.
pub fn read(command: &mut Command) -> Result<String> {
    let words = words(command);
    let output = command.output().map_err(|e| format!("`{words}` cannot be started: {e}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{words}` failed ({}):\n{said}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{words}` does not print UTF-8"))
}

/// Whether a program of this name is in the search path.
pub fn has(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// A file of the workspace as text.
pub fn text(path: &str) -> Result<String> {
    fs::read_to_string(root()?.join(path)).map_err(|e| format!("cannot read {path}: {e}"))
}

/// Builds everything there is, tests included.
///
/// Always this way and no other: a build of one package may choose other features for what it depends on, and then
/// the heavy parts are compiled twice.
pub const BUILD_ALL: [&str; 4] = ["build", "--workspace", "--all-targets", "--locked"];

/// Builds everything there is, tests included, without the lints.
pub fn build_all() -> Result {
    run(&mut cargo(&BUILD_ALL)?)
}

/// The line one would type to do the same.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|a| a.to_string_lossy().into_owned()));
    words.join(" ")
}
