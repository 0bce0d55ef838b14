//! Lays out figures and words as one document model; writes PDF, DOCX, XLSX, HTML.
//!
//! A [`template`] says what must be known; with the answers it becomes a [`model::Document`], which [`write`] turns into
//! a file. A text of others that was checked is [`marked`] and written too. Every figure in the file carries its [`trace`], and [`read`] finds it there again.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod certificate;
pub mod chart;
pub mod marked;
pub mod model;
pub mod profile;
mod qr;
pub mod read;
pub mod template;
pub mod trace;
pub mod write;
