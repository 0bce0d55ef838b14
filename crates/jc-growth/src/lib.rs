//! Stages earned, gaps, and the best plan within hours and money.

pub mod rating;
