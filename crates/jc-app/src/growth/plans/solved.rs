//! What the planner found, kept with what it was asked: looking at a plan once more costs no search. Questions are compared
//! as a whole, so no answer is ever stale.

use jc_growth::plan::input::College;
use jc_growth::plan::outcome::Plan;
use jc_growth::plan::plan;
use jc_growth::plan::revise::{Change, revise};
use std::sync::{Arc, Mutex, PoisonError};

/// So many answers are kept: a round as it is kept and anew, for a few schools.
const MOST: usize = 8;

/// A plan with what became different from the one before, or the first teacher whose pins cannot be had.
pub(super) type Answer = Result<(Plan, Vec<Change>), String>;

/// What was asked and found.
struct Kept {
    college: College,
    /// The plan to change as little as possible, if not all was to be planned anew.
    before: Option<Plan>,
    answer: Arc<Answer>,
}

/// The answers that are kept, the one used last at the end.
#[derive(Default)]
pub struct Solved {
    kept: Mutex<Vec<Kept>>,
    searching: Mutex<()>,
}

impl Solved {
    /// The plan for a college, around another if there is one.
    pub(super) fn answer(&self, college: &College, before: Option<Plan>) -> Arc<Answer> {
        if let Some(known) = self.find(college, before.as_ref()) {
            return known;
        }
        // One search at a time: whoever asks the same meanwhile waits and is given its answer.
        let _turn = self.searching.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = self.find(college, before.as_ref()) {
            return known;
        }
        let answer = Arc::new(match &before {
            Some(before) => revise(college, before).map(|revision| (revision.plan, revision.changes)),
            None => plan(college).map(|plan| (plan, Vec::new())),
        });
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push(Kept { college: college.clone(), before, answer: answer.clone() });
        answer
    }

    fn find(&self, college: &College, before: Option<&Plan>) -> Option<Arc<Answer>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|one| one.before.as_ref() == before && one.college == *college)?;
        let one = kept.remove(at);
        let answer = one.answer.clone();
        kept.push(one);
        Some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::Solved;
    use jc_base::Date;
    use jc_growth::plan::input::{College, Gap, Mentor, Raise, Teacher};
    use std::sync::Arc;

    fn college(hours: u32) -> College {
        let day = |year| Date::new(year, 1, 1).expect("a day");
        let teacher = Teacher {
            id: "t".into(),
            department: String::new(),
            languages: Vec::new(),
            hours,
            money_cents: 0,
            away: Vec::new(),
            done: Vec::new(),
            gaps: vec![Gap { competency: "c".into(), points: 100, weight: 1 }],
        };
        let mentor = Mentor {
            id: "m".into(),
            strengths: vec![Raise { competency: "c".into(), points: 50 }],
            capacity: 1,
            hours: 10,
            department: String::new(),
            own_department_only: false,
            languages: Vec::new(),
        };
        College {
            from: day(2025),
            until: day(2026),
            budget_cents: 0,
            fair_percent: 0,
            teachers: vec![teacher],
            offers: Vec::new(),
            mentors: vec![mentor],
            wishes: Vec::new(),
        }
    }

    #[test]
    fn the_same_question_is_searched_once_and_another_anew() {
        let solved = Solved::default();
        let first = solved.answer(&college(20), None);
        assert!(Arc::ptr_eq(&first, &solved.answer(&college(20), None)));
        let closed = |answer: &super::Answer| answer.as_ref().expect("a plan").0.closed;
        assert_eq!(closed(&first), 50);
        assert_eq!(closed(&solved.answer(&college(5), None)), 0, "less time is another question");
        let before = first.as_ref().as_ref().expect("a plan").0.clone();
        let around = solved.answer(&college(20), Some(before.clone()));
        assert!(!Arc::ptr_eq(&first, &around), "around a plan is another question");
        assert!(Arc::ptr_eq(&around, &solved.answer(&college(20), Some(before))));
        for hours in 30..40 {
            solved.answer(&college(hours), None);
        }
        assert_eq!(solved.kept.lock().expect("nobody failed").len(), super::MOST);
    }
}
