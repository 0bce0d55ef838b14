//! A row of steps: each with a line and its time, the first failure ends the row.

use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::shell::Heard;

/// The steps taken so far.
pub struct Steps {
    begun: Instant,
    taken: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// None yet.
    pub fn begin() -> Steps {
        Steps { begun: Instant::now(), taken: Vec::new() }
    }

    /// Takes one step: says that it begins, and how long it took.
    ///
    /// Errors: those of the step, with its name and what was done before it.
    pub fn take(&mut self, name: &'static str, step: impl FnOnce() -> Result) -> Result {
        println!("──── {name}");
        let (done, time) = timed(step);
        self.note(name, done, time)
    }

    /// Takes two steps side by side. What the programs of the second say is shown when both have ended.
    ///
    /// Errors: those of either, or of both.
    pub fn take_two(
        &mut self,
        first: (&'static str, impl FnOnce() -> Result),
        second: (&'static str, impl FnOnce(&Heard) -> Result + Send),
    ) -> Result {
        println!("──── {}; beside it: {}", first.0, second.0);
        let heard = Heard::new()?;
        let (one, other) = thread::scope(|scope| {
            let beside = scope.spawn(|| timed(|| second.1(&heard)));
            let one = timed(first.1);
            let panicked = || (Err("it panicked".to_string()), Duration::ZERO);
            (one, beside.join().unwrap_or_else(|_| panicked()))
        });
        heard.show()?;
        let one = self.note(first.0, one.0, one.1);
        let other = self.note(second.0, other.0, other.1);
        match (one, other) {
            (Err(one), Err(other)) => Err(format!("{one}\n{other}")),
            (one, other) => one.and(other),
        }
    }

    fn note(&mut self, name: &'static str, done: Result, time: Duration) -> Result {
        match done {
            Ok(()) => {
                println!("──── {name}: good, {}", seconds(time));
                self.taken.push((name, time));
                Ok(())
            }
            Err(why) => {
                println!("──── {name}: FAILED after {}", seconds(time));
                Err(format!("stopped at the step “{name}” ({}).\n{why}", self.summary()))
            }
        }
    }

    /// All steps and their times, and the time from the first to the last.
    pub fn finish(self) {
        println!();
        for (name, time) in &self.taken {
            println!("  {:>9}  {name}", seconds(*time));
        }
        println!("  {:>9}  all {} steps good", seconds(self.begun.elapsed()), self.taken.len());
    }

    fn summary(&self) -> String {
        match self.taken.len() {
            0 => "the first one".to_string(),
            1 => "the one before it was good".to_string(),
            n => format!("the {n} before it were good"),
        }
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_names_its_step() {
        let mut steps = Steps::begin();
        steps.take("one", || Ok(())).unwrap();
        let why = steps.take("two", || Err("no luck".into())).unwrap_err();
        assert_eq!(why, "stopped at the step “two” (the one before it was good).\nno luck");
    }

    #[test]
    fn of_two_side_by_side_each_failure_is_told() {
        let mut steps = Steps::begin();
        steps.take_two(("one", || Ok(())), ("two", |_| Ok(()))).unwrap();
        let bad = || Err("no luck".to_string());
        let why = steps.take_two(("three", || Ok(())), ("four", |_| bad())).unwrap_err();
        assert_eq!(why, "stopped at the step “four” (the 3 before it were good).\nno luck");
        let why = steps.take_two(("five", bad), ("six", |_| bad())).unwrap_err();
        assert!(why.contains("“five”") && why.contains("“six”"), "{why}");
        let why = steps.take_two(("seven", bad), ("eight", |_| Ok(()))).unwrap_err();
        assert!(why.contains("“seven”"), "{why}");
    }
}
