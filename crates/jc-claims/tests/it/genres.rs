//! Paragraphs of other genres and other schools with what a person noted in them: `genres/*.txt`, whose heads say how.

use jc_claims::document::{Claim, Document};
use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{Finding, Relation, relate};

use crate::made::reading::{faults, some};
use crate::made::{Micro, Sentence, Written};

const GENRES: &[(&str, &str)] = &[
    ("quality-report", include_str!("genres/quality-report.txt")),
    ("summary", include_str!("genres/summary.txt")),
    ("news", include_str!("genres/news.txt")),
    ("speech", include_str!("genres/speech.txt")),
    ("bulletins", include_str!("genres/bulletins.txt")),
    ("inspection", include_str!("genres/inspection.txt")),
    ("annual", include_str!("genres/annual.txt")),
    ("offices", include_str!("genres/offices.txt")),
    ("yearbook", include_str!("genres/yearbook.txt")),
    ("slips", include_str!("genres/slips.txt")),
    ("articles", include_str!("genres/articles.txt")),
    ("annotated", include_str!("genres/annotated.txt")),
    ("everyday", include_str!("genres/everyday.txt")),
    ("clerks", include_str!("genres/clerks.txt")),
    ("features", include_str!("genres/features.txt")),
];

/// Texts without marks on their numbers.
const UNMARKED: &[(&str, &str)] = &[
    ("office-texts", include_str!("genres/office-texts.txt")),
    ("whole-texts", include_str!("genres/whole-texts.txt")),
];

const ONE: Micro = 1_000_000;

/// A paragraph and what is noted below it, each by the texts of its numbers: contradictions (`!`), and what agrees (`=`
/// with the kind of relation). The second number of a text is called `9名#2`.
struct Paragraph {
    sentence: Sentence,
    contradictions: Vec<Vec<String>>,
    agreements: Vec<Vec<String>>,
}

fn paragraphs(file: &str) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    for block in file.split("\n\n") {
        let lines: Vec<&str> = block.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        let text: Vec<&str> = lines.iter().copied().filter(|line| !line.starts_with(['!', '='])).collect();
        if text.is_empty() {
            continue;
        }
        let noted = |mark: &str| -> Vec<Vec<String>> {
            let noted = lines.iter().filter_map(|line| line.strip_prefix(mark));
            noted.map(|line| line.split(' ').map(str::to_string).collect()).collect()
        };
        all.push(Paragraph {
            sentence: marked(&text.join("\n")),
            contradictions: noted("! "),
            agreements: noted("= "),
        });
    }
    all
}

/// The text without its marks, and what they say.
fn marked(text: &str) -> Sentence {
    let mut it = Sentence::default();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '<']) {
        it.say(&rest[..at]);
        let close = if rest[at..].starts_with('{') { '}' } else { '>' };
        let end = rest[at..].find(close).unwrap() + at;
        let inner = &rest[at + 1..end];
        match inner.strip_prefix('!') {
            _ if close == '>' => it.aside(inner),
            Some(decoy) => it.decoy(decoy),
            None => it.number(noted(inner)),
        }
        rest = &rest[end + 1..];
    }
    it.say(rest);
    it
}

/// `320余名=320:320..330/名`; what is left out follows from the text: 7850万元.
fn noted(mark: &str) -> Written {
    let (text, gold) = mark.split_once('=').unwrap_or((mark, ""));
    let (gold, unit) = gold.split_once('/').unwrap_or((gold, ""));
    let number = |text: &str| -> Micro {
        let (whole, tail) = text.split_once('.').unwrap_or((text, ""));
        let tail: String = tail.chars().chain("000000".chars()).take(6).collect();
        whole.parse::<Micro>().unwrap() * ONE + tail.parse::<Micro>().unwrap()
    };
    if gold.is_empty() {
        let plain: String = text.chars().filter(|c| *c != ',').collect();
        let digits: String = plain.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let behind = &plain[digits.len()..];
        let value = number(&digits);
        if let Some(other) = behind.strip_prefix([':', '∶']) {
            let value = (value * ONE * 2 + number(other)) / (2 * number(other));
            return Written::exact(text.to_string(), value, "");
        }
        let (factor, unit) = match behind.chars().next() {
            Some('万') => (10_000, &behind['万'.len_utf8()..]),
            Some('亿') => (100_000_000, &behind['亿'.len_utf8()..]),
            _ => (1, behind),
        };
        return Written::exact(text.to_string(), value * factor, leaked(unit));
    }
    let (value, bounds) = match gold.split_once(':') {
        Some((value, bounds)) => (Some(number(value)), bounds),
        None if gold.contains("..") => (None, gold),
        None => (Some(number(gold)), ""),
    };
    let (least, most) = match bounds.split_once("..") {
        Some((least, most)) => (Some(number(least)), Some(most).filter(|m| !m.is_empty()).map(number)),
        None => (value, value),
    };
    Written { text: text.to_string(), value, least, most, unit: leaked(unit) }
}

/// Units of the measuring stick live as long as the test.
fn leaked(unit: &str) -> &'static str {
    Box::leak(unit.to_string().into_boxed_str())
}

#[test]
fn numbers_of_other_genres_are_read() {
    let (mut numbers, mut wrong, mut seen) = (0, Vec::new(), Vec::new());
    for (genre, file) in GENRES {
        for paragraph in paragraphs(file) {
            numbers += paragraph.sentence.golds.len();
            let (missed, extra) = faults(&paragraph.sentence);
            wrong.extend(missed.into_iter().map(|fault| format!("{genre}: {fault}")));
            seen.extend(extra.into_iter().map(|text| format!("{genre}: “{text}”")));
        }
    }
    println!("{numbers} numbers, {} wrong, {} too many", wrong.len(), seen.len());
    assert!(numbers >= 250, "{numbers} numbers are too few");
    let told = format!("{}\n-- none of these is a number:\n{}", some(&wrong), some(&seen));
    assert!(wrong.len() * 100 <= numbers * 3, "{} of {numbers} read wrongly\n{told}", wrong.len());
    assert!(seen.len() * 100 <= numbers, "{} seen that are none\n{told}", seen.len());
}

#[test]
fn contradictions_of_other_genres_are_found_and_no_others() {
    let (mut missed, mut alarms, mut paragraphs_seen) = (Vec::new(), Vec::new(), 0);
    for (genre, file) in GENRES.iter().chain(UNMARKED) {
        for Paragraph { sentence, contradictions, .. } in paragraphs(file) {
            paragraphs_seen += 1;
            let doc = read(&sentence.text, &Lexicon::default());
            let failing = relate(&doc).into_iter().filter(|r| r.primary && r.finding == Finding::Inconsistent);
            let mut found: Vec<(Vec<String>, String)> =
                failing.map(|r| (plain(called(&doc, &r)), r.working.zh)).collect();
            for noted in &contradictions {
                let before = found.len();
                found.retain(|(texts, _)| {
                    !(noted.iter().all(|t| texts.contains(t)) || texts.iter().all(|t| noted.contains(t)))
                });
                if found.len() == before {
                    missed.push(format!("{genre}: {} in {}", noted.join(" "), sentence.text));
                }
            }
            alarms.extend(found.into_iter().map(|(texts, told)| format!("{genre}: {} ({told})", texts.join(" "))));
        }
    }
    assert!(paragraphs_seen >= 50, "{paragraphs_seen}");
    assert!(missed.is_empty() && alarms.is_empty(), "missed\n{}\nfalse alarms\n{}", some(&missed), some(&alarms));
}

/// The texts of a relation's numbers, the second one of a text with `#2`.
fn called(doc: &Document, it: &Relation) -> Vec<String> {
    let name = |claim: &Claim| {
        let before = doc.claims.iter().take_while(|c| c.id != claim.id).filter(|c| c.text == claim.text).count();
        if before == 0 { claim.text.clone() } else { format!("{}#{}", claim.text, before + 1) }
    };
    it.members.iter().filter_map(|(_, id)| doc.claim(id)).map(name).collect()
}

/// A contradiction is noted by its texts alone.
fn plain(texts: Vec<String>) -> Vec<String> {
    texts.iter().map(|text| text.split('#').next().unwrap_or(text).to_string()).collect()
}

/// The family of a kind: a growth may be told from the old value or from the difference.
fn family(kind: &str) -> &str {
    ["rate", "growth", "quotient"].into_iter().find(|family| kind.starts_with(family)).unwrap_or(match kind {
        "subset" => "sum",
        kind => kind,
    })
}

#[test]
fn what_agrees_in_whole_articles_is_told() {
    let (mut silent, mut noted) = (Vec::new(), 0);
    for (genre, file) in GENRES.iter().chain(UNMARKED) {
        for Paragraph { sentence, agreements, .. } in paragraphs(file).iter().filter(|p| !p.agreements.is_empty()) {
            let doc = read(&sentence.text, &Lexicon::default());
            let holds: Vec<(&str, Vec<String>)> = relate(&doc)
                .iter()
                .filter(|it| it.primary && it.finding == Finding::Consistent)
                .map(|it| (family(it.kind.word()), called(&doc, it)))
                .collect();
            for agreement in agreements {
                let [kind, texts @ ..] = &agreement[..] else { panic!("{agreement:?} names no kind") };
                noted += 1;
                let same = |own: &[String]| own.len() == texts.len() && texts.iter().all(|text| own.contains(text));
                // What is left is told as a difference: the same as the sum it was noted as.
                let like = |own: &str| own == family(kind) || own == "difference" && family(kind) == "sum";
                if !holds.iter().any(|(family_of, own)| like(family_of) && same(own)) {
                    silent.push(format!("{genre}: {}", agreement.join(" ")));
                }
            }
        }
    }
    assert!(noted >= 80, "{noted} agreements are too few");
    assert!(silent.is_empty(), "not told\n{}", some(&silent));
}
