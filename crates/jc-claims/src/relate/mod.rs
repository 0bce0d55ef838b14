//! The arithmetic inside a text: what its numbers say about each other, without any record.

mod changes;
mod digits;
mod in_order;
mod means;
mod rates;
mod remainders;
mod said_again;
mod second_look;
mod sums;
mod wording;

pub(crate) use wording::cues::compared_with;

pub use second_look::learnt;
pub use second_look::mends::Mend;

use std::collections::{HashMap, HashSet};

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;

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

/// So many numbers are held against each other at most: those around a number in its sentence, or one part of a
/// sentence that has more. A text of thousands of numbers in one breath is no report; see [`left_out`].
pub(crate) const MOST_TOGETHER: usize = 80;

/// How many numbers stand in sentences too long to be tested as a whole: they were tested only with those near them.
pub fn left_out(doc: &Document) -> usize {
    let sentences = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    let long = sentences.filter(|row| row.len() > MOST_TOGETHER || row[0].site.cut);
    long.map(<[Claim]>::len).sum()
}

/// Tests all arithmetic the text contains.
///
/// Shape: relations in the order of the claims under test. Nothing is known here but the text: a relation holds or
/// fails within it. Weak evidence (no 其中, no 合计) never gives an inconsistency that counts as an alarm.
pub fn relate(doc: &Document) -> Vec<Relation> {
    relate_with(doc, &learnt::WEIGHTS)
}

/// The same with other weights than those the program comes with: to learn them.
pub fn relate_with(doc: &Document, weights: &learnt::Weights) -> Vec<Relation> {
    let mut all = Vec::new();
    // What words say outright, sentence by sentence.
    rates::rates(doc, &mut all);
    changes::told_beside(doc, &mut all);
    means::weighted::weighted(doc, &mut all);
    remainders::flows::flows(doc, &mut all);
    rates::rows::one_by_one(doc, &mut all);
    sums::parts::parts(doc, &mut all);
    means::of_each(doc, &mut all);
    in_order::columns::columns(doc, &mut all);
    said_again::twice::twice(doc, &mut all);
    in_order::listing::listing(doc, &mut all);
    in_order::spans::spans(doc, &mut all);
    // What the numbers around agree with.
    second_look::elsewhere::elsewhere(doc, &mut all);
    in_order::lists::lists(doc, &mut all);
    rates::by_surroundings(doc, &mut all);
    second_look::weigh::weigh(doc, &mut all);
    // What was told before, under its name.
    rates::bases::bases(doc, &mut all);
    changes::targets::of_named_targets(doc, &mut all);
    rates::outcomes::outcomes(doc, &mut all);
    remainders::remain::remain(doc, &mut all);
    in_order::grades::grades(doc, &mut all);
    remainders::left_over(doc, &mut all);
    changes::told_before(doc, &mut all);
    in_order::extremes::extremes(doc, &mut all);
    means::evenly::evenly(doc, &mut all);
    remainders::accounts::accounts(doc, &mut all);
    // What stands at any distance.
    sums::afar(doc, &mut all);
    means::each_of::each_of(doc, &mut all);
    rates::told_of::told_of(doc, &mut all);
    said_again::counts(doc, &mut all);
    changes::since::since(doc, &mut all);
    said_again::places(doc, &mut all);
    in_order::named::named(doc, &mut all);
    rates::reached::reached(doc, &mut all);
    remainders::remain::as_remainders(doc, &mut all);
    in_order::columns::second_column(doc, &mut all);
    in_order::columns::of_years(doc, &mut all);
    second_look::learnt::learnt(doc, weights, &mut all);
    let held = Holding::of(&all);
    let shares_of: HashSet<(String, String)> = held.0.into_values().collect();
    // What is of two may well differ, and what each has is no share of them.
    all.retain(|it| {
        let said_otherwise = it.kind == RelationKind::Equal && it.finding == Finding::Inconsistent;
        let excluded = it.kind == RelationKind::Exclusive && it.finding == Finding::Inconsistent;
        match &it.members[..] {
            [(_, a), (_, b)] if said_otherwise => !doc.claim(a).zip(doc.claim(b)).is_some_and(|(a, b)| {
                said_again::definite::told_apart(a, b)
                    || said_again::definite::of_parallel_sentences(doc, a, b)
                    || said_again::definite::of_two_years(doc, a, b)
                    || said_again::definite::of_two_topics(a, b)
            }),
            [(_, a), (_, b)] if excluded => !doc.claim(a).zip(doc.claim(b)).is_some_and(|(a, b)| {
                // 第一次调整…，第二次调整: one behind the other.
                let in_turn = |c: &Claim| c.unit == "次" && c.text.starts_with('第');
                let placed = |c: &Claim| matches!(c.kind, Kind::Ordinal | Kind::Rank);
                placed(a) && placed(b) && (said_again::definite::of_two_years(doc, a, b) || in_turn(a) && in_turn(b))
            }),
            [(Role::Numerator, top), .., (Role::Rate, stated)] => {
                let each = |(top, stated)| rates::each_has(top, stated);
                let chosen = |(whole, stated)| it.finding == Finding::Inconsistent && rates::all_are_so(whole, stated);
                let whole = it.members.iter().find(|(role, _)| *role == Role::Denominator);
                let whole = whole.and_then(|(_, id)| doc.claim(id));
                // 前三项依次是…，前两项提及比例为71%: which ones, not how many of them.
                let first = |top: &Claim| it.finding == Finding::Inconsistent && top.site.before.ends_with('前');
                !doc.claim(top).is_some_and(first)
                    && !doc.claim(top).zip(doc.claim(stated)).is_some_and(each)
                    && !whole.zip(doc.claim(stated)).is_some_and(chosen)
            }
            // 派出260名志愿者，…，服务跑者约1.2万人: so many, told about, are others.
            [(Role::Part, part), (Role::Whole, whole)] => {
                let others = |(part, whole): (&Claim, &Claim)| {
                    part.bound != Bound::Exact && part.value > whole.value.and_then(|v| v.times(Exact::whole(3)))
                        // 收到意见336条，…，管理方面68条；其中谈网速的84条，占全部意见的25%: it is a share of another.
                        || shares_of.iter().any(|(of, other)| *of == part.id && *other != whole.id)
                };
                it.finding != Finding::Inconsistent || !doc.claim(part).zip(doc.claim(whole)).is_some_and(others)
            }
            _ => true,
        }
    });
    sums::each_within(doc, &mut all);
    means::exchanged(doc, &mut all);
    second_look::another::of_another(doc, &mut all);
    let place = |relation: &Relation| {
        let under_test = relation.members.last().and_then(|(_, id)| doc.claim(id));
        under_test.map_or(0, |claim| claim.span.start)
    };
    all.sort_by_cached_key(|relation| (place(relation), !relation.primary));
    // What two ways of looking found is told once.
    let mut told = HashSet::new();
    all.retain(|it| {
        let mut ids: Vec<String> = it.members.iter().map(|(_, id)| id.clone()).collect();
        ids.sort_unstable();
        told.insert((it.kind.word(), it.finding == Finding::Consistent, ids))
    });
    for (n, relation) in all.iter_mut().enumerate() {
        relation.id = format!("r{}", n + 1);
    }
    second_look::mends::mend(doc, &mut all);
    all
}

/// A relation to be filled in; `working` says why.
fn relation(kind: RelationKind, finding: Finding, members: Vec<(Role, &Claim)>, working: Working) -> Relation {
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
struct Holding(HashMap<String, (String, String)>);

impl Holding {
    fn of(all: &[Relation]) -> Holding {
        let mut held = Holding::default();
        all.iter().for_each(|it| held.note(it));
        held
    }

    fn note(&mut self, it: &Relation) {
        let holds = it.kind == RelationKind::Rate && it.primary && it.finding == Finding::Consistent;
        if let [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..]
            && holds
        {
            self.0.entry(rate.clone()).or_insert_with(|| (part.clone(), whole.clone()));
        }
    }

    /// Part and whole of a rate.
    fn part_and_whole<'a>(&self, doc: &'a Document, rate: &Claim) -> Option<(&'a Claim, &'a Claim)> {
        let (part, whole) = self.0.get(&rate.id)?;
        Some((doc.claim(part)?, doc.claim(whole)?))
    }
}

/// The shares that something is known of, beside what single numbers could give them.
fn tested(all: &[Relation]) -> HashSet<String> {
    let told = all.iter().filter(|it| it.primary && it.kind != RelationKind::RateAlone);
    told.filter_map(|it| Some(it.members.last()?.1.clone())).collect()
}

/// The values a printed figure may stand for: its interval, and for figures in 万 or with decimals those that round
/// to it. The upper end counts as reachable.
fn interval(claim: &Claim) -> Option<(Exact, Exact)> {
    use crate::document::Bound;
    let one = Exact::int(1)?;
    match claim.bound {
        Bound::Exact if claim.step == one => claim.value.map(|v| (v, v)),
        Bound::Exact => {
            let half = claim.step.times(Exact::new(1, 2)?)?;
            Some((claim.value?.minus(half)?, claim.value?.plus(half)?))
        }
        _ => Some((claim.min?, claim.max?)),
    }
}

/// The value, if the claim prints one whole number and means exactly that.
fn whole_number(claim: &Claim) -> Option<i128> {
    let exact = claim.bound == crate::document::Bound::Exact && claim.step == Exact::int(1)?;
    claim.value.filter(|_| exact)?.as_int()
}

/// Measures that can be added up and shared out: floors, weights, power.
fn adds_up(claim: &Claim) -> bool {
    use crate::document::Kind;
    const UNITS: &[&str] =
        &["平方米", "㎡", "平米", "亩", "吨", "公斤", "千克", "立方米", "度", "千瓦时", "公里", "TB", "GB"];
    claim.kind == Kind::Quantity && UNITS.contains(&claim.unit.as_str())
}

/// Counts that can be added or held against each other: people with people, things with things.
fn alike(a: &Claim, b: &Claim) -> bool {
    use crate::units::counts_people;
    // 问卷1584份: each is one person's.
    let filled_in = |claim: &Claim| {
        let beside = |word: &&str| claim.site.before.contains(*word) || claim.site.after.contains(*word);
        ["问卷", "答卷"].iter().any(beside)
            || ["回收", "收回", "有效"].iter().any(beside) && claim.site.sentence_text.contains("问卷")
    };
    let class = |claim: &Claim| match claim.unit.as_str() {
        unit if counts_people(unit) => "人",
        "份" if filled_in(claim) => "人",
        "枚" | "块" | "面" => "枚",
        "票" => "票",
        "张" | "份" if claim.site.before.contains('票') => "票",
        "个" | "项" | "件" | "篇" if claim.kind == crate::document::Kind::Count => "个",
        _ => "",
    };
    // 38台（套），其中进口11台.
    let sets = |claim: &Claim| matches!(claim.unit.as_str(), "台套" | "台（套）");
    let set = |claim: &Claim| sets(claim) || matches!(claim.unit.as_str(), "台" | "套");
    if sets(a) && set(b) || set(a) && sets(b) {
        return true;
    }
    let (x, y) = (class(a), class(b));
    if x.is_empty() || y.is_empty() { a.unit == b.unit } else { x == y }
}
