//! What was typed wrongly, in the person's language: clap knows the cause, its words are English.

use crate::exit::Exit;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use jc_base::Lang;
use jc_words::text;

/// Prints help that was asked for, or says what is wrong with the command line.
pub fn tell(lang: Lang, error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that closed the pipe is no failure.
            let _ = error.print();
            Exit::Fine
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Exit::Usage
        }
        _ => {
            eprintln!("{}", words(lang, error));
            Exit::Usage
        }
    }
}

/// The error in words, with the nearest word where there is one.
fn words(lang: Lang, error: &Error) -> String {
    let get = |kind| error.get(kind).map(shown).unwrap_or_default();
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let mut lines = vec![match error.kind() {
        ErrorKind::UnknownArgument => text(lang, "cli-wrong-argument", &[("argument", argument.into())]),
        ErrorKind::InvalidSubcommand => {
            text(lang, "cli-wrong-command", &[("command", get(ContextKind::InvalidSubcommand).into())])
        }
        ErrorKind::MissingSubcommand => text(lang, "cli-wrong-no-command", &[]),
        ErrorKind::MissingRequiredArgument => text(lang, "cli-wrong-missing", &[("argument", argument.into())]),
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg);
            text(lang, "cli-wrong-conflict", &[("argument", argument.into()), ("other", other.into())])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            text(lang, "cli-wrong-no-value", &[("argument", argument.into())])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            text(lang, "cli-wrong-value", &[("argument", argument.into()), ("value", value.into())])
        }
        _ => text(lang, "cli-wrong-other", &[("argument", argument.into())]),
    }];
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(get)
        .find(|near| !near.is_empty());
    match (near, get(ContextKind::ValidValue)) {
        (Some(near), _) => lines.push(format!("  {}", text(lang, "near-miss", &[("nearest", near.into())]))),
        (None, valid) if !valid.is_empty() => {
            lines.push(format!("  {}", text(lang, "cli-wrong-valid", &[("values", valid.into())])));
        }
        _ => {}
    }
    lines.push(format!("  {}", text(lang, "cli-wrong-help", &[])));
    lines.join("\n")
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(many) => many.join(", "),
        ContextValue::StyledStr(one) => one.to_string(),
        ContextValue::StyledStrs(many) => many.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
