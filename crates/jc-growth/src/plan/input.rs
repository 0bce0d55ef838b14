//! What planning starts from: who needs what, what is on offer, and what the college has to give.
//!
//! These are the planner's own structs: nothing here knows registers or records. Amounts are whole numbers throughout:
//! hours, cents, and hundredths of a competency level, so that every sum the planner makes is exact.

use jc_base::Date;

/// Everything one planning needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct College {
    /// The first day planned for.
    pub from: Date,
    /// The last day planned for.
    pub until: Date,
    /// What the college may spend on all plans together, in cents.
    pub budget_cents: i64,
    /// How much of its fair share each department is guaranteed, 0 to 100. The fair share is what the department could
    /// close with its part, by heads, of every offer's seats and of the budget, so a share is never beyond reach.
    pub fair_percent: u32,
    /// Whose growth is planned.
    pub teachers: Vec<Teacher>,
    /// What they may take part in.
    pub offers: Vec<Offer>,
    /// Who may accompany them.
    pub mentors: Vec<Mentor>,
    /// What people have decided or asked for.
    pub wishes: Vec<Wish>,
}

/// One teacher: the gaps, and the hours and money there are to close them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teacher {
    /// Names the teacher in wishes, findings and the plan.
    pub id: String,
    /// The department the teacher belongs to.
    pub department: String,
    /// Languages in which the teacher can be accompanied; empty if it does not matter.
    pub languages: Vec<String>,
    /// Hours there are for growth in the time planned.
    pub hours: u32,
    /// Money there is for this one teacher, in cents.
    pub money_cents: i64,
    /// Days on which the teacher cannot be spared for anything that takes whole days.
    pub away: Vec<Span>,
    /// Courses completed before: they count as prerequisites and are not taken twice.
    pub done: Vec<String>,
    /// What is missing towards the next stage.
    pub gaps: Vec<Gap>,
}

/// What is missing of one competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The competency.
    pub competency: String,
    /// How much is missing, in hundredths of a level.
    pub points: u32,
    /// How much closing it matters, from 1.
    pub weight: u32,
}

/// By how much something raises a competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// The competency.
    pub competency: String,
    /// By how much, in hundredths of a level.
    pub points: u32,
}

/// One run of a course, a firm practice, a demonstration lesson, a research group or a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Names this run.
    pub id: String,
    /// What it is a run of: no teacher takes the same course twice, and prerequisites name courses.
    pub course: String,
    /// What it raises.
    pub raises: Vec<Raise>,
    /// Courses that must be completed before it begins.
    pub requires: Vec<String>,
    /// Hours it takes.
    pub hours: u32,
    /// What it costs for one teacher, in cents.
    pub money_cents: i64,
    /// Its first day. Without dates nothing can be planned.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// Whether it takes whole days, so that nothing else that does can stand on them.
    pub whole_days: bool,
    /// Places for the college's teachers.
    pub seats: u32,
    /// The departments it is open to; empty means all.
    pub departments: Vec<String>,
}

/// A teacher who accompanies others. Being accompanied is planned like an offer that lasts the whole time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentor {
    /// The mentor's own id as a teacher; nobody accompanies themselves.
    pub id: String,
    /// What being accompanied by this mentor raises.
    pub strengths: Vec<Raise>,
    /// How many teachers the mentor can accompany.
    pub capacity: u32,
    /// Hours it takes the accompanied teacher.
    pub hours: u32,
    /// The mentor's department.
    pub department: String,
    /// Whether the mentor accompanies only colleagues of the same department.
    pub own_department_only: bool,
    /// Languages in which the mentor can accompany; empty if it does not matter.
    pub languages: Vec<String>,
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// Something a person decided or asked for about one teacher and one offer or mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The teacher it is about.
    pub teacher: String,
    /// The offer's or mentor's id.
    pub item: String,
    /// What is wished.
    pub kind: WishKind,
}

/// How binding a wish is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WishKind {
    /// It must be in the plan.
    Pin,
    /// It must not be in the plan.
    Forbid,
    /// It is asked for: the plan need not hold it, but then says why.
    Like,
}
