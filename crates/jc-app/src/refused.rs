//! What was refused, in the log: sign-ins that failed, and what people asked for without the right to it.
//!
//! A stranger can fail as often as they like, so not every refusal is a line: of what is alike (who, from where, what for)
//! the first in ten minutes is noted at once and the others by their number afterwards, and of what is unlike only so much.

use crate::app::App;
use crate::error::AppError;
use crate::person::Person;
use jc_base::{Instant, SchoolId};
use jc_store::Actor;
use jc_store::store::Ending;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// So long what is alike is counted together.
const WINDOW_MS: i64 = 10 * 60_000;
/// So many unlike refusals of strangers are noted in that time, and so many of people who are signed in.
const MOST: [usize; 2] = [20, 100];

/// The log's word for a sign-in that failed.
pub(crate) const SIGN_IN: &str = "sign-in.refuse";
/// Whom the log names for someone who is not signed in; no account has this login.
pub const STRANGER: &str = "@";

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Refusal {
    /// The school.
    pub school: SchoolId,
    /// The log's word for it.
    pub action: &'static str,
    /// What was asked for: `account`, or the address as it is declared.
    pub object: String,
    /// The login of an account; nothing for a stranger who named none that there is.
    pub login: Option<String>,
    /// The operation that was lacking, or what was wrong.
    pub why: &'static str,
    /// The address it came from; empty if it is not known.
    pub address: String,
}

/// What was refused in the present ten minutes, strangers and people apart.
#[derive(Debug, Default)]
pub(crate) struct Refused([Mutex<Pot>; 2]);

#[derive(Debug, Default)]
struct Pot {
    begun: i64,
    /// How often each was refused beyond the time that was noted.
    more: BTreeMap<Refusal, u64>,
    /// How many were too many to be told apart.
    others: BTreeMap<(SchoolId, &'static str), u64>,
}

/// A line to be written: a refusal, or many that are not told apart, and how often.
struct Line {
    refusal: Refusal,
    times: u64,
    /// Whether it stands for unlike ones.
    others: bool,
}

impl Pot {
    /// Counts one; gives the lines that are due now.
    fn take(&mut self, refusal: Refusal, most: usize, now: i64) -> Vec<Line> {
        // A clock set back ends the ten minutes as well.
        let mut due = if (0..WINDOW_MS).contains(&(now - self.begun)) { Vec::new() } else { self.empty() };
        if self.more.is_empty() && self.others.is_empty() {
            self.begun = now;
        }
        if let Some(times) = self.more.get_mut(&refusal) {
            *times += 1;
        } else if self.more.len() < most {
            self.more.insert(refusal.clone(), 0);
            due.push(Line { refusal, times: 1, others: false });
        } else {
            *self.others.entry((refusal.school, refusal.action)).or_default() += 1;
        }
        due
    }

    /// The lines of what was only counted; afterwards nothing is counted.
    fn empty(&mut self) -> Vec<Line> {
        let more = std::mem::take(&mut self.more).into_iter().filter(|(_, times)| *times > 0);
        let others = std::mem::take(&mut self.others).into_iter().map(|((school, action), times)| {
            let (object, address) = (String::new(), String::new());
            let refusal = Refusal { school, action, object, login: None, why: "", address };
            Line { refusal, times, others: true }
        });
        more.map(|(refusal, times)| Line { refusal, times, others: false }).chain(others).collect()
    }
}

impl App {
    /// Notes that a person was refused what an address needs.
    pub fn note_denied(&self, person: &Person, object: &str, why: &'static str) -> Result<(), AppError> {
        let by = |name: &str| person.by.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
        self.note_refusal(Refusal {
            school: person.school,
            action: "permission.refuse",
            object: object.to_owned(),
            login: Some(person.login.clone()),
            why,
            address: by("address").unwrap_or_default(),
        })
    }

    pub(crate) fn note_refusal(&self, refusal: Refusal) -> Result<(), AppError> {
        let Instant(now) = self.moment().now;
        let pot = usize::from(refusal.action != SIGN_IN);
        let due = self.lock(pot).take(refusal, MOST[pot], now);
        self.write_refused(due)
    }

    /// Writes what was only counted: from time to time, and before the program stops.
    pub fn write_refusals(&self, all: bool) -> Result<(), AppError> {
        let Instant(now) = self.moment().now;
        for pot in 0..MOST.len() {
            let due = {
                let mut pot = self.lock(pot);
                let over = !(0..WINDOW_MS).contains(&(now - pot.begun));
                if all || over { pot.empty() } else { Vec::new() }
            };
            self.write_refused(due)?;
        }
        Ok(())
    }

    fn lock(&self, pot: usize) -> std::sync::MutexGuard<'_, Pot> {
        self.refused.0[pot].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_refused(&self, due: Vec<Line>) -> Result<(), AppError> {
        for Line { refusal, times, others } in due {
            let Refusal { school, action, object, login, why, address } = refusal;
            // Who fails to sign in is not yet the one they say they are.
            let (name, claimed) = match login {
                Some(login) if action != SIGN_IN => (login, None),
                claimed => (STRANGER.to_owned(), claimed),
            };
            let by = if address.is_empty() { Vec::new() } else { vec![("address", address)] };
            let actor = Actor { account: None, name, by };
            self.store.write(school, &actor, action, &object, self.moment(), |writer| {
                if let Some(login) = claimed {
                    writer.note("login", login);
                }
                if !why.is_empty() {
                    writer.note("why", why);
                }
                if others {
                    writer.note("others", true);
                }
                writer.note("times", times);
                Ok::<_, AppError>(Ending::Keep(()))
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Pot, Refusal, WINDOW_MS};
    use jc_base::SchoolId;

    fn refusal(address: &str) -> Refusal {
        let (object, login) = ("account".to_owned(), None);
        Refusal { school: SchoolId(1), action: "sign-in.refuse", object, login, why: "", address: address.to_owned() }
    }

    #[test]
    fn a_stranger_cannot_fill_the_log() {
        let mut pot = Pot::default();
        let mut lines = Vec::new();
        for n in 0..10_000 {
            lines.extend(pot.take(refusal(&format!("10.0.{}.{}", n / 250, n % 250)), 20, 1_000 + n));
        }
        assert_eq!(lines.len(), 20, "what is unlike is noted so often");
        let later = pot.take(refusal("10.9.9.9"), 20, 1_000 + WINDOW_MS);
        let [others, new] = later.as_slice() else { panic!("the others' number, and the first of the next time") };
        assert!(others.others && others.times == 9_980 && new.times == 1);
    }

    #[test]
    fn what_is_alike_is_one_line_and_its_number() {
        let mut pot = Pot::default();
        let at_once = |pot: &mut Pot, now| pot.take(refusal("10.0.0.1"), 20, now).iter().map(|l| l.times).collect();
        let first: Vec<u64> = at_once(&mut pot, 5);
        assert_eq!(first, [1]);
        for now in 6..100 {
            assert!(pot.take(refusal("10.0.0.1"), 20, now).is_empty());
        }
        let later: Vec<u64> = at_once(&mut pot, 5 + WINDOW_MS);
        assert_eq!(later, [94, 1]);
        let back: Vec<u64> = at_once(&mut pot, 1);
        assert_eq!(back, [1], "nothing is lost when the clock is set back");
    }
}
