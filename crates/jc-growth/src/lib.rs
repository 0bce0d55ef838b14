//! Stages earned, gaps, and the best plan within hours and money.

#![cfg_attr(not(test), warn(clippy::panic))]

pub mod case;
pub mod college;
pub mod course;
pub mod facts;
pub mod gap;
pub mod plan;
pub mod rating;
pub mod standing;
