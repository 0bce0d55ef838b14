//! Lines over what follows each other, mostly years. A value that is not there breaks the line.

use super::drawing::{Anchor, Drawing, Ink, text_width};
use super::scale::{mark, steps};
use super::{Chart, place};

const SIZE: f64 = 12.0;
const HEIGHT: f64 = 180.0;

pub(super) fn draw(chart: &Chart, width: f64) -> Drawing {
    let most = chart.points().map(|p| place(p.value)).fold(0.0, f64::max);
    let (top, step) = steps(most, 4.0);
    let mut drawing = Drawing::new(width, 0.0);
    let left = text_width(&mark(top, step), SIZE) + 10.0;
    let several = chart.series.len() > 1;
    let names = chart.series.iter().map(|s| text_width(&s.name, SIZE)).fold(0.0, f64::max);
    let right = if several { names.min(width * 0.3) + 12.0 } else { 24.0 };
    let (high, floor) = (SIZE + 10.0, SIZE + 10.0 + HEIGHT);
    let y = |value: f64| floor - value / top * HEIGHT;
    let mut at = 0.0;
    while at <= top * 1.001 {
        drawing.line((left, y(at)), (width - right, y(at)), Ink::Rule, 0.75);
        drawing.text((left - 6.0, y(at) + SIZE * 0.36), SIZE, Anchor::End, Ink::Soft, mark(at, step));
        at += step;
    }
    let each = (width - right - left) / chart.categories.len().max(1) as f64;
    let x = |n: usize| left + each * (n as f64 + 0.5);
    for (n, name) in chart.categories.iter().enumerate() {
        drawing.lines((x(n), floor + SIZE + 5.0), SIZE, Anchor::Middle, Ink::Text, name, each - 4.0);
    }
    let labels: Vec<Vec<Option<f64>>> = (0..chart.categories.len())
        .map(|n| {
            let heights = (0..chart.series.len()).map(|number| Some(y(place(chart.at(number, n)?.value))));
            labels(&heights.collect::<Vec<_>>(), (high - 6.0, floor - 4.0))
        })
        .collect();
    let mut taken: Vec<f64> = Vec::new();
    for (number, series) in chart.series.iter().enumerate() {
        let ink = Ink::Series(number);
        let mut stretch = Vec::new();
        let mut last = None;
        for n in 0..=chart.categories.len() {
            if let Some(point) = chart.at(number, n) {
                let here = (x(n), y(place(point.value)));
                stretch.push(here);
                drawing.rect(here.0 - 3.0, here.1 - 3.0, 6.0, 6.0, ink);
                if let Some(at) = labels.get(n).and_then(|own| own[number]) {
                    drawing.text((here.0, at), SIZE, Anchor::Middle, Ink::Text, point.label.clone());
                }
                last = Some(here.1);
            } else {
                if stretch.len() > 1 {
                    drawing.path(std::mem::take(&mut stretch), false, ink, 2.0);
                }
                stretch.clear();
                if n < chart.categories.len() {
                    drawing.text((x(n), floor - 5.0), SIZE, Anchor::Middle, Ink::Soft, chart.missing.clone());
                }
            }
        }
        if let Some(mut end) = last.filter(|_| several) {
            // Names at the ends of lines keep clear of each other.
            while taken.iter().any(|other| (other - end).abs() < SIZE * 1.2) {
                end += SIZE * 0.4;
            }
            taken.push(end);
            drawing.text((width - right + 8.0, end + SIZE * 0.36), SIZE, Anchor::Start, Ink::Text, series.name.clone());
        }
    }
    drawing.line((left, floor), (width - right, floor), Ink::Soft, 1.0);
    drawing.height = floor + SIZE * 1.25 * 2.0 + 8.0;
    drawing
}

/// Where the labels of points above each other stand: the uppermost above its point, the others below theirs, none on
/// another, all between `top` and `bottom`. Points at one height share one label.
fn labels(heights: &[Option<f64>], (top, bottom): (f64, f64)) -> Vec<Option<f64>> {
    const APART: f64 = SIZE * 1.05;
    let mut order: Vec<(usize, f64)> = heights.iter().enumerate().filter_map(|(at, y)| Some((at, (*y)?))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    order.dedup_by(|next, first| (next.1 - first.1).abs() < 0.5);
    let mut places: Vec<f64> = Vec::new();
    for (n, (_, point)) in order.iter().enumerate() {
        let wanted = if n == 0 { point - 8.0 } else { point + SIZE + 6.0 };
        places.push(places.last().map_or(top, |before| before + APART).max(wanted));
    }
    let mut limit = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(limit);
        limit = *place - APART;
    }
    let mut out = vec![None; heights.len()];
    for ((at, _), place) in order.into_iter().zip(places) {
        out[at] = Some(place);
    }
    out
}
