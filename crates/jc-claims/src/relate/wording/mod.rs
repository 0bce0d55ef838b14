//! The words around a number: what they say of the part it plays and of what it counts.
//!
//! `cues` knows the small words (合计, 其中, 其余, 较上年), `label` what stands right beside a number, `called` and `population` how
//! people and things are called, `categories` which words leave nothing out. Nothing here runs by itself: the finders ask.

pub(super) mod called;
pub(super) mod categories;
pub(super) mod cues;
pub(super) mod label;
pub(super) mod population;
