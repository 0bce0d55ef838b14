//! Turns a spreadsheet into staged rows and findings that name their cells.
//!
//! Pure: bytes come in, values go out; no file, clock or database is touched. The way of a file:
//! [`book::open`] looks at its content and finds the sheets; [`book::Book::rows`] streams the rows of one;
//! [`headings::find`] matches the headings to the fields of a register; [`fit::Fitter`] turns each row into the
//! values of a record, or into findings. [`template`] writes the workbook people fill in, [`annotate`] gives them
//! back their own with the findings on its cells. [`prose::open`] takes the text out of a document instead.
//!
//! All readers are our own and streaming: the spreadsheet reader of our choice allocates whole rectangles and dies
//! of a file of two kilobytes with one cell in the last corner. Nothing here allocates by what a file declares.

#![cfg_attr(not(test), warn(clippy::panic, clippy::indexing_slicing))]

pub mod annotate;
pub mod apart;
pub mod book;
pub mod codes;
mod csv;
pub mod fit;
pub mod headings;
pub mod limits;
pub mod mapping;
mod members;
mod notes;
mod number;
mod ods;
pub mod photo;
pub mod prose;
pub mod resolve;
pub mod row;
mod ruined;
mod seen;
pub mod site;
mod tally;
pub mod template;
mod vocabulary;
mod xls;
mod xlsx;
mod xml;
mod zipped;
pub use xlsx::Merge;
