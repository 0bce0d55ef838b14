//! A radar of competencies: where someone stands beside what the next stage asks. Numbers stand for the rows of the
//! table below it, which says the same in words.

/// Half the width of the picture, with room for the numbers around.
const CENTRE: f64 = 130.0;
/// How far the highest level lies from the centre.
const REACH: f64 = 104.0;

/// The picture.
#[derive(Debug, Default)]
pub struct Radar {
    /// The rings of the levels, as points of polygons.
    pub rings: Vec<String>,
    /// The axes: where they end, where their number stands, the number.
    pub axes: Vec<Axis>,
    /// What is there.
    pub now: String,
    /// What is asked.
    pub asked: String,
}

/// An axis.
#[derive(Debug, Default)]
pub struct Axis {
    /// Where it ends.
    pub x: String,
    /// Where it ends.
    pub y: String,
    /// Where its number stands.
    pub text_x: String,
    /// Where its number stands.
    pub text_y: String,
    /// The number of the row.
    pub number: usize,
}

impl Radar {
    /// The radar of levels: for each competency the highest there is, the level there is and the one asked for.
    pub fn of(levels: &[(usize, u8, i64)]) -> Self {
        let most = levels.iter().map(|(most, ..)| *most).max().unwrap_or(0);
        let count = levels.len();
        let at = |ix: usize, share: f64| {
            let angle = std::f64::consts::TAU * ix as f64 / count.max(1) as f64;
            (CENTRE + REACH * share * angle.sin(), CENTRE - REACH * share * angle.cos())
        };
        let polygon = |share: &dyn Fn(&(usize, u8, i64)) -> f64| {
            let points = levels.iter().enumerate().map(|(ix, level)| {
                let (x, y) = at(ix, share(level));
                format!("{x:.1},{y:.1}")
            });
            points.collect::<Vec<_>>().join(" ")
        };
        let axis = |ix: usize| {
            let ((x, y), (text_x, text_y)) = (at(ix, 1.0), at(ix, 1.15));
            let place = |n: f64| format!("{n:.1}");
            Axis { x: place(x), y: place(y), text_x: place(text_x), text_y: place(text_y), number: ix + 1 }
        };
        Self {
            rings: (1..=most).map(|level| polygon(&|_| level as f64 / most as f64)).collect(),
            axes: (0..count).map(axis).collect(),
            now: polygon(&|(most, now, _)| f64::from(*now) / *most.max(&1) as f64),
            asked: polygon(&|(most, _, asked)| *asked as f64 / *most.max(&1) as f64),
        }
    }
}
