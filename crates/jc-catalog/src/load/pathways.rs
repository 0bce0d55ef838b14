//! Pathways: what a file of `pathways/` declares, resolved against registers and code lists.

use super::lists::{Lists, check_id, check_twice, source};
use super::pathway_checks::{self, Declared};
use super::raw::read_source;
use super::reader::{ANY, Faults, Table};
use super::source::{At, Text};
use super::{Place, place_of};
use crate::expr::eval::{Moments, Row, Truth, number, truth};
use crate::expr::{self, Copies, Expr, Parsed, Scope, near_field};
use crate::faults;
use crate::kinds::{Kind, ParseContext, find_list};
use crate::model::{Area, Column, PeriodRule, Register};
use crate::pathway::{
    Achievement, Amount, Assessment, Competency, Contest, Criterion, Domain, Pathway, Quantity, RatingKind, Stage,
    Tally, Variant, ways,
};
use jc_base::{CodeListId, Date, FieldId, Names, RegisterId, Value};
use toml::de::DeTable;

/// The keys of such a file.
const KEYS: &[&str] = &["pathway", "variant", "domain", "competency", "quantity", "achievement", "assessment", "stage"];

/// Reads a file if it stands in `pathways/`. Faults are told; a pathway with one is not given.
pub(super) fn read_file(
    file: usize,
    root: &DeTable<'_>,
    registers: &[Register],
    lists: &Lists,
    faults: &Faults<'_>,
) -> Option<Pathway> {
    let path = faults.files[file].path;
    let (Place::Pathways, stem) = place_of(path)? else { return None };
    let root = Table::open(root, At { file, start: 0, end: 0 }, "@toml-file", KEYS, faults);
    let (id, pathway) = read(root, path, registers, lists, faults)?;
    if id.value != stem {
        faults.error(faults::FILE_NAME, id.at).with("id", &id.value).with("file", stem);
    }
    Some(pathway)
}

fn read(
    root: Table<'_>,
    path: &str,
    registers: &[Register],
    lists: &Lists,
    faults: &Faults<'_>,
) -> Option<(Text, Pathway)> {
    if !root.has("pathway") {
        root.missing("pathway");
    }
    let head = root.table("pathway", "[pathway]", HEAD)?;
    let mut reader = Reader { registers, lists, faults, copies: Copies::kept(registers) };
    let id = head.need_text("id");
    let people = reader.register(head, "people");
    let among = people.and_then(|people| reader.truth(head, "among", people));
    let department = people.and_then(|people| reader.field(head, "department", people));
    let leaving =
        head.has("leaving").then(|| people.and_then(|people| reader.truth(head, "leaving", people))).flatten();
    let mut variants = reader.variants(root, people);
    let domains = reader.domains(root);
    let competencies = reader.competencies(root, &domains.1);
    reader.codes(head, "competencies", &competencies.ids);
    let quantities = reader.quantities(root, people);
    let achievements = reader.achievements(root, &quantities.found);
    let assessment = reader.assessment(root, people);
    let facts = facts_register(&quantities, &competencies);
    let ids: Vec<Text> = variants.iter().map(|(_, id, _)| id.clone()).collect();
    for (variant, _, text) in &mut variants {
        variant.facts = text.as_ref().and_then(|text| reader.over_facts(text, &facts));
    }
    let stages = reader.stages(root, &facts, &ids);
    let leading = head.text("leading");
    let stage_ids: Vec<Text> = stages.iter().map(|stage| stage.id.clone()).collect();
    let leading = leading.and_then(|text| reader.find(&text, &stage_ids, "@pathway-stage").map(|_| text.value));
    reader.codes(head, "stages", &stage_ids);
    if !head.has("source") {
        head.missing("source");
    }
    let whole = quantities.found.iter().all(Option::is_some) && competencies.found.iter().all(Option::is_some);
    let quantities: Vec<Quantity> = quantities.found.into_iter().flatten().collect();
    let competencies: Vec<Competency> = competencies.found.into_iter().flatten().collect();
    let ordered = pathway_checks::in_order(stages, head.at, faults)?;
    if whole {
        pathway_checks::reachable(&ordered, &quantities, &competencies, faults);
    }
    let id = id?;
    let leading = leading.and_then(|leading| ordered.iter().position(|stage| stage.id.value == leading));
    let pathway = Pathway {
        id: id.value.clone(),
        name: head.need_names("name"),
        about: head.names("about").unwrap_or_default(),
        source: source(&read_source(head)),
        people: people?,
        among: among?,
        department,
        leaving,
        leading,
        variants: variants.into_iter().map(|(variant, ..)| variant).collect(),
        domains: domains.0,
        competencies,
        quantities,
        achievements,
        assessment: assessment?,
        stages: ordered.into_iter().map(Declared::into_stage).collect(),
        path: path.to_owned(),
    };
    whole.then_some((id, pathway))
}

const HEAD: &[&str] =
    &["id", "name", "about", "source", "people", "among", "department", "leaving", "leading", "competencies", "stages"];

/// What was declared under ids, in order; nothing where it is faulty.
struct Named<T> {
    ids: Vec<Text>,
    found: Vec<Option<T>>,
}

struct Reader<'a> {
    registers: &'a [Register],
    lists: &'a Lists,
    faults: &'a Faults<'a>,
    copies: Copies,
}

impl Reader<'_> {
    fn register(&self, table: Table<'_>, key: &str) -> Option<usize> {
        let text = table.need_text(key)?;
        let found = self.registers.iter().position(|register| register.id.as_str() == text.value);
        if found.is_none() {
            let nearest = jc_text::similar::nearest(&text.value, self.registers.iter().map(|r| r.id.as_str()));
            let report = self.faults.error(faults::UNKNOWN_REGISTER, text.at).with("register", &text.value);
            report.nearest(nearest);
        }
        found
    }

    /// A field of a register that must be named.
    fn need_field(&self, table: Table<'_>, key: &str, register: usize) -> Option<usize> {
        if !table.has(key) {
            table.missing(key);
        }
        self.field(table, key, register)
    }

    fn field(&self, table: Table<'_>, key: &str, register: usize) -> Option<usize> {
        self.find_field(&table.text(key)?, register)
    }

    fn find_field(&self, text: &Text, register: usize) -> Option<usize> {
        let declared = &self.registers[register];
        let found = declared.find_field(&text.value);
        if found.is_none() {
            let report = self.faults.error(faults::UNKNOWN_FIELD, text.at).with("field", &text.value);
            report.with("register", &declared.id).nearest(near_field(declared, &text.value));
        }
        found
    }

    fn parse(&mut self, text: &Text, register: usize) -> Option<Parsed> {
        let scope = Scope { registers: self.registers, codes: &self.lists.codes, register };
        let parsed = expr::parse(&text.value, scope, &mut self.copies);
        parsed.map_err(|found| found.into_iter().for_each(|fault| self.faults.expr(fault, text.at))).ok()
    }

    fn truth(&mut self, table: Table<'_>, key: &str, register: usize) -> Option<Expr> {
        let Some(text) = table.text(key) else { return Some(Expr::Literal(expr::Literal::Bool(true))) };
        let whole = 0..text.value.chars().count();
        let parsed = self.parse(&text, register)?.truth(whole);
        let expr = parsed.map_err(|fault| self.faults.expr(fault, text.at)).ok()?;
        // Only the record itself is at hand when a person's facts are settled.
        if let Some(asked) = expr.asks().first() {
            self.faults.error(faults::PATHWAY_ASKS, text.at).with("register", &self.registers[*asked].id);
            return None;
        }
        Some(expr)
    }

    /// A field or a path the register keeps.
    fn column(&mut self, text: &Text, register: usize) -> Option<Column> {
        match self.parse(text, register)?.expr {
            Expr::Column(column) => Some(column),
            _ => {
                self.find_field(text, register);
                None
            }
        }
    }

    /// The variants, their ids, and what is asked of facts: read once the facts are known.
    fn variants(&mut self, root: Table<'_>, people: Option<usize>) -> Vec<(Variant, Text, Option<Text>)> {
        let tables = root.tables("variant", "[[variant]]", &["id", "name", "when", "facts"]);
        let mut found = Vec::new();
        for table in tables {
            let (id, name) = (table.need_text("id"), table.need_names("name"));
            let when = people.and_then(|people| self.truth(table, "when", people));
            let (Some(id), Some(when)) = (id, when) else { continue };
            check_id(&id, '-', self.faults);
            found.push((Variant { id: id.value.clone(), name, when, facts: None }, id, table.text("facts")));
        }
        check_twice(found.iter().map(|(_, id, _)| id), self.faults);
        found
    }

    /// A condition over facts.
    fn over_facts(&mut self, text: &Text, facts: &Register) -> Option<Expr> {
        let world = std::slice::from_ref(facts);
        let scope = Scope { registers: world, codes: &self.lists.codes, register: 0 };
        let parsed = expr::parse(&text.value, scope, &mut Copies::kept(world));
        let parsed =
            parsed.map_err(|found| found.into_iter().for_each(|fault| self.faults.expr(fault, text.at))).ok()?;
        let whole = 0..text.value.chars().count();
        parsed.truth(whole).map_err(|fault| self.faults.expr(fault, text.at)).ok()
    }

    fn domains(&self, root: Table<'_>) -> (Vec<Domain>, Vec<Text>) {
        let tables = root.tables("domain", "[[domain]]", &["id", "name"]);
        let read = |table: Table<'_>| table.need_text("id").map(|id| (id, table.need_names("name")));
        let read: Vec<(Text, Names)> = tables.into_iter().filter_map(read).collect();
        check_twice(read.iter().map(|(id, _)| id), self.faults);
        let domain = |(id, name): &(Text, Names)| Domain { id: id.value.clone(), name: name.clone() };
        (read.iter().map(domain).collect(), read.into_iter().map(|(id, _)| id).collect())
    }

    fn competencies(&self, root: Table<'_>, domains: &[Text]) -> Named<Competency> {
        let keys = &["id", "name", "domain", "hours", "level"];
        let mut named = Named { ids: Vec::new(), found: Vec::new() };
        for table in root.tables("competency", "[[competency]]", keys) {
            let Some(id) = table.need_text("id") else { continue };
            check_id(&id, '-', self.faults);
            let name = table.need_names("name");
            let domain = table.need_text("domain").and_then(|text| self.find(&text, domains, "@pathway-domain"));
            let levels: Vec<Names> = table
                .tables("level", "[[competency.level]]", &["name"])
                .iter()
                .map(|it| it.need_names("name"))
                .collect();
            if !(2..=9).contains(&levels.len()) {
                let report = self.faults.error(faults::PATHWAY_LEVELS, table.at).with("competency", &id.value);
                report.with("found", levels.len());
            }
            let hours = table.number("hours").unwrap_or(40);
            let competency = domain.map(|domain| Competency { id: id.value.clone(), name, domain, levels, hours });
            named.ids.push(id);
            named.found.push(competency);
        }
        check_twice(&named.ids, self.faults);
        named
    }

    fn quantities(&mut self, root: Table<'_>, people: Option<usize>) -> Named<Quantity> {
        let keys = &["id", "name", "since", "of", "person", "where", "sum", "on", "months", "until", "remind"];
        let mut named = Named { ids: Vec::new(), found: Vec::new() };
        for table in root.tables("quantity", "[[quantity]]", keys) {
            let Some(id) = table.need_text("id") else { continue };
            check_id(&id, '_', self.faults);
            let quantity = self.quantity(table, &id, people);
            named.ids.push(id);
            named.found.push(quantity);
        }
        check_twice(&named.ids, self.faults);
        named
    }

    fn quantity(&mut self, table: Table<'_>, id: &Text, people: Option<usize>) -> Option<Quantity> {
        let name = table.need_names("name");
        let quantity = |amount, digits| Quantity { id: id.value.clone(), name, amount, digits };
        if table.has("since") == table.has("of") {
            self.faults.error(faults::PATHWAY_FORM, table.at).with("quantity", &id.value);
            return None;
        }
        if table.has("since") {
            let people = people?;
            let field = self.field(table, "since", people)?;
            self.dated(people, field, &table.text("since")?)?;
            return Some(quantity(Amount::Since(field), 0));
        }
        let register = self.register(table, "of")?;
        let person = self.person(table, register, people?)?;
        let filter = self.truth(table, "where", register)?;
        let on = match table.text("on") {
            Some(text) => {
                let field = self.find_field(&text, register)?;
                self.dated(register, field, &text)?;
                field
            }
            None => self.day_of(table, register)?,
        };
        let until = table.text("until");
        let until = match until {
            Some(text) => {
                let field = self.find_field(&text, register)?;
                self.dated(register, field, &text)?;
                Some(field)
            }
            None => None,
        };
        let (sum, digits) = match table.text("sum") {
            None => (None, 0),
            Some(text) => {
                let whole = 0..text.value.chars().count();
                let parsed = self.parse(&text, register)?.number(whole);
                let (sum, digits) = parsed.map_err(|fault| self.faults.expr(fault, text.at)).ok()?;
                (Some(sum), digits)
            }
        };
        let (months, remind) = (table.number("months"), table.number("remind"));
        let tally = Tally { register, person, filter, sum, on, months, until, remind };
        Some(quantity(Amount::Records(tally), digits))
    }

    /// The field that gives a register's records their day.
    fn day_of(&self, table: Table<'_>, register: usize) -> Option<usize> {
        match self.registers[register].period {
            PeriodRule::On { field, .. } | PeriodRule::During { from: field, .. } => Some(field),
            PeriodRule::Always => {
                table.missing("on");
                None
            }
        }
    }

    fn dated(&self, register: usize, field: usize, text: &Text) -> Option<()> {
        let declared = &self.registers[register].fields[field];
        if declared.kind == Kind::Date {
            return Some(());
        }
        self.faults.error(faults::PATHWAY_DAY, text.at).with("field", &declared.id);
        None
    }

    /// Where a person stands on a register's records: the field declared, or the only one that refers to people.
    fn person(&mut self, table: Table<'_>, register: usize, people: usize) -> Option<Column> {
        let fits = |kind: &Kind| matches!(kind, Kind::Ref(to) | Kind::Refs(to) if *to == people);
        let declared = &self.registers[register];
        if let Some(text) = table.text("person") {
            let column = self.column(&text, register)?;
            if !fits(declared.column_kind(column)) {
                let report = self.faults.error(faults::PATHWAY_PERSON, text.at).with("field", &text.value);
                report.with("people", &self.registers[people].id);
                return None;
            }
            return Some(column);
        }
        let own: Vec<usize> = (0..declared.fields.len()).filter(|ix| fits(&declared.fields[*ix].kind)).collect();
        match own.as_slice() {
            [one] => Some(Column::Field(*one)),
            [] => {
                let report = self.faults.error(faults::EXPR_NO_WAY, table.at).with("register", &declared.id);
                report.with("here", &self.registers[people].id);
                None
            }
            several => {
                let names: Vec<&str> = several.iter().map(|ix| declared.fields[*ix].id.as_str()).collect();
                let report = self.faults.error(faults::EXPR_MANY_WAYS, table.at).with("register", &declared.id);
                report.with("fields", names.join(", "));
                None
            }
        }
    }

    fn achievements(&mut self, root: Table<'_>, quantities: &[Option<Quantity>]) -> Vec<Achievement> {
        let keys = &["id", "name", "of", "person", "record", "hours", "most"];
        let tables = root.tables("achievement", "[[achievement]]", keys);
        let mut ids = Vec::new();
        let mut found = Vec::new();
        for table in tables {
            let Some(id) = table.need_text("id") else { continue };
            check_id(&id, '-', self.faults);
            if let Some(achievement) = self.achievement(table, &id, quantities) {
                found.push(achievement);
            }
            ids.push(id);
        }
        check_twice(&ids, self.faults);
        found
    }

    fn achievement(&mut self, table: Table<'_>, id: &Text, quantities: &[Option<Quantity>]) -> Option<Achievement> {
        let name = table.need_names("name");
        let register = self.register(table, "of")?;
        let person = table.text("person").map(|text| self.column(&text, register));
        let person = match person {
            Some(given) => Some(given?),
            None => None,
        };
        let values = self.record(table, register)?;
        let row = Imagined { values: &values };
        let day = Date::new(2000, 1, 1)?;
        let moments = Moments { start: day, end: day, census: day };
        let mut gives = Vec::new();
        for (ix, quantity) in quantities.iter().enumerate() {
            let Some(Quantity { amount: Amount::Records(tally), .. }) = quantity else { continue };
            let same = tally.register == register && person.is_none_or(|person| person == tally.person);
            if !same || truth(&tally.filter, &row, &moments) != Truth::True {
                continue;
            }
            let amount = tally.sum.as_ref().map_or(Some(1), |sum| number(sum, &row, &moments));
            gives.extend(amount.filter(|amount| *amount > 0).map(|amount| (ix, amount)));
        }
        if gives.is_empty() && quantities.iter().all(Option::is_some) {
            self.faults.error(faults::PATHWAY_IDLE, table.at).with("achievement", &id.value);
            return None;
        }
        let hours = table.number("hours");
        if hours.is_none() && !table.has("hours") {
            table.missing("hours");
        }
        let most = table.number("most").unwrap_or(6);
        Some(Achievement { id: id.value.clone(), name, register, values, hours: hours?, most, gives })
    }

    /// What an achievement's record would say, by field or path.
    fn record(&mut self, table: Table<'_>, register: usize) -> Option<Vec<(Column, Value)>> {
        let Some(given) = table.table("record", "record", ANY) else { return Some(Vec::new()) };
        let mut values = Vec::new();
        for key in given.keys() {
            let column = self.column(&key, register)?;
            let kind = self.registers[register].column_kind(column);
            let text = given.cell(&key.value);
            match kind.parse(&text, &ParseContext { codes: &self.lists.codes, on: None }) {
                Ok(value) => values.push((column, value)),
                Err(_) => {
                    let report = self.faults.error(faults::CASE_VALUE, key.at).with("field", &key.value);
                    report.with("value", text).with("kind", format!("@kind-{}", kind.word()));
                    return None;
                }
            }
        }
        Some(values)
    }

    fn assessment(&mut self, root: Table<'_>, people: Option<usize>) -> Option<Assessment> {
        let keys =
            &["register", "person", "competency", "level", "kind", "by", "on", "cites", "spread", "kinds", "contest"];
        if !root.has("assessment") {
            root.missing("assessment");
        }
        let table = root.table("assessment", "[assessment]", keys)?;
        let register = self.register(table, "register")?;
        let person = self.need_field(table, "person", register);
        let [competency, level, kind, by, on] =
            ["competency", "level", "kind", "by", "on"].map(|key| self.need_field(table, key, register));
        if let (Some(field), Some(text)) = (on, table.text("on")) {
            self.dated(register, field, &text);
        }
        self.names_people(table, register, person, people);
        let cites = table.texts("cites").iter().filter_map(|text| self.find_field(text, register)).collect();
        let mut ids = Vec::new();
        let mut kinds = Vec::new();
        for kind in table.tables("kinds", "[[assessment.kinds]]", &["id", "weight", "months", "stale"]) {
            let need = |key: &str| {
                if !kind.has(key) {
                    kind.missing(key);
                }
                kind.number(key)
            };
            let numbers = (need("weight"), need("months"), kind.number("stale"));
            let (Some(id), (Some(weight), Some(months), stale)) = (kind.need_text("id"), numbers) else { continue };
            kinds.push(RatingKind { id: id.value.clone(), weight, months, stale: stale.unwrap_or(months) });
            ids.push(id);
        }
        check_twice(&ids, self.faults);
        if let Some(Kind::Code(list)) = kind.map(|field| &self.registers[register].fields[field].kind) {
            self.held_in(list, &ids);
        }
        let contest = self.contest(table, people);
        let spread = table.small_number("spread").map_or(2, |it| it.0);
        Some(Assessment {
            register,
            person: person?,
            competency: competency?,
            level: level?,
            kind: kind?,
            by: by?,
            on: on?,
            cites,
            spread,
            kinds,
            contest,
        })
    }

    fn contest(&mut self, assessment: Table<'_>, people: Option<usize>) -> Option<Contest> {
        let keys = &["register", "person", "competency", "kind", "on", "raised", "days", "open", "upheld"];
        let table = assessment.table("contest", "contest", keys)?;
        let register = self.register(table, "register")?;
        let [person, competency, kind, on, raised] =
            ["person", "competency", "kind", "on", "raised"].map(|key| self.need_field(table, key, register));
        self.names_people(table, register, person, people);
        for (key, field) in [("on", on), ("raised", raised)] {
            if let (Some(field), Some(text)) = (field, table.text(key)) {
                self.dated(register, field, &text);
            }
        }
        if !table.has("days") {
            table.missing("days");
        }
        let days = table.number("days");
        let (open, upheld) = (self.truth(table, "open", register), self.truth(table, "upheld", register));
        Some(Contest {
            register,
            person: person?,
            competency: competency?,
            kind: kind?,
            on: on?,
            raised: raised?,
            days: days?,
            open: open?,
            upheld: upheld?,
        })
    }

    /// Tells a `person` that is no reference to the pathway's people.
    fn names_people(&self, table: Table<'_>, register: usize, person: Option<usize>, people: Option<usize>) {
        if let (Some(field), Some(people), Some(text)) = (person, people, table.text("person"))
            && self.registers[register].fields[field].kind != Kind::Ref(people)
        {
            let report = self.faults.error(faults::PATHWAY_PERSON, text.at).with("field", &text.value);
            report.with("people", &self.registers[people].id);
        }
    }

    fn stages(&mut self, root: Table<'_>, facts: &Register, variants: &[Text]) -> Vec<Declared> {
        let mut stages = Vec::new();
        for table in root.tables("stage", "[[stage]]", &["id", "name", "about", "after", "criterion"]) {
            let Some(id) = table.need_text("id") else { continue };
            check_id(&id, '-', self.faults);
            let keys = &["say", "require", "variants", "decision", "monotone"];
            let criteria = table.tables("criterion", "[[stage.criterion]]", keys);
            let criteria =
                criteria.into_iter().filter_map(|criterion| self.criterion(criterion, facts, variants)).collect();
            let stage = Stage {
                id: id.value.clone(),
                name: table.need_names("name"),
                about: table.names("about").unwrap_or_default(),
                criteria: Vec::new(),
            };
            stages.push(Declared { id, after: table.text("after"), stage, criteria });
        }
        check_twice(stages.iter().map(|stage| &stage.id), self.faults);
        stages
    }

    fn criterion(&mut self, table: Table<'_>, facts: &Register, variants: &[Text]) -> Option<(Text, Criterion)> {
        let say = table.need_names("say");
        let text = table.need_text("require")?;
        let asked = table.texts("variants");
        let variants: Vec<usize> =
            asked.iter().filter_map(|text| self.find(text, variants, "@pathway-variant")).collect();
        let require = self.over_facts(&text, facts)?;
        let declared_otherwise = table.has("monotone") && !table.flag("monotone");
        let ways = ways(&require);
        if ways.is_none() && !declared_otherwise {
            self.faults.error(faults::PATHWAY_MONOTONE, text.at).with("criterion", &say.zh);
        }
        let ways = ways.filter(|_| !declared_otherwise);
        Some((text, Criterion { say, require, variants, decision: table.flag("decision"), ways }))
    }

    /// The position of a name among those declared, or a finding that names the nearest.
    fn find(&self, text: &Text, among: &[Text], what: &'static str) -> Option<usize> {
        let found = among.iter().position(|known| known.value == text.value);
        if found.is_none() {
            let nearest = jc_text::similar::nearest(&text.value, among.iter().map(|known| known.value.as_str()));
            let report = self.faults.error(faults::PATHWAY_NAME, text.at).with("what", what);
            report.with("id", &text.value).nearest(nearest);
        }
        found
    }

    /// Holds ids against the code list a key of the head names.
    fn codes(&self, head: Table<'_>, key: &str, ids: &[Text]) {
        let Some(list) = head.need_text(key) else { return };
        let id = CodeListId::from(list.value.as_str());
        if find_list(&self.lists.codes, &id).is_some() {
            self.held_in(&id, ids);
            return;
        }
        let nearest = jc_text::similar::nearest(&list.value, self.lists.codes.iter().map(|list| list.id.as_str()));
        self.faults.error(faults::UNKNOWN_LIST, list.at).with("list", &list.value).nearest(nearest);
    }

    fn held_in(&self, list: &CodeListId, ids: &[Text]) {
        let Some(list) = find_list(&self.lists.codes, list) else { return };
        for id in ids.iter().filter(|id| list.find(&id.value).is_none()) {
            let nearest = jc_text::similar::nearest(&id.value, list.codes.iter().map(|code| code.code.as_str()));
            let report = self.faults.error(faults::EXPR_CODE, id.at).with("code", &id.value);
            report.with("list", list.id.as_str()).nearest(nearest);
        }
    }
}

/// The record an achievement would leave.
struct Imagined<'a> {
    values: &'a [(Column, Value)],
}

impl Imagined<'_> {
    fn value(&self, column: Column) -> &Value {
        self.values.iter().find(|(known, _)| *known == column).map_or(&Value::Missing, |(_, value)| value)
    }
}

impl Row for Imagined<'_> {
    fn field(&self, ix: usize) -> &Value {
        self.value(Column::Field(ix))
    }

    fn copied(&self, ix: usize) -> &Value {
        self.value(Column::Copied(ix))
    }

    fn related(&self, _register: usize, _via: usize) -> Vec<&dyn Row> {
        Vec::new()
    }
}

/// The facts as a register, so that criteria are read like every other expression.
fn facts_register(quantities: &Named<Quantity>, competencies: &Named<Competency>) -> Register {
    let digits = |quantity: &Option<Quantity>| quantity.as_ref().map_or(0, |quantity| quantity.digits);
    let counted = quantities.ids.iter().zip(&quantities.found);
    let counted = counted.map(|(id, quantity)| fact(id.value.clone(), digits(quantity)));
    let rated = competencies.ids.iter().map(|id| fact(id.value.replace('-', "_"), 0));
    Register {
        id: RegisterId::from("facts"),
        area: Area::Faculty,
        name: Names::default(),
        about: Names::default(),
        table: String::new(),
        key: Vec::new(),
        label: Vec::new(),
        within: None,
        born: None,
        period: PeriodRule::Always,
        slices: Vec::new(),
        own: None,
        kept_by: 0,
        verified_by: 0,
        evidence: Vec::new(),
        fields: counted.chain(rated).collect(),
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
        path: String::new(),
    }
}

fn fact(id: String, digits: u8) -> crate::model::Field {
    crate::model::Field {
        column: String::new(),
        name: Names::default(),
        aliases: Vec::new(),
        help: Names::default(),
        kind: if digits == 0 { Kind::Integer } else { Kind::Decimal(digits) },
        required: false,
        unique: false,
        over_time: false,
        within: None,
        privacy: crate::model::Privacy::Internal,
        data_class: None,
        retired: None,
        id: FieldId::from(id.as_str()),
    }
}
