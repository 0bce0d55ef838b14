//! Figures as the command line writes them for people: in a row of a table.

use crate::desk::Desk;
use crate::parts::{Catalog, Figure, FigureValue, Page};
use jc_base::Ratio;

/// The cells of a figure after its name: value with unit, the division behind it, its state.
pub fn cells(desk: &Desk, catalog: &Catalog, figure: &Figure) -> Vec<String> {
    vec![value(desk, catalog, figure), division(figure), state_words(desk, figure)]
}

/// The value with its unit; a dash if it is missing.
pub fn value(desk: &Desk, catalog: &Catalog, figure: &Figure) -> String {
    let Some(printed) = figure.printed() else { return "—".to_owned() };
    let unit = catalog.units.units.iter().find(|u| u.id == figure.unit).map_or("", |u| u.name.get(desk.lang));
    if unit == "%" { format!("{printed}%") } else { format!("{printed} {unit}").trim_end().to_owned() }
}

fn division(figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
        (Some(over), Some(under)) => format!("{}/{}", plain(over), plain(under)),
        _ => String::new(),
    }
}

/// A part of a division as people write it: with decimals where they are exact, else as a fraction in brackets.
fn plain(ratio: Ratio) -> String {
    let exact = (0..=6u8).find(|decimals| 10i128.pow(u32::from(*decimals)) % ratio.den() == 0);
    exact.map_or_else(|| format!("({ratio})"), |decimals| ratio.print(decimals))
}

fn state_words(desk: &Desk, figure: &Figure) -> String {
    let mut words = match figure.value {
        FigureValue::Missing(why) => desk.words(&format!("cli-missing-{}", why.code()), &[]),
        FigureValue::Known(_) => desk.words("cli-figure-verified", &[("count", figure.verified.into())]),
    };
    for (id, count) in [("cli-figure-waiting", figure.pending), ("cli-figure-unknown", figure.unknown)] {
        if count > 0 {
            words.push_str(&desk.words("cli-figure-and", &[]));
            words.push_str(&desk.words(id, &[("count", count.into())]));
        }
    }
    words
}

/// A page as people name it.
pub fn page(desk: &Desk, page: Page) -> String {
    match page {
        Page::Of(period) => period.label(desk.lang),
        Page::All => desk.words("cli-page-all", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;
    use jc_base::Ratio;

    #[test]
    fn parts_of_a_division_stay_exact() {
        for (num, den, expect) in [(404, 1, "404"), (14645, 2, "7322.5"), (-1, 8, "-0.125"), (1, 3, "(1/3)")] {
            assert_eq!(plain(Ratio::new(num, den).expect("a base")), expect);
        }
    }
}
