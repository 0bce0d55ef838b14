//! Keeps records, pages, people and history; the only place that knows which database it is.
//!
//! Everything is synchronous: callers on an async runtime move work to a blocking thread. One write is one
//! transaction of one school; it holds the school's audit head from its first statement to its last.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod access;
pub mod approvals;
pub mod db;
pub mod erasure;
pub mod error;
pub mod evidence;
pub mod keys;
pub mod lasting;
pub(crate) mod leaf;
pub mod links;
mod log_part;
pub mod migrate;
pub mod naming;
pub mod number;
mod once;
pub mod order;
pub mod people;
pub mod quick;
pub mod reach;
pub mod reader;
pub mod record;
pub mod reports;
pub mod reseal;
pub mod schema;
pub mod seal;
pub mod store;
pub mod texts;
pub mod tokens;
pub mod totals;
mod unproved;
pub mod verify;
pub mod views;
pub mod visits;
pub mod writer;

pub use error::StoreError;
pub use reach::Reach;
pub use reader::Reader;
pub use record::{Actor, Record};
pub use store::{Settings, Store};
pub use writer::{Memory, Writer};
