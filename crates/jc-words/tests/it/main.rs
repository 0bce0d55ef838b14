//! The messages of the three languages, and findings laid out.

mod languages;
mod layout;
