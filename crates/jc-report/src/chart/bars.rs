//! Bars from left to right: a row for each category, a bar in it for each series.

use super::drawing::{Anchor, Drawing, Ink, text_width, wrap};
use super::{Chart, place};

const SIZE: f64 = 12.0;

pub(super) fn draw(chart: &Chart, width: f64) -> Drawing {
    let several = chart.series.len() > 1;
    let thick = if several { 13.0 } else { 18.0 };
    let widest = chart.categories.iter().map(|c| text_width(c, SIZE)).fold(0.0, f64::max);
    let names = widest.clamp(40.0, width * 0.34);
    let labels = chart.points().map(|p| text_width(&p.label, SIZE)).fold(0.0, f64::max);
    let labels = labels.max(text_width(&chart.missing, SIZE)) + 8.0;
    let (left, room) = (names + 10.0, (width - names - 10.0 - labels).max(40.0));
    let most = chart.points().map(|p| place(p.value)).fold(0.0, f64::max);
    let mut drawing = Drawing::new(width, 0.0);
    let mut y = if several { drawing.key(chart.series.iter().map(|s| &s.name), left, SIZE) } else { 2.0 };
    let top = y;
    for (at, name) in chart.categories.iter().enumerate() {
        let wanted = wrap(name, SIZE, names).len() as f64 * SIZE * 1.25;
        let bars = chart.series.len() as f64 * (thick + 2.0);
        let height = wanted.max(bars) + 8.0;
        let middle = y + (height - wanted) / 2.0 + SIZE;
        drawing.lines((names, middle), SIZE, Anchor::End, Ink::Text, name, names);
        let mut bar = y + (height - bars) / 2.0;
        for series in 0..chart.series.len() {
            let base = bar + thick / 2.0 + SIZE * 0.36;
            match chart.at(series, at) {
                Some(point) => {
                    let long = if most > 0.0 { place(point.value).max(0.0) / most * room } else { 0.0 };
                    drawing.rect(left, bar, long, thick, Ink::Series(series));
                    let end = (left + long + 5.0, base);
                    drawing.text(end, SIZE, Anchor::Start, Ink::Text, point.label.clone());
                }
                None => drawing.text((left + 5.0, base), SIZE, Anchor::Start, Ink::Soft, chart.missing.clone()),
            }
            bar += thick + 2.0;
        }
        y += height;
    }
    drawing.line((left, top), (left, y), Ink::Soft, 1.0);
    drawing.height = y + 2.0;
    drawing
}
