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

/// A register nobody foresaw: one file.
const GARDEN: &str = r#"
[register]
id = "garden-plot"
name = { zh = "劳动园地", en = "Garden plots", de = "Schulgärten" }
key = ["plot"]
period = { on = "taken_on", kind = "year" }
kept_by = "student-affairs"
verified_by = "school-office"

[register.slices]
class = "class"

[[field]]
id = "plot"
type = "text"
name = { zh = "地块", en = "Plot", de = "Beet" }
required = true

[[field]]
id = "class"
type = "ref:class"
name = { zh = "认领班级", en = "Class", de = "Klasse" }
aliases = ["班级"]

[[field]]
id = "taken_on"
type = "date"
name = { zh = "认领日期", en = "Taken on", de = "Übernommen am" }
required = true

[[field]]
id = "area_sqm"
type = "decimal:1"
name = { zh = "面积", en = "Area", de = "Fläche" }

[[check]]
require = "area_sqm > 0"
field = "area_sqm"
say = { zh = "面积应大于 0", en = "The area is more than 0", de = "Die Fläche ist größer als 0" }

[[indicator]]
id = "garden-plot-count"
name = { zh = "认领地块数", en = "Plots taken", de = "Übernommene Beete" }
about = { zh = "当年认领的地块。", en = "Plots taken in the year.", de = "Im Jahr übernommene Beete." }
count = "TRUE"
unit = "piece"
decimals = 0
missing = "面积未填的也计"
words = ["认领地块"]
source = { document = "校内台账定义", checked = 2026-11-25 }
[[indicator.case]]
why = "两块"
rows = [{ plot = "甲", taken_on = "2024-03-12" }, { plot = "乙", taken_on = "2024-03-12", area_sqm = "" }]
gives = "2"
"#;

#[test]
fn a_register_that_was_forgotten_is_added_while_the_program_runs() {
    let own = crate::people::copy();
    let setup = own.app.setup().clone();
    let file = setup.data.join("catalog/wellbeing/garden-plot.toml");
    std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    std::fs::write(&file, GARDEN).expect("a file");
    // Not applied yet: nothing changes for those at work.
    assert!(!own.app.follow_catalog().expect("looked at"));
    assert_eq!(own.app.catalog().find_register("garden-plot"), None);
    let plan = catalogs::plan(&setup, own.app.keys_file()).expect("a plan");
    assert!(!plan.loses() && !plan.is_empty());
    catalogs::apply(&setup, own.app.keys_file(), false).expect("applied beside the running program");
    assert!(own.app.follow_catalog().expect("followed"));
    assert!(!own.app.follow_catalog().expect("once"));

    // The same program now has template, import, checks, list, verification, figure, slice and trace.
    let register = own.register("garden-plot");
    let (_, template) = own.viewing(|viewer| viewer.template(register, Lang::Zh)).expect("a template");
    assert!(template.starts_with(b"PK"));
    let class = own.viewing(|viewer| {
        let declared = viewer.catalog().register("class").expect("a register");
        declared.fields[0].kind.edit(&own.records("class")[0].values[0])
    });
    let file =
        format!("地块,班级,认领日期,面积\n甲,{class},2024-03-12,20.5\n乙,{class},2024-03-12,\n丙,,2024-03-12,-1\n");
    let report = own.import("garden-plot", &crate::people::request("园地.csv", file)).expect("a report");
    assert_eq!((report.new, report.rejected), (2, 1), "{:?}", report.findings);
    assert_eq!(own.printed("garden-plot-count", 2024), "-", "nothing is verified yet");
    own.accept_all("garden-plot");
    assert_eq!(own.printed("garden-plot-count", 2024), "2");
    own.viewing(|viewer| {
        let of = viewer.indicator("garden-plot-count").expect("an indicator");
        let page = jc_figures::Page::reported_in(&viewer.catalog().registers[register], 2024);
        let slices = viewer.slices(of, page, "class", Lang::Zh).expect("slices");
        assert_eq!(slices.len(), 1);
        let sources = viewer.sources(of, page, None, jc_app::figures::Part::Numerator, (0, 10)).expect("a trace");
        assert_eq!(sources.counts, [2, 0, 0]);
        let text = "2024年，各班认领地块2个。";
        let checked = viewer.check_text(text, 2024, true).expect("a text");
        let named = checked.judgements.iter().flat_map(|judged| &judged.readings);
        assert!(named.into_iter().any(|it| it.indicator == "garden-plot-count"), "prose finds it by its words");
    });
    own.verified();
}
