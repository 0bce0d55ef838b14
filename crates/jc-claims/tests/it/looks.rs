//! What no rule of words ties together, and what is shown to be looked at: likely meant together, and missing by little.

use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{Finding, relate};

/// The texts of the numbers shown to be looked at, group by group.
fn looks(text: &str) -> Vec<Vec<String>> {
    let doc = read(text, &Lexicon::default());
    let relations = relate(&doc);
    let looks = relations.iter().filter(|it| it.look);
    looks
        .map(|it| {
            assert!(!it.primary && it.finding == Finding::Inconsistent, "a look is no alarm: {}", it.working.zh);
            let mut texts: Vec<String> =
                it.members.iter().filter_map(|(_, id)| Some(doc.claim(id)?.text.clone())).collect();
            texts.sort_unstable();
            texts
        })
        .collect()
}

/// Sentences that no rule knows and nothing was learnt from, wrong and right.
#[test]
fn what_likely_belongs_together_and_misses_by_little_is_shown() {
    for (wrong, right, shown) in [
        (
            "接力赛上，机电系代表队跑出52.4秒，紧随其后的交通系是53.9秒，两队之间只有1.2秒。",
            "接力赛上，机电系代表队跑出52.4秒，紧随其后的交通系是53.9秒，两队之间只有1.5秒。",
            vec!["1.2秒", "52.4秒", "53.9秒"],
        ),
        (
            "工会账上原有3650元，中秋慰问和运动会奖品花掉2480元，手头还有1270元，由财务委员保管。",
            "工会账上原有3650元，中秋慰问和运动会奖品花掉2480元，手头还有1170元，由财务委员保管。",
            vec!["1270元", "2480元", "3650元"],
        ),
    ] {
        let shown: Vec<String> = shown.iter().map(|text| text.to_string()).collect();
        assert!(looks(wrong).contains(&shown), "{wrong}: {:?}", looks(wrong));
        assert_eq!(looks(right), Vec::<Vec<String>>::new(), "{right}");
    }
}

#[test]
fn what_is_refuted_or_explained_otherwise_is_not_shown_again() {
    for text in [
        // Refuted by words.
        "毕业生500人，就业480人，就业率95%。",
        // Explained by words.
        "毕业生500人，就业480人，就业率96%。",
        // Beside each other, not of each other.
        "学校有教室86间，学生宿舍240间。",
    ] {
        assert_eq!(looks(text), Vec::<Vec<String>>::new(), "{text}");
    }
}
