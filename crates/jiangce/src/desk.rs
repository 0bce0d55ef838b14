//! What every command works at: the person's language, their settings, and how things are printed.

use crate::cli::Global;
use crate::exit::Exit;
use crate::failure::{refuse, shown};
use crate::parts::lasting;
use crate::sheets::OpensApart;
use indicatif::{ProgressBar, ProgressStyle};
use jc_app::{App, Clock, Person, Setup};
use jc_base::{Finding, Lang, SchoolId};
use jc_words::{Arg, text, width};
use serde_json::Value as Json;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The data folder unless one is given.
pub const DATA: &str = "jiangce-data";

/// Language, settings and output of one run.
pub struct Desk {
    /// The language spoken.
    pub lang: Lang,
    /// What every command understands.
    pub global: Global,
}

impl Desk {
    /// The desk of a run.
    pub fn new(global: Global, lang: Lang) -> Self {
        Self { lang, global }
    }

    /// A message.
    pub fn words(&self, id: &str, with: &[(&str, Arg<'_>)]) -> String {
        text(self.lang, id, with)
    }

    /// Prints a line of the answer. A reader that has gone away (`| head`) is no failure.
    pub fn say(&self, line: &str) {
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// Prints a message of the answer.
    pub fn tell(&self, id: &str, with: &[(&str, Arg<'_>)]) {
        self.say(&self.words(id, with));
    }

    /// Prints a remark that is not part of the answer.
    pub fn note(&self, id: &str, with: &[(&str, Arg<'_>)]) {
        self.complain(&self.words(id, with));
    }

    /// Prints a finished remark.
    pub fn complain(&self, line: &str) {
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// Prints the answer for machines.
    pub fn answer(&self, json: &Json) {
        self.say(&format!("{json:#}"));
    }

    /// Prints rows in columns that line up, Chinese characters counted double.
    pub fn table(&self, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> =
            (0..columns).map(|c| rows.iter().filter_map(|r| r.get(c)).map(|t| width(t)).max().unwrap_or(0)).collect();
        for row in rows {
            let mut line = String::new();
            for (cell, wide) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(wide - width(cell) + 2));
            }
            self.say(&format!("  {}", line.trim_end()));
        }
    }

    /// A bar on the terminal while something takes long; nothing where nobody looks.
    pub fn progress(&self) -> ProgressBar {
        if self.global.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.global.data.clone().unwrap_or_else(|| PathBuf::from(DATA))
    }

    /// The file with the keys of the secret values in a data folder.
    pub fn keys_of(&self, data: &Path) -> PathBuf {
        self.global.keys.clone().unwrap_or_else(|| data.join(jc_app::app::KEYS))
    }

    /// Where the data is, on the machine's clock.
    pub fn setup(&self) -> Setup {
        Setup { data: self.data(), database: self.global.database.clone(), clock: Clock::System }
    }

    /// Opens data that is there; an installation is made by `serve`, `school add` and `demo` only, so that a
    /// mistyped folder does not become an empty college.
    pub fn open(&self) -> anyhow::Result<App> {
        self.present()?;
        self.make(self.setup())
    }

    /// Refuses where there is no data yet.
    pub fn present(&self) -> anyhow::Result<()> {
        let data = self.data();
        if self.global.database.is_none() && !data.join("jiangce.db").is_file() {
            return Err(refuse(self, Exit::Failed, "cli-no-data", &[("folder", shown(&data).into())]));
        }
        Ok(())
    }

    /// Opens data, making what is not there.
    pub fn make(&self, setup: Setup) -> anyhow::Result<App> {
        std::fs::create_dir_all(&setup.data)
            .map_err(|cause| crate::failure::file(self, "cli-cannot-make-folder", &setup.data, &cause))?;
        let keys = self.keys_of(&setup.data);
        Ok(App::open_with_keys(setup, keys)?.opening_with(Arc::new(OpensApart::new())))
    }

    /// Writes a file someone asked for: whole and on the disk before we say so. Into what is no file (a pipe, a device) it is
    /// poured.
    pub fn write(&self, output: &Path, content: &[u8]) -> anyhow::Result<()> {
        let poured = output.metadata().is_ok_and(|about| !about.is_file());
        let written = if poured {
            std::fs::write(output, content)
        } else {
            lasting::write(output, content, lasting::For::Anyone)
        };
        written.map_err(|cause| crate::failure::file(self, "cli-cannot-write", output, &cause))
    }

    /// Whoever sits at this machine, in the school that is meant.
    pub fn person(&self, app: &App) -> anyhow::Result<Person> {
        Ok(Self::machine(self.school(app)?.0))
    }

    /// Whoever sits at this machine, in a school: the log says by which account of the machine they work.
    pub fn machine(school: SchoolId) -> Person {
        Person {
            by: machine_account().map(|name| ("user", name)).into_iter().collect(),
            ..Person::command_line(school)
        }
    }

    /// The school that is meant: the one asked for, or the only one.
    pub fn school(&self, app: &App) -> anyhow::Result<(SchoolId, String)> {
        let schools = app.schools()?;
        let asked = self.global.school;
        let mut fitting = schools.iter().filter(|(id, _, _)| asked.is_none_or(|asked| asked == id.0));
        let list = || {
            let names: Vec<String> = schools.iter().map(|(id, name, _)| format!("{id} {name}")).collect();
            names.join("; ")
        };
        match (fitting.next(), fitting.next(), asked) {
            (Some((id, name, _)), None, _) => Ok((*id, name.clone())),
            (Some(_), Some(_), _) => Err(refuse(self, Exit::Usage, "cli-which-school", &[("schools", list().into())])),
            (None, _, Some(id)) if !schools.is_empty() => Err(refuse(
                self,
                Exit::Usage,
                "cli-no-such-school",
                &[("id", id.to_string().into()), ("schools", list().into())],
            )),
            (None, _, _) => Err(refuse(self, Exit::Failed, "cli-no-school", &[])),
        }
    }

    /// A finding for machines.
    pub fn finding_json(&self, finding: &Finding) -> Json {
        serde_json::from_str(&jc_words::json(self.lang, finding)).unwrap_or(Json::Null)
    }
}

/// The account of this machine the program runs by: its name, or its number where it has none.
#[cfg(unix)]
fn machine_account() -> Option<String> {
    let number = rustix::process::getuid().as_raw().to_string();
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = accounts.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)? == number).then(|| name.to_owned())
    });
    Some(named.unwrap_or(number))
}

/// Elsewhere it is not asked for.
#[cfg(not(unix))]
fn machine_account() -> Option<String> {
    None
}
