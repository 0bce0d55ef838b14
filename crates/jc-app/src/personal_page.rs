//! The page that names every personal field: what for, who sees it, how it is covered, how long it is kept; and every
//! other column there is, so that none is in neither list.

use crate::records::MASK;
use jc_base::Lang;
use jc_catalog::kinds::{Kind, id_number};
use jc_catalog::model::Field;
use jc_catalog::{Catalog, Operation, Privacy, Register};
use jc_words::text;
use std::fmt::Write as _;

/// Columns of the program's own tables that hold personal data; the words are `personal-own-…`, with dashes.
pub const OWN: [(&str, &str, &str); 12] = [
    ("account", "login", "personal-own-account"),
    ("account", "name", "personal-own-account"),
    ("approval", "asked_by", "personal-own-approval"),
    ("approval", "reason", "personal-own-approval"),
    ("approval", "decided_by", "personal-own-approval"),
    ("audit", "actor", "personal-own-audit"),
    ("audit", "detail", "personal-own-audit"),
    ("checked_text", "content", "personal-own-text"),
    ("detached_evidence", "name", "personal-own-evidence"),
    ("history", "body", "personal-own-history"),
    ("record_evidence", "name", "personal-own-evidence"),
    ("report_text", "content", "personal-own-text"),
];

/// The page of the catalog that comes with the program; empty if that has faults, which its own tests tell.
pub fn shipped(lang: Lang) -> String {
    let (catalog, _) = jc_catalog::load(&jc_catalog::shipped());
    catalog.map(|catalog| page(&catalog, lang)).unwrap_or_default()
}

/// The page of a catalog, as Markdown.
pub fn page(catalog: &Catalog, lang: Lang) -> String {
    let say = |id: &str| text(lang, id, &[]);
    let mut page =
        format!("# {}\n\n{}\n\n{}\n", say("personal-title"), say("cli-doc-generated"), say("personal-about"));
    let _ = writeln!(page, "\n## {}\n", say("privacy-classes"));
    row(&mut page, &["privacy-class", "privacy-purpose", "privacy-kept"].map(say));
    row(&mut page, &["---"; 3].map(str::to_owned));
    for class in &catalog.data_classes {
        let kept = match class.years {
            Some(years) => text(lang, "privacy-years", &[("n", years.to_string().as_str().into())]),
            None => say("privacy-with-figures"),
        };
        row(&mut page, &[class.name.get(lang).to_owned(), class.purpose.get(lang).to_owned(), kept]);
    }
    let _ = writeln!(page, "\n## {}\n", say("personal-fields"));
    let heads = ["personal-field", "privacy-class", "personal-seen", "personal-covered", "privacy-kept"];
    row(&mut page, &heads.map(say));
    row(&mut page, &["---"; 5].map(str::to_owned));
    for register in &catalog.registers {
        for field in register.fields.iter().filter(|field| field.is_personal()) {
            row(&mut page, &cells(catalog, register, field, lang));
        }
    }
    let _ = writeln!(page, "\n## {}\n", say("personal-own"));
    for (table, column, words) in OWN {
        let _ = writeln!(page, "- `{table}.{column}`: {}", say(words));
    }
    let _ = writeln!(page, "\n## {}\n\n{}", say("personal-log-title"), say("personal-log-about"));
    let _ = writeln!(page, "\n## {}\n\n{}\n", say("personal-others"), say("personal-others-about"));
    for register in &catalog.registers {
        let others = register.fields.iter().filter(|field| !field.is_personal());
        let others: Vec<String> = others.map(|field| format!("`{}`", field.id)).collect();
        let _ = writeln!(page, "- `{}`: {}", register.id, others.join(" "));
    }
    page
}

fn row(page: &mut String, cells: &[String]) {
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn cells(catalog: &Catalog, register: &Register, field: &Field, lang: Lang) -> [String; 5] {
    let say = |id: &str| text(lang, id, &[]);
    let class = field.data_class.and_then(|at| catalog.data_classes.get(at));
    let covered = field.privacy == Privacy::Sensitive || field.kind == Kind::IdNumber;
    let operation = if covered { Operation::RevealFields } else { Operation::ReadRecords };
    let roles = catalog.roles.roles.iter().filter(|role| role.holds(operation));
    let roles: Vec<&str> = roles.map(|role| role.name.get(lang)).collect();
    let offices = [register.kept_by, register.verified_by].map(|at| catalog.offices[at].name.get(lang));
    let seen = if covered {
        let and = say("value-and");
        let with = [("roles", roles.join(&and)), ("offices", offices.join(&and))];
        text(lang, "personal-seen-covered", &with.each_ref().map(|(name, value)| (*name, value.as_str().into())))
    } else {
        say("personal-seen-open")
    };
    let form = match (&field.kind, covered) {
        (Kind::IdNumber, _) => format!("`{}`", id_number::mask("990101200803150019")),
        (_, true) => format!("`{}`", MASK),
        (Kind::PersonName, _) => say("personal-form-name"),
        _ => say("personal-form-open"),
    };
    let kept = match class.and_then(|class| class.years) {
        Some(years) => text(lang, "privacy-years", &[("n", years.to_string().as_str().into())]),
        None => say("privacy-with-figures"),
    };
    [
        format!("`{}.{}` {} · {}", register.id, field.id, register.name.get(lang), field.name.get(lang)),
        class.map_or_else(String::new, |class| class.name.get(lang).to_owned()),
        seen,
        form,
        kept,
    ]
}
