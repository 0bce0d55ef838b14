//! A radar: one ray for each category, from 0 to that category's most, so that different units can stand together.

use super::drawing::{Anchor, Drawing, Ink, Shape, wrap};
use super::{Chart, place};
use std::f64::consts::TAU;

const SIZE: f64 = 12.0;
const RADIUS: f64 = 110.0;

pub(super) fn draw(chart: &Chart, width: f64) -> Drawing {
    let rays = chart.categories.len().max(3);
    let mut drawing = Drawing::new(width, 0.0);
    let top = drawing.key(chart.series.iter().map(|s| &s.name), 0.0, SIZE) + 44.0;
    let centre = (width / 2.0, top + RADIUS);
    let at = |n: usize, far: f64| {
        let turn = TAU * n as f64 / rays as f64;
        (centre.0 + turn.sin() * far * RADIUS, centre.1 - turn.cos() * far * RADIUS)
    };
    for ring in [0.25, 0.5, 0.75, 1.0] {
        drawing.path((0..rays).map(|n| at(n, ring)).collect(), true, Ink::Rule, 0.75);
    }
    let most =
        |n: usize| (0..chart.series.len()).filter_map(|s| chart.at(s, n)).map(|p| place(p.value)).fold(0.0, f64::max);
    for (n, name) in chart.categories.iter().enumerate() {
        drawing.line(centre, at(n, 1.0), Ink::Rule, 0.75);
        let (x, y) = at(n, 1.12);
        let anchor = match x - centre.0 {
            side if side > 8.0 => Anchor::Start,
            side if side < -8.0 => Anchor::End,
            _ => Anchor::Middle,
        };
        let room = match anchor {
            Anchor::Start => width - x,
            Anchor::End => x,
            Anchor::Middle => width * 0.6,
        };
        let values: Vec<String> = (0..chart.series.len())
            .map(|s| chart.at(s, n).map_or_else(|| chart.missing.clone(), |p| p.label.clone()))
            .collect();
        let rows = wrap(name, SIZE, room).len() as f64 * SIZE * 1.25;
        let y = if y < centre.1 - RADIUS { y - rows - SIZE * 0.4 } else { y };
        drawing.lines((x, y + SIZE * 0.36), SIZE, anchor, Ink::Text, name, room);
        drawing.text((x, y + SIZE * 0.36 + rows), SIZE, anchor, Ink::Soft, values.join(" / "));
    }
    for series in 0..chart.series.len() {
        // A ray without a value is left out of the figure: missing is not nought.
        let far = |n: usize| {
            let value = place(chart.at(series, n)?.value).max(0.0);
            Some(at(n, if most(n) > 0.0 { value / most(n) } else { 0.0 }))
        };
        let points: Vec<_> = (0..chart.categories.len()).filter_map(far).collect();
        let ink = Ink::Series(series);
        drawing.shapes.push(Shape::Path { points, closed: true, line: Some((ink, 2.0)), fill: None });
    }
    drawing.height = centre.1 + RADIUS + 52.0;
    drawing
}
