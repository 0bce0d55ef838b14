//! Fuzzing on a stable compiler: inputs are healthy and hostile ones, changed at random, the same in every run of the
//! same length. A target that panics, or twice takes longer than a person would wait, is a find: its input is kept.
//!
//! `cargo run --release -p bench -- fuzz TARGET SECONDS`; without a target all of them, one after the other.

mod mutate;
mod targets;

use mutate::Chance;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

/// Longer than this for one input is a find: inputs are small.
const PATIENCE: Duration = Duration::from_secs(5);

/// Larger inputs are cut: many small ones find more than few large ones.
const LONGEST: usize = 64 * 1024;

/// Fuzzes one target, or all.
pub fn run(name: Option<&str>, seconds: u64) -> ExitCode {
    let wanted: Vec<&Target> = TARGETS.iter().filter(|target| name.is_none_or(|name| target.name == name)).collect();
    if wanted.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("the targets are {}", names.join(", "));
        return ExitCode::from(2);
    }
    let finds = wanted.into_iter().filter(|target| !holds(target, Duration::from_secs(seconds))).count();
    if finds == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether a target stands everything it is given for a while.
fn holds(target: &Target, time: Duration) -> bool {
    let (mut work, seeds) = (target.begin)();
    let mut chance = Chance::new(1);
    let (begun, mut tried, mut longest) = (Instant::now(), 0_u64, Duration::ZERO);
    while begun.elapsed() < time {
        let mut input = chance.change(&seeds, target.words);
        input.truncate(LONGEST);
        let mut once = || {
            let one = Instant::now();
            let stands = catch_unwind(AssertUnwindSafe(|| work(&input))).is_ok();
            (stands, one.elapsed())
        };
        let (mut stands, mut took) = once();
        // A machine that has much else to do is slow once, and not at the same input twice.
        if stands && took > PATIENCE {
            (stands, took) = once();
        }
        longest = longest.max(took);
        tried += 1;
        if !stands || took > PATIENCE {
            let path = std::env::temp_dir().join(format!("find-{}.bin", target.name));
            let kept = std::fs::write(&path, &input).map_or_else(|e| e.to_string(), |()| path.display().to_string());
            println!("{:<12} FOUND after {tried} inputs ({took:?}); kept in {kept}", target.name);
            return false;
        }
    }
    println!("{:<12} {tried:>9} inputs, the slowest {longest:?}", target.name);
    true
}

#[cfg(test)]
mod tests {
    use super::{TARGETS, Target, holds};
    use std::time::Duration;

    #[test]
    fn every_target_stands_two_seconds() {
        let stands = |target: &Target| assert!(holds(target, Duration::from_secs(2)), "{}", target.name);
        std::thread::scope(|both| {
            let (even, odd): (Vec<_>, Vec<_>) = TARGETS.iter().enumerate().partition(|(n, _)| n % 2 == 0);
            both.spawn(move || even.iter().for_each(|(_, target)| stands(target)));
            odd.iter().for_each(|(_, target)| stands(target));
        });
    }
}
