//! What stands before and behind every screen: headers, who comes, forgery, faults.

pub mod cookies;
pub mod fault;
pub mod forgery;
pub mod headers;
pub mod host;
pub mod pace;
pub mod posted;
pub mod visit;
