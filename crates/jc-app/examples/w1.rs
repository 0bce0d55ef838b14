//! Ad-hoc: imports register=file pairs with generous limits; prints counts and writes bad rows.
use jc_app::app::{App, Clock, Setup};
use jc_app::import::{Choice, Request};
use jc_app::Person;
use jc_base::{Lang, RecordState, SchoolId, Place};
use jc_intake::limits::Limits;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let app = App::open(Setup { data: args[0].clone().into(), database: std::env::var("DBURL").ok(), clock: Clock::System }).unwrap_or_else(|e| panic!("{e:#?}"));
    if app.schools().unwrap().is_empty() { app.add_school("w", true).unwrap(); }
    let person = Person::command_line(SchoolId(1));
    let mut out = String::from("register,sheet_row,error\n");
    for pair in &args[1..] {
        let t0 = std::time::Instant::now();
        let (register, rest) = pair.split_once('=').unwrap();
        let (file, sheet) = rest.split_once('#').map_or((rest, 0), |(f, s)| (f, s.parse().unwrap()));
        let ix = app.catalog().find_register(register).unwrap();
        let request = Request { file: file.into(), bytes: std::fs::read(file).unwrap(), sheet, mapping: None, choice: Choice::GoodRows, state: RecordState::Submitted, lang: Lang::Zh, limits: Limits::generous() };
        match app.keeper(&person, ix).unwrap().import(&request, None, &mut |_| {}) {
            Ok(r) => { println!("{register} rows {} new {} changed {} same {} rejected {} findings {} {:?}", r.rows, r.new, r.changed, r.same, r.rejected, r.findings.len(), t0.elapsed());
                let mut last = 0; for f in &r.findings { if let Place::Cell { row, .. } = f.place { if row != last { out.push_str(&format!("{register},{row},{}\n", f.code)); last = row; } } } }
            Err(e) => println!("{register}: {e:#?}"),
        }
    }
    std::fs::write(format!("{}/bad.csv", args[0]), out).unwrap();
}
