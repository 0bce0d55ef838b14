//! Charts: what is drawn only where it says more than the number. A chart is data; drawing it gives shapes, and the
//! same shapes become SVG on a screen and in a PDF, and vector drawings in Word.
//!
//! Every value is labelled where it stands, bars begin at nought, and the inks are shades of one colour, so that a chart
//! reads in print, in black and white, and by ear: its description tells every value.

mod bars;
mod columns;
mod drawing;
mod funnel;
mod heat;
mod lines;
mod radar;
mod scale;
mod svg;
#[cfg(test)]
mod tests;

pub use drawing::{Anchor, Drawing, Ink, Shape, text_width};
pub(crate) use svg::escape;
pub use svg::{Paint, svg};

use jc_base::Ratio;

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Look {
    /// Bars from left to right, one row for each category: departments, kinds.
    Bar,
    /// Lines over categories that follow each other: years.
    Line,
    /// Bars whose parts add up: destinations by department.
    Stacked,
    /// Ever narrower bars: applied, sat, passed.
    Funnel,
    /// A figure of several sides, each with its own scale from 0 to the category's most.
    Radar,
    /// A table of shades: categories by series.
    Heat,
}

impl Look {
    /// All of them.
    pub const ALL: [Look; 6] = [Look::Bar, Look::Line, Look::Stacked, Look::Funnel, Look::Radar, Look::Heat];

    /// The word used in templates and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Look::Bar => "bar",
            Look::Line => "line",
            Look::Stacked => "stacked",
            Look::Funnel => "funnel",
            Look::Radar => "radar",
            Look::Heat => "heat",
        }
    }
}

/// A value of a chart: exact, and as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The value; only where it is drawn is it made a place on paper.
    pub value: Ratio,
    /// As printed, with its unit if it needs one.
    pub label: String,
}

/// One row of values: a year, an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One for each category; nothing where there is no value, which is drawn as a gap.
    pub points: Vec<Option<Point>>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// How.
    pub look: Look,
    /// What it is called: the caption, and its name for a screen reader.
    pub title: String,
    /// The unit of all values; empty if each label carries its own.
    pub unit: String,
    /// What the values are of.
    pub categories: Vec<String>,
    /// The values.
    pub series: Vec<Series>,
    /// What is said where there is no value: `无数据`.
    pub missing: String,
}

impl Chart {
    /// The shapes of the chart, `width` wide; the height follows from what is shown.
    pub fn draw(&self, width: f64) -> Drawing {
        let mut drawing = match self.look {
            _ if self.is_empty() => {
                let mut drawing = Drawing::new(width, 30.0);
                drawing.text((0.0, 20.0), 12.0, Anchor::Start, Ink::Soft, self.missing.clone());
                drawing
            }
            Look::Bar => bars::draw(self, width),
            Look::Line => lines::draw(self, width),
            Look::Stacked => columns::draw(self, width),
            Look::Funnel => funnel::draw(self, width),
            Look::Radar => radar::draw(self, width),
            Look::Heat => heat::draw(self, width),
        };
        drawing.title.clone_from(&self.title);
        drawing.description = self.description();
        drawing
    }

    /// Whether there is nothing to draw: a school at its beginning has no departments yet.
    fn is_empty(&self) -> bool {
        self.categories.is_empty() || self.series.is_empty()
    }

    /// Every value in words, in the order a person would read them; never empty: a picture without words is refused.
    pub fn description(&self) -> String {
        if self.is_empty() {
            return self.missing.clone();
        }
        let one = |series: &Series, at: usize| match series.points.get(at).and_then(Option::as_ref) {
            Some(point) => point.label.clone(),
            None => self.missing.clone(),
        };
        let category = |(at, name): (usize, &String)| {
            let values: Vec<String> = match self.series.as_slice() {
                [only] => vec![one(only, at)],
                all => all.iter().map(|series| format!("{} {}", series.name, one(series, at))).collect(),
            };
            format!("{name}: {}", values.join(", "))
        };
        self.categories.iter().enumerate().map(category).collect::<Vec<_>>().join("; ")
    }

    /// The value at a place.
    fn at(&self, series: usize, category: usize) -> Option<&Point> {
        self.series.get(series)?.points.get(category)?.as_ref()
    }

    /// All values there are.
    fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(|series| series.points.iter().flatten())
    }
}

/// A value as a place on paper; only for drawing.
fn place(value: Ratio) -> f64 {
    value.num() as f64 / value.den() as f64
}
