//! The sample college, built once through the ordinary intake, gives the figures of its year.

use crate::people::{copy, new_database, printed};
use jc_app::app::{App, Clock, Setup};
use jc_app::records::Edit;
use jc_app::{Person, demo};
use jc_base::{Instant, Lang, RecordState};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// 9 January 2025, 08:00 in Zhejiang.
pub const NOW: Instant = Instant(1_736_380_800_000);

/// The sample college as it was built, and closed: where its folder and its database are, for copies of them.
struct Built {
    folder: PathBuf,
    database: Option<String>,
    report: demo::Report,
}

/// Builds the sample college once, where `JIANGCE_TEST_ON` says.
fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let (folder, database) = (college_folder().join("built"), new_database());
        std::fs::create_dir_all(&folder).expect("a folder");
        let (_, report) = build_at(&folder, database.clone());
        Built { folder, database, report }
    })
}

/// Builds the sample college in a folder, with its records in a database if one is given.
pub fn build_at(folder: &Path, database: Option<String>) -> (App, demo::Report) {
    let app = match App::open(Setup { data: folder.to_owned(), database, clock: Clock::Fixed(NOW) }) {
        Ok(app) => app,
        Err(error) => panic!("{error:#?}"),
    };
    let report = demo::build(&app, &mut |_| {}).expect("the sample college is built");
    (app, report)
}

/// The sample college once more, in a folder of that copy; with it what its building told.
pub fn college_in(data: &Path) -> (App, &'static demo::Report) {
    let built = built();
    copy_tree(&built.folder, data).expect("a copy of the folder");
    let database = built.database.as_deref().map(jc_testkit::copied_database);
    let setup = Setup { data: data.to_owned(), database, clock: Clock::Fixed(NOW) };
    (App::open(setup).expect("an installation opens"), &built.report)
}

/// The sample college for all who only read, in a folder that goes with the test program.
pub fn college() -> &'static (App, &'static demo::Report) {
    static COLLEGE: OnceLock<(App, &'static demo::Report)> = OnceLock::new();
    COLLEGE.get_or_init(|| college_in(&built().folder.with_file_name("read")))
}

fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy_tree(&entry.path(), &there)?,
            false => std::fs::copy(entry.path(), there).map(drop)?,
        }
    }
    Ok(())
}

/// A folder of this run of the test program; those of runs that have ended are cleared away.
fn college_folder() -> PathBuf {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("colleges");
    for old in std::fs::read_dir(&all).into_iter().flatten().flatten() {
        if !Path::new("/proc").join(old.file_name()).exists() {
            let _ = std::fs::remove_dir_all(old.path());
        }
    }
    let own = all.join(std::process::id().to_string());
    let _ = std::fs::remove_dir_all(&own);
    std::fs::create_dir_all(&own).expect("a folder");
    own
}

#[test]
fn every_row_is_taken() {
    let (_, report) = college();
    for file in &report.files {
        assert_eq!(file.rejected, 0, "{}", file.name);
        assert!(file.new > 0, "{}", file.name);
    }
}

/// What the article says of its year, and where it only says "about", what the sample's papers add up to.
const OF_2024: &[(&str, &str)] = &[
    ("graduate-count", "407"),
    ("further-study-count", "143"),
    ("employed-count", "261"),
    ("placement-rate", "99.26"),
    ("matched-rate", "95.58"),
    ("contests-entered-count", "28"),
    ("award-person-times", "118"),
    ("award-person-times-city", "84"),
    ("gold-medal-count", "5"),
    ("silver-medal-count", "8"),
    ("bronze-medal-count", "7"),
    // The article says 40 %, which no whole number of medals gives: three became five.
    ("gold-medal-growth", "66.67"),
    ("class-teacher-first-city", "4"),
    ("class-teacher-second-city", "9"),
    ("class-teacher-first-county", "8"),
    ("class-teacher-second-county", "21"),
    ("arts-sports-champion-count", "2"),
    ("skill-pass-rate", "95.1"),
    ("certificate-exam-passed-count", "84"),
    ("certificate-exam-rate", "95.5"),
    ("sino-german-class-count", "17"),
    ("sino-german-student-count", "554"),
    ("parents-meeting-count", "7"),
    ("parents-lecture-count", "5"),
    ("family-event-participants", "4308"),
    ("home-visit-teacher-times", "597"),
    ("home-visit-student-times", "2503"),
    ("volunteer-person-times", "1046"),
    ("volunteer-hours", "7322.5"),
];

#[test]
fn the_figures_of_the_article_come_out_of_the_records() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let found: Vec<(&str, String)> = OF_2024.iter().map(|(id, _)| (*id, printed(&viewer, id, 2024))).collect();
    let wanted: Vec<(&str, String)> = OF_2024.iter().map(|(id, text)| (*id, (*text).to_owned())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn the_answer_sheet_shows_the_same_figures() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let sheet = app.viewer(&person).answer_sheet(2024).expect("an answer sheet");
    for (id, wanted) in OF_2024 {
        let line = sheet.iter().find(|line| line.figure.indicator.as_str() == *id).expect("a line");
        assert_eq!(line.figure.printed().as_deref(), Some(*wanted), "{id}");
    }
}

#[test]
fn the_college_is_as_it_was_written() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let verified = app.verify(&person, &mut |_| {}).expect("a report");
    assert_eq!(verified.touched, []);
    let [draft, submitted, verified_records, returned] = demo::states(app, report.school).expect("counts");
    assert_eq!(verified.records, draft + submitted + verified_records + returned);
    assert_eq!((submitted as u64, verified_records as u64), (report.pending, report.verified));
}

#[test]
fn reopening_one_graduate_moves_every_figure_they_stood_behind() {
    let own = copy();
    let field = |id: &str| own.app.catalog().register("graduate").and_then(|r| r.find_field(id)).expect("a field");
    // Someone of 2024 who went on to study, in a matching subject.
    let graduate = own
        .records("graduate")
        .into_iter()
        .find(|r| {
            r.values[field("graduated_on")].as_date().is_some_and(|d| d.year() == 2024)
                && r.values[field("destination")].as_text() == Some("further-study")
                && r.values[field("matched")] == jc_base::Value::Int(1)
        })
        .expect("a graduate");
    assert_eq!(graduate.state, RecordState::Verified);
    let edit = Edit { values: graduate.values.clone(), submit: true, seen_version: Some(graduate.version) };
    own.keeping("graduate", |keeper| keeper.update(graduate.id, edit, Lang::Zh)).expect("it is reopened");
    let now = ["graduate-count", "further-study-count", "employed-count", "placement-rate", "matched-rate"];
    let found = now.map(|id| own.printed(id, 2024));
    // 403 of 406, 388 of 406.
    assert_eq!(found, ["406", "142", "261", "99.26", "95.57"]);
    let record = own.record("graduate", graduate.id);
    own.verifying("graduate", |v| v.give_back(record.id, record.version, "佐证不清")).expect("it is returned");
    assert_eq!(now.map(|id| own.printed(id, 2024)), found);
    own.verified();
}
