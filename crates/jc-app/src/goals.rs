//! Goals 目标 of a year: what an indicator should come to, beside what it comes to. They are records of the register
//! `goal`, so that they are kept, verified and corrected as everything else.

use crate::error::AppError;
use crate::figures::{IndicatorRef, indicators};
use crate::person::Viewer;
use jc_base::{Ratio, RecordState, Value};
use jc_catalog::{Catalog, Operation};
use jc_figures::{Figure, FigureValue, Page};
use jc_store::Reach;

/// What an indicator should come to in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Which indicator.
    pub of: IndicatorRef,
    /// The goal, in the indicator's unit.
    pub target: Ratio,
    /// Whether the figure should not exceed it; otherwise it should reach it.
    pub at_most: bool,
    /// Who answers for it; may be empty.
    pub owner: String,
}

impl Goal {
    /// Whether a figure fulfils the goal; nothing if it is missing.
    pub fn met(&self, figure: &Figure) -> Option<bool> {
        match figure.value {
            FigureValue::Known(value) if self.at_most => Some(value <= self.target),
            FigureValue::Known(value) => Some(value >= self.target),
            FigureValue::Missing(_) => None,
        }
    }
}

/// The indicator that was typed: by id, or by its name in any language.
fn named(catalog: &Catalog, typed: &str) -> Option<IndicatorRef> {
    let typed = typed.trim();
    indicators(catalog).find(|of| {
        let indicator = &catalog.registers[of.register].indicators[of.indicator];
        let names = [&indicator.name.zh, &indicator.name.en, &indicator.name.de];
        indicator.id.as_str() == typed || names.into_iter().any(|name| name == typed)
    })
}

impl Viewer<'_> {
    /// The verified goals of a year. A goal of an indicator that the catalog does not know is left out.
    pub fn goals(&self, year: i32) -> Result<Vec<Goal>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let Some(register) = self.catalog.find_register("goal") else { return Ok(Vec::new()) };
        let declared = &self.catalog.registers[register];
        let field = |id: &str| declared.find_field(id);
        let (Some(indicator), Some(target)) = (field("indicator"), field("target")) else { return Ok(Vec::new()) };
        let steps = match declared.fields[target].kind {
            jc_catalog::kinds::Kind::Decimal(digits) => 10i128.pow(u32::from(digits)),
            _ => 1,
        };
        let (at_most, owner) = (field("ceiling"), field("owner"));
        let page = Page::reported_in(declared, year);
        let mut goals = Vec::new();
        // Goals are no more secret than the figures they stand beside.
        self.read_within(&Reach::School, |reader| {
            reader.each_on_page(register, page, &mut |record| {
                let text = |at: usize| match &record.values[at] {
                    Value::Text(text) => text.clone(),
                    _ => String::new(),
                };
                let (Some(of), Value::Int(number)) = (named(&self.catalog, &text(indicator)), &record.values[target])
                else {
                    return;
                };
                if let (RecordState::Verified, Some(target)) = (record.state, Ratio::new(i128::from(*number), steps)) {
                    let at_most = at_most.is_some_and(|at| record.values[at] == Value::Int(1));
                    goals.push(Goal { of, target, at_most, owner: owner.map(text).unwrap_or_default() });
                }
            })?;
            Ok(())
        })?;
        Ok(goals)
    }
}
