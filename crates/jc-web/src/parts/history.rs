//! What happened to a record.

/// One step of a record's history.
#[derive(Debug, Clone, Default)]
pub struct Happening {
    /// What was done: `新建`, `提交`, `核实`, `退回`, `更正`.
    pub what: String,
    /// Who did it, with the office.
    pub who: String,
    /// When, as read.
    pub when: String,
    /// When, as a program reads it.
    pub datetime: String,
    /// The reason given; may be empty.
    pub reason: String,
    /// What changed; may be empty.
    pub changes: Vec<Change>,
}

/// A field before and after.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The field's name.
    pub field: String,
    /// What it held; empty if nothing.
    pub before: String,
    /// What it holds now; empty if nothing.
    pub after: String,
}
