//! A checked text.

use super::{Sample, frame, sample, strings};
use crate::{
    frame::Link,
    parts::{FindingLine, Pick},
    screens::check::{
        CheckView, CheckedText, ClaimNote, CompareView, KeptView, Piece, RereadForm, SaidLine, TextLine, ThingBlock,
        Verdict, VerdictChip,
    },
    words::Words,
};
use jc_app::given::paper::Block;

fn piece(text: &str, claim: Option<(usize, Verdict)>) -> Piece {
    let (number, verdict) = (claim.map(|c| c.0), claim.map_or(Verdict::Open, |c| c.1));
    let href = number.map_or_else(String::new, |number| format!("#note-{number}"));
    Piece { text: text.into(), claim: number, href, verdict }
}

fn note(w: Words, number: usize, quote: &str, verdict: Verdict, meaning: &str, working: &[&str]) -> ClaimNote {
    ClaimNote {
        number,
        quote: quote.into(),
        verdict,
        meaning: meaning.into(),
        working: strings(working),
        links: if verdict == Verdict::Open {
            Vec::new()
        } else {
            vec![Link::new(w.t("check-trace"), "/figures/gold-medals?year=2024")]
        },
        ..ClaimNote::default()
    }
}

fn checked(w: Words) -> CheckedText {
    use Verdict::{Contradicted, Differs, Open, Supported};
    let chip = |id: &str, count: &str, href: &str, code| VerdictChip {
        label: w.t(id),
        count: count.into(),
        href: href.into(),
        code,
        current: code == "all",
    };
    CheckedText {
        paging: None,
        about: w.with(
            "check-seen",
            &[("seen", "10".into()), ("judged", "9".into()), ("left", "1".into()), ("year", "2024".into())],
        ),
        sums: w.with("check-sums", &[("held", "2".into()), ("broken", "0".into())]),
        slips: Vec::new(),
        looks: Vec::new(),
        verdicts: vec![
            chip("check-all", "10", "?", "all"),
            chip("verdict-contradicted", "1", "?only=contradicted", "contradicted"),
            chip("verdict-differs", "1", "?only=differs", "differs"),
            chip("verdict-open", "1", "?only=open", "open"),
            chip("verdict-supported", "7", "?", "supported"),
        ],
        blocks: vec![
            Block::Paragraph(vec![
                piece("全年组织参加", None),
                piece("近30项", Some((1, Supported))),
                piece("技能竞赛，累计获奖", None),
                piece("118人次", Some((2, Supported))),
                piece("，其中嘉兴市级以上奖项", None),
                piece("84人次", Some((3, Supported))),
                piece("。在嘉兴市", None),
                piece("第十九届", Some((4, Supported))),
                piece("技能节中，学校学子勇夺", None),
                piece("5金", Some((5, Supported))),
                piece("8银7铜，金牌数较上年大幅提升", None),
                piece("40%", Some((6, Contradicted))),
                piece("。", None),
            ]),
            Block::Paragraph(vec![
                piece("校企合作持续深化，完成技术转让", None),
                piece("3项", Some((7, Supported))),
                piece("，为企业创造经济效益", None),
                piece("近500万元", Some((8, Open))),
                piece("。对口就业率达到", None),
                piece("95.58%", Some((9, Differs))),
                piece("。", None),
            ]),
        ],
        notes: vec![
            note(w, 1, "近30项", Supported, "参加竞赛项数，2024年度", &["记录 28 项；“近30”即 27–30"]),
            note(w, 2, "118人次", Supported, "竞赛获奖人次，2024年度", &["记录 118 人次"]),
            ClaimNote {
                span: (80, 83),
                explained: Some(Link::new("这是 2023 年度的数", "/figures/gold-medal-growth?year=2023")),
                better: "66.67%".into(),
                ..note(
                    w,
                    6,
                    "金牌数较上年大幅提升 40%",
                    Contradicted,
                    "技能节金牌增幅，2024 比 2023",
                    &[
                        "今年 5 枚（记录相符）",
                        "x × 1.40 ＝ 5 → x ＝ 3.57，不是整数",
                        "3 → 5 是 +66.67 %，4 → 5 是 +25 %",
                        "记录：2023 年 3 枚 → 应为 66.67 %",
                    ],
                )
            },
            note(w, 8, "近500万元", Open, "", &[]),
            note(
                w,
                9,
                "95.58%",
                Differs,
                "对口率（含升学），2024届",
                &["389 ÷ 407 ＝ 95.58 %（含升学）", "只算就业：246 ÷ 261 ＝ 94.25 %"],
            ),
        ],
    }
}

pub(super) fn samples(w: Words) -> Vec<Sample> {
    let kinds = || {
        vec![Pick::new("report", w.t("text-kind-report"), true), Pick::new("speech", w.t("text-kind-speech"), false)]
    };
    let view = || CheckView {
        frame: frame(w, &w.t("check-title"), "/check"),
        limit: w.t1("check-limit", "size", "32 MB"),
        action: "/check".into(),
        kinds: kinds(),
        most: 100_000,
        ..CheckView::default()
    };
    let line = |title: &str, counts: [&str; 5]| TextLine {
        to: Link::new(title, "/check/0194485c-5c00-772c-8505-cf379c3ffbe8"),
        kind: w.t("text-kind-article"),
        day: "2025-01-09".into(),
        by: "office".into(),
        counts: counts.map(str::to_owned),
        bad: counts[3] != "0",
    };
    let notes = checked(w).notes.len();
    let kept = KeptView {
        frame: frame(w, "逐梦匠心育栋梁", "/check/0194485c-5c00-772c-8505-cf379c3ffbe8"),
        about: w.with("check-kept-about", &[("kind", w.t("text-kind-article")), ("by", "office".into())]),
        action: "/check/0194485c-5c00-772c-8505-cf379c3ffbe8".into(),
        files: vec![Pick::new("docx", w.t("check-as-word"), false), Pick::new("pdf", w.t("check-as-pdf"), false)],
        make: "/check/0194485c-5c00-772c-8505-cf379c3ffbe8/make?year=2024".into(),
        data: Link::new(w.t("check-as-data"), "#"),
        all: Link::new(w.t("check-title"), "/check"),
        kinds: kinds(),
        title: "逐梦匠心育栋梁".into(),
        text: "全年组织参加近30项技能竞赛……".into(),
        year: 2024,
        indicators: vec!["市技能节金牌数".into(), "技能竞赛获奖人次".into()],
        checked: checked(w),
        rereads: (0..notes).map(|at| RereadForm { said: at == 1, ..RereadForm::default() }).collect(),
        ..KeptView::default()
    };
    let said = |title: &str, stated: &str, bad: bool| SaidLine {
        text: Link::new(title, "#"),
        kind: w.t("text-kind-speech"),
        stated: stated.into(),
        verdict: w.t(if bad { "verdict-contradicted" } else { "verdict-supported" }),
        bad,
    };
    let compared = CompareView {
        frame: frame(w, &w.t("compare-title"), "/check/compare"),
        about: w.t2("compare-about", "things", 2, "differ", 1),
        things: vec![ThingBlock {
            name: "技能竞赛获奖人次 · 2024年度".into(),
            differs: true,
            printed: "118 人次".into(),
            lines: vec![said("年终讲话", "120余人次", true), said("年度报告", "118人次", false)],
        }],
        all: Link::new(w.t("check-title"), "/check"),
    };
    vec![
        sample("check", &view()),
        sample(
            "check-texts",
            &CheckView {
                findings: vec![FindingLine {
                    text: "这个 PDF 是扫描的图片，没有文字（第 1, 2 页）".into(),
                    mend: "请用原来的 Word 文件".into(),
                    href: String::new(),
                }],
                compare: Some(Link::new(w.t("compare-title"), "/check/compare")),
                texts: vec![
                    line("逐梦匠心育栋梁", ["71", "62", "0", "1", "8"]),
                    line("开学讲话", ["12", "12", "0", "0", "0"]),
                ],
                ..view()
            },
        ),
        sample("checked", &kept),
        sample("compared", &compared),
    ]
}
