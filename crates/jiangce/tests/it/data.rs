//! Records in, figures out, proof that nothing was touched.

use crate::program::Bench;
use std::os::unix::fs::PermissionsExt as _;

const DEPARTMENTS: &str = "部门名称,是否教学部门,设立日期\n机电工程系,是,2010-09-01\n信息工程系,是,2012-09-01\n";

/// The same with a row whose date is none.
const ONE_WRONG: &str =
    "部门名称,是否教学部门,设立日期\n机电工程系,是,2010-09-01\n信息工程系,是,去年秋天\n教务处,否,2001-01-01\n";

#[test]
fn an_empty_college_has_missing_figures_and_no_zero() {
    let bench = Bench::college();
    let answer = bench.run(&["figures", "--year", "2024", "--json"]).ends(0).json();
    let figures = answer["figures"].as_array().expect("a list");
    assert!(figures.len() > 10, "{answer:#}");
    for figure in figures {
        for key in ["id", "value", "printed", "numerator", "denominator", "unit", "state", "missing"] {
            assert!(figure.get(key).is_some(), "{key} in {figure:#}");
        }
        assert!(figure["value"].is_null() && figure["printed"].is_null(), "{figure:#}");
        assert_eq!(figure["state"], "missing");
        assert!(figure["missing"].is_string());
    }
    bench.run(&["figures", "--year", "2024"]).ends(0).says("缺值：没有已核的记录");
    bench.run(&["trace", "placement-rate", "--year", "2024"]).ends(0).says("这一账页还没有记录");
    bench.run(&["trace", "placement-rat", "--year", "2024"]).ends(2).complains("placement-rate");
}

#[test]
fn one_wrong_row_keeps_all_out_unless_the_good_ones_are_asked_for() {
    let bench = Bench::college();
    bench.write("部门.csv", ONE_WRONG);
    let all = ["import", "部门.csv"];
    bench.run(&all).ends(1).says("按表头判断").says("什么也没有导入").says("去年秋天").says("C3");
    bench.run(&["import", "部门.csv", "--good-rows", "--dry-run"]).ends(1).says("没有写入").says("新增 2");
    bench.run(&["import", "部门.csv", "--good-rows", "--bad-rows", "错.csv"]).ends(1).says("新增 2").says("不对 1");
    let bad = std::fs::read_to_string(bench.path("错.csv")).expect("the list is written");
    assert!(bad.contains("register,sheet_row,code,place") && bad.contains("department,3,INT-"), "{bad}");
    assert!(!bad.contains("去年秋天"), "no cell's content: {bad}");

    let again = bench.run(&["import", "部门.csv", "--good-rows", "--json"]).ends(1).json();
    assert_eq!((&again["files"][0]["new"], &again["files"][0]["same"]), (&0.into(), &2.into()), "{again:#}");
    bench.run(&["verify"]).ends(0).says("一切与当初写入的一致").says("审计链末端");
}

#[test]
fn files_come_in_their_order_and_a_second_run_changes_nothing() {
    let bench = Bench::college();
    bench.write("一.csv", DEPARTMENTS);
    bench.write("二.csv", "部门名称\n教务处\n");
    bench.run(&["import", "一.csv", "二.csv", "--register", "department"]).ends(0).says("新增 2").says("新增 1");
    bench.run(&["import", "一.csv", "二.csv", "--register", "department"]).ends(0).says("相同 2").says("相同 1");
    // After a refused file the rest is left alone.
    bench.write("坏.csv", ONE_WRONG);
    bench.run(&["import", "坏.csv", "一.csv"]).ends(1).complains("后面 1 份表没有导入");
    bench.run(&["import", "一.csv", "--register", "departmnt"]).ends(2).complains("没有台账“departmnt”");
    bench.run(&["import", "没有.csv"]).ends(3).complains("没有.csv");
}

#[test]
fn a_template_is_read_back_and_a_wrong_cell_is_marked() {
    let bench = Bench::college();
    bench.run(&["template", "department", "-o", "模板.xlsx"]).ends(0).says("模板.xlsx");
    bench.run(&["import", "模板.xlsx", "--dry-run", "--json"]).json();
    let both = bench.run(&["import", "模板.xlsx", "--sheet", "1", "--sheet", "1", "--dry-run", "--json"]).json();
    assert_eq!(both["files"].as_array().map(Vec::len), Some(2), "sheet by sheet");
    bench.write("部门.csv", ONE_WRONG);
    bench.run(&["import", "部门.csv", "--annotated", "标注.xlsx"]).ends(1);
    let marked = std::fs::read(bench.path("标注.xlsx")).expect("the copy is written");
    assert!(marked.starts_with(b"PK"));
}

#[test]
fn what_was_touched_is_named() {
    let bench = Bench::college();
    bench.write("部门.csv", DEPARTMENTS);
    bench.run(&["import", "部门.csv"]).ends(0);
    bench.run(&["backup", "备份"]).ends(0).says("审计链末端");
    bench.run(&["backup", "备份"]).ends(3);
    // The keys of secret fields are in no backup: whoever keeps them puts them back.
    bench.run(&["restore", "备份", "--data", "新"]).ends(0).complains("新/field.keys");
    bench.run(&["verify", "--data", "新", "--json"]).ends(3).complains("找不到密钥文件");
    bench.run(&["verify", "--data", "新", "--keys", "data/field.keys"]).ends(0);
    std::fs::copy(bench.path("data/field.keys"), bench.path("新/field.keys")).expect("the keys");
    bench.run(&["verify", "--data", "新", "--json"]).ends(0);
    // A backup of which a byte was changed is not restored.
    let path = bench.path("备份/jiangce.db");
    let mut content = std::fs::read(&path).expect("the copy of the database");
    *content.last_mut().expect("it is not empty") ^= 1;
    std::fs::write(&path, content).expect("written");
    bench.run(&["restore", "备份", "--data", "又"]).ends(3);
    assert!(!bench.path("又").exists());
}

#[test]
fn people_are_invited_by_a_link_and_listed_without_it() {
    let bench = Bench::college();
    let invited =
        bench.run(&["user", "add", "wangli", "--name", "王丽", "--role", "leadership", "--json"]).ends(0).json();
    let link = invited["link"].as_str().expect("a link");
    let token = link.split("/start/").nth(1).expect("a token");
    let list = bench.run(&["user", "list"]).ends(0).says("王丽").says("已邀请").out;
    assert!(!list.contains(token));
    bench.run(&["user", "add", "wangli", "--role", "leadership"]).ends(3);
    bench.run(&["user", "add", "li", "--role", "keeper"]).ends(2).complains("careers-office");
    bench.run(&["user", "add", "li", "--role", "keeper", "--office", "x"]).ends(2).complains("没有部门“x”");
    bench.run(&["user", "add", "li", "--role", "office", "--office", "careers-office"]).ends(2);
}

#[test]
fn a_text_is_checked_with_and_without_data() {
    let bench = Bench::empty();
    bench.write("稿.txt", "2024届毕业生407人，就业404人，就业率95.00%。\n");
    let alone = bench.run(&["check", "稿.txt", "--no-records", "--json"]);
    let json = alone.json();
    assert_eq!(json["format"], "claims-out/1");
    assert_eq!(alone.code, i32::from(json["inconsistent"] != 0), "{json:#}");
    bench.run(&["check", "稿.txt"]).ends(3).complains("里还没有数据");
    let bench = Bench::college();
    bench.write("空.txt", "今天天气很好。\n");
    bench.run(&["check", "空.txt"]).ends(0).says("看到 0 个数");
    bench.write("稿.docx", "PK\u{3}\u{4}");
    bench.run(&["check", "稿.docx"]).ends(3).complains("INT-063");
    bench.write("稿.rtf", "{\\rtf1 3}");
    bench.run(&["check", "稿.rtf"]).ends(3).complains("INT-060").complains("docx");
}

#[test]
fn several_schools_want_a_number() {
    let bench = Bench::college();
    bench.run(&["school", "add", "另一所学院"]).ends(0).says("编号 2");
    bench.run(&["school", "add", "另一所学院"]).ends(2);
    bench.run(&["verify"]).ends(2).complains("--school");
    bench.run(&["verify", "--school", "2"]).ends(0);
    bench.run(&["verify", "--school", "3"]).ends(2).complains("没有编号为 3 的学校");
}

#[test]
fn an_encrypted_backup_is_drilled_and_restored() {
    let bench = Bench::college();
    bench.write("部门.csv", DEPARTMENTS);
    bench.run(&["import", "部门.csv"]).ends(0);
    bench.write("口令", "eine lange Losung 2025\n");
    bench.write("短", "kurz\n");
    bench.run(&["backup", "备份.age", "--passphrase-file", "短"]).ends(2).complains("至少 12 个字符");
    bench.run(&["backup", "备份.age", "--passphrase-file", "口令"]).ends(0).says("审计链末端");
    let sealed = std::fs::read(bench.path("备份.age")).expect("one file");
    assert!(sealed.starts_with(b"age-encryption.org/v1"));
    assert!(!bench.path("data/backup-in-work").exists() && !bench.path("备份.part").exists());
    let drill = ["restore", "备份.age", "--verify", "--passphrase-file", "口令"];
    bench.run(&drill).ends(0).says("演练通过").says("记录 2 条");
    bench.run(&["restore", "备份.age", "--data", "新"]).ends(2).complains("--passphrase-file");
    bench.write("别的", "eine andere Losung 2025\n");
    bench.run(&["restore", "备份.age", "--data", "新", "--passphrase-file", "别的"]).ends(3).complains("APP-018");
    assert!(!bench.path("新").exists() && !bench.path("新.opened").exists());
    bench.run(&["restore", "备份.age", "--data", "新", "--passphrase-file", "口令"]).ends(0);
    std::fs::copy(bench.path("data/field.keys"), bench.path("新/field.keys")).expect("the keys");
    bench.run(&["verify", "--data", "新", "--head", "新/manifest.json"]).ends(0).says("一致");
    // Cut off, or with a byte changed, it is refused.
    for (name, content) in [
        ("短备份", sealed[..sealed.len() - 100].to_vec()),
        ("坏备份", {
            let mut bytes = sealed.clone();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            bytes
        }),
    ] {
        std::fs::write(bench.path(name), content).expect("written");
        bench.run(&["restore", name, "--data", "又", "--passphrase-file", "口令"]).ends(3);
        assert!(!bench.path("又").exists());
    }
}

#[test]
fn a_head_kept_elsewhere_is_held_against_the_log() {
    let bench = Bench::college();
    bench.write("部门.csv", DEPARTMENTS);
    bench.run(&["backup", "旧"]).ends(0);
    bench.run(&["import", "部门.csv"]).ends(0);
    let head = bench.run(&["audit", "head"]).ends(0).says("jiangce-head/1 school=1 seq=").out;
    bench.write("末端.txt", &head);
    bench.run(&["verify", "--head", "末端.txt"]).ends(0).says("一致");
    bench.run(&["restore", "旧", "--data", "换回"]).ends(0);
    std::fs::copy(bench.path("data/field.keys"), bench.path("换回/field.keys")).expect("the keys");
    bench.run(&["verify", "--data", "换回"]).ends(0);
    bench.run(&["verify", "--data", "换回", "--head", "末端.txt"]).ends(1).says("换成了旧的");
    // A report that left the house tells the end of the log as well, whatever kind its file is.
    for name in ["报告.pdf", "报告.docx", "报告.xlsx", "报告.html"] {
        bench.run(&["report", "--year", "2024", "-o", name]).ends(0);
        bench.run(&["verify", "--head", name]).ends(0).says("一致");
        bench.run(&["verify", "--data", "换回", "--head", name]).ends(1).says("换成了旧的");
    }
    bench.write("空.txt", "没有\n");
    bench.run(&["verify", "--head", "空.txt"]).ends(2).complains("audit head");
}

#[test]
fn the_log_says_by_which_account_of_the_machine_a_command_was_given() {
    let bench = Bench::college();
    bench.write("部门.csv", DEPARTMENTS);
    bench.run(&["import", "部门.csv"]).ends(0);
    let own = std::process::Command::new("id").arg("-un").output().expect("who we are");
    let own = String::from_utf8(own.stdout).expect("a name");
    let said = format!("\"user\":\"{}\"", own.trim());
    let files = std::fs::read_dir(bench.path("data")).expect("a folder").flatten();
    let says = |file: std::fs::DirEntry| {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        bytes.windows(said.len()).any(|window| window == said.as_bytes())
    };
    assert!(files.into_iter().any(says), "{said}");
}

#[test]
fn older_entries_are_moved_only_when_their_time_is_over() {
    let bench = Bench::college();
    bench.write("部门.csv", DEPARTMENTS);
    bench.run(&["import", "部门.csv"]).ends(0);
    let moving = |day: &str| bench.run(&["audit", "move", "旧日志", "--before", day]);
    let due = bench.run(&["audit", "move", "旧日志", "--before", "2020-01-01", "--dry-run", "--json"]).ends(0).json();
    assert!(due["due"].is_null(), "{due:#}");
    moving("2020-01-01").ends(0).says("没有可移出的");
    moving("2099-01-01").ends(3).complains("APP-130").complains("1096");
    bench.write("data/jiangce.toml", "[audit]\nkept-days = 180\n");
    moving("2099-01-01").ends(3).complains("180");
    bench.write("data/jiangce.toml", "[audit]\nkept-days = 179\n");
    moving("2020-01-01").ends(2).complains("180–36500");
    assert!(!bench.path("旧日志").exists());
    bench.write("别的", "{}\n");
    std::fs::remove_file(bench.path("data/jiangce.toml")).expect("no settings");
    bench.run(&["verify", "--log-part", "别的"]).ends(1).says("不是这所学校的日志文件");
    bench.run(&["verify", "--log-part", "没有"]).ends(3).complains("没有");
    let named = bench.run(&["verify", "--log-part", "别的", "--json"]).ends(1).json();
    assert_eq!(named["touched"][0]["what"], "part-unknown");
}

#[test]
fn keys_are_changed_and_old_ones_taken_out() {
    let bench = Bench::college();
    bench.write("部门.csv", DEPARTMENTS);
    bench.run(&["import", "部门.csv"]).ends(0);
    bench.run(&["keys", "list"]).ends(0).says("密钥 1（aes-256-gcm）：现在用它加密");
    bench.run(&["keys", "rotate", "--algorithm", "sm4-gcm"]).ends(0).says("密钥 2（sm4-gcm）：现在用它加密");
    bench.run(&["keys", "remove", "2"]).ends(3).complains("APP-063");
    bench.run(&["keys", "remove", "1"]).ends(0);
    let left = bench.run(&["keys", "list", "--json"]).ends(0).out;
    assert!(left.contains("sm4-gcm") && !left.contains("aes-256-gcm"), "{left}");
    bench.run(&["verify"]).ends(0);
    let loose = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(bench.path("data/field.keys"), loose).expect("loose");
    bench.run(&["verify"]).ends(3).complains("chmod 600");
}
