//! The catalog from the command line: checked, planned, applied; a school's own register without code.

use crate::program::Bench;

const OWN: &str = r#"
[register]
id          = "library-visit"
name        = { zh = "图书馆到访", en = "Library visits", de = "Bibliotheksbesuche" }
key         = ["number"]
period      = { on = "day", kind = "year" }
kept_by     = "school-office"
verified_by = "academic-affairs"

[[field]]
id       = "number"
type     = "text"
name     = { zh = "登记号", en = "Number", de = "Nummer" }
required = true
privacy  = "internal"

[[field]]
id       = "day"
type     = "date"
name     = { zh = "到访日期", en = "Day", de = "Tag" }
required = true
privacy  = "internal"
"#;

#[test]
fn the_shipped_catalog_is_sound() {
    let bench = Bench::empty();
    bench.run(&["catalog", "check"]).ends(0).says("目录没有错误");
    let json = bench.run(&["catalog", "check", "--json"]).ends(0).json();
    assert_eq!(json["sound"], true);
    assert!(json["cases"].as_u64().is_some_and(|n| n > 10), "{json:#}");
    bench.run(&["catalog", "docs", "-o", "说明"]).ends(0);
    assert!(bench.path("说明/training/graduate.md").is_file());
}

#[test]
fn a_school_adds_a_register_by_a_file() {
    let bench = Bench::college();
    bench.run(&["catalog", "plan"]).ends(0).says("没有要改的");
    bench.write("data/catalog/teaching/library-visit.toml", OWN);
    // Until it is applied, nothing else is done with data of another catalog.
    bench.run(&["verify"]).ends(3).complains("catalog plan");
    let plan = bench.run(&["catalog", "plan", "--json"]).ends(0).json();
    assert_eq!(plan["loses"], false, "{plan:#}");
    let steps = plan["steps"].as_array().expect("steps");
    assert!(steps.iter().any(|s| s["step"] == "create-table" && s["table"] == "r_library_visit"), "{plan:#}");
    bench.run(&["catalog", "apply"]).ends(0).says("已启用");
    bench.run(&["catalog", "plan"]).ends(0).says("没有要改的");
    bench.write("到访.csv", "登记号,到访日期\nA-1,2024-03-05\n");
    bench.run(&["import", "到访.csv", "--register", "library-visit"]).ends(0).says("新增 1");
    bench.run(&["verify"]).ends(0);

    // Taking it away again would lose what was entered: that is said, and not done without leave.
    std::fs::remove_file(bench.path("data/catalog/teaching/library-visit.toml")).expect("it is there");
    bench.run(&["catalog", "plan"]).ends(1).says("r_library_visit").says("--allow-loss");
    bench.run(&["catalog", "apply"]).ends(1);
    bench.run(&["catalog", "apply", "--allow-loss"]).ends(0).says("已启用");
    bench.run(&["figures", "--year", "2024"]).ends(0);
}

#[test]
fn a_fault_is_shown_with_its_line_underlined() {
    let bench = Bench::college();
    bench.write("data/catalog/teaching/library-visit.toml", &OWN.replace("school-office", "scool-office"));
    let told = bench.run(&["catalog", "check"]).ends(1).says("kept_by     = \"scool-office\"").says("^^^");
    told.says("teaching/library-visit.toml").says("school-office");
    bench.run(&["catalog", "apply"]).ends(1).says("^^^");
}
