//! Reasons in words.

use super::Planned;
use jc_base::{Lang, Value};
use jc_catalog::Catalog;
use jc_catalog::kinds::Kind;
use jc_growth::plan::explain::{Hindrance, Shut, WhyIn, WhyNot};
use jc_growth::plan::revise::Cause;
use jc_words::Arg;

/// Hundredths of a level as a number is written.
pub(super) fn levels(points: i64) -> String {
    let text = Kind::Decimal(2).edit(&Value::Int(points));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn say(lang: Lang, id: &str, with: &[(&'static str, String)]) -> String {
    let with: Vec<(&str, Arg)> = with.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    jc_words::text(lang, id, &with)
}

impl Planned {
    /// Hundredths of a level as a number is written.
    pub fn levels(points: i64) -> String {
        levels(points)
    }

    /// Why an item is in a plan, in a sentence.
    pub fn why_in(&self, catalog: &Catalog, why: &WhyIn, lang: Lang) -> String {
        let named = |id: &str| {
            let found = catalog.pathways.iter().flat_map(|p| &p.competencies).find(|c| c.id == id);
            found.map_or_else(|| id.to_owned(), |c| c.name.get(lang).to_owned())
        };
        let mut parts = Vec::new();
        if why.pinned {
            parts.push(say(lang, "plan-why-pinned", &[]));
        }
        for (competency, points) in &why.closes {
            let with = [("competency", named(competency)), ("levels", levels(*points))];
            parts.push(say(lang, "plan-why-closes", &with));
        }
        for item in &why.opens {
            parts.push(say(lang, "plan-why-opens", &[("item", self.called(item).to_owned())]));
        }
        parts.join(" · ")
    }

    /// Why an item is not in a plan, and what comes closest to it, in a sentence.
    pub fn why_not(&self, why: &WhyNot, lang: Lang) -> String {
        let mut text = match &why.because {
            Hindrance::Shut(shut) => say(lang, shut_words(*shut), &[]),
            Hindrance::NoSeat(None) => say(lang, "plan-not-seat", &[]),
            Hindrance::NoSeat(Some(from)) => say(lang, "plan-not-seat-before", &[("from", from.to_string())]),
            Hindrance::Budget(left) => {
                let left = Kind::Money.edit(&Value::Int(*left));
                say(lang, "plan-not-budget", &[("left", left)])
            }
            Hindrance::Pins => say(lang, "plan-not-pins", &[]),
            Hindrance::PushesOut(out, less) if out.is_empty() || *less == 0 => {
                say(lang, "plan-not-better", &[("levels", levels(*less))])
            }
            Hindrance::PushesOut(out, less) => {
                let items: Vec<&str> = out.iter().map(|item| self.called(item)).collect();
                say(lang, "plan-not-pushes", &[("items", items.join(" · ")), ("levels", levels(*less))])
            }
        };
        if let Some(next) = &why.next_best {
            let id = if next.planned { "plan-next-planned" } else { "plan-next-free" };
            let with = [("item", self.called(&next.item).to_owned()), ("from", next.from.to_string())];
            text.push(' ');
            text.push_str(&say(lang, id, &with));
        }
        text
    }

    /// Where a change comes from, in a sentence.
    pub fn cause(&self, cause: &Cause, lang: Lang) -> String {
        match cause {
            Cause::Own => say(lang, "plan-change-own", &[]),
            Cause::Seat(item) => say(lang, "plan-change-seat", &[("item", self.called(item).to_owned())]),
            Cause::Budget => say(lang, "plan-change-budget", &[]),
            Cause::New => say(lang, "plan-change-new", &[]),
        }
    }
}

fn shut_words(shut: Shut) -> &'static str {
    match shut {
        Shut::Dates => "plan-not-dates",
        Shut::Forbidden => "plan-not-forbidden",
        Shut::NotOpen => "plan-not-open",
        Shut::Done => "plan-not-done",
        Shut::Away => "plan-not-away",
        Shut::Hours => "plan-not-hours",
        Shut::Money => "plan-not-money",
        Shut::Requires => "plan-not-requires",
        Shut::NoGap => "plan-not-gap",
    }
}
