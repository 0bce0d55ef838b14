//! What is wrong in what planning starts from, worked by hand.

use super::super::check::check;
use super::super::input::{College, Span, Wish, WishKind};
use super::by_hand;
use super::drawn::day;

/// The codes of what is wrong, with what their words get.
fn wrong(college: &College) -> Vec<String> {
    let told = check(college, &|id| id.to_owned()).into_iter().map(|f| {
        let with: Vec<String> = f.with.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{} {}", f.code, with.join(" "))
    });
    told.collect()
}

fn wish(teacher: &str, item: &str, kind: WishKind) -> Wish {
    Wish { teacher: teacher.into(), item: item.into(), kind }
}

#[test]
fn each_fault_says_what_conflicts_with_what() {
    let check = |change: &dyn Fn(&mut College), expect: &[&str]| {
        let mut college = by_hand();
        change(&mut college);
        assert_eq!(wrong(&college), expect);
    };
    check(&|_| {}, &[]);
    check(&|c| c.offers[0].from = None, &["PLN-001 offer=march"]);
    check(
        &|c| c.offers[0].until = c.offers[0].from.map(|d| d.plus_days(-1)),
        &["PLN-002 offer=march from=2026-03-02 until=2026-03-01"],
    );
    check(&|c| c.budget_cents = -5, &["PLN-003 what=budget amount=-0.05"]);
    check(&|c| c.offers[2].money_cents = -1, &["PLN-003 what=other amount=-0.01"]);
    check(
        &|c| {
            c.offers[0].requires = vec!["second".into()];
            c.offers[2].requires = vec!["course".into()];
        },
        &["PLN-004 courses=course → second → course"],
    );
    check(&|c| c.offers[2].requires = vec!["third".into()], &["PLN-005 offer=other course=third"]);
    check(&|c| c.wishes.push(wish("t9", "may", WishKind::Pin)), &["PLN-006 what=t9"]);
    check(&|c| c.offers[1].id = "march".into(), &["PLN-008 what=march"]);
    check(&|c| c.until = c.from.plus_days(-1), &["PLN-009 from=2026-01-01 until=2025-12-31"]);
}

#[test]
fn wishes_that_exclude_each_other_are_named_in_the_smallest_set() {
    let check = |change: &dyn Fn(&mut College), wishes: &[(&str, &str)], expect: &[&str]| {
        let mut college = by_hand();
        change(&mut college);
        for (teacher, item) in wishes {
            college.wishes.push(wish(teacher, item, WishKind::Pin));
        }
        assert_eq!(wrong(&college), expect);
    };
    check(&|_| {}, &[("t1", "march"), ("t2", "may")], &[]);
    check(&|_| {}, &[("t1", "march"), ("t1", "may")], &["PLN-007 about=course wishes=t1 + march; t1 + may"]);
    check(&|_| {}, &[("t1", "other"), ("t1", "march")], &["PLN-007 about=days wishes=t1 + other; t1 + march"]);
    check(&|_| {}, &[("t1", "march"), ("t2", "march")], &["PLN-007 about=seats wishes=t1 + march; t2 + march"]);
    check(
        &|c| c.wishes.push(wish("t1", "may", WishKind::Forbid)),
        &[("t1", "may")],
        &["PLN-007 about=both wishes=t1 + may; t1 − may"],
    );
    check(
        &|c| c.teachers[0].hours = 20,
        &[("t1", "other"), ("t1", "may")],
        &["PLN-007 about=hours wishes=t1 + other; t1 + may"],
    );
    check(
        &|c| c.teachers[0].done = vec!["course".into()],
        &[("t1", "may")],
        &["PLN-007 about=shut-done wishes=t1 + may"],
    );
    check(&|c| c.teachers[0].hours = 15, &[("t1", "may")], &["PLN-007 about=shut-hours wishes=t1 + may"]);
    check(&|c| c.teachers[0].money_cents = 1, &[("t1", "may")], &["PLN-007 about=shut-money wishes=t1 + may"]);
    let away = |c: &mut College| {
        let (from, until) = (day(121), day(122));
        c.teachers[0].away = vec![Span { from, until }];
    };
    check(&away, &[("t1", "may")], &["PLN-007 about=shut-away wishes=t1 + may"]);
    check(
        &|c| c.offers[1].departments = vec!["e".into()],
        &[("t1", "may")],
        &["PLN-007 about=shut-not-open wishes=t1 + may"],
    );
    check(&|c| c.until = day(100), &[("t1", "may")], &["PLN-007 about=shut-dates wishes=t1 + may"]);
    check(
        &|c| c.offers[0].requires = vec!["second".into()],
        &[("t1", "march")],
        &["PLN-007 about=shut-requires wishes=t1 + march"],
    );
    check(
        &|c| c.budget_cents = 30_000,
        &[("t1", "other"), ("t2", "may")],
        &["PLN-007 about=budget wishes=t1 + other; t2 + may"],
    );
}
