//! The verdicts on a text, as its screen and its papers show them.

use crate::{desk::Desk, frame::Link, parts::Paging, show, words::Words};
use jc_app::Viewer;
use jc_app::check_text::{Checked, Explained, Standing, WHOSE};
use jc_app::given::paper::Block;
use jc_app::given::{Claim, Judgement, Reading, Reason, Relation, Verdict as Judged, Working};
use jc_base::Lang;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// The verdicts on a text.
#[derive(Debug, Default)]
pub struct CheckedText {
    /// How many numbers were seen, judged and left, in words.
    pub about: String,
    /// How much of the text's own arithmetic holds, and how much does not, in words.
    pub sums: String,
    /// Where the text contradicts itself.
    pub slips: Vec<Slip>,
    /// Where its numbers likely do not agree.
    pub looks: Vec<Slip>,
    /// All, wrong, open and the others; each with its count.
    pub verdicts: Vec<VerdictChip>,
    /// Paragraphs and tables, cut at the numbers.
    pub blocks: Vec<Block<Piece>>,
    /// A note for each number, in the order of the text; of a long text, some of them.
    pub notes: Vec<ClaimNote>,
    /// The way to the others.
    pub paging: Option<Paging>,
}

/// Numbers of the text that cannot all be right.
#[derive(Debug, Default)]
pub struct Slip {
    /// The working.
    pub working: String,
    /// The notes of the numbers.
    pub claims: Vec<Link>,
}

/// A verdict with its count, to see only its numbers.
#[derive(Debug, Default)]
pub struct VerdictChip {
    /// What it says.
    pub label: String,
    /// How many, formatted.
    pub count: String,
    /// Where only its numbers are shown.
    pub href: String,
    /// The verdict's code, or `all`.
    pub code: &'static str,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A piece of prose.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// As written.
    pub text: String,
    /// The number of the note, if it is a claim.
    pub claim: Option<usize>,
    /// Where that note is shown.
    pub href: String,
    /// The verdict on it.
    pub verdict: Verdict,
}

/// What the records say about a number.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 相符: the records give it.
    Supported,
    /// 矛盾: the records give something else, or the text contradicts itself.
    Contradicted,
    /// 换口径才成立: only under another definition.
    Differs,
    /// 核实后相符: once the records that wait are verified.
    Pending,
    /// 请看一看: likely not what other numbers of the text come to.
    Look,
    /// 无法推出: nothing in the records says so or otherwise.
    #[default]
    Open,
    /// 不核对: somebody said that it is no number to check.
    Aside,
}

impl Verdict {
    /// The class and the message id's end.
    pub fn code(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Differs => "differs",
            Self::Pending => "pending",
            Self::Look => "look",
            Self::Open => "open",
            Self::Aside => "aside",
        }
    }

    /// A sign beside the number, so that it is not told by colour alone; none for what is right or not checked.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Supported | Self::Aside => "",
            Self::Contradicted => "✗",
            Self::Differs | Self::Pending => "≈",
            Self::Look => "!",
            Self::Open => "?",
        }
    }
}

/// What is behind a number.
#[derive(Debug, Default)]
pub struct ClaimNote {
    /// Its number in the text, from 1.
    pub number: usize,
    /// Where it stands, in characters.
    pub span: (usize, usize),
    /// As written, with what it counts.
    pub quote: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What it was taken to mean: indicator and period, in words; empty if not understood.
    pub meaning: String,
    /// The definition of the indicator; may be empty.
    pub definition: String,
    /// What the records say, in the reader's language.
    pub says: Vec<String>,
    /// The working of the text's own arithmetic, line by line.
    pub working: Vec<String>,
    /// What explains a difference; may be empty.
    pub explained: Option<Link>,
    /// What would have to stand there instead; may be empty.
    pub better: String,
    /// The figure's trace, the records.
    pub links: Vec<Link>,
}

/// Who tells of a text: what its reader may see, and their words. A file is made without a desk, so this is less.
#[derive(Clone, Copy)]
pub(super) struct Teller<'t> {
    /// What the reader may see.
    pub viewer: &'t Viewer<'t>,
    /// The words of their language.
    pub words: Words,
}

impl<'t> Teller<'t> {
    /// Who tells of it at a desk.
    pub fn at(desk: &'t Desk<'t>) -> Self {
        Self { viewer: &desk.viewer, words: desk.words }
    }

    fn lang(self) -> Lang {
        self.words.0
    }
}

/// Which notes are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown<'s> {
    /// The verdict's code; empty for all.
    pub only: &'s str,
    /// The note that must be among them, by its number; nothing to begin with the first.
    pub note: Option<usize>,
    /// The same by where its number stands in the text.
    pub at: Option<usize>,
    /// So many at most.
    pub most: usize,
}

/// A claim with its number in the text and its verdict.
type Numbered<'c> = (usize, &'c Claim, Verdict);

impl Shown<'_> {
    /// The notes' positions among those of the wanted verdict.
    fn window(self, fitting: &[Numbered]) -> Range<usize> {
        let wanted = |(number, claim, _): &Numbered| {
            Some(*number) == self.note || (self.at.is_some() && Some(claim.span.start) == self.at)
        };
        let most = self.most.max(1);
        let first = fitting.iter().position(wanted).unwrap_or(0) / most * most;
        first..fitting.len().min(first.saturating_add(most))
    }

    /// Where a note is shown.
    fn href(self, number: usize, here: bool) -> String {
        if here { format!("#note-{number}") } else { format!("?note={number}#note-{number}") }
    }

    /// The way to the notes before and after.
    fn paging(self, words: Words, fitting: &[Numbered], window: &Range<usize>) -> Option<Paging> {
        let to = |at: usize| {
            let number = fitting.get(at).map(|(number, ..)| number.to_string())?;
            let only = Some(("only", self.only)).filter(|(_, only)| !only.is_empty());
            Some(show::address("", only.into_iter().chain([("note", number.as_str())])))
        };
        let shown = [("all", fitting.len()), ("from", window.start + 1), ("to", window.end)];
        (window.len() < fitting.len()).then(|| Paging {
            shown: words.with("table-shown", &shown.map(|(name, n)| (name, n.to_string()))),
            first: None,
            previous: window.start.checked_sub(self.most).and_then(to),
            next: to(window.end),
        })
    }
}

/// Lays out what was found.
pub(super) fn checked(teller: Teller, text: &str, year: i32, checked: &Checked, shown: Shown) -> CheckedText {
    let stating = checked.stating();
    let numbered = stating.iter().enumerate().map(|(at, claim)| (at + 1, *claim, verdict(checked, claim)));
    let numbered: Vec<Numbered> = numbered.collect();
    let fits = |it: &&Numbered| shown.only.is_empty() || it.2.code() == shown.only;
    let fitting: Vec<Numbered> = numbered.iter().filter(fits).copied().collect();
    let window = shown.window(&fitting);
    let wanted = fitting.get(window.clone()).unwrap_or_default();
    let here: HashSet<usize> = wanted.iter().map(|(number, ..)| *number).collect();
    let href = |number: usize| shown.href(number, here.contains(&number));
    let number: HashMap<&str, usize> = numbered.iter().map(|(number, claim, _)| (claim.id.as_str(), *number)).collect();
    let known = jc_words::ids(teller.lang());
    let speech = Speech { teller, known: &known, checked, own: own(checked) };
    let slip = |relation: &Relation| Slip {
        working: std::iter::once(speech.working(&relation.working))
            .chain(relation.remarks(&checked.document).iter().map(|(id, with)| teller.words.with(id, with)))
            .collect::<Vec<_>>()
            .join(" · "),
        claims: relation
            .members
            .iter()
            .filter_map(|(_, id)| {
                let claim = checked.document.claim(id)?;
                Some(Link::new(squeeze(&claim.text), href(*number.get(id.as_str())?)))
            })
            .collect(),
    };
    let tally = checked.tally();
    let about = [
        ("seen", tally.seen.to_string()),
        ("judged", tally.judged().to_string()),
        ("left", tally.open.to_string()),
        ("year", year.to_string()),
    ];
    CheckedText {
        about: teller.words.with("check-seen", &about),
        sums: teller.words.with(
            "check-sums",
            &[("held", checked.holding().to_string()), ("broken", checked.impossible().count().to_string())],
        ),
        slips: checked.impossible().map(&slip).collect(),
        looks: checked.looks().map(&slip).collect(),
        verdicts: chips(teller.words, &numbered, shown.only),
        blocks: blocks(paragraphs(text, &numbered, &href)),
        notes: wanted.iter().map(|it| speech.note(*it, year)).collect(),
        paging: shown.paging(teller.words, &fitting, &window),
    }
}

fn verdict(checked: &Checked, claim: &Claim) -> Verdict {
    match checked.standing(claim) {
        Standing::Right => Verdict::Supported,
        Standing::Pending => Verdict::Pending,
        Standing::Otherwise => Verdict::Differs,
        Standing::Wrong => Verdict::Contradicted,
        Standing::Look => Verdict::Look,
        Standing::Open => Verdict::Open,
        Standing::Aside => Verdict::Aside,
    }
}

/// By claim: the arithmetic it is part of.
fn own(checked: &Checked) -> HashMap<&str, Vec<&Relation>> {
    let mut own: HashMap<&str, Vec<&Relation>> = HashMap::new();
    for relation in checked.relations.iter().filter(|it| it.primary || it.look) {
        let members: BTreeSet<&str> = relation.members.iter().map(|(_, id)| id.as_str()).collect();
        for id in members {
            own.entry(id).or_default().push(relation);
        }
    }
    own
}

/// Says things in the reader's language.
struct Speech<'a> {
    teller: Teller<'a>,
    known: &'a BTreeSet<String>,
    checked: &'a Checked,
    own: HashMap<&'a str, Vec<&'a Relation>>,
}

impl Speech<'_> {
    fn note(&self, (number, claim, verdict): Numbered, year: i32) -> ClaimNote {
        let (words, checked) = (self.teller.words, self.checked);
        let judgement = checked.judgement(&claim.id);
        let own = self.own.get(claim.id.as_str()).map(Vec::as_slice).unwrap_or_default().iter();
        let year = claim.period.as_ref().and_then(|period| period.years.first().copied()).unwrap_or(year);
        let said: Vec<&Reading> = judgement.map_or_else(Vec::new, |judgement| match judgement.reading() {
            Some(reading) => vec![reading],
            None => judgement.said().collect(),
        });
        ClaimNote {
            number,
            span: (claim.span.start, claim.span.end),
            quote: squeeze(&claim.text),
            verdict,
            meaning: self.meaning(claim, &said),
            definition: match said.as_slice() {
                [reading] => self.definition(&reading.indicator),
                _ => String::new(),
            },
            says: match judgement {
                _ if verdict == Verdict::Aside => vec![words.t("check-says-aside")],
                Some(judgement) => self.says(claim, judgement),
                None => Vec::new(),
            },
            working: own.map(|relation| self.working(&relation.working)).filter(|line| !line.is_empty()).collect(),
            explained: checked.explained.get(&claim.id).map(|it| self.explained(&said, it, year)),
            better: checked.proposal(claim).unwrap_or_default(),
            links: said
                .iter()
                .map(|reading| {
                    let label = match said.len() {
                        1 => words.t("check-trace"),
                        _ => self.name(&reading.indicator),
                    };
                    Link::new(label, figure(reading, year))
                })
                .collect(),
        }
    }

    fn name(&self, id: &str) -> String {
        let catalog = self.teller.viewer.catalog();
        let name = catalog.find_indicator(id).and_then(|(register, indicator)| {
            Some(catalog.registers.get(register)?.indicators.get(indicator)?.name.get(self.teller.lang()).to_owned())
        });
        name.unwrap_or_else(|| id.to_owned())
    }

    fn definition(&self, id: &str) -> String {
        let catalog = self.teller.viewer.catalog();
        let about = catalog.find_indicator(id).and_then(|(register, indicator)| {
            Some(catalog.registers.get(register)?.indicators.get(indicator)?.about.get(self.teller.lang()).to_owned())
        });
        about.unwrap_or_default()
    }

    /// What a number was taken to mean: indicator, slices and period, for each reading that remains.
    fn meaning(&self, claim: &Claim, said: &[&Reading]) -> String {
        let one = |reading: &&Reading| {
            let slices = reading.slices.iter().map(|(field, value)| self.slice(reading, field, value));
            let period = Some(reading.period.clone()).filter(|period| !period.is_empty());
            std::iter::once(self.name(&reading.indicator)).chain(slices).chain(period).collect::<Vec<_>>().join(" · ")
        };
        if said.is_empty() {
            return claim.subject.clone();
        }
        said.iter().map(one).collect::<Vec<_>>().join(&self.teller.words.t("check-or"))
    }

    /// The label of a slice's value: a code's name; of records only that one is meant.
    fn slice(&self, reading: &Reading, field: &str, value: &str) -> String {
        let catalog = self.teller.viewer.catalog();
        let label = catalog.find_indicator(&reading.indicator).and_then(|(register, _)| {
            let register = catalog.registers.get(register)?;
            let slice = register.slices.iter().find(|slice| slice.id == field)?;
            let name = slice.name.get(self.teller.lang()).to_owned();
            Some(match register.column_kind(slice.column) {
                jc_catalog::kinds::Kind::Code(list) => {
                    let code = catalog.code_list(list.as_str())?.codes.iter().find(|code| code.code == value)?;
                    code.name.get(self.teller.lang()).to_owned()
                }
                _ => name,
            })
        });
        label.unwrap_or_else(|| value.to_owned())
    }

    /// What the records say, reading by reading, and why nothing follows.
    fn says(&self, claim: &Claim, judgement: &Judgement) -> Vec<String> {
        let words = self.teller.words;
        let mut lines = Vec::new();
        let several = judgement.said().count() > 1;
        for reading in &judgement.readings {
            let name = self.name(&reading.indicator);
            let of = [
                ("indicator", name),
                ("stated", squeeze(&claim.text)),
                ("printed", reading.printed.clone()),
                ("pending", reading.pending.to_string()),
            ];
            let otherwise = judgement.verdict == Judged::SupportedOtherwise;
            let other = reading.definition == jc_app::given::Definition::Other;
            match reading.outcome {
                // Other definitions are only told where one of them gives the number.
                _ if other && !(otherwise && reading.outcome == Judged::Supported) => {}
                Judged::Supported if other => lines.push(words.with("check-says-otherwise", &of)),
                Judged::Supported => lines.push(words.with("check-says-agrees", &of)),
                Judged::SupportedIfVerified => lines.push(words.with("check-says-if-verified", &of)),
                Judged::Contradicted | Judged::SupportedOtherwise => lines.push(words.with("check-says-differs", &of)),
                Judged::NotDerivable(reason) => {
                    if !reading.printed.is_empty() && reason == Reason::PerhapsPart {
                        lines.push(words.with("check-says-whole", &of));
                    }
                    if several {
                        lines.push(words.t(&format!("check-reason-{}", reason.code())));
                    }
                }
            }
        }
        if let Judged::NotDerivable(reason) = judgement.verdict {
            lines.push(words.t(&format!("check-reason-{}", reason.code())));
        }
        lines.dedup();
        lines
    }

    fn explained(&self, said: &[&Reading], explained: &Explained, year: i32) -> Link {
        let words = self.teller.words;
        let Some(reading) = said.first() else { return Link::default() };
        let at = |part: &jc_app::check_text::Part| {
            let slice = format!("{}:{}", part.slice, part.value);
            show::address(
                &format!("/figures/{}", reading.indicator),
                [("year", year.to_string().as_str()), ("slice", slice.as_str())],
            )
        };
        let of = |part: &jc_app::check_text::Part| [("part", part.label.clone()), ("printed", part.printed.clone())];
        match explained {
            Explained::YearBefore { period, year } => {
                let to =
                    show::address(&format!("/figures/{}", reading.indicator), [("year", year.to_string().as_str())]);
                Link::new(words.t1("check-explained-before", "period", period), to)
            }
            Explained::Only(part) => Link::new(words.with("check-explained-only", &of(part)), at(part)),
            Explained::Without(part) => Link::new(words.with("check-explained-without", &of(part)), at(part)),
        }
    }

    /// A working by its message where there is one; else as the reader of claims words it.
    fn working(&self, working: &Working) -> String {
        let id = format!("claims-{}", working.code);
        if self.known.contains(&id) {
            return self.teller.words.with(&id, &working.with);
        }
        working.zh.clone()
    }
}

/// The figure of a reading.
fn figure(reading: &Reading, year: i32) -> String {
    let year = year.to_string();
    let slice = reading.slices.iter().find(|(field, _)| field != WHOSE);
    let slice = slice.map(|(field, value)| format!("{field}:{value}"));
    let with = [("year", year.as_str())].into_iter().chain(slice.as_deref().map(|slice| ("slice", slice)));
    show::address(&format!("/figures/{}", reading.indicator), with)
}

fn chips(words: Words, claims: &[Numbered], only: &str) -> Vec<VerdictChip> {
    let chip = |label: String, code: &'static str, fits: &dyn Fn(Verdict) -> bool| VerdictChip {
        label,
        count: claims.iter().filter(|it| fits(it.2)).count().to_string(),
        href: if code == "all" { "?".to_owned() } else { format!("?only={code}") },
        code,
        current: only == code || (only.is_empty() && code == "all"),
    };
    let mut chips = vec![chip(words.t("check-all"), "all", &|of| of != Verdict::Aside)];
    for verdict in [
        Verdict::Contradicted,
        Verdict::Look,
        Verdict::Differs,
        Verdict::Pending,
        Verdict::Open,
        Verdict::Supported,
        Verdict::Aside,
    ] {
        let label = words.t(&format!("verdict-{}", verdict.code()));
        chips.push(chip(label, verdict.code(), &|of| of == verdict));
    }
    chips.retain(|chip| chip.count != "0" || chip.code == "all");
    chips
}

/// The text in paragraphs, cut at its numbers; `href` tells where a note is shown.
fn paragraphs(text: &str, claims: &[Numbered], href: &dyn Fn(usize) -> String) -> Vec<Vec<Piece>> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut at = 0;
    let plain = |from: usize, to: usize, out: &mut Vec<Vec<Piece>>| {
        let piece: String = chars.get(from..to).unwrap_or_default().iter().collect();
        for (line, text) in piece.split('\n').enumerate() {
            if line > 0 {
                out.push(Vec::new());
            }
            if let (false, Some(last)) = (text.is_empty(), out.last_mut()) {
                last.push(Piece { text: text.to_owned(), ..Piece::default() });
            }
        }
    };
    for (number, claim, verdict) in claims {
        // One inside another is told by its note alone.
        if claim.span.start < at || claim.span.end > chars.len() {
            continue;
        }
        plain(at, claim.span.start, &mut out);
        let text: String = chars.get(claim.span.start..claim.span.end).unwrap_or_default().iter().collect();
        if let Some(last) = out.last_mut() {
            last.push(Piece { text, claim: Some(*number), href: href(*number), verdict: *verdict });
        }
        at = claim.span.end;
    }
    plain(at, chars.len(), &mut out);
    out.retain(|paragraph| !paragraph.is_empty());
    out
}

/// Lines whose cells tabs part stand in a table, where there are two or more of them.
fn blocks(lines: Vec<Vec<Piece>>) -> Vec<Block<Piece>> {
    let mut out = Vec::new();
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let close = |rows: &mut Vec<Vec<Piece>>, out: &mut Vec<Block<Piece>>| match rows.len() {
        0 | 1 => out.extend(rows.drain(..).map(Block::Paragraph)),
        _ => out.push(Block::Table(rows.drain(..).map(cells).collect())),
    };
    for line in lines {
        if line.iter().any(|piece| piece.text.contains('\t')) {
            rows.push(line);
        } else {
            close(&mut rows, &mut out);
            out.push(Block::Paragraph(line));
        }
    }
    close(&mut rows, &mut out);
    out
}

/// A line's cells: what stands between its tabs.
fn cells(line: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut cells = vec![Vec::new()];
    for piece in line {
        if piece.claim.is_some() {
            cells.last_mut().into_iter().for_each(|cell: &mut Vec<Piece>| cell.push(piece.clone()));
            continue;
        }
        for (n, text) in piece.text.split('\t').enumerate() {
            if n > 0 {
                cells.push(Vec::new());
            }
            if let (false, Some(cell)) = (text.is_empty(), cells.last_mut()) {
                cell.push(Piece { text: text.to_owned(), ..Piece::default() });
            }
        }
    }
    cells
}

/// A passage without its line breaks.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("")
}
