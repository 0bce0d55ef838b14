//! What planning gives back.

use jc_base::Date;

/// A plan for all teachers, with the proof of how good it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// One for each teacher, in the order given.
    pub teachers: Vec<TeacherPlan>,
    /// Weighted points of gap that the plan closes.
    pub closed: i64,
    /// Weighted points of gap there are.
    pub gap: i64,
    /// No plan closes more weighted points than this; proved.
    pub bound: i64,
    /// What the plan costs, in cents.
    pub money_cents: i64,
    /// What each department gets of its fair share, in the order departments were met; empty without a guarantee.
    pub shares: Vec<Share>,
}

impl Plan {
    /// How far the plan may be from the best one at most, in hundredths of a percent of the bound, rounded up.
    /// 0 means that there is no better plan.
    pub fn short_of_best(&self) -> i64 {
        let short = i128::from(self.bound - self.closed) * 10_000;
        let bound = i128::from(self.bound.max(1));
        ((short + bound - 1) / bound) as i64
    }
}

/// One teacher's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeacherPlan {
    /// The teacher.
    pub teacher: String,
    /// What is planned, in order of time.
    pub items: Vec<Item>,
    /// Weighted points it closes.
    pub closed: i64,
    /// Weighted points of gap there are.
    pub gap: i64,
}

/// One thing planned for one teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The offer's or mentor's id.
    pub id: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// Hours it takes.
    pub hours: u32,
    /// What it costs, in cents.
    pub money_cents: i64,
}

/// What is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// Taking part in an offer.
    Offer,
    /// Being accompanied by a mentor.
    Mentor,
}

/// What a department gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The department.
    pub department: String,
    /// Weighted points it would close with its part, by heads, of seats and budget.
    pub share: i64,
    /// Weighted points it closes in the plan.
    pub closed: i64,
}
