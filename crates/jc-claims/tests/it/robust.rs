//! What must hold for any text: places are right, breaking lines changes nothing, nothing panics.

use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::{candidates, judge, out, relate};
use proptest::prelude::*;

use crate::prose::{claim_line, sentences};

/// The claims of a text, blanks in their own text removed.
fn lines(text: &str) -> Vec<String> {
    let doc = read(text, &Lexicon::default());
    doc.claims.iter().map(|claim| claim_line(claim).split_whitespace().collect::<String>()).collect()
}

/// The text as a narrow column of print, a blank line after each line, blanks around figures.
fn printed(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    let chars: Vec<char> = text.chars().collect();
    for (n, &c) in chars.iter().enumerate() {
        if column >= width && !matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '”' | '）' | '》' | '%')
        {
            out.push_str("\n\n");
            column = 0;
        }
        if c.is_ascii_digit() && n > 0 && !chars[n - 1].is_ascii() && column > 0 {
            out.push(' ');
        }
        out.push(c);
        column += 1;
    }
    out
}

#[test]
fn a_column_of_print_reads_like_the_text() {
    // A paragraph long enough to fill a column; each alone might end before the first break.
    let all: Vec<&str> = sentences().filter(|s| s.chars().count() > 30).collect();
    assert!(all.len() >= 15, "{}", all.len());
    for text in all {
        for width in [21, 22, 25] {
            assert_eq!(lines(&printed(text, width)), lines(text), "{width}: {}", printed(text, width));
        }
    }
}

#[test]
fn a_heading_printed_twice_is_read_once() {
    let text = "获奖获奖118118项项，，居全市第一居全市第一\n\n全年承办赛事6场。";
    let doc = read(text, &Lexicon::default());
    let texts: Vec<&str> = doc.claims.iter().map(|claim| claim.text.as_str()).collect();
    assert_eq!(texts, ["118118项", "第一", "6场"]);
    assert_eq!(doc.claims[0].value.unwrap().to_string(), "118");
}

#[test]
fn places_are_those_of_the_given_text() {
    let text = "  一、概况\r\n学校共有教师１２０ 名，学生约1 500人。";
    let doc = read(text, &Lexicon::default());
    let given: Vec<char> = text.chars().collect();
    for claim in &doc.claims {
        assert_eq!(given[claim.span.start..claim.span.end].iter().collect::<String>(), claim.text);
    }
    let texts: Vec<&str> = doc.claims.iter().map(|claim| claim.text.as_str()).collect();
    assert_eq!(texts, ["１２０ 名", "约1 500人"]);
}

#[test]
fn a_text_of_thousands_of_numbers_in_one_breath_ends_and_says_what_it_left_out() {
    let pieces = [
        "毕业生{}人，",
        "其中就业{}人，",
        "就业率{}%，",
        "同比增长{}%，",
        "共{}人、",
        "第{}届、",
        "合计{}项（",
        "占{}%）、",
    ];
    let all = (0..5000).map(|n| pieces[n % pieces.len()].replace("{}", &(n % 97 + 3).to_string())).collect::<String>();
    for text in
        [all.clone(), "5金".repeat(5000), "就业率99%".repeat(5000), "一".repeat(20_000), "（其中3人".repeat(5000)]
    {
        let doc = read(&text, &Lexicon::default());
        let relations = relate::relate(&doc);
        assert!(relations.len() <= doc.claims.len() * 10, "{}", relations.len());
    }
    let doc = read(&all, &Lexicon::default());
    assert!(doc.claims.len() >= 4900, "{}", doc.claims.len());
    assert!(relate::left_out(&doc) >= 4900, "{}", relate::left_out(&doc));
    assert_eq!(relate::left_out(&read("毕业生407人，就业率99.26%。", &Lexicon::default())), 0);
}

fn fragment() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "学校",
        "共有",
        "学生",
        "教师",
        "120",
        "35.5",
        "%",
        "人",
        "人次",
        "名",
        "，",
        "。",
        "、",
        "：",
        "其中",
        "就业率",
        "达",
        "约",
        "近",
        "余",
        "万",
        "元",
        "第二批",
        "首届",
        "一等奖",
        "5金8银",
        "等",
        "张三",
        "王小明",
        "老师",
        "获",
        "荣获",
        "较上年",
        "增长",
        "下降",
        "提升",
        "百分之",
        "三分之",
        "几十",
        "上百",
        "二三十",
        "十",
        "一",
        "两",
        "零",
        "2024年",
        "2023—2024学年",
        "至",
        "—",
        "(",
        "）",
        "“",
        "”",
        "《",
        "》",
        "\n",
        "\n\n",
        " ",
        "3vs3",
        "1:15",
        "师生比",
        "翻两番",
        "各",
        "共",
        "合计",
        "占",
        "未就业",
        "100%",
        "班均",
        "双料冠军",
        "四大",
        "以上",
        "左右",
        "不足",
        "99999999999999999999",
        "0.000000001",
        "亿亿",
        "\u{FEFF}",
        "😀",
        "ABC",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn nothing_panics_and_all_is_consistent(parts in prop::collection::vec(fragment(), 0..40)) {
        let text = parts.concat();
        let doc = read(&text, &Lexicon::default());
        let given: Vec<char> = text.chars().collect();
        for claim in &doc.claims {
            prop_assert!(claim.span.start < claim.span.end && claim.span.end <= given.len());
            prop_assert_eq!(&given[claim.span.start..claim.span.end].iter().collect::<String>(), &claim.text);
            if let (Some(min), Some(max)) = (claim.min, claim.max) {
                prop_assert!(min <= max, "{}", claim.text);
            }
        }
        for pair in doc.claims.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start, "{} {}", pair[0].text, pair[1].text);
        }
        let relations = relate::relate(&doc);
        for relation in &relations {
            prop_assert!(relation.members.iter().all(|(_, id)| doc.claim(id).is_some()));
        }
        prop_assert!(candidates::candidates(&doc, &Lexicon::default()).is_empty());
        let _ = out::to_claims_out(&doc, "raw", &relations, &judge::judge(&doc, &relations, &[]));
    }
}
