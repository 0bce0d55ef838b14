//! The frame around every screen: where one is, which year, who one is, and the ways elsewhere.

use crate::{assets::Assets, words::Words};
use askama::filters::Safe;
use std::fmt::Display;

/// A way to somewhere.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads: an address of this site.
    pub href: String,
}

impl Link {
    /// A way to somewhere.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// A choice among alternatives of which one is in force: a tab, a year, a place in the navigation.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many are there, formatted; shown behind the label.
    pub count: Option<String>,
    /// Whether it is the one in force.
    pub current: bool,
}

/// Everything around the screen itself.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The language.
    pub words: Words,
    /// The screen's name: heading and title of the tab.
    pub title: String,
    /// The school's name; empty before anyone has signed in.
    pub school: String,
    /// Whether everything here is invented: the banner says so.
    pub synthetic: bool,
    /// The year in force and the others.
    pub period: Option<PeriodSwitch>,
    /// The way up from here, nearest last; without the screen itself.
    pub crumbs: Vec<Link>,
    /// Where one can go; nothing before signing in.
    pub nav: Option<Nav>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// The session's token for forms.
    pub token: String,
    /// This screen's address, to come back to after changing the language.
    pub here: String,
    /// What was just done.
    pub done: Option<Done>,
}

/// The year in force and the others.
#[derive(Debug, Clone, Default)]
pub struct PeriodSwitch {
    /// The year in force, in words.
    pub label: String,
    /// All years with records, newest first, each with this screen's address in that year.
    pub years: Vec<Choice>,
}

/// The ways through the product.
#[derive(Debug, Clone, Default)]
pub struct Nav {
    /// The main places.
    pub places: Vec<Place>,
    /// The areas with their registers.
    pub areas: Vec<NavArea>,
    /// What only some people have: catalog, audit.
    pub offices: Vec<Choice>,
}

/// A main place.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The symbol in `assets/icons.svg`.
    pub icon: &'static str,
    /// Label, address, count, whether one is there.
    pub to: Choice,
    /// Whether it is one of the five at the bottom of a phone.
    pub on_phone: bool,
    /// Whether it is shown beside a desk screen (on a phone there may be others).
    pub on_desk: bool,
}

/// An area and its registers.
#[derive(Debug, Clone, Default)]
pub struct NavArea {
    /// The area, whether one is in it.
    pub to: Choice,
    /// Its registers.
    pub registers: Vec<Choice>,
}

/// Who is signed in.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Office and role, in words.
    pub role: String,
}

/// What was just done, said once above the screen.
#[derive(Debug, Clone, Default)]
pub struct Done {
    /// In words.
    pub text: String,
    /// The way on or back, if there is one.
    pub link: Option<Link>,
}

impl Frame {
    /// The message of an id.
    pub fn t(&self, id: &str) -> String {
        self.words.t(id)
    }

    /// The message of an id with one value put in.
    pub fn t1(&self, id: &str, name: &'static str, value: impl Display) -> String {
        self.words.t1(id, name, value)
    }

    /// The message of an id with two values put in.
    pub fn t2(&self, id: &str, a: &'static str, av: impl Display, b: &'static str, bv: impl Display) -> String {
        self.words.t2(id, a, av, b, bv)
    }

    /// What the fields of a search keep to: no full identity number, so that the browser itself, with scripts or without,
    /// puts none into an address, its history or a link. What gets through all the same is turned away at the gate.
    pub fn no_number(&self) -> &'static str {
        concat!(
            "(?!.*[0-9]{6} ?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]) ?[0-9]{3}[0-9Xx])",
            "(?!.*[０-９]{17}[０-９XxＸｘ]).*"
        )
    }

    /// A symbol of `assets/icons.svg`; the word beside it says what it means.
    pub fn icon(&self, name: &'static str) -> Safe<String> {
        let sheet = &self.assets().icons.href;
        Safe(format!(r##"<svg class="icon" aria-hidden="true"><use href="{sheet}#{name}"></use></svg>"##))
    }

    /// The files screens refer to.
    pub fn assets(&self) -> &'static Assets {
        &crate::assets::ASSETS
    }

    /// The languages to choose from: code, own name, `lang` attribute, whether in force.
    pub fn languages(&self) -> [(&'static str, &'static str, &'static str, bool); 3] {
        jc_base::Lang::ALL.map(|lang| {
            let own = match lang {
                jc_base::Lang::Zh => "中文",
                jc_base::Lang::En => "English",
                jc_base::Lang::De => "Deutsch",
            };
            (lang.code(), own, Words(lang).html_lang(), lang == self.words.0)
        })
    }
}
