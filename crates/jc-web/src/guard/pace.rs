//! How fast one may ask: whoever is not signed in, by their address, and programs, by their token's owner. A school behind
//! one address stays far below; someone who tries addresses or codes one after the other does not.

use super::fault::Fault;
use jc_app::Person;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is counted together.
const WINDOW: Duration = Duration::from_secs(60);
/// So many requests of strangers from one address in that time.
pub const STRANGERS: u32 = 600;
/// So many requests of one account's programs.
pub const PROGRAMS: u32 = 300;
/// Addresses remembered in that time; whoever comes when all places are taken is counted with the others who do.
const MOST: usize = 10_000;

/// Who has asked how often in the present minute.
#[derive(Debug)]
pub struct Pace(Mutex<(Instant, HashMap<String, u32>)>);

impl Default for Pace {
    fn default() -> Self {
        Self(Mutex::new((Instant::now(), HashMap::new())))
    }
}

impl Pace {
    /// Counts a request of someone who is not signed in. An address that is not known is not counted: then nobody comes
    /// over a socket of ours.
    pub fn stranger(&self, address: &str) -> Result<(), Fault> {
        if address.is_empty() { Ok(()) } else { self.take(format!("@{address}"), STRANGERS) }
    }

    /// Counts a request of a program.
    pub fn program(&self, person: &Person) -> Result<(), Fault> {
        self.take(format!("{}/{}", person.school.0, person.login), PROGRAMS)
    }

    fn take(&self, who: String, most: u32) -> Result<(), Fault> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (begun, counts) = &mut *held;
        if begun.elapsed() >= WINDOW {
            *begun = Instant::now();
            counts.clear();
        }
        let who = if counts.len() < MOST || counts.contains_key(&who) { who } else { String::new() };
        let count = counts.entry(who).or_default();
        *count = count.saturating_add(1);
        if *count > most { Err(Fault::Busy) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Pace, STRANGERS};

    #[test]
    fn one_address_is_slowed_and_others_are_not() {
        let pace = Pace::default();
        let passed = (0..STRANGERS * 2).filter(|_| pace.stranger("10.0.0.1").is_ok()).count();
        assert_eq!(passed, STRANGERS as usize);
        assert!(pace.stranger("10.0.0.2").is_ok());
        (0..MOST * 2).for_each(|n| drop(pace.stranger(&n.to_string())));
        assert!(pace.0.lock().expect("a lock").1.len() <= MOST + 1, "what is remembered has an end");
    }
}
