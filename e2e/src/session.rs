//! One browser: a `chromedriver` of its own, and the WebDriver session it holds.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::leash::Leashed;
use crate::program::new_folder;
use crate::{Failure, Result, http};

/// How long one command may take; the slowest is the first page after a start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// Where the driver and the browser may be: Debian's place first, then other systems'.
const DRIVERS: [&str; 3] = ["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver", "/usr/local/bin/chromedriver"];
const BROWSERS: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// `--no-sandbox` because root and most containers cannot have one, and the only pages visited are our own. The rest
/// keeps the browser from asking its maker's hosts, which a closed network refuses many times over.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

/// How a person looks at the screens: window, language, colours, scripts.
#[derive(Clone, Debug)]
pub struct Look {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Height of the window in CSS pixels.
    pub height: u32,
    /// What the browser asks for in `Accept-Language`.
    pub language: &'static str,
    /// Whether the person prefers dark colours.
    pub dark: bool,
    /// Whether scripts run; reading has to work without them.
    pub scripts: bool,
}

impl Default for Look {
    /// A desk: 1280 × 800, Chinese, light, with scripts.
    fn default() -> Look {
        Look { width: 1280, height: 800, language: "zh-CN", dark: false, scripts: true }
    }
}

impl Look {
    /// A phone: 360 × 740, otherwise as at a desk.
    pub fn phone() -> Look {
        Look { width: 360, height: 740, ..Look::default() }
    }
}

/// Where browser and driver are, or what to install.
pub fn find_browser() -> std::result::Result<(PathBuf, PathBuf), String> {
    let find = |names: &[&str]| names.iter().map(PathBuf::from).find(|p| p.exists());
    match (find(&DRIVERS), find(&BROWSERS)) {
        (Some(driver), Some(browser)) => Ok((driver, browser)),
        _ => Err("no chromium with chromedriver (on Debian: apt-get install chromium chromium-driver)".into()),
    }
}

/// A session of the WebDriver protocol; dropping it closes the browser.
pub struct Session {
    port: u16,
    id: String,
    scripts: bool,
    _driver: Leashed,
}

/// What the driver answered instead of doing what it was asked.
pub struct Refusal {
    /// The protocol's code, such as `no such element`.
    pub kind: String,
    /// The driver's own words, first line.
    pub words: String,
}

impl Refusal {
    /// Whether the same command may well succeed a moment later, because the page is still moving.
    pub fn may_pass(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "no such element"
                | "stale element reference"
                | "element click intercepted"
                | "element not interactable"
                | "invalid element state"
        )
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::new(refusal.words)
    }
}

impl Session {
    /// Starts driver and browser.
    pub fn start(look: &Look) -> Result<Session> {
        let (driver, browser) = find_browser().map_err(Failure::new)?;
        let profile = new_folder("jiangce-browser-")?;
        let (driver, port) = start_driver(&driver, &profile)?;
        let mut session = Session { port, id: String::new(), scripts: look.scripts, _driver: driver };
        let answer = session.call("POST", "/session", &wishes(&browser, &profile, look))?;
        session.id = answer["sessionId"].as_str().unwrap_or_default().to_string();
        // A page may take as long as the machine is slow; finding has its own patience, in `Browser`.
        session.post("/timeouts", &json!({ "pageLoad": 60_000, "script": 30_000, "implicit": 0 }))?;
        session.apply(look)?;
        Ok(session)
    }

    /// What the window's flags cannot say. The window has a smallest width on some systems, so the size is set on the
    /// page's own view.
    fn apply(&self, look: &Look) -> Result {
        let scheme = if look.dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            // Pictures and clicks should not meet a thing half-way through moving.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.resize(look.width, look.height)?;
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))?;
        self.let_scripts_run(look.scripts)
    }

    /// Does something that needs scripts of our own on a page whose scripts are switched off. The page's scripts were
    /// passed over when it was loaded, and stay so.
    pub fn with_scripts<T>(&self, act: impl FnOnce() -> Result<T>) -> Result<T> {
        if self.scripts {
            return act();
        }
        self.let_scripts_run(true)?;
        let done = act();
        self.let_scripts_run(false)?;
        done
    }

    fn let_scripts_run(&self, run: bool) -> Result {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !run }))?;
        Ok(())
    }

    /// Gives the page a view of this size in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result {
        let view = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", view)?;
        Ok(())
    }

    /// A command of Chromium's own protocol, for what WebDriver lacks.
    pub fn devtools(&self, command: &str, with: Value) -> std::result::Result<Value, Refusal> {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": with }))
    }

    /// A `GET` on this session.
    pub fn get(&self, path: &str) -> std::result::Result<Value, Refusal> {
        self.call("GET", &format!("/session/{}{path}", self.id), &Value::Null)
    }

    /// A `POST` on this session.
    pub fn post(&self, path: &str, body: &Value) -> std::result::Result<Value, Refusal> {
        self.call("POST", &format!("/session/{}{path}", self.id), body)
    }

    /// A `DELETE` on this session.
    pub fn delete(&self, path: &str) -> std::result::Result<Value, Refusal> {
        self.call("DELETE", &format!("/session/{}{path}", self.id), &Value::Null)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> std::result::Result<Value, Refusal> {
        let text = if body.is_null() { None } else { Some(body.to_string()) };
        let broken = |words: String| Refusal { kind: "no answer".into(), words };
        let answer = http::send(self.port, method, path, text.as_deref(), PATIENCE)
            .map_err(|e| broken(format!("the browser's driver does not answer: {e}")))?;
        let mut value: Value = serde_json::from_slice(&answer.body)
            .map_err(|e| broken(format!("the browser's driver answers nonsense: {e}")))?;
        let value = value["value"].take();
        if answer.status == 200 {
            return Ok(value);
        }
        let words = value["message"].as_str().unwrap_or("no words").lines().next().unwrap_or_default().to_string();
        Err(Refusal { kind: value["error"].as_str().unwrap_or("unknown").to_string(), words })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closes the browser in good order; should that fail, the leash ends it anyway.
        let _ = self.delete("");
    }
}

/// What we ask of the browser when it starts.
fn wishes(browser: &Path, profile: &Path, look: &Look) -> Value {
    let mut flags: Vec<String> = FLAGS.iter().map(|f| f.to_string()).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push(format!("--window-size={},{}", look.width, look.height));
    flags.push(format!("--lang={}", look.language));
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "pageLoadStrategy": "normal",
        "unhandledPromptBehavior": "ignore",
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "goog:chromeOptions": {
            "binary": browser,
            "args": flags,
            "prefs": { "intl.accept_languages": look.language, "credentials_enable_service": false },
        },
    } } })
}

/// Asked for port 0 the driver takes one that is free over IPv6, and gives up if another driver has the same over IPv4
/// meanwhile: then it is started again.
fn start_driver(driver: &Path, profile: &Path) -> Result<(Leashed, u16)> {
    const TRIES: usize = 5;
    let mut tries = 1;
    loop {
        let started = Leashed::start(driver, &["--port=0".into()], &[], Some(profile))?;
        match port_of(&started) {
            Ok(port) => return Ok((started, port)),
            Err(_) if tries < TRIES && started.said().iter().any(|line| line.contains("port not available")) => {
                tries += 1;
            }
            Err(failure) => return Err(failure),
        }
    }
}

/// The port the driver says it took.
fn port_of(driver: &Leashed) -> Result<u16> {
    let start = Instant::now();
    loop {
        let said = driver.said();
        let port = said.iter().find_map(|line| line.split("started successfully on port ").nth(1));
        if let Some(port) = port.and_then(|p| p.trim_end_matches('.').parse().ok()) {
            return Ok(port);
        }
        if driver.has_ended() || start.elapsed() > PATIENCE {
            return Err(Failure::new(format!("chromedriver does not start; it said:\n  {}", said.join("\n  "))));
        }
        thread::sleep(Duration::from_millis(10));
    }
}
