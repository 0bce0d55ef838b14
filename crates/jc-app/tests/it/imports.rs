//! Imports: what is shown is what happens; wrong rows leave nothing; nothing is deleted by staying away.

use crate::people::{Own, copy, empty, enrol, request};
use jc_app::AppError;
use jc_app::import::{Choice, Memory, Report, Request, RowOutcome};
use jc_base::{Finding, Lang, Level, Place, RecordState, Value};
use std::collections::{BTreeSet, HashMap};

const REGISTER: &str = "family-event";

/// So many parents' meetings of 2024, numbered from `first`; every third with the number of parents.
fn meetings(first: usize, count: usize) -> Vec<[String; 4]> {
    (first..first + count)
        .map(|n| {
            let participants = if n.is_multiple_of(3) { String::new() } else { (100 + n).to_string() };
            [
                "家长会".into(),
                format!("第{n}场家长会"),
                format!("2024-{:02}-{:02}", 1 + n % 12, 1 + n % 28),
                participants,
            ]
        })
        .collect()
}

fn csv(rows: &[[String; 4]]) -> Vec<u8> {
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    format!("类别,主题,日期,参与人数\n{}\n", lines.join("\n")).into_bytes()
}

fn file(rows: &[[String; 4]]) -> Request {
    request("家长会.csv", csv(rows))
}

fn counts(report: &Report) -> [u64; 5] {
    [report.rows, report.new, report.changed, report.same, report.rejected]
}

fn preview(own: &Own, request: &Request) -> Report {
    own.keeping(REGISTER, |keeper| keeper.preview(request)).expect("a preview")
}

fn errors(findings: &[Finding]) -> Vec<&Finding> {
    findings.iter().filter(|f| f.level == Level::Error).collect()
}

/// Everything that could have changed.
#[derive(Debug, PartialEq)]
struct All {
    records: Vec<(String, i64, RecordState)>,
    report: jc_store::verify::Report,
}

fn all_of(own: &Own) -> All {
    let records = own.records(REGISTER).iter().map(|r| (r.id.to_string(), r.version, r.state)).collect();
    All { records, report: own.verified() }
}

/// Two of these rows are wrong: no such month; no topic.
fn with_two_wrong() -> Vec<[String; 4]> {
    let mut rows = meetings(1, 10);
    rows[3][2] = "2024-13-05".into();
    rows[7][1] = String::new();
    rows
}

#[test]
fn the_preview_is_the_import() {
    let own = empty();
    own.import(REGISTER, &file(&meetings(1, 5))).expect("an import");
    // Five are there, two of them are given other numbers, four are new.
    let mut rows = meetings(1, 9);
    rows[0][3] = "251".into();
    rows[1][3] = "252".into();
    let request = file(&rows);
    let shown = preview(&own, &request);
    let done = own.import(REGISTER, &request).expect("an import");
    assert_eq!(counts(&shown), [9, 4, 2, 3, 0]);
    assert_eq!(counts(&done), counts(&shown));
    assert_eq!((&done.digest, &done.outcomes), (&shown.digest, &shown.outcomes));
    assert!(done.committed && !shown.committed);
    own.verified();
}

#[test]
fn a_preview_leaves_nothing() {
    let own = empty();
    own.import(REGISTER, &file(&meetings(1, 5))).expect("an import");
    let before = all_of(&own);
    preview(&own, &file(&meetings(3, 9)));
    preview(&own, &file(&with_two_wrong()));
    assert_eq!(all_of(&own), before);
}

#[test]
fn the_same_file_again_changes_nothing() {
    let own = empty();
    let request = file(&meetings(1, 30));
    let first = own.import(REGISTER, &request).expect("an import");
    assert_eq!(counts(&first), [30, 30, 0, 0, 0]);
    own.accept_where_possible();
    let before = own.records(REGISTER);
    let again = own.import(REGISTER, &request).expect("an import");
    assert_eq!(counts(&again), [30, 0, 0, 30, 0]);
    assert_eq!(own.records(REGISTER), before);
    own.verified();
}

impl Own {
    /// Verifies those that need no evidence: the ones without a number of parents.
    fn accept_where_possible(&self) {
        let register = self.app.catalog();
        let participants = register.register(REGISTER).and_then(|r| r.find_field("participants")).expect("a field");
        for record in self.records(REGISTER) {
            if record.state == RecordState::Submitted && record.values[participants].is_missing() {
                self.verifying(REGISTER, |v| v.accept(record.id, record.version)).expect("it is accepted");
            }
        }
    }
}

#[test]
fn all_or_nothing_with_a_wrong_row_is_nothing() {
    let own = empty();
    let request = Request { choice: Choice::AllOrNothing, ..file(&with_two_wrong()) };
    let report = own.import(REGISTER, &request).expect("a report");
    assert!(!report.committed);
    assert_eq!(counts(&report), [10, 8, 0, 0, 2]);
    assert!(own.records(REGISTER).is_empty());
    assert_eq!(own.verified().entries, 0);
}

#[test]
fn all_or_nothing_without_a_wrong_row_is_all() {
    let own = empty();
    let request = Request { choice: Choice::AllOrNothing, ..file(&meetings(1, 10)) };
    assert!(own.import(REGISTER, &request).expect("a report").committed);
    assert_eq!(own.records(REGISTER).len(), 10);
}

#[test]
fn good_rows_are_imported_and_the_wrong_ones_named_by_their_cells() {
    let own = empty();
    let report = own.import(REGISTER, &file(&with_two_wrong())).expect("a report");
    assert!(report.committed);
    assert_eq!(counts(&report), [10, 8, 0, 0, 2]);
    // The headings stand in row 1.
    let places: BTreeSet<(u32, Option<u32>)> = errors(&report.findings)
        .iter()
        .map(|f| match f.place {
            Place::Cell { row, column, .. } => (row, column),
            _ => panic!("{f:?} names no cell"),
        })
        .collect();
    assert_eq!(places, BTreeSet::from([(5, Some(3)), (9, Some(2))]));
    assert_eq!(own.records(REGISTER).len(), 8);
    own.verified();
}

#[test]
fn an_absent_row_deletes_nothing() {
    let own = empty();
    own.import(REGISTER, &file(&meetings(1, 10))).expect("an import");
    let report = own.import(REGISTER, &file(&meetings(4, 2))).expect("an import");
    assert_eq!(counts(&report), [2, 0, 0, 2, 0]);
    assert_eq!(own.records(REGISTER).len(), 10);
}

#[test]
fn a_changed_verified_record_is_reopened_and_the_figure_drops_at_once() {
    let own = empty();
    own.import(
        REGISTER,
        &request("讲座.csv", "类别,主题,日期,对象\n讲座,甲,2024-03-01,一年级\n讲座,乙,2024-04-01,一年级\n"),
    )
    .expect("an import");
    own.accept_all(REGISTER);
    assert_eq!(own.printed("parents-lecture-count", 2024), "2");
    let changed = request("讲座.csv", "类别,主题,日期,对象\n讲座,甲,2024-03-01,二年级\n讲座,乙,2024-04-01,一年级\n");
    let report = own.import(REGISTER, &changed).expect("an import");
    assert_eq!(counts(&report), [2, 0, 1, 1, 0]);
    let (text, audience) = (|t: &str| Value::Text(t.into()), 3);
    assert_eq!(report.outcomes[0].1, RowOutcome::Changed(vec![(audience, text("一年级"), text("二年级"))]));
    assert_eq!(own.printed("parents-lecture-count", 2024), "1");
    let states: BTreeSet<i64> = own.records(REGISTER).iter().map(|r| r.state.number()).collect();
    assert_eq!(states, BTreeSet::from([RecordState::Submitted.number(), RecordState::Verified.number()]));
    own.verified();
}

#[test]
fn an_import_whose_outcome_would_differ_from_the_preview_is_not_done() {
    let own = empty();
    own.import(REGISTER, &file(&meetings(1, 3))).expect("an import");
    let mut rows = meetings(1, 6);
    rows[0][3] = "251".into();
    let request = file(&rows);
    let shown = preview(&own, &request);
    // Meanwhile someone gives one of the records yet another number, someone else enters one of the new ones.
    let mut meanwhile = meetings(1, 1);
    meanwhile[0][3] = "999".into();
    for other in [meanwhile, meetings(6, 1)] {
        own.import(REGISTER, &file(&other)).expect("an import");
        let before = all_of(&own);
        let refused = own.keeping(REGISTER, |k| k.import(&request, Some(&shown.digest), &mut |_| {}));
        assert!(matches!(refused, Err(AppError::PreviewOutdated)));
        assert_eq!(all_of(&own), before);
    }
    let shown = preview(&own, &request);
    let done = own.keeping(REGISTER, |k| k.import(&request, Some(&shown.digest), &mut |_| {})).expect("an import");
    assert_eq!(counts(&done), [6, 2, 1, 3, 0]);
}

#[test]
fn a_field_the_file_has_no_column_for_is_left_as_it_is() {
    let own = empty();
    own.import(REGISTER, &request("一.csv", "类别,主题,日期,主讲人\n讲座,甲,2024-03-01,张三\n")).expect("an import");
    let report = own.import(REGISTER, &request("二.csv", "类别,主题,日期\n讲座,甲,2024-03-01\n")).expect("an import");
    assert_eq!(counts(&report), [1, 0, 0, 1, 0]);
    assert_eq!(own.records(REGISTER)[0].values[4], Value::Text("张三".into()));
}

#[test]
fn a_row_twice_in_a_file_is_wrong() {
    let own = empty();
    let mut rows = meetings(1, 4);
    rows.push(rows[1].clone());
    let report = own.import(REGISTER, &file(&rows)).expect("a report");
    assert_eq!((report.new, report.rejected), (4, 1));
    assert_eq!(own.records(REGISTER).len(), 4);
    own.verified();
}

/// The rows of the spoiled file in which something was done wrong on purpose, counted from 0.
const SPOILED: [usize; 8] = [4, 9, 13, 18, 22, 27, 31, 36];

#[test]
fn the_spoiled_file_has_findings_for_exactly_its_wrong_rows() {
    let own = copy();
    let before = own.verified();
    let spoiled = jc_sample::spoiled(jc_app::demo::SEED);
    let report = own.import("student", &request(&spoiled.name, spoiled.bytes)).expect("a report");
    let rejected: Vec<usize> =
        report.outcomes.iter().enumerate().filter(|(_, (_, o))| *o == RowOutcome::Rejected).map(|(n, _)| n).collect();
    assert_eq!(rejected, SPOILED);
    assert_eq!((report.rows, report.new), (40, 32));
    let wrong: BTreeSet<u32> = SPOILED.iter().map(|n| report.outcomes[*n].0).collect();
    let named: BTreeSet<u32> = errors(&report.findings)
        .iter()
        .map(|f| if let Place::Cell { row, .. } = f.place { row } else { panic!("{f:?} names no row") })
        .collect();
    assert_eq!(named, wrong);
    let after = own.verified();
    assert_eq!(after.records, before.records + 32);
}

#[test]
fn a_file_of_another_register_is_told_and_leaves_nothing() {
    let own = empty();
    let students = request("学生.csv", "学号,姓名,性别,班级,入学日期\n20240001,张三,男,24机电1班,2024-09-01\n");
    let refused = own.import(REGISTER, &students);
    assert!(matches!(&refused, Err(AppError::Findings(f)) if !errors(f).is_empty()), "{refused:?}");
    assert_eq!(own.verified().entries, 0);
}

#[test]
fn another_schools_student_is_nobody_here() {
    let mut own = empty();
    enrol(&own, 1);
    let volunteers = request("志愿.csv", "学号,活动名称,服务日期,服务时长（小时）\n20240001,社区清扫,2024-10-01,3\n");
    let report = own.import("volunteer-record", &volunteers).expect("a report");
    assert_eq!(report.new, 1, "{:?}", report.findings);
    let first = own.school;
    own.school = own.app.add_school("另一所学院", true).expect("a school");
    let report = own.import("volunteer-record", &volunteers).expect("a report");
    assert_eq!((report.new, report.rejected), (0, 1));
    assert_eq!(errors(&report.findings).len(), 1);
    assert!(own.records("volunteer-record").is_empty());
    own.verified();
    own.school = first;
    assert_eq!(own.records("volunteer-record").len(), 1);
    own.verified();
}

#[test]
fn a_record_is_found_by_either_width_and_a_code_by_either_case() {
    let own = copy();
    let contest = "竞赛名称,竞赛类别,级别,举办日期,主办单位\n2024年篮球赛（男子）,文体,县级,2024-04-20,示例市体育局\n";
    assert_eq!(own.import("contest", &request("竞赛.csv", contest)).expect("an import").new, 1);
    for (file, name) in ["2024年篮球赛（男子）", "2024年篮球赛(男子)"].into_iter().enumerate() {
        let student = own.app.catalog().register("student").expect("a register").key[0];
        let number = own.records("student")[file].values[student].as_text().expect("a number").to_owned();
        let award = format!(
            "竞赛,赛项,组别,获奖者,获奖学生,名次,获奖日期\n{name},男子,学生,校队{file},{number},3,2024-05-01\n"
        );
        let report = own.import("award", &request("获奖.csv", award)).expect("an import");
        assert_eq!((report.new, report.rejected), (1, 0), "{name}: {:?}", report.findings);
    }
    let code = own.app.catalog().register("firm").expect("a register").key[0];
    let code = own.records("firm")[0].values[code].as_text().expect("a code").to_lowercase();
    let practice = format!("教师,企业,开始日期\nJS1001,{code},2024-07-10\n");
    let report = own.import("firm-practice", &request("企业实践.csv", practice)).expect("an import");
    assert_eq!((report.new, report.rejected), (1, 0), "{:?}", report.findings);
}

#[test]
fn an_import_is_taken_back_as_a_whole_and_nothing_is_deleted() {
    let own = empty();
    let csv = |rows: &str| format!("类别,主题,日期,参与人数\n{rows}");
    let before = "家长会,甲,2024-03-01,10\n家长会,乙,2024-04-01,20\n";
    let proved = || {
        let records: Vec<_> = own.records("family-event").iter().map(|record| record.id).collect();
        own.keeping("family-event", |k| k.attach(&records, "attendance-sheet", "a.pdf", b"%PDF-1.7 a"))
            .expect("a paper");
    };
    own.import("family-event", &request("一.csv", csv(before))).expect("an import");
    proved();
    own.accept_all("family-event");
    let wrong = "家长会,甲,2024-03-01,99\n家长会,乙,2024-04-01,98\n家长会,丙,2024-05-01,7\n家长会,丁,2024-05-02,8\n";
    let report = own.import("family-event", &request("二.csv", csv(wrong))).expect("an import");
    assert_eq!((report.new, report.changed), (2, 2));
    let records = || own.records("family-event");
    let numbers = || records().iter().map(|r| r.values[5].as_int().expect("a number")).collect::<Vec<_>>();
    // One of the new ones was verified meanwhile: it stays.
    proved();
    own.verifying("family-event", |verifier| verifier.accept(records()[3].id, 1)).expect("it is accepted");
    let undo = |keeper: &jc_app::Keeper| keeper.undo_import(report.seq.expect("an entry"), Lang::Zh);
    let undone = own.keeping("family-event", undo).expect("it is taken back");
    assert_eq!((undone.withdrawn, undone.restored), (1, 2));
    assert_eq!(numbers(), [10, 20, 7, 8]);
    use RecordState::{Draft, Submitted, Verified};
    let states: Vec<RecordState> = records().iter().map(|r| r.state).collect();
    assert_eq!(
        states,
        [Submitted, Submitted, Draft, Verified],
        "what was verified before is verified again by someone"
    );
    let whole = own.viewing(|v| v.whole(own.register("family-event"), records()[0].id, Lang::Zh)).expect("a record");
    assert_eq!(whole.history.len(), 4, "entered, verified, changed, taken back");
    own.verified();
    let again = own.keeping("family-event", undo).expect("nothing is left to take back");
    assert_eq!((again.withdrawn, again.restored), (0, 0));
}

/// Every record of some registers, references as places in their register: what two installations have in common.
fn alike(own: &Own, registers: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut places = HashMap::new();
    let all: Vec<_> = registers.iter().map(|id| (*id, own.records(id))).collect();
    for (id, records) in &all {
        places.extend(records.iter().enumerate().map(|(place, record)| (record.id, format!("{id} {place}"))));
    }
    let shown = |value: &Value| match value.ref_ids() {
        [] => format!("{value:?}"),
        ids => ids.iter().map(|id| places.get(id).cloned().unwrap_or_default()).collect::<Vec<_>>().join("、"),
    };
    let line = |record: &jc_store::Record| record.values.iter().chain(&record.copied).map(shown).collect();
    all.iter().flat_map(|(id, records)| records.iter().map(|r| ((*id).to_owned(), line(r)))).collect()
}

#[test]
fn what_one_file_looked_up_serves_the_next_and_changes_nothing() {
    let (apart, together) = (empty(), empty());
    let files: Vec<_> = jc_sample::college(jc_app::demo::SEED).into_iter().take(14).collect();
    let registers: BTreeSet<&str> = files.iter().map(|file| file.register).collect();
    assert!(registers.contains("student") && registers.len() > 5, "{registers:?}");
    let mut memory = Memory::default();
    for file in &files {
        let mut request = request(&file.name, file.bytes.clone());
        request.choice = Choice::GoodRows;
        let machine = jc_app::Person::command_line(apart.school);
        let keeper = apart.app.keeper(&machine, apart.register(file.register)).expect("a keeper");
        let one = keeper.import(&request, None, &mut |_| {}).expect("an import");
        let keeper = together.app.keeper(&machine, together.register(file.register)).expect("a keeper");
        let book = together.app.open_book(&request.file, request.bytes.clone(), &request.limits).expect("a book");
        let other = keeper.import_next(&request, false, book, &mut memory, &mut |_| {}).expect("an import");
        assert_eq!((one.new, one.changed, one.rejected), (other.new, other.changed, other.rejected), "{}", file.name);
        assert_eq!(one.findings, other.findings);
        // Someone else's write in between: what was looked up before is looked up again.
        if file.register == "class" {
            together.app.set_chain("sha256").expect("a setting");
        }
    }
    let registers: Vec<&str> = registers.into_iter().collect();
    assert_eq!(alike(&apart, &registers), alike(&together, &registers));
    together.verified();
}
