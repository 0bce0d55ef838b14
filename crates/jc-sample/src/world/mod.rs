//! The college as it really is: plain rows, before any office has written them into a spreadsheet.
//!
//! Nothing here is a figure. What must come out (407 graduates, 554 students in Sino-German classes …) is arranged
//! by how many rows of which kind are made; whoever counts the files finds it.

mod abroad;
mod adult;
mod bookings;
mod careers;
mod classes;
mod contest_plan;
mod contests;
mod courses;
mod culture;
mod exams;
mod family;
mod firm_work;
mod firms;
mod follow_ups;
mod graduates;
mod growth;
mod honours;
mod party;
mod research;
mod staff;
mod status;
mod students;
mod teaching;
mod volunteers;

pub(crate) use abroad::Abroad;
pub(crate) use adult::AdultExam;
pub(crate) use bookings::Booking;
pub(crate) use careers::Careers;
pub(crate) use classes::{Class, Level, MAJORS, Scheme};
pub(crate) use contest_plan::Rank;
pub(crate) use contests::{Award, Contest, Entry, Group};
pub(crate) use courses::{Course, Project, Task};
pub(crate) use culture::Culture;
pub(crate) use exams::{Assessment, Exam};
pub(crate) use family::{Event, Visit};
pub(crate) use firm_work::FirmWork;
pub(crate) use firms::Firm;
pub(crate) use follow_ups::FollowUp;
pub(crate) use graduates::{Destination, Graduate};
pub(crate) use growth::{COMPETENCIES, Growth, ROUNDS, STAGES};
pub(crate) use honours::{Holder, Honour};
pub(crate) use party::{Party, department_of};
pub(crate) use research::{Paper, PaperOutcome, Research, ResearchOutcome};
pub(crate) use staff::{DEPARTMENTS, Post, Staff};
pub(crate) use status::Change;
pub(crate) use students::Student;
pub(crate) use teaching::{Certificate, Lesson, Review, SCHEMES, Scholarship, Station, StationWork, Taster};
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
    pub(crate) follow_ups: Vec<FollowUp>,
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
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) stations: Vec<Station>,
    pub(crate) station_works: Vec<StationWork>,
    pub(crate) bookings: Vec<Booking>,
    pub(crate) courses: Vec<Course>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) projects: Vec<Project>,
    pub(crate) lessons: Vec<Lesson>,
    pub(crate) tasters: Vec<Taster>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) scholarships: Vec<Scholarship>,
    pub(crate) adult_exams: Vec<AdultExam>,
    pub(crate) firm_work: FirmWork,
    pub(crate) careers: Careers,
    pub(crate) papers: Vec<Paper>,
    pub(crate) paper_outcomes: Vec<PaperOutcome>,
    pub(crate) research: Vec<Research>,
    pub(crate) research_outcomes: Vec<ResearchOutcome>,
    pub(crate) honours: Vec<Honour>,
    pub(crate) growth: Growth,
}

impl World {
    /// The world of a seed.
    pub(crate) fn build(seed: u64) -> Self {
        let staff = staff::build(seed);
        let mut classes = classes::build(seed, &staff);
        let firms = firms::build(seed);
        let (mut students, mut changes) = students::build(seed, &classes);
        let mut graduates = graduates::build(seed, &classes, &students, &firms);
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
        let (stations, station_works) = teaching::stations(seed, &staff);
        let courses = courses::courses(seed, &staff);
        let (papers, paper_outcomes) = research::papers(seed, &staff);
        let (research, research_outcomes) = research::projects(seed, &staff);
        let certificates = teaching::certificates(seed, &staff);
        let careers = careers::build(seed, &staff, &firms);
        let firm_work = firm_work::build(seed, &firms, &staff, &students);
        let scholarships = teaching::scholarships(seed, &classes, &students);
        let adult_exams = adult::build(seed, &classes, &students);
        let honours = honours::build(seed, &staff, &students);
        let bookings = bookings::build(seed, &stations, &classes, &staff);
        // Last, so that nothing else is recorded of whoever had left before the registers begin.
        let first = classes.len();
        classes.extend(classes::alumni(&staff));
        students::alumni(seed, (&classes, first), &mut students, &mut changes);
        graduates.extend(graduates::alumni(seed, &classes, &students, &firms));
        let follow_ups = follow_ups::build(seed, &graduates);
        Self {
            growth: growth::build(seed, &staff, firms.len(), &careers, &certificates),
            certificates,
            tasks: courses::tasks(seed, &courses, &firms),
            projects: courses::projects(seed, &courses, &firms, &staff),
            lessons: teaching::lessons(seed, &staff),
            tasters: teaching::tasters(seed, &staff),
            reviews: teaching::reviews(),
            scholarships,
            adult_exams,
            firm_work,
            careers,
            honours,
            bookings,
            stations,
            station_works,
            courses,
            papers,
            paper_outcomes,
            research,
            research_outcomes,
            staff,
            classes,
            firms,
            students,
            changes,
            graduates,
            follow_ups,
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
