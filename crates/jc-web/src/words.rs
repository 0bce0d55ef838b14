//! The words of one language, as templates and handlers ask for them. The words themselves are in `messages/`.

use jc_base::Lang;
use jc_words::Arg;
use std::fmt::Display;

/// One language's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words(pub Lang);

impl Words {
    /// The message of an id.
    pub fn t(self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The message of an id with one value put in.
    pub fn t1(self, id: &str, name: &'static str, value: impl Display) -> String {
        self.with(id, &[(name, value.to_string())])
    }

    /// The message of an id with two values put in.
    pub fn t2(self, id: &str, a: &'static str, av: impl Display, b: &'static str, bv: impl Display) -> String {
        self.with(id, &[(a, av.to_string()), (b, bv.to_string())])
    }

    /// The message of an id with the values it needs.
    pub fn with(self, id: &str, args: &[(&'static str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, Arg::from(value))).collect();
        jc_words::text(self.0, id, &args)
    }

    /// The value of a `lang` attribute: Chinese screens are written in simplified characters.
    pub fn html_lang(self) -> &'static str {
        match self.0 {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
            Lang::De => "de",
        }
    }
}
