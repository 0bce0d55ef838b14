//! Documentation pages made from the catalog: one for each register, and an index. Pure: the same catalog and
//! language give the same bytes.
//!
//! The labels of the pages are handed in, since words are not in code: `&|id, args| …` over `messages/`, ids `doc-…`,
//! `kind-…`, `privacy-…`, `period-…` and `area-…`.

use crate::expr::{Expr, Literal, print};
use crate::kinds::{Kind, find_list};
use crate::model::{
    Area, Catalog, CodeList, Column, Counting, Every, EvidenceRule, Field, Formula, Indicator, Measure, PeriodRule,
    Register, Source,
};
use jc_base::{Lang, Names, UnitId};
use std::fmt::Write as _;

/// Gives the message of an id with its values.
pub type Say<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> String;

/// All pages: path below the documentation's folder, and Markdown. The index first, then registers by area and id.
pub fn document(catalog: &Catalog, lang: Lang, say: Say<'_>) -> Vec<(String, String)> {
    let mut registers: Vec<&Register> = catalog.registers.iter().collect();
    registers.sort_by_key(|register| (Area::ALL.iter().position(|area| *area == register.area), register.id.clone()));
    let writer = Writer { catalog, lang, say };
    let mut pages = vec![("index.md".to_owned(), writer.index(&registers))];
    pages.extend(registers.iter().map(|register| (path(register), writer.register(register))));
    pages
}

fn path(register: &Register) -> String {
    format!("{}/{}.md", register.area.code(), register.id)
}

struct Writer<'a> {
    catalog: &'a Catalog,
    lang: Lang,
    say: Say<'a>,
}

impl Writer<'_> {
    fn t(&self, id: &str) -> String {
        (self.say)(id, &[])
    }

    fn name<'n>(&self, names: &'n Names) -> &'n str {
        names.get(self.lang)
    }

    fn index(&self, registers: &[&Register]) -> String {
        let mut out = format!("# {}\n\n{}\n", self.t("doc-index"), self.t("doc-generated"));
        let mut area = None;
        for register in registers {
            if area != Some(register.area) {
                area = Some(register.area);
                let _ = write!(out, "\n## {}\n\n", self.t(&format!("area-{}", register.area.code())));
            }
            let _ = writeln!(out, "- [{}]({})", escape(self.name(&register.name)), path(register));
            for indicator in &register.indicators {
                let link = format!("{}#{}", path(register), indicator.id);
                let _ = writeln!(out, "  - [{}]({link})", escape(self.name(&indicator.name)));
            }
        }
        out
    }

    fn register(&self, register: &Register) -> String {
        let mut out = format!("# {}\n\n", escape(self.name(&register.name)));
        if !register.about.zh.is_empty() {
            let _ = write!(out, "{}\n\n", escape(self.name(&register.about)));
        }
        self.facts(register, &mut out);
        self.fields(register, &mut out);
        self.codes(register, &mut out);
        self.checks(register, &mut out);
        self.coverage(register, &mut out);
        self.measures(register, &mut out);
        self.indicators(register, &mut out);
        let _ = write!(out, "---\n\n{}\n", self.t("doc-generated"));
        out
    }

    fn facts(&self, register: &Register, out: &mut String) {
        let field_names = |fields: &[usize]| {
            let names = fields.iter().map(|ix| self.name(&register.fields[*ix].name));
            names.collect::<Vec<_>>().join("、")
        };
        let office = |ix: usize| self.catalog.offices.get(ix).map_or("", |office| self.name(&office.name)).to_owned();
        let mut facts = vec![
            ("doc-id", format!("`{}`", register.id)),
            ("doc-area", self.t(&format!("area-{}", register.area.code()))),
            ("doc-key", field_names(&register.key)),
            ("doc-period", self.period(register)),
            ("doc-kept-by", office(register.kept_by)),
            ("doc-verified-by", office(register.verified_by)),
        ];
        if !register.slices.is_empty() {
            let names: Vec<&str> = register.slices.iter().map(|slice| self.name(&slice.name)).collect();
            facts.push(("doc-slices", names.join("、")));
        }
        for (label, text) in facts {
            let _ = writeln!(out, "- {}: {}", self.t(label), escape(&text));
        }
        if !register.evidence.is_empty() {
            let _ = writeln!(out, "- {}:", self.t("doc-evidence"));
            for rule in &register.evidence {
                let _ = writeln!(out, "  - {}", self.evidence(rule, register));
            }
        }
        out.push('\n');
    }

    fn evidence(&self, rule: &EvidenceRule, register: &Register) -> String {
        let list = find_list(&self.catalog.codes, &"evidence-kind".into());
        let name = list.and_then(|list| list.find(&rule.kind)).map_or(rule.kind.as_str(), |code| self.name(&code.name));
        let when = match &rule.required {
            None => self.t("doc-optional"),
            Some(Expr::Literal(Literal::Bool(true))) => self.t("doc-required"),
            Some(expr) => format!("{} `{}`", self.t("doc-required-when"), self.print(expr, register)),
        };
        format!("{}: {when}", escape(name))
    }

    fn print(&self, expr: &Expr, register: &Register) -> String {
        print(expr, register, &self.catalog.registers)
    }

    fn period(&self, register: &Register) -> String {
        let field = |ix: usize| self.name(&register.fields[ix].name);
        match &register.period {
            PeriodRule::Always => self.t("doc-period-always"),
            PeriodRule::On { field: on, kind } => {
                let kind = self.t(&format!("period-{}", kind.code()));
                (self.say)("doc-period-on", &[("kind", &kind), ("field", field(*on))])
            }
            PeriodRule::During { from, until, kind, census } => {
                let kind = self.t(&format!("period-{}", kind.code()));
                let mut parts = vec![(self.say)("doc-period-during", &[("kind", &kind), ("from", field(*from))])];
                parts.extend(until.map(|until| (self.say)("doc-period-until", &[("until", field(until))])));
                parts.extend(census.map(|(month, day)| {
                    (self.say)("doc-period-census", &[("census", &format!("{month:02}-{day:02}"))])
                }));
                parts.join(", ")
            }
        }
    }

    fn fields(&self, register: &Register, out: &mut String) {
        let head = ["doc-field", "doc-id", "doc-type", "doc-required", "doc-privacy", "doc-headings", "doc-notes"];
        let rows = register.fields.iter().map(|field| {
            vec![
                self.name(&field.name).to_owned(),
                format!("`{}`", field.id),
                self.kind(&field.kind),
                if field.required { self.t("doc-yes") } else { String::new() },
                self.t(&format!("privacy-{}", privacy(field))),
                field.aliases.join("、"),
                self.notes(field),
            ]
        });
        self.section("doc-fields", out);
        self.table(&head, rows, out);
    }

    fn notes(&self, field: &Field) -> String {
        let mut notes = Vec::new();
        if !field.help.zh.is_empty() {
            notes.push(self.name(&field.help).to_owned());
        }
        if field.unique {
            notes.push(self.t("doc-unique"));
        }
        if field.over_time {
            notes.push(self.t("doc-over-time"));
        }
        if let Some(day) = field.retired {
            notes.push((self.say)("doc-retired", &[("day", &day.to_string())]));
        }
        notes.join("; ")
    }

    fn kind(&self, kind: &Kind) -> String {
        let word = self.t(&format!("kind-{}", kind.word()));
        match kind {
            Kind::Decimal(digits) => format!("{word} ({digits})"),
            Kind::Code(list) => {
                let name = find_list(&self.catalog.codes, list).map_or(list.as_str(), |list| self.name(&list.name));
                format!("{word}: {name}")
            }
            Kind::Ref(to) | Kind::Refs(to) => {
                format!("{word}: {}", self.catalog.registers.get(*to).map_or("", |register| self.name(&register.name)))
            }
            _ => word,
        }
    }

    fn codes(&self, register: &Register, out: &mut String) {
        let mut lists: Vec<&CodeList> = Vec::new();
        for field in &register.fields {
            if let Kind::Code(id) = &field.kind
                && let Some(list) = find_list(&self.catalog.codes, id)
                && !lists.iter().any(|other| other.id == list.id)
            {
                lists.push(list);
            }
        }
        if lists.is_empty() {
            return;
        }
        self.section("doc-codes", out);
        for list in lists {
            let _ = write!(out, "### {}\n\n", escape(self.name(&list.name)));
            let rows = list.codes.iter().map(|code| {
                let day = |day: Option<jc_base::Date>| day.map_or("…".to_owned(), |day| day.to_string());
                let dated = code.from.is_some() || code.until.is_some();
                let validity =
                    if dated { format!("{} – {}", day(code.from), day(code.until)) } else { String::new() };
                vec![format!("`{}`", code.code), self.name(&code.name).to_owned(), code.aliases.join("、"), validity]
            });
            self.table(&["doc-code", "doc-name", "doc-also-written", "doc-validity"], rows, out);
            self.source(&list.source, out);
        }
    }

    fn checks(&self, register: &Register, out: &mut String) {
        if register.checks.is_empty() {
            return;
        }
        self.section("doc-checks", out);
        for check in &register.checks {
            let level = if check.warning { format!(" ({})", self.t("doc-check-warning")) } else { String::new() };
            let _ = writeln!(out, "{}. {}{level}", check.number, escape(self.name(&check.say)));
            if let Some(when) = &check.when {
                let _ = writeln!(out, "   - {}: `{}`", self.t("doc-check-when"), self.print(when, register));
            }
            let _ = writeln!(out, "   - {}: `{}`", self.t("doc-check-require"), self.print(&check.require, register));
        }
        out.push('\n');
    }

    /// Whom its records should reach, and how many may stand side by side.
    fn coverage(&self, register: &Register, out: &mut String) {
        if register.coverage.is_empty() && register.limits.is_empty() {
            return;
        }
        self.section("doc-coverage", out);
        for list in &register.coverage {
            let other = &self.catalog.registers[list.of];
            let every = match list.every {
                Every::Period => "doc-every-period",
                Every::Quarter => "doc-every-quarter",
                Every::Month => "doc-every-month",
            };
            let name = escape(self.name(&list.name));
            let _ = writeln!(out, "- {name}: {}, {}", escape(self.name(&other.name)), self.t(every));
            if list.filter != Expr::Literal(Literal::Bool(true)) {
                let _ = writeln!(out, "   - {}: `{}`", self.t("doc-check-when"), self.print(&list.filter, register));
            }
        }
        for limit in &register.limits {
            let field = escape(self.name(&register.fields[limit.field].name));
            let sum = limit.sum.map(|field| format!("Σ {}", escape(self.name(&register.fields[field].name))));
            let what = sum.map_or_else(|| field.to_owned(), |sum| format!("{field}, {sum}"));
            let _ = writeln!(out, "- {}: {what} ≤ {}", escape(self.name(&limit.say)), limit.most);
        }
        out.push('\n');
    }

    fn measures(&self, register: &Register, out: &mut String) {
        // Those an indicator brought along are told with it.
        let own: Vec<&Measure> = register.measures.iter().filter(|measure| !measure.name.zh.is_empty()).collect();
        if own.is_empty() {
            return;
        }
        self.section("doc-measures", out);
        let rows = own.into_iter().map(|measure| {
            vec![
                self.name(&measure.name).to_owned(),
                format!("`{}`", measure.id),
                self.unit(&measure.unit),
                self.counted(measure, register),
            ]
        });
        self.table(&["doc-measure", "doc-id", "doc-unit", "doc-counted"], rows, out);
    }

    fn unit(&self, id: &UnitId) -> String {
        let unit = self.catalog.units.units.iter().find(|unit| unit.id == *id);
        unit.map_or(id.as_str(), |unit| self.name(&unit.name)).to_owned()
    }

    fn counted(&self, measure: &Measure, register: &Register) -> String {
        let what = match &measure.counting {
            Counting::Records => self.t("doc-count-records"),
            Counting::Sum(amount) => format!("{} `{}`", self.t("doc-count-sum"), self.print(amount, register)),
            Counting::Members(field) => {
                (self.say)("doc-count-members", &[("field", self.name(&register.fields[*field].name))])
            }
            Counting::Distinct { of, per } => {
                let name = |column: &Column| match column {
                    Column::Field(ix) => self.name(&register.fields[*ix].name),
                    Column::Copied(ix) => register.copies[*ix].path.as_str(),
                };
                match per {
                    None => (self.say)("doc-count-distinct", &[("field", name(of))]),
                    Some(per) => (self.say)("doc-count-distinct-per", &[("field", name(of)), ("per", name(per))]),
                }
            }
        };
        match &measure.filter {
            Expr::Literal(Literal::Bool(true)) => what,
            filter => format!("{what}; {} `{}`", self.t("doc-check-when"), self.print(filter, register)),
        }
    }

    fn indicators(&self, register: &Register, out: &mut String) {
        if register.indicators.is_empty() {
            return;
        }
        self.section("doc-indicators", out);
        for indicator in &register.indicators {
            self.indicator(indicator, register, out);
        }
    }

    fn indicator(&self, indicator: &Indicator, register: &Register, out: &mut String) {
        let _ = write!(out, "### {}\n\n", escape(self.name(&indicator.name)));
        let _ = write!(out, "<a id=\"{}\"></a>\n\n", indicator.id);
        let mut facts = vec![
            ("doc-definition", escape(self.name(&indicator.about))),
            ("doc-authority", self.authority(indicator)),
            ("doc-defines", self.defines(indicator, register)),
            ("doc-formula", self.formula(indicator.formula, register)),
            ("doc-unit", escape(&self.unit(&indicator.unit))),
            ("doc-decimals", indicator.decimals.to_string()),
            ("doc-missing", escape(&indicator.missing)),
        ];
        if !indicator.words.is_empty() {
            facts.push(("doc-words", escape(&indicator.words.join("、"))));
        }
        if !indicator.context.is_empty() {
            facts.push(("doc-near", escape(&indicator.context.join("、"))));
        }
        for (label, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
            let _ = writeln!(out, "- {}: {text}", self.t(label));
        }
        out.push('\n');
        self.source(&indicator.source, out);
        if !indicator.cases.is_empty() {
            let _ = write!(out, "{}:\n\n", self.t("doc-cases"));
            for case in &indicator.cases {
                let line = (self.say)("doc-case-gives", &[("why", &case.why), ("gives", &case.gives)]);
                let _ = writeln!(out, "- {}", escape(&line));
            }
            out.push('\n');
        }
    }

    /// Who defines it so, and when that is in force.
    fn authority(&self, indicator: &Indicator) -> String {
        let Some(definition) = &indicator.definition else { return String::new() };
        let (from, until) = (definition.from.map(|day| day.to_string()), definition.until.map(|day| day.to_string()));
        let when = match (&from, &until) {
            (Some(from), Some(until)) => (self.say)("doc-in-force", &[("from", from), ("until", until)]),
            (Some(from), None) => (self.say)("doc-in-force-from", &[("from", from)]),
            (None, Some(until)) => (self.say)("doc-in-force-until", &[("until", until)]),
            (None, None) => String::new(),
        };
        let who = escape(self.name(&definition.authority));
        if when.is_empty() { who } else { format!("{who} ({when})") }
    }

    /// The indicator it defines otherwise, as a link.
    fn defines(&self, indicator: &Indicator, register: &Register) -> String {
        let of = indicator.definition.as_ref().and_then(|definition| register.indicators.get(definition.of?));
        of.map_or_else(String::new, |of| format!("[{}](#{})", escape(self.name(&of.name)), of.id))
    }

    fn formula(&self, formula: Formula, register: &Register) -> String {
        let measure = |ix: usize| {
            let measure = &register.measures[ix];
            if measure.name.zh.is_empty() {
                format!("[{}]", self.counted(measure, register))
            } else {
                format!("[{}]", escape(self.name(&measure.name)))
            }
        };
        match formula {
            Formula::Total(ix) => (self.say)("doc-formula-total", &[("measure", &measure(ix))]),
            Formula::Growth(ix) => (self.say)("doc-formula-growth", &[("measure", &measure(ix))]),
            Formula::Share { part, whole } => {
                (self.say)("doc-formula-share", &[("part", &measure(part)), ("whole", &measure(whole))])
            }
            Formula::Highest { reach, above } => {
                (self.say)("doc-formula-highest", &[("reach", &measure(reach)), ("above", &measure(above))])
            }
            Formula::Common { sum, .. } => (self.say)("doc-formula-common", &[("measure", &measure(sum))]),
            Formula::Quotient { over, under } => {
                (self.say)("doc-formula-quotient", &[("over", &measure(over)), ("under", &measure(under))])
            }
        }
    }

    fn source(&self, source: &Source, out: &mut String) {
        if source.document.is_empty() {
            return;
        }
        let mut parts = vec![escape(&source.document)];
        if !source.clause.is_empty() {
            parts.push(escape(&source.clause));
        }
        if let Some(day) = source.checked {
            parts.push((self.say)("doc-checked", &[("day", &day.to_string())]));
        }
        let _ = write!(out, "{}: {}\n\n", self.t("doc-source"), parts.join("; "));
    }

    fn section(&self, id: &str, out: &mut String) {
        let _ = write!(out, "## {}\n\n", self.t(id));
    }

    fn table(&self, head: &[&str], rows: impl Iterator<Item = Vec<String>>, out: &mut String) {
        let head: Vec<String> = head.iter().map(|id| self.t(id)).collect();
        let _ = writeln!(out, "| {} |", head.join(" | "));
        let _ = writeln!(out, "|{}", " --- |".repeat(head.len()));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| cell_text(cell)).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
        out.push('\n');
    }
}

/// The word of how carefully a field must be handled.
pub fn privacy(field: &Field) -> &'static str {
    use crate::model::Privacy;
    match field.privacy {
        Privacy::Public => "public",
        Privacy::Internal => "internal",
        Privacy::Personal => "personal",
        Privacy::Sensitive => "sensitive",
    }
}

/// A text that stays text in Markdown, on one line. What stands between back quotes is left alone.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        match c {
            '`' => code = !code,
            '*' | '_' | '[' | ']' | '<' | '>' | '#' | '\\' if !code => out.push('\\'),
            _ => {}
        }
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
    }
    out
}

fn cell_text(text: &str) -> String {
    escape(text).replace('|', "\\|")
}
