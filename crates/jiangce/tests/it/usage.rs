//! Help, wrong usage, and what is refused before anything is touched.

use crate::program::Bench;

#[test]
fn help_speaks_three_languages() {
    let bench = Bench::empty();
    for (lang, words) in [("zh", "用法："), ("en", "Usage:"), ("de", "Aufruf:")] {
        bench.run(&["--help", "--lang", lang]).ends(0).says(words);
        bench.run(&["import", "--help", "--lang", lang]).ends(0).says(words).says("--good-rows");
    }
    // Without a word about the language it is Chinese; a locale that says otherwise is heard.
    bench.run_with(&["-h"], &[]).ends(0).says("导入表格");
    bench.run_with(&["-h"], &[("LANG", "en_US.UTF-8")]).ends(0).says("Import spreadsheets");
    bench.run_with(&["-h"], &[("LANG", "C.UTF-8")]).ends(0).says("导入表格");
}

#[test]
fn help_holds_no_english_of_clap_in_chinese() {
    let bench = Bench::empty();
    for command in ["demo", "serve", "import", "figures", "trace", "check", "catalog", "user"] {
        let help = bench.run(&[command, "--help"]).ends(0).out;
        for english in ["Usage", "Options:", "Commands:", "Arguments:", "possible values", "default:", "Print help"] {
            assert!(!help.contains(english), "{command}: {english} in\n{help}");
        }
    }
}

#[test]
fn wrong_usage_is_told_in_words_and_names_the_near_miss() {
    let bench = Bench::empty();
    let check = |arguments: &[&str], words: &str| {
        bench.run(arguments).ends(2).complains(words);
    };
    check(&["figurs"], "没有命令“figurs”");
    check(&["figurs"], "是否为“figures”");
    check(&["figures"], "还须写：--year <YEAR>");
    check(&["figures", "--year", "二零二四"], "不能是“二零二四”");
    check(&["import"], "还须写");
    check(&["import", "a.csv", "--dryrun"], "没有选项“--dryrun”");
    check(&["trace", "x", "--year", "2024", "--page", "2024"], "不能同时写");
    check(&["completions", "cmd"], "可以写");
    check(&["demo", "--listen", "0.0.0.0:8321"], "只在本机打开");
    check(&["serve", "--listen", "0.0.0.0:8321"], "--behind-proxy");
    check(&["serve"], "--school-name");
}

#[test]
fn a_folder_without_data_stays_without() {
    let bench = Bench::empty();
    for arguments in
        [&["figures", "--year", "2024"][..], &["verify"], &["user", "list"], &["catalog", "plan"], &["backup", "b"]]
    {
        bench.run(arguments).ends(3).complains("里还没有数据");
    }
    assert!(!bench.path("data").exists());
}

#[test]
fn the_demo_leaves_a_stranger_s_folder_alone() {
    let bench = Bench::empty();
    let file = bench.write("data/论文.txt", "三年的心血");
    bench.run(&["demo", "--fresh", "--no-serve"]).ends(3).complains("不是示例学校的文件夹");
    assert_eq!(std::fs::read_to_string(file).expect("it is there"), "三年的心血");
}

#[test]
fn the_reference_and_the_completions_hold_every_command() {
    let bench = Bench::empty();
    let page = bench.run(&["docs", "commands"]).ends(0).says("`--good-rows`").says("`3`").out;
    let completions = bench.run(&["completions", "bash"]).ends(0).out;
    for command in ["demo", "serve", "import", "figures", "trace", "check", "verify", "backup", "restore", "catalog"] {
        assert!(page.contains(&format!("\n## jiangce {command}\n")), "{command} in\n{page}");
        assert!(completions.contains(command), "{command}");
    }
    bench.run(&["docs", "findings"]).ends(0).says("## INT-040");
}
