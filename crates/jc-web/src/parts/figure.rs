//! A figure 数字 as a card: value, unit, fraction, change, state.

/// How far a figure can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FigureState {
    /// Every record behind it is verified.
    Verified,
    /// More records wait for verification.
    Pending,
    /// It counts records that lack evidence.
    Unproved,
    /// There is nothing to compute it from: missing, not zero.
    #[default]
    Missing,
}

impl FigureState {
    /// The class in the style sheet.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Pending => "pending",
            Self::Unproved => "unproved",
            Self::Missing => "missing",
        }
    }
}

/// A figure on an answer sheet or an overview.
#[derive(Debug, Clone, Default)]
pub struct FigureCard {
    /// The indicator's name.
    pub label: String,
    /// Where its trace is.
    pub href: String,
    /// The value as printed, without unit; nothing if missing.
    pub value: Option<String>,
    /// The unit.
    pub unit: String,
    /// `404 / 407`, for a share or quotient.
    pub fraction: Option<String>,
    /// Last year and change, in words: `较上年 +19（388）`.
    pub change: Option<String>,
    /// How far it can be relied on.
    pub state: FigureState,
    /// The same in words: `已核`, `3 条待核`, `2 条缺佐证`, `尚无记录`.
    pub state_text: String,
}
