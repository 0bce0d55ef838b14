//! A line of prose: words, slots, choices and repetitions.

use super::answers::Ask;
use super::form::Form;
use super::scan::{Fault, Piece};
use jc_base::Lang;
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column, Register};
use std::collections::BTreeSet;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Words as they are.
    Text(String),
    /// A word of the report itself.
    Word(Word),
    /// A figure.
    Slot(Slot),
    /// One of several texts, by a figure.
    Choice {
        /// The figure.
        slot: Slot,
        /// What of it decides.
        test: Test,
        /// The texts, in the order of the test.
        texts: Vec<Vec<Node>>,
    },
    /// A text for every part of a figure.
    Each {
        /// At most so many, the largest first; all in their own order if missing.
        top: Option<usize>,
        /// The slice.
        slice: String,
        /// The indicator.
        indicator: String,
        /// The text.
        text: Vec<Node>,
        /// What stands between.
        between: String,
    },
}

/// A word of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The school's name.
    School,
    /// The year.
    Year,
    /// The year before.
    LastYear,
    /// The name of the part in a repetition.
    Name,
}

impl Word {
    const WORDS: [(&'static str, Word); 4] =
        [("school", Word::School), ("year", Word::Year), ("last-year", Word::LastYear), ("name", Word::Name)];
}

/// A figure in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The indicator; that of the choice or repetition around it if missing.
    pub indicator: Option<String>,
    /// The slice and the value of the part meant.
    pub part: Option<(String, String)>,
    /// How it is written.
    pub form: Form,
}

/// What decides in a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// Rise, fall, unchanged, nothing to compare with.
    Change,
    /// Some, or none (nought or missing).
    Some,
}

/// What a line's reader knows.
pub(super) struct Context<'a> {
    pub catalog: &'a Catalog,
    pub lang: Lang,
}

/// Reads a line.
pub(super) fn read(context: &Context, piece: Piece, faults: &mut Vec<Fault>) -> Vec<Node> {
    within(context, piece, None, faults)
}

fn within(context: &Context, piece: Piece, around: Option<&str>, faults: &mut Vec<Fault>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    while at < piece.text.len() {
        match piece.text[at] {
            c @ ('{' | '}') if piece.text.get(at + 1) == Some(&c) => {
                text.push(c);
                at += 2;
            }
            '}' => {
                faults.push(Fault::new("RPT-002", piece.sub(at..at + 1).range()));
                at += 1;
            }
            '{' => {
                let Some(close) = closing(&piece.text[at..]) else {
                    faults.push(Fault::new("RPT-001", piece.sub(at..at + 1).range()));
                    break;
                };
                if !text.is_empty() {
                    nodes.push(Node::Text(std::mem::take(&mut text)));
                }
                nodes.extend(braces(context, piece.sub(at + 1..at + close), around, faults));
                at += close + 1;
            }
            c => {
                text.push(c);
                at += 1;
            }
        }
    }
    if !text.is_empty() {
        nodes.push(Node::Text(text));
    }
    nodes
}

/// The place of the brace that closes the first one.
fn closing(text: &[char]) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.iter().enumerate() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn braces(context: &Context, piece: Piece, around: Option<&str>, faults: &mut Vec<Fault>) -> Option<Node> {
    let inner = piece.trim();
    if inner.string().starts_with("each ") {
        return each(context, inner, faults);
    }
    if let Some(at) = inner.find(&['?', '？']) {
        return choice(context, inner, at, around, faults);
    }
    if let Some((_, word)) = Word::WORDS.iter().find(|(name, _)| inner.string() == *name) {
        if *word == Word::Name && around.is_none() {
            faults.push(Fault::new("RPT-003", inner.range()).with("name", "name"));
        }
        return Some(Node::Word(*word));
    }
    slot(context, inner, around, faults).map(Node::Slot)
}

fn choice(context: &Context, inner: Piece, at: usize, around: Option<&str>, faults: &mut Vec<Fault>) -> Option<Node> {
    let head = inner.sub(0..at).trim();
    let (named, test) = match head.string().strip_suffix('0').map(str::trim_end).and_then(|t| t.strip_suffix('>')) {
        Some(name) => (head.sub(0..name.trim_end().chars().count()), Test::Some),
        None => (head, Test::Change),
    };
    let slot = slot(context, named, around, faults)?;
    let own = slot.indicator.clone().or(around.map(str::to_owned));
    let texts: Vec<Vec<Node>> = inner
        .sub(at + 1..inner.text.len())
        .split(&['|', '｜'])
        .into_iter()
        .map(|text| within(context, text.trim(), own.as_deref(), faults))
        .collect();
    let (least, most) = match test {
        Test::Change => (3, 4),
        Test::Some => (1, 2),
    };
    if !(least..=most).contains(&texts.len()) {
        let fault = Fault::new("RPT-006", inner.range()).with("count", texts.len().to_string());
        faults.push(fault.with("least", least.to_string()).with("most", most.to_string()));
        return None;
    }
    Some(Node::Choice { slot, test, texts })
}

/// `each 3 department of graduate-count: text | between`
fn each(context: &Context, inner: Piece, faults: &mut Vec<Fault>) -> Option<Node> {
    let Some(colon) = inner.find(&[':', '：']) else {
        faults.push(Fault::new("RPT-007", inner.range()));
        return None;
    };
    let head = inner.sub("each ".len()..colon).trim();
    let Some((named, of)) = head.split_word("of") else {
        faults.push(Fault::new("RPT-007", inner.range()));
        return None;
    };
    let (top, slice) = match named.string().split_once(' ').map(|(n, _)| (n.parse::<usize>().ok(), n.chars().count())) {
        Some((Some(top), long)) => (Some(top), named.sub(long + 1..named.text.len()).trim()),
        _ => (None, named.trim()),
    };
    let indicator = indicator(context, of.trim(), faults)?;
    check_slice(context, &indicator, slice, faults)?;
    let mut pieces = inner.sub(colon + 1..inner.text.len()).split(&['|', '｜']).into_iter();
    let text = within(context, pieces.next()?.trim(), Some(&indicator), faults);
    let between = pieces.next().map_or_else(|| "、".to_owned(), |piece| piece.trim().string());
    Some(Node::Each { top, slice: slice.string(), indicator, text, between })
}

/// `indicator[slice=value].form`
fn slot(context: &Context, piece: Piece, around: Option<&str>, faults: &mut Vec<Fault>) -> Option<Slot> {
    let text = piece.string();
    let mut rest = piece;
    let mut form = Form::Value;
    // A form stands behind the last point that no bracket follows.
    if let Some(point) = piece.text.iter().rposition(|c| *c == '.')
        && !piece.text[point..].contains(&']')
    {
        let word = piece.sub(point + 1..piece.text.len());
        match Form::parse(word.string().trim()) {
            Some(read) => form = read,
            None => {
                let typed = word.string();
                let fault = Fault::new("RPT-004", word.range()).with("form", typed.clone());
                faults.push(fault.nearest(&typed, Form::WORDS.into_iter()));
                return None;
            }
        }
        rest = piece.sub(0..point);
    }
    let mut part = None;
    if let Some(open) = rest.text.iter().position(|c| *c == '[') {
        let close = rest.text.iter().rposition(|c| *c == ']').filter(|close| *close > open);
        let inside = close.map(|close| rest.sub(open + 1..close));
        let equals = inside.and_then(|inside| Some((inside, inside.text.iter().position(|c| "=＝".contains(*c))?)));
        let Some((inside, equals)) = equals else {
            faults.push(Fault::new("RPT-005", rest.range()).with("slot", text));
            return None;
        };
        part = Some((inside.sub(0..equals).trim(), inside.sub(equals + 1..inside.text.len()).trim()));
        rest = rest.sub(0..open);
    }
    let rest = rest.trim();
    let indicator =
        if rest.text.is_empty() && around.is_some() { None } else { Some(indicator(context, rest, faults)?) };
    let part = match part {
        None => None,
        Some((slice, value)) => {
            let of = indicator.as_deref().or(around)?;
            check_slice(context, of, slice, faults)?;
            Some((slice.string(), value_of(context, of, &slice.string(), value, faults)?))
        }
    };
    Some(Slot { indicator, part, form })
}

/// An indicator's id, or a fault that names the nearest.
pub(super) fn indicator(context: &Context, piece: Piece, faults: &mut Vec<Fault>) -> Option<String> {
    let id = piece.string();
    if context.catalog.find_indicator(&id).is_some() {
        return Some(id);
    }
    let all = context.catalog.registers.iter().flat_map(|r| &r.indicators).map(|i| i.id.as_str());
    let by_name = context.catalog.registers.iter().flat_map(|r| &r.indicators);
    let named = by_name.filter(|i| i.name.get(context.lang) == id).map(|i| i.id.as_str()).next();
    let fault = Fault::new("RPT-003", piece.range()).with("name", id.clone());
    faults.push(match named {
        Some(meant) => fault.with("nearest", meant),
        None => fault.nearest(&id, all.chain(Word::WORDS.iter().map(|(word, _)| *word))),
    });
    None
}

/// The register of an indicator.
pub(super) fn register<'c>(catalog: &'c Catalog, indicator: &str) -> Option<&'c Register> {
    catalog.find_indicator(indicator).map(|(register, _)| &catalog.registers[register])
}

/// Whether the indicator is kept by a slice.
pub(super) fn check_slice(context: &Context, indicator: &str, slice: Piece, faults: &mut Vec<Fault>) -> Option<()> {
    let register = register(context.catalog, indicator)?;
    let id = slice.string();
    if register.slices.iter().any(|s| s.id == id) {
        return Some(());
    }
    let fault = Fault::new("RPT-008", slice.range()).with("slice", id.clone()).with("indicator", indicator);
    let known: Vec<&str> = register.slices.iter().map(|s| s.id.as_str()).collect();
    faults.push(fault.with("slices", known.join(", ")).nearest(&id, known.into_iter()));
    None
}

/// A slice's value as it is kept: a code by its name, anything else as typed.
fn value_of(context: &Context, indicator: &str, slice: &str, typed: Piece, faults: &mut Vec<Fault>) -> Option<String> {
    let register = register(context.catalog, indicator)?;
    let column: Column = register.slices.iter().find(|s| s.id == slice)?.column;
    let text = typed.string();
    let Kind::Code(list) = register.column_kind(column) else { return Some(text) };
    let list = context.catalog.code_list(list.as_str())?;
    let known = list.codes.iter().find(|code| code.code == text || code.name.get(context.lang) == text);
    if known.is_none() {
        let fault = Fault::new("RPT-009", typed.range()).with("value", text.clone()).with("slice", slice);
        faults.push(fault.nearest(&text, list.codes.iter().map(|code| code.code.as_str())));
    }
    known.map(|code| code.code.clone())
}

/// What must be known to fill a line.
pub(super) fn asks(nodes: &[Node], asks: &mut BTreeSet<Ask>) {
    within_asks(nodes, None, asks);
}

fn within_asks(nodes: &[Node], around: Option<&(String, Option<String>)>, asks: &mut BTreeSet<Ask>) {
    for node in nodes {
        match node {
            Node::Text(_) | Node::Word(_) => {}
            Node::Slot(slot) => slot_asks(slot, slot.form.compares(), around, asks),
            Node::Choice { slot, test, texts } => {
                slot_asks(slot, *test == Test::Change, around, asks);
                let own = match &slot.indicator {
                    Some(indicator) => Some((indicator.clone(), slot.part.as_ref().map(|(slice, _)| slice.clone()))),
                    None => around.cloned(),
                };
                texts.iter().for_each(|text| within_asks(text, own.as_ref(), asks));
            }
            Node::Each { slice, indicator, text, .. } => {
                asks.insert(ask(indicator, Some(slice), 0));
                within_asks(text, Some(&(indicator.clone(), Some(slice.clone()))), asks);
            }
        }
    }
}

fn slot_asks(slot: &Slot, compares: bool, around: Option<&(String, Option<String>)>, asks: &mut BTreeSet<Ask>) {
    let own = slot.part.as_ref().map(|(slice, _)| slice.clone());
    let (indicator, slice) = match (&slot.indicator, around) {
        (Some(indicator), around) => {
            // Beside a repetition's own indicator another may be asked for the same part.
            let inherited = around.and_then(|(_, slice)| slice.clone());
            (indicator.clone(), own.or(inherited))
        }
        (None, Some((indicator, slice))) => (indicator.clone(), own.or(slice.clone())),
        (None, None) => return,
    };
    for back in 0..=u8::from(compares) {
        asks.insert(ask(&indicator, slice.as_ref(), back));
    }
}

fn ask(indicator: &str, slice: Option<&String>, back: u8) -> Ask {
    let indicator = indicator.to_owned();
    match slice {
        None => Ask::Whole { indicator, back },
        Some(slice) => Ask::Parts { indicator, slice: slice.clone(), back },
    }
}
