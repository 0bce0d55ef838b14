//! The sample college, built once through the ordinary intake, gives the figures of its year.

use jc_app::app::{App, Clock, Setup};
use jc_app::{Person, demo};
use jc_base::Instant;
use std::sync::OnceLock;

/// 9 January 2025, 08:00 in Zhejiang.
pub const NOW: Instant = Instant(1_736_380_800_000);

/// The sample college, in a folder that goes with the test program.
pub fn college() -> &'static (App, demo::Report) {
    static COLLEGE: OnceLock<(App, demo::Report, tempfile::TempDir)> = OnceLock::new();
    static PAIR: OnceLock<(App, demo::Report)> = OnceLock::new();
    let _ = &COLLEGE;
    PAIR.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let setup = Setup { data: folder, database: None, clock: Clock::Fixed(NOW) };
        let app = match App::open(setup) {
            Ok(app) => app,
            Err(error) => panic!("{error:#?}"),
        };
        let report = demo::build(&app, &mut |_| {}).expect("the sample college is built");
        (app, report)
    })
}

#[test]
fn every_row_is_taken() {
    let (_, report) = college();
    for file in &report.files {
        println!("{} {} new {} changed {} rejected {}", file.name, file.register, file.new, file.changed, file.rejected);
    }
    assert!(report.files.iter().all(|file| file.rejected == 0));
}

#[test]
fn figures() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    for compared in app.viewer(&person).answer_sheet(2024).expect("figures") {
        let f = &compared.figure;
        println!(
            "{} {} = {:?} ({:?}/{:?}) {} pending {} unknown {} before {:?}",
            f.indicator, f.page, f.printed(), f.numerator, f.denominator, f.unit, f.pending, f.unknown,
            compared.before.and_then(|b| b.printed())
        );
    }
}
