//! Single edits among very many records: how long until every figure is fresh.

use crate::import::{installation, take};
use jc_app::given::ListQuery;
use jc_app::records::Edit;
use jc_base::{Lang, Value};
use std::fmt::Write as _;
use std::time::Instant;

/// Edits 200 records of one page with `records` on it; prints the median and the slowest, beside a full recount.
pub fn run(records: usize) {
    if let Err(error) = work(records) {
        eprintln!("edit: {error:?}");
    }
}

fn work(records: usize) -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let (app, person) = installation(folder.path())?;
    take(&app, &person, "bench-person", "people.csv", people().into_bytes())?;
    println!("importing {records} records onto one page …");
    take(&app, &person, "bench-service", "services.csv", services(records).into_bytes())?;
    let register = app.catalog().find_register("bench-service").ok_or("no register")?;
    let keeper = app.keeper(&person, register)?;
    let query = ListQuery { limit: 200, ..ListQuery::default() };
    let listed = keeper.viewer().list(register, &query)?;
    let hours = app.catalog().registers[register].find_field("hours").ok_or("no field")?;
    let mut times = Vec::new();
    for record in listed.records {
        let mut values = record.values.clone();
        values[hours] = Value::Int(values[hours].as_int().unwrap_or(0) + 5);
        let edit = Edit { values, submit: true, seen_version: Some(record.version) };
        let start = Instant::now();
        keeper.update(record.id, edit, Lang::Zh)?;
        times.push(start.elapsed());
    }
    times.sort();
    let start = Instant::now();
    let report = app.verify(&person, &mut |_| {})?;
    let verified = start.elapsed();
    println!("edit, commit included: median {:?}, slowest {:?}", times[times.len() / 2], times[times.len() - 1]);
    println!("recount and proof of everything: {verified:?}, touched: {}", report.touched.len());
    Ok(())
}

fn people() -> String {
    let mut text = String::from("学号,姓名,身份证号,出生日期,院系,专业,入学日期,手机\n");
    text.push_str("2000001,王伟,990101200401010013,2004-01-01,机械工程系,数控加工,2019-09-01,13900000001\n");
    text
}

fn services(records: usize) -> String {
    let mut text = String::from("服务编号,学号,活动名称,服务日期,时长,已核验\n");
    for row in 0..records {
        let (month, day) = (1 + row % 12, 1 + row % 28);
        let _ = writeln!(text, "V{row:08},2000001,社区服务,2024-{month:02}-{day:02},{}.5,是", row % 8);
    }
    text
}
