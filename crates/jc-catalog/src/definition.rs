//! Definitions 口径 side by side: one thing that several authorities, or one authority in several years, define
//! differently. Each definition is an indicator with a formula, source and cases of its own; what ties them together is
//! said here.

use crate::model::Register;
use jc_base::{Date, IndicatorId, Names};

/// That an indicator is one of several definitions of the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The indicator it is another definition of, by its position in the register; nothing for the one that the others
    /// name.
    pub of: Option<usize>,
    /// The same of another register: it stands for itself in its own, and beside that one where definitions are
    /// compared. Graduates asked again at the year's end are in a register of their own.
    pub elsewhere: Option<IndicatorId>,
    /// Who defines it so.
    pub authority: Names,
    /// The first day it is in force; always was, if missing.
    pub from: Option<Date>,
    /// The last day it is in force; still is, if missing.
    pub until: Option<Date>,
}

impl Definition {
    /// Whether it is in force on a day.
    pub fn in_force_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether there is a day on which both are in force.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.until.zip(b.from).is_some_and(|(until, from)| until < from);
        !before(self, other) && !before(other, self)
    }
}

impl Register {
    /// The indicator that stands for all definitions of the one at a position.
    pub fn defined(&self, indicator: usize) -> usize {
        let definition = self.indicators.get(indicator).and_then(|own| own.definition.as_ref());
        definition.and_then(|definition| definition.of).unwrap_or(indicator)
    }

    /// Whether an indicator is one definition beside the one that stands for all.
    pub fn is_beside(&self, indicator: usize) -> bool {
        self.defined(indicator) != indicator
    }

    /// All definitions of what an indicator tells, the one that stands for all first; that one alone if there is no
    /// other.
    pub fn definitions(&self, indicator: usize) -> Vec<usize> {
        let first = self.defined(indicator);
        let others = (0..self.indicators.len()).filter(|ix| *ix != first && self.defined(*ix) == first);
        std::iter::once(first).chain(others).collect()
    }

    /// The definition by which an indicator answers for a day. One asked for by its own name answers as it is; the one
    /// that stands for all gives way to what its authority had in force then, and answers itself if that is nothing.
    pub fn in_force(&self, indicator: usize, day: Date) -> usize {
        let own = self.indicators.get(indicator).and_then(|own| own.definition.as_ref());
        let Some(own) = own.filter(|own| own.of.is_none() && !own.in_force_on(day)) else { return indicator };
        let theirs = |ix: &usize| {
            let other = self.indicators[*ix].definition.as_ref();
            other.is_some_and(|other| other.authority == own.authority && other.in_force_on(day))
        };
        self.definitions(indicator).into_iter().find(theirs).unwrap_or(indicator)
    }
}
