//! What the random ones do not reach: related records, the trees others read, expressions typed outside a file.

use jc_base::{Date, Value};
use jc_catalog::Catalog;
use jc_catalog::expr::eval::{Moments, Row, Truth, number, truth, value, why};
use jc_catalog::expr::{Copies, Expr, Parsed, Scope, parse};
use jc_catalog::{Column, Counting, Formula, PeriodRule, SourceFile, load};

fn at() -> Moments {
    let day = |text| Date::parse_iso(text).expect("a day");
    Moments { start: day("2024-01-01"), end: day("2024-12-31"), census: day("2024-12-31") }
}

fn read(catalog: &Catalog, register: &str, text: &str) -> Result<Parsed, Vec<String>> {
    let register = catalog.find_register(register).expect("it is there");
    let scope = Scope { registers: &catalog.registers, codes: &catalog.codes, register };
    parse(text, scope, &mut Copies::kept(&catalog.registers))
        .map_err(|faults| faults.iter().map(|fault| format!("{} {:?}", fault.code, fault.at)).collect())
}

struct Record {
    values: Vec<Value>,
    awards: Vec<Record>,
}

impl Row for Record {
    fn field(&self, ix: usize) -> &Value {
        &self.values[ix]
    }
    fn copied(&self, _: usize) -> &Value {
        &Value::Missing
    }
    fn related(&self, _: usize, _: usize) -> Vec<&dyn Row> {
        self.awards.iter().map(|award| award as &dyn Row).collect()
    }
}

fn record(catalog: &Catalog, register: &str, values: &[(&str, Value)], awards: Vec<Record>) -> Record {
    let register = catalog.register(register).expect("it is there");
    let mut row = vec![Value::Missing; register.fields.len()];
    for (field, value) in values {
        row[register.find_field(field).expect("a field")] = value.clone();
    }
    Record { values: row, awards }
}

fn award(catalog: &Catalog, level: &str, day: &str, tenths: i64) -> Record {
    let level = if level.is_empty() { Value::Missing } else { Value::Text(level.to_owned()) };
    let day = Value::Date(Date::parse_iso(day).expect("a day"));
    record(catalog, "award", &[("level", level), ("won_on", day), ("hours", Value::Int(tenths))], Vec::new())
}

#[test]
fn related_records_are_asked() {
    let catalog = crate::base_catalog();
    let holds = |text: &str, student: &Record| {
        truth(&read(&catalog, "student", text).expect("it is sound").expr, student, &at())
    };
    let none = record(&catalog, "student", &[], Vec::new());
    let some = record(
        &catalog,
        "student",
        &[],
        vec![
            award(&catalog, "city", "2024-03-01", 15),
            award(&catalog, "", "2024-06-01", 20),
            award(&catalog, "school", "2025-01-01", 5),
        ],
    );
    let asked = "EXISTS(award.winner, level = 'city')";
    assert_eq!(holds(asked, &none), Truth::False);
    assert_eq!(holds(asked, &some), Truth::True);
    // A record that cannot be judged does not fulfil it, and nothing is unknown.
    assert_eq!(holds("HAS(award.winner, level = 'national')", &some), Truth::False);
    assert_eq!(holds("NOT EXISTS(award.team) AND EXISTS (award.coach)", &none), Truth::False);

    // The latest up to the census is the one of June; that of 2025 is not yet known.
    let latest = read(&catalog, "student", "LATEST(award.winner.hours)").expect("it is sound");
    assert_eq!(number(&latest.expr, &some, &at()), Some(20));
    assert_eq!(value(&latest.expr, &none, &at()), Value::Missing);
    assert_eq!(holds("LATEST(award.winner.level) IS NULL", &some), Truth::True);
    assert_eq!(latest.expr.asks(), [catalog.find_register("award").expect("it is there")]);
}

#[test]
fn what_is_missing_is_named() {
    let catalog = crate::base_catalog();
    let register = catalog.register("award").expect("it is there");
    let expr = read(&catalog, "award", "paid AND hours > 1 AND level = 'city'").expect("it is sound").expr;
    let row = record(&catalog, "award", &[("paid", Value::Int(1)), ("level", Value::Text("city".into()))], Vec::new());
    let why = why(&expr, &row, &at()).expect("hours are missing");
    assert_eq!(why.truth, Truth::Unknown);
    assert_eq!(why.columns, [Column::Field(register.find_field("hours").expect("a field"))]);
}

#[test]
fn numbers_beyond_all_measure_are_unknown() {
    let catalog = crate::base_catalog();
    let expr = read(&catalog, "award", "hours * hours").expect("it is sound").expr;
    let row = record(&catalog, "award", &[("hours", Value::Int(1_000_000_000_000_000))], Vec::new());
    assert_eq!(number(&expr, &row, &at()), None);
}

#[test]
fn expressions_outside_files_use_what_is_kept() {
    let catalog = crate::base_catalog();
    assert_eq!(read(&catalog, "award", "winner.sex = '1'"), Err(vec!["CAT-070 0..10".to_owned()]));
    assert_eq!(read(&catalog, "award", "  "), Err(vec!["CAT-050 0..2".to_owned()]));
    // All faults at once, each in its place.
    let all = read(&catalog, "award", "（levl = 'city'） AND hours = '3' OR paid = 1");
    assert_eq!(all, Err(vec!["CAT-024 1..5".into(), "CAT-056 20..31".into(), "CAT-056 35..43".into()]));
}

#[test]
fn registers_with_hyphens_are_named_as_they_are() {
    let mut sources = crate::faults::base();
    let own = sources["training/award.toml"].replace("id = \"award\"", "id = \"skill-award\"");
    sources.remove("training/award.toml");
    sources.insert("training/skill-award.toml".into(), own);
    let sources: Vec<SourceFile> =
        sources.into_iter().map(|(path, text)| SourceFile { path, text: text.into() }).collect();
    let (catalog, findings) = load(&sources);
    assert_eq!(findings, []);
    let catalog = catalog.expect("it is sound");
    for text in
        ["EXISTS(skill-award.winner)", "EXISTS(skill_award.winner, hours > 1)", "LATEST(skill-award.winner.hours) > 1"]
    {
        assert!(read(&catalog, "student", text).is_ok(), "{text}");
    }
}

#[test]
fn the_shipped_graduates_are_read_as_written() {
    let catalog = load(&jc_catalog::shipped()).0.expect("it is sound");
    let register = catalog.register("graduate").expect("it is there");
    assert_eq!(register.table, "r_graduate");
    assert!(matches!(register.period, PeriodRule::On { .. }));
    let department = register.slices.iter().find(|slice| slice.id == "department").expect("a slice");
    let Column::Copied(copy) = department.column else { panic!("looked up through references") };
    assert_eq!(register.copies[copy].column, "c_student__class__major__department");
    let rate = register.indicators.iter().find(|i| i.id.as_str() == "placement-rate").expect("an indicator");
    let Formula::Share { part, whole } = rate.formula else { panic!("a share") };
    assert_eq!(register.measures[whole].id.as_str(), "placement-rate/of");
    assert_eq!(register.measures[part].unit, register.measures[whole].unit);
    assert!(matches!(register.measures[part].counting, Counting::Records));
    assert!(matches!(register.measures[part].filter, Expr::In { .. }));
    // Referenced registers come first.
    let place = |id: &str| catalog.find_register(id).expect("it is there");
    assert!(place("student") < place("graduate") && place("class") < place("student"));
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut sources = jc_catalog::shipped();
    let (one, _) = load(&sources);
    sources.reverse();
    let (other, _) = load(&sources);
    assert_eq!(format!("{:?}", one.expect("sound").registers), format!("{:?}", other.expect("sound").registers));
}
