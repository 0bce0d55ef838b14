//! Templates, and that they are read back without a question.

use crate::support::{CATALOG, fitted, open, register, rows, shown};
use jc_base::Lang;
use jc_intake::headings;
use jc_intake::template::{self, Request};

fn template(id: &str, lang: Lang) -> Vec<u8> {
    let words = |id: &str| jc_words::text(lang, id, &[]);
    let references = [(register("class"), vec!["电气2201".to_owned(), "数控2201".to_owned()])];
    let request = Request { lang, on: jc_base::Date::new(2026, 9, 1), references: &references, words: &words };
    template::workbook(&CATALOG, register(id), &request).unwrap()
}

#[test]
fn a_template_shows_what_to_fill_in() {
    insta::assert_snapshot!(rows("t.xlsx", template("student", Lang::Zh)), @r"
    [学生]
    1:学号*|姓名*|班级|身份证号|出生日期|成绩|住校|到校时间|备注
    [填写说明]
    1:字段|必填|怎样填写|可以填
    2:学号|√|一行文字，最多 200 字
    3:姓名|√|姓名，不加空格
    4:班级||写编号；没有重名时也可以写名称|电气2201、数控2201
    5:身份证号||18 位公民身份号码，按文本填写
    6:出生日期||日期，如 2024-09-01
    7:成绩||数字
    8:住校||是或否；不知道就留空|是、否
    9:到校时间||时刻，如 08:30
    10:备注||一行文字，最多 200 字
    没有就留空
    [_lists hidden]
    1:电气2201|是
    2:数控2201|否
    ");
}

#[test]
fn a_template_maps_onto_itself() {
    for id in ["student", "graduate", "class"] {
        for lang in Lang::ALL {
            let mut book = open("t.xlsx", template(id, lang)).unwrap();
            let rows = book.first_rows(0, 30).unwrap();
            let site = book.site(0);
            let guess = headings::find(&rows, &CATALOG, register(id), &[], &site, lang);
            assert_eq!(guess.findings, [], "{id} {lang}");
            let mapping = guess.mapping.unwrap();
            let fields = CATALOG.register(id).unwrap().fields.len();
            assert!((0..fields).all(|field| mapping.column_of(field).is_some()), "{}", shown(id, &mapping));
        }
    }
    assert!(fitted("student", open("t.xlsx", template("student", Lang::Zh)).unwrap()).contains("INT-054"));
}
