//! A figure along its dimensions and over the years.

use super::{About, SliceRow, SliceTable, YearBar, YearLine, bars};
use crate::{
    desk::Desk,
    frame::Link,
    guard::fault::Fault,
    parts::{
        figure::{change, fraction, unit},
        page_label,
    },
    show,
};
use jc_app::{
    browse::Sources,
    figures::Compared,
    given::{Figure, FigureValue},
};
use jc_catalog::Formula;

/// Values of a dimension shown before one asks for all.
const VALUES: usize = 12;
/// Periods shown.
const PERIODS: usize = 8;

/// The value in steps of its last printed place.
fn steps(figure: &Figure) -> Option<i64> {
    match figure.value {
        FigureValue::Known(ratio) => i64::try_from(ratio.rounded(figure.decimals)).ok(),
        FigureValue::Missing(_) => None,
    }
}

fn value(desk: &Desk, figure: &Figure) -> String {
    figure.printed().map_or_else(
        || "—".to_owned(),
        |plain| show::with_unit(&show::number(desk.lang(), &plain), &unit(desk, figure.unit.as_str())),
    )
}

/// The figure along each dimension of its register, the largest values first. A share is not split by what its
/// numerator picks out: that would give nothing but 100 and 0.
pub fn slices(desk: &Desk, about: &About, sources: Option<&Sources>) -> Result<Vec<SliceTable>, Fault> {
    let picked = sources.and_then(|s| s.parts.as_ref()).map(|(column, _)| *column);
    let picked = picked.filter(|_| matches!(about.indicator.formula, Formula::Share { .. }));
    let mut tables = Vec::new();
    for slice in about.register.slices.iter().filter(|s| Some(s.column) != picked) {
        let mut values = desk.viewer.slices(about.of, about.page, &slice.id, desk.lang())?;
        values.retain(|(_, _, figure)| figure.verified > 0 || figure.pending > 0);
        if values.len() < 2 {
            continue;
        }
        let largest = values.iter().filter_map(|(_, _, f)| steps(f)).max().unwrap_or(0).max(1);
        values.sort_by_key(|(_, label, figure)| (std::cmp::Reverse(steps(figure)), label.clone()));
        let all = values.len();
        let shown = if desk.asked.get("all") == slice.id { all } else { VALUES };
        let rows = values.into_iter().take(shown).map(|(text, label, figure)| {
            let chosen = format!("{}:{text}", slice.id);
            let share = steps(&figure).map_or(0, |n| n.max(0).saturating_mul(100) / largest);
            let compared = Compared { of: about.of, figure, before: None, sealed: None, sealed_before: None };
            SliceRow {
                label: if label.is_empty() { desk.words.t("value-missing") } else { label },
                href: desk.address(&about.path(), &["records", "from", "all", "done"], &[("slice", &chosen)]),
                value: value(desk, &compared.figure),
                fraction: fraction(desk, &compared).unwrap_or_default(),
                share: u32::try_from(share).unwrap_or(0),
            }
        });
        let more = (all > shown).then(|| {
            let to = desk.address(&about.path(), &["all", "done"], &[("all", &slice.id)]);
            Link::new(desk.words.t1("figure-slices-more", "n", all), format!("{to}#slices-title"))
        });
        tables.push(SliceTable { name: slice.name.get(desk.lang()).to_owned(), rows: rows.collect(), more });
    }
    Ok(tables)
}

/// The figure on its latest pages, newest first, and their picture.
pub fn years(desk: &Desk, about: &About) -> Result<(Vec<YearLine>, Vec<YearBar>), Fault> {
    let all = desk.viewer.over_time(about.of)?;
    let with_value: Vec<&Figure> = all.iter().filter(|f| f.verified > 0 || f.page == about.page).collect();
    if with_value.len() < 2 {
        return Ok((Vec::new(), Vec::new()));
    }
    let latest: Vec<&Figure> = with_value.into_iter().rev().take(PERIODS).collect();
    let lines = latest.iter().map(|figure| {
        let before = figure.page.a_year_before().and_then(|page| all.iter().find(|f| f.page == page).cloned());
        let compared = Compared { of: about.of, figure: (*figure).clone(), before, sealed: None, sealed_before: None };
        YearLine {
            label: page_label(figure.page, desk.lang()),
            href: about.on(desk, figure.page),
            value: value(desk, figure),
            fraction: fraction(desk, &compared).unwrap_or_default(),
            change: change(desk, &compared).unwrap_or_default(),
            current: figure.page == about.page,
        }
    });
    let sized: Vec<(String, String, i64, bool)> = latest
        .iter()
        .filter_map(|f| Some((page_label(f.page, desk.lang()), value(desk, f), steps(f)?, f.page == about.page)))
        .collect();
    let drawn = sized.iter().all(|(_, _, size, _)| *size >= 0);
    Ok((lines.collect(), if drawn { bars(&sized) } else { Vec::new() }))
}
