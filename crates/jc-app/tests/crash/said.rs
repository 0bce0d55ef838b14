//! What the program says it has done, and whether it is there.

use crate::{REGISTER, ROWS, file, someone, there};
use jc_app::Person;
use jc_app::app::App;
use jc_base::{RecordId, RecordState, SchoolId};
use jc_store::reader::ListQuery;
use std::collections::BTreeSet;

/// Imports a file, puts a paper to one record, verifies one, and says so after each.
pub fn round(app: &App, number: usize, say: &mut dyn FnMut(String)) {
    let register = app.catalog().find_register(REGISTER).expect("a register");
    let (keeps, verifies) = (someone(app, "keeper", 1), someone(app, "verifier", 2));
    let keeper = app.keeper(&keeps, register).expect("a keeper");
    let verifier = app.verifier(&verifies, register).expect("a verifier");
    let report = keeper.import(&file(number), None, &mut |_| {}).expect("an import");
    assert!(report.committed && report.new == ROWS as u64);
    say(format!("import {number}"));
    let query = ListQuery { limit: 1, ..ListQuery::default() };
    let first = app.viewer(&keeps).list(register, &query).expect("a list").records.remove(0);
    let sha256 = keeper.attach(&[first.id], "photo", "签到表.pdf", &paper(number)).expect("a paper");
    say(format!("paper {number} {} {sha256}", first.id));
    let waiting = verifier.inbox(1).expect("an inbox").records.remove(0);
    verifier.accept(waiting.id, waiting.version).expect("verified");
    say(format!("verified {}", waiting.id));
}

fn paper(number: usize) -> Vec<u8> {
    format!("%PDF-1.7 第{number}份").repeat(500).into_bytes()
}

/// What has been said.
#[derive(Default)]
pub struct Said {
    pub ready: bool,
    pub imports: BTreeSet<usize>,
    pub papers: Vec<(usize, RecordId, String)>,
    pub verified: Vec<RecordId>,
    pub backup: bool,
    pub applied: bool,
}

impl Said {
    pub fn hear(&mut self, text: &str) {
        let id = |word: &str| RecordId::parse(word).expect("an id");
        match text.trim().split(' ').collect::<Vec<_>>().as_slice() {
            ["ready"] => self.ready = true,
            ["import", number] => drop(self.imports.insert(number.parse().expect("a number"))),
            ["paper", number, record, sha256] => {
                self.papers.push((number.parse().expect("a number"), id(record), (*sha256).to_owned()));
            }
            ["verified", record] => self.verified.push(id(record)),
            ["backup"] => self.backup = true,
            ["applied"] => self.applied = true,
            _ => {}
        }
    }

    /// Is all of it there, nothing half, nothing touched?
    pub fn holds(&self, app: &App) -> Result<(), String> {
        let counts = there(app);
        if let Some(half) = counts.iter().find(|(_, rows)| **rows != ROWS) {
            return Err(format!("half an import: {half:?}"));
        }
        if let Some(lost) = self.imports.iter().find(|number| !counts.contains_key(number)) {
            return Err(format!("import {lost} is lost"));
        }
        let person = Person::command_line(SchoolId(1));
        let viewer = app.viewer(&person);
        let register = app.catalog().find_register(REGISTER).expect("a register");
        for (number, record, sha256) in &self.papers {
            let found =
                viewer.evidence_file(register, *record, sha256).map_err(|error| format!("a paper: {error:?}"))?;
            if found.1 != paper(*number) {
                return Err(format!("paper {number} is another"));
            }
        }
        for record in &self.verified {
            let found = viewer.record(register, *record).map_err(|error| format!("a record: {error:?}"))?;
            if found.state != RecordState::Verified {
                return Err(format!("{record} is not verified any more"));
            }
        }
        let report = app.verify(&person, &mut |_| {}).map_err(|error| format!("verify: {error:?}"))?;
        if !report.touched.is_empty() {
            return Err(format!("touched: {:?}", report.touched));
        }
        let records = (counts.len() * ROWS) as i64;
        if report.records != records {
            return Err(format!("{} records, not {records}", report.records));
        }
        Ok(())
    }
}
