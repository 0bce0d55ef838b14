//! The program: commands, settings, start.
fn main() {}
