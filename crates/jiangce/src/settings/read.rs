//! Reads the settings file: to its end, whatever is wrong in it.

use super::Settings;
use super::keys::{Given, KEYS, Key, Kind};
use crate::cli::origin;
use jc_app::given::nearest;
use jc_app::leaked::LeakedError;
use jc_app::scanner::At;
use jc_base::{Finding, Place};
use jc_web::sign_on::outside::is_address;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const SYNTAX: &str = "SET-001";
const UNKNOWN_TABLE: &str = "SET-002";
const UNKNOWN_KEY: &str = "SET-003";
const WRONG_KIND: &str = "SET-004";
const NOT_ALLOWED: &str = "SET-005";
const NO_FILE: &str = "SET-006";
const HALF_TLS: &str = "SET-007";
const OPEN_WITHOUT_TLS: &str = "SET-008";
const WITHOUT_PUBLIC: &str = "SET-009";
const PUBLIC_NOT_HTTPS: &str = "SET-010";
const SIGN_ON_HALF: &str = "SET-015";
const LEAKED_NONE: &str = "SET-016";
const LEAKED_ORDER: &str = "SET-017";

/// A finding with the word that was meant, if one is near.
fn meant(finding: Finding, near: Option<&str>) -> Finding {
    match near {
        Some(near) => finding.with("nearest", near),
        None => finding,
    }
}

/// Reads a settings file; gives what of it fits, and everything that is wrong.
///
/// `file` is where it lies: relative paths in it are meant from its folder.
pub fn read(text: &str, file: &Path) -> (Settings, Vec<Finding>) {
    let mut reading = Reading { text, file, name: file.display().to_string(), findings: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().unwrap_or_default();
        reading.find(Finding::error(SYNTAX, Place::Whole).with("what", error.message()), at);
    }
    let mut settings = Settings::default();
    let mut places = Vec::new();
    for (table, content) in table.get_ref() {
        reading.table(table, content, &mut settings, &mut places);
    }
    reading.together(&settings, &places);
    let mut findings = reading.findings;
    findings.sort_by_key(|finding| match finding.place {
        Place::Text { line, column, .. } => (line, column),
        _ => (0, 0),
    });
    (settings, findings)
}

struct Reading<'t> {
    text: &'t str,
    file: &'t Path,
    name: String,
    findings: Vec<Finding>,
}

/// Which key was read, and where.
type Places = Vec<(&'static str, Range<usize>)>;

impl Reading<'_> {
    fn find(&mut self, finding: Finding, at: Range<usize>) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let marked = self.text.get(at).unwrap_or_default().lines().next().unwrap_or_default();
        let place = Place::Text {
            file: self.name.clone(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            length: marked.chars().count().max(1),
        };
        self.findings.push(Finding { place, ..finding });
    }

    fn table(
        &mut self,
        table: &Spanned<std::borrow::Cow<'_, str>>,
        content: &Spanned<DeValue<'_>>,
        settings: &mut Settings,
        places: &mut Places,
    ) {
        let name = table.get_ref().as_ref();
        let known = || KEYS.iter().map(|key| key.table);
        let DeValue::Table(keys) = content.get_ref() else {
            // A key outside any table: the table it belongs into is told if there is one.
            let home = KEYS.iter().find(|key| key.name == name);
            let near = home.map(|key| format!("[{}] {}", key.table, key.name));
            let finding = Finding::error(UNKNOWN_TABLE, Place::Whole).with("name", name);
            return self.find(meant(finding, near.as_deref()), table.span());
        };
        if !known().any(|table| table == name) {
            let finding = Finding::error(UNKNOWN_TABLE, Place::Whole).with("name", name);
            return self.find(meant(finding, nearest(name, known())), table.span());
        }
        for (key, value) in keys {
            let named = key.get_ref().as_ref();
            let own = || KEYS.iter().filter(|key| key.table == name);
            let Some(known) = own().find(|key| key.name == named) else {
                let near = nearest(named, own().map(|key| key.name));
                let finding = Finding::error(UNKNOWN_KEY, Place::Whole).with("table", name).with("name", named);
                self.find(meant(finding, near), key.span());
                continue;
            };
            if let Some(given) = self.value(known, value) {
                (known.put)(settings, given);
                places.push((known.name, value.span()));
            }
        }
    }

    /// A value that fits its key; what does not is found.
    fn value(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Given> {
        let name = format!("{}.{}", key.table, key.name);
        let wrong = |code| Finding::error(code, Place::Whole).with("key", &name);
        let given = match (key.kind, value.get_ref()) {
            (Kind::Yes, DeValue::Boolean(yes)) => Some(Given::Yes(*yes)),
            (Kind::Number(least, most), DeValue::Integer(number)) => {
                let number = number.as_str().replace('_', "").parse::<u64>().ok();
                let Some(number) = number.filter(|n| (least..=most).contains(n)) else {
                    let expected = format!("{least}–{most}");
                    self.find(wrong(NOT_ALLOWED).with("expected", expected), value.span());
                    return None;
                };
                Some(Given::Number(number))
            }
            (Kind::Text, DeValue::String(text)) => Some(Given::Text(text.to_string())),
            (Kind::Path | Kind::Socket, DeValue::String(text)) => return self.path(key, text, value.span()),
            (Kind::Address, DeValue::String(text)) => text.parse().ok().map(Given::Address),
            (Kind::Origin, DeValue::String(text)) => origin(text).ok().map(Given::Text),
            (Kind::Service, DeValue::String(text)) => is_address(text).then(|| Given::Text(text.to_string())),
            (Kind::Scanner, DeValue::String(text)) => At::parse(text).map(|_| Given::Text(text.to_string())),
            (Kind::Word(words), DeValue::String(text)) => {
                if !words.contains(&text.as_ref()) {
                    let finding = wrong(NOT_ALLOWED).with("expected", words.join(", "));
                    self.find(meant(finding, nearest(text, words.iter().copied())), value.span());
                    return None;
                }
                Some(Given::Text(text.to_string()))
            }
            _ => None,
        };
        if given.is_none() {
            self.find(wrong(WRONG_KIND).with("expected", expected(key.kind)), value.span());
        }
        given
    }

    /// A path, from the folder of the settings file. What is read at the start must be there; a folder is made.
    fn path(&mut self, key: &Key, text: &str, at: Range<usize>) -> Option<Given> {
        let path = self.file.parent().unwrap_or(Path::new("")).join(text);
        let there = if key.kind == Kind::Socket { path.exists() && !path.is_dir() } else { path.is_file() };
        if key.name != "data" && !there {
            let finding = Finding::error(NO_FILE, Place::Whole).with("key", format!("{}.{}", key.table, key.name));
            self.find(finding.with("file", path.display()), at);
            return None;
        }
        Some(Given::Text(path.to_string_lossy().into_owned()))
    }

    /// What only several keys together show.
    fn together(&mut self, settings: &Settings, places: &Places) {
        let at = |name: &str| places.iter().find(|(key, _)| *key == name).map(|(_, at)| at.clone());
        let said = |code| Finding::error(code, Place::Whole);
        match (at("certificate"), at("key")) {
            (Some(only), None) => self.find(said(HALF_TLS).with("key", "tls.key"), only),
            (None, Some(only)) => self.find(said(HALF_TLS).with("key", "tls.certificate"), only),
            _ => {}
        }
        let tls = settings.certificate.is_some() || settings.key.is_some();
        let beyond = settings.listen.is_some_and(|address| !address.ip().is_loopback());
        if let Some(place) = at("listen")
            && beyond
            && !tls
            && !settings.behind_proxy
        {
            self.find(said(OPEN_WITHOUT_TLS), place);
        }
        if (settings.behind_proxy || beyond && tls) && settings.public.is_none() {
            self.find(said(WITHOUT_PUBLIC), at("behind-proxy").or_else(|| at("listen")).unwrap_or_default());
        }
        for (table, here, named) in [
            ("issuer", settings.oidc.address.is_some(), settings.oidc.name.is_some() && settings.oidc_client.is_some()),
            ("server", settings.cas.address.is_some(), settings.cas.name.is_some()),
        ] {
            if here && (!named || settings.public.is_none()) {
                self.find(said(SIGN_ON_HALF), at(table).unwrap_or_default());
            }
        }
        if let Some((leaked, path)) = settings.safety().leaked.zip(settings.leaked_passwords.as_ref()) {
            let code = match leaked.check() {
                Ok(()) => None,
                Err(LeakedError::Read(_) | LeakedError::Line(_)) => Some(LEAKED_NONE),
                Err(LeakedError::Order(_)) => Some(LEAKED_ORDER),
            };
            if let Some(code) = code {
                self.find(said(code).with("file", path.display()), at("leaked-passwords").unwrap_or_default());
            }
        }
        let plain = settings.public.as_deref().is_some_and(|public| public.starts_with("http://"));
        if plain && (tls || settings.behind_proxy) {
            self.find(said(PUBLIC_NOT_HTTPS), at("public").unwrap_or_default());
        }
    }
}

/// What a key takes, as an example of it.
fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Path | Kind::Word(_) => "\"…\"",
        Kind::Address => "\"127.0.0.1:8321\"",
        Kind::Origin => "\"https://jiangce.example.edu.cn\"",
        Kind::Service => "\"https://id.example.edu.cn\"",
        Kind::Socket => "\"/dev/log\"",
        Kind::Scanner => "\"/run/clamav/clamd.ctl\", \"127.0.0.1:3310\"",
        Kind::Yes => "true, false",
        Kind::Number(..) => "30",
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use jc_base::{Lang, Place};
    use std::path::Path;

    /// Codes and places of what is found in a file.
    fn found(text: &str) -> Vec<String> {
        let (_, findings) = read(text, Path::new("/nowhere/jiangce.toml"));
        for finding in &findings {
            let words = jc_words::finding(Lang::Zh, finding);
            assert!(!words.what.contains("set-") && !words.mend.is_empty(), "{words:?}");
            // What was meant is asked once, and only where something is near.
            assert!(words.mend.matches("是否为").count() <= 1 && !words.mend.contains("none"), "{words:?}");
        }
        let place = |place: &Place| match place {
            Place::Text { line, column, length, .. } => format!("{line}:{column}+{length}"),
            other => other.to_string(),
        };
        findings.iter().map(|f| format!("{} {}", f.code, place(&f.place))).collect()
    }

    #[test]
    fn all_faults_are_found_at_once() {
        let text = "listen = \"x\"\n[servr]\nlisten = 1\n[server]\nlisen = \"\"\nlisten = \"本机\"\nbehind-proxy = 1\n\
                    [limits]\nconnections = 3\nheader-seconds = -1\n[log]\nlevel = \"inof\"\n[tls]\ncertificate = \"无.pem\"\n";
        let expect = [
            "SET-002 1:1+6",
            "SET-002 2:2+5",
            "SET-003 5:1+5",
            "SET-004 6:10+4",
            "SET-004 7:16+1",
            "SET-005 9:15+1",
            "SET-005 10:18+2",
            "SET-005 12:9+6",
            "SET-006 14:15+7",
        ];
        assert_eq!(found(text), expect);
    }

    #[test]
    fn what_does_not_go_together_is_found() {
        for (text, expect) in [
            ("[server]\nlisten = \"0.0.0.0:80\"", vec!["SET-008 2:10+12"]),
            ("[server]\nlisten = \"0.0.0.0:80\"\nbehind-proxy = true", vec!["SET-009 3:16+4"]),
            ("[server]\nbehind-proxy = true\npublic = \"http://a.example\"", vec!["SET-010 3:10+18"]),
            ("[server]\nlisten = \"[::1]:80\"", vec![]),
            (
                concat!(
                    "[server]\nlisten = \"0.0.0.0:80\"\n[tls]\ncertificate = \"",
                    env!("CARGO_MANIFEST_DIR"),
                    "/Cargo.toml\"\nkey = \"",
                    env!("CARGO_MANIFEST_DIR"),
                    "/Cargo.toml\"",
                ),
                vec!["SET-009 2:10+12"],
            ),
            ("[cas]\nname = \"统一身份认证\"\nserver = \"https://cas.example/cas\"", vec!["SET-015 3:10+25"]),
            (
                "[server]\npublic = \"https://a.example\"\n[oidc]\nissuer = \"http://id.example\"",
                vec!["SET-004 4:10+19"],
            ),
            (
                "[server]\npublic = \"https://a.example\"\n[oidc]\nname = \"x\"\nclient = \"y\"\nissuer = \"https://id.example\"",
                vec![],
            ),
            ("[server]\nlisten = \"0.0.0.0:80\"\nbehind-proxy = true\npublic = \"https://a.example\"", vec![]),
            ("[scanner]\naddress = \"10.0.0.9:3310\"", vec!["SET-004 2:11+15"]),
            ("[scanner]\naddress = \"/run/clamav/clamd.ctl\"\nunreachable = \"later\"", vec!["SET-005 3:15+7"]),
            ("[server\n", vec!["SET-001 1:8+1"]),
            ("", vec![]),
        ] {
            assert_eq!(found(text), expect, "{text}");
        }
    }

    #[test]
    fn leaked_passwords_are_looked_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("jiangce.toml");
        let (a, b) = ("A".repeat(40), "B".repeat(40));
        let text = "[safety]\nlevel = 3\nleaked-passwords = \"leaked.txt\"";
        for (content, expect) in [
            (None, Some("SET-006")),
            (Some(String::new()), Some("SET-016")),
            (Some("password\n".into()), Some("SET-016")),
            (Some(format!("{b}:1\n{a}:2\n")), Some("SET-017")),
            (Some(format!("{a}:1\n{b}:2\n")), None),
        ] {
            if let Some(content) = &content {
                std::fs::write(folder.path().join("leaked.txt"), content).expect("a file");
            }
            let (settings, findings) = read(text, &file);
            assert_eq!(findings.first().map(|finding| finding.code), expect, "{content:?}");
            let safety = settings.safety();
            assert!(safety.third_level && safety.strict_passwords());
            assert_eq!(safety.leaked.is_some(), content.is_some());
        }
        let level = read("[safety]\nlevel = 4", &file).1;
        assert_eq!(level.first().map(|finding| finding.code), Some("SET-005"));
    }

    #[test]
    fn values_reach_the_settings() {
        let text = "[server]\nlisten = \"127.0.0.1:9000\"\n[limits]\nconnections = 2_000\n[log]\nformat = \"json\"\n[storage]\ndata = \"daten\"\n";
        let (settings, findings) = read(text, Path::new("/etc/jiangce/jiangce.toml"));
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(settings.listen, "127.0.0.1:9000".parse().ok());
        assert_eq!(settings.limits().connections, 2000);
        assert_eq!(settings.log_format.as_deref(), Some("json"));
        assert_eq!(settings.data.as_deref(), Some(Path::new("/etc/jiangce/daten")));
    }
}
