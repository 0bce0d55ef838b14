//! Every address × every role: what the table of routes says is needed, what `roles.toml` gives, and what comes.

use crate::import;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use jc_app::api_tokens::NewToken;
use jc_app::sign_in::Attempt;
use jc_app::{App, Clock, Person, Setup, accounts::NewAccount, given::Tie};
use jc_base::{Instant, RecordId, SchoolId};
use jc_web::{
    gate::{Need, Route},
    guard::headers::POLICY,
    router::{routes, site},
    state::{AppState, Settings},
};
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;

const PASSWORD: &str = "eine-lange-Losung-2024";
/// A student's number: no screen, no answer to a program, no address shows it whole.
const NUMBER: &str = "990101200803150019";
const NOWHERE: &str = "0194485c-5c00-772c-8505-cf379c3ffbe8";

/// A role by its file: scope and operations.
fn roles() -> BTreeMap<String, (String, BTreeSet<String>)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/roles.toml");
    let file: toml::Table = std::fs::read_to_string(path).expect("the file").parse().expect("TOML");
    let texts = |value: &toml::Value| value.as_array().expect("a list").iter().map(text).collect();
    let roles = file["role"].as_array().expect("roles").iter();
    roles.map(|role| (text(&role["id"]), (text(&role["scope"]), texts(&role["may"])))).collect()
}

fn text(value: &toml::Value) -> String {
    value.as_str().expect("a text").to_owned()
}

struct Site {
    router: axum::Router,
    /// Sessions by role: cookie and token.
    sessions: BTreeMap<String, (String, String)>,
    /// Tokens by role, each given all that the role can give.
    tokens: BTreeMap<String, String>,
    /// Students: of the own department, of another, of another school.
    students: [RecordId; 3],
    _data: tempfile::TempDir,
}

fn students(app: &App, school: SchoolId) -> Vec<RecordId> {
    for (register, text) in [
        ("department", "部门名称\n机电系\n信息系\n"),
        ("major", "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n0301-4,计算机,人社,信息系\n"),
        ("staff", "工号,姓名,所属部门,岗位类别,是否专任,入职日期\nT1,李四,机电系,专任教师,是,2010-09-01\n"),
        (
            "class",
            "班级名称,入学年份,专业,办学类型,开班日期,班主任\n24机电1班,2024,机电一体化,普通,2024-09-01,T1\n24计1班,2024,计算机,普通,2024-09-01,\n",
        ),
        (
            "student",
            "学号,姓名,身份证号,班级,入学日期\n20240001,张三,990101200803150019,24机电1班,2024-09-01\n\
             20240002,王五,,24计1班,2024-09-01\n",
        ),
    ] {
        import(app, school, register, text);
    }
    let machine = Person::command_line(school);
    let viewer = app.viewer(&machine);
    ["20240001", "20240002"].map(|no| only(&viewer.suggest(at(app, "student"), no).expect("a student"))).to_vec()
}

fn at(app: &App, register: &str) -> usize {
    app.catalog().find_register(register).expect("a register")
}

fn only(found: &[(RecordId, String)]) -> RecordId {
    assert_eq!(found.len(), 1);
    found[0].0
}

impl Site {
    async fn new() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let clock = Clock::Fixed(Instant(1_736_380_800_000));
        let app = App::open(Setup { data: data.path().into(), database: None, clock }).expect("an installation");
        let school = app.add_school("示例技师学院", true).expect("a school");
        let own = students(&app, school);
        let other = app.add_school("另一所学院", true).expect("a school");
        let foreign = students(&app, other);
        let machine = Person::command_line(school);
        let viewer = app.viewer(&machine);
        let find = |register: &str, text: &str| only(&viewer.suggest(at(&app, register), text).expect("a record"));
        for (role, (scope, may)) in roles() {
            let (anchor, record) = match (scope.as_str(), role.as_str()) {
                ("department", _) => (Some(("department", "department")), find("department", "机电系")),
                ("class", _) | ("self", "teacher") => (Some(("self", "staff")), find("staff", "李四")),
                ("self", _) => (Some(("self", "student")), own[0]),
                ("child", _) => (Some(("child", "student")), own[0]),
                _ => (None, own[0]),
            };
            let bound = scope == "office" || may.contains("keep-records") || may.contains("verify-records");
            let office = if may.contains("verify-records") { "academic-affairs" } else { "student-affairs" };
            let tie = |(scope, register): (&str, &str)| Tie { scope: scope.into(), register: register.into(), record };
            let new = NewAccount {
                login: role.clone(),
                name: role.clone(),
                roles: vec![role.as_str().into()],
                office: bound.then(|| office.into()),
                ties: anchor.map(tie).into_iter().collect(),
            };
            app.administrator(&machine).and_then(|a| a.create(&new, PASSWORD)).expect("an account");
        }
        let mut tokens = BTreeMap::new();
        for role in roles().into_keys() {
            let attempt = Attempt { login: &role, password: PASSWORD, ..Attempt::default() };
            let (person, session) = app.sign_in(school, &attempt).expect("a session");
            app.sign_out(&session).expect("it is over");
            let (may, until) = (person.can_give(&app.catalog()), app.moment().today);
            if !may.is_empty() {
                let new = NewToken { name: "核对".into(), may, until };
                tokens.insert(role.clone(), app.make_token(&person, PASSWORD, &new).expect("a token"));
            }
        }
        let router = site(AppState::new(app, Settings::default()));
        let students = [own[0], own[1], foreign[0]];
        let mut site = Self { router, sessions: BTreeMap::new(), tokens, students, _data: data };
        for role in roles().into_keys() {
            let session = site.sign_in(&role).await;
            site.sessions.insert(role, session);
        }
        site
    }

    async fn ask(&self, method: &str, path: &str, cookie: &str, form: Option<String>) -> (StatusCode, String, String) {
        let mut request = Request::builder().method(method).uri(path).header("cookie", cookie);
        if form.is_some() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::from(form.unwrap_or_default())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        // Whatever is asked and whoever asks: a policy, no guessing, nothing kept, nothing told to others.
        let is = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        assert!(is("content-security-policy") == POLICY || is("content-security-policy").contains("sandbox"), "{path}");
        let others =
            ["x-content-type-options", "cache-control", "referrer-policy", "cross-origin-opener-policy"].map(is);
        assert_eq!(others, ["nosniff", "no-store", "same-origin", "same-origin"], "{path}");
        assert_eq!(is("access-control-allow-origin"), "", "{path}");
        let bytes = to_bytes(body, 1 << 24).await.expect("a body");
        let to = parts.headers.get(header::LOCATION).or(parts.headers.get(header::SET_COOKIE));
        let to = to.and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        // Who asked to see it, or takes a copy of their own, sees it; nobody else, anywhere.
        let asked_for = path.ends_with("/reveal") || path.contains("/copy");
        assert!(asked_for || !format!("{to}{body}").contains(NUMBER), "{path} holds a full number");
        (parts.status, body, to)
    }

    /// Asks as a program does.
    async fn call(&self, method: &str, path: &str, token: &str) -> (StatusCode, String, String) {
        let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
        let body = if method == "POST" { Body::from("{\"text\":\"2024 年\"}") } else { Body::empty() };
        let request = request.header("content-type", "application/json").body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 24).await.expect("a body");
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(!body.contains(NUMBER), "{path} holds a full number");
        (parts.status, body, String::new())
    }

    async fn sign_in(&self, login: &str) -> (String, String) {
        let cookie = |set: &str| set.split(';').next().unwrap_or_default().to_owned();
        let token = |body: &str| {
            let rest =
                body.split("name=\"token\" value=\"").nth(1).unwrap_or_else(|| panic!("{login}: no token: {body}"));
            rest.split('"').next().expect("a value").to_owned()
        };
        let (_, body, set) = self.ask("GET", "/sign-in", "", None).await;
        let form = format!("token={}&name={login}&password={PASSWORD}&back=/", token(&body));
        let request = Request::post("/sign-in")
            .header("cookie", cookie(&set))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{login}");
        let sets = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok());
        let session = sets.map(cookie).find(|set| set.starts_with("jc-session=")).expect("a session");
        let (_, body, _) = self.ask("GET", "/account", &session, None).await;
        (session, token(&body))
    }
}

/// An address with its names filled in.
fn filled(route: &Route, student: &str) -> String {
    let ids = [
        ("{register}", "student"),
        ("{id}", student),
        ("{area}", "base"),
        ("{indicator}", "student-count"),
        ("{list}", "none"),
        ("{stage}", "00000000000000000000000000000000"),
        ("{code}", "0000"),
        ("{account}", NOWHERE),
        ("{text}", NOWHERE),
        ("{round}", NOWHERE),
        ("{report}", "annual"),
        ("{chapter}", "party"),
        ("{job}", "0000"),
        ("{request}", NOWHERE),
        ("{session}", "00"),
        ("{token}", NOWHERE),
        ("{kind}", "contract"),
        ("{provider}", "oidc"),
        ("{sha256}", "0000000000000000000000000000000000000000000000000000000000000000"),
    ];
    let path = ids.iter().fold(route.path.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "the test knows no value for {}", route.path);
    path
}

#[tokio::test]
async fn every_address_asks_for_what_its_table_says() {
    let site = Site::new().await;
    let table = routes().table;
    assert!(table.len() > 35);
    let mut wrong = Vec::new();
    for route in &table {
        let path = filled(route, &site.students[0].to_string());
        let form = |token: &str| (route.method == "POST").then(|| format!("token={token}"));
        let (status, _, to) = site.ask(route.method, &path, "", form("")).await;
        let program = route.about.is_some();
        let sent_away = match program {
            true => status == StatusCode::UNAUTHORIZED,
            false => status == StatusCode::SEE_OTHER && to.starts_with("/sign-in?back="),
        };
        if sent_away == (route.need == Need::Anyone) {
            wrong.push(format!("a stranger at {} {}: {status}", route.method, route.path));
        }
        if matches!(route.path, "/sign-out" | "/account/password") || route.path.contains("{session}") {
            continue;
        }
        for (role, (_, may)) in roles() {
            let (session, token) = &site.sessions[&role];
            let (status, body, to) = match site.tokens.get(&role).filter(|_| program) {
                Some(token) => site.call(route.method, &path, token).await,
                // No session sends anything here, whatever form comes with it.
                None if program && route.method == "POST" => {
                    let (status, _, _) = site.ask("POST", &path, session, form(token)).await;
                    assert_eq!(status, StatusCode::UNAUTHORIZED, "{role} at {}", route.path);
                    continue;
                }
                None => site.ask(route.method, &path, session, form(token)).await,
            };
            let held = match route.need {
                Need::Anyone | Need::SignedIn => true,
                Need::May(operation) => may.contains(operation.code()),
                Need::Either(one, other) => may.contains(one.code()) || may.contains(other.code()),
            };
            let refused = status == StatusCode::FORBIDDEN;
            // A right to the operation still leaves the register to an office: that is refused alike.
            let bound = held && refused && bound_to_an_office(route);
            let json = body.starts_with('{');
            if program && !json {
                wrong.push(format!("{role} at {} {}: answered otherwise than it is asked", route.method, route.path));
            }
            if refused == held && !bound || status.is_server_error() {
                wrong.push(format!("{role} at {} {}: {status} (held: {held})", route.method, route.path));
            }
            if body.contains(NUMBER) || to.contains(NUMBER) {
                wrong.push(format!("{role} at {} {}: a whole number", route.method, route.path));
            }
            if refused && body.contains("张三") {
                wrong.push(format!("{role} at {}: a refusal that names someone", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What nobody would type, as it stands in an address.
const ODD: [&str; 12] = [
    "%27%20or%201%3D1--",
    "%25_%5C%22%29%3B",
    "-1",
    "99999999999999999999",
    "9223372036854775807",
    "%00",
    "%F0%A0%AE%B7%E2%80%AE%E2%80%8B",
    "%FF%FE",
    "2024-13-45",
    "..%2F..%2Fetc%2Fpasswd",
    "%3Cscript%3Ealert%281%29%3C%2Fscript%3E",
    "NaN",
];

/// Names that screens and programs ask by.
const NAMES: [&str; 30] = [
    "year",
    "page",
    "q",
    "from",
    "before",
    "after",
    "state",
    "sort",
    "desc",
    "slice",
    "register",
    "field",
    "definitions",
    "at",
    "years",
    "week",
    "unit",
    "than",
    "step",
    "standing",
    "stage",
    "rows",
    "profile",
    "part",
    "on",
    "indicator",
    "format",
    "limit",
    "department",
    "done",
];

#[tokio::test]
async fn any_text_in_any_place_is_answered_and_nothing_breaks() {
    let site = Site::new().await;
    let (mut wrong, mut asked, mut turn) = (Vec::new(), 0, 0);
    for route in &routes().table {
        let able = |may: &BTreeSet<String>| match route.need {
            Need::Anyone | Need::SignedIn => true,
            Need::May(operation) => may.contains(operation.code()),
            Need::Either(one, other) => may.contains(one.code()) || may.contains(other.code()),
        };
        if matches!(route.path, "/sign-out" | "/account/password") || route.path.contains("{session}") {
            continue;
        }
        let whole = filled(route, &site.students[0].to_string());
        // Whoever sees most comes first: the office, then by name.
        let mut able: Vec<String> =
            roles().into_iter().filter(|(_, (_, may))| able(may)).map(|(role, _)| role).collect();
        able.sort_by_key(|role| !matches!(role.as_str(), "office" | "verifier"));
        let role = able.first().expect("a role that may");
        let (session, token) = &site.sessions[role];
        for (at, odd) in ODD.into_iter().enumerate() {
            // Three names each time, so that one that is refused does not hide the others for long.
            turn += 1;
            let name = |n: usize| NAMES[(turn * 7 + n * 11) % NAMES.len()];
            let query = format!("{}={odd}&{}={odd}&{}={odd}", name(0), name(1), name(2));
            let mut path = if route.path.contains('{') && at % 3 == 0 {
                let mut parts = route.path.split('{');
                let first = parts.next().unwrap_or_default().to_owned();
                parts.fold(first, |path, part| {
                    format!("{path}{odd}{}", part.split_once('}').map_or("", |(_, rest)| rest))
                })
            } else {
                whole.clone()
            };
            let form = (route.method == "POST").then(|| format!("token={token}&{query}"));
            if form.is_none() {
                path = format!("{path}?{query}");
            }
            let (status, _, _) = match site.tokens.get(role).filter(|_| route.about.is_some()) {
                Some(token) => site.call(route.method, &path, token).await,
                None => site.ask(route.method, &path, session, form).await,
            };
            asked += 1;
            if status.is_server_error() {
                wrong.push(format!("{role} at {} {path}: {status}", route.method));
            }
        }
    }
    assert!(asked > 1_000 && wrong.is_empty(), "{asked} asked\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_identity_number_in_an_address_is_turned_away_everywhere() {
    let site = Site::new().await;
    let mut wrong = Vec::new();
    let (session, token) = &site.sessions["office"];
    for route in &routes().table {
        let whole = filled(route, &site.students[0].to_string());
        // Written plainly, with a gap, with wide digits, in another word, before one is signed in.
        let wide: String = NUMBER.bytes().map(|digit| format!("%EF%BC%{:02X}", digit + 0x60)).collect();
        let gap = format!("{}+{}", &NUMBER[..6], &NUMBER[6..]);
        for query in
            [format!("q={NUMBER}"), format!("back=/search?q%3D{NUMBER}x"), format!("q={gap}"), format!("{wide}=1")]
        {
            let path = format!("{whole}?{query}");
            let form = (route.method == "POST").then(|| format!("token={token}"));
            for session in [session.as_str(), ""] {
                let (status, body, to) = site.ask(route.method, &path, session, form.clone()).await;
                let fits = match (route.method, route.about) {
                    ("GET", None) => status == StatusCode::SEE_OTHER && to == "/search?typed=number",
                    _ => status == StatusCode::BAD_REQUEST,
                };
                if !fits || [&body, &to].into_iter().any(|told| told.contains(&NUMBER[6..])) {
                    wrong.push(format!("{} {path}: {status} {to}", route.method));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What nobody is to say of themselves: in what a request sends and in its address, flat, nested and in other spellings.
const NOT_THEIRS: [(&str, &str); 20] = [
    ("role", "administrator"),
    ("roles", "administrator"),
    ("school", "2"),
    ("school_id", "2"),
    ("schoolId", "2"),
    ("owner", OWN_WORD),
    ("account", OWN_WORD),
    ("account_id", OWN_WORD),
    ("accountId", OWN_WORD),
    ("id", OWN_WORD),
    ("record_id", OWN_WORD),
    ("state", "verified"),
    ("record[state]", "verified"),
    ("account.role", "administrator"),
    ("kept_by", OWN_WORD),
    ("keptBy", OWN_WORD),
    ("verified_by", OWN_WORD),
    ("created_at", OWN_WORD),
    ("createdAt", OWN_WORD),
    ("made_at", OWN_WORD),
];
/// Nobody types it, so that it is found again wherever it was kept.
const OWN_WORD: &str = "mallory7f3a";

/// Whether some bytes stand in a file below a folder.
fn stands_in(folder: &std::path::Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).expect("a folder").flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return stands_in(&path, bytes);
        }
        let content = std::fs::read(&path).expect("a file");
        content.windows(bytes.len()).any(|window| window == bytes)
    })
}

#[tokio::test]
async fn whose_where_and_when_is_never_taken_from_who_asks() {
    let site = Site::new().await;
    let officer = || site.ask("GET", "/rights", &site.sessions["security-officer"].0, None);
    let accounts = |html: &str| html.split("<tbody").nth(1).unwrap_or_default().to_owned();
    let before = accounts(&officer().await.1);
    assert!(before.contains("leadership"));
    let all = NOT_THEIRS.map(|(name, value)| format!("{name}={value}")).join("&");
    let mut asked = 0;
    for route in routes().table.iter().filter(|route| route.method == "POST" && route.about.is_none()) {
        if matches!(route.path, "/sign-out" | "/account/password") || route.path.contains("{session}") {
            continue;
        }
        let able = |may: &BTreeSet<String>| {
            let wanted = route.need.operations();
            wanted.is_empty() || wanted.iter().any(|operation| may.contains(operation.code()))
        };
        let path = filled(route, &site.students[0].to_string());
        // Roles are what is granted there: by whoever grants them, to someone there is not.
        let sent = if route.path.ends_with("/roles") { all.replace("role=administrator&", "") } else { all.clone() };
        for (role, _) in roles().into_iter().filter(|(_, (_, may))| able(may)) {
            let (session, token) = &site.sessions[&role];
            for (path, form) in [
                (path.clone(), format!("token={token}&{sent}")),
                (format!("{path}?{}", sent.replace('[', "%5B").replace(']', "%5D")), format!("token={token}")),
            ] {
                let (status, _, _) = site.ask("POST", &path, session, Some(form)).await;
                assert!(!status.is_server_error(), "{role} at {path}: {status}");
                asked += 1;
            }
        }
    }
    assert!(asked > 300, "{asked}");
    assert_eq!(accounts(&officer().await.1), before, "nobody's roles, state or name are others");
    // Beside what is in order, one by one: refused, or as if it had not been said.
    let one = before.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an account");
    let last_day = format!("{one}/last-day");
    let student = format!("/registers/student/records/{}/edit", site.students[0]);
    for (role, path, form) in [
        ("administrator", "/accounts", "login=neu&name=neu"),
        ("security-officer", last_day.as_str(), "last_day="),
        (
            "keeper",
            "/registers/student/new",
            "student_no=20240009&name=%E5%AD%99%E4%B8%83&class=24%E6%9C%BA%E7%94%B51%E7%8F%AD",
        ),
        ("keeper", student.as_str(), "version=1&name=%E5%AD%99%E4%B8%83"),
    ] {
        for (name, value) in NOT_THEIRS {
            let (status, _, _) = post(&site, role, path, &format!("{form}&{name}={value}")).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{role} at {path} with {name}");
        }
    }
    let token = format!("name=own&may=read-figures&until=2025-01-20&password={PASSWORD}&{all}");
    let (status, body, _) = post(&site, "office", "/account/tokens", &token).await;
    assert!(status == StatusCode::OK && !body.contains(OWN_WORD), "{status}");
    let (status, _, _) = post(
        &site,
        "administrator",
        &format!("/accounts?{}", all.replace('[', "%5B").replace(']', "%5D")),
        "login=neu&name=neu",
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    let after = accounts(&officer().await.1);
    let new = after.split("<tr").find(|row| row.contains(">neu<")).expect("the new account");
    assert!(!new.contains("系统管理员") && new.contains("已邀请"), "{new}");
    assert!(!stands_in(site._data.path(), OWN_WORD.as_bytes()), "what was said of others stands nowhere");
    let clock = Clock::Fixed(Instant(1_736_380_800_000));
    let app = App::open(Setup { data: site._data.path().into(), database: None, clock }).expect("an installation");
    for school in [1, 2] {
        let machine = Person::command_line(SchoolId(school));
        let found = app.viewer(&machine).suggest(at(&app, "student"), "2024").expect("students");
        assert_eq!(found.len(), 2, "school {school} has whom it had");
    }
}

/// Whether more than the role's operation decides: which office keeps, verifies or may take out the register.
fn bound_to_an_office(route: &Route) -> bool {
    let (Need::May(operation) | Need::Either(operation, _)) = route.need else { return false };
    matches!(operation.code(), "keep-records" | "verify-records" | "reveal-fields" | "export-records")
}

#[tokio::test]
async fn what_lies_outside_answers_like_what_is_not_there() {
    let site = Site::new().await;
    let [own, other, foreign] = site.students.map(|id| id.to_string());
    let (mut seen, mut ruled) = (0, BTreeSet::new());
    for (role, (scope, may)) in roles() {
        if !may.contains("read-records") {
            continue;
        }
        let (session, _) = &site.sessions[&role];
        // The office of the keeper and the verifier works with students; the teacher is none.
        let (sees_own, sees_other) = match scope.as_str() {
            "school" | "office" => (true, true),
            "self" if role == "teacher" => (false, false),
            _ => (true, false),
        };
        for (id, sees) in [(&own, sees_own), (&other, sees_other), (&foreign, false)] {
            let path = |id: &str| format!("/registers/student/records/{id}");
            let (status, body, _) = site.ask("GET", &path(id), session, None).await;
            assert_eq!(status == StatusCode::OK, sees, "{role}: {status}");
            seen += usize::from(sees);
            if !sees {
                let (nowhere, text, _) = site.ask("GET", &path(NOWHERE), session, None).await;
                let plain = |body: &str, id: &str| {
                    let body = body.replace(id, "").replace("%2F", "/");
                    body.split("<main").nth(1).map(str::to_owned).unwrap_or(body)
                };
                assert_eq!((status, plain(&body, id)), (nowhere, plain(&text, NOWHERE)), "{role}");
            }
        }
        for path in ["/registers/student", "/search?q=2024000", "/search?q=%E7%8E%8B%E4%BA%94", "/registers/class"] {
            let (status, body, _) = site.ask("GET", path, session, None).await;
            assert_eq!(status, StatusCode::OK, "{role} at {path}");
            let main = body.split("<main").nth(1).unwrap_or_default();
            assert!(sees_other || !main.contains("20240002") && !main.contains("24计1班"), "{role} at {path}");
        }
        if sees_own {
            let (_, body, _) = site.ask("GET", &format!("/registers/student/records/{own}"), session, None).await;
            assert!(body.contains("我为什么能看到这条记录"), "{role} is told why");
            // And for each field: the one that is covered by its name with what would show it, the open ones by a line.
            let told = body.split("我为什么能看到这条记录").nth(1).and_then(|rest| rest.split("</ul>").next());
            let told = told.expect("the reasons");
            let covered =
                told.split("遮盖的字段：").nth(1).expect("a covered field").split('<').next().expect("a line");
            let (names, rule) = covered.split_once('。').expect("names and the rule");
            assert!(
                names.contains("身份证号") && !names.contains("姓名") && !names.contains("班级"),
                "{role}: {covered}"
            );
            let by_reason = may.contains("reveal-fields");
            assert_eq!(rule.contains("写明理由可看一次"), by_reason, "{role}: {covered}");
            assert_eq!(rule.contains("您的角色不能查看"), !by_reason, "{role}: {covered}");
            assert!(told.contains("其余的字段") && body.contains("张三") && !body.contains(NUMBER), "{role}: {told}");
            ruled.insert(by_reason);
        }
    }
    assert!(seen > 10 && ruled.len() == 2, "both rules are met");
    // An id in an address tells nobody a name.
    let (_, classes, _) = site.ask("GET", "/registers/class", &site.sessions["leadership"].0, None).await;
    let row = classes.split("24计1班").next().and_then(|before| before.rsplit("/records/").next()).expect("a row");
    let class = row.split(['"', '?']).next().expect("an id");
    for (role, named) in [("leadership", true), ("class-teacher", false)] {
        let path = format!("/registers/student?class={class}");
        let (status, body, _) = site.ask("GET", &path, &site.sessions[role].0, None).await;
        assert!(status == StatusCode::OK && body.contains("24计1班") == named, "{role}");
    }
}

/// The house rules that every screen keeps: nothing inline, no id twice, every form with its token.
fn keeps_the_rules(name: &str, html: &str) {
    for inline in [" style=", "<style", " onclick=", "javascript:"] {
        assert!(!html.contains(inline), "{name} has `{inline}`");
    }
    let forms = html.matches("method=\"post\"").count();
    assert_eq!(html.matches("name=\"token\"").count(), forms, "{name} has a form without a token");
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let different: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "{name} has an id twice: {ids:?}");
}

/// A form with its token, posted by a role.
async fn post(site: &Site, role: &str, path: &str, form: &str) -> (StatusCode, String, String) {
    let (session, token) = &site.sessions[role];
    site.ask("POST", path, session, Some(format!("token={token}&{form}"))).await
}

#[tokio::test]
async fn the_administrator_invites_and_the_security_officer_grants() {
    let site = Site::new().await;
    let (status, body, _) = post(&site, "administrator", "/accounts", "login=zhaoyun&name=%E8%B5%B5%E4%BA%91").await;
    assert!(status == StatusCode::OK && body.contains("/start/") && body.contains("zhaoyun"));
    let link = body.split("<code>/start/").nth(1).and_then(|rest| rest.split('<').next()).expect("a link");
    let (status, body, _) = post(&site, "administrator", "/accounts", "login=zhaoyun&name=").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("已被使用"));
    let (status, _, _) = post(&site, "administrator", "/accounts", "login=x&name=x&role=leadership").await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "no role is taken from the form");
    let (_, body, _) = site.ask("GET", "/rights", &site.sessions["security-officer"].0, None).await;
    let row = body.split("zhaoyun").next().and_then(|before| before.rsplit("/rights/").next()).expect("a row");
    let account = format!("/rights/{}", row.split('"').next().expect("an id"));
    for (role, path) in
        [("security-officer", "/rights"), ("security-officer", account.as_str()), ("administrator", "/accounts")]
    {
        let (status, html, _) = site.ask("GET", path, &site.sessions[role].0, None).await;
        assert_eq!(status, StatusCode::OK);
        keeps_the_rules(path, &html);
    }
    let roles = format!("{account}/roles");
    let (status, body, _) = post(&site, "security-officer", &roles, "role=administrator&role=office&office=").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("不能与别的角色同时担任"));
    let (status, _, _) = post(&site, "security-officer", &roles, "role=class-teacher&role=teacher&office=").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let ties = format!("{account}/ties");
    let (status, body, _) = post(&site, "security-officer", &ties, "staff=T9").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("没有“T9”"));
    assert_eq!(post(&site, "security-officer", &ties, "staff=T1").await.0, StatusCode::SEE_OTHER);
    // The new teacher sets a password and sees the class they lead.
    let (_, body, set) = site.ask("GET", &format!("/start/{link}"), "", None).await;
    let token = body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
    let visit = set.split(';').next().expect("a cookie");
    let form = format!("token={token}&password={PASSWORD}&again={PASSWORD}");
    let weak = form.replace(PASSWORD, "password1234");
    let (status, body, _) = site.ask("POST", &format!("/start/{link}"), visit, Some(weak)).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("太常见"), "{body}");
    let (status, _, _) = site.ask("POST", &format!("/start/{link}"), visit, Some(form)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (session, _) = site.sign_in("zhaoyun").await;
    let (_, list, _) = site.ask("GET", "/registers/student", &session, None).await;
    assert!(list.contains("20240001") && !list.contains("20240002"));
    let (status, _, to) = site.ask("GET", "/", &session, None).await;
    assert!(status == StatusCode::SEE_OTHER && to == "/registers", "{to}");
    // Their last day is yesterday: the next request is a stranger's, and the screens tell when it was.
    let last = format!("{account}/last-day");
    assert_eq!(post(&site, "administrator", &last, "last_day=").await.0, StatusCode::FORBIDDEN);
    assert_eq!(post(&site, "security-officer", &last, "last_day=2025-13-01").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(post(&site, "security-officer", &last, "last_day=2025-01-08").await.0, StatusCode::SEE_OTHER);
    let (status, _, to) = site.ask("GET", "/registers/student", &session, None).await;
    assert!(status == StatusCode::SEE_OTHER && to.starts_with("/sign-in"));
    for (role, path) in [("administrator", "/accounts"), ("security-officer", "/rights")] {
        let (_, html, _) = site.ask("GET", path, &site.sessions[role].0, None).await;
        assert!(html.contains("已于 2025年1月8日 到期"), "{path}: {html}");
    }
    let (_, form, set) = site.ask("GET", "/sign-in", "", None).await;
    for (password, told) in [(PASSWORD, true), ("not-this-one-2024", false)] {
        let token = form.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let sent = format!("token={}&name=zhaoyun&password={password}&back=/", token.expect("a token"));
        let visit = set.split(';').next().expect("a cookie");
        let (status, body, _) = site.ask("POST", "/sign-in", visit, Some(sent)).await;
        assert!(status == StatusCode::UNAUTHORIZED && body.contains("已经到期") == told, "{body}");
    }
    assert_eq!(post(&site, "security-officer", &last, "last_day=").await.0, StatusCode::SEE_OTHER);
    let (session, _) = site.sign_in("zhaoyun").await;
    // Suspended, the next request is a stranger's.
    let state = format!("{account}/state");
    assert_eq!(post(&site, "security-officer", &state, "to=suspended").await.0, StatusCode::SEE_OTHER);
    let (status, _, to) = site.ask("GET", "/registers/student", &session, None).await;
    assert!(status == StatusCode::SEE_OTHER && to.starts_with("/sign-in"));
}

#[tokio::test]
async fn a_second_factor_is_begun_and_confirmed_at_the_own_account() {
    let site = Site::new().await;
    for wrong in ["", "password=x"] {
        let (status, body, _) = post(&site, "office", "/account/factor", wrong).await;
        let refused = status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("现在的密码不对");
        assert!(refused && !body.contains("otpauth"), "{wrong}: {status}");
    }
    let again = format!("password={PASSWORD}");
    let (status, body, _) = post(&site, "office", "/account/factor", &again).await;
    assert!(
        status == StatusCode::OK
            && body.contains("otpauth://totp/Jiangce:office?secret=")
            && body.contains("<path d=\"M")
    );
    keeps_the_rules("a factor begun with", &body);
    let secret = body.split("?secret=").nth(1).and_then(|rest| rest.split('&').next()).expect("a secret");
    let (status, body, _) = post(&site, "office", "/account/factor/confirm", "code=000000").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("动态码不对") && !body.contains(secret));
    let code = jc_app::second_factor::present_code(secret, Instant(1_736_380_800_000));
    let (status, body, _) = post(&site, "office", "/account/factor/confirm", &format!("code={code}")).await;
    assert!(status == StatusCode::OK && body.contains("备用码"));
    let (_, form, set) = site.ask("GET", "/sign-in", "", None).await;
    let token = form.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
    let sent = format!("token={token}&name=office&password={PASSWORD}&back=/");
    let (status, body, _) = site.ask("POST", "/sign-in", set.split(';').next().expect("a cookie"), Some(sent)).await;
    assert!(status == StatusCode::UNAUTHORIZED && body.contains("账号、密码或动态码不对"));
    // It is switched off by whoever knows the password only.
    let (status, body, _) = post(&site, "office", "/account/factor/end", "password=x").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("现在的密码不对"));
    let (status, _, to) = post(&site, "office", "/account/factor/end", &again).await;
    assert!(status == StatusCode::SEE_OTHER && to == "/account?done=factor-ended", "{to}");
    site.sign_in("office").await;
}

#[tokio::test]
async fn own_sessions_are_seen_and_ended() {
    let site = Site::new().await;
    let (other, _) = site.sign_in("office").await;
    let (_, body, _) = site.ask("GET", "/account", &site.sessions["office"].0, None).await;
    assert!(body.contains("本次登录"));
    let end =
        body.split("formaction=\"/account/sessions/").nth(1).and_then(|rest| rest.split('"').next()).expect("another");
    let end = format!("/account/sessions/{end}");
    let again = format!("password={PASSWORD}");
    assert_eq!(post(&site, "leadership", &end, &again).await.0, StatusCode::NOT_FOUND, "nobody ends another's");
    let (status, body, _) = post(&site, "office", &end, "password=x").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains("现在的密码不对"));
    assert_eq!(site.ask("GET", "/account", &other, None).await.0, StatusCode::OK, "it lives");
    assert_eq!(post(&site, "office", &end, &again).await.0, StatusCode::SEE_OTHER);
    assert_eq!(site.ask("GET", "/account", &other, None).await.0, StatusCode::SEE_OTHER);
}
