//! The site as a browser meets it: headers on every answer, strangers, forged requests, signing in, faults.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use jc_app::{App, Clock, Person, Setup, accounts::NewAccount};
use jc_base::Instant;
use jc_web::{
    guard::headers::POLICY,
    router::site,
    state::{AppState, Settings},
};
use tower::ServiceExt;

mod sign_on;

const PASSWORD: &str = "eine lange Losung 2024";

struct Site {
    router: axum::Router,
    _data: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok());
        set.filter_map(|v| v.split(';').next()).find(|v| v.starts_with(&format!("{name}="))).map(str::to_owned)
    }

    fn token(&self) -> String {
        let rest = self.body.split("name=\"token\" value=\"").nth(1).expect("a form with a token");
        rest.split('"').next().expect("a value").to_owned()
    }
}

impl Site {
    fn new() -> Self {
        Self::with(Settings::default())
    }

    fn with(settings: Settings) -> Self {
        Self::made(settings, |app| app)
    }

    fn made(settings: Settings, guard: impl FnOnce(App) -> App) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let clock = Clock::Fixed(Instant(1_736_380_800_000));
        let app = App::open(Setup { data: data.path().into(), database: None, clock }).expect("an installation");
        let school = app.add_school("示例技师学院", true).expect("a school");
        let machine = Person::command_line(school);
        let office = NewAccount {
            login: "office".into(),
            name: "沈佳禾".into(),
            roles: vec!["office".into()],
            office: None,
            ties: vec![],
        };
        app.administrator(&machine).and_then(|a| a.create(&office, PASSWORD)).expect("an account");
        Self { router: site(AppState::new(guard(app), settings)), _data: data }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 22).await.expect("a body");
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request")).await
    }

    async fn post(&self, path: &str, cookie: &str, form: &str, more: &[(&str, &str)]) -> Answer {
        let mut request =
            Request::post(path).header("cookie", cookie).header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(form.to_owned())).expect("a request")).await
    }

    async fn sign_in(&self) -> String {
        let form = self.get("/sign-in", "").await;
        let (visit, token) = (form.cookie("jc-visit").expect("a cookie"), form.token());
        let sent = format!("token={token}&name=office&password={}&back=/", PASSWORD.replace(' ', "+"));
        let answer = self.post("/sign-in", &visit, &sent, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie("jc-session").expect("a session")
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let site = Site::new();
    for path in ["/", "/sign-in", "/nowhere", "/assets/none.css", "/sign-out"] {
        let answer = site.get(path, "").await;
        let header = |name: &str| answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(header("content-security-policy"), POLICY, "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
    }
    let style = jc_web::assets::ASSETS.style.href.clone();
    let answer = site.get(&style, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let kept = answer.headers.get(header::CACHE_CONTROL).and_then(|v| v.to_str().ok());
    assert_eq!(kept, Some("public, max-age=31536000, immutable"));
}

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in_and_back() {
    let answer = Site::new().get("/?year=2024", "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let to = answer.headers.get(header::LOCATION).and_then(|v| v.to_str().ok());
    assert_eq!(to, Some("/sign-in?back=%2F%3Fyear%3D2024"));
}

#[tokio::test]
async fn at_the_third_level_nobody_goes_on_without_a_second_factor() {
    let third = jc_app::safety::Safety { third_level: true, ..Default::default() };
    let site = Site::made(Settings::default(), |app| app.guarded_by(third));
    let session = site.sign_in().await;
    let to = |answer: &Answer| answer.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).map(str::to_owned);
    for path in ["/", "/registers", "/figures", "/audit"] {
        let answer = site.get(path, &session).await;
        assert_eq!((answer.status, to(&answer).as_deref()), (StatusCode::SEE_OTHER, Some("/account")), "{path}");
    }
    let account = site.get("/account", &session).await;
    assert!(account.body.contains("须先启用动态码") && account.body.contains("密码有效到"), "{}", account.body);
    let form = format!("token={}&password={}", account.token(), PASSWORD.replace(' ', "+"));
    let begun = site.post("/account/factor", &session, &form, &[]).await;
    let secret = begun.body.split("?secret=").nth(1).and_then(|rest| rest.split('&').next()).expect("a secret");
    let code = jc_app::second_factor::present_code(secret, Instant(1_736_380_800_000));
    let form = format!("token={}&code={code}", account.token());
    assert_eq!(site.post("/account/factor/confirm", &session, &form, &[]).await.status, StatusCode::OK);
    assert_eq!(site.get("/", &session).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_code_says_so_and_nothing_else() {
    let site = Site::new();
    let mut seen: Vec<String> = Vec::new();
    for code in ["0000-0000-0000-0000", "ZZZZZZZZZZZZZZZZ", "x", "%27%20or%201=1"] {
        let answer = site.get(&format!("/v/{code}"), "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{code}");
        assert!(answer.body.contains("查无此码") && !answer.body.contains("示例技师学院"), "{}", answer.body);
        let start = answer.body.find("<h1>").expect("a heading");
        let until = answer.body[start..].find("<form").expect("the languages");
        seen.push(answer.body[start..start + until].to_owned());
    }
    seen.dedup();
    assert_eq!(seen.len(), 1, "well formed or not, the answer is the same");
}

#[tokio::test]
async fn forged_requests_are_refused() {
    let site = Site::new();
    let form = site.get("/sign-in", "").await;
    let (visit, token) = (form.cookie("jc-visit").expect("a cookie"), form.token());
    let sent = format!("token={token}&name=office&password=x&back=/");
    for (form, headers) in [
        (sent.as_str(), vec![("origin", "https://evil.example"), ("host", "127.0.0.1")]),
        (sent.as_str(), vec![("origin", "null")]),
        (sent.as_str(), vec![("sec-fetch-site", "cross-site")]),
        ("name=office&password=x&back=/", vec![]),
        ("token=0000&name=office&password=x&back=/", vec![]),
    ] {
        let answer = site.post("/sign-in", &visit, form, &headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(answer.body.contains("fault-number"), "the refusal has a screen");
    }
    for packed in ["gzip", "br", "identity, gzip"] {
        let answer = site.post("/sign-in", &visit, &sent, &[("content-encoding", packed)]).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{packed}");
    }
    // The token of one visitor is no good with the cookie of another.
    let other = site.get("/sign-in", "").await.cookie("jc-visit").expect("a cookie");
    assert_eq!(site.post("/sign-in", &other, &sent, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.post("/sign-in", &visit, &sent, &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_is_sent_to_another_name_gets_nothing_of_the_school() {
    let site = Site::with(Settings { origin: Some("https://jc.example".into()), ..Settings::default() });
    let ask = |path: &str, name: &'static str, host: &'static str| {
        let request = Request::get(path).header(name, host).body(Body::empty()).expect("a request");
        site.ask(request)
    };
    for path in ["/", "/sign-in", "/start/x", "/v/x", "/api/figures"] {
        for name in ["host", "x-forwarded-host"] {
            let answer = ask(path, name, "evil.example").await;
            assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{path} {name}");
            assert!(!answer.body.contains("evil.example") && !answer.body.contains("示例技师学院"), "{}", answer.body);
            assert!(answer.headers.get(header::LOCATION).is_none());
            assert_ne!(ask(path, name, "jc.example").await.status, StatusCode::MISDIRECTED_REQUEST, "{path} {name}");
        }
    }
}

#[tokio::test]
async fn signing_in_opens_the_answer_sheet_and_out_closes_it() {
    let site = Site::new();
    let session = site.sign_in().await;
    let sheet = site.get("/", &session).await;
    assert_eq!(sheet.status, StatusCode::OK);
    for expected in ["2025 年度答卷", "示例技师学院", "合成示例数据", "人才培养"] {
        assert!(sheet.body.contains(expected), "the sheet lacks {expected}");
    }
    let german = site.get("/", &format!("{session}; jc-lang=de")).await;
    assert!(german.body.contains("<html lang=\"de\">") && german.body.contains("Jahresbilanz 2025"));
    let out = site.post("/sign-out", &session, &format!("token={}", sheet.token()), &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(out.headers["clear-site-data"], "\"storage\"", "nothing typed is left for whoever comes next");
    assert_eq!(site.get("/", &session).await.status, StatusCode::SEE_OTHER, "the old cookie is dead");
}

#[tokio::test]
async fn what_is_not_there_has_a_screen_with_a_way_onward() {
    let site = Site::new();
    let answer = site.get("/nowhere", "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("没有这个页面") && answer.body.contains("href=\"/\""));
    assert_eq!(site.get("/sign-out", "").await.status, StatusCode::METHOD_NOT_ALLOWED);
}
