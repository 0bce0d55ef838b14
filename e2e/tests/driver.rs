//! The journeys' own tools, tried on pages served here: if these fail, a failing journey says nothing of the program.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use e2e::{Look, Result, journey, journey_with};

const PAGE: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>试页</title>
<link rel="icon" href="data:,"></head><body><main>
<h1>台账</h1>
<label>姓名 <input id="name" value="旧"></label>
<label>院系 <select id="department"><option>数控系</option><option>电气系</option></select></label>
<label>日期 <input id="date" type="date" onchange="out.textContent = this.value"></label>
<label>文件 <input id="file" type="file"></label>
<button id="greet" onclick="setTimeout(() => {
  out.innerHTML = '<strong>' + document.getElementById('name').value + '，您好</strong>' }, 300)">提交核实</button>
<p id="out"></p>
<p id="language"></p>
<noscript><p id="noscript">没有脚本</p></noscript>
<a href="/second">第二页</a>
</main><script>document.addEventListener('keydown', e => { if (e.key === '/') out.textContent = '搜索' });
document.getElementById('language').textContent = navigator.language;</script></body></html>"#;

const FAULTY: &str = r#"<!doctype html><html><head><meta charset="utf-8"><title>错页</title>
<link rel="icon" href="data:,"></head><body>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><script>missing()</script></body></html>"#;

/// Asks another for a picture, and tells it of a visit.
const TALKATIVE: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>外页</title>
<link rel="icon" href="data:,"></head><body><img alt="" src="http://elsewhere.invalid/picture.png">
<script>fetch("https://elsewhere.invalid/visit").catch(() => {})</script></body></html>"#;

/// Serves the pages above for as long as the test runs; returns the address.
fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut lines = BufReader::new(stream.try_clone().expect("a handle")).lines();
            let Some(Ok(first)) = lines.next() else { continue };
            while lines.next().is_some_and(|line| line.is_ok_and(|l| !l.is_empty())) {}
            let body = match first.split(' ').nth(1) {
                Some("/second") => FAULTY,
                Some("/third") => TALKATIVE,
                _ => PAGE,
            };
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
            let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        }
    });
    address
}

#[test]
fn reads_types_clicks_and_waits() {
    let site = site();
    journey("driver-steps", |browser| -> Result {
        browser.goto(&site)?;
        assert_eq!(browser.title()?, "试页");
        assert_eq!(browser.text("h1")?, "台账");
        assert_eq!(browser.text("#language")?, "zh-CN");
        browser.type_text("#name", "王小明")?;
        assert_eq!(browser.value("#name")?, "王小明");
        browser.click_text("button", "提交")?;
        browser.wait_for("#out strong")?;
        assert_eq!(browser.text("#out")?, "王小明，您好");
        browser.choose("#department", "电气系")?;
        assert_eq!(browser.value("#department")?, "电气系");
        browser.set("#date", "2026-06-30")?;
        browser.wait_until_gone("#out strong")?;
        assert_eq!(browser.text("#out")?, "2026-06-30");
        browser.upload("#file", std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").as_path())?;
        assert!(browser.value("#file")?.ends_with("Cargo.toml"));
        browser.eval("document.activeElement.blur()")?;
        browser.press("/")?;
        browser.wait_for_text("#out", "搜索")?;
        assert_eq!(browser.count("label")?, 4);
        assert_eq!(browser.texts("option")?, ["数控系", "电气系"]);
        assert_eq!(browser.attribute("h1", "lang")?, None);
        browser.audit()
    });
}

#[test]
fn shows_the_screen_as_a_screen_reader_is_told_it() {
    let site = site();
    journey("driver-aria", |browser| {
        browser.goto(&site)?;
        let expected = "\
- main
  - heading \"台账\" [level=1]
  - LabelText
    - text \"姓名\"
    - textbox \"姓名\" = \"旧\"
";
        let aria = browser.aria("main")?;
        assert!(aria.starts_with(expected), "{aria}");
        Ok(())
    });
}

#[test]
fn finds_faults_and_console_errors() {
    let site = site();
    journey("driver-faults", |browser| {
        browser.goto(&site)?;
        browser.click("a")?;
        assert!(browser.url()?.ends_with("/second"));
        let faults = browser.faults()?;
        assert!(faults.iter().any(|f| f.starts_with("image-alt (")), "{faults:#?}");
        assert!(faults.iter().any(|f| f.starts_with("html-has-lang (")), "{faults:#?}");
        let errors = browser.console_errors()?;
        assert!(errors.len() == 1 && errors[0].contains("missing is not defined"), "{errors:#?}");
        Ok(())
    });
}

#[test]
fn a_page_that_asks_others_is_found_out() {
    let site = site();
    journey("driver-beyond", |browser| {
        browser.goto(&site)?;
        assert_eq!(browser.asked_beyond()?, [""; 0]);
        browser.goto(&format!("{site}/third"))?;
        let mut beyond = browser.asked_beyond()?;
        beyond.sort();
        assert_eq!(beyond, ["http://elsewhere.invalid/picture.png", "https://elsewhere.invalid/visit"]);
        // The browser gives up on each in its own time.
        let mut errors = Vec::new();
        for _ in 0..100 {
            errors.extend(browser.console_errors()?);
            if beyond.iter().all(|url| errors.iter().any(|error| error.contains(url.as_str()))) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("both are complained of: {errors:#?}");
    });
}

/// `cargo xtask e2e` runs the journeys where there is no other network, if the machine lets it, and says so by a variable.
#[test]
fn there_is_nobody_else_to_ask() {
    if std::env::var_os("JIANGCE_CUT_OFF").is_none() {
        eprintln!("SKIPPED: the network is not cut off");
        return;
    }
    let ways = std::fs::read_to_string("/proc/net/dev").expect("the machine's networks");
    let ways: Vec<&str> = ways.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect();
    assert_eq!(ways, ["lo"]);
    let beyond = "192.0.2.1:443".parse().expect("an address for examples");
    let reached = std::net::TcpStream::connect_timeout(&beyond, std::time::Duration::from_secs(5));
    assert_eq!(reached.expect_err("nobody is there").kind(), std::io::ErrorKind::NetworkUnreachable);
}

#[test]
fn a_phone_has_its_width_and_pictures_are_png() {
    let site = site();
    journey_with("driver-phone", &Look { dark: true, ..Look::phone() }, |browser| {
        browser.goto(&site)?;
        assert_eq!(browser.eval("return innerWidth")?, 360);
        assert_eq!(browser.eval("return matchMedia('(prefers-color-scheme: dark)').matches")?, true);
        let folder = tempfile::tempdir().unwrap();
        for (name, whole) in [("window.png", false), ("whole.png", true)] {
            let path = folder.path().join(name);
            if whole {
                browser.screenshot_whole(&path)?
            } else {
                browser.screenshot(&path)?
            }
            assert!(std::fs::read(&path).unwrap().starts_with(b"\x89PNG"));
        }
        Ok(())
    });
}

#[test]
fn a_person_without_scripts_can_read() {
    let site = site();
    journey_with("driver-no-scripts", &Look { scripts: false, language: "de", ..Look::default() }, |browser| {
        browser.goto(&site)?;
        assert_eq!(browser.text("#noscript")?, "没有脚本");
        assert_eq!(browser.text("#language")?, "");
        browser.audit()
    });
}

#[test]
fn a_step_that_fails_says_what_it_was() {
    let site = site();
    journey("driver-refusal", |browser| {
        browser.goto(&site)?;
        let failure = browser.press("Nonsense").unwrap_err();
        assert_eq!(failure.to_string(), "no key is called “Nonsense”");
        let failure = browser.count("h1[").unwrap_err().to_string();
        assert!(failure.starts_with("could not count h1[: "), "{failure}");
        Ok(())
    });
}
