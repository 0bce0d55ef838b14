//! What a catalog file holds, as written: every name still a text with its place.

use super::raw_indicator::{RawIndicator, read_indicator};
use super::reader::{ANY, Faults, Table};
use super::source::{At, Text};
use super::{Place, place_of};
use crate::faults;
use crate::model::Area;
use crate::regulation::Regulation;
use jc_base::{Date, Names};
use toml::de::DeTable;

/// A file of the catalog.
pub(super) enum RawFile {
    Register(Box<RawRegister>),
    Codes(RawCodes),
    Regulation(Box<(Text, Regulation)>),
    Top(RawTop),
}

/// Units, quotients, offices and roles.
#[derive(Default)]
pub(super) struct RawTop {
    pub units: Vec<RawUnit>,
    pub quotients: Vec<RawQuotient>,
    pub offices: Vec<(Text, Names)>,
    pub data_classes: Vec<RawDataClass>,
    pub roles: Vec<RawRole>,
    pub exclusions: Vec<RawExclusion>,
}

pub(super) struct RawDataClass {
    pub id: Text,
    pub name: Names,
    pub purpose: Names,
    pub years: Option<u8>,
}

pub(super) struct RawRole {
    pub id: Text,
    pub name: Names,
    pub about: Names,
    pub scope: Option<Text>,
    pub may: Vec<Text>,
    pub also: Vec<Text>,
    pub alone: bool,
    pub second_factor: bool,
}

pub(super) struct RawExclusion {
    pub roles: Vec<Text>,
    pub say: Names,
}

pub(super) struct RawUnit {
    pub id: Text,
    pub name: Names,
    pub words: Vec<Text>,
}

pub(super) struct RawQuotient {
    pub at: At,
    pub over: Text,
    pub under: Text,
    pub gives: Text,
}

/// A code list.
pub(super) struct RawCodes {
    pub id: Text,
    pub name: Names,
    pub source: RawSource,
    pub ordered: bool,
    pub codes: Vec<RawCode>,
    pub path: String,
}

pub(super) struct RawCode {
    pub code: Text,
    pub name: Names,
    pub aliases: Vec<Text>,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

#[derive(Default)]
pub(super) struct RawSource {
    pub document: String,
    pub clause: String,
    pub checked: Option<Date>,
}

/// A register.
pub(super) struct RawRegister {
    pub at: At,
    pub id: Text,
    pub area: Area,
    pub path: String,
    pub name: Names,
    pub about: Names,
    pub key: Vec<Text>,
    pub label: Vec<Text>,
    pub within: Option<Text>,
    pub born: Option<Text>,
    pub period: Option<RawPeriod>,
    pub kept_by: Option<Text>,
    pub verified_by: Option<Text>,
    pub own: Option<RawOwn>,
    pub slices: Vec<RawSlice>,
    pub evidence: Vec<RawEvidence>,
    pub fields: Vec<RawField>,
    pub checks: Vec<RawCheck>,
    pub limits: Vec<RawLimit>,
    pub same: Vec<RawSame>,
    pub rules: Vec<RawRule>,
    pub coverage: Vec<RawCoverage>,
    pub consent: Option<RawConsent>,
    pub check_in: Option<RawCheckIn>,
    pub certificate: Option<RawCertificate>,
    pub measures: Vec<RawMeasure>,
    pub indicators: Vec<RawIndicator>,
}

/// Whom a register is open to, and the field that names them.
pub(super) struct RawOwn {
    pub field: Text,
    pub roles: Vec<Text>,
}

pub(super) struct RawPeriod {
    pub at: At,
    pub on: Option<Text>,
    pub from: Option<Text>,
    pub until: Option<Text>,
    pub kind: Option<Text>,
    pub census: Option<Text>,
}

pub(super) struct RawSlice {
    pub id: Text,
    pub name: Option<Names>,
    pub path: Text,
}

pub(super) struct RawEvidence {
    pub kind: Text,
    pub required: Option<Text>,
}

pub(super) struct RawField {
    pub id: Text,
    pub kind: Option<Text>,
    pub name: Names,
    pub name_at: At,
    pub aliases: Vec<Text>,
    pub help: Names,
    pub required: bool,
    pub unique: bool,
    pub over_time: bool,
    pub within: Option<Text>,
    pub privacy: Option<Text>,
    pub data_class: Option<Text>,
    pub retired: Option<Date>,
}

pub(super) struct RawCheck {
    pub when: Option<Text>,
    pub require: Option<Text>,
    pub field: Option<Text>,
    pub say: Names,
    pub level: Option<Text>,
}

/// How many records may share a value.
pub(super) struct RawLimit {
    pub at: At,
    pub field: Text,
    pub time: Option<RawLimitTime>,
    pub sum: Option<Text>,
    pub most: u8,
    pub say: Names,
    pub level: Option<Text>,
}

/// The day a record takes, or the part of it.
pub(super) struct RawLimitTime {
    pub at: At,
    pub on: Option<Text>,
    pub from: Option<Text>,
    pub until: Option<Text>,
}

/// A coverage list.
pub(super) struct RawCoverage {
    pub at: At,
    pub id: Text,
    pub name: Names,
    pub via: Text,
    pub every: Option<Text>,
    pub condition: Option<Text>,
    pub among: Option<Text>,
    pub by: Option<Text>,
}

/// By what a second entry is known.
pub(super) struct RawSame {
    pub at: At,
    pub register: Option<Text>,
    /// Own field, the other register's field.
    pub pairs: Vec<(Text, Text)>,
    pub say: Names,
    pub level: Option<Text>,
    pub join: bool,
}

/// How people check in.
pub(super) struct RawCheckIn {
    pub person: Option<Text>,
    pub event: Option<Text>,
    pub on: Option<Text>,
    pub arrived: Option<Text>,
    pub left: Option<Text>,
    pub hours: Option<Text>,
    pub confirmed_by: Option<Text>,
    /// Own field, the event's field.
    pub take: Vec<(Text, Text)>,
    pub leader: Option<Text>,
    pub held_on: Option<Text>,
    pub starts: Option<Text>,
    pub ends: Option<Text>,
    pub places: Option<Text>,
}

/// A register of consents.
pub(super) struct RawConsent {
    pub person: Option<Text>,
    pub kind: Option<Text>,
    pub given_on: Option<Text>,
    pub withdrawn_on: Option<Text>,
    pub publishes: Vec<Text>,
    pub text_version: Option<Text>,
    pub giver: Option<Text>,
    pub by_self: Option<Text>,
    pub by_guardian: Option<Text>,
    pub giver_name: Option<Text>,
    pub given_at: Option<Text>,
    pub asked: Vec<RawConsentText>,
}

/// A text that people agree to or not.
pub(super) struct RawConsentText {
    pub kind: Option<Text>,
    pub version: Option<Text>,
    pub text: Names,
}

/// A certificate.
pub(super) struct RawCertificate {
    pub title: Names,
    pub text: Names,
    pub holder: Option<Text>,
    pub lines: Vec<Text>,
    pub languages: Vec<Text>,
    pub condition: Option<Text>,
}

/// A counting rule.
pub(super) struct RawRule {
    pub id: Text,
    pub name: Names,
    pub once_per: Option<Text>,
    pub highest: Option<Text>,
}

/// How something is counted: exactly one of the four, perhaps with a condition.
pub(super) struct RawCounting {
    pub at: At,
    pub count: Option<Text>,
    pub sum: Option<Text>,
    pub members: Option<Text>,
    pub distinct: Option<Text>,
    pub condition: Option<Text>,
    /// How what one gets several times is counted.
    pub rule: Option<Text>,
}

pub(super) struct RawMeasure {
    pub id: Text,
    pub name: Names,
    pub counting: RawCounting,
    pub unit: Option<Text>,
}

const REGISTER: &[&str] = &[
    "id",
    "name",
    "about",
    "key",
    "label",
    "within",
    "born",
    "period",
    "kept_by",
    "verified_by",
    "own",
    "slices",
    "evidence",
];
const ROLE: &[&str] = &["id", "name", "about", "scope", "may", "also", "alone", "second_factor"];
const FIELD: &[&str] = &[
    "id",
    "type",
    "name",
    "aliases",
    "help",
    "required",
    "unique",
    "over_time",
    "within",
    "privacy",
    "data_class",
    "retired",
];

const MEASURE: &[&str] = &["id", "name", "count", "sum", "members", "distinct", "rule", "where", "unit"];

const CHECK_IN: &[&str] = &[
    "person",
    "event",
    "on",
    "arrived",
    "left",
    "hours",
    "confirmed_by",
    "take",
    "leader",
    "held_on",
    "starts",
    "ends",
    "places",
];
const CONSENT: &[&str] = &[
    "person",
    "kind",
    "given_on",
    "withdrawn_on",
    "publishes",
    "text_version",
    "giver",
    "by_self",
    "by_guardian",
    "giver_name",
    "given_at",
    "asked",
];
const CERTIFICATE: &[&str] = &["title", "text", "holder", "lines", "languages", "where"];

/// Reads a file by its place; nothing for files that are not read here.
pub(super) fn read(file: usize, root: &DeTable<'_>, faults: &Faults<'_>) -> Option<RawFile> {
    let source = &faults.files[file];
    let whole = At { file, start: 0, end: 0 };
    let Some((place, stem)) = place_of(source.path) else {
        let folders: Vec<&str> =
            Area::ALL.into_iter().map(Area::code).chain(["codes", "regulations", "pathways"]).collect();
        let folder = source.path.split('/').next().unwrap_or("");
        let nearest = jc_text::similar::nearest(folder, folders.iter().copied());
        faults.error(faults::FOLDER, whole).with("path", source.path).nearest(nearest);
        return None;
    };
    if matches!(place, Place::Pathways | Place::Others) {
        return None;
    }
    let keys: &[&str] = match place {
        Place::Top => &["unit", "quotient", "office", "data_class", "role", "exclusion"],
        Place::Codes => &["list", "code"],
        Place::Regulations => &["regulation", "area", "oral", "pass", "grade", "case"],
        _ => &[
            "register",
            "field",
            "check",
            "limit",
            "same",
            "rule",
            "coverage",
            "consent",
            "check_in",
            "certificate",
            "measure",
            "indicator",
        ],
    };
    let root = Table::open(root, whole, "@toml-file", keys, faults);
    let id_fits = |id: &Text| {
        if id.value != stem {
            faults.error(faults::FILE_NAME, id.at).with("id", &id.value).with("file", stem);
        }
    };
    match place {
        Place::Area(area) => {
            let mut register = read_register(root, area, source.path)?;
            id_fits(&register.id);
            register.path = source.path.to_owned();
            Some(RawFile::Register(Box::new(register)))
        }
        Place::Codes => {
            let codes = read_codes(root, source.path)?;
            id_fits(&codes.id);
            Some(RawFile::Codes(codes))
        }
        Place::Regulations => {
            let (id, regulation) = super::regulations::read(root, source.path, faults)?;
            id_fits(&id);
            Some(RawFile::Regulation(Box::new((id, regulation))))
        }
        _ => Some(RawFile::Top(read_top(root))),
    }
}

fn read_top(root: Table<'_>) -> RawTop {
    let unit = |table: Table<'_>| {
        let (id, name) = (table.need_text("id"), table.need_names("name"));
        Some(RawUnit { id: id?, name, words: table.texts("words") })
    };
    let quotient = |table: Table<'_>| {
        let (over, under, gives) = (table.need_text("over"), table.need_text("under"), table.need_text("gives"));
        Some(RawQuotient { at: table.at, over: over?, under: under?, gives: gives? })
    };
    let office = |table: Table<'_>| {
        let (id, name) = (table.need_text("id"), table.need_names("name"));
        Some((id?, name))
    };
    let data_class = |table: Table<'_>| {
        let (id, name, purpose) = (table.need_text("id"), table.need_names("name"), table.need_names("purpose"));
        Some(RawDataClass { id: id?, name, purpose, years: table.small_number("years").map(|(years, _)| years) })
    };
    let role = |table: Table<'_>| {
        let id = table.need_text("id");
        let (name, about) = (table.need_names("name"), table.need_names("about"));
        let scope = table.need_text("scope");
        let (may, also) = (table.texts("may"), table.texts("also"));
        let (alone, second_factor) = (table.flag("alone"), table.flag("second_factor"));
        Some(RawRole { id: id?, name, about, scope, may, also, alone, second_factor })
    };
    let exclusion = |table: Table<'_>| RawExclusion { roles: table.texts("roles"), say: table.need_names("say") };
    RawTop {
        units: root.tables("unit", "[[unit]]", &["id", "name", "words"]).into_iter().filter_map(unit).collect(),
        quotients: root
            .tables("quotient", "[[quotient]]", &["over", "under", "gives"])
            .into_iter()
            .filter_map(quotient)
            .collect(),
        offices: root.tables("office", "[[office]]", &["id", "name"]).into_iter().filter_map(office).collect(),
        data_classes: root
            .tables("data_class", "[[data_class]]", &["id", "name", "purpose", "years"])
            .into_iter()
            .filter_map(data_class)
            .collect(),
        roles: root.tables("role", "[[role]]", ROLE).into_iter().filter_map(role).collect(),
        exclusions: root.tables("exclusion", "[[exclusion]]", &["roles", "say"]).into_iter().map(exclusion).collect(),
    }
}

/// The table a file must begin with.
fn head<'t>(root: Table<'t>, key: &str, name: &'static str, keys: &[&str]) -> Option<Table<'t>> {
    if !root.has(key) {
        root.missing(key);
    }
    root.table(key, name, keys)
}

fn read_codes(root: Table<'_>, path: &str) -> Option<RawCodes> {
    let list = head(root, "list", "[list]", &["id", "name", "source", "ordered"])?;
    let code = |table: Table<'_>| {
        let (code, name) = (table.need_text("code"), table.need_names("name"));
        Some(RawCode {
            code: code?,
            name,
            aliases: table.texts("aliases"),
            from: table.date("from"),
            until: table.date("until"),
        })
    };
    let codes = root.tables("code", "[[code]]", &["code", "name", "aliases", "from", "until"]);
    let (id, name) = (list.need_text("id"), list.need_names("name"));
    let source = read_source(list);
    let codes = codes.into_iter().filter_map(code).collect();
    Some(RawCodes { id: id?, name, source, ordered: list.flag("ordered"), codes, path: path.to_owned() })
}

/// The `source` key of a table; empty if it is not there.
pub(super) fn read_source(table: Table<'_>) -> RawSource {
    let Some(source) = table.table("source", "source", &["document", "clause", "checked"]) else {
        return RawSource::default();
    };
    let text = |key| source.text(key).map(|text| text.value).unwrap_or_default();
    RawSource { document: text("document"), clause: text("clause"), checked: source.date("checked") }
}

fn read_register(root: Table<'_>, area: Area, path: &str) -> Option<RawRegister> {
    let head = head(root, "register", "[register]", REGISTER)?;
    let id = head.need_text("id");
    let name = head.need_names("name");
    let need = |key| head.need_text(key);
    if !head.has("key") {
        head.missing("key");
    }
    let register = RawRegister {
        at: head.at,
        area,
        path: path.to_owned(),
        name,
        about: head.names("about").unwrap_or_default(),
        key: head.texts("key"),
        label: head.texts("label"),
        within: head.text("within"),
        born: head.text("born"),
        period: read_period(head),
        kept_by: need("kept_by"),
        verified_by: need("verified_by"),
        own: head
            .table("own", "[register.own]", &["field", "roles"])
            .and_then(|own| Some(RawOwn { field: own.need_text("field")?, roles: own.texts("roles") })),
        slices: read_slices(head),
        evidence: head
            .tables("evidence", "[[register.evidence]]", &["kind", "required"])
            .into_iter()
            .filter_map(read_evidence)
            .collect(),
        fields: root.tables("field", "[[field]]", FIELD).into_iter().filter_map(read_field).collect(),
        checks: root
            .tables("check", "[[check]]", &["when", "require", "field", "say", "level"])
            .into_iter()
            .map(read_check)
            .collect(),
        limits: root
            .tables("limit", "[[limit]]", &["field", "time", "sum", "most", "say", "level"])
            .into_iter()
            .filter_map(read_limit)
            .collect(),
        coverage: root
            .tables("coverage", "[[coverage]]", &["id", "name", "via", "every", "where", "among", "by"])
            .into_iter()
            .filter_map(read_coverage)
            .collect(),
        same: root
            .tables("same", "[[same]]", &["register", "match", "say", "level", "join"])
            .into_iter()
            .map(read_same)
            .collect(),
        rules: root
            .tables("rule", "[[rule]]", &["id", "name", "once_per", "highest"])
            .into_iter()
            .filter_map(read_rule)
            .collect(),
        consent: root.table("consent", "[consent]", CONSENT).map(read_consent),
        check_in: root.table("check_in", "[check_in]", CHECK_IN).map(read_check_in),
        certificate: root.table("certificate", "[certificate]", CERTIFICATE).map(read_certificate),
        measures: root.tables("measure", "[[measure]]", MEASURE).into_iter().filter_map(read_measure).collect(),
        indicators: root
            .tables("indicator", "[[indicator]]", super::raw_indicator::KEYS)
            .into_iter()
            .filter_map(read_indicator)
            .collect(),
        id: id?,
    };
    Some(register)
}

fn read_period(head: Table<'_>) -> Option<RawPeriod> {
    let table = head.table("period", "period", &["on", "from", "until", "kind", "census"])?;
    Some(RawPeriod {
        at: table.at,
        on: table.text("on"),
        from: table.text("from"),
        until: table.text("until"),
        kind: table.need_text("kind"),
        census: table.text("census"),
    })
}

/// `department = "path"`, or `department = { column = "path", name = { … } }`.
fn read_slices(head: Table<'_>) -> Vec<RawSlice> {
    let Some(slices) = head.table("slices", "[register.slices]", ANY) else { return Vec::new() };
    let slice = |id: Text| {
        if slices.is_text(&id.value) {
            return slices.text(&id.value).map(|path| RawSlice { id, name: None, path });
        }
        let table = slices.table(&id.value, "[register.slices]", &["column", "name"])?;
        Some(RawSlice { path: table.need_text("column")?, name: table.names("name"), id })
    };
    slices.keys().into_iter().filter_map(slice).collect()
}

/// `required` is a condition, or TRUE.
fn read_evidence(table: Table<'_>) -> Option<RawEvidence> {
    let kind = table.need_text("kind");
    let required = match table.is_text("required") {
        true => table.text("required"),
        false if table.flag("required") => Some(Text { value: "TRUE".to_owned(), at: table.key_at("required") }),
        false => None,
    };
    Some(RawEvidence { kind: kind?, required })
}

fn read_field(table: Table<'_>) -> Option<RawField> {
    let id = table.need_text("id");
    let field = RawField {
        kind: table.need_text("type"),
        name: table.need_names("name"),
        name_at: table.key_at("name"),
        aliases: table.texts("aliases"),
        help: table.names("help").unwrap_or_default(),
        required: table.flag("required"),
        unique: table.flag("unique"),
        over_time: table.flag("over_time"),
        within: table.text("within"),
        privacy: table.text("privacy"),
        data_class: table.text("data_class"),
        retired: table.date("retired"),
        id: id?,
    };
    Some(field)
}

fn read_check(table: Table<'_>) -> RawCheck {
    RawCheck {
        when: table.text("when"),
        require: table.need_text("require"),
        field: table.text("field"),
        say: table.need_names("say"),
        level: table.text("level"),
    }
}

fn read_limit(table: Table<'_>) -> Option<RawLimit> {
    if !table.has("most") {
        table.missing("most");
    }
    let (field, say) = (table.need_text("field"), table.need_names("say"));
    let time = table.table("time", "time", &["on", "from", "until"]).map(|time| RawLimitTime {
        at: time.at,
        on: time.need_text("on"),
        from: time.text("from"),
        until: time.text("until"),
    });
    let (sum, level) = (table.text("sum"), table.text("level"));
    Some(RawLimit { at: table.at, field: field?, time, sum, most: table.small_number("most")?.0, say, level })
}

fn read_consent(table: Table<'_>) -> RawConsent {
    let asks = table.has("asked");
    let if_asked = |key| if asks { table.need_text(key) } else { table.text(key) };
    let asked = table.tables("asked", "[[consent.asked]]", &["kind", "version", "text"]);
    RawConsent {
        text_version: if_asked("text_version"),
        giver: if_asked("giver"),
        by_self: if_asked("by_self"),
        by_guardian: if_asked("by_guardian"),
        giver_name: table.text("giver_name"),
        given_at: table.text("given_at"),
        asked: asked
            .into_iter()
            .map(|text| RawConsentText {
                kind: text.need_text("kind"),
                version: text.need_text("version"),
                text: text.need_names("text"),
            })
            .collect(),
        person: table.need_text("person"),
        kind: table.need_text("kind"),
        given_on: table.need_text("given_on"),
        withdrawn_on: table.need_text("withdrawn_on"),
        publishes: table.texts("publishes"),
    }
}

fn read_coverage(table: Table<'_>) -> Option<RawCoverage> {
    let (id, name, via) = (table.need_text("id"), table.need_names("name"), table.need_text("via"));
    let every = table.need_text("every");
    Some(RawCoverage {
        at: table.at,
        id: id?,
        name,
        via: via?,
        every,
        condition: table.text("where"),
        among: table.text("among"),
        by: table.text("by"),
    })
}

/// The pairs of a table whose keys are own fields: `{ own = "theirs" }`.
fn read_pairs(table: Table<'_>, key: &str, name: &'static str) -> Vec<(Text, Text)> {
    table.table(key, name, ANY).map_or_else(Vec::new, |pairs| {
        let pair = |own: Text| Some((own.clone(), pairs.text(&own.value)?));
        pairs.keys().into_iter().filter_map(pair).collect()
    })
}

fn read_same(table: Table<'_>) -> RawSame {
    RawSame {
        at: table.at,
        register: table.need_text("register"),
        pairs: read_pairs(table, "match", "match"),
        say: table.need_names("say"),
        level: table.text("level"),
        join: table.flag("join"),
    }
}

fn read_rule(table: Table<'_>) -> Option<RawRule> {
    let id = table.need_text("id");
    let rule = RawRule {
        name: table.need_names("name"),
        once_per: table.text("once_per"),
        highest: table.text("highest"),
        id: id?,
    };
    Some(rule)
}

fn read_check_in(table: Table<'_>) -> RawCheckIn {
    let take = read_pairs(table, "take", "take");
    RawCheckIn {
        person: table.need_text("person"),
        event: table.need_text("event"),
        on: table.need_text("on"),
        arrived: table.need_text("arrived"),
        left: table.need_text("left"),
        hours: table.need_text("hours"),
        confirmed_by: table.text("confirmed_by"),
        take,
        leader: table.need_text("leader"),
        held_on: table.need_text("held_on"),
        starts: table.text("starts"),
        ends: table.text("ends"),
        places: table.text("places"),
    }
}

fn read_certificate(table: Table<'_>) -> RawCertificate {
    if !table.has("lines") {
        table.missing("lines");
    }
    RawCertificate {
        title: table.need_names("title"),
        text: table.names("text").unwrap_or_default(),
        holder: table.need_text("holder"),
        lines: table.texts("lines"),
        languages: table.texts("languages"),
        condition: table.text("where"),
    }
}

/// The keys `count`, `sum`, `members`, `distinct`, `where` and `rule` of a measure or indicator.
pub(super) fn read_counting(table: Table<'_>) -> RawCounting {
    RawCounting {
        at: table.at,
        count: table.text("count"),
        sum: table.text("sum"),
        members: table.text("members"),
        distinct: table.text("distinct"),
        condition: table.text("where"),
        rule: table.text("rule"),
    }
}

fn read_measure(table: Table<'_>) -> Option<RawMeasure> {
    let id = table.need_text("id");
    let measure = RawMeasure {
        name: table.need_names("name"),
        counting: read_counting(table),
        unit: table.need_text("unit"),
        id: id?,
    };
    Some(measure)
}
