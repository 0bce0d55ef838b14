//! Finds the claims in a text and judges them against given figures.
//!
//! 1. [`read::read`] finds every number of a text that states something, and what it states.
//! 2. [`relate::relate`] tests the text's own arithmetic: no records are needed to see that five medals cannot be
//!    a rise of 40 %.
//! 3. [`candidates::candidates`] says which indicators a claim may be about, by its words and never by its value, and
//!    [`scope`] whether the sentence speaks of all that they count.
//! 4. [`judge::judge`] holds the claims against the answers the caller fetched for those indicators.
//! 5. [`propose::propose`] says how a wrong number would have to read, and [`out::to_claims_out`] writes all of it in the exchange format `claims-out/1`.
//!
//! Everything is calculated in whole numbers and fractions; floating point appears only where JSON wants it. The
//! grammar knows the small words of the language (余, 其中, 较上年); what is counted comes with the
//! [`lexicon::Lexicon`], which the catalog fills.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod candidates;
pub mod document;
pub mod exact;
pub mod judge;
pub mod lexicon;
pub mod out;
pub mod propose;
pub mod read;
pub mod relate;

mod broken;
mod carried;
mod clauses;
mod context;
mod counted_off;
mod implied;
mod items;
mod kinds;
mod layout;
mod listed;
mod mask;
mod names;
mod scan;
pub mod scope;
mod stood_for;
mod subject;
mod tables;
mod units;
mod words;

pub use candidates::candidates;
pub use judge::judge;
pub use layout::{first_line, is_clean};
pub use out::to_claims_out;
pub use read::read;
pub use relate::relate;
