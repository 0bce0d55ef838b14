//! How a figure is written: `.value` as it is, `.over:10` as 320余. The rules of the words are those by which the claim
//! checker reads them back.

use jc_base::{Lang, Ratio};
use jc_figures::{Figure, FigureValue};

/// How a figure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// The value: `99.26`.
    Value,
    /// The value with its unit: `99.26%`, `118 人次`.
    Unit,
    /// `404/407`.
    Fraction,
    /// The numerator.
    Numerator,
    /// The denominator.
    Denominator,
    /// The value a year before.
    Before,
    /// The difference to the year before, without sign.
    Change,
    /// The same in per cent of the year before, without sign.
    Growth,
    /// In ten thousands 万.
    Wan,
    /// 余: the step below it, in steps of the number given.
    Over(u32),
    /// 近: the step above it.
    Nearly(u32),
    /// 近…万: the step above it, in ten thousands.
    NearlyWan(u32),
    /// 约: the nearest step.
    About(u32),
}

impl Form {
    /// The words of templates; those of the last three take a step: `over:10`.
    pub const WORDS: [&'static str; 13] = [
        "value",
        "unit",
        "fraction",
        "numerator",
        "denominator",
        "before",
        "change",
        "growth",
        "wan",
        "over",
        "nearly",
        "nearly-wan",
        "about",
    ];

    /// Reads a form.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, step) = match text.split_once(':') {
            Some((word, step)) => (word, Some(step.parse::<u32>().ok().filter(|s| (2..=100_000_000).contains(s))?)),
            None => (text, None),
        };
        let form = match (word, step) {
            ("over", step) => Form::Over(step.unwrap_or(10)),
            ("nearly", step) => Form::Nearly(step.unwrap_or(10)),
            ("nearly-wan", step) => Form::NearlyWan(step.unwrap_or(10)),
            ("about", step) => Form::About(step.unwrap_or(100)),
            (_, Some(_)) => return None,
            ("value", _) => Form::Value,
            ("unit", _) => Form::Unit,
            ("fraction", _) => Form::Fraction,
            ("numerator", _) => Form::Numerator,
            ("denominator", _) => Form::Denominator,
            ("before", _) => Form::Before,
            ("change", _) => Form::Change,
            ("growth", _) => Form::Growth,
            ("wan", _) => Form::Wan,
            _ => return None,
        };
        Some(form)
    }

    /// The word, with its step.
    pub fn code(self) -> String {
        let plain = match self {
            Form::Value => "value",
            Form::Unit => "unit",
            Form::Fraction => "fraction",
            Form::Numerator => "numerator",
            Form::Denominator => "denominator",
            Form::Before => "before",
            Form::Change => "change",
            Form::Growth => "growth",
            Form::Wan => "wan",
            Form::Over(step) => return format!("over:{step}"),
            Form::Nearly(step) => return format!("nearly:{step}"),
            Form::NearlyWan(step) => return format!("nearly-wan:{step}"),
            Form::About(step) => return format!("about:{step}"),
        };
        plain.to_owned()
    }

    /// Whether the figure a year before is needed.
    pub fn compares(self) -> bool {
        matches!(self, Form::Before | Form::Change | Form::Growth)
    }

    /// The figure as written; nothing if there is no value to write.
    pub fn write(self, lang: Lang, figure: &Figure, before: Option<&Figure>, unit: &str) -> Option<String> {
        let FigureValue::Known(value) = figure.value else { return None };
        let plain = figure.printed()?;
        Some(match self {
            Form::Value => plain,
            Form::Unit => with_unit(lang, &plain, unit),
            Form::Fraction => format!("{}/{}", short(figure.numerator?), short(figure.denominator?)),
            Form::Numerator => short(figure.numerator?),
            Form::Denominator => short(figure.denominator?),
            Form::Before => before?.printed()?,
            Form::Change => difference(figure, before?)?.1,
            Form::Growth => {
                let FigureValue::Known(old) = before?.value else { return None };
                let by = value.minus(old)?.over(old)?.times(Ratio::whole(100))?;
                trimmed(Ratio::new(by.num().abs(), by.den())?.print(1))
            }
            Form::Wan => trimmed(value.over(Ratio::whole(10_000))?.print(2)),
            Form::Over(step) => {
                let below = floor(value, step)?;
                let exact = Ratio::whole(below) == value;
                around(lang, below, if exact { None } else { Some(Around::Over) })
            }
            Form::Nearly(step) => {
                let above = ceil(value, step)?;
                around(lang, above, (Ratio::whole(above) != value).then_some(Around::Nearly))
            }
            Form::NearlyWan(step) => {
                let above = ceil(value.over(Ratio::whole(10_000))?, step)?;
                let exact = Ratio::whole(above.checked_mul(10_000)?) == value;
                around(lang, above, (!exact).then_some(Around::Nearly))
            }
            Form::About(step) => {
                let nearest = value.over(Ratio::whole(i128::from(step)))?.rounded(0) * i128::from(step);
                around(lang, nearest, (Ratio::whole(nearest) != value).then_some(Around::About))
            }
        })
    }
}

enum Around {
    Over,
    Nearly,
    About,
}

/// A round number with the word that says on which side of it the value lies.
fn around(lang: Lang, number: i128, side: Option<Around>) -> String {
    match (side, lang) {
        (None, _) => number.to_string(),
        (Some(Around::Over), Lang::Zh) => format!("{number}余"),
        (Some(Around::Over), Lang::En) => format!("more than {number}"),
        (Some(Around::Over), Lang::De) => format!("über {number}"),
        (Some(Around::Nearly), Lang::Zh) => format!("近{number}"),
        (Some(Around::Nearly), Lang::En) => format!("nearly {number}"),
        (Some(Around::Nearly), Lang::De) => format!("fast {number}"),
        (Some(Around::About), Lang::Zh) => format!("约{number}"),
        (Some(Around::About), Lang::En) => format!("about {number}"),
        (Some(Around::About), Lang::De) => format!("etwa {number}"),
    }
}

fn floor(value: Ratio, step: u32) -> Option<i128> {
    let steps = value.over(Ratio::whole(i128::from(step)))?;
    steps.num().div_euclid(steps.den()).checked_mul(i128::from(step))
}

fn ceil(value: Ratio, step: u32) -> Option<i128> {
    let below = floor(value, step)?;
    Some(if Ratio::whole(below) == value { below } else { below + i128::from(step) })
}

/// The difference of the printed values, so that a reader can add it up: its direction, and its size.
pub(super) fn difference(figure: &Figure, before: &Figure) -> Option<(i128, String)> {
    let (FigureValue::Known(now), FigureValue::Known(then)) = (figure.value, before.value) else { return None };
    let by = now.rounded(figure.decimals) - then.rounded(figure.decimals);
    let size = Ratio::new(by.abs(), 10i128.pow(u32::from(figure.decimals)))?.print(figure.decimals);
    Some((by.signum(), trimmed(size)))
}

/// A number with its unit as prose has it.
pub(super) fn with_unit(lang: Lang, plain: &str, unit: &str) -> String {
    match (unit, lang) {
        ("%", Lang::De) => format!("{plain} %"),
        ("%", _) => format!("{plain}%"),
        (unit, Lang::Zh) => format!("{plain}{unit}"),
        (unit, _) => format!("{plain} {unit}").trim_end().to_owned(),
    }
}

/// A part of a fraction, with places only where it needs them.
fn short(ratio: Ratio) -> String {
    trimmed(ratio.print(if ratio.den() == 1 { 0 } else { 2 }))
}

/// Without noughts at the end of the places.
pub(super) fn trimmed(plain: String) -> String {
    if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.').to_owned() } else { plain }
}
