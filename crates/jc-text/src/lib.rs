//! Reads Chinese as written: numerals, full-width forms, dates, words, pinyin.
//!
//! Everything here is pure: text comes in, values go out, nothing is looked up elsewhere.
//! The import uses it on cells, the claim checker on prose, the search on names.
//!
//! What is deliberately absent: no sentence is understood here (that is `jc-claims`), and nothing
//! is guessed. A cell that can be read in two ways is refused, so that a person decides.

#![cfg_attr(not(test), warn(clippy::panic, clippy::indexing_slicing))]

pub mod dates;
pub mod decimal;
pub mod fold;
pub mod numerals;
#[cfg(test)]
mod numerals_written;
pub mod pinyin;
pub mod similar;
pub mod yes_no;
