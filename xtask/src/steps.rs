//! A row of steps: each with a line and its time, the first failure ends the row.

use std::time::{Duration, Instant};

use crate::Result;

/// The steps taken so far.
#[derive(Default)]
pub struct Steps {
    taken: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Takes one step: says that it begins, and how long it took.
    ///
    /// Errors: those of the step, with its name and what was done before it.
    pub fn take(&mut self, name: &'static str, step: impl FnOnce() -> Result) -> Result {
        println!("──── {name}");
        let start = Instant::now();
        let done = step();
        let time = start.elapsed();
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

    /// All steps and their times.
    pub fn finish(self) {
        println!();
        for (name, time) in &self.taken {
            println!("  {:>9}  {name}", seconds(*time));
        }
        let all = self.taken.iter().map(|(_, time)| *time).sum();
        println!("  {:>9}  all {} steps good", seconds(all), self.taken.len());
    }

    fn summary(&self) -> String {
        match self.taken.len() {
            0 => "the first one".to_string(),
            1 => "the one before it was good".to_string(),
            n => format!("the {n} before it were good"),
        }
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_names_its_step() {
        let mut steps = Steps::default();
        steps.take("one", || Ok(())).unwrap();
        let why = steps.take("two", || Err("no luck".into())).unwrap_err();
        assert_eq!(why, "stopped at the step “two” (the one before it was good).\nno luck");
    }
}
