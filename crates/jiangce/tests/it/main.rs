//! The built program, run as people run it, in folders of its own.

mod catalog;
mod data;
mod demo;
#[cfg(target_os = "linux")]
mod failures;
mod numbers;
mod program;
mod serving;
mod sheets;
mod usage;
