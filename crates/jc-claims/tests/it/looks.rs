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

/// Sentences by other hands than those learnt from, wrong and right.
#[test]
fn what_likely_belongs_together_and_misses_by_little_is_shown() {
    for (wrong, right, shown) in [
        (
            "决赛中，我校选手以93.60分夺冠，亚军得91.85分，差距只有1.25分。",
            "决赛中，我校选手以93.60分夺冠，亚军得91.85分，差距只有1.75分。",
            ["1.25分", "91.85分", "93.60分"],
        ),
        (
            "班费上学期结转后可用2300元，这学期买书、秋游一共花了1886元，账上还有424元，由生活委员保管。",
            "班费上学期结转后可用2300元，这学期买书、秋游一共花了1886元，账上还有414元，由生活委员保管。",
            ["1886元", "2300元", "424元"],
        ),
    ] {
        assert!(looks(wrong).contains(&shown.map(str::to_string).to_vec()), "{wrong}: {:?}", looks(wrong));
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
