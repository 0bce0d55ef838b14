//! Numbers as a paste leaves them, and what a number says beside its value: its sign, its row, stock or flow.

use jc_claims::document::{Bound, Measure};
use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;

/// The claims of a text: what stands there, and what it is worth, or from where to where.
fn read_as(text: &str) -> Vec<String> {
    let doc = read(text, &Lexicon::default());
    let given: Vec<char> = text.chars().collect();
    let line = |claim: &jc_claims::document::Claim| {
        assert_eq!(given[claim.span.start..claim.span.end].iter().collect::<String>(), claim.text, "{text}");
        let show = |value: Option<jc_claims::exact::Exact>| value.map_or_else(|| "?".into(), |value| value.show(2));
        let value = match claim.bound {
            Bound::Range => format!("{}..{}", show(claim.min), show(claim.max)),
            _ => show(claim.value),
        };
        format!("{}={value}{} {}", claim.text.replace('\n', "⏎"), claim.unit, claim.kind.word())
    };
    doc.claims.iter().filter(|claim| claim.unit != "日期").map(line).collect()
}

#[test]
fn what_a_page_has_broken_is_one_number() {
    for (text, expect) in [
        ("2024年毕业生\n40\n7人，就业率99.\n26%，成绩显著。", vec!["40⏎7人=407人 count", "99.⏎26%=99.26% rate"]),
        ("参加培训1 2 3 人，合格。", vec!["1 2 3 人=123人 count"]),
        ("全年荣荣获获4455项项奖励。", vec!["4455项=45项 count"]),
        // What stands side by side, or one below the other, is two.
        ("参加培训\n12人\n36人，合格。", vec!["12人=12人 count", "36人=36人 count"]),
        (
            "序号\n1\n42人，合格40人。\n2\n38人，合格35人。",
            vec!["42人=42人 count", "40人=40人 count", "38人=38人 count", "35人=35人 count"],
        ),
        ("大家高高兴兴，11人参加，获奖1122项。", vec!["11人=11人 count", "1122项=1122项 count"]),
    ] {
        assert_eq!(read_as(text), expect, "{text}");
    }
}

#[test]
fn a_sign_stays_with_its_number_and_a_row_is_read_whole() {
    for (text, expect) in [
        ("利润增长-3.5%，去年增长2.1%。", vec!["-3.5%=-3.5% change_rate", "2.1%=2.1% change_rate"]),
        ("利润下降-3.5%。", vec!["3.5%=3.5% change_rate"]),
        ("培训收入3860万元，同比-3.5%。", vec!["3860万元=38600000元 money", "-3.5%=-3.5% change_rate"]),
        ("利润率为-2.3%，就业率-98%。", vec!["-2.3%=-2.3% rate", "98%=98% rate"]),
        ("机电系-12人，信息系-15人。", vec!["12人=12人 count", "15人=15人 count"]),
        ("入选第一至第三批名单。", vec!["第一至第三批=1..3批 ordinal"]),
        ("入选第一、二、三批名单。", vec!["第一、二、三批=1..3批 ordinal"]),
        ("公布了一至三批名单。", vec!["一至三批=1..3批 ordinal"]),
        ("每年分一至三批实施。", vec!["一至三批=1..3批 count"]),
        ("入选第一批、第二批名单。", vec!["第一批=1批 ordinal", "第二批=2批 ordinal"]),
        ("位列全省第一、三位教师获奖。", vec!["第一=1 rank", "三位=3位 count"]),
        ("多功能厅设固定座椅18排，每排20座。", vec!["18排=18排 count", "20座=20座 count"]),
        ("他坐在第3排，全市排名第3。", vec!["第3=3 rank"]),
    ] {
        assert_eq!(read_as(text), expect, "{text}");
    }
}

#[test]
fn a_count_is_a_stock_or_a_flow_where_the_words_say_so() {
    use Measure::{Flow, Stock};
    let text = "学校现有教职工320人，新增32人，截至目前已举办培训12场，馆藏图书8万册，获奖36项，就业率98%，教室40间。";
    let doc = read(text, &Lexicon::default());
    let told: Vec<Option<Measure>> = doc.claims.iter().map(|claim| claim.measure).collect();
    assert_eq!(told, [Some(Stock), Some(Flow), Some(Flow), Some(Stock), Some(Flow), None, None]);
}
