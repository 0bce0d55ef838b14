//! `machine`: what the tests need on a machine, and how it gets there.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::{Result, only, shell};

pub const HELP: &str = "\
When: on a new machine, before `cargo test`; `cargo xtask test` does it by itself.

cargo xtask machine            says what is missing, then installs it (as root on Debian)
cargo xtask machine --check    only says what is missing";

/// Something the tests need beside Rust, as a package of Debian.
struct Need {
    package: &'static str,
    why: &'static str,
    is_there: fn() -> bool,
}

const NEEDS: [Need; 8] = [
    Need { package: "postgresql", why: "the store's tests run on SQLite and on PostgreSQL", is_there: has_postgresql },
    Need { package: "chromium", why: "journeys walk through the screens in it", is_there: has_chromium },
    Need { package: "chromium-driver", why: "journeys steer the browser with it", is_there: has_driver },
    Need { package: "fonts-noto-cjk", why: "without it Chinese screens are empty boxes", is_there: has_font },
    Need { package: "poppler-utils", why: "reports are read back by another program", is_there: has_pdftotext },
    Need { package: "qpdf", why: "reports are checked by another program", is_there: has_qpdf },
    Need { package: "libreoffice-writer-nogui", why: "reports are opened by another program", is_there: has_writer },
    Need { package: "libreoffice-calc-nogui", why: "workbooks are worked out by another program", is_there: has_calc },
];

/// Says what is missing and installs it unless `--check` is given.
pub fn run(args: &[String]) -> Result {
    only(args, &["--check"])?;
    if !args.is_empty() {
        toolchain()?;
        let missing = missing();
        return if missing.is_empty() { said_complete() } else { Err(how_to_install(&missing)) };
    }
    prepare()
}

/// Makes sure that everything is there.
pub fn prepare() -> Result {
    toolchain()?;
    if let Some(words) = too_little_space(&target()?, free_space) {
        println!("{words}");
    }
    let missing = missing();
    if missing.is_empty() {
        return said_complete();
    }
    // Files of /proc/self belong to whoever we run as.
    let is_root = fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0);
    if !is_root || !shell::has("apt-get") {
        return Err(how_to_install(&missing));
    }
    println!("This machine lacks {} of what the tests need. Installing with apt-get:", missing.len());
    for need in &missing {
        println!("  {:16} {}", need.package, need.why);
    }
    apt_get(&["update"])?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(missing.iter().map(|need| need.package));
    apt_get(&args)
}

/// Makes sure that the parts of Rust we call are installed.
pub fn toolchain() -> Result {
    for (part, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if let Err(why) = shell::read(&mut shell::cargo(&[part, "--version"])?) {
            return Err(format!("{why}\nIf it is missing, and with rustup: `rustup component add {component}`."));
        }
    }
    Ok(())
}

/// What a whole run leaves in the folder of what is built, in GB: where the disk is full, the linker only dies.
const BUILT_GB: u64 = 7;

/// The folder that cargo builds into.
fn target() -> Result<PathBuf> {
    let named = env::var_os("CARGO_TARGET_DIR").unwrap_or("target".into());
    Ok(shell::root()?.join(named))
}

/// A warning, if nothing is built yet and the disk may not hold what will be.
fn too_little_space(target: &Path, free: impl Fn(&Path) -> Option<u64>) -> Option<String> {
    let there = target.ancestors().find(|folder| folder.exists())?;
    if target.join("debug").exists() {
        return None;
    }
    let free = free(there)? / 1_000_000_000;
    (free < BUILT_GB).then(|| {
        format!(
            "Only {free} GB are free on the disk of {}; the build takes up to {BUILT_GB}. If it ends in a linker that dies (“Bus error”), free some, or name a folder on another disk in CARGO_TARGET_DIR.",
            there.display()
        )
    })
}

/// The bytes that are free on a folder's disk, if `df` can say.
fn free_space(folder: &Path) -> Option<u64> {
    let said = shell::read(Command::new("df").args(["-B1", "--output=avail"]).arg(folder)).ok()?;
    said.lines().nth(1)?.trim().parse().ok()
}

fn said_complete() -> Result {
    println!("Everything is here; nothing to install.");
    Ok(())
}

fn missing() -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| !(need.is_there)()).collect()
}

fn how_to_install(missing: &[&Need]) -> String {
    let mut words = String::from("the tests need what this machine lacks:\n");
    let mut line = String::from("sudo apt-get update && sudo apt-get install -y --no-install-recommends");
    for need in missing {
        words.push_str(&format!("  {:16} {}\n", need.package, need.why));
        line.push_str(&format!(" {}", need.package));
    }
    words.push_str(&format!("On Debian:\n  {line}\nElsewhere these packages may have other names. "));
    words.push_str("Or run `cargo xtask check`, which needs none of them.");
    words
}

fn apt_get(args: &[&str]) -> Result {
    shell::run(Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Debian keeps the server's programs out of the search path, in a folder for each version.
fn has_postgresql() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    shell::has("initdb") || versions.map(|v| v.path().join("bin/initdb")).any(|initdb| initdb.exists())
}

/// The same places as in `e2e/src/session.rs`; so for the driver.
fn has_chromium() -> bool {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].iter().any(|p| Path::new(p).exists())
}

fn has_driver() -> bool {
    ["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver", "/usr/local/bin/chromedriver"]
        .iter()
        .any(|p| Path::new(p).exists())
}

fn has_pdftotext() -> bool {
    shell::has("pdftotext")
}

fn has_qpdf() -> bool {
    shell::has("qpdf")
}

fn has_writer() -> bool {
    shell::has("soffice") && office_holds("libswlo.so")
}

fn has_calc() -> bool {
    shell::has("soffice") && office_holds("libsclo.so")
}

/// Debian keeps each part of LibreOffice as a library in its folder.
fn office_holds(library: &str) -> bool {
    Path::new("/usr/lib/libreoffice/program").join(library).exists()
}

fn has_font() -> bool {
    let listed = shell::has("fc-list").then(|| shell::read(Command::new("fc-list").arg(":lang=zh-cn")).ok());
    let packaged = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists();
    packaged || listed.flatten().is_some_and(|fonts| !fonts.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_too_small_is_told_before_the_linker_dies_of_it() {
        let nothing_built = Path::new("/no-such-folder/target");
        let words = too_little_space(nothing_built, |_| Some(3_800_000_000)).unwrap();
        assert!(words.starts_with("Only 3 GB are free on the disk of /;"), "{words}");
        assert_eq!(too_little_space(nothing_built, |_| Some(60_000_000_000)), None);
        assert!(free_space(Path::new("/")).is_some());
    }

    #[test]
    fn without_rights_it_names_the_packages_and_a_way_out() {
        let words = how_to_install(&[&NEEDS[1], &NEEDS[3]]);
        assert!(words.contains("apt-get install -y --no-install-recommends chromium fonts-noto-cjk\n"), "{words}");
        assert!(words.contains("cargo xtask check"), "{words}");
    }
}
