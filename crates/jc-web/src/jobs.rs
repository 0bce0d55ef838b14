//! Work that takes longer than a screen: it goes on by itself, tells how far it is, and can be left and found again.

use crate::guard::fault::Fault;
use jc_app::report::{Made, Step};
use jc_base::Finding;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A result is kept so long for whoever comes back.
const KEPT: Duration = Duration::from_secs(15 * 60);
/// No more results than this are kept at once.
const MOST: usize = 64;

/// How a piece of work stands.
#[derive(Debug, Clone)]
pub enum Standing {
    /// It is being done.
    Working(Step),
    /// It is done.
    Done(Arc<Made>),
    /// It was not done, and why, for the person to mend.
    Refused(Vec<Finding>),
    /// It was not done; the log knows why.
    Failed,
}

#[derive(Debug)]
struct Job {
    /// Whose it is: for others it does not exist.
    owner: String,
    since: Instant,
    standing: Standing,
}

/// All work under way or lately done.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<String, Job>>);

impl Jobs {
    /// Begins a piece of work under a number of its own.
    pub fn begin(&self, number: &str, owner: String) {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.retain(|_, job| job.since.elapsed() < KEPT);
        if jobs.len() >= MOST
            && let Some(oldest) = jobs.iter().min_by_key(|(_, job)| job.since).map(|(number, _)| number.clone())
        {
            jobs.remove(&oldest);
        }
        let standing = Standing::Working(Step::Reading);
        jobs.insert(number.to_owned(), Job { owner, since: Instant::now(), standing });
    }

    /// Tells how it stands now.
    pub fn tell(&self, number: &str, standing: Standing) {
        if let Some(job) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get_mut(number) {
            job.standing = standing;
        }
    }

    /// How a person's work stands.
    pub fn look(&self, number: &str, owner: &str) -> Result<Standing, Fault> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let job = jobs.get(number).filter(|job| job.owner == owner && job.since.elapsed() < KEPT);
        job.map(|job| job.standing.clone()).ok_or(Fault::NotFound)
    }
}
