//! `trace`: a figure down to its records.

use super::figures::indicator;
use crate::cli::{Trace, TracePart};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::refuse;
use crate::figure_text::{cells, page as page_words};
use crate::parts::{LeftOut, Page, Register, TraceRole};
use anyhow::Result;
use jc_app::Person;
use jc_app::figure_json::{self, left_out};
use jc_app::figures::Part;

/// So many records are shown unless another number is given.
const LIMIT: usize = 50;

/// Prints the figure, its page, and the records of one part of it.
pub fn run(desk: &Desk, given: &Trace) -> Result<Exit> {
    let app = desk.open()?;
    let person: Person = desk.person(&app)?;
    let viewer = app.viewer(&person);
    let of = indicator(desk, &viewer, &given.indicator)?;
    let register = &viewer.catalog().registers[of.register];
    let page = wanted_page(desk, register, given)?;
    let part = match given.part {
        None | Some(TracePart::Numerator) => Part::Numerator,
        Some(TracePart::Denominator) => Part::DenominatorOnly,
        Some(TracePart::LeftOut) => Part::LeftOut,
    };
    let from = given.from.map_or(0, |from| from.saturating_sub(1) as usize);
    let limit = given.limit.map_or(LIMIT, |limit| limit as usize);
    let trace = viewer.trace(of, page, part, from, limit)?;
    if desk.global.json {
        desk.answer(&figure_json::trace(&trace, Some((viewer.catalog(), of.register, desk.lang))));
        return Ok(Exit::Fine);
    }
    let catalog = viewer.catalog();
    let declared = &register.indicators[of.indicator];
    desk.say(&format!("{} ({}) · {}", declared.name.get(desk.lang), declared.id, page_words(desk, page)));
    desk.table(&[cells(desk, catalog, &trace.figure)]);
    match &trace.page {
        Some(info) => {
            let with = [
                ("page", info.page.to_string().into()),
                ("version", info.version.into()),
                ("records", info.records.into()),
                ("digest", (&info.digest).into()),
            ];
            desk.tell("cli-trace-on-page", &with);
        }
        None => desk.tell("cli-trace-no-page", &[]),
    }
    let [numerator, denominator, left_out] = trace.counts;
    let with = [("numerator", numerator.into()), ("denominator", denominator.into()), ("left", left_out.into())];
    desk.tell("cli-trace-counts", &with);
    let rows: Vec<Vec<String>> = trace
        .records
        .iter()
        .map(|traced| {
            let label = trace.labels.label(catalog, of.register, &traced.record, desk.lang);
            let evidence = if traced.evidence { desk.words("cli-trace-evidence", &[]) } else { String::new() };
            vec![traced.record.id.to_string(), label, role_words(desk, traced.role), evidence]
        })
        .collect();
    desk.table(&rows);
    let rest = trace.counts[part as usize].saturating_sub(from + rows.len());
    if rest > 0 {
        let next = from + rows.len() + 1;
        desk.tell("cli-trace-rest", &[("count", rest.into()), ("from", next.into())]);
    }
    Ok(Exit::Fine)
}

fn wanted_page(desk: &Desk, register: &Register, given: &Trace) -> Result<Page> {
    let Some(code) = &given.page else {
        return Ok(Page::reported_in(register, given.year.unwrap_or_default()));
    };
    Page::parse(register, code).ok_or_else(|| {
        let form = match register.period_kind() {
            Some(kind) => Page::Of(kind.reported_in(2024)).to_string(),
            None => Page::All.to_string(),
        };
        let with = [("page", code.into()), ("register", register.name.get(desk.lang).into()), ("form", form.into())];
        refuse(desk, Exit::Usage, "cli-no-page", &with)
    })
}

fn role_words(desk: &Desk, role: TraceRole) -> String {
    match role {
        TraceRole::Numerator(_) => desk.words("cli-trace-numerator", &[]),
        TraceRole::DenominatorOnly => desk.words("cli-trace-denominator", &[]),
        TraceRole::LeftOut(LeftOut::NotVerified(state)) => desk.words(&format!("state-{}", state.code()), &[]),
        TraceRole::LeftOut(why) => desk.words(&format!("cli-trace-{}", left_out(why)), &[]),
    }
}
