//! Definitions side by side 口径对照: every value of one thing, and which definition gives a number read somewhere.

use crate::error::AppError;
use crate::figures::{Cache, IndicatorRef, indicators};
use crate::person::Viewer;
use jc_base::{Ratio, UnitId};
use jc_catalog::{Formula, Operation};
use jc_figures::{Figure, FigureValue, Page};
use jc_store::Reader;
use std::collections::BTreeSet;

/// The unit that shares are in.
const PERCENT: &str = "percent";

/// A figure by one definition.
#[derive(Debug, Clone)]
pub struct Defined {
    /// The definition.
    pub of: IndicatorRef,
    /// Whether its authority has it in force on the figure's page.
    pub in_force: bool,
    /// Whether it is the one that answer sheets show for this page.
    pub shown: bool,
    /// The figure by it.
    pub figure: Figure,
}

/// A number as someone wrote it: its places tell how exactly it must be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    steps: i128,
    decimals: u8,
}

impl Printed {
    /// Most places a printed number has.
    const PLACES: usize = 6;

    /// Reads `95.58`, `1,000` or `−3`, with or without a per cent sign. Nothing if it is no such number.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = jc_text::fold::plain(text).replace([',', ' ', '%'], "").replace('−', "-");
        let digits = plain.strip_prefix('-').unwrap_or(&plain);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 15 || part.len() > Self::PLACES || !all_digits(whole) || !all_digits(part)
        {
            return None;
        }
        let steps: i128 = format!("{whole}{part}").parse().ok()?;
        let decimals = u8::try_from(part.len()).ok()?;
        Some(Self { steps: if plain.starts_with('-') { -steps } else { steps }, decimals })
    }

    /// Whether a value, printed with as many places, is this number.
    pub fn is(self, value: Ratio) -> bool {
        value.rounded(self.decimals) == self.steps
    }
}

/// What was found for a number.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// The definitions that give it, with the page on which they do.
    pub gives: Vec<Defined>,
    /// For a share of one thing: each population the records know of it, and whether any part of it gives the number.
    pub populations: Vec<Population>,
}

/// A denominator that the records know.
#[derive(Debug, Clone)]
pub struct Population {
    /// An indicator whose denominator it is.
    pub of: IndicatorRef,
    /// The page.
    pub page: Page,
    /// How many it is.
    pub whole: i64,
    /// The numbers of it, from and to, whose share is the number asked for.
    pub parts: Option<(i64, i64)>,
    /// If none is: the shares of the two that come nearest, below and above, as printed.
    pub nearest: Vec<(i64, String)>,
}

impl Viewer<'_> {
    /// The definition by which an indicator answers for a page.
    pub(crate) fn in_force(&self, of: IndicatorRef, page: Page) -> IndicatorRef {
        let day = match page {
            Page::Of(period) => period.last_day(),
            Page::All => self.app.moment().today,
        };
        IndicatorRef { indicator: self.catalog.registers[of.register].in_force(of.indicator, day), ..of }
    }

    /// All definitions of what an indicator tells, each with its own value on a page; one line if there is no other.
    pub fn definitions(&self, of: IndicatorRef, page: Page) -> Result<Vec<Defined>, AppError> {
        self.needs(Operation::ReadFigures)?;
        let all = self.side_by_side(of);
        let year = match page {
            Page::Of(period) => period.last_day().year(),
            Page::All => self.app.moment().today.year(),
        };
        self.read(|reader| {
            let mut cache = Cache::default();
            let on = |other: &IndicatorRef| match other.register == of.register {
                true => page,
                false => Page::reported_in(&self.catalog.registers[other.register], year),
            };
            all.iter().map(|other| self.defined(reader, &mut cache, *other, on(other))).collect()
        })
    }

    /// All definitions of what an indicator tells: those of the register of the one that stands for all, that one first,
    /// then those that other registers declare beside it.
    pub(crate) fn side_by_side(&self, of: IndicatorRef) -> Vec<IndicatorRef> {
        let register = &self.catalog.registers[of.register];
        let elsewhere = |of: &IndicatorRef| {
            let indicator = &self.catalog.registers[of.register].indicators[of.indicator];
            indicator.definition.as_ref().and_then(|definition| definition.elsewhere.clone())
        };
        let head = elsewhere(&of).and_then(|id| self.catalog.find_indicator(id.as_str()));
        let (register, indicator) = head.unwrap_or((of.register, register.defined(of.indicator)));
        let own = &self.catalog.registers[register];
        let here = own.definitions(indicator).into_iter().map(|indicator| IndicatorRef { register, indicator });
        let id = &own.indicators[indicator].id;
        let beside = indicators(&self.catalog).filter(|other| elsewhere(other).as_ref() == Some(id));
        here.chain(beside).collect()
    }

    fn defined(
        &self,
        reader: &mut Reader,
        cache: &mut Cache,
        of: IndicatorRef,
        page: Page,
    ) -> Result<Defined, AppError> {
        let register = &self.catalog.registers[of.register];
        let day = match page {
            Page::Of(period) => period.last_day(),
            Page::All => self.app.moment().today,
        };
        let definition = register.indicators[of.indicator].definition.as_ref();
        let first = IndicatorRef { indicator: register.defined(of.indicator), ..of };
        let beside = definition.is_some_and(|definition| definition.elsewhere.is_some());
        Ok(Defined {
            of,
            in_force: definition.is_none_or(|definition| definition.in_force_on(day)),
            shown: !beside && self.in_force(first, page) == of,
            figure: self.settle_as(reader, cache, of, page)?,
        })
    }

    /// Which declared definition gives a number: of one indicator or of all in its unit, in one year or in all that
    /// have records. Only populations that the records know are looked at.
    pub fn which(
        &self,
        number: Printed,
        unit: Option<&UnitId>,
        of: Option<IndicatorRef>,
        year: Option<i32>,
    ) -> Result<Which, AppError> {
        self.needs(Operation::ReadFigures)?;
        let years = match year {
            Some(year) => vec![year],
            None => self.years()?,
        };
        let asked: Vec<IndicatorRef> = match of {
            Some(of) => self.side_by_side(of),
            None => indicators(&self.catalog).collect(),
        };
        let in_unit = |of: &&IndicatorRef| {
            unit.is_none_or(|unit| self.catalog.registers[of.register].indicators[of.indicator].unit == *unit)
        };
        self.read(|reader| {
            let mut cache = Cache::default();
            let mut which = Which::default();
            let mut seen = BTreeSet::new();
            for of in asked.iter().filter(in_unit) {
                for page in self.pages_of(*of, &years) {
                    let defined = self.defined(reader, &mut cache, *of, page)?;
                    if matches!(defined.figure.value, FigureValue::Known(value) if number.is(value)) {
                        which.gives.push(defined);
                    }
                }
            }
            if let Some(of) = of {
                for (population, page) in self.shares_of(of, &years) {
                    let figure = self.settle_as(reader, &mut cache, population, page)?;
                    let whole = figure.denominator.filter(|whole| whole.den() == 1 && whole.num() > 0);
                    let Some(whole) = whole.and_then(|whole| i64::try_from(whole.num()).ok()) else { continue };
                    if seen.insert((page, whole)) {
                        which.populations.push(fit(number, population, page, whole));
                    }
                }
            }
            Ok(which)
        })
    }

    /// The pages of some years; the one page of a register without periods.
    fn pages_of(&self, of: IndicatorRef, years: &[i32]) -> BTreeSet<Page> {
        years.iter().map(|year| Page::reported_in(&self.catalog.registers[of.register], *year)).collect()
    }

    /// The shares of the register of an indicator that is a share itself, with their pages.
    fn shares_of(&self, of: IndicatorRef, years: &[i32]) -> Vec<(IndicatorRef, Page)> {
        let register = &self.catalog.registers[of.register];
        let own = register.definitions(of.indicator);
        let is_share = |ix: &usize| {
            let indicator = &register.indicators[*ix];
            matches!(indicator.formula, Formula::Share { .. }) && indicator.unit.as_str() == PERCENT
        };
        if !is_share(&of.indicator) {
            return Vec::new();
        }
        // Its own definitions first, so that a population is called by them.
        let others = (0..register.indicators.len()).filter(|ix| !own.contains(ix));
        let shares = own.iter().copied().chain(others).filter(is_share);
        let pages = self.pages_of(of, years);
        shares.flat_map(|indicator| pages.iter().map(move |page| (IndicatorRef { indicator, ..of }, *page))).collect()
    }
}

/// Which parts of a population give a share.
fn fit(number: Printed, of: IndicatorRef, page: Page, whole: i64) -> Population {
    let share = |part: i64| Ratio::new(i128::from(part) * 100, i128::from(whole));
    let rounded = |part: i64| share(part).map_or(0, |share| share.rounded(number.decimals));
    // A larger part is never a smaller share: both bounds are found by halving.
    let first_with = |fits: &dyn Fn(i128) -> bool| {
        let (mut low, mut high) = (0, whole + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if fits(rounded(middle)) { high = middle } else { low = middle + 1 }
        }
        low
    };
    let from = first_with(&|share| share >= number.steps);
    let behind = first_with(&|share| share > number.steps);
    let parts = (from < behind).then(|| (from, behind - 1));
    let beside = [from - 1, from].into_iter().filter(|part| (0..=whole).contains(part));
    let printed = |part: i64| share(part).map(|share| (part, share.print(number.decimals)));
    let nearest = if parts.is_some() { Vec::new() } else { beside.filter_map(printed).collect() };
    Population { of, page, whole, parts, nearest }
}

#[cfg(test)]
mod tests {
    use super::{Printed, fit};
    use crate::figures::IndicatorRef;
    use jc_base::Ratio;
    use jc_figures::Page;
    use proptest::prelude::*;

    fn population(number: &str, whole: i64) -> super::Population {
        let of = IndicatorRef { register: 0, indicator: 0 };
        fit(Printed::parse(number).expect("a number"), of, Page::All, whole)
    }

    #[test]
    fn the_article_s_rate_fits_one_population_only() {
        assert_eq!(population("95.58", 407).parts, Some((389, 389)));
        for (whole, below, above) in [(261, (249, "95.40"), (250, "95.79")), (404, (386, "95.54"), (387, "95.79"))] {
            let found = population("95.58%", whole);
            assert_eq!(found.parts, None);
            let expect = [below, above].map(|(part, share)| (part, share.to_owned()));
            assert_eq!(found.nearest, expect);
        }
        assert_eq!(population("100", 3).parts, Some((3, 3)));
        assert_eq!(population("0", 3).parts, Some((0, 0)));
        assert_eq!(population("120", 3).parts, None);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let is = |text: &str, num: i128, den: i128| {
            Printed::parse(text).expect("a number").is(Ratio::new(num, den).expect("a base"))
        };
        assert!(is("９５．５８％", 38_900, 407));
        assert!(is("1,000", 1000, 1));
        assert!(is("−3.6", -357, 100));
        assert!(!is("95.580", 38_900, 407));
        for text in ["", "%", "九成", "1.2.3", "95.5812345", "1e3", "9999999999999999"] {
            assert_eq!(Printed::parse(text), None, "{text}");
        }
    }

    proptest! {
        /// Against trying every part.
        #[test]
        fn every_fitting_part_is_found(whole in 1i64..600, steps in 0i64..=10_000) {
            let number = format!("{}.{:02}", steps / 100, steps % 100);
            let printed = |part: i64| {
                // Half away from zero, in whole numbers only.
                (part * 20_000 + whole) / (2 * whole)
            };
            let parts: Vec<i64> = (0..=whole).filter(|part| printed(*part) == steps).collect();
            let expect = parts.first().copied().zip(parts.last().copied());
            prop_assert_eq!(population(&number, whole).parts, expect);
        }
    }
}
