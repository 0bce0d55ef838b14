//! The college counted by hand: plain loops over the rows, and over the files read back.

mod areas;

use crate::names::OF_THE_ARTICLE;
use crate::numbers::id_check;
use crate::world::{Destination, Group, Scheme, World, census};
use crate::{SampleFile, college, spoiled};
use std::collections::{BTreeSet, HashSet};

const SEEDS: [u64; 3] = [1, 2024, 9_876_543_210];

fn each_world(check: impl Fn(&World)) {
    SEEDS.into_iter().map(World::build).for_each(|world| check(&world));
}

/// The status of a student on a day, from the events alone.
fn in_school(world: &World, student: usize) -> bool {
    let it = &world.students[student];
    let last = world.changes.iter().filter(|c| c.student == student && c.on <= census()).max_by_key(|c| c.on);
    it.enrolled <= census() && it.left.is_none_or(|left| left >= census()) && last.is_none_or(|c| !c.kind.leaves())
}

#[test]
fn classes_and_students() {
    each_world(|world| {
        let open = |scheme: Option<Scheme>| {
            world
                .classes
                .iter()
                .filter(|c| c.opened <= census() && c.closed.is_none_or(|closed| closed >= census()))
                .filter(|c| scheme.is_none_or(|scheme| c.scheme == scheme))
                .count()
        };
        assert_eq!((world.classes.len(), open(None), open(Some(Scheme::SinoGerman))), (80, 45, 17));
        let german = |s: &usize| world.classes[world.students[*s].class].scheme == Scheme::SinoGerman;
        let there: Vec<usize> = (0..world.students.len()).filter(|&s| in_school(world, s)).collect();
        assert_eq!(there.iter().filter(|s| german(s)).count(), 554);
        // It is a real computation: the roll alone says something else.
        let rolled = |s: &usize| world.students[*s].left.is_none_or(|left| left >= census());
        assert_eq!((0..world.students.len()).filter(|s| german(s) && rolled(s)).count(), 554 + 6);
        assert!((2_500..2_800).contains(&world.students.len()), "{}", world.students.len());
        assert_eq!(world.staff.iter().filter(|s| s.in_post(census())).count(), 190);
    });
}

#[test]
fn graduates() {
    each_world(|world| {
        let of = |year: i32, test: &dyn Fn(&crate::world::Graduate) -> bool| {
            world.graduates.iter().filter(|g| g.on.year() == year && test(g)).count()
        };
        let all = [2022, 2023, 2024].map(|year| of(year, &|_| true));
        assert_eq!(all, [362, 385, 407]);
        let study = [2022, 2023, 2024].map(|year| of(year, &|g| g.destination.study()));
        assert_eq!(study, [116, 138, 143]);
        let direct = [2022, 2023, 2024].map(|year| of(year, &|g| g.destination.direct()));
        assert_eq!(direct, [236, 238, 261]);
        assert_eq!(of(2024, &|g| matches!(g.destination, Destination::Seeking | Destination::Unknown)), 3);
        assert_eq!(of(2024, &|g| g.matched == Some(true)), 389);
        assert_eq!(of(2024, &|g| g.matched == Some(true) && g.destination.direct()), 250);
        // Every graduate has the event, on the same day.
        for graduate in &world.graduates {
            let event = world.changes.iter().find(|c| c.student == graduate.student && c.kind.word() == "毕业");
            assert_eq!(event.map(|c| c.on), Some(graduate.on));
        }
    });
}

#[test]
fn contests_and_awards() {
    each_world(|world| {
        let skills = |contest: usize| matches!(world.contests[contest].kind, "技能竞赛" | "技能节");
        let year = |contest: usize| world.contests[contest].held.year();
        let entered: BTreeSet<usize> =
            world.entries.iter().map(|e| e.contest).filter(|&c| year(c) == 2024 && skills(c)).collect();
        assert_eq!(entered.len(), 28);
        let of_year: Vec<_> = world.awards.iter().filter(|a| a.on.year() == 2024 && skills(a.contest)).collect();
        let persons = |low: &str| -> usize {
            let above = |word: &str| ["县级", "市级", "省级", "国家级"].iter().position(|w| *w == word);
            of_year
                .iter()
                .filter(|a| above(world.contests[a.contest].level.word()) >= above(low))
                .map(|a| a.students.len() + a.teachers.len())
                .sum()
        };
        assert_eq!((persons("县级"), persons("市级")), (118, 84));
        let medals = |year: i32, medal: &str| {
            let festival = |a: &&crate::world::Award| world.contests[a.contest].kind == "技能节";
            world.awards.iter().filter(festival).filter(|a| a.on.year() == year && a.medal == Some(medal)).count()
        };
        assert_eq!(["金牌", "银牌", "铜牌"].map(|medal| medals(2024, medal)), [5, 8, 7]);
        assert_eq!(medals(2023, "金牌"), 3);
        let class_teachers = |level: &str, grade: &str| {
            let fits = |a: &&crate::world::Award| {
                a.group == Group::ClassTeachers
                    && a.on.year() == 2024
                    && world.contests[a.contest].level.word() == level
            };
            world.awards.iter().filter(fits).filter(|a| a.grade == Some(grade)).map(|a| a.teachers.len()).sum::<usize>()
        };
        assert_eq!((class_teachers("市级", "一等奖"), class_teachers("市级", "二等奖")), (4, 9));
        assert_eq!((class_teachers("县级", "一等奖"), class_teachers("县级", "二等奖")), (8, 21));
        for award in &world.awards {
            assert!(award.on >= world.contests[award.contest].held);
            assert_eq!(award.on.year(), year(award.contest));
        }
    });
}

#[test]
fn examinations() {
    each_world(|world| {
        let assessed = |year: i32| {
            let of_year = || world.assessments.iter().filter(move |a| a.on.year() == year);
            let (all, sat) = (of_year().count(), of_year().filter(|a| a.theory.is_some()).count());
            (all, sat, of_year().filter(|a| a.passed).count())
        };
        assert_eq!([2022, 2023, 2024].map(assessed), [(655, 646, 585), (742, 731, 679), (830, 817, 777)]);
        for a in &world.assessments {
            let enough = a.theory.zip(a.practice).is_some_and(|(t, p)| t >= 600 && p >= 600);
            assert_eq!(enough, a.passed);
        }
        let of_year = || world.exams.iter().filter(|e| e.on.year() == 2024);
        let first: Vec<_> = of_year().filter(|e| e.attempt == 1 && e.sat).collect();
        assert_eq!((first.len(), first.iter().filter(|e| e.passed).count()), (88, 84));
        let people: BTreeSet<usize> = of_year().filter(|e| e.passed).map(|e| e.student).collect();
        assert_eq!(people.len(), 84);
        assert_eq!((of_year().count(), of_year().filter(|e| e.sat).count()), (92, 90));
        assert!(world.exams.iter().all(|e| e.points.is_none_or(|points| (points >= 500) == e.passed)));
    });
}

#[test]
fn volunteers_visits_and_events() {
    each_world(|world| {
        let services = || world.services.iter().filter(|s| s.on.year() == 2024);
        assert_eq!(services().count(), 1_046);
        assert_eq!(services().filter_map(|s| s.hours).sum::<i64>(), 73_225);
        assert_eq!(services().filter(|s| s.hours.is_none()).count(), 3);
        let visits = || world.visits.iter().filter(|v| v.on.year() == 2024);
        assert_eq!(visits().map(|v| v.teachers.len()).sum::<usize>(), 597);
        assert_eq!(visits().map(|v| v.students.len()).sum::<usize>(), 2_503);
        let events = || world.events.iter().filter(|e| e.on.year() == 2024);
        assert_eq!((events().filter(|e| !e.lecture).count(), events().filter(|e| e.lecture).count()), (7, 5));
        assert_eq!(events().map(|e| e.participants).sum::<i64>(), 4_308);
        assert!(events().all(|e| e.participants > 100));
        // Nobody is visited, serves or sits an examination while away.
        for visit in &world.visits {
            assert!(visit.students.iter().all(|&s| world.students[s].present(visit.on)));
            assert!(visit.teachers.iter().all(|&s| world.staff[s].in_post(visit.on)));
            let different: HashSet<&usize> = visit.teachers.iter().collect();
            assert_eq!(different.len(), visit.teachers.len());
        }
    });
}

#[test]
fn people_are_invented_and_told_apart() {
    each_world(|world| {
        let numbers: HashSet<&str> = world.students.iter().map(|s| s.no.as_str()).collect();
        assert_eq!(numbers.len(), world.students.len());
        let ids: HashSet<&str> = world.students.iter().map(|s| s.id_number.as_str()).collect();
        assert_eq!(ids.len(), world.students.len());
        for student in &world.students {
            let (body, check) = student.id_number.split_at(17);
            assert_eq!(id_check(body).to_string(), check);
            assert!(body.starts_with("990101"));
            assert_eq!(body.as_bytes()[16] % 2 == 1, student.male);
            assert!(student.phone.starts_with("1990000"));
        }
        let in_class: HashSet<(usize, &str)> = world.students.iter().map(|s| (s.class, s.name.as_str())).collect();
        assert_eq!(in_class.len(), world.students.len());
        let staff: HashSet<&str> = world.staff.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(staff.len(), world.staff.len());
        let everybody = world.students.iter().map(|s| &s.name).chain(world.staff.iter().map(|s| &s.name));
        for name in everybody {
            assert!(!OF_THE_ARTICLE.contains(&name.as_str()), "{name}");
        }
        let phones: HashSet<&str> =
            world.students.iter().map(|s| &*s.phone).chain(world.staff.iter().map(|s| &*s.phone)).collect();
        assert_eq!(phones.len(), world.students.len() + world.staff.len());
    });
}

#[test]
fn keys_are_unique() {
    each_world(|world| {
        let unique = |count: usize, keys: HashSet<String>, what: &str| assert_eq!(keys.len(), count, "{what}");
        let key = |a: &crate::world::Award| format!("{} {} {} {}", a.contest, a.event, a.group.word(), a.winner);
        unique(world.awards.len(), world.awards.iter().map(key).collect(), "awards");
        let key = |e: &crate::world::Entry| format!("{} {} {}", e.contest, e.event, e.group.word());
        unique(world.entries.len(), world.entries.iter().map(key).collect(), "entries");
        let key = |s: &crate::world::Service| format!("{} {} {}", s.student, s.activity, s.on);
        unique(world.services.len(), world.services.iter().map(key).collect(), "services");
        let key = |e: &crate::world::Exam| format!("{} {} {} {}", e.student, e.occupation, e.part, e.attempt);
        unique(world.exams.len(), world.exams.iter().map(key).collect(), "exams");
        let key = |a: &crate::world::Assessment| format!("{} {} {}", a.student, a.occupation, a.on);
        unique(world.assessments.len(), world.assessments.iter().map(key).collect(), "assessments");
        let key = |c: &crate::world::Change| format!("{} {} {}", c.student, c.on, c.kind.word());
        unique(world.changes.len(), world.changes.iter().map(key).collect(), "changes");
        unique(world.contests.len(), world.contests.iter().map(|c| c.name.clone()).collect(), "contests");
        unique(world.firms.len(), world.firms.iter().map(|f| f.code.clone()).collect(), "firm codes");
        unique(world.firms.len(), world.firms.iter().map(|f| f.name.clone()).collect(), "firm names");
    });
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert_eq!(college(7), college(7));
    assert_eq!(spoiled(7), spoiled(7));
    assert_ne!(college(7), college(8));
}

#[test]
fn files_come_register_by_register_and_say_what_they_are() {
    let files = college(1);
    // A file that waits for verification stands among those of its register.
    let mut seen: Vec<&str> = files.iter().map(|file| file.register).collect();
    seen.dedup();
    let different: HashSet<&str> = seen.iter().copied().collect();
    assert_eq!(different.len(), seen.len(), "{seen:?}");
    let names: HashSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), files.len());
    let evidence =
        |file: &SampleFile| file.evidence.iter().all(|e| e.bytes.starts_with(b"%PDF-1.4") && !e.keys.is_empty());
    assert!(files.iter().all(evidence));
    let papers: usize = files.iter().map(|file| file.evidence.len()).sum();
    assert!((300..1_400).contains(&papers), "{papers}");
}
