//! Reports of the sample college: what they say, what they hide from whom, and who may write in them.

use crate::people::{copy, records};
use crate::sample::college;
use jc_app::app::App;
use jc_app::given::{FileKind, Profile, Report, Verdict};
use jc_app::report::{Step, Wanted};
use jc_app::{AppError, Person};
use jc_base::{Finding, Level};
use jc_figures::restated::Cause;
use jc_report::model::{Block, Inline};
use jc_store::seal::Correction;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

fn machine() -> Person {
    Person::command_line(college().1.school)
}

fn wanted(template: &str, profile: Profile) -> Wanted {
    Wanted { template: template.to_owned(), year: 2024, profile, address: "https://school.example/v/".into() }
}

fn report(template: &str, profile: Profile) -> Report {
    college().0.viewer(&machine()).report(&wanted(template, profile)).expect("a report")
}

fn blocks(report: &Report) -> impl Iterator<Item = &Block> {
    report.chapters.iter().flat_map(|chapter| &chapter.blocks)
}

#[test]
fn every_shipped_template_is_sound() {
    let person = machine();
    let listed = college().0.viewer(&person).reports().expect("reports");
    let ids: Vec<&str> = listed.iter().map(|l| l.template.id.as_str()).collect();
    assert_eq!(ids, ["annual", "feature", "quality"]);
    for one in &listed {
        assert!(one.findings.is_empty() && !one.own, "{}: {:?}", one.template.id, one.findings);
    }
    for source in jc_catalog::shipped_reports() {
        let (template, findings) = jc_report::template::read(&source, &college().0.catalog());
        assert!(template.is_some(), "{findings:?}");
    }
}

#[test]
fn the_annual_report_has_six_chapters_and_no_gap_in_its_prose() {
    let report = report("annual", Profile::Internal);
    assert_eq!(report.chapters.len(), 6);
    assert!(report.shown.len() > 400, "{}", report.shown.len());
    assert!(report.entries.len() > 250, "{}", report.entries.len());
    let charts = blocks(&report).filter(|b| matches!(b, Block::Chart { .. })).count();
    let funnel = blocks(&report).find_map(|b| match b {
        Block::Chart { chart, .. } if chart.title.contains("从毕业到对口") => Some(chart),
        _ => None,
    });
    let steps = funnel.expect("a funnel").series[0].points.iter().flatten().map(|point| point.label.as_str());
    assert_eq!(steps.collect::<Vec<_>>(), ["407人", "404人 · 99.26%", "389人 · 95.58%"]);
    let tables = blocks(&report).filter(|b| matches!(b, Block::Table(_))).count();
    assert!(charts >= 12 && tables >= 12, "{charts} charts, {tables} tables");
    for block in blocks(&report) {
        if let Block::Paragraph(line) | Block::Heading(line) | Block::Item(line) = block {
            let gap = line.iter().find(|inline| matches!(inline, Inline::Gap(_)));
            assert!(gap.is_none(), "{}", report.line(line));
        }
    }
    // No choice left a stray sign behind.
    let prose = report.prose();
    for odd in ["{", "}", "，，", "，。", "。。", "、、", "：。", "  "] {
        assert!(!prose.contains(odd), "{odd} in {prose}");
    }
}

/// What the newspaper printed and the records support, in its own words.
const PRINTED: [&str; 38] = [
    "主题党日活动10次",
    "6大领域",
    "党员先锋岗79个",
    "320余名",
    "志愿服务1000余人次",
    "7000余小时",
    "91.4%",
    "工作站31个",
    "教学项目48个",
    "课程28门",
    "4节省级公开课",
    "8门跨学科体验课程",
    "4人获评全国中职奖学金",
    "8人荣获省政府奖学金",
    "合格率达95.1%",
    "上线率达96.0%",
    "407名毕业生",
    "143人成功升学",
    "261人顺利就业",
    "99.26%",
    "95.58%",
    "近30项",
    "获奖118人次",
    "奖项84人次",
    "5金8银7铜",
    "技术转让3项",
    "技术难题10余项",
    "近500万元",
    "一等奖4人次、二等奖9人次",
    "一等奖8人次、二等奖21人次",
    "家长会7场、家长学校讲座5场",
    "约4300人",
    "约600人次",
    "约2500人次",
    "通过人数84人",
    "95.5%",
    "班级17个，在校生554人",
    "论文76篇，完成课题立项、结题及成果获奖52项",
];

#[test]
fn the_feature_says_what_the_article_said_and_the_checker_finds_no_contradiction() {
    let report = report("feature", Profile::Public);
    let prose = report.prose();
    for words in PRINTED {
        assert!(prose.contains(words), "“{words}” is not in:\n{prose}");
    }
    // The article's rise of 40 % no records give: the feature says what they do.
    assert!(!prose.contains("40%") && prose.contains("金牌数较上年提升66.67%"), "{prose}");
    let person = machine();
    let viewer = college().0.viewer(&person);
    // Also read as a stranger's text, numbers from slots included.
    let checked = viewer.check_text(&prose, 2024, true).expect("a check");
    let wrong = checked.judgements.iter().filter(|j| j.verdict == Verdict::Contradicted);
    let wrong: Vec<&str> =
        wrong.filter_map(|j| checked.document.claim(&j.claim_id)).map(|claim| claim.text.as_str()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let findings = viewer.report_findings(&report, &wanted("feature", Profile::Public)).expect("findings");
    let errors: Vec<&Finding> = findings.iter().filter(|f| f.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(findings.iter().any(|f| f.code == "RPT-033"), "whoever publishes is warned of further study");
}

#[test]
fn a_number_typed_against_the_records_keeps_a_report_in_the_house() {
    let own = copy();
    let (app, person) = (&own.app, machine());
    let viewer = app.viewer(&person);
    let kept = viewer.keep_report_text("feature", "feature", 0, "2024届共有500名毕业生，人人成才。");
    assert_eq!(kept.expect("it is kept"), 1);
    let make = |profile| viewer.write_report(&wanted("feature", profile), FileKind::Html, &mut |_| {});
    match make(Profile::Public) {
        Err(AppError::Findings(findings)) => assert_eq!(findings[0].code, "RPT-032"),
        other => panic!("{other:?}"),
    }
    let made = make(Profile::Internal).expect("inside the house it can be looked at");
    assert_eq!(made.findings[0].code, "RPT-032");
}

#[test]
fn words_are_kept_by_version_and_a_mistake_leaves_the_old_ones() {
    let own = copy();
    let (app, person) = (&own.app, machine());
    let viewer = app.viewer(&person);
    let before = viewer.report_text("annual", "party").expect("a text");
    assert_eq!(before.version, 0);
    let text = "全年开展主题党日活动{theme-day-count}次。";
    match viewer.keep_report_text("annual", "party", 0, "全年{theme-day-cuont}次") {
        Err(AppError::Findings(findings)) => {
            assert_eq!(findings[0].code, "RPT-003");
            assert_eq!(findings[0].place.to_string(), "party:1:4");
            assert_eq!(findings[0].with.get("nearest"), Some("theme-day-count"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(viewer.report_text("annual", "party").expect("a text").content, before.content);
    assert_eq!(viewer.keep_report_text("annual", "party", 0, text).expect("kept"), 1);
    assert!(matches!(viewer.keep_report_text("annual", "party", 0, text), Err(AppError::Stale)));
    let report = viewer.report(&wanted("annual", Profile::Internal)).expect("a report");
    let Block::Paragraph(line) = &report.chapters[0].blocks[0] else { panic!("a paragraph") };
    assert_eq!(report.line(line), "全年开展主题党日活动10次。");
    // What was proved stays provable after words were written.
    assert!(app.verify(&person, &mut |_| {}).expect("verify").touched.is_empty());
}

#[test]
fn a_file_of_the_schools_own_with_a_mistake_does_not_take_force() {
    let own = copy();
    let (app, person) = (&own.app, machine());
    let folder = app.setup().data.join("catalog/reports");
    std::fs::create_dir_all(&folder).expect("a folder");
    let shipped = jc_catalog::shipped_reports().into_iter().find(|s| s.path.ends_with("feature.toml")).expect("it");
    let file = folder.join("feature.toml");
    std::fs::write(&file, shipped.text.replacen("{theme-day-count}", "{theme-day}", 1)).expect("a file");
    let listed = |app: &App| app.viewer(&person).report_template("feature").expect("the one before stays");
    let faulty = listed(app);
    assert!(!faulty.own && faulty.findings[0].code == "RPT-003", "{:?}", faulty.findings);
    assert!(faulty.findings[0].place.to_string().starts_with("reports/feature.toml:"));
    let made = app.viewer(&person).write_report(&wanted("feature", Profile::Public), FileKind::Html, &mut |_| {});
    let told = made.expect("it is made of the one before").findings.clone();
    assert!(told.iter().any(|it| it.code == "RPT-003" && it.level == Level::Warning), "{told:?}");
    std::fs::write(&file, shipped.text.replacen("深度", "特别", 1).replacen("党建领航", "党建引领", 1))
        .expect("a file");
    let own = listed(app);
    assert!(own.own && own.findings.is_empty(), "{:?}", own.findings);
    // A template's mistake stops nothing else.
    App::open(app.setup().clone()).expect("the catalog is sound");
}

#[test]
fn the_public_sees_no_names_and_no_small_numbers() {
    let text = |profile| {
        let report = report("annual", profile);
        let cells = blocks(&report).filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None });
        let cells: Vec<String> = cells.flat_map(|t| &t.rows).flatten().map(|cell| report.line(cell)).collect();
        cells
    };
    let (inside, public) = (text(Profile::Internal), text(Profile::Public));
    assert!(inside.iter().all(|cell| cell != "*"));
    assert!(public.iter().any(|cell| cell == "*"), "some department has fewer than five of something");
    let masked = public.iter().filter(|cell| cell.ends_with("**")).count();
    assert!(masked > 0, "names are shown by their first character");
    let names = inside.iter().filter(|cell| cell.ends_with("**"));
    assert_eq!(names.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn who_asks_for_what_is_being_made_waits_for_it() {
    let (begun, wait) = mpsc::channel();
    let second_made = AtomicUsize::new(0);
    let (own, person) = (copy(), machine());
    let app = &own.app;
    let wanted = wanted("quality", Profile::Internal);
    let taken = || {
        let log = app.viewer(&person).audit(None, 20).expect("the log");
        log.iter().filter(|line| line.action == "report.export" && line.object == "quality").count()
    };
    let before = taken();
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let mut step = |step: Step| {
                if step == Step::Reading {
                    begun.send(()).expect("someone listens");
                    std::thread::sleep(std::time::Duration::from_millis(500));
                }
            };
            app.viewer(&person).write_report(&wanted, FileKind::Docx, &mut step).expect("a file")
        });
        wait.recv().expect("it has begun");
        let mut step = |_: Step| {
            second_made.fetch_add(1, Ordering::Relaxed);
        };
        let second = app.viewer(&person).write_report(&wanted, FileKind::Docx, &mut step).expect("a file");
        let first = first.join().expect("no panic");
        assert!(std::sync::Arc::ptr_eq(&first, &second), "it is the same file");
    });
    assert_eq!(second_made.load(Ordering::Relaxed), 0, "the second did none of the work");
    assert_eq!(taken() - before, 2, "each of them took it out of the house");
}

#[test]
fn codes_of_what_left_the_house_can_be_looked_up() {
    let person = machine();
    let viewer = college().0.viewer(&person);
    let wanted = wanted("feature", Profile::Bureau);
    let report = viewer.report(&wanted).expect("a report");
    let code = &report.chapters[0].code;
    viewer.write_report(&wanted, FileKind::Html, &mut |_| {}).expect("a file");
    let app = &college().0;
    let coded = app.report_code(&code.to_lowercase().replace('-', "")).expect("a look").expect("it left the house");
    assert_eq!((&coded.code, coded.profile.as_str(), coded.chapter.as_str()), (code, "bureau", "年度特写"));
    let rate = coded.figures.iter().find(|f| f.printed.as_deref() == Some("99.26")).expect("it is shown");
    assert_eq!(rate.fraction, Some(("404".into(), "407".into())));
    let place = rate.places.iter().find(|place| place.text.starts_with("99.26")).expect("where it stands");
    assert_eq!(report.shown[usize::try_from(place.number).expect("small")].text, place.text);
    assert!(!rate.definition.is_empty() && rate.records.len() == 64, "{rate:?}");
    assert_eq!(coded.since, []);
    // The code at the foot of every page is the whole report's.
    let whole = app.report_code(&report.head.code).expect("a look").expect("it left the house");
    assert_eq!((whole.title, whole.figures.len()), (report.head.title.clone(), coded.figures.len()));
    assert!(app.report_code("0000-0000-0000-0000").expect("a look").is_none());
}

/// Whoever has the paper of a report for the house learns no more from its code than the public may know.
#[test]
fn a_code_tells_a_stranger_nothing_of_few_people() {
    let (app, person) = (&college().0, machine());
    let viewer = app.viewer(&person);
    let wanted = wanted("annual", Profile::Internal);
    viewer.write_report(&wanted, FileKind::Html, &mut |_| {}).expect("a file");
    let report = viewer.report(&wanted).expect("a report");
    let mut withheld = 0;
    for chapter in &report.chapters {
        let coded = app.report_code(&chapter.code).expect("a look").expect("it left the house");
        assert!(!coded.figures.is_empty(), "{}", chapter.title);
        for figure in &coded.figures {
            withheld += usize::from(figure.withheld);
            if figure.withheld {
                assert_eq!((figure.printed.as_ref(), figure.places.len(), figure.part.as_str()), (None, 0, ""));
            }
            let few = figure.printed.as_ref().and_then(|text| text.parse::<i64>().ok()).filter(|n| (1..5).contains(n));
            let people = figure.unit == "人" || figure.unit == "人次";
            assert!(few.is_none() || !people || figure.part.is_empty(), "{figure:?}");
        }
    }
    assert!(withheld > 0, "some department has fewer than five of something");
}

#[test]
fn a_code_tells_what_was_restated_since() {
    let own = copy();
    let (app, person) = (&own.app, machine());
    let viewer = app.viewer(&person);
    let wanted = Wanted { year: 2023, ..wanted("annual", Profile::Bureau) };
    viewer.write_report(&wanted, FileKind::Html, &mut |_| {}).expect("a file");
    let report = viewer.report(&wanted).expect("a report");
    let (register, page) = (own.register("family-event"), jc_figures::Page::reported_in);
    let page = page(&app.catalog().registers[register], 2023);
    let chapter = report.chapters.iter().find(|c| c.id == "wellbeing").expect("a chapter");
    let look = || app.report_code(&chapter.code).expect("a look").expect("it left the house");
    let before = look();
    assert_eq!(before.since, []);
    // A meeting of the closed year turns out to stand there twice.
    let record = records(&viewer, register, Some(page)).into_iter().next().expect("a meeting");
    let mut values = record.values.clone();
    values[1] = jc_base::Value::Text("同一场".into());
    let edit = jc_app::records::Edit { values, submit: true, seen_version: Some(record.version) };
    let why = Correction { cause: Some(Cause::Double), reason: "张三登记了两次".into() };
    let keeper = own.keeper("family-event");
    let keeper = app.keeper(&keeper, register).expect("a keeper").because(Some(why));
    keeper.correct(record.id, edit, "张三登记了两次", jc_base::Lang::Zh).expect("corrected");
    let after = look();
    let causes: Vec<_> = after.since.iter().map(|one| (one.register, one.page, one.cause)).collect();
    assert_eq!(causes, [(register, page, Cause::Double)]);
    let moved = |coded: &jc_app::report::Coded| coded.figures.iter().filter(|f| f.now.is_some()).count();
    assert_eq!(moved(&before), 0);
    assert!(moved(&after) > 0, "the number of meetings is another");
    assert!(!format!("{after:?}").contains("张三"), "nothing that a person wrote is told");
}

#[test]
fn a_school_without_records_gets_its_report_in_every_kind_of_file() {
    let own = crate::people::empty();
    let person = Person::command_line(own.school);
    for kind in FileKind::ALL {
        let made = own.app.viewer(&person).write_report(&wanted("annual", Profile::Internal), *kind, &mut |_| {});
        let made = made.unwrap_or_else(|error| panic!("{kind:?}: {error:?}"));
        assert!(made.findings.iter().any(|finding| finding.code == "RPT-034"), "{kind:?}: gaps are told");
        let whole = own.app.report_code(&made.code).expect("a look").expect("the whole report's code is kept");
        assert_eq!((whole.chapters.len(), whole.figures.len()), (6, 0));
        for (title, code) in whole.chapters {
            assert_eq!(own.app.report_code(&code).expect("a look").map(|coded| coded.chapter), Some(title));
        }
    }
}
