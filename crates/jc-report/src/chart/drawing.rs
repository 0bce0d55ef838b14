//! Shapes on paper: all that a chart is made of.

/// What a shape is drawn with: shades of one ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Values and names.
    Text,
    /// What explains.
    Soft,
    /// Rules and axes.
    Rule,
    /// The paper itself: text on dark.
    Paper,
    /// A series, from 0: darkest first.
    Series(usize),
    /// A shade of a heat map, 0 to 100.
    Shade(u8),
}

impl Ink {
    /// How dark it is, 0 to 100.
    pub fn darkness(self) -> u8 {
        match self {
            Ink::Text => 100,
            Ink::Soft => 64,
            Ink::Rule => 24,
            Ink::Paper => 0,
            Ink::Series(at) => [78, 38, 58, 20][at % 4],
            Ink::Shade(dark) => dark.min(100),
        }
    }

    /// The colour on white paper: `#2a2824`.
    pub fn on_paper(self) -> String {
        let dark = f64::from(self.darkness()) / 100.0;
        let mix = |ink: f64| (255.0 - (255.0 - ink) * dark).round() as u8;
        format!("#{:02x}{:02x}{:02x}", mix(31.0), mix(29.0), mix(26.0))
    }
}

/// Which end of a text its place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// One shape. Lengths are in the drawing's units, from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// What it is filled with.
        ink: Ink,
    },
    /// A line through points, or the outline of an area.
    Path {
        /// The points.
        points: Vec<(f64, f64)>,
        /// Whether it returns to the first.
        closed: bool,
        /// The line's ink and width.
        line: Option<(Ink, f64)>,
        /// What the area is filled with.
        fill: Option<Ink>,
    },
    /// A text on one line.
    Text {
        /// Where, by its anchor.
        x: f64,
        /// Its base line.
        y: f64,
        /// Height of the letters.
        size: f64,
        /// Which end is at `x`.
        anchor: Anchor,
        /// What it is written with.
        ink: Ink,
        /// What it says.
        text: String,
    },
}

/// A finished drawing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Its name.
    pub title: String,
    /// All it says, in words.
    pub description: String,
    /// From back to front.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, ..Self::default() }
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, ink: Ink) {
        // Nought is no bar; its value stands beside it all the same.
        if width > 0.0 && height > 0.0 {
            self.shapes.push(Shape::Rect { x, y, width, height, ink });
        }
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink, thick: f64) {
        self.shapes.push(Shape::Path { points: vec![from, to], closed: false, line: Some((ink, thick)), fill: None });
    }

    pub(super) fn path(&mut self, points: Vec<(f64, f64)>, closed: bool, ink: Ink, thick: f64) {
        self.shapes.push(Shape::Path { points, closed, line: Some((ink, thick)), fill: None });
    }

    pub(super) fn text(&mut self, at: (f64, f64), size: f64, anchor: Anchor, ink: Ink, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.shapes.push(Shape::Text { x: at.0, y: at.1, size, anchor, ink, text });
        }
    }

    /// A text in as many lines as it needs, the first at `at`; gives how many.
    pub(super) fn lines(
        &mut self,
        at: (f64, f64),
        size: f64,
        anchor: Anchor,
        ink: Ink,
        text: &str,
        width: f64,
    ) -> usize {
        let lines = wrap(text, size, width);
        for (n, line) in lines.iter().enumerate() {
            self.text((at.0, at.1 + n as f64 * size * 1.25), size, anchor, ink, line.clone());
        }
        lines.len()
    }

    /// The names of the series above a drawing, each behind a patch of its ink. Gives the height they take.
    pub(super) fn key<'n>(&mut self, names: impl Iterator<Item = &'n String>, x: f64, size: f64) -> f64 {
        let (mut at, mut row) = (x, 0.0);
        for (n, name) in names.enumerate() {
            let width = size + 5.0 + text_width(name, size) + 18.0;
            if at > x && at + width > self.width {
                (at, row) = (x, row + size * 1.6);
            }
            self.rect(at, row + 2.0, size, size, Ink::Series(n));
            self.text((at + size + 5.0, row + size), size, Anchor::Start, Ink::Text, name.clone());
            at += width;
        }
        row + size * 1.6 + 6.0
    }
}

/// About how wide a text is: Han characters are as wide as high, others a little more than half of it.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.57 } else { 1.0 }).sum::<f64>() * size
}

/// A text in lines no wider than `width`, broken between Han characters or at blanks, at most three of them.
pub(super) fn wrap(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let mut piece = c.to_string();
        while c.is_ascii_graphic() && rest.peek().is_some_and(char::is_ascii_graphic) {
            piece.extend(rest.next());
        }
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && lines_full(line, &piece, size, width) {
            if lines.len() == 3 {
                let last = lines.last_mut().expect("there is always a line");
                last.pop();
                last.push('…');
                break;
            }
            lines.push(String::new());
        }
        let line = lines.last_mut().expect("there is always a line");
        if !(line.is_empty() && piece == " ") {
            line.push_str(&piece);
        }
    }
    lines
}

fn lines_full(line: &str, piece: &str, size: f64, width: f64) -> bool {
    // What closes may hang over the edge, but never begins a line.
    !"，。；：、）》”’%％".contains(piece) && text_width(line, size) + text_width(piece, size) > width
}
