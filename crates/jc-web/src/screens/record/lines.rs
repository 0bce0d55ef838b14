//! A record's fields, history and findings as screens show them. Everything that may be covered goes through
//! [`Viewer::shown`](jc_app::Viewer::shown).

use crate::{
    desk::Desk,
    frame::Link,
    guard::fault::Fault,
    parts::{Change, FieldLine, FieldValue, FindingLine, Leave},
    show,
};
use jc_app::approvals::Standing;
use jc_app::audit::moving::LogBegin;
use jc_app::given::{Figure, Page, Record};
use jc_app::inbox::People;
use jc_app::labels::Labels;
use jc_app::records::MASK;
use jc_base::{Finding, Instant, Lang, PeriodKind, Place, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::model::Field;
use jc_catalog::{Privacy, Register};

/// Hours east of UTC of every school.
const ZONE: i64 = 8;

/// A field shown in full for once.
pub struct Revealed {
    /// Its position.
    pub field: usize,
    /// What it holds.
    pub text: String,
}

/// The address of a record.
pub fn address(register: &Register, id: impl std::fmt::Display) -> String {
    format!("/registers/{}/records/{id}", register.id)
}

/// The fields of a record in the order of the paper form. `reveal` is where the reason to uncover one is posted.
pub fn lines(
    desk: &Desk,
    register: usize,
    record: &Record,
    labels: &Labels,
    reveal: Option<&str>,
    revealed: Option<&Revealed>,
) -> Result<Vec<FieldLine>, Fault> {
    let Some(declared) = desk.viewer.catalog().registers.get(register) else { return Ok(Vec::new()) };
    let fields = declared.fields.iter().zip(&record.values).enumerate();
    // Whether leave is needed is asked only where something could be uncovered.
    let covered = |(field, value): (&Field, &Value)| is_covered(field) && !value.is_missing();
    let asks = reveal.is_some() && declared.fields.iter().zip(&record.values).any(covered);
    let leave = if asks { desk.viewer.approvals(register, record)? } else { None };
    let people = if leave.is_some() { Some(desk.viewer.people()?) } else { None };
    let shown = fields.filter(|(_, (field, value))| field.retired.is_none() || !value.is_missing());
    let lines = shown
        .map(|(position, (field, value))| {
            let text = desk.viewer.shown(register, position, value, labels, desk.lang());
            let covered = is_covered(field);
            let value = match revealed.filter(|revealed| revealed.field == position) {
                Some(revealed) => {
                    FieldValue::Revealed { text: revealed.text.clone(), until: desk.words.t("reveal-shown") }
                }
                None if value.is_missing() => FieldValue::Missing,
                None if covered => {
                    let leave = leave.as_ref().map_or(Leave::Free, |all| {
                        let standing = all.iter().find(|(of, _)| of == field.id.as_str()).map(|(_, standing)| standing);
                        leave_words(desk, standing.unwrap_or(&Standing::Needed), people.as_ref())
                    });
                    FieldValue::Masked { text, reveal: reveal.map(str::to_owned), leave }
                }
                None => open(desk, &field.kind, value, labels, text),
            };
            FieldLine {
                id: field.id.to_string(),
                label: field.name.get(desk.lang()).to_owned(),
                value,
                note: String::new(),
            }
        })
        .collect();
    Ok(lines)
}

fn is_covered(field: &Field) -> bool {
    field.privacy == Privacy::Sensitive || field.kind == Kind::IdNumber
}

/// How it stands with the leave to see a field.
fn leave_words(desk: &Desk, standing: &Standing, people: Option<&People>) -> Leave {
    let say = |id: &str, who: &str, at: i64| {
        let who = people.map_or(who, |people| people.name(who)).to_owned();
        desk.words.t2(id, "who", who, "when", when(at))
    };
    match standing {
        Standing::Needed => Leave::Needed(String::new()),
        Standing::Waiting(since) => Leave::Waiting(desk.words.t1("reveal-leave-waiting", "when", when(*since))),
        Standing::Given(by, until) => Leave::Given(say("reveal-leave-given", by, *until)),
        Standing::Refused(by, at) => Leave::Needed(say("reveal-leave-refused", by, *at)),
        Standing::Ended(at) => Leave::Needed(desk.words.t1("reveal-leave-ended", "when", when(*at))),
    }
}

/// A value that is not covered.
fn open(desk: &Desk, kind: &Kind, value: &Value, labels: &Labels, text: String) -> FieldValue {
    match (kind, value) {
        (Kind::Ref(target) | Kind::Refs(target), value) => {
            let Some(register) = desk.viewer.catalog().registers.get(*target) else { return FieldValue::Text(text) };
            if !value.ref_ids().iter().all(|id| labels.opens(*target, *id)) {
                return FieldValue::Text(text);
            }
            let link = |id: &jc_base::RecordId| Link::new(labels.get(*target, *id), desk.to(&address(register, id)));
            FieldValue::Links(value.ref_ids().iter().map(link).collect())
        }
        (Kind::Date, Value::Date(day)) => FieldValue::Text(show::day(desk.lang(), *day)),
        (Kind::Integer | Kind::Decimal(_) | Kind::Money, _) => {
            let unit = if *kind == Kind::Money { unit(desk, "yuan") } else { String::new() };
            FieldValue::Number { text: show::number(desk.lang(), &kind.edit(value)), unit }
        }
        (Kind::Link, Value::Text(link)) if link.starts_with("https://") || link.starts_with("http://") => {
            FieldValue::Outside(link.clone())
        }
        _ => FieldValue::Text(text),
    }
}

/// What a record looks up through its references, as of its date.
pub fn copies(desk: &Desk, register: usize, record: &Record, labels: &Labels) -> Vec<FieldLine> {
    let catalog = desk.viewer.catalog();
    let Some(declared) = catalog.registers.get(register) else { return Vec::new() };
    let copies = declared.copies.iter().zip(&record.copied).filter(|(_, value)| !value.is_missing());
    copies
        .filter_map(|(copy, value)| {
            let (from, field) = copy.steps.last()?;
            let field = catalog.registers.get(*from)?.fields.get(*field)?;
            let text = labels.show(catalog, &copy.kind, value, desk.lang());
            let value = match field.privacy {
                Privacy::Sensitive => FieldValue::Masked { text: MASK.to_owned(), reveal: None, leave: Leave::Free },
                _ => open(desk, &copy.kind, value, labels, text),
            };
            let label = field.name.get(desk.lang()).to_owned();
            Some(FieldLine { id: copy.column.clone(), label, value, note: String::new() })
        })
        .collect()
}

/// What differs between two versions of a record.
pub fn changes(desk: &Desk, register: usize, before: &Record, after: &Record, labels: &Labels) -> Vec<Change> {
    let Some(declared) = desk.viewer.catalog().registers.get(register) else { return Vec::new() };
    let values = declared.fields.iter().zip(before.values.iter().zip(&after.values)).enumerate();
    values
        .filter(|(_, (_, (before, after)))| before != after)
        .map(|(position, (field, (before, after)))| Change {
            field: field.name.get(desk.lang()).to_owned(),
            before: desk.viewer.shown(register, position, before, labels, desk.lang()),
            after: desk.viewer.shown(register, position, after, labels, desk.lang()),
        })
        .collect()
}

/// Findings in words, each with the way to its field.
pub fn findings(desk: &Desk, findings: &[Finding]) -> Vec<FindingLine> {
    let line = |finding: &Finding| {
        let words = jc_words::finding(desk.lang(), &called(desk, finding));
        let href = match &finding.place {
            Place::Field { field } => format!("#field-{field}"),
            _ => String::new(),
        };
        FindingLine { text: words.what, mend: words.mend, href }
    };
    findings.iter().map(line).collect()
}

/// A finding about a closed page, whose register the store knows by its id alone, with the register's name.
fn called(desk: &Desk, finding: &Finding) -> Finding {
    let mut finding = finding.clone();
    if finding.code == "APP-080" {
        for (_, value) in finding.with.0.iter_mut().filter(|(name, _)| *name == "register") {
            if let Some(declared) = desk.viewer.catalog().register(value) {
                *value = declared.name.get(desk.lang()).to_owned();
            }
        }
    }
    finding
}

/// A finding in one line: what is wrong, how to mend it.
pub fn said(desk: &Desk, finding: &Finding) -> String {
    let text = jc_words::finding(desk.lang(), &called(desk, finding));
    joined(desk, &text.what, &text.mend)
}

/// What is wrong and how to mend it in one line.
pub fn joined(desk: &Desk, what: &str, mend: &str) -> String {
    let between = if desk.lang() == Lang::Zh { "，" } else { ". " };
    if mend.is_empty() { what.to_owned() } else { format!("{what}{between}{mend}") }
}

/// A moment as read: `2024-06-21 09:12`.
pub fn when(ms: i64) -> String {
    Instant(ms).local(ZONE)
}

/// A moment as a program reads it.
pub fn datetime(ms: i64) -> String {
    format!("{}+08:00", when(ms).replace(' ', "T"))
}

/// When something was, whose entry was moved out of the log: before the first that is at hand. Of an entry that is not there
/// although none was moved, nothing is known.
pub fn moved_before(desk: &Desk, begin: Option<LogBegin>) -> String {
    begin.map_or_else(
        || desk.words.t("log-entry-none"),
        |begin| desk.words.t1("log-entry-moved", "day", show::day(desk.lang(), begin.day)),
    )
}

/// A day in prose.
pub fn day(desk: &Desk, ms: i64) -> String {
    show::day(desk.lang(), Instant(ms).local_date(ZONE))
}

/// A unit as printed behind a number.
pub fn unit(desk: &Desk, id: &str) -> String {
    let units = &desk.viewer.catalog().units.units;
    units.iter().find(|u| u.id.as_str() == id).map_or_else(String::new, |u| u.name.get(desk.lang()).to_owned())
}

/// A figure as printed, with its unit.
pub fn figure(desk: &Desk, figure: &Figure) -> String {
    match figure.printed() {
        None => "—".to_owned(),
        Some(printed) => show::with_unit(&show::number(desk.lang(), &printed), &unit(desk, figure.unit.as_str())),
    }
}

/// The year whose answer sheet looks at a page.
pub fn year_of(page: Page, otherwise: i32) -> i32 {
    match page {
        Page::All => otherwise,
        Page::Of(period) => period.year + i32::from(matches!(period.kind, PeriodKind::SchoolYear | PeriodKind::Term)),
    }
}
