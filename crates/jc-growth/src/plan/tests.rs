//! Plans against exhaustive search on small colleges, and against their own promises on larger ones.

mod drawn;
mod wrong;

use super::audit::audit;
use super::conflict::conflicts;
use super::explain::{Hindrance, explain};
use super::input;
use super::input::{College, Gap, Offer, Raise, Teacher, Wish, WishKind};
use super::outcome::{Item, ItemKind, Plan, TeacherPlan};
use super::plan;
use super::revise::{Cause, revise};
use drawn::{Dice, college, day};

/// Everything one teacher alone could do, each with what it closes: all subsets, judged by the audit.
fn all_alone(college: &College, teacher: &Teacher) -> Vec<(Vec<Item>, i64)> {
    let offers = college.offers.iter().filter_map(|o| {
        let (from, until) = (o.from?, o.until?);
        let kind = ItemKind::Offer;
        Some(Item { id: o.id.clone(), kind, from, until, hours: o.hours, money_cents: o.money_cents })
    });
    let mentors = college.mentors.iter().map(|m| {
        let (from, until) = (college.from, college.until);
        Item { id: m.id.clone(), kind: ItemKind::Mentor, from, until, hours: m.hours, money_cents: 0 }
    });
    let items: Vec<Item> = offers.chain(mentors).collect();
    let one = College { teachers: vec![teacher.clone()], ..college.clone() };
    let subsets = (0..1_u32 << items.len()).map(|bits| {
        let chosen = items.iter().enumerate().filter(|(n, _)| bits >> n & 1 == 1).map(|(_, i)| i.clone()).collect();
        (chosen, 0)
    });
    let judged = subsets.filter_map(|(items, _): (Vec<Item>, i64)| {
        let closed = closed(college, teacher, &items);
        let money_cents = items.iter().map(|i| i.money_cents).sum();
        let alone = TeacherPlan { teacher: teacher.id.clone(), items: items.clone(), closed, gap: 0 };
        let plan = Plan { teachers: vec![alone], closed, gap: 0, bound: closed, money_cents, shares: Vec::new() };
        audit(&one, &plan).is_empty().then_some((items, closed))
    });
    judged.collect()
}

/// Weighted points closed, written down anew from the definition.
fn closed(college: &College, teacher: &Teacher, items: &[Item]) -> i64 {
    let mut sum = 0;
    for gap in &teacher.gaps {
        let mut raised = 0;
        for item in items {
            let offer = college.offers.iter().filter(|o| o.id == item.id).flat_map(|o| &o.raises);
            let mentor = college.mentors.iter().filter(|m| m.id == item.id).flat_map(|m| &m.strengths);
            let raises = offer.chain(mentor).filter(|r| r.competency == gap.competency);
            raised += raises.map(|r| r.points).sum::<u32>();
        }
        sum += i64::from(raised.min(gap.points)) * i64::from(gap.weight);
    }
    sum
}

/// The most any plan closes, by trying all; with the least each department must close.
fn exhaustive(college: &College, floors: &[(String, i64)]) -> Option<i64> {
    let alone: Vec<_> = college.teachers.iter().map(|t| all_alone(college, t)).collect();
    let mut best = None;
    let mut closed = vec![0; college.teachers.len()];
    try_all(college, floors, &alone, &mut Vec::new(), &mut closed, &mut best);
    best
}

fn try_all(
    college: &College,
    floors: &[(String, i64)],
    alone: &[Vec<(Vec<Item>, i64)>],
    taken: &mut Vec<Item>,
    closed: &mut Vec<i64>,
    best: &mut Option<i64>,
) {
    let person = college.teachers.len() - alone.len();
    let Some((first, rest)) = alone.split_first() else {
        let of = |department: &String| -> i64 {
            college.teachers.iter().zip(&*closed).filter(|(t, _)| t.department == *department).map(|(_, c)| c).sum()
        };
        if floors.iter().all(|(department, least)| of(department) >= *least) {
            *best = (*best).max(Some(closed.iter().sum()));
        }
        return;
    };
    for (items, value) in first {
        taken.extend(items.iter().cloned());
        let seats = |o: &Offer| taken.iter().filter(|i| i.id == o.id).count() <= o.seats as usize;
        let mentors =
            college.mentors.iter().all(|m| taken.iter().filter(|i| i.id == m.id).count() <= m.capacity as usize);
        let money: i64 = taken.iter().map(|i| i.money_cents).sum();
        if college.offers.iter().all(seats) && mentors && money <= college.budget_cents {
            closed[person] = *value;
            try_all(college, floors, rest, taken, closed, best);
        }
        taken.truncate(taken.len() - items.len());
    }
}

#[test]
fn small_colleges_get_the_best_plan_there_is() {
    for seed in 1..=120 {
        let (teachers, offers) = (1 + seed % 3, 4 + seed % 4);
        let college = college(seed, teachers, offers, seed % 2);
        let plan = plan(&college).expect("nothing is pinned");
        assert_eq!(Some(plan.closed), exhaustive(&college, &[]), "seed {seed}");
        assert_eq!(plan.short_of_best(), 0, "seed {seed}: the proof is closed too");
    }
}

#[test]
fn small_colleges_get_the_best_plan_under_pins_bans_and_fair_shares() {
    let mut kept = 0;
    for seed in 1..=120 {
        let mut college = college(seed, 3, 5, 1);
        college.fair_percent = 100;
        let mut dice = Dice(seed * 77 + 1);
        for _ in 0..2 {
            let kind = if dice.below(2) == 0 { WishKind::Pin } else { WishKind::Forbid };
            let item = format!("o{}", dice.below(5));
            college.wishes.push(Wish { teacher: format!("t{}", dice.below(3)), item, kind });
        }
        let impossible = conflicts(&college);
        if !impossible.is_empty() {
            assert_eq!(exhaustive(&college, &[]), None, "seed {seed}: what is called impossible is: {impossible:?}");
            continue;
        }
        kept += 1;
        let plan = plan(&college).expect("the pins are possible");
        let floors: Vec<(String, i64)> =
            plan.shares.iter().map(|s| (s.department.clone(), s.share.min(s.closed))).collect();
        assert_eq!(Some(plan.closed), exhaustive(&college, &floors), "seed {seed}");
        if college.wishes.iter().all(|w| w.kind == WishKind::Forbid) {
            assert!(plan.shares.iter().all(|s| s.closed >= s.share), "seed {seed}: fair shares are guaranteed");
        }
    }
    assert!(kept > 40, "most cases are possible, {kept} were");
}

#[test]
fn the_same_college_gets_the_same_plan_within_its_bound() {
    for seed in 1..=4 {
        let mut college = college(seed, 30, 24, 5);
        college.fair_percent = 90;
        let one = plan(&college).expect("nothing is pinned");
        assert_eq!(Some(&one), plan(&college).ok().as_ref());
        assert_eq!(audit(&college, &one), []);
        assert!(one.short_of_best() <= 500, "seed {seed}: {} of {}", one.closed, one.bound);
        let everybody: Vec<usize> = (0..college.teachers.len()).collect();
        for why in explain(&college, &one, &everybody).iter().flat_map(|told| &told.included) {
            assert!(
                !why.closes.is_empty() || !why.opens.is_empty(),
                "seed {seed}: {} is planned for a reason",
                why.item
            );
        }
    }
}

#[test]
fn a_seat_less_changes_one_plan_and_says_so() {
    let mut tight = 0;
    for seed in 1..=6 {
        let college = college(seed, 24, 20, 4);
        let before = plan(&college).expect("nothing is pinned");
        for n in 0..college.offers.len() {
            let mut less = college.clone();
            let offer = &mut less.offers[n];
            let held = before.teachers.iter().filter(|t| t.items.iter().any(|i| i.id == offer.id)).count();
            offer.seats -= 1;
            let (id, full) = (offer.id.clone(), held > offer.seats as usize);
            let after = revise(&less, &before).expect("nothing is pinned");
            assert_eq!(audit(&less, &after.plan), [], "seed {seed}, {id}");
            assert_eq!(after.changes.len(), usize::from(full), "seed {seed}, {id}: {:?}", after.changes);
            for (old, new) in before.teachers.iter().zip(&after.plan.teachers) {
                let named = after.changes.iter().find(|c| c.teacher == old.teacher);
                assert_eq!(old.items != new.items, named.is_some(), "seed {seed}, {id}: {}", old.teacher);
            }
            if full {
                tight += 1;
                let change = &after.changes[0];
                assert_eq!(change.because, Cause::Seat(id.clone()));
                assert!(change.dropped.contains(&id));
            }
        }
    }
    assert!(tight > 20, "seats were scarce {tight} times");
}

#[test]
fn a_pin_or_ban_leaves_everyone_else_alone_where_it_can() {
    for seed in 1..=12 {
        let college = college(seed, 16, 14, 3);
        let before = plan(&college).expect("nothing is pinned");
        let Some(planned) = before.teachers.iter().find(|t| !t.items.is_empty()) else { continue };
        let mut banned = college.clone();
        let item = planned.items[0].id.clone();
        banned.wishes.push(Wish { teacher: planned.teacher.clone(), item: item.clone(), kind: WishKind::Forbid });
        let after = revise(&banned, &before).expect("nothing is pinned");
        assert_eq!(audit(&banned, &after.plan), []);
        assert_eq!(after.changes.len(), 1, "seed {seed}");
        assert_eq!((&after.changes[0].teacher, &after.changes[0].because), (&planned.teacher, &Cause::Own));
        // Another teacher is now to have it: at most one seat has to be given up for that.
        let mut pinned = college.clone();
        pinned.budget_cents *= 2;
        let other =
            &before.teachers.iter().rev().find(|t| t.items.iter().all(|i| i.id != item)).expect("someone").teacher;
        pinned.wishes.push(Wish { teacher: other.clone(), item: item.clone(), kind: WishKind::Pin });
        if conflicts(&pinned).is_empty() {
            let after = revise(&pinned, &before).expect("the pin is possible");
            assert_eq!(audit(&pinned, &after.plan), []);
            let seats = pinned.offers.iter().find(|o| o.id == item).map(|o| o.seats as usize);
            let seats = seats.or(pinned.mentors.iter().find(|m| m.id == item).map(|m| m.capacity as usize));
            let held = before.teachers.iter().filter(|t| t.items.iter().any(|i| i.id == item)).count();
            let fewest = 1 + usize::from(Some(held) >= seats);
            assert_eq!(after.changes.len(), fewest, "seed {seed}: {:?}", after.changes);
        }
    }
}

/// A college of two teachers and hand-made offers.
pub(super) fn by_hand() -> College {
    let teacher = |id: &str, weight| Teacher {
        id: id.into(),
        department: "d".into(),
        languages: Vec::new(),
        hours: 40,
        money_cents: 100_000,
        away: Vec::new(),
        done: Vec::new(),
        gaps: vec![
            Gap { competency: "c".into(), points: 100, weight },
            Gap { competency: "e".into(), points: 50, weight: 1 },
        ],
    };
    let offer = |id: &str, course: &str, competency: &str, from: u64, seats| Offer {
        id: id.into(),
        course: course.into(),
        raises: vec![Raise { competency: competency.into(), points: 60 }],
        requires: Vec::new(),
        hours: 16,
        money_cents: 20_000,
        from: Some(day(from)),
        until: Some(day(from + 4)),
        whole_days: true,
        seats,
        departments: Vec::new(),
    };
    College {
        from: day(0),
        until: day(364),
        budget_cents: 1_000_000,
        fair_percent: 0,
        teachers: vec![teacher("t1", 3), teacher("t2", 1)],
        offers: vec![
            offer("march", "course", "c", 60, 1),
            offer("may", "course", "c", 120, 1),
            offer("other", "second", "e", 62, 5),
        ],
        mentors: Vec::new(),
        wishes: Vec::new(),
    }
}

#[test]
fn a_wish_that_is_not_kept_is_answered() {
    let mut college = by_hand();
    // Both want March; the other course stands on the same days, so May is better for whoever takes it too.
    for teacher in ["t1", "t2"] {
        college.wishes.push(Wish { teacher: teacher.into(), item: "march".into(), kind: WishKind::Like });
    }
    let plan = plan(&college).expect("nothing is pinned");
    // c: 60 × 3 and 60 × 1; e: 50 for whoever has May, none beside March.
    assert_eq!((plan.closed, plan.bound), (60 * 3 + 60 + 50, 290));
    let (march, may): (Vec<_>, Vec<_>) =
        plan.teachers.iter().enumerate().partition(|(_, t)| t.items.iter().any(|i| i.id == "march"));
    let told = explain(&college, &plan, &[march[0].0, may[0].0]);
    assert_eq!(told[0].included[0].closes, [("c".to_string(), 60)]);
    let not = &told[1].left_out[0];
    assert_eq!((not.item.as_str(), not.wished), ("march", true));
    assert_eq!(not.because, Hindrance::NoSeat(Some(day(120))));
    assert_eq!(not.next_best.as_ref().map(|n| (n.item.as_str(), n.planned)), Some(("may", true)));
    // Beside March the other course would push March out.
    let other = told[0].left_out.iter().find(|n| n.item == "other").expect("explained unasked");
    assert!(matches!(&other.because, Hindrance::PushesOut(out, _) if out == &["march"]), "{other:?}");
}
