//! Digests, seals, chains, sealed fields and signatures, and how each is verified.
//!
//! Everything here is arithmetic over bytes that are handed in: keys come as seeds, moments as numbers. What is hashed
//! or signed is first written in one unambiguous way by [`canonical`].

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod base64;
pub mod canonical;
pub mod chain;
pub mod digest;
pub mod id_token;
pub mod part;
pub mod seal;
pub mod set;
pub mod sign;
pub mod vault;

pub use digest::{hex, sha256};
pub use seal::Seal;
pub use sign::{KeyId, PublicKey, Purpose, Signature, SigningKey};
