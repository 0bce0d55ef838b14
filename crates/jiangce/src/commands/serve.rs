//! `serve`: the college's own data, for its people.

use crate::cli::Serve;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{Refusal, file, refuse, shown};
use crate::heads::Collector;
use crate::settings::Settings;
use crate::{logging, serving};
use anyhow::Result;
use jc_app::App;
use jc_app::accounts::NewAccount;
use jc_base::{Finding, Place, RoleId};
use jc_web::state::Settings as WebSettings;
use jc_web::tls::{Tls, TlsFault};
use std::path::Path;
use std::time::SystemTime;

const TLS_UNREADABLE: &str = "SET-011";
const TLS_NO_CERTIFICATE: &str = "SET-012";
const TLS_NO_KEY: &str = "SET-013";
const TLS_NOT_TOGETHER: &str = "SET-014";
const TLS_OUT_OF_DATE: &str = "SET-018";

/// The login of the first administrator.
const FIRST: &str = "admin";

/// Opens the data, at a first start makes the school and its administrator, and serves.
pub fn run(desk: &Desk, given: &Serve) -> Result<Exit> {
    let settings = in_force(desk, given)?;
    if !desk.global.verbose {
        let level = settings.log_level.as_deref().unwrap_or("info");
        logging::begin(level, settings.log_format.as_deref() == Some("json"));
    }
    let tls = tls(&settings).map_err(|finding| {
        let words = jc_words::terminal(desk.lang, &finding, None);
        anyhow::Error::from(Refusal { exit: Exit::Failed, words: words.trim_end().to_owned() })
    })?;
    let token = metrics_token(desk, &settings)?;
    let sign_on = super::sign_on::of(desk, &settings)?;
    let setup = desk.setup();
    let app = if given.school_name.is_some() || setup.database.is_some() { desk.make(setup)? } else { open(desk)? };
    let app = app.scanning_with(settings.scanner());
    let app = app.guarded_by(settings.safety());
    let risky = app.risky_settings()?;
    if !risky.is_empty() {
        desk.note("cli-serve-risky", &[("settings", risky.join(", ").into())]);
    }
    let first = app.schools()?.is_empty();
    if first {
        let Some(name) = given.school_name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
            return Err(refuse(desk, Exit::Usage, "cli-serve-name-missing", &[]));
        };
        app.add_school(name, false)?;
    }
    let listener = serving::bind(desk, settings.listen)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let address = settings.public.clone().unwrap_or_else(|| serving::address(scheme, &listener));
    invite_first(desk, &app, &address)?;
    desk.tell("cli-serving", &[("address", address.as_str().into())]);
    let web = WebSettings {
        https: address.starts_with("https://"),
        origin: settings.public.clone().or_else(|| tls.is_some().then(|| address.clone())),
        behind_proxy: settings.behind_proxy,
        metrics_token: token,
        sign_on,
        body_idle: Some(settings.limits().body_idle),
        ..WebSettings::default()
    };
    serving::serve(app, web, listener, tls, settings.limits(), settings.audit_syslog.clone().map(Collector))?;
    desk.note("cli-stopped", &[]);
    Ok(Exit::Fine)
}

/// The settings of the file, with what was typed over them. Listening beyond this machine wants TLS or a proxy.
fn in_force(desk: &Desk, given: &Serve) -> Result<Settings> {
    let mut settings = super::config::in_force(desk, true)?;
    settings.listen = given.listen.or(settings.listen);
    settings.public = given.origin.clone().or(settings.public);
    settings.behind_proxy |= given.behind_proxy;
    settings.certificate = given.tls_certificate.clone().or(settings.certificate);
    settings.key = given.tls_key.clone().or(settings.key);
    let beyond = settings.listen.is_some_and(|address| !address.ip().is_loopback());
    if beyond && !settings.behind_proxy && settings.certificate.is_none() {
        return Err(refuse(desk, Exit::Usage, "cli-serve-loopback", &[]));
    }
    if (beyond || settings.behind_proxy) && settings.public.is_none() {
        return Err(refuse(desk, Exit::Usage, "cli-serve-nameless", &[]));
    }
    Ok(settings)
}

/// Certificate and key, if the settings name them and they fit.
pub fn tls(settings: &Settings) -> Result<Option<Tls>, Box<Finding>> {
    let (Some(certificate), Some(key)) = (&settings.certificate, &settings.key) else { return Ok(None) };
    let fault = |code, path: &Path| Box::new(Finding::error(code, Place::File { file: shown(path) }));
    let read = |path: &Path| std::fs::read(path).map_err(|_| fault(TLS_UNREADABLE, path));
    let made = Tls::new(&read(certificate)?, &read(key)?, SystemTime::now());
    made.map(Some).map_err(|why| match why {
        TlsFault::NoCertificate => fault(TLS_NO_CERTIFICATE, certificate),
        TlsFault::NoKey => fault(TLS_NO_KEY, key),
        TlsFault::NotTogether => fault(TLS_NOT_TOGETHER, key),
        TlsFault::OutOfDate => fault(TLS_OUT_OF_DATE, certificate),
    })
}

/// The token that opens the service's numbers: the first line of its file.
fn metrics_token(desk: &Desk, settings: &Settings) -> Result<Option<String>> {
    let Some(path) = &settings.metrics_token_file else { return Ok(None) };
    let text = std::fs::read_to_string(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    let token = text.lines().next().unwrap_or_default().trim();
    if token.len() < 16 {
        return Err(refuse(desk, Exit::Usage, "cli-serve-token-short", &[("file", shown(path).into())]));
    }
    Ok(Some(token.to_owned()))
}

/// Opens data that is there; without it the way to make some is named.
fn open(desk: &Desk) -> Result<App> {
    let data = desk.data();
    if !data.join("jiangce.db").is_file() {
        return Err(refuse(desk, Exit::Usage, "cli-serve-name-missing", &[]));
    }
    desk.open()
}

/// Every school without an account gets its administrator and a one-time link, printed once.
fn invite_first(desk: &Desk, app: &App, address: &str) -> Result<()> {
    for (school, name, _) in app.schools()? {
        let person = Desk::machine(school);
        let administrator = app.administrator(&person)?;
        if !administrator.accounts()?.is_empty() {
            continue;
        }
        let role = RoleId::from("administrator");
        let new = NewAccount {
            login: FIRST.to_owned(),
            name: super::user::role_names(desk, &app.catalog(), std::slice::from_ref(&role)),
            roles: vec![role],
            office: None,
            ties: Vec::new(),
        };
        let token = administrator.invite(&new)?;
        let with = [("school", name.as_str().into()), ("login", FIRST.into())];
        desk.tell("cli-serve-first", &with);
        desk.say(&format!("  {address}/start/{token}"));
    }
    Ok(())
}
