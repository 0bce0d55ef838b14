//! Tests of the whole way: from the bytes of a file to staged rows and findings as a person reads them.

#![allow(clippy::unwrap_used, missing_docs)]

mod annotated;
mod apart;
mod fitting;
mod headings;
mod hostile;
mod prose;
mod reading;
mod support;
mod templates;
mod words;
