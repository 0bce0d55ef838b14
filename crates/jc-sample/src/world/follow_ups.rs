//! Graduates asked again: half a year on for every cohort, a year on for the one before last, three years on for two
//! classes of an earlier one.

use super::graduates::{Destination, Graduate};
use crate::days::day;
use crate::rng::Rng;
use jc_base::Date;

/// A graduate on the list of a wave.
pub(crate) struct FollowUp {
    /// Position in the list of graduates.
    pub(crate) graduate: usize,
    pub(crate) months: u8,
    pub(crate) wave: Date,
    /// The day somebody was reached, and where they are; nobody was if missing.
    pub(crate) asked: Option<Date>,
    pub(crate) destination: Option<Destination>,
    /// Whether they are still with their first employer; missing if there was none.
    pub(crate) stayed: Option<bool>,
    pub(crate) matched: Option<bool>,
    /// Whether they have risen; asked only three years on.
    pub(crate) promoted: Option<bool>,
    /// Yuan a month.
    pub(crate) pay: Option<i64>,
}

/// The cohort, the months after it, the day.
const WAVES: [(i32, u8, (i32, u32, u32)); 5] = [
    (2022, 6, (2022, 12, 31)),
    (2023, 6, (2023, 12, 31)),
    (2023, 12, (2024, 6, 30)),
    (2024, 6, (2024, 12, 31)),
    (2021, 36, (2024, 6, 30)),
];

pub(super) fn build(seed: u64, graduates: &[Graduate]) -> Vec<FollowUp> {
    let mut rng = Rng::new(seed, "follow-ups");
    let mut all = Vec::new();
    for (cohort, months, (year, month, on)) in WAVES {
        let wave = day(year, month, on);
        let theirs = graduates.iter().enumerate().filter(|(_, graduate)| graduate.on.year() == cohort);
        all.extend(theirs.map(|(at, graduate)| ask(&mut rng, at, graduate, months, wave)));
    }
    all
}

/// Most are where they were; some moved on, and who was looking has mostly found something.
fn ask(rng: &mut Rng, at: usize, graduate: &Graduate, months: u8, wave: Date) -> FollowUp {
    let reached = rng.chance(94);
    let known = reached && !(graduate.destination == Destination::Unknown && rng.chance(50));
    let destination = known.then(|| match graduate.destination {
        Destination::Seeking | Destination::Unknown if rng.chance(70) => Destination::Employed,
        Destination::Unknown => Destination::Seeking,
        Destination::Employed if rng.chance(3) => Destination::Seeking,
        other => other,
    });
    let first = graduate.destination == Destination::Employed && known;
    let stayed = first.then(|| destination == Some(Destination::Employed) && rng.chance(91 - usize::from(months)));
    let matched = destination.filter(|to| to.direct() || to.study()).and(graduate.matched);
    let working = destination == Some(Destination::Employed);
    FollowUp {
        graduate: at,
        months,
        wave,
        asked: reached.then(|| wave.plus_days(-rng.between(0, 24))),
        destination,
        stayed,
        matched,
        pay: (working && rng.chance(80)).then(|| rng.between(42, 80) * 100),
        promoted: (months == 36 && working).then(|| rng.chance(40)),
    }
}
