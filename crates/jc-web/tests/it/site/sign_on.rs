//! Signing in elsewhere, against stand-ins that are honest, and then lie in every way we can think of.

use super::{Answer, PASSWORD, Site};
use axum::http::StatusCode;
use jc_trust::base64::for_url;
use jc_web::sign_on::cas::Cas;
use jc_web::sign_on::oidc::Oidc;
use jc_web::sign_on::outside::{Outside, roots};
use jc_web::sign_on::{Kind, Provider, SignOn};
use jc_web::state::Settings;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// Now, as the site's clock has it, in seconds.
const NOW: i64 = 1_736_380_800;

/// What the stand-in says, and what it was asked.
#[derive(Default)]
struct Said {
    /// Changes of what it publishes of itself.
    description: Json,
    /// Changes of the token's head and claims.
    head: Json,
    claims: Json,
    /// How it signs: `own`, `stranger`, `none` or `hmac`.
    signs: &'static str,
    /// The nonce and the challenge that the browser brought.
    nonce: String,
    challenge: String,
    /// Its answer about a ticket.
    xml: String,
    /// The tickets and services it was asked about.
    asked: Vec<HashMap<String, String>>,
    /// Whether it answers about tokens by a redirect.
    redirects: bool,
}

/// A way to lie.
type Lie = Box<dyn Fn(&mut Said)>;

struct StandIn {
    issuer: String,
    said: Arc<Mutex<Said>>,
}

fn pair() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).expect("a key")
}

fn public(pair: &EcdsaKeyPair) -> Json {
    let point = pair.public_key().as_ref();
    json!({ "kty": "EC", "crv": "P-256", "kid": "1", "x": for_url(&point[1..33]), "y": for_url(&point[33..]) })
}

fn changed(mut json: Json, by: &Json) -> Json {
    for (name, value) in by.as_object().into_iter().flatten() {
        json[name] = value.clone();
    }
    json
}

fn pairs(text: &str) -> HashMap<String, String> {
    jc_web::guard::posted::decode(text.as_bytes()).expect("pairs").into_iter().collect()
}

impl StandIn {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let said = Arc::new(Mutex::new(Said { signs: "own", ..Said::default() }));
        let (own, stranger) = (pair(), pair());
        let (shared, here) = (said.clone(), issuer.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let (mut text, mut buffer) = (String::new(), [0; 4096]);
                while let Ok(n @ 1..) = stream.read(&mut buffer) {
                    text.push_str(&String::from_utf8_lossy(&buffer[..n]));
                    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
                    let length = head.split("content-length: ").nth(1).and_then(|l| l.lines().next()?.parse().ok());
                    if text.contains("\r\n\r\n") && body.len() >= length.unwrap_or(0) {
                        break;
                    }
                }
                let answer = answer(&text, &here, &mut shared.lock().expect("what it says"), &own, &stranger);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { issuer, said }
    }

    fn says(&self, change: impl FnOnce(&mut Said)) {
        change(&mut self.said.lock().expect("what it says"));
    }

    fn honest(&self) {
        self.says(|said| *said = Said { signs: "own", ..Said::default() });
    }

    fn site(&self) -> Site {
        let way = |address: &str| Outside::new(address, roots(b"")).expect("a way");
        let (client, secret) = ("jiangce".to_owned(), "s:1".to_owned());
        let oidc = Oidc { issuer: self.issuer.clone(), client, secret, way: way(&self.issuer) };
        let cas = Cas { server: format!("{}/cas", self.issuer), way: way(&self.issuer) };
        let providers = vec![
            Provider { name: "统一身份认证".into(), kind: Kind::Oidc(oidc) },
            Provider { name: "CAS".into(), kind: Kind::Cas(cas) },
        ];
        let origin = Some("http://college.example".to_owned());
        Site::with(Settings { origin, sign_on: SignOn::new(providers), ..Settings::default() })
    }

    /// Goes there from a browser, and comes back with what the address brings.
    async fn come(&self, site: &Site, cookie: &str, to: &str) -> Answer {
        let asked = pairs(to.split_once('?').expect("a query").1);
        self.says(|said| {
            said.nonce = asked["nonce"].clone();
            said.challenge = asked["code_challenge"].clone();
        });
        assert_eq!(asked["redirect_uri"], "http://college.example/sign-on/oidc/back");
        site.get(&format!("/sign-on/oidc/back?code=c-1&state={}", asked["state"]), cookie).await
    }
}

fn answer(text: &str, issuer: &str, said: &mut Said, own: &EcdsaKeyPair, stranger: &EcdsaKeyPair) -> String {
    let path = text.split(' ').nth(1).unwrap_or_default();
    let body = match path.split('?').next().unwrap_or_default() {
        "/.well-known/openid-configuration" => {
            let description = json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"),
                "jwks_uri": format!("{issuer}/keys"),
            });
            changed(description, &said.description).to_string()
        }
        "/keys" => json!({ "keys": [public(own)] }).to_string(),
        "/token" if said.redirects => {
            return format!("HTTP/1.1 302 Found\r\nlocation: {issuer}/keys\r\ncontent-length: 0\r\n\r\n");
        }
        "/token" => {
            let sent = pairs(text.rsplit_once("\r\n\r\n").expect("a body").1);
            let digest = jc_trust::digest::unhex(&jc_trust::sha256(sent["code_verifier"].as_bytes())).expect("bytes");
            let proved = for_url(&digest) == said.challenge && sent["code"] == "c-1";
            // `jiangce:s%3A1`, as the standard writes it before base 64.
            if !proved
                || !text.contains("authorization: Basic amlhbmdjZTpzOjE=")
                    && !text.contains("Basic amlhbmdjZTpzJTNBMQ==")
            {
                return "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".to_owned();
            }
            json!({ "id_token": token(issuer, said, own, stranger), "token_type": "Bearer" }).to_string()
        }
        "/cas/p3/serviceValidate" => {
            said.asked.push(pairs(path.split_once('?').expect("a query").1));
            said.xml.clone()
        }
        _ => return "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned(),
    };
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn token(issuer: &str, said: &Said, own: &EcdsaKeyPair, stranger: &EcdsaKeyPair) -> String {
    let head = changed(json!({ "alg": "ES256", "kid": "1" }), &said.head);
    let claims = json!({
        "iss": issuer, "aud": "jiangce", "sub": "s-1", "nonce": said.nonce, "iat": NOW - 5, "exp": NOW + 300,
        "email": "office@college.example", "preferred_username": "office",
    });
    let claims = changed(claims, &said.claims);
    let signed = format!("{}.{}", for_url(head.to_string().as_bytes()), for_url(claims.to_string().as_bytes()));
    let signature = match said.signs {
        "none" => String::new(),
        "hmac" => {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, public(own).to_string().as_bytes());
            for_url(ring::hmac::sign(&key, signed.as_bytes()).as_ref())
        }
        by => {
            let key = if by == "own" { own } else { stranger };
            for_url(key.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature").as_ref())
        }
    };
    format!("{signed}.{signature}")
}

/// A browser that has not signed in, and the address it is sent to.
async fn leaves(site: &Site, provider: &str) -> (String, String) {
    let visit = site.get("/sign-in", "").await.cookie("jc-visit").expect("a cookie");
    let sent = site.get(&format!("/sign-on/{provider}?back=%2Ffigures"), &visit).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let to = sent.headers.get("location").and_then(|to| to.to_str().ok()).expect("an address").to_owned();
    (visit, to)
}

/// Links the office's account; gives its session.
async fn linked(site: &Site, provider: &str) -> (String, String) {
    let session = site.sign_in().await;
    let account = site.get("/account", &session).await;
    assert!(account.body.contains("统一身份认证") && account.body.contains("没有关联"));
    let form = format!("token={}&password=", account.token());
    let page = site.post(&format!("/account/links/{provider}"), &session, &format!("{form}x"), &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "not without the password");
    let page = site.post(&format!("/account/links/{provider}"), &session, &format!("{form}{PASSWORD}"), &[]).await;
    let to = page.body.split("class=\"button main\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    (session, to.expect("a link").replace("&#38;", "&").replace("&amp;", "&"))
}

fn came_in(answer: &Answer) -> bool {
    answer.cookie("jc-session").is_some()
}

#[tokio::test]
async fn an_issuer_that_lies_brings_nobody_in() {
    let there = StandIn::new();
    let site = there.site();
    assert!(site.get("/sign-in", "").await.body.contains("用统一身份认证登录"));

    // Known there, by the office's own name and address: nobody here.
    let (visit, to) = leaves(&site, "oidc").await;
    let unknown = there.come(&site, &visit, &to).await;
    assert!(
        unknown.status == StatusCode::UNAUTHORIZED && !came_in(&unknown) && unknown.body.contains("还没有与账号关联")
    );

    let (session, to) = linked(&site, "oidc").await;
    let other = site.get("/sign-in", "").await.cookie("jc-visit").expect("a cookie");
    let stolen = there.come(&site, &other, &to).await;
    assert!(stolen.status == StatusCode::UNAUTHORIZED, "another browser does not finish what this one began");
    assert_eq!(there.come(&site, &session, &to).await.status, StatusCode::UNAUTHORIZED, "and then it is over");
    let (session, to) = linked(&site, "oidc").await;
    let done = there.come(&site, &session, &to).await;
    assert!(done.status == StatusCode::SEE_OTHER && !came_in(&done), "{}", done.body);
    assert!(!site.get("/account", &session).await.body.contains("s-1"), "the word of the issuer is kept nowhere");

    let (visit, to) = leaves(&site, "oidc").await;
    let honest = there.come(&site, &visit, &to).await;
    assert!(came_in(&honest), "{}", honest.body);
    assert_eq!(honest.headers.get("location").and_then(|to| to.to_str().ok()), Some("/figures"));
    assert!(!came_in(&there.come(&site, &visit, &to).await), "an answer is taken once");

    let stranger_key = public(&pair());
    let lies: Vec<(&str, Lie)> = vec![
        ("no signature", Box::new(|said| (said.head, said.signs) = (json!({ "alg": "none" }), "none"))),
        ("the public key as a secret", Box::new(|said| (said.head, said.signs) = (json!({ "alg": "HS256" }), "hmac"))),
        ("a stranger's signature", Box::new(|said| said.signs = "stranger")),
        (
            "a key brought along",
            Box::new(move |said| {
                (said.head, said.signs) = (json!({ "jwk": stranger_key, "kid": null }), "stranger");
            }),
        ),
        ("a key it has not", Box::new(|said| said.head = json!({ "kid": "2" }))),
        ("another issuer", Box::new(|said| said.claims = json!({ "iss": "https://evil.example" }))),
        ("for somebody else", Box::new(|said| said.claims = json!({ "aud": "other" }))),
        ("made for another", Box::new(|said| said.claims = json!({ "azp": "other" }))),
        ("run out", Box::new(|said| said.claims = json!({ "exp": NOW - 120 }))),
        ("without an end", Box::new(|said| said.claims = json!({ "exp": null }))),
        ("another sign-in's", Box::new(|said| said.claims = json!({ "nonce": "another" }))),
        ("without a number", Box::new(|said| said.claims = json!({ "nonce": null }))),
        ("another person's", Box::new(|said| said.claims = json!({ "sub": "s-2" }))),
        ("nobody's", Box::new(|said| said.claims = json!({ "sub": null }))),
        ("keys elsewhere", Box::new(|said| said.description = json!({ "jwks_uri": "https://evil.example/keys" }))),
        (
            "tokens elsewhere",
            Box::new(|said| said.description = json!({ "token_endpoint": "http://localhost:1/token" })),
        ),
        ("another's description", Box::new(|said| said.description = json!({ "issuer": "https://evil.example" }))),
        ("a redirect", Box::new(|said| said.redirects = true)),
    ];
    let mut refused = 0;
    for (what, lie) in &lies {
        there.honest();
        let (visit, to) = leaves(&site, "oidc").await;
        there.says(|said| lie(said));
        let answer = there.come(&site, &visit, &to).await;
        assert!(answer.status == StatusCode::UNAUTHORIZED && !came_in(&answer), "{what}: {}", answer.status);
        assert!(!answer.body.contains("evil") && !answer.body.contains("token is"), "{what}: the cause is not told");
        refused += 1;
    }
    assert_eq!(refused, 18);
    there.honest();
    // A number that was never given out, the answer of another issuer, no code, a code that is not ours.
    let (visit, to) = leaves(&site, "oidc").await;
    let state = pairs(to.split_once('?').expect("a query").1)["state"].clone();
    for back in [
        "code=c-1&state=00000000000000000000000000000000".to_owned(),
        "code=c-1".to_owned(),
        format!("code=c-1&iss=https%3A%2F%2Fevil.example&state={state}"),
    ] {
        assert!(!came_in(&site.get(&format!("/sign-on/oidc/back?{back}"), &visit).await), "{back}");
    }
    let (visit, to) = leaves(&site, "oidc").await;
    let state = pairs(to.split_once('?').expect("a query").1)["state"].clone();
    there.says(|said| said.challenge = "another".into());
    let unproved = site.get(&format!("/sign-on/oidc/back?code=c-1&state={state}"), &visit).await;
    assert!(!came_in(&unproved), "the code alone is of no use");
    assert_eq!(site.get("/sign-on/nothing", "").await.status, StatusCode::NOT_FOUND);

    // Taken away again, nobody comes by it.
    let token = site.get("/account", &session).await.token();
    let form = format!("token={token}&password=");
    let refused = site.post("/account/links/oidc/end", &session, &form, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "not without the password");
    site.post("/account/links/oidc/end", &session, &format!("{form}{PASSWORD}"), &[]).await;
    let (visit, to) = leaves(&site, "oidc").await;
    assert!(!came_in(&there.come(&site, &visit, &to).await));
}

#[tokio::test]
async fn a_ticket_is_asked_about_where_it_comes_from() {
    let there = StandIn::new();
    let site = there.site();
    let success = |user: &str| {
        format!(
            "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'><cas:authenticationSuccess><cas:user>{user}\
             </cas:user></cas:authenticationSuccess></cas:serviceResponse>"
        )
    };
    let back = |to: &str| {
        let service = pairs(to.split_once('?').expect("a query").1)["service"].clone();
        assert!(
            to.starts_with(&format!("{}/cas/login?", there.issuer))
                && service.starts_with("http://college.example/sign-on/cas/back?")
        );
        service.trim_start_matches("http://college.example").to_owned()
    };
    there.says(|said| said.xml = success("T1"));
    let (session, to) = linked(&site, "cas").await;
    assert_eq!(site.get(&format!("{}&ticket=ST-1", back(&to)), &session).await.status, StatusCode::SEE_OTHER);
    let (visit, to) = leaves(&site, "cas").await;
    let way = back(&to);
    assert!(came_in(&site.get(&format!("{way}&ticket=ST-2"), &visit).await));
    there.says(|said| {
        let asked = said.asked.last().expect("it was asked");
        assert_eq!(
            (asked["ticket"].as_str(), asked["service"].as_str()),
            ("ST-2", format!("http://college.example{way}").as_str())
        );
    });
    let failure = "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'><cas:authenticationFailure code='INVALID_SERVICE'>no\
                   </cas:authenticationFailure></cas:serviceResponse>";
    for (what, xml, ticket) in [
        ("another service's ticket", failure.to_owned(), "ST-3"),
        ("another person", success("T2"), "ST-3"),
        ("a document type", format!("<!DOCTYPE a [<!ENTITY e 'T1'>]>{}", success("&e;")), "ST-3"),
        ("another root", success("T1").replace("serviceResponse", "response"), "ST-3"),
        ("no XML", "T1".to_owned(), "ST-3"),
        ("a proxy's ticket", success("T1"), "PT-3"),
        ("a ticket with an address in it", success("T1"), "ST-3%26service=x"),
        ("no ticket", success("T1"), ""),
        ("no end", success("T1").repeat(2000) + &" ".repeat(300_000), "ST-3"),
    ] {
        there.says(|said| said.xml = xml);
        let (visit, to) = leaves(&site, "cas").await;
        let answer = site.get(&format!("{}&ticket={ticket}", back(&to)), &visit).await;
        assert!(answer.status == StatusCode::UNAUTHORIZED && !came_in(&answer), "{what}: {}", answer.status);
    }
    there.says(|said| said.xml = success("T1"));
    let (_, to) = leaves(&site, "cas").await;
    let other = site.get("/sign-in", "").await.cookie("jc-visit").expect("a cookie");
    assert!(!came_in(&site.get(&format!("{}&ticket=ST-4", back(&to)), &other).await), "another browser's");
}
