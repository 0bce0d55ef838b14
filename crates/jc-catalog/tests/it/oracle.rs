//! Random expressions: what is parsed and evaluated against a naive three-valued oracle that sees neither.

use jc_base::{Date, Value};
use jc_catalog::Catalog;
use jc_catalog::expr::eval::{Moments, Row, Truth, truth, why};
use jc_catalog::expr::{Copies, Scope, parse, print};
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(crate::base_catalog);
const LEVELS: [&str; 3] = ["school", "city", "national"];

/// A record of the award register: level (index of [`LEVELS`]), hours in tenths, paid, won_on (day of 2024).
#[derive(Debug, Clone)]
struct Award {
    values: Vec<Value>,
    level: Option<usize>,
    hours: Option<i64>,
    paid: Option<bool>,
    day: Option<i64>,
}

impl Row for Award {
    fn field(&self, ix: usize) -> &Value {
        &self.values[ix]
    }
    fn copied(&self, _: usize) -> &Value {
        &Value::Missing
    }
    fn related(&self, _: usize, _: usize) -> Vec<&dyn Row> {
        Vec::new()
    }
}

fn first() -> Date {
    Date::new(2024, 1, 1).expect("a day")
}

fn award() -> impl Strategy<Value = Award> {
    let parts = (
        prop::option::of(0usize..3),
        prop::option::of(0i64..40),
        prop::option::of(any::<bool>()),
        prop::option::of(0i64..366),
    );
    parts.prop_map(|(level, hours, paid, day)| {
        let register = CATALOG.register("award").expect("it is there");
        let mut values = vec![Value::Missing; register.fields.len()];
        let mut set = |field: &str, value: Option<Value>| {
            values[register.find_field(field).expect("a field")] = value.unwrap_or_default();
        };
        set("level", level.map(|l| Value::Text(LEVELS[l].to_owned())));
        set("hours", hours.map(Value::Int));
        set("paid", paid.map(|p| Value::Int(i64::from(p))));
        set("won_on", day.map(|d| Value::Date(first().plus_days(d))));
        Award { values, level, hours, paid, day }
    })
}

/// An expression the oracle understands.
#[derive(Debug, Clone)]
enum Said {
    Paid,
    PaidIs(bool, bool),
    LevelIs(usize, bool),
    LevelIn(Vec<usize>, bool),
    AtLeast(usize),
    Hours(usize, i64),
    HoursTimes(i64, usize, i64),
    Between(i64, i64, bool),
    Day(usize, i64),
    DaysSince(usize, i64),
    Year(usize, i64),
    Null(&'static str, bool),
    Not(Box<Said>),
    And(Vec<Said>),
    Or(Vec<Said>),
    Always(bool),
}

const OPS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

fn said() -> impl Strategy<Value = Said> {
    let leaf = prop_oneof![
        Just(Said::Paid),
        any::<(bool, bool)>().prop_map(|(flag, equal)| Said::PaidIs(flag, equal)),
        (0usize..3, any::<bool>()).prop_map(|(l, equal)| Said::LevelIs(l, equal)),
        (prop::collection::vec(0usize..3, 1..3), any::<bool>()).prop_map(|(l, not)| Said::LevelIn(l, not)),
        (0usize..3).prop_map(Said::AtLeast),
        (0usize..6, 0i64..400).prop_map(|(op, n)| Said::Hours(op, n)),
        (0i64..4, 0usize..6, 0i64..80).prop_map(|(by, op, n)| Said::HoursTimes(by, op, n)),
        (0i64..40, 0i64..40, any::<bool>()).prop_map(|(a, b, not)| Said::Between(a, b, not)),
        (0usize..6, 0i64..366).prop_map(|(op, d)| Said::Day(op, d)),
        (0usize..6, 0i64..366).prop_map(|(op, d)| Said::DaysSince(op, d)),
        (0usize..6, 2023i64..2026).prop_map(|(op, y)| Said::Year(op, y)),
        (prop_oneof![Just("level"), Just("hours"), Just("paid"), Just("won_on")], any::<bool>())
            .prop_map(|(f, not)| Said::Null(f, not)),
        any::<bool>().prop_map(Said::Always),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Said::Not(Box::new(part))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Said::And),
            prop::collection::vec(inner, 2..4).prop_map(Said::Or),
        ]
    })
}

/// As a person would write it, sometimes with a Chinese keyboard.
fn write(said: &Said) -> String {
    let not = |not: bool| if not { "NOT " } else { "" };
    let list = |parts: &[Said], word: &str| {
        parts.iter().map(|part| format!("({})", write(part))).collect::<Vec<_>>().join(word)
    };
    match said {
        Said::Paid => "paid".to_owned(),
        Said::PaidIs(flag, equal) => {
            format!("paid {} {}", if *equal { "=" } else { "<>" }, if *flag { "TRUE" } else { "false" })
        }
        Said::LevelIs(l, true) => format!("level ＝ ‘{}’", LEVELS[*l]),
        Said::LevelIs(l, false) => format!("'{}' ≠ level", LEVELS[*l]),
        Said::LevelIn(ls, n) => {
            let codes: Vec<String> = ls.iter().map(|l| format!("'{}'", LEVELS[*l])).collect();
            format!("level {}IN （{}）", not(*n), codes.join("，"))
        }
        Said::AtLeast(l) => format!("AT_LEAST(level, '{}')", LEVELS[*l]),
        // Hundredths, where the field keeps tenths.
        Said::Hours(op, n) => format!("hours {} {}.{:02}", OPS[*op], n / 100, n % 100),
        Said::HoursTimes(by, op, n) => format!("hours * {by} {} hours + {n}", OPS[*op]),
        Said::Between(a, b, n) => format!("hours {}BETWEEN {a} AND {b}", not(*n)),
        Said::Day(op, d) => format!("won_on {} '{}'", OPS[*op], first().plus_days(*d)),
        Said::DaysSince(op, d) => format!("CENSUS - won_on {} {d}", OPS[*op]),
        Said::Year(op, y) => format!("year(won_on) {} {y}", OPS[*op]),
        Said::Null(field, n) => format!("{field} IS {}NULL", not(*n)),
        Said::Not(part) => format!("NOT ({})", write(part)),
        Said::And(parts) => list(parts, " AND "),
        Said::Or(parts) => list(parts, " or "),
        Said::Always(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
    }
}

fn compare(op: usize, a: i64, b: i64) -> bool {
    match OPS[op] {
        "=" => a == b,
        "<>" => a != b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        _ => a >= b,
    }
}

/// The oracle: nothing is unknown.
fn think(said: &Said, it: &Award) -> Option<bool> {
    match said {
        Said::Paid => it.paid,
        Said::PaidIs(flag, equal) => it.paid.map(|paid| (paid == *flag) == *equal),
        Said::LevelIs(l, equal) => it.level.map(|level| (level == *l) == *equal),
        Said::LevelIn(ls, not) => it.level.map(|level| ls.contains(&level) != *not),
        Said::AtLeast(l) => it.level.map(|level| level >= *l),
        Said::Hours(op, n) => it.hours.map(|hours| compare(*op, hours * 10, *n)),
        Said::HoursTimes(by, op, n) => it.hours.map(|hours| compare(*op, hours * by, hours + n * 10)),
        Said::Between(a, b, not) => it.hours.map(|hours| (hours >= a * 10 && hours <= b * 10) != *not),
        Said::Day(op, d) => it.day.map(|day| compare(*op, day, *d)),
        Said::DaysSince(op, d) => it.day.map(|day| compare(*op, 365 - day, *d)),
        Said::Year(op, y) => it.day.map(|_| compare(*op, 2024, *y)),
        Said::Null(field, not) => {
            let null = match *field {
                "level" => it.level.is_none(),
                "hours" => it.hours.is_none(),
                "paid" => it.paid.is_none(),
                _ => it.day.is_none(),
            };
            Some(null != *not)
        }
        Said::Not(part) => think(part, it).map(|truth| !truth),
        Said::And(parts) => {
            let all: Vec<Option<bool>> = parts.iter().map(|part| think(part, it)).collect();
            if all.contains(&Some(false)) {
                Some(false)
            } else if all.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        Said::Or(parts) => {
            let all: Vec<Option<bool>> = parts.iter().map(|part| think(part, it)).collect();
            if all.contains(&Some(true)) {
                Some(true)
            } else if all.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        Said::Always(flag) => Some(*flag),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn parsed_and_evaluated_is_what_was_said(said in said(), it in award()) {
        let text = write(&said);
        let register = CATALOG.find_register("award").expect("it is there");
        let scope = Scope { registers: &CATALOG.registers, codes: &CATALOG.codes, register };
        let parsed = parse(&text, scope, &mut Copies::kept(&CATALOG.registers));
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(faults) => return Err(TestCaseError::fail(format!("{text}: {faults:?}"))),
        };
        let end = Date::new(2024, 12, 31).expect("a day");
        let at = Moments { start: first(), end, census: end };
        let expect = match think(&said, &it) {
            Some(true) => Truth::True,
            Some(false) => Truth::False,
            None => Truth::Unknown,
        };
        prop_assert_eq!(truth(&parsed.expr, &it, &at), expect, "{}", text);
        // Printed and read again it means the same.
        let printed = print(&parsed.expr, &CATALOG.registers[register], &CATALOG.registers);
        match parse(&printed, scope, &mut Copies::kept(&CATALOG.registers)) {
            Ok(again) => prop_assert_eq!(truth(&again.expr, &it, &at), expect, "{} printed as {}", text, printed),
            Err(faults) => return Err(TestCaseError::fail(format!("{printed}: {faults:?}"))),
        }
        // What decided is said exactly if it does not hold.
        match why(&parsed.expr, &it, &at) {
            None => prop_assert_eq!(expect, Truth::True),
            Some(why) => {
                prop_assert_eq!(why.truth, expect);
                prop_assert_eq!(truth(why.part, &it, &at), expect);
                prop_assert!(expect != Truth::Unknown || !why.columns.is_empty(), "{}", text);
            }
        }
    }
}
