//! The states a record passes through.

/// Where a record stands between being typed and counting in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordState {
    /// 草稿: being written; counts nowhere.
    Draft,
    /// 待核: handed in, waits for the verifier; a figure shows it as pending.
    Submitted,
    /// 已核: verified by a second person; figures count these and nothing else.
    Verified,
    /// 退回: returned to the keeper with a reason; counts nowhere.
    Returned,
}

impl RecordState {
    /// All states, in the order of their numbers.
    pub const ALL: [RecordState; 4] = [Self::Draft, Self::Submitted, Self::Verified, Self::Returned];

    /// The number stored in the database: 0 to 3.
    pub fn number(self) -> i64 {
        self as i64
    }

    /// The state of a stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        usize::try_from(number).ok().and_then(|n| Self::ALL.get(n).copied())
    }

    /// The word used in addresses, JSON and message ids.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Verified => "verified",
            Self::Returned => "returned",
        }
    }

    /// The state of a word as written by [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}
