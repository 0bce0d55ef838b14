//! What holds expressions: slices, evidence, checks, measures and indicators. All fields of all registers are known.

use super::lists::{Lists, check_id, check_twice};
use super::raw::{RawCheck, RawCounting, RawEvidence, RawMeasure, RawRegister, RawSlice};
use super::reader::Faults;
use super::registers::word_of;
use super::source::{At, Text};
use super::{check_in, coverage, indicators, rules, same};
use crate::expr::{self, Copies, Expr, Literal, Parsed, Scope, near_field};
use crate::faults;
use crate::kinds::{Kind, find_list};
use crate::model::{Check, Column, Counting, EvidenceRule, Measure, Register, Rule, Slice};
use jc_base::{CodeListId, MeasureId, Names, UnitId};

/// Fills in all registers, in their order.
pub(super) fn resolve(order: &[&RawRegister], registers: &mut [Register], lists: &Lists, faults: &Faults<'_>) {
    // Expressions only look at fields and periods, which are all there: a copy of the frames serves them all.
    let frames = registers.to_vec();
    let mut copies = Copies::growing(registers.len());
    for (ix, raw) in order.iter().enumerate() {
        let mut body =
            Body { raw, frames: &frames, register: ix, rules: Vec::new(), copies: &mut copies, lists, faults };
        let register = &mut registers[ix];
        register.slices = raw.slices.iter().filter_map(|slice| body.slice(slice)).collect();
        register.evidence = raw.evidence.iter().filter_map(|rule| body.evidence(rule)).collect();
        register.checks = raw.checks.iter().enumerate().filter_map(|(i, check)| body.check(i + 1, check)).collect();
        register.limits = coverage::limits(raw, register, faults);
        register.coverage = coverage::resolve(&mut body);
        coverage::settle_within(register, &body);
        register.same = same::resolve(&body);
        register.consent = check_in::consent(raw, &body);
        register.check_in = check_in::check_in(raw, &body);
        register.certificate = check_in::certificate(raw, &mut body);
        body.rules = rules::resolve(&mut body);
        register.rules = body.rules.clone();
        check_twice(raw.measures.iter().map(|measure| &measure.id), faults);
        register.measures = raw.measures.iter().filter_map(|measure| body.measure(measure)).collect();
        indicators::resolve(raw, register, &mut body);
    }
    for (ix, register) in registers.iter_mut().enumerate() {
        register.copies = copies.take(ix);
        let mut asks: Vec<usize> = Vec::new();
        for measure in &register.measures {
            asks.extend(measure.filter.asks());
            if let Counting::Sum(amount) = &measure.counting {
                asks.extend(amount.asks());
            }
        }
        // What lacks evidence is kept with a page as its totals are.
        asks.extend(register.evidence.iter().filter_map(|rule| rule.required.as_ref()).flat_map(Expr::asks));
        asks.sort_unstable();
        asks.dedup();
        register.asks = asks;
    }
    coverage::check_asks(order, registers, faults);
    indicators::check_all(order, registers, faults);
}

/// What the parts of one register are resolved with.
pub(super) struct Body<'a> {
    pub raw: &'a RawRegister,
    pub frames: &'a [Register],
    pub register: usize,
    /// The register's counting rules.
    pub rules: Vec<Rule>,
    pub copies: &'a mut Copies,
    pub lists: &'a Lists,
    pub faults: &'a Faults<'a>,
}

impl Body<'_> {
    pub(super) fn own(&self) -> &Register {
        &self.frames[self.register]
    }

    /// The position of a register among all.
    pub(super) fn position(&self, register: &Register) -> usize {
        self.frames.iter().position(|other| other.id == register.id).unwrap_or(self.register)
    }

    fn parse(&mut self, text: &Text) -> Option<Parsed> {
        let scope = Scope { registers: self.frames, codes: &self.lists.codes, register: self.register };
        match expr::parse(&text.value, scope, self.copies) {
            Ok(parsed) => Some(parsed),
            Err(found) => {
                found.into_iter().for_each(|fault| self.faults.expr(fault, text.at));
                None
            }
        }
    }

    /// An expression that is true or false.
    pub(super) fn truth(&mut self, text: &Text) -> Option<Expr> {
        let whole = 0..text.value.chars().count();
        let parsed = self.parse(text)?;
        parsed.truth(whole).map_err(|fault| self.faults.expr(fault, text.at)).ok()
    }

    fn number(&mut self, text: &Text) -> Option<(Expr, u8)> {
        let whole = 0..text.value.chars().count();
        let parsed = self.parse(text)?;
        parsed.number(whole).map_err(|fault| self.faults.expr(fault, text.at)).ok()
    }

    /// A field or path outside an expression.
    pub(super) fn column(&mut self, text: &Text) -> Option<(Column, Kind)> {
        let parsed = self.parse(text)?;
        match parsed.expr {
            Expr::Column(column) => Some((column, self.kind_of(column))),
            _ => {
                let report = self.faults.error(faults::UNKNOWN_FIELD, text.at).with("field", &text.value);
                report.with("register", &self.own().id).nearest(near_field(self.own(), &text.value));
                None
            }
        }
    }

    fn kind_of(&self, column: Column) -> Kind {
        match column {
            Column::Field(ix) => self.own().fields[ix].kind.clone(),
            Column::Copied(ix) => self.copies.of(self.register)[ix].kind.clone(),
        }
    }

    fn slice(&mut self, raw: &RawSlice) -> Option<Slice> {
        check_id(&raw.id, '-', self.faults);
        let (column, kind) = self.column(&raw.path)?;
        let name = match &kind {
            Kind::Ref(register) => self.frames[*register].name.clone(),
            Kind::Code(list) => find_list(&self.lists.codes, list).map(|list| list.name.clone()).unwrap_or_default(),
            Kind::Text => self.field_name(column),
            other => {
                let report = self.faults.error(faults::SLICE_KIND, raw.path.at).with("path", &raw.path.value);
                report.with("kind", format!("@kind-{}", other.word()));
                return None;
            }
        };
        Some(Slice { id: raw.id.value.clone(), name: raw.name.clone().unwrap_or(name), column })
    }

    fn field_name(&self, column: Column) -> Names {
        match column {
            Column::Field(ix) => self.own().fields[ix].name.clone(),
            Column::Copied(ix) => {
                let steps = &self.copies.of(self.register)[ix].steps;
                steps.last().map(|(r, f)| self.frames[*r].fields[*f].name.clone()).unwrap_or_default()
            }
        }
    }

    fn evidence(&mut self, raw: &RawEvidence) -> Option<EvidenceRule> {
        let list = find_list(&self.lists.codes, &CodeListId::from("evidence-kind"));
        let known = list.is_some_and(|list| list.find(&raw.kind.value).is_some());
        if !known {
            let codes = list.into_iter().flat_map(|list| list.codes.iter().map(|code| code.code.as_str()));
            let nearest = jc_text::similar::nearest(&raw.kind.value, codes);
            self.faults.error(faults::EVIDENCE_KIND, raw.kind.at).with("kind", &raw.kind.value).nearest(nearest);
        }
        let required = match &raw.required {
            Some(text) => Some(self.truth(text)?),
            None => None,
        };
        Some(EvidenceRule { kind: raw.kind.value.clone(), required })
    }

    fn check(&mut self, number: usize, raw: &RawCheck) -> Option<Check> {
        let when = raw.when.as_ref().map(|text| self.truth(text));
        let require = raw.require.as_ref().and_then(|text| self.truth(text));
        let field = raw.field.as_ref().and_then(|id| {
            let found = self.own().find_field(&id.value);
            if found.is_none() {
                let report = self.faults.error(faults::UNKNOWN_FIELD, id.at).with("field", &id.value);
                report.with("register", &self.own().id).nearest(near_field(self.own(), &id.value));
            }
            found
        });
        let levels = [("error", false), ("warning", true)];
        let warning = raw.level.as_ref().and_then(|word| word_of(word, "level", &levels, self.faults));
        Some(Check {
            number,
            when: match when {
                Some(parsed) => Some(parsed?),
                None => None,
            },
            require: require?,
            say: raw.say.clone(),
            field,
            warning: warning.unwrap_or(false),
        })
    }

    fn measure(&mut self, raw: &RawMeasure) -> Option<Measure> {
        check_id(&raw.id, '-', self.faults);
        let counted = self.counting(&raw.counting, &raw.id);
        let unit = raw.unit.as_ref().and_then(|unit| self.lists.unit(unit, self.faults));
        let rule = rules::named(&raw.counting, None, self);
        let (counting, filter, digits) = counted?;
        Some(Measure {
            id: MeasureId::from(raw.id.value.as_str()),
            name: raw.name.clone(),
            counting,
            rule,
            filter: filter.unwrap_or(Expr::Literal(Literal::Bool(true))),
            unit: unit.unwrap_or_else(|| UnitId::from("")),
            digits,
        })
    }

    /// What is added up, under which condition, and in how many digits.
    pub(super) fn counting(&mut self, raw: &RawCounting, id: &Text) -> Option<(Counting, Option<Expr>, u8)> {
        let given = [&raw.count, &raw.sum, &raw.members, &raw.distinct].into_iter().flatten().count();
        if given != 1 {
            self.faults.error(faults::MEASURE_FORM, raw.at).with("measure", &id.value);
        }
        let condition = raw.condition.as_ref().map(|text| (text.at, self.truth(text)));
        let filter = match condition {
            None => None,
            Some((at, filter)) => {
                if raw.count.is_some() {
                    self.does_nothing("where", "count", at);
                }
                Some(filter?)
            }
        };
        if let Some(text) = &raw.count {
            return self.truth(text).map(|filter| (Counting::Records, Some(filter), 0));
        }
        if let Some(text) = &raw.sum {
            return self.number(text).map(|(amount, digits)| (Counting::Sum(amount), filter, digits));
        }
        if let Some(text) = &raw.members {
            let (column, kind) = self.column(text)?;
            if let (Column::Field(ix), Kind::Refs(_)) = (column, &kind) {
                return Some((Counting::Members(ix), filter, 0));
            }
            let report = self.faults.error(faults::MEMBERS_KIND, text.at).with("field", &text.value);
            report.with("kind", format!("@kind-{}", kind.word()));
            return None;
        }
        let text = raw.distinct.as_ref()?;
        let (column, kind) = self.column(text)?;
        let apart = matches!(
            kind,
            Kind::Ref(_)
                | Kind::Refs(_)
                | Kind::Code(_)
                | Kind::Text
                | Kind::PersonName
                | Kind::OrgCode
                | Kind::CertificateNumber
        );
        if !apart {
            let report = self.faults.error(faults::DISTINCT_KIND, text.at).with("field", &text.value);
            report.with("kind", format!("@kind-{}", kind.word()));
            return None;
        }
        let rule = raw.rule.as_ref().and_then(|id| self.rules.iter().find(|rule| rule.id == id.value));
        let per = rule.and_then(|rule| rule.once_per);
        Some((Counting::Distinct { of: column, per }, filter, 0))
    }

    pub(super) fn does_nothing(&self, key: &'static str, form: &'static str, at: At) {
        self.faults.error(faults::KEY_DOES_NOTHING, at).with("key", key).with("form", form);
    }
}
