//! Reads invented texts of other schools and reports and holds what is found against what a person noted beside them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod above;
mod apiece;
mod carried;
mod complements;
mod genres;
mod grown;
mod held;
mod judging;
mod leftover;
mod looks;
mod made;
mod pairs;
mod pasted;
mod prose;
mod robust;
mod said_again;
mod sentences;
mod sums;
mod working;
