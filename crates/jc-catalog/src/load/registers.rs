//! The frame of each register: the order of all, their fields, keys and periods. Expressions come after, in `body`.

use super::lists::{Lists, check_id, check_twice, values};
use super::raw::{RawField, RawFile, RawOwn, RawPeriod, RawRegister};
use super::reader::Faults;
use super::source::{At, Text};
use crate::expr::{RESERVED, near_field};
use crate::faults;
use crate::kinds::{Kind, find_list};
use crate::model::{Field, Own, PeriodRule, Privacy, Register};
use jc_base::{CodeListId, Date, FieldId, PeriodKind, RegisterId, RoleId};
use std::collections::{BTreeSet, HashMap};

/// More fields than any paper form has.
const MOST_FIELDS: usize = 120;
const MOST_DIGITS: u8 = 6;

/// The registers with all but what holds expressions, referenced ones first; and what each was read from.
pub(super) fn resolve<'r>(
    raw: &'r [RawFile],
    lists: &Lists,
    faults: &Faults<'_>,
) -> (Vec<&'r RawRegister>, Vec<Register>) {
    let mut order: Vec<&RawRegister> = raw
        .iter()
        .filter_map(|file| if let RawFile::Register(register) = file { Some(register.as_ref()) } else { None })
        .collect();
    check_twice(order.iter().map(|register| &register.id), faults);
    order.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    order.dedup_by(|a, b| a.id.value == b.id.value);
    let order = referenced_first(order, faults);
    let positions: HashMap<&str, usize> =
        order.iter().enumerate().map(|(ix, register)| (register.id.value.as_str(), ix)).collect();
    let frame = Frame { positions, lists, faults };
    let registers = order.iter().map(|register| frame.register(register)).collect();
    (order, registers)
}

/// The register a type refers to.
fn target(kind: &str) -> Option<&str> {
    kind.strip_prefix("ref:").or_else(|| kind.strip_prefix("refs:"))
}

/// Sorts so that each register follows those its fields refer to; a circle is a finding.
fn referenced_first<'r>(registers: Vec<&'r RawRegister>, faults: &Faults<'_>) -> Vec<&'r RawRegister> {
    let by_id: HashMap<&str, usize> = registers.iter().enumerate().map(|(ix, r)| (r.id.value.as_str(), ix)).collect();
    let needs: Vec<Vec<(usize, At)>> = registers
        .iter()
        .enumerate()
        .map(|(ix, register)| {
            let kinds = register.fields.iter().filter_map(|field| field.kind.as_ref());
            let to = kinds.filter_map(|kind| Some((*by_id.get(target(&kind.value)?)?, kind.at)));
            to.filter(|(to, _)| *to != ix).collect()
        })
        .collect();
    // Registers are sorted by id: the first that is free is the next.
    let mut left: BTreeSet<usize> = (0..registers.len()).collect();
    let mut sorted = Vec::with_capacity(registers.len());
    while let Some(next) =
        left.iter().copied().find(|ix| needs[*ix].iter().all(|(to, _)| !left.contains(to))).or_else(|| {
            let circle = circle(&left, &needs)?;
            let path: Vec<&str> = circle.iter().map(|(ix, _)| registers[*ix].id.value.as_str()).collect();
            let report =
                faults.error(faults::CYCLE, circle[0].1).with("path", format!("{} → {}", path.join(" → "), path[0]));
            circle.iter().skip(1).fold(report, |report, (_, at)| report.also(*at));
            Some(circle[0].0)
        })
    {
        left.remove(&next);
        sorted.push(registers[next]);
    }
    sorted
}

/// A circle among the registers left over: each with the place of its reference to the next.
fn circle(left: &BTreeSet<usize>, needs: &[Vec<(usize, At)>]) -> Option<Vec<(usize, At)>> {
    let mut walked: Vec<(usize, At)> = Vec::new();
    let mut here = *left.first()?;
    loop {
        if let Some(start) = walked.iter().position(|(ix, _)| *ix == here) {
            return Some(walked.split_off(start));
        }
        // Each one left over waits for another one left over: that is why it is left over.
        let (next, at) = *needs[here].iter().find(|(to, _)| left.contains(to))?;
        walked.push((here, at));
        here = next;
    }
}

struct Frame<'a> {
    positions: HashMap<&'a str, usize>,
    lists: &'a Lists,
    faults: &'a Faults<'a>,
}

impl Frame<'_> {
    fn register(&self, raw: &RawRegister) -> Register {
        check_id(&raw.id, '-', self.faults);
        if raw.fields.is_empty() {
            self.faults.error(faults::NO_FIELDS, raw.at).with("register", &raw.id.value);
        }
        if raw.fields.len() > MOST_FIELDS {
            let report = self.faults.error(faults::TOO_MANY_FIELDS, raw.fields[MOST_FIELDS].id.at);
            report.with("count", raw.fields.len()).with("most", MOST_FIELDS);
        }
        check_twice(raw.fields.iter().map(|field| &field.id), self.faults);
        self.check_headings(raw);
        let office = |id: &Option<Text>| id.as_ref().map_or(0, |id| self.lists.office(id, self.faults));
        let mut register = Register {
            id: RegisterId::from(raw.id.value.as_str()),
            area: raw.area,
            name: raw.name.clone(),
            about: raw.about.clone(),
            table: format!("r_{}", raw.id.value.replace('-', "_")),
            key: Vec::new(),
            label: Vec::new(),
            within: None,
            born: None,
            period: PeriodRule::Always,
            slices: Vec::new(),
            own: None,
            kept_by: office(&raw.kept_by),
            verified_by: office(&raw.verified_by),
            evidence: Vec::new(),
            fields: raw.fields.iter().map(|field| self.field(field)).collect(),
            copies: Vec::new(),
            checks: Vec::new(),
            limits: Vec::new(),
            same: Vec::new(),
            rules: Vec::new(),
            coverage: Vec::new(),
            consent: None,
            check_in: None,
            certificate: None,
            measures: Vec::new(),
            indicators: Vec::new(),
            asks: Vec::new(),
            path: raw.path.clone(),
        };
        self.key(raw, &mut register);
        if let Some(period) = &raw.period {
            register.period = self.period(period, &register).unwrap_or(PeriodRule::Always);
        }
        register.born = raw.born.as_ref().and_then(|born| self.born(born, &register));
        register.own = raw.own.as_ref().and_then(|own| self.own(own, &register));
        register
    }

    /// The field that tells who is a minor.
    fn born(&self, id: &Text, register: &Register) -> Option<usize> {
        let field = self.find(id, register)?;
        let kind = &register.fields[field].kind;
        if *kind != Kind::Date {
            let report = self.faults.error(faults::BORN_FIELD, id.at).with("field", &id.value);
            report.with("kind", format!("@kind-{}", kind.word()));
            return None;
        }
        Some(field)
    }

    /// Whom the register is open to; that the roles exist is seen to where roles are read.
    fn own(&self, raw: &RawOwn, register: &Register) -> Option<Own> {
        let Some(field) = register.find_field(&raw.field.value) else {
            let report = self.faults.error(faults::UNKNOWN_FIELD, raw.field.at).with("field", &raw.field.value);
            report.with("register", &register.id).nearest(near_field(register, &raw.field.value));
            return None;
        };
        let kind = &register.fields[field].kind;
        if !matches!(kind, Kind::Ref(_)) {
            let report = self.faults.error(faults::OWN_FIELD, raw.field.at).with("field", &raw.field.value);
            report.with("kind", format!("@kind-{}", kind.word()));
            return None;
        }
        Some(Own { field, roles: raw.roles.iter().map(|role| RoleId::from(role.value.as_str())).collect() })
    }

    fn field(&self, raw: &RawField) -> Field {
        check_id(&raw.id, '_', self.faults);
        if RESERVED.contains(&raw.id.value.as_str()) {
            self.faults.error(faults::RESERVED, raw.id.at).with("id", &raw.id.value);
        }
        let kind = raw.kind.as_ref().and_then(|kind| self.kind(kind)).unwrap_or(Kind::Text);
        Field {
            id: FieldId::from(raw.id.value.as_str()),
            column: format!("f_{}", raw.id.value),
            name: raw.name.clone(),
            aliases: values(&raw.aliases),
            help: raw.help.clone(),
            privacy: self.privacy(raw.privacy.as_ref(), &kind),
            data_class: raw.data_class.as_ref().and_then(|id| self.lists.data_class(id, self.faults)),
            kind,
            required: raw.required,
            unique: raw.unique,
            over_time: raw.over_time,
            // Settled once the fields of all registers are known.
            within: None,
            retired: raw.retired,
        }
    }

    /// Internal unless declared; an ID number is sensitive and cannot be declared otherwise.
    fn privacy(&self, word: Option<&Text>, kind: &Kind) -> Privacy {
        let words = [
            ("public", Privacy::Public),
            ("internal", Privacy::Internal),
            ("personal", Privacy::Personal),
            ("sensitive", Privacy::Sensitive),
        ];
        let declared = word.and_then(|word| word_of(word, "privacy", &words, self.faults));
        match (kind, declared, word) {
            (Kind::IdNumber, Some(Privacy::Sensitive) | None, _) => Privacy::Sensitive,
            (Kind::IdNumber, Some(_), Some(word)) => {
                self.faults.error(faults::ID_PRIVACY, word.at).with("value", &word.value);
                Privacy::Sensitive
            }
            (_, declared, _) => declared.unwrap_or(Privacy::Internal),
        }
    }

    /// The kind of a type such as `decimal:2` or `ref:student`.
    fn kind(&self, text: &Text) -> Option<Kind> {
        let (word, parameter) = match text.value.split_once(':') {
            Some((word, parameter)) => (word.trim(), Some(parameter.trim())),
            None => (text.value.trim(), None),
        };
        let Some((_, plain)) = KINDS.iter().find(|(known, _)| *known == word) else {
            let nearest = jc_text::similar::nearest(word, KINDS.iter().map(|(known, _)| *known));
            self.faults.error(faults::FIELD_TYPE, text.at).with("type", &text.value).nearest(nearest);
            return None;
        };
        let register = |id: &str| {
            let found = self.positions.get(id).copied();
            if found.is_none() {
                let nearest = jc_text::similar::nearest(id, self.positions.keys().copied());
                self.faults.error(faults::UNKNOWN_REGISTER, text.at).with("register", id).nearest(nearest);
            }
            found
        };
        match (plain, word, parameter) {
            (Some(kind), _, None) => Some(kind.clone()),
            (None, "ref", Some(id)) => register(id).map(Kind::Ref),
            (None, "refs", Some(id)) => register(id).map(Kind::Refs),
            (None, "code", Some(id)) => {
                let list = CodeListId::from(id);
                if find_list(&self.lists.codes, &list).is_none() {
                    let ids = self.lists.codes.iter().map(|list| list.id.as_str());
                    let nearest = jc_text::similar::nearest(id, ids);
                    self.faults.error(faults::UNKNOWN_LIST, text.at).with("list", id).nearest(nearest);
                    return None;
                }
                Some(Kind::Code(list))
            }
            (None, "decimal", Some(digits)) if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() => {
                match digits.parse::<u8>() {
                    Ok(digits @ 1..=MOST_DIGITS) => Some(Kind::Decimal(digits)),
                    Ok(0) => Some(Kind::Integer),
                    _ => {
                        self.faults.error(faults::DIGITS, text.at).with("digits", digits);
                        None
                    }
                }
            }
            _ => {
                self.faults.error(faults::TYPE_PARAMETER, text.at).with("type", &text.value);
                None
            }
        }
    }

    /// No two fields may be imported under one heading.
    fn check_headings(&self, raw: &RawRegister) {
        let mut seen: HashMap<String, (&str, At)> = HashMap::new();
        let names = raw.fields.iter().map(|field| (field, field.name.zh.as_str(), field.name_at));
        let aliases = raw
            .fields
            .iter()
            .flat_map(|field| field.aliases.iter().map(move |alias| (field, alias.value.as_str(), alias.at)));
        for (field, heading, at) in names.chain(aliases).filter(|(_, heading, _)| !heading.is_empty()) {
            let folded = jc_text::fold::plain(heading).to_lowercase();
            match seen.get(&folded) {
                Some((other, first)) => {
                    let report = self.faults.error(faults::ALIAS_TWICE, at).with("alias", heading);
                    report.with("field", &field.id.value).with("other", other).also(*first);
                }
                None => {
                    seen.insert(folded, (&field.id.value, at));
                }
            }
        }
    }

    fn find(&self, id: &Text, register: &Register) -> Option<usize> {
        let found = register.find_field(&id.value);
        // A register without fields was told already.
        if found.is_none() && !register.fields.is_empty() {
            let report = self.faults.error(faults::UNKNOWN_FIELD, id.at).with("field", &id.value);
            report.with("register", &register.id).nearest(near_field(register, &id.value));
        }
        found
    }

    fn key(&self, raw: &RawRegister, register: &mut Register) {
        if raw.key.is_empty() {
            self.faults.error(faults::NO_KEY, raw.at).with("register", &raw.id.value);
        }
        for id in &raw.key {
            let Some(ix) = self.find(id, register) else { continue };
            let field = &register.fields[ix];
            if !field.required {
                self.faults.error(faults::KEY_OPTIONAL, id.at).with("field", &id.value);
            }
            if matches!(field.kind, Kind::Refs(_) | Kind::LongText | Kind::Link) {
                let kind = format!("@kind-{}", field.kind.word());
                self.faults.error(faults::KEY_KIND, id.at).with("field", &id.value).with("kind", kind);
            }
            self.not_retired(field, id, "@use-key");
            register.key.push(ix);
        }
        let one_value = |id: &Text, used: &'static str| {
            let ix = self.find(id, register)?;
            if matches!(register.fields[ix].kind, Kind::Refs(_)) {
                self.faults.error(faults::REF_TO_UNSEEN, id.at).with("field", &id.value).with("use", used);
            }
            Some(ix)
        };
        let label: Vec<usize> = raw.label.iter().filter_map(|id| one_value(id, "@use-label")).collect();
        let within = raw.within.as_ref().and_then(|id| one_value(id, "@use-within"));
        register.label = if raw.label.is_empty() { register.key.clone() } else { label };
        register.within = within;
    }

    fn not_retired(&self, field: &Field, id: &Text, used: &'static str) {
        if field.retired.is_some() {
            self.faults.error(faults::RETIRED_USED, id.at).with("field", &id.value).with("use", used);
        }
    }

    fn period(&self, raw: &RawPeriod, register: &Register) -> Option<PeriodRule> {
        let kinds = PeriodKind::ALL.map(|kind| (kind.code(), kind));
        let kind = raw.kind.as_ref().and_then(|word| {
            let known = kinds.iter().find(|(code, _)| *code == word.value);
            if known.is_none() {
                let nearest = jc_text::similar::nearest(&word.value, kinds.iter().map(|(code, _)| *code));
                self.faults.error(faults::PERIOD_KIND, word.at).with("kind", &word.value).nearest(nearest);
            }
            known.map(|(_, kind)| *kind)
        });
        let day = |id: &Text, more: bool, want: &'static str| {
            let ix = self.find(id, register)?;
            let field = &register.fields[ix];
            self.not_retired(field, id, "@use-period");
            let fits = field.kind == Kind::Date || (more && matches!(field.kind, Kind::Month | Kind::Year));
            if !fits {
                let report = self.faults.error(faults::PERIOD_FIELD, id.at).with("field", &id.value);
                report.with("kind", format!("@kind-{}", field.kind.word())).with("want", want);
            }
            fits.then_some(ix)
        };
        match (&raw.on, &raw.from) {
            (Some(on), None) => {
                for key in [&raw.until, &raw.census].into_iter().flatten() {
                    let report = self.faults.error(faults::KEY_DOES_NOTHING, key.at);
                    report
                        .with("key", if raw.until.as_ref() == Some(key) { "until" } else { "census" })
                        .with("form", "on");
                }
                // A year field can place a record only where periods are years.
                let years = matches!(kind, Some(PeriodKind::Year | PeriodKind::Cohort) | None);
                let field = day(on, true, "@want-day-month-year")?;
                if register.fields[field].kind == Kind::Year && !years {
                    let report = self.faults.error(faults::PERIOD_FIELD, on.at).with("field", &on.value);
                    report.with("kind", "@kind-year").with("want", "@want-day-month");
                    return None;
                }
                Some(PeriodRule::On { field, kind: kind? })
            }
            (None, Some(from)) => {
                let from = day(from, false, "@kind-date");
                let until = raw.until.as_ref().map(|until| day(until, false, "@kind-date"));
                let census = raw.census.as_ref().map(|text| self.census(text));
                Some(PeriodRule::During {
                    from: from?,
                    until: until.unwrap_or(None),
                    kind: kind?,
                    census: census.unwrap_or(None),
                })
            }
            _ => {
                self.faults.error(faults::PERIOD_KEYS, raw.at);
                None
            }
        }
    }

    /// `12-31`: a day of every year, so not 02-29.
    fn census(&self, text: &Text) -> Option<(u32, u32)> {
        let day = Date::parse_iso(&format!("2023-{}", text.value));
        if day.is_none() {
            self.faults.error(faults::CENSUS, text.at).with("value", &text.value);
        }
        day.map(|day| (day.month(), day.day()))
    }
}

/// The types by their words; those that take a parameter have no kind yet.
const KINDS: &[(&str, Option<Kind>)] = &[
    ("text", Some(Kind::Text)),
    ("long-text", Some(Kind::LongText)),
    ("integer", Some(Kind::Integer)),
    ("decimal", None),
    ("money", Some(Kind::Money)),
    ("date", Some(Kind::Date)),
    ("month", Some(Kind::Month)),
    ("year", Some(Kind::Year)),
    ("time", Some(Kind::Time)),
    ("boolean", Some(Kind::Boolean)),
    ("code", None),
    ("ref", None),
    ("refs", None),
    ("person-name", Some(Kind::PersonName)),
    ("id-number", Some(Kind::IdNumber)),
    ("org-code", Some(Kind::OrgCode)),
    ("phone", Some(Kind::Phone)),
    ("certificate-number", Some(Kind::CertificateNumber)),
    ("link", Some(Kind::Link)),
];

/// The meaning of one of a few words.
pub(super) fn word_of<T: Copy>(word: &Text, key: &str, words: &[(&str, T)], faults: &Faults<'_>) -> Option<T> {
    let known = words.iter().find(|(known, _)| *known == word.value);
    if known.is_none() {
        let nearest = jc_text::similar::nearest(&word.value, words.iter().map(|(known, _)| *known));
        let all: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        let report = faults.error(faults::WORD, word.at).with("key", key).with("value", &word.value);
        report.with("words", all.join(", ")).nearest(nearest);
    }
    known.map(|(_, meaning)| *meaning)
}
