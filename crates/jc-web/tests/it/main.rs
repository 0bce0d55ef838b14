//! The site through its router and on real sockets: rights, headers, signing in, every screen's work. One program: each
//! more would link all of the product once more.

mod rights;
mod serving;
mod site;
mod site_browse;
mod site_work;
