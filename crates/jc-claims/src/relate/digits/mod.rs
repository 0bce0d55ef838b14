//! What digits allow, whatever they count.
//!
//! `printed` says which values a printed number stands for and how it is shown; `solve` finds the whole numbers behind a
//! printed percentage, and `solve_oracle` holds it against trying them all; `slips` says what a hand mistypes. Nothing here
//! runs by itself: the finders ask.

pub(super) mod printed;
pub(super) mod slips;
pub(super) mod solve;
#[cfg(test)]
mod solve_oracle;
