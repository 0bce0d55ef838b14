//! Runs the program in a folder that is gone afterwards.

use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const CHINESE: [(&str, &str); 2] = [("JIANGCE_LANG", "zh"), ("JIANGCE_DATA", "data")];

/// A folder to run the program in; its data folder is `data` in it.
pub struct Bench {
    folder: TempDir,
}

/// What the program answered.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Bench {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with the data of a college without records.
    pub fn college() -> Self {
        let bench = Self::empty();
        bench.run(&["school", "add", "测试技师学院"]).ends(0);
        bench
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path
    }

    /// Runs the program in Chinese on the data of this folder.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, &CHINESE)
    }

    /// Runs the program with these variables and no others that it reads.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiangce"));
        command.args(arguments);
        self.answer(command, variables)
    }

    /// Runs the program where no file can grow beyond so many KiB: to it, the disk is full then.
    #[cfg(target_os = "linux")]
    pub fn run_on_full_disk(&self, kib: u64, arguments: &[&str]) -> Answer {
        let mut command = Command::new("sh");
        // The signal is ignored, so that the write fails instead of the program.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", kib * 2);
        command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_jiangce")]).args(arguments);
        self.answer(command, &CHINESE)
    }

    /// Runs the program without the right of a superuser to write what is read-only.
    #[cfg(target_os = "linux")]
    pub fn run_bound(&self, arguments: &[&str]) -> Answer {
        // The right is taken from one thread and what it starts; who is no superuser has none to lose.
        std::thread::scope(|scope| {
            let run = || {
                use rustix::thread::{CapabilitySet, remove_capability_from_bounding_set};
                let _ = remove_capability_from_bounding_set(CapabilitySet::DAC_OVERRIDE);
                self.run(arguments)
            };
            scope.spawn(run).join().expect("an answer")
        })
    }

    fn answer(&self, mut command: Command, variables: &[(&str, &str)]) -> Answer {
        command.current_dir(self.folder.path());
        for name in ["JIANGCE_LANG", "JIANGCE_DATA", "JIANGCE_DATABASE", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"] {
            command.env_remove(name);
        }
        let output = command.envs(variables.iter().copied()).output().expect("the program runs");
        Answer {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Answer {
    /// Holds the exit code.
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out:\n{}\nerr:\n{}", self.out, self.err);
        self
    }

    /// Holds that the answer says something.
    pub fn says(self, words: &str) -> Self {
        assert!(self.out.contains(words), "{words} is not in:\n{}\nerr:\n{}", self.out, self.err);
        self
    }

    /// Holds that it complains of something.
    pub fn complains(self, words: &str) -> Self {
        assert!(self.err.contains(words), "{words} is not in:\n{}\nout:\n{}", self.err, self.out);
        self
    }

    /// The answer as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}\nerr:\n{}", self.out, self.err))
    }
}
