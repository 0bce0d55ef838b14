//! The sample college's round of growth: planned, kept as records, planned around what is kept.

use crate::people::copy;
use jc_app::given::plan::audit::audit;
use jc_app::given::plan::input::Offer;
use jc_app::growth::ToDo;
use jc_app::growth::plans::Manner;
use jc_app::records::Edit;
use jc_app::{AppError, Person};
use jc_base::finding::has_errors;
use jc_base::{Lang, Value};

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
    assert!(planned.findings.iter().any(|finding| finding.code == "PLN-010"), "some mentors guide more than they can");
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

    let college = &planned.college;
    assert!(college.teachers.iter().any(|teacher| !teacher.away.is_empty()), "some cannot be spared on some days");
    assert!(college.teachers.iter().any(|teacher| teacher.languages.len() > 1), "some work in two languages");
    assert!(college.mentors.iter().all(|mentor| !mentor.languages.is_empty()));
    let away =
        |at: usize, day: jc_base::Date| college.teachers[at].away.iter().any(|it| it.from <= day && day <= it.until);
    let whole = |id: &str| college.offers.iter().any(|offer| offer.id == id && offer.whole_days);
    for (at, one) in plan.teachers.iter().enumerate() {
        let clear =
            one.items.iter().filter(|item| whole(&item.id)).all(|item| !away(at, item.from) && !away(at, item.until));
        assert!(clear, "{} is not planned for while away", one.teacher);
    }

    let everybody: Vec<usize> = (0..planned.people.len()).collect();
    let whys = planned.explained(&everybody);
    let said = whys.iter().flat_map(|told| &told.included).map(|why| planned.why_in(growth.catalog(), why, Lang::Zh));
    assert!(said.into_iter().all(|said| !said.is_empty()), "each item has its reason");
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

    // Two runs of one course for one teacher: who and what stands against each other is told, and no plan is shown.
    let theirs = &plan.teachers[busy].items;
    let runs = |course: &str| {
        let new = |it: &&Offer| it.course == *course && theirs.iter().all(|item| item.id != it.id);
        college.offers.iter().filter(new).collect::<Vec<_>>()
    };
    let runs = college.offers.iter().map(|it| runs(&it.course)).find(|runs| runs.len() > 1).expect("a course twice");
    let at = growth.catalog().find_register("growth-plan-item").expect("items");
    let keeper = app.keeper(&person, at).expect("the machine's person keeps");
    let teacher = &planned.people[busy];
    for run in &runs[..2] {
        let fields = growth.catalog().registers[at].fields.iter().map(|field| match field.id.as_str() {
            "plan" => Value::Ref(own.plans[0].id),
            "teacher" => Value::Ref(teacher.person),
            "item" => Value::Text(run.id.clone()),
            "offer" => Value::Ref(planned.things[&run.id].id),
            "decision" => Value::Text("pinned".into()),
            "starts_on" => run.from.map_or(Value::Missing, Value::Date),
            _ => Value::Missing,
        });
        let edit = Edit { values: fields.collect(), submit: false, seen_version: None };
        keeper.create(edit, Lang::Zh).expect("an item is pinned");
    }
    let conflict = growth.plan(rounds[0].id, Manner::Around, Lang::Zh).expect("findings");
    let told = conflict.findings.iter().find(|finding| finding.code == "PLN-007").expect("a conflict");
    let told = jc_words::finding(Lang::Zh, told).what;
    assert!(runs[..2].iter().all(|run| told.contains(&run.id)) && told.contains(&teacher.label), "{told}");
    assert!(conflict.plan.is_none(), "what is kept is not shown as if it had been planned");
}

#[test]
fn a_plan_is_kept_whole_or_not_at_all() {
    let copied = copy();
    let (app, person) = (&copied.app, Person::command_line(copied.school));
    let growth = app.growth(&person).expect("the machine's person looks");
    let round = growth.rounds().expect("rounds")[0].id;
    let mut planned = growth.plan(round, Manner::Around, Lang::Zh).expect("a plan");
    let last = planned.plan.as_ref().expect("a plan").teachers.iter().rposition(|one| !one.items.is_empty());
    let last = last.expect("someone is planned for");
    // The last of them is gone by the time the plan is kept: nothing of it is.
    let there = std::mem::replace(&mut planned.people[last].person, jc_base::RecordId([7; 16]));
    let Err(AppError::Findings(found)) = growth.keep(app, &person, &planned, Lang::Zh) else { panic!("it is refused") };
    assert_eq!((found.len(), found[0].code), (1, "APP-136"));
    assert!(!growth.plan(round, Manner::Around, Lang::Zh).expect("a plan").is_kept, "nothing was written");
    planned.people[last].person = there;
    let kept = growth.keep(app, &person, &planned, Lang::Zh).expect("kept");
    assert!(kept.plans > 20 && kept.added > kept.plans);
    let log = app.viewer(&person).audit(None, 2).expect("the log");
    assert_eq!(log[0].action, "growth.keep", "all of it is one entry");
    assert_ne!(log[1].action, "growth.keep");
}

#[test]
fn what_is_due_is_remembered() {
    let copied = copy();
    let (app, person) = (&copied.app, Person::command_line(copied.school));
    let growth = app.growth(&person).expect("the machine's person looks");
    let before = growth.reminders(Lang::Zh).expect("reminders");
    let answers: Vec<_> = before.iter().filter(|one| one.what == ToDo::Answer).collect();
    assert!(!answers.is_empty(), "an objection waits for its answer");
    assert!(answers.iter().all(|one| !one.label.is_empty() && !one.record_label.is_empty() && one.opens));
    assert!(before.iter().any(|one| matches!(one.what, ToDo::Renew(_))), "a certificate lapses soon");
    assert!(before.iter().all(|one| !matches!(one.what, ToDo::Conclude | ToDo::Attend)), "nothing is planned yet");
    assert!(before.is_sorted_by_key(|one| one.by), "the most urgent first");
}

#[test]
fn who_takes_part_is_told_and_what_has_begun_is_left_to_them() {
    let kept = copy();
    let person = Person::command_line(kept.school);
    let growth = kept.app.growth(&person).expect("the machine's person looks");
    let round = growth.rounds().expect("rounds")[0].id;
    let planned = growth.plan(round, Manner::Around, Lang::Zh).expect("a plan");
    growth.keep(&kept.app, &person, &planned, Lang::Zh).expect("kept");
    let plan = planned.plan.as_ref().expect("a plan");
    // Some weeks later: the day before something begins for someone.
    let begins = plan.teachers.iter().flat_map(|one| &one.items).map(|item| item.from);
    let begins = begins.filter(|from| *from > planned.round.from.plus_days(90)).min().expect("something begins");
    let days = begins.days_since(kept.app.moment().today) - 1;
    let later = kept.later(days);
    let today = later.moment().today;
    let growth = later.growth(&person).expect("the machine's person looks");
    let at = plan.teachers.iter().position(|one| one.items.iter().any(|item| item.from == begins)).expect("someone");
    let whose = planned.people[at].person;
    let mut own = Person::command_line(kept.school);
    own.account = Some(jc_base::RecordId([9; 16]));
    own.roles = vec!["teacher".into()];
    own.ties = vec![jc_app::given::Tie { scope: "self".into(), register: "staff".into(), record: whose }];
    let mine = later.growth(&own).expect("a teacher looks").reminders(Lang::Zh).expect("reminders");
    assert!(mine.iter().any(|one| one.what == ToDo::Attend && one.days == 1), "what begins is told: {mine:?}");
    assert!(mine.iter().all(|one| one.person == whose), "of others nothing is told");
    let of_all = growth.reminders(Lang::Zh).expect("reminders");
    assert!(of_all.iter().all(|one| one.what != ToDo::Attend));
    assert!(of_all.iter().any(|one| one.what == ToDo::Conclude && one.days < 0), "what is over waits for its day");

    let again = growth.plan(round, Manner::Around, Lang::Zh).expect("a plan");
    let begun =
        |id: &str| again.college.offers.iter().any(|it| it.id == id && it.from.is_some_and(|from| from < today));
    for change in &again.changes {
        assert!(change.added.iter().all(|id| !begun(id)), "nobody is sent to what has begun: {change:?}");
    }
}
