//! Pages of the reference, written from what the program itself knows.

use crate::exit::Exit;
use crate::help;
use crate::settings::{KEYS, Kind};
use clap::{Arg, Command};
use jc_base::Lang;
use jc_words::text;
use std::fmt::Write as _;

/// Every command with its arguments, as Markdown.
pub fn commands(lang: Lang) -> String {
    let mut program = help::command(lang);
    program.build();
    let say = |id: &str| text(lang, id, &[]);
    let mut page = format!("# {}\n\n{}\n\n", say("cli-doc-commands"), say("cli-doc-generated"));
    let _ = writeln!(page, "{}\n\n{}\n", styled(program.get_about()), say("cli-more"));
    let _ = writeln!(page, "## {}\n", say("cli-doc-exit-codes"));
    for exit in Exit::ALL {
        let _ = writeln!(page, "- `{}`: {}", exit as u8, say(exit_id(exit)));
    }
    let _ = writeln!(page, "\n## {}", say("cli-heading-global"));
    arguments(&mut page, program.get_arguments());
    for command in program.get_subcommands().filter(|c| !c.is_hide_set()) {
        describe(&mut page, lang, command, &["jiangce".to_owned()], &[]);
    }
    page
}

/// Every finding with what it says and how it is mended, as Markdown.
pub fn findings(lang: Lang) -> String {
    let mut page = format!("# {}\n\n{}\n", text(lang, "cli-doc-findings", &[]), text(lang, "cli-doc-generated", &[]));
    let ids = jc_words::ids(lang);
    for id in ids.iter().filter(|id| is_finding(id)) {
        let with = |id: &str| placeholders(lang, id);
        let _ = write!(page, "\n## {}\n\n{}\n", id.to_ascii_uppercase(), with(id));
        let mend = format!("{id}.mend");
        if ids.contains(&mend) {
            let _ = writeln!(page, "\n{}", text(lang, "how-to-mend", &[("mend", with(&mend).into())]));
        }
    }
    page
}

/// Every key of the settings file with what it takes and what holds without it, as Markdown.
pub fn settings(lang: Lang) -> String {
    let say = |id: &str| text(lang, id, &[]);
    let mut page = format!("# {}\n\n{}\n\n", say("cli-doc-settings"), say("cli-doc-generated"));
    let _ = writeln!(page, "{}", say("cli-doc-settings-more"));
    let mut table = "";
    for key in KEYS {
        if key.table != table {
            table = key.table;
            let _ = writeln!(page, "\n## [{table}]\n\n{}\n", say(&format!("setting-{table}")));
        }
        let takes = match key.kind {
            Kind::Text => say("setting-takes-text"),
            Kind::Path => say("setting-takes-path"),
            Kind::Address => say("setting-takes-address"),
            Kind::Origin | Kind::Service => say("setting-takes-origin"),
            Kind::Scanner => say("setting-takes-scanner"),
            Kind::Socket => say("setting-takes-socket"),
            Kind::Yes => "`true`, `false`".to_owned(),
            Kind::Number(least, most) => format!("{least}–{most}"),
            Kind::Word(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        };
        let usual = if key.usual.is_empty() { say("setting-usual-none") } else { format!("`{}`", key.usual) };
        let with = [("takes", takes.into()), ("usual", usual.into())];
        let words = say(&format!("setting-{table}-{}", key.name));
        let _ = writeln!(page, "- `{}`: {words}{}", key.name, text(lang, "setting-line", &with));
    }
    page
}

/// `int-014`: three letters and three digits.
fn is_finding(id: &str) -> bool {
    id.split_once('-').is_some_and(|(area, number)| {
        area.len() == 3
            && area.bytes().all(|b| b.is_ascii_lowercase())
            && number.len() == 3
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A message with the names of its values in place of values.
fn placeholders(lang: Lang, id: &str) -> String {
    let names = jc_words::variables(lang).remove(id).unwrap_or_default();
    let with: Vec<_> = names.iter().map(|name| (name.as_str(), format!("‹{name}›").into())).collect();
    text(lang, id, &with)
}

/// The message of an exit code.
fn exit_id(exit: Exit) -> &'static str {
    match exit {
        Exit::Fine => "cli-exit-fine",
        Exit::Found => "cli-exit-found",
        Exit::Usage => "cli-exit-usage",
        Exit::Failed => "cli-exit-failed",
    }
}

fn describe(page: &mut String, lang: Lang, command: &Command, above: &[String], path: &[String]) {
    let name = command.get_name().to_owned();
    let whole: Vec<String> = above.iter().cloned().chain([name.clone()]).collect();
    let path: Vec<String> = path.iter().cloned().chain([name]).collect();
    let more = text(lang, &format!("{}-more", help::prefix(&path)), &[]);
    let level = "#".repeat(path.len() + 1);
    let _ = writeln!(page, "\n{level} {}\n\n{}\n\n{more}\n", whole.join(" "), styled(command.get_about()));
    let own: Vec<&Arg> = command.get_arguments().filter(|a| !a.is_global_set()).collect();
    let usage: Vec<String> = own.iter().map(|a| brackets(a, &written(a))).collect();
    let below = if command.has_subcommands() { " COMMAND" } else { "" };
    let line = format!("{} {}{below}", whole.join(" "), usage.join(" "));
    let _ = writeln!(page, "```sh\n{}\n```", line.split_whitespace().collect::<Vec<_>>().join(" "));
    arguments(page, own.into_iter());
    for sub in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        describe(page, lang, sub, &whole, &path);
    }
}

/// A list, parted from what stands above it; nothing for no arguments.
fn arguments<'a>(page: &mut String, all: impl Iterator<Item = &'a Arg>) {
    for (position, argument) in all.enumerate() {
        if position == 0 {
            page.push('\n');
        }
        let help = styled(argument.get_help());
        let _ = writeln!(page, "- `{}`: {help}", written(argument));
    }
}

/// `-o, --output FILE`, or `FILE…`.
fn written(argument: &Arg) -> String {
    let value = if argument.get_action().takes_values() {
        argument.get_value_names().and_then(<[_]>::first).map(ToString::to_string).unwrap_or_default()
    } else {
        String::new()
    };
    let many = matches!(argument.get_action(), clap::ArgAction::Append);
    if argument.is_positional() {
        return if many { format!("{value}...") } else { value };
    }
    let short = argument.get_short().map(|c| format!("-{c}, ")).unwrap_or_default();
    let long = argument.get_long().unwrap_or_default();
    format!("{short}--{long} {value}").trim_end().to_owned()
}

fn brackets(argument: &Arg, written: &str) -> String {
    if argument.is_required_set() { written.to_owned() } else { format!("[{written}]") }
}

fn styled(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{commands, settings};
    use jc_base::Lang;

    #[test]
    fn no_message_is_missing_from_a_page() {
        for lang in [Lang::Zh, Lang::En, Lang::De] {
            for page in [settings(lang), commands(lang)] {
                let bare =
                    page.split_whitespace().find(|word| word.starts_with("setting-") || word.starts_with("cli-"));
                assert_eq!(bare, None, "{lang:?}");
            }
        }
    }
}
