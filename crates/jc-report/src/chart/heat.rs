//! A table of shades: categories down, series across; each series is shaded by its own most.

use super::drawing::{Anchor, Drawing, Ink, text_width, wrap};
use super::{Chart, place};

const SIZE: f64 = 12.0;
const ROW: f64 = 26.0;

pub(super) fn draw(chart: &Chart, width: f64) -> Drawing {
    let widest = chart.categories.iter().map(|c| text_width(c, SIZE)).fold(0.0, f64::max);
    let names = widest.clamp(40.0, width * 0.3);
    let left = names + 10.0;
    let each = (width - left) / chart.series.len().max(1) as f64;
    let head = chart.series.iter().map(|s| wrap(&s.name, SIZE, each - 6.0).len()).max().unwrap_or(1);
    let top = head as f64 * SIZE * 1.25 + 6.0;
    let mut drawing = Drawing::new(width, top + chart.categories.len() as f64 * ROW + 2.0);
    for (column, series) in chart.series.iter().enumerate() {
        let x = left + each * column as f64;
        drawing.lines((x + each / 2.0, SIZE), SIZE, Anchor::Middle, Ink::Text, &series.name, each - 6.0);
        let most = series.points.iter().flatten().map(|p| place(p.value)).fold(0.0, f64::max);
        for row in 0..chart.categories.len() {
            let y = top + ROW * row as f64;
            let base = y + ROW / 2.0 + SIZE * 0.36;
            let Some(point) = chart.at(column, row) else {
                drawing.text((x + each / 2.0, base), SIZE, Anchor::Middle, Ink::Soft, chart.missing.clone());
                continue;
            };
            let part = if most > 0.0 { place(point.value).max(0.0) / most } else { 0.0 };
            let ink = Ink::Shade((part * 80.0).round() as u8);
            drawing.rect(x + 1.0, y + 1.0, each - 2.0, ROW - 2.0, ink);
            let on = if ink.darkness() > 50 { Ink::Paper } else { Ink::Text };
            drawing.text((x + each / 2.0, base), SIZE, Anchor::Middle, on, point.label.clone());
        }
    }
    for (row, name) in chart.categories.iter().enumerate() {
        let base = top + ROW * (row as f64 + 0.5) + SIZE * 0.36;
        drawing.lines((names, base), SIZE, Anchor::End, Ink::Text, name, names);
    }
    drawing
}
