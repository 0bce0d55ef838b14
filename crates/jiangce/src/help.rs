//! clap's help in the person's language: every text is a message, named after its command and argument.
//!
//! `cli-about` and `cli-more` are the program's; `cli-import-about` a command's sentence, `cli-import-more` what its
//! long help adds; `cli-import-dry-run` an argument, `cli-global-data` one that every command understands.

use crate::cli::Cli;
use clap::{Command, CommandFactory, FromArgMatches};
use jc_base::Lang;
use jc_words::text;
use std::ffi::OsString;

/// Parses a command line; help that was asked for and wrong usage are errors, as in clap. All its words are needed only then:
/// a command that is understood does without them.
pub fn parse(arguments: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
    let understood = Cli::command().try_get_matches_from(arguments);
    let matches = understood.or_else(|_| command(lang).try_get_matches_from(arguments))?;
    Cli::from_arg_matches(&matches)
}

/// The command with its words in a language.
pub fn command(lang: Lang) -> Command {
    worded(Cli::command(), lang, &[])
}

/// A command's words: `path` are the names from the program's down to it, the program's left out.
fn worded(command: Command, lang: Lang, path: &[String]) -> Command {
    let prefix = prefix(path);
    let commands: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let arguments: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    let mut command = command
        .about(text(lang, &format!("{prefix}-about"), &[]))
        .long_about(long_about(lang, &prefix))
        .after_long_help(text(lang, "cli-exit-codes", &[]))
        .subcommand_help_heading(heading(lang, "cli-heading-commands"))
        .help_template(template(lang));
    for id in arguments {
        let message = argument_id(path, &id);
        command = command.mut_arg(&id, |argument| {
            let title = match (path.is_empty(), argument.is_positional()) {
                (true, _) => "cli-heading-global",
                (false, true) => "cli-heading-arguments",
                (false, false) => "cli-heading-options",
            };
            // clap would add default and possible values in English; our words name them.
            let takes = argument.get_action().takes_values();
            let argument = if takes { argument.hide_possible_values(true).hide_default_value(true) } else { argument };
            argument.help(text(lang, &message, &[])).long_help(None).help_heading(heading(lang, title))
        });
    }
    for name in commands {
        let below: Vec<String> = path.iter().cloned().chain([name.clone()]).collect();
        command = command.mut_subcommand(&name, |sub| worded(sub, lang, &below));
    }
    command
}

/// A heading. clap keeps headings for ever; they are made once in a run.
fn heading(lang: Lang, id: &str) -> &'static str {
    Box::leak(text(lang, id, &[]).into_boxed_str())
}

fn long_about(lang: Lang, prefix: &str) -> String {
    let (about, more) = (text(lang, &format!("{prefix}-about"), &[]), text(lang, &format!("{prefix}-more"), &[]));
    format!("{about}\n\n{more}")
}

/// clap's own layout with our headings: its words are English.
fn template(lang: Lang) -> String {
    format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}", text(lang, "cli-heading-usage", &[]))
}

/// The beginning of a command's message ids.
pub fn prefix(path: &[String]) -> String {
    if path.is_empty() { "cli".to_owned() } else { format!("cli-{}", path.join("-")) }
}

/// The message of an argument.
pub fn argument_id(path: &[String], id: &str) -> String {
    let owner = if path.is_empty() { "cli-global".to_owned() } else { prefix(path) };
    format!("{owner}-{}", id.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::{argument_id, prefix};
    use crate::cli::Cli;
    use clap::{Command, CommandFactory};
    use jc_base::Lang;

    fn wanted(command: &Command, path: &[String], out: &mut Vec<String>) {
        out.push(format!("{}-about", prefix(path)));
        out.push(format!("{}-more", prefix(path)));
        out.extend(command.get_arguments().map(|a| argument_id(path, a.get_id().as_str())));
        for sub in command.get_subcommands() {
            let below: Vec<String> = path.iter().cloned().chain([sub.get_name().to_owned()]).collect();
            wanted(sub, &below, out);
        }
    }

    #[test]
    fn every_command_and_argument_has_words_in_all_languages() {
        let mut ids = Vec::new();
        wanted(&Cli::command(), &[], &mut ids);
        for lang in Lang::ALL {
            let present = jc_words::ids(lang);
            let missing: Vec<&String> = ids.iter().filter(|id| !present.contains(*id)).collect();
            assert!(missing.is_empty(), "{lang}: {missing:?}");
        }
    }

    #[test]
    fn every_message_the_source_names_exists() {
        fn collect(folder: &std::path::Path, out: &mut String) {
            for entry in std::fs::read_dir(folder).expect("the source is there").flatten() {
                match entry.path() {
                    path if path.is_dir() => collect(&path, out),
                    path => out.push_str(&std::fs::read_to_string(path).expect("source is text")),
                }
            }
        }
        let mut source = String::new();
        collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        let present = jc_words::ids(Lang::Zh);
        // What is put together from parts ends in `-` or a brace.
        let named = source.split("\"cli-").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id);
        let whole = named.filter(|id| !id.contains('{') && !matches!(*id, "" | "global"));
        let missing: Vec<&str> = whole.filter(|id| !present.contains(&format!("cli-{id}"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn clap_finds_no_fault_with_the_command_line() {
        for lang in Lang::ALL {
            super::command(lang).debug_assert();
        }
    }
}
