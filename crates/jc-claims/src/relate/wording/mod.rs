//! The words around a number: what they say of the part it plays and of what it counts.
//!
//! `around` is the text itself, `label` what stands right beside a number; `cues` knows the small words (合计, 其中, 其余, 较上年),
//! `called` and `population` how people and things are called, `categories` which words leave nothing out, `division` whether parts do, `comparable`
//! which counts may be held against each other, `acts` what befalls some and what then all others did. Nothing here runs by itself: the finders ask.

pub(super) mod acts;
pub(super) mod around;
pub(super) mod called;
pub(super) mod categories;
pub(super) mod comparable;
pub(super) mod cues;
pub(super) mod division;
pub(super) mod label;
pub(super) mod population;
