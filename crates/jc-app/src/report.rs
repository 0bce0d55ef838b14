//! Reports: templates in force, the figures they ask for, the document, the file, and what must be known before it
//! leaves the house.

mod answers;
mod check;
mod code;
mod made;
mod naming;
mod rows;
mod templates;
mod words;

pub use code::{Coded, CodedFigure, CodedPlace, Since};
pub use made::{Step, Wanted};
pub use templates::{Listed, Text};
pub(crate) use words::labels;
