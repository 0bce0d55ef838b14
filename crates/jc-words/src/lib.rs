//! Every word people read: messages in three languages, and findings rendered from them.
//!
//! The words stand in `messages/{zh,en,de}.ftl`, embedded in the program. A message is looked up by its id; a
//! finding's words stand under its code in lower case, with how to mend it as the attribute `.mend`.
//!
//! [`finding()`] turns a finding into words; [`terminal`], [`line`] and [`json`] lay it out.

#![cfg_attr(not(test), warn(clippy::panic))]

mod bundle;
mod finding;
mod json;
mod line;
mod terminal;

pub use bundle::{Arg, ids, text, variables};
pub use finding::{FindingText, finding, place};
pub use json::json;
pub use line::line;
pub use terminal::{terminal, width};
