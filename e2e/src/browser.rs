//! What a journey can do on a screen, and what it can see there.
//!
//! Elements are named by CSS selectors. Every step waits for its element, and tries again while the page is still
//! moving, so that a journey needs no pauses of its own.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::session::{Look, Refusal, Session};
use crate::{Failure, Result, base64};

/// How long a step waits for its element before it fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The protocol's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with one window.
pub struct Browser {
    pub(crate) session: Session,
}

impl Browser {
    /// Starts a browser that looks at screens as `look` says.
    pub fn start(look: &Look) -> Result<Browser> {
        Ok(Browser { session: Session::start(look)? })
    }

    // ---- Going about ----

    /// Opens an address and waits until it has loaded.
    pub fn goto(&self, url: &str) -> Result {
        self.session.post("/url", &json!({ "url": url })).map_err(|e| at(&format!("open {url}"), e))?;
        Ok(())
    }

    /// Goes back, as with the browser's button.
    pub fn back(&self) -> Result {
        self.session.post("/back", &json!({}))?;
        Ok(())
    }

    /// Loads the screen again.
    pub fn reload(&self) -> Result {
        self.session.post("/refresh", &json!({}))?;
        Ok(())
    }

    /// The address of the screen.
    pub fn url(&self) -> Result<String> {
        Ok(string(&self.session.get("/url")?))
    }

    /// The window's title.
    pub fn title(&self) -> Result<String> {
        Ok(string(&self.session.get("/title")?))
    }

    /// Forgets who is signed in: all cookies of this site.
    pub fn forget(&self) -> Result {
        self.session.delete("/cookie")?;
        Ok(())
    }

    /// Gives the page a view of another size, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result {
        self.session.resize(width, height)
    }

    // ---- Doing ----

    /// Clicks the first element of `css`.
    pub fn click(&self, css: &str) -> Result {
        self.on(&format!("click {css}"), || self.find(css), |id| self.element_post(id, "click", json!({})).map(drop))
    }

    /// Clicks the first element of `css` whose visible text contains `words`.
    pub fn click_text(&self, css: &str, words: &str) -> Result {
        let what = format!("click {css} with the text “{words}”");
        self.on(&what, || self.find_text(css, words), |id| self.element_post(id, "click", json!({})).map(drop))
    }

    /// Replaces what stands in the field by `text`, key by key.
    pub fn type_text(&self, css: &str, text: &str) -> Result {
        self.on(
            &format!("type into {css}"),
            || self.find(css),
            |id| {
                self.element_post(id, "clear", json!({}))?;
                self.element_post(id, "value", json!({ "text": text })).map(drop)
            },
        )
    }

    /// Sets a field that is not typed into letter by letter, such as a date (`2026-06-30`), and tells the page so.
    pub fn set(&self, css: &str, value: &str) -> Result {
        self.wait_for(css)?;
        let script = "const field = document.querySelector(arguments[0]);
            field.value = arguments[1];
            for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }))";
        self.run(script, json!([css, value])).map_err(|e| at(&format!("set {css}"), e))?;
        Ok(())
    }

    /// Hands a file to a file field.
    pub fn upload(&self, css: &str, file: &Path) -> Result {
        let path = fs::canonicalize(file).map_err(|e| Failure::new(format!("upload {}: {e}", file.display())))?;
        let text = path.display().to_string();
        self.on(
            &format!("upload into {css}"),
            || self.find(css),
            |id| self.element_post(id, "value", json!({ "text": text })).map(drop),
        )
    }

    /// Chooses the option with the label `label` in a drop-down list.
    pub fn choose(&self, css: &str, label: &str) -> Result {
        let options = format!("{css} option");
        let what = format!("choose “{label}” in {css}");
        self.on(&what, || self.find_text(&options, label), |id| self.element_post(id, "click", json!({})).map(drop))
    }

    /// Presses a key where the focus is: a character, or `Enter`, `Escape`, `Tab`, `Backspace`, `Space`, `ArrowDown`,
    /// `ArrowUp`; `Ctrl+` and `Shift+` may stand before it.
    pub fn press(&self, key: &str) -> Result {
        let mut actions = Vec::new();
        for part in key.split('+') {
            actions.push(json!({ "type": "keyDown", "value": key_code(part)? }));
        }
        for part in key.split('+').rev() {
            actions.push(json!({ "type": "keyUp", "value": key_code(part)? }));
        }
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.session.post("/actions", &json!({ "actions": [keyboard] }))?;
        Ok(())
    }

    /// Runs a script in the page and returns what it returns.
    pub fn eval(&self, script: &str) -> Result<Value> {
        self.run(script, json!([])).map_err(|e| at("run a script", e))
    }

    // ---- Seeing ----

    /// Waits until an element of `css` can be seen.
    pub fn wait_for(&self, css: &str) -> Result {
        self.until(&format!("wait for {css}"), || {
            let id = self.find(css)?;
            Ok(self.session.get(&format!("/element/{id}/displayed"))? == Value::Bool(true))
        })
    }

    /// Waits until an element of `css` shows `words`.
    pub fn wait_for_text(&self, css: &str, words: &str) -> Result {
        self.until(&format!("wait for “{words}” in {css}"), || self.find_text(css, words).map(|_| true))
    }

    /// Waits until no element of `css` is left.
    pub fn wait_until_gone(&self, css: &str) -> Result {
        self.until(&format!("wait until {css} is gone"), || Ok(self.count_now(css)? == 0))
    }

    /// How many elements of `css` there are now; does not wait.
    pub fn count(&self, css: &str) -> Result<usize> {
        self.count_now(css).map_err(|e| at(&format!("count {css}"), e))
    }

    /// The visible text of the first element of `css`.
    pub fn text(&self, css: &str) -> Result<String> {
        self.on(
            &format!("read {css}"),
            || self.find(css),
            |id| Ok(string(&self.session.get(&format!("/element/{id}/text"))?)),
        )
    }

    /// The visible texts of all elements of `css`, in the page's order; does not wait.
    pub fn texts(&self, css: &str) -> Result<Vec<String>> {
        let script = "return Array.from(document.querySelectorAll(arguments[0]), e => e.innerText.trim())";
        let texts = self.run(script, json!([css])).map_err(|e| at(&format!("read all {css}"), e))?;
        Ok(texts.as_array().into_iter().flatten().map(string).collect())
    }

    /// What stands in a field.
    pub fn value(&self, css: &str) -> Result<String> {
        self.on(
            &format!("read the field {css}"),
            || self.find(css),
            |id| Ok(string(&self.session.get(&format!("/element/{id}/property/value"))?)),
        )
    }

    /// An attribute of the first element of `css`, if it has one.
    pub fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        self.on(
            &format!("read {name} of {css}"),
            || self.find(css),
            |id| Ok(self.session.get(&format!("/element/{id}/attribute/{name}"))?.as_str().map(str::to_string)),
        )
    }

    /// Saves a picture of what the window shows.
    pub fn screenshot(&self, path: impl AsRef<Path>) -> Result {
        let picture = self.session.get("/screenshot")?;
        save_picture(path.as_ref(), &picture)
    }

    /// Saves a picture of the whole page, however long.
    pub fn screenshot_whole(&self, path: impl AsRef<Path>) -> Result {
        let how = json!({ "format": "png", "captureBeyondViewport": true });
        let picture = self.session.devtools("Page.captureScreenshot", how)?;
        save_picture(path.as_ref(), &picture["data"])
    }

    /// What scripts and loads complained of since the last call, with the place each names.
    pub fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.session.post("/se/log", &json!({ "type": "browser" }))?;
        let severe = |entry: &&Value| entry["level"] == "SEVERE";
        Ok(log.as_array().into_iter().flatten().filter(severe).map(|e| string(&e["message"])).collect())
    }

    /// The addresses that pages asked for since the last call, sent or not.
    pub fn asked(&self) -> Result<Vec<String>> {
        let log = self.session.post("/se/log", &json!({ "type": "performance" }))?;
        let events = log.as_array().into_iter().flatten().filter_map(|entry| entry["message"].as_str());
        let asked = events.filter_map(|event| {
            let event: Value = serde_json::from_str(event).ok()?;
            let (event, with) = (event["message"]["method"].as_str()?, &event["message"]["params"]);
            match event {
                "Network.requestWillBeSent" => with["request"]["url"].as_str().map(str::to_owned),
                "Network.webSocketCreated" => with["url"].as_str().map(str::to_owned),
                _ => None,
            }
        });
        Ok(asked.collect())
    }

    /// Of [`asked`](Self::asked), those of others than this machine: nobody outside is told anything.
    pub fn asked_beyond(&self) -> Result<Vec<String>> {
        Ok(self.asked()?.into_iter().filter(|url| !stays_here(url)).collect())
    }

    // ---- How ----

    /// Runs a script with arguments.
    pub(crate) fn run(&self, script: &str, args: Value) -> std::result::Result<Value, Refusal> {
        self.session.post("/execute/sync", &json!({ "script": script, "args": args }))
    }

    fn find(&self, css: &str) -> std::result::Result<String, Refusal> {
        let found = self.session.post("/element", &json!({ "using": "css selector", "value": css }))?;
        Ok(string(&found[ELEMENT]))
    }

    fn find_text(&self, css: &str, words: &str) -> std::result::Result<String, Refusal> {
        // An option of a closed list has no `innerText` in some versions, but always its text.
        let script = "return Array.from(document.querySelectorAll(arguments[0]))
            .find(e => (e.innerText || e.textContent || '').includes(arguments[1])) || null";
        let found = self.run(script, json!([css, words]))?;
        match found[ELEMENT].as_str() {
            Some(id) => Ok(id.to_string()),
            None => Err(Refusal { kind: "no such element".into(), words: format!("no {css} shows “{words}”") }),
        }
    }

    fn count_now(&self, css: &str) -> std::result::Result<usize, Refusal> {
        let found = self.session.post("/elements", &json!({ "using": "css selector", "value": css }))?;
        Ok(found.as_array().map_or(0, Vec::len))
    }

    fn element_post(&self, id: &str, action: &str, body: Value) -> std::result::Result<Value, Refusal> {
        self.session.post(&format!("/element/{id}/{action}"), &body)
    }

    /// Finds an element and does something with it, again and again while the page is still moving.
    fn on<T>(
        &self,
        what: &str,
        find: impl Fn() -> std::result::Result<String, Refusal>,
        act: impl Fn(&str) -> std::result::Result<T, Refusal>,
    ) -> Result<T> {
        self.patiently(what, || find().and_then(|id| act(&id)).map(Some))
    }

    fn until(&self, what: &str, is: impl Fn() -> std::result::Result<bool, Refusal>) -> Result {
        self.patiently(what, || Ok(is()?.then_some(())))
    }

    fn patiently<T>(&self, what: &str, step: impl Fn() -> std::result::Result<Option<T>, Refusal>) -> Result<T> {
        let start = Instant::now();
        loop {
            let words = match step() {
                Ok(Some(done)) => return Ok(done),
                Ok(None) => "it did not happen".to_string(),
                Err(refusal) if refusal.may_pass() => refusal.words,
                Err(refusal) => return Err(at(what, refusal)),
            };
            if start.elapsed() > PATIENCE {
                let seconds = PATIENCE.as_secs();
                return Err(Failure::new(format!("could not {what} within {seconds} seconds: {words}")));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Whether an address is one of this machine, or none that anything is sent to.
fn stays_here(url: &str) -> bool {
    let inner = ["data:", "blob:", "about:", "chrome:", "chrome-extension:", "devtools:"];
    inner.iter().any(|scheme| url.starts_with(scheme))
        || ["http://127.0.0.1:", "https://127.0.0.1:", "https://localhost:"].iter().any(|start| url.starts_with(start))
}

fn at(what: &str, refusal: Refusal) -> Failure {
    Failure::new(format!("could not {what}: {}", refusal.words))
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn save_picture(path: &Path, picture: &Value) -> Result {
    let bytes = picture.as_str().and_then(base64::decode).ok_or(Failure::new("the browser gave no picture"))?;
    let saved = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes));
    saved.map_err(|e| Failure::new(format!("cannot save {}: {e}", path.display())))
}

/// The protocol's code for a key's name.
fn key_code(name: &str) -> Result<String> {
    let code = match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Ctrl" => '\u{E009}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "ArrowUp" => '\u{E013}',
        "ArrowDown" => '\u{E015}',
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => return Err(Failure::new(format!("no key is called “{name}”"))),
            }
        }
    };
    Ok(code.to_string())
}
