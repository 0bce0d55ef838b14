//! What is needed to settle an indicator when the register it was declared on has changed, or is gone.

use crate::figure::{FigureValue, Settled, Totals, compute};
use jc_base::{IndicatorId, MeasureId, Names, UnitId};
use jc_catalog::{Formula, Indicator, Register};

/// An indicator as it was declared on some day, by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Which indicator.
    pub id: IndicatorId,
    /// Its name.
    pub name: Names,
    /// The definition in words.
    pub about: Names,
    /// How it is computed. Positions point into `terms`.
    pub formula: Formula,
    /// The measures it takes: their id, and the digits their totals are kept in.
    pub terms: Vec<(MeasureId, u8)>,
    /// The unit of the printed value.
    pub unit: UnitId,
    /// Places printed.
    pub decimals: u8,
}

impl Definition {
    /// The definition in force.
    pub fn of(register: &Register, indicator: &Indicator) -> Self {
        let mut terms = Vec::new();
        let mut term = |position: usize| {
            let measure = &register.measures[position];
            terms.push((measure.id.clone(), measure.digits));
            terms.len() - 1
        };
        let formula = match indicator.formula {
            Formula::Total(total) => Formula::Total(term(total)),
            Formula::Share { part, whole } => Formula::Share { part: term(part), whole: term(whole) },
            Formula::Quotient { over, under } => Formula::Quotient { over: term(over), under: term(under) },
            Formula::Growth(total) => Formula::Growth(term(total)),
            Formula::Highest { reach, above } => Formula::Highest { reach: term(reach), above: term(above) },
            Formula::Common { sum, of, different } => {
                Formula::Common { sum: term(sum), of: term(of), different: term(different) }
            }
        };
        Self {
            id: indicator.id.clone(),
            name: indicator.name.clone(),
            about: indicator.about.clone(),
            formula,
            terms,
            unit: indicator.unit.clone(),
            decimals: indicator.decimals,
        }
    }

    /// Whether two definitions compute the same from the same totals.
    pub fn computes_like(&self, other: &Self) -> bool {
        (self.formula, &self.terms, &self.unit, self.decimals)
            == (other.formula, &other.terms, &other.unit, other.decimals)
    }

    /// Whether it looks at the page a year before.
    pub fn looks_back(&self) -> bool {
        matches!(self.formula, Formula::Growth(_))
    }

    /// Value, numerator and denominator from verified totals; their measures are positions of `terms`.
    pub fn settle(&self, now: &dyn Totals, before: Option<&dyn Totals>) -> Settled {
        let digits: Vec<u8> = self.terms.iter().map(|(_, digits)| *digits).collect();
        compute(self.formula, &digits, now, before, false)
    }

    /// The value as printed.
    pub fn print(&self, value: FigureValue) -> Option<String> {
        crate::figure::print(value, self.decimals)
    }
}
