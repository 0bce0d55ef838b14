//! What lasts, on one day: how many were on the roll on the day somebody asks about.

use super::About;
use crate::{
    desk::Desk,
    guard::fault::Fault,
    parts::figure::{fraction_of, unit},
    show,
};
use jc_base::Date;
use jc_catalog::{Formula, PeriodRule};

/// The question for a day, and its answer if one was asked for.
#[derive(Debug, Default)]
pub struct DayBlock {
    /// Where the question goes.
    pub action: String,
    /// The year in force, kept.
    pub year: String,
    /// The day as asked, or the day of the page.
    pub day: String,
    /// The figure on that day, in words; nothing as long as no day is asked for.
    pub answer: Option<String>,
}

/// The block of a figure of what lasts; nothing for what happens, and for growth, which two censuses tell.
pub(super) fn block(desk: &Desk, about: &About) -> Result<Option<DayBlock>, Fault> {
    let lasts = matches!(about.register.period, PeriodRule::During { .. });
    if !lasts || matches!(about.indicator.formula, Formula::Growth(_)) {
        return Ok(None);
    }
    let asked = desk.asked.get("day");
    let day = match asked {
        "" => None,
        text => Some(Date::parse_iso(text).ok_or(Fault::Unclear)?),
    };
    let answer = match day {
        None => None,
        Some(day) => {
            let figures = desk.viewer.figures_on(day, Some(about.of))?;
            let shown = show::day(desk.lang(), day);
            let told = figures.first().and_then(|(_, figure)| {
                let value = show::number(desk.lang(), &figure.printed()?);
                let value = show::with_unit(&value, &unit(desk, figure.unit.as_str()));
                let fraction = fraction_of(desk, figure).map_or_else(String::new, |of| format!(" ({of})"));
                Some(format!("{value}{fraction}"))
            });
            Some(match told {
                Some(value) => desk.words.t2("figure-day-value", "day", shown, "value", value),
                None => desk.words.t1("figure-day-none", "day", shown),
            })
        }
    };
    let of_page = day.map_or_else(|| format!("{}-12-31", desk.year), |day| day.to_string());
    Ok(Some(DayBlock { action: about.path(), year: desk.year.to_string(), day: of_page, answer }))
}
