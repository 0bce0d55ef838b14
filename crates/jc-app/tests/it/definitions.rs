//! Definitions side by side: every value of one thing, the one in force, and which gives a number.

use crate::people::{copy, printed};
use crate::sample::college;
use jc_app::app::App;
use jc_app::definitions::Printed;
use jc_app::{Person, Viewer, catalogs};
use jc_base::UnitId;
use jc_figures::Page;

/// What `which` finds: the definitions with their pages, and what each population says.
fn which(viewer: &Viewer, number: &str, id: Option<&str>, year: Option<i32>) -> (Vec<String>, Vec<String>) {
    let of = id.map(|id| viewer.indicator(id).expect("an indicator"));
    let percent = UnitId::from("percent");
    let number = Printed::parse(number).expect("a number");
    let found = viewer.which(number, Some(&percent), of, year).expect("an answer");
    let gives = found.gives.iter().map(|one| format!("{} {}", one.figure.indicator, one.figure.page)).collect();
    let populations = found.populations.iter().map(|one| match one.parts {
        Some((from, until)) => format!("{}: {from}-{until}", one.whole),
        None => format!("{}: no", one.whole),
    });
    (gives, populations.collect())
}

#[test]
fn the_article_s_rate_is_found_among_all_and_among_its_own() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let (gives, populations) = which(&viewer, "95.58", None, Some(2024));
    assert_eq!(gives, ["matched-rate 2024"]);
    assert_eq!(populations, [""; 0], "only one figure's populations are looked at");
    let (gives, populations) = which(&viewer, "95.58", Some("matched-rate-employed"), Some(2024));
    assert_eq!(gives, ["matched-rate 2024"]);
    // The last are those whose place of work is known.
    assert_eq!(populations, ["407: 389-389", "261: no", "264: no", "245: no"]);
    // A number of nobody.
    assert_eq!(which(&viewer, "12.34", Some("matched-rate"), None).0, [""; 0]);
    // Without a year all are looked at: 2023 had another rate, which is found on its page.
    let before = printed(&viewer, "matched-rate", 2023);
    let (gives, _) = which(&viewer, &before, Some("matched-rate"), None);
    assert!(gives.contains(&"matched-rate 2023".to_owned()), "{gives:?}");
}

#[test]
fn all_definitions_are_shown_with_their_values_and_the_sheet_shows_one() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let values = |id: &str| -> Vec<(String, String, bool)> {
        let of = viewer.indicator(id).expect("an indicator");
        let page = Page::reported_in(&viewer.catalog().registers[of.register], 2024);
        let all = viewer.definitions(of, page).expect("definitions");
        let one = |d: jc_app::definitions::Defined| {
            (d.figure.indicator.to_string(), d.figure.printed().unwrap_or_default(), d.shown)
        };
        all.into_iter().map(one).collect()
    };
    let line = |id: &str, value: &str, shown| (id.to_owned(), value.to_owned(), shown);
    // 404 of 407, 261 of 407, 261 of 264.
    let placement = [
        line("placement-rate", "99.26", true),
        line("direct-employment-rate", "64.13", false),
        line("direct-employment-rate-of-others", "98.86", false),
        // Of the same cohort in the register of who was asked again: nobody at the year's end, 379 of 407 half a year on.
        line("placement-rate-year-end", "", false),
        line("placement-rate-month-6", "93.12", false),
    ];
    assert_eq!(values("placement-rate"), placement);
    assert_eq!(values("direct-employment-rate"), placement, "whichever of them is asked for");
    assert_eq!(values("placement-rate-month-6"), placement, "in whichever register");
    assert_eq!(values("own-business-rate").len(), 1);
    let ids = |all: bool| -> Vec<String> {
        let sheet = viewer.sheet(2024, all).expect("a sheet");
        sheet.iter().map(|line| line.figure.indicator.to_string()).collect()
    };
    let (short, long) = (ids(false), ids(true));
    assert!(short.contains(&"matched-rate".to_owned()) && !short.contains(&"matched-rate-employed".to_owned()));
    assert!(long.contains(&"matched-rate-employed".to_owned()) && long.len() > short.len());
}

#[test]
fn a_new_definition_leaves_the_years_before_to_the_old_one() {
    let own = copy();
    let before = [own.printed("matched-rate", 2023), own.printed("matched-rate", 2024)];
    let by_the_new = own.printed("matched-rate-employed", 2024);
    assert_ne!(before[1], by_the_new);
    // The school takes over the statistics' definition from 2024 on.
    let shipped = jc_catalog::shipped().into_iter().find(|file| file.path == "training/graduate.toml").expect("a file");
    let whose = |id: &str, rest: &str| format!("definition = {{ {id}authority = {{ zh = \"{rest}\"");
    let mut text = shipped.text.replacen(
        &format!("{}, en = \"The school’s register\", de = \"Register der Schule\" }} }}", whose("", "学校台账")),
        "definition = { until = 2023-12-31, authority = { zh = \"学校台账\", en = \"x\", de = \"x\" } }",
        1,
    );
    let start = text.find(&whose("of = \"matched-rate\", ", "中等职业学校就业统计")).expect("the other definition");
    let end = start + text[start..].find('\n').expect("a line");
    text.replace_range(
        start..end,
        "definition = { of = \"matched-rate\", from = 2024-01-01, authority = { zh = \"学校台账\", en = \"x\", de = \"x\" } }",
    );
    let setup = own.app.setup().clone();
    let file = setup.data.join("catalog/training/graduate.toml");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(&file, text).expect("written");
    catalogs::apply(&setup, own.app.keys_file(), false).expect("applied");
    let app = App::open(setup).expect("it opens");
    let person = Person::command_line(own.school);
    let viewer = app.viewer(&person);
    assert_eq!(printed(&viewer, "matched-rate", 2023), before[0], "the year before answers by its own");
    assert_eq!(printed(&viewer, "matched-rate", 2024), by_the_new);
    // The comparison goes by one definition, and both are told with their values.
    let of = viewer.indicator("matched-rate").expect("an indicator");
    let page = Page::reported_in(&viewer.catalog().registers[of.register], 2024);
    let compared = viewer.figure(of, page).expect("a figure");
    assert_eq!(compared.before.expect("a year before").indicator.as_str(), "matched-rate-employed");
    let shown: Vec<(bool, bool)> =
        viewer.definitions(of, page).expect("definitions").iter().map(|d| (d.shown, d.in_force)).collect();
    assert_eq!(shown, [(false, false), (true, true), (false, true)], "the last is of who was asked again");
}
