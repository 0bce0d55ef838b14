//! The messages of the three languages, each read once, when something like it is first said.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jc_base::Lang;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, OnceLock};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// The messages of a language whose ids begin alike (`growth-…`), read when one of them is first spoken: a screen needs a tenth
/// of all there are, and what is read takes ten times the room of its text.
#[derive(Default)]
struct Group {
    texts: Vec<&'static str>,
    read: OnceLock<Bundle>,
}

/// The groups of a language by what their ids begin with.
type Groups = BTreeMap<&'static str, Group>;

static ZH: LazyLock<Groups> = LazyLock::new(|| groups(Lang::Zh));
static EN: LazyLock<Groups> = LazyLock::new(|| groups(Lang::En));
static DE: LazyLock<Groups> = LazyLock::new(|| groups(Lang::De));

/// The group a message is of, if any is called so.
fn bundle(lang: Lang, id: &str) -> Option<&'static Bundle> {
    let groups: &'static Groups = match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
        Lang::De => &DE,
    };
    let group = groups.get(beginning(id))?;
    Some(group.read.get_or_init(|| load(lang, &group.texts.concat())))
}

fn beginning(id: &str) -> &str {
    id.split(['-', '.']).next().unwrap_or(id)
}

/// Parts a language's text into messages, each with the lines that belong to it. No message names another; a test holds that.
fn groups(lang: Lang) -> Groups {
    let text = source(lang);
    let opens = |line: &str| line.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if opens(line) || line.starts_with('#') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut groups = Groups::new();
    for message in starts.iter().zip(ends).filter_map(|(&from, to)| text.get(from..to)).filter(|text| opens(text)) {
        let id = message.split([' ', '=']).next().unwrap_or_default();
        groups.entry(beginning(id)).or_default().texts.push(message);
    }
    groups
}

/// The files as embedded.
fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("../../../messages/zh.ftl"),
        Lang::En => include_str!("../../../messages/en.ftl"),
        Lang::De => include_str!("../../../messages/de.ftl"),
    }
}

fn load(lang: Lang, text: &str) -> Bundle {
    let id: LanguageIdentifier = lang.code().parse().expect("zh, en and de are language codes");
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // No invisible marks around values: they would be copied along into spreadsheets and searches.
    bundle.set_use_isolating(false);
    // What cannot be read is left out; a test holds that nothing is.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A value put into a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// Shown as it is. A text that begins with `@` and names a message is that message: `@kind-date`.
    Text(Cow<'a, str>),
    /// A number, which may choose between singular and plural.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

macro_rules! from_number {
    ($($number:ty)*) => {$(
        impl From<$number> for Arg<'_> {
            fn from(number: $number) -> Self {
                Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}
from_number!(i32 i64 u8 u16 u32 u64 usize);

/// The message `id` in `lang` with the values put in.
///
/// Missing: a message that is not there gives its id, so that it is seen; a test of each crate holds that none is.
/// `id` may name an attribute: `cat-004.mend`.
pub fn text(lang: Lang, id: &str, args: &[(&str, Arg<'_>)]) -> String {
    find(lang, id, args).unwrap_or_else(|| id.to_owned())
}

/// The message, if it is there.
pub(crate) fn find(lang: Lang, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let bundle = bundle(lang, id)?;
    let (id, attribute) = id.split_once('.').map_or((id, None), |(id, attribute)| (id, Some(attribute)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        values.set(*name, value(lang, arg));
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
    Some(text.into_owned())
}

fn value<'a>(lang: Lang, arg: &'a Arg<'_>) -> FluentValue<'a> {
    match arg {
        Arg::Number(number) => FluentValue::from(*number),
        Arg::Text(text) => match text.strip_prefix('@').and_then(|id| find(lang, id, &[])) {
            Some(message) => FluentValue::String(Cow::Owned(message)),
            None => FluentValue::String(Cow::Borrowed(text.as_ref())),
        },
    }
}

/// All ids of a language, attributes as `id.attribute`: for tests and the reference.
pub fn ids(lang: Lang) -> BTreeSet<String> {
    variables(lang).into_keys().collect()
}

/// The variables of each message and attribute of a language: for tests that hold the languages together.
pub fn variables(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut message = String::new();
    let mut here = String::new();
    for line in source(lang).lines() {
        let indented = line.starts_with([' ', '\t']);
        let trimmed = line.trim();
        if trimmed.is_empty() || line.starts_with('#') {
            continue;
        }
        if !indented && let Some((id, _)) = line.split_once('=') {
            message = id.trim().to_owned();
            here = message.clone();
        } else if let Some((attribute, _)) = trimmed.strip_prefix('.').and_then(|rest| rest.split_once('=')) {
            here = format!("{message}.{}", attribute.trim());
        }
        let names = found.entry(here.clone()).or_default();
        for part in line.split('$').skip(1) {
            let name: String =
                part.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            names.insert(name);
        }
    }
    found
}
