//! Finding the headings.

use crate::support::{CATALOG, codes, guess, open, register, said_all, shown};
use jc_base::Lang;
use jc_intake::headings;

fn check(id: &str, text: &str, expected: &str) {
    let guess = guess(id, text);
    let mapping = guess.mapping.map_or("none".to_owned(), |mapping| shown(id, &mapping));
    let found = codes(&guess.findings);
    let actual = if found.is_empty() { mapping } else { format!("{mapping}\n{found}") };
    assert_eq!(actual, expected, "\n{text}");
}

#[test]
fn headings_are_found_below_titles() {
    check(
        "student",
        "某某技师学院学生名册\n2024年9月,,,填表人：王明\n\n序号,学 号*,姓　名（必填）,身份证号:,Born on\n1,20220101,张三,,\n",
        "row 4 height 1\nA 序号 → ignored\nB 学 号* → number\nC 姓 名（必填） → name\nD 身份证号: → id_number\nE Born on → born",
    );
}

#[test]
fn a_note_right_above_the_headings_is_none_of_them() {
    check(
        "student",
        "某某技师学院学生名册\n填报人：王明,,2024年9月\n学号,姓名,出生日期\n20220101,张三,2006-01-01\n",
        "row 3 height 1\nA 学号 → number\nB 姓名 → name\nC 出生日期 → born",
    );
}

#[test]
fn two_rows_of_headings_are_one() {
    check(
        "graduate",
        "学号,毕业日期,家庭,,就业\n,,父亲,,去向,单位名称\n20220101,2024-06-30,,,,\n",
        "row 1 height 2\nA 学号 → student\nB 毕业日期 → graduated_on\nC 父亲 → ?\nE 去向 → destination\nF 单位名称 → employer\nINT-035 表.csv·C2",
    );
    check(
        "graduate",
        "学号,毕业日期,父亲,,就业,\n,,姓名,电话,去向,单位名称\n",
        "row 1 height 2\nA 学号 → student\nB 毕业日期 → graduated_on\nC 姓名 → father_name\nD 电话 → ?\nE 去向 → destination\nF 单位名称 → employer\nINT-035 表.csv·D2",
    );
}

#[test]
fn references_are_recognised_by_what_they_refer_to() {
    check(
        "graduate",
        "学号,姓名,班级,毕业日期\n",
        "row 1 height 1\nA 学号 → student\nB 姓名 → describes student\nC 班级 → narrows student\nD 毕业日期 → graduated_on",
    );
    check("graduate", "姓名,毕业日期\n", "row 1 height 1\nA 姓名 → student\nB 毕业日期 → graduated_on");
    check(
        "graduate",
        "学生姓名,毕业日期,学生\n",
        "row 1 height 1\nA 学生姓名 → student ?\nB 毕业日期 → graduated_on\nC 学生 → ignored ?\nINT-033 表.csv·C1",
    );
}

#[test]
fn doubtful_headings_are_to_be_confirmed() {
    check(
        "student",
        "学号,姓名,出生曰期\n",
        "row 1 height 1\nA 学号 → number\nB 姓名 → name\nC 出生曰期 → born ?\nINT-034 表.csv·C1",
    );
    check(
        "student",
        "学号,姓名,姓 名\n",
        "row 1 height 1\nA 学号 → number\nB 姓名 → name ?\nC 姓 名 → ignored ?\nINT-031 表.csv·C1",
    );
    check(
        "student",
        "学号,出生日期,爱好\n",
        "row 1 height 1\nA 学号 → number\nB 出生日期 → born\nC 爱好 → ?\nINT-035 表.csv·C1\nINT-036 表.csv·1",
    );
    check("student", "甲,乙\n1,2\n", "none\nINT-030 表.csv·1");
    check("student", "学生学号登记\n1,2\n", "none\nINT-030 表.csv·1");
}

#[test]
fn words_are_kind() {
    insta::assert_snapshot!(said_all(&[guess("student", "甲,乙\n").findings, guess("student", "学号,出生曰期,爱好\n").findings].concat()), @r"
    INT-030 表.csv·1 没有找到表头
          表头要在前 30 行，至少有：学号、姓名。可先下载模板对照
    INT-034 表.csv·B1 表头“出生曰期”有些像我们认识的一个
          是否为“出生日期”？确认这一列是什么
    INT-035 表.csv·C1 不认识“爱好”这一列，没有导入
          用不到就不用管；要导入，请改成模板里的表头
    INT-036 表.csv·1 缺少「姓名」这一列
          加上这一列；表头可照模板写
    ");
}

#[test]
fn a_confirmed_mapping_is_remembered() {
    let text = "学号,姓名,出生曰期,爱好\n";
    let mut first = guess("student", text).mapping.unwrap();
    assert!(first.needs_confirmation());
    first.columns[2].sure = true;
    let student = CATALOG.register("student").unwrap();
    let remembered = first.remember(student);
    assert_eq!(remembered.fingerprint, "学号|姓名|出生曰期|爱好");
    assert_eq!(remembered.columns[2], ("出生曰期".to_owned(), "field:born".to_owned()));

    let mut book = open("明年.csv", "名册\n学号*, 姓名,出生曰期,爱好\n1,2\n").unwrap();
    let rows = book.first_rows(0, 30).unwrap();
    let site = book.site(0);
    let again = headings::find(&rows, &CATALOG, register("student"), &[remembered], &site, Lang::Zh);
    assert_eq!(again.findings, []);
    let mapping = again.mapping.unwrap();
    assert!(!mapping.needs_confirmation());
    assert_eq!(mapping.header_row, 2);
    assert_eq!(mapping.column_of(student.find_field("born").unwrap()), Some(2));
}

#[test]
fn the_register_is_guessed() {
    for (text, id) in [
        ("学号,姓名,身份证号,出生日期\n", "student"),
        ("学号,毕业日期,毕业去向,单位名称\n", "graduate"),
        ("班级名称\n电气2201\n", "class"),
    ] {
        let mut book = open("表.csv", text).unwrap();
        let rows = book.first_rows(0, 30).unwrap();
        let ranked = headings::guess_register(&rows, &CATALOG);
        assert_eq!(ranked.first().map(|(ix, _)| CATALOG.registers[*ix].id.as_str()), Some(id), "{text}");
    }
}
