//! Whole journeys through the real program with its sample college: from a spreadsheet to a figure and back.

use e2e::{Browser, Look, Program, Result, journey, journey_with};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The password of the sample college's accounts.
const PASSWORD: &str = "jiangce-demo";

/// Six new students, of whom two are in order.
const SPOILED: &str = "\
2024年秋季补录学生登记表,,,,,,,,,
学号,学生姓名,性别,出生年月日,身份证号码,民族,手机号,所在班级,培养层次,入学日期
20249901,赵一诺,女,2008-10-03,,汉族,13800009901,24电商1班,高级工,2024-09-01
20249902,钱思远,男,2008/13/01,,汉族,13800009902,24电商1班,高级工,2024-09-01
20249903,孙雨桐,女,2009-01-20,,汉族,13800009903,24电商9班,高级工,2024-09-01
20249904,李佳禾,男,2009-02-11,,汉族,13800009904,24电商1班,高级工,2024-09-01
20249904,周子昂,男,2009-03-01,,汉族,13800009905,24电商1班,高级工,2024-09-01
20249906,,男,2009-03-01,9.90101E+17,汉族,13800009906,24电商1班,高级工,2024-09-01
";

/// The college that all journeys share: building it is what takes time.
fn college() -> &'static Program {
    static COLLEGE: OnceLock<Program> = OnceLock::new();
    COLLEGE.get_or_init(|| {
        let started = Program::start(&["demo", "--data", "{data}", "--listen", "127.0.0.1:{port}"]);
        started.unwrap_or_else(|failure| panic!("{failure}"))
    })
}

/// The spoiled file, written to where the browser can find it.
fn spoiled() -> Result<PathBuf> {
    let path = college().data().join("补录学生.csv");
    fs::write(&path, SPOILED).map_err(|e| e2e::Failure::new(format!("write {}: {e}", path.display())))?;
    Ok(path)
}

fn sign_in(b: &Browser, login: &str) -> Result {
    b.forget()?;
    b.goto(&college().url("/sign-in"))?;
    b.type_text("#name", login)?;
    b.type_text("#password", PASSWORD)?;
    b.click("main form button.main")?;
    // The sign-in screen has a heading too: only when its password field is gone has the next screen come.
    b.wait_until_gone("#password")?;
    b.wait_for("h1")
}

/// Picks a choice of a form. The bar at its foot covers what is at the window's edge: a person scrolls.
fn pick(b: &Browser, field: &str, value: &str) -> Result {
    let css = format!("input[name={field}][value={value}], select[name={field}] option[value={value}]");
    b.wait_for(&css)?;
    b.eval(&format!("document.querySelector('{css}').scrollIntoView({{ block: 'center' }})"))?;
    b.click(&css)
}

/// The digits of a figure as printed: `1,422` is 1422.
fn digits(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[test]
fn a_spreadsheet_becomes_a_figure_that_shows_its_records() {
    journey("import-to-figure", |b| {
        let url = |path: &str| college().url(path);
        let file = spoiled()?;

        // The figure before: students at school at the end of 2024.
        sign_in(b, "student-affairs")?;
        b.audit()?;
        b.goto(&url("/figures/student-count?year=2024"))?;
        let before = digits(&b.text(".sum .result")?);
        assert!(before.is_some_and(|n| n > 1000), "the college has students: {before:?}");

        // The keeper uploads, looks at headings and columns, and sees what is wrong.
        b.goto(&url("/registers/student/import"))?;
        b.audit()?;
        b.upload("#file", &file)?;
        b.click_text("main form button", "上传并检查")?;
        b.wait_for("#header")?;
        assert_eq!(b.value("#header")?, "2", "the headings are found below the title");
        b.audit()?;
        b.click_text("main form button", "下一步")?;
        b.wait_for("select[name=column-H]")?;
        assert_eq!(b.value("select[name=column-H]")?, "field:class");
        b.audit()?;
        b.click_text("main form button", "逐格检查")?;
        b.wait_for_text("main", "D4")?;
        for wrong in ["2008/13/01", "24电商9班", "20249904"] {
            b.wait_for_text("main td", wrong)?;
        }
        b.wait_for_text(".tabs", "不能导入 4")?;
        b.audit()?;
        b.click("button[name=take][value=good]")?;
        b.wait_for_text("main .notice", "新增 2 条")?;
        b.audit()?;

        // Nothing counts yet; the reviewer accepts in the inbox, by the keyboard.
        b.goto(&url("/figures/student-count?year=2024"))?;
        assert_eq!(digits(&b.text(".sum .result")?), before, "what is not verified does not count");
        sign_in(b, "academic-affairs-verifier")?;
        b.goto(&url("/inbox?register=student"))?;
        b.wait_for_text(".inbox-list a[aria-current=true]", "赵一诺")?;
        b.audit()?;
        b.press("a")?;
        b.wait_for_text(".done", "已核实")?;
        b.wait_for_text(".open-title", "李佳禾")?;
        b.press("r")?;
        b.wait_for("#reason")?;
        b.audit()?;
        b.press("Escape")?;
        b.click("form[data-accept] button")?;
        b.wait_for("section.empty")?;
        b.audit()?;

        // The figure has changed, and its trace leads to the record.
        b.goto(&url("/figures/student-count?year=2024"))?;
        let after = digits(&b.text(".sum .result")?);
        assert_eq!(after, before.map(|n| n + 2), "two students more");
        b.audit()?;
        b.goto(&url("/registers/student?year=2024&q=20249901"))?;
        b.click_text("main a", "赵一诺")?;
        b.wait_for_text("h1", "赵一诺")?;
        b.wait_for_text("main", "影响的数字")?;
        b.audit()?;
        b.click_text("main table a", "在校生人数")?;
        b.wait_for_text("h1", "在校生人数")
    });
}

#[test]
fn a_form_keeps_what_was_typed_and_says_what_is_wrong() {
    journey("form", |b| {
        sign_in(b, "student-affairs")?;
        b.goto(&college().url("/registers/family-event/new"))?;
        b.audit()?;
        b.type_text("#in-topic", "秋季家长课堂")?;
        b.type_text("#in-held_on", "2024/13/01")?;
        b.click("button[value=submit]")?;
        b.wait_for("#error-held_on")?;
        assert_eq!(b.value("#in-topic")?, "秋季家长课堂");
        assert_eq!(b.value("#in-held_on")?, "2024/13/01");
        b.audit()?;
        b.type_text("#in-held_on", "2024-11-02")?;
        b.click("input[name=kind][value=lecture], select[name=kind] option[value=lecture]")?;
        b.click("button[value=save]")?;
        b.wait_for_text(".state", "草稿")?;
        b.audit()?;
        // The refused form was answered with 422, which the browser notes.
        let errors = b.console_errors()?;
        assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
        Ok(())
    });
}

#[test]
fn a_class_teacher_finds_who_was_not_visited_and_records_the_visit() {
    journey_with("coverage", &Look::phone(), |b| {
        sign_in(b, "student-affairs")?;
        let list = college().url("/registers/home-visit/coverage/students?year=2024");
        b.goto(&list)?;
        b.wait_for_text("h1", "今年尚未走访的学生")?;
        b.audit()?;
        let before = b.text("main [role=status] b")?;
        let add = b.attribute("main td a.button", "href")?.unwrap_or_default();
        b.goto(&college().url(&add))?;
        assert!(!b.value("#in-students")?.is_empty() && !b.value("#in-class")?.is_empty(), "both are filled in");
        b.type_text("#in-visit_no", "JF2024-补1")?;
        b.type_text("#in-visited_on", "2024-12-28")?;
        b.type_text("#in-teachers", "JS1001")?;
        pick(b, "form", "phone")?;
        // First a plan, which reaches nobody; then the visit.
        b.click("button[value=save]")?;
        b.wait_for_text(".state", "草稿")?;
        b.goto(&list)?;
        assert_eq!(b.text("main [role=status] b")?, before);
        b.audit()?;
        b.click("main td a.planned")?;
        b.wait_for_text(".state", "草稿")?;
        b.click("main .buttons form button.main")?;
        b.wait_for_text(".state", "待核")?;
        b.goto(&list)?;
        let reached = |text: &str| text.split('/').next().and_then(digits);
        let after = b.text("main [role=status] b")?;
        assert_eq!(reached(&after), reached(&before).map(|n| n + 1), "{before} became {after}");
        Ok(())
    });
}

#[test]
fn an_oral_supplement_turns_a_failed_examination() {
    journey("examination", |b| {
        sign_in(b, "international")?;
        let new = |fields: &str| {
            let whose = "student=20240002&body=ahk&occupation=Mechatroniker&attempt=1&sat=%E6%98%AF";
            college().url(&format!("/registers/certificate-exam/new?{whose}&regulation=mechatronics&{fields}"))
        };
        b.goto(&new("part=part-1&examined_on=2024-04-20&points=80"))?;
        b.click("button[value=submit]")?;
        b.wait_for_text(".state", "待核")?;
        // Two written areas below 50: failed, and the screen says what would help.
        let marks = "task_points=70&written_1_points=45&written_2_points=48&social_points=60";
        b.goto(&new(&format!("part=part-2&examined_on=2024-11-20&{marks}")))?;
        b.click("button[value=save]")?;
        b.wait_for_text("#exam-title", "按条例算出的结果")?;
        for words in ["不及格", "67.76", "得 60 分即可及格"] {
            b.wait_for_text("main", words)?;
        }
        b.audit()?;
        b.goto(&format!("{}/edit", b.url()?.split('?').next().unwrap_or_default()))?;
        pick(b, "oral_area", "written-1")?;
        b.type_text("#in-oral_points", "62")?;
        b.click("button[value=save]")?;
        b.wait_for_text("main", "68.44")?;
        b.wait_for_text("main", "50.67")?;
        assert!(!b.text("section[aria-labelledby=exam-title]")?.contains("不及格"), "it is passed");
        Ok(())
    });
}

#[test]
fn a_text_is_checked_and_the_log_is_read() {
    journey_with("check-and-log", &Look::phone(), |b| {
        sign_in(b, "office")?;
        b.goto(&college().url("/check"))?;
        b.audit()?;
        b.type_text(
            "#text",
            "护理专业共有在校生1256人，其中女生1103人、男生154人。2024年举办家长讲座3场。食堂新增窗口2个。",
        )?;
        // The bar at the bottom of a phone covers what is at the window's edge: a person scrolls.
        b.eval("document.querySelector('form.check-form button').scrollIntoView({ block: 'center' })")?;
        b.click("form.check-form button.main")?;
        b.wait_for_text("main .notice", "1256")?;
        b.wait_for("a.claim.contradicted")?;
        b.audit()?;
        // Only what is open, then the text is let go of.
        b.click_text("main .chips a", "无法由记录推出")?;
        b.wait_for_text("main .chips [aria-current]", "无法由记录推出")?;
        b.audit()?;
        for path in ["/audit", "/account"] {
            b.goto(&college().url(path))?;
            b.wait_for("h1")?;
            b.audit()?;
        }
        Ok(())
    });
}

#[test]
fn a_wrong_number_is_found_and_mended() {
    journey("check-and-mend", |b| {
        sign_in(b, "office")?;
        b.goto(&college().url("/check?year=2024"))?;
        b.type_text("#text", "2024年学校召开家长会9场。")?;
        b.click("form.check-form button.main")?;
        b.wait_for_text(".claim-note .verdict", "矛盾")?;
        b.audit()?;
        b.click(".claim-note form.inline button")?;
        b.wait_for_text("article.prose", "7场")?;
        b.wait_for_text(".claim-note .verdict", "相符")?;
        // Said to be of the year before, it is wrong again.
        b.click(".reread summary")?;
        b.eval("document.querySelector('.reread input[name=year]').value = '2023'")?;
        b.click(".reread form button")?;
        b.wait_for_text(".claim-note .verdict", "矛盾")?;
        b.audit()
    });
}

#[test]
fn rights_are_granted_and_a_class_teacher_sees_the_own_class() {
    journey("rights", |b| {
        sign_in(b, "security")?;
        b.goto(&college().url("/rights"))?;
        b.audit()?;
        b.click_text("main table a", "careers")?;
        b.wait_for_text("h1", "填报员")?;
        b.audit()
    });
    journey("accounts", |b| {
        sign_in(b, "admin")?;
        b.goto(&college().url("/accounts"))?;
        b.audit()?;
        b.goto(&college().url("/account"))?;
        b.audit()
    });
    journey_with("own-class", &Look::phone(), |b| {
        sign_in(b, "class-teacher")?;
        b.goto(&college().url("/registers"))?;
        b.audit()?;
        b.goto(&college().url("/registers/student"))?;
        b.click("main table tbody th a")?;
        b.wait_for("details.block summary")?;
        b.eval("document.querySelector('details.block summary').scrollIntoView({ block: 'center' })")?;
        b.click("details.block summary")?;
        b.wait_for_text("details.block li", "班主任")?;
        b.audit()
    });
}

#[test]
fn a_teacher_grows_and_everybody_has_a_part_in_it() {
    journey("growth", |b| {
        let url = |path: &str| college().url(path);
        // The teacher: where they stand, with proof; a rating of themself, an objection.
        sign_in(b, "teacher")?;
        b.goto(&url("/growth?year=2024"))?;
        b.wait_for_text("h1", "的成长")?;
        let own = b.url()?;
        let name = b.text("h1")?.replace("的成长", "");
        let number = b.text("main .sub")?.split(' ').next().unwrap_or_default().to_owned();
        b.audit()?;
        assert_eq!(b.count(".ladder li")?, 5, "five stages");
        assert_eq!(b.count(".ladder [aria-current=step]")?, 1, "one of them is theirs");
        assert_eq!(b.count(".radar .there")?, 1);
        b.wait_for_text("main", "还没有人看过")?;
        b.click_text("main .buttons a", "写自评")?;
        b.wait_for("#in-level")?;
        assert_eq!(b.value("#in-teacher")?, b.value("#in-rated_by")?, "they rate themself");
        pick(b, "competency", "digital")?;
        b.type_text("#in-level", "2")?;
        b.type_text("#in-reasons", "用平台布置作业一学期")?;
        b.click("button[value=submit]")?;
        b.wait_for_text(".state", "待核")?;
        b.audit()?;
        b.goto(&url("/registers/growth-panel/new"))?;
        b.wait_for_text("h1", "没有")?;

        // The mentor objects to a rating of their own; what they were reminded of stands in the inbox.
        sign_in(b, "mentor")?;
        b.goto(&url("/inbox"))?;
        b.wait_for_text("h1", "提醒")?;
        b.audit()?;
        b.goto(&url("/growth?year=2024&on=2024-12-31"))?;
        b.wait_for_text("h1", "的成长")?;
        b.audit()?;
        b.click_text("main td a", "提出异议")?;
        b.wait_for("#in-grounds")?;
        b.type_text("#in-grounds", "引用的公开课不是本人近期水平")?;
        b.click("button[value=submit]")?;
        b.wait_for_text(".state", "待核")?;

        // The panel's decision is put down by the office: who, when, what and why.
        sign_in(b, "personnel")?;
        b.goto(&url("/registers/growth-panel/new"))?;
        b.wait_for("#in-reasons")?;
        b.audit()?;
        b.type_text("#in-teacher", &number)?;
        pick(b, "stage", "expert")?;
        b.set("#in-held_on", "2024-12-20")?;
        b.type_text("#in-chair", "JS1001")?;
        pick(b, "decision", "deferred")?;
        b.type_text("#in-reasons", "企业实践天数不足，补足后再评")?;
        b.click("button[value=submit]")?;
        b.wait_for_text(".state", "待核")?;

        // Leadership looks at everybody, then at the teacher; that is shown to the teacher.
        sign_in(b, "leader")?;
        b.goto(&url("/growth?year=2024"))?;
        b.wait_for_text("h1", "教师成长")?;
        b.audit()?;
        b.wait_for_text("main", "可申请评审的教师")?;
        b.click_text("main .buttons a", "全部教师")?;
        b.wait_for_text("h1", "全部教师")?;
        b.audit()?;
        assert_eq!(b.count("main tbody tr")?, 50, "fifty people on a screen");
        b.type_text("#q", &number)?;
        b.click("form[role=search] button")?;
        b.wait_for_text(".paging", "1")?;
        b.click_text("main tbody th a", &name)?;
        b.wait_for_text("h1", &name)?;
        b.click_text("main .buttons a", "申报材料")?;
        b.wait_for_text("h1", "职称申报材料")?;
        b.audit()?;
        assert_eq!(b.count("main form.buttons button[name=format]")?, 2, "as a Word file and as PDF");
        // The file is made while one watches.
        b.click("main button[name=format][value=pdf]")?;
        b.wait_for("#job a[download]")?;
        b.audit()?;
        sign_in(b, "teacher")?;
        b.goto(&own)?;
        b.wait_for_text("section[aria-labelledby=views-title]", "leader")?;

        // The head of the faculty is reminded of objections without an answer, plans the year, and keeps the plan.
        sign_in(b, "faculty")?;
        b.goto(&url("/inbox"))?;
        b.wait_for_text("main table", "异议待答复")?;
        b.audit()?;
        b.goto(&url("/growth/plans"))?;
        b.audit()?;
        b.click_text("main tbody a", "2025年度研修")?;
        b.wait_for_text("h1", "全校研修方案")?;
        b.audit()?;
        b.click_text("main button", "存为草案")?;
        b.wait_for_text("main", "已存方案仍然成立")?;
        b.click("section[aria-labelledby=people-title] tbody th a")?;
        b.wait_for_text("h1", "的研修方案")?;
        b.audit()?;
        // The refused form was answered with 403, which the browser notes.
        let errors = b.console_errors()?;
        assert!(errors.iter().all(|error| error.contains("403")), "{errors:?}");
        Ok(())
    });
}

#[test]
fn a_year_is_closed_and_a_later_correction_stands_beside_it() {
    journey("closing", |b| {
        let url = |path: &str| college().url(path);

        // Who answers for the register sees what would be left out, and closes it.
        sign_in(b, "academic-affairs-verifier")?;
        b.goto(&url("/closing?year=2024"))?;
        b.wait_for_text("h1", "2024")?;
        b.audit()?;
        b.click("main a[href*='/registers/contest/closing']")?;
        b.wait_for_text("h1", "竞赛")?;
        b.audit()?;
        if b.count("input[name=agreed]")? > 0 {
            b.click("input[name=agreed]")?;
        }
        b.click("main form.notice button.main")?;
        b.wait_for_text(".done", "已关账")?;
        b.wait_for_text("main", "印的摘要")?;
        b.audit()?;

        // A contest turns out to stand there twice: the keeper says so, and why.
        sign_in(b, "training-centre")?;
        b.goto(&url("/registers/contest?year=2024"))?;
        b.click("main tbody th a")?;
        b.wait_for("a[href$='/edit']")?;
        b.click("a[href$='/edit']")?;
        b.wait_for("#in-cause")?;
        b.audit()?;
        b.type_text("#in-place", "同一处")?;
        pick(b, "cause", "double-count")?;
        b.type_text("#in-reason", "同一届登记了两次")?;
        b.click("button[value=submit]")?;
        b.wait_for_text(".state", "待核")?;

        // The old figure stands beside the new one, with the cause and the record.
        sign_in(b, "leader")?;
        b.goto(&url("/figures/contest-count?year=2024"))?;
        b.wait_for_text("main", "关账时")?;
        b.wait_for_text("main .definition", "剔除重复")?;
        b.wait_for_text("main .restated", "同一届登记了两次")?;
        b.audit()?;
        b.goto(&url("/figures?year=2024&q=%E7%AB%9E%E8%B5%9B"))?;
        b.audit()?;

        // Whoever verifies it again goes by the reason already given.
        sign_in(b, "academic-affairs-verifier")?;
        b.goto(&url("/inbox?register=contest"))?;
        b.wait_for("form[data-accept] button")?;
        b.audit()?;
        b.click("form[data-accept] button")?;
        b.wait_for_text(".done", "已核实")
    });
}

#[test]
fn a_report_is_written_made_verified_and_looked_up_by_its_code() {
    journey("report", |b| {
        let url = |path: &str| college().url(path);
        sign_in(b, "office")?;
        b.goto(&url("/reports?year=2024"))?;
        b.audit()?;
        b.click("main a[href*='/reports/feature']")?;
        b.wait_for("article.report .shown")?;
        b.audit()?;

        // The words are edited beside what comes of them; a mistake is told where it is, and what was stays.
        b.goto(&url("/reports/feature/chapters/feature?year=2024"))?;
        b.wait_for("#preview .shown")?;
        let before = b.value("#text")?;
        b.type_text("#text", "全年开展主题党日活动{theme-day-cuont}次。")?;
        b.wait_for_text("#preview", "第 1 行第 12 字")?;
        b.wait_for_text("#preview", "theme-day-count")?;
        b.audit()?;
        b.eval("document.body.classList.add('before')")?;
        b.click("main form button.main")?;
        b.wait_until_gone("body.before")?;
        b.wait_for_text("#preview", "theme-day-count")?;
        b.goto(&url("/reports/feature/chapters/feature?year=2024"))?;
        b.wait_for("#preview .shown")?;
        assert_eq!(b.value("#text")?, before, "the mistake was not kept");
        b.type_text("#text", "全年开展主题党日活动{theme-day-count}次，毕业生{graduate-count}人。")?;
        b.wait_for_text("#preview", "全年开展主题党日活动10次，毕业生407人。")?;
        b.click("main form button.main")?;
        b.wait_for_text(".done", "文字已保存")?;
        b.wait_for_text("article.report", "毕业生407人")?;

        // The file is made while one watches.
        b.click("select[name=format] option[value=docx]")?;
        b.click("main form.bar button.main")?;
        b.wait_for("#job a[download]")?;
        b.audit()?;
        let file = b.attribute("#job a[download]", "href")?.unwrap_or_default();
        let script = format!(
            "return fetch('{file}').then(a => a.arrayBuffer()).then(b => Array.from(new Uint8Array(b), n => n.toString(16).padStart(2, '0')).join(''))"
        );
        let hex = b.eval(&script)?.as_str().unwrap_or_default().to_owned();
        let bytes: Vec<u8> =
            (0..hex.len() / 2).filter_map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()).collect();
        let path = college().data().join("特写.docx");
        fs::write(&path, &bytes).map_err(|e| e2e::Failure::new(format!("write {}: {e}", path.display())))?;
        let path = path.display().to_string();
        let (genuine, said) = college().run(&["--lang", "zh", "--data", "{data}", "verify", &path])?;
        assert!(genuine, "{said}");

        // The code printed under the chapter opens without an account, and tells the figures.
        let code = b.eval("return fetch('/reports/feature?year=2024').then(a => a.text()).then(t => new DOMParser().parseFromString(t, 'text/html').querySelector('aside.code b').textContent)")?;
        let code = code.as_str().unwrap_or_default().to_owned();
        b.forget()?;
        b.goto(&url(&format!("/v/{}", code.to_lowercase())))?;
        b.wait_for_text("main .sub", "内部")?;
        b.wait_for_text("main dl.printed", "407")?;
        assert_eq!(b.count("dl.printed > div")?, 2);
        b.audit()?;
        b.goto(&url("/v/0000-0000-0000-0000"))?;
        b.wait_for_text("h1", "查无此码")?;
        assert!(!b.text("main")?.contains("示例"), "an unknown code tells nothing of who is here");
        b.audit()?;
        let errors = b.console_errors()?;
        assert!(errors.iter().all(|error| error.contains("422") || error.contains("404")), "{errors:?}");
        Ok(())
    });
}

#[test]
fn an_identity_number_typed_into_a_search_stays_in_its_field() {
    const NUMBER: &str = "990101200803150019";
    let walk = |b: &Browser, scripts: bool| {
        let (search, list) = (college().url("/search"), college().url("/registers/student?year=2024"));
        sign_in(b, "student-affairs")?;
        b.goto(&search)?;
        b.type_text("#q", NUMBER)?;
        b.click("main form button.main")?;
        assert_eq!(b.url()?, search, "the browser itself refuses, and says why");
        b.audit()?;
        b.goto(&list)?;
        b.type_text("#q", NUMBER)?;
        if scripts {
            // What is typed next is looked up; what was looked up before it would have been asked for by then.
            std::thread::sleep(std::time::Duration::from_millis(600));
            b.type_text("#q", "zhang")?;
            b.wait_for_text("#results", "含“zhang”")?;
        } else {
            b.press("Enter")?;
            b.audit()?;
            assert_eq!(b.url()?, list);
        }
        let asked = b.asked()?;
        assert!(asked.iter().any(|url| url.contains("/registers/student")), "{asked:?}");
        assert!(!asked.iter().any(|url| url.contains(NUMBER)), "{asked:?}");
        // By hand, or by an old bookmark: not looked for, and told why.
        b.goto(&format!("{search}?q={NUMBER}"))?;
        b.wait_for_text("[role=alert]", "身份证号")?;
        assert_eq!(b.url()?, college().url("/search?typed=number"));
        b.asked().map(drop)
    };
    journey("number-typed", |b| walk(b, true));
    journey_with("number-typed-plain", &Look { scripts: false, ..Look::default() }, |b| walk(b, false));
}

#[test]
fn a_number_read_somewhere_finds_its_definition() {
    journey("definitions", |b| {
        sign_in(b, "office")?;
        b.goto(&college().url("/figures/matched-rate?year=2024"))?;
        b.click("#definitions summary")?;
        for words in ["答卷所用", "389 / 407", "250 / 261"] {
            b.wait_for_text("#definitions td, #definitions th", words)?;
        }
        b.audit()?;
        b.click("#definitions a[href*='/figures/which']")?;
        b.wait_for("#number")?;
        b.type_text("#number", "95.58")?;
        b.click("main form button.main")?;
        b.wait_for_text("main td", "389 / 407")?;
        b.wait_for_text("main td", "249 / 261 = 95.40%")?;
        b.audit()?;
        b.click_text("main tbody th a", "对口率（全部毕业生）")?;
        b.wait_for_text("h1", "对口率")
    });
}

#[test]
fn a_workstation_is_not_booked_twice() {
    journey("booking", |b| {
        sign_in(b, "academic-affairs")?;
        let week = college().url("/registers/workstation-booking/week?year=2024&week=2024-12-23");
        b.goto(&week)?;
        b.wait_for_text("h1", "2024年12月23日")?;
        b.audit()?;
        let add = b.attribute("main tbody tr:first-child td:nth-child(3) a.add", "href")?.unwrap_or_default();
        let book = |first: &str, last: &str, class: &str, teacher: &str| -> Result {
            b.goto(&college().url(&add))?;
            assert!(!b.value("#in-station")?.is_empty(), "the station is filled in");
            assert_eq!(b.value("#in-booked_on")?, "2024-12-24");
            for (field, text) in
                [("first_lesson", first), ("last_lesson", last), ("class", class), ("teacher", teacher)]
            {
                b.type_text(&format!("#in-{field}"), text)?;
            }
            b.click("button[value=submit]")
        };
        book("3", "4", "24电商1班", "JS1001")?;
        b.wait_for_text(".state", "待核")?;
        // Someone else wants it an hour later: told at the field, and nothing typed is lost.
        book("4", "5", "23电商1班", "JS1002")?;
        b.wait_for_text("#error-station", "已被预约")?;
        assert_eq!(b.value("#in-last_lesson")?, "5");
        b.audit()?;
        b.type_text("#in-first_lesson", "5")?;
        b.click("button[value=submit]")?;
        b.wait_for_text(".state", "待核")?;
        b.goto(&week)?;
        b.wait_for_text("main a.taken", "3–4")?;
        let errors = b.console_errors()?;
        assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
        Ok(())
    });
}

#[test]
fn a_student_checks_in_and_out_by_scanning() {
    journey_with("check-in", &Look::phone(), |b| {
        sign_in(b, "youth-league")?;
        b.goto(&college().url("/registers/volunteer-activity/new"))?;
        let today = b.eval("return new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)")?;
        let today = today.as_str().unwrap_or_default().to_owned();
        b.type_text("#in-activity_no", "扫码一")?;
        b.type_text("#in-name", "校门引导")?;
        b.type_text("#in-held_on", &today)?;
        b.type_text("#in-places", "30")?;
        b.click("button[value=submit]")?;
        b.wait_for_text(".state", "待核")?;
        let event = b.url()?;
        // The student signs up on the phone, takes it back, and signs up after all.
        sign_in(b, "student")?;
        b.goto(&college().url("/sign-up"))?;
        b.wait_for_text("main h2", "校门引导")?;
        b.audit()?;
        for (press, said) in [("报名", "已报 1 人"), ("取消报名", "已报 0 人"), ("报名", "已报 1 人，共 30 个名额")]
        {
            b.click_text("main form button", press)?;
            b.wait_for(".done")?;
            b.wait_for_text("main section", said)?;
        }
        b.audit()?;
        sign_in(b, "youth-league")?;
        b.goto(&event)?;
        b.click_text("main a.button", "签到码与名单")?;
        b.wait_for("svg.code-picture")?;
        b.audit()?;
        let leading = b.url()?;
        let code = b.text("#code .address")?;
        // What the phone reads from the squares.
        sign_in(b, "student")?;
        b.goto(&code)?;
        b.wait_for_text("main", "校门引导")?;
        b.audit()?;
        b.click("button[type=submit], main form button.main")?;
        b.wait_for_text("main", "签到时间")?;
        b.click("main form button.main")?;
        b.wait_for_text("main", "已签退")?;
        b.goto(&format!("{code}0"))?;
        b.wait_for_text("main", "不是本校发出的")?;
        b.audit()?;
        sign_in(b, "youth-league")?;
        b.goto(&leading)?;
        b.wait_for_text("main td", "草稿")?;
        b.audit()?;
        // The guardian takes a consent back and gives it again.
        sign_in(b, "guardian")?;
        b.goto(&college().url("/consents"))?;
        b.audit()?;
        b.click("main form button[value=withdraw]")?;
        b.wait_for_text(".done", "已撤回")?;
        b.click("main form button[value=give]")?;
        b.wait_for_text(".done", "同意")?;
        b.wait_for_text("main td", "监护人")?;
        b.audit()?;
        let errors = b.console_errors()?;
        assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
        Ok(())
    });
}

#[test]
fn an_award_of_a_team_counts_once_and_its_members_each() {
    journey("team-award", |b| {
        let figure = |b: &Browser, id: &str| -> Result<Option<i64>> {
            b.goto(&college().url(&format!("/figures/{id}?year=2024")))?;
            Ok(digits(&b.text(".sum .result")?))
        };
        sign_in(b, "academic-affairs-verifier")?;
        let before = (figure(b, "award-person-times")?, figure(b, "award-count")?);
        let accept = |b: &Browser, record: &str| -> Result {
            sign_in(b, "academic-affairs-verifier")?;
            b.goto(record)?;
            b.click("main .buttons form button.main")?;
            b.wait_for_text(".state", "已核")
        };
        sign_in(b, "training-centre")?;
        b.goto(&college().url("/registers/award?year=2024&kind=skills-festival"))?;
        b.click("main table tbody th a")?;
        b.wait_for("dl.lines")?;
        let contest = b.text("dl.lines div:first-child dd")?;
        let enter = |b: &Browser, winner: &str, students: &str| -> Result {
            b.goto(&college().url("/registers/award/new"))?;
            b.type_text("#in-contest", &contest)?;
            b.type_text("#in-event", "双人协作")?;
            pick(b, "entrants", "student")?;
            b.type_text("#in-winner", winner)?;
            b.type_text("#in-students", students)?;
            b.type_text("#in-rank", "1")?;
            b.type_text("#in-awarded_on", "2024-12-20")?;
            b.click("button[value=submit]")
        };
        enter(b, "协作一队", "20240001\n20240002")?;
        b.wait_for_text(".state", "待核")?;
        let record = b.url()?;
        accept(b, &record)?;
        let after = (figure(b, "award-person-times")?, figure(b, "award-count")?);
        assert_eq!(after.0, before.0.map(|n| n + 2), "two people more");
        assert_eq!(after.1, before.1.map(|n| n + 1), "one award more");

        // Someone enters the same award under another name, with a member nobody named.
        sign_in(b, "training-centre")?;
        enter(b, "双人赛代表队", "20240002\n20240003")?;
        b.wait_for("#same")?;
        b.audit()?;
        b.click("#same button")?;
        b.wait_for_text(".state", "待核")?;
        assert!(record.starts_with(b.url()?.split('?').next().unwrap_or_default()), "it is the first record");
        accept(b, &record)?;
        let joined = (figure(b, "award-person-times")?, figure(b, "award-count")?);
        assert_eq!(joined.0, before.0.map(|n| n + 3), "one person more");
        assert_eq!(joined.1, after.1, "still one award");

        // Another office's spreadsheet brings it a third time, with a fourth member: its row is joined too.
        let file = college().data().join("教务处获奖.csv");
        let row = format!("{contest},双人协作,学生组,教务处报的队,20240003、20240004,1,2024-12-20");
        fs::write(&file, format!("竞赛,赛项,组别,获奖者,获奖学生,名次,获奖日期\n{row}\n"))
            .map_err(|e| e2e::Failure::new(format!("write {}: {e}", file.display())))?;
        let bring = || -> Result {
            b.goto(&college().url("/registers/award/import"))?;
            b.upload("#file", &file)?;
            b.click_text("main form button", "上传并检查")?;
            b.wait_for("#header")?;
            b.click_text("main form button", "下一步")?;
            b.wait_for("select[name=column-E]")?;
            b.click_text("main form button", "逐格检查")?;
            b.wait_for_text("main", "1 行是已经登记的成果")?;
            b.audit()?;
            b.click("button[name=take][value=all]")?;
            b.wait_for_text("main .notice", "另有 1 行并入已有的记录")
        };
        sign_in(b, "training-centre")?;
        bring()?;
        b.audit()?;
        // It was too early: taken back, the record is as it was. Brought again, its member counts.
        b.click_text("main button", "撤销这次导入")?;
        b.wait_for_text("main .notice", "修改的 1 条恢复了原来的内容")?;
        b.audit()?;
        bring()?;
        accept(b, &record)?;
        let third = (figure(b, "award-person-times")?, figure(b, "award-count")?);
        assert_eq!(third, (before.0.map(|n| n + 4), after.1), "one person more, still one award");
        // The refused form is the only thing the browser has to say.
        let errors = b.console_errors()?;
        assert!(errors.iter().all(|error| error.contains("422")), "{errors:?}");
        Ok(())
    });
}

/// The pictures of the guides: whose, of what.
const PICTURES: [(&str, &str, &str); 8] = [
    ("clerk-list", "student-affairs", "/registers/home-visit?year=2024"),
    ("clerk-form", "student-affairs", "/registers/family-event/new?year=2024"),
    ("verifier-inbox", "academic-affairs-verifier", "/inbox"),
    ("teacher-growth", "teacher", "/growth"),
    ("office-closing", "office", "/closing?year=2024"),
    ("administrator-accounts", "admin", "/accounts"),
    ("officer-approvals", "data-officer", "/approvals"),
    ("officer-access", "data-officer", "/access"),
];

/// `JIANGCE_PICTURES=1 cargo test --test journeys pictures` takes the guides' pictures anew, of the sample college.
#[test]
fn the_guides_pictures_are_of_the_program_as_it_is() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/pictures"));
    if std::env::var_os("JIANGCE_PICTURES").is_some() {
        let look = Look { width: 1100, height: 700, ..Look::default() };
        journey_with("pictures", &look, |b| {
            for (name, login, path) in PICTURES {
                sign_in(b, login)?;
                b.goto(&college().url(path))?;
                b.wait_for("h1")?;
                b.screenshot(folder.join(format!("{name}.png")))?;
            }
            Ok(())
        });
    }
    for (name, ..) in PICTURES {
        let picture = folder.join(format!("{name}.png"));
        let size = fs::metadata(&picture).map(|about| about.len()).unwrap_or_default();
        assert!((1..150_000).contains(&size), "{} has {size} bytes", picture.display());
    }
}
