//! Second looks, whatever the wording: what the words have left without an answer, and what was found and does not hold.
//!
//! `elsewhere` and `weigh` come in between: they look among the numbers around for what a printed one agrees with, `weigh` by
//! what is `known` and what is `likely` meant. When all wordings have had their turn, `learnt` shows what is likely meant and
//! does not agree, `struck`, `another` and what is `explained` beside take back contradictions that are none, and `mends` says of those
//! that stay which one number would make them true.

pub(super) mod another;
pub(super) mod elsewhere;
mod explained;
mod known;
pub mod learnt;
mod likely;
pub(super) mod mends;
pub(super) mod struck;
pub(super) mod weigh;
