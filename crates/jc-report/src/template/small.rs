//! Small numbers of people in a table by parts: not told, and not to be had by subtraction either.

use super::answers::Part;
use jc_figures::{Figure, FigureValue};

/// Units that count people.
const PEOPLE: [&str; 2] = ["person", "person-times"];

/// Which parts of one indicator must not be told. Where exactly one would be hidden, the sum would give it away: the
/// next smallest is hidden with it.
pub(super) fn hidden(parts: &[Part], smallest: i64) -> Vec<bool> {
    if smallest == 0 {
        return vec![false; parts.len()];
    }
    let mut hidden: Vec<bool> = parts.iter().map(|part| is_small(&part.given.figure, smallest)).collect();
    if hidden.iter().filter(|h| **h).count() == 1 {
        let people = |at: &usize| people(&parts[*at].given.figure).filter(|n| *n > 0);
        let next = (0..parts.len()).filter(|at| !hidden[*at] && people(at).is_some()).min_by_key(people);
        if let Some(at) = next {
            hidden[at] = true;
        }
    }
    hidden
}

/// Whether a figure rests on fewer people than may be told: fewer of them, or fewer others.
fn is_small(figure: &Figure, smallest: i64) -> bool {
    let below = |n: i128| n > 0 && n < i128::from(smallest);
    match (people(figure), figure.unit.as_str(), figure.numerator, figure.denominator) {
        (Some(people), ..) => below(people),
        (None, "percent", Some(over), Some(under)) => {
            let rest = under.minus(over).map_or(0, |r| r.rounded(0));
            below(over.rounded(0)) || below(rest)
        }
        _ => false,
    }
}

/// How many people a figure counts, if it counts people.
fn people(figure: &Figure) -> Option<i128> {
    match figure.value {
        FigureValue::Known(value) if PEOPLE.contains(&figure.unit.as_str()) => Some(value.rounded(0)),
        _ => None,
    }
}
