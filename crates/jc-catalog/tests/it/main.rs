//! The catalog as a whole: the shipped files, what is said of wrong ones, the words of all findings, the kinds of
//! fields, and expressions against an oracle.

mod documents;
mod expressions;
mod faults;
mod kinds;
mod oracle;
mod regulations;
mod robust;
mod shipped;
mod words;

use jc_catalog::{Catalog, SourceFile, load};

/// The small sound catalog in `tests/base`.
fn base_catalog() -> Catalog {
    let sources: Vec<SourceFile> =
        faults::base().into_iter().map(|(path, text)| SourceFile { path, text: text.into() }).collect();
    load(&sources).0.expect("the base is sound")
}
