//! Every kind of the corpus of hostile files, through the ordinary preview: none passes unseen, none takes much, and
//! one that is taken says why it may be.

use crate::people::{empty, request};
use jc_app::AppError;
use jc_base::Finding;
use jc_intake::limits::Limits;
use jc_testkit::hostile::{Kind, corpus};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Far more than any kind takes, even unoptimised and on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

fn codes(findings: &[Finding]) -> String {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes.truncate(4);
    codes.join(" ")
}

#[test]
fn every_hostile_file_is_found_out_or_known_to_be_harmless() {
    let own = empty();
    let kinds = corpus();
    let names: HashSet<&str> = kinds.iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(names.len(), kinds.len(), "a kind has a name of its own");
    assert!(kinds.len() >= 300, "{} kinds", kinds.len());
    let mut lines = Vec::new();
    for Kind { name, file, bytes, harmless } in kinds {
        let mut request = request(&file, bytes);
        // The bombs are as large as the usual limit forbids; here a smaller one spares the time to inflate so much.
        request.limits = Limits { inflated_bytes: 16 << 20, ..Limits::default() };
        let begun = Instant::now();
        let found = match own.keeping("department", |keeper| keeper.preview(&request)) {
            Ok(report) => match codes(&report.findings) {
                found if found.is_empty() => {
                    let labels: Vec<String> =
                        report.seen.values().map(|row| row.label.escape_debug().collect()).collect();
                    let label: String = labels.first().map(|l| l.chars().take(40).collect()).unwrap_or_default();
                    format!("taken: {} new, “{label}”", report.new)
                }
                found => found,
            },
            Err(AppError::Findings(findings)) => codes(&findings),
            Err(error) => panic!("{name}: {error:?}"),
        };
        assert!(begun.elapsed() < LONGEST, "{name} took {:?}", begun.elapsed());
        let verdict = match harmless {
            Some(why) if found.starts_with("taken") => format!("{found} ({why})"),
            _ => found,
        };
        lines.push(format!("{name}: {verdict}"));
    }
    let unseen: Vec<&String> = lines.iter().filter(|line| line.contains(": taken") && !line.ends_with(')')).collect();
    assert!(unseen.is_empty(), "taken, and nobody says why:\n{unseen:#?}");
    insta::assert_snapshot!(lines.join("\n"));
    own.verified();
}
