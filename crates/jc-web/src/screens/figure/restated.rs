//! What a figure was when its page was closed, and why it is another now.

use super::About;
use crate::{
    desk::Desk,
    guard::fault::Fault,
    parts::figure::unit,
    screens::closing::{RestatementLine, restatement},
    show,
};
use jc_app::figures::Compared;
use jc_base::Ratio;

/// A figure then and now.
#[derive(Debug, Default)]
pub struct RestatedBlock {
    /// As sealed, with unit.
    pub then: String,
    /// As it stands, with unit.
    pub now: String,
    /// The difference of the two exact values; nothing if one is missing or they agree.
    pub difference: Option<String>,
    /// What it is due to: cause, part. The parts add up to the difference.
    pub causes: Vec<(String, String)>,
    /// What is to be said of it; may be empty.
    pub note: String,
    /// The restatements that moved it.
    pub made: Vec<RestatementLine>,
}

/// The block of a figure; nothing if its page is open.
pub(super) fn block(desk: &Desk, about: &About, compared: &Compared) -> Result<Option<RestatedBlock>, Fault> {
    if compared.sealed.is_none() {
        return Ok(None);
    }
    let Some(restated) = desk.viewer.restated(about.of, about.page, desk.lang())? else { return Ok(None) };
    let people = desk.viewer.people()?;
    let definition = &restated.sealed.definition;
    let shown = |printed: Option<String>, id: &str| {
        let value = printed.map(|text| show::with_unit(&show::number(desk.lang(), &text), &unit(desk, id)));
        value.unwrap_or_else(|| "—".to_owned())
    };
    let signed = |part: &Ratio| {
        // Parts of a rate are small: two places more than the figure itself has.
        let decimals = if part.den() == 1 { 0 } else { definition.decimals + 2 };
        let plus = if part.num() > 0 { "+" } else { "" };
        show::with_unit(&format!("{plus}{}", part.print(decimals)), &unit(desk, definition.unit.as_str()))
    };
    let explained = &restated.explained;
    let note = match explained.difference {
        None => desk.words.t("figure-no-difference"),
        Some(difference) if difference.num() == 0 && explained.steps.is_empty() => desk.words.t("figure-unchanged"),
        Some(_) => String::new(),
    };
    Ok(Some(RestatedBlock {
        then: shown(restated.sealed.printed(), definition.unit.as_str()),
        now: shown(restated.now.printed(), restated.now.unit.as_str()),
        difference: explained.difference.as_ref().filter(|difference| difference.num() != 0).map(&signed),
        causes: explained
            .by_cause
            .iter()
            .map(|(cause, part)| (desk.words.t(&format!("cause-{}", cause.code())), signed(part)))
            .collect(),
        note,
        made: restated.made.iter().map(|one| restatement(desk, &people, one)).collect(),
    }))
}
