//! The evidence 佐证 beside a record.

use super::Pick;

/// What is attached and what is still asked for.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// One for each kind the catalog names for the register, then one for whatever else was attached.
    pub slots: Vec<Slot>,
    /// The form to attach more, for those who may.
    pub upload: Option<Upload>,
}

/// One kind of evidence.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    /// The kind's name.
    pub label: String,
    /// When it is needed: "required" or "if there is one"; in words.
    pub rule: String,
    /// Whether it is needed for this record and not there.
    pub lacking: bool,
    /// The files.
    pub papers: Vec<Paper>,
}

/// One file.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// The name it was attached under.
    pub name: String,
    /// Where it opens.
    pub href: String,
    /// A small picture of it, if there is one.
    pub picture: Option<String>,
    /// Its kind in a few letters: `PDF`, `JPEG`.
    pub kind: String,
    /// Size, who attached it and when.
    pub about: String,
    /// Its digest, shortened.
    pub digest: String,
    /// Where to post to take it off, for those who may.
    pub remove: Option<String>,
}

/// The form to attach a file.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// Where it is posted.
    pub action: String,
    /// The kinds to choose from.
    pub kinds: Vec<Pick>,
    /// The file types, as the `accept` attribute wants them.
    pub accept: String,
    /// What may be attached and how large, in words.
    pub limit: String,
}
