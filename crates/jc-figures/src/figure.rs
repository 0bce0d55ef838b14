//! Page totals into figures 数字: exact arithmetic, printed by the indicator's rounding.

use crate::page::Page;
use jc_base::{IndicatorId, Ratio, RecordState, RegisterId, UnitId};
use jc_catalog::{Formula, Indicator, Register};

/// A measure's total in one state: what could be counted, and how many records could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Amount {
    /// The sum, in steps of 10^-digits of the measure.
    pub value: i64,
    /// The records that could not be judged.
    pub unknown: i64,
}

/// A page's total of one measure (or its count of records) in every state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TotalOf {
    /// By [`RecordState::number`].
    pub by_state: [Amount; 4],
}

impl TotalOf {
    /// The total in one state.
    pub fn state(&self, state: RecordState) -> Amount {
        self.by_state[state as usize]
    }

    /// Verified alone, or with what is pending.
    fn counted(&self, with_pending: bool) -> Amount {
        let verified = self.state(RecordState::Verified);
        if !with_pending {
            return verified;
        }
        let pending = self.state(RecordState::Submitted);
        Amount { value: verified.value + pending.value, unknown: verified.unknown + pending.unknown }
    }
}

/// Why there is no value. Missing is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoValue {
    /// The page (or this slice of it) has no verified record.
    NoRecords,
    /// The denominator is empty.
    NoBase,
    /// There are records, but none could be judged.
    Unknown,
    /// There are different values where one is asked for.
    Differs,
    /// There is nothing to compare with a year before.
    NothingBefore,
    /// The numbers are too large to be exact.
    Overflow,
}

impl NoValue {
    /// The word used in cases, JSON and message ids.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRecords => "no-records",
            Self::NoBase => "no-base",
            Self::Unknown => "unknown",
            Self::Differs => "differs",
            Self::NothingBefore => "nothing-before",
            Self::Overflow => "overflow",
        }
    }
}

/// A figure's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureValue {
    /// Known exactly, in the indicator's unit (per cent: 0 to 100).
    Known(Ratio),
    /// Not known, and why.
    Missing(NoValue),
}

/// An indicator at a page and, perhaps, a slice of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The register it is of.
    pub register: RegisterId,
    /// The page it is settled on.
    pub page: Page,
    /// The slice and its value, if it is not the whole.
    pub slice: Option<(String, String)>,
    /// The value from verified records.
    pub value: FigureValue,
    /// The value if everything pending were verified; equal to `value` where nothing is pending.
    pub with_pending: FigureValue,
    /// The numerator, or the total itself.
    pub numerator: Option<Ratio>,
    /// The denominator, where there is one.
    pub denominator: Option<Ratio>,
    /// The unit of the value.
    pub unit: UnitId,
    /// Places printed.
    pub decimals: u8,
    /// Verified records on the page.
    pub verified: i64,
    /// Submitted records on the page, which do not count yet.
    pub pending: i64,
    /// Verified records that could not be judged.
    pub unknown: i64,
}

impl Figure {
    /// The value as printed, rounded half up: `99.26`. Nothing if it is missing.
    pub fn printed(&self) -> Option<String> {
        print(self.value, self.decimals)
    }
}

/// A value as printed; nothing if it is missing.
pub fn print(value: FigureValue, decimals: u8) -> Option<String> {
    match value {
        FigureValue::Known(ratio) => Some(ratio.print(decimals)),
        FigureValue::Missing(_) => None,
    }
}

/// Where the totals come from: a page's own, or a slice's.
pub trait Totals {
    /// The number of records, in every state.
    fn records(&self) -> TotalOf;
    /// The total of a measure, by its position in the register.
    fn measure(&self, position: usize) -> TotalOf;
}

/// Settles one indicator from the totals of a page (or of a slice of it) and, for growth, from those a year before.
///
/// Units: those of the indicator; per cent is 0–100. Missing: an empty denominator gives `Missing(NoBase)`, a page
/// without verified records `Missing(NoRecords)`; neither is ever 0.
pub fn settle(
    register: &Register,
    indicator: &Indicator,
    page: Page,
    slice: Option<(String, String)>,
    now: &dyn Totals,
    before: Option<&dyn Totals>,
) -> Figure {
    let digits: Vec<u8> = register.measures.iter().map(|measure| measure.digits).collect();
    let settled = compute(indicator.formula, &digits, now, before, false);
    let pending = now.records().state(RecordState::Submitted).value;
    let with_pending = if pending == 0 && !matches!(indicator.formula, Formula::Growth(_)) {
        settled.value
    } else {
        compute(indicator.formula, &digits, now, before, true).value
    };
    Figure {
        indicator: indicator.id.clone(),
        register: register.id.clone(),
        page,
        slice,
        value: settled.value,
        with_pending,
        numerator: settled.numerator,
        denominator: settled.denominator,
        unit: indicator.unit.clone(),
        decimals: indicator.decimals,
        verified: now.records().state(RecordState::Verified).value,
        pending,
        unknown: settled.unknown,
    }
}

/// A formula worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The value.
    pub value: FigureValue,
    /// The numerator, or the total itself.
    pub numerator: Option<Ratio>,
    /// The denominator, where there is one.
    pub denominator: Option<Ratio>,
    /// Records that could not be judged.
    pub unknown: i64,
}

/// The states that count if everything pending were verified.
const PENDING_TOO: &[RecordState] = &[RecordState::Verified, RecordState::Submitted];

/// Works out a formula. `digits` are those its measures are kept in, by position.
pub(crate) fn compute(
    formula: Formula,
    digits: &[u8],
    now: &dyn Totals,
    before: Option<&dyn Totals>,
    with_pending: bool,
) -> Settled {
    let amount = |totals: &dyn Totals, position: usize| {
        let counted = totals.measure(position).counted(with_pending);
        let steps = 10i128.pow(u32::from(digits[position]));
        (Ratio::new(i128::from(counted.value), steps), counted)
    };
    let empty = now.records().counted(with_pending).value == 0;
    let missing =
        |why, unknown| Settled { value: FigureValue::Missing(why), numerator: None, denominator: None, unknown };
    match formula {
        Formula::Total(position) => {
            let (total, counted) = amount(now, position);
            if empty {
                return missing(NoValue::NoRecords, counted.unknown);
            }
            if counted.value == 0 && counted.unknown > 0 {
                return missing(NoValue::Unknown, counted.unknown);
            }
            let value = total.map_or(FigureValue::Missing(NoValue::Overflow), FigureValue::Known);
            Settled { value, numerator: total, denominator: None, unknown: counted.unknown }
        }
        Formula::Highest { reach, above } => {
            let ((reach, counted), (above, _)) = (amount(now, reach), amount(now, above));
            if empty {
                return missing(NoValue::NoRecords, counted.unknown);
            }
            if counted.value == 0 && counted.unknown > 0 {
                return missing(NoValue::Unknown, counted.unknown);
            }
            let total = reach.zip(above).and_then(|(reach, above)| reach.minus(above));
            let value = total.map_or(FigureValue::Missing(NoValue::Overflow), FigureValue::Known);
            Settled { value, numerator: total, denominator: None, unknown: counted.unknown }
        }
        Formula::Share { part, whole } => {
            let (numerator, counted) = amount(now, part);
            let (denominator, _) = amount(now, whole);
            quotient(numerator, denominator, 100, counted.unknown)
        }
        Formula::Quotient { over, under } => {
            let (numerator, counted) = amount(now, over);
            let (denominator, _) = amount(now, under);
            quotient(numerator, denominator, 1, counted.unknown)
        }
        Formula::Common { sum, of, different } => {
            let ((total, counted), (records, _)) = (amount(now, sum), amount(now, of));
            // It is made of no sum: neither the values added up nor their number is a part of it.
            let common = Settled { numerator: None, denominator: None, ..quotient(total, records, 1, counted.unknown) };
            let states = if with_pending { PENDING_TOO } else { &PENDING_TOO[..1] };
            let mut in_states = states.iter().filter_map(|state| {
                let [sum, of, different] = [sum, of, different].map(|m| i128::from(now.measure(m).state(*state).value));
                (of > 0).then_some((sum, of, different))
            });
            let first = in_states.clone().next();
            // A value of both states is one: their different ones do not add up.
            let one = in_states.all(|(sum, of, different)| {
                different == 1 && first.is_some_and(|(first, records, _)| sum * records == first * of)
            });
            if one { common } else { Settled { value: FigureValue::Missing(NoValue::Differs), ..common } }
        }
        Formula::Growth(position) => {
            let (new, counted) = amount(now, position);
            if empty {
                return missing(NoValue::NoRecords, counted.unknown);
            }
            let Some(before) = before.filter(|b| b.records().counted(false).value > 0) else {
                return missing(NoValue::NothingBefore, counted.unknown);
            };
            // The year before counts as verified then: what is pending now does not change it.
            let old = before.measure(position).counted(false).value;
            let steps = 10i128.pow(u32::from(digits[position]));
            let old = Ratio::new(i128::from(old), steps);
            let change = new.zip(old).and_then(|(new, old)| new.minus(old));
            quotient(change, old, 100, counted.unknown)
        }
    }
}

fn quotient(numerator: Option<Ratio>, denominator: Option<Ratio>, scale: i128, unknown: i64) -> Settled {
    let value = match (numerator, denominator) {
        (Some(_), Some(base)) if base.num() == 0 => FigureValue::Missing(NoValue::NoBase),
        (Some(part), Some(base)) => part
            .times(Ratio::whole(scale))
            .and_then(|p| p.over(base))
            .map_or(FigureValue::Missing(NoValue::Overflow), FigureValue::Known),
        _ => FigureValue::Missing(NoValue::Overflow),
    };
    Settled { value, numerator, denominator, unknown }
}
