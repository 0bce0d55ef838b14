//! The same college on both databases. First in the alphabet, so that both are built side by side.

use crate::people::on_postgresql;
use crate::sample::{build_at, college};
use jc_app::{Person, figures::Compared};

#[test]
fn every_line_of_the_answer_sheets_is_the_same_on_both_databases() {
    if !on_postgresql() {
        eprintln!("SKIPPED: the run on PostgreSQL holds its college against one on SQLite");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (here, report) = build_at(folder.path(), None);
    let (there, other) = college();
    assert_eq!(report.school, other.school);
    let person = Person::command_line(report.school);
    let mut told = 0;
    for year in 2022..=2025 {
        let [here, there] = [&here, there].map(|app| app.viewer(&person).answer_sheet(year).expect("an answer sheet"));
        let figures = |sheet: Vec<Compared>| sheet.into_iter().map(|c| (c.figure, c.before)).collect::<Vec<_>>();
        told += here.iter().filter(|line| line.figure.printed().is_some()).count();
        assert_eq!(figures(here), figures(there), "{year}");
    }
    assert!(told > 200, "only {told} figures were told");
}
