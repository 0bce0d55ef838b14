//! Operations of the store on both databases, with a second school present.

mod closing;
mod college;
mod edges;
mod kept;
mod oracle;
mod pages;
mod records;
mod secrets;
mod way;
