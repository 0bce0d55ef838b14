//! Near misses: which known word did someone mean?

/// The number of single-character slips between two words, if it is at most `bound`.
///
/// A slip is one character more, less, other, or two neighbours swapped (Damerau–Levenshtein, each
/// place edited once). Words whose lengths differ more are not looked at.
pub fn distance(a: &str, b: &str, bound: usize) -> Option<usize> {
    if a.chars().count().abs_diff(b.chars().count()) > bound {
        return None;
    }
    Some(strsim::osa_distance(a, b)).filter(|&slips| slips <= bound)
}

/// How many slips we still call a near miss, by the length of the word in characters.
///
/// A Chinese character is worth about two Latin letters, and two words of one character share nothing.
pub fn allowed_slips(word: &str) -> usize {
    let wide = !word.is_ascii();
    match (word.chars().count(), wide) {
        (0..=1, _) => 0,
        (2..=4, _) => 1,
        (5..=8, true) | (5..=6, false) => 2,
        (_, true) => 3,
        (n, false) => (n / 3).min(4),
    }
}

/// The one candidate nearest to `word`, if it is near enough; an equal candidate is the nearest.
///
/// Nothing if two candidates are equally near and neither is equal to the word: naming one would be a guess.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bound = allowed_slips(word);
    let mut best: Option<(usize, &'a str)> = None;
    let mut tied = false;
    for candidate in candidates {
        // The shorter of the two decides, lest every word of two characters be near to each of three.
        let bound = bound.min(allowed_slips(candidate));
        let Some(slips) = distance(word, candidate, bound) else { continue };
        match best {
            Some((least, found)) if slips > least || found == candidate => {}
            Some((least, _)) if slips == least => tied = true,
            _ => {
                best = Some((slips, candidate));
                tied = false;
            }
        }
    }
    best.filter(|&(slips, _)| slips == 0 || !tied).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, d) in [("班级", "班级", 0), ("班极", "班级", 1), ("级班", "班级", 1), ("身份证", "身份证号", 1)]
        {
            assert_eq!(distance(a, b, 3), Some(d), "{a} {b}");
        }
        assert_eq!(distance("姓名", "出生日期", 1), None);
    }

    #[test]
    fn nearest_heading() {
        let headings = ["姓名", "班级", "出生日期", "毕业去向类别", "就业单位"];
        for (typed, meant) in [
            ("班级", Some("班级")),
            ("班极", Some("班级")),
            ("出生年月", None),
            ("出生日其", Some("出生日期")),
            ("毕业去向类型", Some("毕业去向类别")),
            ("电话", None),
            ("名", None),
        ] {
            assert_eq!(nearest(typed, headings), meant, "{typed}");
        }
        assert_eq!(nearest("张山", ["张三", "张珊"]), None, "two equally near");
        assert_eq!(nearest("张三", ["张三", "张珊"]), Some("张三"));
    }

    proptest! {
        #[test]
        fn distance_is_symmetric(a in "[甲乙丙a]{0,6}", b in "[甲乙丙a]{0,6}") {
            prop_assert_eq!(distance(&a, &b, 9), distance(&b, &a, 9));
            prop_assert_eq!(distance(&a, &b, 9) == Some(0), a == b);
        }

        #[test]
        fn the_bound_only_cuts(a in "[甲乙丙]{0,6}", b in "[甲乙丙]{0,6}", bound in 0usize..4) {
            prop_assert_eq!(distance(&a, &b, bound), distance(&a, &b, 9).filter(|&d| d <= bound));
        }
    }
}
