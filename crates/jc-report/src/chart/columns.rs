//! Stacked bars: a column for each category, its parts one on the other, the sum above.

use super::drawing::{Anchor, Drawing, Ink, text_width, wrap};
use super::scale::{mark, steps};
use super::{Chart, place};

const SIZE: f64 = 12.0;
const HEIGHT: f64 = 200.0;

pub(super) fn draw(chart: &Chart, width: f64) -> Drawing {
    let sum = |at: usize| (0..chart.series.len()).filter_map(|s| chart.at(s, at)).map(|p| place(p.value)).sum::<f64>();
    let most = (0..chart.categories.len()).map(sum).fold(0.0, f64::max);
    let (top, step) = steps(most, 4.0);
    let mut drawing = Drawing::new(width, 0.0);
    let left = text_width(&mark(top, step), SIZE) + 10.0;
    let high = drawing.key(chart.series.iter().map(|s| &s.name), left, SIZE) + SIZE + 4.0;
    let floor = high + HEIGHT;
    let y = |value: f64| floor - value / top * HEIGHT;
    let mut at = 0.0;
    while at <= top * 1.001 {
        drawing.line((left, y(at)), (width, y(at)), Ink::Rule, 0.75);
        drawing.text((left - 6.0, y(at) + SIZE * 0.36), SIZE, Anchor::End, Ink::Soft, mark(at, step));
        at += step;
    }
    let each = (width - left) / chart.categories.len().max(1) as f64;
    let wide = (each * 0.56).min(64.0);
    let mut rows = 1;
    for (n, name) in chart.categories.iter().enumerate() {
        let middle = left + each * (n as f64 + 0.5);
        let mut below = 0.0;
        for series in 0..chart.series.len() {
            let Some(point) = chart.at(series, n) else { continue };
            let value = place(point.value).max(0.0);
            let ink = Ink::Series(series);
            let (above, high) = (y(below + value), y(below) - y(below + value));
            drawing.rect(middle - wide / 2.0, above, wide, high, ink);
            if high >= SIZE * 1.2 && text_width(&point.label, SIZE) < wide {
                let on = if ink.darkness() > 50 { Ink::Paper } else { Ink::Text };
                drawing.text((middle, above + high / 2.0 + SIZE * 0.36), SIZE, Anchor::Middle, on, point.label.clone());
            }
            below += value;
        }
        if below == 0.0 {
            drawing.text((middle, floor - 5.0), SIZE, Anchor::Middle, Ink::Soft, chart.missing.clone());
        }
        let under = (middle, floor + SIZE + 4.0);
        drawing.lines(under, SIZE, Anchor::Middle, Ink::Text, name, each - 6.0);
        rows = rows.max(wrap(name, SIZE, each - 6.0).len());
    }
    drawing.line((left, floor), (width, floor), Ink::Soft, 1.0);
    drawing.height = floor + rows as f64 * SIZE * 1.25 + 8.0;
    drawing
}
