//! What the catalog declares of a register: definition, fields, evidence, checks, indicators.

use crate::{
    desk::Desk,
    frame::{Frame, Link},
    gate::{Entry, Routes, SignedIn},
    guard::fault::Fault,
    parts::figure::unit,
    screens::figure::source,
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jc_catalog::{
    Area, Column, Counting, Formula, Indicator, Measure, PeriodRule, Privacy, Register,
    expr::{Expr, Literal, print},
    kinds::Kind,
    model::{EvidenceRule, Field},
};

/// The addresses of this screen.
pub fn routes() -> Routes {
    Routes::new().get("/catalog", index).get("/catalog/{register}", register)
}

async fn index(State(state): State<AppState>, entry: Entry<SignedIn>) -> Result<Response, Fault> {
    state.show(entry, view_index).await
}

async fn register(
    State(state): State<AppState>,
    Path(id): Path<String>,
    entry: Entry<SignedIn>,
) -> Result<Response, Fault> {
    state.show(entry, move |desk| view(desk, &id)).await
}

fn view_index(desk: &Desk) -> Result<CatalogIndexView, Fault> {
    let lang = desk.lang();
    let row = |r: &Register| CatalogRow {
        id: r.id.to_string(),
        name: r.name.get(lang).to_owned(),
        about: r.about.get(lang).to_owned(),
        offices: format!("{} / {}", desk.office(r.kept_by), desk.office(r.verified_by)),
        counts: desk.words.t2("catalog-counts", "fields", r.fields.len(), "indicators", r.indicators.len()),
        indicators: r
            .indicators
            .iter()
            .map(|i| Link::new(i.name.get(lang), format!("/catalog/{}#{}", r.id, i.id)))
            .collect(),
    };
    let areas = Area::ALL.into_iter().map(|area| {
        let registers = desk.viewer.catalog().registers.iter().filter(|r| r.area == area).map(row).collect();
        (desk.area(area), registers)
    });
    Ok(CatalogIndexView {
        frame: desk.frame(desk.words.t("catalog-title"))?,
        areas: areas.filter(|(_, registers): &(_, Vec<_>)| !registers.is_empty()).collect(),
    })
}

fn view(desk: &Desk, id: &str) -> Result<CatalogView, Fault> {
    let (_, declared) = desk.register(id)?;
    let (words, lang) = (desk.words, desk.lang());
    let mut frame = desk.frame(declared.name.get(lang))?;
    frame.crumbs = vec![Link::new(words.t("catalog-title"), "/catalog")];
    let path = format!("/registers/{}", declared.id);
    let mut links = vec![Link::new(words.t("nav-registers"), desk.to(&path))];
    if desk.person.keeps(desk.viewer.catalog(), declared) {
        links.insert(0, Link::new(words.t("list-template"), desk.to(&format!("{path}/template.xlsx"))));
    }
    let check = |check: &jc_catalog::model::Check| {
        let level = if check.warning { "catalog-check-warning" } else { "catalog-check-error" };
        (words.t(level), check.say.get(lang).to_owned())
    };
    Ok(CatalogView {
        frame,
        about: declared.about.get(lang).to_owned(),
        definition: definition(desk, declared),
        links,
        fields: declared.fields.iter().map(|f| field(desk, f)).collect(),
        evidence: declared.evidence.iter().map(|rule| evidence(desk, declared, rule)).collect(),
        checks: declared.checks.iter().map(check).collect(),
        indicators: declared.indicators.iter().map(|i| indicator(desk, declared, i)).collect(),
    })
}

fn definition(desk: &Desk, register: &Register) -> Vec<(String, String)> {
    let (words, lang) = (desk.words, desk.lang());
    let join = |names: Vec<&str>| names.join(&words.t("value-and"));
    let fields =
        |of: &[usize]| join(of.iter().filter_map(|ix| register.fields.get(*ix)).map(|f| f.name.get(lang)).collect());
    let lines = [
        ("catalog-key", fields(&register.key)),
        ("catalog-period", period(desk, register)),
        ("catalog-slices", join(register.slices.iter().map(|s| s.name.get(lang)).collect())),
        ("catalog-kept-by", desk.office(register.kept_by).to_owned()),
        ("catalog-verified-by", desk.office(register.verified_by).to_owned()),
        ("catalog-file", register.path.clone()),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| (words.t(id), text)).collect()
}

fn period(desk: &Desk, register: &Register) -> String {
    let words = desk.words;
    let name = |ix: usize| register.fields.get(ix).map_or("", |f| f.name.get(desk.lang()));
    match &register.period {
        PeriodRule::Always => words.t("catalog-always"),
        PeriodRule::On { field, kind } => {
            words.t2("doc-period-on", "kind", words.t(&format!("period-{}", kind.code())), "field", name(*field))
        }
        PeriodRule::During { from, until, kind, census } => {
            let kind = words.t(&format!("period-{}", kind.code()));
            let mut parts = vec![words.t2("doc-period-during", "kind", kind, "from", name(*from))];
            parts.extend(until.map(|until| words.t1("doc-period-until", "until", name(until))));
            parts.extend(census.map(|(m, d)| words.t1("doc-period-census", "census", format!("{m:02}-{d:02}"))));
            parts.join(if desk.lang() == jc_base::Lang::Zh { "，" } else { ", " })
        }
    }
}

fn field(desk: &Desk, field: &Field) -> CatalogField {
    let (words, lang) = (desk.words, desk.lang());
    let mut rules = Vec::new();
    for (holds, id) in [
        (field.required, "catalog-required"),
        (field.unique, "catalog-unique"),
        (field.privacy == Privacy::Sensitive, "catalog-sensitive"),
        (field.privacy == Privacy::Personal, "catalog-personal"),
        (field.over_time, "doc-over-time"),
        (field.retired.is_some(), "catalog-retired"),
    ] {
        if holds {
            rules.push(words.t(id));
        }
    }
    let codes = match &field.kind {
        Kind::Code(list) => desk.viewer.catalog().code_list(list.as_str()).map(|l| l.codes.as_slice()),
        _ => None,
    };
    let codes: Vec<&str> = codes.unwrap_or_default().iter().map(|c| c.name.get(lang)).collect();
    CatalogField {
        id: field.id.to_string(),
        label: field.name.get(lang).to_owned(),
        kind: kind(desk, &field.kind),
        rules: rules.join(" · "),
        help: field.help.get(lang).to_owned(),
        aliases: field.aliases.join("、"),
        codes: codes.join("、"),
    }
}

fn kind(desk: &Desk, kind: &Kind) -> String {
    let (catalog, lang) = (desk.viewer.catalog(), desk.lang());
    let word = desk.words.t(&format!("kind-{}", kind.word()));
    let of = match kind {
        Kind::Decimal(digits) => Some(digits.to_string()),
        Kind::Code(list) => catalog.code_list(list.as_str()).map(|l| l.name.get(lang).to_owned()),
        Kind::Ref(to) | Kind::Refs(to) => catalog.registers.get(*to).map(|r| r.name.get(lang).to_owned()),
        _ => None,
    };
    let between = if lang == jc_base::Lang::Zh { "：" } else { ": " };
    of.map_or_else(|| word.clone(), |of| format!("{word}{between}{of}"))
}

fn evidence(desk: &Desk, register: &Register, rule: &EvidenceRule) -> (String, String) {
    let code = desk.viewer.catalog().code_list("evidence-kind").and_then(|list| list.find(&rule.kind));
    let name = code.map_or_else(|| rule.kind.clone(), |c| c.name.get(desk.lang()).to_owned());
    let when = match &rule.required {
        None => desk.words.t("evidence-optional"),
        Some(Expr::Literal(Literal::Bool(true))) => desk.words.t("evidence-required"),
        Some(expr) => {
            let expr = print(expr, register, &desk.viewer.catalog().registers);
            format!("{} {expr}", desk.words.t("doc-required-when"))
        }
    };
    (name, when)
}

fn indicator(desk: &Desk, register: &Register, indicator: &Indicator) -> CatalogIndicator {
    let unit = unit(desk, indicator.unit.as_str());
    CatalogIndicator {
        id: indicator.id.to_string(),
        label: indicator.name.get(desk.lang()).to_owned(),
        href: desk.to(&format!("/figures/{}", indicator.id)),
        about: indicator.about.get(desk.lang()).to_owned(),
        unit: desk.words.t2("figure-define-places", "unit", unit, "n", indicator.decimals),
        formula: formula(desk, register, indicator.formula),
        missing: indicator.missing.clone(),
        source: source(desk, &indicator.source),
        words: indicator.words.join("、"),
    }
}

fn formula(desk: &Desk, register: &Register, formula: Formula) -> String {
    let measure = |ix: usize| register.measures.get(ix).map_or_else(String::new, |m| counted(desk, register, m));
    match formula {
        Formula::Total(of) => measure(of),
        Formula::Share { part, whole } => {
            desk.words.t2("doc-formula-share", "part", measure(part), "whole", measure(whole))
        }
        Formula::Quotient { over, under } => {
            desk.words.t2("doc-formula-quotient", "over", measure(over), "under", measure(under))
        }
        Formula::Highest { reach, above } => {
            desk.words.t2("doc-formula-highest", "reach", measure(reach), "above", measure(above))
        }
        Formula::Common { sum, .. } => desk.words.t1("doc-formula-common", "measure", measure(sum)),
        Formula::Growth(of) => desk.words.t1("doc-formula-growth", "measure", measure(of)),
    }
}

/// What a measure adds up, over which records, as the catalog's own expressions: `count(destination = 'employed')`.
fn counted(desk: &Desk, register: &Register, measure: &Measure) -> String {
    let registers = &desk.viewer.catalog().registers;
    let shown = |expr: &Expr| print(expr, register, registers);
    let column = |column: Column| match column {
        Column::Field(ix) => register.fields.get(ix).map_or("", |f| f.id.as_str()).to_owned(),
        Column::Copied(ix) => register.copies.get(ix).map_or("", |c| c.path.as_str()).to_owned(),
    };
    let filter = shown(&measure.filter);
    let (word, what) = match &measure.counting {
        Counting::Records => return format!("count({filter})"),
        Counting::Sum(amount) => ("sum", shown(amount)),
        Counting::Members(field) => ("members", column(Column::Field(*field))),
        Counting::Distinct { of, per: None } => ("distinct", column(*of)),
        Counting::Distinct { of, per: Some(per) } => ("distinct", format!("{}, {}", column(*of), column(*per))),
    };
    match &measure.filter {
        Expr::Literal(Literal::Bool(true)) => format!("{word}({what})"),
        _ => format!("{word}({what} where {filter})"),
    }
}

/// All registers, by area.
#[derive(Debug, Default, Template)]
#[template(path = "screens/catalog_index.html")]
pub struct CatalogIndexView {
    /// Around the screen.
    pub frame: Frame,
    /// The areas' names with their registers.
    pub areas: Vec<(String, Vec<CatalogRow>)>,
}

/// A register in a line of the catalog.
#[derive(Debug, Default)]
pub struct CatalogRow {
    /// Its id, for the address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Who keeps it and who verifies it.
    pub offices: String,
    /// How many fields and indicators, in words.
    pub counts: String,
    /// Its indicators.
    pub indicators: Vec<Link>,
}

/// A register as declared.
#[derive(Debug, Default, Template)]
#[template(path = "screens/catalog.html")]
pub struct CatalogView {
    /// Around the screen.
    pub frame: Frame,
    /// What it is for.
    pub about: String,
    /// The definition, line by line: key, period, slices, who keeps, who verifies, file.
    pub definition: Vec<(String, String)>,
    /// Its list and its template.
    pub links: Vec<Link>,
    /// Its fields.
    pub fields: Vec<CatalogField>,
    /// Evidence asked for: kind, when.
    pub evidence: Vec<(String, String)>,
    /// Checks: what is said, warning or error.
    pub checks: Vec<(String, String)>,
    /// Its indicators.
    pub indicators: Vec<CatalogIndicator>,
}

/// A field as declared.
#[derive(Debug, Default)]
pub struct CatalogField {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What it holds, in words.
    pub kind: String,
    /// Required, unique, sensitive …: in words; may be empty.
    pub rules: String,
    /// The help; may be empty.
    pub help: String,
    /// Headings it is imported under.
    pub aliases: String,
    /// The codes it may hold, for a code; may be empty.
    pub codes: String,
}

/// An indicator as declared.
#[derive(Debug, Default)]
pub struct CatalogIndicator {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its figure.
    pub href: String,
    /// The definition.
    pub about: String,
    /// Unit and places, in words.
    pub unit: String,
    /// How it is computed, in words or as an expression.
    pub formula: String,
    /// What happens with the unknown.
    pub missing: String,
    /// Where the definition comes from.
    pub source: String,
    /// Words prose uses for it.
    pub words: String,
}
