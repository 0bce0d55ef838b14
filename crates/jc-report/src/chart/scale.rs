//! Round steps for an axis.

/// The top of an axis that begins at nought, and its step: 1, 2 or 5 times a power of ten, about `steps` of them.
pub(super) fn steps(most: f64, steps: f64) -> (f64, f64) {
    if most <= 0.0 {
        return (1.0, 1.0);
    }
    let rough = most / steps;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|s| *s >= rough * 0.999).unwrap_or(power);
    let step = step.max(if most >= steps { 1.0 } else { 0.0 });
    ((most / step).ceil() * step, step)
}

/// A mark of an axis as it is printed: no more places than its step needs.
pub(super) fn mark(value: f64, step: f64) -> String {
    let places = if step >= 1.0 { 0 } else { (-step.log10().floor()) as usize };
    let plain = format!("{value:.places$}");
    if places > 0 || plain.len() < 4 {
        return plain;
    }
    let mut grouped = String::new();
    for (n, c) in plain.chars().enumerate() {
        if n > 0 && (plain.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    grouped
}
