//! `code:LIST`: a code of a list, written as its code, its name in any language, or an alias.

use super::fault::{AMBIGUOUS_CODE, CODE_NOT_IN_USE, KindFault, UNKNOWN_CODE};
use super::{ParseContext, says_unknown};
use crate::model::{Code, CodeList};
use jc_base::{CodeListId, Lang, Value};
use std::collections::HashMap;

/// Ways a code is written, and the code they mean: built once when the catalog is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lookup {
    words: HashMap<String, Meaning>,
}

#[derive(Debug, Clone, Copy)]
enum Meaning {
    One(usize),
    /// Two codes are written like that.
    Two(usize, usize),
}

impl Lookup {
    pub(crate) fn of(codes: &[Code]) -> Self {
        let mut lookup = Self::default();
        // Codes first: a word that is one code's code and another's alias means the code.
        for (ix, code) in codes.iter().enumerate() {
            lookup.words.insert(code.code.clone(), Meaning::One(ix));
        }
        let own = lookup.words.len();
        for (ix, code) in codes.iter().enumerate() {
            let names = [&code.name.zh, &code.name.en, &code.name.de];
            // A spreadsheet drops leading noughts: `1` for `01`.
            let stripped = code.code.trim_start_matches('0').to_owned();
            let numeric = own > 0 && code.code.bytes().all(|b| b.is_ascii_digit()) && !stripped.is_empty();
            let words = names.into_iter().chain(&code.aliases).cloned().chain(numeric.then_some(stripped));
            for word in words.filter(|word| !word.is_empty()) {
                lookup.add(&word, ix, codes);
                lookup.add(&folded(&word), ix, codes);
            }
        }
        for (ix, code) in codes.iter().enumerate() {
            lookup.add(&folded(&code.code), ix, codes);
        }
        lookup
    }

    fn add(&mut self, word: &str, ix: usize, codes: &[Code]) {
        match self.words.get_mut(word) {
            None => {
                self.words.insert(word.to_owned(), Meaning::One(ix));
            }
            Some(meaning) => {
                if let Meaning::One(first) = *meaning
                    && first != ix
                    && codes[first].code != word
                {
                    *meaning = Meaning::Two(first, ix);
                }
            }
        }
    }
}

fn folded(word: &str) -> String {
    jc_text::fold::plain(word).to_lowercase()
}

pub(super) fn parse(text: &str, list: &CodeListId, context: &ParseContext<'_>) -> Result<Value, KindFault> {
    let Some(list) = find_list(context.codes, list) else {
        return if says_unknown(text) { Ok(Value::Missing) } else { Err(unknown(text, None)) };
    };
    let meaning = match list.lookup.words.get(text) {
        Some(meaning) => *meaning,
        None => {
            let folded = folded(text);
            match list.lookup.words.get(folded.as_str()) {
                Some(meaning) => *meaning,
                None if says_unknown(text) => return Ok(Value::Missing),
                None => return Err(unknown(text, Some(list))),
            }
        }
    };
    match meaning {
        Meaning::One(ix) => {
            in_use(&list.codes[ix], context)?;
            Ok(Value::Text(list.codes[ix].code.clone()))
        }
        Meaning::Two(first, second) => {
            let (first, second) = (&list.codes[first], &list.codes[second]);
            // One may have followed the other.
            let on_day = |code: &Code| context.on.is_some_and(|day| code.valid_on(day));
            match (on_day(first), on_day(second)) {
                (true, false) => Ok(Value::Text(first.code.clone())),
                (false, true) => Ok(Value::Text(second.code.clone())),
                _ => Err(KindFault::of(AMBIGUOUS_CODE, text)
                    .with("first", &first.name.zh)
                    .with("second", &second.name.zh)),
            }
        }
    }
}

pub(super) fn check(text: &str, list: &CodeListId, context: &ParseContext<'_>) -> Result<(), KindFault> {
    let list = find_list(context.codes, list);
    match list.and_then(|list| list.find(text)) {
        Some(code) => in_use(code, context),
        None => Err(unknown(text, list)),
    }
}

pub(super) fn show(text: &str, list: &CodeListId, lang: Lang, codes: &[CodeList]) -> String {
    let code = find_list(codes, list).and_then(|list| list.find(text));
    code.map_or(text, |code| code.name.get(lang)).to_owned()
}

/// The list of an id; the lists are sorted by it.
pub(crate) fn find_list<'a>(codes: &'a [CodeList], id: &CodeListId) -> Option<&'a CodeList> {
    codes.binary_search_by(|list| list.id.cmp(id)).ok().map(|ix| &codes[ix])
}

fn in_use(code: &Code, context: &ParseContext<'_>) -> Result<(), KindFault> {
    match context.on {
        Some(day) if !code.valid_on(day) => {
            let print = |day: Option<jc_base::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
            Err(KindFault::of(CODE_NOT_IN_USE, &code.name.zh)
                .with("from", print(code.from))
                .with("until", print(code.until)))
        }
        _ => Ok(()),
    }
}

fn unknown(text: &str, list: Option<&CodeList>) -> KindFault {
    let name = list.map_or("", |list| list.name.zh.as_str());
    let nearest = list.and_then(|list| {
        let words = list.codes.iter().flat_map(|code| {
            [&code.code, &code.name.zh, &code.name.en, &code.name.de].into_iter().chain(&code.aliases)
        });
        jc_text::similar::nearest(
            &jc_text::fold::plain(text),
            words.map(String::as_str).filter(|word| !word.is_empty()),
        )
    });
    let fault = KindFault::of(UNKNOWN_CODE, text).with("list", name);
    match nearest {
        Some(nearest) => fault.with("nearest", nearest),
        None => fault,
    }
}
