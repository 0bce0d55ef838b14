//! How long reading a cell takes, kind by kind, beside the least that could be done with it: copying the text.
//!
//! `cargo bench -p jc-catalog`. An import of 300,000 rows of 12 columns has about 3 µs a row for this.

use jc_base::{CodeListId, Value};
use jc_catalog::kinds::{Kind, ParseContext};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 200_000;

fn time(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        work();
    }
    start.elapsed() / ROUNDS
}

fn main() {
    let catalog = jc_catalog::load(&jc_catalog::shipped()).0.expect("the shipped catalog is sound");
    let context = ParseContext { codes: &catalog.codes, on: jc_base::Date::new(2024, 6, 30) };
    let code = || Kind::Code(CodeListId::from("graduate-destination"));
    let row = [
        (Kind::Text, "2024050123"),
        (Kind::PersonName, "欧阳娜娜"),
        (Kind::IdNumber, "330482200803150010"),
        (Kind::Date, "2024-06-30"),
        (Kind::Date, "2024/6/30"),
        (code(), "employed"),
        (code(), "就业"),
        (Kind::Text, "平湖市某某机械有限公司"),
        (Kind::Boolean, "是"),
        (Kind::Integer, "36"),
        (Kind::Money, "4500.00"),
        (Kind::Phone, "13800138000"),
    ];
    let mut whole = Duration::ZERO;
    for (kind, typed) in &row {
        let parsed = time(|| {
            black_box(kind.parse(black_box(typed), &context)).expect("it is sound");
        });
        let copied = time(|| {
            black_box(Value::Text(black_box(typed).to_string()));
        });
        whole += parsed;
        println!("{:<12} {typed:<24} {parsed:>10.0?}   copied {copied:>8.0?}", kind.word());
    }
    println!("a row of 12 cells: {whole:.2?}");
}
