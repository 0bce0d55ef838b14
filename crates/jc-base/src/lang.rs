//! The three languages of every screen, message and document.

use std::fmt;

/// A language of the product. Chinese is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
    /// Deutsch
    De,
}

impl Lang {
    /// All languages, Chinese first.
    pub const ALL: [Lang; 3] = [Lang::Zh, Lang::En, Lang::De];

    /// The two-letter code used in catalog files, addresses and cookies.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
            Lang::De => "de",
        }
    }

    /// The language of a code such as `zh`, `zh-CN` or `de_DE.UTF-8`.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| code.starts_with(lang.code()))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A label in the three languages. The catalog requires Chinese; a missing other one falls back to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// Chinese, always there.
    pub zh: String,
    /// English, or empty.
    pub en: String,
    /// German, or empty.
    pub de: String,
}

impl Names {
    /// The label in `lang`, or in Chinese where that one is missing.
    pub fn get(&self, lang: Lang) -> &str {
        let own = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
            Lang::De => &self.de,
        };
        if own.is_empty() { &self.zh } else { own }
    }
}
