//! Relations: what is asked of some claims, what the arithmetic shows, and which part each of them plays.

use std::collections::{HashMap, HashSet};

use crate::document::{Claim, Document};
use crate::exact::Exact;
use crate::relate::second_look::mends::Mend;

/// What is asked of some claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// Do numerator and denominator give the printed rate?
    Rate,
    /// Which whole denominators give the rate?
    RateDenominator,
    /// Which whole numerators give the rate?
    RateNumerator,
    /// Which smallest denominators can give a lone rate?
    RateAlone,
    /// Old and new given: does the growth hold?
    Growth,
    /// New value and difference given.
    GrowthDiff,
    /// Only the new value given: which whole base allows the growth?
    GrowthBase,
    /// Do the parts make the total?
    Sum,
    /// Do the parts stay within the whole?
    Subset,
    /// Is the stated difference that of the two values?
    Difference,
    /// Is the stated mean that of total and number?
    Quotient,
    /// Total and mean given: which whole number of holders gives the mean?
    QuotientDenominator,
    /// Do shares of one whole make 100 %?
    PercentSum,
    /// The same fact said twice.
    Equal,
    /// As many items listed as counted?
    Enumeration,
    /// Two statements that cannot both hold.
    Exclusive,
}

impl RelationKind {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            RelationKind::Rate => "rate",
            RelationKind::RateDenominator => "rate_denominator",
            RelationKind::RateNumerator => "rate_numerator",
            RelationKind::RateAlone => "rate_alone",
            RelationKind::Growth => "growth",
            RelationKind::GrowthDiff => "growth_diff",
            RelationKind::GrowthBase => "growth_base",
            RelationKind::Sum => "sum",
            RelationKind::Subset => "subset",
            RelationKind::Difference => "difference",
            RelationKind::Quotient => "quotient",
            RelationKind::QuotientDenominator => "quotient_denominator",
            RelationKind::PercentSum => "percent_sum",
            RelationKind::Equal => "equal",
            RelationKind::Enumeration => "enumeration",
            RelationKind::Exclusive => "exclusive",
        }
    }
}

/// What the arithmetic shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It holds.
    Consistent,
    /// It cannot hold.
    Inconsistent,
    /// Something is not given, and whole numbers exist that would make it hold.
    Feasible,
}

impl Finding {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Consistent => "consistent",
            Finding::Inconsistent => "inconsistent",
            Finding::Feasible => "feasible",
        }
    }
}

/// Which part a claim plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Added up above the line.
    Numerator,
    /// Below the line.
    Denominator,
    /// Taken off the denominator.
    Minus,
    /// The printed share or growth.
    Rate,
    /// The later value.
    New,
    /// The earlier value.
    Old,
    /// The stated difference.
    Difference,
    /// A part.
    Part,
    /// What the parts belong to.
    Whole,
    /// The printed mean.
    Quotient,
    /// The number of listed things.
    Count,
    /// One of several that say the same, or exclude each other.
    Claims,
}

impl Role {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            Role::Numerator => "numerator",
            Role::Denominator => "denominator",
            Role::Minus => "minus",
            Role::Rate => "rate",
            Role::New => "new",
            Role::Old => "old",
            Role::Difference => "difference",
            Role::Part => "parts",
            Role::Whole => "whole",
            Role::Quotient => "quotient",
            Role::Count => "count",
            Role::Claims => "claims",
        }
    }
}

/// A usual slip that explains a wrong figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// The difference was divided by the new value instead of the old one.
    DividedByNewValue,
    /// The new value was given as a multiple of the old one, not the growth.
    RatioForGrowth,
    /// The share is right with numerator and denominator of another reading.
    OtherBase,
    /// The last digit was cut off, not rounded.
    CutNotRounded,
    /// Percentage points were given as per cent: 80 % to 84 % is 4 points, or 5 per cent.
    PointsForPercent,
    /// Two digits changed places: 89.2 for 98.2.
    SwappedDigits,
}

impl Slip {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            Slip::DividedByNewValue => "difference_divided_by_new_value",
            Slip::RatioForGrowth => "ratio_given_as_growth",
            Slip::OtherBase => "other_base",
            Slip::CutNotRounded => "cut_not_rounded",
            Slip::PointsForPercent => "points_given_as_percent",
            Slip::SwappedDigits => "swapped_digits",
        }
    }
}

/// A true value near an impossible one: with this whole number the rate would be that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The whole number tried (a base, a numerator, a denominator).
    pub number: i128,
    /// What it gives, exactly, in per cent.
    pub gives: Exact,
}

/// The working, in parts a message can render: `code` names the message, `with` what it needs, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// Which message: stable, in kebab-case.
    pub code: &'static str,
    /// Named values, already printed.
    pub with: Vec<(&'static str, String)>,
    /// The working in Chinese, for where no message file is at hand.
    pub zh: String,
}

/// One piece of arithmetic between claims.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Unique within the document.
    pub id: String,
    /// What is asked.
    pub kind: RelationKind,
    /// What it shows.
    pub finding: Finding,
    /// All claims that take part, each with its role; the one under test last.
    pub members: Vec<(Role, String)>,
    /// What the other numbers give.
    pub computed: Option<Exact>,
    /// What is printed.
    pub stated: Option<Exact>,
    /// All whole numbers that satisfy it, where some are asked for; empty if there is none.
    pub solutions: Option<Vec<i128>>,
    /// True values nearest to an impossible one.
    pub nearest: Vec<Near>,
    /// How a contradiction would be mended by one number, the likeliest first.
    pub mends: Vec<Mend>,
    /// The slip that explains it.
    pub explained_by: Option<Slip>,
    /// False for another reading of the same words: shown, never an alarm.
    pub primary: bool,
    /// The numbers are likely meant together, which is not proved: to be looked at by a person, never an alarm.
    pub look: bool,
    /// How it was worked out.
    pub working: Working,
}

impl Relation {
    /// The claim under test, if any takes part.
    pub(super) fn under_test(&self) -> Option<&str> {
        self.members.last().map(|(_, id)| id.as_str())
    }
}

/// A relation to be filled in; `working` says why.
pub(super) fn relation(
    kind: RelationKind,
    finding: Finding,
    members: Vec<(Role, &Claim)>,
    working: Working,
) -> Relation {
    Relation {
        id: String::new(),
        kind,
        finding,
        members: members.into_iter().map(|(role, claim)| (role, claim.id.clone())).collect(),
        computed: None,
        stated: None,
        solutions: None,
        nearest: Vec::new(),
        mends: Vec::new(),
        explained_by: None,
        primary: true,
        look: false,
        working,
    }
}

/// The rates that one count over another gives: by the rate, part and whole.
#[derive(Default)]
pub(super) struct Holding(pub(super) HashMap<String, (String, String)>);

impl Holding {
    pub(super) fn of(all: &[Relation]) -> Holding {
        let mut held = Holding::default();
        all.iter().for_each(|it| held.note(it));
        held
    }

    pub(super) fn note(&mut self, it: &Relation) {
        let holds = it.kind == RelationKind::Rate && it.primary && it.finding == Finding::Consistent;
        if let [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..]
            && holds
        {
            self.0.entry(rate.clone()).or_insert_with(|| (part.clone(), whole.clone()));
        }
    }

    /// Part and whole of a rate.
    pub(super) fn part_and_whole<'a>(&self, doc: &'a Document, rate: &Claim) -> Option<(&'a Claim, &'a Claim)> {
        let (part, whole) = self.0.get(&rate.id)?;
        Some((doc.claim(part)?, doc.claim(whole)?))
    }
}

/// The shares that something is known of, beside what single numbers could give them.
pub(super) fn tested(all: &[Relation]) -> HashSet<String> {
    let told = all.iter().filter(|it| it.primary && it.kind != RelationKind::RateAlone);
    told.filter_map(|it| it.under_test().map(str::to_string)).collect()
}
