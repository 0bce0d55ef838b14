//! A figure 数字 as a card: value, unit, fraction, change, state.

use super::trend::Trend;
use crate::{desk::Desk, show};
use jc_app::figures::Compared;
use jc_app::given::Figure;
use jc_base::Ratio;

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
    /// The goal of the year in words, and whether it is met.
    pub goal: Option<(String, Option<bool>)>,
    /// The figure over the years.
    pub trend: Option<Trend>,
    /// What it was when its page was closed, in words, if that was something else: `关账时 388`.
    pub sealed: Option<String>,
    /// How far it can be relied on.
    pub state: FigureState,
    /// The same in words: `已核`, `尚无记录`; else how the records of its page add up: `共 420 条：400 条已核，…`.
    pub state_text: String,
}

impl FigureState {
    /// How far a figure can be relied on: what it counts, what waits, and how many records of its page lack all
    /// evidence though some is asked for.
    pub fn of(compared: &Compared, unproved: i64) -> Self {
        match (compared.figure.printed(), unproved, compared.figure.pending) {
            (None, _, _) => Self::Missing,
            (Some(_), 1.., _) => Self::Unproved,
            (Some(_), _, 1..) => Self::Pending,
            (Some(_), _, _) => Self::Verified,
        }
    }

    /// The same in words.
    pub fn text(self, desk: &Desk, pending: i64, unproved: i64) -> String {
        match self {
            Self::Verified => desk.words.t("figure-state-verified"),
            Self::Pending => desk.words.t1("figure-state-pending", "n", show::count(desk.lang(), pending)),
            Self::Unproved => desk.words.t1("figure-state-unproved", "n", show::count(desk.lang(), unproved)),
            Self::Missing => desk.words.t("figure-state-missing"),
        }
    }
}

impl FigureCard {
    /// The card of a figure beside the one a year before; `unproved` as [`FigureState::of`] wants it.
    pub fn of(desk: &Desk, compared: &Compared, unproved: i64) -> Self {
        let figure = &compared.figure;
        let catalog = desk.viewer.catalog();
        let register = catalog.registers.get(compared.of.register);
        let indicator = register.and_then(|r| r.indicators.get(compared.of.indicator));
        let state = FigureState::of(compared, unproved);
        let number = |plain: &String| show::number(desk.lang(), plain);
        Self {
            label: indicator.map_or_else(String::new, |i| i.name.get(desk.lang()).to_owned()),
            href: desk.to(&format!("/figures/{}", figure.indicator)),
            value: figure.printed().as_ref().map(number),
            unit: unit(desk, figure.unit.as_str()),
            fraction: fraction(desk, compared),
            change: change(desk, compared),
            goal: None,
            trend: None,
            sealed: sealed(desk, compared),
            state,
            state_text: match state {
                FigureState::Pending | FigureState::Unproved => sum(desk, figure, unproved),
                _ => state.text(desk, figure.pending, unproved),
            },
        }
    }
}

/// How the records of a figure's page add up: all of them, those in order, those that wait, those without evidence.
fn sum(desk: &Desk, figure: &Figure, unproved: i64) -> String {
    let count = |n: i64| show::count(desk.lang(), n);
    let proved = (figure.verified - unproved).max(0);
    let parts =
        [("figure-adds-verified", proved), ("figure-adds-pending", figure.pending), ("figure-adds-unproved", unproved)];
    let parts = parts.into_iter().filter(|(_, n)| *n > 0).map(|(id, n)| desk.words.t1(id, "n", count(n)));
    let parts = parts.collect::<Vec<_>>().join(" + ");
    desk.words.t2("figure-adds", "n", count(proved + figure.pending + unproved), "parts", parts)
}

/// What the figure was when its page was closed, if that was something else.
pub fn sealed(desk: &Desk, compared: &Compared) -> Option<String> {
    let sealed = compared.sealed.as_ref().filter(|sealed| sealed.differs(&compared.figure))?;
    let unit = unit(desk, sealed.definition.unit.as_str());
    let value = sealed.printed().map(|text| show::with_unit(&show::number(desk.lang(), &text), &unit));
    Some(desk.words.t1("card-sealed", "value", value.unwrap_or_else(|| "—".to_owned())))
}

/// A unit as printed behind a number.
pub fn unit(desk: &Desk, id: &str) -> String {
    let units = &desk.viewer.catalog().units.units;
    units.iter().find(|u| u.id.as_str() == id).map_or_else(String::new, |u| u.name.get(desk.lang()).to_owned())
}

/// `404 / 407`: never a bare percentage.
pub fn fraction(desk: &Desk, compared: &Compared) -> Option<String> {
    fraction_of(desk, &compared.figure)
}

/// The same of a figure that is compared with none.
pub fn fraction_of(desk: &Desk, figure: &Figure) -> Option<String> {
    figure.printed()?;
    let (over, under) = (figure.numerator?, figure.denominator?);
    let plain =
        |ratio: Ratio| show::number(desk.lang(), &ratio.print(if ratio.den() == 1 { 0 } else { figure.decimals }));
    Some(format!("{} / {}", plain(over), plain(under)))
}

/// What changed on the year before: the direction, by how much, and what it was then, as printed.
struct Step {
    direction: i128,
    by: String,
    before: String,
    /// Whether the difference is one of percentages, in points.
    points: bool,
}

/// The change of the printed values, so that people can add it up; nothing without a value now and then.
fn step(desk: &Desk, compared: &Compared) -> Option<Step> {
    let figure = &compared.figure;
    let (now, then) = (figure.printed()?, compared.before.as_ref()?.printed()?);
    let points = unit(desk, figure.unit.as_str()) == "%";
    let before = show::with_unit(&show::number(desk.lang(), &then), if points { "%" } else { "" });
    let steps = |text: &str| text.replace('.', "").parse::<i128>().ok();
    let by = steps(&now)?.checked_sub(steps(&then)?)?;
    let shown = Ratio::new(by.abs(), 10i128.checked_pow(u32::from(figure.decimals))?)?.print(figure.decimals);
    Some(Step { direction: by.signum(), by: show::number(desk.lang(), &shown), before, points })
}

/// Last year and change, in words: `较上年 +19（388）`.
pub fn change(desk: &Desk, compared: &Compared) -> Option<String> {
    compared.figure.printed()?;
    let Some(step) = step(desk, compared) else { return Some(desk.words.t("change-no-base")) };
    let id = match (step.direction, step.points) {
        (0, _) => return Some(desk.words.t1("change-same", "before", step.before)),
        (1, false) => "change-up",
        (_, false) => "change-down",
        (1, true) => "change-points-up",
        (_, true) => "change-points-down",
    };
    Some(desk.words.t2(id, "by", step.by, "before", step.before))
}

/// The change alone: `+19`, `−0.21 个百分点`; nothing where there is none to tell.
pub fn change_short(desk: &Desk, compared: &Compared) -> Option<String> {
    let step = step(desk, compared)?;
    let sign = match step.direction {
        0 => return Some("0".to_owned()),
        1 => '+',
        _ => '−',
    };
    let by = format!("{sign}{}", step.by);
    Some(if step.points { desk.words.t1("change-short-points", "by", by) } else { by })
}
