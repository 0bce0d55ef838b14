//! The screens, one file each: its addresses, what it is asked, what it shows.

pub mod account;
pub mod areas;
pub mod audit;
pub mod catalog;
pub mod check;
pub mod export;
pub mod fault;
pub mod figure;
pub mod figures;
pub mod form;
pub mod home;
pub mod import;
pub mod inbox;
pub mod list;
pub mod record;
pub mod search;
pub mod sign_in;
pub mod start;
