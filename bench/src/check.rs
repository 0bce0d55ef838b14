//! How long it takes to check a report of a hundred pages, and a text that means harm.

use jc_app::app::{App, Clock, Setup};
use jc_app::{Person, demo};
use jc_base::Instant;
use std::fmt::Write;
use std::time::Instant as Watch;

/// 9 January 2025, 08:00 in Zhejiang.
const NOW: Instant = Instant(1_736_380_800_000);
/// Characters of a printed page.
const PAGE: usize = 700;

/// Checks both with the sample college's records and without, and says how long it took.
pub fn run() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup { data: folder.path().to_owned(), database: None, clock: Clock::Fixed(NOW) };
    let app = App::open(setup).expect("an installation");
    let report = demo::build(&app, &mut |_| {}).expect("the sample college");
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    for (name, text) in [("report of 100 pages", pages(100)), ("5,000 numbers in one breath", hostile())] {
        for with_records in [false, true] {
            let watch = Watch::now();
            let checked = viewer.check_text(&text, 2024, with_records).expect("a checked text");
            let seconds = watch.elapsed().as_secs_f64();
            let (numbers, relations) = (checked.document.claims.len(), checked.relations.len());
            let left = jc_app::given::left_out(&checked.document);
            println!(
                "{name}, records {with_records}: {seconds:.3} s, {} characters, {numbers} numbers, {relations} relations, {left} left out",
                text.chars().count()
            );
        }
    }
}

fn pages(many: usize) -> String {
    let mut text = String::new();
    let mut n = 0;
    while text.chars().count() < many * PAGE {
        n += 1;
        let (all, men, prize) = (400 + n * 7, 210 + n * 3, 20 + n % 60);
        writeln!(
            text,
            "{n}、{year}年，第{n}专业共有毕业生{all}人，其中男生{men}人，女生{women}人；升学{up}人，占{share:.2}%；就业{work}人，占{rest:.2}%。\
             学校召开家长会{prize}场，举办家长学校讲座{n}场，参与家长{many_parents}余人次，比上年的{before}人次增长{growth:.1}%。\
             教师发表、获奖论文{papers}篇，其中一等奖{prize}项、二等奖{second}项，志愿服务{served}人次，平均每班{mean}人次。",
            year = 2022 + n % 3,
            women = all - men,
            up = all / 4,
            share = (all / 4) as f64 * 100.0 / all as f64,
            work = all / 2,
            rest = (all / 2) as f64 * 100.0 / all as f64,
            many_parents = 1000 + n,
            before = 800 + n,
            growth = 200.0 / (800 + n) as f64 * 100.0,
            papers = 60 + n,
            second = 30 + n % 7,
            served = 300 + n * 2,
            mean = 12 + n % 9,
        )
        .expect("a string takes all");
    }
    text
}

fn hostile() -> String {
    (1..=5000).map(|n| format!("甲{n}人占{}.5%、", n % 100)).collect()
}
