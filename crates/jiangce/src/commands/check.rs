//! `check`: a text held against the records and against its own arithmetic.

use crate::cli::Check;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown};
use crate::parts::{Arithmetic, Judgement, Relation, Verdict};
use anyhow::Result;
use jc_app::check_text::Checked;
use jc_app::{App, Person};
use jc_base::{Lang, SchoolId};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// More than this is no article.
const MOST_BYTES: u64 = 16 << 20;

/// Prints what became of each number; answers that something was found if one is contradicted.
pub fn run(desk: &Desk, given: &Check) -> Result<Exit> {
    let text = read(desk, &given.file)?;
    // Without records no data is needed: an editor anywhere can test a text's own arithmetic.
    let nowhere = tempfile::tempdir();
    let (app, person) = if given.no_records && desk.present().is_err() {
        let folder = nowhere.map_err(|cause| file(desk, "cli-cannot-make-folder", Path::new("tmp"), &cause))?;
        let mut setup = desk.setup();
        setup.data = folder.path().to_owned();
        setup.database = None;
        let app = App::open(setup)?;
        let checked = check(desk, given, &app, &Person::command_line(SchoolId(0)), &text);
        drop(app);
        return checked;
    } else {
        let app = desk.open()?;
        let person = desk.person(&app)?;
        (app, person)
    };
    check(desk, given, &app, &person, &text)
}

fn check(desk: &Desk, given: &Check, app: &App, person: &Person, text: &str) -> Result<Exit> {
    let year = given.year.unwrap_or_else(|| app.moment().today.year());
    let checked = app.viewer(person).check_text(text, year, !given.no_records)?;
    let wrong = checked.judgements.iter().filter(|j| j.verdict == Verdict::Contradicted).count();
    let impossible = checked.relations.iter().filter(|r| fails(r)).count();
    if desk.global.json {
        let mut answer = checked.to_json();
        if let Some(object) = answer.as_object_mut() {
            object.insert("contradicted".into(), json!(wrong));
            object.insert("inconsistent".into(), json!(impossible));
        }
        desk.answer(&answer);
    } else {
        tell(desk, &checked, text, given.no_records, year);
    }
    Ok(Exit::found(wrong + impossible > 0))
}

/// Whether a piece of the text's own arithmetic cannot hold. Another reading of the same words is no alarm.
fn fails(relation: &Relation) -> bool {
    relation.primary && relation.finding == Arithmetic::Inconsistent
}

fn tell(desk: &Desk, checked: &Checked, text: &str, alone: bool, year: i32) {
    let speech = Speech::new(desk);
    let lines = Lines::new(text);
    let place = |id: &str| {
        let claim = checked.document.claim(id);
        let (line, column) = claim.map_or((0, 0), |claim| lines.at(claim.span.start));
        let quoted = claim.map_or("", |claim| claim.text.as_str()).split_whitespace().collect::<String>();
        let with = [("line", line.into()), ("column", column.into()), ("text", quoted.into())];
        desk.words("cli-check-place", &with)
    };
    let mut counts = [0usize; 4];
    for judgement in &checked.judgements {
        let (position, id) = match judgement.verdict {
            Verdict::Supported => (0, "cli-check-supported"),
            Verdict::SupportedIfVerified => (1, "cli-check-pending"),
            Verdict::Contradicted => (2, "cli-check-contradicted"),
            Verdict::NotDerivable(_) => (3, "cli-check-open"),
        };
        counts[position] += 1;
        if position < 3 {
            desk.say(&format!("{} {}: {}", place(&judgement.claim_id), desk.words(id, &[]), records(desk, judgement)));
        }
    }
    for relation in checked.relations.iter().filter(|r| fails(r)) {
        let tested = relation.members.last().map(|(_, id)| place(id)).unwrap_or_default();
        let words = speech.working(relation.working.code, &relation.working.with, &relation.working.zh);
        desk.say(&format!("{tested} {}: {words}", desk.words("cli-check-impossible", &[])));
    }
    let numbers = checked.document.claims.len();
    let with = [
        ("numbers", numbers.into()),
        ("tested", checked.relations.iter().filter(|r| r.primary).count().into()),
        ("impossible", checked.relations.iter().filter(|r| fails(r)).count().into()),
    ];
    desk.tell("cli-check-arithmetic", &with);
    if !alone {
        let [supported, pending, contradicted, open] = counts;
        let with = [
            ("supported", supported.into()),
            ("pending", pending.into()),
            ("contradicted", contradicted.into()),
            ("open", open.into()),
            ("year", year.to_string().into()),
        ];
        desk.tell("cli-check-records", &with);
    }
}

/// What the records say of a number.
fn records(desk: &Desk, judgement: &Judgement) -> String {
    let printed = judgement.printed.as_deref().unwrap_or_default();
    let with = [
        ("indicator", judgement.indicator.as_deref().unwrap_or_default().into()),
        ("period", judgement.period.as_deref().unwrap_or_default().into()),
        ("value", printed.into()),
    ];
    desk.words("cli-check-record", &with)
}

/// Workings in the person's language.
struct Speech {
    lang: Lang,
    known: BTreeSet<String>,
}

impl Speech {
    fn new(desk: &Desk) -> Self {
        Self { lang: desk.lang, known: jc_words::ids(desk.lang) }
    }

    /// A working by its message; Chinese brings its own, others fall back to the values it names.
    fn working(&self, code: &str, with: &[(&'static str, String)], zh: &str) -> String {
        let id = format!("working-{code}");
        if self.known.contains(&id) {
            let with: Vec<_> = with.iter().map(|(name, value)| (*name, value.into())).collect();
            return jc_words::text(self.lang, &id, &with);
        }
        if self.lang == Lang::Zh {
            return zh.to_owned();
        }
        let values: Vec<String> = with.iter().map(|(name, value)| format!("{name} {value}")).collect();
        format!("{code} ({})", values.join(", "))
    }
}

/// Where lines begin, counted in characters.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        let after = text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(after).collect())
    }

    /// Line and column of a character, both from 1.
    fn at(&self, offset: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|l| self.0.get(l)).copied().unwrap_or(0);
        (line, offset - start + 1)
    }
}

/// Reads a text file or, for `-`, what comes in. UTF-8, UTF-16 with its mark, or GB 18030 as Chinese editors save.
fn read(desk: &Desk, path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|f| f.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(refuse(desk, Exit::Failed, "cli-check-too-long", &[("file", shown(path).into())]));
    }
    decode(&bytes).ok_or_else(|| refuse(desk, Exit::Failed, "cli-check-no-text", &[("file", shown(path).into())]))
}

fn decode(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"%PDF") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return None;
    }
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let tried = marked.map_or(vec![encoding_rs::UTF_8, encoding_rs::GB18030], |one| vec![one]);
    tried.into_iter().find_map(|encoding| {
        let (text, _, wrong) = encoding.decode(bytes);
        (!wrong && !text.contains('\0')).then(|| text.into_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::{Lines, decode};

    #[test]
    fn texts_are_read_as_chinese_editors_save_them() {
        let gb = encoding_rs::GB18030.encode("就业率99.26%").0.into_owned();
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("金牌".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (bytes, expect) in [
            ("就业率".as_bytes(), Some("就业率")),
            (&gb, Some("就业率99.26%")),
            (&utf16, Some("金牌")),
            (b"PK\x03\x04", None),
            (b"a\0b", None),
        ] {
            assert_eq!(decode(bytes).as_deref(), expect);
        }
    }

    #[test]
    fn places_are_counted_in_characters() {
        let lines = Lines::new("一二\n三四五");
        assert_eq!((lines.at(0), lines.at(1), lines.at(3), lines.at(5)), ((1, 1), (1, 2), (2, 1), (2, 3)));
    }
}
