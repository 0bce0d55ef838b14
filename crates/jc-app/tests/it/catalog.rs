//! The shipped catalog: without fault, its hand-worked cases come out; a changed one is applied by a plan.

use crate::sample::NOW;
use jc_app::app::{App, Clock, KEYS, Setup};
use jc_app::import::{Choice, Request};
use jc_app::{AppError, Person, catalogs};
use jc_base::{Lang, RecordState};
use jc_intake::limits::Limits;

#[test]
fn the_shipped_catalog_is_sound_and_its_cases_come_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let checked = catalogs::check(folder.path()).expect("a check");
    let said: Vec<String> = checked.findings.iter().map(|f| jc_words::line(Lang::Zh, f)).collect();
    assert!(said.is_empty(), "{said:#?}");
    assert!(checked.cases >= 100, "{}", checked.cases);
}

const CLUB: &str = r#"
[register]
id = "club"
name = { zh = "社团", en = "Clubs", de = "Vereine" }
key = ["name"]
kept_by = "student-affairs"
verified_by = "school-office"
[[field]]
id = "name"
type = "text"
name = { zh = "名称", en = "Name", de = "Name" }
required = true
"#;

const MOTTO: &str = r#"
[[field]]
id = "motto"
type = "text"
name = { zh = "口号", en = "Motto", de = "Motto" }
"#;

#[test]
fn a_field_is_added_and_dropped_only_with_leave_and_the_rest_stays_provable() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("catalog/wellbeing/club.toml");
    std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    std::fs::write(&file, format!("{CLUB}{MOTTO}")).expect("a file");
    let setup = Setup { data: folder.path().to_path_buf(), database: None, clock: Clock::Fixed(NOW) };
    let school = {
        let app = App::open(setup.clone()).expect("an installation");
        let school = app.add_school("示例技师学院", true).expect("a school");
        let person = Person::command_line(school);
        let register = app.catalog().find_register("club").expect("a register");
        let request = Request {
            file: "社团.csv".into(),
            bytes: "名称,口号\n棋社,落子无悔\n书社,\n".into(),
            sheet: 0,
            mapping: None,
            choice: Choice::AllOrNothing,
            state: RecordState::Submitted,
            lang: Lang::Zh,
            limits: Limits::default(),
        };
        let keeper = app.keeper(&person, register).expect("the command line keeps");
        let report = keeper.import(&request, None, &mut |_| {}).expect("an import");
        assert_eq!((report.committed, report.new), (true, 2));
        school
    };
    std::fs::write(&file, CLUB).expect("a file");
    let refused = catalogs::apply(&setup, &folder.path().join(KEYS), false);
    assert!(matches!(&refused, Err(AppError::Findings(f)) if f[0].code == "APP-011"), "{refused:?}");
    catalogs::apply(&setup, &folder.path().join(KEYS), true).expect("applied with leave");
    let app = App::open(setup).expect("it opens with the new catalog");
    let person = Person::command_line(school);
    let report = app.verify(&person, &mut |_| {}).expect("a report");
    assert_eq!(report.touched, Vec::new());
    assert_eq!(report.records, 2);
}

#[test]
fn the_chain_goes_on_with_another_hash_and_all_of_it_is_proved() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup { data: folder.path().to_path_buf(), database: None, clock: Clock::Fixed(NOW) };
    let app = App::open(setup).expect("an installation");
    let school = app.add_school("示例技师学院", true).expect("a school");
    let person = Person::command_line(school);
    assert!(app.set_chain("md5").expect("an answer").is_none());
    for hash in ["sm3", "sha256", "sm3"] {
        assert!(app.set_chain(hash).expect("a setting").is_some());
    }
    let report = app.verify(&person, &mut |_| {}).expect("a report");
    assert_eq!((report.entries, report.touched), (3, Vec::new()));
    assert_eq!(report.head.1.len(), 64);
}
