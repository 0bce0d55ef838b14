//! Work on records through the router: every action once as it should be, and once refused.

use crate::import;
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use jc_app::given::FileKind;
use jc_app::{App, Clock, Person, Setup, accounts::NewAccount};
use jc_base::{Instant, SchoolId};
use jc_web::{
    router::site,
    state::{AppState, Settings},
};
use tower::ServiceExt;

const PASSWORD: &str = "eine-lange-Losung-2024";
const ID_NUMBER: &str = "990101200803150019";
const KEEPER: &str = "student-affairs";
const REVIEWER: &str = "school-office-verifier";

struct Site {
    router: axum::Router,
    invitation: String,
    _data: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
    bytes: usize,
}

impl Answer {
    fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok());
        set.filter_map(|v| v.split(';').next()).find(|v| v.starts_with(&format!("{name}="))).map(str::to_owned)
    }

    fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The value of a hidden field.
    fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.body.split(&start).nth(1).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        rest.split('"').next().expect("a value").to_owned()
    }
}

fn install(app: &App) -> (SchoolId, String) {
    let school = app.add_school("示例技师学院", true).expect("a school");
    let machine = Person::command_line(school);
    let administrator = app.administrator(&machine).expect("the machine's person");
    let account = |login: &str, role: &str, office: Option<&str>| NewAccount {
        login: login.into(),
        name: login.into(),
        roles: vec![role.into()],
        office: office.map(str::to_owned),
        ties: Vec::new(),
    };
    for new in [
        account("admin", "administrator", None),
        account("office", "office", None),
        account(KEEPER, "keeper", Some("student-affairs")),
        account(REVIEWER, "verifier", Some("school-office")),
        account("officer", "data-officer", None),
    ] {
        administrator.create(&new, PASSWORD).expect("an account");
    }
    for (register, text) in [
        ("department", "部门名称\n机电系\n".to_owned()),
        ("major", "专业编号,专业名称,所属目录,所属部门\n0201-4,机电一体化,人社,机电系\n".to_owned()),
        ("class", "班级名称,入学年份,专业,办学类型,开班日期\n24机电1班,2024,机电一体化,普通,2024-09-01\n".to_owned()),
        ("student", format!("学号,姓名,身份证号,班级,入学日期\n20240001,张三,{ID_NUMBER},24机电1班,2024-09-01\n")),
    ] {
        import(app, school, register, &text);
    }
    let invited = account("new-keeper", "keeper", Some("student-affairs"));
    (school, administrator.invite(&invited).expect("a link"))
}

impl Site {
    fn new() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let clock = Clock::Fixed(Instant(1_736_380_800_000));
        let app = App::open(Setup { data: data.path().into(), database: None, clock }).expect("an installation");
        let (_, invitation) = install(&app);
        Self { router: site(AppState::new(app, Settings::default())), invitation, _data: data }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 24).await.expect("a body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body, bytes: bytes.len() }
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request")).await
    }

    async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        self.ask(request.expect("a request")).await
    }

    /// Posts parts: name, file name (empty for a field), content.
    async fn send(&self, path: &str, cookie: &str, parts: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
            body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        let request = Request::post(path)
            .header("cookie", cookie)
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(body));
        self.ask(request.expect("a request")).await
    }

    /// Signs someone in: cookie and token.
    async fn sign_in(&self, login: &str, password: &str) -> (String, String) {
        let form = self.get("/sign-in", "").await;
        let (visit, token) = (form.cookie("jc-visit").expect("a cookie"), form.hidden("token"));
        let sent = format!("token={token}&name={login}&password={password}&back=/");
        let answer = self.post("/sign-in", &visit, &sent).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let session = answer.cookie("jc-session").expect("a session");
        let token = self.get("/account", &session).await.hidden("token");
        (session, token)
    }

    /// Makes a lecture for parents; gives the record's address.
    async fn lecture(&self, who: &(String, String), topic: &str, more: &str) -> String {
        let form = format!(
            "token={}&kind=lecture&topic={topic}&held_on=2024-03-01&audience=&speaker=&{more}&then=submit",
            who.1
        );
        let answer = self.post("/registers/family-event/new", &who.0, &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.location().split('?').next().expect("an address").to_owned()
    }
}

#[tokio::test]
async fn a_record_goes_from_keeper_to_reviewer_and_back() {
    let site = Site::new();
    let keeper = site.sign_in(KEEPER, PASSWORD).await;
    let reviewer = site.sign_in(REVIEWER, PASSWORD).await;
    let record = site.lecture(&keeper, "%E7%94%B2", "participants=").await;
    let shown = site.get(&record, &reviewer.0).await;
    assert!(shown.body.contains("待核") && shown.body.contains("/verify"), "the reviewer can accept");
    let step = |who: &(String, String), more: &str| format!("token={}&{more}", who.1);
    let post = |end: &str| format!("{record}/{end}");
    // The wrong role, an old version, no reason, no token, a field nobody asked for.
    let wrong = site.post(&post("verify"), &keeper.0, &step(&keeper, "version=1")).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    let stale = site.post(&post("verify"), &reviewer.0, &step(&reviewer, "version=7")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let silent = site.post(&post("return"), &reviewer.0, &step(&reviewer, "version=1&reason=+")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let forged = site.post(&post("verify"), &reviewer.0, "token=0000&version=1").await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let more = site.post(&post("verify"), &reviewer.0, &step(&reviewer, "version=1&state=verified")).await;
    assert_eq!(more.status, StatusCode::BAD_REQUEST);
    // Returned with a reason, submitted again, taken back, submitted, accepted from the inbox.
    let back = site.post(&post("return"), &reviewer.0, &step(&reviewer, "version=1&reason=%E6%97%A5%E6%9C%9F")).await;
    assert_eq!(back.location(), format!("{record}?done=returned"));
    let seen = site.get(&record, &keeper.0).await;
    assert!(seen.body.contains("日期") && seen.body.contains("/submit"));
    for (end, version, word) in [("submit", 2, "submitted"), ("withdraw", 3, "withdrawn"), ("submit", 4, "submitted")] {
        let answer = site.post(&post(end), &keeper.0, &step(&keeper, &format!("version={version}"))).await;
        assert_eq!(answer.location(), format!("{record}?done={word}"), "{end}");
    }
    let again = site.post(&post("submit"), &keeper.0, &step(&keeper, "version=5")).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it waits already");
    let inbox = site.get("/inbox", &reviewer.0).await;
    assert!(inbox.body.contains("甲") && inbox.body.contains("data-accept"));
    let only = format!("{record}/verify?register=family-event");
    let done = site.post(&only, &reviewer.0, &step(&reviewer, "version=5&from=inbox")).await;
    assert_eq!(done.location(), "/inbox?register=family-event&done=verified", "nothing else waits there");
    let verified = site.get(&record, &keeper.0).await;
    assert!(verified.body.contains("影响的数字") && verified.body.contains("若撤回"), "it feeds figures");
}

/// What people type is text wherever it is shown.
#[tokio::test]
async fn markup_in_a_name_is_shown_as_text() {
    let site = Site::new();
    let keeper = site.sign_in(KEEPER, PASSWORD).await;
    let reviewer = site.sign_in(REVIEWER, PASSWORD).await;
    let typed = "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%22'%3C/script%3E%3Cscript%3Ealert(2)%3C/script%3E";
    let record = site.lecture(&keeper, typed, "participants=").await;
    for (who, path) in [
        (&keeper, record.as_str()),
        (&keeper, &format!("{record}/edit")),
        (&keeper, "/registers/family-event?year=2024"),
        (&keeper, "/search?q=onerror"),
        (&reviewer, "/inbox?register=family-event"),
    ] {
        let seen = site.get(path, &who.0).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}");
        assert!(seen.body.contains("onerror=alert(1)"), "{path} shows it: {}", seen.body);
        for live in ["<img src=x", "</script><script>alert", "\"'</script>"] {
            assert!(!seen.body.contains(live), "{path}: {live}");
        }
    }
}

#[tokio::test]
async fn evidence_is_asked_for_kept_and_given_out() {
    let site = Site::new();
    let keeper = site.sign_in(KEEPER, PASSWORD).await;
    let reviewer = site.sign_in(REVIEWER, PASSWORD).await;
    let record = site.lecture(&keeper, "%E4%B9%99", "participants=40").await;
    let sent = format!("token={}&version=1", reviewer.1);
    let lacking = site.post(&format!("{record}/verify"), &reviewer.0, &sent).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY, "the attendance sheet is lacking");
    let to = format!("{record}/evidence");
    let paper: &[u8] = b"%PDF-1.4 attendance";
    let fields = |token: &str, content: &'static [u8]| {
        [("token", String::new(), token.as_bytes().to_vec()), ("kind", String::new(), b"attendance-sheet".to_vec())]
            .into_iter()
            .chain([("file", "签到表.pdf".to_owned(), content.to_vec())])
            .collect::<Vec<_>>()
    };
    let parts = |owned: &[(&'static str, String, Vec<u8>)]| -> Vec<(&'static str, String, Vec<u8>)> { owned.to_vec() };
    for (who, content, status) in [
        (&reviewer, paper, StatusCode::FORBIDDEN),
        (&keeper, &b"MZ not a paper"[..], StatusCode::UNPROCESSABLE_ENTITY),
        (&keeper, paper, StatusCode::SEE_OTHER),
    ] {
        let owned = parts(&fields(&who.1, content));
        let borrowed: Vec<(&str, &str, &[u8])> = owned.iter().map(|(n, f, c)| (*n, f.as_str(), c.as_slice())).collect();
        assert_eq!(site.send(&to, &who.0, &borrowed).await.status, status);
    }
    let forged = site.send(&to, &keeper.0, &[("file", "x.pdf", paper)]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let shown = site.get(&record, &reviewer.0).await;
    let href = shown.body.split(&format!("{record}/evidence/")).nth(1).and_then(|r| r.split('"').next());
    let file = format!("{record}/evidence/{}", href.expect("a file"));
    let given = site.get(&file, &reviewer.0).await;
    assert_eq!((given.status, given.body.as_str()), (StatusCode::OK, "%PDF-1.4 attendance"));
    let policy = given.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|v| v.to_str().ok());
    assert!(policy.is_some_and(|policy| policy.starts_with("sandbox")), "{policy:?}");
    let (admin, _) = site.sign_in("admin", PASSWORD).await;
    assert_eq!(site.get(&file, &admin).await.status, StatusCode::FORBIDDEN, "an administrator sees no papers");
    let elsewhere = file.replace(record.rsplit('/').next().expect("an id"), "0194485c-5c00-772c-8505-cf379c3ffbe8");
    assert_eq!(site.get(&elsewhere, &reviewer.0).await.status, StatusCode::NOT_FOUND);
    let accepted = site.post(&format!("{record}/verify"), &reviewer.0, &sent).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_covered_field_is_shown_for_a_reason_only() {
    let site = Site::new();
    let keeper = site.sign_in(KEEPER, PASSWORD).await;
    let office = site.sign_in("office", PASSWORD).await;
    let list = site.get("/registers/student/suggest?field=class&class=24", &keeper.0).await;
    assert!(list.body.contains("value=\"24机电1班\""), "{}", list.body);
    let found = site.get("/search?q=20240001", &keeper.0).await;
    let record = found.body.split("/registers/student/records/").nth(1).and_then(|r| r.split(['"', '?']).next());
    let record = format!("/registers/student/records/{}", record.expect("the student"));
    for page in [record.clone(), format!("{record}/edit")] {
        let shown = site.get(&page, &keeper.0).await;
        assert!(shown.status == StatusCode::OK && !shown.body.contains(ID_NUMBER), "{page} shows it");
        assert!(shown.body.contains("0019"), "{page}: its ends are shown");
    }
    let reveal = format!("{record}/reveal");
    let ask = |token: &str, reason: &str| format!("token={token}&field=id_number&reason={reason}");
    assert_eq!(site.post(&reveal, &office.0, &ask(&office.1, "x")).await.status, StatusCode::FORBIDDEN);
    let silent = site.post(&reveal, &keeper.0, &ask(&keeper.1, "")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A minor's is shown with the leave of whoever watches over it, who finds the request where it waits.
    let ask = ask(&keeper.1, "%E6%A0%B8%E5%AF%B9");
    let asked = site.post(&reveal, &keeper.0, &ask).await;
    assert!(asked.status == StatusCode::SEE_OTHER && asked.location().ends_with("done=leave-asked"));
    let waiting = site.get(&record, &keeper.0).await;
    assert!(waiting.body.contains("等待批准") && !waiting.body.contains(ID_NUMBER));
    let officer = site.sign_in("officer", PASSWORD).await;
    let home = site.get("/", &officer.0).await;
    assert_eq!(home.location(), "/approvals");
    let list = site.get("/approvals", &officer.0).await;
    assert!(list.body.contains("张三") && list.body.contains("核对") && !list.body.contains(ID_NUMBER));
    let request = list.body.split("action=\"/approvals/").nth(1).and_then(|r| r.split('"').next()).expect("a request");
    let decide = |verdict: &str| format!("token={}&hours=8&verdict={verdict}", officer.1);
    let to = format!("/approvals/{request}");
    assert_eq!(site.post(&to, &keeper.0, &decide("give")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.post(&to, &officer.0, &decide("perhaps")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.post(&to, &officer.0, &decide("give")).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(&record, &keeper.0).await.body.contains("officer已批准"));
    let shown = site.post(&reveal, &keeper.0, &ask).await;
    assert!(shown.status == StatusCode::OK && shown.body.contains(ID_NUMBER));
    let told = site.get("/access?whose=%E5%BC%A0%E4%B8%89", &officer.0).await;
    for part in ["查看敏感字段", "查看记录", "officer批准", "核对", "含未成年人"] {
        assert!(told.body.contains(part), "{part}: {}", told.body);
    }
    assert!(!told.body.contains(ID_NUMBER));
    assert_eq!(site.get("/access", &keeper.0).await.status, StatusCode::FORBIDDEN);
    let log = site.get("/audit?kind=field.reveal", &office.0).await;
    assert!(log.body.contains("原因：核对") && !log.body.contains(ID_NUMBER));
    assert_eq!(site.get("/audit", &keeper.0).await.status, StatusCode::FORBIDDEN);
    // What is left empty keeps what is stored; a correction needs its reason.
    let kept = format!("token={}&version=1&name=%E5%BC%A0%E5%9B%9B&id_number=&then=save", keeper.1);
    assert_eq!(site.post(&format!("{record}/edit"), &keeper.0, &kept).await.status, StatusCode::SEE_OTHER);
    let shown = site.get(&record, &keeper.0).await;
    assert!(shown.body.contains("张四") && shown.body.contains("0019") && shown.body.contains("<del>张三</del>"));
}

#[tokio::test]
async fn nothing_typed_into_a_form_is_lost() {
    let site = Site::new();
    let keeper = site.sign_in(KEEPER, PASSWORD).await;
    let new = "/registers/family-event/new";
    let form = |more: &str| format!("token={}&kind=lecture&topic=%E4%B8%99&{more}", keeper.1);
    let bad = site.post(new, &keeper.0, &form("held_on=2024%2F13%2F01&participants=many&then=submit")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["2024/13/01", "many", "value=\"丙\""] {
        assert!(bad.body.contains(kept), "{kept} is lost");
    }
    assert_eq!(site.post(new, &keeper.0, &form("held_on=2024-03-01&owner=me")).await.status, StatusCode::BAD_REQUEST);
    let reviewer = site.sign_in(REVIEWER, PASSWORD).await;
    assert_eq!(site.get(new, &reviewer.0).await.status, StatusCode::FORBIDDEN);
    let record = site.lecture(&keeper, "%E4%B8%81", "participants=").await;
    let edit = format!("{record}/edit");
    let change =
        |version: u8, speaker: &str| format!("token={}&version={version}&speaker={speaker}&then=save", keeper.1);
    assert_eq!(site.post(&edit, &keeper.0, &change(1, "first")).await.status, StatusCode::SEE_OTHER);
    let late = site.post(&edit, &keeper.0, &change(1, "second")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("<ins>first</ins>") && late.body.contains("value=\"second\""), "{}", late.body);
    assert_eq!(late.hidden("version"), "2", "saving again replaces what was shown");
}

#[tokio::test]
async fn a_spreadsheet_is_looked_at_before_it_is_taken() {
    let site = Site::new();
    let keeper = site.sign_in(KEEPER, PASSWORD).await;
    let office = site.sign_in("office", PASSWORD).await;
    let import = "/registers/family-event/import";
    let sheet = "类别,主题,日期,对象\n讲座,甲,2024-03-01,一年级\n讲座,乙,2024-13-01,一年级\n".as_bytes();
    assert_eq!(site.get(import, &office.0).await.status, StatusCode::FORBIDDEN);
    let page = b"<html><table></table></html>";
    let refused = site.send(import, &keeper.0, &[("token", "", keeper.1.as_bytes()), ("file", "a.xls", page)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = [("token", "", keeper.1.as_bytes()), ("file", "讲座.csv", sheet)];
    let begun = site.send(import, &keeper.0, &sent).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let stage = begun.location().to_owned();
    let go = |more: &str| format!("token={}&{more}", keeper.1);
    assert_eq!(site.get(&stage, &office.0).await.status, StatusCode::FORBIDDEN);
    let unknown = format!("{import}/00000000000000000000000000000000");
    assert_eq!(site.get(&unknown, &keeper.0).await.status, StatusCode::NOT_FOUND);
    let far = site.post(&stage, &keeper.0, &go("step=sheet&sheet=0&header=99")).await;
    assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.post(&stage, &keeper.0, &go("step=sheet&sheet=0&header=1")).await.location(), stage);
    let lacking = "step=columns&column-A=field:kind&column-B=&column-C=field:held_on&column-D=field:audience";
    assert_eq!(site.post(&stage, &keeper.0, &go(lacking)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let columns =
        "step=columns&column-A=field:kind&column-B=field:topic&column-C=field:held_on&column-D=field:audience";
    assert_eq!(site.post(&stage, &keeper.0, &go(columns)).await.location(), stage);
    let looked = site.get(&stage, &keeper.0).await;
    assert!(looked.body.contains("C3") && looked.body.contains("2024-13-01"), "{}", looked.body);
    let digest = looked.hidden("digest");
    let all = site.post(&stage, &keeper.0, &go(&format!("step=commit&take=all&digest={digest}"))).await;
    assert_eq!(all.status, StatusCode::UNPROCESSABLE_ENTITY, "one row is wrong");
    let old = site.post(&stage, &keeper.0, &go("step=commit&take=good&digest=0000")).await;
    assert_eq!(old.status, StatusCode::CONFLICT, "another outcome than the one shown");
    let comments = site.get(&format!("{stage}/comments.xlsx"), &keeper.0).await;
    assert!(comments.status == StatusCode::OK && comments.bytes > 2_000);
    let good = site.post(&stage, &keeper.0, &go(&format!("step=commit&take=good&digest={digest}&submit=yes"))).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.body);
    let done = site.get(&stage, &keeper.0).await;
    assert!(done.body.contains("新增 1 条"), "{}", done.body);
    let reviewer = site.sign_in(REVIEWER, PASSWORD).await;
    assert!(site.get("/inbox?register=family-event", &reviewer.0).await.body.contains("甲"));
    let template = site.get("/registers/family-event/template.xlsx", &keeper.0).await;
    assert!(template.status == StatusCode::OK && template.bytes > 2_000);
}

#[tokio::test]
async fn a_text_is_checked() {
    let site = Site::new();
    let (office, token) = site.sign_in("office", PASSWORD).await;
    let text = "2024年举办家长讲座3场。护理专业共有在校生1,256人，其中女生1103人、男生154人。招生200人，报到190人，报到率95%。";
    let sent = [("token", "", token.as_bytes()), ("text", "", text.as_bytes())];
    let to = site.send("/check", &office, &sent).await.location().to_owned();
    let checked = site.get(&to, &office).await;
    assert_eq!(checked.status, StatusCode::OK);
    for expected in ["class=\"claim", "文中自相矛盾", "文中的算术：1 处相符，1 处矛盾", "1,256人"] {
        assert!(checked.body.contains(expected), "{expected} is not shown");
    }
    let open = site.get(&format!("{to}?only=open"), &office).await;
    assert!(open.body.matches("class=\"claim-note\"").count() < checked.body.matches("class=\"claim-note\"").count());
    // What a person says of a number stays, and can be taken back.
    let (start, end) = (text.chars().position(|c| c == '3').expect("it is there"), 13);
    let said = |rest: &str| format!("token={token}&start={start}&end={end}&{rest}");
    let dropped = site.post(&to, &office, &said("do=reread&dropped=yes")).await;
    assert!(dropped.location().starts_with(&format!("{to}?at={start}")), "{}", dropped.body);
    let aside = site.get(&to, &office).await.body;
    assert!(aside.contains("撤销更正") && aside.contains("class=\"claim aside\"") && aside.contains("看到 6 个数"));
    let only = site.get(&format!("{to}?only=aside"), &office).await.body;
    assert_eq!(only.matches("class=\"claim-note\"").count(), 1);
    site.post(&to, &office, &said("do=unsay")).await;
    let back = site.get(&to, &office).await.body;
    assert!(!back.contains("撤销更正") && back.contains("看到 7 个数"));
    assert!(back.contains("<a class=\"nowrap\" href=\"#note-"), "a number stays with its unit");
    // What cannot be meant is said at its field, and what was typed stays.
    let refused = site.post(&to, &office, &said("do=reread&indicator=在校生数&year=20x4&part=护理")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for expected in ["没有指标“在校生数”", "“20x4”不是年份", "value=\"在校生数\"", "value=\"20x4\"", "value=\"护理\""]
    {
        assert!(refused.body.contains(expected), "{expected}: {}", refused.body);
    }
    assert!(!site.get(&to, &office).await.body.contains("撤销更正"), "nothing was kept");
    // A right number put in its place is there at once.
    site.post(&to, &office, &said("do=accept&words=4场")).await;
    assert!(site.get(&to, &office).await.body.contains("4场"));
    let pdf = FileKind::ALL.contains(&FileKind::Pdf);
    let files = [("docx", "PK"), ("pdf", "%PDF-")];
    for (format, begins) in files.into_iter().filter(|(format, _)| pdf || *format != "pdf") {
        let begun = site.post(&format!("{to}/make"), &office, &format!("token={token}&format={format}")).await;
        let screen = begun.location().to_owned();
        while site.get(&screen, &office).await.body.contains("<progress") {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let file = site.get(&screen.replacen('?', "/file?", 1), &office).await;
        assert!(file.status == StatusCode::OK && file.body.starts_with(begins), "{format}: {}", file.body);
    }
    let data = site.get(&format!("{to}/verdicts.json"), &office).await;
    assert!(data.status == StatusCode::OK && data.body.starts_with("{\"format\""), "{}", data.body);
    // A long text has its notes in parts; a number leads to its own.
    let long = "在校生1256人，其中女生1103人、男生154人。\n".repeat(90);
    let sent = [("token", "", token.as_bytes()), ("text", "", long.as_bytes())];
    let there = site.send("/check", &office, &sent).await.location().to_owned();
    let first = site.get(&there, &office).await.body;
    assert_eq!(first.matches("class=\"claim-note\"").count(), 200);
    assert!(first.contains("id=\"note-200\"") && first.contains("href=\"?note=201#note-201\""));
    let last = site.get(&format!("{there}?note=270"), &office).await.body;
    assert!(last.contains("id=\"note-201\"") && last.contains("id=\"note-270\"") && !last.contains("id=\"note-200\""));
    assert!(site.get("/check", &office).await.body.contains(&to), "it is in the list");
    assert_eq!(site.get("/check/compare", &office).await.status, StatusCode::OK);
    // One that sees no further than an office keeps its own texts and sees no others'.
    let keeper = site.sign_in(KEEPER, PASSWORD).await;
    assert_eq!(site.get(&to, &keeper.0).await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/check", &keeper.0).await.body.contains(&to));
    site.post(&to, &office, &format!("token={token}&do=drop")).await;
    assert_eq!(site.get(&to, &office).await.status, StatusCode::NOT_FOUND);
    let odd =
        site.send("/check", &office, &[("token", "", token.as_bytes()), ("file", "a.txt", b"\xc4\xe3\xff")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.body.contains("两种编码"), "{}", odd.body);
    assert_eq!(site.send("/check", &office, &[("text", "", text.as_bytes())]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn passwords_are_set_by_link_and_changed() {
    let site = Site::new();
    let link = format!("/start/{}", site.invitation);
    let form = site.get(&link, "").await;
    let visit = form.cookie("jc-visit").expect("a cookie");
    assert!(form.body.contains("new-keeper"));
    let set = |password: &str, again: &str| format!("token={}&password={password}&again={again}", form.hidden("token"));
    assert_eq!(site.post(&link, &visit, &set("short", "short")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = "ein-anderes-Wort-2024";
    let begun = site.post(&link, &visit, &set(new, new)).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    assert!(begun.cookie("jc-session").is_some());
    assert_eq!(site.get(&link, "").await.status, StatusCode::NOT_FOUND, "the link works once");
    let (session, token) = site.sign_in("new-keeper", new).await;
    let change = |old: &str| format!("token={token}&name=x&old={old}&password={PASSWORD}&again={PASSWORD}");
    let wrong = site.post("/account/password", &session, &change("wrong")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let changed = site.post("/account/password", &session, &change(new)).await;
    assert_eq!(changed.location(), "/account?done=password");
    assert_eq!(site.get("/account", &session).await.status, StatusCode::SEE_OTHER, "the old session has ended");
    let own = changed.cookie("jc-session").expect("a new session");
    assert_eq!(site.get("/account", &own).await.status, StatusCode::OK);
}

/// What a program is answered; with `sent`, as JSON.
async fn call(site: &Site, token: &str, path: &str, sent: Option<&str>) -> (StatusCode, serde_json::Value) {
    let request = if sent.is_some() { Request::post(path) } else { Request::get(path) };
    let request = request.header("authorization", format!("Bearer {token}")).header("content-type", "application/json");
    let request = request.body(Body::from(sent.unwrap_or_default().to_owned())).expect("a request");
    let answer = site.router.clone().oneshot(request).await.expect("an answer");
    let (status, kind) = (answer.status(), answer.headers().get(header::CONTENT_TYPE).cloned());
    assert_eq!(kind.as_ref().and_then(|kind| kind.to_str().ok()), Some("application/json"), "{path}");
    let bytes = to_bytes(answer.into_body(), 1 << 23).await.expect("a body");
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

#[tokio::test]
async fn a_program_comes_by_a_token_that_its_owner_makes_and_ends() {
    let site = Site::new();
    let (office, csrf) = site.sign_in("office", PASSWORD).await;
    let form = |more: &str| format!("token={csrf}&name=%E5%B9%B3%E5%8F%B0&until=2025-02-01&password={PASSWORD}{more}");
    let none = site.post("/account/tokens", &office, &form("")).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("token-faults"));
    let make = async |more: &str| {
        let made = site.post("/account/tokens", &office, &form(more)).await;
        let token = made.body.split("class=\"long\">").nth(1).and_then(|rest| rest.split('<').next());
        token.unwrap_or_else(|| panic!("no token: {}", made.body)).to_owned()
    };
    let narrow = make("&may=read-figures").await;
    let wide = make("&may=read-figures&may=check-texts&may=export-records").await;
    assert!(!site.get("/account", &office).await.body.contains(&narrow), "it is shown once");

    let (status, sheet) = call(&site, &narrow, "/api/figures?year=2024", None).await;
    let figures = sheet["figures"].as_array().expect("figures");
    assert!(status == StatusCode::OK && figures.len() > 50 && figures[0]["state"].is_string());
    let (_, one) = call(&site, &wide, "/api/figures/student-count?year=2024&part=left-out", None).await;
    assert!(
        one["counts"]["left_out"] == 1 && one["records"][0]["id"].is_string() && one["records"][0]["label"].is_null()
    );
    let (_, only) = call(&site, &narrow, "/api/figures/student-count?year=2024", None).await;
    assert!(only["figure"]["id"] == "student-count" && only["records"].as_array().is_some_and(Vec::is_empty));

    let records = "/api/registers/student/records";
    let (status, refused) = call(&site, &narrow, records, None).await;
    assert!(status == StatusCode::FORBIDDEN && refused["error"]["status"] == 403);
    let (status, page) = call(&site, &wide, &format!("{records}?page=all&limit=1"), None).await;
    assert!(status == StatusCode::OK && page["count"] == 1 && page["next"].is_null(), "{page}");
    let fields = &page["records"][0]["fields"];
    assert!(fields["name"] == "张三" && fields["class"]["label"] == "24机电1班", "{fields}");
    assert!(
        !page.to_string().contains(&ID_NUMBER[6..16])
            && fields["id_number"].as_str().is_some_and(|no| no.contains('*'))
    );

    let (_, document) = call(&site, &narrow, "/api/openapi.json", None).await;
    let shape = &document["components"]["schemas"]["record-student"]["properties"]["fields"];
    for name in shape["required"].as_array().expect("a list") {
        assert!(
            !fields[name.as_str().expect("a name")].is_null()
                || fields.as_object().expect("an object").contains_key(name.as_str().expect("a name"))
        );
    }
    assert_eq!(fields.as_object().map(serde_json::Map::len), shape["properties"].as_object().map(serde_json::Map::len));

    let text = "{\"text\":\"2024年在校生9人。\"}";
    let (status, verdicts) = call(&site, &wide, "/api/check?year=2024", Some(text)).await;
    assert!(
        status == StatusCode::OK && verdicts["verdicts"].as_array().is_some_and(|all| !all.is_empty()),
        "{verdicts}"
    );
    assert_eq!((&verdicts["counts"]["seen"], &verdicts["inconsistent"]), (&1.into(), &0.into()), "{verdicts}");
    assert!(verdicts["contradicted"].is_number() && verdicts["text_form"] == "clean", "{verdicts}");
    assert_eq!(call(&site, &narrow, "/api/check?year=2024", Some(text)).await.0, StatusCode::FORBIDDEN);
    let (status, empty) = call(&site, &wide, "/api/check", Some("{\"text\":\"\"}")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && empty["findings"][0]["code"] == "INT-066");
    for (path, wanted) in [
        ("/api/figures?yaer=2024", StatusCode::BAD_REQUEST),
        ("/api/figures?year=zwei", StatusCode::BAD_REQUEST),
        ("/api/figures/no-such-thing", StatusCode::NOT_FOUND),
        ("/api/registers/no-such-thing/records", StatusCode::NOT_FOUND),
        ("/api/registers/student/records?state=gone", StatusCode::BAD_REQUEST),
        ("/api/registers/student/records?limit=5000", StatusCode::BAD_REQUEST),
        ("/api/nowhere", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(call(&site, &wide, path, None).await.0, wanted, "{path}");
    }
    let sent = call(&site, &wide, "/api/check", Some("{\"text\":\"a\",\"year\":2024}")).await;
    assert_eq!(sent.0, StatusCode::BAD_REQUEST, "what is not asked for is not taken");
    // Which field it is, is told.
    for (path, body, field) in [
        ("/api/check", Some("{\"text\":\"a\",\"year\":2024}"), "year"),
        ("/api/check", Some("{\"text\":3}"), "text"),
        ("/api/check", Some("{\"records\":true}"), "text"),
        ("/api/check", Some("{\"text\":\"a\",\"records\":\"no\"}"), "records"),
        ("/api/check?yaer=2024", Some("{\"text\":\"a\"}"), "yaer"),
        ("/api/figures?year=zwei", None, "year"),
        ("/api/figures/student-count?part=all", None, "part"),
    ] {
        let (_, told) = call(&site, &wide, path, body).await;
        assert_eq!(told["findings"][0]["place"]["field"], field, "{path}: {told}");
    }
    let (_, told) = call(&site, &wide, "/api/check", Some("[1]")).await;
    assert_eq!(told["findings"][0]["code"], "APP-139", "{told}");
    for more in [
        "\"role\":\"administrator\"",
        "\"school\":2",
        "\"schoolId\":2",
        "\"owner\":\"office\"",
        "\"state\":\"verified\"",
        "\"id\":\"x\"",
        "\"created_at\":0",
        "\"record\":{\"state\":\"verified\"}",
        "\"text\":{\"state\":\"verified\"}",
        "\"records\":[true]",
    ] {
        for body in [format!("{{\"text\":\"a\",{more}}}"), format!("[{{\"text\":\"a\",{more}}}]")] {
            assert_eq!(call(&site, &wide, "/api/check", Some(&body)).await.0, StatusCode::BAD_REQUEST, "{body}");
        }
    }
    for depth in [65, 129, 100_000] {
        let nested = format!("{{\"text\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(call(&site, &wide, "/api/check", Some(&nested)).await.0, StatusCode::BAD_REQUEST, "{depth} deep");
    }
    let large = format!("{{\"text\":\"{}\"}}", "a".repeat(1 << 20));
    assert_eq!(call(&site, &wide, "/api/check", Some(&large)).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    let json = Request::post("/account/tokens").header("cookie", &office).header("content-type", "application/json");
    let json = json.body(Body::from(text)).expect("a request");
    let answer = site.router.clone().oneshot(json).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "no form is taken as JSON");
    assert_eq!(call(&site, "jct_0", "/api/figures", None).await.0, StatusCode::UNAUTHORIZED);
    // Screens know no tokens; a session looks, and sends nothing.
    let request = Request::get("/figures").header("authorization", format!("Bearer {wide}"));
    let screen = site.router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
    assert_eq!(screen.status(), StatusCode::SEE_OTHER);
    assert_eq!(site.get("/api/figures", &office).await.status, StatusCode::OK);
    assert_eq!(
        site.post("/api/check", &office, &format!("token={csrf}&text=a")).await.status,
        StatusCode::UNAUTHORIZED
    );

    let log = site.get("/audit?kind=list.export", &office).await.body;
    assert!(log.contains("凭令牌：平台") && log.contains("原因：平台"), "the log names the token");
    let end = site.get("/account", &office).await.body;
    let end = end.split("action=\"/account/tokens/").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
    site.post(&format!("/account/tokens/{end}"), &office, &format!("token={csrf}")).await;
    let left = [call(&site, &narrow, "/api/figures", None).await.0, call(&site, &wide, "/api/figures", None).await.0];
    assert!(left.contains(&StatusCode::OK) && left.contains(&StatusCode::UNAUTHORIZED), "{left:?}");
}
