//! Findings as a person, a list and a machine see them.

use jc_base::{Finding, Lang, Place};

fn misspelt() -> (Finding, &'static str) {
    let source = "[[check]]\nwhen    = \"destinaton = '已就业'\"\nsay = { zh = \"x\" }\n";
    let place = Place::Text { file: "training/graduate.toml".into(), line: 2, column: 12, length: 10 };
    let also = Place::Text { file: "training/graduate.toml".into(), line: 1, column: 1, length: 9 };
    let finding = Finding::error("CAT-024", place)
        .with("field", "destinaton")
        .with("register", "graduate")
        .with("nearest", "destination")
        .also(also);
    (finding, source)
}

#[test]
fn on_the_terminal_the_part_in_question_is_underlined() {
    let (finding, source) = misspelt();
    insta::assert_snapshot!(jc_words::terminal(Lang::Zh, &finding, Some(source)));
    insta::assert_snapshot!("english", jc_words::terminal(Lang::En, &finding, Some(source)));
}

#[test]
fn chinese_characters_are_two_columns_wide() {
    let place = Place::Text { file: "x.toml".into(), line: 1, column: 9, length: 3 };
    let finding = Finding::error("CAT-057", place).with("code", "已就业").with("list", "graduate-destination");
    insta::assert_snapshot!(jc_words::terminal(Lang::Zh, &finding, Some("毕业去向 = '已就业'")));
    assert_eq!(jc_words::width("毕业a（）\u{200B}"), 9);
}

#[test]
fn on_one_line_and_as_json() {
    let (finding, _) = misspelt();
    insta::assert_snapshot!(jc_words::line(Lang::Zh, &finding));
    insta::assert_snapshot!("json", jc_words::json(Lang::De, &finding));
    let cell = Place::Cell { file: "新生.xlsx".into(), sheet: "一\"班".into(), row: 17, column: Some(4) };
    let finding = Finding::error("INT-105", cell).with("field", "出生日期").with("value", "2003/13/01");
    insta::assert_snapshot!("cell", jc_words::line(Lang::Zh, &finding));
    insta::assert_snapshot!("cell_json", jc_words::json(Lang::Zh, &finding));
    assert_eq!(jc_words::place(Lang::Zh, &finding.place), "新生.xlsx · 工作表「一\"班」 · D17");
}
