//! From rows to records and findings.

use crate::support::{CATALOG, Known, fitted, guess, open, register, said_all, xlsx};
use jc_base::Lang;
use jc_intake::fit::{Fit, Fitter};
use jc_intake::limits::Limits;

fn csv(id: &str, text: &str) -> String {
    fitted(id, open("新生.csv", text).unwrap())
}

#[test]
fn what_people_type_becomes_values() {
    insta::assert_snapshot!(csv("student", "\
学号,姓名,班级,身份证号,出生日期,成绩,住校,到校时间,备注
20220101, 王　明 ,电气2201,330106199901011235,2003年1月5日,95.5,是,8:30,=1+1
20220102,买买提•艾力,数控2201,,2003/1/5,９０,√,,不详
20220103,李四,,330106199901012000,,,,,“三会一课”
"), @r"
    2: number=20220101 name=王明 class=#0 id_number=330106199901011235 born=2003-01-05 score=955 boarding=1 at=510 remark==1+1
    3: number=20220102 name=买买提·艾力 class=#1 born=2003-01-05 score=900 boarding=1
    4: number=20220103 name=李四 id_number=330106199901012000 remark=“三会一课”
    ");
}

#[test]
fn every_fault_names_its_cell() {
    insta::assert_snapshot!(csv("student", "\
学号,姓名,班级,身份证号,出生日期,成绩,住校,到校时间
1,,电气220,330106199901011230,2003-02-30,9.55,也许,25:00
2,王明,化工2201,3.30106E+17,,,,
3,王明,,330106199901011000,37626,,,
1,李华,,,,,,
3.30106E+17,王二,,,,,,
"), @r"
    2: rejected
    3: rejected
    4: rejected
    5: rejected
    6: rejected
    INT-040 新生.csv·B2 「姓名」必须填写
          补上内容
    INT-046 新生.csv·C2 「班级」：没有班级“电气220”
          是否为“电气2201”？改正写法，或先登记它
    INT-121 新生.csv·D2 「身份证号」校验位不符：330***********1230
          有一位输错了，对照证件重新输入
    INT-106 新生.csv·E2 「出生日期」没有这一天：“2003-02-30”
          核对年、月、日，写成 2024-09-01
    INT-103 新生.csv·F2 「成绩」最多 1 位小数：“9.55”
          改成 1 位；不替您四舍五入
    INT-110 新生.csv·G2 「住校」看不出是“是”还是“否”：“也许”
          写 是 或 否；不详的留空
    INT-109 新生.csv·H2 「到校时间」不是时刻：“25:00”
          写成 08:30
    INT-046 新生.csv·C3 「班级」：没有班级“化工2201”
          改正写法，或先登记它
    INT-044 新生.csv·D3 「身份证号」被表格软件存成了数字，末几位已经丢失
          把这一列设为文本格式，再从原件重新填写；不要在原数字上改
    INT-044 新生.csv·D4 「身份证号」被表格软件存成了数字，末几位已经丢失
          把这一列设为文本格式，再从原件重新填写；不要在原数字上改
    INT-047 新生.csv·E4 「出生日期」里是数字 37626，像是丢了日期格式的 2003-01-05
          把这一列设为日期格式，核对无误后再导入
    INT-042 新生.csv·A5 「学号」重复：“1”前面已有 (新生.csv·A2)
          同一条记录只留一行；不是同一条，就改正其中一个
    INT-045 新生.csv·A6 「学号」是长号码，被表格软件存成了数字，末几位已经丢失
          把这一列设为文本格式，再从原件重新填写
    ");
}

#[test]
fn references_are_looked_up() {
    insta::assert_snapshot!(csv("graduate", "\
姓名,班级,毕业日期,去向,证明人
张三,,2024-06-30,已就业,20220102、20220201
李四,,2024-06-30,就业,
李四,数控 2201,2024-06-30,升学,张三(20220101)，赵六;张三
李四（20220102）,,2009-06-30,派遣,
张三,,2024-06-30,派遣,
"), @r"
    2: student=#100 graduated_on=2024-06-30 destination=employed referees=#101+#102
    3: rejected
    4: rejected
    5: student=#101 graduated_on=2009-06-30 destination=old
    6: rejected
    INT-048 新生.csv·A3 「姓名」：叫“李四”的学生有 2 个
          写编号，或在名字后面括号里写编号
    INT-046 新生.csv·E4 「证明人」：没有学生“赵六”
          改正写法，或先登记它
    INT-049 新生.csv·E4 「证明人」里“张三”写了两次
          删去一个；是同名的两个人，就写编号
    INT-113 新生.csv·D6 「去向」的“派遣”在当日不可用（… 至 2010-12-31）
          换成当日有效的一项，或核对日期
    INT-042 新生.csv·A6 「姓名」重复：“张三”前面已有 (新生.csv·A2)
          同一条记录只留一行；不是同一条，就改正其中一个
    ");
}

#[test]
fn notes_and_repeated_headings_are_left_out() {
    insta::assert_snapshot!(csv("student", "\
学生名册
序号,学号,姓名,成绩
1,20220101,张三,90
序号,学号,姓名,成绩
2,20220102,李四,80
,,,
合计,,,170
制表人：王明　　审核人：李华,,,
"), @r"
    3: number=20220101 name=张三 score=900
    4: note
    5: number=20220102 name=李四 score=800
    7: note
    8: note
    INT-051 新生.csv·4 这一行又是表头，没有导入
          不用处理
    INT-050 新生.csv·A7 从这里起有合计或说明行（“合计”），没有导入
          不用处理；如果它其实是一条记录，请补上编号
    ");
}

#[test]
fn cells_of_a_workbook() {
    let styles = r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs>"#;
    let text = |cell: &str, text: &str| format!("<c r=\"{cell}\" t=\"str\"><v>{text}</v></c>");
    let headings: String = ["学号", "姓名", "身份证号", "出生日期", "成绩", "住校", "到校时间", "备注"]
        .iter()
        .zip("ABCDEFGH".chars())
        .map(|(heading, column)| text(&format!("{column}1"), heading))
        .collect();
    let sheet = format!(
        r#"<row r="1">{headings}</row>
        <row r="2"><c r="A2"><v>20220101</v></c>{}<c r="C2"><v>330106199901011234</v></c><c r="D2" s="1"><v>37626</v></c><c r="E2"><v>95.5</v></c><c r="F2" t="b"><v>1</v></c><c r="G2" s="2"><v>0.35416666666666669</v></c><c r="H2" s="1"><v>37626</v></c></row>
        <row r="3"><c r="A3" t="e"><v>#REF!</v></c>{}<c r="D3"><v>37626</v></c><c r="E3" s="1"><v>37626</v></c></row>
        <row r="4"><c r="A4"><v>123456789012345678</v></c>{}</row>
        </sheetData><mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="A1:B1"/></mergeCells><sheetData>"#,
        text("B2", "张三"),
        text("B3", "李四"),
        text("B4", "王五")
    );
    insta::assert_snapshot!(fitted("student", open("新生.xlsx", xlsx(&sheet, "", styles)).unwrap()), @r"
    2: rejected
    3: rejected
    4: rejected
    INT-044 新生.xlsx·表·C2 「身份证号」被表格软件存成了数字，末几位已经丢失
          把这一列设为文本格式，再从原件重新填写；不要在原数字上改
    INT-041 新生.xlsx·表·A3 「学号」的单元格里是错误值 #REF!
          改正公式，或直接填写结果
    INT-047 新生.xlsx·表·D3 「出生日期」里是数字 37626，像是丢了日期格式的 2003-01-05
          把这一列设为日期格式，核对无误后再导入
    INT-131 新生.xlsx·表·E3 「成绩」是日期单元格：2003-01-05
          看看列是否对错了，或改成文本后重新输入
    INT-130 新生.xlsx·表·A4 「学号」是按数字存的，长号码已丢失末尾几位：“123456789012346000”
          把该列设为文本格式，对照原件重新输入；不要只改格式
    INT-052 新生.xlsx·表·B2 B2:B3 是合并单元格，只有第一格有内容
          取消合并，给每一行填上内容
    ");
}

#[test]
fn an_id_number_is_never_repeated() {
    for number in
        ["330106199901011234", "330106199901011000", "3.30106199901011E+17", "'330106199913011234", "33010619990101123"]
    {
        let shown = csv("student", &format!("学号,姓名,身份证号\n1,王明,{number}\n"));
        assert!(shown.contains("rejected"), "{shown}");
        let digits = number.trim_start_matches('\'');
        assert!(!shown.contains(digits) && !shown.contains("19990101") && !shown.contains("1999130"), "{shown}");
    }
    let twice = csv("student", "学号,姓名,身份证号\n1,王明,330106199901011235\n2,王明,330106199901011235\n");
    let (_, findings) = twice.split_once("INT-043").unwrap();
    assert!(!findings.contains("19990101"), "{twice}");
}

#[test]
fn findings_are_cut_off_and_counted() {
    let text = format!("学号,姓名\n{}", ",x\n".repeat(100));
    let mapping = guess("student", &text).mapping.unwrap();
    let mut book = open("表.csv", text).unwrap();
    let limits = Limits { findings: 10, ..Limits::default() };
    let site = book.site(0);
    let mut fitter = Fitter::new(&CATALOG, register("student"), mapping, site, Lang::Zh, &limits);
    assert_eq!(fitter.given()[..3], [true, true, false]);
    let mut findings = Vec::new();
    let mut stream = book.rows(0).unwrap();
    let mut rejected = 0;
    while let Some(row) = stream.next().unwrap() {
        rejected += u32::from(fitter.fit(&row, &mut Known, &mut findings) == Fit::Rejected);
    }
    fitter.finish(&[], &mut findings);
    assert_eq!((rejected, fitter.rows(), findings.len()), (100, 100, 11));
    assert!(said_all(&findings).contains("INT-053 表.csv 还有 90 处"));
}

#[test]
fn errors_and_unknowns_in_text_files() {
    insta::assert_snapshot!(csv("student", "\
学号,姓名,班级,成绩,备注
1,王明,#N/A,#DIV/0!,#REF!
2,李华,无,不详,#1车间
"), @r"
    2: rejected
    3: number=2 name=李华 remark=#1车间
    INT-041 新生.csv·C2 「班级」的单元格里是错误值 #N/A
          改正公式，或直接填写结果
    INT-041 新生.csv·D2 「成绩」的单元格里是错误值 #DIV/0!
          改正公式，或直接填写结果
    INT-041 新生.csv·E2 「备注」的单元格里是错误值 #REF!
          改正公式，或直接填写结果
    ");
}

#[test]
fn a_table_without_rows_says_so() {
    assert!(csv("student", "学号,姓名\n").contains("INT-054"));
}
