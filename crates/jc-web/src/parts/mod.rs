//! Small views that several screens share; each has its fragment under `templates/parts/`.

mod evidence;
pub mod figure;
mod finding;
mod history;
mod lines;
mod picture;
mod records;
mod select;
mod state;
mod table;
mod trend;

pub use evidence::{Evidence, Paper, Slot, Upload};
pub use figure::{FigureCard, FigureState};
pub use finding::FindingLine;
pub use history::{Change, Happening};
pub use lines::{FieldLine, FieldValue, Leave};
pub use picture::Picture;
pub use records::{RecordTable, page_label};
pub use select::Pick;
pub use state::StateMark;
pub use table::{Cell, Column, Paging, Row, Table};
pub use trend::Trend;
