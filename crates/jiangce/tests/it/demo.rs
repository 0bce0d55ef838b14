//! The sample college, as a newcomer meets it.

use crate::program::Bench;

#[test]
fn a_half_built_college_is_built_anew_and_then_used_again() {
    let bench = Bench::empty();
    // What a killed build leaves: the first mark, not the last, and a database cut off somewhere.
    bench.write("data/demo.begun", "");
    bench.write("data/jiangce.db", "SQLite format 3\0 and no more");
    let first = bench.run(&["demo", "--no-serve", "--json"]).ends(0).complains("上次没有建完");
    let json = first.json();
    assert_eq!(json["built"], true);
    assert!(json["college"]["verified"].as_i64().is_some_and(|n| n > 1000), "{json:#}");
    assert!(json["accounts"].as_array().is_some_and(|list| list.iter().any(|a| a["login"] == "admin")), "{json:#}");

    bench.run(&["demo", "--no-serve"]).ends(0).says("接着使用").says("jiangce-demo").says("校领导");
    let rate = ["figures", "--year", "2024", "--indicator", "placement-rate", "--json"];
    let figure = &bench.run(&rate).ends(0).json()["figures"][0];
    assert_eq!(
        (&figure["printed"], &figure["value"], &figure["numerator"], &figure["denominator"]),
        (&"99.26".into(), &"40400/407".into(), &"404".into(), &"407".into())
    );
    let by = ["figures", "--year", "2024", "--indicator", "placement-rate", "--slice", "department"];
    bench.run(&by).ends(0).says("404/407").says("智能制造学院");
    bench.run(&["trace", "placement-rate", "--year", "2024", "--part", "denominator"]).ends(0).says("只在分母 3 条");
    bench.run(&["verify"]).ends(0);
    bench.write("稿.txt", "2024年，学校获市技能节金牌5枚，较上年增长40%。\n");
    bench.run(&["check", "稿.txt", "--year", "2024"]).ends(1).says("算不出：");
    texts_are_told_in_words(&bench);
    reports_are_proved_elsewhere(&bench);
}

/// Lines name indicators, not ids, say places in an order as prose does, and count as the JSON does.
fn texts_are_told_in_words(bench: &Bench) {
    bench.write("名次.txt", "2024年6月3日，获文体竞赛团体总分第三名。2024年志愿服务1046人次，获一等奖。\n");
    let asked = ["check", "名次.txt", "--year", "2024"];
    let told = bench.run(&asked).ends(0).says("看到 2 个数，判定 2 个，剩下 0 个").says("相符：记录为 第3名（");
    let told = told.says("记录为 1046 人次（志愿服务人次 · 2024年度）");
    assert!(!told.out.contains("-place") && !told.out.contains(": ") && !told.out.contains("，）"), "{}", told.out);
    let json = bench.run(&[&asked[..], &["--json"]].concat()).ends(0).json();
    assert_eq!((&json["counts"]["seen"], &json["counts"]["judged"]), (&2.into(), &2.into()), "{json:#}");
    bench.write("考证.txt", "认证考试通过人数84人，获证率达95.5%。\n");
    bench.run(&["check", "考证.txt", "--no-records"]).ends(0).says("“95.5%” 由此可知：").says("只有 88 可以");
}

/// Whoever has a file and what `school key` printed needs neither the data nor the network to prove its figures.
fn reports_are_proved_elsewhere(bench: &Bench) {
    let key = bench.run(&["school", "key"]).ends(0).out;
    bench.write("公钥.txt", &key);
    let formats = if cfg!(feature = "pdf") { &["pdf", "docx", "xlsx", "html"][..] } else { &["docx", "xlsx", "html"] };
    for format in formats {
        let file = format!("特写.{format}");
        bench.run(&["report", "--year", "2024", "--template", "feature", "-o", &file]).ends(0);
        let verified = ["verify", &file, "--key", "公钥.txt", "--data", "别处", "--json"];
        let told = bench.run(&verified).ends(0).json();
        assert!(told.to_string().contains("genuine"), "{told:#}");
    }
    let page = std::fs::read_to_string(bench.path("特写.html")).expect("the file");
    bench.write("特写.html", &page.replacen(">99.26%<", ">99.62%<", 1));
    bench.run(&["verify", "特写.html", "--key", "公钥.txt", "--data", "别处"]).ends(1).says("99.62");
    bench.run(&["verify", "特写.html", "--key", "稿.txt", "--data", "别处"]).ends(2).complains("不是公钥");
}
