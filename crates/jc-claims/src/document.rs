//! What is found in a text: claims with what they say, and where they stand.

use std::sync::{Arc, OnceLock};

use crate::context::says_last_year;
use crate::exact::Exact;
use crate::relate::{Class, MOST_TOGETHER};
use crate::tables::Cell;
use crate::units::{kind_of, scaled};

/// A place in the given text, in characters (Unicode scalar values) from 0, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// One after the last character.
    pub end: usize,
}

/// How a number was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// As printed, rounding included.
    Exact,
    /// `N余`, `N多`: above N, below the next step of its last digit that is not nought.
    Over,
    /// `近N`: from nine tenths of N up to N.
    Nearly,
    /// `约N`, `N左右`: half a step around N.
    About,
    /// `N以上`, `超N`, `不低于N`.
    AtLeast,
    /// `不足N`, `N以下`.
    AtMost,
    /// `3至5`, `几十`, `二、三等奖`.
    Range,
    /// `1:15`.
    Ratio,
}

/// What kind of statement a number makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Things or people counted.
    Count,
    /// Attendances (人次).
    PersonTimes,
    /// A share in per cent.
    Rate,
    /// A growth or decline in per cent.
    ChangeRate,
    /// A growth or decline in absolute terms: 增加14枚.
    Change,
    /// Percentage points.
    Points,
    /// So many times as much.
    Multiple,
    /// A ratio such as 1:15.
    Ratio,
    /// Money.
    Money,
    /// Hours.
    Hours,
    /// Days, weeks, months, years.
    Duration,
    /// Areas, lengths, means and other measures.
    Quantity,
    /// 第二批, 首期, 首家.
    Ordinal,
    /// 第三名.
    Rank,
    /// A date or a stretch of time.
    Date,
    /// 一等奖.
    Grade,
    /// A condition, not a finding: 600分以上的.
    Threshold,
}

impl Kind {
    /// The word of the exchange format `claims-out/1`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Count => "count",
            Kind::PersonTimes => "person_times",
            Kind::Rate => "rate",
            Kind::ChangeRate => "change_rate",
            Kind::Change => "change",
            Kind::Points => "points",
            Kind::Multiple => "multiple",
            Kind::Ratio => "ratio",
            Kind::Money => "money",
            Kind::Hours => "hours",
            Kind::Duration => "duration",
            Kind::Quantity => "quantity",
            Kind::Ordinal => "ordinal",
            Kind::Rank => "rank",
            Kind::Date => "date",
            Kind::Grade => "grade",
            Kind::Threshold => "threshold",
        }
    }

    /// True for kinds that count things, so that they can be parts of a sum.
    pub fn counts(self) -> bool {
        matches!(self, Kind::Count | Kind::PersonTimes | Kind::Money | Kind::Hours)
    }
}

/// Whether a number tells how much there is at a time, or how much came about over a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 现有, 在校, 截至: what there is.
    Stock,
    /// 新增, 开展, 获: what came, went or was done.
    Flow,
}

impl Measure {
    /// The word of the output.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Stock => "stock",
            Measure::Flow => "flow",
        }
    }
}

/// With which signs a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numeral {
    /// 79
    Arabic,
    /// 第二批
    Chinese,
    /// 500万
    Mixed,
    /// No numeral: names carry the count (`程超、钱梦婷荣膺…`).
    None,
}

/// On which level something happened or was awarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Within the school.
    School,
    /// With or for an enterprise.
    Enterprise,
    /// County, district, county-level city.
    County,
    /// Prefecture-level city.
    City,
    /// Province.
    Province,
    /// The nation.
    Nation,
    /// Across borders.
    International,
}

impl Level {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            Level::School => "校",
            Level::Enterprise => "企业",
            Level::County => "县",
            Level::City => "市",
            Level::Province => "省",
            Level::Nation => "国家",
            Level::International => "国际",
        }
    }
}

/// For what time a claim speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// As one would print it: `2024届`, `2023—2024学年`.
    pub text: String,
    /// The calendar years named, in order.
    pub years: Vec<i32>,
    /// True if it stands beside the claim, false if it is the text's period in general.
    pub said: bool,
}

/// One number and what it says.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Unique within the document.
    pub id: String,
    /// The figure with its unit and the words that bound it.
    pub span: Span,
    /// The text at the span, as given (line breaks and all).
    pub text: String,
    /// The number itself, scales multiplied out; nothing for a range.
    pub value: Option<Exact>,
    /// The least value it stands for; nothing if open.
    pub min: Option<Exact>,
    /// The largest value it stands for; nothing if open.
    pub max: Option<Exact>,
    /// How it was bounded.
    pub bound: Bound,
    /// The worth of one step of the last printed digit.
    pub step: Exact,
    /// The decimals printed.
    pub decimals: u8,
    /// The unit: 人, 人次, %, 元, 枚.
    pub unit: String,
    /// What kind of statement it makes.
    pub kind: Kind,
    /// How it was written.
    pub numeral: Numeral,
    /// True for a decline (下降 2%): the number itself stays positive.
    pub falls: bool,
    /// `各N`: for how many holders, if the text lists them.
    pub each: Option<u32>,
    /// What is counted, in the text's own words.
    pub subject: String,
    /// The one person whose results are counted, where the clause names them: 李明老师获3个一等奖.
    pub whose: Option<String>,
    /// Stock or flow, where the words say so: nothing for shares, marks and what is told without a verb.
    pub measure: Option<Measure>,
    /// For what time.
    pub period: Option<Period>,
    /// On which level, if said.
    pub level: Option<Level>,
    /// The area of work, from the heading above.
    pub area: Option<String>,
    /// All terms of a ratio.
    pub terms: Vec<Exact>,
    /// Where it stands in the text, for the arithmetic between claims.
    pub(crate) site: Site,
}

impl Claim {
    /// Whether the words that lead to it place it in the year before that of its text: 上年志愿服务872人次.
    pub fn is_of_last_year(&self) -> bool {
        says_last_year(&self.site).is_some()
    }

    /// Takes the number in another unit than it was read in, as a person says it is meant: `万元` behind a bare 35 makes it
    /// 350,000, behind 35万 it stays as printed.
    pub fn mean_in(&mut self, unit: &str) {
        if unit == self.unit {
            return;
        }
        let (scale, unit) = scaled(unit);
        if let Some((_, worth)) = scale.filter(|(sign, _)| !self.text.contains(*sign)) {
            let times = |value: Option<Exact>| value.and_then(|value| value.times(Exact::whole(worth)));
            (self.value, self.min, self.max) = (times(self.value), times(self.min), times(self.max));
            self.step = times(Some(self.step)).unwrap_or(self.step);
        }
        let kind = kind_of(unit).unwrap_or(Kind::Count);
        // A growth stays one: by so many medals, per cent, points.
        self.kind = match (self.kind, kind) {
            (Kind::ChangeRate | Kind::Change | Kind::Points | Kind::Multiple, kind) => match kind {
                Kind::Rate => Kind::ChangeRate,
                Kind::Points | Kind::Multiple => kind,
                _ => Kind::Change,
            },
            (_, kind) => kind,
        };
        unit.clone_into(&mut self.unit);
        // What it counts was told of the unit it was read in.
        self.site.class = OnceLock::new();
    }
}

/// Where a claim stands in the layout.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    /// Start and end in the layout.
    pub start: usize,
    pub end: usize,
    pub paragraph: usize,
    pub sentence: usize,
    pub sentence_start: usize,
    pub chain: usize,
    pub clause: usize,
    /// The words before it in its clause, up to the number before.
    pub before: String,
    /// The words behind it in its clause, up to the number behind.
    pub after: String,
    /// Its whole clause and its whole sentence.
    pub clause_text: Arc<str>,
    pub sentence_text: Arc<str>,
    pub paragraph_text: Arc<str>,
    /// What it is a result of: 优, 金, 一等奖.
    pub grade: String,
    /// Names or things listed for it.
    pub items: Vec<String>,
    /// The list closes with 等, so that it need not be complete.
    pub partial: bool,
    /// The sentence was too long to be read as one.
    pub cut: bool,
    /// The cell of a table it stands in.
    pub cell: Option<Cell>,
    /// Where it stands in its sentence's text, in bytes.
    pub in_sentence: (usize, usize),
    /// It stands alone in brackets behind another, and the text says that brackets tell of the year before.
    pub of_last_year: bool,
    /// What is said on both sides of it, and of what it says it.
    pub words: String,
    /// It tells of an earlier time, once somebody has asked: all that look for relations do.
    pub old: OnceLock<bool>,
    /// What it counts, in the same way.
    pub class: OnceLock<Class>,
}

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct Document {
    /// All claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// The period of the text as a whole, if it names one.
    pub period: Option<Period>,
    /// Its sentences that hold no number.
    pub(crate) unnumbered: Vec<Sentence>,
}

/// A sentence, and where it stands in the layout.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub start: usize,
    pub paragraph: usize,
    pub chain: usize,
    pub text: Arc<str>,
}

impl Document {
    /// The claim with this id.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        let number: Option<usize> = id.strip_prefix('c').and_then(|n| n.parse().ok());
        let at = number.and_then(|n| n.checked_sub(1)).and_then(|at| self.claims.get(at));
        at.filter(|claim| claim.id == id).or_else(|| self.claims.iter().find(|claim| claim.id == id))
    }

    /// The claim behind one.
    pub(crate) fn next(&self, claim: &Claim) -> Option<&Claim> {
        self.claims.get(self.claims.partition_point(|other| other.span.start <= claim.span.start))
    }

    /// The claims around one, itself among them: as many on each side as are held against each other at most.
    pub(crate) fn around(&self, claim: &Claim) -> &[Claim] {
        let at = self.claims.partition_point(|other| other.span.start < claim.span.start);
        &self.claims[at.saturating_sub(MOST_TOGETHER)..(at + MOST_TOGETHER).min(self.claims.len())]
    }
}
