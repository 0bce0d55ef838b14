//! The sum as it is made: `( 升学 143 ＋ 就业 261 ) ÷ 毕业生 407 ＝ 99.26 %`.

use super::{About, SumPart};
use crate::{desk::Desk, parts::figure::unit, show};
use jc_app::{browse::Sources, given::Figure};
use jc_base::Ratio;
use jc_catalog::{
    Column, Counting, Formula, Measure, Register,
    expr::{Expr, Literal},
    kinds::Kind,
};

/// Codes told apart at most; more are one term.
const PARTS: usize = 8;

/// The sum of a figure; nothing if it has no value.
pub fn sum(desk: &Desk, about: &About, figure: &Figure, sources: Option<&Sources>) -> Vec<SumPart> {
    let Some(printed) = figure.printed() else { return Vec::new() };
    let result = SumPart::Result { value: show::number(desk.lang(), &printed), unit: unit(desk, figure.unit.as_str()) };
    let mut sum = match about.indicator.formula {
        Formula::Total(_) => parts(desk, about, sources),
        // What someone has that is higher stands in other records: no part of one record adds up to it.
        // A value that all share is made of no sum.
        Formula::Highest { .. } | Formula::Common { .. } => Vec::new(),
        Formula::Share { part, whole } => {
            let over = fraction_top(desk, about, figure.numerator, part, sources);
            divided(over, term(desk, about, whole, figure.denominator, "figure-term-denominator"))
        }
        Formula::Quotient { over, under } => {
            let over = vec![term(desk, about, over, figure.numerator, "figure-tab-numerator")];
            divided(over, term(desk, about, under, figure.denominator, "figure-term-denominator"))
        }
        Formula::Growth(measure) => growth(desk, about, measure, figure).unwrap_or_default(),
    };
    if !sum.is_empty() {
        sum.push(SumPart::Sign("＝"));
    }
    sum.push(result);
    sum
}

fn divided(over: Vec<SumPart>, under: SumPart) -> Vec<SumPart> {
    let several = over.len() > 1;
    let open = several.then_some(SumPart::Sign("("));
    let close = several.then_some(SumPart::Sign(")"));
    open.into_iter().chain(over).chain(close).chain([SumPart::Sign("÷"), under]).collect()
}

fn fraction_top(
    desk: &Desk,
    about: &About,
    value: Option<Ratio>,
    part: usize,
    sources: Option<&Sources>,
) -> Vec<SumPart> {
    let parts = parts(desk, about, sources);
    if parts.is_empty() { vec![term(desk, about, part, value, "figure-tab-numerator")] } else { parts }
}

/// The numerator by codes, each with the records behind it; nothing where it is not counted so, or of one code only.
fn parts(desk: &Desk, about: &About, sources: Option<&Sources>) -> Vec<SumPart> {
    let Some((column, codes)) = sources.and_then(|s| s.parts.as_ref()) else { return Vec::new() };
    if codes.len() < 2 || codes.len() > PARTS {
        return Vec::new();
    }
    let list = match about.register.column_kind(*column) {
        Kind::Code(list) => desk.viewer.catalog().code_list(list.as_str()),
        _ => None,
    };
    let mut sum = Vec::new();
    for (code, n) in codes {
        if !sum.is_empty() {
            sum.push(SumPart::Sign("＋"));
        }
        let name = list.and_then(|list| list.find(code)).map_or(code.as_str(), |c| c.name.get(desk.lang()));
        let value = show::count(desk.lang(), *n);
        sum.push(SumPart::Term { label: name.to_owned(), value, href: behind(desk, about, *column, code) });
    }
    sum
}

/// The list of the records behind one code, where the list can be narrowed by it.
fn behind(desk: &Desk, about: &About, column: Column, code: &str) -> Option<String> {
    if about.slice.is_some() {
        return None;
    }
    let slice = about.register.slices.iter().find(|s| s.column == column).map(|s| s.id.as_str());
    let field = match column {
        Column::Field(ix) => about.register.fields.get(ix).map(|f| f.id.as_str()),
        Column::Copied(_) => None,
    };
    let name = slice.or(field)?;
    let (year, page) = (desk.year.to_string(), desk.asked.get("page"));
    let query = [("year", year.as_str()), ("page", page), ("state", "verified"), (name, code)];
    let query = query.into_iter().filter(|(_, value)| !value.is_empty());
    Some(show::address(&format!("/registers/{}", about.register.id), query))
}

fn term(desk: &Desk, about: &About, position: usize, value: Option<Ratio>, else_called: &str) -> SumPart {
    let measure = about.register.measures.get(position);
    let label = measure.and_then(|m| name(desk, about.register, m)).unwrap_or_else(|| desk.words.t(else_called));
    SumPart::Term { label, value: amount(desk, measure, value), href: None }
}

fn amount(desk: &Desk, measure: Option<&Measure>, value: Option<Ratio>) -> String {
    let Some(value) = value else { return "—".to_owned() };
    let digits = if value.den() == 1 { 0 } else { measure.map_or(0, |m| m.digits) };
    show::number(desk.lang(), &value.print(digits))
}

/// What a measure is called: its own name, that of another that counts the same, or of an indicator that is its total.
fn name(desk: &Desk, register: &Register, measure: &Measure) -> Option<String> {
    let lang = desk.lang();
    let same = |other: &&Measure| {
        let counting = matches!((&other.counting, &measure.counting), (Counting::Records, Counting::Records));
        counting && other.filter == measure.filter
    };
    let named = std::iter::once(measure).chain(register.measures.iter().filter(same)).find(|m| !m.name.zh.is_empty());
    if let Some(named) = named {
        return Some(named.name.get(lang).to_owned());
    }
    let total = register.indicators.iter().find(|i| match i.formula {
        Formula::Total(position) => register.measures.get(position).is_some_and(|m| m.id == measure.id || same(&m)),
        _ => false,
    });
    let all = matches!(measure.filter, Expr::Literal(Literal::Bool(true)));
    let records = all && matches!(measure.counting, Counting::Records);
    total.map(|i| i.name.get(lang).to_owned()).or_else(|| records.then(|| desk.words.t("figure-term-all")))
}

/// `( 本年 5 − 上年 3 ) ÷ 上年 3`
fn growth(desk: &Desk, about: &About, measure: usize, figure: &Figure) -> Option<Vec<SumPart>> {
    let (change, before) = (figure.numerator?, figure.denominator?);
    let now = change.minus(Ratio::whole(0).minus(before)?)?;
    let measure = about.register.measures.get(measure);
    let term = |id: &str, value: Ratio| SumPart::Term {
        label: desk.words.t(id),
        value: amount(desk, measure, Some(value)),
        href: None,
    };
    Some(vec![
        SumPart::Sign("("),
        term("figure-term-now", now),
        SumPart::Sign("−"),
        term("figure-term-before", before),
        SumPart::Sign(")"),
        SumPart::Sign("÷"),
        term("figure-term-before", before),
    ])
}
