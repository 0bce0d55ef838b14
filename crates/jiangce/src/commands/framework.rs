//! `growth framework`: the competency framework as CASE 1.0, out and in.

use crate::cli::FrameworkAction;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse};
use anyhow::Result;
use jc_app::given::case::{CaseFault, Framework};
use jc_app::growth::Growth;
use jc_base::Lang;

/// Writes the framework in force, or a foreign one as a part of a pathway's file.
pub fn run(desk: &Desk, growth: &Growth, action: &FrameworkAction) -> Result<Exit> {
    match action {
        FrameworkAction::Export { base } => {
            let pathway = growth.pathway();
            // The day the model was last held against its source: a second export is the same.
            let checked = pathway.source.checked.map_or_else(|| "2026-01-01".to_owned(), |day| day.to_string());
            let changed = format!("{checked}T00:00:00+00:00");
            desk.answer(&Framework::of(pathway, desk.lang).write(base, desk.lang, &changed));
        }
        FrameworkAction::Import { file: path } => {
            let text = std::fs::read_to_string(path).map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
            let framework = Framework::read(&text).map_err(|fault| {
                let id = match fault {
                    CaseFault::NoJson => "cli-case-no-json",
                    CaseFault::NoDocument => "cli-case-no-document",
                    CaseFault::NoItems => "cli-case-no-items",
                    CaseFault::NoCode => "cli-case-no-code",
                };
                refuse(desk, Exit::Failed, id, &[])
            })?;
            desk.say(&toml(&framework, desk.lang));
        }
    }
    Ok(Exit::Fine)
}

/// A framework as the part of a pathway's file that declares domains and competencies.
fn toml(framework: &Framework, lang: Lang) -> String {
    let mut out = format!("# {}\n", framework.title);
    for (code, name) in &framework.domains {
        out.push_str(&format!("\n[[domain]]\nid   = {}\nname = {}\n", quoted(&id(code)), names(name, lang)));
    }
    for item in &framework.competencies {
        let head =
            [("id", quoted(&id(&item.code))), ("name", names(&item.name, lang)), ("domain", quoted(&id(&item.domain)))];
        out.push_str("\n[[competency]]\n");
        head.iter().for_each(|(key, value)| out.push_str(&format!("{key:<6} = {value}\n")));
        for level in &item.levels {
            out.push_str(&format!("[[competency.level]]\nname = {}\n", names(level, lang)));
        }
    }
    out
}

/// A name in the language it came in. Without Chinese a file is refused: what there is stands in for it.
fn names(text: &str, lang: Lang) -> String {
    let text = quoted(text);
    match lang {
        Lang::Zh => format!("{{ zh = {text} }}"),
        other => format!("{{ zh = {text}, {} = {text} }}", other.code()),
    }
}

fn quoted(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A foreign code as an id of the catalog.
fn id(code: &str) -> String {
    let plain: String =
        code.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let joined = parts.join("-");
    if joined.starts_with(|c: char| c.is_ascii_lowercase()) { joined } else { format!("c-{joined}") }
}

#[cfg(test)]
mod tests {
    use super::{id, quoted};

    #[test]
    fn foreign_codes_become_ids() {
        assert_eq!(id("A.1 Plan"), "a-1-plan");
        assert_eq!(id("3.2"), "c-3-2");
        assert_eq!(quoted("er sagt \"ja\"\n"), "\"er sagt \\\"ja\\\"\"");
    }
}
