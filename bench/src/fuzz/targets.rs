//! What is fuzzed: every reader of what people, files and browsers bring.

use crate::import::installation;
use jc_app::Person;
use jc_app::given::{ListQuery, apart, book, prose};
use jc_catalog::SourceFile;
use jc_catalog::expr::{Copies, Scope};
use jc_catalog::kinds::ParseContext;
use jc_testkit::hostile::{Part, corpus, healthy, stored};
use jc_testkit::shipped;
use jc_text as text;
use std::io::{Cursor, Read, Write};

/// What is done with an input.
pub type Work = Box<dyn FnMut(&[u8])>;

/// A reader, with what its inputs begin as and are made of.
pub struct Target {
    pub name: &'static str,
    /// Words of its language.
    pub words: &'static [&'static str],
    pub begin: fn() -> (Work, Vec<Vec<u8>>),
}

pub const TARGETS: [Target; 14] = [
    Target { name: "catalog", words: TOML, begin: catalog },
    Target { name: "expression", words: SQL, begin: expression },
    Target { name: "sheets", words: XML, begin: sheets },
    Target { name: "parts", words: XML, begin: parts },
    Target { name: "documents", words: DOCUMENT, begin: documents },
    Target { name: "apart", words: &[], begin: other_process },
    Target { name: "numerals", words: NUMERALS, begin: numerals },
    Target { name: "dates", words: NUMERALS, begin: dates },
    Target { name: "claims", words: NUMERALS, begin: claims },
    Target { name: "values", words: NUMERALS, begin: values },
    Target { name: "uploads", words: FORM, begin: uploads },
    Target { name: "search", words: SEARCH, begin: search },
    Target { name: "answers", words: XML, begin: answers },
    Target { name: "log-parts", words: PART, begin: log_parts },
];

const TOML: &[&str] =
    &["[[field]]\n", "id = ", "\"", "[register]", "type = \"ref:", "key = [", "name = { zh = ", "'''", "]"];
const SQL: &[&str] = &[
    " AND ", " OR ", " NOT ", "(", ")", " IN (", "IS NULL", "EXISTS(", "COUNT(", "'", "--", "/*", "BETWEEN", "::",
    "$1", "＞",
];
const XML: &[&str] = &[
    "<row r=\"",
    "<c r=\"A1\" t=\"s\"><v>",
    "</v></c>",
    "<!DOCTYPE",
    "<![CDATA[",
    "]]>",
    "&#x",
    "&amp;",
    "<!--",
    "/>",
    " t=\"inlineStr\"",
    "number-columns-repeated=\"9\"",
    "PK\u{3}\u{4}",
    "PK\u{1}\u{2}",
    "PK\u{5}\u{6}",
];
const DOCUMENT: &[&str] = &[
    "<w:p>",
    "<w:tc>",
    "</w:tbl>",
    "<w:t>",
    "<w:del>",
    "<w:br/>",
    " obj\n",
    "endobj",
    "stream\n",
    "/Length ",
    "<<",
    ">>",
    "/ToUnicode",
    "/Encoding /GBK-EUC-H",
    " Tj",
    " Tf",
    "beginbfrange",
    "startxref\n",
    "%%EOF",
];
const NUMERALS: &[&str] = &[
    "一",
    "万",
    "亿",
    "兆",
    "零",
    "廿",
    "百分之",
    "%",
    "‰",
    "人次",
    "名",
    "届",
    "年",
    "月",
    "2024",
    ".",
    ",",
    "，",
    "增长",
    "同比",
    "近",
    "余",
    "２",
    "①",
    "IV",
    "99010119900101001X",
    "2024-02-29",
    "／",
];
const FORM: &[&str] = &[
    "--x\r\n",
    "--x--",
    "Content-Disposition: form-data; name=\"",
    "filename=\"",
    "filename*=UTF-8''",
    "../",
    "\r\n\r\n",
    "Content-Type: ",
    "\u{202e}",
];
const PART: &[&str] = &[
    "\n",
    "[",
    "]",
    ",",
    "\"",
    "\\u0000",
    "{\"format\":\"jiangce-log-part/1\",",
    "\"to\":9223372036854775807",
    "hmac-sm3",
];
const SEARCH: &[&str] = &["\"", "*", "NEAR(", " OR ", "张", "zs", "%", "_", "\\", ":", "(", "^", "-", "\0", "'"];

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn lossy(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// One file of the shipped catalog is changed; the others are as they are.
fn catalog() -> (Work, Vec<Vec<u8>>) {
    let shipped = jc_catalog::shipped();
    let needed = |path: &str| !path.contains('/') || path.starts_with("codes/") || path.ends_with("department.toml");
    let small: Vec<SourceFile> = shipped.iter().filter(|file| needed(&file.path)).cloned().collect();
    let seeds =
        shipped.iter().filter(|file| file.text.len() < 8_000).map(|file| file.text.as_bytes().to_vec()).collect();
    let work = move |input: &[u8]| {
        let mut files = small.clone();
        files.push(SourceFile { path: "base/changed.toml".into(), text: lossy(input).into() });
        let (catalog, findings) = jc_catalog::load(&files);
        assert!(catalog.is_some() || !findings.is_empty(), "a catalog that is refused says why");
    };
    (Box::new(work), seeds)
}

fn expression() -> (Work, Vec<Vec<u8>>) {
    let catalog = shipped();
    let register = catalog.find_register("graduate").expect("it is shipped");
    let seeds = [
        "destination IN ('further-study', 'employed') AND employer IS NOT NULL",
        "NOT (graduated_on BETWEEN '2024-01-01' AND '2024-12-31') OR student.class.major = 'x'",
        "EXISTS(award, level >= 3)",
        "1 + 2 * 3 > 4",
    ];
    let work = move |input: &[u8]| {
        let scope = Scope { registers: &catalog.registers, codes: &catalog.codes, register };
        let parsed = jc_catalog::expr::parse(&lossy(input), scope, &mut Copies::kept(&catalog.registers));
        std::hint::black_box(parsed.is_ok());
    };
    (Box::new(work), bytes(&seeds))
}

/// Reads a file to its end, whatever it is.
fn read(input: &[u8]) {
    let limits = jc_app::given::Limits { inflated_bytes: 4 << 20, ..Default::default() };
    let Ok(mut book) = book::open("x", input.to_vec(), &limits) else { return };
    for sheet in 0..book.sheets().len() {
        let Ok(mut rows) = book.rows(sheet) else { continue };
        while let Ok(Some(row)) = rows.next() {
            let width: usize = row.cells().map(|cell| cell.to_string().len()).sum();
            std::hint::black_box(width);
        }
    }
}

fn sheets() -> (Work, Vec<Vec<u8>>) {
    let kinds = corpus().into_iter().map(|kind| kind.bytes).filter(|bytes| bytes.len() < 20_000);
    (Box::new(read), healthy().into_iter().map(|(_, bytes)| bytes).chain(kinds).collect())
}

/// The input is one part of a container that is sound otherwise, so that more than its checksum is tried.
fn parts() -> (Work, Vec<Vec<u8>>) {
    const NAMES: [&str; 5] =
        ["xl/worksheets/s.xml", "xl/strings.xml", "xl/styles.xml", "xl/workbook.xml", "content.xml"];
    let sound = jc_testkit::hostile::sound_parts();
    let seeds = sound.iter().map(|part| part.data.clone()).collect();
    let mut turn = 0;
    let work = move |input: &[u8]| {
        turn += 1;
        let name = NAMES[turn % NAMES.len()];
        let mut parts: Vec<Part> = sound.iter().filter(|part| part.name != name.as_bytes()).cloned().collect();
        if name == "content.xml" {
            parts.retain(|part| !part.name.starts_with(b"xl/"));
        }
        parts.push(Part::of(name, input));
        read(&stored(&parts));
    };
    (Box::new(work), seeds)
}

/// Half of the inputs are whole files, half the text of a document that is sound otherwise.
fn documents() -> (Work, Vec<Vec<u8>>) {
    let text = "<w:document><w:body><w:p><w:r><w:t>就业3人</w:t></w:r></w:p></w:body></w:document>";
    let seeds =
        vec![include_bytes!("../../../crates/jc-intake/tests/it/report.pdf").to_vec(), text.into(), "３人".into()];
    let mut turn = 0;
    let work = move |input: &[u8]| {
        turn += 1;
        let whole = turn % 2 == 0 || input.starts_with(b"%PDF");
        let bytes = if whole { input.to_vec() } else { stored(&[Part::of("word/document.xml", input)]) };
        std::hint::black_box(prose::open("x", bytes, &prose::limits()).is_ok());
    };
    (Box::new(work), seeds)
}

/// The input is what another process says.
struct Says(Cursor<Vec<u8>>);

impl Read for Says {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buf)
    }
}

impl Write for Says {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        Ok(buf.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn other_process() -> (Work, Vec<Vec<u8>>) {
    let row = b"R\x03\0\0\0\x02\0\0\0\x06\0\0\0\x01\0\0\0\x01\x01\0\0\0\0x";
    let picture = b"P\x01\x06\0\0\0\0\0\0\0\x04\0\0\0\xff\xd8\xff\xd9".to_vec();
    let seeds = vec![[&b"B\0\x01\0\0\0\0\0\0\0\0"[..], row, row, b"E\0\0\0\0"].concat(), picture];
    let work = |input: &[u8]| {
        let channel = Says(Cursor::new(input.to_vec()));
        if let Ok(mut book) = apart::open("x", Vec::new(), &Default::default(), Box::new(channel)) {
            let _ = book.first_rows(0, 1000);
        }
        let channel = Says(Cursor::new(input.to_vec()));
        std::hint::black_box(apart::prose("x", Vec::new(), &Default::default(), Box::new(channel)).is_ok());
        let channel = Says(Cursor::new(input.to_vec()));
        std::hint::black_box(apart::picture("x", b"\xff\xd8", Box::new(channel)).is_ok());
    };
    (Box::new(work), seeds)
}

fn numerals() -> (Work, Vec<Vec<u8>>) {
    let seeds = ["一百二十三万四千五百六十七", "3.14", "１２３，４５６", "壹仟零贰拾元整", "九分之一", "two"];
    let work = |input: &[u8]| {
        let given = lossy(input);
        std::hint::black_box((text::numerals::parse(&given), text::fold::plain(&given), text::fold::oddities(&given)));
        std::hint::black_box((text::pinyin::pinyin_into(&given, &mut String::new()), text::yes_no::yes_no(&given)));
    };
    (Box::new(work), bytes(&seeds))
}

fn dates() -> (Work, Vec<Vec<u8>>) {
    let seeds = ["2024年5月4日", "2024.5.4", "二〇二四年五月四日", "2024-05", "45000", "24/5/4"];
    let work = |input: &[u8]| {
        std::hint::black_box(text::dates::parse_date(&lossy(input)).is_ok());
    };
    (Box::new(work), bytes(&seeds))
}

/// An installation without records, and whoever sits at its machine.
fn college() -> (jc_app::App, Person, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (app, person) = installation(folder.path()).expect("an installation");
    (app, person, folder)
}

fn claims() -> (Work, Vec<Vec<u8>>) {
    let seeds = [
        "2024届毕业生407人，就业404人，就业率99.26%，同比增长1.5个百分点。",
        "金牌由3枚增加到5枚，增长40%。其中国家级2项、省级12项，共14项。",
        "全年家访1.2万人次，覆盖率达百分之九十八，较上年翻一番。",
    ];
    let (app, person, folder) = college();
    let work = move |input: &[u8]| {
        let _kept = &folder;
        app.viewer(&person).check_text(&lossy(input), 2024, false).expect("a text is checked, whatever it says");
    };
    (Box::new(work), bytes(&seeds))
}

/// One value under every kind of field, ID numbers among them.
fn values() -> (Work, Vec<Vec<u8>>) {
    let catalog = shipped();
    let seeds = [
        "99010119900101001X",
        "2024-02-29",
        "13800138000",
        "91330100MA27XXXX0X",
        "是",
        "张三",
        "3.50",
        "https://a.example",
    ];
    let work = move |input: &[u8]| {
        let given = lossy(input);
        let context = ParseContext { codes: &catalog.codes, on: None };
        for field in catalog.registers.iter().flat_map(|register| &register.fields) {
            if let Ok(value) = field.kind.parse(&given, &context) {
                std::hint::black_box(field.kind.edit(&value));
            }
        }
    };
    (Box::new(work), bytes(&seeds))
}

/// The input is the body of an upload, by a visitor whose token is good.
fn uploads() -> (Work, Vec<Vec<u8>>) {
    use tower::ServiceExt as _;
    let (app, _, folder) = college();
    let site = jc_web::router::site(jc_web::state::AppState::new(app, Default::default()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("threads");
    let token = jc_web::guard::forgery::token("visitor");
    let seed = format!(
        "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"部门.csv\"\r\nContent-Type: text/csv\r\n\r\n部门名称\n\r\n--x--\r\n"
    );
    let work = move |input: &[u8]| {
        let _kept = &folder;
        let request = http::Request::post("/registers/bench-person/import")
            .header("content-type", "multipart/form-data; boundary=x")
            .header("cookie", "jc-visit=visitor")
            .header("x-csrf-token", &token)
            .body(http_body_util::Full::new(bytes::Bytes::copy_from_slice(input)))
            .expect("a request");
        let answer = runtime.block_on(site.clone().oneshot(request)).expect("an answer");
        assert!(!answer.status().is_server_error(), "{}", answer.status());
    };
    (Box::new(work), vec![seed.into_bytes()])
}

fn search() -> (Work, Vec<Vec<u8>>) {
    let (app, person, folder) = college();
    let work = move |input: &[u8]| {
        let _kept = &folder;
        let query = ListQuery { search: lossy(input), limit: 10, ..ListQuery::default() };
        let screen = app.viewer(&person).screen(0, &query, jc_app::browse::From::Start);
        screen.expect("whatever is searched for, there is an answer");
    };
    (Box::new(work), bytes(&["张三", "zs", "20240001", "机 电", "\"a\" OR b*"]))
}

/// Parts of the audit log that were kept in files.
fn log_parts() -> (Work, Vec<Vec<u8>>) {
    use jc_trust::chain::{ChainHash, Entry, link};
    use jc_trust::part::{Span, line, prove};
    const KEY: [u8; 32] = [7; 32];
    let (mut previous, mut lines) = (String::new(), String::new());
    for seq in 1..=3 {
        let mut entry = Entry {
            seq,
            at: seq,
            actor: "王".into(),
            action: "record.put".into(),
            object: "graduate".into(),
            detail: "{\"new\":1}".into(),
            algorithm: ChainHash::HmacSha256,
            hash: String::new(),
        };
        entry.hash = link(&KEY, 1, &previous, &entry);
        previous.clone_from(&entry.hash);
        lines.push_str(&line(&entry));
    }
    let span = Span { school: 1, from: 1, to: 3, first_at: 1, last_at: 3, previous: String::new(), closing: previous };
    let whole = format!("{}{lines}", span.line());
    let seed = whole.clone();
    let work = move |input: &[u8]| {
        let proved = prove(&mut &*input, &KEY, &mut |_| {});
        // The head is not under the key by itself: what it says of the past is for the chain to tell.
        assert!(proved.is_err() || input.ends_with(lines.as_bytes()), "nothing else proves itself");
    };
    (Box::new(work), vec![seed.into_bytes()])
}

/// What a sign-in elsewhere answers: a ticket's XML, and a token with its keys.
fn answers() -> (Work, Vec<Vec<u8>>) {
    const XML: &str = "<cas:serviceResponse xmlns:cas=\"http://www.yale.edu/tp/cas\"><cas:authenticationSuccess><cas:user>a\
                       </cas:user></cas:authenticationSuccess></cas:serviceResponse>";
    let part = |text: &str| jc_trust::base64::for_url(text.as_bytes());
    let token = format!(
        "{}.{}.{}",
        part("{\"alg\":\"ES256\",\"kid\":\"1\"}"),
        part("{\"iss\":\"i\",\"aud\":\"c\",\"sub\":\"s\",\"exp\":9,\"iat\":1,\"nonce\":\"n\"}"),
        part("signature")
    );
    let keys = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\",\"x\":\"AA\",\"y\":\"AA\"}]}";
    let work = |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let _ = jc_web::sign_on::cas::user(&text);
        let expected = jc_trust::id_token::Expected { issuer: "i", client: "c", nonce: "n", now: 2 };
        let (token, keys) = text.split_once('\n').unwrap_or((&text, ""));
        // Nothing that is not signed is believed.
        assert!(jc_trust::id_token::subject(token, keys, &expected).is_err(), "a token without a signature");
    };
    (Box::new(work), vec![XML.into(), format!("{token}\n{keys}").into()])
}
