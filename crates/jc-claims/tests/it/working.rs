//! What a contradiction says for itself: the smallest conflict, the working, how to mend it, the likely slip.

use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{Finding, RelationKind, relate};

/// Holds the first contradiction (or forced value) of a text against `members | working | mends | slip`.
fn check(text: &str, expect: &str) {
    let doc = read(text, &Lexicon::default());
    let told = relate(&doc)
        .into_iter()
        .filter(|r| r.primary && r.kind != RelationKind::RateAlone && r.finding != Finding::Consistent)
        .map(|r| {
            let members: Vec<&str> =
                r.members.iter().filter_map(|(_, id)| Some(doc.claim(id)?.text.as_str())).collect();
            let mends: Vec<String> = r
                .mends
                .iter()
                .filter_map(|mend| {
                    let claim = doc.claim(&mend.claim)?;
                    Some(format!("{}→{}", claim.text, mend.value.show(claim.decimals)))
                })
                .collect();
            let slip = r.explained_by.map_or("", |slip| slip.word());
            format!("{} | {} | {} | {slip}", members.join(" "), r.working.code, mends.join(" "))
        })
        .next();
    assert_eq!(told.as_deref().map(str::trim_end), Some(expect), "{text}");
}

#[test]
fn contradictions_explain_themselves() {
    for (text, expect) in [
        (
            "去年招生480人，今年招生540人，同比增长11.1%。",
            "480人 540人 11.1% | growth-fails | 11.1%→12.5 | difference_divided_by_new_value",
        ),
        ("金牌5枚，较上年增长40%。", "5枚 40% | growth-no-base | 40%→67 40%→25 | difference_divided_by_new_value"),
        ("合格率由80%提高到84%，提高4%。", "80% 84% 4% | growth-fails | 4%→5 | points_given_as_percent"),
        ("参加考核500人，合格461人，合格率29.2%。", "461人 500人 29.2% | rate-fails | 29.2%→92.2 | swapped_digits"),
        ("参加考核300人，合格200人，合格率66.6%。", "200人 300人 66.6% | rate-fails | 66.6%→66.7 | cut_not_rounded"),
        ("一等奖3项、二等奖8项、三等奖12项，共24项。", "3项 8项 12项 24项 | sum-fails | 24项→23 |"),
        ("获奖40项，其中一等奖45项、二等奖3项。", "45项 40项 | part-fails |  |"),
        ("培训规模由300人扩大到750人，是原来的3.5倍。", "750人 300人 3.5倍 | multiple-fails | 3.5倍→2.5 |"),
        ("招生由1200人减少到1150人，净增-60人。", "1200人 1150人 -60人 | difference-fails | -60人→-50 |"),
        ("全校教师300人，其中党员40人，占十分之一。", "40人 300人 十分之一 | rate-fails | 40人→30 |"),
        (
            "我校入选5人，其中王建国、李秀英、张伟华、刘洋、陈静、赵磊获一等奖。",
            "王建国、李秀英、张伟华、刘洋、陈静、赵磊 5人 | part-fails | 5人→6 |",
        ),
        ("企业由300家增至500家，翻了一番。", "500家 300家 翻了一番 | multiple-fails | 500家→600 |"),
        (
            "培训人数由1000人次增加到3000人次，增长3倍。",
            "1000人次 3000人次 3倍 | multiple-fails | 3倍→2 | ratio_given_as_growth",
        ),
        ("设座椅18排，每排20座，共380座。", "380座 18排 20座 | quotient-fails | 380座→360 |"),
        ("每生资助2000元，共资助300人，发放62万元。", "62万元 300人 2000元 | quotient-fails | 62万元→600000 |"),
        ("男生占58.2%，女生占43.8%。", "58.2% 43.8% | percent-sum-fails | 43.8%→41.8 |"),
        ("张伟、李静、王磊四名同学获奖。", "四名 | list-fails | 四名→3 |"),
        ("全校教学班35个，学生1470人，班均45人。", "1470人 35个 45人 | quotient-fails | 45人→42 |"),
        ("甲系、乙系、丙系各选派4名选手，共14人。", "4名 14人 | each-fails | 14人→12 |"),
    ] {
        check(text, expect);
    }
}

#[test]
fn what_other_arithmetic_confirms_is_not_to_be_changed() {
    for (text, expect) in [
        (
            "培训3,612人次，比上年的3,150人次增加462人次，增长14.7%。其中企业职工2,180人次，退役军人386人次，农村劳动力946人次。",
            "2,180人次 386人次 946人次 3,612人次 | sum-fails | 2,180人次→2280 386人次→486 |",
        ),
        (
            "升学143人、就业251人、未就业3人，共407人。",
            "143人 251人 3人 407人 | sum-fails | 143人→153 251人→261 407人→397 |",
        ),
        (
            "报名500人，其中男生228人，占56.4%；女生218人，占43.6%。",
            "228人 218人 500人 | sum-fails | 228人→282 500人→446 | swapped_digits",
        ),
    ] {
        check(text, expect);
    }
}

#[test]
fn amounts_are_shown_in_the_scale_they_are_written_in() {
    for (text, zh) in [
        ("今年利润3860万元，去年4000万元，增长4.5%。", "(3860万-4000万)÷4000万＝-3.52～-3.48%，文中为4.5%，不符"),
        ("投入设备1.2万元、软件8000元，合计2.1万元。", "(1.2万+8000)＝2.1万"),
        ("全年经费5.4万元，资助学生300人，人均200元。", "5.4万÷300＝180，文中为200"),
        ("培训3.6万人次，比上年的31500人次增加9000人次。", "3.6万-31500＝4500，文中为9000，不符"),
    ] {
        let doc = read(text, &Lexicon::default());
        let told: Vec<String> = relate(&doc).into_iter().filter(|r| r.primary).map(|r| r.working.zh).collect();
        assert_eq!(told, [zh], "{text}");
    }
}

#[test]
fn points_given_as_per_cent_are_mended_by_their_unit() {
    let doc = read("合格率由80%提高到86%，提高6%。", &Lexicon::default());
    let growth = relate(&doc).into_iter().find(|r| r.kind == RelationKind::Growth).unwrap();
    let remarks = growth.remarks(&doc);
    assert!(remarks.contains(&("claims-slip-points_given_as_percent".into(), Vec::new())), "{remarks:?}");
    assert!(
        remarks.contains(&("claims-mend".into(), vec![("from", "6%".into()), ("to", "6个百分点".into())])),
        "{remarks:?}"
    );
}

#[test]
fn a_forced_value_is_said() {
    check("认证考试通过人数84人，获证率95.5%。", "84人 95.5% | rate-forces |  |");
}

#[test]
fn a_lone_share_is_looked_for_among_the_people_the_text_counts() {
    let doc = read("2024届毕业生407名。毕业生满意度91.4%。教师三级持证率91.4%。", &Lexicon::default());
    let told = relate(&doc).into_iter().filter(|r| r.kind == RelationKind::RateAlone).map(|r| {
        let of = r.working.with.iter().find(|(name, _)| *name == "populations").map(|(_, of)| of.clone());
        (r.working.code, of.unwrap_or_default())
    });
    // 372 of 407 are 91.40 %; teachers are no leavers.
    assert_eq!(told.collect::<Vec<_>>(), [("rate-alone-of", "372/407".to_string()), ("rate-alone", String::new())]);
}
