//! Teaching, work for firms, faculty and honours, counted in the world itself.

use super::each_world;
use crate::world::{Holder, World, census};
use jc_base::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};

const YEARS: [i32; 3] = [2022, 2023, 2024];

fn in_year<T>(all: &[T], on: impl Fn(&T) -> Date, year: i32) -> Vec<&T> {
    all.iter().filter(|it| on(it).year() == year).collect()
}

#[test]
fn certificates_and_workstations() {
    each_world(|world| {
        let due: Vec<usize> =
            (0..world.staff.len()).filter(|&s| world.staff[s].integrated && world.staff[s].in_post(census())).collect();
        let mut best: BTreeMap<usize, u8> = BTreeMap::new();
        for it in &world.certificates {
            assert!(it.on >= world.staff[it.teacher].joined && it.on <= census());
            let level = best.entry(it.teacher).or_insert(it.level);
            *level = (*level).min(it.level);
        }
        assert_eq!((due.iter().filter(|s| best.contains_key(s)).count(), due.len()), (85, 93));
        assert_eq!(due.iter().filter(|s| best.get(s) == Some(&1)).count(), 2);
        let keys: HashSet<(usize, u8)> = world.certificates.iter().map(|it| (it.teacher, it.level)).collect();
        assert_eq!(keys.len(), world.certificates.len());

        let upgraded = |year: i32| {
            let works = in_year(&world.station_works, |it| it.on, year);
            works.iter().filter(|it| it.upgraded).map(|it| it.station).collect::<BTreeSet<usize>>().len()
        };
        assert_eq!(YEARS.map(upgraded), [9, 16, 31]);
        let in_use = world.stations.iter().filter(|it| it.opened <= census() && it.closed.is_none()).count();
        assert_eq!((in_use, world.stations.len()), (51, 52));
        let names: HashSet<&str> = world.stations.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names.len(), world.stations.len());
    });
}

#[test]
fn courses_projects_and_lessons() {
    each_world(|world| {
        let finished = |it: &&crate::world::Course| it.built.is_some() && it.retired.is_none();
        assert_eq!((world.courses.iter().filter(finished).count(), world.courses.len()), (28, 33));
        let names: HashSet<&str> = world.courses.iter().map(|it| it.name).collect();
        assert_eq!(names.len(), world.courses.len());
        assert_eq!(YEARS.map(|year| in_year(&world.projects, |it| it.completed, year).len()), [26, 39, 48]);
        let names: HashSet<&str> = world.projects.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names.len(), world.projects.len());
        let provincial = |year: i32| {
            let lessons = in_year(&world.lessons, |it| it.on, year);
            lessons.iter().filter(|it| it.level.is_some_and(|level| level.word() == "省级")).count()
        };
        assert_eq!(YEARS.map(provincial), [1, 2, 4]);
        let tasters = world.tasters.iter().filter(|it| it.ended.is_none_or(|ended| ended.year() >= 2024));
        assert_eq!(tasters.count(), 8);
    });
}

#[test]
fn scholarships_and_the_adult_exam() {
    each_world(|world| {
        let holders = |year: i32| {
            let of = |scheme| world.scholarships.iter().filter(|it| it.year == year && it.scheme == scheme).count();
            [0, 1, 2, 3].map(of)
        };
        assert_eq!(YEARS.map(holders), [[1, 3, 5, 48], [0, 3, 6, 55], [1, 4, 8, 60]]);
        let exam = |year: i32| {
            let of_year = || world.adult_exams.iter().filter(move |it| it.year == year);
            [
                of_year().count(),
                of_year().filter(|it| it.score.is_some()).count(),
                of_year().filter(|it| it.reached).count(),
                of_year().filter(|it| it.admitted == Some(true)).count(),
            ]
        };
        assert_eq!(YEARS.map(exam), [[120, 112, 103, 97], [140, 133, 125, 118], [158, 150, 144, 136]]);
        assert!(world.adult_exams.iter().all(|it| it.reached || it.admitted != Some(true)));
        let keys: HashSet<(usize, i32)> = world.adult_exams.iter().map(|it| (it.student, it.year)).collect();
        assert_eq!(keys.len(), world.adult_exams.len());
    });
}

#[test]
fn work_for_firms() {
    each_world(|world| {
        let services = |year: i32, kind: &str| {
            in_year(&world.firm_work.services, |it| it.completed, year).iter().filter(|it| it.kind == kind).count()
        };
        assert_eq!(YEARS.map(|year| services(year, "技术转让")), [1, 2, 3]);
        assert_eq!(YEARS.map(|year| services(year, "技术攻关")), [6, 8, 12]);
        let benefit = |year: i32| -> i64 {
            let of_year = in_year(&world.firm_work.services, |it| it.completed, year);
            of_year.iter().filter_map(|it| it.benefit.map(|(yuan, _)| yuan)).sum()
        };
        assert_eq!(YEARS.map(benefit), [925_000, 2_996_000, 4_860_000]);
        for it in &world.firm_work.services {
            assert!(it.signed < it.completed && it.received <= it.amount);
        }
        for it in &world.firm_work.awards {
            assert!(world.firm_work.services[it.service].completed <= it.on);
        }
        assert_eq!(world.firm_work.awards.len(), 4);
        for it in &world.firm_work.sessions {
            assert!(it.on >= world.firm_work.workshops[it.workshop].started);
        }
    });
}

/// Papers of a year: published, awarded, both, either.
fn papers(world: &World, year: i32) -> [usize; 4] {
    let of = |kind: &str| -> BTreeSet<usize> {
        let outcomes = in_year(&world.paper_outcomes, |it| it.on, year);
        outcomes.iter().filter(|it| it.kind == kind).map(|it| it.paper).collect()
    };
    let (published, awarded) = (of("发表"), of("获奖"));
    let both = published.intersection(&awarded).count();
    [published.len(), awarded.len(), both, published.union(&awarded).count()]
}

#[test]
fn papers_and_projects() {
    each_world(|world| {
        assert_eq!(YEARS.map(|year| papers(world, year)), [[36, 20, 5, 51], [44, 26, 7, 63], [52, 34, 10, 76]]);
        let titles: HashSet<&str> = world.papers.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles.len(), world.papers.len());
        let events = |year: i32| {
            let of_year = in_year(&world.research_outcomes, |it| it.on, year);
            ["立项", "结题", "成果获奖"].map(|kind| of_year.iter().filter(|it| it.kind == kind).count())
        };
        assert_eq!(YEARS.map(events), [[16, 11, 5], [18, 14, 8], [21, 18, 13]]);
        let titles: HashSet<&str> = world.research.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles.len(), world.research.len());
        // Nothing happens to a project before it began, and one that was withdrawn is not concluded.
        let withdrawn: BTreeSet<usize> =
            world.research_outcomes.iter().filter(|it| it.kind == "撤项").map(|it| it.project).collect();
        for it in &world.research_outcomes {
            assert!(it.on >= world.research[it.project].started);
            assert!(it.kind != "结题" || !withdrawn.contains(&it.project));
            assert_eq!(it.award.is_some(), it.kind == "成果获奖");
        }
    });
}

#[test]
fn careers_and_honours() {
    each_world(|world| {
        let titles = |year: i32| {
            let of_year = in_year(&world.careers.titles, |it| it.on, year);
            [0, 1, 2, 3].map(|rank| of_year.iter().filter(|it| it.rank == rank).count())
        };
        assert_eq!(YEARS.map(titles), [[5, 5, 3, 0], [4, 6, 3, 1], [5, 7, 4, 2]]);
        for it in &world.careers.practices {
            assert!(world.staff[it.teacher].in_post(it.started) && it.ended > it.started);
        }
        for it in &world.careers.trainings {
            assert!(world.staff[it.teacher].in_post(it.started));
        }
        let of_2024 = in_year(&world.honours, |it| it.on, 2024);
        let held = |kind: &str| of_2024.iter().filter(|it| it.kind == kind).count();
        assert_eq!(["名师", "教坛中坚", "教坛新苗", "优秀班主任"].map(held), [3, 3, 3, 5]);
        // The two honours for labour are one person's.
        let labour: Vec<&Holder> = of_2024
            .iter()
            .filter(|it| it.kind.starts_with("五一") || it.kind == "劳动模范")
            .map(|it| &it.holder)
            .collect();
        assert!(matches!(labour[..], [one, other] if one == other));
        let of_school = |it: &&&crate::world::Honour| !matches!(it.holder, Holder::Staff(_) | Holder::Student(_));
        assert_eq!(of_2024.iter().filter(of_school).count(), 8);
    });
}
