//! Files that take longer than a screen: each is made by itself, tells how far it is, and can be left and found again.
//!
//! They are kept in memory only, for a while and within bounds; whoever comes later asks for the file anew.

use crate::guard::fault::Fault;
use crate::guard::forgery;
use crate::state::AppState;
use jc_app::made::Made;
use jc_app::{App, AppError, Person};
use jc_base::Finding;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// A file is kept so long for whoever comes back.
const KEPT: Duration = Duration::from_secs(15 * 60);
/// No more files than this are kept or being made at once.
const MOST: usize = 64;
/// Nor more bytes than this.
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// So many are being made at once; the others wait for their turn.
const AT_ONCE: usize = 2;

/// What is being done, and how much of it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// The message that says it.
    pub says: &'static str,
    /// Parts done.
    pub done: usize,
    /// Of how many.
    pub of: usize,
}

/// How the making of a file stands.
#[derive(Debug, Clone)]
pub enum Standing {
    /// It is being made, or waits for its turn.
    Working(Stage),
    /// It is done.
    Done(Arc<Made>),
    /// It was not made, and why, for the person to mend.
    Refused(Vec<Finding>),
    /// It was not made; the log knows why, under this number.
    Failed(String),
}

/// Whose a file is and what is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who asked.
    pub person: Person,
    /// The address below which its screen is: its routes need the right to make it.
    pub place: String,
    /// Everything that makes it another file.
    pub what: String,
}

impl Asked {
    fn owner(&self) -> String {
        owner(&self.person)
    }
}

fn owner(person: &Person) -> String {
    format!("{}/{}", person.school, person.login)
}

#[derive(Debug)]
struct Job {
    /// Whose it is, and where: for others, and elsewhere, it does not exist.
    owner: String,
    place: String,
    what: String,
    since: Instant,
    standing: Standing,
}

impl Job {
    fn goes_on(&self) -> bool {
        matches!(self.standing, Standing::Working(_))
    }

    fn size(&self) -> usize {
        if let Standing::Done(made) = &self.standing { made.bytes.len() } else { 0 }
    }
}

/// All files being made or lately made.
#[derive(Debug)]
pub struct Jobs {
    jobs: Mutex<HashMap<String, Job>>,
    turns: Semaphore,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { jobs: Mutex::default(), turns: Semaphore::new(AT_ONCE) }
    }
}

/// What asking for a file came to.
#[derive(Debug, PartialEq, Eq)]
enum Begun {
    /// It begins, under this number.
    Now(String),
    /// The same person asked for the same a moment ago.
    Already(String),
}

impl Jobs {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a file, or finds it begun.
    fn begin(&self, asked: &Asked) -> Result<Begun, Fault> {
        let mut jobs = self.all();
        jobs.retain(|_, job| job.since.elapsed() < KEPT);
        let owner = asked.owner();
        let same = |job: &Job| job.owner == owner && job.place == asked.place && job.what == asked.what;
        if let Some((number, _)) = jobs.iter().find(|(_, job)| job.goes_on() && same(job)) {
            return Ok(Begun::Already(number.clone()));
        }
        if jobs.len() >= MOST && !forget_oldest(&mut jobs) {
            return Err(Fault::Busy);
        }
        let number = forgery::random();
        let standing = Standing::Working(Stage { says: "made-step-waiting", done: 0, of: 1 });
        let (place, what) = (asked.place.clone(), asked.what.clone());
        jobs.insert(number.clone(), Job { owner, place, what, since: Instant::now(), standing });
        Ok(Begun::Now(number))
    }

    /// Tells how it stands now.
    fn tell(&self, number: &str, standing: Standing) {
        let mut jobs = self.all();
        if let Some(job) = jobs.get_mut(number) {
            job.standing = standing;
        }
        while jobs.len() > 1 && jobs.values().map(Job::size).sum::<usize>() > MOST_BYTES && forget_oldest(&mut jobs) {}
    }

    /// How a person's file stands, whose screen is below `place`.
    pub fn look(&self, number: &str, person: &Person, place: &str) -> Result<Standing, Fault> {
        let jobs = self.all();
        let own = |job: &&Job| job.owner == owner(person) && job.place == place && job.since.elapsed() < KEPT;
        jobs.get(number).filter(own).map(|job| job.standing.clone()).ok_or(Fault::NotFound)
    }
}

/// Forgets the oldest that is over; tells whether there was one.
fn forget_oldest(jobs: &mut HashMap<String, Job>) -> bool {
    let over = jobs.iter().filter(|(_, job)| !job.goes_on());
    let oldest = over.min_by_key(|(_, job)| job.since).map(|(number, _)| number.clone());
    oldest.is_some_and(|number| jobs.remove(&number).is_some())
}

impl AppState {
    /// Has a file made by itself; gives the address of the screen that tells how far it is. `make` is handed what to
    /// tell its stages with.
    pub fn make(
        &self,
        asked: Asked,
        make: impl FnOnce(&App, &Person, &mut dyn FnMut(Stage)) -> Result<Arc<Made>, AppError> + Send + 'static,
    ) -> Result<String, Fault> {
        let number = match self.jobs().begin(&asked)? {
            Begun::Already(number) => return Ok(format!("{}/{number}", asked.place)),
            Begun::Now(number) => number,
        };
        let address = format!("{}/{number}", asked.place);
        let state = self.clone();
        tokio::spawn(async move {
            let turn = state.jobs().turns.acquire().await;
            let (telling, of) = (state.clone(), number.clone());
            let made = state
                .run(move |app| {
                    let mut tell = |stage: Stage| telling.jobs().tell(&of, Standing::Working(stage));
                    match make(app, &asked.person, &mut tell) {
                        Ok(made) => Ok(Standing::Done(made)),
                        Err(AppError::Findings(findings)) => Ok(Standing::Refused(findings)),
                        Err(other) => Err(other.into()),
                    }
                })
                .await;
            drop(turn);
            state.jobs().tell(&number, made.unwrap_or_else(|fault| Standing::Failed(fault.noted())));
        });
        Ok(address)
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Begun, Fault, Jobs, MOST, MOST_BYTES, Standing};
    use jc_app::Person;
    use jc_app::made::Made;
    use jc_base::SchoolId;
    use std::sync::Arc;

    fn asked(login: &str, what: &str) -> Asked {
        let person = Person { login: login.into(), ..Person::command_line(SchoolId(1)) };
        Asked { person, place: "/reports/made".into(), what: what.into() }
    }

    fn begun(jobs: &Jobs, login: &str, what: &str) -> String {
        match jobs.begin(&asked(login, what)) {
            Ok(Begun::Now(number)) => number,
            other => panic!("{other:?}"),
        }
    }

    fn done(jobs: &Jobs, number: &str, bytes: usize) {
        jobs.tell(number, Standing::Done(Arc::new(Made { bytes: vec![0; bytes], ..Made::default() })));
    }

    #[test]
    fn a_button_pressed_twice_begins_one_piece_of_work() {
        let jobs = Jobs::default();
        let number = begun(&jobs, "a", "pdf");
        assert_eq!(jobs.begin(&asked("a", "pdf")).expect("it goes on"), Begun::Already(number.clone()));
        assert_ne!(begun(&jobs, "a", "docx"), number);
        assert_ne!(begun(&jobs, "b", "pdf"), number);
        // Once it is done, the same is asked for anew: the records may be others by then.
        done(&jobs, &number, 1);
        assert_ne!(begun(&jobs, "a", "pdf"), number);
    }

    #[test]
    fn a_file_is_there_for_its_owner_in_its_place_alone() {
        let jobs = Jobs::default();
        let number = begun(&jobs, "a", "pdf");
        let look = |login: &str, place: &str| jobs.look(&number, &asked(login, "pdf").person, place).is_ok();
        assert!(look("a", "/reports/made"));
        assert!(!look("b", "/reports/made") && !look("a", "/registers/student/export/made"));
    }

    #[test]
    fn what_is_kept_is_bounded_in_number_and_bytes() {
        let jobs = Jobs::default();
        let numbers: Vec<String> = (0..MOST).map(|n| begun(&jobs, "a", &n.to_string())).collect();
        assert!(matches!(jobs.begin(&asked("a", "more")), Err(Fault::Busy)), "all of them still go on");
        done(&jobs, &numbers[1], MOST_BYTES / 2);
        begun(&jobs, "a", "more");
        let there = |number: &String| jobs.look(number, &asked("a", "").person, "/reports/made").is_ok();
        assert!(there(&numbers[0]) && !there(&numbers[1]), "what is over makes room");
        for number in &numbers[2..5] {
            done(&jobs, number, MOST_BYTES / 2);
        }
        assert!(!there(&numbers[2]) && there(&numbers[3]) && there(&numbers[4]));
    }
}
