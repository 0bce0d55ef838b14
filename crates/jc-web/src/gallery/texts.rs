//! A checked text.

use super::{Sample, frame, sample, strings};
use crate::{
    frame::Link,
    screens::check::{CheckView, CheckedText, ClaimNote, Piece, Verdict, VerdictChip},
    words::Words,
};

fn piece(text: &str, claim: Option<(usize, Verdict)>) -> Piece {
    Piece { text: text.into(), claim: claim.map(|c| c.0), verdict: claim.map_or(Verdict::Open, |c| c.1) }
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
    };
    CheckedText {
        about: w.t1("check-seen", "n", 10),
        slips: Vec::new(),
        verdicts: vec![
            chip("check-all", "10", "#note-1", "all"),
            chip("verdict-contradicted", "1", "#note-6", "contradicted"),
            chip("verdict-differs", "1", "#note-9", "differs"),
            chip("verdict-open", "1", "#note-8", "open"),
            chip("verdict-supported", "7", "#note-1", "supported"),
        ],
        paragraphs: vec![
            vec![
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
            ],
            vec![
                piece("校企合作持续深化，完成技术转让", None),
                piece("3项", Some((7, Supported))),
                piece("，为企业创造经济效益", None),
                piece("近500万元", Some((8, Open))),
                piece("。对口就业率达到", None),
                piece("95.58%", Some((9, Differs))),
                piece("。", None),
            ],
        ],
        notes: vec![
            note(w, 1, "近30项", Supported, "参加竞赛项数，2024年度", &["记录 28 项；“近30”即 27–30"]),
            note(w, 2, "118人次", Supported, "竞赛获奖人次，2024年度", &["记录 118 人次"]),
            ClaimNote {
                slip: "可能的失误：(5 − 3) ÷ 5 ＝ 40 %，除以了今年的数。".into(),
                better: "增加 2 枚（+66.67 %）".into(),
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
    let view = || CheckView {
        frame: frame(w, &w.t("check-title"), "/check"),
        limit: w.t1("check-limit", "size", "2 MB"),
        accept: ".txt".into(),
        action: "/check".into(),
        ..CheckView::default()
    };
    vec![
        sample("check", &view()),
        sample(
            "checked",
            &CheckView {
                text: "全年组织参加近30项技能竞赛……".into(), checked: Some(checked(w)), ..view()
            },
        ),
    ]
}
