//! Reminders above what waits: plan items, what lapses, objections to be answered in time.

use crate::{desk::Desk, guard::fault::Fault, show};
use jc_app::given::Operation;
use jc_app::growth::{Growth, Reminder, ToDo};

/// So many are listed.
const SHOWN: usize = 30;

/// The rows, and what is said if there are more.
pub(super) fn rows(desk: &Desk) -> Result<(Vec<ReminderRow>, Option<String>), Fault> {
    if !desk.viewer.may(Operation::ReadGrowth) || desk.viewer.catalog().pathways.is_empty() {
        return Ok(Default::default());
    }
    let growth = desk.app.growth(desk.person)?;
    // An account that is tied to nobody on the path is reminded of nothing.
    if !growth.sees_others() && growth.own().is_none() {
        return Ok(Default::default());
    }
    let all = growth.reminders(desk.lang())?;
    let more = all.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| desk.words.t1("remind-more", "n", more));
    Ok((all.iter().take(SHOWN).map(|one| row(desk, &growth, one)).collect(), more))
}

fn row(desk: &Desk, growth: &Growth, one: &Reminder) -> ReminderRow {
    let words = &desk.words;
    let register = growth.catalog().registers.get(one.register);
    let left = i64::abs(one.days);
    let left = match one.days {
        ..0 => words.t1("remind-over", "n", left),
        0 => words.t("remind-today"),
        1.. => words.t1("remind-left", "n", left),
    };
    let what = match one.what {
        ToDo::Answer => words.t("remind-answer"),
        ToDo::Conclude => words.t("remind-conclude"),
        ToDo::Attend => words.t("remind-attend"),
        ToDo::Renew(None) => words.t("remind-renew"),
        ToDo::Renew(Some(stage)) => {
            let stage = stage.and_then(|stage| growth.pathway().stages.get(stage));
            let stage = stage.map_or_else(|| words.t("growth-no-stage"), |it| it.name.get(desk.lang()).to_owned());
            words.t1("remind-renew-falls", "stage", stage)
        }
    };
    ReminderRow {
        what,
        record: one.record_label.clone(),
        href: register
            .filter(|_| one.opens)
            .map(|register| desk.to(&format!("/registers/{}/records/{}", register.id, one.record))),
        who: one.label.clone(),
        person: desk.to(&format!("/growth/people/{}", one.person)),
        by: show::day(desk.lang(), one.by),
        left,
        over: one.days < 0,
    }
}

/// Something not to forget.
#[derive(Debug, Default)]
pub struct ReminderRow {
    /// What is to be done.
    pub what: String,
    /// The record it is about.
    pub record: String,
    /// The record, for whoever can open it.
    pub href: Option<String>,
    /// Whom it is about.
    pub who: String,
    /// Their growth.
    pub person: String,
    /// By when.
    pub by: String,
    /// How long that is, or how long it is overdue.
    pub left: String,
    /// Whether it is overdue.
    pub over: bool,
}
