//! Which language the program speaks.

use jc_base::Lang;
use std::ffi::OsString;

/// The variables that may say it, the strongest first.
const VARIABLES: [&str; 5] = ["JIANGCE_LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"];

/// The language of `--lang`, of the first variable that is set, or Chinese: only a locale that says English or
/// German is not Chinese, since a server's `C` says nothing about who reads.
///
/// It must be known before the command line is parsed, because help and usage errors are in it too.
pub fn chosen(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    let mut words = arguments.iter().skip(1).map(|a| a.to_string_lossy());
    while let Some(word) = words.next() {
        let code = match word.strip_prefix("--lang") {
            _ if word == "--" => break,
            Some("") => words.next().map(|code| code.into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        if let Some(lang) = code.and_then(|code| Lang::from_code(&code)) {
            return lang;
        }
    }
    VARIABLES
        .iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()))
        .and_then(|value| Lang::from_code(&value))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::chosen;
    use jc_base::Lang;

    fn check(arguments: &[&str], variables: &[(&str, &str)], expect: Lang) {
        let arguments: Vec<_> = std::iter::once("jiangce").chain(arguments.iter().copied()).map(Into::into).collect();
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        assert_eq!(chosen(&arguments, variable), expect, "{arguments:?} {variables:?}");
    }

    #[test]
    fn chinese_unless_someone_says_otherwise() {
        check(&[], &[], Lang::Zh);
        check(&[], &[("LANG", "C.UTF-8")], Lang::Zh);
        check(&[], &[("LANG", "en_US.UTF-8")], Lang::En);
        check(&[], &[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")], Lang::Zh);
        check(&[], &[("LANG", "zh_CN.UTF-8"), ("JIANGCE_LANG", "de")], Lang::De);
        check(&["--lang", "en", "verify"], &[("JIANGCE_LANG", "de")], Lang::En);
        check(&["verify", "--lang=de"], &[], Lang::De);
        check(&["check", "--", "--lang=de"], &[], Lang::Zh);
        check(&["--lang", "fr"], &[], Lang::Zh);
    }
}
