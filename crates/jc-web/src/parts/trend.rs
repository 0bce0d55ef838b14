//! A figure over the years as a small line: what a change on last year does not tell.

use crate::{desk::Desk, parts::figure::unit, show};
use jc_app::given::Figure;

/// Fewer years than this make no line.
const LEAST: usize = 3;
/// The size of the picture.
const WIDE: f64 = 96.0;
const HIGH: f64 = 22.0;
/// Room for the thickness of the line.
const EDGE: f64 = 3.0;

/// The line.
#[derive(Debug, Clone, Default)]
pub struct Trend {
    /// Its stretches, as points of polylines: a year without a value breaks it.
    pub stretches: Vec<String>,
    /// Where its last value is.
    pub last: (String, String),
    /// The same in words: `2022 528 人，2023 …`.
    pub says: String,
}

impl Trend {
    /// The line of a figure, oldest year first; nothing if too few years have a value, or the last has none.
    pub fn of(desk: &Desk, years: &[(i32, Figure)]) -> Option<Self> {
        // Before its first value a figure has no history.
        let first = years.iter().position(|(_, figure)| figure.printed().is_some())?;
        let years = years.get(first..)?;
        let values: Vec<Option<f64>> =
            years.iter().map(|(_, figure)| figure.printed().and_then(|plain| plain.parse().ok())).collect();
        let mut trend = Self::drawn(&values)?;
        let words = desk.words;
        let said = years.iter().map(|(year, figure)| {
            let value = figure
                .printed()
                .map(|plain| show::with_unit(&show::number(desk.lang(), &plain), &unit(desk, figure.unit.as_str())));
            format!("{year} {}", value.unwrap_or_else(|| words.t("figure-state-missing")))
        });
        trend.says = words.t1("figure-trend", "list", said.collect::<Vec<_>>().join(&words.t("value-and")));
        Some(trend)
    }

    fn drawn(values: &[Option<f64>]) -> Option<Self> {
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let last = values.last().copied().flatten()?;
        if known.len() < LEAST {
            return None;
        }
        let least = known.iter().copied().fold(f64::INFINITY, f64::min);
        let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // A change of less than a tenth does not look like a leap.
        let range = (most - least).max(most.abs() * 0.1).max(f64::MIN_POSITIVE);
        let middle = (most + least) / 2.0;
        let step = (WIDE - 2.0 * EDGE) / (values.len() - 1) as f64;
        let place = |at: usize, value: f64| {
            let y = HIGH / 2.0 - (value - middle) / range * (HIGH - 2.0 * EDGE);
            (format!("{:.1}", EDGE + step * at as f64), format!("{y:.1}"))
        };
        let mut trend = Self::default();
        for stretch in values.iter().copied().enumerate().collect::<Vec<_>>().split(|(_, value)| value.is_none()) {
            let points = stretch.iter().filter_map(|(at, value)| Some(place(*at, (*value)?)));
            let points: Vec<String> = points.map(|(x, y)| format!("{x},{y}")).collect();
            if points.len() > 1 {
                trend.stretches.push(points.join(" "));
            }
        }
        trend.last = place(values.len() - 1, last);
        Some(trend)
    }
}

#[cfg(test)]
mod tests {
    use super::Trend;

    #[test]
    fn a_gap_breaks_the_line_and_small_changes_stay_small() {
        let trend = Trend::drawn(&[Some(1.0), Some(3.0), None, Some(2.0), Some(3.0)]).expect("a line");
        assert_eq!(trend.stretches, ["3.0,19.0 25.5,3.0", "70.5,11.0 93.0,3.0"]);
        assert_eq!(trend.last, ("93.0".to_owned(), "3.0".to_owned()));
        let flat = Trend::drawn(&[Some(100.0), Some(100.0), Some(101.0)]).expect("a line");
        assert_eq!(flat.stretches, ["3.0,11.8 48.0,11.8 93.0,10.2"]);
        assert!(Trend::drawn(&[Some(0.0), Some(0.0), Some(0.0)]).is_some());
        for none in [&[Some(1.0), Some(2.0)][..], &[Some(1.0), Some(2.0), Some(3.0), None], &[]] {
            assert!(Trend::drawn(none).is_none());
        }
    }
}
