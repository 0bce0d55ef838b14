//! Digests, chains and sealed fields, and how each is verified.
//!
//! Everything here is arithmetic over bytes that are handed in: keys and randomness come as bytes, moments as numbers.

pub mod chain;
pub mod digest;
pub mod set;
pub mod vault;

pub use digest::{hex, sha256};
