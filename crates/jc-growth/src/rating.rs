//! What several raters say of one competency, brought to one level without averaging.
//!
//! The level is the highest one that raters of at least half of the weight reach: a weighted lower median. It is
//! always a level somebody gave, a higher rating never lowers it, and one loud voice does not carry it.

/// A rating that is valid on the day looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    /// The level given, from 1.
    pub level: u8,
    /// How much it weighs; nought is heard but does not count.
    pub weight: u32,
}

/// The level the voices come to. Nothing if none of them weighs anything: unrated is not level nought.
pub fn settle(voices: &[Voice]) -> Option<u8> {
    let total: u64 = voices.iter().map(|voice| u64::from(voice.weight)).sum();
    let reaching = |level: u8| -> u64 {
        voices.iter().filter(|voice| voice.level >= level).map(|voice| u64::from(voice.weight)).sum()
    };
    let given = voices.iter().filter(|voice| voice.weight > 0).map(|voice| voice.level);
    given.filter(|level| reaching(*level) * 2 >= total).max()
}

/// How many levels lie between the lowest and the highest voice, those without weight included.
pub fn spread(voices: &[Voice]) -> u8 {
    let levels = || voices.iter().map(|voice| voice.level);
    levels().max().unwrap_or(0) - levels().min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Voice, settle, spread};
    use proptest::prelude::{Strategy, any, prop, proptest};

    fn voices(of: &[(u8, u32)]) -> Vec<Voice> {
        of.iter().map(|(level, weight)| Voice { level: *level, weight: *weight }).collect()
    }

    #[test]
    fn half_of_the_weight_carries_a_level() {
        assert_eq!(settle(&voices(&[])), None);
        assert_eq!(settle(&voices(&[(4, 0)])), None);
        assert_eq!(settle(&voices(&[(3, 4), (5, 3)])), Some(3));
        assert_eq!(settle(&voices(&[(2, 3), (4, 3)])), Some(4));
        assert_eq!(settle(&voices(&[(1, 1), (4, 3), (4, 4), (5, 0)])), Some(4));
        assert_eq!(spread(&voices(&[(1, 1), (4, 3), (5, 0)])), 4);
    }

    fn some_voices() -> impl Strategy<Value = Vec<Voice>> {
        let voice = (1u8..=5, 0u32..5).prop_map(|(level, weight)| Voice { level, weight });
        prop::collection::vec(voice, 1..7)
    }

    proptest! {
        #[test]
        fn a_higher_rating_never_lowers_the_level(given in some_voices(), which in any::<prop::sample::Index>()) {
            let before = settle(&given);
            let mut higher = given.clone();
            let raised = which.index(given.len());
            higher[raised].level = (higher[raised].level + 1).min(5);
            assert!(settle(&higher) >= before, "{given:?}");
        }
    }
}
