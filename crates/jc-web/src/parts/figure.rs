//! A figure 数字 as a card: value, unit, fraction, change, state.

use crate::{desk::Desk, show};
use jc_app::figures::Compared;
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
    /// How far it can be relied on.
    pub state: FigureState,
    /// The same in words: `已核`, `3 条待核`, `2 条缺佐证`, `尚无记录`.
    pub state_text: String,
}

impl FigureState {
    /// How far a figure can be relied on: what it counts, what waits.
    pub fn of(compared: &Compared) -> Self {
        match (compared.figure.printed(), compared.figure.pending) {
            (None, _) => Self::Missing,
            (Some(_), 0) => Self::Verified,
            (Some(_), _) => Self::Pending,
        }
    }

    /// The same in words.
    pub fn text(self, desk: &Desk, pending: i64) -> String {
        match self {
            Self::Verified => desk.words.t("figure-state-verified"),
            Self::Pending => desk.words.t1("figure-state-pending", "n", show::count(desk.lang(), pending)),
            Self::Unproved => desk.words.t1("figure-state-unproved", "n", show::count(desk.lang(), pending)),
            Self::Missing => desk.words.t("figure-state-missing"),
        }
    }
}

impl FigureCard {
    /// The card of a figure beside the one a year before.
    pub fn of(desk: &Desk, compared: &Compared) -> Self {
        let figure = &compared.figure;
        let catalog = desk.viewer.catalog();
        let register = catalog.registers.get(compared.of.register);
        let indicator = register.and_then(|r| r.indicators.get(compared.of.indicator));
        let state = FigureState::of(compared);
        let number = |plain: &String| show::number(desk.lang(), plain);
        Self {
            label: indicator.map_or_else(String::new, |i| i.name.get(desk.lang()).to_owned()),
            href: desk.to(&format!("/figures/{}", figure.indicator)),
            value: figure.printed().as_ref().map(number),
            unit: unit(desk, figure.unit.as_str()),
            fraction: fraction(desk, compared),
            change: change(desk, compared),
            state,
            state_text: state.text(desk, figure.pending),
        }
    }
}

/// A unit as printed behind a number.
pub fn unit(desk: &Desk, id: &str) -> String {
    let units = &desk.viewer.catalog().units.units;
    units.iter().find(|u| u.id.as_str() == id).map_or_else(String::new, |u| u.name.get(desk.lang()).to_owned())
}

/// `404 / 407`: never a bare percentage.
pub fn fraction(desk: &Desk, compared: &Compared) -> Option<String> {
    let figure = &compared.figure;
    figure.printed()?;
    let (over, under) = (figure.numerator?, figure.denominator?);
    let plain =
        |ratio: Ratio| show::number(desk.lang(), &ratio.print(if ratio.den() == 1 { 0 } else { figure.decimals }));
    Some(format!("{} / {}", plain(over), plain(under)))
}

/// Last year and change, in words. The change is that of the printed values, so that people can add it up.
pub fn change(desk: &Desk, compared: &Compared) -> Option<String> {
    let figure = &compared.figure;
    let now = figure.printed()?;
    let Some(then) = compared.before.as_ref()?.printed() else { return Some(desk.words.t("change-no-base")) };
    let unit = unit(desk, figure.unit.as_str());
    let before = show::with_unit(&show::number(desk.lang(), &then), if unit == "%" { "%" } else { "" });
    let steps = |text: &str| text.replace('.', "").parse::<i128>().ok();
    let by = steps(&now)?.checked_sub(steps(&then)?)?;
    let shown = Ratio::new(by.abs(), 10i128.checked_pow(u32::from(figure.decimals))?)?.print(figure.decimals);
    let shown = show::number(desk.lang(), &shown);
    let id = match (by.signum(), unit == "%") {
        (0, _) => return Some(desk.words.t1("change-same", "before", before)),
        (1, false) => "change-up",
        (_, false) => "change-down",
        (1, true) => "change-points-up",
        (_, true) => "change-points-down",
    };
    Some(desk.words.t2(id, "by", shown, "before", before))
}
