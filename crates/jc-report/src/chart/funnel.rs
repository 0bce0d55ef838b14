//! A funnel: each step a bar in the middle, as wide as what is left of the first.

use super::drawing::{Anchor, Drawing, Ink, text_width};
use super::{Chart, place};

const SIZE: f64 = 12.0;
const ROW: f64 = 34.0;

pub(super) fn draw(chart: &Chart, width: f64) -> Drawing {
    let names = chart.categories.iter().map(|c| text_width(c, SIZE)).fold(0.0, f64::max).min(width * 0.3);
    let (left, room) = (names + 12.0, width - (names + 12.0) * 2.0);
    let most = chart.points().map(|p| place(p.value)).fold(0.0, f64::max);
    let mut drawing = Drawing::new(width, chart.categories.len() as f64 * ROW + 4.0);
    for (n, name) in chart.categories.iter().enumerate() {
        let y = n as f64 * ROW + 2.0;
        let base = y + (ROW - 6.0) / 2.0 + SIZE * 0.36;
        drawing.text((names, base), SIZE, Anchor::End, Ink::Text, name.clone());
        let middle = left + room / 2.0;
        let Some(point) = chart.at(0, n) else {
            drawing.text((middle, base), SIZE, Anchor::Middle, Ink::Soft, chart.missing.clone());
            continue;
        };
        let wide = if most > 0.0 { place(point.value).max(0.0) / most * room } else { 0.0 };
        drawing.rect(middle - wide / 2.0, y, wide, ROW - 6.0, Ink::Series(0));
        if text_width(&point.label, SIZE) + 8.0 < wide {
            drawing.text((middle, base), SIZE, Anchor::Middle, Ink::Paper, point.label.clone());
        } else {
            let beside = (middle + wide / 2.0 + 6.0, base);
            drawing.text(beside, SIZE, Anchor::Start, Ink::Text, point.label.clone());
        }
    }
    drawing
}
