//! The screens one looks through, on the sample college: lists, figures with their trace, search, export.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use jc_app::{
    App, Clock, Person, Setup, demo,
    given::{Limits, ListQuery},
    records::Edit,
};
use jc_base::{Instant, Lang, Value};
use jc_web::{
    router::site,
    state::{AppState, Settings},
};
use std::sync::OnceLock;
use tower::ServiceExt;

struct Site {
    router: axum::Router,
    /// Every identity number the college knows, in full.
    numbers: Vec<String>,
    /// The folder of its data, to look at it past the screens.
    data: std::path::PathBuf,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
    body: String,
}

impl Answer {
    fn has(&self, wanted: &[&str]) {
        assert_eq!(self.status, StatusCode::OK);
        let seen: String = self.body.split_whitespace().collect::<Vec<_>>().join(" ");
        for text in wanted {
            assert!(seen.contains(text), "{text} is not in {seen}");
        }
    }

    /// The first address that begins so.
    fn link(&self, start: &str) -> String {
        let rest = self.body.split(&format!("href=\"{start}")).nth(1).unwrap_or_else(|| panic!("no link to {start}"));
        format!("{start}{}", rest.split('"').next().expect("an end")).replace("&#38;", "&").replace("&amp;", "&")
    }

    /// The address behind the link of a kind: `rel="next"`.
    fn rel(&self, kind: &str) -> Option<String> {
        let before = self.body.split(&format!("\" rel=\"{kind}\"")).next().filter(|b| b.len() < self.body.len())?;
        Some(before.rsplit("href=\"").next()?.replace("&#38;", "&").replace("&amp;", "&"))
    }
}

/// The sample college, built once.
fn college() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let data = tempfile::tempdir().expect("a folder").keep();
        let clock = Clock::Fixed(Instant(1_736_380_800_000));
        let app = App::open(Setup { data: data.clone(), database: None, clock }).expect("an installation");
        let report = demo::build(&app, &mut |_| {}).expect("the sample college is built");
        let machine = Person::command_line(report.school);
        let viewer = app.viewer(&machine);
        let student = viewer.catalog().find_register("student").expect("a register");
        let number = viewer.catalog().registers[student].find_field("id_number").expect("a field");
        let query = ListQuery { limit: 1000, ..ListQuery::default() };
        let listed = viewer.list(student, &query).expect("students").records;
        let numbers = listed.iter().filter_map(|r| r.values[number].as_text().map(str::to_owned)).collect();
        drop(viewer);
        Site { router: site(AppState::new(app, Settings::default())), numbers, data }
    })
}

impl Site {
    /// The same data, past the screens, for whoever sits at the machine.
    fn app(&self) -> (App, Person) {
        let clock = Clock::Fixed(Instant(1_736_380_800_000));
        let app = App::open(Setup { data: self.data.clone(), database: None, clock }).expect("an installation");
        let (school, _, _) = app.schools().expect("schools").into_iter().next().expect("a school");
        (app, Person::command_line(school))
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 25).await.expect("a body").to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, bytes, body }
    }

    async fn sign_in(&self, name: &str) -> String {
        let form = self.get("/sign-in", "").await;
        let cookie = |answer: &Answer, name: &str| {
            let set = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok());
            let own = set.filter_map(|v| v.split(';').next()).find(|v| v.starts_with(&format!("{name}=")));
            own.map(str::to_owned).expect("a cookie")
        };
        let sent = format!("token={}&name={name}&password={}&back=/", token(&form), demo::PASSWORD);
        let answer = self.post("/sign-in", &cookie(&form, "jc-visit"), &sent).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        cookie(&answer, "jc-session")
    }

    /// No screen and no file of this test may hold an identity number in full.
    async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request");
        let answer = self.ask(request).await;
        assert!(!self.numbers.iter().any(|number| answer.body.contains(number)), "{path} shows an identity number");
        answer
    }

    /// Asks for a file: the address of the screen that tells how far it is, and what that says at the end.
    async fn made(&self, to: &str, cookie: &str, form: &str) -> (String, Answer) {
        let begun = self.post(to, cookie, form).await;
        let there = begun.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).expect("a screen").to_owned();
        loop {
            let screen = self.get(&there, cookie).await;
            if !screen.body.contains("<progress") {
                return (there, screen);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    /// The file that a screen offers.
    async fn file(&self, screen: &str, cookie: &str) -> Answer {
        let (path, year) = screen.split_once('?').expect("the year");
        self.get(&format!("{path}/file?{year}"), cookie).await
    }

    async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header("cookie", cookie).header("content-type", kind);
        let answer = self.ask(request.body(Body::from(form.to_owned())).expect("a request")).await;
        assert!(!self.numbers.iter().any(|number| answer.body.contains(number)), "{path} gives an identity number");
        answer
    }
}

fn token(form: &Answer) -> String {
    let rest = form.body.split("name=\"token\" value=\"").nth(1).expect("a form with a token");
    rest.split('"').next().expect("a value").to_owned()
}

#[tokio::test]
async fn a_figure_is_told_down_to_its_records() {
    let site = college();
    let me = site.sign_in("leader").await;
    let figure = site.get("/figures/placement-rate", &me).await;
    figure.has(&[
        "毕业去向落实率 2024届",
        "升学 <a href=\"/registers/graduate?year=2024&#38;state=verified&#38;destination=further-study\"><b>142</b></a>",
        "<b>245</b>",
        "毕业生 <b>407</b>",
        "99.26<span class=\"unit\">%</span>",
        "全部 407 条已核",
        "另有 1 条无法判断",
        "分子 <span class=\"tally\">404</span>",
        "只在分母 <span class=\"tally\">3</span>",
        "未计入 <span class=\"tally\">0</span>",
        "共 404 条，本屏 1–20",
        "2023届",
        "97.66",
    ]);
    let next = figure.rel("next").expect("more records");
    site.get(next.split('#').next().expect("an address"), &me).await.has(&["本屏 21–40"]);
    site.get("/figures/placement-rate?records=denominator", &me).await.has(&["共 3 条", "待就业"]);
    let class = site.get(&figure.link("/figures/placement-rate?year=2024&#38;slice=class:"), &me).await;
    class.has(&["看整体", "班级 是 ", "＝"]);
    // Growth is told with both years; what waits is named.
    let growth = site.get("/figures/gold-medal-growth?records=left-out", &me).await;
    growth.has(&["本年 <b>5</b>", "上年 <b>3</b>", "66.67", "另有 2 条待核", "不符合条件"]);
    site.get("/figures/graduate-count?year=2019", &me).await.has(&["缺值，不是零", "尚无数据"]);
    for wrong in ["records=x", "from=x", "page=x", "slice=x", "slice=x:1"] {
        let answer = site.get(&format!("/figures/placement-rate?{wrong}"), &me).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert_eq!(site.get("/figures/none", &me).await.status, StatusCode::NOT_FOUND);
    // What lasts is told for any day: on the day of the census it is the figure itself.
    let told = |screen: &Answer| {
        screen.body.split("role=\"status\">").nth(1).and_then(|it| it.split('<').next()).map(str::to_owned)
    };
    let census = site.get("/figures/student-count?year=2024&day=2024-12-31", &me).await;
    let result = census.body.split("class=\"result\">").nth(1).and_then(|it| it.split('<').next()).expect("a result");
    let on_day = told(&census).expect("an answer");
    assert!(on_day.starts_with(&format!("2024年12月31日：{result}")), "{on_day}");
    let earlier = told(&site.get("/figures/student-count?year=2024&day=2023-03-15", &me).await).expect("an answer");
    assert_ne!(on_day.split('：').nth(1), earlier.split('：').nth(1));
    assert!(told(&figure).is_none() && !figure.body.contains("id=\"day\""), "what happens has no state on a day");
    let wrong = site.get("/figures/student-count?day=31.12.2024", &me).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn all_figures_of_a_year_are_found_by_area_state_and_pinyin() {
    let site = college();
    let me = site.sign_in("leader").await;
    site.get("/figures", &me).await.has(&["2024 年度的数字", "毕业去向落实率", "99.26", "404 / 407", "+1.60 个百分点"]);
    let found = site.get("/figures?q=lsl", &me).await;
    found.has(&["毕业去向落实率"]);
    assert!(!found.body.contains("志愿服务人次"));
    let waiting = site.get("/figures?state=pending&area=party", &me).await;
    waiting.has(&["志愿服务人次", "另有 12 条待核"]);
    assert!(!waiting.body.contains("毕业生人数"));
    assert_eq!(site.get("/figures?area=x", &me).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn areas_and_catalog_lead_to_their_registers() {
    let site = college();
    let me = site.sign_in("office").await;
    site.get("/registers", &me).await.has(&["志愿服务", "1,058", "1,046", "state=submitted"]);
    site.get("/areas/training", &me).await.has(&["毕业生去向", "招生就业处 / 教务处", "95.58"]);
    assert_eq!(site.get("/areas/x", &me).await.status, StatusCode::NOT_FOUND);
    site.get("/catalog", &me).await.has(&["/catalog/graduate#placement-rate", "11 个字段，14 个指标"]);
    let page = site.get("/catalog/graduate", &me).await;
    page.has(&["id=\"placement-rate\"", "count(TRUE)", "training/graduate.toml", "代码：毕业去向"]);
    assert_eq!(site.get("/catalog/none", &me).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_is_filtered_sorted_and_paged_both_ways() {
    let site = college();
    let me = site.sign_in("careers").await;
    let first = site.get("/registers/graduate", &me).await;
    first.has(&["毕业生去向 2024届", "共 407 条，本屏 1–50", "毕业生 <b>407</b>", "1,225,600", "新增记录"]);
    assert!(first.rel("prev").is_none());
    let second = site.get(&first.rel("next").expect("more"), &me).await;
    second.has(&["本屏 51–100"]);
    let back = site.get(&second.rel("prev").expect("before"), &me).await;
    back.has(&["本屏 1–50"]);
    let rows = |answer: &Answer| -> Vec<String> {
        answer.body.split("/records/").skip(1).map(|r| r.chars().take(36).collect()).collect()
    };
    assert_eq!(rows(&back), rows(&first));
    assert_eq!(rows(&first).len(), 50);
    // Names are sorted by their pinyin, and the screens of the sorted list join without gap.
    let students = site.get("/registers/student?sort=name", &me).await;
    let more = site.get(&students.rel("next").expect("more"), &me).await;
    assert!(rows(&students).iter().all(|id| !rows(&more).contains(id)));
    let again = site.get(&more.rel("prev").expect("before"), &me).await;
    assert_eq!(rows(&again), rows(&students));
    let chosen = site.get("/registers/graduate?destination=further-study&state=verified", &me).await;
    chosen.has(&["共 142 条", "毕业去向 是 升学", "状态 是 已核", "毕业生 <b>142</b>"]);
    site.get("/registers/graduate?page=all", &me).await.has(&["期间 是 不分期间", "1,154"]);
    site.get("/registers/graduate?state=draft", &me).await.has(&["没有符合条件的记录", "清除全部条件"]);
    site.get("/registers/graduate?year=2019", &me).await.has(&["本期还没有记录", "下载模板"]);
    // Who does not keep the register is not told to bring records in.
    let other = site.sign_in("leader").await;
    let theirs = site.get("/registers/graduate?year=2019", &other).await;
    theirs.has(&["里没有您能看到的记录"]);
    assert!(!theirs.body.contains("直接导入最快"));
    for wrong in ["state=x", "page=x", "sort=x", "after=x", "class=x", "sort=members"] {
        let answer = site.get(&format!("/registers/graduate?{wrong}"), &me).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    // References are sorted by what they are called.
    let by_student = site.get("/registers/graduate?sort=student", &me).await;
    by_student.has(&["aria-sort=\"ascending\"", "本屏 1–50"]);
    let more = site.get(&by_student.rel("next").expect("more"), &me).await;
    assert!(rows(&by_student).iter().all(|id| !rows(&more).contains(id)));
    // What is masked orders nothing.
    let masked = site.get("/registers/student?sort=id_number", &me).await;
    assert_eq!(masked.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn picked_drafts_are_handed_in_together() {
    let site = college();
    let (app, machine) = site.app();
    let department = app.catalog().find_register("department").expect("a register");
    let keeper = app.keeper(&machine, department).expect("the machine keeps it");
    let fields = app.catalog().registers[department].fields.clone();
    let draft = |name: &str| {
        let like = keeper.viewer().list(department, &ListQuery { limit: 1, ..ListQuery::default() }).expect("one");
        let mut values = like.records[0].values.clone();
        for (field, value) in fields.iter().zip(&mut values) {
            if field.id.as_str() == "name" {
                *value = Value::Text(name.to_owned());
            }
        }
        keeper.create(Edit { values, submit: false, seen_version: None }, Lang::Zh).expect("a draft")
    };
    let whole = draft("试验系");
    let me = site.sign_in("personnel").await;
    let list = site.get("/registers/department?state=draft", &me).await;
    list.has(&["试验系", "提交所选草稿", "name=\"record\"", "共 1 条"]);
    let to = list.body.split("id=\"bulk\" method=\"post\" action=\"").nth(1).and_then(|r| r.split('"').next());
    let to = to.expect("a form").replace("&#38;", "&");
    let sent = format!("token={}&record={whole}", token(&list));
    let done = site.post(&to, &me, &sent).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let back = done.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).expect("a way back").to_owned();
    assert!(back.contains("state=draft") && back.contains("done=submitted"), "{back}");
    let submitted = site.get("/registers/department?state=submitted", &me).await;
    submitted.has(&["试验系", "待核"]);
    assert!(!submitted.body.contains("name=\"record\""), "what waits cannot be picked");
    // Others cannot hand in what they do not keep.
    let other = site.sign_in("careers").await;
    let page = site.get("/registers/department", &other).await;
    let sent = format!("token={}&record={whole}", token(&page));
    assert_eq!(site.post("/registers/department/submit", &other, &sent).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn search_finds_people_figures_and_registers() {
    let site = college();
    let me = site.sign_in("office").await;
    let found = site.get("/search?q=zhang", &me).await;
    found.has(&["学生", "教职工", "数字", "全部"]);
    site.get(&found.link("/registers/student?year=2024&#38;q="), &me).await.has(&["含“zhang”"]);
    site.get("/search?q=luoshilv", &me).await.has(&["毕业去向落实率", "99.26"]);
    site.get("/search?q=%25zz_%5C", &me).await.has(&["没有找到"]);
    let number = &site.numbers[0];
    site.get("/search?typed=number", &me).await.has(&["没有用这个身份证号去找", "pattern=\"(?!"]);
    let answer = site.get("/search?q=%E8%BA%AB%E4%BB%BD", &me).await;
    assert!(!answer.body.contains(number));
}

#[tokio::test]
async fn a_list_goes_out_as_it_is_seen_and_the_log_says_so() {
    let site = college();
    let me = site.sign_in("office").await;
    let form = site.get("/registers/student/export?year=2024&sort=name", &me).await;
    form.has(&["导出：学生", "name=\"reason\"", "name=\"sort\" value=\"name\""]);
    let token = token(&form);
    let to = "/registers/student/export?year=2024";
    let refused = site.post(to, &me, &format!("token={token}&format=csv&reason=+")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("没有写明理由"));
    let form = format!("token={token}&format=csv&sort=name&reason=%E6%A0%B8%E5%AF%B9");
    let file = site.file(&site.made(to, &me, &form).await.0, &me).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.body.starts_with("\u{feff}学号,姓名,"), "{}", &file.body[..60]);
    assert_eq!(file.body.lines().count(), 1 + 1856 + 1 + 5, "heads, rows, and who took it");
    assert!(file.body.contains("***********") && file.body.contains("用途：核对"), "numbers are masked");
    let named = file.headers.get(header::CONTENT_DISPOSITION).and_then(|v| v.to_str().ok()).unwrap_or_default();
    assert!(named.starts_with("attachment; ") && named.contains("filename*=UTF-8''%E5%AD%A6%E7%94%9F"), "{named}");
    let (app, machine) = site.app();
    let log = app.viewer(&machine).audit(None, 50).expect("the log");
    let line = log.iter().find(|line| line.action == "list.export").expect("a line of the export");
    assert_eq!((line.actor.as_str(), line.object.as_str()), ("office", "student"));
    assert!(line.detail.contains("1856") && line.detail.contains("核对"), "{}", line.detail);
    let form = format!("token={token}&format=xlsx&reason=x");
    let book = site.file(&site.made(to, &me, &form).await.0, &me).await;
    let student = app.catalog().find_register("student").expect("a register");
    let keeper = app.keeper(&machine, student).expect("the machine keeps it");
    let sheets = keeper.look("x.xlsx", book.bytes, Lang::Zh, &Limits::default()).expect("a workbook");
    assert_eq!(sheets.len(), 2, "the records, and who took them");
    assert_eq!(site.post(to, &me, &format!("token={token}&format=exe&reason=x")).await.status, StatusCode::BAD_REQUEST);
    // Whoever neither keeps nor verifies them takes no list of persons out of the house.
    let other = site.sign_in("careers").await;
    assert_eq!(site.get("/registers/student/export", &other).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_reports_file_waits_for_who_asked_or_the_screen_says_why_there_is_none() {
    let site = college();
    let me = site.sign_in("office").await;
    let token = token(&site.get("/reports/feature?year=2024", &me).await);
    let make = "/reports/feature/make?year=2024";
    let (there, done) = site.made(make, &me, &format!("token={token}&format=html&profile=bureau")).await;
    done.has(&["已生成", "保存文件"]);
    let file = site.file(&there, &me).await;
    assert!(file.body.contains("99.26%") && file.body.starts_with("<!doctype html>"), "{}", &file.body[..80]);
    let other = site.sign_in("leader").await;
    assert_eq!(site.get(&there, &other).await.status, StatusCode::NOT_FOUND, "it is the office's");
    // Words that the records contradict do not leave the house.
    let words: String = "2024届共有500名毕业生。".bytes().map(|byte| format!("%{byte:02X}")).collect();
    let chapter = "/reports/feature/chapters/feature?year=2024";
    let kept = site.post(chapter, &me, &format!("token={token}&text={words}&version=0&keep=1")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let (there, refused) = site.made(make, &me, &format!("token={token}&format=html&profile=public")).await;
    refused.has(&["没有生成，原因如下", "文中写“500名”，记录为 407"]);
    assert_eq!(site.file(&there, &me).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_administrator_sees_figures_and_nobodys_data() {
    let site = college();
    let me = site.sign_in("admin").await;
    let figure = site.get("/figures/placement-rate", &me).await;
    figure.has(&["99.26", "404", "407"]);
    assert!(!figure.body.contains("id=\"records\"") && !figure.body.contains("/records/"));
    for path in ["/registers/graduate", "/registers/graduate/export"] {
        assert_eq!(site.get(path, &me).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let search = site.get("/search?q=zhang", &me).await;
    assert!(!search.body.contains("/records/"));
}

#[tokio::test]
async fn the_screens_speak_three_languages() {
    let site = college();
    let me = site.sign_in("leader").await;
    for lang in [Lang::En, Lang::De] {
        let cookie = format!("{me}; jc-lang={}", lang.code());
        for path in [
            "/figures",
            "/figures/placement-rate",
            "/registers",
            "/areas/training",
            "/registers/graduate",
            "/registers/graduate/export",
            "/registers/home-visit/coverage/students",
            "/catalog",
            "/catalog/graduate",
            "/search?q=zhang",
        ] {
            let answer = site.get(path, &cookie).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.body.contains(" { $"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_figure_says_how_many_of_its_records_lack_evidence() {
    let site = college();
    // The same records under a catalog that since asks for evidence of every contest.
    let data = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(&site.data).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            std::fs::copy(&path, data.path().join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
    let sources = jc_app::app::catalog_sources(&site.data).expect("the catalog");
    let contest = sources.iter().find(|s| s.path.ends_with("training/contest.toml")).expect("a file");
    let own = data.path().join("catalog").join(&contest.path);
    std::fs::create_dir_all(own.parent().expect("a folder")).expect("folders");
    let asked = "\n[[register.evidence]]\nkind = \"statement\"\nrequired = \"TRUE\"\n";
    std::fs::write(&own, format!("{}{asked}", contest.text)).expect("a file");
    let clock = Clock::Fixed(Instant(1_736_380_800_000));
    let setup = Setup { data: data.path().into(), database: None, clock };
    jc_app::catalogs::apply(&setup, &data.path().join(jc_app::app::KEYS), false).expect("the catalog is applied");
    let app = App::open(setup).expect("an installation");
    let router = jc_web::router::site(AppState::new(app, Settings::default()));
    let stricter = Site { router, numbers: Vec::new(), data: data.path().into() };
    let me = stricter.sign_in("leader").await;
    stricter.get("/", &me).await.has(&["个缺佐证"]);
    stricter.get("/figures?state=unproved", &me).await.has(&["登记竞赛项数", "39 条缺佐证"]);
    stricter.get("/figures/contest-count", &me).await.has(&["39 条缺佐证"]);
}

#[tokio::test]
async fn who_was_not_reached_is_listed_and_can_be_recorded() {
    let site = college();
    let keeper = site.sign_in("student-affairs").await;
    let list = site.get("/registers/home-visit?year=2024", &keeper).await;
    list.has(&["今年尚未走访的学生"]);
    let coverage = site.get(&list.link("/registers/home-visit/coverage/students"), &keeper).await;
    coverage.has(&["<h1>今年尚未走访的学生</h1>", "已覆盖", "登记"]);
    // The form begins with the student, the class and nothing else.
    let form = site.get(&coverage.link("/registers/home-visit/new"), &keeper).await;
    form.has(&["id=\"field-students\"", "id=\"field-class\""]);
    let link = coverage.link("/registers/home-visit/new");
    let student = link.split("students=").nth(1).and_then(|rest| rest.split('&').next()).expect("a student");
    assert!(form.body.contains(&format!(">{student}</textarea>")), "{student} is filled in");
    // Whoever does not keep the register sees the list, and no way to add.
    let reader = site.sign_in("leader").await;
    let seen = site.get("/registers/party-meeting/coverage/general-quarterly?year=2024", &reader).await;
    seen.has(&["每季度党员大会", "人文学院党支部", "第 3 季度", "5 / 6"]);
    assert!(!seen.body.contains("/registers/party-meeting/new"));
    // Accounts are made by someone who sees nobody's data.
    let administrator = site.sign_in("admin").await;
    let hidden = site.get("/registers/home-visit/coverage/students?year=2024", &administrator).await;
    assert_eq!(hidden.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/registers/home-visit/coverage/nobody", &reader).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_result_of_part_2_is_worked_by_its_regulation() {
    let site = college();
    let reader = site.sign_in("leader").await;
    let list = site.get("/registers/certificate-exam?year=2024&part=part-2&state=verified", &reader).await;
    let record = site.get(&list.link("/registers/certificate-exam/records/"), &reader).await;
    record.has(&["按条例算出的结果", "工作任务至少 50 分", "30 %"]);
    // Whoever passed has it in two languages, on the screen and as a file.
    let passed = site.get("/registers/certificate-exam?year=2024&result=passed&state=verified", &reader).await;
    let link = passed.link("/registers/certificate-exam/records/");
    let record = link.split('?').next().expect("an address");
    let paper = site.get(&format!("{record}/certificate"), &reader).await;
    paper.has(&["中德认证考试成绩证明", "Bescheinigung über das Prüfungsergebnis"]);
    let file = site.get(&paper.link(&format!("{record}/certificate.pdf")), &reader).await;
    assert!(file.body.starts_with("%PDF-"), "{}", file.status);
}
