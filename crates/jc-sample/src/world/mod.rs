//! The college as it really is: plain rows, before any office has written them into a spreadsheet.
//!
//! Nothing here is a figure. What must come out (407 graduates, 554 students in Sino-German classes …) is arranged
//! by how many rows of which kind are made; whoever counts the files finds it.

mod abroad;
mod classes;
mod contest_plan;
mod contests;
mod culture;
mod exams;
mod family;
mod firms;
mod graduates;
mod party;
mod staff;
mod status;
mod students;
mod volunteers;

pub(crate) use abroad::Abroad;
pub(crate) use classes::{Class, Level, MAJORS, Scheme};
pub(crate) use contests::{Award, Contest, Entry, Group};
pub(crate) use culture::Culture;
pub(crate) use exams::{Assessment, Exam};
pub(crate) use family::{Event, Visit};
pub(crate) use firms::Firm;
pub(crate) use graduates::{Destination, Graduate};
pub(crate) use party::{Party, department_of};
pub(crate) use staff::{DEPARTMENTS, Post, Staff};
pub(crate) use status::Change;
pub(crate) use students::Student;
pub(crate) use volunteers::{Service, VolunteerActivity};

use crate::days::day;
use jc_base::Date;

/// Everything there is to record. Positions (`usize`) point into the lists.
pub(crate) struct World {
    pub(crate) staff: Vec<Staff>,
    pub(crate) classes: Vec<Class>,
    pub(crate) firms: Vec<Firm>,
    pub(crate) students: Vec<Student>,
    pub(crate) changes: Vec<Change>,
    pub(crate) graduates: Vec<Graduate>,
    pub(crate) contests: Vec<Contest>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) awards: Vec<Award>,
    pub(crate) assessments: Vec<Assessment>,
    pub(crate) exams: Vec<Exam>,
    pub(crate) services: Vec<Service>,
    pub(crate) volunteer_activities: Vec<VolunteerActivity>,
    pub(crate) visits: Vec<Visit>,
    pub(crate) events: Vec<Event>,
    pub(crate) party: Party,
    pub(crate) culture: Culture,
    pub(crate) abroad: Abroad,
}

impl World {
    /// The world of a seed.
    pub(crate) fn build(seed: u64) -> Self {
        let staff = staff::build(seed);
        let classes = classes::build(seed, &staff);
        let firms = firms::build(seed);
        let (students, changes) = students::build(seed, &classes);
        let graduates = graduates::build(seed, &classes, &students, &firms);
        let (contests, entries, awards) = contests::build(seed, &classes, &students, &staff);
        let assessments = exams::assessments(seed, &classes, &students);
        let exams = exams::certificates(seed, &classes, &students);
        let services = volunteers::build(seed, &students, &staff);
        let volunteer_activities = volunteers::activities(&services);
        let visits = family::visits(seed, &classes, &students, &staff);
        let events = family::events(seed, &staff);
        let party = party::build(seed, &classes, &students, &staff);
        let culture = culture::build(seed, &staff);
        let abroad = abroad::build(seed, &classes, &students, firms.len(), &exams);
        Self {
            staff,
            classes,
            firms,
            students,
            changes,
            graduates,
            contests,
            entries,
            awards,
            assessments,
            exams,
            services,
            volunteer_activities,
            visits,
            events,
            party,
            culture,
            abroad,
        }
    }
}

/// The years the sample college has kept its registers.
pub(crate) const YEARS: [i32; 3] = [2022, 2023, 2024];

/// The day the year is counted on.
pub(crate) fn census() -> Date {
    day(2024, 12, 31)
}
