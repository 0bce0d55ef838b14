//! Growth held against the same thing done the slow way, and against what must hold of every model.

mod minimal_sets;
mod model;
mod shipped;
mod time;
