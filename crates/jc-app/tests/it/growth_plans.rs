//! The sample college's round of growth: planned, kept as records, planned around what is kept.

use crate::people::copy;
use jc_app::Person;
use jc_app::given::plan::audit::audit;
use jc_app::growth::plans::Manner;
use jc_base::Lang;
use jc_base::finding::has_errors;

#[test]
fn a_round_is_planned_kept_and_then_left_alone() {
    let copied = copy();
    let (app, person) = (&copied.app, Person::command_line(copied.school));
    let growth = app.growth(&person).expect("the machine's person looks");
    let rounds = growth.rounds().expect("rounds");
    assert_eq!(rounds.iter().map(|round| round.number.as_str()).collect::<Vec<_>>(), ["2025"]);

    let planned = growth.plan(rounds[0].id, Manner::Around, Lang::Zh).expect("a plan");
    assert!(!has_errors(&planned.findings), "{:?}", planned.findings);
    assert!(!planned.is_kept && planned.changes.is_empty());
    let plan = planned.plan.as_ref().expect("nothing is wrong");
    assert_eq!(audit(&planned.college, plan), []);
    assert!(
        plan.closed > 0 && plan.closed < plan.gap,
        "some gaps are closed, not all: {} of {}",
        plan.closed,
        plan.gap
    );
    assert!(plan.short_of_best() <= 3000, "within three tenths of the best: {}", plan.short_of_best());
    assert!(planned.college.mentors.iter().any(|mentor| {
        plan.teachers.iter().flat_map(|one| &one.items).filter(|item| item.id == mentor.id).count() as u32
            == mentor.capacity
    }));

    let items: usize = plan.teachers.iter().map(|one| one.items.len()).sum();
    let kept = growth.keep(app, &person, &planned, Lang::Zh).expect("the machine's person keeps");
    assert_eq!((kept.added, kept.dropped), (items, 0));

    let again = growth.plan(rounds[0].id, Manner::Around, Lang::Zh).expect("a plan");
    assert!(again.is_kept);
    assert_eq!(again.changes, []);
    let of = |plan: &Option<jc_app::given::plan::outcome::Plan>| plan.as_ref().map(|plan| plan.teachers.clone());
    assert_eq!(of(&again.plan), of(&planned.plan), "what is kept still stands");
    let nothing = growth.keep(app, &person, &again, Lang::Zh).expect("kept again");
    assert_eq!((nothing.plans, nothing.added, nothing.dropped), (0, 0, 0));

    let busy = plan.teachers.iter().position(|one| one.items.len() > 1).expect("someone has two items");
    let own = growth.own_plans(planned.people[busy].person, Lang::Zh).expect("their plan");
    assert_eq!(own.plans.len(), 1);
    assert_eq!(own.plans[0].items.len(), plan.teachers[busy].items.len());
    assert!(own.plans[0].items.iter().all(|item| item.is_planned() && !item.why.is_empty() && !item.done));
}
